"""Judges the Word side of a template: what a jurist left in it, and what a reader with a screen reader will miss.

The same walk serves templates and finished documents (controle.py); what the tags ask is judged elsewhere.

Must stay true: HUISSTIJLEN are the styles that tools/sjabloon_stijl.py draws (a test compares them); every finding
names the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from aanbesteding.documents.bevinding import Bevinding, Plek, shorten
from aanbesteding.documents.controle_tags import list_alineas
from aanbesteding.documents.render_fout import TAG
from aanbesteding.documents.tekst_bron import describe_onderdeel
from aanbesteding.documents.text import W, paragraph_style, paragraph_text

CORE, APP = "docProps/core.xml", "docProps/app.xml"
HUISSTIJLEN = frozenset(
    [
        "Aanbesteding",
        "Aanhef",
        "Adres",
        "Afbeelding",
        "Afzender",
        "Artikellid",
        "Artikelonderdeel",
        "Briefhoofd",
        "Briefhoofdonder",
        "Caption",
        "DefaultParagraphFont",
        "Documentgegevens",
        "Emphasis",
        "Footer",
        "Header",
        "Heading1",
        "Heading2",
        "Heading3",
        "Hyperlink",
        "Kader",
        "Kenmerk",
        "Kenmerkeerste",
        "Kenmerklabel",
        "Kopzondernummer",
        "ListBullet",
        "ListBullet2",
        "ListNumber",
        "ListNumber2",
        "Logo",
        "Nalijst",
        "Natabel",
        "NoList",
        "Normal",
        "Sjabloonopdracht",
        "Slot",
        "Strong",
        "Subtitle",
        "TOC1",
        "TOC2",
        "TOC3",
        "TOCHeading",
        "TableNormal",
        "Tabelgetal",
        "Tabelruimte",
        "Tabeltekst",
        "Title",
    ]
)
_TEKSTDEEL = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_OPMAAK = {
    "b": "vet", "i": "cursief", "u": "onderstreept", "strike": "doorgehaald", "sz": "lettergrootte", "color": "kleur",
    "rFonts": "lettertype", "highlight": "markering", "shd": "arcering", "caps": "hoofdletters",
}  # fmt: skip
_ALINEAOPMAAK = {
    "jc": "uitlijning",
    "ind": "inspringing",
    "spacing": "witruimte",
    "shd": "arcering",
    "pBdr": "rand",
}
_WIJZIGINGEN = frozenset(
    [
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "rPrChange",
        "pPrChange",
        "tblPrChange",
        "trPrChange",
        "tcPrChange",
        "sectPrChange",
        "numberingChange",
        "cellIns",
        "cellDel",
        "cellMerge",
    ]
)
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def parse_tekstdelen(leden: Mapping[str, bytes]) -> dict[str, ElementTree.Element]:
    """The parts with running text: body, headers, footers and notes."""
    return {n: ElementTree.fromstring(x) for n, x in leden.items() if _TEKSTDEEL.fullmatch(n)}


def check_pakket(leden: Mapping[str, bytes]) -> Iterator[Bevinding]:
    """What was left in the file: comments, names, links to elsewhere, tags where nothing is filled in."""
    yield from _check_opmerkingen(leden)
    yield from _check_namen(leden)
    yield from _check_koppelingen(leden)
    if b"<w:trackRevisions" in leden.get("word/settings.xml", b""):
        yield Bevinding(
            "wijziging",
            "'Wijzigingen bijhouden' staat aan",
            "zet het uit in Word (Controleren) en sla opnieuw op",
        )
    for naam, xml in leden.items():
        kaal = re.sub(rb"<[^>]*>", b"", xml)
        tekst = _TEKSTDEEL.fullmatch(naam) or naam == CORE
        if naam.endswith(".xml") and not tekst and re.search(rb"\{\{.*?\}\}|\{%.*?%\}", kaal):
            yield Bevinding(
                "dood-veld",
                f"in {naam} staat een veld dat nooit wordt ingevuld",
                "verplaats het naar de tekst",
            )


def _check_opmerkingen(leden: Mapping[str, bytes]) -> Iterator[Bevinding]:
    advies = "verwijder alle opmerkingen (comments): Controleren, Verwijderen"
    for naam, xml in leden.items():
        if not re.fullmatch(r"word/comments\w*\.xml", naam):
            continue
        wortel = ElementTree.fromstring(xml)
        teksten = [shorten("".join(c.itertext())) for c in wortel.iter(f"{W}comment")]
        for tekst in teksten or [""] * (naam == "word/comments.xml"):
            yield Bevinding("opmerking", f"er staat een opmerking in het sjabloon{_quote(tekst)}", advies)


def _quote(tekst: str) -> str:
    return f" ('{tekst}')" if tekst else ""


def _check_namen(leden: Mapping[str, bytes]) -> Iterator[Bevinding]:
    """Personal data that Word leaves in the properties."""
    advies = "maak het leeg: Bestand, Info, Controleren op problemen, Document controleren"
    core = _waarden(leden, CORE)
    for sleutel, naam in (("creator", "auteur"), ("lastModifiedBy", "laatst gewijzigd door")):
        waarde = core.get(sleutel, "")
        if waarde and not TAG.fullmatch(waarde):
            uitleg = f"in de eigenschappen staat een persoonsgegeven ({naam}: '{waarde}')"
            yield Bevinding("persoonsgegeven", uitleg, advies)
    for sleutel, waarde in _waarden(leden, APP).items():
        if sleutel in ("Manager", "Company") and waarde:
            yield Bevinding("persoonsgegeven", f"in de eigenschappen staat een naam ('{waarde}')", advies)
    for lid, vorm in (
        ("word/people.xml", r'author="([^"]+)"'),
        ("word/commentsExtended.xml", r'person="([^"]+)"'),
    ):
        for naam in sorted({m.decode() for m in re.findall(vorm.encode(), leden.get(lid, b""))}):
            yield Bevinding("persoonsgegeven", f"in {lid} staat de naam van een bewerker ('{naam}')", advies)


def _waarden(leden: Mapping[str, bytes], lid: str) -> dict[str, str]:
    if lid not in leden:
        return {}
    return {e.tag.rpartition("}")[2]: (e.text or "").strip() for e in ElementTree.fromstring(leden[lid])}


def _check_koppelingen(leden: Mapping[str, bytes]) -> Iterator[Bevinding]:
    for naam, xml in leden.items():
        if not naam.endswith(".rels"):
            continue
        for rel in ElementTree.fromstring(xml).iter(_REL):
            soort = rel.get("Type", "").rpartition("/")[2]
            doel = rel.get("Target", "")
            if rel.get("TargetMode") == "External" and soort != "hyperlink":
                uitleg = f"het bestand verwijst naar iets buiten zichzelf ({soort}: '{shorten(doel)}')"
                yield Bevinding("koppeling", uitleg, "voeg het in of verwijder de koppeling")
            elif soort in ("oleObject", "package", "control", "aFChunk"):
                uitleg = f"er is een bestand of object ingesloten ({doel})"
                yield Bevinding("koppeling", uitleg, "verwijder het; gebruik gewone tekst of een afbeelding")


# --- what an accessible document needs (templates and finished documents) ---------------------------------


def check_titel_en_taal(leden: Mapping[str, bytes]) -> Iterator[Bevinding]:
    """A title in the properties, and Dutch everywhere."""
    if not _waarden(leden, CORE).get("title"):
        advies = "vul bij de eigenschappen een titel in (Bestand, Info)"
        yield Bevinding("titel", "het document heeft geen titel", advies)
    advies = "kies bij Controleren, Taal: Nederlands (Nederland)"
    stijlen = re.findall(rb'<w:lang [^>]*?w:val="([^"]*)"', leden.get("word/styles.xml", b""))
    if not stijlen or any(taal != b"nl-NL" for taal in stijlen):
        yield Bevinding("taal", "de taal van het document is niet overal Nederlands (nl-NL)", advies)
    for deel, wortel in parse_tekstdelen(leden).items():
        for alinea in list_alineas(deel, wortel):
            talen = {taal.get(f"{W}val") for taal in alinea.element.iter(f"{W}lang")} - {"nl-NL", None}
            if talen and alinea.tekst.strip():
                uitleg = f"deze tekst staat op een andere taal ({', '.join(sorted(map(str, talen)))})"
                yield Bevinding("taal", uitleg, advies, alinea.place())


def check_toegankelijk(deel: str, wortel: ElementTree.Element, *, af: bool) -> Iterator[Bevinding]:
    """Headings in order, header rows, words for pictures. `af`: a finished document, without tags."""
    yield from _check_koppen(deel, wortel, af=af)
    kop, onderdeel = "", describe_onderdeel(deel)
    for element in wortel.iter():
        soort = element.tag.rpartition("}")[2]
        if soort == "p" and re.fullmatch(r"Heading\d|Kopzondernummer", paragraph_style(element)):
            kop = shorten(paragraph_text(element))
        elif soort == "tbl":
            yield from _check_tabel(element, Plek(kop, _eerste_rij(element), onderdeel), af=af)
        elif soort == "docPr" and not element.get("descr", "").strip():
            uitleg = f"een afbeelding heeft geen alternatieve tekst ('{element.get('name', '')}')"
            advies = (
                "rechtsklik op de afbeelding, kies Alternatieve tekst en zeg in één zin wat er te zien is"
            )
            yield Bevinding("alt-tekst", uitleg, advies, Plek(kop, "", onderdeel))
        elif soort == "pict" and any(e.tag.endswith(("}imagedata", "}shape")) for e in element.iter()):
            yield Bevinding(
                "alt-tekst",
                "er staat een afbeelding of vorm in een oude opmaak, die hulpsoftware niet voorleest",
                "verwijder haar en voeg haar opnieuw in als afbeelding, met alternatieve tekst",
                Plek(kop, "", onderdeel),
            )


def _check_koppen(deel: str, wortel: ElementTree.Element, *, af: bool) -> Iterator[Bevinding]:
    niveau = 0
    if deel != "word/document.xml":
        return
    for alinea in wortel.iter(f"{W}p"):
        stijl = paragraph_style(alinea)
        tekst = shorten(paragraph_text(alinea))
        if re.fullmatch(r"Heading[1-9]", stijl):
            if int(stijl[-1]) > niveau + 1:
                uitleg = f"kopniveau {stijl[-1]} volgt op niveau {niveau}"
                advies = f"sla geen niveau over; gebruik hier Kop {niveau + 1}"
                yield Bevinding("kopniveau", uitleg, advies, Plek(tekst))
            niveau = int(stijl[-1])
        elif stijl == "Kopzondernummer":
            niveau = 1
        else:
            continue
        if af and not tekst:
            yield Bevinding("lege-kop", "er staat een kop zonder tekst", "laat de kop weg of geef hem tekst")


def _eerste_rij(tabel: ElementTree.Element) -> str:
    rijen = tabel.findall(f"{W}tr")
    return shorten(" | ".join(paragraph_text(p) for p in rijen[0].iter(f"{W}p"))) if rijen else ""


def _check_tabel(tabel: ElementTree.Element, plek: Plek, *, af: bool) -> Iterator[Bevinding]:
    rijen = tabel.findall(f"{W}tr")
    if not rijen or rijen[0].find(f"{W}trPr/{W}tblHeader") is None:
        advies = "zet de cursor in de eerste rij en kies Tabelindeling, Veldnamenrijen herhalen"
        yield Bevinding("kopregel", "de tabel heeft geen kopregel die zich herhaalt", advies, plek)
    if af:
        return
    diepte, vast = 0, 0
    for rij in rijen:
        tekst = "".join(t.text or "" for t in rij.iter(f"{W}t")).strip()
        if re.search(r"\{[%{#]tr\s", tekst):
            if not re.fullmatch(r"\{%.*?%\}|\{#.*?#\}", tekst):
                yield Bevinding(
                    "tekst-bij-tag",
                    "in een rij met een {%tr …%} staat nog andere tekst, die zou verdwijnen",
                    "zet {%tr …%} alleen in een eigen rij",
                    Plek(plek.kop, shorten(tekst), plek.onderdeel),
                )
            diepte += bool(re.search(r"\{%tr\s+(for|if)\b", tekst)) - bool(
                re.search(r"\{%tr\s+end(for|if)\b", tekst)
            )
        elif not diepte:
            vast += 1
    if rijen and not vast:
        advies = (
            "geef de tabel een kopregel buiten de {%tr for %}; zonder rijen blijft er anders geen tabel over"
        )
        yield Bevinding(
            "alleen-lusrij", "de tabel bestaat alleen uit rijen van een lus of voorwaarde", advies, plek
        )


# --- what a template may not have -------------------------------------------------------------------------


def check_wijzigingen(deel: str, wortel: ElementTree.Element) -> Iterator[Bevinding]:
    """Tracked changes and marks of comments, each with its sentence."""
    for alinea in list_alineas(deel, wortel):
        for element in alinea.element.iter():
            soort = element.tag.rpartition("}")[2]
            if soort in _WIJZIGINGEN and element.tag.startswith(W):
                wie = element.get(f"{W}author", "")
                wat = shorten("".join(element.itertext()))
                uitleg = f"er staat een bijgehouden wijziging{_quote(wat)}" + (f" van {wie}" if wie else "")
                advies = "accepteer of verwerp alle wijzigingen (Controleren)"
                yield Bevinding("wijziging", uitleg, advies, alinea.place())
            elif soort in ("commentReference", "commentRangeStart"):
                yield Bevinding(
                    "opmerking",
                    "er staat een opmerking bij deze tekst",
                    "verwijder de opmerking",
                    alinea.place(),
                )


def check_opmaak(deel: str, wortel: ElementTree.Element) -> Iterator[Bevinding]:
    """Direct formatting where a style serves, styles that are not the house's, hidden text."""
    for tabel in wortel.iter(f"{W}tblStyle"):
        yield from _check_stijl(tabel.get(f"{W}val", ""), Plek(onderdeel=describe_onderdeel(deel)))
    for alinea in list_alineas(deel, wortel):
        if not alinea.tekst.strip():
            continue
        plek = alinea.place()
        yield from _check_stijl(paragraph_style(alinea.element), plek)
        for run in alinea.element.iter(f"{W}r"):
            yield from _check_run(run, plek)
        ppr = alinea.element.find(f"{W}pPr")
        namen = (
            []
            if ppr is None
            else [n for tag, n in _ALINEAOPMAAK.items() if ppr.find(f"{W}{tag}") is not None]
        )
        if namen:
            uitleg = f"de alinea heeft directe opmaak ({', '.join(namen)})"
            yield Bevinding("directe-opmaak", uitleg, "gebruik een stijl; Ctrl+Q haalt de opmaak weg", plek)


def _check_run(run: ElementTree.Element, plek: Plek) -> Iterator[Bevinding]:
    woorden = "".join(t.text or "" for t in run.iter(f"{W}t")).strip()
    eigen = run.find(f"{W}rPr")
    if eigen is None or not woorden:
        return
    tags = [e.tag.rpartition("}")[2] for e in eigen]
    if "vanish" in tags:
        uitleg = f"de tekst '{shorten(woorden)}' is verborgen"
        yield Bevinding("verborgen-tekst", uitleg, "verwijder de tekst of maak haar zichtbaar", plek)
    if namen := [_OPMAAK[tag] for tag in tags if tag in _OPMAAK]:
        uitleg = f"directe opmaak ({', '.join(namen)}) bij '{shorten(woorden)}'"
        advies = "gebruik een stijl (Strong voor vet, Emphasis voor cursief); Ctrl+spatie haalt de opmaak weg"
        yield Bevinding("directe-opmaak", uitleg, advies, plek)
    stijl = eigen.find(f"{W}rStyle")
    if stijl is not None:
        yield from _check_stijl(stijl.get(f"{W}val", ""), plek)


def _check_stijl(stijl: str, plek: Plek) -> Iterator[Bevinding]:
    if stijl not in HUISSTIJLEN:
        advies = (
            "kies een stijl van het huis, zoals Standaard, Kop 1 tot en met 3, Lijstopsom.teken of Tabeltekst"
        )
        yield Bevinding("vreemde-stijl", f"de stijl '{stijl}' hoort niet bij de huisstijl", advies, plek)

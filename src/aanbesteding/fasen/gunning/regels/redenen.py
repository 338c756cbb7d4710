"""Rules of the reasons in the letters: complete at once, nothing of another given away, released by a second person.

Grondslag: Aw 2012 art. 2.57, 2.127, 2.130 and 2.138; HR 7 December 2012, ECLI:NL:HR:2012:BW9233 (FEITEN 3.6).
Must stay true: every shortcoming is told at once, each with the letter, the criterion and the offending words.
Trap: reasons cannot be added later, so an incomplete letter is refused before it is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from aanbesteding.domain.aangekondigde_rangorde import load_betekenis
from aanbesteding.domain.redenen import Lek, raakt_kader
from aanbesteding.domain.redenen.woorden import list_woorden
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.gunning.invoer import RedenenAanpassen
from aanbesteding.fasen.gunning.redenen import (
    Brieftekst,
    build_lekzoeker,
    list_kenmerkteksten,
    list_niet_vrijgegeven,
    list_redenen,
    make_afdrukken,
)
from aanbesteding.fasen.gunning.regels.lezen import load_standen, show_genummerd, show_percelen
from aanbesteding.fasen.gunning.stand import Perceelstand

GEHEIM = "Aw 2012 art. 2.57 en 2.138"
VOLLEDIG = "Aw 2012 art. 2.127 en 2.130"
ARREST = "HR 7 december 2012, ECLI:NL:HR:2012:BW9233; Aw 2012 art. 2.127 en 2.130"
FUNCTIES = "mandaatregeling van de regio: functiescheiding; Aw 2012 art. 2.138"


@regel("motivering-onvolledig", grondslag=VOLLEDIG)
def motivering_volledig(s: Situatie[Any]) -> str | None:
    """Every letter can show place, own score and reason per criterion, why not the maximum, or the ground."""
    tekorten = [
        f"{naam} ontbreekt bij de regio"
        for naam, waarde in (
            ("de bevoegde rechtbank", s.regio.rechtsgang.rechtbank),
            ("de zittingsplaats van de rechtbank", s.regio.rechtsgang.plaats),
            ("het e-mailadres voor vragen", s.regio.email),
        )
        if not waarde.strip()
    ]
    tekorten += [t for stand in load_standen(s).values() for t in _list_tekorten(stand)]
    if not tekorten:
        return None
    return (
        "Een brief zou niet alle redenen geven, en dan begint de opschortende termijn niet: "
        f"{show_genummerd(tekorten)}. "
        "Redenen kunnen later niet worden aangevuld; laat de commissie ze nu vaststellen."
    )


def _list_tekorten(stand: Perceelstand) -> Iterator[str]:
    uitgewerkt = stand.uitgewerkt
    if uitgewerkt is None:
        yield f"perceel {stand.perceel}: de uitwerking ontbreekt"
        return
    for nummer in stand.inschrijvingen:
        wie = f"brief aan {nummer}, perceel {stand.perceel}"
        toets = stand.toetsen.get(nummer)
        if toets is None and nummer not in stand.te_laat:
            yield f"{wie}: de toets ontbreekt"
        elif (uitkomst := stand.uitkomst_van(nummer)) in ("ongeldig", "uitgesloten"):
            if toets is not None and not toets.reden.strip() and nummer not in stand.te_laat:
                yield f"{wie}: de reden van '{uitkomst}' ontbreekt"
        else:
            yield from (f"{wie}{tekort}" for tekort in _list_oordeeltekorten(stand, nummer))
    for plaats in stand.winnaars:
        if plaats.inschrijving not in stand.inschrijvingen:
            yield f"alle brieven, perceel {stand.perceel}: de naam van winnaar {plaats.inschrijving} ontbreekt"


def _list_oordeeltekorten(stand: Perceelstand, nummer: str) -> Iterator[str]:
    """What a letter about a valid bid would miss."""
    assert stand.uitgewerkt is not None
    hoogste = max((p.punt for p in stand.uitgewerkt.schaal), default=0)
    verklaard = bool(stand.reden_buiten_rangorde(nummer))
    for criterium in stand.uitgewerkt.criteria:
        if criterium.soort != "kwaliteit":
            continue
        oordeel = stand.oordelen.get((nummer, criterium.code))
        if oordeel is None:
            verklaard = True
            yield f": score en reden voor {criterium.code} ontbreken"
            continue
        if oordeel.score < hoogste and not oordeel.waarom_niet_maximaal.strip():
            yield f": bij {criterium.code} staat niet waarom het niet de hoogste score is"
        punten = {p.punt for p in stand.uitgewerkt.schaal}
        mag = oordeel.score in punten or criterium.tussenscores
        if not mag or not load_betekenis(stand.uitgewerkt.schaal, oordeel.score).strip():
            yield f": de betekenis van score {oordeel.score} op {criterium.code} is niet aangekondigd"
        verklaard |= criterium.minimum is not None and oordeel.score < criterium.minimum
    verklaard |= nummer in (stand.rangorde.uitgevallen if stand.rangorde else ())
    if stand.uitkomst_van(nummer) == "terzijde" and not verklaard:
        yield ": de plaats in de rangorde ontbreekt"


@regel("reden-bevat-verboden-gegeven", grondslag=GEHEIM, zekerheid="onbevestigd")
def redenen_geven_niets_prijs(s: Situatie[Any]) -> str | None:
    """No text in a letter has another loser's name or score, a price, or confidential or internal text."""
    lekken = s.dossier.derive(("lekken", s.onderwerpen, s.regio), lambda: _list_alle_lekken(s))
    if not lekken:
        return None
    return (
        f"Een tekst voor inschrijvers noemt wat zij niet mogen weten: {show_lekken(lekken)}. "
        "Laat de tekst aanpassen (redenen_aanpassen, kenmerken_vrijgeven of verificatie_vastleggen)."
    )


def _list_alle_lekken(s: Situatie[Any]) -> list[tuple[Brieftekst, Lek]]:
    zoeker = build_lekzoeker(s)
    return [
        paar
        for stand in load_standen(s).values()
        for paar in zoeker.list_lekken(stand, (*list_redenen(stand), *list_kenmerkteksten(stand)))
    ]


def show_lekken(lekken: Iterable[tuple[Brieftekst, Lek]]) -> str:
    """All of them, each with letter, criterion and words."""
    return show_genummerd(f"{tekst.waar}: {lek}" for tekst, lek in lekken)


@regel("redenen-niet-vrijgegeven", grondslag=FUNCTIES, zekerheid="onbevestigd")
def redenen_vrijgegeven(s: Situatie[Any]) -> str | None:
    """Every reason in the letters was released as it reads now."""
    nooit: list[str] = []
    anders: list[str] = []
    for nummer, stand in load_standen(s).items():
        open_ = list_niet_vrijgegeven(stand)
        if open_ and not stand.afdrukken:
            nooit.append(nummer)
        else:
            anders += [t.waar for t in open_]
    zinnen: list[str] = []
    if nooit:
        zinnen.append(
            f"De redenen voor {show_percelen(nooit)} zijn niet vrijgegeven. Laat een tweede persoon ze lezen en "
            "vrijgeven (redenen_vrijgeven)."
        )
    if anders:
        zinnen.append(
            f"Na de vrijgave gewijzigd of toegevoegd: {show_genummerd(anders)}. De vrijgave is daarmee vervallen; "
            "geef opnieuw vrij (redenen_vrijgeven)."
        )
    return " ".join(zinnen) or None


@regel("redenen-niet-door-tweede-persoon", grondslag=FUNCTIES, zekerheid="onbevestigd")
def redenen_door_tweede_persoon(s: Situatie[Any]) -> str | None:
    """Whoever released the reasons neither wrote nor assessed, and does not tell the decision."""
    fout = [
        nummer
        for nummer, stand in load_standen(s).items()
        if stand.redenen_vrijgegeven_door
        and stand.redenen_vrijgegeven_door in {s.persoon, *stand.auteurs, *stand.beoordeeld_door}
    ]
    if not fout:
        return None
    return (
        f"De redenen voor {show_percelen(fout)} zijn vrijgegeven door iemand die ze ook schreef, die beoordeelde "
        "of die nu meedeelt. Laat een ander ze vrijgeven (redenen_vrijgeven)."
    )


@regel("vrijgever-is-auteur", grondslag=FUNCTIES, zekerheid="onbevestigd")
def vrijgever_is_tweede_persoon(s: Situatie[Any]) -> str | None:
    """Whoever releases the reasons did not write one of them and did not assess."""
    fout = [nr for nr, stand in load_standen(s).items() if s.persoon in stand.auteurs | stand.beoordeeld_door]
    if not s.persoon or not fout:
        return None
    return (
        f"{s.persoon} schreef zelf een reden of beoordeelde in {show_percelen(fout)}. Laat een ander de redenen "
        "vrijgeven."
    )


@regel("reden-buiten-kader", grondslag="Zorgvuldige en onafhankelijke beoordeling volgens het aangekondigde kader",
       ernst=Ernst.SIGNALEERT)  # fmt: skip
def redenen_binnen_kader(s: Situatie[Any]) -> str | None:
    """A reason uses words of the announced frame of its criterion."""
    fout: list[str] = []
    for nummer, stand in load_standen(s).items():
        kaders = {c.code: c.kader for c in stand.uitgewerkt.criteria} if stand.uitgewerkt else {}
        fout += [
            f"brief aan {o.inschrijving}, perceel {nummer}, {o.criterium}"
            for o in stand.oordelen.values()
            if not raakt_kader(f"{o.motivering} {o.waarom_niet_maximaal}", kaders.get(o.criterium, ()))
        ]
    if not fout:
        return None
    return f"De reden gebruikt geen enkel woord van het aangekondigde kader: {show_genummerd(fout)}."


@regel("reden-is-dun", grondslag="Aw 2012 art. 2.130; Commissie van Aanbestedingsexperts, advies 209",
       ernst=Ernst.SIGNALEERT)  # fmt: skip
def redenen_niet_dun(s: Situatie[Any]) -> str | None:
    """A reason has enough words to be checked, and bids with different scores have different reasons."""
    minste = s.norm("minimum_woorden_reden").getal
    fout: list[str] = []
    for nummer, stand in load_standen(s).items():
        scores: dict[tuple[str, str], set[int]] = defaultdict(set)
        for o in stand.oordelen.values():
            scores[o.criterium, o.motivering].add(o.score)
        for o in stand.oordelen.values():
            waar = f"brief aan {o.inschrijving}, perceel {nummer}, {o.criterium}"
            if len(list_woorden(o.motivering)) < minste:
                fout.append(f"{waar}: minder dan {minste} woorden")
            elif len(scores[o.criterium, o.motivering]) > 1:
                fout.append(f"{waar}: dezelfde reden als bij een andere score")
    if not fout:
        return None
    return (
        f"Een score met een te korte of gelijke reden is geen motivering: {show_genummerd(fout)}. Schrijf op wat in "
        "deze inschrijving de score verklaart."
    )


@regel("redenwijziging-past-niet", grondslag="Aw 2012 art. 2.130", met_invoer=True)
def redenwijziging_past(s: Situatie[RedenenAanpassen]) -> str | None:
    """Each change is of a reason that exists, once, and really changes it."""
    fouten: list[str] = []
    aantallen = Counter((w.inschrijving, w.criterium) for w in s.invoer.wijzigingen)
    for stand in load_standen(s).values():
        for w in s.invoer.wijzigingen:
            wie = f"{w.inschrijving} {w.criterium}".strip()
            toets = stand.toetsen.get(w.inschrijving)
            oordeel = stand.oordelen.get((w.inschrijving, w.criterium))
            if aantallen[w.inschrijving, w.criterium] > 1:
                fouten.append(f"{wie} staat er meer dan één keer in")
            if w.criterium and oordeel is None:
                fouten.append(f"perceel {stand.perceel} heeft geen oordeel over {wie}")
            elif not w.criterium and (toets is None or toets.uitkomst == "geldig"):
                fouten.append(
                    f"perceel {stand.perceel}: {wie} is niet ongeldig of uitgesloten; noem het criterium"
                )
            elif oordeel and (w.motivering, w.waarom_niet_maximaal or oordeel.waarom_niet_maximaal) == (
                oordeel.motivering,
                oordeel.waarom_niet_maximaal,
            ):
                fouten.append(f"{wie}: de tekst blijft gelijk")
    return f"Een wijziging past niet: {show_genummerd(dict.fromkeys(fouten))}." if fouten else None


@regel("redenen-na-mededeling", grondslag=ARREST, ernst=Ernst.SIGNALEERT)
def redenen_nog_niet_meegedeeld(s: Situatie[Any]) -> str | None:
    """Reasons change before the decision is told; afterwards only a new decision can carry them."""
    al = [nr for nr, stand in load_standen(s).items() if stand.beslissing and not stand.ingetrokken]
    if not al:
        return None
    return (
        f"De beslissing over {show_percelen(al)} is al meegedeeld. Redenen nasturen kan niet: na deze wijziging is de "
        "opschortende termijn niet begonnen en is een nieuwe beslissing met een nieuwe termijn nodig "
        "(gunningsbeslissing_wijzigen)."
    )


@regel("niets-vrij-te-geven", grondslag=FUNCTIES, ernst=Ernst.SIGNALEERT, zekerheid="onbevestigd")
def iets_vrij_te_geven(s: Situatie[Any]) -> str | None:
    """There are reasons to release."""
    leeg = [nummer for nummer, stand in load_standen(s).items() if not make_afdrukken(stand)]
    return f"In {show_percelen(leeg)} zijn geen redenen om vrij te geven." if leeg else None

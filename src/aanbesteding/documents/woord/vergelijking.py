"""Compares an edited document with what it was: per paragraph unchanged, reworded, or against the dossier.

Which words come from the dossier is not guessed: the document is rendered once more with its values marked
(`Waarden`). A marked value that changed, disappeared or now stands elsewhere is a contradiction, with the field it came
from. Everything else that differs is wording; wording inside a clause is a departure from the register of clauses.

Must stay true: without any difference in what a reader sees there is nothing but `ongewijzigd`; a value that is no
longer printed where it was printed, whole and alone, is always a contradiction; tracked changes count as accepted
and are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from xml.etree import ElementTree

from aanbesteding.documents.render_spoor import Waarden
from aanbesteding.documents.woord.alineas import Alinea, Eenheid, Rij, Verhaal, list_delen, read_verhalen
from aanbesteding.documents.woord.oordeel import Alineapaar, Teller, judge
from aanbesteding.documents.woord.opmerkingen import list_opmerkingen_leden
from aanbesteding.documents.woord.uitlijnen import Paar, align
from aanbesteding.documents.woord.upload import open_upload
from aanbesteding.documents.woord.verslag import TEGENSPRAAK, Alineaverschil, Vergelijking
from aanbesteding.documents.woord.wijzigingen import list_wijzigingen


def vergelijk(oud: bytes, nieuw: bytes, waarden: Waarden | None) -> Vergelijking:
    """What changed from `oud` to `nieuw`, and what in `nieuw` contradicts the values of the document as made.

    `oud` is the document as made, or a later version of it: then paragraphs are compared with that version, and
    contradictions still with the values. InvoerError when a file is unsafe.
    """
    nieuwe_leden = open_upload(nieuw)
    verhalen = read_verhalen(nieuwe_leden)
    vroeger = read_verhalen(open_upload(oud))
    verborgen = tuple(a.verborgen for v in verhalen for a in v.alineas if a.verborgen)
    if waarden is None:
        alineas = _compare(vroeger, verhalen, None)
    else:
        gemaakt = read_verhalen(open_upload(waarden.docx))
        alineas = _compare(gemaakt, verhalen, waarden)
        if list(_list_teksten(gemaakt)) != list(_list_teksten(vroeger)):
            tegen = [a for a in alineas if a.tegenspraken]
            tegen = [replace(a, vorm="", woorden=()) for a in tegen]
            alineas = _add_tegenspraken(_compare(vroeger, verhalen, None), tegen)
    return Vergelijking(
        tuple(alineas),
        tuple(
            w
            for d in list_delen(nieuwe_leden)
            for w in list_wijzigingen(d, ElementTree.fromstring(nieuwe_leden[d]))
        ),
        list_opmerkingen_leden(nieuwe_leden),
        verborgen,
        waarden is not None,
    )


def _list_teksten(verhalen: Iterable[Verhaal]) -> Iterator[str]:
    return (a.tekst for v in verhalen for a in v.alineas if a.tekst)


def _add_tegenspraken(alineas: list[Alineaverschil], tegen: list[Alineaverschil]) -> list[Alineaverschil]:
    """Put each contradiction with the paragraph it stands in now; what is gone stands at the end."""
    rest = list(tegen)
    uit: list[Alineaverschil] = []
    for alinea in alineas:
        hier = next((t for t in rest if _is_zelfde(t, alinea)), None)
        if hier is not None:
            rest.remove(hier)
            alinea = replace(alinea, oordeel=TEGENSPRAAK, tegenspraken=hier.tegenspraken)
        uit.append(alinea)
    return uit + rest


def _is_zelfde(tegen: Alineaverschil, alinea: Alineaverschil) -> bool:
    """Whether a contradiction stands in this paragraph, or left with it."""
    if tegen.plek.onderdeel != alinea.plek.onderdeel or tegen.nieuw != alinea.nieuw:
        return False
    return bool(tegen.nieuw) or tegen.oud == alinea.oud


# --- stories and paragraphs -------------------------------------------------------------------------------


def _compare(
    oud: Sequence[Verhaal], nieuw: Sequence[Verhaal], waarden: Waarden | None
) -> list[Alineaverschil]:
    paren = [p for a, b in _pair_verhalen(oud, nieuw) for p in _pair_alineas(a, b)]
    koppen = frozenset(_strip_nummer(a.kop) for v in nieuw for a in v.alineas)
    teller = Teller(waarden)
    return [judge(p, teller) for p in paren if not _is_ververst(p, koppen)]


def _pair_verhalen(
    oud: Sequence[Verhaal], nieuw: Sequence[Verhaal]
) -> Iterator[tuple[Verhaal | None, Verhaal | None]]:
    """Stories of the same role; a header that is printed in two roles is compared once."""
    nieuwe = {v.rol: v for v in nieuw}
    gezien: set[tuple[tuple[Eenheid, ...], tuple[Eenheid, ...]]] = set()
    oude_teksten = {tuple(_list_teksten([v])) for v in oud}
    for verhaal in oud:
        ander = nieuwe.pop(verhaal.rol, None)
        sleutel = (verhaal.eenheden, ander.eenheden if ander else ())
        if sleutel not in gezien:
            gezien.add(sleutel)
            yield verhaal, ander
    for verhaal in nieuwe.values():
        if (
            tuple(_list_teksten([verhaal])) not in oude_teksten
        ):  # an editor writes a header out for each section
            yield None, verhaal


def _pair_alineas(oud: Verhaal | None, nieuw: Verhaal | None) -> list[Alineapaar]:
    links = [e for e in oud.eenheden if _get_tekst(e)] if oud else []
    rechts = [e for e in nieuw.eenheden if _get_tekst(e)] if nieuw else []
    paren = align([_get_tekst(e) for e in links], [_get_tekst(e) for e in rechts])
    verhuisd = _find_verhuisd(paren, links, rechts)
    uit: list[Alineapaar] = []
    for i, j in paren:
        if i is not None and i in verhuisd.values():
            continue
        a = links[i] if i is not None else None
        if i is None and j is not None and j in verhuisd:
            # the order of what stands in frames of a letter head says nothing; in running text it does
            verplaatst = oud is not None and oud.rol == "body"
            uit += _open_paar(links[verhuisd[j]], rechts[j], verplaatst=verplaatst)
        else:
            uit += _open_paar(a, rechts[j] if j is not None else None)
    return uit


def _find_verhuisd(paren: list[Paar], links: Sequence[Eenheid], rechts: Sequence[Eenheid]) -> dict[int, int]:
    """New position to old position of what stands elsewhere, word for word."""
    vrij: dict[str, list[int]] = {}
    for i, j in paren:
        if i is not None and j is None:
            vrij.setdefault(_get_tekst(links[i]), []).append(i)
    uit: dict[int, int] = {}
    for i, j in paren:
        if i is None and j is not None and (over := vrij.get(_get_tekst(rechts[j]))):
            uit[j] = over.pop(0)
    return uit


def _get_tekst(eenheid: Eenheid) -> str:
    if isinstance(eenheid, Rij):
        return " | ".join(" ".join(a.tekst for a in cel if a.tekst) for cel in eenheid.cellen).strip(" |")
    return eenheid.tekst


def _open_paar(a: Eenheid | None, b: Eenheid | None, *, verplaatst: bool = False) -> Iterator[Alineapaar]:
    """The paragraphs of a pair of units; the cells of two rows lie beside each other column by column."""
    if isinstance(a, Rij) and isinstance(b, Rij):
        for i, j in _pair_cellen(a, b):
            cel, ander = a.cellen[i] if i is not None else (), b.cellen[j] if j is not None else ()
            links, rechts = [x for x in cel if x.tekst], [x for x in ander if x.tekst]
            for k, m in align([x.tekst for x in links], [x.tekst for x in rechts]):
                yield Alineapaar(
                    links[k] if k is not None else None,
                    rechts[m] if m is not None else None,
                    verplaatst,
                    _get_tekst(b),
                )
        return
    if isinstance(a, Alinea) and isinstance(b, Alinea):
        yield Alineapaar(a, b, verplaatst)
        return
    for alinea in a.alineas if isinstance(a, Rij) else (a,) if a else ():
        if alinea.tekst:
            yield Alineapaar(alinea, None, rij=_get_tekst(a) if isinstance(a, Rij) else "")
    for alinea in b.alineas if isinstance(b, Rij) else (b,) if b else ():
        if alinea.tekst:
            yield Alineapaar(None, alinea, rij=_get_tekst(b) if isinstance(b, Rij) else "")


def _pair_cellen(a: Rij, b: Rij) -> list[Paar]:
    if len(a.cellen) == len(b.cellen):
        return [(i, i) for i in range(len(a.cellen))]
    return align(
        [" ".join(x.tekst for x in c) for c in a.cellen], [" ".join(x.tekst for x in c) for c in b.cellen]
    )


def _is_ververst(paar: Alineapaar, koppen: frozenset[str]) -> bool:
    """A line of the table of contents that Word made anew from a heading that is there."""
    alineas = [a for a in (paar.oud, paar.nieuw) if a is not None]
    if not all(a.inhoudsopgave for a in alineas):
        return False
    return paar.nieuw is None or _strip_nummer(paar.nieuw.tekst) in koppen


def _strip_nummer(kop: str) -> str:
    """A heading without what Word puts before or behind it in a table of contents."""
    kop = re.sub(r"^(?:Artikel )?\d+(?:\.\d+)*\.? *", "", kop)
    return re.sub(r"[ .#\d]*$", "", kop)

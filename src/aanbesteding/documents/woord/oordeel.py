"""Judges one paragraph beside its counterpart: unchanged, reworded, or no longer what the dossier says.

Must stay true: a value that is no longer printed whole and alone in its place is a contradiction, also when digits, a
sign or a multiplier was only put beside it; the key of a contradiction is the same when the same file comes again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aanbesteding.documents.bevinding import Plek, shorten
from aanbesteding.documents.render_spoor import Waarden
from aanbesteding.documents.woord.alineas import Alinea, Spoor
from aanbesteding.documents.woord.uitlijnen import map_woorden
from aanbesteding.documents.woord.verslag import (
    FORMULERING,
    GEWIJZIGD,
    ONGEWIJZIGD,
    TEGENSPRAAK,
    TOEGEVOEGD,
    VERPLAATST,
    VERVALLEN,
    Alineaverschil,
    Tegenspraak,
)

_CIJFER = re.compile(r"\d+(?:[.,:/-]\d+)*%?")
_DATUM = re.compile(r"\b\d{1,2}(?:-\d{1,2}-\d{4}| [a-z]+ \d{4})\b")
_GETAL = re.compile(r"[-−]?\d[\d.,]*%?")
_MAAL = re.compile(r" ?(?:duizend|ton|miljoen|miljard)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Alineapaar:
    """A paragraph beside its counterpart."""

    oud: Alinea | None
    nieuw: Alinea | None
    verplaatst: bool = False
    rij: str = ""
    """The text of the row of a table in which it stands."""

    def place(self) -> Plek:
        """Where it is: part, heading, and the sentence (or row) as it is now."""
        alinea = self.oud or self.nieuw
        assert alinea is not None
        zin = self.rij or (self.nieuw or alinea).tekst
        return Plek(alinea.kop, shorten(zin), alinea.onderdeel)


class Teller:
    """Gives every contradiction a name that stays the same when the same file is compared again."""

    def __init__(self, waarden: Waarden | None) -> None:
        self.waarden = waarden
        self._gezien: dict[str, int] = {}

    def build(self, alinea: Alinea, spoor: Spoor, nieuw: str, plek: Plek) -> Tegenspraak:
        assert self.waarden is not None
        veld = self.waarden.velden[spoor.nummer]
        oud = alinea.tekst[spoor.begin : spoor.einde]
        basis = f"{veld.pad}\0{oud}\0{nieuw}"
        keer = self._gezien[basis] = self._gezien.get(basis, 0) + 1
        sleutel = hashlib.sha256(f"{basis}\0{keer}".encode()).hexdigest()[:16]
        return Tegenspraak(sleutel, veld.pad, veld.soort or _guess_soort(oud), oud, nieuw, plek)


def _guess_soort(waarde: str) -> str:
    if _DATUM.search(waarde) and len(waarde) < 60:
        return "datum"
    if "€" in waarde and len(waarde) < 30:
        return "bedrag"
    return "getal" if _GETAL.fullmatch(waarde) else "naam of tekst"


def judge(paar: Alineapaar, teller: Teller) -> Alineaverschil:
    oud, nieuw = paar.oud, paar.nieuw
    if oud is None or nieuw is None:
        return _judge_alleen(paar, teller)
    clausule, plek = oud.clausule, paar.place()
    overig = tuple(_list_overig(oud, nieuw))
    if oud.tekst == nieuw.tekst and not overig and not paar.verplaatst:
        return Alineaverschil(ONGEWIJZIGD, "", oud.tekst, nieuw.tekst, plek, clausule)
    stukken, plaats = map_woorden(oud.tekst, nieuw.tekst)
    tegen = list(_find_tegenspraken(oud, nieuw, plaats, stukken, teller, plek)) if teller.waarden else []
    if paar.verplaatst and teller.waarden:
        tegen += [teller.build(oud, s, "staat nu op een andere plaats", plek) for s in oud.sporen]
    if "er is een andere afbeelding" in overig and teller.waarden:
        beeld = (s for s in oud.sporen if oud.tekst[s.begin : s.einde].startswith("[afbeelding:"))
        tegen += [teller.build(oud, s, "een andere afbeelding", plek) for s in beeld]
    return Alineaverschil(
        TEGENSPRAAK if tegen else FORMULERING,
        VERPLAATST if paar.verplaatst else GEWIJZIGD,
        oud.tekst,
        nieuw.tekst,
        plek,
        clausule,
        tuple(stukken),
        tuple(tegen),
        _list_cijfers(oud.tekst, nieuw.tekst, tegen),
        overig,
    )


def _judge_alleen(paar: Alineapaar, teller: Teller) -> Alineaverschil:
    oud, nieuw, plek = paar.oud, paar.nieuw, paar.place()
    if oud is not None:
        tegen = (
            [teller.build(oud, s, "", plek) for s in _list_buitenste(oud.sporen)] if teller.waarden else []
        )
        oordeel = TEGENSPRAAK if tegen else FORMULERING
        return Alineaverschil(
            oordeel, VERVALLEN, oud.tekst, "", plek, oud.clausule, (("weg", oud.tekst),), tuple(tegen)
        )
    assert nieuw is not None
    koppelingen = tuple(f"nieuwe koppeling naar {doel}" for doel in nieuw.koppelingen)
    return Alineaverschil(
        FORMULERING, TOEGEVOEGD, "", nieuw.tekst, plek, nieuw.clausule, (("nieuw", nieuw.tekst),),
        cijfers=_list_cijfers("", nieuw.tekst, []), overig=koppelingen,
    )  # fmt: skip


def _list_overig(oud: Alinea, nieuw: Alinea) -> Iterator[str]:
    if sorted(oud.beelden) != sorted(nieuw.beelden):
        yield "er is een andere afbeelding"
    for doel in sorted(set(nieuw.koppelingen) - set(oud.koppelingen)):
        yield f"een koppeling leidt nu naar {doel}"


def _list_cijfers(oud: str, nieuw: str, tegen: Sequence[Tegenspraak]) -> tuple[str, ...]:
    """Figures that stand in the new text only, and are no part of a contradiction that is told already."""
    bekend = {*_CIJFER.findall(oud), *(c for t in tegen for c in _CIJFER.findall(t.nieuw))}
    return tuple(dict.fromkeys(c for c in _CIJFER.findall(nieuw) if c not in bekend))


def _list_buitenste(sporen: Sequence[Spoor]) -> Iterator[Spoor]:
    einde = -1
    for spoor in sporen:
        if spoor.begin >= einde:
            yield spoor
            einde = spoor.einde


def _find_tegenspraken(
    oud: Alinea, nieuw: Alinea, plaats: Sequence[int | None], stukken: Sequence[tuple[str, str]], teller: Teller,
    plek: Plek,
) -> Iterator[Tegenspraak]:  # fmt: skip
    for spoor in _list_buitenste(oud.sporen):
        if not _is_heel(oud.tekst, nieuw.tekst, spoor, plaats):
            yield teller.build(oud, spoor, _find_nieuw(nieuw.tekst, spoor, plaats), plek)


def _is_heel(oud: str, nieuw: str, spoor: Spoor, plaats: Sequence[int | None]) -> bool:
    """Whether the value is still there, in one piece, and nothing was glued to it that makes it another value."""
    begin, lengte = plaats[spoor.begin], spoor.einde - spoor.begin
    if begin is None or list(plaats[spoor.begin : spoor.einde]) != list(range(begin, begin + lengte)):
        return False
    einde = begin + lengte
    voor_oud, na_oud = oud[: spoor.begin], oud[spoor.einde :]
    voor, na = nieuw[:begin], nieuw[einde:]
    if not _is_buur(voor_oud[-1:], voor[-1:], nieuw[begin], "-−+±<>≤≥.,") or not _is_buur(
        na_oud[:1], na[:1], nieuw[einde - 1], "%‰°½"
    ):
        return False
    return not (_MAAL.match(na) and not _MAAL.match(na_oud))


def _is_buur(toen: str, nu: str, rand: str, kleeft: str) -> bool:
    """Whether what stands next to the value leaves it the value it was; `rand` is its own outermost character."""
    if toen == nu:
        return True
    return not (nu.isalnum() and rand.isalnum()) and not (rand.isdigit() and nu != "" and nu in kleeft)


def _find_nieuw(nieuw: str, spoor: Spoor, plaats: Sequence[int | None]) -> str:
    """What stands where the value stood: between the nearest words that stayed."""
    links = next((p + 1 for p in reversed(plaats[: spoor.begin]) if p is not None), 0)
    rechts = next((p for p in plaats[spoor.einde :] if p is not None), len(nieuw))
    return nieuw[links:rechts].strip() if links <= rechts else ""

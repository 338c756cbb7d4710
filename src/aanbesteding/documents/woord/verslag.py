"""The report of a comparison: per paragraph what happened to it, and what now contradicts the dossier.

Must stay true: plain values only, so that a report can be kept with the act that hands the file in, and shown later
without the files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aanbesteding.documents.bevinding import Plek, shorten
from aanbesteding.documents.woord.opmerkingen import Opmerking
from aanbesteding.documents.woord.wijzigingen import Wijziging

ONGEWIJZIGD, FORMULERING, TEGENSPRAAK = "ongewijzigd", "formulering", "tegenspraak"
GEWIJZIGD, TOEGEVOEGD, VERVALLEN, VERPLAATST = "gewijzigd", "toegevoegd", "vervallen", "verplaatst"


@dataclass(frozen=True)
class Tegenspraak:
    """A value of the dossier that is no longer printed as it was; whoever motivates it names it by `sleutel`."""

    sleutel: str
    veld: str
    soort: str
    oud: str
    nieuw: str
    plek: Plek

    def __str__(self) -> str:
        wat = f"'{self.oud}' is weggehaald" if not self.nieuw else f"'{self.oud}' is nu '{self.nieuw}'"
        zin = f"{wat} ({self.soort}, veld {self.veld})"
        waar = str(self.plek)
        return f"{waar[0].upper()}{waar[1:]}: {zin}." if waar else f"{zin[0].upper()}{zin[1:]}."


@dataclass(frozen=True)
class Alineaverschil:
    """A paragraph in both versions. `oordeel`: ongewijzigd, formulering or tegenspraak; `vorm`: what happened to it.

    `woorden` are the words as (gelijk, weg or nieuw); `cijfers` are figures in the new text that were not in the old
    text and come from no field; `overig` is what changed beside the words (a picture, the address of a link).
    """

    oordeel: str
    vorm: str
    oud: str
    nieuw: str
    plek: Plek
    clausule: str = ""
    woorden: tuple[tuple[str, str], ...] = ()
    tegenspraken: tuple[Tegenspraak, ...] = ()
    cijfers: tuple[str, ...] = ()
    overig: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vergelijking:
    """The whole report. `waarden_bekend`: whether it is known which words come from the dossier."""

    alineas: tuple[Alineaverschil, ...]
    wijzigingen: tuple[Wijziging, ...] = ()
    opmerkingen: tuple[Opmerking, ...] = ()
    verborgen: tuple[str, ...] = ()
    waarden_bekend: bool = True

    @property
    def verschillen(self) -> tuple[Alineaverschil, ...]:
        """The paragraphs that are not unchanged."""
        return tuple(a for a in self.alineas if a.oordeel != ONGEWIJZIGD)

    @property
    def gewijzigd(self) -> tuple[Alineaverschil, ...]:
        """The paragraphs that differ from the version compared with; a contradiction may stand in another already."""
        return tuple(a for a in self.alineas if a.vorm)

    @property
    def tegenspraken(self) -> tuple[Tegenspraak, ...]:
        """Everything that contradicts the dossier."""
        return tuple(t for a in self.alineas for t in a.tegenspraken)

    @property
    def clausules(self) -> tuple[str, ...]:
        """The clauses (id:versie) whose text departs from the register."""
        return tuple(sorted({a.clausule for a in self.verschillen if a.clausule}))

    @property
    def beletsels(self) -> tuple[str, ...]:
        """Why the file cannot be approved as it is, whatever is motivated: Dutch sentences."""
        uit: list[str] = []
        if self.wijzigingen:
            aantal = len(self.wijzigingen)
            wat = (
                "staat nog 1 bijgehouden wijziging"
                if aantal == 1
                else f"staan nog {aantal} bijgehouden wijzigingen"
            )
            uit.append(
                f"Er {wat} open. Accepteer of verwerp ze in Word (Controleren) en lever het bestand opnieuw in."
            )
        if self.verborgen:
            uit.append(f"Er staat verborgen tekst in ('{shorten(self.verborgen[0])}'). Verwijder die.")
        if self.opmerkingen:
            aantal = len(self.opmerkingen)
            wat = "staat nog 1 opmerking" if aantal == 1 else f"staan nog {aantal} opmerkingen"
            uit.append(f"Er {wat} in, die de ontvanger zou zien. Verwijder ze in Word (Controleren).")
        return tuple(uit)


def build_json(vergelijking: Vergelijking) -> Mapping[str, object]:
    """The report as plain data: the differences in full, the unchanged paragraphs counted."""
    return {
        "waarden_bekend": vergelijking.waarden_bekend,
        "ongewijzigd": len(vergelijking.alineas) - len(vergelijking.gewijzigd),
        "verschillen": [_build_verschil(a) for a in vergelijking.verschillen],
        "wijzigingen": [w.__dict__ for w in vergelijking.wijzigingen],
        "opmerkingen": [o.__dict__ for o in vergelijking.opmerkingen],
        "verborgen": list(vergelijking.verborgen),
        "clausules": list(vergelijking.clausules),
        "beletsels": list(vergelijking.beletsels),
    }


def _build_verschil(alinea: Alineaverschil) -> Mapping[str, object]:
    return {
        "oordeel": alinea.oordeel,
        "vorm": alinea.vorm,
        "oud": alinea.oud,
        "nieuw": alinea.nieuw,
        "plek": alinea.plek.__dict__,
        "clausule": alinea.clausule,
        "cijfers": list(alinea.cijfers),
        "overig": list(alinea.overig),
        "tegenspraken": [{**t.__dict__, "plek": t.plek.__dict__} for t in alinea.tegenspraken],
    }

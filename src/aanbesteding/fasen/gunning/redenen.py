"""The texts that a letter shows a bidder: which there are, what they give away, and whether they were released.

Not here: reading a text (domain.redenen) and judging an act (regels/redenen).

Grondslag: Aw 2012 art. 2.57, 2.130 and 2.138 (FEITEN 3.6).
Must stay true: the internal remark of a judgment is never among these texts; every text that a template shows
and that a person wrote is; a changed text has another fingerprint.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from aanbesteding.domain.redenen import (
    TOTAAL,
    Geheimen,
    Lek,
    Namenlijst,
    list_lekken,
    list_openbare_getallen,
    load_namenlijst,
    load_passages,
)
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.gunning.stand import Perceelstand


@dataclass(frozen=True)
class Brieftekst:
    """One text in a letter; `nummer` "" when every bidder of the perceel reads it."""

    perceel: str
    nummer: str
    criterium: str
    deel: str
    tekst: str
    intern: str = ""

    @property
    def sleutel(self) -> str:
        """Names this text within the dossier."""
        return f"{self.perceel}/{self.nummer}/{self.criterium}/{self.deel}"

    @property
    def waar(self) -> str:
        """Where a person finds this text."""
        brief = f"brief aan {self.nummer}" if self.nummer else "alle brieven"
        criterium = f", {self.criterium}" if self.criterium else ""
        return f"{brief}, perceel {self.perceel}{criterium} ({self.deel})"

    @property
    def afdruk(self) -> str:
        """The fingerprint of the words."""
        return hashlib.sha256(self.tekst.encode()).hexdigest()[:16]


def list_redenen(stand: Perceelstand) -> Iterator[Brieftekst]:
    """The reasons in the letters about this perceel, per bidder."""
    for (nummer, criterium), oordeel in stand.oordelen.items():
        yield Brieftekst(stand.perceel, nummer, criterium, "motivering", oordeel.motivering, oordeel.intern)
        if oordeel.waarom_niet_maximaal:
            yield Brieftekst(
                stand.perceel,
                nummer,
                criterium,
                "waarom niet maximaal",
                oordeel.waarom_niet_maximaal,
                oordeel.intern,
            )
    for nummer, toets in stand.toetsen.items():
        if toets.uitkomst != "geldig" and toets.reden:
            yield Brieftekst(stand.perceel, nummer, "", f"reden: {toets.uitkomst}", toets.reden)
    for nummer, verificatie in stand.verificaties.items():
        if not verificatie.voldoet:
            yield Brieftekst(stand.perceel, nummer, "", "bevindingen", verificatie.bevindingen)


def list_kenmerkteksten(stand: Perceelstand) -> Iterator[Brieftekst]:
    """What every letter says of the winning bids."""
    for volgnummer, kenmerk in enumerate(stand.kenmerken, start=1):
        yield Brieftekst(stand.perceel, "", kenmerk.criterium, f"kenmerk {volgnummer}", kenmerk.tekst)


def make_afdrukken(stand: Perceelstand) -> dict[str, str]:
    """The fingerprint of every reason, by its key."""
    return {t.sleutel: t.afdruk for t in list_redenen(stand)}


def list_niet_vrijgegeven(stand: Perceelstand) -> list[Brieftekst]:
    """Reasons that nobody released, or that changed afterwards."""
    return [t for t in list_redenen(stand) if stand.afdrukken.get(t.sleutel) != t.afdruk]


@dataclass(frozen=True)
class Lekzoeker:
    """Finds what texts give away; made once for all percelen of an act."""

    namen: Namenlijst
    passages: frozenset[str]

    def list_lekken(self, stand: Perceelstand, teksten: Iterable[Brieftekst]) -> list[tuple[Brieftekst, Lek]]:
        """Every leak in these texts about one perceel."""
        geheimen = self.build_geheimen(stand)
        return [
            (tekst, lek)
            for tekst in teksten
            for lek in list_lekken(geheimen, tekst.tekst, tekst.nummer, tekst.criterium, tekst.intern)
        ]

    def build_geheimen(self, stand: Perceelstand) -> Geheimen:
        """What texts about this perceel may not tell."""
        criteria = stand.uitgewerkt.criteria if stand.uitgewerkt else ()
        punten: dict[tuple[str, str], Fraction] = {}
        for nummer, plaats in stand.plaatsen.items():
            punten[nummer, TOTAAL] = _parse(plaats.totaal)
            punten |= {(nummer, code): _parse(waarde) for code, waarde in plaats.punten.items()}
        return Geheimen(
            namen=self.namen,
            winnaars=stand.geldende_winnaars,
            scores={sleutel: oordeel.score for sleutel, oordeel in stand.oordelen.items()},
            punten=punten,
            prijzen={nummer: Fraction(prijs) for nummer, prijs in stand.prijzen.items()},
            openbaar=list_openbare_getallen(stand.uitgewerkt),
            alleen_prijs=bool(criteria) and all(c.soort == "prijs" for c in criteria),
            passages=self.passages,
        )


def build_lekzoeker(s: Situatie[Any]) -> Lekzoeker:
    """Read the bidders and the marked passages of the dossier once."""
    return Lekzoeker(load_namenlijst(s.dossier, s.regio), load_passages(s.dossier))


def list_lekken_voor_allen(
    s: Situatie[Any], standen: Mapping[str, Perceelstand], tekst: str
) -> tuple[Lek, ...]:
    """What a text that stands in every letter gives away; it may name no bidder at all, winners included."""
    zoeker = build_lekzoeker(s)
    geheimen = [zoeker.build_geheimen(stand) for stand in standen.values()] or [Geheimen(zoeker.namen)]
    open_ = [replace(g, winnaars=frozenset[str]()) for g in geheimen]
    return tuple(dict.fromkeys(lek for g in open_ for lek in list_lekken(g, tekst)))


def _parse(punten: str) -> Fraction:
    return Fraction(punten.replace(",", "."))

"""Annex of the purchasing strategy: what the source text says around the purchase, with its place in that text.

Bodies, decisions, frames, levels of purchase, planning, figures and documents steer the purchase without being a
requirement or a clause. Whoever adopts the strategy sees here that nothing was dropped, and how firm each is.

Must stay true: words of the definition, no interpretation; a date is written as Dutch readers write it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pydantic import Field

from aanbesteding.documents.filters import datum, getal
from aanbesteding.documents.overeenkomst import as_zin
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.gegeven import STANDWOORDEN, Gegeven, Stelling
from aanbesteding.domain.programma import Bestuursbesluit, Inkoopniveau
from aanbesteding.domain.situatie import Situatie

ISO = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")
VAST = "–"
EURO = ("euro", "eur", "€")


class Bronregel(Gegevensmodel):
    """One statement of the source text."""

    tekst: str = Field(description="Wat de bron zegt, in eigen woorden")
    stand: str = Field(description="Hoe vast het is, of een streepje")
    bron: str = Field(description="Vindplaats: de regel in de brontekst")


class Brongroep(Gegevensmodel):
    """Statements about one subject."""

    kop: str = Field(description="Onderwerp")
    regels: tuple[Bronregel, ...] = Field(min_length=1, description="Stellingen, in de volgorde van de bron")


def show_datums(tekst: str) -> str:
    """Text in which every date reads as in \"1 januari 2027\"."""
    return ISO.sub(lambda m: datum(date.fromisoformat(m[1])), tekst)


def show_waarde(g: Gegeven | None) -> str:
    """The value alone, with unit and year; a dash when the source text does not name it."""
    if g is None:
        return VAST
    waarde = show_datums(g.tekst) or "nog open"
    if g.getal is not None and g.eenheid in ("jaar", "jaartal") and g.getal > 1000:
        waarde = f"{g.getal:f}"
    elif g.getal is not None:
        eenheid = g.eenheid.casefold()
        waarde = f"€ {getal(g.getal)}" if eenheid in EURO else f"{getal(g.getal)} {g.eenheid}".strip()
    return f"{waarde} ({g.jaar})" if g.jaar else waarde


def show_gegeven(g: Gegeven) -> str:
    """A figure or value with its name, year and explanation."""
    toelichting = f" {as_zin(show_datums(g.toelichting))}" if g.toelichting else ""
    return f"{g.naam}: {as_zin(show_waarde(g))}{toelichting}"


def _make_gegevens(gegevens: Iterable[Gegeven]) -> tuple[Bronregel, ...]:
    return tuple(Bronregel(tekst=show_gegeven(g), stand=STANDWOORDEN[g.stand], bron=g.bron) for g in gegevens)


def _make_stellingen(stellingen: Iterable[Stelling]) -> tuple[Bronregel, ...]:
    return tuple(
        Bronregel(tekst=as_zin(show_datums(x.tekst)), stand=STANDWOORDEN[x.stand], bron=x.bron)
        for x in stellingen
    )


def _make_besluit(s: Situatie[None], b: Bestuursbesluit) -> Bronregel:
    namen = {g.code: g.naam for g in s.regio.gemeenten}
    wie = ", ".join(namen.get(code, code) for code in b.gemeenten)
    waar = f" ({wie})" if wie else ""
    wanneer = f" Datum: {datum(b.datum)}." if b.datum else ""
    orgaan = b.orgaan[:1].upper() + b.orgaan[1:]
    return Bronregel(
        tekst=f"{orgaan}{waar}: {as_zin(b.onderwerp)}{wanneer}", stand=STANDWOORDEN[b.stand], bron=b.bron
    )


def _make_niveau(n: Inkoopniveau) -> Bronregel:
    samen = f" Samenwerking: {as_zin(n.samenwerking)}" if n.samenwerking else ""
    return Bronregel(tekst=f"{n.niveau.capitalize()}: {as_zin(n.tekst)}{samen}", stand=VAST, bron=n.bron)


def build_bijlage(s: Situatie[None]) -> tuple[Brongroep, ...]:
    """The groups that have something to say."""
    inkoop = s.dossier.aanbesteding
    groepen = (
        (
            "Wie wat doet",
            tuple(
                Bronregel(tekst=f"{o.naam}: {as_zin(o.taak)}", stand=VAST, bron=o.bron)
                for o in s.regio.organen
            ),
        ),
        ("Besluiten die de bron noemt", tuple(_make_besluit(s, b) for b in inkoop.besluiten)),
        ("Op welke schaal wordt ingekocht", tuple(_make_niveau(n) for n in inkoop.niveaus)),
        ("Wetten en beleid", _make_stellingen(inkoop.kaders)),
        ("Planning volgens de bron", _make_gegevens(inkoop.planning)),
        ("Cijfers en feiten", _make_gegevens(inkoop.gegevens)),
        ("Stukken die de bron noemt", _make_stellingen(inkoop.stukken)),
    )
    return tuple(Brongroep(kop=kop, regels=regels) for kop, regels in groepen if regels)

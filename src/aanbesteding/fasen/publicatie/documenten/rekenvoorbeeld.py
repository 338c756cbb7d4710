"""A worked example of a perceel's award method: invented bids, ranked by the very engine that ranks the
real ones.

The guide prints it; the rule *rangordemethode-niet-uitvoerbaar* uses the same assignment, so that a
method that cannot be reckoned is refused before anyone reads about it. The arithmetic is domain.rangorde.

Grondslag: Aw 2012 art. 2.115 (criteria and their weight are announced).
Must stay true: the example is the same every time it is made; its bidders are invented and called so.
Trap: `gewicht` of the fact is a number of points, and the price of a perceel is the one of its free-price
product.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pydantic import Field

from aanbesteding.domain.aangekondigde_rangorde import build_aankondiging, list_gaten
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import Criterium, PerceelUitgewerkt, Product
from aanbesteding.domain.rangorde.inlezen import parse_opdracht
from aanbesteding.domain.rangorde.rangschikking import rank_inschrijvingen
from aanbesteding.domain.rangorde.uitleg import explain_score
from aanbesteding.errors import InvoerError

AANBIEDERS = ("Aanbieder A", "Aanbieder B", "Aanbieder C")


class Voorbeeldregel(Gegevensmodel):
    """One criterion of one invented bidder."""

    aanbieder: str = Field(description="Naam van de verzonnen inschrijver")
    criterium: str = Field(description="Code en titel van het criterium")
    berekening: str = Field(description="De formule met de getallen van het voorbeeld ingevuld")
    punten: str = Field(description="Punten zoals het programma ze berekent")


class Voorbeeldplaats(Gegevensmodel):
    """Place of one invented bidder."""

    rang: int = Field(description="Plaats in de rangorde")
    aanbieder: str = Field(description="Naam van de verzonnen inschrijver")
    totaal: str = Field(description="Totaalscore, afgerond zoals aangekondigd")


class Rekenvoorbeeld(Gegevensmodel):
    """The example of one perceel."""

    formules: dict[str, str] = Field(description="Formule per code van een criterium")
    regels: tuple[Voorbeeldregel, ...] = Field(description="Score of prijs en punten per criterium")
    plaatsen: tuple[Voorbeeldplaats, ...] = Field(description="De rangorde van het voorbeeld")
    afgevallen: tuple[str, ...] = Field(
        default=(), description="Verzonnen inschrijvers die een minimum niet halen, met de reden"
    )


def find_prijsproduct(u: PerceelUitgewerkt) -> Product | None:
    """The product whose price bidders offer themselves."""
    return next((p for p in u.producten if p.vrije_prijs), None)


def build_opdracht(u: PerceelUitgewerkt) -> dict[str, object]:
    """The ranking assignment of a perceel with three invented bids, in its JSON form."""
    prijs = any(c.soort == "prijs" for c in u.criteria)
    inschrijvingen = [
        {
            "aanbieder": naam,
            "scores": {c.code: str(score) for c, score in _list_scores(u, nummer)},
            **({"prijs": str(_invent_prijs(u, nummer))} if prijs else {}),
        }
        for nummer, naam in enumerate(AANBIEDERS)
    ]
    return {**build_aankondiging(u), "inschrijvingen": inschrijvingen}


def _list_scores(u: PerceelUitgewerkt, nummer: int) -> list[tuple[Criterium, int]]:
    """Scores of an invented bidder: high points of the scale, shifted so that bidders differ."""
    punten = sorted((p.punt for p in u.schaal), reverse=True)
    kwaliteit = [c for c in u.criteria if c.soort == "kwaliteit"]
    if not punten:
        return []
    scores: list[tuple[Criterium, int]] = []
    for plek, criterium in enumerate(kwaliteit):
        haalbaar = [p for p in punten if criterium.minimum is None or p >= criterium.minimum] or punten[:1]
        stap = 0 if nummer == 0 and u.minimum_totaal is not None else nummer + plek
        scores.append((criterium, haalbaar[stap % min(3, len(haalbaar))]))
    return scores


def _invent_prijs(u: PerceelUitgewerkt, nummer: int) -> Decimal:
    """A price of an invented bidder: on the floor, a quarter and a half of the way to the ceiling."""
    product = find_prijsproduct(u)
    bodem = product.tarief if product else Decimal(50)
    plafond = product.prijsplafond if product and product.prijsplafond else bodem * Decimal("1.2")
    stap = (Decimal("0.5"), Decimal(0), Decimal("0.25"))[nummer]
    return (bodem + (plafond - bodem) * stap).quantize(Decimal("0.01"))


def build_rekenvoorbeeld(u: PerceelUitgewerkt) -> Rekenvoorbeeld | None:
    """The ranked example; None without award criteria. InvoerError when the method cannot be reckoned."""
    if not u.criteria:
        return None
    opdracht = parse_opdracht(build_opdracht(u))
    uitslag = rank_inschrijvingen(opdracht)
    formules: dict[str, str] = {}
    regels: list[Voorbeeldregel] = []
    for naam in AANBIEDERS:
        for c in u.criteria if uitslag.get_plaats(naam) else ():
            uitleg = explain_score(opdracht, uitslag, naam, c.code)
            formules[c.code] = uitleg.formule
            regels.append(
                Voorbeeldregel(
                    aanbieder=naam,
                    criterium=f"{c.code} {c.titel}",
                    berekening=_met_komma(uitleg.invulling),
                    punten=_met_komma(uitleg.uitkomst),
                )
            )
    plaatsen = tuple(
        Voorbeeldplaats(rang=p.rang, aanbieder=p.aanbieder, totaal=_met_komma(p.totaal))
        for p in uitslag.rangorde
    )
    afgevallen = tuple(f"{uit.aanbieder}: {uit.tekst}" for uit in uitslag.afgevallen)
    return Rekenvoorbeeld(formules=formules, regels=tuple(regels), plaatsen=plaatsen, afgevallen=afgevallen)


def _met_komma(tekst: str) -> str:
    """Numbers of the ranking engine with a Dutch decimal comma."""
    return re.sub(r"(?<=\d)\.(?=\d)", ",", tekst)


def list_rekenfouten(u: PerceelUitgewerkt) -> tuple[str, ...]:
    """Why this award method cannot be reckoned, as Dutch sentences; empty when it can."""
    if not u.criteria:
        return ()
    try:
        parse_opdracht(build_opdracht(u))
    except InvoerError as fout:
        return fout.fouten
    return tuple(list_gaten(u))

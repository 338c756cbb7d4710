"""Works out percelen for a story from a short table: products with a tariff, and requirements and criteria they share.

The cost elements of a tariff follow from shares per law; the last element takes what rounding leaves, so that they add
up exactly. Everything here is invented, and the story says so in `motivering`.

Must stay true: a perceel that is worked out twice from the same dossier is the same, to the cent.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any, Literal

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import Criterium, Eis, PuntBeslist, Schaalpunt

CENT = Decimal("0.01")


class Kostendeel(Gegevensmodel):
    """A cost element as a share of the tariff, in percent."""

    code: str
    omschrijving: str
    aandeel: Decimal = Field(gt=0)
    bron: str = "Kostprijsonderzoek (verzonnen)"
    jaar: int


class Demoproduct(Gegevensmodel):
    """A product in short. `maximum`: how many providers at most; `plafond`: bidders offer a price up to it."""

    code: str
    naam: str
    omschrijving: str
    eenheid: str = "uur"
    tarief: Decimal
    maximum: int | None = None
    plafond: Decimal | None = None


class Demoperceel(Gegevensmodel):
    """A perceel in short. `gewichten`: which criteria count and for how much; `criteria` and `eisen` come on top."""

    perceel: str
    producten: tuple[Demoproduct, ...]
    raming_per_jaar: Decimal
    gewichten: dict[str, Decimal]
    criteria: tuple[Criterium, ...] = ()
    eisen: tuple[Eis, ...] = ()
    motivering: str = ""


class Demouitwerking(Gegevensmodel):
    """What the percelen of a story share, and each perceel in short."""

    kosten: dict[str, tuple[Kostendeel, ...]] = Field(description="Kostenelementen per wet")
    indexering: str
    eisen: tuple[Eis, ...]
    criteria: tuple[Criterium, ...] = ()
    schaal: tuple[Schaalpunt, ...] = ()
    gelijke_stand: tuple[str, ...] = ("hoogste_kwaliteit", "loting")
    bij_uitval: Literal["rangorde_blijft", "herberekenen"] | None = "rangorde_blijft"
    motivering: str = "Bedragen, producten en eisen zijn verzonnen voor de demo."
    percelen: tuple[Demoperceel, ...]


def make_uitwerking(model: Demouitwerking, dossier: Dossier, perceel: str) -> Mapping[str, Any]:
    """The input of the act perceel_uitwerken for one perceel."""
    deel = next(p for p in model.percelen if p.perceel == perceel)
    wet = dossier.aanbesteding.load_perceel(perceel).wet
    bekend = {c.code: c for c in (*model.criteria, *deel.criteria)}
    return {
        "perceel": perceel,
        "producten": [_make_product(model, p, wet) for p in deel.producten],
        "eisen": [e.model_dump(mode="json") for e in (*model.eisen, *deel.eisen)],
        "criteria": [
            bekend[code].model_dump(mode="json") | {"gewicht": str(gewicht)}
            for code, gewicht in deel.gewichten.items()
        ],
        "schaal": [s.model_dump(mode="json") for s in model.schaal] if deel.gewichten else [],
        "gelijke_stand": list(model.gelijke_stand) if deel.gewichten else [],
        "bij_uitval": model.bij_uitval if deel.gewichten else None,
        "raming_per_jaar": str(deel.raming_per_jaar),
        "maximale_waarde": str(_count_waarde(dossier, perceel, deel.raming_per_jaar)),
        "motivering": f"{deel.motivering} {model.motivering}".strip(),
    }


def _make_product(model: Demouitwerking, product: Demoproduct, wet: str) -> dict[str, Any]:
    delen = model.kosten.get(wet, ())
    bedragen = [(product.tarief * d.aandeel / 100).quantize(CENT, ROUND_HALF_UP) for d in delen[:-1]]
    bedragen.append(product.tarief - sum(bedragen, Decimal(0)))
    return {
        "code": product.code,
        "naam": product.naam,
        "omschrijving": product.omschrijving,
        "productcategorie": product.code[:2],
        "eenheid": product.eenheid,
        "tarief": str(product.tarief),
        "vrije_prijs": product.plafond is not None,
        "prijsplafond": None if product.plafond is None else str(product.plafond),
        "maximum_aanbieders": product.maximum,
        "kostprijs": [
            {"code": d.code, "omschrijving": d.omschrijving, "bedrag": str(b), "bron": d.bron, "jaar": d.jaar}
            for d, b in zip(delen, bedragen, strict=False)
        ],
        "indexering": model.indexering,
    }


def _count_waarde(dossier: Dossier, perceel: str, raming: Decimal) -> Decimal:
    """The estimate over the decided term with every extension, rounded up to whole thousands."""

    def beslist(punt: str) -> int:
        feit = dossier.laatste(PuntBeslist, punt=f"{punt}_{perceel}") or dossier.laatste(
            PuntBeslist, punt=punt
        )
        return int(feit.waarde) if feit and feit.waarde.isdigit() else 0

    maanden = beslist("looptijd_maanden") + beslist("verlenging_maanden") * (
        beslist("aantal_verlengingen") or 1
    )
    return (raming * maanden / 12 / 1000).to_integral_value(ROUND_CEILING) * 1000

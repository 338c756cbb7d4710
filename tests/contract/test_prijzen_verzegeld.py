"""Prices cannot be read, by any route of the package, before quality is locked.

Three locks, each tried here: the code that opens an envelope is called from one place; only one act gets what
is in it, and that act refuses before quality is locked; what is recorded of a bid on arrival holds no price.
The story of a whole purchase is searched for early prices in tests/e2e/test_prijzen.py.
"""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import aanbesteding
from aanbesteding.domain.feiten import PrijzenGeopend
from aanbesteding.domain.onderneming import Adres, Onderneming
from aanbesteding.fase import Handeling
from aanbesteding.fasen.publicatie.besluiten import decide_inschrijvingen
from aanbesteding.fasen.publicatie.invoer import (
    InschrijvingenRegistreren,
    OntvangenInschrijving,
    Perceelaanbod,
)
from aanbesteding.procedures import PROCEDURES

BRON = Path(aanbesteding.__file__).parent
PRIJS = "31.4159"


def list_namen(pad: Path) -> set[str]:
    """Every name that a source file uses."""
    boom = ast.parse(pad.read_text(encoding="utf-8"))
    namen = {knoop.id for knoop in ast.walk(boom) if isinstance(knoop, ast.Name)}
    namen |= {knoop.attr for knoop in ast.walk(boom) if isinstance(knoop, ast.Attribute)}
    return namen | {
        a.name for knoop in ast.walk(boom) if isinstance(knoop, ast.ImportFrom) for a in knoop.names
    }


@pytest.mark.parametrize(
    ("naam", "plaatsen"),
    [
        pytest.param("EnvelopRow", {"storage/dossier.py"}, id="de tabel met enveloppen"),
        pytest.param(
            "load_enveloppen",
            {"storage/dossier.py", "engine/zegel.py", "engine/verifieer_zegel.py"},
            id="wie enveloppen leest, verzegeld als zij zijn",
        ),
        pytest.param("open_kast", {"engine/zegel.py", "engine/perform.py"}, id="wie enveloppen opent"),
        pytest.param("PrijzenGeopend", None, id="het feit met de prijzen"),
    ],
)
def test_sealed_content_is_opened_in_one_place(naam: str, plaatsen: set[str] | None) -> None:
    gebruikt = {str(pad.relative_to(BRON)) for pad in BRON.rglob("*.py") if naam in list_namen(pad)}
    if plaatsen is not None:
        assert gebruikt - {"storage/tables.py"} <= plaatsen
        return
    makers = {
        str(pad.relative_to(BRON))
        for pad in BRON.rglob("*.py")
        if any(
            isinstance(k, ast.Call) and isinstance(k.func, ast.Name) and k.func.id == naam
            for k in ast.walk(ast.parse(pad.read_text(encoding="utf-8")))
        )
    }
    voorbeelden = {plek for plek in makers if plek.endswith("voorbeeld.py") or "/documenten/" in plek}
    assert makers - voorbeelden == {"fasen/beoordeling/besluiten.py"}


def list_prijsopeners() -> list[Handeling]:
    return [h for procedure in PROCEDURES for _, h in procedure.list_handelingen() if h.opent == "prijs"]


def test_the_act_that_opens_prices_asks_for_locked_quality_and_two_openers() -> None:
    assert {h.code for h in list_prijsopeners()} == {"prijzen_openen"}
    for handeling in list_prijsopeners():
        codes = {regel.code for regel in handeling.regels}
        assert {"kwaliteit-niet-vergrendeld", "prijs-openers-onjuist", "prijzen-al-geopend"} <= codes
        assert handeling.van == frozenset({"kwaliteit_vergrendeld"})
        assert handeling.per == "perceel"


def test_no_other_act_may_record_prices_from_its_input() -> None:
    """Only the registration of bids and the workbook with bids have a field for a price."""
    met_prijs = {
        h.code
        for procedure in PROCEDURES
        for fase, h in procedure.list_handelingen()
        if fase.code in ("publicatie", "beoordeling")
        and '"prijs"' in str(h.invoer.model_json_schema()).replace("'", '"')
    }
    assert met_prijs - {"perceel_uitwerken"} == {"inschrijvingen_registreren"}


def make_registratie() -> InschrijvingenRegistreren:
    adres = Adres(straat="Voorbeeldstraat 1", postcode="1234 AB", plaats="Voorbeeldstad")
    aanbieder = Onderneming(
        sleutel="a",
        naam="Verzonnen Zorg",
        kvk="00000001",
        agb="00000001",
        adres=adres,
        contact="directie",
        email="a@example.nl",
        grootte="klein",
    )
    aanbod = Perceelaanbod(perceel="1", producten=("P1",), antwoorden={"E1": "ja"}, prijs=Decimal(PRIJS))
    return InschrijvingenRegistreren(
        inschrijvingen=(
            OntvangenInschrijving(
                nummer="I-001",
                aanbieder=aanbieder,
                ontvangen=datetime(2026, 4, 14, 8, tzinfo=UTC),
                percelen=(aanbod,),
            ),
        )
    )


def test_a_bid_on_arrival_leaves_its_price_in_an_envelope_only() -> None:
    situatie: Any = SimpleNamespace(invoer=make_registratie())
    besluit = decide_inschrijvingen(situatie)
    assert all(PRIJS not in feit.model_dump_json() for feit in besluit.feiten)
    met_prijs = [e for e in besluit.verzegeld if PRIJS in str(e.inhoud)]
    assert [(e.soort, e.sleutel) for e in met_prijs] == [("prijs", "1/I-001")]
    assert not any(isinstance(feit, PrijzenGeopend) for feit in besluit.feiten)

"""Between notice and opening: a correction, more time after an outage, a bid taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import (
    AanhoudingBegonnen,
    AanhoudingGeeindigd,
    InschrijvingenGeopend,
    InschrijvingenOntvangen,
    InschrijvingIngetrokken,
    RectificatieGepubliceerd,
    SluitingVerplaatst,
)
from aanbesteding.fasen.publicatie import FASE, tussentijds
from aanbesteding.fasen.publicatie.documenten.tussentijds import build_uitstelbericht
from aanbesteding.fasen.publicatie.feiten import list_inschrijvingen
from bouwers import make_inschrijving, moment
from fasen.publicatie.bouwers_publicatie import make_gepubliceerd, make_s

WIJZIGING = {"document": "Leidraad", "vindplaats": "7.2", "oude_tekst": "drie", "nieuwe_tekst": "zes"}
STORING = AanhoudingBegonnen(
    aanhouding="H-1", aard="storing", percelen=("1", "2"), datum=date(2026, 4, 14), aanleiding="Storing."
)
LATER = moment("2026-04-20 12:00")


def einde(uitkomst: Any) -> Feit:
    return AanhoudingGeeindigd(
        aanhouding="H-1", uitkomst=uitkomst, datum=date(2026, 4, 14), motivering="Klaar."
    )


def list_codes(handeling: str, nu: str, *feiten: Feit, **invoer: Any) -> set[str]:
    """Codes of the rules that an act breaks, holds left out."""
    h = FASE.load_handeling(handeling)
    s = make_s(make_gepubliceerd(*feiten), h.invoer.model_validate(invoer), nu)
    return {o.code for r in h.regels if (o := r.check(s)) is not None}


RECTIFICATIE: dict[str, Any] = {"wijzigingen": (WIJZIGING,), "reden": "Fout", "wezenlijk": False}


@pytest.mark.parametrize(
    ("velden", "codes"),
    [
        pytest.param({"sluiting_verplaatst_naar": LATER, "motivering": "Tijd"}, set(), id="met uitstel"),
        pytest.param({}, {"rectificatie-zonder-uitstel"}, id="zonder uitstel vraagt een motivering"),
        pytest.param(
            {"wezenlijk": True, "sluiting_verplaatst_naar": LATER, "motivering": "Tijd"},
            {"rectificatie-wezenlijk"},
            id="een wezenlijke wijziging vraagt een nieuwe procedure",
        ),
        pytest.param(
            {"sluiting_verplaatst_naar": moment("2026-04-13 12:00"), "motivering": "Tijd"},
            {"sluiting-niet-later"},
            id="de sluiting wordt niet vroeger",
        ),
    ],
)
def test_correction(velden: dict[str, Any], codes: set[str]) -> None:
    assert list_codes("rectificatie_publiceren", "2026-03-20", **(RECTIFICATIE | velden)) == codes


VERLENGEN: dict[str, Any] = {"sluiting_verplaatst_naar": LATER, "motivering": "Storing van het platform"}


@pytest.mark.parametrize(
    ("nu", "feiten", "velden", "codes"),
    [
        pytest.param("2026-04-10", (), {}, set(), id="voor de sluiting kan verlengen altijd"),
        pytest.param(
            "2026-04-14 13:00", (), {}, {"verlenging-zonder-storing"}, id="na de sluiting zonder storing"
        ),
        pytest.param(
            "2026-04-14 13:00",
            (STORING,),
            {},
            {"verlenging-zonder-storing"},
            id="de storing heeft nog geen uitkomst",
        ),
        pytest.param(
            "2026-04-14 13:00",
            (STORING, einde("doorgaan")),
            {},
            {"verlenging-zonder-storing"},
            id="de storing had geen invloed",
        ),
        pytest.param(
            "2026-04-14 13:00", (STORING, einde("termijn_verlengen")), {}, set(), id="na een storing"
        ),
        pytest.param(
            "2026-04-14 13:00",
            (
                STORING,
                einde("termijn_verlengen"),
                InschrijvingenGeopend(openers=("a", "b"), inhoud=(), te_laat=()),
            ),
            {},
            {"inschrijving-al-geopend"},
            id="er is al geopend",
        ),
        pytest.param(
            "2026-04-14 13:00",
            (STORING, einde("termijn_verlengen")),
            {"sluiting_verplaatst_naar": moment("2026-04-14 12:30")},
            {"nieuwe-sluiting-niet-later"},
            id="het nieuwe moment is al voorbij",
        ),
    ],
)
def test_more_time(nu: str, feiten: tuple[Feit, ...], velden: dict[str, Any], codes: set[str]) -> None:
    assert list_codes("inschrijftermijn_verlengen", nu, *feiten, **(VERLENGEN | velden)) == codes


ONTVANGEN = InschrijvingenOntvangen(inschrijvingen=(make_inschrijving(1), make_inschrijving(2)))


@pytest.mark.parametrize(
    ("nummer", "ontvangen", "codes"),
    [
        pytest.param("I-001", "2026-04-10 10:00", set(), id="voor de sluiting"),
        pytest.param(
            "I-001", "2026-04-14 12:01", {"terugnemen-na-sluiting"}, id="na de sluiting is men gebonden"
        ),
        pytest.param("I-009", "2026-04-10 10:00", {"inschrijving-onbekend"}, id="een onbekend nummer"),
    ],
)
def test_taking_a_bid_back(nummer: str, ontvangen: str, codes: set[str]) -> None:
    velden = {"inschrijving": nummer, "ontvangen": moment(ontvangen)}
    assert list_codes("inschrijving_terugnemen", "2026-04-14 13:00", ONTVANGEN, **velden) == codes


def test_a_bid_taken_back_no_longer_takes_part() -> None:
    invoer = tussentijds.InschrijvingTerugnemen(inschrijving="I-001", ontvangen=moment("2026-04-10"))
    dossier = make_gepubliceerd(ONTVANGEN)
    (feit,) = tussentijds.decide_terugnemen(make_s(dossier, invoer)).feiten
    assert isinstance(feit, InschrijvingIngetrokken)
    assert [i.nummer for i in list_inschrijvingen(dossier.met(feit))] == ["I-002"]


def test_correction_and_extension_move_the_closing_moment_for_everyone() -> None:
    invoer = tussentijds.RectificatiePubliceren.model_validate(
        RECTIFICATIE | {"sluiting_verplaatst_naar": LATER, "motivering": "Tijd"}
    )
    eerste, tweede = tussentijds.decide_rectificatie(make_s(make_gepubliceerd(), invoer)).feiten
    assert isinstance(eerste, RectificatieGepubliceerd)
    assert tweede == SluitingVerplaatst(sluiting=LATER, motivering="Tijd")
    blijft = tussentijds.RectificatiePubliceren.model_validate(RECTIFICATIE | {"motivering": "Klein"})
    assert len(tussentijds.decide_rectificatie(make_s(make_gepubliceerd(), blijft)).feiten) == 1
    brieven = build_uitstelbericht(make_s(make_gepubliceerd(ONTVANGEN, tweede)))
    assert [e.ontvanger.sleutel for e in brieven] == ["1-alle", "1-I-001", "1-I-002"]

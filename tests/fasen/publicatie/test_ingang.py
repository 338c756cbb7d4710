"""Every perceel may start on a day of its own, inside the period that the source text leaves."""

from __future__ import annotations

from datetime import date

import pytest

from aanbesteding.documents.overeenkomst import load_ingangsdatum
from aanbesteding.domain.feiten import PuntBeslist
from aanbesteding.domain.gegeven import Punt, Stand
from aanbesteding.fasen.publicatie.documenten.gemeen import make_duur
from aanbesteding.fasen.publicatie.planningregels import ingang_binnen_bandbreedte
from bouwers import make_aanbesteding, make_dossier, make_situatie
from fasen.publicatie import bouwers_publicatie as b

PUNT = Punt(
    code="ingang_2", vraag="Wanneer gaat perceel 2 in?", stand=Stand.BANDBREEDTE, tekst="in 2024", bron="L1",
    soort="datum", vanaf=date(2024, 1, 1), tot=date(2025, 1, 1),
)  # fmt: skip
EIGEN = PuntBeslist(punt="ingang_2", waarde="2027-07-01", motivering="Verzonnen.")


@pytest.mark.parametrize("waarde", ["2024-01-01", "2024-06-30", "2025-01-01"])
def test_a_datum_inside_the_period_fits(waarde):
    assert PUNT.check_antwoord(waarde) is None


@pytest.mark.parametrize(
    ("waarde", "deel"), [("2023-12-31", "valt buiten"), ("2025-01-02", "valt buiten"), ("juni", "geen datum")]
)
def test_another_datum_does_not_fit(waarde, deel):
    assert deel in (PUNT.check_antwoord(waarde) or "")


def test_a_perceel_starts_on_its_own_day_and_the_others_on_that_of_the_planning():
    s = make_situatie(make_dossier(b.make_planningfeit(), EIGEN))
    assert load_ingangsdatum(s, "2") == make_duur(s, "2").ingang == date(2027, 7, 1)
    assert load_ingangsdatum(s, "1") == make_duur(s, "1").ingang == b.make_planningfeit().ingang


def test_a_planning_outside_the_period_of_the_source_is_refused():
    inkoop = make_aanbesteding()
    kader = inkoop.ingang.model_copy(update={"vanaf": date(2030, 1, 1), "tot": date(2030, 12, 31)})
    s = make_situatie(
        make_dossier(aanbesteding=inkoop.model_copy(update={"ingang": kader})), b.make_planning()
    )
    assert "valt buiten wat de bron toelaat" in (getattr(ingang_binnen_bandbreedte.check(s), "tekst", ""))


def test_a_perceel_may_not_start_before_the_final_award():
    vroeg = EIGEN.model_copy(update={"waarde": "2026-01-01"})
    s = make_situatie(make_dossier(vroeg), b.make_planning())
    assert "ligt niet na de definitieve gunning" in (getattr(ingang_binnen_bandbreedte.check(s), "tekst", ""))


def test_a_planning_inside_the_period_passes():
    s = make_situatie(make_dossier(EIGEN), b.make_planning())
    assert ingang_binnen_bandbreedte.check(s) is None

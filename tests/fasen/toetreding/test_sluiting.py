"""An open house ends only when nobody waits for a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from aanbesteding.domain.dossier import Dossier
from aanbesteding.fasen.toetreding.besluiten.ronde import count_einde
from aanbesteding.fasen.toetreding.besluiten.sluiting import ToelatingBeeindigd, ToelatingBeeindigen
from aanbesteding.fasen.toetreding.besluiten.sluiting import decide_toelating_beeindigen as decide
from aanbesteding.fasen.toetreding.regels import ronde as ronderegels
from aanbesteding.fasen.toetreding.regels import sluiting as regels
from aanbesteding.procedures import TOELATING
from bouwers import make_aanbesteding, make_dossier, make_situatie
from fasen.toetreding.bouwers_toetreding import (
    make_aanvraag,
    make_gecontracteerd,
    na_beoordeling,
    na_ontvangst,
    na_toets,
)


def kijk(dossier: Dossier, invoer: ToelatingBeeindigen | None = None, nu: str = "2028-05-01"):
    return make_situatie(dossier, invoer, nu, onderwerpen=("1",))


@pytest.mark.parametrize(
    ("dossier", "open_ronde", "onbeslist"),
    [
        pytest.param(make_gecontracteerd(), False, False, id="er is geen ronde en geen aanvraag"),
        pytest.param(na_ontvangst(make_aanvraag(3)), True, True, id="de ronde is open"),
        pytest.param(na_toets(make_aanvraag(3)), False, True, id="de aanvraag is getoetst, niet beslist"),
        pytest.param(
            na_beoordeling(make_aanvraag(3)), False, True, id="de aanvraag is beoordeeld, niet beslist"
        ),
    ],
)
def test_nothing_is_left_hanging(dossier: Dossier, open_ronde: bool, onbeslist: bool) -> None:
    assert (regels.geen_open_ronde.check(kijk(dossier)) is not None) is open_ronde
    assert (regels.aanvragen_beslist.check(kijk(dossier)) is not None) is onbeslist


def test_end_is_not_dated_back_and_is_recorded() -> None:
    invoer = ToelatingBeeindigen(percelen=("1",), per=date(2028, 5, 1), motivering="Klaar")
    assert regels.einde_vooruit.check(kijk(make_gecontracteerd(), invoer)) is None
    assert regels.einde_vooruit.check(kijk(make_gecontracteerd(), invoer, "2028-05-02")) is not None
    (feit,) = decide(kijk(make_gecontracteerd(), invoer)).feiten
    assert feit == ToelatingBeeindigd(percelen=("1",), per=date(2028, 5, 1), motivering="Klaar")


def test_open_house_is_entered_once_it_is_published_and_ends_on_the_announced_day() -> None:
    dossier = replace(make_gecontracteerd(), aanbesteding=make_aanbesteding(procedure="toelating"))
    leeg = replace(
        make_dossier(aanbesteding=make_aanbesteding(procedure="toelating")), regime=TOELATING.regime
    )
    assert ronderegels.perceel_gecontracteerd.check(kijk(leeg)) is not None
    assert ronderegels.perceel_gecontracteerd.check(kijk(dossier)) is None
    assert count_einde(kijk(leeg), "1", date(2028, 1, 1)) is None, "de looptijd is nog niet besloten"

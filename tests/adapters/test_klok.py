"""Clocks: moments have a zone, and a clock that stands goes forward only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aanbesteding.adapters.klok import StilstaandeKlok, Systeemklok
from bouwers import moment


def test_clock_of_the_system_tells_an_aware_moment():
    assert Systeemklok().nu().tzinfo is UTC


def test_standing_clock_stands_until_it_is_told_to_jump():
    klok = StilstaandeKlok(moment("2026-01-05"))
    assert klok.nu() == klok.nu() == moment("2026-01-05")
    klok.jump(moment("2026-02-05"))
    assert klok.nu() == moment("2026-02-05")
    klok.tick()
    assert klok.nu() == moment("2026-02-05") + timedelta(seconds=1)


def test_standing_clock_cannot_go_back():
    klok = StilstaandeKlok(moment("2026-01-05 09:00"))
    with pytest.raises(ValueError, match="kan niet terug van 05-01-2026 09:00 naar 05-01-2026 08:59"):
        klok.jump(moment("2026-01-05 08:59"))
    assert klok.nu() == moment("2026-01-05 09:00")
    klok.jump(moment("2026-01-05 09:00"))


@pytest.mark.parametrize("zet", [StilstaandeKlok, StilstaandeKlok(moment("2026-01-05")).jump])
def test_moment_without_a_zone_is_no_moment(zet: object):
    assert callable(zet)
    with pytest.raises(ValueError, match="zonder tijdzone"):
        zet(datetime(2027, 1, 1))  # noqa: DTZ001

"""Every session starts with an empty calendar, so that a changed calendar (mutation testing forks) is really used."""

from __future__ import annotations

import pytest

from aanbesteding.domain import kalender


@pytest.fixture(scope="session", autouse=True)
def lege_kalender() -> None:
    """Forget the holidays that an earlier session in this process computed."""
    kalender._feestdagen.cache_clear()

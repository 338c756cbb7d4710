"""Clocks: the real one, and one that stands where a demo or a test puts it.

The only module that reads the system's time.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Systeemklok:
    """The time of this machine, in UTC."""

    def nu(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)


class StilstaandeKlok:
    """A clock that jumps where it is told and for the rest stands still; for demos and tests only."""

    def __init__(self, moment: datetime) -> None:
        self._moment = _aware(moment)

    def nu(self) -> datetime:
        """The moment at which the clock stands."""
        return self._moment

    def jump(self, moment: datetime) -> None:
        """Put the clock forward; going back is an error, because facts are in order of time."""
        moment = _aware(moment)
        if moment < self._moment:
            raise ValueError(
                f"de klok kan niet terug van {self._moment:%d-%m-%Y %H:%M} naar {moment:%d-%m-%Y %H:%M}"
            )
        self._moment = moment

    def tick(self) -> None:
        """One second further, so that two acts never share a moment."""
        self._moment += timedelta(seconds=1)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("een moment zonder tijdzone is geen moment")
    return moment

"""The dossier of one tender: its definition and every fact recorded so far, immutable.

Storage makes it (storage.dossier); stages read it. Nothing here decides.

Must stay true: the status of an onderwerp follows from the recorded facts alone, so that a dossier can be
shown as it was at any earlier version.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from aanbesteding.domain.aanbesteding import Aanbesteding
from aanbesteding.domain.feit import Feit, StatusGewijzigd
from aanbesteding.domain.procedureregime import Procedureregime

F = TypeVar("F", bound=Feit)
T = TypeVar("T")
STATUSWOORDEN = {"beeindigd": "beëindigd"}


def show_status(status: str) -> str:
    """A stored status as people write it: niet_gegund → niet gegund."""
    return STATUSWOORDEN.get(status, status.replace("_", " "))


def perceel_onderwerp(nummer: str) -> str:
    """Key of a perceel as an onderwerp with a status."""
    return f"perceel:{nummer}"


@dataclass(frozen=True)
class Vastlegging:
    """A recorded fact with its place in the dossier: who, by which act, when.

    `hash` is the one of the chain; `logboek` (last fact of an act) the place and hash of the line of the audit log.
    """

    volgnummer: int
    versie: int
    feit: Feit
    handeling: str
    persoon: str
    moment: datetime
    hash: str = ""
    logboek: str = ""


@dataclass(frozen=True)
class Bewijskop:
    """The heads of a dossier at a moment: place and hash of the last fact, and of the line of the log about it.

    Who knows them can tell later that nothing before them was changed, left out or added.
    """

    feit: int
    feit_hash: str
    logregel: int
    log_hash: str


@dataclass(frozen=True)
class Dossier:
    """One tender: code, pinned law, definition and facts.

    `peildatum` is the date on which the law is read for this dossier; `regime` are the properties of its procedure.
    """

    code: str
    aanbesteding: Aanbesteding
    peildatum: date
    versie: int
    vastleggingen: tuple[Vastlegging, ...]
    begin_status: str
    regime: Procedureregime
    demo: bool = False

    @cached_property
    def _per_soort(self) -> Mapping[type[Feit], list[Feit]]:
        per_soort: dict[type[Feit], list[Feit]] = defaultdict(list)
        for vastlegging in self.vastleggingen:
            per_soort[type(vastlegging.feit)].append(vastlegging.feit)
        return per_soort

    @cached_property
    def _afgeleid(self) -> dict[Hashable, tuple[Any, frozenset[type[Feit]] | None]]:
        return {}

    def derive(
        self, sleutel: Hashable, maak: Callable[[], T], *, uit: frozenset[type[Feit]] | None = None
    ) -> T:
        """What follows from this dossier, worked out once.

        It depends on the dossier and the key alone, and nobody may change what comes out. Tens of rules, and every
        document of a series, ask for the same state or the same ranking. `uit`: the kinds of facts that it reads; it
        then stays true until such a fact is added (`grow`). Without it a dossier with other facts starts empty.
        """
        if sleutel not in self._afgeleid:
            self._afgeleid[sleutel] = (maak(), uit)
        return self._afgeleid[sleutel][0]

    def list_feiten(self, soort: type[F]) -> tuple[F, ...]:
        """Every fact of this kind, in the order of recording."""
        return tuple(f for f in self._per_soort.get(soort, ()) if isinstance(f, soort))

    def laatste(self, soort: type[F], **velden: object) -> F | None:
        """The last fact of this kind whose fields have these values, or None."""
        for feit in reversed(self.list_feiten(soort)):
            if all(getattr(feit, naam) == waarde for naam, waarde in velden.items()):
                return feit
        return None

    def vastlegging_van(self, feit: Feit) -> Vastlegging:
        """Where, when and by whom this very fact was recorded; KeyError when it is not of this dossier."""
        for vastlegging in self.vastleggingen:
            if vastlegging.feit is feit:
                return vastlegging
        raise KeyError(feit.soort())

    def moment_van(self, feit: Feit) -> datetime:
        """When this very fact was recorded; KeyError when it is not of this dossier."""
        return self.vastlegging_van(feit).moment

    @cached_property
    def statussen(self) -> Mapping[str, str]:
        """Status per onderwerp; percelen begin at the procedure's first status."""
        statussen = {perceel_onderwerp(p.nummer): self.begin_status for p in self.aanbesteding.percelen}
        for feit in self.list_feiten(StatusGewijzigd):
            statussen[feit.onderwerp] = feit.naar
        return statussen

    def status_van_perceel(self, nummer: str) -> str:
        """Status of one perceel."""
        return self.statussen[perceel_onderwerp(nummer)]

    def list_onderwerpen(self, soort: str, statussen: frozenset[str]) -> tuple[str, ...]:
        """Keys ("1", "0003") of the onderwerpen of this kind ("perceel", "ronde") that have one of these statuses."""
        voorvoegsel = f"{soort}:"
        return tuple(
            sleutel.removeprefix(voorvoegsel)
            for sleutel, status in self.statussen.items()
            if sleutel.startswith(voorvoegsel) and status in statussen
        )

    @property
    def bewijskop(self) -> Bewijskop | None:
        """The heads as they were recorded with the last act; None before there are facts with hashes."""
        if not self.vastleggingen or not self.vastleggingen[-1].hash:
            return None
        laatste = self.vastleggingen[-1]
        plaats, _, log_hash = laatste.logboek.partition(":")
        return Bewijskop(laatste.volgnummer, laatste.hash, int(plaats or 0), log_hash)

    def op_versie(self, versie: int) -> Dossier:
        """The dossier as it was right after the act that made this version; the one asked for last is kept."""
        if versie == self.versie:
            return self
        if versie not in self._eerder:
            self._eerder.clear()
            tot = tuple(v for v in self.vastleggingen if v.versie <= versie)
            self._eerder[versie] = replace(self, versie=versie, vastleggingen=tot)
        return self._eerder[versie]

    @cached_property
    def _eerder(self) -> dict[int, Dossier]:
        return {}

    def grow(self, versie: int, erbij: Iterable[Vastlegging]) -> Dossier:
        """This dossier with what was recorded since, and with what follows from facts that were not added to."""
        nieuw = tuple(erbij)
        soorten = frozenset(type(v.feit) for v in nieuw)
        gegroeid = replace(self, versie=versie, vastleggingen=(*self.vastleggingen, *nieuw))
        gegroeid._afgeleid.update(
            (sleutel, (waarde, uit))
            for sleutel, (waarde, uit) in tuple(self._afgeleid.items())
            if uit is not None and not uit & soorten
        )
        return gegroeid

    def met(self, *feiten: Feit, versie: int | None = None, moment: datetime | None = None) -> Dossier:
        """A copy with more facts at the end; for decisions that look at their own outcome, and for tests."""
        nummer = len(self.vastleggingen)
        versie = self.versie + 1 if versie is None else versie
        laatste = self.vastleggingen[-1].moment if self.vastleggingen else None
        toegevoegd: list[Vastlegging] = []
        for feit in feiten:
            nummer += 1
            tijd = moment or laatste
            if tijd is None:
                raise ValueError("geef het moment van het eerste feit")
            toegevoegd.append(Vastlegging(nummer, versie, feit, "", "", tijd))
        return replace(self, versie=versie, vastleggingen=(*self.vastleggingen, *toegevoegd))

"""The base of every recorded fact, and the three facts that the engine itself records.

Facts are append-only: what was recorded stays. A fact is named noun + past participle. Facts that several
stages read stand in domain.feiten; a fact that only one stage reads stands in that stage.

Must stay true: the name of a fact class and the names of its fields are stored; they never change meaning.
"""

from __future__ import annotations

from aanbesteding.domain.basis import Gegevensmodel


class Feit(Gegevensmodel):
    """Something that was recorded in a dossier."""

    @classmethod
    def soort(cls) -> str:
        """The stored name of this kind of fact."""
        return cls.__name__


class StatusGewijzigd(Feit):
    """The status of one onderwerp (perceel, ronde, verzoek or overeenkomst) changed."""

    onderwerp: str
    van: str | None
    naar: str


class MotiveringVastgelegd(Feit):
    """An act went on although rules asked for a reason; `regels` are their codes."""

    handeling: str
    regels: tuple[str, ...]
    motivering: str


class HandelingVerricht(Feit):
    """An act was performed that records nothing else, so that every act stands in the chain of facts."""

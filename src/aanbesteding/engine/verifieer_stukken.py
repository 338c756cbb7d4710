"""Checks what review recorded: every version handed in is there whole, and every status follows from the facts.

Must stay true: reads stored facts as they are, so a damaged one is a finding of the chain and never a crash here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from aanbesteding.documents.declaration import Document
from aanbesteding.domain.stukken import STUKFEITEN, StukIngeleverd, Stukstatus
from aanbesteding.engine.app import App
from aanbesteding.engine.melding import Melding
from aanbesteding.storage.tables import DocumentRow, FeitRow

_SOORTEN = {soort.soort(): soort for soort in STUKFEITEN}


@dataclass(frozen=True)
class Beoordeling:
    """From the facts: the status of each judged stuk, and the hash of each version that was handed in, by path."""

    statussen: Mapping[str, str]
    versies: Mapping[str, str]


def read_beoordeling(feiten: Iterable[FeitRow]) -> Beoordeling:
    """What the facts of review come to; a fact that cannot be read is left to the check of the chain."""
    statussen: dict[str, str] = {}
    versies: dict[str, str] = {}
    for rij in feiten:
        soort = _SOORTEN.get(rij.soort)
        if soort is None:
            continue
        try:
            feit = soort.model_validate_json(rij.inhoud)
        except ValidationError:
            continue
        statussen |= {pad: status.value for pad, status in feit.list_statussen().items()}
        if isinstance(feit, StukIngeleverd):
            versies[feit.pad] = feit.sha256
    return Beoordeling(statussen, versies)


def check_stukstatus(
    document: Document | None, rij: DocumentRow, beoordeling: Beoordeling
) -> Iterator[Melding]:
    """A list that shows another status than the facts misleads."""
    if document is None:
        return
    begin = Stukstatus.CONCEPT if document.te_beoordelen else Stukstatus.GEMAAKT
    hoort = beoordeling.statussen.get(rij.pad, begin.value)
    if rij.status != hoort:
        tekst = f"De status is '{rij.status}', maar volgens de feiten hoort dat '{hoort}' te zijn."
        yield Melding("status gewijzigd", rij.pad, tekst)


def check_versies(app: App, dossier: str, beoordeling: Beoordeling) -> Iterator[Melding]:
    """Every version that was handed in is on disk, byte for byte."""
    for pad, sha256 in beoordeling.versies.items():
        gevonden = app.bestanden.hash(dossier, pad)
        if gevonden is None:
            yield Melding(
                "bestand ontbreekt", pad, "Een ingeleverde versie staat niet meer in de map van het dossier."
            )
        elif gevonden != sha256:
            yield Melding(
                "bestand gewijzigd", pad, "De ingeleverde versie is niet meer het bestand dat is vastgelegd."
            )

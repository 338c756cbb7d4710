"""Writes the transcript of a story: what happened on which day, with the documents it gave."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from e2e.conftest import Verteld


def render_verslag(verteld: Verteld) -> str:
    """The transcript as Markdown, in Dutch."""
    dossier = verteld.dossier
    regels = [
        f"# {verteld.verhaal.titel}",
        "",
        "Geschreven door de test die het hele verhaal draait. Alle partijen en besluiten zijn verzonnen.",
        "",
        "| datum | wie | wat | documenten |",
        "|---|---|---|---:|",
    ]
    for stap, documenten in verteld.stappen:
        wat = stap.wat + (" – **geweigerd:** " + ", ".join(stap.geweigerd) if stap.geweigerd else "")
        regels.append(f"| {stap.tijd:%d-%m-%Y} | {stap.als} | {wat} | {documenten or ''} |")
    regels += ["", "## Aan het eind", "", "| perceel | stand |", "|---|---|"]
    regels += [
        f"| {p.naam} | {dossier.status_van_perceel(p.nummer)} |" for p in dossier.aanbesteding.percelen
    ]
    regels += ["", "## Vastgelegde feiten", "", "| feit | aantal |", "|---|---:|"]
    aantallen = Counter(v.feit.soort() for v in dossier.vastleggingen)
    regels += [f"| {soort} | {aantal} |" for soort, aantal in sorted(aantallen.items())]
    return "\n".join(regels) + "\n"

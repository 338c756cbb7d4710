"""The one-page overview of a demo: what happened, in which order, with a link to every document.

Must stay true: the page is self-contained (no script, no outside address) and the same at every run.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader

from aanbesteding.demo.verhaal import Verhaal
from aanbesteding.documents.filters import datum
from aanbesteding.engine.app import App
from aanbesteding.storage.documenten import Documentregel, list_documenten

MEER_DAN = 8
"""From this number on, documents of one kind are folded away."""


def list_stappen(verhaal: Verhaal, regels: Sequence[Documentregel]) -> list[tuple[datetime, str, str, int]]:
    """Every step with the number of documents that its act promised (by the moment of the promise)."""
    momenten = sorted(datetime.fromisoformat(regel.gemaakt) for regel in regels)
    tijden = [stap.tijd for stap in verhaal.stappen]
    grenzen = [bisect_left(momenten, tijd) for tijd in tijden] + [len(momenten)]
    return [
        (stap.tijd, stap.als, stap.wat, tot - van)
        for stap, van, tot in zip(verhaal.stappen, grenzen, grenzen[1:], strict=False)
    ]


def save_overzicht(
    app: App, dossier: str, verhaal: Verhaal, map_: Path, naam: str = "overzicht.html"
) -> Path:
    """Write the page in `map_`; returns its path."""
    inhoud, procedure, regio = app.load(dossier)
    regels = list_documenten(app.database, dossier)
    folder = Path(app.bestanden.show(dossier)).relative_to(map_)
    fasen: list[tuple[str, list[tuple[str, list[Documentregel]]]]] = []
    for fase in procedure.fasen:
        soorten: dict[str, list[Documentregel]] = {}
        for regel in regels:
            if regel.fase == fase.code:
                soorten.setdefault(regel.titel, []).append(regel)
        if soorten:
            fasen.append((fase.titel, list(soorten.items())))
    omgeving = Environment(loader=PackageLoader("aanbesteding.demo", "."), autoescape=True, trim_blocks=True)
    omgeving.filters["datum"] = datum
    tekst = omgeving.get_template("overzicht.html.j2").render(
        titel=verhaal.titel,
        regio=regio,
        dossier=inhoud,
        percelen=[(p, inhoud.status_van_perceel(p.nummer)) for p in inhoud.aanbesteding.percelen],
        fasen=fasen,
        stappen=list_stappen(verhaal, regels),
        folder=folder.as_posix(),
        aantal=len(regels),
        meer_dan=MEER_DAN,
    )
    pad = map_ / naam
    tijdelijk = pad.with_name(f"{pad.name}.deel")
    tijdelijk.write_text(tekst, encoding="utf-8")
    tijdelijk.replace(pad)
    return pad

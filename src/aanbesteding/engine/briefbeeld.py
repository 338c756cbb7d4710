"""What a recipient sees behind the link: the decision in plain words, the own points, the terms and the letters.

Everything comes from the recorded context of the letter and from its file, byte for byte; nothing is reckoned again.

Must stay true: only what stands in this recipient's own letter is shown; of others only what the letter itself says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from aanbesteding.documents.declaration import Brief, DocumentContext
from aanbesteding.documents.text import extract_text
from aanbesteding.domain.agenda import render_icalendar
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.mijlpaal import Mijlpaal
from aanbesteding.engine.app import App
from aanbesteding.fasen.gunning.documenten.mededeling import BeslissingsbriefContext
from aanbesteding.storage.post import Bericht, Stuk, load_context

TERMIJNWOORDEN = ("einde", "uiterlijk", "aanleveren", "sluit")
"""Fields of a context that are the end of a term carry one of these words in their name."""

NAMEN = {
    "verval_einde": "Tot dan kunt u naar de rechter (vervaltermijn)",
    "opschortend_einde": "Tot dan sluiten wij geen overeenkomst (opschortende termijn)",
}
"""Plain names of terms whose description in the context is for who writes the letter."""


@dataclass(frozen=True)
class Termijn:
    """The end of a term that a letter names, as its context describes it."""

    code: str
    naam: str
    einde: datetime | date

    @property
    def dag(self) -> date:
        """The last day, in the Netherlands."""
        return self.einde.astimezone(TIJDZONE).date() if isinstance(self.einde, datetime) else self.einde


@dataclass(frozen=True)
class Briefdeel:
    """One letter: its head, its terms, its text, and the decision when it tells one."""

    stuk: Stuk
    nummer: int
    brief: Brief | None
    beslissing: BeslissingsbriefContext | None
    termijnen: tuple[Termijn, ...]
    tekst: str


@dataclass(frozen=True)
class Briefbeeld:
    """Everything behind one link."""

    bericht: Bericht
    titel: str
    regio: str
    contact: str
    demo: bool
    delen: tuple[Briefdeel, ...]

    @property
    def beslissing(self) -> BeslissingsbriefContext | None:
        """The decision that these letters tell, if one does."""
        return next((d.beslissing for d in self.delen if d.beslissing is not None), None)

    @property
    def termijnen(self) -> tuple[Termijn, ...]:
        """Every term of every letter, the first to end first."""
        return tuple(sorted((t for d in self.delen for t in d.termijnen), key=lambda t: (t.dag, t.naam)))


def load_briefbeeld(app: App, bericht: Bericht) -> Briefbeeld:
    """What the recipient of this message may see."""
    dossier, procedure, regio = app.load(bericht.dossier)
    delen: list[Briefdeel] = []
    for nummer, stuk in enumerate(bericht.stukken, start=1):
        ruw = load_context(app.database, bericht.dossier, stuk.id)
        context = procedure.load_document(stuk.document).context.model_validate(json.loads(ruw))
        brief: Any = getattr(context, "brief", None)
        delen.append(
            Briefdeel(
                stuk,
                nummer,
                brief if isinstance(brief, Brief) else None,
                context if isinstance(context, BeslissingsbriefContext) else None,
                tuple(_list_termijnen(context)),
                _load_tekst(app, bericht, stuk),
            )
        )
    hoofd = next((d.brief for d in delen if d.brief is not None), None)
    return Briefbeeld(
        bericht,
        dossier.aanbesteding.titel,
        regio.naam,
        hoofd.contact if hoofd else regio.contact,
        dossier.demo,
        tuple(delen),
    )


def _load_tekst(app: App, bericht: Bericht, stuk: Stuk) -> str:
    """The words of the letter, without head and foot of its pages; empty when its file is not whole."""
    if not app.bestanden.check(bericht.dossier, stuk.pad, stuk.sha256):
        return ""
    regels = extract_text(app.bestanden.load(bericht.dossier, stuk.pad)).splitlines()
    return "\n".join(r.replace(" ⏎ ", "\n") for r in regels if not r.startswith(("[kop]", "[voet]"))).strip()


def _list_termijnen(context: DocumentContext) -> Iterator[Termijn]:
    for naam, veld in type(context).model_fields.items():
        waarde = getattr(context, naam)
        if isinstance(waarde, date) and any(woord in naam for woord in TERMIJNWOORDEN):
            yield Termijn(naam, NAMEN.get(naam) or str(veld.description or naam), waarde)


def render_agenda(beeld: Briefbeeld) -> bytes:
    """The terms as a calendar file; the same letters give the same bytes."""
    dag = min((d.brief.datum for d in beeld.delen if d.brief), default=date(2000, 1, 1))
    mijlpalen = [
        Mijlpaal(
            code=f"{t.code}-{beeld.bericht.ontvanger}",
            naam=f"{t.naam}{_show_uur(t.einde)}",
            datum=t.dag,
            soort="uiterst",
            uitleg=f"{beeld.titel}. Vragen: {beeld.contact}.",
        )
        for t in beeld.termijnen
    ]
    kenmerk = f"{beeld.bericht.dossier}-{beeld.bericht.besluit}"
    return render_icalendar(
        mijlpalen, kenmerk=kenmerk, tijdstempel=datetime(dag.year, dag.month, dag.day, tzinfo=UTC)
    )


def _show_uur(einde: datetime | date) -> str:
    return f", {einde.astimezone(TIJDZONE):%H.%M} uur" if isinstance(einde, datetime) else ""

"""Produces what acts promised: builds contexts, renders Word files, registers them. Safe to run any number of times.

A document is made from the dossier as it was right after the act that promised it, so a run that was killed and
started again gives the same bytes. A template that fails stops its own document only; the promise stays open and
says why.

Must stay true: a row in the register means a whole file on disk and the kept template that it was made from; the
same recipient never gets the same promise twice.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from aanbesteding.documents.catalogus import Gedeeld, Geladen, make_jinja_context
from aanbesteding.documents.clausules import find_clausules
from aanbesteding.documents.declaration import Document, Exemplaar
from aanbesteding.documents.herkomst import describe_motor, list_eigenschappen
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.huisstijl import Huisstijl
from aanbesteding.domain.regio import Regio
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.stukken import Stukstatus
from aanbesteding.engine.app import App
from aanbesteding.engine.checkpoint import checkpoint
from aanbesteding.engine.samen import count_processen, run_samen
from aanbesteding.errors import BestandNietBewaard, SjabloonMismatch
from aanbesteding.procedure import Procedure
from aanbesteding.storage.documenten import (
    Gemaakt,
    OpenToezegging,
    close_toezegging,
    count_uitgaven,
    list_gemaakt,
    list_toezeggingen,
    record_fout,
    save_documenten,
    save_sjabloon,
)
from aanbesteding.storage.files import make_bestandsnaam
from aanbesteding.storage.tables import DocumentRow

BLOK = 50
"""Documents that are registered in one transaction."""

SCHRIJVERS = 8
"""Files that are written at the same time."""

SAMEN_VANAF = 400
"""From so many documents on a series is divided over processes; below that, starting them costs more."""

DEMO = "demo met verzonnen gegevens"
"""What the footer of every demo document says."""


@dataclass(frozen=True)
class Productie:
    """What came of one promise."""

    document: str
    gemaakt: int
    aanwezig: int
    fouten: tuple[str, ...]


def produce_deel(app: App, dossier: str, toezegging: int, deel: Deel) -> int:
    """Make this part of a promise on whatever machine this is; how many documents came. Nothing when it is closed."""
    for open_ in list_open(app, dossier):
        if open_.id == toezegging:
            return produce(app, open_, deel).gemaakt
    return 0


def list_open(app: App, dossier: str, fase: str | None = None) -> tuple[OpenToezegging, ...]:
    """Promises still to be kept."""
    return list_toezeggingen(app.database, dossier, fase)


@dataclass(frozen=True)
class Deel:
    """A part of a series: the recipients whose key falls to this number. The same key always falls to the same."""

    nummer: int
    aantal: int

    def has(self, sleutel: str) -> bool:
        """Does this recipient belong to this part?"""
        return zlib.crc32(sleutel.encode()) % self.aantal == self.nummer


HEEL = Deel(0, 1)
NIETS = Deel(-1, 1)
Gelezen = tuple[Dossier, Procedure, Regio]


def produce(app: App, toezegging: OpenToezegging, deel: Deel = HEEL) -> Productie:
    """Make every document of one promise that is not there yet, after the older promises of the same document.

    The order matters: a later edition is numbered after the earlier ones, and never takes their file name. A part of
    a promise makes its own documents and leaves the promise open; whoever produces the whole afterwards finds them.
    """
    for eerder in list_toezeggingen(app.database, toezegging.dossier, toezegging.fase):
        if eerder.document != toezegging.document or eerder.versie >= toezegging.versie:
            continue
        if mislukt := produce(app, eerder).fouten:
            fout = f"{toezegging.document}: eerst moet de eerdere uitgave lukken. {mislukt[0]}"
            record_fout(app.database, toezegging.id, fout)
            return Productie(toezegging.document, 0, 0, (fout,))
    app.bestanden.remove_tijdelijk(toezegging.dossier)
    gelezen = app.load(toezegging.dossier)
    samen = make_samen(app, toezegging, gelezen) if deel is HEEL else 0
    reeks = _open_reeks(app, toezegging, gelezen, deel)
    fouten: list[str] = []
    try:
        if _make_reeks(reeks, fouten) and (weg := sorted(reeks.gevraagd - reeks.gebouwd)):
            fouten.append(
                f"{reeks.document.titel}: volgens het dossier is er niets meer te maken voor {', '.join(weg)}."
            )
    except SjabloonMismatch as fout:
        fouten.append(str(fout))
    if fouten:
        record_fout(app.database, toezegging.id, "\n".join(fouten))
    elif deel is HEEL:
        close_toezegging(app.database, toezegging.id, reeks.gemaakt + len(reeks.aanwezig))
    return Productie(reeks.document.code, reeks.gemaakt + samen, len(reeks.aanwezig) - samen, tuple(fouten))


@dataclass
class _Reeks:
    """The documents of one promise, or of a part of it: what they are made from, and for whom so far."""

    app: App
    toezegging: OpenToezegging
    document: Document
    situatie: Situatie[None]
    huisstijl: Huisstijl
    deel: Deel
    aanwezig: Mapping[str, object]
    eerder: Mapping[str, int]
    gevraagd: frozenset[str]
    gebouwd: set[str] = field(default_factory=set[str])
    gemaakt: int = 0
    gedeeld: Gedeeld = field(default_factory=dict[int, tuple[object, Any]])

    def wil(self, sleutel: str) -> bool:
        """Note for whom there is something to make; true when it is asked for here and not there yet."""
        if self.gevraagd and sleutel not in self.gevraagd:
            return False
        self.gebouwd.add(sleutel)
        return sleutel not in self.aanwezig and self.deel.has(sleutel)


def _open_reeks(app: App, toezegging: OpenToezegging, gelezen: Gelezen, deel: Deel) -> _Reeks:
    dossier, procedure, regio = gelezen
    document = procedure.load_document(toezegging.document)
    situatie = Situatie(
        dossier=dossier.op_versie(toezegging.versie),
        invoer=None,
        nu=toezegging.moment,
        normen=app.normen,
        regio=regio,
        persoon=toezegging.persoon,
        onderwerpen=toezegging.onderwerpen,
    )
    aanwezig = list_gemaakt(app.database, toezegging.dossier, toezegging.versie, document.code)
    eerder = count_uitgaven(app.database, toezegging.dossier, document.code, toezegging.versie)
    reeks = _Reeks(
        app,
        toezegging,
        document,
        situatie,
        select_huisstijl(regio, demo=dossier.demo),
        deel,
        aanwezig,
        eerder,
        frozenset(toezegging.ontvangers),
        set(aanwezig),
    )
    reeks.situatie = replace(situatie, wil=reeks.wil)
    return reeks


def _make_reeks(reeks: _Reeks, fouten: list[str]) -> bool:
    """Render, keep and register, a block at a time; adds what went wrong, and says whether the end was reached.

    A context is made when it is its turn and let go when it is rendered: one of them may have ten thousand rows.
    """
    geladen = _load_sjabloon(reeks)
    nieuw = (
        e
        for e in reeks.document.build(reeks.situatie)
        if reeks.document.deelbaar or reeks.wil(e.ontvanger.sleutel)
    )
    laatste = False
    while not laatste:
        rijen, blokfouten, vol = _render_blok(reeks, geladen, islice(nieuw, BLOK))
        if not rijen and not blokfouten:
            break
        laatste = len(rijen) + len(blokfouten) < BLOK
        checkpoint("documenten-voor-registratie")
        save_documenten(reeks.app.database, rijen)
        checkpoint("documenten-na-registratie")
        reeks.gemaakt += len(rijen)
        fouten += blokfouten
        if vol:
            return False
    return True


def _load_sjabloon(reeks: _Reeks) -> Geladen:
    geladen = reeks.app.sjablonen.load(reeks.document, reeks.situatie.regio.code, reeks.huisstijl)
    save_sjabloon(reeks.app.database, geladen.sha256, reeks.document.sjabloon, geladen.bundel)
    return geladen


def make_samen(app: App, toezegging: OpenToezegging, gelezen: Gelezen) -> int:
    """Make a large series on other machines, or in as many processes as there are processors; how many were made.

    What they leave, by whatever cause, is made afterwards by who asked for the whole.
    """
    processen = count_processen()
    if (processen < 2 and app.verdeler is None) or not gelezen[1].load_document(toezegging.document).deelbaar:
        return 0
    telling = _open_reeks(app, toezegging, gelezen, NIETS)
    for _ in telling.document.build(telling.situatie):
        pass
    if len(telling.gebouwd) - len(telling.aanwezig) < SAMEN_VANAF:
        return 0
    try:
        _load_sjabloon(telling).template.compile()
    except SjabloonMismatch:
        return 0  # said of every document by whoever makes them

    def make(nummer: int) -> None:
        _make_reeks(_open_reeks(app, toezegging, gelezen, Deel(nummer, processen)), [])

    def tel() -> int:
        return len(list_gemaakt(app.database, toezegging.dossier, toezegging.versie, toezegging.document))

    if app.verdeler is not None:
        app.verdeler(toezegging.dossier, toezegging.id, tel)
    else:
        app.database.dispose()
        run_samen(processen, make)
    return tel() - len(telling.aanwezig)


def select_huisstijl(regio: Regio, *, demo: bool) -> Huisstijl:
    """The region's house style; every page of a demo says that its data is invented."""
    if not demo:
        return regio.huisstijl
    return regio.huisstijl.model_copy(update={"voet": f"{regio.huisstijl.voet} · {DEMO}"})


def _render_blok(
    reeks: _Reeks, geladen: Geladen, blok: Iterator[Exemplaar]
) -> tuple[list[Gemaakt], list[str], bool]:
    """Render one after the other and keep the files side by side: the disk or the store is slower than we are."""
    bewaard: list[tuple[Gemaakt, Future[str]]] = []
    rijen: list[Gemaakt] = []
    fouten: list[str] = []
    vol = False
    with ThreadPoolExecutor(SCHRIJVERS) as schrijvers:
        for exemplaar in blok:
            try:
                gemaakt, inhoud = _render_exemplaar(reeks, geladen, exemplaar)
            except SjabloonMismatch as fout:
                fouten.append(f"{exemplaar.ontvanger.naam}: {fout}")
                continue
            pad = gemaakt.rij.pad
            bewaard.append(
                (gemaakt, schrijvers.submit(reeks.app.bestanden.save, reeks.toezegging.dossier, pad, inhoud))
            )
        for gemaakt, bewaring in bewaard:
            try:
                gemaakt.rij.sha256 = bewaring.result()
            except BestandNietBewaard as fout:
                # nor will the next block: register what there is, the promise stays open
                fouten += [] if vol else [str(fout)]
                vol = True
                continue
            checkpoint("document-na-schrijven")
            rijen.append(gemaakt)
    return rijen, fouten, vol


def _render_exemplaar(reeks: _Reeks, geladen: Geladen, exemplaar: Exemplaar) -> tuple[Gemaakt, bytes]:
    toezegging, document, ontvanger = reeks.toezegging, reeks.document, exemplaar.ontvanger
    uitgave = reeks.eerder.get(ontvanger.sleutel, 0) + 1
    context = exemplaar.context.model_dump_json()
    rij = DocumentRow(
        dossier=toezegging.dossier,
        versie=toezegging.versie,
        document=document.code,
        fase=document.fase,
        titel=document.titel,
        ontvanger=ontvanger.sleutel,
        ontvanger_naam=ontvanger.naam,
        ontvanger_email=ontvanger.email,
        uitgave=uitgave,
        status=Stukstatus.CONCEPT if document.te_beoordelen else Stukstatus.GEMAAKT,
        pad=f"{document.fase}/{make_bestandsnaam(document.code, ontvanger.sleutel, uitgave)}",
        sha256="",
        sjabloon_sha256=geladen.sha256,
        context_sha256=hashlib.sha256(context.encode()).hexdigest(),
        context=context,
        gemaakt=toezegging.moment.isoformat(),
        motor=describe_motor(),
    )
    inhoud = geladen.template.render_bytes(
        make_jinja_context(exemplaar.context, reeks.huisstijl, reeks.gedeeld),
        eigenschappen=build_eigenschappen(rij),
    )
    clausules = find_clausules(inhoud, geladen.clausules) if geladen.clausules else ()
    return Gemaakt(rij, tuple((c.id, c.versie, c.voorwaarde) for c in clausules)), inhoud


def build_eigenschappen(rij: DocumentRow) -> dict[str, str]:
    """The custom properties of the document of this row; the same when it is made again."""
    return list_eigenschappen(
        dossier=rij.dossier,
        document=rij.document,
        versie=rij.versie,
        ontvanger=rij.ontvanger,
        sjabloon_sha256=rij.sjabloon_sha256,
        context_sha256=rij.context_sha256,
        motor=rij.motor,
    )

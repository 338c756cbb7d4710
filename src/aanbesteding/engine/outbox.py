"""Produces what acts promised: builds contexts, renders Word files, registers them. Safe to run any number of times.

A document is made from the dossier as it was right after the act that promised it, so a run that was killed and
started again gives the same bytes. A template that fails stops its own document only; the promise stays open and
says why.

Must stay true: a row in the register means a whole file on disk and the kept template that it was made from; the
same recipient never gets the same promise twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from aanbesteding.documents.catalogus import Geladen, make_jinja_context
from aanbesteding.documents.clausules import find_clausules
from aanbesteding.documents.declaration import Document, Exemplaar
from aanbesteding.documents.herkomst import describe_motor, list_eigenschappen
from aanbesteding.domain.huisstijl import Huisstijl
from aanbesteding.domain.regio import Regio
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.stukken import Stukstatus
from aanbesteding.engine.app import App
from aanbesteding.engine.checkpoint import checkpoint
from aanbesteding.errors import BestandNietBewaard, SjabloonMismatch
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

DEMO = "demo met verzonnen gegevens"
"""What the footer of every demo document says."""


@dataclass(frozen=True)
class Productie:
    """What came of one promise."""

    document: str
    gemaakt: int
    aanwezig: int
    fouten: tuple[str, ...]


def list_open(app: App, dossier: str, fase: str | None = None) -> tuple[OpenToezegging, ...]:
    """Promises still to be kept."""
    return list_toezeggingen(app.database, dossier, fase)


def produce(app: App, toezegging: OpenToezegging) -> Productie:
    """Make every document of one promise that is not there yet, after the older promises of the same document.

    The order matters: a later edition is numbered after the earlier ones, and never takes their file name.
    """
    for eerder in list_toezeggingen(app.database, toezegging.dossier, toezegging.fase):
        if eerder.document != toezegging.document or eerder.versie >= toezegging.versie:
            continue
        if fouten := produce(app, eerder).fouten:
            fout = f"{toezegging.document}: eerst moet de eerdere uitgave lukken. {fouten[0]}"
            record_fout(app.database, toezegging.id, fout)
            return Productie(toezegging.document, 0, 0, (fout,))
    dossier, procedure, regio = app.load(toezegging.dossier)
    document = procedure.load_document(toezegging.document)
    app.bestanden.remove_tijdelijk(toezegging.dossier)
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
    huisstijl = select_huisstijl(regio, demo=dossier.demo)
    gemaakt, fouten = 0, list[str]()
    try:
        geladen = app.sjablonen.load(document, regio.code, huisstijl)
        save_sjabloon(app.database, geladen.sha256, document.sjabloon, geladen.bundel)
        gevraagd, gebouwd = frozenset(toezegging.ontvangers), set(aanwezig)
        nieuw = (
            e
            for e in document.build(situatie)
            if (not gevraagd or e.ontvanger.sleutel in gevraagd) and _note(e, gebouwd, aanwezig)
        )
        for blok in _split(nieuw):
            rijen, blokfouten = _render_blok(app, toezegging, document, huisstijl, geladen, blok, eerder)
            checkpoint("documenten-voor-registratie")
            save_documenten(app.database, rijen)
            checkpoint("documenten-na-registratie")
            gemaakt += len(rijen)
            fouten += blokfouten
            if len(rijen) + len(blokfouten) < len(blok):
                break
        else:
            if weg := sorted(gevraagd - gebouwd):
                fouten.append(
                    f"{document.titel}: volgens het dossier is er niets meer te maken voor {', '.join(weg)}."
                )
    except SjabloonMismatch as fout:
        fouten.append(str(fout))
    if fouten:
        record_fout(app.database, toezegging.id, "\n".join(fouten))
    else:
        close_toezegging(app.database, toezegging.id, gemaakt + len(aanwezig))
    return Productie(document.code, gemaakt, len(aanwezig), tuple(fouten))


def select_huisstijl(regio: Regio, *, demo: bool) -> Huisstijl:
    """The region's house style; every page of a demo says that its data is invented."""
    if not demo:
        return regio.huisstijl
    return regio.huisstijl.model_copy(update={"voet": f"{regio.huisstijl.voet} · {DEMO}"})


def _note(exemplaar: Exemplaar, gebouwd: set[str], aanwezig: Mapping[str, object]) -> bool:
    """Note for whom there is something to make; true when it is not there yet."""
    gebouwd.add(exemplaar.ontvanger.sleutel)
    return exemplaar.ontvanger.sleutel not in aanwezig


def _split(exemplaren: Iterator[Exemplaar]) -> Iterator[Sequence[Exemplaar]]:
    while blok := tuple(islice(exemplaren, BLOK)):
        yield blok


def _render_blok(
    app: App,
    toezegging: OpenToezegging,
    document: Document,
    huisstijl: Huisstijl,
    geladen: Geladen,
    blok: Sequence[Exemplaar],
    eerder: dict[str, int],
) -> tuple[list[Gemaakt], list[str]]:
    rijen: list[Gemaakt] = []
    fouten: list[str] = []
    for exemplaar in blok:
        try:
            rijen.append(_render_exemplaar(app, toezegging, document, huisstijl, geladen, exemplaar, eerder))
        except SjabloonMismatch as fout:
            fouten.append(f"{exemplaar.ontvanger.naam}: {fout}")
        except (
            BestandNietBewaard
        ) as fout:  # nor will the next: register what there is, the promise stays open
            fouten.append(str(fout))
            break
    return rijen, fouten


def _render_exemplaar(
    app: App,
    toezegging: OpenToezegging,
    document: Document,
    huisstijl: Huisstijl,
    geladen: Geladen,
    exemplaar: Exemplaar,
    eerder: dict[str, int],
) -> Gemaakt:
    ontvanger = exemplaar.ontvanger
    uitgave = eerder.get(ontvanger.sleutel, 0) + 1
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
        make_jinja_context(exemplaar.context, huisstijl), eigenschappen=build_eigenschappen(rij)
    )
    rij.sha256 = app.bestanden.save(toezegging.dossier, rij.pad, inhoud)
    checkpoint("document-na-schrijven")
    clausules = find_clausules(inhoud, geladen.clausules) if geladen.clausules else ()
    return Gemaakt(rij, tuple((c.id, c.versie, c.voorwaarde) for c in clausules))


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

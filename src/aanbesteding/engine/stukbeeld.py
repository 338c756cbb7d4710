"""One document as a reviewer sees it: the page made from the file, and where every filled-in value came from.

Must stay true: what is shown is the file on disk; the marked copy beside it has the same words, or no value is marked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aanbesteding.documents.catalogus import make_jinja_context
from aanbesteding.documents.declaration import Document, DocumentContext
from aanbesteding.documents.render_spoor import MERKEN
from aanbesteding.documents.text import extract_text
from aanbesteding.documents.varianten import flatten, strip_nummers
from aanbesteding.documents.velden import list_modelvelden, show_waarde
from aanbesteding.documents.voorbeeld import Blok, build_voorbeeld
from aanbesteding.domain.dossier import Dossier
from aanbesteding.engine.app import App
from aanbesteding.engine.stukken import Stukbeeld, load_stuk
from aanbesteding.engine.varianten import load_gemaakt
from aanbesteding.errors import AanbestedingError, SjabloonMismatch
from aanbesteding.procedure import Procedure
from aanbesteding.storage.stukken import load_herkomsten, load_voorwaarden

MAX_BRONNEN = 3
"""So many acts are named per field."""


@dataclass(frozen=True)
class Bron:
    """A fact that holds the same value under the same name: which act recorded it, by whom, when."""

    feit: str
    handeling: str
    persoon: str
    moment: datetime


@dataclass(frozen=True)
class Veldbeeld:
    """A field of which a value stands in the document. `bronnen` empty: the product put it together."""

    pad: str
    omschrijving: str
    waarden: tuple[str, ...]
    bronnen: tuple[Bron, ...]


@dataclass(frozen=True)
class Stukpagina:
    """A document with its page. `melding` says why no value is marked; empty when they are."""

    beeld: Stukbeeld
    document: Document | None
    handeling: str
    blokken: tuple[Blok, ...]
    velden: tuple[Veldbeeld, ...]
    melding: str = ""


def build_stukpagina(app: App, code: str, id_: str, anker: str = "") -> Stukpagina:
    """The page of one document; AanbestedingError when there is no such document or its file is gone."""
    beeld = load_stuk(app, code, id_)
    dossier, procedure, _ = app.load(code)
    stuk = beeld.stuk
    try:
        inhoud = app.bestanden.load(code, stuk.huidig.pad)
    except OSError:
        raise AanbestedingError(
            f"Het bestand van '{id_}' staat niet meer in de map van het dossier."
        ) from None
    document = _find_document(procedure, stuk.register.document)
    titels = {h.code: h.titel for _, h in procedure.list_handelingen()}
    voorwaarden = load_voorwaarden(app.database, code, id_)
    handeling = titels.get(stuk.handeling, stuk.handeling)
    melding = "Dit is een ingeleverde versie: welke woorden uit het dossier komen, staat niet meer vast."
    if document is not None and len(stuk.versies) == 1:
        try:
            template, huisstijl, context = load_gemaakt(
                app, document, load_herkomsten(app.database, code, [id_])[id_]
            )
            waarden = template.render_waarden(make_jinja_context(context, huisstijl))
            if extract_text(inhoud) != MERKEN.sub("", extract_text(waarden.docx)):
                raise SjabloonMismatch("Opnieuw gemaakt geeft het een andere tekst.")
            voorbeeld = build_voorbeeld(waarden.docx, waarden.velden, voorwaarden, anker)
            oud = dossier.op_versie(stuk.register.versie)
            return Stukpagina(
                beeld,
                document,
                handeling,
                voorbeeld.blokken,
                _build_velden(oud, titels, document, context, voorbeeld.velden),
            )
        except SjabloonMismatch as fout:
            melding = f"Waar de waarden vandaan komen, is niet te tonen. {fout}"
    return Stukpagina(
        beeld, document, handeling, build_voorbeeld(inhoud, (), voorwaarden).blokken, (), melding
    )


def _find_document(procedure: Procedure, code: str) -> Document | None:
    try:
        return procedure.load_document(code)
    except KeyError:
        return None


def _build_velden(
    dossier: Dossier,
    titels: dict[str, str],
    document: Document,
    context: DocumentContext,
    paden: Iterable[str],
) -> tuple[Veldbeeld, ...]:
    """The marked fields with their description, their values and the facts that hold those."""
    omschrijvingen = {v.pad: v.omschrijving for v in list_modelvelden(document.context)}
    per_pad: dict[str, list[Any]] = {}
    for pad, waarde in flatten(context):
        per_pad.setdefault(strip_nummers(pad), []).append(waarde)
    feiten = _index_feiten(dossier, titels)
    uit: list[Veldbeeld] = []
    for pad in paden:
        delen = pad.split(" en ")
        waarden = [w for deel in delen for w in _find_waarden(per_pad, deel)]
        naam = delen[0].rpartition(".")[2].removesuffix("[]")
        bronnen = dict.fromkeys(b for w in waarden for b in feiten.get((naam, str(w)), ()))
        uit.append(
            Veldbeeld(
                pad,
                "; ".join(
                    o for deel in delen if (o := omschrijvingen.get(deel) or omschrijvingen.get(deel[:-2]))
                ),
                tuple(dict.fromkeys(show_waarde(w) for w in waarden))[:MAX_BRONNEN],
                tuple(bronnen)[-MAX_BRONNEN:],
            )
        )
    return tuple(uit)


def _find_waarden(per_pad: dict[str, list[Any]], pad: str) -> list[Any]:
    return per_pad.get(pad) or per_pad.get(f"{pad}[]") or []


def _index_feiten(dossier: Dossier, titels: dict[str, str]) -> dict[tuple[str, str], list[Bron]]:
    """Which facts hold which value under which name."""
    uit: dict[tuple[str, str], list[Bron]] = {}
    for v in dossier.vastleggingen:
        bron = Bron(v.feit.soort(), titels.get(v.handeling, v.handeling), v.persoon, v.moment)
        for pad, waarde in flatten(v.feit):
            if waarde is None or waarde == "" or isinstance(waarde, bool):
                continue
            naam = strip_nummers(pad).rpartition(".")[2].removesuffix("[]")
            lijst = uit.setdefault((naam, str(waarde)), [])
            if not lijst or lijst[-1] != bron:
                lijst.append(bron)
    return uit

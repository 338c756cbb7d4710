"""The one way to perform an act on the pages: its form, a trial run, and the act itself through engine.perform.

Must stay true: nothing typed is lost on a refusal; a page that is older than the dossier performs nothing; every
refused act is in the audit log with the codes of its rules, never with what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel
from starlette.datastructures import FormData

from aanbesteding.adapters.prefect_runs import Flowrun
from aanbesteding.domain.dossier import show_status
from aanbesteding.domain.feit import Feit, StatusGewijzigd
from aanbesteding.domain.regel import Overtreding
from aanbesteding.engine.app import App
from aanbesteding.engine.beoordelen import OORDELEN, SCOREN
from aanbesteding.engine.dossierbeeld import build_dossierbeeld
from aanbesteding.engine.invoer import perform_opgave
from aanbesteding.engine.keuzes import find_voorstel, list_keuzes
from aanbesteding.engine.perform import HandelingRefused, Resultaat
from aanbesteding.engine.standen import Geladen, Stand, build_stand, list_fasemeldingen, load_geladen
from aanbesteding.errors import AanbestedingError, InvoerError, StaleDossier
from aanbesteding.fase import Fase, Handeling
from aanbesteding.storage.audit import Auditsoort
from aanbesteding.web.bewaking import Bezoeker, Formulier, Geweigerd, Kop, Pagina, record_geweigerd
from aanbesteding.web.formulier.boom import Boom, build_boom, to_boom
from aanbesteding.web.formulier.ontleden import Fouten, parse
from aanbesteding.web.formulier.velden import Bouw, build_velden, change_rijen, list_fouten
from aanbesteding.web.kern import Kern, is_open, load_bezoek
from aanbesteding.web.routes.route import Route
from aanbesteding.web.taal import merge_feiten

MAX_FEITEN = 200
EIGEN_PAGINAS = {
    SCOREN: "beoordelen",
    OORDELEN: "consensus",
    "stuk_inleveren": "woord",
    "verzending_starten": "verzending",
    "bezorging_melden": "verzending",
}
"""Acts with pages of their own instead of the form made of their input."""


@dataclass(frozen=True)
class Zaak:
    """One act on one dossier for one person."""

    geladen: Geladen
    fase: Fase
    handeling: Handeling
    stand: Stand


@dataclass(frozen=True)
class Uitkomst:
    """What came of sending a form: a result, or what stands in the way."""

    resultaat: Resultaat | None = None
    geweigerd: tuple[Overtreding, ...] = ()
    meldingen: tuple[str, ...] = ()
    verouderd: bool = False


def load_zaak(verzoek: Request, kern: Kern, code: str, handeling_code: str) -> Zaak:
    """The act in the address; refused when there is none or when it is not this person's."""
    geladen, persoon = load_geladen(kern.app, code), load_bezoek(verzoek).persoon
    try:
        fase, handeling = geladen.procedure.load_handeling(handeling_code)
    except KeyError:
        raise Geweigerd("Deze handeling bestaat niet in deze procedure.", 404) from None
    stand = build_stand(kern.app, geladen, fase, handeling, persoon)
    if not stand.eigen:
        record_geweigerd(verzoek, Auditsoort.HANDELING_GEWEIGERD, handeling.code, "mandaat-ontbreekt")
        wie = ", ".join(stand.personen) or "niemand"
        raise Geweigerd(f"‘{handeling.titel}’ vraagt de rol {stand.rol}; die heeft: {wie}.")
    return Zaak(geladen, fase, handeling, stand)


def render_formulier(
    verzoek: Request,
    kern: Kern,
    zaak: Zaak,
    boom: Boom | None,
    *,
    status: int = 200,
    fouten: Fouten | None = None,
    uitkomst: Uitkomst | None = None,
    focus: str = "",
) -> Response:
    """The form of an act with what was typed and what is wrong with it."""
    bouw = Bouw(list_keuzes(zaak.geladen, zaak.handeling), fouten or {}, focus)
    velden = build_velden(zaak.handeling.invoer, boom, bouw)
    titels = {d.code: d.titel for d in zaak.handeling.documenten}
    waarden: dict[str, Any] = {
        "zaak": zaak,
        "kop": verzoek.state.kop,
        "versie": zaak.geladen.dossier.versie,
        "velden": velden,
        "fouten": list_fouten(velden, fouten or {}),
        "uitkomst": uitkomst or Uitkomst(),
        "feiten": show_feiten(uitkomst.resultaat) if uitkomst and uitkomst.resultaat else (),
        "documenten": [
            titels.get(d, d)
            for d in (uitkomst.resultaat.documenten if uitkomst and uitkomst.resultaat else ())
        ],
        "stand_van_dossier": list_fasemeldingen(kern.app, zaak.geladen).get(zaak.fase.code, ()),
    }
    return kern.render(verzoek, "pages/handeling.html", status, **waarden)


def show_feiten(resultaat: Resultaat) -> tuple[tuple[str, dict[str, Any]], ...]:
    """What an act records, as kinds and fields."""
    return merge_feiten([(feit.soort(), _show_velden(feit)) for feit in resultaat.feiten[:MAX_FEITEN]])


def _show_velden(feit: Feit) -> dict[str, Any]:
    """The fields of a fact; a status as people write it."""
    if not isinstance(feit, StatusGewijzigd):
        return dict(feit)
    soort, _, sleutel = feit.onderwerp.partition(":")
    van = show_status(feit.van) if feit.van else ""
    return {soort: sleutel, "van": van, "naar": show_status(feit.naar)}


def show_handeling(verzoek: Request, code: str, handeling: str, kern: Pagina, bezoek: Bezoeker) -> Response:
    """The form of an act; where a stage run would do it by itself, filled in as it would."""
    zaak = load_zaak(verzoek, kern, code, handeling)
    if handeling in EIGEN_PAGINAS:
        return RedirectResponse(f"/dossiers/{code}/{EIGEN_PAGINAS[handeling]}", 303)
    voorstel = find_voorstel(kern.app, zaak.geladen, zaak.handeling, bezoek.persoon)
    return render_formulier(verzoek, kern, zaak, to_boom(voorstel) if voorstel else None)


def send_handeling(
    verzoek: Request, code: str, handeling: str, kern: Pagina, bezoek: Bezoeker, formulier: Formulier
) -> Response:
    """Add or take away a row, try the act, or perform it."""
    zaak = load_zaak(verzoek, kern, code, handeling)
    boom = build_boom(formulier.multi_items())
    opdracht, _, pad = str(formulier.get("_doe", "proef")).partition(":")
    if opdracht in ("erbij", "weg"):
        boom, focus = change_rijen(boom, opdracht, pad)
        return render_formulier(verzoek, kern, zaak, boom, focus=focus)
    ontleed = parse(zaak.handeling.invoer, boom)
    if ontleed.invoer is None:
        return render_formulier(verzoek, kern, zaak, ontleed.boom, status=422, fouten=ontleed.fouten)
    versie = str(formulier.get("_versie", ""))
    proef = opdracht != "verricht"
    wachtzinnen = read_wachtzinnen(formulier, ontleed.invoer)
    uitkomst = try_handeling(
        kern.app, code, zaak, ontleed.invoer, bezoek.persoon, versie, proef=proef, wachtzinnen=wachtzinnen
    )
    if uitkomst.resultaat and not proef:
        return render_verricht(verzoek, kern, zaak, uitkomst.resultaat)
    if uitkomst.verouderd:
        zaak = load_zaak(verzoek, kern, code, handeling)
    status = 200 if uitkomst.resultaat else 409
    return render_formulier(verzoek, kern, zaak, ontleed.boom, status=status, uitkomst=uitkomst)


def read_wachtzinnen(formulier: FormData, invoer: BaseModel) -> dict[str, str]:
    """The passphrases that the openers typed, in the order in which the input names them; never shown again."""
    openers: tuple[str, ...] = getattr(invoer, "openers", ())
    return {p: str(formulier.get(f"_wachtzin_{n}", "")) for n, p in enumerate(openers, start=1)}


def try_handeling(
    app: App,
    code: str,
    zaak: Zaak,
    invoer: BaseModel,
    persoon: str,
    versie: str,
    *,
    proef: bool,
    wachtzinnen: Mapping[str, str] | None = None,
) -> Uitkomst:
    """Perform the act, or see what it would do; every refusal as something to show."""
    gezien = int(versie) if versie.isdecimal() and len(versie) < 10 else -1
    try:
        return Uitkomst(
            perform_opgave(
                app,
                code,
                zaak.handeling.code,
                invoer,
                persoon,
                proef=proef,
                versie=None if proef else gezien,
                wachtzinnen=wachtzinnen,
            )
        )
    except HandelingRefused as fout:
        return Uitkomst(geweigerd=fout.overtredingen)
    except StaleDossier as fout:
        return Uitkomst(meldingen=(str(fout),), verouderd=True)
    except InvoerError as fout:
        return Uitkomst(meldingen=fout.fouten)


def render_verricht(verzoek: Request, kern: Kern, zaak: Zaak, resultaat: Resultaat) -> Response:
    """What was recorded, and the run that makes the promised documents."""
    run, melding = start_run(verzoek, kern, zaak.fase.code) if resultaat.documenten else (None, "")
    titels = {d.code: d.titel for d in zaak.handeling.documenten}
    waarden: dict[str, Any] = {
        "zaak": zaak,
        "kop": verzoek.state.kop,
        "resultaat": resultaat,
        "feiten": show_feiten(resultaat),
        "documenten": [titels.get(d, d) for d in resultaat.documenten],
        "run": run,
        "melding": melding,
    }
    return kern.render(verzoek, "pages/verricht.html", **waarden)


def start_run(verzoek: Request, kern: Kern, fase: str, *, alleen: bool = False) -> tuple[Flowrun | None, str]:
    """Start the flow of a stage in the name of the visitor; without Prefect a sentence that says what to do."""
    kop, bezoek = verzoek.state.kop, load_bezoek(verzoek)
    if not is_open(verzoek, "fase_starten", kop.regio):
        return None, "De documenten worden gemaakt zodra de fase wordt uitgevoerd."
    try:
        if kern.starter is None:
            raise AanbestedingError("Prefect is hier niet ingesteld.")
        return kern.starter.start(fase, kop.code, bezoek.persoon, alleen=alleen), ""
    except AanbestedingError as fout:
        return None, f"{fout} Op de server kan het zo: aanbesteding fase {fase} {kop.code}"


def send_fase(verzoek: Request, code: str, fase: str, kern: Pagina, kop: Kop) -> Response:
    """Flowrun a stage: performs what is due by itself and makes the documents."""
    fasen = {f.code: f for f in kern.app.procedures[kop.procedure].fasen}
    if fase not in fasen:
        raise Geweigerd("Deze fase bestaat niet.", 404)
    run, melding = start_run(verzoek, kern, fase, alleen=True)
    return render_run(verzoek, kern, fase, run, melding, status=200 if run else 503)


def show_run(verzoek: Request, code: str, fase: str, run: str, kern: Pagina) -> Response:
    """How far a run is, with what it has made."""
    try:
        if kern.starter is None or not run.replace("-", "").isalnum():
            raise AanbestedingError("Deze run is niet bekend.")
        return render_run(verzoek, kern, fase, kern.starter.load(run), "")
    except AanbestedingError as fout:
        return render_run(verzoek, kern, fase, None, str(fout), status=503)


def render_run(
    verzoek: Request, kern: Kern, fase: str, run: Flowrun | None, melding: str, status: int = 200
) -> Response:
    """The page of a run: its state, the documents of the stage, and what is still to be made."""
    kop = verzoek.state.kop
    beeld = build_dossierbeeld(kern.app, kop.code, load_bezoek(verzoek).persoon)
    hier = next((f for f in beeld.fasen if f.code == fase), None)
    if hier is None:
        raise Geweigerd("Deze fase bestaat niet.", 404)
    return kern.render(verzoek, "pages/run.html", status, kop=kop, fase=hier, run=run, melding=melding)


ROUTES = (
    Route("handeling", "GET", "/dossiers/{code}/handelingen/{handeling}", show_handeling),
    Route("handeling_versturen", "POST", "/dossiers/{code}/handelingen/{handeling}", send_handeling),
    Route("fase_starten", "POST", "/dossiers/{code}/fasen/{fase}/start", send_fase),
    Route("run", "GET", "/dossiers/{code}/fasen/{fase}/runs/{run}", show_run),
)

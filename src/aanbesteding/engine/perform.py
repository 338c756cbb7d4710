"""Performs one act: the only path by which a dossier changes. Also tells beforehand what may be done, and why not.

Order: mandate → input → status → every rule → open what is sealed → decision → seal what came in → record, in one
transaction.
All violations are collected; a user is never sent back five times.

Must stay true: a refused act changes nothing in the dossier (the attempt itself is noted); a rule sees the same
situation beforehand and at the moment itself; a reason that lets an act pass is recorded with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from pydantic import BaseModel, ValidationError

from aanbesteding.domain.dossier import Dossier, show_status
from aanbesteding.domain.feit import Feit, MotiveringVastgelegd, StatusGewijzigd
from aanbesteding.domain.regel import Ernst, Overtreding
from aanbesteding.domain.regio import Regio
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.zegel import OpenersAangewezen
from aanbesteding.engine.app import App
from aanbesteding.engine.checkpoint import checkpoint
from aanbesteding.engine.sleutels import add_sleutels
from aanbesteding.engine.stukregister import Stukkenbron
from aanbesteding.engine.voorwaarden import check_voorwaarden
from aanbesteding.engine.zegel import NIET_AANGEWEZEN, Kast, Zegel, open_kast, seal_enveloppen
from aanbesteding.errors import AanbestedingError, InvoerError, StaleDossier
from aanbesteding.fase import Besluit, Fase, Handeling
from aanbesteding.invoerfouten import MAX_FOUTEN, describe_fouten
from aanbesteding.procedure import Procedure
from aanbesteding.storage.dossier import Toezegging, Vast, record_besluit, record_weigering
from aanbesteding.tekens import list_onzichtbaar

MEERVOUD = {
    "perceel": "percelen",
    "ronde": "ronden",
    "verzoek": "verzoeken",
    "overeenkomst": "overeenkomsten",
}


class HandelingRefused(AanbestedingError):
    """An act that is not allowed now; carries every violation."""

    exit_code = 2

    def __init__(self, titel: str, overtredingen: Iterable[Overtreding]) -> None:
        self.overtredingen = tuple(overtredingen)
        regels = "\n".join(f"- {o.tekst} [{o.code}; {o.grondslag}]" for o in self.overtredingen)
        super().__init__(f"De handeling '{titel}' kan nu niet:\n{regels}")


@dataclass(frozen=True)
class Resultaat:
    """What an act did: the new version, the facts, what was only signalled, and the promised documents."""

    versie: int
    feiten: tuple[Feit, ...]
    signalen: tuple[Overtreding, ...]
    documenten: tuple[str, ...]


@dataclass(frozen=True)
class Handelingstand:
    """An act as the list of acts shows it."""

    code: str
    titel: str
    fase: str
    rol: str
    personen: tuple[str, ...]
    onderwerpen: tuple[str, ...]
    mogelijk: bool
    overtredingen: tuple[Overtreding, ...]
    vraagt_invoer: bool
    automatisch: bool


def perform(
    app: App,
    code: str,
    handeling_code: str,
    invoer: Mapping[str, Any] | BaseModel | None,
    persoon: str,
    *,
    proef: bool = False,
    versie: int | None = None,
    wachtzinnen: Mapping[str, str] | None = None,
) -> Resultaat:
    """Perform an act on a dossier as this person; with `proef` everything but the recording.

    `versie`: the version that the person looked at; a dossier that has gone on since then is StaleDossier.
    `wachtzinnen`: by person, the passphrases of the openers, for an act that opens what is sealed.

    Raises HandelingRefused (every violation), InvoerError (every fault in the input) or StaleDossier.
    """
    if proef:
        dossier, procedure, regio = app.load(code)
        fase, handeling = _load_handeling(procedure, code, handeling_code)
        nu = app.klok.nu()
        vast, signalen = decide(
            app, dossier, procedure, regio, fase, handeling, invoer, persoon, nu, proef=True
        )
        return Resultaat(dossier.versie, vast.feiten, signalen, tuple(t.document for t in vast.toezeggingen))
    try:
        return _perform(app, code, handeling_code, invoer, persoon, versie, wachtzinnen)
    except HandelingRefused as weigering:
        codes = [o.code for o in weigering.overtredingen]
        record_weigering(app.database, code, handeling_code, persoon, app.klok.nu(), codes)
        raise


def _load_handeling(procedure: Procedure, code: str, handeling_code: str) -> tuple[Fase, Handeling]:
    try:
        return procedure.load_handeling(handeling_code)
    except KeyError:
        raise InvoerError(
            [
                f"De handeling '{handeling_code}' bestaat niet in procedure '{procedure.code}'. "
                f"Zie 'aanbesteding handelingen {code}'."
            ]
        ) from None


def _perform(
    app: App,
    code: str,
    handeling_code: str,
    invoer: Mapping[str, Any] | BaseModel | None,
    persoon: str,
    gezien: int | None = None,
    wachtzinnen: Mapping[str, str] | None = None,
) -> Resultaat:
    """Decide and record on the dossier as it is now; a refusal is not noted here."""
    dossier, procedure, regio = app.load(code)
    if gezien is not None and dossier.versie != gezien:
        raise StaleDossier(
            f"Iemand anders heeft dossier '{code}' gewijzigd sinds u deze pagina opende. Bekijk het opnieuw."
        )
    fase, handeling = _load_handeling(procedure, code, handeling_code)
    nu = app.klok.nu()
    vast, signalen = decide(
        app, dossier, procedure, regio, fase, handeling, invoer, persoon, nu, wachtzinnen=wachtzinnen
    )
    versie = _record(app, dossier, vast)
    return Resultaat(versie, vast.feiten, signalen, tuple(t.document for t in vast.toezeggingen))


def _record(app: App, dossier: Dossier, vast: Vast) -> int:
    """Record what was decided on this dossier; StaleDossier when it is not the newest any more."""
    checkpoint("handeling-voor-vastleggen")
    versie = record_besluit(app.database, dossier.code, dossier.versie, vast)
    checkpoint("handeling-na-vastleggen")
    return versie


def decide(
    app: App,
    dossier: Dossier,
    procedure: Procedure,
    regio: Regio,
    fase: Fase,
    handeling: Handeling,
    invoer: Mapping[str, Any] | BaseModel | None,
    persoon: str,
    nu: datetime,
    *,
    proef: bool = False,
    wachtzinnen: Mapping[str, str] | None = None,
) -> tuple[Vast, tuple[Overtreding, ...]]:
    """Check everything and decide what the act would record; nothing is written.

    With `proef` nothing that is sealed is opened, so an act that opens it decides nothing then.
    """
    mandaat = check_mandaat(handeling, regio, persoon)
    if mandaat is not None:
        raise HandelingRefused(handeling.titel, [mandaat])
    ingevoerd = parse_invoer(handeling, invoer)
    onderwerpen = list_onderwerpen(handeling, dossier, procedure, ingevoerd)
    situatie = Situatie(
        dossier=dossier,
        invoer=ingevoerd,
        nu=nu,
        normen=app.normen,
        regio=regio,
        persoon=persoon,
        onderwerpen=onderwerpen,
    )
    situatie = add_sleutels(app, handeling, Stukkenbron(app, dossier, procedure).add(handeling, situatie))
    motivering = str(getattr(ingevoerd, "motivering", "") or "").strip()
    overtredingen = [
        *check_statussen(handeling, dossier, onderwerpen),
        *check_regels(handeling, situatie, met_invoer=True),
        *check_voorwaarden(app, dossier.code, handeling.code, ingevoerd),
    ]
    weigeren = [
        o
        for o in overtredingen
        if o.ernst is Ernst.BLOKKEERT or (o.ernst is Ernst.MOTIVEREN and not motivering)
    ]
    if weigeren:
        raise HandelingRefused(handeling.titel, weigeren)
    signalen = tuple(o for o in overtredingen if o.ernst is not Ernst.BLOKKEERT)
    if handeling.opent is not None:
        if proef:
            leeg = Vast(handeling=handeling.code, persoon=persoon, moment=nu, feiten=())
            return leeg, signalen
        situatie = replace(situatie, geopend=_open_kast(app, handeling, situatie, wachtzinnen or {}))
    besluit = handeling.besluit(situatie)
    betrokken = besluit.nieuw or onderwerpen
    zegel = _seal(handeling, dossier, besluit)
    feiten = [*besluit.feiten, *zegel.feiten]
    if isinstance(situatie.geopend, Kast):
        feiten.append(situatie.geopend.build_feit())
    gemotiveerd = tuple(o.code for o in signalen if o.ernst is Ernst.MOTIVEREN)
    if gemotiveerd:
        feiten.append(
            MotiveringVastgelegd(handeling=handeling.code, regels=gemotiveerd, motivering=motivering)
        )
    if handeling.naar is not None:
        soort = "perceel" if handeling.per == "aanbesteding" else handeling.per
        for sleutel in betrokken:
            onderwerp = f"{soort}:{sleutel}"
            feiten.append(
                StatusGewijzigd(
                    onderwerp=onderwerp, van=dossier.statussen.get(onderwerp), naar=handeling.naar
                )
            )
    vast = Vast(
        handeling=handeling.code,
        persoon=persoon,
        moment=nu,
        feiten=tuple(feiten),
        toezeggingen=(
            *(Toezegging(d.code, d.fase, betrokken) for d in handeling.documenten),
            *(Toezegging(u.document, u.fase, u.onderwerpen, u.ontvangers) for u in besluit.uitgaven),
        ),
        enveloppen=zegel.enveloppen,
        bossen=zegel.bossen,
    )
    return vast, signalen


def _open_kast(
    app: App, handeling: Handeling, situatie: Situatie[Any], wachtzinnen: Mapping[str, str]
) -> Kast:
    """What this act opens, for the two openers that its input names; HandelingRefused with every reason why not."""
    openers = getattr(situatie.invoer, "openers", ())
    kast = open_kast(app, situatie.dossier, handeling.opent or "", openers, wachtzinnen)
    if not isinstance(kast, Kast):
        raise HandelingRefused(handeling.titel, kast)
    if handeling.per != "perceel":
        return kast
    hier = {k: v for k, v in kast.enveloppen.items() if k.partition("/")[0] in situatie.onderwerpen}
    return replace(kast, enveloppen=hier)


def _seal(handeling: Handeling, dossier: Dossier, besluit: Besluit) -> Zegel:
    """What the act hands in, sealed; HandelingRefused when nobody was appointed to open it."""
    zegel = seal_enveloppen(dossier, besluit.verzegeld)
    if not isinstance(zegel, Zegel):
        raise HandelingRefused(handeling.titel, [zegel])
    return zegel


def check_mandaat(handeling: Handeling, regio: Regio, persoon: str) -> Overtreding | None:
    """A person may act only in a role that the region's mandate gives."""
    if set(handeling.rollen) & regio.list_rollen(persoon):
        return None
    bevoegd = ", ".join(list_bevoegd(handeling, regio)) or "niemand"
    return Overtreding(
        "mandaat-ontbreekt",
        "mandaatregister van de regio; Awb afdeling 10.1.1",
        Ernst.BLOKKEERT,
        f"'{persoon}' heeft de rol {show_rollen(handeling)} niet; die hebben: {bevoegd}.",
    )


def list_bevoegd(handeling: Handeling, regio: Regio) -> tuple[str, ...]:
    """Everybody whose mandate allows this act, each once."""
    return tuple(dict.fromkeys(p for rol in handeling.rollen for p in regio.list_personen(rol)))


def show_rollen(handeling: Handeling) -> str:
    """The roles that may perform it, in words."""
    return " of ".join(rol.value for rol in handeling.rollen)


def parse_invoer(handeling: Handeling, invoer: Mapping[str, Any] | BaseModel | None) -> BaseModel:
    """Validate the input of an act; InvoerError with every fault."""
    if isinstance(invoer, BaseModel):
        gelezen = invoer
    else:
        try:
            gelezen = handeling.invoer.model_validate(dict(invoer or {}))
        except ValidationError as fout:
            raise InvoerError(describe_fouten(fout, f"invoer van '{handeling.code}'")) from fout
    if fouten := list(islice(list_onzichtbaar(gelezen), MAX_FOUTEN)):
        raise InvoerError([f"invoer van '{handeling.code}': {fout}." for fout in fouten])
    return gelezen


def list_onderwerpen(
    handeling: Handeling, dossier: Dossier, procedure: Procedure, invoer: BaseModel | None
) -> tuple[str, ...]:
    """The onderwerpen that an act concerns: those that the input names, or without input the candidates."""
    if handeling.per == "dossier":
        return ()
    if handeling.per == "aanbesteding":
        open_ = frozenset(dossier.statussen.values()) - procedure.eindstatussen
        return dossier.list_onderwerpen("perceel", open_)
    genoemd = named_onderwerpen(handeling.per, invoer) if invoer is not None else None
    if genoemd is not None:
        return genoemd
    if not handeling.van:
        return ()
    return dossier.list_onderwerpen(handeling.per, handeling.van)


def named_onderwerpen(per: str, invoer: BaseModel) -> tuple[str, ...] | None:
    """What the input names: field `percelen` or `perceel` and so on; None when it has neither."""
    meervoud = getattr(invoer, MEERVOUD[per], None)
    if meervoud is not None:
        return tuple(dict.fromkeys(str(sleutel) for sleutel in meervoud))
    enkelvoud = getattr(invoer, per, None)
    return None if enkelvoud is None else (str(enkelvoud),)


def check_statussen(
    handeling: Handeling, dossier: Dossier, onderwerpen: tuple[str, ...]
) -> list[Overtreding]:
    """Every onderwerp must have a status from which this act may start."""
    if not handeling.van:
        return []
    soort = "perceel" if handeling.per == "aanbesteding" else handeling.per
    toegestaan = " of ".join(show_status(van) for van in sorted(handeling.van))
    if not onderwerpen:
        tekst = f"Er is geen {soort} met status {toegestaan}."
        return [Overtreding("geen-onderwerp", "procedure", Ernst.BLOKKEERT, tekst)]
    fouten: list[Overtreding] = []
    for sleutel in onderwerpen:
        status = dossier.statussen.get(f"{soort}:{sleutel}")
        if status is None:
            tekst = f"{soort.capitalize()} {sleutel} bestaat niet in dit dossier."
            fouten.append(Overtreding("onderwerp-onbekend", "procedure", Ernst.BLOKKEERT, tekst))
        elif status not in handeling.van:
            tekst = (
                f"{soort.capitalize()} {sleutel} heeft status {show_status(status)}; nodig is {toegestaan}."
            )
            fouten.append(Overtreding("status-past-niet", "procedure", Ernst.BLOKKEERT, tekst))
    return fouten


def check_regels(handeling: Handeling, situatie: Situatie[Any], *, met_invoer: bool) -> list[Overtreding]:
    """Every rule of the act that can be judged in this situation; all violations."""
    fouten: list[Overtreding] = []
    if handeling.verzegelt and situatie.dossier.laatste(OpenersAangewezen) is None:
        fouten.append(NIET_AANGEWEZEN)
    for regel in handeling.regels:
        if regel.met_invoer and not met_invoer:
            continue
        overtreding = regel.check(situatie)
        if overtreding is not None:
            fouten.append(overtreding)
    return fouten


def make_situatie(app: App, dossier: Dossier, regio: Regio, persoon: str) -> Situatie[None]:
    """A situation without input, at this moment."""
    return Situatie(
        dossier=dossier, invoer=None, nu=app.klok.nu(), normen=app.normen, regio=regio, persoon=persoon
    )


def list_handelingen(app: App, code: str) -> tuple[Handelingstand, ...]:
    """Every act of the dossier's procedure: possible now or not, by whom, and every reason why not."""
    dossier, procedure, regio = app.load(code)
    basis, bron = make_situatie(app, dossier, regio, ""), Stukkenbron(app, dossier, procedure)
    standen: list[Handelingstand] = []
    for fase, handeling in procedure.list_handelingen():
        onderwerpen = list_onderwerpen(handeling, dossier, procedure, None)
        situatie = add_sleutels(app, handeling, bron.add(handeling, replace(basis, onderwerpen=onderwerpen)))
        fouten = check_statussen(handeling, dossier, onderwerpen)
        if not any(o.code == "geen-onderwerp" for o in fouten):
            fouten += check_regels(handeling, situatie, met_invoer=False)
        standen.append(
            Handelingstand(
                code=handeling.code,
                titel=handeling.titel,
                fase=fase.code,
                rol=show_rollen(handeling),
                personen=list_bevoegd(handeling, regio),
                onderwerpen=onderwerpen,
                mogelijk=not any(o.ernst is Ernst.BLOKKEERT for o in fouten),
                overtredingen=tuple(fouten),
                vraagt_invoer=any(v.is_required() for v in handeling.invoer.model_fields.values()),
                automatisch=handeling.automatisch is not None,
            )
        )
    return tuple(standen)


def perform_due(app: App, code: str, fase_code: str, persoon: str) -> tuple[str, ...]:
    """Perform every act of a stage that is declared automatic and is due; returns their codes in order.

    Goes on until none is left. An act that a blocking rule refuses is not due. Safe to run twice and by two at
    once: whoever comes second finds nothing to do.
    """
    gedaan: list[str] = []
    vorige: tuple[str, BaseModel] | None = None
    while beurt := find_due(app, code, fase_code, persoon):
        deze = (beurt.handeling.code, beurt.invoer)
        if vorige == deze:
            raise AanbestedingError(
                f"De handeling '{beurt.handeling.titel}' blijft aan de beurt nadat zij is verricht. Meld dit als fout."
            )
        try:
            _record(app, beurt.dossier, beurt.vast)
        except StaleDossier:
            continue
        vorige = deze
        gedaan.append(beurt.handeling.code)
    return tuple(gedaan)


@dataclass(frozen=True)
class Beurt:
    """An automatic act that is due, and what it records on the dossier as it was looked at."""

    handeling: Handeling
    invoer: BaseModel
    dossier: Dossier
    vast: Vast


def find_due(app: App, code: str, fase_code: str, persoon: str) -> Beurt | None:
    """The first automatic act of a stage that is due and allowed now, decided; None when there is none."""
    dossier, procedure, regio = app.load(code)
    fase = procedure.load_fase(fase_code)
    for handeling in fase.handelingen:
        if handeling.automatisch is None or check_mandaat(handeling, regio, persoon) is not None:
            continue
        onderwerpen = list_onderwerpen(handeling, dossier, procedure, None)
        situatie = replace(make_situatie(app, dossier, regio, persoon), onderwerpen=onderwerpen)
        if check_statussen(handeling, dossier, onderwerpen):
            continue
        invoer = handeling.automatisch(situatie)
        if invoer is None:
            continue
        try:
            vast, _ = decide(app, dossier, procedure, regio, fase, handeling, invoer, persoon, situatie.nu)
        except (HandelingRefused, InvoerError):
            continue
        return Beurt(handeling, invoer, dossier, vast)
    return None

"""The record of the opening of prices: that quality was locked first, who opened what, and what stayed closed.

Grondslag: the announced way of working (first quality, then price; opened by two). What makes it evidence are the
facts: when quality was locked and by whom, and the hash that every sealed price has had since it was handed in.
Must stay true: no price and no score stands in it, so that it may be shown before the award and to whoever may have
to assess again; a price that stayed closed has its reason.
Trap: a builder is asked right after its act, so the percelen of this opening are those of the situation.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from pydantic import AwareDatetime, Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar, Ontvanger
from aanbesteding.documents.opening import (
    Bewijsregel,
    Openerregel,
    build_bewijs,
    list_aangewezen,
    list_openers,
    show_kenmerk,
)
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import (
    InschrijvingenGeopend,
    InschrijvingGetoetst,
    PrijzenGeopend,
    ScoresVergrendeld,
)
from aanbesteding.domain.inschrijvingen import list_meedingend, list_ontvangen
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.zegel import list_kenmerken, load_geopend
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.beoordeling import stand
from aanbesteding.fasen.beoordeling.documenten.kop import build_kop

OMSLAG = "prijs"


class Prijsenvelop(Gegevensmodel):
    """An envelope with a price in the record."""

    nummer: str = Field(description="Nummer van de inschrijving")
    aanbieder: str = Field(description="Naam van de inschrijver")
    geopend: bool = Field(description="Of de envelop is geopend")
    reden: str = Field(description="Waarom de envelop dicht bleef; leeg als zij is geopend")
    kenmerk: str = Field(
        description="SHA-256 van de verzegelde envelop, in groepen; leeg als zij niet verzegeld was"
    )


class Prijsperceel(Gegevensmodel):
    """One perceel in the record: when its quality was locked, and its envelopes."""

    naam: str = Field(description="Nummer en titel van het perceel")
    beoordeeld: bool = Field(description="Of er kwaliteit te beoordelen was")
    aantal_beoordelaars: int = Field(description="Aantal beoordelaars dat scores vergrendelde")
    laatste_score: AwareDatetime | None = Field(description="Wanneer de laatste beoordelaar vergrendelde")
    vergrendeld: AwareDatetime = Field(description="Wanneer de kwaliteit vastlag")
    door: str = Field(description="Wie de kwaliteit vastlegde")
    versie: int = Field(description="Versie van het dossier waarin de kwaliteit vastlag")
    kenmerk: str = Field(description="Hash van dat feit in de keten, in groepen; leeg als die er niet is")
    aantal: int = Field(description="Aantal ingediende enveloppen")
    aantal_geopend: int = Field(description="Aantal geopende enveloppen")
    enveloppen: tuple[Prijsenvelop, ...] = Field(description="De enveloppen van dit perceel")


class OpeningPrijzenContext(DocumentContext):
    """What the record of the opening of prices may use."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Titel van de aanbesteding")
    moment: AwareDatetime = Field(description="Moment van opening van de prijzen")
    inschrijvingen_geopend: AwareDatetime | None = Field(description="Wanneer de inschrijvingen zijn geopend")
    openers: tuple[Openerregel, ...] = Field(description="De twee personen die samen openden")
    aangewezen: tuple[str, ...] = Field(description="Wie als opener zijn aangewezen")
    onafhankelijk: bool = Field(description="Of geen van de openers op deze percelen scores gaf")
    verzegeld: bool = Field(description="Of alle prijzen bij de ontvangst zijn verzegeld")
    percelen: tuple[Prijsperceel, ...] = Field(description="De percelen van deze opening")
    bewijs: Bewijsregel | None = Field(
        description="Koppen van de ketens van feiten en logboek; leeg als zij niet zijn vastgelegd"
    )


def build_proces_verbaal_prijzen(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One record of this opening, for all its percelen together."""
    geopend = [f for p in s.onderwerpen if (f := s.dossier.laatste(PrijzenGeopend, perceel=p))]
    if not geopend:
        raise InvoerError(["De prijzen zijn nog niet geopend."])
    percelen = tuple(_build_perceel(s.dossier, feit) for feit in geopend)
    deel = "P" + "-".join(f.perceel for f in geopend)
    inkoop = s.dossier.aanbesteding
    context = OpeningPrijzenContext(
        document=build_kop(s, "PV-PRIJZEN", deel, inkoop.titel, "vastgesteld, vertrouwelijk"),
        aanbesteding=inkoop.titel,
        moment=s.dossier.moment_van(geopend[0]).astimezone(TIJDZONE),
        inschrijvingen_geopend=_load_eerste_opening(s.dossier),
        openers=list_openers(s, OMSLAG, geopend[0].openers),
        aangewezen=list_aangewezen(s),
        onafhankelijk=_is_onafhankelijk(s.dossier, geopend),
        verzegeld=all(e.kenmerk for p in percelen for e in p.enveloppen),
        percelen=percelen,
        bewijs=build_bewijs(s.dossier.bewijskop),
    )
    yield Exemplaar(Ontvanger("perceel-" + "-".join(f.perceel for f in geopend), inkoop.titel), context)


def _is_onafhankelijk(dossier: Dossier, geopend: list[PrijzenGeopend]) -> bool:
    """Whether no opener ever scored a bid of these percelen, also before a new beginning."""
    paren = {(f.perceel, f.beoordelaar) for f in dossier.list_feiten(ScoresVergrendeld)}
    return not any((f.perceel, opener) in paren for f in geopend for opener in f.openers)


def _load_eerste_opening(dossier: Dossier) -> datetime | None:
    geopend = dossier.laatste(InschrijvingenGeopend)
    return None if geopend is None else dossier.moment_van(geopend).astimezone(TIJDZONE)


def _build_perceel(dossier: Dossier, geopend: PrijzenGeopend) -> Prijsperceel:
    perceel = geopend.perceel
    consensus = stand.load_consensus(dossier, perceel)
    if consensus is None:
        raise InvoerError([f"De kwaliteit van perceel {perceel} is niet vergrendeld."])
    slot = dossier.vastlegging_van(consensus)
    scores = [dossier.moment_van(f) for f in stand.load_vergrendeld(dossier, perceel).values()]
    enveloppen = _list_enveloppen(dossier, geopend)
    return Prijsperceel(
        naam=dossier.aanbesteding.load_perceel(perceel).naam,
        beoordeeld=bool(consensus.oordelen),
        aantal_beoordelaars=len(scores),
        laatste_score=max(scores).astimezone(TIJDZONE) if scores else None,
        vergrendeld=slot.moment.astimezone(TIJDZONE),
        door=slot.persoon,
        versie=slot.versie,
        kenmerk=show_kenmerk(slot.hash),
        aantal=len(enveloppen),
        aantal_geopend=sum(e.geopend for e in enveloppen),
        enveloppen=enveloppen,
    )


def _list_enveloppen(dossier: Dossier, geopend: PrijzenGeopend) -> tuple[Prijsenvelop, ...]:
    """Every price that was handed in for this perceel, in order of number: sealed ones, and any from before sealing."""
    namen = {i.nummer: i.aanbieder.naam for i in list_ontvangen(dossier)}
    voorvoegsel = f"{geopend.perceel}/"
    verzegeld = {
        sleutel.removeprefix(voorvoegsel): kenmerk
        for sleutel, kenmerk in list_kenmerken(dossier, OMSLAG).items()
        if sleutel.startswith(voorvoegsel)
    }
    feit = load_geopend(dossier, OMSLAG)
    gelezen = feit.kenmerken if feit else {}
    zonder_zegel = geopend.prijzen.keys() - verzegeld.keys()
    open_ = {n for n in verzegeld if voorvoegsel + n in gelezen} | zonder_zegel
    meedingend = {i.nummer for i in list_meedingend(dossier)}
    te_laat, getoetst = stand.load_te_laat(dossier), stand.load_getoetst(dossier)
    return tuple(
        Prijsenvelop(
            nummer=n,
            aanbieder=namen.get(n, ""),
            geopend=n in open_,
            reden=""
            if n in open_
            else _explain_dicht(n in meedingend, n in te_laat, getoetst.get((geopend.perceel, n))),
            kenmerk=show_kenmerk(verzegeld.get(n, "")),
        )
        for n in sorted(verzegeld.keys() | zonder_zegel)
    )


def _explain_dicht(meedingend: bool, te_laat: bool, getoetst: InschrijvingGetoetst | None) -> str:
    """Why an envelope with a price stayed closed."""
    if not meedingend:
        return "inschrijving ingetrokken"
    if te_laat:
        return "inschrijving na de sluiting"
    if getoetst is not None and getoetst.uitkomst != "geldig":
        woord = "inschrijver uitgesloten" if getoetst.uitkomst == "uitgesloten" else "inschrijving ongeldig"
        return f"{woord} (eis {getoetst.eis})" if getoetst.eis else woord
    return "geen inschrijving op het product met een prijs"


def make_voorbeeld_proces_verbaal_prijzen() -> OpeningPrijzenContext:
    """An invented example."""
    return OpeningPrijzenContext(
        document=Documentkop(
            ondertitel="Proefinkoop 2027 (verzonnen)",
            kenmerk="PROEF-PV-PRIJZEN-P1",
            datum=date(2026, 6, 26),
            status="vastgesteld, vertrouwelijk",
        ),
        aanbesteding="Proefinkoop 2027 (verzonnen)",
        moment=datetime(2026, 6, 26, 10, tzinfo=TIJDZONE),
        inschrijvingen_geopend=datetime(2026, 5, 29, 13, tzinfo=TIJDZONE),
        openers=(
            Openerregel(persoon="inkoper.demo", rollen=("inkoper",), sleutel="0681f4d5d4d0b690"),
            Openerregel(persoon="jurist.demo", rollen=("jurist",), sleutel="69ca74d95122341e"),
        ),
        aangewezen=("inkoper.demo", "inkoper2.demo", "jurist.demo"),
        onafhankelijk=True,
        verzegeld=True,
        percelen=(
            Prijsperceel(
                naam="Perceel 1: Wmo – Proefperceel 1 (verzonnen)",
                beoordeeld=True,
                aantal_beoordelaars=3,
                laatste_score=datetime(2026, 6, 23, 16, 40, tzinfo=TIJDZONE),
                vergrendeld=datetime(2026, 6, 25, 15, 30, tzinfo=TIJDZONE),
                door="voorzitter.demo",
                versie=38,
                kenmerk=show_kenmerk("90c2e4af" * 8),
                aantal=2,
                aantal_geopend=1,
                enveloppen=(
                    Prijsenvelop(
                        nummer="I-001",
                        aanbieder="Voorbeeldzorg B.V. (verzonnen)",
                        geopend=True,
                        reden="",
                        kenmerk=show_kenmerk("1f0a9c3d" * 8),
                    ),
                    Prijsenvelop(
                        nummer="I-002",
                        aanbieder="Stichting Verzonnen Hulp",
                        geopend=False,
                        reden="inschrijving ongeldig (eis V2)",
                        kenmerk=show_kenmerk("7be2d405" * 8),
                    ),
                ),
            ),
        ),
        bewijs=Bewijsregel(feit=212, feit_hash="4be81f02" * 8, logregel=305, log_hash="c07d5a36" * 8),
    )


PROCES_VERBAAL_PRIJZEN = Document(
    code="proces_verbaal_prijzen",
    titel="Proces-verbaal van opening van de prijzen",
    fase="beoordeling",
    context=OpeningPrijzenContext,
    build=build_proces_verbaal_prijzen,
    voorbeeld=make_voorbeeld_proces_verbaal_prijzen,
    per="aanbesteding",
    ondertekenaar=Rol.INKOPER,
)

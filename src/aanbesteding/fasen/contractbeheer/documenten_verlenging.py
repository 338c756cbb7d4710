"""Documents of an extension: the plan, the letter to every provider, and the confirmation to who declines.

Wording stands in sjablonen/contractbeheer/.
Must stay true: a plan counts back from the end, a letter says the new last day, why, and until when one may decline;
every provider of a perceel gets the same letter on the same day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import Field

from aanbesteding.documents.declaration import (
    Brief,
    Document,
    DocumentContext,
    Documentkop,
    Exemplaar,
    Ontvanger,
    build_brief,
)
from aanbesteding.documents.overeenkomst import as_zin, load_termijnen
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.deelname import select_deelnemers
from aanbesteding.domain.feiten import EinddatumGewijzigd, OvereenkomstGesloten
from aanbesteding.domain.kalender import add_maanden
from aanbesteding.domain.overeenkomsten import list_gesloten, load_overeenkomst
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.contractbeheer.documenten import (
    FASE,
    VOORBEELD_BRIEF,
    VOORBEELD_KOP,
    make_kop,
    make_ontvanger,
)
from aanbesteding.fasen.contractbeheer.feiten import VerlengingBesloten, VerlengingGepland, count_verlengingen
from aanbesteding.fasen.contractbeheer.regels import AANZEGTERMIJN_MAANDEN
from aanbesteding.fasen.contractbeheer.regels_verlenging import count_nieuw_einde

DOORLOOPTIJD_MAANDEN = 6
"""How long an extension procedure takes, according to practice: about half a year."""


class Verlengregel(Gegevensmodel):
    """The days of the extension of one perceel."""

    perceel: str = Field(description="Nummer en titel")
    einde: date = Field(description="Einde van de lopende overeenkomsten")
    besluit_uiterlijk: date = Field(description="Laatste dag om te laten weten of wordt verlengd")
    starten: date = Field(description="Dag waarop de voorbereiding uiterlijk begint")
    nieuw_einde: date = Field(description="Einde na één verlenging")
    aantal: int = Field(description="Hoeveel aanbieders het betreft")


class VerlengingContext(DocumentContext):
    """What the extension plan prints."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de inkoop")
    aanzegtermijn: int = Field(description="Maanden vooraf waarop aanbieders het moeten weten")
    doorlooptijd: int = Field(description="Maanden die de voorbereiding ongeveer duurt")
    percelen: tuple[Verlengregel, ...] = Field(description="Data per perceel")


class Verlengingsbesluit(Gegevensmodel):
    """The decision of one municipality."""

    gemeente: str = Field(description="Naam van de gemeente")
    datum: date = Field(description="Dag van het besluit")
    kenmerk: str = Field(description="Kenmerk van het besluit")


class BriefVerlengingContext(DocumentContext):
    """What the letter on an extension prints."""

    brief: Brief = Field(description="Briefhoofd en slot")
    overeenkomst: str = Field(description="Nummer van de overeenkomst")
    perceel: str = Field(description="Nummer en titel")
    maanden: int = Field(description="Duur van de verlenging")
    was: date = Field(description="Einde zonder deze verlenging")
    vanaf: date = Field(description="Eerste dag van de verlenging")
    einde: date = Field(description="Nieuw einde van de overeenkomst")
    reden: str = Field(description="Waarom wordt verlengd")
    besluiten: tuple[Verlengingsbesluit, ...] = Field(description="Besluit van elke gemeente")
    afwijzen_tot: date = Field(description="Laatste dag om te laten weten dat u niet wilt verlengen")
    kan_nog: bool = Field(description="Of de overeenkomst hierna nog eens kan worden verlengd")
    nog: int = Field(description="Hoe vaak daarna nog kan worden verlengd")
    email: str = Field(description="Adres voor antwoord en vragen")


class EindeZonderVerlengingContext(DocumentContext):
    """What the confirmation to a provider that declines prints."""

    brief: Brief = Field(description="Briefhoofd en slot")
    overeenkomst: str = Field(description="Nummer van de overeenkomst")
    perceel: str = Field(description="Nummer en titel")
    einde: date = Field(description="Dag waarop de overeenkomst eindigt")
    reden: str = Field(description="Reden die de aanbieder gaf")
    email: str = Field(description="Adres voor vragen")


def build_verlengingsplan(s: Situatie[None]) -> Iterator[Exemplaar]:
    """The plan of the last act."""
    feit = s.dossier.laatste(VerlengingGepland)
    regels: list[Verlengregel] = []
    for nummer in feit.percelen if feit else ():
        lopend, termijnen = list_gesloten(s.dossier, s.vandaag, nummer), load_termijnen(s, nummer)
        einde = max(o.einde for o in lopend)
        uiterlijk = add_maanden(einde, -AANZEGTERMIJN_MAANDEN)
        regels.append(
            Verlengregel(
                perceel=s.dossier.aanbesteding.load_perceel(nummer).naam,
                einde=einde,
                besluit_uiterlijk=uiterlijk,
                starten=add_maanden(uiterlijk, -DOORLOOPTIJD_MAANDEN),
                nieuw_einde=count_nieuw_einde(einde, termijnen.verlenging_maanden or 0),
                aantal=len(lopend),
            )
        )
    context = VerlengingContext(
        document=make_kop(s, "VERLENGING"),
        titel=s.dossier.aanbesteding.titel,
        aanzegtermijn=AANZEGTERMIJN_MAANDEN,
        doorlooptijd=DOORLOOPTIJD_MAANDEN,
        percelen=tuple(regels),
    )
    yield Exemplaar(make_ontvanger(s), context)


def _build_briefhoofd(s: Situatie[None], o: OvereenkomstGesloten, deel: str, onderwerp: str) -> Brief:
    return build_brief(
        s.regio,
        o.aanbieder,
        datum=s.vandaag,
        kenmerk=f"{o.nummer}-{deel}",
        onderwerp=onderwerp,
        ondertekenaar_functie="Gemandateerde voor de inkoop",
        namens=s.regio.naam,
    )


def build_brieven_verlenging(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per agreement that the last decision extended."""
    feit = s.dossier.laatste(VerlengingBesloten)
    for verlenging in feit.percelen if feit else ():
        if feit is None:
            continue
        perceel = s.dossier.aanbesteding.load_perceel(verlenging.perceel)
        besloten = {b.gemeente: b for b in feit.collegebesluiten}
        deelnemers = select_deelnemers(s.regio, s.dossier.aanbesteding, (perceel.nummer,)).gemeenten
        nog = (load_termijnen(s, perceel.nummer).verlengingen or 0) - count_verlengingen(
            s.dossier, perceel.nummer
        )
        for o in list_gesloten(s.dossier, s.vandaag, perceel.nummer):
            vanaf = add_maanden(o.einde + timedelta(days=1), -verlenging.maanden)
            context = BriefVerlengingContext(
                brief=_build_briefhoofd(s, o, "VL", f"Verlenging van overeenkomst {o.nummer}"),
                overeenkomst=o.nummer,
                perceel=perceel.naam,
                maanden=verlenging.maanden,
                was=vanaf - timedelta(days=1),
                vanaf=vanaf,
                einde=o.einde,
                reden=as_zin(feit.reden),
                besluiten=tuple(
                    Verlengingsbesluit(
                        gemeente=g.naam, datum=besloten[g.code].datum, kenmerk=besloten[g.code].kenmerk
                    )
                    for g in deelnemers
                ),
                afwijzen_tot=feit.afwijzen_tot,
                kan_nog=nog > 0,
                nog=nog,
                email=s.regio.email,
            )
            yield Exemplaar(Ontvanger(o.nummer, o.aanbieder.naam, o.aanbieder.email), context)


def build_einde_zonder_verlenging(s: Situatie[None]) -> Iterator[Exemplaar]:
    """The confirmation to the provider that declined last."""
    feit = s.dossier.laatste(EinddatumGewijzigd, grond="verlenging_niet_aanvaard")
    o = load_overeenkomst(s.dossier, feit.nummer) if feit else None
    if feit is None or o is None:
        return
    context = EindeZonderVerlengingContext(
        brief=_build_briefhoofd(s, o, "NV", f"Overeenkomst {o.nummer} wordt niet verlengd"),
        overeenkomst=o.nummer,
        perceel=s.dossier.aanbesteding.load_perceel(o.perceel).naam,
        einde=feit.einde,
        reden=as_zin(feit.toelichting),
        email=s.regio.email,
    )
    yield Exemplaar(Ontvanger(o.nummer, o.aanbieder.naam, o.aanbieder.email), context)


# --- examples ---------------------------------------------------------------------------------------------


def voorbeeld_verlenging() -> VerlengingContext:
    """A complete invented plan."""
    return VerlengingContext(
        document=VOORBEELD_KOP,
        titel="Voorbeeldinkoop 2028 (verzonnen)",
        aanzegtermijn=6,
        doorlooptijd=6,
        percelen=(
            Verlengregel(
                perceel="Perceel 1: Begeleiding (verzonnen)",
                einde=date(2030, 12, 31),
                besluit_uiterlijk=date(2030, 6, 30),
                starten=date(2029, 12, 30),
                nieuw_einde=date(2032, 12, 31),
                aantal=12,
            ),
        ),
    )


def voorbeeld_brief_verlenging() -> BriefVerlengingContext:
    """A complete invented letter."""
    besluit = Verlengingsbesluit(
        gemeente="Voorbeelddam (verzonnen)", datum=date(2030, 5, 14), kenmerk="V-2030-1"
    )
    return BriefVerlengingContext(
        brief=VOORBEELD_BRIEF.model_copy(
            update={"kenmerk": "VOORBEELD-VL", "onderwerp": "Verlenging van uw overeenkomst (verzonnen)"}
        ),
        overeenkomst="BW-2027-P1-001",
        perceel="Perceel 1: Begeleiding (verzonnen)",
        maanden=24,
        was=date(2030, 12, 31),
        vanaf=date(2031, 1, 1),
        einde=date(2032, 12, 31),
        reden="De evaluatie is goed (verzonnen).",
        besluiten=(besluit,),
        afwijzen_tot=date(2030, 7, 22),
        kan_nog=True,
        nog=1,
        email="inkoop@voorbeeld.example",
    )


def voorbeeld_einde_zonder_verlenging() -> EindeZonderVerlengingContext:
    """A complete invented confirmation."""
    return EindeZonderVerlengingContext(
        brief=VOORBEELD_BRIEF.model_copy(
            update={"kenmerk": "VOORBEELD-NV", "onderwerp": "Uw overeenkomst wordt niet verlengd (verzonnen)"}
        ),
        overeenkomst="BW-2027-P1-001",
        perceel="Perceel 1: Begeleiding (verzonnen)",
        einde=date(2030, 12, 31),
        reden="Wij stoppen in deze regio (verzonnen).",
        email="inkoop@voorbeeld.example",
    )


VERLENGINGSPLANNING = Document(
    code="verlengingsplanning",
    titel="Planning van de verlenging",
    fase=FASE,
    context=VerlengingContext,
    build=build_verlengingsplan,
    voorbeeld=voorbeeld_verlenging,
    per="aanbesteding",
)
BRIEF_VERLENGING = Document(
    code="brief_verlenging",
    titel="Brief over de verlenging",
    fase=FASE,
    context=BriefVerlengingContext,
    build=build_brieven_verlenging,
    voorbeeld=voorbeeld_brief_verlenging,
    per="overeenkomst",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)
BEVESTIGING_EINDE = Document(
    code="bevestiging_einde_zonder_verlenging",
    titel="Bevestiging van het einde zonder verlenging",
    fase=FASE,
    context=EindeZonderVerlengingContext,
    build=build_einde_zonder_verlenging,
    voorbeeld=voorbeeld_einde_zonder_verlenging,
    per="overeenkomst",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)

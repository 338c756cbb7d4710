"""Documents of contract management: register of cooperation, report on indicators, notice of transfer.

Wording stands in sjablonen/contractbeheer/. Extensions: see documenten_verlenging.py.
Must stay true: a register shows who is in now and who ever was, with days; a notice goes to every provider of the
perceel and to nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

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
from aanbesteding.documents.overeenkomst import as_zin
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import OvereenkomstGesloten
from aanbesteding.domain.overeenkomsten import list_gesloten
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.contractbeheer.feiten import (
    PerceelOvergedragen,
    PrestatiesGeregistreerd,
    list_leden,
)
from aanbesteding.fasen.contractbeheer.regels import list_aanbieders

FASE = "contractbeheer"


class Lidregel(Gegevensmodel):
    """A member of a cooperation."""

    aanbieder: str = Field(description="Naam van de hoofdaannemer of penvoerder")
    vorm: str = Field(description="onderaanneming of coalitie")
    percelen: tuple[str, ...] = Field(min_length=1, description="Nummers van de percelen")
    lid: str = Field(description="Naam van het lid")
    kvk: str = Field(description="KvK-nummer van het lid")
    taak: str = Field(description="Wat het lid doet")
    vanaf: date = Field(description="Eerste dag")
    tot: date | None = Field(description="Dag waarop het lid vertrok, of leeg")


class RegisterContext(DocumentContext):
    """What the register of cooperation prints."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de inkoop")
    woord: str = Field(description="Hoe de regio een perceel noemt, met een hoofdletter")
    aantal_nu: int = Field(description="Aantal leden dat nu meedoet")
    leden: tuple[Lidregel, ...] = Field(description="Elk lid, ook wie is vertrokken")


class Prestatieregel(Gegevensmodel):
    """The value of one indicator for one provider."""

    aanbieder: str = Field(description="Naam van de aanbieder")
    waarde: Decimal = Field(description="Gemeten waarde")
    afgesproken: Decimal = Field(description="Afgesproken waarde")
    gehaald: bool = Field(description="Of de waarde ten minste is wat is afgesproken")


class Indicator(Gegevensmodel):
    """One indicator with the values of all providers."""

    naam: str = Field(description="Naam van de indicator")
    gemiddelde: Decimal = Field(description="Gemiddelde waarde")
    regels: tuple[Prestatieregel, ...] = Field(description="Waarde per aanbieder")


class PrestatieContext(DocumentContext):
    """What the report on indicators prints for one perceel."""

    document: Documentkop = Field(description="Titelblok")
    perceel: str = Field(description="Nummer en titel")
    peildatum: date = Field(description="Dag waarop is gemeten")
    eenheid: str = Field(description="Eenheid van de waarden")
    indicatoren: tuple[Indicator, ...] = Field(description="Indicatoren van de overeenkomst")


class OverdrachtContext(DocumentContext):
    """What the notice of transfer prints."""

    brief: Brief = Field(description="Briefhoofd en slot")
    overeenkomst: str = Field(description="Nummer van de overeenkomst")
    perceel: str = Field(description="Nummer en titel")
    naar: str = Field(description="Wie het perceel overneemt")
    per: date = Field(description="Dag van overgang")
    motivering: str = Field(description="Waarom")
    overdracht_tekst: str = Field(description="Wat daarover vooraf is bepaald")
    andere_percelen: bool = Field(description="Of deze inkoop nog andere percelen heeft")
    email: str = Field(description="Adres voor vragen")


def make_kop(s: Situatie[Any], deel: str, ondertitel: str = "") -> Documentkop:
    """Title block; `deel` tells this document from others of the dossier."""
    return Documentkop(
        ondertitel=ondertitel or s.dossier.aanbesteding.titel,
        kenmerk=f"{s.dossier.code}-{deel}-{s.dossier.versie}",
        datum=s.vandaag,
        status="vastgesteld",
    )


def make_ontvanger(s: Situatie[Any]) -> Ontvanger:
    """The region itself, for documents of the whole purchase."""
    return Ontvanger(s.dossier.aanbesteding.code, s.regio.naam, s.regio.email)


def build_register(s: Situatie[None]) -> Iterator[Exemplaar]:
    """The register as it is now."""
    leden, namen = list_leden(s.dossier), list_aanbieders(s.dossier)
    context = RegisterContext(
        document=make_kop(s, "SAMENWERKING"),
        titel=s.dossier.aanbesteding.titel,
        woord=s.dossier.aanbesteding.percelen[0].woord.capitalize(),
        aantal_nu=sum(x.tot is None for x in leden),
        leden=tuple(
            Lidregel(
                aanbieder=namen[x.aanbieder],
                vorm=x.vorm,
                percelen=x.percelen,
                lid=x.lid.naam,
                kvk=x.lid.kvk,
                taak=x.lid.taak,
                vanaf=x.vanaf,
                tot=x.tot,
            )
            for x in leden
        ),
    )
    yield Exemplaar(make_ontvanger(s), context)


def build_prestaties(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One report per perceel with a measurement."""
    feit = s.dossier.laatste(PrestatiesGeregistreerd)
    overeenkomsten = {o.nummer: o for o in s.dossier.list_feiten(OvereenkomstGesloten)}
    namen = {k.code: k.tekst for k in s.dossier.aanbesteding.kpis}
    for perceel in s.dossier.aanbesteding.percelen if feit else ():
        metingen = (
            [m for m in feit.metingen if overeenkomsten[m.overeenkomst].perceel == perceel.nummer]
            if feit
            else []
        )
        if not metingen or feit is None:
            continue
        indicatoren: list[Indicator] = []
        for code, naam in namen.items():
            eigen = [m for m in metingen if m.kpi == code]
            if eigen:
                indicatoren.append(
                    Indicator(
                        naam=naam.rstrip("."),
                        gemiddelde=(sum((m.waarde for m in eigen), Decimal(0)) / len(eigen)).quantize(
                            Decimal("0.1")
                        ),
                        regels=tuple(
                            Prestatieregel(
                                aanbieder=overeenkomsten[m.overeenkomst].aanbieder.naam,
                                waarde=m.waarde,
                                afgesproken=m.afgesproken,
                                gehaald=m.waarde >= m.afgesproken,
                            )
                            for m in eigen
                        ),
                    )
                )
        context = PrestatieContext(
            document=make_kop(s, f"KPI-P{perceel.nummer}", perceel.naam),
            perceel=perceel.naam,
            peildatum=feit.peildatum,
            eenheid=feit.eenheid,
            indicatoren=tuple(indicatoren),
        )
        yield Exemplaar(Ontvanger(f"perceel-{perceel.nummer}", perceel.naam), context)


def build_overdracht(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One notice per agreement of the perceel that goes elsewhere."""
    feit = s.dossier.laatste(PerceelOvergedragen)
    for o in list_gesloten(s.dossier, s.vandaag, feit.perceel) if feit else ():
        if feit is None:
            continue
        perceel = s.dossier.aanbesteding.load_perceel(feit.perceel)
        context = OverdrachtContext(
            brief=build_brief(
                s.regio,
                o.aanbieder,
                datum=s.vandaag,
                kenmerk=f"{o.nummer}-OV",
                onderwerp=f"Overgang van {perceel.naam}",
                ondertekenaar_functie="Gemandateerde voor de inkoop",
                namens=s.regio.naam,
            ),
            overeenkomst=o.nummer,
            perceel=perceel.naam,
            naar=feit.naar,
            per=feit.per,
            motivering=as_zin(feit.motivering),
            overdracht_tekst=as_zin(perceel.overdraagbaar.tekst) if perceel.overdraagbaar else "",
            andere_percelen=len(s.dossier.aanbesteding.percelen) > 1,
            email=s.regio.email,
        )
        yield Exemplaar(Ontvanger(o.nummer, o.aanbieder.naam, o.aanbieder.email), context)


# --- examples ---------------------------------------------------------------------------------------------

VOORBEELD_KOP = Documentkop(
    ondertitel="Voorbeeldinkoop 2028 (verzonnen)",
    kenmerk="VOORBEELD-1",
    datum=date(2027, 3, 1),
    status="vastgesteld",
)


def voorbeeld_register() -> RegisterContext:
    """A complete invented register."""
    lid = Lidregel(
        aanbieder="Zorg Voorbeeld B.V. (verzonnen)",
        vorm="onderaanneming",
        percelen=("1", "2"),
        lid="Praktijk Klein VOF (verzonnen)",
        kvk="00000001",
        taak="Begeleiding in een groep",
        vanaf=date(2027, 1, 1),
        tot=None,
    )
    weg = lid.model_copy(update={"lid": "Praktijk Weg VOF (verzonnen)", "tot": date(2027, 2, 1)})
    return RegisterContext(
        document=VOORBEELD_KOP,
        titel="Voorbeeldinkoop 2028 (verzonnen)",
        woord="Segment",
        aantal_nu=1,
        leden=(lid, weg),
    )


def voorbeeld_prestaties() -> PrestatieContext:
    """A complete invented report."""
    regel = Prestatieregel(
        aanbieder="Zorg Voorbeeld B.V. (verzonnen)", waarde=Decimal(61), afgesproken=Decimal(60), gehaald=True
    )
    laag = regel.model_copy(update={"waarde": Decimal(52), "gehaald": False})
    return PrestatieContext(
        document=VOORBEELD_KOP,
        perceel="Segment 1: Begeleiding (verzonnen)",
        peildatum=date(2027, 2, 28),
        eenheid="procent",
        indicatoren=(
            Indicator(naam="Afschaling van hulp", gemiddelde=Decimal("56.5"), regels=(regel, laag)),
        ),
    )


VOORBEELD_BRIEF = Brief(
    aan=("Zorg Voorbeeld B.V. (verzonnen)", "t.a.v. Directie", "Proefweg 1", "1234 AB  Voorbeeldstad"),
    datum=date(2027, 3, 1),
    kenmerk="VOORBEELD-OV",
    onderwerp="Overgang van perceel 4 (verzonnen)",
    aanhef="Geachte directie,",
    contact="Team Inkoop, 000-0000000",
    ondertekenaar_functie="Gemandateerde voor de inkoop",
    namens="Regio Voorbeeld (verzonnen)",
)


def voorbeeld_overdracht() -> OverdrachtContext:
    """A complete invented notice."""
    return OverdrachtContext(
        brief=VOORBEELD_BRIEF,
        overeenkomst="BW-2027-P4-001",
        perceel="Perceel 4: Jeugd-GGZ (verzonnen)",
        naar="de regio Voorbeeld (verzonnen)",
        per=date(2028, 1, 1),
        motivering="De wet vraagt regionale inkoop (verzonnen).",
        overdracht_tekst="Dit perceel kan naar de regio gaan (verzonnen).",
        andere_percelen=True,
        email="inkoop@voorbeeld.example",
    )


SAMENWERKINGSREGISTER = Document(
    code="samenwerkingsregister",
    titel="Register van onderaannemers en coalities",
    fase=FASE,
    context=RegisterContext,
    build=build_register,
    voorbeeld=voorbeeld_register,
    per="aanbesteding",
)
PRESTATIEVERSLAG = Document(
    code="prestatieverslag",
    titel="Verslag prestatie-indicatoren",
    fase=FASE,
    context=PrestatieContext,
    build=build_prestaties,
    voorbeeld=voorbeeld_prestaties,
    per="perceel",
)
BERICHT_OVERDRACHT = Document(
    code="bericht_overdracht",
    titel="Bericht over de overgang van een perceel",
    fase=FASE,
    context=OverdrachtContext,
    build=build_overdracht,
    voorbeeld=voorbeeld_overdracht,
    per="overeenkomst",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)

"""Letters to providers: who does not work here yet, and who is small.

Must stay true: the letter gives nothing that the published documents do not give to everyone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from pydantic import Field

from aanbesteding.documents.declaration import Brief, Document, DocumentContext, Exemplaar, Ontvanger
from aanbesteding.documents.overeenkomst import as_zin, load_ingangsdatum
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import PerceelUitgewerkt, PlanningVastgesteld
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.berichtgeving.documenten.kop import (
    AAN_AANBIEDER,
    FASE,
    INKOOP,
    PROGRAMMA,
    build_partijbrief,
    load_sluiting,
    voorbeeld_brief,
)
from aanbesteding.fasen.berichtgeving.feiten import AanbiedersAangeschreven, LichteRouteVastgesteld

INKOPER = "Inkoper"


class Perceelkeuze(Gegevensmodel):
    """A perceel for which a provider may take part."""

    naam: str = Field(description="Nummer en titel van het perceel")
    omschrijving: str = Field(description="Wat het perceel omvat")


class BriefNieuweAanbiederContext(DocumentContext):
    """The letter to a provider that does not work in the region yet."""

    brief: Brief = Field(description="Kop en slot van de brief")
    inkoop: str = Field(description="Titel van de inkoop")
    programma: str = Field(description="Inkoopprogramma; leeg als er geen is")
    regio: str = Field(description="Naam van de regio")
    gemeenten: tuple[str, ...] = Field(min_length=1, description="Deelnemende gemeenten")
    aanleiding: str = Field(description="Waarom nieuwe aanbieders welkom zijn")
    percelen: tuple[Perceelkeuze, ...] = Field(min_length=1, description="Waarvoor men kan meedoen")
    ingang: date = Field(description="Eerste dag van de nieuwe overeenkomsten")
    toelating: bool = Field(
        description="Of iedereen die aan de eisen voldoet wordt toegelaten, zonder vergelijking"
    )
    overleg: bool = Field(description="Of er overlegtafels zijn")
    vragen_tot: datetime | None = Field(
        description="Tot wanneer vragen kunnen worden gesteld; leeg zonder vragenronde"
    )
    sluiting: datetime | None = Field(description="Uiterste moment van inschrijven; leeg zonder sluiting")
    lichte_route: bool = Field(description="Of er een lichte route voor kleine aanbieders is")
    email: str = Field(description="E-mailadres voor vragen")


class Bewijsregel(Gegevensmodel):
    """A requirement with its ordinary and its lighter proof."""

    perceel: str = Field(description="Nummer van het perceel")
    eis: str = Field(description="Code van de eis")
    tekst: str = Field(description="Tekst van de eis, voor iedereen gelijk")
    gewoon: str = Field(description="Gewoon bewijs")
    licht: str = Field(description="Bewijs dat een kleine aanbieder mag indienen")


class BriefKleineAanbiederContext(DocumentContext):
    """The letter to a small provider about the light track."""

    brief: Brief = Field(description="Kop en slot van de brief")
    inkoop: str = Field(description="Titel van de inkoop")
    omschrijving: str = Field(description="Wie klein is, in een zin")
    maximum_medewerkers: int | None = Field(
        description="Hoogste aantal voltijdbanen; leeg als dat geen grens is"
    )
    maximum_clienten: int | None = Field(description="Hoogste aantal cliënten; leeg als dat geen grens is")
    bewijs: tuple[Bewijsregel, ...] = Field(min_length=1, description="Lichter bewijs per eis")
    hulp: str = Field(description="Wie helpt bij het invullen en hoe")
    spreekuur: datetime | None = Field(description="Dag en uur van het spreekuur; leeg als er geen is")
    spreekuur_plaats: str = Field(description="Plaats van het spreekuur; leeg als er geen is")
    toelating: bool = Field(description="Of iedereen die aan de eisen voldoet wordt toegelaten")
    sluiting: datetime | None = Field(
        description="Uiterste moment van inschrijven; leeg als dat er (nog) niet is"
    )
    email: str = Field(description="E-mailadres voor vragen")


def build_brieven_nieuw(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One letter per provider that the last act addressed."""
    feit = s.dossier.laatste(AanbiedersAangeschreven)
    if feit is None:
        return
    inkoop, planning = s.dossier.aanbesteding, s.dossier.laatste(PlanningVastgesteld)
    velden: dict[str, Any] = {
        "inkoop": inkoop.titel,
        "programma": inkoop.programma,
        "regio": s.regio.naam,
        "gemeenten": tuple(g.naam for g in s.regio.gemeenten),
        "aanleiding": as_zin(feit.aanleiding),
        "percelen": tuple(
            Perceelkeuze(naam=p.naam, omschrijving=as_zin(p.omschrijving)) for p in inkoop.percelen
        ),
        "ingang": load_ingangsdatum(s),
        "toelating": not s.dossier.regime.keuze,
        "overleg": s.dossier.regime.overleg,
        "vragen_tot": planning.vragen_tot if planning and planning.vragen_tot > s.nu else None,
        "sluiting": load_sluiting(s),
        "lichte_route": s.dossier.laatste(LichteRouteVastgesteld) is not None,
        "email": s.regio.email,
    }
    for partij in feit.partijen:
        brief = build_partijbrief(s, partij, f"NA-{partij.sleutel}", f"Doe mee: {inkoop.titel}", INKOPER)
        context = BriefNieuweAanbiederContext(brief=brief, **velden)
        yield Exemplaar(Ontvanger(partij.sleutel, partij.naam, partij.email), context)


def build_brieven_klein(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One letter per small provider that the act addressed."""
    feit = s.dossier.laatste(LichteRouteVastgesteld)
    if feit is None:
        return
    eisen = {(u.perceel, e.code): e for u in s.dossier.list_feiten(PerceelUitgewerkt) for e in u.eisen}
    bewijs = tuple(
        Bewijsregel(
            perceel=v.perceel,
            eis=v.eis,
            tekst=eisen[v.perceel, v.eis].tekst,
            gewoon=eisen[v.perceel, v.eis].bewijs,
            licht=v.licht,
        )
        for v in feit.verlichtingen
    )
    titel = s.dossier.aanbesteding.titel
    for partij in feit.partijen:
        context = BriefKleineAanbiederContext(
            brief=build_partijbrief(
                s, partij, f"KA-{partij.sleutel}", f"Een lichte route voor u: {titel}", INKOPER
            ),
            inkoop=titel,
            omschrijving=as_zin(feit.omschrijving),
            maximum_medewerkers=feit.maximum_medewerkers,
            maximum_clienten=feit.maximum_clienten,
            bewijs=bewijs,
            hulp=as_zin(feit.hulp),
            spreekuur=feit.spreekuur,
            spreekuur_plaats=feit.spreekuur_plaats,
            toelating=not s.dossier.regime.keuze,
            sluiting=load_sluiting(s),
            email=s.regio.email,
        )
        yield Exemplaar(Ontvanger(partij.sleutel, partij.naam, partij.email), context)


# --- examples ---------------------------------------------------------------------------------------------


def voorbeeld_nieuw() -> BriefNieuweAanbiederContext:
    """An invented letter."""
    return BriefNieuweAanbiederContext(
        brief=voorbeeld_brief(
            AAN_AANBIEDER, f"Doe mee: {INKOOP}", date(2028, 3, 1), "VB-NA-zorg-en-co", INKOPER
        ),
        inkoop=INKOOP,
        programma=PROGRAMMA,
        regio="Regio Voorbeeld (verzonnen)",
        gemeenten=("Voorbeeldstad (verzonnen)", "Proefdorp (verzonnen)"),
        aanleiding="Wij zoeken vernieuwende vormen van hulp en kijken daarom ook buiten de regio (verzonnen).",
        percelen=(
            Perceelkeuze(
                naam="Perceel 1: Ambulante hulp (verzonnen)", omschrijving="Hulp thuis en op school."
            ),
            Perceelkeuze(
                naam="Perceel 2: Dagbehandeling (verzonnen)", omschrijving="Behandeling in een groep."
            ),
        ),
        ingang=date(2029, 1, 1),
        toelating=False,
        overleg=False,
        vragen_tot=datetime(2028, 3, 20, 12, 0, tzinfo=TIJDZONE),
        sluiting=datetime(2028, 4, 18, 12, 0, tzinfo=TIJDZONE),
        lichte_route=True,
        email="inkoop@voorbeeld.example",
    )


def voorbeeld_klein() -> BriefKleineAanbiederContext:
    """An invented letter."""
    return BriefKleineAanbiederContext(
        brief=voorbeeld_brief(
            AAN_AANBIEDER, f"Een lichte route voor u: {INKOOP}", date(2028, 3, 1), "VB-KA-zorg-en-co", INKOPER
        ),
        inkoop=INKOOP,
        omschrijving="Klein is een aanbieder met ten hoogste vijf voltijdbanen (verzonnen).",
        maximum_medewerkers=5,
        maximum_clienten=25,
        bewijs=(
            Bewijsregel(
                perceel="1",
                eis="G1",
                tekst="De aanbieder is financieel gezond (verzonnen).",
                gewoon="Jaarrekening met accountantsverklaring",
                licht="Overzicht van baten en lasten, door u zelf ondertekend",
            ),
            Bewijsregel(
                perceel="1",
                eis="M1",
                tekst="De aanbieder werkt met een kwaliteitssysteem (verzonnen).",
                gewoon="Certificaat",
                licht="Beschrijving van uw werkwijze op een bladzijde",
            ),
        ),
        hulp="Het team Inkoop loopt de stukken met u door, telefonisch of aan tafel (verzonnen).",
        spreekuur=datetime(2028, 3, 15, 15, 0, tzinfo=TIJDZONE),
        spreekuur_plaats="Gemeentehuis Voorbeeldstad (verzonnen)",
        toelating=False,
        sluiting=datetime(2028, 4, 18, 12, 0, tzinfo=TIJDZONE),
        email="inkoop@voorbeeld.example",
    )


BRIEF_NIEUWE_AANBIEDER = Document(
    code="brief_nieuwe_aanbieder",
    titel="Brief aan een aanbieder die hier nog niet werkt",
    fase=FASE,
    context=BriefNieuweAanbiederContext,
    build=build_brieven_nieuw,
    voorbeeld=voorbeeld_nieuw,
    per="aanbieder",
    ondertekenaar=Rol.INKOPER,
    verzenden=True,
)
BRIEF_KLEINE_AANBIEDER = Document(
    code="brief_kleine_aanbieder",
    titel="Brief over de lichte route voor kleine aanbieders",
    fase=FASE,
    context=BriefKleineAanbiederContext,
    build=build_brieven_klein,
    voorbeeld=voorbeeld_klein,
    per="aanbieder",
    ondertekenaar=Rol.INKOPER,
    verzenden=True,
)

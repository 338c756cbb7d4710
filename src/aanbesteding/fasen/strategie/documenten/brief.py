"""The letter to every provider that has an agreement when the purchase begins.

Must stay true: a letter tells a provider its own number and nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from aanbesteding.documents.declaration import (
    Brief,
    Document,
    DocumentContext,
    Exemplaar,
    Ontvanger,
    address_regels,
    build_brief,
)
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.gegeven import Doorwerking, Stand
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.strategie.documenten import voorbeelden
from aanbesteding.fasen.strategie.documenten.bestuur import FASE, show_beleid
from aanbesteding.fasen.strategie.feiten import list_lopend

VOOR_AANBIEDERS = {Doorwerking.EIS, Doorwerking.OVEREENKOMST}


class Segmentregel(Gegevensmodel):
    """A perceel with the policy on the number of providers."""

    naam: str = Field(description="Nummer en titel")
    beleid: str = Field(description="Hoeveel aanbieders er komen, in woorden")


class LopendeBriefContext(DocumentContext):
    """What the letter prints."""

    brief: Brief = Field(description="Briefhoofd en slot")
    titel: str = Field(description="Titel van de inkoop")
    groep: str = Field(description="Soort overeenkomst")
    gezinnen: int = Field(description="Aantal gezinnen of cliënten op de peildatum")
    einde: date = Field(description="Laatste dag van de lopende overeenkomst")
    segmenten: tuple[Segmentregel, ...] = Field(description="Wat er per perceel is voorgenomen")
    voornemens: tuple[str, ...] = Field(description="Voornemens die de aanbieder kunnen raken")
    email: str = Field(description="Adres voor vragen")


def build_brieven(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per running agreement."""
    inkoop = s.dossier.aanbesteding
    namen = {m.code: m.naam for m in inkoop.markt}
    segmenten = tuple(Segmentregel(naam=p.naam, beleid=show_beleid(p.aanbieders)) for p in inkoop.percelen)
    voornemens = tuple(
        r.tekst
        for r in inkoop.regels
        if r.stand is Stand.VOORNEMEN and VOOR_AANBIEDERS & set(r.werkt_door_in)
    )
    for overeenkomst in list_lopend(s.dossier):
        context = LopendeBriefContext(
            brief=build_brief(
                s.regio,
                address_regels(overeenkomst.naam, "de directie", overeenkomst.adres),
                datum=s.vandaag,
                kenmerk=f"{s.dossier.code}-LO-{overeenkomst.sleutel}",
                onderwerp=f"Uw lopende overeenkomst en de nieuwe inkoop ({inkoop.titel})",
                ondertekenaar_functie="Contractbeheerder",
                namens=s.regio.naam,
            ),
            titel=inkoop.titel,
            groep=namen[overeenkomst.groep],
            gezinnen=overeenkomst.gezinnen,
            einde=overeenkomst.einde,
            segmenten=segmenten,
            voornemens=voornemens,
            email=s.regio.email,
        )
        yield Exemplaar(Ontvanger(overeenkomst.sleutel, overeenkomst.naam, overeenkomst.email), context)


BRIEF_LOPENDE_OVEREENKOMST = Document(
    code="brief_lopende_overeenkomst",
    titel="Brief over de lopende overeenkomst",
    fase=FASE,
    context=LopendeBriefContext,
    build=build_brieven,
    voorbeeld=lambda: LopendeBriefContext.model_validate(voorbeelden.make_brief()),
    per="overeenkomst",
    ondertekenaar=Rol.CONTRACTBEHEERDER,
    verzenden=True,
)

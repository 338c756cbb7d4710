"""Documents of what happens between notice and opening: correction, more time, a bid taken back.

Grondslag: Aw 2012 art. 2.67, 2.73 and 2.109.
Must stay true: everyone gets the same text at the same moment; a bidder reads that it may change its bid.
Trap: a builder is asked right after its act, so "this correction" is the last one recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, Field

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
from aanbesteding.domain.feiten import InschrijvingIngetrokken, RectificatieGepubliceerd, SluitingVerplaatst
from aanbesteding.domain.inschrijvingen import list_ontvangen
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.publicatie.documenten.gemeen import FASE, make_kop, voorbeeld_kop
from aanbesteding.fasen.publicatie.documenten.verloop import voorbeeld_brief
from aanbesteding.fasen.publicatie.feiten import list_inschrijvingen, load_sluiting


class Wijzigingsregel(Gegevensmodel):
    """A change in a document."""

    document: str = Field(description="Stuk dat verandert")
    vindplaats: str = Field(description="Hoofdstuk, artikel of bladzijde")
    oude_tekst: str = Field(description="De tekst zoals die was")
    nieuwe_tekst: str = Field(description="De tekst zoals die wordt")


class RectificatieContext(DocumentContext):
    """Context of a correction notice."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    nummer: int = Field(description="Volgnummer van de rectificatie")
    verzonden: AwareDatetime = Field(description="Moment van verzending voor publicatie")
    reden: str = Field(description="Waarom de stukken wijzigen")
    wijzigingen: tuple[Wijzigingsregel, ...] = Field(description="Wat er verandert")
    oude_sluiting: AwareDatetime = Field(description="Sluiting zoals zij was")
    nieuwe_sluiting: AwareDatetime | None = Field(description="Nieuwe sluiting; leeg als zij blijft")
    met_inschrijvingen: bool = Field(description="Of er al inschrijvingen zijn ontvangen")
    contact: str = Field(description="Contactpunt")


class UitstelContext(DocumentContext):
    """Context of the notice that the closing moment moved."""

    brief: Brief = Field(description="Briefhoofd en slot")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    nieuwe_sluiting: AwareDatetime = Field(description="Nieuw uiterst moment van inschrijven")
    motivering: str = Field(description="Waarom de termijn wordt verlengd")
    inschrijving: str = Field(
        description="Nummer van de inschrijving van de ontvanger; leeg zonder inschrijving"
    )


class TerugnameContext(DocumentContext):
    """Context of the confirmation that a bid was taken back."""

    brief: Brief = Field(description="Briefhoofd en slot")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    inschrijving: str = Field(description="Nummer van de inschrijving")
    ontvangen: AwareDatetime = Field(description="Moment waarop de inschrijver dit meldde")
    sluiting: AwareDatetime | None = Field(description="Uiterste moment van inschrijven")


def build_rectificatie(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """The last correction, for everyone alike."""
    feit = s.dossier.laatste(RectificatieGepubliceerd)
    if feit is None:
        raise InvoerError(["Er is geen rectificatie gepubliceerd."])
    titel = s.dossier.aanbesteding.titel
    context = RectificatieContext(
        document=make_kop(s, titel, f"RECTIFICATIE-{feit.nummer}", "vastgesteld"),
        aanbesteding=titel,
        nummer=feit.nummer,
        verzonden=feit.verzonden,
        reden=as_zin(feit.reden),
        wijzigingen=tuple(Wijzigingsregel(**dict(w)) for w in feit.wijzigingen),
        oude_sluiting=feit.oude_sluiting,
        nieuwe_sluiting=feit.nieuwe_sluiting,
        met_inschrijvingen=bool(list_inschrijvingen(s.dossier)),
        contact=s.regio.contact,
    )
    yield Exemplaar(Ontvanger(f"nummer-{feit.nummer}", titel), context)


def build_uitstelbericht(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """A letter to every bidder, and one open letter for everyone else."""
    feit = s.dossier.laatste(SluitingVerplaatst)
    if feit is None:
        raise InvoerError(["De sluiting is niet verplaatst."])
    nummer, titel = len(s.dossier.list_feiten(SluitingVerplaatst)), s.dossier.aanbesteding.titel
    kop: dict[str, Any] = {
        "datum": s.vandaag,
        "onderwerp": f"Verlenging van de inschrijftermijn ({titel})",
        "ondertekenaar_functie": "Gemandateerde voor de inkoop",
        "namens": s.regio.naam,
    }

    def make_context(brief: Brief, inschrijving: str) -> UitstelContext:
        return UitstelContext(
            brief=brief,
            aanbesteding=titel,
            nieuwe_sluiting=feit.sluiting,
            motivering=as_zin(feit.motivering),
            inschrijving=inschrijving,
        )

    kenmerk = f"{s.dossier.code}-UITSTEL-{nummer}"
    aan = ("Aan alle belangstellenden",)
    brief = build_brief(s.regio, aan, kenmerk=kenmerk, aanhef="Geachte heer, mevrouw,", **kop)
    yield Exemplaar(Ontvanger(f"{nummer}-alle", titel), make_context(brief, ""))
    for i in list_inschrijvingen(s.dossier):
        brief = build_brief(s.regio, i.aanbieder, kenmerk=f"{kenmerk}-{i.nummer}", **kop)
        ontvanger = Ontvanger(f"{nummer}-{i.nummer}", i.aanbieder.naam, i.aanbieder.email)
        yield Exemplaar(ontvanger, make_context(brief, i.nummer))


def build_bevestiging_terugname(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """A letter to the bidder that just took its bid back."""
    feit = s.dossier.laatste(InschrijvingIngetrokken)
    if feit is None:
        raise InvoerError(["Er is geen inschrijving ingetrokken."])
    bod = next(i for i in list_ontvangen(s.dossier) if i.nummer == feit.inschrijving)
    brief = build_brief(
        s.regio,
        bod.aanbieder,
        datum=s.vandaag,
        kenmerk=f"{s.dossier.code}-{bod.nummer}-INGETROKKEN",
        onderwerp=f"Uw inschrijving {bod.nummer} is ingetrokken",
        ondertekenaar_functie="Inkoper",
        namens=s.regio.naam,
    )
    context = TerugnameContext(
        brief=brief,
        aanbesteding=s.dossier.aanbesteding.titel,
        inschrijving=bod.nummer,
        ontvangen=feit.ontvangen,
        sluiting=load_sluiting(s.dossier),
    )
    yield Exemplaar(Ontvanger(bod.nummer, bod.aanbieder.naam, bod.aanbieder.email), context)


def voorbeeld_rectificatie() -> RectificatieContext:
    """A complete invented example."""
    return RectificatieContext(
        document=voorbeeld_kop(),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        nummer=1,
        verzonden=datetime(2027, 4, 6, 9, tzinfo=TIJDZONE),
        reden="In de leidraad stond een verkeerde bewijstermijn (verzonnen).",
        wijzigingen=(
            Wijzigingsregel(
                document="Aanbestedingsleidraad",
                vindplaats="paragraaf 7.2",
                oude_tekst="Het uittreksel is niet ouder dan drie maanden.",
                nieuwe_tekst="Het uittreksel is niet ouder dan zes maanden.",
            ),
        ),
        oude_sluiting=datetime(2027, 4, 20, 12, tzinfo=TIJDZONE),
        nieuwe_sluiting=datetime(2027, 4, 28, 12, tzinfo=TIJDZONE),
        met_inschrijvingen=True,
        contact="Team Inkoop, 000-0000000",
    )


def voorbeeld_uitstelbericht() -> UitstelContext:
    """A complete invented example."""
    return UitstelContext(
        brief=voorbeeld_brief("Verlenging van de inschrijftermijn"),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        nieuwe_sluiting=datetime(2027, 4, 22, 12, tzinfo=TIJDZONE),
        motivering="Het platform was op 20 april van 10.00 tot 12.00 uur niet bereikbaar (verzonnen).",
        inschrijving="I-001",
    )


def voorbeeld_bevestiging_terugname() -> TerugnameContext:
    """A complete invented example."""
    return TerugnameContext(
        brief=voorbeeld_brief("Uw inschrijving I-001 is ingetrokken"),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        inschrijving="I-001",
        ontvangen=datetime(2027, 4, 19, 16, tzinfo=TIJDZONE),
        sluiting=datetime(2027, 4, 20, 12, tzinfo=TIJDZONE),
    )


RECTIFICATIE = Document(
    code="rectificatie",
    titel="Rectificatie",
    fase=FASE,
    context=RectificatieContext,
    build=build_rectificatie,
    voorbeeld=voorbeeld_rectificatie,
    per="aanbesteding",
    ondertekenaar=Rol.GEMANDATEERDE,
    besluit=True,
)
UITSTELBERICHT = Document(
    code="uitstelbericht",
    titel="Verlenging van de inschrijftermijn",
    fase=FASE,
    context=UitstelContext,
    build=build_uitstelbericht,
    voorbeeld=voorbeeld_uitstelbericht,
    per="inschrijver",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)
BEVESTIGING_TERUGNAME = Document(
    code="bevestiging_terugname",
    titel="Bevestiging van een ingetrokken inschrijving",
    fase=FASE,
    context=TerugnameContext,
    build=build_bevestiging_terugname,
    voorbeeld=voorbeeld_bevestiging_terugname,
    per="inschrijver",
    ondertekenaar=Rol.INKOPER,
    verzenden=True,
)

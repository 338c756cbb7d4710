"""The letter that asks an applicant to complete the application: what, why and until which hour.

Must stay true: everybody who may repair reads the same text; nothing is asked that the request itself does not name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from pydantic import Field

from aanbesteding.documents.declaration import Brief, Document, DocumentContext, Exemplaar, Ontvanger
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.toetreding.besluiten.aanvraag import load_aanvraag
from aanbesteding.fasen.toetreding.besluiten.loket import load_gevraagd
from aanbesteding.fasen.toetreding.besluiten.ronde import load_ronde
from aanbesteding.fasen.toetreding.documenten.kop import (
    INKOPER,
    build_aanbiedersbrief,
    index_eisen,
    voorbeeld_brief,
)


class Aanvulregel(Gegevensmodel):
    """One thing that may be completed."""

    perceel: str = Field(description="Nummer van het perceel")
    eis: str = Field(description="Code van de eis")
    tekst: str = Field(description="Tekst van de eis")
    vraag: str = Field(description="Wat de aanvrager moet aanvullen")


class VerzoekAanvullingContext(DocumentContext):
    """The letter that asks to complete an application."""

    brief: Brief = Field(description="Kop en slot van de brief")
    verzoek: str = Field(description="Nummer van het verzoek")
    inkoop: str = Field(description="Titel van de inkoop")
    ontvangen: datetime = Field(description="Dag en uur waarop de aanvraag is ontvangen")
    uiterlijk: datetime = Field(description="Dag en uur waarvoor de aanvulling binnen moet zijn")
    met_loket: bool = Field(description="Of het webadres van het loket bekend is")
    loket: str = Field(description="Webadres van het loket; leeg als het niet bekend is")
    punten: tuple[Aanvulregel, ...] = Field(description="Wat mag worden aangevuld")


def build_verzoek_aanvulling(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per application that was asked to be completed."""
    eisen = index_eisen(s.dossier)
    for verzoek in s.onderwerpen:
        gevraagd, aanvraag = load_gevraagd(s.dossier, verzoek), load_aanvraag(s.dossier, verzoek)
        if gevraagd is None:
            continue
        aanbieder = aanvraag.aanvraag.aanbieder
        context = VerzoekAanvullingContext(
            brief=build_aanbiedersbrief(
                s,
                aanbieder,
                f"T{aanvraag.ronde}-{verzoek}-A",
                f"Vul uw aanvraag {verzoek} aan",
                INKOPER,
                gevraagd.verzenddatum,
            ),
            verzoek=verzoek,
            inkoop=s.dossier.aanbesteding.titel,
            ontvangen=aanvraag.aanvraag.ontvangen,
            uiterlijk=gevraagd.uiterlijk,
            met_loket=bool(load_ronde(s.dossier, aanvraag.ronde).loket),
            loket=load_ronde(s.dossier, aanvraag.ronde).loket,
            punten=tuple(
                Aanvulregel(perceel=p.perceel, eis=p.eis, tekst=eisen[p.perceel, p.eis].tekst, vraag=p.vraag)
                for p in gevraagd.punten
            ),
        )
        yield Exemplaar(Ontvanger(f"{verzoek}-{aanbieder.sleutel}", aanbieder.naam, aanbieder.email), context)


def voorbeeld_verzoek_aanvulling() -> VerzoekAanvullingContext:
    """An invented letter."""
    return VerzoekAanvullingContext(
        brief=voorbeeld_brief("Vul uw aanvraag 0001 aan", INKOPER, date(2028, 4, 18)),
        verzoek="0001",
        inkoop="Voorbeeldinkoop 2028 (verzonnen)",
        ontvangen=datetime(2028, 3, 22, 16, 5, tzinfo=TIJDZONE),
        uiterlijk=datetime(2028, 4, 25, 12, 0, tzinfo=TIJDZONE),
        met_loket=True,
        loket="https://loket.example.org/loket",
        punten=(
            Aanvulregel(
                perceel="2",
                eis="M1",
                tekst="De aanvrager heeft een klachtenregeling.",
                vraag="De klachtenregeling zelf ontbreekt (verzonnen).",
            ),
        ),
    )


VERZOEK_AANVULLING = Document(
    code="verzoek_aanvulling",
    titel="Verzoek om een aanvraag aan te vullen",
    fase="toetreding",
    context=VerzoekAanvullingContext,
    build=build_verzoek_aanvulling,
    voorbeeld=voorbeeld_verzoek_aanvulling,
    per="verzoek",
    ondertekenaar=Rol.INKOPER,
    verzenden=True,
)

"""The public notice that an open house ends.

Must stay true: the notice says what goes on: agreements that were concluded keep their last day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar, Ontvanger
from aanbesteding.documents.overeenkomst import as_zin
from aanbesteding.domain.overeenkomsten import list_gesloten
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.toetreding.besluiten.sluiting import ToelatingBeeindigd
from aanbesteding.fasen.toetreding.documenten.kop import GEMANDATEERDE, VOORBEELD_KOP, build_kop, show_namens


class EindeToelatingContext(DocumentContext):
    """Context of the notice that an open house ends."""

    document: Documentkop = Field(description="Titelblok")
    inkoop: str = Field(description="Titel van de inkoop")
    percelen: tuple[str, ...] = Field(description="Percelen waarin geen openstelling meer komt")
    per: date = Field(description="Eerste dag zonder openstelling")
    motivering: str = Field(description="Waarom er geen openstelling meer komt")
    met_aanbieders: bool = Field(description="Of er aanbieders met een overeenkomst zijn")
    aantal_aanbieders: int = Field(description="Hoeveel aanbieders een overeenkomst hebben")
    contact: str = Field(description="Contactpunt")
    rechtbank: str = Field(description="Bevoegde rechtbank")
    functie: str = Field(description="Functie van degene die ondertekent")
    namens: str = Field(description="Namens welke besturen is besloten")


def build_bericht_einde_toelating(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One notice for the percelen of the act."""
    feit = s.dossier.laatste(ToelatingBeeindigd)
    if feit is None:
        raise InvoerError(["De toelatingsprocedure is niet beëindigd; er is geen bericht te maken."])
    inkoop = s.dossier.aanbesteding
    aanbieders = {o.aanbieder.sleutel for p in feit.percelen for o in list_gesloten(s.dossier, feit.per, p)}
    sleutel = "-".join(feit.percelen)
    context = EindeToelatingContext(
        document=build_kop(s, f"EINDE-P{sleutel}", inkoop.titel, "vastgesteld"),
        inkoop=inkoop.titel,
        percelen=tuple(p.naam for p in inkoop.percelen if p.nummer in feit.percelen),
        per=feit.per,
        motivering=as_zin(feit.motivering),
        met_aanbieders=bool(aanbieders),
        aantal_aanbieders=len(aanbieders),
        contact=s.regio.contact,
        rechtbank=s.regio.rechtsgang.rechtbank,
        functie=GEMANDATEERDE,
        namens=show_namens(s.regio),
    )
    yield Exemplaar(Ontvanger(f"perceel-{sleutel}", inkoop.titel), context)


def voorbeeld_bericht_einde_toelating() -> EindeToelatingContext:
    """A complete invented example."""
    return EindeToelatingContext(
        document=VOORBEELD_KOP,
        inkoop="Voorbeeldinkoop 2028 (verzonnen)",
        percelen=("Perceel 2: Begeleiding (verzonnen)",),
        per=date(2031, 7, 1),
        motivering="De overeenkomsten eindigen binnenkort; er komt een nieuwe procedure (verzonnen).",
        met_aanbieders=True,
        aantal_aanbieders=14,
        contact="Team Inkoop (verzonnen), 000-0000000",
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
        functie=GEMANDATEERDE,
        namens="De colleges van burgemeester en wethouders van Voorbeeldstad en Proefdorp (verzonnen)",
    )


BERICHT_EINDE_TOELATING = Document(
    code="bericht_einde_toelating",
    titel="Einde van de toelatingsprocedure",
    fase="toetreding",
    context=EindeToelatingContext,
    build=build_bericht_einde_toelating,
    voorbeeld=voorbeeld_bericht_einde_toelating,
    per="aanbesteding",
    ondertekenaar=Rol.GEMANDATEERDE,
    besluit=True,
)

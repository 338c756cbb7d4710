"""The agreement for one single case.

Must stay true: no personal data; the client is a reference number of the case system.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pydantic import Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar, Ontvanger
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.toetreding.besluiten.maatwerk import MaatwerkovereenkomstGesloten
from aanbesteding.fasen.toetreding.documenten.kop import (
    VOORBEELD_AANBIEDER,
    VOORBEELD_GEMEENTEN,
    VOORBEELD_KOP,
    Aanbiederpartij,
    Gemeentepartij,
    build_aanbieder,
    build_kop,
    list_gemeenten,
)


class MaatwerkovereenkomstContext(DocumentContext):
    """An agreement for one single case."""

    document: Documentkop = Field(description="Kop van de overeenkomst")
    nummer: str = Field(description="Nummer van de maatwerkovereenkomst")
    referentie: str = Field(description="Kenmerk in het zaaksysteem; geen naam en geen bsn")
    gemeente: Gemeentepartij = Field(description="De gemeente die de hulp inkoopt")
    aanbieder: Aanbiederpartij = Field(description="De aanbieder van deze hulp")
    perceel: str = Field(description="Perceel waar de hulp bij hoort")
    wet: str = Field(description="Wet waarop de hulp berust")
    hulp: str = Field(description="Welke hulp wordt geleverd")
    eenheid: str = Field(description="Eenheid waarin wordt geleverd")
    tarief: Decimal = Field(description="Tarief in euro per eenheid")
    omvang: int = Field(description="Hoeveel eenheden ten hoogste")
    maximum: Decimal = Field(description="Tarief maal omvang in euro")
    ingang: date = Field(description="Eerste dag")
    einde: date = Field(description="Laatste dag")
    kwaliteitseisen: tuple[str, ...] = Field(description="Eisen aan deze hulp en deze aanbieder")
    onderzocht: tuple[str, ...] = Field(min_length=1, description="Overeenkomsten die zijn nagegaan")
    reden: str = Field(description="Waarom geen gecontracteerde aanbieder deze hulp kan leveren")
    rechtbank: str = Field(description="Bevoegde rechtbank")


def build_maatwerkovereenkomst(s: Situatie[None]) -> Iterator[Exemplaar]:
    """The last single-case agreement."""
    feit = s.dossier.laatste(MaatwerkovereenkomstGesloten)
    if feit is None:
        return
    perceel = s.dossier.aanbesteding.load_perceel(feit.perceel)
    naam = s.regio.load_gemeente(feit.gemeente).naam
    context = MaatwerkovereenkomstContext(
        document=build_kop(s, feit.nummer, f"Zaak {feit.referentie}", "ter ondertekening"),
        nummer=feit.nummer,
        referentie=feit.referentie,
        gemeente=next(g for g in list_gemeenten(s.regio) if g.naam == naam),
        aanbieder=build_aanbieder(feit.aanbieder),
        perceel=perceel.naam,
        wet=perceel.wet,
        hulp=feit.hulp,
        eenheid=feit.eenheid,
        tarief=feit.tarief,
        omvang=feit.omvang,
        maximum=feit.tarief * feit.omvang,
        ingang=feit.ingang,
        einde=feit.einde,
        kwaliteitseisen=feit.kwaliteitseisen,
        onderzocht=feit.onderzocht,
        reden=feit.reden,
        rechtbank=s.regio.rechtsgang.rechtbank,
    )
    yield Exemplaar(Ontvanger(feit.nummer, feit.aanbieder.naam, feit.aanbieder.email), context)


def voorbeeld_maatwerkovereenkomst() -> MaatwerkovereenkomstContext:
    """An invented agreement."""
    return MaatwerkovereenkomstContext(
        document=VOORBEELD_KOP,
        nummer="MW-2028-001",
        referentie="Z-104233",
        gemeente=VOORBEELD_GEMEENTEN[0],
        aanbieder=VOORBEELD_AANBIEDER,
        perceel="Perceel 2: Begeleiding (verzonnen)",
        wet="Wmo 2015",
        hulp="Begeleiding in gebarentaal (verzonnen)",
        eenheid="uur",
        tarief=Decimal("78.50"),
        omvang=80,
        maximum=Decimal("6280.00"),
        ingang=date(2028, 4, 1),
        einde=date(2029, 3, 31),
        kwaliteitseisen=("De begeleider beheerst de Nederlandse Gebarentaal (verzonnen).",),
        onderzocht=("VB-2028-P2-001", "VB-2028-P2-002"),
        reden="Geen gecontracteerde aanbieder heeft begeleiders die deze taal beheersen (verzonnen).",
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
    )


MAATWERKOVEREENKOMST = Document(
    code="maatwerkovereenkomst",
    titel="Maatwerkovereenkomst",
    fase="toetreding",
    context=MaatwerkovereenkomstContext,
    build=build_maatwerkovereenkomst,
    voorbeeld=voorbeeld_maatwerkovereenkomst,
    per="overeenkomst",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)

"""What everybody can read about informing the market: the report of a meeting, and questions with their answers.

What was recorded stands in ..voorlichting.

Must stay true: groups are named, parties are not; the list of questions is always the whole list as it stands now.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar, Ontvanger
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.marktconsultatie.documenten.onderdelen import build_kop, list_gemeentenamen
from aanbesteding.fasen.marktconsultatie.voorlichting import (
    BijeenkomstGehouden,
    MarktvragenGepubliceerd,
    list_marktvragen,
)


class Presentatieregel(Gegevensmodel):
    """A presentation that everybody can read."""

    titel: str = Field(description="Titel van de presentatie")
    vindplaats: str = Field(description="Waar iedereen haar kan lezen")


class Bijeenkomstregel(Gegevensmodel):
    """A meeting in one row."""

    datum: date = Field(description="Dag van de bijeenkomst")
    onderwerp: str = Field(description="Waar de bijeenkomst over ging")
    vorm: str = Field(description="online of op locatie")
    deelnemers: int = Field(description="Aantal organisaties dat erbij was")
    presentaties: tuple[str, ...] = Field(description="Titels van de gepubliceerde presentaties")


class BijeenkomstContext(DocumentContext):
    """Context of the report of one meeting."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de inkoop")
    gemeenten: tuple[str, ...] = Field(min_length=1, description="Deelnemende gemeenten")
    onderwerp: str = Field(description="Waar de bijeenkomst over ging")
    datum: date = Field(description="Dag van de bijeenkomst")
    vorm: str = Field(description="online of op locatie")
    groepen: tuple[str, ...] = Field(min_length=1, description="Stakeholdergroepen die waren uitgenodigd")
    deelnemers: int = Field(description="Aantal organisaties dat erbij was")
    besproken: tuple[str, ...] = Field(description="Wat is gezegd, zonder namen")
    presentaties: tuple[Presentatieregel, ...] = Field(description="Wat is getoond en waar het staat")
    contact: str = Field(description="Wie men kan bellen of mailen")


class Vraagantwoordregel(Gegevensmodel):
    """A question with its answer."""

    nummer: int = Field(description="Nummer van de vraag")
    vraag: str = Field(description="De vraag")
    antwoord: str = Field(description="Het antwoord")


class Onderwerp(Gegevensmodel):
    """Questions on one subject."""

    titel: str = Field(description="Onderwerp")
    vragen: tuple[Vraagantwoordregel, ...] = Field(description="Vragen met hun antwoord")


class VeelgesteldeVragenContext(DocumentContext):
    """Context of the list of questions and answers."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de inkoop")
    gemeenten: tuple[str, ...] = Field(min_length=1, description="Deelnemende gemeenten")
    onderwerpen: tuple[Onderwerp, ...] = Field(description="Vragen per onderwerp")
    aantal: int = Field(description="Hoeveel vragen de lijst heeft")
    vindplaats: str = Field(description="Waar iedereen de lijst kan lezen")
    contact: str = Field(description="Wie men kan bellen of mailen")


def build_bijeenkomstverslag(s: Situatie[None]) -> Iterator[Exemplaar]:
    """The report of the meeting that was recorded last."""
    alle = s.dossier.list_feiten(BijeenkomstGehouden)
    feit, nummer = alle[-1], len(alle)
    inkoop = s.dossier.aanbesteding
    namen = {g.code: g.naam for g in inkoop.consultatie.groepen}
    context = BijeenkomstContext(
        document=build_kop(s, f"{feit.onderwerp}; {inkoop.titel}", f"BIJEENKOMST-{nummer}", "vastgesteld"),
        titel=inkoop.titel,
        gemeenten=list_gemeentenamen(s.regio),
        onderwerp=feit.onderwerp,
        datum=feit.datum,
        vorm=feit.vorm,
        groepen=tuple(namen[code] for code in feit.groepen),
        deelnemers=feit.deelnemers,
        besproken=feit.besproken,
        presentaties=tuple(
            Presentatieregel(titel=p.titel, vindplaats=p.vindplaats) for p in feit.presentaties
        ),
        contact=s.regio.contact,
    )
    yield Exemplaar(Ontvanger(f"bijeenkomst-{nummer}", feit.onderwerp), context)


def build_veelgestelde_vragen(s: Situatie[None]) -> Iterator[Exemplaar]:
    """The whole list as it stands now."""
    publicaties = s.dossier.list_feiten(MarktvragenGepubliceerd)
    inkoop, vragen = s.dossier.aanbesteding, list_marktvragen(s.dossier)
    onderwerpen = tuple(
        Onderwerp(
            titel=titel,
            vragen=tuple(
                Vraagantwoordregel(nummer=v.nummer, vraag=v.vraag, antwoord=v.antwoord)
                for v in vragen
                if v.onderwerp == titel
            ),
        )
        for titel in dict.fromkeys(v.onderwerp for v in vragen)
    )
    context = VeelgesteldeVragenContext(
        document=build_kop(s, inkoop.titel, f"VRAGEN-{len(publicaties)}", "vastgesteld"),
        titel=inkoop.titel,
        gemeenten=list_gemeentenamen(s.regio),
        onderwerpen=onderwerpen,
        aantal=len(vragen),
        vindplaats=publicaties[-1].vindplaats,
        contact=s.regio.contact,
    )
    yield Exemplaar(Ontvanger(f"vragen-{len(publicaties)}", "Iedereen"), context)


def voorbeeld_bijeenkomst() -> BijeenkomstContext:
    """A complete invented example."""
    return BijeenkomstContext(
        document=_kop("BIJEENKOMST-1"),
        titel="Voorbeeldinkoop 2028 (verzonnen)",
        gemeenten=("Aadorp", "Beedorp"),
        onderwerp="Informatiebijeenkomst Wmo (verzonnen)",
        datum=date(2027, 3, 9),
        vorm="online",
        groepen=("Zorgaanbieders", "Cliëntenraden"),
        deelnemers=41,
        besproken=("Deelnemers vragen om een heldere afbakening van de doelgroep (verzonnen).",),
        presentaties=(
            Presentatieregel(titel="Denkrichting Wmo (verzonnen)", vindplaats="aadorp.example/inkoop"),
        ),
        contact="Team Inkoop (verzonnen), 000 - 000 00 00",
    )


def voorbeeld_vragen() -> VeelgesteldeVragenContext:
    """A complete invented example."""
    return VeelgesteldeVragenContext(
        document=_kop("VRAGEN-1"),
        titel="Voorbeeldinkoop 2028 (verzonnen)",
        gemeenten=("Aadorp", "Beedorp"),
        onderwerpen=(
            Onderwerp(
                titel="Samenwerken",
                vragen=(
                    Vraagantwoordregel(
                        nummer=1,
                        vraag="Mogen kleine aanbieders samen inschrijven?",
                        antwoord="Ja, als samenwerkingsverband (verzonnen).",
                    ),
                ),
            ),
        ),
        aantal=1,
        vindplaats="aadorp.example/inkoop",
        contact="Team Inkoop (verzonnen), 000 - 000 00 00",
    )


def _kop(deel: str) -> Documentkop:
    return Documentkop(
        ondertitel="Voorbeeldinkoop 2028 (verzonnen)",
        kenmerk=f"PROEF-MC-{deel}",
        datum=date(2027, 3, 16),
        status="vastgesteld",
    )


BIJEENKOMSTVERSLAG = Document(
    code="bijeenkomstverslag",
    titel="Verslag van een bijeenkomst",
    fase="marktconsultatie",
    context=BijeenkomstContext,
    build=build_bijeenkomstverslag,
    voorbeeld=voorbeeld_bijeenkomst,
    per="aanbesteding",
    ondertekenaar=Rol.INKOPER,
)
VEELGESTELDE_VRAGEN = Document(
    code="veelgestelde_vragen",
    titel="Veelgestelde vragen en antwoorden",
    fase="marktconsultatie",
    context=VeelgesteldeVragenContext,
    build=build_veelgestelde_vragen,
    voorbeeld=voorbeeld_vragen,
    per="aanbesteding",
    ondertekenaar=Rol.INKOPER,
)

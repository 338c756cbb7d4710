"""The information letter to municipal councils and councils of clients.

Must stay true: both get the same information; the letter says which other tracks belong to the programme.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import Field

from aanbesteding.documents.declaration import (
    Brief,
    Document,
    DocumentContext,
    Exemplaar,
    Ontvanger,
    build_brief,
)
from aanbesteding.documents.overeenkomst import as_zin, as_zinsdeel, load_ingangsdatum
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.regio import Gemeente
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.berichtgeving.documenten.kop import FASE, INKOOP, PROGRAMMA, voorbeeld_brief
from aanbesteding.fasen.berichtgeving.feiten import RadenGeinformeerd

FUNCTIE = "Secretaris en burgemeester"


class Trajectregel(Gegevensmodel):
    """Another track of the programme."""

    naam: str = Field(description="Naam van het traject")
    verband: str = Field(description="Hoe het met deze inkoop samenhangt")


class Stapregel(Gegevensmodel):
    """A next step."""

    wanneer: str = Field(description="Dag, maand of kwartaal")
    wat: str = Field(description="Wat er dan gebeurt")


class InformatiebriefRadenContext(DocumentContext):
    """The letter to one council."""

    brief: Brief = Field(description="Kop en slot van de brief")
    inkoop: str = Field(description="Titel van de inkoop")
    programma: str = Field(description="Inkoopprogramma; leeg als er geen is")
    andere_gemeenten: tuple[str, ...] = Field(description="Gemeenten waarmee wordt ingekocht")
    raad: bool = Field(description="Of de brief aan de gemeenteraad is; anders aan een cliëntenraad")
    aanleiding: str = Field(description="Waarom deze brief komt")
    overleg: bool = Field(description="Of bestuurlijk wordt aanbesteed, met overlegtafels")
    ingang: date = Field(description="Eerste dag van de nieuwe overeenkomsten")
    uitgangspunten: tuple[str, ...] = Field(description="Uitgangspunten van de inkoop, zonder punt")
    betekenis: tuple[str, ...] = Field(min_length=1, description="Wat de aanpak voor inwoners betekent")
    trajecten: tuple[Trajectregel, ...] = Field(description="Andere trajecten van het programma")
    stappen: tuple[Stapregel, ...] = Field(min_length=1, description="Hoe het verdergaat")
    gedeeld_met: str = Field(
        description="Met wie de brief nog meer wordt gedeeld, als zinsdeel; mag leeg zijn"
    )


def build_informatiebrieven(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """Per municipality one letter to its council and one to each council of clients."""
    feit = s.dossier.laatste(RadenGeinformeerd)
    if feit is None:
        return
    for gemeente in s.regio.gemeenten:
        namen = [(f"De gemeenteraad van {gemeente.naam}", "Geachte leden van de raad,", True, gemeente.code)]
        raden = [c for c in feit.clientenraden if c.gemeente == gemeente.code]
        namen += [
            (c.naam, "Geachte leden van de cliëntenraad,", False, f"{gemeente.code}-clientenraad-{nummer}")
            for nummer, c in enumerate(raden, start=1)
        ]
        for naam, aanhef, raad, sleutel in namen:
            yield Exemplaar(
                Ontvanger(sleutel, naam),
                _build_context(s, feit, gemeente, naam=naam, aanhef=aanhef, raad=raad, sleutel=sleutel),
            )


def _build_context(
    s: Situatie[Any],
    feit: RadenGeinformeerd,
    gemeente: Gemeente,
    *,
    naam: str,
    aanhef: str,
    raad: bool,
    sleutel: str,
) -> InformatiebriefRadenContext:
    inkoop = s.dossier.aanbesteding
    return InformatiebriefRadenContext(
        brief=build_brief(
            s.regio,
            (naam, *gemeente.adres.regels),
            datum=s.vandaag,
            kenmerk=f"{s.dossier.code}-INFO-{sleutel}",
            onderwerp=f"Informatiebrief {inkoop.programma or inkoop.titel}",
            ondertekenaar_functie=FUNCTIE,
            namens=f"Het {gemeente.bevoegd_orgaan} van {gemeente.naam}",
            aanhef=aanhef,
        ),
        inkoop=inkoop.titel,
        programma=inkoop.programma,
        andere_gemeenten=tuple(g.naam for g in s.regio.gemeenten if g.code != gemeente.code),
        raad=raad,
        aanleiding=as_zin(feit.aanleiding),
        overleg=s.dossier.regime.overleg,
        ingang=load_ingangsdatum(s),
        uitgangspunten=tuple(as_zinsdeel(u.tekst).lower() for u in inkoop.uitgangspunten),
        betekenis=tuple(map(as_zin, feit.betekenis)),
        trajecten=tuple(Trajectregel(naam=t.naam, verband=as_zin(t.verband)) for t in inkoop.trajecten),
        stappen=tuple(Stapregel(wanneer=st.wanneer, wat=as_zin(st.wat)) for st in feit.stappen),
        gedeeld_met=as_zinsdeel(feit.gedeeld_met),
    )


def voorbeeld_informatiebrief() -> InformatiebriefRadenContext:
    """An invented letter."""
    brief = voorbeeld_brief(
        ("De gemeenteraad van Voorbeeldstad (verzonnen)", "Dorpsplein 1", "1234 AB  Voorbeeldstad"),
        f"Informatiebrief {PROGRAMMA}",
        date(2028, 5, 8),
        "VB-INFO-voorbeeldstad",
        FUNCTIE,
    )
    return InformatiebriefRadenContext(
        brief=brief.model_copy(
            update={
                "aanhef": "Geachte leden van de raad,",
                "namens": "Het college van burgemeester en wethouders van Voorbeeldstad (verzonnen)",
            }
        ),
        inkoop=INKOOP,
        programma=PROGRAMMA,
        andere_gemeenten=("Proefdorp (verzonnen)",),
        raad=True,
        aanleiding="De gemeenten besloten in januari nauw samen te werken bij de inkoop (verzonnen).",
        overleg=True,
        ingang=date(2029, 1, 1),
        uitgangspunten=("eenvoud", "lichtere hulp"),
        betekenis=(
            "Inwoners houden de hulp die zij nodig hebben (verzonnen).",
            "Lopende hulp gaat door, soms bij een andere aanbieder (verzonnen).",
        ),
        trajecten=(
            Trajectregel(
                naam="Inkoop jeugdhulp (verzonnen)", verband="Andere procedure in hetzelfde programma."
            ),
        ),
        stappen=(
            Stapregel(wanneer="juni 2028", wat="De overlegtafels beginnen."),
            Stapregel(wanneer="1 januari 2029", wat="De overeenkomsten gaan in."),
        ),
        gedeeld_met="de aanbieders in het bestuurlijk overleg (verzonnen)",
    )


INFORMATIEBRIEF_RADEN = Document(
    code="informatiebrief_raden",
    titel="Informatiebrief aan gemeenteraden en cliëntenraden",
    fase=FASE,
    context=InformatiebriefRadenContext,
    build=build_informatiebrieven,
    voorbeeld=voorbeeld_informatiebrief,
    per="gemeente",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)

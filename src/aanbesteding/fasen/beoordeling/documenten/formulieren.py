"""Papers of an assessor: the declaration of interests and the form with what is to be scored.

Not here: the scores themselves, which come in as a workbook, and the report.
Must stay true: no price and no score of another assessor ever stands on a form; an assessor who reported an
interest in a perceel gets no form for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pydantic import Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar, Ontvanger
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import BelangenverklaringAfgelegd, Criterium, PerceelUitgewerkt
from aanbesteding.domain.gunningsrangorde import load_geldige_inschrijvingen
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.beoordeling import stand
from aanbesteding.fasen.beoordeling.documenten.kop import build_kop, make_sleutel


class Inschrijver(Gegevensmodel):
    """A bid by number and name."""

    nummer: str = Field(description="Nummer van de inschrijving")
    aanbieder: str = Field(description="Naam van de inschrijver")


class BelangenverklaringContext(DocumentContext):
    """What the declaration of interests may use."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Titel van de aanbesteding")
    beoordelaar: str = Field(description="Gebruikersnaam of functie van de beoordelaar")
    percelen: tuple[str, ...] = Field(description="Percelen waarvoor de verklaring geldt")
    belang: bool = Field(description="Waar als de beoordelaar een belang meldt")
    toelichting: str = Field(description="Toelichting van de beoordelaar; kan leeg zijn")
    datum: date = Field(description="Datum van de verklaring")
    inschrijvers: tuple[Inschrijver, ...] = Field(description="De inschrijvers in deze percelen")


def build_belangenverklaring(s: Situatie[None]) -> Iterator[Exemplaar]:
    """The declaration that was made last."""
    feit = s.dossier.laatste(BelangenverklaringAfgelegd)
    if feit is None:
        return
    gevraagd = frozenset(feit.percelen)
    inschrijvers = tuple(
        Inschrijver(nummer=i.nummer, aanbieder=i.aanbieder.naam)
        for i in stand.load_inschrijvingen(s.dossier).values()
        if gevraagd & set(i.percelen)
    )
    sleutel = make_sleutel(feit.beoordelaar)
    yield Exemplaar(
        Ontvanger(sleutel, feit.beoordelaar),
        BelangenverklaringContext(
            document=build_kop(s, "BV", sleutel, s.dossier.aanbesteding.titel, "afgelegd"),
            aanbesteding=s.dossier.aanbesteding.titel,
            beoordelaar=feit.beoordelaar,
            percelen=tuple(s.dossier.aanbesteding.load_perceel(p).naam for p in feit.percelen),
            belang=feit.belang,
            toelichting=feit.toelichting,
            datum=feit.datum,
            inschrijvers=inschrijvers,
        ),
    )


class Schaalregel(Gegevensmodel):
    """A point of the scale."""

    punt: int = Field(description="De score")
    betekenis: str = Field(description="Wat de score betekent, in een woord")
    uitleg: str = Field(description="Wanneer deze score past")


class Formuliercriterium(Gegevensmodel):
    """A quality criterion as it was announced."""

    code: str = Field(description="Code van het criterium")
    titel: str = Field(description="Titel van het criterium")
    vraag: str = Field(description="Vraag die de inschrijver moest beantwoorden")
    gewicht: Decimal = Field(description="Hoogste aantal punten")
    kader: tuple[str, ...] = Field(description="Waar beoordelaars op letten")
    heeft_minimum: bool = Field(description="Waar als een laagste score is aangekondigd")
    minimum: int = Field(description="De aangekondigde laagste score; 0 zonder minimum")
    tussenscores: bool = Field(description="Waar als hele scores tussen de punten van de schaal mogen")
    gemiddelde: bool = Field(description="Waar als de score van de commissie het gemiddelde wordt")


class Formulierperceel(Gegevensmodel):
    """What an assessor scores in one perceel."""

    naam: str = Field(description="Nummer en titel van het perceel")
    aantal: int = Field(description="Aantal inschrijvingen om te scoren")
    schaal: tuple[Schaalregel, ...] = Field(description="De aangekondigde schaal")
    criteria: tuple[Formuliercriterium, ...] = Field(description="De kwaliteitscriteria")
    inschrijvers: tuple[Inschrijver, ...] = Field(description="De geldige inschrijvingen")


class BeoordelingsformulierContext(DocumentContext):
    """What the assessment form may use."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Titel van de aanbesteding")
    beoordelaar: str = Field(description="Gebruikersnaam of functie van de beoordelaar")
    percelen: tuple[Formulierperceel, ...] = Field(description="Percelen om te beoordelen")


def build_beoordelingsformulieren(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One form per assessor, about the percelen of this act in which there is something to score."""
    percelen = {p: _build_perceel(s, p) for p in s.onderwerpen if stand.wordt_gescoord(s.dossier, p)}
    verklaringen = {p: stand.load_belangenverklaringen(s.dossier, p) for p in percelen}
    for persoon in dict.fromkeys(s.regio.list_personen(Rol.BEOORDELAAR)):
        eigen = tuple(
            blok
            for p, blok in percelen.items()
            if ((verklaring := verklaringen[p].get(persoon)) is None or not verklaring.belang)
            and stand.mag_scoren(s.dossier, p, persoon)
        )
        if not eigen:
            continue
        sleutel = make_sleutel(persoon)
        yield Exemplaar(
            Ontvanger(sleutel, persoon),
            BeoordelingsformulierContext(
                document=build_kop(s, "BF", sleutel, s.dossier.aanbesteding.titel, "in te vullen"),
                aanbesteding=s.dossier.aanbesteding.titel,
                beoordelaar=persoon,
                percelen=eigen,
            ),
        )


def list_schaal(uitgewerkt: PerceelUitgewerkt) -> tuple[Schaalregel, ...]:
    """The announced scale, best score first."""
    punten = sorted(uitgewerkt.schaal, key=lambda p: -p.punt)
    return tuple(Schaalregel(punt=p.punt, betekenis=p.betekenis, uitleg=p.uitleg) for p in punten)


def _build_perceel(s: Situatie[None], perceel: str) -> Formulierperceel:
    uitgewerkt = s.dossier.laatste(PerceelUitgewerkt, perceel=perceel)
    geldig = load_geldige_inschrijvingen(s.dossier, perceel)
    namen = stand.load_inschrijvingen(s.dossier)
    return Formulierperceel(
        naam=s.dossier.aanbesteding.load_perceel(perceel).naam,
        aantal=len(geldig),
        schaal=list_schaal(uitgewerkt) if uitgewerkt else (),
        criteria=tuple(_build_criterium(c) for c in stand.load_kwaliteitscriteria(s.dossier, perceel)),
        inschrijvers=tuple(Inschrijver(nummer=n, aanbieder=namen[n].aanbieder.naam) for n in geldig),
    )


def _build_criterium(criterium: Criterium) -> Formuliercriterium:
    return Formuliercriterium(
        code=criterium.code,
        titel=criterium.titel,
        vraag=criterium.vraag,
        gewicht=criterium.gewicht,
        kader=criterium.kader,
        heeft_minimum=criterium.minimum is not None,
        minimum=criterium.minimum or 0,
        tussenscores=criterium.tussenscores,
        gemiddelde=criterium.gemiddelde,
    )


def make_voorbeeld_belangenverklaring() -> BelangenverklaringContext:
    """An invented example."""
    return BelangenverklaringContext(
        document=Documentkop(
            ondertitel="Proefinkoop 2027 (verzonnen)",
            kenmerk="PROEF-BV-beoordelaar1-demo",
            datum=date(2026, 6, 15),
            status="afgelegd",
        ),
        aanbesteding="Proefinkoop 2027 (verzonnen)",
        beoordelaar="beoordelaar1.demo",
        percelen=("Perceel 1: Wmo – Proefperceel 1", "Perceel 2: Jeugdwet – Proefperceel 2"),
        belang=True,
        toelichting="Een naaste werkt bij inschrijver I-002 (verzonnen).",
        datum=date(2026, 6, 15),
        inschrijvers=(
            Inschrijver(nummer="I-001", aanbieder="Zorgbedrijf Voorbeeld (verzonnen)"),
            Inschrijver(nummer="I-002", aanbieder="Zorgbedrijf Proef (verzonnen)"),
        ),
    )


def make_voorbeeld_formulier() -> BeoordelingsformulierContext:
    """An invented example."""
    return BeoordelingsformulierContext(
        document=Documentkop(
            ondertitel="Proefinkoop 2027 (verzonnen)",
            kenmerk="PROEF-BF-beoordelaar1-demo",
            datum=date(2026, 6, 15),
            status="in te vullen",
        ),
        aanbesteding="Proefinkoop 2027 (verzonnen)",
        beoordelaar="beoordelaar1.demo",
        percelen=(
            Formulierperceel(
                naam="Perceel 1: Wmo – Proefperceel 1",
                aantal=2,
                schaal=(
                    Schaalregel(punt=10, betekenis="uitstekend", uitleg="Alle onderdelen zijn overtuigend."),
                    Schaalregel(punt=6, betekenis="voldoende", uitleg="De hoofdzaken zijn duidelijk."),
                    Schaalregel(
                        punt=0, betekenis="onvoldoende", uitleg="Het antwoord ontbreekt of past niet."
                    ),
                ),
                criteria=(
                    Formuliercriterium(
                        code="K1",
                        titel="Samenwerking",
                        vraag="Hoe werkt u samen met de toegang?",
                        gewicht=Decimal(60),
                        kader=("concreet", "lokaal"),
                        heeft_minimum=True,
                        minimum=6,
                        tussenscores=False,
                        gemiddelde=False,
                    ),
                    Formuliercriterium(
                        code="K2",
                        titel="Kwaliteit",
                        vraag="Hoe borgt u kwaliteit?",
                        gewicht=Decimal("40.5"),
                        kader=("meetbaar",),
                        heeft_minimum=False,
                        minimum=0,
                        tussenscores=False,
                        gemiddelde=False,
                    ),
                ),
                inschrijvers=(
                    Inschrijver(nummer="I-001", aanbieder="Zorgbedrijf Voorbeeld (verzonnen)"),
                    Inschrijver(nummer="I-002", aanbieder="Zorgbedrijf Proef (verzonnen)"),
                ),
            ),
        ),
    )


BELANGENVERKLARING = Document(
    code="belangenverklaring",
    titel="Belangenverklaring",
    fase="beoordeling",
    context=BelangenverklaringContext,
    build=build_belangenverklaring,
    voorbeeld=make_voorbeeld_belangenverklaring,
    per="groep",
    ondertekenaar=Rol.BEOORDELAAR,
)
BEOORDELINGSFORMULIER = Document(
    code="beoordelingsformulier",
    titel="Beoordelingsformulier",
    fase="beoordeling",
    context=BeoordelingsformulierContext,
    build=build_beoordelingsformulieren,
    voorbeeld=make_voorbeeld_formulier,
    per="groep",
)

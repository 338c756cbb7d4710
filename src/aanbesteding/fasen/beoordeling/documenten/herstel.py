"""The letter that asks a bidder to repair formal defects: one letter per bid, one moment for everyone.

Grondslag: repair of a simple defect, asked after all bids were seen, equal for all (guidance on repair).
Not here: what may be repaired (toetsing) and the moment (besluiten).
Must stay true: all defects of a bid over all percelen stand in one letter; no defect is repaired twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from pydantic import Field

from aanbesteding.documents.declaration import (
    Brief,
    Document,
    DocumentContext,
    Exemplaar,
    Ontvanger,
    build_brief,
)
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.beoordeling import stand
from aanbesteding.fasen.beoordeling.documenten.kop import show_namens
from aanbesteding.fasen.beoordeling.feiten import HerstelGevraagd, ToetsAangehouden

FUNCTIE = "Inkoper"


class Gebrek(Gegevensmodel):
    """A defect that may be repaired."""

    eis: str = Field(description="Code van de eis")
    tekst: str = Field(description="Tekst van de eis zoals aangekondigd")
    bewijs: str = Field(description="Wat bij de eis moest worden ingediend")
    niet_beantwoord: bool = Field(description="Waar als de inschrijver de eis niet heeft beantwoord")


class Herstelperceel(Gegevensmodel):
    """The defects of a bid in one perceel."""

    naam: str = Field(description="Nummer en titel van het perceel")
    gebreken: tuple[Gebrek, ...] = Field(description="De gebreken in dit perceel")


class HerstelverzoekContext(DocumentContext):
    """What the request for repair may use."""

    brief: Brief = Field(description="Briefhoofd en afsluiting")
    aanbesteding: str = Field(description="Titel van de aanbesteding")
    inschrijving: str = Field(description="Nummer van de inschrijving")
    uiterlijk: datetime = Field(description="Moment tot waarop herstel mogelijk is; voor iedereen gelijk")
    percelen: tuple[Herstelperceel, ...] = Field(description="Percelen met een gebrek")
    aantal_gebreken: int = Field(description="Aantal gebreken in alle percelen samen")


def build_herstelverzoeken(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per bid that has a repairable defect in the percelen of this act, in order of number."""
    uiterlijk = s.dossier.laatste(HerstelGevraagd)
    if uiterlijk is None:
        return
    inschrijvingen = stand.load_inschrijvingen(s.dossier)
    antwoorden = stand.load_antwoorden(s.dossier)
    eisen = {(p, e.code): e for p in uiterlijk.percelen for e in stand.load_eisen(s.dossier, p)}
    gebreken: dict[str, dict[str, list[Gebrek]]] = defaultdict(lambda: defaultdict(list))
    for feit in s.dossier.list_feiten(ToetsAangehouden):
        if feit.wacht_op != "herstel" or feit.perceel not in uiterlijk.percelen:
            continue
        eis = eisen[feit.perceel, feit.eis]
        antwoord = antwoorden.get((feit.perceel, feit.inschrijving), {}).get(feit.eis, "")
        gebreken[feit.inschrijving][feit.perceel].append(
            Gebrek(eis=eis.code, tekst=eis.tekst, bewijs=eis.bewijs, niet_beantwoord=not antwoord)
        )
    for nummer in sorted(gebreken):
        aanbieder = inschrijvingen[nummer].aanbieder
        per_perceel = gebreken[nummer]
        yield Exemplaar(
            Ontvanger(nummer, aanbieder.naam, aanbieder.email),
            HerstelverzoekContext(
                brief=build_brief(
                    s.regio,
                    aanbieder,
                    datum=s.vandaag,
                    kenmerk=f"{s.dossier.code}-HV-{nummer}",
                    onderwerp=f"Verzoek om uw inschrijving {nummer} aan te vullen",
                    ondertekenaar_functie=FUNCTIE,
                    namens=show_namens(s.regio),
                ),
                aanbesteding=s.dossier.aanbesteding.titel,
                inschrijving=nummer,
                uiterlijk=uiterlijk.uiterlijk.astimezone(TIJDZONE),
                percelen=tuple(
                    Herstelperceel(
                        naam=s.dossier.aanbesteding.load_perceel(p).naam, gebreken=tuple(per_perceel[p])
                    )
                    for p in sorted(per_perceel)
                ),
                aantal_gebreken=sum(len(lijst) for lijst in per_perceel.values()),
            ),
        )


def make_voorbeeld() -> HerstelverzoekContext:
    """An invented example."""
    return HerstelverzoekContext(
        brief=Brief(
            aan=(
                "Zorgbedrijf Voorbeeld (verzonnen)",
                "t.a.v. Directie",
                "Verzonnenstraat 1",
                "1001 AB  Proefstad",
            ),
            datum=date(2026, 6, 8),
            kenmerk="PROEF-HV-I-001",
            onderwerp="Verzoek om uw inschrijving I-001 aan te vullen",
            aanhef="Geachte directie,",
            contact="Team Inkoop, 000-0000000",
            ondertekenaar_functie=FUNCTIE,
            namens="De colleges van burgemeester en wethouders van de gemeenten Aadorp en Beedorp",
        ),
        aanbesteding="Proefinkoop 2027 (verzonnen)",
        inschrijving="I-001",
        uiterlijk=datetime(2026, 6, 11, 12, 0, tzinfo=TIJDZONE),
        percelen=(
            Herstelperceel(
                naam="Perceel 1: Wmo – Proefperceel 1",
                gebreken=(
                    Gebrek(
                        eis="V1",
                        tekst="De inschrijving is ondertekend.",
                        bewijs="Ondertekend inschrijfformulier",
                        niet_beantwoord=True,
                    ),
                    Gebrek(
                        eis="V2",
                        tekst="Het uittreksel uit het handelsregister is bijgevoegd.",
                        bewijs="Uittreksel handelsregister",
                        niet_beantwoord=False,
                    ),
                ),
            ),
        ),
        aantal_gebreken=2,
    )


HERSTELVERZOEK = Document(
    code="herstelverzoek",
    titel="Verzoek om herstel",
    fase="beoordeling",
    context=HerstelverzoekContext,
    build=build_herstelverzoeken,
    voorbeeld=make_voorbeeld,
    per="inschrijver",
    ondertekenaar=Rol.INKOPER,
    verzenden=True,
)

"""An invented example of the assessment report, with every part of it filled.

Everything here is invented; it is what a jurist sees when trying out the template.
Must stay true: each list has at least one row and each optional field is filled at least once.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from aanbesteding.documents.declaration import Documentkop
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.fasen.beoordeling.documenten.formulieren import Schaalregel
from aanbesteding.fasen.beoordeling.documenten.rapport_context import (
    Afvaller,
    BeoordelingsrapportContext,
    Blok,
    Criteriumregel,
    Geldigheidsregel,
    Gelijkestandregel,
    LagePrijs,
    Lid,
    LosseScore,
    Lotingregel,
    Oordeelregel,
    Prijsregel,
    Prijsvraagregel,
    Productregel,
    Puntregel,
    Rangregel,
    Scoreregel,
    Toetsregel,
)

EEN = "Zorgbedrijf Voorbeeld (verzonnen)"
TWEE = "Zorgbedrijf Proef (verzonnen)"
DRIE = "Zorgbedrijf Model (verzonnen)"


def _moment(dag: int, uur: int) -> datetime:
    return datetime(2026, 6, dag, uur, 15, tzinfo=TIJDZONE)


def _lid(letter: str, naam: str, *, voorzitter: bool = False, belang: bool = False) -> Lid:
    return Lid(
        letter=letter,
        naam=naam,
        voorzitter=voorzitter,
        verklaard=not voorzitter,
        verklaring_datum=None if voorzitter else date(2026, 6, 15),
        belang=belang,
        gescoord=bool(letter),
        vergrendeld=_moment(22, 14) if letter else None,
    )


def make_leden() -> tuple[Lid, ...]:
    """An invented committee."""
    return (
        _lid("", "voorzitter.demo", voorzitter=True),
        _lid("A", "beoordelaar1.demo"),
        _lid("B", "beoordelaar2.demo"),
        _lid("C", "beoordelaar3.demo"),
        _lid("", "beoordelaar4.demo", belang=True),
    )


def _geldigheid(nummer: str, naam: str, uitkomst: str, reden: str = "") -> Geldigheidsregel:
    return Geldigheidsregel(
        nummer=nummer,
        aanbieder=naam,
        ontvangen=_moment(1, 10),
        geldig=uitkomst == "geldig",
        ongeldig=uitkomst == "ongeldig",
        uitgesloten=uitkomst == "uitgesloten",
        reden=reden,
    )


def _blok(nummer: str, naam: str, rang: int, totaal: str, score: int = 8) -> Blok:
    return Blok(
        nummer=nummer,
        aanbieder=naam,
        in_rangorde=rang > 0,
        rang=rang,
        totaal=totaal,
        gegund=("01A02",) if rang else (),
        niet_gegund=("01A01",) if rang == 2 else (),
        heeft_prijs=nummer != "I-003",
        prijs=Decimal("33.50"),
        oordelen=(
            Oordeelregel(
                code="K1",
                titel="Samenwerking",
                score=score,
                betekenis="goed" if score else "onvoldoende",
                motivering="Het plan noemt concreet wie met de toegang overlegt en wanneer.",
                waarom_niet_maximaal="De lokale afspraken zijn niet uitgewerkt.",
            ),
            Oordeelregel(
                code="K2",
                titel="Kwaliteit",
                score=10,
                betekenis="uitstekend",
                motivering="De doelen zijn meetbaar en worden elk kwartaal besproken.",
                waarom_niet_maximaal="",
            ),
        ),
    )


def make_voorbeeld() -> BeoordelingsrapportContext:
    """A perceel with six bids, a price criterion, a cap, a draw and something to remark."""
    return BeoordelingsrapportContext(
        document=Documentkop(
            ondertitel="Perceel 1: Wmo – Proefperceel 1 (verzonnen)",
            kenmerk="PROEF-BR-P1",
            datum=date(2026, 7, 6),
            status="vastgesteld",
        ),
        aanbesteding="Proefinkoop 2027 (verzonnen)",
        perceel="Perceel 1: Wmo – Proefperceel 1",
        aantal_ontvangen=6,
        aantal_geldig=4,
        aantal_ongeldig=1,
        aantal_uitgesloten=1,
        heeft_rangorde=True,
        heeft_voordracht=True,
        heeft_criteria=True,
        verdeeld=True,
        verdeling_plaats=4,
        verdeling_aantal=12,
        verdeling_maximum=2,
        heeft_kwaliteit=True,
        heeft_prijs=True,
        decimalen=2,
        afronding_per_criterium=False,
        afronding_weergave=False,
        heeft_minimum_totaal=False,
        minimum_totaal=Decimal(0),
        gemiddeld=(),
        tussenscores=(),
        leden=make_leden(),
        schaal=(
            Schaalregel(punt=10, betekenis="uitstekend", uitleg="Alle onderdelen zijn overtuigend."),
            Schaalregel(punt=8, betekenis="goed", uitleg="Bijna alle onderdelen zijn overtuigend."),
            Schaalregel(punt=0, betekenis="onvoldoende", uitleg="Het antwoord ontbreekt of past niet."),
        ),
        criteria=(
            Criteriumregel(
                code="K1",
                titel="Samenwerking",
                gewicht=Decimal(50),
                heeft_minimum=True,
                minimum=4,
                kader=("concreet", "lokaal"),
            ),
            Criteriumregel(
                code="K2",
                titel="Kwaliteit",
                gewicht=Decimal(30),
                heeft_minimum=False,
                minimum=0,
                kader=("meetbaar",),
            ),
            Criteriumregel(
                code="P1",
                titel="Prijs",
                gewicht=Decimal(20),
                heeft_minimum=False,
                minimum=0,
                kader=(),
            ),
        ),
        prijs=(
            Prijsregel(
                product="01A01 Hulp bij het huishouden",
                bodem=Decimal("32.00"),
                heeft_plafond=True,
                plafond=Decimal("38.00"),
                bandbreedte=True,
                laagste_gedeeld_door_prijs=False,
                relatief_lineair=False,
                min_max=False,
                rangpunten=False,
                plaatspunten=(),
                heeft_overig=False,
                overig=Decimal(0),
                staffel=False,
                treden=(),
                geopend=True,
                geopend_op=_moment(29, 11),
                openers=("inkoper.demo", "jurist.demo"),
            ),
        ),
        gelijke_stand=(
            Gelijkestandregel(kwaliteit=True, loting=False, criterium=""),
            Gelijkestandregel(kwaliteit=False, loting=False, criterium="K1"),
            Gelijkestandregel(kwaliteit=False, loting=True, criterium=""),
        ),
        uitval_blijft=True,
        uitval_herberekenen=False,
        inschrijvingen=(
            _geldigheid("I-001", EEN, "geldig"),
            _geldigheid("I-002", TWEE, "geldig"),
            _geldigheid("I-003", DRIE, "geldig"),
            _geldigheid("I-004", "Zorgbedrijf Vier (verzonnen)", "geldig"),
            _geldigheid(
                "I-005",
                "Zorgbedrijf Vijf (verzonnen)",
                "ongeldig",
                "Eis M1 (De aanbieder heeft een klachtenregeling): het antwoord is nee.",
            ),
            _geldigheid(
                "I-006",
                "Zorgbedrijf Zes (verzonnen)",
                "uitgesloten",
                "Eis U1 (Er is geen uitsluitingsgrond): een verzonnen ernstige fout in het beroep.",
            ),
        ),
        toetsen=(
            Toetsregel(
                nummer="I-002", eis="V1", herstel=True, positief=True, toelichting="Ondertekend op 10 juni."
            ),
            Toetsregel(
                nummer="I-006",
                eis="U1",
                herstel=False,
                positief=False,
                toelichting="Een verzonnen ernstige fout in het beroep.",
            ),
        ),
        rangorde=(
            _rang(1, "I-001", EEN, "85,00"),
            _rang(2, "I-002", TWEE, "85,00"),
            _rang(3, "I-003", DRIE, "70,00"),
        ),
        afvallers=(
            Afvaller(
                nummer="I-004",
                aanbieder="Zorgbedrijf Vier (verzonnen)",
                reden="K1: 0 ligt onder het minimum 4.",
            ),
        ),
        producten=(
            Productregel(
                code="01A01",
                naam="Hulp bij het huishouden",
                heeft_maximum=True,
                maximum=1,
                aantal_gegadigden=2,
                gegund=("I-001",),
                niet_gegund=("I-002",),
            ),
            Productregel(
                code="01A02",
                naam="Hulp met regie",
                heeft_maximum=False,
                maximum=0,
                aantal_gegadigden=3,
                gegund=("I-001", "I-002", "I-003"),
                niet_gegund=(),
            ),
        ),
        lotingen=(
            Lotingregel(
                datum=date(2026, 7, 3), volgorde=("I-001", "I-002"), getuigen=("Jurist", "Controleur")
            ),
        ),
        lage_prijzen=(LagePrijs(nummer="I-002", prijs=Decimal("32.00")),),
        prijsvragen=(
            Prijsvraagregel(
                nummer="I-002",
                prijs=Decimal("32.00"),
                uiterlijk=datetime(2026, 7, 10, 12, 0, tzinfo=TIJDZONE),
                toelichting="Opbouw per uur ontvangen (verzonnen).",
                aanvaard=True,
                motivering="De opbouw is nagerekend en klopt (verzonnen).",
            ),
        ),
        drempel=Decimal(20),
        waarschuwingen=("I-003 schrijft niet in op product 01A01 en krijgt geen prijspunten.",),
        blokken=(
            _blok("I-001", EEN, 1, "85,00"),
            _blok("I-002", TWEE, 2, "85,00"),
            _blok("I-003", DRIE, 3, "70,00"),
            _blok("I-004", "Zorgbedrijf Vier (verzonnen)", 0, "", score=0),
        ),
        scores=tuple(
            Scoreregel(
                nummer=nummer,
                criterium=code,
                losse=tuple(LosseScore(letter=letter, score=8) for letter in "ABC"),
                consensus=score,
            )
            for nummer in ("I-001", "I-002", "I-003", "I-004")
            for code, score in (("K1", 8), ("K2", 10))
        ),
    )


def _rang(rang: int, nummer: str, naam: str, totaal: str) -> Rangregel:
    return Rangregel(
        rang=rang,
        nummer=nummer,
        aanbieder=naam,
        punten=(
            Puntregel(code="K1", punten="40,00"),
            Puntregel(code="K2", punten="30,00"),
            Puntregel(code="P1", punten="0,00" if nummer == "I-003" else "15,00"),
        ),
        totaal=totaal,
        kreeg_al=("Gebied 3: Noord (verzonnen)",) if rang == 2 else (),
    )

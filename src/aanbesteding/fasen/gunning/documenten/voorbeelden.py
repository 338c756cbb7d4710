"""Invented examples of the shared parts, for the examples of the documents of this stage."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from aanbesteding.documents.declaration import Brief, Documentkop
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.fasen.gunning.documenten.modellen import (
    Besluitregel,
    Criteriumuitkomst,
    Kenmerkregel,
    Opdrachtgever,
    Perceelresultaat,
    Perceeluitkomst,
    Productregel,
    Puntenregel,
    Rangregel,
    Voordeel,
    Winnaar,
)

VERZENDDATUM = date(2027, 9, 1)
OPSCHORTEND_EINDE = datetime(2027, 9, 21, 23, 59, 59, tzinfo=TIJDZONE)
VERVAL_EINDE = datetime(2027, 9, 22, 23, 59, 59, tzinfo=TIJDZONE)
GESLOTEN = datetime(2027, 6, 15, 12, 0, tzinfo=TIJDZONE)


def _winnaar(naam: str, producten: tuple[str, ...], *punten: str) -> Winnaar:
    return Winnaar(
        naam=naam,
        producten=producten,
        totaal=sum((Decimal(p) for p in punten), Decimal(0)),
        punten=tuple(
            Puntenregel(criterium=code, punten=Decimal(p))
            for code, p in zip(("K1", "K2", "P1"), punten, strict=True)
        ),
    )


INDIVIDUEEL, GROEP = "Begeleiding individueel", "Begeleiding groep"
WINNAARS = (
    _winnaar("Stichting Proefhulp (verzonnen)", (INDIVIDUEEL,), "60", "30", "2"),
    _winnaar("Zorgcoöperatie Proef (verzonnen)", (INDIVIDUEEL,), "48", "30", "2"),
)
ZELF = _winnaar("Zorgvoorbeeld B.V. (verzonnen)", (GROEP,), "36", "30", "5")

RESULTAAT = Perceelresultaat(
    naam="Perceel 2: Wmo – Begeleiding (verzonnen voorbeeld)",
    aantal_inschrijvingen=7,
    aantal_gerangschikt=5,
    met_criteria=True,
    maximum_punten=Decimal("100"),
    criteria=(
        "K1 Samenwerking (ten hoogste 60 punten)",
        "K2 Kwaliteit (ten hoogste 30 punten)",
        "P1 Prijs (ten hoogste 10 punten)",
    ),
    producten=(
        Productregel(naam=INDIVIDUEEL, met_maximum=True, maximum=2, aantal_gegund=2),
        Productregel(naam=GROEP, met_maximum=False, maximum=None, aantal_gegund=1),
    ),
    winnaars=(*WINNAARS, ZELF),
    kenmerken=(
        Kenmerkregel(
            criterium="Samenwerking",
            tekst="De winnaars beschrijven wie wanneer afstemt met het wijkteam en hoe dat wordt gemeten.",
            winnaar="",
        ),
        Kenmerkregel(
            criterium="Kwaliteit",
            tekst="Bespreekt elk kwartaal de uitkomsten met cliënten.",
            winnaar="Stichting Proefhulp (verzonnen)",
        ),
    ),
    loting=True,
    verdeeld=True,
    verdeling_plaats=4,
    verdeling_aantal=12,
    verdeling_maximum=2,
    aantal_overgeslagen=1,
)
RESULTAAT_VOL = RESULTAAT.model_copy(
    update={
        "naam": "Perceel 3: Jeugdwet – Ambulante hulp (verzonnen voorbeeld)",
        "producten": RESULTAAT.producten[:1],
        "winnaars": WINNAARS,
        "loting": False,
    }
)
RESULTAAT_ANDER = RESULTAAT_VOL.model_copy(
    update={"naam": "Perceel 5: Jeugdwet – Verblijf (verzonnen voorbeeld)"}
)

SCORES = (
    Criteriumuitkomst(
        criterium="K1",
        titel="Samenwerking",
        kwaliteit=True,
        met_punten=True,
        punten=Decimal("36.00"),
        maximum=Decimal("60"),
        score=6,
        betekenis="voldoende",
        motivering="U beschrijft met wie u samenwerkt. De afspraken met het wijkteam zijn herkenbaar.",
        waarom_niet_maximaal="U beschrijft niet hoe vaak u afstemt en hoe u het resultaat meet.",
        prijs=None,
        formule="gewicht × (score − min) / (max − min)",
        berekening="60 × (6 − 0) / (10 − 0)",
    ),
    Criteriumuitkomst(
        criterium="K2",
        titel="Kwaliteit",
        kwaliteit=True,
        met_punten=True,
        punten=Decimal("30.00"),
        maximum=Decimal("30"),
        score=10,
        betekenis="uitstekend",
        motivering="U toont met cijfers over drie jaar aan dat u leert van klachten.",
        waarom_niet_maximaal="",
        prijs=None,
    ),
    Criteriumuitkomst(
        criterium="P1",
        titel="Prijs",
        kwaliteit=False,
        met_punten=True,
        punten=Decimal("5.00"),
        maximum=Decimal("10"),
        score=None,
        betekenis="",
        motivering="",
        waarom_niet_maximaal="",
        prijs=Decimal("34.50"),
    ),
)


def _uitkomst(**velden: object) -> Perceeluitkomst:
    basis: dict[str, object] = {
        "resultaat": RESULTAAT,
        "gegund": False,
        "niet_gekozen": False,
        "terzijde": False,
        "ongeldig": False,
        "uitgesloten": False,
        "producten_gegund": (),
        "producten_niet_gegund": (),
        "kreeg_al": (),
        "met_rang": False,
        "rang": None,
        "totaal": None,
        "scores": (),
        "voordelen": (),
        "onder_minimum": (),
        "buiten_rangorde": "",
        "ondergrens": None,
        "verificatie_mislukt": False,
        "te_laat": False,
        "ontvangen": None,
        "sluiting": None,
        "eis": "",
        "reden": "",
    }
    return Perceeluitkomst.model_validate(basis | velden)


VOORDEEL = Voordeel(
    titel="Samenwerking",
    eigen_punten=Decimal("36.00"),
    aantal_hoger=2,
    aantal_winnaars=2,
    hoogste=Decimal("60.00"),
)
UITKOMST_GEGUND = _uitkomst(
    gegund=True,
    minima=(
        "Eis G2: opgegeven zijn samen 26 cliënten (Proefhulp: 15, Zorgproef: 11; verzonnen); nodig zijn er ten "
        "minste 24",
    ),
    producten_gegund=(GROEP,),
    producten_niet_gegund=(INDIVIDUEEL,),
    kreeg_al=(),
    met_rang=True,
    rang=3,
    totaal=Decimal("71.00"),
    scores=SCORES,
    voordelen=(VOORDEEL,),
)
UITKOMST_NIET_GEKOZEN = _uitkomst(
    resultaat=RESULTAAT_VOL,
    niet_gekozen=True,
    uitloop=date(2028, 12, 31),
    producten_niet_gegund=(INDIVIDUEEL,),
    kreeg_al=(),
    met_rang=True,
    rang=4,
    totaal=Decimal("71.00"),
    scores=SCORES,
    voordelen=(VOORDEEL,),
)
UITKOMST_TERZIJDE = _uitkomst(
    resultaat=RESULTAAT_VOL,
    terzijde=True,
    verificatie_mislukt=True,
    reden="De verklaring van de Belastingdienst is ouder dan zes maanden (verzonnen).",
    scores=tuple(s.model_copy(update={"met_punten": False, "punten": None}) for s in SCORES),
)
UITKOMST_TE_LAAT = _uitkomst(
    ongeldig=True,
    te_laat=True,
    ontvangen=datetime(2027, 6, 15, 12, 4, tzinfo=TIJDZONE),
    sluiting=GESLOTEN,
    eis="V1: De inschrijving is volledig en op tijd ingediend.",
    reden="Het systeem registreerde de inschrijving vier minuten na de sluiting (verzonnen).",
)
UITKOMST_ONGELDIG = _uitkomst(
    resultaat=RESULTAAT_ANDER,
    ongeldig=True,
    eis="M3: De inschrijver heeft een klachtenregeling.",
    reden="De klachtenregeling ontbreekt, ook na het verzoek om herstel (verzonnen).",
)
UITKOMST_UITGESLOTEN = _uitkomst(
    uitgesloten=True,
    eis="U2: Er is geen ernstige beroepsfout (verzonnen).",
    reden="De inspectie stelde een ernstige tekortkoming vast. U bent gehoord; uw maatregelen waren niet "
    "genoeg om het vertrouwen te herstellen (verzonnen).",
)


def voorbeeld_brief(onderwerp: str) -> Brief:
    """An invented letter head."""
    return Brief(
        aan=(
            "Zorgvoorbeeld B.V. (verzonnen)",
            "t.a.v. Directie",
            "Verzonnenstraat 1",
            "1001 AB  Voorbeeldstad",
        ),
        datum=VERZENDDATUM,
        kenmerk="PROEF-GB-I-001",
        onderwerp=onderwerp,
        aanhef="Geachte directie,",
        contact="Team Inkoop, 000-0000000",
        ondertekenaar_functie="Gemandateerde voor de inkoop",
        namens="De colleges van burgemeester en wethouders van de gemeenten Voorbeeldstad en Proefdorp",
    )


def voorbeeld_kop(ondertitel: str, status: str) -> Documentkop:
    """An invented title block."""
    return Documentkop(ondertitel=ondertitel, kenmerk="PROEF-GU-001", datum=VERZENDDATUM, status=status)


def voorbeeld_besluiten() -> tuple[Besluitregel, ...]:
    """Invented decisions of two colleges."""
    return tuple(
        Besluitregel(
            gemeente=naam,
            orgaan="college van burgemeester en wethouders",
            datum=date(2027, 8, 25),
            kenmerk=f"B-{nummer}",
        )
        for nummer, naam in enumerate(("Voorbeeldstad (verzonnen)", "Proefdorp (verzonnen)"), start=1)
    )


def voorbeeld_opdrachtgevers() -> tuple[Opdrachtgever, ...]:
    """Two invented municipalities."""
    return tuple(
        Opdrachtgever(
            naam=naam,
            orgaan="college van burgemeester en wethouders",
            adres="Verzonnenplein 1, 1001 AB  Voorbeeldstad",
        )
        for naam in ("Voorbeeldstad (verzonnen)", "Proefdorp (verzonnen)")
    )


RANGREGELS = (
    Rangregel(
        rang=1,
        inschrijving="I-001",
        naam="Zorgvoorbeeld B.V. (verzonnen)",
        totaal=Decimal("92.00"),
        gegund=True,
        producten=("Begeleiding individueel", "Begeleiding groep"),
        kreeg_al=(),
    ),
    Rangregel(
        rang=2,
        inschrijving="I-004",
        naam="Anders en Co (verzonnen)",
        totaal=Decimal("61.50"),
        gegund=False,
        producten=(),
        kreeg_al=("Gebied 3: Noord (verzonnen)",),
    ),
)

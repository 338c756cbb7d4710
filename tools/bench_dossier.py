"""An invented purchase of any size, assessed and ready to be ranked: what tools/bench_groei.py measures on.

Everything is invented. Every bidder bids on all three percelen, so that no letter is shorter than it could be.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.bootstrap import make_app
from aanbesteding.domain.feit import Feit, StatusGewijzigd
from aanbesteding.domain.feiten import (
    AanbestedingGepubliceerd,
    ConsensusVastgesteld,
    Criterium,
    Eis,
    Eisuitkomst,
    Inschrijving,
    InschrijvingenGeopend,
    InschrijvingenOntvangen,
    InschrijvingGetoetst,
    InschrijvingInhoud,
    Kostprijselement,
    Oordeel,
    Perceelinschrijving,
    PerceelUitgewerkt,
    PlanningVastgesteld,
    PrijzenGeopend,
    Product,
    PuntBeslist,
    Schaalpunt,
    Score,
    ScoresVergrendeld,
)
from aanbesteding.domain.onderneming import Adres, Onderneming
from aanbesteding.engine.app import App
from aanbesteding.regio import load_aanbesteding, load_regio, regio_mappen
from aanbesteding.settings import Settings
from aanbesteding.storage.dossier import Vast, record_besluit, save_nieuw_dossier

DOSSIER = "BENCH"
PERCELEN = ("1", "2", "3")
ZONE = ZoneInfo("Europe/Amsterdam")
BEGIN = datetime(2026, 7, 10, 9, tzinfo=ZONE)
SLUITING = datetime(2026, 6, 1, 12, tzinfo=ZONE)
VERZENDDATUM = date(2026, 7, 21)
WINNAARS = 10
HOOGSTE = 10
WOORDEN = (
    "aanpak", "wachttijd", "bereikbaarheid", "team", "huisarts", "wijk", "planning", "overdracht", "scholing",
    "registratie", "evaluatie", "inwoner", "netwerk", "afspraken", "vervanging", "doorlooptijd", "terugkoppeling",
    "voorbeelden",
)  # fmt: skip


def make_dossier(map_: Path, aantal: int, **instellingen: object) -> App:
    """The product on a fresh folder with a purchase of this many bidders, of which quality and prices are known."""
    app = make_app(Settings(home=map_, **instellingen), StilstaandeKlok(BEGIN))
    _, regiomap = load_regio("bommelerwaard", regio_mappen())
    inkoop = load_aanbesteding(regiomap / "bw-2027.toml")
    procedure = app.procedures[inkoop.procedure]
    moment = BEGIN - timedelta(days=90)
    save_nieuw_dossier(
        app.database,
        DOSSIER,
        inkoop,
        procedure_versie=procedure.versie,
        begin_status=procedure.begin_status,
        peildatum=date(2026, 1, 5),
        moment=moment,
        demo=True,
    )
    for versie, feiten in enumerate(list_feiten(aantal)):
        vast = Vast("bench", "inkoper.demo", moment + timedelta(minutes=versie), feiten)
        record_besluit(app.database, DOSSIER, versie, vast)
    return app


def list_feiten(aantal: int) -> list[tuple[Feit, ...]]:
    """The facts up to the ranking, act by act."""
    nummers = [f"I-{n:05d}" for n in range(1, aantal + 1)]
    return [
        tuple(make_uitgewerkt(p) for p in PERCELEN),
        (
            PuntBeslist(punt="looptijd_maanden", waarde="36", motivering="Verzonnen."),
            PlanningVastgesteld(
                publicatie=date(2026, 4, 20),
                vragen_tot=datetime(2026, 5, 10, 12, tzinfo=ZONE),
                nota_uiterlijk=date(2026, 5, 20),
                sluiting=SLUITING,
                gunningsbeslissing=VERZENDDATUM,
                definitieve_gunning=date(2026, 8, 20),
                ingang=date(2027, 1, 1),
            ),
            AanbestedingGepubliceerd(verzonden=datetime(2026, 4, 20, 9, tzinfo=ZONE), sluiting=SLUITING),
        ),
        (
            InschrijvingenOntvangen(
                inschrijvingen=tuple(make_inschrijving(n, nr) for n, nr in enumerate(nummers, 1))
            ),
        ),
        (
            InschrijvingenGeopend(
                openers=("inkoper.demo", "jurist.demo"),
                te_laat=(),
                inhoud=tuple(
                    InschrijvingInhoud(
                        nummer=nr,
                        percelen=tuple(
                            Perceelinschrijving(
                                perceel=p, producten=(f"4{p}A01",), antwoorden={"V1": "ja", "M1": "ja"}
                            )
                            for p in PERCELEN
                        ),
                    )
                    for nr in nummers
                ),
            ),
        ),
        tuple(
            InschrijvingGetoetst(
                perceel=p,
                inschrijving=nr,
                uitkomst="geldig",
                eisen=tuple(Eisuitkomst(eis=e, uitkomst="voldoet") for e in ("V1", "M1")),
            )
            for p in PERCELEN
            for nr in nummers
        ),
        tuple(
            ScoresVergrendeld(
                beoordelaar="beoordelaar1.demo",
                perceel=p,
                scores=(Score(inschrijving=nummers[0], criterium="K1", score=8, motivering="Verzonnen."),),
            )
            for p in PERCELEN
        ),
        tuple(make_consensus(p, nummers) for p in PERCELEN),
        (
            *(
                PrijzenGeopend(
                    perceel=p,
                    openers=("inkoper.demo", "jurist.demo"),
                    prijzen={
                        nr: Decimal(8000 + (n * 7919 + int(p) * 101) % 2000) / 100
                        for n, nr in enumerate(nummers)
                    },
                )
                for p in PERCELEN
            ),
            *(
                StatusGewijzigd(onderwerp=f"perceel:{p}", van="voorbereiding", naar="kwaliteit_vergrendeld")
                for p in PERCELEN
            ),
        ),
    ]


def make_inschrijving(n: int, nummer: str) -> Inschrijving:
    """An invented bid."""
    aanbieder = Onderneming(
        sleutel=f"zorg-{n:05d}",
        naam=f"Zorgbedrijf {n:05d} B.V. (verzonnen)",
        kvk=f"{n:08d}",
        agb=f"{n:08d}",
        adres=Adres(straat=f"Verzonnenstraat {n}", postcode="1000 AB", plaats="Proefstad"),
        contact="Directie",
        email=f"zorg{n:05d}@example.org",
    )
    return Inschrijving(
        nummer=nummer, aanbieder=aanbieder, percelen=PERCELEN, ontvangen=SLUITING - timedelta(days=1)
    )


def make_consensus(perceel: str, nummers: list[str]) -> ConsensusVastgesteld:
    """A judgment on two criteria per bid, each with reasons of its own."""
    return ConsensusVastgesteld(
        perceel=perceel,
        oordelen=tuple(
            _make_oordeel(n + int(perceel), nr, criterium)
            for n, nr in enumerate(nummers)
            for criterium in ("K1", "K2")
        ),
    )


def _make_oordeel(n: int, nummer: str, criterium: str) -> Oordeel:
    score = (0, 4, 6, 8, HOOGSTE)[(n * (3 if criterium == "K1" else 7)) % 5]
    woorden = " ".join(WOORDEN[(n * 5 + k * 7) % len(WOORDEN)] for k in range(12))
    return Oordeel(
        inschrijving=nummer,
        criterium=criterium,
        score=score,
        motivering=f"De samenwerking en de kwaliteit zijn beschreven met {woorden}; dat past bij deze score.",
        waarom_niet_maximaal="" if score == HOOGSTE else f"Niet volledig uitgewerkt zijn {woorden[:60]}.",
    )


def make_uitgewerkt(perceel: str) -> PerceelUitgewerkt:
    """Two criteria of quality and the price."""
    return PerceelUitgewerkt(
        perceel=perceel,
        producten=(
            Product(
                code=f"4{perceel}A01",
                naam=f"Product {perceel}",
                omschrijving="Verzonnen product.",
                productcategorie="45",
                eenheid="uur",
                tarief=Decimal("60.00"),
                vrije_prijs=True,
                prijsplafond=Decimal("120.00"),
                maximum_aanbieders=WINNAARS,
                indexering="jaarlijks",
                kostprijs=tuple(
                    Kostprijselement(
                        code=letter,
                        omschrijving=f"Element {letter}",
                        bedrag=Decimal("10.00"),
                        bron="verzonnen",
                        jaar=2026,
                    )
                    for letter in "abcdef"
                ),
            ),
        ),
        eisen=(
            Eis(code="V1", soort="volledigheid", tekst="De inschrijving is ondertekend.", bewijs="Handtekening",
                toets="systeem", bron="verzonnen"),
            Eis(code="M1", soort="minimumeis", tekst="Er is een klachtenregeling.", bewijs="Regeling", toets="systeem",
                bron="verzonnen"),
        ),
        criteria=(
            Criterium(code="K1", soort="kwaliteit", titel="Samenwerking", vraag="Hoe werkt u samen?",
                      gewicht=Decimal(40), kader=("samenwerking",)),
            Criterium(code="K2", soort="kwaliteit", titel="Kwaliteit", vraag="Hoe borgt u kwaliteit?",
                      gewicht=Decimal(30), kader=("kwaliteit",)),
            Criterium(code="P1", soort="prijs", titel="Prijs", vraag="Wat is uw prijs?", gewicht=Decimal(30),
                      kader=(), formule="relatief_lineair"),
        ),
        schaal=tuple(
            Schaalpunt(punt=p, betekenis=b, uitleg="Verzonnen.")
            for p, b in ((0, "onvoldoende"), (4, "matig"), (6, "voldoende"), (8, "goed"), (HOOGSTE, "uitstekend"))
        ),
        gelijke_stand=("hoogste_kwaliteit", "hoogste:K1", "loting"),
        bij_uitval="rangorde_blijft",
        decimalen=2,
        raming_per_jaar=Decimal("1000000.00"),
        maximale_waarde=Decimal("8000000.00"),
        motivering="Verzonnen.",
    )  # fmt: skip

"""Rules of the publication stage: one table per rule, with the boundaries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aanbesteding.domain.feiten import (
    ConsultatieverslagVastgesteld,
    NotaVastgesteld,
    PerceelUitgewerkt,
    PlanningVastgesteld,
    PuntBeslist,
    SluitingVerplaatst,
)
from aanbesteding.domain.gegeven import Gegeven, Stand
from aanbesteding.domain.regel import Ernst, Regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.publicatie import FASE
from aanbesteding.fasen.publicatie import inschrijfregels as ir
from aanbesteding.fasen.publicatie import perceelregels as pr
from aanbesteding.fasen.publicatie import planningregels as pl
from aanbesteding.fasen.publicatie import regels as r
from aanbesteding.fasen.publicatie import waarderegels as wr
from aanbesteding.fasen.publicatie.feiten import VolmachtVastgelegd
from aanbesteding.fasen.publicatie.invoer import (
    AanbestedingIntrekken,
    Antwoord,
    InschrijvingenOpenen,
    InschrijvingenRegistreren,
    NotaVaststellen,
    OntvangenInschrijving,
    Perceelaanbod,
    PuntBeslissen,
    VolmachtVastleggen,
    Vraagregel,
    VragenRegistreren,
)
from aanbesteding.regio import load_aanbesteding, regio_mappen
from bouwers import (
    make_aanbesteding,
    make_dossier,
    make_onderneming,
    make_perceel,
    make_perceel_uitgewerkt,
    make_product,
    make_regio,
    moment,
)
from fasen.publicatie import bouwers_publicatie as b


def tabel(*rijen: tuple[str, Regel, Any, str | None]) -> Any:
    """Rows of (Dutch sentence, rule, situation, part of the message or None when the rule is met)."""
    return pytest.mark.parametrize(
        ("regel", "situatie", "verwacht"), [pytest.param(*rij[1:], id=rij[0]) for rij in rijen]
    )


def check(regel: Regel, situatie: Situatie[Any], verwacht: str | None) -> None:
    overtreding = regel.check(situatie)
    if verwacht is None:
        assert overtreding is None, overtreding
    else:
        assert overtreding is not None
        assert verwacht in overtreding.tekst
        assert overtreding.tekst.rstrip()[-1] in ".?"


def punt(waarde: str, code: str = "looptijd_maanden") -> Situatie[Any]:
    return b.make_s(invoer=PuntBeslissen(punt=code, waarde=waarde, motivering="Rust"))


@tabel(
    ("een punt uit de definitie mag", r.punt_bestaat, punt("48"), None),
    ("een onbekend punt wordt geweigerd", r.punt_bestaat, punt("48", "niets"), "looptijd_maanden"),
    ("vijfentwintig maanden is meer dan twee jaar", r.antwoord_past, punt("25"), None),
    (
        "vierentwintig maanden is niet meer dan twee jaar",
        r.antwoord_past,
        punt("24"),
        "24 is niet meer dan 24",
    ),
    ("een woord is geen aantal maanden", r.antwoord_past, punt("lang"), "geen geheel getal"),
)
def test_punten_worden_passend_beslist(regel: Regel, situatie: Any, verwacht: str | None) -> None:
    check(regel, situatie, verwacht)


@tabel(
    ("elk punt is beslist", r.punten_beslist, b.make_s(), None),
    (
        "een open punt staat er met bron en vraag",
        r.punten_beslist,
        b.make_s(b.make_compleet_dossier(zonder=(PuntBeslist,))),
        "looptijd_maanden (L7): Hoe lang loopt de overeenkomst?",
    ),
    ("elk perceel is uitgewerkt", r.percelen_uitgewerkt, b.make_s(), None),
    (
        "een perceel zonder uitwerking wordt genoemd",
        r.percelen_uitgewerkt,
        b.make_s(b.make_compleet_dossier(zonder=(PerceelUitgewerkt,))),
        "perceel 1, 2",
    ),
    (
        "een ingetrokken perceel hoeft niet te zijn uitgewerkt",
        r.percelen_uitgewerkt,
        b.make_s(
            make_dossier(make_perceel_uitgewerkt("1"), aanbesteding=make_aanbesteding()), onderwerpen=("1",)
        ),
        None,
    ),
    ("de planning is er", pl.planning_aanwezig, b.make_s(), None),
    (
        "de planning ontbreekt",
        pl.planning_aanwezig,
        b.make_s(b.make_compleet_dossier(zonder=(PlanningVastgesteld,))),
        "geen planning",
    ),
    ("elke gemeente gaf volmacht", r.volmachten_aanwezig, b.make_s(), None),
    (
        "zonder volmacht staan gemeente en perceel er",
        r.volmachten_aanwezig,
        b.make_s(
            b.make_compleet_dossier(
                VolmachtVastgelegd(
                    gemeente="aadorp", percelen=("1",), orgaan="college", datum=date(2026, 1, 2), kenmerk="V"
                ),
                zonder=(VolmachtVastgelegd,),
            )
        ),
        "Aadorp (perceel 2); Beedorp (perceel 1, 2)",
    ),
    ("het consultatieverslag is vastgesteld", r.consultatieverslag_vastgesteld, b.make_s(), None),
    (
        "zonder consultatieverslag geen publicatie",
        r.consultatieverslag_vastgesteld,
        b.make_s(b.make_compleet_dossier(zonder=(ConsultatieverslagVastgesteld,))),
        "marktconsultatie",
    ),
    ("de uitwerking is compleet", r.uitwerkingen_compleet, b.make_s(), None),
    (
        "na het besluit over de looptijd is de maximale waarde te laag",
        r.uitwerkingen_compleet,
        b.make_s(b.make_compleet_dossier(b.make_jeugdperceel(maximale_waarde=Decimal(3999999)))),
        "48 maanden: 4000000.00",
    ),
    ("de aandelen tellen op", r.aandelen_tellen_op, b.make_s(), None),
)
def test_stukken_vragen_dat_alles_is_besloten(regel: Regel, situatie: Any, verwacht: str | None) -> None:
    check(regel, situatie, verwacht)


def test_een_onbekend_aandeel_houdt_publicatie_tegen() -> None:
    onbekend = Gegeven(code="aandeel_financien", naam="aandeel", stand=Stand.OPEN, bron="L1")
    perceel = make_perceel("1").model_copy(update={"aandeel_financien": onbekend})
    inkoop = make_aanbesteding(percelen=(perceel, make_perceel("2", "Jeugdwet")))
    check(r.aandelen_tellen_op, b.make_s(make_dossier(aanbesteding=inkoop)), "ontbreekt voor perceel 1")


def test_een_strategie_zonder_aandelen_houdt_publicatie_niet_tegen() -> None:
    niet_genoemd = load_aanbesteding(regio_mappen()[0] / "zuid-holland-zuid" / "jeugd-2022.toml")
    check(r.aandelen_tellen_op, b.make_s(make_dossier(aanbesteding=niet_genoemd)), None)


def volmacht(**velden: Any) -> Situatie[Any]:
    basis: dict[str, Any] = {
        "gemeente": "aadorp",
        "percelen": ("1",),
        "orgaan": "college",
        "datum": date(2026, 3, 2),
        "kenmerk": "V",
    }
    return b.make_s(invoer=VolmachtVastleggen(**(basis | velden)))


@tabel(
    ("een volmacht van vandaag van een gemeente in de regio", r.volmacht_past, volmacht(), None),
    ("een gemeente buiten de regio", r.volmacht_past, volmacht(gemeente="ceedorp"), "aadorp, beedorp"),
    ("een onbekend perceel", r.volmacht_past, volmacht(percelen=("9",)), "Perceel 9"),
    ("een volmacht van morgen", r.volmacht_past, volmacht(datum=date(2026, 3, 3)), "is er nog niet"),
)
def test_volmachten_passen(regel: Regel, situatie: Any, verwacht: str | None) -> None:
    check(regel, situatie, verwacht)


def uitwerken(feit: PerceelUitgewerkt, *feiten: Any) -> Situatie[Any]:
    return b.make_s(make_dossier(*feiten), b.make_uitwerken(feit))


K1, K2 = make_perceel_uitgewerkt().criteria
LOOPTIJD = PuntBeslist(punt="looptijd_maanden", waarde="48", motivering="Rust")
BEGRENSD = (make_product(maximum_aanbieders=3),)


STAFFEL: dict[str, Any] = b.STAFFEL
PLAATSEN: dict[str, Any] = b.PLAATSEN


def met_prijs(formule: str = "", uitval: str | None = "rangorde_blijft", **velden: Any) -> Situatie[Any]:
    """A perceel whose price criterion has these fields."""
    prijs = b.make_prijscriterium().model_copy(update={"formule": formule, **velden} if formule else velden)
    feit = b.make_uitwerking_met_prijs(bij_uitval=uitval)
    return uitwerken(feit.model_copy(update={"criteria": (feit.criteria[0], prijs)}))


@tabel(
    ("zestig en veertig is honderd", pr.gewichten_tellen_op, uitwerken(make_perceel_uitgewerkt()), None),
    (
        "zestig en negenendertig is geen honderd",
        pr.gewichten_tellen_op,
        uitwerken(make_perceel_uitgewerkt(criteria=(K1, K2.model_copy(update={"gewicht": Decimal(39)})))),
        "99, niet tot 100",
    ),
    (
        "zonder gunningscriteria valt er niets te wegen",
        pr.gewichten_tellen_op,
        uitwerken(make_perceel_uitgewerkt(criteria=(), schaal=(), gelijke_stand=())),
        None,
    ),
    (
        "een vaste bandbreedte hangt niet van anderen af",
        pr.uitval_geregeld,
        uitwerken(b.make_uitwerking_met_prijs(bij_uitval=None)),
        None,
    ),
    (
        "een relatieve formule vraagt een regel bij uitval",
        pr.uitval_geregeld,
        uitwerken(b.make_uitwerking_met_prijs("laagste_gedeeld_door_prijs", bij_uitval=None)),
        "rangorde_blijft of herberekenen",
    ),
    (
        "een relatieve formule met regel bij uitval mag",
        pr.uitval_geregeld,
        uitwerken(b.make_uitwerking_met_prijs("min_max", bij_uitval="herberekenen")),
        None,
    ),
    ("zes elementen voor de Wmo", pr.kostprijs_volledig, uitwerken(make_perceel_uitgewerkt()), None),
    ("vier elementen voor de Jeugdwet", pr.kostprijs_volledig, uitwerken(b.make_jeugdperceel()), None),
    (
        "een Wmo-product met de vier van de Jeugdwet mist e en f",
        pr.kostprijs_volledig,
        uitwerken(make_perceel_uitgewerkt(producten=(make_product(wet="Jeugdwet"),))),
        "e, f ontbreekt",
    ),
    (
        "een Jeugdproduct kent geen e en f",
        pr.kostprijs_volledig,
        uitwerken(make_perceel_uitgewerkt("2")),
        "e, f hoort er niet",
    ),
    (
        "vóór 1 juli 2024 noemt de Jeugdwet geen elementen en is elke opbouw goed",
        pr.kostprijs_volledig,
        b.make_s(
            replace(make_dossier(), peildatum=date(2023, 6, 1)),
            b.make_uitwerken(make_perceel_uitgewerkt("2")),
        ),
        None,
    ),
    ("de kostprijs is het tarief", pr.kostprijs_is_tarief, uitwerken(make_perceel_uitgewerkt()), None),
    (
        "één cent verschil tussen kostprijs en tarief",
        pr.kostprijs_is_tarief,
        uitwerken(make_perceel_uitgewerkt(producten=(make_product(tarief=Decimal("60.01")),))),
        "het tarief is 60.01",
    ),
    (
        "een prijscriterium met een ondergrens mag",
        pr.wmo_prijs_heeft_ondergrens,
        uitwerken(b.make_uitwerking_met_prijs()),
        None,
    ),
    (
        "een prijscriterium zonder ondergrens mag niet onder de Wmo",
        pr.wmo_prijs_heeft_ondergrens,
        uitwerken(b.make_uitwerking_met_prijs("min_max", producten=(make_product(),))),
        "ondergrens",
    ),
    ("prijs en product passen", pr.prijs_past_bij_product, uitwerken(b.make_uitwerking_met_prijs()), None),
    (
        "een vrije prijs zonder prijscriterium",
        pr.prijs_past_bij_product,
        uitwerken(make_perceel_uitgewerkt(producten=(make_product(vrije_prijs=True),))),
        "geen prijscriterium",
    ),
    (
        "een plafond op het tarief laat geen ruimte",
        pr.prijs_past_bij_product,
        uitwerken(
            b.make_uitwerking_met_prijs(
                producten=(make_product(vrije_prijs=True, prijsplafond=Decimal("60.00")),)
            )
        ),
        "niet boven het tarief",
    ),
    (
        "een maximum met loting als laatste regel",
        pr.gelijke_stand_geregeld,
        uitwerken(make_perceel_uitgewerkt(producten=BEGRENSD)),
        None,
    ),
    (
        "een maximum zonder loting laat gelijke stand open",
        pr.gelijke_stand_geregeld,
        uitwerken(make_perceel_uitgewerkt(producten=BEGRENSD, gelijke_stand=("hoogste_kwaliteit",))),
        "Zet loting",
    ),
    (
        "zonder maximum hoeft gelijke stand niet te beslissen",
        pr.gelijke_stand_geregeld,
        uitwerken(make_perceel_uitgewerkt(gelijke_stand=())),
        None,
    ),
    ("een maximum met criteria mag", pr.maximum_heeft_criteria, uitwerken(b.make_jeugdperceel()), None),
    (
        "een maximum zonder criteria kan niet kiezen",
        pr.maximum_heeft_criteria,
        uitwerken(make_perceel_uitgewerkt(producten=BEGRENSD, criteria=(), schaal=(), gelijke_stand=())),
        "geen gunningscriteria",
    ),
    (
        "de maximale waarde is precies de raming over de hele duur",
        pr.maximale_waarde_toereikend,
        uitwerken(make_perceel_uitgewerkt(maximale_waarde=Decimal(4000000)), LOOPTIJD),
        None,
    ),
    (
        "de maximale waarde is één euro te laag",
        pr.maximale_waarde_toereikend,
        uitwerken(make_perceel_uitgewerkt(maximale_waarde=Decimal(3999999)), LOOPTIJD),
        "lager dan de raming",
    ),
    (
        "de verlenging telt mee in de maximale waarde",
        pr.maximale_waarde_toereikend,
        uitwerken(
            make_perceel_uitgewerkt(maximale_waarde=Decimal(7999999)),
            LOOPTIJD,
            PuntBeslist(punt="verlenging_maanden", waarde="24", motivering="x"),
            PuntBeslist(punt="aantal_verlengingen", waarde="2", motivering="x"),
        ),
        "96 maanden",
    ),
    (
        "de maximale waarde ontbreekt",
        pr.maximale_waarde_toereikend,
        uitwerken(make_perceel_uitgewerkt(maximale_waarde=None)),
        "ontbreekt",
    ),
    ("codes zijn uniek", pr.codes_uniek, uitwerken(make_perceel_uitgewerkt()), None),
    (
        "een productcode staat er dubbel",
        pr.codes_uniek,
        uitwerken(make_perceel_uitgewerkt(producten=(make_product(), make_product()))),
        "product 02A01",
    ),
    ("de methode is te rekenen", pr.methode_uitvoerbaar, uitwerken(b.make_uitwerking_met_prijs()), None),
    (
        "een onbekende regel bij gelijke stand is niet te rekenen",
        pr.methode_uitvoerbaar,
        uitwerken(make_perceel_uitgewerkt(gelijke_stand=("hoogste:K9",))),
        "K9",
    ),
    (
        "een bandbreedte zonder plafond is niet te rekenen",
        pr.methode_uitvoerbaar,
        uitwerken(b.make_uitwerking_met_prijs(producten=(make_product(vrije_prijs=True),))),
        "plafond",
    ),
    ("een staffel met open laatste trede is te rekenen", pr.methode_uitvoerbaar, met_prijs(**STAFFEL), None),
    (
        "een staffel die ophoudt laat een prijs zonder punten",
        pr.methode_uitvoerbaar,
        met_prijs(formule="staffel", staffel=STAFFEL["staffel"][:2]),
        "laatste trede zonder grens",
    ),
    (
        "een staffel zonder treden is niet te rekenen",
        pr.methode_uitvoerbaar,
        met_prijs("staffel"),
        "noem de treden",
    ),
    (
        "een staffel die oploopt beloont een hogere prijs",
        pr.methode_uitvoerbaar,
        met_prijs(formule="staffel", staffel=STAFFEL["staffel"][::-1]),
        "lopen niet",
    ),
    (
        "treden horen niet bij een andere formule",
        pr.methode_uitvoerbaar,
        met_prijs("vaste_bandbreedte", staffel=STAFFEL["staffel"]),
        "staffel",
    ),
    (
        "een staffel hangt niet af van anderen en vraagt niets bij uitval",
        pr.uitval_geregeld,
        met_prijs(**STAFFEL),
        None,
    ),
    ("eigen punten per prijsplaats zijn te rekenen", pr.methode_uitvoerbaar, met_prijs(**PLAATSEN), None),
    (
        "prijsplaatsen zonder punten voor de rest",
        pr.methode_uitvoerbaar,
        met_prijs(**(PLAATSEN | {"rangpunten_overig": None})),
        "elke volgende plaats",
    ),
    (
        "punten per prijsplaats boven het gewicht",
        pr.methode_uitvoerbaar,
        met_prijs(**(PLAATSEN | {"rangpunten": (Decimal(50),)})),
        "tot en met het gewicht",
    ),
    (
        "rangpunten hangen af van anderen",
        pr.uitval_geregeld,
        met_prijs(**PLAATSEN, uitval=None),
        "bij uitval",
    ),
    (
        "een haalbaar minimum in totaal is te rekenen",
        pr.methode_uitvoerbaar,
        uitwerken(make_perceel_uitgewerkt(minimum_totaal=Decimal(60))),
        None,
    ),
    (
        "een minimum in totaal boven alle kwaliteit haalt niemand",
        pr.methode_uitvoerbaar,
        uitwerken(b.make_uitwerking_met_prijs(minimum_totaal=Decimal(61))),
        "meer dan haalbaar",
    ),
    (
        "een gemiddelde zonder tussenscores past niet op de schaal",
        pr.methode_uitvoerbaar,
        uitwerken(b.make_uitwerking_kwaliteit(gemiddelde=True)),
        "Sta tussenscores toe",
    ),
    (
        "een gemiddelde met tussenscores is te rekenen",
        pr.methode_uitvoerbaar,
        uitwerken(b.make_uitwerking_kwaliteit(gemiddelde=True, tussenscores=True)),
        None,
    ),
    (
        "een prijs heeft geen gemiddelde",
        pr.methode_uitvoerbaar,
        met_prijs("vaste_bandbreedte", gemiddelde=True, tussenscores=True),
        "geen minimumscore",
    ),
    (
        "kwaliteit zonder schaal is niet te rekenen",
        pr.methode_uitvoerbaar,
        uitwerken(make_perceel_uitgewerkt(schaal=())),
        "schaal",
    ),
)
def test_een_uitgewerkt_perceel_klopt(regel: Regel, situatie: Any, verwacht: str | None) -> None:
    check(regel, situatie, verwacht)


def planning(procedure: str = "sas", **velden: Any) -> Situatie[Any]:
    dossier = make_dossier(aanbesteding=make_aanbesteding(procedure=procedure))
    return b.make_s(dossier, b.make_planning(**velden))


SLUIT = {"nota_uiterlijk": date(2026, 3, 25)}


@tabel(
    ("de data volgen elkaar op", pl.planning_op_volgorde, planning(), None),
    (
        "de nota valt op het einde van de vragen",
        pl.planning_op_volgorde,
        planning(nota_uiterlijk=date(2026, 3, 20)),
        "ligt niet na het einde van de vragen",
    ),
    (
        "de gunning valt voor de sluiting",
        pl.planning_op_volgorde,
        planning(gunningsbeslissing=date(2026, 4, 13)),
        "De gunningsbeslissing",
    ),
    ("openbaar met veertig dagen en ruimte mag", pl.planning_haalt_termijn, planning("openbaar"), None),
    (
        "openbaar drie dagen te kort wordt geweigerd met het aantal dagen",
        pl.planning_haalt_termijn,
        planning("openbaar", sluiting=moment("2026-04-10 12:00")),
        "3 dagen te vroeg",
    ),
    (
        "openbaar één dag te kort",
        pl.planning_haalt_termijn,
        planning("openbaar", sluiting=moment("2026-04-12 12:00")),
        "1 dag te vroeg",
    ),
    (
        "sas kent geen wettelijk minimum",
        pl.planning_haalt_termijn,
        planning(sluiting=moment("2026-03-16 12:00")),
        None,
    ),
    (
        "sas met dertig dagen haalt de richttermijn",
        pl.planning_haalt_richttermijn,
        planning(sluiting=moment("2026-04-01 12:00")),
        None,
    ),
    (
        "sas met negenentwintig dagen vraagt een motivering",
        pl.planning_haalt_richttermijn,
        planning(sluiting=moment("2026-03-31 12:00")),
        "1 dag te vroeg",
    ),
    (
        "de richttermijn geldt niet voor openbaar",
        pl.planning_haalt_richttermijn,
        planning("openbaar", sluiting=moment("2026-03-16 12:00")),
        None,
    ),
    ("openbaar met de nota op tijd", pl.nota_op_tijd_gepland, planning("openbaar"), None),
    (
        "openbaar op de tiende dag haalt de ruimste lezing",
        pl.nota_op_tijd_gepland,
        planning("openbaar", nota_uiterlijk=date(2026, 4, 4)),
        None,
    ),
    (
        "openbaar op de negende dag is te laat",
        pl.nota_op_tijd_gepland,
        planning("openbaar", nota_uiterlijk=date(2026, 4, 5)),
        "1 dag te laat",
    ),
    (
        "openbaar op de tiende dag vraagt een motivering",
        pl.nota_ruim_gepland,
        planning("openbaar", nota_uiterlijk=date(2026, 4, 4)),
        "1 dag te laat",
    ),
    ("sas op de elfde dag is veilig", pl.nota_ruim_gepland, planning(nota_uiterlijk=date(2026, 4, 3)), None),
    (
        "sas op de negende dag vraagt een motivering",
        pl.nota_ruim_gepland,
        planning(nota_uiterlijk=date(2026, 4, 5)),
        "Motiveer",
    ),
    (
        "sas kent voor de nota geen harde grens",
        pl.nota_op_tijd_gepland,
        planning(nota_uiterlijk=date(2026, 4, 10)),
        None,
    ),
    ("de sluiting op een dinsdag mag", pl.sluiting_op_werkdag, planning(), None),
    (
        "de sluiting op tweede paasdag mag niet",
        pl.sluiting_op_werkdag,
        planning(sluiting=moment("2026-04-06 12:00")),
        "Tweede Paasdag",
    ),
    (
        "de gunning op de eerste dag na de opschortende termijn mag",
        pl.gunning_na_opschortende_termijn,
        planning(gunningsbeslissing=date(2026, 4, 15), definitieve_gunning=date(2026, 5, 7)),
        None,
    ),
    (
        "de gunning op de laatste dag van de opschortende termijn is te vroeg",
        pl.gunning_na_opschortende_termijn,
        planning(gunningsbeslissing=date(2026, 4, 15), definitieve_gunning=date(2026, 5, 6)),
        "1 dag te vroeg",
    ),
)
def test_de_planning_houdt_zich_aan_termijnen(regel: Regel, situatie: Any, verwacht: str | None) -> None:
    check(regel, situatie, verwacht)


@tabel(
    ("verzonden op de geplande dag", pl.verzending_op_tijd, b.make_s(), None),
    (
        "verzonden na de geplande sluiting",
        pl.verzending_op_tijd,
        b.make_s(nu="2026-04-14 12:00"),
        "is voorbij",
    ),
    (
        "openbaar twee dagen later verzonden is te kort",
        pl.verzending_op_tijd,
        b.make_s(b.make_compleet_dossier(procedure="openbaar"), nu="2026-03-06"),
        "korter dan het wettelijk minimum",
    ),
    ("sas op tijd verzonden", pl.verzending_haalt_richttermijn, b.make_s(), None),
    (
        "sas later verzonden dan gepland vraagt een motivering",
        pl.verzending_haalt_richttermijn,
        b.make_s(nu="2026-03-20"),
        "Motiveer of verschuif",
    ),
    ("de waarde haalt de drempel", wr.waarde_vanaf_drempel, b.make_s(), None),
    (
        "de waarde blijft onder de drempel",
        wr.waarde_vanaf_drempel,
        b.make_s(
            make_dossier(LOOPTIJD, make_perceel_uitgewerkt(raming_per_jaar=Decimal(187499))),
            onderwerpen=("1",),
        ),
        "onder de Europese drempel",
    ),
    (
        "precies de drempel is Europees",
        wr.waarde_vanaf_drempel,
        b.make_s(
            make_dossier(LOOPTIJD, make_perceel_uitgewerkt(raming_per_jaar=Decimal(187500))),
            onderwerpen=("1",),
        ),
        None,
    ),
    ("over de wet bibob is niets besloten", r.bibob_geregeld, b.make_s(), "Bibob"),
    (
        "over de wet bibob is besloten",
        r.bibob_geregeld,
        b.make_s(b.make_compleet_dossier(PuntBeslist(punt="bibob", waarde="ja", motivering="x"))),
        None,
    ),
)
def test_publiceren_gaat_door_de_poort(regel: Regel, situatie: Any, verwacht: str | None) -> None:
    check(regel, situatie, verwacht)


def vragen(*nummers: str, ontvangen: str = "2026-03-20 12:00") -> VragenRegistreren:
    return VragenRegistreren(
        vragen=tuple(
            Vraagregel(nummer=n, aanbieder="Zorg", vraag="Waarom?", ontvangen=moment(ontvangen))
            for n in nummers
        )
    )


@tabel(
    ("nieuwe nummers mogen", ir.vraagnummers_uniek, b.make_s(b.make_gepubliceerd(), vragen("1", "2")), None),
    (
        "een nummer twee keer",
        ir.vraagnummers_uniek,
        b.make_s(b.make_gepubliceerd(), vragen("1", "1")),
        "Vraag 1",
    ),
    (
        "een nummer van een eerdere keer",
        ir.vraagnummers_uniek,
        b.make_s(b.make_dossier_met_vragen(b.make_vraag("1")), vragen("1")),
        "al gebruikt",
    ),
    (
        "een vraag op het laatste moment",
        ir.vragen_op_tijd,
        b.make_s(b.make_gepubliceerd(), vragen("1")),
        None,
    ),
    (
        "een vraag een minuut later",
        ir.vragen_op_tijd,
        b.make_s(b.make_gepubliceerd(), vragen("1", ontvangen="2026-03-20 12:01")),
        "Te laat ontvangen",
    ),
)
def test_vragen_worden_geregistreerd(regel: Regel, situatie: Any, verwacht: str | None) -> None:
    check(regel, situatie, verwacht)


def nota(
    *antwoorden: Antwoord, ronde: int = 1, naar: str | None = None, motivering: str = ""
) -> NotaVaststellen:
    return NotaVaststellen(
        ronde=ronde,
        antwoorden=antwoorden,
        sluiting_verplaatst_naar=moment(naar) if naar else None,
        motivering=motivering,
    )


JA = Antwoord(vraagnummer="1", antwoord="Ja.")
WIJZIGT = Antwoord(vraagnummer="1", antwoord="Ja.", wijzigt_stuk=True, nieuwe_tekst="Nieuw.")
EEN_VRAAG = b.make_dossier_met_vragen(b.make_vraag("1"))
TWEEDE = b.make_gepubliceerd(
    NotaVastgesteld(
        ronde=1, antwoorden=(JA,), vastgesteld=moment("2026-03-24"), oude_sluiting=moment("2026-04-14 12:00")
    )
)
OPENBAAR = b.make_dossier_met_vragen(b.make_vraag("1"), procedure="openbaar")


def ns(invoer: NotaVaststellen, dossier: Any = EEN_VRAAG, nu: str = "2026-03-25") -> Situatie[Any]:
    return b.make_s(dossier, invoer, nu)


@tabel(
    ("elke vraag heeft een antwoord", ir.vragen_beantwoord, ns(nota(JA)), None),
    ("een vraag zonder antwoord", ir.vragen_beantwoord, ns(nota()), "vraag 1"),
    (
        "een te late vraag hoeft geen antwoord",
        ir.vragen_beantwoord,
        ns(nota(), b.make_dossier_met_vragen(b.make_vraag("1", te_laat=True))),
        None,
    ),
    ("een antwoord bij een vraag", ir.antwoorden_horen_bij_vragen, ns(nota(JA)), None),
    (
        "een antwoord zonder vraag",
        ir.antwoorden_horen_bij_vragen,
        ns(nota(Antwoord(vraagnummer="9", antwoord="Ja."))),
        "Vraag 9",
    ),
    ("een vraag twee keer beantwoord", ir.antwoorden_horen_bij_vragen, ns(nota(JA, JA)), "al beantwoord"),
    ("een antwoord zonder namen", ir.nota_anoniem, ns(nota(JA)), None),
    (
        "een antwoord dat de vragensteller noemt",
        ir.nota_anoniem,
        ns(nota(Antwoord(vraagnummer="1", antwoord="Zorgbedrijf 1 (verzonnen) heeft gelijk."))),
        "Haal de naam weg",
    ),
    (
        "een vertrouwelijk antwoord wordt niet gepubliceerd",
        ir.nota_anoniem,
        ns(nota(Antwoord(vraagnummer="1", antwoord="Zorgbedrijf 1 (verzonnen)", vertrouwelijk=True))),
        None,
    ),
    ("de eerste ronde is nummer een", ir.nota_ronde_volgt, ns(nota(JA)), None),
    ("na ronde een komt ronde twee", ir.nota_ronde_volgt, ns(nota(ronde=2), TWEEDE), None),
    ("ronde een kan niet nog eens", ir.nota_ronde_volgt, ns(nota(ronde=1), TWEEDE), "ronde 2"),
    ("openbaar op de tiende dag", ir.nota_op_tijd, ns(nota(JA), OPENBAAR, "2026-04-04"), None),
    ("openbaar op de negende dag", ir.nota_op_tijd, ns(nota(JA), OPENBAAR, "2026-04-05"), "Verplaats"),
    (
        "openbaar op de negende dag met latere sluiting",
        ir.nota_op_tijd,
        ns(nota(JA, naar="2026-04-16 12:00", motivering="x"), OPENBAAR, "2026-04-05"),
        None,
    ),
    ("sas blokkeert nooit op de nota", ir.nota_op_tijd, ns(nota(JA), nu="2026-04-10"), None),
    ("sas op de elfde dag", ir.nota_ruim_op_tijd, ns(nota(JA), nu="2026-04-03"), None),
    (
        "sas op de tiende dag vraagt een motivering",
        ir.nota_ruim_op_tijd,
        ns(nota(JA), nu="2026-04-04"),
        "motiveer",
    ),
    ("een wijziging met tekst", ir.wijzigingen_hebben_tekst, ns(nota(WIJZIGT)), None),
    (
        "een wijziging zonder tekst",
        ir.wijzigingen_hebben_tekst,
        ns(nota(WIJZIGT.model_copy(update={"nieuwe_tekst": ""}))),
        "geef de nieuwe tekst",
    ),
    ("zonder wijziging geen uitstel nodig", ir.wijziging_met_uitstel, ns(nota(JA)), None),
    (
        "een wijziging zonder uitstel vraagt een motivering",
        ir.wijziging_met_uitstel,
        ns(nota(WIJZIGT)),
        "Motiveer",
    ),
    (
        "een wijziging met uitstel",
        ir.wijziging_met_uitstel,
        ns(nota(WIJZIGT, naar="2026-04-21 12:00", motivering="Tijd")),
        None,
    ),
    (
        "de sluiting mag later",
        ir.sluiting_alleen_later,
        ns(nota(JA, naar="2026-04-14 12:01", motivering="Tijd")),
        None,
    ),
    (
        "de sluiting mag niet gelijk blijven",
        ir.sluiting_alleen_later,
        ns(nota(JA, naar="2026-04-14 12:00", motivering="Tijd")),
        "alleen later",
    ),
    (
        "een uitstel vraagt een reden",
        ir.sluiting_alleen_later,
        ns(nota(JA, naar="2026-04-21 12:00")),
        "waarom de sluiting verschuift",
    ),
    (
        "na de sluiting kan een nota niets meer verschuiven",
        ir.sluiting_alleen_later,
        ns(nota(JA, naar="2026-04-21 12:00", motivering="Tijd"), nu="2026-04-14 12:00"),
        "al voorbij",
    ),
    (
        "de nieuwe sluiting valt op zaterdag",
        pl.sluiting_op_werkdag,
        ns(nota(JA, naar="2026-04-18 12:00", motivering="Tijd")),
        "zaterdag",
    ),
    ("zonder nieuwe sluiting is er niets te toetsen", pl.sluiting_op_werkdag, ns(nota(JA)), None),
)
def test_een_nota_is_volledig_en_op_tijd(regel: Regel, situatie: Any, verwacht: str | None) -> None:
    check(regel, situatie, verwacht)


def bod(
    nummer: int = 1, *aanbod: Perceelaanbod, ontvangen: str = "2026-04-14 12:00"
) -> OntvangenInschrijving:
    return OntvangenInschrijving(
        nummer=f"I-{nummer:03d}",
        aanbieder=make_onderneming(nummer),
        ontvangen=moment(ontvangen),
        percelen=aanbod or (GOED,),
    )


GOED = Perceelaanbod(perceel="1", producten=("02A01",), antwoorden={"V1": "ja"}, prijs=Decimal("62.50"))
VAST = Perceelaanbod(perceel="1", producten=("02A02",))


def biedingen(
    *rij: OntvangenInschrijving, dossier: Any = None, nu: str = "2026-04-14 13:00"
) -> Situatie[Any]:
    return b.make_s(dossier or b.make_gepubliceerd(), InschrijvingenRegistreren(inschrijvingen=rij), nu)


@tabel(
    ("een goede inschrijving met prijs", ir.inschrijvingen_passen, biedingen(bod()), None),
    ("een goede inschrijving zonder prijs", ir.inschrijvingen_passen, biedingen(bod(1, VAST)), None),
    (
        "een onbekend perceel",
        ir.inschrijvingen_passen,
        biedingen(bod(1, GOED.model_copy(update={"perceel": "9"}))),
        "perceel 9: dit perceel neemt niet deel",
    ),
    (
        "een onbekend product",
        ir.inschrijvingen_passen,
        biedingen(bod(1, VAST.model_copy(update={"producten": ("99Z99",)}))),
        "product 99Z99 bestaat niet",
    ),
    (
        "een onbekende eis",
        ir.inschrijvingen_passen,
        biedingen(bod(1, VAST.model_copy(update={"antwoorden": {"Q9": "ja"}}))),
        "eis Q9 bestaat niet",
    ),
    (
        "de prijs ontbreekt",
        ir.inschrijvingen_passen,
        biedingen(bod(1, GOED.model_copy(update={"prijs": None}))),
        "ontbreekt",
    ),
    (
        "een prijs bij een vast tarief",
        ir.inschrijvingen_passen,
        biedingen(bod(1, VAST.model_copy(update={"prijs": Decimal(60)}))),
        "een prijs mag niet",
    ),
    ("een nummer twee keer", ir.inschrijvingen_passen, biedingen(bod(1), bod(1, VAST)), "al gebruikt"),
    (
        "dezelfde onderneming twee keer voor een perceel",
        ir.inschrijvingen_passen,
        biedingen(bod(1), bod(2, VAST).model_copy(update={"aanbieder": make_onderneming(1)})),
        "al ingeschreven (I-001)",
    ),
    (
        "dezelfde onderneming in een eerdere keer",
        ir.inschrijvingen_passen,
        biedingen(
            bod(2).model_copy(update={"aanbieder": make_onderneming(1)}),
            dossier=b.make_dossier_met_inschrijvingen(),
        ),
        "al ingeschreven",
    ),
    (
        "zonder perceel",
        ir.inschrijvingen_passen,
        biedingen(bod(1).model_copy(update={"percelen": ()})),
        "geen perceel genoemd",
    ),
    ("precies op de sluiting is op tijd", ir.inschrijvingen_op_tijd, biedingen(bod()), None),
    (
        "een minuut na de sluiting is te laat",
        ir.inschrijvingen_op_tijd,
        biedingen(bod(ontvangen="2026-04-14 12:01")),
        "I-001",
    ),
    (
        "na een verplaatste sluiting telt het nieuwe moment",
        ir.inschrijvingen_op_tijd,
        biedingen(
            bod(ontvangen="2026-04-14 12:01"),
            dossier=b.make_gepubliceerd(
                SluitingVerplaatst(sluiting=moment("2026-04-21 12:00"), motivering="Tijd")
            ),
        ),
        None,
    ),
    ("ontvangen voor nu", ir.ontvangst_niet_later_dan_nu, biedingen(bod()), None),
    (
        "ontvangen in de toekomst",
        ir.ontvangst_niet_later_dan_nu,
        biedingen(bod(), nu="2026-04-14 11:59"),
        "I-001",
    ),
)
def test_inschrijvingen_passen_bij_de_aanbesteding(regel: Regel, situatie: Any, verwacht: str | None) -> None:
    check(regel, situatie, verwacht)


def openen(*openers: str, nu: str = "2026-04-14 12:00") -> Situatie[Any]:
    eerste, tweede = openers or ("inkoper.demo", "jurist.demo")
    invoer = InschrijvingenOpenen(openers=(eerste, tweede), plaats="Proefstad")
    return b.make_s(b.make_dossier_met_inschrijvingen(), invoer, nu)


@tabel(
    ("op het moment van sluiting is de termijn voorbij", ir.sluiting_verstreken, openen(), None),
    (
        "een minuut eerder loopt de termijn nog",
        ir.sluiting_verstreken,
        openen(nu="2026-04-14 11:59"),
        "dinsdag 14 april 2026 om 12.00 uur",
    ),
    ("zonder publicatie is er geen sluiting", ir.sluiting_verstreken, b.make_s(), "nog niet vaststaat"),
    ("twee verschillende openers", ir.openers_verschillen, openen(), None),
    (
        "twee keer dezelfde opener",
        ir.openers_verschillen,
        openen("inkoper.demo", "inkoper.demo"),
        "twee verschillende personen",
    ),
    ("een inkoper en een jurist mogen openen", ir.openers_bevoegd, openen(), None),
    (
        "een beoordelaar mag niet openen",
        ir.openers_bevoegd,
        openen("inkoper.demo", "beoordelaar1.demo"),
        "beoordelaar1.demo",
    ),
)
def test_openen_gebeurt_na_sluiting_door_twee_bevoegden(
    regel: Regel, situatie: Any, verwacht: str | None
) -> None:
    check(regel, situatie, verwacht)


def intrekken(*percelen: str) -> Situatie[Any]:
    return b.make_s(invoer=AanbestedingIntrekken(percelen=percelen, motivering="Geen inschrijvingen"))


@tabel(
    ("een bestaand perceel", r.percelen_bestaan, intrekken("1"), None),
    ("een perceel dat niet bestaat", r.percelen_bestaan, intrekken("1", "9"), "Perceel 9"),
    ("een perceel dubbel", r.percelen_bestaan, intrekken("1", "1"), "meer dan één keer"),
    ("het uit te werken perceel bestaat", r.percelen_bestaan, uitwerken(make_perceel_uitgewerkt()), None),
    (
        "het uit te werken perceel is onbekend",
        r.percelen_bestaan,
        uitwerken(make_perceel_uitgewerkt("7")),
        "7",
    ),
)
def test_percelen_in_de_invoer_bestaan(regel: Regel, situatie: Any, verwacht: str | None) -> None:
    check(regel, situatie, verwacht)


def test_korte_termijnen_onder_sas_vragen_alleen_een_motivering() -> None:
    zacht = (pl.planning_haalt_richttermijn, pl.nota_ruim_gepland, ir.nota_ruim_op_tijd)
    assert all(regel.ernst is Ernst.MOTIVEREN for regel in zacht)


def test_elke_regel_zonder_invoer_werkt_ook_zonder_invoer() -> None:
    leeg = b.make_s(make_dossier(), None, regio=make_regio())
    for handeling in FASE.handelingen:
        for regel in handeling.regels:
            if not regel.met_invoer:
                regel.check(leeg)

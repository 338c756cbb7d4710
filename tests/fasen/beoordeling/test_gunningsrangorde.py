"""Tests of domain.gunningsrangorde: from recorded facts to a ranking and a division of products."""

from dataclasses import fields
from decimal import Decimal
from typing import ClassVar

import pytest

from aanbesteding.domain.aangekondigde_rangorde import load_betekenis
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import Prijstrede, RangordeVastgesteld
from aanbesteding.domain.gunningsrangorde import (
    GELEZEN,
    LotingNodig,
    list_afgevallen,
    list_lage_prijzen,
    rank_perceel,
    reckon_perceel,
)
from aanbesteding.errors import InvoerError
from bouwers import make_dossier, make_perceel_uitgewerkt, make_product
from fasen.beoordeling.opzet import (
    make_beoordeeld,
    make_geldig,
    make_ontvangen,
    make_prijsperceel,
    make_prijzen,
    nummer,
)

EEN_PLAATS = make_perceel_uitgewerkt(producten=(make_product(maximum_aanbieders=1),))


def gegund(rangorde, product="02A01"):
    return [p.inschrijving for p in rangorde.plaatsen if product in p.producten_gegund]


def test_vast_tarief_gives_points_by_scale_and_awards_everyone_without_maximum():
    rangorde = rank_perceel(make_beoordeeld({1: (10, 5 + 1), 2: (4, 10)}), "1")
    assert [(p.rang, p.inschrijving, p.totaal, p.exact) for p in rangorde.plaatsen] == [
        (1, "I-001", "84.00", "84"),
        (2, "I-002", "64.00", "64"),
    ]
    assert rangorde.plaatsen[0].punten == {"K1": "60.00", "K2": "24.00"}
    assert gegund(rangorde) == ["I-001", "I-002"]


def test_invalid_and_untested_inschrijvingen_are_not_ranked():
    dossier = make_beoordeeld({1: (10, 10), 2: (4, 4)})
    ongeldig = make_geldig(1)[0].model_copy(update={"uitkomst": "ongeldig"})
    rangorde = rank_perceel(dossier.met(ongeldig), "1")
    assert [p.inschrijving for p in rangorde.plaatsen] == ["I-002"]


def test_maximum_takes_the_first_of_the_same_order():
    rangorde = rank_perceel(make_beoordeeld({1: (8, 8), 2: (10, 10)}, uitgewerkt=EEN_PLAATS), "1")
    assert gegund(rangorde) == ["I-002"]
    assert rangorde.plaatsen[1].producten_niet_gegund == ("02A01",)


def test_maximum_counts_only_bidders_for_that_product():
    uitgewerkt = make_perceel_uitgewerkt(
        producten=(make_product(maximum_aanbieders=1), make_product("02A02"))
    )
    producten = {1: ("02A02",), 2: ("02A01", "02A02"), 3: ("02A01",)}
    rangorde = rank_perceel(
        make_beoordeeld({1: (10, 10), 2: (8, 8), 3: (6, 6)}, uitgewerkt=uitgewerkt, producten=producten), "1"
    )
    assert gegund(rangorde, "02A01") == ["I-002"]
    assert gegund(rangorde, "02A02") == ["I-001", "I-002"]


def test_announced_tie_rule_decides_before_a_loting():
    # 60*8/10 + 40*4/10 = 64 and 60*4/10 + 40*10/10 = 64: K1 decides.
    rangorde = rank_perceel(make_beoordeeld({1: (4, 10), 2: (8, 4)}, uitgewerkt=EEN_PLAATS), "1")
    assert gegund(rangorde) == ["I-002"]


def test_undecided_tie_at_the_maximum_asks_for_a_loting_and_names_the_bids():
    dossier = make_beoordeeld({1: (8, 8), 2: (8, 8), 3: (10, 10)}, uitgewerkt=EEN_PLAATS)
    assert gegund(rank_perceel(dossier, "1")) == ["I-003"]
    dossier = make_beoordeeld({1: (8, 8), 2: (8, 8)}, uitgewerkt=EEN_PLAATS)
    with pytest.raises(LotingNodig) as fout:
        rank_perceel(dossier, "1")
    assert (fout.value.perceel, fout.value.product) == ("1", "02A01")
    assert fout.value.inschrijvingen == ("I-001", "I-002")
    assert "I-001, I-002 staan gelijk" in str(fout.value)


def test_recorded_loting_decides_and_stays_in_force():
    dossier = make_beoordeeld({1: (8, 8), 2: (8, 8)}, uitgewerkt=EEN_PLAATS)
    rangorde = rank_perceel(dossier, "1", loting=("I-002", "I-001"))
    assert gegund(rangorde) == ["I-002"]
    assert rangorde.loting == ("I-002", "I-001")
    later = rank_perceel(dossier.met(rangorde), "1")
    assert gegund(later) == ["I-002"]


def test_loting_over_only_the_bidders_for_the_product_is_enough():
    uitgewerkt = make_perceel_uitgewerkt(
        producten=(make_product(maximum_aanbieders=1), make_product("02A02"))
    )
    producten = {1: ("02A01",), 2: ("02A01",), 3: ("02A02",)}
    dossier = make_beoordeeld({1: (8, 8), 2: (8, 8), 3: (8, 8)}, uitgewerkt=uitgewerkt, producten=producten)
    rangorde = rank_perceel(dossier, "1", loting=("I-002", "I-001"))
    assert gegund(rangorde, "02A01") == ["I-002"]
    assert {p.rang for p in rangorde.plaatsen} == {1}


def test_loting_that_was_not_announced_is_remarked():
    uitgewerkt = make_perceel_uitgewerkt(
        producten=(make_product(maximum_aanbieders=1),), gelijke_stand=("hoogste_kwaliteit",)
    )
    dossier = make_beoordeeld({1: (8, 8), 2: (8, 8)}, uitgewerkt=uitgewerkt)
    rangorde = rank_perceel(dossier, "1", loting=("I-002", "I-001"))
    assert gegund(rangorde) == ["I-002"]
    assert any("niet aangekondigd" in w for w in rangorde.waarschuwingen)


def test_dropped_bid_makes_room_for_the_next():
    dossier = make_beoordeeld({1: (10, 10), 2: (8, 8)}, uitgewerkt=EEN_PLAATS)
    rangorde = rank_perceel(dossier, "1", uitgevallen=("I-001",))
    assert gegund(rangorde) == ["I-002"]
    assert rangorde.uitgevallen == ("I-001",)


@pytest.mark.parametrize(
    ("bij_uitval", "totaal"),
    [
        pytest.param(
            "rangorde_blijft", "67.67", id="bij rangorde_blijft telt de laagste prijs van de uitvaller"
        ),
        pytest.param("herberekenen", "81.00", id="bij herberekenen telt de prijs van de uitvaller niet"),
    ],
)
def test_bij_uitval_is_honoured_with_a_relative_formula(bij_uitval, totaal):
    basis = make_prijsperceel()
    kwaliteit, prijs = basis.criteria
    uitgewerkt = make_prijsperceel(
        criteria=(kwaliteit, prijs.model_copy(update={"formule": "laagste_gedeeld_door_prijs"})),
        schaal=tuple(
            p.model_copy(update={"punt": n})
            for p, n in zip((basis.schaal * 2)[:5], (0, 20, 41, 45, 60), strict=True)
        ),
        producten=(make_product("01A01", tarief=Decimal(30), vrije_prijs=True),),
        bij_uitval=bij_uitval,
    )
    dossier = make_beoordeeld(
        {1: (45,), 2: (41,), 3: (20,)},
        uitgewerkt=uitgewerkt,
        producten={n: ("01A01",) for n in (1, 2, 3)},
        feiten=(make_prijzen({1: "70", 2: "60", 3: "40"}),),
    )
    rangorde = rank_perceel(dossier, "1", uitgevallen=("I-003",))
    assert {p.inschrijving: p.totaal for p in rangorde.plaatsen}["I-002"] == totaal


def test_prijs_at_a_fixed_band_and_without_the_priced_product():
    dossier = make_beoordeeld(
        {1: (10,), 2: (10,), 3: (10,)},
        uitgewerkt=make_prijsperceel(),
        producten={1: ("01A01",), 2: ("01A01", "01A02"), 3: ("01A02",)},
        feiten=(make_prijzen({1: "30", 2: "35"}),),
    )
    rangorde = rank_perceel(dossier, "1")
    assert [(p.inschrijving, p.totaal, p.punten["P1"]) for p in rangorde.plaatsen] == [
        ("I-001", "100.00", "40.00"),
        ("I-002", "80.00", "20.00"),
        ("I-003", "60.00", "0.00"),
    ]
    assert gegund(rangorde, "01A02") == ["I-002", "I-003"]
    assert any("I-003 schrijft niet in op product 01A01" in w for w in rangorde.waarschuwingen)


@pytest.mark.parametrize(
    ("prijzen", "tekst"),
    [
        pytest.param(
            {1: "30", 2: "29.99"}, "onder de aangekondigde ondergrens", id="onder het tarief valt af"
        ),
        pytest.param({1: "30"}, "geen prijs aangeboden voor product 01A01", id="zonder prijs valt af"),
    ],
)
def test_prijs_that_cannot_count_takes_the_bid_out_with_a_reason(prijzen, tekst):
    dossier = make_beoordeeld(
        {1: (10,), 2: (10,)},
        uitgewerkt=make_prijsperceel(),
        producten={1: ("01A01",), 2: ("01A01",)},
        feiten=(make_prijzen(prijzen),),
    )
    assert [p.inschrijving for p in rank_perceel(dossier, "1").plaatsen] == ["I-001"]
    (uit,) = list_afgevallen(dossier, "1")
    assert uit.aanbieder == "I-002"
    assert tekst in uit.tekst


def test_score_under_the_minimum_takes_the_bid_out():
    kwaliteit = make_perceel_uitgewerkt().criteria
    uitgewerkt = make_perceel_uitgewerkt(
        criteria=(kwaliteit[0].model_copy(update={"minimum": 6}), kwaliteit[1])
    )
    dossier = make_beoordeeld({1: (6, 0), 2: (4, 10)}, uitgewerkt=uitgewerkt)
    assert [p.inschrijving for p in rank_perceel(dossier, "1").plaatsen] == ["I-001"]
    assert [a.reden for a in list_afgevallen(dossier, "1")] == ["ONDER_MINIMUM"]


def test_perceel_without_valid_bids_has_an_empty_ranking():
    rangorde = rank_perceel(make_beoordeeld({}), "1")
    assert rangorde.plaatsen == ()
    assert rangorde.waarschuwingen


def test_perceel_without_criteria_awards_every_valid_bid():
    uitgewerkt = make_perceel_uitgewerkt(criteria=(), schaal=(), gelijke_stand=(), bij_uitval=None)
    dossier = make_dossier(uitgewerkt, *make_ontvangen([{}, {}]), *make_geldig(1, 2))
    assert gegund(rank_perceel(dossier, "1")) == ["I-001", "I-002"]


def test_missing_consensus_is_refused_with_every_fault():
    dossier = make_dossier(make_perceel_uitgewerkt(), *make_ontvangen([{}, {}]), *make_geldig(1, 2))
    with pytest.raises(InvoerError) as fout:
        rank_perceel(dossier, "1")
    assert len(fout.value.fouten) == 4


def test_ranking_does_not_depend_on_the_order_of_recording():
    scores = {n: (8, 6) if n % 2 else (6, 8) for n in range(1, 7)}
    een = rank_perceel(make_beoordeeld(scores), "1")
    twee = rank_perceel(make_beoordeeld(dict(reversed(scores.items()))), "1")
    assert een == twee


@pytest.mark.parametrize(
    ("prijzen", "laag"),
    [
        pytest.param({1: "40", 2: "40", 3: "32"}, [], id="precies twintig procent is niet laag"),
        pytest.param({1: "40", 2: "40", 3: "31.99"}, [nummer(3)], id="meer dan twintig procent is laag"),
        pytest.param({1: "40", 2: "30"}, [], id="met twee prijzen geen mediaan"),
        pytest.param({1: "40", 2: "42", 3: "44", 4: "30"}, [nummer(4)], id="even aantal: midden van twee"),
    ],
)
def test_lage_prijzen_are_measured_from_the_median(prijzen, laag):
    dossier = make_beoordeeld(
        {n: (10,) for n in prijzen}, uitgewerkt=make_prijsperceel(), feiten=(make_prijzen(prijzen),)
    )
    assert [n for n, _ in list_lage_prijzen(dossier, "1", Decimal(20))] == laag


def met_prijsregel(**velden):
    """The price perceel with other fields of its price criterion."""
    perceel = make_prijsperceel(bij_uitval="rangorde_blijft")
    kwaliteit, prijs = perceel.criteria
    return perceel.model_copy(update={"criteria": (kwaliteit, prijs.model_copy(update=velden))})


TREDEN = (
    Prijstrede(tot=Decimal("32.50"), punten=Decimal(40)),
    Prijstrede(tot=Decimal("36"), punten=Decimal("22.5")),
    Prijstrede(punten=Decimal(0)),
)


@pytest.mark.parametrize(
    ("velden", "punten"),
    [
        pytest.param(
            {"formule": "staffel", "staffel": TREDEN},
            {"I-001": "40.00", "I-002": "22.50", "I-003": "0.00"},
            id="een prijs op de grens valt in de volgende trede van de staffel",
        ),
        pytest.param(
            {"formule": "rangpunten"},
            {"I-001": "40.00", "I-002": "26.67", "I-003": "13.33"},
            id="rangpunten zonder lijst zijn gelijk verdeeld",
        ),
        pytest.param(
            {
                "formule": "rangpunten",
                "rangpunten": (Decimal(40), Decimal("22.5")),
                "rangpunten_overig": Decimal(5),
            },
            {"I-001": "40.00", "I-002": "22.50", "I-003": "5.00"},
            id="rangpunten met een eigen lijst",
        ),
    ],
)
def test_announced_price_formula_is_reckoned_as_announced(velden, punten):
    dossier = make_beoordeeld(
        {1: (10,), 2: (10,), 3: (10,)},
        uitgewerkt=met_prijsregel(**velden),
        producten={n: ("01A01",) for n in (1, 2, 3)},
        feiten=(make_prijzen({1: "31.00", 2: "32.50", 3: "38.00"}),),
    )
    plaatsen = rank_perceel(dossier, "1").plaatsen
    assert {p.inschrijving: p.punten["P1"] for p in plaatsen} == punten


def test_bid_under_the_minimum_in_total_is_out_with_a_dutch_reason():
    uitgewerkt = make_perceel_uitgewerkt(minimum_totaal=Decimal("64.5"))
    dossier = make_beoordeeld({1: (10, 10), 2: (8, 4)}, uitgewerkt=uitgewerkt)
    rangorde = rank_perceel(dossier, "1")
    assert [p.inschrijving for p in rangorde.plaatsen] == ["I-001"]
    reden = "De kwaliteit is in totaal 64 en ligt onder het minimum 64,5."
    assert rangorde.waarschuwingen == (f"I-002: {reden}",)
    assert [a.tekst for a in list_afgevallen(dossier, "1")] == [reden]


@pytest.mark.parametrize(
    ("moment", "totalen"),
    [
        pytest.param("eind", {"I-001": "50", "I-002": "50"}, id="alleen het totaal"),
        pytest.param("per_criterium", {"I-001": "51", "I-002": "50"}, id="elk criterium"),
        pytest.param("weergave", {"I-001": "50", "I-002": "50"}, id="alleen wat getoond wordt"),
    ],
)
def test_rounding_happens_at_the_announced_moment(moment, totalen):
    k1, k2 = make_perceel_uitgewerkt().criteria
    uitgewerkt = make_perceel_uitgewerkt(
        criteria=(
            k1.model_copy(update={"gewicht": Decimal("62.5"), "tussenscores": True}),
            k2.model_copy(update={"gewicht": Decimal("37.5"), "tussenscores": True}),
        ),
        decimalen=0,
        afrondingsmoment=moment,
    )
    plaatsen = rank_perceel(make_beoordeeld({1: (2, 10), 2: (5, 5)}, uitgewerkt=uitgewerkt), "1").plaatsen
    assert {p.inschrijving: p.totaal for p in plaatsen} == totalen


def test_price_under_the_floor_is_told_in_euros():
    dossier = make_beoordeeld(
        {1: (10,)},
        uitgewerkt=make_prijsperceel(),
        producten={1: ("01A01",)},
        feiten=(make_prijzen({1: "29.5"}),),
    )
    assert list_afgevallen(dossier, "1")[0].tekst.replace("\xa0", " ") == (
        "De prijs € 29,50 ligt onder de aangekondigde ondergrens € 30,00."
    )


@pytest.mark.parametrize(
    ("score", "woord"),
    [(10, "uitstekend"), (8, "goed"), (9, "tussen goed en uitstekend"), (11, ""), (-1, "")],
)
def test_meaning_of_a_score_on_and_between_the_points(score, woord):
    assert load_betekenis(make_perceel_uitgewerkt().schaal, score) == woord


class Afgeluisterd(Dossier):
    """Notes which kinds of facts are asked for."""

    gevraagd: ClassVar[set[type[Feit]]] = set()

    def list_feiten(self, soort):
        self.gevraagd.add(soort)
        return super().list_feiten(soort)


def test_what_a_ranking_reads_is_what_it_is_remembered_by():
    dossier = make_beoordeeld({1: (8, 8), 2: (6, 10)}, uitgewerkt=EEN_PLAATS)
    Afgeluisterd.gevraagd.clear()
    oor = Afgeluisterd(**{v.name: getattr(dossier, v.name) for v in fields(dossier)})
    rank_perceel(oor, "1")
    assert Afgeluisterd.gevraagd == GELEZEN | {RangordeVastgesteld}
    Afgeluisterd.gevraagd.clear()
    reckon_perceel(Afgeluisterd(**{v.name: getattr(dossier, v.name) for v in fields(dossier)}), "1")
    assert Afgeluisterd.gevraagd == GELEZEN


def test_ranking_is_kept_until_a_fact_that_it_reads_is_added():
    voor = make_beoordeeld({1: (8, 8), 2: (6, 10)}, uitgewerkt=EEN_PLAATS)
    uitslag, rangorde = reckon_perceel(voor, "1"), rank_perceel(voor, "1")
    gerangschikt = voor.grow(voor.versie + 1, voor.met(rangorde).vastleggingen[-1:])
    assert reckon_perceel(gerangschikt, "1") is uitslag
    assert rank_perceel(gerangschikt, "1") is not rangorde
    ongeldig = make_geldig(1)[0].model_copy(update={"uitkomst": "ongeldig"})
    getoetst = gerangschikt.grow(voor.versie + 2, voor.met(ongeldig).vastleggingen[-1:])
    assert [p.inschrijving for p in rank_perceel(getoetst, "1").plaatsen] == ["I-002"]
    assert reckon_perceel(getoetst, "1") == reckon_perceel(voor.met(ongeldig), "1")

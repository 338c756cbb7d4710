"""Reading the JSON form: every fault is named, all at once, and nothing missing becomes nought."""

from collections.abc import Callable
from typing import Any

import pytest

from aanbesteding.domain.rangorde import parse_opdracht
from aanbesteding.errors import InvoerError
from domain.rangorde.aanbestedingen import make_aanbesteding, make_gunnen_op_waarde, make_vast_tarief

Ingreep = Callable[[dict[str, Any]], object]


def list_fouten(aanbesteding: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(InvoerError) as fout:
        parse_opdracht(aanbesteding)
    return fout.value.fouten


def criterium(nummer: int, **anders: Any) -> Ingreep:
    return lambda a: a["criteria"][nummer].update(anders)


def inschrijving(nummer: int, **anders: Any) -> Ingreep:
    return lambda a: a["inschrijvingen"][nummer].update(anders)


def geheel(**anders: Any) -> Ingreep:
    return lambda a: a.update(anders)


FOUTEN = [
    pytest.param(geheel(kleur="rood"), "onbekende sleutel 'kleur'", id="onbekende sleutel"),
    pytest.param(criterium(0, wegng="60"), "onbekende sleutel 'wegng'", id="onbekende sleutel in criterium"),
    pytest.param(
        criterium(0, waarde="60"), "onbekende sleutel 'waarde'", id="waarde zonder gunnen op waarde"
    ),
    pytest.param(
        criterium(1, parameters={"bodem": "1"}), "onbekende sleutel 'bodem'", id="parameter van een ander"
    ),
    pytest.param(
        inschrijving(0, scoer="1"), "onbekende sleutel 'scoer'", id="onbekende sleutel in inschrijving"
    ),
    pytest.param(geheel(methode="loterij"), "'loterij' kan niet", id="onbekende methode"),
    pytest.param(geheel(criteria={}), "is geen lijst", id="criteria is geen lijst"),
    pytest.param(lambda a: a["criteria"].append("K"), "is geen object", id="criterium is geen object"),
    pytest.param(criterium(0, soort="sfeer"), "'sfeer' kan niet", id="onbekende soort"),
    pytest.param(criterium(0, code="P"), "code 'P' komt meer dan één keer voor", id="dubbele code"),
    pytest.param(criterium(0, code=" "), "criteria[1].code: ontbreekt of is leeg", id="lege code"),
    pytest.param(criterium(0, gewicht="50"), "samen 90 en niet 100", id="gewichten tellen niet op"),
    pytest.param(criterium(0, gewicht="0"), "groter dan nul", id="gewicht nul"),
    pytest.param(criterium(0, gewicht="-60"), "groter dan nul", id="gewicht negatief"),
    pytest.param(criterium(0, gewicht=60), "60 is geen tekst", id="gewicht als getal"),
    pytest.param(criterium(0, gewicht=60.0), "60.0 is geen tekst", id="gewicht als komma-getal"),
    pytest.param(criterium(0, gewicht="60,0"), "'60,0' is geen getal", id="gewicht met een komma"),
    pytest.param(criterium(0, gewicht="6e1"), "'6e1' is geen getal", id="gewicht met een macht"),
    pytest.param(criterium(0, gewicht=None), "criteria[1].gewicht: ontbreekt", id="gewicht ontbreekt"),
    pytest.param(criterium(0, schaal=None), "criteria[1].schaal: ontbreekt", id="schaal ontbreekt"),
    pytest.param(
        criterium(0, schaal={"min": "60", "max": "60"}), "kleiner zijn dan max", id="schaal zonder lengte"
    ),
    pytest.param(criterium(0, minimum="61"), "ligt niet op de schaal", id="minimum naast de schaal"),
    pytest.param(
        criterium(0, schaal={"min": "0", "max": "60", "tussenscores": False}),
        "punten genoemd",
        id="geen punten genoemd",
    ),
    pytest.param(
        criterium(0, schaal={"min": "0", "max": "60", "punten": ["20", "40", "61"]}),
        "61 ligt niet tussen min en max",
        id="schaalpunt naast de schaal",
    ),
    pytest.param(
        criterium(0, schaal={"min": "0", "max": "60", "punten": ["20", "40", "45"]}),
        "41 staat niet op de schaal (20, 40, 45)",
        id="tussenscore die niet mag",
    ),
    pytest.param(
        criterium(0, schaal={"min": "0", "max": "60", "punten": ["20", "20"]}),
        "meer dan één keer",
        id="dubbel punt",
    ),
    pytest.param(
        criterium(0, schaal={"min": "0", "max": "60", "punten": ["20"], "tussenscores": "ja"}),
        "true of false",
        id="tussenscores is geen ja of nee",
    ),
    pytest.param(criterium(1, formule="gemiddelde"), "'gemiddelde' kan niet", id="onbekende formule"),
    pytest.param(
        criterium(1, formule="vaste_bandbreedte"), "bodem: ontbreekt", id="bandbreedte zonder bodem"
    ),
    pytest.param(
        criterium(1, formule="vaste_bandbreedte", parameters={"bodem": "80", "plafond": "80"}),
        "lager zijn dan het plafond",
        id="bodem gelijk aan plafond",
    ),
    pytest.param(
        criterium(1, formule="staffel", parameters=[]), "noem de treden", id="staffel zonder treden"
    ),
    pytest.param(
        criterium(
            1, formule="staffel", parameters=[{"tot": "9", "punten": "1"}, {"tot": "9", "punten": "0"}]
        ),
        "lopen niet op",
        id="staffel loopt niet op",
    ),
    pytest.param(
        criterium(
            1, formule="staffel", parameters=[{"tot": "9", "punten": "1"}, {"tot": "10", "punten": "2"}]
        ),
        "lopen niet af",
        id="staffel beloont hoger",
    ),
    pytest.param(
        criterium(1, formule="staffel", parameters=[{"tot": None, "punten": "41"}]),
        "tot en met het gewicht (40)",
        id="staffel boven gewicht",
    ),
    pytest.param(
        criterium(
            1, formule="staffel", parameters=[{"tot": None, "punten": "40"}, {"tot": "9", "punten": "0"}]
        ),
        "alleen de laatste trede",
        id="open trede vooraan",
    ),
    pytest.param(
        criterium(1, formule="rangpunten", parameters={"overig": "0"}), "hoort bij een lijst", id="overig los"
    ),
    pytest.param(lambda a: a["criteria"].pop(), "vraagt een prijscriterium", id="prijscriterium ontbreekt"),
    pytest.param(
        lambda a: a["criteria"].append(a["criteria"][1] | {"code": "P2"}),
        "al een prijscriterium",
        id="twee prijzen",
    ),
    pytest.param(inschrijving(0, aanbieder="B"), "komt meer dan één keer voor", id="dubbele inschrijver"),
    pytest.param(inschrijving(0, aanbieder="B "), "komt meer dan één keer voor", id="dubbel met een spatie"),
    pytest.param(inschrijving(0, aanbieder=""), "aanbieder: ontbreekt of is leeg", id="naam ontbreekt"),
    pytest.param(inschrijving(0, aanbieder=7), "7 is geen tekst", id="naam is een getal"),
    pytest.param(inschrijving(0, aanbieder=["A"]), "een lijst is geen tekst", id="naam is een lijst"),
    pytest.param(inschrijving(0, aanbieder="A\u0000"), "onzichtbare tekens", id="naam met een nulteken"),
    pytest.param(inschrijving(0, aanbieder="A\ud800"), "onzichtbare tekens", id="naam met een half teken"),
    pytest.param(
        inschrijving(0, aanbieder="B\u200b"), "onzichtbare tekens", id="dubbel met een onzichtbare spatie"
    ),
    pytest.param(inschrijving(0, aanbieder="A" * 501), "langer dan 500 tekens", id="naam zonder einde"),
    pytest.param(inschrijving(0, prijs="7" * 400), f"'{'7' * 60}…' is geen getal", id="getal zonder einde"),
    pytest.param(inschrijving(0, scores={}), "de score voor K ontbreekt", id="score ontbreekt"),
    pytest.param(inschrijving(0, scores=None), "de score voor K ontbreekt", id="alle scores ontbreken"),
    pytest.param(inschrijving(0, scores={"K": "45", "X": "1"}), "onbekende sleutel 'X'", id="score te veel"),
    pytest.param(
        inschrijving(0, scores={"K": "60.01"}),
        "60.01 staat niet op de schaal (0 tot en met 60)",
        id="te hoog",
    ),
    pytest.param(inschrijving(0, scores={"K": "-1"}), "-1 staat niet op de schaal", id="te laag"),
    pytest.param(inschrijving(0, prijs=None), "de prijs ontbreekt", id="prijs ontbreekt"),
    pytest.param(inschrijving(0, prijs="0"), "de prijs is groter dan nul", id="prijs nul"),
    pytest.param(inschrijving(0, prijs="-0.01"), "de prijs is groter dan nul", id="prijs negatief"),
    pytest.param(inschrijving(0, prijs="NaN"), "is geen getal", id="prijs NaN"),
    pytest.param(inschrijving(0, ongeldig=""), "ongeldig: ontbreekt of is leeg", id="ongeldig zonder reden"),
    pytest.param(geheel(bij_uitval=None), "bij_uitval: ontbreekt", id="bij uitval ontbreekt"),
    pytest.param(geheel(bij_uitval="kiezen"), "'kiezen' kan niet", id="bij uitval onbekend"),
    pytest.param(geheel(uitgevallen=["D"]), "'D' is geen inschrijver", id="uitgevallen onbekend"),
    pytest.param(
        geheel(uitgevallen=["A", "A"]), "'A' staat er meer dan één keer in", id="uitgevallen dubbel"
    ),
    pytest.param(geheel(loting=["A", "D"]), "loting: 'D' is geen inschrijver", id="loting met een vreemde"),
    pytest.param(
        geheel(gelijke_stand=[], loting=["A"]),
        "loting staat niet in gelijke_stand",
        id="loting onaangekondigd",
    ),
    pytest.param(
        geheel(gelijke_stand=["loting", "hoogste:K"]), "zet loting als laatste", id="regel na loting"
    ),
    pytest.param(geheel(gelijke_stand=["laagste:K"]), "'laagste:K' kan niet", id="onbekende regel"),
    pytest.param(
        geheel(gelijke_stand=["hoogste:X"]), "X is geen criterium", id="regel over onbekend criterium"
    ),
    pytest.param(geheel(maximum_aanbieders=0), "0 kan niet", id="maximum nul"),
    pytest.param(geheel(maximum_aanbieders=True), "true kan niet", id="maximum is geen getal"),
    pytest.param(geheel(maximum_aanbieders="1.5"), "'1.5' kan niet", id="maximum niet heel"),
    pytest.param(
        geheel(reservelijst=1), "alleen als er een maximum_aanbieders is", id="reserve zonder maximum"
    ),
    pytest.param(geheel(afronding=None), "afronding: ontbreekt", id="afronding ontbreekt"),
    pytest.param(geheel(afronding={"moment": "eind"}), "decimalen: ontbreekt", id="decimalen ontbreken"),
    pytest.param(
        geheel(afronding={"decimalen": 11, "moment": "eind"}), "11 kan niet", id="te veel decimalen"
    ),
    pytest.param(
        geheel(afronding={"decimalen": 2, "moment": "ooit"}), "'ooit' kan niet", id="moment onbekend"
    ),
    pytest.param(geheel(lage_prijs={"drempel": "100"}), "tussen 0 en 100", id="drempel te hoog"),
    pytest.param(geheel(totaalgewicht="99"), "samen 100 en niet 99", id="ander totaalgewicht genoemd"),
]


@pytest.mark.parametrize(("ingreep", "woorden"), FOUTEN)
def test_what_does_not_fit_is_refused(ingreep: Ingreep, woorden: str) -> None:
    aanbesteding = make_aanbesteding()
    ingreep(aanbesteding)
    assert any(woorden in fout for fout in list_fouten(aanbesteding))


@pytest.mark.parametrize(
    ("anders", "woorden"),
    [
        pytest.param({"waarde": None}, "waarde: ontbreekt", id="waarde ontbreekt"),
        pytest.param({"waarde": "0"}, "groter dan nul", id="waarde nul"),
        pytest.param({"malus": "5"}, "horen bij elkaar", id="malus zonder neutraal"),
        pytest.param({"neutraal": "5"}, "horen bij elkaar", id="neutraal zonder malus"),
        pytest.param({"malus": "-5", "neutraal": "30"}, "malus: is het bedrag", id="malus negatief"),
        pytest.param(
            {"malus": "5", "neutraal": "0"}, "tussen de laagste en de hoogste", id="neutraal aan de rand"
        ),
        pytest.param(
            {"schaal": {"min": "-60", "max": "60"}}, "begint onder nul", id="negatieve scores zonder malus"
        ),
    ],
)
def test_gunnen_op_waarde_asks_its_own_numbers(anders: dict[str, Any], woorden: str) -> None:
    aanbesteding = make_gunnen_op_waarde()
    aanbesteding["criteria"][0] |= anders
    assert any(woorden in fout for fout in list_fouten(aanbesteding))


def test_hoogste_prijs_is_no_tie_rule_under_gunnen_op_waarde() -> None:
    assert (
        "P is geen criterium met punten" in list_fouten(make_gunnen_op_waarde(gelijke_stand=["hoogste:P"]))[0]
    )


@pytest.mark.parametrize(
    "sleutel", ["maximum_aanbieders", "minimum_totaal", "ondergrens", "lage_prijs", "criteria"]
)
def test_geen_criteria_refuses_caps_thresholds_and_criteria(sleutel: str) -> None:
    waarden = {
        "criteria": make_aanbesteding()["criteria"],
        "maximum_aanbieders": 3,
        "lage_prijs": {"drempel": "20"},
    }
    aanbesteding = make_aanbesteding(methode="geen_criteria", criteria=[], afronding=None, bij_uitval=None)
    aanbesteding["inschrijvingen"] = [{"aanbieder": "A"}]
    aanbesteding[sleutel] = waarden.get(sleutel, "10")
    assert any(fout.startswith(sleutel) for fout in list_fouten(aanbesteding))


def test_vast_tarief_has_no_prijscriterium() -> None:
    aanbesteding = make_vast_tarief()
    aanbesteding["criteria"][1] = make_aanbesteding()["criteria"][1] | {"gewicht": "30"}
    assert any("vast_tarief kent geen prijscriterium" in fout for fout in list_fouten(aanbesteding))


def test_vast_tarief_with_one_criterium_needs_no_total() -> None:
    aanbesteding = make_vast_tarief(inschrijvingen=[])
    del aanbesteding["criteria"][1]
    assert parse_opdracht(aanbesteding).kwaliteit[0].gewicht == 70


def test_weights_may_add_up_to_another_announced_total() -> None:
    aanbesteding = make_aanbesteding(totaalgewicht="1000")
    aanbesteding["criteria"][0]["gewicht"] = "960"
    assert parse_opdracht(aanbesteding).totaalgewicht == 1000


def test_subgewichten_must_add_up_to_their_head() -> None:
    aanbesteding = make_vast_tarief(inschrijvingen=[])
    deel = {"code": "K1a", "gewicht": "60", "schaal": {"min": "0", "max": "10"}}
    aanbesteding["criteria"][0] |= {"subcriteria": [deel]}
    fouten = list_fouten(aanbesteding)
    assert any("samen 60, het hoofdcriterium weegt 70" in fout for fout in fouten)
    assert any("hoort bij de subcriteria" in fout for fout in fouten)


def test_absolute_formulas_need_no_bij_uitval() -> None:
    assert parse_opdracht(make_aanbesteding("vaste_bandbreedte", bij_uitval=None)).bij_uitval is None


def test_a_prijs_of_nought_is_only_reported_under_an_absolute_formule() -> None:
    aanbesteding = make_aanbesteding("vaste_bandbreedte")
    aanbesteding["inschrijvingen"][0]["prijs"] = "0"
    assert parse_opdracht(aanbesteding).opmerkingen == ("inschrijving A: de prijs is 0; ga na of dat klopt.",)


def test_all_faults_come_at_once() -> None:
    aanbesteding = make_aanbesteding(kleur="rood", bij_uitval=None)
    aanbesteding["criteria"][0]["gewicht"] = "50"
    aanbesteding["inschrijvingen"][0] |= {"scores": {"K": "61"}, "prijs": "0"}
    aanbesteding["inschrijvingen"][1] |= {"scores": {}}
    assert len(list_fouten(aanbesteding)) == 6


@pytest.mark.parametrize("vorm", [[], "tekst", 5, None])
def test_something_else_than_an_object_is_refused(vorm: Any) -> None:
    assert "bestand: is geen object; gebruik { … }." in list_fouten(vorm)

"""Documents of the assessment stage: what the builders put in, and that every template renders strictly."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.documents.catalogus import Sjablonen, make_jinja_context
from aanbesteding.documents.text import extract_text
from aanbesteding.domain.feiten import (
    ConsensusVastgesteld,
    InschrijvingGetoetst,
    InschrijvingIngetrokken,
    PerceelUitgewerkt,
    Prijstrede,
)
from aanbesteding.domain.zegel import EnveloppenGeopend, EnveloppenVerzegeld, Openerhandeling
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.beoordeling import FASE, besluiten
from aanbesteding.fasen.beoordeling.documenten import (
    BELANGENVERKLARING,
    BEOORDELINGSFORMULIER,
    BEOORDELINGSRAPPORT,
    CONSENSUSVERSLAG,
    HERSTELVERZOEK,
    PROCES_VERBAAL_PRIJZEN,
)
from aanbesteding.fasen.beoordeling.feiten import HerbeoordelingGeopend, HerstelVastgelegd, LotingVerricht
from aanbesteding.fasen.beoordeling.invoer import Percelen
from bouwers import make_dossier, make_huisstijl, make_perceel_uitgewerkt, make_product, make_situatie, moment
from fasen.beoordeling.opzet import (
    BEOORDELAARS,
    GOED,
    make_beoordeeld,
    make_consensus,
    make_geldig,
    make_ontvangen,
    make_prijsperceel,
    make_prijzen,
    make_scores,
    make_verklaring,
    nummer,
)

SJABLONEN = Sjablonen(Path(__file__).parents[3] / "sjablonen")


def render(document: Any, context: Any) -> str:
    """The text of the rendered document."""
    stijl = make_huisstijl()
    data = SJABLONEN.load(document, "proefregio", stijl).template.render_bytes(
        make_jinja_context(context, stijl)
    )
    return extract_text(data)


def situatie(dossier: Any, *onderwerpen: str, **velden: Any) -> Any:
    return make_situatie(dossier, onderwerpen=onderwerpen or ("1",), **velden)


@pytest.mark.parametrize("document", FASE.documenten, ids=lambda d: d.code)
def test_voorbeeld_renders_without_english_words_and_double_full_stops(document):
    tekst = render(document, document.voorbeeld())
    assert ".." not in tekst
    for woord in ("None", "True", "False", "Decimal"):
        assert woord not in tekst


# --- herstelverzoek ---------------------------------------------------------------------------------------


def toets(antwoorden: list[dict[str, str]]) -> Any:
    dossier = make_dossier(make_perceel_uitgewerkt(), *make_ontvangen(antwoorden))
    besluit = besluiten.decide_toetsing(make_situatie(dossier, Percelen(percelen=("1",)), "2026-06-01"))
    return dossier.met(*besluit.feiten, moment=moment("2026-06-01"))


def test_herstelverzoek_is_one_letter_per_bidder_with_one_equal_moment():
    dossier = toets([GOED | {"V1": ""}, GOED, GOED | {"V1": "nee"}, GOED | {"V1": "", "M1": "nee"}])
    brieven = list(HERSTELVERZOEK.build(situatie(dossier)))
    assert [b.ontvanger.sleutel for b in brieven] == ["I-001", "I-003"]
    contexten: list[Any] = [b.context for b in brieven]
    assert {c.uiterlijk for c in contexten} == {moment("2026-06-04 12:00")}
    assert [c.percelen[0].gebreken[0].niet_beantwoord for c in contexten] == [True, False]
    tekst = render(HERSTELVERZOEK, contexten[0])
    for deel in (
        "donderdag 4 juni 2026 om 12.00 uur",
        "I-001",
        "De inschrijving is ondertekend",
        "V1",
        "000-0000000",
    ):
        assert deel in tekst


def test_herstelverzoek_is_not_made_when_nothing_can_be_repaired():
    assert list(HERSTELVERZOEK.build(situatie(toets([GOED, GOED | {"U1": "nee"}])))) == []


# --- belangenverklaring and formulier ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("belang", "woord"),
    [
        pytest.param(True, "meldt een belang", id="belang gemeld"),
        pytest.param(False, "geen belang", id="geen belang"),
    ],
)
def test_belangenverklaring_shows_the_last_declaration(belang, woord):
    dossier = make_dossier(
        *make_ontvangen([GOED]),
        make_verklaring(BEOORDELAARS[1]),
        make_verklaring(BEOORDELAARS[0], belang=belang),
    )
    (exemplaar,) = BELANGENVERKLARING.build(situatie(dossier))
    assert exemplaar.ontvanger.sleutel == "beoordelaar1-demo"
    tekst = render(BELANGENVERKLARING, exemplaar.context)
    assert woord in tekst
    assert "Zorgbedrijf 1 (verzonnen)" in tekst


def test_belangenverklaring_before_any_bid_says_so():
    (exemplaar,) = BELANGENVERKLARING.build(situatie(make_dossier(make_verklaring(BEOORDELAARS[0]))))
    assert "nog geen inschrijvers bekend" in render(BELANGENVERKLARING, exemplaar.context)


def test_formulier_for_every_assessor_without_an_interest():
    dossier = make_dossier(
        make_perceel_uitgewerkt(), *make_ontvangen([GOED, GOED]), *make_geldig(2),
        make_verklaring(BEOORDELAARS[2], belang=True),
    )  # fmt: skip
    formulieren = list(BEOORDELINGSFORMULIER.build(situatie(dossier)))
    assert [f.ontvanger.naam for f in formulieren] == ["beoordelaar.demo", *BEOORDELAARS[:2]]
    context: Any = formulieren[0].context
    assert [i.nummer for i in context.percelen[0].inschrijvers] == ["I-002"]
    assert [r.punt for r in context.percelen[0].schaal] == [10, 8, 6, 4, 0]
    tekst = render(BEOORDELINGSFORMULIER, context)
    assert "U beoordeelt 1 inschrijving." in tekst
    assert "lokaal" in tekst


def test_formulier_never_shows_the_price_criterion():
    dossier = make_dossier(make_prijsperceel(), *make_ontvangen([GOED]), *make_geldig(1))
    context: Any = next(iter(BEOORDELINGSFORMULIER.build(situatie(dossier)))).context
    assert [c.code for c in context.percelen[0].criteria] == ["K1"]


def test_formulier_is_not_made_without_valid_bids():
    assert list(BEOORDELINGSFORMULIER.build(situatie(make_dossier(make_perceel_uitgewerkt())))) == []


# --- beoordelingsrapport ----------------------------------------------------------------------------------


def rapport(dossier: Any, nu: str = "2026-07-01") -> Any:
    """Context of the report on perceel 1 after the ranking is adopted."""
    invoer: Any = besluiten.RangordeVaststellen(
        percelen=("1",), loting={"1": ("I-002", "I-001")}, getuigen=("Jurist", "Controleur")
    )
    feiten = besluiten.decide_rangorde(make_situatie(dossier, invoer, nu)).feiten
    (exemplaar,) = BEOORDELINGSRAPPORT.build(situatie(dossier.met(*feiten, moment=moment(nu)), nu=nu))
    return exemplaar.context


UITGEWERKT = make_perceel_uitgewerkt(producten=(make_product(maximum_aanbieders=1), make_product("02A02")))


def make_rapportdossier() -> Any:
    """Two equal bids for one place, one under the minimum, one invalid, one excluded."""
    criteria = UITGEWERKT.criteria
    uitgewerkt = make_perceel_uitgewerkt(
        producten=UITGEWERKT.producten, criteria=(criteria[0].model_copy(update={"minimum": 4}), criteria[1])
    )
    scores = {1: (8, 8), 2: (8, 8), 3: (0, 10)}
    dossier = make_beoordeeld(
        scores, uitgewerkt=uitgewerkt, producten={1: ("02A01",), 2: ("02A01", "02A02")},
        feiten=(
            *(make_scores(wie, scores) for wie in BEOORDELAARS),
            make_verklaring(BEOORDELAARS[0]),
            make_verklaring("beoordelaar.demo", belang=True),
            HerstelVastgelegd(perceel="1", inschrijving="I-001", eis="V1", hersteld=True, toelichting="Op tijd."),
        ),
    )  # fmt: skip
    return dossier


def test_rapport_shows_committee_with_declarations_and_dates():
    leden = {lid.naam: lid for lid in rapport(make_rapportdossier()).leden}
    assert leden["voorzitter.demo"].voorzitter
    assert leden["beoordelaar.demo"].belang
    assert not leden["beoordelaar.demo"].gescoord
    assert [leden[b].letter for b in BEOORDELAARS] == ["A", "B", "C"]
    assert leden[BEOORDELAARS[0]].vergrendeld == moment("2026-01-05")


def test_rapport_shows_ranking_draw_and_who_is_in_per_product():
    context = rapport(make_rapportdossier())
    assert [(r.rang, r.nummer, r.totaal) for r in context.rangorde] == [
        (1, "I-002", "80,00"),
        (2, "I-001", "80,00"),
    ]
    assert [(b.nummer, b.gegund, b.niet_gegund) for b in context.blokken] == [
        ("I-002", ("02A01", "02A02"), ()),
        ("I-001", (), ("02A01",)),
        ("I-003", (), ()),
    ]
    assert [(p.code, p.gegund, p.niet_gegund) for p in context.producten] == [
        ("02A01", ("I-002",), ("I-001",)),
        ("02A02", ("I-002",), ()),
    ]
    assert context.lotingen[0].volgorde == ("I-002", "I-001")
    assert [a.nummer for a in context.afvallers] == ["I-003"]
    tekst = render(BEOORDELINGSRAPPORT, context)
    for deel in (
        "K1: 48,00; K2: 32,00",
        "80,00",
        "I-002, I-001",
        "Jurist en Controleur",
        "onder het minimum 4",
    ):
        assert deel in tekst


def test_consensusverslag_shows_own_scores_beside_the_one_score_with_its_reason():
    dossier = make_rapportdossier()
    (exemplaar,) = CONSENSUSVERSLAG.build(situatie(dossier))
    context = exemplaar.context
    assert context.vastgesteld == moment("2026-01-05")
    assert [i.nummer for i in context.inschrijvingen] == ["I-001", "I-002", "I-003"]
    oordeel = context.inschrijvingen[0].oordelen[0]
    assert [(los.letter, los.score) for los in oordeel.losse] == [("A", 8), ("B", 8), ("C", 8)]
    assert (oordeel.code, oordeel.score, oordeel.uiteen) == ("K1", 8, False)
    tekst = render(CONSENSUSVERSLAG, context)
    assert oordeel.motivering in tekst
    assert "Er is niet gemiddeld." in tekst


def test_consensusverslag_says_where_the_members_differed():
    dossier = make_rapportdossier().met(make_scores(BEOORDELAARS[2], {1: (10, 8), 2: (8, 8), 3: (0, 10)}))
    (exemplaar,) = CONSENSUSVERSLAG.build(situatie(dossier))
    k1, k2 = exemplaar.context.inschrijvingen[0].oordelen
    assert (k1.uiteen, k2.uiteen) == (True, False)
    assert "De leden scoorden verschillend" in render(CONSENSUSVERSLAG, exemplaar.context)


def test_there_is_no_consensusverslag_where_nothing_was_judged():
    assert list(CONSENSUSVERSLAG.build(situatie(make_dossier(make_perceel_uitgewerkt())))) == []


def test_rapport_keeps_individual_scores_beside_the_consensus():
    dossier = make_rapportdossier().met(make_scores("beoordelaar.demo", {1: (10, 4)}))
    regels = {(r.nummer, r.criterium): r for r in rapport(dossier).scores}
    regel = regels["I-001", "K1"]
    assert [s.score for s in regel.losse] == [10, 8, 8, 8]
    assert regel.consensus == 8


def test_rapport_gives_every_reason_but_no_internal_remark():
    dossier = make_rapportdossier()
    feit = dossier.laatste(besluiten.ConsensusVastgesteld, perceel="1")
    oordelen = tuple(o.model_copy(update={"intern": "GEHEIM"}) for o in feit.oordelen)
    tekst = render(BEOORDELINGSRAPPORT, rapport(dossier.met(feit.model_copy(update={"oordelen": oordelen}))))
    assert "GEHEIM" not in tekst
    assert tekst.count("Het plan is concreet en meetbaar.") == 6
    assert tekst.count("Waarom niet hoger:") == 5


def test_rapport_shows_method_exactly_as_announced():
    context = rapport(make_rapportdossier())
    assert [(c.code, c.gewicht, c.heeft_minimum, c.minimum) for c in context.criteria] == [
        ("K1", 60, True, 4), ("K2", 40, False, 0),
    ]  # fmt: skip
    assert [(g.kwaliteit, g.criterium, g.loting) for g in context.gelijke_stand] == [
        (True, "", False), (False, "K1", False), (False, "", True),
    ]  # fmt: skip
    assert context.uitval_blijft
    assert not context.uitval_herberekenen


def test_rapport_names_invalid_and_excluded_with_the_reason():
    dossier = make_rapportdossier().met(
        InschrijvingGetoetst(
            perceel="1",
            inschrijving="I-003",
            uitkomst="uitgesloten",
            eisen=(),
            reden="Verzonnen grond.",
            eis="U1",
        )
    )
    context = rapport(dossier)
    assert (context.aantal_geldig, context.aantal_ongeldig, context.aantal_uitgesloten) == (2, 0, 1)
    assert "Verzonnen grond." in render(BEOORDELINGSRAPPORT, context)
    assert [b.nummer for b in context.blokken] == ["I-002", "I-001"]


def test_rapport_with_price_shows_formula_floor_and_openers():
    dossier = make_beoordeeld(
        {1: (8,), 2: (10,)}, uitgewerkt=make_prijsperceel(), producten={1: ("01A01",), 2: ("01A01",)},
        feiten=(make_prijzen({1: "30", 2: "40"}),),
    )  # fmt: skip
    tekst = render(BEOORDELINGSRAPPORT, rapport(dossier))
    for deel in (
        "€ 30,00",
        "€ 40,00",
        "inkoper.demo en jurist.demo",
        "hangen niet af van wat anderen bieden",
    ):
        assert deel in tekst.replace("\xa0", " ")


# --- proces-verbaal van opening van de prijzen ------------------------------------------------------------


def make_prijsopening(*extra: Any, verzegeld: bool = True, **prijsperceel: Any) -> Any:
    """Five sealed prices, of which the two of valid bids were opened; one bid each is late, invalid and withdrawn."""
    kenmerken = {f"1/{nummer(n)}": f"{n}" * 64 for n in range(1, 6)} | {"2/I-001": "9" * 64}
    opener = Openerhandeling(persoon="inkoper.demo", vingerafdruk="0681f4d5d4d0b690")
    gelezen = {k: v for k, v in kenmerken.items() if k in ("1/I-001", "1/I-002")}
    zegel = (EnveloppenVerzegeld(omslag="prijs", sleutels=(), kenmerken=kenmerken),) if verzegeld else ()
    ongeldig = InschrijvingGetoetst(
        perceel="1", inschrijving="I-003", uitkomst="ongeldig", eisen=(), reden="Verzonnen.", eis="V1"
    )
    aanbod = dict.fromkeys(range(1, 6), ("01A01",))
    dossier = make_dossier(
        make_prijsperceel(**prijsperceel), *zegel, *make_ontvangen([GOED] * 5, te_laat=(4,), producten=aanbod),
        InschrijvingIngetrokken(inschrijving="I-005", ontvangen=moment("2026-05-01")),
        *make_geldig(1, 2), ongeldig, *extra,
        make_scores(BEOORDELAARS[0], {1: (8,), 2: (10,)}), make_consensus({1: (8,), 2: (10,)}),
        make_prijzen({1: "31.50", 2: "39.75"}),
        EnveloppenGeopend(omslag="prijs", openers=(opener,), kenmerken=gelezen if verzegeld else {}),
    )  # fmt: skip
    wie = "voorzitter.demo"
    return replace(dossier, vastleggingen=tuple(replace(v, persoon=wie) for v in dossier.vastleggingen))


def prijsverbaal(dossier: Any) -> Any:
    (exemplaar,) = PROCES_VERBAAL_PRIJZEN.build(situatie(dossier))
    assert exemplaar.ontvanger.sleutel == "perceel-1"
    return exemplaar.context


def test_record_of_prices_says_of_every_envelope_whether_it_opened_and_why_not():
    (perceel,) = prijsverbaal(make_prijsopening()).percelen
    assert [(e.nummer, e.geopend, e.reden) for e in perceel.enveloppen] == [
        ("I-001", True, ""),
        ("I-002", True, ""),
        ("I-003", False, "inschrijving ongeldig (eis V1)"),
        ("I-004", False, "inschrijving na de sluiting"),
        ("I-005", False, "inschrijving ingetrokken"),
    ]
    assert perceel.aantal_geopend == 2
    assert perceel.enveloppen[1].kenmerk == " ".join(["22222222"] * 8)


def test_record_of_prices_shows_that_quality_was_locked_first_and_by_whom():
    dossier = make_prijsopening()
    (perceel,) = prijsverbaal(dossier).percelen
    slot = dossier.vastlegging_van(dossier.laatste(ConsensusVastgesteld, perceel="1"))
    assert (perceel.vergrendeld, perceel.door, perceel.versie) == (
        slot.moment,
        "voorzitter.demo",
        slot.versie,
    )
    assert (perceel.beoordeeld, perceel.aantal_beoordelaars) == (True, 1)


def test_record_of_prices_holds_no_price_and_no_score():
    context = prijsverbaal(make_prijsopening())
    tekst = render(PROCES_VERBAAL_PRIJZEN, context)
    for deel in ("31,50", "39,75", "31.5", "39.75", "€", "Score"):
        assert deel not in tekst.replace("Scores van de leden", ""), deel
    for deel in (
        "0681f4d5d4d0b690",
        "niet vastgelegd",
        "Zorgbedrijf 3 (verzonnen)",
        "van geen enkele inschrijving",
    ):
        assert deel in tekst, deel


def test_record_of_prices_from_before_sealing_does_not_claim_that_they_were_sealed():
    context = prijsverbaal(make_prijsopening(verzegeld=False))
    assert [(e.nummer, e.geopend, e.kenmerk) for e in context.percelen[0].enveloppen] == [
        ("I-001", True, ""),
        ("I-002", True, ""),
    ]
    tekst = render(PROCES_VERBAAL_PRIJZEN, context)
    assert "voordat het dossier enveloppen versleutelde" in tekst
    assert "van geen enkele inschrijving" not in tekst


def test_record_of_prices_does_not_call_an_opener_independent_who_scored_before_a_new_beginning():
    eerder = (
        make_scores("jurist.demo", {1: (8,), 2: (8,)}),
        HerbeoordelingGeopend(percelen=("1",), motivering="Verzonnen.", nieuwe_commissie=True),
    )
    assert prijsverbaal(make_prijsopening()).onafhankelijk
    assert not prijsverbaal(make_prijsopening(*eerder)).onafhankelijk


def test_record_of_prices_is_not_made_before_they_are_opened():
    with pytest.raises(InvoerError, match="nog niet geopend"):
        list(PROCES_VERBAAL_PRIJZEN.build(situatie(make_beoordeeld({1: (8,)}))))


@pytest.mark.parametrize(
    "uitgewerkt",
    [
        pytest.param(make_perceel_uitgewerkt(), id="alleen kwaliteit"),
        pytest.param(make_prijsperceel(), id="met prijs"),
        pytest.param(
            make_perceel_uitgewerkt(criteria=(), schaal=(), gelijke_stand=(), bij_uitval=None),
            id="zonder criteria",
        ),
    ],
)
def test_rapport_without_valid_bids_advises_not_to_award(uitgewerkt: PerceelUitgewerkt):
    dossier = make_dossier(uitgewerkt)
    feiten = besluiten.decide_rangorde(
        make_situatie(dossier, besluiten.RangordeVaststellen(percelen=("1",)))
    ).feiten
    (exemplaar,) = BEOORDELINGSRAPPORT.build(situatie(dossier.met(*feiten)))
    assert "adviseert om voor dit perceel niet te gunnen" in render(BEOORDELINGSRAPPORT, exemplaar.context)


def test_rapport_without_criteria_awards_whoever_is_valid():
    uitgewerkt = make_perceel_uitgewerkt(criteria=(), schaal=(), gelijke_stand=(), bij_uitval=None)
    dossier = make_dossier(uitgewerkt, *make_ontvangen([GOED]), *make_geldig(1))
    feiten = besluiten.decide_rangorde(
        make_situatie(dossier, besluiten.RangordeVaststellen(percelen=("1",)))
    ).feiten
    (exemplaar,) = BEOORDELINGSRAPPORT.build(situatie(dossier.met(*feiten)))
    tekst = render(BEOORDELINGSRAPPORT, exemplaar.context)
    assert "Voor dit perceel is er geen rangorde" in tekst
    assert "Voordracht per product" in tekst
    assert "adviseert om te gunnen" in tekst
    for woord in ("Rang 1", "0,00", "rangorde is berekend", "tussendoor"):
        assert woord not in tekst


def test_rapport_tells_staffel_minimum_rounding_and_average_as_announced():
    perceel = make_prijsperceel(decimalen=1, afrondingsmoment="per_criterium", minimum_totaal=Decimal("30.5"))
    kwaliteit, prijs = perceel.criteria
    treden = (Prijstrede(tot=Decimal("32.50"), punten=Decimal(40)), Prijstrede(punten=Decimal("2.5")))
    uitgewerkt = perceel.model_copy(
        update={
            "criteria": (
                kwaliteit.model_copy(update={"tussenscores": True, "gemiddelde": True}),
                prijs.model_copy(update={"formule": "staffel", "staffel": treden}),
            )
        }
    )
    dossier = make_beoordeeld(
        {1: (9,), 2: (4,)}, uitgewerkt=uitgewerkt, producten={1: ("01A01",), 2: ("01A01",)},
        feiten=(make_prijzen({1: "32.50", 2: "31"}),),
    )  # fmt: skip
    tekst = render(BEOORDELINGSRAPPORT, rapport(dossier)).replace("\xa0", " ")
    for deel in (
        "een prijs onder € 32,50 krijgt 40 punten, een hogere prijs 2,5 punten",
        "ten minste 30,5 punten",
        "per criterium afgerond op 1 decimaal",
        "Bij Samenwerking is die score, zoals aangekondigd, het gemiddelde",
        "tussen goed en uitstekend",
        "De kwaliteit is in totaal 24 en ligt onder het minimum 30,5.",
    ):
        assert deel in tekst, deel
    assert "Er zijn geen gemiddelden" not in tekst


def test_builders_give_the_same_exemplaren_twice():
    dossier = make_rapportdossier()
    assert rapport(dossier) == rapport(dossier)
    assert LotingVerricht in FASE.feiten

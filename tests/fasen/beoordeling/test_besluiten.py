"""Decisions of the assessment stage: what each act records, and what a run may do by itself."""

from decimal import Decimal
from typing import Any

import pytest

from aanbesteding.domain.feiten import (
    BelangenverklaringAfgelegd,
    ConsensusVastgesteld,
    InschrijvingGetoetst,
    PrijzenGeopend,
    RangordeVastgesteld,
    ScoresVergrendeld,
)
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.beoordeling import FASE, besluiten
from aanbesteding.fasen.beoordeling.feiten import HerstelGevraagd, LotingVerricht, ToetsAangehouden
from aanbesteding.fasen.beoordeling.invoer import (
    BelangenverklaringAfleggen,
    ConsensusVaststellen,
    HerstelVastleggen,
    Percelen,
    PrijzenOpenen,
    RangordeVaststellen,
    ToetsBeslissen,
)
from aanbesteding.fasen.beoordeling.werkbladen import CONSENSUS, SCORES, OordeelRij, ScoreRij
from bouwers import make_dossier, make_perceel_uitgewerkt, make_product, make_situatie, moment
from fasen.beoordeling.opzet import (
    GOED,
    make_beoordeeld,
    make_geldig,
    make_ontvangen,
    make_prijsperceel,
    make_prijzen,
    make_status,
)

P1 = make_perceel_uitgewerkt()
EEN = Percelen(percelen=("1",))


def toets(antwoorden: list[dict[str, str]], **velden: Any) -> Any:
    """The dossier after testing these bids on Monday 1 June 2026."""
    dossier = make_dossier(P1, *make_ontvangen(antwoorden, **velden))
    besluit = besluiten.decide_toetsing(make_situatie(dossier, EEN, "2026-06-01"))
    return dossier.met(*besluit.feiten, moment=moment("2026-06-01"))


def uitkomsten(dossier: Any) -> dict[str, str]:
    return {f.inschrijving: f.uitkomst for f in dossier.list_feiten(InschrijvingGetoetst)}


@pytest.mark.parametrize(
    ("antwoorden", "uitkomst", "wacht"),
    [
        pytest.param(GOED, "geldig", [], id="alles ja is geldig"),
        pytest.param(GOED | {"M1": "nee"}, "ongeldig", [], id="minimumeis nee is ongeldig"),
        pytest.param(GOED | {"M1": ""}, "ongeldig", [], id="minimumeis leeg is ongeldig"),
        pytest.param({"V1": "ja", "U1": "ja"}, "ongeldig", [], id="minimumeis niet beantwoord is ongeldig"),
        pytest.param(GOED | {"V1": ""}, None, [("V1", "herstel")], id="herstelbaar gebrek wacht op herstel"),
        pytest.param(GOED | {"V1": "nee"}, None, [("V1", "herstel")], id="herstelbaar nee wacht op herstel"),
        pytest.param(GOED | {"U1": "nee"}, None, [("U1", "mens")], id="uitsluiting beslist een mens"),
        pytest.param(GOED | {"U1": ""}, None, [("U1", "mens")], id="uitsluiting leeg beslist een mens"),
        pytest.param(
            GOED | {"V1": "", "U1": "nee"}, None, [("V1", "herstel"), ("U1", "mens")], id="beide tegelijk"
        ),
        pytest.param(
            GOED | {"V1": "", "M1": "nee"}, "ongeldig", [], id="geen herstel voor wie al ongeldig is"
        ),
    ],
)
def test_toetsing_decides_only_what_is_certain(antwoorden, uitkomst, wacht):
    dossier = toets([antwoorden])
    assert uitkomsten(dossier).get("I-001") == uitkomst
    assert [(f.eis, f.wacht_op) for f in dossier.list_feiten(ToetsAangehouden)] == wacht
    assert bool(dossier.list_feiten(HerstelGevraagd)) is ("herstel" in dict(wacht).values())


def test_volledigheid_that_cannot_be_repaired_is_ongeldig():
    eisen = (P1.eisen[0].model_copy(update={"herstelbaar": False}), *P1.eisen[1:])
    dossier = make_dossier(make_perceel_uitgewerkt(eisen=eisen), *make_ontvangen([GOED | {"V1": ""}]))
    besluit = besluiten.decide_toetsing(make_situatie(dossier, EEN))
    (feit,) = besluit.feiten
    assert isinstance(feit, InschrijvingGetoetst)
    assert (feit.uitkomst, feit.eis) == ("ongeldig", "V1")


def test_uitsluiting_is_never_decided_by_the_system_whatever_its_toets_says():
    eisen = (P1.eisen[0], P1.eisen[1].model_copy(update={"toets": "systeem"}), P1.eisen[2])
    dossier = make_dossier(make_perceel_uitgewerkt(eisen=eisen), *make_ontvangen([GOED | {"U1": "nee"}]))
    (feit,) = besluiten.decide_toetsing(make_situatie(dossier, EEN)).feiten
    assert isinstance(feit, ToetsAangehouden)
    assert (feit.eis, feit.wacht_op) == ("U1", "mens")


def test_ongeldig_names_the_requirement_and_every_failing_one_in_the_reason():
    dossier = toets([GOED | {"M1": "nee"}])
    (feit,) = dossier.list_feiten(InschrijvingGetoetst)
    assert feit.eis == "M1"
    assert feit.reden == "Eis M1 (De aanbieder heeft een klachtenregeling): het antwoord is nee."
    assert [(u.eis, u.uitkomst) for u in feit.eisen] == [
        ("V1", "voldoet"), ("U1", "voldoet"), ("M1", "voldoet_niet"),
    ]  # fmt: skip


def test_late_inschrijving_is_ongeldig_without_opening_it():
    dossier = toets([GOED, GOED], te_laat=(2,))
    assert uitkomsten(dossier) == {"I-001": "geldig", "I-002": "ongeldig"}
    assert "na de sluiting" in dossier.list_feiten(InschrijvingGetoetst)[1].reden


def test_one_moment_for_repair_skips_the_weekend():
    dossier = make_dossier(P1, *make_ontvangen([GOED | {"V1": ""}, GOED | {"V1": "nee"}]))
    besluit = besluiten.decide_toetsing(make_situatie(dossier, EEN, "2026-06-04"))
    (feit,) = [f for f in besluit.feiten if isinstance(f, HerstelGevraagd)]
    assert feit.uiterlijk == moment("2026-06-09 12:00")


def herstel(dossier: Any, hersteld: bool) -> Any:
    invoer = HerstelVastleggen(
        perceel="1", inschrijving="I-001", eis="V1", hersteld=hersteld, toelichting="Ontvangen op 3 juni."
    )
    return dossier.met(*besluiten.decide_herstel(make_situatie(dossier, invoer)).feiten)


def beslis(dossier: Any, uitkomst: Any, **velden: Any) -> Any:
    invoer = ToetsBeslissen(
        perceel="1",
        inschrijving="I-001",
        eis="U1",
        uitkomst=uitkomst,
        motivering="Verzonnen grond.",
        **velden,
    )
    return dossier.met(*besluiten.decide_toets(make_situatie(dossier, invoer)).feiten)


@pytest.mark.parametrize(
    ("stappen", "uitkomst"),
    [
        pytest.param([(herstel, True)], None, id="de jurist moet nog"),
        pytest.param([(beslis, "geldig")], None, id="herstel moet nog"),
        pytest.param([(herstel, True), (beslis, "geldig")], "geldig", id="beide in orde"),
        pytest.param([(beslis, "geldig"), (herstel, True)], "geldig", id="andere volgorde"),
        pytest.param([(herstel, False)], "ongeldig", id="niet hersteld"),
        pytest.param([(beslis, "ongeldig")], "ongeldig", id="jurist: ongeldig"),
        pytest.param([(beslis, "uitgesloten")], "uitgesloten", id="jurist: uitgesloten"),
        pytest.param(
            [(herstel, True), (beslis, "uitgesloten")], "uitgesloten", id="hersteld maar uitgesloten"
        ),
    ],
)
def test_outcome_is_recorded_the_moment_nothing_waits(stappen, uitkomst):
    dossier = toets([GOED | {"V1": "", "U1": "nee"}])
    for doe, waarde in stappen:
        dossier = doe(dossier, waarde)
    assert uitkomsten(dossier).get("I-001") == uitkomst


def test_outcome_holds_what_persons_decided():
    dossier = beslis(herstel(toets([GOED | {"V1": "", "U1": "nee"}]), True), "geldig")
    feit = dossier.list_feiten(InschrijvingGetoetst)[-1]
    assert [(u.eis, u.uitkomst, u.toelichting) for u in feit.eisen[:2]] == [
        ("V1", "voldoet", "Ontvangen op 3 juni."),
        ("U1", "voldoet", "Verzonnen grond."),
    ]


def test_exclusion_reason_holds_hearing_and_proportionality():
    dossier = beslis(
        toets([GOED | {"U1": "nee"}]), "uitgesloten", gehoord="Gehoord op 3 juni.", evenredigheid="Evenredig."
    )
    feit = dossier.list_feiten(InschrijvingGetoetst)[-1]
    assert feit.eis == "U1"
    assert feit.reden == (
        "Eis U1 (Er is geen uitsluitingsgrond): Verzonnen grond. Gehoord op 3 juni. Evenredig."
    )


def test_belangenverklaring_is_of_the_person_who_acts():
    invoer = BelangenverklaringAfleggen(percelen=("1",), belang=False)
    (feit,) = besluiten.decide_belangenverklaring(
        make_situatie(invoer=invoer, persoon="beoordelaar2.demo")
    ).feiten
    assert isinstance(feit, BelangenverklaringAfgelegd)
    assert (feit.beoordelaar, feit.datum.isoformat()) == ("beoordelaar2.demo", "2026-06-01")


def test_scores_from_a_workbook_become_one_fact_per_perceel():
    rijen = (
        ScoreRij.model_validate(
            {"perceel": 2, "inschrijving": "I-001", "criterium": "K1", "score": Decimal(8), "motivering": "a"}
        ),
        ScoreRij(perceel="1", inschrijving="I-002", criterium="K1", score=6, motivering="b"),
        ScoreRij(perceel="1", inschrijving="I-001", criterium="K1", score=4, motivering="c"),
    )
    invoer: Any = SCORES.build_invoer({"scores": rijen}, make_situatie())
    feiten = besluiten.decide_scores(make_situatie(invoer=invoer, persoon="beoordelaar1.demo")).feiten
    assert [(f.beoordelaar, f.perceel) for f in feiten if isinstance(f, ScoresVergrendeld)] == [
        ("beoordelaar1.demo", "1"), ("beoordelaar1.demo", "2"),
    ]  # fmt: skip
    assert [s.inschrijving for s in feiten[0].scores] == ["I-001", "I-002"]


def test_empty_cell_for_a_reason_reaches_the_rule_as_empty_text():
    rij = ScoreRij.model_validate(
        {"perceel": "1", "inschrijving": "I-001", "criterium": "K1", "score": 6, "motivering": None}
    )
    assert rij.motivering == ""


@pytest.mark.parametrize(
    ("rijen", "woord"),
    [
        pytest.param((), "gevonden: geen", id="leeg werkblad"),
        pytest.param(("1", "2"), "gevonden: 1, 2", id="twee percelen in een bestand"),
    ],
)
def test_consensus_workbook_is_about_one_perceel(rijen, woord):
    bladen = {
        "consensus": tuple(
            OordeelRij(perceel=p, inschrijving="I-001", criterium="K1", score=8, motivering="a")
            for p in rijen
        )
    }
    with pytest.raises(InvoerError, match=woord):
        CONSENSUS.build_invoer(bladen, make_situatie())


def test_consensus_from_a_workbook_is_recorded_in_a_fixed_order():
    rijen = tuple(
        OordeelRij(perceel="1", inschrijving=n, criterium="K1", score=10, motivering="a", intern="stil")
        for n in ("I-002", "I-001")
    )
    invoer: Any = CONSENSUS.build_invoer({"consensus": rijen}, make_situatie())
    (feit,) = besluiten.decide_consensus(make_situatie(invoer=invoer)).feiten
    assert isinstance(feit, ConsensusVastgesteld)
    assert [o.inschrijving for o in feit.oordelen] == ["I-001", "I-002"]
    assert feit.oordelen[0].intern == "stil"


PRIJSDOSSIER = make_beoordeeld(
    {1: (8,), 2: (8,), 3: (8,)},
    uitgewerkt=make_prijsperceel(),
    producten={1: ("01A01",), 2: ("01A02",), 3: ("01A01",)},
    feiten=(InschrijvingGetoetst(perceel="1", inschrijving="I-003", uitkomst="ongeldig", eisen=()),),
)
OPENEN = PrijzenOpenen(percelen=("1",), openers=("inkoper.demo", "jurist.demo"))


def test_prijzen_are_recorded_only_for_valid_bids_on_the_priced_product():
    geopend = {f"1/I-00{n}": {"prijs": "35.10"} for n in (1, 2, 3)} | {"2/I-001": {"prijs": "1"}}
    (feit,) = besluiten.decide_prijzen(make_situatie(PRIJSDOSSIER, OPENEN, geopend=geopend)).feiten
    assert feit == PrijzenGeopend(
        perceel="1", openers=("inkoper.demo", "jurist.demo"), prijzen={"I-001": Decimal("35.10")}
    )


@pytest.mark.parametrize(
    "inhoud", [{}, {"prijs": None}, {"prijs": "veel"}, {"prijs": "-1"}, {"prijs": "NaN"}]
)
def test_sealed_prijs_that_cannot_be_read_is_refused(inhoud):
    with pytest.raises(InvoerError, match="inschrijving I-001"):
        besluiten.decide_prijzen(make_situatie(PRIJSDOSSIER, OPENEN, geopend={"1/I-001": inhoud}))


def test_rangorde_records_the_draw_with_its_witnesses():
    uitgewerkt = make_perceel_uitgewerkt(producten=(make_product(maximum_aanbieders=1),))
    dossier = make_beoordeeld({1: (8, 8), 2: (8, 8)}, uitgewerkt=uitgewerkt)
    invoer = RangordeVaststellen(
        percelen=("1",), loting={"1": ("I-002", "I-001")}, getuigen=("Jurist", "Controleur")
    )
    loting, rangorde = besluiten.decide_rangorde(make_situatie(dossier, invoer)).feiten
    assert isinstance(loting, LotingVerricht)
    assert loting.getuigen == ("Jurist", "Controleur")
    assert isinstance(rangorde, RangordeVastgesteld)
    assert rangorde.plaatsen[0].inschrijving == "I-002"


# --- what a run may do by itself --------------------------------------------------------------------------


def test_automatic_toetsing_takes_all_opened_percelen():
    dossier = make_dossier(make_status("geopend", "1"), make_status("geopend", "2"))
    assert besluiten.build_toetsing_invoer(make_situatie(dossier)) == Percelen(percelen=("1", "2"))
    assert besluiten.build_toetsing_invoer(make_situatie(make_dossier())) is None


def test_automatic_afronding_waits_for_persons():
    open_ = toets([GOED | {"U1": "nee"}]).met(make_status("in_toetsing"), make_status("in_toetsing", "2"))
    assert besluiten.build_afronding_invoer(make_situatie(open_)) == Percelen(percelen=("2",))
    klaar = beslis(open_, "geldig")
    assert besluiten.build_afronding_invoer(make_situatie(klaar)) == Percelen(percelen=("1", "2"))


@pytest.mark.parametrize(
    ("feiten", "invoer"),
    [
        pytest.param((P1, *make_geldig(1)), None, id="er valt te scoren"),
        pytest.param((P1,), ConsensusVaststellen(perceel="1", oordelen=()), id="geen geldige inschrijving"),
        pytest.param(
            (make_perceel_uitgewerkt(criteria=()), *make_geldig(1)),
            ConsensusVaststellen(perceel="1", oordelen=()), id="geen gunningscriteria",
        ),
    ],
)  # fmt: skip
def test_automatic_consensus_only_where_there_is_nothing_to_score(feiten, invoer):
    dossier = make_dossier(*feiten, make_status("getoetst"))
    assert besluiten.build_consensus_invoer(make_situatie(dossier)) == invoer


EEN_PLAATS = make_perceel_uitgewerkt(producten=(make_product(maximum_aanbieders=1),))


@pytest.mark.parametrize(
    ("dossier", "percelen"),
    [
        pytest.param(make_beoordeeld({1: (8, 8)}), ("1",), id="klaar om te rangschikken"),
        pytest.param(make_beoordeeld({}), ("1",), id="zonder geldige inschrijving"),
        pytest.param(
            make_beoordeeld({1: (8, 8), 2: (8, 8)}, uitgewerkt=EEN_PLAATS), None, id="er moet geloot"
        ),
        pytest.param(PRIJSDOSSIER, None, id="prijzen nog dicht"),
        pytest.param(PRIJSDOSSIER.met(make_prijzen({1: "35"})), ("1",), id="prijzen open"),
    ],
)
def test_automatic_rangorde_waits_for_prices_and_draws(dossier, percelen):
    verwacht = RangordeVaststellen(percelen=percelen) if percelen else None
    assert besluiten.build_rangorde_invoer(make_situatie(dossier)) == verwacht


def test_perceel_without_bids_walks_to_the_end_by_itself():
    dossier = make_dossier(P1, make_status("geopend"))
    for doe, bouw, status in (
        (besluiten.decide_toetsing, besluiten.build_toetsing_invoer, "in_toetsing"),
        (besluiten.decide_geen_feit, besluiten.build_afronding_invoer, "getoetst"),
        (besluiten.decide_consensus, besluiten.build_consensus_invoer, "kwaliteit_vergrendeld"),
        (besluiten.decide_rangorde, besluiten.build_rangorde_invoer, "beoordeeld"),
    ):
        invoer: Any = bouw(make_situatie(dossier))
        assert invoer is not None
        dossier = dossier.met(*doe(make_situatie(dossier, invoer)).feiten, make_status(status))
    rangorde = dossier.laatste(RangordeVastgesteld, perceel="1")
    assert rangorde is not None
    assert rangorde.plaatsen == ()


def test_stage_declares_every_own_fact_and_unique_codes():
    codes = [h.code for h in FASE.handelingen]
    assert len(set(codes)) == len(codes)
    regels = {r.code: r for h in FASE.handelingen for r in h.regels}
    assert all(r.grondslag for r in regels.values())
    assert {b.handeling for b in FASE.invoerbestanden} <= set(codes)


def test_every_input_field_is_a_form_field_in_dutch():
    for handeling in FASE.handelingen:
        for naam, veld in handeling.invoer.model_fields.items():
            assert veld.title, (handeling.code, naam)
            assert veld.description, (handeling.code, naam)

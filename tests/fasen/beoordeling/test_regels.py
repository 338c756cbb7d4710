"""Rules of the assessment stage: one table per rule, each passing and refusing."""

from decimal import Decimal
from typing import Any

import pytest

from aanbesteding.domain.feiten import InschrijvingenGeopend, InschrijvingGetoetst, Oordeel
from aanbesteding.domain.regel import Ernst, Regel
from aanbesteding.fasen.beoordeling import FASE, regels, regels_rangorde, regels_scores
from aanbesteding.fasen.beoordeling.feiten import (
    HerstelGevraagd,
    HerstelVastgelegd,
    ToetsAangehouden,
    ToetsBeslist,
)
from aanbesteding.fasen.beoordeling.invoer import (
    BelangenverklaringAfleggen,
    ConsensusVaststellen,
    HerstelVastleggen,
    PrijzenOpenen,
    RangordeVaststellen,
    ScoreRegel,
    ScoresVergrendelen,
    ToetsBeslissen,
)
from bouwers import (
    make_dossier,
    make_onderneming,
    make_perceel_uitgewerkt,
    make_product,
    make_situatie,
    moment,
)
from fasen.beoordeling.opzet import (
    BEOORDELAARS,
    GOED,
    make_beoordeeld,
    make_consensus,
    make_geldig,
    make_ontvangen,
    make_oordelen,
    make_prijsperceel,
    make_prijzen,
    make_scores,
    make_status,
    make_verklaring,
)


def check(regel: Regel, feiten: Any, woord: str | None, **velden: Any) -> None:
    """The rule passes (woord None) or refuses with a sentence that holds this word."""
    dossier = feiten if not isinstance(feiten, tuple) else make_dossier(*feiten)
    overtreding = regel.check(make_situatie(dossier, **({"onderwerpen": ("1",)} | velden)))
    if woord is None:
        assert overtreding is None, overtreding
    else:
        assert overtreding is not None
        assert woord in overtreding.tekst


P1 = make_perceel_uitgewerkt()
OPEN = make_ontvangen([GOED, GOED])
HERSTEL = ToetsAangehouden(
    perceel="1", inschrijving="I-001", eis="V1", wacht_op="herstel", reden="Eis V1: leeg."
)
MENS = ToetsAangehouden(perceel="1", inschrijving="I-001", eis="U1", wacht_op="mens", reden="Eis U1: nee.")
HERSTELD = HerstelVastgelegd(
    perceel="1", inschrijving="I-001", eis="V1", hersteld=True, toelichting="Op tijd."
)
BESLIST = ToetsBeslist(
    perceel="1", inschrijving="I-001", eis="U1", uitkomst="geldig", motivering="Verzonnen."
)
ONGELDIG = InschrijvingGetoetst(perceel="1", inschrijving="I-001", uitkomst="ongeldig", eisen=())


@pytest.mark.parametrize(
    ("feiten", "woord"),
    [
        pytest.param(OPEN, None, id="alles geopend"),
        pytest.param(make_ontvangen([GOED, GOED], te_laat=(2,)), None, id="te laat hoeft niet open"),
        pytest.param(
            (OPEN[0], InschrijvingenGeopend(openers=("a", "b"), inhoud=(), te_laat=("I-002",))), "I-001",
            id="een inschrijving is nog dicht",
        ),
    ],
)  # fmt: skip
def test_inschrijvingen_geopend(feiten, woord):
    check(regels.inschrijvingen_geopend, feiten, woord)


@pytest.mark.parametrize(
    ("feiten", "woord"),
    [pytest.param((P1,), None, id="uitgewerkt"), pytest.param((), "niet uitgewerkt", id="niet uitgewerkt")],
)
def test_eisen_aangekondigd(feiten, woord):
    check(regels.eisen_aangekondigd, feiten, woord)


@pytest.mark.parametrize(
    ("onderwerpen", "woord"),
    [
        pytest.param(("1", "2"), None, id="beide percelen"),
        pytest.param(("1",), "Perceel 2", id="perceel 2 blijft achter"),
        pytest.param((), None, id="vooraf zonder percelen"),
    ],
)
def test_percelen_samen_getoetst(onderwerpen, woord):
    feiten = (make_status("geopend", "1"), make_status("geopend", "2"))
    check(regels.percelen_samen_getoetst, feiten, woord, onderwerpen=onderwerpen)


@pytest.mark.parametrize(
    ("feiten", "eis", "woord"),
    [
        pytest.param((HERSTEL,), "V1", None, id="herstel is gevraagd"),
        pytest.param((HERSTEL, HERSTELD), "V1", "niets open", id="al vastgelegd"),
        pytest.param((MENS,), "U1", "geen herstelverzoek", id="wacht op de jurist"),
        pytest.param((HERSTEL,), "M1", "Wel open: I-001 V1", id="andere eis"),
    ],
)
def test_herstel_gevraagd(feiten, eis, woord):
    invoer = HerstelVastleggen(perceel="1", inschrijving="I-001", eis=eis, hersteld=True, toelichting="x")
    check(regels.herstel_gevraagd, feiten, woord, invoer=invoer)


@pytest.mark.parametrize(
    ("nu", "woord"),
    [
        pytest.param("2026-06-04 12:00", None, id="op het moment zelf"),
        pytest.param("2026-06-04 12:01", "04-06-2026 om 12.00 uur", id="een minuut later"),
    ],
)
def test_hersteltermijn_bewaakt(nu, woord):
    feiten = (HerstelGevraagd(percelen=("1",), uiterlijk=moment("2026-06-04 12:00")),)
    check(regels.hersteltermijn_bewaakt, feiten, woord, nu=nu)
    check(regels.hersteltermijn_bewaakt, feiten, None, nu=nu, onderwerpen=("2",))


def beslis(**velden: Any) -> ToetsBeslissen:
    basis = {
        "perceel": "1",
        "inschrijving": "I-001",
        "eis": "U1",
        "uitkomst": "geldig",
        "motivering": "Verzonnen.",
    }
    return ToetsBeslissen(**(basis | velden))


@pytest.mark.parametrize(
    ("feiten", "woord"),
    [
        pytest.param((MENS,), None, id="wacht op een beslissing"),
        pytest.param((MENS, BESLIST), "wacht niet", id="al beslist"),
        pytest.param((MENS, ONGELDIG), "wacht niet", id="inschrijving is al ongeldig"),
        pytest.param(
            (HERSTEL.model_copy(update={"eis": "U1"}),),
            "wacht op herstel",
            id="eerst de uitkomst van herstel",
        ),
    ],
)
def test_toets_aangehouden(feiten, woord):
    check(regels.toets_aangehouden, feiten, woord, invoer=beslis())


@pytest.mark.parametrize(
    ("invoer", "woord"),
    [
        pytest.param(beslis(), None, id="niet uitgesloten"),
        pytest.param(beslis(uitkomst="ongeldig"), None, id="ongeldig vraagt geen horen"),
        pytest.param(beslis(uitkomst="uitgesloten", gehoord="Op 3 juni."), None, id="gehoord"),
        pytest.param(beslis(uitkomst="uitgesloten"), "gehoord", id="niet gehoord"),
    ],
)
def test_gehoord_voor_uitsluiting(invoer, woord):
    check(regels.gehoord_voor_uitsluiting, (MENS,), woord, invoer=invoer)


@pytest.mark.parametrize(
    ("invoer", "woord"),
    [
        pytest.param(beslis(), None, id="niet uitgesloten"),
        pytest.param(beslis(uitkomst="uitgesloten", evenredigheid="Gewogen."), None, id="gewogen"),
        pytest.param(beslis(uitkomst="uitgesloten"), "evenredig", id="niet gewogen"),
    ],
)
def test_evenredigheid_gewogen(invoer, woord):
    check(regels.evenredigheid_gewogen, (MENS,), woord, invoer=invoer)


@pytest.mark.parametrize(
    ("invoer", "woord"),
    [
        pytest.param(beslis(uitkomst="uitgesloten"), None, id="uitsluitingsgrond"),
        pytest.param(beslis(uitkomst="ongeldig", eis="M1"), None, id="ongeldig op een minimumeis"),
        pytest.param(beslis(uitkomst="uitgesloten", eis="M1"), "geen uitsluitingsgrond", id="minimumeis"),
    ],
)
def test_uitsluitingsgrond_aangekondigd(invoer, woord):
    check(regels.uitsluitingsgrond_aangekondigd, (P1,), woord, invoer=invoer)


@pytest.mark.parametrize(
    ("feiten", "woord"),
    [
        pytest.param((), None, id="niets aangehouden"),
        pytest.param((HERSTEL, MENS, HERSTELD), "I-001: U1 (jurist)", id="een van de twee opgelost"),
        pytest.param((HERSTEL, MENS, HERSTELD, BESLIST), None, id="alles opgelost"),
        pytest.param((HERSTEL, MENS, ONGELDIG), None, id="inschrijving is al ongeldig"),
    ],
)
def test_toetsen_afgerond(feiten, woord):
    check(regels.toetsen_afgerond, feiten, woord)
    check(regels.toetsen_afgerond, feiten, None, onderwerpen=("2",))


@pytest.mark.parametrize(
    ("feiten", "woord"),
    [
        pytest.param(make_geldig(1), None, id="een geldige inschrijving"),
        pytest.param((ONGELDIG,), "zonder gunning", id="alles ongeldig"),
        pytest.param((), "zonder gunning", id="niemand schreef in"),
        pytest.param((MENS,), None, id="nog niet beslist"),
    ],
)
def test_geldige_inschrijving_aanwezig(feiten, woord):
    check(regels.geldige_inschrijving_aanwezig, feiten, woord)


def verklaar(**velden: Any) -> BelangenverklaringAfleggen:
    return BelangenverklaringAfleggen(**({"percelen": ("1",), "belang": False} | velden))


@pytest.mark.parametrize(
    ("invoer", "woord"),
    [
        pytest.param(verklaar(percelen=("1", "2")), None, id="bestaande percelen"),
        pytest.param(verklaar(percelen=("1", "9")), "Perceel 9", id="onbekend perceel"),
    ],
)
def test_percelen_bestaan(invoer, woord):
    check(regels_scores.percelen_bestaan, (), woord, invoer=invoer)


@pytest.mark.parametrize(
    ("invoer", "woord"),
    [
        pytest.param(verklaar(), None, id="geen belang"),
        pytest.param(verklaar(belang=True, toelichting="Familie."), None, id="belang met toelichting"),
        pytest.param(verklaar(belang=True), "welk belang", id="belang zonder toelichting"),
    ],
)
def test_belang_toegelicht(invoer, woord):
    check(regels_scores.belang_toegelicht, (), woord, invoer=invoer)


WIE = BEOORDELAARS[0]


@pytest.mark.parametrize(
    ("feiten", "woord"),
    [
        pytest.param((make_verklaring(WIE),), None, id="afgelegd"),
        pytest.param((make_verklaring(WIE, ("2",)),), "perceel 1", id="alleen voor een ander perceel"),
        pytest.param((make_verklaring(BEOORDELAARS[1]),), WIE, id="alleen door een ander"),
    ],
)
def test_belangenverklaring_afgelegd(feiten, woord):
    check(regels_scores.belangenverklaring_afgelegd, feiten, woord, persoon=WIE)


@pytest.mark.parametrize(
    ("feiten", "woord"),
    [
        pytest.param((make_verklaring(WIE),), None, id="geen belang"),
        pytest.param((make_verklaring(WIE), make_verklaring(WIE, belang=True)), "belang", id="later belang"),
        pytest.param((make_verklaring(WIE, belang=True), make_verklaring(WIE)), None, id="laatste telt"),
    ],
)
def test_geen_belang_gemeld(feiten, woord):
    check(regels_scores.geen_belang_gemeld, feiten, woord, persoon=WIE)


@pytest.mark.parametrize(
    ("feiten", "woord"),
    [
        pytest.param((), None, id="nog niets ingeleverd"),
        pytest.param((make_scores(BEOORDELAARS[1], {1: (8, 8)}),), None, id="een ander leverde in"),
        pytest.param((make_scores(WIE, {1: (8, 8)}),), "al vergrendeld", id="zelf al ingeleverd"),
    ],
)
def test_nog_niet_vergrendeld(feiten, woord):
    check(regels_scores.nog_niet_vergrendeld, feiten, woord, persoon=WIE)


@pytest.mark.parametrize(
    ("feiten", "woord"),
    [
        pytest.param((), None, id="nog geen oordeel"),
        pytest.param((make_consensus({1: (8, 8)}, "2"),), None, id="oordeel over een ander perceel"),
        pytest.param((make_consensus({1: (8, 8)}),), "al vastgesteld", id="oordeel is er al"),
    ],
)
def test_consensus_nog_open(feiten, woord):
    check(regels_scores.consensus_nog_open, feiten, woord)


TE_SCOREN = (P1, *OPEN, *make_geldig(1, 2))


def scores(rijen: dict[tuple[int, str], int], motivering: str = "Concreet.") -> ScoresVergrendelen:
    return ScoresVergrendelen(
        percelen=("1",),
        scores=tuple(
            ScoreRegel(perceel="1", inschrijving=f"I-{n:03d}", criterium=c, score=s, motivering=motivering)
            for (n, c), s in rijen.items()
        ),
    )


ALLES = {(1, "K1"): 8, (1, "K2"): 6, (2, "K1"): 0, (2, "K2"): 10}
VOLLEDIG = ConsensusVaststellen(perceel="1", oordelen=make_oordelen({1: (8, 6), 2: (0, 10)}))


@pytest.mark.parametrize(
    ("invoer", "woord"),
    [
        pytest.param(scores(ALLES), None, id="geldige inschrijvingen"),
        pytest.param(VOLLEDIG, None, id="oordeel over geldige inschrijvingen"),
        pytest.param(scores(ALLES | {(3, "K1"): 8}), "perceel 1 I-003", id="niet geldig"),
    ],
)
def test_gescoorde_inschrijvingen_geldig(invoer, woord):
    check(regels_scores.gescoorde_inschrijvingen_geldig, TE_SCOREN, woord, invoer=invoer)


@pytest.mark.parametrize(
    ("invoer", "woord"),
    [
        pytest.param(scores(ALLES), None, id="aangekondigde criteria"),
        pytest.param(scores(ALLES | {(1, "K9"): 8}), "K9", id="onbekend criterium"),
    ],
)
def test_criteria_bekend(invoer, woord):
    check(regels_scores.criteria_bekend, TE_SCOREN, woord, invoer=invoer)


@pytest.mark.parametrize(
    ("invoer", "woord"),
    [
        pytest.param(scores(ALLES), None, id="volledig"),
        pytest.param(VOLLEDIG, None, id="oordeel is volledig"),
        pytest.param(
            scores({(2, "K1"): 8}), "perceel 1 I-001 (K1, K2); perceel 1 I-002 (K2)", id="alle gaten tegelijk"
        ),
        pytest.param(
            VOLLEDIG.model_copy(update={"oordelen": VOLLEDIG.oordelen[1:]}), "I-001 (K1)", id="oordeel ontbreekt"
        ),
        pytest.param(
            VOLLEDIG.model_copy(update={"oordelen": (*VOLLEDIG.oordelen, VOLLEDIG.oordelen[0])}),
            "Meer dan één score", id="dubbel oordeel",
        ),
    ],
)  # fmt: skip
def test_scores_volledig(invoer, woord):
    check(regels_scores.scores_volledig, TE_SCOREN, woord, invoer=invoer)


@pytest.mark.parametrize(
    ("score", "woord"),
    [
        pytest.param(0, None, id="laagste punt"),
        pytest.param(10, None, id="hoogste punt"),
        pytest.param(5, "K1: 5", id="tussenscore"),
        pytest.param(11, "K1: 11", id="boven de schaal"),
    ],
)
def test_scores_op_schaal(score, woord):
    check(regels_scores.scores_op_schaal, TE_SCOREN, woord, invoer=scores({(1, "K1"): score}))


TUSSEN = make_perceel_uitgewerkt(
    criteria=tuple(c.model_copy(update={"tussenscores": True}) for c in make_perceel_uitgewerkt().criteria)
)
GEMIDDELD = TUSSEN.model_copy(
    update={"criteria": tuple(c.model_copy(update={"gemiddelde": c.code == "K1"}) for c in TUSSEN.criteria)}
)


@pytest.mark.parametrize(
    ("score", "woord"),
    [
        pytest.param(5, None, id="tussenscore waar die is aangekondigd"),
        pytest.param(11, "Toegestaan: perceel 1 K1: 0, 1, 2", id="boven de schaal"),
        pytest.param(-1, "K1: -1", id="onder de schaal"),
    ],
)
def test_tussenscores_waar_aangekondigd(score, woord):
    check(regels_scores.scores_op_schaal, (*TE_SCOREN, TUSSEN), woord, invoer=scores({(1, "K1"): score}))


def oordelen(k1: int, k2: int) -> ConsensusVaststellen:
    return ConsensusVaststellen(perceel="1", oordelen=make_oordelen({1: (k1, k2)}))


def los(*paren: tuple[int, int]) -> tuple[Any, ...]:
    return tuple(make_scores(wie, {1: paar}) for wie, paar in zip(BEOORDELAARS, paren, strict=False))


@pytest.mark.parametrize(
    ("uitgewerkt", "losse", "gegeven", "woord"),
    [
        pytest.param(
            GEMIDDELD, los((6, 4), (8, 4), (10, 4)), (8, 10), None, id="het gemiddelde is een hele score"
        ),
        pytest.param(
            GEMIDDELD, los((6, 4), (8, 4), (9, 4)), (8, 4), None, id="twee derde wordt naar boven afgerond"
        ),
        pytest.param(GEMIDDELD, los((6, 4), (7, 4)), (7, 4), None, id="een half wordt naar boven afgerond"),
        pytest.param(GEMIDDELD, los((6, 4), (7, 4)), (6, 4), "I-001 K1: 6 in plaats van 7", id="afgekapt"),
        pytest.param(
            GEMIDDELD, los((6, 4), (8, 4), (10, 4)), (10, 4), "10 in plaats van 8", id="een hogere score"
        ),
        pytest.param(
            TUSSEN, los((6, 4), (8, 4), (10, 4)), (10, 4), None, id="niet aangekondigd, dus één score"
        ),
        pytest.param(GEMIDDELD, (), (10, 4), None, id="zonder eigen scores zegt een andere regel het"),
    ],
)
def test_score_is_aangekondigd_gemiddelde(uitgewerkt, losse, gegeven, woord):
    check(
        regels_scores.score_is_aangekondigd_gemiddelde,
        (*TE_SCOREN, uitgewerkt, *losse),
        woord,
        invoer=oordelen(*gegeven),
    )


@pytest.mark.parametrize(
    ("motivering", "woord"),
    [pytest.param("Concreet.", None, id="gemotiveerd"), pytest.param("  ", "I-001 K1", id="alleen spaties")],
)
def test_scores_gemotiveerd(motivering, woord):
    check(regels_scores.scores_gemotiveerd, TE_SCOREN, woord, invoer=scores({(1, "K1"): 8}, motivering))


def vergrendel(aantal: int) -> tuple[Any, ...]:
    return tuple(make_scores(wie, {1: (6, 6), 2: (8, 10)}) for wie in BEOORDELAARS[:aantal])


@pytest.mark.parametrize(
    ("feiten", "woord"),
    [
        pytest.param((*TE_SCOREN, *vergrendel(3)), None, id="drie beoordelaars"),
        pytest.param((*TE_SCOREN, *vergrendel(2)), "nu perceel 1: 2", id="twee beoordelaars"),
        pytest.param(
            (*TE_SCOREN, *vergrendel(3), make_verklaring(WIE, belang=True)), "nu perceel 1: 2",
            id="wie later een belang meldt telt niet",
        ),
        pytest.param((P1, ONGELDIG), None, id="niets te scoren"),
    ],
)  # fmt: skip
def test_genoeg_beoordelaars(feiten, woord):
    check(regels_scores.genoeg_beoordelaars, feiten, woord)


def oordeel(**velden: Any) -> ConsensusVaststellen:
    basis = {"inschrijving": "I-001", "criterium": "K1", "score": 8, "motivering": "Concreet plan."}
    return ConsensusVaststellen(perceel="1", oordelen=(Oordeel(**(basis | velden)),))


@pytest.mark.parametrize(
    ("invoer", "woord"),
    [
        pytest.param(oordeel(score=10), None, id="hoogste score"),
        pytest.param(oordeel(waarom_niet_maximaal="Minder lokaal."), None, id="uitgelegd"),
        pytest.param(oordeel(), "I-001 K1", id="niet uitgelegd"),
    ],
)
def test_lagere_score_uitgelegd(invoer, woord):
    check(regels_scores.lagere_score_uitgelegd, TE_SCOREN, woord, invoer=invoer)


@pytest.mark.parametrize(
    ("tekst", "woord"),
    [
        pytest.param("Een concreet plan.", None, id="noemt niemand"),
        pytest.param("Zorgbedrijf 1 (verzonnen) schrijft concreet.", None, id="eigen naam"),
        pytest.param("I-001 schrijft concreet.", None, id="eigen nummer"),
        pytest.param("Beter dan Zorgbedrijf 2 (verzonnen).", "Zorgbedrijf 2", id="naam van een ander"),
        pytest.param("Beter dan zorgbedrijf 2.", "zorgbedrijf 2", id="naam zonder toevoeging"),
        pytest.param("Beter dan i-002.", "i-002", id="nummer van een ander"),
        pytest.param("Zorgbedrijf 22 bestaat niet.", None, id="begin van een langere naam"),
    ],
)
@pytest.mark.parametrize("veld", ["motivering", "waarom_niet_maximaal"])
def test_redenen_geven_niets_prijs(veld, tekst, woord):
    check(regels_scores.redenen_geven_niets_prijs, TE_SCOREN, woord, invoer=oordeel(**{veld: tekst}))


@pytest.mark.parametrize(
    ("tekst", "woord"),
    [
        pytest.param("Wij willen samen werken.", None, id="gewoon woord in kleine letters"),
        pytest.param("Anders dan bij Samen.", "Samen", id="naam met hoofdletter"),
        pytest.param("Stichting Samen deed het anders.", "Stichting Samen", id="volledige naam"),
    ],
)
def test_redenen_geven_niets_prijs_with_a_name_that_is_a_word(tekst, woord):
    ontvangen = OPEN[0]
    tweede = ontvangen.inschrijvingen[1]
    samen = make_onderneming(2, naam="Stichting Samen")
    ontvangen = ontvangen.model_copy(
        update={
            "inschrijvingen": (ontvangen.inschrijvingen[0], tweede.model_copy(update={"aanbieder": samen}))
        }
    )
    check(regels_scores.redenen_geven_niets_prijs, (P1, ontvangen), woord, invoer=oordeel(motivering=tekst))


@pytest.mark.parametrize(
    ("motivering", "woord"),
    [
        pytest.param("Een concrete aanpak.", None, id="vorm van een woord uit het kader"),
        pytest.param("De lokale partners.", None, id="begin van een woord uit het kader"),
        pytest.param("Mooi verhaal.", "I-001 K1", id="geen woord uit het kader"),
    ],
)
def test_redenen_binnen_kader(motivering, woord):
    check(regels_scores.redenen_binnen_kader, TE_SCOREN, woord, invoer=oordeel(motivering=motivering))
    assert regels_scores.redenen_binnen_kader.ernst is Ernst.SIGNALEERT


@pytest.mark.parametrize(
    ("score", "woord"),
    [
        pytest.param(6, None, id="laagste losse score"),
        pytest.param(8, "los 6 tot 6", id="boven de losse scores"),
        pytest.param(4, "los 6 tot 6", id="onder de losse scores"),
    ],
)
def test_oordeel_tussen_losse_scores(score, woord):
    feiten = (*TE_SCOREN, *vergrendel(3))
    check(regels_scores.oordeel_tussen_losse_scores, feiten, woord, invoer=oordeel(score=score))


PRIJS = make_prijsperceel()


@pytest.mark.parametrize(
    ("feiten", "woord"),
    [
        pytest.param((make_consensus({1: (8,)}),), None, id="vastgesteld"),
        pytest.param((), "nog niet vergrendeld", id="geen oordeel"),
    ],
)
def test_kwaliteit_vergrendeld(feiten, woord):
    check(regels_rangorde.kwaliteit_vergrendeld, feiten, woord)


@pytest.mark.parametrize(
    ("feiten", "woord"),
    [
        pytest.param((PRIJS,), None, id="prijscriterium"),
        pytest.param((P1,), "vaste tarieven", id="vast tarief"),
    ],
)
def test_prijs_is_criterium(feiten, woord):
    check(regels_rangorde.prijs_is_criterium, feiten, woord)


@pytest.mark.parametrize(
    ("feiten", "woord"),
    [
        pytest.param((PRIJS,), None, id="nog dicht"),
        pytest.param((PRIJS, make_prijzen({1: "35"})), "al geopend", id="al geopend"),
    ],
)
def test_prijzen_nog_dicht(feiten, woord):
    check(regels_rangorde.prijzen_nog_dicht, feiten, woord)


@pytest.mark.parametrize(
    ("openers", "woord"),
    [
        pytest.param(("inkoper.demo", "jurist.demo"), None, id="twee verschillende personen"),
        pytest.param(("inkoper.demo", "inkoper.demo"), "dezelfde", id="dezelfde persoon"),
        pytest.param(("inkoper.demo", "vreemde"), "vreemde heeft geen rol", id="iemand zonder rol"),
        pytest.param(("inkoper.demo", WIE), "beoordeeld", id="een beoordelaar"),
    ],
)
def test_prijzen_door_twee_geopend(openers, woord):
    invoer = PrijzenOpenen(percelen=("1",), openers=openers)
    check(regels_rangorde.prijzen_door_twee_geopend, (make_scores(WIE, {1: (8,)}),), woord, invoer=invoer)


@pytest.mark.parametrize(
    ("feiten", "woord"),
    [
        pytest.param((P1, *make_geldig(1)), None, id="vast tarief"),
        pytest.param((PRIJS,), None, id="geen geldige inschrijving"),
        pytest.param((PRIJS, *make_geldig(1)), "nog niet geopend", id="prijs telt en is dicht"),
        pytest.param((PRIJS, *make_geldig(1), make_prijzen({1: "35"})), None, id="prijs is open"),
    ],
)
def test_prijzen_geopend(feiten, woord):
    check(regels_rangorde.prijzen_geopend, feiten, woord)


GELIJK = make_beoordeeld(
    {1: (8, 8), 2: (8, 8)},
    uitgewerkt=make_perceel_uitgewerkt(producten=(make_product(maximum_aanbieders=1),)),
)


def rangorde(volgorde: tuple[str, ...] = (), getuigen: tuple[str, ...] = ("Jurist", "Controleur")) -> Any:
    loting = {"1": volgorde} if volgorde else {}
    return RangordeVaststellen(percelen=("1",), loting=loting, getuigen=getuigen)


@pytest.mark.parametrize(
    ("dossier", "invoer", "woord"),
    [
        pytest.param(GELIJK, None, "I-001, I-002 staan gelijk", id="vooraf al zichtbaar"),
        pytest.param(GELIJK, rangorde(), "I-001, I-002 staan gelijk", id="gelijk zonder loting"),
        pytest.param(GELIJK, rangorde(("I-002", "I-001")), None, id="gelijk met loting"),
        pytest.param(GELIJK, rangorde(("I-002",)), "staan gelijk", id="halve loting beslist niet"),
        pytest.param(make_beoordeeld({1: (8, 8), 2: (8, 8)}), None, None, id="gelijk zonder maximum"),
        pytest.param((PRIJS, *make_geldig(1)), None, None, id="prijzen nog dicht: een andere regel"),
    ],
)
def test_gelijke_stand_beslist(dossier, invoer, woord):
    check(regels_rangorde.gelijke_stand_beslist, dossier, woord, invoer=invoer)


@pytest.mark.parametrize(
    ("dossier", "woord"),
    [
        pytest.param(make_beoordeeld({1: (8, 8)}), None, id="alles vastgelegd"),
        pytest.param(GELIJK, None, id="gelijke stand is een andere regel"),
        pytest.param(TE_SCOREN, "score voor K1 ontbreekt", id="zonder oordeel"),
    ],
)
def test_rangorde_te_maken(dossier, woord):
    check(regels_rangorde.rangorde_te_maken, dossier, woord)


@pytest.mark.parametrize(
    ("invoer", "woord"),
    [
        pytest.param(rangorde(("I-002", "I-001")), None, id="geldige inschrijvingen"),
        pytest.param(rangorde(("I-002", "I-009")), "I-009", id="onbekende inschrijving"),
        pytest.param(rangorde(("I-002", "I-002")), "meer dan één keer", id="dubbel"),
        pytest.param(
            RangordeVaststellen(percelen=("1",), loting={"2": ("I-001",)}), "Perceel 2", id="ander perceel"
        ),
    ],
)
def test_loting_juist(invoer, woord):
    check(regels_rangorde.loting_juist, GELIJK, woord, invoer=invoer)


@pytest.mark.parametrize(
    ("invoer", "woord"),
    [
        pytest.param(rangorde(getuigen=()), None, id="geen loting"),
        pytest.param(rangorde(("I-001", "I-002")), None, id="twee getuigen"),
        pytest.param(rangorde(("I-001", "I-002"), ("Jurist",)), "genoemd: 1", id="een getuige"),
        pytest.param(
            rangorde(("I-001", "I-002"), ("Jurist", "Jurist")), "genoemd: 1", id="tweemaal dezelfde"
        ),
        pytest.param(rangorde(("I-001", "I-002"), ("Notaris",)), None, id="notaris"),
    ],
)
def test_getuigen_aanwezig(invoer, woord):
    check(regels_rangorde.getuigen_aanwezig, GELIJK, woord, invoer=invoer)


def test_every_rule_without_input_can_be_shown_beforehand():
    dossier = make_beoordeeld({1: (8, 8)})
    for handeling in FASE.handelingen:
        for regel in handeling.regels:
            if not regel.met_invoer:
                regel.check(make_situatie(dossier, onderwerpen=("1",)))
                regel.check(make_situatie(make_dossier(), onderwerpen=()))


def test_drempel_is_a_norm_and_not_in_code():
    assert make_situatie().norm("lage_prijs_drempel").bedrag == Decimal(20)

"""Low prices: flagged, asked about, examined, and only then rejected; and a new assessment after a withdrawal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import StatusGewijzigd
from aanbesteding.domain.feiten import InschrijvingGetoetst, VertrouwelijkAangemerkt
from aanbesteding.domain.gunningsrangorde import list_lage_prijzen, rank_perceel
from aanbesteding.domain.regel import Ernst
from aanbesteding.fasen.beoordeling import FASE, regels, regels_lage_prijs, regels_scores, stand
from aanbesteding.fasen.beoordeling import invoer as i
from aanbesteding.fasen.beoordeling.feiten import (
    HerbeoordelingGeopend,
    LagePrijsBeoordeeld,
    LagePrijsBevraagd,
    LagePrijsToegelicht,
)
from bouwers import make_situatie, moment
from fasen.beoordeling.opzet import (
    BEOORDELAARS,
    make_beoordeeld,
    make_consensus,
    make_prijsperceel,
    make_prijzen,
    make_scores,
    make_status,
)

UITERLIJK = moment("2026-07-10 12:00")
VRAAG = LagePrijsBevraagd(perceel="1", inschrijvingen=("I-003",), vragen=("Waarom?",), uiterlijk=UITERLIJK)
ANTWOORD = LagePrijsToegelicht(
    perceel="1", inschrijving="I-003", ontvangen=moment("2026-07-09"), toelichting="Wij rijden niet."
)
AANVAARD = LagePrijsBeoordeeld(perceel="1", inschrijving="I-003", aanvaard=True, motivering="Dat klopt.")


def make_geprijsd(laagste: str = "31.99") -> Dossier:
    """Three valid bids with prices; the third is the cheapest."""
    producten = {n: ("01A01", "01A02") for n in (1, 2, 3)}
    return make_beoordeeld(
        {1: (8,), 2: (6,), 3: (10,)},
        uitgewerkt=make_prijsperceel(),
        producten=producten,
        feiten=(make_prijzen({1: "40", 2: "40", 3: laagste}),),
    )


def check(regel: Any, dossier: Dossier, **velden: Any) -> str:
    """The sentence of a rule, empty when it is met."""
    basis: dict[str, Any] = {"onderwerpen": ("1",), "nu": "2026-07-06 09:00"}
    return regel.toets(make_situatie(dossier, **(basis | velden))) or ""


def perform(code: str, dossier: Dossier, invoer: Any, nu: str = "2026-07-06 09:00") -> Dossier:
    """The dossier after the decision of an act, without its rules."""
    act = next(h for h in FASE.handelingen if h.code == code)
    besluit = act.besluit(make_situatie(dossier, invoer=invoer, nu=nu, onderwerpen=("1",)))
    return dossier.met(*besluit.feiten, moment=moment(nu))


@pytest.mark.parametrize(
    ("laagste", "feiten", "woord"),
    [
        pytest.param("32", (), "", id="precies op de grens"),
        pytest.param("31.99", (), "I-003 (€ 31,99)", id="net onder de grens"),
        pytest.param("31.99", (VRAAG,), "", id="bevraagd"),
    ],
)
def test_een_lage_prijs_vraagt_om_een_vraag_of_een_motivering(laagste: str, feiten: Any, woord: str) -> None:
    melding = check(regels_lage_prijs.lage_prijzen_bevraagd, make_geprijsd(laagste).met(*feiten))
    assert (woord in melding) if woord else (melding == "")
    assert regels_lage_prijs.lage_prijzen_bevraagd.ernst is Ernst.MOTIVEREN


@pytest.mark.parametrize(
    ("feiten", "woord"),
    [
        pytest.param((), "", id="niets gevraagd"),
        pytest.param((VRAAG,), "perceel 1 I-003", id="gevraagd, geen antwoord"),
        pytest.param((VRAAG, ANTWOORD), "perceel 1 I-003", id="antwoord nog niet beoordeeld"),
        pytest.param((VRAAG, ANTWOORD, AANVAARD), "", id="beoordeeld"),
    ],
)
def test_geen_rangorde_zolang_een_vraag_openstaat(feiten: Any, woord: str) -> None:
    melding = check(regels_lage_prijs.prijsvragen_afgerond, make_geprijsd().met(*feiten))
    assert (woord in melding) if woord else (melding == "")


def vraag(**velden: Any) -> i.ToelichtingPrijsVragen:
    basis: dict[str, Any] = {"perceel": "1", "inschrijvingen": ("I-003",), "uiterlijk": UITERLIJK}
    return i.ToelichtingPrijsVragen(**(basis | velden))


@pytest.mark.parametrize(
    ("invoer", "feiten", "woord"),
    [
        pytest.param(vraag(), (), "", id="een goede vraag"),
        pytest.param(
            vraag(inschrijvingen=("I-009",)), (), "geen geldige inschrijving met een prijs", id="onbekend"
        ),
        pytest.param(vraag(), (VRAAG,), "al om een toelichting gevraagd", id="al gevraagd"),
        pytest.param(vraag(inschrijvingen=("I-003", "I-003")), (), "meer dan één keer", id="dubbel"),
        pytest.param(vraag(uiterlijk=moment("2026-07-07 09:00")), (), "minder dan 2 dagen", id="geen tijd"),
    ],
)
def test_een_vraag_past(invoer: Any, feiten: Any, woord: str) -> None:
    melding = check(regels_lage_prijs.prijsvraag_past, make_geprijsd().met(*feiten), invoer=invoer)
    assert (woord in melding) if woord else (melding == "")


def test_voor_het_openen_van_de_prijzen_wordt_niet_gevraagd() -> None:
    act = next(h for h in FASE.handelingen if h.code == "toelichting_prijs_vragen")
    dicht = make_beoordeeld({1: (8,), 2: (6,), 3: (10,)}, uitgewerkt=make_prijsperceel())
    for dossier, code in (
        (dicht, "prijzen-niet-geopend"),
        (make_beoordeeld({1: (8, 8)}), "perceel-zonder-prijs"),
    ):
        zaak = make_situatie(dossier, onderwerpen=("1",), nu="2026-07-06 09:00")
        assert code in {r.code for r in act.regels if not r.met_invoer and r.check(zaak)}


@pytest.mark.parametrize(
    ("feiten", "mag"),
    [((), False), ((VRAAG,), True), ((VRAAG, ANTWOORD, AANVAARD), False)],
    ids=["niets gevraagd", "gevraagd", "al beslist"],
)
def test_zonder_open_vraag_valt_er_niets_vast_te_leggen(feiten: Any, mag: bool) -> None:
    assert (check(regels_lage_prijs.prijsvraag_open, make_geprijsd().met(*feiten)) == "") == mag


def test_wie_volgens_de_drempel_niet_laag_is_wordt_alleen_met_motivering_gevraagd() -> None:
    regel = regels_lage_prijs.bevraagde_prijs_is_laag
    assert check(regel, make_geprijsd(), invoer=vraag()) == ""
    assert "I-001" in check(regel, make_geprijsd(), invoer=vraag(inschrijvingen=("I-001",)))
    assert regel.ernst is Ernst.MOTIVEREN


def antwoord(**velden: Any) -> i.ToelichtingPrijsVastleggen:
    basis: dict[str, Any] = {"perceel": "1", "inschrijving": "I-003", "toelichting": "Uitgelegd."}
    return i.ToelichtingPrijsVastleggen(**(basis | velden))


@pytest.mark.parametrize(
    ("feiten", "ontvangen", "nu", "woord"),
    [
        pytest.param(
            (), "2026-07-09", "2026-07-09 10:00", "niet om een toelichting gevraagd", id="niet gevraagd"
        ),
        pytest.param((VRAAG,), "2026-07-09", "2026-07-09 10:00", "", id="ontvangen"),
        pytest.param((VRAAG,), "2026-07-09", "2026-07-08 10:00", "niet later", id="in de toekomst"),
        pytest.param((VRAAG,), None, "2026-07-10 12:00", "mag antwoorden tot", id="stilte voor het moment"),
        pytest.param((VRAAG,), None, "2026-07-10 12:01", "", id="stilte na het moment"),
        pytest.param((VRAAG, ANTWOORD), "2026-07-09", "2026-07-09 10:00", "ligt al vast", id="al vastgelegd"),
    ],
)
def test_een_toelichting_wordt_vastgelegd(feiten: Any, ontvangen: str | None, nu: str, woord: str) -> None:
    invoer = antwoord(ontvangen=moment(ontvangen) if ontvangen else None)
    melding = check(
        regels_lage_prijs.toelichting_gevraagd, make_geprijsd().met(*feiten), invoer=invoer, nu=nu
    )
    assert (woord in melding) if woord else (melding == "")


@pytest.mark.parametrize(
    ("feiten", "woord"),
    [
        pytest.param((), "niet om een toelichting gevraagd", id="afwijzen zonder te vragen"),
        pytest.param((VRAAG,), "Leg eerst vast", id="afwijzen zonder antwoord"),
        pytest.param((VRAAG, ANTWOORD), "", id="na vraag en antwoord"),
        pytest.param((VRAAG, ANTWOORD, AANVAARD), "al beslist", id="twee keer"),
    ],
)
@pytest.mark.parametrize("aanvaard", [True, False], ids=["aanvaarden", "afwijzen"])
def test_een_lage_prijs_wordt_pas_na_de_vraag_beoordeeld(aanvaard: bool, feiten: Any, woord: str) -> None:
    invoer = i.LagePrijsBeoordelen(perceel="1", inschrijving="I-003", aanvaard=aanvaard, motivering="Zo.")
    melding = check(regels_lage_prijs.eerst_gevraagd, make_geprijsd().met(*feiten), invoer=invoer)
    assert (woord in melding) if woord else (melding == "")


def test_een_afgewezen_prijs_telt_niet_mee_en_een_aanvaarde_wel() -> None:
    gevraagd = make_geprijsd().met(VRAAG, ANTWOORD)
    invoer = i.LagePrijsBeoordelen(
        perceel="1", inschrijving="I-003", aanvaard=False, motivering="De reistijd ontbreekt in de opbouw."
    )
    aanvaard = perform("lage_prijs_beoordelen", gevraagd, invoer.model_copy(update={"aanvaard": True}))
    afgewezen = perform("lage_prijs_beoordelen", gevraagd, invoer)
    assert rank_perceel(aanvaard, "1").plaatsen[0].inschrijving == "I-003"
    assert "I-003" not in {p.inschrijving for p in rank_perceel(afgewezen, "1").plaatsen}
    toets = afgewezen.laatste(InschrijvingGetoetst, inschrijving="I-003")
    assert toets is not None
    assert toets.uitkomst == "ongeldig"
    assert "De reistijd ontbreekt in de opbouw." in toets.reden
    assert list_lage_prijzen(afgewezen, "1", Decimal(20)) == ()


def test_de_brief_noemt_alleen_de_eigen_prijs() -> None:
    act = next(h for h in FASE.handelingen if h.code == "toelichting_prijs_vragen")
    dossier = perform("toelichting_prijs_vragen", make_geprijsd(), vraag())
    (brief,) = act.documenten[0].build(make_situatie(dossier, onderwerpen=("1",)))
    assert brief.ontvanger.sleutel == "I-003"
    assert (brief.context.prijs, brief.context.uiterlijk) == (Decimal("31.99"), UITERLIJK)
    tekst = brief.context.model_dump_json()
    for ander in ("40", "Zorgbedrijf 1", "Zorgbedrijf 2", "I-001", "I-002"):
        assert f'"{ander}' not in tekst


def test_een_prijs_onder_de_ondergrens_valt_buiten_de_rangorde() -> None:
    rangorde = rank_perceel(make_geprijsd("29.50"), "1")
    assert "I-003" not in {p.inschrijving for p in rangorde.plaatsen}
    assert any(w.startswith("I-003: De prijs") and "ondergrens" in w for w in rangorde.waarschuwingen)


# --- a new assessment -------------------------------------------------------------------------------------

INGETROKKEN = StatusGewijzigd(onderwerp="perceel:1", van="meegedeeld", naar="beoordeeld")


def make_eerder() -> Dossier:
    """Assessed by three, told and withdrawn."""
    scores = {1: (8,), 2: (6,), 3: (10,)}
    return make_geprijsd().met(*(make_scores(b, scores) for b in BEOORDELAARS), INGETROKKEN)


def heropen(nieuwe_commissie: bool = True) -> Dossier:
    invoer = i.HerbeoordelingOpenen(
        percelen=("1",),
        motivering="De rechter wil een nieuwe beoordeling.",
        nieuwe_commissie=nieuwe_commissie,
    )
    return perform("herbeoordeling_openen", make_eerder(), invoer).met(make_status("getoetst"))


def test_alleen_na_een_ingetrokken_beslissing_wordt_opnieuw_beoordeeld() -> None:
    assert check(regels_lage_prijs.beslissing_ingetrokken, make_eerder()) == ""
    eerste = make_geprijsd().met(
        StatusGewijzigd(onderwerp="perceel:1", van="kwaliteit_vergrendeld", naar="beoordeeld")
    )
    assert "geen gunningsbeslissing ingetrokken" in check(regels_lage_prijs.beslissing_ingetrokken, eerste)


def test_bekende_prijzen_geven_een_waarschuwing() -> None:
    assert "al geopend" in check(regels_lage_prijs.prijzen_onbekend, make_eerder())
    assert check(regels_lage_prijs.prijzen_onbekend, make_beoordeeld({1: (8, 8)})) == ""


def test_na_heropening_tellen_de_oude_scores_niet_maar_blijven_ze_bewaard() -> None:
    dossier = heropen()
    assert stand.load_vergrendeld(dossier, "1") == {}
    assert stand.load_consensus(dossier, "1") is None
    assert len([f for f in dossier.vastleggingen if type(f.feit).__name__ == "ScoresVergrendeld"]) == 3
    assert check(regels_scores.consensus_nog_open, dossier, persoon="nieuw.demo") == ""
    opnieuw = dossier.met(make_scores("nieuw.demo", {1: (4,)}), make_consensus({1: (4,), 2: (6,), 3: (8,)}))
    assert list(stand.load_vergrendeld(opnieuw, "1")) == ["nieuw.demo"]
    assert stand.load_consensus(opnieuw, "1") is not None
    assert rank_perceel(opnieuw, "1").plaatsen[0].inschrijving == "I-003"


@pytest.mark.parametrize(
    ("persoon", "nieuwe_commissie", "mag"),
    [
        (BEOORDELAARS[0], True, False),
        (BEOORDELAARS[0], False, True),
        ("nieuw.demo", True, True),
    ],
    ids=["wie eerder scoorde", "wie eerder scoorde, zelfde commissie", "wie nieuw is"],
)
def test_een_nieuwe_commissie_is_nieuw(persoon: str, nieuwe_commissie: bool, mag: bool) -> None:
    dossier = heropen(nieuwe_commissie)
    assert (check(regels_scores.nieuwe_commissie_beoordeelt, dossier, persoon=persoon) == "") == mag
    assert check(regels_scores.nieuwe_commissie_beoordeelt, make_eerder(), persoon=persoon) == ""
    assert dossier.laatste(HerbeoordelingGeopend) is not None


# --- confidential passages --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inschrijving", "passage", "woord"),
    [
        ("I-001", "Onze werkwijze met de buddy-app", ""),
        ("I-099", "Onze werkwijze met de buddy-app", "niet ontvangen"),
        ("I-001", "app", "te kort om te herkennen"),
    ],
    ids=["een passage", "onbekende inschrijving", "een los woord"],
)
def test_een_passage_wordt_aangemerkt(inschrijving: str, passage: str, woord: str) -> None:
    invoer = i.VertrouwelijkAanmerken(inschrijving=inschrijving, passages=(passage,), grond="Bedrijfsgeheim.")
    melding = check(regels.passages_passen, make_geprijsd(), invoer=invoer, onderwerpen=())
    assert (woord in melding) if woord else (melding == "")
    dossier = perform("vertrouwelijk_aanmerken", make_geprijsd(), invoer)
    assert dossier.laatste(VertrouwelijkAangemerkt, inschrijving=inschrijving) is not None

"""Applying online and completing: when the counter is open, what must be answered, and repairing once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.regel import Ernst
from aanbesteding.fasen.toetreding.besluiten.aanvraag import (
    AanvraagGetoetst,
    AanvraagOntvangen,
    BewijsIngediend,
)
from aanbesteding.fasen.toetreding.besluiten.loket import (
    AanvraagIndienen,
    AanvullingIndienen,
    AanvullingVragen,
    is_aanvulling_open,
    list_stukken,
)
from bouwers import make_onderneming, make_situatie, moment
from fasen.toetreding.bouwers_toetreding import (
    HANDELINGEN,
    kijk,
    list_overtredingen,
    make_aanvraag,
    make_gecontracteerd,
    make_openstelling,
    na_ontvangst,
    na_toets,
    verricht,
)

STUK: dict[str, Any] = {
    "perceel": "1", "eis": "M1", "naam": "regeling.pdf", "vorm": "pdf", "omvang": 1200, "sha256": "ab" * 32,
    "datum": "2028-02-01",
}  # fmt: skip


def make_indiening(antwoorden: dict[str, str] | None = None, **velden: Any) -> AanvraagIndienen:
    """An application that answers every requirement, with one file."""
    gegeven = {"V1": "ja", "U1": "ja", "M1": "ja"} | (antwoorden or {})
    basis: dict[str, Any] = {
        "ronde": "1",
        "aanbieder": make_onderneming(9),
        "producten": ({"perceel": "1", "product": "02A01"},),
        "antwoorden": tuple({"perceel": "1", "eis": e, "antwoord": a} for e, a in gegeven.items()),
        "stukken": (STUK,),
    }
    return AanvraagIndienen.model_validate(basis | velden)


def open_ronde(**velden: Any) -> Dossier:
    return verricht(
        make_gecontracteerd(), "openstelling_besluiten", make_openstelling(**velden), "2028-03-01"
    )


def overtreedt(dossier: Dossier, code: str, invoer: Any, nu: str, *op: str) -> list[str]:
    return list_overtredingen(kijk(dossier, code, invoer, nu, "digitaal.loket", *op), code)


@pytest.mark.parametrize(
    ("nu", "codes"),
    [
        pytest.param("2028-03-10 00:00:00", [], id="op de eerste dag kan het"),
        pytest.param(
            "2028-03-09 23:59:59", ["ronde-gesloten-voor-aanvragen"], id="een seconde voor de eerste dag niet"
        ),
        pytest.param("2028-04-14 11:59:59", [], id="een seconde voor sluiting kan het"),
        pytest.param(
            "2028-04-14 12:00:00", ["ronde-gesloten-voor-aanvragen"], id="op het sluitingsmoment niet"
        ),
        pytest.param("2028-04-14 12:00:01", ["ronde-gesloten-voor-aanvragen"], id="een seconde erna niet"),
    ],
)
def test_counter_is_open_exactly_as_long_as_was_announced(nu: str, codes: list[str]) -> None:
    dossier = open_ronde(van=date(2028, 3, 10))
    assert overtreedt(dossier, "aanvraag_indienen", make_indiening(), nu) == codes


@pytest.mark.parametrize(
    ("invoer", "codes"),
    [
        pytest.param(make_indiening(), [], id="een volledige aanvraag mag"),
        pytest.param(make_indiening(stukken=()), [], id="zonder bestanden mag het, met een waarschuwing"),
        pytest.param(
            make_indiening(ronde="2"),
            ["ronde-gesloten-voor-aanvragen"],
            id="een ronde die er niet is",
        ),
        pytest.param(
            make_indiening(producten=({"perceel": "1", "product": "99Z99"},)),
            ["product-niet-open-in-ronde"],
            id="een product dat niet open is",
        ),
        pytest.param(
            make_indiening(producten=({"perceel": "1", "product": "02A01"},) * 2),
            ["product-niet-open-in-ronde"],
            id="twee keer hetzelfde product",
        ),
        pytest.param(make_indiening({"M1": ""}), ["eisen-niet-beantwoord"], id="een eis zonder antwoord"),
        pytest.param(make_indiening({"X9": "ja"}), ["eisen-niet-beantwoord"], id="een eis die niet bestaat"),
        pytest.param(
            make_indiening(stukken=(STUK | {"eis": "Z1"},)), ["bewijs-zonder-eis"], id="een bestand zonder eis"
        ),
    ],
)  # fmt: skip
def test_aanvraag_indienen(invoer: AanvraagIndienen, codes: list[str]) -> None:
    assert overtreedt(open_ronde(), "aanvraag_indienen", invoer, "2028-03-20") == codes


def test_missing_evidence_is_told_but_does_not_refuse() -> None:
    s = kijk(open_ronde(), "aanvraag_indienen", make_indiening(stukken=()), "2028-03-20", "digitaal.loket")
    gevonden = [o for r in HANDELINGEN["aanvraag_indienen"].regels if (o := r.check(s))]
    assert [(o.code, o.ernst) for o in gevonden] == [("bewijs-niet-bijgevoegd", Ernst.SIGNALEERT)]


def test_application_with_every_file_raises_no_signal() -> None:
    alles = tuple(STUK | {"eis": eis} for eis in ("V1", "U1", "M1"))
    s = kijk(open_ronde(), "aanvraag_indienen", make_indiening(stukken=alles), "2028-03-20", "digitaal.loket")
    assert [o for r in HANDELINGEN["aanvraag_indienen"].regels if (o := r.check(s))] == []


def test_received_is_the_moment_of_the_clock_and_the_number_follows_the_last() -> None:
    dossier = na_ontvangst(make_aanvraag(3))
    na = verricht(dossier, "aanvraag_indienen", make_indiening(), "2028-04-02 09:30", "digitaal.loket")
    feit = na.list_feiten(AanvraagOntvangen)[-1]
    assert (feit.verzoek, feit.aanvraag.nummer) == ("0002", "L0002")
    assert feit.aanvraag.ontvangen == moment("2028-04-02 09:30")
    assert na.statussen["verzoek:0002"] == "ontvangen"
    assert [b.sha256 for b in na.list_feiten(BewijsIngediend)[-1].stukken] == ["ab" * 32]


def test_second_application_of_the_same_organisation_is_refused_also_when_the_first_came_by_workbook() -> (
    None
):
    dossier = na_ontvangst(make_aanvraag(9))
    assert overtreedt(dossier, "aanvraag_indienen", make_indiening(), "2028-04-02") == ["al-aangevraagd"]


def test_answer_without_the_evidence_that_was_asked_goes_to_a_person_and_is_not_rejected() -> None:
    d = verricht(
        open_ronde(), "aanvraag_indienen", make_indiening(stukken=(STUK | {"eis": "V1"},)), "2028-03-20"
    )
    for code in ("ronde_sluiten", "aanvragen_toetsen"):
        invoer = HANDELINGEN[code].automatisch(make_situatie(d, None, "2028-04-14 12:00"))
        d = verricht(d, code, invoer, "2028-04-14 12:00")
    eisen = {e.eis: e.uitkomst for e in d.list_feiten(AanvraagGetoetst)[-1].percelen[0].eisen}
    assert (eisen["V1"], eisen["M1"]) == ("voldoet", "mens_beslist")


# --- completing -----------------------------------------------------------------------------------------------


def make_vraag(**velden: Any) -> AanvullingVragen:
    basis: dict[str, Any] = {
        "verzoek": "0001",
        "punten": ({"perceel": "1", "eis": "M1", "vraag": "De regeling ontbreekt."},),
        "verzenddatum": "2028-04-18",
        "uiterlijk": moment("2028-04-25 12:00"),
    }
    return AanvullingVragen.model_validate(basis | velden)


def te_herstellen(**ronde: Any) -> Dossier:
    """An application of which M1 was not answered; the round announced seven days to complete."""
    return na_toets(make_aanvraag(3, {"M1": ""}), **({"hersteltermijn_dagen": 7} | ronde))


@pytest.mark.parametrize(
    ("ronde", "velden", "codes"),
    [
        pytest.param({}, {}, [], id="zeven dagen na verzending mag"),
        pytest.param(
            {}, {"uiterlijk": moment("2028-04-24 23:59")}, ["hersteltermijn-te-kort"], id="zes dagen mag niet"
        ),
        pytest.param(
            {}, {"verzenddatum": "2028-04-17"}, ["hersteltermijn-te-kort"], id="verzenden in het verleden niet"
        ),
        pytest.param(
            {"hersteltermijn_dagen": None}, {}, ["hersteltermijn-niet-aangekondigd"], id="niet aangekondigd"
        ),
        pytest.param(
            {"hersteltermijn_dagen": None}, {"motivering": "Voor iedereen."}, [], id="niet aangekondigd, met reden"
        ),
        pytest.param(
            {"hersteltermijn_dagen": None},
            {"motivering": "Voor iedereen.", "uiterlijk": moment("2028-04-18 18:00")},
            ["hersteltermijn-te-kort"],
            id="nog dezelfde dag mag nooit",
        ),
        pytest.param(
            {},
            {"punten": ({"perceel": "1", "eis": "V1", "vraag": "x"},)},
            ["eis-niet-aan-te-vullen"],
            id="een eis die al is beslist",
        ),
    ],
)  # fmt: skip
def test_aanvulling_vragen(ronde: dict[str, Any], velden: dict[str, Any], codes: list[str]) -> None:
    assert (
        overtreedt(te_herstellen(**ronde), "aanvulling_vragen", make_vraag(**velden), "2028-04-18") == codes
    )


def na_vraag() -> Dossier:
    return verricht(te_herstellen(), "aanvulling_vragen", make_vraag(), "2028-04-18")


def test_completing_is_asked_once() -> None:
    assert overtreedt(na_vraag(), "aanvulling_vragen", make_vraag(), "2028-04-18") == [
        "aanvulling-al-gevraagd"
    ]


def make_aanvulling(**velden: Any) -> AanvullingIndienen:
    basis: dict[str, Any] = {
        "verzoek": "0001",
        "antwoorden": ({"perceel": "1", "eis": "M1", "antwoord": "ja"},),
        "stukken": (STUK,),
    }
    return AanvullingIndienen.model_validate(basis | velden)


@pytest.mark.parametrize(
    ("nu", "velden", "codes"),
    [
        pytest.param("2028-04-25 11:59:59", {}, [], id="een seconde voor het uiterste moment kan het"),
        pytest.param(
            "2028-04-25 12:00:00", {}, ["aanvulling-niet-mogelijk"], id="op het uiterste moment niet"
        ),
        pytest.param("2028-04-25 12:00:01", {}, ["aanvulling-niet-mogelijk"], id="erna niet"),
        pytest.param(
            "2028-04-20",
            {"antwoorden": ({"perceel": "1", "eis": "U1", "antwoord": "ja"},), "stukken": ()},
            ["aanvulling-buiten-verzoek"],
            id="wat niet is gevraagd niet",
        ),
        pytest.param(
            "2028-04-20",
            {"stukken": (STUK | {"eis": "U1"},)},
            ["bewijs-zonder-eis"],
            id="een los bestand niet",
        ),
    ],
)
def test_aanvulling_indienen(nu: str, velden: dict[str, Any], codes: list[str]) -> None:
    assert overtreedt(na_vraag(), "aanvulling_indienen", make_aanvulling(**velden), nu) == codes


def test_nothing_can_be_completed_that_was_not_asked() -> None:
    assert overtreedt(te_herstellen(), "aanvulling_indienen", make_aanvulling(), "2028-04-20") == [
        "aanvulling-niet-mogelijk",
        "aanvulling-buiten-verzoek",
    ]


def test_completing_is_done_once_and_its_evidence_joins_the_rest() -> None:
    na = verricht(na_vraag(), "aanvulling_indienen", make_aanvulling(), "2028-04-20", "digitaal.loket")
    assert [b.naam for b in list_stukken(na, "0001")] == ["regeling.pdf"]
    assert not is_aanvulling_open(na, "0001", moment("2028-04-20 10:00"))
    assert overtreedt(na, "aanvulling_indienen", make_aanvulling(), "2028-04-21") == [
        "aanvulling-niet-mogelijk"
    ]


def beoordeling() -> Any:
    oordeel = {"perceel": "1", "uitkomst": "voldoet", "toelichting": "Verzonnen reden."}
    return HANDELINGEN["aanvraag_beoordelen"].invoer.model_validate(
        {
            "verzoek": "0001",
            "oordelen": ({**oordeel, "eis": "U1"}, {**oordeel, "eis": "M1"}),
            "verificatie": "Nagegaan.",
            "bibob": "geen_bezwaar",
        }
    )


@pytest.mark.parametrize(
    ("dossier", "nu", "codes"),
    [
        pytest.param(na_vraag(), "2028-04-25 11:59:59", ["aanvulling-loopt"], id="aanvullen kan nog"),
        pytest.param(na_vraag(), "2028-04-25 12:00:00", [], id="het uiterste moment is er"),
        pytest.param(
            verricht(na_vraag(), "aanvulling_indienen", make_aanvulling(), "2028-04-20"),
            "2028-04-20",
            [],
            id="de aanvulling is binnen",
        ),
        pytest.param(te_herstellen(), "2028-04-20", [], id="er is niet om gevraagd"),
    ],
)
def test_judging_waits_for_completing(dossier: Dossier, nu: str, codes: list[str]) -> None:
    assert overtreedt(dossier, "aanvraag_beoordelen", beoordeling(), nu, "0001") == codes

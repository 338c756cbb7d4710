"""Every rule of the entry stage: passes, refuses, and its boundary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.norm import Norm, Normen, load_normen
from aanbesteding.fasen.toetreding import FASE
from aanbesteding.fasen.toetreding.besluiten import overeenkomst, wijziging
from aanbesteding.fasen.toetreding.besluiten.ronde import Productkeuze, RondeSluiten
from aanbesteding.fasen.toetreding.besluiten.toelating import ToetredingBesluiten
from aanbesteding.procedures import TOELATING
from bouwers import make_aanbesteding, make_onderneming, make_situatie, moment
from fasen.toetreding.bouwers_toetreding import (
    HANDELINGEN,
    Geweigerd,
    kijk,
    list_overtredingen,
    make_aanvraag,
    make_gecontracteerd,
    make_openstelling,
    make_overeenkomst,
    na_beoordeling,
    na_ontvangst,
    na_toets,
    verricht,
)


def overtreedt(
    dossier: Dossier, code: str, invoer: Any, nu: str, *op: str, persoon: str = "iemand.demo"
) -> list[str]:
    """Codes of the rules that refuse this act."""
    return list_overtredingen(kijk(dossier, code, invoer, nu, persoon, *op), code)


def bouw(code: str, /, **velden: Any) -> Any:
    """Input of an act."""
    return HANDELINGEN[code].invoer.model_validate(velden)


def open_house() -> Dossier:
    """A contracted dossier of an open house without a word on entry."""
    return replace(
        make_gecontracteerd(grondslag="geen"),
        aanbesteding=make_aanbesteding(procedure="toelating"),
        regime=TOELATING.regime,
    )


# --- opening a round --------------------------------------------------------------------------------------

EEN_PLEK = {"aantal": {"02A01": 1}}
ANDER_PRODUCT = {"producten": (Productkeuze(perceel="1", product="99Z99"),)}
ANDER_PERCEEL = {"producten": (Productkeuze(perceel="2", product="02A01"),)}


@pytest.mark.parametrize(
    ("velden", "codes"),
    [
        pytest.param({}, [], id="een volledige openstelling mag"),
        pytest.param(
            ANDER_PERCEEL,
            ["perceel-niet-gecontracteerd", "product-onbekend", "startdatum-buiten-looptijd"],
            id="een perceel zonder overeenkomst mag niet",
        ),
        pytest.param(ANDER_PRODUCT, ["product-onbekend"], id="een onbekend product mag niet"),
        pytest.param(
            {"startdatum": date(2030, 12, 31)}, [], id="start op de laatste dag van de overeenkomst mag"
        ),
        pytest.param(
            {"startdatum": date(2031, 1, 1)},
            ["startdatum-buiten-looptijd"],
            id="start na de overeenkomst mag niet",
        ),
        pytest.param({"aanleiding": ""}, ["geen-tekort-gemotiveerd"], id="zonder aanleiding mag niet"),
        pytest.param({"cijfers": ()}, ["geen-tekort-gemotiveerd"], id="zonder cijfers mag niet"),
        pytest.param(
            {"van": date(2028, 2, 29)}, ["openstelling-in-verleden"], id="openen voor het besluit mag niet"
        ),
        pytest.param({"tot": moment("2028-03-31 12:00")}, [], id="een termijn van dertig dagen mag"),
        pytest.param(
            {"tot": moment("2028-03-30 12:00")},
            ["aanmeldtermijn-te-kort"],
            id="negenentwintig dagen vraagt een reden",
        ),
        pytest.param(
            {"tot": moment("2028-03-15 12:00"), "motivering": "Spoed."},
            [],
            id="een korte termijn met reden mag",
        ),
        pytest.param(EEN_PLEK, ["begrenzing-vraagt-heropening"], id="een maximum vraagt een reden"),
        pytest.param(EEN_PLEK | {"motivering": "De stukken."}, [], id="een maximum met reden mag"),
    ],
)
def test_openstelling_besluiten(velden: dict[str, Any], codes: list[str]) -> None:
    invoer = make_openstelling(**velden)
    assert overtreedt(make_gecontracteerd(), "openstelling_besluiten", invoer, "2028-03-01") == codes


@pytest.mark.parametrize("waarde", ["geen", "Geen toetreding", "gesloten", "nee"])
def test_openstelling_needs_a_basis_in_the_original_documents(waarde: str) -> None:
    dossier = make_gecontracteerd(grondslag=waarde)
    assert overtreedt(dossier, "openstelling_besluiten", make_openstelling(), "2028-03-01") == [
        "grondslag-toetreding-ontbreekt"
    ]


def test_open_house_needs_no_basis_and_no_figures_but_knows_no_maximum() -> None:
    vrij = make_openstelling(cijfers=())
    assert overtreedt(open_house(), "openstelling_besluiten", vrij, "2028-03-01") == []
    begrensd = make_openstelling(cijfers=(), aantal={"02A01": 3})
    assert overtreedt(open_house(), "openstelling_besluiten", begrensd, "2028-03-01") == [
        "plafond-in-open-house"
    ]


def test_product_is_not_opened_twice_at_the_same_time() -> None:
    d = verricht(make_gecontracteerd(), "openstelling_besluiten", make_openstelling(), "2028-03-01")
    assert overtreedt(d, "openstelling_besluiten", make_openstelling(), "2028-03-01") == [
        "product-al-opengesteld"
    ]


def test_ronde_is_not_closed_before_its_last_moment() -> None:
    d = na_ontvangst(make_aanvraag())
    assert overtreedt(d, "ronde_sluiten", RondeSluiten(ronde="1"), "2028-04-14 11:59", "1") == [
        "openstelling-loopt"
    ]
    assert overtreedt(d, "ronde_sluiten", RondeSluiten(ronde="1"), "2028-04-14 12:00", "1") == []


def test_rules_without_input_can_be_shown_beforehand() -> None:
    for dossier in (make_gecontracteerd(), na_toets(make_aanvraag()), na_beoordeling(make_aanvraag())):
        for handeling in FASE.handelingen:
            op = dossier.list_onderwerpen(handeling.per, handeling.van)
            s = make_situatie(dossier, None, "2028-05-01", onderwerpen=op)
            for regel in handeling.regels:
                if not regel.met_invoer:
                    regel.check(s)


def test_beforehand_the_rules_say_that_nothing_can_be_done_yet() -> None:
    leeg = replace(make_gecontracteerd(), vastleggingen=())
    s = make_situatie(leeg, None, "2028-05-01")
    verwacht = {
        "openstelling_besluiten": "perceel-niet-gecontracteerd",
        "aanvragen_registreren": "ronde-niet-open",
        "overeenkomst_beeindigen": "periode-niet-besloten",
        "wijziging_voorstellen": "perceel-zonder-overeenkomst",
        "wijziging_vaststellen": "geen-voorstel-open",
        "aanbiederslijst_vaststellen": "lijst-leeg",
    }
    for code, regel in verwacht.items():
        gevonden = [o.code for r in HANDELINGEN[code].regels if not r.met_invoer and (o := r.check(s))]
        assert regel in gevonden, code


# --- applications -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("aanvraag", "codes"),
    [
        pytest.param(make_aanvraag(4), [], id="een aanvraag op tijd mag"),
        pytest.param(
            make_aanvraag(4, ontvangen=moment("2028-04-14 11:59")), [], id="een minuut voor sluiting mag"
        ),
        pytest.param(
            make_aanvraag(4, ontvangen=moment("2028-04-14 12:00")),
            ["aanvraag-te-laat"],
            id="op het uur is te laat",
        ),
        pytest.param(
            make_aanvraag(4, ontvangen=moment("2028-02-29 23:59")),
            ["aanvraag-te-vroeg"],
            id="een dag te vroeg",
        ),
        pytest.param(
            make_aanvraag(4, **ANDER_PRODUCT), ["product-niet-opengesteld"], id="een gesloten product"
        ),
        pytest.param(
            make_aanvraag(4, aanbieder=make_onderneming(3)),
            ["aanvraag-dubbel"],
            id="een tweede aanvraag van dezelfde",
        ),
    ],
)
def test_aanvragen_registreren(aanvraag: Any, codes: list[str]) -> None:
    d = na_ontvangst(make_aanvraag(3))
    invoer = bouw("aanvragen_registreren", ronde="1", aanvragen=(aanvraag,))
    assert overtreedt(d, "aanvragen_registreren", invoer, "2028-04-14 13:00") == codes


def test_aanvragen_belong_to_an_open_ronde() -> None:
    invoer = bouw("aanvragen_registreren", ronde="2", aanvragen=(make_aanvraag(4),))
    assert overtreedt(na_toets(make_aanvraag(3)), "aanvragen_registreren", invoer, "2028-05-01") == [
        "ronde-niet-open"
    ]


def test_aanvragen_are_tested_after_closing_against_known_eisen() -> None:
    invoer = bouw("aanvragen_toetsen", verzoeken=("0001",))
    d = na_ontvangst(make_aanvraag())
    assert overtreedt(d, "aanvragen_toetsen", invoer, "2028-04-14", "0001") == ["ronde-nog-open"]
    zonder = replace(d, vastleggingen=d.vastleggingen[1:])
    assert "ronde-zonder-eisen" in overtreedt(zonder, "aanvragen_toetsen", invoer, "2028-04-14", "0001")


OORDEEL = {"perceel": "1", "eis": "U1", "uitkomst": "voldoet", "toelichting": "Verzonnen."}


@pytest.mark.parametrize(
    ("oordelen", "codes"),
    [
        pytest.param((OORDEEL,), [], id="elke eis die wacht heeft een oordeel"),
        pytest.param((), ["openstaande-eis"], id="een eis zonder oordeel mag niet"),
        pytest.param(
            (OORDEEL, OORDEEL | {"eis": "M1"}), ["oordeel-zonder-open-eis"], id="een systeemeis overrulen"
        ),
        pytest.param((OORDEEL, OORDEEL), ["oordeel-zonder-open-eis"], id="twee oordelen over een eis"),
    ],
)
def test_aanvraag_beoordelen(oordelen: tuple[Any, ...], codes: list[str]) -> None:
    invoer = bouw("aanvraag_beoordelen", verzoek="0001", oordelen=oordelen, verificatie="Ja.", bibob="loopt")
    assert overtreedt(na_toets(make_aanvraag()), "aanvraag_beoordelen", invoer, "2028-04-20", "0001") == codes


# --- admitting and refusing -------------------------------------------------------------------------------

VERLEEN = ToetredingBesluiten(verzoeken=("0001",), verzenddatum=date(2028, 5, 15))


def verlenen(
    dossier: Dossier, *op: str, persoon: str = "gemandateerde.demo", nu: str = "2028-05-15"
) -> list[str]:
    """Violations of admitting these applications."""
    return overtreedt(dossier, "toetreding_verlenen", VERLEEN, nu, *op, persoon=persoon)


@pytest.mark.parametrize(
    ("velden", "persoon", "nu", "codes"),
    [
        pytest.param({}, "gemandateerde.demo", "2028-05-15", [], id="wie voldoet, treedt toe"),
        pytest.param(
            {"uitkomst": "voldoet_niet"}, "gemandateerde.demo", "2028-05-15", ["voldoet-niet-aan-eis"],
            id="wie niet voldoet, treedt niet toe",
        ),
        pytest.param({}, "jurist.demo", "2028-05-15", ["functies-niet-gescheiden"], id="de beoordelaar beslist niet"),
        pytest.param(
            {"bibob": "loopt"}, "gemandateerde.demo", "2028-05-15", ["bibob-niet-afgerond"], id="bibob loopt nog"
        ),
        pytest.param(
            {"bibob": "bezwaar"}, "gemandateerde.demo", "2028-05-15", ["bibob-niet-afgerond"], id="bibob geeft bezwaar"
        ),
        pytest.param({}, "gemandateerde.demo", "2028-05-16", ["verzenddatum-verstreken"], id="terugdateren mag niet"),
        pytest.param(
            {}, "gemandateerde.demo", "2031-01-01", ["geen-lopende-overeenkomst", "verzenddatum-verstreken"],
            id="na het einde van de overeenkomsten",
        ),
    ],
)  # fmt: skip
def test_toetreding_verlenen(velden: dict[str, Any], persoon: str, nu: str, codes: list[str]) -> None:
    assert verlenen(na_beoordeling(make_aanvraag(), **velden), "0001", persoon=persoon, nu=nu) == codes


def test_second_aanvraag_waits_for_the_first_when_there_is_a_maximum() -> None:
    d = na_beoordeling(make_aanvraag(3), make_aanvraag(4), **EEN_PLEK, motivering="De stukken.")
    assert verlenen(d, "0002") == ["volgorde-niet-gevolgd"]
    assert verlenen(d, "0001") == []
    assert verlenen(d, "0001", "0002") == ["aantal-bereikt"]
    d = verricht(d, "toetreding_verlenen", VERLEEN, "2028-05-15", "gemandateerde.demo")
    assert verlenen(d, "0002") == ["aantal-bereikt"]


def test_without_a_maximum_the_order_of_receipt_does_not_matter() -> None:
    assert verlenen(na_beoordeling(make_aanvraag(3), make_aanvraag(4)), "0002") == []


@pytest.mark.parametrize(
    ("velden", "codes"),
    [
        pytest.param({"uitkomst": "voldoet_niet"}, [], id="wie niet voldoet, mag worden geweigerd"),
        pytest.param({}, ["aanvraag-voldoet"], id="wie voldoet, mag niet worden geweigerd"),
        pytest.param({"bibob": "bezwaar"}, [], id="weigeren na bibob mag"),
    ],
)
def test_toetreding_weigeren(velden: dict[str, Any], codes: list[str]) -> None:
    d = na_beoordeling(make_aanvraag(), **velden)
    assert overtreedt(d, "toetreding_weigeren", VERLEEN, "2028-05-15", "0001") == codes


def test_bibob_afronden_lifts_the_hold() -> None:
    d = na_beoordeling(make_aanvraag(), bibob="loopt")
    d = verricht(
        d, "bibob_afronden", bouw("bibob_afronden", verzoek="0001", bibob="geen_bezwaar"), "2028-05-10"
    )
    assert verlenen(d, "0001") == []
    nogmaals = bouw("bibob_afronden", verzoek="0001", bibob="bezwaar")
    assert overtreedt(d, "bibob_afronden", nogmaals, "2028-05-11", "0001") == ["bibob-loopt-niet"]


# --- ending for inactivity --------------------------------------------------------------------------------

NUMMER = "PR-2027-P1-001"


def na_meting(laatste: date | None = date(2027, 3, 1)) -> Dossier:
    """Activity was measured on 1 May 2028."""
    meting = {"overeenkomst": NUMMER, "laatste_zorg": laatste}
    invoer = bouw("activiteit_registreren", peildatum=date(2028, 5, 1), activiteiten=(meting,))
    return verricht(make_gecontracteerd(), "activiteit_registreren", invoer, "2028-05-01")


def na_aankondiging() -> Dossier:
    """The ending was announced; reactions until 1 June at noon."""
    invoer = bouw(
        "beeindiging_aankondigen",
        overeenkomsten=(NUMMER,),
        reageren_tot=moment("2028-06-01 12:00"),
        per=date(2028, 8, 1),
    )
    return verricht(na_meting(), "beeindiging_aankondigen", invoer, "2028-05-02")


def test_activiteit_belongs_to_known_overeenkomsten_and_lies_before_the_peildatum() -> None:
    onbekend = {"overeenkomst": "PR-2027-P1-099", "laatste_zorg": date(2028, 5, 2)}
    invoer = bouw("activiteit_registreren", peildatum=date(2028, 5, 1), activiteiten=(onbekend,))
    assert overtreedt(make_gecontracteerd(), "activiteit_registreren", invoer, "2028-05-01") == [
        "overeenkomst-onbekend", "activiteit-na-peildatum",
    ]  # fmt: skip
    later = bouw(
        "activiteit_registreren", peildatum=date(2028, 5, 1), activiteiten=({"overeenkomst": NUMMER},)
    )
    assert overtreedt(make_gecontracteerd(), "activiteit_registreren", later, "2028-04-30") == [
        "activiteit-na-peildatum"
    ]


@pytest.mark.parametrize(
    ("dossier", "velden", "nu", "codes"),
    [
        pytest.param(na_aankondiging, {}, "2028-06-01 12:01", [], id="na aankondiging en reactietermijn mag"),
        pytest.param(
            na_aankondiging, {}, "2028-06-01 12:00", ["reactietermijn-beeindiging-loopt"],
            id="op het laatste moment nog niet",
        ),
        pytest.param(na_meting, {}, "2028-06-02", ["aankondiging-ontbreekt"], id="zonder aankondiging niet"),
        pytest.param(
            na_aankondiging, {"per": date(2028, 7, 31)}, "2028-06-02", ["aankondiging-ontbreekt"],
            id="eerder dan aangekondigd niet",
        ),
        pytest.param(na_aankondiging, {}, "2028-08-01", ["einddatum-verstreken"], id="met terugwerkende kracht niet"),
    ],
)  # fmt: skip
def test_overeenkomst_beeindigen(dossier: Any, velden: dict[str, Any], nu: str, codes: list[str]) -> None:
    basis = {"overeenkomsten": (NUMMER,), "per": date(2028, 8, 1), "motivering": "Verzonnen."}
    invoer = bouw("overeenkomst_beeindigen", **(basis | velden))
    assert overtreedt(dossier(), "overeenkomst_beeindigen", invoer, nu) == codes


def test_overeenkomst_with_recent_care_is_not_ended() -> None:
    invoer = overeenkomst.BeeindigingAankondigen(
        overeenkomsten=(NUMMER,), reageren_tot=moment("2028-06-01 12:00"), per=date(2028, 6, 1)
    )
    code = "beeindiging_aankondigen"
    assert overtreedt(na_meting(date(2027, 5, 2)), code, invoer, "2028-05-02") == [
        "periode-niet-verstreken", "reactietermijn-in-verleden",
    ]  # fmt: skip
    assert overtreedt(na_meting(), code, invoer, "2028-06-01 12:00") == ["reactietermijn-in-verleden"]


def test_aanbiederslijst_does_not_run_ahead() -> None:
    invoer = overeenkomst.LijstVaststellen(peildatum=date(2028, 5, 2))
    code = "aanbiederslijst_vaststellen"
    assert overtreedt(make_gecontracteerd(), code, invoer, "2028-05-01") == ["peildatum-in-toekomst"]
    assert overtreedt(make_gecontracteerd(), code, invoer, "2028-05-02") == []


# --- changes ----------------------------------------------------------------------------------------------

VOORSTEL: dict[str, Any] = {
    "code": "W-2028-01",
    "titel": "Kortere wachttijd",
    "perceel": "1",
    "aanleiding": "ontwikkeltafel",
    "besproken_op": date(2028, 4, 20),
    "waarom": "Verzonnen.",
    "artikelen": ({"artikel": "Bijlage 2", "oud": "zes weken", "nieuw": "vier weken"},),
    "ingang": date(2028, 9, 1),
    "reageren_tot": moment("2028-06-01 12:00"),
}
NEE = {"past": False, "reden": "Verzonnen."}
JA = {"past": True, "reden": "Verzonnen."}
HERZIENING = ({"grond": "herzieningsclausule"} | JA,)
TOT_NIET_WEZENLIJK = (
    {"grond": "herzieningsclausule"} | NEE,
    {"grond": "overige_gronden"} | NEE,
    {"grond": "niet_wezenlijk"} | JA,
)
KLEIN = (*TOT_NIET_WEZENLIJK[:2], {"grond": "niet_wezenlijk"} | NEE, {"grond": "kleine_wijziging"} | JA)
VRAGEN = dict.fromkeys(
    ("andere_gegadigden", "economisch_evenwicht", "aanmerkelijk_ruimer", "andere_opdrachtnemer"), False
)
BESLUITEN = tuple(
    {"gemeente": g, "datum": date(2028, 6, 20), "kenmerk": "B-1"} for g in ("aadorp", "beedorp")
)
VASTSTELLING: dict[str, Any] = {
    "code": "W-2028-01",
    "toets": HERZIENING,
    "wezenlijkheid": VRAGEN,
    "collegebesluiten": BESLUITEN,
    "weging_reacties": "Verzonnen.",
    "uittreden_tot": date(2028, 8, 1),
}


def na_voorstel(dossier: Dossier | None = None) -> Dossier:
    """A change was proposed to both providers."""
    invoer = bouw("wijziging_voorstellen", **VOORSTEL)
    return verricht(dossier or make_gecontracteerd(), "wijziging_voorstellen", invoer, "2028-05-01")


def test_voorstel_goes_to_every_overeenkomst_of_the_perceel() -> None:
    voorstel = na_voorstel().laatste(wijziging.WijzigingVoorgesteld)
    assert voorstel is not None
    assert voorstel.overeenkomsten == ("PR-2027-P1-001", "PR-2027-P1-002")


@pytest.mark.parametrize(
    ("velden", "nu", "codes"),
    [
        pytest.param({"code": "W-2"}, "2028-05-01", [], id="een nieuw voorstel mag"),
        pytest.param({}, "2028-05-01", ["voorstel-bestaat"], id="een kenmerk twee keer mag niet"),
        pytest.param(
            {"code": "W-2", "perceel": "2"}, "2028-05-01", ["perceel-zonder-overeenkomst"], id="leeg perceel"
        ),
        pytest.param(
            {"code": "W-2"}, "2028-06-01 12:00", ["reactiemoment-voorbij"], id="reageren kan niet meer"
        ),
    ],
)
def test_wijziging_voorstellen(velden: dict[str, Any], nu: str, codes: list[str]) -> None:
    invoer = bouw("wijziging_voorstellen", **(VOORSTEL | velden))
    assert overtreedt(na_voorstel(), "wijziging_voorstellen", invoer, nu) == codes


@pytest.mark.parametrize(
    ("velden", "codes"),
    [
        pytest.param({}, [], id="een reactie van een geraadpleegde aanbieder mag"),
        pytest.param({"code": "W-9"}, ["voorstel-onbekend"], id="onbekend voorstel"),
        pytest.param(
            {"overeenkomst": "PR-2027-P1-009"}, ["overeenkomst-niet-geraadpleegd"], id="andere overeenkomst"
        ),
    ],
)
def test_wijziging_reactie_registreren(velden: dict[str, Any], codes: list[str]) -> None:
    basis = {
        "code": "W-2028-01",
        "overeenkomst": NUMMER,
        "ontvangen": moment("2028-05-20"),
        "strekking": "oneens",
    }
    invoer = bouw("wijziging_reactie_registreren", **(basis | velden))
    assert overtreedt(na_voorstel(), "wijziging_reactie_registreren", invoer, "2028-05-20") == codes


@pytest.mark.parametrize(("uur", "signaal"), [("12:00", False), ("12:01", True)])
def test_late_reaction_is_recorded_with_a_signal(uur: str, signaal: bool) -> None:
    invoer = bouw(
        "wijziging_reactie_registreren", code="W-2028-01", overeenkomst=NUMMER,
        ontvangen=moment(f"2028-06-01 {uur}"), strekking="eens",
    )  # fmt: skip
    s = kijk(na_voorstel(), "wijziging_reactie_registreren", invoer, "2028-06-02", "iemand.demo")
    gevonden = [o for r in HANDELINGEN["wijziging_reactie_registreren"].regels if (o := r.check(s))]
    assert [o.code for o in gevonden] == (["reactie-te-laat"] if signaal else [])


@pytest.mark.parametrize(
    ("velden", "nu", "codes"),
    [
        pytest.param({}, "2028-07-01", [], id="na alle stappen mag"),
        pytest.param({"code": "W-9"}, "2028-07-01", ["geen-voorstel-open"], id="onbekend voorstel"),
        pytest.param(
            {"collegebesluiten": BESLUITEN}, "2028-06-01 12:00",
            ["reactietermijn-wijziging-loopt", "collegebesluit-ontbreekt"], id="terwijl reageren nog kan",
        ),
        pytest.param(
            {"collegebesluiten": (BESLUITEN[0], BESLUITEN[1] | {"datum": date(2028, 5, 31)})}, "2028-07-01",
            ["reactietermijn-wijziging-loopt"], id="een college besloot te vroeg",
        ),
        pytest.param({"collegebesluiten": BESLUITEN[:1]}, "2028-07-01", ["collegebesluit-ontbreekt"],
            id="een gemeente mist",
        ),
        pytest.param({"toets": ()}, "2028-07-01", ["wezenlijke-wijziging"], id="geen grond"),
        pytest.param(
            {"toets": TOT_NIET_WEZENLIJK[1:]}, "2028-07-01", ["toets-niet-in-volgorde"],
            id="toets in de verkeerde volgorde",
        ),
        pytest.param({"toets": (*HERZIENING, *TOT_NIET_WEZENLIJK[1:])}, "2028-07-01", ["toets-niet-in-volgorde"],
            id="doorgaan na de eerste die past",
        ),
        pytest.param({"toets": TOT_NIET_WEZENLIJK}, "2028-07-01", [], id="niet wezenlijk mag"),
        pytest.param(
            {"toets": TOT_NIET_WEZENLIJK, "wezenlijkheid": VRAGEN | {"aanmerkelijk_ruimer": True}}, "2028-07-01",
            ["wezenlijke-wijziging"], id="een ja op een van de vier vragen",
        ),
        pytest.param({"uittreden_tot": date(2028, 8, 31)}, "2028-07-01", [],
            id="uittreden tot de dag voor de ingang",
        ),
        pytest.param({"uittreden_tot": date(2028, 9, 1)}, "2028-07-01", ["uittreedtermijn-onjuist"],
            id="uittreden na de ingang",
        ),
    ],
)  # fmt: skip
def test_wijziging_vaststellen(velden: dict[str, Any], nu: str, codes: list[str]) -> None:
    invoer = bouw("wijziging_vaststellen", **(VASTSTELLING | velden))
    assert overtreedt(na_voorstel(), "wijziging_vaststellen", invoer, nu) == codes


def test_provider_that_entered_after_the_voorstel_must_be_asked_too() -> None:
    d = na_voorstel().met(make_overeenkomst(3))
    invoer = bouw("wijziging_vaststellen", **VASTSTELLING)
    assert overtreedt(d, "wijziging_vaststellen", invoer, "2028-07-01") == ["niet-iedereen-geraadpleegd"]


def test_open_house_is_not_bound_by_the_test_of_the_aanbestedingswet() -> None:
    d = na_voorstel(open_house())
    invoer = bouw("wijziging_vaststellen", **(VASTSTELLING | {"toets": ()}))
    assert overtreedt(d, "wijziging_vaststellen", invoer, "2028-07-01") == []


@pytest.mark.parametrize(
    ("waarde", "aard", "codes"),
    [
        pytest.param("749999.99", True, [], id="onder de drempel"),
        pytest.param("750000.00", True, ["kleine-wijziging-te-groot"], id="op de drempel"),
        pytest.param("1.00", False, ["kleine-wijziging-te-groot"], id="de aard verandert"),
    ],
)
def test_kleine_wijziging_stays_small(waarde: str, aard: bool, codes: list[str]) -> None:
    norm = Norm(
        "kleine_wijziging_diensten", Decimal(10), "procent", date(2016, 7, 1), None, "Aw 2012 art. 2.163b", "test",
        "geverifieerd",
    )  # fmt: skip
    velden = VASTSTELLING | {"toets": KLEIN, "waarde": Decimal(waarde), "aard_ongewijzigd": aard}
    s = kijk(
        na_voorstel(), "wijziging_vaststellen", bouw("wijziging_vaststellen", **velden), "2028-07-01", "x"
    )
    andere = (n for n in load_normen().alle() if n.code != norm.code)
    met_norm = replace(s, normen=Normen((*andere, norm)))
    assert list_overtredingen(met_norm, "wijziging_vaststellen") == codes


def test_kleine_wijziging_cannot_be_used_without_a_norm_for_its_share() -> None:
    invoer = bouw("wijziging_vaststellen", **(VASTSTELLING | {"toets": KLEIN, "waarde": Decimal(1)}))
    s = kijk(na_voorstel(), "wijziging_vaststellen", invoer, "2028-07-01", "x")
    zonder = Normen(n for n in load_normen().alle() if n.code != "kleine_wijziging_diensten")
    gevonden = list_overtredingen(replace(s, normen=zonder), "wijziging_vaststellen")
    assert gevonden == ["kleine-wijziging-te-groot"]


def test_uittreding_is_in_time_and_ends_the_overeenkomst_on_the_ingang() -> None:
    d = verricht(
        na_voorstel(), "wijziging_vaststellen", bouw("wijziging_vaststellen", **VASTSTELLING), "2028-07-01"
    )
    velden: dict[str, Any] = {"code": "W-2028-01", "overeenkomst": NUMMER, "motivering": "Te zwaar."}
    laat = bouw("uittreding_registreren", **velden, ontvangen=date(2028, 8, 2))
    assert overtreedt(d, "uittreding_registreren", laat, "2028-08-02") == ["uittreding-te-laat"]
    assert overtreedt(na_voorstel(), "uittreding_registreren", laat, "2028-08-02") == [
        "wijziging-niet-vastgesteld"
    ]
    invoer = bouw("uittreding_registreren", **velden, ontvangen=date(2028, 8, 1))
    d = verricht(d, "uittreding_registreren", invoer, "2028-08-02")
    with pytest.raises(Geweigerd) as gevangen:
        verricht(d, "uittreding_registreren", invoer, "2028-08-02")
    assert gevangen.value.codes == ["wijziging-niet-vastgesteld"]


# --- single case ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "codes"),
    [
        pytest.param({}, [], id="met reden, onderzoek en eisen mag"),
        pytest.param({"reden": ""}, ["aanbod-niet-onderzocht"], id="zonder reden niet"),
        pytest.param({"onderzocht": ()}, ["aanbod-niet-onderzocht"], id="zonder onderzoek niet"),
        pytest.param(
            {"onderzocht": ("X",)}, ["aanbod-niet-onderzocht"], id="een onbekende overeenkomst onderzocht"
        ),
        pytest.param({"kwaliteitseisen": ()}, ["kwaliteitseisen-ontbreken"], id="zonder eisen niet"),
        pytest.param(
            {"gemeente": "ceedorp"}, ["gemeente-of-perceel-onbekend"], id="een gemeente buiten de regio"
        ),
        pytest.param({"perceel": "9"}, ["gemeente-of-perceel-onbekend"], id="een onbekend perceel"),
    ],
)
def test_maatwerkovereenkomst_sluiten(velden: dict[str, Any], codes: list[str]) -> None:
    basis: dict[str, Any] = {
        "referentie": "Z-104233", "gemeente": "aadorp", "aanbieder": make_onderneming(7), "perceel": "1",
        "hulp": "Hulp in gebarentaal", "eenheid": "uur", "tarief": Decimal("78.50"), "omvang": 80,
        "ingang": date(2028, 4, 1), "einde": date(2029, 3, 31), "kwaliteitseisen": ("Gebarentaal.",),
        "onderzocht": (NUMMER,), "reden": "Geen aanbod.",
    }  # fmt: skip
    invoer = bouw("maatwerkovereenkomst_sluiten", **(basis | velden))
    assert overtreedt(make_gecontracteerd(), "maatwerkovereenkomst_sluiten", invoer, "2028-03-20") == codes

"""Documents of the entry stage: what each must hold, and that every template renders strictly."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.documents.catalogus import make_jinja_context
from aanbesteding.documents.controle import check_sjabloon
from aanbesteding.documents.declaration import Document, DocumentContext, Exemplaar
from aanbesteding.documents.render import load_template
from aanbesteding.documents.text import extract_text
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.rol import Rol
from aanbesteding.fasen.toetreding import FASE
from bouwers import make_huisstijl, make_situatie, moment
from fasen.toetreding.bouwers_toetreding import (
    HANDELINGEN,
    make_aanvraag,
    make_gecontracteerd,
    make_openstelling,
    make_overeenkomst,
    na_beoordeling,
    na_ontvangst,
    verricht,
)
from fasen.toetreding.test_regels import NUMMER, VASTSTELLING, VERLEEN, na_aankondiging, na_voorstel

SJABLONEN = Path(__file__).parents[3] / "sjablonen"
DOCUMENTEN = {d.code: d for d in FASE.documenten}


def show(document: Document, context: DocumentContext) -> str:
    """The rendered document as text."""
    huisstijl = make_huisstijl()
    sjabloon = load_template(SJABLONEN / document.sjabloon, huisstijl=huisstijl)
    return extract_text(sjabloon.render_bytes(make_jinja_context(context, huisstijl)))


def build(code: str, dossier: Dossier, nu: str, *op: str) -> list[Exemplaar]:
    """What the builder of a document gives."""
    return list(DOCUMENTEN[code].build(make_situatie(dossier, None, nu, onderwerpen=op)))


def show_eerste(code: str, dossier: Dossier, nu: str, *op: str) -> str:
    """Text of the first exemplaar."""
    return show(DOCUMENTEN[code], build(code, dossier, nu, *op)[0].context)


def bouw(handeling: str, /, **velden: Any) -> Any:
    """Input of an act."""
    return HANDELINGEN[handeling].invoer.model_validate(velden)


def check_taal(tekst: str) -> None:
    """No double full stop, no raw value of a programme."""
    for fout in ("..", "None", "True", "False", "{{", "{%"):
        assert fout not in tekst, fout


@pytest.mark.parametrize("document", FASE.documenten, ids=lambda d: d.code)
def test_voorbeeld_renders_strictly(document: Document) -> None:
    assert check_sjabloon(SJABLONEN / document.sjabloon) == ()
    check_taal(show(document, document.voorbeeld()))


def test_letters_are_sent_and_signed_and_lists_are_not_sent() -> None:
    assert {d.code for d in FASE.documenten if not d.verzenden} == {
        "openstellingsbesluit",
        "bekendmaking_openstelling",
        "aanbiederslijst",
    }
    assert {d.code for d in FASE.documenten if d.ondertekenaar is Rol.GEMANDATEERDE} == {
        "openstellingsbesluit", "toelatingsbesluit", "weigering", "overeenkomst_toetreder", "addendum",
        "maatwerkovereenkomst",
    }  # fmt: skip


# --- a round ----------------------------------------------------------------------------------------------


def test_openstellingsbesluit_holds_all_an_applicant_may_rely_on() -> None:
    invoer = make_openstelling(aantal={"02A01": 3}, motivering="De stukken noemen volgorde van ontvangst.")
    d = verricht(make_gecontracteerd(), "openstelling_besluiten", invoer, "2028-03-01")
    tekst = show_eerste("openstellingsbesluit", d, "2028-03-01", "1")
    check_taal(tekst)
    for deel in (
        "gericht openstellen bij een tekort", "Inwoners wachten te lang.", "02A01", "€ 60,00", "ten hoogste 3",
        "geen maximum", "vrijdag 14 april 2028 om 12.00 uur", "1 juli 2028", "31 december 2030", "20 dagen",
        "De aanbieder heeft een klachtenregeling.", "2 aanbieders", "Rechtbank Proefland", "volgorde van ontvangst",
    ):  # fmt: skip
        assert deel in tekst, deel


def test_bekendmaking_says_in_short_what_is_open_until_when_and_where_to_apply() -> None:
    invoer = make_openstelling(aantal={"02A01": 3}, motivering="De stukken noemen volgorde van ontvangst.")
    d = verricht(make_gecontracteerd(), "openstelling_besluiten", invoer, "2028-03-01")
    tekst = show_eerste("bekendmaking_openstelling", d, "2028-03-01", "1")
    check_taal(tekst)
    for deel in (
        "02A01", "€ 60,00", "vrijdag 14 april 2028 om 12.00 uur", "1 juli 2028", "geen recht op een aantal cliënten",
        "de eerst ontvangen aanvraag", "Rechtbank Proefland", "gericht openstellen bij een tekort",
    ):  # fmt: skip
        assert deel in tekst, deel


def test_ontvangst_goes_to_every_applicant_with_its_own_number() -> None:
    exemplaren = build(
        "ontvangst_aanvraag", na_ontvangst(make_aanvraag(9), make_aanvraag(4)), "2028-04-01", "0001", "0002"
    )
    assert [(e.ontvanger.sleutel, e.ontvanger.email) for e in exemplaren] == [
        ("0001-zorg-004", "zorg4@example.org"), ("0002-zorg-009", "zorg9@example.org"),
    ]  # fmt: skip
    tekst = show(DOCUMENTEN["ontvangst_aanvraag"], exemplaren[0].context)
    assert "Product 02A01 (02A01)" in tekst
    assert "hoogste aantal" not in tekst
    check_taal(tekst)


# --- a decision -------------------------------------------------------------------------------------------


def na_verlening() -> Dossier:
    """The first application was admitted."""
    d = na_beoordeling(make_aanvraag(3), make_aanvraag(4))
    return verricht(d, "toetreding_verlenen", VERLEEN, "2028-05-15", "gemandateerde.demo")


def test_toelatingsbesluit_tells_overeenkomst_remedy_and_that_nothing_is_guaranteed() -> None:
    tekst = show_eerste("toelatingsbesluit", na_verlening(), "2028-05-15", "0001")
    check_taal(tekst)
    for deel in (
        "U bent toegelaten", "PR-2028-P1-001", "van 1 juli 2028 tot en met 31 december 2030", "€ 60,00",
        "geen recht op een aantal cliënten", "tot en met 6 juni 2028", "Rechtbank Proefland", "Verzonnen reden.",
        "Register nagegaan.", "15 mei 2028",
    ):  # fmt: skip
        assert deel in tekst, deel
    assert "niet toegelaten" not in tekst


def test_toelatingsbesluit_says_nothing_about_another_applicant() -> None:
    tekst = show_eerste("toelatingsbesluit", na_verlening(), "2028-05-15", "0001")
    assert "Zorgbedrijf 3" in tekst
    assert "Zorgbedrijf 4" not in tekst


def test_overeenkomst_of_toetreder_has_the_shared_clauses_its_own_term_and_earlier_addenda() -> None:
    d = na_verlening()
    (exemplaar,) = build("overeenkomst_toetreder", d, "2028-05-15", "0001")
    assert exemplaar.ontvanger.sleutel == "PR-2028-P1-001"
    tekst = show(DOCUMENTEN["overeenkomst_toetreder"], exemplaar.context)
    check_taal(tekst)
    for deel in (
        "in op 1 juli 2028 en eindigt op 31 december 2030",
        "Aadorp",
        "Beedorp",
        "00000003",
        "12 maanden",
    ):
        assert deel in tekst, deel
    assert "geen addenda vastgesteld" in tekst


def test_weigering_names_requirement_reason_remedy_and_a_next_chance() -> None:
    d = na_beoordeling(make_aanvraag(), uitkomst="voldoet_niet")
    d = verricht(d, "toetreding_weigeren", VERLEEN, "2028-05-15", "gemandateerde.demo")
    tekst = show_eerste("weigering", d, "2028-05-15", "0001")
    check_taal(tekst)
    for deel in (
        "niet toelaten", "eis U1: Er is geen uitsluitingsgrond.", "Verzonnen reden.", "6 juni 2028", "20 dagen",
        "burgerlijke rechter", "volgende openstelling", "000-0000000",
    ):  # fmt: skip
        assert deel in tekst, deel
    assert "hoogste aantal" not in tekst
    assert "Bibob" not in tekst


def test_weigering_on_a_full_product_says_so() -> None:
    d = na_beoordeling(make_aanvraag(3), make_aanvraag(4), aantal={"02A01": 1}, motivering="De stukken.")
    d = verricht(d, "toetreding_verlenen", VERLEEN, "2028-05-15", "gemandateerde.demo")
    weiger = VERLEEN.model_copy(update={"verzoeken": ("0002",)})
    d = verricht(d, "toetreding_weigeren", weiger, "2028-05-15", "gemandateerde.demo")
    tekst = show_eerste("weigering", d, "2028-05-15", "0002")
    assert "Het hoogste aantal is bereikt voor Product 02A01 (02A01)." in tekst
    assert "U voldoet aan alle eisen van dit perceel." in tekst
    assert "U voldoet niet aan alle eisen" not in tekst


# --- ending -----------------------------------------------------------------------------------------------


def test_aankondiging_tells_what_was_measured_and_until_which_hour_to_react() -> None:
    tekst = show_eerste("aankondiging_beeindiging", na_aankondiging(), "2028-05-02")
    check_taal(tekst)
    for deel in (
        NUMMER,
        "12 maanden",
        "1 maart 2027",
        "1 mei 2028",
        "donderdag 1 juni 2028 om 12.00 uur",
        "1 augustus 2028",
    ):
        assert deel in tekst, deel


@pytest.mark.parametrize(
    ("reacties", "zin"),
    [
        ({NUMMER: "U zag kansen."}, "Uw reactie is meegewogen: U zag kansen."),
        ({}, "U hebt niet op ons voornemen gereageerd."),
    ],
)
def test_beeindiging_weighs_the_reaction(reacties: dict[str, str], zin: str) -> None:
    invoer = bouw(
        "overeenkomst_beeindigen", overeenkomsten=(NUMMER,), per=date(2028, 8, 1), motivering="Geen uitzicht.",
        reacties=reacties,
    )  # fmt: skip
    d = verricht(na_aankondiging(), "overeenkomst_beeindigen", invoer, "2028-06-10")
    (exemplaar,) = build("beeindiging_inactiviteit", d, "2028-06-10")
    tekst = show(DOCUMENTEN["beeindiging_inactiviteit"], exemplaar.context)
    check_taal(tekst)
    for deel in (zin, "Vanaf 1 augustus 2028", "Op 2 mei 2028 lieten wij", "Geen uitzicht."):
        assert deel in tekst, deel


def test_aanbiederslijst_shows_every_product_and_what_changed() -> None:
    d = make_gecontracteerd()
    for dag in (1, 2):
        invoer = bouw("aanbiederslijst_vaststellen", peildatum=date(2028, 3, dag))
        d = verricht(d, "aanbiederslijst_vaststellen", invoer, f"2028-03-{dag:02d}").met(make_overeenkomst(3))
    eerste = show_eerste("aanbiederslijst", d.op_versie(d.versie - 2), "2028-03-01")
    tekst = show_eerste("aanbiederslijst", d, "2028-03-02")
    check_taal(tekst)
    assert "vorige lijst" not in eerste
    assert "Zorgbedrijf 3 (verzonnen) (PR-2027-P1-003)" in tekst
    assert "Er is geen overeenkomst vervallen." in tekst
    assert "Voor dit product is geen aanbieder gecontracteerd." in tekst
    assert "3 aanbieders" in tekst
    assert "00000002" in tekst


# --- a change ---------------------------------------------------------------------------------------------


def test_wijzigingsvoorstel_goes_once_to_every_provider_with_the_same_text() -> None:
    tweede = make_overeenkomst(4, aanbieder=make_overeenkomst(1).aanbieder)
    exemplaren = build("wijzigingsvoorstel", na_voorstel(make_gecontracteerd(tweede)), "2028-05-01")
    assert [e.ontvanger.sleutel for e in exemplaren] == ["W-2028-01-zorg-001", "W-2028-01-zorg-002"]
    tekst = show(DOCUMENTEN["wijzigingsvoorstel"], exemplaren[0].context)
    check_taal(tekst)
    for deel in (
        "PR-2027-P1-001 en PR-2027-P1-004", "donderdag 1 juni 2028 om 12.00 uur", "zes weken", "vier weken",
        "1 september 2028", "20 april 2028", "Alle 2 aanbieders",
    ):  # fmt: skip
        assert deel in tekst, deel


def test_addendum_goes_to_every_overeenkomst_with_ground_decisions_and_the_right_to_leave() -> None:
    reactie = bouw(
        "wijziging_reactie_registreren", code="W-2028-01", overeenkomst=NUMMER, ontvangen=moment("2028-05-20"),
        strekking="oneens",
    )  # fmt: skip
    d = verricht(na_voorstel(), "wijziging_reactie_registreren", reactie, "2028-05-21")
    d = verricht(d, "wijziging_vaststellen", bouw("wijziging_vaststellen", **VASTSTELLING), "2028-07-01")
    exemplaren = build("addendum", d, "2028-07-01")
    assert [e.ontvanger.sleutel for e in exemplaren] == [f"W-2028-01-PR-2027-P1-00{n}" for n in (1, 2)]
    tekst = show(DOCUMENTEN["addendum"], exemplaren[1].context)
    check_taal(tekst)
    for deel in (
        "PR-2027-P1-002", "Zorgbedrijf 2", "uiterlijk op 1 augustus 2028", "1 september 2028", "artikel 2.163c",
        "1 reactie binnen, waarvan 1 tegen", "gemeente Aadorp heeft op 20 juni 2028", "gemeente Beedorp heeft",
        "blijven ongewijzigd", "zes weken", "vier weken",
    ):  # fmt: skip
        assert deel in tekst, deel


def test_toetreder_after_a_change_gets_the_addendum_too() -> None:
    d = verricht(
        na_voorstel(), "wijziging_vaststellen", bouw("wijziging_vaststellen", **VASTSTELLING), "2028-07-01"
    )
    d = na_beoordeling(make_aanvraag(), dossier=d)
    d = verricht(d, "toetreding_verlenen", VERLEEN, "2028-05-15", "gemandateerde.demo")
    tekst = show_eerste("overeenkomst_toetreder", d, "2028-05-15", "0001")
    assert "Bijlage 2: addenda" in tekst
    assert "W-2028-01" in tekst


def test_builders_give_the_same_every_time() -> None:
    d = na_verlening()
    for code in ("toelatingsbesluit", "overeenkomst_toetreder"):
        assert build(code, d, "2028-05-15", "0001") == build(code, d, "2028-05-15", "0001")

"""What the acts of entry record: numbers, outcomes, agreements, changes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from aanbesteding.domain.feiten import Eis, OvereenkomstBeeindigd, OvereenkomstGesloten
from aanbesteding.domain.overeenkomsten import list_gesloten, list_lopend, load_overeenkomst, next_nummer
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.toetreding import FASE
from aanbesteding.fasen.toetreding.besluiten import (
    aanvraag,
    maatwerk,
    overeenkomst,
    ronde,
    toelating,
    wijziging,
)
from bouwers import make_onderneming, make_situatie, moment
from fasen.toetreding.bouwers_toetreding import (
    HANDELINGEN,
    make_aanvraag,
    make_gecontracteerd,
    make_openstelling,
    make_overeenkomst,
    na_beoordeling,
    na_ontvangst,
    na_toets,
    verricht,
)

VERZONDEN = {"verzenddatum": date(2028, 5, 15)}


def verleen(dossier: Any, *verzoeken: str) -> Any:
    """Admit these applications."""
    invoer = toelating.ToetredingBesluiten(verzoeken=verzoeken, **VERZONDEN)
    return verricht(dossier, "toetreding_verlenen", invoer, "2028-05-15", "gemandateerde.demo")


# --- which agreements run ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dag", "lopend"),
    [
        pytest.param(date(2026, 12, 31), False, id="de dag voor de ingang"),
        pytest.param(date(2027, 1, 1), True, id="de eerste dag"),
        pytest.param(date(2027, 6, 30), True, id="de dag voor de beeindiging"),
        pytest.param(date(2027, 7, 1), False, id="de dag van de beeindiging zelf"),
    ],
)
def test_overeenkomst_runs_from_ingang_until_the_day_of_beeindiging(dag: date, lopend: bool) -> None:
    einde = OvereenkomstBeeindigd(
        nummer="PR-2027-P1-001", per=date(2027, 7, 1), grond="inactiviteit", motivering="Verzonnen."
    )
    nummers = [o.nummer for o in list_lopend(make_gecontracteerd(einde), dag)]
    assert ("PR-2027-P1-001" in nummers) is lopend


def test_overeenkomst_no_longer_runs_after_its_last_day() -> None:
    dossier = make_gecontracteerd()
    assert len(list_lopend(dossier, date(2030, 12, 31), "1")) == 2
    assert list_lopend(dossier, date(2031, 1, 1), "1") == ()
    assert list_lopend(dossier, date(2028, 1, 1), "2") == ()


def test_overeenkomst_that_begins_later_is_concluded_but_does_not_run() -> None:
    dossier = make_gecontracteerd()
    assert len(list_gesloten(dossier, date(2026, 11, 1))) == 2
    assert list_lopend(dossier, date(2026, 11, 1)) == ()


def test_next_nummer_follows_the_highest_of_perceel_and_year() -> None:
    dossier = make_gecontracteerd(make_overeenkomst(9))
    assert next_nummer(dossier, "1", "PR", 2027) == "PR-2027-P1-010"
    assert next_nummer(dossier, "1", "PR", 2027, na=2) == "PR-2027-P1-012"
    assert next_nummer(dossier, "2", "PR", 2027) == "PR-2027-P2-001"
    assert load_overeenkomst(dossier, "PR-2027-P1-009") is not None
    assert load_overeenkomst(dossier, "PR-2027-P1-099") is None


# --- rounds and applications ------------------------------------------------------------------------------


def test_openstelling_gets_the_next_number_and_the_grondslag_of_the_documents() -> None:
    d = verricht(make_gecontracteerd(), "openstelling_besluiten", make_openstelling(), "2028-03-01")
    feit = ronde.load_ronde(d, "1")
    assert d.statussen["ronde:1"] == "open"
    assert feit.grondslag == "gericht openstellen bij een tekort"
    assert feit.heroverweging_dagen == 20


@pytest.mark.parametrize(
    ("velden", "tekst"),
    [
        pytest.param({"aantal": {"99Z99": 1}}, "wordt niet opengesteld", id="maximum voor een ander product"),
        pytest.param({"aantal": {"02A01": 0}}, "ten minste 1", id="maximum van nul"),
        pytest.param({"van": date(2028, 5, 1)}, "voor 'open vanaf'", id="einde voor het begin"),
        pytest.param({"startdatum": date(2028, 4, 14)}, "na 'open tot'", id="start op de sluitingsdag"),
        pytest.param({"vragen_tot": date(2028, 3, 10)}, "allebei", id="vragen zonder antwoorden"),
        pytest.param(
            {"vragen_tot": date(2028, 3, 10), "antwoorden_op": date(2028, 4, 14)},
            "binnen de openstelling",
            id="antwoorden op de sluitingsdag",
        ),
    ],
)
def test_openstelling_refuses_input_that_does_not_fit_together(velden: dict[str, Any], tekst: str) -> None:
    with pytest.raises(ValidationError, match=tekst):
        make_openstelling(**velden)


def test_aanvragen_are_numbered_in_order_of_receipt() -> None:
    d = na_ontvangst(make_aanvraag(9), make_aanvraag(4))
    assert [f.verzoek for f in aanvraag.list_aanvragen(d, "1")] == ["0001", "0002"]
    assert aanvraag.load_aanvraag(d, "0001").aanvraag.nummer == "4"
    assert d.statussen["verzoek:0002"] == "ontvangen"


def test_ronde_closes_and_aanvragen_are_tested_by_the_machine_only_after_the_last_moment() -> None:
    d = na_ontvangst(make_aanvraag())
    assert HANDELINGEN["ronde_sluiten"].automatisch(make_situatie(d, None, "2028-04-14 11:59")) is None
    assert HANDELINGEN["aanvragen_toetsen"].automatisch(make_situatie(d, None, "2028-04-14 12:00")) is None
    d = na_toets(make_aanvraag())
    assert d.statussen["ronde:1"] == "gesloten"
    assert d.statussen["verzoek:0001"] == "getoetst"
    assert HANDELINGEN["ronde_sluiten"].automatisch(make_situatie(d, None, "2028-04-15")) is None


@pytest.mark.parametrize(
    ("eis", "antwoord", "uitkomst"),
    [
        pytest.param("M1", "ja", "voldoet", id="een ja op een systeemeis voldoet"),
        pytest.param("M1", "nee", "voldoet_niet", id="een nee op een systeemeis voldoet niet"),
        pytest.param(
            "M1", "", "mens_beslist", id="een leeg antwoord op een herstelbare eis gaat naar een mens"
        ),
        pytest.param(
            "U1", "", "voldoet_niet", id="een leeg antwoord op een niet herstelbare eis voldoet niet"
        ),
        pytest.param("U1", "ja", "mens_beslist", id="een mens beoordeelt een uitsluitingsgrond"),
        pytest.param(
            "U1", "nee", "mens_beslist", id="een uitsluitingsgrond wordt niet met een vinkje beslist"
        ),
    ],
)
def test_toets_decides_only_what_the_answer_decides(eis: str, antwoord: str, uitkomst: str) -> None:
    d = na_toets(make_aanvraag(antwoorden={eis: antwoord}))
    getoetst = d.laatste(aanvraag.AanvraagGetoetst)
    assert {e.eis: e.uitkomst for e in getoetst.percelen[0].eisen}[eis] == uitkomst


@pytest.mark.parametrize(
    ("datum", "herstelbaar", "uitkomst"),
    [
        pytest.param(date(2027, 9, 3), True, "voldoet", id="zes maanden oud bij indienen"),
        pytest.param(date(2027, 9, 2), True, "mens_beslist", id="een dag ouder, herstel mogelijk"),
        pytest.param(date(2027, 9, 2), False, "voldoet_niet", id="een dag ouder, geen herstel"),
        pytest.param(None, False, "voldoet_niet", id="datum ontbreekt, geen herstel"),
    ],
)
def test_age_of_bewijs_is_measured_at_submission(
    datum: date | None, herstelbaar: bool, uitkomst: str
) -> None:
    eis = Eis(
        code="G1",
        soort="geschiktheid",
        tekst="Inschrijving.",
        bewijs="Uittreksel handelsregister",
        toets="systeem",
        herstelbaar=herstelbaar,
        bron="verzonnen",
    )
    antwoord = aanvraag.Eisantwoord(perceel="1", eis="G1", antwoord="ja", bewijs_datum=datum)
    verzoek = make_aanvraag().model_copy(update={"antwoorden": (antwoord,)})
    d = na_toets(verzoek, dossier=make_gecontracteerd(eisen=(eis,)))
    assert d.laatste(aanvraag.AanvraagGetoetst).percelen[0].eisen[0].uitkomst == uitkomst


# --- deciding ---------------------------------------------------------------------------------------------


def test_toetreder_gets_tariff_and_last_day_of_the_running_overeenkomsten() -> None:
    d = verleen(na_beoordeling(make_aanvraag()), "0001")
    nieuw = d.laatste(OvereenkomstGesloten)
    assert nieuw.nummer == "PR-2028-P1-001"
    assert (nieuw.ingang, nieuw.einde) == (date(2028, 7, 1), date(2030, 12, 31))
    assert nieuw.tarieven == {"02A01": Decimal("60.00")}
    assert (nieuw.herkomst, nieuw.grond) == ("toetreding", "0001")
    assert d.statussen["verzoek:0001"] == "toegelaten"


def test_two_toetreders_in_one_act_get_different_numbers() -> None:
    d = verleen(na_beoordeling(make_aanvraag(3), make_aanvraag(4)), "0002", "0001")
    nieuw = [o for o in d.list_feiten(OvereenkomstGesloten) if o.herkomst == "toetreding"]
    assert [(o.nummer, o.grond) for o in nieuw] == [("PR-2028-P1-001", "0001"), ("PR-2028-P1-002", "0002")]


def test_overeenkomst_of_toetreder_begins_after_a_late_decision() -> None:
    feit = ronde.load_ronde(na_ontvangst(make_aanvraag()), "1")
    assert toelating.count_ingang(feit, date(2028, 6, 30)) == date(2028, 7, 1)
    assert toelating.count_ingang(feit, date(2028, 7, 1)) == date(2028, 7, 2)


def test_maximum_leaves_out_the_full_product_but_admits_to_the_other() -> None:
    beide = tuple(ronde.Productkeuze(perceel="1", product=p) for p in ("02A01", "02A05"))
    d = na_beoordeling(
        make_aanvraag(3), make_aanvraag(4, producten=beide), aantal={"02A01": 1}, motivering="Verzonnen."
    )
    besluiten = toelating.decide_percelen(d, ("0001", "0002"))
    assert besluiten["0001"][0].producten == ("02A01",)
    assert besluiten["0002"][0].producten == ("02A05",)
    assert besluiten["0002"][0].producten_vol == ("02A01",)
    later = toelating.decide_percelen(verleen(d, "0001"), ("0002",))
    assert later["0002"][0].producten == ("02A05",)


def test_weigering_names_the_last_day_for_heroverweging() -> None:
    d = na_beoordeling(make_aanvraag(), uitkomst="voldoet_niet")
    invoer = toelating.ToetredingBesluiten(verzoeken=("0001",), **VERZONDEN)
    d = verricht(d, "toetreding_weigeren", invoer, "2028-05-15", "gemandateerde.demo")
    # 20 days after 15 May 2028 is Sunday 4 June; Whit Monday is 5 June: the first working day is 6 June.
    assert d.laatste(toelating.ToetredingGeweigerd).heroverweging_tot == date(2028, 6, 6)
    assert d.statussen["verzoek:0001"] == "geweigerd"


# --- agreements -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("laatste", "peildatum", "inactief"),
    [
        pytest.param(date(2027, 3, 1), date(2028, 3, 1), True, id="precies twaalf maanden"),
        pytest.param(date(2027, 3, 1), date(2028, 2, 29), False, id="een dag te kort"),
        pytest.param(None, date(2027, 12, 31), False, id="nooit hulp, een dag te kort na de ingang"),
        pytest.param(None, date(2028, 1, 1), True, id="nooit hulp, twaalf maanden na de ingang"),
    ],
)
def test_inactiviteit_counts_from_last_care_or_from_ingang(
    laatste: date | None, peildatum: date, inactief: bool
) -> None:
    gemeten = overeenkomst.ActiviteitGeregistreerd(
        peildatum=peildatum,
        activiteiten=(overeenkomst.Activiteit(overeenkomst="PR-2027-P1-001", laatste_zorg=laatste),),
    )
    dossier = make_gecontracteerd(gemeten)
    assert overeenkomst.is_inactief(dossier, make_overeenkomst(1), 12) is inactief
    assert overeenkomst.is_inactief(dossier, make_overeenkomst(2), 12) is False


def test_aanbiederslijst_is_made_only_when_overeenkomsten_changed() -> None:
    automatisch = HANDELINGEN["aanbiederslijst_vaststellen"].automatisch
    d = make_gecontracteerd()
    invoer = automatisch(make_situatie(d, None, "2027-02-01"))
    assert invoer == overeenkomst.LijstVaststellen(peildatum=date(2027, 2, 1))
    d = verricht(d, "aanbiederslijst_vaststellen", invoer, "2027-02-01")
    assert automatisch(make_situatie(d, None, "2027-03-01")) is None
    d = d.met(make_overeenkomst(3))
    assert automatisch(make_situatie(d, None, "2027-03-01")) is not None


def test_wijziging_records_the_first_ground_that_fits() -> None:
    stappen = (
        wijziging.Toetsstap(grond="herzieningsclausule", past=False, reden="Geen clausule."),
        wijziging.Toetsstap(grond="overige_gronden", past=False, reden="Niet van toepassing."),
        wijziging.Toetsstap(grond="niet_wezenlijk", past=True, reden="Geen van de vier vragen."),
    )
    assert wijziging.find_grond(stappen) == "niet_wezenlijk"
    assert wijziging.find_grond(stappen[:2]) is None


def test_maatwerkovereenkomst_refuses_a_reference_that_could_be_a_bsn() -> None:
    velden: dict[str, Any] = {
        "gemeente": "aadorp",
        "aanbieder": make_onderneming(7),
        "perceel": "1",
        "hulp": "Hulp in gebarentaal",
        "eenheid": "uur",
        "tarief": Decimal("78.50"),
        "omvang": 80,
        "ingang": date(2028, 4, 1),
        "einde": date(2029, 3, 31),
        "kwaliteitseisen": ("Gebarentaal.",),
        "onderzocht": ("PR-2027-P1-001",),
        "reden": "Geen aanbod.",
    }
    for fout in ("123456789", "Z-123456789", "Jan"):
        with pytest.raises(ValidationError):
            maatwerk.MaatwerkovereenkomstSluiten(referentie=fout, **velden)
    invoer = maatwerk.MaatwerkovereenkomstSluiten(referentie="Z-104233", **velden)
    d = verricht(make_gecontracteerd(), "maatwerkovereenkomst_sluiten", invoer, "2028-03-20")
    assert d.laatste(maatwerk.MaatwerkovereenkomstGesloten).nummer == "MW-2028-001"


# --- workbooks --------------------------------------------------------------------------------------------


def rijen(**velden: Any) -> dict[str, tuple[Any, ...]]:
    """Sheets with one correct application; a test replaces one sheet."""
    aanvrager = aanvraag.RijAanvrager(
        nummer=1, sleutel="zorg-003", naam="Zorg 3 (verzonnen)", kvk="00000003", agb="00000003", straat="Laan 1",
        postcode="1234 AB", plaats="Proefstad", contact="Directie", email="zorg3@example.org", grootte="klein",
        ontvangen=datetime(2028, 3, 3, 10, 0),  # noqa: DTZ001 - a workbook has no time zone
    )  # fmt: skip
    eisen = tuple(
        aanvraag.RijEis(nummer=1, perceel=1, eis=e, antwoord="ja", bewijs_datum="") for e in ("V1", "U1")
    )
    basis: dict[str, tuple[Any, ...]] = {
        "aanvragers": (aanvrager,),
        "producten": (aanvraag.RijProduct(nummer=1, perceel=1, product="02A01"),),
        "eisen": eisen,
    }
    return basis | velden


def open_ronde() -> Any:
    """A situation with one open round."""
    d = verricht(make_gecontracteerd(), "openstelling_besluiten", make_openstelling(), "2028-03-01")
    return make_situatie(d, None, "2028-04-01")


def test_workbook_becomes_aanvragen_with_dutch_time() -> None:
    invoer = FASE.invoerbestanden[0].build_invoer(rijen(), open_ronde())
    gebouwd = aanvraag.AanvragenRegistreren.model_validate(invoer.model_dump()).aanvragen[0]
    assert gebouwd.ontvangen == moment("2028-03-03 10:00")
    assert gebouwd.aanbieder.kvk == "00000003"
    assert [a.eis for a in gebouwd.antwoorden] == ["V1", "U1"]


def test_workbook_reports_every_fault_at_once() -> None:
    fout = rijen(
        producten=(aanvraag.RijProduct(nummer=2, perceel=1, product="02A01"),),
        eisen=(aanvraag.RijEis(nummer=1, perceel=1, eis="Z9", antwoord="ja"),),
    )
    with pytest.raises(InvoerError) as gevangen:
        FASE.invoerbestanden[0].build_invoer(fout, open_ronde())
    tekst = "\n".join(gevangen.value.fouten)
    assert "nummer 2 staat niet op blad 'aanvragers'" in tekst
    assert "voor aanvraag 1 staat er geen rij" in tekst
    assert "voor dit perceel is geen product gevraagd" in tekst


def test_workbook_refuses_a_postcode_that_is_none_and_an_unknown_eis() -> None:
    r = rijen()
    aanvrager = r["aanvragers"][0].model_copy(update={"postcode": "12 AB", "email": "geen"})
    eisen = (aanvraag.RijEis(nummer=1, perceel=1, eis="Z9", antwoord=None),) * 2
    with pytest.raises(InvoerError) as gevangen:
        FASE.invoerbestanden[0].build_invoer(
            rijen(aanvragers=(aanvrager, aanvrager), eisen=eisen), open_ronde()
        )
    tekst = "\n".join(gevangen.value.fouten)
    assert "adres.postcode" in tekst
    assert "'email'" in tekst
    assert "deze eis bestaat niet" in tekst
    assert "twee keer beantwoord" in tekst
    assert "dubbel" in tekst


def test_workbook_needs_exactly_one_open_ronde() -> None:
    with pytest.raises(InvoerError, match="0 toetredingsronden open"):
        FASE.invoerbestanden[0].build_invoer(
            rijen(), make_situatie(make_gecontracteerd(), None, "2028-04-01")
        )
    with pytest.raises(InvoerError, match="geen aanvraag"):
        FASE.invoerbestanden[0].build_invoer({}, open_ronde())


def test_activiteit_workbook_takes_one_peildatum_and_every_overeenkomst_once() -> None:
    rij = overeenkomst.RijActiviteit
    cel = datetime(2027, 3, 1)  # noqa: DTZ001 - a workbook has no time zone
    bouw = FASE.invoerbestanden[1].build_invoer
    invoer = bouw(
        {"activiteit": (rij(overeenkomst="PR-2027-P1-001", laatste_zorg=cel, peildatum=""),)},
        make_situatie(make_gecontracteerd(), None, "2028-03-01"),
    )
    assert invoer == overeenkomst.ActiviteitRegistreren(
        peildatum=date(2028, 3, 1),
        activiteiten=(overeenkomst.Activiteit(overeenkomst="PR-2027-P1-001", laatste_zorg=date(2027, 3, 1)),),
    )
    dubbel = tuple(rij(overeenkomst="X", peildatum=date(2028, 1, d)) for d in (1, 2))
    with pytest.raises(InvoerError) as gevangen:
        bouw({"activiteit": dubbel}, make_situatie(make_gecontracteerd(), None, "2028-03-01"))
    assert len(gevangen.value.fouten) == 2


def test_every_fact_survives_being_stored() -> None:
    d = verleen(na_beoordeling(make_aanvraag(3), make_aanvraag(4)), "0001")
    soorten = {f.soort(): f for f in FASE.feiten}
    gezien: set[str] = set()
    for vastlegging in d.vastleggingen:
        feit = vastlegging.feit
        if feit.soort() in soorten:
            gezien.add(feit.soort())
            assert soorten[feit.soort()].model_validate_json(feit.model_dump_json()) == feit
    assert gezien >= {"OpenstellingBesloten", "AanvraagOntvangen", "AanvraagGetoetst", "ToetredingVerleend"}


def test_every_act_and_every_fact_has_its_own_code() -> None:
    codes = [h.code for h in FASE.handelingen]
    assert len(set(codes)) == len(codes)
    assert len({f.soort() for f in FASE.feiten}) == len(FASE.feiten)
    regels: dict[str, Any] = {}
    for regel in (r for h in FASE.handelingen for r in h.regels):
        assert regels.setdefault(regel.code, regel) is regel
        assert regel.grondslag
        assert regel.omschrijving

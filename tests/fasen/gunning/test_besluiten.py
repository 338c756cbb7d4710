"""What each act of the award records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aanbesteding.domain.feit import StatusGewijzigd
from aanbesteding.domain.feiten import (
    GunningsbeslissingMeegedeeld,
    OvereenkomstGesloten,
    PrijzenGeopend,
    RangordeVastgesteld,
    VerzendingGestart,
)
from aanbesteding.domain.verzending import list_beslissingen, load_verzenddatum
from aanbesteding.engine.perform import check_regels
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Besluit
from aanbesteding.fasen.gunning import FASE, besluiten
from aanbesteding.fasen.gunning import invoer as invoermodel
from aanbesteding.fasen.gunning.feiten import KortGedingAfgedaan, KortGedingGemeld
from aanbesteding.fasen.gunning.stand_laden import load_perceelstand, load_stand
from bouwers import make_dossier, make_perceel_uitgewerkt, make_product, moment
from fasen.gunning.bouwers_gunning import (
    make_beoordeeld,
    make_geadviseerd,
    make_geverifieerd,
    make_meegedeeld,
    make_verificatie,
    make_verzonden,
    make_zaak,
    perform,
)


def decide(handeling: str, dossier: Any, invoer: Any, nu: str, **velden: Any) -> Besluit:
    """The decision of an act."""
    act = next(h for h in FASE.handelingen if h.code == handeling)
    return act.besluit(make_zaak(dossier, nu=nu, invoer=invoer, **velden))


def test_advies_is_automatic_for_what_waits_for_its_first() -> None:
    dossier = make_beoordeeld().met(StatusGewijzigd(onderwerp="perceel:1", van=None, naar="beoordeeld"))
    invoer = besluiten.list_te_adviseren(make_zaak(dossier, invoer=None))
    assert invoer is not None
    assert invoer.percelen == ("1",)
    assert besluiten.list_te_adviseren(make_zaak(make_geadviseerd(dossier), invoer=None)) is None


@pytest.mark.parametrize(
    ("verzonden", "einde", "ondertekenen"),
    [
        pytest.param(date(2026, 3, 16), date(2026, 4, 7), date(2026, 4, 8), id="Pasen verlengt"),
        pytest.param(date(2026, 4, 15), date(2026, 5, 6), date(2026, 5, 7), id="5 mei verlengt"),
        pytest.param(date(2026, 9, 1), date(2026, 9, 21), date(2026, 9, 22), id="geen verlenging"),
    ],
)
def test_mededeling_holds_both_ends(verzonden: date, einde: date, ondertekenen: date) -> None:
    feit = besluiten.build_mededeling(make_zaak(make_beoordeeld()), ("1",), verzonden)
    assert feit.opschortende_termijn_einde.date() == feit.vervaltermijn_einde.date() == einde
    assert feit.vroegste_ondertekening == ondertekenen
    assert feit.wijziging == ""


def test_wijziging_ranks_without_the_failed_winner_and_starts_new_periods() -> None:
    dossier = make_geverifieerd().met(make_verificatie(2, voldoet=False))
    invoer = invoermodel.GunningsbeslissingWijzigen(
        percelen=("1", "2"), verzenddatum=date(2026, 10, 1), aanleiding="Het bewijs voldoet niet."
    )
    rangorde, mededeling = decide("gunningsbeslissing_wijzigen", dossier, invoer, "2026-10-01").feiten
    assert isinstance(rangorde, RangordeVastgesteld)
    assert (rangorde.perceel, rangorde.uitgevallen, rangorde.aanleiding) == (
        "1",
        ("I-002",),
        "Het bewijs voldoet niet.",
    )
    assert [p.inschrijving for p in rangorde.plaatsen if p.gegund] == ["I-001", "I-003"]
    assert isinstance(mededeling, GunningsbeslissingMeegedeeld)
    assert mededeling.wijziging == "Het bewijs voldoet niet."
    assert mededeling.opschortende_termijn_einde.date() == date(2026, 10, 21)


def test_a_second_failed_winner_keeps_the_first_one_out() -> None:
    dossier = make_geverifieerd().met(make_verificatie(2, voldoet=False))
    invoer = invoermodel.GunningsbeslissingWijzigen(
        percelen=("1",), verzenddatum=date(2026, 10, 1), aanleiding="Het bewijs voldoet niet."
    )
    dossier = perform("gunningsbeslissing_wijzigen", dossier, invoer, "2026-10-01", "1")
    dossier = dossier.met(make_verificatie(3, voldoet=False))
    rangorde = decide("gunningsbeslissing_wijzigen", dossier, invoer, "2026-11-01").feiten[0]
    assert isinstance(rangorde, RangordeVastgesteld)
    assert rangorde.uitgevallen == ("I-002", "I-003")
    assert [p.inschrijving for p in rangorde.plaatsen if p.gegund] == ["I-001", "I-004"]


def test_a_decision_that_is_only_told_again_keeps_its_ranking() -> None:
    invoer = invoermodel.GunningsbeslissingWijzigen(
        percelen=("1",), verzenddatum=date(2026, 10, 1), aanleiding="Een brief was niet verzonden."
    )
    feiten = decide("gunningsbeslissing_wijzigen", make_verzonden(), invoer, "2026-10-01").feiten
    assert [f.soort() for f in feiten] == ["GunningsbeslissingMeegedeeld"]


def test_a_new_decision_forgets_its_sending() -> None:
    invoer = invoermodel.GunningsbeslissingWijzigen(
        percelen=("1",), verzenddatum=date(2026, 10, 1), aanleiding="Een brief was niet verzonden."
    )
    dossier = perform("gunningsbeslissing_wijzigen", make_verzonden(), invoer, "2026-10-01", "1")
    standen = load_stand(dossier, ("1", "2"))
    assert (standen["1"].verzendingen, len(standen["2"].verzendingen)) == ([], 1)


def test_afdoening_finds_the_only_pending_case() -> None:
    gemeld = KortGedingGemeld(perceel="1", datum=date(2026, 9, 10), rechtbank="R", zaaknummer="C/1")
    invoer = invoermodel.KortGedingAfdoen(perceel="1", uitkomst="herbeoordelen", motivering="Uitspraak.")
    (feit,) = decide("kort_geding_afdoen", make_meegedeeld().met(gemeld), invoer, "2026-10-05").feiten
    assert isinstance(feit, KortGedingAfgedaan)
    assert (feit.zaaknummer, feit.datum, feit.uitkomst) == ("C/1", date(2026, 10, 5), "herbeoordelen")


def test_overeenkomsten_are_numbered_onwards_per_perceel() -> None:
    invoer = invoermodel.OvereenkomstenSluiten(percelen=("1", "2"), datum_ondertekening=date(2026, 10, 1))
    besluit = decide("overeenkomsten_sluiten", make_geverifieerd(), invoer, "2026-10-01")
    gesloten = [f for f in besluit.feiten if isinstance(f, OvereenkomstGesloten)]
    assert [(o.nummer, o.grond) for o in gesloten] == [
        ("PR-2027-P1-001", "I-001"),
        ("PR-2027-P1-002", "I-002"),
        ("PR-2027-P2-001", "I-001"),
        ("PR-2027-P2-002", "I-003"),
    ]
    assert {(o.ingang, o.einde, o.herkomst) for o in gesloten} == {
        (date(2027, 1, 1), date(2029, 12, 31), "gunning")
    }
    opnieuw = decide("overeenkomsten_sluiten", make_geverifieerd().met(*gesloten), invoer, "2026-10-01")
    assert opnieuw.feiten[0].model_dump()["nummer"] == "PR-2027-P1-003"


def test_overeenkomsten_need_a_looptijd() -> None:
    invoer = invoermodel.OvereenkomstenSluiten(percelen=("1",), datum_ondertekening=date(2026, 10, 1))
    with pytest.raises(InvoerError, match="looptijd"):
        decide("overeenkomsten_sluiten", make_dossier(), invoer, "2026-10-01")


@pytest.mark.parametrize(
    ("vrij", "nummer", "tarief"),
    [(False, "I-001", "60.00"), (True, "I-001", "63.50"), (True, "I-002", "60.00")],
    ids=["vast tarief", "geboden prijs", "vrije prijs zonder bod"],
)
def test_tarief_is_what_was_offered_only_for_a_free_price(vrij: bool, nummer: str, tarief: str) -> None:
    product = make_product(vrije_prijs=vrij, prijsplafond=Decimal("70.00"))
    stand = load_perceelstand(
        make_dossier(
            make_perceel_uitgewerkt("1", producten=(product,)),
            PrijzenGeopend(perceel="1", openers=("a", "b"), prijzen={"I-001": Decimal("63.50")}),
        ),
        "1",
    )
    assert besluiten.load_tarief(stand, product, nummer) == Decimal(tarief)


@pytest.mark.parametrize(
    ("regio", "letters"),
    [("bommelerwaard", "BO"), ("hart-van-brabant", "HVB"), ("regio-alkmaar", "RA"), ("a-b-c-d-e", "ABCD")],
)
def test_voorvoegsel(regio: str, letters: str) -> None:
    assert besluiten.build_voorvoegsel(regio) == letters


def test_kenmerken_come_from_a_workbook_with_every_fault_at_once() -> None:
    rij = invoermodel.KenmerkRij
    goed = {"kenmerken": (rij(perceel=1, criterium="K1", tekst="Concreet."),)}
    zaak = make_zaak(make_beoordeeld(), invoer=None)
    invoer = besluiten.build_kenmerken(goed, zaak)
    assert (invoer.percelen, invoer.kenmerken[0].inschrijving) == (("1",), "")
    fout = {
        "kenmerken": (rij(perceel=9, criterium="K1", tekst="x"), rij(perceel=1, criterium="K1", tekst=""))
    }
    with pytest.raises(InvoerError) as fouten:
        besluiten.build_kenmerken(fout, zaak)
    assert [f[:18] for f in fouten.value.fouten] == ["kenmerken, rij 2: ", "kenmerken, rij 3: "]
    with pytest.raises(InvoerError, match="geen rijen"):
        besluiten.build_kenmerken({"kenmerken": ()}, zaak)


def test_the_stage_has_no_way_to_gegund_but_definitief_gunnen() -> None:
    assert [h.code for h in FASE.handelingen if h.naar == "gegund"] == ["definitief_gunnen"]
    assert {f.soort() for f in FASE.feiten} >= {"MededelingVerzonden", "KortGedingGemeld"}


def test_moments_are_aware() -> None:
    verzonden = invoermodel.VerzendingVastleggen(percelen=("1",), verzonden=moment("2026-09-01"), aantal=1)
    assert verzonden.verzonden.tzinfo is not None


def make_verzet(percelen: tuple[str, ...] = ("1", "2"), dag: date = date(2026, 9, 3)) -> Any:
    return invoermodel.VerzenddatumVerzetten(
        percelen=percelen, verzenddatum=dag, reden="De mailserver was een dag niet bereikbaar."
    )


def test_another_day_of_sending_counts_the_terms_anew_and_stays_one_decision() -> None:
    dossier = make_meegedeeld()
    besluit = besluiten.find_besluit(dossier, ("1", "2"))
    later = perform("verzenddatum_verzetten", dossier, make_verzet(), "2026-09-02 10:00", "1", "2")
    stand = load_perceelstand(later, "1")
    assert len(stand.beslissingen) == 1
    assert stand.beslissing is not None
    assert stand.beslissing.verzenddatum == date(2026, 9, 3)
    assert stand.beslissing.opschortende_termijn_einde.date() == date(2026, 9, 23)
    assert stand.beslissing.vroegste_ondertekening == date(2026, 9, 24)
    assert load_verzenddatum(later, besluit) == date(2026, 9, 3)
    assert [b.verzenddatum for b in list_beslissingen(later)] == [date(2026, 9, 3)]
    nogmaals = perform(
        "verzenddatum_verzetten", later, make_verzet(dag=date(2026, 9, 4)), "2026-09-03 10:00", "1", "2"
    )
    assert load_verzenddatum(nogmaals, besluit) == date(2026, 9, 4)
    assert besluiten.find_besluit(nogmaals, ("1", "2")) == besluit


@pytest.mark.parametrize(
    ("verzonden", "percelen", "dag", "codes"),
    [
        pytest.param(False, ("1", "2"), date(2026, 9, 3), set[str](), id="er is nog niets verzonden"),
        pytest.param(True, ("1", "2"), date(2026, 9, 3), {"verzending-begonnen"}, id="de brieven zijn weg"),
        pytest.param(False, ("1",), date(2026, 9, 3), {"beslissing-niet-heel"}, id="maar voor één perceel"),
        pytest.param(
            False, ("1", "2"), date(2026, 9, 1), {"verzenddatum-in-verleden"}, id="een dag die voorbij is"
        ),
    ],
)
def test_day_of_sending_moves_only_while_nothing_left(
    verzonden: bool, percelen: tuple[str, ...], dag: date, codes: set[str]
) -> None:
    dossier = make_verzonden() if verzonden else make_meegedeeld()
    zaak = make_zaak(dossier, *percelen, nu="2026-09-02 10:00", invoer=make_verzet(percelen, dag))
    act = FASE.load_handeling("verzenddatum_verzetten")
    assert {o.code for o in check_regels(act, zaak, met_invoer=True)} == codes


def test_day_of_sending_stays_once_the_word_to_send_was_given() -> None:
    dossier = make_meegedeeld()
    dossier = dossier.met(VerzendingGestart(besluit=besluiten.find_besluit(dossier, ("1", "2"))))
    zaak = make_zaak(dossier, "1", "2", nu="2026-09-02 10:00", invoer=make_verzet())
    act = FASE.load_handeling("verzenddatum_verzetten")
    assert {o.code for o in check_regels(act, zaak, met_invoer=True)} == {"verzending-begonnen"}

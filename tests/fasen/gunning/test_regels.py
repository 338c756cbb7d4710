"""Every rule of the award, seen passing and refusing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import StatusGewijzigd
from aanbesteding.domain.feiten import BezorgingGemeld, GunningsbeslissingMeegedeeld, PuntBeslist
from aanbesteding.domain.regel import Ernst
from aanbesteding.fasen.gunning import FASE, regels
from aanbesteding.fasen.gunning import invoer as invoermodel
from aanbesteding.fasen.gunning.feiten import (
    GunningsadviesOpgesteld,
    Kenmerk,
    KenmerkenVrijgegeven,
    KortGedingAfgedaan,
    KortGedingGemeld,
    MededelingVerzonden,
)
from bouwers import make_dossier, moment
from fasen.gunning.bouwers_gunning import (
    make_beoordeeld,
    make_colleges,
    make_consensus,
    make_geadviseerd,
    make_geverifieerd,
    make_kenmerken,
    make_meegedeeld,
    make_oordeel,
    make_verificatie,
    make_verzonden,
    make_zaak,
    with_persoon,
)

NA_TERMIJN = "2026-09-22 00:01"


def check(regel: Any, dossier: Dossier, *percelen: str, **velden: Any) -> str | None:
    """The sentence of a rule, or None."""
    return regel.toets(make_zaak(dossier, *percelen, **velden))


def with_vrijgave_door(persoon: str) -> Dossier:
    """A dossier in which this person released the characteristics."""
    return with_persoon(make_geadviseerd(), KenmerkenVrijgegeven, persoon)


def test_rangorde_vastgesteld() -> None:
    assert check(regels.rangorde_vastgesteld, make_beoordeeld()) is None
    assert "perceel 1" in (check(regels.rangorde_vastgesteld, make_dossier()) or "")


@pytest.mark.parametrize(
    ("dossier", "ontbreekt"),
    [
        pytest.param(make_geadviseerd(), "", id="alle colleges besloten over alle percelen"),
        pytest.param(
            make_geadviseerd(None, *make_colleges()[:1]),
            "gemeente Beedorp voor perceel 1",
            id="een gemeente ontbreekt",
        ),
        pytest.param(
            make_geadviseerd(None, *make_colleges(("1",))),
            "gemeente Aadorp voor perceel 2",
            id="een perceel ontbreekt",
        ),
        pytest.param(
            make_geadviseerd().met(GunningsadviesOpgesteld(percelen=("1",))),
            "voor perceel 1",
            id="na een nieuw advies tellen oude besluiten niet",
        ),
    ],
)
def test_collegebesluiten_genomen(dossier: Dossier, ontbreekt: str) -> None:
    melding = check(regels.collegebesluiten_genomen, dossier)
    assert (melding is None) if not ontbreekt else (ontbreekt in (melding or ""))


def test_functies_gescheiden() -> None:
    assert check(regels.functies_gescheiden, make_beoordeeld()) is None
    assert check(regels.functies_gescheiden, make_beoordeeld(), persoon="beoordelaar1.demo")


@pytest.mark.parametrize(
    ("persoon", "mag"),
    [("jurist.demo", True), ("gemandateerde.demo", False), ("beoordelaar1.demo", False)],
    ids=["een jurist geeft vrij", "wie meedeelt geeft vrij", "wie beoordeelt geeft vrij"],
)
def test_vrijgave_door_tweede_persoon(persoon: str, mag: bool) -> None:
    assert (check(regels.vrijgave_door_tweede_persoon, with_vrijgave_door(persoon)) is None) == mag


def test_kenmerken_vrijgegeven() -> None:
    assert check(regels.kenmerken_vrijgegeven, make_geadviseerd()) is None
    zonder = make_geadviseerd(None, make_kenmerken(("1",)))
    assert "perceel 2, criterium K1" in (check(regels.kenmerken_vrijgegeven, zonder) or "")


def test_kenmerk_of_a_failed_winner_does_not_count() -> None:
    alleen_i1 = make_kenmerken(("1",)).model_copy(
        update={
            "kenmerken": tuple(
                Kenmerk(perceel="1", criterium=c, tekst="Sterk.", inschrijving="I-001") for c in ("K1", "K2")
            )
        }
    )
    dossier = make_geadviseerd(None, alleen_i1)
    assert check(regels.kenmerken_vrijgegeven, dossier, "1") is None
    assert check(regels.kenmerken_vrijgegeven, dossier.met(make_verificatie(1, voldoet=False)), "1")


@pytest.mark.parametrize(
    ("dag", "mag"),
    [(date(2026, 8, 31), False), (date(2026, 9, 1), True), (date(2026, 9, 2), True)],
    ids=["gisteren", "vandaag", "morgen"],
)
def test_verzenddatum_vandaag_of_later(dag: date, mag: bool) -> None:
    invoer = invoermodel.GunningsbeslissingMeedelen(percelen=("1",), verzenddatum=dag)
    assert (check(regels.verzenddatum_vandaag_of_later, make_dossier(), invoer=invoer) is None) == mag


@pytest.mark.parametrize(
    ("kenmerk", "regel"),
    [
        (Kenmerk(perceel="1", criterium="K9", tekst="x"), regels.kenmerken_passen),
        (Kenmerk(perceel="2", criterium="K1", tekst="x"), regels.kenmerken_passen),
        (Kenmerk(perceel="1", criterium="K1", tekst="x", inschrijving="I-006"), regels.kenmerken_passen),
        (
            Kenmerk(perceel="1", criterium="K1", tekst="Beter dan I-004."),
            regels.kenmerken_geven_niets_prijs,
        ),
    ],
    ids=["onbekend criterium", "ander perceel", "geen plaats in de rangorde", "noemt een verliezer"],
)
def test_kenmerk_is_refused(kenmerk: Kenmerk, regel: Any) -> None:
    goed = invoermodel.KenmerkenVrijgeven(
        percelen=("1",),
        kenmerken=(Kenmerk(perceel="1", criterium="K1", tekst="Concreet.", inschrijving="I-001"),),
    )
    fout = invoermodel.KenmerkenVrijgeven(percelen=("1",), kenmerken=(kenmerk,))
    assert check(regel, make_beoordeeld(), "1", invoer=goed) is None
    assert check(regel, make_beoordeeld(), "1", invoer=fout)


def test_collegebesluit_is_of_a_deelnemende_gemeente_and_in_the_past() -> None:
    invoer = invoermodel.CollegebesluitVastleggen(
        gemeente="aadorp", percelen=("1",), datum=date(2026, 9, 1), kenmerk="B-1"
    )
    anders = invoer.model_copy(update={"gemeente": "ceedorp", "datum": date(2026, 9, 2)})
    for regel in (regels.gemeente_bekend, regels.collegebesluit_genomen):
        assert check(regel, make_dossier(), invoer=invoer) is None
        assert check(regel, make_dossier(), invoer=anders)


@pytest.mark.parametrize(
    ("aantal", "niet", "mag"),
    [(7, (), True), (6, ("I-004",), True), (6, (), False), (6, ("I-099",), False)],
    ids=["allen", "een niet", "een te weinig zonder naam", "onbekend nummer"],
)
def test_aantal_verzonden_klopt(aantal: int, niet: tuple[str, ...], mag: bool) -> None:
    invoer = invoermodel.VerzendingVastleggen(
        percelen=("1", "2"), verzonden=moment("2026-09-01"), aantal=aantal, niet_verzonden=niet
    )
    assert (check(regels.aantal_verzonden_klopt, make_meegedeeld(), invoer=invoer) is None) == mag


def test_verzending_gebeurd() -> None:
    invoer = invoermodel.VerzendingVastleggen(percelen=("1",), verzonden=moment("2026-09-01 10:00"), aantal=7)
    assert check(regels.verzending_gebeurd, make_dossier(), invoer=invoer) is None
    assert check(regels.verzending_gebeurd, make_dossier(), invoer=invoer, nu="2026-09-01 09:59")


GEMELD = KortGedingGemeld(
    perceel="1", datum=date(2026, 9, 10), rechtbank="Rechtbank Proefland", zaaknummer="C/1"
)


def make_afgedaan(uitkomst: str) -> KortGedingAfgedaan:
    return KortGedingAfgedaan.model_validate(
        {
            "perceel": "1",
            "datum": date(2026, 10, 1),
            "zaaknummer": "C/1",
            "uitkomst": uitkomst,
            "motivering": "x",
        }
    )


def test_zaaknummer_nieuw_and_kort_geding_loopt() -> None:
    melden = invoermodel.KortGedingMelden(
        perceel="1", datum=date(2026, 9, 10), rechtbank="R", zaaknummer="C/1"
    )
    afdoen = invoermodel.KortGedingAfdoen(perceel="1", uitkomst="doorgaan", motivering="x")
    zonder, met = make_meegedeeld(), make_meegedeeld().met(GEMELD)
    assert check(regels.zaaknummer_nieuw, zonder, "1", invoer=melden) is None
    assert check(regels.zaaknummer_nieuw, met, "1", invoer=melden)
    assert check(regels.kort_geding_loopt, met, "1", invoer=afdoen) is None
    assert check(regels.kort_geding_loopt, zonder, "1", invoer=afdoen)


def test_only_a_winner_is_verified() -> None:
    invoer = invoermodel.VerificatieVastleggen(
        perceel="1", inschrijving="I-001", voldoet=True, bevindingen="x"
    )
    verliezer = invoer.model_copy(update={"inschrijving": "I-004"})
    assert check(regels.inschrijving_is_winnaar, make_meegedeeld(), "1", invoer=invoer) is None
    assert check(regels.inschrijving_is_winnaar, make_meegedeeld(), "1", invoer=verliezer)


@pytest.mark.parametrize(
    ("feiten", "aanhangig", "niet_uitgevoerd"),
    [
        pytest.param((), False, False, id="geen kort geding"),
        pytest.param((GEMELD,), True, False, id="kort geding loopt"),
        pytest.param((GEMELD, make_afgedaan("doorgaan")), False, False, id="beslissing blijft"),
        pytest.param((GEMELD, make_afgedaan("herbeoordelen")), False, True, id="rechter wil herbeoordeling"),
        pytest.param(
            (GEMELD, make_afgedaan("intrekken")), False, True, id="beslissing moet worden ingetrokken"
        ),
        pytest.param((GEMELD, make_afgedaan("doorgaan"), GEMELD), True, False, id="opnieuw gemeld"),
    ],
)
def test_kort_geding_holds_until_its_outcome(feiten: Any, aanhangig: bool, niet_uitgevoerd: bool) -> None:
    dossier = make_geverifieerd().met(*feiten)
    assert (check(regels.geen_kort_geding, dossier) is not None) == aanhangig
    assert (check(regels.kort_geding_uitkomst_uitgevoerd, dossier) is not None) == niet_uitgevoerd
    assert check(regels.geen_kort_geding, dossier, "2") is None


@pytest.mark.parametrize(
    ("nu", "mag"),
    [("2026-09-21 23:59", False), ("2026-09-22 00:00", True)],
    ids=["laatste minuut van de termijn", "dag erna"],
)
def test_both_termijnen_must_be_over(nu: str, mag: bool) -> None:
    dossier = make_verzonden()
    for regel in (regels.opschortende_termijn_verstreken, regels.vervaltermijn_verstreken):
        assert (check(regel, dossier, nu=nu) is None) == mag


@pytest.mark.parametrize("laatste", [0, 1, 999_999], ids=lambda n: f"{n} microseconden na 23:59:59")
def test_no_part_of_the_last_second_is_outside_the_termijn(laatste: int) -> None:
    nu = moment("2026-09-21 23:59").replace(second=59, microsecond=laatste)
    zaak = replace(make_zaak(make_verzonden()), nu=nu)
    for regel in (regels.opschortende_termijn_verstreken, regels.vervaltermijn_verstreken):
        assert regel.toets(zaak)
        assert regel.toets(replace(zaak, nu=nu + timedelta(seconds=1))) is None


def test_a_longer_vervaltermijn_is_waited_for() -> None:
    dossier = make_verzonden()
    later = tuple(
        replace(v, feit=v.feit.model_copy(update={"vervaltermijn_einde": moment("2026-10-01 23:59")}))
        if type(v.feit).__name__ == "GunningsbeslissingMeegedeeld"
        else v
        for v in dossier.vastleggingen
    )
    dossier = replace(dossier, vastleggingen=later)
    assert check(regels.opschortende_termijn_verstreken, dossier, nu=NA_TERMIJN) is None
    assert check(regels.vervaltermijn_verstreken, dossier, nu=NA_TERMIJN)


@pytest.mark.parametrize(
    ("dossier", "begonnen", "allen"),
    [
        pytest.param(make_verzonden(), True, True, id="op tijd aan allen verzonden"),
        pytest.param(make_meegedeeld(), False, True, id="geen verzending vastgelegd"),
        pytest.param(make_verzonden(dag="2026-09-02 09:00"), False, True, id="een dag te laat verzonden"),
        pytest.param(
            make_verzonden(niet_verzonden=("I-004",), aantal=6), True, False, id="een brief niet verzonden"
        ),
        pytest.param(
            make_verzonden(niet_verzonden=("I-004",), aantal=6).met(
                MededelingVerzonden(percelen=("1", "2"), verzonden=moment("2026-09-04"), aantal=1)
            ),
            False,
            True,
            id="een brief later nagestuurd",
        ),
    ],
)
def test_opschortende_termijn_starts_only_when_all_were_sent(
    dossier: Dossier, begonnen: bool, allen: bool
) -> None:
    assert (check(regels.opschortende_termijn_begonnen, dossier) is None) == begonnen
    assert (check(regels.mededeling_aan_allen, dossier) is None) == allen


def make_terug(*meldingen: tuple[str, str, str]) -> Dossier:
    """A decision sent to all, of which this became known afterwards: recipient, what, and when."""
    status = (StatusGewijzigd(onderwerp=f"perceel:{p}", van="geadviseerd", naar="meegedeeld") for p in "12")
    dossier = make_verzonden().met(*status)
    besluit = next(
        v.versie for v in dossier.vastleggingen if isinstance(v.feit, GunningsbeslissingMeegedeeld)
    )
    for ontvanger, melding, op in meldingen:
        gemeld = BezorgingGemeld(
            besluit=besluit, ontvanger=ontvanger, melding=melding, op=moment(op), toelichting="nagevraagd"
        )
        dossier = dossier.met(gemeld)
    return dossier


TERUG, HAND = ("I-004", "teruggekomen", "2026-09-03"), ("I-004", "anders_bereikt", "2026-09-04 10:00")


@pytest.mark.parametrize(
    ("dossier", "nu", "tekst"),
    [
        pytest.param(make_terug(), NA_TERMIJN, "", id="niets kwam terug"),
        pytest.param(make_terug(TERUG), NA_TERMIJN, "niet alsnog bezorgd", id="terug en niet bezorgd"),
        pytest.param(
            make_terug(TERUG, HAND), NA_TERMIJN, "donderdag 24 september 2026", id="bezorgd; telt opnieuw"
        ),
        pytest.param(
            make_terug(TERUG, HAND), "2026-09-25 09:00", "", id="bezorgd en de termijn van die dag voorbij"
        ),
        pytest.param(make_terug(TERUG, HAND, TERUG), "2026-09-25 09:00", "niet alsnog", id="twee keer terug"),
        pytest.param(
            make_terug(("X-9", *TERUG[1:])), NA_TERMIJN, "", id="een brief aan een ander dan een inschrijver"
        ),
    ],
)
def test_letter_that_came_back_holds_the_award_until_it_was_delivered_a_standstill_ago(
    dossier: Dossier, nu: str, tekst: str
) -> None:
    gezegd = check(regels.mededeling_aangekomen, dossier, nu=nu)
    assert (tekst in gezegd) if gezegd and tekst else (not gezegd and not tekst)
    gemeld = [
        m.tekst for m in FASE.meldingen(make_zaak(dossier, nu=nu)) if m.code == "mededeling-teruggekomen"
    ]
    assert bool(gemeld) == bool(tekst)
    assert regels.mededeling_aangekomen.ernst is Ernst.MOTIVEREN


def test_letter_of_an_earlier_decision_that_came_back_counts_no_more() -> None:
    dossier = make_terug(TERUG)
    nieuw = dossier.laatste(GunningsbeslissingMeegedeeld)
    assert nieuw is not None
    assert check(regels.mededeling_aangekomen, dossier.met(nieuw), nu=NA_TERMIJN) is None


def test_verificatie_of_every_winner_is_needed() -> None:
    assert check(regels.verificatie_gedaan, make_geverifieerd()) is None
    assert "I-001" in (check(regels.verificatie_gedaan, make_verzonden()) or "")


def test_a_failed_verificatie_needs_a_changed_decision() -> None:
    mislukt = make_geverifieerd().met(make_verificatie(2, voldoet=False))
    assert check(regels.verificatie_geslaagd, make_geverifieerd()) is None
    assert "I-002" in (check(regels.verificatie_geslaagd, mislukt) or "")
    assert check(regels.college_over_wijziging, make_geverifieerd()) is None
    assert check(regels.college_over_wijziging, mislukt)


def test_winnaar_aanwezig_and_iemand_over() -> None:
    dossier = make_geverifieerd()
    leeg = dossier.met(dossier.laatste(regels_rangorde(), perceel="1").model_copy(update={"plaatsen": ()}))
    for regel in (regels.winnaar_aanwezig, regels.iemand_over):
        assert check(regel, dossier) is None
        assert check(regel, leeg)


def regels_rangorde() -> Any:
    from aanbesteding.domain.feiten import RangordeVastgesteld

    return RangordeVastgesteld


def make_wijziging(**velden: Any) -> invoermodel.GunningsbeslissingWijzigen:
    basis: dict[str, Any] = {
        "percelen": ("1",),
        "verzenddatum": date(2026, 10, 1),
        "aanleiding": "Het bewijs voldoet niet.",
    }
    return invoermodel.GunningsbeslissingWijzigen(**(basis | velden))


def test_loting_gedaan() -> None:
    gelijk = make_consensus("1", n3_K1=make_oordeel(3, "K1", 6), n4_K1=make_oordeel(4, "K1", 6))
    dossier = make_geverifieerd(
        make_verzonden(make_meegedeeld(make_geadviseerd(make_beoordeeld(consensus=gelijk))))
    )
    dossier = dossier.met(make_verificatie(2, voldoet=False))
    assert "I-003, I-004" in (check(regels.loting_gedaan, dossier, "1", invoer=make_wijziging()) or "")
    geloot = make_wijziging(loting=("I-004", "I-003"))
    assert check(regels.loting_gedaan, dossier, "1", invoer=geloot) is None


def test_aanleiding_names_nobody() -> None:
    dossier = make_geverifieerd()
    noemt = make_wijziging(aanleiding="Het bewijs van Zorgbedrijf 2 voldoet niet.")
    assert check(regels.aanleiding_noemt_geen_inschrijver, dossier, invoer=make_wijziging()) is None
    assert check(regels.aanleiding_noemt_geen_inschrijver, dossier, invoer=noemt)


def test_looptijd_besloten() -> None:
    dossier = make_dossier(PuntBeslist(punt="looptijd_maanden", waarde="36", motivering="x"))
    assert check(regels.looptijd_besloten, dossier) is None
    assert check(regels.looptijd_besloten, make_dossier())


@pytest.mark.parametrize(
    ("dag", "mag"), [(date(2026, 9, 21), False), (date(2026, 9, 22), True)], ids=["laatste dag", "dag erna"]
)
def test_ondertekening_na_termijn(dag: date, mag: bool) -> None:
    invoer = invoermodel.OvereenkomstenSluiten(percelen=("1",), datum_ondertekening=dag)
    assert (check(regels.ondertekening_na_termijn, make_verzonden(), "1", invoer=invoer) is None) == mag


@pytest.mark.parametrize("handeling", FASE.handelingen, ids=lambda h: h.code)
def test_rules_without_input_work_beforehand(handeling: Any) -> None:
    for dossier in (make_dossier(), make_beoordeeld(), make_geverifieerd()):
        for regel in handeling.regels:
            if not regel.met_invoer:
                regel.check(make_zaak(dossier, invoer=None))


def test_definitief_gunnen_passes_when_everything_is_in_order() -> None:
    act = next(h for h in FASE.handelingen if h.code == "definitief_gunnen")
    zaak = make_zaak(
        make_geverifieerd(), nu=NA_TERMIJN, invoer=invoermodel.DefinitiefGunnen(percelen=("1", "2"))
    )
    assert [r.code for r in act.regels if r.check(zaak)] == []

"""The reasons in the letters: complete at once, nothing given away, released by a second person, never added later."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import (
    ConsensusVastgesteld,
    InschrijvingGetoetst,
    Prijstrede,
    PrijzenGeopend,
    RangordeVastgesteld,
    VertrouwelijkAangemerkt,
)
from aanbesteding.domain.gunningsrangorde import rank_perceel
from aanbesteding.domain.redenen import list_openbare_getallen
from aanbesteding.domain.regel import Ernst
from aanbesteding.fasen.gunning import FASE, regels
from aanbesteding.fasen.gunning import invoer as invoermodel
from aanbesteding.fasen.gunning.aanvang import list_meldingen
from aanbesteding.fasen.gunning.feiten import (
    Kenmerk,
    KenmerkenVrijgegeven,
    MededelingVerzonden,
    RedenenAangepast,
    RedenenVrijgegeven,
    Redenwijziging,
)
from bouwers import make_perceel_uitgewerkt, make_regio, moment
from fasen.gunning.bouwers_gunning import (
    make_beoordeeld,
    make_consensus,
    make_geadviseerd,
    make_geverifieerd,
    make_kenmerken,
    make_meegedeeld,
    make_oordeel,
    make_toetsen,
    make_verificatie,
    make_verzonden,
    make_vrijgave,
    make_zaak,
    nummer,
    perform,
    with_persoon,
)


def check(regel: Any, dossier: Dossier, *percelen: str, **velden: Any) -> str:
    """The sentence of a rule, empty when it is met."""
    return regel.toets(make_zaak(dossier, *percelen, **velden)) or ""


def met_reden(tekst: str, **velden: Any) -> Dossier:
    """A dossier in which I-003 reads this reason at K1."""
    oordeel = make_oordeel(3, "K1", 8, motivering=tekst, **velden)
    return make_beoordeeld(consensus=make_consensus("1", n3_K1=oordeel))


# --- complete at once -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dossier", "tekort"),
    [
        pytest.param(make_beoordeeld(), "", id="elke brief is volledig"),
        pytest.param(
            make_beoordeeld(
                consensus=make_consensus("1", n3_K1=make_oordeel(3, "K1", 8, waarom_niet_maximaal=" "))
            ),
            "brief aan I-003, perceel 1: bij K1 staat niet waarom het niet de hoogste score is",
            id="geen reden waarom niet de hoogste score",
        ),
        pytest.param(
            make_beoordeeld(toetsen=make_toetsen(uitgesloten="")),
            "brief aan I-006, perceel 1: de reden van 'uitgesloten' ontbreekt",
            id="geen reden van uitsluiting",
        ),
        pytest.param(
            make_beoordeeld(toetsen=make_toetsen(ongeldig="")),
            "brief aan I-007, perceel 1: de reden van 'ongeldig' ontbreekt",
            id="geen reden van ongeldigheid",
        ),
        pytest.param(
            make_beoordeeld().met(make_consensus("1").model_copy(update={"oordelen": ()})),
            "brief aan I-001, perceel 1: score en reden voor K1 ontbreken",
            id="geen scores",
        ),
    ],
)  # fmt: skip
def test_een_onvolledige_brief_wordt_geweigerd(dossier: Dossier, tekort: str) -> None:
    melding = check(regels.motivering_volledig, dossier)
    assert (melding == "") if not tekort else (tekort in melding)


def test_alle_tekorten_staan_er_in_een_keer() -> None:
    leeg = make_beoordeeld(toetsen=make_toetsen(uitgesloten="", ongeldig="")).met(
        make_consensus("1").model_copy(update={"oordelen": ()})
    )
    melding = check(regels.motivering_volledig, leeg, regio=make_regio())
    for n in (1, 2, 3, 4, 6, 7):
        assert f"brief aan {nummer(n)}" in melding
    assert "(10)" in melding, "acht scores en twee redenen, geen 'en nog 5'"


def test_zonder_rechtbank_is_geen_brief_volledig() -> None:
    regio = make_regio()
    leeg = regio.model_copy(update={"rechtsgang": regio.rechtsgang.model_copy(update={"rechtbank": ""})})
    assert "bevoegde rechtbank" in check(regels.motivering_volledig, make_beoordeeld(), regio=leeg)


def test_een_inschrijving_die_buiten_de_rangorde_valt_heeft_een_reden() -> None:
    dossier = make_beoordeeld()
    rangorde = dossier.laatste(RangordeVastgesteld, perceel="1")
    assert rangorde is not None
    zonder = rangorde.model_copy(update={"plaatsen": rangorde.plaatsen[:-1]})
    met = zonder.model_copy(update={"waarschuwingen": ("I-004: De prijs ligt onder de ondergrens.",)})
    assert "plaats in de rangorde ontbreekt" in check(regels.motivering_volledig, dossier.met(zonder))
    assert check(regels.motivering_volledig, dossier.met(met)) == ""


# --- nothing given away -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tekst", "woorden"),
    [
        pytest.param("U bent minder concreet.", "", id="geen naam"),
        pytest.param("Zorgbedrijf 3 noemt geen wijkteam.", "", id="de eigen naam"),
        pytest.param("Zorgbedrijf 1 is concreter.", "", id="de naam van een winnaar"),
        pytest.param("U lijkt op Zorgbedrijf 4 (verzonnen).", "“Zorgbedrijf 4 (verzonnen” (van I-004)",
                     id="de naam van een andere verliezer"),
        pytest.param("U lijkt op ZORGBEDRIJF\n4.", "“ZORGBEDRIJF 4” (van I-004)", id="de naam over twee regels"),
        pytest.param("Zie I-004.", "“I-004” (van I-004)", id="het nummer van een andere verliezer"),
        pytest.param("De andere inschrijvers kregen een zes.", "een score van een ander “zes” (van I-004)",
                     id="de score van een andere verliezer"),
        pytest.param("De concurrent met 36 punten staat lager.", "“36” (van I-004)",
                     id="de punten van een andere verliezer"),
    ],
)  # fmt: skip
def test_een_reden_geeft_niets_van_een_ander_prijs(tekst: str, woorden: str) -> None:
    melding = check(regels.redenen_geven_niets_prijs, met_reden(tekst))
    if not woorden:
        assert melding == ""
    else:
        assert "brief aan I-003, perceel 1, K1 (motivering)" in melding
        assert woorden in melding


def test_ook_de_uitleg_de_uitsluiting_en_het_kenmerk_worden_gelezen() -> None:
    dossier = make_beoordeeld(
        consensus=make_consensus("1", n3_K1=make_oordeel(3, "K1", 8, waarom_niet_maximaal="Zie I-004.")),
        toetsen=make_toetsen(uitgesloten="Net als Zorgbedrijf 4."),
    )
    kenmerken = KenmerkenVrijgegeven(
        percelen=("1",), kenmerken=(Kenmerk(perceel="1", criterium="K1", tekst="Beter dan I-003."),)
    )
    melding = check(regels.redenen_geven_niets_prijs, make_geadviseerd(dossier, kenmerken))
    for waar in (
        "brief aan I-003, perceel 1, K1 (waarom niet maximaal)",
        "brief aan I-006, perceel 1 (reden: uitgesloten)",
        "alle brieven, perceel 1, K1 (kenmerk 1)",
    ):
        assert waar in melding


def test_de_prijs_van_een_winnaar_en_aangemerkte_tekst_blijven_binnen() -> None:
    dossier = met_reden("De winnaar vraagt € 31,50 en werkt met de avondploeg van het wijkteam.").met(
        PrijzenGeopend(perceel="1", openers=("a", "b"), prijzen={"I-001": "31.50"}),
        VertrouwelijkAangemerkt(
            inschrijving="I-001", passages=("De avondploeg van het wijkteam komt om acht uur",), grond="x"
        ),
    )
    melding = check(regels.redenen_geven_niets_prijs, dossier)
    assert "een prijs van een ander “31,50” (van I-001)" in melding
    assert "als vertrouwelijk aangemerkte tekst “de avondploeg van het wijkteam”" not in melding, (
        "te kort stuk"
    )
    lang = met_reden("De avondploeg van het wijkteam komt langs.").met(
        VertrouwelijkAangemerkt(
            inschrijving="I-001", passages=("De avondploeg van het wijkteam komt om acht uur",), grond="x"
        )
    )
    assert "vertrouwelijk aangemerkte tekst “De avondploeg van het wijkteam komt”" in check(
        regels.redenen_geven_niets_prijs, lang
    )


def test_een_kenmerk_met_verboden_gegeven_wordt_niet_vrijgegeven() -> None:
    invoer = invoermodel.KenmerkenVrijgeven(
        percelen=("1",), kenmerken=(Kenmerk(perceel="1", criterium="K1", tekst="Beter dan I-004."),)
    )
    goed = make_kenmerken(("1",))
    mag = invoermodel.KenmerkenVrijgeven(percelen=("1",), kenmerken=goed.kenmerken)
    assert "(kenmerk 1): de naam of het nummer van een ander “I-004”" in check(
        regels.kenmerken_geven_niets_prijs, make_beoordeeld(), "1", invoer=invoer
    )
    assert check(regels.kenmerken_geven_niets_prijs, make_beoordeeld(), "1", invoer=mag) == ""


@pytest.mark.parametrize(
    ("tekst", "mag"),
    [
        ("Geen inschrijving voldoet aan de eisen.", True),
        ("Zorgbedrijf 1 trok zich terug.", False),
        ("Inschrijving I-004 is onduidelijk.", False),
    ],
    ids=["noemt niemand", "noemt een winnaar", "noemt een nummer"],
)
def test_een_reden_in_alle_brieven_noemt_niemand(tekst: str, mag: bool) -> None:
    for invoer in (
        invoermodel.NietGunnen(percelen=("1",), reden=tekst),
        invoermodel.GunningsbeslissingIntrekken(percelen=("1",), motivering=tekst),
    ):
        melding = check(regels.brieftekst_noemt_geen_inschrijver, make_meegedeeld(), "1", invoer=invoer)
        assert (melding == "") == mag


# --- internal stays internal ------------------------------------------------------------------------------

GEHEIM = "Kwetsbaar 8f3a: de commissie twijfelde lang over de onderbouwing"


def test_interne_tekst_bereikt_geen_enkele_brief() -> None:
    oordelen = tuple(o.model_copy(update={"intern": GEHEIM}) for o in make_consensus("1").oordelen)
    consensus = ConsensusVastgesteld(perceel="1", oordelen=oordelen)
    dossier = make_meegedeeld(make_geadviseerd(make_beoordeeld(consensus=consensus)))
    dossier = make_geverifieerd(make_verzonden(dossier)).met(make_verificatie(2, voldoet=False))
    wijziging = invoermodel.GunningsbeslissingWijzigen(
        percelen=("1",), verzenddatum=date(2026, 10, 1), aanleiding="Het bewijs voldoet niet."
    )
    gewijzigd = perform("gunningsbeslissing_wijzigen", dossier, wijziging, "2026-10-01 09:00", "1")
    gelezen = 0
    for stand in (dossier, gewijzigd):
        for document in FASE.documenten:
            if not document.verzenden:
                continue
            try:
                exemplaren = list(document.build(make_zaak(stand, "1", invoer=None)))
            except LookupError:
                continue
            for exemplaar in exemplaren:
                gelezen += 1
                assert "8f3a" not in exemplaar.context.model_dump_json()
    assert gelezen > 20


def test_een_reden_die_de_interne_tekst_overneemt_wordt_geweigerd() -> None:
    melding = check(regels.redenen_geven_niets_prijs, met_reden(f"Wij noteerden: {GEHEIM}.", intern=GEHEIM))
    assert "tekst die alleen intern is bedoeld" in melding


# --- release by a second person ---------------------------------------------------------------------------


def test_zonder_vrijgave_geen_mededeling() -> None:
    dossier = make_beoordeeld()
    assert "perceel 1, perceel 2 zijn niet vrijgegeven" in check(regels.redenen_vrijgegeven, dossier)
    assert check(regels.redenen_vrijgegeven, dossier.met(make_vrijgave(dossier))) == ""
    alleen = dossier.met(make_vrijgave(dossier, "1"))
    assert check(regels.redenen_vrijgegeven, alleen, "1") == ""
    assert "perceel 2" in check(regels.redenen_vrijgegeven, alleen)


def aangepast(dossier: Dossier, **velden: Any) -> Dossier:
    """I-003 gets another reason at K1."""
    wijziging = Redenwijziging(
        **({"inschrijving": "I-003", "criterium": "K1", "motivering": "Een betere reden."} | velden)
    )
    feit = RedenenAangepast(perceel="1", wijzigingen=(wijziging,), aanleiding="Leesbaarder.")
    return dossier.met(feit, moment=moment("2026-08-27"))


def test_een_wijziging_na_de_vrijgave_doet_haar_vervallen() -> None:
    dossier = make_geadviseerd()
    assert check(regels.redenen_vrijgegeven, dossier) == ""
    melding = check(regels.redenen_vrijgegeven, aangepast(dossier))
    assert "Na de vrijgave gewijzigd of toegevoegd: brief aan I-003, perceel 1, K1 (motivering)" in melding
    opnieuw = aangepast(dossier)
    assert check(regels.redenen_vrijgegeven, opnieuw.met(make_vrijgave(opnieuw))) == ""


def test_een_nieuw_oordeel_van_de_commissie_vraagt_een_nieuwe_vrijgave() -> None:
    zelfde_woorden = make_geadviseerd().met(make_consensus("1"))
    assert "perceel 1 zijn niet vrijgegeven" in check(regels.redenen_vrijgegeven, zelfde_woorden)


@pytest.mark.parametrize(
    ("vrijgever", "auteur", "mag"),
    [
        ("jurist.demo", "voorzitter.demo", True),
        ("jurist.demo", "jurist.demo", False),
        ("beoordelaar1.demo", "voorzitter.demo", False),
        ("gemandateerde.demo", "voorzitter.demo", False),
    ],
    ids=[
        "een jurist die niets schreef",
        "wie de reden schreef",
        "wie beoordeelde",
        "wie de beslissing meedeelt",
    ],
)
def test_de_vrijgever_is_een_tweede_persoon(vrijgever: str, auteur: str, mag: bool) -> None:
    dossier = with_persoon(make_geadviseerd(), RedenenVrijgegeven, vrijgever)
    dossier = with_persoon(dossier, ConsensusVastgesteld, auteur)
    assert (check(regels.redenen_door_tweede_persoon, dossier) == "") == mag


@pytest.mark.parametrize(
    ("persoon", "mag"),
    [
        ("jurist.demo", True),
        ("voorzitter.demo", False),
        ("toetser.demo", False),
        ("beoordelaar1.demo", False),
    ],
    ids=["wie niets schreef", "wie het oordeel vaststelde", "wie uitsloot", "wie scoorde"],
)
def test_een_auteur_geeft_niet_vrij(persoon: str, mag: bool) -> None:
    dossier = with_persoon(make_beoordeeld(), ConsensusVastgesteld, "voorzitter.demo")
    dossier = with_persoon(dossier, InschrijvingGetoetst, "toetser.demo")
    assert (check(regels.vrijgever_is_tweede_persoon, dossier, "1", persoon=persoon) == "") == mag


def test_de_aangepaste_reden_staat_in_de_brief() -> None:
    dossier = make_meegedeeld(aangepast(make_geadviseerd(), waarom_niet_maximaal="Anders."))
    act = next(d for d in FASE.documenten if d.code == "afwijzingsbrief")
    brieven = {e.ontvanger.sleutel: e.context for e in act.build(make_zaak(dossier, "1", invoer=None))}
    score = brieven["I-003"].uitkomsten[0].scores[0]
    assert (score.motivering, score.waarom_niet_maximaal, score.score) == ("Een betere reden.", "Anders.", 8)


@pytest.mark.parametrize(
    ("wijziging", "woord"),
    [
        ({"inschrijving": "I-003", "criterium": "K1"}, ""),
        ({"inschrijving": "I-006"}, ""),
        ({"inschrijving": "I-003", "criterium": "K9"}, "geen oordeel over I-003 K9"),
        ({"inschrijving": "I-003"}, "noem het criterium"),
        (
            {"inschrijving": "I-003", "criterium": "K1", "motivering": "Reden K1 van bieder 3."},
            "blijft gelijk",
        ),
    ],
    ids=["een reden", "een reden van uitsluiting", "onbekend criterium", "zonder criterium", "zelfde tekst"],
)
def test_een_redenwijziging_past(wijziging: dict[str, str], woord: str) -> None:
    invoer = invoermodel.RedenenAanpassen(
        perceel="1",
        wijzigingen=(Redenwijziging(**({"motivering": "Nieuwe tekst."} | wijziging)),),
        aanleiding="Leesbaarder.",
    )
    melding = check(regels.redenwijziging_past, make_beoordeeld(), "1", invoer=invoer)
    assert (woord in melding) if woord else (melding == "")


def test_er_is_iets_vrij_te_geven() -> None:
    assert check(regels.iets_vrij_te_geven, make_beoordeeld()) == ""
    leeg = make_beoordeeld(toetsen=make_toetsen(uitgesloten="", ongeldig="")).met(
        make_consensus("1").model_copy(update={"oordelen": ()})
    )
    assert "perceel 1" in check(regels.iets_vrij_te_geven, leeg)


# --- frame and thin reasons -------------------------------------------------------------------------------


def test_een_reden_buiten_het_kader_geeft_een_waarschuwing() -> None:
    assert "brief aan I-003, perceel 1, K1" in check(regels.redenen_binnen_kader, met_reden("Mooi verhaal."))
    goed = tuple(
        o.model_copy(update={"motivering": "Concreet en meetbaar."}) for o in make_consensus("1").oordelen
    )
    dossier = make_beoordeeld(consensus=ConsensusVastgesteld(perceel="1", oordelen=goed))
    assert check(regels.redenen_binnen_kader, dossier, "1") == ""
    assert regels.redenen_binnen_kader.ernst is Ernst.SIGNALEERT


def test_een_dunne_of_gelijke_reden_geeft_een_waarschuwing() -> None:
    lang = "Het plan noemt voor elke inwoner {} vaste stappen met een naam en een datum erbij."
    goed = tuple(o.model_copy(update={"motivering": lang.format(f"{o.inschrijving[-1]}{o.criterium}")})
                 for o in make_consensus("1").oordelen)  # fmt: skip
    gelijk = tuple(o.model_copy(update={"motivering": lang.format("de")}) for o in goed)
    for oordelen, woord in ((goed, ""), (gelijk, "dezelfde reden als bij een andere score")):
        dossier = make_beoordeeld(consensus=ConsensusVastgesteld(perceel="1", oordelen=oordelen))
        melding = check(regels.redenen_niet_dun, dossier, "1")
        assert (woord in melding) if woord else (melding == "")
    assert "minder dan 8 woorden" in check(regels.redenen_niet_dun, met_reden("Te kort."), "1")


# --- never added later ------------------------------------------------------------------------------------


def test_redenen_aanpassen_na_de_mededeling_vraagt_een_nieuwe_beslissing() -> None:
    assert check(regels.redenen_nog_niet_meegedeeld, make_geadviseerd()) == ""
    assert "Redenen nasturen kan niet" in check(regels.redenen_nog_niet_meegedeeld, make_meegedeeld())
    verzonden = make_verzonden()
    assert check(regels.opschortende_termijn_begonnen, verzonden, "1") == ""
    later = aangepast(verzonden)
    assert "niet alle redenen" in check(regels.opschortende_termijn_begonnen, later, "1")
    assert check(regels.opschortende_termijn_begonnen, later, "2") == ""
    invoer = invoermodel.GunningsbeslissingWijzigen(
        percelen=("1",), verzenddatum=date(2026, 10, 1), aanleiding="De redenen waren niet volledig."
    )
    opnieuw = perform("gunningsbeslissing_wijzigen", later, invoer, "2026-10-01 09:00", "1")
    opnieuw = opnieuw.met(
        MededelingVerzonden(percelen=("1",), verzonden=moment("2026-10-01 14:00"), aantal=7),
        moment=moment("2026-10-01 14:00"),
    )
    assert check(regels.opschortende_termijn_begonnen, opnieuw, "1") == ""
    assert "oktober 2026" in check(regels.opschortende_termijn_verstreken, opnieuw, "1", nu="2026-10-02")


def test_na_de_mededeling_is_er_geen_brief_die_alleen_redenen_geeft() -> None:
    na = [h for h in FASE.handelingen if "meegedeeld" in h.van]
    brieven = {(h.code, d.code) for h in na for d in h.documenten if d.verzenden}
    assert {handeling for handeling, _ in brieven} == {
        "gunningsbeslissing_wijzigen", "gunningsbeslissing_intrekken", "niet_gunnen", "definitief_gunnen",
    }  # fmt: skip
    aanpassen = next(h for h in FASE.handelingen if h.code == "redenen_aanpassen")
    assert aanpassen.documenten == ()


# --- the dossier says whether the standstill began --------------------------------------------------------


def make_status(dossier: Dossier) -> Dossier:
    from aanbesteding.domain.feit import StatusGewijzigd

    return dossier.met(
        *(StatusGewijzigd(onderwerp=f"perceel:{p}", van="geadviseerd", naar="meegedeeld") for p in ("1", "2"))
    )


@pytest.mark.parametrize(
    ("dossier", "woorden"),
    [
        pytest.param(make_verzonden(), ("is begonnen", "alle 7 betrokken inschrijvers", "om 23.59 uur"),
                     id="begonnen, met beide einden"),
        pytest.param(make_meegedeeld(), ("is niet begonnen", "niet vastgelegd", "verzending_vastleggen"),
                     id="geen verzending vastgelegd"),
        pytest.param(make_verzonden(niet_verzonden=("I-006",), aantal=6),
                     ("is niet begonnen", "aan I-006", "gunningsbeslissing_wijzigen"), id="de uitgeslotene niet"),
        pytest.param(
            make_verzonden(niet_verzonden=("I-004",), aantal=6).met(
                MededelingVerzonden(percelen=("1", "2"), verzonden=moment("2026-09-04"), aantal=7)
            ),
            ("is niet begonnen", "niet tegelijk verzonden", "na de verzenddatum"), id="een brief later nagestuurd"),
        pytest.param(make_verzonden(dag="2026-09-02 09:00"), ("is niet begonnen", "na de verzenddatum"),
                     id="na de verzenddatum verzonden"),
        pytest.param(aangepast(make_verzonden()), ("is niet begonnen", "niet alle redenen", "nasturen helpt niet"),
                     id="redenen aangepast na verzending"),
    ],
)  # fmt: skip
def test_het_dossier_zegt_of_de_termijn_is_begonnen(dossier: Dossier, woorden: tuple[str, ...]) -> None:
    teksten = [
        m.tekst
        for m in list_meldingen(make_zaak(make_status(dossier), invoer=None))
        if "perceel 1" in m.tekst
    ]
    for woord in woorden:
        assert any(woord in tekst for tekst in teksten), (woord, teksten)


def test_zonder_mededeling_valt_er_niets_te_melden() -> None:
    assert list_meldingen(make_zaak(make_beoordeeld(), invoer=None)) == ()


# --- for every ranked tender ------------------------------------------------------------------------------


@given(
    st.lists(st.tuples(*[st.sampled_from([0, 4, 6, 8, 10])] * 2), min_size=4, max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_geen_brief_bevat_naam_nummer_of_score_van_een_andere_verliezer(
    scores: list[tuple[int, int]],
) -> None:
    oordelen = tuple(
        make_oordeel(n, code, score)
        for n, rij in enumerate(scores, start=1)
        for code, score in zip(("K1", "K2"), rij, strict=True)
    )
    basis = make_beoordeeld().met(ConsensusVastgesteld(perceel="1", oordelen=oordelen))
    loting = tuple(nummer(n) for n in range(1, 5))
    dossier = basis.met(rank_perceel(basis, "1", loting=loting))
    assert check(regels.redenen_geven_niets_prijs, dossier, "1") == ""
    told = make_meegedeeld(make_geadviseerd(dossier), ("1",))
    rangorde = dossier.laatste(RangordeVastgesteld, perceel="1")
    assert rangorde is not None
    winnaars = {p.inschrijving for p in rangorde.plaatsen if p.gegund}
    eigen_punten = {
        p.inschrijving: {Fraction(p.totaal), *map(Fraction, p.punten.values())} for p in rangorde.plaatsen
    }
    for document in FASE.documenten[1:5]:
        for exemplaar in document.build(make_zaak(told, "1", invoer=None)):
            lezer = exemplaar.ontvanger.sleutel
            uitkomst = exemplaar.context.uitkomsten[0]
            tekst = exemplaar.context.model_dump_json()
            for n in range(1, 8):
                if nummer(n) != lezer and nummer(n) not in winnaars:
                    assert nummer(n) not in tekst
                    assert f"Zorgbedrijf {n} " not in tekst
                    assert f"van bieder {n}." not in tekst
            getoond = {Fraction(w.totaal) for w in uitkomst.resultaat.winnaars}
            getoond |= {Fraction(p.punten) for w in uitkomst.resultaat.winnaars for p in w.punten}
            getoond |= {Fraction(v.hoogste) for v in uitkomst.voordelen}
            getoond |= {Fraction(s.punten) for s in uitkomst.scores if s.punten is not None}
            mag = set().union(*(eigen_punten[w] for w in winnaars), eigen_punten.get(lezer, set()))
            assert getoond <= mag


@pytest.mark.parametrize(
    ("getal", "openbaar"),
    [("75.5", True), ("64", True), ("22.5", True), ("5", True), ("31.27", False)],
    ids=[
        "minimum in totaal",
        "grens van een trede",
        "punten van een trede",
        "punten van overige plaatsen",
        "prijs",
    ],
)
def test_everything_announced_about_points_is_public(getal: str, openbaar: bool) -> None:
    treden = (Prijstrede(tot=Decimal(64), punten=Decimal("22.5")), Prijstrede(punten=Decimal(0)))
    feit = make_perceel_uitgewerkt(minimum_totaal=Decimal("75.5"))
    eerste = feit.criteria[0].model_copy(update={"staffel": treden, "rangpunten_overig": Decimal(5)})
    feit = feit.model_copy(update={"criteria": (eerste, *feit.criteria[1:])})
    assert (Fraction(getal) in list_openbare_getallen(feit)) == openbaar

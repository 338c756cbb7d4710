"""Percelen that are divided together: who gets which, why, and what an act must take along.

Three areas in the order 2, 1, 3; one provider each, at most one area per bidder. I-001 is the best everywhere.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from aanbesteding.domain.aanbesteding import Aanbesteding
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit, StatusGewijzigd
from aanbesteding.domain.feiten import (
    ConsensusVastgesteld,
    InschrijvingenGeopend,
    InschrijvingenOntvangen,
    InschrijvingGetoetst,
    InschrijvingInhoud,
    Oordeel,
    Perceelinschrijving,
    PuntBeslist,
    RangordeVastgesteld,
)
from aanbesteding.domain.gegeven import Gegeven, Punt, Puntsoort, Stand
from aanbesteding.domain.gunningsrangorde import LotingNodig
from aanbesteding.domain.perceelkader import Toewijzing
from aanbesteding.domain.perceelverdeling import list_geraakt, list_samen, rank_percelen
from aanbesteding.domain.toewijzing import load_maximum, load_verdeelregel
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.beoordeling.invoer import RangordeVaststellen
from aanbesteding.fasen.beoordeling.regels_rangorde import percelen_samen_verdeeld, verdeling_raakt_geen_ander
from aanbesteding.fasen.gunning.besluiten import decide_wijziging
from aanbesteding.fasen.gunning.feiten import VerificatieVastgelegd
from aanbesteding.fasen.gunning.invoer import GunningsbeslissingWijzigen
from aanbesteding.fasen.gunning.regels.wijziging import wijziging_raakt_geen_ander
from aanbesteding.fasen.publicatie.verdeelregels import verdeling_uitvoerbaar
from bouwers import (
    make_aanbesteding,
    make_dossier,
    make_inschrijving,
    make_perceel,
    make_perceel_uitgewerkt,
    make_product,
    make_situatie,
)

NUMMERS = ("1", "2", "3")
BESTE = {"I-001": 10, "I-002": 8, "I-003": 6}


def make_inkoop() -> Aanbesteding:
    """Three areas that are divided together."""
    open_ = {"stand": Stand.OPEN, "bron": "L1"}
    punten = (
        Punt(code="toewijzingsvolgorde", vraag="Volgorde?", tekst="Open.", soort=Puntsoort.TEKST, **open_),
        Punt(
            code="maximum_percelen_per_inschrijver",
            vraag="Meeste?",
            tekst="Open.",
            soort=Puntsoort.GETAL,
            **open_,
        ),
    )
    toewijzing = Toewijzing(
        samenwerkingsverband=True,
        maximum_per_inschrijver=Gegeven(code="maximum", naam="Meeste", **open_),
        volgorde=Gegeven(code="volgorde", naam="Volgorde", **open_),
        stand=Stand.VOORNEMEN,
        bron="L1",
    )
    percelen = tuple(make_perceel(n, financien="0", clienten="0") for n in ("2", "3"))
    return make_aanbesteding(percelen=(make_perceel("1"), *percelen), punten=punten, toewijzing=toewijzing)


def make_verdeeld(
    *feiten: Feit, volgorde: str = "2, 1, 3", maximum: str = "1", scores: dict[str, int] | None = None
) -> Dossier:
    """Three bidders in every area, assessed."""
    scores = scores or BESTE
    inschrijvingen = tuple(make_inschrijving(n, NUMMERS) for n in range(1, len(scores) + 1))
    inhoud = tuple(
        InschrijvingInhoud(
            nummer=nummer,
            percelen=tuple(
                Perceelinschrijving(perceel=p, producten=("02A01",), antwoorden={}) for p in NUMMERS
            ),
        )
        for nummer in scores
    )
    oordelen = tuple(
        Oordeel(inschrijving=i, criterium=c, score=s, motivering="Reden.", waarom_niet_maximaal="Reden.")
        for i, s in scores.items()
        for c in ("K1", "K2")
    )
    return make_dossier(
        PuntBeslist(punt="toewijzingsvolgorde", waarde=volgorde, motivering="Verzonnen."),
        PuntBeslist(punt="maximum_percelen_per_inschrijver", waarde=maximum, motivering="Verzonnen."),
        *(make_perceel_uitgewerkt(p) for p in NUMMERS),
        InschrijvingenOntvangen(inschrijvingen=inschrijvingen),
        InschrijvingenGeopend(openers=("a.demo", "b.demo"), te_laat=(), inhoud=inhoud),
        *(
            InschrijvingGetoetst(perceel=p, inschrijving=i, uitkomst="geldig", eisen=())
            for p in NUMMERS
            for i in scores
        ),
        *(ConsensusVastgesteld(perceel=p, oordelen=oordelen) for p in NUMMERS),
        *feiten,
        aanbesteding=make_inkoop(),
    )


def show_winnaars(rangordes: tuple[RangordeVastgesteld, ...]) -> dict[str, list[str]]:
    """Who gets each perceel."""
    return {r.perceel: [p.inschrijving for p in r.plaatsen if p.gegund] for r in rangordes}


def make_gerangschikt(*feiten: Feit) -> Dossier:
    """The division, recorded."""
    dossier = make_verdeeld()
    return dossier.met(*rank_percelen(dossier, NUMMERS), *feiten)


def test_de_aangekondigde_volgorde_beslist_en_niemand_krijgt_meer_dan_het_maximum():
    assert show_winnaars(rank_percelen(make_verdeeld(), NUMMERS)) == {
        "1": ["I-002"],
        "2": ["I-001"],
        "3": ["I-003"],
    }


def test_met_een_hoger_maximum_krijgt_de_beste_er_meer():
    gevonden = show_winnaars(rank_percelen(make_verdeeld(maximum="2"), NUMMERS))
    assert gevonden == {"1": ["I-001"], "2": ["I-001"], "3": ["I-002"]}


def test_de_rangorde_zegt_wie_is_overgeslagen_en_wat_hij_al_kreeg():
    een, _, drie = rank_percelen(make_verdeeld(), NUMMERS)
    assert {p.inschrijving: p.kreeg_al for p in een.plaatsen} == {"I-001": ("2",), "I-002": (), "I-003": ()}
    assert {p.inschrijving: p.kreeg_al for p in drie.plaatsen} == {
        "I-001": ("2",),
        "I-002": ("1",),
        "I-003": (),
    }
    assert een.verdeling is not None
    assert (een.verdeling.plaats, een.verdeling.aantal, een.verdeling.maximum) == (2, 3, 1)


def test_een_verdeeld_perceel_heeft_het_maximum_van_het_perceel_en_anders_dat_van_het_product():
    een = rank_percelen(make_verdeeld(), NUMMERS)[0]
    assert load_maximum(make_product(), een.verdeling) == 1
    assert load_maximum(make_product(maximum_aanbieders=3), None) == 3
    assert load_maximum(make_product(), None) is None


def test_punten_en_plaatsen_hangen_niet_van_andere_percelen_af():
    een, twee, drie = rank_percelen(make_verdeeld(), NUMMERS)
    assert (
        [p.rang for p in een.plaatsen] == [p.rang for p in twee.plaatsen] == [p.rang for p in drie.plaatsen]
    )


def test_een_gelijke_stand_om_een_perceel_vraagt_een_loting_en_die_beslist():
    dossier = make_verdeeld(scores={"I-001": 8, "I-002": 8, "I-003": 6})
    with pytest.raises(LotingNodig, match="Perceel 2: I-001, I-002 staan gelijk"):
        rank_percelen(dossier, NUMMERS)
    loting = {p: ("I-002", "I-001") for p in NUMMERS}
    assert show_winnaars(rank_percelen(dossier, NUMMERS, loting=loting))["2"] == ["I-002"]


def test_een_perceel_dat_definitief_is_gegund_wordt_niet_opnieuw_verdeeld():
    definitief = StatusGewijzigd(onderwerp="perceel:2", van="meegedeeld", naar="gegund")
    dossier = make_gerangschikt(definitief)
    gevonden = rank_percelen(dossier, ("1", "3"), uitgevallen={"1": ("I-002",), "3": ("I-002",)})
    assert show_winnaars(gevonden) == {"1": ["I-003"], "3": []}


def test_uitval_in_een_perceel_raakt_andere_percelen():
    dossier = make_gerangschikt()
    assert list_geraakt(dossier, ("2",), uitgevallen={"2": ("I-001",)}) == ("1",)
    assert list_geraakt(dossier, NUMMERS, uitgevallen={"2": ("I-001",)}) == ()


def test_zonder_verdeling_is_er_niets_dat_samen_moet():
    assert load_verdeelregel(make_dossier()) is None
    assert list_samen(make_dossier()) == ()
    assert verdeling_uitvoerbaar.check(make_situatie()) is None


@pytest.mark.parametrize(
    ("volgorde", "maximum", "melding"),
    [
        pytest.param("1, 2", "1", "perceel 3 niet", id="een volgorde noemt elk perceel"),
        pytest.param("1, 2, 3, 3", "1", "3 te veel", id="een volgorde noemt elk perceel één keer"),
        pytest.param("1, 2, 3, 9", "1", "9 te veel", id="een volgorde noemt geen vreemd perceel"),
        pytest.param("1, 2, 3", "0", "maximum", id="een maximum is ten minste één"),
    ],
)
def test_een_verdeelregel_die_niet_klopt_wordt_geweigerd(volgorde: str, maximum: str, melding: str) -> None:
    dossier = make_verdeeld(volgorde=volgorde, maximum=maximum)
    with pytest.raises(InvoerError, match=melding):
        load_verdeelregel(dossier)
    assert melding in str(verdeling_uitvoerbaar.check(make_situatie(dossier)))


def test_publiceren_vraagt_loting_en_geen_eigen_maximum_per_product():
    zonder = make_perceel_uitgewerkt("1", gelijke_stand=("hoogste_kwaliteit",))
    met = make_perceel_uitgewerkt("2", producten=(make_product(maximum_aanbieders=3),))
    melding = str(verdeling_uitvoerbaar.check(make_situatie(make_verdeeld(zonder, met))))
    assert "Perceel 1: kondig" in melding
    assert "Perceel 2: product 02A01" in melding


def test_de_eerste_rangorde_gaat_over_alle_percelen_samen():
    invoer = RangordeVaststellen(percelen=("1", "2"))
    s = make_situatie(make_verdeeld(), invoer=invoer, onderwerpen=("1", "2"))
    assert "perceel 3" in str(percelen_samen_verdeeld.check(s))
    alle = make_situatie(make_verdeeld(), invoer=RangordeVaststellen(percelen=NUMMERS), onderwerpen=NUMMERS)
    assert percelen_samen_verdeeld.check(alle) is None
    assert verdeling_raakt_geen_ander.check(alle) is None


def test_een_nieuwe_rangorde_die_een_ander_perceel_verandert_wordt_geweigerd():
    uit = InschrijvingGetoetst(
        perceel="2", inschrijving="I-001", uitkomst="ongeldig", eisen=(), reden="Alsnog."
    )
    s = make_situatie(make_gerangschikt(uit), invoer=RangordeVaststellen(percelen=("2",)), onderwerpen=("2",))
    assert "perceel 1" in str(verdeling_raakt_geen_ander.check(s))


def make_wijziging(percelen: tuple[str, ...]) -> Any:
    """The winner of area 2 failed the check of its evidence."""
    mislukt = VerificatieVastgelegd(perceel="2", inschrijving="I-001", voldoet=False, bevindingen="Verlopen.")
    invoer = GunningsbeslissingWijzigen(
        percelen=percelen, verzenddatum=date(2026, 9, 1), aanleiding="Bewijs."
    )
    return make_situatie(make_gerangschikt(mislukt), invoer=invoer, onderwerpen=percelen, nu="2026-09-01")


def test_een_gewijzigde_beslissing_neemt_elk_perceel_mee_dat_verandert():
    assert "perceel 1" in str(wijziging_raakt_geen_ander.check(make_wijziging(("2",))))
    assert wijziging_raakt_geen_ander.check(make_wijziging(NUMMERS)) is None


def test_een_gewijzigde_beslissing_verdeelt_opnieuw():
    feiten = decide_wijziging(make_wijziging(NUMMERS)).feiten
    rangordes = tuple(f for f in feiten if isinstance(f, RangordeVastgesteld))
    assert show_winnaars(rangordes) == {"1": ["I-001"], "2": ["I-002"], "3": ["I-003"]}

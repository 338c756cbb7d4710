"""What may go wrong between bids and agreements, walked through the engine with every document made.

All invalid, one bid, a winner that fails, an assessment that must be done again, and a partial award.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aanbesteding.domain.feiten import GunningsbeslissingMeegedeeld, RangordeVastgesteld, ScoresVergrendeld
from bouwers import make_product
from e2e.procedureloop import (
    GEMEENTEN,
    Loop,
    consulteer,
    list_uitwerkingen,
    make_bod,
    make_loop,
    publiceer,
    schrijf_in,
    werk_uit,
)

BEIDE = {"1": "02A01", "2": "45A01"}
EEN = {"percelen": ("1",)}


@pytest.fixture
def loop(tmp_path: Path) -> Loop:
    """A published purchase of two percelen; in perceel 1 one provider at most."""
    loop = make_loop(tmp_path, "sas")
    consulteer(loop)
    een, twee = list_uitwerkingen()
    een = een.model_copy(update={"producten": (make_product(maximum_aanbieders=1),)})
    werk_uit(loop, "sas", een, twee)
    publiceer(loop)
    return loop


def score(
    loop: Loop,
    dag: str,
    scores: dict[str, int],
    leden: tuple[int, ...] = (1, 2, 3),
    percelen: tuple[str, ...] = ("1",),
) -> None:
    """Members score every bid and the committee agrees."""
    rijen = [(nr, k, s) for nr, s in scores.items() for k in ("K1", "K2")]
    regels = [
        {"perceel": p, "inschrijving": nr, "criterium": k, "score": s, "motivering": "Concreet en meetbaar."}
        for p in percelen
        for nr, k, s in rijen
    ]
    for lid in leden:
        verklaring = {"percelen": percelen, "belang": False}
        loop.doe(f"{dag} 09:00", f"beoordelaar{lid}", "belangenverklaring_afleggen", verklaring)
        eigen = {"percelen": percelen, "scores": regels}
        loop.doe(f"{dag} 10:00", f"beoordelaar{lid}", "scores_vergrendelen", eigen)
    oordelen = [
        {
            "inschrijving": nr,
            "criterium": k,
            "score": s,
            "motivering": f"Het antwoord is concreet, lokaal en meetbaar op niveau {nr[-1]}{k}.",
            "waarom_niet_maximaal": "Een voorbeeld dat concreet, lokaal en meetbaar is, ontbreekt.",
            "intern": "Geheim 7c1e: hier was veel discussie over.",
        }
        for nr, k, s in rijen
    ]
    for p in percelen:
        loop.doe(f"{dag} 12:00", "voorzitter", "consensus_vaststellen", {"perceel": p, "oordelen": oordelen})
    loop.draai(f"{dag} 14:00", "beoordeling", "voorzitter")


def deel_mee(loop: Loop, dag: str, aantal: int) -> None:
    """Advice, released texts, decisions of the colleges, letters and their sending."""
    loop.draai(f"{dag} 15:00", "gunning")
    if loop.dossier.status_van_perceel("1") == "beoordeeld":
        loop.doe(f"{dag} 15:00", "inkoper", "gunningsadvies_opstellen", EEN)
    kenmerken = [
        {"perceel": "1", "criterium": k, "tekst": "De werkwijze is concreet, lokaal en meetbaar."}
        for k in ("K1", "K2")
    ]
    mededeling = EEN | {"verzenddatum": dag}
    loop.doe(f"{dag} 15:10", "jurist", "kenmerken_vrijgeven", EEN | {"kenmerken": kenmerken})
    assert "redenen-niet-vrijgegeven" in loop.weiger(
        f"{dag} 15:15", "gemandateerde", "gunningsbeslissing_meedelen", mededeling
    )
    loop.doe(f"{dag} 15:20", "jurist2", "redenen_vrijgeven", EEN)
    for gemeente in GEMEENTEN:
        besluit = {"gemeente": gemeente, "datum": dag, "kenmerk": "B-1"}
        loop.doe(f"{dag} 15:30", "jurist", "collegebesluit_vastleggen", EEN | besluit)
    loop.doe(f"{dag} 16:00", "gemandateerde", "gunningsbeslissing_meedelen", mededeling)
    assert any("niet vastgelegd" in m for m in meldingen(loop))
    verzend(loop, dag, aantal)
    assert any("is begonnen" in m for m in meldingen(loop))


def verzend(loop: Loop, dag: str, aantal: int) -> None:
    """All letters left at one moment."""
    verzending = {"verzonden": f"{dag}T16:30:00+02:00", "aantal": aantal}
    loop.keur_goed(f"{dag} 16:20")
    loop.doe(f"{dag} 17:00", "inkoper", "verzending_vastleggen", EEN | verzending)


def verifieer(loop: Loop, wanneer: str, nummer: str, voldoet: bool = True) -> None:
    """The evidence of one winner was checked."""
    bewijs: dict[str, Any] = {"perceel": "1", "inschrijving": nummer, "voldoet": voldoet}
    bevindingen = (
        "Het bewijs is in orde." if voldoet else "Het certificaat was verlopen op de dag van inschrijving."
    )
    loop.doe(wanneer, "inkoper", "verificatie_vastleggen", bewijs | {"bevindingen": bevindingen})


def meldingen(loop: Loop) -> list[str]:
    """What the dossier says of itself."""
    from aanbesteding.engine.overzicht import list_meldingen, render_benodigd

    teksten = [m.tekst for m in list_meldingen(loop.app, loop.code)]
    assert all(tekst in render_benodigd(loop.app, loop.code) for tekst in teksten)
    return teksten


def winnaar(loop: Loop) -> list[str]:
    """Who wins perceel 1 by the last ranking."""
    rangorde = loop.dossier.laatste(RangordeVastgesteld, perceel="1")
    return [p.inschrijving for p in rangorde.plaatsen if p.gegund] if rangorde else []


@pytest.mark.traag
def test_wie_niet_door_de_verificatie_komt_maakt_plaats_met_een_nieuwe_beslissing_en_termijn(
    loop: Loop,
) -> None:
    schrijf_in(
        loop, make_bod(1, {"1": "02A01"}), make_bod(2, {"1": "02A01"}), make_bod(3, {"1": "02A01"}, M1="nee")
    )
    loop.draai("2026-04-15", "beoordeling")
    score(loop, "2026-04-20", {"I-001": 8, "I-002": 6})
    deel_mee(loop, "2026-05-11", 3)
    assert winnaar(loop) == ["I-001"]
    verifieer(loop, "2026-05-20", "I-001", voldoet=False)
    assert "verificatie-mislukt" in loop.weiger("2026-06-03", "gemandateerde", "definitief_gunnen", EEN)
    wijziging = EEN | {
        "verzenddatum": "2026-06-04",
        "aanleiding": "Een gekozen inschrijver leverde het bewijs niet.",
    }
    assert "redenen-niet-vrijgegeven" in loop.weiger(
        "2026-06-03", "gemandateerde", "gunningsbeslissing_wijzigen", wijziging
    )
    loop.doe("2026-06-03 12:00", "jurist2", "redenen_vrijgeven", EEN)
    loop.doe("2026-06-04", "gemandateerde", "gunningsbeslissing_wijzigen", wijziging)
    verzend(loop, "2026-06-04", 3)
    assert winnaar(loop) == ["I-002"]
    verifieer(loop, "2026-06-05", "I-002")
    eerste, tweede = loop.dossier.list_feiten(GunningsbeslissingMeegedeeld)
    assert tweede.opschortende_termijn_einde > eerste.opschortende_termijn_einde
    assert "opschortende-termijn-loopt" in loop.weiger(
        "2026-06-24", "gemandateerde", "definitief_gunnen", EEN
    )
    loop.doe("2026-06-25", "gemandateerde", "definitief_gunnen", EEN)
    brieven = loop.lees("brief_gewijzigde_gunningsbeslissing")
    assert len(brieven) == 3
    assert any("Het certificaat was verlopen" in brief for brief in brieven)
    assert not any(
        "7c1e" in brief for brief in (*brieven, *loop.lees("gunningsbrief"), *loop.lees("afwijzingsbrief"))
    )


@pytest.mark.traag
def test_na_een_kort_geding_wordt_opnieuw_beoordeeld_en_opnieuw_besloten(loop: Loop) -> None:
    schrijf_in(loop, make_bod(1, {"1": "02A01"}), make_bod(2, {"1": "02A01"}))
    loop.draai("2026-04-15", "beoordeling")
    score(loop, "2026-04-20", {"I-001": 8, "I-002": 6})
    deel_mee(loop, "2026-05-11", 2)
    zaak = {"perceel": "1", "datum": "2026-05-18", "rechtbank": "rechtbank Gelderland", "zaaknummer": "KG 1"}
    loop.doe("2026-05-18", "jurist", "kort_geding_melden", zaak)
    assert any("gunnen wacht op de uitspraak" in m for m in meldingen(loop))
    assert "kort-geding-aanhangig" in loop.weiger("2026-06-10", "gemandateerde", "definitief_gunnen", EEN)
    afdoening = {
        "perceel": "1",
        "uitkomst": "herbeoordelen",
        "motivering": "De redenen dragen de score niet.",
    }
    loop.doe("2026-06-15", "jurist", "kort_geding_afdoen", afdoening)
    assert "kort-geding-uitkomst-niet-uitgevoerd" in loop.weiger(
        "2026-06-15", "gemandateerde", "definitief_gunnen", EEN
    )
    intrekking = EEN | {"motivering": "De rechter oordeelde dat opnieuw moet worden beoordeeld."}
    loop.doe("2026-06-16", "gemandateerde", "gunningsbeslissing_intrekken", intrekking)
    assert meldingen(loop) == []
    opnieuw = EEN | {"motivering": "Uitspraak in KG 1.", "nieuwe_commissie": False}
    loop.doe("2026-06-17", "gemandateerde", "herbeoordeling_openen", opnieuw)
    score(loop, "2026-06-22", {"I-001": 6, "I-002": 8}, leden=(3, 4, 5))
    assert winnaar(loop) == ["I-002"]
    deel_mee(loop, "2026-06-24", 2)
    verifieer(loop, "2026-06-25", "I-002")
    assert len(loop.dossier.list_feiten(ScoresVergrendeld)) == 6, "de eerste scores blijven bewaard"
    assert "opschortende-termijn-loopt" in loop.weiger(
        "2026-07-14", "gemandateerde", "definitief_gunnen", EEN
    )
    loop.doe("2026-07-15", "gemandateerde", "definitief_gunnen", EEN)
    assert loop.dossier.status_van_perceel("1") == "gegund"


@pytest.mark.traag
def test_een_enkele_inschrijving_gaat_de_hele_weg(loop: Loop) -> None:
    schrijf_in(loop, make_bod(1, {"1": "02A01"}))
    loop.draai("2026-04-15", "beoordeling")
    score(loop, "2026-04-20", {"I-001": 6})
    deel_mee(loop, "2026-05-11", 1)
    verifieer(loop, "2026-05-20", "I-001")
    loop.doe("2026-06-03", "gemandateerde", "definitief_gunnen", EEN)
    assert loop.dossier.status_van_perceel("1") == "gegund"


@pytest.mark.traag
def test_een_perceel_wordt_gegund_en_het_andere_niet(loop: Loop) -> None:
    schrijf_in(loop, make_bod(1, BEIDE), make_bod(2, {"2": "45A01"}, M1="nee"))
    loop.draai("2026-04-15", "beoordeling")
    score(loop, "2026-04-20", {"I-001": 8}, percelen=("1", "2"))
    niet = {"percelen": ("2",), "reden": "De aanbieding past niet binnen het budget."}
    noemt = niet | {"reden": "I-002 was ongeldig."}
    assert loop.weiger("2026-04-21", "gemandateerde", "niet_gunnen", noemt) == {
        "brieftekst-noemt-inschrijver"
    }
    loop.doe("2026-04-21", "gemandateerde", "niet_gunnen", niet)
    deel_mee(loop, "2026-05-11", 1)
    verifieer(loop, "2026-05-20", "I-001")
    loop.doe("2026-06-03", "gemandateerde", "definitief_gunnen", EEN)
    assert [loop.dossier.status_van_perceel(p) for p in ("1", "2")] == ["gegund", "niet_gegund"]
    assert any(
        "De aanbieding past niet binnen het budget." in pv for pv in loop.lees("proces_verbaal_gunning")
    )


@pytest.mark.traag
def test_zonder_geldige_inschrijving_eindigt_het_perceel_met_een_proces_verbaal(loop: Loop) -> None:
    schrijf_in(loop, make_bod(1, {"1": "02A01"}, M1="nee"), make_bod(2, {"1": "02A01"}, M1="nee"))
    gedaan = loop.draai("2026-04-15", "beoordeling") + loop.draai("2026-04-16", "beoordeling", "voorzitter")
    assert "consensus_vaststellen" in gedaan, "zonder inschrijvingen valt er niets te scoren"
    assert loop.dossier.status_van_perceel("1") == "beoordeeld"
    loop.draai("2026-04-17", "gunning")
    assert "geen-winnaar" in loop.weiger(
        "2026-04-18", "gemandateerde", "gunningsbeslissing_meedelen", EEN | {"verzenddatum": "2026-04-18"}
    )
    loop.doe(
        "2026-04-20",
        "gemandateerde",
        "niet_gunnen",
        EEN | {"reden": "Geen inschrijving voldoet aan de eisen."},
    )
    assert loop.dossier.status_van_perceel("1") == "niet_gegund"
    assert len(loop.lees("brief_niet_gegund")) == 2
    assert "Geen inschrijving voldoet aan de eisen." in loop.lees("proces_verbaal_gunning")[0]

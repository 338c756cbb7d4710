"""Holds: what they stop, when they may begin and end, and what their outcome goes on to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit, StatusGewijzigd
from aanbesteding.domain.feiten import (
    AanhoudingBegonnen,
    AanhoudingGeeindigd,
    InschrijvingenOntvangen,
    InschrijvingIngetrokken,
    RectificatieGepubliceerd,
    Rectificatieregel,
    SluitingVerplaatst,
)
from aanbesteding.domain.norm import Normen, load_normen
from aanbesteding.domain.regel import Ernst
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.aanhouding import FASE, regels
from aanbesteding.fasen.aanhouding.invoer import AanhoudingBeeindigen, AanhoudingBeginnen
from aanbesteding.fasen.aanhouding.soorten import SOORTEN, STOPPEN
from aanbesteding.procedures import SAS
from bouwers import make_dossier, make_inschrijving, make_situatie, moment

BEGIN, EINDE = (h for h in FASE.handelingen)


def begin(
    aard: str = "klacht", percelen: tuple[str, ...] = ("1",), nummer: str = "H-1", **velden: Any
) -> Feit:
    """A hold that began."""
    basis: dict[str, Any] = {"datum": date(2026, 6, 1), "aanleiding": "Verzonnen."}
    return AanhoudingBegonnen(aanhouding=nummer, aard=aard, percelen=percelen, **(basis | velden))  # type: ignore[arg-type]


def einde(uitkomst: str, nummer: str = "H-1") -> Feit:
    """A hold that ended."""
    velden: dict[str, Any] = {"uitkomst": uitkomst, "datum": date(2026, 6, 2), "motivering": "Verzonnen."}
    return AanhoudingGeeindigd(aanhouding=nummer, **velden)


def status(naar: str, perceel: str = "1") -> Feit:
    """A perceel moved."""
    return StatusGewijzigd(onderwerp=f"perceel:{perceel}", van=None, naar=naar)


def kijk(*feiten: Feit, op: tuple[str, ...] = ("1",), invoer: Any = None, **velden: Any) -> Situatie[Any]:
    return make_situatie(make_dossier(*feiten), invoer, "2026-06-03", onderwerpen=op, **velden)


def list_codes(s: Situatie[Any], handeling: str) -> set[str]:
    """Codes of the rules of holds that an act breaks."""
    return {o.code for r in regels.list_regels_bij(handeling) if (o := r.check(s)) is not None}


@pytest.mark.parametrize("soort", SOORTEN)
def test_a_hold_stops_exactly_the_acts_of_its_kind(soort: Any) -> None:
    vorm, s = SOORTEN[soort], kijk(begin(soort))
    bewaakt = {code for v in SOORTEN.values() for code in v.stopt}
    gestopt = {code for code in bewaakt if vorm.regelcode in list_codes(s, code)}
    assert gestopt == vorm.stopt
    vrij = kijk(begin(soort), einde("doorgaan"))
    assert not any(list_codes(vrij, code) for code in bewaakt)


def test_a_hold_stops_only_its_own_percelen_and_says_which() -> None:
    s = kijk(begin("bibob", ("1",)), op=("1", "2"))
    (tekst,) = [o.tekst for r in regels.list_regels_bij("definitief_gunnen") if (o := r.check(s))]
    assert (
        "Perceel 1 is aangehouden sinds maandag 1 juni 2026 wegens advies op grond van de Wet Bibob" in tekst
    )
    assert not list_codes(kijk(begin("bibob", ("1",)), op=("2",)), "definitief_gunnen")
    assert list_codes(kijk(begin("bibob", ("1",)), op=()), "definitief_gunnen"), (
        "zonder keuze telt elk perceel"
    )


def test_a_complaint_only_asks_for_a_reason_because_it_does_not_stop_by_law() -> None:
    assert SOORTEN["klacht"].ernst is Ernst.MOTIVEREN
    assert regels.REGELS["klacht"].check(kijk(begin())).ernst is Ernst.MOTIVEREN  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("uitkomst", "daarna"),
    [
        pytest.param("herzien", status("consultatie_afgerond"), id="herzien: de stukken gaan terug"),
        pytest.param(
            "herzien",
            RectificatieGepubliceerd(
                nummer=1,
                verzonden=moment("2026-06-02"),
                wijzigingen=(
                    Rectificatieregel(document="d", vindplaats="v", oude_tekst="o", nieuwe_tekst="n"),
                ),
                reden="r",
                oude_sluiting=moment("2026-06-10"),
            ),
            id="herzien: er kwam een rectificatie",
        ),
        pytest.param(
            "termijn_verlengen",
            SluitingVerplaatst(sluiting=moment("2026-06-20"), motivering="m"),
            id="termijn verlengen: de sluiting verschoof",
        ),
        pytest.param("herbeoordelen", status("beoordeeld"), id="herbeoordelen: de beslissing is ingetrokken"),
        pytest.param("intrekken", status("ingetrokken"), id="intrekken: het perceel is ingetrokken"),
        pytest.param("opnieuw_aanbesteden", status("niet_gegund"), id="opnieuw: er is niet gegund"),
    ],
)
def test_an_outcome_holds_until_it_was_carried_out(uitkomst: str, daarna: Feit) -> None:
    code = "uitkomst-aanhouding-niet-uitgevoerd"
    wacht = kijk(daarna, begin("raadswijziging"), einde(uitkomst))
    assert list_codes(wacht, "definitief_gunnen") == {code}, "wat ervoor gebeurde telt niet"
    assert not list_codes(kijk(begin("raadswijziging"), einde(uitkomst), daarna), "definitief_gunnen")


def test_every_kind_can_go_on_and_can_stop() -> None:
    for vorm in SOORTEN.values():
        assert vorm.stopt
        assert {"doorgaan", *STOPPEN} <= vorm.uitkomsten


def test_every_act_that_a_hold_stops_exists_in_the_procedure() -> None:
    codes = {h.code for _, h in SAS.list_handelingen()}
    for vorm in SOORTEN.values():
        assert vorm.stopt <= codes
        assert {regels.REGELS[k] for k, v in SOORTEN.items() if v is vorm} <= {
            r for code in vorm.stopt for r in SAS.load_handeling(code)[1].regels
        }


# --- bill 36 874 --------------------------------------------------------------------------------------------


def met_wet() -> Normen:
    """The norms as if the bill were in force."""
    rijen = load_normen().alle()
    return Normen(replace(r, waarde="ja") if r.code == "klachtrecht_36874" else r for r in rijen)


def test_bill_36874_is_not_in_force_and_can_be_switched_on_by_a_norm() -> None:
    assert regels.klacht_afgehandeld.check(kijk(begin())) is None
    s = replace(kijk(begin()), normen=met_wet())
    overtreding = regels.klacht_afgehandeld.check(s)
    assert overtreding is not None
    assert overtreding.ernst is Ernst.BLOKKEERT
    assert "niet in werking" in overtreding.grondslag
    assert "ten hoogste 27 dagen" in overtreding.tekst
    assert regels.klacht_afgehandeld.check(replace(s, dossier=make_dossier())) is None


# --- beginning and ending -----------------------------------------------------------------------------------


def beginnen(aard: str = "klacht", **velden: Any) -> AanhoudingBeginnen:
    """Input of a hold."""
    basis: dict[str, Any] = {
        "aard": aard,
        "percelen": ("1",),
        "datum": date(2026, 6, 3),
        "aanleiding": "Verzonnen.",
    }
    return AanhoudingBeginnen(**(basis | velden))


def bod() -> Feit:
    return InschrijvingenOntvangen(inschrijvingen=(make_inschrijving(1),))


@pytest.mark.parametrize(
    ("stand", "invoer", "codes"),
    [
        pytest.param("beoordeeld", beginnen(), set(), id="een klacht tijdens de beoordeling"),
        pytest.param(
            "voorbereiding", beginnen(), {"aanhouding-past-niet-bij-stand"}, id="een klacht voor publicatie"
        ),
        pytest.param(
            "gegund", beginnen("storing"), {"aanhouding-past-niet-bij-stand"}, id="storing na gunning"
        ),
        pytest.param(
            "meegedeeld",
            beginnen("kort_geding"),
            {"aanhouding-past-niet-bij-stand"},
            id="een kort geding over de beslissing hoort bij de gunning",
        ),
        pytest.param(
            "beoordeeld",
            beginnen(datum=date(2026, 6, 4)),
            {"aanhouding-in-toekomst"},
            id="begonnen op een dag die er nog niet is",
        ),
        pytest.param(
            "beoordeeld", beginnen("bibob", inschrijving="I-001"), set(), id="Bibob over een inschrijving"
        ),
        pytest.param(
            "beoordeeld", beginnen("bibob"), {"aanhouding-zonder-inschrijver"}, id="Bibob over niemand"
        ),
        pytest.param(
            "beoordeeld",
            beginnen(inschrijving="I-001"),
            {"aanhouding-zonder-inschrijver"},
            id="een klacht noemt geen inschrijving",
        ),
    ],
)
def test_when_a_hold_may_begin(stand: str, invoer: AanhoudingBeginnen, codes: set[str]) -> None:
    s = kijk(bod(), status(stand), invoer=invoer)
    assert {o.code for r in BEGIN.regels if (o := r.check(s)) is not None} == codes


def test_a_withdrawn_bid_is_not_offered_for_a_bibob_hold() -> None:
    weg = InschrijvingIngetrokken(inschrijving="I-001", ontvangen=moment("2026-06-01"))
    s = kijk(bod(), weg, status("beoordeeld"), invoer=beginnen("bibob", inschrijving="I-001"))
    assert regels.inschrijver_genoemd.check(s) is not None


@pytest.mark.parametrize(
    ("feiten", "nummer", "uitkomst", "codes"),
    [
        pytest.param((begin(),), "H-1", "doorgaan", set(), id="een lopende klacht eindigt"),
        pytest.param((), "H-1", "doorgaan", {"geen-aanhouding", "aanhouding-onbekend"}, id="er loopt niets"),
        pytest.param((begin(),), "H-2", "doorgaan", {"aanhouding-onbekend"}, id="een ander nummer"),
        pytest.param(
            (begin(), begin(nummer="H-2"), einde("doorgaan")),
            "H-1",
            "doorgaan",
            {"aanhouding-onbekend"},
            id="al geëindigd",
        ),
        pytest.param(
            (begin(),), "H-1", "termijn_verlengen", {"uitkomst-past-niet"}, id="past niet bij een klacht"
        ),
    ],
)
def test_when_a_hold_may_end(feiten: tuple[Feit, ...], nummer: str, uitkomst: Any, codes: set[str]) -> None:
    s = kijk(
        *feiten, invoer=AanhoudingBeeindigen(aanhouding=nummer, uitkomst=uitkomst, motivering="Verzonnen.")
    )
    assert {o.code for r in EINDE.regels if (o := r.check(s)) is not None} == codes


def test_the_acts_record_number_and_outcome() -> None:
    (feit,) = BEGIN.besluit(kijk(begin(), invoer=beginnen())).feiten
    assert isinstance(feit, AanhoudingBegonnen)
    assert feit.aanhouding == "H-2"
    invoer = AanhoudingBeeindigen(aanhouding="H-1", uitkomst="doorgaan", motivering="Klaar.")
    (feit,) = EINDE.besluit(kijk(begin(), invoer=invoer)).feiten
    assert isinstance(feit, AanhoudingGeeindigd)
    assert feit.datum == date(2026, 6, 3)


# --- letters ------------------------------------------------------------------------------------------------


def list_ontvangers(dossier: Dossier, code: str) -> list[str]:
    """Who gets a letter."""
    handeling = BEGIN if code == "bericht_aanhouding" else EINDE
    (document,) = handeling.documenten
    return [e.ontvanger.sleutel for e in document.build(make_situatie(dossier, None, "2026-06-03"))]


def test_everyone_concerned_is_told_or_one_bidder_only() -> None:
    twee = InschrijvingenOntvangen(inschrijvingen=(make_inschrijving(1), make_inschrijving(2, ("2",))))
    assert list_ontvangers(make_dossier(twee, begin()), "bericht_aanhouding") == ["H-1-I-001"]
    assert list_ontvangers(make_dossier(begin()), "bericht_aanhouding") == ["H-1-alle"]
    bibob = make_dossier(twee, begin("bibob", ("1", "2"), inschrijving="I-002"))
    assert list_ontvangers(bibob, "bericht_aanhouding") == ["H-1-I-002"]
    klaar = make_dossier(twee, begin(), einde("doorgaan"))
    assert list_ontvangers(klaar, "bericht_einde_aanhouding") == ["H-1-I-001"]

"""Run-off of providers that get no contract: the earlier of referral and last day, in rules and letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import PuntBeslist
from aanbesteding.domain.gegeven import Stand
from aanbesteding.domain.perceelkader import Uitloop
from aanbesteding.domain.uitloop import load_uitloop
from aanbesteding.fasen.gunning.documenten import AFWIJZINGSBRIEF, BRIEF_LOPENDE_TRAJECTEN
from aanbesteding.fasen.gunning.feiten import HuidigeAanbieder, Verwijzing
from aanbesteding.fasen.gunning.invoer import OvereenkomstenSluiten
from aanbesteding.fasen.gunning.regels import overgang_binnen_uitloop, trajecten_bekend
from bouwers import make_situatie
from fasen.gunning.test_documenten import make_definitief, make_meegedeeld, perform

UITERLIJK = date(2027, 6, 30)
OUD = HuidigeAanbieder(perceel="1", naam="Oude Zorg (verzonnen)", kvk="00000099")


def with_uitloop(dossier: Dossier) -> Dossier:
    """The same dossier, in which perceel 1 has a run-off."""
    uitloop = Uitloop(uiterlijk=UITERLIJK, stand=Stand.VOORNEMEN, bron="L42")
    inkoop = dossier.aanbesteding
    percelen = tuple(
        p.model_copy(update={"uitloop": uitloop}) if p.nummer == "1" else p for p in inkoop.percelen
    )
    return replace(dossier, aanbesteding=inkoop.model_copy(update={"percelen": percelen}))


def sluiten(*huidig: HuidigeAanbieder, overgang: date | None = None) -> OvereenkomstenSluiten:
    return OvereenkomstenSluiten(
        percelen=("1", "2"),
        datum_ondertekening=date(2026, 10, 1),
        huidige_aanbieders=huidig,
        overgang_tot=overgang,
    )


def vertrekker(*dagen: date) -> HuidigeAanbieder:
    return OUD.model_copy(
        update={
            "verwijzingen": tuple(Verwijzing(kenmerk=f"T-{n}", einde=dag) for n, dag in enumerate(dagen, 1))
        }
    )


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_de_laatste_dag_is_nooit_na_de_verwijzing_en_nooit_na_de_uitloop(einde: date) -> None:
    uitloop = Uitloop(uiterlijk=UITERLIJK, stand=Stand.VOORNEMEN, bron="L42")
    dag = uitloop.count_einde(einde)
    assert dag <= einde
    assert dag <= UITERLIJK
    assert dag in (einde, UITERLIJK)


def test_een_besloten_dag_gaat_voor_die_van_de_brontekst() -> None:
    dossier = with_uitloop(make_definitief())
    bron = load_uitloop(dossier, "1")
    assert bron is not None
    assert bron.uiterlijk == UITERLIJK
    eerder = load_uitloop(
        dossier.met(PuntBeslist(punt="uitloop_1", waarde="2027-03-31", motivering="x")), "1"
    )
    assert eerder is not None
    assert eerder.uiterlijk == date(2027, 3, 31)
    assert load_uitloop(dossier, "2") is None


@pytest.mark.parametrize(
    ("overgang", "mag"),
    [
        pytest.param(None, True, id="zonder overgang"),
        pytest.param(UITERLIJK, True, id="tot en met de laatste dag"),
        pytest.param(date(2027, 7, 1), False, id="een dag langer"),
    ],
)
def test_een_overgang_duurt_niet_langer_dan_de_uitloop(overgang: date | None, mag: bool) -> None:
    dossier = with_uitloop(make_definitief())
    s = make_situatie(dossier, sluiten(overgang=overgang), onderwerpen=("1", "2"))
    assert (overgang_binnen_uitloop.check(s) is None) is mag


def test_van_wie_weggaat_zijn_de_lopende_trajecten_bekend() -> None:
    dossier = with_uitloop(make_definitief())

    def melding(*huidig: HuidigeAanbieder) -> str:
        return str(trajecten_bekend.check(make_situatie(dossier, sluiten(*huidig), onderwerpen=("1", "2"))))

    assert "Oude Zorg (verzonnen) (perceel 1)" in melding(OUD)
    assert melding(vertrekker(date(2027, 1, 1))) == "None"
    assert melding(OUD.model_copy(update={"perceel": "2"})) == "None", (
        "zonder uitloop is er niets op te geven"
    )
    assert melding(OUD.model_copy(update={"kvk": "00000001"})) == "None", "wie blijft, rondt niets af"


def build(document: Any, dossier: Dossier) -> dict[str, Any]:
    s = make_situatie(dossier, onderwerpen=("1", "2"), nu="2026-10-01")
    return {e.ontvanger.sleutel: e.context for e in document.build(s)}


def test_de_brief_rekent_per_traject_de_laatste_dag_uit() -> None:
    invoer = sluiten(vertrekker(date(2027, 5, 12), date(2028, 2, 29)))
    dossier = perform("overeenkomsten_sluiten", with_uitloop(make_definitief()), invoer, "2026-10-01 09:00")
    brieven = build(BRIEF_LOPENDE_TRAJECTEN, dossier)
    (perceel,) = brieven["kvk-00000099"].percelen
    assert perceel.uitloop == UITERLIJK
    assert [(t.kenmerk, t.laatste_dag) for t in perceel.trajecten] == [
        ("T-1", date(2027, 5, 12)),
        ("T-2", UITERLIJK),
    ]
    assert all(not p.trajecten for kvk, c in brieven.items() if kvk != "kvk-00000099" for p in c.percelen)


def test_een_afgewezen_inschrijver_leest_tot_wanneer_hij_mag_afronden() -> None:
    context = build(AFWIJZINGSBRIEF, with_uitloop(make_meegedeeld()))["I-004"]
    assert [u.uitloop for u in context.uitkomsten] == [UITERLIJK]


@pytest.mark.parametrize("kenmerk", ["123456789", "jan jansen", "T"])
def test_een_kenmerk_is_geen_nummer_of_naam_van_een_client(kenmerk: str) -> None:
    with pytest.raises(ValidationError):
        Verwijzing(kenmerk=kenmerk, einde=UITERLIJK)

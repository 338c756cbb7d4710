"""Value of the purchase, clauses and reviewed documents at the gate of publication."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import PuntBeslist
from aanbesteding.domain.regel import Regel
from aanbesteding.fasen.publicatie import regels as r
from aanbesteding.fasen.publicatie import waarderegels as wr
from aanbesteding.fasen.publicatie.feiten import Gidsafwijking, StukkenOpgesteld
from bouwers import make_perceel_uitgewerkt, make_situatie, moment
from fasen.publicatie.bouwers_publicatie import (
    make_compleet_dossier,
    make_jeugdperceel,
    make_planningfeit,
    make_s,
)


def punt(code: str, waarde: str) -> PuntBeslist:
    return PuntBeslist(punt=code, waarde=waarde, motivering="Verzonnen.")


KORT = {
    "vragen_tot": moment("2026-03-06 12:00"),
    "nota_uiterlijk": date(2026, 3, 9),
    "sluiting": moment("2026-03-20 12:00"),
}
AFWIJKING = Gidsafwijking(voorschrift="Voorschrift 3.6", motivering="Spoed door een faillissement.")


@pytest.mark.parametrize(
    ("regel", "feiten", "weigert"),
    [
        pytest.param(r.wnt_geregeld, (), True, id="over de WNT is niet besloten"),
        pytest.param(r.wnt_geregeld, (punt("wnt", "ja"),), False, id="over de WNT is besloten"),
        pytest.param(
            r.stukken_zoals_opgesteld, (StukkenOpgesteld(),), False, id="niets veranderde na het opstellen"
        ),
        pytest.param(
            r.stukken_zoals_opgesteld,
            (StukkenOpgesteld(), make_jeugdperceel()),
            True,
            id="een perceel is opnieuw uitgewerkt na het opstellen",
        ),
        pytest.param(
            r.stukken_zoals_opgesteld,
            (StukkenOpgesteld(), make_jeugdperceel(), StukkenOpgesteld()),
            False,
            id="daarna zijn de stukken opnieuw opgesteld",
        ),
        pytest.param(
            r.gidsafwijking_opgenomen,
            (make_planningfeit(**KORT), StukkenOpgesteld()),
            True,
            id="een korte termijn staat niet als afwijking in de stukken",
        ),
        pytest.param(
            r.gidsafwijking_opgenomen,
            (make_planningfeit(**KORT), StukkenOpgesteld(afwijkingen=(AFWIJKING,))),
            False,
            id="een korte termijn staat als afwijking in de stukken",
        ),
        pytest.param(
            r.gidsafwijking_opgenomen, (StukkenOpgesteld(),), False, id="de termijn haalt de richtwaarde"
        ),
        pytest.param(wr.geen_klein_perceel, (), False, id="geen perceel is klein"),
        pytest.param(
            wr.geen_klein_perceel,
            (make_jeugdperceel(raming_per_jaar=Decimal("19999")),),
            True,
            id="79.996 euro over vier jaar is een klein perceel",
        ),
        pytest.param(
            wr.geen_klein_perceel,
            (make_jeugdperceel(raming_per_jaar=Decimal("20000")),),
            False,
            id="80.000 euro over vier jaar is geen klein perceel",
        ),
        pytest.param(
            wr.geen_klein_perceel,
            (
                make_jeugdperceel(raming_per_jaar=Decimal("19000")),
                make_perceel_uitgewerkt("1", raming_per_jaar=Decimal("19000")),
            ),
            False,
            id="kleine percelen die samen meer dan twintig procent zijn",
        ),
    ],
)
def test_gate_of_publication(regel: Regel, feiten: tuple[Feit, ...], weigert: bool) -> None:
    assert (regel.check(make_s(make_compleet_dossier(*feiten))) is not None) is weigert


def test_value_counts_the_whole_term_with_every_extension_and_all_percelen() -> None:
    punten = (punt("verlenging_maanden", "24"), punt("aantal_verlengingen", "2"))
    s = make_s(make_compleet_dossier(*punten))
    assert wr.count_maanden(s, "1") == 96
    assert wr.count_totale_waarde(s) == Decimal("16000000.00")
    assert wr.count_waarde(s, "1") == Decimal("8000000.00")
    leeg: Any = make_situatie()
    assert wr.count_waarde(leeg, "1") is None
    assert wr.count_maanden(leeg, "1") == 12

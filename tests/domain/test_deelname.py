"""Which municipality takes part in which perceel, and what follows from it for authority, decisions and parties."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from aanbesteding.documents.overeenkomst import build_bepalingen, load_termijnen, load_variant
from aanbesteding.domain.aanbesteding import Aanbesteding
from aanbesteding.domain.deelname import is_verdeeld, list_percelen_van, select_deelnemers
from aanbesteding.domain.feiten import PuntBeslist
from aanbesteding.fasen.gunning.invoer import CollegebesluitVastleggen
from aanbesteding.fasen.gunning.regels.vastlegging import gemeente_bekend
from aanbesteding.fasen.publicatie.feiten import list_ontbrekende_volmachten
from aanbesteding.fasen.publicatie.invoer import VolmachtVastleggen
from aanbesteding.fasen.publicatie.regels import volmacht_past
from bouwers import (
    make_aanbesteding,
    make_dossier,
    make_perceel,
    make_perceel_uitgewerkt,
    make_regio,
    make_situatie,
)


def make_inkoop() -> Aanbesteding:
    """Perceel 1 of both municipalities, perceel 2 of Beedorp alone."""
    twee = make_perceel("2", "Jeugdwet").model_copy(update={"gemeenten": ("beedorp",)})
    return make_aanbesteding(percelen=(make_perceel("1"), twee))


def make_s(*feiten: Any, **velden: Any) -> Any:
    """The purchase with some facts."""
    return make_situatie(make_dossier(*feiten, aanbesteding=make_inkoop()), **velden)


def punt(code: str, waarde: str) -> PuntBeslist:
    """A decided point."""
    return PuntBeslist(punt=code, waarde=waarde, motivering="Verzonnen.")


@pytest.mark.parametrize(
    ("percelen", "namen"),
    [
        pytest.param(
            ("1",), ["Aadorp", "Beedorp"], id="een perceel zonder eigen lijst is van alle gemeenten"
        ),
        pytest.param(("2",), ["Beedorp"], id="een perceel van één gemeente is van haar alleen"),
        pytest.param(
            ("1", "2"), ["Aadorp", "Beedorp"], id="wat over meer percelen gaat, raakt elke deelnemer"
        ),
        pytest.param((), ["Aadorp", "Beedorp"], id="zonder perceel gaat het om de hele inkoop"),
    ],
)
def test_deelnemers(percelen: tuple[str, ...], namen: list[str]) -> None:
    assert [g.naam for g in select_deelnemers(make_regio(), make_inkoop(), percelen).gemeenten] == namen


def test_een_gemeente_ziet_alleen_de_percelen_waaraan_zij_deelneemt():
    assert list_percelen_van(make_inkoop(), "aadorp", ("1", "2")) == ("1",)
    assert is_verdeeld(make_inkoop(), make_regio())
    assert not is_verdeeld(make_aanbesteding(), make_regio())


def test_een_volmacht_ontbreekt_alleen_waar_de_gemeente_deelneemt():
    assert list_ontbrekende_volmachten(make_s()) == (("Aadorp", "1"), ("Beedorp", "1"), ("Beedorp", "2"))


def test_een_volmacht_voor_een_perceel_van_anderen_wordt_geweigerd():
    invoer = VolmachtVastleggen(
        gemeente="aadorp", percelen=("1", "2"), orgaan="college", datum=date(2026, 1, 2), kenmerk="X"
    )
    assert "neemt niet deel aan perceel 2" in str(volmacht_past.check(make_s(invoer=invoer)))


def test_een_college_besluit_niet_over_een_perceel_van_anderen():
    invoer = CollegebesluitVastleggen(gemeente="aadorp", percelen=("2",), datum=date(2026, 1, 2), kenmerk="X")
    assert "neemt niet deel" in str(gemeente_bekend.check(make_s(invoer=invoer, onderwerpen=("2",))))


def test_de_overeenkomst_noemt_alleen_de_gemeenten_van_het_perceel():
    s = make_s(punt("looptijd_maanden", "36"))
    assert build_bepalingen(s, "2").gemeenten == ("Beedorp",)
    assert build_bepalingen(s, "1").gemeenten == ("Aadorp", "Beedorp")


def test_een_punt_van_het_perceel_gaat_voor_het_gedeelde_punt():
    s = make_s(
        punt("looptijd_maanden", "48"), punt("looptijd_maanden_2", "24"), punt("verlenging_maanden_2", "12"),
        punt("aantal_verlengingen_2", "2"),
    )  # fmt: skip
    assert (load_termijnen(s, "1").maanden, load_termijnen(s, "1").langst) == (48, 48)
    assert (load_termijnen(s, "2").maanden, load_termijnen(s, "2").langst) == (24, 48)
    assert build_bepalingen(s, "2").uiterste_einde == date(2030, 12, 31)


def test_een_looptijd_die_nog_open_is_heeft_geen_einde():
    assert load_termijnen(make_s(), "1").langst is None
    assert build_bepalingen(make_s(), "1").einde is None


def test_de_besloten_bekostiging_van_een_perceel_gaat_voor_de_brontekst():
    s = make_s(make_perceel_uitgewerkt("2"), punt("bekostiging_2", "outputgericht"))
    assert (load_variant(s, "1"), load_variant(s, "2")) == ("inspanningsgericht", "outputgericht")

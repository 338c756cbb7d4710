"""Appointing openers: one table for its rules, and what it records."""

from __future__ import annotations

from typing import Any

import pytest

from aanbesteding.domain.regel import Regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.zegel import EnveloppenVerzegeld, OpenersAangewezen, Openersleutel
from aanbesteding.fasen.publicatie import inschrijfregels as ir
from aanbesteding.fasen.publicatie import openers as o
from fasen.publicatie import bouwers_publicatie as b

NAMEN = ("inkoper.demo", "jurist.demo", "inkoper2.demo")
VERZEGELD = EnveloppenVerzegeld(omslag="prijs", sleutels=("a", "b"), kenmerken={"1/I-001": "c"})


def aanwijzen(
    *openers: str, demo: bool = True, sleutels: tuple[str, ...] = NAMEN, verzegeld: bool = False
) -> Situatie[Any]:
    dossier = b.make_gepubliceerd(*([VERZEGELD] if verzegeld else []))
    if not demo:
        object.__setattr__(dossier, "demo", False)
    bekend = {p: Openersleutel(persoon=p, vingerafdruk=f"v-{p}", publiek="cA==", demo=True) for p in sleutels}
    return b.make_s(dossier, o.OpenersAanwijzen(openers=openers or NAMEN), sleutels=bekend)


@pytest.mark.parametrize(
    ("regel", "situatie", "verwacht"),
    [
        pytest.param(o.openers_hebben_sleutel, aanwijzen(), None, id="allen hebben een sleutel"),
        pytest.param(
            o.openers_hebben_sleutel,
            aanwijzen(sleutels=NAMEN[:2]),
            "aanbesteding sleutel nieuw inkoper2.demo",
            id="een opener zonder sleutel",
        ),
        pytest.param(o.geen_demosleutels, aanwijzen(), None, id="een demosleutel in een demo"),
        pytest.param(
            o.geen_demosleutels,
            aanwijzen(demo=False),
            "iedereen kent de wachtzin",
            id="een demosleutel in een echt dossier",
        ),
        pytest.param(o.nog_niets_verzegeld, aanwijzen(), None, id="er is nog niets verzegeld"),
        pytest.param(
            o.nog_niets_verzegeld,
            aanwijzen(verzegeld=True),
            "al inschrijvingen verzegeld",
            id="er is al verzegeld",
        ),
        pytest.param(o.openers_met_reserve, aanwijzen(), None, id="drie openers"),
        pytest.param(
            o.openers_met_reserve, aanwijzen(*NAMEN[:2]), "Wijs er liever drie aan", id="twee openers"
        ),
        pytest.param(ir.openers_verschillen, aanwijzen(), None, id="drie verschillende openers"),
        pytest.param(
            ir.openers_verschillen,
            aanwijzen(*NAMEN, NAMEN[0]),
            "inkoper.demo staat twee keer",
            id="een opener dubbel",
        ),
        pytest.param(
            ir.openers_bevoegd,
            aanwijzen(*NAMEN[:2], "beoordelaar1.demo"),
            "Niet bevoegd om te openen: beoordelaar1.demo",
            id="een beoordelaar als opener",
        ),
    ],
)
def test_openers_worden_zorgvuldig_aangewezen(regel: Regel, situatie: Any, verwacht: str | None) -> None:
    gevonden = regel.check(situatie)
    if verwacht is None:
        assert gevonden is None
    else:
        assert gevonden is not None
        assert verwacht in gevonden.tekst


def test_de_openbare_sleutels_komen_in_het_feit() -> None:
    (feit,) = o.decide_openers(aanwijzen()).feiten
    assert isinstance(feit, OpenersAangewezen)
    assert [(k.persoon, k.vingerafdruk) for k in feit.openers] == [(p, f"v-{p}") for p in NAMEN]

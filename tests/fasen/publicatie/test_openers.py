"""Appointing openers: one table for its rules, and what it records."""

from __future__ import annotations

from typing import Any

import pytest

from aanbesteding.domain.feit import Feit, StatusGewijzigd
from aanbesteding.domain.feiten import InschrijvingenGeopend, PrijzenGeopend
from aanbesteding.domain.regel import Ernst, Regel
from aanbesteding.domain.regio import Mandaat
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.zegel import EnveloppenVerzegeld, OpenersAangewezen, Openersleutel
from aanbesteding.fasen.publicatie import inschrijfregels as ir
from aanbesteding.fasen.publicatie import openers as o
from bouwers import make_regio
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


# --- what whoever looks must know ------------------------------------------------------------------------


def kijk(
    *openers: str,
    sleutels: dict[str, str] | None = None,
    verzegeld: bool = False,
    demo: bool = True,
    status: str = "gepubliceerd",
    extra: tuple[Feit, ...] = (),
) -> Situatie[Any]:
    """A dossier with these appointed openers; `sleutels`: the newest key of each person, as it is now."""
    feiten: list[Feit] = (
        [OpenersAangewezen(openers=tuple(maak_sleutel(p) for p in openers))] if openers else []
    )
    feiten += [VERZEGELD] if verzegeld else []
    feiten += [StatusGewijzigd(onderwerp=f"perceel:{p}", van=None, naar=status) for p in b.ALLES]
    dossier = b.make_gepubliceerd(*feiten, *extra)
    if not demo:
        object.__setattr__(dossier, "demo", False)
    nu = {p: f"v-{p}" for p in NAMEN} if sleutels is None else sleutels
    regio = make_regio()
    tweede = Mandaat(rol=Rol.INKOPER, persoon="inkoper2.demo", grondslag="Verzonnen mandaat")
    regio = regio.model_copy(update={"mandaten": (*regio.mandaten, tweede)})
    return b.make_s(dossier, sleutels={p: maak_sleutel(p, v) for p, v in nu.items()}, regio=regio)


def maak_sleutel(persoon: str, vingerafdruk: str = "") -> Openersleutel:
    return Openersleutel(
        persoon=persoon, vingerafdruk=vingerafdruk or f"v-{persoon}", publiek="cA==", demo=True
    )


TWEE_SLEUTELS = {p: f"v-{p}" for p in NAMEN[:2]}
NIEUWE = TWEE_SLEUTELS | {NAMEN[2]: "v-nieuw"}
AMBTENAAR = {p: f"v-{p}" for p in (*NAMEN[:2], "beoordelaar1.demo")}


@pytest.mark.parametrize(
    ("regel", "situatie", "delen"),
    [
        pytest.param(o.openers_aangewezen, kijk(*NAMEN), (), id="er zijn openers"),
        pytest.param(
            o.openers_aangewezen,
            kijk(sleutels={}),
            ("Mijn sleutel", "'Openers aanwijzen'", "Nog niemand van hen heeft een sleutel"),
            id="geen openers en geen sleutels",
        ),
        pytest.param(
            o.openers_aangewezen,
            kijk(),
            ("Een sleutel hebben al: inkoper.demo, inkoper2.demo, jurist.demo",),
            id="geen openers, wel sleutels",
        ),
        pytest.param(
            o.openers_aangewezen,
            kijk(demo=False),
            ("Nog niemand",),
            id="alleen demosleutels in een echt dossier",
        ),
        pytest.param(o.openers_kunnen_openen, kijk(), (), id="zonder openers zegt de andere regel het"),
        pytest.param(o.openers_kunnen_openen, kijk(*NAMEN), (), id="alle drie kunnen openen"),
        pytest.param(o.openers_kunnen_openen, kijk(*NAMEN[:2]), (), id="twee openers die er beiden zijn"),
        pytest.param(
            o.openers_kunnen_openen,
            kijk(*NAMEN, sleutels=TWEE_SLEUTELS),
            ("sleutel van inkoper2.demo staat niet in de database", "Wijs opnieuw openers aan"),
            id="een sleutel is weg en er is nog niets verzegeld",
        ),
        pytest.param(
            o.openers_kunnen_openen,
            kijk(*NAMEN, sleutels=NIEUWE, verzegeld=True),
            ("inkoper2.demo maakte na de aanwijzing een nieuwe sleutel", "nog maar twee openers"),
            id="nog twee over nadat is verzegeld",
        ),
        pytest.param(
            o.openers_kunnen_openen,
            kijk(*NAMEN[:2], sleutels={NAMEN[0]: f"v-{NAMEN[0]}"}, verzegeld=True),
            ("kan zo niemand meer openen", "nieuwe inschrijftermijn"),
            id="nog een over nadat is verzegeld",
        ),
        pytest.param(
            o.openers_kunnen_openen,
            kijk(*NAMEN[:2], "beoordelaar1.demo", sleutels=AMBTENAAR, verzegeld=True),
            ("beoordelaar1.demo is geen inkoper of jurist meer", "nog maar twee openers"),
            id="een opener kreeg een andere rol",
        ),
    ],
)
def test_er_wordt_op_tijd_gezegd_dat_openers_ontbreken(
    regel: Regel, situatie: Situatie[Any], delen: tuple[str, ...]
) -> None:
    gevonden = regel.check(situatie)
    assert (gevonden is not None) is bool(delen)
    for deel in delen:
        assert gevonden is not None
        assert deel in gevonden.tekst
        assert gevonden.ernst is Ernst.SIGNALEERT


GEOPEND = InschrijvingenGeopend(openers=NAMEN[:2], inhoud=(), te_laat=())
PRIJZEN = PrijzenGeopend(perceel="1", openers=NAMEN[:2], prijzen={})


@pytest.mark.parametrize(
    ("situatie", "codes"),
    [
        pytest.param(kijk(status="consultatie_afgerond"), [], id="lang voor de publicatie"),
        pytest.param(
            kijk(status="stukken_opgesteld"), ["openers-nog-niet-aangewezen"], id="vlak voor de publicatie"
        ),
        pytest.param(kijk(), ["openers-nog-niet-aangewezen"], id="na de publicatie"),
        pytest.param(kijk(*NAMEN), [], id="met openers"),
        pytest.param(
            kijk(*NAMEN[:2], sleutels={}, verzegeld=True, status="getoetst", extra=(GEOPEND,)),
            ["opener-kan-niet-openen"],
            id="als de prijzen nog dicht zijn",
        ),
        pytest.param(
            kijk(*NAMEN[:2], sleutels={}, verzegeld=True, status="getoetst", extra=(GEOPEND, PRIJZEN)),
            [],
            id="als ook de prijzen open zijn",
        ),
        pytest.param(kijk(status="getoetst", extra=(GEOPEND,)), [], id="als er geen prijzen zijn"),
        pytest.param(kijk(status="ingetrokken"), [], id="na intrekking"),
    ],
)
def test_het_dossier_zegt_het_zolang_het_ertoe_doet(situatie: Situatie[Any], codes: list[str]) -> None:
    assert [m.code for m in o.list_meldingen(situatie)] == codes

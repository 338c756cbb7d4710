"""Every region that travels with the product is complete; and the facts of the first one are those of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from aanbesteding.domain.aanbesteding import Aanbesteding
from aanbesteding.domain.gegeven import Gegeven, Stand
from aanbesteding.domain.norm import load_normen
from aanbesteding.domain.regio import Regio
from aanbesteding.procedures import PROCEDURES
from aanbesteding.regio import find_aanbestedingen, list_regios, load_aanbesteding, load_regio, regio_mappen
from contract.sjabloonlijst import report

MAPPEN = regio_mappen()
REGIOS = {pad.name: load_regio(pad.name, MAPPEN) for pad in list_regios(MAPPEN)}
AANBESTEDINGEN: dict[str, tuple[Regio, Aanbesteding]] = {
    f"{code}/{pad.stem}": (regio, load_aanbesteding(pad))
    for code, (regio, map_) in REGIOS.items()
    for pad in find_aanbestedingen(map_)
}
BRON = re.compile(r"L[0-9]+(-[0-9]+)?(, L[0-9]+(-[0-9]+)?)*")
voor_elke_regio = pytest.mark.parametrize("code", REGIOS)
voor_elke_aanbesteding = pytest.mark.parametrize("naam", AANBESTEDINGEN)


def walk_modellen(waarde: Any, plek: str = "") -> Iterator[tuple[str, BaseModel]]:
    """Every model inside a model, with its place."""
    if isinstance(waarde, BaseModel):
        yield plek, waarde
        for naam in type(waarde).model_fields:
            yield from walk_modellen(getattr(waarde, naam), f"{plek}.{naam}")
    elif isinstance(waarde, tuple):
        for nummer, deel in enumerate(waarde, start=1):
            yield from walk_modellen(deel, f"{plek}[{getattr(deel, 'code', nummer)}]")


# --- every region -----------------------------------------------------------------------------------------


@voor_elke_regio
def test_regio_has_its_own_code_and_at_least_one_aanbesteding(code: str) -> None:
    regio, map_ = REGIOS[code]
    assert regio.code == code == map_.name
    assert [naam for naam in AANBESTEDINGEN if naam.startswith(f"{code}/")]


@voor_elke_regio
def test_every_rol_that_a_handeling_needs_has_a_mandaat(code: str) -> None:
    regio, _ = REGIOS[code]
    procedures = {a.procedure for r, a in AANBESTEDINGEN.values() if r.code == code}
    nodig = {h.rol for p in PROCEDURES if p.code in procedures for _, h in p.list_handelingen()}
    report(sorted(f"niemand heeft de rol {rol.value}" for rol in nodig if not regio.list_personen(rol)))


@voor_elke_regio
def test_mandaten_are_unique_and_name_known_gemeenten(code: str) -> None:
    regio, _ = REGIOS[code]
    gemeenten = {g.code for g in regio.gemeenten}
    assert len(gemeenten) == len(regio.gemeenten)
    paren = [(m.rol, m.persoon) for m in regio.mandaten]
    assert len(set(paren)) == len(paren)
    assert {g for m in regio.mandaten for g in m.gemeenten} <= gemeenten
    assert all(m.grondslag.strip() for m in regio.mandaten)


@voor_elke_regio
def test_vervaltermijn_is_not_shorter_than_the_norm(code: str) -> None:
    normen, (regio, _) = load_normen(), REGIOS[code]
    for dag in (date(2026, 1, 5), date(2027, 1, 1)):
        norm = normen.op("opschortende_termijn", dag)
        assert norm.eenheid == "dagen"
        assert regio.rechtsgang.vervaltermijn_dagen >= norm.getal


@voor_elke_aanbesteding
def test_aanbesteding_belongs_to_its_regio_and_a_known_procedure(naam: str) -> None:
    regio, aanbesteding = AANBESTEDINGEN[naam]
    assert aanbesteding.regio == regio.code
    assert aanbesteding.code == naam.rpartition("/")[2]
    assert aanbesteding.procedure in {p.code for p in PROCEDURES}


@voor_elke_aanbesteding
def test_every_statement_names_its_source(naam: str) -> None:
    _, aanbesteding = AANBESTEDINGEN[naam]
    bronnen = [(plek, m.bron) for plek, m in walk_modellen(aanbesteding) if "bron" in type(m).model_fields]  # type: ignore[attr-defined]
    bronnen.append((".consultatie.bron_schaal", aanbesteding.consultatie.bron_schaal))
    andere = re.compile(r"(onbevestigd|verzonnen|anders): .+")
    report(
        f"{plek}: '{bron}'"
        for plek, bron in bronnen
        if not BRON.fullmatch(bron) and not andere.fullmatch(bron)
    )


@voor_elke_regio
def test_facts_of_the_regio_name_their_source(code: str) -> None:
    regio, _ = REGIOS[code]
    bronnen = [regio.rechtsgang.bron, *(g.bron for g in regio.gemeenten)]
    andere = re.compile(r"(onbevestigd|verzonnen|anders): .+")
    report(bron for bron in bronnen if not BRON.fullmatch(bron) and not andere.fullmatch(bron))


@pytest.mark.parametrize("veld", ["aandeel_financien", "aandeel_clienten"])
@voor_elke_aanbesteding
def test_shares_within_one_law_add_up_to_100(naam: str, veld: str) -> None:
    _, aanbesteding = AANBESTEDINGEN[naam]
    for wet in {p.wet for p in aanbesteding.percelen}:
        aandelen = [getattr(p, veld).getal for p in aanbesteding.percelen if p.wet == wet]
        assert None in aandelen or sum(aandelen) == 100


@voor_elke_aanbesteding
def test_codes_and_keys_are_unique(naam: str) -> None:
    _, aanbesteding = AANBESTEDINGEN[naam]
    consultatie = aanbesteding.consultatie
    for reeks in (
        aanbesteding.gegevens, aanbesteding.uitgangspunten, aanbesteding.doelen, aanbesteding.regels,
        aanbesteding.punten, consultatie.groepen, consultatie.blokken, consultatie.themas, consultatie.vragen,
        consultatie.uitdagingen,
    ):  # fmt: skip
        codes = [deel.code for deel in reeks]
        assert len(set(codes)) == len(codes)
    assert len({p.sleutel for p in aanbesteding.percelen}) == len(aanbesteding.percelen)


@voor_elke_aanbesteding
def test_every_choice_has_options_and_every_range_a_border(naam: str) -> None:
    _, aanbesteding = AANBESTEDINGEN[naam]
    for punt in aanbesteding.punten:
        assert bool(punt.opties) == (punt.soort.value == "keuze"), punt.code
        begrensd = punt.groter_dan is not None or bool(punt.opties)
        assert punt.stand is not Stand.BANDBREEDTE or begrensd, punt.code
        assert punt.stand is not Stand.BESLOTEN, punt.code


# --- Bommelerwaard, literally -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bw() -> Aanbesteding:
    return AANBESTEDINGEN["bommelerwaard/bw-2027"][1]


@pytest.fixture(scope="module")
def gegevens(bw: Aanbesteding) -> dict[str, Gegeven]:
    return {g.code: g for g in bw.gegevens}


@pytest.mark.parametrize(
    ("code", "getal", "jaar", "bron"),
    [
        pytest.param("uitgaven_wmo", "9746050", 2024, "L370", id="uitgaven Wmo in 2024"),
        pytest.param("clienten_wmo", "2904", 2024, "L370", id="unieke cliënten Wmo in 2024"),
        pytest.param("uitgaven_jeugd", "8349854", 2024, "L392", id="uitgaven Jeugd in 2024"),
        pytest.param("clienten_jeugd", "2472", 2024, "L392", id="unieke cliënten Jeugd in 2024"),
        pytest.param("inwoners", "57000", None, "L476", id="inwoners, circa"),
        pytest.param("samen_sinds", "2018", None, "L34", id="samen sinds"),
        pytest.param("contractgesprek", "1", None, "L468", id="gesprekken per jaar"),
    ],
)
def test_figure_is_that_of_the_source(
    gegevens: dict[str, Gegeven], code: str, getal: str, jaar: int | None, bron: str
) -> None:
    gegeven = gegevens[code]
    assert (gegeven.getal, gegeven.jaar, gegeven.bron) == (Decimal(getal), jaar, bron)
    assert gegeven.stand is Stand.BESLOTEN


def test_percelen_are_those_of_the_source(bw: Aanbesteding) -> None:
    rijen = [
        (p.nummer, p.wet, p.aandeel_financien.getal, p.aandeel_clienten.getal, len(p.ambities))
        for p in bw.percelen
    ]
    assert rijen == [
        ("1", "Wmo 2015", 53, 62, 2),
        ("2", "Wmo 2015", 47, 38, 4),
        ("3", "Jeugdwet", 54, 31, 4),
        ("4", "Jeugdwet", 41, 62, 5),
        ("5", "Jeugdwet", 5, 7, 1),
    ]
    assert {p.uitvoeringsvariant.tekst for p in bw.percelen} == {"inspanningsgericht"}
    assert [p.nummer for p in bw.percelen if p.overdraagbaar] == ["4"]


def test_frame_is_that_of_the_source(bw: Aanbesteding, gegevens: dict[str, Gegeven]) -> None:
    regio = REGIOS["bommelerwaard"][0]
    assert [g.naam for g in regio.gemeenten] == ["Maasdriel", "Zaltbommel"]
    assert (bw.ingang.tekst, bw.ingang.stand) == ("2027-01-01", Stand.BESLOTEN)
    assert (gegevens["huidige_ingang"].tekst, gegevens["huidig_einde"].tekst) == ("2022-01-01", "2026-12-31")
    assert len(bw.doelen) == 5
    assert len(bw.uitgangspunten) == 6


def test_consultatie_is_that_of_the_source(bw: Aanbesteding) -> None:
    consultatie = bw.consultatie
    aantallen = (len(consultatie.groepen), len(consultatie.blokken), len(consultatie.themas))
    assert aantallen == (6, 3, 8)
    assert (consultatie.schaal_min, consultatie.schaal_max) == (1, 5)
    assert len(consultatie.uitdagingen) == 7


@pytest.mark.parametrize(
    ("code", "stand", "groter_dan"),
    [
        pytest.param("looptijd_maanden", "bandbreedte", 24, id="looptijd langer dan twee jaar"),
        pytest.param("verlenging_maanden", "bandbreedte", 12, id="verlenging langer dan een jaar"),
        pytest.param("aantal_verlengingen", "open", 0, id="aantal verlengingen staat er niet"),
        pytest.param("inactiviteit_maanden", "open", 0, id="periode zonder zorg staat er niet"),
        pytest.param("procedure_keuze", "open", None, id="de procedure staat er niet"),
        pytest.param("gunningsmethodiek", "open", None, id="de methode staat er niet"),
        pytest.param("opleidingseis", "open", None, id="hbo of mbo is per product open"),
        pytest.param("vaststelling_strategie", "open", None, id="wie de strategie vaststelt staat er niet"),
        pytest.param("tariefdifferentiatie", "voornemen", None, id="differentiatie wordt onderzocht"),
        pytest.param("toetreding_grondslag", "voornemen", None, id="gericht openstellen is een voornemen"),
        pytest.param("bibob", "voornemen", None, id="Bibob is een voorbehoud"),
    ],
)
def test_open_point_is_open_as_in_the_source(
    bw: Aanbesteding, code: str, stand: str, groter_dan: int | None
) -> None:
    (punt,) = [p for p in bw.punten if p.code == code]
    assert (punt.stand.value, punt.groter_dan) == (stand, groter_dan)
    if groter_dan is not None:
        assert punt.check_antwoord(str(groter_dan)) is not None
        assert punt.check_antwoord(str(groter_dan + 1)) is None


def test_no_other_points_are_open(bw: Aanbesteding) -> None:
    assert len(bw.punten) == 11


@pytest.mark.parametrize("code", ["beschermd_wonen", "jeugd_verblijf", "schaars_specialistisch"])
def test_what_is_bought_elsewhere_is_out_of_scope(bw: Aanbesteding, code: str) -> None:
    (regel,) = [r for r in bw.regels if r.code == code]
    assert regel.stand is Stand.BUITEN_SCOPE


def test_unknown_regio_is_told_which_ones_exist(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="Bekend zijn: bommelerwaard"):
        load_regio("nergens", regio_mappen(tmp_path))

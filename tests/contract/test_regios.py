"""Every region that travels with the product is complete; and the facts of the first one are those of its text."""

from __future__ import annotations

import re
import tomllib
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
from aanbesteding.domain.programma import Scope
from aanbesteding.domain.regio import Regio
from aanbesteding.procedures import PROCEDURES
from aanbesteding.regio import find_aanbestedingen, list_regios, load_aanbesteding, load_regio, regio_mappen
from contract.sjabloonlijst import report
from docs_regios import PLAATSEN, UITGEVOERD, list_rijen

CHECKLIST = tomllib.loads((Path(__file__).parent / "regiolijst.toml").read_text(encoding="utf-8"))
LIJST: dict[str, dict[str, list[str]]] = CHECKLIST["rijen"]
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
        begrensd = punt.groter_dan is not None or bool(punt.opties) or punt.tot is not None
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


# --- every statement of the source texts ------------------------------------------------------------------


def list_paden(code: str) -> list[str]:
    """Path of every statement and question of a region, as in docs/regios.md."""
    regio, _ = REGIOS[code]
    paden = [f"regio/{rij.pad}" for rij in list_rijen(regio)]
    for a in [a for r, a in AANBESTEDINGEN.values() if r.code == code]:
        paden += [f"{a.code}/{rij.pad}" for rij in list_rijen(regio, a)]
        paden += [f"{a.code}/navragen.{n.code}" for n in a.navragen]
    return paden


def count_stellingen(paden: list[str], patroon: str) -> int:
    """How many paths fit a pattern in which `*` stands for one part of a path."""
    vorm = re.compile(re.escape(patroon).replace(r"\*", "[^./]+"))
    return sum(vorm.fullmatch(pad) is not None for pad in paden)


@pytest.mark.parametrize(
    ("code", "rij"),
    [pytest.param(code, rij, id=f"{code}: {rij}") for code, rijen in LIJST.items() for rij in rijen],
)
def test_every_row_of_the_source_is_in_the_data(code: str, rij: str) -> None:
    paden = list_paden(code)
    for eis in LIJST[code][rij]:
        patroon, _, aantal = eis.partition("=")
        gevonden = count_stellingen(paden, patroon)
        assert gevonden == int(aantal) if aantal else gevonden, f"{eis}: {gevonden} gevonden"


@pytest.mark.parametrize("code", LIJST)
def test_every_cited_line_exists_in_the_source(code: str) -> None:
    regio, _ = REGIOS[code]
    bestanden = {a.bronbestand for r, a in AANBESTEDINGEN.values() if r.code == code}
    (bestand,) = bestanden
    bronnen = [rij.bron for rij in list_rijen(regio)]
    for a in [a for r, a in AANBESTEDINGEN.values() if r.code == code]:
        bronnen += [rij.bron for rij in list_rijen(regio, a)] + [n.bron for n in a.navragen]
    nummers = [int(n) for bron in bronnen for n in re.findall(r"L?([0-9]+)", bron) if bron.startswith("L")]
    assert nummers
    assert all(1 <= n <= CHECKLIST["bronregels"][bestand] for n in nummers)


def test_every_place_where_a_statement_shows_exists() -> None:
    bekend = {
        *(f"handeling:{h.code}" for p in PROCEDURES for _, h in p.list_handelingen()),
        *(f"regel:{r.code}" for p in PROCEDURES for _, h in p.list_handelingen() for r in h.regels),
        *(f"procedure:{p.code}" for p in PROCEDURES),
        *(f"document:{d.code}" for p in PROCEDURES for f in p.fasen for d in f.documenten),
    }
    genoemd = {plaats for _, plaatsen in PLAATSEN for plaats in plaatsen}
    genoemd |= {p for regels in UITGEVOERD.values() for plaatsen in regels.values() for p in plaatsen}
    report(sorted(genoemd - bekend))


@pytest.mark.parametrize("code", UITGEVOERD)
def test_every_rule_that_is_said_to_be_carried_out_is_in_the_text(code: str) -> None:
    bekend = {r.code for regio, a in AANBESTEDINGEN.values() if regio.code == code for r in a.regels}
    bekend |= {
        rij.pad for regio, a in AANBESTEDINGEN.values() if regio.code == code for rij in list_rijen(regio, a)
    }
    bekend |= {rij.pad for rij in list_rijen(REGIOS[code][0])}
    assert set(UITGEVOERD[code]) <= bekend


@pytest.mark.parametrize("code", LIJST)
def test_no_person_is_named(code: str) -> None:
    _, map_ = REGIOS[code]
    for pad in map_.glob("*.toml"):
        tekst = pad.read_text(encoding="utf-8").casefold()
        assert not re.search(r"martens|slinkman|hengel\b|gijben|van rijn", tekst)


# --- the other regions, literally -------------------------------------------------------------------------


def test_westfriesland_has_exactly_the_exclusions_of_its_text() -> None:
    a = AANBESTEDINGEN["westfriesland/wf-2024"][1]
    buiten = [(z.wet, z.scope) for z in a.zorgvormen if z.scope is not Scope.BINNEN]
    assert buiten.count(("Wmo 2015", Scope.BUITEN)) == 7
    assert buiten.count(("Jeugdwet", Scope.ALLEEN_INVOER)) == 2
    assert len(buiten) == 9


def test_westfriesland_every_uitgangspunt_works_through_somewhere() -> None:
    a = AANBESTEDINGEN["westfriesland/wf-2024"][1]
    groepen = [u.groep for u in a.uitgangspunten]
    assert [groepen.count(g) for g in dict.fromkeys(groepen)] == [4, 5, 5, 5]
    report(u.code for u in a.uitgangspunten if not u.werkt_door_in)


def test_westfriesland_jeugdbescherming_is_offered_at_the_same_moment() -> None:
    a = AANBESTEDINGEN["westfriesland/wf-2024"][1]
    assert [t.code for t in a.trajecten if t.tegelijk] == ["jeugdbescherming"]
    (opmeer,) = [b for b in a.besluiten if b.gemeenten == ("opmeer",)]
    assert (opmeer.datum, [t.code for t in opmeer.toevoegingen]) == (date(2023, 2, 16), ["budgetplafonds"])
    assert (a.ingang.vanaf, a.ingang.tot) == (date(2024, 1, 1), date(2025, 1, 1))


def test_alkmaar_reads_the_law_of_before_july_2016() -> None:
    for naam in ("jeugd-2016", "wmo-2016"):
        peildatum = AANBESTEDINGEN[f"regio-alkmaar/{naam}"][1].peildatum
        assert peildatum is not None
        assert peildatum < date(2016, 7, 1)


def test_zuid_holland_zuid_has_neutral_labels_and_the_counts_of_its_text() -> None:
    regio, a = AANBESTEDINGEN["zuid-holland-zuid/jeugd-2022"]
    assert [g.naam for g in regio.gemeenten] == list("ABCDEFGHIJ")
    assert not any(g.naam_uit_bron for g in regio.gemeenten)
    assert [(m.code, m.aanbieders.getal) for m in a.markt] == [("rta", 145), ("lta", 30), ("maatwerk", 80)]
    assert [p.aanbieders.omvang.value for p in a.percelen if p.aanbieders] == ["weinig"] * 2 + ["veel"] * 3


@pytest.mark.parametrize(
    ("naam", "aantal"),
    [
        pytest.param("jeugdhulp", 9, id="jeugdhulp door negen"),
        pytest.param("wmo-beschermd-wonen", 9, id="beschermd wonen door negen"),
        pytest.param("wmo-dagbesteding", 7, id="dagbesteding door zeven"),
        pytest.param("wmo-begeleiding", 7, id="begeleiding door zeven, zonder Waalwijk en Loon op Zand"),
    ],
)
def test_hart_van_brabant_participation_matrix(naam: str, aantal: int) -> None:
    regio, a = AANBESTEDINGEN[f"hart-van-brabant/{naam}"]
    deelnemers = {g.code for g in regio.select_gemeenten(a.gemeenten).gemeenten}
    assert len(deelnemers) == aantal
    assert ({"waalwijk", "loon-op-zand"} <= deelnemers) == (aantal == 9)


def test_hart_van_brabant_terms_capacity_and_run_off_are_those_of_its_text() -> None:
    jeugd = AANBESTEDINGEN["hart-van-brabant/jeugdhulp"][1]
    assert [p.looptijd.show() for p in jeugd.percelen if p.looptijd] == [
        "48 maanden",
        "48 maanden",
        "24 maanden, verlenging: aantal nog open, duur nog open",
        "nog open",
    ]
    varianten = [p.uitvoeringsvariant.tekst.split()[0] for p in jeugd.percelen]
    assert set(varianten) == {"taakgericht", "inspanningsgericht", "outputgericht"}
    uitloop = jeugd.percelen[0].uitloop
    assert uitloop is not None
    assert uitloop.count_einde(date(2022, 5, 1)) == date(2022, 5, 1)
    assert uitloop.count_einde(date(2023, 5, 1)) == date(2022, 12, 31)
    bw = AANBESTEDINGEN["hart-van-brabant/wmo-beschermd-wonen"][1].percelen[0]
    assert bw.minimumcapaciteit is not None
    assert (bw.minimumcapaciteit.aantal, bw.minimumcapaciteit.gezamenlijk.stand) == (24, Stand.OPEN)


def test_hart_van_brabant_has_twelve_areas_with_one_winner_each() -> None:
    a = AANBESTEDINGEN["hart-van-brabant/wmo-begeleiding"][1]
    assert [p.gemeenten for p in a.percelen].count(("tilburg",)) == 6
    assert len({p.gemeenten for p in a.percelen}) == 7
    assert a.toewijzing is not None
    assert (a.toewijzing.per_perceel, a.toewijzing.samenwerkingsverband) == (1, True)
    assert {p.looptijd.show() for p in a.percelen if p.looptijd} == {
        "ten minste 48 maanden, verlenging: 2 keer, 24 maanden"
    }
    assert a.percelen[0].naam == "Gebied 1: Tilburg gebied 1"


@voor_elke_aanbesteding
def test_procedure_exists_on_the_day_whose_law_is_read(naam: str) -> None:
    _, aanbesteding = AANBESTEDINGEN[naam]
    (procedure,) = [p for p in PROCEDURES if p.code == aanbesteding.procedure]
    assert procedure.geldt_op(aanbesteding.peildatum or date(2026, 1, 5))


@voor_elke_aanbesteding
def test_choice_of_procedure_offers_procedures_that_exist_and_the_one_of_the_file(naam: str) -> None:
    _, aanbesteding = AANBESTEDINGEN[naam]
    (punt,) = [p for p in aanbesteding.punten if p.code == "procedure_keuze"]
    assert set(punt.opties) <= {p.code for p in PROCEDURES}
    assert aanbesteding.procedure in punt.opties

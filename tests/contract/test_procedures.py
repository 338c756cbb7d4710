"""Every procedure, stage, act and fact that is declared holds together; and the code keeps its habits."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from pydantic import BaseModel

from aanbesteding.documents.velden import list_vormen
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.rol import Rol
from aanbesteding.fase import Fase, Handeling, Invoerbestand
from aanbesteding.procedure import Procedure
from aanbesteding.procedures import PROCEDURES
from contract.sjabloonlijst import WORTEL, report
from contract.verzinnen import make_model

SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
ENGELS = re.compile(r"\b(the|and|with|must|should|which|when|whether)\b", re.IGNORECASE)
FASEN = tuple({id(f): f for p in PROCEDURES for f in p.fasen}.values())
HANDELINGEN = tuple({id(h): (f, h) for f in FASEN for h in f.handelingen}.values())
BESTANDEN = tuple({b.soort: (f, b) for f in FASEN for b in f.invoerbestanden}.values())
INVOER = tuple({id(h.invoer): h.invoer for _, h in HANDELINGEN}.values())
FEITEN = tuple({id(s): s for p in PROCEDURES for s in p.feitsoorten().values()}.values())
SOORTEN = {"perceel": ("aanbesteding", "perceel"), "ronde": ("ronde",), "verzoek": ("verzoek",),
           "overeenkomst": ("overeenkomst",)}  # fmt: skip

voor_elke_procedure = pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda p: p.code)
voor_elke_handeling = pytest.mark.parametrize(
    ("fase", "handeling"), HANDELINGEN, ids=[f"{f.code}/{h.code}" for f, h in HANDELINGEN]
)


# --- codes ------------------------------------------------------------------------------------------------


def list_dubbel(codes: list[str]) -> list[str]:
    """Codes that occur more than once."""
    return sorted({code for code in codes if codes.count(code) > 1})


def test_codes_of_procedures_are_unique() -> None:
    assert list_dubbel([p.code for p in PROCEDURES]) == []


@voor_elke_procedure
def test_codes_within_a_procedure_are_unique(procedure: Procedure) -> None:
    assert list_dubbel([f.code for f in procedure.fasen]) == []
    assert list_dubbel([h.code for _, h in procedure.list_handelingen()]) == []
    assert list_dubbel([d.code for f in procedure.fasen for d in f.documenten]) == []
    assert list_dubbel([b.soort for f in procedure.fasen for b in f.invoerbestanden]) == []


@voor_elke_procedure
def test_stored_names_of_facts_are_unique(procedure: Procedure) -> None:
    from aanbesteding.domain.feiten import FEITEN as gedeeld

    soorten = [*gedeeld, *(s for f in procedure.fasen for s in f.feiten)]
    assert list_dubbel([s.soort() for s in soorten]) == []


@voor_elke_handeling
def test_handeling_has_a_code_a_title_and_a_known_rol(fase: Fase, handeling: Handeling) -> None:
    assert SNAKE.fullmatch(handeling.code)
    assert handeling.titel.strip()
    assert isinstance(handeling.rol, Rol)
    assert all(SNAKE.fullmatch(status) for status in (*handeling.van, handeling.naar or "blijft"))


@voor_elke_handeling
def test_handeling_names_its_grondslag(fase: Fase, handeling: Handeling) -> None:
    assert handeling.grondslag.strip() or any(regel.grondslag for regel in handeling.regels)


@voor_elke_handeling
def test_documents_of_a_handeling_belong_to_its_stage(fase: Fase, handeling: Handeling) -> None:
    assert [d.code for d in handeling.documenten if d.fase != fase.code] == []


# --- the state machine ------------------------------------------------------------------------------------


def list_pijlen(procedure: Procedure, soort: str) -> list[tuple[str | None, str, str]]:
    """Arrows (from, to, act) of one kind of onderwerp; from None where the act makes a new one."""
    pijlen: list[tuple[str | None, str, str]] = []
    for _, handeling in procedure.list_handelingen():
        if handeling.per in SOORTEN[soort] and handeling.naar is not None:
            pijlen += [(van, handeling.naar, handeling.code) for van in handeling.van or (None,)]
    return pijlen


def list_statussen(procedure: Procedure, soort: str) -> set[str]:
    """Every status that an act of this kind of onderwerp names."""
    handelingen = [h for _, h in procedure.list_handelingen() if h.per in SOORTEN[soort]]
    return {s for h in handelingen for s in h.van} | {h.naar for h in handelingen if h.naar}


def walk_statussen(pijlen: Mapping[str, set[str]], begin: set[str]) -> set[str]:
    """Everything that can be reached."""
    bereikt, rand = set(begin), set(begin)
    while rand:
        rand = {naar for van in rand for naar in pijlen.get(van, ())} - bereikt
        bereikt |= rand
    return bereikt


def make_graaf(paren: Iterator[tuple[str, str]]) -> dict[str, set[str]]:
    """Arrows as a mapping."""
    graaf: dict[str, set[str]] = {}
    for van, naar in paren:
        graaf.setdefault(van, set()).add(naar)
    return graaf


@pytest.mark.parametrize("soort", SOORTEN)
@voor_elke_procedure
def test_every_status_can_be_reached(procedure: Procedure, soort: str) -> None:
    pijlen = list_pijlen(procedure, soort)
    begin = (
        {procedure.begin_status} if soort == "perceel" else {naar for van, naar, _ in pijlen if van is None}
    )
    graaf = make_graaf((van, naar) for van, naar, _ in pijlen if van is not None)
    eind = procedure.eindstatussen if soort == "perceel" else frozenset[str]()
    assert sorted((list_statussen(procedure, soort) | eind) - walk_statussen(graaf, begin)) == []


@pytest.mark.parametrize("soort", SOORTEN)
@voor_elke_procedure
def test_from_every_status_an_end_can_be_reached(procedure: Procedure, soort: str) -> None:
    pijlen = [
        (van, naar) for van, naar, _ in list_pijlen(procedure, soort) if van is not None and van != naar
    ]
    einden = list_statussen(procedure, soort) - {van for van, _ in pijlen}
    terug = make_graaf((naar, van) for van, naar in pijlen)
    statussen = list_statussen(procedure, soort)
    assert not statussen or einden
    assert sorted(statussen - walk_statussen(terug, einden)) == []


@voor_elke_procedure
def test_nothing_leaves_an_eindstatus_and_one_status_is_success(procedure: Procedure) -> None:
    vertrek = {van for van, _, _ in list_pijlen(procedure, "perceel")}
    assert sorted(procedure.eindstatussen & vertrek) == []
    einden = list_statussen(procedure, "perceel") - vertrek
    assert len(einden - procedure.eindstatussen) == 1


@voor_elke_handeling
def test_only_an_act_that_makes_an_onderwerp_has_no_van(fase: Fase, handeling: Handeling) -> None:
    if handeling.per == "dossier":
        assert not handeling.van
        assert handeling.naar is None
    elif not handeling.van:
        assert handeling.per in ("ronde", "verzoek", "overeenkomst")


# --- input ------------------------------------------------------------------------------------------------


def walk_velden(model: type[BaseModel], voor: str = "") -> Iterator[tuple[str, Any]]:
    """Every field of an input model, also of the stage's own models inside it.

    A noun of domain/ inside an input is left out: it is described where it is defined, and filled from a workbook.
    """
    for naam, veld in model.model_fields.items():
        yield f"{voor}{naam}", veld
        vorm = list_vormen(model)[naam]
        while vorm.element is not None:
            vorm = vorm.element
        if vorm.is_model and not vorm.kern.__module__.startswith("aanbesteding.domain."):
            yield from walk_velden(vorm.kern, f"{voor}{naam}.")


@pytest.mark.parametrize(
    "invoer", INVOER, ids=lambda m: f"{m.__module__.rpartition('aanbesteding.')[2]}.{m.__name__}"
)
def test_every_input_field_has_a_dutch_title_and_description(invoer: type[BaseModel]) -> None:
    velden = [(f"{invoer.__name__}.{pad}", veld) for pad, veld in walk_velden(invoer)]
    fouten = [f"{pad}: geen titel" for pad, veld in velden if not veld.title]
    fouten += [f"{pad}: geen omschrijving" for pad, veld in velden if not veld.description]
    fouten += [f"{pad}: Engels" for pad, veld in velden if ENGELS.search(f"{veld.title} {veld.description}")]
    report(fouten)


@voor_elke_handeling
def test_input_names_the_onderwerpen(fase: Fase, handeling: Handeling) -> None:
    namen = {"perceel": {"percelen", "perceel"}, "ronde": {"ronde", "ronden"}, "verzoek": {"verzoek", "verzoeken"},
             "overeenkomst": {"overeenkomst", "overeenkomsten"}}.get(handeling.per)  # fmt: skip
    if namen and handeling.van:
        assert namen & set(handeling.invoer.model_fields)


@pytest.mark.parametrize(("fase", "bestand"), BESTANDEN, ids=[b.soort for _, b in BESTANDEN])
def test_invoerbestand_feeds_an_act_of_its_own_stage(fase: Fase, bestand: Invoerbestand) -> None:
    assert bestand.handeling in {h.code for h in fase.handelingen}
    assert SNAKE.fullmatch(bestand.soort)
    assert bestand.bladen
    for rijmodel in bestand.bladen.values():
        assert issubclass(rijmodel, BaseModel)
        assert rijmodel.model_fields


# --- facts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("soort", FEITEN, ids=lambda s: s.soort())
def test_every_fact_survives_storage(soort: type[Feit]) -> None:
    feit = make_model(soort)
    opgeslagen = json.dumps(json.loads(feit.model_dump_json()))
    assert soort.model_validate_json(opgeslagen) == feit


@pytest.mark.parametrize("soort", FEITEN, ids=lambda s: s.soort())
def test_every_fact_refuses_an_unknown_field_and_a_change(soort: type[Feit]) -> None:
    assert soort.model_config.get("frozen") is True
    assert soort.model_config.get("extra") == "forbid"


# --- habits of the code -----------------------------------------------------------------------------------


def test_no_subclass_of_fase_exists() -> None:
    assert Fase.__subclasses__() == []


MODULES = sorted(pad for map_ in ("src", "flows") for pad in (WORTEL / map_).rglob("*.py"))


def test_every_module_has_a_docstring() -> None:
    report(
        str(pad.relative_to(WORTEL))
        for pad in MODULES
        if not ast.get_docstring(ast.parse(pad.read_text(encoding="utf-8")))
    )

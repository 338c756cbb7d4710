"""What a user reads of a ranking, word for word: faults, warnings, the rehearsal and the worked example."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.cli.rangorde import show_proef, show_uitslag, show_verdeling
from aanbesteding.domain.rangorde import (
    build_proef,
    divide_percelen,
    parse_opdracht,
    parse_verdeling,
    rank_inschrijvingen,
)
from aanbesteding.errors import InvoerError
from domain.rangorde.aanbestedingen import (
    FORMULES,
    make_aanbesteding,
    make_gunnen_op_waarde,
    make_vast_tarief,
    make_verdeling,
    make_willekeurige_aanbesteding,
)
from domain.rangorde.test_inlezen import FOUTEN
from vast import check_vaste_tekst

GOLDEN = Path(__file__).parent / "golden"


def list_aanbestedingen() -> Iterator[tuple[str, dict[str, Any]]]:
    for formule in FORMULES:
        yield formule, make_aanbesteding(formule)
        yield f"{formule} zonder inschrijvingen", make_aanbesteding(formule, inschrijvingen=[])
    yield "gunnen op waarde", make_gunnen_op_waarde()
    yield "vast tarief", make_vast_tarief()
    yield "gelijke stand op de grens", make_vast_tarief(maximum_aanbieders=1)
    yield "loting nodig op de grens", make_vast_tarief(maximum_aanbieders=1, gelijke_stand=["loting"])
    yield "geen criteria", make_vast_tarief(methode="geen_criteria", criteria=[], inschrijvingen=[])
    yield "bandbreedte met ondergrens", make_aanbesteding("vaste_bandbreedte", ondergrens="60")
    yield "lage prijs", make_aanbesteding(lage_prijs={"drempel": "20"}, maximum_aanbieders=2, reservelijst=1)
    toeval = random.Random(20261125)
    for nummer in range(20):
        yield f"willekeurig {nummer}", make_willekeurige_aanbesteding(toeval)


def show_of_weigering(aanbesteding: dict[str, Any]) -> str:
    try:
        uitslag = rank_inschrijvingen(parse_opdracht(aanbesteding))
        return f"{show_uitslag(uitslag)}\n{json.dumps(uitslag.to_json(), ensure_ascii=False)}"
    except InvoerError as fout:
        return f"Geweigerd: {fout}"


def test_golden_of_rankings(pytestconfig: pytest.Config) -> None:
    tekst = "\n".join(f"== {naam}\n{show_of_weigering(a)}\n" for naam, a in list_aanbestedingen())
    check_vaste_tekst(GOLDEN / "uitslagen.txt", tekst, pytestconfig)


def test_golden_of_rehearsals(pytestconfig: pytest.Config) -> None:
    delen: list[str] = []
    for naam, aanbesteding in list_aanbestedingen():
        proef = build_proef(parse_opdracht(aanbesteding))
        delen.append(f"== {naam}\n{show_proef(proef)}\n{json.dumps(proef.to_json(), ensure_ascii=False)}\n")
    check_vaste_tekst(GOLDEN / "proeven.txt", "\n".join(delen), pytestconfig)


def test_golden_of_a_division(pytestconfig: pytest.Config) -> None:
    gebied = make_verdeling(maximum_per_inschrijver=2, een_per_gebied={"1": "Noord", "2": "Noord"})
    goed = [
        make_verdeling(),
        gebied,
        make_verdeling(maximum_per_inschrijver=None, een_per_gebied={"3": "Zuid"}),
    ]
    delen = [show_verdeling(divide_percelen(parse_verdeling(v))) for v in goed]
    delen.append(json.dumps(divide_percelen(parse_verdeling(gebied)).to_json(), ensure_ascii=False))
    gelijk = make_vast_tarief(
        inschrijvingen=[{"aanbieder": n, "scores": {"K1": "1", "K2": "1"}} for n in "AB"]
    )
    staffel = make_aanbesteding("staffel")
    staffel["criteria"][1]["parameters"] = [{"tot": "50", "punten": "40"}]
    for kapot in (
        {"percelen": {}},
        {"percelen": {"\x00": 7, "2": make_aanbesteding(reservelijst=1, maximum_aanbieders=1, kleur="rood")}},
        {"percelen": {"1": staffel, "2": staffel, "3": make_aanbesteding()}},
        {"percelen": {"1": gelijk | {"maximum_aanbieders": 1}}, "volgorde": ["1"]},
        {
            "kleur": "rood",
            "volgorde": "1",
            "maximum_per_inschrijver": "0",
            "een_per_gebied": {"9": 3, "1": " "},
        },
        {"volgorde": ["1", "4"], "een_per_gebied": {"9": "Noord"}},
    ):
        with pytest.raises(InvoerError) as gevangen:
            divide_percelen(parse_verdeling(make_verdeling(**kapot)))
        delen.append("\n".join(gevangen.value.fouten))
    check_vaste_tekst(GOLDEN / "verdeling.txt", "\n\n".join([*delen, ""]), pytestconfig)


def list_bladen(waarde: Any, pad: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value of a JSON form, the containers included."""
    if pad:
        yield pad
    delen = (
        waarde.items() if isinstance(waarde, dict) else enumerate(waarde) if isinstance(waarde, list) else ()
    )
    for sleutel, deel in delen:
        yield from list_bladen(deel, (*pad, sleutel))


def replace_blad(vorm: Any, pad: tuple[Any, ...], waarde: object) -> Any:
    kopie = copy.deepcopy(vorm)
    doel = kopie
    for sleutel in pad[:-1]:
        doel = doel[sleutel]
    doel[pad[-1]] = waarde
    return kopie


def list_kapotte() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every value of a small tender of every kind, replaced by something else; one bid keeps it readable."""
    deel = {
        "code": "S",
        "gewicht": "60",
        "minimum": "1",
        "schaal": {"min": "0", "max": "60", "punten": ["45"]},
    }
    hoofd = {
        "code": "K",
        "soort": "kwaliteit",
        "naam": "Plan",
        "gewicht": "60",
        "minimum": "9",
        "subcriteria": [deel],
    }
    met_sub = make_aanbesteding(
        "rangpunten", totaalgewicht="100", minimum_totaal="5", lage_prijs={"drempel": "20"}
    )
    met_sub["criteria"] = [
        hoofd,
        met_sub["criteria"][1] | {"parameters": {"punten": ["40", "9"], "overig": "1"}},
    ]
    met_sub["inschrijvingen"] = [{"aanbieder": "A", "scores": {"S": "45"}, "prijs": "70", "ongeldig": None}]
    op_waarde = make_gunnen_op_waarde(maximum_aanbieders=2, reservelijst=1, uitgevallen=["A"], loting=["A"])
    op_waarde["criteria"][0] |= {"malus": "5", "neutraal": "30", "gewicht": "7"}
    staffel = make_aanbesteding("staffel")
    for naam, vorm in (
        ("subcriteria", met_sub),
        ("op waarde", op_waarde),
        ("staffel", staffel),
        ("bandbreedte", make_aanbesteding("vaste_bandbreedte", ondergrens="5")),
        ("vast tarief", make_vast_tarief()),
    ):
        vorm["inschrijvingen"] = vorm["inschrijvingen"][:1]
        for pad in list_bladen(vorm):
            for waarde in (None, True, "-1", []):
                yield (
                    f"{naam} {'.'.join(map(str, pad))}={json.dumps(waarde)}",
                    replace_blad(vorm, pad, waarde),
                )
            if isinstance(pad[-1], str):
                yield (
                    f"{naam} {'.'.join(map(str, pad))}+x",
                    replace_blad(vorm, (*pad[:-1], f"{pad[-1]}x"), "1"),
                )


def show_gelezen(aanbesteding: dict[str, Any]) -> str:
    try:
        opdracht = parse_opdracht(aanbesteding)
    except InvoerError as fout:
        return " / ".join(fout.fouten)
    try:
        uitslag = rank_inschrijvingen(opdracht).to_json()
        return f"goed: {json.dumps(uitslag, ensure_ascii=False)}"
    except InvoerError as fout:
        return f"geweigerd: {fout}"


def test_golden_of_every_fault(pytestconfig: pytest.Config) -> None:
    regels: list[str] = []
    for geval in FOUTEN:
        aanbesteding = make_aanbesteding()
        geval.values[0](aanbesteding)
        regels.append(f"{geval.id}: {show_gelezen(aanbesteding)}")
    regels += [f"{naam}: {show_gelezen(vorm)}" for naam, vorm in list_kapotte()]
    check_vaste_tekst(GOLDEN / "fouten.txt", "\n".join([*regels, ""]), pytestconfig)

"""Every rule has a code, a legal basis and a condition, and was seen passing and refusing."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict

import pytest

from aanbesteding.domain.regel import Regel
from aanbesteding.procedure import Procedure
from aanbesteding.procedures import PROCEDURES
from aanbesteding.procedures.poorten import POORTEN, Poort
from contract.sjabloonlijst import report
from docs import MELDINGEN, index_regels, list_regels, load_meldingen

REGELS = list_regels()
KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
voor_elke_regel = pytest.mark.parametrize(
    "regel", [r for r, _ in REGELS], ids=[f"{r.toets.__module__.split('.')[2]}/{r.code}" for r, _ in REGELS]
)


@voor_elke_regel
def test_regel_states_code_grondslag_and_condition(regel: Regel) -> None:
    assert KEBAB.fullmatch(regel.code)
    assert regel.grondslag.strip()
    assert "FEITEN" not in regel.grondslag, "een gebruiker kent de lijst met feiten niet; noem de bron zelf"
    assert regel.zekerheid in ("geverifieerd", "onbevestigd")
    eerste = (regel.toets.__doc__ or "").strip().partition("\n")[0]
    assert re.fullmatch(r"[A-Z0-9].*\.", eerste), (
        f"de eerste regel van de docstring is geen hele zin: '{eerste}'"
    )


def test_one_code_has_one_meaning() -> None:
    per_code: dict[str, dict[str, str]] = defaultdict(dict)
    for regel, _ in REGELS:
        per_code[regel.code][f"{regel.grondslag} ({regel.ernst.value})"] = regel.toets.__module__.split(".")[
            2
        ]
    report(f"{code}: {soorten}" for code, soorten in sorted(per_code.items()) if len(soorten) > 1)


def test_no_handeling_asks_a_rule_twice() -> None:
    gevraagd = Counter((code, handeling) for regel, handelingen in REGELS for handeling in handelingen
                       for code in [regel.code])  # fmt: skip
    assert [paar for paar, aantal in gevraagd.items() if aantal > 1] == []


def test_every_regel_was_seen_passing_and_refusing(regeluitkomsten: dict[str, Counter[bool]]) -> None:
    """Runs last (tests/conftest.py), over the outcomes of all tests of the session."""
    regels = sorted(regeluitkomsten.items())
    fouten = [f"{naam}: nooit geslaagd" for naam, telling in regels if not telling[True]]
    fouten += [f"{naam}: nooit geweigerd" for naam, telling in regels if not telling[False]]
    report(fouten)


def test_every_melding_in_the_documentation_is_real(
    meldingen: dict[str, set[str]], request: pytest.FixtureRequest
) -> None:
    """docs/meldingen.json holds per rule one message that a user reads; `make golden` writes it again."""
    bekend = load_meldingen()
    if request.config.getoption("--golden"):
        bekend = {
            naam: bekend[naam] if bekend.get(naam) in gezien else min(gezien, key=lambda m: (len(m), m))
            for naam, gezien in sorted(meldingen.items())
            if gezien
        }
        tekst = json.dumps(bekend, ensure_ascii=False, indent=1, sort_keys=True)
        MELDINGEN.write_text(f"{tekst}\n", encoding="utf-8", newline="\n")
    report(
        f"{naam}: draai 'make golden' en 'make docs'"
        for naam, gezien in sorted(meldingen.items())
        if bekend.get(naam) not in gezien
    )
    assert set(bekend) == set(meldingen)


# --- gates ------------------------------------------------------------------------------------------------

voor_elke_poort = pytest.mark.parametrize("poort", POORTEN, ids=lambda p: f"{p.van} naar {p.naar}")


@voor_elke_poort
def test_every_condition_of_a_gate_is_guarded_by_rules_of_its_acts(poort: Poort) -> None:
    bij = index_regels()
    report(f"handeling {code} bestaat niet" for code in poort.handelingen if code not in bij)
    gevraagd = {r.code for code in poort.handelingen for r in bij[code]}
    assert poort.voorwaarden
    report(f"{v.tekst}: geen regel" for v in poort.voorwaarden if not v.regels)
    report(f"{v.tekst}: {c}" for v in poort.voorwaarden for c in v.regels if c not in gevraagd)


def test_the_table_of_gates_has_every_line() -> None:
    assert len(POORTEN) == 18
    assert len({(p.van, p.naar) for p in POORTEN}) == len(POORTEN)


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda p: p.code)
def test_every_act_of_a_gate_has_rules_in_every_procedure_that_has_it(procedure: Procedure) -> None:
    eigen = {h.code: h for _, h in procedure.list_handelingen()}
    report(
        f"{code} heeft geen regels"
        for poort in POORTEN
        for code in poort.handelingen
        if code in eigen and not eigen[code].regels
    )

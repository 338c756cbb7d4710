"""Every rule has a code, a legal basis and a condition, and was seen passing and refusing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from aanbesteding.domain.regel import Regel
from contract.sjabloonlijst import report
from docs import list_regels

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

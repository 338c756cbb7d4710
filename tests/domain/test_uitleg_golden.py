"""What a user reads of every term, word for word: dates, steps with article, warnings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from aanbesteding.domain.norm import load_normen
from aanbesteding.domain.termijn import (
    PROCEDURES,
    Eenheid,
    Regime,
    Termijn,
    check_aanvang_opschortende_termijn,
    check_ouderdom,
    count_aankondiging_gunning,
    count_bewaartermijn,
    count_gestanddoening,
    count_inschrijftermijn,
    count_nvi,
    count_opschortende_termijn,
    count_periode,
    count_vervaltermijn,
    to_json,
)
from vast import check_vaste_tekst

N = load_normen()
GOLDEN = Path(__file__).parent / "golden"
MOMENT = datetime(2026, 4, 7, 8, 0, tzinfo=UTC)


def d(tekst: str) -> date:
    return date.fromisoformat(tekst)


def periode(aantal: int, eenheid: str, regime: Regime, terug: bool = False) -> Callable[[], Termijn]:
    return lambda: count_periode(d("2026-04-05"), aantal, Eenheid(eenheid), regime, N, terug=terug)


def vervalt(verzonden: str, dagen: int, gelijk: bool) -> Callable[[], Termijn]:
    return lambda: count_vervaltermijn(d(verzonden), dagen, N, gelijk_met_opschortend=gelijk)


TERMIJNEN: dict[str, Callable[[], Termijn]] = {
    "opschortend over Koningsdag": lambda: count_opschortende_termijn(d("2026-04-07"), N),
    "opschortend tot Kerstmis": lambda: count_opschortende_termijn(d("2026-12-04"), N),
    "opschortend over Pasen": lambda: count_opschortende_termijn(d("2027-03-06"), N),
    "vervaltermijn gelijk, de Haagse zaak": vervalt("2020-10-12", 20, True),
    "vervaltermijn strikt, de Haagse zaak": vervalt("2020-10-12", 20, False),
    "vervaltermijn langer": vervalt("2026-04-07", 30, True),
    "vervaltermijn korter en strikt": vervalt("2026-04-07", 15, False),
    "nota van inlichtingen": lambda: count_nvi(d("2026-04-14"), N),
    "nota versneld over Pasen": lambda: count_nvi(d("2026-04-07"), N, versneld=True),
    "nota op een werkdag": lambda: count_nvi(d("2026-06-19"), N),
    "aankondiging van de gunning": lambda: count_aankondiging_gunning(d("2026-04-03"), N),
    "aankondiging per kwartaal": lambda: count_aankondiging_gunning(d("2026-11-03"), N, per_kwartaal=True),
    "aankondiging oud recht": lambda: count_aankondiging_gunning(d("2016-06-01"), N),
    "gestanddoening": lambda: count_gestanddoening(d("2026-04-14"), 90),
    "bewaren": lambda: count_bewaartermijn(d("2026-05-02"), N),
    "bewaren na de overeenkomst": lambda: count_bewaartermijn(
        d("2026-05-02"), N, einde_overeenkomst=d("2030-12-31")
    ),
    "91 dagen Termijnenwet": periode(91, "dagen", Regime.ATW),
    "91 dagen Termijnenwet terug": periode(91, "dagen", Regime.ATW, terug=True),
    "drie weken verordening": periode(3, "weken", Regime.EU),
    "twee dagen verordening": periode(2, "dagen", Regime.EU),
    "drie dagen Termijnenwet terug": periode(3, "dagen", Regime.ATW, terug=True),
    "een maand stukken terug": periode(1, "maanden", Regime.CONTRACT, terug=True),
    **{
        f"inschrijven {procedure}{' op papier' if papier else ''}": (
            lambda procedure=procedure, papier=papier: count_inschrijftermijn(
                procedure, d("2026-03-02"), N, elektronisch=not papier, documenten_vrij=not papier
            )
        )
        for procedure in PROCEDURES
        for papier in (False, True)
    },
}


def test_golden_uitleg_of_every_term(pytestconfig: pytest.Config) -> None:
    check_vaste_tekst(
        GOLDEN / "termijnen.txt", "\n".join(show(naam, f()) for naam, f in TERMIJNEN.items()), pytestconfig
    )


def show(naam: str, termijn: Termijn) -> str:
    regels = [f"== {naam}"]
    for sleutel, waarde in to_json(termijn).items():
        if sleutel == "uitleg":
            regels += [f"  {s.regel} | {s.datum} | {s.tekst} | {s.grondslag}" for s in termijn.uitleg]
        elif isinstance(waarde, list):
            regels += [f"let op: {tekst}" for tekst in waarde]
        else:
            regels.append(f"{sleutel}: {waarde}")
    return "\n".join([*regels, ""])


def test_golden_of_evidence_and_of_a_standstill_that_has_not_started(pytestconfig: pytest.Config) -> None:
    regels: list[str] = []
    for soort, bewijs, ingediend in (
        ("gva", "2024-04-13", "2026-04-14"),
        ("gva", "2024-04-14", "2026-04-14"),
        ("belasting", "2026-02-28", "2026-08-31"),
        ("handelsregister", "2026-08-31", "2027-02-28"),
    ):
        u = check_ouderdom(d(bewijs), d(ingediend), soort, N)
        regels += [f"{u.code} | {u.voldoet} | {u.oudste_datum} | {u.tekst} | {u.grondslag}"]
    for verzendingen, zonder in (
        ({}, ()),
        ({"A": None, "B": MOMENT, "C": MOMENT + timedelta(days=1)}, ("C", "B")),
    ):
        regels += [f"{g.soort} | {g.tekst}" for g in check_aanvang_opschortende_termijn(verzendingen, zonder)]
    check_vaste_tekst(GOLDEN / "bewijs_en_aanvang.txt", "\n".join([*regels, ""]), pytestconfig)

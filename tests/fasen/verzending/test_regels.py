"""Letters leave once, on the day that they name, and never letters in whose place others came."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import (
    BezorgingGemeld,
    GunningsbeslissingMeegedeeld,
    VerzenddatumVerzet,
    VerzendingGestart,
)
from aanbesteding.domain.verzending import find_vervanger, is_gestart, list_meldingen, load_verzenddatum
from aanbesteding.engine.perform import check_regels
from aanbesteding.fasen.verzending import FASE
from aanbesteding.fasen.verzending.invoer import BezorgingMelden, VerzendingStarten
from bouwers import make_dossier, make_situatie, moment

NU = "2026-07-20 15:00"


def beslissing(
    soort: type[GunningsbeslissingMeegedeeld] = GunningsbeslissingMeegedeeld, **velden: Any
) -> Feit:
    basis: dict[str, Any] = {
        "percelen": ("1",),
        "verzenddatum": date(2026, 7, 20),
        "opschortende_termijn_einde": moment("2026-08-10 23:59"),
        "vervaltermijn_einde": moment("2026-08-10 23:59"),
        "vroegste_ondertekening": date(2026, 8, 11),
    }
    return soort(**(basis | velden))


def refused(code: str, invoer: Any, *feiten: Feit, nu: str = NU) -> set[str]:
    """Which rules of the act refuse, after these facts (the first one makes version 1)."""
    dossier = make_dossier()
    for feit in feiten:
        dossier = dossier.met(feit, moment=moment("2026-07-20"))
    situatie = make_situatie(dossier=dossier, invoer=invoer, nu=nu)
    return {o.code for o in check_regels(FASE.load_handeling(code), situatie, met_invoer=True)}


@pytest.mark.parametrize(
    ("feiten", "nu", "codes"),
    [
        pytest.param((beslissing(),), NU, set[str](), id="op de dag die in de brieven staat"),
        pytest.param(
            (beslissing(),), "2026-07-20 23:59", set[str](), id="tot het einde van die dag in Nederland"
        ),
        pytest.param(
            (beslissing(),), "2026-07-21 00:00", {"verzenddatum-is-niet-vandaag"}, id="een dag te laat"
        ),
        pytest.param((beslissing(),), "2026-07-19", {"verzenddatum-is-niet-vandaag"}, id="een dag te vroeg"),
        pytest.param(
            (beslissing(), VerzendingGestart(besluit=1)),
            NU,
            {"verzending-al-gestart"},
            id="voor de tweede keer",
        ),
        pytest.param(
            (beslissing(), beslissing(VerzenddatumVerzet, vervangt=1)),
            NU,
            {"brieven-vervangen"},
            id="vervangen brieven",
        ),
        pytest.param((VerzendingGestart(besluit=7),), NU, set[str](), id="brieven zonder verzenddatum"),
    ],
)
def test_sending_starts_only(feiten: tuple[Feit, ...], nu: str, codes: set[str]):
    assert refused("verzending_starten", VerzendingStarten(besluit=1), *feiten, nu=nu) == codes


@pytest.mark.parametrize(
    ("feiten", "op", "codes"),
    [
        pytest.param((VerzendingGestart(besluit=1),), NU, set[str](), id="na de start"),
        pytest.param((), NU, {"verzending-niet-gestart"}, id="voor de start"),
        pytest.param(
            (VerzendingGestart(besluit=1),), "2026-07-20 15:01", {"melding-in-toekomst"}, id="vooraf"
        ),
    ],
)
def test_something_is_told_of_a_letter_only(feiten: tuple[Feit, ...], op: str, codes: set[str]):
    invoer = BezorgingMelden(
        besluit=1, ontvanger="I-001", melding="teruggekomen", op=moment(op), toelichting="mail kwam terug"
    )
    assert refused("bezorging_melden", invoer, *feiten) == codes


def test_facts_tell_which_letters_count_and_for_which_day():
    dossier = make_dossier().met(beslissing(), moment=moment("2026-07-20"))
    later = dossier.met(
        beslissing(VerzenddatumVerzet, vervangt=dossier.versie, verzenddatum=date(2026, 7, 22))
    )
    assert find_vervanger(dossier, dossier.versie) is None
    assert find_vervanger(later, dossier.versie) == later.versie
    assert load_verzenddatum(later, dossier.versie) == date(2026, 7, 20)
    assert load_verzenddatum(later, later.versie) == date(2026, 7, 22)
    assert load_verzenddatum(later, 99) is None
    assert not is_gestart(later, later.versie)
    gemeld = BezorgingGemeld(
        besluit=2, ontvanger="I-001", melding="opnieuw", op=moment(NU), toelichting="gebeld"
    )
    assert list_meldingen(later.met(gemeld), 2) == {"I-001": (gemeld,)}
    assert list_meldingen(later.met(gemeld), 3) == {}

"""An undertaking that stands in two bids for one perceel is noticed, by name."""

from __future__ import annotations

from typing import Any

import pytest

from aanbesteding.domain.feiten import (
    Bijdrage,
    Inschrijving,
    InschrijvingenGeopend,
    InschrijvingenOntvangen,
    InschrijvingInhoud,
    Perceelinschrijving,
)
from aanbesteding.fasen.beoordeling.regels_leden import normalise_naam, onderneming_in_een_inschrijving
from bouwers import make_dossier, make_inschrijving, make_situatie


def beoordeel(leden: dict[int, tuple[str, ...]], percelen: dict[int, str] | None = None) -> Any:
    """What the rule says of bids with these members; bids are for perceel 1 unless said otherwise."""
    waar = {n: (percelen or {}).get(n, "1") for n in leden}
    inhoud = tuple(
        InschrijvingInhoud(
            nummer=f"I-{n:03d}",
            percelen=(
                Perceelinschrijving(
                    perceel=waar[n],
                    producten=(),
                    antwoorden={},
                    bijdragen=tuple(Bijdrage(eis="M1", lid=lid, aantal=1) for lid in namen),
                ),
            ),
        )
        for n, namen in leden.items()
    )
    ontvangen: list[Inschrijving] = [make_inschrijving(n, (waar[n],)) for n in leden]
    dossier = make_dossier(
        InschrijvingenOntvangen(inschrijvingen=tuple(ontvangen)),
        InschrijvingenGeopend(openers=("inkoper.demo", "jurist.demo"), inhoud=inhoud, te_laat=()),
    )
    return onderneming_in_een_inschrijving.check(make_situatie(dossier, onderwerpen=("1", "2")))


EIGEN = "Zorgbedrijf 1 (verzonnen)"


@pytest.mark.parametrize(
    ("leden", "percelen", "zin"),
    [
        pytest.param({1: ("Zorg A B.V.",), 2: ("Zorg B",)}, None, "", id="verschillende leden"),
        pytest.param({1: (EIGEN, "Zorg A")}, None, "", id="de inschrijver zelf als lid"),
        pytest.param({1: ("Zorg A", "Zorg A bv")}, None, "", id="een lid twee keer in dezelfde inschrijving"),
        pytest.param(
            {1: ("Zorg A B.V.",), 2: ("zorg a bv",)},
            None,
            "Perceel 1: Zorg A B.V. en zorg a bv staat in de inschrijvingen I-001 en I-002.",
            id="hetzelfde lid, anders geschreven",
        ),
        pytest.param(
            {1: (), 2: ("Zorgbedrijf 1 (Verzonnen)",)},
            None,
            "I-001 en I-002",
            id="de ene inschrijver is lid van de andere",
        ),
        pytest.param({1: ("Zorg A",), 2: ("Zorg A",)}, {2: "2"}, "", id="hetzelfde lid in een ander perceel"),
        pytest.param(
            {1: ("Zorg A",), 2: ("Zorg A",), 3: ("Zorg A",)},
            None,
            "I-001, I-002 en I-003",
            id="in drie inschrijvingen",
        ),
    ],
)
def test_onderneming_in_twee_inschrijvingen_wordt_gezien(
    leden: dict[int, tuple[str, ...]], percelen: dict[int, str] | None, zin: str
) -> None:
    gevonden = beoordeel(leden, percelen)
    assert (gevonden is not None) is bool(zin)
    assert not zin or zin in gevonden.tekst


@pytest.mark.parametrize(
    ("een", "ander", "gelijk"),
    [
        pytest.param("Coöperatie De Brug U.A.", "cooperatie de brug", True, id="accent en rechtsvorm"),
        pytest.param("Zorg & Co B.V.", "ZORG CO", True, id="leestekens en hoofdletters"),
        pytest.param("Zorg A", "Zorg B", False, id="een andere letter"),
        pytest.param("B.V.", "N.V.", False, id="alleen een rechtsvorm"),
    ],
)
def test_namen_worden_genormaliseerd(een: str, ander: str, gelijk: bool) -> None:
    assert (normalise_naam(een) == normalise_naam(ander)) is gelijk

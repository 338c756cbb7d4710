"""The drafting tool: a draft and its template say the same, both ways."""

from __future__ import annotations

import pytest

from sjabloon import build_sjabloon, parse_concept, show_concept

BRIEF = """titel: Brief {{ brief.kenmerk }}
soort: brief
trefwoord: gunning

# Besluit

{%p if a %}

Wij gunnen aan **{{ winnaar.naam }}**, zie _bijlage_ en snake_case_naam.

{%p endif %}

> Let op: {{ termijn|datum }}
> Daarna niet meer.

- een
  - onder een

[[clausule: termijn-nakoming 3 | Termijn & nakoming]]

1. eerste
2. tweede
a. onderdeel

[[einde clausule]]

!bijschrift Scores
!breedtes 60 40>
| Naam | Score |
{%tr for r in rs %}
| {{ r.naam }} | {{ r.score|getal(2) }} |
{%tr endfor %}

[[slot]]

[[pagina]]

# Bijlage

[[bouwsteen: recht]]

[[afbeelding: grafiek]]
"""


@pytest.mark.parametrize("soort", ["brief", "document", "overeenkomst", "bouwsteen"])
def test_concept_survives_the_way_there_and_back(soort: str) -> None:
    bron = BRIEF.replace("soort: brief", f"soort: {soort}")
    if soort != "brief":
        bron = bron.replace("[[slot]]\n\n", "")
    docx = build_sjabloon(parse_concept(bron))
    assert build_sjabloon(parse_concept(show_concept(docx))) == docx


def test_brief_reads_back_literally() -> None:
    assert show_concept(build_sjabloon(parse_concept(BRIEF))).splitlines() == BRIEF.splitlines()


@pytest.mark.parametrize(
    ("bron", "wat"),
    [
        pytest.param("soort: brief\n\nx", "titel", id="zonder titel"),
        pytest.param("titel: x\nsoort: memo\n\nx", "Onbekende soort", id="onbekende soort"),
        pytest.param("titel: x\nsoort: brief\n\n[[inhoud", "Onbekende opdracht", id="onbekende opdracht"),
        pytest.param("titel: x\n\n| a | b |\n| c |", "1 cellen", id="rij met te weinig cellen"),
        pytest.param("titel: x\n\n2. twee", "begint met '1.'", id="lijst begint bij twee"),
        pytest.param("titel: x\n\n[[clausule: Recht 1]]", "klopt niet", id="clausule zonder naam"),
        pytest.param("titel: x\n\n[[clausule: a 1 | A]]\n\ntekst", "geen", id="clausule niet gesloten"),
        pytest.param("titel: x\nsoort: brief\n\nMet vriendelijke groet,", "vanzelf", id="tweede briefslot"),
        pytest.param("titel: x\n\n[[einde clausule]]", "geen clausule begonnen", id="einde zonder begin"),
    ],
)
def test_wrong_concept_is_refused(bron: str, wat: str) -> None:
    with pytest.raises(ValueError, match=wat):
        build_sjabloon(parse_concept(bron))

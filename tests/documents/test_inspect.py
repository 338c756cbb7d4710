"""What a template asks for and which branches it has."""

from __future__ import annotations

from pathlib import Path

from aanbesteding.documents.inspect import list_takken, list_velden
from documents.maak import make_docx

GOED = """# Kop

{%p for p in percelen %}
{{ p.naam }}{% if not p.gegund %} niet{% endif %} {{ p.datum|datum }}
{%p endfor %}"""


def test_velden_are_found_through_loops_conditions_and_properties(tmp_path: Path) -> None:
    pad = make_docx(tmp_path, GOED, titel="Over {{ zaak.naam }}")
    assert list(list_velden(pad)) == [
        "percelen",
        "percelen[].datum",
        "percelen[].gegund",
        "percelen[].naam",
        "zaak.naam",
    ]


def test_takken_of_a_condition(tmp_path: Path) -> None:
    assert [t.code for t in list_takken(make_docx(tmp_path, GOED))] == [
        "document:1:percelen:rijen", "document:2:not p.gegund:ja", "document:2:not p.gegund:nee",
    ]  # fmt: skip

"""No detour by one of Jinja's own filters, or by `~`, brings a bare None, True, date or amount into a document."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from aanbesteding.documents.render import load_template
from aanbesteding.documents.text import extract_text
from aanbesteding.errors import SjabloonMismatch
from documents.maak import make_docx

OMWEGEN = [
    "{{ x|string }}", "{{ x|safe }}", "{{ x|e }}", "{{ x ~ y }}", "{{ y ~ x ~ y }}",
    '{{ (x,)|join(", ") }}', '{{ [y, x]|join(", ") }}', "{{ x|pprint }}", "{{ x|title }}", "{{ x|upper }}",
    "{{ x|center(20) }}", "{{ x|tojson }}", "{{ x|urlize }}", "{{ x|trim }}",
]  # fmt: skip


@pytest.mark.parametrize("omweg", OMWEGEN)
@pytest.mark.parametrize("waarde", [None, True, date(2026, 4, 7), 1.5, Decimal("1.5")], ids=repr)
def test_a_bare_value_is_refused_by_every_detour(tmp_path: Path, omweg: str, waarde: object) -> None:
    sjabloon = load_template(make_docx(tmp_path, f"Beste {omweg}."), cache=False)
    with pytest.raises(SjabloonMismatch, match=r"het veld is leeg|kan niet zo in de tekst"):
        sjabloon.render_bytes({"x": waarde, "y": "y"})


@pytest.mark.parametrize(
    ("omweg", "tekst"),
    [
        ("{{ x|upper }}", "A<B"), ("{{ x ~ y }}", "a<by"), ('{{ [y, x]|join(", ") }}', "y, a<b"),
        ("{{ dag|datum ~ y }}", "7 april 2026y"),
    ],
)  # fmt: skip
def test_text_and_whole_numbers_still_go_through(tmp_path: Path, omweg: str, tekst: str) -> None:
    sjabloon = load_template(make_docx(tmp_path, f"Beste {omweg}."), cache=False)
    uit = sjabloon.render_bytes({"x": "a<b", "y": "y", "dag": date(2026, 4, 7)})
    assert f"Beste {tekst}." in extract_text(uit)


def test_the_filter_that_fills_out_texts_is_not_there(tmp_path: Path) -> None:
    sjabloon = load_template(make_docx(tmp_path, 'Beste {{ "%s-%s"|format(x, 3) }}.'), cache=False)
    with pytest.raises(SjabloonMismatch, match="format"):
        sjabloon.render_bytes({"x": "a"})

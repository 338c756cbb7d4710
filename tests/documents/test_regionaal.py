"""A region with a template of its own gets that one; every other region gets the national one."""

from __future__ import annotations

from pathlib import Path

from aanbesteding.documents.catalogus import Sjablonen, make_jinja_context
from aanbesteding.documents.text import extract_text
from aanbesteding.fasen.marktconsultatie.documenten import UITNODIGING
from bouwers import make_huisstijl

SJABLONEN = Sjablonen(Path(__file__).parents[2] / "sjablonen")


def render(regio: str) -> str:
    """The invitation as this region sends it."""
    stijl = make_huisstijl()
    geladen = SJABLONEN.load(UITNODIGING, regio, stijl)
    return extract_text(geladen.template.render_bytes(make_jinja_context(UITNODIGING.voorbeeld(), stijl)))


def test_the_bommelerwaard_invites_in_its_own_words() -> None:
    assert "sinds 2018 samen in" in render("bommelerwaard")


def test_another_region_invites_in_the_national_words() -> None:
    tekst = render("westfriesland")
    assert "sinds 2018" not in tekst
    assert "Daarom nodigen wij u uit voor onze marktconsultatie." in tekst

"""Which clause stands in a document, in which version and under which condition: from the template and back."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.documents.clausules import Clausule, find_clausules, list_voorwaarden
from aanbesteding.documents.render import load_template
from documents.maak import HUISSTIJL, make_docx

CONTEXT: dict[str, Any] = {"a": True, "b": False, "rijen": ["x", "y"], "naam": "Zorg"}


def mark(pad: Path) -> Path:
    """Turn every paragraph `<<id:versie>> text` into a clause: a content control with that tag."""
    with zipfile.ZipFile(pad) as pakket:
        leden = {n: pakket.read(n) for n in pakket.namelist()}
    body = leden["word/document.xml"].decode()

    def wrap(alinea: re.Match[str]) -> str:
        merk = re.search(r"&lt;&lt;([^:]+):(.+?)&gt;&gt; ?", alinea[0])
        if merk is None:
            return alinea[0]
        kaal = alinea[0].replace(merk[0], "")
        return (
            f'<w:sdt><w:sdtPr><w:tag w:val="clausule:{merk[1]}:{merk[2]}"/></w:sdtPr>'
            f"<w:sdtContent>{kaal}</w:sdtContent></w:sdt>"
        )

    leden["word/document.xml"] = re.sub(r"<w:p>.*?</w:p>", wrap, body, flags=re.DOTALL).encode()
    with zipfile.ZipFile(pad, "w") as uit:
        for naam, inhoud in leden.items():
            uit.writestr(naam, inhoud)
    return pad


def make(map_: Path, tekst: str) -> Path:
    return mark(make_docx(map_, tekst))


def render(pad: Path, **anders: Any) -> bytes:
    return load_template(pad, huisstijl=HUISSTIJL).render_bytes({**CONTEXT, **anders})


@pytest.mark.parametrize(
    ("tekst", "voorwaarde"),
    [
        pytest.param("<<12:3>> Vast.", "altijd", id="zonder voorwaarde"),
        pytest.param("{%p if a %}\n<<12:3>> Als a.\n{%p endif %}", "a", id="onder een voorwaarde"),
        pytest.param("{%p if not a %}\n<<12:3>> Niet.\n{%p endif %}", "niet a", id="onder een ontkenning"),
        pytest.param("{%p if a %}\nJa\n{%p else %}\n<<12:3>> Nee.\n{%p endif %}", "niet a", id="in de andere tak"),
        pytest.param(
            "{%p if a %}\nJa\n{%p elif b %}\n<<12:3>> B.\n{%p else %}\nN\n{%p endif %}", "niet a en b", id="in een elif"
        ),
        pytest.param(
            "{%p if not a %}\nJa\n{%p elif b %}\nB\n{%p else %}\n<<12:3>> N.\n{%p endif %}",
            "a en niet b",
            id="na een elif",
        ),
        pytest.param(
            "{%p if a %}\n{%p for r in rijen %}\n<<12:3>> R.\n{%p endfor %}\n{%p endif %}",
            "a en voor elk van rijen",
            id="in een lus onder een voorwaarde",
        ),
        pytest.param(
            "{%p if a %}\n<<12:3>> A.\n{%p endif %}\n\n{%p if b.c %}\n<<12:3>> B.\n{%p endif %}",
            "a of b.c",
            id="op twee plaatsen",
        ),
    ],
)  # fmt: skip
def test_condition_of_a_clause_is_what_the_template_asks_around_it(
    tmp_path: Path, tekst: str, voorwaarde: str
):
    assert list_voorwaarden(make(tmp_path, tekst)) == {("12", "3"): voorwaarde}


def test_document_holds_the_clauses_whose_condition_is_met(tmp_path: Path):
    pad = make(
        tmp_path, "<<1:1>> Vast.\n\n{%p if a %}\n<<2:4>> A.\n{%p else %}\n<<3:1>> Niet a.\n{%p endif %}"
    )
    voorwaarden = list_voorwaarden(pad)
    assert find_clausules(render(pad), voorwaarden) == (Clausule("1", "1", "altijd"), Clausule("2", "4", "a"))
    assert find_clausules(render(pad, a=False), voorwaarden) == (
        Clausule("1", "1", "altijd"),
        Clausule("3", "1", "niet a"),
    )


def test_clause_in_a_loop_counts_once_and_without_rows_not_at_all(tmp_path: Path):
    pad = make(tmp_path, "{%p for r in rijen %}\n<<7:2>> {{ r }}.\n{%p endfor %}\n\nSlot.")
    assert [(c.id, c.versie) for c in find_clausules(render(pad))] == [("7", "2")]
    assert find_clausules(render(pad, rijen=[])) == ()


def test_clause_without_words_is_not_sent(tmp_path: Path):
    pad = make(tmp_path, "<<8:1>> {% if a %}Tekst{% endif %}\n\nSlot.")
    assert len(find_clausules(render(pad))) == 1
    assert find_clausules(render(pad, a=False)) == ()


def test_text_of_a_supplier_is_never_a_clause(tmp_path: Path):
    pad = make(tmp_path, "Aan {{ naam }}.")
    naam = '<w:sdt><w:sdtPr><w:tag w:val="clausule:99:1"/></w:sdtPr></w:sdt> clausule:99:1'
    assert find_clausules(render(pad, naam=naam)) == ()


def test_building_block_is_a_clause_with_the_condition_around_its_place(tmp_path: Path):
    make_docx(tmp_path / "_bouwstenen", "Uw rechten, {{ naam }}.", naam="rechten")
    pad = make_docx(tmp_path, "{%p if a %}\n[[bouwsteen: rechten]]\n{%p endif %}\n\nSlot.", naam="host")
    assert list_voorwaarden(pad) == {("rechten", "1"): "a"}
    assert find_clausules(render(pad), list_voorwaarden(pad)) == (Clausule("rechten", "1", "a"),)
    assert find_clausules(render(pad, a=False)) == ()

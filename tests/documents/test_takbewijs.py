"""A branch that leaves its run and comes back is proven; one that could leave the document broken is not."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from aanbesteding.documents.clausules import _scan
from aanbesteding.documents.render_bewijs import has_balanced_takken, is_wellformed

VET = '</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">vet</w:t></w:r><w:r><w:t>'


def alinea(binnen: str) -> str:
    return f"<w:p><w:r><w:t>{binnen}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("bron", "bewezen"),
    [
        pytest.param(alinea(f"a {{% if x %}}{VET}{{% endif %}}"), True, id="uit de run en terug"),
        pytest.param(alinea(f"{{% if x %}}{VET}{{% else %}}b{{% endif %}}"), True, id="of gewone tekst"),
        pytest.param(alinea(f"{{% for y in x %}}{VET}{{% endfor %}}"), True, id="nul of meer keer"),
        pytest.param(alinea("{% set y = 1 %}{{ y }}"), True, id="een waarde onthouden"),
        pytest.param(alinea("{% if x %}</w:t></w:r>{% endif %}"), False, id="uit de run en niet terug"),
        pytest.param(alinea("{% if x %}</w:t></w:r><w:t><w:r>{% endif %}"), False, id="anders terug"),
        pytest.param(f"<w:p>{{% if x %}}{VET}{{% endif %}}</w:p>", False, id="buiten een run"),
        pytest.param(
            "<w:tc><w:p>{% if x %}</w:p></w:tc><w:tc><w:p>{% endif %}</w:p></w:tc>", False, id="een cel erbij"
        ),
    ],
)
def test_takbewijs(bron: str, bewezen: bool):
    omgeving = Environment(autoescape=True)
    assert has_balanced_takken(omgeving.parse(bron)) is bewezen
    if bewezen:
        for x in ([], [1], [1, 2]):
            assert is_wellformed(omgeving.from_string(bron).render(x=x))


def sdt(tag: str, binnen: str) -> str:
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{binnen}</w:sdtContent></w:sdt>'


@pytest.mark.parametrize(
    ("body", "gevonden"),
    [
        pytest.param(sdt("clausule:a:1", alinea("woord")), [("a", "1")], id="met woorden"),
        pytest.param(sdt("clausule:a:1", alinea(" \u00a0")), [], id="alleen wit"),
        pytest.param(sdt("clausule:a:1", "<w:p/>"), [], id="leeg"),
        pytest.param(sdt("clausule:a:1", "<w:p><w:r><w:br/></w:r></w:p>"), [("a", "1")], id="een regeleinde"),
        pytest.param(
            sdt("clausule:a:1", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'), [], id="een bladzijde-einde"
        ),
        pytest.param(
            sdt("bouwsteen:b:2", sdt("clausule:a:1", alinea("x"))), [("b", "2"), ("a", "1")], id="in elkaar"
        ),
        pytest.param(
            sdt("bouwsteen:b:2", sdt("clausule:a:1", "<w:p/>") + alinea("x")),
            [("b", "2")],
            id="binnenste leeg",
        ),
        pytest.param(sdt("iets anders", alinea("x")) + alinea("clausule:c:3"), [], id="geen kenmerk"),
    ],
)
def test_clausules_are_read_from_tags_with_words(body: str, gevonden: list[tuple[str, str]]):
    assert list(_scan(body.encode())) == gevonden

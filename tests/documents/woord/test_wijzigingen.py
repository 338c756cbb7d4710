"""Tracked changes resolve as Word resolves them, and comments are read with who, when and where."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from aanbesteding.documents.text import W
from aanbesteding.documents.woord.opmerkingen import Opmerking, list_opmerkingen
from aanbesteding.documents.woord.wijzigingen import list_wijzigingen, resolve
from documents.woord.maken import edit, make_stuk, read_leden, save_leden

_ = ' w:id="1" w:author="J" w:date="2026-01-01T00:00:00Z"'
WEG = f"<w:pPr><w:rPr><w:del{_}/></w:rPr></w:pPr>"
ERBIJ = f"<w:pPr><w:pStyle w:val='A'/><w:rPr><w:ins{_}/></w:rPr></w:pPr>"
ANDERS = (
    f"<w:pPr><w:pStyle w:val='N'/><w:pPrChange{_}><w:pPr><w:pStyle w:val='O'/></w:pPr></w:pPrChange></w:pPr>"
)


def make_body(xml: str) -> ElementTree.Element:
    return ElementTree.fromstring(f'<w:body xmlns:w="{W[1:-1]}">{xml}</w:body>')


def show(wortel: ElementTree.Element) -> list[str]:
    return [
        "".join(t.text or "" for t in p.iter(f"{W}t"))
        + "".join(f"<{s.get(f'{W}val')}>" for s in p.iter(f"{W}pStyle"))
        for p in wortel.iter(f"{W}p")
    ]


def run(tekst: str, tag: str = "t") -> str:
    return f"<w:r><w:{tag}>{tekst}</w:{tag}></w:r>"


GEVALLEN = [
    pytest.param(f"<w:p>{run('a')}</w:p>", ["a"], ["a"], id="niets"),
    pytest.param(
        f"<w:p>{run('a')}<w:ins{_}>{run('b')}</w:ins><w:del{_}>{run('c', 'delText')}</w:del></w:p>",
        ["ab"], ["ac"], id="woorden",
    ),
    pytest.param(
        f"<w:p><w:ins{_}>{run('a')}<w:del{_}>{run('b', 'delText')}</w:del></w:ins></w:p>", ["a"], [""], id="in elkaar"
    ),
    pytest.param(
        f"<w:p>{ERBIJ}{run('a')}</w:p><w:p><w:pPr><w:pStyle w:val='B'/></w:pPr>{run('b')}</w:p>",
        ["a<A>", "b<B>"], ["ab<B>"], id="alinea gesplitst",
    ),
    pytest.param(
        f"<w:p>{WEG}<w:del{_}>{run('a', 'delText')}</w:del></w:p><w:p>{run('b')}</w:p>",
        ["b"], ["a", "b"], id="alinea verwijderd",
    ),
    pytest.param(
        f"<w:tbl><w:tr><w:trPr><w:ins{_}/></w:trPr><w:tc><w:p>{run('a')}</w:p></w:tc></w:tr><w:tr><w:tc><w:p>{run('b')}</w:p></w:tc></w:tr></w:tbl>",
        ["a", "b"], ["b"], id="rij toegevoegd",
    ),
    pytest.param(
        f"<w:tbl><w:tr><w:trPr><w:del{_}/></w:trPr><w:tc><w:p>{run('a')}</w:p></w:tc></w:tr><w:tr><w:tc><w:p>{run('b')}</w:p></w:tc></w:tr></w:tbl>",
        ["b"], ["a", "b"], id="rij verwijderd",
    ),
    pytest.param(
        f"<w:tbl><w:tr><w:tc><w:tcPr><w:cellIns{_}/></w:tcPr><w:p>{run('a')}</w:p></w:tc><w:tc><w:p>{run('b')}</w:p></w:tc></w:tr></w:tbl>",
        ["a", "b"], ["b"], id="cel toegevoegd",
    ),
    pytest.param(
        f"<w:p><w:moveFrom{_}>{run('a')}</w:moveFrom>{run('b')}</w:p><w:p><w:moveTo{_}>{run('a')}</w:moveTo></w:p>",
        ["b", "a"], ["ab", ""], id="verplaatst",
    ),
    pytest.param(
        f"<w:p>{ANDERS}{run('a')}</w:p>",
        ["a<N>"], ["a<O>"], id="opmaak",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "aanvaard", "verworpen"), GEVALLEN)
def test_changes_are_accepted_and_rejected(xml: str, aanvaard: list[str], verworpen: list[str]) -> None:
    body = make_body(xml)
    voor = ElementTree.tostring(body)
    assert show(resolve(body, accepteer=True)) == aanvaard
    assert show(resolve(body, accepteer=False)) == verworpen
    assert ElementTree.tostring(body) == voor
    assert bool(list(list_wijzigingen("x", body))) == (_ in xml)


def test_comments_are_read_with_who_when_and_about_what() -> None:
    ns = f'xmlns:w="{W[1:-1]}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    opmerkingen = (
        f'<w:comments {ns}><w:comment w:id="0" w:author="J. Urist" w:initials="JU" w:date="2026-11-25T10:00:00Z">'
        '<w:p w14:paraId="A1"><w:r><w:t>Klopt dit?</w:t></w:r></w:p></w:comment>'
        '<w:comment w:id="1" w:author="I. Nkoop" w:initials="IN" w:date="2026-11-25T11:00:00Z">'
        '<w:p w14:paraId="A2"><w:r><w:t>Ja.</w:t></w:r></w:p></w:comment></w:comments>'
    )
    draad = (
        '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:commentEx w15:paraId="A1" w15:done="0"/>'
        '<w15:commentEx w15:paraId="A2" w15:paraIdParent="A1" w15:done="1"/></w15:commentsEx>'
    )
    docx = edit(
        make_stuk().docx,
        ("kreeg 61 van", 'kreeg </w:t></w:r><w:commentRangeStart w:id="0"/><w:r><w:t>61</w:t></w:r>'
         '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:r><w:t xml:space="preserve"> van'),
    )  # fmt: skip
    leden = {
        **read_leden(docx),
        "word/comments.xml": opmerkingen.encode(),
        "word/commentsExtended.xml": draad.encode(),
    }
    assert list_opmerkingen(save_leden(leden)) == (
        Opmerking("J. Urist", "JU", "2026-11-25T10:00:00Z", "Klopt dit?", "61"),
        Opmerking("I. Nkoop", "IN", "2026-11-25T11:00:00Z", "Ja.", "", "Klopt dit?", True),
    )


def test_document_without_comments_has_none() -> None:
    assert list_opmerkingen(make_stuk().docx) == ()

"""An edited document is reported paragraph by paragraph: unchanged, reworded, or against the dossier."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanbesteding.documents.render_zip import add_koppelingen
from aanbesteding.documents.woord.alineas import parse_merken, read_verhalen
from aanbesteding.documents.woord.upload import open_upload
from aanbesteding.documents.woord.vergelijking import vergelijk
from aanbesteding.documents.woord.verslag import FORMULERING, TEGENSPRAAK, VERVALLEN, Vergelijking, build_json
from documents.woord.maken import compare, edit, find_element, make_stuk, read_leden, save_leden


def list_tegen(uitslag: Vergelijking) -> list[tuple[str, str, str]]:
    return [(t.veld, t.oud, t.nieuw) for t in uitslag.tegenspraken]


def list_waarden(*, alles: bool = False) -> list[tuple[str, str]]:
    """Field and text of every value of the letter (in the running text)."""
    waarden = make_stuk().waarden
    return [
        (waarden.velden[spoor.nummer].pad, alinea.tekst[spoor.begin : spoor.einde])
        for verhaal in read_verhalen(open_upload(waarden.docx))
        if alles or verhaal.rol == "body"
        for alinea in verhaal.alineas
        for spoor in alinea.sporen
    ]


def test_the_same_file_has_only_unchanged_paragraphs() -> None:
    stuk = make_stuk()
    uitslag = vergelijk(stuk.docx, stuk.docx, stuk.waarden)
    assert len(uitslag.alineas) > 10
    assert uitslag.verschillen == ()
    assert uitslag.beletsels == ()


def test_marked_document_has_the_same_words() -> None:
    stuk = make_stuk()
    gewoon, gemerkt = (read_verhalen(open_upload(d)) for d in (stuk.docx, stuk.waarden.docx))
    assert [a.tekst for v in gewoon for a in v.alineas] == [a.tekst for v in gemerkt for a in v.alineas]
    sporen = set(list_waarden(alles=True))
    assert {("punten", "61"), ("einde", "10 augustus 2026"), ("winnaars[].naam", "Hulp B")} <= sporen


@pytest.mark.parametrize(
    ("oud", "nieuw", "veld", "was", "is_nu"),
    [
        pytest.param("10 augustus 2026", "12 augustus 2026", "einde", "10 augustus 2026", "12", id="datum"),
        pytest.param("kreeg 61 van", "kreeg 65 van", "punten", "61", "65", id="getal"),
        pytest.param("kreeg 61 van", "kreeg 61,5 van", "punten", "61", "61,5", id="cijfer erachter"),
        pytest.param("kreeg 61 van", "kreeg 161 van", "punten", "61", "161", id="cijfer ervoor"),
        pytest.param("kreeg 61 van", "kreeg -61 van", "punten", "61", "-", id="minteken"),
        pytest.param("kreeg 61 van", "kreeg 61% van", "punten", "61", "%", id="procentteken"),
        pytest.param("kreeg 61 van", "kreeg veel van", "punten", "61", "veel", id="door een woord vervangen"),
        pytest.param("kreeg 61 van", "kreeg van", "punten", "61", "", id="weggehaald"),
        pytest.param(
            "61 van de 100",
            "100 van de 61",
            "punten",
            "61",
            "100",
            id="met een ander getal verwisseld",
        ),
        pytest.param(
            "1.234,50.", "1.234,50 miljoen.", "prijs", "€ 1.234,50", "miljoen", id="vermenigvuldigd"
        ),
        pytest.param("1.234,50", "1.243,50", "prijs", "€ 1.234,50", "1.243,50", id="bedrag"),
        pytest.param("De Proef B.V.", "De Proef N.V.", "naam", "Zorg De Proef B.V.", "N", id="naam"),
        pytest.param(">87<", ">88<", "winnaars[].totaal", "87", "88", id="cel van een tabel"),
        pytest.param("28 punten", "29 punten", "criteria[].punten", "28", "29", id="regel van een lijst"),
    ],
)
def test_value_of_the_dossier_that_was_changed_is_a_contradiction(
    oud: str, nieuw: str, veld: str, was: str, is_nu: str
) -> None:
    uitslag = compare((oud, nieuw))
    gevonden = [t for t in uitslag.tegenspraken if t.veld == veld]
    assert [t.oud for t in gevonden] == [was]
    assert is_nu in gevonden[0].nieuw
    assert sum(a.oordeel == TEGENSPRAAK for a in uitslag.alineas) == 1


@pytest.mark.parametrize(
    ("oud", "nieuw"),
    [
        pytest.param("U kreeg", "Uw inschrijving kreeg", id="woord ervoor"),
        pytest.param("100 punten.", "100 te behalen punten.", id="woord erachter"),
        pytest.param("Met vriendelijke groet", "Met hartelijke groet", id="zonder waarden"),
        pytest.param("Het bedrag is", "De prijs is:", id="leesteken voor een bedrag"),
    ],
)
def test_other_words_around_a_value_are_wording(oud: str, nieuw: str) -> None:
    uitslag = compare((oud, nieuw))
    assert [a.oordeel for a in uitslag.verschillen] == [FORMULERING]
    assert uitslag.tegenspraken == ()


def test_new_figure_in_the_wording_is_named() -> None:
    (alinea,) = compare(("U kreeg", "Binnen 14 dagen op 3-9-2026: u kreeg")).verschillen
    assert alinea.oordeel == FORMULERING
    assert alinea.cijfers == ("14", "3-9-2026")


def test_paragraph_with_values_that_is_gone_contradicts_and_one_without_does_not() -> None:
    stuk = make_stuk()
    (weg,) = compare((find_element(stuk.docx, "uiterlijk"), "")).verschillen
    assert weg.vorm == VERVALLEN
    assert [t.veld for t in weg.tegenspraken] == ["einde", "rechtbank", "prijs"]
    assert "is weggehaald" in str(weg.tegenspraken[0])
    (groet,) = compare((find_element(stuk.docx, "groet"), "")).verschillen
    assert (groet.oordeel, groet.vorm) == (FORMULERING, VERVALLEN)


def test_rows_that_changed_places_are_contradictions() -> None:
    stuk = make_stuk()
    a, b = (find_element(stuk.docx, naam, "tr") for naam in ("Hulp A", "Hulp B"))
    uitslag = compare((a + b, b + a))
    assert {t.oud for t in uitslag.tegenspraken} == {"Hulp B", "87"}
    assert {t.nieuw for t in uitslag.tegenspraken} == {"staat nu op een andere plaats"}


def test_values_of_two_rows_that_were_swapped_are_contradictions() -> None:
    uitslag = compare((">93<", ">x<"), (">87<", ">93<"), (">x<", ">87<"))
    assert list_tegen(uitslag) == [("winnaars[].totaal", "93", "87"), ("winnaars[].totaal", "87", "93")]


def test_header_is_compared_by_its_role_and_not_by_its_name() -> None:
    stuk = make_stuk()
    leden = read_leden(stuk.docx)
    anders = {
        n.replace("header", "kop"): x.replace(b"header", b"kop") if n.endswith(".rels") else x
        for n, x in leden.items()
    }
    anders["[Content_Types].xml"] = leden["[Content_Types].xml"].replace(b"/word/header", b"/word/kop")
    assert any(n.startswith("word/kop") for n in anders)
    assert vergelijk(stuk.docx, save_leden(anders), stuk.waarden).verschillen == ()


def test_changed_header_contradicts_the_house_style() -> None:
    stuk = make_stuk()
    leden = read_leden(stuk.docx)
    deel = next(n for n, x in leden.items() if n.startswith("word/header") and b"Regio Verzonnen" in x)
    uitslag = compare(("Regio Verzonnen", "Regio Anders"), deel=deel)
    assert uitslag.tegenspraken
    assert all(t.veld.startswith("huisstijl.") and "koptekst" in str(t) for t in uitslag.tegenspraken)


def test_open_tracked_changes_count_as_accepted_and_bar_approval() -> None:
    spoor = (
        'kreeg </w:t></w:r><w:del w:id="1" w:author="J"><w:r><w:delText>61</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="J"><w:r><w:t>65</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve"> van'
    )  # fmt: skip
    uitslag = compare(("kreeg 61 van", spoor))
    assert list_tegen(uitslag) == [("punten", "61", "65")]
    assert [(w.soort, w.auteur, w.tekst) for w in uitslag.wijzigingen] == [
        ("verwijderd", "J", "61"), ("toegevoegd", "J", "65"),
    ]  # fmt: skip
    assert "2 bijgehouden wijzigingen" in uitslag.beletsels[0]


def test_hidden_text_is_no_text_of_the_document() -> None:
    uitslag = compare(('<w:t xml:space="preserve">U kreeg', "<w:rPr><w:vanish/></w:rPr><w:t>U kreeg"))
    assert {t.veld for t in uitslag.tegenspraken} == {"punten", "hoogste", "rang"}
    assert "verborgen tekst" in uitslag.beletsels[0]


def test_later_version_is_compared_with_the_one_before_and_contradicts_the_dossier_still() -> None:
    stuk = make_stuk()
    tweede = edit(stuk.docx, ("kreeg 61 van", "kreeg 65 van"))
    derde = edit(tweede, ("vriendelijke", "hartelijke"))
    uitslag = vergelijk(tweede, derde, stuk.waarden)
    assert [(a.oordeel, a.oud == a.nieuw) for a in uitslag.verschillen] == [
        (TEGENSPRAAK, True),
        (FORMULERING, False),
    ]
    hersteld = vergelijk(tweede, edit(derde, ("65 van", "61 van")), stuk.waarden)
    assert hersteld.tegenspraken == ()
    assert len(hersteld.verschillen) == 2


def test_without_values_nothing_is_called_a_contradiction_and_that_is_said() -> None:
    stuk = make_stuk()
    uitslag = vergelijk(stuk.docx, edit(stuk.docx, ("kreeg 61 van", "kreeg 65 van")), None)
    assert not uitslag.waarden_bekend
    (alinea,) = uitslag.verschillen
    assert (alinea.oordeel, alinea.cijfers) == (FORMULERING, ("65",))


def test_keys_stay_the_same_and_differ_from_each_other() -> None:
    wissel = (">93<", ">1<"), (">87<", ">1<"), ("61 van", "1 van")
    sleutels = [t.sleutel for t in compare(*wissel).tegenspraken]
    assert sleutels == [t.sleutel for t in compare(*wissel).tegenspraken]
    assert len(set(sleutels)) == 3


def test_report_as_data_tells_places_and_counts() -> None:
    uitslag = compare(("10 augustus", "12 augustus"))
    gegevens = build_json(uitslag)
    assert gegevens["ongewijzigd"] == len(uitslag.alineas) - 1
    assert str(uitslag.tegenspraken[0]).startswith(
        "Onder de kop 'Wat u kunt doen', in de zin 'Ga uiterlijk 12 augustus"
    )


def test_link_that_leads_elsewhere_is_told() -> None:
    stuk = make_stuk()
    groet = find_element(stuk.docx, "groet")
    met = re.sub(r"(<w:r>.*</w:r>)", r'<w:hyperlink r:id="rIdKoppeling">\1</w:hyperlink>', groet)
    leden = read_leden(edit(stuk.docx, (groet, met)))
    rels = "word/_rels/document.xml.rels"
    leden[rels] = add_koppelingen(leden[rels], {"https://elders.example": "rIdKoppeling"})
    (alinea,) = vergelijk(stuk.docx, save_leden(leden), stuk.waarden).verschillen
    assert alinea.overig == ("een koppeling leidt nu naar https://elders.example",)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from("a 1,\ufdd0\ufdd1\ufdd2\u00a0\n7"), max_size=30).map("".join))
def test_marks_never_stay_in_the_text(ruw: str) -> None:
    tekst, sporen = parse_merken(ruw)
    assert not set(tekst) & set("\ufdd0\ufdd1\ufdd2\u00a0\n")
    assert all(0 <= s.begin < s.einde <= len(tekst) for s in sporen)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_value_that_is_written_over_is_found(data: st.DataObject) -> None:
    stuk = make_stuk()
    _, waarde = data.draw(st.sampled_from(sorted(set(list_waarden()))))
    teken = data.draw(st.integers(0, len(waarde) - 1))
    nieuw = waarde[:teken] + ("Q" if waarde[teken] != "Q" else "Z") + waarde[teken + 1 :]
    xml = read_leden(stuk.docx)["word/document.xml"].decode().replace("\u00a0", " ")
    anders = save_leden({**read_leden(stuk.docx), "word/document.xml": xml.replace(waarde, nieuw).encode()})
    uitslag = vergelijk(stuk.docx, anders, stuk.waarden)
    assert any(t.oud == waarde or waarde in t.oud for t in uitslag.tegenspraken)

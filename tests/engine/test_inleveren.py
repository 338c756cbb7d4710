"""An edited file is handed in: recognised, compared by the product itself, and kept as the next version."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from aanbesteding.domain.stukken import Stukstatus
from aanbesteding.engine.app import App
from aanbesteding.engine.inleveren import compare_versies, load_versie, perform_inlevering, read_inlevering
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import HandelingRefused, perform
from aanbesteding.engine.stukken import load_stuk
from aanbesteding.engine.verifieer import verify
from aanbesteding.errors import InvoerError
from aanbesteding.fasen import stukken
from documents.woord.maken import edit, find_element, read_leden, save_leden
from fakes import make_app, make_procedure, save_dossier

INKOPER, JURIST, JURIST2 = "inkoper.demo", "jurist.demo", "jurist2.demo"
EEN = "proef/brief-perceel-1.docx"


@pytest.fixture
def app(tmp_path: Path) -> App:
    basis = make_procedure()
    app = make_app(tmp_path, replace(basis, fasen=stukken.begeleid(*basis.fasen)))
    save_dossier(app)
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    for toezegging in list_open(app, "PROEF"):
        assert produce(app, toezegging).fouten == ()
    return app


@pytest.fixture
def brief(app: App) -> bytes:
    return app.bestanden.load("PROEF", EEN)


def change_datum(brief: bytes, *, naar: str = "2027") -> bytes:
    alinea = find_element(brief, "2026")
    return edit(brief, (alinea, alinea.replace("2026", naar)))


def change_woord(brief: bytes, woord: str = "Dag") -> bytes:
    alinea = find_element(brief, "2026")
    return edit(brief, (alinea, alinea.replace("<w:r><w:t", f"<w:r><w:t>{woord} </w:t></w:r><w:r><w:t", 1)))


def test_edited_file_becomes_the_next_version_and_the_evidence_is_whole(app: App, brief: bytes) -> None:
    perform_inlevering(app, "PROEF", change_woord(brief), JURIST, toelichting="Vriendelijker.")
    stuk = load_stuk(app, "PROEF", EEN).stuk
    assert [v.nummer for v in stuk.versies] == [1, 2]
    assert stuk.huidig.verslag is not None
    assert (stuk.huidig.verslag.formulering, stuk.huidig.tegenspraken) == (1, ())
    assert load_versie(app, "PROEF", stuk, 2) == change_woord(brief)
    assert verify(app, "PROEF").in_orde


def test_contradiction_bars_approval_until_it_is_motivated_or_resolved(app: App, brief: bytes) -> None:
    perform_inlevering(app, "PROEF", change_datum(brief), INKOPER)
    gezien = {"stukken": [load_stuk(app, "PROEF", EEN).stuk.gezien]}
    with pytest.raises(HandelingRefused) as weigering:
        perform(app, "PROEF", "stukken_goedkeuren", gezien, JURIST)
    assert {o.code for o in weigering.value.overtredingen} == {"stuk-spreekt-dossier-tegen"}
    perform_inlevering(app, "PROEF", change_woord(brief), INKOPER)
    perform(
        app, "PROEF", "stukken_goedkeuren", {"stukken": [load_stuk(app, "PROEF", EEN).stuk.gezien]}, JURIST
    )
    assert load_stuk(app, "PROEF", EEN).goedgekeurd


def test_motivation_is_kept_with_its_contradiction(app: App, brief: bytes) -> None:
    nieuw = change_datum(brief)
    (tegen,) = read_inlevering(app, "PROEF", nieuw).vergelijking.tegenspraken
    perform_inlevering(
        app, "PROEF", nieuw, INKOPER, motiveringen={tegen.sleutel: "Afgesproken met partijen."}
    )
    stuk = load_stuk(app, "PROEF", EEN).stuk
    (vast,) = stuk.huidig.tegenspraken
    assert vast.motivering == "Afgesproken met partijen."
    assert "2026" in vast.dossier
    assert "2027" in vast.document
    perform(app, "PROEF", "stukken_goedkeuren", {"stukken": [stuk.gezien]}, JURIST)
    assert load_stuk(app, "PROEF", EEN).stuk.status is Stukstatus.GOEDGEKEURD


def test_third_version_is_compared_with_the_second_and_contradicts_the_dossier_still(
    app: App, brief: bytes
) -> None:
    perform_inlevering(app, "PROEF", change_datum(brief), INKOPER)
    derde = read_inlevering(app, "PROEF", change_datum(change_woord(brief, "Beste")))
    assert derde.stuk.huidig.nummer == 2
    assert len(derde.vergelijking.tegenspraken) == 1
    perform_inlevering(app, "PROEF", change_datum(change_woord(brief, "Beste")), INKOPER)
    stuk = load_stuk(app, "PROEF", EEN).stuk
    assert len(compare_versies(app, "PROEF", stuk, 1, 3).tegenspraken) == 1
    assert compare_versies(app, "PROEF", stuk, 3, 1).tegenspraken == ()


@pytest.mark.parametrize(
    ("los", "wat"),
    [
        pytest.param('<w:ins w:id="1"><w:r><w:t>x</w:t></w:r></w:ins>', "bijgehouden wijziging", id="spoor"),
        pytest.param("<w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r>", "verborgen tekst", id="verborgen"),
    ],
)  # fmt: skip
def test_file_that_cannot_be_sent_so_is_not_kept(app: App, brief: bytes, los: str, wat: str) -> None:
    voor = sorted(p.name for p in app.bestanden.folder("PROEF").rglob("*"))
    with pytest.raises(InvoerError, match=wat):
        perform_inlevering(app, "PROEF", edit(brief, ("</w:p>", f"{los}</w:p>")), JURIST)
    assert sorted(p.name for p in app.bestanden.folder("PROEF").rglob("*")) == voor


def test_file_with_comments_is_read_and_not_kept(app: App, brief: bytes) -> None:
    opmerking = (
        b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0" '
        b'w:author="J. Urist"><w:p><w:r><w:t>Klopt dit?</w:t></w:r></w:p></w:comment></w:comments>'
    )
    met = save_leden({**read_leden(change_woord(brief)), "word/comments.xml": opmerking})
    inlevering = read_inlevering(app, "PROEF", met)
    assert [o.tekst for o in inlevering.vergelijking.opmerkingen] == ["Klopt dit?"]
    assert "1 opmerking" in inlevering.beletsels[0]


def test_same_file_other_dossier_and_stranger_are_told(app: App, brief: bytes) -> None:
    assert "gelijk aan de huidige versie" in read_inlevering(app, "PROEF", brief).beletsels[0]
    leden = read_leden(brief)
    elders = {**leden, "docProps/custom.xml": leden["docProps/custom.xml"].replace(b">PROEF<", b">ANDERS<")}
    with pytest.raises(InvoerError, match="hoort bij dossier ANDERS"):
        read_inlevering(app, "PROEF", save_leden(elders))
    vreemd = {
        **leden,
        "docProps/custom.xml": leden["docProps/custom.xml"].replace(b">perceel-1<", b">perceel-9<"),
    }
    with pytest.raises(InvoerError, match="is hier niet gemaakt"):
        read_inlevering(app, "PROEF", save_leden(vreemd))


def test_only_who_may_hand_in_does_and_nothing_is_left_behind(app: App, brief: bytes) -> None:
    voor = sorted(p.name for p in app.bestanden.folder("PROEF").rglob("*"))
    with pytest.raises(HandelingRefused):
        perform_inlevering(app, "PROEF", change_woord(brief), "beoordelaar1.demo")
    assert sorted(p.name for p in app.bestanden.folder("PROEF").rglob("*")) == voor

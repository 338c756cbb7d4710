"""One changed byte anywhere in a dossier is found and named; an edited template changes nothing for what was made."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from aanbesteding.documents.catalogus import Sjablonen
from aanbesteding.documents.herkomst import describe_motor, list_motorverschillen
from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform
from aanbesteding.engine.verifieer import Verificatie, verify
from aanbesteding.errors import OnbekendDossier
from aanbesteding.storage.database import migrate
from aanbesteding.storage.documenten import hash_regel
from aanbesteding.storage.tables import DocumentRow
from documents.maak import make_docx
from fakes import unfreeze
from storage.test_database import downgrade

INKOPER = "inkoper.demo"
BRIEF = "proef/brief-perceel-1.docx"


@pytest.fixture
def gevuld(app: App) -> App:
    """A dossier of three acts with all its documents."""
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    perform(app, "PROEF", "perceel_melden", {"percelen": ["1"], "bedrag": 2}, INKOPER)
    perform(app, "PROEF", "perceel_melden", {"percelen": ["2"], "bedrag": 4}, INKOPER)
    for toezegging in list_open(app, "PROEF"):
        assert produce(app, toezegging).fouten == ()
    return app


def run_sql(app: App, opdracht: str, **waarden: object) -> None:
    with app.database.begin() as verbinding:
        unfreeze(verbinding)
        assert verbinding.execute(text(opdracht), waarden).rowcount


def soorten(uitslag: Verificatie) -> set[str]:
    return {melding.soort for melding in uitslag.meldingen if melding.is_fout}


def test_untouched_dossier_is_in_order_and_every_document_is_made_again(gevuld: App):
    uitslag = verify(gevuld, "PROEF")
    assert uitslag.meldingen == ()
    assert uitslag.in_orde
    assert uitslag.gereproduceerd == uitslag.documenten > 4
    assert uitslag.feiten >= 3
    assert len(uitslag.kop) == 64


def test_empty_dossier_is_in_order(app: App):
    assert verify(app, "PROEF") == Verificatie("PROEF", 0, 0, 0, "", ())


def test_unknown_dossier_is_told(app: App):
    with pytest.raises(OnbekendDossier, match="WEG"):
        verify(app, "WEG")


def test_progress_counts_to_the_end(gevuld: App):
    gezien: list[tuple[int, int]] = []
    uitslag = verify(gevuld, "PROEF", lambda gedaan, totaal: gezien.append((gedaan, totaal)))
    assert gezien[-1] == (uitslag.documenten, uitslag.documenten)


def test_edited_template_does_not_break_what_was_made(gevuld: App):
    make_docx(gevuld.sjablonen.wortel / "proef", "Heel andere tekst.", naam="brief")
    make_docx(gevuld.sjablonen.wortel / "_bouwstenen", "Ook anders.", naam="slot")
    opnieuw = replace(gevuld, sjablonen=Sjablonen(gevuld.sjablonen.wortel))
    assert verify(opnieuw, "PROEF").meldingen == ()


def test_removed_templates_do_not_break_what_was_made(gevuld: App):
    weg = replace(gevuld, sjablonen=Sjablonen(gevuld.sjablonen.wortel / "weg"))
    assert verify(weg, "PROEF").meldingen == ()


@pytest.mark.parametrize(
    ("kolom", "soort"),
    [
        pytest.param("inhoud", "feit gewijzigd", id="de inhoud van een feit"),
        pytest.param("persoon", "feit gewijzigd", id="wie het deed"),
        pytest.param("moment", "feit gewijzigd", id="wanneer het gebeurde"),
        pytest.param("handeling", "feit gewijzigd", id="welke handeling het was"),
        pytest.param("hash", "feit gewijzigd", id="de hash zelf"),
        pytest.param("vorige_hash", "keten gebroken", id="de schakel met het feit ervoor"),
    ],
)
def test_changed_fact_is_found(gevuld: App, kolom: str, soort: str):
    run_sql(gevuld, f"UPDATE feit SET {kolom} = {kolom} || 'x' WHERE volgnummer = 2")
    uitslag = verify(gevuld, "PROEF")
    assert soort in soorten(uitslag)
    assert any("feit 2" in melding.waar for melding in uitslag.meldingen)


def test_every_byte_of_a_fact_counts(gevuld: App):
    with gevuld.database.connect() as verbinding:
        inhoud = verbinding.execute(text("SELECT inhoud FROM feit WHERE volgnummer = 1")).scalar_one()
    for plek in range(len(inhoud)):
        anders = inhoud[:plek] + chr(ord(inhoud[plek]) ^ 1) + inhoud[plek + 1 :]
        run_sql(gevuld, "UPDATE feit SET inhoud = :anders WHERE volgnummer = 1", anders=anders)
        assert "feit gewijzigd" in soorten(verify_keten(gevuld)), f"byte {plek}"


def verify_keten(app: App) -> Verificatie:
    """Only the facts: without documents it takes a millisecond."""
    with app.database.begin() as verbinding:
        verbinding.execute(text("DELETE FROM document"))
    return verify(app, "PROEF")


@pytest.mark.parametrize(
    ("welke", "soort"),
    [
        pytest.param("volgnummer = 1", "feit ontbreekt", id="het eerste feit"),
        pytest.param("volgnummer = 3", "feit ontbreekt", id="een feit in het midden"),
        pytest.param(
            "volgnummer = (SELECT max(volgnummer) FROM feit)", "einde klopt niet", id="het laatste feit"
        ),
        pytest.param(
            "versie = (SELECT max(versie) FROM feit)", "einde klopt niet", id="de laatste handeling"
        ),
        pytest.param("1 = 1", "einde klopt niet", id="alle feiten"),
    ],
)
def test_missing_fact_is_found(gevuld: App, welke: str, soort: str):
    run_sql(gevuld, f"DELETE FROM feit WHERE {welke}")
    assert soort in soorten(verify(gevuld, "PROEF"))


def test_changed_order_is_found(gevuld: App):
    for van, naar in ((1, 999), (2, 1), (999, 2)):
        run_sql(gevuld, "UPDATE feit SET volgnummer = :naar WHERE volgnummer = :van", van=van, naar=naar)
    assert {"keten gebroken", "feit gewijzigd"} <= soorten(verify(gevuld, "PROEF"))


def test_swapped_content_of_two_facts_is_found(gevuld: App):
    run_sql(
        gevuld,
        "UPDATE feit SET inhoud = (SELECT inhoud FROM feit b WHERE b.volgnummer = 3 - feit.volgnummer) "
        "WHERE volgnummer IN (1, 2)",
    )
    assert "feit gewijzigd" in soorten(verify(gevuld, "PROEF"))


@pytest.mark.parametrize(
    ("opdracht", "soort"),
    [
        pytest.param(
            "UPDATE dossier SET definitie = replace(definitie, 'e', 'E')",
            "definitie gewijzigd",
            id="definitie",
        ),
        pytest.param(
            "UPDATE dossier SET versie = versie + 1", "einde klopt niet", id="versie van het dossier"
        ),
        pytest.param("UPDATE status SET status = 'gegund'", "status gewijzigd", id="status van een perceel"),
        pytest.param("DELETE FROM status WHERE onderwerp = 'perceel:2'", "status gewijzigd", id="status weg"),
        pytest.param(
            "UPDATE document SET context = replace(context, 'Perceel 1', 'Perceel 9') WHERE ontvanger = 'perceel-1'",
            "context gewijzigd",
            id="context",
        ),
        pytest.param(
            "UPDATE document SET ontvanger_naam = 'Ander'", "rij gewijzigd", id="naam van de ontvanger"
        ),
        pytest.param(
            "UPDATE document SET uitgave = uitgave + 1", "rij gewijzigd", id="nummer van de uitgave"
        ),
        pytest.param(
            "UPDATE document SET motor = '{}'", "rij gewijzigd", id="versies waarmee het is gemaakt"
        ),
        pytest.param("UPDATE document SET gemaakt = 'x'", "rij gewijzigd", id="moment van maken"),
        pytest.param("DELETE FROM clausule", "", id="clausules horen niet bij het bewijs"),
        pytest.param("DELETE FROM toezegging", "toezegging ontbreekt", id="toezegging weg"),
        pytest.param("DELETE FROM sjabloon", "sjabloon ontbreekt", id="bewaard sjabloon weg"),
        pytest.param(
            "UPDATE sjabloon SET inhoud = substr(inhoud, 2)",
            "sjabloon gewijzigd",
            id="bewaard sjabloon",
        ),
    ],
)
def test_changed_row_is_found(gevuld: App, opdracht: str, soort: str):
    with gevuld.database.begin() as verbinding:
        unfreeze(verbinding)
        verbinding.execute(text(opdracht))
    assert soorten(verify(gevuld, "PROEF")) >= ({soort} if soort else set())


def test_changed_context_with_a_hash_that_fits_is_found(gevuld: App):
    run_sql(
        gevuld,
        "UPDATE document SET context = replace(context, 'Perceel 1', 'Perceel 9'), context_sha256 = :hash "
        "WHERE pad = :pad",
        hash="0" * 64,
        pad=BRIEF,
    )
    assert soorten(verify(gevuld, "PROEF")) == {"rij gewijzigd", "context gewijzigd"}


def test_missing_row_of_the_register_is_found(gevuld: App):
    run_sql(gevuld, "DELETE FROM document WHERE pad = :pad", pad=BRIEF)
    assert soorten(verify(gevuld, "PROEF")) == {"rij ontbreekt", "onbekend bestand"}


def test_missing_row_and_its_file_are_found(gevuld: App):
    run_sql(gevuld, "DELETE FROM document WHERE pad = :pad", pad=BRIEF)
    (gevuld.bestanden.folder("PROEF") / BRIEF).unlink()
    assert soorten(verify(gevuld, "PROEF")) == {"rij ontbreekt"}


def test_every_flipped_byte_of_a_file_is_found(gevuld: App):
    pad = gevuld.bestanden.folder("PROEF") / BRIEF
    heel = pad.read_bytes()
    for plek in range(0, len(heel), len(heel) // 25):
        pad.write_bytes(heel[:plek] + bytes([heel[plek] ^ 1]) + heel[plek + 1 :])
        uitslag = verify(gevuld, "PROEF")
        assert [(m.soort, m.waar) for m in uitslag.meldingen] == [("bestand gewijzigd", BRIEF)]
        assert uitslag.gereproduceerd == uitslag.documenten


@pytest.mark.parametrize(
    ("doe", "soort"),
    [
        pytest.param(lambda pad: pad.unlink(), "bestand ontbreekt", id="bestand weg"),
        pytest.param(lambda pad: pad.write_bytes(b""), "bestand gewijzigd", id="bestand leeg"),
        pytest.param(
            lambda pad: pad.with_name("erbij.docx").write_bytes(b"x"),
            "onbekend bestand",
            id="bestand te veel",
        ),
    ],
)
def test_missing_changed_or_extra_file_is_found(gevuld: App, doe: Callable[..., object], soort: str):
    doe(gevuld.bestanden.folder("PROEF") / BRIEF)
    assert soorten(verify(gevuld, "PROEF")) == {soort}


# --- another engine ---------------------------------------------------------------------------------------------


def test_other_versions_are_named_one_by_one():
    assert list_motorverschillen("a=1 zlib=1.2.13", "a=1 zlib=1.3.1 b=2") == [
        "zlib 1.2.13, nu 1.3.1",
        "b onbekend, nu 2",
    ]
    assert list_motorverschillen(describe_motor(), describe_motor()) == []


def pretend_other_bytes(app: App, motor: str) -> None:
    """Let the register say that the file had other bytes than now, and was made by this engine."""
    pad = app.bestanden.folder("PROEF") / BRIEF
    uit = io.BytesIO()
    with zipfile.ZipFile(pad) as bron, zipfile.ZipFile(uit, "w", zipfile.ZIP_STORED) as doel:
        for naam in bron.namelist():
            doel.writestr(naam, bron.read(naam))
    pad.write_bytes(uit.getvalue())
    with Session(app.database) as sessie:
        rij = sessie.exec(select(DocumentRow).where(DocumentRow.pad == BRIEF)).one()
        rij.sha256, rij.motor = hashlib.sha256(uit.getvalue()).hexdigest(), motor
        rij.regel_hash = hash_regel(rij)
        sessie.commit()


def test_another_engine_with_the_same_words_is_a_remark_that_names_it(gevuld: App):
    pretend_other_bytes(gevuld, describe_motor().replace("zlib=", "zlib=9."))
    uitslag = verify(gevuld, "PROEF")
    (melding,) = uitslag.meldingen
    assert (melding.soort, melding.waar, melding.is_fout) == ("andere versie", BRIEF, False)
    assert "zlib 9." in melding.tekst
    assert "woord voor woord gelijk" in melding.tekst
    assert uitslag.in_orde
    assert uitslag.gereproduceerd == uitslag.documenten - 1


def test_other_bytes_by_the_same_engine_are_a_fault(gevuld: App):
    pretend_other_bytes(gevuld, describe_motor())
    uitslag = verify(gevuld, "PROEF")
    assert soorten(uitslag) == {"niet te reproduceren"}
    assert "dezelfde als nu" in uitslag.meldingen[0].tekst


def test_promise_that_is_still_open_is_a_remark(app: App):
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    uitslag = verify(app, "PROEF")
    assert uitslag.in_orde
    assert {m.soort for m in uitslag.meldingen} == {"nog te maken"}


def test_context_that_no_longer_fits_its_model_is_told(gevuld: App):
    with Session(gevuld.database) as sessie:
        rij = sessie.exec(select(DocumentRow).where(DocumentRow.pad == BRIEF)).one()
        rij.context = json.dumps({**json.loads(rij.context), "oud_veld": "x"})
        rij.context_sha256 = hashlib.sha256(rij.context.encode()).hexdigest()
        rij.regel_hash = hash_regel(rij)
        sessie.commit()
    (melding,) = verify(gevuld, "PROEF").meldingen
    assert melding.soort == "niet te reproduceren"
    assert "de context past niet meer" in melding.tekst


def test_dossier_of_before_the_migration_keeps_its_evidence(gevuld: App):
    downgrade(gevuld.database, "0001")
    migrate(gevuld.database)
    uitslag = verify(gevuld, "PROEF")
    assert soorten(uitslag) == {"sjabloon ontbreekt"}
    assert uitslag.documenten > 0

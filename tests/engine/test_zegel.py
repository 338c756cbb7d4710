"""What is handed in is sealed to the appointed openers; two of them open it together, and that is recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, text
from sqlmodel import Session, col, select

from aanbesteding.domain.zegel import EnveloppenGeopend, EnveloppenVerzegeld
from aanbesteding.engine.app import App
from aanbesteding.engine.perform import HandelingRefused, perform
from aanbesteding.engine.sleutels import DEMO_WACHTZIN, make_sleutel
from aanbesteding.engine.verifieer import verify
from aanbesteding.errors import InvoerError
from aanbesteding.storage.sleutels import list_sleutels
from aanbesteding.storage.tables import EnvelopRow, EnvelopsleutelRow, SleutelRow
from aanbesteding.storage.tables_toegang import AuditRow
from betrouwbaarheid import note
from fakes import (
    GEHEIM,
    OPENERS,
    WACHTZINNEN,
    BodGeopend,
    make_app,
    make_procedure,
    save_dossier,
    wijs_openers_aan,
)

INKOPER, JURIST, INKOPER2 = OPENERS


@pytest.fixture
def app(tmp_path: Path) -> App:
    """A dossier with three openers and two sealed bids, of which the perceel may be opened."""
    app = make_app(tmp_path, make_procedure())
    save_dossier(app)
    wijs_openers_aan(app)
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    for nummer in ("1/A", "1/B"):
        perform(app, "PROEF", "bod_ontvangen", {"nummer": nummer, "tekst": f"{GEHEIM} {nummer}"}, INKOPER)
    perform(app, "PROEF", "perceel_melden", {"percelen": ["1"], "bedrag": 2}, INKOPER)
    return app


def openen(app: App, *openers: str, wachtzinnen: dict[str, str] | None = None) -> None:
    """Open perceel 1 by these two with their passphrases."""
    invoer: dict[str, Any] = {"percelen": ["1"], "openers": openers or (INKOPER, JURIST)}
    perform(
        app,
        "PROEF",
        "bod_openen",
        invoer,
        JURIST,
        wachtzinnen=WACHTZINNEN if wachtzinnen is None else wachtzinnen,
    )


def weiger(app: App, *openers: str, wachtzinnen: dict[str, str] | None = None) -> dict[str, str]:
    """The codes and texts with which it is refused."""
    with pytest.raises(HandelingRefused) as fout:
        openen(app, *openers, wachtzinnen=wachtzinnen)
    return {o.code: o.tekst for o in fout.value.overtredingen}


@pytest.mark.parametrize(
    "openers",
    [(INKOPER, JURIST), (JURIST, INKOPER), (INKOPER, INKOPER2), (JURIST, INKOPER2)],
    ids=" en ".join,
)
def test_any_two_of_three_openers_open_and_that_is_recorded(app: App, openers: tuple[str, str]):
    openen(app, *openers)
    dossier = app.load("PROEF")[0]
    (bod,) = dossier.list_feiten(BodGeopend)
    assert bod.inhoud == {"1/A": f"{GEHEIM} 1/A", "1/B": f"{GEHEIM} 1/B"}
    (geopend,) = dossier.list_feiten(EnveloppenGeopend)
    verzegeld = {k: v for f in dossier.list_feiten(EnveloppenVerzegeld) for k, v in f.kenmerken.items()}
    assert geopend.kenmerken == verzegeld
    assert tuple(o.persoon for o in geopend.openers) == openers
    bekend = {r.persoon: r.slot.vingerafdruk for r in list_sleutels(app.database)}
    assert [o.vingerafdruk for o in geopend.openers] == [bekend[p] for p in openers]


def test_before_the_opening_no_byte_of_the_database_shows_the_content(app: App, tmp_path: Path):
    if app.database.dialect.name != "sqlite":
        pytest.skip("de database is hier geen bestand")
    assert [p.name for p in tmp_path.iterdir() if GEHEIM.encode() in read_alles(p)] == []
    openen(app)
    assert [p.name for p in tmp_path.iterdir() if GEHEIM.encode() in read_alles(p)]


def read_alles(pad: Path) -> bytes:
    return (
        pad.read_bytes() if pad.is_file() else b"".join(p.read_bytes() for p in pad.rglob("*") if p.is_file())
    )


def test_without_appointed_openers_nothing_is_taken_in_and_the_remedy_is_named(tmp_path: Path):
    app = make_app(tmp_path, make_procedure())
    save_dossier(app)
    with pytest.raises(HandelingRefused, match="openers_aanwijzen") as fout:
        perform(app, "PROEF", "bod_ontvangen", {"nummer": "1", "tekst": GEHEIM}, INKOPER)
    assert [o.code for o in fout.value.overtredingen] == ["openers-niet-aangewezen"]
    with Session(app.database) as sessie:
        assert not sessie.exec(select(EnvelopRow)).all()


@pytest.mark.parametrize(
    ("openers", "wachtzinnen", "code", "zin"),
    [
        pytest.param(
            (), {}, "wachtzin-ontbreekt", f"De wachtzin van {JURIST} ontbreekt", id="zonder wachtzinnen"
        ),
        pytest.param(
            (), {INKOPER: DEMO_WACHTZIN}, "wachtzin-ontbreekt", JURIST, id="met een wachtzin van twee"
        ),
        pytest.param(
            (),
            {INKOPER: DEMO_WACHTZIN, JURIST: "iets heel anders hier"},
            "wachtzin-onjuist",
            f"De wachtzin van {JURIST} past niet bij de sleutel",
            id="met een verkeerde wachtzin",
        ),
        pytest.param(
            (INKOPER, INKOPER), None, "opener-te-weinig", "twee verschillende", id="twee keer dezelfde"
        ),
        pytest.param(
            (INKOPER, "jurist2.demo"),
            None,
            "opener-niet-aangewezen",
            f"Aangewezen zijn: {INKOPER}",
            id="iemand anders",
        ),
    ],
)
def test_who_may_not_open_gets_the_reason_and_nothing_changes(
    app: App, openers: tuple[str, ...], wachtzinnen: dict[str, str] | None, code: str, zin: str
):
    versie = app.load("PROEF")[0].versie
    geweigerd = weiger(app, *openers, wachtzinnen=wachtzinnen)
    assert zin in " ".join(geweigerd.values())
    assert code in geweigerd
    assert app.load("PROEF")[0].versie == versie
    with Session(app.database) as sessie:
        genoteerd = [r for r in sessie.exec(select(AuditRow)) if code in r.reden]
        assert len(genoteerd) == 1
        assert "iets heel anders" not in str(genoteerd)


def test_lost_key_is_named_and_the_two_others_open(app: App):
    with Session(app.database) as sessie:
        for rij in sessie.exec(select(SleutelRow).where(SleutelRow.persoon == JURIST)):
            sessie.delete(rij)
        sessie.commit()
    assert "open met een andere opener" in weiger(app)["sleutel-ontbreekt"]
    openen(app, INKOPER, INKOPER2)


@pytest.mark.betrouwbaarheid
@pytest.mark.parametrize(
    "wat",
    ["een bit anders", "verwisseld met een ander", "vervangen door leesbare inhoud", "zonder zijn sleutel"],
)
def test_envelope_that_was_tampered_with_is_refused_and_nothing_is_recorded(app: App, wat: str):
    with Session(app.database) as sessie:
        een, twee = sessie.exec(select(EnvelopRow).order_by(col(EnvelopRow.sleutel))).all()
        if wat == "een bit anders":
            een.inhoud = ("A" if een.inhoud[40] != "A" else "B").join((een.inhoud[:40], een.inhoud[41:]))
        elif wat == "verwisseld met een ander":
            een.inhoud, twee.inhoud = twee.inhoud, een.inhoud
        elif wat == "vervangen door leesbare inhoud":
            een.inhoud, een.versie = '{"tekst": "omgekocht"}', 0
        else:
            sessie.exec(delete(EnvelopsleutelRow))
        sessie.commit()
    versie = app.load("PROEF")[0].versie
    try:
        openen(app)
        melding = ""
    except InvoerError as fout:
        melding = str(fout)
    note("flip", "verzegeld bod, bij het openen", geprobeerd=1, gevonden=int(bool(melding)))
    assert "Envelop 1/A (bod) is niet meer zoals hij is ontvangen" in melding
    assert app.load("PROEF")[0].versie == versie


def test_envelope_from_before_sealing_is_still_read(app: App):
    with Session(app.database) as sessie:
        sessie.add(EnvelopRow(dossier="PROEF", soort="bod", sleutel="1/C", inhoud='{"tekst": "van vroeger"}'))
        sessie.commit()
    openen(app)
    (bod,) = app.load("PROEF")[0].list_feiten(BodGeopend)
    assert bod.inhoud["1/C"] == "van vroeger"


@pytest.mark.parametrize("zwak", ["", "kort", "aaaaaaaaaaaaaaaaaaaaaaaa", "vijftien tekens"])
def test_weak_passphrase_makes_no_key(app: App, zwak: str):
    aantal = len(list_sleutels(app.database))
    with pytest.raises(InvoerError, match="De wachtzin is te zwak"):
        make_sleutel(app, "jurist2.demo", zwak)
    assert len(list_sleutels(app.database)) == aantal


@pytest.mark.betrouwbaarheid
@pytest.mark.parametrize(
    ("tabel", "kolom"),
    [
        pytest.param("envelop", "inhoud", id="een envelop"),
        pytest.param("envelop", "sleutel", id="het nummer van een envelop"),
        pytest.param("envelop", "soort", id="de soort van een envelop"),
        pytest.param("envelopsleutel", "inhoud", id="een verpakte sleutel"),
        pytest.param("envelopsleutel", "een", id="voor wie een sleutel is verpakt"),
        pytest.param("envelopsleutel", "soort", id="waarvan een sleutel is"),
        pytest.param("sleutel", "prive", id="de sleutel van een opener"),
        pytest.param("sleutel", "publiek", id="de openbare helft van een sleutel"),
        pytest.param("sleutel", "persoon", id="van wie een sleutel is"),
    ],
)
def test_verify_finds_one_changed_character_without_opening_anything(app: App, tabel: str, kolom: str):
    assert not list_zegelfouten(app)
    with app.database.begin() as db:
        waarde = db.execute(text(f"SELECT min({kolom}) FROM {tabel}")).scalar_one()
        anders = waarde[:-1] + ("a" if waarde[-1] != "a" else "b")
        vraag = text(f"UPDATE {tabel} SET {kolom} = :anders WHERE {kolom} = :waarde")
        db.execute(vraag, {"anders": anders, "waarde": waarde})
    gevonden = list_zegelfouten(app)
    note("flip", "verzegelde rij, zonder te openen", geprobeerd=1, gevonden=int(bool(gevonden)))
    assert gevonden


@pytest.mark.betrouwbaarheid
@pytest.mark.parametrize(
    ("tabel", "kolom"), [("envelop", "inhoud"), ("envelopsleutel", "inhoud"), ("sleutel", "prive")]
)
def test_verify_finds_a_missing_row(app: App, tabel: str, kolom: str):
    with app.database.begin() as db:
        db.execute(text(f"DELETE FROM {tabel} WHERE {kolom} = (SELECT min({kolom}) FROM {tabel})"))
    gevonden = any("ontbreekt" in soort for soort in list_zegelfouten(app))
    note("flip", "verzegelde rij, zonder te openen", geprobeerd=1, gevonden=int(gevonden))
    assert gevonden


def list_zegelfouten(app: App) -> set[str]:
    """What a check of the dossier finds in what is sealed."""
    woorden = ("envelop", "zegel", "sleutel")
    return {m.soort for m in verify(app, "PROEF").meldingen if m.soort.startswith(woorden)}

"""What nobody can see is never recorded: facts cannot be mended, and no document can hold it."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from pydantic import BaseModel

from aanbesteding.adapters.werkboek import read_werkboek
from aanbesteding.engine.perform import perform
from aanbesteding.errors import InvoerError
from aanbesteding.tekens import list_onzichtbaar, strip_onzichtbaar
from aanbesteding.tomlbron import load_toml
from aanbesteding.web.formulier.boom import build_boom, first
from fakes import make_app, make_procedure, save_dossier

TEKENS = ["\x00", "\x0b", "\x1b", "\x7f", "\u202e", "\u2066", "\ufffe", "\ud800"]
ids = [f"U+{ord(teken):04X}" for teken in TEKENS]


class Rij(BaseModel):
    """A row with a name."""

    naam: str


class Alles(BaseModel):
    """Everything that an input may consist of."""

    rijen: tuple[Rij, ...] = ()
    paren: dict[str, list[str]] = {}


@pytest.mark.parametrize("teken", TEKENS, ids=ids)
def test_it_is_found_wherever_it_stands_and_its_place_is_named(teken: str):
    diep = Alles(rijen=(Rij.model_construct(naam="goed"), Rij.model_construct(naam=f"a{teken}b")))
    (zin,) = list_onzichtbaar(diep)
    assert zin == f"veld 'rijen.2.naam' bevat een onzichtbaar teken (U+{ord(teken):04X}); verwijder het"
    assert len(list(list_onzichtbaar({f"a{teken}": [teken, "goed"]}))) == 2
    assert not list(list_onzichtbaar(strip_onzichtbaar(f"a{teken}b")))


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Cn"])))
def test_text_that_people_write_stays_as_it_is(tekst: str):
    assert strip_onzichtbaar(tekst) == tekst
    assert strip_onzichtbaar(f"{tekst}\t\n\r") == f"{tekst}\t\n\r"


def test_act_with_it_is_refused_and_nothing_is_recorded(tmp_path: Path):
    app = make_app(tmp_path, make_procedure())
    save_dossier(app)
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    voor = app.load("PROEF")[0].versie
    invoer = {"nummer": "1/A", "tekst": "bod\x0b van \u202eiemand"}
    with pytest.raises(InvoerError, match=r"veld 'tekst' bevat een onzichtbaar teken \(U\+000B\)"):
        perform(app, "PROEF", "bod_ontvangen", invoer, "inkoper.demo")
    assert app.load("PROEF")[0].versie == voor


def test_cell_with_it_is_named():
    boek = Workbook()
    blad = boek.active
    assert blad is not None
    blad.title = "rijen"
    blad.append(["naam"])
    blad.append(["goed"])
    blad.append(["a\u202eb"])
    uit = BytesIO()
    boek.save(uit)
    with pytest.raises(InvoerError, match=r"rij 3: een onzichtbaar teken \(U\+202E\).*\(cel A3\)") as fout:
        read_werkboek("x.xlsx", uit.getvalue(), {"rijen": Rij})
    assert [cel.cel for cel in fout.value.cellen] == ["A3"]


def test_definition_with_it_is_refused():
    with pytest.raises(
        InvoerError, match=r"regio\.toml: veld 'a\.b\.1' bevat een onzichtbaar teken \(U\+0000\)"
    ):
        load_toml('a.b = ["x\\u0000"]', "regio.toml")


def test_form_takes_it_out_for_who_pasted_it_from_word():
    boom = build_boom([("naam", "Zorg\x0bhuis \u202e Aadorp"), ("tekst", "een\r\ntwee")])
    assert first(boom, "naam") == "Zorg huis   Aadorp"
    assert first(boom, "tekst") == "een\ntwee"


def test_form_with_the_same_name_fifty_thousand_times_takes_no_time():
    begin = time.process_time()
    boom = build_boom([("naam", "x")] * 50_000)
    assert time.process_time() - begin < 2
    assert len(boom["naam"]) == 50_000

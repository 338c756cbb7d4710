"""A file with faults: every fault is named with its line, the field and what is allowed; nothing is made."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanbesteding.domain.aanbesteding import Aanbesteding
from aanbesteding.errors import InvoerError
from aanbesteding.regio import find_aanbestedingen, list_regios, load_aanbesteding, parse_toml, regio_mappen
from aanbesteding.tomlplaats import Pad, locate_regels

VOORBEELD = regio_mappen()[0] / "zuid-holland-zuid" / "jeugd-2022.toml"
BRON = VOORBEELD.read_text(encoding="utf-8")
BESTANDEN = [
    pad for map_ in list_regios(regio_mappen()) for pad in (map_ / "regio.toml", *find_aanbestedingen(map_))
]


def list_fouten(tmp_path: Path, bron: str | bytes) -> tuple[str, ...]:
    """The faults that reading this text gives."""
    pad = tmp_path / "fout.toml"
    pad.write_bytes(bron if isinstance(bron, bytes) else bron.encode())
    with pytest.raises(InvoerError) as fout:
        load_aanbesteding(pad)
    return fout.value.fouten


def line_of(tekst: str, bron: str = BRON, nummer: int = 1) -> int:
    """Line on which a piece of text stands for the nth time."""
    return [n for n, regel in enumerate(bron.splitlines(), start=1) if tekst in regel][nummer - 1]


@pytest.mark.parametrize(
    ("oud", "nieuw", "tekst"),
    [
        pytest.param(
            'programma = "',
            'programa = "',
            "veld 'programa': dit veld bestaat niet; bedoelt u 'programma'?",
            id="een onbekend veld krijgt een voorstel",
        ),
        pytest.param(
            'procedure = "sas"',
            "procedure = 3",
            "veld 'procedure': hier hoort tekst, tussen aanhalingstekens (\"...\"); gevonden: 3",
            id="een getal waar tekst hoort",
        ),
        pytest.param(
            'scope = "buiten"',
            'scope = "half"',
            "veld 'zorgvormen.6.scope': toegestaan: 'binnen', 'buiten' of 'alleen_invoer'; gevonden: 'half'",
            id="een keuze die niet bestaat, in een tabel binnen een lijst",
        ),
        pytest.param(
            'getal = "30", eenheid',
            'getal = "dertig", eenheid',
            "hier hoort een getal; gevonden: 'dertig'",
            id="een woord waar een getal hoort",
        ),
        pytest.param(
            "vanaf = 2022-01-01",
            'vanaf = "voorjaar"',
            "hier hoort een datum (jjjj-mm-dd); gevonden: 'voorjaar'",
            id="een woord waar een datum hoort",
        ),
        pytest.param(
            'zorgvormen = ["basis_ggz"]',
            'zorgvormen = "basis_ggz"',
            "veld 'percelen.4.zorgvormen': hier hoort een lijst, tussen vierkante haken ([...])",
            id="geen lijst in de vierde van een reeks tabellen",
        ),
        pytest.param(
            'zorgvormen = ["basis_ggz"]',
            'zorgvormen = [["basis_ggz"]]',
            "veld 'percelen.4.zorgvormen.1': hier hoort tekst, tussen aanhalingstekens (\"...\"); gevonden: een lijst",
            id="een lijst in een lijst",
        ),
        pytest.param(
            'zorgvormen = ["basis_ggz"]',
            'zorgvormen = ["bazis_ggz"]',
            "zorgvorm 'bazis_ggz' bestaat niet (toegestaan:",
            id="een verwijzing naar niets",
        ),
        pytest.param(
            'nuts = "NL364"',
            'nuts = "BE100"',
            "veld 'percelen.1.nuts': de vorm klopt niet",
            id="een code in de verkeerde vorm",
        ),
        pytest.param(
            'wet = "Jeugdwet"\nstand',
            'wet = "Zvw"\nstand',
            "toegestaan: 'Wmo 2015', 'Jeugdwet' of 'Participatiewet'; gevonden: 'Zvw'",
            id="een wet die niet bestaat",
        ),
        pytest.param(
            'omvang = "weinig", stand',
            'omvang = "aantal", stand',
            "'aantal' hoort bij omvang 'aantal', en alleen daarbij",
            id="een aantal zonder getal",
        ),
        pytest.param(
            'opties = ["sas", "sas_zonder_criteria", "openbaar", "toelating"]',
            "opties = []",
            "een punt van soort 'keuze' heeft 'opties' nodig",
            id="een keuze zonder opties",
        ),
    ],
)
def test_fault_names_its_line_field_and_what_is_allowed(
    tmp_path: Path, oud: str, nieuw: str, tekst: str
) -> None:
    assert oud in BRON
    bron = BRON.replace(oud, nieuw, 1)
    (fout,) = list_fouten(tmp_path, bron)
    assert tekst in fout
    assert fout.startswith(f"fout.toml, regel {line_of(nieuw.splitlines()[0], bron)}:")


def test_missing_field_names_the_table_it_is_missing_from(tmp_path: Path) -> None:
    bron = BRON.replace('titel = "Begeleiding"\n', "", 1)
    (fout,) = list_fouten(tmp_path, bron)
    assert (
        fout
        == f"fout.toml, regel {line_of('[[percelen]]', bron, 3)}: veld 'percelen.3.titel': het veld ontbreekt."
    )


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    bron = BRON.replace('scope = "buiten"', 'scope = "half"').replace('nuts = "NL364"', 'nuts = "?"')
    bron = bron.replace('titel = "Jeugdhulp', 'onbekend = 1\ntitel = "Jeugdhulp', 1)
    assert len(list_fouten(tmp_path, bron)) == 1 + 5 + 1


@pytest.mark.parametrize(
    ("oud", "nieuw", "regel", "tekst"),
    [
        pytest.param(
            'procedure = "sas"',
            'procedure = "sas',
            'procedure = "sas',
            "er ontbreekt een aanhalingsteken",
            id="een aanhalingsteken te weinig",
        ),
        pytest.param(
            'procedure = "sas"',
            "procedure = sas",
            "procedure = sas",
            "tekst hoort tussen aanhalingstekens",
            id="tekst zonder aanhalingstekens",
        ),
        pytest.param(
            'procedure = "sas"',
            'procedure "sas"',
            'procedure "sas"',
            "hoort een is-teken (=)",
            id="een is-teken te weinig",
        ),
        pytest.param(
            'procedure = "sas"',
            'procedure = "sas"\nprocedure = "sas"',
            None,
            "staat hier voor de tweede keer",
            id="een sleutel dubbel",
        ),
        pytest.param("ambities = [{", "ambities = [{ code = [", None, "", id="een haak te veel geopend"),
        pytest.param(
            "vanaf = 2022-01-01",
            "vanaf = 2022-02-30",
            "vanaf = 2022-02-30",
            "",
            id="een dag die niet bestaat",
        ),
    ],
)
def test_text_that_is_no_toml_names_the_line_and_the_remedy(
    tmp_path: Path, oud: str, nieuw: str, regel: str | None, tekst: str
) -> None:
    bron = BRON.replace(oud, nieuw, 1)
    (fout,) = list_fouten(tmp_path, bron)
    assert tekst in fout
    assert "Daar staat:" in fout
    verwacht = line_of(regel, bron) if regel else line_of(nieuw.splitlines()[-1], bron, nieuw.count("\n") + 1)
    assert fout.startswith(f"fout.toml, regel {verwacht}")
    assert not any(woord in fout for woord in ("Invalid", "Expected", "at line", "Unclosed", "Cannot"))


@pytest.mark.parametrize(
    ("bron", "tekst"),
    [
        pytest.param(
            "a = " + "[" * 3000 + "]" * 3000, "te diep in elkaar gezet", id="drieduizend lijsten in elkaar"
        ),
        pytest.param(
            "a = " + "9" * 6000, "een getal in van duizenden cijfers", id="een getal van zesduizend cijfers"
        ),
    ],
)
def test_text_that_no_reader_can_hold_is_told(tmp_path: Path, bron: str, tekst: str) -> None:
    (fout,) = list_fouten(tmp_path, bron)
    assert tekst in fout


def test_open_text_over_many_lines_names_where_it_began(tmp_path: Path) -> None:
    bron = BRON.replace('procedure = "sas"', "procedure = 'sas", 1)
    (fout,) = list_fouten(tmp_path, bron)
    assert "enkele aanhalingstekens is niet afgesloten" in fout or "ontbreekt een aanhalingsteken" in fout
    drie = BRON.replace('procedure = "sas"', 'procedure = """sas', 1)
    (fout,) = list_fouten(tmp_path, drie)
    assert f"Het begon bij 'procedure' op regel {line_of('procedure =', drie)}." in fout


def test_reference_inside_the_consultatie_names_the_line_of_the_value(tmp_path: Path) -> None:
    bron = BRON.replace('thema = "klein"', 'thema = "klien"', 1)
    (fout,) = list_fouten(tmp_path, bron)
    assert fout.startswith(f"fout.toml, regel {line_of('klien', bron)}:")
    assert "thema 'klien' bestaat niet (toegestaan: aantal, innovatie, klein, lasten, meten)" in fout


ENGELS = re.compile(
    r"\b(Invalid|Expected|Cannot|Unclosed|Unterminated|should|input|String|field|the|at line)\b"
)
TEKENS = "\"'[]{}=,.#\\\n5 x"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    plek=st.integers(0, len(BRON) - 1),
    weg=st.integers(0, 3),
    erbij=st.text(TEKENS, max_size=2),
)
def test_any_damage_is_told_in_dutch_and_never_crashes(
    tmp_path: Path, plek: int, weg: int, erbij: str
) -> None:
    pad = tmp_path / "fout.toml"
    pad.write_text(BRON[:plek] + erbij + BRON[plek + weg :], encoding="utf-8", newline="")
    try:
        load_aanbesteding(pad)
    except InvoerError as fout:
        for zin in fout.fouten:
            assert zin.startswith("fout.toml")
            assert not ENGELS.search(zin.partition("Daar staat:")[0])


def test_file_in_another_encoding_names_the_line(tmp_path: Path) -> None:
    bron = BRON.replace("onoverzichtelijke", "onoverzichtelijke, geëvalueerde", 1)
    (fout,) = list_fouten(tmp_path, bron.encode("latin-1"))
    eerste = min(n for n, r in enumerate(bron.splitlines(), 1) if any(ord(t) > 127 for t in r))
    assert fout.startswith(
        f"fout.toml, regel {eerste}: geen geldig TOML-bestand: een teken is niet in UTF-8 opgeslagen"
    )
    (fout,) = list_fouten(tmp_path, bron.encode("utf-16"))
    assert "UTF-16" in fout


def test_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    pad = tmp_path / "bom.toml"
    pad.write_bytes(b"\xef\xbb\xbf" + BRON.encode())
    assert load_aanbesteding(pad) == load_aanbesteding(VOORBEELD)


def test_folder_instead_of_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvoerError, match="niet te lezen"):
        parse_toml(tmp_path, Aanbesteding)


# --- lines of values --------------------------------------------------------------------------------------


def list_paden(waarde: Any, pad: Pad = ()) -> list[Pad]:
    """Every path inside parsed TOML."""
    kinderen = (
        list(waarde.items()) if isinstance(waarde, dict)
        else list(enumerate(waarde)) if isinstance(waarde, list)
        else []
    )  # fmt: skip
    return [p for sleutel, kind in kinderen for p in ((*pad, sleutel), *list_paden(kind, (*pad, sleutel)))]


@pytest.mark.parametrize("pad", BESTANDEN, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_value_of_every_file_has_a_line_that_shows_it(pad: Path) -> None:
    bron = pad.read_text(encoding="utf-8")
    regels, gegevens, tekst = locate_regels(bron), tomllib.loads(bron), bron.splitlines()
    paden = list_paden(gegevens)
    assert set(paden) == set(regels)
    for plek in paden:
        if isinstance(plek[-1], str):
            assert plek[-1] in tekst[regels[plek] - 1]


def test_lines_inside_nested_and_multiline_values() -> None:
    bron = (
        'a = """\nx = 1\n"""\nb.c = [\n  1, # ]\n  { d = "}", "e f" = [[2],\n   [3]] },\n]\n'
        "[t]\ng=1\n[[t.r]]\nh=1\n[t.r.s]\ni=1\n[[t.r]]\nh = 2\n"
    )
    regels = locate_regels(bron)
    assert set(list_paden(tomllib.loads(bron))) == set(regels)
    assert regels["b", "c", 1, "e f", 1, 0] == 7
    assert (regels["t", "r", 0, "s", "i"], regels["t", "r", 1, "h"]) == (14, 16)


SLEUTELS = st.text("abcd", min_size=1, max_size=3)
WAARDEN = st.recursive(
    st.integers() | st.text("xyz#]}{[,=", max_size=5),
    lambda kind: st.lists(kind, max_size=3) | st.dictionaries(SLEUTELS, kind, max_size=3),
    max_leaves=8,
)


def show_toml(waarde: Any, wissel: str) -> str:
    """A value as inline TOML; `wissel` goes between elements of lists."""
    if isinstance(waarde, dict):
        return "{" + ", ".join(f"{k} = {show_toml(v, wissel)}" for k, v in waarde.items()) + "}"
    if isinstance(waarde, list):
        return "[" + wissel + f",{wissel}".join(show_toml(v, wissel) for v in waarde) + wissel + "]"
    return f'"{waarde}"' if isinstance(waarde, str) else str(waarde)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(SLEUTELS, WAARDEN, max_size=5), st.sampled_from(["", " ", "\n", "\n  # een ] haak\n  "])
)
def test_every_path_of_any_text_has_a_line(gegevens: dict[str, Any], wissel: str) -> None:
    bron = "".join(f"{k} = {show_toml(v, wissel)}\n" for k, v in gegevens.items())
    regels = locate_regels(bron)
    assert set(regels) == set(list_paden(tomllib.loads(bron)))
    assert all(1 <= regel <= len(bron.splitlines()) for regel in regels.values())

"""Forms of input models: every act of every procedure has one, nothing typed is lost, and Dutch is understood."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.engine.keuzes import Aanbod
from aanbesteding.fase import Handeling
from aanbesteding.procedures import PROCEDURES
from aanbesteding.web.formulier.boom import Boom, build_boom, first, to_boom
from aanbesteding.web.formulier.ontleden import (
    Onleesbaar,
    parse,
    read_datum,
    read_decimaal,
    read_getal,
    read_moment,
)
from aanbesteding.web.formulier.velden import Bouw, Veld, build_velden, change_rijen, list_fouten, walk
from aanbesteding.web.formulier.vorm import Soort

LEEG = Aanbod({}, {})
HANDELINGEN = [h for p in PROCEDURES for _, h in p.list_handelingen()]


class Kleur(StrEnum):
    ROOD = "rood"
    BLAUW_GROEN = "blauw_groen"


class Adres(Gegevensmodel):
    straat: str = Field(min_length=1, title="Straat")
    nummer: int


class Regel(Gegevensmodel):
    naam: str = Field(min_length=1, title="Naam")
    bedrag: Decimal = Field(gt=0)
    adres: Adres
    labels: tuple[str, ...] = ()
    nieuw: bool = False


class Alles(Gegevensmodel):
    punt: str = "oud"
    tekst: str = Field(min_length=1, title="Tekst", description="Vul iets in")
    motivering: str = ""
    dag: date
    moment: AwareDatetime
    kleur: Kleur
    soort: Literal["een", "twee"] | None = None
    aantal: int = Field(default=1, ge=1)
    prijs: Decimal | None = None
    eens: bool
    twee: tuple[str, str]
    percelen: tuple[str, ...] = Field(min_length=1)
    regels: tuple[Regel, ...] = Field(min_length=1, title="Regels")
    antwoorden: dict[str, str] = Field(default_factory=dict)
    loting: dict[str, tuple[str, ...]] = Field(default_factory=dict)


VOORBEELD = Alles(
    tekst="hallo",
    dag=date(2026, 4, 14),
    moment=datetime(2026, 4, 14, 12, 0, tzinfo=TIJDZONE),
    kleur=Kleur.BLAUW_GROEN,
    soort="twee",
    prijs=Decimal("1234.50"),
    eens=False,
    twee=("een", "ander"),
    percelen=("1", "3"),
    regels=(
        Regel(naam="a", bedrag=Decimal("0.1"), adres=Adres(straat="Laan", nummer=3), labels=("x", "y")),
        Regel(naam="b", bedrag=Decimal(7), adres=Adres(straat="Weg", nummer=4), nieuw=True),
    ),
    antwoorden={"E1": "ja", "E2": ""},
    loting={"1": ("I-001", "I-002")},
)


def to_paren(velden: tuple[Veld, ...]) -> list[tuple[str, str]]:
    """What a browser sends of these fields."""
    paren: list[tuple[str, str]] = []
    for v in walk(velden):
        if v.soort is Soort.TEKSTEN:
            paren += [(v.naam, w) for w in v.waarden] if v.keuzes else [(v.naam, "\r\n".join(v.waarden))]
        elif v.soort not in (Soort.GROEP, Soort.VAST, Soort.RIJEN, Soort.PAREN):
            paren.append((v.naam, v.waarde))
    return paren


def show(model: type[BaseModel], boom: Boom | None, **velden: Any) -> tuple[Veld, ...]:
    return build_velden(model, boom, Bouw(velden.get("aanbod", LEEG), velden.get("fouten", {})))


@pytest.mark.parametrize("handeling", HANDELINGEN, ids=lambda h: h.code)
def test_every_act_has_a_form_with_a_label_at_every_field(handeling: Handeling):
    velden = show(handeling.invoer, None)
    namen = [v.naam for v in walk(velden)]
    assert len(namen) == len(set(namen))
    assert all(v.label.strip() for v in walk(velden))


@pytest.mark.parametrize("handeling", HANDELINGEN, ids=lambda h: h.code)
def test_empty_form_of_every_act_gives_an_input_or_a_fault_at_a_field_that_is_shown(handeling: Handeling):
    ontleed = parse(handeling.invoer, build_boom(to_paren(show(handeling.invoer, None))))
    velden = show(handeling.invoer, ontleed.boom, fouten=ontleed.fouten)
    samenvatting = list_fouten(velden, ontleed.fouten)
    assert (ontleed.invoer is None) == bool(samenvatting)
    assert all(id_ for id_, _ in samenvatting), samenvatting


def test_input_shown_as_a_form_and_sent_back_is_the_same_input():
    ontleed = parse(Alles, build_boom(to_paren(show(Alles, to_boom(VOORBEELD)))))
    assert ontleed.fouten == {}
    assert ontleed.invoer == VOORBEELD


def test_required_text_may_be_empty_only_where_its_description_says_so():
    class Artikel(Gegevensmodel):
        oud: str = Field(description="Leeg als het een nieuwe bepaling is")
        nieuw: str = Field(description="De nieuwe tekst")

    ontleed = parse(Artikel, build_boom([("oud", ""), ("nieuw", " ")]))
    assert ontleed.fouten == {"nieuw": ["Vul dit in."]}
    assert parse(Artikel, build_boom([("oud", ""), ("nieuw", "x")])).invoer == Artikel(oud="", nieuw="x")


@given(
    st.builds(
        Regel,
        naam=st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1),
        bedrag=st.decimals(min_value="0.01", max_value="99999999", places=2),
        adres=st.just(Adres(straat="Laan", nummer=1)),
        nieuw=st.booleans(),
    )
)
@settings(max_examples=60, deadline=None)
def test_any_row_survives_the_form(regel: Regel):
    assert parse(Regel, build_boom(to_paren(show(Regel, to_boom(regel))))).invoer == regel


def test_every_fault_is_told_at_its_field_and_what_was_typed_stays():
    boom = build_boom(
        [
            ("tekst", ""),
            ("dag", "31-02-2026"),
            ("moment", "morgen"),
            ("aantal", "0"),
            ("prijs", "1.250"),
            ("twee.0", "een"),
            ("regels.0.naam", "a"),
            ("regels.0.bedrag", "veel"),
            ("regels.0.adres.straat", "Laan"),
            ("regels.0.adres.nummer", "drie"),
        ]
    )
    ontleed = parse(Alles, boom)
    assert ontleed.invoer is None
    velden = show(Alles, ontleed.boom, fouten=ontleed.fouten)
    met_fout = {v.naam for v in walk(velden) if v.fouten}
    assert met_fout == {
        "tekst", "dag", "moment", "kleur", "aantal", "prijs", "eens", "twee", "percelen",
        "regels.0.bedrag", "regels.0.adres.nummer",
    }  # fmt: skip
    waarden = {v.naam: v.waarde for v in walk(velden)}
    assert waarden["dag"] == "31-02-2026"
    assert waarden["regels.0.bedrag"] == "veel"
    assert waarden["twee.0"] == "een"


def test_rows_in_which_nothing_was_filled_in_do_not_count():
    boom = to_boom(VOORBEELD)
    boom, _ = change_rijen(boom, "erbij", "regels")
    boom, _ = change_rijen(boom, "erbij", "antwoorden")
    boom["regels"]["1"], boom["regels"]["2"] = {"nieuw": ["nee"], "naam": [" "]}, boom["regels"]["1"]
    assert parse(Alles, boom).invoer == VOORBEELD


def test_a_row_is_added_and_taken_away_also_inside_another_row():
    boom = to_boom(VOORBEELD)
    boom, focus = change_rijen(boom, "erbij", "regels")
    assert focus == "regels.2"
    assert len(show(Alles, boom)[-3].rijen) == 3
    boom, _ = change_rijen(boom, "weg", "regels.0")
    rijen = show(Alles, boom)[-3].rijen
    assert [first(to_boom(VOORBEELD)["regels"]["1"], "naam"), ""] == [rij[0].waarde for rij in rijen]


def test_choice_of_the_dossier_becomes_a_list_and_keeps_a_value_that_is_no_longer_in_it():
    aanbod = Aanbod({"punt": (("1", "Een"),), "percelen": (("1", "Perceel 1"), ("2", "Perceel 2"))}, {})
    velden = {v.naam: v for v in show(Alles, to_boom(VOORBEELD), aanbod=aanbod)}
    assert velden["punt"].soort is Soort.KEUZE
    assert ("oud", "oud") in velden["punt"].keuzes
    assert velden["percelen"].waarden == ("1", "3")
    assert dict(velden["kleur"].keuzes)["blauw_groen"] == "Blauw groen"


@pytest.mark.parametrize(
    ("tekst", "getal"),
    [
        pytest.param("1234,56", "1234.56", id="met komma"),
        pytest.param("1.234,56", "1234.56", id="met punt voor duizend en komma"),
        pytest.param("€ 12,5", "12.5", id="met euroteken"),
        pytest.param("1234.56", "1234.56", id="met punt als komma, niet te verwarren met duizend"),
        pytest.param("-3", "-3", id="negatief"),
        pytest.param("1 000 000", "1000000", id="met spaties"),
    ],
)
def test_dutch_number_is_read_exactly(tekst: str, getal: str):
    assert read_decimaal(tekst) == Decimal(getal)


@pytest.mark.parametrize(
    "tekst", ["1.250", "12.345.678", "1,2,3", "1.23,4", "tien", "1e5", "NaN", "inf", "0x10", "١٢", "9" * 30]
)
def test_number_that_can_be_read_in_two_ways_or_is_none_is_refused(tekst: str):
    with pytest.raises(Onleesbaar):
        read_decimaal(tekst)
    with pytest.raises(Onleesbaar):
        read_getal(f"{tekst},")


@pytest.mark.parametrize("tekst", ["2026-04-14", "14-4-2026", "14-04-2026", "14/4/2026"])
def test_date_is_read_in_dutch_and_in_the_form_of_the_browser(tekst: str):
    assert read_datum(tekst) == date(2026, 4, 14)


@pytest.mark.parametrize("tekst", ["31-02-2026", "2026-13-01", "4-14-26", "morgen", "14 april 2026"])
def test_date_that_does_not_exist_is_refused(tekst: str):
    with pytest.raises(Onleesbaar):
        read_datum(tekst)


@pytest.mark.parametrize(
    ("tekst", "utc"),
    [
        pytest.param("2026-01-14T12:00", datetime(2026, 1, 14, 11, 0, tzinfo=UTC), id="winter"),
        pytest.param(
            "14-07-2026 12.30 uur", datetime(2026, 7, 14, 10, 30, tzinfo=UTC), id="zomer, in het Nederlands"
        ),
        pytest.param(
            "2026-03-29T03:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC), id="vlak na de sprong vooruit"
        ),
    ],
)
def test_moment_is_dutch_time(tekst: str, utc: datetime):
    assert read_moment(tekst).astimezone(UTC) == utc


@pytest.mark.parametrize(
    "tekst",
    [
        pytest.param("2026-03-29T02:30", id="bestaat niet: de klok gaat vooruit"),
        pytest.param("2026-10-25T02:30", id="is er twee keer: de klok gaat terug"),
        pytest.param("2026-04-14T25:00", id="vijfentwintig uur"),
        pytest.param("2026-04-14", id="geen tijd"),
    ],
)
def test_moment_that_does_not_exist_or_exists_twice_is_refused(tekst: str):
    with pytest.raises(Onleesbaar):
        read_moment(tekst)


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=20)), max_size=12))
@settings(max_examples=150, deadline=None)
def test_no_form_however_strange_makes_it_fall_over(paren: list[tuple[str, str]]):
    ontleed = parse(Alles, build_boom(paren))
    show(Alles, ontleed.boom, fouten=ontleed.fouten)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["regels", "regels.0", "regels.0.naam", "regels.0.adres", "regels.x", "twee", "twee.0.1",
                 "antwoorden", "antwoorden.0", "antwoorden.0.sleutel", "percelen.0", "tekst.a", "dag.0"]
            ),
            st.text(max_size=5),
        ),
        max_size=8,
    ),
    st.sampled_from(["erbij:regels", "weg:regels.0", "erbij:tekst", "weg:x", "erbij:regels.0.naam", "weg:"]),
)  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_names_that_do_not_fit_the_model_make_faults_at_most(paren: list[tuple[str, str]], opdracht: str):
    boom, _ = change_rijen(build_boom(paren), *opdracht.split(":"))
    ontleed = parse(Alles, boom)
    show(Alles, ontleed.boom, fouten=ontleed.fouten)

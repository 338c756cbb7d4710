"""The tools of the contract tests themselves: the walk over a model, hostile copies, and every branch."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from pydantic import AwareDatetime, BaseModel, Field

from aanbesteding.documents.declaration import DocumentContext, Grafiek
from aanbesteding.documents.velden import Veld, list_modelvelden, load_waarde, parse_vorm
from contract.verzinnen import (
    GRAFIEK,
    NAAR,
    Kwaad,
    find_tekst,
    list_varianten,
    list_willekeurig,
    make_model,
    make_vijandig,
)


class Rij(DocumentContext):
    naam: str = Field(description="Naam")
    gegund: bool = Field(description="Of er is gegund")
    bedrag: Decimal | None = Field(default=None, description="Bedrag")


class Proef(DocumentContext):
    code: str = Field(pattern=r"^[A-Z]{2}[0-9]{3}$", description="Code")
    soort: Literal["a", "b"] = Field(default="a", description="Soort")
    rijen: tuple[Rij, ...] = Field(default=(), description="Rijen")
    namen: tuple[str, ...] = Field(min_length=1, description="Namen")
    grafiek: Grafiek | None = Field(default=None, description="Grafiek")
    moment: AwareDatetime | None = Field(default=None, description="Moment")


VOORBEELD = Proef(code="AB123", namen=("Jan & Zn.",), rijen=(Rij(naam="Rij", gegund=True),), grafiek=GRAFIEK)


@pytest.mark.parametrize(
    ("annotatie", "kern", "optioneel", "element"),
    [
        pytest.param(str, str, False, None, id="tekst"),
        pytest.param(date | None, date, True, None, id="datum die kan ontbreken"),
        pytest.param(AwareDatetime, datetime, False, None, id="moment met tijdzone"),
        pytest.param(tuple[int, ...], tuple, False, int, id="lijst"),
        pytest.param(dict[str, Rij], dict, False, Rij, id="tabel op naam"),
        pytest.param(Annotated[str, Field(min_length=1)], str, False, None, id="tekst met een eis"),
    ],
)
def test_annotation_is_taken_apart(annotatie: Any, kern: type, optioneel: bool, element: type | None) -> None:
    vorm = parse_vorm(annotatie)
    assert (vorm.kern, vorm.optioneel) == (kern, optioneel)
    assert (vorm.element.kern if vorm.element else None) is element


def test_two_kinds_in_one_field_are_refused() -> None:
    with pytest.raises(TypeError, match="één soort waarde"):
        parse_vorm(int | str)


def test_every_path_of_a_model_is_listed_as_a_template_writes_it() -> None:
    assert [v.pad for v in list_modelvelden(Proef)] == [
        "code", "soort", "rijen", "rijen[]", "rijen[].naam", "rijen[].gegund", "rijen[].bedrag", "namen", "namen[]",
        "grafiek", "moment",
    ]  # fmt: skip
    assert list_modelvelden(Rij)[2] == Veld("bedrag", "getal, kan leeg zijn", "Bedrag", True)
    assert load_waarde(VOORBEELD, "rijen[].naam") == "Rij"
    assert load_waarde(Proef(code="AB123", namen=("A",)), "rijen[].naam") is None


def test_hostile_copy_keeps_what_the_model_demands() -> None:
    kwaad = make_vijandig(VOORBEELD, Kwaad(NAAR, 0))
    assert (kwaad.code, kwaad.soort) == ("AB123", "a")
    assert (kwaad.rijen, kwaad.namen) == ((), (NAAR,))
    ruim = make_vijandig(VOORBEELD, Kwaad(NAAR, 200))
    assert (len(ruim.rijen), ruim.rijen[0].naam, ruim.rijen[0].gegund) == (200, NAAR, True)


def test_variants_go_every_way_and_hold_every_variant_of_an_element() -> None:
    varianten = list(list_varianten(Proef, VOORBEELD))
    rijen = {(bool(r.naam), r.gegund, r.bedrag is None) for r in varianten[0].rijen}
    assert {(True, True, False), (True, False, False), (False, True, False), (True, True, True)} <= rijen
    assert {v.grafiek is None for v in varianten} == {True, False}
    assert () in {v.rijen for v in varianten}


def test_drawn_contexts_are_the_same_every_time() -> None:
    assert list(list_willekeurig(Proef, VOORBEELD, 5)) == list(list_willekeurig(Proef, VOORBEELD, 5))


@pytest.mark.parametrize("model", [Rij, Proef], ids=lambda m: m.__name__)
def test_invented_instance_fits_its_model(model: type[BaseModel]) -> None:
    assert model.model_validate_json(make_model(model).model_dump_json()) == make_model(model)


def test_invented_text_fits_its_pattern() -> None:
    assert find_tekst(r"^[A-Z]{2}[0-9]{3}$").isascii()
    assert len(find_tekst(r"^[A-Z]{2}[0-9]{3}$")) == 5

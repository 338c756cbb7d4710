"""Every field that a form shows, nested ones too, has a Dutch title and says what belongs in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from aanbesteding.procedures import PROCEDURES
from aanbesteding.web.formulier.vorm import find_vorm


def list_modellen() -> Iterator[type[BaseModel]]:
    """The input model of every act of every procedure, and every model inside one, each once."""
    te_zien = [h.invoer for p in PROCEDURES for fase in p.fasen for h in fase.handelingen]
    gezien = set[type[BaseModel]]()
    while te_zien:
        model = te_zien.pop()
        if model in gezien:
            continue
        gezien.add(model)
        yield model
        vormen = (find_vorm(naam, veld) for naam, veld in model.model_fields.items())
        te_zien += [vorm.model for vorm in vormen if vorm.model]


@pytest.mark.parametrize("model", sorted(list_modellen(), key=lambda m: m.__name__), ids=lambda m: m.__name__)
def test_every_field_of_a_form_has_a_title_and_says_what_belongs_in_it(model: type[BaseModel]):
    kaal = [n for n, v in model.model_fields.items() if not (v.title and v.description)]
    assert kaal == [], f"{model.__module__}.{model.__name__}"


@pytest.mark.parametrize("model", sorted(list_modellen(), key=lambda m: m.__name__), ids=lambda m: m.__name__)
def test_no_title_is_a_name_of_the_code(model: type[BaseModel]):
    assert [v.title for v in model.model_fields.values() if "_" in (v.title or "")] == []
    assert [v.title for v in model.model_fields.values() if not (v.title or "")[:1].isupper()] == []

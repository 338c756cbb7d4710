"""The consultation documents of every region show what docs/regios.md says that they show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from pydantic import BaseModel

from aanbesteding.documents.catalogus import Sjablonen, make_jinja_context
from aanbesteding.documents.declaration import Document
from aanbesteding.documents.filters import datum
from aanbesteding.documents.text import extract_text
from aanbesteding.domain.aanbesteding import Aanbesteding, Perceel
from aanbesteding.domain.consultatie import Stakeholdergroep, Thema
from aanbesteding.domain.feiten import BeleidskaderVastgesteld
from aanbesteding.domain.gegeven import Gegeven, Punt, Stelling
from aanbesteding.domain.perceelkader import Looptijd, Minimumcapaciteit, Uitloop
from aanbesteding.domain.programma import Bestuursbesluit, Inkoopniveau, Marktgroep, Traject, Zorgvorm
from aanbesteding.domain.regio import Gemeente, Orgaan, Regio
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.marktconsultatie.besluiten import (
    ConsultatieGeopend,
    PartijenGeregistreerd,
)
from aanbesteding.fasen.marktconsultatie.documenten import (
    MARKTCONSULTATIEDOCUMENT,
    UITNODIGING,
    VRAGENLIJST,
)
from aanbesteding.fasen.strategie.documenten.bestuur import INKOOPSTRATEGIE
from aanbesteding.fasen.strategie.documenten.bijlage import show_datums
from aanbesteding.fasen.strategie.feiten import StrategieVastgesteld
from aanbesteding.paden import find_map
from bouwers import make_dossier, make_partij, make_situatie
from contract.sjabloonlijst import report
from docs_regios import CONSULTATIE, STRATEGIE, list_plaatsen, load_regios

REGIOS = {f"{regio.code}/{a.code}": (regio, a) for regio, inkopen in load_regios() for a in inkopen}
voor_elke_aanbesteding = pytest.mark.parametrize("naam", REGIOS)


def make_opening(regio: Regio, a: Aanbesteding) -> Situatie[Any]:
    """The opened consultation of a purchase: every municipality adopted its frame, every group has a party."""
    deelnemers = regio.select_gemeenten(a.gemeenten)
    kaders = (
        BeleidskaderVastgesteld(gemeente=g.code, orgaan="raad", datum=date(2026, 1, 1), kenmerk=f"K-{g.code}")
        for g in deelnemers.gemeenten
    )
    partijen = tuple(make_partij(nummer, g.code) for nummer, g in enumerate(a.consultatie.groepen, start=1))
    opening = ConsultatieGeopend(
        sluit_op=date(2026, 2, 27), datum_bijeenkomst=None, bijeenkomst="", vindplaats=""
    )
    dossier = make_dossier(*kaders, PartijenGeregistreerd(partijen=partijen), opening, aanbesteding=a)
    return make_situatie(dossier, nu="2026-02-02", regio=deelnemers)


def render(s: Situatie[Any], document: Document) -> list[str]:
    """The text of every copy of a document, in the region's own house style and with its own template."""
    sjablonen = Sjablonen(find_map("sjablonen"))
    stijl = s.regio.huisstijl
    return [
        extract_text(
            sjablonen.load(document, s.regio.code, stijl).template.render_bytes(
                make_jinja_context(e.context, stijl)
            )
        )
        for e in document.build(s)
    ]


@cache
def load_tekst(naam: str) -> str:
    """Text of the consultation document."""
    (tekst,) = render(make_opening(*REGIOS[naam]), MARKTCONSULTATIEDOCUMENT)
    return " ".join(tekst.split())


@cache
def load_strategie(naam: str) -> str:
    """Text of the purchasing strategy."""
    s = make_opening(*REGIOS[naam])
    vastgesteld = StrategieVastgesteld(
        orgaan="de colleges", datum=date(2026, 2, 1), kenmerk="S-1", verwerking=()
    )
    s = replace(s, dossier=s.dossier.met(vastgesteld, moment=s.nu))
    (tekst,) = render(s, INKOOPSTRATEGIE)
    return " ".join(tekst.split())


def find_woorden(model: BaseModel) -> str:
    """The words by which a reader recognises a statement."""
    if isinstance(model, Stelling | Inkoopniveau):
        return show_datums(model.tekst.rstrip("."))
    if isinstance(model, Bestuursbesluit):
        return model.onderwerp.rstrip(".")
    if isinstance(model, Orgaan):
        return model.taak.rstrip(".")
    if isinstance(model, Zorgvorm | Traject | Marktgroep):
        return model.naam
    if isinstance(model, Looptijd):
        return model.show()
    if isinstance(model, Uitloop):
        return datum(model.uiterlijk)
    if isinstance(model, Minimumcapaciteit):
        return f"ten minste {model.aantal} {model.eenheid}"
    if isinstance(model, Perceel):
        return model.titel
    if isinstance(model, Punt):
        return model.vraag
    if isinstance(model, Gegeven):
        return "" if model.code in ("ingang", "uitvoeringsvariant", "niet_genoemd") else model.naam
    return model.naam if isinstance(model, Gemeente | Stakeholdergroep) else ""


def list_getoond(model: BaseModel, regio: str, document: str = CONSULTATIE, pad: str = "") -> list[str]:
    """Words of every statement that this document must show."""
    woorden = [find_woorden(model)] if pad and document in list_plaatsen(model, regio, pad) else []
    for naam in type(model).model_fields:
        waarde = getattr(model, naam)
        for deel in waarde if isinstance(waarde, tuple) else (waarde,):
            if isinstance(deel, BaseModel) and not naam.startswith(("aandeel_", "gezamenlijk")):
                sleutel = getattr(deel, "code", "") or getattr(deel, "nummer", "")
                stap = f"{naam}.{sleutel}" if isinstance(waarde, tuple) else naam
                woorden += list_getoond(deel, regio, document, f"{pad}.{stap}" if pad else stap)
    return [w for w in woorden if w]


@voor_elke_aanbesteding
def test_marktconsultatiedocument_shows_every_statement_that_the_page_promises(naam: str) -> None:
    regio, a = REGIOS[naam]
    getoond = list_getoond(a, regio.code)
    assert len(getoond) > 10
    report(w for w in getoond if " ".join(w.split()) not in load_tekst(naam))


@voor_elke_aanbesteding
def test_inkoopstrategie_shows_every_statement_that_the_page_promises(naam: str) -> None:
    regio, a = REGIOS[naam]
    getoond = list_getoond(regio, regio.code, STRATEGIE) + list_getoond(a, regio.code, STRATEGIE)
    assert len(getoond) > 10
    report(w for w in getoond if " ".join(w.split()) not in load_strategie(naam))


@voor_elke_aanbesteding
def test_inkoopstrategie_puts_every_question_of_the_region_with_its_place(naam: str) -> None:
    _, a = REGIOS[naam]
    report(n.code for n in a.navragen if f"{n.vraag} | {n.aanleiding} | {n.bron}" not in load_strategie(naam))


@voor_elke_aanbesteding
def test_marktconsultatiedocument_names_the_participants_and_no_others(naam: str) -> None:
    regio, a = REGIOS[naam]
    kaders = {g.code for g in regio.gemeenten if f"K-{g.code}" in load_tekst(naam)}
    assert kaders == set(a.gemeenten or (g.code for g in regio.gemeenten))


@voor_elke_aanbesteding
def test_every_groep_gets_its_uitnodiging_and_vragenlijst(naam: str) -> None:
    regio, a = REGIOS[naam]
    s = make_opening(regio, a)
    brieven, lijsten = render(s, UITNODIGING), render(s, VRAGENLIJST)
    assert len(brieven) == len(lijsten) == len(a.consultatie.groepen)
    for groep, brief, lijst in zip(a.consultatie.groepen, brieven, lijsten, strict=True):
        assert groep.naam in brief
        for vraag in a.consultatie.list_vragen(groep.code):
            assert vraag.tekst in lijst


@pytest.mark.parametrize(
    ("naam", "woorden"),
    [
        pytest.param(
            "westfriesland/wf-2024", "Opdracht 10: Jeugdbescherming en jeugdreclassering", id="opdracht"
        ),
        pytest.param("zuid-holland-zuid/jeugd-2022", "Segment 4: Basis-GGZ", id="segment"),
        pytest.param("hart-van-brabant/wmo-begeleiding", "Gebied 12: Hilvarenbeek", id="gebied"),
        pytest.param("regio-alkmaar/wmo-2016", "Perceel 1: Persoonlijke verzorging", id="perceel"),
    ],
)
def test_regio_uses_its_own_word_for_perceel(naam: str, woorden: str) -> None:
    assert woorden in load_tekst(naam)


def test_themes_have_their_advice() -> None:
    """Themes show their advice where a source text gives one."""
    thema = REGIOS["bommelerwaard/bw-2027"][1].consultatie.themas[0]
    assert isinstance(thema, Thema)
    assert thema.advies in load_tekst("bommelerwaard/bw-2027")

"""Informing the market: what is said to some can be read by all, and names nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.regel import Regel
from aanbesteding.fasen.marktconsultatie.besluiten import PartijenGeregistreerd
from aanbesteding.fasen.marktconsultatie.documenten import BIJEENKOMSTVERSLAG, VEELGESTELDE_VRAGEN
from aanbesteding.fasen.marktconsultatie.voorlichting import (
    BijeenkomstVastleggen,
    MarktvraagMetAntwoord,
    MarktvragenPubliceren,
    Presentatie,
    bijeenkomst_gehouden,
    bijeenkomst_voor_bekende_groepen,
    decide_bijeenkomst,
    decide_marktvragen,
    list_bijeenkomsten,
    list_marktvragen,
    marktvragen_uniek,
    voorlichting_noemt_niemand,
)
from bouwers import make_dossier, make_partij, make_situatie

DOSSIER = make_dossier(PartijenGeregistreerd(partijen=(make_partij(4),)))


def bijeenkomst(**velden: Any) -> BijeenkomstVastleggen:
    basis: dict[str, Any] = {
        "onderwerp": "Informatiebijeenkomst Wmo", "datum": date(2026, 2, 10), "vorm": "online",
        "groepen": ("aanbieders",), "deelnemers": 41, "besproken": ("Meer tijd om samen te werken.",),
        "presentaties": (Presentatie(titel="Denkrichting", vindplaats="aadorp.example"),),
    }  # fmt: skip
    return BijeenkomstVastleggen(**(basis | velden))


def vraag(nummer: int = 1, antwoord: str = "Ja.", vraag: str = "Mag het samen?") -> MarktvraagMetAntwoord:
    return MarktvraagMetAntwoord(nummer=nummer, onderwerp="Samenwerken", vraag=vraag, antwoord=antwoord)


def publicatie(*vragen: MarktvraagMetAntwoord) -> MarktvragenPubliceren:
    return MarktvragenPubliceren(vragen=vragen, vindplaats="aadorp.example/inkoop")


@pytest.mark.parametrize(
    ("regel", "invoer", "woord"),
    [
        pytest.param(bijeenkomst_gehouden, bijeenkomst(datum=date(2026, 2, 20)), None, id="gehouden vandaag"),
        pytest.param(bijeenkomst_gehouden, bijeenkomst(datum=date(2026, 2, 21)), "pas op", id="nog niet gehouden"),
        pytest.param(bijeenkomst_voor_bekende_groepen, bijeenkomst(), None, id="bekende groep"),
        pytest.param(bijeenkomst_voor_bekende_groepen, bijeenkomst(groepen=("x",)), "Groep x", id="vreemde groep"),
        pytest.param(voorlichting_noemt_niemand, bijeenkomst(), None, id="verslag zonder namen"),
        pytest.param(
            voorlichting_noemt_niemand, bijeenkomst(besproken=("Goed.", "Partij 4 wil meer tijd.")),
            "besproken punt 2", id="verslag noemt een partij",
        ),
        pytest.param(voorlichting_noemt_niemand, publicatie(vraag()), None, id="vragen zonder namen"),
        pytest.param(
            voorlichting_noemt_niemand, publicatie(vraag(), vraag(2, "Mail naar a@b.example.")), "vraag 2",
            id="antwoord met een mailadres",
        ),
        pytest.param(marktvragen_uniek, publicatie(vraag(1), vraag(2)), None, id="elke vraag een nummer"),
        pytest.param(marktvragen_uniek, publicatie(vraag(1), vraag(1)), "Vraagnummer 1", id="nummer dubbel"),
    ],
)  # fmt: skip
def test_voorlichting_is_voor_iedereen_gelijk(regel: Regel, invoer: Any, woord: str | None) -> None:
    melding = regel.check(make_situatie(DOSSIER, invoer, nu="2026-02-20"))
    assert (melding is None) if woord is None else (melding is not None and woord in melding.tekst)


def publiceer(dossier: Dossier, *vragen: MarktvraagMetAntwoord) -> Dossier:
    return dossier.met(*decide_marktvragen(make_situatie(dossier, publicatie(*vragen))).feiten)


def test_een_later_antwoord_met_hetzelfde_nummer_vervangt_het_eerdere() -> None:
    dossier = publiceer(publiceer(DOSSIER, vraag(2), vraag(1)), vraag(2, "Toch niet."), vraag(3))
    assert [(v.nummer, v.antwoord) for v in list_marktvragen(dossier)] == [
        (1, "Ja."),
        (2, "Toch niet."),
        (3, "Ja."),
    ]
    (exemplaar,) = VEELGESTELDE_VRAGEN.build(make_situatie(dossier))
    assert (exemplaar.context.aantal, exemplaar.ontvanger.sleutel) == (3, "vragen-2")


def test_elke_bijeenkomst_heeft_een_eigen_verslag_en_de_lijst_gaat_op_datum() -> None:
    dossier, verslagen = DOSSIER, []
    for dag, onderwerp in ((date(2026, 2, 18), "Tweede"), (date(2026, 2, 10), "Eerste")):
        invoer = bijeenkomst(datum=dag, onderwerp=onderwerp)
        dossier = dossier.met(*decide_bijeenkomst(make_situatie(dossier, invoer)).feiten)
        verslagen += list(BIJEENKOMSTVERSLAG.build(make_situatie(dossier)))
    assert [e.ontvanger.sleutel for e in verslagen] == ["bijeenkomst-1", "bijeenkomst-2"]
    assert [b.onderwerp for b in list_bijeenkomsten(dossier)] == ["Eerste", "Tweede"]
    assert verslagen[0].context.presentaties[0].vindplaats == "aadorp.example"

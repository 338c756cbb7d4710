"""Bestuurlijk aanbesteden walked by the engine: structure, tables, annex, admission, and steering during the term."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aanbesteding.domain.feiten import OvereenkomstBeeindigd, OvereenkomstGesloten
from aanbesteding.domain.overleg import list_bijlagen
from bouwers import make_onderneming, make_partij
from e2e.procedureloop import CLAUSULES, GEMEENTEN, Loop, consulteer, list_uitwerkingen, make_loop, werk_uit
from e2e.test_procedures import RONDE, make_aanvraag

INRICHTING = {
    "tafels": [{"code": "pbv", "onderwerp": "begeleiding en verzorging", "percelen": ["1", "2"]}],
    "voorzitter": "regionaal contractmanager",
    "spelregels": ["Wie een probleem ziet, brengt het in."],
    "besluitvorming": "De gemeenten besluiten na de tafel.",
    "uitnodigingstermijn_dagen": 14,
    "reactietermijn_dagen": 10,
    "opzegtermijn_maanden": 1,
    "grens_procent": "10",
    "aanmelden": "Stuur een bericht.",
}


@pytest.fixture
def loop(tmp_path: Path) -> Loop:
    return make_loop(tmp_path, "bestuurlijk")


def neem_deel(loop: Loop, wanneer: str, *nummers: int) -> None:
    deelnames = [
        {"deelnemer": make_onderneming(n).model_dump(mode="json"), "percelen": ["1", "2"]} for n in nummers
    ]
    invoer = {"deelnames": deelnames, "getekend_op": wanneer[:10]}
    loop.doe(wanneer, "inkoper", "procesovereenkomsten_sluiten", invoer)


def overleg(loop: Loop, wanneer: str, tafel: str, verslag: str, *sleutels: str, uitkomst: str) -> None:
    uitnodiging = {
        "tafel": "pbv", "moment": f"{tafel}T13:30:00+01:00", "plaats": "Raadhuis",
        "agenda": [{"onderwerp": "Tarieven en budget", "voorstel": "Een tarief per product"}],
        "stukken": ["Voorstel"],
    }  # fmt: skip
    loop.doe(wanneer, "contractbeheerder.maasdriel", "overlegtafel_uitschrijven", uitnodiging)
    nummer = f"T-{len(loop.lees('verslag_overlegtafel')) + 1}"
    punt = {
        "onderwerp": "Tarieven en budget", "besproken": "Het tarief past bij de vraag.", "uitkomst": uitkomst,
        "afspraak": "De gemeenten besluiten.",
    }  # fmt: skip
    uitslag = {"overleg": nummer, "aanwezig": sleutels, "gemeenten": GEMEENTEN, "punten": [punt]}
    loop.doe(verslag, "contractbeheerder.maasdriel", "overlegtafel_verslag_vaststellen", uitslag)


def bijlage(perceel: str, product: str, overleg: str, besloten: str, **velden: Any) -> dict[str, Any]:
    return {
        "perceel": perceel, "overleg": overleg, "ingang": "2027-01-01", "budget_per_jaar": "1000000",
        "tarieven": {product: "60.00"},
        "resultaten": [
            {"code": "R1", "omschrijving": "Zelfredzaam", "maatstaf": "aandeel", "streefwaarde": "15 procent"}
        ],
        "toelichting": "Zo is het besproken.",
        "gemeentebesluiten": [{"gemeente": g, "datum": besloten, "kenmerk": "B-1"} for g in GEMEENTEN],
    } | velden  # fmt: skip


def test_whoever_takes_part_gets_a_basic_agreement_and_the_annex_is_steered_during_the_term(
    loop: Loop,
) -> None:
    consulteer(loop)
    vrij = list_uitwerkingen(criteria=(), schaal=(), gelijke_stand=(), maximale_waarde=None)
    assert "overlegstructuur-ontbreekt" in loop.redenen("procesovereenkomsten_sluiten")
    loop.doe("2026-02-16 12:00", "gemandateerde", "overleg_inrichten", INRICHTING)
    werk_uit(loop, "bestuurlijk", *vrij)
    neem_deel(loop, "2026-02-20", 1, 2)
    assert "bijlage-ontbreekt" in loop.redenen("stukken_opstellen")
    overleg(loop, "2026-02-23", "2026-03-10", "2026-03-16", "zorg-001", uitkomst="overeenstemming")
    for perceel, product in (("1", "02A01"), ("2", "45A01")):
        eerste = bijlage(perceel, product, "T-1", "2026-03-17")
        loop.doe("2026-03-18", "gemandateerde", "bijlage_vaststellen", eerste)
    assert loop.draai("2026-03-23", "publicatie") == ("stukken_opstellen",)
    loop.doe("2026-03-24", "gemandateerde", "publiceren", CLAUSULES)
    leidraad, concept = loop.lees("toelatingsleidraad")[0], loop.lees("conceptbasisovereenkomst")[0]
    assert "begeleiding en verzorging" in leidraad
    assert "levende bijlage" in concept
    assert "conceptovereenkomst" not in loop.documenten()
    partijen = [make_partij(9, "aanbieders").model_dump(mode="json")]
    vraag = {"partijen": partijen, "aanleiding": "Wij zoeken vernieuwing."}
    loop.doe("2026-03-25", "inkoper", "nieuwe_aanbieders_aanschrijven", vraag)
    assert "overlegtafels over de inhoud" in loop.lees("brief_nieuwe_aanbieder")[0]

    loop.doe("2026-03-25", "gemandateerde", "openstelling_besluiten", RONDE | {"van": "2026-03-25"})
    aanvragen = [make_aanvraag(n, f"2026-03-2{n + 5}T10:00:00+01:00") for n in (1, 2, 3)]
    zonder = loop.weiger(
        "2026-03-30", "inkoper", "aanvragen_registreren", {"ronde": "1", "aanvragen": aanvragen}
    )
    assert zonder == {"aanvrager-zonder-procesovereenkomst"}
    neem_deel(loop, "2026-03-30 10:00", 3)
    loop.doe("2026-03-30 11:00", "inkoper", "aanvragen_registreren", {"ronde": "1", "aanvragen": aanvragen})
    loop.draai("2026-03-30 12:00", "toetreding")
    for verzoek in ("0001", "0002", "0003"):
        oordeel = {"perceel": "1", "eis": "U1", "uitkomst": "voldoet", "toelichting": "Gezien."}
        invoer = {
            "verzoek": verzoek,
            "oordelen": [oordeel],
            "verificatie": "In orde.",
            "bibob": "geen_bezwaar",
        }
        loop.doe("2026-04-02", "jurist", "aanvraag_beoordelen", invoer)
    verlenen = {"verzoeken": ["0001", "0002", "0003"], "verzenddatum": "2026-04-07"}
    loop.doe("2026-04-07", "gemandateerde", "toetreding_verlenen", verlenen)
    basis = loop.lees("basisovereenkomst")
    assert len(basis) == 3
    assert all("versie 1" in tekst and "€ 60,00" in tekst for tekst in basis)
    assert "overeenkomst_toetreder" not in loop.documenten()

    # during the term: another table, and the municipalities steer
    overleg(loop, "2027-01-18", "2027-02-09", "2027-02-15", "zorg-001", "zorg-003", uitkomst="voorbehoud")
    resultaat = {
        "code": "R1",
        "omschrijving": "Zelfredzaam",
        "maatstaf": "aandeel",
        "streefwaarde": "20 procent",
    }
    tweede = bijlage(
        "1", "02A01", "T-2", "2027-02-20", ingang="2027-04-01", budget_per_jaar="1080000",
        tarieven={"02A01": "62.50"}, resultaten=[resultaat], uittreden_tot="2027-03-15",
    )  # fmt: skip
    assert loop.weiger("2027-02-22", "gemandateerde", "bijlage_vaststellen", tweede) == {
        "bijlage-zonder-overeenstemming"
    }
    loop.doe(
        "2027-02-22", "gemandateerde", "bijlage_vaststellen", tweede | {"motivering": "Inwoners wachten."}
    )
    tekst = loop.lees("bijlage_basisovereenkomst")[-1]
    for stuk in ("versie 2", "€ 1.080.000,00", "€ 1.000.000,00", "20 procent", "15 procent", "€ 62,50"):
        assert stuk in tekst, stuk
    assert len(list_bijlagen(loop.dossier, "1")) == 2
    nummer = loop.dossier.list_feiten(OvereenkomstGesloten)[0].nummer
    opzegging = {
        "overeenkomst": nummer,
        "versie": 2,
        "ontvangen": "2027-03-01",
        "reden": "Het tarief is te laag.",
    }
    loop.doe("2027-03-02", "contractbeheerder.maasdriel", "basisovereenkomst_opzeggen", opzegging)
    (einde,) = loop.dossier.list_feiten(OvereenkomstBeeindigd)
    assert (einde.nummer, einde.per.isoformat()) == (nummer, "2027-04-01")


def test_a_step_beyond_the_announced_limit_is_no_steering(loop: Loop) -> None:
    consulteer(loop)
    loop.doe("2026-02-16 12:00", "gemandateerde", "overleg_inrichten", INRICHTING)
    werk_uit(
        loop,
        "bestuurlijk",
        *list_uitwerkingen(criteria=(), schaal=(), gelijke_stand=(), maximale_waarde=None),
    )
    neem_deel(loop, "2026-02-20", 1)
    overleg(loop, "2026-02-23", "2026-03-10", "2026-03-16", "zorg-001", uitkomst="overeenstemming")
    loop.doe("2026-03-18", "gemandateerde", "bijlage_vaststellen", bijlage("1", "02A01", "T-1", "2026-03-17"))
    ver = bijlage("1", "02A01", "T-1", "2026-03-17", ingang="2027-04-01", budget_per_jaar="1200000")
    assert loop.weiger("2026-03-19", "gemandateerde", "bijlage_vaststellen", ver) == {
        "bijsturing-buiten-grens"
    }

"""Rules of the market consultation, one table per rule: what passes, what is refused, and the boundaries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from aanbesteding.domain.consultatie import Vraag
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import BeleidskaderVastgesteld
from aanbesteding.domain.gegeven import Stand
from aanbesteding.domain.programma import Traject
from aanbesteding.domain.regel import Ernst, Regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.marktconsultatie import FASE, regels
from aanbesteding.fasen.marktconsultatie.besluiten import (
    Antwoordverwijzing,
    BeleidskaderVaststellen,
    ConsultatieGeopend,
    ConsultatieOpenen,
    PartijenGeregistreerd,
    PartijenRegistreren,
    ReactiesGeregistreerd,
    ReactiesRegistreren,
    Themabesluit,
    VerslagVaststellen,
    Vraagantwoord,
    Vraagscore,
)
from bouwers import make_aanbesteding, make_dossier, make_partij, make_regio, make_situatie

AADORP, BEEDORP = (
    BeleidskaderVastgesteld(
        gemeente=code, orgaan="gemeenteraad", datum=date(2025, 11, 20), kenmerk="Nota (verzonnen)"
    )
    for code in ("aadorp", "beedorp")
)
AANBIEDER, ADVIESRAAD = make_partij(1), make_partij(2, "adviesraden")
PARTIJEN = PartijenGeregistreerd(partijen=(AANBIEDER, ADVIESRAAD))


def check(regel: Regel, situatie: Situatie[Any]) -> str:
    """The sentence of the violation, or "" when the rule holds."""
    overtreding = regel.check(situatie)
    return overtreding.tekst if overtreding else ""


@pytest.mark.parametrize(
    ("gemeente", "verwacht"),
    [
        pytest.param("aadorp", "", id="een deelnemende gemeente mag"),
        pytest.param(
            "ceedorp", "'ceedorp' doet niet mee. Toegestaan: aadorp, beedorp", id="een vreemde gemeente niet"
        ),
    ],
)
def test_gemeente_onbekend(gemeente: str, verwacht: str) -> None:
    invoer = BeleidskaderVaststellen(gemeente=gemeente, orgaan="raad", datum=date(2026, 1, 1), kenmerk="x")
    assert verwacht in check(regels.gemeente_neemt_deel, make_situatie(invoer=invoer))
    assert bool(verwacht) == bool(check(regels.gemeente_neemt_deel, make_situatie(invoer=invoer)))


@pytest.mark.parametrize(
    ("tegelijk", "verwacht"),
    [
        pytest.param(("jeugd",), "", id="het verbonden traject is tegelijk aangeboden"),
        pytest.param(("jeugd", "opvang"), "", id="een ander traject mag ook tegelijk"),
        pytest.param((), "'Jeugd' (jeugd) moet op hetzelfde moment", id="het verbonden traject ontbreekt"),
        pytest.param(("jeugd", "weg"), "Toegestaan: jeugd, opvang", id="een traject dat er niet is"),
    ],
)
def test_traject_niet_tegelijk_aangeboden(tegelijk: tuple[str, ...], verwacht: str) -> None:
    trajecten = (
        Traject(code="jeugd", naam="Jeugd", verband="onlosmakelijk", tegelijk=True, bron="L175"),
        Traject(code="opvang", naam="Opvang", verband="parallel", bron="L159"),
    )
    dossier = make_dossier(aanbesteding=make_aanbesteding(trajecten=trajecten))
    invoer = BeleidskaderVaststellen(
        gemeente="aadorp", orgaan="raad", datum=date(2026, 1, 1), kenmerk="x", tegelijk=tegelijk
    )
    zin = check(regels.trajecten_tegelijk_aangeboden, make_situatie(dossier, invoer))
    assert verwacht in zin
    assert bool(verwacht) == bool(zin)


@pytest.mark.parametrize(
    ("dag", "mag"),
    [
        pytest.param(date(2026, 6, 1), True, id="een besluit van vandaag mag"),
        pytest.param(date(2026, 6, 2), False, id="een besluit van morgen bestaat nog niet"),
    ],
)
def test_besluit_in_de_toekomst(dag: date, mag: bool) -> None:
    invoer = BeleidskaderVaststellen(gemeente="aadorp", orgaan="raad", datum=dag, kenmerk="x")
    assert (check(regels.besluit_is_genomen, make_situatie(invoer=invoer, nu="2026-06-01")) == "") is mag


@pytest.mark.parametrize(
    ("partijen", "regel", "verwacht"),
    [
        pytest.param(
            (AANBIEDER, ADVIESRAAD), regels.stakeholdergroepen_bestaan, "", id="bekende groepen mogen"
        ),
        pytest.param(
            (make_partij(1, "buren"),),
            regels.stakeholdergroepen_bestaan,
            "Partij 1: groep 'buren' bestaat niet",
            id="een onbekende groep niet",
        ),
        pytest.param(
            (AANBIEDER, ADVIESRAAD), regels.partijen_zijn_uniek, "", id="twee verschillende sleutels mogen"
        ),
        pytest.param(
            (AANBIEDER, AANBIEDER),
            regels.partijen_zijn_uniek,
            "Partij 2: sleutel 'partij-001' staat er al (zie partij 1)",
            id="twee keer dezelfde sleutel niet",
        ),
    ],
)
def test_partijen(partijen: tuple[Any, ...], regel: Regel, verwacht: str) -> None:
    tekst = check(regel, make_situatie(invoer=PartijenRegistreren(partijen=partijen)))
    assert tekst.startswith(verwacht)
    assert bool(tekst) == bool(verwacht)


@pytest.mark.parametrize(
    ("feiten", "verwacht"),
    [
        pytest.param((AADORP, BEEDORP), "", id="alle gemeenten hebben een kader"),
        pytest.param((AADORP,), "door Beedorp.", id="de ontbrekende gemeente wordt genoemd"),
        pytest.param((), "door Aadorp en Beedorp.", id="alle ontbrekende gemeenten worden genoemd"),
    ],
)
def test_beleidskader_ontbreekt(feiten: tuple[Any, ...], verwacht: str) -> None:
    tekst = check(regels.beleidskader_vastgesteld, make_situatie(make_dossier(*feiten)))
    assert verwacht in tekst
    assert bool(tekst) == bool(verwacht)


def test_stakeholdergroep_zonder_partij_names_the_empty_groepen() -> None:
    leeg = make_situatie(make_dossier(PartijenGeregistreerd(partijen=(AANBIEDER,))))
    assert "in de groep Adviesraden." in check(regels.stakeholdergroepen_uitgenodigd, leeg)
    assert check(regels.stakeholdergroepen_uitgenodigd, make_situatie(make_dossier(PARTIJEN))) == ""


def test_stakeholdergroep_zonder_vragen_names_the_groep() -> None:
    aanbesteding = make_aanbesteding()
    vraag = Vraag(
        code="v1", blok="waardering", soort="open", tekst="?", thema="lasten", groepen=("aanbieders",)
    )
    consultatie = aanbesteding.consultatie.model_copy(update={"vragen": (vraag,)})
    dossier = make_dossier(aanbesteding=aanbesteding.model_copy(update={"consultatie": consultatie}))
    assert "Adviesraden" in check(regels.vragen_voor_elke_groep, make_situatie(dossier))
    assert check(regels.vragen_voor_elke_groep, make_situatie()) == ""


def test_partij_zonder_email_is_signalled() -> None:
    zonder = make_partij(1).model_copy(update={"email": ""})
    dossier = make_dossier(PartijenGeregistreerd(partijen=(zonder,)))
    assert "Partij 1 (verzonnen)" in check(regels.partijen_bereikbaar, make_situatie(dossier))
    assert check(regels.partijen_bereikbaar, make_situatie(make_dossier(PARTIJEN))) == ""
    assert regels.partijen_bereikbaar.ernst is Ernst.SIGNALEERT


@pytest.mark.parametrize(
    ("nu", "sluit_op", "geschonden"),
    [
        pytest.param("2026-02-02", date(2026, 2, 16), set[str](), id="tien werkdagen is genoeg"),
        pytest.param(
            "2026-02-02", date(2026, 2, 13), {"reactietermijn-te-kort"}, id="negen werkdagen is te kort"
        ),
        pytest.param(
            "2026-02-02",
            date(2026, 2, 15),
            {"reactietermijn-te-kort", "sluitdatum-is-vrije-dag"},
            id="een weekend telt niet mee en is geen sluitdag",
        ),
        pytest.param(
            "2026-04-24",
            date(2026, 5, 8),
            {"reactietermijn-te-kort"},
            id="koningsdag en bevrijdingsdag tellen niet mee",
        ),
        pytest.param(
            "2026-04-24", date(2026, 5, 12), set[str](), id="twee werkdagen later is het wel genoeg"
        ),
        pytest.param(
            "2026-02-02",
            date(2026, 2, 2),
            {"reactietermijn-te-kort", "sluitdatum-voorbij"},
            id="vandaag kan niet",
        ),
    ],
)
def test_reactietermijn(nu: str, sluit_op: date, geschonden: set[str]) -> None:
    situatie = make_situatie(invoer=ConsultatieOpenen(sluit_op=sluit_op), nu=nu)
    termijnregels = (
        regels.sluitdatum_komt_nog,
        regels.reactietermijn_evenredig,
        regels.sluitdatum_is_werkdag,
    )
    assert {r.code for r in termijnregels if r.check(situatie)} == geschonden


def test_reactietermijn_te_kort_may_be_explained() -> None:
    assert regels.reactietermijn_evenredig.ernst is Ernst.MOTIVEREN


@pytest.mark.parametrize(
    ("dag", "mag"),
    [
        pytest.param(None, True, id="zonder bijeenkomst mag"),
        pytest.param(date(2026, 2, 3), True, id="morgen mag"),
        pytest.param(date(2026, 2, 27), True, id="op de laatste dag mag"),
        pytest.param(date(2026, 2, 28), False, id="na de laatste dag niet"),
        pytest.param(date(2026, 2, 2), False, id="vandaag niet"),
    ],
)
def test_bijeenkomst_buiten_reactietermijn(dag: date | None, mag: bool) -> None:
    invoer = ConsultatieOpenen(sluit_op=date(2026, 2, 27), datum_bijeenkomst=dag)
    assert (
        check(regels.bijeenkomst_binnen_termijn, make_situatie(invoer=invoer, nu="2026-02-02")) == ""
    ) is mag


def dossier_met_groepsvraag() -> Dossier:
    """A dossier in which scale question v3 is for providers only."""
    aanbesteding = make_aanbesteding()
    vraag = Vraag(
        code="v3", blok="waardering", soort="schaal", tekst="?", thema="lasten", groepen=("aanbieders",)
    )
    vragen = (*aanbesteding.consultatie.vragen, vraag)
    consultatie = aanbesteding.consultatie.model_copy(update={"vragen": vragen})
    return make_dossier(PARTIJEN, aanbesteding=aanbesteding.model_copy(update={"consultatie": consultatie}))


def score(partij: str = "partij-001", vraag: str = "v1", punt: int = 3) -> Vraagscore:
    return Vraagscore(partij=partij, vraag=vraag, score=punt)


def antwoord(
    partij: str = "partij-001", vraag: str = "v2", tekst: str = "Minder formulieren."
) -> Vraagantwoord:
    return Vraagantwoord(partij=partij, vraag=vraag, antwoord=tekst)


@pytest.mark.parametrize(
    ("scores", "antwoorden", "geschonden"),
    [
        pytest.param((score(),), (antwoord(),), {}, id="een passende reactie mag"),
        pytest.param((), (), {"reacties-leeg": "geen scores"}, id="een lege invoer niet"),
        pytest.param(
            (score("wie"),), (), {"partij-onbekend": "Score 1: partij 'wie'"}, id="een onbekende partij niet"
        ),
        pytest.param(
            (),
            (antwoord("wie"),),
            {"partij-onbekend": "Antwoord 1: partij 'wie'"},
            id="ook niet met een open antwoord",
        ),
        pytest.param(
            (score(vraag="v9"),), (), {"vraag-onbekend": "'v9' bestaat niet"}, id="een onbekende vraag niet"
        ),
        pytest.param(
            (score(vraag="v2"),), (), {"vraag-onbekend": "open vraag"}, id="geen score op een open vraag"
        ),
        pytest.param(
            (), (antwoord(vraag="v1"),), {"vraag-onbekend": "schaalvraag"}, id="geen woorden op een schaal"
        ),
        pytest.param((score(vraag="v3"),), (), {}, id="een groepsvraag aan de eigen groep mag"),
        pytest.param(
            (score("partij-002", "v3"),),
            (),
            {"vraag-niet-voor-groep": "groep 'adviesraden'"},
            id="een vraag van een andere groep niet",
        ),
        pytest.param(
            (score(punt=1), score("partij-002", punt=5)), (), {}, id="de uiteinden van de schaal mogen"
        ),
        pytest.param(
            (score(punt=0),), (), {"score-buiten-schaal": "1 tot en met 5"}, id="nul staat niet op de schaal"
        ),
        pytest.param(
            (score(punt=6),), (), {"score-buiten-schaal": "score 6"}, id="zes staat niet op de schaal"
        ),
        pytest.param(
            (score(), score()), (), {"reactie-dubbel": "Score 2"}, id="een vraag wordt een keer beantwoord"
        ),
        pytest.param((), (antwoord(), antwoord()), {"reactie-dubbel": "Antwoord 2"}, id="ook een open vraag"),
        pytest.param(
            (score("wie", "v9", 7), score("wie", "v9", 7)),
            (),
            {
                "partij-onbekend": "Score 2",
                "vraag-onbekend": "Score 2",
                "score-buiten-schaal": "Score 2",
                "reactie-dubbel": "Score 2",
            },
            id="alle fouten tegelijk",
        ),
    ],
)
def test_reacties(scores: tuple[Any, ...], antwoorden: tuple[Any, ...], geschonden: dict[str, str]) -> None:
    invoer = ReactiesRegistreren(scores=scores, antwoorden=antwoorden)
    situatie = make_situatie(dossier_met_groepsvraag(), invoer)
    handeling = next(h for h in FASE.handelingen if h.code == "reacties_registreren")
    gevonden = {o.code: o.tekst for r in handeling.regels if (o := r.check(situatie))}
    assert gevonden.keys() == geschonden.keys()
    for code, tekst in geschonden.items():
        assert tekst.lower() in gevonden[code].lower()


def test_reactie_vervangt_eerdere_is_signalled() -> None:
    eerder = ReactiesGeregistreerd(scores=(score(),), antwoorden=())
    dossier = make_dossier(PARTIJEN, eerder)
    zelfde = make_situatie(dossier, ReactiesRegistreren(scores=(score(punt=4),)))
    anders = make_situatie(dossier, ReactiesRegistreren(antwoorden=(antwoord(),)))
    assert check(regels.reacties_zijn_nieuw, zelfde).startswith("1 eerdere reactie wordt vervangen")
    assert check(regels.reacties_zijn_nieuw, anders) == ""


@pytest.mark.parametrize(
    ("nu", "mag"),
    [
        pytest.param("2026-02-27 23:59", False, id="op de laatste avond nog niet"),
        pytest.param("2026-02-28 00:00", True, id="vanaf middernacht wel"),
    ],
)
def test_reactietermijn_loopt(nu: str, mag: bool) -> None:
    geopend = ConsultatieGeopend(
        sluit_op=date(2026, 2, 27), datum_bijeenkomst=None, bijeenkomst="", vindplaats=""
    )
    situatie = make_situatie(make_dossier(geopend), nu=nu)
    assert (check(regels.reactietermijn_verstreken, situatie) == "") is mag


def thema(code: str = "methodiek", gevolg: str = "overgenomen", **velden: str) -> Themabesluit:
    basis = {"thema": code, "gevolg": gevolg, "actie": "Wij doen het."}
    return Themabesluit.model_validate(basis | velden)


MAATREGELEN = ("Alle stukken zijn openbaar.",)


@pytest.mark.parametrize(
    ("themas", "geschonden"),
    [
        pytest.param((thema(), thema("lasten")), {}, id="elk thema een keer mag"),
        pytest.param(
            (thema(),), {"thema-niet-verwerkt": "Administratieve lasten"}, id="een thema vergeten niet"
        ),
        pytest.param(
            (thema(), thema("lasten"), thema("x")),
            {"thema-niet-verwerkt": "Thema x bestaat niet"},
            id="een onbekend thema niet",
        ),
        pytest.param(
            (thema(), thema(), thema("lasten")),
            {"thema-niet-verwerkt": "methodiek staat er meer dan één keer"},
            id="een thema twee keer niet",
        ),
        pytest.param(
            (thema(), thema("lasten", "niet", actie="")),
            {"afwijking-zonder-reden": "thema lasten"},
            id="niet overnemen vraagt een reden",
        ),
        pytest.param(
            (thema(), thema("lasten", "deels")),
            {"afwijking-zonder-reden": "thema lasten"},
            id="deels overnemen ook",
        ),
        pytest.param(
            (thema(), thema("lasten", "niet", actie="", motivering="Kan niet.")),
            {},
            id="met een reden mag het",
        ),
        pytest.param(
            (thema(), thema("lasten", actie="")),
            {"overname-zonder-actie": "thema lasten"},
            id="overnemen vraagt een actie",
        ),
    ],
)
def test_themas(themas: tuple[Themabesluit, ...], geschonden: dict[str, str]) -> None:
    invoer = VerslagVaststellen(themas=themas, maatregelen=MAATREGELEN)
    reacties = ReactiesGeregistreerd(scores=(score(),), antwoorden=())
    situatie = make_situatie(make_dossier(PARTIJEN, reacties), invoer)
    handeling = next(h for h in FASE.handelingen if h.code == "verslag_vaststellen")
    gevonden = {o.code: o.tekst for r in handeling.regels if (o := r.check(situatie))}
    assert gevonden.keys() == geschonden.keys()
    for code, tekst in geschonden.items():
        assert tekst in gevonden[code]


def test_geen_reacties_may_be_explained() -> None:
    reacties = ReactiesGeregistreerd(scores=(), antwoorden=(antwoord(),))
    assert "Niemand heeft gereageerd" in check(
        regels.reacties_ontvangen, make_situatie(make_dossier(PARTIJEN))
    )
    assert check(regels.reacties_ontvangen, make_situatie(make_dossier(PARTIJEN, reacties))) == ""
    assert regels.reacties_ontvangen.ernst is Ernst.MOTIVEREN


def test_gelijk_speelveld_niet_geregeld_may_be_explained() -> None:
    zonder, met = (VerslagVaststellen(themas=(), maatregelen=m) for m in ((), MAATREGELEN))
    assert "maatregelen" in check(regels.gelijk_speelveld_geborgd, make_situatie(invoer=zonder))
    assert check(regels.gelijk_speelveld_geborgd, make_situatie(invoer=met)) == ""
    assert regels.gelijk_speelveld_geborgd.ernst is Ernst.MOTIVEREN


def test_antwoord_herleidbaar_points_at_the_antwoord() -> None:
    noemt = ReactiesGeregistreerd(scores=(), antwoorden=(antwoord(tekst="Bel Partij 2 maar."),))
    neutraal = ReactiesGeregistreerd(scores=(), antwoorden=(antwoord(),))
    tekst = check(regels.antwoorden_niet_herleidbaar, make_situatie(make_dossier(PARTIJEN, noemt)))
    assert "partij-001, vraag v2" in tekst
    assert check(regels.antwoorden_niet_herleidbaar, make_situatie(make_dossier(PARTIJEN, neutraal))) == ""


def test_verwijzing_onbekend_names_the_antwoord() -> None:
    dossier = make_dossier(PARTIJEN, ReactiesGeregistreerd(scores=(), antwoorden=(antwoord(),)))
    goed, fout = (
        VerslagVaststellen(themas=(), niet_opnemen=(Antwoordverwijzing(partij=partij, vraag="v2"),))
        for partij in ("partij-001", "partij-009")
    )
    assert check(regels.verwijzingen_bestaan, make_situatie(dossier, goed)) == ""
    assert "partij-009/v2" in check(regels.verwijzingen_bestaan, make_situatie(dossier, fout))


def test_rules_without_invoer_can_be_shown_beforehand() -> None:
    situatie = make_situatie(make_dossier(), invoer=None, onderwerpen=("1", "2"), nu="2026-06-01")
    vooraf = [r for h in FASE.handelingen for r in h.regels if not r.met_invoer]
    gevonden = {r.code for r in vooraf if r.check(situatie)}
    assert gevonden == {"beleidskader-ontbreekt", "stakeholdergroep-zonder-partij", "geen-reacties"}


def test_region_with_one_gemeente_needs_one_beleidskader() -> None:
    regio = make_regio(gemeenten=make_regio().gemeenten[:1])
    assert check(regels.beleidskader_vastgesteld, make_situatie(make_dossier(AADORP), regio=regio)) == ""


def test_scope_that_is_still_open_is_shown() -> None:
    bekend = make_aanbesteding()
    assert check(regels.reikwijdte_bekend, make_situatie(make_dossier(aanbesteding=bekend))) == ""
    variant = bekend.percelen[0].uitvoeringsvariant.model_copy(update={"stand": Stand.OPEN, "tekst": ""})
    eerste = bekend.percelen[0].model_copy(update={"uitvoeringsvariant": variant})
    open_ = bekend.model_copy(update={"percelen": (eerste, *bekend.percelen[1:])})
    tekst = check(regels.reikwijdte_bekend, make_situatie(make_dossier(aanbesteding=open_)))
    assert "perceel 1 (uitvoeringsvariant)" in tekst

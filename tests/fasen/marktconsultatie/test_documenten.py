"""Documents of the market consultation: what the builders put in them, and that every template takes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.documents.catalogus import make_jinja_context
from aanbesteding.documents.controle import check_sjabloon
from aanbesteding.documents.declaration import Document, DocumentContext
from aanbesteding.documents.inspect import list_takken
from aanbesteding.documents.render import load_template
from aanbesteding.documents.text import extract_text
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import BeleidskaderVastgesteld
from aanbesteding.domain.gegeven import Gegeven, Stand
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.marktconsultatie import FASE
from aanbesteding.fasen.marktconsultatie.besluiten import (
    Antwoordverwijzing,
    ConsultatieGeopend,
    PartijenGeregistreerd,
    ReactiesGeregistreerd,
    ReactiesVerwerkt,
    Themabesluit,
    Vraagantwoord,
    Vraagscore,
)
from aanbesteding.fasen.marktconsultatie.documenten import (
    COLLEGEVOORSTEL_STRATEGIE,
    CONSULTATIEVERSLAG,
    MARKTCONSULTATIEDOCUMENT,
    RAADSINFORMATIEBRIEF,
    UITNODIGING,
    VRAGENLIJST,
)
from aanbesteding.fasen.marktconsultatie.documenten.onderdelen import (
    Perceelregel,
    Stellingregel,
    build_omvang,
    number_vragen,
)
from aanbesteding.fasen.marktconsultatie.documenten.verslag import ConsultatieverslagContext
from aanbesteding.fasen.marktconsultatie.voorlichting import (
    BijeenkomstGehouden,
    MarktvraagMetAntwoord,
    MarktvragenGepubliceerd,
)
from bouwers import (
    make_aanbesteding,
    make_dossier,
    make_huisstijl,
    make_partij,
    make_regio,
    make_situatie,
    moment,
)

SJABLONEN = Path(__file__).parents[3] / "sjablonen"
KADERS = tuple(
    BeleidskaderVastgesteld(
        gemeente=code, orgaan="gemeenteraad", datum=date(2025, 11, 20), kenmerk=f"Nota {code}"
    )
    for code in ("aadorp", "beedorp")
)
AANBIEDERS = tuple(make_partij(nummer) for nummer in (1, 2, 3, 4))
RADEN = tuple(make_partij(nummer, "adviesraden") for nummer in (5, 6))
PARTIJEN = PartijenGeregistreerd(partijen=(*AANBIEDERS, *RADEN))
GEOPEND = ConsultatieGeopend(
    sluit_op=date(2026, 2, 27), datum_bijeenkomst=None, bijeenkomst="", vindplaats=""
)
BIJEENKOMST = BijeenkomstGehouden(
    onderwerp="Inloopuur", datum=date(2026, 2, 10), vorm="online", groepen=("aanbieders",), deelnemers=3,
    besproken=("Meer tijd.",), presentaties=(),
)  # fmt: skip
VRAGEN = MarktvragenGepubliceerd(
    vragen=(MarktvraagMetAntwoord(nummer=1, onderwerp="Samen", vraag="Mag het?", antwoord="Ja."),),
    vindplaats="aadorp.example",
)
SCORES = {"partij-001": 5, "partij-002": 4, "partij-003": 4, "partij-005": 2}
ANTWOORDEN = {
    "partij-001": "Minder formulieren.",
    "partij-002": "Minder formulieren.",
    "partij-003": "Vraag het Partij 4 eens.",
    "partij-005": "De raad van één persoon.",
    "partij-006": "Ook klein.",
}


def make_opening(nu: str = "2026-02-02") -> Situatie[Any]:
    return make_situatie(make_dossier(*KADERS, PARTIJEN, GEOPEND), nu=nu)


def make_verslag_dossier(**velden: Any) -> Dossier:
    """A dossier with a report; providers answered with three, councils with two."""
    reacties = ReactiesGeregistreerd(
        scores=tuple(Vraagscore(partij=p, vraag="v1", score=s) for p, s in SCORES.items()),
        antwoorden=tuple(Vraagantwoord(partij=p, vraag="v2", antwoord=a) for p, a in ANTWOORDEN.items()),
    )
    basis: dict[str, Any] = {
        "themas": (
            Themabesluit(thema="methodiek", gevolg="overgenomen", actie="Wij houden het eenvoudig."),
            Themabesluit(thema="lasten", gevolg="niet", motivering="De standaard ligt landelijk vast."),
        ),
        "maatregelen": ("Alle stukken zijn openbaar.",),
        "niet_opnemen": (),
        "motivering": "",
    }
    return make_dossier(
        *KADERS, PARTIJEN, GEOPEND, BIJEENKOMST, VRAGEN, reacties, ReactiesVerwerkt(**(basis | velden))
    )


def make_verslag(**velden: Any) -> ConsultatieverslagContext:
    (exemplaar,) = CONSULTATIEVERSLAG.build(make_situatie(make_verslag_dossier(**velden), nu="2026-03-10"))
    assert isinstance(exemplaar.context, ConsultatieverslagContext)
    return exemplaar.context


def render(document: Document, context: DocumentContext) -> str:
    """The text of the document, rendered strictly."""
    huisstijl = make_huisstijl()
    sjabloon = load_template(SJABLONEN / document.sjabloon, huisstijl=huisstijl)
    return extract_text(sjabloon.render_bytes(make_jinja_context(context, huisstijl)))


# --- toevoegingen en woorden van de regio -----------------------------------------------------------------


def test_toevoeging_of_a_raad_stands_in_the_document_and_in_every_voorstel() -> None:
    toegevoegd = KADERS[1].model_copy(update={"toevoegingen": ("Sluit budgetplafonds niet uit.",)})
    kaders = (KADERS[0], toegevoegd)
    (document,) = MARKTCONSULTATIEDOCUMENT.build(make_situatie(make_dossier(*kaders, PARTIJEN, GEOPEND)))
    assert "Beedorp: Sluit budgetplafonds niet uit." in render(MARKTCONSULTATIEDOCUMENT, document.context)
    dossier = make_verslag_dossier().met(toegevoegd, moment=moment("2026-01-05"))
    voorstellen = list(COLLEGEVOORSTEL_STRATEGIE.build(make_situatie(dossier, nu="2026-03-10")))
    assert len(voorstellen) == 2
    for voorstel in voorstellen:
        assert "Beedorp: Sluit budgetplafonds niet uit." in render(
            COLLEGEVOORSTEL_STRATEGIE, voorstel.context
        )


def test_without_toevoeging_nothing_is_said_about_it() -> None:
    (document,) = MARKTCONSULTATIEDOCUMENT.build(make_opening())
    assert "toegevoegd" not in render(MARKTCONSULTATIEDOCUMENT, document.context)


@pytest.mark.parametrize(
    ("woord", "kop"),
    [
        pytest.param("perceel", "Percelen", id="perceel"),
        pytest.param("gebied", "Gebieden", id="gebied"),
        pytest.param("segment", "Segmenten", id="segment"),
        pytest.param("opdracht", "Opdrachten", id="opdracht"),
    ],
)
def test_indeling_has_the_word_of_the_regio(woord: str, kop: str) -> None:
    basis = make_aanbesteding()
    inkoop = basis.model_copy(
        update={"percelen": tuple(p.model_copy(update={"woord": woord}) for p in basis.percelen)}
    )
    (document,) = MARKTCONSULTATIEDOCUMENT.build(
        make_situatie(make_dossier(*KADERS, PARTIJEN, GEOPEND, aanbesteding=inkoop))
    )
    tekst = render(MARKTCONSULTATIEDOCUMENT, document.context)
    assert kop in tekst
    assert f"verdeeld in {kop.lower()}" in tekst


# --- opening ----------------------------------------------------------------------------------------------


def test_every_partij_gets_an_uitnodiging_with_the_last_moment() -> None:
    exemplaren = list(UITNODIGING.build(make_opening()))
    assert [e.ontvanger.sleutel for e in exemplaren] == [f"partij-00{n}" for n in range(1, 7)]
    assert exemplaren[0].ontvanger.email == "partij1@example.org"
    tekst = render(UITNODIGING, exemplaren[4].context)
    assert "vrijdag 27 februari 2026 om 23.59 uur" in tekst
    assert "voor de groep Adviesraden" in tekst
    assert "geen rechten" in tekst
    assert "Team Inkoop, 000-0000000" in tekst


def test_every_groep_gets_a_vragenlijst_with_its_own_vragen() -> None:
    exemplaren = list(VRAGENLIJST.build(make_opening()))
    assert [e.ontvanger.sleutel for e in exemplaren] == ["aanbieders", "adviesraden"]
    tekst = render(VRAGENLIJST, exemplaren[0].context)
    assert "☐ 1   ☐ 2   ☐ 3   ☐ 4   ☐ 5" in tekst
    assert "2. Wat kan weg?" in tekst


def test_marktconsultatiedocument_has_the_required_blocks() -> None:
    (exemplaar,) = MARKTCONSULTATIEDOCUMENT.build(make_opening())
    tekst = render(MARKTCONSULTATIEDOCUMENT, exemplaar.context)
    for verplicht in (
        "geen rechten worden ontleend",
        "niet verplicht om na de consultatie een aanbesteding te starten",
        "Nota aadorp",
        "Nota beedorp",
        "Perceel 2: Jeugdwet – Proefperceel 2",
        "inspanningsgericht (vastgesteld)",
        "1.000 inwoners",
        "Hoe lang loopt de overeenkomst?",
        "binnen een bandbreedte",
        "Hoe eenvoudig is het?",
        "Gelijke kansen voor iedereen",
        "1 januari 2027",
    ):
        assert verplicht in tekst


@pytest.mark.parametrize(
    ("velden", "soort"),
    [
        pytest.param(
            {"getal": Decimal(0), "eenheid": "procent"}, "is_procent", id="nul procent is een getal"
        ),
        pytest.param({"getal": Decimal(5), "eenheid": "euro"}, "is_euro", id="een bedrag"),
        pytest.param({"getal": Decimal(5), "eenheid": "cliënten"}, "is_getal", id="een aantal"),
        pytest.param({"getal": Decimal(4), "eenheid": "jaar"}, "is_getal", id="een duur in jaren"),
        pytest.param({"getal": Decimal(2018), "eenheid": "jaar"}, "", id="een jaartal is geen omvang"),
        pytest.param({"tekst": "ongeveer half"}, "", id="woorden zijn geen omvang"),
        pytest.param({"stand": Stand.OPEN}, "", id="nog open is geen omvang"),
        pytest.param(
            {"getal": Decimal(5), "eenheid": "euro", "stand": Stand.VOORNEMEN},
            "",
            id="een voornemen ook niet",
        ),
    ],
)
def test_omvang_shows_figures_as_what_they_are(velden: dict[str, Any], soort: str) -> None:
    gegeven = Gegeven(**({"code": "x", "naam": "X", "stand": Stand.BESLOTEN, "bron": "L1"} | velden))
    regels = build_omvang(make_aanbesteding(gegevens=(gegeven,)))
    soorten = ("is_euro", "is_procent", "is_getal")
    assert [naam for regel in regels for naam in soorten if getattr(regel, naam)] == (
        [soort] if soort else []
    )


def test_vraagnummers_follow_the_blokken() -> None:
    assert number_vragen(make_dossier().aanbesteding.consultatie) == {"v1": 1, "v2": 2}


# --- report -----------------------------------------------------------------------------------------------


def test_verslag_counts_deelname_per_groep() -> None:
    context = make_verslag()
    regels = [(d.groep, d.uitgenodigd, d.gereageerd, d.respons) for d in context.deelname]
    assert regels == [("Zorgaanbieders", 4, 3, Decimal(75)), ("Adviesraden", 2, 2, Decimal(100))]
    assert (context.uitgenodigd, context.gereageerd, context.respons) == (6, 5, Decimal(83))


def test_verslag_shows_means_rounded_once() -> None:
    context = make_verslag()
    regels = [(c.naam, str(c.gemiddelde), c.aantal, c.laagste, c.hoogste) for c in context.groepscijfers]
    assert regels == [
        ("Zorgaanbieders", "4.3", 3, 4, 5),
        ("Adviesraden", "2.0", 1, 2, 2),
        ("Alle groepen samen", "3.8", 4, 2, 5),
    ]
    assert context.grafiek_groepen is not None
    assert context.grafiek_groepen.alt.endswith("Alle groepen samen 3,8.")


def test_verslag_names_nobody() -> None:
    tekst = render(CONSULTATIEVERSLAG, make_verslag())
    assert not [partij.naam for partij in PARTIJEN.partijen if partij.naam.split(" (")[0] in tekst]
    assert "Vraag het [weggelaten] eens." in tekst


def test_verslag_leaves_out_open_answers_of_a_small_groep() -> None:
    context = make_verslag()
    (vraag,) = context.open_vragen
    groot, klein = vraag.groepen
    assert [(a.tekst, a.aantal) for a in groot.antwoorden] == [
        ("Minder formulieren.", 2),
        ("Vraag het [weggelaten] eens.", 1),
    ]
    assert (klein.groep, klein.aantal, klein.te_klein, klein.antwoorden) == ("Adviesraden", 2, True, ())
    tekst = render(CONSULTATIEVERSLAG, context)
    assert "één persoon." not in tekst
    assert "minder dan 3 op te nemen antwoorden" in tekst


def test_answer_that_stays_out_also_counts_for_the_size_of_a_groep() -> None:
    context = make_verslag(niet_opnemen=(Antwoordverwijzing(partij="partij-003", vraag="v2"),))
    assert [groep.te_klein for groep in context.open_vragen[0].groepen] == [True, True]
    assert context.weggelaten == 1


def test_verslag_says_per_thema_what_happens_and_why_not() -> None:
    tekst = render(CONSULTATIEVERSLAG, make_verslag())
    for verplicht in (
        "Gevolg: overgenomen.",
        "Wij houden het eenvoudig.",
        "Gevolg: niet overgenomen.",
        "De standaard ligt landelijk vast.",
        "Alle stukken zijn openbaar.",
    ):
        assert verplicht in tekst


def test_verslag_without_reacties_still_stands() -> None:
    dossier = make_dossier(
        *KADERS,
        PARTIJEN,
        GEOPEND,
        ReactiesVerwerkt(
            themas=(Themabesluit(thema="lasten", gevolg="niet", motivering="Geen reacties."),),
            maatregelen=(),
            niet_opnemen=(),
            motivering="De tijd dringt (verzonnen).",
        ),
    )
    (exemplaar,) = CONSULTATIEVERSLAG.build(make_situatie(dossier, nu="2026-03-10"))
    tekst = render(CONSULTATIEVERSLAG, exemplaar.context)
    assert "Er zijn geen scores gegeven." in tekst
    assert "De tijd dringt (verzonnen)." in tekst
    assert "Bijlage" not in tekst


# --- governing bodies -------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", [COLLEGEVOORSTEL_STRATEGIE, RAADSINFORMATIEBRIEF], ids=lambda d: d.titel)
def test_every_gemeente_gets_its_own_beleidskader(document: Document) -> None:
    aadorp, beedorp = document.build(make_situatie(make_verslag_dossier(), nu="2026-03-10"))
    assert (aadorp.ontvanger.sleutel, beedorp.ontvanger.sleutel) == ("aadorp", "beedorp")
    teksten = [render(document, exemplaar.context) for exemplaar in (aadorp, beedorp)]
    assert ["Nota aadorp" in tekst for tekst in teksten] == [True, False]
    assert ["Nota beedorp" in tekst for tekst in teksten] == [False, True]
    for tekst in teksten:
        assert "niet overgenomen" in tekst
        assert "De standaard ligt landelijk vast." in tekst


def test_one_gemeente_alone_names_no_others() -> None:
    regio = make_regio(gemeenten=make_regio().gemeenten[:1])
    situatie = make_situatie(make_verslag_dossier(), nu="2026-03-10", regio=regio)
    (exemplaar,) = COLLEGEVOORSTEL_STRATEGIE.build(situatie)
    assert "geen andere gemeenten" in render(COLLEGEVOORSTEL_STRATEGIE, exemplaar.context)
    brief, *_ = UITNODIGING.build(make_situatie(make_opening().dossier, nu="2026-02-02", regio=regio))
    assert "Gemeente Aadorp" in render(UITNODIGING, brief.context)


# --- all documents ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", FASE.documenten, ids=lambda d: d.titel)
def test_voorbeeld_fits_the_template(document: Document) -> None:
    tekst = render(document, document.voorbeeld())
    assert "verzonnen" in tekst
    assert ".." not in tekst
    assert check_sjabloon(SJABLONEN / document.sjabloon) == ()


@pytest.mark.parametrize("document", FASE.documenten, ids=lambda d: d.titel)
def test_builder_gives_the_same_exemplaren_every_time(document: Document) -> None:
    situatie = make_situatie(make_verslag_dossier(), nu="2026-03-10")
    eerste, tweede = tuple(document.build(situatie)), tuple(document.build(situatie))
    assert eerste == tweede
    assert len({e.ontvanger.sleutel for e in eerste}) == len(eerste) > 0


def test_opening_date_in_the_verslag_is_the_dutch_date() -> None:
    assert make_verslag().geopend_op == moment("2026-01-05").date()


ZONDER_DATUM = {"ingang": None, "ingang_tekst": "in het voorjaar"}
KAAL_PERCEEL = Perceelregel(
    naam="Perceel 1", wet="Wmo 2015", omschrijving="X", financien_bekend=False, aandeel_financien=None,
    clienten_bekend=False, aandeel_clienten=None, bekostiging="nog open", bekostiging_stand="", ambities=("Y",),
    gemeenten=("Aadorp",), looptijd="", aanbieders="", capaciteit="", uitloop=None,
    regels=(Stellingregel(tekst="Vast", voorbehoud=""),),
)  # fmt: skip
VARIANTEN: dict[str, tuple[dict[str, Any], ...]] = {
    "marktconsultatiedocument": (
        ZONDER_DATUM
        | {"kaders": (), "uitgangspunten": (), "doelen": (), "gegevens": (), "punten": (), "vormen": ()},
        {"uitgangspunten": (Stellingregel(tekst="X", voorbehoud="voornemen"),), "bijeenkomst": ""},
        {
            "vormen": (Stellingregel(tekst="X", voorbehoud="voornemen"),),
            "deelname_verschilt": False,
            "toewijzing": (),
        },
        {"percelen": (KAAL_PERCEEL,)},
    ),
    "uitnodiging": (ZONDER_DATUM | {"bijeenkomst": ""},),
    "consultatieverslag": (
        {
            "heeft_scores": False,
            "maatregelen": (),
            "open_vragen": (),
            "bijeenkomsten": (),
            "aantal_marktvragen": 0,
        },
    ),
    "collegevoorstel_strategie": (
        ZONDER_DATUM | {"andere_gemeenten": (), "kader": None, "doelen": (), "punten": (), "bedragen": ()},
    ),
    "raadsinformatiebrief": (ZONDER_DATUM | {"andere_gemeenten": (), "kader": None},),
}


@pytest.mark.parametrize("document", FASE.documenten, ids=lambda d: d.titel)
def test_every_branch_of_the_template_is_rendered(document: Document) -> None:
    huisstijl, pad = make_huisstijl(), SJABLONEN / document.sjabloon
    sjabloon, voorbeeld = load_template(pad, huisstijl=huisstijl), document.voorbeeld()
    contexten = [voorbeeld, *(e.context for e in document.build(make_situatie(make_verslag_dossier())))]
    contexten += [voorbeeld.model_copy(update=velden) for velden in VARIANTEN.get(document.code, ())]
    gezien = {code for c in contexten for code in sjabloon.record_takken(make_jinja_context(c, huisstijl))}
    assert [tak for tak in list_takken(pad) if tak.code not in gezien] == []
    assert all(sjabloon.render_bytes(make_jinja_context(context, huisstijl)) for context in contexten)

"""Documents of the publication stage: builders give the expected contexts, and every context renders strictly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.documents.catalogus import make_jinja_context
from aanbesteding.documents.declaration import Document, DocumentContext
from aanbesteding.documents.overeenkomst import as_zin, build_bepalingen, count_einddatum
from aanbesteding.documents.render import load_template
from aanbesteding.documents.text import extract_text
from aanbesteding.domain.feiten import (
    Antwoord,
    InschrijvingenGeopend,
    InschrijvingenOntvangen,
    NotaVastgesteld,
    PuntBeslist,
    SluitingVerplaatst,
)
from aanbesteding.domain.gegeven import Gegeven, Stand
from aanbesteding.domain.norm import load_normen
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.publicatie import FASE
from aanbesteding.fasen.publicatie.documenten.aankondiging import AANKONDIGING
from aanbesteding.fasen.publicatie.documenten.formulier import INSCHRIJFFORMULIER
from aanbesteding.fasen.publicatie.documenten.leidraad import AANBESTEDINGSLEIDRAAD
from aanbesteding.fasen.publicatie.documenten.perceelstukken import (
    CONCEPTOVEREENKOMST,
    PROGRAMMA_VAN_EISEN,
    TARIEFONDERBOUWING,
)
from aanbesteding.fasen.publicatie.documenten.rekenvoorbeeld import build_rekenvoorbeeld
from aanbesteding.fasen.publicatie.documenten.verklaringen import EIGEN_VERKLARING, VERKLARING_SAMENWERKING
from aanbesteding.fasen.publicatie.documenten.verloop import (
    INTREKKINGSBERICHT,
    NOTA_VAN_INLICHTINGEN,
    ONTVANGSTBEVESTIGING,
    PROCES_VERBAAL_OPENING,
)
from aanbesteding.fasen.publicatie.feiten import (
    Gidsafwijking,
    OpeningVastgelegd,
    PercelenIngetrokken,
    StukkenOpgesteld,
    VragenOntvangen,
)
from bouwers import (
    make_aanbesteding,
    make_dossier,
    make_huisstijl,
    make_inschrijving,
    make_perceel,
    make_perceel_uitgewerkt,
    moment,
)
from fasen.publicatie import bouwers_publicatie as b
from vast import check_vaste_tekst

GOLDEN = Path(__file__).parent / "vast"
SJABLONEN = Path(__file__).parents[3] / "sjablonen"
HUISSTIJL = make_huisstijl()
LAAT = make_inschrijving(2, ("1", "2"), ontvangen=moment("2026-04-14 12:01"))
OP_TIJD = make_inschrijving(1, ("1",), ontvangen=moment("2026-04-14 12:00"))


def contexten(document: Document, dossier: Any, nu: str = "2026-03-02", **velden: Any) -> list[Any]:
    """The contexts that a builder makes."""
    return [e.context for e in document.build(b.make_s(dossier, None, nu, **velden))]


def tekst(document: Document, context: DocumentContext) -> str:
    """The words of the document made from this context."""
    sjabloon = load_template(
        SJABLONEN / document.sjabloon, huisstijl=HUISSTIJL, bouwstenen=SJABLONEN / "_bouwstenen"
    )
    return extract_text(sjabloon.render_bytes(make_jinja_context(context, HUISSTIJL)))


def make_geopend() -> Any:
    """A dossier right after the opening: one bid in time, one late."""
    return b.make_gepubliceerd(
        InschrijvingenOntvangen(inschrijvingen=(LAAT, OP_TIJD)),
        InschrijvingenGeopend(openers=("inkoper.demo", "jurist.demo"), inhoud=(), te_laat=("I-002",)),
        OpeningVastgelegd(
            moment=moment("2026-04-14 13:00"), plaats="Proefstad", aanwezigen=("notulist",), bijzonderheden=()
        ),
    )


def make_nota(naar: str | None = None) -> Any:
    """A dossier right after the first note, with one withheld answer."""
    nota = NotaVastgesteld(
        ronde=1,
        antwoorden=(
            Antwoord(vraagnummer="1", antwoord="Ja.", wijzigt_stuk=True, nieuwe_tekst="Nieuwe tekst."),
            Antwoord(vraagnummer="2", antwoord="Geheim antwoord.", vertrouwelijk=True),
        ),
        vastgesteld=moment("2026-03-25"),
        oude_sluiting=moment("2026-04-14 12:00"),
        nieuwe_sluiting=moment(naar) if naar else None,
        reden_uitstel="Tijd voor de wijziging" if naar else "",
    )
    verplaatst = (SluitingVerplaatst(sluiting=moment(naar), motivering="Tijd"),) if naar else ()
    return b.make_gepubliceerd(
        VragenOntvangen(vragen=(b.make_vraag("1"), b.make_vraag("2"))), nota, *verplaatst
    )


def test_de_stukken_heten_concept_tot_de_publicatie_en_daarna_vastgesteld() -> None:
    for document in (AANBESTEDINGSLEIDRAAD, PROGRAMMA_VAN_EISEN, CONCEPTOVEREENKOMST, INSCHRIJFFORMULIER):
        voor = {c.document.status for c in contexten(document, b.make_compleet_dossier())}
        na = {c.document.status for c in contexten(document, b.make_gepubliceerd())}
        assert (voor, na) == ({"concept"}, {"vastgesteld"})


def test_de_leidraad_noemt_beide_einden_van_de_rechtsbescherming() -> None:
    planning = b.make_planningfeit(
        gunningsbeslissing=date(2026, 4, 15), definitieve_gunning=date(2026, 6, 29)
    )
    (context,) = contexten(AANBESTEDINGSLEIDRAAD, b.make_compleet_dossier(planning))
    assert context.planning.opschortend_einde.date() == date(2026, 5, 6)
    assert context.planning.vervaltermijn_einde.date() == date(2026, 5, 6)
    woorden = tekst(AANBESTEDINGSLEIDRAAD, context)
    assert "woensdag 6 mei 2026" in woorden
    assert "Rechtbank Proefland" in woorden
    assert "dagvaarding in kort geding zijn betekend" in woorden


def test_de_leidraad_noemt_elk_besloten_punt_met_eenheid_en_reden() -> None:
    (context,) = contexten(AANBESTEDINGSLEIDRAAD, b.make_compleet_dossier())
    assert [(p.besluit, p.motivering) for p in context.punten] == [("48 maanden", "Rust voor cliënten.")]


def test_de_leidraad_noemt_afwijkingen_van_de_gids() -> None:
    afwijking = Gidsafwijking(voorschrift="3.6", motivering="Haast geboden")
    zonder, met = (
        contexten(AANBESTEDINGSLEIDRAAD, b.make_compleet_dossier(StukkenOpgesteld(afwijkingen=a)))[0]
        for a in ((), (afwijking,))
    )
    assert "wijkt niet af van de Gids" in tekst(AANBESTEDINGSLEIDRAAD, zonder)
    assert "Haast geboden." in tekst(AANBESTEDINGSLEIDRAAD, met)


def test_de_leidraad_toont_formule_en_rekenvoorbeeld_met_verzonnen_inschrijvers() -> None:
    (context,) = contexten(AANBESTEDINGSLEIDRAAD, b.make_compleet_dossier(), onderwerpen=("1",))
    (perceel,) = context.percelen
    assert perceel.criteria[0].formule == "gewicht × (score − min) / (max − min)"
    assert perceel.criteria[1].bandbreedte
    woorden = tekst(AANBESTEDINGSLEIDRAAD, context)
    assert "60 × (10 − 0) / (10 − 0)" in woorden
    assert "verzonnen" in woorden


def test_het_rekenvoorbeeld_is_door_de_rangorde_berekend() -> None:
    voorbeeld = build_rekenvoorbeeld(b.make_uitwerking_met_prijs())
    assert voorbeeld is not None
    assert [(p.rang, p.aanbieder, p.totaal) for p in voorbeeld.plaatsen] == [
        (1, "Aanbieder B", "88,00"),
        (2, "Aanbieder A", "80,00"),
        (3, "Aanbieder C", "66,00"),
    ]


@pytest.mark.parametrize(
    "formule",
    ["laagste_gedeeld_door_prijs", "relatief_lineair", "min_max", "rangpunten", "vaste_bandbreedte"],
)
def test_elke_prijsformule_krijgt_een_rekenvoorbeeld(formule: str) -> None:
    voorbeeld = build_rekenvoorbeeld(b.make_uitwerking_met_prijs(formule, bij_uitval="herberekenen"))
    assert voorbeeld is not None
    assert len(voorbeeld.plaatsen) == 3


AANGEKONDIGD = {
    "staffel": b.make_uitwerking_met_prijsregel(b.STAFFEL),
    "rangpunten": b.make_uitwerking_met_prijsregel(b.PLAATSEN),
    "minimum in totaal": make_perceel_uitgewerkt(minimum_totaal=Decimal("75.5")),
    "afronden per criterium": make_perceel_uitgewerkt(decimalen=0, afrondingsmoment="per_criterium"),
    "afronden bij weergave": make_perceel_uitgewerkt(decimalen=1, afrondingsmoment="weergave"),
    "gemiddelde met tussenscores": b.make_uitwerking_kwaliteit(gemiddelde=True, tussenscores=True),
}


def test_golden_van_elke_aangekondigde_methode_in_de_leidraad(pytestconfig: pytest.Config) -> None:
    delen: list[str] = []
    for naam, feit in AANGEKONDIGD.items():
        context = next(
            iter(contexten(AANBESTEDINGSLEIDRAAD, b.make_compleet_dossier(feit), onderwerpen=("1",)))
        )
        regels = tekst(AANBESTEDINGSLEIDRAAD, context).splitlines()
        begin = max(i for i, regel in enumerate(regels) if regel.startswith("K1 Samenwerking (ten hoogste"))
        einde = next(i for i, regel in enumerate(regels) if "in dit voorbeeld zijn verzonnen" in regel)
        delen += [f"=== {naam}", *regels[begin : einde + 1], ""]
    check_vaste_tekst(GOLDEN / "rangordemethoden.txt", "\n".join(delen), pytestconfig)


def test_zonder_criteria_is_er_geen_rekenvoorbeeld_en_wint_iedereen() -> None:
    feit = make_perceel_uitgewerkt(criteria=(), schaal=(), gelijke_stand=(), bij_uitval=None)
    assert build_rekenvoorbeeld(feit) is None
    dossier = b.make_compleet_dossier(feit)
    (context,) = contexten(AANBESTEDINGSLEIDRAAD, dossier, onderwerpen=("1",))
    assert "Er zijn geen gunningscriteria" in tekst(AANBESTEDINGSLEIDRAAD, context)


def test_een_ingetrokken_perceel_staat_niet_in_de_stukken() -> None:
    dossier = b.make_compleet_dossier()
    assert [e.ontvanger.sleutel for e in PROGRAMMA_VAN_EISEN.build(b.make_s(dossier))] == [
        "perceel-1",
        "perceel-2",
    ]
    een = PROGRAMMA_VAN_EISEN.build(b.make_s(dossier, onderwerpen=("2",)))
    assert [e.ontvanger.sleutel for e in een] == ["perceel-2"]


@pytest.mark.parametrize(
    ("waarde", "zin", "kop"),
    [
        pytest.param(
            "gerichte openstelling bij een tekort",
            "Gerichte openstelling bij een tekort. De conceptovereenkomst",
            True,
            id="de grond begint als een zin",
        ),
        pytest.param(
            "geen", "Tijdens de looptijd treden geen nieuwe aanbieders toe.", False, id="geen toetreding"
        ),
        pytest.param(
            "Geen.", "Tijdens de looptijd treden geen nieuwe aanbieders toe.", False, id="met een punt"
        ),
    ],
)
def test_de_leidraad_zegt_of_anderen_kunnen_toetreden(waarde: str, zin: str, kop: bool) -> None:
    dossier = b.make_compleet_dossier(PuntBeslist(punt="toetreding_grondslag", waarde=waarde, motivering="x"))
    (context,) = contexten(AANBESTEDINGSLEIDRAAD, dossier)
    assert zin in tekst(AANBESTEDINGSLEIDRAAD, context)
    assert build_bepalingen(b.make_s(dossier), "1").gericht_openstellen is kop


def test_de_overeenkomst_draagt_de_besloten_duur_en_verlenging() -> None:
    dossier = b.make_compleet_dossier(
        PuntBeslist(punt="verlenging_maanden", waarde="24", motivering="x"),
        PuntBeslist(punt="aantal_verlengingen", waarde="2", motivering="x"),
        PuntBeslist(punt="inactiviteit_maanden", waarde="18", motivering="x"),
        PuntBeslist(punt="bibob", waarde="ja", motivering="x"),
        PuntBeslist(punt="toetreding_grondslag", waarde="gericht bij tekort.", motivering="x"),
    )
    ovk = build_bepalingen(b.make_s(dossier), "1")
    assert (ovk.ingang, ovk.einde, ovk.uiterste_einde) == (
        date(2027, 1, 1),
        date(2030, 12, 31),
        date(2034, 12, 31),
    )
    assert (ovk.inactiviteit_maanden, ovk.bibob, ovk.toetreding_grondslag) == (18, True, "gericht bij tekort")
    (context, _) = contexten(CONCEPTOVEREENKOMST, dossier)
    woorden = tekst(CONCEPTOVEREENKOMST, context)
    assert "18 maanden achter elkaar geen hulp" in woorden
    assert "Wet Bibob" in woorden
    assert "mag deze overeenkomst schriftelijk opzeggen tegen de dag waarop het addendum ingaat" in woorden


def test_de_overeenkomst_laat_een_onbekend_punt_weg() -> None:
    (context, _) = contexten(CONCEPTOVEREENKOMST, b.make_compleet_dossier())
    assert not context.ovk.met_verlenging
    woorden = tekst(CONCEPTOVEREENKOMST, context)
    assert "De overeenkomst kan niet worden verlengd." in woorden
    assert "Bibob" not in woorden
    assert "treden geen nieuwe aanbieders toe" in woorden


def test_alleen_een_overdraagbaar_perceel_krijgt_de_overgangsbepaling() -> None:
    gegeven = Gegeven(
        code="overdraagbaar", naam="Overdracht", stand=Stand.BESLOTEN, tekst="Kan naar de regio", bron="L9"
    )
    perceel = make_perceel("1").model_copy(update={"overdraagbaar": gegeven})
    inkoop = make_aanbesteding(percelen=(perceel, make_perceel("2", "Jeugdwet")))
    dossier = make_dossier(*b.list_besluitfeiten(), aanbesteding=inkoop)
    met, zonder = (tekst(CONCEPTOVEREENKOMST, c) for c in contexten(CONCEPTOVEREENKOMST, dossier))
    kop = "Overgang van het perceel naar een ander samenwerkingsverband"
    assert kop in met
    assert "Kan naar de regio." in met
    assert kop not in zonder


def test_zonder_planning_en_zonder_datum_is_de_ingang_onbekend() -> None:
    ingang = Gegeven(code="ingang", naam="Ingang", stand=Stand.VOORNEMEN, tekst="begin 2027", bron="L1")
    dossier = make_dossier(aanbesteding=make_aanbesteding(ingang=ingang))
    with pytest.raises(InvoerError, match="begin 2027"):
        build_bepalingen(b.make_s(dossier), "1")


@pytest.mark.parametrize(
    ("ingang", "maanden", "einde"),
    [
        pytest.param(date(2027, 1, 1), 48, date(2030, 12, 31), id="vier jaar vanaf 1 januari"),
        pytest.param(date(2027, 3, 15), 1, date(2027, 4, 14), id="een maand vanaf de vijftiende"),
        pytest.param(date(2027, 1, 31), 1, date(2027, 2, 27), id="het maandeinde kort de duur"),
    ],
)
def test_de_einddatum_volgt_uit_hele_maanden(ingang: date, maanden: int, einde: date) -> None:
    assert count_einddatum(ingang, maanden) == einde


def test_een_zin_krijgt_precies_een_punt() -> None:
    assert [as_zin(t) for t in ("Zorg B.V.", "Zorg", "Zorg? ", "")] == ["Zorg B.V.", "Zorg.", "Zorg?", ""]


def test_de_tariefonderbouwing_telt_elk_element_op_tot_het_tarief() -> None:
    wmo, jeugd = contexten(TARIEFONDERBOUWING, b.make_compleet_dossier())
    assert [len(p.elementen) for p in (wmo.producten[0], jeugd.producten[0])] == [6, 4]
    assert all(p.som == p.product.tarief == Decimal(60) for p in (*wmo.producten, *jeugd.producten))
    assert "Artikel 5.4 van het Uitvoeringsbesluit Wmo 2015" in tekst(TARIEFONDERBOUWING, wmo)
    assert "Artikel 2.3 van het Besluit Jeugdwet" in tekst(TARIEFONDERBOUWING, jeugd)
    assert "redelijke overheadkosten" in tekst(TARIEFONDERBOUWING, wmo)


def test_het_prijsblad_is_een_apart_deel_en_alleen_bij_een_vrije_prijs() -> None:
    (met,) = contexten(INSCHRIJFFORMULIER, b.make_compleet_dossier())
    (zonder,) = contexten(INSCHRIJFFORMULIER, b.make_compleet_dossier(), onderwerpen=("2",))
    assert "Dien dit blad apart in." in tekst(INSCHRIJFFORMULIER, met)
    assert "Prijsblad" not in tekst(INSCHRIJFFORMULIER, zonder)


def test_de_eigen_verklaring_noemt_elke_eis_een_keer_met_de_percelen_die_hem_stellen() -> None:
    (context,) = contexten(EIGEN_VERKLARING, b.make_compleet_dossier())
    uitsluiting = {(r.code, r.tekst): r.percelen for r in context.uitsluiting}
    assert uitsluiting
    assert ("1", "2") in uitsluiting.values()
    assert (context.terugkijk_verplicht, context.terugkijk_facultatief) == (
        load_normen().op("terugkijk_verplichte_uitsluiting", b.make_compleet_dossier().peildatum).getal,
        load_normen().op("terugkijk_facultatieve_uitsluiting", b.make_compleet_dossier().peildatum).getal,
    )


@pytest.mark.parametrize(
    ("procedure", "zin"),
    [
        pytest.param("sas", "niet verplicht", id="in het lichte regime is het UEA niet verplicht"),
        pytest.param("openbaar", "U mag in plaats van", id="in de openbare procedure mag het UEA ook"),
    ],
)
def test_de_eigen_verklaring_zegt_wat_met_het_uea_mag(procedure: str, zin: str) -> None:
    (context,) = contexten(EIGEN_VERKLARING, b.make_compleet_dossier(procedure=procedure))
    assert zin in tekst(EIGEN_VERKLARING, context)


def test_de_verklaring_samenwerking_noemt_de_percelen_en_de_reele_prijs_bij_jeugdhulp() -> None:
    (context,) = contexten(VERKLARING_SAMENWERKING, b.make_compleet_dossier())
    woorden = tekst(VERKLARING_SAMENWERKING, context)
    assert all(perceel in woorden for perceel in context.percelen)
    assert "hoofdelijk aansprakelijk" in woorden
    (zonder,) = contexten(VERKLARING_SAMENWERKING, b.make_compleet_dossier(), onderwerpen=("1",))
    assert ("Besluit Jeugdwet" in woorden, zonder.jeugdhulp) == (True, False)


def test_de_aankondiging_draagt_de_vaste_kenmerken_en_de_totale_waarde() -> None:
    (context,) = contexten(AANKONDIGING, b.make_gepubliceerd())
    assert context.totale_waarde == Decimal("8000000.00")
    woorden = tekst(AANKONDIGING, context)
    for deel in (
        "00000000-0000-0000-0000-000000000063",
        "85312300",
        "NL226",
        "€ 8.000.000,00",
        "40 van 100 punten",
    ):
        assert deel in woorden


def test_voor_de_publicatie_is_er_geen_aankondiging() -> None:
    with pytest.raises(InvoerError, match="nog niet gepubliceerd"):
        contexten(AANKONDIGING, b.make_compleet_dossier())


def test_de_nota_is_anoniem_en_houdt_een_vertrouwelijk_antwoord_achter() -> None:
    (context,) = contexten(NOTA_VAN_INLICHTINGEN, make_nota(), "2026-03-25")
    woorden = tekst(NOTA_VAN_INLICHTINGEN, context)
    assert "Zorgbedrijf" not in woorden
    assert "Geheim antwoord" not in woorden
    assert "1 antwoord" in woorden
    assert "Nieuwe tekst." in woorden
    assert "blijft dinsdag 14 april 2026 om 12.00 uur" in woorden


def test_de_nota_noemt_elk_gewijzigd_stuk_met_zijn_nieuwe_versie() -> None:
    (context,) = contexten(NOTA_VAN_INLICHTINGEN, make_nota(), "2026-03-25")
    assert [(g.naam, g.versie) for g in context.gewijzigde_stukken] == [("Leidraad", 2)]


def test_een_tweede_wijziging_van_hetzelfde_stuk_geeft_versie_drie() -> None:
    dossier = make_nota()
    nota = dossier.laatste(NotaVastgesteld)
    assert nota is not None
    tweede = dossier.met(nota.model_copy(update={"ronde": 2}), moment=dossier.vastleggingen[-1].moment)
    (context,) = contexten(NOTA_VAN_INLICHTINGEN, tweede, "2026-03-26")
    assert [g.versie for g in context.gewijzigde_stukken] == [3]


def test_de_nota_kondigt_een_latere_sluiting_bovenaan_aan() -> None:
    (context,) = contexten(NOTA_VAN_INLICHTINGEN, make_nota("2026-04-21 12:00"), "2026-03-25")
    woorden = tekst(NOTA_VAN_INLICHTINGEN, context)
    assert "naar dinsdag 21 april 2026 om 12.00 uur" in woorden
    assert "Tijd voor de wijziging." in woorden


def test_iedere_inschrijver_krijgt_een_ontvangstbevestiging_met_het_moment() -> None:
    dossier = b.make_gepubliceerd(InschrijvingenOntvangen(inschrijvingen=(OP_TIJD, LAAT)))
    exemplaren = list(ONTVANGSTBEVESTIGING.build(b.make_s(dossier, None, "2026-04-14 13:00")))
    assert [(e.ontvanger.sleutel, e.ontvanger.email) for e in exemplaren] == [
        ("I-001", "zorg1@example.org"),
        ("I-002", "zorg2@example.org"),
    ]
    op_tijd, laat = (tekst(ONTVANGSTBEVESTIGING, e.context) for e in exemplaren)
    assert "Dat was op tijd" in op_tijd
    assert "ongeopend weggelegd" in laat
    assert "Perceel 2: Jeugdwet – Proefperceel 2" in laat


def test_alleen_de_laatst_geregistreerde_inschrijvingen_krijgen_een_bevestiging() -> None:
    dossier = b.make_gepubliceerd(
        InschrijvingenOntvangen(inschrijvingen=(OP_TIJD,)), InschrijvingenOntvangen(inschrijvingen=(LAAT,))
    )
    exemplaren = ONTVANGSTBEVESTIGING.build(b.make_s(dossier, None, "2026-04-14 13:00"))
    assert [e.ontvanger.sleutel for e in exemplaren] == ["I-002"]


def test_het_proces_verbaal_scheidt_op_tijd_van_te_laat_en_telt_per_perceel() -> None:
    (context,) = contexten(PROCES_VERBAAL_OPENING, make_geopend(), "2026-04-14 13:00")
    assert [r.nummer for r in context.inschrijvingen] == ["I-001"]
    assert [r.nummer for r in context.te_laat] == ["I-002"]
    assert [p.aantal for p in context.percelen] == [1, 0]
    woorden = tekst(PROCES_VERBAAL_OPENING, context)
    assert "De prijzen zijn niet geopend" in woorden
    assert "jurist.demo (jurist)" in woorden


def test_het_intrekkingsbericht_noemt_reden_en_rechtsgang() -> None:
    feit = PercelenIngetrokken(percelen=("2",), motivering="Er zijn geen inschrijvingen")
    (context,) = contexten(INTREKKINGSBERICHT, b.make_gepubliceerd(feit), "2026-04-15")
    assert context.termijn_einde.date() == date(2026, 5, 6)
    woorden = tekst(INTREKKINGSBERICHT, context)
    assert "Er zijn geen inschrijvingen." in woorden
    assert "Rechtbank Proefland" in woorden
    assert "Proefperceel 1" not in woorden


@pytest.mark.parametrize("document", FASE.documenten, ids=lambda d: d.code)
def test_ieder_voorbeeld_wordt_een_document_en_zegt_dat_het_verzonnen_is(document: Document) -> None:
    woorden = tekst(document, document.voorbeeld())
    assert "verzonnen" in woorden
    assert ".." not in woorden


@pytest.mark.parametrize(
    "document",
    [
        AANBESTEDINGSLEIDRAAD,
        PROGRAMMA_VAN_EISEN,
        CONCEPTOVEREENKOMST,
        TARIEFONDERBOUWING,
        INSCHRIJFFORMULIER,
        EIGEN_VERKLARING,
        VERKLARING_SAMENWERKING,
    ],
    ids=lambda d: d.code,
)
@pytest.mark.parametrize("procedure", ["sas", "openbaar", "sas_zonder_criteria"])
def test_de_stukken_worden_gemaakt_in_elke_procedure(document: Document, procedure: str) -> None:
    for context in contexten(document, b.make_compleet_dossier(procedure=procedure)):
        assert tekst(document, context)


def test_dezelfde_situatie_geeft_dezelfde_stukken_in_dezelfde_volgorde() -> None:
    s = b.make_s(b.make_gepubliceerd())
    for document in (AANBESTEDINGSLEIDRAAD, PROGRAMMA_VAN_EISEN, AANKONDIGING):
        assert list(document.build(s)) == list(document.build(s))


@pytest.mark.parametrize(
    ("waarde", "gelijk", "woorden"),
    [
        pytest.param("nee", True, None, id="nee betekent één tarief"),
        pytest.param("ja", False, "Groot is duurder", id="ja vraagt de motivering"),
        pytest.param("toeslag voor nacht.", False, "toeslag voor nacht", id="een tekst blijft een tekst"),
    ],
)
def test_een_besluit_over_tariefverschil_wordt_een_leesbare_bepaling(
    waarde: str, gelijk: bool, woorden: str | None
) -> None:
    punt = PuntBeslist(punt="tariefdifferentiatie", waarde=waarde, motivering="Groot is duurder.")
    ovk = build_bepalingen(b.make_s(b.make_compleet_dossier(punt)), "1")
    assert (ovk.gelijk_tarief, ovk.gedifferentieerd_tarief) == (gelijk, woorden)

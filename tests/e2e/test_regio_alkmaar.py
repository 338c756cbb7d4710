"""The region of Alkmaar: what issue and source text ask is in the text of the Word documents of its two stories."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from aanbesteding.domain.feiten import OvereenkomstBeeindigd, OvereenkomstGesloten
from aanbesteding.domain.norm import load_normen
from aanbesteding.domain.overleg import list_bijlagen, list_deelnemers
from aanbesteding.engine.verifieer import verify

pytestmark = pytest.mark.traag

GEMEENTEN = ("Alkmaar", "Bergen", "Castricum", "Heerhugowaard", "Heiloo", "Langedijk", "Uitgeest")
NIEUW_RECHT = re.compile(
    r"2014/24|sociale en andere specifieke diensten|Uitvoeringsbesluit Wmo 2015|Besluit Jeugdwet|2\.163|"
    r"Uniform Europees"
)


@pytest.fixture(scope="session")
def jeugd(vertel):
    """The purchase of youth care, told once."""
    return vertel("regio-alkmaar")


@pytest.fixture(scope="session")
def wmo(vertel):
    """The purchase of Wmo support, told once."""
    return vertel("regio-alkmaar", "verhaal-wmo.toml")


@pytest.fixture(params=["jeugd", "wmo"])
def elk(request):
    """Both in turn."""
    return request.getfixturevalue(request.param)


def lees(verteld, document: str) -> str:
    """The text of the last copy of a document, on one line."""
    return " ".join(verteld.read_alle(document)[-1].split())


# --- two procedures of different kind in one programme ----------------------------------------------------


def test_two_purchases_of_one_programme_follow_procedures_of_different_kind(jeugd, wmo):
    een, ander = jeugd.dossier.aanbesteding, wmo.dossier.aanbesteding
    assert een.programma == ander.programma != ""
    assert (een.procedure, ander.procedure) == ("b_diensten", "bestuurlijk")
    assert "Op volgorde" not in lees(wmo, "toelatingsleidraad")
    assert "geen rangorde" in lees(wmo, "toelatingsleidraad")
    assert "gunningscriteria" in lees(jeugd, "aanbestedingsleidraad")


def test_jeugd_is_tendered_on_a_programme_of_requirements(jeugd):
    eisen = lees(jeugd, "programma_van_eisen")
    assert "indicatoren over het verloop van het hulptraject" in eisen
    assert "voorgeschreven vormen van vernieuwing" in eisen
    assert "Een lopend traject gaat op 1 januari 2016 door" in eisen
    assert jeugd.list_documenten("afwijzingsbrief"), "er is vergeleken en er zijn verliezers"


# --- 2016 rules for a 2016 purchase -----------------------------------------------------------------------


def test_documents_cite_the_law_of_before_july_2016(jeugd, wmo):
    for verteld, document in (
        (jeugd, "aanbestedingsleidraad"),
        (jeugd, "aankondiging"),
        (jeugd, "eigen_verklaring"),
        (jeugd, "collegevoorstel_gunning"),
        (jeugd, "proces_verbaal_gunning"),
        (jeugd, "aankondiging_gegunde_opdracht"),
        (wmo, "toelatingsleidraad"),
    ):
        assert "tekst tot 1 juli 2016" in lees(verteld, document), document
    assert "Richtlijn 2004/18/EG" in lees(jeugd, "aankondiging")
    assert "Richtlijn 2004/18/EG" in lees(wmo, "toelatingsleidraad")


def test_no_document_cites_law_that_did_not_exist_yet(elk):
    gevonden = {
        f"{regel.document}: {treffer}"
        for regel in elk.list_documenten()
        for treffer in NIEUW_RECHT.findall(elk.read_tekst(regel))
    }
    assert not gevonden


def test_terms_are_those_of_the_day(jeugd):
    normen = load_normen()
    assert normen.op("nvi", jeugd.dossier.peildatum).getal == 6
    assert normen.op("aankondiging_gunning", jeugd.dossier.peildatum).getal == 48
    assert normen.op("drempel_b_diensten", jeugd.dossier.peildatum).bedrag == Decimal(207000)
    assert "alsof zij gelden" in lees(jeugd, "aanbestedingsleidraad"), "de opschorting is eigen keuze"


# --- bestuurlijk aanbesteden ------------------------------------------------------------------------------


def test_everyone_may_join_and_nobody_is_selected(wmo):
    bekend = lees(wmo, "bekendmaking_overleg")
    assert "klein of groot, kan meedoen" in bekend
    assert "geen selectie en geen sluitingsdatum" in bekend
    assert len(list_deelnemers(wmo.dossier)) == len(wmo.list_documenten("procesovereenkomst")) == 38


def test_the_process_agreement_is_that_of_the_region_and_rules_the_consultation(wmo):
    tekst = lees(wmo, "procesovereenkomst")
    for stuk in (
        "eenvoud, lichtere hulp, aantrekkelijke tarieven, maatwerk als norm, meer samen en innovatie",
        "regionaal directieteam Sociaal Domein",
        "regionale contractmanagement",
        "werkgroep communicatie",
        "Kleine en grote aanbieders hebben aan tafel evenveel te zeggen",
        "Elke gemeente besluit zelf",
    ):
        assert stuk in tekst, stuk
    assert all(f"de gemeente {naam}" in tekst for naam in GEMEENTEN)


def test_tables_are_called_and_reported_without_names(wmo):
    uitnodigingen = wmo.read_alle("uitnodiging_overlegtafel")
    assert len(uitnodigingen) == 36 + 38, "wie later tekende, zit aan de tweede tafel"
    eerste, tweede = (" ".join(t.split()) for t in wmo.read_alle("verslag_overlegtafel"))
    assert "Tarieven en budget 2016" in eerste
    assert "overeenstemming met een voorbehoud" in tweede
    namen = [d.deelnemer.naam for d in list_deelnemers(wmo.dossier)]
    for tekst in (eerste, tweede):
        uitkomsten = tekst[: tekst.index("Bijlage: aanwezige aanbieders")]
        assert not [naam for naam in namen if naam in uitkomsten]


def test_the_basic_agreement_has_a_living_annex(wmo):
    basis = wmo.read_alle("basisovereenkomst")
    assert len(basis) == len(wmo.dossier.list_feiten(OvereenkomstGesloten)) == 35
    tekst = " ".join(basis[0].split())
    for stuk in (
        "De levende bijlage",
        "geldt versie 1, die ingaat op 1 januari 2016",
        "Bijsturen op budget en resultaat",
        "ten hoogste 10% af van de eerste versie",
        "De cliënt kiest zelf uit de aanbieders met een basisovereenkomst",
        "persoonsgebonden budget",
        "Persoonlijke verzorging",
        "Begeleiding thuis",
        "Verblijf tijdelijk",
    ):
        assert stuk in tekst, stuk
    assert "De levende bijlage" in lees(wmo, "conceptbasisovereenkomst")


def test_budget_and_result_are_adjusted_during_the_term(wmo):
    eerste, tweede = list_bijlagen(wmo.dossier, "1")
    assert (eerste.budget_per_jaar, tweede.budget_per_jaar) == (Decimal(18400000), Decimal(19000000))
    versies = wmo.read_alle("bijlage_basisovereenkomst")
    assert len(versies) == 1 + 35, "de eerste voor iedereen, de tweede bij elke overeenkomst"
    tekst = " ".join(versies[-1].split())
    for stuk in (
        "Versie 2 geldt vanaf 1 mei 2016",
        "€ 19.000.000,00 per jaar",
        "Het was € 18.400.000,00",
        "20 procent (was: 15 procent)",
        "400 per jaar (nieuw)",
        "€ 49,80",
        "uiterlijk 15 april 2016",
    ):
        assert stuk in tekst, stuk
    assert all(naam in tekst for naam in GEMEENTEN), "elke gemeente besloot"


def test_who_does_not_accept_a_version_leaves_the_list(wmo):
    (einde,) = wmo.dossier.list_feiten(OvereenkomstBeeindigd)
    (weg,) = [o for o in wmo.dossier.list_feiten(OvereenkomstGesloten) if o.nummer == einde.nummer]
    voor, na = wmo.read_alle("aanbiederslijst")
    assert weg.aanbieder.naam in voor
    assert f"{weg.aanbieder.naam} ({weg.nummer})" in na, "als vervallen genoemd"


# --- letters ----------------------------------------------------------------------------------------------


def test_providers_not_yet_active_are_expressly_asked(jeugd):
    brieven = jeugd.read_alle("brief_nieuwe_aanbieder")
    assert len(brieven) == 12
    tekst = " ".join(brieven[0].split())
    assert "U werkt voor zover wij weten nog niet in regio Alkmaar" in tekst
    assert "Wij vragen u uitdrukkelijk om mee te doen" in tekst
    assert "maandag 24 augustus 2015 om 12.00 uur" in tekst
    assert "Ervaring in deze regio is geen eis" in tekst


def test_small_providers_have_a_light_track_with_the_same_requirements(elk):
    tekst = lees(elk, "brief_kleine_aanbieder")
    for stuk in (
        "zo eenvoudig mogelijk",
        "lichte route",
        "dezelfde eisen",
        "ten hoogste 5 voltijdbanen",
        "spreekuur",
    ):
        assert stuk in tekst, stuk
    licht = "door uzelf ondertekend" if elk.dossier.regime.keuze else "wij zoeken het uittreksel zelf op"
    assert licht in tekst


def test_councils_and_client_councils_get_the_information_letter(wmo):
    brieven = [" ".join(t.split()) for t in wmo.read_alle("informatiebrief_raden")]
    assert len(brieven) == 2 * len(GEMEENTEN)
    for naam in GEMEENTEN:
        assert [t for t in brieven if f"De gemeenteraad van {naam}" in t], naam
        assert [t for t in brieven if f"Cliëntenraad {naam}" in t], naam
    tekst = brieven[0]
    for stuk in (
        "In januari besloten",
        "Inkoop jeugdhulp 2016",
        "besteden bestuurlijk aan",
        "kleine lokale aanbieders",
        "kan dat op 1 januari 2016 voortzetten, maar niet per definitie bij dezelfde aanbieder",
        "tussen een persoonsgebonden budget en zorg in natura",
        "zorgconsulent",
        "zorgaanbieders en andere direct betrokkenen in het bestuurlijk overleg",
    ):
        assert stuk in tekst, stuk


def test_running_tracks_go_on_at_1_january_2016(jeugd, wmo):
    for verteld, document in ((jeugd, "brief_lopende_trajecten"), (wmo, "brief_voortzetting")):
        tekst = lees(verteld, document)
        assert "op 1 januari 2016 voortzetten, maar niet per definitie bij dezelfde aanbieder" in tekst
        assert "persoonsgebonden budget" in tekst
        assert "aatwerk" in tekst


# --- doubts stay questions --------------------------------------------------------------------------------


def test_doubts_of_the_source_text_stay_questions(jeugd, wmo):
    vragen = {n.code for v in (jeugd, wmo) for n in v.dossier.aanbesteding.navragen}
    assert {
        "regime",
        "aard_van_de_procedure",
        "grens_wijziging",
        "continuiteit_grens",
        "jaar_van_de_brief",
    } <= vragen
    redenen = [v.handeling for v in wmo.dossier.vastleggingen if "niet als een aanbesteding" in str(v.feit)]
    assert "publiceren" in redenen, "de onzekere aard is gemotiveerd, niet stil beslist"


def test_both_dossiers_can_be_verified_whole(elk):
    uitslag = verify(elk.app, elk.verhaal.dossier)
    assert (uitslag.meldingen, uitslag.documenten) == ((), uitslag.gereproduceerd)

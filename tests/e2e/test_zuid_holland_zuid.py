"""What the purchase of Zuid-Holland Zuid must show, in the text of the Word documents that it made."""

from __future__ import annotations

import re
from collections import Counter

import pytest

pytestmark = pytest.mark.traag

THEMAS = (
    "Samenwerking in de keten rond gezinnen", "Ervaringsdeskundigen bij het verbeteren",
    "Bewezen werkwijzen ontwikkelen", "Technologische vernieuwing", "Sociale vernieuwing",
)  # fmt: skip
INDICATOREN = (
    "Afschaling van hulp", "Duur en intensiteit van trajecten", "Herhaald gebruik van hulp",
    "Gebruik van eigen kracht en sociaal netwerk",
)  # fmt: skip


@pytest.fixture(scope="session")
def verteld(vertel):
    return vertel("zuid-holland-zuid")


@pytest.fixture(scope="session")
def strategie(verteld):
    (tekst,) = verteld.read_alle("inkoopstrategie")
    return tekst


@pytest.fixture(scope="session")
def overeenkomst(verteld):
    return verteld.read_alle("overeenkomst")[0]


def test_145_rta_30_lta_and_80_maatwerk_providers_each_got_a_letter_at_the_start(verteld, strategie):
    brieven = verteld.list_documenten("brief_lopende_overeenkomst")
    assert len(brieven) == len({b.ontvanger for b in brieven}) == 255
    soorten = Counter(re.search(r"uit de groep (.+?)\. Volgens", verteld.read_tekst(b))[1] for b in brieven)
    assert sorted(soorten.values()) == [30, 80, 145]
    for groep, aantal in soorten.items():
        assert re.search(rf"{re.escape(groep)} \| {aantal} aanbieders \| – \| – \| {aantal} ", strategie), (
            groep
        )


def test_policy_on_the_number_of_providers_differs_per_segment(verteld, strategie):
    rijen = [r for r in strategie.splitlines() if r.startswith("| Segment ")]
    assert ["een kleiner aantal" in r for r in rijen if "gericht" in r] == [True, True, False, False, False]
    assert ["meerdere aanbieders" in r for r in rijen if "gericht" in r] == [False, False, True, True, True]
    leidraad = verteld.read_alle("aanbestedingsleidraad")[-1]
    for code, maximum in (
        ("44A01", "4"),
        ("48A01", "2"),
        ("45A04", "geen"),
        ("51A01", "geen"),
        ("54A01", "geen"),
    ):
        (rij,) = [r for r in leidraad.splitlines() if r.startswith(f"| {code} ")]
        assert rij.rstrip(" |").rpartition("|")[2].strip() == maximum


def test_small_providers_are_registered_as_subcontractors_and_in_coalitions_with_their_history(verteld):
    register = verteld.read_alle("samenwerkingsregister")[-1]
    rijen = [r for r in register.splitlines() if "| onderaanneming |" in r or "| coalitie |" in r]
    soorten = Counter("coalitie" if "| coalitie |" in r else "onderaanneming" for r in rijen)
    assert soorten == {"onderaanneming": 14, "coalitie": 4}
    assert sum("01-06-2022" in r for r in rijen) == 2, "wie tijdens de looptijd erbij kwam"
    assert len(verteld.read_alle("samenwerkingsregister")[0].splitlines()) < len(register.splitlines())


def test_indicators_stand_in_every_agreement_and_are_reported_per_segment(verteld, overeenkomst):
    for indicator in INDICATOREN:
        assert indicator in overeenkomst
    verslagen = verteld.read_alle("prestatieverslag")
    assert len(verslagen) == 5
    for verslag in verslagen:
        assert all(indicator in verslag for indicator in (*INDICATOREN, "Herindicaties"))
        assert "| ja " in verslag or "| nee " in verslag


def test_wnt_is_declared_by_every_bidder_and_binds_in_the_agreement(verteld, overeenkomst):
    (concept, *_, verklaring) = verteld.read_alle("wnt_verklaring")
    assert "Wet normering bezoldiging topfunctionarissen" in verklaring
    assert concept
    assert (
        "houdt aan de Wet normering bezoldiging topfunctionarissen publieke en semipublieke sector"
        in overeenkomst
    )
    for eisen in verteld.read_alle("programma_van_eisen"):
        assert "houdt zich aan de Wet normering topinkomens" in eisen


def test_the_profit_clause_is_there_because_it_was_decided_and_only_then(verteld, vertel, overeenkomst):
    assert "inzicht in het resultaat op deze overeenkomst" in overeenkomst
    assert (
        "inzicht in het resultaat op deze overeenkomst"
        not in vertel("westfriesland").read_alle("overeenkomst")[0]
    )


def test_five_innovation_themes_stand_in_strategy_agreement_and_criterion(verteld, strategie, overeenkomst):
    for thema in THEMAS:
        assert thema in strategie
        assert thema in overeenkomst
    leidraad = verteld.read_alle("aanbestedingsleidraad")[-1]
    assert "Innovatie en samenwerking" in leidraad


def test_ten_municipalities_have_neutral_labels_and_the_text_says_so(strategie, overeenkomst):
    assert "De deelnemende gemeenten zijn: A, B, C, D, E, F, G, H, I en J." in strategie
    assert "De brontekst noemt deze gemeenten niet bij naam" in strategie
    assert "Welke tien gemeenten doen mee?" in strategie
    assert "A, B, C, D, E, F, G, H, I en J" in overeenkomst


def test_thirteen_principles_can_be_followed(verteld):
    (tekst,) = verteld.read_alle("herleiding")
    assert "13 uitgangspunten" in tekst
    assert len([r for r in tekst.splitlines() if re.match(r"\| \d+ \|", r)]) == 13


def test_documents_carry_the_regional_letterhead_and_word(verteld):
    assert "Inkoop Jeugdhulp Zuid-Holland Zuid" in verteld.read_alle("gunningsbrief")[0]
    assert "Segment 4: Basis-GGZ" in verteld.read_alle("aanbestedingsleidraad")[-1]

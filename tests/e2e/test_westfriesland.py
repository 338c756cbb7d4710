"""What the purchase of Westfriesland must show, in the text of the Word documents that it made."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.traag

RADEN = ("Hoorn", "Medemblik", "Koggenland", "Opmeer", "Stede Broec", "Enkhuizen", "Drechterland")
BUITEN_WMO = (
    "Meldpunt Acute Zorg", "Beschermd wonen", "Maatschappelijke opvang", "Doelgroepenvervoer", "Inloop GGZ",
    "Hulpmiddelen", "Trapliften",
)  # fmt: skip
ALLEEN_INVOER = ("JeugdzorgPlus", "Integrale Crisisdienst Jeugd")
GROEPEN = (
    "Huidige aanbieders", "Mogelijk nieuwe aanbieders", "Lokale maatschappelijke partners", "Adviesraden",
    "Eigen uitvoering van de gemeenten", "Inwoners", "Ervaringsdeskundigen",
)  # fmt: skip


@pytest.fixture(scope="session")
def verteld(vertel):
    return vertel("westfriesland")


@pytest.fixture(scope="session")
def strategie(verteld):
    (tekst,) = verteld.read_alle("inkoopstrategie")
    return tekst


def rijen_onder(tekst: str, bijschrift: str) -> list[str]:
    """The rows of the table under this caption, without its head."""
    regels = tekst.split(bijschrift, 1)[1].splitlines()[1:]
    tabel: list[str] = []
    for regel in regels:
        if regel.startswith("|"):
            tabel.append(regel)
        elif tabel and regel.strip():
            break
    return [r for r in tabel if not set(r) <= set("|- ")][1:]


def test_seven_councils_each_adopted_the_principles(strategie):
    rijen = rijen_onder(strategie, "Besluit over het beleidskader per gemeente")
    assert [r.split("|")[1].strip() for r in rijen] == list(RADEN)
    assert all("gemeenteraad" in r for r in rijen)


def test_the_rider_of_opmeer_is_carried_from_council_to_agreement(verteld, strategie):
    for document in ("marktconsultatiedocument", "collegevoorstel_strategie"):
        for tekst in verteld.read_alle(document):
            assert re.search(r"Opmeer.*budgetplafonds niet worden uitgesloten", tekst), document
    (rij,) = rijen_onder(strategie, "Wat aan het kader is toegevoegd en hoe dat is verwerkt")
    assert "Opmeer" in rij
    assert "gelden voor begeleiding en specialistische jeugdhulp" in rij
    overeenkomst = verteld.read_alle("overeenkomst")[0]
    assert (
        "Over een budgetplafond is besloten: Ja, voor begeleiding en specialistische jeugdhulp"
        in overeenkomst
    )


def test_scope_shows_exactly_seven_wmo_and_two_youth_exclusions(strategie):
    buiten = rijen_onder(strategie, "Valt buiten deze inkoop")
    assert [r.split("|")[1].strip() for r in buiten] == list(BUITEN_WMO)
    assert all("Wmo 2015" in r for r in buiten)
    invoer = rijen_onder(strategie, "Alleen invoer voor een ander inkooptraject")
    assert [r.split("|")[1].strip() for r in invoer] == list(ALLEEN_INVOER)
    assert all("Jeugdwet" in r for r in invoer)
    assert len(rijen_onder(strategie, "Wordt ingekocht")) == 10


def test_every_contract_has_a_participation_track_with_seven_groups(verteld):
    (plan,) = verteld.read_alle("participatieplan")
    rijen = rijen_onder(plan, "Participatie per opdracht")
    assert len(rijen) == 10
    for rij in rijen:
        assert all(groep in rij for groep in GROEPEN), rij
        assert "nog open" not in rij
    assert len({r.split("|")[3] for r in rijen}) == 10, "de vorm verschilt per opdracht"


def test_youth_protection_was_offered_to_every_council_at_the_same_moment(strategie):
    (zin,) = [
        r
        for r in strategie.splitlines()
        if "jeugdbescherming en jeugdreclassering" in r and "hetzelfde moment" in r
    ]
    assert all(raad in zin for raad in RADEN)


def test_contracts_start_on_days_of_their_own_between_january_2024_and_january_2025(verteld, strategie):
    dagen = [
        r.split("|")[3].strip()
        for r in rijen_onder(strategie, "Bekostiging, ingang, looptijd en aantal aanbieders")
    ]
    assert dagen == [
        "1 januari 2024", "1 januari 2024", "1 juli 2024", "1 januari 2024", "1 juli 2024", "1 juli 2024",
        "1 januari 2025", "1 januari 2025", "1 januari 2024", "1 januari 2025",
    ]  # fmt: skip
    leidraad = verteld.read_alle("aanbestedingsleidraad")[-1]
    assert [r.split("|")[2].strip() for r in rijen_onder(leidraad, "Duur en verlenging per ")] == dagen
    for regel in verteld.list_documenten("overeenkomst"):
        perceel = int(re.search(r"-P(\d+)-", regel.pad)[1])
        assert f"Deze overeenkomst gaat in op {dagen[perceel - 1]}" in verteld.read_tekst(regel), regel.pad


def test_funding_is_open_in_the_consultation_and_chosen_per_care_form_afterwards(verteld, strategie):
    (consultatie,) = verteld.read_alle("marktconsultatiedocument")
    for rij in rijen_onder(consultatie, "Beoogde indeling"):
        assert "nog open" in rij
    keuzes = [
        r.split("|")[2].strip()
        for r in rijen_onder(strategie, "Bekostiging, ingang, looptijd en aantal aanbieders")
    ]
    assert set(keuzes) == {"inspanningsgericht", "taakgericht", "outputgericht"}
    leidraad = verteld.read_alle("aanbestedingsleidraad")[-1]
    assert leidraad.count("De uitvoeringsvariant is: taakgericht") == keuzes.count("taakgericht") == 3


def test_a_local_deviation_stands_in_the_agreements_that_it_touches_and_no_others(verteld, strategie):
    (rij,) = rijen_onder(strategie, "Wat in één gemeente anders is")
    assert "Koggenland" in rij
    for regel in verteld.list_documenten("overeenkomst"):
        geraakt = re.search(r"-P[23]-", regel.pad) is not None
        assert ("Koggenland: Toegang" in verteld.read_tekst(regel)) is geraakt, regel.pad


def test_nineteen_principles_can_be_followed_to_criteria_and_articles(verteld):
    (tekst,) = verteld.read_alle("herleiding")
    rijen = [
        [c.strip() for c in r.split("|")[1:-1]]
        for r in rijen_onder(tekst, "Van uitgangspunt naar criterium en artikel")
    ]
    assert [r[0] for r in rijen] == [str(n) for n in range(1, 20)]
    assert all(any(c != "–" for c in r[2:]) for r in rijen), "elk uitgangspunt komt ergens terug"
    leidraad = verteld.read_alle("aanbestedingsleidraad")[-1]
    overeenkomst = verteld.read_alle("conceptovereenkomst")[-1]
    for rij in rijen:
        for criterium in re.findall(r"K\d [^(;]+", rij[2]):
            assert criterium.strip().partition(" ")[2] in leidraad
        for artikel in rij[3].split("; ") if rij[3] != "–" else ():
            assert artikel in overeenkomst


def test_doubtful_points_stay_questions(strategie):
    vragen = " ".join(rijen_onder(strategie, "Vragen aan de regio"))
    assert "In welk jaar deed het college van Opmeer zijn voorstel" in vragen
    assert "Hebben de zes andere raden" in vragen


def test_documents_carry_the_regional_letterhead_and_word(verteld):
    brief = verteld.read_alle("gunningsbrief")[0]
    assert "Zorg in de regio Westfriesland" in brief
    assert "Opdracht 1: Begeleiding" in verteld.read_alle("aanbestedingsleidraad")[-1]

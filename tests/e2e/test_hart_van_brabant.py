"""What the purchases of Hart van Brabant must show, in the text of the Word documents that they made."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.traag

NEGEN = (
    "Dongen", "Gilze en Rijen", "Goirle", "Heusden", "Hilvarenbeek", "Loon op Zand", "Oisterwijk", "Tilburg",
    "Waalwijk",
)  # fmt: skip
ZEVEN = tuple(g for g in NEGEN if g not in ("Loon op Zand", "Waalwijk"))
GEBIEDEN = (*(f"Tilburg gebied {n}" for n in range(1, 7)), *(g for g in ZEVEN if g != "Tilburg"))
DEELNAME = {
    "jeugdhulp": NEGEN,
    "wmo-beschermd-wonen": NEGEN,
    "wmo-begeleiding": ZEVEN,
    "wmo-dagbesteding": ZEVEN,
    "participatie-dagbesteding": ZEVEN,
}
DATUM = r"(\d{1,2} [a-z]+ \d{4})"


@pytest.fixture(scope="session")
def inkoop(vertel):
    """A purchase of this region by its name, told once."""
    return lambda naam: vertel("hart-van-brabant", f"verhaal-{naam}.toml")


@pytest.fixture(scope="session")
def leidraad(inkoop):
    """The last guide of a purchase."""
    return lambda naam: inkoop(naam).read_alle("aanbestedingsleidraad")[-1]


def rijen_onder(tekst: str, bijschrift: str) -> list[list[str]]:
    """The cells of the rows of the table under this caption, without its head."""
    tabel: list[str] = []
    for regel in tekst.split(f"\n{bijschrift}\n", 1)[1].splitlines():
        if regel.startswith("|"):
            tabel.append(regel)
        elif tabel:
            break
    return [[c.strip() for c in r.split("|")[1:-1]] for r in tabel][1:]


@pytest.mark.parametrize("naam", DEELNAME, ids=lambda n: f"{n} met {len(DEELNAME[n])} gemeenten")
def test_the_matrix_of_municipalities_and_segments_stands_in_every_guide(leidraad, naam):
    blok = leidraad(naam).split("De volgende gemeenten nemen deel:", 1)[1].split("###", 1)[0]
    rijen = [r.split("|")[1].strip() for r in blok.splitlines() if r.startswith("|")][1:]
    assert tuple(sorted(rijen)) == DEELNAME[naam]


def test_youth_has_four_segments_with_three_ways_of_funding_side_by_side(leidraad):
    tekst = leidraad("jeugdhulp")
    assert re.findall(r"^### (Segment \d: .+)$", tekst, re.MULTILINE) == [
        "Segment 1: Specialistische zorg",
        "Segment 2: Wonen",
        "Segment 3: Dagbehandeling, dagbegeleiding en dagopvang",
        "Segment 4: Veelvoorkomende zorg",
    ]
    assert re.findall(r"De uitvoeringsvariant is: (\w+)", tekst) == [
        "taakgericht", "inspanningsgericht", "inspanningsgericht", "outputgericht",
    ]  # fmt: skip


def test_three_wmo_segments_and_participation_have_their_own_funding(leidraad):
    assert "De uitvoeringsvariant is: taakgericht (lumpsum)" in leidraad("wmo-beschermd-wonen")
    assert "De uitvoeringsvariant is: taakgericht (lumpsum per gebied)" in leidraad("wmo-begeleiding")
    assert "De uitvoeringsvariant is: inspanningsgericht (P x Q)" in leidraad("wmo-dagbesteding")
    participatie = leidraad("participatie-dagbesteding")
    assert "De hulp berust op de Participatiewet" in participatie
    assert "De uitvoeringsvariant is: inspanningsgericht (P x Q)" in participatie


def test_terms_are_four_four_two_with_an_option_and_open_until_decided(inkoop, leidraad):
    (consultatie,) = inkoop("jeugdhulp").read_alle("marktconsultatiedocument")
    assert "24 maanden, verlenging: aantal nog open, duur nog open" in consultatie
    duur = rijen_onder(leidraad("jeugdhulp"), "Duur en verlenging per perceel")
    assert [(r[2], r[3]) for r in duur] == [
        ("48 maanden", "geen"),
        ("48 maanden", "geen"),
        ("24 maanden", "1 keer, telkens ten hoogste 12 maanden"),
        ("36 maanden", "geen"),
    ]


def test_begeleiding_lasts_four_years_with_twice_two_years(inkoop):
    for tekst in inkoop("wmo-begeleiding").read_alle("overeenkomst"):
        assert "Zij duurt 48 maanden en eindigt op 31 december 2025" in tekst
        assert "2 keer verlengen, telkens met ten hoogste 24 maanden" in tekst
        assert "eindigt in elk geval op 31 december 2029" in tekst


# --- begeleiding: twelve areas ----------------------------------------------------------------------------


def test_begeleiding_is_divided_over_twelve_areas_in_an_announced_order_with_a_maximum(leidraad):
    tekst = leidraad("wmo-begeleiding")
    verdeling = tekst.split("### Verdeling over de percelen", 1)[1].split("###", 1)[0]
    assert "Elk perceel gaat naar 1 aanbieder of samenwerkingsverband" in verdeling
    assert "ten hoogste 2 percelen" in verdeling
    volgorde = re.findall(r"^\d+\. Gebied \d+: (.+)$", verdeling, re.MULTILINE)
    assert sorted(volgorde) == sorted(GEBIEDEN)
    assert volgorde[7:10] == ["Oisterwijk", "Gilze en Rijen", "Dongen"]
    assert "Binnen een perceel kiest u zelf" not in tekst


def test_every_area_has_one_provider_or_alliance_and_nobody_has_more_than_two(inkoop):
    verteld = inkoop("wmo-begeleiding")
    gebieden: dict[str, list[str]] = {}
    for tekst in verteld.read_alle("overeenkomst"):
        wie = re.search(r"De opdrachtnemer: (.+?), ", tekst)[1]
        gebied = re.search(r"heeft ingeschreven op (Gebied \d+): ", tekst)[1]
        gebieden.setdefault(wie, []).append(gebied)
    assert sorted(g for lijst in gebieden.values() for g in lijst) == sorted(
        f"Gebied {n}" for n in range(1, 13)
    )
    assert max(map(len, gebieden.values())) == 2
    assert any(wie.startswith("Samenwerkingsverband") for wie in gebieden)


def test_report_and_letters_say_the_maximum_of_an_area_and_who_was_passed_over(inkoop):
    verteld = inkoop("wmo-begeleiding")
    for tekst in verteld.read_alle("beoordelingsrapport"):
        assert "Er zijn 12 percelen samen verdeeld" in tekst
        assert "geen maximum" not in tekst
    assert any("is overgeslagen en heeft met Gebied" in t for t in verteld.read_alle("beoordelingsrapport"))
    for soort in ("gunningsbrief", "afwijzingsbrief"):
        for tekst in verteld.read_alle(soort):
            assert "geen maximum" not in tekst
            assert re.search(r"\| Begeleiding in het gebied \| 1 \|", tekst)
    overgeslagen = [t for t in verteld.read_alle("afwijzingsbrief") + verteld.read_alle("gunningsbrief")
                    if "De reden is dus niet dat uw inschrijving minder punten kreeg" in t]  # fmt: skip
    assert overgeslagen


def test_the_agreement_of_an_area_is_an_area_agreement_in_concept_and_in_the_end(inkoop):
    verteld = inkoop("wmo-begeleiding")
    overeenkomsten = verteld.read_alle("overeenkomst")
    assert len(overeenkomsten) == 12
    for tekst in (*overeenkomsten, *verteld.read_alle("conceptovereenkomst")):
        assert "Deze overeenkomst is een gebiedsovereenkomst." in tekst
        assert "biedt alle begeleiding in het gebied" in tekst
        assert "in principe zonder beschikking geleverd" in tekst
        assert "hoeveel of hoe weinig cliënten hij ook helpt" in tekst
        assert "in dit gebied de enige aanbieder" in tekst
        assert "De cliënt kiest zelf uit de gecontracteerde aanbieders" not in tekst
    concept = verteld.read_alle("conceptovereenkomst")[-1]
    afspraken = [r for r in concept.splitlines() if r.startswith("- ") and "gemeente" not in r]
    assert all(
        a in overeenkomsten[-1] for a in afspraken if "aanbieder: naam" not in a and "Bijlage" not in a
    )
    jeugd = inkoop("jeugdhulp").read_alle("overeenkomst")[0]
    assert "gebiedsovereenkomst" not in jeugd


def test_the_working_agreements_of_the_text_stand_in_the_agreements(inkoop):
    jeugd = [t for t in inkoop("jeugdhulp").read_alle("overeenkomst") if "Segment 1" in t]
    assert jeugd
    for tekst in jeugd:
        assert "De aanbieders leveren in dit segment samen alle zorg voor de doelgroep." in tekst
        assert "De toegang werkt in de hele regio op dezelfde wijze" in tekst
    for tekst in inkoop("wmo-beschermd-wonen").read_alle("overeenkomst"):
        assert "Aanbieders dragen bij aan het programma Weer Thuis." in tekst


# --- beschermd wonen: at least 24 clients, together --------------------------------------------------------


def test_the_minimum_of_24_clients_is_announced_as_one_that_an_alliance_may_reach_together(inkoop, leidraad):
    for tekst in (
        leidraad("wmo-beschermd-wonen"),
        *inkoop("wmo-beschermd-wonen").read_alle("inschrijfformulier"),
    ):
        assert "ten minste 24 cliënten met een indicatie voor beschermd wonen in de regio" in tekst
        assert "Leden van een samenwerkingsverband mogen dit aantal samen halen" in tekst
    assert "Het minimum bevoordeelt anders grote aanbieders." in leidraad("wmo-beschermd-wonen")


def test_letters_tell_the_sum_of_the_members_and_whether_it_was_enough(inkoop):
    verteld = inkoop("wmo-beschermd-wonen")
    for tekst in verteld.read_alle("gunningsbrief"):
        assert re.search(r"opgegeven zijn .*; nodig zijn er ten minste 24", tekst)
    gehaald = [t for s in ("gunningsbrief", "afwijzingsbrief") for t in verteld.read_alle(s)]
    samen = [m for t in gehaald for m in re.findall(r"samen (\d+) cliënten .*?\((.+?)\); nodig", t)]
    assert samen
    for totaal, leden in samen:
        aantallen = [int(n) for n in re.findall(r": (\d+)", leden)]
        assert sum(aantallen) == int(totaal) >= 24
        assert max(aantallen) < 24, "geen lid haalt het minimum alleen"
    tekort = [m for t in verteld.read_alle("brief_ongeldige_inschrijving")
              for m in re.findall(r"Opgegeven zijn (samen )?(\d+) cliënten", t)]  # fmt: skip
    assert sorted(bool(samen) for samen, _ in tekort) == [False, True], "een alleen en een samen te weinig"
    assert all(int(aantal) < 24 for _, aantal in tekort)


# --- run-off ----------------------------------------------------------------------------------------------


def test_a_provider_that_leaves_reads_the_last_day_of_every_track(inkoop):
    verteld = inkoop("jeugdhulp")
    tabellen = [
        t for t in verteld.read_alle("brief_lopende_trajecten") if "Laatste dag van uw lopende trajecten" in t
    ]
    assert len(tabellen) == 5
    dagen = {
        r[0]: (r[1], r[2]) for t in tabellen for r in rijen_onder(t, "Laatste dag van uw lopende trajecten")
    }
    assert dagen["T-101"] == ("31 maart 2022", "31 maart 2022"), "de verwijzing eindigt eerst"
    assert dagen["T-103"] == ("31 december 2022", "31 december 2022")
    assert dagen["T-104"] == ("28 februari 2023", "31 december 2022"), "de uitloop eindigt eerst"
    for tekst in tabellen:
        assert "maar niet na 31 december 2022; de vroegste van die twee dagen telt" in tekst


def test_the_run_off_was_announced_and_stands_in_the_letters_of_the_decision(inkoop, leidraad):
    verteld = inkoop("jeugdhulp")
    (consultatie,) = verteld.read_alle("marktconsultatiedocument")
    assert "uiterlijk tot en met 31 december 2022" in consultatie
    assert "maar niet na 31 december 2022" in leidraad("jeugdhulp")
    brieven = [
        t
        for s in ("afwijzingsbrief", "gunningsbrief", "brief_ongeldige_inschrijving")
        for t in verteld.read_alle(s)
    ]
    assert any(
        "Na de definitieve gunning krijgt u een brief met de laatste dag per traject." in t for t in brieven
    )
    for tekst in inkoop("wmo-begeleiding").read_alle("afwijzingsbrief"):
        assert "Biedt u hier nu hulp?" not in tekst, (
            "de webtekst kent deze uitloop alleen bij specialistische zorg"
        )


# --- informing the market, planning, entry ------------------------------------------------------------------


@pytest.mark.parametrize("naam", DEELNAME)
def test_online_meetings_presentations_and_questions_were_published(inkoop, naam):
    verteld = inkoop(naam)
    verslagen = verteld.read_alle("bijeenkomstverslag")
    assert len(verslagen) == 2
    for tekst in verslagen:
        assert "Zij werd online gehouden." in tekst
        assert rijen_onder(tekst, "Gepubliceerde presentaties")
    (vragen,) = verteld.read_alle("veelgestelde_vragen")
    assert re.search(r"Vraag 1\. .+\?", vragen)
    (verslag,) = verteld.read_alle("consultatieverslag")
    assert len(rijen_onder(verslag, "Bijeenkomsten met de markt")) == 2
    assert "beantwoord in de lijst veelgestelde vragen" in verslag


def test_every_procedure_has_a_planning_of_its_own(leidraad):
    sluitingen = {n: re.search(rf"Inschrijven kan tot [a-z]+ {DATUM}", leidraad(n))[1] for n in DEELNAME}
    assert len(set(sluitingen.values())) == len(DEELNAME), sluitingen


def test_more_homes_came_in_by_an_entry_round_under_the_same_conditions(inkoop):
    verteld = inkoop("jeugdhulp")
    (besluit,) = verteld.read_alle("openstellingsbesluit")
    assert "Gezinshuis" in besluit
    assert verteld.read_alle("toelatingsbesluit")
    assert verteld.read_alle("weigering")
    for tekst in verteld.read_alle("overeenkomst_toetreder"):
        assert "31 december 2025" in tekst, "zelfde einddatum als de anderen"


def test_doubtful_points_stay_questions_and_the_letterhead_is_regional(inkoop):
    for naam in ("wmo-begeleiding", "wmo-dagbesteding"):
        codes = {n.code for n in inkoop(naam).dossier.aanbesteding.navragen}
        assert "plaats_dagbesteding" in codes
    assert "Regio Hart van Brabant" in inkoop("wmo-begeleiding").read_alle("gunningsbrief")[0]
    assert (
        "noemen wij in deze inkoop een gebied"
        in inkoop("wmo-begeleiding").read_alle("aanbestedingsleidraad")[-1]
    )

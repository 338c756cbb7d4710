"""What a text for bidders gives away, and whether it speaks of the announced frame: tables in Dutch."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.domain.redenen import (
    TOTAAL,
    Geheimen,
    Lek,
    build_namenlijst,
    build_stukken,
    list_lekken,
    raakt_kader,
)
from aanbesteding.domain.redenen.getallen import list_getallen
from bouwers import make_onderneming

NAMEN = {
    "I-001": "Stichting Zorggroep De Wilgenhof",
    "I-002": "Thuiszorg Rivierzicht B.V.",
    "I-003": "Samen",
    "I-004": "De Brug VOF",
    "I-005": "Coöperatie Zonne-weide U.A.",
    "I-006": "Stichting Hulp en Welzijn Rivierenland",
    "I-007": "Begeleiding Bedacht B.V. h.o.d.n. Kleine Uil",
    "I-008": "Praktijk Ëlan & Moed",
    "I-009": "Thuiszorg Zaltbommel",
    "I-010": "Jeugdpraktijk Noorderlicht (Noorderkind)",
}


def make_namen():
    paren = [
        (nummer, make_onderneming(int(nummer[2:])).model_copy(update={"naam": naam}))
        for nummer, naam in NAMEN.items()
    ]
    return build_namenlijst(paren, ["Hoe werkt u samen aan veilig opgroeien?"], ["Zaltbommel", "Maasdriel"])


LIJST = make_namen()


@pytest.mark.parametrize(
    ("tekst", "nummers"),
    [
        pytest.param("Beter dan Stichting Zorggroep De Wilgenhof.", {"I-001"}, id="de volle naam"),
        pytest.param("Beter dan Zorggroep De Wilgenhof.", {"I-001"}, id="zonder rechtsvorm"),
        pytest.param("Beter dan De Wilgenhof.", {"I-001"}, id="zonder soortnaam"),
        pytest.param("beter dan de wilgenhof", {"I-001"}, id="zonder hoofdletters"),
        pytest.param("BETER DAN DE WILGENHOF", {"I-001"}, id="in hoofdletters"),
        pytest.param("Beter dan De Wilgen\n hof is het plan.", {"I-001"}, id="gesplitst over een regeleinde"),
        pytest.param("Beter dan Wil-\ngenhof. Dat staat vast.", {"I-001"}, id="zonder lidwoord, over twee regels"),
        pytest.param("Beter dan De Wilgen-\nhof.", {"I-001"}, id="afgebroken met een streepje"),
        pytest.param("Beter dan De Wil\u00adgenhof.", {"I-001"}, id="met een zacht afbreekstreepje"),
        pytest.param("Net als R i v i e r z i c h t doet.", {"I-002"}, id="gespatieerd"),
        pytest.param("Rivierzicht's aanpak is sterker.", {"I-002"}, id="bezitsvorm met apostrof"),
        pytest.param("Rivierzichts aanpak is sterker.", {"I-002"}, id="bezitsvorm zonder apostrof"),
        pytest.param("Thuiszorg Rivierzicht BV scoort hoger.", {"I-002"}, id="rechtsvorm zonder punten"),
        pytest.param("Zonneweide heeft meer ervaring.", {"I-005"}, id="zonder het koppelteken"),
        pytest.param("Zonne weide heeft meer ervaring.", {"I-005"}, id="met een spatie voor het koppelteken"),
        pytest.param("De aanpak van HWR is beter.", {"I-006"}, id="afkorting van de woorden met betekenis"),
        pytest.param("De aanpak van HEWR is beter.", {"I-006"}, id="afkorting van alle woorden"),
        pytest.param("De aanpak van hwr.", set(), id="een afkorting telt alleen in hoofdletters"),
        pytest.param("Zoals Kleine Uil het doet.", {"I-007"}, id="de handelsnaam"),
        pytest.param("Zoals Noorderkind het doet.", {"I-010"}, id="de naam tussen haakjes"),
        pytest.param("Zoals Elan en Moed het doet.", {"I-008"}, id="zonder trema en met 'en' voor &"),
        pytest.param("Er is meer dan bij inschrijving I-004.", {"I-004"}, id="het nummer"),
        pytest.param("Er is meer dan bij inschrijver 004.", {"I-004"}, id="het nummer zonder letter"),
        pytest.param("Er is meer dan bij I 004.", {"I-004"}, id="het nummer met een spatie"),
        pytest.param("Zie I-999.", set(), id="een nummer dat niemand heeft"),
        # Ordinary words
        pytest.param("De partners werken samen aan herstel.", set(), id="samen is een gewoon woord"),
        pytest.param("Samen met ouders wordt een plan gemaakt.", set(), id="samen aan het begin van een zin"),
        pytest.param("Het plan van Samen is concreter.", {"I-003"}, id="Samen als naam"),
        pytest.param("Het plan slaat de brug naar het onderwijs.", set(), id="de brug is een gewoon woord"),
        pytest.param("De brug naar het onderwijs ontbreekt.", set(), id="de brug aan het begin van een zin"),
        pytest.param("Het plan van De Brug is concreter.", {"I-004"}, id="De Brug als naam"),
        pytest.param("De Brug is concreter.", {"I-004"}, id="de tweede hoofdletter verraadt de naam"),
        pytest.param("Samen is concreter.", set(), id="een gewoon woord aan het begin van een zin blijft twijfel"),
        pytest.param("Wie in Zaltbommel woont, krijgt hulp.", set(), id="een plaatsnaam is niemand"),
        pytest.param("Net als bij Thuiszorg Zaltbommel.", {"I-009"}, id="soort en plaats als naam"),
        pytest.param("De thuiszorg in Zaltbommel werkt mee.", set(), id="thuiszorg in een plaats"),
    ],
)  # fmt: skip
def test_namen(tekst: str, nummers: set[str]) -> None:
    assert LIJST.list_genoemd(tekst) == nummers


def test_a_shared_spelling_names_both() -> None:
    namen = {"I-001": "Zorggroep Rietland", "I-002": "Thuiszorg Rietland"}
    lijst = build_namenlijst(
        (n, make_onderneming(int(n[2:])).model_copy(update={"naam": naam})) for n, naam in namen.items()
    )
    assert lijst.list_genoemd("Zoals Rietland.") == {"I-001", "I-002"}
    assert lijst.list_genoemd("Zoals Thuiszorg Rietland.") == {"I-002"}
    lek = list_lekken(Geheimen(lijst), "Uw plan, Rietland, is goed.", "I-001")
    assert lek == (), "een eigen naam die ook van een ander is, wordt niet tegengeworpen"


@pytest.mark.parametrize(
    ("tekst", "waarden"),
    [
        ("8,5", {"8.5"}),
        ("8.5", {"8.5"}),
        ("8½", {"8.5"}),
        ("8 ½", {"8.5"}),
        ("een acht", {"8"}),
        ("acht en een half", {"8.5"}),
        ("achtenhalf", {"8.5"}),
        ("zeven komma vijf", {"7.5"}),
        ("één", {"1"}),
        ("een", set()),
        ("€ 1.234,56", {"1234.56"}),
        ("1.234", {"1234", "1.234"}),
        ("€ 34,-", {"34"}),
        ("34,20 euro", {"34.20"}),
        ("01A01", set()),
        ("0,75", {"0.75"}),
    ],
)
def test_getallen(tekst: str, waarden: set[str]) -> None:
    gelezen = {w for g in list_getallen(tekst) for w in g.waarden}
    assert gelezen == {Fraction(w) for w in waarden}


GEHEIMEN = Geheimen(
    namen=LIJST,
    winnaars=frozenset({"I-001"}),
    scores={("I-001", "K1"): 10, ("I-002", "K1"): 6, ("I-003", "K1"): 4, ("I-004", "K1"): 8},
    punten={("I-001", "K1"): Fraction("40"), ("I-003", "K1"): Fraction("24.55"), ("I-003", TOTAAL): Fraction("68"),
            ("I-002", "K1"): Fraction("31.5"), ("I-004", TOTAAL): Fraction("71.25")},
    prijzen={"I-001": Fraction("34.35"), "I-002": Fraction("35.10"), "I-003": Fraction("36")},
    openbaar=frozenset({Fraction("34.20"), Fraction("38.20"), Fraction(40), Fraction(60)}),
    passages=build_stukken(["De buddy-app Verzonnen stuurt elke ochtend om zeven uur een bericht aan de mantelzorger"]),
)  # fmt: skip


@pytest.mark.parametrize(
    ("tekst", "soort", "woorden"),
    [
        pytest.param("Het plan is concreet en meetbaar.", "", "", id="een gewone reden"),
        pytest.param("Zorggroep De Wilgenhof won met 40 punten.", "", "", id="winnaar en zijn punten mogen"),
        pytest.param("U, Thuiszorg Rivierzicht, bent concreet.", "", "", id="de eigen naam mag"),
        pytest.param("Minder dan De Brug laat zien.", "naam", "De Brug", id="een andere verliezer"),
        pytest.param("Voor een 8 was nodig dat andere aanbieders zijn betrokken.", "", "",
                     id="een hogere score als voorbeeld mag"),
        pytest.param("De samenwerking met andere aanbieders is uitgewerkt; daarom een 6.", "", "",
                     id="de eigen score mag"),
        pytest.param("Een andere inschrijver kreeg een 8.", "score", "8", id="score van een ander in cijfers"),
        pytest.param("Een andere inschrijver kreeg een acht.", "score", "acht", id="score van een ander in woorden"),
        pytest.param("De andere inschrijvers scoorden een 4.", "score", "4", id="score van anderen"),
        pytest.param("Een andere inschrijver kreeg een 10.", "", "", id="de score van de winnaar mag"),
        pytest.param("De vier andere inschrijvers kregen meer.", "", "", id="een aantal inschrijvers is geen score"),
        pytest.param("Uw plan staat naast een plan met 24,55 punten.", "score", "24,55", id="punten van een ander"),
        pytest.param("Uw plan staat naast een plan met 24.55 punten.", "score", "24.55", id="punten met een punt"),
        pytest.param("Uw plan staat naast een plan met 71¼ punten.", "score", "71¼", id="punten met een breuk"),
        pytest.param("Concurrenten behaalden 68 punten.", "score", "68", id="heel totaal van een ander"),
        pytest.param("Er zijn 68 gezinnen geholpen.", "", "", id="hetzelfde getal over iets anders"),
        pytest.param("Uw 31,5 punten volgen uit de score.", "", "", id="eigen punten mogen"),
        pytest.param("De winnaar biedt € 34,35 per uur.", "prijs", "34,35", id="prijs van de winnaar"),
        pytest.param("De winnaar biedt 34.35.", "prijs", "34.35", id="prijs met een punt, zonder euroteken"),
        pytest.param("Er is voor 36 euro ingeschreven.", "prijs", "36", id="ronde prijs van een ander"),
        pytest.param("Er zijn 36 medewerkers.", "", "", id="een rond getal is geen prijs"),
        pytest.param("Uw prijs is € 35,10.", "", "", id="de eigen prijs mag"),
        pytest.param("De ondergrens is € 34,20.", "", "", id="een aangekondigd bedrag mag"),
        pytest.param("Dit staat in [vertrouwelijk] deel 3.", "vertrouwelijk", "[vertrouwelijk]", id="een merkteken"),
        pytest.param("De winnaar stuurt elke ochtend om zeven uur een bericht.", "vertrouwelijk",
                     "stuurt elke ochtend om zeven uur een bericht", id="zes woorden uit een vertrouwelijk deel"),
        pytest.param("De winnaar stuurt elke ochtend een bericht.", "", "", id="in eigen woorden"),
        pytest.param("Vraag het aan piet@voorbeeld.example.", "persoonsgegeven", "piet@voorbeeld.example",
                     id="een e-mailadres"),
        pytest.param("De twijfel van de commissie over de cijfers blijft.", "intern",
                     "twijfel van de commissie over de cijfers", id="de interne reden"),
    ],
)  # fmt: skip
def test_lekken(tekst: str, soort: str, woorden: str) -> None:
    lekken = list_lekken(
        GEHEIMEN, tekst, "I-002", "K1", intern="Twijfel van de commissie over de cijfers in hoofdstuk 3"
    )
    assert [(lek.soort, lek.woorden) for lek in lekken] == ([(soort, woorden)] if soort else [])


def test_all_leaks_at_once_and_each_says_whose() -> None:
    lekken = list_lekken(
        GEHEIMEN, "De Brug kreeg een 8, De Brug vroeg € 36 en I-003 had 24,55.", "I-002", "K1"
    )
    assert {lek.soort for lek in lekken} == {"naam", "score", "prijs"}
    assert str(Lek("score", "8", "I-004")) == "een score van een ander “8” (van I-004)"


def test_at_lowest_price_the_winning_price_may_be_told() -> None:
    alleen_prijs = Geheimen(LIJST, frozenset({"I-001"}), prijzen=GEHEIMEN.prijzen, alleen_prijs=True)
    assert list_lekken(alleen_prijs, "De laagste prijs is € 34,35.", "I-002") == ()
    assert list_lekken(alleen_prijs, "Een ander bood € 36,00.", "I-002")


@pytest.mark.parametrize(
    ("tekst", "kader", "raakt"),
    [
        ("De aanpak is concreet.", ("concreet",), True),
        ("Het plan wordt met concrete voorbeelden onderbouwd.", ("concreet",), True),
        ("De samenwerkingsafspraken zijn er.", ("gericht op samenwerken",), True),
        ("Er wordt samengewerkt met de wijk.", ("gericht op samenwerken",), False),
        ("De resultaten zijn te meten.", ("meetbaar",), True),
        ("De meetbaarheid ontbreekt.", ("meetbaar",), True),
        ("Lokale partners doen mee.", ("lokaal verankerd",), True),
        ("Dit is een mooi verhaal.", ("lokaal verankerd", "meetbaar"), False),
        ("Wat dan ook.", (), True),
        ("Wat dan ook.", ("de mate waarin het plan",), True),
        ("Het is de mate waarin.", ("concreet",), False),
        ("Innovatieve werkwijzen.", ("innovatie",), True),
    ],
    ids=lambda waarde: waarde if isinstance(waarde, str) else None,
)
def test_kader(tekst: str, kader: tuple[str, ...], raakt: bool) -> None:
    assert raakt_kader(tekst, kader) is raakt


@given(
    st.sampled_from(sorted(NAMEN)),
    st.sampled_from(["{}", "  {} ", "{} scoort hoger", "Volgens {} is dat zo", "x {}, y", "({})", "“{}”"]),
    st.sampled_from([str, lambda n: n.replace(" ", "  "), lambda n: n.replace(" ", "\n"), str.upper]),
)
def test_a_full_name_is_always_found(nummer: str, zin: str, spelling) -> None:
    assert nummer in LIJST.list_genoemd("De aanpak van " + zin.format(spelling(NAMEN[nummer])))


@given(st.text(max_size=300))
def test_any_text_can_be_read(tekst: str) -> None:
    for lek in list_lekken(GEHEIMEN, tekst, "I-002", "K1"):
        assert lek.woorden

"""Complete example contexts, as plain values: invented data that says so.

For tests of the templates and for the jurist who wants to see a document before there is a dossier.

Must stay true: every branch of a template is reached by an example or by the tests of this stage.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from aanbesteding.domain.kalender import TIJDZONE

TITEL = "Voorbeeldinkoop Wmo en Jeugdhulp 2027 (verzonnen)"
CONTACT = "Team Inkoop (verzonnen), 000 - 000 00 00"
REAGEREN_TOT = datetime(2026, 2, 27, 23, 59, tzinfo=TIJDZONE)


def make_marktconsultatiedocument() -> dict[str, Any]:
    """An invented consultation document."""
    return {
        "document": _kop("DOCUMENT", "definitief"),
        "titel": TITEL,
        "gemeenten": ("Aadorp", "Beedorp"),
        "brontitel": "Inkoopstrategie Voorbeeldregio (verzonnen)",
        "ingang": date(2027, 1, 1),
        "ingang_tekst": "",
        "kaders": (_kader("Aadorp"), _kader("Beedorp")),
        "toevoegingen": ({"gemeente": "Beedorp", "tekst": "Sluit een budgetplafond niet uit."},),
        "uitgangspunten": ({"tekst": "De inwoner staat centraal.", "voorbehoud": ""},),
        "doelen": _doelen(),
        "gegevens": (
            _gegeven("Inwoners", getal=Decimal(25000), eenheid="inwoners", is_getal=True),
            _gegeven("Uitgaven Wmo", getal=Decimal(4000000), is_euro=True),
            _gegeven("Stijging sinds vorig jaar", getal=Decimal("3.5"), is_procent=True),
        ),
        "indeling": {"kop": "Percelen", "enkelvoud": "Perceel", "meervoud": "percelen"},
        "percelen": _percelen(),
        "deelname_verschilt": True,
        "toewijzing": ("Per deel één aanbieder of samenwerkingsverband (voornemen).",),
        "vormen": ({"tekst": "Online ontmoetingen met aanbieders.", "voorbehoud": ""},),
        "punten": _punten(),
        "uitdagingen": ("Personeel vinden en houden", "Wachttijden"),
        "groepen": ("Zorgaanbieders", "Adviesraden"),
        "themas": (
            {
                "titel": "Inkoopmethodiek",
                "advies": "Houd de methodiek eenvoudig.",
                "vragen": (
                    _vraag(1, "Hoe eenvoudig vindt u de inkoop?", iedereen=True, is_schaal=True),
                    _vraag(3, "Wat moeten wij vasthouden?", iedereen=False, voor=("Zorgaanbieders",)),
                ),
            },
            {"titel": "Samenwerking", "advies": "", "vragen": ()},
        ),
        "schaal_min": 1,
        "schaal_max": 5,
        "reageren_tot": REAGEREN_TOT,
        "datum_bijeenkomst": date(2026, 2, 10),
        "bijeenkomst": "14.00 uur, raadzaal van Aadorp (verzonnen)",
        "vindplaats": "www.example.org/inkoop",
        "email": "inkoop@example.org",
        "contact": CONTACT,
    }


def make_uitnodiging() -> dict[str, Any]:
    """An invented invitation."""
    return {
        "brief": _brief(
            (
                "Zorgbedrijf 1 (verzonnen)",
                "t.a.v. de directie of leiding",
                "Verzonnenstraat 1",
                "1001 AB  Aadorp",
            ),
            "Uitnodiging marktconsultatie",
            "Geachte heer of mevrouw,",
            "Gemeenten Aadorp en Beedorp",
            "Inkoper",
        ),
        "titel": TITEL,
        "gemeenten": ("Aadorp", "Beedorp"),
        "groep": "Zorgaanbieders",
        "ingang": date(2027, 1, 1),
        "ingang_tekst": "",
        "aantal_vragen": 12,
        "reageren_tot": REAGEREN_TOT,
        "datum_bijeenkomst": date(2026, 2, 10),
        "bijeenkomst": "14.00 uur, raadzaal van Aadorp (verzonnen)",
        "vindplaats": "www.example.org/inkoop",
        "email": "inkoop@example.org",
    }


def make_vragenlijst() -> dict[str, Any]:
    """An invented questionnaire."""
    return {
        "document": _kop("VRAGEN-aanbieders", "in te vullen"),
        "titel": TITEL,
        "groep": "Zorgaanbieders",
        "schaal": (1, 2, 3, 4, 5),
        "schaal_min": 1,
        "schaal_max": 5,
        "blokken": (
            {
                "titel": "Waardering",
                "schaalvragen": (
                    {"nummer": 1, "tekst": "Hoe eenvoudig vindt u de inkoop?"},
                    {"nummer": 2, "tekst": "Hoe waardeert u de samenwerking met de toegang?"},
                ),
                "open_vragen": (),
            },
            {
                "titel": "Vasthouden, verbeteren, verwijderen",
                "schaalvragen": (),
                "open_vragen": ({"nummer": 3, "tekst": "Wat moeten wij vasthouden?"},),
            },
        ),
        "reageren_tot": REAGEREN_TOT,
        "email": "inkoop@example.org",
        "contact": CONTACT,
    }


def make_consultatieverslag() -> dict[str, Any]:
    """An invented report."""
    groepen = (_cijfers("Zorgaanbieders", "3.7", 12), _cijfers("Adviesraden", "2.5", 2))
    themas = (_cijfers("Inkoopmethodiek", "3.5", 14),)
    return {
        "document": _kop("VERSLAG", "vastgesteld"),
        "titel": TITEL,
        "gemeenten": ("Aadorp", "Beedorp"),
        "geopend_op": date(2026, 2, 2),
        "sluit_op": date(2026, 2, 27),
        "datum_bijeenkomst": date(2026, 2, 10),
        "uitgenodigd": 22,
        "gereageerd": 14,
        "respons": Decimal(64),
        "deelname": _deelname(),
        "heeft_scores": True,
        "schaal_min": 1,
        "schaal_max": 5,
        "groepscijfers": groepen,
        "themacijfers": themas,
        "grafiek_groepen": _grafiek("Gemiddelde score per groep", groepen),
        "grafiek_themas": _grafiek("Gemiddelde score per thema", themas),
        "themas": tuple(
            {
                **gevolg,
                "aantal_scores": 14 if gevolg["overgenomen"] else 0,
                "aantal_antwoorden": 9,
                "cijfers": (_cijfers("1. Hoe eenvoudig vindt u de inkoop?", "3.5", 14),)
                if gevolg["overgenomen"]
                else (),
                "samenvatting": "Partijen zijn tevreden over de korte lijnen." if gevolg["deels"] else "",
            }
            for gevolg in _gevolgen()
        ),
        "aantal_overgenomen": 1,
        "aantal_deels": 1,
        "aantal_niet": 1,
        "vraagcijfers": (
            {
                "nummer": 1,
                "tekst": "Hoe eenvoudig vindt u de inkoop?",
                "groepen": (*groepen, _cijfers("Alle groepen samen", "3.5", 14)),
            },
        ),
        "open_vragen": (
            {
                "nummer": 3,
                "tekst": "Wat moeten wij vasthouden?",
                "groepen": (
                    {
                        "groep": "Zorgaanbieders",
                        "aantal": 7,
                        "te_klein": False,
                        "antwoorden": (
                            {"tekst": "De korte lijnen met [weggelaten].", "vaker": False, "aantal": 1},
                            {"tekst": "De eenvoud.", "vaker": True, "aantal": 6},
                        ),
                    },
                    {"groep": "Adviesraden", "aantal": 2, "te_klein": True, "antwoorden": ()},
                ),
            },
        ),
        "weggelaten": 1,
        "kleinste_groep": 3,
        "bijeenkomsten": (
            {
                "datum": date(2026, 2, 10),
                "onderwerp": "Informatiebijeenkomst Wmo",
                "vorm": "online",
                "deelnemers": 41,
                "presentaties": ("Denkrichting Wmo (verzonnen)",),
            },
            {
                "datum": date(2026, 2, 17),
                "onderwerp": "Inloopuur",
                "vorm": "op locatie",
                "deelnemers": 9,
                "presentaties": (),
            },
        ),
        "aantal_marktvragen": 12,
        "maatregelen": ("Alle stukken van de consultatie worden met de aanbestedingsstukken gepubliceerd.",),
        "motivering": "Verzonnen motivering van een afwijking.",
        "contact": CONTACT,
    }


def make_collegevoorstel() -> dict[str, Any]:
    """An invented proposal."""
    return {
        "document": _kop("VOORSTEL-aadorp", "concept voor besluitvorming"),
        "titel": TITEL,
        "gemeente": "Aadorp",
        "orgaan": "college van burgemeester en wethouders",
        "andere_gemeenten": ("Beedorp",),
        "brontitel": "Inkoopstrategie Voorbeeldregio (verzonnen)",
        "kader": _kader("Aadorp"),
        "toevoegingen": ({"gemeente": "Beedorp", "tekst": "Sluit een budgetplafond niet uit."},),
        "ingang": date(2027, 1, 1),
        "ingang_tekst": "",
        "doelen": _doelen(),
        "percelen": _percelen(),
        "bedragen": (
            _gegeven("Uitgaven Wmo", getal=Decimal(4000000), is_euro=True),
            _gegeven("Uitgaven Jeugd", getal=Decimal(3000000), is_euro=True, jaar=""),
        ),
        "punten": _punten(),
        "uitgenodigd": 22,
        "gereageerd": 14,
        "themas": _gevolgen(),
        "maatregelen": ("Alle stukken van de consultatie worden met de aanbestedingsstukken gepubliceerd.",),
        "motivering": "Verzonnen motivering van een afwijking.",
        "contact": CONTACT,
    }


def make_raadsinformatiebrief() -> dict[str, Any]:
    """An invented letter to a council."""
    return {
        "brief": _brief(
            ("De gemeenteraad van Aadorp", "Verzonnenstraat 1", "1001 AB  Aadorp"),
            "Uitkomst marktconsultatie",
            "Geachte leden van de raad,",
            "Het college van burgemeester en wethouders van Aadorp",
            "Secretaris en burgemeester",
        ),
        "titel": TITEL,
        "gemeente": "Aadorp",
        "andere_gemeenten": ("Beedorp",),
        "ingang": date(2027, 1, 1),
        "ingang_tekst": "",
        "kader": _kader("Aadorp"),
        "uitgenodigd": 22,
        "gereageerd": 14,
        "deelname": _deelname(),
        "themas": _gevolgen(),
    }


# --- parts ------------------------------------------------------------------------------------------------


def _kop(deel: str, status: str) -> dict[str, Any]:
    return {
        "ondertitel": TITEL,
        "kenmerk": f"VOORBEELD-MC-{deel}",
        "datum": date(2026, 2, 2),
        "status": status,
    }


def _brief(aan: tuple[str, ...], onderwerp: str, aanhef: str, namens: str, functie: str) -> dict[str, Any]:
    return {
        "aan": aan,
        "datum": date(2026, 2, 2),
        "kenmerk": "VOORBEELD-MC-001",
        "onderwerp": f"{onderwerp} {TITEL}",
        "aanhef": aanhef,
        "contact": CONTACT,
        "ondertekenaar_functie": functie,
        "namens": namens,
    }


def _kader(gemeente: str) -> dict[str, Any]:
    return {
        "gemeente": gemeente,
        "orgaan": "gemeenteraad",
        "datum": date(2025, 11, 20),
        "kenmerk": "Beleidsnota Samen (verzonnen)",
    }


def _doelen() -> tuple[dict[str, Any], ...]:
    return (
        {"tekst": "Gemeenten en aanbieders werken samen op basis van vertrouwen.", "voorbehoud": ""},
        {"tekst": "Het proces is eenvoudig.", "voorbehoud": "voornemen"},
    )


def _gegeven(naam: str, **velden: Any) -> dict[str, Any]:
    leeg: dict[str, Any] = {
        "naam": naam,
        "stand": "vastgesteld",
        "is_euro": False,
        "is_procent": False,
        "is_getal": False,
        "eenheid": "",
        "jaar": "2025",
    }
    return leeg | velden


def _percelen() -> tuple[dict[str, Any], ...]:
    basis: dict[str, Any] = {
        "naam": "Perceel 1: Wmo – Begeleiding",
        "wet": "Wmo 2015",
        "omschrijving": "Begeleiding thuis en in groepen (verzonnen).",
        "financien_bekend": True,
        "clienten_bekend": True,
        "aandeel_financien": Decimal(60),
        "aandeel_clienten": Decimal(45),
        "bekostiging": "inspanningsgericht",
        "bekostiging_stand": "vastgesteld",
        "ambities": ("Hulp dichtbij huis.", "Meer groepsgericht werken."),
        "gemeenten": ("Voorbeeldstad (verzonnen)", "Proefdorp (verzonnen)"),
        "looptijd": "48 maanden, verlenging: 2 keer, 24 maanden (voornemen)",
        "aanbieders": "een beperkt aantal (voornemen)",
        "capaciteit": "ten minste 24 cliënten (voornemen); door een samenwerkingsverband samen te halen: nog open",
        "uitloop": date(2028, 12, 31),
        "regels": ({"tekst": "De aanbieder bepaalt het plan.", "voorbehoud": "voornemen"},),
    }
    open_: dict[str, Any] = {
        **basis,
        "naam": "Perceel 2: Jeugd – Algemeen",
        "wet": "Jeugdwet",
        "financien_bekend": False,
        "clienten_bekend": False,
        "aandeel_financien": None,
        "aandeel_clienten": None,
        "bekostiging": "nog open",
        "bekostiging_stand": "",
    }
    return basis, open_


def _punten() -> tuple[dict[str, Any], ...]:
    return (
        {"vraag": "Hoe lang loopt de overeenkomst?", "tekst": "Langer dan twee jaar.", "stand": "nog open"},
    )


def _vraag(nummer: int, tekst: str, **velden: Any) -> dict[str, Any]:
    return {"nummer": nummer, "tekst": tekst, "iedereen": True, "voor": (), "is_schaal": False} | velden


def _cijfers(naam: str, gemiddelde: str, aantal: int) -> dict[str, Any]:
    return {"naam": naam, "gemiddelde": Decimal(gemiddelde), "aantal": aantal, "laagste": 1, "hoogste": 5}


def _deelname() -> tuple[dict[str, Any], ...]:
    return (
        {"groep": "Zorgaanbieders", "uitgenodigd": 20, "gereageerd": 12, "respons": Decimal(60)},
        {"groep": "Adviesraden", "uitgenodigd": 2, "gereageerd": 2, "respons": Decimal(100)},
    )


def _grafiek(titel: str, regels: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    return {
        "titel": titel,
        "categorieen": tuple(r["naam"] for r in regels),
        "reeksen": ({"naam": "Gemiddelde score", "waarden": tuple(r["gemiddelde"] for r in regels)},),
        "maximum": Decimal(5),
        "alt": f"{titel} (verzonnen cijfers).",
    }


def _gevolgen() -> tuple[dict[str, Any], ...]:
    reeks = (
        (
            "Inkoopmethodiek",
            "overgenomen",
            "Wij houden de methodiek eenvoudig.",
            "Dat past bij onze doelen (verzonnen).",
        ),
        ("Samenwerking", "deels", "Werkafspraken per team.", "Een gezamenlijk loket kan niet voor 2027."),
        ("Producteisen", "niet", "", "De opleidingseis volgt uit landelijke richtlijnen (verzonnen)."),
    )
    return tuple(
        {
            "titel": titel,
            "overgenomen": gevolg == "overgenomen",
            "deels": gevolg == "deels",
            "niet": gevolg == "niet",
            "actie": actie,
            "motivering": motivering,
        }
        for titel, gevolg, actie, motivering in reeks
    )

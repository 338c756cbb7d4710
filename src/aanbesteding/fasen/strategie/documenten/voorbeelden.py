"""Invented examples of the documents of the strategy."""

from __future__ import annotations

from datetime import date
from typing import Any

KOP: dict[str, Any] = {
    "ondertitel": "Voorbeeldinkoop 2028 (verzonnen)",
    "kenmerk": "VOORBEELD-1",
    "datum": date(2027, 3, 1),
    "status": "vastgesteld",
}
PARTICIPATIE: tuple[dict[str, Any], ...] = (
    {
        "onderwerp": "Perceel 1: Begeleiding (verzonnen)",
        "groepen": ("Aanbieders", "Inwoners"),
        "vorm": "Twee werkbijeenkomsten (verzonnen)",
        "periode": "01-02-2027 tot en met 01-03-2027",
    },
    {"onderwerp": "De hele inkoop", "groepen": ("Adviesraden",), "vorm": "nog open", "periode": ""},
)


def make_participatieplan() -> dict[str, Any]:
    """A complete invented participation plan."""
    return {
        "document": KOP,
        "titel": "Voorbeeldinkoop 2028 (verzonnen)",
        "gemeenten": ("Voorbeeldstad", "Proefdorp"),
        "trajecten": PARTICIPATIE,
        "contact": "Team Inkoop, 000-0000000",
    }


def make_inkoopstrategie() -> dict[str, Any]:
    """A complete invented strategy."""
    zorg = {"naam": "Begeleiding (verzonnen)", "wet": "Wmo 2015", "toelichting": "Ook in een groep."}
    return {
        "document": KOP,
        "titel": "Voorbeeldinkoop 2028 (verzonnen)",
        "brontitel": "Uitgangspunten 2028 (verzonnen)",
        "orgaan": "de colleges van de gemeenten",
        "besluit_datum": date(2027, 2, 20),
        "besluit_kenmerk": "STR-1 (verzonnen)",
        "gemeenten": ("Voorbeeldstad", "Proefdorp"),
        "namen_onbekend": True,
        "kaders": (
            {
                "gemeente": "Proefdorp",
                "orgaan": "gemeenteraad",
                "datum": date(2026, 12, 1),
                "kenmerk": "RB-1 (verzonnen)",
            },
        ),
        "toevoegingen": (
            {
                "gemeente": "Proefdorp",
                "tekst": "Sluit een budgetplafond niet uit (verzonnen).",
                "verwerking": "Voor begeleiding geldt een plafond (verzonnen).",
            },
        ),
        "trajecten": (
            {
                "naam": "Jeugdbescherming (verzonnen)",
                "verband": "Onlosmakelijk verbonden.",
                "tegelijk": True,
                "aangeboden": "Proefdorp",
            },
            {"naam": "Opvang (verzonnen)", "verband": "Loopt apart.", "tegelijk": False, "aangeboden": ""},
        ),
        "binnen": (zorg,),
        "buiten": (zorg | {"naam": "Trapliften (verzonnen)", "toelichting": ""},),
        "alleen_invoer": (zorg | {"naam": "Crisisdienst (verzonnen)"},),
        "kop_percelen": "Perceel",
        "percelen": (
            {
                "naam": "Perceel 1: Begeleiding (verzonnen)",
                "bekostiging": "inspanningsgericht",
                "ingang": "1 januari 2028",
                "looptijd": "48 maanden",
                "aanbieders": "een kleiner aantal aanbieders",
            },
        ),
        "budgetplafond": "Ja, voor begeleiding (verzonnen).",
        "markt": (
            {
                "naam": "Regionaal (verzonnen)",
                "aantal": "145 aanbieders",
                "clienten": "7.118 cliënten (2020)",
                "uitgaven": "–",
                "geregistreerd": 145,
            },
        ),
        "participatie": PARTICIPATIE,
        "afwijkingen": (
            {
                "gemeente": "Proefdorp",
                "onderwerp": "Toegang",
                "tekst": "Het dorpsteam verwijst zelf (verzonnen).",
                "besluit": "college, C-1",
            },
        ),
        "kpis": ("Afschaling van hulp",),
        "innovatiethemas": ("Beeldbellen",),
        "regels": ("Aanbieders vormen coalities (voornemen)",),
        "navragen": (
            {"vraag": "Welke gemeenten doen mee?", "aanleiding": "De bron noemt geen namen.", "bron": "L9"},
        ),
        "bijlage": (
            {
                "kop": "Wetten en beleid",
                "regels": (
                    {"tekst": "Jeugdwet, artikel 2.11 (verzonnen).", "stand": "vastgesteld", "bron": "L3"},
                ),
            },
        ),
    }


def make_herleiding() -> dict[str, Any]:
    """A complete invented tracing."""
    return {
        "document": KOP,
        "titel": "Voorbeeldinkoop 2028 (verzonnen)",
        "brontitel": "Uitgangspunten 2028 (verzonnen)",
        "aantal": 1,
        "regels": (
            {
                "nummer": 1,
                "groep": "De inwoner",
                "tekst": "De inwoner houdt de eigen regie.",
                "bron": "L1",
                "criteria": "K1 Eigen regie (perceel 1)",
                "artikelen": "Kwaliteit",
                "elders": "contractbeheer",
            },
        ),
    }


def make_brief() -> dict[str, Any]:
    """A complete invented letter."""
    return {
        "brief": {
            "aan": (
                "Zorg Voorbeeld B.V. (verzonnen)",
                "t.a.v. de directie",
                "Proefweg 1",
                "1234 AB  Voorbeeldstad",
            ),
            "datum": date(2027, 1, 5),
            "kenmerk": "VOORBEELD-LO-1",
            "onderwerp": "Uw lopende overeenkomst en de nieuwe inkoop (verzonnen)",
            "aanhef": "Geachte directie,",
            "contact": "Team Inkoop, 000-0000000",
            "ondertekenaar_functie": "Contractbeheerder",
            "namens": "Regio Voorbeeld (verzonnen)",
        },
        "titel": "Voorbeeldinkoop 2028 (verzonnen)",
        "groep": "Maatwerk (verzonnen)",
        "gezinnen": 4,
        "einde": date(2027, 12, 31),
        "segmenten": ({"naam": "Segment 1: Begeleiding (verzonnen)", "beleid": "meerdere aanbieders"},),
        "voornemens": ("Kleine aanbieders worden ondergebracht als onderaannemer.",),
        "email": "inkoop@voorbeeld.example",
    }

"""Invented tenders for the tests of the ranking: the three bids of the published example, and random ones."""

import random
from typing import Any

FORMULES = (
    "laagste_gedeeld_door_prijs",
    "relatief_lineair",
    "min_max",
    "rangpunten",
    "vaste_bandbreedte",
    "staffel",
)


def make_aanbesteding(formule: str = "laagste_gedeeld_door_prijs", **anders: Any) -> dict[str, Any]:
    """Three bids: quality out of 60, price out of 40."""
    parameters: Any = {}
    if formule == "vaste_bandbreedte":
        parameters = {"bodem": "40", "plafond": "80"}
    if formule == "staffel":
        parameters = [
            {"tot": "50", "punten": "40"},
            {"tot": "65", "punten": "25"},
            {"tot": None, "punten": "5"},
        ]
    aanbesteding: dict[str, Any] = {
        "methode": "gewogen_factor",
        "criteria": [
            {
                "code": "K",
                "soort": "kwaliteit",
                "gewicht": "60",
                "schaal": {"min": "0", "max": "60"},
                "minimum": None,
            },
            {"code": "P", "soort": "prijs", "gewicht": "40", "formule": formule, "parameters": parameters},
        ],
        "inschrijvingen": [
            {"aanbieder": "A", "scores": {"K": "45"}, "prijs": "70.00"},
            {"aanbieder": "B", "scores": {"K": "41"}, "prijs": "60.00"},
            {"aanbieder": "C", "scores": {"K": "20"}, "prijs": "40.00"},
        ],
        "maximum_aanbieders": None,
        "gelijke_stand": ["hoogste_kwaliteit", "loting"],
        "loting": None,
        "bij_uitval": "rangorde_blijft",
        "uitgevallen": [],
        "afronding": {"decimalen": 3, "moment": "eind"},
    }
    return aanbesteding | anders


def make_gunnen_op_waarde(**anders: Any) -> dict[str, Any]:
    """The same three bids, full quality worth 60 euros."""
    aanbesteding = make_aanbesteding(methode="gunnen_op_waarde", bij_uitval=None)
    kwaliteit = {"code": "K", "soort": "kwaliteit", "schaal": {"min": "0", "max": "60"}, "waarde": "60"}
    return aanbesteding | {"criteria": [kwaliteit, {"code": "P", "soort": "prijs"}]} | anders


def make_vast_tarief(**anders: Any) -> dict[str, Any]:
    """Two quality criteria and no price; A and B equal in total."""
    return (
        make_aanbesteding(methode="vast_tarief", bij_uitval=None)
        | {
            "criteria": [
                {"code": "K1", "soort": "kwaliteit", "gewicht": "70", "schaal": {"min": "0", "max": "10"}},
                {"code": "K2", "soort": "kwaliteit", "gewicht": "30", "schaal": {"min": "0", "max": "10"}},
            ],
            "inschrijvingen": [
                {"aanbieder": "A", "scores": {"K1": "7", "K2": "7"}},
                {"aanbieder": "B", "scores": {"K1": "10", "K2": "0"}},
                {"aanbieder": "C", "scores": {"K1": "1", "K2": "1"}},
            ],
            "gelijke_stand": [],
        }
        | anders
    )


def make_verdeling(**anders: Any) -> dict[str, Any]:
    """Perceel 1 ranks A, B, C; percelen 2 and 3 rank B, C, A; each for one provider."""
    return {
        "percelen": {
            "1": make_aanbesteding(maximum_aanbieders=1),
            "2": make_aanbesteding("vaste_bandbreedte", maximum_aanbieders=1),
            "3": make_aanbesteding("vaste_bandbreedte", maximum_aanbieders=1),
        },
        "volgorde": ["1", "2", "3"],
        "maximum_per_inschrijver": 1,
    } | anders


def make_willekeurige_aanbesteding(toeval: random.Random) -> dict[str, Any]:
    """A random tender with many ties, drop-outs and thresholds; small numbers make the rare cases common."""
    methode = toeval.choice(
        ["gewogen_factor"] * 5 + ["gunnen_op_waarde"] * 2 + ["vast_tarief", "geen_criteria"]
    )
    met_prijs = methode in ("gewogen_factor", "gunnen_op_waarde")
    criteria = [] if methode == "geen_criteria" else _make_kwaliteit(toeval, methode)
    formule = toeval.choice(FORMULES)
    if methode == "gewogen_factor":
        criteria.append(_make_prijs(toeval, formule))
    if methode == "gunnen_op_waarde" and toeval.random() < 0.7:
        criteria.append({"code": "P", "soort": "prijs"})
    bladen = [b for c in criteria if c["soort"] == "kwaliteit" for b in c.get("subcriteria") or [c]]
    namen = [f"Aanbieder {letter}" for letter in "ABCDEFG"[: toeval.choice([0, 1, 2, 3, 4, 5, 6, 7])]]
    inschrijvingen = []
    for naam in namen:
        scores = {b["code"]: toeval.choice(["2", "4", "6", "8", "10"]) for b in bladen}
        inschrijving: dict[str, Any] = {"aanbieder": naam, "scores": scores}
        if met_prijs:
            inschrijving["prijs"] = toeval.choice(["40", "45.50", "50", "60.01", "60.02", "75", "110"])
        if toeval.random() < 0.08:
            inschrijving["ongeldig"] = "Te laat ingediend."
        if inschrijvingen and toeval.random() < 0.3:
            inschrijving = toeval.choice(inschrijvingen) | {"aanbieder": naam}
        inschrijvingen.append(inschrijving)
    codes = [c["code"] for c in criteria if not (c["code"] == "P" and methode == "gunnen_op_waarde")]
    codes += [s["code"] for c in criteria for s in c.get("subcriteria", [])]
    regels = toeval.sample(
        ["hoogste_kwaliteit", *(f"hoogste:{c}" for c in codes)], toeval.randint(0, 2) if codes else 0
    )
    met_loting = toeval.random() < 0.6
    maximum = None if methode == "geen_criteria" else toeval.choice([None, 1, 2, 3])
    heeft_kwaliteit = bool(bladen)
    return {
        "methode": methode,
        "criteria": criteria,
        "totaalgewicht": _count_totaalgewicht(criteria)
        if methode in ("gewogen_factor", "vast_tarief")
        else None,
        "inschrijvingen": inschrijvingen,
        "maximum_aanbieders": maximum,
        "reservelijst": toeval.choice([None, 1, 2]) if maximum else None,
        "gelijke_stand": regels + (["loting"] if met_loting else []),
        "loting": toeval.sample(namen, toeval.randint(0, len(namen)))
        if met_loting and toeval.random() < 0.8
        else None,
        "bij_uitval": toeval.choice(
            ["rangorde_blijft", "herberekenen"]
            if methode == "gewogen_factor" and formule in FORMULES[:4]
            else ["rangorde_blijft", "herberekenen", None]
        ),
        "uitgevallen": [naam for naam in namen if toeval.random() < 0.12],
        "afronding": {
            "decimalen": toeval.choice([0, 1, 2, 3]),
            "moment": toeval.choice(["eind", "per_criterium", "weergave"]),
        },
        "minimum_totaal": toeval.choice([None, None, None, "15"]) if heeft_kwaliteit else None,
        "ondergrens": toeval.choice([None, None, "45.50"]) if met_prijs else None,
        "lage_prijs": {"drempel": toeval.choice(["10", "24.9", "50"])}
        if met_prijs and toeval.random() < 0.4
        else None,
    }


def _count_totaalgewicht(criteria: list[dict[str, Any]]) -> str:
    return str(sum(int(c["gewicht"]) for c in criteria))


def _make_kwaliteit(toeval: random.Random, methode: str) -> list[dict[str, Any]]:
    criteria = []
    for nummer in range(1, toeval.randint(1, 3) + 1):
        blad = _make_blad(toeval, f"K{nummer}", methode) | {"soort": "kwaliteit"}
        if toeval.random() < 0.3:
            delen = [
                _make_blad(toeval, f"K{nummer}.{i}", methode) for i in range(1, toeval.randint(1, 3) + 1)
            ]
            blad = {"code": f"K{nummer}", "soort": "kwaliteit", "subcriteria": delen}
            blad["minimum"] = toeval.choice([None, None, "4"])
            if methode != "gunnen_op_waarde":
                blad["gewicht"] = str(sum(int(deel["gewicht"]) for deel in delen))
        criteria.append(blad)
    return criteria


def _make_blad(toeval: random.Random, code: str, methode: str) -> dict[str, Any]:
    schaal: dict[str, Any] = {"min": toeval.choice(["0", "2"]), "max": toeval.choice(["10", "11"])}
    if toeval.random() < 0.3:
        schaal |= {
            "punten": ["2", {"score": "4", "betekenis": "matig"}, "6", "8", "10"],
            "tussenscores": False,
        }
    blad: dict[str, Any] = {"code": code, "schaal": schaal, "minimum": toeval.choice([None] * 4 + ["4"])}
    if methode != "gunnen_op_waarde":
        return blad | {"gewicht": str(toeval.choice([7, 10, 20, 30]))}
    blad["waarde"] = toeval.choice(["10", "7.5", "30"])
    return blad | ({"malus": "5", "neutraal": "6"} if toeval.random() < 0.4 else {})


def _make_prijs(toeval: random.Random, formule: str) -> dict[str, Any]:
    parameters: Any = {}
    if formule == "vaste_bandbreedte":
        parameters = {"bodem": "45", "plafond": toeval.choice(["75", "61.3"])}
    if formule == "staffel":
        laatste = toeval.choice([None, "120", "100"])
        parameters = [
            {"tot": "45.50", "punten": "30"},
            {"tot": "60.02", "punten": "12.5"},
            {"tot": laatste, "punten": "0"},
        ]
    if formule == "rangpunten" and toeval.random() < 0.6:
        parameters = {"punten": ["30", "20", "12.5"]} | ({"overig": "1"} if toeval.random() < 0.6 else {})
    return {"code": "P", "soort": "prijs", "gewicht": "30", "formule": formule, "parameters": parameters}

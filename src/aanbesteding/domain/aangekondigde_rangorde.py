"""What a perceel announced about its ranking, in the form that the ranking engine reads; no bids yet.

One translation for the real ranking (gunningsrangorde), for the worked example in the guide and for the rule
that refuses a method that cannot be reckoned: what is announced is what is reckoned.

Grondslag: Aw 2012 art. 2.114-2.115; docs/methodiek/rangorde.md.
Must stay true: nothing announced is left out, also what does not fit: the engine refuses that by name.
Trap: the price of a perceel is the one of its free-price product, and its tariff is the lower limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from aanbesteding.domain.feiten import Criterium, PerceelUitgewerkt, Product, Schaalpunt
from aanbesteding.errors import InvoerError

BANDBREEDTE = "vaste_bandbreedte"
STAFFEL = "staffel"
RANGPUNTEN = "rangpunten"


def build_aankondiging(u: PerceelUitgewerkt) -> dict[str, object]:
    """The ranking assignment of a perceel without bids; InvoerError when no product has the price."""
    prijs = next((c for c in u.criteria if c.soort == "prijs"), None)
    data: dict[str, object] = {
        "methode": "gewogen_factor" if prijs else "vast_tarief" if u.criteria else "geen_criteria",
        "criteria": [_build_kwaliteit(c, u) for c in u.criteria if c.soort == "kwaliteit"],
        "gelijke_stand": list(u.gelijke_stand) if u.criteria else [],
        "bij_uitval": u.bij_uitval,
        "afronding": {"decimalen": u.decimalen, "moment": u.afrondingsmoment},
    }
    if u.criteria:
        data["totaalgewicht"] = show_decimaal(sum((c.gewicht for c in u.criteria), Decimal(0)))
    if u.minimum_totaal is not None:
        data["minimum_totaal"] = show_decimaal(u.minimum_totaal)
    if prijs is not None:
        product = load_prijsproduct(u)
        data["criteria"] = [
            *(_build_kwaliteit(c, u) for c in u.criteria if c.soort == "kwaliteit"),
            *(_build_prijs(c, product) for c in u.criteria if c.soort == "prijs"),
        ]
        data["ondergrens"] = show_decimaal(product.tarief)
    return data


def load_prijsproduct(uitgewerkt: PerceelUitgewerkt) -> Product:
    """The one product that bidders price themselves; InvoerError when there is none or more than one."""
    vrij = [p for p in uitgewerkt.producten if p.vrije_prijs]
    if len(vrij) != 1:
        raise InvoerError(
            [
                f"Perceel {uitgewerkt.perceel} heeft een prijscriterium en {len(vrij)} producten met een "
                "vrije prijs; de rangorde vraagt precies één product met een vrije prijs."
            ]
        )
    return vrij[0]


def list_gaten(u: PerceelUitgewerkt) -> Iterator[str]:
    """What was announced in such a way that some bid could not be scored, as Dutch sentences."""
    for c in u.criteria:
        if c.formule == STAFFEL and c.staffel and c.staffel[-1].tot is not None:
            yield (
                f"Criterium {c.code}: de laatste trede van de staffel houdt op bij {c.staffel[-1].tot}. Kondig een "
                "laatste trede zonder grens aan, zodat elke prijs punten heeft."
            )
        if c.formule == RANGPUNTEN and c.rangpunten and c.rangpunten_overig is None:
            yield (
                f"Criterium {c.code}: er zijn punten voor {len(c.rangpunten)} prijsplaatsen. Kondig ook de punten "
                "voor elke volgende plaats aan (rangpunten_overig)."
            )
        if c.gemiddelde and not c.tussenscores:
            yield (
                f"Criterium {c.code}: een gemiddelde kan tussen de punten van de schaal liggen. Sta tussenscores toe "
                "of laat de commissie één score geven."
            )
        if c.soort == "prijs" and (c.gemiddelde or c.tussenscores or c.minimum is not None):
            yield f"Criterium {c.code}: een prijs heeft geen minimumscore, tussenscores of gemiddelde."
    kwaliteit = sum((c.gewicht for c in u.criteria if c.soort == "kwaliteit"), Decimal(0))
    if u.minimum_totaal is not None and u.minimum_totaal > kwaliteit:
        yield f"Het minimum voor de kwaliteit in totaal ({u.minimum_totaal}) is meer dan haalbaar ({kwaliteit})."


def load_betekenis(schaal: tuple[Schaalpunt, ...], score: int) -> str:
    """What a score means: the word of its scale point, or between which two words it lies; empty off the scale."""
    woorden = {p.punt: p.betekenis for p in schaal}
    if score in woorden:
        return woorden[score]
    onder = max((punt for punt in woorden if punt < score), default=None)
    boven = min((punt for punt in woorden if punt > score), default=None)
    if onder is None or boven is None or not (woorden[onder].strip() and woorden[boven].strip()):
        return ""
    return f"tussen {woorden[onder]} en {woorden[boven]}"


def show_decimaal(getal: Decimal) -> str:
    """A decimal as the ranking engine reads it: never with an exponent."""
    return format(getal, "f")


def _build_kwaliteit(criterium: Criterium, uitgewerkt: PerceelUitgewerkt) -> dict[str, object]:
    punten = sorted(punt.punt for punt in uitgewerkt.schaal)
    if not punten:
        raise InvoerError([f"Perceel {uitgewerkt.perceel}: er is geen beoordelingsschaal aangekondigd."])
    return {
        "code": criterium.code,
        "naam": criterium.titel,
        "soort": "kwaliteit",
        "gewicht": show_decimaal(criterium.gewicht),
        "minimum": None if criterium.minimum is None else str(criterium.minimum),
        "schaal": {
            "min": str(punten[0]),
            "max": str(punten[-1]),
            "punten": [str(punt) for punt in punten],
            "tussenscores": criterium.tussenscores,
        },
    }


def _build_prijs(criterium: Criterium, product: Product) -> dict[str, object]:
    return {
        "code": criterium.code,
        "naam": criterium.titel,
        "soort": "prijs",
        "gewicht": show_decimaal(criterium.gewicht),
        "formule": criterium.formule,
        "parameters": _build_parameters(criterium, product),
    }


def _build_parameters(criterium: Criterium, product: Product) -> dict[str, object]:
    parameters: dict[str, object] = {}
    if criterium.formule == BANDBREEDTE:
        plafond = None if product.prijsplafond is None else show_decimaal(product.prijsplafond)
        parameters |= {"bodem": show_decimaal(product.tarief), "plafond": plafond}
    if criterium.staffel:
        parameters["staffel"] = [
            {
                "tot": None if trede.tot is None else show_decimaal(trede.tot),
                "punten": show_decimaal(trede.punten),
            }
            for trede in criterium.staffel
        ]
    if criterium.rangpunten:
        parameters["punten"] = [show_decimaal(p) for p in criterium.rangpunten]
    if criterium.rangpunten_overig is not None:
        parameters["overig"] = show_decimaal(criterium.rangpunten_overig)
    return parameters

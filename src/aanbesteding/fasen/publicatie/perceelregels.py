"""Checks of a worked-out perceel: award criteria and their arithmetic, tariffs and their substantiation,
value.

Each check looks at one worked-out perceel and gives sentences; the rules below ask it of the input, and
regels.py asks all of them again of what was recorded before publication.

Grondslag: Aw 2012 art. 2.10 and 2.115; Uitvoeringsbesluit Wmo 2015 art. 5.4; Besluit Jeugdwet art. 2.3;
Hoge Raad 9 May 2014 (ECLI:NL:HR:2014:1078) on relative formulas; Rb. Noord-Holland 16 December 2025
(ECLI:NL:RBNHO:2025:14647) on the maximum value of a framework.
Must stay true: sums are exact; no law's number stands here (normen/kostenelementen.toml has the cost
elements).
Trap: the term may be undecided when a perceel is worked out; then the value is judged at publication.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from aanbesteding.documents.overeenkomst import load_termijnen
from aanbesteding.domain.feiten import PerceelUitgewerkt
from aanbesteding.domain.rangorde.opdracht import RELATIEVE_FORMULES
from aanbesteding.domain.regel import regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.publicatie.documenten.rekenvoorbeeld import list_rekenfouten
from aanbesteding.fasen.publicatie.invoer import PerceelUitwerken

Controle = Callable[[PerceelUitgewerkt, Situatie[Any]], list[str]]
KOSTENWETTEN = {"Wmo 2015": "wmo", "Jeugdwet": "jeugd"}
TOTAALGEWICHT = 100


def make_uitwerking(invoer: PerceelUitwerken) -> PerceelUitgewerkt:
    """The fact that this input would record."""
    return PerceelUitgewerkt(**{naam: getattr(invoer, naam) for naam in PerceelUitwerken.model_fields})


def _find_wet(u: PerceelUitgewerkt, s: Situatie[Any]) -> str:
    return next((p.wet for p in s.dossier.aanbesteding.percelen if p.nummer == u.perceel), "")


def list_gewichtfouten(u: PerceelUitgewerkt, s: Situatie[Any]) -> list[str]:
    """Weights of quality and price must be 100 together."""
    som = sum((c.gewicht for c in u.criteria), Decimal(0))
    if not u.criteria or som == TOTAALGEWICHT:
        return []
    return [f"Perceel {u.perceel}: de gewichten tellen op tot {som}, niet tot {TOTAALGEWICHT}."]


def list_uitvalfouten(u: PerceelUitgewerkt, s: Situatie[Any]) -> list[str]:
    """A formula that depends on other bids needs a rule for when one drops out."""
    relatief = [c for c in u.criteria if c.formule in RELATIEVE_FORMULES]
    if not relatief or u.bij_uitval:
        return []
    return [
        f"Perceel {u.perceel}: de formule '{relatief[0].formule}' hangt af van andere inschrijvingen. "
        "Kies wat er "
        "gebeurt bij uitval: rangorde_blijft of herberekenen."
    ]


def list_kostprijsfouten(u: PerceelUitgewerkt, s: Situatie[Any]) -> list[str]:
    """Every product has each cost element of its law, once; a law that names none on this day asks none."""
    wet = _find_wet(u, s)
    if wet not in KOSTENWETTEN:
        return []
    voorvoegsel = f"kostenelement_{KOSTENWETTEN[wet]}_"
    nodig = [n.code.removeprefix(voorvoegsel) for n in s.normen.lijst(voorvoegsel, s.dossier.peildatum)]
    fouten: list[str] = []
    for product in u.producten if nodig else ():
        codes = [e.code for e in product.kostprijs]
        ontbreekt = [c for c in nodig if c not in codes]
        vreemd = sorted({c for c in codes if c not in nodig or codes.count(c) > 1})
        if ontbreekt:
            fouten.append(
                f"Perceel {u.perceel}, product {product.code}: kostprijselement {', '.join(ontbreekt)} "
                "ontbreekt; "
                f"de {wet} vraagt {', '.join(nodig)}."
            )
        if vreemd:
            fouten.append(
                f"Perceel {u.perceel}, product {product.code}: kostprijselement {', '.join(vreemd)} hoort "
                "er niet "
                f"of staat er dubbel; de {wet} kent {', '.join(nodig)}."
            )
    return fouten


def list_tarieffouten(u: PerceelUitgewerkt, s: Situatie[Any]) -> list[str]:
    """The cost elements of a product add up to its tariff."""
    fouten: list[str] = []
    for product in u.producten:
        som = sum((e.bedrag for e in product.kostprijs), Decimal(0))
        if som != product.tarief:
            fouten.append(
                f"Perceel {u.perceel}, product {product.code}: de kostprijs telt op tot {som}, het tarief is "
                f"{product.tarief}."
            )
    return fouten


def list_ondergrensfouten(u: PerceelUitgewerkt, s: Situatie[Any]) -> list[str]:
    """A price criterion under the Wmo needs a real price as lower limit."""
    prijs = any(c.soort == "prijs" for c in u.criteria)
    if not prijs or _find_wet(u, s) != "Wmo 2015" or any(p.vrije_prijs for p in u.producten):
        return []
    return [
        f"Perceel {u.perceel}: de prijs is een gunningscriterium, maar geen product heeft een vrije prijs "
        "met het "
        "reële tarief als ondergrens. Wijs dat product aan of haal het prijscriterium weg."
    ]


def list_prijsfouten(u: PerceelUitgewerkt, s: Situatie[Any]) -> list[str]:
    """A free price and a price criterion belong together, one of each, with a ceiling above the floor."""
    vrij = [p for p in u.producten if p.vrije_prijs]
    prijscriteria = [c for c in u.criteria if c.soort == "prijs"]
    fouten: list[str] = []
    if len(vrij) > 1 or len(prijscriteria) > 1:
        fouten.append(
            f"Perceel {u.perceel}: ten hoogste één product met een vrije prijs en één prijscriterium."
        )
    if vrij and not prijscriteria:
        fouten.append(
            f"Perceel {u.perceel}: product {vrij[0].code} heeft een vrije prijs, maar er is geen "
            "prijscriterium."
        )
    fouten += [
        f"Perceel {u.perceel}, product {p.code}: het prijsplafond {p.prijsplafond} ligt niet boven het "
        "tarief "
        f"{p.tarief}."
        for p in vrij
        if p.prijsplafond is not None and p.prijsplafond <= p.tarief
    ]
    return fouten


def list_gelijkestandfouten(u: PerceelUitgewerkt, s: Situatie[Any]) -> list[str]:
    """With a maximum number of providers, equal standing must always come to a decision."""
    begrensd = [p.code for p in u.producten if p.maximum_aanbieders is not None]
    if not begrensd or not u.criteria or u.gelijke_stand[-1:] == ("loting",):
        return []
    return [
        f"Perceel {u.perceel}: product {', '.join(begrensd)} heeft een maximum aantal aanbieders, maar "
        "bij gelijke "
        "stand volgt geen beslissing. Zet loting als laatste regel."
    ]


def list_maximumfouten(u: PerceelUitgewerkt, s: Situatie[Any]) -> list[str]:
    """A maximum number of providers forces a choice, and so needs award criteria."""
    begrensd = [p.code for p in u.producten if p.maximum_aanbieders is not None]
    if not begrensd or u.criteria:
        return []
    return [
        f"Perceel {u.perceel}: product {', '.join(begrensd)} heeft een maximum aantal aanbieders, maar er "
        "zijn geen "
        "gunningscriteria om uit te kiezen."
    ]


def list_waardefouten(u: PerceelUitgewerkt, s: Situatie[Any]) -> list[str]:
    """The maximum value is stated and covers the estimate over the whole term; an open house is no framework."""
    if u.maximale_waarde is None and not s.dossier.regime.opdracht:
        return []
    if u.maximale_waarde is None:
        return [f"Perceel {u.perceel}: de maximale waarde ontbreekt. Een raamovereenkomst noemt een maximum."]
    maanden = load_termijnen(s, u.perceel).langst
    if maanden is None:
        return []
    if u.maximale_waarde * 12 >= u.raming_per_jaar * maanden:
        return []
    nodig = (u.raming_per_jaar * maanden / 12).quantize(Decimal("0.01"))
    return [
        f"Perceel {u.perceel}: de maximale waarde {u.maximale_waarde} is lager dan de raming over de hele "
        "duur "
        f"met verlengingen ({maanden} maanden: {nodig})."
    ]


def list_codefouten(u: PerceelUitgewerkt, s: Situatie[Any]) -> list[str]:
    """Codes of products, requirements, criteria and scale points are unique; quality has a scale."""
    fouten: list[str] = []
    for naam, codes in (
        ("product", [p.code for p in u.producten]),
        ("eis", [e.code for e in u.eisen]),
        ("criterium", [c.code for c in u.criteria]),
        ("schaalpunt", [str(p.punt) for p in u.schaal]),
    ):
        if dubbel := sorted({c for c in codes if codes.count(c) > 1}):
            fouten.append(f"Perceel {u.perceel}: {naam} {', '.join(dubbel)} staat er meer dan één keer in.")
    return fouten


def list_methodefouten(u: PerceelUitgewerkt, s: Situatie[Any]) -> list[str]:
    """The award method can be reckoned by the ranking engine, tried with invented bids."""
    eerst = (
        *list_gewichtfouten(u, s),
        *list_uitvalfouten(u, s),
        *list_prijsfouten(u, s),
        *list_codefouten(u, s),
    )
    if eerst:
        return []
    return [f"Perceel {u.perceel}: {fout}" for fout in list_rekenfouten(u)]


CONTROLES: tuple[Controle, ...] = (
    list_codefouten,
    list_gewichtfouten,
    list_uitvalfouten,
    list_kostprijsfouten,
    list_tarieffouten,
    list_ondergrensfouten,
    list_prijsfouten,
    list_gelijkestandfouten,
    list_maximumfouten,
    list_waardefouten,
    list_methodefouten,
)


def _toets(controle: Controle, s: Situatie[PerceelUitwerken]) -> str | None:
    return " ".join(controle(make_uitwerking(s.invoer), s)) or None


TARIEF = "Uitvoeringsbesluit Wmo 2015 art. 5.4; Besluit Jeugdwet art. 2.3"


@regel("code-dubbel", grondslag="Transparantiebeginsel", met_invoer=True)
def codes_uniek(s: Situatie[PerceelUitwerken]) -> str | None:
    """Codes within the perceel are unique."""
    return _toets(list_codefouten, s)


@regel("gewichten-tellen-niet-op", grondslag="Aw 2012 art. 2.115", met_invoer=True)
def gewichten_tellen_op(s: Situatie[PerceelUitwerken]) -> str | None:
    """The weights of quality and price are 100 together."""
    return _toets(list_gewichtfouten, s)


@regel(
    "bij-uitval-ontbreekt",
    grondslag="Aw 2012 art. 2.115; Hoge Raad 9 mei 2014, ECLI:NL:HR:2014:1078",
    met_invoer=True,
)
def uitval_geregeld(s: Situatie[PerceelUitwerken]) -> str | None:
    """A formula that depends on other bids says what happens when one drops out."""
    return _toets(list_uitvalfouten, s)


@regel("kostprijselementen-onvolledig", grondslag=TARIEF, met_invoer=True)
def kostprijs_volledig(s: Situatie[PerceelUitwerken]) -> str | None:
    """Every product has each cost element of its law."""
    return _toets(list_kostprijsfouten, s)


@regel("kostprijs-telt-niet-op-tot-tarief", grondslag=TARIEF, met_invoer=True)
def kostprijs_is_tarief(s: Situatie[PerceelUitwerken]) -> str | None:
    """The cost elements of every product add up to its tariff."""
    return _toets(list_tarieffouten, s)


@regel("wmo-prijs-zonder-ondergrens", grondslag="Uitvoeringsbesluit Wmo 2015 art. 5.4", met_invoer=True)
def wmo_prijs_heeft_ondergrens(s: Situatie[PerceelUitwerken]) -> str | None:
    """Under the Wmo a price criterion has the real price as its lower limit."""
    return _toets(list_ondergrensfouten, s)


@regel("prijs-en-product-passen-niet", grondslag="Transparantiebeginsel; Aw 2012 art. 2.115", met_invoer=True)
def prijs_past_bij_product(s: Situatie[PerceelUitwerken]) -> str | None:
    """A free price and a price criterion belong together."""
    return _toets(list_prijsfouten, s)


@regel(
    "gelijke-stand-niet-geregeld",
    grondslag="Transparantiebeginsel; Aw 2012 art. 2.10",
    met_invoer=True,
    zekerheid="onbevestigd",
)
def gelijke_stand_geregeld(s: Situatie[PerceelUitwerken]) -> str | None:
    """With a maximum number of providers, a tie always comes to a decision."""
    return _toets(list_gelijkestandfouten, s)


@regel("maximum-zonder-criteria", grondslag="Aw 2012 art. 2.115", met_invoer=True, zekerheid="onbevestigd")
def maximum_heeft_criteria(s: Situatie[PerceelUitwerken]) -> str | None:
    """A maximum number of providers goes with award criteria."""
    return _toets(list_maximumfouten, s)


@regel(
    "maximale-waarde-ontbreekt",
    grondslag="Rb. Noord-Holland 16 december 2025, ECLI:NL:RBNHO:2025:14647",
    met_invoer=True,
)
def maximale_waarde_toereikend(s: Situatie[PerceelUitwerken]) -> str | None:
    """The maximum value is stated and covers the estimate over the whole term with extensions."""
    return _toets(list_waardefouten, s)


@regel("rangordemethode-niet-uitvoerbaar", grondslag="Aw 2012 art. 2.115", met_invoer=True)
def methode_uitvoerbaar(s: Situatie[PerceelUitwerken]) -> str | None:
    """The award method can be reckoned as announced."""
    return _toets(list_methodefouten, s)

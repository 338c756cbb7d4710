"""Rules of prices and ranking: quality first, two openers, no undecided tie.

Not here: the arithmetic (domain.gunningsrangorde and domain.rangorde) and low prices (regels_lage_prijs).

Grondslag: Aw 2012 art. 2.115 (old text read); the announced way of working and rules for ties.
Must stay true: no rule reads a price that is still sealed; a draw is held by persons, never by the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from aanbesteding.domain.feiten import PrijzenGeopend
from aanbesteding.domain.gunningsrangorde import (
    LotingNodig,
    load_geldige_inschrijvingen,
)
from aanbesteding.domain.perceelverdeling import list_geraakt, list_samen, rank_percelen
from aanbesteding.domain.regel import regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.toewijzing import wordt_verdeeld
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.beoordeling import stand
from aanbesteding.fasen.beoordeling.invoer import PrijzenOpenen, RangordeVaststellen
from aanbesteding.fasen.beoordeling.stand import mist_prijzen, show_percelen

GELIJKHEID = "Beginselen van gelijke behandeling en transparantie"
GELIJKE_STAND = "Aangekondigde regels bij gelijke stand"


@regel("kwaliteit-niet-vergrendeld", grondslag="Aangekondigde werkwijze: eerst kwaliteit, dan prijs")
def kwaliteit_vergrendeld(s: Situatie[Any]) -> str | None:
    """The committee's judgment stands before a price is opened."""
    open_ = [p for p in s.onderwerpen if stand.load_consensus(s.dossier, p) is None]
    return f"De kwaliteit van perceel {show_percelen(open_)} is nog niet vergrendeld." if open_ else None


@regel("perceel-zonder-prijs", grondslag=GELIJKHEID)
def prijs_is_criterium(s: Situatie[Any]) -> str | None:
    """Only percelen with a price criterion have prices to open."""
    zonder = [p for p in s.onderwerpen if not stand.heeft_prijscriterium(s.dossier, p)]
    return (
        f"Perceel {show_percelen(zonder)} heeft vaste tarieven; er is geen prijs om te openen."
        if zonder
        else None
    )


@regel("prijzen-al-geopend", grondslag=GELIJKHEID)
def prijzen_nog_dicht(s: Situatie[Any]) -> str | None:
    """Prices are opened once."""
    al = [p for p in s.onderwerpen if s.dossier.laatste(PrijzenGeopend, perceel=p) is not None]
    return f"De prijzen van perceel {show_percelen(al)} zijn al geopend." if al else None


@regel(
    "prijs-openers-onjuist", grondslag="Aangekondigde werkwijze: openen met twee personen", met_invoer=True
)
def prijzen_door_twee_geopend(s: Situatie[PrijzenOpenen]) -> str | None:
    """Two different persons of the region open the prices, none of them an assessor of these percelen."""
    een, twee = s.invoer.openers
    zinnen = ["De twee openers zijn dezelfde persoon."] if een == twee else []
    bekend = {m.persoon for m in s.regio.mandaten}
    scoorders = {naam for p in s.onderwerpen for naam in stand.load_vergrendeld(s.dossier, p)}
    for opener in dict.fromkeys((een, twee)):
        if opener not in bekend:
            zinnen.append(f"{opener} heeft geen rol in deze regio.")
        elif opener in scoorders:
            zinnen.append(f"{opener} heeft dit perceel beoordeeld en opent geen prijzen.")
    return " ".join(zinnen) or None


@regel("prijzen-niet-geopend", grondslag=GELIJKHEID)
def prijzen_geopend(s: Situatie[Any]) -> str | None:
    """Where price counts, the prices were opened before the ranking is made."""
    dicht = [p for p in s.onderwerpen if mist_prijzen(s.dossier, p)]
    return f"De prijzen van perceel {show_percelen(dicht)} zijn nog niet geopend." if dicht else None


@regel("loting-nodig", grondslag=GELIJKE_STAND)
def gelijke_stand_beslist(s: Situatie[Any]) -> str | None:
    """No tie at a product's maximum is left undecided."""
    zinnen: list[str] = []
    for percelen in _list_groepen(s):
        try:
            rank_percelen(s.dossier, percelen, loting=_load_loting(s.invoer))
        except LotingNodig as nodig:
            zinnen.append(str(nodig).replace("\n", " "))
        except InvoerError:
            continue
    return " ".join(zinnen) or None


@regel("rangorde-niet-te-maken", grondslag="Aw 2012 art. 2.115", zekerheid="onbevestigd")
def rangorde_te_maken(s: Situatie[Any]) -> str | None:
    """Every number that the ranking needs is recorded."""
    zinnen: list[str] = []
    for percelen in _list_groepen(s):
        try:
            rank_percelen(s.dossier, percelen, loting=_load_loting(s.invoer))
        except LotingNodig:
            continue
        except InvoerError as fout:
            zinnen.append(f"Perceel {show_percelen(list(percelen))}: {' '.join(fout.fouten)}")
    return " ".join(zinnen) or None


@regel(
    "percelen-niet-samen-verdeeld",
    grondslag="Aw 2012 art. 2.10; aangekondigde verdeling over percelen",
    zekerheid="onbevestigd",
)
def percelen_samen_verdeeld(s: Situatie[Any]) -> str | None:
    """Percelen that are divided together get their first ranking in one act."""
    ontbreekt = [p for p in list_samen(s.dossier) if p not in s.onderwerpen]
    if not ontbreekt:
        return None
    return (
        f"De percelen worden samen verdeeld; perceel {show_percelen(ontbreekt)} heeft nog geen rangorde. Wacht tot de "
        "kwaliteit van elk perceel is vergrendeld en stel de rangorde van alle percelen in één keer vast."
    )


@regel(
    "verdeling-raakt-meer-percelen",
    grondslag="Aw 2012 art. 2.10; aangekondigde verdeling over percelen",
    zekerheid="onbevestigd",
)
def verdeling_raakt_geen_ander(s: Situatie[Any]) -> str | None:
    """A new ranking changes nothing in a perceel outside the act."""
    try:
        geraakt = list_geraakt(s.dossier, s.onderwerpen, loting=_load_loting(s.invoer))
    except (LotingNodig, InvoerError):
        return None
    if not geraakt:
        return None
    return (
        f"Door deze rangorde krijgt ook perceel {show_percelen(list(geraakt))} een andere aanbieder. Trek daar de "
        "beslissing in en stel de rangorde samen vast."
    )


@regel("loting-onjuist", grondslag=GELIJKE_STAND, met_invoer=True)
def loting_juist(s: Situatie[RangordeVaststellen]) -> str | None:
    """A draw is about valid bids of a perceel that is ranked now, each once."""
    zinnen: list[str] = []
    for perceel, volgorde in sorted(s.invoer.loting.items()):
        if perceel not in s.invoer.percelen:
            zinnen.append(f"Perceel {perceel} heeft een loting, maar krijgt nu geen rangorde.")
            continue
        geldig = load_geldige_inschrijvingen(s.dossier, perceel)
        vreemd = [nummer for nummer in volgorde if nummer not in geldig]
        if vreemd:
            zinnen.append(f"Loting perceel {perceel}: {', '.join(vreemd)} is daar geen geldige inschrijving.")
        dubbel = [nummer for nummer, aantal in Counter(volgorde).items() if aantal > 1]
        if dubbel:
            zinnen.append(f"Loting perceel {perceel}: {', '.join(dubbel)} staat er meer dan één keer in.")
    return " ".join(zinnen) or None


@regel(
    "getuigen-ontbreken",
    grondslag="Eigen beleid: loting met getuigen",
    met_invoer=True,
    zekerheid="onbevestigd",
)
def getuigen_aanwezig(s: Situatie[RangordeVaststellen]) -> str | None:
    """A draw was seen by enough witnesses, or by a notary."""
    minimum = s.norm("minimum_getuigen_loting").getal
    getuigen = [g for g in dict.fromkeys(s.invoer.getuigen) if g]
    notaris = any("notaris" in g.casefold() for g in getuigen)
    if not any(s.invoer.loting.values()) or notaris or len(getuigen) >= minimum:
        return None
    return f"Bij een loting horen een notaris of ten minste {minimum} getuigen; genoemd: {len(getuigen)}."


def _load_loting(invoer: object) -> Mapping[str, tuple[str, ...]]:
    return invoer.loting if isinstance(invoer, RangordeVaststellen) else {}


def _list_groepen(s: Situatie[Any]) -> tuple[tuple[str, ...], ...]:
    """Percelen that are ranked together: all of them when they are divided, else each alone; without sealed prices."""
    open_ = tuple(p for p in s.onderwerpen if not mist_prijzen(s.dossier, p))
    if wordt_verdeeld(s.dossier):
        return (open_,) if open_ == tuple(s.onderwerpen) else ()
    return tuple((p,) for p in open_)

"""Appointing who may open the bids and prices: what the act asks, what it records and its rules.

Grondslag: Aw 2012 art. 2.108 (nothing is read before the closing moment). That two open together, and with which keys,
is the way of working that the tender documents announce, not the law.
Must stay true: the public keys come into the facts here, before the first bid, and do not change once a bid is sealed.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import InschrijvingenGeopend, PrijzenGeopend
from aanbesteding.domain.regel import Ernst, Overtreding, regel
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.zegel import (
    MINSTENS,
    EnveloppenVerzegeld,
    OpenersAangewezen,
    Openersleutel,
    list_kenmerken,
)
from aanbesteding.fase import Besluit

GRONDSLAG = "Aw 2012 art. 2.108"
OPENERROLLEN = frozenset({Rol.INKOPER, Rol.JURIST})


class OpenersAanwijzen(Gegevensmodel):
    """Appoint who may open."""

    openers: tuple[str, ...] = Field(
        title="Openers",
        description="Gebruikersnamen; elke twee van hen openen samen. Met drie of meer mag er één uitvallen",
        min_length=MINSTENS,
    )


@regel("opener-zonder-sleutel", grondslag=GRONDSLAG, met_invoer=True)
def openers_hebben_sleutel(s: Situatie[OpenersAanwijzen]) -> str | None:
    """Every opener has a key."""
    zonder = sorted({p for p in s.invoer.openers if p not in s.sleutels})
    if not zonder:
        return None
    return (
        f"Nog zonder sleutel: {', '.join(zonder)}. Laat elk van hen zelf een sleutel maken, op de webpagina "
        f"Mijn sleutel of met: aanbesteding sleutel nieuw {zonder[0]}"
    )


@regel("opener-met-demosleutel", grondslag=GRONDSLAG, met_invoer=True)
def geen_demosleutels(s: Situatie[OpenersAanwijzen]) -> str | None:
    """A real tender is not sealed to a key whose passphrase everybody knows."""
    demo = sorted({p for p in s.invoer.openers if p in s.sleutels and s.sleutels[p].demo})
    if not demo or s.dossier.demo:
        return None
    return (
        f"De sleutel van {', '.join(demo)} is een demosleutel: iedereen kent de wachtzin. Maak eerst een eigen "
        f"sleutel, op de webpagina Mijn sleutel of met: aanbesteding sleutel nieuw {demo[0]}"
    )


@regel("openers-al-in-gebruik", grondslag=GRONDSLAG)
def nog_niets_verzegeld(s: Situatie[Any]) -> str | None:
    """No bid is sealed yet to the openers that were appointed before."""
    if s.dossier.laatste(EnveloppenVerzegeld) is None:
        return None
    return (
        "Er zijn al inschrijvingen verzegeld voor de aangewezen openers. Zij blijven de openers: niemand anders kan "
        "die inschrijvingen openen."
    )


@regel("openers-zonder-reserve", grondslag=GRONDSLAG, ernst=Ernst.SIGNALEERT, met_invoer=True)
def openers_met_reserve(s: Situatie[OpenersAanwijzen]) -> str | None:
    """With more than two openers one may lose the key."""
    if len(set(s.invoer.openers)) > MINSTENS:
        return None
    return (
        "Er zijn maar twee openers. Raakt een van hen zijn sleutel of wachtzin kwijt, dan kan niemand de "
        "inschrijvingen nog openen. Wijs er liever drie aan."
    )


@regel("openers-nog-niet-aangewezen", grondslag=GRONDSLAG, ernst=Ernst.SIGNALEERT)
def openers_aangewezen(s: Situatie[Any]) -> str | None:
    """Openers are appointed by the time that bids can come in."""
    if s.dossier.laatste(OpenersAangewezen) is not None:
        return None
    met = sorted(p for p, k in s.sleutels.items() if is_bevoegd(s, p) and (s.dossier.demo or not k.demo))
    wie = f"Een sleutel hebben al: {', '.join(met)}." if met else "Nog niemand van hen heeft een sleutel."
    return (
        "Er zijn nog geen openers aangewezen. Tot dan wordt geen inschrijving aangenomen. Laat drie inkopers of "
        "juristen een sleutel maken (webpagina Mijn sleutel), en laat de gemandateerde hen aanwijzen met de handeling "
        "'Openers aanwijzen'. "
        f"{wie}"
    )


@regel("opener-kan-niet-openen", grondslag=GRONDSLAG, ernst=Ernst.SIGNALEERT)
def openers_kunnen_openen(s: Situatie[Any]) -> str | None:
    """Every appointed opener still has the role and the key that bids are sealed to."""
    aangewezen = s.dossier.laatste(OpenersAangewezen)
    if aangewezen is None:
        return None
    gebreken = [g for opener in aangewezen.openers if (g := _find_gebrek(s, opener))]
    if not gebreken:
        return None
    over = len(aangewezen.openers) - len(gebreken)
    if s.dossier.laatste(EnveloppenVerzegeld) is None:
        raad = "Wijs opnieuw openers aan, nu er nog geen inschrijving is verzegeld."
    elif over < MINSTENS:
        raad = (
            "Wat is verzegeld, kan zo niemand meer openen. Zoek de oude wachtzin, geef de rol terug of zet de "
            "reservekopie terug; lukt dat niet, dan moet er een nieuwe inschrijftermijn komen."
        )
    elif over == MINSTENS:
        raad = "Er zijn nog maar twee openers: valt er nog een uit, dan kan niemand openen."
    else:
        raad = f"Er zijn nog {over} openers; twee van hen openen."
    return f"{' '.join(gebreken)} {raad}"


def _find_gebrek(s: Situatie[Any], opener: Openersleutel) -> str:
    """Why an appointed opener cannot open, as far as the dossier and the keys tell; empty when nothing is wrong."""
    sleutel = s.sleutels.get(opener.persoon)
    if not is_bevoegd(s, opener.persoon):
        return f"{opener.persoon} is geen inkoper of jurist meer."
    if sleutel is None:
        return f"De sleutel van {opener.persoon} staat niet in de database."
    if sleutel.vingerafdruk != opener.vingerafdruk:
        return f"{opener.persoon} maakte na de aanwijzing een nieuwe sleutel; wat is verzegeld, opent alleen de oude."
    return ""


def is_bevoegd(s: Situatie[Any], persoon: str) -> bool:
    """Whether this person may be an opener."""
    return bool(s.regio.list_rollen(persoon) & OPENERROLLEN)


VERZEGELD_TOT = frozenset(
    [
        "stukken_opgesteld",
        "gepubliceerd",
        "gesloten",
        "geopend",
        "in_toetsing",
        "getoetst",
        "kwaliteit_vergrendeld",
    ]
)
"""From the last step before publication until prices are open: so long somebody must be able to open."""


def list_meldingen(s: Situatie[Any]) -> tuple[Overtreding, ...]:
    """What whoever looks at the dossier must know about its openers, from publication until prices are open."""
    wacht = s.dossier.list_onderwerpen("perceel", VERZEGELD_TOT)
    geopend = s.dossier.laatste(InschrijvingenGeopend) is not None
    if not wacht or (geopend and _is_alles_open(s, wacht)):
        return ()
    regels = (openers_kunnen_openen,) if geopend else (openers_aangewezen, openers_kunnen_openen)
    return tuple(o for r in regels if (o := r.check(s)))


def _is_alles_open(s: Situatie[Any], percelen: tuple[str, ...]) -> bool:
    """Whether no sealed price of these percelen waits to be opened."""
    open_ = {f.perceel for f in s.dossier.list_feiten(PrijzenGeopend)}
    dicht = {sleutel.partition("/")[0] for sleutel in list_kenmerken(s.dossier, "prijs")}
    return not (dicht & set(percelen)) - open_


def decide_openers(s: Situatie[OpenersAanwijzen]) -> Besluit:
    """Record the openers with their public keys."""
    return Besluit((OpenersAangewezen(openers=tuple(s.sleutels[p] for p in s.invoer.openers)),))

"""Rules on taking in, testing and judging applications.

Must stay true: every applicant of a round is treated alike: same closing moment, same requirements, same
moment of testing.
"""

from __future__ import annotations

from typing import Any

from aanbesteding.domain.kalender import datum_in_nederland
from aanbesteding.domain.regel import regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.toetreding.besluiten.aanvraag import (
    AanvragenRegistreren,
    index_aanvragen,
    list_aanvragen,
    list_eisen,
)
from aanbesteding.fasen.toetreding.besluiten.ronde import load_ronde
from aanbesteding.fasen.toetreding.besluiten.toelating import AanvraagBeoordelen, list_open_eisen

GELIJK = "openstellingsbesluit; beginsel van gelijke behandeling"


def _show(nummers: list[str]) -> str:
    return ", ".join(nummers)


@regel("ronde-niet-open", grondslag="openstellingsbesluit")
def ronde_open(s: Situatie[Any]) -> str | None:
    """The round exists and is open."""
    lopend = s.dossier.list_onderwerpen("ronde", frozenset({"open"}))
    if s.invoer is None:
        return (
            None if lopend else "Er is geen toetredingsronde open. Besluit eerst een ronde open te stellen."
        )
    if s.invoer.ronde in lopend:
        return None
    return f"Ronde {s.invoer.ronde} is niet open. Aanvragen horen bij een open ronde."


@regel("aanvraag-te-laat", grondslag=GELIJK, met_invoer=True)
def aanvraag_op_tijd(s: Situatie[AanvragenRegistreren]) -> str | None:
    """Every application came in before the closing moment."""
    ronde = _find_ronde(s)
    fout = [a.nummer for a in s.invoer.aanvragen if ronde is not None and a.ontvangen >= ronde.tot]
    if not fout:
        return None
    return (
        f"Te laat ontvangen: {_show(fout)}. Een aanvraag na het sluitingsmoment wordt niet "
        "in behandeling genomen. "
        "Laat haar weg en meld dit de aanvrager."
    )


@regel("aanvraag-te-vroeg", grondslag=GELIJK, met_invoer=True)
def aanvraag_niet_te_vroeg(s: Situatie[AanvragenRegistreren]) -> str | None:
    """No application came in before the round opened."""
    ronde = _find_ronde(s)
    fout = [
        a.nummer
        for a in s.invoer.aanvragen
        if ronde is not None and datum_in_nederland(a.ontvangen) < ronde.van
    ]
    return f"Ontvangen voor de openstelling: {_show(fout)}. Vraag opnieuw in te dienen." if fout else None


@regel("product-niet-opengesteld", grondslag=GELIJK, met_invoer=True)
def product_opengesteld(s: Situatie[AanvragenRegistreren]) -> str | None:
    """Every product that is asked for is opened in this round."""
    ronde = _find_ronde(s)
    if ronde is None:
        return None
    fout = [
        f"{keuze.product} in aanvraag {a.nummer}"
        for a in s.invoer.aanvragen
        for keuze in a.producten
        if keuze not in ronde.producten
    ]
    return f"Niet opengesteld in deze ronde: {_show(fout)}. Laat deze producten weg." if fout else None


@regel("aanvraag-dubbel", grondslag=GELIJK, met_invoer=True)
def aanvraag_enkel(s: Situatie[AanvragenRegistreren]) -> str | None:
    """One application per organisation in a round."""
    bekend = [f.aanvraag.aanbieder.kvk for f in list_aanvragen(s.dossier, s.invoer.ronde)]
    alle = bekend + [a.aanbieder.kvk for a in s.invoer.aanvragen]
    fout = [a.nummer for a in s.invoer.aanvragen if alle.count(a.aanbieder.kvk) > 1]
    if not fout:
        return None
    return (
        f"Van deze aanvrager is in deze ronde al een aanvraag: {_show(fout)}. Neem per "
        "aanvrager één aanvraag op."
    )


@regel("ronde-nog-open", grondslag=GELIJK)
def ronde_gesloten(s: Situatie[Any]) -> str | None:
    """Applications are tested after the round is closed, all at the same time."""
    gesloten = s.dossier.list_onderwerpen("ronde", frozenset({"gesloten"}))
    aanvragen = index_aanvragen(s.dossier)
    ronden = {aanvragen[verzoek].ronde for verzoek in s.onderwerpen}
    fout = sorted(ronden - set(gesloten))
    return f"Ronde {_show(fout)} is nog open. Toets pas als de ronde is gesloten." if fout else None


@regel("openstaande-eis", grondslag="openstellingsbesluit: toets per eis met reden", met_invoer=True)
def eisen_beslist(s: Situatie[AanvraagBeoordelen]) -> str | None:
    """A person judged every requirement that waits for one."""
    beoordeeld = {(o.perceel, o.eis) for o in s.invoer.oordelen}
    fout = [
        f"{eis} (perceel {p})"
        for p, eis in list_open_eisen(s.dossier, s.invoer.verzoek)
        if (p, eis) not in beoordeeld
    ]
    return f"Nog niet beoordeeld: {_show(fout)}. Geef bij elke eis een oordeel met reden." if fout else None


@regel("oordeel-zonder-open-eis", grondslag=GELIJK, met_invoer=True)
def oordeel_past_bij_eis(s: Situatie[AanvraagBeoordelen]) -> str | None:
    """A person judges only what waits for a person, and once."""
    wachtend = list_open_eisen(s.dossier, s.invoer.verzoek)
    gegeven = [(o.perceel, o.eis) for o in s.invoer.oordelen]
    fout = [
        f"{eis} (perceel {p})"
        for p, eis in gegeven
        if (p, eis) not in wachtend or gegeven.count((p, eis)) > 1
    ]
    return (
        f"Deze eis vraagt geen oordeel of heeft er twee: {_show(fout)}. Laat het oordeel weg."
        if fout
        else None
    )


@regel("ronde-zonder-eisen", grondslag=GELIJK)
def eisen_bekend(s: Situatie[Any]) -> str | None:
    """Every perceel that was applied for has requirements."""
    aanvragen = index_aanvragen(s.dossier)
    percelen = {p for v in s.onderwerpen for p in aanvragen[v].aanvraag.percelen}
    fout = sorted(p for p in percelen if not list_eisen(s.dossier, p))
    return f"Perceel {_show(fout)} heeft geen eisen. Werk het perceel eerst uit." if fout else None


def _find_ronde(s: Situatie[AanvragenRegistreren]) -> Any:
    """The round of the input, or None when it does not exist (another rule says so)."""
    try:
        return load_ronde(s.dossier, s.invoer.ronde)
    except KeyError:
        return None

"""Rules on activity, ending for inactivity and the list of providers.

Must stay true: no agreement ends for inactivity without the decided period, a measurement and a hearing
beforehand.
"""

from __future__ import annotations

from typing import Any

from aanbesteding.domain.kalender import datum_in_nederland, show_datum
from aanbesteding.domain.overeenkomsten import list_gesloten
from aanbesteding.domain.regel import regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.toetreding.besluiten.overeenkomst import (
    ActiviteitRegistreren,
    BeeindigingAankondigen,
    LijstVaststellen,
    OvereenkomstBeeindigen,
    is_inactief,
    list_inactief,
    load_aankondiging,
    load_inactiviteit_maanden,
)

BEPALING = "overeenkomst: einde bij inactiviteit (punt 'inactiviteit_maanden')"
HOREN = "overeenkomst: aankondiging en reactie voor het einde; zorgvuldigheid"


@regel("overeenkomst-onbekend", grondslag="register van overeenkomsten", met_invoer=True)
def overeenkomst_bekend(s: Situatie[Any]) -> str | None:
    """Every agreement that is named exists and has not ended."""
    bekend = {o.nummer for o in list_gesloten(s.dossier, s.vandaag)}
    fout = [n for n in _list_nummers(s.invoer) if n not in bekend]
    return f"Deze overeenkomst bestaat niet of is al geëindigd: {', '.join(fout)}." if fout else None


@regel("activiteit-na-peildatum", grondslag=BEPALING, met_invoer=True)
def activiteit_voor_peildatum(s: Situatie[ActiviteitRegistreren]) -> str | None:
    """No care is reported after the day of measuring, and that day is not in the future."""
    if s.invoer.peildatum > s.vandaag:
        return f"De peildatum {show_datum(s.invoer.peildatum)} ligt in de toekomst. Kies vandaag of eerder."
    fout = [
        a.overeenkomst
        for a in s.invoer.activiteiten
        if a.laatste_zorg and a.laatste_zorg > s.invoer.peildatum
    ]
    return f"De laatste hulp ligt na de peildatum: {', '.join(fout)}. Verbeter de datum." if fout else None


@regel("periode-niet-besloten", grondslag=BEPALING)
def periode_besloten(s: Situatie[Any]) -> str | None:
    """The number of months without care was decided."""
    if load_inactiviteit_maanden(s.dossier) is not None:
        return None
    return (
        "Er is niet besloten na hoeveel maanden zonder hulp een overeenkomst eindigt. "
        "Beëindigen kan dan niet."
    )


@regel("periode-niet-verstreken", grondslag=BEPALING)
def periode_verstreken(s: Situatie[Any]) -> str | None:
    """The last measurement shows the whole period without care for every agreement that is named."""
    maanden = load_inactiviteit_maanden(s.dossier)
    if maanden is None:
        return None
    if s.invoer is None:
        return None if list_inactief(s) else f"Geen enkele overeenkomst is {maanden} maanden inactief."
    per_nummer = {o.nummer: o for o in list_gesloten(s.dossier, s.vandaag)}
    fout = [
        n
        for n in s.invoer.overeenkomsten
        if n in per_nummer and not is_inactief(s.dossier, per_nummer[n], maanden)
    ]
    if not fout:
        return None
    return (
        f"Volgens de laatste meting zijn nog geen {maanden} maanden zonder hulp verstreken: "
        f"{', '.join(fout)}."
    )


@regel("aankondiging-ontbreekt", grondslag=HOREN, met_invoer=True)
def einde_aangekondigd(s: Situatie[OvereenkomstBeeindigen]) -> str | None:
    """Every provider was told beforehand, with a date that is not later than the actual one."""
    fout = [
        nummer
        for nummer in s.invoer.overeenkomsten
        if (aankondiging := load_aankondiging(s.dossier, nummer)) is None or s.invoer.per < aankondiging.per
    ]
    if not fout:
        return None
    return f"Dit einde is niet of voor een latere dag aangekondigd: {', '.join(fout)}. Kondig het eerst aan."


@regel("reactietermijn-beeindiging-loopt", grondslag=HOREN, met_invoer=True)
def reactietermijn_voorbij(s: Situatie[OvereenkomstBeeindigen]) -> str | None:
    """The period for reactions has passed for every agreement."""
    aankondigingen = [(n, load_aankondiging(s.dossier, n)) for n in s.invoer.overeenkomsten]
    fout = [
        n
        for n, aankondiging in aankondigingen
        if aankondiging is not None and s.nu <= aankondiging.reageren_tot
    ]
    return (
        f"De termijn om te reageren loopt nog: {', '.join(fout)}. Wacht tot die voorbij is." if fout else None
    )


@regel("einddatum-verstreken", grondslag="beginsel van rechtszekerheid", met_invoer=True)
def einddatum_vooruit(s: Situatie[Any]) -> str | None:
    """An agreement does not end in the past."""
    if s.invoer.per > s.vandaag:
        return None
    return f"De einddatum {show_datum(s.invoer.per)} ligt niet in de toekomst. Kies een latere dag."


@regel("reactietermijn-in-verleden", grondslag=HOREN, met_invoer=True)
def reactietermijn_vooruit(s: Situatie[BeeindigingAankondigen]) -> str | None:
    """Providers can still react, and the agreement ends after that."""
    if s.invoer.reageren_tot <= s.nu:
        return "Het moment om te reageren is al voorbij. Kies een later moment."
    if s.invoer.per <= datum_in_nederland(s.invoer.reageren_tot):
        return "De beoogde einddatum moet na de termijn om te reageren liggen."
    return None


@regel("peildatum-in-toekomst", grondslag="register van overeenkomsten", met_invoer=True)
def peildatum_bereikt(s: Situatie[LijstVaststellen]) -> str | None:
    """A list does not run ahead of what is recorded."""
    if s.invoer.peildatum <= s.vandaag:
        return None
    return f"De peildatum {show_datum(s.invoer.peildatum)} ligt in de toekomst. Kies vandaag of eerder."


@regel("lijst-leeg", grondslag="register van overeenkomsten")
def lijst_gevuld(s: Situatie[Any]) -> str | None:
    """There is at least one agreement."""
    return (
        None
        if list_gesloten(s.dossier, s.vandaag)
        else "Er zijn geen overeenkomsten. De lijst zou leeg zijn."
    )


def _list_nummers(invoer: Any) -> tuple[str, ...]:
    """Numbers of agreements in the input of any act of this group."""
    if isinstance(invoer, ActiviteitRegistreren):
        return tuple(a.overeenkomst for a in invoer.activiteiten)
    return tuple(invoer.overeenkomsten)

"""Rules of sending that the facts alone can judge.

Grondslag: Aw 2012 art. 2.127 and 2.130 (FEITEN 2.4, 3.6).
"""

from __future__ import annotations

from aanbesteding.domain.kalender import datum_in_nederland, show_datum
from aanbesteding.domain.regel import regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.verzending import find_vervanger, is_gestart, load_verzenddatum
from aanbesteding.fasen.verzending.invoer import BezorgingMelden, VerzendingStarten

VERZENDEN = "Aw 2012 art. 2.127 en 2.130"
DOSSIERVORMING = "zorgvuldigheid: wat van een brief bekend wordt, wordt vastgelegd"


@regel("verzending-al-gestart", grondslag=VERZENDEN, met_invoer=True)
def nog_niet_gestart(s: Situatie[VerzendingStarten]) -> str | None:
    """The letters of a decision are sent in one go, once."""
    if not is_gestart(s.dossier, s.invoer.besluit):
        return None
    return (
        f"De verzending van besluit {s.invoer.besluit} is al gestart. Een onderbroken verzending gaat verder met "
        f"'aanbesteding verzend {s.dossier.code}'; een brief die terugkwam, meldt u met 'bezorging_melden'."
    )


@regel("brieven-vervangen", grondslag=VERZENDEN, met_invoer=True)
def niet_vervangen(s: Situatie[VerzendingStarten]) -> str | None:
    """Letters in whose place others came are not sent."""
    vervanger = find_vervanger(s.dossier, s.invoer.besluit)
    if vervanger is None:
        return None
    return (
        f"De brieven van besluit {s.invoer.besluit} zijn vervangen door die van besluit {vervanger}, met een andere "
        "verzenddatum. Verzend die."
    )


@regel("verzenddatum-is-niet-vandaag", grondslag=VERZENDEN, met_invoer=True)
def vandaag_is_verzenddatum(s: Situatie[VerzendingStarten]) -> str | None:
    """Letters that name the day of their sending leave on that day, or their terms are wrong."""
    datum = load_verzenddatum(s.dossier, s.invoer.besluit)
    if datum is None or datum == s.vandaag:
        return None
    over = "Wacht tot die dag" if datum > s.vandaag else "Die dag is voorbij"
    return (
        f"De brieven van besluit {s.invoer.besluit} noemen {show_datum(datum)} als dag van verzending, en daar zijn de "
        f"termijnen van geteld; vandaag is het {show_datum(s.vandaag)}. {over}, of laat de gemandateerde de "
        "verzenddatum verzetten (verzenddatum_verzetten): dan komen er nieuwe brieven met nieuwe termijnen."
    )


@regel("verzending-niet-gestart", grondslag=DOSSIERVORMING, met_invoer=True)
def wel_gestart(s: Situatie[BezorgingMelden]) -> str | None:
    """Something is told about a letter that was to be sent."""
    if is_gestart(s.dossier, s.invoer.besluit):
        return None
    return f"De verzending van besluit {s.invoer.besluit} is nog niet gestart; er is nog niets te melden."


@regel("melding-in-toekomst", grondslag=DOSSIERVORMING, met_invoer=True)
def melding_gebeurd(s: Situatie[BezorgingMelden]) -> str | None:
    """What is told has happened."""
    if s.invoer.op <= s.nu:
        return None
    return (
        f"{show_datum(datum_in_nederland(s.invoer.op))} ligt in de toekomst. Meld het zodra het is gebeurd."
    )

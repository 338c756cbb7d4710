"""Rules for running help of providers that get no contract: not after the run-off, and known per track.

Which day is the last is reckoned in domain.perceelkader (Uitloop.count_einde).

Grondslag: what the region laid down about running tracks; no article of law sets a run-off.
"""

from __future__ import annotations

from aanbesteding.domain.kalender import show_datum
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.uitloop import load_uitloop
from aanbesteding.fasen.gunning.invoer import OvereenkomstenSluiten
from aanbesteding.fasen.gunning.regels.lezen import load_standen, show_lijst

BELEID = "Eigen uitgangspunten van de regio over lopende trajecten"


@regel("overgang-na-uitloop", grondslag=BELEID, met_invoer=True,
       zekerheid="onbevestigd")  # fmt: skip
def overgang_binnen_uitloop(s: Situatie[OvereenkomstenSluiten]) -> str | None:
    """Help of a provider that leaves does not go on after the run-off of the perceel."""
    if s.invoer.overgang_tot is None:
        return None
    for nummer in s.invoer.percelen:
        uitloop = load_uitloop(s.dossier, nummer)
        if uitloop and s.invoer.overgang_tot > uitloop.uiterlijk:
            return (
                f"In perceel {nummer} mag lopende hulp tot en met {show_datum(uitloop.uiterlijk)} worden afgerond; een "
                f"overgang tot en met {show_datum(s.invoer.overgang_tot)} is langer. Kies een eerdere dag."
            )
    return None


@regel("trajecten-van-vertrekker-ontbreken", grondslag=BELEID,
       ernst=Ernst.SIGNALEERT, met_invoer=True, zekerheid="onbevestigd")  # fmt: skip
def trajecten_bekend(s: Situatie[OvereenkomstenSluiten]) -> str | None:
    """Where a run-off applies, the running tracks of every provider that leaves are known."""
    zonder: list[str] = []
    for nummer, stand in load_standen(s).items():
        blijft = {stand.inschrijvingen[p.inschrijving].aanbieder.kvk for p in stand.winnaars}
        zonder += [
            f"{h.naam} (perceel {nummer})"
            for h in s.invoer.huidige_aanbieders
            if h.perceel == nummer
            and h.kvk not in blijft
            and not h.verwijzingen
            and load_uitloop(s.dossier, nummer) is not None
        ]
    if not zonder:
        return None
    return (
        f"Van {show_lijst(zonder)} zijn geen lopende trajecten opgegeven. De brief noemt dan alleen de laatste dag van "
        "de uitloop, niet de laatste dag per traject."
    )

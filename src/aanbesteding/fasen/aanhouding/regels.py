"""Rules of holds: what a running hold stops, what its outcome still asks, and when a hold may begin or end.

`bewaak` puts the rules at the acts that they stop, in every stage of a procedure; the stages themselves do not
know of holds.

Grondslag: Aw 2012 art. 2.109 and 2.131; Gemeentewet art. 160 and 169; Wet Bibob; bill 36 874 (not in force).
Must stay true: a hold stops only the acts of its kind, and only for its own percelen.
Trap: an act about a round or the dossier names no perceel beforehand; then a hold of any perceel is shown.
"""

from __future__ import annotations

from typing import Any

from aanbesteding.domain.dossier import perceel_onderwerp
from aanbesteding.domain.feiten import Aanhoudingsoort
from aanbesteding.domain.inschrijvingen import list_meedingend
from aanbesteding.domain.kalender import show_datum
from aanbesteding.domain.regel import Ernst, Regel, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import Fase
from aanbesteding.fasen.aanhouding.feiten import (
    list_lopend,
    list_niet_uitgevoerd,
    load_einde,
)
from aanbesteding.fasen.aanhouding.invoer import AanhoudingBeeindigen, AanhoudingBeginnen
from aanbesteding.fasen.aanhouding.soorten import SOORTEN, UITVOERING

S = Situatie[Any]
DOSSIERVORMING = "zorgvuldigheid: een aanhouding begint en eindigt met een vastlegging"
WET_36874 = "wetsvoorstel 36 874 (rechtsbescherming bij aanbesteden): niet in werking"


def list_betrokken(s: S) -> tuple[str, ...]:
    """Percelen that the act concerns; all of them when it names none."""
    alle = tuple(p.nummer for p in s.dossier.aanbesteding.percelen)
    genoemd = {p.perceel for p in getattr(s.invoer, "producten", ())} or {*getattr(s.invoer, "percelen", ())}
    gekozen = genoemd or {*s.onderwerpen}
    return tuple(p for p in alle if p in gekozen) or alle


def show_lopend(s: S, soort: Aanhoudingsoort) -> str | None:
    """Which holds of this kind run for the percelen of the act, as a sentence."""
    betrokken = set(list_betrokken(s))
    zinnen = [
        f"Perceel {', '.join(p for p in a.percelen if p in betrokken)} is aangehouden sinds {show_datum(a.datum)} "
        f"wegens {SOORTEN[soort].titel} ({a.aanhouding})."
        for a in list_lopend(s.dossier)
        if a.aard == soort and set(a.percelen) & betrokken
    ]
    return " ".join(zinnen) or None


def make_regel(soort: Aanhoudingsoort) -> Regel:
    """The rule that a running hold of this kind breaks."""
    vorm = SOORTEN[soort]

    def toets(s: S) -> str | None:
        zin = show_lopend(s, soort)
        vervolg = "Leg eerst de uitkomst vast."
        if vorm.ernst is Ernst.MOTIVEREN:
            vervolg = "Leg de uitkomst vast of motiveer waarom u niet wacht."
        return zin and f"{zin} {vervolg}"

    toets.__doc__ = f"No hold of kind '{soort}' runs for a perceel of this act."
    return regel(vorm.regelcode, grondslag=vorm.grondslag, ernst=vorm.ernst, zekerheid=vorm.zekerheid)(toets)


REGELS: dict[Aanhoudingsoort, Regel] = {soort: make_regel(soort) for soort in SOORTEN}


@regel("uitkomst-aanhouding-niet-uitgevoerd", grondslag=DOSSIERVORMING, zekerheid="onbevestigd")
def uitkomst_uitgevoerd(s: S) -> str | None:
    """What the outcome of a hold asks was done before the procedure goes on."""
    zinnen = [
        f"{a.aanhouding} ({SOORTEN[a.aard].titel}) eindigde met '{einde.uitkomst.replace('_', ' ')}'; dat is voor "
        f"perceel {', '.join(wacht)} nog niet uitgevoerd: {UITVOERING[einde.uitkomst]}."
        for a, einde, wacht in list_niet_uitgevoerd(s.dossier, list_betrokken(s))
    ]
    return " ".join(zinnen) or None


# --- bill 36 874: a switchable set, not in force ------------------------------------------------------------


def is_wet_36874(s: S) -> bool:
    """Whether the bill is switched on by a dated norm (normen/procedures.toml)."""
    return s.normen.op("klachtrecht_36874", s.vandaag).waarde == "ja"


@regel("klacht-schort-op", grondslag=WET_36874, zekerheid="onbevestigd")
def klacht_afgehandeld(s: S) -> str | None:
    """Under bill 36 874 a running complaint stops the procedure; not in force."""
    zin = show_lopend(s, "klacht") if is_wet_36874(s) else None
    if zin is None:
        return None
    dagen = s.normen.op("klachttermijn_36874", s.vandaag).getal
    return f"{zin} De klacht schort de procedure op, naar verwachting ten hoogste {dagen} dagen. Wacht de uitkomst af."


# --- beginning and ending -----------------------------------------------------------------------------------


@regel("aanhouding-past-niet-bij-stand", grondslag=DOSSIERVORMING, met_invoer=True)
def past_bij_stand(s: Situatie[AanhoudingBeginnen]) -> str | None:
    """A hold of this kind can begin at the status of every perceel."""
    vorm, statussen = SOORTEN[s.invoer.aard], s.dossier.statussen
    fout = [p for p in s.invoer.percelen if statussen.get(perceel_onderwerp(p)) not in vorm.van]
    if not fout:
        return None
    zin = f"Voor perceel {', '.join(fout)} kan nu geen aanhouding wegens {vorm.titel} beginnen."
    if s.invoer.aard == "kort_geding" and any(
        statussen.get(perceel_onderwerp(p)) == "meegedeeld" for p in fout
    ):
        zin += " Een kort geding tegen de gunningsbeslissing legt u vast met 'Kort geding melden'."
    return zin


@regel("aanhouding-in-toekomst", grondslag=DOSSIERVORMING, met_invoer=True)
def al_begonnen(s: Situatie[AanhoudingBeginnen]) -> str | None:
    """A hold is recorded on or after the day it began."""
    if s.invoer.datum <= s.vandaag:
        return None
    return f"De aanhouding begint op {show_datum(s.invoer.datum)}; die dag is er nog niet."


@regel("aanhouding-zonder-inschrijver", grondslag="Wet Bibob", met_invoer=True)
def inschrijver_genoemd(s: Situatie[AanhoudingBeginnen]) -> str | None:
    """A hold that concerns one bidder names a registered bid, and only such a hold does."""
    vorm, nummer = SOORTEN[s.invoer.aard], s.invoer.inschrijving
    if not vorm.betreft_inschrijver:
        return (
            f"Een aanhouding wegens {vorm.titel} noemt geen inschrijving. Haal {nummer} weg."
            if nummer
            else None
        )
    bekend = list_nummers(s, s.invoer.percelen)
    if nummer in bekend:
        return None
    return f"Noem de inschrijving waarover het {vorm.titel} gaat. Kies uit: {', '.join(bekend) or 'geen'}."


def list_nummers(s: S, percelen: tuple[str, ...]) -> tuple[str, ...]:
    """Numbers of the bids for these percelen."""
    return tuple(i.nummer for i in list_meedingend(s.dossier) if set(i.percelen) & set(percelen))


@regel("geen-aanhouding", grondslag=DOSSIERVORMING)
def er_loopt_een_aanhouding(s: S) -> str | None:
    """A hold is running."""
    return None if list_lopend(s.dossier) else "Er loopt geen aanhouding."


@regel("aanhouding-onbekend", grondslag=DOSSIERVORMING, met_invoer=True)
def aanhouding_loopt(s: Situatie[AanhoudingBeeindigen]) -> str | None:
    """The hold that ends exists and has not ended before."""
    lopend = [a.aanhouding for a in list_lopend(s.dossier)]
    if s.invoer.aanhouding in lopend:
        return None
    if load_einde(s.dossier, s.invoer.aanhouding) is not None:
        return f"Aanhouding {s.invoer.aanhouding} is al geëindigd."
    return f"Aanhouding '{s.invoer.aanhouding}' bestaat niet. Er lopen: {', '.join(lopend) or 'geen'}."


@regel("uitkomst-past-niet", grondslag=DOSSIERVORMING, met_invoer=True)
def uitkomst_past(s: Situatie[AanhoudingBeeindigen]) -> str | None:
    """The outcome is one that a hold of this kind can have."""
    for a in list_lopend(s.dossier):
        if a.aanhouding == s.invoer.aanhouding and s.invoer.uitkomst not in SOORTEN[a.aard].uitkomsten:
            keuzes = ", ".join(sorted(SOORTEN[a.aard].uitkomsten))
            return f"Een aanhouding wegens {SOORTEN[a.aard].titel} eindigt met een van: {keuzes}."
    return None


# --- putting the rules where they belong ---------------------------------------------------------------------

ONDER_36874 = frozenset({"gunningsbeslissing_meedelen", "definitief_gunnen"})


def list_regels_bij(handeling: str) -> tuple[Regel, ...]:
    """The rules of holds that stop this act."""
    lopend = tuple(REGELS[soort] for soort, vorm in SOORTEN.items() if handeling in vorm.stopt)
    if not lopend:
        return ()
    wet = (klacht_afgehandeld,) if handeling in ONDER_36874 else ()
    return (*lopend, *wet, uitkomst_uitgevoerd)


def bewaak(*fasen: Fase) -> tuple[Fase, ...]:
    """These stages, with the rules of holds at every act that a hold stops."""
    bewaakt: list[Fase] = []
    for fase in fasen:
        for code in [h.code for h in fase.handelingen]:
            fase = fase.met(*list_regels_bij(code), bij=code)
        bewaakt.append(fase)
    return tuple(bewaakt)

"""Rules of the strategy: what must be chosen and traced before the strategy stands.

Grondslag: no article regulates a purchasing strategy; the source text of the region does, and transparency binds.
Must stay true: a rule asks only for what the region's own text says, so that a region without it is not held up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from aanbesteding.documents.overeenkomst import load_variant
from aanbesteding.documents.overeenkomst_artikelen import ARTIKELEN
from aanbesteding.domain.feiten import (
    BeleidskaderVastgesteld,
    ConsultatieverslagVastgesteld,
    PerceelUitgewerkt,
)
from aanbesteding.domain.gegeven import Doorwerking, Stand, Stelling
from aanbesteding.domain.kalender import show_datum
from aanbesteding.domain.perceelkader import VARIANTEN, Omvang
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import Fase
from aanbesteding.fasen.strategie.feiten import list_herleiding, list_participatie
from aanbesteding.fasen.strategie.invoer import (
    AfwijkingVastleggen,
    HerleidingVaststellen,
    LopendeOvereenkomstenRegistreren,
    ParticipatieVaststellen,
    StrategieVaststellen,
)

S = Situatie[Any]
BRON = "strategie van deze aanbesteding"


def _join(zinnen: Sequence[str]) -> str | None:
    return " ".join(zinnen) or None


# --- running agreements -----------------------------------------------------------------------------------


@regel("marktgroep-onbekend", grondslag=BRON, met_invoer=True, zekerheid="onbevestigd")
def marktgroepen_bestaan(s: Situatie[LopendeOvereenkomstenRegistreren]) -> str | None:
    """Every running agreement is of a kind that the source text names."""
    bekend = [m.code for m in s.dossier.aanbesteding.markt]
    onbekend = sorted({o.groep for o in s.invoer.overeenkomsten} - set(bekend))
    if not onbekend:
        return None
    return f"Groep {', '.join(onbekend)} bestaat niet. Toegestaan: {', '.join(bekend) or 'geen'}."


@regel("lopende-overeenkomst-dubbel", grondslag=BRON, met_invoer=True, zekerheid="onbevestigd")
def overeenkomsten_enkel(s: Situatie[LopendeOvereenkomstenRegistreren]) -> str | None:
    """Every provider is in the list once per kind."""
    aantal = Counter(o.sleutel for o in s.invoer.overeenkomsten)
    dubbel = sorted(sleutel for sleutel, n in aantal.items() if n > 1)
    return f"Staat meer dan één keer in de lijst: {', '.join(dubbel)}." if dubbel else None


@regel(
    "aantal-wijkt-af-van-bron",
    grondslag=BRON,
    ernst=Ernst.SIGNALEERT,
    met_invoer=True,
    zekerheid="onbevestigd",
)
def aantal_zoals_bron(s: Situatie[LopendeOvereenkomstenRegistreren]) -> str | None:
    """The number per kind is the one that the source text states."""
    geteld = Counter(o.groep for o in s.invoer.overeenkomsten)
    zinnen = [
        f"{m.naam}: {geteld[m.code]} in de lijst, {m.aanbieders.getal} in de bron ({m.bron})."
        for m in s.dossier.aanbesteding.markt
        if m.aanbieders.getal is not None and geteld[m.code] != m.aanbieders.getal
    ]
    return _join(zinnen)


# --- participation ----------------------------------------------------------------------------------------


@regel("participatietraject-onbekend", grondslag=BRON, met_invoer=True, zekerheid="onbevestigd")
def trajecten_bestaan(s: Situatie[ParticipatieVaststellen]) -> str | None:
    """Every chosen track exists and ends after it begins."""
    bekend = [p.code for p in s.dossier.aanbesteding.participatie]
    zinnen = [
        f"Participatietraject '{k.traject}' bestaat niet. Toegestaan: {', '.join(bekend) or 'geen'}."
        for k in s.invoer.keuzes
        if k.traject not in bekend
    ]
    zinnen += [
        f"Participatietraject '{k.traject}' eindigt voordat het begint."
        for k in s.invoer.keuzes
        if k.tot < k.van
    ]
    return _join(zinnen)


def list_open_participatie(s: S) -> tuple[str, ...]:
    """Codes of the tracks whose form is still open."""
    gekozen = list_participatie(s.dossier)
    return tuple(
        p.code
        for p in s.dossier.aanbesteding.participatie
        if p.vorm.stand is Stand.OPEN and p.code not in gekozen
    )


@regel("participatie-incompleet", grondslag=BRON, met_invoer=True, zekerheid="onbevestigd")
def participatie_compleet(s: Situatie[ParticipatieVaststellen]) -> str | None:
    """With this choice every contract has its track: none is left open."""
    gekozen = {k.traject for k in s.invoer.keuzes}
    open_ = [code for code in list_open_participatie(s) if code not in gekozen]
    return f"Kies ook de vorm van: {', '.join(open_)}." if open_ else None


@regel("participatie-nog-open", grondslag=BRON, ernst=Ernst.SIGNALEERT, zekerheid="onbevestigd")
def participatie_bekend(s: S) -> str | None:
    """The form of participation is known for every contract before the consultation opens."""
    open_ = list_open_participatie(s)
    return (
        f"De vorm van participatie is nog open voor: {', '.join(open_)}. Stel die vast of leg haar in de consultatie "
        "voor."
        if open_
        else None
    )


@regel(
    "aanbiedersbeleid-niet-gevolgd",
    grondslag=BRON,
    ernst=Ernst.MOTIVEREN,
    met_invoer=True,
    zekerheid="onbevestigd",
)
def beleid_gevolgd(s: S) -> str | None:
    """Where the text wants few providers every product has a maximum, and where it wants many none has."""
    perceel = next((p for p in s.dossier.aanbesteding.percelen if p.nummer == s.invoer.perceel), None)
    if perceel is None or perceel.aanbieders is None:
        return None
    begrensd = [p.code for p in s.invoer.producten if p.maximum_aanbieders is not None]
    vrij = [p.code for p in s.invoer.producten if p.maximum_aanbieders is None]
    if perceel.aanbieders.omvang is Omvang.WEINIG and vrij:
        return f"De bron wil hier minder aanbieders ({perceel.aanbieders.bron}); zonder maximum: {', '.join(vrij)}."
    if perceel.aanbieders.omvang is Omvang.VEEL and begrensd:
        return f"De bron wil hier meerdere aanbieders ({perceel.aanbieders.bron}); met maximum: {', '.join(begrensd)}."
    return None


BIJ = {"consultatie_openen": participatie_bekend, "perceel_uitwerken": beleid_gevolgd}
"""The rules that the strategy adds to acts of other stages."""


def bewaak(fase: Fase) -> Fase:
    """The stage with the rules that the strategy adds to its acts."""
    for handeling in fase.handelingen:
        if handeling.code in BIJ:
            fase = fase.met(BIJ[handeling.code], bij=handeling.code)
    return fase


# --- local deviation and strategy -------------------------------------------------------------------------


@regel("afwijking-past-niet", grondslag=BRON, met_invoer=True, zekerheid="onbevestigd")
def afwijking_past(s: Situatie[AfwijkingVastleggen]) -> str | None:
    """A local deviation names a municipality and percelen of this purchase, and was decided."""
    gemeenten, percelen = (
        [g.code for g in s.regio.gemeenten],
        [p.nummer for p in s.dossier.aanbesteding.percelen],
    )
    zinnen: list[str] = []
    if s.invoer.gemeente not in gemeenten:
        zinnen.append(f"Gemeente '{s.invoer.gemeente}' neemt niet deel. Kies uit: {', '.join(gemeenten)}.")
    if onbekend := [p for p in s.invoer.percelen if p not in percelen]:
        zinnen.append(f"Perceel {', '.join(onbekend)} bestaat niet. Kies uit: {', '.join(percelen)}.")
    if s.invoer.datum > s.vandaag:
        zinnen.append(f"Het besluit van {show_datum(s.invoer.datum)} ligt in de toekomst.")
    return _join(zinnen)


@regel("strategie-voor-consultatieverslag", grondslag="Transparantiebeginsel", zekerheid="onbevestigd")
def verslag_vastgesteld(s: S) -> str | None:
    """The strategy follows the report of the consultation."""
    if s.dossier.laatste(ConsultatieverslagVastgesteld):
        return None
    return "Het verslag van de marktconsultatie is nog niet vastgesteld. Stel dat eerst vast."


@regel("bekostiging-nog-open", grondslag="Transparantiebeginsel; Aw 2012 art. 2.115", zekerheid="onbevestigd")
def bekostiging_gekozen(s: S) -> str | None:
    """The way of paying is chosen for every perceel."""
    open_ = [
        p.naam for p in s.dossier.aanbesteding.percelen if not load_variant(s, p.nummer).startswith(VARIANTEN)
    ]
    if not open_:
        return None
    return f"De bekostiging is nog open voor: {'; '.join(open_)}. Beslis eerst de open punten daarover."


@regel("strategie-in-toekomst", grondslag=BRON, met_invoer=True, zekerheid="onbevestigd")
def strategie_is_besloten(s: Situatie[StrategieVaststellen]) -> str | None:
    """The strategy was decided today or earlier."""
    if s.invoer.datum <= s.vandaag:
        return None
    return f"Het besluit van {show_datum(s.invoer.datum)} ligt in de toekomst."


@regel("toevoeging-niet-verwerkt", grondslag=BRON, met_invoer=True, zekerheid="onbevestigd")
def toevoegingen_verwerkt(s: Situatie[StrategieVaststellen]) -> str | None:
    """The strategy says of every addition of a council what was done with it."""
    kaders = {f.gemeente: f for f in s.dossier.list_feiten(BeleidskaderVastgesteld)}
    aantal, verwerkt = sum(len(f.toevoegingen) for f in kaders.values()), len(s.invoer.verwerking)
    if aantal == verwerkt:
        return None
    return (
        f"Bij het beleidskader zijn {aantal} toevoegingen vastgelegd, de strategie zegt van {verwerkt} wat ermee is "
        "gedaan. Noem elke toevoeging, in de volgorde van de gemeenten."
    )


# --- tracing ----------------------------------------------------------------------------------------------


def list_criteria(s: S, stelling: str) -> tuple[tuple[str, str, str], ...]:
    """Award criteria that name this statement: (perceel, code, title)."""
    gevonden: list[tuple[str, str, str]] = []
    for perceel in s.dossier.aanbesteding.percelen:
        uitwerking = s.dossier.laatste(PerceelUitgewerkt, perceel=perceel.nummer)
        gevonden += [
            (perceel.nummer, c.code, c.titel)
            for c in (uitwerking.criteria if uitwerking else ())
            if stelling in c.doelen
        ]
    return tuple(gevonden)


@regel("herleiding-past-niet", grondslag=BRON, met_invoer=True, zekerheid="onbevestigd")
def herleiding_past(s: Situatie[HerleidingVaststellen]) -> str | None:
    """Every line names a principle of this purchase and articles of the agreement."""
    codes = [u.code for u in s.dossier.aanbesteding.uitgangspunten]
    zinnen = [
        f"Uitgangspunt '{r.stelling}' bestaat niet. Toegestaan: {', '.join(codes)}."
        for r in s.invoer.regels
        if r.stelling not in codes
    ]
    zinnen += [
        f"Artikel '{a}' bestaat niet in de overeenkomst. Kies uit: {', '.join(ARTIKELEN)}."
        for a in sorted({a for r in s.invoer.regels for a in r.artikelen} - set(ARTIKELEN))
    ]
    return _join(zinnen)


@regel(
    "uitgangspunt-werkt-niet-door",
    grondslag=BRON,
    ernst=Ernst.MOTIVEREN,
    met_invoer=True,
    zekerheid="onbevestigd",
)
def alles_werkt_door(s: Situatie[HerleidingVaststellen]) -> str | None:
    """Every principle shows where it should: in an award criterion, in the agreement, or both."""
    bekend = list_herleiding(s.dossier) | {r.stelling: r for r in s.invoer.regels}
    zinnen: list[str] = []
    for u in s.dossier.aanbesteding.uitgangspunten:
        regel_ = bekend.get(u.code)
        if regel_ is None:
            zinnen.append(f"'{u.code}' staat niet in de herleiding.")
        elif _mist(u, Doorwerking.OVEREENKOMST, bool(regel_.artikelen)):
            zinnen.append(f"'{u.code}' moet in de overeenkomst doorwerken, maar noemt geen artikel.")
        if _mist(u, Doorwerking.GUNNINGSCRITERIUM, bool(list_criteria(s, u.code))):
            zinnen.append(
                f"'{u.code}' moet in een gunningscriterium doorwerken, maar geen criterium noemt het."
            )
    return _join(zinnen)


def _mist(stelling: Stelling, waarin: Doorwerking, gevonden: bool) -> bool:
    return waarin in stelling.werkt_door_in and not gevonden

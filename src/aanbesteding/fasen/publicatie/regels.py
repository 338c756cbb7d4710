"""Rules of the publication stage: when points may be decided, documents drafted and the notice sent.

Checks of a worked-out perceel stand in perceelregels.py, those of terms in planningregels.py, those of
the tender period in inschrijfregels.py.

Grondslag: Aw 2012 art. 2.115; Gemeentewet art. 160 and 171; Richtlijn 2014/24/EU art. 4.
Must stay true: what the gate of publication asks is asked of the recorded facts, not of a draft.
Trap: a perceel may have been worked out before the term was decided; `uitwerkingen_compleet` judges it
again.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from aanbesteding.documents.overeenkomst import load_waarde
from aanbesteding.domain.deelname import list_percelen_van
from aanbesteding.domain.feiten import (
    ConsultatieverslagVastgesteld,
    PerceelUitgewerkt,
    PlanningVastgesteld,
    PuntBeslist,
)
from aanbesteding.domain.gegeven import Stand
from aanbesteding.domain.kalender import show_datum
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.publicatie.feiten import (
    StukkenOpgesteld,
    list_niet_uitgewerkt,
    list_ontbrekende_volmachten,
    list_open_punten,
    list_percelen,
    load_planning,
    load_uitwerking,
)
from aanbesteding.fasen.publicatie.invoer import (
    PuntBeslissen,
    VolmachtVastleggen,
)
from aanbesteding.fasen.publicatie.perceelregels import CONTROLES
from aanbesteding.fasen.publicatie.planningregels import join_zinnen, show_tekort

S = Situatie[Any]
PROCEDUREKEUZE = "procedure_keuze"
TERMIJNVOORSCHRIFT = "3.6"


# --- open points ------------------------------------------------------------------------------------------


@regel(
    "punt-onbekend", grondslag="Transparantiebeginsel; inkoopstrategie van deze aanbesteding", met_invoer=True
)
def punt_bestaat(s: Situatie[PuntBeslissen]) -> str | None:
    """The point is one of the points that the definition leaves open."""
    codes = [p.code for p in s.dossier.aanbesteding.punten]
    if s.invoer.punt in codes:
        return None
    return f"Punt '{s.invoer.punt}' bestaat niet. Kies uit: {', '.join(codes)}."


@regel(
    "antwoord-past-niet",
    grondslag="Transparantiebeginsel; inkoopstrategie van deze aanbesteding",
    met_invoer=True,
)
def antwoord_past(s: Situatie[PuntBeslissen]) -> str | None:
    """The answer has the form that the point asks and stays within what the source text sets."""
    for punt in s.dossier.aanbesteding.punten:
        if punt.code == s.invoer.punt:
            return punt.check_antwoord(s.invoer.waarde)
    return None


@regel("punt-nog-open", grondslag="Transparantiebeginsel; Aw 2012 art. 2.115")
def punten_beslist(s: S) -> str | None:
    """Every point that the source text leaves open was decided."""
    punten = list_open_punten(s)
    if not punten:
        return None
    lijst = "; ".join(f"{p.code} ({p.bron}): {p.vraag}" for p in punten)
    aantal = "Er staat nog één punt open" if len(punten) == 1 else f"Er staan nog {len(punten)} punten open"
    return f"{aantal}. Neem eerst een besluit over: {lijst}"


# --- worked-out percelen -----------------------------------------------------------------------------------


@regel("perceel-niet-uitgewerkt", grondslag="Transparantiebeginsel; Aw 2012 art. 2.115")
def percelen_uitgewerkt(s: S) -> str | None:
    """Every perceel that takes part was worked out."""
    nummers = list_niet_uitgewerkt(s)
    if not nummers:
        return None
    return f"Nog niet uitgewerkt: perceel {', '.join(nummers)}. Werk producten, eisen en criteria uit."


@regel(
    "uitwerking-niet-compleet",
    grondslag="Aw 2012 art. 2.115; Uitvoeringsbesluit Wmo 2015 art. 5.4; Besluit Jeugdwet art. 2.3",
)
def uitwerkingen_compleet(s: S) -> str | None:
    """Every worked-out perceel still passes each check, now that the term has been decided."""
    zinnen: list[str] = []
    for nummer in list_percelen(s):
        uitwerking = load_uitwerking(s, nummer)
        if uitwerking is not None:
            zinnen += [z for controle in CONTROLES for z in controle(uitwerking, s)]
    return join_zinnen(zinnen)


@regel("aandelen-tellen-niet-op", grondslag="Transparantiebeginsel; inkoopstrategie van deze aanbesteding")
def aandelen_tellen_op(s: S) -> str | None:
    """The shares of the percelen under one law are known and add up to 100; a strategy may leave them out."""
    zinnen: list[str] = []
    percelen = s.dossier.aanbesteding.percelen
    for veld, naam in (("aandeel_financien", "financiën"), ("aandeel_clienten", "cliënten")):
        aandelen = {p.nummer: getattr(p, veld) for p in percelen}
        zonder = [nr for nr, aandeel in aandelen.items() if aandeel.stand is Stand.OPEN]
        if zonder:
            zinnen.append(f"Het aandeel in de {naam} ontbreekt voor perceel {', '.join(zonder)}.")
            continue
        for wet in sorted({p.wet for p in percelen}):
            getallen = [aandelen[p.nummer].getal for p in percelen if p.wet == wet]
            som = sum((getal for getal in getallen if getal is not None), Decimal(0))
            if som != 100 and any(getal is not None for getal in getallen):
                zinnen.append(f"Het aandeel in de {naam} onder de {wet} telt op tot {som}, niet tot 100.")
    return join_zinnen(zinnen)


# --- powers of attorney -----------------------------------------------------------------------------------


@regel("procedurekeuze-past-niet", grondslag="Aw 2012 art. 1.4")
def procedurekeuze_past(s: S) -> str | None:
    """The decided choice of procedure is the procedure that this dossier follows."""
    keuze, procedure = load_waarde(s, PROCEDUREKEUZE), s.dossier.aanbesteding.procedure
    if keuze is None or keuze == procedure:
        return None
    return (
        f"Besloten is tot procedure '{keuze}', maar dit dossier volgt '{procedure}'. Maak een nieuw dossier met de "
        "besloten procedure of neem een nieuw besluit."
    )


@regel("procedurekeuze-niet-gemotiveerd", grondslag="Aw 2012 art. 1.4", ernst=Ernst.MOTIVEREN)
def procedurekeuze_gemotiveerd(s: S) -> str | None:
    """The choice of procedure was decided with reasons."""
    if load_waarde(s, PROCEDUREKEUZE) is not None:
        return None
    return (
        f"Er is geen besluit met reden over de keuze voor de {s.dossier.regime.naam}. Motiveer waarom deze "
        "procedure past bij de opdracht en de markt."
    )


@regel("volmacht-past-niet", grondslag="Gemeentewet art. 160 lid 1 en 171", met_invoer=True)
def volmacht_past(s: Situatie[VolmachtVastleggen]) -> str | None:
    """The power of attorney names a municipality of the region and percelen of this purchase."""
    zinnen: list[str] = []
    gemeenten = [g.code for g in s.regio.gemeenten]
    if s.invoer.gemeente not in gemeenten:
        zinnen.append(f"Gemeente '{s.invoer.gemeente}' neemt niet deel. Kies uit: {', '.join(gemeenten)}.")
    percelen = [p.nummer for p in s.dossier.aanbesteding.percelen]
    if onbekend := [p for p in s.invoer.percelen if p not in percelen]:
        zinnen.append(f"Perceel {', '.join(onbekend)} bestaat niet. Kies uit: {', '.join(percelen)}.")
    inkoop, bekend = s.dossier.aanbesteding, [p for p in s.invoer.percelen if p in percelen]
    mee = list_percelen_van(inkoop, s.invoer.gemeente, percelen)
    if buiten := [p for p in bekend if p not in mee and s.invoer.gemeente in gemeenten]:
        zinnen.append(
            f"Gemeente '{s.invoer.gemeente}' neemt niet deel aan perceel {', '.join(buiten)}. "
            f"Kies uit: {', '.join(mee)}."
        )
    if s.invoer.datum > s.vandaag:
        zinnen.append(f"De volmacht is van {show_datum(s.invoer.datum)}; die dag is er nog niet.")
    return join_zinnen(zinnen)


@regel("volmacht-ontbreekt", grondslag="Gemeentewet art. 160 lid 1 en 171")
def volmachten_aanwezig(s: S) -> str | None:
    """Every municipality gave power of attorney for every perceel."""
    paren = list_ontbrekende_volmachten(s)
    if not paren:
        return None
    per_gemeente: dict[str, list[str]] = {}
    for gemeente, perceel in paren:
        per_gemeente.setdefault(gemeente, []).append(perceel)
    lijst = "; ".join(f"{naam} (perceel {', '.join(nrs)})" for naam, nrs in per_gemeente.items())
    return f"Er ontbreekt een volmacht van: {lijst}."


# --- the gate of publication ------------------------------------------------------------------------------


@regel("consultatieverslag-ontbreekt", grondslag="Transparantiebeginsel en beginsel van gelijke behandeling")
def consultatieverslag_vastgesteld(s: S) -> str | None:
    """The consultation report was adopted."""
    if s.dossier.laatste(ConsultatieverslagVastgesteld):
        return None
    return "Het verslag van de marktconsultatie is niet vastgesteld. Stel het eerst vast."


@regel(
    "bibob-niet-geregeld",
    grondslag="Wet Bibob; aankondigen in de aanbestedingsstukken",
    ernst=Ernst.MOTIVEREN,
)
def bibob_geregeld(s: S) -> str | None:
    """The documents say whether the Wet Bibob may be applied."""
    if load_waarde(s, "bibob") is not None:
        return None
    return (
        "Er is niet besloten of de Wet Bibob wordt toegepast. Zonder aankondiging in de stukken kan dat niet. Neem een "
        "besluit of motiveer waarom niet."
    )


@regel(
    "wnt-niet-geregeld",
    grondslag="Wet normering topinkomens; bepaling in de stukken",
    ernst=Ernst.MOTIVEREN,
    zekerheid="onbevestigd",
)
def wnt_geregeld(s: S) -> str | None:
    """It was decided whether the documents hold a clause on the pay of top officials (WNT)."""
    if load_waarde(s, "wnt") is not None:
        return None
    return (
        "Er is niet besloten of de stukken een bepaling over de Wet normering topinkomens (WNT) hebben. Neem een "
        "besluit of motiveer waarom niet."
    )


@regel(
    "stukken-gewijzigd-na-opstellen", grondslag="Transparantiebeginsel en beginsel van gelijke behandeling"
)
def stukken_zoals_opgesteld(s: S) -> str | None:
    """What is published is what was drafted and reviewed: nothing that the documents show changed since."""
    na: list[str] = []
    for vastlegging in s.dossier.vastleggingen:
        if isinstance(vastlegging.feit, StukkenOpgesteld):
            na = []
        elif isinstance(vastlegging.feit, PerceelUitgewerkt | PuntBeslist | PlanningVastgesteld):
            na.append(vastlegging.feit.soort())
    if not na or s.dossier.laatste(StukkenOpgesteld) is None:
        return None
    return (
        "Na het opstellen van de stukken is nog iets gewijzigd dat erin staat. Herzie de stukken en stel ze opnieuw "
        "op, zodat iedereen dezelfde, beoordeelde stukken krijgt."
    )


@regel(
    "gidsafwijking-niet-opgenomen",
    grondslag="Aw 2012 art. 1.10 lid 4; Gids Proportionaliteit voorschrift 3.6",
    ernst=Ernst.SIGNALEERT,
)
def gidsafwijking_opgenomen(s: S) -> str | None:
    """A tender term under the benchmark stands in the documents as a reasoned deviation."""
    planning, opgesteld = load_planning(s), s.dossier.laatste(StukkenOpgesteld)
    if planning is None or opgesteld is None or s.dossier.regime.wettelijke_termijnen:
        return None
    if show_tekort(s, planning.publicatie, planning.sluiting) is None or any(
        TERMIJNVOORSCHRIFT in a.voorschrift for a in opgesteld.afwijkingen
    ):
        return None
    return (
        "De inschrijftermijn is korter dan de richtwaarde, maar de stukken noemen dat niet als afwijking van de Gids "
        f"Proportionaliteit (voorschrift {TERMIJNVOORSCHRIFT}). Herzie de stukken en neem de afwijking met reden op."
    )


@regel("perceel-bestaat-niet", grondslag="Transparantiebeginsel", met_invoer=True)
def percelen_bestaan(s: S) -> str | None:
    """The percelen of the input are percelen of this purchase, each once."""
    i = s.invoer
    gevraagd: tuple[str, ...] = (i.perceel,) if hasattr(i, "perceel") else i.percelen
    bekend = [p.nummer for p in s.dossier.aanbesteding.percelen]
    onbekend = [n for n in gevraagd if n not in bekend]
    if onbekend:
        return f"Perceel {', '.join(onbekend)} bestaat niet. Kies uit: {', '.join(bekend)}."
    return "Een perceel staat er meer dan één keer in." if len(set(gevraagd)) != len(gevraagd) else None

"""Rules of the committee's work: declarations, individual scores, and the one judgment with its reasons.

Not here: reading the reasons (domain.redenen) and testing bids (regels).

Grondslag: independent assessment along the announced frame; reasons that let a bidder check the assessment
without learning about the others.
Must stay true: individual scores come before the talk and never change; nobody with an interest scores.
Trap: for an act per dossier `s.onderwerpen` is empty; such a rule reads the input.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.gunningsrangorde import load_geldige_inschrijvingen
from aanbesteding.domain.redenen import Geheimen, list_lekken, load_namenlijst, load_passages, raakt_kader
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.beoordeling import stand
from aanbesteding.fasen.beoordeling.invoer import (
    BelangenverklaringAfleggen,
    ConsensusVaststellen,
    ScoresVergrendelen,
)
from aanbesteding.fasen.beoordeling.stand import show_percelen

GELIJKHEID = "Beginselen van gelijke behandeling en transparantie"
COMMISSIE = "Zorgvuldige en onafhankelijke beoordeling volgens het aangekondigde kader"


@regel("verklaring-over-onbekend-perceel", grondslag=GELIJKHEID, met_invoer=True)
def percelen_bestaan(s: Situatie[BelangenverklaringAfleggen]) -> str | None:
    """The declaration is about percelen of this tender."""
    bekend = {p.nummer for p in s.dossier.aanbesteding.percelen}
    vreemd = [p for p in s.invoer.percelen if p not in bekend]
    return (
        f"Perceel {show_percelen(vreemd)} bestaat niet. Bekend zijn: {show_percelen(sorted(bekend))}."
        if vreemd
        else None
    )


@regel("belang-zonder-toelichting", grondslag=COMMISSIE, met_invoer=True)
def belang_toegelicht(s: Situatie[BelangenverklaringAfleggen]) -> str | None:
    """A declared interest says which interest it is."""
    if not s.invoer.belang or s.invoer.toelichting:
        return None
    return "U meldt een belang. Vul in welk belang het is en bij welke inschrijver."


@regel("belangenverklaring-ontbreekt", grondslag=COMMISSIE)
def belangenverklaring_afgelegd(s: Situatie[Any]) -> str | None:
    """The assessor declared for every perceel that is scored."""
    zonder = [p for p in s.onderwerpen if s.persoon not in stand.load_belangenverklaringen(s.dossier, p)]
    if not zonder:
        return None
    return f"{s.persoon} heeft voor perceel {show_percelen(zonder)} nog geen belangenverklaring afgelegd."


@regel("belang-gemeld", grondslag=COMMISSIE)
def geen_belang_gemeld(s: Situatie[Any]) -> str | None:
    """The assessor has no declared interest in the percelen that are scored."""
    met = [p for p in s.onderwerpen if s.persoon in _load_met_belang(s.dossier, p)]
    return (
        f"{s.persoon} meldde een belang bij perceel {show_percelen(met)} en scoort daar niet."
        if met
        else None
    )


@regel("al-vergrendeld", grondslag=COMMISSIE)
def nog_niet_vergrendeld(s: Situatie[Any]) -> str | None:
    """The assessor did not lock scores for these percelen before."""
    al = [p for p in s.onderwerpen if s.persoon in stand.load_vergrendeld(s.dossier, p)]
    return (
        f"{s.persoon} heeft de scores van perceel {show_percelen(al)} al vergrendeld; die liggen vast."
        if al
        else None
    )


@regel("aan-zet-na-vergrendeling", grondslag=COMMISSIE)
def consensus_nog_open(s: Situatie[Any]) -> str | None:
    """Individual scores come before the committee's judgment, never after it."""
    na = [p for p in s.onderwerpen if stand.load_consensus(s.dossier, p) is not None]
    return (
        f"Het oordeel over perceel {show_percelen(na)} is al vastgesteld; losse scores kunnen niet meer."
        if na
        else None
    )


@regel("inschrijving-niet-geldig", grondslag=GELIJKHEID, met_invoer=True)
def gescoorde_inschrijvingen_geldig(s: Situatie[Any]) -> str | None:
    """Only bids that are valid for the perceel are scored."""
    geldig = {p: frozenset(load_geldige_inschrijvingen(s.dossier, p)) for p in _list_percelen(s.invoer)}
    fout = sorted(
        {(p, nummer) for p, nummer, _, _ in _list_scores(s.invoer) if nummer not in geldig.get(p, ())}
    )
    if not fout:
        return None
    return f"Niet geldig, dus niet te scoren: {'; '.join(f'perceel {p} {nummer}' for p, nummer in fout)}."


@regel("criterium-onbekend", grondslag=GELIJKHEID, met_invoer=True)
def criteria_bekend(s: Situatie[Any]) -> str | None:
    """Only announced quality criteria are scored."""
    codes = {
        p: {c.code for c in stand.load_kwaliteitscriteria(s.dossier, p)} for p in _list_percelen(s.invoer)
    }
    fout = sorted({(p, code) for p, _, code, _ in _list_scores(s.invoer) if code not in codes.get(p, ())})
    if not fout:
        return None
    return f"Geen kwaliteitscriterium: {'; '.join(f'perceel {p} {code}' for p, code in fout)}."


@regel("score-ontbreekt", grondslag=COMMISSIE, met_invoer=True)
def scores_volledig(s: Situatie[Any]) -> str | None:
    """Every valid bid has exactly one score for every quality criterion."""
    aantallen = Counter((p, nummer, code) for p, nummer, code, _ in _list_scores(s.invoer))
    mist: list[str] = []
    for perceel in _list_percelen(s.invoer):
        codes = [c.code for c in stand.load_kwaliteitscriteria(s.dossier, perceel)]
        for nummer in load_geldige_inschrijvingen(s.dossier, perceel):
            if leeg := [code for code in codes if not aantallen[(perceel, nummer, code)]]:
                mist.append(f"perceel {perceel} {nummer} ({', '.join(leeg)})")
    dubbel = [
        f"perceel {p} {nummer} ({code})"
        for (p, nummer, code), aantal in sorted(aantallen.items())
        if aantal > 1
    ]
    zinnen = [f"Score ontbreekt: {'; '.join(mist)}."] if mist else []
    zinnen += [f"Meer dan één score: {'; '.join(dubbel)}."] if dubbel else []
    return " ".join(zinnen) or None


@regel("score-buiten-de-schaal", grondslag=GELIJKHEID, met_invoer=True)
def scores_op_schaal(s: Situatie[Any]) -> str | None:
    """Every score is a point of the announced scale, or lies between two where that was announced."""
    fout: list[str] = []
    toegestaan: dict[str, str] = {}
    for p, nummer, code, score in _list_scores(s.invoer):
        scores = stand.list_toegestaan(s.dossier, p, code)
        if score not in scores:
            fout.append(f"perceel {p} {nummer} {code}: {score}")
            toegestaan[f"perceel {p} {code}"] = ", ".join(map(str, scores))
    if not fout:
        return None
    mag = "; ".join(f"{waar}: {scores}" for waar, scores in toegestaan.items())
    return f"Niet op de schaal: {'; '.join(fout)}. Toegestaan: {mag}."


@regel("score-is-niet-het-gemiddelde", grondslag=GELIJKHEID, met_invoer=True)
def score_is_aangekondigd_gemiddelde(s: Situatie[ConsensusVaststellen]) -> str | None:
    """Where the average of the assessors was announced, the committee's score is that average."""
    perceel = s.invoer.perceel
    gemiddeld = {c.code for c in stand.load_kwaliteitscriteria(s.dossier, perceel) if c.gemiddelde}
    fout: list[str] = []
    for o in s.invoer.oordelen:
        verwacht = stand.count_gemiddelde(s.dossier, perceel, o.inschrijving, o.criterium)
        if o.criterium in gemiddeld and verwacht is not None and o.score != verwacht:
            fout.append(f"{o.inschrijving} {o.criterium}: {o.score} in plaats van {verwacht}")
    if not fout:
        return None
    return (
        "De score is het aangekondigde gemiddelde van de beoordelaars, afgerond op een hele score. "
        f"Dat klopt niet bij {'; '.join(fout)}."
    )


@regel("motivering-bij-score-ontbreekt", grondslag=COMMISSIE, met_invoer=True)
def scores_gemotiveerd(s: Situatie[ScoresVergrendelen]) -> str | None:
    """Every individual score has a reason."""
    fout = [
        f"perceel {r.perceel} {r.inschrijving} {r.criterium}" for r in s.invoer.scores if not r.motivering
    ]
    return f"Motivering ontbreekt: {'; '.join(fout)}." if fout else None


@regel(
    "minder-dan-drie-beoordelaars",
    grondslag="Eigen beleid: minimum aantal beoordelaars",
    zekerheid="onbevestigd",
)
def genoeg_beoordelaars(s: Situatie[Any]) -> str | None:
    """Enough assessors without an interest locked their own scores before the committee decides."""
    minimum = s.norm("minimum_beoordelaars").getal
    tekort: list[str] = []
    for perceel in s.onderwerpen:
        klaar = stand.load_vergrendeld(s.dossier, perceel).keys() - _load_met_belang(s.dossier, perceel)
        if stand.wordt_gescoord(s.dossier, perceel) and len(klaar) < minimum:
            tekort.append(f"perceel {perceel}: {len(klaar)}")
    if not tekort:
        return None
    return f"Ten minste {minimum} beoordelaars vergrendelen eerst hun eigen scores; nu {'; '.join(tekort)}."


@regel(
    "waarom-niet-maximaal-ontbreekt", grondslag="Aw 2012 art. 2.130", met_invoer=True, zekerheid="onbevestigd"
)
def lagere_score_uitgelegd(s: Situatie[ConsensusVaststellen]) -> str | None:
    """A score below the highest says what was missing."""
    schaal = stand.load_schaal(s.dossier, s.invoer.perceel)
    fout = [
        f"{o.inschrijving} {o.criterium}"
        for o in s.invoer.oordelen
        if schaal and o.score < schaal[-1] and not o.waarom_niet_maximaal
    ]
    return f"Vul in waarom de hoogste score niet is gehaald: {', '.join(fout)}." if fout else None


@regel("reden-bevat-verboden-gegeven", grondslag="Aw 2012 art. 2.57 en 2.138", met_invoer=True,
       zekerheid="onbevestigd")  # fmt: skip
def redenen_geven_niets_prijs(s: Situatie[ConsensusVaststellen]) -> str | None:
    """A reason that goes to a bidder has no other bidder's name or score, and no confidential or internal text."""
    geheimen = Geheimen(
        namen=load_namenlijst(s.dossier, s.regio),
        scores={(o.inschrijving, o.criterium): o.score for o in s.invoer.oordelen},
        passages=load_passages(s.dossier),
    )
    fout = [
        f"{o.inschrijving} {o.criterium} ({deel}): {lek}"
        for o in s.invoer.oordelen
        for deel, tekst in (("motivering", o.motivering), ("waarom niet maximaal", o.waarom_niet_maximaal))
        for lek in list_lekken(geheimen, tekst, o.inschrijving, o.criterium, o.intern)
    ]
    return f"De reden voor de inschrijver noemt wat hij niet mag weten: {'; '.join(fout)}." if fout else None


@regel("eerdere-beoordelaar", grondslag=COMMISSIE)
def nieuwe_commissie_beoordeelt(s: Situatie[Any]) -> str | None:
    """Where a new committee was asked for, nobody scores who scored before."""
    fout = [p for p in s.onderwerpen if not stand.mag_scoren(s.dossier, p, s.persoon)]
    if not fout:
        return None
    return f"{s.persoon} scoorde eerder in perceel {show_percelen(fout)}; een nieuwe commissie beoordeelt opnieuw."


@regel("reden-buiten-kader", grondslag=COMMISSIE, ernst=Ernst.SIGNALEERT, met_invoer=True)
def redenen_binnen_kader(s: Situatie[ConsensusVaststellen]) -> str | None:
    """A reason uses words of the announced frame of its criterion."""
    kaders = {c.code: c.kader for c in stand.load_kwaliteitscriteria(s.dossier, s.invoer.perceel)}
    fout = [
        f"{o.inschrijving} {o.criterium}"
        for o in s.invoer.oordelen
        if not raakt_kader(f"{o.motivering} {o.waarom_niet_maximaal}", kaders.get(o.criterium, ()))
    ]
    if not fout:
        return None
    return f"De reden gebruikt geen enkel woord van het aangekondigde kader: {', '.join(fout)}."


@regel("oordeel-buiten-losse-scores", grondslag=COMMISSIE, ernst=Ernst.SIGNALEERT, met_invoer=True)
def oordeel_tussen_losse_scores(s: Situatie[ConsensusVaststellen]) -> str | None:
    """The committee's score lies between the lowest and the highest individual score."""
    los: dict[tuple[str, str], list[int]] = defaultdict(list)
    for feit in stand.load_vergrendeld(s.dossier, s.invoer.perceel).values():
        for score in feit.scores:
            los[(score.inschrijving, score.criterium)].append(score.score)
    fout = [
        f"{o.inschrijving} {o.criterium}: {o.score}, los {min(scores)} tot {max(scores)}"
        for o in s.invoer.oordelen
        if (scores := los.get((o.inschrijving, o.criterium))) and not min(scores) <= o.score <= max(scores)
    ]
    return f"Het oordeel valt buiten de losse scores: {'; '.join(fout)}. Leg uit waarom." if fout else None


def _load_met_belang(dossier: Dossier, perceel: str) -> frozenset[str]:
    return frozenset(
        naam for naam, f in stand.load_belangenverklaringen(dossier, perceel).items() if f.belang
    )


def _list_percelen(invoer: ScoresVergrendelen | ConsensusVaststellen) -> tuple[str, ...]:
    """The percelen of the input, those of stray rows included."""
    if isinstance(invoer, ConsensusVaststellen):
        return (invoer.perceel,)
    return tuple(dict.fromkeys((*invoer.percelen, *(r.perceel for r in invoer.scores))))


def _list_scores(invoer: ScoresVergrendelen | ConsensusVaststellen) -> list[tuple[str, str, str, int]]:
    """Perceel, bid, criterion and score of every row, for individual scores and for the consensus alike."""
    if isinstance(invoer, ConsensusVaststellen):
        return [(invoer.perceel, o.inschrijving, o.criterium, o.score) for o in invoer.oordelen]
    return [(r.perceel, r.inschrijving, r.criterium, r.score) for r in invoer.scores]

"""Rules on applying online and on completing an application.

Must stay true: the round closes for everybody at the announced moment, by the clock of the server; everybody may
repair the same things, once, in the announced period. The sentences are read by the applicant too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.kalender import TIJDZONE, show_datum
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.toetreding.besluiten.aanvraag import list_aanvragen, list_eisen
from aanbesteding.fasen.toetreding.besluiten.loket import (
    AanvraagIndienen,
    AanvullingIndienen,
    AanvullingVragen,
    count_eerste_uiterlijk,
    is_aanvulling_open,
    is_te_vroeg,
    load_aangevuld,
    load_gevraagd,
)
from aanbesteding.fasen.toetreding.besluiten.ronde import load_ronde
from aanbesteding.fasen.toetreding.besluiten.toelating import list_open_eisen
from aanbesteding.fasen.toetreding.regels.aanvraag import GELIJK

BESLUIT = "openstellingsbesluit"


def _show_moment(moment: Any) -> str:
    lokaal = moment.astimezone(TIJDZONE)
    return f"{show_datum(lokaal.date())} om {lokaal:%H.%M} uur"


def _show(paren: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{eis} (perceel {perceel})" for perceel, eis in paren)


@regel("ronde-gesloten-voor-aanvragen", grondslag=GELIJK)
def ronde_ontvangt(s: Situatie[Any]) -> str | None:
    """The round is open at this very moment: from its first day, until but not at its last moment."""
    nummers = s.dossier.list_onderwerpen("ronde", frozenset({"open"}))
    if s.invoer is None:
        return None if nummers else "Er is geen toetredingsronde open."
    if s.invoer.ronde not in nummers:
        return f"Ronde {s.invoer.ronde} is niet open. Er kan geen aanvraag meer worden ingediend."
    ronde = load_ronde(s.dossier, s.invoer.ronde)
    if s.nu >= ronde.tot:
        return (
            f"Ronde {ronde.ronde} is gesloten op {_show_moment(ronde.tot)}. "
            "Een aanvraag na dat moment wordt niet in behandeling genomen."
        )
    if s.vandaag < ronde.van:
        return f"Ronde {ronde.ronde} gaat open op {show_datum(ronde.van)}. Dien de aanvraag daarna in."
    return None


@regel("product-niet-open-in-ronde", grondslag=GELIJK, met_invoer=True)
def producten_open(s: Situatie[AanvraagIndienen]) -> str | None:
    """Only products that are opened in this round are asked for, each once."""
    try:
        open_ = load_ronde(s.dossier, s.invoer.ronde).producten
    except KeyError:
        return None
    keuzes = s.invoer.producten
    fout = sorted({k.product for k in keuzes if k not in open_ or keuzes.count(k) > 1})
    return (
        f"Niet opengesteld, of dubbel gekozen: {', '.join(fout)}. Kies elk product één keer."
        if fout
        else None
    )


@regel("al-aangevraagd", grondslag=GELIJK, met_invoer=True)
def nog_niet_aangevraagd(s: Situatie[AanvraagIndienen]) -> str | None:
    """One application per organisation in a round."""
    kvk = s.invoer.aanbieder.kvk
    if all(f.aanvraag.aanbieder.kvk != kvk for f in list_aanvragen(s.dossier, s.invoer.ronde)):
        return None
    return f"Met KvK-nummer {kvk} is in deze ronde al een aanvraag ingediend. Er kan er één per onderneming zijn."


@regel("eisen-niet-beantwoord", grondslag=BESLUIT, met_invoer=True)
def eisen_beantwoord(s: Situatie[AanvraagIndienen]) -> str | None:
    """Every requirement of every perceel that is asked for is answered, once, and nothing else is."""
    percelen = dict.fromkeys(p.perceel for p in s.invoer.producten)
    gevraagd = [(p, e.code) for p in percelen for e in list_eisen(s.dossier, p)]
    gegeven = [(a.perceel, a.eis) for a in s.invoer.antwoorden]
    antwoorden = {(a.perceel, a.eis) for a in s.invoer.antwoorden if a.antwoord}
    fout = [paar for paar in gevraagd if paar not in antwoorden or gegeven.count(paar) > 1]
    fout += sorted({paar for paar in gegeven if paar not in gevraagd})
    return f"Beantwoord elke eis één keer met ja of nee: {_show(fout)}." if fout else None


@regel("bewijs-zonder-eis", grondslag=BESLUIT, met_invoer=True)
def bewijs_bij_eis(s: Situatie[AanvraagIndienen | AanvullingIndienen]) -> str | None:
    """Every file belongs to a requirement that is answered."""
    gegeven = {(a.perceel, a.eis) for a in s.invoer.antwoorden}
    fout = sorted({(b.perceel, b.eis) for b in s.invoer.stukken} - gegeven)
    return (
        f"Er is een bestand bij een eis die niet is gevraagd: {_show(fout)}. Haal het weg." if fout else None
    )


@regel("bewijs-niet-bijgevoegd", grondslag=BESLUIT, ernst=Ernst.SIGNALEERT, met_invoer=True)
def bewijs_bijgevoegd(s: Situatie[AanvraagIndienen]) -> str | None:
    """Evidence that is asked for is there; without it the application may be sent, and the applicant is told."""
    ingestuurd = {(b.perceel, b.eis) for b in s.invoer.stukken}
    percelen = dict.fromkeys(p.perceel for p in s.invoer.producten)
    fout = [
        (p, e.code)
        for p in percelen
        for e in list_eisen(s.dossier, p)
        if e.bewijs and (p, e.code) not in ingestuurd
    ]
    return f"Bij deze eisen is geen bestand gevoegd: {_show(fout)}." if fout else None


# --- asking to complete, and completing ---------------------------------------------------------------------


@regel("hersteltermijn-niet-aangekondigd", grondslag=GELIJK, ernst=Ernst.MOTIVEREN, met_invoer=True)
def hersteltermijn_aangekondigd(s: Situatie[AanvullingVragen]) -> str | None:
    """The round said that applications may be completed, and in how many days."""
    if count_eerste_uiterlijk(s.dossier, s.invoer.verzoek, s.invoer.verzenddatum) is not None:
        return None
    return (
        "De ronde heeft geen hersteltermijn aangekondigd. Vraag alleen aan te vullen met een reden, en bied het "
        "iedereen op dezelfde manier aan."
    )


@regel("hersteltermijn-te-kort", grondslag=GELIJK, met_invoer=True)
def hersteltermijn_lang_genoeg(s: Situatie[AanvullingVragen]) -> str | None:
    """The applicant gets at least the announced days, counted from the day of sending."""
    eerste = count_eerste_uiterlijk(s.dossier, s.invoer.verzoek, s.invoer.verzenddatum)
    if s.invoer.verzenddatum < s.vandaag:
        return "De verzenddatum ligt in het verleden. Kies vandaag of later."
    if eerste is not None and is_te_vroeg(s.invoer.uiterlijk, eerste):
        return (
            f"De aangekondigde hersteltermijn loopt tot en met {show_datum(eerste)}. Kies die dag of later."
        )
    if s.invoer.uiterlijk <= s.nu or s.invoer.uiterlijk.astimezone(TIJDZONE).date() <= s.invoer.verzenddatum:
        return "Het uiterste moment moet na de dag van verzending liggen."
    return None


@regel("eis-niet-aan-te-vullen", grondslag=BESLUIT, met_invoer=True)
def eisen_herstelbaar(s: Situatie[AanvullingVragen]) -> str | None:
    """Only requirements that may be repaired and that still wait for a judgement, each once."""
    wachtend = list_open_eisen(s.dossier, s.invoer.verzoek)
    gevraagd = [(p.perceel, p.eis) for p in s.invoer.punten]
    fout = sorted(
        {
            paar
            for paar in gevraagd
            if paar not in wachtend or gevraagd.count(paar) > 1 or not _is_herstelbaar(s.dossier, *paar)
        }
    )
    if not fout:
        return None
    return f"Deze eis mag niet worden aangevuld, is al beslist of staat er dubbel in: {_show(fout)}. Laat hem weg."


def _is_herstelbaar(dossier: Dossier, perceel: str, eis: str) -> bool:
    return any(e.code == eis and e.herstelbaar for e in list_eisen(dossier, perceel))


@regel("aanvulling-al-gevraagd", grondslag=GELIJK, met_invoer=True)
def nog_niet_gevraagd(s: Situatie[AanvullingVragen]) -> str | None:
    """An applicant may complete once."""
    if load_gevraagd(s.dossier, s.invoer.verzoek) is None:
        return None
    return f"De aanvrager van verzoek {s.invoer.verzoek} is al gevraagd om aan te vullen. Dat kan één keer."


@regel("aanvulling-niet-mogelijk", grondslag=GELIJK, met_invoer=True)
def aanvulling_open(s: Situatie[AanvullingIndienen]) -> str | None:
    """Completing was asked, is not done yet, and the last moment has not come."""
    gevraagd = load_gevraagd(s.dossier, s.invoer.verzoek)
    if gevraagd is None:
        return "Er is niet gevraagd om deze aanvraag aan te vullen."
    if load_aangevuld(s.dossier, s.invoer.verzoek) is not None:
        return "Deze aanvraag is al aangevuld. Dat kan één keer."
    if is_aanvulling_open(s.dossier, s.invoer.verzoek, s.nu):
        return None
    return (
        f"Aanvullen kon tot {_show_moment(gevraagd.uiterlijk)}. Wat na dat moment binnenkomt, telt niet mee."
    )


@regel("aanvulling-buiten-verzoek", grondslag=GELIJK, met_invoer=True)
def aanvulling_past_bij_verzoek(s: Situatie[AanvullingIndienen]) -> str | None:
    """Only what was asked is completed, each requirement once."""
    gevraagd = load_gevraagd(s.dossier, s.invoer.verzoek)
    punten = {(p.perceel, p.eis) for p in gevraagd.punten} if gevraagd else set[tuple[str, str]]()
    gegeven = [(a.perceel, a.eis) for a in s.invoer.antwoorden]
    fout = sorted({paar for paar in gegeven if paar not in punten or gegeven.count(paar) > 1})
    return f"Dit is niet gevraagd, of staat er dubbel in: {_show(fout)}. Haal het weg." if fout else None


@regel("aanvulling-loopt", grondslag=GELIJK, met_invoer=True)
def aanvulling_afgewacht(s: Situatie[Any]) -> str | None:
    """Nobody is judged while completing is still possible."""
    gevraagd = load_gevraagd(s.dossier, s.invoer.verzoek)
    if gevraagd is None or not is_aanvulling_open(s.dossier, s.invoer.verzoek, s.nu):
        return None
    return f"De aanvrager mag nog aanvullen tot {_show_moment(gevraagd.uiterlijk)}. Wacht met beoordelen."

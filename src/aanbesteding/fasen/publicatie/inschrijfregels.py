"""Rules of the tender period: questions, the information note, bids that come in and their opening.

Grondslag: Aw 2012 art. 2.10, 2.52-2.54, 2.73, 2.108.
Must stay true: nothing of a bid is read before the closing moment, and then by two persons together.
Trap: the closing moment may have moved; it is always asked with `load_sluiting`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aanbesteding.domain.feiten import NotaVastgesteld
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.publicatie.bestanden import list_inschrijffouten, list_vraagfouten
from aanbesteding.fasen.publicatie.feiten import list_beantwoord, list_vragen, load_planning, load_sluiting
from aanbesteding.fasen.publicatie.invoer import (
    InschrijvingenOpenen,
    InschrijvingenRegistreren,
    NotaVaststellen,
    VragenRegistreren,
)
from aanbesteding.fasen.publicatie.openers import OpenersAanwijzen, is_bevoegd
from aanbesteding.fasen.publicatie.planningregels import (
    is_wettelijk,
    join_zinnen,
    show_moment,
    show_nota_te_laat,
)

S = Situatie[Any]


# --- questions and the note --------------------------------------------------------------------------------


@regel("vraagnummer-dubbel", grondslag="Aw 2012 art. 2.53", met_invoer=True)
def vraagnummers_uniek(s: Situatie[VragenRegistreren]) -> str | None:
    """Every question has a number of its own."""
    return join_zinnen(list_vraagfouten(s.invoer.vragen, s))


@regel("vraag-na-einde-vragentermijn", grondslag="Aw 2012 art. 2.53", ernst=Ernst.SIGNALEERT, met_invoer=True)
def vragen_op_tijd(s: Situatie[VragenRegistreren]) -> str | None:
    """Every question came in before the end of the question term."""
    planning = load_planning(s)
    laat = [v.nummer for v in s.invoer.vragen if planning and v.ontvangen > planning.vragen_tot]
    if not laat or planning is None:
        return None
    return f"Te laat ontvangen (na {show_moment(planning.vragen_tot)}): vraag {', '.join(laat)}."


@regel("vraag-onbeantwoord", grondslag="Aw 2012 art. 2.53", met_invoer=True)
def vragen_beantwoord(s: Situatie[NotaVaststellen]) -> str | None:
    """Every question that came in time is answered, in this note or in an earlier one."""
    klaar = list_beantwoord(s.dossier) | {a.vraagnummer for a in s.invoer.antwoorden}
    open_ = [v.nummer for v in list_vragen(s.dossier).values() if v.nummer not in klaar and not v.te_laat]
    return f"Nog zonder antwoord: vraag {', '.join(open_)}." if open_ else None


@regel("antwoord-zonder-vraag", grondslag="Aw 2012 art. 2.53", met_invoer=True)
def antwoorden_horen_bij_vragen(s: Situatie[NotaVaststellen]) -> str | None:
    """Every answer belongs to one registered question that was not answered before."""
    zinnen: list[str] = []
    gezien = set(list_beantwoord(s.dossier))
    for antwoord in s.invoer.antwoorden:
        if antwoord.vraagnummer not in list_vragen(s.dossier):
            zinnen.append(f"Vraag {antwoord.vraagnummer} is niet geregistreerd.")
        elif antwoord.vraagnummer in gezien:
            zinnen.append(f"Vraag {antwoord.vraagnummer} is al beantwoord.")
        gezien.add(antwoord.vraagnummer)
    return join_zinnen(zinnen)


@regel("nota-niet-anoniem", grondslag="Beginsel van gelijke behandeling; Aw 2012 art. 2.53", met_invoer=True)
def nota_anoniem(s: Situatie[NotaVaststellen]) -> str | None:
    """What is published names none of those who asked."""
    vragen = list_vragen(s.dossier)
    namen = sorted({v.aanbieder for v in vragen.values()})
    fout: list[str] = []
    for a in s.invoer.antwoorden:
        if a.vertrouwelijk or a.vraagnummer not in vragen:
            continue
        tekst = f"{a.vraag_anoniem or vragen[a.vraagnummer].vraag} {a.antwoord} {a.nieuwe_tekst}".lower()
        if any(naam.lower() in tekst for naam in namen):
            fout.append(a.vraagnummer)
    return (
        f"Vraag of antwoord {', '.join(fout)} noemt een vragensteller. Haal de naam weg of geef de vraag "
        "zonder namen."
        if fout
        else None
    )


@regel("nota-ronde-klopt-niet", grondslag="Transparantiebeginsel", met_invoer=True)
def nota_ronde_volgt(s: Situatie[NotaVaststellen]) -> str | None:
    """The rounds are numbered one after the other."""
    volgende = len(s.dossier.list_feiten(NotaVastgesteld)) + 1
    return None if s.invoer.ronde == volgende else f"Dit is ronde {volgende}, niet ronde {s.invoer.ronde}."


def _geldende_sluiting(s: Situatie[NotaVaststellen]) -> datetime | None:
    return s.invoer.sluiting_verplaatst_naar or load_sluiting(s.dossier)


@regel("vastgestelde-nota-te-laat", grondslag="Aw 2012 art. 2.54 en 2.73", met_invoer=True)
def nota_op_tijd(s: Situatie[NotaVaststellen]) -> str | None:
    """The note appears in time before the closing moment, or the closing moment moves."""
    sluiting = _geldende_sluiting(s)
    if sluiting is None or not is_wettelijk(s):
        return None
    zin = show_nota_te_laat(s, s.vandaag, sluiting)[0]
    return zin and f"{zin} Verplaats de sluiting naar een later moment."


@regel(
    "vastgestelde-nota-onder-richttermijn",
    grondslag="Aw 2012 art. 2.54 en 2.73",
    ernst=Ernst.MOTIVEREN,
    met_invoer=True,
)
def nota_ruim_op_tijd(s: Situatie[NotaVaststellen]) -> str | None:
    """The note appears on a safe day; for SAS the statutory number is only the benchmark."""
    sluiting = _geldende_sluiting(s)
    if sluiting is None:
        return None
    te_laat, krap = show_nota_te_laat(s, s.vandaag, sluiting)
    zin = krap if is_wettelijk(s) else te_laat or krap
    return zin and f"{zin} Verplaats de sluiting of motiveer waarom inschrijvers genoeg tijd houden."


@regel("wijziging-zonder-tekst", grondslag="Transparantiebeginsel", met_invoer=True)
def wijzigingen_hebben_tekst(s: Situatie[NotaVaststellen]) -> str | None:
    """An answer that changes a document gives the new text."""
    zonder = [a.vraagnummer for a in s.invoer.antwoorden if a.wijzigt_stuk and not a.nieuwe_tekst]
    return (
        f"Antwoord op vraag {', '.join(zonder)} wijzigt een stuk: geef de nieuwe tekst." if zonder else None
    )


@regel("wijziging-zonder-uitstel", grondslag="Aw 2012 art. 2.73", ernst=Ernst.MOTIVEREN, met_invoer=True)
def wijziging_met_uitstel(s: Situatie[NotaVaststellen]) -> str | None:
    """When a document changes, the closing moment moves, or it is said why that is not needed."""
    gewijzigd = [a.vraagnummer for a in s.invoer.antwoorden if a.wijzigt_stuk]
    if not gewijzigd or s.invoer.sluiting_verplaatst_naar is not None:
        return None
    return (
        f"De nota wijzigt een stuk (vraag {', '.join(gewijzigd)}) terwijl de sluiting blijft staan. "
        "Motiveer dat "
        "inschrijvers de wijziging op tijd kunnen verwerken."
    )


@regel("sluiting-niet-later", grondslag="Aw 2012 art. 2.73", met_invoer=True)
def sluiting_alleen_later(s: Situatie[NotaVaststellen]) -> str | None:
    """The closing moment only ever moves to a later moment, with a reason, before it has passed."""
    nieuw, oud = s.invoer.sluiting_verplaatst_naar, load_sluiting(s.dossier)
    if nieuw is None or oud is None:
        return None
    zinnen: list[str] = []
    if nieuw <= oud:
        zinnen.append(f"De sluiting kan alleen later worden dan {show_moment(oud)}.")
    if s.nu >= oud:
        zinnen.append(
            f"De sluiting ({show_moment(oud)}) is al voorbij en kan niet meer met een nota verschuiven."
        )
    if not s.invoer.motivering:
        zinnen.append("Geef aan waarom de sluiting verschuift.")
    return join_zinnen(zinnen)


# --- bids -------------------------------------------------------------------------------------------------


@regel("inschrijving-past-niet", grondslag="Aw 2012 art. 2.10 en 2.52", met_invoer=True)
def inschrijvingen_passen(s: Situatie[InschrijvingenRegistreren]) -> str | None:
    """Every bid names percelen and products that exist, once per organisation, priced where asked."""
    return join_zinnen(list_inschrijffouten(s.invoer.inschrijvingen, s))


@regel("inschrijving-te-laat", grondslag="Aw 2012 art. 2.108", ernst=Ernst.SIGNALEERT, met_invoer=True)
def inschrijvingen_op_tijd(s: Situatie[InschrijvingenRegistreren]) -> str | None:
    """Every bid came in before the closing moment; a late one is registered and stays closed."""
    sluiting = load_sluiting(s.dossier)
    laat = [i.nummer for i in s.invoer.inschrijvingen if sluiting is not None and i.ontvangen > sluiting]
    if not laat or sluiting is None:
        return None
    return f"Ontvangen na de sluiting ({show_moment(sluiting)}): {', '.join(laat)}. Deze blijven ongeopend."


@regel("ontvangst-in-de-toekomst", grondslag="Aw 2012 art. 2.108", met_invoer=True)
def ontvangst_niet_later_dan_nu(s: Situatie[InschrijvingenRegistreren]) -> str | None:
    """No bid is registered with a moment that has not come yet."""
    fout = [i.nummer for i in s.invoer.inschrijvingen if i.ontvangen > s.nu]
    return f"Het moment van ontvangst ligt na nu: {', '.join(fout)}. Verbeter dat moment." if fout else None


@regel("sluiting-nog-niet-verstreken", grondslag="Aw 2012 art. 2.108")
def sluiting_verstreken(s: S) -> str | None:
    """The closing moment has passed."""
    sluiting = load_sluiting(s.dossier)
    if sluiting is not None and s.nu >= sluiting:
        return None
    wanneer = show_moment(sluiting) if sluiting else "een moment dat nog niet vaststaat"
    return f"De inschrijftermijn loopt tot {wanneer}. Tot dan blijven de inschrijvingen gesloten."


@regel("zelfde-opener-twee-maal", grondslag="Aw 2012 art. 2.108", met_invoer=True)
def openers_verschillen(s: Situatie[InschrijvingenOpenen | OpenersAanwijzen]) -> str | None:
    """The openers are different persons."""
    dubbel = sorted({p for p in s.invoer.openers if s.invoer.openers.count(p) > 1})
    return (
        f"{', '.join(dubbel)} staat twee keer genoemd. Open met twee verschillende personen."
        if dubbel
        else None
    )


@regel("opener-niet-bevoegd", grondslag="Aw 2012 art. 2.108; mandaatregeling van de regio", met_invoer=True)
def openers_bevoegd(s: Situatie[InschrijvingenOpenen | OpenersAanwijzen]) -> str | None:
    """Every opener holds the role of inkoper or jurist."""
    zonder = sorted({p for p in s.invoer.openers if not is_bevoegd(s, p)})
    return (
        f"Niet bevoegd om te openen: {', '.join(zonder)}. Kies een inkoper of een jurist." if zonder else None
    )

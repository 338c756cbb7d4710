"""Waiting after the award decision: the statutory standstill and the contractual lapse period, two ends.

Counting is in telling.py; whether the contract may be signed is a rule of the award stage. Use it through
termijn.py.

Grondslag: Aanbestedingswet 2012 art. 2.127-2.131; Algemene termijnenwet (FEITEN 2.4).
Must stay true: the authority waits for the later end, the bidder is told the earlier; a lapse period that
only stands in the tender documents is not extended by the Algemene termijnenwet.
Trap: not sent to all at once, or without complete reasons: the standstill has not started at all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from aanbesteding.domain.kalender import datum_in_nederland, reden_geen_werkdag, show_datum, show_reden
from aanbesteding.domain.norm import Normen
from aanbesteding.domain.telling import Regime, count_vooruit, eerste_werkdag
from aanbesteding.domain.termijnvorm import Stap, Termijn, make_termijn, warn_zekerheid

_DAG = timedelta(days=1)


def count_opschortende_termijn(verzonden: date, normen: Normen, *, peildatum: date | None = None) -> Termijn:
    """Count the standstill after the day on which the award decision was sent to all (Aw 2012 art. 2.127)."""
    peil = peildatum or verzonden
    norm = normen.op("opschortende_termijn", peil)
    telling = count_vooruit(
        verzonden,
        norm.getal,
        Regime.ATW,
        normen,
        peil,
        gebeurtenis="Mededeling van de gunningsbeslissing verzonden",
        grondslag=norm.grondslag,
    )
    termijn = make_termijn("opschortende_termijn", telling, warn_zekerheid(norm))
    voorwaarde = Stap(
        "voorwaarde",
        "Aanbestedingswet 2012 art. 2.127 en 2.130",
        verzonden,
        "De termijn begint alleen als de mededeling aan alle betrokkenen tegelijk en met alle relevante "
        "redenen is "
        "verzonden.",
    )
    return _met_ondertekening(replace(termijn, uitleg=(voorwaarde, *termijn.uitleg)), termijn.einde_datum)


Aanvangsgebreksoort = Literal["aan_niemand", "niet_aan_allen", "niet_gelijktijdig", "redenen"]


@dataclass(frozen=True)
class Aanvangsgebrek:
    """Why the standstill has not begun; `tekst` is a Dutch clause without capital and full stop."""

    soort: Aanvangsgebreksoort
    tekst: str


def check_aanvang_opschortende_termijn(
    verzendingen: Mapping[str, datetime | None], zonder_volledige_redenen: Collection[str] = ()
) -> tuple[Aanvangsgebrek, ...]:
    """Return why the standstill has not begun, every kind of reason once; empty when it has.

    `verzendingen` gives per concerned tenderer or candidate the aware moment of sending, or None when not
    sent.
    """
    gebreken: list[Aanvangsgebrek] = []
    if not verzendingen:
        gebreken.append(Aanvangsgebrek("aan_niemand", "er is aan niemand een mededeling verzonden"))
    if niet := [naam for naam, moment in verzendingen.items() if moment is None]:
        tekst = f"aan {', '.join(niet)} is de mededeling niet verzonden"
        gebreken.append(Aanvangsgebrek("niet_aan_allen", tekst))
    dagen = sorted({datum_in_nederland(moment) for moment in verzendingen.values() if moment is not None})
    if len(dagen) > 1:
        lijst = ", ".join(show_datum(dag) for dag in dagen)
        tekst = f"de mededelingen zijn niet tegelijk verzonden ({lijst})"
        gebreken.append(Aanvangsgebrek("niet_gelijktijdig", tekst))
    if zonder_volledige_redenen:
        namen = ", ".join(sorted(zonder_volledige_redenen))
        tekst = f"de mededeling aan {namen} bevat niet alle relevante redenen"
        gebreken.append(Aanvangsgebrek("redenen", tekst))
    return tuple(gebreken)


def count_vervaltermijn(
    verzonden: date,
    dagen: int,
    normen: Normen,
    *,
    gelijk_met_opschortend: bool = True,
    peildatum: date | None = None,
) -> Termijn:
    """Count the contractual lapse period of `dagen` days; the Algemene termijnenwet does not extend it by
    itself.

    With `gelijk_met_opschortend` the tender documents let it end on a working day, not before the
    standstill; for 20 days both then end on the same day. Without it the count is strict and
    `ruimste_lezing` gives the end if a court would extend it after all; signing waits for the later of all
    ends.
    """
    telling = count_vooruit(
        verzonden,
        dagen,
        Regime.CONTRACT,
        normen,
        peildatum or verzonden,
        gebeurtenis="Mededeling van de gunningsbeslissing verzonden",
        grondslag="aanbestedingsstukken",
    )
    opschortend = count_opschortende_termijn(verzonden, normen, peildatum=peildatum)
    op_werkdag = eerste_werkdag(telling.dag_n)
    strikt, gelijk = telling.dag_n, max(opschortend.einde_datum, op_werkdag)
    einde = gelijk if gelijk_met_opschortend else strikt
    stappen = list(telling.stappen)
    waarschuwingen: list[str] = []
    if einde != strikt:
        tekst = (
            "De aanbestedingsstukken laten de vervaltermijn eindigen op een werkdag en niet voor de "
            "opschortende "
            f"termijn: {show_datum(einde)} in plaats van {show_datum(strikt)}."
        )
        stappen.append(Stap("gelijk_einde", "aanbestedingsstukken", einde, tekst))
    elif reden := reden_geen_werkdag(strikt):
        tekst = f"{show_reden(strikt)}; een contractuele termijn schuift daardoor niet op."
        stappen.append(Stap("geen_verschuiving", "ECLI:NL:RBDHA:2021:1251", strikt, tekst))
        waarschuwingen.append(
            f"De vervaltermijn eindigt op {reden}. Meld de inschrijver {show_datum(strikt)} en wacht zelf "
            "tot en met "
            f"{show_datum(op_werkdag)}: of zo'n termijn opschuift, is niet zeker."
        )
    if einde < opschortend.einde_datum:
        waarschuwingen.append(
            "De vervaltermijn eindigt voor de opschortende termijn "
            f"({show_datum(opschortend.einde_datum)}). Laat "
            "beide in de aanbestedingsstukken op dezelfde werkdag eindigen."
        )
    if einde > opschortend.einde_datum:
        waarschuwingen.append(
            f"De vervaltermijn eindigt na de opschortende termijn ({show_datum(opschortend.einde_datum)}). "
            "Wacht met "
            "ondertekenen tot de laatste van beide."
        )
    ruimste = None if gelijk_met_opschortend or op_werkdag == strikt else op_werkdag
    termijn = make_termijn(
        "vervaltermijn",
        replace(telling, stappen=tuple(stappen), einde_datum=einde),
        tuple(waarschuwingen),
    )
    laatste = max(opschortend.einde_datum, ruimste or einde)
    return _met_ondertekening(replace(termijn, ruimste_lezing=ruimste), laatste)


def _met_ondertekening(termijn: Termijn, laatste: date) -> Termijn:
    """Add the first day on which signing is allowed, and the working day to plan it on."""
    vroegste = laatste + _DAG
    advies = eerste_werkdag(vroegste)
    tekst = f"Ondertekenen mag op zijn vroegst op {show_datum(vroegste)}."
    waarschuwingen = termijn.waarschuwingen
    if reden_geen_werkdag(vroegste):
        waarschuwingen = (
            *waarschuwingen,
            f"{show_reden(vroegste)}; plan de ondertekening op {show_datum(advies)} of later.",
        )
    stap = Stap("vroegste_ondertekening", "Aanbestedingswet 2012 art. 2.127", vroegste, tekst)
    return replace(
        termijn,
        vroegste_ondertekening=vroegste,
        advies_datum=advies,
        uitleg=(*termijn.uitleg, stap),
        waarschuwingen=waarschuwingen,
    )

"""Rules for the final award and the agreements: both periods over, everyone told, no judge, evidence in order.

Grondslag: Aw 2012 art. 2.127-2.131 (FEITEN 2.4, 2.5).
Must stay true: the later of both ends counts, by whole days in the Netherlands; a kort geding holds without
an end date.
"""

from __future__ import annotations

from typing import Any

from aanbesteding.documents.overeenkomst import load_ingangsdatum, load_termijnen
from aanbesteding.domain.kalender import datum_in_nederland, show_datum
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.gunning.aanvang import BEZORGEN, OPNIEUW, list_gebreken, list_onbezorgd
from aanbesteding.fasen.gunning.invoer import OvereenkomstenSluiten
from aanbesteding.fasen.gunning.regels.lezen import (
    load_beslissingen,
    load_standen,
    show_dag,
    show_genummerd,
    show_lijst,
    show_percelen,
)


@regel("opschortende-termijn-niet-begonnen", grondslag="Aw 2012 art. 2.127 en 2.130")
def opschortende_termijn_begonnen(s: Situatie[Any]) -> str | None:
    """The letters left to all at once, not after the day from which they count, and with all reasons."""
    gebreken = [
        f"perceel {nummer}: {gebrek.tekst}. {gebrek.uitweg}"
        for nummer, stand in load_standen(s).items()
        for gebrek in list_gebreken(stand)
        if gebrek.soort != "niet_aan_allen"
    ]
    return f"De opschortende termijn is niet begonnen. {' '.join(_als_zin(gebreken))}" if gebreken else None


def _als_zin(stukken: list[str]) -> list[str]:
    return [stuk[0].upper() + stuk[1:] for stuk in stukken]


@regel("mededeling-niet-aan-allen-verzonden", grondslag="Aw 2012 art. 2.127 en 2.130 lid 3")
def mededeling_aan_allen(s: Situatie[Any]) -> str | None:
    """Every concerned bidder was sent the notice, also who is excluded or invalid."""
    open_ = [
        f"perceel {nummer}: {gebrek.tekst}"
        for nummer, stand in load_standen(s).items()
        for gebrek in list_gebreken(stand)
        if gebrek.soort == "niet_aan_allen"
    ]
    if not open_:
        return None
    return (
        f"De mededeling is niet aan alle betrokkenen verzonden ({show_genummerd(open_)}): de opschortende termijn "
        f"is niet begonnen. {OPNIEUW}"
    )


@regel("mededeling-teruggekomen", grondslag="Aw 2012 art. 2.127 en 2.130", ernst=Ernst.MOTIVEREN)
def mededeling_aangekomen(s: Situatie[Any]) -> str | None:
    """No letter came back without being delivered a whole standstill ago.

    Whether a mail that came back counts as sent is not certain, so who awards nevertheless says why.
    """
    zinnen = [zin for stand in load_standen(s).values() for zin in list_onbezorgd(s, stand)]
    return f"{'. '.join(_als_zin(zinnen))}. {BEZORGEN}" if zinnen else None


@regel("opschortende-termijn-loopt", grondslag="Aw 2012 art. 2.127")
def opschortende_termijn_verstreken(s: Situatie[Any]) -> str | None:
    """The last day of the standstill is over: days are compared, so that no part of that day slips through."""
    for nummer, beslissing in load_beslissingen(s).items():
        einde = beslissing.opschortende_termijn_einde
        if s.vandaag <= datum_in_nederland(einde):
            return f"De opschortende termijn van perceel {nummer} loopt tot en met {show_dag(einde)}."
    return None


@regel("vervaltermijn-loopt", grondslag="aanbestedingsstukken; Aw 2012 art. 2.127")
def vervaltermijn_verstreken(s: Situatie[Any]) -> str | None:
    """The contractual lapse period is over too; the later of both ends counts."""
    for nummer, beslissing in load_beslissingen(s).items():
        laatste_dag = datum_in_nederland(beslissing.vervaltermijn_einde)
        if s.vandaag <= laatste_dag or s.vandaag < beslissing.vroegste_ondertekening:
            return (
                f"De vervaltermijn van perceel {nummer} loopt tot en met "
                f"{show_dag(beslissing.vervaltermijn_einde)}; "
                f"gunnen kan vanaf {show_datum(beslissing.vroegste_ondertekening)}."
            )
    return None


@regel("kort-geding-aanhangig", grondslag="Aw 2012 art. 2.131")
def geen_kort_geding(s: Situatie[Any]) -> str | None:
    """No interim relief about this perceel is pending."""
    lopend = [
        f"perceel {nummer}: zaak {k.zaaknummer} ({k.rechtbank})"
        for nummer, stand in load_standen(s).items()
        for k in stand.open_kort_gedingen
    ]
    if not lopend:
        return None
    return f"Er loopt een kort geding: {show_lijst(lopend)}. Wacht op de uitspraak en leg de uitkomst vast."


@regel("verificatie-ontbreekt", grondslag="aanbestedingsstukken; Aw 2012 art. 2.85")
def verificatie_gedaan(s: Situatie[Any]) -> str | None:
    """The evidence of every awarded bidder was checked."""
    open_ = [
        f"perceel {nummer}: {p.inschrijving}"
        for nummer, stand in load_standen(s).items()
        for p in stand.winnaars
        if p.inschrijving not in stand.verificaties
    ]
    return f"Het bewijs is nog niet gecontroleerd: {show_lijst(open_)}." if open_ else None


@regel("verificatie-mislukt", grondslag="aanbestedingsstukken; Aw 2012 art. 2.85")
def verificatie_geslaagd(s: Situatie[Any]) -> str | None:
    """No awarded bidder failed the check; else the decision is changed first."""
    mislukt = [
        f"perceel {nummer}: {nr}"
        for nummer, stand in load_standen(s).items()
        for nr in stand.mislukte_verificaties
    ]
    if not mislukt:
        return None
    return (
        f"Het bewijs van een beoogde winnaar voldoet niet: {show_lijst(mislukt)}. Wijzig eerst de "
        "gunningsbeslissing; "
        "daarna loopt een nieuwe termijn."
    )


@regel("looptijd-niet-besloten", grondslag="Aw 2012 art. 1.10")
def looptijd_besloten(s: Situatie[Any]) -> str | None:
    """First day and term of the agreements are decided."""
    try:
        load_ingangsdatum(s)
    except InvoerError as fout:
        return str(fout)
    zonder = [nummer for nummer in s.onderwerpen if load_termijnen(s, nummer).maanden is None]
    if not zonder:
        return None
    return (
        f"De looptijd is niet besloten voor {show_percelen(zonder)}. Beslis eerst punt 'looptijd_maanden' (of dat "
        "van het perceel)."
    )


@regel("ondertekening-te-vroeg", grondslag="Aw 2012 art. 2.127", met_invoer=True)
def ondertekening_na_termijn(s: Situatie[OvereenkomstenSluiten]) -> str | None:
    """Agreements are signed on or after the first day on which that is allowed."""
    for nummer, beslissing in load_beslissingen(s).items():
        if s.invoer.datum_ondertekening < beslissing.vroegste_ondertekening:
            return (
                f"Ondertekenen voor perceel {nummer} mag vanaf "
                f"{show_datum(beslissing.vroegste_ondertekening)}, "
                f"niet op {show_datum(s.invoer.datum_ondertekening)}."
            )
    return None

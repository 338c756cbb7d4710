"""Every term of a tender, with its full explanation; the door to all functions that count one.

Here: tenders and requests, the information note, the award notice and the validity of bids. The standstill
and the lapse period are in wachttermijn.py, evidence and retention in bewijstermijn.py, the counting itself
in telling.py, the days in kalender.py, the numbers in normen/; a whole planning is in planning.py. The prose
is docs/methodiek/termijnen.md.

Grondslag: Aanbestedingswet 2012 art. 2.54, 2.71-2.74, 2.134; Reg. 1182/71 (FEITEN 2.1-2.3 and 2.6).
Must stay true: the norm is the one of the start event's date, or of `peildatum` where the caller pins the
law; a backwards term never moves later.
Traps: SAS and open house have no statutory minimum, so what comes back for them is a benchmark that may only
warn; a closing hour on the last day cuts that day short. Before July 2016 free access to the documents made the
term shorter, since then electronic submission does: each is a dated norm, and nought means that it does nothing.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from aanbesteding.domain.bewijstermijn import Bewijsouderdom, check_ouderdom, count_bewaartermijn
from aanbesteding.domain.kalender import (
    is_werkdag,
    show_datum,
    show_reden,
    volgende_werkdag,
    vorige_werkdag,
)
from aanbesteding.domain.norm import Norm, Normen
from aanbesteding.domain.telling import Eenheid, Regime, check_start, count_terug, count_vooruit
from aanbesteding.domain.termijnvorm import Stap, Telling, Termijn, make_termijn, to_json, warn_zekerheid
from aanbesteding.domain.wachttermijn import (
    Aanvangsgebrek,
    Aanvangsgebreksoort,
    check_aanvang_opschortende_termijn,
    count_opschortende_termijn,
    count_vervaltermijn,
)
from aanbesteding.errors import InvoerError

__all__ = [
    "PROCEDURES",
    "Aanvangsgebrek",
    "Aanvangsgebreksoort",
    "Bewijsouderdom",
    "Eenheid",
    "Regime",
    "Stap",
    "Termijn",
    "check_aanvang_opschortende_termijn",
    "check_ouderdom",
    "count_aankondiging_gunning",
    "count_bewaartermijn",
    "count_gestanddoening",
    "count_inschrijftermijn",
    "count_nvi",
    "count_opschortende_termijn",
    "count_periode",
    "count_vervaltermijn",
    "to_json",
]

_DAG = timedelta(days=1)

PROCEDURES: dict[str, str] = {
    "openbaar": "inschrijftermijn_openbaar",
    "niet_openbaar_aanmelding": "aanmeldtermijn_niet_openbaar",
    "niet_openbaar_inschrijving": "inschrijftermijn_niet_openbaar",
    "sas": "richttermijn_sas",
    "open_house": "richttermijn_open_house",
}
_ZONDER_WETTELIJK_GETAL = frozenset({"sas", "open_house"})


def count_inschrijftermijn(
    procedure: str,
    verzonden: date,
    normen: Normen,
    *,
    elektronisch: bool = True,
    documenten_vrij: bool = True,
    peildatum: date | None = None,
) -> Termijn:
    """Count the shortest term for tenders or requests; `advies_datum` is the first working day after its end.

    `procedure` is a key of PROCEDURES; InvoerError for another. For "sas" and "open_house" the end is a
    benchmark.
    """
    if procedure == "niet_openbaar":
        raise InvoerError(
            [
                "De niet-openbare procedure kent twee termijnen. Kies niet_openbaar_aanmelding (vanaf de "
                "aankondiging) of niet_openbaar_inschrijving (vanaf de uitnodiging tot inschrijving)."
            ]
        )
    if procedure not in PROCEDURES:
        keuzes = ", ".join(PROCEDURES)
        raise InvoerError([f"Procedure '{procedure}' is onbekend. Kies een van: {keuzes}."])
    peil = peildatum or verzonden
    norm = normen.op(PROCEDURES[procedure], peil)
    aantal, bijstellingen, waarschuwingen = _count_aantal(
        procedure, norm, normen, peil, verzonden, elektronisch, documenten_vrij
    )
    richtwaarde = procedure in _ZONDER_WETTELIJK_GETAL
    telling = count_vooruit(
        verzonden,
        aantal,
        Regime.CONTRACT if richtwaarde else Regime.EU,
        normen,
        peil,
        gebeurtenis="Uitnodiging tot inschrijving verzonden"
        if procedure == "niet_openbaar_inschrijving"
        else "Aankondiging verzonden",
        grondslag=norm.grondslag,
    )
    basis = Stap(
        "duur",
        norm.grondslag,
        verzonden,
        f"Uitgangspunt: {norm.getal} dagen{' (richtwaarde)' if richtwaarde else ''}.",
    )
    telling = replace(telling, stappen=(basis, *bijstellingen, *telling.stappen))
    termijn = make_termijn(norm.code, telling, (*waarschuwingen, *warn_zekerheid(norm)))
    advies = volgende_werkdag(termijn.einde_datum)
    stap = Stap(
        "advies",
        "voorzichtige lezing",
        advies,
        (
            f"Plan de sluiting op {show_datum(advies)} of later: een sluitingsuur op de laatste dag kort die "
            "dag in."
        ),
    )
    return replace(termijn, uitleg=(*termijn.uitleg, stap), advies_datum=advies)


def _count_aantal(
    procedure: str,
    norm: Norm,
    normen: Normen,
    peil: date,
    verzonden: date,
    elektronisch: bool,
    documenten_vrij: bool,
) -> tuple[int, list[Stap], list[str]]:
    aantal, stappen, waarschuwingen = norm.getal, list[Stap](), list[str]()
    if procedure in _ZONDER_WETTELIJK_GETAL:
        waarschuwingen.append(
            f"De wet geeft voor deze procedure geen minimumtermijn. De richtwaarde van {aantal} dagen is "
            "geen recht: "
            "de termijn moet evenredig zijn aan omvang en ingewikkeldheid (Aanbestedingswet 2012 art. "
            "1.10, Gids "
            "Proportionaliteit voorschrift 3.6). Leg de gekozen termijn uit."
        )
        return aantal, stappen, waarschuwingen
    kortingen = (
        ("korting_elektronisch", elektronisch, "Elektronisch inschrijven mag"),
        ("korting_documenten_vrij", documenten_vrij, "De stukken zijn vrij elektronisch toegankelijk"),
    )
    for code, waar, reden in kortingen if procedure != "niet_openbaar_aanmelding" else ():
        korting = normen.op(code, peil)
        if waar and korting.getal:
            aantal -= korting.getal
            tekst = f"{reden}: {korting.getal} dagen korter, dus {aantal} dagen."
            stappen.append(Stap(code, korting.grondslag, verzonden, tekst))
    toeslag = normen.op("toeslag_documenten_niet_vrij", peil)
    if not documenten_vrij and toeslag.getal:
        aantal += toeslag.getal
        tekst = (
            "De stukken zijn niet kosteloos, rechtstreeks en volledig elektronisch toegankelijk: "
            f"{toeslag.getal} dagen langer, dus {aantal} dagen."
        )
        stappen.append(Stap("toeslag_documenten_niet_vrij", toeslag.grondslag, verzonden, tekst))
        if procedure == "niet_openbaar_aanmelding":
            waarschuwingen.append(
                "De toeslag voor niet vrij toegankelijke stukken is hier voorzichtig ook op de aanmelding "
                "toegepast; "
                "de richtlijn noemt hem voor inschrijvingen."
            )
    return aantal, stappen, waarschuwingen


def count_nvi(
    sluiting: date, normen: Normen, *, versneld: bool = False, peildatum: date | None = None
) -> Termijn:
    """Count back from the closing date to the last day for the nota van inlichtingen (Aw 2012 art. 2.54).

    `uiterste_datum` leaves whole days between the note and the closing; `ruimste_lezing` is one day later;
    `advies_datum` is the last working day that is safe.
    """
    peil = peildatum or sluiting
    norm = normen.op("nvi_versneld" if versneld else "nvi", peil)
    vrij = normen.op("nvi_vrije_dagen", peil)
    telling = count_terug(
        sluiting,
        norm.getal,
        Regime.ATW,
        normen,
        peil,
        gebeurtenis="Sluiting van de inschrijving",
        grondslag=norm.grondslag,
    )
    ruimste = telling.dag_n
    uiterste = telling.einde_datum - vrij.getal * _DAG
    advies = uiterste if is_werkdag(uiterste) else vorige_werkdag(uiterste)
    tekst = (
        f"Voorzichtige lezing met hele dagen tussen nota en sluiting: uiterlijk {show_datum(uiterste)}. De "
        "ruimste "
        f"lezing is {show_datum(ruimste)}."
    )
    stappen = [*telling.stappen, Stap("hele_dagen", vrij.grondslag, uiterste, tekst)]
    termijn = make_termijn(
        norm.code,
        replace(telling, stappen=tuple(stappen), einde_datum=uiterste),
        (
            "De telling in hele dagen is een voorzichtige uitleg. Haalt de nota de datum niet, verleng "
            "dan de "
            "inschrijftermijn (Aanbestedingswet 2012 art. 2.73).",
            *warn_zekerheid(norm),
        ),
    )
    uitleg = termijn.uitleg
    if advies != uiterste:
        tekst = f"{show_reden(uiterste)}; plan de nota op {show_datum(advies)}."
        uitleg = (*uitleg, Stap("advies", "eigen planning", advies, tekst))
    return replace(
        termijn, uitleg=uitleg, uiterste_datum=uiterste, ruimste_lezing=ruimste, advies_datum=advies
    )


def count_aankondiging_gunning(
    gegund: date, normen: Normen, *, per_kwartaal: bool = False, peildatum: date | None = None
) -> Termijn:
    """Count to the last day for sending the award notice; `per_kwartaal` bundles SAS notices per quarter."""
    peil = peildatum or gegund
    norm = normen.op("aankondiging_gunning_kwartaal" if per_kwartaal else "aankondiging_gunning", peil)
    start, gebeurtenis = gegund, "Opdracht gegund"
    if per_kwartaal:
        maand = (gegund.month - 1) // 3 * 3 + 3
        start = date(gegund.year, maand, monthrange(gegund.year, maand)[1])
        gebeurtenis = "Einde van het kwartaal van de gunning"
    telling = count_vooruit(
        start, norm.getal, Regime.EU, normen, peil, gebeurtenis=gebeurtenis, grondslag=norm.grondslag
    )
    termijn = make_termijn(norm.code, telling, warn_zekerheid(norm))
    advies = telling.dag_n if is_werkdag(telling.dag_n) else vorige_werkdag(telling.dag_n)
    return replace(termijn, uiterste_datum=termijn.einde_datum, advies_datum=advies)


def count_gestanddoening(sluiting: date, dagen: int) -> Termijn:
    """Count how long bids stay valid after closing: a term of the tender documents, never extended."""
    check_start(sluiting, dagen)
    eerste, einde = sluiting + _DAG, sluiting + timedelta(days=dagen)
    grond = "aanbestedingsstukken"
    stappen = (
        Stap(
            "startgebeurtenis", grond, sluiting, f"Sluiting: {show_datum(sluiting)}. Deze dag telt niet mee."
        ),
        Stap("dag_1", grond, eerste, f"Dag 1 is {show_datum(eerste)}."),
        Stap(
            "telling",
            grond,
            einde,
            f"Dag {dagen} is {show_datum(einde)}; een contractuele termijn schuift niet op.",
        ),
    )
    waarschuwing = (
        "Inschrijvingen moeten geldig blijven tot en met de ondertekening, ook als een kort geding of een "
        "Bibob-advies loopt. Vraag tijdig verlenging aan alle inschrijvers."
    )
    return make_termijn("gestanddoening", Telling(eerste, einde, einde, stappen), (waarschuwing,))


def count_periode(
    vanaf: date,
    aantal: int,
    eenheid: Eenheid,
    regime: Regime,
    normen: Normen,
    *,
    terug: bool = False,
    peildatum: date | None = None,
) -> Termijn:
    """Count any period under one of the regimes, forwards or backwards, for a term that has no name here."""
    telling = (count_terug if terug else count_vooruit)(
        vanaf,
        aantal,
        regime,
        normen,
        peildatum or vanaf,
        gebeurtenis="Gebeurtenis",
        grondslag=regime.value,
        eenheid=eenheid,
    )
    return make_termijn("periode", telling, ())

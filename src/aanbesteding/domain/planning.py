"""The planning of a procedure from a start or an end date: milestones, slack, a check of a plan, a calendar
file.

A given plan is checked in plancontrole.py, the calendar file is made in agenda.py; this file offers both.
Counting a term is not done here (see termijn.py); the durations that are no law are own benchmarks of
normen/planning.toml and can be replaced per tender.

Grondslag: the terms that termijn.py counts; everything else is planning, not law.
Must stay true: planned steps fall on working days; the latest date of a step is the last one from which the
end can still be met; the calendar file is the same bytes for the same milestones and time stamp.
Traps: school and bank holidays move nothing, they only warn; for SAS and open house a short term for tenders
is a signal, not a breach; open house knows no standstill, only an own period for reconsideration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from aanbesteding.domain.agenda import render_icalendar
from aanbesteding.domain.kalender import (
    is_werkdag,
    list_feestdagen,
    show_aantal,
    show_datum,
    show_opsomming,
    show_reden,
    vorige_werkdag,
)
from aanbesteding.domain.mijlpaal import (
    HOOFDLIJNEN,
    PROCEDURES_MET_PLANNING,
    STAPPEN,
    ZONDER_WETTELIJKE_INSCHRIJFTERMIJN,
    Mijlpaal,
    Planning,
    Schending,
    Soort,
    list_stappen,
)
from aanbesteding.domain.norm import Normen, Schoolvakantie
from aanbesteding.domain.plancontrole import check_planning
from aanbesteding.domain.telling import eerste_werkdag
from aanbesteding.domain.termijn import (
    count_aankondiging_gunning,
    count_inschrijftermijn,
    count_nvi,
    count_opschortende_termijn,
)
from aanbesteding.errors import InvoerError

__all__ = [
    "PROCEDURES_MET_PLANNING",
    "STAPPEN",
    "Mijlpaal",
    "Planning",
    "Schending",
    "build_planning",
    "check_planning",
    "render_icalendar",
]

Stappen = Mapping[str, Callable[[date], date]]
_DUREN = (
    "beantwoording",
    "selectie",
    "beoordeling",
    "besluit",
    "heroverweging",
    "ondertekening",
    "implementatie",
)
_MEESTE_DAGEN_TERUG = 1500
_PERIODEN = (
    ("inschrijftermijn", "begin", "sluiting"),
    ("aanmeldtermijn", "aankondiging", "sluiting_aanmelding"),
    ("beoordeling", "sluiting", "beoordeling"),
    ("opschortende termijn", "gunningsbeslissing", "einde_opschortende_termijn"),
)


def build_planning(
    procedure: str,
    normen: Normen,
    *,
    start: date | None = None,
    einde: date | None = None,
    elektronisch: bool = True,
    documenten_vrij: bool = True,
    versneld_nvi: bool = False,
    duren: Mapping[str, int] | None = None,
    vakanties: Sequence[Schoolvakantie] = (),
) -> Planning:
    """Build the planning from the notice (`start`), from the contract's first day (`einde`), or between both.

    `duren` replaces benchmarks (the codes of _DUREN, in days). InvoerError names every fault; NormOntbreekt
    when no norm is known for the dates.
    """
    anker = _check_invoer(procedure, start, einde, duren or {})
    lengte = {code: normen.op(f"planduur_{code}", anker).getal for code in _DUREN} | dict(duren or {})
    verder = _list_verder(procedure, normen, lengte, elektronisch, documenten_vrij)
    lijn = HOOFDLIJNEN[procedure]
    uiterst = _count_uiterst(einde, lijn, verder) if einde else {}
    vroegst = _count_vroegst(eerste_werkdag(start) if start else uiterst["aankondiging"], lijn, verder)
    if not einde:
        uiterst = _count_uiterst(vroegst["ingang"], lijn, verder)
    datums = vroegst if start else uiterst
    mijlpalen = _list_mijlpalen(procedure, datums, vroegst, uiterst, normen, lengte, versneld_nvi)
    verschoven: tuple[str, ...] = ()
    if start and not is_werkdag(start):
        verschoven = (f"{show_reden(start)}; de planning begint op {show_datum(datums['aankondiging'])}.",)
    waarschuwingen = _list_waarschuwingen(procedure, mijlpalen, vakanties, einde, vroegst["ingang"])
    return Planning(procedure, mijlpalen, (*verschoven, *waarschuwingen))


def _list_verder(
    procedure: str, normen: Normen, lengte: Mapping[str, int], elektronisch: bool, documenten_vrij: bool
) -> Stappen:
    """Per step of a main line: from its date to the earliest date of the next step."""

    def count_sluiting(soort: str) -> Callable[[date], date]:
        def count(d: date) -> date:
            termijn = count_inschrijftermijn(
                soort, d, normen, elektronisch=elektronisch, documenten_vrij=documenten_vrij
            )
            return termijn.advies_datum or termijn.einde_datum

        return count

    def count_ondertekening(d: date) -> date:
        vroegste = count_opschortende_termijn(d, normen).vroegste_ondertekening or d
        return eerste_werkdag(vroegste + timedelta(days=lengte["ondertekening"]))

    def count_duur(*codes: str) -> Callable[[date], date]:
        return lambda d: eerste_werkdag(d + timedelta(days=sum(lengte[code] for code in codes)))

    eerste = "niet_openbaar_aanmelding" if procedure == "niet_openbaar" else procedure
    return {
        "aankondiging": count_sluiting(eerste),
        "sluiting_aanmelding": count_duur("selectie"),
        "uitnodiging": count_sluiting("niet_openbaar_inschrijving"),
        "sluiting": count_duur("beoordeling"),
        "beoordeling": count_duur("besluit"),
        "gunningsbeslissing": count_ondertekening,
        "toelatingsbesluit": count_duur("heroverweging", "ondertekening"),
        "ondertekening": lambda d: d + timedelta(days=lengte["implementatie"]),
    }


def _check_invoer(procedure: str, start: date | None, einde: date | None, duren: Mapping[str, int]) -> date:
    """The date whose benchmarks count; InvoerError with every fault."""
    fouten: list[str] = []
    if procedure not in PROCEDURES_MET_PLANNING:
        keuzes = ", ".join(PROCEDURES_MET_PLANNING)
        fouten.append(f"Procedure '{procedure}' heeft geen planning. Kies een van: {keuzes}.")
    anker = start or einde
    if anker is None:
        fouten.append("De planning heeft een begin- of een einddatum nodig. Geef er ten minste een.")
    for code, dagen in duren.items():
        if code not in _DUREN:
            fouten.append(f"Duur '{code}' is onbekend. Toegestaan: {', '.join(_DUREN)}.")
        if not 0 <= dagen <= 365:
            fouten.append(f"Duur '{code}': {dagen} dagen kan niet. Geef 0 tot en met 365 dagen.")
    if fouten or anker is None:
        raise InvoerError(fouten)
    return anker


def _count_vroegst(start: date, lijn: Sequence[str], verder: Stappen) -> dict[str, date]:
    datums = {"aankondiging": start}
    for stap, volgende in pairwise(lijn):
        datums[volgende] = verder[stap](datums[stap])
    return datums


def _count_uiterst(einde: date, lijn: Sequence[str], verder: Stappen) -> dict[str, date]:
    """Per step the last working day from which the next step's latest date can still be met."""
    datums = {"ingang": einde}
    for volgende, stap in pairwise(reversed(lijn)):
        d, pogingen = datums[volgende], 0
        while not is_werkdag(d) or verder[stap](d) > datums[volgende]:
            d, pogingen = d - timedelta(days=1), pogingen + 1
            if pogingen > _MEESTE_DAGEN_TERUG:
                raise InvoerError([f"Vanaf {einde} is geen datum voor '{STAPPEN[stap]}' te vinden."])
        datums[stap] = d
    return datums


def _list_mijlpalen(
    procedure: str,
    datums: Mapping[str, date],
    vroegst: Mapping[str, date],
    uiterst: Mapping[str, date],
    normen: Normen,
    lengte: Mapping[str, int],
    versneld_nvi: bool,
) -> tuple[Mijlpaal, ...]:
    zij = [_count_zijstappen(lijn, normen, lengte, versneld_nvi) for lijn in (datums, vroegst, uiterst)]
    nu, vroeg, laat = (
        {**lijn, **stappen} for lijn, stappen in zip((datums, vroegst, uiterst), zij, strict=True)
    )
    redenen = _list_redenen(procedure, lengte)
    soorten: dict[str, Soort] = {"nvi": "uiterst", "aankondiging_gunning": "uiterst"}
    soorten["einde_opschortende_termijn"] = "vroegst"
    if datums is vroegst:
        soorten |= {"sluiting_aanmelding": "vroegst", "sluiting": "vroegst", "ondertekening": "vroegst"}
    volgorde = list_stappen(procedure)
    mijlpalen = [
        Mijlpaal(
            code,
            STAPPEN[code],
            nu[code],
            soorten.get(code, "gepland"),
            redenen[code],
            vroeg[code],
            laat[code],
        )
        for code in volgorde
    ]
    return tuple(sorted(mijlpalen, key=lambda m: (m.datum, volgorde.index(m.code))))


def _list_redenen(procedure: str, lengte: Mapping[str, int]) -> dict[str, str]:
    def richtwaarde(code: str, waarvoor: str) -> str:
        return f"Eigen richtwaarde: {show_aantal(lengte[code], 'dag', 'dagen')} {waarvoor}."

    los = procedure in ZONDER_WETTELIJKE_INSCHRIJFTERMIJN
    return {
        "aankondiging": "Begin van de termijn.",
        "sluiting_aanmelding": "Eerste werkdag na de kortste termijn voor aanmeldingen.",
        "uitnodiging": richtwaarde("selectie", "voor selectie en bericht aan de afgewezen gegadigden"),
        "vragen": richtwaarde("beantwoording", "om te antwoorden"),
        "nvi": "Laatste veilige werkdag voor de nota van inlichtingen.",
        "sluiting": "Eerste werkdag na de richtwaarde; de termijn moet evenredig zijn."
        if los
        else "Eerste werkdag na de kortste termijn voor inschrijvingen.",
        "beoordeling": richtwaarde("beoordeling", "na de sluiting"),
        "gunningsbeslissing": richtwaarde("besluit", "voor verificatie en besluiten"),
        "toelatingsbesluit": richtwaarde("besluit", "voor verificatie en besluiten"),
        "einde_opschortende_termijn": "Laatste dag waarop een kort geding de ondertekening nog tegenhoudt.",
        "ondertekening": richtwaarde(
            "heroverweging", "waarin een afgewezen aanbieder om heroverweging vraagt"
        )
        if procedure == "open_house"
        else "Na de opschortende termijn, als geen kort geding loopt.",
        "ingang": richtwaarde("implementatie", "voor voorbereiding en overdracht"),
        "aankondiging_gunning": "Laatste werkdag binnen de termijn na ondertekening.",
    }


def _count_zijstappen(
    lijn: Mapping[str, date], normen: Normen, lengte: Mapping[str, int], versneld_nvi: bool
) -> dict[str, date]:
    """The steps that hang on a main step: questions, information note, end of standstill, award notice."""
    nvi = count_nvi(lijn["sluiting"], normen, versneld=versneld_nvi, peildatum=lijn["aankondiging"])
    nvi_datum = nvi.advies_datum or nvi.einde_datum
    vragen = nvi_datum - timedelta(days=lengte["beantwoording"])
    zij = {"vragen": vragen if is_werkdag(vragen) else vorige_werkdag(vragen), "nvi": nvi_datum}
    if "gunningsbeslissing" in lijn:
        gunning = count_aankondiging_gunning(lijn["ondertekening"], normen)
        zij["aankondiging_gunning"] = gunning.advies_datum or gunning.einde_datum
        opschortend = count_opschortende_termijn(lijn["gunningsbeslissing"], normen)
        zij["einde_opschortende_termijn"] = opschortend.einde_datum
    return zij


def _list_waarschuwingen(
    procedure: str,
    mijlpalen: Sequence[Mijlpaal],
    vakanties: Sequence[Schoolvakantie],
    einde: date | None,
    vroegste_einde: date,
) -> tuple[str, ...]:
    uit: list[str] = []
    if einde and vroegste_einde > einde:
        tekort = show_aantal((vroegste_einde - einde).days, "dag", "dagen")
        uit.append(
            f"De planning past niet: de overeenkomst kan op zijn vroegst op {show_datum(vroegste_einde)} "
            f"ingaan, {tekort} na {show_datum(einde)}."
        )
    if procedure in ZONDER_WETTELIJKE_INSCHRIJFTERMIJN:
        uit.append(
            "De inschrijftermijn is een richtwaarde: de wet geeft voor deze procedure geen getal; hij moet "
            "evenredig zijn."
        )
    op = {mijlpaal.code: mijlpaal.datum for mijlpaal in mijlpalen}
    begin = "uitnodiging" if "uitnodiging" in op else "aankondiging"
    op["begin"] = op[begin]
    uit.extend(
        f"'{STAPPEN[code]}' valt voor of op de dag van '{STAPPEN[begin]}'; kies een langere inschrijftermijn."
        for code in ("vragen", "nvi")
        if op[code] <= op[begin]
    )
    for naam, van, tot in _PERIODEN:
        if van in op and tot in op:
            uit += _list_vrije_dagen(naam, op[van], op[tot], vakanties)
    return tuple(uit)


def _list_vrije_dagen(naam: str, van: date, tot: date, vakanties: Sequence[Schoolvakantie]) -> list[str]:
    """Bank holidays (not in a weekend) and school holidays in a period: a warning, never a shift."""
    uit: list[str] = []
    feestdagen = [feest for d, feest in list_feestdagen(van, tot) if d.weekday() < 5]
    if feestdagen:
        vallen = "valt 1 feestdag" if len(feestdagen) == 1 else f"vallen {len(feestdagen)} feestdagen"
        uit.append(f"In de {naam} {vallen} ({show_opsomming(feestdagen)}); overweeg verlenging.")
    for v in vakanties:
        dagen = (min(tot, v.tot) - max(van, v.van)).days + 1
        if dagen > 0:
            regio = "alle regio's" if v.regio == "alle" else f"regio {v.regio}"
            vallen = "valt 1 dag" if dagen == 1 else f"vallen {dagen} dagen"
            uit.append(f"In de {naam} {vallen} {v.naam.lower()} ({regio}); overweeg verlenging.")
    return uit

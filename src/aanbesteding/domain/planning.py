"""The planning of a procedure from a start or an end date: milestones, slack, a check of a plan, a calendar
file.

A given plan is checked in plancontrole.py, the calendar file is made in agenda.py; this file offers both.
Counting a term is not done here (see termijn.py); the durations that are no law are own benchmarks of
normen/planning.toml and can be replaced per tender.

Grondslag: the terms that termijn.py counts; everything else is planning, not law.
Must stay true: planned steps fall on working days; the latest date of a step is the last one from which the
end can still be met; the calendar file is the same bytes for the same milestones and time stamp.
Trap: school holidays move nothing, they only warn; for SAS a short term for tenders is a signal, not a
breach.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from aanbesteding.domain.agenda import render_icalendar
from aanbesteding.domain.kalender import (
    is_werkdag,
    show_datum,
    show_reden,
    vorige_werkdag,
)
from aanbesteding.domain.mijlpaal import (
    PROCEDURES_MET_PLANNING,
    STAPPEN,
    Mijlpaal,
    Planning,
    Schending,
    Soort,
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

_HOOFDLIJN = ("aankondiging", "sluiting", "beoordeling", "gunningsbeslissing", "ondertekening", "ingang")
_DUREN = ("beantwoording", "beoordeling", "besluit", "ondertekening", "implementatie")
_MEESTE_DAGEN_TERUG = 1500


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

    `duren` replaces benchmarks (beantwoording, beoordeling, besluit, ondertekening, implementatie; days).
    InvoerError names every fault; NormOntbreekt when no norm is known for the dates.
    """
    _check_invoer(procedure, start, einde, duren or {})
    anker = start or einde
    assert anker is not None
    lengte = {code: normen.op(f"planduur_{code}", anker).getal for code in _DUREN} | dict(duren or {})

    def count_sluiting(d: date) -> date:
        termijn = count_inschrijftermijn(
            procedure, d, normen, elektronisch=elektronisch, documenten_vrij=documenten_vrij
        )
        return termijn.advies_datum or termijn.einde_datum

    def count_ondertekening(d: date) -> date:
        vroegste = count_opschortende_termijn(d, normen).vroegste_ondertekening or d
        return eerste_werkdag(vroegste + timedelta(days=lengte["ondertekening"]))

    verder: dict[str, Callable[[date], date]] = {
        "aankondiging": count_sluiting,
        "sluiting": lambda d: eerste_werkdag(d + timedelta(days=lengte["beoordeling"])),
        "beoordeling": lambda d: eerste_werkdag(d + timedelta(days=lengte["besluit"])),
        "gunningsbeslissing": count_ondertekening,
        "ondertekening": lambda d: d + timedelta(days=lengte["implementatie"]),
    }
    uiterst = _count_uiterst(einde, verder) if einde else {}
    vroegst = _count_vroegst(eerste_werkdag(start) if start else uiterst["aankondiging"], verder)
    if not einde:
        uiterst = _count_uiterst(vroegst["ingang"], verder)
    datums = vroegst if start else uiterst
    mijlpalen = _list_mijlpalen(datums, vroegst, uiterst, normen, lengte, versneld_nvi)
    verschoven: tuple[str, ...] = ()
    if start and not is_werkdag(start):
        verschoven = (f"{show_reden(start)}; de planning begint op {show_datum(datums['aankondiging'])}.",)
    waarschuwingen = _list_waarschuwingen(procedure, datums, mijlpalen, vakanties, einde, vroegst["ingang"])
    return Planning(procedure, mijlpalen, (*verschoven, *waarschuwingen))


def _check_invoer(procedure: str, start: date | None, einde: date | None, duren: Mapping[str, int]) -> None:
    fouten: list[str] = []
    if procedure not in PROCEDURES_MET_PLANNING:
        keuzes = ", ".join(PROCEDURES_MET_PLANNING)
        fouten.append(f"Procedure '{procedure}' heeft geen planning. Kies een van: {keuzes}.")
    if start is None and einde is None:
        fouten.append("De planning heeft een begin- of een einddatum nodig. Geef er ten minste een.")
    for code, dagen in duren.items():
        if code not in _DUREN:
            fouten.append(f"Duur '{code}' is onbekend. Toegestaan: {', '.join(_DUREN)}.")
        if not 0 <= dagen <= 365:
            fouten.append(f"Duur '{code}': {dagen} dagen kan niet. Geef 0 tot en met 365 dagen.")
    if fouten:
        raise InvoerError(fouten)


def _count_vroegst(start: date, verder: Mapping[str, Callable[[date], date]]) -> dict[str, date]:
    datums = {"aankondiging": start}
    for stap, volgende in pairwise(_HOOFDLIJN):
        datums[volgende] = verder[stap](datums[stap])
    return datums


def _count_uiterst(einde: date, verder: Mapping[str, Callable[[date], date]]) -> dict[str, date]:
    """Per step the last working day from which the next step's latest date can still be met."""
    datums = {"ingang": einde}
    for volgende, stap in pairwise(reversed(_HOOFDLIJN)):
        d, pogingen = datums[volgende], 0
        while not is_werkdag(d) or verder[stap](d) > datums[volgende]:
            d, pogingen = d - timedelta(days=1), pogingen + 1
            if pogingen > _MEESTE_DAGEN_TERUG:
                raise InvoerError([f"Vanaf {einde} is geen datum voor '{STAPPEN[stap]}' te vinden."])
        datums[stap] = d
    return datums


def _list_mijlpalen(
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
    redenen = {
        "aankondiging": "Begin van de inschrijftermijn.",
        "vragen": f"Eigen richtwaarde: {lengte['beantwoording']} dagen om te antwoorden.",
        "nvi": "Laatste veilige werkdag voor de nota van inlichtingen.",
        "sluiting": "Eerste werkdag na de kortste termijn voor inschrijvingen.",
        "beoordeling": f"Eigen richtwaarde: {lengte['beoordeling']} dagen na de sluiting.",
        "gunningsbeslissing": f"Eigen richtwaarde: {lengte['besluit']} dagen voor verificatie en besluiten.",
        "einde_opschortende_termijn": "Laatste dag waarop een kort geding de ondertekening nog tegenhoudt.",
        "ondertekening": "Na de opschortende termijn, als geen kort geding loopt.",
        "ingang": f"Eigen richtwaarde: {lengte['implementatie']} dagen voor voorbereiding en overdracht.",
        "aankondiging_gunning": "Laatste werkdag binnen de termijn na ondertekening.",
    }
    soorten: dict[str, Soort] = {"nvi": "uiterst", "aankondiging_gunning": "uiterst"}
    soorten["einde_opschortende_termijn"] = "vroegst"
    if datums is vroegst:
        soorten |= {"sluiting": "vroegst", "ondertekening": "vroegst"}
    volgorde = list(STAPPEN)
    mijlpalen = [
        Mijlpaal(code, naam, nu[code], soorten.get(code, "gepland"), redenen[code], vroeg[code], laat[code])
        for code, naam in STAPPEN.items()
    ]
    return tuple(sorted(mijlpalen, key=lambda m: (m.datum, volgorde.index(m.code))))


def _count_zijstappen(
    lijn: Mapping[str, date], normen: Normen, lengte: Mapping[str, int], versneld_nvi: bool
) -> dict[str, date]:
    """The steps that hang on a main step: questions, information note, end of standstill, award notice."""
    nvi = count_nvi(lijn["sluiting"], normen, versneld=versneld_nvi, peildatum=lijn["aankondiging"])
    nvi_datum = nvi.advies_datum or nvi.einde_datum
    vragen = nvi_datum - timedelta(days=lengte["beantwoording"])
    gunning = count_aankondiging_gunning(lijn["ondertekening"], normen)
    return {
        "vragen": vragen if is_werkdag(vragen) else vorige_werkdag(vragen),
        "nvi": nvi_datum,
        "einde_opschortende_termijn": count_opschortende_termijn(
            lijn["gunningsbeslissing"], normen
        ).einde_datum,
        "aankondiging_gunning": gunning.advies_datum or gunning.einde_datum,
    }


def _list_waarschuwingen(
    procedure: str,
    datums: Mapping[str, date],
    mijlpalen: Sequence[Mijlpaal],
    vakanties: Sequence[Schoolvakantie],
    einde: date | None,
    vroegste_einde: date,
) -> tuple[str, ...]:
    uit: list[str] = []
    if einde and vroegste_einde > einde:
        uit.append(
            f"De planning past niet: de overeenkomst kan op zijn vroegst op {show_datum(vroegste_einde)} "
            "ingaan, "
            f"{(vroegste_einde - einde).days} dagen na {show_datum(einde)}."
        )
    if procedure == "sas":
        uit.append("De inschrijftermijn van de SAS-procedure is een richtwaarde; hij moet evenredig zijn.")
    op = {mijlpaal.code: mijlpaal.datum for mijlpaal in mijlpalen}
    uit.extend(
        f"'{STAPPEN[code]}' valt voor of op de dag van de aankondiging; kies een langere inschrijftermijn."
        for code in ("vragen", "nvi")
        if op[code] <= op["aankondiging"]
    )
    uit.extend(
        f"{m.naam}: {show_reden(m.datum)}."
        for m in mijlpalen
        if m.code != "ingang" and not is_werkdag(m.datum)
    )
    for naam, van, tot in (
        ("inschrijftermijn", datums["aankondiging"], datums["sluiting"]),
        ("beoordeling", datums["sluiting"], datums["beoordeling"]),
        ("opschortende termijn", datums["gunningsbeslissing"], op["einde_opschortende_termijn"]),
    ):
        for v in vakanties:
            dagen = (min(tot, v.tot) - max(van, v.van)).days + 1
            if dagen > 0:
                regio = "alle regio's" if v.regio == "alle" else f"regio {v.regio}"
                uit.append(
                    f"In de {naam} vallen {dagen} dagen {v.naam.lower()} ({regio}); overweeg verlenging."
                )
    return tuple(uit)

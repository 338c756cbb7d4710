"""Has the standstill begun, and if not: why, and what is to be done?

Counting and what keeps a standstill from beginning are domain.termijn; here what the dossier says about the
sending and the letters, and the way out.

Grondslag: Aw 2012 art. 2.127, 2.128 and 2.130; HR 7 December 2012 (ECLI:NL:HR:2012:BW9233) (FEITEN 2.4, 3.6).
Must stay true: every concerned bidder counts, also who is excluded or invalid; a bidder's letter left when the
first sending that did not leave it out was recorded.
Trap: reasons that are bettered after the notice do not heal it; only a new decision with a new standstill does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from aanbesteding.domain.kalender import TIJDZONE, datum_in_nederland, show_datum
from aanbesteding.domain.regel import Ernst, Overtreding
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.termijn import (
    Aanvangsgebreksoort,
    check_aanvang_opschortende_termijn,
    count_opschortende_termijn,
)
from aanbesteding.domain.verzending import list_teruggekomen
from aanbesteding.fasen.gunning.stand import Perceelstand
from aanbesteding.fasen.gunning.stand_laden import load_stand

GRONDSLAG = "Aw 2012 art. 2.127 en 2.130"
OPNIEUW = (
    "Deel de beslissing opnieuw aan iedereen mee (gunningsbeslissing_wijzigen): dan loopt een nieuwe termijn."
)
BEZORGEN = (
    "Of de opschortende termijn voor deze inschrijver is begonnen, is niet zeker. Bezorg de brief alsnog, meld dat "
    "(bezorging_melden) en wacht de termijn van die dag af, of deel de beslissing opnieuw mee "
    "(gunningsbeslissing_wijzigen)."
)


@dataclass(frozen=True)
class Gebrek:
    """Why the standstill of a perceel has not begun, and the way out."""

    soort: Aanvangsgebreksoort | Literal["niet_vastgelegd", "na_verzenddatum"]
    tekst: str
    uitweg: str


def load_verzendmomenten(stand: Perceelstand) -> Mapping[str, datetime | None]:
    """When each concerned bidder's letter left; None when it did not."""
    momenten: dict[str, datetime | None] = dict.fromkeys(stand.inschrijvingen)
    for verzending in stand.verzendingen:
        for nummer in momenten:
            if momenten[nummer] is None and nummer not in verzending.niet_verzonden:
                momenten[nummer] = verzending.verzonden
    return momenten


def list_gebreken(stand: Perceelstand) -> tuple[Gebrek, ...]:
    """Everything that keeps the standstill of the standing decision from having begun; empty when it has."""
    if stand.beslissing is None or not stand.verzendingen:
        return (
            Gebrek(
                "niet_vastgelegd",
                "er is niet vastgelegd dat de mededeling is verzonden",
                "Verzend alle brieven tegelijk en leg dat vast (verzending_vastleggen).",
            ),
        )
    momenten = load_verzendmomenten(stand)
    bezwaren = check_aanvang_opschortende_termijn(momenten) if momenten else ()
    gebreken = [Gebrek(b.soort, b.tekst, OPNIEUW) for b in bezwaren]
    laatste = max((datum_in_nederland(m) for m in momenten.values() if m is not None), default=None)
    if laatste is not None and laatste > stand.beslissing.verzenddatum:
        gebreken.append(
            Gebrek(
                "na_verzenddatum",
                f"brieven zijn verzonden op {show_datum(laatste)}, na de verzenddatum in de brieven "
                f"({show_datum(stand.beslissing.verzenddatum)}), zodat de genoemde termijnen niet kloppen",
                OPNIEUW,
            )
        )
    if stand.aangepast_na_beslissing:
        gebreken.append(
            Gebrek(
                "redenen",
                "de redenen zijn na de mededeling aangepast; de verzonden brieven geven dus niet alle redenen",
                f"Redenen nasturen helpt niet. {OPNIEUW}",
            )
        )
    return tuple(gebreken)


def list_onbezorgd(s: Situatie[Any], stand: Perceelstand) -> tuple[str, ...]:
    """Letters of the standing decision that came back, while the standstill may depend on it; a sentence each."""
    zinnen: list[str] = []
    for nummer, bezorgd in sorted(list_teruggekomen(s.dossier, stand.perceel).items()):
        if nummer not in stand.inschrijvingen:
            continue
        begin = f"de mededeling aan {nummer} (perceel {stand.perceel}) kwam terug"
        if bezorgd is None:
            zinnen.append(f"{begin} en is niet alsnog bezorgd")
            continue
        dag = datum_in_nederland(bezorgd)
        einde = count_opschortende_termijn(dag, s.normen).einde_datum
        if s.vandaag <= einde:
            zinnen.append(
                f"{begin} en ging pas op {show_datum(dag)} opnieuw; van die dag geteld eindigt de opschortende termijn "
                f"op {show_datum(einde)}"
            )
    return tuple(zinnen)


def list_meldingen(s: Situatie[Any]) -> tuple[Overtreding, ...]:
    """For every told decision: has the standstill begun, and if not why and what now; if so, both ends."""
    percelen = s.dossier.list_onderwerpen("perceel", frozenset({"meegedeeld"}))
    meldingen: list[Overtreding] = []
    for nummer, stand in load_stand(s.dossier, percelen).items():
        gebreken = list_gebreken(stand)
        for gebrek in gebreken:
            tekst = f"De opschortende termijn van perceel {nummer} is niet begonnen: {gebrek.tekst}. {gebrek.uitweg}"
            meldingen.append(
                Overtreding("opschortende-termijn-niet-begonnen", GRONDSLAG, Ernst.SIGNALEERT, tekst)
            )
        if not gebreken:
            meldingen.append(_build_begonnen(stand, s.nu))
        meldingen += [
            Overtreding(
                "mededeling-teruggekomen",
                GRONDSLAG,
                Ernst.SIGNALEERT,
                f"{zin[0].upper()}{zin[1:]}. {BEZORGEN}",
            )
            for zin in list_onbezorgd(s, stand)
        ]
    return tuple(meldingen)


def _build_begonnen(stand: Perceelstand, nu: datetime) -> Overtreding:
    beslissing = stand.beslissing
    assert beslissing is not None
    aantal = len(stand.inschrijvingen)
    wie = "de enige betrokken inschrijver" if aantal == 1 else f"alle {aantal} betrokken inschrijvers"
    einde = max(beslissing.opschortende_termijn_einde, beslissing.vervaltermijn_einde)
    loopt = datum_in_nederland(nu) <= datum_in_nederland(einde)
    tekst = (
        f"De opschortende termijn van perceel {stand.perceel} is begonnen: de mededeling is verzonden aan {wie}. "
        f"Zij {'eindigt' if loopt else 'eindigde'} op {show_moment(beslissing.opschortende_termijn_einde)}, de "
        f"vervaltermijn op {show_moment(beslissing.vervaltermijn_einde)}; definitief gunnen kan op zijn vroegst op "
        f"{show_datum(beslissing.vroegste_ondertekening)}."
    )
    if stand.open_kort_gedingen:
        tekst += " Er loopt een kort geding: gunnen wacht op de uitspraak, hoe lang die ook duurt."
    return Overtreding("opschortende-termijn-begonnen", GRONDSLAG, Ernst.SIGNALEERT, tekst)


def show_moment(moment: datetime) -> str:
    """A moment in the Netherlands with its hour."""
    lokaal = moment.astimezone(TIJDZONE)
    return f"{show_datum(lokaal.date())} om {lokaal:%H.%M} uur"

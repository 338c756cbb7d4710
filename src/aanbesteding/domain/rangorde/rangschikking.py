"""The ranking itself: who counts, in which order they stand, who is in, who is reserve, who is out and why.

Pure and exact. Points come from `scoren`, ties from `gelijke_stand`; reading and refusing input is `inlezen`.

Grondslag: docs/methodiek/rangorde.md; Aw 2012 art. 2.116 (a low price is flagged, never rejected here);
drop-out as announced (HR 9 mei 2014, ECLI:NL:HR:2014:1078).
Must stay true: the result does not depend on the order of the bids; a tie at a boundary is refused, not
decided.
Trap: under rangorde_blijft the dropped bid still sets the lowest price; under herberekenen it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, groupby, islice

from aanbesteding.domain.rangorde.gelijke_stand import split_gelijke_stand
from aanbesteding.domain.rangorde.getal import show_bedrag, show_getal, show_nederlands
from aanbesteding.domain.rangorde.kwaliteit import check_minima, score_kwaliteit
from aanbesteding.domain.rangorde.opdracht import Formule, Inschrijving, Methode, Rangordeopdracht
from aanbesteding.domain.rangorde.scoren import Gescoord, score_inschrijvingen
from aanbesteding.domain.rangorde.uitslag import Afgevallen, Rangplaats, Uitslag
from aanbesteding.errors import InvoerError

MINIMUM_AANTAL_VOOR_MEDIAAN = 3


def rank_inschrijvingen(opdracht: Rangordeopdracht) -> Uitslag:
    """Rank the bids as announced; InvoerError when an announced rule is missing where it has to decide."""
    meetellend, afgevallen = _split_meetellend(opdracht)
    blijft = opdracht.bij_uitval == "rangorde_blijft"
    groepen = _order_groepen(opdracht, score_inschrijvingen(opdracht, meetellend))
    if blijft:
        groepen = [
            [stand for stand in groep if stand.aanbieder not in opdracht.uitgevallen] for groep in groepen
        ]
        weg = [i.aanbieder for i in meetellend if i.aanbieder in opdracht.uitgevallen]
        afgevallen += [Afgevallen(naam, "UITGEVALLEN", "Uitgevallen; de rangorde blijft.") for naam in weg]
    groepen = [groep for groep in groepen if groep]
    _check_grenzen(opdracht, groepen)
    return Uitslag(
        rangorde=tuple(_build_plaatsen(opdracht, groepen)),
        afgevallen=tuple(sorted(afgevallen, key=lambda uit: uit.aanbieder)),
        waarschuwingen=tuple(_list_waarschuwingen(opdracht, meetellend, groepen)),
        maximum_aanbieders=opdracht.maximum_aanbieders,
        met_reservelijst=opdracht.reservelijst is not None,
        prijzen=tuple(sorted(i.prijs for i in meetellend if i.prijs is not None)),
    )


def _split_meetellend(opdracht: Rangordeopdracht) -> tuple[list[Inschrijving], list[Afgevallen]]:
    meetellend: list[Inschrijving] = []
    afgevallen: list[Afgevallen] = []
    for inschrijving in sorted(opdracht.inschrijvingen, key=lambda i: i.aanbieder):
        uit = _check_meetellend(opdracht, inschrijving)
        if uit is None:
            meetellend.append(inschrijving)
        else:
            afgevallen.append(Afgevallen(inschrijving.aanbieder, *uit))
    return meetellend, afgevallen


def _check_meetellend(opdracht: Rangordeopdracht, inschrijving: Inschrijving) -> tuple[str, str] | None:
    if inschrijving.ongeldig is not None:
        return "ONGELDIG", inschrijving.ongeldig
    prijs, ondergrens = inschrijving.prijs, opdracht.ondergrens
    if prijs is not None and ondergrens is not None and prijs < ondergrens:
        return "PRIJS_ONDER_ONDERGRENS", (
            f"De prijs {show_bedrag(prijs)} ligt onder de aangekondigde ondergrens {show_bedrag(ondergrens)}."
        )
    if opdracht.bij_uitval != "rangorde_blijft" and inschrijving.aanbieder in opdracht.uitgevallen:
        return "UITGEVALLEN", "Uitgevallen; de rangorde is zonder deze inschrijving berekend."
    punten = score_kwaliteit(opdracht, inschrijving.scores)
    return check_minima(opdracht, inschrijving.scores, punten)


def _order_groepen(opdracht: Rangordeopdracht, gescoord: Sequence[Gescoord]) -> list[list[Gescoord]]:
    if opdracht.methode is Methode.GEEN_CRITERIA:
        return [sorted(gescoord, key=lambda stand: stand.aanbieder)] if gescoord else []
    geordend = sorted(gescoord, key=lambda stand: stand.count_totaal(), reverse=not opdracht.laagste_wint)
    return [
        deel
        for _, gelijken in groupby(geordend, key=lambda stand: stand.count_totaal())
        for deel in split_gelijke_stand(opdracht, list(gelijken))
    ]


def _check_grenzen(opdracht: Rangordeopdracht, groepen: Sequence[Sequence[Gescoord]]) -> None:
    if opdracht.maximum_aanbieders is None:
        return
    grenzen = {opdracht.maximum_aanbieders: "het maximum aantal aanbieders"}
    if opdracht.reservelijst is not None:
        grenzen[opdracht.maximum_aanbieders + opdracht.reservelijst] = "de reservelijst"
    fouten: list[str] = []
    voor = 0
    for groep in groepen:
        for grens, naam in grenzen.items():
            if voor < grens < voor + len(groep):
                fouten.append(_build_grensfout(opdracht, groep, naam, grens))
        voor += len(groep)
    if fouten:
        raise InvoerError(fouten)


def _build_grensfout(opdracht: Rangordeopdracht, groep: Sequence[Gescoord], naam: str, grens: int) -> str:
    namen = _show_namen(stand.aanbieder for stand in groep)
    begin = f"gelijke stand op de grens van {naam} ({grens}): {namen} staan gelijk"
    if "loting" in opdracht.gelijke_stand:
        return f"{begin}; loot zoals aangekondigd en leg de hele trekking vast in loting."
    return f"{begin} en geen aangekondigde regel beslist; het programma kiest niet, dat kan alleen u."


def _show_namen(namen: Iterable[str]) -> str:
    gesorteerd = sorted(namen)
    return f"{', '.join(gesorteerd[:-1])} en {gesorteerd[-1]}" if len(gesorteerd) > 1 else "".join(gesorteerd)


def _build_plaatsen(opdracht: Rangordeopdracht, groepen: Sequence[Sequence[Gescoord]]) -> list[Rangplaats]:
    plaatsen: list[Rangplaats] = []
    rang = 1
    maximum, reserve = opdracht.maximum_aanbieders, opdracht.reservelijst or 0
    for groep in groepen:
        for stand in groep:
            plaats = _build_plaats(opdracht, stand, rang)
            gegund = maximum is None or len(plaatsen) < maximum
            is_reserve = maximum is not None and maximum <= len(plaatsen) < maximum + reserve
            plaatsen.append(replace(plaats, gegund=gegund, reserve=is_reserve))
        rang += len(groep)
    return plaatsen


def _build_plaats(opdracht: Rangordeopdracht, stand: Gescoord, rang: int) -> Rangplaats:
    decimalen = opdracht.afronding.decimalen
    geteld, punten = stand.count_totaal(), stand.list_punten()
    getoond = {
        code: stand.count_punten(code) if opdracht.afronding.moment == "per_criterium" else waarde
        for code, waarde in punten.items()
    }
    return Rangplaats(
        rang=rang,
        aanbieder=stand.aanbieder,
        totaal=show_getal(geteld, decimalen),
        exact=stand.exact,
        geteld=geteld,
        punten={code: show_getal(waarde, decimalen) for code, waarde in getoond.items()},
        exacte_punten=punten,
    )


def _list_waarschuwingen(
    opdracht: Rangordeopdracht, meetellend: Sequence[Inschrijving], groepen: Sequence[Sequence[Gescoord]]
) -> list[str]:
    waarschuwingen = sorted(opdracht.opmerkingen)
    if not opdracht.inschrijvingen:
        waarschuwingen.append("Er zijn geen inschrijvingen.")
    elif not groepen:
        waarschuwingen.append("Geen enkele inschrijving telt mee; er is geen rangorde.")
    if opdracht.methode is Methode.GEEN_CRITERIA:
        return waarschuwingen
    waarschuwingen += _list_lage_prijzen(opdracht, meetellend)
    waarschuwingen += _list_prijs_buiten_bereik(opdracht, meetellend)
    waarschuwingen += _list_afrondingen([stand for groep in groepen for stand in groep])
    rang = 1
    for groep in groepen:
        if len(groep) > 1:
            waarschuwingen.append(
                f"Gelijke stand: {_show_namen(stand.aanbieder for stand in groep)} delen rang {rang}."
            )
        rang += len(groep)
    return waarschuwingen


def _list_lage_prijzen(opdracht: Rangordeopdracht, meetellend: Sequence[Inschrijving]) -> list[str]:
    drempel = opdracht.lage_prijs_drempel
    prijzen = sorted(i.prijs for i in meetellend if i.prijs is not None)
    if drempel is None or not prijzen:
        return []
    if len(prijzen) < MINIMUM_AANTAL_VOOR_MEDIAAN:
        return ["De regel voor lage prijzen is niet toegepast: er zijn minder dan drie prijzen."]
    midden = len(prijzen) // 2
    mediaan = prijzen[midden] if len(prijzen) % 2 else (prijzen[midden - 1] + prijzen[midden]) / 2
    grens = mediaan * (100 - drempel) / 100
    return [
        f"De prijs van {i.aanbieder} ({show_bedrag(i.prijs)}) ligt meer dan {show_nederlands(drempel)}% "
        f"onder de mediaan ({show_bedrag(mediaan)}); vraag eerst om uitleg."
        for i in meetellend
        if i.prijs is not None and i.prijs < grens
    ]


def _list_prijs_buiten_bereik(opdracht: Rangordeopdracht, meetellend: Sequence[Inschrijving]) -> list[str]:
    if opdracht.prijs is None:
        return []
    formule, bodem, plafond = (
        opdracht.prijs.formule,
        opdracht.prijs.parameters.bodem,
        opdracht.prijs.parameters.plafond,
    )
    laagste = min((i.prijs for i in meetellend if i.prijs is not None), default=None)
    meldingen: list[str] = []
    for i in meetellend:
        if i.prijs is None or laagste is None:
            continue
        if bodem is not None and i.prijs < bodem:
            meldingen.append(f"De prijs van {i.aanbieder} ligt onder de bodem en wint daar niets mee.")
        if plafond is not None and i.prijs > plafond:
            meldingen.append(f"De prijs van {i.aanbieder} ligt boven het plafond en krijgt nul punten.")
        if formule is Formule.RELATIEF_LINEAIR and i.prijs > 2 * laagste:
            meldingen.append(
                f"De prijs van {i.aanbieder} is meer dan twee keer de laagste en krijgt nul punten."
            )
    return meldingen


def _list_afrondingen(standen: Sequence[Gescoord]) -> list[str]:
    """Per pair what rounding did to it. Only rounding per criterion can turn a pair round."""
    if not standen or standen[0].opdracht.afronding.moment == "weergave":
        return []
    totalen = sorted((stand.aanbieder, stand.exact, stand.count_totaal()) for stand in standen)
    if standen[0].opdracht.afronding.moment == "eind":
        naar_geteld = sorted(totalen, key=lambda totaal: totaal[2])
        gelijken = [list(groep) for _, groep in groupby(naar_geteld, key=lambda totaal: totaal[2])]
        paren = sorted(paar for groep in gelijken for paar in combinations(groep, 2))
    else:
        paren = _list_dichtbij(totalen)
    meldingen: list[str] = []
    for (naam, exact, geteld), (ander, ander_exact, ander_geteld) in paren:
        if geteld == ander_geteld and exact != ander_exact:
            namen = _show_namen((naam, ander))
            meldingen.append(f"Door afronding staan {namen} gelijk; onafgerond zijn de totalen verschillend.")
        elif (geteld - ander_geteld) * (exact - ander_exact) < 0 or (
            exact == ander_exact and geteld != ander_geteld
        ):
            namen = _show_namen((naam, ander))
            meldingen.append(f"Door afronding is de volgorde van {namen} anders dan onafgerond.")
    return meldingen


Totaal = tuple[str, Fraction, Fraction]
"""Who, with the exact total and the total that counts."""


def _list_dichtbij(totalen: Sequence[Totaal]) -> list[tuple[Totaal, Totaal]]:
    """The pairs whose exact totals lie so near that rounding can have changed their order, by name.

    Rounding moved no total further than `speling` against another, so pairs that lie further apart are in order.
    """
    verschoven = [geteld - exact for _, exact, geteld in totalen]
    speling = max(verschoven) - min(verschoven)
    op_exact = sorted(totalen, key=lambda totaal: totaal[1])
    paren: list[tuple[Totaal, Totaal]] = []
    for plaats, lager in enumerate(op_exact):
        for hoger in islice(op_exact, plaats + 1, None):
            if hoger[1] - lager[1] > speling:
                break
            paren.append((min(lager, hoger), max(lager, hoger)))
    return sorted(paren)

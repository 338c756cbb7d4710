"""Reading a ranking assignment from its JSON form: the only door, refusing what does not fit.

Not the reckoning (`rangschikking`). The criteria are read by `criteria_inlezen`.

Grondslag: docs/methodiek/rangorde.md; Aw 2012 art. 2.114-2.115; Wmo real price as lower limit (`ondergrens`).
Must stay true: all faults come at once, each with its place; nothing missing ever becomes nought.
Trap: a bid that was declared invalid may lack scores and a price; every other bid may not.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from aanbesteding.domain.rangorde.criteria_inlezen import Criterialezer
from aanbesteding.domain.rangorde.getal import show_invoer
from aanbesteding.domain.rangorde.lezer import Lezer
from aanbesteding.domain.rangorde.opdracht import (
    VERHOUDINGSFORMULES,
    Afronding,
    BijUitval,
    Inschrijving,
    Kwaliteitscriterium,
    Methode,
    Moment,
    Rangordeopdracht,
)
from aanbesteding.errors import InvoerError

SLEUTELS = (
    "methode",
    "criteria",
    "inschrijvingen",
    "maximum_aanbieders",
    "reservelijst",
    "gelijke_stand",
    "loting",
    "bij_uitval",
    "uitgevallen",
    "afronding",
    "totaalgewicht",
    "minimum_totaal",
    "ondergrens",
    "lage_prijs",
)
MOMENTEN: dict[str, Moment] = {"eind": "eind", "per_criterium": "per_criterium", "weergave": "weergave"}
BIJ_UITVAL: dict[str, BijUitval] = {"rangorde_blijft": "rangorde_blijft", "herberekenen": "herberekenen"}
MAXIMUM_DECIMALEN = 10


def parse_opdracht(data: Mapping[str, object]) -> Rangordeopdracht:
    """Read the JSON form; raises InvoerError with every fault at once."""
    lezer = Lezer()
    inhoud = lezer.read_object("bestand", data, SLEUTELS)
    keuze = lezer.read_keuze("methode", inhoud.get("methode"), tuple(Methode))
    methode = Methode(keuze) if keuze else None
    criteria = Criterialezer(lezer, methode)
    criteria.read_criteria(inhoud.get("criteria"))
    totaalgewicht = lezer.read_getal_of_niets("totaalgewicht", inhoud.get("totaalgewicht"))
    _check_methode(lezer, methode, criteria, totaalgewicht)
    uitval = None if inhoud.get("bij_uitval") is None else inhoud["bij_uitval"]
    bij_uitval = None if uitval is None else lezer.read_keuze("bij_uitval", uitval, tuple(BIJ_UITVAL))
    opmerkingen = criteria.opmerkingen
    lage_prijs = _read_lage_prijs(lezer, inhoud.get("lage_prijs"))
    opdracht = Rangordeopdracht(
        methode=methode or Methode.GEWOGEN_FACTOR,
        kwaliteit=tuple(criteria.kwaliteit),
        prijs=criteria.prijs,
        inschrijvingen=_read_inschrijvingen(lezer, inhoud.get("inschrijvingen"), methode, criteria),
        afronding=_read_afronding(lezer, inhoud.get("afronding"), methode),
        totaalgewicht=Fraction(100) if totaalgewicht is None else totaalgewicht,
        maximum_aanbieders=lezer.read_aantal("maximum_aanbieders", inhoud.get("maximum_aanbieders"), 1),
        reservelijst=lezer.read_aantal("reservelijst", inhoud.get("reservelijst"), 1),
        gelijke_stand=lezer.read_teksten("gelijke_stand", inhoud.get("gelijke_stand")),
        loting=None if inhoud.get("loting") is None else lezer.read_teksten("loting", inhoud["loting"]),
        bij_uitval=BIJ_UITVAL[bij_uitval] if bij_uitval else None,
        uitgevallen=lezer.read_teksten("uitgevallen", inhoud.get("uitgevallen")),
        minimum_totaal=lezer.read_getal_of_niets("minimum_totaal", inhoud.get("minimum_totaal")),
        ondergrens=lezer.read_getal_of_niets("ondergrens", inhoud.get("ondergrens")),
        lage_prijs_drempel=lage_prijs,
        opmerkingen=tuple(opmerkingen),
    )
    if methode is not None:
        _check_samenhang(lezer, opdracht, bij_uitval_genoemd=uitval is not None)
    if lezer.fouten:
        raise InvoerError(lezer.fouten)
    return opdracht


def _check_methode(
    lezer: Lezer, methode: Methode | None, criteria: Criterialezer, totaalgewicht: Fraction | None
) -> None:
    kwaliteit, prijs = criteria.kwaliteit, criteria.prijs
    if methode is Methode.GEEN_CRITERIA:
        if kwaliteit or prijs:
            lezer.note(
                "criteria", "geen_criteria kent geen criteria; haal ze weg of kies een andere methode."
            )
        return
    if methode is Methode.VAST_TARIEF and prijs:
        lezer.note("criteria", "vast_tarief kent geen prijscriterium; haal het weg of kies gewogen_factor.")
    if methode is Methode.GEWOGEN_FACTOR and not prijs:
        lezer.note(
            "criteria", "gewogen_factor vraagt een prijscriterium; kies vast_tarief als de prijs vaststaat."
        )
    if methode in (Methode.VAST_TARIEF, Methode.GUNNEN_OP_WAARDE) and not kwaliteit:
        lezer.note("criteria", f"{methode} vraagt ten minste één kwaliteitscriterium.")
    if methode in (Methode.VAST_TARIEF, Methode.GEWOGEN_FACTOR):
        _check_gewichten(lezer, criteria, totaalgewicht)


def _check_gewichten(lezer: Lezer, criteria: Criterialezer, totaalgewicht: Fraction | None) -> None:
    gewichten = [criterium.gewicht for criterium in criteria.kwaliteit]
    gewichten += [criteria.prijs.gewicht] if criteria.prijs else []
    if not gewichten or not criteria.gewichten_leesbaar:
        return
    if totaalgewicht is None and criteria.methode is Methode.VAST_TARIEF and len(gewichten) == 1:
        return
    totaal = Fraction(100) if totaalgewicht is None else totaalgewicht
    som = sum(gewichten, Fraction(0))
    if som != totaal:
        lezer.note(
            "criteria",
            f"de gewichten zijn samen {show_invoer(som)} en niet {show_invoer(totaal)}; "
            "pas ze aan of noem het aangekondigde totaalgewicht.",
        )


def _read_afronding(lezer: Lezer, waarde: object, methode: Methode | None) -> Afronding:
    if waarde is None:
        if methode is not Methode.GEEN_CRITERIA:
            lezer.note("afronding", 'ontbreekt; kondig aan hoe, zoals {"decimalen": 3, "moment": "eind"}.')
        return Afronding(0, "eind")
    data = lezer.read_object("afronding", waarde, ("decimalen", "moment"))
    decimalen = lezer.read_aantal("afronding.decimalen", data.get("decimalen"), 0, MAXIMUM_DECIMALEN)
    if data.get("decimalen") is None:
        lezer.note("afronding.decimalen", "ontbreekt; noem het aantal decimalen.")
    moment = lezer.read_keuze("afronding.moment", data.get("moment"), tuple(MOMENTEN))
    return Afronding(decimalen or 0, MOMENTEN[moment] if moment else "eind")


def _read_lage_prijs(lezer: Lezer, waarde: object) -> Fraction | None:
    if waarde is None:
        return None
    data = lezer.read_object("lage_prijs", waarde, ("drempel",))
    drempel = lezer.read_getal("lage_prijs.drempel", data.get("drempel"))
    if drempel is not None and not 0 < drempel < 100:
        lezer.note("lage_prijs.drempel", "is een percentage onder de mediaan, tussen 0 en 100.")
    return drempel


def _read_inschrijvingen(
    lezer: Lezer, waarde: object, methode: Methode | None, criteria: Criterialezer
) -> tuple[Inschrijving, ...]:
    bladen = [blad for criterium in criteria.kwaliteit for blad in criterium.list_bladen()]
    gelezen: list[Inschrijving] = []
    genoemd: set[str] = set()
    for nummer, deel in enumerate(lezer.read_lijst("inschrijvingen", waarde), 1):
        plaats = f"inschrijvingen[{nummer}]"
        data = lezer.read_object(plaats, deel, ("aanbieder", "scores", "prijs", "ongeldig"))
        aanbieder = lezer.read_tekst(f"{plaats}.aanbieder", data.get("aanbieder"))
        if aanbieder is not None:
            plaats = f"inschrijving {aanbieder}"
            if aanbieder in genoemd:
                lezer.note(plaats, "komt meer dan één keer voor; een inschrijver doet één inschrijving.")
            genoemd.add(aanbieder)
        ongeldig = data.get("ongeldig")
        reden = None if ongeldig is None else lezer.read_tekst(f"{plaats}.ongeldig", ongeldig)
        scores = _read_scores(lezer, plaats, data.get("scores"), bladen, volledig=ongeldig is None)
        prijs = _read_prijs(lezer, plaats, data.get("prijs"), methode, criteria, verplicht=ongeldig is None)
        gelezen.append(Inschrijving(aanbieder or "", scores, prijs, reden))
    return tuple(gelezen)


def _read_scores(
    lezer: Lezer, plaats: str, waarde: object, bladen: list[Kwaliteitscriterium], volledig: bool
) -> dict[str, Fraction]:
    data = lezer.read_object(
        f"{plaats}.scores", {} if waarde is None else waarde, [blad.code for blad in bladen]
    )
    scores: dict[str, Fraction] = {}
    for blad in bladen:
        if data.get(blad.code) is None:
            if volledig:
                lezer.note(plaats, f"de score voor {blad.code} ontbreekt; vul haar in.")
            continue
        score = lezer.read_getal(f"{plaats}.scores.{blad.code}", data[blad.code])
        if score is None:
            continue
        scores[blad.code] = score
        if blad.schaal is not None and not blad.schaal.allows(score):
            lezer.note(
                f"{plaats}.scores.{blad.code}",
                f"{show_invoer(score)} staat niet op de schaal ({_show_schaal(blad)}).",
            )
    return scores


def _show_schaal(blad: Kwaliteitscriterium) -> str:
    if blad.schaal is None:
        return "onbekend"
    if blad.schaal.punten and not blad.schaal.tussenscores:
        return ", ".join(show_invoer(punt.score) for punt in blad.schaal.punten)
    return f"{show_invoer(blad.schaal.min)} tot en met {show_invoer(blad.schaal.max)}"


def _read_prijs(
    lezer: Lezer,
    plaats: str,
    waarde: object,
    methode: Methode | None,
    criteria: Criterialezer,
    verplicht: bool,
) -> Fraction | None:
    prijs = lezer.read_getal_of_niets(f"{plaats}.prijs", waarde)
    if methode in (Methode.VAST_TARIEF, Methode.GEEN_CRITERIA):
        if prijs is not None:
            criteria.opmerkingen.append(f"{plaats}: de prijs telt bij {methode} niet mee.")
        return None
    if waarde is None and verplicht and methode is not None:
        lezer.note(plaats, "de prijs ontbreekt; vul haar in.")
    if prijs is not None and prijs <= 0:
        formule = criteria.prijs.formule if criteria.prijs else None
        if formule in VERHOUDINGSFORMULES:
            lezer.note(
                f"{plaats}.prijs", f"{show_invoer(prijs)} kan niet bij {formule}; de prijs is groter dan nul."
            )
        else:
            criteria.opmerkingen.append(f"{plaats}: de prijs is {show_invoer(prijs)}; ga na of dat klopt.")
    return prijs


def _check_samenhang(lezer: Lezer, opdracht: Rangordeopdracht, bij_uitval_genoemd: bool) -> None:
    if opdracht.hangt_af_van_anderen and not bij_uitval_genoemd:
        lezer.note(
            "bij_uitval",
            "ontbreekt; de prijsformule hangt af van andere inschrijvingen: "
            "kies rangorde_blijft of herberekenen.",
        )
    if opdracht.methode is Methode.GEEN_CRITERIA:
        for sleutel, waarde in (
            ("maximum_aanbieders", opdracht.maximum_aanbieders),
            ("minimum_totaal", opdracht.minimum_totaal),
        ):
            if waarde is not None:
                lezer.note(sleutel, "kan niet bij geen_criteria: wie aan de eisen voldoet wordt gegund.")
    if opdracht.methode in (Methode.VAST_TARIEF, Methode.GEEN_CRITERIA):
        for sleutel, waarde in (
            ("ondergrens", opdracht.ondergrens),
            ("lage_prijs", opdracht.lage_prijs_drempel),
        ):
            if waarde is not None:
                lezer.note(
                    sleutel, f"heeft geen betekenis bij {opdracht.methode}; er is geen prijs om te toetsen."
                )
    if opdracht.reservelijst is not None and opdracht.maximum_aanbieders is None:
        lezer.note(
            "reservelijst", "kan alleen als er een maximum_aanbieders is; zonder maximum is niemand reserve."
        )
    aanbieders = {inschrijving.aanbieder for inschrijving in opdracht.inschrijvingen}
    for sleutel, namen in (("uitgevallen", opdracht.uitgevallen), ("loting", opdracht.loting or ())):
        for naam in namen:
            if naam not in aanbieders:
                lezer.note(sleutel, f"'{naam}' is geen inschrijver; controleer de naam.")
    _check_gelijke_stand(lezer, opdracht)


def _check_gelijke_stand(lezer: Lezer, opdracht: Rangordeopdracht) -> None:
    codes = {blad.code for blad in opdracht.list_bladen()} | {
        criterium.code for criterium in opdracht.kwaliteit
    }
    if opdracht.prijs is not None and not opdracht.laagste_wint:
        codes.add(opdracht.prijs.code)
    for regel in opdracht.gelijke_stand:
        soort, _, code = regel.partition(":")
        if regel in ("hoogste_kwaliteit", "loting"):
            continue
        if soort != "hoogste":
            lezer.note(
                "gelijke_stand", f"'{regel}' kan niet; kies uit hoogste_kwaliteit, hoogste:CODE, loting."
            )
        elif code not in codes:
            lezer.note("gelijke_stand", f"'{regel}': {code or 'een lege code'} is geen criterium met punten.")
    if "loting" in opdracht.gelijke_stand[:-1]:
        lezer.note("gelijke_stand", "na loting valt er niets meer te beslissen; zet loting als laatste.")
    if opdracht.loting is not None and "loting" not in opdracht.gelijke_stand:
        lezer.note("loting", "er is een trekking vastgelegd, maar loting staat niet in gelijke_stand.")

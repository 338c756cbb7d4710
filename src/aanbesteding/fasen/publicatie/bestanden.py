"""From workbooks to input: questions and bids, with every fault of every sheet at once.

The faults of bids are asked for by a rule too, so that a bid entered by hand is judged alike.

Must stay true: nothing here records or seals; a faulty workbook gives no input at all.
Trap: one organisation bids once per perceel; it is recognised by its KvK number or by its key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aanbesteding.domain.feiten import Bijdrage
from aanbesteding.domain.inschrijvingen import list_ontvangen
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.toewijzing import wordt_verdeeld
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.publicatie.feiten import (
    list_inschrijvingen,
    list_percelen,
    list_vragen,
    load_uitwerking,
)
from aanbesteding.fasen.publicatie.invoer import (
    Eisregel,
    Inschrijverregel,
    InschrijvingenRegistreren,
    OntvangenInschrijving,
    Perceelaanbod,
    Perceelregel,
    Vraagregel,
    VragenRegistreren,
)


def build_vragen(bladen: Mapping[str, tuple[Any, ...]], s: Situatie[None]) -> VragenRegistreren:
    """Questions of a workbook as input; InvoerError when a number is used twice."""
    vragen: tuple[Vraagregel, ...] = bladen["vragen"]
    if fouten := list_vraagfouten(vragen, s):
        raise InvoerError(fouten)
    if not vragen:
        raise InvoerError(["Blad 'vragen': er staan geen vragen in. Vul ten minste één regel."])
    return VragenRegistreren(vragen=vragen)


def list_vraagfouten(vragen: tuple[Vraagregel, ...], s: Situatie[Any]) -> list[str]:
    """Sentences for numbers that are used twice, in these rows or in the dossier."""
    gezien = set(list_vragen(s.dossier))
    fouten: list[str] = []
    for vraag in vragen:
        if vraag.nummer in gezien:
            fouten.append(f"Vraag {vraag.nummer}: dit nummer is al gebruikt. Geef de vraag een eigen nummer.")
        gezien.add(vraag.nummer)
    return fouten


def build_inschrijvingen(
    bladen: Mapping[str, tuple[Any, ...]], s: Situatie[None]
) -> InschrijvingenRegistreren:
    """Bids of a workbook as input; InvoerError with every fault of all three sheets."""
    inschrijvers: tuple[Inschrijverregel, ...] = bladen["inschrijvers"]
    percelen: tuple[Perceelregel, ...] = bladen["percelen"]
    eisen: tuple[Eisregel, ...] = bladen["eisen"]
    fouten = _list_verwijsfouten(inschrijvers, percelen, eisen)
    antwoorden: dict[tuple[str, str], dict[str, str]] = {}
    bijdragen: dict[tuple[str, str], list[Bijdrage]] = {}
    namen = {r.nummer: r.naam for r in inschrijvers}
    for regel in eisen:
        try:
            inbreng = parse_aantallen(regel, namen.get(regel.nummer, regel.nummer))
            bijdragen.setdefault((regel.nummer, regel.perceel), []).extend(inbreng)
        except ValueError:
            fouten.append(
                f"Blad 'eisen': inschrijving {regel.nummer}, perceel {regel.perceel}, eis {regel.eis}: "
                f"'{regel.aantallen}' kan niet. Vul een heel getal in, of per lid 'naam: getal; naam: getal'."
            )
        eigen = antwoorden.setdefault((regel.nummer, regel.perceel), {})
        if regel.eis in eigen:
            fouten.append(
                f"Blad 'eisen': eis {regel.eis} staat voor inschrijving {regel.nummer}, perceel "
                f"{regel.perceel} meer dan één keer. Laat één regel staan."
            )
        eigen[regel.eis] = regel.antwoord
    aanbod: dict[str, list[Perceelaanbod]] = {}
    for regel in percelen:
        aanbod.setdefault(regel.nummer, []).append(
            Perceelaanbod(
                perceel=regel.perceel,
                producten=tuple(regel.producten.replace(",", " ").split()),
                antwoorden=antwoorden.get((regel.nummer, regel.perceel), {}),
                prijs=regel.prijs,
                bijdragen=tuple(bijdragen.get((regel.nummer, regel.perceel), ())),
            )
        )
    biedingen: list[OntvangenInschrijving] = []
    for regel in inschrijvers:
        try:
            onderneming = regel.make_onderneming()
        except ValueError:
            fouten.append(
                f"Blad 'inschrijvers', {regel.nummer}: sleutel, adres, e-mail of grootte heeft niet de goede "
                "vorm. Controleer de postcode (1234 AB), het e-mailadres en de grootte (micro, klein, "
                "middelgroot of groot)."
            )
            continue
        biedingen.append(
            OntvangenInschrijving(
                nummer=regel.nummer,
                aanbieder=onderneming,
                ontvangen=regel.ontvangen,
                percelen=tuple(aanbod.get(regel.nummer, ())),
            )
        )
    fouten += list_inschrijffouten(tuple(biedingen), s)
    if not inschrijvers:
        fouten.append("Blad 'inschrijvers': er staan geen inschrijvingen in. Vul ten minste één regel.")
    if fouten:
        raise InvoerError(fouten)
    return InschrijvingenRegistreren(inschrijvingen=tuple(biedingen))


def parse_aantallen(regel: Eisregel, inschrijver: str) -> list[Bijdrage]:
    """The numbers of a cell: one for the bidder itself, or per member 'name: number; name: number'. Or ValueError."""
    delen = [d.strip() for d in regel.aantallen.split(";") if d.strip()]
    if len(delen) == 1 and ":" not in delen[0]:
        delen = [f"{inschrijver}: {delen[0]}"]
    gesplitst = [deel.rpartition(":") for deel in delen]
    return [Bijdrage(eis=regel.eis, lid=lid.strip(), aantal=int(aantal)) for lid, _, aantal in gesplitst]


def _list_verwijsfouten(
    inschrijvers: tuple[Inschrijverregel, ...],
    percelen: tuple[Perceelregel, ...],
    eisen: tuple[Eisregel, ...],
) -> list[str]:
    """Rows that point at a bid, or at a perceel of a bid, that is not in the workbook."""
    nummers = {r.nummer for r in inschrijvers}
    paren = {(r.nummer, r.perceel) for r in percelen}
    fouten = [
        f"Blad 'percelen': inschrijving {r.nummer} staat niet op blad 'inschrijvers'. Verbeter het nummer."
        for r in percelen
        if r.nummer not in nummers
    ]
    gemeld: set[tuple[str, str]] = set()
    for r in eisen:
        if (r.nummer, r.perceel) not in paren and (r.nummer, r.perceel) not in gemeld:
            gemeld.add((r.nummer, r.perceel))
            fouten.append(
                f"Blad 'eisen': inschrijving {r.nummer} heeft geen regel voor perceel {r.perceel} op blad "
                "'percelen'. Voeg die toe of haal de eisen weg."
            )
    return fouten


def list_inschrijffouten(biedingen: tuple[OntvangenInschrijving, ...], s: Situatie[Any]) -> list[str]:
    """Every way in which bids do not fit the tender, as Dutch sentences."""
    eerder = list_inschrijvingen(s.dossier)
    nummers = {i.nummer for i in list_ontvangen(s.dossier)}
    bezet: dict[tuple[str, str], str] = {}
    for i in eerder:
        for perceel in i.percelen:
            bezet[(i.aanbieder.kvk, perceel)] = i.nummer
            bezet[(i.aanbieder.sleutel, perceel)] = i.nummer
    fouten: list[str] = []
    for bod in biedingen:
        if bod.nummer in nummers:
            fouten.append(f"Inschrijving {bod.nummer}: dit nummer is al gebruikt. Geef een ander nummer.")
        nummers.add(bod.nummer)
        if not bod.percelen:
            fouten.append(f"Inschrijving {bod.nummer}: er is geen perceel genoemd. Voeg een perceel toe.")
        for aanbod in bod.percelen:
            sleutels = ((bod.aanbieder.kvk, aanbod.perceel), (bod.aanbieder.sleutel, aanbod.perceel))
            ander = next((bezet[k] for k in sleutels if k in bezet), None)
            if ander is not None:
                fouten.append(
                    f"Inschrijving {bod.nummer}: {bod.aanbieder.naam} heeft zich voor perceel "
                    f"{aanbod.perceel} al ingeschreven ({ander}). Een onderneming schrijft per perceel "
                    "één keer in."
                )
            bezet.update(dict.fromkeys(sleutels, bod.nummer))
            fouten += _list_aanbodfouten(bod.nummer, aanbod, s)
    return fouten


def _list_aanbodfouten(nummer: str, aanbod: Perceelaanbod, s: Situatie[Any]) -> list[str]:
    waar = f"Inschrijving {nummer}, perceel {aanbod.perceel}"
    if aanbod.perceel not in list_percelen(s):
        return [f"{waar}: dit perceel neemt niet deel. Percelen: {', '.join(list_percelen(s))}."]
    uitwerking = load_uitwerking(s, aanbod.perceel)
    if uitwerking is None:
        return [f"{waar}: dit perceel is niet uitgewerkt."]
    producten = {p.code: p for p in uitwerking.producten}
    fouten: list[str] = []
    if not aanbod.producten:
        fouten.append(f"{waar}: er is geen product genoemd. Kies uit {', '.join(producten)}.")
    if dubbel := sorted({c for c in aanbod.producten if aanbod.producten.count(c) > 1}):
        fouten.append(f"{waar}: product {', '.join(dubbel)} staat er meer dan één keer. Noem het één keer.")
    fouten += [
        f"{waar}: product {code} bestaat niet in dit perceel. Kies uit {', '.join(producten)}."
        for code in aanbod.producten
        if code not in producten
    ]
    eisen = {e.code for e in uitwerking.eisen}
    for code, antwoord in aanbod.antwoorden.items():
        if code not in eisen:
            fouten.append(f"{waar}: eis {code} bestaat niet in dit perceel. Verbeter de code.")
        if antwoord not in ("ja", "nee", ""):
            fouten.append(f"{waar}, eis {code}: '{antwoord}' kan niet. Toegestaan: ja, nee of leeg.")
    met_minimum = {e.code for e in uitwerking.eisen if e.minimum}
    fouten += [
        f"{waar}, eis {code}: bij deze eis hoort geen aantal. Haal het aantal weg."
        for code in dict.fromkeys(b.eis for b in aanbod.bijdragen)
        if code not in met_minimum
    ]
    leden = [(b.eis, b.lid.casefold()) for b in aanbod.bijdragen]
    if dubbel := sorted({b.lid for b in aanbod.bijdragen if leden.count((b.eis, b.lid.casefold())) > 1}):
        fouten.append(f"{waar}: lid {', '.join(dubbel)} staat er meer dan één keer. Noem elk lid één keer.")
    if wordt_verdeeld(s.dossier) and (mist := [c for c in producten if c not in aanbod.producten]):
        fouten.append(
            f"{waar}: product {', '.join(mist)} ontbreekt. In dit perceel levert één aanbieder of samenwerkingsverband "
            "alles; schrijf op elk product in."
        )
    vrij = [c for c in aanbod.producten if c in producten and producten[c].vrije_prijs]
    if vrij and aanbod.prijs is None:
        fouten.append(f"{waar}: de prijs voor product {vrij[0]} ontbreekt. Vul de prijs in.")
    if not vrij and aanbod.prijs is not None:
        fouten.append(f"{waar}: hier geldt een vast tarief, een prijs mag niet. Haal de prijs weg.")
    if aanbod.prijs is not None and aanbod.prijs <= 0:
        fouten.append(f"{waar}: een prijs van {aanbod.prijs} kan niet. Vul een bedrag boven nul in.")
    return fouten

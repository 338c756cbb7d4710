"""From what was typed to the input of an act: Dutch numbers, dates and times, then the model's own judgment.

Must stay true: a number that can be read in two ways is a fault, never a guess; a time that does not exist or
exists twice (summer time) is a fault too. Every fault has the name of its field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.invoerfouten import describe_oorzaak
from aanbesteding.web.formulier.boom import Boom, branch, first, prune, rows, texts
from aanbesteding.web.formulier.vorm import Soort, Vorm, find_vorm, is_verplicht

Fouten = dict[str, list[str]]
"""Name of a field → what is wrong with it; the empty name is the form as a whole."""

DUIZENDTALLEN = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+")
WEG = object()


@dataclass(frozen=True)
class Ontleed:
    """The tree without empty rows, the input when there is no fault, and the faults."""

    boom: Boom
    invoer: BaseModel | None
    fouten: Fouten


class Onleesbaar(ValueError):
    """A text that cannot be read as what it should be; the message is a Dutch sentence."""


def parse(model: type[BaseModel], boom: Boom) -> Ontleed:
    """Read a sent form as this model."""
    boom = prune(model, boom)
    fouten: Fouten = {}
    gegevens = _read_model(model, boom, "", fouten)
    invoer = None
    try:
        invoer = model.model_validate(gegevens)
    except ValidationError as fout:
        for deel in sorted(fout.errors(), key=lambda deel: -len(deel["loc"])):
            naam = ".".join(str(d) for d in deel["loc"])
            dieper = any(bekend.startswith(f"{naam}.") for bekend in fouten)
            if naam not in fouten and not (deel["type"] == "too_short" and dieper):
                fouten[naam] = [_describe(deel)]
    return Ontleed(boom, None if fouten else invoer, fouten)


def _describe(deel: ErrorDetails) -> str:
    if deel["type"] in ("missing", "string_too_short"):
        return "Vul dit in."
    if deel["type"] == "too_short":
        return f"Vul hier ten minste {deel.get('ctx', {}).get('min_length', 1)} in."
    tekst = describe_oorzaak(deel)
    return tekst[:1].upper() + tekst[1:].rstrip(".") + "."


def _read_model(model: type[BaseModel], boom: Boom, pad: str, fouten: Fouten) -> dict[str, Any]:
    gegevens: dict[str, Any] = {}
    for naam, veld in model.model_fields.items():
        vorm = find_vorm(naam, veld)
        try:
            waarde = _read(vorm, boom, naam, f"{pad}{naam}", fouten)
        except Onleesbaar as fout:
            fouten[f"{pad}{naam}"] = [str(fout)]
            continue
        if waarde == "" and not is_verplicht(veld, vorm) and veld.is_required() and not vorm.optioneel:
            gegevens[naam] = ""
        elif waarde is not WEG and waarde != "":
            gegevens[naam] = waarde
        elif vorm.optioneel:
            gegevens[naam] = None
    return gegevens


def _read(vorm: Vorm, boom: Boom, naam: str, pad: str, fouten: Fouten) -> Any:
    """The value at one name; WEG or an empty text when nothing was filled in."""
    if vorm.soort is Soort.GROEP and vorm.model:
        return _read_model(vorm.model, branch(boom, naam), f"{pad}.", fouten)
    if vorm.soort is Soort.RIJEN and vorm.model:
        return [
            _read_model(vorm.model, rij, f"{pad}.{nummer}.", fouten)
            for nummer, rij in enumerate(rows(boom, naam))
        ]
    if vorm.soort is Soort.PAREN:
        return _read_paren(vorm, rows(boom, naam))
    if vorm.soort is Soort.VAST:
        return texts(boom, naam) or WEG
    if vorm.soort is Soort.TEKSTEN:
        return texts(boom, naam)
    tekst = first(boom, naam)
    lezer = LEZERS.get(vorm.soort)
    return (
        lezer(tekst)
        if tekst and lezer
        else tekst
        if vorm.soort in (Soort.TEKST, Soort.LANG)
        else tekst or WEG
    )


def _read_paren(vorm: Vorm, rijen: Iterable[Boom]) -> dict[str, Any]:
    paren: dict[str, Any] = {}
    for rij in rijen:
        sleutel, waarde = first(rij, "sleutel"), first(rij, "waarde")
        if sleutel in paren:
            raise Onleesbaar(f"'{sleutel}' staat er twee keer.")
        delen = [deel.strip() for deel in waarde.split(",") if deel.strip()]
        paren[sleutel] = waarde if vorm.waarde_soort is Soort.TEKST else delen
    return paren


def read_getal(tekst: str) -> int:
    """A whole number."""
    if not re.fullmatch(r"[+-]?[0-9]{1,15}", tekst):
        raise Onleesbaar("Hier hoort een geheel getal, zonder punten of komma's.")
    return int(tekst)


def read_decimaal(tekst: str) -> Decimal:
    """A Dutch number: 1.234,56 or 1234,56; a point alone must not look like a thousand."""
    kaal = tekst.replace(" ", "").replace("\u00a0", "").removeprefix("€")
    if "," in kaal:
        heel, _, deel = kaal.partition(",")
        if "." in heel and not DUIZENDTALLEN.fullmatch(heel):
            raise Onleesbaar("Dit is geen getal. Schrijf bijvoorbeeld 1234,56.")
        kaal = f"{heel.replace('.', '')}.{deel}"
    elif DUIZENDTALLEN.fullmatch(kaal):
        raise Onleesbaar(
            f"'{tekst}' kan twee dingen betekenen. Schrijf {kaal.replace('.', '')} of {kaal.replace('.', ',')}."
        )
    try:
        getal = Decimal(kaal) if re.fullmatch(r"-?[0-9]{1,20}(\.[0-9]{1,10})?", kaal) else None
    except InvalidOperation:
        getal = None
    if getal is None:
        raise Onleesbaar("Hier hoort een getal, bijvoorbeeld 1234,56.")
    return getal


def read_datum(tekst: str) -> date:
    """A date: 2026-04-14 or 14-4-2026."""
    nl = re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", tekst)
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", tekst)
    try:
        if nl:
            return date(int(nl[3]), int(nl[2]), int(nl[1]))
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        raise Onleesbaar("Deze datum bestaat niet.") from None
    raise Onleesbaar("Hier hoort een datum, bijvoorbeeld 14-04-2026.")


def read_moment(tekst: str) -> datetime:
    """A moment in Dutch time: 2026-04-14T12:00 or 14-4-2026 12.00."""
    delen = re.fullmatch(r"(\S+?)[T ]+([0-9]{1,2})[:.]([0-9]{2})(?:[:.][0-9]{2})?(?: uur)?", tekst)
    if not delen:
        raise Onleesbaar("Hier hoort een dag en een tijd, bijvoorbeeld 14-04-2026 12:00.")
    dag, uur, minuut = read_datum(delen[1]), int(delen[2]), int(delen[3])
    if uur > 23 or minuut > 59:
        raise Onleesbaar("Deze tijd bestaat niet.")
    moment = datetime(dag.year, dag.month, dag.day, uur, minuut, tzinfo=TIJDZONE)
    if moment.astimezone(UTC).astimezone(TIJDZONE).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise Onleesbaar("Deze tijd bestaat niet: de klok gaat dan een uur vooruit. Kies een andere tijd.")
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():
        raise Onleesbaar("Deze tijd is er twee keer: de klok gaat dan een uur terug. Kies een andere tijd.")
    return moment


def read_ja_nee(tekst: str) -> bool:
    """Yes or no."""
    if tekst not in ("ja", "nee"):
        raise Onleesbaar("Kies ja of nee.")
    return tekst == "ja"


LEZERS = {
    Soort.GETAL: read_getal,
    Soort.DECIMAAL: read_decimaal,
    Soort.DATUM: read_datum,
    Soort.MOMENT: read_moment,
    Soort.JA_NEE: read_ja_nee,
}

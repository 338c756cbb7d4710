"""`aanbesteding rangorde BESTAND.json [--json] [--proef]`: rank a file, or rehearse it before publication.

Stand-alone: reads one file, writes nothing, opens no dossier. The arithmetic is `domain.rangorde`.

Must stay true: wrong input ends with exit code 2 and every fault, never with a traceback; no float ever
arises, also not from a JSON number.
Trap: a key that stands twice in one object would silently lose the first value; it is refused.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from aanbesteding.domain.rangorde import (
    Proef,
    Uitslag,
    Verdelingsuitslag,
    build_proef,
    divide_percelen,
    parse_opdracht,
    parse_verdeling,
    rank_inschrijvingen,
)
from aanbesteding.domain.rangorde.lezer import cite
from aanbesteding.domain.rangorde.omkering import show_inschrijving
from aanbesteding.domain.rangorde.verdeling import REDENEN
from aanbesteding.errors import InvoerError

LANGSTE_HEEL_GETAL = 20


def register(app: typer.Typer) -> None:
    """Mount the command on the application."""
    app.command("rangorde")(rangorde)


def rangorde(
    bestand: Annotated[Path, typer.Argument(help="JSON-bestand met criteria en inschrijvingen.")],
    json_uit: Annotated[bool, typer.Option("--json", help="Geef de uitkomst als JSON.")] = False,
    proef: Annotated[bool, typer.Option("--proef", help="Beproef de regels vóór publicatie.")] = False,
) -> None:
    """Bereken de rangorde van de inschrijvingen in een bestand, of beproef de regels.

    Een bestand met de sleutel percelen verdeelt meer percelen, in de aangekondigde volgorde. Inschrijvingen op
    samengestelde percelen (combinatiebiedingen) rekent het programma niet.
    """
    try:
        inhoud = load_bestand(bestand)
        if "percelen" in inhoud:
            typer.echo(_divide(inhoud, json_uit, proef))
            return
        opdracht = parse_opdracht(inhoud)
        if proef:
            bevindingen = build_proef(opdracht)
            typer.echo(_show_json(bevindingen.to_json()) if json_uit else show_proef(bevindingen))
        else:
            uitslag = rank_inschrijvingen(opdracht)
            typer.echo(_show_json(uitslag.to_json()) if json_uit else show_uitslag(uitslag))
    except InvoerError as fout:
        for melding in fout.fouten:
            typer.echo(melding.encode("utf-8", "replace").decode(), err=True)
        raise typer.Exit(fout.exit_code) from fout


def _divide(inhoud: Mapping[str, object], json_uit: bool, proef: bool) -> str:
    if proef:
        raise InvoerError(["--proef: beproef elk perceel apart, met een bestand zonder de sleutel percelen."])
    uitslag = divide_percelen(parse_verdeling(inhoud))
    return _show_json(uitslag.to_json()) if json_uit else show_verdeling(uitslag)


def show_verdeling(uitslag: Verdelingsuitslag) -> str:
    """The division as plain lines, per perceel in the announced order."""
    regels: list[str] = []
    for deel in uitslag.verdeling.percelen:
        plaatsen = show_uitslag(uitslag.load_rangorde(deel)).splitlines()
        regels += ["", f"Perceel {deel.perceel}", *(f"  {regel}" for regel in plaatsen)]
        regels += [f"  Overgeslagen: {naam} ({reden}): {REDENEN[reden]}" for naam, reden in deel.overgeslagen]
    return "\n".join(regels[1:])


def load_bestand(bestand: Path) -> Mapping[str, object]:
    """The JSON object in a file; InvoerError when it cannot be read as one."""
    try:
        tekst = bestand.read_bytes().decode("utf-8-sig")
    except OSError as fout:
        raise InvoerError([f"{bestand.name}: niet te lezen; controleer de naam en de rechten."]) from fout
    except UnicodeDecodeError as fout:
        raise InvoerError([f"{bestand.name}: is geen UTF-8; bewaar het bestand als UTF-8."]) from fout
    if not tekst.strip():
        raise InvoerError([f"{bestand.name}: is leeg; vul de aanbesteding in."])
    try:
        inhoud: object = json.loads(
            tekst,
            object_pairs_hook=_build_object,
            parse_float=_parse_breuk,
            parse_int=_parse_heel,
            parse_constant=_refuse_constante,
        )
    except json.JSONDecodeError as fout:
        plek = f"regel {fout.lineno}, kolom {fout.colno}"
        raise InvoerError([f"{bestand.name}: geen geldige JSON ({plek}); herstel het bestand."]) from fout
    except RecursionError as fout:
        raise InvoerError(
            [f"{bestand.name}: geen geldige JSON (te diep genest); herstel het bestand."]
        ) from fout
    except ValueError as fout:
        raise InvoerError([f"{bestand.name}: geen geldige JSON ({fout}); herstel het bestand."]) from fout
    if not isinstance(inhoud, dict):
        raise InvoerError([f"{bestand.name}: bevat geen object; begin met {{."])
    return {str(sleutel): waarde for sleutel, waarde in inhoud.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def _build_object(paren: list[tuple[str, object]]) -> dict[str, object]:
    gebouwd = dict(paren)
    if len(gebouwd) < len(paren):
        namen = Counter(sleutel for sleutel, _ in paren)
        dubbel = sorted(cite(sleutel) for sleutel, aantal in namen.items() if aantal > 1)
        raise ValueError(f"sleutel staat er dubbel in: {', '.join(dubbel)}")
    return gebouwd


def _parse_heel(cijfers: str) -> int | Decimal:
    """A whole number; one of absurd length stays text-like, so that reading it costs nothing."""
    return int(cijfers) if len(cijfers) <= LANGSTE_HEEL_GETAL else Decimal(cijfers)


def _parse_breuk(cijfers: str) -> Decimal:
    try:
        return Decimal(cijfers)
    except InvalidOperation:
        raise ValueError(f"{cite(cijfers)} is te groot of te klein") from None


def _refuse_constante(naam: str) -> object:
    raise ValueError(f"{naam} is geen getal")


def _show_json(inhoud: dict[str, object]) -> str:
    return json.dumps(inhoud, ensure_ascii=False, indent=2)


def show_uitslag(uitslag: Uitslag) -> str:
    """The result as plain lines."""
    regels: list[str] = []
    for plaats in uitslag.rangorde:
        punten = ", ".join(f"{code} {waarde}" for code, waarde in plaats.punten.items())
        uitkomst = "gegund" if plaats.gegund else "reserve" if plaats.reserve else "niet gegund"
        regels.append(
            f"{plaats.rang}. {plaats.aanbieder}: {plaats.totaal} ({punten}) {uitkomst}".replace(" ()", "")
        )
    regels += [f"Afgevallen: {uit.aanbieder} ({uit.reden}): {uit.tekst}" for uit in uitslag.afgevallen]
    regels += [f"Let op: {tekst}" for tekst in uitslag.waarschuwingen]
    return "\n".join(regels)


def show_proef(proef: Proef) -> str:
    """The rehearsal as plain lines under headings."""
    regels = [
        "Proef met verzonnen inschrijvingen"
        if proef.verzonnen
        else "Proef met de inschrijvingen uit het bestand"
    ]
    regels += _show_kop("Gewicht", [criterium.tekst for criterium in proef.criteria])
    voorbeeld = [f"  {show_inschrijving(inschrijving)}" for inschrijving in proef.omkering.inschrijvingen]
    if proef.omkering.voor:
        voorbeeld.append(f"  vóór: {'; '.join(proef.omkering.voor)}")
        voorbeeld.append(f"  na:   {'; '.join(proef.omkering.na)}")
    regels += _show_kop("Omkering", [proef.omkering.tekst, *voorbeeld])
    regels += _show_kop("Afronding", proef.afronding)
    regels += _show_kop("Gelijke stand", proef.gelijke_stand)
    regels += _show_kop("Geweigerd", proef.weigering)
    regels += _show_kop("Let op", proef.waarschuwingen)
    rekenregels: list[str] = []
    for deel in proef.rekenvoorbeeld:
        rekenregels.append(f"{deel.rang}. {deel.aanbieder}")
        rekenregels += [f"  {uitleg.regel}" for uitleg in deel.uitleg]
    regels += _show_kop("Rekenvoorbeeld", rekenregels)
    return "\n".join(regels)


def _show_kop(kop: str, regels: list[str] | tuple[str, ...]) -> list[str]:
    return ["", kop, *(f"  {regel}" for regel in regels)] if regels else []

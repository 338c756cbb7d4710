"""Reads the text of a TOML file within limits, and says in Dutch where and why it is no TOML.

Must stay true: the work grows no faster than the text. tomllib walks every part of a dotted key once per part, so a
line with thousands of dots would keep it busy for minutes: how many a line may have is limited before it reads.
"""

from __future__ import annotations

import re
import tomllib
from itertools import islice
from typing import Any

from aanbesteding.errors import InvoerError
from aanbesteding.tekens import list_onzichtbaar
from aanbesteding.tomlplaats import find_laatste_veld

MAX_TEKENS = 500_000
"""The largest file of a region that travels with the package has 80,000."""
MAX_DELEN = 200
"""Dots within one line that may stand between the parts of a key; dots to fill in do not count."""
MAX_ONZICHTBAAR = 20
_DELEN = re.compile(r"\.\s*[^\s.]")

SYNTAX = (
    ("Cannot overwrite a value", "deze sleutel staat hier voor de tweede keer; laat er een staan"),
    ("Duplicate inline table key", "deze sleutel staat twee keer in dezelfde tabel; laat er een staan"),
    ("Cannot declare", "deze tabel staat hier voor de tweede keer; voeg beide samen"),
    ("Cannot redefine", "deze tabel bestaat al in een andere vorm; voeg beide samen"),
    ("Cannot mutate", "deze tabel is al afgesloten en kan niet worden aangevuld"),
    ("Expected '=' after a key", "na de naam van een veld hoort een is-teken (=)"),
    ("Expected ']", "de kop van een tabel is niet afgesloten met een vierkante haak"),
    ("Expected newline", "na de waarde staat nog iets; elk veld krijgt een eigen regel"),
    ("Expected \"'", "een tekst tussen enkele aanhalingstekens is niet afgesloten"),
    ("Unterminated string", "een tekst is niet afgesloten; er ontbreekt een aanhalingsteken"),
    (
        "Unescaped",
        "zet voor een teruggedraaide schuine streep nog een (\\\\) of gebruik enkele aanhalingstekens",
    ),
    ("Illegal character '\\n'", "een tekst is niet afgesloten; er ontbreekt een aanhalingsteken"),
    ("Found invalid character '\\n'", "een tekst is niet afgesloten; er ontbreekt een aanhalingsteken"),
    ("Illegal character", "dit teken mag hier niet staan"),
    ("Found invalid character", "dit teken mag hier niet staan"),
    ("Invalid date", "dit is geen bestaande datum (jjjj-mm-dd)"),
    (
        "Invalid initial character",
        "hier hoort de naam van een veld; een tabel tussen accolades blijft op een regel",
    ),
    ("Invalid value", "dit is geen waarde; tekst hoort tussen aanhalingstekens"),
    ("Invalid statement", "hier hoort een veld (naam = waarde) of een tabel ([naam])"),
    ("Unclosed array", "een lijst is niet afgesloten met een vierkante haak, of er ontbreekt een komma"),
    ("Unclosed inline table", "een tabel is niet afgesloten met een accolade, of er ontbreekt een komma"),
)
"""What tomllib says, and what a user can do about it; the first that fits."""


def describe_syntax(fout: tomllib.TOMLDecodeError, naam: str, bron: str) -> str:
    """Where a text stops being TOML and what is wrong there, in Dutch."""
    bericht = str(fout)
    plaats = re.search(r"line (\d+), column (\d+)", bericht)
    regels = bron.splitlines() or [""]
    regel = int(plaats[1]) if plaats else len(regels)
    uitleg = next((tekst for begin, tekst in SYNTAX if bericht.startswith(begin)), "dit is geen geldige TOML")
    hier = regels[min(regel, len(regels)) - 1].strip()
    teken = f", teken {plaats[2]}" if plaats else " (het einde van het bestand)"
    begonnen = find_laatste_veld(bron) if bericht.startswith("Un") or not plaats else None
    begin = f" Het begon bij '{begonnen[0]}' op regel {begonnen[1]}." if begonnen else ""
    return (
        f"{naam}, regel {regel}{teken}: geen geldig TOML-bestand: {uitleg}.{begin} "
        f"Daar staat: {hier[:80] or '(niets)'}"
    )


def load_toml(bron: str, naam: str) -> dict[str, Any]:
    """The values of a TOML text; InvoerError says what is wrong with it."""
    if len(bron) > MAX_TEKENS:
        raise InvoerError(
            [f"{naam}: het bestand is langer dan {MAX_TEKENS:_} tekens. Verdeel het.".replace("_", ".")]
        )
    for nummer, regel in enumerate(bron.splitlines(), start=1):
        if regel.count(".") > MAX_DELEN and len(_DELEN.findall(regel)) > MAX_DELEN:
            raise InvoerError(
                [
                    f"{naam}, regel {nummer}: er staan meer dan {MAX_DELEN} punten op een regel. Verdeel de regel."
                ]
            )
    try:
        waarden = tomllib.loads(bron)
    except tomllib.TOMLDecodeError as fout:
        raise InvoerError([describe_syntax(fout, naam, bron)]) from fout
    except RecursionError as fout:
        raise InvoerError(
            [f"{naam}: lijsten of tabellen zijn te diep in elkaar gezet. Herstel het bestand."]
        ) from fout
    except ValueError as fout:
        raise InvoerError(
            [f"{naam}: er staat een getal in van duizenden cijfers. Herstel het bestand."]
        ) from fout
    if fouten := list(islice(list_onzichtbaar(waarden), MAX_ONZICHTBAAR)):
        raise InvoerError([f"{naam}: {fout}." for fout in fouten])
    return waarden


def decode_bestand(inhoud: bytes, naam: str) -> str:
    """The text of a UTF-8 file (a byte order mark is allowed); InvoerError names the line that is not."""
    if inhoud.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InvoerError(
            [f"{naam}: geen geldig TOML-bestand: het is opgeslagen als UTF-16. Sla het op als UTF-8."]
        )
    try:
        return inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        regel = inhoud.count(b"\n", 0, fout.start) + 1
        raise InvoerError(
            [
                f"{naam}, regel {regel}: geen geldig TOML-bestand: een teken is niet in UTF-8 opgeslagen. "
                "Sla het bestand op als UTF-8."
            ]
        ) from fout

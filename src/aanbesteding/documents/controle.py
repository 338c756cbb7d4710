"""Checks a whole template for a jurist: every fault at once, each with its sentence and what to do about it.

The rules are in controle_tags.py (what was typed), controle_velden.py (what is asked) and controle_word.py (the file).
A template that no document declares is checked as well, without its fields.

Must stay true: "no faults" means that the renderer accepts the template and that every field in it was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from aanbesteding.documents.bevinding import Bevinding, Plek
from aanbesteding.documents.controle_tags import check_tags
from aanbesteding.documents.controle_velden import check_velden
from aanbesteding.documents.controle_word import (
    check_opmaak,
    check_pakket,
    check_titel_en_taal,
    check_toegankelijk,
    check_wijzigingen,
    parse_tekstdelen,
)
from aanbesteding.documents.inspect import parse_delen
from aanbesteding.documents.lezen import read_docx
from aanbesteding.documents.render_laden import load_pakket
from aanbesteding.errors import SjabloonMismatch


def check_sjabloon(
    pad: Path, bouwstenen: Path | None = None, velden: Mapping[str, str] | None = None
) -> tuple[Bevinding, ...]:
    """Every fault of a template. `velden`: the paths that its document offers, with their kind.

    InvoerError when the file is no Word file that may be opened.
    """
    leden = read_docx(pad)
    delen = parse_tekstdelen(leden)
    tags = [b for naam, wortel in delen.items() for b in check_tags(naam, wortel)]
    gevonden = [*tags, *check_pakket(leden), *check_titel_en_taal(leden)]
    for naam, wortel in delen.items():
        gevonden += check_wijzigingen(naam, wortel)
        gevonden += check_toegankelijk(naam, wortel, af=False)
        gevonden += check_opmaak(naam, wortel)
    if not any(b.code == "niet-afgesloten" for b in tags):
        gevonden += _check_vragen(pad, bouwstenen, velden)
    return tuple(dict.fromkeys(gevonden))


def _check_vragen(
    pad: Path, bouwstenen: Path | None, velden: Mapping[str, str] | None
) -> Iterator[Bevinding]:
    try:
        for deel, bron, boom in parse_delen(load_pakket(pad, bouwstenen=bouwstenen)):
            yield from check_velden(deel, bron, boom, velden)
    except SjabloonMismatch as fout:
        yield Bevinding("onleesbaar", str(fout).rstrip("."), "herstel dit en controleer opnieuw", Plek())


def check_document(leden: Mapping[str, bytes]) -> tuple[Bevinding, ...]:
    """What a reader with a screen reader will miss in a finished document."""
    gevonden = [*check_titel_en_taal(leden)]
    for naam, wortel in parse_tekstdelen(leden).items():
        gevonden += check_toegankelijk(naam, wortel, af=True)
    return tuple(dict.fromkeys(gevonden))

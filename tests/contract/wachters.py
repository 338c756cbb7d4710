"""The guards of ONTWERP section 8 that compare things, as functions: each gives every fault it finds.

test_documents.py lets them walk over the product's own templates, test_wachters.py over templates that fail on
purpose, so that a guard that sees nothing is found out.
"""

from __future__ import annotations

import difflib
import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from openxml_audit import OpenXmlValidator

from aanbesteding.documents.declaration import Document, DocumentContext
from aanbesteding.documents.inspect import list_velden
from aanbesteding.documents.velden import list_bekend, list_modelvelden
from contract.sjabloonlijst import list_vaste_tekst

LEK = re.compile(
    r"\b(None|True|False|Decimal|datetime|Undefined)\b|\b\d{4}-\d{2}-\d{2}\b|\{\{|\{%|\}\}|%\}|\[\[|\[\]|\(\)"
)
SLORDIG = re.compile(r"(?<!\.)\.\.(?!\.)| [.,;:](?:\s|$)|,,|€ ?€|%%|\( | \)")

# What openxml-audit says of every document and why it may stay:
# the theme part is optional (ISO/IEC 29500-1, 11.3 and 14.2.7: "permitted"), and the house style names its colours
# and typeface in the styles, so that there is nothing for a theme to say; Word opens and saves such files.
BASISLIJN = re.compile(r"A required relationship type '[^']*/theme' is missing")


def is_under(pad: str, ouders: Iterable[str]) -> bool:
    """Whether a path is one of these paths or lies below one."""
    return any(pad == ouder or pad.startswith((f"{ouder}.", f"{ouder}[")) for ouder in ouders)


def list_onbekend(pad: Path, document: Document, bouwstenen: Path) -> Iterator[str]:
    """G2: paths that the template uses and the model lacks."""
    bekend = list_bekend(document)
    gebruikt = list_velden(pad, bouwstenen)
    yield from (f"{veld} ({plaats})" for veld, plaats in gebruikt.items() if veld not in bekend)


def list_dood(pad: Path, document: Document, bouwstenen: Path) -> Iterator[str]:
    """G3: fields that no template asks, and are not listed as ongebruikt."""
    gebruikt = list_velden(pad, bouwstenen)
    for veld in list_modelvelden(document.context):
        dood = veld.is_blad and not any(is_under(g, (veld.pad,)) for g in gebruikt)
        if dood and not is_under(veld.pad, document.ongebruikt):
            yield veld.pad


def list_zonder_omschrijving(context: type[DocumentContext]) -> Iterator[str]:
    """G3: fields a jurist cannot look up."""
    yield from (v.pad for v in list_modelvelden(context) if not v.omschrijving and not v.pad.endswith("[]"))


def list_lekken(tekst: str) -> Iterator[str]:
    """G5: lines in which a raw value or a piece of template shows."""
    yield from (regel for regel in tekst.splitlines() if LEK.search(regel))


def list_slordig(tekst: str) -> Iterator[str]:
    """Lines with doubled or loose punctuation, which only a reader sees."""
    yield from (regel for regel in tekst.splitlines() if SLORDIG.search(regel))


def compare_golden(vast: str, nu: str, waar: str) -> list[str]:
    """G6: the difference between the reviewed text and the text now, as a diff."""
    return list(
        difflib.unified_diff(
            vast.splitlines(), nu.splitlines(), f"{waar} (vast)", "nu gemaakt", lineterm="", n=2
        )
    )


def list_verloren(pad: Path, bestand: bytes) -> Iterator[str]:
    """G7: fixed words of the template that the document lost, in the order of the template."""
    tekst, plek = join_woorden(bestand), 0
    for deel in list_vaste_tekst(pad):
        gevonden = tekst.find(deel, plek)
        if gevonden < 0:
            yield deel[:80]
        else:
            plek = gevonden + len(deel)


def join_woorden(bestand: bytes) -> str:
    """All words of the body, without white space."""
    with zipfile.ZipFile(io.BytesIO(bestand)) as pakket:
        body = pakket.read("word/document.xml").decode()
    return "".join(html.unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", body))).split())


def list_ontbrekend(wortel: Path, documenten: Iterable[Document]) -> Iterator[str]:
    """G8: declarations without their template."""
    yield from (d.sjabloon for d in documenten if not (wortel / d.sjabloon).is_file())


def list_wezen(wortel: Path, documenten: Iterable[Document]) -> Iterator[str]:
    """G8: Word files that no declaration names."""
    verklaard = {d.sjabloon for d in documenten}
    for pad in sorted(wortel.rglob("*.docx")):
        delen = pad.relative_to(wortel).parts
        if (
            delen[0] != "_bouwstenen"
            and "/".join(delen[2:] if delen[0] == "_regio" else delen) not in verklaard
        ):
            yield "/".join(delen)


def list_ongeldig(bestand: Path) -> Iterator[str]:
    """What an independent validator says of a file, beyond the baseline."""
    for fout in OpenXmlValidator().validate(str(bestand)).errors:
        if not BASISLIJN.match(fout.description):
            yield f"{fout.part_uri}: {fout.description}"

"""Edits a document as a person with Word would: words, paragraphs, cells, rows, headers and footers."""

from __future__ import annotations

import copy
import io
from random import Random
from typing import Any

from docx import Document

LICHTE = ("tekst", "weg", "erbij", "kop", "voet")
ALLE = (*LICHTE, "cel", "rij weg", "rij erbij")


def edit_stuk(docx: bytes, kans: Random, soorten: tuple[str, ...] = ALLE) -> tuple[bytes, list[str]]:
    """Some edits at random; what was done is told for whoever reads a failure."""
    stuk = Document(io.BytesIO(docx))
    gedaan = [kans.choice(soorten) for _ in range(kans.randrange(1, 5))]
    for soort in gedaan:
        if soort in ("cel", "rij weg", "rij erbij"):
            _edit_tabel(stuk, kans, soort)
        elif soort in ("kop", "voet"):
            _edit_rand(stuk, kans, soort)
        else:
            _edit_tekst(stuk, kans, soort)
    uit = io.BytesIO()
    stuk.save(uit)
    return uit.getvalue(), gedaan


def _edit_tekst(stuk: Any, kans: Random, soort: str) -> None:
    alinea = kans.choice([p for p in stuk.paragraphs if p.text.strip()])
    if soort == "weg":
        alinea._p.getparent().remove(alinea._p)
    elif soort == "erbij":
        alinea.insert_paragraph_before(f"Een nieuwe alinea met {kans.randrange(99)} woorden.")
    elif stukken := [r for r in alinea.runs if r.text.strip() and "\t" not in r.text and "\n" not in r.text]:
        stuk_tekst = kans.choice(stukken)
        woorden = stuk_tekst.text.split(" ")
        woorden[kans.randrange(len(woorden))] = f"gewijzigd{kans.randrange(99)}"
        stuk_tekst.text = " ".join(woorden)


def _edit_tabel(stuk: Any, kans: Random, soort: str) -> None:
    if not stuk.tables:
        return
    tabel = kans.choice(stuk.tables)
    rij = kans.choice(tabel.rows[1:] if len(tabel.rows) > 2 else tabel.rows[:])
    if soort == "cel":
        kans.choice(rij.cells).paragraphs[0].text = f"andere waarde {kans.randrange(99)}"
    elif soort == "rij erbij":
        nieuw = copy.deepcopy(rij._tr)
        rij._tr.addnext(nieuw)
        next(r for r in tabel.rows if r._tr is nieuw).cells[0].paragraphs[
            0
        ].text = f"rij {kans.randrange(99)}"
    elif len(tabel.rows) > 2:
        rij._tr.getparent().remove(rij._tr)


def _edit_rand(stuk: Any, kans: Random, soort: str) -> None:
    sectie = stuk.sections[0]
    randen = [sectie.header, sectie.first_page_header] if soort == "kop" else [sectie.footer]
    regels = [p for p in kans.choice(randen).paragraphs if p.runs and p.text.strip()]
    if regels:
        eerste = next(r for r in kans.choice(regels).runs if r.text.strip())
        eerste.text = f"Andere rand {kans.randrange(99)}"

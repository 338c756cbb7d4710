"""Every named checkpoint of the source, and which test strikes there."""

from __future__ import annotations

import re
from pathlib import Path

import aanbesteding
from aanbesteding.paden import find_map

ALLE = {
    naam
    for map_ in (Path(aanbesteding.__path__[0]), find_map("flows"))
    for pad in map_.rglob("*.py")
    for naam in re.findall(r'checkpoint\("([a-z-]+)"\)', pad.read_text("utf-8"))
}
HANDELING = ("handeling-voor-vastleggen", "handeling-na-vastleggen")
FASE = (
    *HANDELING,
    "document-na-schrijven",
    "documenten-voor-registratie",
    "documenten-na-registratie",
)
"""Of a stage: the act and the documents it promised."""
INVOER = ("invoer-na-lezen", *HANDELING)
"""Of the import of a workbook."""
VERZENDING = tuple(sorted(naam for naam in ALLE if naam.startswith("verzending-")))
"""Of a sending: test_verzending.py strikes at every one."""
ARCHIEF = ("archief-voor-hernoemen", "herstel-na-bestanden", "herstel-voor-vastleggen")
STUKKEN = ("stukversie-na-schrijven", *HANDELING)
GETEST = {*FASE, *INVOER, *VERZENDING, *ARCHIEF, *STUKKEN}

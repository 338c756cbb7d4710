"""Reading reasons: what a text for bidders gives away (lek), and whether it speaks of the announced frame (kader).

Texts and facts go in, findings come out; what a finding means for an act is judged by the rules of the stages
beoordeling and gunning, which both use this.

Grondslag: Aw 2012 art. 2.57, 2.130 and 2.138. Explained in docs/methodiek/redenen.md.
Must stay true: pure; every finding names the offending words.
"""

from aanbesteding.domain.redenen.bronnen import list_openbare_getallen, load_namenlijst, load_passages
from aanbesteding.domain.redenen.kader import raakt_kader
from aanbesteding.domain.redenen.lek import TOTAAL, Geheimen, Lek, build_stukken, find_stukken, list_lekken
from aanbesteding.domain.redenen.namen import Namenlijst, build_namenlijst

__all__ = [
    "TOTAAL",
    "Geheimen",
    "Lek",
    "Namenlijst",
    "build_namenlijst",
    "build_stukken",
    "find_stukken",
    "list_lekken",
    "list_openbare_getallen",
    "load_namenlijst",
    "load_passages",
    "raakt_kader",
]

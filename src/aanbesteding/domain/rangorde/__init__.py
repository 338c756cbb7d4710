"""The ranking engine: from announced rules and bids to an order that can be checked to the last digit.

Read docs/methodiek/rangorde.md first; it is the prose this package follows. `parse_opdracht` reads the JSON
form and refuses what does not fit, `rank_inschrijvingen` ranks, `explain_score` shows a formula with the
numbers filled in, `build_proef` rehearses a tender before publication, `divide_percelen` ranks
and divides several percelen.

Not here: how scores come about (committee, consensus), whether a bid is valid, and what happens with the
result.

Grondslag: Aw 2012 art. 2.114-2.116.
Must stay true: exact arithmetic, rounding once as announced, no decision by a rule that was not announced.
"""

from aanbesteding.domain.rangorde.inlezen import parse_opdracht
from aanbesteding.domain.rangorde.opdracht import Inschrijving, Rangordeopdracht
from aanbesteding.domain.rangorde.percelen import PerceelVerdeling, Verdeling, assign_percelen
from aanbesteding.domain.rangorde.proef import Proef, build_proef
from aanbesteding.domain.rangorde.rangschikking import rank_inschrijvingen
from aanbesteding.domain.rangorde.uitleg import Scoreuitleg, Term, explain_score
from aanbesteding.domain.rangorde.uitslag import Afgevallen, Rangplaats, Uitslag
from aanbesteding.domain.rangorde.verdeling import (
    Verdelingsopdracht,
    Verdelingsuitslag,
    divide_percelen,
    parse_verdeling,
)

__all__ = [
    "Afgevallen",
    "Inschrijving",
    "PerceelVerdeling",
    "Proef",
    "Rangordeopdracht",
    "Rangplaats",
    "Scoreuitleg",
    "Term",
    "Uitslag",
    "Verdeling",
    "Verdelingsopdracht",
    "Verdelingsuitslag",
    "assign_percelen",
    "build_proef",
    "divide_percelen",
    "explain_score",
    "parse_opdracht",
    "parse_verdeling",
    "rank_inschrijvingen",
]

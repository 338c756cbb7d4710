"""What the system can say of one bid by itself: what is met, what is failed, and what waits for a person.

The answer "ja" means that the requirement is met, if the numbers bear it out where it has a minimum; "nee" and ""
(not answered) do not. Not here: recording the
outcome (besluiten) and who still has to decide (stand).

Grondslag: the announced requirements (PerceelUitgewerkt.eisen); equal treatment of equal defects.
Must stay true: an exclusion ground is never decided by the system; a requirement that a person must judge
never fails by itself; repair is offered only for a formal, repairable defect.
Trap: when one requirement fails for good, nothing is held any more: no repair is asked of a bid that is out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from aanbesteding.domain.feiten import Bijdrage, Eis, Eisuitkomst, InschrijvingGetoetst
from aanbesteding.domain.minimum import judge_minimum

ANTWOORDEN = {"nee": "het antwoord is nee", "": "de eis is niet beantwoord"}


@dataclass(frozen=True)
class Aanhouding:
    """A requirement that waits for repair ("herstel") or for a person ("mens")."""

    eis: str
    wacht_op: Literal["herstel", "mens"]
    reden: str


@dataclass(frozen=True)
class Toets:
    """The test of one bid for one perceel; `gezakt` are requirements that fail for good."""

    uitkomsten: tuple[Eisuitkomst, ...]
    gezakt: tuple[Eis, ...]
    aangehouden: tuple[Aanhouding, ...]


def check_eisen(
    eisen: Iterable[Eis], antwoorden: Mapping[str, str], bijdragen: Sequence[Bijdrage] = ()
) -> Toets:
    """Test the answers and numbers of one bid against the requirements, in the announced order."""
    uitkomsten: list[Eisuitkomst] = []
    gezakt: list[Eis] = []
    aangehouden: list[Aanhouding] = []
    for eis in eisen:
        antwoord = antwoorden.get(eis.code, "")
        telling = (
            judge_minimum(eis.minimum, [b for b in bijdragen if b.eis == eis.code])
            if eis.minimum and antwoord == "ja"
            else None
        )
        if antwoord == "ja" and (telling is None or telling.gehaald):
            toelichting = telling.tekst if telling else ""
            uitkomsten.append(Eisuitkomst(eis=eis.code, uitkomst="voldoet", toelichting=toelichting))
            continue
        reden = telling.tekst if telling else ANTWOORDEN.get(antwoord, f"het antwoord is '{antwoord}'")
        if eis.soort == "uitsluiting" or eis.toets == "mens":
            aangehouden.append(Aanhouding(eis.code, "mens", reden))
            uitkomsten.append(Eisuitkomst(eis=eis.code, uitkomst="mens_beslist", toelichting=reden))
            continue
        if eis.soort == "volledigheid" and eis.herstelbaar:
            aangehouden.append(Aanhouding(eis.code, "herstel", reden))
        else:
            gezakt.append(eis)
        uitkomsten.append(Eisuitkomst(eis=eis.code, uitkomst="voldoet_niet", toelichting=reden))
    return Toets(tuple(uitkomsten), tuple(gezakt), () if gezakt else tuple(aangehouden))


def build_getoetst(
    perceel: str, nummer: str, toets: Toets, opgelost: Mapping[str, Eisuitkomst] | None = None
) -> InschrijvingGetoetst:
    """The outcome of a bid of which nothing is held any more; `opgelost` holds what persons decided on."""
    beslist = opgelost or {}
    eisen = tuple(beslist.get(u.eis, u) for u in toets.uitkomsten)
    if not toets.gezakt:
        return InschrijvingGetoetst(perceel=perceel, inschrijving=nummer, uitkomst="geldig", eisen=eisen)
    toelichtingen = {u.eis: u.toelichting for u in eisen}
    redenen = [f"Eis {e.code} ({e.tekst.rstrip('.')}): {toelichtingen[e.code]}." for e in toets.gezakt]
    return InschrijvingGetoetst(
        perceel=perceel,
        inschrijving=nummer,
        uitkomst="ongeldig",
        eisen=eisen,
        reden=" ".join(redenen),
        eis=toets.gezakt[0].code,
    )

"""The formula of a criterion with the numbers of one bid filled in, as pieces a letter can show.

No sentence for a supplier is made here; wording lives in the templates. Numbers come from the same code
that ranks.

Grondslag: Aw 2012 art. 2.130 (relevant reasons); docs/methodiek/rangorde.md chapters 3-5.
Must stay true: every term says where it comes from, so that a letter never shows another's number unawares.
Trap: the lowest and highest price belong to somebody (`herkomst` "anderen"), even when it is the bidder
itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from aanbesteding.domain.rangorde.getal import show_invoer
from aanbesteding.domain.rangorde.opdracht import (
    Formule,
    Inschrijving,
    Kwaliteitscriterium,
    Prijscriterium,
    Rangordeopdracht,
)
from aanbesteding.domain.rangorde.prijsformules import count_prijsplaats
from aanbesteding.domain.rangorde.uitslag import Uitslag
from aanbesteding.errors import InvoerError

Herkomst = Literal["eigen", "aangekondigd", "anderen"]
TOTAAL = "totaal"


@dataclass(frozen=True)
class Term:
    """One number in a formula: its name, its value as text, and whose it is."""

    naam: str
    waarde: str
    herkomst: Herkomst


@dataclass(frozen=True)
class Scoreuitleg:
    """A formula, the same with numbers, its terms, and the outcome as announced and exact."""

    code: str
    formule: str
    invulling: str
    termen: tuple[Term, ...]
    uitkomst: str
    exact: Fraction

    @property
    def regel(self) -> str:
        """The filled-in formula with its outcome on one line."""
        return f"{self.code}: {self.invulling} = {self.uitkomst}"

    @property
    def eigen_invulling(self) -> str:
        """The formula with the bidder's own and the announced numbers; what comes from others keeps its name."""
        bekend = {
            term.naam: f"({term.waarde})" if term.waarde.startswith("-") else term.waarde
            for term in self.termen
            if term.herkomst != "anderen"
        }
        if not bekend:
            return self.formule
        namen = re.compile(rf"\b({'|'.join(map(re.escape, bekend))})\b(?!\()")
        return namen.sub(lambda treffer: bekend[treffer[0]], self.formule)


def explain_score(opdracht: Rangordeopdracht, uitslag: Uitslag, aanbieder: str, code: str) -> Scoreuitleg:
    """Explain a (sub)criterion, the price or `totaal` for a ranked bidder; InvoerError if unknown."""
    plaats = uitslag.get_plaats(aanbieder)
    inschrijving = next((i for i in opdracht.inschrijvingen if i.aanbieder == aanbieder), None)
    if plaats is None or inschrijving is None:
        raise InvoerError([f"{aanbieder}: staat niet in de rangorde; er is geen score om uit te leggen."])
    if code == TOTAAL:
        return _explain_totaal(opdracht, uitslag, aanbieder)
    if code not in plaats.exacte_punten:
        raise InvoerError([f"{code}: is geen criterium van deze aanbesteding."])
    formule, invulling, termen = _explain_criterium(opdracht, uitslag, inschrijving, plaats.punten, code)
    return Scoreuitleg(code, formule, invulling, termen, plaats.punten[code], plaats.exacte_punten[code])


Delen = tuple[str, str, tuple[Term, ...]]


def _explain_criterium(
    opdracht: Rangordeopdracht,
    uitslag: Uitslag,
    inschrijving: Inschrijving,
    punten: Mapping[str, str],
    code: str,
) -> Delen:
    if opdracht.prijs is not None and opdracht.prijs.code == code:
        return _explain_prijs(opdracht.prijs, uitslag, inschrijving.prijs or Fraction(0))
    for criterium in opdracht.kwaliteit:
        if criterium.code == code and criterium.subcriteria:
            termen = tuple(Term(sub.code, punten[sub.code], "eigen") for sub in criterium.subcriteria)
            return _build_som(termen)
    blad = next(blad for blad in opdracht.list_bladen() if blad.code == code)
    return _explain_blad(opdracht, blad, inschrijving.scores[code])


def _build_som(termen: tuple[Term, ...]) -> Delen:
    return " + ".join(term.naam for term in termen), " + ".join(term.waarde for term in termen), termen


def _explain_blad(opdracht: Rangordeopdracht, blad: Kwaliteitscriterium, score: Fraction) -> Delen:
    if blad.schaal is None:
        raise InvoerError([f"criterium {blad.code}: heeft geen schaal; noem min en max."])
    vol, nul, naam = blad.gewicht, blad.schaal.min, "gewicht"
    if opdracht.laagste_wint:
        vol, naam = blad.waarde or Fraction(0), "waarde"
        if blad.neutraal is not None:
            nul = blad.neutraal
            if score < nul:
                return _fill(
                    "−malus × (neutraal − score) / (neutraal − min)",
                    Term("malus", show_invoer(blad.malus), "aangekondigd"),
                    Term("neutraal", show_invoer(nul), "aangekondigd"),
                    Term("score", show_invoer(score), "eigen"),
                    Term("min", show_invoer(blad.schaal.min), "aangekondigd"),
                )
    nulnaam = "min" if blad.neutraal is None else "neutraal"
    return _fill(
        f"{naam} × (score − {nulnaam}) / (max − {nulnaam})",
        Term(naam, show_invoer(vol), "aangekondigd"),
        Term("score", show_invoer(score), "eigen"),
        Term(nulnaam, show_invoer(nul), "aangekondigd"),
        Term("max", show_invoer(blad.schaal.max), "aangekondigd"),
    )


def _fill(formule: str, *termen: Term) -> Delen:
    waarden = {
        term.naam: f"({term.waarde})" if term.waarde.startswith("-") else term.waarde for term in termen
    }
    namen = re.compile(rf"\b({'|'.join(waarden)})\b(?!\()")
    return formule, namen.sub(lambda treffer: waarden[treffer[0]], formule), termen


def _explain_prijs(criterium: Prijscriterium, uitslag: Uitslag, prijs: Fraction) -> Delen:
    eigen = Term("prijs", show_invoer(prijs), "eigen")
    gewicht = Term("gewicht", show_invoer(criterium.gewicht), "aangekondigd")
    laagste = Term("laagste", show_invoer(uitslag.prijzen[0]), "anderen")
    hoogste = Term("hoogste", show_invoer(uitslag.prijzen[-1]), "anderen")
    parameters = criterium.parameters
    match criterium.formule:
        case None:
            return _fill("prijs", eigen)
        case Formule.LAAGSTE_GEDEELD_DOOR_PRIJS:
            return _fill("gewicht × laagste / prijs", gewicht, laagste, eigen)
        case Formule.RELATIEF_LINEAIR:
            return _fill("max(0; gewicht × (2 − prijs / laagste))", gewicht, eigen, laagste)
        case Formule.MIN_MAX:
            if laagste.waarde == hoogste.waarde:
                return _fill("gewicht", gewicht)
            formule = "gewicht × (hoogste − prijs) / (hoogste − laagste)"
            return _fill(formule, gewicht, hoogste, eigen, laagste)
        case Formule.RANGPUNTEN:
            plaats = Term("prijsplaats", str(count_prijsplaats(prijs, uitslag.prijzen)), "eigen")
            aantal = Term("aantal", str(len(uitslag.prijzen)), "anderen")
            if parameters.punten:
                return _fill("punten bij prijsplaats", plaats)
            return _fill("gewicht × (aantal + 1 − prijsplaats) / aantal", gewicht, aantal, plaats)
        case Formule.VASTE_BANDBREEDTE:
            bodem = Term("bodem", show_invoer(parameters.bodem or Fraction(0)), "aangekondigd")
            plafond = Term("plafond", show_invoer(parameters.plafond or Fraction(0)), "aangekondigd")
            formule = "min(gewicht; max(0; gewicht × (plafond − prijs) / (plafond − bodem)))"
            return _fill(formule, gewicht, plafond, eigen, bodem)
        case Formule.STAFFEL:
            return _fill("punten van de trede waarin prijs valt", eigen)


def _explain_totaal(opdracht: Rangordeopdracht, uitslag: Uitslag, aanbieder: str) -> Scoreuitleg:
    plaats = uitslag.get_plaats(aanbieder)
    if plaats is None:
        raise InvoerError([f"{aanbieder}: staat niet in de rangorde."])
    hoofden = [criterium.code for criterium in opdracht.kwaliteit]
    prijscode = None if opdracht.prijs is None else opdracht.prijs.code
    namen = [*hoofden, *([prijscode] if prijscode else [])]
    termen = tuple(Term(code, plaats.punten[code], "eigen") for code in namen)
    formule, invulling, _ = _build_som(termen)
    if opdracht.laagste_wint:
        prijs = next(
            (i.prijs for i in opdracht.inschrijvingen if i.aanbieder == aanbieder), None
        ) or Fraction(0)
        eerst = Term(prijscode or "prijs", show_invoer(prijs), "eigen")
        termen = (eerst, *(Term(code, plaats.punten[code], "eigen") for code in hoofden))
        formule = " − ".join(term.naam for term in termen)
        invulling = " − ".join(f"({t.waarde})" if t.waarde.startswith("-") else t.waarde for t in termen)
    return Scoreuitleg(TOTAAL, formule, invulling, termen, plaats.totaal, plaats.exact)

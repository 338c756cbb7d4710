"""Invented bids for the rehearsal: profiles and prices that the announced rules allow.

Not for real tenders; every invented bidder says in its name that it is invented.

Must stay true: a profile passes every minimum and stands on every scale; a price is not under the floor.
"""

from __future__ import annotations

from fractions import Fraction

from aanbesteding.domain.rangorde.kwaliteit import check_minima, score_kwaliteit
from aanbesteding.domain.rangorde.opdracht import Inschrijving, Kwaliteitscriterium, Methode, Rangordeopdracht

STAPPEN = 20
LAAGSTE_PROEFPRIJS = Fraction(75)


def list_scores(blad: Kwaliteitscriterium) -> list[Fraction]:
    """The scores that pass the minimum: all of them when they are announced, else lowest and highest."""
    if blad.schaal is None:
        return []
    vast = blad.schaal.punten and not blad.schaal.tussenscores
    laag = blad.schaal.min if blad.minimum is None else max(blad.schaal.min, blad.minimum)
    scores = [punt.score for punt in blad.schaal.punten] if vast else [laag, blad.schaal.max]
    return sorted({score for score in scores if score >= laag})


def build_profielen(opdracht: Rangordeopdracht) -> list[dict[str, Fraction]]:
    """Quality profiles from low to high that pass every minimum; empty when none can."""
    profielen: list[dict[str, Fraction]] = []
    for stap in range(STAPPEN + 1):
        profiel = _build_profiel(opdracht, Fraction(stap, STAPPEN))
        if profiel is None or profiel in profielen:
            continue
        if check_minima(opdracht, profiel, score_kwaliteit(opdracht, profiel)) is None:
            profielen.append(profiel)
    return profielen


def _build_profiel(opdracht: Rangordeopdracht, deel: Fraction) -> dict[str, Fraction] | None:
    profiel: dict[str, Fraction] = {}
    for blad in opdracht.list_bladen():
        scores = list_scores(blad)
        if not scores:
            return None
        doel = scores[0] + deel * (scores[-1] - scores[0])
        vast = blad.schaal is not None and blad.schaal.punten and not blad.schaal.tussenscores
        profiel[blad.code] = min(scores, key=lambda score: (abs(score - doel), score)) if vast else doel
    return profiel


def list_proefprijzen(opdracht: Rangordeopdracht) -> list[Fraction]:
    """Three prices from low to high that fit the announced formula and floor."""
    vloer = opdracht.ondergrens
    parameters = opdracht.prijs.parameters if opdracht.prijs else None
    if parameters and parameters.bodem is not None and parameters.plafond is not None:
        laag = parameters.bodem if vloer is None else max(parameters.bodem, vloer)
        hoog = max(parameters.plafond, laag)
        return [laag, laag + (hoog - laag) / 2, hoog]
    if parameters and parameters.staffel:
        return _list_staffelprijzen(opdracht)
    basis = LAAGSTE_PROEFPRIJS if vloer is None else max(vloer, Fraction(1))
    return [basis, basis * 6 / 5, basis * 4 / 3]


def _list_staffelprijzen(opdracht: Rangordeopdracht) -> list[Fraction]:
    treden = opdracht.prijs.parameters.staffel if opdracht.prijs else ()
    vloer = opdracht.ondergrens or Fraction(0)
    begin, prijzen = vloer, list[Fraction]()
    for trede in treden:
        einde = begin + 10 if trede.tot is None else trede.tot
        if einde > begin:
            prijzen.append(begin + (einde - begin) / 2)
            begin = einde
    if not prijzen:
        return [vloer] * 3
    return [prijzen[0], prijzen[len(prijzen) // 2], prijzen[-1]]


def build_proefinschrijvingen(opdracht: Rangordeopdracht) -> tuple[Inschrijving, ...]:
    """Three invented bids: the better the quality, the higher the price; none when no profile can pass."""
    profielen = build_profielen(opdracht)
    if not profielen:
        return ()
    keuze = [profielen[0], profielen[len(profielen) // 2], profielen[-1]]
    met_prijs = opdracht.methode in (Methode.GEWOGEN_FACTOR, Methode.GUNNEN_OP_WAARDE)
    prijzen = list_proefprijzen(opdracht) if met_prijs else [None] * 3
    return tuple(
        Inschrijving(f"Verzonnen aanbieder {nummer}", profiel, prijs)
        for nummer, (profiel, prijs) in enumerate(zip(keuze, prijzen, strict=True), 1)
    )

"""What of a dossier may not reach the wrong bidder, read from the recorded facts.

Must stay true: what was announced to everybody (weights, scale, tariffs, ceilings) is never a secret.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import (
    Inschrijving,
    InschrijvingenOntvangen,
    PerceelUitgewerkt,
    VertrouwelijkAangemerkt,
)
from aanbesteding.domain.redenen.lek import build_stukken
from aanbesteding.domain.redenen.namen import Namenlijst, build_namenlijst
from aanbesteding.domain.regio import Regio


def load_namenlijst(dossier: Dossier, regio: Regio) -> Namenlijst:
    """Every bidder of the dossier, with the words that this tender and this region use for other things."""
    inschrijvingen = _list_inschrijvingen(dossier)
    teksten = [tekst for feit in dossier.list_feiten(PerceelUitgewerkt) for tekst in _list_aangekondigd(feit)]
    plaatsen = [
        regio.naam,
        *(g.naam for g in regio.gemeenten),
        *(g.adres.plaats for g in regio.gemeenten),
        *(i.aanbieder.adres.plaats for i in inschrijvingen),
    ]
    return build_namenlijst(((i.nummer, i.aanbieder) for i in inschrijvingen), teksten, plaatsen)


def load_passages(dossier: Dossier) -> frozenset[str]:
    """What bidders marked as confidential, as runs of words."""
    return build_stukken(
        passage for feit in dossier.list_feiten(VertrouwelijkAangemerkt) for passage in feit.passages
    )


def list_openbare_getallen(uitgewerkt: PerceelUitgewerkt | None) -> frozenset[Fraction]:
    """Figures that everybody knows: weights, scale points, tariffs, ceilings, minima and points for a price."""
    if uitgewerkt is None:
        return frozenset()
    bedragen = [b for p in uitgewerkt.producten for b in (p.tarief, p.prijsplafond) if b is not None]
    gewichten = [c.gewicht for c in uitgewerkt.criteria]
    schaal = [punt.punt for punt in uitgewerkt.schaal]
    prijs = [
        getal
        for c in uitgewerkt.criteria
        for getal in (*c.rangpunten, c.rangpunten_overig, *(g for t in c.staffel for g in (t.tot, t.punten)))
    ]
    aangekondigd = (*bedragen, *gewichten, *schaal, sum(gewichten), *prijs, uitgewerkt.minimum_totaal)
    return frozenset(Fraction(getal) for getal in aangekondigd if getal is not None)


def _list_inschrijvingen(dossier: Dossier) -> list[Inschrijving]:
    return [i for feit in dossier.list_feiten(InschrijvingenOntvangen) for i in feit.inschrijvingen]


def _list_aangekondigd(uitgewerkt: PerceelUitgewerkt) -> Iterable[str]:
    for criterium in uitgewerkt.criteria:
        yield from (criterium.titel, criterium.vraag, *criterium.kader)
    for punt in uitgewerkt.schaal:
        yield from (punt.betekenis, punt.uitleg)
    for product in uitgewerkt.producten:
        yield product.omschrijving
    for eis in uitgewerkt.eisen:
        yield eis.tekst

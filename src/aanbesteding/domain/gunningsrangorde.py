"""From a dossier to the ranking of one perceel: who stands where, and which products go to whom.

The one place where recorded facts (announced criteria, consensus, opened prices, products offered) become
an assignment for the ranking engine (domain.rangorde, which does the reckoning). The stage beoordeling makes
the first ranking with it, the stage gunning the one after a drop-out. Not here: who is valid
(InschrijvingGetoetst says that) and what a decision does with the ranking.

Grondslag: Aw 2012 art. 2.114-2.115; docs/methodiek/rangorde.md.
Must stay true: one order of merit per perceel; a product takes its first N bidders from that same order, with
the same points; a draw is recorded, never invented; the result does not depend on the order of recording.
Traps: under rangorde_blijft the dropped bid still counts for relative prices; a draw that was recorded before
keeps its force; a bid that offers nothing of the priced product gets no price points (fixed band only).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from aanbesteding.domain.aangekondigde_rangorde import (
    BANDBREEDTE,
    build_aankondiging,
    load_prijsproduct,
    show_decimaal,
)
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import (
    ConsensusVastgesteld,
    Criterium,
    InschrijvingenGeopend,
    InschrijvingGetoetst,
    PerceelUitgewerkt,
    PrijzenGeopend,
    Product,
    RangordeVastgesteld,
    Rangplaats,
)
from aanbesteding.domain.rangorde import (
    Afgevallen,
    Rangordeopdracht,
    Uitslag,
    parse_opdracht,
    rank_inschrijvingen,
)
from aanbesteding.errors import AanbestedingError, InvoerError

MINIMUM_AANTAL_VOOR_MEDIAAN = 3
GELEZEN: frozenset[type[Feit]] = frozenset(
    {PerceelUitgewerkt, InschrijvingGetoetst, InschrijvingenGeopend, ConsensusVastgesteld, PrijzenGeopend}
)
"""Every kind of fact that reckoning a perceel reads; a draw comes from the last ranking."""


@dataclass(frozen=True)
class Loting:
    """A draw that is needed: these bids are equal and compete for `plaatsen` places of one product."""

    product: str
    inschrijvingen: tuple[str, ...]
    plaatsen: int


class LotingNodig(AanbestedingError):
    """Bids are equal at the boundary of a product's maximum and no recorded draw decides.

    `product` and `inschrijvingen` are of the first draw that is needed, `lotingen` has them all.
    """

    def __init__(
        self, perceel: str, product: str, inschrijvingen: tuple[str, ...], lotingen: tuple[Loting, ...] = ()
    ) -> None:
        self.perceel = perceel
        self.product = product
        self.inschrijvingen = inschrijvingen
        self.lotingen = lotingen or (Loting(product, inschrijvingen, 1),)
        zinnen = [
            f"Perceel {perceel}{f', product {loting.product}' if loting.product else ''}: "
            f"{', '.join(loting.inschrijvingen)} staan gelijk "
            f"en strijden om de laatste {_show_plaatsen(loting.plaatsen)}. "
            "Loot zoals aangekondigd en leg de hele volgorde van de trekking vast."
            for loting in self.lotingen
        ]
        super().__init__("\n".join(zinnen))


def rank_perceel(
    dossier: Dossier, perceel: str, *, uitgevallen: tuple[str, ...] = (), loting: tuple[str, ...] = ()
) -> RangordeVastgesteld:
    """Rank the valid bids of one perceel and divide its products.

    `uitgevallen`: bids that dropped out, treated as announced (`bij_uitval`); `loting`: the order of a draw.
    A draw in the last recorded ranking keeps its force. Raises LotingNodig when a tie at a maximum is
    undecided and InvoerError when a score that the ranking needs is missing.
    """
    sleutel = ("rangorde", perceel, uitgevallen, loting)
    uit = GELEZEN | {RangordeVastgesteld}
    return dossier.derive(sleutel, lambda: _rank(dossier, perceel, uitgevallen, loting), uit=uit)


def _rank(
    dossier: Dossier, perceel: str, uitgevallen: tuple[str, ...], loting: tuple[str, ...]
) -> RangordeVastgesteld:
    uitgewerkt = load_uitgewerkt(dossier, perceel)
    trekking = load_trekking(dossier, perceel, loting)
    _, uitslag = reckon_perceel(dossier, perceel, uitgevallen=uitgevallen, loting=trekking)
    aanbod = load_aanbod(dossier, perceel)
    gegund, lotingen = _assign_producten(uitgewerkt.producten, uitslag, aanbod, trekking)
    if lotingen:
        raise LotingNodig(perceel, lotingen[0].product, lotingen[0].inschrijvingen, lotingen)
    return build_rangorde(dossier, uitgewerkt, uitslag, gegund, trekking, uitgevallen)


def build_rangorde(
    dossier: Dossier,
    uitgewerkt: PerceelUitgewerkt,
    uitslag: Uitslag,
    gegund: Mapping[str, frozenset[str]],
    trekking: tuple[str, ...],
    uitgevallen: tuple[str, ...],
) -> RangordeVastgesteld:
    """The fact of a ranking; `gegund` says per product who gets it."""
    perceel, aanbod = uitgewerkt.perceel, load_aanbod(dossier, uitgewerkt.perceel)
    plaatsen: list[Rangplaats] = []
    for plaats in uitslag.rangorde:
        aangeboden = _order_producten(uitgewerkt.producten, aanbod.get(plaats.aanbieder, ()))
        plaatsen.append(
            Rangplaats(
                rang=plaats.rang,
                inschrijving=plaats.aanbieder,
                totaal=plaats.totaal,
                exact=str(plaats.exact),
                punten=dict(plaats.punten),
                producten_gegund=tuple(p for p in aangeboden if plaats.aanbieder in gegund[p]),
                producten_niet_gegund=tuple(p for p in aangeboden if plaats.aanbieder not in gegund[p]),
            )
        )
    return RangordeVastgesteld(
        perceel=perceel,
        plaatsen=tuple(plaatsen),
        uitgevallen=tuple(sorted(uitgevallen)),
        loting=trekking,
        waarschuwingen=(
            *uitslag.waarschuwingen,
            *(f"{a.aanbieder}: {a.tekst}" for a in uitslag.afgevallen),
            *_list_zonder_prijs(dossier, uitgewerkt, uitslag),
            *_list_loting_niet_aangekondigd(uitgewerkt, trekking),
        ),
    )


def list_afgevallen(
    dossier: Dossier, perceel: str, *, uitgevallen: tuple[str, ...] = ()
) -> tuple[Afgevallen, ...]:
    """Valid bids that are not in the ranking, each with a code and a Dutch reason (minimum, price)."""
    trekking = load_trekking(dossier, perceel, ())
    return reckon_perceel(dossier, perceel, uitgevallen=uitgevallen, loting=trekking)[1].afgevallen


def reckon_perceel(
    dossier: Dossier, perceel: str, *, uitgevallen: tuple[str, ...] = (), loting: tuple[str, ...] = ()
) -> tuple[Rangordeopdracht, Uitslag]:
    """The assignment of one perceel and what comes of it, reckoned once per dossier."""

    def reckon() -> tuple[Rangordeopdracht, Uitslag]:
        opdracht = build_opdracht(dossier, perceel, uitgevallen=uitgevallen, loting=loting)
        return opdracht, rank_inschrijvingen(opdracht)

    return dossier.derive(("uitslag", perceel, uitgevallen, loting), reckon, uit=GELEZEN)


def build_opdracht(
    dossier: Dossier, perceel: str, *, uitgevallen: tuple[str, ...] = (), loting: tuple[str, ...] = ()
) -> Rangordeopdracht:
    """The ranking assignment of one perceel, without a maximum: that belongs to a product."""
    uitgewerkt = load_uitgewerkt(dossier, perceel)
    geldig = load_geldige_inschrijvingen(dossier, perceel)
    prijs = next((c for c in uitgewerkt.criteria if c.soort == "prijs"), None)
    data: dict[str, object] = {
        **build_aankondiging(uitgewerkt),
        "inschrijvingen": _build_inschrijvingen(dossier, uitgewerkt, geldig, prijs),
        "uitgevallen": [nummer for nummer in uitgevallen if nummer in geldig],
    }
    if loting and "loting" in uitgewerkt.gelijke_stand and uitgewerkt.criteria:
        data["loting"] = [nummer for nummer in loting if nummer in geldig]
    return parse_opdracht(data)


def load_uitgewerkt(dossier: Dossier, perceel: str) -> PerceelUitgewerkt:
    """What was announced for this perceel; InvoerError when it was never worked out."""
    uitgewerkt = dossier.laatste(PerceelUitgewerkt, perceel=perceel)
    if uitgewerkt is None:
        raise InvoerError(
            [f"Perceel {perceel} is niet uitgewerkt; er zijn geen criteria om op te rangschikken."]
        )
    return uitgewerkt


def load_geldige_inschrijvingen(dossier: Dossier, perceel: str) -> tuple[str, ...]:
    """Numbers of the bids that are valid for this perceel by their last test, in order of number."""
    uitkomsten = {
        feit.inschrijving: feit.uitkomst
        for feit in dossier.list_feiten(InschrijvingGetoetst)
        if feit.perceel == perceel
    }
    return tuple(sorted(nummer for nummer, uitkomst in uitkomsten.items() if uitkomst == "geldig"))


def load_aanbod(dossier: Dossier, perceel: str) -> dict[str, tuple[str, ...]]:
    """The products that each opened bid offers in this perceel."""
    return {
        inhoud.nummer: deel.producten
        for feit in dossier.list_feiten(InschrijvingenGeopend)
        for inhoud in feit.inhoud
        for deel in inhoud.percelen
        if deel.perceel == perceel
    }


def load_trekking(dossier: Dossier, perceel: str, loting: tuple[str, ...]) -> tuple[str, ...]:
    """The draw that counts: `loting`, followed by what an earlier recorded draw says of the others."""
    vorige = dossier.laatste(RangordeVastgesteld, perceel=perceel)
    eerder = vorige.loting if vorige else ()
    return (*loting, *(nummer for nummer in eerder if nummer not in loting))


def _build_inschrijvingen(
    dossier: Dossier, uitgewerkt: PerceelUitgewerkt, geldig: Iterable[str], prijs: Criterium | None
) -> list[dict[str, object]]:
    consensus = dossier.laatste(ConsensusVastgesteld, perceel=uitgewerkt.perceel)
    scores: dict[str, dict[str, str]] = defaultdict(dict)
    for oordeel in consensus.oordelen if consensus else ():
        scores[oordeel.inschrijving][oordeel.criterium] = str(oordeel.score)
    geopend = dossier.laatste(PrijzenGeopend, perceel=uitgewerkt.perceel)
    prijzen: Mapping[str, Decimal] = geopend.prijzen if geopend else {}
    aanbod = load_aanbod(dossier, uitgewerkt.perceel)
    regels: list[dict[str, object]] = []
    for nummer in geldig:
        regel: dict[str, object] = {"aanbieder": nummer, "scores": dict(scores[nummer])}
        if prijs is not None:
            if nummer in prijzen:
                regel["prijs"] = show_decimaal(prijzen[nummer])
            else:
                regel |= _build_zonder_prijs(uitgewerkt, prijs, aanbod.get(nummer, ()))
        regels.append(regel)
    return regels


def _build_zonder_prijs(
    uitgewerkt: PerceelUitgewerkt, prijs: Criterium, aangeboden: tuple[str, ...]
) -> dict[str, object]:
    """No price: at a fixed band without the priced product no price points (the ceiling), otherwise out."""
    product = load_prijsproduct(uitgewerkt)
    if product.code not in aangeboden and prijs.formule == BANDBREEDTE and product.prijsplafond is not None:
        return {"prijs": show_decimaal(product.prijsplafond)}
    return {"ongeldig": f"Er is geen prijs aangeboden voor product {product.code}."}


def _list_zonder_prijs(dossier: Dossier, uitgewerkt: PerceelUitgewerkt, uitslag: Uitslag) -> list[str]:
    if not any(c.soort == "prijs" for c in uitgewerkt.criteria):
        return []
    geopend = dossier.laatste(PrijzenGeopend, perceel=uitgewerkt.perceel)
    met_prijs = frozenset(geopend.prijzen) if geopend else frozenset[str]()
    code = load_prijsproduct(uitgewerkt).code
    return [
        f"{plaats.aanbieder} schrijft niet in op product {code}, heeft dus geen prijs en krijgt geen "
        "prijspunten."
        for plaats in uitslag.rangorde
        if plaats.aanbieder not in met_prijs
    ]


def _list_loting_niet_aangekondigd(uitgewerkt: PerceelUitgewerkt, trekking: tuple[str, ...]) -> list[str]:
    if not trekking or "loting" in uitgewerkt.gelijke_stand:
        return []
    return ["Er is geloot, maar loting was niet aangekondigd als regel bij een gelijke stand."]


def _assign_producten(
    producten: Iterable[Product],
    uitslag: Uitslag,
    aanbod: Mapping[str, tuple[str, ...]],
    trekking: tuple[str, ...],
) -> tuple[dict[str, frozenset[str]], tuple[Loting, ...]]:
    """Per product who gets it, and the draws that are still needed."""
    trek = {nummer: plaats for plaats, nummer in enumerate(trekking)}
    gegund: dict[str, frozenset[str]] = {}
    lotingen: list[Loting] = []
    for product in producten:
        gegadigden = [p for p in uitslag.rangorde if product.code in aanbod.get(p.aanbieder, ())]
        maximum = product.maximum_aanbieders
        if maximum is None or len(gegadigden) <= maximum:
            gegund[product.code] = frozenset(p.aanbieder for p in gegadigden)
            continue
        grens = gegadigden[maximum - 1].rang
        binnen = [p.aanbieder for p in gegadigden if p.rang < grens]
        gelijk = [p.aanbieder for p in gegadigden if p.rang == grens]
        over = maximum - len(binnen)
        if len(gelijk) > over:
            if not all(nummer in trek for nummer in gelijk):
                lotingen.append(Loting(product.code, tuple(sorted(gelijk)), over))
            gelijk = sorted(gelijk, key=lambda nummer: (trek.get(nummer, len(trek)), nummer))[:over]
        gegund[product.code] = frozenset((*binnen, *gelijk))
    return gegund, tuple(lotingen)


def _order_producten(producten: Iterable[Product], aangeboden: Iterable[str]) -> tuple[str, ...]:
    """The offered products that exist in the perceel, in the announced order."""
    gevraagd = frozenset(aangeboden)
    return tuple(p.code for p in producten if p.code in gevraagd)


def _show_plaatsen(aantal: int) -> str:
    return "plaats" if aantal == 1 else f"{aantal} plaatsen"


def list_lage_prijzen(dossier: Dossier, perceel: str, drempel: Decimal) -> tuple[tuple[str, Decimal], ...]:
    """Bids whose price lies more than `drempel` percent under the median of the valid prices.

    Empty with fewer than three prices, or before the prices were opened. Nothing is rejected here (Aw 2012
    art. 2.116: ask first).
    """
    geopend = dossier.laatste(PrijzenGeopend, perceel=perceel)
    geldig = load_geldige_inschrijvingen(dossier, perceel)
    prijzen = (
        {nummer: geopend.prijzen[nummer] for nummer in geldig if nummer in geopend.prijzen} if geopend else {}
    )
    if len(prijzen) < MINIMUM_AANTAL_VOOR_MEDIAAN:
        return ()
    op_volgorde = sorted(prijzen.values())
    midden = len(op_volgorde) // 2
    mediaan = Fraction(op_volgorde[midden])
    if len(op_volgorde) % 2 == 0:
        mediaan = (mediaan + Fraction(op_volgorde[midden - 1])) / 2
    grens = mediaan * (100 - Fraction(drempel)) / 100
    return tuple((nummer, prijs) for nummer, prijs in prijzen.items() if prijs < grens)

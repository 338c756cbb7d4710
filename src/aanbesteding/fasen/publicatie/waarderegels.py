"""Rules on the value of the purchase: over the whole term with extensions, all percelen together.

The maximum value of each perceel is judged with the perceel itself (perceelregels.py).

Grondslag: Richtlijn 2014/24/EU art. 4 and 5; the thresholds of the day of dispatch (normen/drempels.toml).
Must stay true: thresholds are those of the day on which the notice goes out, not of the day of the dossier.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from aanbesteding.documents.overeenkomst import load_termijnen
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.publicatie.feiten import list_percelen, load_uitwerking

S = Situatie[Any]


def count_maanden(s: S, perceel: str) -> int:
    """Months of the whole term of a perceel with every extension; one year while the term is undecided."""
    return load_termijnen(s, perceel).langst or 12


def count_totale_waarde(s: S) -> Decimal:
    """Value of all percelen over the whole term with extensions, excluding VAT; one year if undecided."""
    uitwerkingen = [u for n in list_percelen(s) if (u := load_uitwerking(s, n)) is not None]
    waarden = (u.raming_per_jaar * count_maanden(s, u.perceel) for u in uitwerkingen)
    return (sum(waarden, Decimal(0)) / 12).quantize(Decimal("0.01"))


@regel(
    "waarde-onder-drempel",
    grondslag="Richtlijn 2014/24/EU art. 4; tot 1 juli 2016 Richtlijn 2004/18/EG art. 7",
    ernst=Ernst.SIGNALEERT,
)
def waarde_vanaf_drempel(s: S) -> str | None:
    """The total value reaches the European threshold on the day of dispatch."""
    drempel, waarde = s.normen.op(s.dossier.regime.drempel, s.vandaag).bedrag, count_totale_waarde(s)
    if waarde >= drempel:
        return None
    return (
        f"De totale waarde ({waarde} euro, alle percelen, hele looptijd met verlengingen) ligt onder de "
        "Europese "
        f"drempel van {drempel} euro. Europees aankondigen is dan niet verplicht; ga na of u dit zo bedoelt."
    )


def count_waarde(s: S, perceel: str) -> Decimal | None:
    """Value of one perceel over the whole term with extensions, excluding VAT; None when not worked out."""
    uitwerking, maanden = load_uitwerking(s, perceel), count_maanden(s, perceel)
    if uitwerking is None:
        return None
    return (uitwerking.raming_per_jaar * maanden / 12).quantize(Decimal("0.01"))


@regel(
    "klein-perceel",
    grondslag="Richtlijn 2014/24/EU art. 5 lid 10; tot 1 juli 2016 Aw 2012 art. 2.18 lid 3",
    ernst=Ernst.SIGNALEERT,
    zekerheid="onbevestigd",
)
def geen_klein_perceel(s: S) -> str | None:
    """No perceel is so small that it may be left out of the European procedure."""
    grens, aandeel = (
        s.normen.op(code, s.vandaag).bedrag for code in ("klein_perceel_diensten", "klein_perceel_aandeel")
    )
    waarden = {n: w for n in list_percelen(s) if (w := count_waarde(s, n)) is not None}
    klein = {n: w for n, w in waarden.items() if w < grens}
    totaal, som = sum(waarden.values(), Decimal(0)), sum(klein.values(), Decimal(0))
    if not klein or som * 100 > totaal * aandeel:
        return None
    lijst = ", ".join(f"perceel {n} ({w} euro)" for n, w in klein.items())
    return (
        f"Onder de grens van {grens:f} euro en samen ten hoogste {aandeel:f}% van het geheel: {lijst}. Deze percelen "
        "mogen buiten de Europese procedure blijven; ga na of u ze bewust meeneemt."
    )

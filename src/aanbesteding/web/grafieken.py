"""Charts of a dossier: the planning, the survey of the consultation, and scores per criterion.

Every chart is horizontal bars with the same figures as a table beside it; the figures are counted where documents
count them (fasen.marktconsultatie.uitkomst) or are recorded facts. Nothing is decided here.
Must stay true: scores only of percelen whose quality is locked; a value stands in words beside every bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from aanbesteding.documents.filters import datum
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import ConsensusVastgesteld, PerceelUitgewerkt
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.engine.dossierbeeld import Dossierbeeld
from aanbesteding.fasen.marktconsultatie.uitkomst import count_cijfers, load_uitkomst, show_gemiddelde
from aanbesteding.web.taal import show_getal

BREEDTE, RIJ, BOVEN, ONDER = 1000, 46, 8, 30
MAX_LABEL = 105


@dataclass(frozen=True)
class Staaf:
    """A bar with its place in the drawing, and its row in the table."""

    label: str
    tekst: str
    x: int
    breedte: int
    y: int
    soort: str
    cellen: tuple[str, ...]

    @property
    def kort(self) -> str:
        """The label as it fits above the bar."""
        return self.label if len(self.label) <= MAX_LABEL else self.label[: MAX_LABEL - 1].rstrip() + "…"


@dataclass(frozen=True)
class Grafiek:
    """A drawing with its words: title, what it shows, marks on the axis and the table."""

    code: str
    titel: str
    omschrijving: str
    kolommen: tuple[str, ...]
    staven: tuple[Staaf, ...]
    merken: tuple[tuple[int, str], ...]
    vandaag: int | None = None

    @property
    def hoogte(self) -> int:
        """Height of the drawing."""
        return BOVEN + RIJ * len(self.staven) + ONDER


def build_grafieken(beeld: Dossierbeeld) -> tuple[Grafiek, ...]:
    """Every chart for which there is something to show."""
    dossier = beeld.geladen.dossier
    gemaakt = [_build_planning(beeld), _build_enquete(dossier), *_list_scores(dossier)]
    return tuple(g for g in gemaakt if g is not None)


def _build_planning(beeld: Dossierbeeld) -> Grafiek | None:
    gepland = [t for t in beeld.termijnen if t.gepland]
    regels = [
        (f.titel, _dag(f.eerste), _dag(f.laatste), "staaf")
        for f in beeld.fasen
        if f.eerste is not None and f.laatste is not None
    ]
    regels += [(t.naam, _dag(t.einde), _dag(t.einde), "staaf2") for t in gepland]
    if not regels:
        return None
    begin, einde = min(r[1] for r in regels), max(r[2] for r in regels)
    duur = max(1, (einde - begin).days)

    def plaats(dag: date) -> int:
        return (dag - begin).days * BREEDTE // duur

    staven = tuple(
        Staaf(
            naam,
            datum(van) if van == tot else f"{datum(van)} tot en met {datum(tot)}",
            min(plaats(van), BREEDTE - 8),
            max(8, plaats(tot) - plaats(van)),
            _y(nummer),
            soort,
            (datum(van), datum(tot)),
        )
        for nummer, (naam, van, tot, soort) in enumerate(regels)
    )
    vandaag = _dag(beeld.nu)
    return Grafiek(
        "planning",
        "Planning en verloop",
        "Blauwgroene balken: wat er per fase is gedaan, van de eerste tot en met de laatste handeling. "
        "Oranje blokjes: wat is gepland.",
        ("Wat", "Van", "Tot en met"),
        staven,
        ((0, datum(begin)), (BREEDTE, datum(einde))),
        plaats(vandaag) if begin <= vandaag <= einde else None,
    )


def _dag(moment: date | datetime | None) -> date:
    assert moment is not None
    return moment.astimezone(TIJDZONE).date() if isinstance(moment, datetime) else moment


def _y(nummer: int) -> int:
    return BOVEN + nummer * RIJ


def _build_enquete(dossier: Dossier) -> Grafiek | None:
    consultatie, uitkomst = dossier.aanbesteding.consultatie, load_uitkomst(dossier)
    regels: list[tuple[str, Fraction, tuple[str, ...]]] = []
    for vraag in consultatie.vragen:
        cijfers = count_cijfers(uitkomst.list_scores([vraag.code]))
        if cijfers is not None:
            gemiddeld = show_getal(show_gemiddelde(cijfers.gemiddelde))
            cellen = (gemiddeld, str(cijfers.laagste), str(cijfers.hoogste), str(cijfers.aantal))
            regels.append((vraag.tekst, cijfers.gemiddelde, cellen))
    return _build_schaal(
        "enquete",
        "Uitkomst van de consultatie",
        f"Gemiddelde per vraag, op een schaal van {consultatie.schaal_min} tot en met {consultatie.schaal_max}.",
        ("Vraag", "Gemiddeld", "Laagste", "Hoogste", "Antwoorden"),
        regels,
        consultatie.schaal_min,
        consultatie.schaal_max,
    )


def _list_scores(dossier: Dossier) -> list[Grafiek | None]:
    grafieken: list[Grafiek | None] = []
    for perceel in dossier.aanbesteding.percelen:
        consensus = dossier.laatste(ConsensusVastgesteld, perceel=perceel.nummer)
        uitgewerkt = dossier.laatste(PerceelUitgewerkt, perceel=perceel.nummer)
        if consensus is None or uitgewerkt is None or not uitgewerkt.schaal:
            continue
        regels: list[tuple[str, Fraction, tuple[str, ...]]] = []
        for c in uitgewerkt.criteria:
            cijfers = count_cijfers([o.score for o in consensus.oordelen if o.criterium == c.code])
            if cijfers is not None:
                gemiddeld = show_getal(show_gemiddelde(cijfers.gemiddelde))
                cellen = (gemiddeld, str(cijfers.laagste), str(cijfers.hoogste), str(cijfers.aantal))
                regels.append((f"{c.code} {c.titel}", cijfers.gemiddelde, cellen))
        punten = [p.punt for p in uitgewerkt.schaal]
        grafieken.append(
            _build_schaal(
                f"scores-{perceel.nummer}",
                f"Scores per criterium, perceel {perceel.nummer}",
                f"Gemiddelde van het oordeel van de commissie over alle geldige inschrijvingen, op een schaal van "
                f"{min(punten)} tot en met {max(punten)}.",
                ("Criterium", "Gemiddeld", "Laagste", "Hoogste", "Inschrijvingen"),
                regels,
                min(punten),
                max(punten),
            )
        )
    return grafieken


def _build_schaal(
    code: str,
    titel: str,
    omschrijving: str,
    kolommen: tuple[str, ...],
    regels: Sequence[tuple[str, Fraction, tuple[str, ...]]],
    laag: int,
    hoog: int,
) -> Grafiek | None:
    """Bars from the lowest point of a scale to each mean."""
    if not regels or hoog <= laag:
        return None
    stap = Fraction(BREEDTE, hoog - laag)
    staven = tuple(
        Staaf(label, cellen[0], 0, max(4, int((gemiddeld - laag) * stap)), _y(nummer), "staaf", cellen)
        for nummer, (label, gemiddeld, cellen) in enumerate(regels)
    )
    merken = tuple((int((punt - laag) * stap), show_getal(Decimal(punt))) for punt in range(laag, hoog + 1))
    return Grafiek(code, titel, omschrijving, kolommen, staven, merken)

"""Calculates a restored dossier again: every ranking from its scores and prices, every letter from its facts.

Checking that nothing was changed is engine.verifieer; here the question is whether the recorded outcome is the outcome
that the recorded scores, prices and definitions give. Each ranking is ranked once more on the dossier as it was right
before it was recorded; of each promised document the context is built once more on the dossier as it was right after.

Must stay true: reads only; a difference is reported with its place, whatever it is.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import RangordeVastgesteld
from aanbesteding.domain.gunningsrangorde import rank_perceel
from aanbesteding.domain.regio import Regio
from aanbesteding.domain.situatie import Situatie
from aanbesteding.engine.app import App
from aanbesteding.engine.melding import Melding
from aanbesteding.engine.verifieer import Verificatie, Voortgang, verify
from aanbesteding.errors import AanbestedingError
from aanbesteding.procedure import Procedure
from aanbesteding.storage.bewijs import load_contexthashes
from aanbesteding.storage.documenten import OpenToezegging, list_toezeggingen


@dataclass(frozen=True)
class Herberekening:
    """What calculating again came to."""

    dossier: str
    rangordes: int
    documenten: int
    verificatie: Verificatie
    afwijkingen: tuple[Melding, ...]

    @property
    def gelijk(self) -> bool:
        """Whether every ranking and every letter is the same."""
        return not self.afwijkingen and self.verificatie.in_orde


def recalculate(app: App, code: str, voortgang: Voortgang = lambda _gedaan, _totaal: None) -> Herberekening:
    """Rank and build everything of this dossier once more; OnbekendDossier when there is none."""
    dossier, procedure, regio = app.load(code)
    rangordes = [v for v in dossier.vastleggingen if isinstance(v.feit, RangordeVastgesteld)]
    afwijkingen: list[Melding] = []
    for vastlegging in rangordes:
        feit = vastlegging.feit
        assert isinstance(feit, RangordeVastgesteld)
        afwijkingen += _compare_rangorde(dossier.op_versie(vastlegging.versie - 1), feit)
    documenten = 0
    for toezegging in list_toezeggingen(app.database, code, ook_afgehandeld=True):
        aantal, anders = _compare_contexten(app, dossier, procedure, regio, toezegging)
        documenten += aantal
        afwijkingen += anders
    controle = verify(app, code, voortgang, verzegeld=False)
    return Herberekening(code, len(rangordes), documenten, controle, tuple(afwijkingen))


def _compare_rangorde(dossier: Dossier, feit: RangordeVastgesteld) -> list[Melding]:
    waar = f"perceel {feit.perceel}"
    try:
        nieuw = rank_perceel(dossier, feit.perceel, uitgevallen=feit.uitgevallen, loting=feit.loting)
    except AanbestedingError as fout:
        return [Melding("rangorde", waar, f"Opnieuw rangschikken lukt niet: {fout}")]
    if nieuw.plaatsen == feit.plaatsen:
        return []
    verschil = next(
        (f"plaats {o.rang}: vastgelegd {o.inschrijving} met {o.totaal}, herberekend {n.inschrijving} met {n.totaal}"
         for o, n in zip(feit.plaatsen, nieuw.plaatsen, strict=False) if o != n),
        f"vastgelegd zijn {len(feit.plaatsen)} plaatsen, herberekend {len(nieuw.plaatsen)}",
    )  # fmt: skip
    return [Melding("rangorde", waar, f"De herberekende rangorde is een andere ({verschil}).")]


def _compare_contexten(
    app: App, dossier: Dossier, procedure: Procedure, regio: Regio, toezegging: OpenToezegging
) -> tuple[int, list[Melding]]:
    """Contexts of one promise against the ones recorded with the documents made, by recipient."""
    vast = load_contexthashes(app.database, toezegging.dossier, toezegging.versie, toezegging.document)
    if not vast:
        return 0, []
    waar = f"{toezegging.document} (versie {toezegging.versie})"
    situatie = Situatie(
        dossier=dossier.op_versie(toezegging.versie),
        invoer=None,
        nu=toezegging.moment,
        normen=app.normen,
        regio=regio,
        persoon=toezegging.persoon,
        onderwerpen=toezegging.onderwerpen,
    )
    nieuw = {
        e.ontvanger.sleutel: hashlib.sha256(e.context.model_dump_json().encode()).hexdigest()
        for e in procedure.load_document(toezegging.document).build(situatie)
        if not toezegging.ontvangers or e.ontvanger.sleutel in toezegging.ontvangers
    }
    anders = [
        Melding(
            "document",
            f"{waar}, {ontvanger or 'zonder ontvanger'}",
            "Uit de feiten volgen nu andere gegevens.",
        )
        for ontvanger in sorted({*vast, *nieuw})
        if vast.get(ontvanger) != nieuw.get(ontvanger)
    ]
    return len(vast), anders

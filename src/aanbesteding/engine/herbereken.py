"""Calculates a restored dossier again: every ranking from its scores and prices, every letter from its facts.

Checking that nothing was changed is engine.verifieer; here the question is whether the recorded outcome is the outcome
that the recorded scores, prices and definitions give. Each ranking is ranked once more on the dossier as it was right
before it was recorded, together with what was ranked in the same act; of each promised document the context is built
once more on the dossier as it was right after.

Must stay true: reads only; a difference is reported with its place, whatever it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import RangordeVastgesteld
from aanbesteding.domain.perceelverdeling import rank_percelen
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
    dossier, procedure, regio = app.load(code, opnieuw=True)
    per_handeling: dict[int, list[RangordeVastgesteld]] = {}
    for vastlegging in dossier.vastleggingen:
        if isinstance(vastlegging.feit, RangordeVastgesteld):
            per_handeling.setdefault(vastlegging.versie, []).append(vastlegging.feit)
    afwijkingen: list[Melding] = []
    for versie, feiten in per_handeling.items():
        afwijkingen += _compare_rangordes(dossier.op_versie(versie - 1), feiten)
    documenten = 0
    for toezegging in list_toezeggingen(app.database, code, ook_afgehandeld=True):
        aantal, anders = _compare_contexten(app, dossier, procedure, regio, toezegging)
        documenten += aantal
        afwijkingen += anders
    aantal = sum(len(feiten) for feiten in per_handeling.values())
    controle = verify(app, code, voortgang, verzegeld=False)
    return Herberekening(code, aantal, documenten, controle, tuple(afwijkingen))


def _compare_rangordes(dossier: Dossier, feiten: Sequence[RangordeVastgesteld]) -> Iterator[Melding]:
    """The rankings of one act against the ones of now: percelen that are divided together are ranked together."""
    try:
        opnieuw = rank_percelen(
            dossier,
            [feit.perceel for feit in feiten],
            uitgevallen={feit.perceel: feit.uitgevallen for feit in feiten},
            loting={feit.perceel: feit.loting for feit in feiten},
        )
    except AanbestedingError as fout:
        waar = f"perceel {', '.join(feit.perceel for feit in feiten)}"
        yield Melding("rangorde", waar, f"Opnieuw rangschikken lukt niet: {fout}")
        return
    for feit, nieuw in zip(feiten, opnieuw, strict=True):
        if nieuw.plaatsen != feit.plaatsen or nieuw.verdeling != feit.verdeling:
            tekst = f"De herberekende rangorde is een andere ({_describe_verschil(feit, nieuw)})."
            yield Melding("rangorde", f"perceel {feit.perceel}", tekst)


def _describe_verschil(feit: RangordeVastgesteld, nieuw: RangordeVastgesteld) -> str:
    """The first place that differs, and in what."""
    if len(feit.plaatsen) != len(nieuw.plaatsen):
        return f"vastgelegd zijn {len(feit.plaatsen)} plaatsen, herberekend {len(nieuw.plaatsen)}"
    for oud, anders in zip(feit.plaatsen, nieuw.plaatsen, strict=True):
        if oud != anders:
            was, wordt = oud.model_dump(), anders.model_dump()
            veld = next(veld for veld in was if was[veld] != wordt[veld])
            return (
                f"plaats {oud.rang}, {oud.inschrijving}: '{veld}' is vastgelegd als {was[veld]} en herberekend als "
                f"{wordt[veld]}"
            )
    return "de verdeling over de percelen"


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

"""The work of the committee as pages show it: what one assessor scores, and what the chair brings together.

Individual scores become facts only when they are locked; what an assessor fills in before that is a draft that
nobody else reads. Only looks; locking and the committee's judgment go through engine.perform.

Must stay true: an assessor sees own scores alone; the chair sees individual scores only when the judgment can be
made, so when enough assessors have locked theirs; no price is here at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import (
    ConsensusVastgesteld,
    Criterium,
    InschrijvingenOntvangen,
    PerceelUitgewerkt,
    Schaalpunt,
    ScoresVergrendeld,
)
from aanbesteding.domain.gunningsrangorde import load_geldige_inschrijvingen
from aanbesteding.domain.rol import Rol
from aanbesteding.engine.app import App
from aanbesteding.engine.standen import Geladen, Stand, load_stand
from aanbesteding.storage.concepten import load_concepten

SCOREN = "scores_vergrendelen"
OORDELEN = "consensus_vaststellen"
VERKLAREN = "belangenverklaring_afleggen"
VERKLARING_ONTBREEKT = "belangenverklaring-ontbreekt"

Invulling = Mapping[str, str]
"""What was filled in for one bid: "<criterium>.<veld>" → text."""


@dataclass(frozen=True)
class TeBeoordelen:
    """A bid to be judged: its number and name, and how many criteria are filled in."""

    nummer: str
    naam: str
    ingevuld: int


@dataclass(frozen=True)
class Perceelwerk:
    """One perceel for one person: the frame, the bids, and whether the act can be done."""

    perceel: str
    titel: str
    criteria: tuple[Criterium, ...]
    schaal: tuple[Schaalpunt, ...]
    inschrijvingen: tuple[TeBeoordelen, ...]
    stand: Stand
    concepten: Mapping[str, Invulling]
    klaar: bool
    mag_vergelijken: bool

    @property
    def moet_verklaren(self) -> bool:
        """The declaration of interests comes first."""
        return any(o.code == VERKLARING_ONTBREEKT for o in self.stand.redenen)

    @property
    def volledig(self) -> bool:
        """Everything is filled in."""
        return all(i.ingevuld == len(self.criteria) for i in self.inschrijvingen)

    def volgende(self, nummer: str) -> str:
        """The bid after this one; empty after the last."""
        nummers = [i.nummer for i in self.inschrijvingen]
        plaats = nummers.index(nummer) + 1
        return nummers[plaats] if plaats < len(nummers) else ""


@dataclass(frozen=True)
class LosseScore:
    """What one assessor gave for one criterium of one bid."""

    beoordelaar: str
    score: int
    motivering: str


def heeft_beoordeling(geladen: Geladen) -> bool:
    """Does this procedure have a committee that scores?"""
    codes = {h.code for _, h in geladen.procedure.list_handelingen()}
    return {SCOREN, OORDELEN} <= codes


def list_perceelwerk(app: App, geladen: Geladen, handeling: str, persoon: str) -> tuple[Perceelwerk, ...]:
    """The percelen with something to score, for this person and this act."""
    if not heeft_beoordeling(geladen):
        return ()
    concepten = load_concepten(app.database, geladen.dossier.code, persoon, handeling)
    werk = (
        _build_werk(app, geladen, handeling, persoon, p.nummer, concepten)
        for p in geladen.dossier.aanbesteding.percelen
    )
    return tuple(w for w in werk if w is not None)


def load_perceelwerk(
    app: App, geladen: Geladen, handeling: str, persoon: str, perceel: str
) -> Perceelwerk | None:
    """One perceel of `list_perceelwerk`; None when there is nothing to score in it."""
    return next((w for w in list_perceelwerk(app, geladen, handeling, persoon) if w.perceel == perceel), None)


def _build_werk(
    app: App,
    geladen: Geladen,
    handeling: str,
    persoon: str,
    perceel: str,
    concepten: Mapping[str, Invulling],
) -> Perceelwerk | None:
    dossier = geladen.dossier
    uitgewerkt = dossier.laatste(PerceelUitgewerkt, perceel=perceel)
    criteria = tuple(c for c in uitgewerkt.criteria if c.soort == "kwaliteit") if uitgewerkt else ()
    geldig = load_geldige_inschrijvingen(dossier, perceel)
    if uitgewerkt is None or not criteria or not geldig:
        return None
    namen = load_namen(dossier)
    eigen = {
        sleutel.partition("/")[2]: inhoud
        for sleutel, inhoud in concepten.items()
        if sleutel.startswith(f"{perceel}/")
    }
    return Perceelwerk(
        perceel,
        dossier.aanbesteding.load_perceel(perceel).titel,
        criteria,
        tuple(sorted(uitgewerkt.schaal, key=lambda p: p.punt)),
        tuple(
            TeBeoordelen(nummer, namen.get(nummer, ""), _count_ingevuld(eigen.get(nummer, {}), criteria))
            for nummer in geldig
        ),
        load_stand(app, geladen, handeling, persoon, (perceel,)),
        eigen,
        _is_klaar(dossier, handeling, persoon, perceel),
        _mag_vergelijken(geladen, persoon, perceel),
    )


def _mag_vergelijken(geladen: Geladen, persoon: str, perceel: str) -> bool:
    """A chair who is an assessor too sees nobody's scores before locking the own ones."""
    if Rol.BEOORDELAAR not in geladen.regio.list_rollen(persoon):
        return True
    return persoon in list_vergrendeld(geladen.dossier, perceel)


def _is_klaar(dossier: Dossier, handeling: str, persoon: str, perceel: str) -> bool:
    """Did this person already do this for this perceel?"""
    if handeling == SCOREN:
        return dossier.laatste(ScoresVergrendeld, perceel=perceel, beoordelaar=persoon) is not None
    return dossier.laatste(ConsensusVastgesteld, perceel=perceel) is not None


def _count_ingevuld(invulling: Invulling, criteria: tuple[Criterium, ...]) -> int:
    return sum(
        bool(invulling.get(f"{c.code}.score") and invulling.get(f"{c.code}.motivering")) for c in criteria
    )


def load_namen(dossier: Dossier) -> Mapping[str, str]:
    """Name of the bidder per number of a bid."""
    return {
        i.nummer: i.aanbieder.naam
        for feit in dossier.list_feiten(InschrijvingenOntvangen)
        for i in feit.inschrijvingen
    }


def list_vergrendeld(dossier: Dossier, perceel: str) -> tuple[str, ...]:
    """Who locked own scores for this perceel: names only."""
    return tuple(f.beoordelaar for f in dossier.list_feiten(ScoresVergrendeld) if f.perceel == perceel)


def load_losse_scores(
    geladen: Geladen, werk: Perceelwerk, nummer: str
) -> Mapping[str, tuple[LosseScore, ...]]:
    """The locked scores of one bid side by side, per criterium; nothing as long as the judgment cannot be made."""
    if not (werk.mag_vergelijken and (werk.stand.kan_nu or werk.klaar)):
        return {}
    per_criterium: dict[str, list[LosseScore]] = {c.code: [] for c in werk.criteria}
    for feit in geladen.dossier.list_feiten(ScoresVergrendeld):
        for score in feit.scores:
            if feit.perceel == werk.perceel and score.inschrijving == nummer:
                per_criterium[score.criterium].append(
                    LosseScore(feit.beoordelaar, score.score, score.motivering)
                )
    return {code: tuple(scores) for code, scores in per_criterium.items()}


def build_scores(werk: Perceelwerk) -> dict[str, object]:
    """The drafts of an assessor as the input of the act that locks them."""
    return {
        "percelen": [werk.perceel],
        "scores": [{"perceel": werk.perceel} | regel for regel in _list_regels(werk, ("motivering",))],
    }


def build_oordelen(werk: Perceelwerk) -> dict[str, object]:
    """The drafts of the chair as the input of the act that records the committee's judgment."""
    velden = ("motivering", "waarom_niet_maximaal", "intern")
    return {"perceel": werk.perceel, "oordelen": _list_regels(werk, velden)}


def _list_regels(werk: Perceelwerk, velden: tuple[str, ...]) -> list[dict[str, object]]:
    return [
        {
            "inschrijving": i.nummer,
            "criterium": c.code,
            "score": werk.concepten[i.nummer][f"{c.code}.score"],
            **{veld: werk.concepten[i.nummer].get(f"{c.code}.{veld}", "") for veld in velden},
        }
        for i in werk.inschrijvingen
        for c in werk.criteria
        if werk.concepten.get(i.nummer, {}).get(f"{c.code}.score")
    ]

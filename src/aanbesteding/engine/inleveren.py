"""Handing in an edited Word file: which stuk it is, what it says that the dossier does not, and keeping the version.

Must stay true: the report is made here from the files themselves, never taken from whoever hands in; a file with open
tracked changes, hidden text or comments is looked at but not kept as a version, because it could be sent so; every
contradiction carries its own motivation or is left open for the one who approves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aanbesteding.documents.woord.herkenning import herken_leden
from aanbesteding.documents.woord.upload import open_upload
from aanbesteding.documents.woord.vergelijking import vergelijk
from aanbesteding.documents.woord.verslag import FORMULERING, ONGEWIJZIGD, Tegenspraak, Vergelijking
from aanbesteding.domain.stukken import Stuk, Vergelijkingsverslag
from aanbesteding.domain.stukken import Tegenspraak as Vastgelegd
from aanbesteding.engine.app import App
from aanbesteding.engine.perform import Resultaat
from aanbesteding.engine.stukken import load_stuk, save_versie
from aanbesteding.engine.waarden import find_rij, load_waarden
from aanbesteding.errors import InvoerError


@dataclass(frozen=True)
class Inlevering:
    """An edited file beside the current version of its stuk."""

    stuk: Stuk
    vergelijking: Vergelijking
    gelijk: bool
    """The file is the current version, byte for byte."""

    @property
    def beletsels(self) -> tuple[str, ...]:
        """Why it cannot be handed in as it is."""
        if self.gelijk:
            return ("Dit bestand is gelijk aan de huidige versie: er valt niets in te leveren.",)
        return self.vergelijking.beletsels


def read_inlevering(app: App, dossier: str, inhoud: bytes) -> Inlevering:
    """Recognise and compare a file; InvoerError when it is unsafe, not recognised, or of another dossier."""
    herkenning = herken_leden(open_upload(inhoud))
    if herkenning.dossier != dossier:
        raise InvoerError(
            [
                f"Dit bestand hoort bij dossier {herkenning.dossier}, niet bij {dossier}. Lever het daar in, of "
                "kies het goede bestand."
            ]
        )
    rij = find_rij(app, herkenning)
    stuk = load_stuk(app, dossier, rij.pad).stuk
    huidig = load_versie(app, dossier, stuk, stuk.huidig.nummer)
    return Inlevering(stuk, vergelijk(huidig, inhoud, load_waarden(app, rij)), huidig == inhoud)


def compare_versies(app: App, dossier: str, stuk: Stuk, van: int, naar: int) -> Vergelijking:
    """The report between two kept versions, with what contradicts the dossier in the second."""
    oud, nieuw = (load_versie(app, dossier, stuk, nummer) for nummer in (van, naar))
    rij = find_rij(app, herken_leden(open_upload(load_versie(app, dossier, stuk, 1))))
    return vergelijk(oud, nieuw, load_waarden(app, rij))


def load_versie(app: App, dossier: str, stuk: Stuk, nummer: int) -> bytes:
    """The file of one version; InvoerError when there is no such version or its file is gone."""
    versie = next((v for v in stuk.versies if v.nummer == nummer), None)
    if versie is None:
        raise InvoerError([f"Van '{stuk.id}' is er geen versie {nummer}."])
    try:
        return app.bestanden.load(dossier, versie.pad)
    except OSError as fout:
        raise InvoerError(
            [
                f"Het bestand van versie {nummer} van '{stuk.id}' is niet meer op schijf; zie 'aanbesteding verifieer'."
            ]
        ) from fout


def perform_inlevering(
    app: App,
    dossier: str,
    inhoud: bytes,
    persoon: str,
    *,
    toelichting: str = "",
    motiveringen: Mapping[str, str] | None = None,
) -> Resultaat:
    """Keep a file as the next version of its stuk. `motiveringen`: per key of a contradiction why it stays."""
    inlevering = read_inlevering(app, dossier, inhoud)
    if inlevering.beletsels:
        raise InvoerError(inlevering.beletsels)
    verslag = build_verslag(inlevering, motiveringen or {})
    return save_versie(app, dossier, inlevering.stuk.id, inhoud, verslag, persoon, toelichting.strip())


def build_verslag(inlevering: Inlevering, motiveringen: Mapping[str, str]) -> Vergelijkingsverslag:
    """The report as it is recorded with the act."""
    alineas = inlevering.vergelijking.alineas
    return Vergelijkingsverslag(
        met_versie=inlevering.stuk.huidig.nummer,
        ongewijzigd=sum(a.oordeel == ONGEWIJZIGD for a in alineas),
        formulering=sum(a.oordeel == FORMULERING for a in alineas),
        tegenspraken=tuple(
            Vastgelegd(
                plaats=f"{t.plek} ({t.veld})" if str(t.plek) else t.veld,
                dossier=t.oud,
                document=t.nieuw or "weggehaald",
                motivering=motiveringen.get(t.sleutel, "").strip(),
            )
            for t in inlevering.vergelijking.tegenspraken
        ),
    )


def list_zonder_motivering(
    vergelijking: Vergelijking, motiveringen: Mapping[str, str]
) -> tuple[Tegenspraak, ...]:
    """The contradictions that were given no reason."""
    return tuple(t for t in vergelijking.tegenspraken if not motiveringen.get(t.sleutel, "").strip())

"""Review of produced documents: approve, reject, ask back, hand in a new version, make again, record that it left.

Carried by every procedure; an act here moves no status of a perceel. Letters and documents that hold a decision are
reviewed (documents.declaration). A procedure takes part with `begeleid`.

Grondslag: organisation, not law (see regels.py).
Must stay true: an approval is of one file, by somebody who neither made nor changed it; what left never changes.
Trap: a document that was made again is a new edition with a review of its own; the old one no longer counts.
"""

from __future__ import annotations

from aanbesteding.domain.rol import Rol
from aanbesteding.domain.stukken import STUKFEITEN
from aanbesteding.fase import Fase, Handeling
from aanbesteding.fasen.stukken import besluiten as b
from aanbesteding.fasen.stukken import invoer as i
from aanbesteding.fasen.stukken import regels as r
from aanbesteding.fasen.stukken.verzending import bewaak

__all__ = ["FASE", "begeleid"]

_LOOPT = (
    r.er_is_iets_te_beoordelen,
    r.stuk_bekend,
    r.stuk_niet_verzonden,
    r.verzending_niet_begonnen,
    r.stuk_niet_vervangen,
)
_GEZIEN = (*_LOOPT, r.huidige_versie_gezien, r.bestand_is_heel)

FASE = Fase(
    "stukken",
    "Beoordeling van stukken",
    handelingen=(
        Handeling(
            "stukken_goedkeuren",
            "Stukken goedkeuren",
            rol=Rol.JURIST,
            per="dossier",
            invoer=i.StukkenGoedkeuren,
            regels=(
                *_GEZIEN,
                r.vier_ogen,
                r.geen_vraag_open,
                r.versie_niet_afgekeurd,
                r.nog_niet_goedgekeurd,
                r.tegenspraak_gemotiveerd,
            ),
            besluit=b.decide_goedkeuring,
            grondslag=r.ZORGVULDIG,
            ziet_stukken=True,
        ),
        # An approved letter can be rejected until it leaves.
        Handeling(
            "stuk_afkeuren",
            "Stuk afkeuren",
            rol=Rol.JURIST,
            per="dossier",
            invoer=i.StukAfkeuren,
            regels=(*_LOOPT, r.huidige_versie_gezien),
            besluit=b.decide_afkeuring,
            grondslag=r.ZORGVULDIG,
            ziet_stukken=True,
        ),
        Handeling(
            "stuk_terugvragen",
            "Vraag over een stuk stellen",
            rol=Rol.JURIST,
            per="dossier",
            invoer=i.StukTerugvragen,
            regels=(*_LOOPT, r.huidige_versie_gezien),
            besluit=b.decide_terugvraag,
            grondslag=r.ZORGVULDIG,
            ziet_stukken=True,
        ),
        Handeling(
            "terugvraag_beantwoorden",
            "Vraag over een stuk beantwoorden",
            rol=Rol.INKOPER,
            mede=(Rol.JURIST,),
            per="dossier",
            invoer=i.TerugvraagBeantwoorden,
            regels=(
                r.er_is_een_terugvraag,
                r.stuk_bekend,
                r.stuk_niet_verzonden,
                r.stuk_niet_vervangen,
                r.vraag_staat_open,
            ),
            besluit=b.decide_antwoord,
            grondslag=r.ZORGVULDIG,
            ziet_stukken=True,
        ),
        # A new version starts its review anew, whatever was said of the one before.
        Handeling(
            "stuk_inleveren",
            "Nieuwe versie van een stuk inleveren",
            rol=Rol.INKOPER,
            mede=(Rol.JURIST,),
            per="dossier",
            invoer=i.StukInleveren,
            regels=(*_LOOPT, r.versie_is_nieuw, r.versie_is_bewaard),
            besluit=b.decide_inlevering,
            ingang="de bladzijde 'Word in en uit', of 'aanbesteding stuk inleveren'",
            grondslag=r.ZORGVULDIG,
            ziet_stukken=True,
        ),
        # After a correction in the dossier itself; the documents are promised to their own stage.
        Handeling(
            "stukken_opnieuw_maken",
            "Stukken opnieuw laten maken",
            rol=Rol.INKOPER,
            mede=(Rol.JURIST,),
            per="dossier",
            invoer=i.StukkenOpnieuwMaken,
            regels=(*_LOOPT, r.een_besluit),
            besluit=b.decide_opnieuw,
            grondslag=r.ZORGVULDIG,
            ziet_stukken=True,
        ),
        # For letters that no act of their own stage records as sent.
        Handeling(
            "stukken_verzenden",
            "Verzending van stukken vastleggen",
            rol=Rol.INKOPER,
            per="dossier",
            invoer=i.StukkenVerzenden,
            regels=(
                r.er_is_iets_te_verzenden,
                r.stuk_bekend,
                r.stuk_niet_verzonden,
                r.stuk_niet_vervangen,
                r.huidige_versie_gezien,
                r.bestand_is_heel,
                r.brief_goedgekeurd,
                r.verzending_gebeurd,
            ),
            besluit=b.decide_verzending,
            grondslag=r.ZORGVULDIG,
            ziet_stukken=True,
        ),
    ),
    feiten=STUKFEITEN,
)


def begeleid(*fasen: Fase) -> tuple[Fase, ...]:
    """These stages with review: guarded where they record a sending, and followed by the stage of review itself."""
    return (*bewaak(*fasen), FASE)

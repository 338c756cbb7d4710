"""Sending: the word of a person that letters may leave, and what people learn of them afterwards.

What the mail server says of each letter stands in the delivery log (engine.verzending), not here: a fact is what a
person decided or knows. Carried by every procedure; a sending moves no status.

Grondslag: Aw 2012 art. 2.127 and 2.130: the standstill runs from a sending to everybody at once.
Must stay true: nothing leaves before `verzending_starten` of that decision, and only on the day that its letters name.
Trap: what only the register knows (are the letters approved, did this one come back) is guarded in engine.voorwaarden.
"""

from __future__ import annotations

from aanbesteding.domain.rol import Rol
from aanbesteding.fase import Fase, Handeling
from aanbesteding.fasen.verzending import besluiten, invoer, regels

__all__ = ["FASE"]

FASE = Fase(
    "verzending",
    "Verzending",
    handelingen=(
        # All letters of one decision in one go; the letters themselves are sent by engine.verzending.
        Handeling(
            "verzending_starten",
            "Brieven van een besluit verzenden",
            rol=Rol.INKOPER,
            per="dossier",
            invoer=invoer.VerzendingStarten,
            regels=(regels.nog_niet_gestart, regels.niet_vervangen, regels.vandaag_is_verzenddatum),
            besluit=besluiten.decide_start,
            grondslag=regels.VERZENDEN,
        ),
        # The mail server does not tell everything: a letter comes back, or somebody delivers it by hand.
        Handeling(
            "bezorging_melden",
            "Bezorging van een brief melden",
            rol=Rol.INKOPER,
            per="dossier",
            invoer=invoer.BezorgingMelden,
            regels=(regels.wel_gestart, regels.melding_gebeurd),
            besluit=besluiten.decide_melding,
            grondslag=regels.VERZENDEN,
        ),
    ),
)

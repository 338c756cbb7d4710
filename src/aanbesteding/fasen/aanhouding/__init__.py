"""Holds: what stops a procedure for an unknown time, from its beginning to its recorded outcome.

A court case about the documents, a complaint, a Bibob advice, an amendment by a council, a recalled decision, an
outage at closing. A hold moves no status; it stops the acts of its kind (see soorten.py) in every stage, and its
outcome goes on to do so until it was carried out. A procedure takes part with `bewaak` (regels.py).

Grondslag: Aw 2012 art. 2.109 and 2.131; Gemeentewet art. 160 and 169; Wet Bibob.
Must stay true: a hold is open-ended; no end is ever assumed.
Trap: a court case about the award decision belongs to the award stage, where the law ties it to the standstill.
"""

from __future__ import annotations

from aanbesteding.domain.rol import Rol
from aanbesteding.fase import Fase, Handeling
from aanbesteding.fasen.aanhouding import besluiten, documenten, invoer, regels
from aanbesteding.fasen.aanhouding.regels import bewaak

__all__ = ["FASE", "bewaak"]

FASE = Fase(
    "aanhouding",
    "Aanhouding",
    handelingen=(
        # From every status at which the kind allows it; the rules say which (a hold moves nothing).
        Handeling(
            "aanhouding_beginnen",
            "Aanhouding vastleggen",
            rol=Rol.JURIST,
            per="dossier",
            invoer=invoer.AanhoudingBeginnen,
            regels=(regels.past_bij_stand, regels.al_begonnen, regels.inschrijver_genoemd),
            besluit=besluiten.decide_begin,
            documenten=(documenten.BERICHT_AANHOUDING,),
            grondslag=regels.DOSSIERVORMING,
        ),
        # Only an outcome ends a hold; what it asks is then demanded by the guarded acts.
        Handeling(
            "aanhouding_beeindigen",
            "Uitkomst van een aanhouding vastleggen",
            rol=Rol.JURIST,
            per="dossier",
            invoer=invoer.AanhoudingBeeindigen,
            regels=(regels.er_loopt_een_aanhouding, regels.aanhouding_loopt, regels.uitkomst_past),
            besluit=besluiten.decide_einde,
            documenten=(documenten.BERICHT_EINDE_AANHOUDING,),
            grondslag=regels.DOSSIERVORMING,
        ),
    ),
)

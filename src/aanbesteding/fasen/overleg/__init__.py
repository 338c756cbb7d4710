"""Stage overleg: bestuurlijk aanbesteden, the consultation structure on top of another procedure.

First the structure: tables, ground rules, who decides (announced to all). Whoever signs the process agreement has a
seat, at any moment. At the tables content is discussed; the municipalities decide; each decision is a version of
the annex to the basic agreement of everybody, also during the term: budget and result are adjusted that way.

Grondslag: no procedure of its own in the law (FEITEN 1.6): it is cast as admission without selection, or as
consultation within another procedure. Equal treatment and transparency bind (Aw 2012 art. 1.8–1.10).
Must stay true: everybody with a process agreement is invited and gets the report; no version without a table.
Trap: many small steps make a big one, so the limit of steering is measured against the first version.
"""

from __future__ import annotations

from aanbesteding.domain.overleg import (
    BijlageVastgesteld,
    OverlegIngericht,
    ProcesovereenkomstBeeindigd,
    ProcesovereenkomstGesloten,
)
from aanbesteding.domain.rol import Rol
from aanbesteding.fase import Fase, Handeling, Invoerbestand
from aanbesteding.fasen.overleg import besluiten, documenten, invoer, regels
from aanbesteding.fasen.overleg.feiten import OverlegtafelGehouden, OverlegtafelUitgeschreven
from aanbesteding.fasen.overleg.regels import aanvrager_neemt_deel, bijlage_aanwezig, overleg_ingericht

__all__ = ["FASE", "aanvrager_neemt_deel", "bijlage_aanwezig", "overleg_ingericht"]

FASE = Fase(
    "overleg",
    "Overlegtafels en basisovereenkomst",
    handelingen=(
        # First how parties consult; announced to everyone, so that anybody can join.
        Handeling(
            "overleg_inrichten",
            "Overleg inrichten en bekendmaken",
            rol=Rol.GEMANDATEERDE,
            per="dossier",
            invoer=invoer.OverlegInrichten,
            regels=(regels.percelen_bestaan, regels.elk_perceel_een_tafel),
            besluit=besluiten.decide_inrichting,
            documenten=(documenten.BEKENDMAKING_OVERLEG,),
            grondslag=regels.WERKWIJZE,
        ),
        # Open to all at any moment: no closing, no selection.
        Handeling(
            "procesovereenkomsten_sluiten",
            "Procesovereenkomsten sluiten",
            rol=Rol.INKOPER,
            per="dossier",
            invoer=invoer.ProcesovereenkomstenSluiten,
            regels=(
                regels.overleg_ingericht,
                regels.deelnemer_nieuw,
                regels.deelnemer_kiest_percelen,
                regels.ondertekening_geweest,
            ),
            besluit=besluiten.decide_procesovereenkomsten,
            documenten=(documenten.PROCESOVEREENKOMST,),
            grondslag=regels.WERKWIJZE,
        ),
        Handeling(
            "procesovereenkomst_beeindigen",
            "Procesovereenkomst beëindigen",
            rol=Rol.INKOPER,
            per="dossier",
            invoer=invoer.ProcesovereenkomstBeeindigen,
            regels=(regels.procesovereenkomst_loopt, regels.opzegtermijn_gevolgd),
            besluit=besluiten.decide_proceseinde,
            grondslag=regels.PROCES,
        ),
        Handeling(
            "overlegtafel_uitschrijven",
            "Overlegtafel uitschrijven",
            rol=Rol.CONTRACTBEHEERDER,
            per="dossier",
            invoer=invoer.OverlegtafelUitschrijven,
            regels=(
                regels.tafel_bestaat,
                regels.tafel_heeft_deelnemers,
                regels.tafel_komt_nog,
                regels.uitnodiging_op_tijd,
            ),
            besluit=besluiten.decide_uitschrijving,
            documenten=(documenten.UITNODIGING_OVERLEGTAFEL,),
            grondslag=regels.PROCES,
        ),
        Handeling(
            "overlegtafel_verslag_vaststellen",
            "Verslag van een overlegtafel vaststellen",
            rol=Rol.CONTRACTBEHEERDER,
            per="dossier",
            invoer=invoer.VerslagVaststellen,
            regels=(
                regels.overleg_bekend,
                regels.overleg_gehouden,
                regels.verslag_nieuw,
                regels.aanwezigen_genodigd,
                regels.agenda_behandeld,
                regels.afspraak_bij_overeenstemming,
                regels.verslag_noemt_niemand,
            ),
            besluit=besluiten.decide_verslag,
            documenten=(documenten.VERSLAG_OVERLEGTAFEL,),
            grondslag=regels.PROCES,
        ),
        # The municipalities decide after the table; the version holds for everybody with a basic agreement.
        Handeling(
            "bijlage_vaststellen",
            "Versie van de bijlage vaststellen",
            rol=Rol.GEMANDATEERDE,
            per="dossier",
            invoer=invoer.BijlageVaststellen,
            regels=(
                regels.bijlage_na_overleg,
                regels.bijlage_met_overeenstemming,
                regels.bijlage_noemt_elk_product,
                regels.bijlage_verandert,
                regels.bijlage_vooruit,
                regels.bijsturing_binnen_grens,
                regels.elke_gemeente_besloot,
                regels.uittreden_kan,
            ),
            besluit=besluiten.decide_bijlage,
            documenten=(documenten.BIJLAGE_BASISOVEREENKOMST,),
            grondslag=regels.BASIS,
        ),
        # Who does not accept a version may leave on its first day.
        Handeling(
            "basisovereenkomst_opzeggen",
            "Opzegging na een nieuwe versie vastleggen",
            rol=Rol.CONTRACTBEHEERDER,
            per="dossier",
            invoer=invoer.BasisovereenkomstOpzeggen,
            regels=(regels.opzegging_op_versie, regels.opzegging_op_tijd),
            besluit=besluiten.decide_opzegging,
            grondslag=regels.BASIS,
        ),
    ),
    feiten=(
        OverlegIngericht,
        ProcesovereenkomstGesloten,
        ProcesovereenkomstBeeindigd,
        OverlegtafelUitgeschreven,
        OverlegtafelGehouden,
        BijlageVastgesteld,
    ),
    invoerbestanden=(
        Invoerbestand(
            "deelnemers",
            "procesovereenkomsten_sluiten",
            {"deelnemers": invoer.RijDeelnemer},
            besluiten.build_procesovereenkomsten,
        ),
    ),
)

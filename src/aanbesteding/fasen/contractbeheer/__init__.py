"""Contract management beside entry and exit: cooperation, indicators, extension, a perceel that goes elsewhere.

Small providers work as subcontractors or in coalitions, and the register knows their history. Indicators of the
agreement are measured and reported. An extension is planned with its lead time, decided for all providers of a
perceel, and may be declined; a perceel that the agreement lets go is taken out without touching the others.

Not here: entry rounds, change by addendum, ending for inactivity (toetreding).
Grondslag: the agreement itself; the numbers of the source text stand in the region's data.
"""

from aanbesteding.domain.rol import Rol
from aanbesteding.fase import Fase, Handeling, Invoerbestand
from aanbesteding.fasen.contractbeheer import (
    besluiten,
    documenten,
    documenten_verlenging,
    feiten,
    invoer,
    regels,
    regels_verlenging,
)

FASE = Fase(
    "contractbeheer",
    "Contractbeheer",
    handelingen=(
        # With a bid already, and during the term: then only with permission.
        Handeling(
            "samenwerking_registreren",
            "Onderaannemer of coalitie registreren",
            rol=Rol.CONTRACTBEHEERDER,
            per="dossier",
            invoer=invoer.SamenwerkingRegistreren,
            regels=(regels.samenwerking_past, regels.lid_in_een_coalitie, regels.toestemming_gegeven),
            besluit=besluiten.decide_samenwerking,
            documenten=(documenten.SAMENWERKINGSREGISTER,),
            grondslag=regels.SAMENWERKING,
        ),
        Handeling(
            "samenwerking_beeindigen",
            "Einde van een samenwerking vastleggen",
            rol=Rol.CONTRACTBEHEERDER,
            per="dossier",
            invoer=invoer.SamenwerkingBeeindigen,
            regels=(regels.lid_bekend,),
            besluit=besluiten.decide_einde_samenwerking,
            documenten=(documenten.SAMENWERKINGSREGISTER,),
            grondslag=regels.SAMENWERKING,
        ),
        Handeling(
            "prestaties_registreren",
            "Prestatie-indicatoren registreren",
            rol=Rol.CONTRACTBEHEERDER,
            per="dossier",
            invoer=invoer.PrestatiesRegistreren,
            regels=(regels.prestaties_passen,),
            besluit=besluiten.decide_prestaties,
            documenten=(documenten.PRESTATIEVERSLAG,),
            grondslag=regels.INDICATOREN,
        ),
        Handeling(
            "verlenging_plannen",
            "Verlenging plannen",
            rol=Rol.CONTRACTBEHEERDER,
            per="dossier",
            invoer=invoer.VerlengingPlannen,
            regels=(regels_verlenging.verlenging_mogelijk,),
            besluit=besluiten.decide_verlengingsplan,
            documenten=(documenten_verlenging.VERLENGINGSPLANNING,),
            grondslag=regels_verlenging.VERLENGING,
        ),
        # One decision for all providers of a perceel; each hears of it half a year before the end.
        Handeling(
            "verlenging_besluiten",
            "Overeenkomsten verlengen",
            rol=Rol.GEMANDATEERDE,
            per="dossier",
            invoer=invoer.VerlengingBesluiten,
            regels=(
                regels_verlenging.verlenging_mogelijk,
                regels_verlenging.verlenging_past_in_optie,
                regels_verlenging.verlenging_binnen_waarde,
                regels_verlenging.elke_gemeente_besloot,
                regels_verlenging.verlenging_gepland,
            ),
            besluit=besluiten.decide_verlenging,
            documenten=(documenten_verlenging.BRIEF_VERLENGING,),
            grondslag=regels_verlenging.VERLENGING,
        ),
        Handeling(
            "verlenging_afwijzen",
            "Vastleggen dat een aanbieder niet wil verlengen",
            rol=Rol.CONTRACTBEHEERDER,
            per="dossier",
            invoer=invoer.VerlengingAfwijzen,
            regels=(regels_verlenging.verlenging_loopt, regels_verlenging.afwijzing_op_tijd),
            besluit=besluiten.decide_afwijzing,
            documenten=(documenten_verlenging.BEVESTIGING_EINDE,),
            grondslag=regels_verlenging.VERLENGING,
        ),
        # The agreement announces it beforehand; six months' notice, and the other percelen stay.
        Handeling(
            "perceel_overdragen",
            "Perceel overdragen aan een ander verband",
            rol=Rol.GEMANDATEERDE,
            per="dossier",
            invoer=invoer.PerceelOverdragen,
            regels=(regels.overdracht_geregeld, regels.overdracht_op_tijd),
            besluit=besluiten.decide_overdracht,
            documenten=(documenten.BERICHT_OVERDRACHT,),
            grondslag=regels.OVERGANG,
        ),
    ),
    feiten=(
        feiten.SamenwerkingGeregistreerd,
        feiten.SamenwerkingBeeindigd,
        feiten.PrestatiesGeregistreerd,
        feiten.VerlengingGepland,
        feiten.VerlengingBesloten,
        feiten.PerceelOvergedragen,
    ),
    invoerbestanden=(
        Invoerbestand(
            "prestaties",
            "prestaties_registreren",
            {"prestaties": invoer.RijPrestatie},
            invoer.build_prestaties,
        ),
    ),
)

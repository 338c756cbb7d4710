"""The publication stage: from the adopted consultation report to opened bids.

Open points are decided, percelen worked out, powers of attorney and planning laid down; then the tender
documents are drafted, reviewed, published, explained in a nota van inlichtingen, and the bids come in,
stay closed and are opened. Not here: testing, scoring and ranking of bids (beoordeling), prices (opened
after quality), letters (gunning).

Grondslag: Aw 2012 art. 2.38-2.39 (social and other specific services), 2.53-2.54 and 2.73 (note), 2.108
(closed until the closing moment), 2.115 (criteria and weights announced), 1.10 (proportionality).
Must stay true: nothing is published while a point is open; the published documents are the reviewed ones;
content and price of a bid are sealed apart and never become a fact before their opening.
Trap: bids that arrive after closing are registered too (as late) and stay unread.
"""

from __future__ import annotations

from aanbesteding.domain.rol import Rol
from aanbesteding.fase import Fase, GeenInvoer, Handeling, Invoerbestand
from aanbesteding.fasen.publicatie import besluiten, bestanden, feiten, invoer, openers, tussentijds
from aanbesteding.fasen.publicatie import capaciteitregels as cr
from aanbesteding.fasen.publicatie import inschrijfregels as ir
from aanbesteding.fasen.publicatie import perceelregels as pr
from aanbesteding.fasen.publicatie import planningregels as pl
from aanbesteding.fasen.publicatie import regels as r
from aanbesteding.fasen.publicatie import tussentijdsregels as tr
from aanbesteding.fasen.publicatie import verdeelregels as vd
from aanbesteding.fasen.publicatie import waarderegels as wr
from aanbesteding.fasen.publicatie.documenten.aankondiging import AANKONDIGING
from aanbesteding.fasen.publicatie.documenten.formulier import INSCHRIJFFORMULIER
from aanbesteding.fasen.publicatie.documenten.intrekking import PROCES_VERBAAL_INTREKKING
from aanbesteding.fasen.publicatie.documenten.leidraad import AANBESTEDINGSLEIDRAAD
from aanbesteding.fasen.publicatie.documenten.perceelstukken import (
    CONCEPTOVEREENKOMST,
    PROGRAMMA_VAN_EISEN,
    TARIEFONDERBOUWING,
)
from aanbesteding.fasen.publicatie.documenten.tussentijds import (
    BEVESTIGING_TERUGNAME,
    RECTIFICATIE,
    UITSTELBERICHT,
)
from aanbesteding.fasen.publicatie.documenten.verklaringen import (
    EIGEN_VERKLARING,
    VERKLARING_SAMENWERKING,
)
from aanbesteding.fasen.publicatie.documenten.verloop import (
    INTREKKINGSBERICHT,
    NOTA_VAN_INLICHTINGEN,
    ONTVANGSTBEVESTIGING,
    PROCES_VERBAAL_OPENING,
)
from aanbesteding.fasen.publicatie.documenten.wnt import WNT_VERKLARING

VOOR_STUKKEN = frozenset({"consultatie_afgerond"})
STUKKEN = (
    AANBESTEDINGSLEIDRAAD,
    PROGRAMMA_VAN_EISEN,
    CONCEPTOVEREENKOMST,
    TARIEFONDERBOUWING,
    INSCHRIJFFORMULIER,
    EIGEN_VERKLARING,
    VERKLARING_SAMENWERKING,
    WNT_VERKLARING,
)
COMPLEET = (
    r.consultatieverslag_vastgesteld,
    r.punten_beslist,
    r.percelen_uitgewerkt,
    vd.verdeling_uitvoerbaar,
    pl.planning_aanwezig,
    r.volmachten_aanwezig,
)
VOOR_OPENING = frozenset(
    [
        "voorbereiding",
        "consultatie_open",
        "consultatie_gesloten",
        "consultatie_afgerond",
        "stukken_opgesteld",
        "gepubliceerd",
        "gesloten",
    ]
)
VOOR_GUNNING = frozenset(
    [
        "voorbereiding",
        "consultatie_open",
        "consultatie_gesloten",
        "consultatie_afgerond",
        "stukken_opgesteld",
        "gepubliceerd",
        "gesloten",
        "geopend",
        "in_toetsing",
        "getoetst",
        "kwaliteit_vergrendeld",
        "beoordeeld",
        "geadviseerd",
        "meegedeeld",
    ]
)

FASE = Fase(
    "publicatie",
    "Publicatie",
    handelingen=(
        # What the strategy leaves open is decided by who may bind the municipalities.
        Handeling(
            "punt_beslissen",
            "Open punt beslissen",
            rol=Rol.GEMANDATEERDE,
            per="aanbesteding",
            van=VOOR_STUKKEN,
            invoer=invoer.PuntBeslissen,
            regels=(r.punt_bestaat, r.antwoord_past),
            besluit=besluiten.decide_punt,
            grondslag="Transparantiebeginsel",
        ),
        # Aw 2.115: criteria and weights are known beforehand; real prices are substantiated per product.
        Handeling(
            "perceel_uitwerken",
            "Perceel uitwerken",
            rol=Rol.INKOPER,
            per="perceel",
            van=VOOR_STUKKEN,
            invoer=invoer.PerceelUitwerken,
            regels=(
                r.percelen_bestaan,
                pr.codes_uniek,
                pr.gewichten_tellen_op,
                pr.uitval_geregeld,
                pr.kostprijs_volledig,
                pr.kostprijs_is_tarief,
                pr.wmo_prijs_heeft_ondergrens,
                pr.prijs_past_bij_product,
                pr.gelijke_stand_geregeld,
                pr.maximum_heeft_criteria,
                pr.maximale_waarde_toereikend,
                pr.methode_uitvoerbaar,
                cr.minimumcapaciteit_gevraagd,
                cr.minimum_zoals_besloten,
            ),
            besluit=besluiten.decide_perceel_uitwerken,
            grondslag="Aw 2012 art. 2.115",
        ),
        # Gemeentewet 160: every municipality decides itself or gives power of attorney.
        Handeling(
            "volmacht_vastleggen",
            "Volmacht vastleggen",
            rol=Rol.JURIST,
            per="dossier",
            invoer=invoer.VolmachtVastleggen,
            regels=(r.volmacht_past,),
            besluit=besluiten.decide_volmacht,
            grondslag="Gemeentewet art. 160 lid 1 en 171",
        ),
        # Aw 1.10: proportional terms; 2.127: no award before the standstill has ended.
        Handeling(
            "planning_vaststellen",
            "Planning vaststellen",
            rol=Rol.INKOPER,
            per="aanbesteding",
            van=VOOR_STUKKEN,
            invoer=invoer.PlanningVaststellen,
            regels=(
                pl.planning_op_volgorde,
                pl.ingang_binnen_bandbreedte,
                pl.planning_haalt_termijn,
                pl.planning_haalt_richttermijn,
                pl.nota_op_tijd_gepland,
                pl.nota_ruim_gepland,
                pl.sluiting_op_werkdag,
                pl.gunning_na_opschortende_termijn,
            ),
            besluit=besluiten.decide_planning,
            grondslag="Aw 2012 art. 1.10 lid 2",
        ),
        # The documents can be drafted once nothing is open any more.
        Handeling(
            "stukken_opstellen",
            "Aanbestedingsstukken opstellen",
            rol=Rol.INKOPER,
            per="aanbesteding",
            van=VOOR_STUKKEN,
            naar="stukken_opgesteld",
            invoer=invoer.StukkenOpstellen,
            regels=COMPLEET,
            besluit=besluiten.decide_stukken_opstellen,
            documenten=STUKKEN,
            automatisch=besluiten.plan_stukken_opstellen,
            grondslag="Transparantiebeginsel",
        ),
        # Review finds something: back to drafting, with the reason.
        Handeling(
            "stukken_herzien",
            "Aanbestedingsstukken herzien",
            rol=Rol.INKOPER,
            per="aanbesteding",
            van=frozenset({"stukken_opgesteld"}),
            naar="consultatie_afgerond",
            invoer=invoer.StukkenHerzien,
            besluit=besluiten.decide_stukken_herzien,
            grondslag="Transparantiebeginsel",
        ),
        # The gate: notice and documents for everyone at the same moment.
        Handeling(
            "publiceren",
            "Aanbesteding publiceren",
            rol=Rol.GEMANDATEERDE,
            per="aanbesteding",
            van=frozenset({"stukken_opgesteld"}),
            naar="gepubliceerd",
            regels=(
                *COMPLEET,
                r.procedurekeuze_past,
                r.procedurekeuze_gemotiveerd,
                r.uitwerkingen_compleet,
                r.aandelen_tellen_op,
                pl.verzending_op_tijd,
                pl.verzending_haalt_richttermijn,
                r.stukken_zoals_opgesteld,
                r.gidsafwijking_opgenomen,
                wr.waarde_vanaf_drempel,
                wr.geen_klein_perceel,
                r.bibob_geregeld,
                r.wnt_geregeld,
                openers.openers_aangewezen,
                openers.openers_kunnen_openen,
            ),
            besluit=besluiten.decide_publiceren,
            ziet_sleutels=True,
            documenten=(AANKONDIGING, *STUKKEN),
            grondslag="Aw 2012 art. 2.39",
        ),
        # Aw 2.53: questions are gathered and answered for all.
        Handeling(
            "vragen_registreren",
            "Vragen registreren",
            rol=Rol.INKOPER,
            per="aanbesteding",
            van=frozenset({"gepubliceerd"}),
            invoer=invoer.VragenRegistreren,
            regels=(ir.vraagnummers_uniek, ir.vragen_op_tijd),
            besluit=besluiten.decide_vragen,
            grondslag="Aw 2012 art. 2.53",
        ),
        # Aw 2.54 and 2.73: in time before closing, or the closing moment moves for everyone.
        Handeling(
            "nota_vaststellen",
            "Nota van inlichtingen vaststellen",
            rol=Rol.JURIST,
            per="aanbesteding",
            van=frozenset({"gepubliceerd"}),
            invoer=invoer.NotaVaststellen,
            regels=(
                ir.nota_ronde_volgt,
                ir.vragen_beantwoord,
                ir.antwoorden_horen_bij_vragen,
                ir.nota_anoniem,
                ir.wijzigingen_hebben_tekst,
                ir.sluiting_alleen_later,
                pl.sluiting_op_werkdag,
                ir.nota_op_tijd,
                ir.nota_ruim_op_tijd,
                ir.wijziging_met_uitstel,
            ),
            besluit=besluiten.decide_nota,
            documenten=(NOTA_VAN_INLICHTINGEN,),
            grondslag="Aw 2012 art. 2.53, 2.54 en 2.73",
        ),
        # Aw 2.67 and 2.73: a correction is a notice of its own, and gives everyone the time to take it in.
        Handeling(
            "rectificatie_publiceren",
            "Rectificatie publiceren",
            rol=Rol.GEMANDATEERDE,
            per="aanbesteding",
            van=frozenset({"gepubliceerd"}),
            invoer=tussentijds.RectificatiePubliceren,
            regels=(
                tr.rectificatie_niet_wezenlijk,
                ir.sluiting_alleen_later,
                pl.sluiting_op_werkdag,
                tr.rectificatie_met_uitstel,
            ),
            besluit=tussentijds.decide_rectificatie,
            documenten=(RECTIFICATIE,),
            grondslag="Aw 2012 art. 2.67 en 2.73",
        ),
        # Aw 2.109: also after an outage at closing, as long as nothing was opened; then bids come in again.
        Handeling(
            "inschrijftermijn_verlengen",
            "Inschrijftermijn verlengen",
            rol=Rol.GEMANDATEERDE,
            per="aanbesteding",
            van=frozenset({"gepubliceerd", "gesloten"}),
            naar="gepubliceerd",
            invoer=tussentijds.InschrijftermijnVerlengen,
            regels=(
                tr.niets_geopend,
                tr.storing_vastgelegd,
                tr.nieuwe_sluiting_later,
                pl.sluiting_op_werkdag,
            ),
            besluit=tussentijds.decide_verlenging,
            documenten=(UITSTELBERICHT,),
            grondslag="Aw 2012 art. 2.73 en 2.109",
        ),
        # Until the closing moment a bidder may take its bid back and hand in another.
        Handeling(
            "inschrijving_terugnemen",
            "Ingetrokken inschrijving vastleggen",
            rol=Rol.INKOPER,
            per="aanbesteding",
            van=frozenset({"gepubliceerd"}),
            invoer=tussentijds.InschrijvingTerugnemen,
            regels=(tr.inschrijving_bekend, tr.terugnemen_voor_sluiting),
            besluit=tussentijds.decide_terugnemen,
            documenten=(BEVESTIGING_TERUGNAME,),
            grondslag="Aw 2012 art. 2.108 en 2.109",
        ),
        # Bids are sealed to the keys of openers, so these are appointed before the first one comes in.
        Handeling(
            "openers_aanwijzen",
            "Openers aanwijzen",
            rol=Rol.GEMANDATEERDE,
            per="aanbesteding",
            van=VOOR_OPENING,
            invoer=openers.OpenersAanwijzen,
            regels=(
                openers.nog_niets_verzegeld,
                ir.openers_verschillen,
                ir.openers_bevoegd,
                openers.openers_hebben_sleutel,
                openers.geen_demosleutels,
                openers.openers_met_reserve,
            ),
            besluit=openers.decide_openers,
            ziet_sleutels=True,
            grondslag="Aw 2012 art. 2.108",
        ),
        # Aw 2.108: bids are registered and stay closed; a late one too.
        Handeling(
            "inschrijvingen_registreren",
            "Inschrijvingen registreren",
            rol=Rol.INKOPER,
            per="aanbesteding",
            van=frozenset({"gepubliceerd", "gesloten"}),
            invoer=invoer.InschrijvingenRegistreren,
            regels=(ir.inschrijvingen_passen, ir.ontvangst_niet_later_dan_nu, ir.inschrijvingen_op_tijd),
            besluit=besluiten.decide_inschrijvingen,
            documenten=(ONTVANGSTBEVESTIGING,),
            verzegelt=True,
            grondslag="Aw 2012 art. 2.108",
        ),
        # The closing moment passes by itself; no discretion.
        Handeling(
            "inschrijftermijn_sluiten",
            "Inschrijftermijn sluiten",
            rol=Rol.INKOPER,
            per="aanbesteding",
            van=frozenset({"gepubliceerd"}),
            naar="gesloten",
            invoer=GeenInvoer,
            regels=(ir.sluiting_verstreken,),
            besluit=besluiten.decide_sluiten,
            automatisch=besluiten.plan_inschrijftermijn_sluiten,
            grondslag="Aw 2012 art. 2.108",
        ),
        # Aw 2.108: only after the closing moment, by two persons together; prices stay sealed.
        Handeling(
            "inschrijvingen_openen",
            "Inschrijvingen openen",
            rol=Rol.INKOPER,
            per="aanbesteding",
            van=frozenset({"gesloten"}),
            naar="geopend",
            invoer=invoer.InschrijvingenOpenen,
            regels=(ir.sluiting_verstreken, ir.openers_verschillen, ir.openers_bevoegd),
            besluit=besluiten.decide_openen,
            documenten=(PROCES_VERBAAL_OPENING,),
            opent="inschrijving",
            grondslag="Aw 2012 art. 2.108",
        ),
        # A procedure may end without award, per perceel, until the award is final.
        Handeling(
            "aanbesteding_intrekken",
            "Aanbesteding intrekken",
            rol=Rol.GEMANDATEERDE,
            per="perceel",
            van=VOOR_GUNNING,
            naar="ingetrokken",
            invoer=invoer.AanbestedingIntrekken,
            regels=(r.percelen_bestaan,),
            besluit=besluiten.decide_intrekken,
            documenten=(INTREKKINGSBERICHT, PROCES_VERBAAL_INTREKKING),
            grondslag="Transparantiebeginsel en motiveringsplicht; Aw 2012 art. 2.132",
        ),
    ),
    meldingen=openers.list_meldingen,
    feiten=(
        feiten.VolmachtVastgelegd,
        feiten.StukkenOpgesteld,
        feiten.StukkenTeruggenomen,
        feiten.VragenOntvangen,
        feiten.InschrijftermijnGesloten,
        feiten.OpeningVastgelegd,
        feiten.PercelenIngetrokken,
    ),
    invoerbestanden=(
        Invoerbestand("vragen", "vragen_registreren", {"vragen": invoer.Vraagregel}, bestanden.build_vragen),
        Invoerbestand(
            "inschrijvingen",
            "inschrijvingen_registreren",
            {
                "inschrijvers": invoer.Inschrijverregel,
                "percelen": invoer.Perceelregel,
                "eisen": invoer.Eisregel,
            },
            bestanden.build_inschrijvingen,
        ),
    ),
)

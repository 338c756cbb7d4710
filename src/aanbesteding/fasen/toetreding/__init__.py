"""The stage toetreding: entry of new providers during the contract, exit, and changes to the contract.

It begins where gunning ends: with agreements that were concluded. Entry goes by rounds that open named
products for a named period; every application is tested requirement by requirement, judged by a person and
decided by another. Exit is for inactivity, or for a provider that does not accept a change. A change goes to
every provider with that agreement, is decided by every municipality and becomes one addendum for all.

Grondslag: Aw 2012 art. 2.163b, 2.163c and 2.163g (entry and change in a tendered contract need a basis in the
documents or must not be substantial); HvJ EU C-410/14 (an open house is open to all who qualify); art. 2.89
(age of evidence); Gemeentewet art. 160 lid 1 and Awb afdeling 10.1.1 (who decides); Wet Bibob. Legal
protection is by reconsideration and the civil court: contracting is no Awb decision.
Must stay true: an entrant gets the same requirements, tariffs, addenda and last day as the running
agreements.
Trap: a round has its own status and so has each application; the agreements themselves have none, they are
facts.
"""

from __future__ import annotations

from aanbesteding.domain.rol import Rol
from aanbesteding.fase import Fase, Handeling, Invoerbestand
from aanbesteding.fasen.toetreding.besluiten import (
    aanvraag,
    loket,
    maatwerk,
    overeenkomst,
    ronde,
    sluiting,
    toelating,
    uitvoering,
    wijziging,
)
from aanbesteding.fasen.toetreding.documenten import aanvulling as aanvuldocumenten
from aanbesteding.fasen.toetreding.documenten import basisovereenkomst as basisdocument
from aanbesteding.fasen.toetreding.documenten import maatwerk as maatwerkdocument
from aanbesteding.fasen.toetreding.documenten import overeenkomst as overeenkomstdocumenten
from aanbesteding.fasen.toetreding.documenten import ronde as rondedocumenten
from aanbesteding.fasen.toetreding.documenten import sluiting as sluitingsdocumenten
from aanbesteding.fasen.toetreding.documenten import toelating as toelatingsdocumenten
from aanbesteding.fasen.toetreding.documenten import wijziging as wijzigingsdocumenten
from aanbesteding.fasen.toetreding.regels import aanvraag as aanvraagregels
from aanbesteding.fasen.toetreding.regels import loket as loketregels
from aanbesteding.fasen.toetreding.regels import maatwerk as maatwerkregels
from aanbesteding.fasen.toetreding.regels import overeenkomst as overeenkomstregels
from aanbesteding.fasen.toetreding.regels import ronde as ronderegels
from aanbesteding.fasen.toetreding.regels import sluiting as sluitingsregels
from aanbesteding.fasen.toetreding.regels import toelating as toelatingsregels
from aanbesteding.fasen.toetreding.regels import uitvoering as uitvoeringsregels
from aanbesteding.fasen.toetreding.regels import wijziging as wijzigingsregels

HANDELINGEN = (
    # From agreement to delivery: notice, record, list, messages and continuity are in order.
    Handeling(
        "uitvoering_starten",
        "Uitvoering starten",
        Rol.CONTRACTBEHEERDER,
        "dossier",
        uitvoering.decide_uitvoering,
        invoer=uitvoering.UitvoeringStarten,
        regels=(
            uitvoeringsregels.overeenkomst_gesloten,
            uitvoeringsregels.verslag_opgemaakt,
            uitvoeringsregels.aankondiging_verzonden,
            uitvoeringsregels.aankondiging_op_tijd,
            uitvoeringsregels.lijst_vastgesteld,
            uitvoeringsregels.codes_ingericht,
        ),
        grondslag="Aw 2012 art. 2.132 en 2.134; Wmo 2015 art. 2.6.5",
    ),
    # A round begins as open: the decision is the public notice. A basis in the documents: Aw 2012 art.
    # 2.163c.
    Handeling(
        "openstelling_besluiten",
        "Toetredingsronde openstellen",
        Rol.GEMANDATEERDE,
        "ronde",
        ronde.decide_openstelling,
        naar="open",
        invoer=ronde.OpenstellingBesluiten,
        regels=(
            ronderegels.perceel_gecontracteerd,
            ronderegels.grondslag_aanwezig,
            ronderegels.product_bekend,
            ronderegels.startdatum_binnen_looptijd,
            ronderegels.tekort_gemotiveerd,
            ronderegels.openstelling_vooruit,
            ronderegels.aanmeldtermijn_redelijk,
            ronderegels.geen_plafond_in_open_house,
            ronderegels.begrenzing_gemotiveerd,
            ronderegels.product_nog_niet_open,
            uitvoeringsregels.uitvoering_gestart,
        ),
        documenten=(rondedocumenten.OPENSTELLINGSBESLUIT, rondedocumenten.BEKENDMAKING_OPENSTELLING),
        grondslag="Aw 2012 art. 2.163c",
    ),
    # Each application becomes a subject of its own, so that hundreds do not lock each other.
    Handeling(
        "aanvragen_registreren",
        "Aanvragen registreren",
        Rol.INKOPER,
        "verzoek",
        aanvraag.decide_registratie,
        naar="ontvangen",
        invoer=aanvraag.AanvragenRegistreren,
        regels=(
            aanvraagregels.ronde_open,
            aanvraagregels.aanvraag_op_tijd,
            aanvraagregels.aanvraag_niet_te_vroeg,
            aanvraagregels.product_opengesteld,
            aanvraagregels.aanvraag_enkel,
        ),
        documenten=(rondedocumenten.ONTVANGST_AANVRAAG,),
        grondslag="openstellingsbesluit",
    ),
    # The same, by the applicant: received at the moment of the clock, with its evidence by hash.
    Handeling(
        "aanvraag_indienen",
        "Aanvraag indienen via het loket",
        Rol.LOKET,
        "verzoek",
        loket.decide_indiening,
        naar="ontvangen",
        invoer=loket.AanvraagIndienen,
        regels=(
            loketregels.ronde_ontvangt,
            loketregels.producten_open,
            loketregels.nog_niet_aangevraagd,
            loketregels.eisen_beantwoord,
            loketregels.bewijs_bij_eis,
            loketregels.bewijs_bijgevoegd,
        ),
        documenten=(rondedocumenten.ONTVANGST_AANVRAAG,),
        ingang="het loket van de ronde (/loket)",
        grondslag="openstellingsbesluit",
    ),
    # open -> gesloten: the same last moment for everyone; done by the machine when it has passed.
    Handeling(
        "ronde_sluiten",
        "Toetredingsronde sluiten",
        Rol.INKOPER,
        "ronde",
        ronde.decide_sluiting,
        van=frozenset({"open"}),
        naar="gesloten",
        invoer=ronde.RondeSluiten,
        regels=(ronderegels.openstelling_voorbij,),
        automatisch=ronde.find_te_sluiten_ronde,
        grondslag="openstellingsbesluit",
    ),
    # ontvangen -> getoetst: only after closing, all applications against the same requirements.
    Handeling(
        "aanvragen_toetsen",
        "Aanvragen toetsen",
        Rol.INKOPER,
        "verzoek",
        aanvraag.decide_toets,
        van=frozenset({"ontvangen"}),
        naar="getoetst",
        invoer=aanvraag.AanvragenToetsen,
        regels=(aanvraagregels.ronde_gesloten, aanvraagregels.eisen_bekend),
        automatisch=aanvraag.find_te_toetsen,
        grondslag="Aw 2012 art. 2.89 (ouderdom van bewijs)",
    ),
    # getoetst -> getoetst: what may be repaired is asked for once, with the announced period.
    Handeling(
        "aanvulling_vragen",
        "Om aanvulling vragen",
        Rol.INKOPER,
        "verzoek",
        loket.decide_aanvulverzoek,
        van=frozenset({"getoetst"}),
        invoer=loket.AanvullingVragen,
        regels=(
            loketregels.hersteltermijn_aangekondigd,
            loketregels.hersteltermijn_lang_genoeg,
            loketregels.eisen_herstelbaar,
            loketregels.nog_niet_gevraagd,
        ),
        documenten=(aanvuldocumenten.VERZOEK_AANVULLING,),
        grondslag="openstellingsbesluit",
    ),
    # getoetst -> getoetst: by the applicant, until but not at the last moment.
    Handeling(
        "aanvulling_indienen",
        "Aanvulling indienen via het loket",
        Rol.LOKET,
        "verzoek",
        loket.decide_aanvulling,
        van=frozenset({"getoetst"}),
        invoer=loket.AanvullingIndienen,
        regels=(
            loketregels.aanvulling_open,
            loketregels.aanvulling_past_bij_verzoek,
            loketregels.bewijs_bij_eis,
        ),
        ingang="het loket van de ronde (/loket)",
        grondslag="openstellingsbesluit",
    ),
    # getoetst -> beoordeeld: a person decides what an answer alone cannot decide, with reasons.
    Handeling(
        "aanvraag_beoordelen",
        "Aanvraag beoordelen",
        Rol.JURIST,
        "verzoek",
        toelating.decide_beoordeling,
        van=frozenset({"getoetst"}),
        naar="beoordeeld",
        invoer=toelating.AanvraagBeoordelen,
        regels=(
            aanvraagregels.eisen_beslist,
            aanvraagregels.oordeel_past_bij_eis,
            loketregels.aanvulling_afgewacht,
        ),
        grondslag="openstellingsbesluit",
    ),
    # beoordeeld -> beoordeeld: the integrity screening ended after the judgement.
    Handeling(
        "bibob_afronden",
        "Bibob-onderzoek afronden",
        Rol.JURIST,
        "verzoek",
        toelating.decide_bibob,
        van=frozenset({"beoordeeld"}),
        invoer=toelating.BibobAfronden,
        regels=(toelatingsregels.bibob_loopt,),
        grondslag="Wet Bibob",
    ),
    # beoordeeld -> toegelaten: another person than the assessor; Gemeentewet art. 160 lid 1 with mandate.
    Handeling(
        "toetreding_verlenen",
        "Toetreding verlenen",
        Rol.GEMANDATEERDE,
        "verzoek",
        toelating.decide_verlening,
        van=frozenset({"beoordeeld"}),
        naar="toegelaten",
        invoer=toelating.ToetredingBesluiten,
        regels=(
            toelatingsregels.voldoet_aan_eisen,
            toelatingsregels.functies_gescheiden,
            toelatingsregels.plaats_vrij,
            toelatingsregels.volgorde_gevolgd,
            toelatingsregels.bibob_afgerond,
            toelatingsregels.overeenkomst_loopt,
            toelatingsregels.verzenddatum_vooruit,
        ),
        documenten=(toelatingsdocumenten.TOELATINGSBESLUIT, toelatingsdocumenten.OVEREENKOMST_TOETREDER),
        grondslag="Gemeentewet art. 160 lid 1; Awb afdeling 10.1.1",
    ),
    # beoordeeld -> geweigerd: every requirement with its reason, reconsideration and the civil court.
    Handeling(
        "toetreding_weigeren",
        "Toetreding weigeren",
        Rol.GEMANDATEERDE,
        "verzoek",
        toelating.decide_weigering,
        van=frozenset({"beoordeeld"}),
        naar="geweigerd",
        invoer=toelating.ToetredingBesluiten,
        regels=(
            toelatingsregels.weigering_terecht,
            toelatingsregels.functies_gescheiden,
            toelatingsregels.verzenddatum_vooruit,
        ),
        documenten=(toelatingsdocumenten.WEIGERING,),
        grondslag="Gemeentewet art. 160 lid 1; Awb afdeling 10.1.1",
    ),
    # No status from here on: agreements are facts, and rules judge them.
    Handeling(
        "activiteit_registreren",
        "Activiteit registreren",
        Rol.CONTRACTBEHEERDER,
        "dossier",
        overeenkomst.decide_activiteit,
        invoer=overeenkomst.ActiviteitRegistreren,
        regels=(overeenkomstregels.overeenkomst_bekend, overeenkomstregels.activiteit_voor_peildatum),
        grondslag=overeenkomstregels.BEPALING,
    ),
    Handeling(
        "beeindiging_aankondigen",
        "Einde wegens inactiviteit aankondigen",
        Rol.CONTRACTBEHEERDER,
        "dossier",
        overeenkomst.decide_aankondiging,
        invoer=overeenkomst.BeeindigingAankondigen,
        regels=(
            overeenkomstregels.periode_besloten,
            overeenkomstregels.periode_verstreken,
            overeenkomstregels.overeenkomst_bekend,
            overeenkomstregels.reactietermijn_vooruit,
        ),
        documenten=(overeenkomstdocumenten.AANKONDIGING_BEEINDIGING,),
        grondslag=overeenkomstregels.HOREN,
    ),
    Handeling(
        "overeenkomst_beeindigen",
        "Overeenkomst beëindigen wegens inactiviteit",
        Rol.CONTRACTBEHEERDER,
        "dossier",
        overeenkomst.decide_beeindiging,
        invoer=overeenkomst.OvereenkomstBeeindigen,
        regels=(
            overeenkomstregels.periode_besloten,
            overeenkomstregels.periode_verstreken,
            overeenkomstregels.overeenkomst_bekend,
            overeenkomstregels.einde_aangekondigd,
            overeenkomstregels.reactietermijn_voorbij,
            overeenkomstregels.einddatum_vooruit,
        ),
        documenten=(overeenkomstdocumenten.BEEINDIGING_INACTIVITEIT,),
        grondslag=overeenkomstregels.BEPALING,
    ),
    # Proposal -> reactions -> decision of every municipality -> one addendum for all (FEITEN 5.8).
    Handeling(
        "wijziging_voorstellen",
        "Wijziging voorstellen",
        Rol.CONTRACTBEHEERDER,
        "dossier",
        wijziging.decide_voorstel,
        invoer=wijziging.WijzigingVoorstellen,
        regels=(
            wijzigingsregels.perceel_met_overeenkomst,
            wijzigingsregels.voorstel_nieuw,
            wijzigingsregels.reactiemoment_vooruit,
        ),
        documenten=(wijzigingsdocumenten.WIJZIGINGSVOORSTEL,),
        grondslag=wijzigingsregels.OVERLEG,
    ),
    Handeling(
        "wijziging_reactie_registreren",
        "Reactie op een wijziging registreren",
        Rol.CONTRACTBEHEERDER,
        "dossier",
        wijziging.decide_reactie,
        invoer=wijziging.WijzigingReactieRegistreren,
        regels=(
            wijzigingsregels.voorstel_bekend,
            wijzigingsregels.overeenkomst_geraadpleegd,
            wijzigingsregels.reactie_op_tijd,
        ),
        grondslag=wijzigingsregels.OVERLEG,
    ),
    Handeling(
        "wijziging_vaststellen",
        "Wijziging vaststellen",
        Rol.GEMANDATEERDE,
        "dossier",
        wijziging.decide_vaststelling,
        invoer=wijziging.WijzigingVaststellen,
        regels=(
            wijzigingsregels.voorstel_open,
            wijzigingsregels.reacties_afgewacht,
            wijzigingsregels.iedereen_geraadpleegd,
            wijzigingsregels.toets_in_volgorde,
            wijzigingsregels.wijziging_toegestaan,
            wijzigingsregels.kleine_wijziging_klein,
            wijzigingsregels.elke_gemeente_besloten,
            wijzigingsregels.uittreedtermijn_juist,
        ),
        documenten=(wijzigingsdocumenten.ADDENDUM,),
        grondslag="Aw 2012 art. 2.163b, 2.163c en 2.163g",
    ),
    Handeling(
        "uittreding_registreren",
        "Uittreding registreren",
        Rol.CONTRACTBEHEERDER,
        "dossier",
        wijziging.decide_uittreding,
        invoer=wijziging.UittredingRegistreren,
        regels=(wijzigingsregels.wijziging_vastgesteld, wijzigingsregels.uittreding_op_tijd),
        grondslag="overeenkomst: recht om te vertrekken bij een wijziging",
    ),
    # The list follows the agreements; made by the machine whenever they changed.
    Handeling(
        "aanbiederslijst_vaststellen",
        "Lijst van aanbieders vaststellen",
        Rol.CONTRACTBEHEERDER,
        "dossier",
        overeenkomst.decide_aanbiederslijst,
        invoer=overeenkomst.LijstVaststellen,
        regels=(overeenkomstregels.lijst_gevuld, overeenkomstregels.peildatum_bereikt),
        documenten=(overeenkomstdocumenten.AANBIEDERSLIJST,),
        automatisch=overeenkomst.find_nieuwe_lijst,
        grondslag="register van overeenkomsten",
    ),
    # No entry: one client, own demands on quality, and only when contracted providers cannot help.
    Handeling(
        "maatwerkovereenkomst_sluiten",
        "Maatwerkovereenkomst sluiten",
        Rol.GEMANDATEERDE,
        "dossier",
        maatwerk.decide_maatwerk,
        invoer=maatwerk.MaatwerkovereenkomstSluiten,
        regels=(
            maatwerkregels.gemeente_en_perceel_bekend,
            maatwerkregels.aanbod_onderzocht,
            maatwerkregels.kwaliteitseisen_gesteld,
        ),
        documenten=(maatwerkdocument.MAATWERKOVEREENKOMST,),
        grondslag=maatwerkregels.STRATEGIE,
    ),
)

FEITEN = (
    uitvoering.UitvoeringGestart,
    ronde.OpenstellingBesloten,
    ronde.RondeGesloten,
    aanvraag.AanvraagOntvangen,
    aanvraag.AanvraagGetoetst,
    aanvraag.BewijsIngediend,
    loket.AanvullingGevraagd,
    loket.AanvullingOntvangen,
    toelating.AanvraagBeoordeeld,
    toelating.ToetredingVerleend,
    toelating.ToetredingGeweigerd,
    overeenkomst.ActiviteitGeregistreerd,
    overeenkomst.BeeindigingAangekondigd,
    overeenkomst.ReactiesGewogen,
    overeenkomst.AanbiederslijstVastgesteld,
    wijziging.WijzigingVoorgesteld,
    wijziging.WijzigingReactieOntvangen,
    wijziging.WijzigingVastgesteld,
    maatwerk.MaatwerkovereenkomstGesloten,
)

FASE = Fase(
    "toetreding",
    "Toetreding, uittreding en wijziging",
    handelingen=HANDELINGEN,
    feiten=FEITEN,
    invoerbestanden=(
        Invoerbestand(
            "aanvragen",
            "aanvragen_registreren",
            {"aanvragers": aanvraag.RijAanvrager, "producten": aanvraag.RijProduct, "eisen": aanvraag.RijEis},
            aanvraag.build_registratie,
        ),
        Invoerbestand(
            "activiteit",
            "activiteit_registreren",
            {"activiteit": overeenkomst.RijActiviteit},
            overeenkomst.build_activiteit,
        ),
    ),
)

# An open house compares nobody, so an application is tested as soon as it is there; and it ends once.
FASE_OPEN_HOUSE = (
    FASE.zonder_regels(aanvraagregels.ronde_gesloten, bij="aanvragen_toetsen")
    .pas_aan("aanvragen_toetsen", automatisch=aanvraag.find_ontvangen)
    .met_handelingen(
        Handeling(
            "toelating_beeindigen",
            "Toelatingsprocedure beëindigen",
            Rol.GEMANDATEERDE,
            "perceel",
            sluiting.decide_toelating_beeindigen,
            van=frozenset({"opengesteld"}),
            naar="beeindigd",
            invoer=sluiting.ToelatingBeeindigen,
            regels=(
                sluitingsregels.geen_open_ronde,
                sluitingsregels.aanvragen_beslist,
                sluitingsregels.einde_vooruit,
            ),
            documenten=(sluitingsdocumenten.BERICHT_EINDE_TOELATING,),
            grondslag=sluitingsregels.TOEZEGGING,
        ),
        feiten=(sluiting.ToelatingBeeindigd,),
    )
)

# Bestuurlijk aanbesteden: who is admitted gets a basic agreement with the annex of that day.
FASE_BESTUURLIJK = FASE_OPEN_HOUSE.pas_aan(
    "toetreding_verlenen",
    documenten=(toelatingsdocumenten.TOELATINGSBESLUIT, basisdocument.BASISOVEREENKOMST),
)

"""The assessment stage: from opened bids to an adopted ranking per perceel.

The order protects equality: first validity, then each assessor alone, then the committee's one judgment with
reasons, only then the prices, and last the ranking by the announced arithmetic. The award itself, and the
verification of the intended winners, belong to the stage gunning, which reads RangordeVastgesteld.

Grondslag: Aw 2012 art. 2.39 (testing bids under SAS, old text read), 2.114-2.116 (criteria, low prices), and
the principles of equality, transparency and proportionality; how the committee works is own policy.
Must stay true: no price is readable before quality is locked; individual scores are never overwritten; repair
is asked at one moment for everyone.
Traps: a perceel without valid bids walks the same arrows with empty facts and ends as nothing awarded; a
perceel with fixed tariffs has no prices to open.
"""

from aanbesteding.domain.rol import Rol
from aanbesteding.fase import Fase, Handeling
from aanbesteding.fasen.beoordeling import (
    lage_prijs,
    regels,
    regels_lage_prijs,
    regels_leden,
    regels_rangorde,
    regels_scores,
)
from aanbesteding.fasen.beoordeling.besluiten import (
    build_afronding_invoer,
    build_consensus_invoer,
    build_rangorde_invoer,
    build_toetsing_invoer,
    decide_belangenverklaring,
    decide_consensus,
    decide_geen_feit,
    decide_herbeoordeling,
    decide_herstel,
    decide_prijzen,
    decide_rangorde,
    decide_scores,
    decide_toets,
    decide_toetsing,
    decide_vertrouwelijk,
)
from aanbesteding.fasen.beoordeling.documenten import (
    BELANGENVERKLARING,
    BEOORDELINGSFORMULIER,
    BEOORDELINGSRAPPORT,
    CONSENSUSVERSLAG,
    HERSTELVERZOEK,
    PROCES_VERBAAL_PRIJZEN,
    VERZOEK_TOELICHTING_LAGE_PRIJS,
)
from aanbesteding.fasen.beoordeling.feiten import EIGEN_FEITEN
from aanbesteding.fasen.beoordeling.invoer import (
    BelangenverklaringAfleggen,
    ConsensusVaststellen,
    HerbeoordelingOpenen,
    HerstelVastleggen,
    LagePrijsBeoordelen,
    Percelen,
    PrijzenOpenen,
    RangordeVaststellen,
    ScoresVergrendelen,
    ToelichtingPrijsVastleggen,
    ToelichtingPrijsVragen,
    ToetsBeslissen,
    VertrouwelijkAanmerken,
)
from aanbesteding.fasen.beoordeling.werkbladen import CONSENSUS, SCORES

FASE = Fase(
    "beoordeling",
    "Beoordeling",
    handelingen=(
        # Testing starts when all bids are open, for all percelen together: equal defects, equal repair.
        Handeling(
            "inschrijvingen_toetsen",
            "Inschrijvingen toetsen",
            Rol.INKOPER,
            "perceel",
            decide_toetsing,
            van=frozenset({"geopend"}),
            naar="in_toetsing",
            invoer=Percelen,
            regels=(
                regels.inschrijvingen_geopend,
                regels.eisen_aangekondigd,
                regels.percelen_samen_getoetst,
                regels_leden.onderneming_in_een_inschrijving,
            ),
            documenten=(HERSTELVERZOEK,),
            automatisch=build_toetsing_invoer,
            grondslag="Aw 2012 art. 2.39",
        ),
        # The status stays: a perceel may wait for more than one repair.
        Handeling(
            "herstel_vastleggen",
            "Uitkomst van herstel vastleggen",
            Rol.INKOPER,
            "perceel",
            decide_herstel,
            van=frozenset({"in_toetsing"}),
            invoer=HerstelVastleggen,
            regels=(regels.herstel_gevraagd, regels.hersteltermijn_bewaakt),
            grondslag="Gelijke behandeling bij herstel van gebreken",
        ),
        # A lawyer, not the buyer, decides on exclusion and on evidence that must be weighed (art. 2.86-2.88).
        Handeling(
            "toets_beslissen",
            "Beslissen over een eis",
            Rol.JURIST,
            "perceel",
            decide_toets,
            van=frozenset({"in_toetsing"}),
            invoer=ToetsBeslissen,
            regels=(
                regels.toets_aangehouden,
                regels.uitsluitingsgrond_aangekondigd,
                regels.gehoord_voor_uitsluiting,
                regels.evenredigheid_gewogen,
            ),
            grondslag="Aw 2012 art. 2.86-2.88",
        ),
        # Nothing may wait: whoever is scored is known to be valid, so no score depends on a later test.
        Handeling(
            "toetsing_afronden",
            "Toetsing afronden",
            Rol.INKOPER,
            "perceel",
            decide_geen_feit,
            van=frozenset({"in_toetsing"}),
            naar="getoetst",
            invoer=Percelen,
            regels=(
                regels.toetsen_afgerond,
                regels.geldige_inschrijving_aanwezig,
                regels_leden.onderneming_in_een_inschrijving,
            ),
            documenten=(BEOORDELINGSFORMULIER,),
            automatisch=build_afronding_invoer,
            grondslag="Aw 2012 art. 2.39",
        ),
        # At any moment: a bidder says what others may not read, and no text for others may repeat it.
        Handeling(
            "vertrouwelijk_aanmerken",
            "Vertrouwelijke passages vastleggen",
            Rol.INKOPER,
            "dossier",
            decide_vertrouwelijk,
            invoer=VertrouwelijkAanmerken,
            regels=(regels.passages_passen,),
            grondslag="Aw 2012 art. 2.57",
        ),
        # Per dossier, at any moment: an interest may show up late, and the last declaration counts.
        Handeling(
            "belangenverklaring_afleggen",
            "Belangenverklaring afleggen",
            Rol.BEOORDELAAR,
            "dossier",
            decide_belangenverklaring,
            invoer=BelangenverklaringAfleggen,
            regels=(regels_scores.percelen_bestaan, regels_scores.belang_toegelicht),
            documenten=(BELANGENVERKLARING,),
            grondslag="Onafhankelijke beoordeling",
        ),
        # The status stays: every assessor locks alone, before any talk.
        Handeling(
            "scores_vergrendelen",
            "Eigen scores vergrendelen",
            Rol.BEOORDELAAR,
            "perceel",
            decide_scores,
            van=frozenset({"getoetst"}),
            invoer=ScoresVergrendelen,
            regels=(
                regels_scores.belangenverklaring_afgelegd,
                regels_scores.geen_belang_gemeld,
                regels_scores.nieuwe_commissie_beoordeelt,
                regels_scores.nog_niet_vergrendeld,
                regels_scores.consensus_nog_open,
                regels_scores.gescoorde_inschrijvingen_geldig,
                regels_scores.criteria_bekend,
                regels_scores.scores_volledig,
                regels_scores.scores_op_schaal,
                regels_scores.scores_gemotiveerd,
            ),
            grondslag="Onafhankelijke beoordeling volgens het aangekondigde kader",
        ),
        # From here quality is locked; by itself only where there is nothing to score.
        Handeling(
            "consensus_vaststellen",
            "Oordeel van de commissie vaststellen",
            Rol.VOORZITTER,
            "perceel",
            decide_consensus,
            van=frozenset({"getoetst"}),
            naar="kwaliteit_vergrendeld",
            invoer=ConsensusVaststellen,
            regels=(
                regels_scores.genoeg_beoordelaars,
                regels_scores.gescoorde_inschrijvingen_geldig,
                regels_scores.criteria_bekend,
                regels_scores.scores_volledig,
                regels_scores.scores_op_schaal,
                regels_scores.score_is_aangekondigd_gemiddelde,
                regels_scores.lagere_score_uitgelegd,
                regels_scores.redenen_geven_niets_prijs,
                regels_scores.redenen_binnen_kader,
                regels_scores.oordeel_tussen_losse_scores,
            ),
            documenten=(CONSENSUSVERSLAG,),
            automatisch=build_consensus_invoer,
            grondslag="Onafhankelijke beoordeling volgens het aangekondigde kader",
        ),
        # Prices stay sealed until quality is locked; two persons open them (status stays until the ranking).
        Handeling(
            "prijzen_openen",
            "Prijzen openen",
            Rol.INKOPER,
            "perceel",
            decide_prijzen,
            van=frozenset({"kwaliteit_vergrendeld"}),
            invoer=PrijzenOpenen,
            regels=(
                regels_rangorde.kwaliteit_vergrendeld,
                regels_rangorde.prijs_is_criterium,
                regels_rangorde.prijzen_nog_dicht,
                regels_rangorde.prijzen_door_twee_geopend,
            ),
            documenten=(PROCES_VERBAAL_PRIJZEN,),
            opent="prijs",
            grondslag="Aangekondigde werkwijze: eerst kwaliteit, dan prijs",
        ),
        # Ask in writing, examine, only then reject: the status stays, and no ranking is made meanwhile (art. 2.116).
        Handeling(
            "toelichting_prijs_vragen",
            "Toelichting op een lage prijs vragen",
            Rol.INKOPER,
            "perceel",
            lage_prijs.decide_prijsvraag,
            van=frozenset({"kwaliteit_vergrendeld"}),
            invoer=ToelichtingPrijsVragen,
            regels=(
                regels_rangorde.prijs_is_criterium,
                regels_rangorde.prijzen_geopend,
                regels_lage_prijs.prijsvraag_past,
                regels_lage_prijs.bevraagde_prijs_is_laag,
            ),
            documenten=(VERZOEK_TOELICHTING_LAGE_PRIJS,),
            grondslag="Aw 2012 art. 2.116",
        ),
        Handeling(
            "toelichting_prijs_vastleggen",
            "Toelichting op een lage prijs vastleggen",
            Rol.INKOPER,
            "perceel",
            lage_prijs.decide_toelichting,
            van=frozenset({"kwaliteit_vergrendeld"}),
            invoer=ToelichtingPrijsVastleggen,
            regels=(regels_lage_prijs.prijsvraag_open, regels_lage_prijs.toelichting_gevraagd),
            grondslag="Aw 2012 art. 2.116",
        ),
        # A lawyer decides: a price that is not explained makes the bid invalid for this perceel.
        Handeling(
            "lage_prijs_beoordelen",
            "Lage prijs aanvaarden of afwijzen",
            Rol.JURIST,
            "perceel",
            lage_prijs.decide_lage_prijs,
            van=frozenset({"kwaliteit_vergrendeld"}),
            invoer=LagePrijsBeoordelen,
            regels=(regels_lage_prijs.prijsvraag_open, regels_lage_prijs.eerst_gevraagd),
            grondslag="Aw 2012 art. 2.116",
        ),
        # The arithmetic is announced (art. 2.115); only a tie at a maximum asks for persons: they draw lots.
        Handeling(
            "rangorde_vaststellen",
            "Rangorde vaststellen",
            Rol.VOORZITTER,
            "perceel",
            decide_rangorde,
            van=frozenset({"kwaliteit_vergrendeld"}),
            naar="beoordeeld",
            invoer=RangordeVaststellen,
            regels=(
                regels_rangorde.prijzen_geopend,
                regels_rangorde.percelen_samen_verdeeld,
                regels_rangorde.rangorde_te_maken,
                regels_rangorde.verdeling_raakt_geen_ander,
                regels_rangorde.gelijke_stand_beslist,
                regels_rangorde.loting_juist,
                regels_rangorde.getuigen_aanwezig,
                regels_lage_prijs.prijsvragen_afgerond,
                regels_lage_prijs.lage_prijzen_bevraagd,
            ),
            documenten=(BEOORDELINGSRAPPORT,),
            automatisch=build_rangorde_invoer,
            grondslag="Aw 2012 art. 2.115",
        ),
        # Only after a withdrawn decision; whoever assessed before may be kept out.
        Handeling(
            "herbeoordeling_openen",
            "Opnieuw beoordelen na een ingetrokken beslissing",
            Rol.GEMANDATEERDE,
            "perceel",
            decide_herbeoordeling,
            van=frozenset({"beoordeeld"}),
            naar="getoetst",
            invoer=HerbeoordelingOpenen,
            regels=(regels_lage_prijs.beslissing_ingetrokken, regels_lage_prijs.prijzen_onbekend),
            documenten=(BEOORDELINGSFORMULIER,),
            grondslag="Aw 2012 art. 2.129 en 2.131",
        ),
    ),
    feiten=EIGEN_FEITEN,
    invoerbestanden=(SCORES, CONSENSUS),
)

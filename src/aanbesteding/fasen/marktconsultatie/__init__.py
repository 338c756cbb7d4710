"""Stage marktconsultatie: policy frame, invitations, reactions, and a report on what is done with them.

A market consultation is no part of a tender: nobody gets or loses a chance by it, and there may come no
tender. It decides nothing about percelen, requirements or tariffs; drafting (stage publicatie) does that
and reads the ConsultatieverslagVastgesteld that this stage records.

Grondslag: no article regulates it. Equal treatment and transparency bind, a period to react must be
proportional (Aw 2012 art. 1.10 lid 2, Gids Proportionaliteit voorschrift 3.6), and measures must keep the
playing field level when a participant bids later (FEITEN 3.1). The stage gates are those of FEITEN 6.1.
Must stay true: who took part is recorded, because later stages need it; the report names nobody.
"""

from aanbesteding.domain.rol import Rol
from aanbesteding.fase import Fase, Handeling
from aanbesteding.fasen.marktconsultatie import regels, voorlichting
from aanbesteding.fasen.marktconsultatie.besluiten import (
    BeleidskaderVaststellen,
    ConsultatieGeopend,
    ConsultatieGesloten,
    ConsultatieOpenen,
    PartijenGeregistreerd,
    PartijenRegistreren,
    ReactiesGeregistreerd,
    ReactiesRegistreren,
    ReactiesVerwerkt,
    VerslagVaststellen,
    check_sluiting,
    decide_beleidskader,
    decide_opening,
    decide_partijen,
    decide_reacties,
    decide_sluiting,
    decide_verslag,
)
from aanbesteding.fasen.marktconsultatie.documenten import (
    BIJEENKOMSTVERSLAG,
    COLLEGEVOORSTEL_STRATEGIE,
    CONSULTATIEVERSLAG,
    MARKTCONSULTATIEDOCUMENT,
    RAADSINFORMATIEBRIEF,
    UITNODIGING,
    VEELGESTELDE_VRAGEN,
    VRAGENLIJST,
)
from aanbesteding.fasen.marktconsultatie.inlezen import AANBIEDERS, REACTIES

VOOR_PUBLICATIE = frozenset(
    {"voorbereiding", "consultatie_open", "consultatie_gesloten", "consultatie_afgerond"}
)

FASE = Fase(
    "marktconsultatie",
    "Marktconsultatie",
    handelingen=(
        # Each municipality decides on its own frame; that moves no perceel.
        Handeling(
            "beleidskader_vaststellen",
            "Beleidskader vastleggen",
            rol=Rol.JURIST,
            per="dossier",
            invoer=BeleidskaderVaststellen,
            regels=(
                regels.gemeente_neemt_deel,
                regels.besluit_is_genomen,
                regels.trajecten_tegelijk_aangeboden,
            ),
            besluit=decide_beleidskader,
            grondslag=regels.POORT,
        ),
        # Stays in voorbereiding: the list may grow until the consultation opens, then it is fixed.
        Handeling(
            "partijen_registreren",
            "Partijen registreren",
            rol=Rol.INKOPER,
            per="aanbesteding",
            van=frozenset({"voorbereiding"}),
            invoer=PartijenRegistreren,
            regels=(regels.stakeholdergroepen_bestaan, regels.partijen_zijn_uniek),
            besluit=decide_partijen,
            grondslag=regels.GELIJKHEID,
        ),
        # Opens for everyone at one moment, with the same documents (equal treatment).
        Handeling(
            "consultatie_openen",
            "Marktconsultatie openen",
            rol=Rol.INKOPER,
            per="aanbesteding",
            van=frozenset({"voorbereiding"}),
            naar="consultatie_open",
            invoer=ConsultatieOpenen,
            regels=(
                regels.beleidskader_vastgesteld,
                regels.reikwijdte_bekend,
                regels.stakeholdergroepen_uitgenodigd,
                regels.vragen_voor_elke_groep,
                regels.partijen_bereikbaar,
                regels.sluitdatum_komt_nog,
                regels.reactietermijn_evenredig,
                regels.sluitdatum_is_werkdag,
                regels.bijeenkomst_binnen_termijn,
            ),
            besluit=decide_opening,
            documenten=(MARKTCONSULTATIEDOCUMENT, UITNODIGING, VRAGENLIJST),
            grondslag=regels.EVENREDIG,
        ),
        # Moves nothing: meetings are held before, during and after the consultation, until the tender is published.
        Handeling(
            "bijeenkomst_vastleggen",
            "Bijeenkomst vastleggen",
            rol=Rol.INKOPER,
            per="aanbesteding",
            van=VOOR_PUBLICATIE,
            invoer=voorlichting.BijeenkomstVastleggen,
            regels=(
                voorlichting.bijeenkomst_gehouden,
                voorlichting.bijeenkomst_voor_bekende_groepen,
                voorlichting.voorlichting_noemt_niemand,
            ),
            besluit=voorlichting.decide_bijeenkomst,
            documenten=(BIJEENKOMSTVERSLAG,),
            grondslag=regels.GELIJKHEID,
        ),
        Handeling(
            "marktvragen_publiceren",
            "Vragen en antwoorden publiceren",
            rol=Rol.INKOPER,
            per="aanbesteding",
            van=VOOR_PUBLICATIE,
            invoer=voorlichting.MarktvragenPubliceren,
            regels=(voorlichting.marktvragen_uniek, voorlichting.voorlichting_noemt_niemand),
            besluit=voorlichting.decide_marktvragen,
            documenten=(VEELGESTELDE_VRAGEN,),
            grondslag=regels.GELIJKHEID,
        ),
        # Stays open: reactions may come in parts, until the last day is over.
        Handeling(
            "reacties_registreren",
            "Reacties registreren",
            rol=Rol.INKOPER,
            per="aanbesteding",
            van=frozenset({"consultatie_open"}),
            invoer=ReactiesRegistreren,
            regels=(
                regels.reacties_aanwezig,
                regels.partijen_uitgenodigd,
                regels.vragen_bestaan,
                regels.vragen_passen_bij_groep,
                regels.scores_op_schaal,
                regels.reacties_zijn_uniek,
                regels.reacties_zijn_nieuw,
            ),
            besluit=decide_reacties,
            grondslag=regels.ZORGVULDIG,
        ),
        # Everyone gets the whole period: closing is possible from the day after its last day, by itself.
        Handeling(
            "consultatie_sluiten",
            "Marktconsultatie sluiten",
            rol=Rol.INKOPER,
            per="aanbesteding",
            van=frozenset({"consultatie_open"}),
            naar="consultatie_gesloten",
            regels=(regels.reactietermijn_verstreken,),
            besluit=decide_sluiting,
            automatisch=check_sluiting,
            grondslag=regels.GELIJKHEID,
        ),
        # The gate to drafting: every theme answered, participants recorded (FEITEN 6.1).
        Handeling(
            "verslag_vaststellen",
            "Consultatieverslag vaststellen",
            rol=Rol.GEMANDATEERDE,
            per="aanbesteding",
            van=frozenset({"consultatie_gesloten"}),
            naar="consultatie_afgerond",
            invoer=VerslagVaststellen,
            regels=(
                regels.reacties_ontvangen,
                regels.antwoorden_niet_herleidbaar,
                regels.themas_verwerkt,
                regels.afwijkingen_gemotiveerd,
                regels.overname_krijgt_vervolg,
                regels.gelijk_speelveld_geborgd,
                regels.verwijzingen_bestaan,
            ),
            besluit=decide_verslag,
            documenten=(CONSULTATIEVERSLAG, COLLEGEVOORSTEL_STRATEGIE, RAADSINFORMATIEBRIEF),
            grondslag=regels.VERSLAG,
        ),
    ),
    feiten=(
        PartijenGeregistreerd,
        ConsultatieGeopend,
        ReactiesGeregistreerd,
        ConsultatieGesloten,
        ReactiesVerwerkt,
        voorlichting.BijeenkomstGehouden,
        voorlichting.MarktvragenGepubliceerd,
    ),
    invoerbestanden=(AANBIEDERS, REACTIES),
)

"""The strategy of a purchase: what a region's own text asks beside the five stages.

Running agreements at the start, participation per contract, what one municipality does differently, the strategy
itself as a document, and how every principle works through in criteria and agreement. Every procedure carries these
acts; a region whose text asks none of them needs none of them.

Not here: decisions on open points and percelen (publicatie), the consultation (marktconsultatie).
Grondslag: the region's own source text; no article regulates a strategy.
"""

from aanbesteding.domain.rol import Rol
from aanbesteding.fase import Fase, Handeling, Invoerbestand
from aanbesteding.fasen.strategie import besluiten, feiten, invoer, regels
from aanbesteding.fasen.strategie.documenten.bestuur import HERLEIDING, INKOOPSTRATEGIE, PARTICIPATIEPLAN
from aanbesteding.fasen.strategie.documenten.brief import BRIEF_LOPENDE_OVEREENKOMST
from aanbesteding.fasen.strategie.regels import bewaak

__all__ = ["FASE", "bewaak"]

FASE = Fase(
    "strategie",
    "Inkoopstrategie",
    handelingen=(
        # The start: who has an agreement now; each hears what is coming.
        Handeling(
            "lopende_overeenkomsten_registreren",
            "Lopende overeenkomsten registreren",
            rol=Rol.CONTRACTBEHEERDER,
            per="dossier",
            invoer=invoer.LopendeOvereenkomstenRegistreren,
            regels=(regels.marktgroepen_bestaan, regels.overeenkomsten_enkel, regels.aantal_zoals_bron),
            besluit=besluiten.decide_lopend,
            documenten=(BRIEF_LOPENDE_OVEREENKOMST,),
            grondslag=regels.BRON,
        ),
        # Wider than a consultation, and possibly another form for every contract.
        Handeling(
            "participatie_vaststellen",
            "Participatie per opdracht vaststellen",
            rol=Rol.GEMANDATEERDE,
            per="dossier",
            invoer=invoer.ParticipatieVaststellen,
            regels=(regels.trajecten_bestaan, regels.participatie_compleet),
            besluit=besluiten.decide_participatie,
            documenten=(PARTICIPATIEPLAN,),
            grondslag=regels.BRON,
        ),
        # Couleur locale: a municipality may choose a local approach for a part.
        Handeling(
            "lokale_afwijking_vastleggen",
            "Lokale afwijking vastleggen",
            rol=Rol.JURIST,
            per="dossier",
            invoer=invoer.AfwijkingVastleggen,
            regels=(regels.afwijking_past,),
            besluit=besluiten.decide_afwijking,
            grondslag=regels.BRON,
        ),
        # Choices that the text leaves to the strategy, in one document for councils and providers.
        Handeling(
            "strategie_vaststellen",
            "Inkoopstrategie vaststellen",
            rol=Rol.GEMANDATEERDE,
            per="dossier",
            invoer=invoer.StrategieVaststellen,
            regels=(
                regels.verslag_vastgesteld,
                regels.bekostiging_gekozen,
                regels.toevoegingen_verwerkt,
                regels.strategie_is_besloten,
            ),
            besluit=besluiten.decide_strategie,
            documenten=(INKOOPSTRATEGIE,),
            grondslag=regels.BRON,
        ),
        # Every principle can be followed to the criterion and the article where it counts.
        Handeling(
            "herleiding_vaststellen",
            "Herleiding van de uitgangspunten vaststellen",
            rol=Rol.JURIST,
            per="dossier",
            invoer=invoer.HerleidingVaststellen,
            regels=(regels.herleiding_past, regels.alles_werkt_door),
            besluit=besluiten.decide_herleiding,
            documenten=(HERLEIDING,),
            grondslag=regels.BRON,
        ),
    ),
    feiten=(
        feiten.LopendeOvereenkomstenGeregistreerd,
        feiten.ParticipatieVastgesteld,
        feiten.StrategieVastgesteld,
        feiten.HerleidingVastgesteld,
    ),
    invoerbestanden=(
        Invoerbestand(
            "lopende_overeenkomsten",
            "lopende_overeenkomsten_registreren",
            {"overeenkomsten": invoer.RijLopend},
            invoer.build_lopend,
        ),
    ),
)

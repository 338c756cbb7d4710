"""Builders for the tests of the publication stage; everything is invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import (
    AanbestedingGepubliceerd,
    ConsultatieverslagVastgesteld,
    Criterium,
    Inschrijving,
    InschrijvingenOntvangen,
    PerceelUitgewerkt,
    PlanningVastgesteld,
    Prijstrede,
    PuntBeslist,
)
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.publicatie.feiten import OntvangenVraag, VolmachtVastgelegd, VragenOntvangen
from aanbesteding.fasen.publicatie.invoer import PerceelUitwerken, PlanningVaststellen
from bouwers import (
    make_aanbesteding,
    make_dossier,
    make_inschrijving,
    make_perceel_uitgewerkt,
    make_product,
    make_situatie,
    moment,
)

ALLES = ("1", "2")


def make_planning(**velden: Any) -> PlanningVaststellen:
    """A planning that keeps every term."""
    basis: dict[str, Any] = {
        "publicatie": date(2026, 3, 2),
        "vragen_tot": moment("2026-03-20 12:00"),
        "nota_uiterlijk": date(2026, 4, 2),
        "sluiting": moment("2026-04-14 12:00"),
        "gunningsbeslissing": date(2026, 6, 1),
        "definitieve_gunning": date(2026, 6, 29),
        "ingang": date(2027, 1, 1),
    }
    return PlanningVaststellen(**(basis | velden))


def make_planningfeit(**velden: Any) -> PlanningVastgesteld:
    """The recorded planning."""
    planning = make_planning(**velden)
    return PlanningVastgesteld(**{n: getattr(planning, n) for n in PlanningVastgesteld.model_fields})


def make_uitwerken(feit: PerceelUitgewerkt | None = None, **velden: Any) -> PerceelUitwerken:
    """Input that works out a perceel, like the fact of the general builder."""
    feit = feit or make_perceel_uitgewerkt(**velden)
    return PerceelUitwerken(**{n: getattr(feit, n) for n in PerceelUitwerken.model_fields})


def make_prijscriterium(formule: str = "vaste_bandbreedte", gewicht: int = 40) -> Criterium:
    """A price criterion."""
    return Criterium(
        code="P1",
        soort="prijs",
        titel="Prijs",
        vraag="Welke prijs biedt u?",
        gewicht=Decimal(gewicht),
        kader=(),
        formule=formule,
    )


def make_uitwerking_met_prijs(formule: str = "vaste_bandbreedte", **velden: Any) -> PerceelUitgewerkt:
    """A perceel with one quality criterion, one price criterion and a free-price product."""
    kwaliteit = make_perceel_uitgewerkt().criteria[0]
    basis: dict[str, Any] = {
        "criteria": (kwaliteit, make_prijscriterium(formule)),
        "producten": (
            make_product(vrije_prijs=True, prijsplafond=Decimal("72.00")),
            make_product("02A02"),
        ),
    }
    return make_perceel_uitgewerkt(**(basis | velden))


STAFFEL: dict[str, Any] = {
    "formule": "staffel",
    "staffel": (
        Prijstrede(tot=Decimal("64.00"), punten=Decimal(40)),
        Prijstrede(tot=Decimal("68.50"), punten=Decimal("22.5")),
        Prijstrede(punten=Decimal(0)),
    ),
}
PLAATSEN: dict[str, Any] = {
    "formule": "rangpunten",
    "rangpunten": (Decimal(40), Decimal("22.5")),
    "rangpunten_overig": Decimal(5),
}


def make_uitwerking_kwaliteit(**velden: Any) -> PerceelUitgewerkt:
    """A perceel with quality only, whose first criterion has these fields."""
    feit = make_perceel_uitgewerkt()
    eerste = feit.criteria[0].model_copy(update=velden)
    return feit.model_copy(update={"criteria": (eerste, *feit.criteria[1:])})


def make_uitwerking_met_prijsregel(velden: dict[str, Any], **perceel: Any) -> PerceelUitgewerkt:
    """A perceel with quality and a price criterion that has these fields."""
    feit = make_uitwerking_met_prijs(**({"bij_uitval": "rangorde_blijft"} | perceel))
    return feit.model_copy(
        update={"criteria": (feit.criteria[0], feit.criteria[1].model_copy(update=velden))}
    )


def make_jeugdperceel(**velden: Any) -> PerceelUitgewerkt:
    """Perceel 2 worked out, with the cost elements of the Jeugdwet."""
    return make_perceel_uitgewerkt("2", producten=(make_product("45A01", "Jeugdwet"),), **velden)


def list_besluitfeiten() -> tuple[Feit, ...]:
    """Everything that must be there before documents can be drafted."""
    return (
        ConsultatieverslagVastgesteld(deelnemers=("a", "b"), vastgesteld_op=date(2026, 2, 2)),
        PuntBeslist(punt="looptijd_maanden", waarde="48", motivering="Rust voor cliënten"),
        make_uitwerking_met_prijs(maximale_waarde=Decimal("8000000.00")),
        make_jeugdperceel(),
        make_planningfeit(),
        *(
            VolmachtVastgelegd(
                gemeente=g, percelen=ALLES, orgaan="college", datum=date(2026, 1, 20), kenmerk="V-1"
            )
            for g in ("aadorp", "beedorp")
        ),
    )


def make_compleet_dossier(
    *extra: Feit, zonder: tuple[type[Feit], ...] = (), procedure: str = "sas"
) -> Dossier:
    """A dossier that is ready to draft, with more facts and without some kinds."""
    feiten = [f for f in list_besluitfeiten() if not isinstance(f, zonder)]
    return make_dossier(*feiten, *extra, aanbesteding=make_aanbesteding(procedure=procedure))


def make_gepubliceerd(*extra: Feit, procedure: str = "sas") -> Dossier:
    """A dossier after publication: sent on 2 March, closing on 14 April at noon."""
    return make_compleet_dossier(
        AanbestedingGepubliceerd(verzonden=moment("2026-03-02"), sluiting=moment("2026-04-14 12:00")),
        *extra,
        procedure=procedure,
    )


def make_vraag(nummer: str = "1", **velden: Any) -> OntvangenVraag:
    """A question that came in time."""
    basis: dict[str, Any] = {
        "nummer": nummer,
        "aanbieder": "Zorgbedrijf 1 (verzonnen)",
        "document": "Leidraad",
        "artikel": "3",
        "bladzijde": "7",
        "vraag": "Mag het eenvoudiger?",
        "ontvangen": moment("2026-03-10 10:00"),
        "te_laat": False,
    }
    return OntvangenVraag(**(basis | velden))


def make_dossier_met_vragen(*vragen: OntvangenVraag, procedure: str = "sas") -> Dossier:
    """A published dossier with questions."""
    return make_gepubliceerd(VragenOntvangen(vragen=vragen), procedure=procedure)


def make_dossier_met_inschrijvingen(*inschrijvingen: Inschrijving) -> Dossier:
    """A published dossier with bids."""
    biedingen = inschrijvingen or (make_inschrijving(ontvangen=moment("2026-04-13 10:00")),)
    return make_gepubliceerd(InschrijvingenOntvangen(inschrijvingen=biedingen))


def make_s(
    dossier: Dossier | None = None, invoer: Any = None, nu: str = "2026-03-02", **velden: Any
) -> Situatie[Any]:
    """A situation for both percelen."""
    return make_situatie(dossier or make_compleet_dossier(), invoer, nu, **({"onderwerpen": ALLES} | velden))

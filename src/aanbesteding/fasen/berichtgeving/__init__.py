"""Stage berichtgeving: letters to the market, councils and clients beside the steps of a procedure.

Providers that do not work in the region yet are asked expressly; small providers get a light track of their own;
councils and client councils are informed; present providers hear how running support goes on. A procedure that needs
these letters takes this stage (procedures/); nothing here moves a status.

Grondslag: equal treatment, transparency and proportion (Aw 2012 art. 1.8–1.10); Gemeentewet art. 169; Wmo 2015
art. 2.6.5 and Jeugdwet art. 2.13 for continuity.
Must stay true: who is addressed gets no other documents and no earlier moment than everyone; a light track makes
proof lighter, never a requirement.
"""

from __future__ import annotations

from aanbesteding.domain.rol import Rol
from aanbesteding.fase import Fase, Handeling, Invoerbestand
from aanbesteding.fasen.berichtgeving import besluiten, documenten, invoer, regels
from aanbesteding.fasen.berichtgeving.feiten import (
    AanbiedersAangeschreven,
    LichteRouteVastgesteld,
    RadenGeinformeerd,
    VoortzettingMeegedeeld,
)

FASE = Fase(
    "berichtgeving",
    "Berichten aan markt, raden en cliënten",
    handelingen=(
        # After publication only: nobody hears earlier or more than everyone.
        Handeling(
            "nieuwe_aanbieders_aanschrijven",
            "Aanbieders aanschrijven die hier nog niet werken",
            rol=Rol.INKOPER,
            per="dossier",
            invoer=invoer.NieuweAanbiedersAanschrijven,
            regels=(
                regels.stukken_gepubliceerd,
                regels.aangeschrevenen_uniek,
                regels.aangeschrevenen_nieuw,
                regels.inschrijven_kan_nog,
            ),
            besluit=besluiten.decide_aanschrijving,
            documenten=(documenten.BRIEF_NIEUWE_AANBIEDER,),
            grondslag=regels.GELIJKHEID,
        ),
        # Announced to all; lighter proof for who is small, the same requirements for everyone.
        Handeling(
            "lichte_route_vaststellen",
            "Lichte route voor kleine aanbieders vaststellen",
            rol=Rol.INKOPER,
            per="dossier",
            invoer=invoer.LichteRouteVaststellen,
            regels=(
                regels.lichte_route_met_grens,
                regels.lichte_route_noemt_eisen,
                regels.aangeschrevenen_uniek,
                regels.spreekuur_komt_nog,
            ),
            besluit=besluiten.decide_lichte_route,
            documenten=(documenten.BRIEF_KLEINE_AANBIEDER,),
            grondslag=regels.EVENREDIG,
        ),
        Handeling(
            "raden_informeren",
            "Gemeenteraden en cliëntenraden informeren",
            rol=Rol.GEMANDATEERDE,
            per="dossier",
            invoer=invoer.RadenInformeren,
            regels=(regels.elke_gemeente_een_clientenraad,),
            besluit=besluiten.decide_raden,
            documenten=(documenten.INFORMATIEBRIEF_RADEN,),
            grondslag="Gemeentewet art. 169",
        ),
        Handeling(
            "voortzetting_meedelen",
            "Voortzetting van lopende trajecten meedelen",
            rol=Rol.CONTRACTBEHEERDER,
            per="dossier",
            invoer=invoer.VoortzettingMeedelen,
            regels=(regels.overeenkomsten_gesloten, regels.voortzetting_op_tijd),
            besluit=besluiten.decide_voortzetting,
            documenten=(documenten.BRIEF_VOORTZETTING,),
            grondslag=regels.CONTINUITEIT,
        ),
    ),
    feiten=(AanbiedersAangeschreven, LichteRouteVastgesteld, RadenGeinformeerd, VoortzettingMeegedeeld),
    invoerbestanden=(
        Invoerbestand(
            "nieuwe_aanbieders",
            "nieuwe_aanbieders_aanschrijven",
            {"aanbieders": invoer.RijAanbieder},
            besluiten.build_aanschrijving,
        ),
    ),
)

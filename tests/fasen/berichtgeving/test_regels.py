"""The letters: nobody hears earlier or more, small is a number, and no municipality is left out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import AanbestedingGepubliceerd, OvereenkomstGesloten, SluitingVerplaatst
from aanbesteding.domain.regel import Regel
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.berichtgeving import FASE, besluiten, invoer, regels
from aanbesteding.fasen.berichtgeving.feiten import (
    AanbiedersAangeschreven,
    Clientenraad,
    HuidigeAanbieder,
    Stap,
    Verlichting,
)
from bouwers import (
    make_dossier,
    make_onderneming,
    make_partij,
    make_perceel_uitgewerkt,
    make_situatie,
    moment,
)

PUBLIEK = AanbestedingGepubliceerd(verzonden=moment("2026-05-01"), sluiting=moment("2026-07-01 12:00"))
OVEREENKOMST = OvereenkomstGesloten(
    nummer="PR-2026-P1-001", perceel="1", aanbieder=make_onderneming(1), producten=("02A01",),
    tarieven={"02A01": Decimal(60)}, ingang=date(2027, 1, 1), einde=date(2028, 12, 31), herkomst="gunning",
    grond="I-001",
)  # fmt: skip


def nieuw(*nummers: int) -> invoer.NieuweAanbiedersAanschrijven:
    return invoer.NieuweAanbiedersAanschrijven(
        partijen=tuple(make_partij(n) for n in nummers), aanleiding="Vernieuwing."
    )


def licht(**velden: Any) -> invoer.LichteRouteVaststellen:
    basis: dict[str, Any] = {
        "maximum_medewerkers": 5,
        "omschrijving": "Klein is ten hoogste vijf.",
        "verlichtingen": (Verlichting(perceel="1", eis="M1", licht="Eigen beschrijving"),),
        "hulp": "Bel ons.",
        "partijen": (make_partij(1),),
    }
    return invoer.LichteRouteVaststellen(**(basis | velden))


def raden(*gemeenten: str) -> invoer.RadenInformeren:
    return invoer.RadenInformeren(
        aanleiding="Samenwerking.",
        betekenis=("Hulp gaat door.",),
        stappen=(Stap(wanneer="juni", wat="Tafels."),),
        clientenraden=tuple(Clientenraad(gemeente=g, naam=f"Cliëntenraad {g}") for g in gemeenten),
    )


def voort(**velden: Any) -> invoer.VoortzettingMeedelen:
    basis: dict[str, Any] = {
        "ingang": date(2027, 1, 1),
        "pgb": "Een pgb kan.",
        "clientcontact": "Wij bellen.",
        "aanbieders": (HuidigeAanbieder(partij=make_partij(1), kvk="00000001", percelen=("1",)),),
    }
    return invoer.VoortzettingMeedelen(**(basis | velden))


EERDER = AanbiedersAangeschreven(partijen=(make_partij(1),), aanleiding="x")
GEVALLEN: list[tuple[str, Regel, tuple[Feit, ...], Any, bool]] = [
    ("na publicatie", regels.stukken_gepubliceerd, (PUBLIEK,), None, True),
    ("voor publicatie", regels.stukken_gepubliceerd, (), None, False),
    ("ieder een keer", regels.aangeschrevenen_uniek, (), nieuw(1, 2), True),
    ("iemand twee keer", regels.aangeschrevenen_uniek, (), nieuw(1, 1), False),
    ("nog niet aangeschreven", regels.aangeschrevenen_nieuw, (EERDER,), nieuw(2), True),
    ("al aangeschreven", regels.aangeschrevenen_nieuw, (EERDER,), nieuw(1), False),
    ("de inschrijving loopt", regels.inschrijven_kan_nog, (PUBLIEK,), None, True),
    ("er is geen sluiting", regels.inschrijven_kan_nog,
     (AanbestedingGepubliceerd(verzonden=moment("2026-05-01")),), None, True),
    ("de inschrijving is gesloten", regels.inschrijven_kan_nog,
     (PUBLIEK, SluitingVerplaatst(sluiting=moment("2026-05-20"), motivering="x")), None, False),
    ("een grens in medewerkers", regels.lichte_route_met_grens, (), licht(), True),
    ("geen grens", regels.lichte_route_met_grens, (), licht(maximum_medewerkers=None), False),
    ("licht bewijs bij een eis", regels.lichte_route_noemt_eisen, (make_perceel_uitgewerkt("1"),), licht(), True),
    ("licht bewijs bij niets", regels.lichte_route_noemt_eisen, (), licht(), False),
    ("geen spreekuur", regels.spreekuur_komt_nog, (), licht(), True),
    ("een spreekuur met plaats", regels.spreekuur_komt_nog, (),
     licht(spreekuur=moment("2026-06-10"), spreekuur_plaats="Raadhuis"), True),
    ("een spreekuur van gisteren", regels.spreekuur_komt_nog, (), licht(spreekuur=moment("2026-05-31")), False),
    ("een spreekuur zonder plaats", regels.spreekuur_komt_nog, (), licht(spreekuur=moment("2026-06-10")), False),
    ("elke gemeente een cliëntenraad", regels.elke_gemeente_een_clientenraad, (), raden("aadorp", "beedorp"), True),
    ("een gemeente zonder", regels.elke_gemeente_een_clientenraad, (), raden("aadorp", "elders"), False),
    ("er zijn overeenkomsten", regels.overeenkomsten_gesloten, (OVEREENKOMST,), None, True),
    ("er zijn er nog geen", regels.overeenkomsten_gesloten, (), None, False),
    ("voor de ingang", regels.voortzetting_op_tijd, (), voort(), True),
    ("na de ingang", regels.voortzetting_op_tijd, (), voort(ingang=date(2026, 6, 1)), False),
    ("een overgang die voor de ingang eindigt", regels.voortzetting_op_tijd, (),
     voort(overgang_tot=date(2026, 12, 31)), False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("regel", "feiten", "vraag", "goed"), [g[1:] for g in GEVALLEN], ids=[g[0] for g in GEVALLEN]
)
def test_regel(regel: Regel, feiten: tuple[Feit, ...], vraag: Any, goed: bool) -> None:
    overtreding = regel.check(make_situatie(make_dossier(*feiten), vraag))
    assert (overtreding is None) is goed, overtreding


def make_rij(nummer: int, aanleiding: str = "Vernieuwing.") -> invoer.RijAanbieder:
    p = make_partij(nummer)
    return invoer.RijAanbieder(
        sleutel=p.sleutel, naam=p.naam, straat=p.adres.straat, postcode=p.adres.postcode, plaats=p.adres.plaats,
        email=p.email, groep=p.groep, aanleiding=aanleiding,
    )  # fmt: skip


def test_a_workbook_of_newcomers_becomes_input() -> None:
    gelezen = besluiten.build_aanschrijving({"aanbieders": (make_rij(1), make_rij(2))}, make_situatie())
    assert gelezen == nieuw(1, 2)
    with pytest.raises(InvoerError, match="2 aanleidingen"):
        besluiten.build_aanschrijving({"aanbieders": (make_rij(1), make_rij(2, "Anders."))}, make_situatie())


def test_every_act_of_the_stage_has_a_test_of_each_of_its_rules() -> None:
    getest = {g[1].toets for g in GEVALLEN}
    assert [r.code for h in FASE.handelingen for r in h.regels if r.toets not in getest] == []

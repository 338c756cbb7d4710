"""The consultation: who has a seat, what a table must have, and how far a version of the annex may go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import OvereenkomstGesloten
from aanbesteding.domain.overleg import (
    BijlageVastgesteld,
    Gemeentebesluit,
    OverlegIngericht,
    ProcesovereenkomstBeeindigd,
    ProcesovereenkomstGesloten,
    Resultaat,
    Tafel,
    list_bijlagen,
)
from aanbesteding.domain.regel import Regel
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.overleg import FASE, besluiten, invoer, regels
from aanbesteding.fasen.overleg.feiten import (
    Agendapunt,
    OverlegtafelGehouden,
    OverlegtafelUitgeschreven,
    Tafelpunt,
)
from bouwers import make_dossier, make_onderneming, make_perceel_uitgewerkt, make_situatie, moment

TAFEL = Tafel(code="pbv", onderwerp="begeleiding", percelen=("1", "2"))
RESULTAAT = Resultaat(code="R1", omschrijving="Zelfredzaam", maatstaf="aandeel", streefwaarde="20 procent")
BESLUITEN = tuple(
    Gemeentebesluit(gemeente=g, datum=date(2026, 5, 20), kenmerk="B-1") for g in ("aadorp", "beedorp")
)


def inrichting(**velden: Any) -> OverlegIngericht:
    basis: dict[str, Any] = {
        "tafels": (TAFEL,),
        "voorzitter": "contractmanager",
        "spelregels": ("Wij luisteren.",),
        "besluitvorming": "De gemeenten besluiten.",
        "uitnodigingstermijn_dagen": 14,
        "reactietermijn_dagen": 10,
        "opzegtermijn_maanden": 1,
        "grens_procent": Decimal(10),
        "aanmelden": "Stuur een bericht.",
    }
    return OverlegIngericht(**(basis | velden))


def deelnemer(nummer: int = 1, percelen: tuple[str, ...] = ("1",)) -> ProcesovereenkomstGesloten:
    return ProcesovereenkomstGesloten(
        nummer=f"PO-{nummer:03d}",
        deelnemer=make_onderneming(nummer),
        percelen=percelen,
        getekend_op=date(2026, 4, 1),
    )


def tafel(**velden: Any) -> OverlegtafelUitgeschreven:
    basis: dict[str, Any] = {
        "nummer": "T-1",
        "tafel": "pbv",
        "moment": moment("2026-05-12 13:30"),
        "plaats": "Raadhuis",
        "agenda": (Agendapunt(onderwerp="Tarieven"),),
        "stukken": (),
        "genodigden": ("zorg-001",),
    }
    return OverlegtafelUitgeschreven(**(basis | velden))


def punt(uitkomst: str = "overeenstemming", **velden: Any) -> Tafelpunt:
    basis: dict[str, Any] = {
        "onderwerp": "Tarieven",
        "besproken": "Een tarief is goed.",
        "uitkomst": uitkomst,
        "afspraak": "Dat wordt het.",
    }
    return Tafelpunt(**(basis | velden))


def verslag(**velden: Any) -> OverlegtafelGehouden:
    basis: dict[str, Any] = {
        "nummer": "T-1",
        "aanwezig": ("zorg-001",),
        "gemeenten": ("aadorp",),
        "punten": (punt(),),
        "vastgesteld_op": date(2026, 5, 18),
    }
    return OverlegtafelGehouden(**(basis | velden))


def bijlage(versie: int = 1, **velden: Any) -> BijlageVastgesteld:
    basis: dict[str, Any] = {
        "perceel": "1",
        "versie": versie,
        "overleg": "T-1",
        "ingang": date(2026, 5, 1),
        "budget_per_jaar": Decimal(1000000),
        "tarieven": {"02A01": Decimal("60.00")},
        "resultaten": (RESULTAAT,),
        "afspraken": (),
        "toelichting": "Begin.",
        "gemeentebesluiten": BESLUITEN,
        "uittreden_tot": None,
        "overeenkomsten": (),
    }
    return BijlageVastgesteld(**(basis | velden))


def overeenkomst(nummer: int = 1) -> OvereenkomstGesloten:
    return OvereenkomstGesloten(
        nummer=f"PR-2026-P1-{nummer:03d}",
        perceel="1",
        aanbieder=make_onderneming(nummer),
        producten=("02A01",),
        tarieven={"02A01": Decimal("60.00")},
        ingang=date(2026, 5, 1),
        einde=date(2028, 4, 30),
        herkomst="toetreding",
        grond="0001",
    )


def vraag_bijlage(**velden: Any) -> invoer.BijlageVaststellen:
    basis: dict[str, Any] = {
        "perceel": "1",
        "overleg": "T-1",
        "ingang": date(2026, 7, 1),
        "budget_per_jaar": Decimal(1050000),
        "tarieven": {"02A01": Decimal("60.00")},
        "resultaten": (RESULTAAT,),
        "toelichting": "Meer lichte hulp.",
        "gemeentebesluiten": BESLUITEN,
        "uittreden_tot": date(2026, 6, 20),
    }
    return invoer.BijlageVaststellen(**(basis | velden))


def vraag_inrichting(*tafels: Tafel) -> invoer.OverlegInrichten:
    velden = inrichting().model_dump() | {"tafels": tafels}
    velden.pop("motivering", None)
    return invoer.OverlegInrichten(**velden)


def vraag_deelname(*nummers: int, percelen: tuple[str, ...] = ("1",), op: str = "2026-05-30") -> Any:
    return invoer.ProcesovereenkomstenSluiten(
        deelnames=tuple(invoer.Deelname(deelnemer=make_onderneming(n), percelen=percelen) for n in nummers),
        getekend_op=date.fromisoformat(op),
    )


def vraag_tafel(**velden: Any) -> invoer.OverlegtafelUitschrijven:
    basis: dict[str, Any] = {
        "tafel": "pbv",
        "moment": moment("2026-06-20 13:30"),
        "plaats": "Raadhuis",
        "agenda": (Agendapunt(onderwerp="Tarieven"),),
    }
    return invoer.OverlegtafelUitschrijven(**(basis | velden))


def vraag_verslag(**velden: Any) -> invoer.VerslagVaststellen:
    basis: dict[str, Any] = {
        "overleg": "T-1",
        "aanwezig": ("zorg-001",),
        "gemeenten": ("aadorp",),
        "punten": (punt(),),
    }
    return invoer.VerslagVaststellen(**(basis | velden))


def vraag_einde(nummer: str = "PO-001", per: str = "2026-07-01") -> invoer.ProcesovereenkomstBeeindigen:
    return invoer.ProcesovereenkomstBeeindigen(
        nummer=nummer, opgezegd_op=date(2026, 6, 1), per=date.fromisoformat(per), reden="Geen aanbod meer."
    )


WEG = ProcesovereenkomstBeeindigd(nummer="PO-001", per=date(2026, 5, 1), reden="x")


class Aanvragen:
    """Applications as the entry stage hands them over: only who asks matters here."""

    def __init__(self, *nummers: int) -> None:
        self.aanvragen = [type("A", (), {"aanbieder": make_onderneming(n)}) for n in nummers]


UIT = make_perceel_uitgewerkt("1")
VOL = (inrichting(), deelnemer(), UIT, tafel(), verslag())
LOPEND = (*VOL, bijlage(), overeenkomst())

GEVALLEN: list[tuple[str, Regel, tuple[Feit, ...], Any, bool]] = [
    ("een lopende procesovereenkomst eindigt", regels.procesovereenkomst_loopt, VOL, vraag_einde(), True),
    ("een procesovereenkomst die al eindigde", regels.procesovereenkomst_loopt, (*VOL, WEG), vraag_einde(), False),
    ("opgezegd met een maand", regels.opzegtermijn_gevolgd, VOL, vraag_einde(), True),
    ("opgezegd met een dag minder", regels.opzegtermijn_gevolgd, VOL, vraag_einde(per="2026-06-30"), False),
    ("wie wegging, mag weer tekenen", regels.deelnemer_nieuw, (deelnemer(), WEG), vraag_deelname(1), True),
    ("een aanvrager die wegging", regels.aanvrager_neemt_deel, (deelnemer(), WEG), Aanvragen(1), False),

    ("tafels over bestaande percelen", regels.percelen_bestaan, (), vraag_inrichting(TAFEL), True),
    ("een tafel over een vreemd perceel", regels.percelen_bestaan, (),
     vraag_inrichting(TAFEL, Tafel(code="x", onderwerp="x", percelen=("9",))), False),
    ("elk perceel aan een tafel", regels.elk_perceel_een_tafel, (), vraag_inrichting(TAFEL), True),
    ("een perceel zonder tafel", regels.elk_perceel_een_tafel, (),
     vraag_inrichting(Tafel(code="x", onderwerp="x", percelen=("1",))), False),
    ("overleg ingericht", regels.overleg_ingericht, (inrichting(),), None, True),
    ("overleg nog niet ingericht", regels.overleg_ingericht, (), None, False),
    ("een nieuwe deelnemer", regels.deelnemer_nieuw, (deelnemer(),), vraag_deelname(2), True),
    ("een deelnemer die al tekende", regels.deelnemer_nieuw, (deelnemer(),), vraag_deelname(1), False),
    ("een deelnemer twee keer in een keer", regels.deelnemer_nieuw, (), vraag_deelname(2, 2), False),
    ("deelname voor een bestaand perceel", regels.deelnemer_kiest_percelen, (), vraag_deelname(1), True),
    ("deelname voor een vreemd perceel", regels.deelnemer_kiest_percelen, (),
     vraag_deelname(1, percelen=("9",)), False),
    ("al getekend", regels.ondertekening_geweest, (), vraag_deelname(1), True),
    ("morgen getekend", regels.ondertekening_geweest, (), vraag_deelname(1, op="2026-06-02"), False),
    ("een aanvrager met procesovereenkomst", regels.aanvrager_neemt_deel, (deelnemer(),), Aanvragen(1), True),
    ("een aanvrager zonder", regels.aanvrager_neemt_deel, (deelnemer(),), Aanvragen(1, 2), False),
    ("een bekende tafel", regels.tafel_bestaat, (inrichting(),), vraag_tafel(), True),
    ("een onbekende tafel", regels.tafel_bestaat, (inrichting(),), vraag_tafel(tafel="x"), False),
    ("een tafel zonder inrichting", regels.tafel_bestaat, (), vraag_tafel(), False),
    ("een tafel met deelnemers", regels.tafel_heeft_deelnemers, VOL, vraag_tafel(), True),
    ("een tafel zonder deelnemers", regels.tafel_heeft_deelnemers, (inrichting(),), vraag_tafel(), False),
    ("een tafel die nog komt", regels.tafel_komt_nog, VOL, vraag_tafel(), True),
    ("een tafel van gisteren", regels.tafel_komt_nog, VOL, vraag_tafel(moment=moment("2026-05-31")), False),
    ("veertien dagen vooraf uitgenodigd", regels.uitnodiging_op_tijd, VOL, vraag_tafel(), True),
    ("een week vooraf uitgenodigd", regels.uitnodiging_op_tijd, VOL,
     vraag_tafel(moment=moment("2026-06-08 13:30")), False),
    ("verslag van een uitgeschreven tafel", regels.overleg_bekend, VOL, vraag_verslag(), True),
    ("verslag van niets", regels.overleg_bekend, VOL, vraag_verslag(overleg="T-9"), False),
    ("verslag na de tafel", regels.overleg_gehouden, VOL, vraag_verslag(), True),
    ("verslag voor de tafel", regels.overleg_gehouden, (tafel(moment=moment("2026-06-09")),),
     vraag_verslag(), False),
    ("een eerste verslag", regels.verslag_nieuw, (tafel(),), vraag_verslag(), True),
    ("een tweede verslag", regels.verslag_nieuw, VOL, vraag_verslag(), False),
    ("wie er was, was genodigd", regels.aanwezigen_genodigd, VOL, vraag_verslag(), True),
    ("wie er was, was niet genodigd", regels.aanwezigen_genodigd, VOL,
     vraag_verslag(aanwezig=("zorg-007",), gemeenten=("elders",)), False),
    ("elk agendapunt met uitkomst", regels.agenda_behandeld, VOL, vraag_verslag(), True),
    ("een agendapunt zonder uitkomst", regels.agenda_behandeld, VOL,
     vraag_verslag(punten=(punt(onderwerp="Iets anders"),)), False),
    ("overeenstemming met afspraak", regels.afspraak_bij_overeenstemming, VOL, vraag_verslag(), True),
    ("overeenstemming zonder afspraak", regels.afspraak_bij_overeenstemming, VOL,
     vraag_verslag(punten=(punt(afspraak=""),)), False),
    ("een verslag zonder namen", regels.verslag_noemt_niemand, VOL, vraag_verslag(), True),
    ("een verslag met een naam", regels.verslag_noemt_niemand, VOL,
     vraag_verslag(punten=(punt(besproken="zorgbedrijf 1 (VERZONNEN) wil meer."),)), False),
    ("een bijlage na een tafel", regels.bijlage_na_overleg, VOL, vraag_bijlage(), True),
    ("een bijlage zonder verslag", regels.bijlage_na_overleg, VOL[:-1], vraag_bijlage(), False),
    ("een bijlage na een andere tafel", regels.bijlage_na_overleg,
     (inrichting(tafels=(Tafel(code="pbv", onderwerp="x", percelen=("2",)),)), *VOL[1:]), vraag_bijlage(), False),
    ("een bijlage met overeenstemming", regels.bijlage_met_overeenstemming, VOL, vraag_bijlage(), True),
    ("een bijlage zonder overeenstemming", regels.bijlage_met_overeenstemming,
     (*VOL[:-1], verslag(punten=(punt("voorbehoud"),))), vraag_bijlage(), False),
    ("een bijlage met elk product", regels.bijlage_noemt_elk_product, VOL, vraag_bijlage(), True),
    ("een bijlage van een perceel zonder uitwerking", regels.bijlage_noemt_elk_product, (inrichting(),),
     vraag_bijlage(), False),
    ("een bijlage met een vreemd product en zonder het eigen", regels.bijlage_noemt_elk_product, VOL,
     vraag_bijlage(tarieven={"99X99": Decimal(1)}), False),
    ("een bijlage met een tarief van nul", regels.bijlage_noemt_elk_product, LOPEND,
     vraag_bijlage(tarieven={"02A01": Decimal(0)}), False),
    ("een eerste versie met andere tarieven dan het perceel", regels.bijlage_noemt_elk_product, VOL,
     vraag_bijlage(tarieven={"02A01": Decimal(61)}), False),
    ("een volgende versie mag een ander tarief hebben", regels.bijlage_noemt_elk_product, LOPEND,
     vraag_bijlage(tarieven={"02A01": Decimal(61)}), True),
    ("een versie die iets verandert", regels.bijlage_verandert, LOPEND, vraag_bijlage(), True),
    ("een versie die niets verandert", regels.bijlage_verandert, LOPEND,
     vraag_bijlage(budget_per_jaar=Decimal(1000000)), False),
    ("een eerste versie", regels.bijlage_verandert, VOL, vraag_bijlage(), True),
    ("een versie voor later", regels.bijlage_vooruit, LOPEND, vraag_bijlage(), True),
    ("een versie met terugwerkende kracht", regels.bijlage_vooruit, LOPEND,
     vraag_bijlage(ingang=date(2026, 6, 1)), False),
    ("een versie voor de vorige", regels.bijlage_vooruit, (*VOL, bijlage(ingang=date(2026, 9, 1))),
     vraag_bijlage(), False),
    ("bijsturen binnen de grens", regels.bijsturing_binnen_grens, LOPEND, vraag_bijlage(), True),
    ("bijsturen op de grens", regels.bijsturing_binnen_grens, LOPEND,
     vraag_bijlage(budget_per_jaar=Decimal(1100000)), True),
    ("bijsturen over de grens", regels.bijsturing_binnen_grens, LOPEND,
     vraag_bijlage(budget_per_jaar=Decimal(1100001)), False),
    ("kleine stappen die samen over de grens gaan", regels.bijsturing_binnen_grens,
     (*LOPEND, bijlage(2, budget_per_jaar=Decimal(1090000), ingang=date(2026, 6, 1))),
     vraag_bijlage(budget_per_jaar=Decimal(1150000)), False),
    ("elke gemeente besloot", regels.elke_gemeente_besloot, LOPEND, vraag_bijlage(), True),
    ("een gemeente besloot niet", regels.elke_gemeente_besloot, LOPEND,
     vraag_bijlage(gemeentebesluiten=BESLUITEN[:1]), False),
    ("opzeggen kan voor de ingang", regels.uittreden_kan, LOPEND, vraag_bijlage(), True),
    ("zonder overeenkomsten hoeft opzeggen niet", regels.uittreden_kan, VOL,
     vraag_bijlage(uittreden_tot=None), True),
    ("opzeggen is niet geregeld", regels.uittreden_kan, LOPEND, vraag_bijlage(uittreden_tot=None), False),
    ("opzeggen kan pas na de ingang", regels.uittreden_kan, LOPEND,
     vraag_bijlage(uittreden_tot=date(2026, 7, 1)), False),
    ("elk perceel heeft een bijlage", regels.bijlage_aanwezig, (bijlage(), bijlage(perceel="2")), None, True),
    ("een perceel zonder bijlage", regels.bijlage_aanwezig, (bijlage(),), None, False),
    ("opzeggen op een versie die hem raakt", regels.opzegging_op_versie,
     (*LOPEND, bijlage(2, overeenkomsten=("PR-2026-P1-001",))), ("PR-2026-P1-001", "2026-06-01"), True),
    ("opzeggen op een versie die hem niet raakt", regels.opzegging_op_versie, (*LOPEND, bijlage(2)),
     ("PR-2026-P1-001", "2026-06-01"), False),
    ("opzeggen van niets", regels.opzegging_op_versie, LOPEND, ("PR-2026-P1-009", "2026-06-01"), False),
    ("op tijd opgezegd", regels.opzegging_op_tijd,
     (*LOPEND, bijlage(2, uittreden_tot=date(2026, 6, 20))), ("PR-2026-P1-001", "2026-06-20"), True),
    ("te laat opgezegd", regels.opzegging_op_tijd,
     (*LOPEND, bijlage(2, uittreden_tot=date(2026, 6, 20))), ("PR-2026-P1-001", "2026-06-21"), False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("regel", "feiten", "vraag", "goed"), [g[1:] for g in GEVALLEN], ids=[g[0] for g in GEVALLEN]
)
def test_regel(regel: Regel, feiten: tuple[Feit, ...], vraag: Any, goed: bool) -> None:
    if isinstance(vraag, tuple):
        vraag = invoer.BasisovereenkomstOpzeggen(
            overeenkomst=vraag[0], versie=2, ontvangen=date.fromisoformat(vraag[1]), reden="Te laag."
        )
    overtreding = regel.check(make_situatie(make_dossier(*feiten), vraag))
    assert (overtreding is None) is goed, overtreding


def test_a_limit_is_measured_exactly_and_says_by_how_much() -> None:
    s = make_situatie(make_dossier(*LOPEND), vraag_bijlage(tarieven={"02A01": Decimal("48.00")}))
    overtreding = regels.bijsturing_binnen_grens.check(s)
    assert overtreding is not None
    assert "het tarief van 02A01 (20,0%)" in overtreding.tekst


def test_versions_and_numbers_count_on() -> None:
    dossier = make_dossier(*LOPEND)
    besluit = besluiten.decide_bijlage(make_situatie(dossier, vraag_bijlage()))
    (feit,) = besluit.feiten
    assert isinstance(feit, BijlageVastgesteld)
    assert (feit.versie, feit.overeenkomsten) == (2, ("PR-2026-P1-001",))
    assert len(list_bijlagen(dossier.met(feit), "1")) == 2
    po = besluiten.decide_procesovereenkomsten(make_situatie(dossier, vraag_deelname(2, 3)))
    assert [f.nummer for f in po.feiten if isinstance(f, ProcesovereenkomstGesloten)] == ["PO-002", "PO-003"]


def test_everybody_with_a_seat_is_invited_and_nobody_else() -> None:
    dossier = make_dossier(
        inrichting(tafels=(Tafel(code="pbv", onderwerp="x", percelen=("1",)),)),
        deelnemer(1),
        deelnemer(2, ("2",)),
        deelnemer(3, ("1", "2")),
    )
    (feit,) = besluiten.decide_uitschrijving(make_situatie(dossier, vraag_tafel())).feiten
    assert isinstance(feit, OverlegtafelUitgeschreven)
    assert feit.genodigden == ("zorg-001", "zorg-003")
    einde = besluiten.decide_proceseinde(make_situatie(dossier, vraag_einde(per="2026-06-20")))
    (later,) = besluiten.decide_uitschrijving(make_situatie(dossier.met(*einde.feiten), vraag_tafel())).feiten
    assert isinstance(later, OverlegtafelUitgeschreven)
    assert later.genodigden == ("zorg-003",), "wie wegging, heeft geen plaats meer"


def make_rij(nummer: int, op: date = date(2026, 5, 1), percelen: str = "1, 2") -> invoer.RijDeelnemer:
    o = make_onderneming(nummer)
    return invoer.RijDeelnemer(
        sleutel=o.sleutel, naam=o.naam, kvk=o.kvk, agb=o.agb, straat=o.adres.straat, postcode=o.adres.postcode,
        plaats=o.adres.plaats, contact=o.contact, email=o.email, grootte=o.grootte, percelen=percelen, getekend_op=op,
    )  # fmt: skip


def test_a_workbook_of_participants_becomes_input() -> None:
    gelezen = besluiten.build_procesovereenkomsten(
        {"deelnemers": (make_rij(1), make_rij(2))}, make_situatie()
    )
    assert [d.percelen for d in gelezen.deelnames] == [("1", "2"), ("1", "2")]
    with pytest.raises(InvoerError, match="2 dagen van ondertekening"):
        besluiten.build_procesovereenkomsten(
            {"deelnemers": (make_rij(1), make_rij(2, date(2026, 5, 2)))}, make_situatie()
        )


def test_every_act_of_the_stage_has_a_test_of_each_of_its_rules() -> None:
    getest: set[Callable[..., Any]] = {g[1].toets for g in GEVALLEN}
    assert [r.code for h in FASE.handelingen for r in h.regels if r.toets not in getest] == []

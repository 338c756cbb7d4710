"""Rules of contract management, what they record, and the days of an extension plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aanbesteding.domain.feiten import (
    EinddatumGewijzigd,
    OvereenkomstBeeindigd,
    OvereenkomstGesloten,
    PuntBeslist,
)
from aanbesteding.domain.gegeven import Gegeven, Stand, Stelling
from aanbesteding.domain.overeenkomsten import list_lopend
from aanbesteding.domain.overleg import Gemeentebesluit
from aanbesteding.domain.regel import Regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.contractbeheer import besluiten, regels
from aanbesteding.fasen.contractbeheer import regels_verlenging as rv
from aanbesteding.fasen.contractbeheer.documenten import build_prestaties
from aanbesteding.fasen.contractbeheer.documenten_verlenging import (
    build_brieven_verlenging,
    build_einde_zonder_verlenging,
    build_verlengingsplan,
)
from aanbesteding.fasen.contractbeheer.feiten import (
    Perceelverlenging,
    Prestatiemeting,
    PrestatiesGeregistreerd,
    SamenwerkingBeeindigd,
    SamenwerkingGeregistreerd,
    Samenwerkingslid,
    VerlengingBesloten,
    VerlengingGepland,
    list_leden,
)
from aanbesteding.fasen.contractbeheer.invoer import (
    PerceelOverdragen,
    PrestatiesRegistreren,
    RijPrestatie,
    SamenwerkingBeeindigen,
    SamenwerkingRegistreren,
    VerlengingAfwijzen,
    VerlengingBesluiten,
    VerlengingPlannen,
)
from aanbesteding.fasen.contractbeheer.invoer import (
    build_prestaties as build_invoer,
)
from bouwers import (
    make_aanbesteding,
    make_dossier,
    make_onderneming,
    make_perceel_uitgewerkt,
    make_situatie,
)

BASIS = make_aanbesteding()
ELDERS = Gegeven(
    code="o", naam="Overdracht", stand=Stand.BESLOTEN, tekst="Dit perceel kan naar de regio", bron="L1"
)
INKOOP = BASIS.model_copy(
    update={
        "percelen": (
            BASIS.percelen[0].model_copy(update={"overdraagbaar": ELDERS}),
            *(p.model_copy(update={"overdraagbaar": None}) for p in BASIS.percelen[1:]),
        ),
        "kpis": (Stelling(code="afschaling", tekst="Afschaling", bron="L1"),),
    }
)
AANBIEDER = make_onderneming(1)


def contract(perceel: str = "1", nummer: int = 1) -> OvereenkomstGesloten:
    """An agreement for 2025 up to and including 2028."""
    return OvereenkomstGesloten(
        nummer=f"BW-2025-P{perceel}-{nummer:03d}", perceel=perceel, aanbieder=make_onderneming(nummer), producten=(),
        tarieven={}, ingang=date(2025, 1, 1), einde=date(2028, 12, 31), herkomst="gunning", grond="I-001",
    )  # fmt: skip


def lid(nummer: int = 7) -> Samenwerkingslid:
    """An organisation that joins."""
    return Samenwerkingslid(naam=f"Klein {nummer}", kvk=f"{nummer:08d}", taak="Groepswerk")


def samen(vorm: str = "onderaanneming", **velden: Any) -> SamenwerkingRegistreren:
    """Input of a cooperation."""
    basis: dict[str, Any] = {
        "aanbieder": AANBIEDER.sleutel, "vorm": vorm, "percelen": ("1",), "leden": (lid(),), "vanaf": date(2026, 1, 1),
        "toestemming": "T-1",
    }  # fmt: skip
    return SamenwerkingRegistreren(**(basis | velden))


def feit(invoer: SamenwerkingRegistreren) -> SamenwerkingGeregistreerd:
    """The fact of a cooperation."""
    return SamenwerkingGeregistreerd(**dict(invoer))


def meting(
    kpi: str = "afschaling", overeenkomst: str = "BW-2025-P1-001", waarde: int = 50
) -> PrestatiesRegistreren:
    """Input of one measurement."""
    regel = Prestatiemeting(
        overeenkomst=overeenkomst, kpi=kpi, waarde=Decimal(waarde), afgesproken=Decimal(60)
    )
    return PrestatiesRegistreren(peildatum=date(2026, 6, 1), metingen=(regel,))


def overdracht(perceel: str = "1", per: date = date(2027, 1, 1)) -> PerceelOverdragen:
    """Input of a transfer."""
    return PerceelOverdragen(perceel=perceel, naar="de regio", per=per, motivering="De wet vraagt het.")


def s(invoer: Any = None, *feiten: Any, nu: str = "2026-06-01") -> Situatie[Any]:
    """A situation with this input and these facts."""
    return make_situatie(make_dossier(*feiten, aanbesteding=INKOOP), invoer, nu=nu)


WERK = make_perceel_uitgewerkt("1")
WAARDE = int(WERK.maximale_waarde or 0)
GEMEENTEN = ("aadorp", "beedorp")
VERLENGD = EinddatumGewijzigd(nummer="BW-2025-P1-001", einde=date(2030, 12, 31), grond="verlengd")
NIET = EinddatumGewijzigd(
    nummer="BW-2025-P1-001",
    einde=date(2028, 12, 31),
    grond="verlenging_niet_aanvaard",
    toelichting="Wij stoppen",
)


def verlenging(
    *percelen: str,
    maanden: int = 24,
    verwacht: int = 0,
    gemeenten: tuple[str, ...] = GEMEENTEN,
    op: date = date(2026, 5, 1),
) -> VerlengingBesluiten:
    """Input of an extension."""
    return VerlengingBesluiten(
        percelen=tuple(
            Perceelverlenging(perceel=p, maanden=maanden, besteed=Decimal(100), verwacht=Decimal(verwacht))
            for p in percelen or ("1",)
        ),
        reden="De hulp is goed",
        collegebesluiten=tuple(Gemeentebesluit(gemeente=g, datum=op, kenmerk=f"V-{g}") for g in gemeenten),
    )


def besloten() -> VerlengingBesloten:
    """The fact of an extension that may be declined up to 1 June 2026."""
    return VerlengingBesloten(**dict(verlenging()), afwijzen_tot=date(2026, 6, 1))


def afwijzing(ontvangen: date = date(2026, 6, 1)) -> VerlengingAfwijzen:
    """Input of a provider that declines."""
    return VerlengingAfwijzen(overeenkomst="BW-2025-P1-001", ontvangen=ontvangen, reden="Wij stoppen")


OPTIE = tuple(
    PuntBeslist(punt=p, waarde=w, motivering="x")
    for p, w in (("looptijd_maanden", "48"), ("verlenging_maanden", "24"), ("aantal_verlengingen", "2"))
)
ANDER = feit(samen("coalitie", aanbieder="aanbieder-002"))
WEG = SamenwerkingBeeindigd(aanbieder="aanbieder-002", kvk=lid().kvk, per=date(2026, 3, 1), reden="Gestopt.")

GEVALLEN: list[tuple[str, Regel, Situatie[Any], str | None]] = [
    ("een opdrachtnemer", regels.samenwerking_past, s(samen(), contract()), None),
    ("wie niet meedoet", regels.samenwerking_past, s(samen()), "heeft niet ingeschreven"),
    ("een onbekend perceel", regels.samenwerking_past, s(samen(percelen=("9",)), contract()), "9 bestaat niet"),
    ("een eerste coalitie", regels.lid_in_een_coalitie, s(samen("coalitie")), None),
    ("onderaanneming bij meer aanbieders mag", regels.lid_in_een_coalitie, s(samen(), ANDER), None),
    ("een tweede coalitie", regels.lid_in_een_coalitie, s(samen("coalitie"), ANDER), "andere coalitie"),
    ("na vertrek uit de eerste", regels.lid_in_een_coalitie, s(samen("coalitie"), ANDER, WEG), None),
    ("met toestemming", regels.toestemming_gegeven, s(samen(), contract()), None),
    ("zonder toestemming", regels.toestemming_gegeven, s(samen(toestemming=""), contract()), "toestemming nodig"),
    ("voor de overeenkomst is dat niet nodig", regels.toestemming_gegeven, s(samen(toestemming="")), None),
    (
        "een lid dat meedoet",
        regels.lid_bekend,
        s(
            SamenwerkingBeeindigen(aanbieder="aanbieder-002", kvk=lid().kvk, per=date(2026, 7, 1), reden="x"),
            ANDER,
        ),
        None,
    ),
    (
        "een lid dat al weg is",
        regels.lid_bekend,
        s(
            SamenwerkingBeeindigen(aanbieder="aanbieder-002", kvk=lid().kvk, per=date(2026, 7, 1), reden="x"),
            ANDER,
            WEG,
        ),
        "geen lid",
    ),
    ("een bekende indicator", regels.prestaties_passen, s(meting(), contract()), None),
    ("een onbekende indicator", regels.prestaties_passen, s(meting("x"), contract()), "Indicator x bestaat niet"),
    ("een onbekende overeenkomst", regels.prestaties_passen, s(meting()), "bestaat niet of is geëindigd"),
    ("op tijd", rv.verlenging_mogelijk, s(VerlengingPlannen(percelen=("1",)), contract(), *OPTIE), None),
    (
        "de laatste dag",
        rv.verlenging_mogelijk,
        s(VerlengingPlannen(percelen=("1",)), contract(), *OPTIE, nu="2028-06-30"),
        None,
    ),
    (
        "een dag te laat",
        rv.verlenging_mogelijk,
        s(VerlengingPlannen(percelen=("1",)), contract(), *OPTIE, nu="2028-07-01"),
        "vrijdag 30 juni 2028",
    ),
    (
        "zonder optie",
        rv.verlenging_mogelijk,
        s(VerlengingPlannen(percelen=("1",)), contract()),
        "geen lopende overeenkomst met een optie",
    ),
    ("overdracht die vooraf is geregeld", regels.overdracht_geregeld, s(overdracht(), contract()), None),
    ("van een ander perceel", regels.overdracht_geregeld, s(overdracht("2"), contract("2")), "geen overgang"),
    ("overdracht zonder overeenkomsten", regels.overdracht_geregeld, s(overdracht()), "geen overeenkomsten"),
    ("zes maanden vooraf", regels.overdracht_op_tijd, s(overdracht(per=date(2026, 12, 1))), None),
    ("een dag korter", regels.overdracht_op_tijd, s(overdracht(per=date(2026, 11, 30))), "zes maanden vooraf"),
]  # fmt: skip


VERLENGINGEN: list[tuple[str, Regel, Situatie[Any], str | None]] = [
    (
        "een onbekend perceel verlengen",
        rv.verlenging_mogelijk,
        s(VerlengingPlannen(percelen=("9",)), contract(), *OPTIE),
        "Perceel 9 heeft geen",
    ),
    (
        "een tweede keer verlengen",
        rv.verlenging_mogelijk,
        s(verlenging(), contract(), *OPTIE, besloten()),
        None,
    ),
    (
        "een derde keer, terwijl twee mag",
        rv.verlenging_mogelijk,
        s(verlenging(), contract(), *OPTIE, besloten(), besloten()),
        "al 2 keer verlengd",
    ),
    ("zo lang als de optie", rv.verlenging_past_in_optie, s(verlenging(), contract(), *OPTIE), None),
    (
        "een maand langer",
        rv.verlenging_past_in_optie,
        s(verlenging(maanden=25), contract(), *OPTIE),
        "ten hoogste 24 maanden",
    ),
    (
        "hetzelfde perceel twee keer",
        rv.verlenging_past_in_optie,
        s(verlenging("1", "1"), contract(), *OPTIE),
        "meer dan één keer",
    ),
    (
        "precies de maximale waarde",
        rv.verlenging_binnen_waarde,
        s(verlenging(verwacht=WAARDE - 100), contract(), WERK),
        None,
    ),
    (
        "een euro meer dan de maximale waarde",
        rv.verlenging_binnen_waarde,
        s(verlenging(verwacht=WAARDE - 99), contract(), WERK),
        "ten hoogste € ",
    ),
    (
        "een verlenging die was gepland",
        rv.verlenging_gepland,
        s(verlenging(), VerlengingGepland(percelen=("1",), datum=date(2026, 1, 1))),
        None,
    ),
    ("een verlenging zonder planning", rv.verlenging_gepland, s(verlenging()), "perceel 1 is niet gepland"),
    ("een besluit van elke gemeente", rv.elke_gemeente_besloot, s(verlenging()), None),
    (
        "zonder het besluit van Beedorp",
        rv.elke_gemeente_besloot,
        s(verlenging(gemeenten=("aadorp",))),
        "Beedorp ontbreekt",
    ),
    ("een besluit van morgen", rv.elke_gemeente_besloot, s(verlenging(op=date(2026, 6, 2))), "ontbreekt"),
    (
        "afwijzen op de laatste dag",
        rv.afwijzing_op_tijd,
        s(afwijzing(date(2026, 6, 1)), contract(), besloten(), VERLENGD),
        None,
    ),
    (
        "afwijzen een dag te laat",
        rv.afwijzing_op_tijd,
        s(afwijzing(date(2026, 6, 2)), contract(), besloten(), VERLENGD, nu="2026-06-03"),
        "tot en met maandag 1 juni 2026",
    ),
    (
        "een bericht van morgen",
        rv.afwijzing_op_tijd,
        s(afwijzing(date(2026, 6, 2)), contract(), besloten(), VERLENGD),
        "in de toekomst",
    ),
    (
        "een verlenging om af te wijzen",
        rv.verlenging_loopt,
        s(afwijzing(), contract(), besloten(), VERLENGD),
        None,
    ),
    ("zonder verlenging", rv.verlenging_loopt, s(afwijzing(), contract()), "is niet verlengd"),
    (
        "wie al had afgewezen",
        rv.verlenging_loopt,
        s(afwijzing(), contract(), besloten(), VERLENGD, NIET),
        "al afgewezen",
    ),
]
GEVALLEN += VERLENGINGEN


@pytest.mark.parametrize(("naam", "regel", "situatie", "deel"), GEVALLEN, ids=[g[0] for g in GEVALLEN])
def test_regel(naam: str, regel: Regel, situatie: Situatie[Any], deel: str | None) -> None:
    overtreding = regel.check(situatie)
    assert (overtreding is None) == (deel is None)
    assert deel is None or (overtreding and deel in overtreding.tekst)


def test_a_transfer_ends_the_agreements_of_its_perceel_and_leaves_the_others() -> None:
    situatie = s(overdracht(), contract("1"), contract("1", 2), contract("2"))
    feiten = besluiten.decide_overdracht(situatie).feiten
    einden = [f for f in feiten if isinstance(f, OvereenkomstBeeindigd)]
    assert [(e.nummer, e.grond) for e in einden] == [
        ("BW-2025-P1-001", "overdracht"), ("BW-2025-P1-002", "overdracht"),
    ]  # fmt: skip
    dossier = situatie.dossier
    for nieuw in feiten:
        dossier = dossier.met(nieuw, moment=situatie.nu)
    assert [o.perceel for o in list_lopend(dossier, date(2026, 12, 31))] == ["1", "1", "2"]
    assert [o.perceel for o in list_lopend(dossier, date(2027, 1, 1))] == ["2"]


def test_an_extension_begins_half_a_year_before_providers_must_know() -> None:
    plan = VerlengingGepland(percelen=("1",), datum=date(2027, 1, 4))
    (exemplaar,) = build_verlengingsplan(s(None, contract(), *OPTIE, plan))
    (regel,) = exemplaar.context.percelen
    assert (regel.besluit_uiterlijk, regel.starten) == (date(2028, 6, 30), date(2027, 12, 30))
    assert (regel.einde, regel.nieuw_einde) == (date(2028, 12, 31), date(2030, 12, 31))


def test_an_extension_gives_all_agreements_of_the_perceel_one_new_last_day_and_a_letter() -> None:
    laat = contract("1", 2).model_copy(update={"ingang": date(2027, 1, 1)})
    situatie = s(verlenging(), contract(), laat, contract("2"), *OPTIE, nu="2028-05-01")
    dossier = situatie.dossier
    for nieuw in besluiten.decide_verlenging(situatie).feiten:
        dossier = dossier.met(nieuw, moment=situatie.nu)
    assert [o.nummer for o in list_lopend(dossier, date(2030, 12, 31))] == [
        "BW-2025-P1-001",
        "BW-2025-P1-002",
    ]
    assert not list_lopend(dossier, date(2031, 1, 1))
    brieven = [e.context for e in build_brieven_verlenging(make_situatie(dossier, nu="2028-05-01"))]
    assert [(b.was, b.vanaf, b.einde) for b in brieven] == [
        (date(2028, 12, 31), date(2029, 1, 1), date(2030, 12, 31))
    ] * 2
    assert (brieven[0].afwijzen_tot, brieven[0].nog) == (date(2028, 6, 12), 1)
    assert [b.gemeente for b in brieven[0].besluiten] == ["Aadorp", "Beedorp"]


def test_who_declines_ends_on_the_day_that_held_before_and_the_others_go_on() -> None:
    situatie = s(afwijzing(), contract(), contract("1", 2), besloten(), VERLENGD,
                 VERLENGD.model_copy(update={"nummer": "BW-2025-P1-002"}))  # fmt: skip
    (feit_,) = besluiten.decide_afwijzing(situatie).feiten
    dossier = situatie.dossier.met(feit_, moment=situatie.nu)
    assert [o.nummer for o in list_lopend(dossier, date(2029, 1, 1))] == ["BW-2025-P1-002"]
    (brief,) = build_einde_zonder_verlenging(make_situatie(dossier, nu="2026-06-01"))
    assert (brief.context.einde, brief.context.reden) == (date(2028, 12, 31), "Wij stoppen.")


def test_declining_a_second_extension_leaves_the_first() -> None:
    tweede = VERLENGD.model_copy(update={"einde": date(2032, 12, 31)})
    situatie = s(afwijzing(), contract(), besloten(), VERLENGD, besloten(), tweede)
    (feit_,) = besluiten.decide_afwijzing(situatie).feiten
    assert isinstance(feit_, EinddatumGewijzigd)
    assert feit_.einde == VERLENGD.einde


def test_the_register_keeps_who_left_with_the_day() -> None:
    weg, nu = list_leden(make_dossier(ANDER, WEG, feit(samen(leden=(lid(8),)))))
    assert (weg.tot, nu.tot) == (date(2026, 3, 1), None)


def test_a_report_has_the_average_and_says_who_reached_the_agreed_value() -> None:
    feiten = (contract(), contract("1", 2))
    metingen = tuple(
        Prestatiemeting(overeenkomst=o.nummer, kpi="afschaling", waarde=w, afgesproken=Decimal(60))
        for o, w in zip(feiten, (Decimal(50), Decimal(61)), strict=True)
    )
    gemeten = PrestatiesGeregistreerd(peildatum=date(2026, 6, 1), eenheid="procent", metingen=metingen)
    (exemplaar,) = build_prestaties(s(None, *feiten, gemeten))
    (indicator,) = exemplaar.context.indicatoren
    assert indicator.gemiddelde == Decimal("55.5")
    assert [r.gehaald for r in indicator.regels] == [False, True]


def test_a_workbook_with_measurements_counts_as_of_today_and_may_not_be_empty() -> None:
    rij = RijPrestatie(overeenkomst="X", kpi="afschaling", waarde=Decimal(1), afgesproken=Decimal(2))
    invoer = build_invoer({"prestaties": (rij,)}, s())
    assert isinstance(invoer, PrestatiesRegistreren)
    assert (invoer.peildatum, invoer.metingen[0].overeenkomst) == (date(2026, 6, 1), "X")
    with pytest.raises(InvoerError):
        build_invoer({}, s())

"""Rules of the strategy: each case says when it lets through and when it refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from aanbesteding.documents.overeenkomst import build_bepalingen
from aanbesteding.domain.feiten import (
    BeleidskaderVastgesteld,
    ConsultatieverslagVastgesteld,
    LokaleAfwijkingVastgelegd,
    PuntBeslist,
)
from aanbesteding.domain.gegeven import Gegeven, Stand
from aanbesteding.domain.perceelkader import Aanbiedersbeleid
from aanbesteding.domain.programma import Marktgroep, Participatie
from aanbesteding.domain.regel import Regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Fase
from aanbesteding.fasen.strategie import FASE, regels
from aanbesteding.fasen.strategie.feiten import (
    Herleiding,
    LopendeOvereenkomst,
    Participatiekeuze,
    ParticipatieVastgesteld,
    list_participatie,
)
from aanbesteding.fasen.strategie.invoer import (
    AfwijkingVastleggen,
    HerleidingVaststellen,
    LopendeOvereenkomstenRegistreren,
    ParticipatieVaststellen,
    RijLopend,
    StrategieVaststellen,
    build_lopend,
)
from bouwers import (
    make_aanbesteding,
    make_adres,
    make_dossier,
    make_gegeven,
    make_perceel_uitgewerkt,
    make_product,
    make_situatie,
)
from fasen.publicatie.bouwers_publicatie import make_planningfeit
from fasen.publicatie.bouwers_publicatie import make_uitwerken as uitwerken

OPEN = Gegeven(code="vorm", naam="Vorm", stand=Stand.OPEN, bron="L1")
BASIS = make_aanbesteding()
GROEP = BASIS.consultatie.groepen[0].code
UITGANGSPUNT = BASIS.uitgangspunten[0].model_copy(
    update={"werkt_door_in": ("gunningscriterium", "overeenkomst")}
)
INKOOP = BASIS.model_copy(
    update={
        "uitgangspunten": (UITGANGSPUNT,),
        "markt": (Marktgroep(code="rta", naam="Regionaal", aanbieders=make_gegeven("a", "2"), bron="L1"),),
        "participatie": tuple(
            Participatie(code=c, groepen=(GROEP,), vorm=OPEN, bron="L1") for c in ("t1", "t2")
        ),
    }
)
ZONDER_VARIANT = INKOOP.percelen[0].uitvoeringsvariant.model_copy(update={"stand": Stand.OPEN, "tekst": ""})
OPEN_BEKOSTIGING = INKOOP.model_copy(
    update={
        "percelen": (
            INKOOP.percelen[0].model_copy(update={"uitvoeringsvariant": ZONDER_VARIANT}),
            *INKOOP.percelen[1:],
        )
    }
)
VERSLAG = ConsultatieverslagVastgesteld(deelnemers=(), vastgesteld_op=date(2026, 3, 1))
RUITER = BeleidskaderVastgesteld(
    gemeente="aadorp", orgaan="raad", datum=date(2026, 1, 1), kenmerk="R-1", toevoegingen=("Plafond mag.",)
)


def lopend(sleutel: str = "a-1", groep: str = "rta") -> LopendeOvereenkomst:
    """A running agreement."""
    return LopendeOvereenkomst(
        sleutel=sleutel, naam="Zorg B.V.", kvk="00000001", groep=groep, adres=make_adres(), email="a@b.example",
        gezinnen=3, einde=date(2026, 12, 31),
    )  # fmt: skip


def lijst(*overeenkomsten: LopendeOvereenkomst) -> LopendeOvereenkomstenRegistreren:
    """Input with these agreements."""
    return LopendeOvereenkomstenRegistreren(peildatum=date(2026, 1, 1), overeenkomsten=overeenkomsten)


def keuze(traject: str, tot: date = date(2026, 3, 1)) -> Participatiekeuze:
    """The choice for one track."""
    return Participatiekeuze(traject=traject, vorm="Werkbijeenkomst", van=date(2026, 2, 1), tot=tot)


def afwijking(**velden: Any) -> AfwijkingVastleggen:
    """A local deviation."""
    basis = {
        "gemeente": "aadorp", "percelen": ("1",), "onderwerp": "Toegang", "tekst": "Het dorpsteam verwijst.",
        "orgaan": "college", "datum": date(2026, 5, 1), "kenmerk": "C-1",
    }  # fmt: skip
    return AfwijkingVastleggen(**(basis | velden))


def strategie(*verwerking: str, datum: date = date(2026, 5, 1)) -> StrategieVaststellen:
    """Input of the strategy."""
    return StrategieVaststellen(orgaan="colleges", datum=datum, kenmerk="S-1", verwerking=verwerking)


def herleiding(*artikelen: str, stelling: str = UITGANGSPUNT.code) -> HerleidingVaststellen:
    """Tracing of one principle."""
    return HerleidingVaststellen(regels=(Herleiding(stelling=stelling, artikelen=artikelen),))


def s(invoer: Any = None, *feiten: Any, inkoop: Any = INKOOP) -> Situatie[Any]:
    """A situation with this input and these facts."""
    return make_situatie(make_dossier(*feiten, aanbesteding=inkoop), invoer)


def beleid(omvang: str, maximum: int | None) -> Situatie[Any]:
    """A perceel worked out under a policy on the number of providers."""
    beleid_ = Aanbiedersbeleid(omvang=omvang, stand=Stand.VOORNEMEN, bron="L53")
    inkoop = INKOOP.model_copy(
        update={
            "percelen": (INKOOP.percelen[0].model_copy(update={"aanbieders": beleid_}), *INKOOP.percelen[1:])
        }
    )
    producten = (make_product(maximum_aanbieders=maximum),)
    return s(uitwerken(make_perceel_uitgewerkt(producten=producten)), inkoop=inkoop)


K1 = make_perceel_uitgewerkt().criteria[0].model_copy(update={"doelen": (UITGANGSPUNT.code,)})
MET_CRITERIUM = make_perceel_uitgewerkt().model_copy(update={"criteria": (K1,)})
ALLES = ParticipatieVastgesteld(keuzes=(keuze("t1"), keuze("t2")))

GEVALLEN: list[tuple[str, Regel, Situatie[Any], str | None]] = [
    ("een bekende groep mag", regels.marktgroepen_bestaan, s(lijst(lopend())), None),
    ("een onbekende groep niet", regels.marktgroepen_bestaan, s(lijst(lopend(groep="x"))), "x bestaat niet"),
    ("elke aanbieder één keer", regels.overeenkomsten_enkel, s(lijst(lopend(), lopend("a-2"))), None),
    ("twee keer dezelfde", regels.overeenkomsten_enkel, s(lijst(lopend(), lopend())), "meer dan één keer"),
    ("zoveel als de bron zegt", regels.aantal_zoals_bron, s(lijst(lopend(), lopend("a-2"))), None),
    ("minder dan de bron zegt", regels.aantal_zoals_bron, s(lijst(lopend())), "1 in de lijst, 2 in de bron"),
    ("een bekend traject", regels.trajecten_bestaan, s(ParticipatieVaststellen(keuzes=(keuze("t1"),))), None),
    (
        "een onbekend traject dat eindigt voor het begint",
        regels.trajecten_bestaan,
        s(ParticipatieVaststellen(keuzes=(keuze("t9", date(2026, 1, 1)),))),
        "eindigt voordat het begint",
    ),
    (
        "elk traject gekozen",
        regels.participatie_compleet,
        s(ParticipatieVaststellen(keuzes=(keuze("t1"), keuze("t2")))),
        None,
    ),
    (
        "een traject vergeten",
        regels.participatie_compleet,
        s(ParticipatieVaststellen(keuzes=(keuze("t1"),))),
        "Kies ook de vorm van: t2",
    ),
    ("alle participatie bekend", regels.participatie_bekend, s(None, ALLES), None),
    ("participatie nog open", regels.participatie_bekend, s(), "nog open voor: t1, t2"),
    ("een afwijking van een deelnemer", regels.afwijking_past, s(afwijking()), None),
    ("een afwijking van een ander", regels.afwijking_past, s(afwijking(gemeente="elders")), "neemt niet deel"),
    ("een afwijking voor een onbekend perceel", regels.afwijking_past, s(afwijking(percelen=("9",))), "bestaat niet"),
    ("een afwijking van later", regels.afwijking_past, s(afwijking(datum=date(2027, 1, 1))), "in de toekomst"),
    ("na het verslag", regels.verslag_vastgesteld, s(None, VERSLAG), None),
    ("voor het verslag", regels.verslag_vastgesteld, s(), "nog niet vastgesteld"),
    ("elke bekostiging bekend", regels.bekostiging_gekozen, s(), None),
    ("een bekostiging open", regels.bekostiging_gekozen, s(inkoop=OPEN_BEKOSTIGING), "nog open voor"),
    (
        "een open bekostiging die is beslist",
        regels.bekostiging_gekozen,
        s(
            None,
            PuntBeslist(punt="bekostiging_1", waarde="taakgericht", motivering="Verzonnen."),
            inkoop=OPEN_BEKOSTIGING,
        ),
        None,
    ),
    ("elke toevoeging verwerkt", regels.toevoegingen_verwerkt, s(strategie("Gedaan."), RUITER), None),
    ("een toevoeging vergeten", regels.toevoegingen_verwerkt, s(strategie(), RUITER), "1 toevoegingen vastgelegd"),
    ("een strategie van vandaag", regels.strategie_is_besloten, s(strategie()), None),
    ("een strategie van later", regels.strategie_is_besloten, s(strategie(datum=date(2027, 1, 1))), "toekomst"),
    ("weinig aanbieders met een maximum", regels.beleid_gevolgd, beleid("weinig", 3), None),
    ("weinig aanbieders zonder maximum", regels.beleid_gevolgd, beleid("weinig", None), "zonder maximum"),
    ("veel aanbieders zonder maximum", regels.beleid_gevolgd, beleid("veel", None), None),
    ("veel aanbieders met een maximum", regels.beleid_gevolgd, beleid("veel", 3), "met maximum"),
    ("zonder beleid in de bron", regels.beleid_gevolgd, s(uitwerken(make_perceel_uitgewerkt())), None),
    ("een bekend artikel", regels.herleiding_past, s(herleiding("ovk_kwaliteit")), None),
    ("een onbekend artikel", regels.herleiding_past, s(herleiding("ovk_x")), "'ovk_x' bestaat niet"),
    ("een onbekend uitgangspunt", regels.herleiding_past, s(herleiding(stelling="x")), "'x' bestaat niet"),
    ("artikel en criterium", regels.alles_werkt_door, s(herleiding("ovk_kwaliteit"), MET_CRITERIUM), None),
    ("geen artikel", regels.alles_werkt_door, s(herleiding(), MET_CRITERIUM), "noemt geen artikel"),
    ("geen criterium", regels.alles_werkt_door, s(herleiding("ovk_kwaliteit")), "geen criterium noemt het"),
]  # fmt: skip


@pytest.mark.parametrize(("naam", "regel", "situatie", "deel"), GEVALLEN, ids=[g[0] for g in GEVALLEN])
def test_regel(naam: str, regel: Regel, situatie: Situatie[Any], deel: str | None) -> None:
    overtreding = regel.check(situatie)
    assert (overtreding is None) == (deel is None)
    assert deel is None or (overtreding and deel in overtreding.tekst)


def test_a_later_choice_counts_and_takes_nothing_else_away() -> None:
    later = keuze("t1").model_copy(update={"vorm": "Online"})
    dossier = make_dossier(ALLES, ParticipatieVastgesteld(keuzes=(later,)), aanbesteding=INKOOP)
    assert {code: k.vorm for code, k in list_participatie(dossier).items()} == {
        "t1": "Online",
        "t2": "Werkbijeenkomst",
    }


def test_a_local_deviation_stands_in_the_agreement_of_its_perceel_only() -> None:
    feit = LokaleAfwijkingVastgelegd(**dict(afwijking()))
    situatie = s(None, make_planningfeit(), feit)
    (regel,) = build_bepalingen(situatie, "1").lokale_afwijkingen
    assert (regel.gemeente, regel.tekst) == ("Aadorp", "Toegang: Het dorpsteam verwijst.")
    assert not build_bepalingen(situatie, "2").lokale_afwijkingen


def test_a_workbook_row_keeps_the_leading_zeros_of_its_kvk_number() -> None:
    rij = RijLopend.model_validate(
        {"sleutel": "a-1", "naam": "Zorg", "kvk": 1, "groep": "rta", "straat": "Weg 1", "postcode": "1234 AB",
         "plaats": "P", "email": "a@b.example", "gezinnen": 2, "einde": date(2026, 12, 31)}
    )  # fmt: skip
    invoer = build_lopend({"overeenkomsten": (rij,)}, s())
    assert isinstance(invoer, LopendeOvereenkomstenRegistreren)
    assert invoer.overeenkomsten[0].kvk == "00000001"
    with pytest.raises(InvoerError):
        build_lopend({}, s())


def test_every_own_feit_is_declared_by_the_stage() -> None:
    assert isinstance(FASE, Fase)
    eigen = {f.soort() for f in FASE.feiten}
    assert eigen == {
        "LopendeOvereenkomstenGeregistreerd", "ParticipatieVastgesteld", "StrategieVastgesteld",
        "HerleidingVastgesteld",
    }  # fmt: skip

"""Builders for tests: a small invented purchase with two percelen, a region, providers and situations.

Everything here is invented. Builders, not dictionaries: a test names only what matters to it.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from aanbesteding.domain.aanbesteding import Aanbesteding, Perceel
from aanbesteding.domain.consultatie import Blok, Consultatie, Stakeholdergroep, Thema, Vraag
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import (
    Criterium,
    Eis,
    Inschrijving,
    Kostprijselement,
    Partij,
    PerceelUitgewerkt,
    Product,
    Schaalpunt,
)
from aanbesteding.domain.gegeven import Gegeven, Punt, Puntsoort, Stand, Stelling
from aanbesteding.domain.huisstijl import Huisstijl
from aanbesteding.domain.norm import load_normen
from aanbesteding.domain.onderneming import Adres, Onderneming
from aanbesteding.domain.regio import Gemeente, Mandaat, Rechtsgang, Regio
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.procedures import PROCEDURES

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PEILDATUM = date(2026, 1, 5)
REGIMES = {p.code: p.regime for p in PROCEDURES}


def moment(tekst: str) -> datetime:
    """A moment in the Netherlands: "2026-03-02" (nine o'clock) or "2026-03-02 14:30"."""
    tijd = datetime.fromisoformat(tekst).replace(tzinfo=AMSTERDAM)
    return tijd if " " in tekst else tijd.replace(hour=9)


def make_gegeven(code: str, getal: str, naam: str = "", **velden: Any) -> Gegeven:
    """A decided figure."""
    velden = {"stand": Stand.BESLOTEN, "eenheid": "procent", "bron": "L1", **velden}
    return Gegeven(code=code, naam=naam or code, getal=Decimal(getal), **velden)


def make_perceel(
    nummer: str, wet: str = "Wmo 2015", financien: str = "100", clienten: str = "100"
) -> Perceel:
    """A perceel."""
    return Perceel(
        nummer=nummer,
        sleutel=UUID(int=int(nummer)),
        titel=f"{wet.split()[0]} – Proefperceel {nummer}",
        korte_naam=f"Proefperceel {nummer}",
        wet=wet,
        omschrijving="Verzonnen perceel voor de tests.",
        bron="L1",
        cpv="85312300",
        cpv_tekst="Diensten voor begeleiding en adviesverlening",
        nuts="NL226",
        aandeel_financien=make_gegeven("aandeel_financien", financien),
        aandeel_clienten=make_gegeven("aandeel_clienten", clienten),
        uitvoeringsvariant=Gegeven(
            code="uitvoeringsvariant",
            naam="Uitvoeringsvariant",
            stand=Stand.BESLOTEN,
            tekst="inspanningsgericht",
            bron="L2",
        ),
        ambities=(Stelling(code=f"ambitie_{nummer}", tekst="Passende hulp op tijd.", bron="L3"),),
    )


def make_aanbesteding(**velden: Any) -> Aanbesteding:
    """A purchase with one Wmo and one Jeugd perceel and one open point."""
    basis: dict[str, Any] = {
        "code": "proef-2027",
        "id": UUID(int=99),
        "titel": "Proefinkoop 2027",
        "regio": "proefregio",
        "procedure": "sas",
        "brontitel": "Verzonnen inkoopstrategie",
        "bronbestand": "geen",
        "ingang": Gegeven(
            code="ingang", naam="Ingangsdatum", stand=Stand.BESLOTEN, tekst="2027-01-01", bron="L4"
        ),
        "gegevens": (make_gegeven("inwoners", "1000", "Inwoners", eenheid="inwoners"),),
        "uitgangspunten": (Stelling(code="u1", tekst="De inwoner staat centraal.", bron="L5"),),
        "doelen": (Stelling(code="d1", tekst="Partnerschap.", bron="L6"),),
        "regels": (),
        "percelen": (make_perceel("1"), make_perceel("2", "Jeugdwet")),
        "punten": (
            Punt(
                code="looptijd_maanden",
                vraag="Hoe lang loopt de overeenkomst?",
                stand=Stand.BANDBREEDTE,
                tekst="Langer dan twee jaar.",
                bron="L7",
                soort=Puntsoort.MAANDEN,
                groter_dan=24,
            ),
        ),
        "consultatie": Consultatie(
            bron_schaal="L8",
            groepen=(
                Stakeholdergroep(code="aanbieders", naam="Zorgaanbieders", bron="L9"),
                Stakeholdergroep(code="adviesraden", naam="Adviesraden", bron="L10"),
            ),
            blokken=(Blok(code="waardering", titel="Waardering", bron="L11"),),
            themas=(
                Thema(code="methodiek", titel="Inkoopmethodiek", advies="Houd het eenvoudig.", bron="L12"),
                Thema(code="lasten", titel="Administratieve lasten", advies="Verlaag de lasten.", bron="L13"),
            ),
            vragen=(
                Vraag(
                    code="v1",
                    blok="waardering",
                    soort="schaal",
                    tekst="Hoe eenvoudig is het?",
                    thema="methodiek",
                ),
                Vraag(code="v2", blok="waardering", soort="open", tekst="Wat kan weg?", thema="lasten"),
            ),
        ),
    }
    return Aanbesteding(**(basis | velden))


def make_adres(nummer: int = 1) -> Adres:
    """An invented address."""
    return Adres(straat=f"Verzonnenstraat {nummer}", postcode=f"{1000 + nummer} AB", plaats="Proefstad")


def make_regio(**velden: Any) -> Regio:
    """An invented region of two municipalities; every role is held by "<rol>.demo", assessors by three persons."""
    mandaten = [Mandaat(rol=rol, persoon=f"{rol.value}.demo", grondslag="Verzonnen mandaat") for rol in Rol]
    mandaten += [
        Mandaat(rol=Rol.BEOORDELAAR, persoon=f"beoordelaar{n}.demo", grondslag="Verzonnen mandaat")
        for n in (1, 2, 3)
    ]
    basis: dict[str, Any] = {
        "code": "proefregio",
        "naam": "Proefregio",
        "gemeenten": tuple(
            Gemeente(
                code=code,
                naam=code.capitalize(),
                adres=make_adres(),
                telefoon="000",
                website="example.org",
                bron="verzonnen",
            )
            for code in ("aadorp", "beedorp")
        ),
        "mandaten": tuple(mandaten),
        "huisstijl": make_huisstijl(),
        "rechtsgang": Rechtsgang(
            rechtbank="Rechtbank Proefland", plaats="Proefstad", vervaltermijn_dagen=20, bron="verzonnen"
        ),
        "contact": "Team Inkoop, 000-0000000",
        "email": "inkoop@example.org",
    }
    return Regio(**(basis | velden))


def make_huisstijl() -> Huisstijl:
    """House style of the invented region."""
    return Huisstijl(
        naam="Proefregio",
        onderregel="Aadorp en Beedorp",
        kleur="1F4E79",
        afzender=("Gemeente Aadorp", "Verzonnenstraat 1", "1001 AB Proefstad"),
        voet="Proefregio (verzonnen)",
    )


def make_onderneming(nummer: int = 1, **velden: Any) -> Onderneming:
    """An invented provider."""
    basis: dict[str, Any] = {
        "sleutel": f"zorg-{nummer:03d}",
        "naam": f"Zorgbedrijf {nummer} (verzonnen)",
        "kvk": f"{nummer:08d}",
        "agb": f"{nummer:08d}",
        "adres": make_adres(nummer),
        "contact": "Directie",
        "email": f"zorg{nummer}@example.org",
    }
    return Onderneming(**(basis | velden))


def make_partij(nummer: int = 1, groep: str = "aanbieders") -> Partij:
    """An invented party of a consultation."""
    return Partij(
        sleutel=f"partij-{nummer:03d}",
        naam=f"Partij {nummer} (verzonnen)",
        groep=groep,
        adres=make_adres(nummer),
        email=f"partij{nummer}@example.org",
    )


def make_inschrijving(nummer: int = 1, percelen: tuple[str, ...] = ("1",), **velden: Any) -> Inschrijving:
    """A bid that came in on time."""
    basis: dict[str, Any] = {
        "nummer": f"I-{nummer:03d}",
        "aanbieder": make_onderneming(nummer),
        "percelen": percelen,
        "ontvangen": moment("2026-06-01 10:00"),
    }
    return Inschrijving(**(basis | velden))


def make_product(code: str = "02A01", wet: str = "Wmo 2015", **velden: Any) -> Product:
    """A product with every cost element of its law."""
    letters = "abcdef" if wet == "Wmo 2015" else "abcd"
    basis: dict[str, Any] = {
        "code": code,
        "naam": f"Product {code}",
        "omschrijving": "Verzonnen product.",
        "productcategorie": "02",
        "eenheid": "uur",
        "tarief": Decimal("60.00"),
        "indexering": "jaarlijks",
        "kostprijs": tuple(
            Kostprijselement(
                code=letter,
                omschrijving=f"Element {letter}",
                bedrag=Decimal(60) / len(letters),
                bron="verzonnen",
                jaar=2026,
            )
            for letter in letters
        ),
    }
    return Product(**(basis | velden))


def make_perceel_uitgewerkt(perceel: str = "1", **velden: Any) -> PerceelUitgewerkt:
    """A worked-out perceel: one product, three requirements, two quality criteria, five scale points."""
    basis: dict[str, Any] = {
        "perceel": perceel,
        "producten": (make_product(),),
        "eisen": (
            Eis(
                code="V1",
                soort="volledigheid",
                tekst="De inschrijving is ondertekend.",
                bewijs="Handtekening",
                toets="systeem",
                bron="verzonnen",
            ),
            Eis(
                code="U1",
                soort="uitsluiting",
                tekst="Er is geen uitsluitingsgrond.",
                bewijs="Eigen verklaring",
                toets="mens",
                herstelbaar=False,
                bron="verzonnen",
            ),
            Eis(
                code="M1",
                soort="minimumeis",
                tekst="De aanbieder heeft een klachtenregeling.",
                bewijs="Regeling",
                toets="systeem",
                bron="verzonnen",
            ),
        ),
        "criteria": (
            Criterium(
                code="K1",
                soort="kwaliteit",
                titel="Samenwerking",
                vraag="Hoe werkt u samen?",
                gewicht=Decimal(60),
                kader=("concreet", "lokaal"),
                doelen=("d1",),
            ),
            Criterium(
                code="K2",
                soort="kwaliteit",
                titel="Kwaliteit",
                vraag="Hoe borgt u kwaliteit?",
                gewicht=Decimal(40),
                kader=("meetbaar",),
                doelen=("d1",),
            ),
        ),
        "schaal": tuple(
            Schaalpunt(punt=p, betekenis=b, uitleg="Verzonnen uitleg.")
            for p, b in ((0, "onvoldoende"), (4, "matig"), (6, "voldoende"), (8, "goed"), (10, "uitstekend"))
        ),
        "gelijke_stand": ("hoogste_kwaliteit", "hoogste:K1", "loting"),
        "bij_uitval": "rangorde_blijft",
        "decimalen": 2,
        "raming_per_jaar": Decimal("1000000.00"),
        "maximale_waarde": Decimal("8000000.00"),
        "motivering": "Verzonnen motivering.",
    }
    return PerceelUitgewerkt(**(basis | velden))


def make_dossier(*feiten: Feit, aanbesteding: Aanbesteding | None = None) -> Dossier:
    """A dossier with these facts, each in a version of its own."""
    inkoop = aanbesteding or make_aanbesteding()
    dossier = Dossier(
        code="PROEF",
        aanbesteding=inkoop,
        peildatum=PEILDATUM,
        versie=0,
        vastleggingen=(),
        begin_status="voorbereiding",
        regime=REGIMES[inkoop.procedure],
        demo=True,
    )
    for feit in feiten:
        dossier = dossier.met(feit, moment=moment("2026-01-05"))
    return dossier


def make_situatie(
    dossier: Dossier | None = None, invoer: Any = None, nu: str = "2026-06-01", **velden: Any
) -> Situatie[Any]:
    """A situation at a moment in the Netherlands."""
    basis: dict[str, Any] = {"regio": make_regio(), "persoon": "inkoper.demo"}
    return Situatie(
        dossier=dossier or make_dossier(),
        invoer=invoer,
        nu=moment(nu),
        normen=load_normen(),
        **(basis | velden),
    )

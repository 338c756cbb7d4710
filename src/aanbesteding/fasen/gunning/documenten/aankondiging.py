"""The text of the award notice of one perceel, to be put on TenderNed.

Grondslag: Aw 2012 art. 2.134 (FEITEN 2.6).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pydantic import Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar, Ontvanger
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.deelname import select_deelnemers
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.termijn import count_aankondiging_gunning
from aanbesteding.fasen.gunning.documenten.modellen import (
    Opdrachtgever,
)
from aanbesteding.fasen.gunning.documenten.partijen import (
    build_kop,
    list_opdrachtgevers,
)
from aanbesteding.fasen.gunning.documenten.uitkomsten import (
    load_uitkomsten,
)
from aanbesteding.fasen.gunning.documenten.voorbeelden import (
    voorbeeld_kop,
    voorbeeld_opdrachtgevers,
)

GROOTTEN = ("micro", "klein", "middelgroot", "groot")


class Grootteregel(Gegevensmodel):
    """Bids received by size of the enterprise."""

    grootte: str = Field(description="micro, klein, middelgroot of groot")
    aantal: int = Field(description="Aantal inschrijvingen")


class Contractregel(Gegevensmodel):
    """An agreement in the award notice."""

    nummer: str = Field(description="Nummer van de overeenkomst")
    naam: str = Field(description="Naam van de aanbieder")
    kvk: str = Field(description="KvK-nummer")
    plaats: str = Field(description="Vestigingsplaats")
    grootte: str = Field(description="Grootteklasse")
    producten: tuple[str, ...] = Field(description="Producten")


class AankondigingContext(DocumentContext):
    """Context of the text of the award notice of one perceel."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de aanbesteding")
    procedure_id: str = Field(description="Vaste sleutel van de procedure")
    perceel_id: str = Field(description="Vaste sleutel van het perceel")
    perceel: str = Field(description="Nummer en titel van het perceel")
    omschrijving: str = Field(description="Voorwerp van de opdracht")
    opdrachtgevers: tuple[Opdrachtgever, ...] = Field(description="Aanbestedende diensten")
    is_sas: bool = Field(description="Of de procedure voor sociale en andere specifieke diensten is gevolgd")
    b_diensten: bool = Field(description="Of de procedure voor B-diensten van voor 1 juli 2016 is gevolgd")
    cpv: str = Field(description="CPV-code")
    cpv_tekst: str = Field(description="Omschrijving van de CPV-code")
    nuts: str = Field(description="NUTS-code van de plaats van uitvoering")
    aantal_inschrijvingen: int = Field(description="Aantal ontvangen inschrijvingen")
    per_grootte: tuple[Grootteregel, ...] = Field(description="Inschrijvingen naar grootte")
    contracten: tuple[Contractregel, ...] = Field(description="Gesloten overeenkomsten")
    ondertekend: date | None = Field(description="Dag van ondertekening")
    ingang: date | None = Field(description="Ingangsdatum")
    einde: date | None = Field(description="Einddatum zonder verlenging")
    maximale_waarde: Decimal | None = Field(description="Hoogste waarde van alle overeenkomsten samen")
    met_prijzen: bool = Field(description="Of inschrijvers een prijs konden bieden")
    laagste_prijs: Decimal | None = Field(description="Laagste geopende prijs per eenheid")
    hoogste_prijs: Decimal | None = Field(description="Hoogste geopende prijs per eenheid")
    rechtbank: str = Field(description="Bevoegde rechtbank")
    uiterlijk_verzenden: date | None = Field(description="Laatste dag om deze aankondiging te verzenden")
    contact: str = Field(description="Contactpunt")


def build_aankondigingen(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One award notice text per perceel with agreements."""
    alles = load_uitkomsten(s)
    inkoop = s.dossier.aanbesteding
    for nummer, bouwer in alles.bouwers.items():
        stand, perceel = bouwer.stand, inkoop.load_perceel(nummer)
        overeenkomsten = [o for o in stand.overeenkomsten if o.herkomst == "gunning"]
        grootten = Counter(i.aanbieder.grootte for i in stand.inschrijvingen.values())
        prijzen = tuple(stand.prijzen.values())
        ondertekend = stand.ondertekening.datum if stand.ondertekening else None
        context = AankondigingContext(
            document=build_kop(
                s, "AG", f"P{nummer}", f"{inkoop.titel}, {perceel.naam}", "concept voor TenderNed"
            ),
            titel=inkoop.titel,
            procedure_id=str(inkoop.id),
            perceel_id=str(perceel.sleutel),
            perceel=perceel.naam,
            omschrijving=perceel.omschrijving,
            opdrachtgevers=list_opdrachtgevers(select_deelnemers(s.regio, inkoop, (nummer,))),
            is_sas=s.dossier.regime.sas,
            b_diensten=s.dossier.regime.b_diensten,
            cpv=perceel.cpv,
            cpv_tekst=perceel.cpv_tekst,
            nuts=perceel.nuts,
            aantal_inschrijvingen=len(stand.inschrijvingen),
            per_grootte=tuple(Grootteregel(grootte=g, aantal=grootten[g]) for g in GROOTTEN),
            contracten=tuple(
                Contractregel(
                    nummer=o.nummer,
                    naam=o.aanbieder.naam,
                    kvk=o.aanbieder.kvk,
                    plaats=o.aanbieder.adres.plaats,
                    grootte=o.aanbieder.grootte,
                    producten=bouwer.show_producten(o.producten),
                )
                for o in overeenkomsten
            ),
            ondertekend=ondertekend,
            ingang=overeenkomsten[0].ingang if overeenkomsten else None,
            einde=overeenkomsten[0].einde if overeenkomsten else None,
            maximale_waarde=stand.uitgewerkt.maximale_waarde if stand.uitgewerkt else None,
            met_prijzen=bool(prijzen),
            laagste_prijs=min(prijzen, default=None),
            hoogste_prijs=max(prijzen, default=None),
            rechtbank=s.regio.rechtsgang.rechtbank,
            uiterlijk_verzenden=(
                count_aankondiging_gunning(
                    ondertekend, s.normen, peildatum=s.dossier.peildatum
                ).uiterste_datum
                if ondertekend
                else None
            ),
            contact=s.regio.contact,
        )
        yield Exemplaar(Ontvanger(f"perceel-{nummer}", perceel.naam), context)


def voorbeeld_aankondiging() -> AankondigingContext:
    """An invented example."""
    return AankondigingContext(
        document=voorbeeld_kop("Proefinkoop 2028 (verzonnen), perceel 2", "concept"),
        titel="Proefinkoop 2028 (verzonnen)",
        procedure_id="00000000-0000-0000-0000-000000000099",
        perceel_id="00000000-0000-0000-0000-000000000002",
        perceel="Perceel 2: Wmo – Begeleiding (verzonnen voorbeeld)",
        omschrijving="Begeleiding van volwassenen (verzonnen).",
        opdrachtgevers=voorbeeld_opdrachtgevers(),
        is_sas=True,
        b_diensten=False,
        cpv="85312300",
        cpv_tekst="Diensten voor begeleiding en adviesverlening",
        nuts="NL226",
        aantal_inschrijvingen=7,
        per_grootte=tuple(Grootteregel(grootte=g, aantal=n) for n, g in enumerate(GROOTTEN)),
        contracten=(
            Contractregel(
                nummer="PR-2028-P2-001",
                naam="Zorgvoorbeeld B.V. (verzonnen)",
                kvk="00000001",
                plaats="Voorbeeldstad",
                grootte="klein",
                producten=("Begeleiding individueel",),
            ),
        ),
        ondertekend=date(2027, 10, 1),
        ingang=date(2028, 1, 1),
        einde=date(2031, 12, 31),
        maximale_waarde=Decimal("12000000.00"),
        met_prijzen=True,
        laagste_prijs=Decimal("33.00"),
        hoogste_prijs=Decimal("38.50"),
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
        uiterlijk_verzenden=date(2027, 11, 1),
        contact="Team Inkoop, 000-0000000",
    )


AANKONDIGING_GEGUNDE_OPDRACHT = Document(
    "aankondiging_gegunde_opdracht",
    "Aankondiging gegunde opdracht",
    "gunning",
    AankondigingContext,
    build_aankondigingen,
    voorbeeld_aankondiging,
    per="perceel",
)

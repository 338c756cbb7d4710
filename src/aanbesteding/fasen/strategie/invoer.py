"""What the acts of the strategy ask: input models and the row of the workbook with running agreements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.onderneming import Adres
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.strategie.feiten import Herleiding, LopendeOvereenkomst, Participatiekeuze


class LopendeOvereenkomstenRegistreren(Gegevensmodel):
    """Input: the agreements that run at the start."""

    peildatum: date = Field(title="Peildatum", description="Dag waarop is geteld")
    overeenkomsten: tuple[LopendeOvereenkomst, ...] = Field(
        title="Overeenkomsten", description="Lopende overeenkomsten", min_length=1
    )


class ParticipatieVaststellen(Gegevensmodel):
    """Input: the form of participation per track."""

    keuzes: tuple[Participatiekeuze, ...] = Field(
        title="Trajecten", description="Vorm en periode per participatietraject", min_length=1
    )


class AfwijkingVastleggen(Gegevensmodel):
    """Input: what one municipality does differently."""

    gemeente: str = Field(title="Gemeente", description="Code van de gemeente")
    percelen: tuple[str, ...] = Field(title="Percelen", description="Nummers van de percelen", min_length=1)
    onderwerp: str = Field(title="Onderwerp", description="Waar de afwijking over gaat", min_length=1)
    tekst: str = Field(title="Afwijking", description="Wat in deze gemeente anders is", min_length=1)
    orgaan: str = Field(title="Orgaan", description="Wie dit besloot", min_length=1)
    datum: date = Field(title="Datum", description="Datum van het besluit")
    kenmerk: str = Field(title="Kenmerk", description="Kenmerk van het besluit", min_length=1)


class StrategieVaststellen(Gegevensmodel):
    """Input: the strategy is laid down."""

    orgaan: str = Field(title="Orgaan", description="Wie de strategie vaststelt", min_length=1)
    datum: date = Field(title="Datum", description="Datum van het besluit")
    kenmerk: str = Field(title="Kenmerk", description="Kenmerk van het besluit", min_length=1)
    verwerking: tuple[str, ...] = Field(
        default=(),
        title="Verwerking van toevoegingen",
        description="Wat met elke toevoeging van een raad is gedaan, in dezelfde volgorde",
    )


class HerleidingVaststellen(Gegevensmodel):
    """Input: where every principle works through."""

    regels: tuple[Herleiding, ...] = Field(
        title="Herleiding", description="Een regel per uitgangspunt", min_length=1
    )
    motivering: str = Field(
        default="", title="Motivering", description="Nodig als een uitgangspunt nergens doorwerkt"
    )


def _parse_dag(waarde: object) -> object:
    return waarde.date() if isinstance(waarde, datetime) else waarde


def _parse_register(waarde: object) -> object:
    """A register number as eight digits: a workbook drops leading zeros."""
    return f"{waarde:08d}" if isinstance(waarde, int) and not isinstance(waarde, bool) else waarde


class RijLopend(Gegevensmodel):
    """A row of the sheet "overeenkomsten"."""

    sleutel: str
    naam: str
    kvk: Annotated[str, BeforeValidator(_parse_register)]
    groep: str
    straat: str
    postcode: str
    plaats: str
    email: str
    gezinnen: int = Field(ge=0)
    einde: Annotated[date, BeforeValidator(_parse_dag)]


def build_lopend(rijen: Mapping[str, tuple[Any, ...]], s: Situatie[None]) -> BaseModel:
    """The workbook as input, counted as of today; InvoerError when there is no row."""
    regels: tuple[RijLopend, ...] = rijen.get("overeenkomsten", ())
    if not regels:
        raise InvoerError(
            ["Blad 'overeenkomsten': er staat geen overeenkomst in. Vul ten minste één rij in."]
        )
    return LopendeOvereenkomstenRegistreren(
        peildatum=s.vandaag,
        overeenkomsten=tuple(
            LopendeOvereenkomst(
                adres=Adres(straat=r.straat, postcode=r.postcode, plaats=r.plaats),
                **{
                    n: getattr(r, n)
                    for n in ("sleutel", "naam", "kvk", "groep", "email", "gezinnen", "einde")
                },
            )
            for r in regels
        ),
    )

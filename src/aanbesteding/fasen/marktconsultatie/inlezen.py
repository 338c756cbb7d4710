"""The workbooks of the market consultation: parties to invite, and reactions that came in.

Reading cells is not done here (the storage side does that and checks each row by itself); this module
judges how rows fit together and with the dossier. The same judgement on input from a form is given by
regels.py.

Must stay true: every fault is reported at once, with sheet and row.
Trap: a spreadsheet turns a key or an answer such as 12 into a number; a text column takes that as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import Partij
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Invoerbestand
from aanbesteding.fasen.marktconsultatie.besluiten import (
    PartijenRegistreren,
    ReactiesRegistreren,
    Vraagantwoord,
    Vraagscore,
    list_partijen,
)
from aanbesteding.fasen.marktconsultatie.controle import check_antwoorden, check_partijen, check_scores
from aanbesteding.invoerfouten import describe_fouten


def _parse_tekst(waarde: object) -> object:
    """A number in a text column is text; everything else is left to the field."""
    if isinstance(waarde, int | Decimal) and not isinstance(waarde, bool):
        return str(waarde)
    return waarde


Tekst = Annotated[str, BeforeValidator(_parse_tekst)]


class PartijRij(Gegevensmodel):
    """A row of sheet "partijen"."""

    rij: int = Field(description="Rijnummer in het werkblad")
    sleutel: Tekst = Field(description="Vaste sleutel: kleine letters, cijfers en streepjes")
    naam: Tekst = Field(min_length=1, max_length=200, description="Naam van de organisatie of afdeling")
    groep: Tekst = Field(min_length=1, description="Code van de stakeholdergroep")
    straat: Tekst = Field(description="Straat en huisnummer")
    postcode: Tekst = Field(description="Postcode, bijvoorbeeld 1234 AB")
    plaats: Tekst = Field(description="Plaats")
    email: Tekst = Field(default="", pattern=r"^([^@\s]+@[^@\s]+)?$", description="E-mailadres")


class ScoreRij(Gegevensmodel):
    """A row of sheet "scores"."""

    rij: int = Field(description="Rijnummer in het werkblad")
    partij: Tekst = Field(min_length=1, description="Sleutel van de partij")
    vraag: Tekst = Field(min_length=1, description="Code van de vraag")
    score: int = Field(description="Score op de schaal van de vragenlijst")


class AntwoordRij(Gegevensmodel):
    """A row of sheet "antwoorden"."""

    rij: int = Field(description="Rijnummer in het werkblad")
    partij: Tekst = Field(min_length=1, description="Sleutel van de partij")
    vraag: Tekst = Field(min_length=1, description="Code van de vraag")
    antwoord: Tekst = Field(min_length=1, description="Het antwoord in woorden")


def build_partijen(bladen: Mapping[str, tuple[Any, ...]], s: Situatie[None]) -> PartijenRegistreren:
    """Input of partijen_registreren from sheet "partijen"; InvoerError with every fault and its row."""
    rijen = [(f"Blad 'partijen', rij {rij.rij}", rij) for rij in bladen.get("partijen", ())]
    fouten: list[str] = []
    partijen: list[Partij] = []
    for plaats, rij in rijen:
        velden = rij.model_dump(include={"sleutel", "naam", "groep", "email"})
        adres = rij.model_dump(include={"straat", "postcode", "plaats"})
        try:
            partijen.append(Partij.model_validate({**velden, "adres": adres}))
        except ValidationError as fout:
            fouten.extend(describe_fouten(fout, plaats))
    sleutels = [(plaats, str(rij.sleutel), str(rij.groep)) for plaats, rij in rijen]
    fouten.extend(_describe(check_partijen(s.dossier.aanbesteding.consultatie, sleutels)))
    if not partijen and not fouten:
        fouten.append("Blad 'partijen': er staan geen partijen in. Vul ten minste één rij in.")
    if fouten:
        raise InvoerError(fouten)
    return PartijenRegistreren(partijen=tuple(partijen))


def build_reacties(bladen: Mapping[str, tuple[Any, ...]], s: Situatie[None]) -> ReactiesRegistreren:
    """Input of reacties_registreren from sheets "scores" and "antwoorden"; InvoerError with every fault."""
    scores = [
        (f"Blad 'scores', rij {r.rij}", Vraagscore(partij=r.partij, vraag=r.vraag, score=r.score))
        for r in bladen.get("scores", ())
    ]
    antwoorden = [
        (
            f"Blad 'antwoorden', rij {r.rij}",
            Vraagantwoord(partij=r.partij, vraag=r.vraag, antwoord=r.antwoord),
        )
        for r in bladen.get("antwoorden", ())
    ]
    consultatie, partijen = s.dossier.aanbesteding.consultatie, list_partijen(s.dossier)
    fouten = _describe(check_scores(consultatie, partijen, scores))
    fouten += _describe(check_antwoorden(consultatie, partijen, antwoorden))
    if not scores and not antwoorden:
        fouten.append("Het bestand bevat geen scores en geen antwoorden. Vul ten minste één blad in.")
    if fouten:
        raise InvoerError(fouten)
    return ReactiesRegistreren(
        scores=tuple(score for _, score in scores), antwoorden=tuple(antwoord for _, antwoord in antwoorden)
    )


def _describe(fouten: Iterable[tuple[str, str, str]]) -> list[str]:
    return [f"{plaats}: {tekst}" for _, plaats, tekst in fouten]


AANBIEDERS = Invoerbestand(
    soort="aanbieders",
    handeling="partijen_registreren",
    bladen={"partijen": PartijRij},
    build_invoer=build_partijen,
)

REACTIES = Invoerbestand(
    soort="reacties",
    handeling="reacties_registreren",
    bladen={"scores": ScoreRij, "antwoorden": AntwoordRij},
    build_invoer=build_reacties,
)

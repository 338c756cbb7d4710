"""The two declarations beside the bid form: the own declaration, and the one about working together.

The own declaration is made by every party that carries the bid: the bidder, each member of a combination and
each other party whose means are relied on. What it lists comes from the worked-out percelen; what the law says
about look-back and age of evidence comes from the norms.

Grondslag: Aw 2012 art. 2.52, 2.85-2.89, 2.92 and 2.94 (FEITEN 3.13, 4.7).
Must stay true: evidence is asked of intended winners only; nobody signs for another.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar
from aanbesteding.documents.overeenkomst import load_waarde
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.publicatie.documenten.gemeen import (
    FASE,
    list_eisen,
    list_uitwerkingen,
    make_kop,
    make_ontvanger,
    require_sluiting,
    voorbeeld_kop,
)
from aanbesteding.fasen.publicatie.feiten import load_planning


class Verklaringsregel(Gegevensmodel):
    """A requirement that the declaration covers, once for all percelen that ask it."""

    code: str = Field(description="Code van de eis")
    tekst: str = Field(description="De eis")
    bewijs: str = Field(description="Bewijs dat op verzoek wordt geleverd")
    percelen: tuple[str, ...] = Field(description="Nummers van de percelen die de eis stellen")


class EigenVerklaringContext(DocumentContext):
    """Context of the own declaration."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    regio: str = Field(description="Naam van de inkopende regio")
    sluiting: AwareDatetime = Field(description="Uiterste moment van inschrijven")
    uitsluiting: tuple[Verklaringsregel, ...] = Field(description="Eisen over uitsluiting")
    geschiktheid: tuple[Verklaringsregel, ...] = Field(description="Geschiktheidseisen")
    terugkijk_verplicht: int = Field(description="Jaren die tellen voor de verplichte uitsluitingsgronden")
    terugkijk_facultatief: int = Field(description="Jaren die tellen voor de andere uitsluitingsgronden")
    handelsregister_maanden: int = Field(description="Hoogste leeftijd van een uittreksel, in maanden")
    gva_jaren: int = Field(description="Hoogste leeftijd van een gedragsverklaring aanbesteden, in jaren")
    belasting_maanden: int = Field(description="Hoogste leeftijd van een verklaring van de Belastingdienst")
    sas: bool = Field(description="Of de procedure voor sociale en andere specifieke diensten geldt")
    b_diensten: bool = Field(description="Of de procedure voor B-diensten van voor 1 juli 2016 geldt")
    bibob: bool = Field(description="Of de Wet Bibob kan worden toegepast")
    contact: str = Field(description="Contactpunt voor vragen")


class SamenwerkingContext(DocumentContext):
    """Context of the declaration about a combination, subcontractors and means of others."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    regio: str = Field(description="Naam van de inkopende regio")
    sluiting: AwareDatetime = Field(description="Uiterste moment van inschrijven")
    percelen: tuple[str, ...] = Field(description="Nummer en titel van elk perceel")
    geschiktheid: tuple[Verklaringsregel, ...] = Field(
        description="Eisen waarvoor een beroep op een ander kan"
    )
    jeugdhulp: bool = Field(description="Of er jeugdhulp is waarvoor de regels over de reële prijs gelden")
    contact: str = Field(description="Contactpunt voor vragen")


def build_eigen_verklaring(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One declaration for the whole purchase; InvoerError when there is no planning."""
    context = EigenVerklaringContext(
        document=make_kop(s, s.dossier.aanbesteding.titel, "EIGENVERKLARING"),
        aanbesteding=s.dossier.aanbesteding.titel,
        regio=s.regio.naam,
        sluiting=_load_sluiting(s),
        uitsluiting=_list_regels(s, "uitsluiting"),
        geschiktheid=_list_regels(s, "geschiktheid"),
        terugkijk_verplicht=s.norm("terugkijk_verplichte_uitsluiting").getal,
        terugkijk_facultatief=s.norm("terugkijk_facultatieve_uitsluiting").getal,
        handelsregister_maanden=s.norm("bewijsouderdom_handelsregister").getal,
        gva_jaren=s.norm("bewijsouderdom_gva").getal,
        belasting_maanden=s.norm("bewijsouderdom_belasting").getal,
        sas=s.dossier.regime.sas,
        b_diensten=s.dossier.regime.b_diensten,
        bibob=(load_waarde(s, "bibob") or "nee").lower() != "nee",
        contact=s.regio.contact,
    )
    yield Exemplaar(make_ontvanger(s), context)


def build_verklaring_samenwerking(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One declaration for the whole purchase; InvoerError when there is no planning."""
    percelen = tuple(s.dossier.aanbesteding.load_perceel(u.perceel) for u in list_uitwerkingen(s))
    context = SamenwerkingContext(
        document=make_kop(s, s.dossier.aanbesteding.titel, "SAMENWERKING"),
        aanbesteding=s.dossier.aanbesteding.titel,
        regio=s.regio.naam,
        sluiting=_load_sluiting(s),
        percelen=tuple(p.naam for p in percelen),
        geschiktheid=_list_regels(s, "geschiktheid"),
        jeugdhulp=any(p.wet == "Jeugdwet" for p in percelen)
        and bool(s.normen.lijst("kostenelement_jeugd_", s.dossier.peildatum)),
        contact=s.regio.contact,
    )
    yield Exemplaar(make_ontvanger(s), context)


def _load_sluiting(s: Situatie[Any]) -> datetime:
    planning = load_planning(s)
    if planning is None:
        raise InvoerError(["Er is geen planning. Stel eerst de planning vast."])
    return require_sluiting(s, planning.sluiting)


def _list_regels(s: Situatie[Any], soort: str) -> tuple[Verklaringsregel, ...]:
    """The requirements of one kind, each once with the percelen that ask it, in order of the first."""
    percelen: dict[tuple[str, str, str], list[str]] = {}
    for uitwerking in list_uitwerkingen(s):
        for eis in list_eisen(uitwerking, soort):
            percelen.setdefault((eis.code, eis.tekst, eis.bewijs), []).append(uitwerking.perceel)
    return tuple(
        Verklaringsregel(code=code, tekst=tekst, bewijs=bewijs, percelen=tuple(nummers))
        for (code, tekst, bewijs), nummers in percelen.items()
    )


_GESCHIKTHEID = (
    Verklaringsregel(
        code="G1",
        tekst="De inschrijver heeft ervaring met vergelijkbare hulp.",
        bewijs="Eén referentie (verzonnen).",
        percelen=("1", "2"),
    ),
)


def voorbeeld_eigen_verklaring() -> EigenVerklaringContext:
    """An invented example."""
    return EigenVerklaringContext(
        document=voorbeeld_kop(),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        regio="Regio Voorbeeld (verzonnen)",
        sluiting=datetime(2027, 4, 20, 12, tzinfo=TIJDZONE),
        uitsluiting=(
            Verklaringsregel(
                code="U1",
                tekst="Op de inschrijver is geen uitsluitingsgrond van toepassing.",
                bewijs="Gedragsverklaring aanbesteden.",
                percelen=("1", "2"),
            ),
        ),
        geschiktheid=_GESCHIKTHEID,
        terugkijk_verplicht=5,
        terugkijk_facultatief=3,
        handelsregister_maanden=6,
        gva_jaren=2,
        belasting_maanden=6,
        sas=True,
        b_diensten=False,
        bibob=True,
        contact="Team Inkoop, 000-0000000",
    )


def voorbeeld_verklaring_samenwerking() -> SamenwerkingContext:
    """An invented example."""
    return SamenwerkingContext(
        document=voorbeeld_kop(),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        regio="Regio Voorbeeld (verzonnen)",
        sluiting=datetime(2027, 4, 20, 12, tzinfo=TIJDZONE),
        percelen=("Perceel 1: Verblijf (verzonnen)", "Perceel 2: Begeleiding (verzonnen)"),
        geschiktheid=_GESCHIKTHEID,
        jeugdhulp=True,
        contact="Team Inkoop, 000-0000000",
    )


EIGEN_VERKLARING = Document(
    code="eigen_verklaring",
    titel="Eigen verklaring",
    fase=FASE,
    context=EigenVerklaringContext,
    build=build_eigen_verklaring,
    voorbeeld=voorbeeld_eigen_verklaring,
    per="aanbesteding",
)
VERKLARING_SAMENWERKING = Document(
    code="verklaring_samenwerking",
    titel="Verklaring combinatie en onderaanneming",
    fase=FASE,
    context=SamenwerkingContext,
    build=build_verklaring_samenwerking,
    voorbeeld=voorbeeld_verklaring_samenwerking,
    per="aanbesteding",
    ongebruikt=("geschiktheid[].bewijs",),
)

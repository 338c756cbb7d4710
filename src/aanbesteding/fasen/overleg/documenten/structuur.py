"""The announcement of the consultation and the process agreement of each participant.

Must stay true: what somebody signs is what was announced to everybody; the announcement says how anyone joins.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar, Ontvanger
from aanbesteding.documents.overeenkomst import as_zin
from aanbesteding.domain.overleg import (
    OverlegIngericht,
    ProcesovereenkomstGesloten,
    list_deelnemers,
    load_inrichting,
)
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.overleg.documenten.kop import (
    DEELNEMER,
    FASE,
    GEMEENTEN,
    INKOOP,
    PERCEEL,
    TAFELS,
    Deelnemerpartij,
    Gemeentepartij,
    Tafelregel,
    build_kop,
    list_gemeenten,
    list_perceelnamen,
    voorbeeld_kop,
)


class BekendmakingOverlegContext(DocumentContext):
    """The announcement to everyone of how the consultation goes and how to join."""

    document: Documentkop = Field(description="Titelblok")
    inkoop: str = Field(description="Titel van de inkoop")
    gemeenten: tuple[str, ...] = Field(min_length=1, description="Deelnemende gemeenten")
    doelen: tuple[str, ...] = Field(description="Doelen van de inkoop")
    tafels: tuple[Tafelregel, ...] = Field(min_length=1, description="Overlegtafels")
    voorzitter: str = Field(description="Functie van wie de tafels voorzit")
    spelregels: tuple[str, ...] = Field(min_length=1, description="Spelregels van het overleg")
    besluitvorming: str = Field(description="Wie besluit en wat er met bezwaren gebeurt")
    uitnodiging_dagen: int = Field(description="Dagen tussen uitnodiging en tafel")
    reactie_dagen: int = Field(description="Dagen om op een verslag te reageren")
    grens_procent: Decimal = Field(description="Grens van bijsturen in procenten van de eerste versie")
    aanmelden: str = Field(description="Hoe een aanbieder laat weten dat hij meedoet")
    contact: str = Field(description="Contactpunt")


class ProcesovereenkomstContext(DocumentContext):
    """The process agreement with one provider."""

    document: Documentkop = Field(description="Titelblok")
    nummer: str = Field(description="Nummer van de procesovereenkomst")
    inkoop: str = Field(description="Titel van de inkoop")
    gemeenten: tuple[Gemeentepartij, ...] = Field(min_length=1, description="Deelnemende gemeenten")
    deelnemer: Deelnemerpartij = Field(description="De aanbieder")
    percelen: tuple[str, ...] = Field(min_length=1, description="Percelen waarvoor hij meepraat")
    tafels: tuple[Tafelregel, ...] = Field(
        min_length=1, description="Overlegtafels waar hij een plaats heeft"
    )
    voorzitter: str = Field(description="Functie van wie de tafels voorzit")
    spelregels: tuple[str, ...] = Field(min_length=1, description="Spelregels van het overleg")
    besluitvorming: str = Field(description="Wie besluit en wat er met bezwaren gebeurt")
    uitnodiging_dagen: int = Field(description="Dagen tussen uitnodiging en tafel")
    reactie_dagen: int = Field(description="Dagen om op een verslag te reageren")
    opzegtermijn_maanden: int = Field(description="Maanden waarmee de aanbieder opzegt")
    getekend_op: date = Field(description="Dag van de laatste handtekening")
    rechtbank: str = Field(description="Bevoegde rechtbank")


def build_bekendmaking(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One announcement for everyone."""
    inrichting = load_inrichting(s.dossier)
    if inrichting is None:
        return
    inkoop = s.dossier.aanbesteding
    nummer = len(s.dossier.list_feiten(OverlegIngericht))
    context = BekendmakingOverlegContext(
        document=build_kop(s, f"OVERLEG-{nummer}", inkoop.titel, "bekendgemaakt"),
        inkoop=inkoop.titel,
        gemeenten=tuple(g.naam for g in s.regio.gemeenten),
        doelen=tuple(as_zin(d.tekst) for d in inkoop.doelen),
        tafels=_list_tafels(s, inrichting, {p.nummer for p in inkoop.percelen}),
        voorzitter=inrichting.voorzitter,
        spelregels=tuple(map(as_zin, inrichting.spelregels)),
        besluitvorming=as_zin(inrichting.besluitvorming),
        uitnodiging_dagen=inrichting.uitnodigingstermijn_dagen,
        reactie_dagen=inrichting.reactietermijn_dagen,
        grens_procent=inrichting.grens_procent,
        aanmelden=as_zin(inrichting.aanmelden),
        contact=s.regio.contact,
    )
    yield Exemplaar(Ontvanger(f"overleg-{nummer}", "iedereen"), context)


def build_procesovereenkomsten(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One agreement per provider that the last act concerned."""
    inrichting, deelnemers = load_inrichting(s.dossier), list_deelnemers(s.dossier)
    if inrichting is None or not deelnemers:
        return
    versie = max(v.versie for v in s.dossier.vastleggingen if isinstance(v.feit, ProcesovereenkomstGesloten))
    nieuw = [
        v.feit
        for v in s.dossier.vastleggingen
        if v.versie == versie and isinstance(v.feit, ProcesovereenkomstGesloten)
    ]
    gemeenten = list_gemeenten(s.regio)
    for feit in nieuw:
        aanbieder = feit.deelnemer
        context = ProcesovereenkomstContext(
            document=build_kop(s, feit.nummer, s.dossier.aanbesteding.titel, "ter ondertekening"),
            nummer=feit.nummer,
            inkoop=s.dossier.aanbesteding.titel,
            gemeenten=gemeenten,
            deelnemer=Deelnemerpartij(
                naam=aanbieder.naam, adres=", ".join(aanbieder.adres.regels), kvk=aanbieder.kvk
            ),
            percelen=list_perceelnamen(s, feit.percelen),
            tafels=_list_tafels(s, inrichting, set(feit.percelen)),
            voorzitter=inrichting.voorzitter,
            spelregels=tuple(map(as_zin, inrichting.spelregels)),
            besluitvorming=as_zin(inrichting.besluitvorming),
            uitnodiging_dagen=inrichting.uitnodigingstermijn_dagen,
            reactie_dagen=inrichting.reactietermijn_dagen,
            opzegtermijn_maanden=inrichting.opzegtermijn_maanden,
            getekend_op=feit.getekend_op,
            rechtbank=s.regio.rechtsgang.rechtbank,
        )
        yield Exemplaar(Ontvanger(feit.nummer, aanbieder.naam, aanbieder.email), context)


def _list_tafels(
    s: Situatie[Any], inrichting: OverlegIngericht, percelen: set[str]
) -> tuple[Tafelregel, ...]:
    return tuple(
        Tafelregel(onderwerp=t.onderwerp, percelen=list_perceelnamen(s, t.percelen))
        for t in inrichting.tafels
        if percelen & set(t.percelen)
    )


# --- examples ---------------------------------------------------------------------------------------------

_SPELREGELS = (
    "Wie een probleem ziet, brengt het in voordat het een geschil wordt (verzonnen).",
    "Wat een aanbieder vertrouwelijk deelt, gaat niet naar andere aanbieders (verzonnen).",
)
_BESLUIT = (
    "De gemeenten besluiten na de tafel. Maakt meer dan de helft van de deelnemers bezwaar, dan komt het punt één "
    "keer terug (verzonnen)."
)


def voorbeeld_bekendmaking() -> BekendmakingOverlegContext:
    """An invented announcement."""
    return BekendmakingOverlegContext(
        document=voorbeeld_kop(date(2028, 2, 1), "VB-OVERLEG-1", "bekendgemaakt"),
        inkoop=INKOOP,
        gemeenten=("Voorbeeldstad (verzonnen)", "Proefdorp (verzonnen)"),
        doelen=("Kleine aanbieders doen mee naast grote (verzonnen).",),
        tafels=TAFELS,
        voorzitter="regionaal contractmanager",
        spelregels=_SPELREGELS,
        besluitvorming=_BESLUIT,
        uitnodiging_dagen=14,
        reactie_dagen=10,
        grens_procent=Decimal(10),
        aanmelden="Stuur een bericht met uw naam en KvK-nummer; u krijgt de procesovereenkomst ter ondertekening.",
        contact="Team Inkoop (verzonnen), 000-0000000",
    )


def voorbeeld_procesovereenkomst() -> ProcesovereenkomstContext:
    """An invented process agreement."""
    return ProcesovereenkomstContext(
        document=voorbeeld_kop(date(2028, 2, 15), "VB-PO-001", "ter ondertekening"),
        nummer="PO-001",
        inkoop=INKOOP,
        gemeenten=GEMEENTEN,
        deelnemer=DEELNEMER,
        percelen=(PERCEEL,),
        tafels=TAFELS,
        voorzitter="regionaal contractmanager",
        spelregels=_SPELREGELS,
        besluitvorming=_BESLUIT,
        uitnodiging_dagen=14,
        reactie_dagen=10,
        opzegtermijn_maanden=1,
        getekend_op=date(2028, 2, 14),
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
    )


BEKENDMAKING_OVERLEG = Document(
    code="bekendmaking_overleg",
    titel="Bekendmaking van het overleg",
    fase=FASE,
    context=BekendmakingOverlegContext,
    build=build_bekendmaking,
    voorbeeld=voorbeeld_bekendmaking,
    per="aanbesteding",
    ondertekenaar=Rol.GEMANDATEERDE,
)
PROCESOVEREENKOMST = Document(
    code="procesovereenkomst",
    titel="Procesovereenkomst",
    fase=FASE,
    context=ProcesovereenkomstContext,
    build=build_procesovereenkomsten,
    voorbeeld=voorbeeld_procesovereenkomst,
    per="aanbieder",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)

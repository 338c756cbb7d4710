"""The invitation to a consultation table and its report.

Must stay true: everybody who was invited gets the same report, also who was not there; no text names a provider.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from pydantic import Field

from aanbesteding.documents.declaration import (
    Brief,
    Document,
    DocumentContext,
    Documentkop,
    Exemplaar,
    Ontvanger,
)
from aanbesteding.documents.overeenkomst import as_zin
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.onderneming import Onderneming
from aanbesteding.domain.overleg import list_deelnemers, load_inrichting
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.overleg.documenten.kop import (
    FASE,
    INKOOP,
    build_deelnemersbrief,
    build_kop,
    voorbeeld_brief,
    voorbeeld_kop,
)
from aanbesteding.fasen.overleg.feiten import (
    OverlegtafelGehouden,
    OverlegtafelUitgeschreven,
    load_uitschrijving,
)


class Agendaregel(Gegevensmodel):
    """One item on the agenda."""

    onderwerp: str = Field(description="Waar het punt over gaat")
    met_voorstel: bool = Field(description="Of de gemeenten iets voorstellen; anders is het een bespreekpunt")
    voorstel: str = Field(description="Wat de gemeenten voorstellen")


class UitnodigingOverlegtafelContext(DocumentContext):
    """The invitation to one participant."""

    brief: Brief = Field(description="Kop en slot van de brief")
    inkoop: str = Field(description="Titel van de inkoop")
    nummer: str = Field(description="Nummer van het overleg")
    tafel: str = Field(description="Onderwerp van de tafel")
    moment: datetime = Field(description="Dag en uur")
    plaats: str = Field(description="Waar de tafel is, of hoe men online meedoet")
    voorzitter: str = Field(description="Functie van wie voorzit")
    agenda: tuple[Agendaregel, ...] = Field(min_length=1, description="Wat er aan de orde komt")
    stukken: tuple[str, ...] = Field(description="Wat wordt meegestuurd")
    aantal_genodigden: int = Field(description="Hoeveel aanbieders zijn uitgenodigd")
    reactie_dagen: int = Field(description="Dagen om op het verslag te reageren")
    email: str = Field(description="E-mailadres voor aanmelden en inbreng")


class Puntregel(Gegevensmodel):
    """The outcome of one item; exactly one of the four is true."""

    onderwerp: str = Field(description="Waar het punt over gaat")
    besproken: str = Field(description="Wat is gezegd, zonder namen")
    overeenstemming: bool = Field(description="Of partijen het eens zijn")
    voorbehoud: bool = Field(description="Of partijen het eens zijn met een voorbehoud")
    geen_overeenstemming: bool = Field(description="Of partijen het niet eens zijn")
    aangehouden: bool = Field(description="Of het punt op een volgende tafel terugkomt")
    afspraak: str = Field(description="Wat is afgesproken; leeg als er geen afspraak is")


class VerslagOverlegtafelContext(DocumentContext):
    """The report of a table."""

    document: Documentkop = Field(description="Titelblok")
    nummer: str = Field(description="Nummer van het overleg")
    tafel: str = Field(description="Onderwerp van de tafel")
    moment: datetime = Field(description="Dag en uur waarop de tafel was")
    plaats: str = Field(description="Waar de tafel was")
    voorzitter: str = Field(description="Functie van wie voorzat")
    gemeenten: tuple[str, ...] = Field(min_length=1, description="Gemeenten die er waren")
    aanwezig: tuple[str, ...] = Field(description="Aanbieders die er waren, op naam")
    aantal_genodigden: int = Field(description="Hoeveel aanbieders waren uitgenodigd")
    aantal_aanwezig: int = Field(description="Hoeveel aanbieders er waren")
    punten: tuple[Puntregel, ...] = Field(min_length=1, description="Uitkomst van elk punt")
    alles_eens: bool = Field(description="Of over elk punt overeenstemming is")
    reactie_dagen: int = Field(description="Dagen om op het verslag te reageren")
    email: str = Field(description="E-mailadres voor een reactie")


def build_uitnodigingen(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One invitation per participant of the last table."""
    tafel, inrichting = s.dossier.laatste(OverlegtafelUitgeschreven), load_inrichting(s.dossier)
    if tafel is None or inrichting is None:
        return
    onderwerp = next(t.onderwerp for t in inrichting.tafels if t.code == tafel.tafel)
    agenda = tuple(
        Agendaregel(onderwerp=a.onderwerp, met_voorstel=bool(a.voorstel), voorstel=as_zin(a.voorstel))
        for a in tafel.agenda
    )
    deelnemers = _index_deelnemers(s)
    for sleutel in tafel.genodigden:
        aanbieder = deelnemers[sleutel]
        context = UitnodigingOverlegtafelContext(
            brief=build_deelnemersbrief(
                s, aanbieder, f"{tafel.nummer}-{sleutel}", f"Uitnodiging overlegtafel {onderwerp}"
            ),
            inkoop=s.dossier.aanbesteding.titel,
            nummer=tafel.nummer,
            tafel=onderwerp,
            moment=tafel.moment,
            plaats=tafel.plaats,
            voorzitter=inrichting.voorzitter,
            agenda=agenda,
            stukken=tafel.stukken,
            aantal_genodigden=len(tafel.genodigden),
            reactie_dagen=inrichting.reactietermijn_dagen,
            email=s.regio.email,
        )
        yield Exemplaar(Ontvanger(f"{tafel.nummer}-{sleutel}", aanbieder.naam, aanbieder.email), context)


def build_verslag(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One report of the last table, the same for everybody."""
    verslag, inrichting = s.dossier.laatste(OverlegtafelGehouden), load_inrichting(s.dossier)
    tafel = load_uitschrijving(s.dossier, verslag.nummer) if verslag else None
    if verslag is None or tafel is None or inrichting is None:
        return
    deelnemers = _index_deelnemers(s)
    namen = {g.code: g.naam for g in s.regio.gemeenten}
    context = VerslagOverlegtafelContext(
        document=build_kop(s, f"{tafel.nummer}-VERSLAG", s.dossier.aanbesteding.titel, "vastgesteld"),
        nummer=tafel.nummer,
        tafel=next(t.onderwerp for t in inrichting.tafels if t.code == tafel.tafel),
        moment=tafel.moment,
        plaats=tafel.plaats,
        voorzitter=inrichting.voorzitter,
        gemeenten=tuple(namen[code] for code in verslag.gemeenten),
        aanwezig=tuple(sorted((deelnemers[k].naam for k in verslag.aanwezig), key=str.casefold)),
        aantal_genodigden=len(tafel.genodigden),
        aantal_aanwezig=len(verslag.aanwezig),
        punten=tuple(
            Puntregel(
                onderwerp=p.onderwerp,
                besproken=as_zin(p.besproken),
                overeenstemming=p.uitkomst == "overeenstemming",
                voorbehoud=p.uitkomst == "voorbehoud",
                geen_overeenstemming=p.uitkomst == "geen_overeenstemming",
                aangehouden=p.uitkomst == "aangehouden",
                afspraak=as_zin(p.afspraak),
            )
            for p in verslag.punten
        ),
        alles_eens=all(p.uitkomst == "overeenstemming" for p in verslag.punten),
        reactie_dagen=inrichting.reactietermijn_dagen,
        email=s.regio.email,
    )
    yield Exemplaar(Ontvanger(f"{tafel.nummer}", "alle deelnemers"), context)


def _index_deelnemers(s: Situatie[Any]) -> dict[str, Onderneming]:
    return {d.deelnemer.sleutel: d.deelnemer for d in list_deelnemers(s.dossier)}


# --- examples ---------------------------------------------------------------------------------------------

_MOMENT = datetime(2028, 3, 14, 13, 30, tzinfo=TIJDZONE)
_TAFEL = "begeleiding en verzorging (verzonnen)"


def voorbeeld_uitnodiging() -> UitnodigingOverlegtafelContext:
    """An invented invitation."""
    return UitnodigingOverlegtafelContext(
        brief=voorbeeld_brief(f"Uitnodiging overlegtafel {_TAFEL}", date(2028, 2, 28), "VB-T-1-zorg-en-co"),
        inkoop=INKOOP,
        nummer="T-1",
        tafel=_TAFEL,
        moment=_MOMENT,
        plaats="Gemeentehuis Voorbeeldstad, raadzaal (verzonnen)",
        voorzitter="regionaal contractmanager",
        agenda=(
            Agendaregel(
                onderwerp="Tarieven van begeleiding (verzonnen)",
                met_voorstel=True,
                voorstel="Eén tarief per product, met een opslag voor scholing.",
            ),
            Agendaregel(onderwerp="Ervaringen met wachttijden (verzonnen)", met_voorstel=False, voorstel=""),
        ),
        stukken=("Voorstel voor bijlage 1, eerste versie (verzonnen)",),
        aantal_genodigden=24,
        reactie_dagen=10,
        email="inkoop@voorbeeld.example",
    )


def voorbeeld_verslag() -> VerslagOverlegtafelContext:
    """An invented report."""
    return VerslagOverlegtafelContext(
        document=voorbeeld_kop(date(2028, 3, 21), "VB-T-1-VERSLAG", "vastgesteld"),
        nummer="T-1",
        tafel=_TAFEL,
        moment=_MOMENT,
        plaats="Gemeentehuis Voorbeeldstad, raadzaal (verzonnen)",
        voorzitter="regionaal contractmanager",
        gemeenten=("Voorbeeldstad (verzonnen)", "Proefdorp (verzonnen)"),
        aanwezig=("Thuis Verder (verzonnen)", "Zorg & Co (verzonnen) B.V."),
        aantal_genodigden=24,
        aantal_aanwezig=2,
        punten=(
            Puntregel(
                onderwerp="Tarieven van begeleiding (verzonnen)",
                besproken="Deelnemers steunen één tarief, als scholing en reistijd erin zitten.",
                overeenstemming=True,
                voorbehoud=False,
                geen_overeenstemming=False,
                aangehouden=False,
                afspraak="Het voorstel gaat naar de colleges.",
            ),
            Puntregel(
                onderwerp="Ervaringen met wachttijden (verzonnen)",
                besproken="De cijfers zijn nog niet volledig.",
                overeenstemming=False,
                voorbehoud=False,
                geen_overeenstemming=False,
                aangehouden=True,
                afspraak="",
            ),
        ),
        alles_eens=False,
        reactie_dagen=10,
        email="inkoop@voorbeeld.example",
    )


UITNODIGING_OVERLEGTAFEL = Document(
    code="uitnodiging_overlegtafel",
    titel="Uitnodiging overlegtafel",
    fase=FASE,
    context=UitnodigingOverlegtafelContext,
    build=build_uitnodigingen,
    voorbeeld=voorbeeld_uitnodiging,
    per="aanbieder",
    ondertekenaar=Rol.CONTRACTBEHEERDER,
    verzenden=True,
)
VERSLAG_OVERLEGTAFEL = Document(
    code="verslag_overlegtafel",
    titel="Verslag van een overlegtafel",
    fase=FASE,
    context=VerslagOverlegtafelContext,
    build=build_verslag,
    voorbeeld=voorbeeld_verslag,
    per="aanbesteding",
    ondertekenaar=Rol.CONTRACTBEHEERDER,
)

"""Parts that several documents of the market consultation share: figures, percelen, questions, frames.

The contexts themselves stand in uitvraag.py, verslag.py and bestuur.py.

Must stay true: what the source text leaves open or only intends is shown as such (`stand`); a question has
the same number in every document.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from pydantic import Field

from aanbesteding.documents.declaration import Documentkop
from aanbesteding.domain.aanbesteding import Aanbesteding
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.consultatie import Consultatie, Vraag
from aanbesteding.domain.deelname import neemt_deel
from aanbesteding.domain.gegeven import STANDWOORDEN, Gegeven, Stand, Stelling
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.perceelkader import Aanbiedersbeleid, Minimumcapaciteit, Omvang, Toewijzing
from aanbesteding.domain.regio import Regio
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.marktconsultatie.besluiten import ConsultatieGeopend, list_beleidskaders

MEERVOUDEN = {"perceel": "percelen", "gebied": "gebieden", "deel": "delen", "kavel": "kavels"}
"""Plurals that do not simply take -en."""
VASTE_STANDEN = (Stand.BESLOTEN, Stand.BANDBREEDTE)
EINDE_VAN_DE_DAG = time(23, 59)


class Gegevensregel(Gegevensmodel):
    """A figure on the size of the purchase."""

    naam: str = Field(description="Waar het gegeven over gaat")
    stand: str = Field(description="Hoe vast het is: vastgesteld of binnen een bandbreedte")
    is_euro: bool = Field(description="Het gegeven is een bedrag")
    is_procent: bool = Field(description="Het gegeven is een percentage")
    is_getal: bool = Field(description="Het gegeven is een ander getal")
    getal: Decimal = Field(description="Het getal of bedrag")
    eenheid: str = Field(description="Eenheid van een getal, bijvoorbeeld inwoners")
    jaar: str = Field(description="Jaar waar het gegeven over gaat, of leeg")


class Stellingregel(Gegevensmodel):
    """A goal or principle."""

    tekst: str = Field(description="De tekst")
    voorbehoud: str = Field(description="Leeg als het vaststaat, anders bijvoorbeeld 'voornemen'")


class Perceelregel(Gegevensmodel):
    """A perceel as the consultation shows it."""

    naam: str = Field(description="Nummer en titel")
    wet: str = Field(description="Wet waaronder de hulp valt")
    omschrijving: str = Field(description="Waar het perceel over gaat")
    financien_bekend: bool = Field(description="Het aandeel in het geld is bekend")
    aandeel_financien: Decimal | None = Field(description="Aandeel in het geld onder deze wet, in procenten")
    clienten_bekend: bool = Field(description="Het aandeel in de cliënten is bekend")
    aandeel_clienten: Decimal | None = Field(
        description="Aandeel in de cliënten onder deze wet, in procenten"
    )
    bekostiging: str = Field(description="Wijze van bekostigen, of 'nog open'")
    bekostiging_stand: str = Field(description="Hoe vast de bekostiging is; leeg als die nog open is")
    ambities: tuple[str, ...] = Field(description="Ambities voor dit perceel")
    gemeenten: tuple[str, ...] = Field(description="Gemeenten die aan dit perceel deelnemen")
    looptijd: str = Field(description="Beoogde looptijd, of 'nog open'; leeg als de bron er niets over zegt")
    aanbieders: str = Field(description="Hoeveel aanbieders er komen; leeg als de bron er niets over zegt")
    capaciteit: str = Field(description="Wat een aanbieder ten minste moet aankunnen; leeg zonder minimum")
    uitloop: date | None = Field(description="Laatste dag van lopende hulp van wie afvalt, als die er is")
    regels: tuple[Stellingregel, ...] = Field(description="Wat in dit perceel zal gelden")


class Kaderregel(Gegevensmodel):
    """The policy frame of a municipality."""

    gemeente: str = Field(description="Naam van de gemeente")
    orgaan: str = Field(description="Wie het kader vaststelde")
    datum: date = Field(description="Datum van het besluit")
    kenmerk: str = Field(description="Kenmerk van het besluit")


class Toevoegingregel(Gegevensmodel):
    """What a body added to its policy frame."""

    gemeente: str = Field(description="Naam van de gemeente")
    tekst: str = Field(description="Wat is toegevoegd")


class Indeling(Gegevensmodel):
    """What the region calls the parts of the purchase."""

    kop: str = Field(description="Meervoud met een hoofdletter, bijvoorbeeld Percelen")
    enkelvoud: str = Field(description="Enkelvoud met een hoofdletter, bijvoorbeeld Perceel")
    meervoud: str = Field(description="Meervoud, bijvoorbeeld percelen")


class Puntregel(Gegevensmodel):
    """A point that must still be decided."""

    vraag: str = Field(description="De keuze die nog gemaakt moet worden")
    tekst: str = Field(description="Wat de strategie er nu over zegt")
    stand: str = Field(description="Hoe vast het is")


class Vraagregel(Gegevensmodel):
    """A numbered question."""

    nummer: int = Field(description="Nummer in de vragenlijst")
    tekst: str = Field(description="De vraag")


def build_omvang(aanbesteding: Aanbesteding) -> tuple[Gegevensregel, ...]:
    """Figures on the size of the purchase: no words, no calendar years, nothing that is only intended."""
    return tuple(
        _build_gegevensregel(gegeven, gegeven.getal)
        for gegeven in aanbesteding.gegevens
        if gegeven.getal is not None and gegeven.stand in VASTE_STANDEN and not _is_jaartal(gegeven)
    )


def _is_jaartal(gegeven: Gegeven) -> bool:
    return (
        gegeven.eenheid.casefold() in ("jaar", "jaartal")
        and gegeven.getal is not None
        and gegeven.getal > 1000
    )


def _build_gegevensregel(gegeven: Gegeven, getal: Decimal) -> Gegevensregel:
    eenheid = gegeven.eenheid.casefold()
    is_euro, is_procent = eenheid in ("euro", "eur", "€"), eenheid in ("procent", "%")
    return Gegevensregel(
        naam=gegeven.naam,
        stand=STANDWOORDEN[gegeven.stand],
        is_euro=is_euro,
        is_procent=is_procent,
        is_getal=not is_euro and not is_procent,
        getal=getal,
        eenheid="" if is_euro or is_procent else gegeven.eenheid,
        jaar=str(gegeven.jaar or ""),
    )


def build_stellingen(stellingen: tuple[Stelling, ...]) -> tuple[Stellingregel, ...]:
    """Goals or principles; what lies outside this purchase stays out."""
    return tuple(
        Stellingregel(tekst=s.tekst, voorbehoud="" if s.stand is Stand.BESLOTEN else STANDWOORDEN[s.stand])
        for s in stellingen
        if s.stand is not Stand.BUITEN_SCOPE
    )


def build_percelen(aanbesteding: Aanbesteding, regio: Regio) -> tuple[Perceelregel, ...]:
    """The percelen in the order of the file."""
    return tuple(
        Perceelregel(
            naam=p.naam,
            wet=p.wet,
            omschrijving=p.omschrijving,
            financien_bekend=p.aandeel_financien.getal is not None,
            aandeel_financien=p.aandeel_financien.getal,
            clienten_bekend=p.aandeel_clienten.getal is not None,
            aandeel_clienten=p.aandeel_clienten.getal,
            bekostiging=p.uitvoeringsvariant.tekst or "nog open",
            bekostiging_stand=""
            if p.uitvoeringsvariant.stand is Stand.OPEN
            else STANDWOORDEN[p.uitvoeringsvariant.stand],
            ambities=tuple(ambitie.tekst for ambitie in p.ambities),
            gemeenten=tuple(g.naam for g in regio.gemeenten if neemt_deel(p, g.code)),
            looptijd=show_met_stand(p.looptijd.show(), p.looptijd.stand) if p.looptijd else "",
            aanbieders=_show_aanbieders(p.aanbieders) if p.aanbieders else "",
            capaciteit=_show_capaciteit(p.minimumcapaciteit) if p.minimumcapaciteit else "",
            uitloop=p.uitloop.uiterlijk if p.uitloop else None,
            regels=build_stellingen(p.regels),
        )
        for p in aanbesteding.percelen
    )


def show_met_stand(tekst: str, stand: Stand) -> str:
    """Words with how firm they are, unless they are decided or say themselves that they are open."""
    return tekst if stand in (Stand.BESLOTEN, Stand.OPEN) else f"{tekst} ({STANDWOORDEN[stand]})"


def _show_aanbieders(beleid: Aanbiedersbeleid) -> str:
    woorden = {
        Omvang.WEINIG: "een beperkt aantal",
        Omvang.VEEL: "veel",
        Omvang.AANTAL: f"{beleid.aantal}",
        Omvang.OPEN: "nog open",
    }
    tekst = show_met_stand(woorden[beleid.omvang], beleid.stand)
    return f"{tekst}. {beleid.toelichting.rstrip('.')}" if beleid.toelichting else tekst


def _show_capaciteit(m: Minimumcapaciteit) -> str:
    minimum = show_met_stand(f"ten minste {m.aantal} {m.eenheid}", m.stand)
    return f"{minimum}; door een samenwerkingsverband samen te halen: {m.gezamenlijk.tekst or 'nog open'}"


def build_toewijzing(toewijzing: Toewijzing | None) -> tuple[str, ...]:
    """How percelen go to bidders, in sentences; empty when the source text says nothing about it."""
    if toewijzing is None:
        return ()
    wie = "aanbieder of samenwerkingsverband" if toewijzing.samenwerkingsverband else "aanbieder"
    aantal = "één" if toewijzing.per_perceel == 1 else str(toewijzing.per_perceel)
    gegevens = (toewijzing.maximum_per_inschrijver, toewijzing.volgorde)
    return (
        f"{show_met_stand(f'Per deel {aantal} {wie}', toewijzing.stand)}.",
        *(f"{g.naam}: {g.getal or g.tekst or 'nog open'}." for g in gegevens),
    )


def build_punten(aanbesteding: Aanbesteding) -> tuple[Puntregel, ...]:
    """The points to decide."""
    return tuple(
        Puntregel(vraag=p.vraag, tekst=p.tekst, stand=STANDWOORDEN[p.stand]) for p in aanbesteding.punten
    )


def build_kaders(s: Situatie[None]) -> tuple[Kaderregel, ...]:
    """The adopted policy frames, in the order of the region's municipalities."""
    vastgesteld = list_beleidskaders(s.dossier)
    return tuple(
        Kaderregel(gemeente=g.naam, orgaan=feit.orgaan, datum=feit.datum, kenmerk=feit.kenmerk)
        for g in s.regio.gemeenten
        if (feit := vastgesteld.get(g.code))
    )


def build_toevoegingen(s: Situatie[None]) -> tuple[Toevoegingregel, ...]:
    """Every addition to a policy frame, in the order of the region's municipalities."""
    vastgesteld = list_beleidskaders(s.dossier)
    return tuple(
        Toevoegingregel(gemeente=g.naam, tekst=tekst)
        for g in s.regio.gemeenten
        if (feit := vastgesteld.get(g.code))
        for tekst in feit.toevoegingen
    )


def build_indeling(aanbesteding: Aanbesteding) -> Indeling:
    """The region's word for the parts of this purchase."""
    woord = aanbesteding.percelen[0].woord
    meervoud = MEERVOUDEN.get(woord, f"{woord}en")
    return Indeling(kop=meervoud.capitalize(), enkelvoud=woord.capitalize(), meervoud=meervoud)


def number_vragen(consultatie: Consultatie) -> dict[str, int]:
    """Number of every question, counted block by block as in the questionnaire."""
    geordend = [
        vraag for blok in consultatie.blokken for vraag in consultatie.vragen if vraag.blok == blok.code
    ]
    return {vraag.code: nummer for nummer, vraag in enumerate(geordend, start=1)}


def build_vraagregels(vragen: tuple[Vraag, ...], nummers: dict[str, int]) -> tuple[Vraagregel, ...]:
    """Numbered questions, by number."""
    regels = (Vraagregel(nummer=nummers[v.code], tekst=v.tekst) for v in vragen)
    return tuple(sorted(regels, key=lambda regel: regel.nummer))


def list_gemeentenamen(regio: Regio) -> tuple[str, ...]:
    """Names of the municipalities."""
    return tuple(g.naam for g in regio.gemeenten)


def parse_ingang(aanbesteding: Aanbesteding) -> tuple[date | None, str]:
    """The start as a date, or else as words."""
    tekst = aanbesteding.ingang.tekst
    try:
        return date.fromisoformat(tekst), ""
    except ValueError:
        return None, tekst or "nog niet bekend"


def load_opening(s: Situatie[None]) -> ConsultatieGeopend:
    """The opening of the consultation; a document of an opened consultation always has one."""
    geopend = s.dossier.laatste(ConsultatieGeopend)
    if geopend is None:
        raise ValueError("de consultatie is niet geopend")
    return geopend


def count_einde(sluit_op: date) -> datetime:
    """The last minute of the last day to react, in the Netherlands."""
    return datetime.combine(sluit_op, EINDE_VAN_DE_DAG, TIJDZONE)


def build_kop(s: Situatie[None], ondertitel: str, deel: str, status: str) -> Documentkop:
    """Title block; `deel` makes the reference of this document unique in the dossier."""
    return Documentkop(
        ondertitel=ondertitel, kenmerk=f"{s.dossier.code}-MC-{deel}", datum=s.vandaag, status=status
    )


def show_namens(regio: Regio) -> str:
    """On whose behalf a letter of all municipalities is signed."""
    namen = list_gemeentenamen(regio)
    woord = "Gemeente" if len(namen) == 1 else "Gemeenten"
    *begin, laatste = namen
    return f"{woord} {', '.join(begin)} en {laatste}" if begin else f"{woord} {laatste}"

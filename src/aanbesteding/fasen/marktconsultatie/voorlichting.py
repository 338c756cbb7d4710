"""Informing the market: meetings that were held, presentations shown there, and questions with their answers.

Everything that is said to some is published for all, so that who attended has no lead over who did not. What comes
of reactions stands in the consultation report (besluiten.py); questions about published tender documents are those of
the stage publicatie.

Grondslag: equal treatment and transparency (FEITEN 1.3, 3.1); no article regulates meetings with the market.
Must stay true: no publication names a party; a later answer with the same number replaces the earlier one.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.kalender import show_datum
from aanbesteding.domain.regel import regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import Besluit
from aanbesteding.fasen.marktconsultatie.besluiten import list_partijen
from aanbesteding.fasen.marktconsultatie.uitkomst import render_anoniem

GELIJKHEID = "beginselen van gelijke behandeling en transparantie (rechtspraak over SAS)"
Vorm = Literal["online", "op locatie"]


class Presentatie(Gegevensmodel):
    """A presentation that was shown, and where everybody can read it."""

    titel: str = Field(title="Titel", description="Titel van de presentatie", min_length=1)
    vindplaats: str = Field(title="Vindplaats", description="Waar iedereen haar kan lezen", min_length=1)


class MarktvraagMetAntwoord(Gegevensmodel):
    """A question from the market with the answer that everybody gets."""

    nummer: int = Field(
        ge=1, title="Nummer", description="Een later antwoord met dit nummer vervangt het eerdere"
    )
    onderwerp: str = Field(title="Onderwerp", description="Waar de vraag bij hoort", min_length=1)
    vraag: str = Field(title="Vraag", description="De vraag, zonder namen", min_length=1)
    antwoord: str = Field(title="Antwoord", description="Het antwoord dat iedereen krijgt", min_length=1)


class BijeenkomstVastleggen(Gegevensmodel):
    """Input: a meeting was held."""

    onderwerp: str = Field(title="Onderwerp", description="Waar de bijeenkomst over ging", min_length=1)
    datum: date = Field(title="Datum", description="Dag van de bijeenkomst")
    vorm: Vorm = Field(title="Vorm", description="online of op locatie")
    groepen: tuple[str, ...] = Field(
        title="Groepen", description="Codes van de stakeholdergroepen die waren uitgenodigd", min_length=1
    )
    deelnemers: int = Field(ge=0, title="Deelnemers", description="Aantal organisaties dat erbij was")
    besproken: tuple[str, ...] = Field(
        title="Besproken", description="Wat is gezegd, zonder namen", min_length=1
    )
    presentaties: tuple[Presentatie, ...] = Field(
        default=(), title="Presentaties", description="Wat is getoond en waar het is gepubliceerd"
    )


class MarktvragenPubliceren(Gegevensmodel):
    """Input: questions with answers to publish."""

    vragen: tuple[MarktvraagMetAntwoord, ...] = Field(
        title="Vragen en antwoorden", description="Nieuwe of verbeterde antwoorden", min_length=1
    )
    vindplaats: str = Field(title="Vindplaats", description="Waar iedereen de lijst kan lezen", min_length=1)


class BijeenkomstGehouden(Feit):
    """A meeting with the market was held; `presentaties` are public."""

    onderwerp: str
    datum: date
    vorm: Vorm
    groepen: tuple[str, ...]
    deelnemers: int
    besproken: tuple[str, ...]
    presentaties: tuple[Presentatie, ...]


class MarktvragenGepubliceerd(Feit):
    """Questions with their answers were published for everybody."""

    vragen: tuple[MarktvraagMetAntwoord, ...]
    vindplaats: str


def list_bijeenkomsten(dossier: Dossier) -> tuple[BijeenkomstGehouden, ...]:
    """Every meeting, by day and then in order of recording."""
    return tuple(sorted(dossier.list_feiten(BijeenkomstGehouden), key=lambda b: b.datum))


def list_marktvragen(dossier: Dossier) -> tuple[MarktvraagMetAntwoord, ...]:
    """Every question with its last answer, by number."""
    laatste = {v.nummer: v for f in dossier.list_feiten(MarktvragenGepubliceerd) for v in f.vragen}
    return tuple(laatste[nummer] for nummer in sorted(laatste))


def decide_bijeenkomst(s: Situatie[BijeenkomstVastleggen]) -> Besluit:
    """Record the meeting."""
    return Besluit(feiten=(BijeenkomstGehouden(**s.invoer.model_dump()),))


def decide_marktvragen(s: Situatie[MarktvragenPubliceren]) -> Besluit:
    """Record what was published."""
    return Besluit(feiten=(MarktvragenGepubliceerd(**s.invoer.model_dump()),))


@regel("bijeenkomst-in-de-toekomst", grondslag=GELIJKHEID, met_invoer=True, zekerheid="onbevestigd")
def bijeenkomst_gehouden(s: Situatie[BijeenkomstVastleggen]) -> str | None:
    """The meeting was held today or earlier."""
    if s.invoer.datum <= s.vandaag:
        return None
    return f"De bijeenkomst is pas op {show_datum(s.invoer.datum)}. Leg haar vast als zij is gehouden."


@regel("bijeenkomst-voor-onbekende-groep", grondslag=GELIJKHEID, met_invoer=True, zekerheid="onbevestigd")
def bijeenkomst_voor_bekende_groepen(s: Situatie[BijeenkomstVastleggen]) -> str | None:
    """The groups that were invited are groups of this consultation."""
    bekend = [g.code for g in s.dossier.aanbesteding.consultatie.groepen]
    vreemd = [g for g in dict.fromkeys(s.invoer.groepen) if g not in bekend]
    if not vreemd:
        return None
    return f"Groep {', '.join(vreemd)} bestaat niet. Toegestaan: {', '.join(bekend)}."


@regel("voorlichting-noemt-partij", grondslag=GELIJKHEID, met_invoer=True, zekerheid="onbevestigd")
def voorlichting_noemt_niemand(s: Situatie[BijeenkomstVastleggen | MarktvragenPubliceren]) -> str | None:
    """No published text names a party, an e-mail address or a telephone number."""
    namen = tuple(p.naam for p in list_partijen(s.dossier))
    genoemd = [plaats for plaats, tekst in _list_teksten(s.invoer) if render_anoniem(tekst, namen) != tekst]
    if not genoemd:
        return None
    return (
        f"Een naam, e-mailadres of telefoonnummer van een partij staat in {', '.join(genoemd)}. Iedereen leest deze "
        "tekst; haal dat weg."
    )


@regel("marktvraag-dubbel", grondslag=GELIJKHEID, met_invoer=True, zekerheid="onbevestigd")
def marktvragen_uniek(s: Situatie[MarktvragenPubliceren]) -> str | None:
    """Every question has a number of its own."""
    nummers = [v.nummer for v in s.invoer.vragen]
    dubbel = sorted({n for n in nummers if nummers.count(n) > 1})
    if not dubbel:
        return None
    return f"Vraagnummer {', '.join(map(str, dubbel))} staat er meer dan één keer. Geef elke vraag een eigen nummer."


def _list_teksten(invoer: BijeenkomstVastleggen | MarktvragenPubliceren) -> list[tuple[str, str]]:
    """Where a text stands and what it says."""
    if isinstance(invoer, BijeenkomstVastleggen):
        return [(f"besproken punt {n}", tekst) for n, tekst in enumerate(invoer.besproken, start=1)]
    return [(f"vraag {v.nummer}", f"{v.onderwerp} {v.vraag} {v.antwoord}") for v in invoer.vragen]

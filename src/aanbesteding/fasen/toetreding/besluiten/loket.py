"""The counter where a provider applies online: applying, being asked to complete, and completing.

What a provider sends comes in by the role `loket`, a mandate of the region to its own website; nothing else can be
done in that role. The moment of receipt is the clock's, never something that was typed.

Must stay true: evidence is stored before the fact that names its hash; a request to complete is made once, for
requirements that may be repaired, with the period that the round announced.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pydantic import AwareDatetime, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.bewijsstuk import Bewijsstuk
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.kalender import datum_in_nederland
from aanbesteding.domain.onderneming import Onderneming
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import Besluit
from aanbesteding.fasen.toetreding.besluiten.aanvraag import (
    Aanvraag,
    AanvraagOntvangen,
    BewijsIngediend,
    Eisantwoord,
    load_aanvraag,
)
from aanbesteding.fasen.toetreding.besluiten.ronde import Productkeuze, load_ronde


class AanvraagIndienen(Gegevensmodel):
    """Input of an application that is made online."""

    ronde: str = Field(title="Ronde", description="Nummer van de toetredingsronde")
    aanbieder: Onderneming = Field(title="Aanbieder", description="De aanvrager")
    producten: tuple[Productkeuze, ...] = Field(
        title="Producten", description="Producten waarvoor toetreding wordt gevraagd", min_length=1
    )
    antwoorden: tuple[Eisantwoord, ...] = Field(title="Antwoorden", description="Antwoord per eis")
    stukken: tuple[Bewijsstuk, ...] = Field(
        default=(), title="Bewijsstukken", description="De ingestuurde bestanden, met hun hash"
    )


class Aanvulpunt(Gegevensmodel):
    """One thing that an applicant may complete."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    eis: str = Field(title="Eis", description="Code van de eis")
    vraag: str = Field(
        title="Wat ontbreekt",
        description="Wat de aanvrager moet aanvullen; de aanvrager leest dit",
        min_length=1,
    )


class AanvullingVragen(Gegevensmodel):
    """Input of asking an applicant to complete the application."""

    verzoek: str = Field(title="Verzoek", description="Nummer van het verzoek")
    punten: tuple[Aanvulpunt, ...] = Field(
        title="Punten", description="Elke eis die mag worden aangevuld", min_length=1
    )
    verzenddatum: date = Field(title="Verzenddatum", description="Dag waarop het verzoek wordt verzonden")
    uiterlijk: AwareDatetime = Field(title="Aanvullen tot", description="Uiterste dag en uur")
    motivering: str = Field(
        default="",
        title="Motivering",
        description="Nodig als de ronde geen hersteltermijn heeft aangekondigd",
    )


class AanvullingIndienen(Gegevensmodel):
    """Input of completing an application online."""

    verzoek: str = Field(title="Verzoek", description="Nummer van het verzoek")
    antwoorden: tuple[Eisantwoord, ...] = Field(
        title="Antwoorden", description="Antwoord per gevraagde eis", min_length=1
    )
    stukken: tuple[Bewijsstuk, ...] = Field(
        default=(), title="Bewijsstukken", description="De ingestuurde bestanden, met hun hash"
    )


class AanvullingGevraagd(Feit):
    """An applicant was asked to complete the application, until a moment."""

    verzoek: str
    punten: tuple[Aanvulpunt, ...]
    verzenddatum: date
    uiterlijk: AwareDatetime


class AanvullingOntvangen(Feit):
    """An applicant completed the application in time."""

    verzoek: str
    ontvangen: AwareDatetime
    antwoorden: tuple[Eisantwoord, ...]
    stukken: tuple[Bewijsstuk, ...]


# --- reading ----------------------------------------------------------------------------------------------


def load_gevraagd(dossier: Dossier, verzoek: str) -> AanvullingGevraagd | None:
    """What this applicant was asked to complete, or None."""
    return dossier.laatste(AanvullingGevraagd, verzoek=verzoek)


def load_aangevuld(dossier: Dossier, verzoek: str) -> AanvullingOntvangen | None:
    """What this applicant completed, or None."""
    return dossier.laatste(AanvullingOntvangen, verzoek=verzoek)


def is_aanvulling_open(dossier: Dossier, verzoek: str, nu: datetime) -> bool:
    """May this applicant complete the application at this moment?"""
    gevraagd = load_gevraagd(dossier, verzoek)
    return gevraagd is not None and load_aangevuld(dossier, verzoek) is None and nu < gevraagd.uiterlijk


def list_stukken(dossier: Dossier, verzoek: str) -> tuple[Bewijsstuk, ...]:
    """All evidence of one application, also what came later."""
    ingediend = dossier.laatste(BewijsIngediend, verzoek=verzoek)
    aangevuld = load_aangevuld(dossier, verzoek)
    return (*(ingediend.stukken if ingediend else ()), *(aangevuld.stukken if aangevuld else ()))


def count_eerste_uiterlijk(dossier: Dossier, verzoek: str, verzenddatum: date) -> date | None:
    """The first day on which the period may end that the round announced; None when it announced none."""
    dagen = load_ronde(dossier, load_aanvraag(dossier, verzoek).ronde).hersteltermijn_dagen
    return None if dagen is None else verzenddatum + timedelta(days=dagen)


def is_te_vroeg(uiterlijk: datetime, eerste: date | None) -> bool:
    """Does the period end before the announced number of days is over?"""
    return eerste is not None and datum_in_nederland(uiterlijk) < eerste


# --- acts -------------------------------------------------------------------------------------------------


def decide_indiening(s: Situatie[AanvraagIndienen]) -> Besluit:
    """Give the application the next number; it is received now."""
    verzoek = f"{len(s.dossier.list_feiten(AanvraagOntvangen)) + 1:04d}"
    aanvraag = Aanvraag(
        nummer=f"L{verzoek}",
        aanbieder=s.invoer.aanbieder,
        ontvangen=s.nu,
        producten=s.invoer.producten,
        antwoorden=s.invoer.antwoorden,
    )
    feiten: tuple[Feit, ...] = (
        AanvraagOntvangen(verzoek=verzoek, ronde=s.invoer.ronde, aanvraag=aanvraag),
        BewijsIngediend(verzoek=verzoek, stukken=s.invoer.stukken),
    )
    return Besluit(feiten=feiten, nieuw=(verzoek,))


def decide_aanvulverzoek(s: Situatie[AanvullingVragen]) -> Besluit:
    """Record what was asked, and until when."""
    feit = AanvullingGevraagd(
        verzoek=s.invoer.verzoek,
        punten=s.invoer.punten,
        verzenddatum=s.invoer.verzenddatum,
        uiterlijk=s.invoer.uiterlijk,
    )
    return Besluit(feiten=(feit,))


def decide_aanvulling(s: Situatie[AanvullingIndienen]) -> Besluit:
    """Record what came in; it is received now."""
    feit = AanvullingOntvangen(
        verzoek=s.invoer.verzoek, ontvangen=s.nu, antwoorden=s.invoer.antwoorden, stukken=s.invoer.stukken
    )
    return Besluit(feiten=(feit,))

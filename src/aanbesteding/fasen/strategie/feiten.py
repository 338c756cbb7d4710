"""The facts of the strategy: running agreements, participation, the strategy itself and how principles work through.

Local deviations stand in domain.feiten, because the agreement shows them.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.onderneming import Adres


class LopendeOvereenkomst(Gegevensmodel):
    """An agreement that runs when the purchase begins: with whom, of which kind, how much, until when."""

    sleutel: str = Field(
        title="Sleutel", description="Vaste sleutel van de aanbieder", pattern=r"^[a-z0-9-]+$"
    )
    naam: str = Field(title="Naam", description="Statutaire naam", min_length=1)
    kvk: str = Field(title="KvK", description="KvK-nummer, acht cijfers", pattern=r"^[0-9]{8}$")
    groep: str = Field(title="Groep", description="Code van de marktgroep in de brontekst")
    adres: Adres = Field(title="Adres", description="Postadres")
    email: str = Field(title="E-mail", description="Adres voor berichten")
    gezinnen: int = Field(ge=0, title="Gezinnen", description="Gezinnen of cliënten met hulp op de peildatum")
    einde: date = Field(title="Einde", description="Laatste dag van de lopende overeenkomst")


class LopendeOvereenkomstenGeregistreerd(Feit):
    """The running agreements at the start, as counted on a day."""

    peildatum: date
    overeenkomsten: tuple[LopendeOvereenkomst, ...]


class Participatiekeuze(Gegevensmodel):
    """How one participation track goes: form, period, and what it must give."""

    traject: str = Field(title="Traject", description="Code van het participatietraject in de brontekst")
    vorm: str = Field(title="Vorm", description="Hoe de groepen worden gehoord", min_length=1)
    van: date = Field(title="Van", description="Eerste dag")
    tot: date = Field(title="Tot en met", description="Laatste dag")


class ParticipatieVastgesteld(Feit):
    """Per contract the form of participation was chosen."""

    keuzes: tuple[Participatiekeuze, ...]


class StrategieVastgesteld(Feit):
    """The purchasing strategy was laid down, with what was done with additions of councils."""

    orgaan: str
    datum: date
    kenmerk: str
    verwerking: tuple[str, ...] = ()


class Herleiding(Gegevensmodel):
    """Where one statement of the source text works through in the agreement, or why it does not."""

    stelling: str = Field(title="Stelling", description="Code van het uitgangspunt")
    artikelen: tuple[str, ...] = Field(
        default=(),
        title="Artikelen",
        description="Codes van artikelen van de overeenkomst, zoals ovk_kwaliteit",
    )
    toelichting: str = Field(default="", title="Toelichting", description="Waarin zij nog meer terugkomt")


class HerleidingVastgesteld(Feit):
    """For every principle it is laid down where it works through."""

    regels: tuple[Herleiding, ...]


def list_lopend(dossier: Dossier) -> tuple[LopendeOvereenkomst, ...]:
    """Every running agreement once, as last registered, in the order of first registration."""
    gevonden: dict[str, LopendeOvereenkomst] = {}
    for feit in dossier.list_feiten(LopendeOvereenkomstenGeregistreerd):
        gevonden.update({o.sleutel: o for o in feit.overeenkomsten})
    return tuple(gevonden.values())


def list_participatie(dossier: Dossier) -> dict[str, Participatiekeuze]:
    """The last choice per participation track."""
    return {k.traject: k for feit in dossier.list_feiten(ParticipatieVastgesteld) for k in feit.keuzes}


def list_herleiding(dossier: Dossier) -> dict[str, Herleiding]:
    """The last laid down tracing per statement."""
    return {r.stelling: r for feit in dossier.list_feiten(HerleidingVastgesteld) for r in feit.regels}

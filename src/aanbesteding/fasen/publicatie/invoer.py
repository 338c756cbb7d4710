"""What the acts of the publication stage ask: input models (they become forms) and rows of workbooks.

Whether an input fits the dossier is not judged here (regels.py and bestanden.py).

Must stay true: cells become text without losing anything; a moment without a zone is Dutch time.
Trap: a workbook drops the leading zeros of a register number, so a number is padded to eight digits.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, BeforeValidator, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import (
    Antwoord,
    Bijdrage,
    Criterium,
    Eis,
    Product,
    Schaalpunt,
)
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.onderneming import Adres, Onderneming
from aanbesteding.fasen.publicatie.feiten import Gidsafwijking


def _as_tekst(waarde: object) -> object:
    """A cell as text: numbers lose nothing, an empty cell is an empty text."""
    if waarde is None:
        return ""
    return str(waarde) if isinstance(waarde, int | Decimal) and not isinstance(waarde, bool) else waarde


def _as_moment(waarde: object) -> object:
    """A cell as a moment in the Netherlands; a cell of a workbook knows no time zone."""
    if isinstance(waarde, str):
        try:
            waarde = datetime.fromisoformat(waarde)
        except ValueError:
            return waarde
    if isinstance(waarde, datetime):
        return waarde if waarde.tzinfo else waarde.replace(tzinfo=TIJDZONE)
    return datetime.combine(waarde, time(0), TIJDZONE) if isinstance(waarde, date) else waarde


def _as_ja_nee(waarde: object) -> object:
    """A cell as an answer: true and false become ja and nee, an empty cell stays empty."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return waarde.strip().lower() if isinstance(waarde, str) else _as_tekst(waarde)


def _as_register(waarde: object) -> object:
    """A register number as text of eight digits: a workbook drops leading zeros of a number."""
    return f"{waarde:08d}" if isinstance(waarde, int) and not isinstance(waarde, bool) else waarde


Tekst = Annotated[str, BeforeValidator(_as_tekst)]
Moment = Annotated[AwareDatetime, BeforeValidator(_as_moment)]
Registernummer = Annotated[str, BeforeValidator(_as_register), Field(pattern=r"^[0-9]{8}$")]


class Vraagregel(Gegevensmodel):
    """A row of the sheet "vragen"."""

    nummer: Tekst = Field(title="Nummer", description="Volgnummer van de vraag", min_length=1)
    aanbieder: Tekst = Field(title="Aanbieder", description="Naam van de vragensteller", min_length=1)
    document: Tekst = Field(default="", title="Document", description="Stuk waarover de vraag gaat")
    artikel: Tekst = Field(default="", title="Artikel", description="Paragraaf of artikel")
    bladzijde: Tekst = Field(default="", title="Bladzijde", description="Bladzijde van het stuk")
    vraag: Tekst = Field(title="Vraag", description="De vraag", min_length=1)
    ontvangen: Moment = Field(title="Ontvangen", description="Moment van ontvangst (Nederlandse tijd)")


class Inschrijverregel(Gegevensmodel):
    """A row of the sheet "inschrijvers"."""

    nummer: str = Field(title="Nummer", description="Bijvoorbeeld I-001", pattern=r"^I-[0-9]{3,5}$")
    sleutel: str = Field(title="Sleutel", description="Vaste sleutel van de aanbieder")
    naam: Tekst = Field(title="Naam", description="Statutaire naam", min_length=1)
    kvk: Registernummer = Field(title="KvK", description="KvK-nummer, acht cijfers als tekst")
    agb: Registernummer = Field(title="AGB", description="AGB-code, acht cijfers als tekst")
    straat: Tekst = Field(title="Straat", description="Straat en huisnummer")
    postcode: str = Field(title="Postcode", description="Bijvoorbeeld 1234 AB")
    plaats: str = Field(title="Plaats", description="Plaats")
    contact: str = Field(title="Contact", description="Functie of afdeling, geen persoon")
    email: str = Field(title="E-mail", description="Adres voor berichten")
    grootte: str = Field(title="Grootte", description="micro, klein, middelgroot of groot")
    ontvangen: Moment = Field(title="Ontvangen", description="Moment van ontvangst (Nederlandse tijd)")

    def make_onderneming(self) -> Onderneming:
        """The provider of this row; raises a pydantic ValidationError when a field has a wrong form."""
        adres = Adres(straat=self.straat, postcode=self.postcode, plaats=self.plaats)
        velden = ("sleutel", "naam", "kvk", "agb", "contact", "email", "grootte")
        return Onderneming(adres=adres, **{v: getattr(self, v) for v in velden})


class Perceelregel(Gegevensmodel):
    """A row of the sheet "percelen"."""

    nummer: str = Field(title="Nummer", description="Nummer van de inschrijving")
    perceel: Tekst = Field(title="Perceel", description="Nummer van het perceel")
    producten: Tekst = Field(
        title="Producten", description="Productcodes, gescheiden door spaties of komma's"
    )
    prijs: Decimal | None = Field(
        default=None, title="Prijs", description="Alleen bij een vrije prijs, in euro"
    )


class Eisregel(Gegevensmodel):
    """A row of the sheet "eisen"."""

    nummer: str = Field(title="Nummer", description="Nummer van de inschrijving")
    perceel: Tekst = Field(title="Perceel", description="Nummer van het perceel")
    eis: str = Field(title="Eis", description="Code van de eis")
    antwoord: Annotated[Literal["ja", "nee", ""], BeforeValidator(_as_ja_nee)] = Field(
        default="", title="Antwoord", description="ja, nee of leeg"
    )
    aantallen: Tekst = Field(
        default="",
        title="Aantallen",
        description="Alleen bij een eis met een minimum: een getal, of per lid 'naam: getal; naam: getal'",
    )


# --- inputs -----------------------------------------------------------------------------------------------


class PuntBeslissen(Gegevensmodel):
    """Decide one open point."""

    punt: str = Field(title="Punt", description="Code van het open punt", min_length=1)
    waarde: str = Field(title="Besluit", description="De gekozen waarde", min_length=1)
    motivering: str = Field(title="Motivering", description="Waarom deze keuze", min_length=1)


class PerceelUitwerken(Gegevensmodel):
    """Work out one perceel; the same fields as the recorded fact."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    producten: tuple[Product, ...] = Field(
        title="Producten", description="Producten met tarief en kostprijs", min_length=1
    )
    eisen: tuple[Eis, ...] = Field(
        title="Eisen", description="Eisen waaraan een inschrijving voldoet", min_length=1
    )
    criteria: tuple[Criterium, ...] = Field(
        default=(), title="Gunningscriteria", description="Leeg: er zijn geen gunningscriteria"
    )
    schaal: tuple[Schaalpunt, ...] = Field(
        default=(), title="Beoordelingsschaal", description="Punten van de schaal met hun betekenis"
    )
    gelijke_stand: tuple[str, ...] = Field(
        default=(), title="Gelijke stand", description="Op volgorde: hoogste_kwaliteit, hoogste:CODE, loting"
    )
    bij_uitval: Literal["rangorde_blijft", "herberekenen"] | None = Field(
        default=None,
        title="Bij uitval",
        description="Wat er met de scores gebeurt als een inschrijver wegvalt",
    )
    decimalen: int = Field(default=2, ge=0, le=6, title="Decimalen", description="Afronding van de punten")
    afrondingsmoment: Literal["eind", "per_criterium", "weergave"] = Field(
        default="eind",
        title="Afronden",
        description="Alleen het totaal (eind), elk criterium (per_criterium) of alleen wat u toont (weergave)",
    )
    minimum_totaal: Decimal | None = Field(
        default=None,
        gt=0,
        title="Minimum voor de kwaliteit in totaal",
        description="Punten voor alle kwaliteit samen die ten minste nodig zijn; leeg: geen minimum",
    )
    raming_per_jaar: Decimal = Field(gt=0, title="Raming per jaar", description="In euro, zonder btw")
    maximale_waarde: Decimal | None = Field(
        default=None, title="Maximale waarde", description="Over de hele duur met verlengingen, zonder btw"
    )
    motivering: str = Field(default="", title="Motivering", description="Toelichting op de keuzes")


class VolmachtVastleggen(Gegevensmodel):
    """Record a power of attorney of one municipality."""

    gemeente: str = Field(title="Gemeente", description="Code van de gemeente")
    percelen: tuple[str, ...] = Field(title="Percelen", description="Nummers van de percelen", min_length=1)
    orgaan: str = Field(title="Orgaan", description="Wie de volmacht gaf", min_length=1)
    datum: date = Field(title="Datum", description="Datum van het besluit")
    kenmerk: str = Field(title="Kenmerk", description="Kenmerk van het besluit", min_length=1)


class PlanningVaststellen(Gegevensmodel):
    """Lay down the planning."""

    publicatie: date = Field(title="Publicatie", description="Dag waarop de aankondiging wordt verzonden")
    vragen_tot: AwareDatetime = Field(title="Vragen tot", description="Uiterste moment voor vragen")
    nota_uiterlijk: date = Field(
        title="Nota uiterlijk", description="Laatste dag voor de nota van inlichtingen"
    )
    sluiting: AwareDatetime = Field(title="Sluiting", description="Uiterste moment van inschrijven")
    gunningsbeslissing: date = Field(title="Gunningsbeslissing", description="Dag van verzending")
    definitieve_gunning: date = Field(title="Definitieve gunning", description="Dag van definitieve gunning")
    ingang: date = Field(title="Ingang", description="Eerste dag van de overeenkomst")
    motivering: str = Field(default="", title="Motivering", description="Nodig bij een kortere termijn")


class StukkenOpstellen(Gegevensmodel):
    """Draft the tender documents."""

    afwijkingen: tuple[Gidsafwijking, ...] = Field(
        default=(), title="Afwijkingen van de Gids Proportionaliteit", description="Leeg: geen afwijkingen"
    )
    motivering: str = Field(default="", title="Motivering", description="Toelichting")


class StukkenHerzien(Gegevensmodel):
    """Take the drafted documents back."""

    motivering: str = Field(title="Motivering", description="Wat er anders moet", min_length=1)


class VragenRegistreren(Gegevensmodel):
    """Register questions."""

    vragen: tuple[Vraagregel, ...] = Field(title="Vragen", description="Ontvangen vragen", min_length=1)


class NotaVaststellen(Gegevensmodel):
    """Adopt a nota van inlichtingen."""

    ronde: int = Field(ge=1, title="Ronde", description="Volgnummer van de nota")
    antwoorden: tuple[Antwoord, ...] = Field(title="Antwoorden", description="Antwoord per vraag")
    sluiting_verplaatst_naar: AwareDatetime | None = Field(
        default=None, title="Nieuwe sluiting", description="Leeg: de sluiting blijft zoals zij is"
    )
    motivering: str = Field(
        default="",
        title="Motivering",
        description="Waarom de sluiting verschuift of waarom dat niet nodig is",
    )


class Perceelaanbod(Gegevensmodel):
    """What a bid offers for one perceel. `prijs` only for a product with a free price."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    producten: tuple[str, ...] = Field(title="Producten", description="Codes van de producten")
    antwoorden: dict[str, str] = Field(
        default_factory=dict, title="Antwoorden", description="Per eis: ja, nee of leeg"
    )
    prijs: Decimal | None = Field(default=None, title="Prijs", description="Alleen bij een vrije prijs")
    bijdragen: tuple[Bijdrage, ...] = Field(
        default=(), title="Aantallen per lid", description="Alleen bij een eis met een minimum"
    )


class OntvangenInschrijving(Gegevensmodel):
    """A bid as it came in."""

    nummer: str = Field(title="Nummer", description="Bijvoorbeeld I-001", pattern=r"^I-[0-9]{3,5}$")
    aanbieder: Onderneming = Field(title="Aanbieder", description="Wie inschrijft")
    ontvangen: AwareDatetime = Field(title="Ontvangen", description="Moment van ontvangst")
    percelen: tuple[Perceelaanbod, ...] = Field(title="Percelen", description="Aanbod per perceel")
    opmerking: str = Field(default="", title="Opmerking", description="Bijzonderheden bij de ontvangst")


class InschrijvingenRegistreren(Gegevensmodel):
    """Register bids."""

    inschrijvingen: tuple[OntvangenInschrijving, ...] = Field(
        title="Inschrijvingen", description="Ontvangen inschrijvingen", min_length=1
    )


class InschrijvingenOpenen(Gegevensmodel):
    """Open the bids."""

    openers: tuple[str, str] = Field(title="Openers", description="Twee verschillende bevoegde personen")
    plaats: str = Field(title="Plaats", description="Waar de opening plaatsvond", min_length=1)
    aanwezigen: tuple[str, ...] = Field(default=(), title="Aanwezigen", description="Functies van aanwezigen")
    bijzonderheden: tuple[str, ...] = Field(
        default=(), title="Bijzonderheden", description="Onregelmatigheden, bijvoorbeeld een storing"
    )


class AanbestedingIntrekken(Gegevensmodel):
    """Withdraw percelen."""

    percelen: tuple[str, ...] = Field(title="Percelen", description="Nummers van de percelen", min_length=1)
    motivering: str = Field(title="Motivering", description="Waarom de procedure stopt", min_length=1)

"""Opening and closing an admission round: input, facts and decisions.

A round opens named products for a named period. Applications are taken in by aanvraag.py.

Must stay true: what applicants may rely on (products, period, maximum, start, reconsideration) is fixed in
the decision to open and is never changed afterwards.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Self

from pydantic import AwareDatetime, Field, model_validator

from aanbesteding.documents.overeenkomst import count_einddatum, load_getal, load_ingangsdatum
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import PerceelUitgewerkt, Product, PuntBeslist
from aanbesteding.domain.kalender import datum_in_nederland
from aanbesteding.domain.overeenkomsten import list_gesloten
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import Besluit

GEEN_GRONDSLAG = ("nee", "geen", "geen toetreding", "gesloten")


class Productkeuze(Gegevensmodel):
    """A product inside a perceel."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel", pattern=r"^[0-9]{1,2}$")
    product: str = Field(title="Product", description="Productcode, vijf tekens", pattern=r"^[0-9A-Z]{5}$")


class Tekortcijfer(Gegevensmodel):
    """A figure that shows the shortage."""

    omschrijving: str = Field(
        title="Omschrijving", description="Wat het cijfer meet, bijvoorbeeld wachtenden", min_length=1
    )
    waarde: Decimal = Field(title="Waarde", description="Het getal")
    eenheid: str = Field(title="Eenheid", description="Bijvoorbeeld inwoners, weken of procent", min_length=1)
    bron: str = Field(title="Bron", description="Waar het cijfer vandaan komt, met datum", min_length=1)


class OpenstellingBesluiten(Gegevensmodel):
    """Input of the decision to open a round."""

    producten: tuple[Productkeuze, ...] = Field(
        title="Producten", description="Producten die worden opengesteld, met hun perceel", min_length=1
    )
    aanleiding: str = Field(
        default="",
        title="Aanleiding",
        description="Welk tekort er is en waarom bestaande aanbieders het niet opheffen",
    )
    cijfers: tuple[Tekortcijfer, ...] = Field(
        default=(), title="Cijfers", description="Cijfers waaruit het tekort blijkt"
    )
    van: date = Field(title="Open vanaf", description="Eerste dag waarop een aanvraag kan binnenkomen")
    tot: AwareDatetime = Field(title="Open tot", description="Uiterste dag en uur")
    startdatum: date = Field(
        title="Startdatum", description="Eerste dag van de overeenkomst van een toetreder"
    )
    aantal: dict[str, int] = Field(
        default_factory=dict[str, int],
        title="Maximum per product",
        description="Hoeveel toetreders ten hoogste, per productcode; een product zonder maximum "
        "staat er niet bij",
    )
    vragen_tot: date | None = Field(
        default=None,
        title="Vragen tot",
        description="Laatste dag voor vragen; leeg als er geen vragenronde is",
    )
    antwoorden_op: date | None = Field(
        default=None, title="Antwoorden op", description="Dag waarop de antwoorden voor iedereen verschijnen"
    )
    heroverweging_dagen: int = Field(
        ge=1,
        le=3650,
        title="Termijn heroverweging",
        description="Aantal dagen na het besluit waarin een aanvrager heroverweging kan vragen",
    )
    hersteltermijn_dagen: int | None = Field(
        default=None,
        ge=1,
        le=365,
        title="Hersteltermijn",
        description="Aantal dagen waarin een aanvrager na een verzoek mag aanvullen; leeg als dat niet kan",
    )
    loket: str = Field(
        default="",
        max_length=200,
        pattern=r"^(https://[^\s/]+\S*)?$",
        title="Webadres van het loket",
        description="Waar een aanvraag online kan worden ingediend (https://…/loket); leeg als dat niet kan",
    )
    motivering: str = Field(
        default="",
        title="Motivering",
        description="Nodig als u van een richtlijn afwijkt, zoals bij een korte termijn",
    )

    @model_validator(mode="after")
    def check_samenhang(self) -> Self:
        """Dates are in order, products are unique, a maximum belongs to an opened product."""
        fouten: list[str] = []
        laatste_dag = datum_in_nederland(self.tot)
        codes = [(p.perceel, p.product) for p in self.producten]
        if len(set(codes)) != len(codes):
            fouten.append("een product staat er dubbel in; noem elk product één keer")
        if onbekend := sorted(set(self.aantal) - {p.product for p in self.producten}):
            fouten.append(f"het maximum noemt {', '.join(onbekend)}, maar dat wordt niet opengesteld")
        if any(n < 1 for n in self.aantal.values()):
            fouten.append("een maximum is ten minste 1")
        if laatste_dag < self.van:
            fouten.append("'open tot' ligt voor 'open vanaf'")
        if self.startdatum <= laatste_dag:
            fouten.append("de startdatum moet na 'open tot' liggen")
        if (self.vragen_tot is None) != (self.antwoorden_op is None):
            fouten.append("vul 'vragen tot' en 'antwoorden op' allebei in, of geen van beide")
        if self.vragen_tot and self.antwoorden_op:
            op_volgorde = self.van <= self.vragen_tot <= self.antwoorden_op < laatste_dag
            if not op_volgorde:
                fouten.append(
                    "de vragenronde moet binnen de openstelling vallen, met de antwoorden voor het einde"
                )
        if fouten:
            raise ValueError("; ".join(fouten))
        return self


class RondeSluiten(Gegevensmodel):
    """Input of closing a round."""

    ronde: str = Field(title="Ronde", description="Nummer van de toetredingsronde")
    motivering: str = Field(default="", title="Motivering", description="Mag leeg blijven")


class OpenstellingBesloten(Feit):
    """A round was opened: for which products, why, when, until when and on what ground."""

    ronde: str
    producten: tuple[Productkeuze, ...]
    aanleiding: str
    cijfers: tuple[Tekortcijfer, ...]
    van: date
    tot: AwareDatetime
    startdatum: date
    aantal: dict[str, int]
    vragen_tot: date | None
    antwoorden_op: date | None
    heroverweging_dagen: int
    hersteltermijn_dagen: int | None = None
    loket: str = ""
    grondslag: str
    motivering: str


class RondeGesloten(Feit):
    """A round was closed: no application can be added to it any more."""

    ronde: str


def load_ronde(dossier: Dossier, ronde: str) -> OpenstellingBesloten:
    """The decision that opened this round; KeyError when there is none."""
    feit = dossier.laatste(OpenstellingBesloten, ronde=ronde)
    if feit is None:
        raise KeyError(ronde)
    return feit


def load_product(dossier: Dossier, keuze: Productkeuze) -> Product | None:
    """The worked-out product, or None when the perceel has no such product."""
    uitgewerkt = dossier.laatste(PerceelUitgewerkt, perceel=keuze.perceel)
    for product in uitgewerkt.producten if uitgewerkt else ():
        if product.code == keuze.product:
            return product
    return None


def is_open_house(s: Situatie[Any]) -> bool:
    """Whether this purchase is an admission procedure without selection."""
    return not s.dossier.regime.opdracht


def count_einde(s: Situatie[Any], perceel: str, op: date) -> date | None:
    """Last day of an entrant's agreement: that of the running ones, in an open house the announced last day.

    None when on `op` no agreement can be had any more.
    """
    gesloten = list_gesloten(s.dossier, op, perceel)
    if gesloten:
        return max(o.einde for o in gesloten)
    looptijd = load_getal(s, "looptijd_maanden") if is_open_house(s) else None
    einde = count_einddatum(load_ingangsdatum(s, perceel), looptijd) if looptijd else None
    return einde if einde is not None and op <= einde else None


def load_grondslag(dossier: Dossier) -> str | None:
    """What the original documents say about entry during the term; None when they do not allow it."""
    punt = dossier.laatste(PuntBeslist, punt="toetreding_grondslag")
    if punt is None or punt.waarde.lower() in GEEN_GRONDSLAG:
        return None
    return punt.waarde


def decide_openstelling(s: Situatie[OpenstellingBesluiten]) -> Besluit:
    """Record the opened round under the next number."""
    ronde = str(len(s.dossier.list_feiten(OpenstellingBesloten)) + 1)
    velden = {naam: getattr(s.invoer, naam) for naam in OpenstellingBesluiten.model_fields}
    grondslag = load_grondslag(s.dossier) or ""
    feit = OpenstellingBesloten(ronde=ronde, grondslag=grondslag, **velden)
    return Besluit(feiten=(feit,), nieuw=(ronde,))


def decide_sluiting(s: Situatie[RondeSluiten]) -> Besluit:
    """Record the end of the round."""
    return Besluit(feiten=(RondeGesloten(ronde=s.invoer.ronde),))


def find_te_sluiten_ronde(s: Situatie[None]) -> RondeSluiten | None:
    """The first open round whose last moment has passed."""
    for ronde in s.dossier.list_onderwerpen("ronde", frozenset({"open"})):
        if s.nu >= load_ronde(s.dossier, ronde).tot:
            return RondeSluiten(ronde=ronde)
    return None

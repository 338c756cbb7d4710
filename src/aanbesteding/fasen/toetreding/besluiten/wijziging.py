"""Changing the contract: proposal, reactions, adoption and leaving: input, facts and decisions.

A proposal goes to every provider with that agreement; after the reactions the municipalities decide; the
result is one addendum for all. Who does not accept it may leave.

Grondslag: Aw 2012 art. 2.163b, 2.163c and 2.163g, in the order in which the grounds are tested.
Must stay true: the first ground that fits is the ground; small change is tested last, because small changes
add up.
Trap: in an open house the rules on changing a public contract do not bind; consultation and decisions do.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import OvereenkomstBeeindigd
from aanbesteding.domain.kalender import datum_in_nederland
from aanbesteding.domain.overeenkomsten import list_gesloten
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import Besluit

Grond = Literal["herzieningsclausule", "overige_gronden", "niet_wezenlijk", "kleine_wijziging"]
VOLGORDE: tuple[Grond, ...] = ("herzieningsclausule", "overige_gronden", "niet_wezenlijk", "kleine_wijziging")
"""Order of testing: art. 2.163c, 2.163d-f, 2.163g, and 2.163b last."""

CODE = r"^[A-Z0-9-]{2,20}$"


class Artikelwijziging(Gegevensmodel):
    """One clause: its old and its new text."""

    artikel: str = Field(title="Artikel", description="Artikel of bijlage die wijzigt", min_length=1)
    oud: str = Field(title="Oude tekst", description="Leeg als het een nieuwe bepaling is")
    nieuw: str = Field(title="Nieuwe tekst", description="Leeg als de bepaling vervalt")
    toelichting: str = Field(
        default="", title="Toelichting", description="Wat er verandert, in gewone woorden"
    )


class WijzigingVoorstellen(Gegevensmodel):
    """Input of a proposal."""

    code: str = Field(
        title="Code", description="Kenmerk van het voorstel, bijvoorbeeld W-2028-01", pattern=CODE
    )
    titel: str = Field(title="Titel", description="Onderwerp van het voorstel", min_length=1)
    perceel: str = Field(title="Perceel", description="Nummer van het perceel", pattern=r"^[0-9]{1,2}$")
    aanleiding: Literal["ontwikkeltafel", "wet", "indexering", "evaluatie"] = Field(
        title="Aanleiding", description="Waar het voorstel vandaan komt"
    )
    besproken_op: date | None = Field(
        default=None,
        title="Besproken op",
        description="Dag van de ontwikkeltafel; leeg bij een andere aanleiding",
    )
    waarom: str = Field(title="Waarom", description="Reden van het voorstel, in gewone woorden", min_length=1)
    artikelen: tuple[Artikelwijziging, ...] = Field(
        title="Artikelen", description="Oude en nieuwe tekst per artikel", min_length=1
    )
    ingang: date = Field(title="Ingang", description="Eerste dag waarop de wijziging geldt")
    reageren_tot: AwareDatetime = Field(
        title="Reageren tot", description="Uiterste dag en uur voor een reactie"
    )

    @model_validator(mode="after")
    def check_samenhang(self) -> Self:
        """The change takes effect after the reactions; a development table has a day."""
        if self.ingang <= datum_in_nederland(self.reageren_tot):
            raise ValueError("de ingang moet na 'reageren tot' liggen")
        if self.aanleiding == "ontwikkeltafel" and self.besproken_op is None:
            raise ValueError("vul bij een ontwikkeltafel de dag in waarop het voorstel is besproken")
        return self


class WijzigingReactieRegistreren(Gegevensmodel):
    """Input of a provider's reaction."""

    code: str = Field(title="Code", description="Kenmerk van het voorstel", pattern=CODE)
    overeenkomst: str = Field(title="Overeenkomst", description="Nummer van de overeenkomst van de aanbieder")
    ontvangen: AwareDatetime = Field(title="Ontvangen", description="Dag en uur van ontvangst")
    strekking: Literal["eens", "opmerking", "oneens"] = Field(
        title="Strekking", description="Kern van de reactie"
    )
    tekst: str = Field(default="", title="Reactie", description="Wat de aanbieder schrijft")
    antwoord: str = Field(default="", title="Antwoord", description="Wat met de reactie wordt gedaan")


class Toetsstap(Gegevensmodel):
    """One ground: whether it fits, and why."""

    grond: Grond = Field(title="Grond", description="Grond voor een wijziging zonder nieuwe procedure")
    past: bool = Field(title="Past", description="Of de wijziging op deze grond kan")
    reden: str = Field(title="Reden", description="Waarom wel of niet", min_length=1)


class Wezenlijkheid(Gegevensmodel):
    """The four questions that make a change substantial; one yes is enough."""

    andere_gegadigden: bool = Field(
        title="Andere gegadigden",
        description="Zouden andere inschrijvers zijn toegelaten of hebben gewonnen?",
    )
    economisch_evenwicht: bool = Field(
        title="Economisch evenwicht",
        description="Verschuift het evenwicht in het voordeel van de opdrachtnemer?",
    )
    aanmerkelijk_ruimer: bool = Field(
        title="Ruimere opdracht", description="Wordt de opdracht aanmerkelijk ruimer?"
    )
    andere_opdrachtnemer: bool = Field(
        title="Andere opdrachtnemer",
        description="Komt er een andere opdrachtnemer buiten de toegestane gevallen?",
    )

    @property
    def wezenlijk(self) -> bool:
        """Whether one of the questions is answered with yes."""
        return any(
            (
                self.andere_gegadigden,
                self.economisch_evenwicht,
                self.aanmerkelijk_ruimer,
                self.andere_opdrachtnemer,
            )
        )


class Collegebesluit(Gegevensmodel):
    """The decision of one municipality, by its college or under mandate."""

    gemeente: str = Field(title="Gemeente", description="Code van de gemeente", pattern=r"^[a-z-]+$")
    datum: date = Field(title="Datum", description="Dag van het besluit")
    kenmerk: str = Field(title="Kenmerk", description="Kenmerk van het besluit", min_length=1)


class WijzigingVaststellen(Gegevensmodel):
    """Input of adopting a change."""

    code: str = Field(title="Code", description="Kenmerk van het voorstel", pattern=CODE)
    toets: tuple[Toetsstap, ...] = Field(
        default=(),
        title="Toets",
        description="Gronden in de wettelijke volgorde, tot en met de eerste die past",
    )
    wezenlijkheid: Wezenlijkheid = Field(
        title="Wezenlijkheid", description="De vier vragen naar een wezenlijke wijziging"
    )
    waarde: Decimal = Field(
        default=Decimal(0),
        ge=0,
        title="Waarde",
        description="Waarde van de wijziging in euro over de hele looptijd",
    )
    aard_ongewijzigd: bool = Field(
        default=True,
        title="Aard ongewijzigd",
        description="Of de algemene aard van de overeenkomst gelijk blijft",
    )
    collegebesluiten: tuple[Collegebesluit, ...] = Field(
        default=(), title="Besluiten", description="Besluit van elke deelnemende gemeente"
    )
    weging_reacties: str = Field(
        title="Weging reacties", description="Wat met de reacties van aanbieders is gedaan", min_length=1
    )
    uittreden_tot: date = Field(
        title="Uittreden tot",
        description="Laatste dag waarop een aanbieder kan laten weten dat hij niet instemt",
    )
    motivering: str = Field(default="", title="Motivering", description="Nodig als een regel daarom vraagt")


class UittredingRegistreren(Gegevensmodel):
    """Input of a provider that leaves on a change."""

    code: str = Field(title="Code", description="Kenmerk van de wijziging", pattern=CODE)
    overeenkomst: str = Field(title="Overeenkomst", description="Nummer van de overeenkomst")
    ontvangen: date = Field(title="Ontvangen", description="Dag waarop de mededeling binnenkwam")
    motivering: str = Field(title="Motivering", description="Wat de aanbieder als reden noemt", min_length=1)


class WijzigingVoorgesteld(Feit):
    """A change was proposed to these agreements."""

    code: str
    titel: str
    perceel: str
    aanleiding: Literal["ontwikkeltafel", "wet", "indexering", "evaluatie"]
    besproken_op: date | None
    waarom: str
    artikelen: tuple[Artikelwijziging, ...]
    ingang: date
    reageren_tot: AwareDatetime
    overeenkomsten: tuple[str, ...]


class WijzigingReactieOntvangen(Feit):
    """A provider reacted to a proposal."""

    code: str
    overeenkomst: str
    ontvangen: AwareDatetime
    strekking: Literal["eens", "opmerking", "oneens"]
    tekst: str
    antwoord: str


class WijzigingVastgesteld(Feit):
    """A change was adopted for all agreements of a perceel; `grond` is the first ground that fits."""

    code: str
    perceel: str
    nummer: int
    ingang: date
    uittreden_tot: date
    grond: Grond | None
    toets: tuple[Toetsstap, ...]
    waarde: Decimal
    collegebesluiten: tuple[Collegebesluit, ...]
    weging_reacties: str
    overeenkomsten: tuple[str, ...]


# --- reading ----------------------------------------------------------------------------------------------


def load_voorstel(dossier: Dossier, code: str) -> WijzigingVoorgesteld | None:
    """The proposal with this code, or None."""
    return dossier.laatste(WijzigingVoorgesteld, code=code)


def find_grond(toets: tuple[Toetsstap, ...]) -> Grond | None:
    """The first ground that fits, or None."""
    return next((stap.grond for stap in toets if stap.past), None)


def sum_kleine_wijzigingen(dossier: Dossier, perceel: str) -> Decimal:
    """Value of the earlier small changes of this perceel in euro: small changes add up."""
    eerder = dossier.list_feiten(WijzigingVastgesteld)
    return sum(
        (w.waarde for w in eerder if w.perceel == perceel and w.grond == "kleine_wijziging"), Decimal(0)
    )


# --- acts -------------------------------------------------------------------------------------------------


def decide_voorstel(s: Situatie[WijzigingVoorstellen]) -> Besluit:
    """Record the proposal and to which agreements it goes."""
    velden = {naam: getattr(s.invoer, naam) for naam in WijzigingVoorstellen.model_fields}
    overeenkomsten = tuple(o.nummer for o in list_gesloten(s.dossier, s.vandaag, s.invoer.perceel))
    return Besluit(feiten=(WijzigingVoorgesteld(overeenkomsten=overeenkomsten, **velden),))


def decide_reactie(s: Situatie[WijzigingReactieRegistreren]) -> Besluit:
    """Record the reaction."""
    velden = {naam: getattr(s.invoer, naam) for naam in WijzigingReactieRegistreren.model_fields}
    return Besluit(feiten=(WijzigingReactieOntvangen(**velden),))


def decide_vaststelling(s: Situatie[WijzigingVaststellen]) -> Besluit:
    """Record the adopted change for every agreement of the perceel."""
    voorstel = load_voorstel(s.dossier, s.invoer.code)
    if voorstel is None:
        raise KeyError(s.invoer.code)
    eerder = [w for w in s.dossier.list_feiten(WijzigingVastgesteld) if w.perceel == voorstel.perceel]
    feit = WijzigingVastgesteld(
        code=voorstel.code,
        perceel=voorstel.perceel,
        nummer=len(eerder) + 1,
        ingang=voorstel.ingang,
        uittreden_tot=s.invoer.uittreden_tot,
        grond=find_grond(s.invoer.toets),
        toets=s.invoer.toets,
        waarde=s.invoer.waarde,
        collegebesluiten=s.invoer.collegebesluiten,
        weging_reacties=s.invoer.weging_reacties,
        overeenkomsten=tuple(o.nummer for o in list_gesloten(s.dossier, s.vandaag, voorstel.perceel)),
    )
    return Besluit(feiten=(feit,))


def decide_uittreding(s: Situatie[UittredingRegistreren]) -> Besluit:
    """Record that the agreement ends when the change takes effect."""
    wijziging = s.dossier.laatste(WijzigingVastgesteld, code=s.invoer.code)
    if wijziging is None:
        raise KeyError(s.invoer.code)
    feit = OvereenkomstBeeindigd(
        nummer=s.invoer.overeenkomst,
        per=wijziging.ingang,
        grond="wijziging_niet_aanvaard",
        motivering=s.invoer.motivering,
    )
    return Besluit(feiten=(feit,))

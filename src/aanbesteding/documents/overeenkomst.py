"""What the shared clauses of an agreement need: one model, filled from the dossier, for every stage.

The wording stands in sjablonen/_bouwstenen/overeenkomst_bepalingen.docx, which uses fields under `ovk` only.
The publication stage prints the clauses in the draft agreement, the award stage in the final one, the entry
stage in the agreement of a later entrant; so all three say the same. Parties, products, tariffs and signing
are not here: they belong to the document that includes the clauses.

Grondslag: the decided points of the purchase (PuntBeslist), its planning and the worked-out perceel.
Must stay true: nothing here depends on the stage or on the moment; the same dossier gives the same clauses.
Trap: a point that this purchase does not know leaves its clause out; one that it knows but has not decided
does so too, because the publication gate refuses it anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.deelname import select_deelnemers
from aanbesteding.domain.feiten import (
    LokaleAfwijkingVastgelegd,
    PerceelUitgewerkt,
    PlanningVastgesteld,
    PuntBeslist,
)
from aanbesteding.domain.gegeven import Doorwerking, Stand, Stelling
from aanbesteding.domain.kalender import add_maanden
from aanbesteding.domain.perceelkader import VARIANTEN
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError

__all__ = [
    "Indexatie",
    "LokaleAfwijking",
    "OvereenkomstBepalingen",
    "Termijnen",
    "as_zin",
    "as_zinsdeel",
    "build_bepalingen",
    "count_einddatum",
    "load_budgetplafond",
    "load_differentiatie",
    "load_getal",
    "load_ingangsdatum",
    "load_termijnen",
    "load_variant",
    "load_waarde",
    "voorbeeld_bepalingen",
]


class Indexatie(Gegevensmodel):
    """How the tariffs of some products move."""

    producten: tuple[str, ...] = Field(
        min_length=1, description="Namen van de producten waarvoor deze indexering geldt"
    )
    tekst: str = Field(description="Wijze van indexeren, zoals in de tariefonderbouwing staat")


class LokaleAfwijking(Gegevensmodel):
    """What holds in one municipality and not in the others."""

    gemeente: str = Field(description="Naam van de gemeente")
    tekst: str = Field(description="Wat daar anders is, met het onderwerp")


class OvereenkomstBepalingen(Gegevensmodel):
    """Fields of the shared clauses; goes into a context under the name `ovk`."""

    opdrachtgever: str = Field(description="Naam van de inkopende regio")
    gemeenten: tuple[str, ...] = Field(min_length=1, description="Namen van de deelnemende gemeenten")
    meerdere_gemeenten: bool = Field(description="Of meer dan één gemeente deelneemt")
    perceel: str = Field(description="Nummer en titel van het perceel")
    omschrijving: str = Field(description="Wat het perceel omvat")
    wet: str = Field(description="Wet waarop de hulp berust, bijvoorbeeld 'Wmo 2015'")
    jeugdhulp: bool = Field(description="Of het perceel jeugdhulp op grond van de Jeugdwet omvat")
    wmo: bool = Field(description="Of het perceel ondersteuning op grond van de Wmo 2015 omvat")
    uitvoeringsvariant: str = Field(description="Uitvoeringsvariant, bijvoorbeeld 'inspanningsgericht'")
    ingang: date = Field(description="Eerste dag van de overeenkomst")
    einde: date | None = Field(
        description="Laatste dag zonder verlenging; leeg als de looptijd niet is besloten"
    )
    looptijd_maanden: int | None = Field(description="Besloten looptijd in maanden")
    met_verlenging: bool = Field(description="Of de opdrachtgever de overeenkomst mag verlengen")
    aantal_verlengingen: int | None = Field(description="Hoe vaak verlengd mag worden")
    verlenging_maanden: int | None = Field(description="Duur van één verlenging in maanden")
    uiterste_einde: date | None = Field(description="Laatste dag als elke verlenging wordt gebruikt")
    maximale_waarde: Decimal | None = Field(
        description="Hoogste waarde van alle overeenkomsten in dit perceel samen, hele duur, zonder btw"
    )
    indexaties: tuple[Indexatie, ...] = Field(description="Indexering per groep producten")
    gelijk_tarief: bool = Field(
        description="Of is besloten dat een product voor iedere aanbieder één tarief heeft"
    )
    gedifferentieerd_tarief: str | None = Field(description="Besloten tariefdifferentiatie, in woorden")
    gericht_openstellen: bool = Field(description="Of nieuwe aanbieders tijdens de looptijd kunnen toetreden")
    toetreding_grondslag: str | None = Field(
        description="Besloten grondslag en wijze van toetreding, in woorden"
    )
    inactiviteit_maanden: int | None = Field(
        description="Na hoeveel maanden zonder geleverde hulp de overeenkomst kan eindigen"
    )
    bibob: bool = Field(description="Of de opdrachtgever de Wet Bibob kan toepassen")
    overdraagbaar: bool = Field(
        description="Of het perceel tijdens de looptijd naar een ander verband kan gaan"
    )
    overdracht_tekst: str | None = Field(description="Wat over die overdracht is bepaald, in woorden")
    uitgangspunten: tuple[str, ...] = Field(
        description="Uitgangspunten die volgens de bron in de overeenkomst doorwerken"
    )
    werkafspraken: tuple[str, ...] = Field(
        description="Werkafspraken uit de bron die volgens besluit in de overeenkomst komen"
    )
    gebied: bool = Field(description="Of het perceel een gebied is met één opdrachtnemer")
    lumpsum: bool = Field(description="Of de hulp met een vast bedrag wordt betaald")
    lokale_afwijkingen: tuple[LokaleAfwijking, ...] = Field(
        description="Wat in één gemeente anders is, voor dit perceel"
    )
    budgetplafond: str | None = Field(description="Besluit over een budgetplafond, in woorden; leeg: geen")
    kpis: tuple[str, ...] = Field(description="Indicatoren waarmee de opdrachtgever de hulp volgt")
    innovatiethemas: tuple[str, ...] = Field(description="Thema's van vernieuwing")
    wnt: bool = Field(description="Of een bepaling over de Wet normering topinkomens is besloten")
    winst: bool = Field(description="Of een bepaling over een redelijk resultaat is besloten")
    rechtbank: str = Field(description="Bevoegde rechtbank")


GEEN_TOETREDING = frozenset({"", "nee", "geen", "geen toetreding", "gesloten"})


def as_zin(tekst: str) -> str:
    """Text as a sentence of its own: it ends with one full stop (or another closing mark)."""
    kaal = tekst.strip()
    return kaal if not kaal or kaal[-1] in ".!?" else f"{kaal}."


def as_openingszin(tekst: str) -> str:
    """Text as the first sentence of a paragraph: `as_zin`, with a capital."""
    zin = as_zin(tekst)
    return zin[:1].upper() + zin[1:]


def as_zinsdeel(tekst: str) -> str:
    """Text as the end of a sentence that the template closes: without a full stop of its own."""
    return tekst.strip().rstrip(".")


def load_toetreding(s: Situatie[Any]) -> str | None:
    """On what ground others may enter during the term, as decided; None when nobody may, or nothing was decided."""
    grondslag = load_waarde(s, "toetreding_grondslag")
    dicht = grondslag is None or grondslag.strip().rstrip(".").lower() in GEEN_TOETREDING
    return None if dicht else grondslag


def load_waarde(s: Situatie[Any], code: str, perceel: str = "") -> str | None:
    """The decided value of a point, else what the definition itself states under this code, else None.

    For a `perceel` a point of its own (`code_perceel`, as in "looptijd_maanden_3") goes before the common one.
    """
    if perceel and (eigen := load_waarde(s, f"{code}_{perceel}")) is not None:
        return eigen
    beslist = s.dossier.laatste(PuntBeslist, punt=code)
    if beslist is not None:
        return beslist.waarde
    for gegeven in s.dossier.aanbesteding.gegevens:
        if gegeven.code == code and gegeven.stand == "besloten":
            return gegeven.tekst or str(gegeven.getal)
    return None


def load_differentiatie(s: Situatie[Any]) -> str | None:
    """What was decided about differences in tariff, in words; None when there are none or nothing was decided."""
    waarde = load_waarde(s, "tariefdifferentiatie")
    if waarde is None or waarde == "nee":
        return None
    beslist = s.dossier.laatste(PuntBeslist, punt="tariefdifferentiatie")
    return as_zinsdeel(beslist.motivering if waarde == "ja" and beslist else waarde)


def load_getal(s: Situatie[Any], code: str, perceel: str = "") -> int | None:
    """The decided value of a point as a whole number; None when it is absent or is not a number."""
    waarde = load_waarde(s, code, perceel)
    return int(waarde) if waarde is not None and waarde.isascii() and waarde.isdigit() else None


def load_variant(s: Situatie[Any], perceel: str) -> str:
    """How this perceel is paid for: as decided (point `bekostiging_...`), else as the source text has it."""
    besloten = load_waarde(s, "bekostiging", perceel)
    if besloten is not None and besloten.startswith(VARIANTEN):
        return besloten
    return s.dossier.aanbesteding.load_perceel(perceel).uitvoeringsvariant.tekst


@dataclass(frozen=True)
class Termijnen:
    """The decided term of one perceel; what was not decided is None. Only both or neither of the options."""

    maanden: int | None
    verlengingen: int | None
    verlenging_maanden: int | None

    @property
    def langst(self) -> int | None:
        """Months with every extension; None while the term is undecided."""
        if self.maanden is None:
            return None
        return self.maanden + (self.verlengingen or 0) * (self.verlenging_maanden or 0)


def load_termijnen(s: Situatie[Any], perceel: str = "") -> Termijnen:
    """The term of a perceel with its options, or (no perceel) the term that all percelen share."""
    duur, aantal = (
        load_getal(s, "verlenging_maanden", perceel),
        load_getal(s, "aantal_verlengingen", perceel),
    )
    if duur is not None and aantal is None:
        aantal = 1
    if not (duur and aantal):
        duur = aantal = None
    return Termijnen(load_getal(s, "looptijd_maanden", perceel) or None, aantal, duur)


def count_einddatum(ingang: date, maanden: int) -> date:
    """Last day of a period of whole months that begins on `ingang`."""
    return date.fromordinal(add_maanden(ingang, maanden).toordinal() - 1)


def load_ingangsdatum(s: Situatie[Any], perceel: str = "") -> date:
    """First day of the agreement: the perceel's own (point `ingang_...`), else the planning's, else the definition's.

    InvoerError when there is none.
    """
    if perceel and (eigen := load_waarde(s, f"ingang_{perceel}")) is not None:
        return date.fromisoformat(eigen)
    planning = s.dossier.laatste(PlanningVastgesteld)
    if planning is not None:
        return planning.ingang
    tekst = s.dossier.aanbesteding.ingang.tekst
    try:
        return date.fromisoformat(tekst)
    except ValueError as fout:
        raise InvoerError(
            [
                f"De ingangsdatum van de overeenkomst is nog niet bekend: '{tekst}' is geen datum en er "
                "is nog geen planning. Stel eerst de planning vast."
            ]
        ) from fout


def build_bepalingen(s: Situatie[Any], perceel: str) -> OvereenkomstBepalingen:
    """The clauses' fields for one perceel of this dossier; InvoerError when the first day is unknown."""
    inkoop = s.dossier.aanbesteding
    deel = inkoop.load_perceel(perceel)
    uitgewerkt = s.dossier.laatste(PerceelUitgewerkt, perceel=perceel)
    ingang = load_ingangsdatum(s, perceel)
    termijnen = load_termijnen(s, perceel)
    looptijd = termijnen.maanden
    grondslag = load_toetreding(s)
    overdracht = deel.overdraagbaar
    namen = tuple(g.naam for g in select_deelnemers(s.regio, inkoop, (perceel,)).gemeenten)
    return OvereenkomstBepalingen(
        opdrachtgever=s.regio.naam,
        gemeenten=namen,
        meerdere_gemeenten=len(namen) > 1,
        perceel=deel.naam,
        omschrijving=as_zin(deel.omschrijving),
        wet=deel.wet,
        jeugdhulp=deel.wet == "Jeugdwet",
        wmo=deel.wet == "Wmo 2015",
        uitvoeringsvariant=load_variant(s, perceel),
        ingang=ingang,
        einde=count_einddatum(ingang, looptijd) if looptijd else None,
        looptijd_maanden=looptijd,
        met_verlenging=termijnen.verlengingen is not None,
        aantal_verlengingen=termijnen.verlengingen,
        verlenging_maanden=termijnen.verlenging_maanden,
        uiterste_einde=(
            count_einddatum(ingang, termijnen.langst) if termijnen.langst and termijnen.verlengingen else None
        ),
        maximale_waarde=uitgewerkt.maximale_waarde if uitgewerkt else None,
        indexaties=_list_indexaties(uitgewerkt),
        gelijk_tarief=load_waarde(s, "tariefdifferentiatie") == "nee",
        gedifferentieerd_tarief=load_differentiatie(s),
        gericht_openstellen=grondslag is not None,
        toetreding_grondslag=as_zinsdeel(grondslag) if grondslag else None,
        inactiviteit_maanden=load_getal(s, "inactiviteit_maanden"),
        bibob=(load_waarde(s, "bibob") or "nee").lower() != "nee",
        overdraagbaar=overdracht is not None,
        overdracht_tekst=as_zin(overdracht.tekst) if overdracht and overdracht.tekst else None,
        uitgangspunten=_list_doorwerking(inkoop.uitgangspunten),
        werkafspraken=_list_werkafspraken(s, perceel),
        gebied=inkoop.toewijzing is not None and inkoop.toewijzing.per_perceel == 1,
        lumpsum="lumpsum" in load_variant(s, perceel),
        lokale_afwijkingen=_list_lokaal(s, perceel),
        budgetplafond=load_budgetplafond(s, perceel),
        kpis=tuple(as_zinsdeel(k.tekst) for k in inkoop.kpis if _werkt_door(k)),
        innovatiethemas=tuple(as_zinsdeel(i.tekst) for i in inkoop.innovatiethemas if _werkt_door(i)),
        wnt=load_waarde(s, "wnt") == "ja",
        winst=load_waarde(s, "winstbepaling") == "ja",
        rechtbank=s.regio.rechtsgang.rechtbank,
    )


def load_budgetplafond(s: Situatie[Any], perceel: str = "") -> str | None:
    """What was decided about a budget ceiling, in words; None when there is none or nothing was decided."""
    waarde = load_waarde(s, "budgetplafond", perceel)
    return None if waarde is None or waarde.lower().startswith("nee") else as_zinsdeel(waarde)


def _werkt_door(stelling: Stelling) -> bool:
    return Doorwerking.OVEREENKOMST in stelling.werkt_door_in and stelling.stand is Stand.BESLOTEN


def _list_doorwerking(stellingen: tuple[Stelling, ...]) -> tuple[str, ...]:
    return tuple(as_zin(x.tekst) for x in stellingen if _werkt_door(x))


def _list_werkafspraken(s: Situatie[Any], perceel: str) -> tuple[str, ...]:
    """Rules of the source text for the agreement, firm or intended, once it was decided to take them over."""
    if load_waarde(s, "werkafspraken", perceel) != "ja":
        return ()
    inkoop = s.dossier.aanbesteding
    return tuple(
        as_zin(regel.tekst)
        for regel in (*inkoop.regels, *inkoop.load_perceel(perceel).regels)
        if Doorwerking.OVEREENKOMST in regel.werkt_door_in
        and regel.stand in (Stand.BESLOTEN, Stand.VOORNEMEN)
    )


def _list_lokaal(s: Situatie[Any], perceel: str) -> tuple[LokaleAfwijking, ...]:
    """Local deviations in this perceel, in order of recording; the last per municipality and subject counts."""
    namen = {g.code: g.naam for g in s.regio.gemeenten}
    laatste = {
        (feit.gemeente, feit.onderwerp): feit
        for feit in s.dossier.list_feiten(LokaleAfwijkingVastgelegd)
        if perceel in feit.percelen
    }
    return tuple(
        LokaleAfwijking(
            gemeente=namen.get(feit.gemeente, feit.gemeente), tekst=f"{feit.onderwerp}: {as_zin(feit.tekst)}"
        )
        for feit in laatste.values()
    )


def _list_indexaties(uitgewerkt: PerceelUitgewerkt | None) -> tuple[Indexatie, ...]:
    """Products gathered by their way of indexation, in order of first appearance."""
    groepen: dict[str, list[str]] = {}
    for product in uitgewerkt.producten if uitgewerkt else ():
        groepen.setdefault(as_zinsdeel(product.indexering), []).append(product.naam)
    return tuple(Indexatie(producten=tuple(namen), tekst=tekst) for tekst, namen in groepen.items())


def voorbeeld_bepalingen() -> OvereenkomstBepalingen:
    """A complete invented example for the context of any document that includes the clauses."""
    return OvereenkomstBepalingen(
        opdrachtgever="Regio Voorbeeld (verzonnen)",
        gemeenten=("Voorbeeldstad (verzonnen)", "Proefdorp (verzonnen)"),
        meerdere_gemeenten=True,
        perceel="Perceel 2: Begeleiding (verzonnen voorbeeld)",
        omschrijving="Begeleiding van volwassenen thuis en in een groep.",
        wet="Wmo 2015",
        jeugdhulp=False,
        wmo=True,
        uitvoeringsvariant="inspanningsgericht",
        ingang=date(2028, 1, 1),
        einde=date(2031, 12, 31),
        looptijd_maanden=48,
        met_verlenging=True,
        aantal_verlengingen=2,
        verlenging_maanden=24,
        uiterste_einde=date(2035, 12, 31),
        maximale_waarde=Decimal("24000000.00"),
        indexaties=(
            Indexatie(
                producten=("Begeleiding individueel", "Begeleiding groep"),
                tekst="jaarlijks per 1 januari met het gewogen indexcijfer voor lonen en prijzen (verzonnen)",
            ),
        ),
        gelijk_tarief=False,
        gedifferentieerd_tarief="grote instellingen krijgen een toeslag voor overhead (verzonnen)",
        gericht_openstellen=True,
        toetreding_grondslag="gerichte openstelling per product bij een vastgesteld tekort (verzonnen)",
        inactiviteit_maanden=18,
        bibob=True,
        overdraagbaar=True,
        overdracht_tekst="Dit perceel kan tijdens de looptijd naar de regio gaan (verzonnen).",
        uitgangspunten=("De inwoner houdt de eigen regie (verzonnen).",),
        werkafspraken=("De toegang bepaalt of hulp nodig is, de opdrachtnemer het plan (verzonnen).",),
        gebied=False,
        lumpsum=False,
        lokale_afwijkingen=(
            LokaleAfwijking(
                gemeente="Proefdorp (verzonnen)", tekst="Toegang: het dorpsteam verwijst zelf (verzonnen)."
            ),
        ),
        budgetplafond="ja, per opdrachtnemer en per jaar (verzonnen)",
        kpis=("Afschaling van hulp (verzonnen)",),
        innovatiethemas=("Beeldbellen (verzonnen)",),
        wnt=True,
        winst=True,
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
    )

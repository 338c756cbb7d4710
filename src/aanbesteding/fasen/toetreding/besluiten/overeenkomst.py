"""Activity of providers, ending for inactivity, and the list of providers: input, facts and decisions.

Must stay true: an agreement ends for inactivity only after the decided number of months without care, after
the provider was told beforehand and could react.
Trap: a provider that never delivered is measured from the first day of its agreement, not from the last list.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import OvereenkomstBeeindigd, OvereenkomstGesloten, PuntBeslist
from aanbesteding.domain.kalender import add_maanden
from aanbesteding.domain.overeenkomsten import list_gesloten
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Besluit


class Activiteit(Gegevensmodel):
    """The last day on which care was delivered under an agreement; None when there was none at all."""

    overeenkomst: str = Field(title="Overeenkomst", description="Nummer van de overeenkomst")
    laatste_zorg: date | None = Field(
        default=None,
        title="Laatste hulp",
        description="Laatste dag met geleverde hulp; leeg als er geen hulp was",
    )


class ActiviteitRegistreren(Gegevensmodel):
    """Input of recording activity."""

    peildatum: date = Field(title="Peildatum", description="Dag waarop de gegevens zijn gemeten")
    activiteiten: tuple[Activiteit, ...] = Field(
        title="Activiteit", description="Laatste hulp per overeenkomst", min_length=1
    )


class BeeindigingAankondigen(Gegevensmodel):
    """Input of telling providers beforehand that their agreement may end."""

    overeenkomsten: tuple[str, ...] = Field(
        title="Overeenkomsten", description="Nummers van de overeenkomsten", min_length=1
    )
    reageren_tot: AwareDatetime = Field(
        title="Reageren tot", description="Uiterste dag en uur voor een reactie"
    )
    per: date = Field(
        title="Beoogde einddatum", description="Dag vanaf wanneer de overeenkomst niet meer geldt"
    )


class OvereenkomstBeeindigen(Gegevensmodel):
    """Input of ending agreements for inactivity."""

    overeenkomsten: tuple[str, ...] = Field(
        title="Overeenkomsten", description="Nummers van de overeenkomsten", min_length=1
    )
    per: date = Field(title="Einddatum", description="Dag vanaf wanneer de overeenkomst niet meer geldt")
    motivering: str = Field(title="Motivering", description="Waarom de overeenkomst eindigt", min_length=1)
    reacties: dict[str, str] = Field(
        default_factory=dict[str, str],
        title="Reacties",
        description="Per overeenkomst: wat de aanbieder inbracht en wat daarmee is gedaan",
    )


class LijstVaststellen(Gegevensmodel):
    """Input of the list of providers."""

    peildatum: date = Field(title="Peildatum", description="Dag waarop de lijst geldt")


class ActiviteitGeregistreerd(Feit):
    """Activity as measured on a day."""

    peildatum: date
    activiteiten: tuple[Activiteit, ...]


class BeeindigingAangekondigd(Feit):
    """Providers were told that their agreement may end for inactivity, and until when they can react."""

    overeenkomsten: tuple[str, ...]
    reageren_tot: AwareDatetime
    per: date


class ReactiesGewogen(Feit):
    """What providers put forward before an ending, and what was done with it."""

    per: date
    reacties: dict[str, str]


class AanbiederslijstVastgesteld(Feit):
    """The list of providers, with the agreements on it."""

    peildatum: date
    overeenkomsten: tuple[str, ...]


# --- reading ----------------------------------------------------------------------------------------------


def load_inactiviteit_maanden(dossier: Dossier) -> int | None:
    """The decided number of months without care; None when it was not decided."""
    punt = dossier.laatste(PuntBeslist, punt="inactiviteit_maanden")
    return int(punt.waarde) if punt and punt.waarde.isascii() and punt.waarde.isdigit() else None


def load_aankondiging(dossier: Dossier, nummer: str) -> BeeindigingAangekondigd | None:
    """The last announcement that names this agreement, or None."""
    for feit in reversed(dossier.list_feiten(BeeindigingAangekondigd)):
        if nummer in feit.overeenkomsten:
            return feit
    return None


def load_activiteit(dossier: Dossier, nummer: str) -> tuple[date, date | None] | None:
    """Day of measuring and last day of care of this agreement, from the last measurement that names it."""
    for feit in reversed(dossier.list_feiten(ActiviteitGeregistreerd)):
        for activiteit in feit.activiteiten:
            if activiteit.overeenkomst == nummer:
                return feit.peildatum, activiteit.laatste_zorg
    return None


def is_inactief(dossier: Dossier, overeenkomst: OvereenkomstGesloten, maanden: int) -> bool:
    """Whether the last measurement shows `maanden` whole months without care."""
    gemeten = load_activiteit(dossier, overeenkomst.nummer)
    if gemeten is None:
        return False
    peildatum, laatste = gemeten
    return add_maanden(laatste or overeenkomst.ingang, maanden) <= peildatum


def list_inactief(s: Situatie[Any]) -> tuple[OvereenkomstGesloten, ...]:
    """Agreements that may end for inactivity according to the last measurement."""
    maanden = load_inactiviteit_maanden(s.dossier)
    if maanden is None:
        return ()
    return tuple(o for o in list_gesloten(s.dossier, s.vandaag) if is_inactief(s.dossier, o, maanden))


# --- acts -------------------------------------------------------------------------------------------------


def decide_activiteit(s: Situatie[ActiviteitRegistreren]) -> Besluit:
    """Record what was measured."""
    return Besluit(
        feiten=(ActiviteitGeregistreerd(peildatum=s.invoer.peildatum, activiteiten=s.invoer.activiteiten),)
    )


def decide_aankondiging(s: Situatie[BeeindigingAankondigen]) -> Besluit:
    """Record the announcement."""
    invoer = s.invoer
    feit = BeeindigingAangekondigd(
        overeenkomsten=invoer.overeenkomsten, reageren_tot=invoer.reageren_tot, per=invoer.per
    )
    return Besluit(feiten=(feit,))


def decide_beeindiging(s: Situatie[OvereenkomstBeeindigen]) -> Besluit:
    """Record the ending of each agreement and the reactions that were weighed."""
    beeindigd = tuple(
        OvereenkomstBeeindigd(
            nummer=nummer, per=s.invoer.per, grond="inactiviteit", motivering=s.invoer.motivering
        )
        for nummer in s.invoer.overeenkomsten
    )
    return Besluit(feiten=(ReactiesGewogen(per=s.invoer.per, reacties=s.invoer.reacties), *beeindigd))


def decide_aanbiederslijst(s: Situatie[LijstVaststellen]) -> Besluit:
    """Record which agreements are on the list."""
    nummers = tuple(o.nummer for o in list_gesloten(s.dossier, s.invoer.peildatum))
    return Besluit(feiten=(AanbiederslijstVastgesteld(peildatum=s.invoer.peildatum, overeenkomsten=nummers),))


def find_nieuwe_lijst(s: Situatie[None]) -> LijstVaststellen | None:
    """A list for today when the agreements are no longer those of the last list."""
    nu = tuple(o.nummer for o in list_gesloten(s.dossier, s.vandaag))
    laatste = s.dossier.laatste(AanbiederslijstVastgesteld)
    if nu == (laatste.overeenkomsten if laatste else ()):
        return None
    return LijstVaststellen(peildatum=s.vandaag)


# --- workbook ---------------------------------------------------------------------------------------------


def _parse_dag(waarde: object) -> object:
    """An empty cell is no date; a moment is its day."""
    if waarde == "":
        return None
    return waarde.date() if isinstance(waarde, datetime) else waarde


class RijActiviteit(Gegevensmodel):
    """A row of the sheet "activiteit"; `peildatum` is the same in every row."""

    overeenkomst: str
    laatste_zorg: Annotated[date | None, BeforeValidator(_parse_dag)] = None
    peildatum: Annotated[date | None, BeforeValidator(_parse_dag)] = None


def build_activiteit(rijen: Mapping[str, tuple[Any, ...]], s: Situatie[None]) -> BaseModel:
    """Turn the sheet into the input of recording activity; without a date in the sheet it counts as
    of today.
    """
    activiteit: tuple[RijActiviteit, ...] = rijen.get("activiteit", ())
    fouten: list[str] = []
    nummers = [rij.overeenkomst for rij in activiteit]
    for nummer in sorted({n for n in nummers if nummers.count(n) > 1}):
        fouten.append(f"Blad 'activiteit': overeenkomst {nummer} staat er dubbel in. Laat één rij staan.")
    peildatums = sorted({rij.peildatum for rij in activiteit if rij.peildatum})
    if len(peildatums) > 1:
        fouten.append("Blad 'activiteit': er staan verschillende peildatums in. Gebruik er één.")
    if not activiteit:
        fouten.append("Blad 'activiteit': er staat geen overeenkomst in. Vul ten minste één rij in.")
    if fouten:
        raise InvoerError(fouten)
    return ActiviteitRegistreren(
        peildatum=peildatums[0] if peildatums else s.vandaag,
        activiteiten=tuple(
            Activiteit(overeenkomst=rij.overeenkomst, laatste_zorg=rij.laatste_zorg) for rij in activiteit
        ),
    )

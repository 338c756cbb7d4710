"""Rules of review: who may judge which file, and when a letter may leave.

`bewaak` puts the last ones at the acts that record a sending, in every stage of a procedure; those stages do not know
of review.

Grondslag: organisation, not law: the mandates of the region and the care with which a letter is made. That a letter
is read by a second person is nowhere prescribed for a municipality; every rule here is therefore unconfirmed.
Must stay true: nobody approves what they made or changed; an approval holds for one sequence of bytes; nothing
changes after sending.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.stukken import EINDE, Stuk, Stukstatus, Stukversie, Tegenspraak
from aanbesteding.fasen.stukken.invoer import (
    StukInleveren,
    StukkenGoedkeuren,
    StukkenOpnieuwMaken,
    StukkenVerzenden,
    TerugvraagBeantwoorden,
)

S = Situatie[Any]
ZORGVULDIG = "zorgvuldigheid: een stuk telt pas na juridische beoordeling van precies dit bestand"
VIER_OGEN = "mandaatregeling van de regio: functiescheiding; Awb afdeling 10.1.1"
MAX_GENOEMD = 8


def list_gezien(s: S) -> tuple[Stukversie, ...]:
    """The files that the input names, each with what was seen of it."""
    gezien: Stukversie | None = getattr(s.invoer, "gezien", None)
    return (gezien,) if gezien is not None else tuple(s.invoer.stukken)


def list_ids(s: S) -> tuple[str, ...]:
    """The keys that the input names, in whatever way."""
    if (stuk := getattr(s.invoer, "stuk", None)) is not None:
        return (str(stuk),)
    if getattr(s.invoer, "gezien", None) is not None:
        return (s.invoer.gezien.stuk,)
    return tuple(deel.stuk if isinstance(deel, Stukversie) else str(deel) for deel in s.invoer.stukken)


def list_genoemd(s: S) -> tuple[Stuk, ...]:
    """The known stukken that the input names."""
    return tuple(s.stukken.per_id[i] for i in list_ids(s) if i in s.stukken.per_id)


def show_stukken(ids: Iterable[str]) -> str:
    """Keys as a short list."""
    alle = list(dict.fromkeys(ids))
    rest = f" en nog {len(alle) - MAX_GENOEMD}" if len(alle) > MAX_GENOEMD else ""
    return f"{', '.join(alle[:MAX_GENOEMD])}{rest}"


# --- what can be judged beforehand --------------------------------------------------------------------------


@regel("niets-te-beoordelen", grondslag=ZORGVULDIG, zekerheid="onbevestigd")
def er_is_iets_te_beoordelen(s: S) -> str | None:
    """There is a stuk under review that was not sent or replaced."""
    return None if any(stuk.loopt for stuk in s.stukken.alle) else "Er is geen stuk in beoordeling."


@regel("geen-terugvraag", grondslag=ZORGVULDIG, zekerheid="onbevestigd")
def er_is_een_terugvraag(s: S) -> str | None:
    """A question about some stuk waits for an answer."""
    wacht = any(stuk.status is Stukstatus.TERUG for stuk in s.stukken.alle)
    return None if wacht else "Er is geen stuk waarover een vraag openstaat."


@regel("niets-te-verzenden", grondslag=ZORGVULDIG, zekerheid="onbevestigd")
def er_is_iets_te_verzenden(s: S) -> str | None:
    """There is an approved letter that has not left."""
    klaar = any(stuk.is_brief and stuk.goedgekeurd for stuk in s.stukken.alle)
    return None if klaar else "Er is geen goedgekeurde brief die nog weg moet."


# --- which stuk, which file ---------------------------------------------------------------------------------


@regel("stuk-onbekend", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def stuk_bekend(s: S) -> str | None:
    """Every stuk is in the register, needs review, and is named once."""
    ids = list_ids(s)
    onbekend = [i for i in ids if i not in s.stukken.per_id]
    if onbekend:
        return f"Dit stuk staat niet in het register: {show_stukken(onbekend)}."
    zonder = [stuk.id for stuk in list_genoemd(s) if not stuk.register.te_beoordelen]
    if zonder:
        return f"Dit stuk wordt niet beoordeeld: {show_stukken(zonder)}."
    dubbel = [i for i in ids if ids.count(i) > 1]
    return f"Dit stuk is twee keer genoemd: {show_stukken(dubbel)}." if dubbel else None


@regel("stuk-al-verzonden", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def stuk_niet_verzonden(s: S) -> str | None:
    """Nothing changes after sending."""
    weg = [stuk.id for stuk in list_genoemd(s) if stuk.status is Stukstatus.VERZONDEN]
    return f"Na verzending verandert er niets meer: {show_stukken(weg)} is verzonden." if weg else None


@regel("stuk-is-vervangen", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def stuk_niet_vervangen(s: S) -> str | None:
    """The stuk was not replaced by a newer edition."""
    oud = [stuk.id for stuk in list_genoemd(s) if stuk.status is Stukstatus.VERVANGEN]
    return f"Van dit stuk is een nieuwe uitgave: {show_stukken(oud)}. Beoordeel die." if oud else None


@regel("andere-versie-dan-gezien", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def huidige_versie_gezien(s: S) -> str | None:
    """What was seen is the current version."""
    anders = [g.stuk for g in list_gezien(s) if (k := s.stukken.per_id.get(g.stuk)) and g != k.gezien]
    if not anders:
        return None
    return f"U zag niet de huidige versie van {show_stukken(anders)}. Bekijk het stuk opnieuw."


@regel("bestand-is-gewijzigd", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def bestand_is_heel(s: S) -> str | None:
    """The file on disk is the current version, byte for byte."""
    kapot = [stuk.id for stuk in list_genoemd(s) if not s.stukken.is_heel(stuk)]
    if not kapot:
        return None
    return (
        f"Het bestand van {show_stukken(kapot)} is niet meer het bestand dat is vastgelegd. Laat de beheerder dit "
        "nagaan ('aanbesteding dossier verifieer') en maak het stuk opnieuw of lever een nieuwe versie in."
    )


# --- approving ----------------------------------------------------------------------------------------------


@regel("goedkeuring-van-eigen-stuk", grondslag=VIER_OGEN, met_invoer=True, zekerheid="onbevestigd")
def vier_ogen(s: Situatie[StukkenGoedkeuren]) -> str | None:
    """Nobody approves what they made, had made or changed."""
    eigen = [stuk.id for stuk in list_genoemd(s) if s.persoon in stuk.makers]
    if not eigen:
        return None
    makers = {p for stuk in list_genoemd(s) for p in stuk.makers}
    anderen = [p for p in s.regio.list_personen(Rol.JURIST) if p not in makers]
    wie = (
        f"Dat kan: {', '.join(anderen)}."
        if anderen
        else "Die is er niet; regel een tweede jurist in het mandaat."
    )
    return (
        f"{s.persoon} heeft {show_stukken(eigen)} zelf gemaakt of gewijzigd. Laat een andere jurist dit "
        f"goedkeuren. {wie}"
    )


@regel("vraag-over-stuk-staat-open", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def geen_vraag_open(s: Situatie[StukkenGoedkeuren]) -> str | None:
    """No question to the maker waits for an answer."""
    terug = [stuk.id for stuk in list_genoemd(s) if stuk.status is Stukstatus.TERUG]
    return f"Over {show_stukken(terug)} staat nog een vraag open. Wacht het antwoord af." if terug else None


@regel("versie-is-afgekeurd", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def versie_niet_afgekeurd(s: Situatie[StukkenGoedkeuren]) -> str | None:
    """A rejected version is not approved afterwards."""
    af = [stuk.id for stuk in list_genoemd(s) if stuk.status is Stukstatus.AFGEKEURD]
    if not af:
        return None
    return f"Deze versie van {show_stukken(af)} is afgekeurd. Er is een nieuwe versie of een nieuwe uitgave nodig."


@regel("stuk-al-goedgekeurd", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def nog_niet_goedgekeurd(s: Situatie[StukkenGoedkeuren]) -> str | None:
    """An approval is recorded once."""
    al = [stuk.id for stuk in list_genoemd(s) if stuk.goedgekeurd]
    return f"Deze versie van {show_stukken(al)} is al goedgekeurd." if al else None


@regel(
    "stuk-spreekt-dossier-tegen",
    grondslag=ZORGVULDIG,
    ernst=Ernst.MOTIVEREN,
    met_invoer=True,
    zekerheid="onbevestigd",
)
def tegenspraak_gemotiveerd(s: Situatie[StukkenGoedkeuren]) -> str | None:
    """A figure, date or name that was changed by hand agrees with the dossier, or has a reason."""
    zinnen = [
        f"{stuk.id}, {t.plaats}: '{t.document}', in het dossier '{t.dossier}'"
        for stuk in list_genoemd(s)
        for t in list_onopgelost(stuk)
    ]
    if not zinnen:
        return None
    return (
        f"Met de hand gewijzigd en in strijd met het dossier: {'; '.join(zinnen[:MAX_GENOEMD])}. Herstel dit in het "
        "document of in het dossier, of motiveer waarom het zo blijft."
    )


def list_onopgelost(stuk: Stuk) -> tuple[Tegenspraak, ...]:
    """Contradictions of the current version that nobody gave a reason for."""
    return tuple(t for t in stuk.huidig.tegenspraken if not t.motivering)


# --- the maker's side ---------------------------------------------------------------------------------------


@regel("stuk-zonder-terugvraag", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def vraag_staat_open(s: Situatie[TerugvraagBeantwoorden]) -> str | None:
    """The question that is answered waits for an answer."""
    niet = [stuk.id for stuk in list_genoemd(s) if stuk.status not in (Stukstatus.TERUG, *EINDE)]
    return f"Over {show_stukken(niet)} staat geen vraag open." if niet else None


@regel("versie-is-niet-nieuw", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def versie_is_nieuw(s: Situatie[StukInleveren]) -> str | None:
    """A version that is handed in differs from the current one."""
    zelfde = [stuk.id for stuk in list_genoemd(s) if stuk.huidig.sha256 == s.invoer.sha256]
    return f"Dit bestand is gelijk aan de huidige versie van {show_stukken(zelfde)}." if zelfde else None


@regel("versie-is-niet-bewaard", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def versie_is_bewaard(s: Situatie[StukInleveren]) -> str | None:
    """The file of the new version is kept, under a name that no other version has."""
    bezet = {v.pad for stuk in s.stukken.alle for v in stuk.versies}
    if s.invoer.pad not in bezet and s.stukken.schijf.get(s.invoer.pad) == s.invoer.sha256:
        return None
    return f"Het bestand {s.invoer.pad} is niet bewaard zoals het is ingeleverd. Lever het opnieuw in."


@regel("stukken-van-verschillende-besluiten", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def een_besluit(s: Situatie[StukkenOpnieuwMaken]) -> str | None:
    """Stukken that are made again in one act belong to one decision."""
    besluiten = {(stuk.besluit, stuk.register.onderwerpen) for stuk in list_genoemd(s)}
    return (
        "Deze stukken horen bij verschillende besluiten. Maak ze per besluit." if len(besluiten) > 1 else None
    )


# --- sending ------------------------------------------------------------------------------------------------


@regel("brief-niet-goedgekeurd", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def brief_goedgekeurd(s: Situatie[StukkenVerzenden]) -> str | None:
    """Every letter that left was approved, and goes to a recipient."""
    niet = [stuk.id for stuk in list_genoemd(s) if stuk.loopt and not (stuk.is_brief and stuk.goedgekeurd)]
    return f"Niet goedgekeurd, of geen brief: {show_stukken(niet)}." if niet else None


@regel("stukverzending-in-toekomst", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def verzending_gebeurd(s: Situatie[StukkenVerzenden]) -> str | None:
    """A sending is recorded after it happened."""
    return None if s.invoer.verzonden <= s.nu else "De verzending moet nog gebeuren."

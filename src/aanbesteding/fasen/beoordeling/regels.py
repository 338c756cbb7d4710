"""Rules of the test of bids: all tested, repair asked once and equally, no exclusion without a hearing.

Not here: the test itself (toetsing); rules of scores and the committee (regels_scores) and of prices and
ranking (regels_rangorde).

Grondslag: the principles of equality, transparency and proportionality, on which courts judge a SAS
procedure. Where no article is verified the rule says so.
Must stay true: no rule reads the clock; a rule that does not read the input works with `s.onderwerpen`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import InschrijvingenGeopend, PerceelUitgewerkt
from aanbesteding.domain.gunningsrangorde import load_geldige_inschrijvingen
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.redenen import build_stukken
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.beoordeling import stand
from aanbesteding.fasen.beoordeling.feiten import HerstelGevraagd
from aanbesteding.fasen.beoordeling.invoer import HerstelVastleggen, ToetsBeslissen, VertrouwelijkAanmerken
from aanbesteding.fasen.beoordeling.stand import show_percelen

GELIJKHEID = "Beginselen van gelijke behandeling en transparantie"


@regel("inschrijving-niet-geopend", grondslag=GELIJKHEID)
def inschrijvingen_geopend(s: Situatie[Any]) -> str | None:
    """Every received bid is opened, or was recorded as late."""
    bekend = stand.load_te_laat(s.dossier) | {
        inhoud.nummer for feit in s.dossier.list_feiten(InschrijvingenGeopend) for inhoud in feit.inhoud
    }
    dicht = {
        i.nummer
        for perceel in s.onderwerpen
        for i in stand.list_inschrijvingen(s.dossier, perceel)
        if i.nummer not in bekend
    }
    if not dicht:
        return None
    return f"Nog niet geopend: {', '.join(sorted(dicht))}. Open eerst alle inschrijvingen."


@regel("eisen-niet-aangekondigd", grondslag=GELIJKHEID)
def eisen_aangekondigd(s: Situatie[Any]) -> str | None:
    """The requirements of every perceel are known."""
    zonder = [p for p in s.onderwerpen if s.dossier.laatste(PerceelUitgewerkt, perceel=p) is None]
    return (
        f"Perceel {show_percelen(zonder)} is niet uitgewerkt; er zijn geen eisen om aan te toetsen."
        if zonder
        else None
    )


@regel(
    "percelen-niet-samen-getoetst",
    grondslag="Gelijke behandeling bij herstel: eerst alle inschrijvingen zien, dan één herstelmoment",
    ernst=Ernst.MOTIVEREN,
)
def percelen_samen_getoetst(s: Situatie[Any]) -> str | None:
    """All opened percelen are tested in one go, so that every bidder gets the same moment for repair."""
    rest = [
        p for p in s.dossier.list_onderwerpen("perceel", frozenset({"geopend"})) if p not in s.onderwerpen
    ]
    if not s.onderwerpen or not rest:
        return None
    return (
        f"Perceel {show_percelen(rest)} is ook geopend, maar doet niet mee. Toets alle percelen samen, of "
        "motiveer waarom niet: om herstel wordt pas gevraagd als alle inschrijvingen zijn gezien."
    )


@regel("geen-herstel-gevraagd", grondslag=GELIJKHEID, met_invoer=True)
def herstel_gevraagd(s: Situatie[HerstelVastleggen]) -> str | None:
    """Repair of this requirement was asked and not recorded yet."""
    invoer = s.invoer
    if _is_openstaand(s.dossier, invoer.perceel, invoer.inschrijving, invoer.eis, "herstel"):
        return None
    return (
        f"Voor eis {invoer.eis} van {invoer.inschrijving} in perceel {invoer.perceel} staat geen "
        f"herstelverzoek open. {_show_openstaand(s.dossier, invoer.perceel, 'herstel')}"
    )


@regel("hersteltermijn-verstreken", grondslag=GELIJKHEID, ernst=Ernst.SIGNALEERT)
def hersteltermijn_bewaakt(s: Situatie[Any]) -> str | None:
    """After the moment for repair only what came in before it counts."""
    feit = next(
        (f for f in reversed(s.dossier.list_feiten(HerstelGevraagd)) if set(f.percelen) & set(s.onderwerpen)),
        None,
    )
    if feit is None or s.nu <= feit.uiterlijk:
        return None
    einde = feit.uiterlijk.astimezone(TIJDZONE)
    return (
        f"De hersteltermijn liep tot {einde:%d-%m-%Y} om {einde:%H.%M} uur. Leg alleen als hersteld vast wat "
        "voor dat moment is ontvangen."
    )


@regel("geen-toets-aangehouden", grondslag=GELIJKHEID, met_invoer=True)
def toets_aangehouden(s: Situatie[ToetsBeslissen]) -> str | None:
    """This requirement of this bid waits for a person."""
    invoer = s.invoer
    if _is_openstaand(s.dossier, invoer.perceel, invoer.inschrijving, invoer.eis, "mens"):
        return None
    if _is_openstaand(s.dossier, invoer.perceel, invoer.inschrijving, invoer.eis, "herstel"):
        return f"Eis {invoer.eis} van {invoer.inschrijving} wacht op herstel; leg eerst de uitkomst vast."
    return (
        f"Eis {invoer.eis} van {invoer.inschrijving} in perceel {invoer.perceel} wacht niet op een "
        f"beslissing. {_show_openstaand(s.dossier, invoer.perceel, 'mens')}"
    )


@regel("uitsluiting-zonder-horen", grondslag="Aw 2012 art. 2.87a", met_invoer=True, zekerheid="onbevestigd")
def gehoord_voor_uitsluiting(s: Situatie[ToetsBeslissen]) -> str | None:
    """Before exclusion the bidder was heard on the measures that it took itself."""
    if s.invoer.uitkomst != "uitgesloten" or s.invoer.gehoord:
        return None
    return (
        f"{s.invoer.inschrijving} kan niet worden uitgesloten zonder te zijn gehoord. Hoor de inschrijver "
        "over de eigen maatregelen en vul in wanneer dat was en wat is aangevoerd."
    )


@regel(
    "uitsluiting-niet-evenredig-gewogen",
    grondslag="Aw 2012 art. 2.88",
    met_invoer=True,
    zekerheid="onbevestigd",
)
def evenredigheid_gewogen(s: Situatie[ToetsBeslissen]) -> str | None:
    """Exclusion was weighed against what happened."""
    if s.invoer.uitkomst != "uitgesloten" or s.invoer.evenredigheid:
        return None
    return f"Vul in waarom uitsluiting van {s.invoer.inschrijving} evenredig is."


@regel("uitsluiting-zonder-uitsluitingsgrond", grondslag="Aw 2012 art. 2.86 en 2.87", met_invoer=True,
       zekerheid="onbevestigd")  # fmt: skip
def uitsluitingsgrond_aangekondigd(s: Situatie[ToetsBeslissen]) -> str | None:
    """Exclusion rests on an announced ground for exclusion."""
    if s.invoer.uitkomst != "uitgesloten":
        return None
    eisen = {e.code: e for e in stand.load_eisen(s.dossier, s.invoer.perceel)}
    eis = eisen.get(s.invoer.eis)
    if eis is None or eis.soort == "uitsluiting":
        return None
    return f"Eis {eis.code} is geen uitsluitingsgrond. Wie er niet aan voldoet is ongeldig, niet uitgesloten."


@regel("toets-staat-open", grondslag=GELIJKHEID)
def toetsen_afgerond(s: Situatie[Any]) -> str | None:
    """No requirement of any bid waits for repair or for a person."""
    wacht: dict[tuple[str, str], list[str]] = defaultdict(list)
    for f in stand.list_openstaand(s.dossier, s.onderwerpen):
        wacht[(f.perceel, f.inschrijving)].append(
            f"{f.eis} ({'herstel' if f.wacht_op == 'herstel' else 'jurist'})"
        )
    if not wacht:
        return None
    delen = [f"perceel {perceel} {nummer}: {', '.join(eisen)}" for (perceel, nummer), eisen in wacht.items()]
    return f"Nog niet beslist: {'; '.join(delen)}."


@regel("geen-geldige-inschrijving", grondslag=GELIJKHEID, ernst=Ernst.SIGNALEERT)
def geldige_inschrijving_aanwezig(s: Situatie[Any]) -> str | None:
    """Every perceel has at least one valid bid."""
    wachtend = {f.perceel for f in stand.list_openstaand(s.dossier, s.onderwerpen)}
    leeg = [p for p in s.onderwerpen if p not in wachtend and not load_geldige_inschrijvingen(s.dossier, p)]
    return (
        f"Perceel {show_percelen(leeg)} heeft geen geldige inschrijving en eindigt zonder gunning."
        if leeg
        else None
    )


@regel("passage-past-niet", grondslag="Aw 2012 art. 2.57", met_invoer=True)
def passages_passen(s: Situatie[VertrouwelijkAanmerken]) -> str | None:
    """What is marked belongs to a received bid and is long enough to be recognised."""
    fouten: list[str] = []
    if s.invoer.inschrijving not in stand.load_inschrijvingen(s.dossier):
        fouten.append(f"inschrijving {s.invoer.inschrijving} is niet ontvangen")
    fouten += [
        f"passage {nummer} is te kort om te herkennen (“{passage}”); neem ten minste twee woorden"
        for nummer, passage in enumerate(s.invoer.passages, start=1)
        if not build_stukken([passage])
    ]
    return f"Dit kan niet als vertrouwelijk worden vastgelegd: {'; '.join(fouten)}." if fouten else None


def _is_openstaand(dossier: Dossier, perceel: str, nummer: str, eis: str, wacht_op: str) -> bool:
    return any(
        (f.inschrijving, f.eis, f.wacht_op) == (nummer, eis, wacht_op)
        for f in stand.list_openstaand(dossier, (perceel,))
    )


def _show_openstaand(dossier: Dossier, perceel: str, wacht_op: str) -> str:
    open_ = [
        f"{f.inschrijving} {f.eis}"
        for f in stand.list_openstaand(dossier, (perceel,))
        if f.wacht_op == wacht_op
    ]
    return f"Wel open: {', '.join(open_)}." if open_ else "Er staat niets open."

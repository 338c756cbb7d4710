"""Rules on proposing, adopting and leaving on a change of the contract.

Grondslag: Aw 2012 art. 2.163b, 2.163c and 2.163g; Gemeentewet art. 160 lid 1; Awb afdeling 10.1.1 (mandate).
Must stay true: everybody with that agreement was asked, every municipality decided, and a ground was found
in the legal order. The Aw rules do not bind an open house; consultation and decisions do.
Trap: a provider that entered after the proposal was never asked; the proposal must be made again.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from aanbesteding.domain.deelname import select_deelnemers
from aanbesteding.domain.feiten import PerceelUitgewerkt
from aanbesteding.domain.kalender import datum_in_nederland, show_datum
from aanbesteding.domain.overeenkomsten import list_gesloten
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.toetreding.besluiten.ronde import is_open_house
from aanbesteding.fasen.toetreding.besluiten.wijziging import (
    VOLGORDE,
    UittredingRegistreren,
    WijzigingReactieRegistreren,
    WijzigingVastgesteld,
    WijzigingVaststellen,
    WijzigingVoorgesteld,
    WijzigingVoorstellen,
    find_grond,
    load_voorstel,
    sum_kleine_wijzigingen,
)

OVERLEG = "overeenkomst: wijziging na raadpleging van alle aanbieders"
NORM_KLEIN = "kleine_wijziging_diensten"


# --- voorstellen ------------------------------------------------------------------------------------------


@regel("voorstel-bestaat", grondslag=OVERLEG, met_invoer=True)
def voorstel_nieuw(s: Situatie[WijzigingVoorstellen]) -> str | None:
    """The code is new."""
    if load_voorstel(s.dossier, s.invoer.code) is None:
        return None
    return f"Voorstel {s.invoer.code} bestaat al. Geef het voorstel een nieuw kenmerk."


@regel("perceel-zonder-overeenkomst", grondslag=OVERLEG)
def perceel_met_overeenkomst(s: Situatie[Any]) -> str | None:
    """There are agreements to change."""
    perceel = None if s.invoer is None else s.invoer.perceel
    if list_gesloten(s.dossier, s.vandaag, perceel):
        return None
    waar = "dit dossier" if perceel is None else f"perceel {perceel}"
    return f"In {waar} zijn geen overeenkomsten om te wijzigen."


@regel("reactiemoment-voorbij", grondslag=OVERLEG, met_invoer=True)
def reactiemoment_vooruit(s: Situatie[WijzigingVoorstellen]) -> str | None:
    """Providers can still react."""
    if s.invoer.reageren_tot > s.nu:
        return None
    return "Het moment om te reageren is al voorbij. Kies een later moment."


# --- reactie ----------------------------------------------------------------------------------------------


@regel("voorstel-onbekend", grondslag=OVERLEG, met_invoer=True)
def voorstel_bekend(s: Situatie[Any]) -> str | None:
    """The proposal exists."""
    if load_voorstel(s.dossier, s.invoer.code) is not None:
        return None
    return f"Voorstel {s.invoer.code} bestaat niet. Verbeter het kenmerk."


@regel("overeenkomst-niet-geraadpleegd", grondslag=OVERLEG, met_invoer=True)
def overeenkomst_geraadpleegd(s: Situatie[WijzigingReactieRegistreren]) -> str | None:
    """The reaction belongs to an agreement that got the proposal."""
    voorstel = load_voorstel(s.dossier, s.invoer.code)
    if voorstel is None or s.invoer.overeenkomst in voorstel.overeenkomsten:
        return None
    return f"Overeenkomst {s.invoer.overeenkomst} kreeg voorstel {s.invoer.code} niet. Verbeter het nummer."


@regel("reactie-te-laat", grondslag=OVERLEG, ernst=Ernst.SIGNALEERT, met_invoer=True)
def reactie_op_tijd(s: Situatie[WijzigingReactieRegistreren]) -> str | None:
    """The reaction came in time; a late one is recorded all the same."""
    voorstel = load_voorstel(s.dossier, s.invoer.code)
    if voorstel is None or s.invoer.ontvangen <= voorstel.reageren_tot:
        return None
    return "De reactie kwam na de termijn binnen. De gemeenten mogen haar buiten beschouwing laten."


# --- vaststellen ------------------------------------------------------------------------------------------


@regel("geen-voorstel-open", grondslag=OVERLEG)
def voorstel_open(s: Situatie[Any]) -> str | None:
    """There is a proposal that was not adopted yet."""
    vastgesteld = {w.code for w in s.dossier.list_feiten(WijzigingVastgesteld)}
    lopend = [w.code for w in s.dossier.list_feiten(WijzigingVoorgesteld) if w.code not in vastgesteld]
    if s.invoer is None:
        return None if lopend else "Er is geen wijzigingsvoorstel om vast te stellen."
    if s.invoer.code in lopend:
        return None
    return f"Voorstel {s.invoer.code} bestaat niet of is al vastgesteld."


@regel("reactietermijn-wijziging-loopt", grondslag=OVERLEG, met_invoer=True)
def reacties_afgewacht(s: Situatie[WijzigingVaststellen]) -> str | None:
    """Reactions were awaited before any municipality decided."""
    voorstel = load_voorstel(s.dossier, s.invoer.code)
    if voorstel is None:
        return None
    if s.nu <= voorstel.reageren_tot:
        return "De termijn om te reageren loopt nog. Stel de wijziging pas daarna vast."
    laatste = datum_in_nederland(voorstel.reageren_tot)
    fout = [b.gemeente for b in s.invoer.collegebesluiten if b.datum < laatste]
    if not fout:
        return None
    return f"Besloten voordat iedereen kon reageren: {', '.join(fout)}. Laat opnieuw besluiten."


@regel("niet-iedereen-geraadpleegd", grondslag=OVERLEG, met_invoer=True)
def iedereen_geraadpleegd(s: Situatie[WijzigingVaststellen]) -> str | None:
    """Every provider with that agreement got the proposal."""
    voorstel = load_voorstel(s.dossier, s.invoer.code)
    if voorstel is None:
        return None
    nu = (o.nummer for o in list_gesloten(s.dossier, s.vandaag, voorstel.perceel))
    fout = [nummer for nummer in nu if nummer not in voorstel.overeenkomsten]
    if not fout:
        return None
    return (
        f"Deze overeenkomsten kregen het voorstel niet: {', '.join(fout)}. Doe het voorstel "
        "opnieuw aan iedereen."
    )


@regel("toets-niet-in-volgorde", grondslag="Aw 2012 art. 2.163b, 2.163c en 2.163g", met_invoer=True)
def toets_in_volgorde(s: Situatie[WijzigingVaststellen]) -> str | None:
    """Grounds are tested in the legal order, up to and including the first that fits."""
    if is_open_house(s):
        return None
    getoetst = tuple(stap.grond for stap in s.invoer.toets)
    volgorde = getoetst == VOLGORDE[: len(getoetst)]
    na_grond = any(stap.past for stap in s.invoer.toets[:-1])
    if volgorde and not na_grond:
        return None
    return (
        "Toets de gronden in de volgorde herzieningsclausule, overige gronden, niet "
        "wezenlijk, kleine wijziging, "
        "en stop bij de eerste die past."
    )


@regel("wezenlijke-wijziging", grondslag="Aw 2012 art. 2.163g", met_invoer=True)
def wijziging_toegestaan(s: Situatie[WijzigingVaststellen]) -> str | None:
    """A ground fits; 'not substantial' fits only when none of the four questions is answered with yes."""
    if is_open_house(s):
        return None
    grond = find_grond(s.invoer.toets)
    if grond is None:
        return "Geen enkele grond past: dit is een wezenlijke wijziging. Zij vraagt een nieuwe aanbesteding."
    if grond == "niet_wezenlijk" and s.invoer.wezenlijkheid.wezenlijk:
        return (
            "Eén van de vier vragen is met ja beantwoord: de wijziging is wezenlijk. Kies een andere grond."
        )
    return None


@regel("kleine-wijziging-te-groot", grondslag="Aw 2012 art. 2.163b", met_invoer=True)
def kleine_wijziging_klein(s: Situatie[WijzigingVaststellen]) -> str | None:
    """Small changes stay below the threshold and the share, together, and leave the nature unchanged."""
    voorstel = load_voorstel(s.dossier, s.invoer.code)
    if is_open_house(s) or voorstel is None or find_grond(s.invoer.toets) != "kleine_wijziging":
        return None
    if not s.invoer.aard_ongewijzigd:
        return "De algemene aard van de overeenkomst verandert. Dan past de grond kleine wijziging niet."
    aandelen = s.normen.lijst(NORM_KLEIN, s.dossier.peildatum)
    uitgewerkt = s.dossier.laatste(PerceelUitgewerkt, perceel=voorstel.perceel)
    if not aandelen or uitgewerkt is None or uitgewerkt.maximale_waarde is None:
        return (
            "De grond kleine wijziging is niet te toetsen: de norm of de oorspronkelijke "
            "waarde van het perceel "
            "ontbreekt. Kies een andere grond of vul dit aan."
        )
    samen = sum_kleine_wijzigingen(s.dossier, voorstel.perceel) + s.invoer.waarde
    grens = min(s.norm("drempel_sas").bedrag, uitgewerkt.maximale_waarde * aandelen[0].bedrag / Decimal(100))
    if samen < grens:
        return None
    return f"De kleine wijzigingen zijn samen € {samen:.2f} waard; dat moet onder € {grens:.2f} blijven."


@regel(
    "collegebesluit-ontbreekt", grondslag="Gemeentewet art. 160 lid 1; Awb afdeling 10.1.1", met_invoer=True
)
def elke_gemeente_besloten(s: Situatie[WijzigingVaststellen]) -> str | None:
    """Every municipality decided, not later than today."""
    besloten = {b.gemeente for b in s.invoer.collegebesluiten if b.datum <= s.vandaag}
    voorstel = load_voorstel(s.dossier, s.invoer.code)
    percelen = (voorstel.perceel,) if voorstel else ()
    deelnemers = select_deelnemers(s.regio, s.dossier.aanbesteding, percelen).gemeenten
    fout = [g.naam for g in deelnemers if g.code not in besloten]
    return (
        f"Het besluit van {', '.join(fout)} ontbreekt. Elke gemeente besluit zelf of geeft mandaat."
        if fout
        else None
    )


@regel(
    "uittreedtermijn-onjuist",
    grondslag="overeenkomst: recht om te vertrekken bij een wijziging",
    met_invoer=True,
)
def uittreedtermijn_juist(s: Situatie[WijzigingVaststellen]) -> str | None:
    """Providers can leave between the adoption and the first day of the change."""
    voorstel = load_voorstel(s.dossier, s.invoer.code)
    if voorstel is None or s.vandaag < s.invoer.uittreden_tot < voorstel.ingang:
        return None
    return f"Uittreden moet kunnen tot een dag na vandaag en voor de ingang ({show_datum(voorstel.ingang)})."


# --- uittreden --------------------------------------------------------------------------------------------


@regel("wijziging-niet-vastgesteld", grondslag=OVERLEG, met_invoer=True)
def wijziging_vastgesteld(s: Situatie[UittredingRegistreren]) -> str | None:
    """The change was adopted and concerns this agreement, which has not ended yet."""
    wijziging = s.dossier.laatste(WijzigingVastgesteld, code=s.invoer.code)
    if wijziging is None:
        return f"Wijziging {s.invoer.code} is niet vastgesteld. Uittreden kan pas daarna."
    lopend = {o.nummer for o in list_gesloten(s.dossier, wijziging.ingang, wijziging.perceel)}
    if s.invoer.overeenkomst in wijziging.overeenkomsten and s.invoer.overeenkomst in lopend:
        return None
    return (
        f"Overeenkomst {s.invoer.overeenkomst} hoort niet bij wijziging {s.invoer.code} of is al geëindigd."
    )


@regel("uittreding-te-laat", grondslag="addendum: termijn om uit te treden", met_invoer=True)
def uittreding_op_tijd(s: Situatie[UittredingRegistreren]) -> str | None:
    """The provider told in time that it leaves."""
    wijziging = s.dossier.laatste(WijzigingVastgesteld, code=s.invoer.code)
    if wijziging is None or s.invoer.ontvangen <= wijziging.uittreden_tot:
        return None
    return f"Uittreden kon tot en met {show_datum(wijziging.uittreden_tot)}. Gebruik de gewone opzegging."

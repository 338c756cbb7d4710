"""Rules on the consultation: the structure, the seats, the tables, and the versions of the living annex.

Grondslag: no article regulates bestuurlijk aanbesteden (FEITEN 1.6); equal treatment, transparency and proportion do
(Aw 2012 art. 1.8–1.10), and the process agreement and the basic agreement themselves.
Must stay true: nobody with a seat is passed over; the municipalities decide, each for itself; the report names nobody.
Trap: the limit of steering is measured against the first version, because small steps add up.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from aanbesteding.domain.feiten import PerceelUitgewerkt
from aanbesteding.domain.kalender import add_maanden, datum_in_nederland, show_datum
from aanbesteding.domain.overeenkomsten import list_gesloten, load_overeenkomst
from aanbesteding.domain.overleg import (
    BijlageVastgesteld,
    OverlegIngericht,
    Tafel,
    list_aan_tafel,
    list_bijlagen,
    list_deelnemers,
    load_inrichting,
)
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.overleg.feiten import load_uitschrijving, load_verslag
from aanbesteding.fasen.overleg.invoer import (
    BasisovereenkomstOpzeggen,
    BijlageVaststellen,
    OverlegInrichten,
    OverlegtafelUitschrijven,
    ProcesovereenkomstBeeindigen,
    ProcesovereenkomstenSluiten,
    VerslagVaststellen,
)

WERKWIJZE = "werkwijze bestuurlijk aanbesteden; Aw 2012 art. 1.8-1.10"
PROCES = "procesovereenkomst"
BASIS = "basisovereenkomst: de bijlage wordt aan de overlegtafel besproken en door de gemeenten vastgesteld"
GELIJKHEID = "Gelijke behandeling en transparantie; Aw 2012 art. 1.8"
S = Situatie[Any]


def _nummers(nummers: Iterator[str]) -> str:
    return ", ".join(sorted(nummers))


# --- structure --------------------------------------------------------------------------------------------


@regel("tafel-met-onbekend-perceel", grondslag=WERKWIJZE, met_invoer=True, zekerheid="onbevestigd")
def percelen_bestaan(s: Situatie[OverlegInrichten]) -> str | None:
    """Tables are about percelen of this purchase."""
    bekend = {p.nummer for p in s.dossier.aanbesteding.percelen}
    vreemd = _nummers(iter({p for t in s.invoer.tafels for p in t.percelen} - bekend))
    return f"Perceel {vreemd} bestaat niet. Kies uit: {_nummers(iter(bekend))}." if vreemd else None


@regel("perceel-zonder-tafel", grondslag=WERKWIJZE, met_invoer=True, zekerheid="onbevestigd")
def elk_perceel_een_tafel(s: Situatie[OverlegInrichten]) -> str | None:
    """Every perceel has a table at which it is discussed."""
    met = {p for t in s.invoer.tafels for p in t.percelen}
    zonder = _nummers(iter({p.nummer for p in s.dossier.aanbesteding.percelen} - met))
    return f"Perceel {zonder} heeft geen overlegtafel. Noem het bij een tafel." if zonder else None


@regel("overlegstructuur-ontbreekt", grondslag=WERKWIJZE, zekerheid="onbevestigd")
def overleg_ingericht(s: S) -> str | None:
    """The consultation was laid down and announced before anything is asked of providers."""
    if load_inrichting(s.dossier) is not None:
        return None
    return "Het overleg is nog niet ingericht en bekendgemaakt. Doe dat eerst: iedereen moet weten hoe hij meedoet."


# --- seats ------------------------------------------------------------------------------------------------


@regel(
    "deelnemer-heeft-al-een-procesovereenkomst", grondslag=PROCES, met_invoer=True, zekerheid="onbevestigd"
)
def deelnemer_nieuw(s: Situatie[ProcesovereenkomstenSluiten]) -> str | None:
    """A provider signs the process agreement once."""
    sleutels = [d.deelnemer.sleutel for d in s.invoer.deelnames]
    bekend = {d.deelnemer.sleutel for d in list_aan_tafel(s.dossier, s.vandaag)}
    dubbel = {k for k in sleutels if k in bekend or sleutels.count(k) > 1}
    namen = _nummers(iter({d.deelnemer.naam for d in s.invoer.deelnames if d.deelnemer.sleutel in dubbel}))
    return f"Al deelnemer, of twee keer genoemd: {namen}. Haal de dubbele weg." if dubbel else None


@regel("deelnemer-zonder-perceel", grondslag=PROCES, met_invoer=True, zekerheid="onbevestigd")
def deelnemer_kiest_percelen(s: Situatie[ProcesovereenkomstenSluiten]) -> str | None:
    """A participant names percelen that exist."""
    bekend = {p.nummer for p in s.dossier.aanbesteding.percelen}
    fout = _nummers(iter({d.deelnemer.naam for d in s.invoer.deelnames if set(d.percelen) - bekend}))
    return f"{fout} noemt een perceel dat niet bestaat. Kies uit: {_nummers(iter(bekend))}." if fout else None


@regel("procesovereenkomst-in-toekomst", grondslag=PROCES, met_invoer=True, zekerheid="onbevestigd")
def ondertekening_geweest(s: Situatie[ProcesovereenkomstenSluiten]) -> str | None:
    """A process agreement is recorded on or after the day it was signed."""
    if s.invoer.getekend_op <= s.vandaag:
        return None
    return f"De procesovereenkomst is getekend op {show_datum(s.invoer.getekend_op)}; die dag is er nog niet."


@regel("aanvrager-zonder-procesovereenkomst", grondslag=PROCES, met_invoer=True, zekerheid="onbevestigd")
def aanvrager_neemt_deel(s: S) -> str | None:
    """Who asks for a basic agreement signed the process agreement, which anybody may do at any moment."""
    met = {d.deelnemer.kvk for d in list_aan_tafel(s.dossier, s.vandaag)}
    zonder = _nummers(iter({a.aanbieder.naam for a in s.invoer.aanvragen if a.aanbieder.kvk not in met}))
    if not zonder:
        return None
    return f"Zonder procesovereenkomst: {zonder}. Laat deze aanbieders eerst tekenen; dat kan op elk moment."


@regel("procesovereenkomst-loopt-niet", grondslag=PROCES, met_invoer=True, zekerheid="onbevestigd")
def procesovereenkomst_loopt(s: Situatie[ProcesovereenkomstBeeindigen]) -> str | None:
    """A process agreement that ends is there and has not ended before."""
    if s.invoer.nummer in {d.nummer for d in list_aan_tafel(s.dossier, date.max)}:
        return None
    return f"Procesovereenkomst {s.invoer.nummer} bestaat niet of is al beëindigd."


@regel(
    "opzegtermijn-overleg-te-kort",
    grondslag=PROCES,
    ernst=Ernst.MOTIVEREN,
    met_invoer=True,
    zekerheid="onbevestigd",
)
def opzegtermijn_gevolgd(s: Situatie[ProcesovereenkomstBeeindigen]) -> str | None:
    """A participant leaves with the agreed notice, or it is said why sooner."""
    inrichting = load_inrichting(s.dossier)
    if inrichting is None:
        return None
    vroegst = add_maanden(s.invoer.opgezegd_op, inrichting.opzegtermijn_maanden)
    if s.invoer.per >= vroegst:
        return None
    return f"Met de opzegtermijn eindigt de deelname op zijn vroegst per {show_datum(vroegst)}. Motiveer waarom eerder."


# --- tables -----------------------------------------------------------------------------------------------


def _find_tafel(inrichting: OverlegIngericht | None, code: str) -> Tafel | None:
    tafels = inrichting.tafels if inrichting else ()
    return next((t for t in tafels if t.code == code), None)


@regel("tafel-onbekend", grondslag=PROCES, met_invoer=True, zekerheid="onbevestigd")
def tafel_bestaat(s: Situatie[OverlegtafelUitschrijven]) -> str | None:
    """The table is one of those that were announced."""
    inrichting = load_inrichting(s.dossier)
    if _find_tafel(inrichting, s.invoer.tafel) is not None:
        return None
    keuzes = (
        ", ".join(t.code for t in inrichting.tafels) if inrichting else "nog geen; richt het overleg eerst in"
    )
    return f"Tafel '{s.invoer.tafel}' bestaat niet. Kies uit: {keuzes}."


@regel("tafel-zonder-deelnemers", grondslag=PROCES, met_invoer=True, zekerheid="onbevestigd")
def tafel_heeft_deelnemers(s: Situatie[OverlegtafelUitschrijven]) -> str | None:
    """Somebody has a seat at this table."""
    tafel = _find_tafel(load_inrichting(s.dossier), s.invoer.tafel)
    if tafel is None or any(
        list_aan_tafel(s.dossier, datum_in_nederland(s.invoer.moment), p) for p in tafel.percelen
    ):
        return None
    return f"Voor tafel '{tafel.code}' heeft nog niemand een procesovereenkomst. Er is niemand om uit te nodigen."


@regel("overlegtafel-voorbij", grondslag=PROCES, met_invoer=True, zekerheid="onbevestigd")
def tafel_komt_nog(s: Situatie[OverlegtafelUitschrijven]) -> str | None:
    """The table is still to come."""
    return (
        None
        if s.invoer.moment > s.nu
        else "Het moment van de overlegtafel is al voorbij. Kies een later moment."
    )


@regel(
    "uitnodiging-tafel-te-laat",
    grondslag=PROCES,
    ernst=Ernst.MOTIVEREN,
    met_invoer=True,
    zekerheid="onbevestigd",
)
def uitnodiging_op_tijd(s: Situatie[OverlegtafelUitschrijven]) -> str | None:
    """Participants get the invitation the agreed number of days before the table, or hear why not."""
    inrichting = load_inrichting(s.dossier)
    dagen = (datum_in_nederland(s.invoer.moment) - s.vandaag).days
    if inrichting is None or dagen >= inrichting.uitnodigingstermijn_dagen:
        return None
    return (
        f"Tussen uitnodiging en tafel liggen {dagen} dagen; afgesproken is {inrichting.uitnodigingstermijn_dagen}. "
        "Motiveer waarom het eerder moet."
    )


@regel("overleg-onbekend", grondslag=PROCES, met_invoer=True, zekerheid="onbevestigd")
def overleg_bekend(s: Situatie[VerslagVaststellen]) -> str | None:
    """The table was called."""
    if load_uitschrijving(s.dossier, s.invoer.overleg) is not None:
        return None
    return f"Overleg '{s.invoer.overleg}' is niet uitgeschreven."


@regel("overleg-nog-niet-gehouden", grondslag=PROCES, met_invoer=True, zekerheid="onbevestigd")
def overleg_gehouden(s: Situatie[VerslagVaststellen]) -> str | None:
    """A table that is reported on has been held."""
    tafel = load_uitschrijving(s.dossier, s.invoer.overleg)
    if tafel is None or tafel.moment <= s.nu:
        return None
    return f"Overleg {tafel.nummer} is op {show_datum(datum_in_nederland(tafel.moment))}; dat moet nog komen."


@regel("verslag-overleg-bestaat", grondslag=PROCES, met_invoer=True, zekerheid="onbevestigd")
def verslag_nieuw(s: Situatie[VerslagVaststellen]) -> str | None:
    """A table has one report."""
    if load_verslag(s.dossier, s.invoer.overleg) is None:
        return None
    return f"Het verslag van overleg {s.invoer.overleg} is er al. Bespreek een verbetering aan de volgende tafel."


@regel("aanwezige-niet-genodigd", grondslag=GELIJKHEID, met_invoer=True, zekerheid="onbevestigd")
def aanwezigen_genodigd(s: Situatie[VerslagVaststellen]) -> str | None:
    """Who was there has a process agreement and was invited; municipalities are those of the region."""
    tafel = load_uitschrijving(s.dossier, s.invoer.overleg)
    if tafel is None:
        return None
    vreemd = _nummers(iter(set(s.invoer.aanwezig) - set(tafel.genodigden)))
    gemeenten = _nummers(iter(set(s.invoer.gemeenten) - {g.code for g in s.regio.gemeenten}))
    zinnen = [f"Niet genodigd voor deze tafel: {vreemd}."] if vreemd else []
    zinnen += [f"Geen gemeente van deze regio: {gemeenten}."] if gemeenten else []
    return " ".join(zinnen) or None


@regel("agendapunt-zonder-uitkomst", grondslag=PROCES, met_invoer=True, zekerheid="onbevestigd")
def agenda_behandeld(s: Situatie[VerslagVaststellen]) -> str | None:
    """Every item of the agenda has an outcome in the report, if only that it was put off."""
    tafel = load_uitschrijving(s.dossier, s.invoer.overleg)
    gehad = {p.onderwerp for p in s.invoer.punten}
    zonder = [a.onderwerp for a in tafel.agenda if a.onderwerp not in gehad] if tafel else []
    return (
        f"Zonder uitkomst in het verslag: {', '.join(zonder)}. Noem de uitkomst, desnoods 'aangehouden'."
        if zonder
        else None
    )


@regel("overeenstemming-zonder-afspraak", grondslag=PROCES, met_invoer=True, zekerheid="onbevestigd")
def afspraak_bij_overeenstemming(s: Situatie[VerslagVaststellen]) -> str | None:
    """Where parties agreed, the report says on what."""
    zonder = [p.onderwerp for p in s.invoer.punten if p.uitkomst == "overeenstemming" and not p.afspraak]
    return (
        f"Bij '{', '.join(zonder)}' is overeenstemming, maar de afspraak ontbreekt. Schrijf haar op."
        if zonder
        else None
    )


@regel("verslag-overleg-herleidbaar", grondslag=GELIJKHEID, met_invoer=True, zekerheid="onbevestigd")
def verslag_noemt_niemand(s: Situatie[VerslagVaststellen]) -> str | None:
    """The text of the report names no provider: positions are not to be traced to competitors."""
    tekst = " ".join(f"{p.besproken} {p.afspraak}" for p in s.invoer.punten).casefold()
    namen = sorted(
        d.deelnemer.naam for d in list_deelnemers(s.dossier) if d.deelnemer.naam.casefold() in tekst
    )
    return (
        f"De tekst noemt {', '.join(namen)}. Schrijf wat is gezegd zonder namen van aanbieders."
        if namen
        else None
    )


# --- the living annex -------------------------------------------------------------------------------------


@regel("bijlage-zonder-overleg", grondslag=BASIS, met_invoer=True, zekerheid="onbevestigd")
def bijlage_na_overleg(s: Situatie[BijlageVaststellen]) -> str | None:
    """A version was discussed at a table of that perceel, and the report of that table is there."""
    tafel = load_uitschrijving(s.dossier, s.invoer.overleg)
    verslag = load_verslag(s.dossier, s.invoer.overleg)
    if tafel is None or verslag is None:
        return f"Van overleg '{s.invoer.overleg}' is geen verslag vastgesteld. Bespreek de bijlage eerst aan tafel."
    vorm = _find_tafel(load_inrichting(s.dossier), tafel.tafel)
    if vorm is not None and s.invoer.perceel in vorm.percelen:
        return None
    return f"Overleg {s.invoer.overleg} ging niet over perceel {s.invoer.perceel}. Noem een tafel van dat perceel."


@regel(
    "bijlage-zonder-overeenstemming",
    grondslag=BASIS,
    ernst=Ernst.MOTIVEREN,
    met_invoer=True,
    zekerheid="onbevestigd",
)
def bijlage_met_overeenstemming(s: Situatie[BijlageVaststellen]) -> str | None:
    """Where the table did not agree, the municipalities decide all the same and say why."""
    verslag = load_verslag(s.dossier, s.invoer.overleg)
    open_ = [p.onderwerp for p in verslag.punten if p.uitkomst != "overeenstemming"] if verslag else []
    if not open_:
        return None
    return (
        f"Over {', '.join(open_)} was aan tafel geen volledige overeenstemming. De gemeenten mogen besluiten; "
        "motiveer waarom."
    )


@regel("bijlage-producten-onjuist", grondslag=BASIS, met_invoer=True, zekerheid="onbevestigd")
def bijlage_noemt_elk_product(s: Situatie[BijlageVaststellen]) -> str | None:
    """The annex has a tariff for every product of the perceel, and for no other."""
    uitgewerkt = s.dossier.laatste(PerceelUitgewerkt, perceel=s.invoer.perceel)
    if uitgewerkt is None:
        return f"Perceel {s.invoer.perceel} is nog niet uitgewerkt. Werk het eerst uit."
    codes = {p.code for p in uitgewerkt.producten}
    mist, vreemd = codes - set(s.invoer.tarieven), set(s.invoer.tarieven) - codes
    nul = {code for code, tarief in s.invoer.tarieven.items() if tarief <= 0}
    zinnen = [f"Zonder tarief: {_nummers(iter(mist))}."] if mist else []
    zinnen += [f"Geen product van dit perceel: {_nummers(iter(vreemd))}."] if vreemd else []
    zinnen += [f"Een tarief is meer dan nul: {_nummers(iter(nul))}."] if nul else []
    if not mist and not vreemd and _vorige(s) is None:
        anders = {p.code for p in uitgewerkt.producten if p.tarief != s.invoer.tarieven[p.code]}
        zinnen += (
            [
                f"De eerste versie heeft de tarieven van het uitgewerkte perceel; anders bij {_nummers(iter(anders))}."
            ]
            if anders
            else []
        )
    return " ".join(zinnen) or None


def _vorige(s: Situatie[BijlageVaststellen]) -> BijlageVastgesteld | None:
    eerder = list_bijlagen(s.dossier, s.invoer.perceel)
    return eerder[-1] if eerder else None


@regel("bijlage-ongewijzigd", grondslag=BASIS, met_invoer=True, zekerheid="onbevestigd")
def bijlage_verandert(s: Situatie[BijlageVaststellen]) -> str | None:
    """A next version changes something."""
    vorige, i = _vorige(s), s.invoer
    if vorige is None:
        return None
    velden = ("budget_per_jaar", "tarieven", "resultaten", "afspraken")
    if any(getattr(vorige, v) != getattr(i, v) for v in velden):
        return None
    return f"Deze versie is gelijk aan versie {vorige.versie}. Er is niets om vast te stellen."


@regel("bijlage-met-terugwerkende-kracht", grondslag="beginsel van rechtszekerheid", met_invoer=True)
def bijlage_vooruit(s: Situatie[BijlageVaststellen]) -> str | None:
    """A version holds from a day to come, after the version before it."""
    vorige = _vorige(s)
    if s.invoer.ingang <= s.vandaag:
        return f"De ingang {show_datum(s.invoer.ingang)} ligt niet in de toekomst. Kies een latere dag."
    if vorige is not None and s.invoer.ingang <= vorige.ingang:
        return f"Versie {vorige.versie} gaat in op {show_datum(vorige.ingang)}; kies een dag daarna."
    return None


def list_verschuivingen(s: Situatie[BijlageVaststellen]) -> Iterator[tuple[str, Decimal]]:
    """What is moved and by how many percent, against the first version."""
    eerder = list_bijlagen(s.dossier, s.invoer.perceel)
    if not eerder:
        return
    eerste = eerder[0]
    paren = [("het budget", eerste.budget_per_jaar, s.invoer.budget_per_jaar)]
    paren += [
        (f"het tarief van {code}", eerste.tarieven[code], tarief)
        for code, tarief in sorted(s.invoer.tarieven.items())
        if code in eerste.tarieven
    ]
    for naam, oud, nieuw in paren:
        yield naam, abs(nieuw - oud) * 100 / oud


@regel("bijsturing-buiten-grens", grondslag=BASIS, met_invoer=True, zekerheid="onbevestigd")
def bijsturing_binnen_grens(s: Situatie[BijlageVaststellen]) -> str | None:
    """Budget and tariffs stay within the announced limit, measured against the first version."""
    inrichting = load_inrichting(s.dossier)
    if inrichting is None:
        return None
    ver = [f"{naam} ({p:.1f}%)" for naam, p in list_verschuivingen(s) if p > inrichting.grens_procent]
    if not ver:
        return None
    return (
        f"Buiten de aangekondigde grens van {inrichting.grens_procent:f}% sinds de eerste versie: "
        f"{', '.join(ver).replace('.', ',')}. Dat is geen bijsturen meer: ga na of een nieuwe procedure nodig is."
    )


@regel(
    "gemeente-besloot-niet-over-bijlage",
    grondslag="Gemeentewet art. 160 lid 1; Awb afdeling 10.1.1",
    met_invoer=True,
)
def elke_gemeente_besloot(s: Situatie[BijlageVaststellen]) -> str | None:
    """Every municipality decided on this version, not later than today."""
    besloten = {b.gemeente for b in s.invoer.gemeentebesluiten if b.datum <= s.vandaag}
    zonder = [g.naam for g in s.regio.gemeenten if g.code not in besloten]
    if not zonder:
        return None
    return f"Het besluit van {', '.join(zonder)} ontbreekt. Elke gemeente besluit zelf of geeft mandaat."


@regel("opzeggen-niet-geregeld", grondslag=BASIS, met_invoer=True, zekerheid="onbevestigd")
def uittreden_kan(s: Situatie[BijlageVaststellen]) -> str | None:
    """Who has an agreement can leave before a new version holds: the last day lies between today and that day."""
    i = s.invoer
    if not list_gesloten(s.dossier, s.vandaag, i.perceel):
        return None
    if i.uittreden_tot is None:
        return "Er lopen overeenkomsten. Noem de laatste dag waarop een aanbieder wegens deze versie kan opzeggen."
    if s.vandaag + timedelta(days=1) <= i.uittreden_tot < i.ingang:
        return None
    return f"Opzeggen kan tot {show_datum(i.uittreden_tot)}; kies een dag na vandaag en voor de ingang."


@regel("bijlage-ontbreekt", grondslag=BASIS, zekerheid="onbevestigd")
def bijlage_aanwezig(s: S) -> str | None:
    """Every perceel has a first version of the annex, made at a table, before it is opened to all."""
    zonder = [p.nummer for p in s.dossier.aanbesteding.percelen if not list_bijlagen(s.dossier, p.nummer)]
    lopend = [n for n in s.onderwerpen if n in zonder] if s.onderwerpen else zonder
    if not lopend:
        return None
    return f"Perceel {', '.join(lopend)} heeft nog geen bijlage. Bespreek haar aan tafel en stel haar vast."


# --- leaving ----------------------------------------------------------------------------------------------


def _versie(s: Situatie[BasisovereenkomstOpzeggen]) -> BijlageVastgesteld | None:
    overeenkomst = load_overeenkomst(s.dossier, s.invoer.overeenkomst)
    if overeenkomst is None:
        return None
    return s.dossier.laatste(BijlageVastgesteld, perceel=overeenkomst.perceel, versie=s.invoer.versie)


@regel("opzegging-zonder-versie", grondslag=BASIS, met_invoer=True, zekerheid="onbevestigd")
def opzegging_op_versie(s: Situatie[BasisovereenkomstOpzeggen]) -> str | None:
    """The agreement ran when that version was adopted, and still does."""
    versie = _versie(s)
    if versie is None:
        return (
            f"Overeenkomst {s.invoer.overeenkomst} of versie {s.invoer.versie} van haar bijlage bestaat niet."
        )
    lopend = {o.nummer for o in list_gesloten(s.dossier, s.vandaag)}
    if s.invoer.overeenkomst in versie.overeenkomsten and s.invoer.overeenkomst in lopend:
        return None
    return f"Versie {versie.versie} raakt overeenkomst {s.invoer.overeenkomst} niet, of die is al geëindigd."


@regel("opzegging-te-laat", grondslag=BASIS, met_invoer=True, zekerheid="onbevestigd")
def opzegging_op_tijd(s: Situatie[BasisovereenkomstOpzeggen]) -> str | None:
    """The notice came in on or before the last day for it."""
    versie = _versie(s)
    if versie is None or versie.uittreden_tot is None or s.invoer.ontvangen <= versie.uittreden_tot:
        return None
    return f"Opzeggen kon tot en met {show_datum(versie.uittreden_tot)}; daarna geldt de gewone opzegtermijn."

"""Rules of the award stage: when a gunningsbeslissing may be told, changed, taken back and made final.

Ranking is not judged here; this stage reads the recorded RangordeVastgesteld. How the dossier stands is
read in stand.py. Letters are built in documenten/, wording lives in sjablonen/gunning/.

Grondslag: Aw 2012 art. 2.127-2.131, 2.138; Gemeentewet art. 160 lid 1 (FEITEN 2.4, 2.5, 3.6-3.8, 7).
Must stay true: no rule reads the clock; the standstill counts from the day after sending to all, at once and
with complete reasons; a kort geding holds without an end date.
Trap: reasons cannot be added later, so an incomplete letter is refused before it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from aanbesteding.documents.overeenkomst import load_getal, load_ingangsdatum
from aanbesteding.domain.feiten import GunningsbeslissingMeegedeeld
from aanbesteding.domain.gunningsrangorde import LotingNodig, rank_perceel
from aanbesteding.domain.kalender import datum_in_nederland, show_datum
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.gunning.besluiten import (
    CollegebesluitVastleggen,
    GunningsbeslissingMeedelen,
    GunningsbeslissingWijzigen,
    KenmerkenVrijgeven,
    KortGedingAfdoen,
    KortGedingMelden,
    OvereenkomstenSluiten,
    VerificatieVastleggen,
    VerzendingVastleggen,
    list_uitvallers,
    load_zaaknummer,
)
from aanbesteding.fasen.gunning.feiten import Kenmerk
from aanbesteding.fasen.gunning.stand import Perceelstand, list_betrokkenen, load_stand
from aanbesteding.fasen.gunning.vertrouwelijk import Namenlijst, build_namenlijst

MEEST_GETOOND = 5


def _standen(s: Situatie[Any]) -> dict[str, Perceelstand]:
    return load_stand(s.dossier, s.onderwerpen)


def _show(stukken: Iterable[str]) -> str:
    """At most a few of many, so that a message stays readable."""
    allen = list(stukken)
    meer = len(allen) - MEEST_GETOOND
    return "; ".join(allen[:MEEST_GETOOND]) + (f"; en nog {meer}" if meer > 0 else "")


def _percelen(nummers: Iterable[str]) -> str:
    return ", ".join(f"perceel {nummer}" for nummer in nummers)


# --- before the decision is told --------------------------------------------------------------------------


@regel("rangorde-ontbreekt", grondslag="Aw 2012 art. 2.130")
def rangorde_vastgesteld(s: Situatie[Any]) -> str | None:
    """Every perceel has a recorded ranking."""
    zonder = [nummer for nummer, stand in _standen(s).items() if stand.rangorde is None]
    if not zonder:
        return None
    return f"Er is nog geen rangorde voor {_percelen(zonder)}. Stel die eerst vast."


@regel("collegebesluit-ontbreekt", grondslag="Gemeentewet art. 160 lid 1")
def collegebesluiten_genomen(s: Situatie[Any]) -> str | None:
    """Every municipality decided on every perceel after the last advice."""
    ontbreekt = _list_zonder_college(s)
    if not ontbreekt:
        return None
    return f"Het besluit van het bevoegde orgaan ontbreekt: {_show(ontbreekt)}. Leg elk besluit vast."


def _list_zonder_college(s: Situatie[Any]) -> list[str]:
    return [
        f"gemeente {gemeente.naam} voor perceel {nummer}"
        for nummer, stand in _standen(s).items()
        for gemeente in s.regio.gemeenten
        if gemeente.code not in stand.collegebesluiten
    ]


@regel(
    "functies-niet-gescheiden",
    grondslag="beginsel van gelijke behandeling; onafhankelijke beoordeling",
    zekerheid="onbevestigd",
)
def functies_gescheiden(s: Situatie[Any]) -> str | None:
    """Whoever tells the decision did not assess the bids."""
    zelf = [nummer for nummer, stand in _standen(s).items() if s.persoon in stand.beoordeeld_door]
    if not zelf:
        return None
    return (
        f"{s.persoon} heeft zelf beoordeeld in {_percelen(zelf)}. Laat een andere bevoegde persoon dit doen."
    )


@regel(
    "vrijgave-niet-door-tweede-persoon",
    grondslag="Aw 2012 art. 2.138",
    zekerheid="onbevestigd",
)
def vrijgave_door_tweede_persoon(s: Situatie[Any]) -> str | None:
    """Whoever released the characteristics of the winners neither assessed nor tells."""
    fout = [
        nummer
        for nummer, stand in _standen(s).items()
        if stand.vrijgegeven_door and stand.vrijgegeven_door in {s.persoon, *stand.beoordeeld_door}
    ]
    if not fout:
        return None
    return (
        f"De kenmerken van de winnende inschrijvingen zijn voor {_percelen(fout)} vrijgegeven door "
        "iemand die ook "
        "beoordeelt of meedeelt. Laat een andere jurist ze vrijgeven."
    )


@regel("kenmerken-ontbreken", grondslag="Aw 2012 art. 2.130 lid 2")
def kenmerken_vrijgegeven(s: Situatie[Any]) -> str | None:
    """For every quality criterion of a perceel with winners something is released about the winning bids."""
    ontbreekt: list[str] = []
    for nummer, stand in _standen(s).items():
        gedekt = {k.criterium for k in stand.kenmerken if _blijft_winnaar(stand, k)}
        if stand.winnaars and stand.uitgewerkt:
            ontbreekt += [
                f"perceel {nummer}, criterium {c.code}"
                for c in stand.uitgewerkt.criteria
                if c.soort == "kwaliteit" and c.code not in gedekt
            ]
    if not ontbreekt:
        return None
    return (
        "Kenmerken en voordelen van de winnende inschrijvingen zijn niet vrijgegeven: "
        f"{_show(ontbreekt)}. Laat een jurist ze vrijgeven (kenmerken_vrijgeven)."
    )


def _blijft_winnaar(stand: Perceelstand, kenmerk: Kenmerk) -> bool:
    if not kenmerk.inschrijving:
        return True
    plaats = stand.plaatsen.get(kenmerk.inschrijving)
    return plaats is not None and plaats.gegund and kenmerk.inschrijving not in stand.mislukte_verificaties


@regel("motivering-onvolledig", grondslag="Aw 2012 art. 2.127 en 2.130")
def motivering_volledig(s: Situatie[Any]) -> str | None:
    """Every letter can show place, own score and reason per criterion, why not the maximum, or the ground."""
    tekorten = [t for stand in _standen(s).values() for t in _list_tekorten(stand)]
    if not s.regio.rechtsgang.rechtbank:
        tekorten.insert(0, "de bevoegde rechtbank ontbreekt bij de regio")
    if not tekorten:
        return None
    return (
        "Een brief zou niet alle redenen geven, en dan begint de opschortende termijn niet: "
        f"{_show(tekorten)}. "
        "Redenen kunnen later niet worden aangevuld; laat de commissie ze nu vaststellen."
    )


def _list_tekorten(stand: Perceelstand) -> list[str]:
    tekorten: list[str] = []
    uitgewerkt = stand.uitgewerkt
    if uitgewerkt is None:
        return [f"perceel {stand.perceel}: de uitwerking ontbreekt"]
    kwaliteit = [c for c in uitgewerkt.criteria if c.soort == "kwaliteit"]
    hoogste = max((p.punt for p in uitgewerkt.schaal), default=0)
    uitvallers = frozenset(stand.rangorde.uitgevallen) if stand.rangorde else frozenset[str]()
    for nummer in stand.inschrijvingen:
        wie = f"perceel {stand.perceel}, {nummer}"
        uitkomst = stand.uitkomst_van(nummer)
        toets = stand.toetsen.get(nummer)
        if toets is None and nummer not in stand.te_laat:
            tekorten.append(f"{wie}: de toets ontbreekt")
            continue
        if uitkomst in ("ongeldig", "uitgesloten"):
            if toets is not None and not toets.reden and nummer not in stand.te_laat:
                tekorten.append(f"{wie}: de reden van '{uitkomst}' ontbreekt")
            continue
        ontbreekt = False
        onder_minimum = False
        for criterium in kwaliteit:
            oordeel = stand.oordelen.get((nummer, criterium.code))
            if oordeel is None:
                tekorten.append(f"{wie}: score en reden voor {criterium.code} ontbreken")
                ontbreekt = True
            elif oordeel.score < hoogste and not oordeel.waarom_niet_maximaal:
                tekorten.append(f"{wie}: bij {criterium.code} staat niet waarom het niet de hoogste score is")
            if oordeel and criterium.minimum is not None and oordeel.score < criterium.minimum:
                onder_minimum = True
        if uitkomst == "terzijde" and not (ontbreekt or onder_minimum or nummer in uitvallers):
            tekorten.append(f"{wie}: de plaats in de rangorde ontbreekt")
    return tekorten


@regel("motivering-noemt-andere-inschrijver", grondslag="Aw 2012 art. 2.57 en 2.138")
def motivering_noemt_geen_andere_inschrijver(s: Situatie[Any]) -> str | None:
    """No reason that a bidder reads names another bidder that did not win."""
    standen = _standen(s)
    allen = _load_namen(s)
    gevonden: list[str] = []
    for stand in standen.values():
        verliezers = _build_verliezers(stand, allen)
        for nummer, waar, tekst in _list_externe_teksten(stand):
            for ander in sorted(verliezers.list_genoemd(tekst) - {nummer}):
                gevonden.append(f"perceel {stand.perceel}, {waar} noemt {ander}")
    if not gevonden:
        return None
    return (
        f"Een tekst voor inschrijvers noemt een andere inschrijver: {_show(gevonden)}. Laat de tekst "
        "aanpassen."
    )


def _load_namen(s: Situatie[Any]) -> Mapping[str, str]:
    alle = load_stand(s.dossier, tuple(p.nummer for p in s.dossier.aanbesteding.percelen))
    return {i.nummer: i.aanbieder.naam for i in list_betrokkenen(alle)}


def _build_verliezers(stand: Perceelstand, namen: Mapping[str, str]) -> Namenlijst:
    winnaars = {p.inschrijving for p in stand.winnaars} - set(stand.mislukte_verificaties)
    return build_namenlijst((nr, naam) for nr, naam in namen.items() if nr not in winnaars)


def _list_externe_teksten(stand: Perceelstand) -> Iterable[tuple[str, str, str]]:
    """(number of the own bid, where, text) of everything that a letter may show."""
    for (nummer, criterium), oordeel in stand.oordelen.items():
        yield nummer, f"motivering van {nummer} bij {criterium}", oordeel.motivering
        yield nummer, f"'waarom niet maximaal' van {nummer} bij {criterium}", oordeel.waarom_niet_maximaal
    for nummer, toets in stand.toetsen.items():
        yield nummer, f"reden van de toets van {nummer}", toets.reden
    for nummer, verificatie in stand.verificaties.items():
        yield nummer, f"bevindingen over {nummer}", verificatie.bevindingen
    for kenmerk in stand.kenmerken:
        yield "", f"kenmerk bij {kenmerk.criterium}", kenmerk.tekst


@regel("verzenddatum-in-verleden", grondslag="Aw 2012 art. 2.127", met_invoer=True)
def verzenddatum_vandaag_of_later(
    s: Situatie[GunningsbeslissingMeedelen | GunningsbeslissingWijzigen],
) -> str | None:
    """The day of sending is today or later, so that the letters name the right ends."""
    if s.invoer.verzenddatum >= s.vandaag:
        return None
    return (
        f"De verzenddatum {show_datum(s.invoer.verzenddatum)} ligt voor vandaag ({show_datum(s.vandaag)}). "
        "Kies vandaag of een latere dag."
    )


# --- release, colleges ------------------------------------------------------------------------------------


@regel("kenmerk-past-niet", grondslag="Aw 2012 art. 2.130 lid 2", met_invoer=True)
def kenmerken_passen(s: Situatie[KenmerkenVrijgeven]) -> str | None:
    """Each characteristic belongs to a perceel of the act, one of its criteria and a bid in the ranking."""
    standen = _standen(s)
    fouten: list[str] = []
    for kenmerk in s.invoer.kenmerken:
        stand = standen.get(kenmerk.perceel)
        if stand is None:
            fouten.append(f"perceel {kenmerk.perceel} hoort niet bij deze handeling")
            continue
        codes = {c.code for c in stand.uitgewerkt.criteria} if stand.uitgewerkt else set[str]()
        if kenmerk.criterium not in codes:
            fouten.append(f"perceel {kenmerk.perceel} heeft geen criterium {kenmerk.criterium}")
        if kenmerk.inschrijving and kenmerk.inschrijving not in stand.plaatsen:
            fouten.append(f"perceel {kenmerk.perceel}: {kenmerk.inschrijving} staat niet in de rangorde")
    return f"Een kenmerk past niet: {_show(fouten)}. Verbeter het." if fouten else None


@regel("kenmerk-noemt-inschrijver", grondslag="Aw 2012 art. 2.57 en 2.138", met_invoer=True)
def kenmerken_noemen_geen_verliezer(s: Situatie[KenmerkenVrijgeven]) -> str | None:
    """No characteristic names a bidder that did not win."""
    standen = _standen(s)
    namen = _load_namen(s)
    verliezers = {nummer: _build_verliezers(stand, namen) for nummer, stand in standen.items()}
    fouten = [
        f"perceel {k.perceel}, criterium {k.criterium} noemt {ander}"
        for k in s.invoer.kenmerken
        if k.perceel in verliezers
        for ander in sorted(verliezers[k.perceel].list_genoemd(k.tekst))
    ]
    return f"Een kenmerk noemt een andere inschrijver: {_show(fouten)}. Pas de tekst aan." if fouten else None


@regel("gemeente-onbekend", grondslag="Gemeentewet art. 160 lid 1", met_invoer=True)
def gemeente_bekend(s: Situatie[CollegebesluitVastleggen]) -> str | None:
    """The decision is of a municipality that takes part."""
    codes = [g.code for g in s.regio.gemeenten]
    if s.invoer.gemeente in codes:
        return None
    return f"Gemeente '{s.invoer.gemeente}' doet niet mee. Kies uit: {', '.join(codes)}."


@regel("collegebesluit-in-toekomst", grondslag="Gemeentewet art. 160 lid 1", met_invoer=True)
def collegebesluit_genomen(s: Situatie[CollegebesluitVastleggen]) -> str | None:
    """A decision is recorded after it was taken."""
    if s.invoer.datum <= s.vandaag:
        return None
    return f"Het besluit van {show_datum(s.invoer.datum)} is nog niet genomen. Leg het daarna vast."


# --- sending ----------------------------------------------------------------------------------------------


@regel("aantal-verzonden-klopt-niet", grondslag="Aw 2012 art. 2.127 en 2.130", met_invoer=True)
def aantal_verzonden_klopt(s: Situatie[VerzendingVastleggen]) -> str | None:
    """Sent and unsent letters together are all concerned bidders, each once."""
    betrokkenen = {i.nummer for i in list_betrokkenen(_standen(s))}
    onbekend = sorted(set(s.invoer.niet_verzonden) - betrokkenen)
    if onbekend:
        return f"Deze nummers horen niet bij deze percelen: {_show(onbekend)}. Verbeter 'niet verzonden'."
    verwacht = len(betrokkenen) - len(set(s.invoer.niet_verzonden))
    if s.invoer.aantal == verwacht:
        return None
    return (
        f"Er zijn {len(betrokkenen)} betrokken inschrijvers en {len(set(s.invoer.niet_verzonden))} staan "
        "als niet "
        f"verzonden; dan horen er {verwacht} brieven verzonden te zijn, niet {s.invoer.aantal}. Noem wie "
        "geen "
        "brief kreeg."
    )


@regel("verzending-in-toekomst", grondslag="Aw 2012 art. 2.127", met_invoer=True)
def verzending_gebeurd(s: Situatie[VerzendingVastleggen]) -> str | None:
    """A sending is recorded after it happened."""
    if s.invoer.verzonden <= s.nu:
        return None
    return f"De verzending van {show_datum(datum_in_nederland(s.invoer.verzonden))} moet nog gebeuren."


# --- kort geding, verification ----------------------------------------------------------------------------


@regel("zaaknummer-al-gemeld", grondslag="Aw 2012 art. 2.131", met_invoer=True)
def zaaknummer_nieuw(s: Situatie[KortGedingMelden]) -> str | None:
    """A pending case is reported once per perceel."""
    for stand in _standen(s).values():
        if s.invoer.zaaknummer in {k.zaaknummer for k in stand.open_kort_gedingen}:
            return f"Zaak {s.invoer.zaaknummer} loopt al voor perceel {stand.perceel}."
    return None


@regel("geen-kort-geding-aanhangig", grondslag="Aw 2012 art. 2.131", met_invoer=True)
def kort_geding_loopt(s: Situatie[KortGedingAfdoen]) -> str | None:
    """The case that ends is one pending case of this perceel."""
    for stand in _standen(s).values():
        if load_zaaknummer(stand, s.invoer.zaaknummer) is None:
            lopend = ", ".join(k.zaaknummer for k in stand.open_kort_gedingen) or "geen"
            return f"Kies een lopend kort geding van perceel {stand.perceel}. Lopend: {lopend}."
    return None


@regel("inschrijving-niet-gegund", grondslag="aanbestedingsstukken", met_invoer=True)
def inschrijving_is_winnaar(s: Situatie[VerificatieVastleggen]) -> str | None:
    """Evidence is checked of intended winners only."""
    for stand in _standen(s).values():
        if s.invoer.inschrijving not in {p.inschrijving for p in stand.winnaars}:
            return (
                f"{s.invoer.inschrijving} is geen beoogde winnaar van perceel {stand.perceel}. "
                "Alleen van beoogde winnaars wordt bewijs gevraagd."
            )
    return None


# --- changing the decision --------------------------------------------------------------------------------


@regel("kort-geding-uitkomst-niet-uitgevoerd", grondslag="Aw 2012 art. 2.131")
def kort_geding_uitkomst_uitgevoerd(s: Situatie[Any]) -> str | None:
    """An outcome that takes the decision away was carried out first."""
    open_ = [
        f"perceel {nummer} (zaak {stand.niet_uitgevoerd.zaaknummer}: {stand.niet_uitgevoerd.uitkomst})"
        for nummer, stand in _standen(s).items()
        if stand.niet_uitgevoerd
    ]
    if not open_:
        return None
    return (
        f"De uitkomst van het kort geding is nog niet uitgevoerd: {_show(open_)}. Trek de beslissing "
        "eerst in."
    )


@regel("niemand-over", grondslag="Aw 2012 art. 2.130")
def iemand_over(s: Situatie[Any]) -> str | None:
    """Somebody is left in the ranking after the change."""
    leeg = [
        nummer
        for nummer, stand in _standen(s).items()
        if stand.rangorde and not set(stand.plaatsen) - set(list_uitvallers(stand))
    ]
    if not leeg:
        return None
    return f"In {_percelen(leeg)} blijft niemand in de rangorde over. Besluit daar om niet te gunnen."


@regel("aanleiding-noemt-inschrijver", grondslag="Aw 2012 art. 2.57 en 2.138", met_invoer=True)
def aanleiding_noemt_geen_inschrijver(s: Situatie[GunningsbeslissingWijzigen]) -> str | None:
    """The reason of the change names no bidder; it stands in every letter."""
    namen = build_namenlijst(_load_namen(s).items())
    genoemd = sorted(namen.list_genoemd(s.invoer.aanleiding))
    if not genoemd:
        return None
    return (
        f"De aanleiding noemt {_show(genoemd)} en komt in alle brieven. Schrijf haar zonder naam of nummer."
    )


@regel("loting-nodig", grondslag="Aw 2012 art. 2.115", met_invoer=True)
def loting_gedaan(s: Situatie[GunningsbeslissingWijzigen]) -> str | None:
    """The new ranking can be made: a tie at a maximum is decided by the draw in the input."""
    for nummer, stand in _standen(s).items():
        if not stand.mislukte_verificaties:
            continue
        try:
            rank_perceel(s.dossier, nummer, uitgevallen=list_uitvallers(stand), loting=s.invoer.loting)
        except (LotingNodig, InvoerError) as fout:
            return str(fout)
    return None


@regel(
    "collegebesluit-over-wijziging-ontbreekt",
    grondslag="Gemeentewet art. 160 lid 1",
    ernst=Ernst.SIGNALEERT,
    zekerheid="onbevestigd",
)
def college_over_wijziging(s: Situatie[Any]) -> str | None:
    """The colleges' decision or mandate also covers who takes the place of a failed winner."""
    geraakt = [nummer for nummer, stand in _standen(s).items() if stand.mislukte_verificaties]
    if not geraakt:
        return None
    return (
        f"In {_percelen(geraakt)} krijgt een ander de opdracht dan waarover de colleges besloten. Ga na "
        "of hun "
        "besluit of het mandaat dit dekt."
    )


# --- final award ------------------------------------------------------------------------------------------


def _beslissingen(s: Situatie[Any]) -> dict[str, GunningsbeslissingMeegedeeld]:
    return {nummer: stand.beslissing for nummer, stand in _standen(s).items() if stand.beslissing}


@regel("opschortende-termijn-niet-begonnen", grondslag="Aw 2012 art. 2.127")
def opschortende_termijn_begonnen(s: Situatie[Any]) -> str | None:
    """The letters left, and not later than the day from which they count."""
    for nummer, stand in _standen(s).items():
        if stand.beslissing is None or not stand.verzendingen:
            return (
                f"Voor perceel {nummer} is niet vastgelegd dat de mededeling is verzonden: de termijn "
                "loopt niet."
            )
        laatste = max(datum_in_nederland(v.verzonden) for v in stand.verzendingen)
        if laatste > stand.beslissing.verzenddatum:
            return (
                f"Voor perceel {nummer} zijn brieven verzonden op {show_datum(laatste)}, na de "
                "verzenddatum in de "
                f"brieven ({show_datum(stand.beslissing.verzenddatum)}). Deel de beslissing opnieuw mee "
                "met een "
                "nieuwe termijn."
            )
    return None


@regel("mededeling-niet-aan-allen-verzonden", grondslag="Aw 2012 art. 2.127 en 2.130 lid 3")
def mededeling_aan_allen(s: Situatie[Any]) -> str | None:
    """Every concerned bidder was sent the notice."""
    open_ = [
        f"perceel {nummer}: {nr}"
        for nummer, stand in _standen(s).items()
        if stand.verzendingen
        for nr in stand.verzendingen[-1].niet_verzonden
        if nr in stand.inschrijvingen
    ]
    if not open_:
        return None
    return (
        f"De mededeling is niet aan alle betrokkenen verzonden ({_show(open_)}): de opschortende termijn "
        "is niet "
        "begonnen. Deel de beslissing opnieuw aan iedereen mee."
    )


@regel("opschortende-termijn-loopt", grondslag="Aw 2012 art. 2.127")
def opschortende_termijn_verstreken(s: Situatie[Any]) -> str | None:
    """The standstill is over and the first day of signing has come."""
    for nummer, beslissing in _beslissingen(s).items():
        einde = beslissing.opschortende_termijn_einde
        if s.nu <= einde:
            return f"De opschortende termijn van perceel {nummer} loopt tot en met {_dag(einde)}."
    return None


def _dag(moment: Any) -> str:
    return show_datum(datum_in_nederland(moment))


@regel("vervaltermijn-loopt", grondslag="aanbestedingsstukken; Aw 2012 art. 2.127")
def vervaltermijn_verstreken(s: Situatie[Any]) -> str | None:
    """The contractual lapse period is over too; the later of both ends counts."""
    for nummer, beslissing in _beslissingen(s).items():
        if s.nu <= beslissing.vervaltermijn_einde or s.vandaag < beslissing.vroegste_ondertekening:
            return (
                f"De vervaltermijn van perceel {nummer} loopt tot en met "
                f"{_dag(beslissing.vervaltermijn_einde)}; "
                f"gunnen kan vanaf {show_datum(beslissing.vroegste_ondertekening)}."
            )
    return None


@regel("kort-geding-aanhangig", grondslag="Aw 2012 art. 2.131")
def geen_kort_geding(s: Situatie[Any]) -> str | None:
    """No interim relief about this perceel is pending."""
    lopend = [
        f"perceel {nummer}: zaak {k.zaaknummer} ({k.rechtbank})"
        for nummer, stand in _standen(s).items()
        for k in stand.open_kort_gedingen
    ]
    if not lopend:
        return None
    return f"Er loopt een kort geding: {_show(lopend)}. Wacht op de uitspraak en leg de uitkomst vast."


@regel("verificatie-ontbreekt", grondslag="aanbestedingsstukken; Aw 2012 art. 2.85")
def verificatie_gedaan(s: Situatie[Any]) -> str | None:
    """The evidence of every awarded bidder was checked."""
    open_ = [
        f"perceel {nummer}: {p.inschrijving}"
        for nummer, stand in _standen(s).items()
        for p in stand.winnaars
        if p.inschrijving not in stand.verificaties
    ]
    return f"Het bewijs is nog niet gecontroleerd: {_show(open_)}." if open_ else None


@regel("verificatie-mislukt", grondslag="aanbestedingsstukken; Aw 2012 art. 2.85")
def verificatie_geslaagd(s: Situatie[Any]) -> str | None:
    """No awarded bidder failed the check; else the decision is changed first."""
    mislukt = [
        f"perceel {nummer}: {nr}"
        for nummer, stand in _standen(s).items()
        for nr in stand.mislukte_verificaties
    ]
    if not mislukt:
        return None
    return (
        f"Het bewijs van een beoogde winnaar voldoet niet: {_show(mislukt)}. Wijzig eerst de "
        "gunningsbeslissing; "
        "daarna loopt een nieuwe termijn."
    )


@regel("geen-winnaar", grondslag="Aw 2012 art. 2.130")
def winnaar_aanwezig(s: Situatie[Any]) -> str | None:
    """Every perceel has somebody to award to."""
    leeg = [nummer for nummer, stand in _standen(s).items() if stand.rangorde and not stand.winnaars]
    return f"In {_percelen(leeg)} is geen winnaar. Besluit daar om niet te gunnen." if leeg else None


# --- agreements -------------------------------------------------------------------------------------------


@regel("looptijd-niet-besloten", grondslag="Aw 2012 art. 1.10")
def looptijd_besloten(s: Situatie[Any]) -> str | None:
    """First day and term of the agreements are decided."""
    try:
        load_ingangsdatum(s)
    except InvoerError as fout:
        return str(fout)
    if load_getal(s, "looptijd_maanden") is None:
        return "De looptijd is niet besloten. Beslis eerst punt 'looptijd_maanden'."
    return None


@regel("ondertekening-te-vroeg", grondslag="Aw 2012 art. 2.127", met_invoer=True)
def ondertekening_na_termijn(s: Situatie[OvereenkomstenSluiten]) -> str | None:
    """Agreements are signed on or after the first day on which that is allowed."""
    for nummer, beslissing in _beslissingen(s).items():
        if s.invoer.datum_ondertekening < beslissing.vroegste_ondertekening:
            return (
                f"Ondertekenen voor perceel {nummer} mag vanaf "
                f"{show_datum(beslissing.vroegste_ondertekening)}, "
                f"niet op {show_datum(s.invoer.datum_ondertekening)}."
            )
    return None

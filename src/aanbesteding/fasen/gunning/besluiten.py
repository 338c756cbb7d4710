"""What each act of the award records.

What an act asks is in invoer.py. Pure: nothing here reads the clock, the database or a file. How the dossier
stands is read in stand.py; whether an act may be done is judged in regels/; the ranking itself is
domain.gunningsrangorde, the counting of terms domain.termijn.

Grondslag: Aw 2012 art. 2.127-2.131; Gemeentewet art. 160 lid 1 (FEITEN 2.4, 2.5, 3.6, 3.8).
Must stay true: a changed decision gets a new standstill and a new lapse period of its own; whoever failed
verification stays out of every later ranking of that perceel.
Trap: the lapse period is contractual and may end later than the standstill: signing waits for the later one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from aanbesteding.documents.overeenkomst import count_einddatum, load_ingangsdatum, load_termijnen
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import (
    DefinitiefGegund,
    GunningsbeslissingMeegedeeld,
    OvereenkomstGesloten,
    Product,
    RangordeVastgesteld,
    VerzenddatumVerzet,
)
from aanbesteding.domain.overeenkomsten import build_voorvoegsel, next_nummer
from aanbesteding.domain.perceelverdeling import rank_percelen
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.stukken import StukkenOpnieuwGevraagd
from aanbesteding.domain.termijn import count_opschortende_termijn, count_vervaltermijn
from aanbesteding.domain.toewijzing import wordt_verdeeld
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Besluit, NaVerzending, Uitgave, Verzonden
from aanbesteding.fasen.gunning.feiten import (
    CollegebesluitVastgelegd,
    ContinuiteitVastgelegd,
    GunningsadviesOpgesteld,
    GunningsbeslissingIngetrokken,
    Kenmerk,
    KenmerkenVrijgegeven,
    KortGedingAfgedaan,
    KortGedingGemeld,
    MededelingVerzonden,
    NietGegund,
    OndertekeningVastgelegd,
    RedenenAangepast,
    RedenenVrijgegeven,
    VerificatieVastgelegd,
)
from aanbesteding.fasen.gunning.invoer import (
    CollegebesluitVastleggen,
    DefinitiefGunnen,
    GunningsadviesOpstellen,
    GunningsbeslissingIntrekken,
    GunningsbeslissingMeedelen,
    GunningsbeslissingWijzigen,
    KenmerkenVrijgeven,
    KortGedingAfdoen,
    KortGedingMelden,
    NietGunnen,
    OvereenkomstenSluiten,
    RedenenAanpassen,
    RedenenVrijgeven,
    VerificatieVastleggen,
    VerzenddatumVerzetten,
    VerzendingVastleggen,
)
from aanbesteding.fasen.gunning.redenen import make_afdrukken
from aanbesteding.fasen.gunning.stand import Perceelstand
from aanbesteding.fasen.gunning.stand_laden import load_perceelstand, load_stand


def list_te_adviseren(s: Situatie[None]) -> GunningsadviesOpstellen | None:
    """Percelen that wait for their first advice; after a withdrawn decision a person decides, not a run."""
    wachtend = s.dossier.list_onderwerpen("perceel", frozenset({"beoordeeld"}))
    eerste = tuple(nr for nr, stand in load_stand(s.dossier, wachtend).items() if not stand.adviezen)
    return GunningsadviesOpstellen(percelen=eerste) if eerste else None


def build_kenmerken(bladen: Mapping[str, tuple[Any, ...]], s: Situatie[None]) -> KenmerkenVrijgeven:
    """Turn workbook rows into the input of `kenmerken_vrijgeven`; InvoerError names each bad row."""
    kenmerken: list[Kenmerk] = []
    fouten: list[str] = []
    bekend = {p.nummer for p in s.dossier.aanbesteding.percelen}
    for nummer, rij in enumerate(bladen["kenmerken"], start=2):
        perceel = str(rij.perceel).strip()
        if perceel not in bekend:
            fouten.append(f"kenmerken, rij {nummer}: perceel '{perceel}' bestaat niet. Verbeter het nummer.")
            continue
        if not rij.tekst:
            fouten.append(
                f"kenmerken, rij {nummer}: de tekst is leeg. Vul het kenmerk in of verwijder de rij."
            )
            continue
        kenmerken.append(
            Kenmerk(
                perceel=perceel,
                criterium=rij.criterium,
                tekst=rij.tekst,
                inschrijving=rij.inschrijving or "",
            )
        )
    if not bladen["kenmerken"]:
        fouten.append(
            "kenmerken: het blad heeft geen rijen. Vul per perceel en criterium ten minste één rij in."
        )
    if fouten:
        raise InvoerError(fouten)
    return KenmerkenVrijgeven(
        percelen=tuple(dict.fromkeys(k.perceel for k in kenmerken)), kenmerken=tuple(kenmerken)
    )


def decide_gunningsadvies(s: Situatie[GunningsadviesOpstellen]) -> Besluit:
    """Record the advice."""
    return Besluit((GunningsadviesOpgesteld(percelen=s.invoer.percelen),))


def decide_aanpassing(s: Situatie[RedenenAanpassen]) -> Besluit:
    """Record the better texts; what was released before no longer fits them."""
    return Besluit((RedenenAangepast(**dict(s.invoer)),))


def decide_vrijgave(s: Situatie[RedenenVrijgeven]) -> Besluit:
    """Record the fingerprint of every reason as it reads now."""
    afdrukken: dict[str, str] = {}
    for stand in load_stand(s.dossier, s.invoer.percelen).values():
        afdrukken |= make_afdrukken(stand)
    return Besluit((RedenenVrijgegeven(percelen=s.invoer.percelen, afdrukken=afdrukken),))


def decide_kenmerken(s: Situatie[KenmerkenVrijgeven]) -> Besluit:
    """Record what may be said about the winning bids; replaces an earlier release of these percelen."""
    return Besluit((KenmerkenVrijgegeven(percelen=s.invoer.percelen, kenmerken=s.invoer.kenmerken),))


def decide_collegebesluit(s: Situatie[CollegebesluitVastleggen]) -> Besluit:
    """Record the decision of one municipality."""
    return Besluit((CollegebesluitVastgelegd(**dict(s.invoer)),))


def build_mededeling(
    s: Situatie[Any], percelen: tuple[str, ...], verzenddatum: date, wijziging: str = ""
) -> GunningsbeslissingMeegedeeld:
    """The decision with both ends counted from the day of sending, under the law of the dossier's date."""
    peil = s.dossier.peildatum
    opschortend = count_opschortende_termijn(verzenddatum, s.normen, peildatum=peil)
    verval = count_vervaltermijn(
        verzenddatum, s.regio.rechtsgang.vervaltermijn_dagen, s.normen, peildatum=peil
    )
    dagen = [d for d in (opschortend.vroegste_ondertekening, verval.vroegste_ondertekening) if d is not None]
    return GunningsbeslissingMeegedeeld(
        percelen=percelen,
        verzenddatum=verzenddatum,
        opschortende_termijn_einde=opschortend.einde,
        vervaltermijn_einde=verval.einde,
        vroegste_ondertekening=max(dagen),
        wijziging=wijziging,
    )


def decide_gunningsbeslissing(s: Situatie[GunningsbeslissingMeedelen]) -> Besluit:
    """Record the decision with the ends of both periods."""
    return Besluit((build_mededeling(s, s.invoer.percelen, s.invoer.verzenddatum),))


def find_besluit(dossier: Dossier, percelen: tuple[str, ...]) -> int:
    """The version that told the standing decision on these percelen; 0 when none was told."""
    return max(
        (
            v.versie
            for v in dossier.vastleggingen
            if isinstance(v.feit, GunningsbeslissingMeegedeeld)
            and not isinstance(v.feit, VerzenddatumVerzet)
            and set(percelen) & set(v.feit.percelen)
        ),
        default=0,
    )


def decide_verzet(s: Situatie[VerzenddatumVerzetten]) -> Besluit:
    """The same decision for another day of sending: terms counted anew, every letter made again."""
    besluit = find_besluit(s.dossier, s.invoer.percelen)
    wijziging = next(
        (
            st.beslissing.wijziging
            for st in load_stand(s.dossier, s.invoer.percelen).values()
            if st.beslissing
        ),
        "",
    )
    nieuw = build_mededeling(s, s.invoer.percelen, s.invoer.verzenddatum, wijziging)
    brieven = [stuk for stuk in s.stukken.alle if stuk.besluit == besluit and stuk.is_brief and stuk.loopt]
    ontvangers: dict[tuple[str, str], list[str]] = {}
    for stuk in brieven:
        ontvangers.setdefault((stuk.register.document, stuk.register.fase), []).append(
            stuk.register.ontvanger
        )
    opnieuw = StukkenOpnieuwGevraagd(stukken=tuple(b.id for b in brieven), reden=s.invoer.reden)
    return Besluit(
        (VerzenddatumVerzet(besluit=besluit, **dict(nieuw)), *((opnieuw,) if brieven else ())),
        uitgaven=tuple(
            Uitgave(document, fase, brieven[0].register.onderwerpen, tuple(wie))
            for (document, fase), wie in ontvangers.items()
        ),
    )


def decide_verzending(s: Situatie[VerzendingVastleggen]) -> Besluit:
    """Record when the letters left and whose did not."""
    return Besluit((MededelingVerzonden(**dict(s.invoer)),))


def build_verzending(verzonden: Verzonden) -> VerzendingVastleggen:
    """What is recorded of the letters that left: the recipients of a decision are numbers of bids."""
    return VerzendingVastleggen(
        percelen=verzonden.onderwerpen,
        verzonden=verzonden.laatst,
        aantal=len(verzonden.verzonden),
        niet_verzonden=verzonden.niet_verzonden,
    )


NA_VERZENDING = NaVerzending("verzending_vastleggen", build_verzending)


def decide_kort_geding(s: Situatie[KortGedingMelden]) -> Besluit:
    """Hold the perceel until the proceedings have an outcome."""
    return Besluit((KortGedingGemeld(**dict(s.invoer)),))


def load_zaaknummer(stand: Perceelstand, gevraagd: str) -> str | None:
    """The pending case that is meant; None when there is none or more than one without a number."""
    lopend = [k.zaaknummer for k in stand.open_kort_gedingen]
    if gevraagd:
        return gevraagd if gevraagd in lopend else None
    return lopend[0] if len(lopend) == 1 else None


def decide_afdoening(s: Situatie[KortGedingAfdoen]) -> Besluit:
    """Record the outcome of the pending case."""
    zaaknummer = load_zaaknummer(load_perceelstand(s.dossier, s.invoer.perceel), s.invoer.zaaknummer)
    return Besluit(
        (
            KortGedingAfgedaan(
                perceel=s.invoer.perceel,
                datum=s.invoer.datum or s.vandaag,
                zaaknummer=zaaknummer or s.invoer.zaaknummer,
                uitkomst=s.invoer.uitkomst,
                motivering=s.invoer.motivering,
            ),
        )
    )


def decide_verificatie(s: Situatie[VerificatieVastleggen]) -> Besluit:
    """Record what the check of the evidence showed."""
    return Besluit((VerificatieVastgelegd(**dict(s.invoer)),))


def list_uitvallers(stand: Perceelstand) -> tuple[str, ...]:
    """Who is out of the ranking: dropped before, and winners whose evidence did not hold."""
    eerder = stand.rangorde.uitgevallen if stand.rangorde else ()
    return tuple(dict.fromkeys((*eerder, *stand.mislukte_verificaties)))


def select_opnieuw(s: Situatie[GunningsbeslissingWijzigen]) -> dict[str, Perceelstand]:
    """Percelen of the act that are ranked again: where a winner failed; all when they are divided together."""
    standen = load_stand(s.dossier, s.invoer.percelen)
    mislukt = {nummer: stand for nummer, stand in standen.items() if stand.mislukte_verificaties}
    return standen if mislukt and wordt_verdeeld(s.dossier) else mislukt


def decide_wijziging(s: Situatie[GunningsbeslissingWijzigen]) -> Besluit:
    """Rank again without who failed, and tell the changed decision with new periods.

    A perceel in which nobody failed keeps its ranking; its decision is told again in full.
    """
    opnieuw = select_opnieuw(s)
    rangordes: list[RangordeVastgesteld] = [
        rangorde.model_copy(update={"aanleiding": s.invoer.aanleiding})
        for rangorde in rank_percelen(
            s.dossier,
            opnieuw,
            uitgevallen={nummer: list_uitvallers(stand) for nummer, stand in opnieuw.items()},
            loting=dict.fromkeys(opnieuw, s.invoer.loting),
        )
    ]
    mededeling = build_mededeling(s, s.invoer.percelen, s.invoer.verzenddatum, s.invoer.aanleiding)
    return Besluit((*rangordes, mededeling))


def decide_intrekking(s: Situatie[GunningsbeslissingIntrekken]) -> Besluit:
    """Take the decision back."""
    return Besluit((GunningsbeslissingIngetrokken(**dict(s.invoer)),))


def decide_niet_gunnen(s: Situatie[NietGunnen]) -> Besluit:
    """Record that nothing is awarded, and why."""
    return Besluit((NietGegund(**dict(s.invoer)),))


def decide_definitieve_gunning(s: Situatie[DefinitiefGunnen]) -> Besluit:
    """Make the award final today."""
    return Besluit((DefinitiefGegund(percelen=s.invoer.percelen, datum=s.vandaag),))


def load_tarief(stand: Perceelstand, product: Product, inschrijving: str) -> Decimal:
    """The price in the agreement: what was offered for a product with a free price, else the tariff."""
    if not product.vrije_prijs:
        return product.tarief
    return stand.prijzen.get(inschrijving, product.tarief)


def decide_overeenkomsten(s: Situatie[OvereenkomstenSluiten]) -> Besluit:
    """One agreement per awarded bidder and perceel, in order of the ranking, numbered onwards per perceel."""
    voorvoegsel = build_voorvoegsel(s.dossier.aanbesteding.regio)
    gesloten: list[OvereenkomstGesloten] = []
    for nummer, stand in load_stand(s.dossier, s.invoer.percelen).items():
        producten = {p.code: p for p in stand.uitgewerkt.producten} if stand.uitgewerkt else {}
        maanden = load_termijnen(s, nummer).maanden
        if maanden is None:
            raise InvoerError([f"De looptijd van perceel {nummer} is niet besloten. Beslis eerst dat punt."])
        ingang = load_ingangsdatum(s, nummer)
        einde = count_einddatum(ingang, maanden)
        eerste = next_nummer(s.dossier, nummer, voorvoegsel, ingang.year)
        reeks, _, begin = eerste.rpartition("-")
        for volgnummer, plaats in enumerate(stand.winnaars, start=int(begin)):
            gesloten.append(
                OvereenkomstGesloten(
                    nummer=f"{reeks}-{volgnummer:03d}",
                    perceel=nummer,
                    aanbieder=stand.inschrijvingen[plaats.inschrijving].aanbieder,
                    producten=plaats.producten_gegund,
                    tarieven={
                        code: load_tarief(stand, producten[code], plaats.inschrijving)
                        for code in plaats.producten_gegund
                    },
                    ingang=ingang,
                    einde=einde,
                    herkomst="gunning",
                    grond=plaats.inschrijving,
                )
            )
    continuiteit = ContinuiteitVastgelegd(
        percelen=s.invoer.percelen,
        huidige_aanbieders=s.invoer.huidige_aanbieders,
        overgang_tot=s.invoer.overgang_tot,
    )
    ondertekening = OndertekeningVastgelegd(percelen=s.invoer.percelen, datum=s.invoer.datum_ondertekening)
    return Besluit((*gesloten, ondertekening, continuiteit))

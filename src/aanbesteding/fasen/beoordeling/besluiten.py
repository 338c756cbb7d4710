"""What each act of the assessment records (facts), and what a stage run may do by itself.

Not here: what an act asks (invoer), what stands in the way (regels) and the workbooks (werkbladen). The
ranking is made by domain.gunningsrangorde, so that the stage gunning makes a changed ranking the same way.

Must stay true: pure and deterministic; a bid gets its outcome (InschrijvingGetoetst) the moment nothing of it
is held any more; prices are recorded only for valid bids.
Trap: a bid that fails one requirement for good is out at once, so that no repair is asked in vain.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from aanbesteding.domain.aangekondigde_rangorde import load_prijsproduct
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import (
    BelangenverklaringAfgelegd,
    ConsensusVastgesteld,
    Eisuitkomst,
    Inschrijving,
    InschrijvingGetoetst,
    PrijzenGeopend,
    Score,
    ScoresVergrendeld,
    VertrouwelijkAangemerkt,
)
from aanbesteding.domain.gunningsrangorde import (
    LotingNodig,
    load_aanbod,
    load_geldige_inschrijvingen,
    load_uitgewerkt,
)
from aanbesteding.domain.kalender import TIJDZONE, volgende_werkdag
from aanbesteding.domain.perceelverdeling import list_samen, rank_percelen
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.toewijzing import wordt_verdeeld
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Besluit
from aanbesteding.fasen.beoordeling import stand
from aanbesteding.fasen.beoordeling.feiten import (
    HerbeoordelingGeopend,
    HerstelGevraagd,
    HerstelVastgelegd,
    LotingVerricht,
    ToetsAangehouden,
    ToetsBeslist,
)
from aanbesteding.fasen.beoordeling.invoer import (
    BelangenverklaringAfleggen,
    ConsensusVaststellen,
    HerbeoordelingOpenen,
    HerstelVastleggen,
    Percelen,
    PrijzenOpenen,
    RangordeVaststellen,
    ScoresVergrendelen,
    ToetsBeslissen,
    VertrouwelijkAanmerken,
)
from aanbesteding.fasen.beoordeling.toetsing import Toets, build_getoetst, check_eisen

MIDDAG = time(12)

# --- testing ----------------------------------------------------------------------------------------------


def decide_toetsing(s: Situatie[Percelen]) -> Besluit:
    """Test every received bid of these percelen; record outcomes and what must wait."""
    antwoorden, bijdragen = stand.load_antwoorden(s.dossier), stand.load_bijdragen(s.dossier)
    te_laat = stand.load_te_laat(s.dossier)
    feiten: list[Feit] = []
    for perceel in s.invoer.percelen:
        eisen = stand.load_eisen(s.dossier, perceel)
        for inschrijving in stand.list_inschrijvingen(s.dossier, perceel):
            if inschrijving.nummer in te_laat:
                feiten.append(_build_te_laat(perceel, inschrijving))
                continue
            sleutel = (perceel, inschrijving.nummer)
            toets = check_eisen(eisen, antwoorden.get(sleutel, {}), bijdragen.get(sleutel, ()))
            feiten.extend(_test(sleutel, toets))
    if any(isinstance(f, ToetsAangehouden) and f.wacht_op == "herstel" for f in feiten):
        feiten.append(HerstelGevraagd(percelen=s.invoer.percelen, uiterlijk=count_hersteltermijn(s)))
    return Besluit(tuple(feiten))


def count_hersteltermijn(s: Situatie[Any]) -> datetime:
    """The one moment before which every defect must be repaired: noon of a working day (own policy)."""
    dag: date = s.vandaag
    for _ in range(s.norm("hersteltermijn_beoordeling").getal):
        dag = volgende_werkdag(dag)
    return datetime.combine(dag, MIDDAG, TIJDZONE)


def _build_te_laat(perceel: str, inschrijving: Inschrijving) -> InschrijvingGetoetst:
    ontvangen = inschrijving.ontvangen.astimezone(TIJDZONE)
    return InschrijvingGetoetst(
        perceel=perceel,
        inschrijving=inschrijving.nummer,
        uitkomst="ongeldig",
        eisen=(),
        reden=f"Ontvangen op {ontvangen:%d-%m-%Y} om {ontvangen:%H.%M} uur, na de sluiting.",
    )


def _test(sleutel: tuple[str, str], toets: Toets) -> list[Feit]:
    perceel, nummer = sleutel
    if not toets.aangehouden:
        return [build_getoetst(perceel, nummer, toets)]
    return [
        ToetsAangehouden(
            perceel=perceel,
            inschrijving=nummer,
            eis=a.eis,
            wacht_op=a.wacht_op,
            reden=f"Eis {a.eis}: {a.reden}.",
        )
        for a in toets.aangehouden
    ]


def decide_herstel(s: Situatie[HerstelVastleggen]) -> Besluit:
    """Record what came of a repair; without repair the bid is invalid for this perceel."""
    invoer = s.invoer
    feit = HerstelVastgelegd(**invoer.model_dump())
    if invoer.hersteld:
        return Besluit((feit, *_finish_toets(s.dossier, feit)))
    getoetst = _build_gevallen(
        s.dossier, feit, "ongeldig", f"het gebrek is niet hersteld. {invoer.toelichting}"
    )
    return Besluit((feit, getoetst))


def decide_toets(s: Situatie[ToetsBeslissen]) -> Besluit:
    """Record a lawyer's decision; a negative one settles the bid for this perceel at once."""
    invoer = s.invoer
    feit = ToetsBeslist(**invoer.model_dump())
    if invoer.uitkomst == "geldig":
        return Besluit((feit, *_finish_toets(s.dossier, feit)))
    waarom = " ".join(tekst for tekst in (invoer.motivering, invoer.gehoord, invoer.evenredigheid) if tekst)
    return Besluit((feit, _build_gevallen(s.dossier, feit, invoer.uitkomst, waarom)))


def _build_gevallen(
    dossier: Dossier,
    feit: HerstelVastgelegd | ToetsBeslist,
    uitkomst: Literal["ongeldig", "uitgesloten"],
    waarom: str,
) -> InschrijvingGetoetst:
    toets = stand.load_toets(dossier, feit.perceel, feit.inschrijving)
    eis = next((e for e in stand.load_eisen(dossier, feit.perceel) if e.code == feit.eis), None)
    tekst = f" ({eis.tekst.rstrip('.')})" if eis else ""
    opgelost = _load_opgelost(dossier, feit)
    return InschrijvingGetoetst(
        perceel=feit.perceel,
        inschrijving=feit.inschrijving,
        uitkomst=uitkomst,
        eisen=tuple(opgelost.get(u.eis, u) for u in toets.uitkomsten),
        reden=f"Eis {feit.eis}{tekst}: {waarom}",
        eis=feit.eis,
    )


def _finish_toets(
    dossier: Dossier, feit: HerstelVastgelegd | ToetsBeslist
) -> tuple[InschrijvingGetoetst, ...]:
    """The outcome of the bid when this was the last thing that waited, else nothing."""
    wacht = [
        f
        for f in stand.list_openstaand(dossier, (feit.perceel,))
        if f.inschrijving == feit.inschrijving and f.eis != feit.eis
    ]
    if wacht:
        return ()
    toets = stand.load_toets(dossier, feit.perceel, feit.inschrijving)
    return (build_getoetst(feit.perceel, feit.inschrijving, toets, _load_opgelost(dossier, feit)),)


def _load_opgelost(dossier: Dossier, laatste: HerstelVastgelegd | ToetsBeslist) -> dict[str, Eisuitkomst]:
    """Requirements of this bid on which a person recorded something, the newest fact included."""
    uitkomsten: dict[str, Eisuitkomst] = {}
    for feit in (*stand.list_opgelost(dossier), laatste):
        if (feit.perceel, feit.inschrijving) != (laatste.perceel, laatste.inschrijving):
            continue
        if isinstance(feit, HerstelVastgelegd):
            goed, tekst = feit.hersteld, feit.toelichting
        else:
            goed, tekst = feit.uitkomst == "geldig", feit.motivering
        uitkomsten[feit.eis] = Eisuitkomst(
            eis=feit.eis, uitkomst="voldoet" if goed else "voldoet_niet", toelichting=tekst
        )
    return uitkomsten


def decide_geen_feit(s: Situatie[Any]) -> Besluit:
    """Only the status changes."""
    return Besluit()


# --- assessing --------------------------------------------------------------------------------------------


def decide_belangenverklaring(s: Situatie[BelangenverklaringAfleggen]) -> Besluit:
    """Record the declaration of the person who acts."""
    feit = BelangenverklaringAfgelegd(beoordelaar=s.persoon, datum=s.vandaag, **s.invoer.model_dump())
    return Besluit((feit,))


def decide_scores(s: Situatie[ScoresVergrendelen]) -> Besluit:
    """Lock the scores of the person who acts, one fact per perceel, in a fixed order."""
    per_perceel: dict[str, list[Score]] = {perceel: [] for perceel in s.invoer.percelen}
    for regel in s.invoer.scores:
        per_perceel.setdefault(regel.perceel, []).append(Score(**regel.model_dump(exclude={"perceel"})))
    return Besluit(
        tuple(
            ScoresVergrendeld(
                beoordelaar=s.persoon,
                perceel=perceel,
                scores=tuple(sorted(scores, key=lambda r: (r.inschrijving, r.criterium))),
            )
            for perceel, scores in per_perceel.items()
        )
    )


def decide_consensus(s: Situatie[ConsensusVaststellen]) -> Besluit:
    """Record the committee's judgment; from here quality is locked."""
    oordelen = sorted(s.invoer.oordelen, key=lambda o: (o.inschrijving, o.criterium))
    return Besluit((ConsensusVastgesteld(perceel=s.invoer.perceel, oordelen=tuple(oordelen)),))


def decide_vertrouwelijk(s: Situatie[VertrouwelijkAanmerken]) -> Besluit:
    """Record what a bidder marked as confidential."""
    return Besluit((VertrouwelijkAangemerkt(**dict(s.invoer)),))


def decide_herbeoordeling(s: Situatie[HerbeoordelingOpenen]) -> Besluit:
    """Begin the assessment of quality anew; the old scores stay in the dossier."""
    return Besluit((HerbeoordelingGeopend(**dict(s.invoer)),))


# --- prices and ranking -----------------------------------------------------------------------------------


def decide_prijzen(s: Situatie[PrijzenOpenen]) -> Besluit:
    """Record the prices of the valid bids only; InvoerError when the sealed content cannot be read."""
    fouten: list[str] = []
    feiten: list[Feit] = []
    for perceel in s.invoer.percelen:
        product = load_prijsproduct(load_uitgewerkt(s.dossier, perceel)).code
        aanbod = load_aanbod(s.dossier, perceel)
        prijzen: dict[str, Decimal] = {}
        for nummer in load_geldige_inschrijvingen(s.dossier, perceel):
            if product not in aanbod.get(nummer, ()):
                continue
            prijs = parse_prijs(s.geopend.get(f"{perceel}/{nummer}", {}))
            if prijs is None:
                fouten.append(
                    f"Perceel {perceel}, inschrijving {nummer}: de verzegelde prijs voor product {product} "
                    "ontbreekt of is geen bedrag. Leg dit voor aan de jurist; er is niets vastgelegd."
                )
            else:
                prijzen[nummer] = prijs
        feiten.append(PrijzenGeopend(perceel=perceel, openers=s.invoer.openers, prijzen=prijzen))
    if fouten:
        raise InvoerError(fouten)
    return Besluit(tuple(feiten))


def parse_prijs(inhoud: Mapping[str, Any]) -> Decimal | None:
    """The price in opened content ({"prijs": "31.50"}), or None when it is no amount."""
    waarde = inhoud.get("prijs")
    if isinstance(waarde, bool) or not isinstance(waarde, str | int | Decimal):
        return None
    try:
        prijs = Decimal(waarde)
    except InvalidOperation:
        return None
    return prijs if prijs.is_finite() and prijs >= 0 else None


def decide_rangorde(s: Situatie[RangordeVaststellen]) -> Besluit:
    """Record the ranking of every perceel, and the draw that it rests on."""
    feiten: list[Feit] = []
    for rangorde in rank_percelen(s.dossier, s.invoer.percelen, loting=s.invoer.loting):
        perceel = rangorde.perceel
        if loting := s.invoer.loting.get(perceel, ()):
            feiten.append(
                LotingVerricht(perceel=perceel, volgorde=loting, getuigen=s.invoer.getuigen, datum=s.vandaag)
            )
        feiten.append(rangorde)
    return Besluit(tuple(feiten))


# --- what a run may do by itself --------------------------------------------------------------------------


def build_toetsing_invoer(s: Situatie[None]) -> Percelen | None:
    """Test all percelen that were opened, together: equal defects get an equal moment for repair."""
    return _build_percelen(s.dossier.list_onderwerpen("perceel", frozenset({"geopend"})))


def build_afronding_invoer(s: Situatie[None]) -> Percelen | None:
    """Finish the test of every perceel in which nothing waits."""
    percelen = s.dossier.list_onderwerpen("perceel", frozenset({"in_toetsing"}))
    wachtend = {f.perceel for f in stand.list_openstaand(s.dossier, percelen)}
    return _build_percelen(tuple(p for p in percelen if p not in wachtend))


def build_consensus_invoer(s: Situatie[None]) -> ConsensusVaststellen | None:
    """An empty consensus for the first perceel in which there is nothing to score."""
    for perceel in s.dossier.list_onderwerpen("perceel", frozenset({"getoetst"})):
        if not stand.wordt_gescoord(s.dossier, perceel):
            return ConsensusVaststellen(perceel=perceel, oordelen=())
    return None


def build_rangorde_invoer(s: Situatie[None]) -> RangordeVaststellen | None:
    """Rank every perceel whose prices are open where needed and in which no lot has to be drawn."""
    percelen = s.dossier.list_onderwerpen("perceel", frozenset({"kwaliteit_vergrendeld"}))
    open_ = tuple(p for p in percelen if not stand.mist_prijzen(s.dossier, p))
    if wordt_verdeeld(s.dossier):
        samen = open_ if set(list_samen(s.dossier)) <= set(open_) else ()
        klaar = samen if _can_rank(s.dossier, samen) else ()
    else:
        klaar = tuple(p for p in open_ if _can_rank(s.dossier, (p,)))
    return RangordeVaststellen(percelen=klaar) if klaar else None


def _can_rank(dossier: Dossier, percelen: tuple[str, ...]) -> bool:
    try:
        rank_percelen(dossier, percelen)
    except (LotingNodig, InvoerError):
        return False
    return True


def _build_percelen(percelen: tuple[str, ...]) -> Percelen | None:
    return Percelen(percelen=percelen) if percelen else None

"""What the acts of the publication stage record, and which acts a stage run may perform by itself.

Whether an act may happen is not decided here (regels.py); what is printed neither (documenten/); what an act
asks is in invoer.py, the stage's own facts in feiten.py, workbooks in bestanden.py.

Grondslag: Aw 2012 art. 2.53-2.54 and 2.73 (information note), 2.108 (bids stay closed).
Must stay true: every function is pure; content and price of a bid go into envelopes, never into a fact.
Trap: a late bid is registered and laid aside unopened; its content never comes into `InschrijvingenGeopend`.
"""

from __future__ import annotations

from typing import Any

from aanbesteding.domain.feiten import (
    AanbestedingGepubliceerd,
    Inschrijving,
    InschrijvingenGeopend,
    InschrijvingenOntvangen,
    InschrijvingInhoud,
    NotaVastgesteld,
    Perceelinschrijving,
    PlanningVastgesteld,
    PuntBeslist,
    SluitingVerplaatst,
)
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Besluit, Envelop, GeenInvoer
from aanbesteding.fasen.publicatie.feiten import (
    InschrijftermijnGesloten,
    OntvangenVraag,
    OpeningVastgelegd,
    PercelenIngetrokken,
    StukkenOpgesteld,
    StukkenTeruggenomen,
    VolmachtVastgelegd,
    VragenOntvangen,
    list_inschrijvingen,
    list_niet_uitgewerkt,
    list_ontbrekende_volmachten,
    list_open_punten,
    load_planning,
    load_sluiting,
)
from aanbesteding.fasen.publicatie.invoer import (
    AanbestedingIntrekken,
    InschrijvingenOpenen,
    InschrijvingenRegistreren,
    NotaVaststellen,
    PerceelUitwerken,
    PlanningVaststellen,
    PuntBeslissen,
    StukkenHerzien,
    StukkenOpstellen,
    VolmachtVastleggen,
    Vraagregel,
    VragenRegistreren,
)
from aanbesteding.fasen.publicatie.perceelregels import make_uitwerking

# --- automatic input --------------------------------------------------------------------------------------


def plan_stukken_opstellen(s: Situatie[None]) -> StukkenOpstellen | None:
    """Draft the documents without being asked, once nothing is missing."""
    return plan_toelatingsstukken(s) if load_planning(s) is not None else None


def plan_toelatingsstukken(s: Situatie[None]) -> StukkenOpstellen | None:
    """Draft the documents of an open house once nothing is missing; it has no planning of its own."""
    compleet = not (list_open_punten(s) or list_niet_uitgewerkt(s) or list_ontbrekende_volmachten(s))
    return StukkenOpstellen() if compleet else None


def plan_inschrijftermijn_sluiten(s: Situatie[None]) -> GeenInvoer | None:
    """Close the tender period once its end has passed."""
    sluiting = load_sluiting(s.dossier)
    return GeenInvoer() if sluiting is not None and s.nu >= sluiting else None


# --- decisions --------------------------------------------------------------------------------------------


def decide_punt(s: Situatie[PuntBeslissen]) -> Besluit:
    """Record the decision on one point."""
    return Besluit((PuntBeslist(punt=s.invoer.punt, waarde=s.invoer.waarde, motivering=s.invoer.motivering),))


def decide_perceel_uitwerken(s: Situatie[PerceelUitwerken]) -> Besluit:
    """Record the worked-out perceel."""
    return Besluit((make_uitwerking(s.invoer),))


def decide_volmacht(s: Situatie[VolmachtVastleggen]) -> Besluit:
    """Record the power of attorney."""
    return Besluit(
        (VolmachtVastgelegd(**{n: getattr(s.invoer, n) for n in VolmachtVastleggen.model_fields}),)
    )


def decide_planning(s: Situatie[PlanningVaststellen]) -> Besluit:
    """Record the planning."""
    velden = {n: getattr(s.invoer, n) for n in PlanningVastgesteld.model_fields}
    return Besluit((PlanningVastgesteld(**velden),))


def decide_stukken_opstellen(s: Situatie[StukkenOpstellen]) -> Besluit:
    """Record that the documents were drafted, with the deviations that they must show."""
    return Besluit((StukkenOpgesteld(afwijkingen=s.invoer.afwijkingen),))


def decide_stukken_herzien(s: Situatie[StukkenHerzien]) -> Besluit:
    """Record why the drafts go back."""
    return Besluit((StukkenTeruggenomen(motivering=s.invoer.motivering),))


def decide_publiceren(s: Situatie[Any]) -> Besluit:
    """Record dispatch now, with the closing moment of the planning."""
    planning = load_planning(s)
    if planning is None:
        raise InvoerError(["Er is geen planning. Stel eerst de planning vast."])
    return Besluit((AanbestedingGepubliceerd(verzonden=s.nu, sluiting=planning.sluiting),))


def decide_toelating_publiceren(s: Situatie[Any]) -> Besluit:
    """Record publication now; the rounds of an open house have their own moments."""
    return Besluit((AanbestedingGepubliceerd(verzonden=s.nu),))


def decide_vragen(s: Situatie[VragenRegistreren]) -> Besluit:
    """Record the questions; late ones are marked as such."""
    planning = load_planning(s)
    vragen = tuple(
        OntvangenVraag(
            **{n: getattr(v, n) for n in Vraagregel.model_fields},
            te_laat=planning is not None and v.ontvangen > planning.vragen_tot,
        )
        for v in s.invoer.vragen
    )
    return Besluit((VragenOntvangen(vragen=vragen),))


def decide_nota(s: Situatie[NotaVaststellen]) -> Besluit:
    """Record the note and, when it says so, the later closing moment."""
    oud = load_sluiting(s.dossier)
    if oud is None:
        raise InvoerError(["De aanbesteding is nog niet gepubliceerd; er is geen sluiting."])
    nieuw = s.invoer.sluiting_verplaatst_naar
    nota = NotaVastgesteld(
        ronde=s.invoer.ronde,
        antwoorden=s.invoer.antwoorden,
        vastgesteld=s.nu,
        oude_sluiting=oud,
        nieuwe_sluiting=nieuw,
        reden_uitstel=s.invoer.motivering if nieuw else "",
    )
    if nieuw is None:
        return Besluit((nota,))
    return Besluit((nota, SluitingVerplaatst(sluiting=nieuw, motivering=s.invoer.motivering)))


def decide_inschrijvingen(s: Situatie[InschrijvingenRegistreren]) -> Besluit:
    """Record who came in and when; seal content and prices apart."""
    enveloppen: list[Envelop] = []
    for bod in s.invoer.inschrijvingen:
        inhoud = InschrijvingInhoud(
            nummer=bod.nummer,
            percelen=tuple(Perceelinschrijving(**p.model_dump(exclude={"prijs"})) for p in bod.percelen),
            opmerking=bod.opmerking,
        )
        enveloppen.append(Envelop("inschrijving", bod.nummer, inhoud.model_dump(mode="json")))
        enveloppen += [
            Envelop("prijs", f"{p.perceel}/{bod.nummer}", {"prijs": str(p.prijs)})
            for p in bod.percelen
            if p.prijs is not None
        ]
    ontvangen = tuple(
        Inschrijving(
            nummer=bod.nummer,
            aanbieder=bod.aanbieder,
            percelen=tuple(p.perceel for p in bod.percelen),
            ontvangen=bod.ontvangen,
        )
        for bod in s.invoer.inschrijvingen
    )
    return Besluit((InschrijvingenOntvangen(inschrijvingen=ontvangen),), tuple(enveloppen))


def decide_sluiten(s: Situatie[Any]) -> Besluit:
    """Record that the tender period ended and how many bids came in."""
    sluiting = load_sluiting(s.dossier)
    if sluiting is None:
        raise InvoerError(["De aanbesteding is nog niet gepubliceerd; er is geen sluiting."])
    laat = sum(i.ontvangen > sluiting for i in list_inschrijvingen(s.dossier))
    aantal = len(list_inschrijvingen(s.dossier))
    return Besluit((InschrijftermijnGesloten(sluiting=sluiting, op_tijd=aantal - laat, te_laat=laat),))


def decide_openen(s: Situatie[InschrijvingenOpenen]) -> Besluit:
    """Record the content of the bids that were in time; a late bid stays unread."""
    sluiting = load_sluiting(s.dossier)
    inhoud: list[InschrijvingInhoud] = []
    te_laat: list[str] = []
    fouten: list[str] = []
    for inschrijving in list_inschrijvingen(s.dossier):
        if sluiting is not None and inschrijving.ontvangen > sluiting:
            te_laat.append(inschrijving.nummer)
        elif inschrijving.nummer not in s.geopend:
            fouten.append(
                f"Inschrijving {inschrijving.nummer}: de verzegelde inhoud ontbreekt. Registreer opnieuw."
            )
        else:
            inhoud.append(InschrijvingInhoud.model_validate(dict(s.geopend[inschrijving.nummer])))
    if fouten:
        raise InvoerError(fouten)
    return Besluit(
        (
            InschrijvingenGeopend(openers=s.invoer.openers, inhoud=tuple(inhoud), te_laat=tuple(te_laat)),
            OpeningVastgelegd(
                moment=s.nu,
                plaats=s.invoer.plaats,
                aanwezigen=s.invoer.aanwezigen,
                bijzonderheden=s.invoer.bijzonderheden,
            ),
        )
    )


def decide_intrekken(s: Situatie[AanbestedingIntrekken]) -> Besluit:
    """Record which percelen stop, and why."""
    return Besluit((PercelenIngetrokken(percelen=s.invoer.percelen, motivering=s.invoer.motivering),))

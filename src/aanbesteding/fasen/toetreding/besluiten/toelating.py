"""Judging applications and deciding on them: input, facts and decisions.

The test that precedes is in aanvraag.py; the letters are built in documenten/toelating.py.

Must stay true: an entrant gets the requirements, tariffs and end date of the running agreements, nothing
better; where a product has a maximum, places go in order of receipt, as the decision to open announced.
Trap: an applicant can be admitted to one perceel and refused for another in the same decision.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import Eisuitkomst, OvereenkomstGesloten
from aanbesteding.domain.overeenkomsten import build_voorvoegsel, list_gesloten, next_nummer
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.telling import Regime, count_vooruit, eerste_werkdag
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Besluit
from aanbesteding.fasen.toetreding.besluiten.aanvraag import (
    AanvraagGetoetst,
    AanvraagOntvangen,
    index_aanvragen,
    list_aanvragen,
)
from aanbesteding.fasen.toetreding.besluiten.ronde import (
    OpenstellingBesloten,
    Productkeuze,
    count_einde,
    load_product,
    load_ronde,
)

Bibob = Literal["niet_onderzocht", "loopt", "geen_bezwaar", "bezwaar"]


class Eisoordeel(Gegevensmodel):
    """A person's judgement of one requirement."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    eis: str = Field(title="Eis", description="Code van de eis")
    uitkomst: Literal["voldoet", "voldoet_niet"] = Field(
        title="Uitkomst", description="Voldoet of voldoet niet"
    )
    toelichting: str = Field(
        title="Reden", description="Reden van het oordeel; de aanvrager leest deze tekst", min_length=1
    )


class AanvraagBeoordelen(Gegevensmodel):
    """Input of judging one application."""

    verzoek: str = Field(title="Verzoek", description="Nummer van het verzoek")
    oordelen: tuple[Eisoordeel, ...] = Field(
        default=(), title="Oordelen", description="Oordeel over elke eis die een medewerker beoordeelt"
    )
    verificatie: str = Field(
        title="Verificatie",
        description="Welke gegevens zijn gecontroleerd en met welke uitkomst",
        min_length=1,
    )
    audit: str = Field(
        default="",
        title="Gesprek of audit",
        description="Datum en uitkomst; leeg als er geen gesprek of audit was",
    )
    bibob: Bibob = Field(title="Bibob", description="Stand van het integriteitsonderzoek")
    motivering: str = Field(default="", title="Motivering", description="Mag leeg blijven")


class BibobAfronden(Gegevensmodel):
    """Input of ending the integrity screening of one application."""

    verzoek: str = Field(title="Verzoek", description="Nummer van het verzoek")
    bibob: Literal["geen_bezwaar", "bezwaar"] = Field(title="Bibob", description="Uitkomst van het onderzoek")


class ToetredingBesluiten(Gegevensmodel):
    """Input of admitting or refusing applications."""

    verzoeken: tuple[str, ...] = Field(
        title="Verzoeken", description="Nummers van de verzoeken", min_length=1
    )
    verzenddatum: date = Field(title="Verzenddatum", description="Dag waarop het besluit wordt verzonden")
    motivering: str = Field(default="", title="Motivering", description="Mag leeg blijven")


class Perceeloordeel(Gegevensmodel):
    """The final outcome of every requirement of one perceel."""

    perceel: str
    voldoet: bool
    eisen: tuple[Eisuitkomst, ...]


class AanvraagBeoordeeld(Feit):
    """A person judged an application; `beoordelaar` may not also decide on it."""

    verzoek: str
    percelen: tuple[Perceeloordeel, ...]
    verificatie: str
    audit: str
    bibob: Bibob
    beoordelaar: str


class Perceelbesluit(Gegevensmodel):
    """What was decided for one perceel: admitted products, products that are full, number of the
    agreement.
    """

    perceel: str
    voldoet: bool
    producten: tuple[str, ...]
    producten_vol: tuple[str, ...]
    overeenkomst: str | None = None


class ToetredingVerleend(Feit):
    """An application was admitted, for all or some of its products."""

    verzoek: str
    verzenddatum: date
    heroverweging_tot: date
    percelen: tuple[Perceelbesluit, ...]


class ToetredingGeweigerd(Feit):
    """An application was refused."""

    verzoek: str
    verzenddatum: date
    heroverweging_tot: date
    percelen: tuple[Perceelbesluit, ...]


# --- reading ----------------------------------------------------------------------------------------------


def list_open_eisen(dossier: Dossier, verzoek: str) -> tuple[tuple[str, str], ...]:
    """Perceel and code of every requirement that waits for a person."""
    getoetst = dossier.laatste(AanvraagGetoetst, verzoek=verzoek)
    return tuple(
        (perceel.perceel, eis.eis)
        for perceel in (getoetst.percelen if getoetst else ())
        for eis in perceel.eisen
        if eis.uitkomst == "mens_beslist"
    )


def load_beoordeling(dossier: Dossier, verzoek: str) -> AanvraagBeoordeeld | None:
    """The last judgement of this application, or None."""
    return dossier.laatste(AanvraagBeoordeeld, verzoek=verzoek)


def index_beoordelingen(dossier: Dossier) -> dict[str, AanvraagBeoordeeld]:
    """The last judgement of every application, by its number."""
    return {f.verzoek: f for f in dossier.list_feiten(AanvraagBeoordeeld)}


def count_plaatsen(dossier: Dossier, ronde: OpenstellingBesloten) -> dict[str, int]:
    """Places that are left per product that has a maximum in this round."""
    over = dict(ronde.aantal)
    aanvragen = index_aanvragen(dossier)
    for feit in dossier.list_feiten(ToetredingVerleend):
        if aanvragen[feit.verzoek].ronde == ronde.ronde:
            for product in (p for besluit in feit.percelen for p in besluit.producten if p in over):
                over[product] -= 1
    return over


def list_in_volgorde(dossier: Dossier, verzoeken: tuple[str, ...]) -> tuple[str, ...]:
    """These applications in order of receipt."""
    gevraagd = set(verzoeken)
    return tuple(f.verzoek for f in list_aanvragen(dossier) if f.verzoek in gevraagd)


def decide_percelen(dossier: Dossier, verzoeken: tuple[str, ...]) -> dict[str, tuple[Perceelbesluit, ...]]:
    """What each application can be admitted to, in order of receipt, within the maximum per product."""
    besluiten: dict[str, tuple[Perceelbesluit, ...]] = {}
    plaatsen: dict[str, dict[str, int]] = {}
    aanvragen, beoordelingen = index_aanvragen(dossier), index_beoordelingen(dossier)
    for verzoek in list_in_volgorde(dossier, verzoeken):
        aanvraag = aanvragen[verzoek]
        if aanvraag.ronde not in plaatsen:
            plaatsen[aanvraag.ronde] = count_plaatsen(dossier, load_ronde(dossier, aanvraag.ronde))
        over = plaatsen[aanvraag.ronde]
        beoordeling = beoordelingen.get(verzoek)
        voldoet = {p.perceel: p.voldoet for p in beoordeling.percelen} if beoordeling else {}
        besluiten[verzoek] = tuple(
            _decide_perceel(perceel, aanvraag.aanvraag.producten, voldoet.get(perceel, False), over)
            for perceel in aanvraag.aanvraag.percelen
        )
    return besluiten


def _decide_perceel(
    perceel: str, gevraagd: tuple[Productkeuze, ...], voldoet: bool, over: dict[str, int]
) -> Perceelbesluit:
    toegelaten: list[str] = []
    vol: list[str] = []
    for product in (p.product for p in gevraagd if p.perceel == perceel and voldoet):
        if over.get(product, 1) < 1:
            vol.append(product)
            continue
        toegelaten.append(product)
        if product in over:
            over[product] -= 1
    return Perceelbesluit(
        perceel=perceel, voldoet=voldoet, producten=tuple(toegelaten), producten_vol=tuple(vol)
    )


def count_heroverweging(s: Situatie[Any], ronde: OpenstellingBesloten, verzonden: date) -> date:
    """Last day to ask for reconsideration: the announced days, ending on a working day."""
    telling = count_vooruit(
        verzonden,
        ronde.heroverweging_dagen,
        Regime.CONTRACT,
        s.normen,
        s.dossier.peildatum,
        gebeurtenis="Besluit verzonden",
        grondslag="openstellingsbesluit",
    )
    return eerste_werkdag(telling.einde_datum)


def count_ingang(ronde: OpenstellingBesloten, verzonden: date) -> date:
    """First day of the entrant's agreement: the announced day, but never on or before the day of the
    decision.
    """
    return max(ronde.startdatum, verzonden + timedelta(days=1))


# --- acts -------------------------------------------------------------------------------------------------


def decide_beoordeling(s: Situatie[AanvraagBeoordelen]) -> Besluit:
    """Fill in the person's judgements and record the outcome per perceel."""
    getoetst = s.dossier.laatste(AanvraagGetoetst, verzoek=s.invoer.verzoek)
    oordelen = {(o.perceel, o.eis): o for o in s.invoer.oordelen}
    percelen: list[Perceeloordeel] = []
    for perceel in getoetst.percelen if getoetst else ():
        eisen = tuple(_fill_oordeel(e, oordelen.get((perceel.perceel, e.eis))) for e in perceel.eisen)
        voldoet = all(e.uitkomst == "voldoet" for e in eisen)
        percelen.append(Perceeloordeel(perceel=perceel.perceel, voldoet=voldoet, eisen=eisen))
    feit = AanvraagBeoordeeld(
        verzoek=s.invoer.verzoek,
        percelen=tuple(percelen),
        verificatie=s.invoer.verificatie,
        audit=s.invoer.audit,
        bibob=s.invoer.bibob,
        beoordelaar=s.persoon,
    )
    return Besluit(feiten=(feit,))


def decide_bibob(s: Situatie[BibobAfronden]) -> Besluit:
    """Record the judgement again, with the outcome of the screening."""
    beoordeling = load_beoordeling(s.dossier, s.invoer.verzoek)
    if beoordeling is None:
        raise KeyError(s.invoer.verzoek)
    return Besluit(feiten=(beoordeling.model_copy(update={"bibob": s.invoer.bibob}),))


def _fill_oordeel(eis: Eisuitkomst, oordeel: Eisoordeel | None) -> Eisuitkomst:
    if eis.uitkomst != "mens_beslist" or oordeel is None:
        return eis
    return Eisuitkomst(eis=eis.eis, uitkomst=oordeel.uitkomst, toelichting=oordeel.toelichting)


def decide_verlening(s: Situatie[ToetredingBesluiten]) -> Besluit:
    """Record the admission of each application and its agreements."""
    feiten: list[Feit] = []
    uitgegeven: dict[str, int] = {}
    aanvragen = index_aanvragen(s.dossier)
    for verzoek, voorlopig in decide_percelen(s.dossier, s.invoer.verzoeken).items():
        aanvraag = aanvragen[verzoek]
        ronde = load_ronde(s.dossier, aanvraag.ronde)
        ingang = count_ingang(ronde, s.invoer.verzenddatum)
        besluiten: list[Perceelbesluit] = []
        overeenkomsten: list[OvereenkomstGesloten] = []
        for besluit in voorlopig:
            if besluit.producten:
                na = uitgegeven.get(besluit.perceel, 0)
                uitgegeven[besluit.perceel] = na + 1
                nieuw = _build_overeenkomst(s, aanvraag, besluit, ingang, na)
                overeenkomsten.append(nieuw)
                besluit = besluit.model_copy(update={"overeenkomst": nieuw.nummer})
            besluiten.append(besluit)
        feiten.append(
            ToetredingVerleend(
                verzoek=verzoek,
                verzenddatum=s.invoer.verzenddatum,
                heroverweging_tot=count_heroverweging(s, ronde, s.invoer.verzenddatum),
                percelen=tuple(besluiten),
            )
        )
        feiten.extend(overeenkomsten)
    return Besluit(feiten=tuple(feiten))


def _build_overeenkomst(
    s: Situatie[Any],
    aanvraag: AanvraagOntvangen,
    besluit: Perceelbesluit,
    ingang: date,
    na: int,
) -> OvereenkomstGesloten:
    """An agreement like the running ones of this perceel: same numbering, same tariffs, same last day."""
    lopend = list_gesloten(s.dossier, s.vandaag, besluit.perceel)
    prefix = lopend[0].nummer.split("-")[0] if lopend else build_voorvoegsel(s.dossier.aanbesteding.regio)
    einde = count_einde(s, besluit.perceel, s.vandaag)
    if einde is None:
        raise InvoerError([f"In perceel {besluit.perceel} kan geen overeenkomst meer worden gesloten."])
    keuzes = (Productkeuze(perceel=besluit.perceel, product=code) for code in besluit.producten)
    producten = (load_product(s.dossier, keuze) for keuze in keuzes)
    return OvereenkomstGesloten(
        nummer=next_nummer(s.dossier, besluit.perceel, prefix, ingang.year, na=na),
        perceel=besluit.perceel,
        aanbieder=aanvraag.aanvraag.aanbieder,
        producten=besluit.producten,
        tarieven={p.code: p.tarief for p in producten if p is not None},
        ingang=ingang,
        einde=einde,
        herkomst="toetreding",
        grond=aanvraag.verzoek,
    )


def decide_weigering(s: Situatie[ToetredingBesluiten]) -> Besluit:
    """Record the refusal of each application."""
    feiten: list[Feit] = []
    aanvragen = index_aanvragen(s.dossier)
    for verzoek, percelen in decide_percelen(s.dossier, s.invoer.verzoeken).items():
        ronde = load_ronde(s.dossier, aanvragen[verzoek].ronde)
        feiten.append(
            ToetredingGeweigerd(
                verzoek=verzoek,
                verzenddatum=s.invoer.verzenddatum,
                heroverweging_tot=count_heroverweging(s, ronde, s.invoer.verzenddatum),
                percelen=tuple(p.model_copy(update={"producten": ()}) for p in percelen),
            )
        )
    return Besluit(feiten=tuple(feiten))

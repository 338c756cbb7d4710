"""What the acts of the consultation record. Pure; whether it may is in regels.py, what is printed in documenten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aanbesteding.domain.feiten import OvereenkomstBeeindigd
from aanbesteding.domain.kalender import datum_in_nederland
from aanbesteding.domain.onderneming import Adres, Onderneming
from aanbesteding.domain.overeenkomsten import list_gesloten, load_overeenkomst
from aanbesteding.domain.overleg import (
    BijlageVastgesteld,
    OverlegIngericht,
    ProcesovereenkomstBeeindigd,
    ProcesovereenkomstGesloten,
    list_aan_tafel,
    list_bijlagen,
    list_deelnemers,
    load_inrichting,
)
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Besluit
from aanbesteding.fasen.overleg.feiten import OverlegtafelGehouden, OverlegtafelUitgeschreven
from aanbesteding.fasen.overleg.invoer import (
    BasisovereenkomstOpzeggen,
    BijlageVaststellen,
    Deelname,
    OverlegInrichten,
    OverlegtafelUitschrijven,
    ProcesovereenkomstBeeindigen,
    ProcesovereenkomstenSluiten,
    RijDeelnemer,
    VerslagVaststellen,
)


def decide_inrichting(s: Situatie[OverlegInrichten]) -> Besluit:
    """Record how the consultation goes; a later one takes the place of an earlier one."""
    velden = {naam: getattr(s.invoer, naam) for naam in OverlegIngericht.model_fields}
    return Besluit((OverlegIngericht(**velden),))


def decide_procesovereenkomsten(s: Situatie[ProcesovereenkomstenSluiten]) -> Besluit:
    """Record each process agreement under the next number."""
    eerste = len(list_deelnemers(s.dossier)) + 1
    return Besluit(
        tuple(
            ProcesovereenkomstGesloten(
                nummer=f"PO-{nummer:03d}",
                deelnemer=d.deelnemer,
                percelen=d.percelen,
                getekend_op=s.invoer.getekend_op,
            )
            for nummer, d in enumerate(s.invoer.deelnames, start=eerste)
        )
    )


def build_procesovereenkomsten(
    bladen: Mapping[str, tuple[Any, ...]], s: Situatie[None]
) -> ProcesovereenkomstenSluiten:
    """The rows of the workbook as input; InvoerError when they do not fit together."""
    rijen: tuple[RijDeelnemer, ...] = bladen["deelnemers"]
    if len(dagen := {rij.getekend_op for rij in rijen}) > 1:
        raise InvoerError(
            [f"Het blad noemt {len(dagen)} dagen van ondertekening. Lees elke dag met een eigen werkboek in."]
        )
    return ProcesovereenkomstenSluiten(
        deelnames=tuple(_build_deelname(rij) for rij in rijen), getekend_op=dagen.pop()
    )


def _build_deelname(rij: RijDeelnemer) -> Deelname:
    return Deelname(
        deelnemer=Onderneming(
            sleutel=rij.sleutel,
            naam=rij.naam,
            kvk=rij.kvk,
            agb=rij.agb,
            adres=Adres(straat=rij.straat, postcode=rij.postcode, plaats=rij.plaats),
            contact=rij.contact,
            email=rij.email,
            grootte=rij.grootte,
        ),
        percelen=tuple(deel.strip() for deel in rij.percelen.split(",") if deel.strip()),
    )


def decide_proceseinde(s: Situatie[ProcesovereenkomstBeeindigen]) -> Besluit:
    """Record that a participant leaves."""
    i = s.invoer
    return Besluit((ProcesovereenkomstBeeindigd(nummer=i.nummer, per=i.per, reden=i.reden),))


def decide_uitschrijving(s: Situatie[OverlegtafelUitschrijven]) -> Besluit:
    """Record the table under the next number, with everybody who is invited."""
    inrichting = load_inrichting(s.dossier)
    tafels = inrichting.tafels if inrichting else ()
    percelen = {p for t in tafels if t.code == s.invoer.tafel for p in t.percelen}
    aan_tafel = list_aan_tafel(s.dossier, datum_in_nederland(s.invoer.moment))
    genodigden = tuple(d.deelnemer.sleutel for d in aan_tafel if percelen & set(d.percelen))
    nummer = len(s.dossier.list_feiten(OverlegtafelUitgeschreven)) + 1
    feit = OverlegtafelUitgeschreven(
        nummer=f"T-{nummer}",
        tafel=s.invoer.tafel,
        moment=s.invoer.moment,
        plaats=s.invoer.plaats,
        agenda=s.invoer.agenda,
        stukken=s.invoer.stukken,
        genodigden=genodigden,
    )
    return Besluit((feit,))


def decide_verslag(s: Situatie[VerslagVaststellen]) -> Besluit:
    """Record the report."""
    i = s.invoer
    return Besluit(
        (
            OverlegtafelGehouden(
                nummer=i.overleg,
                aanwezig=i.aanwezig,
                gemeenten=i.gemeenten,
                punten=i.punten,
                vastgesteld_op=s.vandaag,
            ),
        )
    )


def decide_bijlage(s: Situatie[BijlageVaststellen]) -> Besluit:
    """Record the next version, with the agreements that it becomes part of."""
    i = s.invoer
    return Besluit(
        (
            BijlageVastgesteld(
                perceel=i.perceel,
                versie=len(list_bijlagen(s.dossier, i.perceel)) + 1,
                overleg=i.overleg,
                ingang=i.ingang,
                budget_per_jaar=i.budget_per_jaar,
                tarieven=i.tarieven,
                resultaten=i.resultaten,
                afspraken=i.afspraken,
                toelichting=i.toelichting,
                gemeentebesluiten=i.gemeentebesluiten,
                uittreden_tot=i.uittreden_tot,
                overeenkomsten=tuple(o.nummer for o in list_gesloten(s.dossier, s.vandaag, i.perceel)),
            ),
        )
    )


def decide_opzegging(s: Situatie[BasisovereenkomstOpzeggen]) -> Besluit:
    """Record that the agreement ends on the first day of the version."""
    overeenkomst = load_overeenkomst(s.dossier, s.invoer.overeenkomst)
    if overeenkomst is None:
        raise KeyError(s.invoer.overeenkomst)
    versie = s.dossier.laatste(BijlageVastgesteld, perceel=overeenkomst.perceel, versie=s.invoer.versie)
    if versie is None:
        raise KeyError(s.invoer.versie)
    feit = OvereenkomstBeeindigd(
        nummer=overeenkomst.nummer,
        per=versie.ingang,
        grond="wijziging_niet_aanvaard",
        motivering=s.invoer.reden,
    )
    return Besluit((feit,))

"""What a field of an act can be chosen from: the percelen, bids, municipalities and themes of this dossier.

Fields are recognised by their names, which are the same in every act (perceel, percelen, inschrijving, ...).
Only looks: a choice is a help, the act's own rules judge what is sent in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from pydantic import BaseModel

from aanbesteding.domain.feiten import InschrijvingenOntvangen, OvereenkomstGesloten, PerceelUitgewerkt
from aanbesteding.domain.zegel import OpenersAangewezen
from aanbesteding.engine.app import App
from aanbesteding.engine.perform import MEERVOUD, list_onderwerpen, make_situatie
from aanbesteding.engine.standen import Geladen
from aanbesteding.errors import AanbestedingError
from aanbesteding.fase import Handeling

MAX_KEUZES = 400

Keuzes = tuple[tuple[str, str], ...]
"""Stored value and label, in order."""


@dataclass(frozen=True)
class Aanbod:
    """Per name of a field what can be chosen, and what can be suggested beside free text."""

    keuzes: Mapping[str, Keuzes]
    suggesties: Mapping[str, Keuzes]


def list_keuzes(geladen: Geladen, handeling: Handeling) -> Aanbod:
    """What the fields of this act can be chosen from."""
    keuzes = {
        "gemeente": tuple((g.code, g.naam) for g in geladen.regio.gemeenten),
        "inschrijving": _list_inschrijvingen(geladen),
        "groep": tuple((g.code, g.naam) for g in geladen.dossier.aanbesteding.consultatie.groepen),
        "thema": tuple((t.code, t.titel) for t in geladen.dossier.aanbesteding.consultatie.themas),
        "punt": tuple((p.code, f"{p.code}: {p.tekst[:80]}") for p in geladen.dossier.aanbesteding.punten),
    }
    for enkel, meer in MEERVOUD.items():
        keuzes[enkel] = keuzes[meer] = _list_onderwerpen(geladen, handeling, enkel)
    personen = tuple(dict.fromkeys(m.persoon for m in geladen.regio.mandaten))
    aangewezen = geladen.dossier.laatste(OpenersAangewezen)
    openers = tuple(o.persoon for o in aangewezen.openers) if aangewezen and handeling.opent else personen
    return Aanbod(
        {naam: paren for naam, paren in keuzes.items() if 0 < len(paren) <= MAX_KEUZES},
        {"openers": tuple((p, p) for p in openers), "getuigen": tuple((p, p) for p in personen)},
    )


def list_kolomkeuzes(
    geladen: Geladen, handeling: Handeling, kolommen: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """What may be chosen in the columns of one sheet of a workbook for this act: stored values per column.

    What a column such as `vraag` or `score` means follows from the columns beside it.
    """
    keuzes = {
        naam: tuple(k for k, _ in paren) for naam, paren in list_keuzes(geladen, handeling).keuzes.items()
    }
    uitgewerkt, consultatie = (
        geladen.dossier.list_feiten(PerceelUitgewerkt),
        geladen.dossier.aanbesteding.consultatie,
    )
    keuzes["eis"] = _unique(e.code for f in uitgewerkt for e in f.eisen)
    keuzes["product"] = _unique(p.code for f in uitgewerkt for p in f.producten)
    keuzes["grootte"] = ("micro", "klein", "middelgroot", "groot")
    if {"partij", "vraag"} <= set(kolommen):
        keuzes["vraag"] = tuple(v.code for v in consultatie.vragen)
        keuzes["score"] = tuple(str(n) for n in range(consultatie.schaal_min, consultatie.schaal_max + 1))
    if {"inschrijving", "criterium"} <= set(kolommen):
        keuzes["criterium"] = _unique(c.code for f in uitgewerkt for c in f.criteria)
        keuzes["score"] = _unique(str(p.punt) for f in uitgewerkt for p in f.schaal)
    if {"eis", "antwoord"} <= set(kolommen):
        keuzes["antwoord"] = ("ja", "nee")
    return keuzes


def _unique(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(codes)))


def _list_inschrijvingen(geladen: Geladen) -> Keuzes:
    return tuple(
        sorted(
            (i.nummer, f"{i.nummer} {i.aanbieder.naam}")
            for feit in geladen.dossier.list_feiten(InschrijvingenOntvangen)
            for i in feit.inschrijvingen
        )
    )


def _list_onderwerpen(geladen: Geladen, handeling: Handeling, soort: str) -> Keuzes:
    """Those from whose status the act may start; where the act is about something else, all of them."""
    dossier = geladen.dossier
    if handeling.per == soort and handeling.van:
        sleutels = list_onderwerpen(handeling, dossier, geladen.procedure, None)
    elif soort == "overeenkomst":
        sleutels = tuple(f.nummer for f in dossier.list_feiten(OvereenkomstGesloten))
    else:
        sleutels = dossier.list_onderwerpen(soort, frozenset(dossier.statussen.values()))
    titels = {p.nummer: f": {p.titel}" for p in dossier.aanbesteding.percelen} if soort == "perceel" else {}
    return tuple((s, f"{soort.capitalize()} {s}{titels.get(s, '')}") for s in sleutels)


def find_voorstel(app: App, geladen: Geladen, handeling: Handeling, persoon: str) -> BaseModel | None:
    """The input with which a stage run would perform this act now; a form may start from it."""
    if handeling.automatisch is None:
        return None
    onderwerpen = list_onderwerpen(handeling, geladen.dossier, geladen.procedure, None)
    situatie = make_situatie(app, geladen.dossier, geladen.regio, persoon)
    try:
        return handeling.automatisch(replace(situatie, onderwerpen=onderwerpen))
    except AanbestedingError:
        return None

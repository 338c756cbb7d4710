"""Invents what people decide around consultation tables and letters: who came, who is addressed, who goes on.

Like bedacht.py, of which these are part: each function yields inputs for one act, in a fixed order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from aanbesteding.demo.verzinsels import make_onderneming
from aanbesteding.demo.werkboeken import Bedenker
from aanbesteding.domain.feiten import OvereenkomstGesloten
from aanbesteding.domain.overeenkomsten import list_lopend
from aanbesteding.fasen.marktconsultatie.besluiten import list_partijen
from aanbesteding.fasen.overleg.feiten import OverlegtafelUitgeschreven

Invoer = Mapping[str, Any]


def invent_met_partijen(b: Bedenker, groep: str, **invoer: Any) -> Iterator[Invoer]:
    """An input of the story, with every registered party of one stakeholder group as its parties."""
    partijen = [p.model_dump(mode="json") for p in list_partijen(b.dossier) if p.groep == groep]
    yield {**invoer, "partijen": partijen}


def invent_tafelverslag(b: Bedenker, afwezig: int = 5, **invoer: Any) -> Iterator[Invoer]:
    """The report of the last table as the story tells it; everybody was there but each `afwezig`-th."""
    tafel = b.dossier.laatste(OverlegtafelUitgeschreven)
    if tafel is not None:
        aanwezig = [k for nummer, k in enumerate(tafel.genodigden, start=1) if nummer % afwezig]
        yield {**invoer, "overleg": tafel.nummer, "aanwezig": aanwezig}


def invent_voortzetting(b: Bedenker, blijvers: int, vertrekkers: int, **invoer: Any) -> Iterator[Invoer]:
    """Who delivers support now: some providers with a new agreement and some without one."""
    kans, gebruikt = b.kans("voortzetting"), {a.onderneming.naam for a in b.aanbieders}
    gesloten = {o.aanbieder.kvk: o for o in b.dossier.list_feiten(OvereenkomstGesloten)}
    huidig = [(o.aanbieder, [o.perceel]) for o in list(gesloten.values())[:blijvers]]
    alle = [p.nummer for p in b.dossier.aanbesteding.percelen]
    huidig += [(make_onderneming(kans, 700 + n, gebruikt), alle) for n in range(1, vertrekkers + 1)]
    yield {
        **invoer,
        "aanbieders": [
            {
                "partij": {
                    "sleutel": o.sleutel,
                    "naam": o.naam,
                    "groep": "aanbieders",
                    "adres": o.adres.model_dump(mode="json"),
                    "email": o.email,
                },
                "kvk": o.kvk,
                "percelen": percelen,
            }
            for o, percelen in huidig
        ],
    }


def invent_opzegging(b: Bedenker, versie: int, ontvangen: str, reden: str) -> Iterator[Invoer]:
    """The last provider with a basic agreement does not accept a version of the annex."""
    lopend = list_lopend(b.dossier, date.fromisoformat(ontvangen))
    if lopend:
        yield {"overeenkomst": lopend[-1].nummer, "versie": versie, "ontvangen": ontvangen, "reden": reden}


OVERLEG: Mapping[str, Callable[..., Iterator[Invoer]]] = {
    "met_partijen": invent_met_partijen,
    "tafelverslag": invent_tafelverslag,
    "voortzetting": invent_voortzetting,
    "opzegging": invent_opzegging,
}
"""Inputs that a story may ask for by name."""

"""Walks a small invented purchase through a procedure, act by act, with every promised document made at once.

The steps that all procedures share stand here; a test says what is special. No Prefect: the engine alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.bootstrap import make_app
from aanbesteding.demo.openers import appoint_openers, list_wachtzinnen
from aanbesteding.documents.text import extract_text
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import PerceelUitgewerkt
from aanbesteding.engine.app import App
from aanbesteding.engine.dossiers import make_dossier
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import HandelingRefused, list_handelingen, perform, perform_due
from aanbesteding.engine.stukken import build_goedkeuring
from aanbesteding.settings import Settings
from aanbesteding.storage.documenten import list_documenten
from bouwers import make_onderneming, make_partij, make_perceel_uitgewerkt, make_product, moment

DEFINITIE = Path(__file__).parent / "proefinkoop.toml"
GEMEENTEN = ("maasdriel", "zaltbommel")
ALLES = ("1", "2")


@dataclass
class Loop:
    """A dossier that is being walked; `code` is its code."""

    app: App
    klok: StilstaandeKlok
    code: str

    @property
    def dossier(self) -> Dossier:
        """The dossier as it is now."""
        return self.app.load(self.code)[0]

    def doe(self, wanneer: str, als: str, handeling: str, invoer: Mapping[str, Any] | None = None) -> None:
        """Perform an act and make every document it promised; a document that fails is an error."""
        self.ga(wanneer)
        wachtzinnen = list_wachtzinnen(invoer or {})
        persoon = als if "." in als else f"{als}.demo"
        perform(self.app, self.code, handeling, invoer, persoon, wachtzinnen=wachtzinnen)
        self.maak()

    def keur_goed(self, wanneer: str, als: str = "jurist", fase: str = "") -> None:
        """Approve every document that waits for review (of one stage) and was not made by this person."""
        self.ga(wanneer)
        invoer = build_goedkeuring(self.app, self.code, f"{als}.demo", fase=fase)
        perform(self.app, self.code, "stukken_goedkeuren", invoer, f"{als}.demo")

    def weiger(
        self, wanneer: str, als: str, handeling: str, invoer: Mapping[str, Any] | None = None
    ) -> set[str]:
        """The codes with which an act is refused; nothing when it is not."""
        self.ga(wanneer)
        try:
            perform(self.app, self.code, handeling, invoer, f"{als}.demo", proef=True)
        except HandelingRefused as weigering:
            return {o.code for o in weigering.overtredingen}
        return set()

    def draai(self, wanneer: str, fase: str, als: str = "inkoper") -> tuple[str, ...]:
        """Let the stage do what is due by itself."""
        self.ga(wanneer)
        gedaan = perform_due(self.app, self.code, fase, f"{als}.demo")
        self.maak()
        return gedaan

    def ga(self, wanneer: str) -> None:
        """Jump to a moment."""
        naar: datetime = moment(wanneer)
        if naar > self.klok.nu():
            self.klok.jump(naar)

    def maak(self) -> None:
        """Make every promised document."""
        fouten = [fout for t in list_open(self.app, self.code) for fout in produce(self.app, t).fouten]
        assert not fouten, fouten

    def kan(self, handeling: str) -> bool:
        """Whether the list of acts says that this act can be done now."""
        return next(h.mogelijk for h in list_handelingen(self.app, self.code) if h.code == handeling)

    def redenen(self, handeling: str) -> set[str]:
        """Codes that the list of acts shows beforehand."""
        stand = next(h for h in list_handelingen(self.app, self.code) if h.code == handeling)
        return {o.code for o in stand.overtredingen}

    def documenten(self) -> set[str]:
        """Codes of the documents made so far."""
        return {regel.document for regel in list_documenten(self.app.database, self.code)}

    def lees(self, document: str) -> list[str]:
        """The texts of every copy of a document, oldest first."""
        regels = list_documenten(self.app.database, self.code, document=document)
        return [extract_text(self.app.bestanden.load(self.code, regel.pad)) for regel in regels]


def make_loop(map_: Path, procedure: str, begin: str = "2026-01-05") -> Loop:
    """A new dossier of the invented purchase under this procedure."""
    klok = StilstaandeKlok(moment(begin))
    app = make_app(Settings(home=map_), klok)
    bestand = map_ / f"{procedure}.toml"
    bestand.write_text(
        DEFINITIE.read_text(encoding="utf-8").replace("PROCEDURE", procedure), encoding="utf-8"
    )
    loop = Loop(app, klok, make_dossier(app, bestand, "PROEF", demo=True))
    appoint_openers(app, loop.code)
    return loop


def list_uitwerkingen(**velden: Any) -> tuple[PerceelUitgewerkt, PerceelUitgewerkt]:
    """Both percelen worked out: perceel 1 under the Wmo, perceel 2 under the Jeugdwet."""
    jeugd = (make_product("45A01", "Jeugdwet", productcategorie="45"),)
    return (
        make_perceel_uitgewerkt("1", **velden),
        make_perceel_uitgewerkt("2", **({"producten": jeugd} | velden)),
    )


def consulteer(loop: Loop) -> None:
    """Policy frame, consultation and report."""
    for gemeente in GEMEENTEN:
        kader = {"gemeente": gemeente, "orgaan": "college", "datum": "2026-01-05", "kenmerk": "Z-1"}
        loop.doe("2026-01-06", "jurist", "beleidskader_vaststellen", kader)
    partij = make_partij(1).model_dump(mode="json")
    loop.doe("2026-01-07", "inkoper", "partijen_registreren", {"partijen": [partij]})
    loop.doe("2026-01-08", "inkoper", "consultatie_openen", {"sluit_op": "2026-02-06"})
    scores = [{"partij": "partij-001", "vraag": "v1", "score": 4}]
    loop.doe("2026-02-02", "inkoper", "reacties_registreren", {"scores": scores})
    assert loop.draai("2026-02-09", "marktconsultatie") == ("consultatie_sluiten",)
    thema = {
        "thema": "methodiek",
        "gevolg": "overgenomen",
        "samenvatting": "Houd het zo.",
        "actie": "Dat doen wij.",
    }
    maatregelen = ["Alles wat is gedeeld, staat op de website."]
    loop.doe(
        "2026-02-16", "gemandateerde", "verslag_vaststellen", {"themas": [thema], "maatregelen": maatregelen}
    )


def werk_uit(loop: Loop, procedure: str, *uitwerkingen: PerceelUitgewerkt, looptijd: str = "48") -> None:
    """Open points, worked-out percelen and powers of attorney."""
    for punt, waarde in (("procedure_keuze", procedure), ("looptijd_maanden", looptijd)):
        besluit = {"punt": punt, "waarde": waarde, "motivering": "Dit past bij opdracht en markt."}
        loop.doe("2026-02-17", "gemandateerde", "punt_beslissen", besluit)
    for uitwerking in uitwerkingen or list_uitwerkingen():
        loop.doe("2026-02-18", "inkoper", "perceel_uitwerken", uitwerking.model_dump(mode="json"))
    for gemeente in GEMEENTEN:
        volmacht = {"gemeente": gemeente, "percelen": ALLES, "orgaan": "college", "datum": "2026-02-17"}
        loop.doe("2026-02-19", "jurist", "volmacht_vastleggen", volmacht | {"kenmerk": "V-1"})


PLANNING = {
    "publicatie": "2026-03-02",
    "vragen_tot": "2026-03-20T12:00:00+01:00",
    "nota_uiterlijk": "2026-04-02",
    "sluiting": "2026-04-14T12:00:00+02:00",
    "gunningsbeslissing": "2026-06-01",
    "definitieve_gunning": "2026-06-29",
    "ingang": "2027-01-01",
}


CLAUSULES = {"motivering": "Bibob en WNT gelden rechtstreeks; een eigen bepaling is niet nodig."}


def publiceer(loop: Loop) -> None:
    """Planning, documents and notice."""
    loop.doe("2026-02-20", "inkoper", "planning_vaststellen", PLANNING)
    assert loop.draai("2026-02-23", "publicatie") == ("stukken_opstellen",)
    loop.doe("2026-03-02", "gemandateerde", "publiceren", CLAUSULES)


def make_bod(nummer: int, percelen: Mapping[str, str], **antwoorden: str) -> dict[str, Any]:
    """A bid: per perceel the code of the product; every requirement is answered with yes unless said."""
    gegeven = {"V1": "ja", "U1": "ja", "M1": "ja"} | antwoorden
    return {
        "nummer": f"I-{nummer:03d}",
        "aanbieder": make_onderneming(nummer).model_dump(mode="json"),
        "ontvangen": "2026-04-13T10:00:00+02:00",
        "percelen": [
            {"perceel": p, "producten": [product], "antwoorden": gegeven} for p, product in percelen.items()
        ],
    }


def schrijf_in(loop: Loop, *biedingen: dict[str, Any]) -> None:
    """Bids come in, the term closes and two persons open."""
    if biedingen:
        loop.doe("2026-04-14 10:00", "inkoper", "inschrijvingen_registreren", {"inschrijvingen": biedingen})
    assert loop.draai("2026-04-14 12:00", "publicatie") == ("inschrijftermijn_sluiten",)
    openen = {"openers": ["inkoper.demo", "jurist.demo"], "plaats": "Gemeentehuis"}
    loop.doe("2026-04-14 13:00", "inkoper", "inschrijvingen_openen", openen)

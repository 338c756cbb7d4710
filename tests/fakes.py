"""An invented procedure of one stage, with the app that runs it, for tests of the machine.

The acts are chosen for what the engine must do with them, not for what the law says: one for all percelen, one
per perceel with rules of every severity, one that seals, one that opens, two per verzoek, and one always refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import Connection

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.adapters.mail import Uitbak
from aanbesteding.adapters.werkboek import read_werkboek
from aanbesteding.documents.catalogus import Sjablonen
from aanbesteding.documents.declaration import Document, DocumentContext, Exemplaar, Ontvanger
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.norm import load_normen
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.zegel import OpenersAangewezen
from aanbesteding.engine.app import App, Post
from aanbesteding.engine.ports import Klok
from aanbesteding.engine.sleutels import DEMO_WACHTZIN, load_sleutels, make_demosleutel
from aanbesteding.fase import Besluit, Envelop, Fase, GeenInvoer, Handeling, Invoerbestand
from aanbesteding.procedure import Procedure
from aanbesteding.procedures import PROCEDURES, SAS
from aanbesteding.regio import regio_mappen
from aanbesteding.storage.dossier import Vast, load_kop, record_besluit, save_nieuw_dossier
from aanbesteding.storage.files import Bestanden
from bouwers import PEILDATUM, make_aanbesteding, moment
from databases import make_database
from documents.maak import make_docx

BEGIN = "2026-01-05 09:00"
GEHEIM = "Niemand mag dit lezen voor de opening"
OPENERS = ("inkoper.demo", "jurist.demo", "inkoper2.demo")
WACHTZINNEN = dict.fromkeys(OPENERS, DEMO_WACHTZIN)


class Gestart(Feit):
    """The invented purchase began."""

    percelen: tuple[str, ...]


class Gemeld(Feit):
    """A perceel was reported, with an amount."""

    perceel: str
    bedrag: int
    motivering: str


class BodGeopend(Feit):
    """A sealed bid was opened."""

    inhoud: dict[str, str]


class VerzoekOntvangen(Feit):
    """A request came in and got a number."""

    nummer: str


class VerzoekGetoetst(Feit):
    """A request was tested."""

    nummer: str


class Melden(Gegevensmodel):
    percelen: tuple[str, ...] = Field(min_length=1)
    bedrag: int = Field(ge=0)
    soort: str = Field(default="a", pattern=r"^[ab]$")
    motivering: str = ""


class Percelen(Gegevensmodel):
    percelen: tuple[str, ...]


class Openen(Percelen):
    openers: tuple[str, str] = ("inkoper.demo", "jurist.demo")


class Bieden(Gegevensmodel):
    nummer: str
    tekst: str


class Toetsen(Gegevensmodel):
    verzoek: str


class BodRij(Gegevensmodel):
    """A row of the invented workbook."""

    rij: int
    nummer: str
    tekst: str


@regel("bedrag-oneven", grondslag="Proefwet art. 1", met_invoer=True)
def bedrag_is_even(s: Situatie[Melden]) -> str | None:
    """The amount is even."""
    return f"Het bedrag {s.invoer.bedrag} is oneven." if s.invoer.bedrag % 2 else None


@regel("bedrag-boven-duizend", grondslag="Proefwet art. 2", met_invoer=True)
def bedrag_onder_duizend(s: Situatie[Melden]) -> str | None:
    """The amount is at most a thousand."""
    return "Het bedrag is meer dan 1000." if s.invoer.bedrag > 1000 else None


@regel("bedrag-hoog", grondslag="Proefgids 3", ernst=Ernst.MOTIVEREN, met_invoer=True)
def bedrag_is_laag(s: Situatie[Melden]) -> str | None:
    """The amount is at most a hundred, or there is a reason."""
    return "Het bedrag is meer dan 100; leg uit waarom." if s.invoer.bedrag > 100 else None


@regel("bedrag-rond", grondslag="Proefgids 4", ernst=Ernst.SIGNALEERT, met_invoer=True)
def bedrag_is_niet_rond(s: Situatie[Melden]) -> str | None:
    """The amount is no multiple of ten."""
    return "Het bedrag is een rond getal." if s.invoer.bedrag % 10 == 0 else None


@regel("bedrag-ontbreekt", grondslag="Proefwet art. 5")
def iets_gemeld(s: Situatie[Any]) -> str | None:
    """Something was reported."""
    return None if s.dossier.list_feiten(Gemeld) else "Er is nog niets gemeld."


@regel("jaar-voorbij", grondslag="Proefwet art. 6")
def jaar_is_2026(s: Situatie[Any]) -> str | None:
    """The year is 2026."""
    return None if s.vandaag.year == 2026 else "Het jaar 2026 is voorbij."


@regel("niets-geopend", grondslag="Proefwet art. 7")
def niets_geopend(s: Situatie[Any]) -> str | None:
    """A rule never sees sealed content."""
    return f"Een regel ziet verzegelde inhoud: {s.geopend}." if s.geopend else None


class BriefContext(DocumentContext):
    """Context of the invented letter."""

    naam: str
    gemeld: tuple[int, ...]
    versie: int
    datum: date


def make_procedure(
    namen: Mapping[str, str] | None = None,
    gezien: list[Mapping[str, Any]] | None = None,
    nieuw: Sequence[str] = (),
) -> Procedure:
    """The invented procedure.

    `namen`: name in the letter per perceel; `gezien`: what each deciding act saw of the sealed store; `nieuw`:
    numbers of the requests that one act makes at once.
    """
    benoemd = dict(namen or {})
    gezien_door = gezien if gezien is not None else []

    def build_brieven(s: Situatie[None]) -> Iterator[Exemplaar]:
        for sleutel in s.onderwerpen:
            gemeld = tuple(f.bedrag for f in s.dossier.list_feiten(Gemeld) if f.perceel == sleutel)
            naam = benoemd.get(sleutel, f"Perceel {sleutel}")
            yield Exemplaar(
                Ontvanger(f"perceel-{sleutel}", naam),
                BriefContext(naam=naam, gemeld=gemeld, versie=s.dossier.versie, datum=s.vandaag),
            )

    def make_document(code: str, *, verzenden: bool = False) -> Document:
        return Document(
            code,
            code.capitalize(),
            "proef",
            BriefContext,
            build_brieven,
            _voorbeeld,
            "perceel",
            verzenden=verzenden,
        )

    def decide_indienen(s: Situatie[Any]) -> Besluit:
        nummers = tuple(nieuw) or (f"{len(s.dossier.list_feiten(VerzoekOntvangen)) + 1:04d}",)
        return Besluit(tuple(VerzoekOntvangen(nummer=n) for n in nummers), nieuw=nummers)

    def decide_openen(s: Situatie[Openen]) -> Besluit:
        gezien_door.append(dict(s.geopend))
        return Besluit((BodGeopend(inhoud={k: str(v["tekst"]) for k, v in s.geopend.items()}),))

    def decide_toetsen(s: Situatie[Toetsen]) -> Besluit:
        gezien_door.append(s.geopend)
        return Besluit((VerzoekGetoetst(nummer=s.invoer.verzoek),))

    brief, nota = make_document("brief", verzenden=True), make_document("nota")
    alle = frozenset({"voorbereiding", "lopend", "gemeld", "geopend"})
    fase = Fase(
        "proef",
        "Proef",
        handelingen=(
            Handeling(
                "proef_starten",
                "Proef starten",
                rol=Rol.INKOPER,
                per="aanbesteding",
                van=frozenset({"voorbereiding"}),
                naar="lopend",
                besluit=lambda s: Besluit((Gestart(percelen=s.onderwerpen),)),
                regels=(jaar_is_2026,),
                documenten=(brief, nota),
            ),
            Handeling(
                "perceel_melden",
                "Perceel melden",
                rol=Rol.INKOPER,
                per="perceel",
                van=frozenset({"lopend", "gemeld"}),
                naar="gemeld",
                invoer=Melden,
                regels=(
                    jaar_is_2026,
                    bedrag_is_even,
                    bedrag_onder_duizend,
                    bedrag_is_laag,
                    bedrag_is_niet_rond,
                ),
                besluit=decide_melden,
                documenten=(brief,),
            ),
            Handeling(
                "bod_ontvangen",
                "Bod ontvangen",
                rol=Rol.INKOPER,
                per="dossier",
                invoer=Bieden,
                verzegelt=True,
                besluit=lambda s: Besluit(
                    verzegeld=(Envelop("bod", s.invoer.nummer, {"tekst": s.invoer.tekst}),)
                ),
            ),
            Handeling(
                "bod_openen",
                "Bod openen",
                rol=Rol.JURIST,
                per="perceel",
                van=frozenset({"gemeld"}),
                naar="geopend",
                invoer=Openen,
                regels=(iets_gemeld, niets_geopend),
                besluit=decide_openen,
                opent="bod",
            ),
            Handeling(
                "verzoek_indienen",
                "Verzoek indienen",
                rol=Rol.INKOPER,
                per="verzoek",
                naar="ingediend",
                besluit=decide_indienen,
                documenten=(nota,),
            ),
            Handeling(
                "verzoek_toetsen",
                "Verzoek toetsen",
                rol=Rol.INKOPER,
                per="verzoek",
                van=frozenset({"ingediend"}),
                naar="getoetst",
                invoer=Toetsen,
                regels=(iets_gemeld, niets_geopend),
                besluit=decide_toetsen,
                automatisch=lambda s: Toetsen(verzoek=s.onderwerpen[0]) if s.onderwerpen else None,
            ),
            Handeling(
                "proef_stoppen",
                "Proef stoppen",
                rol=Rol.GEMANDATEERDE,
                per="aanbesteding",
                van=alle,
                naar="gestopt",
                besluit=lambda s: Besluit(),
                regels=(jaar_is_2026, iets_gemeld),
                invoer=GeenInvoer,
            ),
        ),
        feiten=(Gestart, Gemeld, BodGeopend, VerzoekOntvangen, VerzoekGetoetst),
        invoerbestanden=(Invoerbestand("biedingen", "bod_ontvangen", {"biedingen": BodRij}, build_bod),),
    )
    return Procedure(
        code="proef",
        titel="Verzonnen procedure",
        grondslag="Proefwet",
        geldig_vanaf=date(2026, 1, 1),
        versie="1",
        regime=SAS.regime,
        begin_status="voorbereiding",
        eindstatussen=frozenset({"gestopt"}),
        fasen=(fase,),
    )


def decide_melden(s: Situatie[Melden]) -> Besluit:
    return Besluit(
        tuple(
            Gemeld(perceel=p, bedrag=s.invoer.bedrag, motivering=s.invoer.motivering)
            for p in s.invoer.percelen
        )
    )


def build_bod(bladen: Mapping[str, tuple[Any, ...]], s: Situatie[None]) -> BaseModel:
    rij = bladen["biedingen"][0]
    return Bieden(nummer=rij.nummer, tekst=rij.tekst)


def _voorbeeld() -> BriefContext:
    return BriefContext(naam="Voorbeeld", gemeld=(), versie=1, datum=date(2026, 1, 5))


class OnderbrekendeKlok:
    """A clock at which something happens once, when somebody looks: another person acts in between."""

    def __init__(self, klok: Klok, gebeurtenis: Callable[[], Any]) -> None:
        self._klok = klok
        self._gebeurtenis: Callable[[], Any] | None = gebeurtenis

    def nu(self) -> datetime:
        """The present moment; before it is told, the event takes place."""
        gebeurtenis, self._gebeurtenis = self._gebeurtenis, None
        if gebeurtenis is not None:
            gebeurtenis()
        return self._klok.nu()


BRIEFTEKST = """Aan {{ naam }}, versie {{ versie }}, {{ datum|datum }}.

{%p for b in gemeld %}
Bedrag {{ b|getal }}.
{%p endfor %}"""


def make_app(map_: Path, procedure: Procedure | None = None, **velden: Any) -> App:
    """An app on a fresh database in `map_`, with the invented procedure and its two templates."""
    map_.mkdir(parents=True, exist_ok=True)
    for naam in ("brief", "nota"):
        make_docx(map_ / "sjablonen" / "proef", BRIEFTEKST, naam=naam)
    database = make_database(map_)
    gekozen = procedure or make_procedure()
    app = App(
        database=database,
        bestanden=Bestanden(map_ / "documenten"),
        sjablonen=Sjablonen(map_ / "sjablonen"),
        klok=StilstaandeKlok(moment(BEGIN)),
        normen=load_normen(),
        procedures={p.code: p for p in (*PROCEDURES, gekozen)},
        regiomappen=regio_mappen(None),
        lees_werkboek=read_werkboek,
        werkmap=map_,
        post=Post(Uitbak(map_ / "uitbak"), "https://inkoop.voorbeeld.example"),
    )
    return replace(app, **velden)


def save_dossier(app: App, code: str = "PROEF", procedure: str = "proef", **velden: Any) -> str:
    """Store the small invented purchase of bouwers.py as a dossier; returns its code."""
    aanbesteding = make_aanbesteding(regio="bommelerwaard", procedure=procedure, **velden)
    save_nieuw_dossier(
        app.database,
        code,
        aanbesteding,
        procedure_versie="1",
        begin_status="voorbereiding",
        peildatum=PEILDATUM,
        moment=moment(BEGIN),
        demo=True,
    )
    return code


def unfreeze(verbinding: Connection) -> None:
    """Let a test do what the database refuses: change facts and logs, as somebody who owns the database could."""
    if verbinding.dialect.name == "sqlite":
        for (naam,) in verbinding.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).all():
            verbinding.exec_driver_sql(f"DROP TRIGGER {naam}")
    else:
        for tabel in ("feit", "auditregel", "berichtregel"):
            verbinding.exec_driver_sql(f"DROP TRIGGER IF EXISTS {tabel}_vast ON {tabel}")


def wijs_openers_aan(app: App, code: str = "PROEF", openers: Sequence[str] = OPENERS) -> None:
    """Appoint these openers, each with a demo key; one more version of the dossier."""
    for persoon in openers:
        make_demosleutel(app, persoon)
    sleutels = load_sleutels(app)
    feit = OpenersAangewezen(openers=tuple(sleutels[p] for p in openers))
    vast = Vast("openers_aanwijzen", "gemandateerde.demo", app.klok.nu(), (feit,))
    record_besluit(app.database, code, load_kop(app.database, code).versie, vast)

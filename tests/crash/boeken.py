"""The kinds of workbook that no story reads: made of what the story did by hand at that moment, and read instead."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.adapters.werkboek import render_werkboek
from aanbesteding.bootstrap import make_app
from aanbesteding.demo.draaien import INVOER
from aanbesteding.demo.werkboeken import Bedenker, Bladen
from aanbesteding.engine.app import App
from aanbesteding.engine.invoer import perform_inhoud
from aanbesteding.engine.outbox import list_open
from aanbesteding.settings import Settings
from crash import fasetoneel
from crash.fasetoneel import DATABASE, DOSSIER, Boek, Moment, Opname, Opnamen, load_kort

Rijen = Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class Plaats:
    """Where in which story a kind of workbook can be read, by whom, and what is in it."""

    verhaal: str
    handeling: str
    na: int
    als: str
    maak: Callable[[Bedenker, Any], Bladen]


def _build(blad: str, rijen: Rijen) -> Bladen:
    rijen = list(rijen)
    kolommen = tuple(rijen[0])
    return {blad: (kolommen, [tuple(rij[k] for k in kolommen) for rij in rijen])}


def make_consensus(bedenker: Bedenker, stap: Any) -> Bladen:
    """The judgments that the panel typed in."""
    invoer = next(iter(INVOER[stap.bedenk](bedenker, **stap.met)))
    return _build("consensus", ({"perceel": invoer["perceel"], **oordeel} for oordeel in invoer["oordelen"]))


def make_kenmerken(bedenker: Bedenker, stap: Any) -> Bladen:
    """The characteristics that the chair typed in."""
    invoer = next(iter(INVOER[stap.bedenk](bedenker, **stap.met))) if stap.bedenk else stap.invoer
    velden = ("perceel", "criterium", "tekst", "inschrijving")
    return _build("kenmerken", ({v: rij.get(v, "") for v in velden} for rij in invoer["kenmerken"]))


def make_aanbieders(bedenker: Bedenker, _stap: Any) -> Bladen:
    """Invented providers who do not work here yet."""
    groep = bedenker.dossier.aanbesteding.consultatie.groepen[0].code
    rijen = (
        {
            "sleutel": f"nieuw-{n}", "naam": f"Verzonnen nieuwkomer {n}", "straat": "Verzonnen laan 1",
            "postcode": "1811 AA", "plaats": "Alkmaar", "email": f"nieuw{n}@verzonnen.example", "groep": groep,
            "aanleiding": "Verzonnen aanleiding",
        }
        for n in range(3)
    )  # fmt: skip
    return _build("aanbieders", rijen)


def make_activiteit(bedenker: Bedenker, _stap: Any) -> Bladen:
    """When each agreement last delivered care."""
    return bedenker.activiteit(date(2023, 2, 5))


PLAATSEN: Mapping[str, Plaats] = {
    "consensus": Plaats("zhz", "consensus_vaststellen", 0, "voorzitter.demo", make_consensus),
    "kenmerken": Plaats("zhz", "kenmerken_vrijgeven", 0, "jurist.demo", make_kenmerken),
    "activiteit": Plaats("zhz", "", 0, "contractbeheerder.demo", make_activiteit),
    "nieuwe_aanbieders": Plaats("wmo", "publiceren", 1, "inkoper.demo", make_aanbieders),
}


def lees_boek(home: Path, boek: Boek, sterf_bij: str) -> None:
    """Read this workbook as a new process does, unless it was read; then make what was promised."""
    app = make_app(Settings(home=home), StilstaandeKlok(boek.tijd))
    if sterf_bij:
        os.environ["AANBESTEDING_STERF_BIJ"] = sterf_bij
    dossier, procedure, _ = app.load(DOSSIER)
    handeling = procedure.load_invoerbestand(boek.soort).handeling
    if not any(v.handeling == handeling and v.moment == boek.tijd for v in dossier.vastleggingen):
        perform_inhoud(app, DOSSIER, boek.soort, f"{boek.soort}.xlsx", boek.inhoud, boek.als)
    for fase in dict.fromkeys(t.fase for t in list_open(app, DOSSIER)):
        fasetoneel.make_runner(app)(fase, DOSSIER, boek.als)
    app.database.dispose()


def find_nummer(plaats: Plaats) -> int:
    """The step of the story instead of which the workbook is read; after the last one when no act is named."""
    stappen = load_kort(plaats.verhaal)[0].stappen
    if not plaats.handeling:
        return len(stappen)
    return plaats.na + next(n for n, stap in enumerate(stappen) if stap.handeling == plaats.handeling)


def add_boeken(map_: Path, opnamen: Opnamen, start: Callable[..., int | None]) -> None:
    """Read every one of these once, undisturbed, and keep what it came to."""
    for soort, plaats in PLAATSEN.items():
        verhaal, _ = load_kort(plaats.verhaal)
        nummer = find_nummer(plaats)
        voor = map_ / f"{plaats.verhaal}-{nummer}.db"
        stap = verhaal.stappen[nummer] if nummer < len(verhaal.stappen) else None
        tijd = (
            stap.tijd if stap and not plaats.na else verhaal.stappen[nummer - 1].tijd + timedelta(minutes=5)
        )
        app = _open(map_ / f"kijk-{soort}", voor, tijd)
        inhoud = render_werkboek(plaats.maak(Bedenker(verhaal.verzinsels, app.load(DOSSIER)[0]), stap))
        app.database.dispose()
        moment = Moment(plaats.verhaal, nummer, boek=Boek(soort, plaats.als, tijd, inhoud))
        opname = Opname(moment, voor, map_ / f"na-{soort}.db", home=soort)
        home = opnamen.homes[soort] = fasetoneel.restore_home(
            opname, opnamen.homes[plaats.verhaal], map_ / soort
        )
        assert start(fasetoneel.doe_stap, home, moment) == 0
        fasetoneel.save_database(home, opname.na)
        opnamen.werkboeken[soort] = opname


def _open(home: Path, database: Path, tijd: datetime) -> App:
    home.mkdir()
    fasetoneel.save_database_van(database, home / DATABASE)
    return make_app(Settings(home=home), StilstaandeKlok(tijd))

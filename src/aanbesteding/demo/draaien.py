"""Runs a story: jumps the clock, performs every step as the person it names, and lets the flows make the documents.

All state stays under one directory. Broken off and started again on the same directory, a run goes on where it was
and ends with the same documents.

Must stay true: acts go through engine.perform, imports through engine.invoer, stages through their Prefect flow;
a story has no way round the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.adapters.prefect import Server, launch_server, run_fase, stop_server, wait_server
from aanbesteding.adapters.werkboek import render_werkboek
from aanbesteding.bootstrap import app_in_gebruik, make_app
from aanbesteding.demo.accounts import check_accounts, make_demo_accounts
from aanbesteding.demo.bedacht import INVOER
from aanbesteding.demo.openers import AANWIJZEN, appoint_openers, list_wachtzinnen
from aanbesteding.demo.overzicht import save_overzicht
from aanbesteding.demo.verhaal import Stap, Verhaal
from aanbesteding.demo.werkboeken import Bedenker
from aanbesteding.engine.app import App
from aanbesteding.engine.dossiers import make_dossier
from aanbesteding.engine.invoer import perform_inhoud
from aanbesteding.engine.outbox import list_open
from aanbesteding.engine.perform import HandelingRefused, perform
from aanbesteding.engine.stukken import build_goedkeuring
from aanbesteding.engine.verzendbeeld import list_besluiten
from aanbesteding.engine.verzending import send, start_verzending
from aanbesteding.errors import AanbestedingError, InvoerError
from aanbesteding.regio import load_regio, parse_toml, regio_mappen
from aanbesteding.settings import Settings
from aanbesteding.storage.documenten import list_documenten
from aanbesteding.storage.queries import list_dossiers

VERZEGELD = "inschrijvingen"
"""The workbook that is sealed at once, so that a demo leaves no copy of it on disk."""

FaseRunner = Callable[[str, str, str], Any]
"""Runs a stage's flow: stage, dossier, person."""


class VerhaalWijktAf(AanbestedingError):
    """The story did not go as it says it goes."""


@dataclass(frozen=True)
class Verteller:
    """Tells one story on one app."""

    app: App
    klok: StilstaandeKlok
    verhaal: Verhaal
    dossier: str
    invoermap: Path
    run_flow: FaseRunner

    def tell(self, meld: Callable[[Stap, int], None]) -> None:
        """Perform every step that has not been done yet; `meld` hears of each with the number of documents."""
        if not any(stap.handeling == AANWIJZEN for stap in self.verhaal.stappen):
            appoint_openers(self.app, self.dossier)
        gedaan = self._gedaan()
        for stap, volgende in zip(self.verhaal.stappen, [*self.verhaal.stappen[1:], None], strict=True):
            if gedaan and volgende is not None and volgende.tijd <= max(gedaan.values()):
                meld(stap, 0)
                continue
            if stap.tijd > self.klok.nu():
                self.klok.jump(stap.tijd)
            voor = len(list_documenten(self.app.database, self.dossier))
            self._perform(stap, gedaan)
            self._drain(stap)
            meld(stap, len(list_documenten(self.app.database, self.dossier)) - voor)

    def _gedaan(self) -> dict[tuple[str, datetime], datetime]:
        dossier, _, _ = self.app.load(self.dossier)
        return {(v.handeling, v.moment): v.moment for v in dossier.vastleggingen}

    def _perform(self, stap: Stap, gedaan: Mapping[tuple[str, datetime], datetime]) -> None:
        try:
            if stap.fase:
                self.run_flow(stap.fase, self.dossier, stap.als)
            elif stap.importeer:
                self._import(stap, gedaan)
            elif stap.beoordeel:
                self._approve(stap, gedaan)
            elif stap.verzend:
                self._send(stap)
            else:
                for nummer, invoer in enumerate(self._list_invoer(stap)):
                    moment = stap.tijd + timedelta(seconds=nummer)
                    if (stap.handeling, moment) in gedaan:
                        continue
                    if moment > self.klok.nu():
                        self.klok.jump(moment)
                    wachtzinnen = list_wachtzinnen(invoer)
                    perform(self.app, self.dossier, stap.handeling, invoer, stap.als, wachtzinnen=wachtzinnen)
        except HandelingRefused as weigering:
            codes = {o.code for o in weigering.overtredingen}
            if not stap.geweigerd or not codes >= set(stap.geweigerd):
                raise
        else:
            if stap.geweigerd:
                raise VerhaalWijktAf(
                    f"De stap '{stap.wat}' had geweigerd moeten worden met {', '.join(stap.geweigerd)}."
                )

    def _bedenker(self, stap: Stap) -> Bedenker:
        """Invents from the dossier as it was before this step, or a step broken off halfway would count anew."""
        dossier, _, _ = self.app.load(self.dossier)
        voor = max((v.versie for v in dossier.vastleggingen if v.moment < stap.tijd), default=0)
        return Bedenker(self.verhaal.verzinsels, dossier.op_versie(voor))

    def _list_invoer(self, stap: Stap) -> Iterable[Mapping[str, Any]]:
        if not stap.bedenk:
            return (stap.invoer,)
        return list(INVOER[stap.bedenk](self._bedenker(stap), **stap.met))

    def _import(self, stap: Stap, gedaan: Mapping[tuple[str, datetime], datetime]) -> None:
        _, procedure, _ = self.app.load(self.dossier)
        if (procedure.load_invoerbestand(stap.importeer).handeling, stap.tijd) in gedaan:
            return
        bladen = getattr(self._bedenker(stap), stap.werkboek)(**stap.met)
        achter = "-".join(
            str(deel).replace(".demo", "") for deel in stap.met.values() if isinstance(deel, str)
        )
        pad = self.invoermap / f"{stap.importeer}{'-' + achter if achter else ''}.xlsx"
        inhoud = render_werkboek(bladen)
        if stap.importeer != VERZEGELD:
            pad.parent.mkdir(parents=True, exist_ok=True)
            pad.write_bytes(inhoud)
        perform_inhoud(self.app, self.dossier, stap.importeer, pad.name, inhoud, stap.als)

    def _approve(self, stap: Stap, gedaan: Mapping[tuple[str, datetime], datetime]) -> None:
        """Approve everything of a stage that waits for review, in one act."""
        if ("stukken_goedkeuren", stap.tijd) not in gedaan:
            invoer = build_goedkeuring(self.app, self.dossier, stap.als, fase=stap.beoordeel)
            perform(self.app, self.dossier, "stukken_goedkeuren", invoer, stap.als)

    def _send(self, stap: Stap) -> None:
        """Send the letters of the last decision of this act; a sending that was broken off goes on."""
        besluiten = [b for b in list_besluiten(self.app, self.dossier) if b.handeling.code == stap.verzend]
        if not besluiten:
            raise VerhaalWijktAf(f"De stap '{stap.wat}' vindt geen brieven van '{stap.verzend}'.")
        if besluiten[-1].gestart is None:
            start_verzending(self.app, self.dossier, besluiten[-1].besluit, stap.als)
        for run in send(self.app, self.dossier):
            if run.melding or not run.klaar:
                raise VerhaalWijktAf(f"Niet alle brieven van besluit {run.besluit} zijn weg. {run.melding}")

    def _drain(self, stap: Stap) -> None:
        """Let the flow of each stage that has promised documents make them."""
        for fase in dict.fromkeys(t.fase for t in list_open(self.app, self.dossier)):
            run = self.run_flow(fase, self.dossier, stap.als)
            if run.fouten:
                fouten = [t.fout for t in list_open(self.app, self.dossier) if t.fout]
                raise VerhaalWijktAf("Niet alle documenten zijn gemaakt:\n" + "\n".join(fouten))


def list_verhalen(regio: str, mappen: Iterable[Path]) -> tuple[Path, ...]:
    """The files with the stories of a region, `verhaal.toml` first; InvoerError when there is none."""
    _, map_ = load_regio(regio, mappen)
    if gevonden := tuple(sorted(map_.glob("verhaal*.toml"), key=lambda pad: (len(pad.stem) > 7, pad.stem))):
        return gevonden
    raise InvoerError(
        [
            f"De regio '{regio}' heeft geen verhaal om te draaien. Maak verhaal.toml in {map_}, of werk met "
            "'aanbesteding dossier nieuw'."
        ]
    )


def load_verhaal(regio: str, mappen: Iterable[Path], bestand: str = "") -> tuple[Verhaal, Path]:
    """A story of a region (the first one when no file is named) and the folder it stands in."""
    paden = list_verhalen(regio, mappen)
    pad = paden[0].parent / bestand if bestand else paden[0]
    return parse_toml(pad, Verhaal), pad.parent


def run_demo(regio: str, map_: Path, dossier: str = "", wachtwoord: str = "") -> Path:
    """Run every story of a region under `map_`; returns the folder with the documents of the last one.

    `dossier`: code of the dossier when the region has one story. `wachtwoord`: of the accounts to look at the demo
    with; empty: one is made up and printed once.
    """
    scherm = Console(highlight=False, soft_wrap=True)
    map_ = map_.resolve()
    # a demo never mails anybody and never touches an installation; its links work whenever somebody looks at it
    settings = Settings(
        home=map_,
        database_url="",
        documenten_url="",
        documenten_eindpunt="",
        mail_server="",
        mail_link_dagen=3650,
    )
    paden = list_verhalen(regio, regio_mappen(settings.regios))
    if dossier and len(paden) > 1:
        raise InvoerError(
            [f"De regio '{regio}' heeft {len(paden)} verhalen met elk een eigen dossier. Laat --dossier weg."]
        )
    server = launch_server(settings.prefect_home)
    try:
        run_flow = make_runner(settings.prefect_home, server)
        klaar = [_run_verhaal(pad, settings, run_flow, scherm, dossier, wachtwoord) for pad in paden]
        for deel in klaar:
            scherm.print(
                f"\nKlaar: {deel.aantal} documenten, één map per fase, in [bold]{deel.documenten}[/]"
            )
            scherm.print(f"Begin met het overzicht: [bold]{deel.overzicht}[/]")
        if any(settings.uitbak.rglob("*.eml")):
            scherm.print(f"Brieven als mail (er gaat niets echt weg): [bold]{settings.uitbak}[/]")

        def meld(aantal: int, eerste: str, gekozen: str) -> None:
            scherm.print(
                f"\nBekijken op de webpagina's: AANBESTEDING_HOME={map_} aanbesteding start\n"
                f"Log in als {eerste} (of {aantal - 1} anderen) met wachtwoord: [bold]{gekozen}[/]"
            )

        app = make_app(settings, StilstaandeKlok(klaar[-1].begin))
        make_demo_accounts(app, regio, wachtwoord, meld)
        app.database.dispose()
    finally:
        stop_server(server)
    return klaar[-1].documenten


@dataclass(frozen=True)
class _Klaar:
    """A story that was told: where its documents and its overview are."""

    begin: datetime
    aantal: int
    documenten: Path
    overzicht: Path


def _run_verhaal(
    pad: Path, settings: Settings, run_flow: FaseRunner, scherm: Console, dossier: str, wachtwoord: str
) -> _Klaar:
    verhaal, map_ = parse_toml(pad, Verhaal), settings.home
    code = dossier or verhaal.dossier
    klok = StilstaandeKlok(verhaal.begin_tijd)
    app = make_app(settings, klok)
    check_accounts(app, wachtwoord)
    if code not in {regel.code for regel in list_dossiers(app.database)}:
        make_dossier(app, pad.parent / verhaal.aanbesteding, code, demo=True)
    scherm.print(f"[bold]{verhaal.titel}[/]")
    scherm.print("Alle aanbieders, nummers, bedragen en besluiten in deze demo zijn verzonnen.\n")

    def meld(stap: Stap, documenten: int) -> None:
        staart = f"  [dim]{documenten} documenten[/]" if documenten else ""
        scherm.print(f"{stap.tijd:%d-%m-%Y}  {stap.als:<22} {stap.wat}{staart}")

    with app_in_gebruik(app):
        Verteller(app, klok, verhaal, code, map_ / "invoer" / pad.stem, run_flow).tell(meld)
    naam = "overzicht.html" if pad.stem == "verhaal" else f"overzicht-{code}.html"
    klaar = _Klaar(
        verhaal.begin_tijd,
        len(list_documenten(app.database, code)),
        Path(app.bestanden.show(code)),
        save_overzicht(app, code, verhaal, map_, naam),
    )
    app.database.dispose()
    return klaar


def make_runner(home: Path, server: Server) -> FaseRunner:
    """Runs flows on a server; waits for it at the first one, so that it starts up while people are at work."""
    gereed: list[Server] = []

    def run(fase: str, dossier: str, als: str) -> Any:
        if not gereed:
            gereed.append(wait_server(server))
        return run_fase(home, server, fase, dossier, als)

    return run

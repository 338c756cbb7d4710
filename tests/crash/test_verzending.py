"""A sending is killed as by `kill -9` at every checkpoint; started again, no mail leaves twice and none is lost.

What nobody can know after a kill (did this one mail leave?) is shown as unknown, and is sent again only on a word.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from aanbesteding.engine.verzendbeeld import load_besluit
from aanbesteding.engine.verzending import report_bezorging, send
from betrouwbaarheid import note
from crash import verzendtoneel
from crash.processen import PROCESSEN, start
from crash.punten import HANDELING
from crash.punten import VERZENDING as CHECKPOINTS
from crash.test_crash import copy_home
from postkamer import ALS, DOSSIER, Genoteerd, Postbus, serve

pytestmark = [pytest.mark.crash, pytest.mark.betrouwbaarheid]

ALLEN = {f"aanbieder-{n}@zorg.example" for n in range(1, 5)}
BESLUIT = 2


@pytest.fixture(scope="module")
def gestart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder in which a sending was started and nothing was sent."""
    home = tmp_path_factory.mktemp("gestart")
    assert start(verzendtoneel.prepare, home) == 0
    return home


@pytest.fixture
def bus() -> Iterator[tuple[Postbus, int]]:
    """A mail server that takes everything, with its port."""
    postbus = Postbus()
    with serve(postbus) as server:
        yield postbus, server.poort


def prepare_home(bron: Path, doel: Path) -> Path:
    """The prepared folder once more, with its files."""
    home = doel / "home"
    home.mkdir()
    (bron / "proef.db").rename(bron / "aanbesteding.db") if (bron / "proef.db").exists() else None
    copy_home(bron, home)
    (home / "aanbesteding.db").rename(home / "proef.db")
    for pad in (bron / "documenten").rglob("*"):
        if pad.is_file():
            naar = home / pad.relative_to(bron)
            naar.parent.mkdir(parents=True, exist_ok=True)
            naar.write_bytes(pad.read_bytes())
    return home


def list_standen(home: Path, poort: int) -> dict[str, str]:
    app = verzendtoneel.open_app(home, poort)
    return {b.bericht.email: b.stand for b in load_besluit(app, DOSSIER, BESLUIT).berichten}


def finish(home: Path, poort: int, aangekomen: set[str]) -> None:
    """A person looks at what is unknown and says for each whether it arrived."""
    app = verzendtoneel.open_app(home, poort)
    for deel in load_besluit(app, DOSSIER, BESLUIT).berichten:
        if deel.stand != "onbekend":
            continue
        melding = "aangekomen" if deel.bericht.email in aangekomen else "opnieuw"
        invoer = {
            "besluit": BESLUIT,
            "ontvanger": deel.bericht.ontvanger,
            "melding": melding,
            "op": app.klok.nu(),
            "toelichting": "gebeld",
        }
        report_bezorging(app, DOSSIER, invoer, ALS)
    send(app, DOSSIER)
    genoteerd = [f for f in app.load(DOSSIER)[0].list_feiten(Genoteerd) if f.verzonden != ("x",)]
    assert len(genoteerd) == 1
    assert len(genoteerd[0].verzonden) == 4
    assert genoteerd[0].niet_verzonden == ()
    assert {b.brief.status for b in load_besluit(app, DOSSIER, BESLUIT).brieven} == {"verzonden"}
    app.database.dispose()


def test_checkpoints_stand_around_every_step_of_sending():
    assert {"verzending-voor-bezig", "verzending-na-bezig", "verzending-na-poging"} < set(CHECKPOINTS)
    assert len(CHECKPOINTS) >= 7


EENMALIG = {"verzending-na-klaarzetten", "verzending-voor-afronden", "verzending-na-afronden", *HANDELING}
"""Where a sending comes once; everywhere else once per mail."""
GEVALLEN = [
    *(pytest.param(naam, "", id=f"{naam}, de eerste keer") for naam in (*CHECKPOINTS, *HANDELING)),
    *(pytest.param(naam, ":2", id=f"{naam}, de tweede keer") for naam in CHECKPOINTS if naam not in EENMALIG),
]


@pytest.mark.parametrize(("naam", "keer"), GEVALLEN)
def test_killed_sending_goes_on_without_a_mail_twice_or_lost(
    tmp_path: Path, gestart: Path, bus: tuple[Postbus, int], naam: str, keer: str
):
    postbus, poort = bus
    home = prepare_home(gestart, tmp_path)
    assert start(verzendtoneel.verzend, home, poort, naam + keer) == -signal.SIGKILL
    assert start(verzendtoneel.verzend, home, poort) == 0
    standen = list_standen(home, poort)
    onbekend = {email for email, stand in standen.items() if stand == "onbekend"}
    assert set(standen) == ALLEN
    assert set(standen.values()) <= {"verzonden", "onbekend"}
    assert len(onbekend) == (1 if naam in ("verzending-na-bezig", "verzending-na-poging") else 0)
    gekregen = Counter(str(m["To"]) for m in postbus.mails)
    verloren, dubbel = len(ALLEN - onbekend - set(gekregen)), sum(n - 1 for n in gekregen.values())
    note("storing", "kill -9 in een verzending", geprobeerd=1, verloren=verloren, dubbel=dubbel)
    assert ALLEN - onbekend <= set(gekregen)
    assert set(gekregen.values()) == {1}
    assert (onbekend <= set(gekregen)) is (naam == "verzending-na-poging") or not onbekend
    finish(home, poort, set(gekregen))
    assert Counter(str(m["To"]) for m in postbus.mails) == dict.fromkeys(ALLEN, 1)
    assert not list(home.rglob("*.deel"))


def test_sending_that_is_killed_again_and_again_ends_with_each_mail_once(
    tmp_path: Path, gestart: Path, bus: tuple[Postbus, int]
):
    postbus, poort = bus
    home = prepare_home(gestart, tmp_path)
    for naam in ("verzending-na-klaarzetten", "verzending-voor-bezig", "verzending-na-uitkomst", "verzending-na-bezig",
                 "verzending-na-poging"):  # fmt: skip
        assert start(verzendtoneel.verzend, home, poort, naam) == -signal.SIGKILL
    assert start(verzendtoneel.verzend, home, poort) == 0
    finish(home, poort, {str(m["To"]) for m in postbus.mails})
    assert Counter(str(m["To"]) for m in postbus.mails) == dict.fromkeys(ALLEN, 1)


def test_two_processes_that_send_at_once_send_each_mail_once(
    tmp_path: Path, gestart: Path, bus: tuple[Postbus, int]
):
    postbus, poort = bus
    home = prepare_home(gestart, tmp_path)
    afspraak, uitkomsten = PROCESSEN.Barrier(2), PROCESSEN.Queue()
    processen = [
        PROCESSEN.Process(target=verzendtoneel.verzend_samen, args=(home, poort, afspraak, uitkomsten))
        for _ in range(2)
    ]
    for proces in processen:
        proces.start()
    for proces in processen:
        proces.join(120)
    assert [proces.exitcode for proces in processen] == [0, 0]
    assert sum(uitkomsten.get(timeout=5) for _ in processen) == 4
    note(
        "storing",
        "twee processen versturen tegelijk",
        geprobeerd=1,
        verloren=4 - len(set(map(str, (m["To"] for m in postbus.mails)))),
        dubbel=max(0, len(postbus.mails) - 4),
    )
    assert Counter(str(m["To"]) for m in postbus.mails) == dict.fromkeys(ALLEN, 1)
    finish(home, poort, ALLEN)

"""A series that is divided over processes is the series that one process makes, whatever happens to a part."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from aanbesteding.engine import outbox
from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import Deel, list_open, produce
from aanbesteding.storage.documenten import list_documenten
from bench_dossier import DOSSIER
from databases import make_url
from grote_reeks import make_besluit

AANTAL = 24


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """A decision that was told to two dozen bidders, whose letters are promised."""
    app = make_besluit(tmp_path, AANTAL, database_url=make_url(tmp_path))
    yield app
    app.database.dispose()


def make_alles(app: App) -> tuple[int, tuple[str, ...]]:
    """Keep every promise of the stage; how many documents came, and what went wrong."""
    gemaakt = [produce(app, t) for t in list_open(app, DOSSIER, "gunning")]
    return sum(g.gemaakt for g in gemaakt), tuple(f for g in gemaakt for f in g.fouten)


def load_register(app: App) -> dict[str, tuple[str, str]]:
    """Path → what the register and the disk say."""
    return {
        r.pad: (r.sha256, r.ontvanger)
        for r in list_documenten(app.database, DOSSIER, fase="gunning")
        if app.bestanden.check(DOSSIER, r.pad, r.sha256)
    }


def remove_alles(app: App) -> None:
    """Forget the letters, so that they are made once more."""
    with app.database.begin() as verbinding:
        for opdracht in (
            "DELETE FROM clausule",
            "DELETE FROM document WHERE fase = 'gunning'",
            "UPDATE toezegging SET afgehandeld = false, aantal = NULL WHERE fase = 'gunning'",
        ):
            verbinding.exec_driver_sql(opdracht)


def test_series_over_three_processes_is_the_series_of_one(app: App, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AANBESTEDING_PROCESSEN", "1")
    aantal, fouten = make_alles(app)
    alleen = load_register(app)
    assert fouten == ()
    assert len(alleen) == aantal > AANTAL
    remove_alles(app)
    monkeypatch.setenv("AANBESTEDING_PROCESSEN", "3")
    monkeypatch.setattr(outbox, "SAMEN_VANAF", 4)
    assert make_alles(app) == (aantal, ())
    assert load_register(app) == alleen
    assert list_open(app, DOSSIER, "gunning") == ()


def test_what_a_killed_part_leaves_is_made_afterwards_and_nothing_twice(
    app: App, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(outbox, "SAMEN_VANAF", 4)
    monkeypatch.setenv("AANBESTEDING_PROCESSEN", "3")
    ouder, save = os.getpid(), outbox.save_documenten

    def save_of_sterf(*args: object) -> None:
        if os.getpid() != ouder:
            os.kill(os.getpid(), signal.SIGKILL)
        save(*args)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(outbox, "save_documenten", save_of_sterf)
    aantal, fouten = make_alles(app)
    assert fouten == ()
    register = load_register(app)
    assert len(register) == aantal > AANTAL
    assert list_open(app, DOSSIER, "gunning") == ()
    monkeypatch.setattr(outbox, "save_documenten", save)
    monkeypatch.setenv("AANBESTEDING_PROCESSEN", "1")
    remove_alles(app)
    assert make_alles(app) == (aantal, ())
    assert load_register(app) == register


def test_parts_together_make_the_whole_and_only_the_whole_closes_the_promise(app: App):
    brieven = [t for t in list_open(app, DOSSIER, "gunning") if t.document == "afwijzingsbrief"]
    (brief,) = brieven
    delen = [produce(app, brief, Deel(n, 3)).gemaakt for n in range(3)]
    assert all(delen)
    assert brief in list_open(app, DOSSIER)
    heel = produce(app, brief)
    assert (heel.gemaakt, heel.aanwezig, heel.fouten) == (0, sum(delen), ())
    assert brief.id not in {t.id for t in list_open(app, DOSSIER)}

"""What the crash tests of sending run in processes of their own: a started sending, by a mail server of the test."""

from __future__ import annotations

import os
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from aanbesteding.adapters.mail import Mailserver
from aanbesteding.engine.verzending import send, start_verzending
from postkamer import AFZENDER, ALS, DOSSIER, approve, make_besluit, make_postapp, use_smtp


def open_app(home: Path, poort: int) -> Any:
    """The product on this folder with a mail server on this port."""
    app = make_postapp(home, aantal=4)
    return use_smtp(app, Mailserver("127.0.0.1", AFZENDER, poort=poort, tls="geen", wachttijd=20))


def prepare(home: Path) -> None:
    """A decision whose letters are approved and whose sending was started."""
    app = open_app(home, 1)
    besluit = make_besluit(app)
    approve(app, besluit)
    start_verzending(app, DOSSIER, besluit, ALS)
    app.database.dispose()


def verzend(home: Path, poort: int, sterf_bij: str = "") -> None:
    """Send from wherever it was; die at this checkpoint."""
    os.environ.pop("AANBESTEDING_STERF_BIJ", None)
    app = open_app(home, poort)
    if sterf_bij:
        os.environ["AANBESTEDING_STERF_BIJ"] = sterf_bij
    send(app, DOSSIER)


def verzend_samen(home: Path, poort: int, afspraak: Barrier, uitkomsten: Any) -> None:
    """Send at the same moment as somebody else; tell how many mails left here."""
    app = open_app(home, poort)
    afspraak.wait(60)
    uitkomsten.put(sum(run.verstuurd for run in send(app, DOSSIER)))

"""Runs a part of the product in a process of its own, which may be killed."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from typing import Any

PROCESSEN = multiprocessing.get_context("forkserver")
PROCESSEN.set_forkserver_preload(["aanbesteding.demo.draaien", "aanbesteding.engine.outbox"])
GEDULD = 240
"""Seconds; a busy machine is no failure."""


def start(doel: Callable[..., None], *argumenten: Any) -> int | None:
    """Run this in a process of its own; returns its exit code (negative: the signal that ended it)."""
    proces = PROCESSEN.Process(target=doel, args=argumenten)
    proces.start()
    proces.join(GEDULD)
    return proces.exitcode

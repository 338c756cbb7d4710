"""Divides work over the processors of this machine, by processes that begin with everything this one has in memory.

Nothing comes back but whether it went well: what the parts make is in the database and the store, and whoever asked
looks there. A part that fails or is killed therefore loses nothing; what is missing is made afterwards.

Must stay true: no connection to a database is open when this is called; a part never outlives the process that
started it; where processes cannot be split off (not Linux, one processor) nothing is done here at all.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress


def count_processen() -> int:
    """How many processes can work at once here; 1 when work cannot be divided."""
    if sys.platform != "linux":
        return 1
    gevraagd = os.environ.get("AANBESTEDING_PROCESSEN", "")
    return int(gevraagd) if gevraagd.isdigit() else len(os.sched_getaffinity(0))


def run_samen(aantal: int, make: Callable[[int], None]) -> None:
    """Call `make` with 0 up to `aantal`, each in a process: 0 in this one, the others in processes split off from it.

    An error in this process is raised after the others have ended; one in another process is left to who looks after.
    """
    ouder = os.getpid()
    kinderen: list[int] = []
    gc.freeze()  # nobody walks, and so copies, what all of them share
    with warnings.catch_warnings():
        # Python warns of threads that hold a lock while we split; the parts render and write, and log nothing
        warnings.simplefilter("ignore", DeprecationWarning)
        for nummer in range(1, aantal):
            kind = os.fork()
            if kind == 0:
                _run_kind(ouder, make, nummer)
            kinderen.append(kind)
    try:
        make(0)
    finally:
        for kind in kinderen:
            with suppress(ChildProcessError):
                os.waitpid(kind, 0)
        gc.unfreeze()


def _run_kind(ouder: int, make: Callable[[int], None], nummer: int) -> None:
    """Do one part and end, whatever happens; nothing of the parent is cleaned up here."""
    code = 1
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        if os.getppid() == ouder:
            make(nummer)
            code = 0
    finally:
        os._exit(code)

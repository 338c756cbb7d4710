"""Named places where a crash test may strike.

A test sets AANBESTEDING_STERF_BIJ=<name> (or <name>:<n>, the nth time) and the process kills itself there as
`kill -9` would. Without that variable a checkpoint does nothing.
"""

from __future__ import annotations

import os
import signal

_geteld: dict[str, int] = {}


def checkpoint(naam: str) -> None:
    """Mark this place; die here when a crash test asks for it."""
    doel = os.environ.get("AANBESTEDING_STERF_BIJ")
    if not doel:
        return
    gevraagd, _, keer = doel.partition(":")
    if gevraagd != naam:
        return
    _geteld[naam] = _geteld.get(naam, 0) + 1
    if _geteld[naam] == int(keer or "1"):
        os.kill(os.getpid(), signal.SIGKILL)

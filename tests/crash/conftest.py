"""What the crash tests share: two whole stories, told once and undisturbed."""

from __future__ import annotations

import pytest

from crash import fasetoneel
from crash.boeken import add_boeken
from crash.fasetoneel import Opnamen
from crash.processen import start


@pytest.fixture(scope="session")
def opnamen(tmp_path_factory: pytest.TempPathFactory) -> Opnamen:
    """What was kept of the steps of these stories."""
    map_, opnamen = tmp_path_factory.mktemp("opnamen"), Opnamen()
    for sleutel in fasetoneel.VERHALEN:
        fasetoneel.tell_opname(sleutel, map_, opnamen)
    fasetoneel.add_aanhouding(map_, opnamen, start)
    add_boeken(map_, opnamen, start)
    return opnamen

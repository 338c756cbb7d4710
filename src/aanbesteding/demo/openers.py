"""The openers of a demo: everybody who may open, each with a key whose passphrase everybody knows.

Must stay true: these keys are marked as demo keys and are refused in a dossier that is no demo.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aanbesteding.domain.rol import Rol
from aanbesteding.domain.zegel import OpenersAangewezen
from aanbesteding.engine.app import App
from aanbesteding.engine.perform import perform
from aanbesteding.engine.sleutels import DEMO_WACHTZIN, make_demosleutel

AANWIJZEN = "openers_aanwijzen"


def appoint_openers(app: App, code: str) -> None:
    """Appoint the openers of a demo dossier, where its procedure knows them and nobody has yet."""
    dossier, procedure, regio = app.load(code)
    bekend = AANWIJZEN in {h.code for _, h in procedure.list_handelingen()}
    if not bekend or dossier.laatste(OpenersAangewezen) is not None:
        return
    bevoegd = (*regio.list_personen(Rol.INKOPER), *regio.list_personen(Rol.JURIST))
    openers = tuple(dict.fromkeys(bevoegd))
    for persoon in openers:
        make_demosleutel(app, persoon)
    perform(app, code, AANWIJZEN, {"openers": openers}, regio.list_personen(Rol.GEMANDATEERDE)[0])


def list_wachtzinnen(invoer: Mapping[str, Any]) -> dict[str, str]:
    """The passphrases of the openers that this input names."""
    return dict.fromkeys(invoer.get("openers", ()), DEMO_WACHTZIN)

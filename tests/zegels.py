"""Opens the envelopes of a demo dossier in tests: its openers' passphrase is known to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aanbesteding.domain.zegel import OpenersAangewezen
from aanbesteding.engine.app import App
from aanbesteding.engine.sleutels import DEMO_WACHTZIN
from aanbesteding.engine.zegel import Kast, open_kast


def read_enveloppen(app: App, dossier: str, soort: str) -> dict[str, Mapping[str, Any]]:
    """The content of every envelope of this kind; nothing is recorded."""
    inhoud = app.load(dossier)[0]
    aangewezen = inhoud.laatste(OpenersAangewezen)
    assert aangewezen is not None
    een, twee = (o.persoon for o in aangewezen.openers[:2])
    kast = open_kast(app, inhoud, soort, (een, twee), dict.fromkeys((een, twee), DEMO_WACHTZIN))
    assert isinstance(kast, Kast), kast
    return dict(kast)

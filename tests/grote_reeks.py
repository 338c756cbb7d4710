"""A decision that was told to many invented bidders, whose letters are promised and not made yet."""

from __future__ import annotations

from pathlib import Path

from aanbesteding.engine.app import App
from aanbesteding.engine.perform import perform, perform_due
from bench_dossier import BEGIN, DOSSIER, PERCELEN, VERZENDDATUM, make_dossier


def make_besluit(map_: Path, aantal: int, **instellingen: object) -> App:
    """The product on a purchase of this many bidders, right after the decision was told."""
    app = make_dossier(map_, aantal, **instellingen)
    perform_due(app, DOSSIER, "beoordeling", "voorzitter.demo")
    perform_due(app, DOSSIER, "gunning", "inkoper.demo")
    for gemeente in ("maasdriel", "zaltbommel"):
        college = {"gemeente": gemeente, "percelen": PERCELEN, "datum": BEGIN.date(), "kenmerk": gemeente}
        perform(app, DOSSIER, "collegebesluit_vastleggen", college, "jurist.demo")
    perform(app, DOSSIER, "redenen_vrijgeven", {"percelen": PERCELEN}, "jurist2.demo")
    kenmerken = [
        {"perceel": p, "criterium": c, "tekst": "De gekozen inschrijvingen zijn concreet."}
        for p in PERCELEN
        for c in ("K1", "K2")
    ]
    perform(
        app, DOSSIER, "kenmerken_vrijgeven", {"percelen": PERCELEN, "kenmerken": kenmerken}, "jurist.demo"
    )
    besluit = {"percelen": PERCELEN, "verzenddatum": VERZENDDATUM}
    perform(app, DOSSIER, "gunningsbeslissing_meedelen", besluit, "gemandateerde.demo")
    return app

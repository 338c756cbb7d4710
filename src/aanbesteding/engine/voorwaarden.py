"""Conditions of an act that the facts cannot tell: is every letter approved, was this mail really unknown.

Rules are pure functions of the facts; what stands in the register of documents and in the delivery log is asked here,
by engine.perform, together with the rules. A refusal looks the same to a user.

Must stay true: only looks; whoever records on an older version of the dossier is told so by storage.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic import BaseModel

from aanbesteding.domain.regel import Ernst, Overtreding
from aanbesteding.engine.app import App
from aanbesteding.engine.verzendbeeld import Besluitstand, load_besluit
from aanbesteding.errors import InvoerError

VERZENDEN = "Aw 2012 art. 2.127 en 2.130"
MEEST_GETOOND = 5
PAST_BIJ: Mapping[str, frozenset[str]] = {
    "opnieuw": frozenset({"geweigerd", "onbekend", "teruggekomen"}),
    "teruggekomen": frozenset({"verzonden"}),
    "aangekomen": frozenset({"onbekend"}),
    "anders_bereikt": frozenset({"geweigerd", "onbekend", "teruggekomen", "geen_adres"}),
}
"""In which states of a message a person may tell what."""


def check_voorwaarden(app: App, code: str, handeling: str, invoer: BaseModel) -> list[Overtreding]:
    """Every condition of this act that the register does not meet."""
    controle = _CONTROLES.get(handeling)
    if controle is None:
        return []
    try:
        besluit = load_besluit(app, code, int(getattr(invoer, "besluit", 0)))
    except InvoerError as fout:
        return [_overtreding("besluit-zonder-brieven", " ".join(fout.fouten))]
    return controle(app, besluit, invoer)


def _overtreding(code: str, tekst: str) -> Overtreding:
    return Overtreding(code, VERZENDEN, Ernst.BLOKKEERT, tekst)


def _check_start(app: App, besluit: Besluitstand, invoer: BaseModel) -> list[Overtreding]:
    bezwaren = [*besluit.bezwaren, *_list_gewijzigd(app, besluit)]
    if not bezwaren:
        return []
    meer = len(bezwaren) - MEEST_GETOOND
    staart = f" En nog {meer}." if meer > 0 else ""
    return [
        _overtreding(
            "brieven-niet-gereed",
            f"Niet alle brieven van besluit {besluit.besluit} kunnen weg: "
            f"{' '.join(bezwaren[:MEEST_GETOOND])}{staart} Alle brieven van een besluit gaan tegelijk.",
        )
    ]


def _list_gewijzigd(app: App, besluit: Besluitstand) -> list[str]:
    """Letters whose file is not, byte for byte, the one in the register."""
    fout: list[str] = []
    for stand in besluit.brieven:
        brief = stand.brief
        if app.bestanden.check(besluit.dossier, brief.pad, brief.sha256):
            continue
        fout.append(f"{brief.naam} ({brief.titel}): het bestand is niet meer wat er is goedgekeurd.")
    return fout


def _check_melding(app: App, besluit: Besluitstand, invoer: BaseModel) -> list[Overtreding]:
    ontvanger, melding = str(getattr(invoer, "ontvanger", "")), str(getattr(invoer, "melding", ""))
    stand = next((b for b in besluit.berichten if b.bericht.ontvanger == ontvanger), None)
    if stand is None:
        return [
            _overtreding(
                "ontvanger-onbekend", f"Besluit {besluit.besluit} heeft geen bericht aan '{ontvanger}'."
            )
        ]
    if stand.stand in PAST_BIJ[melding]:
        return []
    nodig = " of ".join(sorted(PAST_BIJ[melding])).replace("_", " ")
    return [
        _overtreding(
            "melding-past-niet",
            f"De brief aan {stand.bericht.naam} is '{stand.stand.replace('_', ' ')}'; de melding "
            f"'{melding.replace('_', ' ')}' past alleen bij {nodig}.",
        )
    ]


_CONTROLES: Mapping[str, Callable[[App, Besluitstand, BaseModel], list[Overtreding]]] = {
    "verzending_starten": _check_start,
    "bezorging_melden": _check_melding,
}

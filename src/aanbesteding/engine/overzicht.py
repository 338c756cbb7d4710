"""Overviews for people: which documents there are and what is needed now, from whom, and why not yet.

Text for artifacts, pages and the command line; reads only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.regel import Ernst, Overtreding
from aanbesteding.engine.app import App
from aanbesteding.engine.perform import Handelingstand, list_handelingen
from aanbesteding.engine.standen import list_fasemeldingen, load_geladen
from aanbesteding.storage.documenten import list_documenten

MAX_REGELS = 500


def list_documentregels(app: App, dossier: str, fase: str) -> list[dict[str, str]]:
    """Rows for a table: document, recipient's key, status, hash and path; never a name or content."""
    regels = list_documenten(app.database, dossier, fase=fase)
    return [
        {
            "document": regel.document,
            "ontvanger": regel.ontvanger,
            "uitgave": str(regel.uitgave),
            "status": regel.status,
            "sha256": regel.sha256[:16],
            "pad": regel.pad,
        }
        for regel in regels[-MAX_REGELS:]
    ]


def tell_eerder(
    app: App, dossier: str, fase: str, sinds: int, persoon: str, zelf: Iterable[str]
) -> tuple[str, ...]:
    """Who was first: the acts of this stage that were recorded after version `sinds`, but not by this run of mine."""
    inhoud, procedure, _ = app.load(dossier)
    titels = {h.code: h.titel for h in procedure.load_fase(fase).handelingen}
    eigen, zinnen = Counter(zelf), dict[int, str]()
    for v in inhoud.vastleggingen:
        if v.versie <= sinds or v.versie in zinnen or v.handeling not in titels:
            continue
        mijn = v.persoon == persoon and eigen[v.handeling] > 0
        eigen[v.handeling] -= int(mijn)
        moment = v.moment.astimezone(TIJDZONE)
        zinnen[v.versie] = (
            ""
            if mijn
            else (
                f"Iemand was u voor: '{titels[v.handeling]}' is om {moment:%H.%M} uur al verricht door {v.persoon}."
            )
        )
    return tuple(zin for zin in zinnen.values() if zin)


def list_relevant(app: App, dossier: str) -> tuple[Handelingstand, ...]:
    """Acts that are possible now, or that concern an onderwerp in the right status but are refused by a rule."""
    return tuple(stand for stand in list_handelingen(app, dossier) if stand.mogelijk or _past(stand))


def _past(stand: Handelingstand) -> bool:
    """At least one onderwerp has the right status, or the act needs none."""
    codes = [o.code for o in stand.overtredingen]
    verkeerd = codes.count("status-past-niet")
    return "geen-onderwerp" not in codes and (verkeerd == 0 or verkeerd < len(stand.onderwerpen))


def list_meldingen(app: App, dossier: str) -> tuple[Overtreding, ...]:
    """What the stages say about the dossier as it stands, such as a standstill that has not begun."""
    per_fase = list_fasemeldingen(app, load_geladen(app, dossier))
    return tuple(melding for meldingen in per_fase.values() for melding in meldingen)


def render_benodigd(app: App, dossier: str) -> str:
    """Markdown: what the dossier tells, and per act who may do it and, when it cannot yet, every reason."""
    meldingen = [f"- {m.tekst} ({m.code}; {m.grondslag})" for m in list_meldingen(app, dossier)]
    kop = ["## Stand van het dossier", "", *meldingen, ""] if meldingen else []
    regels = [*kop, f"## Nu nodig in dossier {dossier}", ""]
    leeg = len(regels)
    for stand in list_relevant(app, dossier):
        wie = ", ".join(stand.personen)
        merk = "kan nu" if stand.mogelijk else "kan nog niet"
        regels.append(f"- **{stand.titel}** ({stand.rol}: {wie}): {merk}")
        regels += [
            f"    - {o.tekst} ({o.code}; {o.grondslag})"
            for o in stand.overtredingen
            if o.ernst is not Ernst.SIGNALEERT
        ]
    if len(regels) == leeg:
        regels.append("Er is nu niets nodig.")
    return "\n".join(regels) + "\n"

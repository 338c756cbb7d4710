"""What a mail to a recipient says: taken from the recorded context of the letter, never from the outcome.

Must stay true: nothing of the decision itself stands in a mail; the letter is read behind the link.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aanbesteding.documents.mailtekst import render_mail
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.regio import Regio
from aanbesteding.engine.app import App
from aanbesteding.engine.ports import Mail
from aanbesteding.storage.post import Bericht, load_context

AANHEF = "Geachte heer, mevrouw,"


def load_briefhoofd(app: App, bericht: Bericht) -> Mapping[str, Any]:
    """Letter head of the first letter of a message, as it was recorded; empty for a document without one."""
    for stuk in bericht.stukken:
        hoofd = json.loads(load_context(app.database, bericht.dossier, stuk.pad) or "{}").get("brief")
        if isinstance(hoofd, dict):
            return hoofd  # pyright: ignore[reportUnknownVariableType]
    return {}


@dataclass(frozen=True)
class Schrijver:
    """Writes the mails of one dossier, which is read once."""

    app: App
    dossier: Dossier
    regio: Regio

    def build_mail(self, bericht: Bericht, sleutel: str, verloopt: datetime, moment: datetime) -> Mail:
        """The mail that says that there is a letter, with the personal link."""
        kenmerk = f"{bericht.dossier}-{bericht.besluit}-{bericht.ontvanger}-{bericht.poging + 1}"
        link = f"{self.app.load_post().web_adres}/brief/{sleutel}"
        return self._build(bericht, "brief", kenmerk, moment, link=link, verloopt=verloopt)

    def build_codemail(
        self, bericht: Bericht, code: str, minuten: int, nummer: int, moment: datetime
    ) -> Mail:
        """The second mail, with the code that opens the letter."""
        kenmerk = f"{bericht.dossier}-{bericht.besluit}-{bericht.ontvanger}-code-{nummer}"
        return self._build(bericht, "code", kenmerk, moment, code=code, minuten=minuten)

    def _build(self, bericht: Bericht, soort: str, kenmerk: str, moment: datetime, **waarden: Any) -> Mail:
        hoofd = load_briefhoofd(self.app, bericht)
        tekst = render_mail(
            soort,
            {
                "naam": bericht.naam,
                "titel": self.dossier.aanbesteding.titel,
                "aanhef": hoofd.get("aanhef") or AANHEF,
                "kenmerk": hoofd.get("kenmerk") or f"{bericht.dossier}, besluit {bericht.besluit}",
                "contact": hoofd.get("contact") or self.regio.contact,
                "namens": hoofd.get("namens") or self.regio.naam,
                "demo": self.dossier.demo,
                **waarden,
            },
        )
        return Mail(
            aan=bericht.email,
            namens=self.regio.naam,
            antwoord_aan=self.regio.email,
            onderwerp=tekst.onderwerp,
            tekst=tekst.tekst,
            html=tekst.html,
            kenmerk=kenmerk,
            map_=bericht.dossier,
            moment=moment,
        )


def load_schrijver(app: App, code: str) -> Schrijver:
    """The writer of this dossier's mails."""
    dossier, _, regio = app.load(code)
    return Schrijver(app, dossier, regio)

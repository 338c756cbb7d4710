"""What the letters of this stage share: letter heads, dates of the procedure and examples.

Must stay true: nothing here decides; it shows what was recorded.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from aanbesteding.documents.declaration import Brief, address_regels, build_brief
from aanbesteding.domain.feiten import AanbestedingGepubliceerd, Partij, SluitingVerplaatst
from aanbesteding.domain.regio import Regio
from aanbesteding.domain.situatie import Situatie

FASE = "berichtgeving"
INKOOP = "Voorbeeldinkoop 2028 (verzonnen)"
PROGRAMMA = "Voorbeeldzorg 2028 (verzonnen)"
NAMENS = "De colleges van burgemeester en wethouders van Voorbeeldstad en Proefdorp (verzonnen)"


def show_namens(regio: Regio) -> str:
    """On behalf of which bodies a letter is signed."""
    *begin, laatste = [g.naam for g in regio.gemeenten]
    if not begin:
        return f"Het college van burgemeester en wethouders van de gemeente {laatste}"
    return f"De colleges van burgemeester en wethouders van de gemeenten {', '.join(begin)} en {laatste}"


def build_partijbrief(s: Situatie[Any], partij: Partij, kenmerk: str, onderwerp: str, functie: str) -> Brief:
    """Letter head for a party of which only name and address are known."""
    return build_brief(
        s.regio,
        address_regels(partij.naam, "de directie", partij.adres),
        datum=s.vandaag,
        kenmerk=f"{s.dossier.code}-{kenmerk}",
        onderwerp=onderwerp,
        ondertekenaar_functie=functie,
        namens=show_namens(s.regio),
    )


def load_sluiting(s: Situatie[Any]) -> datetime | None:
    """When bids close, after every move; None before publication and in a procedure without closing."""
    verplaatst, gepubliceerd = (
        s.dossier.laatste(SluitingVerplaatst),
        s.dossier.laatste(AanbestedingGepubliceerd),
    )
    if verplaatst is not None:
        return verplaatst.sluiting
    return gepubliceerd.sluiting if gepubliceerd else None


def voorbeeld_brief(aan: tuple[str, ...], onderwerp: str, datum: date, kenmerk: str, functie: str) -> Brief:
    """An invented letter head."""
    return Brief(
        aan=aan,
        datum=datum,
        kenmerk=kenmerk,
        onderwerp=onderwerp,
        aanhef="Geachte directie,",
        contact="Team Inkoop (verzonnen), 000-0000000",
        ondertekenaar_functie=functie,
        namens=NAMENS,
    )


AAN_AANBIEDER = ("Zorg & Co (verzonnen) B.V.", "t.a.v. de directie", "Lindelaan 3", "1236 AB  Voorbeeldstad")

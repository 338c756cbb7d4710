"""What the documents of the consultation share: title block, parties, on whose behalf.

Must stay true: nothing here decides; it shows what was recorded.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from aanbesteding.documents.declaration import Brief, Documentkop, build_brief
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.onderneming import Onderneming
from aanbesteding.domain.regio import Regio
from aanbesteding.domain.situatie import Situatie

FASE = "overleg"
CONTRACTBEHEERDER = "Contractbeheerder"
COLLEGE = "college van burgemeester en wethouders"


class Gemeentepartij(Gegevensmodel):
    """A municipality as party."""

    naam: str = Field(description="Naam van de gemeente")
    orgaan: str = Field(description="Bevoegd orgaan")
    adres: str = Field(description="Adres op één regel")


class Deelnemerpartij(Gegevensmodel):
    """A provider as party."""

    naam: str = Field(description="Naam van de aanbieder")
    adres: str = Field(description="Adres op één regel")
    kvk: str = Field(description="Nummer in het handelsregister")


class Tafelregel(Gegevensmodel):
    """A table and the percelen that it is about."""

    onderwerp: str = Field(description="Waar de tafel over gaat")
    percelen: tuple[str, ...] = Field(min_length=1, description="Percelen van de tafel")


def list_gemeenten(regio: Regio) -> tuple[Gemeentepartij, ...]:
    """Every municipality as party."""
    return tuple(
        Gemeentepartij(naam=g.naam, orgaan=g.bevoegd_orgaan, adres=", ".join(g.adres.regels))
        for g in regio.gemeenten
    )


def show_namens(regio: Regio) -> str:
    """On behalf of which bodies a letter is signed."""
    *begin, laatste = [g.naam for g in regio.gemeenten]
    if not begin:
        return f"Het {COLLEGE} van de gemeente {laatste}"
    return f"De colleges van burgemeester en wethouders van de gemeenten {', '.join(begin)} en {laatste}"


def build_kop(s: Situatie[Any], kenmerk: str, ondertitel: str, status: str) -> Documentkop:
    """Title block."""
    return Documentkop(
        ondertitel=ondertitel, kenmerk=f"{s.dossier.code}-{kenmerk}", datum=s.vandaag, status=status
    )


def build_deelnemersbrief(s: Situatie[Any], aan: Onderneming, kenmerk: str, onderwerp: str) -> Brief:
    """Letter head for a participant."""
    return build_brief(
        s.regio,
        aan,
        datum=s.vandaag,
        kenmerk=f"{s.dossier.code}-{kenmerk}",
        onderwerp=onderwerp,
        ondertekenaar_functie=CONTRACTBEHEERDER,
        namens=show_namens(s.regio),
    )


def list_perceelnamen(s: Situatie[Any], nummers: tuple[str, ...]) -> tuple[str, ...]:
    """Names of these percelen."""
    return tuple(s.dossier.aanbesteding.load_perceel(n).naam for n in nummers)


# --- examples ---------------------------------------------------------------------------------------------

INKOOP = "Voorbeeldinkoop 2028 (verzonnen)"
PERCEEL = "Perceel 2: Begeleiding (verzonnen)"
GEMEENTEN = (
    Gemeentepartij(
        naam="Voorbeeldstad (verzonnen)", orgaan=COLLEGE, adres="Dorpsplein 1, 1234 AB  Voorbeeldstad"
    ),
    Gemeentepartij(naam="Proefdorp (verzonnen)", orgaan=COLLEGE, adres="Kerkweg 2, 1235 AB  Proefdorp"),
)
DEELNEMER = Deelnemerpartij(
    naam="Zorg & Co (verzonnen) B.V.", adres="Lindelaan 3, 1236 AB  Voorbeeldstad", kvk="01234567"
)
TAFELS = (Tafelregel(onderwerp="begeleiding en verzorging (verzonnen)", percelen=(PERCEEL,)),)


def voorbeeld_kop(datum: date, kenmerk: str, status: str) -> Documentkop:
    """An invented title block."""
    return Documentkop(ondertitel=INKOOP, kenmerk=kenmerk, datum=datum, status=status)


def voorbeeld_brief(onderwerp: str, datum: date, kenmerk: str) -> Brief:
    """An invented letter head."""
    return Brief(
        aan=("Zorg & Co (verzonnen) B.V.", "t.a.v. Directie", "Lindelaan 3", "1236 AB  Voorbeeldstad"),
        datum=datum,
        kenmerk=kenmerk,
        onderwerp=onderwerp,
        aanhef="Geachte directie,",
        contact="Team Inkoop (verzonnen), 000-0000000",
        ondertekenaar_functie=CONTRACTBEHEERDER,
        namens="De colleges van burgemeester en wethouders van Voorbeeldstad en Proefdorp (verzonnen)",
    )

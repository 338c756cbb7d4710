"""Who signs, decides and receives: small parts of contexts that come from the region.

Grondslag: Gemeentewet art. 160 lid 1 for the competent body (FEITEN 3.8).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from aanbesteding.documents.declaration import Brief, Documentkop, build_brief
from aanbesteding.domain.deelname import select_deelnemers
from aanbesteding.domain.onderneming import Onderneming
from aanbesteding.domain.regio import Regio
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.gunning.documenten.modellen import Besluitregel, Opdrachtgever
from aanbesteding.fasen.gunning.stand import Perceelstand

ONDERTEKENAAR = "Gemandateerde voor de inkoop"


def show_opsomming(namen: tuple[str, ...]) -> str:
    """A, B en C."""
    *begin, laatste = namen
    return f"{', '.join(begin)} en {laatste}" if begin else laatste


def show_namens(regio: Regio) -> str:
    """On behalf of which bodies a letter is signed."""
    namen = tuple(g.naam for g in regio.gemeenten)
    organen = {g.bevoegd_orgaan for g in regio.gemeenten}
    if organen != {"college van burgemeester en wethouders"}:
        return show_opsomming(tuple(f"{g.bevoegd_orgaan} van {g.naam}" for g in regio.gemeenten))
    if len(namen) == 1:
        return f"Het college van burgemeester en wethouders van de gemeente {namen[0]}"
    return f"De colleges van burgemeester en wethouders van de gemeenten {show_opsomming(namen)}"


def build_inschrijversbrief(
    s: Situatie[None],
    aan: Onderneming,
    soort: str,
    nummer: str,
    onderwerp: str,
    datum: date,
    percelen: Iterable[str] = (),
) -> Brief:
    """Letter head for a bidder; `soort` and `nummer` make the reference unique in the dossier.

    `percelen`: what the letter is about; it is signed on behalf of the municipalities that take part in them.
    """
    return build_brief(
        s.regio,
        aan,
        datum=datum,
        kenmerk=f"{s.dossier.code}-{soort}-{nummer}",
        onderwerp=onderwerp,
        ondertekenaar_functie=ONDERTEKENAAR,
        namens=show_namens(select_deelnemers(s.regio, s.dossier.aanbesteding, percelen or s.onderwerpen)),
    )


def build_kop(s: Situatie[None], soort: str, deel: str, ondertitel: str, status: str) -> Documentkop:
    """Title block of a report or agreement."""
    return Documentkop(
        ondertitel=ondertitel, kenmerk=f"{s.dossier.code}-{soort}-{deel}", datum=s.vandaag, status=status
    )


def list_opdrachtgevers(regio: Regio) -> tuple[Opdrachtgever, ...]:
    """Every municipality with its address."""
    return tuple(
        Opdrachtgever(naam=g.naam, orgaan=g.bevoegd_orgaan, adres=", ".join(g.adres.regels))
        for g in regio.gemeenten
    )


def list_besluiten(regio: Regio, standen: tuple[Perceelstand, ...]) -> tuple[Besluitregel, ...]:
    """The decisions of the competent bodies on these percelen, each once."""
    regels: dict[tuple[str, str], Besluitregel] = {}
    for stand in standen:
        for gemeente in regio.gemeenten:
            besluit = stand.collegebesluiten.get(gemeente.code)
            if besluit is not None:
                regels[gemeente.code, besluit.kenmerk] = Besluitregel(
                    gemeente=gemeente.naam,
                    orgaan=gemeente.bevoegd_orgaan,
                    datum=besluit.datum,
                    kenmerk=besluit.kenmerk,
                )
    return tuple(regels.values())

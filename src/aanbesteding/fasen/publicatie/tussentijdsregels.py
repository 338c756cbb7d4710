"""Rules of a correction, of more time and of a bid taken back.

Grondslag: Aw 2012 art. 2.67, 2.73, 2.108 and 2.109 (old text read).
Must stay true: after the closing moment the term is extended only because of a recorded outage, and only while
nothing was opened.
"""

from __future__ import annotations

from typing import Any

from aanbesteding.domain.feiten import (
    AanhoudingBegonnen,
    AanhoudingGeeindigd,
    InschrijvingenGeopend,
)
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.publicatie.feiten import list_inschrijvingen, load_sluiting
from aanbesteding.fasen.publicatie.planningregels import show_moment
from aanbesteding.fasen.publicatie.tussentijds import (
    InschrijftermijnVerlengen,
    InschrijvingTerugnemen,
    RectificatiePubliceren,
)

S = Situatie[Any]


@regel(
    "rectificatie-wezenlijk",
    grondslag="Aw 2012 art. 2.67; transparantiebeginsel",
    met_invoer=True,
    zekerheid="onbevestigd",
)
def rectificatie_niet_wezenlijk(s: Situatie[RectificatiePubliceren]) -> str | None:
    """A correction does not change the nature or size of the contract."""
    if not s.invoer.wezenlijk:
        return None
    return (
        "Een wezenlijke wijziging kan niet met een rectificatie: andere aanbieders hadden kunnen meedoen. Trek de "
        "percelen in en begin opnieuw."
    )


@regel(
    "rectificatie-zonder-uitstel",
    grondslag="Aw 2012 art. 2.73",
    ernst=Ernst.MOTIVEREN,
    met_invoer=True,
)
def rectificatie_met_uitstel(s: Situatie[RectificatiePubliceren]) -> str | None:
    """With a correction the closing moment moves, or it is said why that is not needed."""
    if s.invoer.sluiting_verplaatst_naar is not None:
        return None
    return (
        "De stukken wijzigen terwijl de sluiting blijft staan. Verplaats de sluiting of motiveer waarom inschrijvers "
        "genoeg tijd houden."
    )


@regel("nieuwe-sluiting-niet-later", grondslag="Aw 2012 art. 2.73 en 2.109", met_invoer=True)
def nieuwe_sluiting_later(s: Situatie[InschrijftermijnVerlengen]) -> str | None:
    """The new closing moment is later than the present one and still to come."""
    nieuw, oud = s.invoer.sluiting_verplaatst_naar, load_sluiting(s.dossier)
    zinnen: list[str] = []
    if oud is not None and nieuw <= oud:
        zinnen.append(f"De sluiting kan alleen later worden dan {show_moment(oud)}.")
    if nieuw <= s.nu:
        zinnen.append(f"De nieuwe sluiting ({show_moment(nieuw)}) is al voorbij. Kies een later moment.")
    return " ".join(zinnen) or None


@regel("inschrijving-al-geopend", grondslag="Aw 2012 art. 2.109", zekerheid="onbevestigd")
def niets_geopend(s: S) -> str | None:
    """Nothing was opened yet."""
    if s.dossier.laatste(InschrijvingenGeopend) is None:
        return None
    return "Er zijn al inschrijvingen geopend. De termijn kan niet meer worden verlengd."


@regel("verlenging-zonder-storing", grondslag="Aw 2012 art. 2.109", zekerheid="onbevestigd")
def storing_vastgelegd(s: S) -> str | None:
    """After the closing moment the term is extended only because of a recorded outage."""
    sluiting = load_sluiting(s.dossier)
    if sluiting is None or s.nu < sluiting:
        return None
    storingen = {a.aanhouding for a in s.dossier.list_feiten(AanhoudingBegonnen) if a.aard == "storing"}
    einden = s.dossier.list_feiten(AanhoudingGeeindigd)
    if any(e.aanhouding in storingen and e.uitkomst == "termijn_verlengen" for e in einden):
        return None
    return (
        f"De sluiting ({show_moment(sluiting)}) is voorbij. Verlengen kan dan alleen na een storing van het systeem: "
        "leg die vast als aanhouding met de uitkomst 'termijn_verlengen'."
    )


@regel("inschrijving-onbekend", grondslag="Aw 2012 art. 2.108", met_invoer=True)
def inschrijving_bekend(s: Situatie[InschrijvingTerugnemen]) -> str | None:
    """The bid that is taken back was registered and still takes part."""
    bekend = [i.nummer for i in list_inschrijvingen(s.dossier)]
    if s.invoer.inschrijving in bekend:
        return None
    return f"Inschrijving '{s.invoer.inschrijving}' doet niet mee. Kies uit: {', '.join(bekend) or 'geen'}."


@regel("terugnemen-na-sluiting", grondslag="Aw 2012 art. 2.108; gestanddoening", met_invoer=True)
def terugnemen_voor_sluiting(s: Situatie[InschrijvingTerugnemen]) -> str | None:
    """A bid is taken back before the closing moment; afterwards the bidder is bound."""
    sluiting = load_sluiting(s.dossier)
    if sluiting is not None and s.invoer.ontvangen <= min(sluiting, s.nu):
        return None
    wanneer = show_moment(sluiting) if sluiting else "de sluiting"
    return f"Een inschrijving kan worden ingetrokken tot {wanneer}. Daarna is de inschrijver gebonden."

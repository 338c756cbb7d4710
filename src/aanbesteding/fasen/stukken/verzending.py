"""Review at the acts of other stages that record a sending: no letter leaves unread, and what left is frozen.

`bewaak` adds rules and the fact to those acts; the stages themselves do not know of review.

Must stay true: the letters of the standing decision count, not those of one that was replaced before it was sent; a
recipient who is named as not sent to keeps a letter that can still change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from aanbesteding.domain.regel import regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.stukken import Stuk, StukkenVerzonden, Stukstatus
from aanbesteding.fase import Besluit, Fase
from aanbesteding.fasen.stukken.regels import ZORGVULDIG, show_stukken

VERZENDINGEN: Mapping[str, frozenset[str]] = {
    "verzending_vastleggen": frozenset({"gunningsbeslissing_meedelen", "gunningsbeslissing_wijzigen"}),
}
"""Acts that record a sending, with the acts whose letters it is about."""
AANGEKONDIGD = frozenset[str]().union(*VERZENDINGEN.values())


def list_brieven(s: Situatie[Any]) -> tuple[Stuk, ...]:
    """The letters of the standing decision about the percelen of the act that have not left."""
    onderwerpen = frozenset(s.onderwerpen)
    kandidaten = [
        stuk
        for stuk in s.stukken.alle
        if stuk.is_brief and stuk.handeling in AANGEKONDIGD and onderwerpen & set(stuk.register.onderwerpen)
    ]
    staand = {
        o: max((k.besluit for k in kandidaten if o in k.register.onderwerpen), default=0) for o in onderwerpen
    }
    niet: tuple[str, ...] = getattr(s.invoer, "niet_verzonden", ())
    return tuple(
        k for k in kandidaten if k.loopt and k.besluit in staand.values() and k.register.ontvanger not in niet
    )


@regel("brief-zonder-goedkeuring", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def brieven_goedgekeurd(s: Situatie[Any]) -> str | None:
    """Every letter of the decision was approved by a jurist, for the bytes that are on disk."""
    zonder = [stuk for stuk in list_brieven(s) if not s.stukken.is_verzendbaar(stuk)]
    if not zonder:
        return None
    redenen = {show_reden(s, stuk) for stuk in zonder}
    return (
        f"{len(zonder)} van de {len(list_brieven(s))} brieven kunnen niet weg ({', '.join(sorted(redenen))}): "
        f"{show_stukken(stuk.id for stuk in zonder)}. Laat een jurist ze beoordelen (stukken_goedkeuren)."
    )


def show_reden(s: Situatie[Any], stuk: Stuk) -> str:
    """Why a letter cannot leave."""
    match stuk.status:
        case Stukstatus.AFGEKEURD:
            return "afgekeurd"
        case Stukstatus.TERUG:
            return "teruggevraagd"
        case Stukstatus.GOEDGEKEURD if not s.stukken.is_heel(stuk):
            return "bestand gewijzigd na de goedkeuring"
        case _:
            return "nog niet beoordeeld"


@regel("brief-nog-niet-gemaakt", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def brieven_gemaakt(s: Situatie[Any]) -> str | None:
    """No letter of the decision is still to be made."""
    onderwerpen = frozenset(s.onderwerpen)
    verteld = {v.versie for v in s.dossier.vastleggingen if v.handeling in AANGEKONDIGD}
    open_ = [
        t.document for t in s.stukken.te_maken if t.besluit in verteld and onderwerpen & set(t.onderwerpen)
    ]
    return f"Deze brieven zijn nog niet gemaakt: {show_stukken(open_)}. Voer de fase uit." if open_ else None


def bewaak(*fasen: Fase) -> tuple[Fase, ...]:
    """These stages, with review at every act that records a sending."""
    bewaakt: list[Fase] = []
    for fase in fasen:
        for handeling in fase.handelingen:
            if handeling.code in VERZENDINGEN:
                fase = fase.vervang(
                    handeling.code,
                    replace(
                        handeling,
                        regels=(*handeling.regels, brieven_gemaakt, brieven_goedgekeurd),
                        besluit=_add_verzonden(handeling.besluit),
                        ziet_stukken=True,
                    ),
                )
        bewaakt.append(fase)
    return tuple(bewaakt)


def _add_verzonden(besluit: Callable[[Situatie[Any]], Besluit]) -> Callable[[Situatie[Any]], Besluit]:
    """The decision, with the fact that these files left."""

    def decide(s: Situatie[Any]) -> Besluit:
        genomen, brieven = besluit(s), list_brieven(s)
        if not brieven:
            return genomen
        verzonden = StukkenVerzonden(stukken=tuple(b.gezien for b in brieven), verzonden=s.invoer.verzonden)
        return replace(genomen, feiten=(*genomen.feiten, verzonden))

    return decide

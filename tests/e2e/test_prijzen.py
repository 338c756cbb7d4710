"""In a whole purchase no price stands anywhere in the package's state before the quality of its perceel is locked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from sqlmodel import Session, select

from aanbesteding.documents.opening import show_kenmerk
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import ConsensusVastgesteld, InschrijvingenOntvangen, PrijzenGeopend
from aanbesteding.domain.zegel import EnveloppenGeopend, list_kenmerken
from aanbesteding.storage.tables import DocumentRow, FeitRow, ToezeggingRow
from aanbesteding.storage.tables_toegang import AuditRow
from zegels import read_enveloppen

pytestmark = pytest.mark.traag


GETAL = re.compile(r"[0-9]+[.,][0-9]{2}")


def test_no_price_is_recorded_shown_or_written_before_quality_is_locked(bommelerwaard: Any) -> None:
    """Numbers that were announced before a bid came in (tariffs, ceilings) may equal a price; those are left out."""
    dossier, app = bommelerwaard.dossier, bommelerwaard.app
    enveloppen = read_enveloppen(app, dossier.code, "prijs")
    with Session(app.database) as sessie:
        regels = [(f.versie, f.inhoud) for f in sessie.exec(select(FeitRow))]
        regels += [(t.versie, str(t.model_dump())) for t in sessie.exec(select(ToezeggingRow))]
        for document in sessie.exec(select(DocumentRow)):
            regels += [
                (document.versie, document.context),
                (document.versie, bommelerwaard.read_tekst(document)),
            ]
        weigeringen = " ".join(w.reden for w in sessie.exec(select(AuditRow)))
    percelen = sorted({sleutel.partition("/")[0] for sleutel in enveloppen})
    assert percelen
    gezocht = 0
    for perceel in percelen:
        binnen = find_versie(dossier, InschrijvingenOntvangen)
        op_slot = find_versie(dossier, ConsensusVastgesteld, perceel)
        geopend = find_versie(dossier, PrijzenGeopend, perceel)
        assert binnen < op_slot < geopend
        bekend = list_getallen(tekst for versie, tekst in regels if versie < binnen)
        vroeg = list_getallen(tekst for versie, tekst in regels if binnen <= versie < geopend)
        vroeg |= list_getallen([weigeringen])
        prijzen = {str(e["prijs"]) for k, e in enveloppen.items() if k.startswith(f"{perceel}/")}
        gezocht += len(prijzen - bekend)
        assert not (prijzen - bekend) & vroeg, perceel
        assert prijzen & list_getallen(tekst for versie, tekst in regels if versie >= geopend)
    assert gezocht > 20


def test_record_of_the_opening_names_every_sealed_price_and_shows_none(bommelerwaard: Any) -> None:
    dossier, app = bommelerwaard.dossier, bommelerwaard.app
    enveloppen = read_enveloppen(app, dossier.code, "prijs")
    geopend = dossier.list_feiten(PrijzenGeopend)
    teksten = bommelerwaard.read_alle("proces_verbaal_prijzen")
    assert len(teksten) == len({dossier.vastlegging_van(f).versie for f in geopend})
    alles = "\n".join(teksten)
    prijzen = {str(e["prijs"]) for e in enveloppen.values()}
    assert not prijzen & list_getallen(teksten)
    for feit in geopend:
        for sleutel, kenmerk in list_kenmerken(dossier, "prijs").items():
            if sleutel.startswith(f"{feit.perceel}/"):
                assert show_kenmerk(kenmerk) in alles, sleutel
    (zegel,) = dossier.list_feiten(EnveloppenGeopend)[-1:]
    for opener in zegel.openers:
        assert opener.vingerafdruk in alles


def list_getallen(teksten: Iterable[str]) -> set[str]:
    """Every number with two decimals, with a point."""
    return {getal.replace(",", ".") for tekst in teksten for getal in GETAL.findall(tekst)}


def find_versie(dossier: Dossier, soort: type[Feit], perceel: str | None = None) -> int:
    """The first version of the dossier in which such a fact was recorded."""
    return min(
        v.versie
        for v in dossier.vastleggingen
        if isinstance(v.feit, soort) and perceel in (None, getattr(v.feit, "perceel", None))
    )

"""Lists for pages and the command line; reads only, never loads a whole dossier."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from aanbesteding.storage.tables import DocumentRow, DossierRow, StatusRow, WeigeringRow


@dataclass(frozen=True)
class Dossierregel:
    """One dossier in the list: how many percelen have which status."""

    code: str
    titel: str
    regio: str
    procedure: str
    versie: int
    statussen: tuple[tuple[str, int], ...]
    documenten: int


def list_dossiers(engine: Engine) -> tuple[Dossierregel, ...]:
    """Every dossier, by code."""
    with Session(engine) as sessie:
        koppen = sessie.exec(select(DossierRow).order_by(col(DossierRow.code))).all()
        statussen: dict[str, Counter[str]] = {}
        for rij in sessie.exec(select(StatusRow)).all():
            if rij.onderwerp.startswith("perceel:"):
                statussen.setdefault(rij.dossier, Counter())[rij.status] += 1
        aantallen = Counter(sessie.exec(select(DocumentRow.dossier)).all())
        return tuple(
            Dossierregel(
                kop.code,
                kop.titel,
                kop.regio,
                kop.procedure,
                kop.versie,
                tuple(sorted(statussen.get(kop.code, Counter()).items())),
                aantallen[kop.code],
            )
            for kop in koppen
        )


def count_weigeringen(engine: Engine, dossier: str) -> int:
    """How many acts were refused on this dossier."""
    with Session(engine) as sessie:
        return len(sessie.exec(select(WeigeringRow.id).where(WeigeringRow.dossier == dossier)).all())

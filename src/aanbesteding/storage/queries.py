"""Lists for pages and the command line; reads only, never loads a whole dossier."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, Engine
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, func, or_, select

from aanbesteding.storage.audit import Auditsoort
from aanbesteding.storage.documenten import Documentregel
from aanbesteding.storage.tables import DocumentRow, DossierRow, StatusRow
from aanbesteding.storage.tables_toegang import AuditRow


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
    demo: bool


def list_dossiers(engine: Engine) -> tuple[Dossierregel, ...]:
    """Every dossier, by code."""
    with Session(engine) as sessie:
        koppen = sessie.exec(select(DossierRow).order_by(col(DossierRow.code))).all()
        statussen: dict[str, Counter[str]] = {}
        for rij in sessie.exec(select(StatusRow)).all():
            if rij.onderwerp.startswith("perceel:"):
                statussen.setdefault(rij.dossier, Counter())[rij.status] += 1
        aantallen = dict(
            sessie.exec(select(DocumentRow.dossier, func.count()).group_by(DocumentRow.dossier)).all()
        )
        return tuple(
            Dossierregel(
                kop.code,
                kop.titel,
                kop.regio,
                kop.procedure,
                kop.versie,
                tuple(sorted(statussen.get(kop.code, Counter()).items())),
                aantallen.get(kop.code, 0),
                kop.demo,
            )
            for kop in koppen
        )


@dataclass(frozen=True)
class Documentblad:
    """One sheet of a long list of documents."""

    regels: tuple[Documentregel, ...]
    totaal: int


def count_documenten(engine: Engine, dossier: str) -> dict[str, int]:
    """How many documents each stage of a dossier has."""
    with Session(engine) as sessie:
        rijen = sessie.exec(
            select(DocumentRow.fase, func.count())
            .where(DocumentRow.dossier == dossier)
            .group_by(DocumentRow.fase)
        ).all()
        return dict(rijen)


def list_documentblad(
    engine: Engine, dossier: str, fase: str, *, zoek: str = "", vanaf: int = 0, aantal: int = 100
) -> Documentblad:
    """One sheet of a stage's documents, newest act first; `zoek`: part of a title or of a recipient's name."""
    waar: list[ColumnElement[bool]] = [col(DocumentRow.dossier) == dossier, col(DocumentRow.fase) == fase]
    if zoek:
        velden = (DocumentRow.titel, DocumentRow.ontvanger_naam, DocumentRow.ontvanger)
        waar.append(or_(*(col(veld).icontains(zoek, autoescape=True) for veld in velden)))
    kolommen = [getattr(DocumentRow, veld.name) for veld in fields(Documentregel)]
    with Session(engine) as sessie:
        totaal = sessie.exec(select(func.count()).select_from(DocumentRow).where(*waar)).one()
        rijen = sessie.connection().execute(
            sa_select(*kolommen)
            .where(*waar)
            .order_by(col(DocumentRow.versie).desc(), col(DocumentRow.id))
            .offset(vanaf)
            .limit(aantal)
        )
        return Documentblad(tuple(Documentregel(*rij) for rij in rijen), totaal)


def find_document(engine: Engine, dossier: str, pad: str) -> Documentregel | None:
    """The registered document at this path; None when there is none."""
    kolommen = [getattr(DocumentRow, veld.name) for veld in fields(Documentregel)]
    with Session(engine) as sessie:
        rij = (
            sessie.connection()
            .execute(
                sa_select(*kolommen).where(col(DocumentRow.dossier) == dossier, col(DocumentRow.pad) == pad)
            )
            .first()
        )
        return None if rij is None else Documentregel(*rij)


def count_weigeringen(engine: Engine, dossier: str) -> int:
    """How many acts were refused on this dossier."""
    with Session(engine) as sessie:
        geweigerd = AuditRow.soort == Auditsoort.HANDELING_GEWEIGERD.value
        return len(sessie.exec(select(AuditRow.id).where(AuditRow.dossier == dossier, geweigerd)).all())

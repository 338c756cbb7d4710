"""Lists for pages and the command line; reads only, never loads a whole dossier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, Engine, Executable
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, func, or_, select

from aanbesteding.storage.audit import Auditsoort
from aanbesteding.storage.documenten import Documentregel
from aanbesteding.storage.tables import DocumentRow, DossierRow, StatusRow, ToezeggingRow
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
    return _list_dossiers(engine, [])


@dataclass(frozen=True)
class Dossierblad:
    """One sheet of the list of dossiers, and how many there are on all sheets."""

    regels: tuple[Dossierregel, ...]
    totaal: int


def list_dossierblad(
    engine: Engine,
    regios: Collection[str],
    *,
    alleen_demo: bool = False,
    zoek: str = "",
    vanaf: int = 0,
    aantal: int = 20,
) -> Dossierblad:
    """One sheet of the dossiers of these regions, by code; `zoek`: part of a code or title."""  # fmt: skip
    waar: list[ColumnElement[bool]] = [col(DossierRow.regio).in_(regios)]
    if alleen_demo:
        waar.append(col(DossierRow.demo).is_(True))
    if zoek:
        velden = (DossierRow.code, DossierRow.titel)
        waar.append(or_(*(col(veld).icontains(zoek, autoescape=True) for veld in velden)))
    with Session(engine) as sessie:
        totaal = sessie.exec(select(func.count()).select_from(DossierRow).where(*waar)).one()
    return Dossierblad(_list_dossiers(engine, waar, vanaf, aantal), totaal)


_KOP = ("code", "titel", "regio", "procedure", "versie", "demo")


def _list_dossiers(
    engine: Engine, waar: list[ColumnElement[bool]], vanaf: int = 0, aantal: int | None = None
) -> tuple[Dossierregel, ...]:
    """These dossiers by code; neither definitions nor facts are read."""
    kolommen = [getattr(DossierRow, naam) for naam in _KOP]
    with Session(engine) as sessie:
        vraag = sa_select(*kolommen).where(*waar).order_by(col(DossierRow.code)).offset(vanaf).limit(aantal)
        koppen = sessie.connection().execute(vraag).all()
        codes = [kop.code for kop in koppen]
        binnen = aantal is not None
        percelen = select(StatusRow.dossier, StatusRow.status).where(
            col(StatusRow.onderwerp).startswith("perceel:")
        )
        geteld = select(DocumentRow.dossier, func.count()).group_by(DocumentRow.dossier)
        if binnen:
            percelen = percelen.where(col(StatusRow.dossier).in_(codes))
            geteld = geteld.where(col(DocumentRow.dossier).in_(codes))
        statussen: dict[str, Counter[str]] = {}
        for dossier, status in sessie.exec(percelen):
            statussen.setdefault(dossier, Counter())[status] += 1
        aantallen = dict(sessie.exec(geteld).all())
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


_STEMPEL = ("versie", "laatste_hash", "definitie_hash", "kaft_hash")


def load_stempel(engine: Engine, dossier: str) -> tuple[Hashable, ...]:
    """What changes when anything in the facts or on the cover does."""
    kolommen = [getattr(DossierRow, naam) for naam in _STEMPEL]
    return _load_rij(engine, sa_select(*kolommen).where(col(DossierRow.code) == dossier))


def load_registerstempel(engine: Engine, dossier: str) -> tuple[Hashable, ...]:
    """What changes when a document is made or a promise is made or closed; rows are only ever added."""
    document, toezegging = col(DocumentRow.id), col(ToezeggingRow.id)
    documenten = sa_select(func.count(), func.max(document)).where(col(DocumentRow.dossier) == dossier)
    open_ = sa_select(func.count(), func.max(toezegging), func.sum(toezegging)).where(
        col(ToezeggingRow.dossier) == dossier, col(ToezeggingRow.afgehandeld).is_(False)
    )
    return (*_load_rij(engine, documenten), *_load_rij(engine, open_))


def _load_rij(engine: Engine, vraag: Executable) -> tuple[Hashable, ...]:
    with engine.connect() as verbinding:
        return tuple(verbinding.execute(vraag).one())


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

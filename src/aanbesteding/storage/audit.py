"""The audit log: every login, every refused attempt and every change of an account, in order of time.

Must stay true: lines are added, never changed or removed; no password, price or score is ever written here.
Trap: moments are stored in UTC, so that they sort as text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Engine, text
from sqlmodel import Session, col, func, or_, select

from aanbesteding.storage.tables_toegang import AuditRow


class Auditsoort(StrEnum):
    """What a line of the audit log is about. The value is what is stored and never changes."""

    INLOGPOGING = "inlogpoging"
    INGELOGD = "ingelogd"
    INLOGGEN_GEWEIGERD = "inloggen_geweigerd"
    INLOGGEN_BEGRENSD = "inloggen_begrensd"
    UITGELOGD = "uitgelogd"
    PAGINA_GEWEIGERD = "pagina_geweigerd"
    FORMULIER_GEWEIGERD = "formulier_geweigerd"
    HANDELING_GEWEIGERD = "handeling_geweigerd"
    ACCOUNT_GEWIJZIGD = "account_gewijzigd"
    LOKETCODE_GEVRAAGD = "loketcode_gevraagd"
    LOKETCODE_GEWEIGERD = "loketcode_geweigerd"
    LOKET_BINNEN = "loket_binnen"
    LOKET_GEWEIGERD = "loket_geweigerd"
    BRIEF_GEWEIGERD = "brief_geweigerd"
    BRIEF_BEGRENSD = "brief_begrensd"


@dataclass(frozen=True)
class Auditregel:
    """One line of the audit log."""

    moment: datetime
    soort: Auditsoort
    persoon: str
    adres: str
    regio: str = ""
    dossier: str = ""
    doel: str = ""
    reden: str = ""


def record_audit(engine: Engine, regel: Auditregel) -> None:
    """Add one line."""
    with Session(engine) as sessie:
        sessie.add(_build_rij(regel))
        sessie.commit()


def _build_rij(regel: Auditregel) -> AuditRow:
    return AuditRow(
        moment=_show_moment(regel.moment),
        soort=regel.soort.value,
        persoon=regel.persoon[:100],
        adres=regel.adres[:64],
        regio=regel.regio,
        dossier=regel.dossier[:40],
        doel=regel.doel[:200],
        reden=regel.reden[:2000],
    )


@dataclass(frozen=True)
class Pogingen:
    """Attempts that failed or still go on: how many, and when the last of them was."""

    aantal: int
    laatste: datetime | None


def record_poging(
    engine: Engine,
    poging: Auditregel,
    sinds: datetime,
    count_wachttijd: Callable[[Callable[..., Pogingen]], timedelta],
) -> timedelta:
    """Note an attempt to log in, or note that it must wait; returns how long.

    `count_wachttijd` gets a function that counts the earlier attempts since `sinds` with these values of columns.
    The count and the note are one transaction, so that attempts at the same moment see each other.
    """

    def count(**kolommen: str) -> Pogingen:
        vraag = select(AuditRow.soort, AuditRow.moment).where(
            col(AuditRow.soort).in_((Auditsoort.INLOGPOGING.value, Auditsoort.INGELOGD.value)),
            AuditRow.moment >= _show_moment(sinds),
            AuditRow.id != rij.id,
            *(getattr(AuditRow, kolom) == waarde for kolom, waarde in kolommen.items()),
        )
        rijen = sessie.exec(vraag).all()
        momenten = [moment for soort, moment in rijen if soort == Auditsoort.INLOGPOGING.value]
        laatste = datetime.fromisoformat(max(momenten)) if momenten else None
        return Pogingen(2 * len(momenten) - len(rijen), laatste)

    with Session(engine) as sessie:
        if engine.dialect.name == "postgresql":
            sessie.connection().execute(text("SELECT pg_advisory_xact_lock(4802)"))
        rij = _build_rij(poging)
        sessie.add(rij)
        sessie.flush()
        wachten = count_wachttijd(count)
        if not wachten:
            sessie.commit()
            return wachten
    record_audit(engine, replace(poging, soort=Auditsoort.INLOGGEN_BEGRENSD))
    return wachten


def count_audit(engine: Engine, soort: Auditsoort, sinds: datetime, **kolommen: str) -> int:
    """Lines of this kind since a moment with these values of columns."""
    vraag = select(func.count()).where(
        AuditRow.soort == soort.value,
        AuditRow.moment >= _show_moment(sinds),
        *(getattr(AuditRow, kolom) == waarde for kolom, waarde in kolommen.items()),
    )
    with Session(engine) as sessie:
        return sessie.exec(vraag).one()


def has_ingelogd(engine: Engine, persoon: str, doel: str, sinds: datetime) -> bool:
    """Did this person log in with this browser (`doel`) since a moment?"""
    vraag = select(AuditRow.id).where(
        AuditRow.soort == Auditsoort.INGELOGD.value,
        AuditRow.persoon == persoon,
        AuditRow.doel == doel,
        AuditRow.moment >= _show_moment(sinds),
    )
    with Session(engine) as sessie:
        return bool(doel) and sessie.exec(vraag.limit(1)).first() is not None


def count_regels(engine: Engine, soort: Auditsoort, sinds: datetime, adres: str) -> int:
    """Lines of this kind since a moment, from this address."""
    with Session(engine) as sessie:
        return sessie.exec(
            select(func.count()).where(
                AuditRow.soort == soort.value,
                AuditRow.adres == adres[:64],
                AuditRow.moment >= _show_moment(sinds),
            )
        ).one()


def list_audit(
    engine: Engine, *, regios: Collection[str], personen: Collection[str], vanaf: int = 0, aantal: int = 100
) -> tuple[Auditregel, ...]:
    """Lines about these regions or these persons, newest first."""
    vraag = (
        select(AuditRow)
        .where(or_(col(AuditRow.regio).in_(regios), col(AuditRow.persoon).in_(personen)))
        .order_by(col(AuditRow.id).desc())
        .offset(vanaf)
        .limit(aantal)
    )
    with Session(engine) as sessie:
        return tuple(
            Auditregel(
                datetime.fromisoformat(rij.moment),
                Auditsoort(rij.soort),
                rij.persoon,
                rij.adres,
                rij.regio,
                rij.dossier,
                rij.doel,
                rij.reden,
            )
            for rij in sessie.exec(vraag).all()
        )


def _show_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")

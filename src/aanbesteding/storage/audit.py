"""The audit log: every login, every refused attempt and every change of an account, in order of time.

Must stay true: lines are added, never changed or removed; no password, price or score is ever written here.
Trap: moments are stored in UTC, so that they sort as text.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Engine
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
        sessie.add(
            AuditRow(
                moment=_show_moment(regel.moment),
                soort=regel.soort.value,
                persoon=regel.persoon[:100],
                adres=regel.adres[:64],
                regio=regel.regio,
                dossier=regel.dossier[:40],
                doel=regel.doel[:200],
                reden=regel.reden[:2000],
            )
        )
        sessie.commit()


def count_mislukt(engine: Engine, sinds: datetime, *, persoon: str = "", adres: str = "") -> int:
    """Attempts to log in since a moment, of this person or from this address, less those that succeeded."""

    def count(soort: Auditsoort) -> int:
        vraag = select(func.count()).where(
            AuditRow.soort == soort.value, AuditRow.moment >= _show_moment(sinds)
        )
        if persoon:
            vraag = vraag.where(AuditRow.persoon == persoon)
        if adres:
            vraag = vraag.where(AuditRow.adres == adres)
        return sessie.exec(vraag).one()

    with Session(engine) as sessie:
        return count(Auditsoort.INLOGPOGING) - count(Auditsoort.INGELOGD)


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

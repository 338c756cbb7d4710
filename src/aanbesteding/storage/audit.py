"""The audit log: who did, tried or saw what, in order of time; one chain of hashes per dossier and one for the rest.

Performed and refused acts, every login, every refused page, every change of an account, and who saw or took along
prices and scores.

Must stay true: lines are added, never changed or removed; no password, price or score is ever written here.
Trap: moments are stored in UTC, so that they sort as text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Engine, text
from sqlmodel import Session, col, func, or_, select

from aanbesteding.storage.ketting import append_auditrij
from aanbesteding.storage.tables_toegang import AuditRow

ADRES: ContextVar[str] = ContextVar("adres", default="")
"""From where the present request comes; empty for the command line and for flows."""


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
    HANDELING_VERRICHT = "handeling_verricht"
    BERICHTEN_KLAARGEZET = "berichten_klaargezet"
    INGEZIEN = "ingezien"
    GEDOWNLOAD = "gedownload"
    SLEUTEL_GEMAAKT = "sleutel_gemaakt"
    WACHTZINPOGING = "wachtzinpoging"
    WACHTZIN_PAST = "wachtzin_past"
    WACHTZIN_GEWEIGERD = "wachtzin_geweigerd"
    WACHTZIN_BEGRENSD = "wachtzin_begrensd"
    WACHTZIN_GEWIJZIGD = "wachtzin_gewijzigd"


INZAGE = frozenset({Auditsoort.INGEZIEN, Auditsoort.GEDOWNLOAD})
"""Somebody saw prices or scores, or took them along."""


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
    bewijs: str = ""


def record_audit(engine: Engine, regel: Auditregel, *, eenmalig: bool = False) -> None:
    """Add one line. `eenmalig`: the very same line of the very same moment is there once."""
    with Session(engine) as sessie:
        if eenmalig and _is_vastgelegd(sessie, _build_rij(regel)):
            return
        add_audit(sessie, regel)
        sessie.commit()


def add_audit(sessie: Session, regel: Auditregel) -> AuditRow:
    """Add one line within a transaction; it is chained and hashed already."""
    return append_auditrij(sessie, _build_rij(regel))


def _is_vastgelegd(sessie: Session, rij: AuditRow) -> bool:
    gelijk = (
        getattr(AuditRow, veld) == getattr(rij, veld)
        for veld in ("soort", "persoon", "moment", "dossier", "doel", "reden")
    )
    return sessie.exec(select(AuditRow.id).where(*gelijk).limit(1)).first() is not None


def _build_rij(regel: Auditregel) -> AuditRow:
    return AuditRow(
        moment=_show_moment(regel.moment),
        soort=regel.soort.value,
        persoon=_clean(regel.persoon, 100),
        adres=_clean(regel.adres or ADRES.get(), 64),
        regio=regel.regio,
        dossier=_clean(regel.dossier, 40),
        doel=_clean(regel.doel, 200),
        reden=_clean(regel.reden, 2000),
        bewijs=regel.bewijs,
    )


def _clean(tekst: str, lengte: int) -> str:
    """What every database can keep: no half characters, no zero byte, and not longer than this."""
    return tekst[:lengte].encode(errors="replace").decode().replace("\0", "\ufffd")


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
    *,
    gelukt: Auditsoort = Auditsoort.INGELOGD,
    begrensd: Auditsoort = Auditsoort.INLOGGEN_BEGRENSD,
) -> timedelta:
    """Note an attempt (to log in, or of the kind of `poging`), or note that it must wait; returns how long.

    `count_wachttijd` gets a function that counts the earlier attempts since `sinds` with these values of columns, less
    those that a line of the kind `gelukt` says came through.
    The count and the note are one transaction, so that attempts at the same moment see each other.
    """

    def count(**kolommen: str) -> Pogingen:
        vraag = select(AuditRow.soort, AuditRow.moment).where(
            col(AuditRow.soort).in_((poging.soort.value, gelukt.value)),
            AuditRow.moment >= _show_moment(sinds),
            AuditRow.id != rij.id,
            *(getattr(AuditRow, kolom) == waarde for kolom, waarde in kolommen.items()),
        )
        rijen = sessie.exec(vraag).all()
        momenten = [moment for soort, moment in rijen if soort == poging.soort.value]
        laatste = datetime.fromisoformat(max(momenten)) if momenten else None
        return Pogingen(2 * len(momenten) - len(rijen), laatste)

    with Session(engine) as sessie:
        if engine.dialect.name == "postgresql":
            sessie.connection().execute(text("SELECT pg_advisory_xact_lock(4802)"))
        rij = add_audit(sessie, poging)
        sessie.flush()
        wachten = count_wachttijd(count)
        if not wachten:
            sessie.commit()
            return wachten
    record_audit(engine, replace(poging, soort=begrensd))
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
    engine: Engine,
    *,
    regios: Collection[str],
    personen: Collection[str],
    soorten: Collection[Auditsoort] = (),
    dossier: str = "",
    persoon: str = "",
    vanaf: int = 0,
    aantal: int = 100,
) -> tuple[Auditregel, ...]:
    """Lines about these regions or these persons, newest first; the other arguments narrow the question."""
    vraag = select(AuditRow).where(or_(col(AuditRow.regio).in_(regios), col(AuditRow.persoon).in_(personen)))
    if soorten:
        vraag = vraag.where(col(AuditRow.soort).in_([soort.value for soort in soorten]))
    if dossier:
        vraag = vraag.where(AuditRow.dossier == dossier)
    if persoon:
        vraag = vraag.where(AuditRow.persoon == persoon)
    vraag = vraag.order_by(col(AuditRow.id).desc()).offset(vanaf).limit(aantal)
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
                rij.bewijs,
            )
            for rij in sessie.exec(vraag).all()
        )


def _show_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")

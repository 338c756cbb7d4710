"""Loads and records a dossier: the only mapping between tables and nouns, and the only writer of facts.

Recording is one transaction: version, facts, statuses, promised documents and sealed content together, or
nothing. Two who act at once: the second gets StaleDossier and nothing is lost.

Must stay true: facts are never changed or removed; each fact's hash covers the one before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, update
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from aanbesteding.domain.aanbesteding import Aanbesteding
from aanbesteding.domain.dossier import Dossier, Vastlegging
from aanbesteding.domain.feit import Feit, HandelingVerricht, StatusGewijzigd
from aanbesteding.domain.procedureregime import Procedureregime
from aanbesteding.domain.stukken import Stukfeit
from aanbesteding.errors import InvoerError, OnbekendDossier, StaleDossier
from aanbesteding.storage.audit import Auditregel, Auditsoort, add_audit, record_audit
from aanbesteding.storage.ketting import hash_delen, hash_velden
from aanbesteding.storage.tables import (
    DocumentRow,
    DossierRow,
    EnvelopRow,
    EnvelopsleutelRow,
    FeitRow,
    StatusRow,
    ToezeggingRow,
)
from aanbesteding.storage.verzegeling import Bosdeel

BLOK = 500
"""Keys in one statement: databases limit how many they take."""


@dataclass(frozen=True)
class Toezegging:
    """A document that an act promises."""

    document: str
    fase: str
    onderwerpen: tuple[str, ...]
    ontvangers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vast:
    """Everything one act records. `enveloppen` (kind, key, content) come sealed; `bossen` holds their keys, wrapped."""

    handeling: str
    persoon: str
    moment: datetime
    feiten: tuple[Feit, ...]
    toezeggingen: tuple[Toezegging, ...] = ()
    enveloppen: tuple[tuple[str, str, str], ...] = ()
    bossen: tuple[tuple[str, Bosdeel], ...] = ()


@dataclass(frozen=True)
class Dossierkop:
    """What stands on the cover: enough to know which procedure and region the dossier belongs to."""

    code: str
    titel: str
    regio: str
    procedure: str
    procedure_versie: str
    versie: int
    demo: bool


_FEIT = (
    "vorige_hash",
    "dossier",
    "volgnummer",
    "versie",
    "soort",
    "inhoud",
    "handeling",
    "persoon",
    "moment",
)
_GELEZEN = (
    "volgnummer", "versie", "soort", "inhoud", "handeling", "persoon", "moment", "hash", "logboek",
)  # fmt: skip
_KAFT = (
    "code",
    "titel",
    "regio",
    "procedure",
    "procedure_versie",
    "peildatum",
    "aangemaakt",
    "definitie_hash",
    "demo",
)
_BOS = ("dossier", "versie", "soort", "een", "twee", "inhoud")
_TOEZEGGING = ("dossier", "versie", "document", "fase", "onderwerpen", "persoon", "moment")


def hash_feit(rij: FeitRow) -> str:
    """Hash of a fact row over all its content and the hash before it."""
    return hash_velden(rij, _FEIT)


def hash_vastgelegd(laatste_feit: str, toezeggingen: Iterable[str]) -> str:
    """Hash of everything that one act recorded: its last fact (which covers the ones before it) and its promises."""
    return hash_delen([laatste_feit, *sorted(toezeggingen)])


def hash_kaft(rij: DossierRow) -> str:
    """Hash of what never changes on the cover of a dossier."""
    return hash_velden(rij, _KAFT)


def hash_toezegging(rij: ToezeggingRow) -> str:
    """Hash of what was promised; to whom alone counts only where it was said."""
    return hash_velden(rij, (*_TOEZEGGING, "ontvangers") if rij.ontvangers else _TOEZEGGING)


def hash_bos(rij: EnvelopsleutelRow) -> str:
    """Hash of a wrapped key with whom it is for."""
    return hash_velden(rij, _BOS)


def save_nieuw_dossier(
    engine: Engine,
    code: str,
    aanbesteding: Aanbesteding,
    *,
    procedure_versie: str,
    begin_status: str,
    peildatum: date,
    moment: datetime,
    demo: bool,
) -> None:
    """Store a new dossier with its frozen definition; InvoerError when the code is taken."""
    definitie = aanbesteding.model_dump_json()
    with Session(engine) as sessie:
        if sessie.get(DossierRow, code) is not None:
            raise InvoerError([f"Het dossier '{code}' bestaat al. Kies een andere code."])
        rij = DossierRow(
            code=code,
            titel=aanbesteding.titel,
            regio=aanbesteding.regio,
            procedure=aanbesteding.procedure,
            procedure_versie=procedure_versie,
            peildatum=peildatum,
            versie=0,
            aangemaakt=moment.isoformat(),
            definitie=definitie,
            definitie_hash=hashlib.sha256(definitie.encode()).hexdigest(),
            demo=demo,
        )
        rij.kaft_hash = hash_kaft(rij)
        sessie.add(rij)
        sessie.flush()
        for perceel in aanbesteding.percelen:
            sessie.add(StatusRow(dossier=code, onderwerp=f"perceel:{perceel.nummer}", status=begin_status))
        sessie.commit()


def load_kop(engine: Engine, code: str) -> Dossierkop:
    """The cover of a dossier; OnbekendDossier when there is none."""
    kolommen = [getattr(DossierRow, veld.name) for veld in fields(Dossierkop)]
    with engine.connect() as verbinding:
        rij = verbinding.execute(sa_select(*kolommen).where(col(DossierRow.code) == code)).first()
    if rij is None:
        raise OnbekendDossier(f"Het dossier '{code}' bestaat niet. Zie 'aanbesteding dossier lijst'.")
    return Dossierkop(*rij)


def load_dossier(
    engine: Engine,
    code: str,
    feitsoorten: Mapping[str, type[Feit]],
    begin_status: str,
    regime: Procedureregime,
    eerder: Dossier | None = None,
) -> Dossier:
    """The whole dossier: definition and every fact.

    `eerder` is what was read of it before. Facts are only ever added and each covers the ones before it, so when its
    last one is still there with the same hash, only what came after it is read; otherwise everything is.
    """
    with Session(engine) as sessie:
        kop = sessie.get(DossierRow, code)
        if kop is None:
            raise OnbekendDossier(f"Het dossier '{code}' bestaat niet. Zie 'aanbesteding dossier lijst'.")
        leeg = Dossier(
            code=kop.code,
            aanbesteding=Aanbesteding.model_validate_json(kop.definitie),
            peildatum=kop.peildatum,
            versie=0,
            vastleggingen=(),
            begin_status=begin_status,
            regime=regime,
            demo=kop.demo,
        )
        begin = eerder if eerder is not None and _is_begin(sessie, kop.versie, eerder, leeg) else leeg
        kolommen = [getattr(FeitRow, naam) for naam in _GELEZEN]
        rijen = sessie.connection().execute(
            sa_select(*kolommen)
            .where(
                col(FeitRow.dossier) == code,
                col(FeitRow.versie) <= kop.versie,
                col(FeitRow.volgnummer) > _laatste_nummer(begin),
            )
            .order_by(col(FeitRow.volgnummer))
        )
        return begin.grow(kop.versie, (_read_vastlegging(rij, feitsoorten) for rij in rijen))


def _laatste_nummer(dossier: Dossier) -> int:
    return dossier.vastleggingen[-1].volgnummer if dossier.vastleggingen else 0


def _is_begin(sessie: Session, versie: int, eerder: Dossier, leeg: Dossier) -> bool:
    """Is what was read before the beginning of what is stored now? A dossier that was put back may be another."""
    if not eerder.vastleggingen or eerder.versie > versie:
        return False
    if replace(eerder, versie=0, vastleggingen=()) != leeg:
        return False
    hash_ = sessie.exec(
        select(FeitRow.hash).where(
            FeitRow.dossier == eerder.code, FeitRow.volgnummer == _laatste_nummer(eerder)
        )
    ).first()
    return hash_ == eerder.vastleggingen[-1].hash


def _read_vastlegging(rij: Any, feitsoorten: Mapping[str, type[Feit]]) -> Vastlegging:
    return Vastlegging(
        rij.volgnummer,
        rij.versie,
        feitsoorten[rij.soort].model_validate_json(rij.inhoud),
        rij.handeling,
        rij.persoon,
        datetime.fromisoformat(rij.moment),
        rij.hash,
        rij.logboek,
    )


def record_besluit(engine: Engine, code: str, versie: int, vast: Vast) -> int:
    """Record one act on the dossier at `versie`; returns the new version.

    Raises StaleDossier when somebody recorded in the meantime; then nothing was written.
    """
    nieuw = versie + 1
    moment = vast.moment.isoformat()
    with Session(engine) as sessie:
        treffer = sessie.connection().execute(
            update(DossierRow)
            .where(col(DossierRow.code) == code, col(DossierRow.versie) == versie)
            .values(versie=nieuw)
        )
        if treffer.rowcount != 1:
            sessie.rollback()
            raise StaleDossier(
                f"Iemand anders heeft dossier '{code}' zojuist gewijzigd. Bekijk het opnieuw en probeer het dan weer."
            )
        laatste = sessie.exec(
            select(FeitRow).where(FeitRow.dossier == code).order_by(col(FeitRow.volgnummer).desc()).limit(1)
        ).first()
        nummer, vorige = (laatste.volgnummer, laatste.hash) if laatste else (0, "")
        beloften = [_build_belofte(code, nieuw, vast, t) for t in vast.toezeggingen]
        feiten = vast.feiten or (HandelingVerricht(),)
        for plaats, feit in enumerate(feiten, start=1):
            nummer += 1
            rij = FeitRow(
                dossier=code,
                volgnummer=nummer,
                versie=nieuw,
                soort=feit.soort(),
                inhoud=feit.model_dump_json(),
                handeling=vast.handeling,
                persoon=vast.persoon,
                moment=moment,
                vorige_hash=vorige,
                hash="",
            )
            vorige = rij.hash = hash_feit(rij)
            if plaats == len(feiten):
                bewijs = hash_vastgelegd(vorige, (b.regel_hash for b in beloften))
                rij.logboek = _note_verricht(sessie, code, vast, bewijs)
            sessie.add(rij)
            if isinstance(feit, StatusGewijzigd):
                sessie.merge(StatusRow(dossier=code, onderwerp=feit.onderwerp, status=feit.naar))
            if isinstance(feit, Stukfeit):
                _set_documentstatussen(sessie, code, feit)
        sessie.add_all(beloften)
        for soort, sleutel, inhoud in vast.enveloppen:
            sessie.add(EnvelopRow(dossier=code, soort=soort, sleutel=sleutel, inhoud=inhoud, versie=nieuw))
        for soort, deel in vast.bossen:
            bos = EnvelopsleutelRow(dossier=code, versie=nieuw, soort=soort, **asdict(deel))
            bos.regel_hash = hash_bos(bos)
            sessie.add(bos)
        sessie.connection().execute(
            update(DossierRow).where(col(DossierRow.code) == code).values(laatste_hash=vorige)
        )
        sessie.commit()
    return nieuw


def _build_belofte(code: str, versie: int, vast: Vast, toezegging: Toezegging) -> ToezeggingRow:
    belofte = ToezeggingRow(
        dossier=code,
        versie=versie,
        document=toezegging.document,
        fase=toezegging.fase,
        onderwerpen=json.dumps(toezegging.onderwerpen),
        persoon=vast.persoon,
        moment=vast.moment.isoformat(),
        ontvangers=json.dumps(toezegging.ontvangers) if toezegging.ontvangers else "",
    )
    belofte.regel_hash = hash_toezegging(belofte)
    return belofte


def _note_verricht(sessie: Session, code: str, vast: Vast, bewijs: str) -> str:
    """The line of the audit log about this act, which covers what it recorded; returns its place and hash."""
    kop = sessie.get(DossierRow, code)
    regel = Auditregel(
        vast.moment,
        Auditsoort.HANDELING_VERRICHT,
        vast.persoon,
        "",
        regio=kop.regio if kop else "",
        dossier=code,
        doel=vast.handeling,
        bewijs=bewijs,
    )
    rij = add_audit(sessie, regel)
    return f"{rij.volgnummer}:{rij.hash}"


def _set_documentstatussen(sessie: Session, code: str, feit: Stukfeit) -> None:
    """The projection of the statuses of stukken, for lists."""
    per_status: dict[str, list[str]] = {}
    for pad, status in feit.list_statussen().items():
        per_status.setdefault(status.value, []).append(pad)
    for status, paden in per_status.items():
        for begin in range(0, len(paden), BLOK):
            sessie.connection().execute(
                update(DocumentRow)
                .where(
                    col(DocumentRow.dossier) == code, col(DocumentRow.pad).in_(paden[begin : begin + BLOK])
                )
                .values(status=status)
            )


@dataclass(frozen=True)
class Verzegelding:
    """A sealed envelope as it is stored; `versie` 0: from before sealing."""

    versie: int
    inhoud: str


def load_enveloppen(engine: Engine, code: str, soort: str) -> dict[str, Verzegelding]:
    """Every envelope of this kind, as sealed as it is stored."""
    with Session(engine) as sessie:
        rijen = sessie.exec(
            select(EnvelopRow)
            .where(EnvelopRow.dossier == code, EnvelopRow.soort == soort)
            .order_by(col(EnvelopRow.sleutel))
        ).all()
        return {rij.sleutel: Verzegelding(rij.versie, rij.inhoud) for rij in rijen}


def load_bossen(engine: Engine, code: str, soort: str) -> dict[int, tuple[Bosdeel, ...]]:
    """The wrapped keys of the envelopes of this kind, by the act (version) they came in by."""
    bossen: dict[int, tuple[Bosdeel, ...]] = {}
    for rij in list_bosrijen(engine, code):
        if rij.soort == soort:
            bossen[rij.versie] = (*bossen.get(rij.versie, ()), Bosdeel(rij.een, rij.twee, rij.inhoud))
    return bossen


def list_bosrijen(engine: Engine, code: str) -> tuple[EnvelopsleutelRow, ...]:
    """The wrapped keys of a dossier as they are stored."""
    with Session(engine, expire_on_commit=False) as sessie:
        return tuple(sessie.exec(select(EnvelopsleutelRow).where(EnvelopsleutelRow.dossier == code)).all())


def record_weigering(
    engine: Engine, code: str, handeling: str, persoon: str, moment: datetime, regels: Iterable[str]
) -> None:
    """Note that an act was refused; the dossier itself does not change.

    A run that was broken off and goes on tries again at the same moment: that is the same refusal.
    """
    with Session(engine) as sessie:
        kop = sessie.get(DossierRow, code)
    regel = Auditregel(
        moment,
        Auditsoort.HANDELING_GEWEIGERD,
        persoon,
        "",
        regio=kop.regio if kop else "",
        dossier=code,
        doel=handeling,
        reden=" ".join(regels),
    )
    record_audit(engine, regel, eenmalig=True)

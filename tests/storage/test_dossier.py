"""The database keeps every kind of fact as it was told, chains them, and never changes one."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, event, update
from sqlmodel import Session, col, select

from aanbesteding.domain.feit import Feit, StatusGewijzigd
from aanbesteding.domain.feiten import SluitingVerplaatst
from aanbesteding.errors import InvoerError, OnbekendDossier, StaleDossier
from aanbesteding.procedures import PROCEDURES, SAS
from aanbesteding.storage.dossier import (
    Toezegging,
    Vast,
    hash_feit,
    load_dossier,
    load_enveloppen,
    load_kop,
    record_besluit,
    save_nieuw_dossier,
)
from aanbesteding.storage.queries import list_dossiers
from aanbesteding.storage.tables import DossierRow, EnvelopRow, FeitRow, StatusRow, ToezeggingRow
from bouwers import AMSTERDAM, PEILDATUM, make_aanbesteding, moment
from databases import make_database
from fakes import Gemeld, make_procedure, unfreeze
from storage.strategieen import feiten_van

FEITSOORTEN = {
    naam: soort for p in (*PROCEDURES, make_procedure()) for naam, soort in p.feitsoorten().items()
}
NU = moment("2026-01-05 09:00")


@pytest.fixture
def database(tmp_path: Path) -> Engine:
    engine = make_database(tmp_path)
    save(engine, "PROEF")
    return engine


def save(engine: Engine, code: str, **velden: Any) -> None:
    save_nieuw_dossier(
        engine,
        code,
        make_aanbesteding(**velden),
        procedure_versie="1",
        begin_status="voorbereiding",
        peildatum=PEILDATUM,
        moment=NU,
        demo=True,
    )


def record(engine: Engine, versie: int, *feiten: Feit, **velden: Any) -> int:
    return record_besluit(engine, "PROEF", versie, Vast("proef", "inkoper.demo", NU, feiten, **velden))


def load(engine: Engine, eerder: Any = None) -> Any:
    return load_dossier(engine, "PROEF", FEITSOORTEN, "voorbereiding", SAS.regime, eerder)


def list_rijen(engine: Engine, code: str = "PROEF") -> list[FeitRow]:
    with Session(engine) as sessie:
        vraag = select(FeitRow).where(FeitRow.dossier == code).order_by(col(FeitRow.volgnummer))
        return list(sessie.exec(vraag).all())


# --- round trip -----------------------------------------------------------------------------------------------


def test_dossier_comes_back_as_it_was_stored(database: Engine):
    dossier = load(database)
    assert dossier.aanbesteding == make_aanbesteding()
    assert (dossier.peildatum, dossier.versie, dossier.demo) == (PEILDATUM, 0, True)
    assert dict(dossier.statussen) == {"perceel:1": "voorbereiding", "perceel:2": "voorbereiding"}
    kop = load_kop(database, "PROEF")
    assert (kop.code, kop.procedure, kop.procedure_versie, kop.versie) == ("PROEF", "sas", "1", 0)


@pytest.mark.parametrize("naam", sorted(FEITSOORTEN))
def test_every_kind_of_feit_comes_back_as_it_was_recorded(naam: str):
    @settings(
        max_examples=5,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(feiten_van(FEITSOORTEN[naam]))
    def check(feit: Feit) -> None:
        teruggelezen = FEITSOORTEN[naam].model_validate_json(feit.model_dump_json())
        assert teruggelezen == feit
        assert teruggelezen.model_dump_json() == feit.model_dump_json()

    check()


@settings(
    max_examples=12, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.data())
def test_feiten_of_any_kind_survive_the_database_and_their_chain_recomputes(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
):
    engine = make_database(tmp_path_factory.mktemp("keten"))
    save(engine, "PROEF")
    soorten = data.draw(st.lists(st.sampled_from(sorted(FEITSOORTEN)), min_size=1, max_size=6))
    feiten = [data.draw(feiten_van(FEITSOORTEN[naam])) for naam in soorten]
    for versie, feit in enumerate(feiten):
        record(engine, versie, feit)
    assert [v.feit for v in load(engine).vastleggingen] == feiten
    check_keten(list_rijen(engine))
    engine.dispose()


@settings(
    max_examples=15, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("vastleggen"), st.integers(1, 3)),
            st.tuples(st.just("lezen"), st.just(0)),
            st.tuples(st.just("terugzetten"), st.integers(0, 3)),
        ),
        min_size=4,
        max_size=14,
    )
)
def test_what_was_read_before_and_grew_is_what_is_stored_whatever_happened_in_between(
    tmp_path_factory: pytest.TempPathFactory, stappen: list[tuple[str, int]]
):
    """Acts, reading, and a database that was put back and then went another way, in any order."""
    engine = make_database(tmp_path_factory.mktemp("groei"))
    save(engine, "PROEF")
    gelezen, versie, bedrag = load(engine), 0, 0
    for stap, aantal in stappen:
        if stap == "vastleggen":
            bedrag += aantal
            feiten = [Gemeld(perceel="1", bedrag=bedrag + n, motivering="x") for n in range(aantal)]
            versie = record(engine, versie, *feiten)
        elif stap == "terugzetten":
            versie = max(0, versie - aantal)
            put_back(engine, versie)
        else:
            gelezen = load(engine, gelezen)
        assert load(engine, gelezen) == load(engine)
    engine.dispose()


def put_back(engine: Engine, versie: int) -> None:
    """The database as a backup of this version would leave it."""
    with engine.begin() as verbinding:
        unfreeze(verbinding)
        verbinding.execute(delete(FeitRow).where(col(FeitRow.versie) > versie))
        verbinding.execute(update(DossierRow).values(versie=versie))


def test_facts_that_were_read_are_not_read_again(database: Engine, monkeypatch: pytest.MonkeyPatch):
    record(database, 0, *(Gemeld(perceel="1", bedrag=n, motivering="x") for n in range(5)))
    eerder = load(database)
    record(database, 1, Gemeld(perceel="1", bedrag=9, motivering="y"))
    gelezen: list[str] = []
    echt = Gemeld.model_validate_json
    monkeypatch.setattr(Gemeld, "model_validate_json", lambda tekst: gelezen.append(tekst) or echt(tekst))
    nu = load(database, eerder)
    assert (len(gelezen), len(nu.vastleggingen)) == (1, 6)
    assert all(a is b for a, b in zip(eerder.vastleggingen, nu.vastleggingen, strict=False))


def test_dossier_with_another_definition_is_not_taken_for_the_one_read_before(database: Engine):
    record(database, 0, Gemeld(perceel="1", bedrag=1, motivering="x"))
    eerder = load(database)
    with Session(database) as sessie:
        kop = sessie.get(DossierRow, "PROEF")
        assert kop is not None
        kop.definitie = make_aanbesteding(titel="Een andere inkoop").model_dump_json()
        sessie.commit()
    nu = load(database, eerder)
    assert nu == load(database)
    assert nu.vastleggingen[0] is not eerder.vastleggingen[0]


def test_moment_in_the_hour_that_comes_twice_stays_that_moment():
    feit = SluitingVerplaatst(
        sluiting=datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=AMSTERDAM), motivering="Verzonnen."
    )
    terug = SluitingVerplaatst.model_validate_json(feit.model_dump_json())
    assert terug.sluiting.timestamp() == feit.sluiting.timestamp()


# --- chain ----------------------------------------------------------------------------------------------------


def check_keten(rijen: list[FeitRow]) -> None:
    vorige = ""
    for nummer, rij in enumerate(rijen, start=1):
        assert rij.volgnummer == nummer
        assert rij.vorige_hash == vorige
        assert rij.hash == hash_feit(rij)
        vorige = rij.hash


def test_hash_covers_everything_of_a_feit_and_the_hash_before_it(database: Engine):
    record(database, 0, StatusGewijzigd(onderwerp="perceel:1", van=None, naar="a"))
    (rij,) = list_rijen(database)
    anders = {
        "dossier": "X",
        "volgnummer": 9,
        "versie": 9,
        "soort": "X",
        "inhoud": "{}",
        "handeling": "x",
        "persoon": "x",
        "moment": "x",
        "vorige_hash": "x",
    }
    for veld, waarde in anders.items():
        gewijzigd = FeitRow(**(rij.model_dump() | {veld: waarde}))
        assert hash_feit(gewijzigd) != rij.hash, veld


def test_chains_of_two_dossiers_do_not_touch(database: Engine):
    save(database, "ANDER")
    feit = StatusGewijzigd(onderwerp="perceel:1", van=None, naar="a")
    record(database, 0, feit, feit)
    record_besluit(database, "ANDER", 0, Vast("proef", "inkoper.demo", NU, (feit,)))
    record(database, 1, feit)
    check_keten(list_rijen(database))
    check_keten(list_rijen(database, "ANDER"))


def test_feiten_are_only_ever_added(database: Engine):
    opdrachten: list[str] = []

    def note(_v: Any, _c: Any, statement: str, *_rest: Any) -> None:
        opdrachten.append(statement)

    event.listen(database, "before_cursor_execute", note)
    for versie in range(3):
        record(database, versie, StatusGewijzigd(onderwerp="perceel:1", van=None, naar=f"s{versie}"))
    op_feit = [o for o in opdrachten if " feit" in o or "feit " in o]
    assert op_feit
    assert all(o.startswith(("INSERT INTO feit", "SELECT")) for o in op_feit)


# --- one transaction ------------------------------------------------------------------------------------------


def test_stale_versie_writes_nothing_at_all(database: Engine):
    feit = StatusGewijzigd(onderwerp="perceel:1", van=None, naar="a")
    record(database, 0, feit)
    with pytest.raises(StaleDossier, match="PROEF"):
        record(
            database,
            0,
            StatusGewijzigd(onderwerp="perceel:1", van=None, naar="b"),
            toezeggingen=(Toezegging("brief", "proef", ("1",)),),
            enveloppen=(("bod", "1", "x"),),
        )
    assert len(list_rijen(database)) == 1
    with Session(database) as sessie:
        assert not sessie.exec(select(ToezeggingRow)).all()
        assert not sessie.exec(select(EnvelopRow)).all()
        assert sessie.get_one(StatusRow, ("PROEF", "perceel:1")).status == "a"


def test_failure_half_way_leaves_the_dossier_as_it_was(database: Engine):
    twee_keer = (("bod", "1", "x"), ("bod", "1", "y"))
    with pytest.raises(Exception, match=r"(?i)unique"):
        record(database, 0, StatusGewijzigd(onderwerp="perceel:1", van=None, naar="a"), enveloppen=twee_keer)
    assert load(database).versie == 0
    assert list_rijen(database) == []
    assert load_enveloppen(database, "PROEF", "bod") == {}


def test_besluit_without_feiten_still_makes_a_versie(database: Engine):
    assert record(database, 0) == 1
    assert load(database).versie == 1


def test_dossier_at_an_earlier_versie_has_the_status_of_then(database: Engine):
    for versie, naar in enumerate(("a", "b", "c")):
        record(database, versie, StatusGewijzigd(onderwerp="perceel:1", van=None, naar=naar))
    dossier = load(database)
    assert [dossier.op_versie(v).status_van_perceel("1") for v in range(4)] == [
        "voorbereiding",
        "a",
        "b",
        "c",
    ]


def test_table_of_statussen_equals_what_the_feiten_say(database: Engine):
    for versie, (onderwerp, naar) in enumerate(
        (("perceel:1", "a"), ("verzoek:0001", "b"), ("perceel:1", "c"))
    ):
        record(database, versie, StatusGewijzigd(onderwerp=onderwerp, van=None, naar=naar))
    with Session(database) as sessie:
        tabel = {r.onderwerp: r.status for r in sessie.exec(select(StatusRow)).all()}
    assert tabel == dict(load(database).statussen)
    (regel,) = list_dossiers(database)
    assert regel.statussen == (("c", 1), ("voorbereiding", 1))


def test_moments_come_back_with_their_zone(database: Engine):
    record(database, 0, StatusGewijzigd(onderwerp="perceel:1", van=None, naar="a"))
    (vastlegging,) = load(database).vastleggingen
    assert vastlegging.moment == NU
    assert vastlegging.moment.utcoffset() == timedelta(hours=1)


# --- wrong ----------------------------------------------------------------------------------------------------


def test_code_that_is_taken_is_told_in_dutch_and_changes_nothing(database: Engine):
    with pytest.raises(InvoerError, match="PROEF"):
        save(database, "PROEF", titel="Een andere titel")
    assert load(database).aanbesteding.titel == "Proefinkoop 2027"


def test_unknown_dossier_names_the_command_that_lists_them(database: Engine):
    for functie in (
        lambda: load_kop(database, "WEG"),
        lambda: load_dossier(database, "WEG", {}, "x", SAS.regime),
    ):
        with pytest.raises(OnbekendDossier, match="dossier lijst"):
            functie()


def test_definition_is_frozen_with_its_hash(database: Engine):
    with Session(database) as sessie:
        rij = sessie.get_one(DossierRow, "PROEF")
    assert rij.definitie_hash == hashlib.sha256(rij.definitie.encode()).hexdigest()

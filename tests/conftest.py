"""What the whole test run shares: the options --golden and --schermen, and counts that only a whole run can give.

Two things are counted while other tests run: how every rule was judged (passed, refused), and which branches of
the templates were taken. The test that judges the rule counts runs last, and only asks them when every test of
tests/fasen took part in the session.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from databases import Postgres, close_databases, op_postgres, postgres_in_gebruik

FASEN = Path(__file__).parent / "fasen"
LAATSTE = (
    "test_every_regel_was_seen_passing_and_refusing",
    "test_every_melding_in_the_documentation_is_real",
)
UITKOMSTEN = pytest.StashKey[dict[str, Counter[bool]]]()
MELDINGEN = pytest.StashKey[dict[str, set[str]]]()
WEGGELATEN = pytest.StashKey[bool]()
TAKKEN = pytest.StashKey[dict[str, tuple[int, int]]]()


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Prepared templates of a test run are kept apart from the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of this test run."""
    with postgres_in_gebruik() as server:
        if server is None:
            pytest.skip("PostgreSQL is niet geïnstalleerd (Debian: apt install postgresql)")
        yield server


@pytest.fixture(autouse=True)
def _database(request: pytest.FixtureRequest) -> Iterator[None]:
    """The kind of database of this test; SQLite, unless pytest_generate_tests asks for both."""
    if getattr(request, "param", "SQLite") == "PostgreSQL":
        with op_postgres(request.getfixturevalue("postgres")):
            yield
    else:
        yield
    close_databases()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what touches a database in the tests of storage and engine on SQLite and on PostgreSQL."""
    if (
        metafunc.definition.path.parent.name in ("storage", "engine")
        and {"tmp_path", "tmp_path_factory"} & set(metafunc.fixturenames)
        and metafunc.definition.get_closest_marker("sqlite") is None
        and metafunc.definition.path.name not in ("test_files.py", "test_opslag.py")
    ):
        metafunc.parametrize("_database", ["SQLite", "PostgreSQL"], indirect=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden", action="store_true", help="schrijf de vaste teksten van de documenten opnieuw"
    )
    parser.addoption(
        "--schermen", action="store_true", help="maak de schermbeelden van de handleiding opnieuw"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[UITKOMSTEN] = {}
    config.stash[MELDINGEN] = {}
    config.stash[WEGGELATEN] = False
    config.stash[TAKKEN] = {}


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    for item in items:
        if FASEN in item.path.parents:
            item.config.stash[WEGGELATEN] = True


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.name in LAATSTE)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Count every rule from here on, when the last test is going to ask."""
    if any(item.name in LAATSTE for item in session.items) and not session.config.option.collectonly:
        session.config.stash[UITKOMSTEN] = count_regels(session.config.stash[MELDINGEN])


def count_regels(meldingen: dict[str, set[str]]) -> dict[str, Counter[bool]]:
    """Make every declared rule note its outcome (True is passed) and its messages. Keyed by code and module."""
    from docs import list_regels, show_regelnaam

    uitkomsten: dict[str, Counter[bool]] = {}
    for regel, _ in list_regels():
        telling = uitkomsten[f"{regel.code} ({regel.toets.__module__})"] = Counter()
        gezien = meldingen.setdefault(show_regelnaam(regel), set())
        object.__setattr__(regel, "toets", make_tellend(regel.toets, telling, gezien))
    return uitkomsten


def make_tellend(
    toets: Callable[[Any], str | None], telling: Counter[bool], gezien: set[str]
) -> Callable[[Any], str | None]:
    """The same check, which notes whether it passed and else what it said."""

    @functools.wraps(toets)
    def tellend(situatie: Any) -> str | None:
        tekst = toets(situatie)
        telling[tekst is None] += 1
        if tekst is not None:
            gezien.add(tekst)
        return tekst

    return tellend


@pytest.fixture(scope="session")
def taktelling(pytestconfig: pytest.Config) -> dict[str, tuple[int, int]]:
    """Per template how many branches were taken, of how many; shown at the end of the run."""
    return pytestconfig.stash[TAKKEN]


@pytest.fixture
def regeluitkomsten(request: pytest.FixtureRequest) -> dict[str, Counter[bool]]:
    """How every rule was judged in this session; skips when not every test of tests/fasen took part."""
    bestanden = {item.path for item in request.session.items}
    alle = set(FASEN.rglob("test_*.py"))
    if request.config.stash[WEGGELATEN] or not alle or alle - bestanden:
        pytest.skip("niet alle tests van tests/fasen doen mee")
    return request.config.stash[UITKOMSTEN]


@pytest.fixture
def meldingen(regeluitkomsten: object, request: pytest.FixtureRequest) -> dict[str, set[str]]:
    """Every message that a rule gave in this session; skips when not every test of tests/fasen took part."""
    return request.config.stash[MELDINGEN]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    takken = config.stash[TAKKEN]
    if takken:
        genomen, totaal = (sum(t[i] for t in takken.values()) for i in (0, 1))
        terminalreporter.write_line(
            f"sjabloontakken: {genomen} van {totaal} genomen in {len(takken)} sjablonen "
            f"({100 * genomen // max(totaal, 1)}%)"
        )

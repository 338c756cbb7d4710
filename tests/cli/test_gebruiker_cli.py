"""`aanbesteding gebruiker`: the first account, passwords that are shown once, and blocking; and accounts of a demo."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from aanbesteding.adapters.wachtwoord import Wachtwoorden
from aanbesteding.bootstrap import app_in_gebruik
from aanbesteding.cli import make_app as make_cli
from aanbesteding.demo.accounts import make_demo_accounts
from aanbesteding.engine.accounts import Dader, make_account
from aanbesteding.engine.app import App
from aanbesteding.errors import InvoerError
from aanbesteding.storage.dossier import save_nieuw_dossier
from aanbesteding.storage.toegang import list_accounts, load_account
from bouwers import PEILDATUM, make_aanbesteding, moment
from fakes import BEGIN, make_app, save_dossier


@pytest.fixture
def app(tmp_path: Path) -> Generator[App]:
    with app_in_gebruik(make_app(tmp_path)) as app:
        yield app


def run(*opdracht: str, invoer: str = "") -> tuple[int, str]:
    uit = CliRunner().invoke(make_cli(), ["gebruiker", *opdracht], input=invoer)
    if isinstance(uit.exception, InvoerError):
        return uit.exception.exit_code, str(uit.exception)
    return uit.exit_code, uit.output


def test_new_account_gets_a_password_that_is_shown_once_and_must_be_changed(app: App):
    code, tekst = run("nieuw", "inkoper.demo", "--naam", "Inkoper")
    assert code == 0
    wachtwoord = tekst.partition("Wachtwoord: ")[2].split()[0]
    account = load_account(app.database, "inkoper.demo")
    assert account is not None
    assert account.moet_wijzigen
    assert Wachtwoorden().check(account.wachtwoord, wachtwoord)
    assert wachtwoord not in account.wachtwoord
    assert "Let op" not in tekst


def test_account_without_a_mandate_is_made_and_that_is_said(app: App):
    assert "staat in geen enkel mandaat" in run("nieuw", "vreemde")[1]


def test_password_from_standard_input_is_never_shown(app: App):
    code, tekst = run("nieuw", "inkoper.demo", "--van-invoer", invoer="een heel goed wachtwoord\n")
    assert code == 0
    assert "wachtwoord" not in tekst.lower()
    account = load_account(app.database, "inkoper.demo")
    assert account is not None
    assert not account.moet_wijzigen


@pytest.mark.parametrize(
    ("opdracht", "invoer", "fout"),
    [
        pytest.param(
            ("nieuw", "Jan Jansen"), "", "gebruikersnaam", id="een naam met hoofdletters en een spatie"
        ),
        pytest.param(
            ("nieuw", "inkoper.demo", "--van-invoer"), "kort\n", "12 tot 200", id="een kort wachtwoord"
        ),
        pytest.param(("wachtwoord", "niemand"), "", "bestaat niet", id="een account dat er niet is"),
        pytest.param(("blokkeren", "niemand"), "", "bestaat niet", id="blokkeren wat er niet is"),
    ],
)
def test_wrong_input_ends_with_code_two_and_changes_nothing(
    app: App, opdracht: tuple[str, ...], invoer: str, fout: str
):
    code, tekst = run(*opdracht, invoer=invoer)
    assert code == 2
    assert fout in tekst
    assert list_accounts(app.database) == ()


def test_list_shows_roles_per_region_and_who_is_blocked(app: App):
    run("nieuw", "jurist.demo")
    run("blokkeren", "jurist.demo")
    tekst = run("lijst", "--json")[1]
    assert '"jurist"' in tekst
    assert '"geblokkeerd": true' in tekst
    run("deblokkeren", "jurist.demo")
    assert '"geblokkeerd": false' in run("lijst", "--json")[1]
    assert run("nieuw", "jurist.demo")[0] == 2, "het account bestaat al"


def test_demo_makes_an_account_for_everybody_in_the_mandates_once(app: App):
    save_dossier(app)
    nieuw, wachtwoord = make_demo_accounts(app, "bommelerwaard")
    assert {"inkoper.demo", "voorzitter.demo", "beheerder.demo"} <= set(nieuw)
    assert len(wachtwoord) == 24
    assert all(a.demo for a in list_accounts(app.database))
    assert make_demo_accounts(app, "bommelerwaard")[0] == ()


def test_demo_that_was_killed_while_it_made_accounts_gives_all_of_them_the_password_it_tells(app: App):
    kluis, gehoord = Wachtwoorden(), list[str]()
    make_account(
        app, kluis, "inkoper.demo", "verzonnen-en-vergeten-1", door=Dader(), moet_wijzigen=False, demo=True
    )

    def meld(aantal: int, eerste: str, wachtwoord: str) -> None:
        assert len(list_accounts(app.database)) == 1
        gehoord.append(wachtwoord)

    nieuw, gekozen = make_demo_accounts(app, "bommelerwaard", meld=meld)
    assert gehoord == [gekozen]
    assert "inkoper.demo" not in nieuw
    for persoon in ("inkoper.demo", nieuw[0]):
        account = load_account(app.database, persoon)
        assert account is not None
        assert kluis.check(account.wachtwoord, gekozen)


def save_echt(app: App) -> None:
    aanbesteding = make_aanbesteding(regio="bommelerwaard", procedure="proef")
    save_nieuw_dossier(
        app.database, "ECHT", aanbesteding, procedure_versie="1", begin_status="voorbereiding",
        peildatum=PEILDATUM, moment=moment(BEGIN), demo=False,
    )  # fmt: skip


def test_demo_makes_no_accounts_beside_a_dossier_that_is_no_demo(app: App):
    save_echt(app)
    with pytest.raises(InvoerError, match="ECHT"):
        make_demo_accounts(app, "bommelerwaard")


def test_demo_account_sees_no_dossier_that_is_no_demo(app: App):
    from web.hulp import log_in, make_pagina, make_toegang

    save_dossier(app)
    save_echt(app)
    make_toegang(app, "inkoper.demo", demo=True)
    make_toegang(app, "jurist.demo")
    web = make_pagina(app)
    demo, echt = log_in(web, "inkoper.demo"), log_in(web, "jurist.demo")
    assert "ECHT" not in demo.get("/").text
    assert "PROEF" in demo.get("/").text
    assert demo.get("/dossiers/ECHT").status_code == 404
    assert echt.get("/dossiers/ECHT").status_code == 200

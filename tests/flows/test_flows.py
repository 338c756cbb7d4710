"""The flows on a real server: documents once, artifacts without names, forms in Dutch, nothing calls the outside."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.adapters.prefect import FASEN, check_gezond, load_flow
from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import list_open
from aanbesteding.storage.documenten import list_documenten
from bouwers import make_partij, moment
from documents.maak import make_docx
from flows.conftest import Omgeving

pytestmark = pytest.mark.prefect


def post(prefect: Omgeving, pad: str, inhoud: dict[str, Any]) -> Any:
    """Ask the server's API."""
    vraag = urllib.request.Request(
        f"{prefect.server.api}/{pad}",
        data=json.dumps(inhoud).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(vraag, timeout=20) as antwoord:
        return json.load(antwoord)


def load_artifact(prefect: Omgeving, sleutel: str) -> dict[str, Any]:
    """The latest artifact with this key."""
    with urllib.request.urlopen(f"{prefect.server.api}/artifacts/{sleutel}/latest", timeout=20) as antwoord:
        return dict(json.load(antwoord))


def list_namen(prefect: Omgeving, soort: str) -> list[str]:
    """Names of the runs of this kind, latest first."""
    runs = post(prefect, f"{soort}/filter", {"sort": "EXPECTED_START_TIME_DESC", "limit": 50})
    return [str(run["name"]) for run in runs]


def test_stage_flow_makes_documents_once_and_the_second_run_makes_none(run: Callable[..., Any], app: App):
    eerste = run()
    assert (eerste.handelingen, eerste.documenten, eerste.fouten) == ((), 5, ())
    assert list_open(app, "PROEF") == ()
    voor = [(r.pad, r.sha256) for r in list_documenten(app.database, "PROEF")]
    tweede = run()
    assert (tweede.handelingen, tweede.documenten, tweede.fouten) == ((), 0, ())
    assert [(r.pad, r.sha256) for r in list_documenten(app.database, "PROEF")] == voor


def test_stage_flow_performs_what_is_due(run: Callable[..., Any], app: App):
    run()
    assert isinstance(app.klok, StilstaandeKlok)
    app.klok.jump(moment("2026-02-09"))
    assert run().handelingen == ("consultatie_sluiten",)
    assert run().handelingen == ()
    assert set(app.load("PROEF")[0].statussen.values()) == {"consultatie_gesloten"}


def test_run_leaves_a_table_of_documents_and_what_is_needed_now(
    run: Callable[..., Any], app: App, prefect: Omgeving
):
    run()
    tabel = load_artifact(prefect, "documenten-proef-marktconsultatie")
    rijen = json.loads(tabel["data"]) if isinstance(tabel["data"], str) else tabel["data"]
    assert [r["pad"] for r in rijen] == [r.pad for r in list_documenten(app.database, "PROEF")]
    assert all(r["sha256"] for r in rijen)
    nodig = load_artifact(prefect, "nu-nodig-proef-marktconsultatie")["data"]
    assert nodig.startswith("## Nu nodig in dossier PROEF")
    assert "inkoper.demo" in nodig


def test_runs_have_names_that_an_operator_can_read(run: Callable[..., Any], prefect: Omgeving):
    run()
    assert set(list_namen(prefect, "flow_runs")) <= {"marktconsultatie PROEF", "termijnbewaking"}
    verwacht = {f"{wat} marktconsultatie PROEF" for wat in ("handelingen", "documenten", "overzicht")}
    einde = time.monotonic() + 10
    while not verwacht <= set(list_namen(prefect, "task_runs")) and time.monotonic() < einde:
        time.sleep(0.2)
    assert verwacht <= set(list_namen(prefect, "task_runs"))


def test_no_name_or_address_of_a_party_reaches_the_server(run: Callable[..., Any], prefect: Omgeving):
    run()
    time.sleep(2)
    verbinding = sqlite3.connect(f"file:{prefect.home / 'prefect.db'}?mode=ro", uri=True)
    alles = "\n".join(verbinding.iterdump())
    verbinding.close()
    assert "marktconsultatie PROEF" in alles
    for nummer in (1, 2):
        partij = make_partij(nummer)
        for gegeven in (partij.naam, partij.email, partij.adres.straat):
            assert gegeven not in alles


def test_failing_sjabloon_is_counted_and_the_other_documents_are_made(
    run: Callable[..., Any], app: App, tmp_path: Path
):
    map_ = tmp_path / "sjablonen-kapot"
    bron = app.sjablonen.wortel
    for naam in ("marktconsultatiedocument", "vragenlijst"):
        doel = map_ / "marktconsultatie" / f"{naam}.docx"
        doel.parent.mkdir(parents=True, exist_ok=True)
        doel.write_bytes((bron / "marktconsultatie" / f"{naam}.docx").read_bytes())
    make_docx(map_ / "marktconsultatie", "Beste {{ bestaat_niet }}.", naam="uitnodiging")
    object.__setattr__(app.sjablonen, "wortel", map_)
    uit = run()
    assert uit.fouten == ("uitnodiging: 2 niet gemaakt",)
    assert uit.documenten == 3
    assert [t.document for t in list_open(app, "PROEF")] == ["uitnodiging"]


def test_sweep_performs_and_makes_what_is_open_and_then_finds_nothing(prefect: Omgeving, app: App):
    from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    assert isinstance(app.klok, StilstaandeKlok)
    app.klok.jump(moment("2026-02-09"))
    with temporary_settings({PREFECT_API_URL: prefect.server.api, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        assert load_flow("termijnbewaking")() == 1
        assert load_flow("termijnbewaking")() == 0
    assert list_open(app, "PROEF") == ()
    assert set(app.load("PROEF")[0].statussen.values()) == {"consultatie_gesloten"}


def list_invulvelden(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every field that the form asks, whether it stands by itself or in a model."""
    modellen = [schema, *schema.get("definitions", {}).values()]
    return {
        naam: veld
        for model in modellen
        for naam, veld in model.get("properties", {}).items()
        if "$ref" not in veld and naam in model.get("required", [])
    }


@pytest.mark.parametrize("fase", FASEN)
def test_form_of_every_stage_has_dutch_titles_and_descriptions(prefect: Omgeving, fase: str):
    flow = load_flow(fase)
    velden = list_invulvelden(flow.parameters.model_dump_for_openapi())
    assert {naam: veld["title"] for naam, veld in velden.items()} == {
        "dossier": "Dossier",
        "als": "Namens wie",
    }
    assert "BW-2027" in velden["dossier"]["description"]
    assert "gebruikersnaam" in velden["als"]["description"]
    assert flow.description.startswith(f"Voer de fase {fase} uit")


def test_every_stage_and_the_sweep_can_be_deployed_on_the_server(prefect: Omgeving):
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: prefect.server.api}):
        for naam in (*FASEN, "termijnbewaking"):
            load_flow(naam).to_deployment(name=naam, tags=["aanbesteding"]).apply()
    gevonden = {d["name"]: d for d in post(prefect, "deployments/filter", {})}
    assert set(gevonden) == {*FASEN, "termijnbewaking"}
    for fase in FASEN:
        assert set(list_invulvelden(gevonden[fase]["parameter_openapi_schema"])) == {"dossier", "als"}


def test_server_has_no_telemetry_on_and_called_nobody(prefect: Omgeving):
    with urllib.request.urlopen(f"{prefect.server.api}/admin/settings", timeout=20) as antwoord:
        instellingen = json.load(antwoord)
    assert instellingen["server"]["analytics_enabled"] is False
    assert instellingen["home"] == str(prefect.home)
    omgeving = Path(f"/proc/{prefect.server.proces.pid}/environ") if prefect.server.proces else None
    if omgeving and omgeving.exists():
        regels = omgeving.read_bytes().decode().split("\0")
        assert "DO_NOT_TRACK=1" in regels
        assert "PREFECT_SERVER_ANALYTICS_ENABLED=false" in regels
    log = (prefect.home / "server.log").read_text("utf-8")
    assert "sens-o-matic" not in log
    assert "telemetry" not in log.lower()


def test_server_listens_on_loopback_only(prefect: Omgeving):
    poort = int(prefect.server.url.rpartition(":")[2])
    pad = Path("/proc/net/tcp")
    if not pad.exists():
        pytest.skip("alleen op Linux te zien")
    luistert = [r.split()[1] for r in pad.read_text().splitlines()[1:] if r.split()[3] == "0A"]
    assert f"0100007F:{poort:04X}" in luistert
    assert f"00000000:{poort:04X}" not in luistert


OUDER = """
import sys
from pathlib import Path
from aanbesteding.adapters.prefect import launch_server, wait_server
server = wait_server(launch_server(Path(sys.argv[1])))
print(server.proces.pid, server.url, flush=True)
input()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="alleen Linux beëindigt het kind met de ouder")
def test_server_is_gone_after_its_parent_is_killed(prefect: Omgeving, tmp_path: Path):
    bron = sqlite3.connect(prefect.home / "prefect.db")
    kopie = sqlite3.connect(tmp_path / "prefect.db")
    bron.backup(kopie)
    bron.close()
    kopie.close()
    ouder = subprocess.Popen(
        [sys.executable, "-c", OUDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert ouder.stdout is not None
    assert ouder.stdin is not None
    pid, url = ouder.stdout.readline().split()
    assert check_gezond(url)
    os.kill(ouder.pid, signal.SIGKILL)
    ouder.wait()
    ouder.stdout.close()
    ouder.stdin.close()
    einde = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists() and time.monotonic() < einde:
        time.sleep(0.1)
    assert not Path(f"/proc/{pid}").exists()
    assert not check_gezond(url)

"""One act: who may, from which status, under which rules, and what is left behind when it is refused."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import Session, select

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.engine.app import App
from aanbesteding.engine.invoer import perform_import, perform_inhoud
from aanbesteding.engine.overzicht import tell_eerder
from aanbesteding.engine.perform import (
    HandelingRefused,
    find_due,
    list_handelingen,
    perform,
    perform_due,
)
from aanbesteding.errors import InvoerError, OnbekendDossier, StaleDossier
from aanbesteding.procedures import PROCEDURES
from aanbesteding.storage.queries import count_weigeringen
from aanbesteding.storage.tables import EnvelopRow, FeitRow, StatusRow, ToezeggingRow
from aanbesteding.storage.tables_toegang import AuditRow
from bouwers import moment
from fakes import (
    GEHEIM,
    WACHTZINNEN,
    Gemeld,
    OnderbrekendeKlok,
    VerzoekGetoetst,
    make_app,
    make_procedure,
    save_dossier,
    wijs_openers_aan,
)

INKOPER, JURIST, GEMANDATEERDE = "inkoper.demo", "jurist.demo", "gemandateerde.demo"


def perform_alles(app: App, *handelingen: tuple[str, Any, str]) -> None:
    for code, invoer, persoon in handelingen:
        perform(app, "PROEF", code, invoer, persoon)


def melden(*percelen: str, bedrag: int = 2, **velden: Any) -> dict[str, Any]:
    return {"percelen": percelen, "bedrag": bedrag, **velden}


def load_rijen(app: App) -> list[str]:
    """Every row that says something about a dossier, as text; refusals are not among them."""
    with Session(app.database) as sessie:
        tabellen = (FeitRow, StatusRow, ToezeggingRow, EnvelopRow)
        return [rij.model_dump_json() for tabel in tabellen for rij in sessie.exec(select(tabel)).all()]


def load_weigering(app: App) -> AuditRow:
    with Session(app.database) as sessie:
        return sessie.exec(select(AuditRow).where(AuditRow.soort == "handeling_geweigerd")).all()[-1]


# --- performing -----------------------------------------------------------------------------------------------


def test_handeling_records_feiten_status_and_toezeggingen_in_one_version(app: App):
    resultaat = perform(app, "PROEF", "proef_starten", None, INKOPER)
    dossier, _, _ = app.load("PROEF")
    assert resultaat.versie == dossier.versie == 1
    assert resultaat.documenten == ("brief", "nota")
    assert [v.feit.soort() for v in dossier.vastleggingen] == [
        "Gestart",
        "StatusGewijzigd",
        "StatusGewijzigd",
    ]
    assert {v.versie for v in dossier.vastleggingen} == {1}
    assert {v.persoon for v in dossier.vastleggingen} == {INKOPER}
    assert dict(dossier.statussen) == {"perceel:1": "lopend", "perceel:2": "lopend"}


def test_handeling_per_perceel_moves_only_the_percelen_that_are_named(app: App):
    perform_alles(app, ("proef_starten", None, INKOPER), ("perceel_melden", melden("2"), INKOPER))
    assert dict(app.load("PROEF")[0].statussen) == {"perceel:1": "lopend", "perceel:2": "gemeld"}


def test_handeling_per_verzoek_makes_a_new_onderwerp_each_time(app: App):
    perform_alles(app, ("verzoek_indienen", None, INKOPER), ("verzoek_indienen", None, INKOPER))
    statussen = app.load("PROEF")[0].statussen
    assert [o for o in statussen if o.startswith("verzoek:")] == ["verzoek:0001", "verzoek:0002"]
    assert statussen["verzoek:0002"] == "ingediend"


def test_perceel_that_ended_no_longer_takes_part_in_a_handeling_for_all(app: App):
    perform_alles(
        app,
        ("proef_starten", None, INKOPER),
        ("perceel_melden", melden("1"), INKOPER),
        ("proef_stoppen", None, GEMANDATEERDE),
    )
    with pytest.raises(HandelingRefused) as fout:
        perform(app, "PROEF", "proef_stoppen", None, GEMANDATEERDE)
    assert [o.code for o in fout.value.overtredingen] == ["geen-onderwerp"]


# --- refusing -------------------------------------------------------------------------------------------------


def test_refused_handeling_changes_nothing_and_is_noted_with_every_overtreding_at_once(app: App):
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    voor = load_rijen(app)
    with pytest.raises(HandelingRefused) as fout:
        perform(app, "PROEF", "perceel_melden", melden("1", "9", bedrag=2001), INKOPER)
    codes = ["onderwerp-onbekend", "bedrag-oneven", "bedrag-boven-duizend", "bedrag-hoog"]
    assert [o.code for o in fout.value.overtredingen] == codes
    assert load_rijen(app) == voor
    weigering = load_weigering(app)
    assert (weigering.dossier, weigering.doel, weigering.persoon) == ("PROEF", "perceel_melden", INKOPER)
    assert weigering.reden.split() == codes
    for o in fout.value.overtredingen:
        assert o.tekst in str(fout.value)
        assert o.grondslag in str(fout.value)


def test_refused_handeling_does_not_write_the_input_into_the_weigering(app: App):
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    with pytest.raises(HandelingRefused):
        perform(app, "PROEF", "perceel_melden", melden("1", bedrag=3, motivering=GEHEIM), INKOPER)
    assert GEHEIM not in load_weigering(app).model_dump_json()


@pytest.mark.parametrize(
    "persoon",
    [
        pytest.param(JURIST, id="een jurist waar een inkoper nodig is"),
        pytest.param("onbekend.demo", id="iemand zonder rol"),
        pytest.param("", id="niemand"),
    ],
)
def test_wrong_rol_is_refused_and_names_who_holds_it(app: App, persoon: str):
    with pytest.raises(HandelingRefused) as fout:
        perform(app, "PROEF", "proef_starten", None, persoon)
    (overtreding,) = fout.value.overtredingen
    assert overtreding.code == "mandaat-ontbreekt"
    assert INKOPER in overtreding.tekst
    assert app.load("PROEF")[0].versie == 0
    assert count_weigeringen(app.database, "PROEF") == 1


def test_wrong_invoer_names_every_fault_at_once(app: App):
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    voor = load_rijen(app)
    with pytest.raises(InvoerError) as fout:
        perform(
            app,
            "PROEF",
            "perceel_melden",
            {"percelen": [], "bedrag": -1, "soort": "c", "onzin": 1},
            INKOPER,
        )
    tekst = "\n".join(fout.value.fouten)
    assert len(fout.value.fouten) == 4
    for veld in ("percelen", "bedrag", "soort", "onzin"):
        assert f"veld '{veld}'" in tekst
    assert "ten minste 0" in tekst
    assert "perceel_melden" in tekst
    assert load_rijen(app) == voor


def test_unknown_handeling_and_unknown_dossier_are_told_in_dutch(app: App):
    with pytest.raises(InvoerError, match="handeling 'bestaat_niet' bestaat niet"):
        perform(app, "PROEF", "bestaat_niet", None, INKOPER)
    with pytest.raises(OnbekendDossier, match="WEG"):
        perform(app, "WEG", "proef_starten", None, INKOPER)


def test_status_of_every_named_perceel_is_checked(app: App):
    perform_alles(app, ("proef_starten", None, INKOPER), ("perceel_melden", melden("1"), INKOPER))
    perform(app, "PROEF", "bod_openen", {"percelen": ["1"]}, JURIST)
    with pytest.raises(HandelingRefused) as fout:
        perform(app, "PROEF", "bod_openen", {"percelen": ["1", "2", "3"]}, JURIST)
    gevonden = {o.code: o.tekst for o in fout.value.overtredingen}
    assert [o.code for o in fout.value.overtredingen] == [
        "status-past-niet",
        "status-past-niet",
        "onderwerp-onbekend",
    ]
    assert "Perceel 3" in gevonden["onderwerp-onbekend"]
    assert "nodig is gemeld" in gevonden["status-past-niet"]


def test_handeling_without_any_named_onderwerp_is_refused(app: App):
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    with pytest.raises(HandelingRefused) as fout:
        perform(app, "PROEF", "bod_openen", {"percelen": []}, JURIST)
    assert "geen-onderwerp" in [o.code for o in fout.value.overtredingen]


@pytest.mark.parametrize(
    ("motivering", "mag"),
    [
        pytest.param("Het kan niet anders.", True, id="met motivering mag het"),
        pytest.param("", False, id="zonder motivering niet"),
        pytest.param("   ", False, id="met alleen spaties niet"),
    ],
)
def test_motiveren_rule_passes_only_with_a_motivering(app: App, motivering: str, mag: bool):
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    invoer = melden("1", bedrag=102, motivering=motivering)
    if not mag:
        with pytest.raises(HandelingRefused) as fout:
            perform(app, "PROEF", "perceel_melden", invoer, INKOPER)
        assert [o.code for o in fout.value.overtredingen] == ["bedrag-hoog"]
        return
    resultaat = perform(app, "PROEF", "perceel_melden", invoer, INKOPER)
    assert [o.code for o in resultaat.signalen] == ["bedrag-hoog"]


def test_signaal_is_shown_and_does_not_refuse(app: App):
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    resultaat = perform(app, "PROEF", "perceel_melden", melden("1", bedrag=20), INKOPER)
    assert [o.code for o in resultaat.signalen] == ["bedrag-rond"]


# --- trying ---------------------------------------------------------------------------------------------------


def test_proef_writes_nothing_and_tells_what_would_be_recorded(app: App):
    voor = load_rijen(app)
    resultaat = perform(app, "PROEF", "proef_starten", None, INKOPER, proef=True)
    assert resultaat.versie == 0
    assert [f.soort() for f in resultaat.feiten] == ["Gestart", "StatusGewijzigd", "StatusGewijzigd"]
    assert resultaat.documenten == ("brief", "nota")
    assert load_rijen(app) == voor


def test_refused_proef_writes_nothing(app: App):
    with pytest.raises(HandelingRefused):
        perform(app, "PROEF", "perceel_melden", melden("1"), INKOPER, proef=True)
    assert count_weigeringen(app.database, "PROEF") == 0


def test_proef_of_an_opening_handeling_opens_no_envelop(app: App):
    wijs_openers_aan(app)
    perform_alles(
        app,
        ("proef_starten", None, INKOPER),
        ("bod_ontvangen", {"nummer": "1", "tekst": GEHEIM}, INKOPER),
        ("perceel_melden", melden("1"), INKOPER),
    )
    resultaat = perform(app, "PROEF", "bod_openen", {"percelen": ["1"]}, JURIST, proef=True)
    assert GEHEIM not in str(resultaat)


# --- two at once ----------------------------------------------------------------------------------------------


def test_two_who_act_at_once_one_gets_stale_dossier_and_nothing_is_lost(app: App):
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    ander = replace(
        app,
        klok=OnderbrekendeKlok(
            app.klok, lambda: perform(app, "PROEF", "perceel_melden", melden("1", bedrag=4), INKOPER)
        ),
    )
    with pytest.raises(StaleDossier, match="PROEF"):
        perform(ander, "PROEF", "perceel_melden", melden("2", bedrag=6), INKOPER)
    dossier, _, _ = app.load("PROEF")
    assert dossier.versie == 2
    assert dict(dossier.statussen) == {"perceel:1": "gemeld", "perceel:2": "lopend"}
    perform(ander, "PROEF", "perceel_melden", melden("2", bedrag=6), INKOPER)
    assert app.load("PROEF")[0].versie == 3


class Startschot:
    """A clock at which so many people wait for each other: all have loaded the dossier, nobody has recorded."""

    def __init__(self, aantal: int) -> None:
        self.lijn = Barrier(aantal)

    def nu(self) -> datetime:
        """The moment, once everybody is there."""
        self.lijn.wait(30)
        return moment("2026-01-05 10:00")


def test_four_officers_at_the_same_moment_one_acts_and_three_are_told_somebody_was_first(app: App):
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    samen = replace(app, klok=Startschot(4))

    def probeer(nummer: int) -> str:
        try:
            perform(samen, "PROEF", "perceel_melden", melden("1", bedrag=2 * nummer), INKOPER)
        except StaleDossier as fout:
            return str(fout)
        return "gedaan"

    with ThreadPoolExecutor(4) as officieren:
        uitkomsten = sorted(officieren.map(probeer, range(1, 5)))
    assert uitkomsten[-1] == "gedaan"
    assert all(u.startswith("Iemand anders heeft dossier 'PROEF' zojuist gewijzigd") for u in uitkomsten[:3])
    dossier, _, _ = app.load("PROEF")
    assert dossier.versie == 2
    assert len(dossier.list_feiten(Gemeld)) == 1


# --- due ------------------------------------------------------------------------------------------------------


def prepare_verzoeken(app: App, aantal: int = 3) -> None:
    perform_alles(app, *[("verzoek_indienen", None, INKOPER)] * aantal)
    perform_alles(app, ("proef_starten", None, INKOPER), ("perceel_melden", melden("1"), INKOPER))


def test_perform_due_performs_until_nothing_is_due_and_twice_is_a_no_op(app: App):
    prepare_verzoeken(app)
    assert perform_due(app, "PROEF", "proef", INKOPER) == ("verzoek_toetsen",) * 3
    voor = load_rijen(app)
    assert perform_due(app, "PROEF", "proef", INKOPER) == ()
    assert load_rijen(app) == voor
    getoetst = app.load("PROEF")[0].list_feiten(VerzoekGetoetst)
    assert [f.nummer for f in getoetst] == ["0001", "0002", "0003"]


def test_who_runs_a_stage_that_somebody_else_just_ran_is_told_who_was_first(app: App):
    prepare_verzoeken(app)
    versie = app.load("PROEF")[0].versie
    gedaan = perform_due(app, "PROEF", "proef", INKOPER)
    assert tell_eerder(app, "PROEF", "proef", versie, INKOPER, gedaan) == ()
    zinnen = tell_eerder(app, "PROEF", "proef", versie, JURIST, ())
    assert len(zinnen) == 3
    assert re.fullmatch(
        rf"Iemand was u voor: '.+' is om \d\d\.\d\d uur al verricht door {INKOPER}\.", zinnen[0]
    )
    assert len(tell_eerder(app, "PROEF", "proef", versie, INKOPER, gedaan[:1])) == 2
    assert tell_eerder(app, "PROEF", "proef", app.load("PROEF")[0].versie, JURIST, ()) == ()


def test_perform_due_leaves_nothing_behind_when_much_is_due(tmp_path: Any):
    verzoeken = [f"{n:04d}" for n in range(1, 103)]
    app = make_app(tmp_path, make_procedure(nieuw=verzoeken))
    save_dossier(app)
    prepare_verzoeken(app, 1)
    assert len(perform_due(app, "PROEF", "proef", INKOPER)) == len(verzoeken)


def test_handeling_that_a_rule_refuses_is_not_due_and_leaves_no_weigering(app: App):
    perform(app, "PROEF", "verzoek_indienen", None, INKOPER)
    assert find_due(app, "PROEF", "proef", INKOPER) is None
    assert perform_due(app, "PROEF", "proef", INKOPER) == ()
    assert count_weigeringen(app.database, "PROEF") == 0


def test_person_without_the_rol_performs_nothing_that_is_due(app: App):
    prepare_verzoeken(app)
    assert perform_due(app, "PROEF", "proef", JURIST) == ()
    assert count_weigeringen(app.database, "PROEF") == 0


def test_two_sweeps_at_once_perform_every_due_handeling_once(app: App):
    prepare_verzoeken(app, 2)
    ander = replace(
        app, klok=OnderbrekendeKlok(app.klok, lambda: perform_due(app, "PROEF", "proef", INKOPER))
    )
    perform_due(ander, "PROEF", "proef", INKOPER)
    getoetst = app.load("PROEF")[0].list_feiten(VerzoekGetoetst)
    assert [f.nummer for f in getoetst] == ["0001", "0002"]
    assert count_weigeringen(app.database, "PROEF") == 0


# --- sealed ---------------------------------------------------------------------------------------------------


def test_sealed_content_reaches_only_the_handeling_that_opens_it(tmp_path: Any):
    gezien: list[Any] = []
    app = make_app(tmp_path, make_procedure(gezien=gezien))
    save_dossier(app)
    wijs_openers_aan(app)
    perform(app, "PROEF", "bod_ontvangen", {"nummer": "1", "tekst": GEHEIM}, INKOPER)
    prepare_verzoeken(app, 1)
    perform_due(app, "PROEF", "proef", INKOPER)
    list_handelingen(app, "PROEF")
    assert gezien
    assert not any(gezien)
    assert GEHEIM not in str(app.load("PROEF")[0].vastleggingen)
    perform(app, "PROEF", "bod_openen", {"percelen": ["1"]}, JURIST, wachtzinnen=WACHTZINNEN)
    assert gezien[-1] == {"1": {"tekst": GEHEIM}}


def test_sealed_content_of_another_dossier_stays_sealed(tmp_path: Any):
    gezien: list[Any] = []
    app = make_app(tmp_path, make_procedure(gezien=gezien))
    for code in ("PROEF", "ANDER"):
        save_dossier(app, code)
        wijs_openers_aan(app, code)
    perform(app, "ANDER", "bod_ontvangen", {"nummer": "7", "tekst": GEHEIM}, INKOPER)
    perform_alles(app, ("proef_starten", None, INKOPER), ("perceel_melden", melden("1"), INKOPER))
    perform(app, "PROEF", "bod_openen", {"percelen": ["1"]}, JURIST, wachtzinnen=WACHTZINNEN)
    assert gezien == [{}]


# --- telling beforehand ---------------------------------------------------------------------------------------


def test_list_handelingen_performs_nothing_and_gives_every_reason(app: App):
    voor = load_rijen(app)
    standen = {s.code: s for s in list_handelingen(app, "PROEF")}
    assert load_rijen(app) == voor
    assert count_weigeringen(app.database, "PROEF") == 0
    assert standen["proef_starten"].mogelijk
    assert standen["proef_starten"].personen == ("inkoper.demo", "inkoper2.demo")
    assert not standen["bod_openen"].mogelijk
    assert [o.code for o in standen["bod_openen"].overtredingen] == ["geen-onderwerp"]
    assert [o.code for o in standen["proef_stoppen"].overtredingen] == ["bedrag-ontbreekt"]
    assert standen["perceel_melden"].vraagt_invoer
    assert not standen["proef_starten"].vraagt_invoer
    assert standen["verzoek_toetsen"].automatisch


@pytest.mark.parametrize(
    ("voorbereiding", "jaar"),
    [
        pytest.param((), "2026", id="in een nieuw dossier"),
        pytest.param((("proef_starten", None),), "2026", id="na de start"),
        pytest.param((("proef_starten", None),), "2027", id="na de start, een jaar later"),
        pytest.param(
            (("proef_starten", None), ("perceel_melden", melden("1")), ("perceel_melden", melden("2"))),
            "2026",
            id="na het melden",
        ),
    ],
)
def test_list_handelingen_says_what_perform_would_say(
    app: App, voorbereiding: tuple[tuple[str, Any], ...], jaar: str
):
    perform_alles(app, *((code, invoer, INKOPER) for code, invoer in voorbereiding))
    app = replace(app, klok=StilstaandeKlok(moment(f"{jaar}-06-01")))
    invoer: dict[str, Any] = {
        "perceel_melden": melden("1", "2"),
        "bod_openen": {"percelen": ["1", "2"]},
        "bod_ontvangen": {"nummer": "1", "tekst": "x"},
        "verzoek_toetsen": {"verzoek": "0001"},
    }
    for stand in list_handelingen(app, "PROEF"):
        if stand.mogelijk:
            perform(app, "PROEF", stand.code, invoer.get(stand.code), stand.personen[0], proef=True)
            continue
        with pytest.raises(HandelingRefused) as fout:
            perform(app, "PROEF", stand.code, invoer.get(stand.code), stand.personen[0], proef=True)
        gezegd = [o.code for o in stand.overtredingen]
        assert gezegd == ["geen-onderwerp"] or gezegd == [o.code for o in fout.value.overtredingen]


# --- importing ------------------------------------------------------------------------------------------------


def test_import_of_an_unknown_kind_names_the_kinds_that_can_be_imported(app: App, tmp_path: Any):
    with pytest.raises(InvoerError, match=r"'onzin' kan niet worden ingelezen\. Wel: biedingen"):
        perform_inhoud(app, "PROEF", "onzin", "x.csv", b"", INKOPER)


def test_import_obeys_the_same_mandaat_as_the_handeling(app: App, tmp_path: Any):
    pad = tmp_path / "biedingen.csv"
    pad.write_text("nummer;tekst\n1;abc\n", encoding="utf-8")
    wijs_openers_aan(app)
    with pytest.raises(HandelingRefused, match="mandaat-ontbreekt"):
        perform_import(app, "PROEF", "biedingen", pad, JURIST)
    assert perform_import(app, "PROEF", "biedingen", pad, INKOPER).versie == 2


def test_moment_of_every_feit_is_the_moment_of_its_handeling(app: App):
    klok = StilstaandeKlok(moment("2026-01-05 09:00"))
    app = replace(app, klok=klok)
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    klok.jump(klok.nu() + timedelta(days=1))
    perform(app, "PROEF", "verzoek_indienen", None, INKOPER)
    momenten = [v.moment for v in app.load("PROEF")[0].vastleggingen]
    assert momenten == sorted(momenten)
    assert momenten[0] == moment("2026-01-05 09:00")
    assert momenten[-1] == moment("2026-01-06 09:00")


def test_only_the_two_opening_handelingen_of_the_real_procedure_get_sealed_content():
    alle = {"inschrijvingen_openen": "inschrijving", "prijzen_openen": "prijs"}.items()
    gevonden = {(h.code, h.opent) for p in PROCEDURES for _, h in p.list_handelingen() if h.opent is not None}
    assert gevonden == set(alle)

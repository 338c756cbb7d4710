"""Every vector of the counting rules, boundary tables, and a slow day-by-day reference for 2020-2035."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, timedelta

import pytest

from aanbesteding.domain.norm import load_normen
from aanbesteding.domain.telling import Regime, count_terug, count_vooruit
from aanbesteding.domain.termijn import (
    check_aanvang_opschortende_termijn,
    check_ouderdom,
    count_aankondiging_gunning,
    count_bewaartermijn,
    count_gestanddoening,
    count_inschrijftermijn,
    count_nvi,
    count_opschortende_termijn,
    count_vervaltermijn,
    to_json,
)
from aanbesteding.errors import InvoerError, NormOntbreekt
from domain.dagentelling import langzaam_terug, langzaam_vooruit, traag, zelfde_dag

NORMEN = load_normen()
DAG = timedelta(days=1)


def d(tekst: str) -> date:
    return date.fromisoformat(tekst)


def alle_dagen() -> Iterator[date]:
    dag = date(2020, 1, 1)
    while dag <= date(2035, 12, 31):
        yield dag
        dag += DAG


def test_terms_agree_with_a_slow_reference_on_every_date_of_2020_to_2035() -> None:
    for dag in alle_dagen():
        opschortend = count_opschortende_termijn(dag, NORMEN)
        assert opschortend.einde_datum == langzaam_vooruit(dag, 20), dag
        assert opschortend.vroegste_ondertekening == opschortend.einde_datum + DAG, dag
        assert count_inschrijftermijn("openbaar", dag, NORMEN).einde_datum == langzaam_vooruit(dag, 40), dag
        assert count_nvi(dag, NORMEN).uiterste_datum == langzaam_terug(dag, 10), dag
        assert count_nvi(dag, NORMEN, versneld=True).uiterste_datum == langzaam_terug(dag, 4), dag
        assert count_aankondiging_gunning(dag, NORMEN).einde_datum == langzaam_vooruit(dag, 30), dag
        strikt = count_vervaltermijn(dag, 20, NORMEN, gelijk_met_opschortend=False)
        assert strikt.einde_datum == traag(dag, 20, "dagen", "stukken"), dag
        assert strikt.vroegste_ondertekening == langzaam_vooruit(dag, 20) + DAG, dag
        assert count_gestanddoening(dag, 90).einde_datum == traag(dag, 90, "dagen", "stukken"), dag
        assert check_ouderdom(dag, dag, "gva", NORMEN).oudste_datum == zelfde_dag(dag, 24, terug=True), dag
        assert count_bewaartermijn(dag, NORMEN).einde_datum == zelfde_dag(dag, 36, terug=False), dag


def test_every_term_for_tenders_agrees_with_the_slow_reference_on_every_date_of_2020_to_2035() -> None:
    for dag in alle_dagen():
        for procedure, aantal in (
            ("openbaar", 50),
            ("niet_openbaar_aanmelding", 35),
            ("niet_openbaar_inschrijving", 45),
        ):
            termijn = count_inschrijftermijn(
                procedure, dag, NORMEN, elektronisch=False, documenten_vrij=False
            )
            assert termijn.einde_datum == langzaam_vooruit(dag, aantal), (procedure, dag)
            assert termijn.advies_datum == langzaam_vooruit(termijn.einde_datum, 1), (procedure, dag)
        for procedure in ("sas", "open_house"):
            termijn = count_inschrijftermijn(procedure, dag, NORMEN)
            assert termijn.einde_datum == traag(dag, 30, "dagen", "stukken"), (procedure, dag)


def test_backwards_count_never_moves_later() -> None:
    for dag in alle_dagen():
        for versneld, aantal in ((False, 10), (True, 4)):
            termijn = count_nvi(dag, NORMEN, versneld=versneld)
            assert termijn.uiterste_datum is not None
            assert termijn.ruimste_lezing == dag - aantal * DAG
            assert termijn.uiterste_datum < termijn.ruimste_lezing


@pytest.mark.parametrize(
    ("verzonden", "dag_20", "einde", "ondertekenen", "redenen"),
    [
        pytest.param("2020-10-12", "2020-11-01", "2020-11-02", "2020-11-03", 1, id="zondag, de Haagse zaak"),
        pytest.param("2026-03-16", "2026-04-05", "2026-04-07", "2026-04-08", 2, id="Pasen"),
        pytest.param("2026-04-07", "2026-04-27", "2026-04-28", "2026-04-29", 1, id="Koningsdag"),
        pytest.param("2026-04-15", "2026-05-05", "2026-05-06", "2026-05-07", 1, id="5 mei"),
        pytest.param(
            "2026-12-04", "2026-12-24", "2026-12-24", "2026-12-25", 0, id="schuift niet voor Kerstmis"
        ),
        pytest.param("2026-12-07", "2026-12-27", "2026-12-28", "2026-12-29", 1, id="zondag na Kerstmis"),
        pytest.param(
            "2027-03-06", "2027-03-26", "2027-03-30", "2027-03-31", 4, id="Goede Vrijdag tot na Pasen"
        ),
        pytest.param("2027-04-15", "2027-05-05", "2027-05-07", "2027-05-08", 2, id="5 mei en Hemelvaart"),
        pytest.param("2025-04-06", "2025-04-26", "2025-04-28", "2025-04-29", 2, id="Koningsdag op de 26e"),
    ],
)
def test_opschortende_termijn(
    verzonden: str, dag_20: str, einde: str, ondertekenen: str, redenen: int
) -> None:
    termijn = count_opschortende_termijn(d(verzonden), NORMEN)
    stappen = {stap.regel: stap for stap in termijn.uitleg}
    assert termijn.eerste_dag == d(verzonden) + DAG
    assert stappen["telling"].datum == d(dag_20)
    assert termijn.einde_datum == d(einde)
    assert termijn.vroegste_ondertekening == d(ondertekenen)
    assert sum(stap.regel == "verschuiving" for stap in termijn.uitleg) == redenen


def test_opschortende_termijn_explains_rule_article_shift_and_end() -> None:
    termijn = count_opschortende_termijn(d("2026-04-07"), NORMEN)
    assert [(s.regel, s.datum.isoformat()) for s in termijn.uitleg] == [
        ("voorwaarde", "2026-04-07"),
        ("startgebeurtenis", "2026-04-07"),
        ("dag_1", "2026-04-08"),
        ("telling", "2026-04-27"),
        ("verschuiving", "2026-04-28"),
        ("einde", "2026-04-28"),
        ("vroegste_ondertekening", "2026-04-29"),
    ]
    verschuiving = termijn.uitleg[4]
    assert verschuiving.grondslag == "Algemene termijnenwet art. 1 lid 1"
    assert "Koningsdag" in verschuiving.tekst
    assert "Europe/Amsterdam" in termijn.uitleg[5].tekst
    assert all(stap.grondslag and stap.tekst.endswith(".") for stap in termijn.uitleg)


@pytest.mark.parametrize(
    ("verzonden", "einde"),
    [
        pytest.param("2026-04-07", "2026-04-28T23:59:59+02:00", id="zomertijd"),
        pytest.param("2026-12-07", "2026-12-28T23:59:59+01:00", id="wintertijd"),
        pytest.param("2026-10-05", "2026-10-26T23:59:59+01:00", id="over de overgang naar wintertijd heen"),
        pytest.param("2026-03-09", "2026-03-30T23:59:59+02:00", id="over de overgang naar zomertijd heen"),
    ],
)
def test_einde_has_hour_and_dutch_offset(verzonden: str, einde: str) -> None:
    assert to_json(count_opschortende_termijn(d(verzonden), NORMEN))["einde"] == einde


def test_opschortende_termijn_warns_when_signing_would_fall_on_a_feestdag() -> None:
    termijn = count_opschortende_termijn(d("2026-12-04"), NORMEN)
    assert termijn.advies_datum == d("2026-12-28")
    assert any("Eerste Kerstdag" in w for w in termijn.waarschuwingen)
    assert count_opschortende_termijn(d("2026-04-07"), NORMEN).waarschuwingen == ()


MOMENT = datetime(2026, 4, 7, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("verzendingen", "zonder_redenen", "soorten"),
    [
        pytest.param({"A": MOMENT, "B": MOMENT}, (), "", id="aan allen tegelijk en met redenen: begonnen"),
        pytest.param({"A": MOMENT, "B": None}, (), "niet_aan_allen", id="aan een betrokkene niet verzonden"),
        pytest.param(
            {"A": MOMENT, "B": MOMENT + DAG}, (), "niet_gelijktijdig", id="een dag later aan de tweede"
        ),
        pytest.param(
            {"A": MOMENT, "B": MOMENT.replace(hour=22)},
            (),
            "niet_gelijktijdig",
            id="na middernacht in Nederland",
        ),
        pytest.param({"A": MOMENT, "B": MOMENT}, ("B",), "redenen", id="een brief zonder volledige redenen"),
        pytest.param(
            {"A": None, "B": MOMENT, "C": MOMENT + DAG},
            ("B",),
            "niet_aan_allen niet_gelijktijdig redenen",
            id="alle redenen tegelijk gemeld",
        ),
        pytest.param({}, (), "aan_niemand", id="aan niemand verzonden"),
    ],
)
def test_opschortende_termijn_has_not_started(
    verzendingen: dict[str, datetime | None], zonder_redenen: tuple[str, ...], soorten: str
) -> None:
    gebreken = check_aanvang_opschortende_termijn(verzendingen, zonder_redenen)
    assert " ".join(gebrek.soort for gebrek in gebreken) == soorten
    assert all(gebrek.tekst for gebrek in gebreken)


def test_vervaltermijn_is_not_extended_by_the_termijnenwet() -> None:
    """RBDHA 16 December 2020: the lapse period ended on Sunday, the standstill on Monday."""
    termijn = count_vervaltermijn(d("2020-10-12"), 20, NORMEN, gelijk_met_opschortend=False)
    assert termijn.einde_datum == d("2020-11-01")
    assert termijn.ruimste_lezing == d("2020-11-02")
    assert termijn.vroegste_ondertekening == d("2020-11-03")
    assert len(termijn.waarschuwingen) == 2


@pytest.mark.parametrize(
    ("verzonden", "dagen", "gelijk", "einde", "ondertekenen"),
    [
        pytest.param("2020-10-12", 20, True, "2020-11-02", "2020-11-03", id="samen op maandag"),
        pytest.param("2026-03-16", 20, True, "2026-04-07", "2026-04-08", id="samen na Pasen"),
        pytest.param("2026-12-04", 20, False, "2026-12-24", "2026-12-25", id="strikt op een werkdag"),
        pytest.param(
            "2026-04-07", 25, False, "2026-05-02", "2026-05-05", id="langer en strikt: wacht tot de ruimste"
        ),
        pytest.param("2026-04-07", 25, True, "2026-05-04", "2026-05-05", id="langer: op een werkdag"),
        pytest.param(
            "2026-04-07", 15, True, "2026-04-28", "2026-04-29", id="korter: niet voor de opschortende"
        ),
        pytest.param("2026-04-07", 15, False, "2026-04-22", "2026-04-29", id="korter en strikt"),
    ],
)
def test_vervaltermijn(verzonden: str, dagen: int, gelijk: bool, einde: str, ondertekenen: str) -> None:
    termijn = count_vervaltermijn(d(verzonden), dagen, NORMEN, gelijk_met_opschortend=gelijk)
    assert termijn.einde_datum == d(einde)
    assert termijn.vroegste_ondertekening == d(ondertekenen)


@pytest.mark.parametrize(
    ("dagen", "gelijk", "ruimste", "woorden"),
    [
        pytest.param(20, True, None, [], id="samen: geen waarschuwing"),
        pytest.param(21, False, None, [], id="strikt op dezelfde dag: geen waarschuwing"),
        pytest.param(
            20, False, "2026-04-28", ["niet zeker", "voor de opschortende"], id="strikt op Koningsdag"
        ),
        pytest.param(30, True, None, ["na de opschortende"], id="langer: wacht op de laatste"),
        pytest.param(15, False, None, ["voor de opschortende"], id="korter en strikt op een werkdag"),
    ],
)
def test_vervaltermijn_warns_where_the_ends_differ(
    dagen: int, gelijk: bool, ruimste: str | None, woorden: list[str]
) -> None:
    termijn = count_vervaltermijn(d("2026-04-07"), dagen, NORMEN, gelijk_met_opschortend=gelijk)
    assert termijn.ruimste_lezing == (d(ruimste) if ruimste else None)
    assert len(termijn.waarschuwingen) == len(woorden)
    assert all(woord in w for woord, w in zip(woorden, termijn.waarschuwingen, strict=True))


def test_vervaltermijn_of_20_dagen_ends_with_the_opschortende_termijn_on_every_date() -> None:
    for dag in alle_dagen():
        vervalt = count_vervaltermijn(dag, 20, NORMEN)
        opschortend = count_opschortende_termijn(dag, NORMEN)
        assert vervalt.einde_datum == opschortend.einde_datum, dag
        assert vervalt.vroegste_ondertekening == opschortend.vroegste_ondertekening, dag


@pytest.mark.parametrize("dagen", [0, -1, 3651])
def test_vervaltermijn_refuses_an_impossible_length(dagen: int) -> None:
    with pytest.raises(InvoerError, match="kan niet"):
        count_vervaltermijn(d("2026-04-07"), dagen, NORMEN)


@pytest.mark.parametrize(
    ("procedure", "elektronisch", "vrij", "dagen"),
    [
        pytest.param("openbaar", True, True, 40, id="openbaar elektronisch is 40"),
        pytest.param("openbaar", False, True, 45, id="openbaar op papier is 45"),
        pytest.param("openbaar", True, False, 45, id="openbaar elektronisch zonder vrije stukken is 45"),
        pytest.param("openbaar", False, False, 50, id="openbaar op papier zonder vrije stukken is 50"),
        pytest.param("niet_openbaar_aanmelding", True, True, 30, id="aanmelden is 30, ook elektronisch"),
        pytest.param("niet_openbaar_aanmelding", False, True, 30, id="aanmelden op papier is 30"),
        pytest.param("niet_openbaar_aanmelding", True, False, 35, id="aanmelden zonder vrije stukken is 35"),
        pytest.param("niet_openbaar_inschrijving", True, True, 35, id="niet-openbaar elektronisch is 35"),
        pytest.param("niet_openbaar_inschrijving", False, False, 45, id="niet-openbaar met toeslag is 45"),
        pytest.param("sas", True, True, 30, id="SAS geeft de richtwaarde"),
        pytest.param("sas", False, False, 30, id="SAS kent geen toeslag"),
        pytest.param("open_house", True, True, 30, id="open house geeft de richtwaarde"),
    ],
)
def test_inschrijftermijn_counts_the_days(procedure: str, elektronisch: bool, vrij: bool, dagen: int) -> None:
    verzonden = d("2026-03-02")
    termijn = count_inschrijftermijn(
        procedure, verzonden, NORMEN, elektronisch=elektronisch, documenten_vrij=vrij
    )
    telling = next(stap for stap in termijn.uitleg if stap.regel == "telling")
    assert telling.datum == verzonden + dagen * DAG


@pytest.mark.parametrize(
    ("procedure", "elektronisch", "vrij", "dagen"),
    [
        pytest.param("openbaar", True, True, 40, id="vrije stukken geven 40"),
        pytest.param("openbaar", False, True, 40, id="op papier inschrijven verandert niets"),
        pytest.param("openbaar", True, False, 45, id="zonder vrije stukken is het 45"),
        pytest.param("niet_openbaar_aanmelding", True, True, 30, id="aanmelden is 30"),
        pytest.param("niet_openbaar_aanmelding", True, False, 30, id="aanmelden kent geen toeslag"),
        pytest.param(
            "niet_openbaar_inschrijving", True, True, 35, id="niet-openbaar met vrije stukken is 35"
        ),
        pytest.param("sas", True, True, 30, id="B-diensten hebben een richtwaarde"),
    ],
)
def test_inschrijftermijn_before_july_2016(
    procedure: str, elektronisch: bool, vrij: bool, dagen: int
) -> None:
    termijn = count_inschrijftermijn(
        procedure, d("2015-06-01"), NORMEN, elektronisch=elektronisch, documenten_vrij=vrij
    )
    telling = next(s for s in termijn.uitleg if s.regel == "telling")
    assert f"Dag {dagen} " in telling.tekst


def test_inschrijftermijn_openbaar_of_the_facts() -> None:
    termijn = count_inschrijftermijn("openbaar", d("2026-03-02"), NORMEN)
    assert termijn.einde_datum == d("2026-04-13")
    assert termijn.advies_datum == d("2026-04-14")
    assert "sluitingsuur" in termijn.uitleg[-1].tekst


@pytest.mark.parametrize(
    ("procedure", "gebeurtenis", "waarschuwingen"),
    [
        ("openbaar", "Aankondiging verzonden", 0),
        ("niet_openbaar_aanmelding", "Aankondiging verzonden", 1),
        ("niet_openbaar_inschrijving", "Uitnodiging tot inschrijving verzonden", 0),
    ],
)
def test_inschrijftermijn_names_its_start_event(
    procedure: str, gebeurtenis: str, waarschuwingen: int
) -> None:
    termijn = count_inschrijftermijn(procedure, d("2026-03-02"), NORMEN, documenten_vrij=False)
    start = next(stap for stap in termijn.uitleg if stap.regel == "startgebeurtenis")
    assert start.tekst.startswith(gebeurtenis)
    assert len(termijn.waarschuwingen) == waarschuwingen


@pytest.mark.parametrize("procedure", ["sas", "open_house"])
def test_inschrijftermijn_without_a_statutory_number_warns_for_evenredigheid(procedure: str) -> None:
    termijn = count_inschrijftermijn(procedure, d("2026-03-02"), NORMEN)
    assert any("geen minimumtermijn" in w and "evenredig" in w for w in termijn.waarschuwingen)
    assert not any(stap.regel == "verschuiving" for stap in termijn.uitleg)


def test_inschrijftermijn_refuses_an_unknown_procedure() -> None:
    with pytest.raises(InvoerError, match=r"'onderhands' is onbekend.*openbaar"):
        count_inschrijftermijn("onderhands", d("2026-03-02"), NORMEN)
    with pytest.raises(InvoerError, match=r"kent twee termijnen.*niet_openbaar_aanmelding"):
        count_inschrijftermijn("niet_openbaar", d("2026-03-02"), NORMEN)


def test_nvi_of_the_facts() -> None:
    termijn = count_nvi(d("2026-04-14"), NORMEN)
    assert termijn.uiterste_datum == d("2026-04-03")
    assert termijn.ruimste_lezing == d("2026-04-04")
    assert termijn.advies_datum == d("2026-04-02")
    assert termijn.einde_datum == d("2026-04-03")
    assert [s.regel for s in termijn.uitleg][-3:] == ["hele_dagen", "einde", "advies"]
    assert "advies" not in [s.regel for s in count_nvi(d("2026-06-19"), NORMEN).uitleg]


@pytest.mark.parametrize(
    ("sluiting", "peildatum", "versneld", "uiterste", "advies"),
    [
        pytest.param("2026-06-19", None, False, "2026-06-08", "2026-06-08", id="tien hele dagen"),
        pytest.param(
            "2026-06-19", None, True, "2026-06-14", "2026-06-12", id="vier hele dagen, advies op vrijdag"
        ),
        pytest.param(
            "2026-04-07", None, True, "2026-03-31", "2026-03-31", id="over Pasen twee werkdagen nodig"
        ),
        pytest.param("2016-06-30", None, False, "2016-06-23", "2016-06-23", id="oude regel van zes dagen"),
        pytest.param(
            "2016-08-01", "2016-06-15", False, "2016-07-25", "2016-07-25", id="recht van de aankondiging"
        ),
    ],
)
def test_nvi(sluiting: str, peildatum: str | None, versneld: bool, uiterste: str, advies: str) -> None:
    peil = d(peildatum) if peildatum else None
    termijn = count_nvi(d(sluiting), NORMEN, versneld=versneld, peildatum=peil)
    assert termijn.uiterste_datum == d(uiterste)
    assert termijn.advies_datum == d(advies)


@pytest.mark.parametrize(
    ("gegund", "kwartaal", "einde", "advies"),
    [
        pytest.param("2026-05-07", False, "2026-06-08", "2026-06-05", id="dag 30 is zaterdag"),
        pytest.param("2026-05-08", False, "2026-06-08", "2026-06-05", id="dag 30 is zondag"),
        pytest.param("2026-05-04", False, "2026-06-03", "2026-06-03", id="dag 30 is woensdag"),
        pytest.param("2016-05-02", False, "2016-06-20", "2016-06-17", id="48 dagen voor juli 2016"),
        pytest.param("2026-02-10", True, "2026-04-30", "2026-04-30", id="gebundeld na het eerste kwartaal"),
        pytest.param(
            "2026-03-31", True, "2026-04-30", "2026-04-30", id="laatste dag van het eerste kwartaal"
        ),
        pytest.param("2026-04-01", True, "2026-07-30", "2026-07-30", id="eerste dag van het tweede kwartaal"),
        pytest.param("2026-12-31", True, "2027-02-01", "2027-01-29", id="gebundeld na het vierde kwartaal"),
    ],
)
def test_aankondiging_gunning(gegund: str, kwartaal: bool, einde: str, advies: str) -> None:
    termijn = count_aankondiging_gunning(d(gegund), NORMEN, per_kwartaal=kwartaal)
    assert termijn.uiterste_datum == termijn.einde_datum == d(einde)
    assert termijn.advies_datum == d(advies)


def test_aankondiging_gunning_says_that_the_norm_is_not_verified() -> None:
    assert any(
        "niet geverifieerd" in w for w in count_aankondiging_gunning(d("2026-05-04"), NORMEN).waarschuwingen
    )


def test_gestanddoening_is_contractual_and_not_extended() -> None:
    termijn = count_gestanddoening(d("2026-04-14"), 90)
    assert (termijn.eerste_dag, termijn.einde_datum) == (d("2026-04-15"), d("2026-07-13"))
    assert count_gestanddoening(d("2026-04-14"), 4).einde_datum == d("2026-04-18")
    with pytest.raises(InvoerError, match="kan niet"):
        count_gestanddoening(d("2026-04-14"), 0)


@pytest.mark.parametrize(
    ("code", "bewijs", "ingediend", "voldoet"),
    [
        pytest.param("handelsregister", "2025-10-14", "2026-04-14", True, id="precies zes maanden"),
        pytest.param(
            "handelsregister", "2025-10-13", "2026-04-14", False, id="een dag ouder dan zes maanden"
        ),
        pytest.param("gva", "2024-04-14", "2026-04-14", True, id="precies twee jaar"),
        pytest.param("gva", "2024-04-13", "2026-04-14", False, id="een dag ouder dan twee jaar"),
        pytest.param("gva", "2026-05-01", "2026-04-14", True, id="mag na indienen zijn afgegeven"),
        pytest.param("gva", "2022-02-28", "2024-02-29", True, id="schrikkeldag"),
        pytest.param("belasting", "2026-02-28", "2026-08-31", True, id="maandeinde in het voordeel"),
        pytest.param("belasting", "2026-02-27", "2026-08-31", False, id="voor het maandeinde"),
    ],
)
def test_ouderdom_is_measured_at_submission(code: str, bewijs: str, ingediend: str, voldoet: bool) -> None:
    uitkomst = check_ouderdom(d(bewijs), d(ingediend), code, NORMEN)
    assert uitkomst.voldoet is voldoet
    assert "2.89" in uitkomst.grondslag


def test_ouderdom_names_a_doubtful_month_end_and_an_unknown_code() -> None:
    assert "grensgeval" in check_ouderdom(d("2026-02-28"), d("2026-08-31"), "belasting", NORMEN).tekst
    assert "grensgeval" not in check_ouderdom(d("2026-02-14"), d("2026-08-14"), "belasting", NORMEN).tekst
    assert "grensgeval" not in check_ouderdom(d("2026-03-31"), d("2026-08-31"), "belasting", NORMEN).tekst
    with pytest.raises(NormOntbreekt, match="bewijsouderdom_diploma"):
        check_ouderdom(d("2026-03-31"), d("2026-08-31"), "diploma", NORMEN)


@pytest.mark.parametrize(
    ("gegund", "einde_overeenkomst", "einde"),
    [
        pytest.param("2026-05-02", None, "2029-05-02", id="drie jaar na gunning"),
        pytest.param("2024-02-29", None, "2027-02-28", id="drie jaar na een schrikkeldag"),
        pytest.param("2025-05-03", None, "2028-05-03", id="schuift niet op, ook niet in het weekend"),
        pytest.param("2026-05-02", "2030-12-31", "2037-12-31", id="zeven jaar na de overeenkomst"),
    ],
)
def test_bewaartermijn(gegund: str, einde_overeenkomst: str | None, einde: str) -> None:
    overeenkomst = d(einde_overeenkomst) if einde_overeenkomst else None
    termijn = count_bewaartermijn(d(gegund), NORMEN, einde_overeenkomst=overeenkomst)
    assert termijn.einde_datum == d(einde)
    assert termijn.eerste_dag == d(gegund) + DAG


@pytest.mark.parametrize(
    ("aantal", "regime", "einde"),
    [
        pytest.param(90, Regime.ATW, "2026-11-30", id="90 dagen schuift nog op"),
        pytest.param(91, Regime.ATW, "2026-11-29", id="91 dagen valt buiten de Termijnenwet"),
        pytest.param(91, Regime.EU, "2026-11-30", id="de verordening kent die grens niet"),
        pytest.param(91, Regime.CONTRACT, "2026-11-29", id="een contractuele termijn schuift nooit"),
    ],
)
def test_exceptions_of_termijnenwet_art_4(aantal: int, regime: Regime, einde: str) -> None:
    start = d("2026-11-29") - aantal * DAG
    telling = count_vooruit(start, aantal, regime, NORMEN, start, gebeurtenis="Proef", grondslag="verzonnen")
    assert telling.dag_n == d("2026-11-29")
    assert telling.einde_datum == d(einde)


@pytest.mark.parametrize(
    ("start", "aantal", "regime", "einde"),
    [
        pytest.param(
            "2026-04-02", 3, Regime.ATW, "2026-04-08", id="drie dagen over Pasen: twee werkdagen nodig"
        ),
        pytest.param(
            "2026-04-02", 2, Regime.ATW, "2026-04-07", id="twee dagen: geen minimum in de Termijnenwet"
        ),
        pytest.param(
            "2026-04-02", 2, Regime.EU, "2026-04-08", id="twee dagen: wel een minimum in de verordening"
        ),
        pytest.param("2026-04-02", 1, Regime.EU, "2026-04-07", id="een dag: alleen verschuiven"),
        pytest.param("2026-04-07", 3, Regime.ATW, "2026-04-10", id="drie gewone dagen"),
    ],
)
def test_minimum_content_of_a_short_term(start: str, aantal: int, regime: Regime, einde: str) -> None:
    telling = count_vooruit(
        d(start), aantal, regime, NORMEN, d(start), gebeurtenis="Proef", grondslag="verzonnen"
    )
    assert telling.einde_datum == d(einde)


def test_backwards_count_keeps_a_feestdag_and_says_so() -> None:
    telling = count_terug(
        d("2026-05-15"), 10, Regime.ATW, NORMEN, d("2026-05-15"), gebeurtenis="Proef", grondslag="verzonnen"
    )
    assert telling.einde_datum == d("2026-05-05")
    assert telling.stappen[-1].regel == "geen_verschuiving"
    assert "Bevrijdingsdag" in telling.stappen[-1].tekst


def test_term_refuses_a_moment_a_date_before_the_law_and_a_year_outside_the_calendar() -> None:
    with pytest.raises(TypeError, match="datum_in_nederland"):
        count_gestanddoening(MOMENT, 90)
    with pytest.raises(NormOntbreekt, match="opschortende_termijn"):
        count_opschortende_termijn(d("2013-03-31"), NORMEN)
    with pytest.raises(InvoerError, match="kalender"):
        count_opschortende_termijn(d("9999-12-31"), NORMEN)


def test_to_json_has_the_agreed_keys_and_leaves_out_what_does_not_apply() -> None:
    opschortend = to_json(count_opschortende_termijn(d("2026-04-07"), NORMEN))
    assert opschortend["eerste_dag"] == "2026-04-08"
    assert opschortend["einde_datum"] == "2026-04-28"
    assert opschortend["vroegste_ondertekening"] == "2026-04-29"
    assert "uiterste_datum" not in opschortend
    nvi = to_json(count_nvi(d("2026-04-14"), NORMEN))
    assert (nvi["uiterste_datum"], nvi["ruimste_lezing"]) == ("2026-04-03", "2026-04-04")
    assert "vroegste_ondertekening" not in nvi
    altijd = {"code", "eerste_dag", "einde_datum", "einde", "uitleg", "waarschuwingen"}
    assert set(opschortend) == altijd | {"vroegste_ondertekening", "advies_datum"}
    assert set(nvi) == altijd | {"uiterste_datum", "ruimste_lezing", "advies_datum"}
    uitleg = nvi["uitleg"]
    assert isinstance(uitleg, list)
    assert set(uitleg[0]) == {"regel", "grondslag", "datum", "tekst"}


def test_outcomes_cannot_be_changed() -> None:
    termijn = count_opschortende_termijn(d("2026-04-07"), NORMEN)
    ouderdom = check_ouderdom(d("2026-02-28"), d("2026-08-31"), "belasting", NORMEN)
    for waarde, veld in ((termijn, "einde_datum"), (termijn.uitleg[0], "datum"), (ouderdom, "voldoet")):
        with pytest.raises(FrozenInstanceError):
            setattr(waarde, veld, None)


def test_peildatum_pins_the_law_of_the_dossier() -> None:
    gegund = count_aankondiging_gunning(d("2016-08-01"), NORMEN, peildatum=d("2016-06-01"))
    assert next(s.datum for s in gegund.uitleg if s.regel == "telling") == d("2016-09-18")
    with pytest.raises(NormOntbreekt):
        count_opschortende_termijn(d("2026-04-07"), NORMEN, peildatum=d("2013-01-01"))
    with pytest.raises(NormOntbreekt):
        count_inschrijftermijn("openbaar", d("2026-04-07"), NORMEN, peildatum=d("2013-03-31"))
    with pytest.raises(NormOntbreekt):
        count_vervaltermijn(d("2026-04-07"), 20, NORMEN, peildatum=d("2013-01-01"))


def test_steps_before_the_count_carry_the_day_of_dispatch_also_under_a_pinned_law() -> None:
    termijn = count_inschrijftermijn(
        "openbaar", d("2026-03-02"), NORMEN, documenten_vrij=False, peildatum=d("2017-01-01")
    )
    assert {s.datum for s in termijn.uitleg[:3]} == {d("2026-03-02")}
    assert [s.regel for s in termijn.uitleg[:3]] == [
        "duur",
        "korting_elektronisch",
        "toeslag_documenten_niet_vrij",
    ]

"""What the acts of the market consultation record, and how workbooks become their input."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from aanbesteding.domain.feit import StatusGewijzigd
from aanbesteding.domain.feiten import BeleidskaderVastgesteld, ConsultatieverslagVastgesteld
from aanbesteding.errors import InvoerError
from aanbesteding.fase import GeenInvoer
from aanbesteding.fasen.marktconsultatie import FASE
from aanbesteding.fasen.marktconsultatie.besluiten import (
    BeleidskaderVaststellen,
    ConsultatieGeopend,
    ConsultatieGesloten,
    ConsultatieOpenen,
    PartijenGeregistreerd,
    ReactiesGeregistreerd,
    ReactiesVerwerkt,
    Themabesluit,
    VerslagVaststellen,
    Vraagantwoord,
    Vraagscore,
    check_sluiting,
    decide_beleidskader,
    decide_opening,
    decide_sluiting,
    decide_verslag,
    list_partijen,
    load_reacties,
)
from aanbesteding.fasen.marktconsultatie.inlezen import AANBIEDERS, REACTIES, AntwoordRij, PartijRij, ScoreRij
from aanbesteding.fasen.marktconsultatie.uitkomst import (
    count_cijfers,
    count_deelname,
    load_uitkomst,
    render_anoniem,
    show_gemiddelde,
)
from bouwers import make_dossier, make_partij, make_situatie

PARTIJEN = PartijenGeregistreerd(partijen=(make_partij(1), make_partij(2), make_partij(3, "adviesraden")))
GEOPEND = ConsultatieGeopend(
    sluit_op=date(2026, 2, 27), datum_bijeenkomst=None, bijeenkomst="", vindplaats=""
)


def reacties(*scores: tuple[str, int], **antwoorden: str) -> ReactiesGeregistreerd:
    return ReactiesGeregistreerd(
        scores=tuple(Vraagscore(partij=p, vraag="v1", score=s) for p, s in scores),
        antwoorden=tuple(
            Vraagantwoord(partij=p.replace("_", "-"), vraag="v2", antwoord=a) for p, a in antwoorden.items()
        ),
    )


def test_beleidskader_vaststellen_records_the_gemeente() -> None:
    invoer = BeleidskaderVaststellen(
        gemeente="aadorp", orgaan="gemeenteraad", datum=date(2025, 11, 20), kenmerk="R-1"
    )
    (feit,) = decide_beleidskader(make_situatie(invoer=invoer)).feiten
    assert isinstance(feit, BeleidskaderVastgesteld)
    assert (feit.gemeente, feit.datum) == ("aadorp", date(2025, 11, 20))


def test_consultatie_openen_records_dates_and_not_the_motivering() -> None:
    invoer = ConsultatieOpenen(sluit_op=date(2026, 2, 27), motivering="Kort, want verzonnen.")
    assert decide_opening(make_situatie(invoer=invoer)).feiten == (GEOPEND,)


def test_later_registration_replaces_the_same_partij_and_keeps_the_others() -> None:
    verhuisd = make_partij(2).model_copy(update={"naam": "Nieuwe naam (verzonnen)"})
    dossier = make_dossier(PARTIJEN, PartijenGeregistreerd(partijen=(verhuisd,)))
    assert [p.naam for p in list_partijen(dossier)] == [
        "Partij 1 (verzonnen)", "Nieuwe naam (verzonnen)", "Partij 3 (verzonnen)",
    ]  # fmt: skip


def test_last_score_of_a_partij_counts() -> None:
    dossier = make_dossier(PARTIJEN, reacties(("partij-001", 2)), reacties(("partij-001", 5)))
    assert load_reacties(dossier).scores == {("partij-001", "v1"): 5}


def test_sluiten_counts_invited_and_reacting_partijen() -> None:
    dossier = make_dossier(PARTIJEN, reacties(("partij-001", 2), partij_003="Rustig aan."))
    (feit,) = decide_sluiting(make_situatie(dossier, GeenInvoer(), "2026-02-28")).feiten
    assert feit == ConsultatieGesloten(gesloten_op=date(2026, 2, 28), uitgenodigd=3, gereageerd=2)


@pytest.mark.parametrize(
    ("nu", "status", "verwacht"),
    [
        pytest.param("2026-02-27 23:59", "consultatie_open", None, id="op de laatste avond nog niet"),
        pytest.param("2026-02-28 00:00", "consultatie_open", GeenInvoer(), id="na middernacht wel"),
        pytest.param("2026-02-28 00:00", "consultatie_gesloten", None, id="niet als al gesloten is"),
    ],
)
def test_consultatie_sluiten_is_automatic(nu: str, status: str, verwacht: GeenInvoer | None) -> None:
    dossier = make_dossier(GEOPEND, StatusGewijzigd(onderwerp="perceel:1", van=None, naar=status))
    assert check_sluiting(make_situatie(dossier, nu=nu)) == verwacht


def test_consultatie_sluiten_waits_for_an_opening() -> None:
    assert check_sluiting(make_situatie()) is None


def test_verslag_vaststellen_records_deelnemers_and_themas_in_order() -> None:
    dossier = make_dossier(PARTIJEN, reacties(("partij-002", 4), partij_001="Minder papier."))
    themas = tuple(
        Themabesluit(thema=code, gevolg="overgenomen", actie="Ja.") for code in ("lasten", "methodiek")
    )
    invoer = VerslagVaststellen(themas=themas, maatregelen=("Alles openbaar.",))
    verwerkt, verslag = decide_verslag(make_situatie(dossier, invoer, "2026-03-10")).feiten
    assert isinstance(verwerkt, ReactiesVerwerkt)
    assert [b.thema for b in verwerkt.themas] == ["methodiek", "lasten"]
    assert verslag == ConsultatieverslagVastgesteld(
        deelnemers=("partij-001", "partij-002"), vastgesteld_op=date(2026, 3, 10)
    )


# --- figures ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "gemiddelde", "getoond"),
    [
        pytest.param((1, 2), Fraction(3, 2), "1.5", id="een half punt"),
        pytest.param((4, 4, 5), Fraction(13, 3), "4.3", id="een derde naar beneden"),
        pytest.param(
            (1,) * 3 + (2,), Fraction(5, 4), "1.3", id="een kwart rondt af naar boven, niet naar even"
        ),
        pytest.param((5, 5), Fraction(5), "5.0", id="een heel getal"),
    ],
)
def test_mean_is_exact_and_rounded_once(scores: tuple[int, ...], gemiddelde: Fraction, getoond: str) -> None:
    cijfers = count_cijfers(scores)
    assert cijfers is not None
    assert cijfers.gemiddelde == gemiddelde
    assert show_gemiddelde(gemiddelde) == Decimal(getoond)
    assert str(show_gemiddelde(gemiddelde)) == getoond


def test_no_scores_give_no_figures() -> None:
    assert count_cijfers(()) is None


def test_deelname_counts_per_groep() -> None:
    dossier = make_dossier(PARTIJEN, reacties(("partij-001", 2)))
    deelname = [(d.groep, d.uitgenodigd, d.gereageerd) for d in count_deelname(dossier)]
    assert deelname == [("Zorgaanbieders", 2, 1), ("Adviesraden", 1, 0)]


def test_outcome_does_not_depend_on_the_order_of_registration() -> None:
    losse = [
        reacties(("partij-001", 2)),
        reacties(("partij-003", 5)),
        reacties(partij_002="Ja.", partij_001="Nee."),
    ]
    heen, terug = make_dossier(PARTIJEN, *losse), make_dossier(PARTIJEN, *reversed(losse))
    for codes in (("v1",), ("v2",)):
        assert load_uitkomst(heen).list_scores(codes) == load_uitkomst(terug).list_scores(codes)
    antwoorden = load_uitkomst(heen).list_antwoorden("v2", "aanbieders", frozenset())
    assert antwoorden == load_uitkomst(terug).list_antwoorden("v2", "aanbieders", frozenset())
    assert antwoorden == (("Ja.", 1), ("Nee.", 1))


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        pytest.param("Wij zijn tevreden.", "Wij zijn tevreden.", id="zonder naam blijft het gelijk"),
        pytest.param("Vraag Partij 1 (verzonnen).", "Vraag [weggelaten].", id="de hele naam"),
        pytest.param("vraag PARTIJ 1 maar", "vraag [weggelaten] maar", id="de korte naam, in hoofdletters"),
        pytest.param("Partij 12 blijft", "Partij 12 blijft", id="een langere naam van een ander blijft"),
        pytest.param("Mail a.b@example.org!", "Mail [weggelaten]!", id="een e-mailadres"),
        pytest.param(
            "Bel 06-12345678 of 0418 123456.", "Bel [weggelaten] of [weggelaten].", id="telefoonnummers"
        ),
        pytest.param(
            "In 2026 waren er 120 aanvragen.", "In 2026 waren er 120 aanvragen.", id="jaren en aantallen"
        ),
    ],
)
def test_names_are_left_out_of_open_answers(tekst: str, verwacht: str) -> None:
    assert render_anoniem(tekst, ("Partij 1 (verzonnen)",)) == verwacht


# --- workbooks --------------------------------------------------------------------------------------------


def rij(nummer: int, **velden: Any) -> PartijRij:
    basis: dict[str, Any] = {
        "rij": nummer, "sleutel": "zorg-001", "naam": "Zorg (verzonnen)", "groep": "aanbieders",
        "straat": "Verzonnenstraat 1", "postcode": "1001 AB", "plaats": "Proefstad", "email": "a@example.org",
    }  # fmt: skip
    return PartijRij(**(basis | velden))


def test_workbook_aanbieders_becomes_partijen() -> None:
    bladen = {"partijen": (rij(2), rij(3, sleutel=12, groep="adviesraden", email=""))}
    invoer = AANBIEDERS.build_invoer(bladen, make_situatie())
    assert [p.sleutel for p in getattr(invoer, "partijen")] == ["zorg-001", "12"]  # noqa: B009


def test_workbook_aanbieders_names_every_fault_with_its_row() -> None:
    bladen = {"partijen": (rij(2), rij(3, postcode="0000"), rij(4, sleutel="x", groep="buren"))}
    with pytest.raises(InvoerError) as fout:
        AANBIEDERS.build_invoer(bladen, make_situatie())
    tekst = "\n".join(fout.value.fouten)
    assert len(fout.value.fouten) == 3
    assert "Blad 'partijen', rij 3: veld 'adres.postcode'" in tekst
    assert "Blad 'partijen', rij 3: sleutel 'zorg-001' staat er al (zie Blad 'partijen', rij 2)" in tekst
    assert "Blad 'partijen', rij 4: groep 'buren' bestaat niet. Toegestaan: aanbieders, adviesraden." in tekst


def test_empty_workbooks_are_refused() -> None:
    for bestand in (AANBIEDERS, REACTIES):
        with pytest.raises(InvoerError, match="Vul ten minste"):
            bestand.build_invoer({naam: () for naam in bestand.bladen}, make_situatie())


def test_workbook_reacties_becomes_reacties() -> None:
    bladen = {
        "scores": (ScoreRij(rij=2, partij="partij-001", vraag="v1", score=4),),
        "antwoorden": (
            AntwoordRij.model_validate({"rij": 2, "partij": "partij-001", "vraag": "v2", "antwoord": 7}),
        ),
    }
    invoer = REACTIES.build_invoer(bladen, make_situatie(make_dossier(PARTIJEN)))
    assert invoer.model_dump() == {
        "scores": ({"partij": "partij-001", "vraag": "v1", "score": 4},),
        "antwoorden": ({"partij": "partij-001", "vraag": "v2", "antwoord": "7"},),
    }


def test_workbook_reacties_names_every_fault_with_sheet_and_row() -> None:
    bladen = {
        "scores": (
            ScoreRij(rij=2, partij="wie", vraag="v1", score=4),
            ScoreRij(rij=5, partij="partij-001", vraag="v9", score=6),
        ),
        "antwoorden": tuple(
            AntwoordRij(rij=n, partij="partij-001", vraag="v2", antwoord="Ja.") for n in (2, 7)
        ),
    }
    with pytest.raises(InvoerError) as fout:
        REACTIES.build_invoer(bladen, make_situatie(make_dossier(PARTIJEN)))
    assert [regel.split(":")[0] for regel in fout.value.fouten] == [
        "Blad 'scores', rij 2", "Blad 'scores', rij 5", "Blad 'scores', rij 5", "Blad 'antwoorden', rij 7",
    ]  # fmt: skip


def test_score_row_refuses_half_a_point() -> None:
    with pytest.raises(ValidationError):
        ScoreRij.model_validate({"rij": 2, "partij": "p", "vraag": "v1", "score": Decimal("3.5")})


def test_every_own_feit_is_declared_by_the_stage() -> None:
    assert {f.soort() for f in FASE.feiten} == {
        "PartijenGeregistreerd", "ConsultatieGeopend", "ReactiesGeregistreerd",
        "ConsultatieGesloten", "ReactiesVerwerkt",
        "BijeenkomstGehouden", "MarktvragenGepubliceerd",
    }  # fmt: skip

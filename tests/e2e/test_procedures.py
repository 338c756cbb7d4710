"""Each procedure is walked to its end by the engine, with every document rendered; and its negative paths too."""

from __future__ import annotations

from pathlib import Path

import pytest

from aanbesteding.domain.feiten import (
    GunningsbeslissingMeegedeeld,
    InschrijvingenOntvangen,
    InschrijvingGetoetst,
    OvereenkomstGesloten,
    RangordeVastgesteld,
)
from aanbesteding.engine.perform import list_handelingen
from aanbesteding.errors import InvoerError
from bouwers import make_onderneming, make_perceel_uitgewerkt, make_product
from e2e.procedureloop import (
    ALLES,
    CLAUSULES,
    GEMEENTEN,
    PLANNING,
    Loop,
    consulteer,
    list_uitwerkingen,
    make_bod,
    make_loop,
    publiceer,
    schrijf_in,
    werk_uit,
)

PERCELEN = {"percelen": ALLES}
BEIDE = {"1": "02A01", "2": "45A01"}


@pytest.fixture
def loop(request: pytest.FixtureRequest, tmp_path: Path) -> Loop:
    """A new dossier of the procedure that the test names."""
    return make_loop(tmp_path, request.param)


def score(loop: Loop, *nummers: str) -> None:
    """Three assessors score every bid and the committee agrees."""
    percelen = [p for p in ALLES if loop.dossier.status_van_perceel(p) == "getoetst"]
    for lid in ("beoordelaar1", "beoordelaar2", "beoordelaar3"):
        loop.doe("2026-04-20", lid, "belangenverklaring_afleggen", {"percelen": percelen, "belang": False})
        scores = [
            {
                "perceel": p,
                "inschrijving": nr,
                "criterium": k,
                "score": 8,
                "motivering": "concreet en meetbaar",
            }
            for p in percelen
            for nr in nummers
            for k in ("K1", "K2")
        ]
        loop.doe("2026-04-21", lid, "scores_vergrendelen", {"percelen": percelen, "scores": scores})
    for p in percelen:
        oordelen = [
            {
                "inschrijving": nr,
                "criterium": k,
                "score": 8,
                "motivering": "Het antwoord is concreet, lokaal en meetbaar.",
                "waarom_niet_maximaal": "Een voorbeeld dat concreet, lokaal en meetbaar is, ontbreekt.",
            }
            for nr in nummers
            for k in ("K1", "K2")
        ]
        loop.doe("2026-04-22", "voorzitter", "consensus_vaststellen", {"perceel": p, "oordelen": oordelen})


def gun(loop: Loop, percelen: tuple[str, ...] = ALLES, *, kenmerken: bool) -> None:
    """Advice, decisions of the colleges, letters, standstill, final award and agreements."""
    keuze = {"percelen": percelen}
    assert "gunningsadvies_opstellen" in loop.draai("2026-04-28", "gunning")
    if kenmerken:
        regels = [
            {"perceel": p, "criterium": k, "tekst": "De werkwijze is concreet, lokaal en meetbaar."}
            for p in percelen
            for k in ("K1", "K2")
        ]
        loop.doe("2026-04-29", "jurist", "kenmerken_vrijgeven", keuze | {"kenmerken": regels})
    loop.doe("2026-04-29 10:00", "jurist2", "redenen_vrijgeven", keuze)
    for gemeente in GEMEENTEN:
        besluit = {"gemeente": gemeente, "datum": "2026-05-04", "kenmerk": "B-1"}
        loop.doe("2026-05-06", "jurist", "collegebesluit_vastleggen", keuze | besluit)
    loop.doe(
        "2026-05-11", "gemandateerde", "gunningsbeslissing_meedelen", keuze | {"verzenddatum": "2026-05-11"}
    )
    aantal = len({i for i in _list_betrokken(loop, percelen)})
    verzending = {"verzonden": "2026-05-11T16:00:00+02:00", "aantal": aantal}
    zonder = loop.weiger("2026-05-11 17:00", "inkoper", "verzending_vastleggen", keuze | verzending)
    assert zonder == {"brief-zonder-goedkeuring"}
    loop.keur_goed("2026-05-11 17:00", fase="gunning")
    loop.doe("2026-05-11 17:00", "inkoper", "verzending_vastleggen", keuze | verzending)
    for perceel in percelen:
        rangorde = loop.dossier.laatste(RangordeVastgesteld, perceel=perceel)
        for plaats in rangorde.plaatsen if rangorde else ():
            bewijs = {"perceel": perceel, "inschrijving": plaats.inschrijving, "voldoet": True}
            loop.doe("2026-05-20", "inkoper", "verificatie_vastleggen", bewijs | {"bevindingen": "In orde."})
    assert "opschortende-termijn-loopt" in loop.weiger(
        "2026-05-21", "gemandateerde", "definitief_gunnen", keuze
    )
    loop.doe("2026-06-03", "gemandateerde", "definitief_gunnen", keuze)
    loop.doe(
        "2026-06-05", "gemandateerde", "overeenkomsten_sluiten", keuze | {"datum_ondertekening": "2026-06-10"}
    )


def _list_betrokken(loop: Loop, percelen: tuple[str, ...]) -> set[str]:
    return {
        i.nummer
        for feit in loop.dossier.list_feiten(InschrijvingenOntvangen)
        for i in feit.inschrijvingen
        if set(i.percelen) & set(percelen)
    }


def statussen(loop: Loop) -> set[str]:
    """The statuses of the percelen."""
    return {loop.dossier.status_van_perceel(p) for p in ALLES}


@pytest.mark.parametrize("loop", ["sas", "openbaar"], indirect=True)
def test_a_procedure_with_award_criteria_reaches_agreements(loop: Loop) -> None:
    consulteer(loop)
    werk_uit(loop, loop.dossier.aanbesteding.procedure)
    publiceer(loop)
    schrijf_in(loop, make_bod(1, BEIDE), make_bod(2, BEIDE))
    loop.draai("2026-04-15", "beoordeling")
    score(loop, "I-001", "I-002")
    loop.draai("2026-04-24", "beoordeling", "voorzitter")
    gun(loop, kenmerken=True)
    assert statussen(loop) == {"gecontracteerd"}
    assert {"gunningsbrief", "proces_verbaal_gunning", "overeenkomst"} <= loop.documenten()
    assert loop.dossier.regime.naam in loop.lees("aankondiging")[0]


@pytest.mark.parametrize("loop", ["sas_zonder_criteria"], indirect=True)
def test_without_award_criteria_everyone_who_meets_the_requirements_gets_an_agreement(loop: Loop) -> None:
    consulteer(loop)
    werk_uit(loop, "sas_zonder_criteria", *list_uitwerkingen(criteria=(), schaal=(), gelijke_stand=()))
    publiceer(loop)
    schrijf_in(loop, make_bod(1, BEIDE), make_bod(2, BEIDE), make_bod(3, BEIDE, M1="nee"))
    loop.draai("2026-04-15", "beoordeling")
    loop.draai("2026-04-16", "beoordeling", "voorzitter")
    loop.draai("2026-04-17", "beoordeling", "voorzitter")
    assert statussen(loop) == {"beoordeeld"}
    gun(loop, kenmerken=False)
    gesloten = loop.dossier.list_feiten(OvereenkomstGesloten)
    assert {(o.perceel, o.grond) for o in gesloten} == {(p, nr) for p in ALLES for nr in ("I-001", "I-002")}
    assert len(loop.lees("brief_ongeldige_inschrijving")) == 1
    assert loop.dossier.list_feiten(GunningsbeslissingMeegedeeld), "ook hier loopt een opschortende termijn"


def test_the_procedure_without_criteria_does_not_exist_before_july_2022(tmp_path: Path) -> None:
    with pytest.raises(InvoerError, match="kan pas vanaf vrijdag 1 juli 2022"):
        make_loop(tmp_path, "sas_zonder_criteria", begin="2022-06-30")
    make_loop(tmp_path, "sas_zonder_criteria", begin="2022-07-01")


@pytest.mark.parametrize("loop", ["sas_zonder_criteria", "toelating"], indirect=True)
def test_a_maximum_and_a_ranking_are_refused_where_there_is_no_choice(loop: Loop) -> None:
    consulteer(loop)
    begrensd = make_perceel_uitgewerkt("1", producten=(make_product(maximum_aanbieders=3),))
    codes = loop.weiger("2026-02-18", "inkoper", "perceel_uitwerken", begrensd.model_dump(mode="json"))
    assert codes == {"criteria-zonder-keuze", "maximum-zonder-keuze"}


def make_aanvraag(nummer: int, ontvangen: str, **antwoorden: str) -> dict[str, object]:
    """An application for perceel 1."""
    gegeven = {"V1": "ja", "U1": "ja", "M1": "ja"} | antwoorden
    return {
        "nummer": str(nummer),
        "aanbieder": make_onderneming(nummer).model_dump(mode="json"),
        "ontvangen": ontvangen,
        "producten": [{"perceel": "1", "product": "02A01"}],
        "antwoorden": [{"perceel": "1", "eis": e, "antwoord": a} for e, a in gegeven.items()],
    }


RONDE = {
    "producten": [{"perceel": "1", "product": "02A01"}],
    "aanleiding": "De procedure begint.",
    "van": "2026-03-03",
    "tot": "2026-12-01T12:00:00+01:00",
    "startdatum": "2027-01-01",
    "heroverweging_dagen": 20,
}


@pytest.mark.parametrize("loop", ["toelating"], indirect=True)
def test_an_open_house_admits_everyone_who_qualifies_and_ends(loop: Loop) -> None:
    consulteer(loop)
    werk_uit(
        loop, "toelating", *list_uitwerkingen(criteria=(), schaal=(), gelijke_stand=(), maximale_waarde=None)
    )
    assert loop.draai("2026-02-23", "publicatie") == ("stukken_opstellen",)
    loop.doe("2026-03-02", "gemandateerde", "publiceren", CLAUSULES)
    assert statussen(loop) == {"opengesteld"}
    assert "aanbestedingsleidraad" not in loop.documenten()
    met_maximum = RONDE | {"aantal": {"02A01": 2}}
    codes = loop.weiger("2026-03-03", "gemandateerde", "openstelling_besluiten", met_maximum)
    assert codes == {"plafond-in-open-house"}
    loop.doe("2026-03-03", "gemandateerde", "openstelling_besluiten", RONDE)
    aanvragen = [
        make_aanvraag(1, "2026-03-10T10:00:00+01:00"),
        make_aanvraag(2, "2026-03-11T10:00:00+01:00"),
        make_aanvraag(3, "2026-03-12T10:00:00+01:00", M1="nee"),
    ]
    loop.doe("2026-03-13", "inkoper", "aanvragen_registreren", {"ronde": "1", "aanvragen": aanvragen})
    assert loop.draai("2026-03-13 10:00", "toetreding") == ("aanvragen_toetsen",), "ook in een open ronde"
    for verzoek in ("0001", "0002", "0003"):
        oordeel = {"perceel": "1", "eis": "U1", "uitkomst": "voldoet", "toelichting": "Gezien."}
        invoer = {
            "verzoek": verzoek,
            "oordelen": [oordeel],
            "verificatie": "In orde.",
            "bibob": "geen_bezwaar",
        }
        loop.doe("2026-03-20", "jurist", "aanvraag_beoordelen", invoer)
    loop.doe(
        "2026-03-23", "gemandateerde", "toetreding_verlenen",
        {"verzoeken": ["0001", "0002"], "verzenddatum": "2026-03-23"},
    )  # fmt: skip
    weigering = {"verzoeken": ["0003"], "verzenddatum": "2026-03-23"}
    loop.doe("2026-03-23", "gemandateerde", "toetreding_weigeren", weigering)
    gesloten = loop.dossier.list_feiten(OvereenkomstGesloten)
    assert [(o.nummer, o.einde.isoformat()) for o in gesloten] == [
        ("BO-2027-P1-001", "2030-12-31"),
        ("BO-2027-P1-002", "2030-12-31"),
    ]
    einde = {"percelen": ALLES, "per": "2027-01-01", "motivering": "Er komt een nieuwe procedure"}
    assert loop.weiger("2026-06-01", "gemandateerde", "toelating_beeindigen", einde) == {
        "ronde-nog-niet-gesloten"
    }
    assert "ronde_sluiten" in loop.draai("2026-12-01 12:00", "toetreding")
    loop.doe("2026-12-02", "gemandateerde", "toelating_beeindigen", einde)
    assert statussen(loop) == {"beeindigd"}
    assert {
        "toelatingsleidraad",
        "toelatingsbesluit",
        "weigering",
        "bericht_einde_toelating",
    } <= loop.documenten()


# --- negative paths -----------------------------------------------------------------------------------------


def bereid_voor(loop: Loop) -> None:
    """Up to and including publication, with award criteria."""
    consulteer(loop)
    werk_uit(loop, loop.dossier.aanbesteding.procedure)
    publiceer(loop)


def beoordeel(loop: Loop) -> None:
    """What a run does by itself where nothing is to be scored."""
    for dag in ("2026-04-15", "2026-04-16", "2026-04-17"):
        loop.draai(dag, "beoordeling")
        loop.draai(dag, "beoordeling", "voorzitter")


GEEN = {"percelen": ALLES, "reden": "Er is geen geldige inschrijving"}


@pytest.mark.parametrize("loop", ["sas"], indirect=True)
@pytest.mark.parametrize(
    "biedingen",
    [
        pytest.param((), id="er is niet ingeschreven"),
        pytest.param((make_bod(1, BEIDE, M1="nee"),), id="de enige inschrijving is ongeldig"),
        pytest.param((make_bod(1, BEIDE, M1="nee"), make_bod(2, BEIDE, M1="nee")), id="alles is ongeldig"),
    ],
)
def test_nothing_to_award_ends_with_its_record(loop: Loop, biedingen: tuple[dict[str, object], ...]) -> None:
    bereid_voor(loop)
    schrijf_in(loop, *biedingen)
    beoordeel(loop)
    assert statussen(loop) == {"beoordeeld"}, "niets blijft hangen"
    assert not loop.kan("gunningsbeslissing_meedelen")
    loop.doe("2026-04-20", "gemandateerde", "niet_gunnen", GEEN)
    assert statussen(loop) == {"niet_gegund"}
    assert len(loop.lees("proces_verbaal_gunning")) == len(ALLES)
    assert len(loop.lees("brief_niet_gegund")) == len(biedingen)


@pytest.mark.parametrize("loop", ["sas"], indirect=True)
def test_one_bid_is_enough_for_an_award(loop: Loop) -> None:
    bereid_voor(loop)
    schrijf_in(loop, make_bod(1, BEIDE))
    loop.draai("2026-04-15", "beoordeling")
    score(loop, "I-001")
    loop.draai("2026-04-24", "beoordeling", "voorzitter")
    gun(loop, kenmerken=True)
    assert {o.grond for o in loop.dossier.list_feiten(OvereenkomstGesloten)} == {"I-001"}


@pytest.mark.parametrize("loop", ["sas"], indirect=True)
def test_a_perceel_is_withdrawn_with_its_record_and_the_other_goes_on(loop: Loop) -> None:
    bereid_voor(loop)
    schrijf_in(loop, make_bod(1, BEIDE), make_bod(2, {"1": "02A01"}))
    weg = {"percelen": ["2"], "motivering": "De raad wil dit perceel anders inrichten"}
    loop.doe("2026-04-15", "gemandateerde", "aanbesteding_intrekken", weg)
    assert len(loop.lees("proces_verbaal_intrekking")) == 1
    assert "I-002" not in loop.lees("proces_verbaal_intrekking")[0], "alleen wie op dit perceel inschreef"
    loop.draai("2026-04-15 10:00", "beoordeling")
    score(loop, "I-001", "I-002")
    loop.draai("2026-04-24", "beoordeling", "voorzitter")
    gun(loop, ("1",), kenmerken=True)
    assert loop.dossier.status_van_perceel("1") == "gecontracteerd"
    assert loop.dossier.status_van_perceel("2") == "ingetrokken"


@pytest.mark.parametrize("loop", ["sas", "openbaar", "sas_zonder_criteria", "toelating"], indirect=True)
def test_the_whole_procedure_can_be_withdrawn_before_publication_without_a_record(loop: Loop) -> None:
    consulteer(loop)
    weg = {"percelen": ALLES, "motivering": "De strategie wordt herzien"}
    loop.doe("2026-02-20", "gemandateerde", "aanbesteding_intrekken", weg)
    assert statussen(loop) == {"ingetrokken"}
    assert "intrekkingsbericht" in loop.documenten()
    assert "proces_verbaal_intrekking" not in loop.documenten(), "er was nog niets aangekondigd"
    over = {h.code for h in list_handelingen(loop.app, loop.code) if h.mogelijk and h.onderwerpen}
    assert not over, "een ingetrokken procedure is klaar"


# --- holds --------------------------------------------------------------------------------------------------


def houd_aan(
    loop: Loop, wanneer: str, aard: str, percelen: tuple[str, ...] = ALLES, **velden: object
) -> None:
    """A hold begins."""
    invoer = {"aard": aard, "percelen": percelen, "datum": wanneer[:10], "aanleiding": "Verzonnen aanleiding"}
    loop.doe(wanneer, "jurist", "aanhouding_beginnen", invoer | velden)


def rond_af(loop: Loop, wanneer: str, uitkomst: str, nummer: str = "H-1") -> None:
    """A hold ends."""
    einde = {"aanhouding": nummer, "uitkomst": uitkomst, "motivering": "Verzonnen uitkomst"}
    loop.doe(wanneer, "jurist", "aanhouding_beeindigen", einde)


@pytest.mark.parametrize("loop", ["sas"], indirect=True)
def test_an_outage_at_closing_gives_everyone_more_time_and_another_bid(loop: Loop) -> None:
    bereid_voor(loop)
    loop.doe(
        "2026-04-14 10:00", "inkoper", "inschrijvingen_registreren", {"inschrijvingen": [make_bod(1, BEIDE)]}
    )
    houd_aan(loop, "2026-04-14 11:50", "storing")
    assert loop.draai("2026-04-14 12:00", "publicatie") == (), "de storing houdt het sluiten tegen"
    assert "storing-loopt" in loop.redenen("inschrijftermijn_sluiten"), "vooraf zichtbaar"
    rond_af(loop, "2026-04-14 13:00", "termijn_verlengen")
    assert loop.redenen("inschrijftermijn_sluiten") == {"uitkomst-aanhouding-niet-uitgevoerd"}
    later = {
        "sluiting_verplaatst_naar": "2026-04-16T12:00:00+02:00",
        "motivering": "Storing van het platform",
    }
    loop.doe("2026-04-14 14:00", "gemandateerde", "inschrijftermijn_verlengen", later)
    assert len(loop.lees("uitstelbericht")) == 2, "een open brief en een voor wie al inschreef"
    terug = {"inschrijving": "I-001", "ontvangen": "2026-04-15T09:00:00+02:00"}
    loop.doe("2026-04-15 09:30", "inkoper", "inschrijving_terugnemen", terug)
    nieuw = make_bod(1, BEIDE) | {"nummer": "I-101", "ontvangen": "2026-04-15T10:00:00+02:00"}
    loop.doe("2026-04-15 10:00", "inkoper", "inschrijvingen_registreren", {"inschrijvingen": [nieuw]})
    assert loop.draai("2026-04-16 12:00", "publicatie") == ("inschrijftermijn_sluiten",)
    openen = {"openers": ["inkoper.demo", "jurist.demo"], "plaats": "Gemeentehuis"}
    loop.doe("2026-04-16 13:00", "inkoper", "inschrijvingen_openen", openen)
    (verbaal,) = loop.lees("proces_verbaal_opening")
    assert "I-101" in verbaal
    assert "I-001" not in verbaal
    beoordeel_begin = loop.draai("2026-04-17", "beoordeling")
    assert beoordeel_begin
    assert {f.inschrijving for f in loop.dossier.list_feiten(InschrijvingGetoetst)} == {"I-101"}


@pytest.mark.parametrize("loop", ["sas"], indirect=True)
def test_a_council_amendment_stops_publication_until_the_documents_were_revised(loop: Loop) -> None:
    consulteer(loop)
    werk_uit(loop, "sas")
    loop.doe("2026-02-20", "inkoper", "planning_vaststellen", PLANNING)
    assert loop.draai("2026-02-23", "publicatie") == ("stukken_opstellen",)
    houd_aan(loop, "2026-02-24", "raadswijziging", ("1",))
    assert "raadswijziging-loopt" in loop.weiger("2026-02-25", "gemandateerde", "publiceren", CLAUSULES)
    rond_af(loop, "2026-02-26", "herzien")
    assert loop.weiger("2026-02-26", "gemandateerde", "publiceren", CLAUSULES) == {
        "uitkomst-aanhouding-niet-uitgevoerd"
    }
    loop.doe("2026-02-26", "inkoper", "stukken_herzien", {"motivering": "De raad stelde een plafond in"})
    assert loop.draai("2026-02-27", "publicatie") == ("stukken_opstellen",)
    loop.doe("2026-03-02", "gemandateerde", "publiceren", CLAUSULES)
    assert len(loop.lees("bericht_aanhouding")) == len(loop.lees("bericht_einde_aanhouding")) == 1


@pytest.mark.parametrize("loop", ["sas"], indirect=True)
def test_a_hold_with_withdrawal_as_outcome_leaves_only_the_way_out(loop: Loop) -> None:
    bereid_voor(loop)
    schrijf_in(loop, make_bod(1, BEIDE))
    houd_aan(loop, "2026-04-15", "herroeping")
    rond_af(loop, "2026-04-20", "opnieuw_aanbesteden")
    beoordeel(loop)
    weg = {"percelen": ALLES, "motivering": "Een gemeente heeft haar besluit herroepen"}
    loop.doe("2026-04-21", "gemandateerde", "aanbesteding_intrekken", weg)
    assert statussen(loop) == {"ingetrokken"}
    assert len(loop.lees("proces_verbaal_intrekking")) == 1


@pytest.mark.parametrize("loop", ["sas"], indirect=True)
def test_a_correction_reaches_everyone_and_moves_the_closing_moment(loop: Loop) -> None:
    bereid_voor(loop)
    wijziging = {
        "document": "Aanbestedingsleidraad",
        "vindplaats": "paragraaf 7.2",
        "oude_tekst": "niet ouder dan drie maanden",
        "nieuwe_tekst": "niet ouder dan zes maanden",
    }
    invoer = {"wijzigingen": [wijziging], "reden": "Er stond een verkeerde termijn", "wezenlijk": False}
    assert loop.weiger("2026-03-20", "gemandateerde", "rectificatie_publiceren", invoer) == {
        "rectificatie-zonder-uitstel"
    }
    later = {"sluiting_verplaatst_naar": "2026-04-21T12:00:00+02:00", "motivering": "Tijd om te verwerken"}
    loop.doe("2026-03-20", "gemandateerde", "rectificatie_publiceren", invoer | later)
    (tekst,) = loop.lees("rectificatie")
    assert "dinsdag 21 april 2026 om 12.00 uur" in tekst
    assert not loop.kan("inschrijftermijn_sluiten")

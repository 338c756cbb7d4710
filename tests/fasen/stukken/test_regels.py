"""Review of documents: who may judge which file, what makes an approval lapse, and what is frozen when."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanbesteding.domain.stukken import Stukstatus, Stukversie, TeMaken
from aanbesteding.fasen import gunning
from aanbesteding.fasen.stukken import FASE, begeleid
from aanbesteding.fasen.stukken.regels import (
    er_is_een_terugvraag,
    er_is_iets_te_beoordelen,
    er_is_iets_te_verzenden,
)
from bouwers import moment
from fasen.stukken.bouwers_stukken import (
    INKOPER,
    JURIST,
    JURIST2,
    NOTA,
    NU,
    TEGENSPRAAK,
    A,
    B,
    Bureau,
    make_bureau,
    make_hash,
)


@pytest.fixture
def bureau() -> Bureau:
    return make_bureau()


# --- approving ----------------------------------------------------------------------------------------------


def test_a_jurist_approves_a_group_in_one_fact(bureau: Bureau):
    assert bureau.keur_goed(JURIST, A, B) == ()
    assert bureau.stuk(A).goedgekeurd
    assert bureau.stuk(B).goedgekeurd
    assert bureau.dossier.versie == 2


@pytest.mark.parametrize(
    "wie",
    [
        pytest.param("maker", id="wie de handeling deed die het stuk toezegde, ook via een run"),
        pytest.param("inleveraar", id="wie een nieuwe versie inleverde"),
        pytest.param("eerdere inleveraar", id="wie een eerdere versie inleverde"),
        pytest.param("opnieuw", id="wie het opnieuw liet maken"),
    ],
)
def test_nobody_approves_what_they_made_or_changed(bureau: Bureau, wie: str):
    id_ = A
    if wie == "maker":
        bureau.register[0] = replace(bureau.register[0], maker=JURIST)
    elif wie == "opnieuw":
        assert bureau.doe(JURIST, "stukken_opnieuw_maken", stukken=(A,), reden="Reden hersteld.") == ()
        id_ = bureau.register[-1].id
    else:
        assert bureau.lever_in(JURIST) == ()
        if wie == "eerdere inleveraar":
            assert bureau.lever_in(INKOPER, zaad="later") == ()
    assert bureau.keur_goed(JURIST, id_) == ("goedkeuring-van-eigen-stuk",)
    assert bureau.keur_goed(JURIST2, id_) == ()


def test_one_own_letter_in_a_group_refuses_the_group(bureau: Bureau):
    assert bureau.lever_in(JURIST, B) == ()
    assert bureau.keur_goed(JURIST, A, B) == ("goedkeuring-van-eigen-stuk",)
    assert not bureau.stuk(A).goedgekeurd


def test_a_changed_byte_on_disk_lapses_the_approval_and_stops_the_next(bureau: Bureau):
    assert bureau.keur_goed() == ()
    bureau.schijf[A] = make_hash("een byte anders")
    assert not bureau.stukken.is_verzendbaar(bureau.stuk())
    assert bureau.verzend() == ("bestand-is-gewijzigd",)
    bureau.schijf[B] = None
    assert bureau.keur_goed(JURIST, B) == ("bestand-is-gewijzigd",)


def test_a_new_version_lapses_the_approval(bureau: Bureau):
    assert bureau.keur_goed() == ()
    assert bureau.lever_in() == ()
    assert bureau.stuk().status is Stukstatus.CONCEPT
    assert bureau.verzend() == ("niets-te-verzenden", "brief-niet-goedgekeurd")


@pytest.mark.parametrize("code", ["stukken_goedkeuren", "stuk_afkeuren", "stuk_terugvragen"])
def test_only_the_current_version_is_judged(bureau: Bureau, code: str):
    oud = bureau.stuk().gezien
    assert bureau.lever_in() == ()
    invoer = {
        "stukken_goedkeuren": {"stukken": (oud,)},
        "stuk_afkeuren": {"gezien": oud, "opmerking": "Fout."},
        "stuk_terugvragen": {"gezien": oud, "vraag": "Waarom?"},
    }[code]
    assert bureau.doe(JURIST, code, **invoer) == ("andere-versie-dan-gezien",)


def test_an_approval_is_given_once(bureau: Bureau):
    assert bureau.keur_goed() == ()
    assert bureau.keur_goed(JURIST2) == ("stuk-al-goedgekeurd",)


def test_an_unknown_a_repeated_and_an_unreviewed_stuk_are_refused(bureau: Bureau):
    vreemd = Stukversie(stuk="gunning/weg.docx", versie=1, sha256=make_hash(""))
    assert bureau.doe(JURIST, "stukken_goedkeuren", stukken=(vreemd,)) == ("stuk-onbekend",)
    assert bureau.keur_goed(JURIST, A, A) == ("stuk-onbekend",)
    assert "stuk-onbekend" in bureau.keur_goed(JURIST, NOTA)


# --- rejecting, asking back, handing in ---------------------------------------------------------------------


def test_a_rejected_version_needs_a_new_version_or_a_new_edition(bureau: Bureau):
    assert bureau.keur_af() == ()
    assert bureau.stuk().status is Stukstatus.AFGEKEURD
    assert bureau.keur_goed(JURIST2) == ("versie-is-afgekeurd",)
    assert bureau.lever_in() == ()
    assert bureau.keur_goed() == ()


def test_an_approved_letter_can_be_rejected_until_it_leaves(bureau: Bureau):
    assert bureau.keur_goed() == ()
    assert bureau.keur_af(JURIST2) == ()
    assert not bureau.stuk().goedgekeurd


def test_a_question_stops_approval_until_it_is_answered(bureau: Bureau):
    assert bureau.vraag() == ()
    assert bureau.keur_goed(JURIST2) == ("vraag-over-stuk-staat-open",)
    assert (
        bureau.doe(INKOPER, "terugvraag_beantwoorden", stuk=A, antwoord="Zo staat het in de planning.") == ()
    )
    assert [o.tekst for o in bureau.stuk().oordelen] == ["Waarom deze datum?", "Zo staat het in de planning."]
    assert bureau.keur_goed() == ()


def test_an_answer_without_a_question_is_refused(bureau: Bureau):
    assert bureau.vraag(id_=B) == ()
    assert bureau.doe(INKOPER, "terugvraag_beantwoorden", stuk=A, antwoord="Daarom.") == (
        "stuk-zonder-terugvraag",
    )


def test_a_new_version_answers_a_question(bureau: Bureau):
    assert bureau.vraag() == ()
    assert bureau.lever_in() == ()
    assert bureau.keur_goed() == ()


def test_the_same_file_is_no_new_version(bureau: Bureau):
    sha256 = bureau.stuk().huidig.sha256
    bureau.schijf["gunning/nieuw.docx"] = sha256
    verslag = {"met_versie": 1}
    invoer = {"stuk": A, "pad": "gunning/nieuw.docx", "sha256": sha256, "verslag": verslag}
    assert bureau.doe(INKOPER, "stuk_inleveren", **invoer) == ("versie-is-niet-nieuw",)


@pytest.mark.parametrize(
    ("pad", "op_schijf"),
    [
        pytest.param("gunning/nieuw.docx", None, id="het bestand is er niet"),
        pytest.param("gunning/nieuw.docx", make_hash("anders"), id="er staat een ander bestand"),
        pytest.param(B, make_hash("nieuw"), id="de naam is van een ander stuk"),
    ],
)
def test_a_version_that_is_not_kept_is_refused(bureau: Bureau, pad: str, op_schijf: str | None):
    bureau.schijf[pad] = op_schijf
    invoer = {"stuk": A, "pad": pad, "sha256": make_hash("nieuw"), "verslag": {"met_versie": 1}}
    assert bureau.doe(INKOPER, "stuk_inleveren", **invoer) == ("versie-is-niet-bewaard",)


def test_a_contradiction_asks_the_approver_for_a_reason(bureau: Bureau):
    assert bureau.lever_in(tegenspraken=(TEGENSPRAAK,)) == ()
    assert bureau.keur_goed() == ("stuk-spreekt-dossier-tegen",)
    assert bureau.keur_goed(motivering="De datum in het dossier is al herroepen.") == ()


def test_a_contradiction_with_a_reason_of_whoever_handed_it_in_is_read_and_approved(bureau: Bureau):
    gemotiveerd = TEGENSPRAAK.model_copy(update={"motivering": "Zo luidt het besluit."})
    assert bureau.lever_in(tegenspraken=(gemotiveerd,)) == ()
    assert bureau.keur_goed() == ()


# --- a new edition ------------------------------------------------------------------------------------------


def test_a_new_edition_takes_the_place_of_the_old_in_the_same_decision(bureau: Bureau):
    assert bureau.keur_af() == ()
    assert bureau.doe(INKOPER, "stukken_opnieuw_maken", stukken=(A,), reden="Datum hersteld.") == ()
    oud, nieuw = bureau.stuk(A), bureau.stuk(bureau.register[-1].id)
    assert oud.status is Stukstatus.VERVANGEN
    assert (nieuw.besluit, nieuw.handeling) == (oud.besluit, oud.handeling)
    assert nieuw.makers == {INKOPER}
    assert bureau.keur_goed(JURIST, A) == ("stuk-is-vervangen",)
    assert bureau.keur_goed(JURIST, nieuw.id) == ()


def test_editions_of_different_decisions_are_not_made_in_one_act(bureau: Bureau):
    bureau.register[1] = replace(bureau.register[1], versie=2)
    assert bureau.doe(INKOPER, "stukken_opnieuw_maken", stukken=(A, B), reden="Hersteld.") == (
        "stukken-van-verschillende-besluiten",
    )


# --- sending ------------------------------------------------------------------------------------------------


def test_after_sending_nothing_changes(bureau: Bureau):
    assert bureau.keur_goed(JURIST, A, B) == ()
    assert bureau.verzend() == ()
    weg = ("stuk-al-verzonden",)
    assert bureau.keur_af() == bureau.vraag() == bureau.lever_in() == bureau.verzend(INKOPER, A) == weg
    assert bureau.doe(INKOPER, "stukken_opnieuw_maken", stukken=(A,), reden="Te laat.") == weg


def test_a_letter_that_was_not_approved_is_not_recorded_as_sent(bureau: Bureau):
    assert bureau.keur_goed(JURIST, B) == ()
    assert bureau.verzend(INKOPER, A) == ("brief-niet-goedgekeurd",)


def test_a_sending_is_recorded_after_it_happened(bureau: Bureau):
    assert bureau.keur_goed() == ()
    assert bureau.verzend(wanneer="2026-06-01 12:01") == ("stukverzending-in-toekomst",)


def test_what_can_be_told_beforehand(bureau: Bureau):
    def codes() -> list[bool]:
        s = bureau.situatie(JURIST)
        return [
            r.check(s) is None
            for r in (er_is_iets_te_beoordelen, er_is_een_terugvraag, er_is_iets_te_verzenden)
        ]

    assert codes() == [True, False, False]
    bureau.vraag(id_=B)
    bureau.keur_goed()
    assert codes() == [True, True, True]
    bureau.register.clear()
    assert codes() == [False, False, False]


# --- at the act of another stage ----------------------------------------------------------------------------

GUNNING = next(f for f in begeleid(gunning.FASE) if f.code == "gunning")


def send(bureau: Bureau, **velden: object) -> set[str]:
    """Codes of review with which the recording of a sending is refused."""
    handeling = GUNNING.load_handeling("verzending_vastleggen")
    invoer = handeling.invoer.model_validate(
        {"percelen": ("1",), "verzonden": moment(NU), "aantal": 2} | velden
    )
    s = bureau.situatie(INKOPER, invoer, onderwerpen=("1",))
    codes = {o.code for r in handeling.regels if r.code.startswith("brief") and (o := r.check(s))}
    if not codes:
        bureau.record(INKOPER, handeling.code, *handeling.besluit(s).feiten)
    return codes


def test_no_letter_of_a_decision_leaves_before_all_are_approved(bureau: Bureau):
    assert bureau.keur_goed(JURIST, A) == ()
    assert send(bureau) == {"brief-zonder-goedkeuring"}
    assert bureau.keur_goed(JURIST, B) == ()
    assert send(bureau) == set()
    assert {bureau.stuk(i).status for i in (A, B)} == {Stukstatus.VERZONDEN}


@pytest.mark.parametrize(
    ("maak", "zin"),
    [
        pytest.param(lambda b: b.keur_af(), "afgekeurd", id="afgekeurd"),
        pytest.param(lambda b: b.vraag(), "teruggevraagd", id="teruggevraagd"),
        pytest.param(
            lambda b: b.keur_goed() or b.schijf.update({A: None}),
            "gewijzigd na de goedkeuring",
            id="bestand weg",
        ),
    ],
)
def test_the_refusal_says_why_a_letter_cannot_leave(bureau: Bureau, maak, zin: str):
    maak(bureau)
    handeling = GUNNING.load_handeling("verzending_vastleggen")
    invoer = handeling.invoer.model_validate({"percelen": ("1",), "verzonden": moment(NU), "aantal": 2})
    s = bureau.situatie(INKOPER, invoer, onderwerpen=("1",))
    (tekst,) = [
        o.tekst for r in handeling.regels if r.code == "brief-zonder-goedkeuring" and (o := r.check(s))
    ]
    assert zin in tekst


def test_who_was_not_sent_to_keeps_a_letter_that_can_change(bureau: Bureau):
    assert bureau.keur_goed(JURIST, A) == ()
    assert send(bureau, niet_verzonden=("002",)) == set()
    assert bureau.stuk(A).status is Stukstatus.VERZONDEN
    assert bureau.lever_in(id_=B) == ()


def test_a_letter_still_to_be_made_stops_the_sending(bureau: Bureau):
    assert bureau.keur_goed(JURIST, A, B) == ()
    bureau.te_maken = (TeMaken(1, "verificatieverzoek", ("1",)),)
    assert send(bureau) == {"brief-nog-niet-gemaakt"}


def test_letters_of_a_decision_that_was_changed_before_sending_do_not_count(bureau: Bureau):
    bureau.record("gemandateerde.demo", "gunningsbeslissing_wijzigen", bureau.dossier.vastleggingen[0].feit)
    nieuw = replace(bureau.register[0], id="gunning/wijziging-I-001.docx", versie=2)
    bureau.register.append(nieuw)
    bureau.schijf[nieuw.id] = nieuw.sha256
    assert bureau.keur_goed(JURIST, nieuw.id) == ()
    assert send(bureau) == set()
    assert bureau.stuk(nieuw.id).status is Stukstatus.VERZONDEN
    assert bureau.stuk(A).status is Stukstatus.CONCEPT


# --- laws ---------------------------------------------------------------------------------------------------

PERSONEN = (JURIST, JURIST2, INKOPER)
STAPPEN = ("keur_goed", "keur_af", "vraag", "antwoord", "lever_in", "opnieuw", "verzend", "byte", "herstel")


def perform_stap(bureau: Bureau, stap: str, persoon: str, nummer: int) -> None:
    """One step of a random review; a refused one changes nothing."""
    id_ = bureau.register[nummer % len(bureau.register)].id
    match stap:
        case "antwoord":
            bureau.doe(persoon, "terugvraag_beantwoorden", stuk=id_, antwoord="Daarom.")
        case "opnieuw":
            bureau.doe(persoon, "stukken_opnieuw_maken", stukken=(id_,), reden="Hersteld.")
        case "byte":
            bureau.schijf[bureau.stuk(id_).huidig.pad] = make_hash(f"kapot {nummer}")
        case "herstel":
            bureau.schijf[bureau.stuk(id_).huidig.pad] = bureau.stuk(id_).huidig.sha256
        case "lever_in":
            bureau.lever_in(persoon, id_, zaad=f"{id_} {nummer}")
        case "keur_af" | "vraag":
            getattr(bureau, stap)(persoon, id_)
        case _:
            getattr(bureau, stap)(persoon, id_)


@given(
    st.lists(st.tuples(st.sampled_from(STAPPEN), st.sampled_from(PERSONEN), st.integers(0, 9)), max_size=25)
)
@settings(max_examples=150, deadline=None)
def test_in_every_course_of_a_review_the_laws_hold(stappen: list[tuple[str, str, int]]):
    """Approved means: by somebody who is no maker, for the current bytes, last. Sent means: unchanged for ever."""
    bureau, verzonden = make_bureau(), dict[str, object]()
    for stap, persoon, nummer in stappen:
        perform_stap(bureau, stap, persoon, nummer)
        for stuk in bureau.stukken.alle:
            if stuk.goedgekeurd:
                laatste = stuk.oordelen[-1]
                assert laatste.soort is Stukstatus.GOEDGEKEURD
                assert laatste.persoon not in stuk.makers
                assert (laatste.versie, laatste.sha256) == (stuk.huidig.nummer, stuk.huidig.sha256)
            if stuk.id in verzonden:
                assert stuk == verzonden[stuk.id]
            if stuk.status is Stukstatus.VERZONDEN:
                verzonden.setdefault(stuk.id, stuk)
                assert any(o.soort is Stukstatus.GOEDGEKEURD for o in stuk.oordelen)
            assert [v.nummer for v in stuk.versies] == list(range(1, len(stuk.versies) + 1))
            assert len({v.pad for v in stuk.versies}) == len(stuk.versies)


def test_every_act_of_review_asks_for_documents():
    assert all(h.ziet_stukken for h in FASE.handelingen)

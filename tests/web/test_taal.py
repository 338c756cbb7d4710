"""What the pages merge for the reader: nothing is lost, and what differs stays apart."""

from __future__ import annotations

from aanbesteding.domain.regel import Ernst, Overtreding
from aanbesteding.web.taal import merge_feiten, merge_redenen


def make_reden(tekst: str, code: str = "status-past-niet") -> Overtreding:
    return Overtreding(code, "procedure", Ernst.BLOKKEERT, tekst)


def test_the_same_status_of_several_percelen_is_said_once_and_another_one_stays_apart():
    redenen = [make_reden(f"Perceel {n} heeft status gegund; nodig is meegedeeld.") for n in "12"]
    redenen += [
        make_reden("Perceel 3 heeft status beoordeeld; nodig is meegedeeld."),
        make_reden("Iets anders.", "x"),
    ]
    assert [r.tekst for r in merge_redenen(redenen)] == [
        "Perceel 1 en 2: status gegund; nodig is meegedeeld.",
        "Perceel 3 heeft status beoordeeld; nodig is meegedeeld.",
        "Iets anders.",
    ]


def test_the_same_sentence_of_two_rules_stays_twice():
    redenen = [make_reden("Er ontbreekt iets.", "een"), make_reden("Er ontbreekt iets.", "twee")]
    assert merge_redenen(redenen) == tuple(redenen)


def test_the_same_change_of_several_percelen_is_shown_once_with_all_of_them():
    feiten = [("StatusGewijzigd", {"perceel": n, "van": "a", "naar": "b"}) for n in "123"]
    feiten += [
        ("StatusGewijzigd", {"perceel": "4", "van": "a", "naar": "c"}),
        ("Iets", {"datum": "x"}),
        ("Leeg", {}),
    ]
    assert merge_feiten(feiten) == (
        ("StatusGewijzigd", {"perceel": ("1", "2", "3"), "van": "a", "naar": "b"}),
        ("StatusGewijzigd", {"perceel": "4", "van": "a", "naar": "c"}),
        ("Iets", {"datum": "x"}),
        ("Leeg", {}),
    )

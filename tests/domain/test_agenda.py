"""The calendar file, read back by a strict reader of RFC 5545 that shares nothing with the writer."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.domain.agenda import render_icalendar
from aanbesteding.domain.mijlpaal import PROCEDURES_MET_PLANNING, Mijlpaal
from aanbesteding.domain.norm import load_normen
from aanbesteding.domain.planning import build_planning
from aanbesteding.errors import InvoerError

STEMPEL = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
REGEL = re.compile(r"(?P<naam>[A-Z-]+)(?:;VALUE=DATE)?:(?P<waarde>.*)", re.DOTALL)


def read_icalendar(inhoud: bytes) -> list[dict[str, str]]:
    """The events of a calendar file; AssertionError where RFC 5545 is not kept to the letter."""
    assert inhoud.endswith(b"\r\n")  # 3.1: lines are delimited by CRLF
    assert b"\n" not in inhoud.replace(b"\r\n", b"")
    assert b"\r" not in inhoud.replace(b"\r\n", b"")
    fysiek = inhoud[:-2].split(b"\r\n")
    assert all(0 < len(regel) <= 75 for regel in fysiek)  # 3.1: at most 75 octets, without the break
    for regel in fysiek:
        regel.decode("utf-8")  # never cut inside a character
    regels = b"\r\n".join(fysiek).replace(b"\r\n ", b"").decode("utf-8").split("\r\n")
    assert regels[0] == "BEGIN:VCALENDAR"
    assert regels[-1] == "END:VCALENDAR"
    kop = regels[1 : regels.index("BEGIN:VEVENT")]
    assert [r.split(":")[0] for r in kop].count("PRODID") == 1  # 3.6: both once
    assert kop.count("VERSION:2.0") == 1
    gebeurtenissen: list[dict[str, str]] = []
    rest = regels[len(kop) + 1 : -1]
    while rest:
        assert rest[0] == "BEGIN:VEVENT"
        einde = rest.index("END:VEVENT")
        gebeurtenissen.append(read_gebeurtenis(rest[1:einde]))
        rest = rest[einde + 1 :]
    uids = [g["UID"] for g in gebeurtenissen]
    assert len(set(uids)) == len(uids)  # 3.8.4.7: globally unique
    return gebeurtenissen


def read_gebeurtenis(regels: list[str]) -> dict[str, str]:
    velden: dict[str, str] = {}
    for regel in regels:
        treffer = REGEL.fullmatch(regel)
        assert treffer is not None, regel
        assert treffer["naam"] not in velden  # 3.6.1: each of these at most once
        velden[treffer["naam"]] = treffer["waarde"]
    assert {"UID", "DTSTAMP", "DTSTART"} <= set(velden)  # 3.6.1: required
    assert re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", velden["DTSTAMP"])  # 3.8.7.2: in UTC
    begin, einde = (datetime.strptime(velden[n], "%Y%m%d").date() for n in ("DTSTART", "DTEND"))  # noqa: DTZ007
    assert einde - begin == timedelta(days=1)  # 3.6.1: the end of a whole day is the next day
    for naam in ("UID", "SUMMARY", "DESCRIPTION"):
        velden[naam] = read_tekst(velden[naam])
    return velden


def read_tekst(waarde: str) -> str:
    """3.3.11: only \\\\, \\;, \\, and \\n are escapes, and the bare characters do not occur."""
    assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", waarde)
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", waarde)
    assert not re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,n]", waarde)
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], waarde)


@pytest.mark.parametrize("procedure", PROCEDURES_MET_PLANNING)
def test_every_planning_is_a_strict_calendar(procedure: str) -> None:
    planning = build_planning(procedure, load_normen(), start=date(2026, 9, 1))
    gelezen = read_icalendar(
        render_icalendar(planning.mijlpalen, kenmerk="Proef 2027; deel 1, Zuid", tijdstempel=STEMPEL)
    )
    assert [g["DTSTART"] for g in gelezen] == [f"{m.datum:%Y%m%d}" for m in planning.mijlpalen]
    assert [g["DESCRIPTION"] for g in gelezen] == [m.uitleg for m in planning.mijlpalen]
    assert [g["UID"] for g in gelezen] == [f"{m.code}@Proef 2027; deel 1, Zuid" for m in planning.mijlpalen]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200), st.dates(date(1980, 1, 1)))
def test_any_text_is_written_so_that_a_strict_reader_gets_it_back(tekst: str, dag: date) -> None:
    dag = min(dag, date(9999, 12, 30))
    mijlpaal = Mijlpaal("nvi", tekst, dag, "uiterst", tekst)
    (gelezen,) = read_icalendar(render_icalendar([mijlpaal], kenmerk=tekst, tijdstempel=STEMPEL))
    regels = tekst.replace("\r\n", "\n").replace("\r", "\n")
    assert gelezen["DESCRIPTION"] == re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", " ", regels)


def test_a_stamp_in_dutch_time_is_written_in_utc() -> None:
    stempel = datetime.fromisoformat("2026-07-01T00:30:00+02:00")
    mijlpaal = Mijlpaal("nvi", "Nota", date(2026, 7, 1), "uiterst", "")
    assert b"DTSTAMP:20260630T223000Z\r\n" in render_icalendar([mijlpaal], kenmerk="x", tijdstempel=stempel)


def test_icalendar_is_deterministic_and_reads_as_written() -> None:
    mijlpaal = Mijlpaal(
        "sluiting", "Sluiting; laatste, dag", date(2026, 4, 14), "vroegst", "regel 1\nregel 2 \\ einde"
    )
    tekst = render_icalendar([mijlpaal], kenmerk="proef-2026-1", tijdstempel=STEMPEL)
    assert tekst == render_icalendar([mijlpaal], kenmerk="proef-2026-1", tijdstempel=STEMPEL)
    assert tekst.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//aanbesteding//planning//NL",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:sluiting@proef-2026-1",
        "DTSTAMP:20260302T093000Z",
        "DTSTART;VALUE=DATE:20260414",
        "DTEND;VALUE=DATE:20260415",
        "SUMMARY:Sluiting\\; laatste\\, dag (vroegst)",
        "DESCRIPTION:regel 1\\nregel 2 \\\\ einde",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_icalendar_folds_at_exactly_75_octets() -> None:
    for lengte in range(60, 80):
        tekst = render_icalendar(
            [Mijlpaal("nvi", "", date(2026, 4, 2), "uiterst", "x" * lengte)],
            kenmerk="proef",
            tijdstempel=STEMPEL,
        )
        (gelezen,) = read_icalendar(tekst)
        assert gelezen["DESCRIPTION"] == "x" * lengte
        assert (b"\r\n " in tekst) is (len("DESCRIPTION:") + lengte > 75)


def test_icalendar_refuses_a_stamp_without_tijdzone() -> None:
    with pytest.raises(InvoerError, match="tijdzone"):
        render_icalendar([], kenmerk="proef", tijdstempel=datetime(2026, 1, 1))  # noqa: DTZ001

"""Milestones as a calendar file (iCalendar, RFC 5545).

Must stay true: the same milestones and time stamp give the same bytes; a line has at most 75 octets, is
never cut inside a character and ends with CRLF; a text holds no control character but the tab.
Trap: a calendar takes two events with one UID for the same event, so `kenmerk` must differ per dossier.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from aanbesteding.domain.mijlpaal import Mijlpaal
from aanbesteding.errors import InvoerError


def render_icalendar(mijlpalen: Sequence[Mijlpaal], *, kenmerk: str, tijdstempel: datetime) -> bytes:
    """Write the milestones as whole-day events (RFC 5545); `tijdstempel` must be aware.

    `kenmerk` (for instance the dossier's code) makes the UIDs unique over dossiers.
    """
    if tijdstempel.tzinfo is None:
        raise InvoerError(
            [f"Het tijdstip {tijdstempel} heeft geen tijdzone. Geef een tijdstip met tijdzone."]
        )
    stempel = tijdstempel.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    regels = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//aanbesteding//planning//NL", "CALSCALE:GREGORIAN"]
    for m in mijlpalen:
        regels += [
            "BEGIN:VEVENT",
            f"UID:{_escape(m.code)}@{_escape(kenmerk)}",
            f"DTSTAMP:{stempel}",
            f"DTSTART;VALUE=DATE:{m.datum:%Y%m%d}",
            f"DTEND;VALUE=DATE:{m.datum + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escape(f'{m.naam} ({m.soort})')}",
            f"DESCRIPTION:{_escape(m.uitleg)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    regels.append("END:VCALENDAR")
    return b"".join(_fold(regel) for regel in regels)


def _escape(tekst: str) -> str:
    for teken, vervanging in (
        ("\\", "\\\\"),
        (";", "\\;"),
        (",", "\\,"),
        ("\r\n", "\\n"),
        ("\n", "\\n"),
        ("\r", "\\n"),
    ):
        tekst = tekst.replace(teken, vervanging)
    return "".join(" " if unicodedata.category(teken) == "Cc" and teken != "\t" else teken for teken in tekst)


def _fold(regel: str) -> bytes:
    """One content line: at most 75 octets per physical line, never cut inside a character."""
    stukken: list[bytes] = [b""]
    for teken in regel:
        octets = teken.encode()
        if len(stukken[-1]) + len(octets) > 75:
            stukken.append(b" ")
        stukken[-1] += octets
    return b"\r\n".join(stukken) + b"\r\n"

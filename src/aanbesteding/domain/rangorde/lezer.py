"""Reading untrusted JSON-like data strictly, collecting every fault with its place.

Not the meaning of the fields; that is `inlezen`. A reader returns None when it has noted a fault (or when
an optional field is empty), so that reading goes on and all faults come out together.

Must stay true: a JSON number is refused where a text is asked, because a number may have been a float on its
way here; a message stays readable, whatever stands in the file.
Trap: two names that look the same are the same: texts are read in one Unicode form, and a text with control
or invisible characters is refused.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from fractions import Fraction

from aanbesteding.domain.rangorde.getal import parse_getal

LANGSTE_CITAAT = 60
LANGSTE_TEKST = 500


def cite(waarde: object) -> str:
    """What stands in the file, short and printable, for a message."""
    if isinstance(waarde, Mapping):
        return "een object"
    if isinstance(waarde, list | tuple):
        return "een lijst"
    if isinstance(waarde, bool) or waarde is None:
        return {True: "true", False: "false", None: "null"}[waarde]
    ruw = str(waarde)[: LANGSTE_CITAAT + 1]
    tekst = "".join(teken if teken.isprintable() else "\N{REPLACEMENT CHARACTER}" for teken in ruw)
    tekst = tekst if len(tekst) <= LANGSTE_CITAAT else f"{tekst[:LANGSTE_CITAAT]}…"
    return f"'{tekst}'" if isinstance(waarde, str) else tekst


class Lezer:
    """Collects faults; each message names the place, the fault and the remedy."""

    def __init__(self) -> None:
        self.fouten: list[str] = []

    def note(self, plaats: str, fout: str) -> None:
        """Write down one fault at one place."""
        melding = f"{plaats}: {fout}"
        if melding not in self.fouten:
            self.fouten.append(melding)

    def read_object(self, plaats: str, waarde: object, sleutels: Sequence[str] | None) -> dict[str, object]:
        """A JSON object with only these keys; an unknown key is a fault."""
        if not isinstance(waarde, Mapping):
            self.note(plaats, "is geen object; gebruik { … }.")
            return {}
        gelezen: dict[str, object] = {str(sleutel): inhoud for sleutel, inhoud in waarde.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        for sleutel in gelezen:
            if sleutels is not None and sleutel not in sleutels:
                self.note(
                    plaats, f"onbekende sleutel {cite(sleutel)}; toegestaan: {', '.join(sleutels) or 'geen'}."
                )
        return gelezen

    def peek_sleutel(self, plaats: str, waarde: object, sleutel: str) -> object:
        """The value of one key, without judging the other keys."""
        return self.read_object(plaats, waarde, None).get(sleutel)

    def read_lijst(self, plaats: str, waarde: object) -> list[object]:
        """A JSON list; None counts as empty."""
        if waarde is None:
            return []
        if not isinstance(waarde, list | tuple):
            self.note(plaats, "is geen lijst; gebruik [ … ].")
            return []
        return list(waarde)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]

    def read_tekst(self, plaats: str, waarde: object) -> str | None:
        """A text with something in it, without the spaces around it, in one Unicode form."""
        if waarde is None or (isinstance(waarde, str) and not waarde.strip()):
            self.note(plaats, "ontbreekt of is leeg; vul een tekst in.")
            return None
        if not isinstance(waarde, str):
            self.note(plaats, f"{cite(waarde)} is geen tekst; zet hem tussen aanhalingstekens.")
            return None
        tekst = unicodedata.normalize("NFC", waarde.strip())
        if any(unicodedata.category(teken).startswith("C") for teken in tekst):
            self.note(plaats, f"{cite(tekst)} bevat onzichtbare tekens; typ de tekst opnieuw.")
            return None
        if len(tekst) > LANGSTE_TEKST:
            self.note(plaats, f"{cite(tekst)} is langer dan {LANGSTE_TEKST} tekens; kort hem in.")
            return None
        return tekst

    def read_teksten(self, plaats: str, waarde: object) -> tuple[str, ...]:
        """A list of different texts."""
        lijst = [
            self.read_tekst(f"{plaats}[{i}]", deel)
            for i, deel in enumerate(self.read_lijst(plaats, waarde), 1)
        ]
        teksten = tuple(tekst for tekst in lijst if tekst is not None)
        for tekst in sorted({t for t in teksten if teksten.count(t) > 1}):
            self.note(plaats, f"{cite(tekst)} staat er meer dan één keer in; noem hem één keer.")
        return teksten

    def read_keuze(self, plaats: str, waarde: object, keuzes: Sequence[str]) -> str | None:
        """One of these words."""
        if isinstance(waarde, str) and waarde in keuzes:
            return waarde
        self.note(plaats, f"{cite(waarde)} kan niet; kies uit {', '.join(keuzes)}.")
        return None

    def read_getal(self, plaats: str, waarde: object) -> Fraction | None:
        """An exact number, written as a text with a point."""
        if waarde is None:
            self.note(plaats, 'ontbreekt; vul een getal in als tekst, zoals "67.50".')
            return None
        if not isinstance(waarde, str):
            self.note(plaats, f'{cite(waarde)} is geen tekst; schrijf getallen als tekst, zoals "67.50".')
            return None
        getal = parse_getal(waarde)
        if getal is None:
            self.note(plaats, f'{cite(waarde)} is geen getal; schrijf het met een punt, zoals "67.50".')
        return getal

    def read_getal_of_niets(self, plaats: str, waarde: object) -> Fraction | None:
        """An exact number, or None when the field is empty."""
        return None if waarde is None else self.read_getal(plaats, waarde)

    def read_aantal(self, plaats: str, waarde: object, minimum: int, maximum: int = 10**6) -> int | None:
        """A whole number, as a JSON integer or as a text; None when the field is empty."""
        if waarde is None:
            return None
        aantal: int | None = None
        if isinstance(waarde, int) and not isinstance(waarde, bool):
            aantal = waarde
        elif isinstance(waarde, str) and waarde.isascii() and waarde.isdigit():
            aantal = int(waarde[:20])
        if aantal is None or not minimum <= aantal <= maximum:
            self.note(
                plaats,
                f"{cite(waarde)} kan niet; vul een geheel getal in van {minimum} tot en met {maximum}.",
            )
            return None
        return aantal

    def read_ja_nee(self, plaats: str, waarde: object, standaard: bool) -> bool:
        """A JSON boolean; empty gives the default."""
        if waarde is None:
            return standaard
        if isinstance(waarde, bool):
            return waarde
        self.note(plaats, f"{cite(waarde)} kan niet; vul true of false in.")
        return standaard

"""The law's numbers: a value with a period of validity, a legal basis, a source and a mark of certainty.

Counting with these numbers is not done here (see termijn.py); the numbers themselves stand in
`normen/*.toml`, one dated row per value, so that a change of law is a new row and an old procedure keeps its
own numbers.

Must stay true: two rows of one code never overlap; a date without a row is an error, never a guess; a fault
in a file is reported together with every other fault of every file.
Traps: `geldig_tot` is the last day on which the row holds; an amount of money is a whole number or a text in
TOML, never a TOML float.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from typing import Any, Literal

from aanbesteding.errors import InvoerError, NormOntbreekt
from aanbesteding.invoerfouten import MAX_FOUTEN
from aanbesteding.tomlbron import load_toml

Zekerheid = Literal["geverifieerd", "onbevestigd"]

EENHEDEN = frozenset(
    {"dagen", "werkdagen", "weken", "maanden", "jaren", "euro", "procent", "aantal", "tekst"}
)
_DECIMAAL = frozenset({"euro", "procent"})
_NORMVELDEN = frozenset(
    [
        "code",
        "waarde",
        "eenheid",
        "geldig_vanaf",
        "geldig_tot",
        "grondslag",
        "bron",
        "zekerheid",
        "toelichting",
    ]
)
_VAKANTIEVELDEN = frozenset(["naam", "regio", "van", "tot", "bron", "zekerheid"])
_FACULTATIEF = frozenset({"geldig_tot", "toelichting"})
REGIOS = ("noord", "midden", "zuid")


@dataclass(frozen=True)
class Norm:
    """One number (or short text) of the law; `geldig_tot` is the last day on which it holds."""

    code: str
    waarde: Decimal | int | str
    eenheid: str
    geldig_vanaf: date
    geldig_tot: date | None
    grondslag: str
    bron: str
    zekerheid: Zekerheid
    toelichting: str = ""

    @property
    def getal(self) -> int:
        """The value as a whole number; NormOntbreekt when it is money or text."""
        if isinstance(self.waarde, int):
            return self.waarde
        raise NormOntbreekt(
            f"De norm '{self.code}' is geen geheel getal maar '{self.waarde}' ({self.eenheid})."
        )

    @property
    def bedrag(self) -> Decimal:
        """The value as an exact decimal; NormOntbreekt when it is text."""
        if isinstance(self.waarde, str):
            raise NormOntbreekt(f"De norm '{self.code}' is geen bedrag maar een tekst.")
        return Decimal(self.waarde)

    def geldt_op(self, datum: date) -> bool:
        """Tell whether this row holds on `datum`."""
        return self.geldig_vanaf <= datum and (self.geldig_tot is None or datum <= self.geldig_tot)


@dataclass(frozen=True)
class Schoolvakantie:
    """A school holiday of one region ("noord", "midden", "zuid" or "alle"), both days included."""

    naam: str
    regio: str
    van: date
    tot: date
    bron: str
    zekerheid: Zekerheid


class Normen:
    """All rows, asked by code and date."""

    def __init__(self, rijen: Iterable[Norm]) -> None:
        self._rijen: tuple[Norm, ...] = tuple(sorted(rijen, key=lambda rij: (rij.code, rij.geldig_vanaf)))
        self._per_code: dict[str, tuple[Norm, ...]] = {}
        for rij in self._rijen:
            self._per_code[rij.code] = (*self._per_code.get(rij.code, ()), rij)

    def op(self, code: str, datum: date) -> Norm:
        """Return the row of `code` that holds on `datum`; NormOntbreekt when there is none."""
        rijen = self._per_code.get(code, ())
        for rij in rijen:
            if rij.geldt_op(datum):
                return rij
        if not rijen:
            raise NormOntbreekt(
                f"De norm '{code}' bestaat niet. Voeg een rij toe in normen/ of verbeter de code."
            )
        perioden = ", ".join(
            f"{rij.geldig_vanaf} tot en met {rij.geldig_tot}"
            if rij.geldig_tot
            else f"vanaf {rij.geldig_vanaf}"
            for rij in rijen
        )
        raise NormOntbreekt(
            f"Voor de norm '{code}' is op {datum} geen waarde bekend; wel voor: {perioden}. "
            "Controleer de datum of voeg in normen/ een rij met bron toe."
        )

    def lijst(self, voorvoegsel: str, datum: date) -> tuple[Norm, ...]:
        """Return the rows that hold on `datum` and whose code starts with `voorvoegsel`, in order of code."""
        return tuple(rij for rij in self._rijen if rij.code.startswith(voorvoegsel) and rij.geldt_op(datum))

    def alle(self) -> tuple[Norm, ...]:
        """Return every row, ordered by code and start date."""
        return self._rijen


def parse_normen(bestanden: Mapping[str, str]) -> Normen:
    """Read the `[[norm]]` rows of TOML texts by file name; InvoerError names every fault of every file."""
    fouten: list[str] = []
    rijen: list[Norm] = []
    for plaats, tabel in _list_tabellen(bestanden, "norm", fouten):
        rij = _parse_norm(plaats, tabel, fouten)
        if rij:
            rijen.append(rij)
    _check_overlap(rijen, fouten)
    if fouten:
        raise InvoerError(fouten[:MAX_FOUTEN])
    return Normen(rijen)


def parse_schoolvakanties(bestanden: Mapping[str, str]) -> tuple[Schoolvakantie, ...]:
    """Read the `[[vakantie]]` rows of TOML texts by file name; InvoerError names every fault."""
    fouten: list[str] = []
    vakanties: list[Schoolvakantie] = []
    for plaats, tabel in _list_tabellen(bestanden, "vakantie", fouten):
        vakantie = _parse_vakantie(plaats, tabel, fouten)
        if vakantie:
            vakanties.append(vakantie)
    if fouten:
        raise InvoerError(fouten[:MAX_FOUTEN])
    return tuple(sorted(vakanties, key=lambda v: (v.van, v.regio)))


@cache
def load_normen() -> Normen:
    """Return the rows that travel with the package."""
    return parse_normen(list_normbestanden())


@cache
def load_schoolvakanties() -> tuple[Schoolvakantie, ...]:
    """Return the school holidays that travel with the package; a planning aid, never law."""
    return parse_schoolvakanties(list_normbestanden())


def list_normbestanden() -> dict[str, str]:
    """Return the texts of normen/ by file name."""
    map_normen = resources.files("aanbesteding").joinpath("normen")
    namen = sorted(pad.name for pad in map_normen.iterdir() if pad.name.endswith(".toml"))
    return {naam: map_normen.joinpath(naam).read_text(encoding="utf-8") for naam in namen}


def _list_tabellen(
    bestanden: Mapping[str, str], soort: str, fouten: list[str]
) -> Iterable[tuple[str, dict[str, Any]]]:
    for naam, tekst in bestanden.items():
        try:
            inhoud = load_toml(tekst, naam)
        except InvoerError as fout:
            fouten += fout.fouten
            continue
        for sleutel in sorted(inhoud.keys() - {"norm", "vakantie"}):
            fouten.append(f"{naam}: onbekende sleutel '{sleutel}'. Toegestaan: [[norm]] en [[vakantie]].")
        tabellen: Any = inhoud.get(soort, [])
        if not isinstance(tabellen, list):
            fouten.append(f"{naam}: '{soort}' is geen lijst. Schrijf [[{soort}]] boven elke rij.")
            continue
        rijen: list[Any] = [*tabellen]
        for nummer, tabel in enumerate(rijen, start=1):
            if isinstance(tabel, dict):
                yield f"{naam}, {soort} {nummer}", tabel
            else:
                fouten.append(
                    f"{naam}, {soort} {nummer}: dit is geen rij. Schrijf [[{soort}]] boven elke rij."
                )


def _check_sleutels(plaats: str, tabel: Mapping[str, Any], velden: frozenset[str], fouten: list[str]) -> bool:
    onbekend = sorted(tabel.keys() - velden)
    ontbreekt = sorted(velden - _FACULTATIEF - tabel.keys())
    fouten.extend(f"{plaats}: onbekend veld '{veld}'. Verwijder of verbeter het." for veld in onbekend)
    fouten.extend(f"{plaats}: veld '{veld}' ontbreekt. Vul het in." for veld in ontbreekt)
    return not onbekend and not ontbreekt


def _parse_norm(plaats: str, tabel: Mapping[str, Any], fouten: list[str]) -> Norm | None:
    plaats = f"{plaats} ({tabel.get('code', 'zonder code')})"
    if not _check_sleutels(plaats, tabel, _NORMVELDEN, fouten):
        return None
    eigen: list[str] = []
    code = _parse_tekst(plaats, tabel, "code", eigen)
    if code and not re.fullmatch(r"[a-z][a-z0-9_]*", code):
        eigen.append(f"{plaats}: de code bestaat uit kleine letters, cijfers en _; '{code}' niet.")
    eenheid = _parse_tekst(plaats, tabel, "eenheid", eigen)
    if eenheid and eenheid not in EENHEDEN:
        eigen.append(f"{plaats}: eenheid '{eenheid}' is onbekend. Toegestaan: {', '.join(sorted(EENHEDEN))}.")
    waarde = _parse_waarde(plaats, tabel["waarde"], eenheid, eigen)
    vanaf = _parse_datum(plaats, tabel, "geldig_vanaf", eigen)
    tot = _parse_datum(plaats, tabel, "geldig_tot", eigen) if "geldig_tot" in tabel else None
    if vanaf and tot and tot < vanaf:
        eigen.append(f"{plaats}: geldig_tot {tot} ligt voor geldig_vanaf {vanaf}. Verwissel of verbeter ze.")
    grondslag = _parse_tekst(plaats, tabel, "grondslag", eigen)
    bron = _parse_tekst(plaats, tabel, "bron", eigen)
    zekerheid = _parse_zekerheid(plaats, tabel, eigen)
    toelichting = tabel.get("toelichting", "")
    if not isinstance(toelichting, str):
        eigen.append(f"{plaats}: 'toelichting' is geen tekst.")
    fouten.extend(eigen)
    if eigen or waarde is None or vanaf is None or zekerheid is None:
        return None
    return Norm(code, waarde, eenheid, vanaf, tot, grondslag, bron, zekerheid, str(toelichting))


def _parse_vakantie(plaats: str, tabel: Mapping[str, Any], fouten: list[str]) -> Schoolvakantie | None:
    if not _check_sleutels(plaats, tabel, _VAKANTIEVELDEN, fouten):
        return None
    eigen: list[str] = []
    naam = _parse_tekst(plaats, tabel, "naam", eigen)
    regio = _parse_tekst(plaats, tabel, "regio", eigen)
    if regio and regio not in (*REGIOS, "alle"):
        eigen.append(f"{plaats}: regio '{regio}' is onbekend. Toegestaan: {', '.join(REGIOS)} en alle.")
    van = _parse_datum(plaats, tabel, "van", eigen)
    tot = _parse_datum(plaats, tabel, "tot", eigen)
    if van and tot and tot < van:
        eigen.append(f"{plaats}: 'tot' {tot} ligt voor 'van' {van}. Verwissel of verbeter ze.")
    bron = _parse_tekst(plaats, tabel, "bron", eigen)
    zekerheid = _parse_zekerheid(plaats, tabel, eigen)
    fouten.extend(eigen)
    if eigen or van is None or tot is None or zekerheid is None:
        return None
    return Schoolvakantie(naam, regio, van, tot, bron, zekerheid)


def _parse_tekst(plaats: str, tabel: Mapping[str, Any], veld: str, fouten: list[str]) -> str:
    waarde = tabel[veld]
    if not isinstance(waarde, str) or not waarde.strip():
        fouten.append(f"{plaats}: '{veld}' is geen tekst of is leeg. Vul het in.")
        return ""
    return waarde


def _parse_datum(plaats: str, tabel: Mapping[str, Any], veld: str, fouten: list[str]) -> date | None:
    waarde = tabel[veld]
    if isinstance(waarde, date) and not isinstance(waarde, datetime):
        return waarde
    fouten.append(f"{plaats}: '{veld}' is geen datum. Schrijf JJJJ-MM-DD zonder aanhalingstekens.")
    return None


def _parse_zekerheid(plaats: str, tabel: Mapping[str, Any], fouten: list[str]) -> Zekerheid | None:
    match tabel["zekerheid"]:
        case "geverifieerd":
            return "geverifieerd"
        case "onbevestigd":
            return "onbevestigd"
        case anders:
            fouten.append(f"{plaats}: zekerheid '{anders}' bestaat niet. Kies geverifieerd of onbevestigd.")
            return None


def _parse_waarde(plaats: str, waarde: Any, eenheid: str, fouten: list[str]) -> Decimal | int | str | None:
    if eenheid == "tekst":
        if isinstance(waarde, str) and waarde.strip():
            return waarde
        fouten.append(f"{plaats}: bij eenheid 'tekst' hoort een tekst als waarde.")
        return None
    if isinstance(waarde, float):
        fouten.append(
            f'{plaats}: waarde {waarde} is een kommagetal. Schrijf het als tekst, bijvoorbeeld "0.5".'
        )
        return None
    if eenheid in _DECIMAAL and isinstance(waarde, int | str) and not isinstance(waarde, bool):
        try:
            getal = Decimal(waarde)
        except InvalidOperation:
            getal = Decimal("NaN")
        if getal.is_finite() and getal >= 0:
            return getal
    elif isinstance(waarde, int) and not isinstance(waarde, bool) and waarde >= 0:
        return waarde
    fouten.append(
        f"{plaats}: waarde '{waarde}' is geen getal van nul of meer dat bij eenheid '{eenheid}' past."
    )
    return None


def _check_overlap(rijen: Iterable[Norm], fouten: list[str]) -> None:
    vorige: Norm | None = None
    for rij in sorted(rijen, key=lambda r: (r.code, r.geldig_vanaf)):
        zelfde = vorige is not None and vorige.code == rij.code
        if (
            vorige is not None
            and zelfde
            and (vorige.geldig_tot is None or vorige.geldig_tot >= rij.geldig_vanaf)
        ):
            fouten.append(
                f"Norm '{rij.code}': de rij vanaf {rij.geldig_vanaf} overlapt met de rij vanaf "
                f"{vorige.geldig_vanaf}. Geef de oudste een geldig_tot."
            )
        vorige = rij

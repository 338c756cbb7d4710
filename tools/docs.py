"""Writes the generated documentation: glossary, procedures, rules and the jurist's list of template fields.

Everything comes from the declarations, the docstrings and the templates; nothing is kept by hand. With
`--controleer` nothing is written; the exit code is 1 when a page no longer says what the code says.

Must stay true: the same code gives the same pages (guard G10); pages name no path of the machine.
Trap: definitions in the glossary and the conditions of rules are docstrings, so they are in English.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import inspect as python_inspect
import json
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from aanbesteding import domain
from aanbesteding.documents.declaration import Document, DocumentContext
from aanbesteding.documents.filters import datum_kort
from aanbesteding.documents.inspect import list_velden
from aanbesteding.documents.velden import Veld, list_modelvelden, load_waarde, show_waarde
from aanbesteding.domain.huisstijl import Huisstijl
from aanbesteding.domain.regel import Regel
from aanbesteding.engine.regios import SCHEMAS, build_schema
from aanbesteding.fase import Fase, Handeling
from aanbesteding.procedure import Procedure
from aanbesteding.procedures import PROCEDURES
from aanbesteding.procedures.poorten import POORTEN
from docs_betrouwbaarheid import build_betrouwbaarheid
from docs_handelingen import build_handelingen
from docs_regios import build_regios

WORTEL = Path(__file__).resolve().parents[1]
SJABLONEN = WORTEL / "sjablonen"
MELDINGEN = WORTEL / "docs" / "meldingen.json"
KOP = "<!-- Gemaakt door tools/docs.py; wijzig niet hier. Opnieuw maken: make docs -->\n"


# --- small things -----------------------------------------------------------------------------------------


def _cel(tekst: str) -> str:
    """Text that may stand in a cell of a Markdown table."""
    kaal = " ".join(tekst.split())
    for teken in ("\\", "|", "<", "*"):
        kaal = kaal.replace(teken, f"\\{teken}")
    return kaal


def _tabel(koppen: Iterable[str], rijen: Iterable[Iterable[str]]) -> Iterator[str]:
    koppen = tuple(koppen)
    yield f"| {' | '.join(koppen)} |"
    yield f"|{'---|' * len(koppen)}"
    for rij in rijen:
        yield f"| {' | '.join(rij)} |"
    yield ""


def _code(tekst: str) -> str:
    return f"`{tekst}`"


# --- begrippen --------------------------------------------------------------------------------------------


def build_begrippen() -> str:
    """The glossary: every public class of domain/ with the first paragraph of its docstring."""
    begrippen: dict[tuple[str, str], str] = {}
    for info in pkgutil.walk_packages(domain.__path__, f"{domain.__name__}."):
        module = importlib.import_module(info.name)
        for naam, klasse in python_inspect.getmembers(module, python_inspect.isclass):
            uitleg = klasse.__dict__.get("__doc__") or ""
            if klasse.__module__ != module.__name__ or naam.startswith("_") or uitleg.startswith(f"{naam}("):
                continue
            begrippen[naam, info.name.removeprefix(f"{domain.__name__}.")] = python_inspect.cleandoc(uitleg)
    rijen = (
        (naam, _cel(uitleg.split("\n\n")[0]), _code(f"domain/{module.replace('.', '/')}.py"))
        for (naam, module), uitleg in sorted(begrippen.items(), key=lambda b: (b[0][0].lower(), b[0][1]))
    )
    regels = [
        KOP,
        "# Begrippen",
        "",
        "De woorden van het domein, zoals de code ze gebruikt. De omschrijvingen zijn Engels: het zijn de "
        "docstrings van de klassen.",
        "",
        *_tabel(("Begrip", "Omschrijving", "Waar"), rijen),
    ]
    return "\n".join(regels)


# --- procedures -------------------------------------------------------------------------------------------


def build_procedures() -> str:
    """Per procedure: the states and every act with role, arrow, rules and documents."""
    regels = [KOP, "# Procedures", ""]
    for procedure in PROCEDURES:
        regels += [
            f"## {procedure.titel} ({_code(procedure.code)})",
            "",
            f"Grondslag: {procedure.grondslag}. Geldig vanaf {datum_kort(procedure.geldig_vanaf)}"
            f"{f' tot en met {datum_kort(procedure.geldig_tot)}' if procedure.geldig_tot else ''}, "
            f"versie {procedure.versie}.",
            "",
        ]
        for titel, pijlen in _diagrammen(procedure):
            regels += [
                f"### Statussen van een {titel}",
                "",
                "```mermaid",
                "stateDiagram-v2",
                *pijlen,
                "```",
                "",
            ]
        for fase in procedure.fasen:
            regels += [f"### Fase {fase.titel}", "", *_handelingen(fase), *_invoerbestanden(fase)]
    return "\n".join(regels)


def _diagrammen(procedure: Procedure) -> Iterator[tuple[str, list[str]]]:
    soorten = {"perceel": ("aanbesteding", "perceel")} | {
        s: (s,) for s in ("ronde", "verzoek", "overeenkomst")
    }
    for soort, per in soorten.items():
        handelingen = [h for _, h in procedure.list_handelingen() if h.per in per and h.naar]
        if not handelingen:
            continue
        pijlen = [f"    [*] --> {procedure.begin_status}"] if soort == "perceel" else []
        for handeling in handelingen:
            for van in sorted(handeling.van) or ["[*]"]:
                pijlen.append(f"    {van} --> {handeling.naar} : {handeling.titel.replace(':', ' -')}")
        begin = {v for h in handelingen for v in h.van}
        einden = sorted({h.naar for h in handelingen if h.naar} - begin)
        yield soort, [*pijlen, *(f"    {einde} --> [*]" for einde in einden)]


def _handelingen(fase: Fase) -> Iterator[str]:
    koppen = ("Handeling", "Rol", "Per", "Van → naar", "Regels", "Documenten", "Grondslag")
    return _tabel(koppen, (_handelingrij(h) for h in fase.handelingen))


def _handelingrij(handeling: Handeling) -> tuple[str, ...]:
    vanzelf = " (gaat ook vanzelf)" if handeling.automatisch else ""
    van = ", ".join(sorted(handeling.van)) or "–"
    return (
        f"{_cel(handeling.titel)} {_code(handeling.code)}{vanzelf}",
        handeling.rol.value,
        handeling.per,
        f"{van} → {handeling.naar or '(blijft)'}",
        ", ".join(_code(r.code) for r in handeling.regels) or "–",
        ", ".join(_code(d.code) for d in handeling.documenten) or "–",
        _cel(handeling.grondslag) or "–",
    )


def _invoerbestanden(fase: Fase) -> Iterator[str]:
    if fase.invoerbestanden:
        yield "Werkboeken die deze fase inleest:"
        yield ""
        for bestand in fase.invoerbestanden:
            bladen = ", ".join(_code(blad) for blad in bestand.bladen)
            yield f"- {_code(bestand.soort)} voor de handeling {_code(bestand.handeling)}; bladen: {bladen}"
        yield ""


# --- regels -----------------------------------------------------------------------------------------------


def list_regels() -> tuple[tuple[Regel, tuple[str, ...]], ...]:
    """Every rule of every procedure, each once, with the acts that ask it; by code, then by stage."""
    gebruik: dict[int, tuple[Regel, dict[str, None]]] = {}
    for procedure in PROCEDURES:
        for _, handeling in procedure.list_handelingen():
            for regel in handeling.regels:
                gebruik.setdefault(id(regel), (regel, {}))[1][handeling.code] = None
    gevonden = [(regel, tuple(handelingen)) for regel, handelingen in gebruik.values()]
    return tuple(sorted(gevonden, key=lambda g: (g[0].code, g[0].toets.__module__)))


def load_meldingen() -> dict[str, str]:
    """A message per rule, as a user reads it: one that a test saw (kept fresh by tests/contract/test_regels.py)."""
    return json.loads(MELDINGEN.read_text(encoding="utf-8")) if MELDINGEN.is_file() else {}


def show_regelnaam(regel: Regel) -> str:
    """What tells a rule from every other: its code and its stage (two stages may share a code)."""
    return f"{regel.toets.__module__.split('.')[2]}/{regel.code}"


def build_regels() -> str:
    """Every rule: code, article, severity, message, what must hold, certainty, and the acts that ask it."""
    regels, meldingen = list_regels(), load_meldingen()
    onbevestigd = sum(1 for regel, _ in regels if regel.zekerheid != "geverifieerd")
    rijen = (
        (
            _code(regel.code),
            _cel(regel.grondslag),
            regel.ernst.value,
            _cel(meldingen.get(show_regelnaam(regel), "(nog geen melding gezien)")),
            _cel(regel.omschrijving),
            regel.zekerheid,
            "bij de invoer" if regel.met_invoer else "vooraf",
            ", ".join(_code(h) for h in handelingen),
        )
        for regel, handelingen in regels
    )
    koppen = (
        "Code", "Grondslag", "Ernst", "Melding (voorbeeld)", "Wat moet gelden", "Zekerheid", "Wanneer", "Handelingen",
    )  # fmt: skip
    return "\n".join(
        [
            KOP,
            "# Regels",
            "",
            f"{len(regels)} regels, waarvan {onbevestigd} met een grondslag die nog niet is bevestigd. "
            "Ernst: *blokkeert* weigert de handeling, *motiveren* laat haar toe met een motivering, "
            "*signaleert* wordt alleen getoond. De melding is een voorbeeld uit de tests, met verzonnen gegevens; "
            "*wat moet gelden* is de Engelse omschrijving uit de code. Welke regels een poort bewaken, staat in "
            "[poorten.md](poorten.md).",
            "",
            *_tabel(koppen, rijen),
        ]
    )


# --- poorten ----------------------------------------------------------------------------------------------


def build_poorten() -> str:
    """Per gate: its conditions, the rules that guard each, and what else its acts ask."""
    regels = [
        KOP,
        "# Poorten",
        "",
        "Wat niet voorbij mag voordat wat geregeld is. Per voorwaarde de regels die haar bewaken, met artikel "
        "en ernst; de meldingen staan in [regels.md](regels.md). Een regel geldt bij de handelingen die zij bewaakt, "
        "in elke procedure die deze handelingen heeft; wat een procedure toevoegt of weglaat, staat in "
        "[procedures.md](procedures.md).",
        "",
    ]
    bij = index_regels()
    for poort in POORTEN:
        gevraagd = {r.code: r for code in poort.handelingen for r in bij[code]}
        genoemd = {code for voorwaarde in poort.voorwaarden for code in voorwaarde.regels}
        rijen = (
            (
                _cel(v.tekst),
                "<br>".join(
                    f"{_code(c)} ({gevraagd[c].ernst.value}; {_cel(gevraagd[c].grondslag)})" for c in v.regels
                ),
            )
            for v in poort.voorwaarden
        )
        verder = ", ".join(_code(code) for code in sorted(set(gevraagd) - genoemd))
        regels += [
            f"## {poort.van} → {poort.naar}",
            "",
            f"Handelingen: {', '.join(_code(code) for code in poort.handelingen)}.",
            "",
            *_tabel(("Voorwaarde", "Bewaakt door"), rijen),
            f"Dezelfde handelingen vragen verder: {verder or 'niets'}.",
            "",
        ]
    return "\n".join(regels)


def index_regels() -> dict[str, tuple[Regel, ...]]:
    """The rules of every act, over all procedures."""
    index: dict[str, dict[int, Regel]] = {}
    for procedure in PROCEDURES:
        for _, handeling in procedure.list_handelingen():
            index.setdefault(handeling.code, {}).update((id(r), r) for r in handeling.regels)
    return {code: tuple(regels.values()) for code, regels in index.items()}


# --- sjablonen --------------------------------------------------------------------------------------------


def build_sjablonen() -> str:
    """Per document: where its template is and every field a jurist may use in it."""
    regels = [
        KOP,
        "# Sjablonen",
        "",
        "Per document de velden die in het Word-sjabloon gebruikt mogen worden. `[]` staat voor elk element "
        "van een lijst. Voorbeelden zijn verzonnen.",
        "",
        "## In elk document: huisstijl",
        "",
        *_tabel(
            ("Veld", "Soort", "Omschrijving"),
            (
                (_code(f"huisstijl.{v.pad}"), v.soort, _cel(v.omschrijving))
                for v in list_modelvelden(Huisstijl)
                if v.omschrijving
            ),
        ),
    ]
    gezien: set[str] = set()
    for procedure in PROCEDURES:
        for fase in procedure.fasen:
            nieuw = [d for d in fase.documenten if d.code not in gezien]
            gezien.update(d.code for d in nieuw)
            if nieuw:
                regels += [f"## Fase {fase.titel}", ""]
            for document in nieuw:
                regels += _document(document)
    return "\n".join(regels)


def _document(document: Document) -> Iterator[str]:
    pad = SJABLONEN / document.sjabloon
    gebruikt = list_velden(pad) if pad.is_file() else {}
    yield f"### {document.titel} ({_code(document.code)})"
    yield ""
    yield f"- Sjabloon: {_code(f'sjablonen/{document.sjabloon}')}" + ("" if pad.is_file() else " (ontbreekt)")
    for eigen in sorted(SJABLONEN.glob(f"_regio/*/{document.sjabloon}")):
        yield f"- Eigen sjabloon van een regio: {_code(eigen.relative_to(WORTEL).as_posix())}"
    yield f"- Eén per {document.per}; " + (
        "gaat als brief naar de ontvanger" if document.verzenden else "wordt niet als brief verzonden"
    )
    if document.ondertekenaar:
        yield f"- Ondertekenaar: {document.ondertekenaar.value}"
    if document.bouwstenen:
        yield f"- Bouwstenen: {', '.join(_code(b) for b in document.bouwstenen)}"
    yield ""
    voorbeeld = document.voorbeeld()
    velden = [v for v in list_modelvelden(document.context) if v.omschrijving]
    rijen = (_veldrij(veld, voorbeeld, gebruikt) for veld in velden)
    yield from _tabel(("Veld", "Soort", "Omschrijving", "Voorbeeld", "Gebruikt"), rijen)


def _veldrij(veld: Veld, voorbeeld: DocumentContext, gebruikt: Mapping[str, str]) -> tuple[str, ...]:
    is_gebruikt = any(pad == veld.pad or pad.startswith((f"{veld.pad}.", f"{veld.pad}[")) for pad in gebruikt)
    waarde = _cel(show_waarde(load_waarde(voorbeeld, veld.pad)))
    return (_code(veld.pad), veld.soort, _cel(veld.omschrijving), waarde, "ja" if is_gebruikt else "nee")


# --- writing and checking ---------------------------------------------------------------------------------

PAGINAS: Mapping[str, Callable[[], str]] = {
    "begrippen.md": build_begrippen,
    "betrouwbaarheid.md": lambda: build_betrouwbaarheid(KOP),
    "handleiding/handelingen.md": lambda: build_handelingen(KOP),
    "poorten.md": build_poorten,
    "procedures.md": build_procedures,
    "regels.md": build_regels,
    "regios.md": lambda: build_regios(KOP),
    "sjablonen.md": build_sjablonen,
    **{f"schema/{naam}": functools.partial(build_schema, model) for naam, model in SCHEMAS.items()},
}


def list_verouderd(map_: Path = WORTEL / "docs") -> tuple[str, ...]:
    """Names of the pages that no longer say what the code says."""
    return tuple(
        naam
        for naam, build in PAGINAS.items()
        if not (map_ / naam).is_file() or (map_ / naam).read_text(encoding="utf-8") != build()
    )


def main(argumenten: list[str] | None = None) -> int:
    """Write the pages, or with --controleer tell which are out of date; returns the exit code."""
    parser = argparse.ArgumentParser(description="Maak de gegenereerde documentatie in docs/.")
    parser.add_argument("--controleer", action="store_true", help="schrijf niets; meld wat verouderd is")
    keuze = parser.parse_args(argumenten)
    verouderd = list_verouderd()
    for naam in verouderd:
        if keuze.controleer:
            print(f"docs/{naam} is verouderd; maak het opnieuw met 'make docs'.")
        else:
            pad = WORTEL / "docs" / naam
            pad.parent.mkdir(parents=True, exist_ok=True)
            pad.write_text(PAGINAS[naam](), encoding="utf-8", newline="\n")
            print(f"docs/{naam} geschreven")
    return 1 if verouderd and keuze.controleer else 0


if __name__ == "__main__":
    sys.exit(main())

"""`aanbesteding stuk herken, vergelijk, redline, inleveren`: what became of a document that a person edited in Word.

Exit codes: 0 nothing contradicts the dossier, 1 no redline could be made, 2 a file that cannot be used. `vergelijk`
ends with 3 when something contradicts the dossier or bars approval, so that a script can tell.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from aanbesteding.cli.dossier import Json, print_json
from aanbesteding.errors import AanbestedingError, InvoerError

if TYPE_CHECKING:
    from aanbesteding.documents.render_spoor import Waarden
    from aanbesteding.documents.woord.verslag import Alineaverschil, Vergelijking

app = typer.Typer(no_args_is_help=True)
T = TypeVar("T")
STRIJDIG = 3
_KLEUR = {"weg": "red strike", "nieuw": "green underline", "gelijk": ""}

Oud = Annotated[Path, typer.Argument(help="De oude versie (.docx).")]
Nieuw = Annotated[Path, typer.Argument(help="De nieuwe versie (.docx).")]


@app.command("herken")
def herken(bestand: Path, json_uit: Json = False) -> None:
    """Zeg bij welk dossier en stuk een Word-bestand hoort, hoe het ook heet."""
    from aanbesteding.documents.woord.herkenning import herken as read_herkenning

    gevonden = _name_fouten(bestand, read_herkenning)
    if json_uit:
        print_json(gevonden.__dict__)
        return
    typer.echo(
        f"{gevonden.document} voor {gevonden.ontvanger}, dossier {gevonden.dossier}, "
        f"gemaakt bij versie {gevonden.versie}."
    )


@app.command("vergelijk")
def vergelijk(oud: Oud, nieuw: Nieuw, json_uit: Json = False) -> None:
    """Vergelijk twee versies van een stuk, alinea voor alinea.

    Staat het dossier op deze computer, dan is bekend welke waarden daaruit komen: een waarde die met de hand is
    gewijzigd, is dan een tegenspraak. Eindigt met 3 als er een tegenspraak of een ander beletsel is.
    """
    from aanbesteding.documents.woord.upload import open_upload
    from aanbesteding.documents.woord.vergelijking import vergelijk as compare
    from aanbesteding.documents.woord.verslag import build_json

    oude, nieuwe = (
        _name_fouten(pad, lambda inhoud: (open_upload(inhoud), inhoud)[1]) for pad in (oud, nieuw)
    )
    waarden, uitleg = _find_waarden(nieuwe)
    uitslag = compare(oude, nieuwe, waarden)
    if json_uit:
        print_json({**build_json(uitslag), "toelichting": uitleg})
    else:
        _print_vergelijking(uitslag, uitleg)
    if uitslag.tegenspraken or uitslag.beletsels:
        raise typer.Exit(STRIJDIG)


@app.command("redline")
def redline(
    oud: Oud,
    nieuw: Nieuw,
    uit: Annotated[Path, typer.Option("--uit", help="Bestand waarin de redline komt.")],
    als: Annotated[
        str, typer.Option("--als", help="Naam bij de wijzigingen; standaard uw gebruikersnaam.")
    ] = "",
    overschrijf: Annotated[
        bool, typer.Option("--overschrijf", help="Een bestaand bestand vervangen.")
    ] = False,
    json_uit: Json = False,
) -> None:
    """Maak een Word-bestand met de verschillen als bijgehouden wijzigingen.

    Alles accepteren geeft de nieuwe versie, alles verwerpen de oude; dat wordt altijd nagegaan.
    """
    from aanbesteding.adapters.klok import Systeemklok
    from aanbesteding.adapters.redline import make_redline
    from aanbesteding.bootstrap import load_settings

    if uit.is_dir() or not uit.parent.is_dir():
        raise InvoerError([f"--uit: '{uit}' kan niet; noem een bestand in een map die bestaat."])
    if uit.exists() and not overschrijf:
        raise InvoerError([f"--uit: '{uit}' bestaat al. Kies een andere naam, of geef --overschrijf."])
    gemaakt = make_redline(
        _read(oud),
        _read(nieuw),
        auteur=als or _find_gebruiker(),
        moment=Systeemklok().nu(),
        map_=load_settings().motoren,
    )
    try:
        uit.write_bytes(gemaakt.docx)
    except OSError as fout:
        raise InvoerError([f"--uit: '{uit}' is niet te schrijven. Kies een andere plaats."]) from fout
    if json_uit:
        print_json({"bestand": str(uit), "motor": gemaakt.motor, "wijzigingen": gemaakt.wijzigingen})
        return
    typer.echo(
        f"{gemaakt.wijzigingen} wijzigingen in {uit} (gemaakt met {gemaakt.motor}). Nagegaan: "
        "alles accepteren geeft de nieuwe versie, alles verwerpen de oude."
    )


@app.command("inleveren")
def inleveren(
    bestand: Annotated[Path, typer.Argument(help="Het bewerkte Word-bestand (.docx).")],
    als: Annotated[str, typer.Option("--als", help="Wie het inlevert.")],
    toelichting: Annotated[str, typer.Option("--toelichting", help="Wat er is gewijzigd en waarom.")] = "",
    motivering: Annotated[
        str, typer.Option("--motivering", help="Waarom elke tegenspraak met het dossier blijft staan.")
    ] = "",
    json_uit: Json = False,
) -> None:
    """Lever een bewerkt stuk in als nieuwe versie; het bestand zegt zelf bij welk stuk het hoort."""
    from aanbesteding.bootstrap import load_app
    from aanbesteding.documents.woord.herkenning import herken as read_herkenning
    from aanbesteding.engine.inleveren import perform_inlevering, read_inlevering

    app_, inhoud = load_app(), _read(bestand)
    dossier = _name_fouten(bestand, read_herkenning).dossier
    app_.load(dossier)
    inlevering = read_inlevering(app_, dossier, inhoud)
    motiveringen = {t.sleutel: motivering for t in inlevering.vergelijking.tegenspraken}
    resultaat = perform_inlevering(
        app_, dossier, inhoud, als, toelichting=toelichting, motiveringen=motiveringen
    )
    nummer, tegen = inlevering.stuk.huidig.nummer + 1, len(inlevering.vergelijking.tegenspraken)
    if json_uit:
        print_json(
            {
                "dossier": dossier,
                "stuk": inlevering.stuk.id,
                "versie": nummer,
                "dossierversie": resultaat.versie,
                "tegenspraken": tegen,
                "gemotiveerd": bool(motivering.strip()) or not tegen,
            }
        )
        return
    open_ = "" if not tegen or motivering.strip() else " Zonder motivering houdt dat goedkeuring tegen."
    typer.echo(
        f"{inlevering.stuk.id}: ingeleverd als versie {nummer}, {tegen} keer in tegenspraak met het dossier.{open_}"
    )


# --- reading ----------------------------------------------------------------------------------------------


def _read(pad: Path) -> bytes:
    try:
        return pad.read_bytes()
    except OSError as fout:
        raise InvoerError([f"'{pad}' is niet te lezen ({fout.strerror}). Kies een Word-bestand."]) from fout


def _name_fouten(pad: Path, lees: Callable[[bytes], T]) -> T:
    """What `lees` makes of a file; its errors name the file."""
    try:
        return lees(_read(pad))
    except InvoerError as fout:
        raise InvoerError([f"{pad.name}: {zin}" for zin in fout.fouten]) from fout


def _find_gebruiker() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "aanbesteding"


def _find_waarden(inhoud: bytes) -> tuple[Waarden | None, str]:
    """The values of the dossier, when this installation has it; otherwise why they are not known."""
    from aanbesteding.bootstrap import load_app, load_settings
    from aanbesteding.documents.woord.herkenning import herken as read_herkenning
    from aanbesteding.engine.waarden import find_rij, load_waarden

    instellingen = load_settings()
    if not instellingen.database_url and not os.path.exists(instellingen.home / "aanbesteding.db"):
        return None, "Er is hier geen dossier: welke waarden uit het dossier komen, is niet bekend."
    try:
        app_ = load_app()
        return load_waarden(app_, find_rij(app_, read_herkenning(inhoud))), ""
    except AanbestedingError as fout:
        return None, f"Welke waarden uit het dossier komen, is niet bekend. {fout}"


# --- showing ----------------------------------------------------------------------------------------------


def _print_vergelijking(uitslag: Vergelijking, uitleg: str) -> None:
    scherm = Console(soft_wrap=True, highlight=False)
    for alinea in uitslag.verschillen:
        _print_alinea(scherm, alinea)
    for opmerking in uitslag.opmerkingen:
        bij = f" bij '{escape(opmerking.bij)}'" if opmerking.bij else ""
        scherm.print(f"[cyan]opmerking[/] {escape(opmerking.auteur)}{bij}: {escape(opmerking.tekst)}")
    for beletsel in uitslag.beletsels:
        scherm.print(f"[red]{escape(beletsel)}[/]")
    if uitslag.clausules:
        scherm.print(f"Afwijking van het register van clausules: {escape(', '.join(uitslag.clausules))}.")
    gelijk, anders = len(uitslag.alineas) - len(uitslag.gewijzigd), len(uitslag.gewijzigd)
    tegen = len(uitslag.tegenspraken)
    scherm.print(
        f"{gelijk} alinea's ongewijzigd, {anders} gewijzigd; "
        + (f"{tegen} keer in tegenspraak met het dossier." if uitslag.waarden_bekend else escape(uitleg))
    )


def _print_alinea(scherm: Console, alinea: Alineaverschil) -> None:
    kleur = "red" if alinea.tegenspraken else "yellow"
    plek = escape(str(alinea.plek)) or "in de tekst"
    scherm.print(f"[{kleur}]{alinea.oordeel}, {alinea.vorm or 'al in de vorige versie'}[/] {plek}")
    scherm.print(Text("  ").append_text(_show_woorden(alinea.woorden, kleur=scherm.is_terminal)))
    for tegenspraak in alinea.tegenspraken:
        nu = f"nu '{tegenspraak.nieuw}'" if tegenspraak.nieuw else "weggehaald"
        zin = f"  in het dossier '{tegenspraak.oud}', {nu} ({tegenspraak.soort}, veld {tegenspraak.veld})"
        scherm.print(f"[red]{escape(zin)}[/]")
    if alinea.cijfers:
        scherm.print(escape(f"  nieuw in de tekst: {', '.join(alinea.cijfers)}"))
    for wat in alinea.overig:
        scherm.print(escape(f"  {wat}"))


def _show_woorden(woorden: Sequence[tuple[str, str]], *, kleur: bool) -> Text:
    """The words with what went and came; in brackets where there are no colours."""
    haken = {"weg": ("[-", "-]"), "nieuw": ("{+", "+}")}
    delen = [(t, _KLEUR[s]) if kleur else (t.join(haken.get(s, ("", ""))), "") for s, t in woorden]
    return Text.assemble(*delen)

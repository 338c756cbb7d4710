"""Commands about evidence: check a dossier, and find where a clause was sent."""

from __future__ import annotations

import dataclasses
import getpass
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, TaskID
from rich.table import Table

from aanbesteding.cli.dossier import Json, print_json
from aanbesteding.errors import InvoerError

if TYPE_CHECKING:
    from aanbesteding.engine.app import App
    from aanbesteding.engine.melding import Melding
    from aanbesteding.engine.verifieer import Verificatie

VERZONDEN = "verzonden"
TOON = 20
"""Findings of one kind that are printed in full; the rest is counted."""


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("verifieer")(verifieer)
    app.command("clausules")(clausules)
    app.command("exporteer")(exporteer)
    app.command("herbereken")(herbereken)
    app.command("bewaar")(bewaar)
    app.command("herstel")(herstel)


def verifieer(
    dossier: Annotated[
        str,
        typer.Argument(
            help="Code van het dossier; zonder: elk dossier, en het logboek van wat daarbuiten gebeurt."
        ),
    ] = "",
    json_uit: Json = False,
    kop: Annotated[
        str,
        typer.Option(
            "--kop", help="Een hash die u elders heeft genoteerd, bijvoorbeeld uit een proces-verbaal."
        ),
    ] = "",
    alles: Annotated[
        bool, typer.Option("--alles", help="Toon elke melding, ook als het er veel zijn.")
    ] = False,
) -> None:
    """Controleer een dossier: feiten, logboek en elk bestand, en maak elk document opnieuw en vergelijk het.

    Eindigt met 0 als alles klopt en met 1 als er iets gewijzigd is of ontbreekt.
    """
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.verifieer import verify, verify_algemeen
    from aanbesteding.storage.bewijs import find_kop
    from aanbesteding.storage.queries import list_dossiers

    app = load_app()
    if kop and not dossier:
        raise InvoerError(["--kop hoort bij één dossier. Noem de code van het dossier."])
    uitslagen: list[Verificatie] = []
    with Progress(console=Console(stderr=True), transient=True) as balk:
        for code in [dossier] if dossier else [regel.code for regel in list_dossiers(app.database)]:
            taak = balk.add_task(f"Documenten van {code} opnieuw maken", total=None)

            def tel(gedaan: int, totaal: int, *, taak: TaskID = taak) -> None:
                balk.update(taak, completed=gedaan, total=totaal)

            uitslagen.append(verify(app, code, tel))
    algemeen = None if dossier else verify_algemeen(app)
    plaats = find_kop(app.database, dossier, "".join(kop.split()).lower()) if kop else ""
    if json_uit:
        delen = [_build_json(uitslag) for uitslag in uitslagen]
        if algemeen is None:
            print_json(delen[0] | ({"kop_gevonden": plaats} if kop else {}))
        else:
            print_json({"dossiers": delen, "algemeen": dataclasses.asdict(algemeen)})
    else:
        for uitslag in uitslagen:
            _toon_uitslag(uitslag, alles)
        if algemeen is not None:
            _toon_meldingen(algemeen.meldingen, alles)
            oordeel = "NIET in orde" if algemeen.meldingen else "in orde"
            typer.echo(
                f"Het algemene logboek is {oordeel}: {algemeen.regels} regels.\n"
                f"Hash van de laatste logregel: {algemeen.kop or 'er zijn nog geen regels'}"
            )
        if kop:
            typer.echo(
                f"De opgegeven kop is {plaats}; alles tot en met daar is zoals toen."
                if plaats
                else "De opgegeven kop komt in dit dossier niet voor: het is niet meer het dossier van toen."
            )
    if (kop and not plaats) or (algemeen and algemeen.meldingen) or not all(u.in_orde for u in uitslagen):
        raise typer.Exit(1)


def _build_json(uitslag: Verificatie) -> dict[str, object]:
    return {
        "dossier": uitslag.dossier,
        "in_orde": uitslag.in_orde,
        "feiten": uitslag.feiten,
        "documenten": uitslag.documenten,
        "gereproduceerd": uitslag.gereproduceerd,
        "kop": uitslag.kop,
        "logregels": uitslag.logregels,
        "logkop": uitslag.logkop,
        "meldingen": [melding.__dict__ for melding in uitslag.meldingen],
    }


def _toon_uitslag(uitslag: Verificatie, alles: bool) -> None:
    _toon_meldingen(uitslag.meldingen, alles)
    oordeel = "in orde" if uitslag.in_orde else "NIET in orde"
    typer.echo(
        f"Dossier {uitslag.dossier} is {oordeel}: {uitslag.feiten} feiten, {uitslag.logregels} logregels, "
        f"{uitslag.documenten} documenten, waarvan {uitslag.gereproduceerd} opnieuw gemaakt en byte voor byte gelijk.\n"
        f"Hash van het laatste feit:    {uitslag.kop or 'er zijn nog geen feiten'}\n"
        f"Hash van de laatste logregel: {uitslag.logkop or 'er zijn nog geen regels'}"
    )


def _toon_meldingen(meldingen: Iterable[Melding], alles: bool) -> None:
    scherm, gezien = Console(), Counter[str]()
    for melding in meldingen:
        gezien[melding.soort] += 1
        if alles or gezien[melding.soort] <= TOON:
            kleur = "red" if melding.is_fout else "yellow"
            scherm.print(
                f"[{kleur}]{escape(melding.soort)}[/]  {escape(melding.waar)}: {escape(melding.tekst)}",
                highlight=False,
            )
    for soort, aantal in gezien.items():
        if not alles and aantal > TOON:
            scherm.print(f"… en nog {aantal - TOON} keer '{soort}'; zie --alles.")


def exporteer(
    dossier: str,
    uit: Annotated[
        Path | None, typer.Option("--uit", help="Waar het archief komt; zonder: <dossier>.zip in deze map.")
    ] = None,
    json_uit: Json = False,
) -> None:
    """Maak één archief van een dossier: feiten, documenten, gegevens, sjablonen, logboek en definities.

    Wat nog verzegeld is, staat er niet in. Het archief bevat een programma dat het controleert zonder aanbesteding.
    """
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.archief import save_archief

    app, pad = load_app(), uit or Path(f"{dossier}.zip")
    _note_gedownload(app, dossier, "exporteer")
    geschreven = save_archief(app, dossier, pad)
    _meld_geschreven(geschreven.__dict__, json_uit)


def _note_gedownload(app: App, dossier: str, opdracht: str) -> None:
    """Whoever is at this machine takes along everything that was opened: that is in the log, before it happens."""
    from aanbesteding.storage.audit import Auditregel, Auditsoort, record_audit
    from aanbesteding.storage.dossier import load_kop

    regio = load_kop(app.database, dossier).regio if dossier else ""
    wie = f"opdrachtregel:{find_systeemgebruiker()}"
    regel = Auditregel(app.klok.nu(), Auditsoort.GEDOWNLOAD, wie, "", regio, dossier, opdracht)
    record_audit(app.database, regel)


def find_systeemgebruiker() -> str:
    """The name by which the machine knows whoever gives this command."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "onbekend"


def herbereken(archief: Path, json_uit: Json = False) -> None:
    """Bereken uit een archief alleen elke rangorde en elk document opnieuw en vergelijk met wat is vastgelegd.

    Eindigt met 0 als alles gelijk is en met 1 als er iets afwijkt of het archief beschadigd is.
    """
    import tempfile

    from aanbesteding.bootstrap import make_app
    from aanbesteding.engine.archief import DOSSIER, check_archief, open_archief, vreemde_inhoud
    from aanbesteding.engine.herbereken import recalculate
    from aanbesteding.settings import Settings

    check_archief(archief, DOSSIER)
    with tempfile.TemporaryDirectory() as naam:
        map_ = Path(naam)
        instellingen = Settings(
            home=map_, database_url="", documenten_url="", documenten_eindpunt="", regios=map_ / "regios"
        )
        app, code = open_archief(make_app(instellingen), archief, map_)
        with vreemde_inhoud(archief):
            uitslag = recalculate(app, code)
        app.database.dispose()
    meldingen = [*uitslag.afwijkingen, *uitslag.verificatie.meldingen]
    if json_uit:
        print_json(
            {
                "dossier": code,
                "gelijk": uitslag.gelijk,
                "rangordes": uitslag.rangordes,
                "documenten": uitslag.documenten,
                "gereproduceerd": uitslag.verificatie.gereproduceerd,
                "kop": uitslag.verificatie.kop,
                "meldingen": [melding.__dict__ for melding in meldingen],
            }
        )
    else:
        for melding in meldingen:
            typer.echo(f"{melding.soort}  {melding.waar}: {melding.tekst}")
        oordeel = "is gelijk" if uitslag.gelijk else "wijkt AF"
        typer.echo(
            f"Dossier {code} {oordeel}: {uitslag.rangordes} rangordes opnieuw berekend, de gegevens van "
            f"{uitslag.documenten} documenten opnieuw uit de feiten gehaald en "
            f"{uitslag.verificatie.gereproduceerd} documenten byte voor byte opnieuw gemaakt."
        )
    if not uitslag.gelijk:
        raise typer.Exit(1)


def bewaar(
    uit: Annotated[Path, typer.Argument(help="Waar de reservekopie komt (een nieuw bestand).")],
    json_uit: Json = False,
) -> None:
    """Maak één reservekopie van alles: database, documenten, eigen regio's en sleutels van deze omgeving.

    Het bestand is zo vertrouwelijk als de omgeving zelf. Terugzetten gaat met 'herstel'.
    """
    from aanbesteding.bootstrap import load_app, load_settings
    from aanbesteding.engine.archief import save_reservekopie

    if uit.exists():
        raise InvoerError(
            [f"{uit} bestaat al. Kies een nieuw bestand, zodat een oude kopie nooit verdwijnt."]
        )
    app = load_app()
    _note_gedownload(app, "", "bewaar")
    geschreven = save_reservekopie(app, uit, load_settings().bijlagen)
    uit.chmod(0o600)
    _meld_geschreven(geschreven.__dict__, json_uit)


def herstel(reservekopie: Path, json_uit: Json = False) -> None:
    """Zet een reservekopie terug in een lege omgeving (AANBESTEDING_HOME) en controleer elk dossier.

    Eindigt met 0 als alles terug is en klopt; met 1 als een dossier niet in orde is.
    """
    from aanbesteding.bootstrap import load_app, load_settings
    from aanbesteding.engine.archief import ALLES, check_archief, restore
    from aanbesteding.engine.verifieer import verify, verify_algemeen

    check_archief(reservekopie, ALLES)
    app = load_app()
    uitslagen = [verify(app, code) for code in restore(app, reservekopie, load_settings().bijlagen)]
    logboek = verify_algemeen(app)
    if json_uit:
        print_json([{"dossier": u.dossier, "in_orde": u.in_orde, "kop": u.kop} for u in uitslagen])
    else:
        for u in uitslagen:
            oordeel = "in orde" if u.in_orde else "NIET in orde, zie 'aanbesteding verifieer'"
            typer.echo(f"Dossier {u.dossier} is {oordeel}: {u.feiten} feiten, {u.documenten} documenten.")
        typer.echo(f"{len(uitslagen)} dossiers teruggezet.")
        if logboek.meldingen:
            typer.echo("Het algemene logboek is NIET in orde, zie 'aanbesteding verifieer' zonder dossier.")
    if logboek.meldingen or not all(u.in_orde for u in uitslagen):
        raise typer.Exit(1)


def _meld_geschreven(geschreven: dict[str, object], json_uit: bool) -> None:
    if json_uit:
        print_json({naam: str(waarde) if naam == "pad" else waarde for naam, waarde in geschreven.items()})
        return
    typer.echo(
        f"Geschreven: {geschreven['pad']} ({geschreven['leden']} bestanden).\nSHA-256: {geschreven['sha256']}"
    )


def clausules(
    clausule: Annotated[str, typer.Option("--clausule", help="Alleen deze clausule.")] = "",
    versie: Annotated[str, typer.Option("--versie", help="Alleen deze versie van de clausule.")] = "",
    dossier: Annotated[str, typer.Option("--dossier", help="Alleen documenten van dit dossier.")] = "",
    document: Annotated[str, typer.Option("--document", help="Pad van een document in het dossier.")] = "",
    bestand: Annotated[
        Path | None, typer.Option("--bestand", help="Een Word-bestand, waar het ook vandaan komt.")
    ] = None,
    verzonden: Annotated[
        bool, typer.Option("--verzonden", help="Alleen documenten die verzonden zijn.")
    ] = False,
    json_uit: Json = False,
) -> None:
    """Toon welke clausules in welke documenten staan, met versie en voorwaarde.

    Zonder keuze: alle clausules met het aantal documenten. Met --clausule: de documenten waarin zij staat.
    """
    if bestand is not None:
        _toon_bestand(bestand, json_uit)
        return
    from aanbesteding.bootstrap import load_app
    from aanbesteding.storage.bewijs import count_clausules, list_clausuleregels

    app, status = load_app(), VERZONDEN if verzonden else ""
    bekend = {(c, v): n for c, v, n in count_clausules(app.database)}
    _check_bekend(bekend, clausule, versie)
    if not (clausule or dossier or document):
        telling = count_clausules(app.database, status=status)
        if json_uit:
            print_json([{"clausule": c, "versie": v, "documenten": n} for c, v, n in telling])
            return
        tabel = Table("Clausule", "Versie", "Documenten")
        for c, v, n in telling:
            tabel.add_row(escape(c), v, str(n))
        Console().print(tabel)
        return
    if dossier:
        app.load(dossier)
    regels = list_clausuleregels(
        app.database, clausule=clausule, versie=versie, dossier=dossier, pad=document, status=status
    )
    if json_uit:
        print_json([{**r.__dict__, "pad": app.bestanden.show(r.dossier, r.pad)} for r in regels])
        return
    tabel = Table(
        "Clausule", "Versie", "Voorwaarde", "Dossier", "Document", "Voor", "Uitgave", "Status", "Bestand"
    )
    for r in regels:
        tabel.add_row(
            escape(r.clausule), r.versie, escape(r.voorwaarde), r.dossier, r.document, escape(r.ontvanger_naam),
            str(r.uitgave), r.status, r.pad,
        )  # fmt: skip
    Console().print(tabel)
    typer.echo(f"{len({(r.dossier, r.pad) for r in regels})} documenten.")


def _check_bekend(bekend: dict[tuple[str, str], int], clausule: str, versie: str) -> None:
    """An unknown clause or version is told, with the nearest that do exist."""
    import difflib

    ids = sorted({c for c, _ in bekend})
    if clausule and clausule not in ids:
        buren = difflib.get_close_matches(clausule, ids, n=3, cutoff=0.3)
        hint = (
            f"Bedoelt u: {', '.join(buren)}?"
            if buren
            else "Er is nog geen document met een clausule gemaakt."
        )
        raise InvoerError([f"De clausule '{clausule}' staat in geen enkel document. {hint}"])
    versies = sorted(v for c, v in bekend if not clausule or c == clausule)
    if versie and versie not in versies:
        raise InvoerError(
            [
                f"Versie {versie} staat in geen enkel document. Wel: {', '.join(dict.fromkeys(versies)) or 'geen'}."
            ]
        )


def _toon_bestand(bestand: Path, json_uit: bool) -> None:
    """The clauses of any Word file, with what it says about itself."""
    from aanbesteding.bootstrap import load_app
    from aanbesteding.documents.clausules import find_clausules
    from aanbesteding.documents.lezen import read_docx, read_eigenschappen
    from aanbesteding.storage.bewijs import list_clausuleregels

    leden = read_docx(bestand)
    eigen = read_eigenschappen(leden)
    gevonden = find_clausules(bestand.read_bytes())
    regels = list_clausuleregels(load_app().database, dossier=eigen.get("dossier", "-"))
    voorwaarden = {
        (r.clausule, r.versie): r.voorwaarde
        for r in regels
        if (r.document, r.ontvanger) == (eigen.get("document"), eigen.get("ontvanger"))
    }
    if json_uit:
        print_json(
            {
                "bestand": str(bestand),
                "eigenschappen": eigen,
                "clausules": [
                    {
                        "clausule": c.id,
                        "versie": c.versie,
                        "voorwaarde": voorwaarden.get((c.id, c.versie), ""),
                    }
                    for c in gevonden
                ],
            }
        )
        return
    for naam in ("dossier", "document", "ontvanger"):
        if naam in eigen:
            typer.echo(f"{naam}: {eigen[naam]}")
    tabel = Table("Clausule", "Versie", "Voorwaarde")
    for c in gevonden:
        tabel.add_row(escape(c.id), c.versie, escape(voorwaarden.get((c.id, c.versie), "onbekend")))
    Console().print(tabel)

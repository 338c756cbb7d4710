"""`aanbesteding termijn`: count a term with its explanation, list the holidays, make or check a planning.

Nothing is counted here (see domain/termijn.py and domain/planning.py); this package reads options and writes
text, JSON or a calendar file. The planning has a file of its own.

Must stay true: bad input ends with exit code 2 and a Dutch sentence that names the option; importing this
package loads no database, Word or Prefect.
"""

from __future__ import annotations

import re
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from aanbesteding.cli.termijn.planning import planning
from aanbesteding.cli.termijn.vorm import (
    AlsJson,
    NietElektronisch,
    NietVrij,
    Peildatum,
    Versneld,
    faults,
    parse_aantal,
    parse_datum,
    parse_datum_of_niets,
    parse_datums,
    parse_procedure,
    show,
    show_json,
    show_termijn,
)
from aanbesteding.domain.kalender import feestdagen, show_datum
from aanbesteding.domain.norm import load_normen
from aanbesteding.domain.termijn import (
    PROCEDURES,
    Eenheid,
    Regime,
    check_ouderdom,
    count_aankondiging_gunning,
    count_bewaartermijn,
    count_gestanddoening,
    count_inschrijftermijn,
    count_nvi,
    count_opschortende_termijn,
    count_periode,
    count_vervaltermijn,
)
from aanbesteding.errors import InvoerError

app = typer.Typer(help="Termijnen rekenen, met uitleg.", no_args_is_help=True, add_completion=False)
app.command()(planning)

REGIMES = {"atw": Regime.ATW, "verordening": Regime.EU, "stukken": Regime.CONTRACT}
BEWIJSSOORTEN = ("handelsregister", "gva", "belasting")
_DATUM = "(JJJJ-MM-DD, of een tijdstip met tijdzone)."
Verzonden = Annotated[str, typer.Option("--verzonden", help=f"Dag van verzending {_DATUM}")]
Gegund = Annotated[str, typer.Option("--gegund", help=f"Dag van gunning {_DATUM}")]
Sluiting = Annotated[str, typer.Option("--sluiting", help=f"Dag van sluiting {_DATUM}")]


@app.command()
def opschortend(verzonden: Verzonden = "", peildatum: Peildatum = "", als_json: AlsJson = False) -> None:
    """Opschortende termijn na de mededeling van de gunningsbeslissing."""
    with faults():
        termijn = count_opschortende_termijn(
            parse_datum("--verzonden", verzonden),
            load_normen(),
            peildatum=parse_datum_of_niets("--peildatum", peildatum),
        )
        show_termijn(termijn, als_json)


@app.command()
def vervaltermijn(
    verzonden: Verzonden = "",
    dagen: Annotated[int | None, typer.Option("--dagen", help="Lengte volgens de stukken.")] = None,
    strikt: Annotated[
        bool, typer.Option("--strikt", help="De stukken laten de termijn niet gelijk eindigen.")
    ] = False,
    peildatum: Peildatum = "",
    als_json: AlsJson = False,
) -> None:
    """Vervaltermijn uit de aanbestedingsstukken, naast de opschortende termijn."""
    with faults():
        termijn = count_vervaltermijn(
            parse_datum("--verzonden", verzonden),
            parse_aantal("--dagen", dagen),
            load_normen(),
            gelijk_met_opschortend=not strikt,
            peildatum=parse_datum_of_niets("--peildatum", peildatum),
        )
        show_termijn(termijn, als_json)


@app.command()
def inschrijving(
    procedure: Annotated[str, typer.Option("--procedure", help=", ".join(PROCEDURES))] = "",
    verzonden: Verzonden = "",
    niet_elektronisch: NietElektronisch = False,
    documenten_niet_vrij: NietVrij = False,
    peildatum: Peildatum = "",
    als_json: AlsJson = False,
) -> None:
    """Kortste termijn voor inschrijvingen of aanmeldingen."""
    with faults():
        termijn = count_inschrijftermijn(
            parse_procedure(procedure),
            parse_datum("--verzonden", verzonden),
            load_normen(),
            elektronisch=not niet_elektronisch,
            documenten_vrij=not documenten_niet_vrij,
            peildatum=parse_datum_of_niets("--peildatum", peildatum),
        )
        show_termijn(termijn, als_json)


@app.command()
def nvi(
    sluiting: Sluiting = "",
    versneld: Versneld = False,
    peildatum: Peildatum = "",
    als_json: AlsJson = False,
) -> None:
    """Laatste dag voor de nota van inlichtingen."""
    with faults():
        termijn = count_nvi(
            parse_datum("--sluiting", sluiting),
            load_normen(),
            versneld=versneld,
            peildatum=parse_datum_of_niets("--peildatum", peildatum),
        )
        show_termijn(termijn, als_json)


@app.command("aankondiging-gunning")
def aankondiging_gunning(
    gegund: Gegund = "",
    per_kwartaal: Annotated[
        bool, typer.Option("--per-kwartaal", help="SAS: gebundeld per kwartaal.")
    ] = False,
    peildatum: Peildatum = "",
    als_json: AlsJson = False,
) -> None:
    """Laatste dag voor de aankondiging van de gegunde opdracht."""
    with faults():
        termijn = count_aankondiging_gunning(
            parse_datum("--gegund", gegund),
            load_normen(),
            per_kwartaal=per_kwartaal,
            peildatum=parse_datum_of_niets("--peildatum", peildatum),
        )
        show_termijn(termijn, als_json)


@app.command()
def gestanddoening(
    sluiting: Sluiting = "",
    dagen: Annotated[int | None, typer.Option("--dagen", help="Lengte volgens de stukken.")] = None,
    als_json: AlsJson = False,
) -> None:
    """Tot wanneer inschrijvingen geldig blijven."""
    with faults():
        dag = parse_datum("--sluiting", sluiting)
        show_termijn(count_gestanddoening(dag, parse_aantal("--dagen", dagen)), als_json)


@app.command()
def bewijsmiddel(
    soort: Annotated[str, typer.Option("--soort", help=", ".join(BEWIJSSOORTEN))] = "",
    datum: Annotated[str, typer.Option("--datum", help="Datum van het bewijsmiddel.")] = "",
    ingediend: Annotated[str, typer.Option("--ingediend", help="Dag van indienen van de inschrijving.")] = "",
    als_json: AlsJson = False,
) -> None:
    """Is een bewijsmiddel bij het indienen jong genoeg?"""
    with faults():
        if soort not in BEWIJSSOORTEN:
            raise InvoerError([f"--soort '{soort}' is onbekend. Kies {', '.join(BEWIJSSOORTEN)}."])
        bewijs_datum, dag = parse_datums(("--datum", datum), ("--ingediend", ingediend))
        uitkomst = check_ouderdom(bewijs_datum, dag, soort, load_normen())
        if als_json:
            show_json(
                {
                    "code": uitkomst.code,
                    "voldoet": uitkomst.voldoet,
                    "oudste_datum": uitkomst.oudste_datum.isoformat(),
                    "grondslag": uitkomst.grondslag,
                    "tekst": uitkomst.tekst,
                }
            )
        else:
            show(f"{uitkomst.tekst} [{uitkomst.grondslag}]")


@app.command()
def bewaren(
    gegund: Gegund = "",
    einde_overeenkomst: Annotated[
        str, typer.Option("--einde-overeenkomst", help="Laatste dag van de overeenkomst.")
    ] = "",
    peildatum: Peildatum = "",
    als_json: AlsJson = False,
) -> None:
    """Tot wanneer het aanbestedingsdossier bewaard blijft."""
    with faults():
        termijn = count_bewaartermijn(
            parse_datum("--gegund", gegund),
            load_normen(),
            einde_overeenkomst=parse_datum_of_niets("--einde-overeenkomst", einde_overeenkomst),
            peildatum=parse_datum_of_niets("--peildatum", peildatum),
        )
        show_termijn(termijn, als_json)


@app.command()
def tellen(
    vanaf: Annotated[str, typer.Option("--vanaf", help=f"Dag van de gebeurtenis {_DATUM}")] = "",
    aantal: Annotated[int | None, typer.Option("--aantal", help="Lengte van de termijn.")] = None,
    eenheid: Annotated[str, typer.Option("--eenheid", help="dagen, weken, maanden of jaren.")] = "dagen",
    regime: Annotated[str, typer.Option("--regime", help="atw, verordening of stukken.")] = "atw",
    terug: Annotated[bool, typer.Option("--terug", help="Terugrekenen vanaf de gebeurtenis.")] = False,
    peildatum: Peildatum = "",
    als_json: AlsJson = False,
) -> None:
    """Een andere termijn: Termijnenwet, Verordening 1182/71 of alleen de stukken."""
    with faults():
        termijn = count_periode(
            parse_datum("--vanaf", vanaf),
            parse_aantal("--aantal", aantal, "eenheden"),
            _parse_eenheid(eenheid),
            _parse_regime(regime),
            load_normen(),
            terug=terug,
            peildatum=parse_datum_of_niets("--peildatum", peildatum),
        )
        show_termijn(termijn, als_json)


def _parse_eenheid(tekst: str) -> Eenheid:
    if tekst == "uren":
        raise InvoerError(
            [
                "--eenheid uren: een termijn in uren valt buiten de Algemene termijnenwet (art. 4) en schuift "
                "niet op. Tel de uren vanaf het tijdstip zelf."
            ]
        )
    try:
        return Eenheid(tekst)
    except ValueError:
        keuzes = ", ".join(e.value for e in Eenheid)
        raise InvoerError([f"--eenheid '{tekst}' is onbekend. Kies {keuzes}."]) from None


def _parse_regime(tekst: str) -> Regime:
    if tekst not in REGIMES:
        raise InvoerError([f"--regime '{tekst}' is onbekend. Kies {', '.join(REGIMES)}."])
    return REGIMES[tekst]


@app.command("feestdagen")
def list_feestdagen(
    jaar: Annotated[str, typer.Argument(help="Het jaar, bijvoorbeeld 2026.")] = "",
    als_json: AlsJson = False,
) -> None:
    """Algemeen erkende feestdagen volgens de Algemene termijnenwet."""
    with faults():
        if not re.fullmatch(r"[0-9]{4}", jaar):
            raise InvoerError([f"Jaar '{jaar}' is geen jaar van vier cijfers. Schrijf bijvoorbeeld 2026."])
        dagen = feestdagen(int(jaar))
        if als_json:
            show_json(
                {"jaar": int(jaar), "feestdagen": {dag.isoformat(): naam for dag, naam in dagen.items()}}
            )
            return
        tabel = Table("Datum", "Dag", "Feestdag", title=f"Feestdagen {jaar} (Algemene termijnenwet art. 3)")
        for dag, naam in dagen.items():
            tabel.add_row(dag.isoformat(), show_datum(dag), naam)
        Console().print(tabel)

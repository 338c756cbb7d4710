"""Typer's own words in Dutch: the headings of `--help`, and what is said about a wrong option or argument.

Must stay true: a command line that cannot be read ends with exit code 2, names the option and where the help is;
what is not in the table below is still told, after a Dutch opening.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperGroup

_ZINNEN = (
    (
        r"No such command '?(.*?)'?\.(?: Did you mean (.*)\?)?",
        r"De opdracht '\1' bestaat niet.|Bedoelt u \2?",
    ),
    (r"No such option: (.*?)(?: \(Possible options: (.*)\))?", r"De optie \1 bestaat niet.|Bedoelt u \2?"),
    (r"Missing option (.*)\.", r"De optie \1 ontbreekt."),
    (r"Missing argument '?\{?(.*?)\}?'?\.", r"Het argument '\1' ontbreekt."),
    (r"Missing command\.", "Geef een opdracht."),
    (r"Option (.*) requires an argument\.", r"Bij de optie \1 hoort een waarde."),
    (r"Option (.*) does not take a value\.", r"Bij de optie \1 hoort geen waarde."),
    (r"Got unexpected extra argument\(s\) \((.*)\)", r"Dit hoort er niet bij: \1."),
    (r"Invalid value for (.*): .*valid integer.*", r"\1: hier hoort een geheel getal."),
    (r"Invalid value for (.*): .*greater than or equal to (.*)", r"\1: hier hoort \2 of meer."),
    (r"Invalid value for (.*): .*less than or equal to (.*)", r"\1: hier hoort \2 of minder."),
    (
        r"Invalid value for (.*): (?:Value error, )?(.*) is not one of (.*)\.",
        r"\1: \2 kan niet; kies uit \3.",
    ),
)


class NederlandseGroep(TyperGroup):
    """The whole command line; only its words differ from Typer's."""

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run a command; the exit code is Typer's own."""
        _set_woorden(self)
        try:
            uitkomst = super().main(*args, standalone_mode=False, **extra)
        except typer.Abort:
            print("Afgebroken.", file=sys.stderr)  # noqa: T201
            sys.exit(1)
        except Exception as fout:
            if not hasattr(fout, "format_message"):
                raise
            _show_fout(fout)
            sys.exit(2)
        if standalone_mode:
            sys.exit(uitkomst if isinstance(uitkomst, int) else 0)
        return uitkomst


def translate_fout(melding: str) -> str:
    """The Dutch sentence for what Typer says about the command line."""
    for patroon, zin in _ZINNEN:
        gevonden = re.fullmatch(patroon, melding, re.DOTALL)
        if gevonden is not None:
            kern, _, suggestie = zin.partition("|")
            delen = [kern, suggestie] if suggestie and gevonden[2] else [kern]
            return " ".join(gevonden.expand(deel) for deel in delen)
    return f"De opdrachtregel klopt niet: {melding}"


def _show_fout(fout: Any) -> None:
    if type(fout).__name__ == "NoArgsIsHelpError":  # the help stands there already
        return
    print(translate_fout(fout.format_message()), file=sys.stderr)  # noqa: T201
    if getattr(fout, "ctx", None) is not None:
        print(f"Uitleg: {fout.ctx.command_path} --help", file=sys.stderr)  # noqa: T201


def _set_woorden(groep: TyperGroup) -> None:
    rich_utils.ARGUMENTS_PANEL_TITLE = "Argumenten"
    rich_utils.OPTIONS_PANEL_TITLE = "Opties"
    rich_utils.COMMANDS_PANEL_TITLE = "Opdrachten"
    rich_utils.REQUIRED_LONG_STRING = "[verplicht]"
    rich_utils.DEFAULT_STRING = "[standaard: {}]"
    for opdracht in _list_opdrachten(groep):
        hulp = opdracht.get_help_option(typer.Context(opdracht))
        if hulp is not None:
            hulp.help = "Toon deze uitleg en stop."
        if opdracht.options_metavar == "[OPTIONS]":
            opdracht.options_metavar = "[OPTIES]"
        if isinstance(opdracht, TyperGroup):
            opdracht.subcommand_metavar = "OPDRACHT [ARGUMENTEN]..."


def _list_opdrachten(groep: Any) -> Iterator[Any]:
    yield groep
    for opdracht in groep.commands.values():
        if isinstance(opdracht, TyperGroup):
            yield from _list_opdrachten(opdracht)
        else:
            yield opdracht

"""Renders a prepared template strictly: each part once, from compiled code, with every guard on.

The template is prepared in render_laden.py; what a value may look like is decided in render_omgeving.py, what
need not be checked per document in render_bewijs.py, where a fault stands in render_fout.py.

Must stay true: the result is well-formed XML, or there is no result; a fault is a SjabloonMismatch that names
its place; nothing of the data is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import CodeType
from typing import TYPE_CHECKING, Any

from jinja2 import Template as JinjaTemplate
from jinja2 import TemplateError, nodes

from aanbesteding.documents.render_bewijs import (
    has_balanced_takken,
    has_losse_tekening,
    has_vaste_tabellen,
    is_wellformed,
)
from aanbesteding.documents.render_code import compile_boom, render_deel
from aanbesteding.documents.render_fout import locate_fout
from aanbesteding.documents.render_inhoud import fill_inhoudsopgave, has_inhoudsopgave, list_kopnummers
from aanbesteding.documents.render_omgeving import (
    STAAT,
    OngeldigeWaarde,
    Staat,
    StrengeOmgeving,
)
from aanbesteding.documents.render_takken import instrument_takken
from aanbesteding.documents.render_zip import CORE, DOCUMENT, number_tekeningen
from aanbesteding.errors import SjabloonMismatch

if TYPE_CHECKING:
    from aanbesteding.documents.render_pakket import Pakket

_ONTSNAPT = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
# What a template or a value of the wrong kind raises; anything else is a fault of this package.
_FOUTEN = (
    OngeldigeWaarde,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RecursionError,
    MemoryError,
)
_REGELTEKEN = re.compile(r"<w:t(?: [^>]*)?>[^<]*[\n\t]")


@dataclass(frozen=True)
class _Deel:
    """One compiled part of a template and what was proven about it."""

    naam: str
    bron: str
    root: Callable[[Any], Iterable[Any]]
    jinja: JinjaTemplate
    in_bytes: bool
    in_balans: bool
    vaste_tabellen: bool
    eigen_regeleinde: bool
    losse_tekening: bool
    inhoudsopgave: bool


class Streng:
    """A template compiled for one strict environment."""

    def __init__(self, pakket: Pakket, omgeving: StrengeOmgeving) -> None:
        self.pakket = pakket
        self.omgeving = omgeving
        self._koppen = list_kopnummers(pakket.leden)
        self._delen = tuple(self._compile(naam, bron) for naam, bron in pakket.bronnen.items())

    def render(self, velden: Mapping[str, object], staat: Staat) -> dict[str, bytes]:
        """The members that differ from the package. Raises Omweg or SjabloonMismatch."""
        alles = {**self.omgeving.globals, **velden}
        uit: dict[str, bytes] = {}
        merk = STAAT.set(staat)
        try:
            for deel in self._delen:
                staat.deel, staat.tekening = deel.naam, deel.losse_tekening
                staat.regeleinde, staat.opmaak = deel.eigen_regeleinde, False
                try:
                    data = render_deel(deel.root, deel.jinja, deel.in_bytes, alles)
                except (TemplateError, *_FOUTEN) as fout:
                    raise self.locate(deel.naam, velden, fout) from fout
                uit[deel.naam] = self._finish(deel, data, staat)
        finally:
            STAAT.reset(merk)
        return uit

    def locate(self, naam: str, velden: Mapping[str, object], fout: Exception) -> SjabloonMismatch:
        """The Dutch error for a fault in this part."""
        zoekend = StrengeOmgeving(basis=self.omgeving)
        return locate_fout(self.pakket.naam, naam, self.pakket.bronnen[naam], zoekend, velden, fout)

    def _compile(self, naam: str, bron: str) -> _Deel:
        try:
            boom = self.omgeving.parse(bron)
            for data in boom.find_all(nodes.TemplateData):
                for ontsnapt, letterlijk in _ONTSNAPT:
                    data.data = data.data.replace(ontsnapt, letterlijk)
            los = naam != CORE and has_losse_tekening(boom)
            balans = has_balanced_takken(boom)
            jinja, in_bytes = compile_boom(self.omgeving, boom)
        except TemplateError as fout:
            raise self.locate(naam, {}, fout) from fout
        return _Deel(
            naam,
            bron,
            jinja.root_render_func,
            jinja,
            in_bytes,
            balans and self.omgeving.autoescape is True,
            naam == CORE or has_vaste_tabellen(bron),
            naam != CORE and _REGELTEKEN.search(bron) is not None,
            los,
            naam == DOCUMENT and has_inhoudsopgave(bron),
        )

    def _finish(self, deel: _Deel, data: bytes, staat: Staat) -> bytes:
        """The rare repairs (line ends, columns, contents, pictures), and the check of what is unproven."""
        zeker = deel.in_balans and not staat.opmaak
        if deel.naam != CORE:
            if staat.regeleinde:
                data = _referentie().resolve_regels(data)
            if not (zeker and deel.vaste_tabellen) and is_wellformed(data, naamruimten=True):
                data = _referentie().fix_tabellen(data)
            if deel.inhoudsopgave:
                data = fill_inhoudsopgave(data.decode(), self._koppen).encode()
            if staat.tekening:
                data = number_tekeningen(data)
        if not zeker and not is_wellformed(data, naamruimten=True):
            raise SjabloonMismatch(
                f"Sjabloon '{self.pakket.naam}', onderdeel {deel.naam}: het resultaat is geen geldig document; "
                "controleer of elke {% if %} en {% for %} in dezelfde alinea of tabelrij begint en eindigt."
            )
        return data

    def finish_omweg(self, data: bytes) -> bytes:
        """What this way adds to a body that docxtpl rendered."""
        if not has_inhoudsopgave(data.decode()):
            return data
        return fill_inhoudsopgave(data.decode(), self._koppen).encode()


def _referentie() -> Any:
    """docxtpl's own functions; loaded only when a document needs them."""
    from aanbesteding.documents import render_referentie

    return render_referentie


class Takken:
    """A template compiled so that it notes which branches (see inspect.list_takken) a context takes."""

    def __init__(self, pakket: Pakket, kleur: str) -> None:
        self._kleur = kleur
        self._delen: list[JinjaTemplate] = []
        omgeving = StrengeOmgeving()
        for naam, bron in pakket.bronnen.items():
            boom = omgeving.parse(bron)
            instrument_takken(naam, boom)
            code: CodeType = omgeving.compile(boom)  # pyright: ignore[reportAssignmentType, reportCallIssue, reportArgumentType]
            self._delen.append(JinjaTemplate.from_code(omgeving, code, {}))

    def record(self, velden: Mapping[str, object]) -> frozenset[str]:
        """Codes of the branches that this context takes."""
        staat = Staat(self._kleur)
        merk = STAAT.set(staat)
        try:
            for deel in self._delen:
                deel.render(velden)
        finally:
            STAAT.reset(merk)
        return frozenset(staat.takken)

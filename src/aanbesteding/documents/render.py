"""Renders Word templates: compile once, render many, strict and escaped.

`load_template` prepares a template (render_laden.py); `Template.render_bytes` fills it. What a value may
look like is decided in render_omgeving.py, what need not be checked per document in render_bewijs.py, where
a fault stands in render_fout.py, and the bytes are laid out in render_zip.py. Wording stands in the
templates.

Must stay true: every part is rendered exactly once, so that text of a supplier is never evaluated; the same
template, context and version of this package give the same bytes; without `strict` docxtpl itself does the
work.
Traps: docxtpl renders footnotes once per section, which evaluated data (closed here, in both modes); its
recovering parser drops text without an error when escaping is off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import Template as JinjaTemplate
from jinja2 import TemplateError, nodes
from pydantic import BaseModel

from aanbesteding.documents.huisstijl import ACCENT, Huisstijl
from aanbesteding.documents.render_bewijs import has_balanced_takken, has_vaste_tabellen, is_wellformed
from aanbesteding.documents.render_fout import locate_fout
from aanbesteding.documents.render_inhoud import fill_inhoudsopgave, has_inhoudsopgave, list_kopnummers
from aanbesteding.documents.render_laden import CORE, DOCUMENT, Bouwsteen, Pakket, load_pakket
from aanbesteding.documents.render_omgeving import STAAT, OngeldigeWaarde, Staat, StrengeOmgeving
from aanbesteding.documents.render_referentie import fix_tabellen, render_referentie, resolve_regels
from aanbesteding.documents.render_takken import instrument_takken
from aanbesteding.documents.render_zip import (
    CUSTOM,
    Blok,
    Lid,
    add_afbeelding_relaties,
    add_eigenschappen_relatie,
    add_png_type,
    build_lid,
    render_eigenschappen,
)
from aanbesteding.errors import InvoerError, SjabloonMismatch

__all__ = ["Template", "load_template"]

_DOCPR = re.compile(r'(<wp:docPr\b[^>]*?\bid=")[^"]*(")')
_ONTSNAPT = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))


@dataclass(frozen=True)
class _Deel:
    """One compiled part of a template and what was proven about it."""

    naam: str
    bron: str
    root: Callable[[Any], Iterable[str]]
    jinja: JinjaTemplate
    in_balans: bool
    vaste_tabellen: bool
    eigen_regeleinde: bool
    eigen_tekening: bool
    inhoudsopgave: bool


class Template:
    """A prepared template; make it with `load_template`. Safe to use for any number of documents."""

    def __init__(self, pakket: Pakket, huisstijl: Huisstijl | None) -> None:
        self.naam = pakket.naam
        self.bouwstenen: tuple[Bouwsteen, ...] = pakket.bouwstenen
        self._pakket = pakket
        self._huisstijl = huisstijl
        self._kleur = huisstijl.kleur if huisstijl else ACCENT
        self._koppen = list_kopnummers(pakket.leden)
        self._gecompileerd: dict[tuple[bool, int], tuple[StrengeOmgeving, Any, tuple[_Deel, ...]]] = {}
        self._blokken: dict[bool, Blok] = {}
        self._vorige: dict[str, tuple[bytes, Lid]] = {}

    def render_bytes(
        self,
        context: Mapping[str, object] | BaseModel,
        *,
        strict: bool = True,
        autoescape: bool = True,
        jinja_env: Any = None,
        eigenschappen: Mapping[str, str] | None = None,
    ) -> bytes:
        """Return the .docx for one context.

        Strict: an unknown field, a value without a filter or a control character is a SjabloonMismatch that
        names the place. Not strict: what docxtpl makes of it. `eigenschappen` become custom properties.
        """
        velden = self._build_velden(context)
        if not strict:
            return self._render_referentie(velden, autoescape, jinja_env, eigenschappen)
        staat, tekst = self._render_delen(velden, autoescape, jinja_env)
        return self._build_bytes(tekst, staat, eigenschappen)

    def record_takken(self, context: Mapping[str, object] | BaseModel) -> frozenset[str]:
        """Codes of the branches (see inspect.list_takken) that this context takes; compiles anew."""
        velden = self._build_velden(context)
        omgeving = StrengeOmgeving()
        staat = Staat(self._kleur)
        merk = STAAT.set(staat)
        try:
            for naam, bron in self._pakket.bronnen.items():
                boom = omgeving.parse(bron)
                instrument_takken(naam, boom)
                code: CodeType = omgeving.compile(boom)  # pyright: ignore[reportAssignmentType, reportCallIssue, reportArgumentType]
                JinjaTemplate.from_code(omgeving, code, {}).render(velden)
        finally:
            STAAT.reset(merk)
        return frozenset(staat.takken)

    def _build_velden(self, context: Mapping[str, object] | BaseModel) -> dict[str, object]:
        velden = dict(context)
        if self._huisstijl is not None:
            velden.setdefault("huisstijl", self._huisstijl)
        return velden

    def _compile(self, autoescape: bool, jinja_env: Any) -> tuple[StrengeOmgeving, tuple[_Deel, ...]]:
        sleutel = (autoescape, id(jinja_env))
        bekend = self._gecompileerd.get(sleutel)
        if bekend is None:
            omgeving = StrengeOmgeving(autoescape=autoescape, basis=jinja_env)
            delen = tuple(self._compile_deel(omgeving, n, b) for n, b in self._pakket.bronnen.items())
            # jinja_env is kept, so that its id cannot be given to another object
            bekend = self._gecompileerd[sleutel] = (omgeving, jinja_env, delen)
        return bekend[0], bekend[2]

    def _compile_deel(self, omgeving: StrengeOmgeving, naam: str, bron: str) -> _Deel:
        try:
            boom = omgeving.parse(bron)
            for data in boom.find_all(nodes.TemplateData):
                for ontsnapt, letterlijk in _ONTSNAPT:
                    data.data = data.data.replace(ontsnapt, letterlijk)
            balans = has_balanced_takken(boom)
            code: CodeType = omgeving.compile(boom)  # pyright: ignore[reportAssignmentType, reportCallIssue, reportArgumentType]
        except TemplateError as fout:
            raise self._locate(naam, bron, omgeving, {}, fout) from fout
        jinja = JinjaTemplate.from_code(omgeving, code, omgeving.make_globals(None))
        return _Deel(
            naam, bron, jinja.root_render_func, jinja, balans and omgeving.autoescape is True,
            naam == CORE or has_vaste_tabellen(bron),
            naam != CORE and re.search(r"<w:t(?: [^>]*)?>[^<]*[\n\t]", bron) is not None,
            "<wp:docPr" in bron,
            naam == DOCUMENT and has_inhoudsopgave(bron),
        )  # fmt: skip

    def _locate(
        self, deel: str, bron: str, omgeving: StrengeOmgeving, velden: Mapping[str, object], fout: Exception
    ) -> SjabloonMismatch:
        zoekend = StrengeOmgeving(basis=omgeving, samenvoegen=False)
        return locate_fout(self.naam, deel, bron, zoekend, velden, fout)

    def _render_delen(
        self, velden: dict[str, object], autoescape: bool, env: Any
    ) -> tuple[Staat, dict[str, bytes]]:
        omgeving, delen = self._compile(autoescape, env)
        staat = Staat(self._kleur)
        alles = {**omgeving.globals, **velden}
        uit: dict[str, bytes] = {}
        merk = STAAT.set(staat)
        try:
            for deel in delen:
                staat.regeleinde = deel.eigen_regeleinde
                staat.opmaak = False
                voor = len(staat.afbeeldingen)
                try:
                    stukken = b"".join(map(str.encode, deel.root(deel.jinja.new_context(alles, shared=True))))
                except (TemplateError, OngeldigeWaarde, ValueError, TypeError, AttributeError) as fout:
                    raise self._locate(deel.naam, deel.bron, omgeving, velden, fout) from fout
                uit[deel.naam] = self._finish(deel, stukken, staat, len(staat.afbeeldingen) > voor)
        finally:
            STAAT.reset(merk)
        return staat, uit

    def _finish(self, deel: _Deel, data: bytes, staat: Staat, beeld: bool) -> bytes:
        """The rare repairs (line ends, columns, contents, pictures), and the check of what is unproven."""
        if deel.naam != CORE:
            if staat.regeleinde:
                data = resolve_regels(data)
            if not deel.vaste_tabellen and is_wellformed(data):
                data = fix_tabellen(data)
            if deel.inhoudsopgave:
                data = fill_inhoudsopgave(data.decode(), self._koppen).encode()
            if beeld or deel.eigen_tekening:
                teller = iter(range(1001, 1_000_000))
                data = _DOCPR.sub(lambda m: f"{m[1]}{next(teller)}{m[2]}", data.decode()).encode()
        if (staat.opmaak or beeld or not deel.in_balans) and not is_wellformed(data):
            raise SjabloonMismatch(
                f"Sjabloon '{self.naam}', onderdeel {deel.naam}: het resultaat is geen geldig document; "
                "controleer of elke {% if %} en {% for %} in dezelfde alinea of tabelrij begint en eindigt."
            )
        return data

    def _build_bytes(
        self, delen: dict[str, bytes], staat: Staat, eigenschappen: Mapping[str, str] | None
    ) -> bytes:
        wisselend = [self._build_lid(naam, data) for naam, data in delen.items()]
        if eigenschappen:
            wisselend.append(build_lid(CUSTOM, render_eigenschappen(eigenschappen)))
        if staat.afbeeldingen:
            return self._build_met_afbeeldingen(delen, wisselend, staat, bool(eigenschappen))
        blok = self._blokken.get(bool(eigenschappen))
        if blok is None:
            blok = self._blokken[bool(eigenschappen)] = Blok(
                self._build_vast(delen, bool(eigenschappen)).values()
            )
        return blok.build_zip(wisselend)

    def _build_lid(self, naam: str, data: bytes) -> Lid:
        """Deflate a part, or take the previous document's when it is equal (headers, footers)."""
        if naam == DOCUMENT:
            return build_lid(naam, data)
        vorige = self._vorige.get(naam)
        if vorige is None or vorige[0] != data:
            vorige = self._vorige[naam] = (data, build_lid(naam, data))
        return vorige[1]

    def _vaste_leden(self, eigenschappen: bool) -> dict[str, bytes]:
        leden = dict(self._pakket.leden)
        if eigenschappen:
            add_eigenschappen_relatie(leden)
            leden.pop(CUSTOM, None)
        return leden

    def _build_vast(self, delen: Mapping[str, bytes], eigenschappen: bool) -> dict[str, Lid]:
        leden = self._vaste_leden(eigenschappen)
        return {naam: build_lid(naam, data) for naam, data in leden.items() if naam not in delen}

    def _build_met_afbeeldingen(
        self, delen: dict[str, bytes], wisselend: list[Lid], staat: Staat, eigenschappen: bool
    ) -> bytes:
        leden = {n: d for n, d in self._vaste_leden(eigenschappen).items() if n not in delen}
        add_png_type(leden)
        for naam, data in delen.items():
            relaties = {i: a.lidnaam for i, a in staat.afbeeldingen.items() if i.encode() in data}
            if relaties:
                map_, _, kort = naam.rpartition("/")
                rels = f"{map_}/_rels/{kort}.rels"
                leden[rels] = add_afbeelding_relaties(leden.get(rels), relaties)
        wisselend += [build_lid(a.lidnaam, a.png) for _, a in sorted(staat.afbeeldingen.items())]
        return Blok(build_lid(n, d) for n, d in leden.items()).build_zip(wisselend)

    def _render_referentie(
        self, velden: dict[str, object], autoescape: bool, env: Any, eigenschappen: Mapping[str, str] | None
    ) -> bytes:
        """docxtpl itself, with the package's order and time fixed."""
        kaal = Blok(build_lid(n, d) for n, d in self._pakket.leden.items()).build_zip(())
        leden = render_referentie(kaal, velden, autoescape=autoescape, jinja_env=env)
        if eigenschappen:
            add_eigenschappen_relatie(leden)
            leden[CUSTOM] = render_eigenschappen(eigenschappen)
        return Blok(build_lid(n, d) for n, d in leden.items()).build_zip(())


def load_template(
    path: Path | str, *, huisstijl: Huisstijl | None = None, bouwstenen: Path | None = None
) -> Template:
    """Read and prepare a template; compile happens at the first rendering.

    `huisstijl` gives colour, typeface and the field `huisstijl`. `bouwstenen` is the directory of building
    blocks; without it the nearest _bouwstenen above the template is used. Raises SjabloonMismatch.
    """
    pad = Path(path)
    if not pad.is_file():
        raise InvoerError([f"Het sjabloon '{pad.name}' bestaat niet ({pad.parent})."])
    return Template(load_pakket(pad, huisstijl=huisstijl, bouwstenen=bouwstenen), huisstijl)

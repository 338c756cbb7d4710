"""Renders Word templates: compile once, render many, strict and escaped.

`load_template` prepares a template; `Template.render_bytes` fills it: strictly (render_streng.py) or as docxtpl
does (render_soepel.py), and what neither can do by docxtpl itself (render_referentie.py). The package is built
in render_bouw.py. Wording stands in the templates.

Must stay true: every part is rendered exactly once, so that text of a supplier is never evaluated; the same
template, context and version of this package give the same bytes; without `strict` every part is equal, as
canonical XML, to what docxtpl makes.
Traps: docxtpl renders footnotes once per section, which evaluated data (closed here, in both modes); its
recovering parser drops text without an error when escaping is off.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aanbesteding.documents.huisstijl import ACCENT
from aanbesteding.documents.render_bouw import Bouwer, build_heel
from aanbesteding.documents.render_fout import locate_soepel
from aanbesteding.documents.render_omgeving import Omweg, Staat, StrengeOmgeving
from aanbesteding.documents.render_soepel import Soepel, make_soepele_omgeving
from aanbesteding.documents.render_spoor import Spooromgeving, Waarden
from aanbesteding.documents.render_streng import Streng, Takken
from aanbesteding.documents.render_voorbereiding import prepare_basis, prepare_pakket
from aanbesteding.documents.render_zip import DOCUMENT, DOCUMENT_RELS, Pers, add_koppelingen, list_rel_ids
from aanbesteding.errors import InvoerError

if TYPE_CHECKING:
    from pydantic import BaseModel

    from aanbesteding.documents.render_pakket import Basis, Bouwsteen, Pakket
    from aanbesteding.domain.huisstijl import Huisstijl

__all__ = ["Template", "load_template"]

_OMGEVINGEN = 8
Sleutel = tuple[bool, int, int, int]


class Template:
    """A prepared template; make it with `load_template`. Safe to use for any number of documents."""

    def __init__(self, pakket: Pakket, huisstijl: Huisstijl | None, pers: Pers, cache: bool) -> None:
        self.naam = pakket.naam
        self.bouwstenen: tuple[Bouwsteen, ...] = pakket.bouwstenen
        self._pakket = pakket
        self._huisstijl = huisstijl
        self._pers = pers
        self._cache = cache
        self._kleur = huisstijl.kleur if huisstijl else ACCENT
        self._streng: dict[Sleutel, tuple[Any, Streng]] = {}
        self._soepel: dict[Sleutel, tuple[Any, Soepel | None]] = {}
        self._koppelingen: dict[str, str] = {}
        self._gastheer: Any = None

    @cached_property
    def _basis(self) -> Basis:
        return prepare_basis(self._pakket, self._cache)

    @cached_property
    def _takken(self) -> Takken:
        return Takken(self._pakket, self._kleur)

    @cached_property
    def _strenge_bouwer(self) -> Bouwer:
        return Bouwer(self._pakket.leden, self._pers)

    @cached_property
    def _soepele_bouwer(self) -> Bouwer:
        return Bouwer(self._basis.leden, self._pers)

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
        koppelingen, self._koppelingen = self._koppelingen, {}
        gastheer, self._gastheer = self._gastheer, None
        bouwer = self._strenge_bouwer if strict else self._soepele_bouwer
        staat = Staat(self._kleur, beeldbasis=bouwer.beeldbasis, koppelingen=koppelingen)
        maak = self._render_streng if strict else self._render_soepel
        try:
            if gastheer is not None:
                raise Omweg(gastheer)
            return bouwer.build(maak(velden, autoescape, jinja_env, staat), staat, eigenschappen)
        except Omweg as omweg:
            docx = self._open_gastheer(omweg.tpl, koppelingen)
            leden = self._render_omweg(docx, velden, strict, autoescape, jinja_env)
            return build_heel(leden, self._pers, eigenschappen)

    def compile(self, *, strict: bool = True, autoescape: bool = True, jinja_env: Any = None) -> None:
        """Compile now what the first document would compile; SjabloonMismatch when a tag is wrong."""
        if strict:
            self._get_streng(autoescape, jinja_env)
        else:
            with self._located({}, autoescape, jinja_env):
                soepel = self._get_soepel(autoescape, jinja_env)
                if soepel is not None:
                    soepel.compile()

    def build_url_id(self, url: str) -> str:
        """Id of a hyperlink for a RichText (`url_id=`) in the next document to be rendered."""
        if self._gastheer is not None:
            return self._gastheer.build_url_id(url)
        if url not in self._koppelingen:
            bezet = list_rel_ids(self._pakket.leden.get(DOCUMENT_RELS)) | set(self._koppelingen.values())
            self._koppelingen[url] = next(
                i for n in range(1, len(bezet) + 2) if (i := f"rId{n}") not in bezet
            )
        return self._koppelingen[url]

    def new_subdoc(self, docpath: Any = None) -> Any:
        """A docxtpl Subdoc for the next document to be rendered (which docxtpl itself will then do)."""
        from aanbesteding.documents.render_referentie import Referentie, open_docx

        if self._gastheer is None:
            gastheer: Any = Referentie(open_docx(build_heel(self._pakket.leden, self._pers)))
            for url in self._koppelingen:
                gastheer.build_url_id(url)
            self._gastheer = gastheer
        return self._gastheer.new_subdoc(docpath)

    def record_takken(self, context: Mapping[str, object] | BaseModel) -> frozenset[str]:
        """Codes of the branches (see inspect.list_takken) that this context takes; compiles at the first call."""
        return self._takken.record(self._build_velden(context))

    def render_waarden(self, context: Mapping[str, object] | BaseModel) -> Waarden:
        """The document of this context with every filled-in value marked (render_spoor.py); compiles anew."""
        omgeving = Spooromgeving()
        staat = Staat(self._kleur, beeldbasis=self._strenge_bouwer.beeldbasis)
        delen = Streng(self._pakket, omgeving).render(self._build_velden(context), staat)
        return Waarden(self._strenge_bouwer.build(delen, staat, None), tuple(omgeving.velden))

    def _build_velden(self, context: Mapping[str, object] | BaseModel) -> dict[str, object]:
        velden = dict(context)
        if self._huisstijl is not None:
            velden.setdefault("huisstijl", self._huisstijl)
        return velden

    def _get_streng(self, autoescape: bool, env: Any) -> Streng:
        sleutel = _make_sleutel(autoescape, env)
        if sleutel not in self._streng:
            _limit(self._streng)
            streng = Streng(self._pakket, StrengeOmgeving(autoescape=autoescape, basis=env))
            self._streng[sleutel] = (env, streng)  # env is kept, so that its id cannot be given to another
        return self._streng[sleutel][1]

    def _get_soepel(self, autoescape: bool, env: Any) -> Soepel | None:
        sleutel = _make_sleutel(autoescape, env)
        if sleutel not in self._soepel:
            _limit(self._soepel)
            omgeving = make_soepele_omgeving(env, autoescape)
            snel = omgeving is not None and self._basis.gewoon
            self._soepel[sleutel] = (env, Soepel(self._basis, omgeving) if snel else None)
        return self._soepel[sleutel][1]

    def _render_streng(
        self, velden: dict[str, object], autoescape: bool, env: Any, staat: Staat
    ) -> dict[str, bytes]:
        return self._get_streng(autoescape, env).render(velden, staat)

    def _render_soepel(
        self, velden: dict[str, object], autoescape: bool, env: Any, staat: Staat
    ) -> dict[str, bytes]:
        with self._located(velden, autoescape, env):
            soepel = self._get_soepel(autoescape, env)
            if soepel is None:
                raise Omweg(None)
            return soepel.render(velden, staat)

    @contextmanager
    def _located(self, velden: dict[str, object], autoescape: bool, env: Any) -> Generator[None]:
        try:
            yield
        except Omweg:
            raise
        except Exception as fout:
            zoekend = make_soepele_omgeving(env, autoescape)
            raise locate_soepel(self.naam, self._basis.bronnen, zoekend, velden, fout) from fout

    def _open_gastheer(self, tpl: Any, koppelingen: Mapping[str, str]) -> bytes:
        """The package that docxtpl must render: the caller's, when a Subdoc changed it, or the template."""
        from aanbesteding.documents.render_referentie import save_eigen

        leden = dict(self._pakket.leden)
        if koppelingen:
            leden[DOCUMENT_RELS] = add_koppelingen(leden.get(DOCUMENT_RELS), koppelingen)
        return save_eigen(tpl) or build_heel(leden, self._pers)

    def _render_omweg(
        self, docx: bytes, velden: dict[str, object], strict: bool, autoescape: bool, env: Any
    ) -> dict[str, bytes]:
        """The members that docxtpl itself makes, with our guards when strict."""
        from aanbesteding.documents.render_referentie import render_referentie

        kern = None
        if strict:
            omgeving: Any = StrengeOmgeving(autoescape=autoescape, basis=env)
            kern = StrengeOmgeving(autoescape=False, basis=env)
        else:
            omgeving = make_soepele_omgeving(env, autoescape)
            if omgeving is None:
                omgeving = env.overlay(autoescape=True) if autoescape else env
        try:
            leden = render_referentie(docx, velden, omgeving, kern_env=kern, kleur=self._kleur)
        except Exception as fout:
            raise locate_soepel(self.naam, self._pakket.bronnen, omgeving, velden, fout) from fout
        if strict:
            leden[DOCUMENT] = self._get_streng(autoescape, env).finish_omweg(leden[DOCUMENT])
        return leden


def _make_sleutel(autoescape: bool, env: Any) -> Sleutel:
    return autoescape, id(env), id(getattr(env, "autoescape", None)), id(getattr(env, "finalize", None))


def _limit(bewaard: dict[Any, Any]) -> None:
    """Keep the newest few: a caller may bring a new environment for every document."""
    while len(bewaard) >= _OMGEVINGEN:
        del bewaard[next(iter(bewaard))]


def load_template(
    path: Path | str,
    *,
    huisstijl: Huisstijl | None = None,
    bouwstenen: Path | None = None,
    archief: bool = False,
    cache: bool = True,
) -> Template:
    """Read and prepare a template; compile happens at the first rendering.

    `huisstijl` gives colour, typeface and the field `huisstijl`. `bouwstenen` is the directory of building
    blocks; without it the nearest _bouwstenen above the template is used. `archief`: smaller files whose
    bytes do not depend on which packages are installed, at some cost of time. `cache`: whether the prepared
    template is kept on disk for the next process. Raises SjabloonMismatch.
    """
    pad = Path(path)
    if not pad.is_file():
        raise InvoerError([f"Het sjabloon '{pad.name}' bestaat niet ({pad.parent})."])
    pers = Pers.ARCHIEF if archief else Pers.SNEL
    return Template(prepare_pakket(pad, huisstijl, bouwstenen, cache), huisstijl, pers, cache)

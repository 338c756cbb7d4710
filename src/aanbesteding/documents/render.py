"""Renders Word templates: compile once, render many, strict and escaped.

`load_template` prepares a template; `Template.render_bytes` fills it: strictly (render_streng.py) or as docxtpl
does (render_soepel.py), and what neither can do by docxtpl itself (render_referentie.py). The bytes are laid
out in render_zip.py. Wording stands in the templates.

Must stay true: every part is rendered exactly once, so that text of a supplier is never evaluated; the same
template, context and version of this package give the same bytes; without `strict` every part is equal, as
canonical XML, to what docxtpl makes.
Traps: docxtpl renders footnotes once per section, which evaluated data (closed here, in both modes); its
recovering parser drops text without an error when escaping is off.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aanbesteding.documents.huisstijl import ACCENT
from aanbesteding.documents.render_beeld import Beeldbasis, name_rels
from aanbesteding.documents.render_cache import (
    load_basis_uit_cache,
    load_pakket_uit_cache,
    make_sleutel,
    save_in_cache,
)
from aanbesteding.documents.render_fout import locate_soepel
from aanbesteding.documents.render_omgeving import Omweg, Staat, StrengeOmgeving
from aanbesteding.documents.render_pakket import find_bouwstenen
from aanbesteding.documents.render_soepel import Soepel, make_soepele_omgeving
from aanbesteding.documents.render_streng import Streng, record_takken
from aanbesteding.documents.render_zip import (
    CUSTOM,
    DOCUMENT,
    DOCUMENT_RELS,
    TYPES,
    Blok,
    Lid,
    Pers,
    add_eigenschappen_relatie,
    add_koppelingen,
    add_relaties,
    add_type,
    list_rel_ids,
    render_eigenschappen,
)
from aanbesteding.errors import InvoerError

if TYPE_CHECKING:
    from pydantic import BaseModel

    from aanbesteding.documents.render_pakket import Basis, Bouwsteen, Pakket
    from aanbesteding.domain.huisstijl import Huisstijl

__all__ = ["Template", "load_template"]

_OMGEVINGEN = 8


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
        self._basis_: Basis | None = None
        self._streng: dict[tuple[bool, int], tuple[Any, Streng]] = {}
        self._soepel: dict[tuple[bool, int], tuple[Any, Soepel | None]] = {}
        self._blokken: dict[tuple[bool, bool, frozenset[str]], Blok] = {}
        self._vorige: dict[tuple[bool, str], tuple[bytes, Lid]] = {}
        self._koppelingen: dict[str, str] = {}
        self._gastheer: Any = None
        self._beeldbases: dict[bool, Beeldbasis] = {}

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
        maak = self._render_streng if strict else self._render_soepel
        try:
            if gastheer is not None:
                raise Omweg(gastheer)
            delen, staat = maak(velden, autoescape, jinja_env, koppelingen)
        except Omweg as omweg:
            return self._render_omweg(
                velden, strict, autoescape, jinja_env, eigenschappen, omweg.tpl, koppelingen
            )
        return self._build_bytes(strict, delen, staat, eigenschappen, koppelingen)

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
            gastheer: Any = Referentie(open_docx(self._build_kaal()))
            for url in self._koppelingen:
                gastheer.build_url_id(url)
            self._gastheer = gastheer
        return self._gastheer.new_subdoc(docpath)

    def record_takken(self, context: Mapping[str, object] | BaseModel) -> frozenset[str]:
        """Codes of the branches (see inspect.list_takken) that this context takes; compiles anew."""
        return record_takken(self._pakket, self._build_velden(context), self._kleur)

    def _build_velden(self, context: Mapping[str, object] | BaseModel) -> dict[str, object]:
        velden = dict(context)
        if self._huisstijl is not None:
            velden.setdefault("huisstijl", self._huisstijl)
        return velden

    def _get_streng(self, autoescape: bool, env: Any) -> Streng:
        sleutel = (autoescape, id(env))
        if sleutel not in self._streng:
            _limit(self._streng)
            streng = Streng(self._pakket, StrengeOmgeving(autoescape=autoescape, basis=env))
            self._streng[sleutel] = (env, streng)  # env is kept, so that its id cannot be given to another
        return self._streng[sleutel][1]

    def _get_soepel(self, autoescape: bool, env: Any) -> Soepel | None:
        sleutel = (autoescape, id(env))
        if sleutel not in self._soepel:
            _limit(self._soepel)
            omgeving = make_soepele_omgeving(env, autoescape)
            snel = omgeving is not None and self._basis.gewoon
            self._soepel[sleutel] = (env, Soepel(self._basis, omgeving) if snel else None)
        return self._soepel[sleutel][1]

    @property
    def _basis(self) -> Basis:
        if self._basis_ is None:
            kaal = self._build_kaal()
            sleutel = make_sleutel("soepel", [kaal])
            self._basis_ = load_basis_uit_cache(sleutel) if self._cache else None
            if self._basis_ is None:
                from aanbesteding.documents.render_basis import build_basis

                self._basis_ = build_basis(kaal)
                if self._cache:
                    save_in_cache(sleutel, self._basis_)
        return self._basis_

    def _make_staat(self, strict: bool, koppelingen: Mapping[str, str]) -> Staat:
        if strict not in self._beeldbases:
            self._beeldbases[strict] = Beeldbasis(self._get_leden(strict, False))
        return Staat(self._kleur, beeldbasis=self._beeldbases[strict], koppelingen=koppelingen)

    def _render_streng(
        self, velden: dict[str, object], autoescape: bool, env: Any, koppelingen: Mapping[str, str]
    ) -> tuple[dict[str, bytes], Staat]:
        return self._get_streng(autoescape, env).render(velden, self._make_staat(True, koppelingen))

    def _render_soepel(
        self, velden: dict[str, object], autoescape: bool, env: Any, koppelingen: Mapping[str, str]
    ) -> tuple[dict[str, bytes], Staat]:
        try:
            soepel = self._get_soepel(autoescape, env)
            if soepel is None:
                raise Omweg(None)
            return soepel.render(velden, self._make_staat(False, koppelingen))
        except Omweg:
            raise
        except Exception as fout:
            zoekend = make_soepele_omgeving(env, autoescape)
            raise locate_soepel(self.naam, self._basis.bronnen, zoekend, velden, fout) from fout

    def _render_omweg(
        self,
        velden: dict[str, object],
        strict: bool,
        autoescape: bool,
        env: Any,
        eigenschappen: Mapping[str, str] | None,
        tpl: Any,
        koppelingen: Mapping[str, str],
    ) -> bytes:
        """docxtpl itself, with the package's order and time fixed."""
        from aanbesteding.documents.render_referentie import render_referentie, save_eigen

        docx = save_eigen(tpl) or self._build_kaal(koppelingen)
        omgeving = StrengeOmgeving(autoescape=autoescape, basis=env) if strict else None
        kern = StrengeOmgeving(autoescape=False, basis=env) if strict else None
        omgeving = (
            omgeving
            or make_soepele_omgeving(env, autoescape)
            or env.overlay(**({"autoescape": True} if autoescape else {}))
        )
        try:
            leden = render_referentie(docx, velden, omgeving, kern_env=kern, kleur=self._kleur)
        except Exception as fout:
            raise locate_soepel(self.naam, self._pakket.bronnen, omgeving, velden, fout) from fout
        if strict:
            leden[DOCUMENT] = self._get_streng(autoescape, env).finish_omweg(leden[DOCUMENT])
        if eigenschappen:
            add_eigenschappen_relatie(leden)
            leden[CUSTOM] = render_eigenschappen(eigenschappen)
        return Blok(self._pers.build_lid(n, d) for n, d in leden.items()).build_zip(())

    def _build_kaal(self, koppelingen: Mapping[str, str] | None = None) -> bytes:
        leden = dict(self._pakket.leden)
        if koppelingen:
            leden[DOCUMENT_RELS] = add_koppelingen(leden.get(DOCUMENT_RELS), koppelingen)
        return Blok(self._pers.build_lid(n, d) for n, d in leden.items()).build_zip(())

    def _build_bytes(
        self,
        strict: bool,
        delen: dict[str, bytes],
        staat: Staat,
        eigenschappen: Mapping[str, str] | None,
        koppelingen: Mapping[str, str],
    ) -> bytes:
        wisselend = [self._build_lid(strict, naam, data) for naam, data in delen.items()]
        if eigenschappen:
            wisselend.append(self._pers.build_lid(CUSTOM, render_eigenschappen(eigenschappen)))
        anders: dict[str, bytes] = {}
        if koppelingen or staat.afbeeldingen or staat.beelden:
            anders = self._build_relaties(strict, bool(eigenschappen), delen, staat, koppelingen)
            wisselend += [self._pers.build_lid(naam, data) for naam, data in anders.items()]
        blok = self._get_blok(strict, bool(eigenschappen), frozenset(delen) | frozenset(anders))
        return blok.build_zip(wisselend)

    def _get_blok(self, strict: bool, eigenschappen: bool, wisselend: frozenset[str]) -> Blok:
        sleutel = (strict, eigenschappen, wisselend)
        if sleutel not in self._blokken:
            _limit(self._blokken)
            self._blokken[sleutel] = Blok(
                self._pers.build_lid(n, d, vast=True)
                for n, d in self._get_leden(strict, eigenschappen).items()
                if n not in wisselend
            )
        return self._blokken[sleutel]

    def _get_leden(self, strict: bool, eigenschappen: bool) -> Mapping[str, bytes]:
        """The members of the untouched document, with room for custom properties when they are asked for."""
        leden = self._pakket.leden if strict else self._basis.leden
        if not eigenschappen:
            return leden
        met = dict(leden)
        add_eigenschappen_relatie(met)
        met.pop(CUSTOM, None)
        return met

    def _build_lid(self, strict: bool, naam: str, data: bytes) -> Lid:
        """Deflate a part, or take the previous document's when it is equal (headers, footers)."""
        if naam == DOCUMENT:
            return self._pers.build_lid(naam, data)
        vorige = self._vorige.get((strict, naam))
        if vorige is None or vorige[0] != data:
            vorige = self._vorige[strict, naam] = (data, self._pers.build_lid(naam, data))
        return vorige[1]

    def _build_relaties(
        self,
        strict: bool,
        eigenschappen: bool,
        delen: dict[str, bytes],
        staat: Staat,
        koppelingen: Mapping[str, str],
    ) -> dict[str, bytes]:
        """The members that pictures and hyperlinks add or change."""
        uit: dict[str, bytes] = {}
        leden = dict(self._get_leden(strict, eigenschappen))
        if koppelingen:
            uit[DOCUMENT_RELS] = leden[DOCUMENT_RELS] = add_koppelingen(leden.get(DOCUMENT_RELS), koppelingen)
        if staat.beelden:
            uit |= staat.beelden.build_leden(leden)
        if staat.afbeeldingen:
            uit[TYPES] = add_type(uit.get(TYPES) or leden[TYPES], "png")
        for naam, data in delen.items():
            relaties = {
                i: f"/{a.lidnaam}" for i, a in sorted(staat.afbeeldingen.items()) if i.encode() in data
            }
            if relaties:
                rels = name_rels(naam)
                uit[rels] = add_relaties(uit.get(rels) or leden.get(rels), relaties)
        return uit | {a.lidnaam: a.png for _, a in sorted(staat.afbeeldingen.items())}


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
    return Template(_load_pakket(pad, huisstijl, bouwstenen, cache), huisstijl, pers, cache)


def _load_pakket(pad: Path, huisstijl: Huisstijl | None, bouwstenen: Path | None, cache: bool) -> Pakket:
    sleutel = ""
    if cache:
        map_ = find_bouwstenen(pad, bouwstenen)
        stenen = sorted(map_.glob("*.docx")) if map_ else []
        stijl = huisstijl.model_dump_json() if huisstijl else ""
        delen = [
            pad.name.encode(),
            stijl.encode(),
            *(d for s in (pad, *stenen) for d in (s.name.encode(), s.read_bytes())),
        ]
        sleutel = make_sleutel("streng", delen)
        pakket = load_pakket_uit_cache(sleutel)
        if pakket is not None:
            return pakket
    from aanbesteding.documents.render_laden import load_pakket

    pakket = load_pakket(pad, huisstijl=huisstijl, bouwstenen=bouwstenen)
    if cache:
        save_in_cache(sleutel, pakket)
    return pakket

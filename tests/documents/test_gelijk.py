"""Lenient rendering gives docxtpl's parts: for every kind of tag and value, each part as canonical XML.

The stated exceptions stand in tests of their own: footnotes are rendered once, and without an environment of
the caller a template cannot reach for private attributes.
"""
# Templates read better on one line.
# ruff: noqa: E501

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
import pytest
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, Listing, RichText, RichTextParagraph  # noqa: TID251
from lxml import etree
from markupsafe import Markup

from aanbesteding.documents import render
from aanbesteding.documents.filters import FILTERS
from aanbesteding.documents.render import load_template
from aanbesteding.errors import SjabloonMismatch
from bench_sjablonen import PROEVEN, Proef
from documents.ruw import NS, WP, cel, make_gif, make_png, p, read_leden, rij, tabel, tekening, write_docx

Context = Callable[[Any], dict[str, Any]]
_TIJD = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


@dataclass
class Geval:
    body: str
    context: Context | dict[str, Any] = field(default_factory=dict)
    delen: dict[str, Any] = field(default_factory=dict)
    env: Callable[[], jinja2.Environment] | None = None
    snel: bool = True
    """Whether the fast path must take it."""


def make_env(**keuze: Any) -> jinja2.Environment:
    env = jinja2.Environment(**keuze)
    env.filters["hoofd"] = lambda w: str(w).upper()
    env.globals["gemeente"] = "Oostmeer & co"
    env.tests["lang"] = lambda w: len(w) > 3
    return env


XS = {"xs": [{"n": 1, "t": "een & twee"}, {"n": 2, "t": "drie <b>"}, {"n": 3, "t": "'vier' \"vijf\""}]}
TEKSTEN = {
    "amp": "A & B < C > D \" E ' F",
    "grieks": "Αθήνα ’s-Gravenhage € 😀 \u202eשלום",
    "tag": "{{ 7*7 }} {% if x %} {# y #} {_{ }_} {_% %_}",
    "regels": "een\ntwee\tdrie\r\nvier",
    "lijst": "a\ab\fc",
    "leeg": "",
    "getal": 12,
    "komma": 1.5,
    "niets": None,
    "waar": True,
    "rij": [1, "a"],
}
GEVALLEN: dict[str, Geval] = {
    "gewone waarden": Geval("".join(p(f"x {{{{ {n} }}}} y") for n in TEKSTEN), TEKSTEN),
    "onbekend veld en onbekend veld daaronder": Geval(p("a {{ weg }} b {{ xs.weg }} c"), XS),
    "alinea-tags": Geval(
        p("{%p if a %}") + p("ja {{ b }}") + p("{%p else %}") + p("nee") + p("{%p endif %}"),
        {"a": 1, "b": "B"},
    ),
    "alinea-lus met else": Geval(
        p("{%p for x in leeg %}") + p("{{ x }}") + p("{%p else %}") + p("geen") + p("{%p endfor %}"),
        {"leeg": []},
    ),
    "rijen": Geval(
        tabel(
            2,
            rij("A", "B"),
            rij("{%tr for x in xs %}", ""),
            rij("{{ x.n }}", "{{ x.t }}"),
            rij("{%tr endfor %}", ""),
        ),
        XS,
    ),
    "rijen zonder koprij en zonder gegevens": Geval(
        tabel(2, rij("{%tr for x in xs %}", ""), rij("{{ x.n }}", "b"), rij("{%tr endfor %}", "")), {"xs": []}
    ),
    "kolommen": Geval(
        tabel(
            3,
            rij("{%tc for x in xs %}", "{{ x.n }}", "{%tc endfor %}"),
            rij("{%tc for x in xs %}", "{{ x.t }}", "{%tc endfor %}"),
        ),
        {"xs": [{"n": i, "t": f"k{i}"} for i in range(7)]},
    ),
    "run-tags en opgemaakte tekst": Geval(
        "<w:p><w:r><w:t>Voor </w:t></w:r><w:r><w:t>{{r rijk }}</w:t></w:r><w:r><w:t> na {%r if a %}</w:t></w:r>"
        "<w:r><w:t>ja</w:t></w:r><w:r><w:t>{%r endif %}</w:t></w:r></w:p>",
        lambda tpl: {"a": 1, "rijk": RichText("A & B", bold=True, color="#FF0000", size=24, font="Arial")},
    ),
    "opgemaakte tekst met regels": Geval(
        p("{{r rijk }}"), lambda tpl: {"rijk": RichText("een\ntwee\tdrie\avier\fvijf", italic=True)}
    ),
    "koppeling": Geval(
        p("Zie {{r rijk }} en {{r weer }}"),
        lambda tpl: {
            "rijk": RichText("hier", url_id=tpl.build_url_id("https://voorbeeld.invalid/?a=1&b=2")),
            "weer": RichText("daar", url_id=tpl.build_url_id("https://voorbeeld.invalid/")),
        },
    ),
    "opgemaakte alinea": Geval(
        p("{{p rijk }}"), lambda tpl: {"rijk": RichTextParagraph("A & B", parastyle="Kop")}
    ),
    "lijsttekst": Geval(p("{{ t }}", "Stijl"), lambda tpl: {"t": Listing("een\ntwee <b>\tdrie\avier\fvijf")}),
    "celkleur en samengevoegde kolommen": Geval(
        tabel(
            2,
            rij("A", "B"),
            rij(cel("{% cellbg kleur %}{{ a }}", '<w:shd w:val="clear" w:fill="AABBCC"/>'), "b"),
            rij("{% colspan breed %}{{ a }}"),
        ),
        {"kleur": "FF00FF", "a": "x & y", "breed": 2},
    ),
    "samengevoegde rijen": Geval(
        tabel(
            2,
            rij("{%tr for x in xs %}", ""),
            rij("{% vm %}{{ x.n }}", "{{ x.t }}"),
            rij("{%tr endfor %}", ""),
        ),
        XS,
    ),
    "cellen naast elkaar samengevoegd": Geval(
        tabel(3, rij("{%tc for x in xs %}", "{% hm %}{{ x.n }}", "{%tc endfor %}"), rij("a", "b", "c")), XS
    ),
    "tabel in een tabel": Geval(
        tabel(
            2,
            f"<w:tr><w:tc><w:tcPr/>{tabel(3, rij('1', '2', '{{ a }}'))}{p('')}</w:tc>{cel('rechts')}</w:tr>",
            rij("a", "b"),
        ),
        {"a": "in & in"},
    ),
    "cellen in een inhoudsbesturing": Geval(
        tabel(
            2,
            f"<w:tr><w:sdt><w:sdtContent>{cel('a')}</w:sdtContent></w:sdt>{cel('{{ b }}')}</w:tr>",
        ),
        {"b": "x"},
    ),
    "opdracht over drie runs": Geval(
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:t>{ na</w:t></w:r>"
        "<w:r w:rsidR='00A1'><w:t xml:space='preserve'>am }</w:t></w:r><w:r><w:t>}.</w:t></w:r></w:p>",
        {"naam": "Zorg & Zo"},
    ),
    "witruimte eten": Geval(
        p("een")
        + p("{%- if a %}twee{% endif -%}")
        + p("drie {{- b -}} vier")
        + p("{%- for x in xs -%}")
        + p("{{ x.n }}")
        + p("{%- endfor -%}")
        + p("slot"),
        {**XS, "a": 1, "b": "B"},
    ),
    "aanhalingstekens van Word": Geval(
        p("{% if a == ‘x’ %}ja “{{ b|default(”niets”) }}”{% endif %}"), {"a": "x"}
    ),
    "vergelijken in Word": Geval(p("{% if n &gt; 1 and n &lt; 5 %}ja{% else %}nee{% endif %}"), {"n": 3}),
    "ontsnapte accolades": Geval(
        p("{_{ letterlijk }_} en {_% if %_}") + p("{{ t }}"), {"t": "{_{ waarde }_}"}
    ),
    "opmaak als waarde": Geval(
        p("{{ m }} en {{ t|safe }}"), {"m": Markup("<w:br/>"), "t": "</w:t><w:tab/><w:t>"}
    ),
    "stukgelopen opmaak als waarde": Geval(p("{{ t|safe }} na") + p("slot"), {"t": "<w:br> & < x"}),
    "onbekende naamruimte als waarde": Geval(p("{{ t|safe }}"), {"t": "<m:oMath/>"}),
    "toewijzing, macro en filterblok": Geval(
        p(
            "{% set a = 3 %}{{ a }} {% macro m(x) %}[{{ x }}]{% endmacro %}{{ m('a') }}{% set b %}z {{ x }}{% endset %}{{ b }}"
        )
        + p("{% filter upper %}luid {{ x }}{% endfilter %}{% with y = 2 %}{{ y }}{% endwith %}"),
        {"x": "a < b"},
    ),
    "ontsnappen uit en aan in het sjabloon": Geval(
        p("{% autoescape false %}{{ a }}{% endautoescape %}{% autoescape true %}{{ b }}{% endautoescape %}"),
        {"a": "<w:br/>", "b": "x & y"},
    ),
    "lusgegevens en rekenen": Geval(
        p(
            "{% for x in xs %}{{ loop.index }}/{{ loop.length }} {{ x.n * 2 }}{{ cycle }}{% if not loop.last %}, {% endif %}{% endfor %}"
        ),
        XS,
    ),
    "recursieve lus": Geval(
        p("{% for x in boom recursive %}{{ x.n }}({{ loop(x.k) }}){% endfor %}"),
        {"boom": [{"n": 1, "k": [{"n": 2, "k": []}]}]},
    ),
    "woordenboek met methodenaam": Geval(
        p("{{ d.items }} {{ d.waarde }} {{ d['items'] }}"), {"d": {"items": "x", "waarde": 1}}
    ),
    "koppen, voeten en meer secties": Geval(
        p("{{ a }}"),
        {"a": "A & B", **XS},
        {
            "koppen": (p("K1 {{ a }}"), p("K2 {% if weg %}x{% endif %}") + "\n  " + p(" ")),
            "voeten": (p("{%p for x in xs %}") + p("{{ x.t }}") + p("{%p endfor %}"), p("{{ a }}\n")),
        },
    ),
    "witruimte tussen elementen van een koptekst": Geval(
        p("x"), {"m": Markup("  \n <w:p/>\n ")}, {"koppen": (p("{{p m }}") + p("slot"),)}
    ),
    "logo in de koptekst en tekeningen in de tekst": Geval(
        f"<w:p>{tekening(5)}</w:p>{p('{{ a }}')}<w:p>{tekening(5)}</w:p>",
        {"a": "x"},
        {"logo": True, "koppen": (p("{{ a }}"),)},
    ),
    "tekeningen in een lus": Geval(
        p("{%p for x in xs %}")
        + f"<w:p>{tekening(5, alt='{{ x.t }}')}</w:p>"
        + p("{%p endfor %}")
        + f"<w:p>{tekening(7)}</w:p>",
        XS,
        {"logo": True},
    ),
    "documenteigenschappen": Geval(p("x"), {"a": "A & 'B'", "n": 3}, {"titel": "Brief {{ a }} {{ n }}"}),
    "geen documenteigenschappen": Geval(p("{{ a }}"), {"a": 1}, {"titel": None}),
    "voetnoten": Geval(
        p("x"), {"a": "A & B\nC"}, {"noten": f"<w:footnote w:id='1'>{p('Noot {{ a }}')}</w:footnote>"}
    ),
    "voetnoten zonder sectie": Geval(
        p("x"),
        {"a": "A"},
        {"noten": f"<w:footnote w:id='1'>{p('Noot {{ a }}')}</w:footnote>", "sectie": False},
    ),
    "opmerkingen blijven staan": Geval(
        p("x {{ a }}"), {"a": 1}, {"opmerkingen": f"<w:comment w:id='0'>{p('{{ a }}')}</w:comment>"}
    ),
    "eigen omgeving met filter, globale waarde en toets": Geval(
        p("{{ a|hoofd }} {{ gemeente }} {% if a is lang %}lang{% endif %} {{ b }}"),
        {"a": "abc d", "b": None},
        env=make_env,
    ),
    "eigen omgeving met finalize": Geval(
        p("{{ a }}|{{ none }}|{{ 'vast' }}"),
        {"a": "x & y"},
        env=lambda: make_env(finalize=lambda w: "-" if w is None else w),
    ),
    "eigen omgeving met zichtbaar onbekend": Geval(
        p("{{ weg }} {{ weg.x }}"), env=lambda: make_env(undefined=jinja2.ChainableUndefined)
    ),
    "eigen omgeving met debug-onbekend": Geval(
        p("{{ weg }}"), env=lambda: make_env(undefined=jinja2.DebugUndefined)
    ),
    "eigen omgeving die regels afkapt": Geval(
        p("a") + p("{%p if a %}") + p("b") + p("{%p endif %}") + p("c"),
        {"a": 1},
        env=lambda: make_env(trim_blocks=True, lstrip_blocks=True),
    ),
    "eigen omgeving met uitbreiding": Geval(
        p(
            "{% do xs.append(4) %}{{ xs|length }}{% for x in xs %}{% if x == 2 %}{% break %}{% endif %}{{ x }}{% endfor %}"
        ),
        lambda tpl: {"xs": [1, 2, 3]},
        env=lambda: make_env(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]),
    ),
    "eigen omgeving met ingevoegd sjabloon": Geval(
        p("{% include 'deel' %}"),
        {"a": "x & y"},
        env=lambda: make_env(loader=jinja2.DictLoader({"deel": "ingevoegd {{ a }}"})),
    ),
    "omgeving die vertaalt in eigen soort": Geval(
        p("{{ a }}"), {"a": "x"}, env=lambda: _native(), snel=False
    ),
    "afbeelding": Geval(
        p("Voor {{ b }} na {{ b }} en {{ c }}") + f"<w:p>{tekening(5)}</w:p>",
        lambda tpl: {
            "b": InlineImage(tpl, io.BytesIO(make_png(8, 9)), width=Mm(20)),
            "c": InlineImage(tpl, io.BytesIO(make_png()), height=Mm(5)),
        },
        {"logo": True},
    ),
    "afbeelding in kop en tekst, met nieuw soort bestand": Geval(
        p("{{ b }}") + p("{{ g }}") + p("{%p for x in xs %}") + p("{{ b }}") + p("{%p endfor %}"),
        lambda tpl: {
            "b": InlineImage(tpl, io.BytesIO(make_png(8, 9))),
            "g": InlineImage(tpl, io.BytesIO(make_gif())),
            **XS,
        },
        {"logo": True, "koppen": (p("{{ g }} en {{ b }}"), p("{{ b }}"))},
    ),
    "dezelfde afbeelding als in het sjabloon": Geval(
        f"<w:p>{tekening(5)}</w:p>" + p("{{ b }}"),
        lambda tpl: {"b": InlineImage(tpl, io.BytesIO(make_png()), width=Mm(7))},
        {"logo": True, "koppen": (p("{{ b }}"),)},
    ),
    "afbeelding en koppeling": Geval(
        p("{{ b }}") + p("{{r k }}"),
        lambda tpl: {
            "k": RichText("k", url_id=tpl.build_url_id("https://voorbeeld.invalid/")),
            "b": InlineImage(tpl, io.BytesIO(make_png())),
        },
    ),
    "afbeelding in de koptekst met koppeling": Geval(
        p("x"),
        lambda tpl: {"b": InlineImage(tpl, io.BytesIO(make_png(8, 9)), anchor="https://voorbeeld.invalid")},
        {"koppen": (p("{{ b }}"),)},
        snel=False,
    ),
    "ingevoegd document": Geval(p("{{p d }}") + p("slot"), lambda tpl: {"d": _subdoc(tpl)}, snel=False),
    "tekstvak met alinea's erin": Geval(
        "<w:p><w:r><w:t>buiten {{ t }}</w:t></w:r><w:r><w:pict><w:txbxContent>"
        + p("binnen {{ t }}", "Stijl")
        + "</w:txbxContent></w:pict></w:r><w:r><w:t>na {{ t }}</w:t></w:r></w:p>",
        {"t": "een\ntwee\tdrie"},
    ),
    "tekst met eigen regelovergang": Geval(p("vast\nregel") + p("{{ a }}"), {"a": "x"}),
    "lege alinea's met kenmerk voor een regelovergang": Geval(
        "<w:p w:rsidR='0'/><w:p w:rsidR='1'><w:pPr><w:jc w:val='right'/></w:pPr><w:r w:rsidR='2'/><w:r><w:rPr><w:b/></w:rPr>"
        "<w:t>{{ t }}</w:t></w:r></w:p>",
        {"t": "a\tb\nc"},
    ),
    "waarde in een attribuut": Geval(
        '<w:p><w:pPr><w:pStyle w:val="{{ s }}"/></w:pPr><w:r><w:t>{{ s }}</w:t></w:r></w:p>',
        {"s": "Kop & \"1\" '2'\n\t3"},
    ),
    "besturingstekens": Geval(p("a {{ t }} b") + p("slot"), {"t": "x\x01\x02y"}),
    "extra naamruimten": Geval(
        p("{{ a }}"), {"a": "x"}, {"wortel": f'{NS} xmlns:mc="urn:mc" xmlns:w14="urn:w14" mc:Ignorable="w14"'}
    ),
    "andere naam voor tekeningen": Geval(
        f"<w:p><w:r><w:drawing xmlns:q='{WP}'><q:inline><q:docPr id='3'/></q:inline></w:drawing></w:r></w:p>"
        + p("{{ a }}"),
        {"a": "x"},
        snel=False,
    ),
}


def _native() -> Any:
    from jinja2.nativetypes import NativeEnvironment

    class Env(NativeEnvironment):
        template_class = jinja2.Template
        concat = staticmethod(lambda s: "".join(map(str, s)))

    return Env()


def _subdoc(tpl: Any) -> Any:
    sub = tpl.new_subdoc()
    sub.add_paragraph("Ingevoegd & <x>")
    sub.add_table(1, 2).rows[0].cells[1].text = "cel"
    return sub


def canonical(leden: dict[str, bytes]) -> dict[str, bytes]:
    uit: dict[str, bytes] = {}
    for naam, data in leden.items():
        if naam.endswith((".xml", ".rels")):
            data = etree.tostring(etree.fromstring(_TIJD.sub(b"", data)), method="c14n")
        uit[naam] = data
    return uit


def make_context(geval: Geval, tpl: Any) -> dict[str, Any]:
    return geval.context(tpl) if callable(geval.context) else dict(geval.context)


def render_docxtpl(pad: Path, geval: Geval, autoescape: bool) -> dict[str, bytes]:
    tpl = DocxTemplate(pad)
    tpl.render(make_context(geval, tpl), geval.env() if geval.env else None, autoescape)
    uit = io.BytesIO()
    tpl.save(uit)
    return read_leden(uit.getvalue())


@pytest.mark.parametrize("autoescape", [True, False], ids=["ontsnapt", "niet ontsnapt"])
@pytest.mark.parametrize("naam", GEVALLEN)
def test_lenient_parts_equal_those_of_docxtpl(
    tmp_path: Path, naam: str, autoescape: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    geval = GEVALLEN[naam]
    pad = write_docx(tmp_path / "s.docx", geval.body, **geval.delen)
    try:
        verwacht = canonical(render_docxtpl(pad, geval, autoescape))
    except Exception as fout:
        verwacht = fout
    if geval.snel:
        monkeypatch.setattr(
            render.Template, "_render_omweg", lambda *_: pytest.fail("niet langs de snelle weg")
        )
    template = load_template(pad)
    for _ in range(2):
        env = geval.env() if geval.env else None
        if isinstance(verwacht, Exception):
            with pytest.raises(Exception, match="Sjabloon"):
                template.render_bytes(
                    make_context(geval, template), strict=False, autoescape=autoescape, jinja_env=env
                )
            continue
        docx = template.render_bytes(
            make_context(geval, template), strict=False, autoescape=autoescape, jinja_env=env
        )
        gekregen = canonical(read_leden(docx))
        assert sorted(gekregen) == sorted(verwacht)
        for lid in verwacht:
            assert gekregen[lid] == verwacht[lid], lid


@pytest.mark.parametrize(
    "naam", ["afbeelding", "afbeelding in de koptekst met koppeling", "ingevoegd document"]
)
@pytest.mark.parametrize("strict", [True, False], ids=["streng", "soepel"])
def test_values_made_with_docxtpl_itself_are_taken_too(tmp_path: Path, naam: str, strict: bool) -> None:
    geval = GEVALLEN[naam]
    pad = write_docx(tmp_path / "s.docx", geval.body, **geval.delen)
    verwacht = canonical(render_docxtpl(pad, geval, True))
    template, tpl = load_template(pad), DocxTemplate(pad)
    context = make_context(geval, tpl)
    docxen = [template.render_bytes(context, strict=strict) for _ in range(2)]
    assert docxen[0] == docxen[1]
    gekregen = canonical(read_leden(docxen[0]))
    for lid in ("word/document.xml",) if strict and geval.snel else verwacht:
        assert gekregen[lid] == verwacht[lid]
    assert {n for n in gekregen if "media" in n} == {n for n in verwacht if "media" in n}


def test_a_hyperlink_belongs_to_one_document(tmp_path: Path) -> None:
    geval = GEVALLEN["koppeling"]
    template = load_template(write_docx(tmp_path / "s.docx", geval.body))
    eerste = template.render_bytes(make_context(geval, template))
    assert b"voorbeeld.invalid" in read_leden(eerste)["word/_rels/document.xml.rels"]
    zonder = template.render_bytes({"rijk": RichText("x"), "weer": RichText("y")})
    assert b"voorbeeld.invalid" not in read_leden(zonder)["word/_rels/document.xml.rels"]
    assert template.render_bytes(make_context(geval, template)) == eerste


def test_footnotes_are_rendered_once_where_docxtpl_evaluates_data(tmp_path: Path) -> None:
    noot = f"<w:footnote w:id='1'>{p('Noot {{ a }}')}</w:footnote>"
    pad = write_docx(tmp_path / "s.docx", p("x"), koppen=(p("1"), p("2")), noten=noot)
    context = {"a": "{{ 7*7 }} {% if 1 %}kwaad{% endif %}"}
    geval = Geval("", context)
    assert b"49" in render_docxtpl(pad, geval, True)["word/footnotes.xml"]
    for strict in (True, False):
        leden = read_leden(load_template(pad).render_bytes(context, strict=strict))
        assert b"Noot {{ 7*7 }} {% if 1 %}kwaad{% endif %}" in leden["word/footnotes.xml"]


def test_a_template_without_environment_runs_in_a_sandbox(tmp_path: Path) -> None:
    pad = write_docx(tmp_path / "s.docx", p("{{ a.__class__.__mro__ }}"))
    for strict in (True, False):
        with pytest.raises(SjabloonMismatch, match=r"unsafe|__class__"):
            load_template(pad).render_bytes({"a": "x"}, strict=strict)


def test_the_callers_environment_is_not_changed(tmp_path: Path) -> None:
    env = make_env()
    voor = dict(vars(env))
    load_template(write_docx(tmp_path / "s.docx", p("{{ a }}"))).render_bytes(
        {"a": 1}, strict=False, jinja_env=env
    )
    assert {k: v for k, v in vars(env).items() if k != "cache"} == {
        k: v for k, v in voor.items() if k != "cache"
    }


@pytest.mark.parametrize("proef", PROEVEN, ids=lambda proef: proef.naam)
def test_whole_documents_equal_those_of_docxtpl(tmp_path: Path, proef: Proef) -> None:
    def env() -> jinja2.Environment:
        omgeving = jinja2.Environment(autoescape=True)
        omgeving.filters.update(FILTERS)
        return omgeving

    pad = proef.write(tmp_path)
    geval = Geval("", dict(proef.context(3)), env=env)
    verwacht = canonical(render_docxtpl(pad, geval, True))
    template = load_template(pad)
    gekregen = canonical(read_leden(template.render_bytes(proef.context(3), strict=False, jinja_env=env())))
    assert {n for n in verwacht if gekregen.get(n) != verwacht[n]} == set()
    streng = canonical(read_leden(template.render_bytes(proef.context(3))))
    assert streng["word/document.xml"] == verwacht["word/document.xml"]

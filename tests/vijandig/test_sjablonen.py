"""A template of a region's own folder reaches nothing but its fields: no Python, no file, no endless work."""

from __future__ import annotations

from pathlib import Path

import pytest

from aanbesteding.documents.render import load_template
from aanbesteding.errors import AanbestedingError
from betrouwbaarheid import note
from documents.ruw import p, read_leden, write_docx
from vijandig.test_lezers import bewaakt

UITBRAAK = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__']['__mro__'] }}",
    "{{ veld|attr('__class__') }}",
    "{{ veld|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ (veld|attr('format'))('{0.__class__}') }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(veld) }}",
    "{{ '{a.__class__}'.format_map({'a': veld}) }}",
    "{{ veld.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__.os }}",
    "{{ namespace.__init__.__globals__.os }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ lipsum.__globals__.__builtins__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context.cycler.__init__.__globals__ }}",
    "{{ url_for.__globals__ }}",
    "{{ config.items() }}",
    "{{ loop.__class__ }}",
    "{% for x in [1] %}{{ loop.__class__.__init__.__globals__ }}{% endfor %}",
    "{% macro m() %}x{% endmacro %}{{ m.__globals__ }}{{ m._func.__globals__ }}",
    "{{ m.gi_frame }}",
    "{{ [1]|map(attribute='__class__')|list }}",
    "{{ [veld]|map('attr', '__class__')|list }}",
    "{{ [veld]|groupby('__class__') }}",
    "{{ [veld]|sum(attribute='__class__') }}",
    "{{ [veld]|selectattr('__class__')|list }}",
    "{{ [veld]|sort(attribute='__class__.__mro__') }}",
    "{{ veld|xmlattr }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}{{ os }}",
    "{% extends '/etc/passwd' %}",
    "{% set x = namespace() %}{% set x.__class__ = 1 %}",
    "{{ lijst.append(1) }}{{ lijst.clear() }}",
    "{{ groep.update({'a': 1}) }}",
    "{{ range.__self__ }}",
    "{{ dict.__base__ }}",
    "{{ dict.mro() }}",
    "{% do veld.__class__ %}",
    "{{ veld.format.__self__.__class__ }}",
    "{{ ''.join.__self__.__class__ }}",
    "{{ veld.encode.__objclass__ }}",
]
UITPUTTING = [
    "{{ range(10**9)|list|length }}",
    "{% for x in range(10**9) %}x{% endfor %}",
    "{{ 9**9**9 }}",
    "{{ 9**9**9**9 > 1 }}",
    "{{ 'x' * 10**10 }}",
    "{{ 'x' * 10000000000 }}",
    "{{ [1] * 10000000000 }}",
    "{{ '%9999999999d' % 1 }}",
    "{{ '{:9999999999}'.format(1) }}",
    "{{ veld|center(9999999999) }}",
    "{{ veld|indent(9999999999) }}",
    "{{ veld.ljust(9999999999) }}",
    "{{ veld.zfill(9999999999) }}",
    "{{ lipsum(999999999) }}",
    "{{ 1 ~ ('x' * 3000000000) }}",
    "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(1) }}",
]
VERRADEN = (
    "&lt;class",
    "<class",
    "root:",
    "uid=",
    "__builtins__",
    "module &",
    "<module",
    "__globals__",
    "function ",
)


@pytest.mark.betrouwbaarheid
@pytest.mark.parametrize("strict", [True, False], ids=["streng", "soepel"])
@pytest.mark.parametrize("tekst", UITBRAAK)
def test_template_cannot_reach_python(tekst: str, strict: bool, tmp_path: Path) -> None:
    pad = write_docx(tmp_path / "s.docx", p(tekst) + p("{{ veld }}"))
    waarden = {"veld": "gewoon", "lijst": [1], "groep": {"b": 2}}
    gevallen = 1
    try:
        with bewaakt() as daden:
            docx = load_template(pad, cache=False).render_bytes(waarden, strict=strict)
        gevallen = 0
    except AanbestedingError:
        gevallen = 0
        assert daden == []
        return
    finally:
        note("invoer", "sjabloon dat Python zoekt", geprobeerd=1, tracebacks=gevallen)
    uit = "".join(deel.decode("utf-8", "replace") for deel in read_leden(docx).values())
    assert not [woord for woord in VERRADEN if woord in uit], uit
    assert not strict or waarden == {"veld": "gewoon", "lijst": [1], "groep": {"b": 2}}
    assert daden == []


@pytest.mark.betrouwbaarheid
@pytest.mark.parametrize("tekst", UITPUTTING)
def test_template_cannot_ask_for_endless_work(tekst: str, tmp_path: Path) -> None:
    pad = write_docx(tmp_path / "s.docx", p(tekst) + p("{{ veld }}"))
    geweigerd = False
    try:
        with bewaakt(), pytest.raises(AanbestedingError):
            load_template(pad, cache=False).render_bytes({"veld": "gewoon"})
        geweigerd = True
    finally:
        note("invoer", "sjabloon dat eindeloos werk vraagt", geprobeerd=1, tracebacks=int(not geweigerd))

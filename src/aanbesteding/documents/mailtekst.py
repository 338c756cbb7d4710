"""The words of a mail: a text per kind in `mailteksten/`, made as strictly as a letter.

The first line of a text is the subject; `---` ends it. The HTML is made of the same text: paragraphs and the link,
nothing else, so that both say the same and nothing is loaded from elsewhere.

Must stay true: a mail holds no score, price, outcome or name of anybody but its recipient and its sender; an unknown
or empty field stops the mail.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import PackageLoader, StrictUndefined
from jinja2.exceptions import UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from aanbesteding.documents.filters import datum, datumtijd
from aanbesteding.errors import AanbestedingError

_URL = re.compile(r"https?://\S+")
_STIJL = "font:16px/1.5 Calibri,Arial,sans-serif;color:#1a1a1a;max-width:40em"


@dataclass(frozen=True)
class Mailtekst:
    """Subject and both bodies."""

    onderwerp: str
    tekst: str
    html: str


def render_mail(soort: str, waarden: Mapping[str, Any]) -> Mailtekst:
    """The mail of this kind with these values; AanbestedingError when one is missing or empty."""
    leeg = [naam for naam, waarde in waarden.items() if waarde is None or waarde == ""]
    if leeg:
        raise AanbestedingError(f"Mail '{soort}': {', '.join(leeg)} is leeg. Vul het in en verzend opnieuw.")
    try:
        geheel = _omgeving().get_template(f"{soort}.txt.j2").render(waarden)
    except UndefinedError as fout:
        raise AanbestedingError(f"Mail '{soort}': {fout}. Herstel de tekst in mailteksten/.") from None
    onderwerp, streep, tekst = geheel.partition("\n---\n")
    if not streep or "\n" in onderwerp.strip():
        raise AanbestedingError(f"Mail '{soort}': het onderwerp is niet één regel, gevolgd door '---'.")
    tekst = re.sub(r"\n{3,}", "\n\n", tekst.strip()) + "\n"
    return Mailtekst(" ".join(onderwerp.split()), tekst, make_html(onderwerp.strip(), tekst))


def make_html(onderwerp: str, tekst: str) -> str:
    """The same words as a page: a paragraph per block, links that can be clicked."""
    alineas = [
        Markup("<p>{}</p>").format(Markup("<br>\n").join(_link(regel) for regel in blok.split("\n")))
        for blok in tekst.strip().split("\n\n")
    ]
    return str(
        Markup(
            '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8"><title>{}</title></head>\n'
            '<body style="{}">\n{}\n</body></html>\n'
        ).format(onderwerp, _STIJL, Markup("\n").join(alineas))
    )


def _link(regel: str) -> Markup:
    delen: list[Markup] = []
    vorige = 0
    for treffer in _URL.finditer(regel):
        delen.append(escape(regel[vorige : treffer.start()]))
        delen.append(Markup('<a href="{0}">{0}</a>').format(treffer[0]))
        vorige = treffer.end()
    return Markup("").join([*delen, escape(regel[vorige:])])


@cache
def _omgeving() -> ImmutableSandboxedEnvironment:
    omgeving = ImmutableSandboxedEnvironment(
        loader=PackageLoader("aanbesteding.documents", "mailteksten"),
        undefined=StrictUndefined,
        autoescape=False,  # plain text; the page is escaped piece by piece in make_html
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    omgeving.filters |= {"datum": datum, "datumtijd": datumtijd}
    return omgeving

"""Finds the place of a fault in a template: heading, sentence, tag and the nearest existing field.

Rendering itself keeps no track of places, because a thousand letters should not pay for one fault; so a
part that failed is rendered again here, with every tag on a line of its own.

Must stay true: the message names template, place, field and remedy, in Dutch, and never hides the first
fault.
"""

from __future__ import annotations

import difflib
import re
import traceback
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, UndefinedError

from aanbesteding.documents.render_omgeving import STAAT, Omweg, OnbekendVeld, Staat
from aanbesteding.errors import SjabloonMismatch

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_KOP = re.compile(r'<w:pStyle w:val="(?:Heading\d|Kop\w*|Title)"/>')
_ALINEA = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)


def describe_plaats(bron: str, tagnummer: int) -> str:
    """Where the n-th tag (from 1) of a part stands: heading, tag and sentence, in Dutch."""
    tags = list(TAG.finditer(bron))
    if not 1 <= tagnummer <= len(tags):
        return ""
    tag = tags[tagnummer - 1]
    kop = ""
    zin = ""
    for alinea in _ALINEA.finditer(bron):
        if alinea.start() > tag.start():
            break
        if _KOP.search(alinea[0]):
            kop = _text(alinea[0])
        if alinea.end() > tag.start():
            zin = _text(alinea[0])
    delen = [f"onder de kop '{kop}'"] if kop else []
    delen.append(f"bij {re.sub(r'<[^>]+>', '', tag[0])}")
    if zin and zin != tag[0]:
        delen.append(f"in de zin '{zin[:160]}'")
    return ", ".join(delen)


def _text(xml: str) -> str:
    tekst = re.sub(r"<[^>]+>", "", xml)
    return re.sub(r"\s+", " ", tekst.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")).strip()


def list_velden_van(waarde: object) -> list[str]:
    """Names that a template may use on this value."""
    if isinstance(waarde, Mapping):
        return [str(k) for k in waarde]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    velden: Iterable[str] = getattr(type(waarde), "__pydantic_fields__", None) or getattr(
        type(waarde), "__dataclass_fields__", ()
    )
    return list(velden)


def locate_fout(
    naam: str,
    deel: str,
    bron: str,
    omgeving: Environment,
    context: Mapping[str, object],
    fout: BaseException,
) -> SjabloonMismatch:
    """The Dutch error for a fault that came up when this part was rendered or compiled."""
    genummerd = TAG.sub(lambda m: "\n" + m[0].replace("\n", " "), bron.replace("\n", " "))
    regel = getattr(fout, "lineno", None) if isinstance(fout, TemplateSyntaxError) else None
    opnieuw: BaseException = fout
    merk = STAAT.set(Staat())
    try:
        omgeving.from_string(genummerd).render(context)
    except TemplateSyntaxError as syntaxfout:
        opnieuw, regel = syntaxfout, syntaxfout.lineno
    except Omweg:  # a picture or document stands before the fault
        pass
    except Exception as anders:
        opnieuw = anders
        regels = [f.lineno for f in traceback.extract_tb(anders.__traceback__) if f.filename == "<template>"]
        regel = regels[-1] if regels else None
    finally:
        STAAT.reset(merk)
    plaats = describe_plaats(bron, regel - 1) if regel else ""
    if not plaats:
        plaats = f"in onderdeel {deel}"
    return SjabloonMismatch(f"Sjabloon '{naam}', {plaats}: {_describe(opnieuw, context)}.")


def locate_soepel(
    naam: str, bronnen: Mapping[str, str], omgeving: Any, context: Mapping[str, object], fout: Exception
) -> SjabloonMismatch:
    """The Dutch error for a fault of a document rendered as docxtpl does, in whichever part it comes up."""
    gezocht: Environment | None = omgeving
    for deel, bron in bronnen.items():
        if gezocht is None:
            break
        merk = STAAT.set(Staat())
        try:
            gezocht.from_string(bron).render(context)
        except Exception as zelfde:
            if type(zelfde) is type(fout):
                return locate_fout(naam, deel, bron, gezocht, context, zelfde)
        finally:
            STAAT.reset(merk)
    return SjabloonMismatch(f"Sjabloon '{naam}': {_describe(fout, context)}.")


def _describe(fout: BaseException, context: Mapping[str, object]) -> str:
    if isinstance(fout, UndefinedError):
        return _describe_undefined(fout, context)
    if isinstance(fout, TemplateSyntaxError):
        advies = "controleer of elke {% if %} en {% for %} is afgesloten"
        return f"de opdracht klopt niet ({fout.message}); {advies}"
    if isinstance(fout, TypeError) and "not iterable" in str(fout):
        return "hier hoort een lijst, maar het veld is leeg of is geen lijst"
    return str(fout).rstrip(".") or type(fout).__name__


def _describe_undefined(fout: UndefinedError, context: Mapping[str, object]) -> str:
    if not isinstance(fout, OnbekendVeld):
        return f"een veld bestaat niet ({fout.message})"
    velden = list_velden_van(context if fout.obj is None else fout.obj)
    buurt = difflib.get_close_matches(fout.naam, velden, n=1, cutoff=0.4)
    if buurt:
        hint = f"het meest lijkt erop: '{buurt[0]}'"
    elif velden:
        hint = f"wel bestaan: {', '.join(sorted(velden)[:12])}"
    else:
        hint = "hier zijn geen velden"
    return f"het veld '{fout.naam}' bestaat niet; {hint}"

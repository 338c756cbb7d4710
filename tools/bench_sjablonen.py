"""The three templates that tools/bench.py measures, drafted like ours and made as untidy as Word leaves them.

All text and data is invented. A letter of two pages with a logo, conditions and a score table; a report with a
table of 500 rows; an agreement of some twenty-five pages with conditional articles.

Must stay true: the same run gives the same files; every seventh tag is split over three runs, every paragraph
and run carries an rsid, and spelling marks stand between runs.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from aanbesteding.documents.logo import insert_logo
from sjabloon import build_sjabloon, parse_concept

LOREM = (
    "De gemeente weegt bij deze keuze het belang van de inwoner, de kwaliteit van de ondersteuning en de kosten "
    "voor de gemeenschap, en legt vast hoe zij tot haar oordeel is gekomen. "
)
HUISSTIJL = {
    "naam": "Proefregio",
    "onderregel": "Verzonnen gemeenten",
    "afzender": ["Gemeente Proef", "Postbus 1"],
    "voet": "Proefregio · verzonnen gegevens",
}


@dataclass(frozen=True)
class Proef:
    """A template and the context of its n-th document."""

    naam: str
    concept: str
    context: Callable[[int], Mapping[str, Any]]
    logo: bool = False

    def write(self, map_: Path) -> Path:
        pad = map_ / f"{self.naam}.docx"
        pad.write_bytes(_roughen(build_sjabloon(parse_concept(self.concept)), self.logo))
        return pad


def _kop(naam: str, soort: str) -> str:
    return f"titel: {naam}\nsoort: {soort}\n\n"


BRIEF = (
    _kop("Proefbrief {{ brief.kenmerk }}", "brief")
    + """# Ons besluit

U schreef zich op {{ ontvangen|datum }} in op **{{ titel }}**. Uw inschrijving kreeg nummer {{ nummer }}.

{%p if gegund %}
Wij willen de opdracht aan u gunnen. U kreeg {{ punten|getal(2) }} van de {{ maximum|getal }} punten.
{%p else %}
Wij gunnen de opdracht niet aan u. U kreeg {{ punten|getal(2) }} van de {{ maximum|getal }} punten.
{%p endif %}

"""
    + LOREM * 3
    + """

# Uw scores

!breedtes 30 12> 12> 46
| Criterium | Weging | Punten | Toelichting |
{%tr for s in scores %}
| {{ s.criterium }} | {{ s.weging|procent }} | {{ s.punten|getal(2) }} | {{ s.toelichting }} |
{%tr endfor %}

"""
    + LOREM * 4
    + """

# Waarom

{%p for r in redenen %}
- {{ r.titel }}: {{ r.tekst }}{% if r.bijlage %} (zie bijlage {{ r.bijlage }}){% endif %}
{%p endfor %}

{%p if bezwaar %}
# Niet eens met dit besluit

U kunt tot en met {{ tot|datum }} een kort geding beginnen bij de rechtbank. """
    + LOREM * 2
    + """
{%p endif %}

{%p if vervolg %}
# Hoe het verder gaat

"""
    + LOREM * 4
    + """

Wij bellen u op {{ bellen|datum }}. De opdracht is {{ waarde|euro }} per jaar.
{%p endif %}
"""
)


def context_brief(n: int) -> Mapping[str, Any]:
    """Context of the n-th letter."""
    dag = date(2026, 4, 14) + timedelta(days=n % 50)
    return {
        "huisstijl": HUISSTIJL,
        "brief": {
            "aan": [f"Zorg & Zo {n} <B.V.>", "t.a.v. de directie", f"Laan {n % 90 + 1}", "1234 AB Oostmeer"],
            "datum": dag,
            "kenmerk": f"P-{n:05d}",
            "contact": "Bureau Inkoop, 0100-000 000",
            "onderwerp": "Uitslag van de aanbesteding",
            "aanhef": "Geachte directie,",
            "namens": "Namens het college",
            "ondertekenaar_functie": "directeur",
        },
        "titel": "Begeleiding en dagbesteding ’26",
        "nummer": n,
        "ontvangen": dag - timedelta(days=30),
        "gegund": n % 3 == 0,
        "punten": Decimal(7213 + n % 1000) / 100,
        "maximum": 100,
        "bezwaar": n % 3 != 0,
        "vervolg": n % 2 == 0,
        "tot": dag + timedelta(days=20),
        "bellen": dag + timedelta(days=5),
        "waarde": Decimal(100000 + n),
        "scores": [
            {
                "criterium": f"Criterium {k} – kwaliteit & αβγ",
                "weging": 10 + k,
                "punten": Decimal(100 * k + n % 97) / 100,
                "toelichting": f"De beoordelaars vonden het plan {n} op punt {k} helder en goed uitvoerbaar.",
            }
            for k in range(8)
        ],
        "redenen": [
            {
                "titel": f"Punt {k}",
                "tekst": "Het plan noemt geen < 3 voorbeelden uit de praktijk.",
                "bijlage": k % 2 and k,
            }
            for k in range(5)
        ],
    }


RAPPORT = (
    _kop("Proefrapport", "document")
    + "# Samenvatting\n\n"
    + LOREM * 5
    + """

# Inschrijvingen

!breedtes 5> 23 13 9 13> 10> 8> 19
| Nr | Inschrijver | Plaats | Perceel | Prijs | Punten | Rang | Oordeel |
{%tr for r in rijen %}
| {{ r.nr }} | {{ r.naam }} | {{ r.plaats }} | {{ r.perceel }} | {{ r.prijs|euro }} | {{ r.punten|getal(2) }} | \
{{ r.rang }} | {{ r.oordeel }} |
{%tr endfor %}

# Per perceel

{%p for perceel in percelen %}
## Perceel {{ perceel.naam }}

{%p for w in perceel.wensen %}
- {{ w.naam }}: {{ w.punten|getal }} punten. {{ w.tekst }}
{%p endfor %}
{%p endfor %}

Slot.
"""
)


def context_rapport(n: int) -> Mapping[str, Any]:
    """Context of the n-th report."""
    return {
        "huisstijl": HUISSTIJL,
        "document": {
            "ondertitel": f"Rapport {n}",
            "kenmerk": f"R-{n}",
            "datum": date(2026, 5, 1),
            "status": "concept",
        },
        "rijen": [
            {
                "nr": k,
                "naam": f"Stichting Zorg & Welzijn {k}",
                "plaats": "’s-Oostmeer",
                "perceel": f"P{k % 9 + 1}",
                "prijs": Decimal(500000 + k * 37 + n) / 100,
                "punten": Decimal(k * 13 % 10000) / 100,
                "rang": k % 40 + 1,
                "oordeel": "voldoet" if k % 4 else "voldoet niet < eis 3",
            }
            for k in range(1, 501)
        ],
        "percelen": [
            {
                "naam": f"{k}",
                "wensen": [
                    {"naam": f"Wens {w}", "punten": w * 5, "tekst": LOREM.strip()} for w in range(1, 5)
                ],
            }
            for k in range(1, 26)
        ],
    }


def _write_overeenkomst() -> str:
    delen = [_kop("Proefovereenkomst", "overeenkomst")]
    for artikel in range(1, 49):
        tekst = f"# Onderwerp {artikel}\n\n"
        for lid in range(1, 7):
            veld = ("{{ aanbieder }}", "{{ ingang|datum }}", "{{ tarief|euro }}", "de gemeente")[lid % 4]
            tekst += f"{lid}. Over {veld}. {LOREM}\n"
        tekst += f"a. Onderdeel van {{{{ gemeente }}}}. {LOREM}\nb. {LOREM}\n\n"
        if artikel % 3 == 0:
            tekst = f"{{%p if met_{artikel} %}}\n{tekst}{{%p endif %}}\n\n"
        delen.append(tekst)
    return "".join(delen)


def context_overeenkomst(n: int) -> Mapping[str, Any]:
    """Context of the n-th agreement."""
    return {
        "huisstijl": HUISSTIJL,
        "document": {
            "ondertitel": f"Overeenkomst {n}",
            "kenmerk": f"O-{n}",
            "datum": date(2026, 6, 1),
            "status": "vastgesteld",
        },
        "aanbieder": f"Zorg & Zo {n} <B.V.>",
        "gemeente": "Oostmeer",
        "ingang": date(2027, 1, 1),
        "tarief": Decimal("61.25"),
        **{f"met_{k}": (k + n) % 2 == 0 for k in range(3, 49, 3)},
    }


PROEVEN = (
    Proef("brief", BRIEF, context_brief, logo=True),
    Proef("rapport", RAPPORT, context_rapport),
    Proef("overeenkomst", _write_overeenkomst(), context_overeenkomst),
)


def _roughen(docx: bytes, logo: bool) -> bytes:
    """Add what Word adds."""
    with zipfile.ZipFile(BytesIO(docx)) as pakket:
        leden = {n: pakket.read(n) for n in pakket.namelist()}
    leden["word/document.xml"] = _rough_xml(leden["word/document.xml"].decode()).encode()
    stijlen = leden["word/styles.xml"].decode()
    vulling = "".join(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="Vul{n}"><w:name w:val="Vul {n}"/>'
        f'<w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="{n}"/></w:rPr></w:style>'
        for n in range(180)
    )
    leden["word/styles.xml"] = stijlen.replace("</w:styles>", vulling + "</w:styles>").encode()
    insert_logo(leden, None)  # the product's own mark: docxtpl would print it
    if logo:
        _add_logo(leden)
    uit = BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pakket:
        for naam, data in leden.items():
            pakket.writestr(zipfile.ZipInfo(naam, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return uit.getvalue()


def _rough_xml(xml: str) -> str:
    teller = iter(range(10_000_000))
    xml = re.sub(
        r"<w:p>",
        lambda _: f'<w:p w:rsidR="00{next(teller):06X}" w:rsidRDefault="00A1B2C3" w:rsidP="00D4E5F6">',
        xml,
    )
    xml = re.sub(
        r"<w:r>(?!<w:rPr>)",
        lambda _: f'<w:r w:rsidRPr="00{next(teller):06X}"><w:rPr><w:lang w:val="nl-NL"/></w:rPr>',
        xml,
    )
    tags = iter(range(1, 10_000_000))
    tussen = (
        '</w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidR="00ABCDEF"><w:rPr><w:lang w:val="nl-NL"/></w:rPr>'
        '<w:t xml:space="preserve">'
    )

    def split(m: re.Match[str]) -> str:
        if next(tags) % 7 or m[0].startswith(("{%p", "{%tr")):
            return m[0]
        return m[0][0] + tussen + m[0][1:6] + tussen + m[0][6:]

    return re.sub(r"\{\{.*?\}\}|\{%.*?%\}", split, xml)


def _add_logo(leden: dict[str, bytes]) -> None:
    kop = next(n for n in leden if n.startswith("word/header") and b"onderregel" in leden[n])
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    d = "http://schemas.openxmlformats.org/drawingml/2006"
    tekening = (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{d}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="Logo" descr="Logo van de Proefregio"/>'
        f'<a:graphic xmlns:a="{d}/main"><a:graphicData uri="{d}/picture"><pic:pic xmlns:pic="{d}/picture"><pic:nvPicPr>'
        f'<pic:cNvPr id="0" name="logo.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{r}" '
        'r:embed="rIdLogo"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p></w:hdr>"
    )
    leden[kop] = leden[kop].decode().replace("</w:hdr>", tekening).encode()
    kort = kop.rpartition("/")[2]
    leden[f"word/_rels/{kort}.rels"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
        'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rIdLogo" Type="{r}/image" Target="media/image1.png"/></Relationships>'
    ).encode()
    leden["word/media/image1.png"] = _make_png()
    types = leden["[Content_Types].xml"].decode()
    if 'Extension="png"' not in types:
        types = types.replace("<Default", '<Default Extension="png" ContentType="image/png"/><Default', 1)
    leden["[Content_Types].xml"] = types.encode()


def _make_png() -> bytes:
    """A logo of 120 by 120 points."""

    def stuk(soort: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + soort + data + struct.pack(">I", zlib.crc32(soort + data))

    beeld = b"".join(b"\0" + bytes((x * y) % 251 for x in range(360)) for y in range(120))
    kop = struct.pack(">IIBBBBB", 120, 120, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + stuk(b"IHDR", kop)
        + stuk(b"IDAT", zlib.compress(beeld, 9))
        + stuk(b"IEND", b"")
    )

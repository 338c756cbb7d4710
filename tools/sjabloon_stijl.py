"""The look of every template: style sheet, numbering and the small fixed parts of the Word package.

It does not read or write templates; that is sjabloon.py. Everything a jurist may want to restyle stands in a
Word *style*, so that the templates themselves carry no direct formatting.

Must stay true: ACCENT, TINT and LETTERTYPE are the very values that documents.huisstijl replaces when a
template is loaded with a region's house style; the `nsid` of an abstract list names it across templates,
because building blocks are merged by it.
"""

from __future__ import annotations

ACCENT = "0B5A7C"
TINT = "E7EFF3"
GRIJS = "595959"
LETTERTYPE = "Calibri"

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KOP_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# The frame of the sender block stands in its paragraphs: LibreOffice does not take it from a style. The block is
# part of the letter head: in the body its frame would keep LibreOffice from holding a signature together.
AFZENDERKADER = (
    '<w:framePr w:w="2700" w:hSpace="284" w:wrap="around" w:vAnchor="page" w:hAnchor="page" '
    'w:x="7900" w:y="2280"/>'
)

# A clause is a building block to Word. LibreOffice drops the bold and italics of the first paragraph in a plain
# content control; in one of this kind it keeps them.
CLAUSULESOORT = (
    '<w:docPartObj><w:docPartGallery w:val="Quick Parts"/>'
    '<w:docPartCategory w:val="Clausule"/></w:docPartObj>'
)

# numId of the lists that styles refer to; numbers from 10 up are restarted lists of one template.
NUM_KOPPEN, NUM_BULLETS, NUM_NUMMERS = 1, 2, 3
ABSTRACT_NUMMERS = 3


_INGEBOUWD = frozenset(
    [
        "Normal",
        "Default Paragraph Font",
        "Normal Table",
        "No List",
        "Title",
        "Subtitle",
        "heading 1",
        "heading 2",
        "heading 3",
        "List Bullet",
        "List Bullet 2",
        "List Number",
        "List Number 2",
        "caption",
        "header",
        "footer",
        "TOC Heading",
        "toc 1",
        "toc 2",
        "toc 3",
        "Strong",
        "Emphasis",
        "Hyperlink",
    ]
)


def _stijl(
    soort: str,
    id_: str,
    naam: str,
    *,
    op: str = "",
    volgende: str = "",
    ppr: str = "",
    rpr: str = "",
    standaard: bool = False,
    rest: str = "",
    snel: bool = True,
    prioriteit: int = 0,
    link: str = "",
) -> str:
    delen = [
        f'<w:style w:type="{soort}"'
        + (' w:default="1"' if standaard else "")
        + ("" if naam in _INGEBOUWD else ' w:customStyle="1"')
        + f' w:styleId="{id_}">',
        f'<w:name w:val="{naam}"/>',
        f'<w:basedOn w:val="{op}"/>' if op else "",
        f'<w:next w:val="{volgende}"/>' if volgende else "",
        f'<w:link w:val="{link}"/>' if link else "",
        f'<w:uiPriority w:val="{prioriteit}"/>' if prioriteit else "",
        "<w:qFormat/>" if snel else "",
        f"<w:pPr>{ppr}</w:pPr>" if ppr else "",
        f"<w:rPr>{rpr}</w:rPr>" if rpr else "",
        rest,
        "</w:style>",
    ]
    return "".join(delen)


def _ruimte(voor: int, na: int, regel: int = 0) -> str:
    regels = f' w:line="{regel}" w:lineRule="auto"' if regel else ""
    return f'<w:spacing w:before="{voor}" w:after="{na}"{regels}/>'


def _inspring(links: int, hangend: int = 0) -> str:
    return f'<w:ind w:left="{links}"' + (f' w:hanging="{hangend}"' if hangend else "") + "/>"


def _rand(kant: str, dikte: int, kleur: str, afstand: int = 4) -> str:
    return f'<w:{kant} w:val="single" w:sz="{dikte}" w:space="{afstand}" w:color="{kleur}"/>'


def _letter(grootte: int = 0, *, vet: bool = False, kleur: str = "") -> str:
    vet_xml = "<w:b/><w:bCs/>" if vet else ""
    kleur_xml = f'<w:color w:val="{kleur}"/>' if kleur else ""
    return vet_xml + kleur_xml + (f'<w:sz w:val="{grootte}"/><w:szCs w:val="{grootte}"/>' if grootte else "")


def _koppen(soort: str) -> list[str]:
    brief = soort == "brief"
    maten = (
        ((24, 240, 80), (22, 180, 60), (21, 140, 40))
        if brief
        else ((32, 400, 140), (26, 280, 100), (22, 220, 80))
    )
    uit: list[str] = []
    for niveau, (grootte, voor, na) in enumerate(maten, start=1):
        genummerd = soort == "document" or (soort == "overeenkomst" and niveau == 1)
        nummer = (
            f'<w:numPr><w:ilvl w:val="{niveau - 1}"/><w:numId w:val="{NUM_KOPPEN}"/></w:numPr>'
            if genummerd
            else ""
        )
        if soort == "overeenkomst" and niveau == 1:
            grootte, voor, na = 25, 340, 100
        ppr = f'<w:keepNext/><w:keepLines/>{nummer}{_ruimte(voor, na)}<w:outlineLvl w:val="{niveau - 1}"/>'
        uit.append(
            _stijl(
                "paragraph",
                f"Heading{niveau}",
                f"heading {niveau}",
                op="Normal",
                volgende="Normal",
                ppr=ppr,
                rpr=_letter(grootte, vet=True, kleur=ACCENT),
                prioriteit=9,
            )
        )
    uit.append(
        _stijl(
            "paragraph",
            "Kopzondernummer",
            "Kop zonder nummer",
            op="Heading1",
            volgende="Normal",
            ppr='<w:numPr><w:numId w:val="0"/></w:numPr><w:ind w:left="0" w:firstLine="0"/>',
        )
    )
    return uit


def _tabelstijl() -> str:
    lijn = "".join(_rand(k, 4, "BFBFBF", 0) for k in ("top", "left", "bottom", "right", "insideH", "insideV"))
    marges = "".join(
        f'<w:{k} w:w="{b}" w:type="dxa"/>'
        for k, b in (("top", 50), ("left", 100), ("bottom", 50), ("right", 100))
    )
    kop = (
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/><w:color w:val="FFFFFF"/></w:rPr>'
        f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{ACCENT}"/></w:tcPr></w:tblStylePr>'
        '<w:tblStylePr w:type="band2Horz"><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/></w:tcPr></w:tblStylePr>'
    )
    basis = (
        f'<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>{lijn}</w:tblBorders>'
        f"<w:tblCellMar>{marges}</w:tblCellMar></w:tblPr>"
    )
    return _stijl("table", "Aanbesteding", "Aanbesteding", op="TableNormal", rest=basis + kop, prioriteit=59)


def render_styles(soort: str) -> str:
    """Return word/styles.xml for one kind of document: brief, document, overeenkomst or bouwsteen."""
    soort = "document" if soort == "bouwsteen" else soort
    brief = soort == "brief"
    na = 150 if brief else 160
    stijlen = [
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{LETTERTYPE}" w:eastAsia="{LETTERTYPE}" '
        f'w:hAnsi="{LETTERTYPE}" w:cs="{LETTERTYPE}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="nl-NL" w:eastAsia="nl-NL" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_ruimte(0, na, 274)}</w:pPr></w:pPrDefault></w:docDefaults>",
        _stijl("paragraph", "Normal", "Normal", standaard=True, ppr="<w:widowControl/>"),
        _stijl(
            "character",
            "DefaultParagraphFont",
            "Default Paragraph Font",
            standaard=True,
            snel=False,
            prioriteit=1,
        ),
        _stijl(
            "table",
            "TableNormal",
            "Normal Table",
            standaard=True,
            snel=False,
            prioriteit=99,
            rest='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
            '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
            '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>',
        ),
        _stijl("numbering", "NoList", "No List", standaard=True, snel=False, prioriteit=99),
        _stijl(
            "paragraph",
            "Title",
            "Title",
            op="Normal",
            volgende="Subtitle",
            ppr=f"<w:keepNext/>{_ruimte(240, 60, 240)}",
            rpr=_letter(48, vet=True, kleur=ACCENT),
            prioriteit=10,
        ),
        _stijl(
            "paragraph",
            "Subtitle",
            "Subtitle",
            op="Normal",
            volgende="Normal",
            ppr=_ruimte(0, 200),
            rpr=_letter(26, kleur=GRIJS),
            prioriteit=11,
        ),
        _stijl(
            "paragraph",
            "Documentgegevens",
            "Documentgegevens",
            op="Normal",
            ppr=f'<w:tabs><w:tab w:val="left" w:pos="1800"/></w:tabs>{_ruimte(0, 20)}{_inspring(1800, 1800)}',
        ),
        *_koppen(soort),
        _stijl(
            "paragraph",
            "ListBullet",
            "List Bullet",
            op="Normal",
            prioriteit=36,
            ppr=f'<w:numPr><w:numId w:val="{NUM_BULLETS}"/></w:numPr>{_ruimte(0, 60)}',
        ),
        _stijl(
            "paragraph",
            "ListBullet2",
            "List Bullet 2",
            op="Normal",
            prioriteit=36,
            ppr=f'<w:numPr><w:ilvl w:val="1"/><w:numId w:val="{NUM_BULLETS}"/></w:numPr>{_ruimte(0, 60)}',
        ),
        _stijl(
            "paragraph",
            "ListNumber",
            "List Number",
            op="Normal",
            prioriteit=36,
            ppr=f'<w:numPr><w:numId w:val="{NUM_NUMMERS}"/></w:numPr>{_ruimte(0, 80)}',
        ),
        _stijl(
            "paragraph",
            "ListNumber2",
            "List Number 2",
            op="Normal",
            prioriteit=36,
            ppr=f'<w:numPr><w:ilvl w:val="1"/><w:numId w:val="{NUM_NUMMERS}"/></w:numPr>{_ruimte(0, 60)}',
        ),
        _stijl(
            "paragraph",
            "Kader",
            "Kader",
            op="Normal",
            prioriteit=30,
            ppr=f"<w:keepLines/><w:pBdr>{_rand('top', 4, TINT, 4)}{_rand('left', 36, ACCENT, 8)}"
            f"{_rand('bottom', 4, TINT, 4)}{_rand('right', 4, TINT, 4)}</w:pBdr>"
            f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/>'
            f'{_ruimte(120, 180)}<w:ind w:left="240" w:right="120"/><w:contextualSpacing/>',
        ),
        _stijl(
            "paragraph",
            "Caption",
            "caption",
            op="Normal",
            volgende="Normal",
            prioriteit=35,
            ppr=f"<w:keepNext/>{_ruimte(180, 80)}",
            rpr=_letter(19, vet=True, kleur=ACCENT),
        ),
        _stijl("paragraph", "Tabeltekst", "Tabeltekst", op="Normal", ppr=_ruimte(0, 0, 252), rpr=_letter(19)),
        _stijl("paragraph", "Tabelgetal", "Tabelgetal", op="Tabeltekst", ppr='<w:jc w:val="right"/>'),
        _stijl(
            "paragraph",
            "Tabelruimte",
            "Tabelruimte",
            op="Normal",
            ppr='<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>',
            rpr=_letter(8),
        ),
        _stijl("paragraph", "Natabel", "Na tabel", op="Normal", volgende="Normal", ppr=_ruimte(180, na)),
        _stijl("paragraph", "Nalijst", "Na lijst", op="Normal", volgende="Normal", ppr=_ruimte(100, na)),
        _stijl(
            "paragraph",
            "Afbeelding",
            "Afbeelding",
            op="Normal",
            volgende="Normal",
            ppr=f"<w:keepLines/>{_ruimte(120, 160)}",
        ),
        _stijl(
            "paragraph",
            "Sjabloonopdracht",
            "Sjabloonopdracht",
            op="Normal",
            ppr=_ruimte(0, 40),
            rpr='<w:color w:val="7F7F7F"/><w:sz w:val="16"/><w:szCs w:val="16"/>',
        ),
        _stijl(
            "paragraph",
            "Afzender",
            "Afzender",
            op="Normal",
            rpr=_letter(17, kleur=GRIJS),
            ppr=_ruimte(0, 0, 250),
        ),
        _stijl("paragraph", "Adres", "Adres", op="Normal", ppr=_ruimte(0, 0, 259)),
        _stijl(
            "paragraph",
            "Kenmerk",
            "Kenmerk",
            op="Normal",
            ppr='<w:tabs><w:tab w:val="left" w:pos="1500"/></w:tabs>'
            f"{_ruimte(0, 20, 259)}{_inspring(1500, 1500)}",
        ),
        _stijl("paragraph", "Kenmerkeerste", "Kenmerk eerste", op="Kenmerk", ppr=_ruimte(440, 20, 259)),
        _stijl("paragraph", "Aanhef", "Aanhef", op="Normal", volgende="Normal", ppr=_ruimte(320, na)),
        _stijl(
            "paragraph",
            "Slot",
            "Slot",
            op="Normal",
            volgende="Normal",
            ppr=f"<w:keepLines/>{_ruimte(240, na)}",
        ),
        _stijl(
            "paragraph",
            "Header",
            "header",
            op="Normal",
            snel=False,
            prioriteit=99,
            ppr=f"<w:pBdr>{_rand('bottom', 12, ACCENT, 4)}</w:pBdr>"
            f'<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>{_ruimte(0, 0, 240)}',
            rpr=_letter(17, kleur=GRIJS),
        ),
        _stijl(
            "paragraph",
            "Logo",
            "Logo",
            op="Normal",
            snel=False,
            ppr='<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
        ),
        _stijl(
            "paragraph",
            "Briefhoofd",
            "Briefhoofd",
            op="Normal",
            snel=False,
            ppr=_ruimte(0, 0, 240),
            rpr=_letter(40, vet=True, kleur=ACCENT),
        ),
        _stijl(
            "paragraph",
            "Briefhoofdonder",
            "Briefhoofd onder",
            op="Normal",
            snel=False,
            ppr=f"<w:pBdr>{_rand('bottom', 36, ACCENT, 6)}</w:pBdr>{_ruimte(0, 620, 240)}",
            rpr=_letter(19, kleur=GRIJS),
        ),
        _stijl(
            "paragraph",
            "Footer",
            "footer",
            op="Normal",
            snel=False,
            prioriteit=99,
            ppr=f"<w:pBdr>{_rand('top', 6, ACCENT, 6)}</w:pBdr>"
            f'<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>{_ruimte(0, 0, 240)}',
            rpr=_letter(16, kleur=GRIJS),
        ),
        _stijl(
            "paragraph",
            "TOCHeading",
            "TOC Heading",
            op="Normal",
            volgende="Normal",
            prioriteit=39,
            ppr=f"<w:keepNext/>{_ruimte(320, 120)}",
            rpr=_letter(28, vet=True, kleur=ACCENT),
        ),
        *(
            _stijl(
                "paragraph",
                f"TOC{n}",
                f"toc {n}",
                op="Normal",
                volgende="Normal",
                snel=False,
                prioriteit=39,
                ppr="<w:tabs>"
                f'<w:tab w:val="left" w:pos="{480 * n + 80 * (n - 1)}"/>'
                '<w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs>'
                f"{_ruimte(60 if n == 1 else 0, 20, 240)}{_inspring((n - 1) * 480)}",
                rpr=_letter(0, vet=n == 1),
            )
            for n in (1, 2, 3)
        ),
        _stijl("character", "Strong", "Strong", rpr="<w:b/><w:bCs/>", prioriteit=22),
        _stijl("character", "Emphasis", "Emphasis", rpr="<w:i/><w:iCs/>", prioriteit=20),
        _stijl("character", "Kenmerklabel", "Kenmerklabel", rpr=f'<w:color w:val="{GRIJS}"/>'),
        _stijl(
            "character",
            "Hyperlink",
            "Hyperlink",
            rpr=f'<w:color w:val="{ACCENT}"/><w:u w:val="single"/>',
            prioriteit=99,
            snel=False,
        ),
        _tabelstijl(),
    ]
    if soort == "overeenkomst":
        stijlen += [
            _stijl(
                "paragraph",
                "Artikellid",
                "Artikellid",
                op="Normal",
                ppr=f'<w:numPr><w:ilvl w:val="1"/><w:numId w:val="{NUM_KOPPEN}"/></w:numPr>{_ruimte(0, 90)}',
            ),
            _stijl(
                "paragraph",
                "Artikelonderdeel",
                "Artikelonderdeel",
                op="Normal",
                ppr=f'<w:numPr><w:ilvl w:val="2"/><w:numId w:val="{NUM_KOPPEN}"/></w:numPr>{_ruimte(0, 60)}',
            ),
        ]
    return KOP_XML + f'<w:styles xmlns:w="{W_NS}">' + "".join(stijlen) + "</w:styles>"


def _niveau(
    ilvl: int, fmt: str, tekst: str, links: int, hang: int, stijl: str = "", letter: str = "", na: str = "tab"
) -> str:
    stijl_xml = f'<w:pStyle w:val="{stijl}"/>' if stijl else ""
    suffix = "" if na == "tab" else f'<w:suff w:val="{na}"/>'
    rpr = (
        f'<w:rPr><w:rFonts w:ascii="{letter}" w:hAnsi="{letter}" w:hint="default"/></w:rPr>' if letter else ""
    )
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>{stijl_xml}{suffix}'
        f'<w:lvlText w:val="{tekst}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{links}" '
        f'w:hanging="{hang}"/></w:pPr>{rpr}</w:lvl>'
    )


def _abstract(id_: int, nsid: str, niveaus: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{id_}"><w:nsid w:val="{nsid}"/><w:multiLevelType '
        f'w:val="multilevel"/>'
        f'<w:tmpl w:val="{nsid}"/>{niveaus}</w:abstractNum>'
    )


def render_numbering(soort: str, herstarts: int) -> str:
    """Return word/numbering.xml; `herstarts` numbered lists of their own get numId 10, 11, ..."""
    if soort == "overeenkomst":
        koppen = (
            _niveau(0, "decimal", "Artikel %1.", 0, 0, "Heading1", na="space")
            + _niveau(1, "decimal", "%1.%2", 624, 624, "Artikellid")
            + _niveau(2, "lowerLetter", "%3.", 1021, 397, "Artikelonderdeel")
        )
        nsid = "3A1F0002"
    elif soort == "brief":
        koppen = "".join(_niveau(n, "none", "", 0, 0, na="nothing") for n in range(3))
        nsid = "3A1F0003"
    else:
        koppen = (
            _niveau(0, "decimal", "%1", 624, 624, "Heading1")
            + _niveau(1, "decimal", "%1.%2", 624, 624, "Heading2")
            + _niveau(2, "decimal", "%1.%2.%3", 737, 737, "Heading3")
        )
        nsid = "3A1F0001"
    bullets = _niveau(0, "bullet", "•", 397, 284, "ListBullet") + _niveau(
        1, "bullet", "–", 737, 284, "ListBullet2"
    )
    nummers = _niveau(0, "decimal", "%1.", 397, 397, "ListNumber") + _niveau(
        1, "lowerLetter", "%2.", 794, 397, "ListNumber2"
    )
    nums = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n in (NUM_KOPPEN, NUM_BULLETS, NUM_NUMMERS)
    )
    herstart = "".join(
        f'<w:lvlOverride w:ilvl="{n}"><w:startOverride w:val="1"/></w:lvlOverride>' for n in (0, 1)
    )
    nums += "".join(
        f'<w:num w:numId="{10 + n}"><w:abstractNumId w:val="{ABSTRACT_NUMMERS}"/>{herstart}</w:num>'
        for n in range(herstarts)
    )
    lijsten = (
        _abstract(1, nsid, koppen) + _abstract(2, "3A1F0010", bullets) + _abstract(3, "3A1F0011", nummers)
    )
    return KOP_XML + f'<w:numbering xmlns:w="{W_NS}">{lijsten}{nums}</w:numbering>'


def render_settings() -> str:
    """Return word/settings.xml: compatibility mode 15, Dutch, no rsids."""
    return (
        KOP_XML + f'<w:settings xmlns:w="{W_NS}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>'
        '<w:hyphenationZone w:val="425"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat>"
        '<w:themeFontLang w:val="nl-NL"/><w:decimalSymbol w:val=","/><w:listSeparator '
        'w:val=";"/></w:settings>'
    )


def render_font_table() -> str:
    """Return word/fontTable.xml with the one typeface the styles use."""
    return (
        KOP_XML + f'<w:fonts xmlns:w="{W_NS}"><w:font w:name="{LETTERTYPE}"><w:altName w:val="Carlito"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )

"""Shows what every template looks like: the first page of its example as a picture, with an index.

Renders the invented example of each document (and of each regional variant) in the demo region's house style,
turns it into PDF with LibreOffice and writes docs/voorbeelden/. With `--alles MAP` every page goes to MAP, to
be looked at and not kept.

Must stay true: the pictures hold invented data only.
Trap: the look depends on LibreOffice and on the fonts of the machine; the pictures show the shape, Word shows
the truth.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from aanbesteding.documents.catalogus import Sjablonen, make_jinja_context
from aanbesteding.documents.declaration import Document
from aanbesteding.procedures import PROCEDURES
from aanbesteding.regio import load_regio, regio_mappen

WORTEL = Path(__file__).resolve().parents[1]
DOEL = WORTEL / "docs" / "voorbeelden"
REGIO = "bommelerwaard"
KLEUREN = 24
FASEN = tuple(dict.fromkeys(fase.code for procedure in PROCEDURES for fase in procedure.fasen))


@dataclass(frozen=True)
class Voorbeeld:
    """One picture: a document, and the region when it is a variant."""

    document: Document
    regio: str = ""

    @property
    def naam(self) -> str:
        """File name without extension."""
        return f"{self.document.fase}-{self.document.code}" + (f".{self.regio}" if self.regio else "")


def list_voorbeelden(sjablonen: Path) -> Iterator[Voorbeeld]:
    """Every document of every procedure in order of stage, each followed by its regional variants."""
    documenten = {d.code: d for p in PROCEDURES for f in p.fasen for d in f.documenten}
    for document in sorted(documenten.values(), key=lambda d: FASEN.index(d.fase)):
        yield Voorbeeld(document)
        for pad in sorted(sjablonen.glob(f"_regio/*/{document.sjabloon}")):
            yield Voorbeeld(document, pad.relative_to(sjablonen / "_regio").parts[0])


def render_docx(voorbeelden: list[Voorbeeld], map_: Path) -> None:
    """Write the example of each as Word file."""
    huisstijl = load_regio(REGIO, regio_mappen())[0].huisstijl
    sjablonen = Sjablonen(WORTEL / "sjablonen")
    for v in voorbeelden:
        geladen = sjablonen.load(v.document, v.regio or "landelijk", huisstijl)
        context = make_jinja_context(v.document.voorbeeld(), huisstijl)
        eigenschappen = {"document": v.document.code}
        docx = geladen.template.render_bytes(context, eigenschappen=eigenschappen)
        (map_ / f"{v.naam}.docx").write_bytes(docx)


def convert(map_: Path) -> None:
    """All Word files of a folder to PDF, in one LibreOffice process."""
    bestanden = [str(p) for p in sorted(map_.glob("*.docx"))]
    profiel = f"-env:UserInstallation={(map_ / 'profiel').as_uri()}"
    opdracht = ["soffice", "--headless", profiel, "--convert-to", "pdf", "--outdir", str(map_), *bestanden]
    subprocess.run(opdracht, check=True, capture_output=True)


def draw(pdf: Path, uit: Path, *, dpi: int, alles: bool) -> None:
    """The first page as <uit>.png, or every page as <uit>-01.png and on."""
    een = [] if alles else ["-f", "1", "-l", "1", "-singlefile"]
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", *een, str(pdf), str(uit)], check=True)
    for png in uit.parent.glob(f"{uit.name}*.png"):
        with Image.open(png) as beeld:
            klein = beeld.convert("RGB").quantize(KLEUREN, dither=Image.Dither.NONE)
        klein.save(png, optimize=True)


def render_index(voorbeelden: list[Voorbeeld]) -> str:
    """The page with all pictures, by stage."""
    regels = [
        "# Zo zien de sjablonen eruit",
        "",
        "De eerste bladzijde van elk sjabloon, gevuld met zijn voorbeeld. **Alle gegevens zijn verzonnen.**",
        "De huisstijl is die van de demoregio. Gemaakt met `make voorbeelden`; de velden van elk sjabloon staan in",
        "[sjablonen.md](../sjablonen.md).",
    ]
    for fase in FASEN:
        rij = [v for v in voorbeelden if v.document.fase == fase]
        if not rij:
            continue
        regels += ["", f"## {fase.capitalize()}", ""]
        for v in rij:
            titel = v.document.titel + (f" (variant van de regio {v.regio})" if v.regio else "")
            regels += [f"### {titel}", "", f"![Eerste bladzijde van: {titel}]({v.naam}.png)", ""]
    return "\n".join(regels).rstrip("\n") + "\n"


def main(argv: list[str] | None = None) -> int:
    """Command line: write docs/voorbeelden, or every page to a folder of your own."""
    parser = argparse.ArgumentParser(prog="voorbeelden", description="Maakt plaatjes van alle sjablonen.")
    parser.add_argument("--alles", type=Path, metavar="MAP", help="zet elke bladzijde in deze map")
    parser.add_argument("--alleen", default="", help="alleen sjablonen waarvan de naam dit bevat")
    keuze = parser.parse_args(argv)
    for nodig in ("soffice", "pdftoppm"):
        if shutil.which(nodig) is None:
            sys.stderr.write(f"{nodig} ontbreekt. Installeer LibreOffice en poppler-utils.\n")
            return 2
    voorbeelden = [v for v in list_voorbeelden(WORTEL / "sjablonen") if keuze.alleen in v.naam]
    doel: Path = keuze.alles or DOEL
    doel.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as tijdelijk:
        map_ = Path(tijdelijk)
        render_docx(voorbeelden, map_)
        convert(map_)
        for v in voorbeelden:
            draw(map_ / f"{v.naam}.pdf", doel / v.naam, dpi=70, alles=bool(keuze.alles))
    if not keuze.alles and not keuze.alleen:
        for png in set(doel.glob("*.png")) - {doel / f"{v.naam}.png" for v in voorbeelden}:
            png.unlink()
        (doel / "README.md").write_text(render_index(voorbeelden), encoding="utf-8", newline="\n")
    print(f"{len(voorbeelden)} sjablonen in {doel}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

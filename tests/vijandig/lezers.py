# ruff: noqa: DTZ001, E501 - a workbook has moments without a zone; one reader per line
"""The table of everything that reads what comes from outside, each with good examples and a way to break them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from aanbesteding.adapters.mail import build_bericht, is_adres
from aanbesteding.adapters.werkboek import load_werkboek, save_werkboek
from aanbesteding.cli.dossier import load_invoer
from aanbesteding.cli.rangorde import load_bestand
from aanbesteding.demo.verhaal import Verhaal
from aanbesteding.documents.render import load_template
from aanbesteding.documents.woord.upload import open_upload
from aanbesteding.documents.woord.vergelijking import vergelijk
from aanbesteding.domain.aanbesteding import Aanbesteding
from aanbesteding.domain.norm import list_normbestanden, parse_normen
from aanbesteding.domain.regio import Regio
from aanbesteding.engine.archief import DOSSIER, check_archief, load_dossiers
from aanbesteding.engine.bewijsvorm import check_bewijs
from aanbesteding.engine.ports import Mail
from aanbesteding.procedures import PROCEDURES
from aanbesteding.regio import parse_toml, regio_mappen
from aanbesteding.web.formulier.boom import build_boom
from aanbesteding.web.formulier.ontleden import parse
from aanbesteding.web.formulier.vorm import Soort, find_vorm
from documents.woord.maken import make_stuk
from vijandig.archieven import break_archief, make_archief
from vijandig.breken import BIJT, break_bytes, break_tekst, break_zip
from vijandig.lezers_omgeving import (
    INSTELLINGEN,
    break_instellingen,
    break_logo,
    list_logos,
    make_contexten,
    read_contexten,
    read_instellingen,
    read_logo,
)
from vijandig.terugzetten import (
    break_inhoud,
    make_archieven,
    make_kopieen,
    read_herbereken,
    read_herstel,
    read_los,
)

Breek = Callable[[bytes, random.Random], bytes]
WAARDEN = ("1", 12.5, "Tekst", "ja", "2026-04-14", datetime(2026, 4, 14, 12), 3, "info@aanbieder.example")
MOMENT = datetime(2026, 1, 5, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


@dataclass(frozen=True)
class Lezer:
    """A reader: good examples as bytes, how they are broken, and what reads the file with the broken bytes."""

    naam: str
    achtervoegsel: str
    voorbeelden: Callable[[Path], list[bytes]]
    breek: Breek
    lees: Callable[[Path], object]
    eigen: bool = False
    """Does it write, in a folder of its own next to the file?"""


def list_bladen() -> list[dict[str, type[BaseModel]]]:
    """The sheets of every kind of workbook, each once."""
    gezien: dict[str, dict[str, type[BaseModel]]] = {}
    for procedure in PROCEDURES:
        for fase in procedure.fasen:
            gezien |= {f"{fase.code}/{b.soort}": dict(b.bladen) for b in fase.invoerbestanden}
    return list(gezien.values())


def _make_werkboek(map_: Path, bladen: dict[str, type[BaseModel]], achtervoegsel: str) -> bytes:
    pad = map_ / f"goed{achtervoegsel}"
    inhoud: dict[str, Any] = {}
    kans = random.Random(len(bladen))
    for naam, model in bladen.items():
        velden = tuple(v for v in model.model_fields if v != "rij")
        inhoud[naam] = (velden, [[kans.choice(WAARDEN) for _ in velden] for _ in range(3)])
    if achtervoegsel == ".csv":
        velden, rijen = next(iter(inhoud.values()))
        return "\n".join(";".join(str(c) for c in rij) for rij in (velden, *rijen)).encode()
    save_werkboek(pad, inhoud)
    return pad.read_bytes()


def _read_werkboek(pad: Path) -> None:
    """As every kind in turn: a file is chosen for the wrong kind as well."""
    gekozen = list_bladen()
    load_werkboek(pad, gekozen[pad.stat().st_size % len(gekozen)])


def _list_toml(patroon: str) -> list[bytes]:
    return [pad.read_bytes() for map_ in regio_mappen() for pad in sorted(map_.glob(f"*/{patroon}"))]


def _list_aanbestedingen(_map: Path) -> list[bytes]:
    return [b for b in _list_toml("*.toml") if b"\nprocedure = " in b]


def _read_normen(pad: Path) -> None:
    parse_normen({"normen.toml": pad.read_text("utf-8", "replace")})


def _make_invoer(_map: Path) -> list[bytes]:
    return [
        b'{"perceel": "1", "bedrag": 12.50, "rijen": [{"a": 1}, {"b": null}]}',
        b'{"percelen": ["1"], "x": true}',
    ]


def _read_woord(pad: Path) -> None:
    stuk, inhoud = make_stuk(), pad.read_bytes()
    open_upload(inhoud)
    vergelijk(stuk.docx, inhoud, stuk.waarden)


def _make_bewijs(_map: Path) -> list[bytes]:
    png = b"\x89PNG\r\n\x1a\n" + b"x" * 50 + b"IEND\xaeB`\x82"
    return [
        b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n",
        png,
        b"\xff\xd8\xff" + b"x" * 50 + b"\xff\xd9",
        make_stuk().docx,
    ]


def _read_bewijs(pad: Path) -> None:
    inhoud = pad.read_bytes()
    for naam in ("bewijs.pdf", "a.docx", "../../a.png", "a\x00.jpg", ""):
        vorm, fout = check_bewijs(naam, inhoud)
        assert (vorm is None) == bool(fout)


FORMULIEREN = [h.invoer for p in PROCEDURES for _, h in p.list_handelingen() if h.invoer.model_fields]


def _make_formulieren(_map: Path) -> list[bytes]:
    """What a browser would send for every act: pairs of name and text, with the number of the act in front."""
    return [
        "\n".join([str(nummer), *(f"{naam}=1" for naam in _list_namen(model))]).encode()
        for nummer, model in enumerate(FORMULIEREN)
    ]


def _list_namen(model: type[BaseModel], begin: str = "") -> Iterator[str]:
    """The names of the fields of a form, with one row of what has rows."""
    for naam, veld in model.model_fields.items():
        vorm = find_vorm(naam, veld)
        if vorm.model:
            rij = "" if vorm.soort is Soort.GROEP else ".0"
            yield from _list_namen(vorm.model, f"{begin}{naam}{rij}.")
        elif vorm.soort is Soort.PAREN:
            yield from (f"{begin}{naam}.0.sleutel", f"{begin}{naam}.0.waarde")
        else:
            yield f"{begin}{naam}"


def _break_formulier(inhoud: bytes, kans: random.Random) -> bytes:
    kop, *regels = inhoud.decode().split("\n")
    for _ in range(kans.randrange(1, 4)):
        plek = kans.randrange(len(regels)) if regels else 0
        naam = regels[plek].partition("=")[0] if regels else "x"
        soort = kans.randrange(5)
        beet = kans.choice(BIJT)
        if soort == 0:
            regels[plek : plek + 1] = [f"{naam}={beet}"]
        elif soort == 1:
            regels.insert(
                plek, f"{naam}.{kans.choice(['0', '9' * 5000, '²', '٣', '', '-1', 'x.y.z'])}={beet}"
            )
        elif soort == 2:
            regels.insert(plek, regels[plek] if regels else f"{beet}=1")
        elif soort == 3:
            regels = [r for r in regels if not r.startswith(naam)]
        else:
            regels.insert(plek, f"{'.'.join([naam] * kans.randrange(1, 40))}={beet}")
    return "\n".join([kop, *regels]).encode("utf-8", "surrogatepass")


def _read_formulier(pad: Path) -> None:
    kop, *regels = pad.read_bytes().decode("utf-8", "surrogatepass").split("\n")
    paren = [(naam, waarde) for naam, _, waarde in (regel.partition("=") for regel in regels)]
    ontleed = parse(FORMULIEREN[int(kop)], build_boom(paren))
    assert (ontleed.invoer is None) == bool(ontleed.fouten)
    assert all(zin.strip() for zinnen in ontleed.fouten.values() for zin in zinnen)


def _make_mail(_map: Path) -> list[bytes]:
    return [
        json.dumps(
            ["info@aanbieder.example", "Gemeente Voorbeeld", "inkoop@gemeente.example", "Uw brief"]
        ).encode()
    ]


def _break_mail(inhoud: bytes, kans: random.Random) -> bytes:
    velden: list[str] = json.loads(inhoud)
    for _ in range(kans.randrange(1, 3)):
        plek = kans.randrange(len(velden))
        veld = velden[plek]
        knip = kans.randrange(len(veld) + 1)
        beet = kans.choice([*BIJT, "\rBcc: a@b.example", "\n\nTekst", "\x0b", "\x85Bcc: a@b.example", "\u2028", "<a@b.example>", "é@é.example", "a@b@c.example", '"a b"@c.example'])  # fmt: skip
        velden[plek] = veld[:knip] + beet[:3000] + veld[knip:]
    return json.dumps(velden).encode()


def _read_mail(pad: Path) -> None:
    """Only what passes for an address is ever mailed to; what comes out has one recipient and no header more."""
    aan, namens, antwoord, onderwerp = json.loads(pad.read_bytes())
    if not is_adres(aan):
        return
    mail = Mail(aan, namens, antwoord, onderwerp, "Tekst", "<p>Tekst</p>", "k-1", "m", MOMENT)
    kop = build_bericht(mail, "post@gemeente.example").partition(b"\r\n\r\n")[0]
    namen = [r.partition(b":")[0].lower() for r in kop.split(b"\r\n") if not r.startswith((b" ", b"\t"))]
    assert len(namen) == len(set(namen)), kop
    assert b"bcc" not in namen, kop


LEZERS = (
    Lezer("contexten van een reeks (.jsonl)", ".jsonl", make_contexten, break_tekst, read_contexten),
    Lezer("beeldmerk van een regio (.png)", ".png", list_logos, break_logo, read_logo),
    Lezer("instellingen (AANBESTEDING_...)", ".json", lambda m: [json.dumps(INSTELLINGEN).encode()], break_instellingen, read_instellingen),
    Lezer("werkboek (.xlsx)", ".xlsx", lambda m: [_make_werkboek(m, b, ".xlsx") for b in list_bladen()], break_zip, _read_werkboek),
    Lezer("werkboek (.csv)", ".csv", lambda m: [_make_werkboek(m, b, ".csv") for b in list_bladen() if len(b) == 1], break_tekst,
          lambda pad: load_werkboek(pad, next(b for b in list_bladen() if len(b) == 1))),
    Lezer("regio.toml", ".toml", lambda m: _list_toml("regio.toml"), break_tekst, lambda pad: parse_toml(pad, Regio)),
    Lezer("aanbesteding (.toml)", ".toml", _list_aanbestedingen, break_tekst, lambda pad: parse_toml(pad, Aanbesteding)),
    Lezer("verhaal (.toml)", ".toml", lambda m: _list_toml("verhaal*.toml"), break_tekst, lambda pad: parse_toml(pad, Verhaal)),
    Lezer("normen (.toml)", ".toml", lambda m: [t.encode() for t in list_normbestanden().values()], break_tekst, _read_normen),
    Lezer("invoer van een handeling (.json)", ".json", _make_invoer, break_tekst, load_invoer),
    Lezer("aanbesteding voor de rangorde (.json)", ".json", _make_invoer, break_tekst, load_bestand),
    Lezer("sjabloon (.docx)", ".docx", lambda m: [make_stuk().docx], break_zip, lambda pad: load_template(pad, cache=False)),
    Lezer("ingeleverd Word-bestand", ".docx", lambda m: [make_stuk().docx], break_zip, _read_woord),
    Lezer("bewijsstuk van het loket", ".bin", _make_bewijs, break_bytes, _read_bewijs),
    Lezer("formulier van een handeling", ".txt", _make_formulieren, _break_formulier, _read_formulier),
    Lezer("adressen en koppen van een mail", ".json", _make_mail, _break_mail, _read_mail),
    Lezer("archief van een dossier", ".zip", make_archief, break_archief, lambda pad: (check_archief(pad, DOSSIER), load_dossiers(pad))),
    Lezer("archief, bij herbereken", ".zip", make_archieven, break_inhoud, read_herbereken, eigen=True),
    Lezer("archief, bij het losse controleprogramma", ".zip", make_archieven, break_inhoud, read_los),
    Lezer("reservekopie, bij herstel", ".zip", make_kopieen, break_inhoud, read_herstel, eigen=True),
)  # fmt: skip

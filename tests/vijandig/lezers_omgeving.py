"""Readers of what surrounds a dossier: settings, the logo of a region, contexts to make a series of documents of."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from aanbesteding.bootstrap import load_settings, make_post
from aanbesteding.documents.logo import insert_logo
from aanbesteding.documents.render_reeks import Fouten, open_reeks
from aanbesteding.domain.huisstijl import Huisstijl, Logo
from aanbesteding.domain.regio import Regio
from aanbesteding.regio import regio_mappen, with_logo
from aanbesteding.start import make_inlogdienst, make_instellingen
from aanbesteding.storage.database import parse_url
from aanbesteding.storage.objecten import open_opslag
from vijandig.breken import BIJT, break_bytes


def make_contexten(_map: Path) -> list[bytes]:
    regels = [
        {"naam": f"brief {n}", "datum": "2026-04-14", "bedrag": 12.5, "rijen": [{"a": None}]}
        for n in range(5)
    ]
    return ["\n".join(map(json.dumps, regels)).encode()]


def read_contexten(pad: Path) -> None:
    """As `aanbesteding sjabloon render` reads them: a faulty line is a sentence."""
    reeks = open_reeks(pad, naamveld="naam")
    fouten = Fouten()
    for blok in range(len(reeks.blokken)):
        for regel in reeks.list_blok(blok):
            if regel.fout:
                fouten.add(regel.nummer, regel.fout)
    fouten.check("Er is niets gemaakt.")


def list_logos(_map: Path) -> list[bytes]:
    return [pad.read_bytes() for map_ in regio_mappen() for pad in sorted(map_.glob("*/logo.png"))]


def break_logo(inhoud: bytes, kans: random.Random) -> bytes:
    """Mostly in its head, which is what is read."""
    kop = bytearray(inhoud[:40])
    for _ in range(kans.randrange(1, 6)):
        kop[kans.randrange(len(kop))] = kans.choice([0, 0, 255, kans.randrange(256)])
    return break_bytes(inhoud, kans) if kans.random() < 0.3 else bytes(kop) + inhoud[40:]


def read_logo(pad: Path) -> None:
    """As the logo in the folder of a region, drawn in a letter head."""
    logo = Logo(bestand=pad.name, alt="Een beeldmerk")
    regio = Regio.model_construct(huisstijl=Huisstijl.model_construct(logo=logo))
    gelezen = with_logo(regio, pad.parent).huisstijl.logo
    assert gelezen is not None
    leden = {"word/document.xml": HOOFD, "[Content_Types].xml": SOORTEN_XML}
    insert_logo(leden, gelezen)
    assert b"w:drawing" in leden["word/document.xml"]


W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HOOFD = f'<w:document xmlns:w="{W_NS}"><w:body><w:p><w:r><w:t>[[logo]]</w:t></w:r></w:p></w:body></w:document>'.encode()
SOORTEN_XML = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
INSTELLINGEN = {
    "web_poort": "8765", "web_https": "true", "web_sleutel": "x" * 40, "web_adres": "https://inkoop.gemeente.example",
    "web_proxy": "10.0.0.1", "web_stil_minuten": "30", "web_hooguit_uren": "10", "web_host": "127.0.0.1",
    "mail_server": "post.gemeente.example", "mail_poort": "587", "mail_tls": "starttls", "mail_gebruiker": "inkoop",
    "mail_wachtwoord": "verzonnen", "mail_afzender": "inkoop@gemeente.example", "mail_link_dagen": "120",
    "oidc_issuer": "https://inlog.gemeente.example", "oidc_client_id": "a", "oidc_client_secret": "b",
    "documenten_url": "s3://emmer/map", "documenten_eindpunt": "https://s3.example.nl",
    "prefect_poort": "4243",
    "database_url": "sqlite:///x.db", "prefect_api_url": "http://127.0.0.1:4200/api",
}  # fmt: skip


def break_instellingen(inhoud: bytes, kans: random.Random) -> bytes:
    """Another value of one or more settings; an environment holds no zero bytes."""
    waarden: dict[str, str] = json.loads(inhoud)
    for naam in kans.sample(list(waarden), kans.choice([1, 1, 2, 5])):
        knip = kans.randrange(len(waarden[naam]) + 1)
        beet = kans.choice(
            [
                *BIJT,
                "",
                "-1",
                "0",
                "65536",
                "postgresql://h:x/d",
                "https://[",
                "mysql://x/y",
                "//",
                "@",
                "a@b@c",
            ]
        )
        waarden[naam] = kans.choice([beet, waarden[naam][:knip] + beet + waarden[naam][knip:]])[:5000]
    return json.dumps({n: w.replace("\x00", "") for n, w in waarden.items()}).encode()


def read_instellingen(pad: Path) -> None:
    """What every command does with the environment before it does anything else."""
    waarden: dict[str, str] = json.loads(pad.read_bytes())
    with pytest.MonkeyPatch.context() as omgeving:
        for naam, waarde in waarden.items():
            omgeving.setenv(f"AANBESTEDING_{naam.upper()}", waarde.encode("utf-8", "replace").decode())
        instellingen = load_settings()
        make_post(instellingen)
        parse_url(instellingen.database)
        if instellingen.web_sleutel.get_secret_value():  # without one a file is made
            make_instellingen(instellingen)
        make_inlogdienst(instellingen)
        open_opslag(instellingen.documenten, instellingen.documenten_url, instellingen.documenten_eindpunt)

"""Checks an exported dossier on its own: nothing but Python is needed, and nothing of `aanbesteding` is imported.

It travels inside every archive. What it checks: that the file is byte for byte as it was written (SHA256SUMS, and a
hash of the whole at its end), that the facts form one chain from the first to the last, and so do the lines of the
audit log and of the delivery log, that every act stands in the log with what it recorded and promised, that cover,
kept templates and registered documents are as they were recorded, that every registered document is there with its
hash and no other, and that every status follows from the facts. `--kop` looks for a head known from elsewhere, for
instance printed in the record of the award: only that shows that nobody made a whole new archive.

Must stay true: this file imports the standard library alone; the rules of hashing here are the ones of
storage.dossier, storage.documenten, storage.ketting and storage.post (a test holds them together).

    python3 archiefcontrole.py ARCHIEF [--kop HASH]
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

SOMMEN = "SHA256SUMS"
LEEG = b"0" * 64
MAX_LEDEN = 2_000_000
_BLOK = 1 << 20

_KAFT = (
    "code", "titel", "regio", "procedure", "procedure_versie", "peildatum", "aangemaakt", "definitie_hash", "demo",
)  # fmt: skip
_FEIT = (
    "vorige_hash", "dossier", "volgnummer", "versie", "soort", "inhoud", "handeling", "persoon", "moment",
)  # fmt: skip
_TOEZEGGING = ("dossier", "versie", "document", "fase", "onderwerpen", "persoon", "moment")
_REGEL = (
    "dossier", "versie", "document", "fase", "titel", "ontvanger", "ontvanger_naam", "ontvanger_email", "uitgave",
    "pad", "sha256", "sjabloon_sha256", "context_sha256", "context", "gemaakt", "motor",
)  # fmt: skip
_AUDIT = (
    "vorige_hash", "keten", "volgnummer", "moment", "soort", "persoon", "adres", "regio", "dossier", "doel", "reden",
    "bewijs",
)  # fmt: skip
_BERICHT = (
    "dossier",
    "besluit",
    "ontvanger",
    "naam",
    "email",
    "stukken",
    "stand",
    "poging",
    "eigenaar",
    "sinds",
)
_BERICHTREGEL = ("vorige_hash", "moment", "gebeurtenis", "poging", "antwoord")
_VERRICHT, _KLAARGEZET = "handeling_verricht", "berichten_klaargezet"

Rij = dict[str, Any]


def hash_lichaam(pad: Path) -> str:
    """Hash of every byte but the last 64: those hold this very hash, as the comment of the zip."""
    som, rest = hashlib.sha256(), pad.stat().st_size - len(LEEG)
    with pad.open("rb") as bestand:
        while rest > 0 and (blok := bestand.read(min(_BLOK, rest))):
            som.update(blok)
            rest -= len(blok)
    return som.hexdigest()


def list_bestandsfouten(zip_: zipfile.ZipFile, pad: Path) -> list[str]:
    """What is wrong with the file itself: a name that leaves the folder, a hash, a member too few or too many."""
    if te_groot := _check_omvang(zip_, pad):
        return te_groot
    namen = [lid.filename for lid in zip_.infolist()]
    fouten = [f"De naam '{n}' kan niet in een archief staan." for n in namen if not _is_veilig(n)]
    fouten += [
        f"'{naam}' staat er {aantal} keer in." for naam, aantal in Counter(namen).items() if aantal > 1
    ]
    if SOMMEN not in namen:
        return [*fouten, f"{SOMMEN} ontbreekt."]
    if fouten:
        return fouten
    sommen: dict[str, str] = {}
    for regel in zip_.read(SOMMEN).decode(errors="replace").splitlines():
        som, _, naam = regel.partition("  ")
        sommen[naam] = som
    for naam in namen:
        if naam == SOMMEN:
            continue
        if naam not in sommen:
            fouten.append(f"'{naam}' hoort er niet in.")
        elif _hash_lid(zip_, naam) != sommen[naam]:
            fouten.append(f"'{naam}' is gewijzigd.")
    fouten += [f"'{naam}' ontbreekt." for naam in sommen if naam not in namen]
    if not fouten and zip_.comment.decode(errors="replace") != hash_lichaam(pad):
        fouten.append("Het bestand zelf is gewijzigd, buiten de inhoud om.")
    return fouten


def _check_omvang(zip_: zipfile.ZipFile, pad: Path) -> list[str]:
    """An archive is written without compression: nothing of it may swell, or stand in it twice, when it is read."""
    leden = zip_.infolist()
    if len(leden) > MAX_LEDEN:
        return [f"Er staan meer dan {MAX_LEDEN} bestanden in; zo'n archief wordt niet gelezen."]
    ingepakt = [
        lid.filename
        for lid in leden
        if lid.compress_type != zipfile.ZIP_STORED or lid.file_size != lid.compress_size or lid.flag_bits & 1
    ]
    if ingepakt:
        return [f"'{ingepakt[0][:80]}' is ingepakt of versleuteld; dat is in een archief nooit zo."]
    if sum(lid.file_size for lid in leden) > pad.stat().st_size:
        return ["De bestanden erin zijn samen groter dan het archief zelf."]
    return []


def _is_veilig(naam: str) -> bool:
    delen = naam.split("/")
    return (
        0 < len(naam) <= 1000
        and min(naam) >= " "
        and not any(d in ("", ".", "..") or "\\" in d for d in delen)
        and ":" not in naam
    )


def _hash_lid(zip_: zipfile.ZipFile, naam: str) -> str:
    som = hashlib.sha256()
    try:
        with zip_.open(naam) as bron:
            while blok := bron.read(_BLOK):
                som.update(blok)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, zlib.error):
        return ""
    return som.hexdigest()


# --- the dossier ------------------------------------------------------------------------------------------


def list_dossierfouten(zip_: zipfile.ZipFile, kop: str = "") -> list[str]:
    """What is wrong with the recorded dossier in an archive whose file is whole."""
    tabellen = {
        Path(n).stem: [json.loads(r) for r in zip_.read(n).decode().splitlines()]
        for n in zip_.namelist()
        if n.startswith("tabellen/")
    }
    (dossier,) = tabellen["dossier"]
    feiten: list[Rij] = sorted(tabellen["feit"], key=lambda rij: (rij["volgnummer"], rij["id"]))
    return [
        *_check_kaft(dossier),
        *_check_keten(dossier, feiten),
        *_check_kop(feiten, tabellen["auditregel"], kop),
        *_check_vreemd(dossier["code"], tabellen),
        *_check_statussen(feiten, tabellen["status"], json.loads(zip_.read("inhoud.json"))["begin_status"]),
        *_check_logboek(dossier["code"], tabellen["auditregel"], tabellen["ketenkop"]),
        *_check_verricht(feiten, tabellen["toezegging"], tabellen["auditregel"]),
        *_check_berichten(tabellen["bericht"], tabellen["berichtregel"]),
        *_check_ontvangers(tabellen["bericht"], tabellen["auditregel"]),
        *_check_sjablonen(tabellen["sjabloon"], tabellen["document"]),
        *_check_toezeggingen(tabellen["toezegging"], tabellen["document"]),
        *_check_documenten(zip_, dossier["code"], tabellen["document"]),
        *_check_versies(zip_, dossier["code"], feiten),
    ]


def _hash_velden(rij: Rij, velden: tuple[str, ...]) -> str:
    return _hash_delen([rij[veld] for veld in velden])


def _hash_delen(deel: list[Any]) -> str:
    tekst = json.dumps(deel, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(tekst.encode(errors="surrogatepass")).hexdigest()


def _hash_tekst(tekst: str) -> str:
    return hashlib.sha256(tekst.encode(errors="surrogatepass")).hexdigest()


def _check_kaft(dossier: Rij) -> list[str]:
    fouten: list[str] = []
    if _hash_velden(dossier, _KAFT) != dossier["kaft_hash"]:
        fouten.append("Een vast gegeven van het dossier (titel, regio, procedure, peildatum) is gewijzigd.")
    if _hash_tekst(dossier["definitie"]) != dossier["definitie_hash"]:
        fouten.append("De definitie van de aanbesteding is gewijzigd.")
    return fouten


def _check_keten(dossier: Rij, feiten: list[Rij]) -> list[str]:
    fouten: list[str] = []
    vorige = ""
    for nummer, rij in enumerate(feiten, start=1):
        if rij["volgnummer"] != nummer:
            return [
                *fouten,
                f"Op plaats {nummer} staat feit {rij['volgnummer']}: er ontbreekt een feit of het is dubbel.",
            ]
        if rij["vorige_hash"] != vorige:
            fouten.append(f"Feit {nummer} sluit niet aan op het feit ervoor.")
        if _hash_velden(rij, _FEIT) != rij["hash"]:
            fouten.append(f"Feit {nummer} ({rij['soort']}) is gewijzigd.")
        vorige = rij["hash"]
    laatste = max((rij["versie"] for rij in feiten), default=0)
    if vorige != dossier["laatste_hash"] or laatste != dossier["versie"]:
        fouten.append("Het laatste feit is niet het feit dat het laatst is vastgelegd.")
    return fouten


def _check_kop(feiten: list[Rij], logregels: list[Rij], kop: str) -> list[str]:
    """A head that somebody noted earlier must still be there; the dossier may have gone on since."""
    if kop and "".join(kop.split()).lower() not in {rij["hash"] for rij in (*feiten, *logregels)}:
        return ["De opgegeven kop komt niet voor: dit is niet het dossier waarvan die kop is genoteerd."]
    return []


def _check_logboek(code: str, regels: list[Rij], koppen: list[Rij]) -> list[str]:
    fouten: list[str] = []
    vorige, aantal = "", 0
    for aantal, rij in enumerate(sorted(regels, key=lambda r: (r["volgnummer"], r["id"])), start=1):
        if rij["volgnummer"] != aantal:
            return [
                f"Op plaats {aantal} van het logboek staat regel {rij['volgnummer']}: er ontbreekt een regel of hij "
                "is dubbel."
            ]
        if rij["keten"] != code or rij["vorige_hash"] != vorige:
            fouten.append(f"Logregel {aantal} sluit niet aan op de regel ervoor.")
        if _hash_velden(rij, _AUDIT) != rij["hash"]:
            fouten.append(f"Logregel {aantal} ({rij['soort']}) is gewijzigd.")
        vorige = rij["hash"]
    hoort = [(code, aantal, vorige)] if aantal else []
    if [(k["keten"], k["volgnummer"], k["hash"]) for k in koppen] != hoort:
        fouten.append("De laatste logregel is niet de regel die het laatst is geschreven.")
    return fouten


def _check_verricht(feiten: list[Rij], toezeggingen: list[Rij], logregels: list[Rij]) -> list[str]:
    """The line about an act covers what it recorded and promised, and its last fact names that line."""
    regels = {rij["bewijs"]: rij for rij in logregels if rij["soort"] == _VERRICHT}
    per_versie: dict[int, list[Rij]] = {}
    for rij in feiten:
        per_versie.setdefault(rij["versie"], []).append(rij)
    fouten: list[str] = []
    gekoppeld = False
    for versie, groep in per_versie.items():
        laatste = groep[-1]
        beloften = sorted(t["regel_hash"] for t in toezeggingen if t["versie"] == versie)
        regel = regels.pop(_hash_delen([laatste["hash"], *beloften]), None)
        gekoppeld = gekoppeld or regel is not None or any(rij["logboek"] for rij in groep)
        if not gekoppeld:
            continue
        if regel is None:
            fouten.append(f"De handeling van feit {laatste['volgnummer']} staat niet zo in het logboek.")
        elif [rij["logboek"] for rij in groep] != [
            *[""] * (len(groep) - 1),
            f"{regel['volgnummer']}:{regel['hash']}",
        ]:
            fouten.append(f"De verwijzing van feit {laatste['volgnummer']} naar het logboek is gewijzigd.")
    for regel in regels.values():
        fouten.append(f"Logregel {regel['volgnummer']} noemt een handeling die niet zo in het dossier staat.")
    fouten += [
        f"De toezegging van {t['document']} hoort bij een handeling (versie {t['versie']}) die er niet is."
        for t in toezeggingen
        if t["versie"] not in per_versie
    ]
    return fouten


def _check_berichten(berichten: list[Rij], regels: list[Rij]) -> list[str]:
    """The delivery log of every message is whole, and the message stands as it says."""
    per_bericht: dict[int, list[Rij]] = {rij["id"]: [] for rij in berichten}
    fouten: list[str] = []
    for rij in sorted(regels, key=lambda r: r["id"]):
        if rij["bericht_id"] in per_bericht:
            per_bericht[rij["bericht_id"]].append(rij)
        else:
            fouten.append(f"Regel {rij['id']} van het verzendlogboek hoort bij geen bericht.")
    for bericht in berichten:
        vorige, heel = "", True
        for rij in per_bericht[bericht["id"]]:
            deel = _hash_velden(rij, _BERICHTREGEL)
            hoort = _hash_delen([bericht["dossier"], bericht["besluit"], bericht["ontvanger"], deel])
            heel = heel and (rij["vorige_hash"], rij["hash"]) == (vorige, hoort)
            vorige = rij["hash"]
        if not heel or _hash_delen([_hash_velden(bericht, _BERICHT), vorige]) != bericht["regel_hash"]:
            fouten.append(
                f"De verzending aan {bericht['ontvanger']} (besluit {bericht['besluit']}) is gewijzigd."
            )
    return fouten


def _check_ontvangers(berichten: list[Rij], logregels: list[Rij]) -> list[str]:
    """For every decision there is a message for exactly those for whom one was put ready."""
    hoort = {rij["doel"]: rij["bewijs"] for rij in logregels if rij["soort"] == _KLAARGEZET}
    staat = {
        f"besluit {nummer}": _hash_delen(
            [nummer, *sorted(b["ontvanger"] for b in berichten if b["besluit"] == nummer)]
        )
        for nummer in {b["besluit"] for b in berichten}
    }
    return [
        f"Van {doel} ontbreekt een bericht, of er is er een bij."
        for doel in sorted({*hoort, *staat})
        if hoort.get(doel) != staat.get(doel)
    ]


def _check_sjablonen(sjablonen: list[Rij], documenten: list[Rij]) -> list[str]:
    """What documents were made from is kept, and is what it was."""
    fouten = [
        f"Het bewaarde sjabloon {rij['sha256'][:12]} is gewijzigd."
        for rij in sjablonen
        if hashlib.sha256(base64.b64decode(rij["inhoud"]["base64"])).hexdigest() != rij["sha256"]
    ]
    aantal = Counter(rij["sha256"] for rij in sjablonen)
    fouten += [
        f"Het sjabloon {som[:12]} staat er dubbel in." for som, keer in sorted(aantal.items()) if keer > 1
    ]
    weg = {rij["sjabloon_sha256"] for rij in documenten} ^ set(aantal)
    return [*fouten, *(f"Het sjabloon {som[:12]} ontbreekt, of hoort er niet in." for som in sorted(weg))]


def _check_vreemd(code: str, tabellen: dict[str, list[Rij]]) -> list[str]:
    return [
        f"In '{naam}' staat een rij van een ander dossier: {rij['dossier']}."
        for naam, rijen in tabellen.items()
        for rij in rijen
        if rij.get("dossier", code) != code
    ]


def _check_statussen(feiten: list[Rij], statussen: list[Rij], begin: str) -> list[str]:
    volgens: dict[str, str] = {}
    for rij in feiten:
        if rij["soort"] == "StatusGewijzigd":
            inhoud = json.loads(rij["inhoud"])
            volgens[inhoud["onderwerp"]] = inhoud["naar"]
    staat = {rij["onderwerp"]: rij["status"] for rij in statussen}
    fouten = [
        f"De status van {onderwerp} is '{staat.get(onderwerp, 'weg')}'; dat hoort '{hoort}' te zijn."
        for onderwerp in sorted({*staat, *volgens})
        if staat.get(onderwerp) != (hoort := volgens.get(onderwerp, begin))
    ]
    return [*fouten, *(["Een status staat er dubbel in."] if len(staat) != len(statussen) else [])]


def _check_toezeggingen(toezeggingen: list[Rij], documenten: list[Rij]) -> list[str]:
    aantallen = Counter((rij["versie"], rij["document"]) for rij in documenten)
    fouten: list[str] = []
    for rij in toezeggingen:
        sleutel = rij["versie"], rij["document"]
        velden = (*_TOEZEGGING, "ontvangers") if rij["ontvangers"] else _TOEZEGGING
        if _hash_velden(rij, velden) != rij["regel_hash"]:
            fouten.append(f"De toezegging van {rij['document']} (versie {rij['versie']}) is gewijzigd.")
        if bool(rij["afgehandeld"]) != (rij["aantal"] is not None):
            fouten.append(f"Of {rij['document']} (versie {rij['versie']}) is gemaakt, is gewijzigd.")
        elif rij["afgehandeld"] and rij["aantal"] != aantallen[sleutel]:
            fouten.append(
                f"Van {rij['document']} (versie {rij['versie']}) zijn {rij['aantal']} documenten gemaakt, "
                f"maar het register noemt er {aantallen[sleutel]}."
            )
        aantallen.pop(sleutel, None)
    return [*fouten, *(f"Niemand heeft {d} (versie {v}) toegezegd." for v, d in aantallen)]


def list_open(zip_: zipfile.ZipFile) -> list[str]:
    """What was promised and not made yet when the archive was written; no fault, but it must be known."""
    rijen = [json.loads(regel) for regel in zip_.read("tabellen/toezegging.jsonl").decode().splitlines()]
    return [f"{r['document']} (versie {r['versie']})" for r in rijen if not r["afgehandeld"]]


def list_koppen(zip_: zipfile.ZipFile) -> list[str]:
    """The heads of the dossier, in words: to be noted elsewhere."""
    (dossier,) = [json.loads(regel) for regel in zip_.read("tabellen/dossier.jsonl").decode().splitlines()]
    koppen = [json.loads(regel) for regel in zip_.read("tabellen/ketenkop.jsonl").decode().splitlines()]
    return [
        f"In orde: dossier {dossier['code']}.",
        f"Hash van het laatste feit:       {dossier['laatste_hash'] or 'geen'}",
        f"Hash van de laatste logregel:    {koppen[0]['hash'] if koppen else 'geen'}",
    ]


def _check_documenten(zip_: zipfile.ZipFile, code: str, documenten: list[Rij]) -> list[str]:
    onder = f"documenten/{code}/"
    aanwezig = {n.removeprefix(onder) for n in zip_.namelist() if n.startswith(onder) and n.endswith(".docx")}
    fouten: list[str] = []
    for rij in documenten:
        if _hash_velden(rij, _REGEL) != rij["regel_hash"]:
            fouten.append(f"De regel van {rij['pad']} in het register is gewijzigd.")
        if _hash_tekst(rij["context"]) != rij["context_sha256"]:
            fouten.append(f"De gegevens waarvan {rij['pad']} is gemaakt, zijn gewijzigd.")
        if rij["pad"] not in aanwezig:
            fouten.append(f"{rij['pad']} ontbreekt.")
        elif _hash_lid(zip_, onder + rij["pad"]) != rij["sha256"]:
            fouten.append(f"{rij['pad']} is niet het bestand dat is vastgelegd.")
    return fouten


def _check_versies(zip_: zipfile.ZipFile, code: str, feiten: list[Rij]) -> list[str]:
    """Every version of a document that somebody handed in is there, byte for byte."""
    namen = set(zip_.namelist())
    fouten: list[str] = []
    for rij in feiten:
        if rij["soort"] != "StukIngeleverd":
            continue
        versie = json.loads(rij["inhoud"])
        lid = f"documenten/{code}/{versie['pad']}"
        if lid not in namen:
            fouten.append(f"{versie['pad']} ontbreekt.")
        elif _hash_lid(zip_, lid) != versie["sha256"]:
            fouten.append(f"{versie['pad']} is niet het bestand dat is ingeleverd.")
    return fouten


def _show(tekst: str) -> str:
    """What is in an archive may steer a terminal; only what can be read is shown, and not without end."""
    return "".join(teken if teken.isprintable() else "?" for teken in tekst[:500])


def main(argumenten: list[str] | None = None) -> int:
    """Check the archive that the command line names; 0 in order, 1 damaged, 2 not an archive."""
    lezer = argparse.ArgumentParser(description="Controleert een geëxporteerd dossier van 'aanbesteding'.")
    lezer.add_argument("archief", type=Path, help="het bestand dat 'aanbesteding exporteer' heeft gemaakt")
    lezer.add_argument(
        "--kop",
        default="",
        help="een hash zoals u die uit een andere bron kent, bijvoorbeeld een proces-verbaal",
    )
    keuze = lezer.parse_args(argumenten)
    try:
        with zipfile.ZipFile(keuze.archief) as zip_:
            fouten = list_bestandsfouten(zip_, keuze.archief) or list_dossierfouten(zip_, keuze.kop)
            koppen = list_koppen(zip_) if not fouten else []
            nog_open = list_open(zip_) if not fouten else []
    except (
        OSError,
        zipfile.BadZipFile,
        ValueError,
        LookupError,
        ArithmeticError,
        AttributeError,
        TypeError,
        EOFError,
        RuntimeError,
        zlib.error,
    ):
        print(f"{keuze.archief} is geen archief van 'aanbesteding' of is beschadigd.", file=sys.stderr)  # noqa: T201
        return 2
    for fout in fouten:
        print(f"FOUT  {_show(fout)}")  # noqa: T201
    if fouten:
        print(f"NIET in orde: {len(fouten)} afwijkingen.")  # noqa: T201
        return 1
    for wat in nog_open:
        print(f"LET OP  {_show(wat)} was toegezegd en nog niet gemaakt.")  # noqa: T201
    for regel in koppen:
        print(_show(regel))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Checks a whole dossier: the chains of facts and log, every file against its hash, and every document made once more.

It changes nothing and repairs nothing. What it needs is in the database and the folder of documents alone: the
templates as they were used, the contexts, the versions at work then. So it says the same after a template was edited.

Must stay true: one changed byte in a fact, a context, a row, a kept template or a file is found, and so is a row or a
file too few or too many; a damaged row is a finding, never a crash.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from sqlmodel import SQLModel

from aanbesteding.documents.catalogus import make_jinja_context
from aanbesteding.documents.clausules import find_clausules
from aanbesteding.documents.declaration import Document
from aanbesteding.documents.herkomst import describe_motor, list_motorverschillen, load_bundel
from aanbesteding.documents.render import Template
from aanbesteding.documents.text import extract_text
from aanbesteding.domain.bewijsstuk import BEWIJSMAP, make_bewijspad
from aanbesteding.domain.huisstijl import Huisstijl
from aanbesteding.engine.app import App
from aanbesteding.engine.melding import Melding
from aanbesteding.engine.outbox import build_eigenschappen
from aanbesteding.engine.verifieer_logboek import Logcontrole, check_berichten, check_logboek, check_verricht
from aanbesteding.engine.verifieer_stukken import (
    check_stukstatus,
    check_versies,
    read_beoordeling,
)
from aanbesteding.engine.verifieer_zegel import check_zegels
from aanbesteding.errors import OnbekendDossier, SjabloonMismatch
from aanbesteding.storage.bewijs import (
    Rijen,
    count_documentrijen,
    iter_berichtketens,
    iter_documentrijen,
    load_clausules,
    load_logboek,
    load_rijen,
)
from aanbesteding.storage.documenten import hash_regel, load_sjabloon
from aanbesteding.storage.dossier import hash_feit, hash_kaft, hash_toezegging
from aanbesteding.storage.ketting import ALGEMEEN
from aanbesteding.storage.tables import DocumentRow, FeitRow

Voortgang = Callable[[int, int], None]


@dataclass(frozen=True)
class Verificatie:
    """What a check came to. `kop` is the hash of the last fact and `logkop` the one of the last line of the log: who
    knows them can tell that nothing is missing."""

    dossier: str
    feiten: int
    documenten: int
    gereproduceerd: int
    kop: str
    meldingen: tuple[Melding, ...]
    logregels: int = 0
    logkop: str = ""

    @property
    def in_orde(self) -> bool:
        """Whether no evidence is damaged."""
        return not any(melding.is_fout for melding in self.meldingen)


def verify(
    app: App,
    code: str,
    voortgang: Voortgang = lambda _gedaan, _totaal: None,
    *,
    verzegeld: bool = True,
) -> Verificatie:
    """Check everything of this dossier; OnbekendDossier when there is none.

    `verzegeld`: sealed envelopes are here too; an archive leaves them out.
    """
    try:
        rijen = load_rijen(app.database, code)
    except (ValueError, TypeError) as fout:
        onleesbaar = Melding("onleesbaar", code, f"Een rij van het dossier is niet te lezen: {fout}.")
        return Verificatie(code, 0, 0, 0, "", (onleesbaar,))
    if rijen is None:
        raise OnbekendDossier(f"Het dossier '{code}' bestaat niet. Zie 'aanbesteding dossier lijst'.")
    meldingen = [
        m for rij in (rijen.dossier, *rijen.feiten, *rijen.toezeggingen) for m in _check_soorten(rij)
    ]
    leesbaar = not meldingen
    if leesbaar:
        meldingen += [*_check_kaft(rijen), *_check_keten(rijen), *_check_statussen(app, rijen)]
    logboek = load_logboek(app.database, code)
    meldingen += check_logboek(logboek)
    if leesbaar:
        meldingen += check_verricht(rijen, logboek)
    meldingen += check_berichten(iter_berichtketens(app.database, code), logboek)
    beoordeling = read_beoordeling(rijen.feiten if leesbaar else ())
    controle = _Documentcontrole(app, rijen.dossier.procedure, load_clausules(app.database, code))
    totaal = count_documentrijen(app.database, code)
    for nummer, rij in enumerate(iter_documentrijen(app.database, code), start=1):
        meldingen += [
            *controle.check(rij),
            *check_stukstatus(controle.find_document(rij.document), rij, beoordeling),
        ]
        voortgang(nummer, totaal)
    if leesbaar:
        meldingen += _check_toezeggingen(rijen, controle.per_toezegging)
    if leesbaar:
        meldingen += _check_bewijsstukken(app, rijen)
    if leesbaar and verzegeld:
        meldingen += check_zegels(app, code, rijen.feiten)
    meldingen += check_versies(app, code, beoordeling)
    meldingen += _check_wezen(app, code, controle.paden | set(beoordeling.versies))
    return Verificatie(
        code,
        len(rijen.feiten),
        totaal,
        controle.gereproduceerd,
        rijen.dossier.laatste_hash,
        tuple(meldingen),
        len(logboek.regels),
        logboek.kop,
    )


def verify_algemeen(app: App) -> Logcontrole:
    """Check the log of what happened outside any dossier: logging in, accounts."""
    logboek = load_logboek(app.database, ALGEMEEN)
    return Logcontrole(len(logboek.regels), logboek.kop, tuple(check_logboek(logboek)))


def _check_soorten(rij: SQLModel) -> Iterator[Melding]:
    """A database may hold a text where a number belongs; such a row cannot be judged further."""
    for naam, veld in type(rij).model_fields.items():
        soort: Any = veld.annotation
        if not isinstance(getattr(rij, naam), soort):
            waar = f"{type(rij).__name__.removesuffix('Row').lower()} {getattr(rij, 'id', '')}".strip()
            yield Melding("onleesbaar", waar, f"In de kolom '{naam}' staat iets dat daar niet kan staan.")


def _check_kaft(rijen: Rijen) -> Iterator[Melding]:
    dossier = rijen.dossier
    if hash_kaft(dossier) != dossier.kaft_hash:
        tekst = "Een vast gegeven van het dossier (titel, regio, procedure, peildatum, demo of niet) is gewijzigd."
        yield Melding("dossier gewijzigd", dossier.code, tekst)
    if hashlib.sha256(dossier.definitie.encode()).hexdigest() != dossier.definitie_hash:
        yield Melding("definitie gewijzigd", dossier.code, "De definitie van de aanbesteding is gewijzigd.")


# --- facts ------------------------------------------------------------------------------------------------


def _check_keten(rijen: Rijen) -> Iterator[Melding]:
    dossier = rijen.dossier
    vorige, nummer = "", 0
    for rij in rijen.feiten:
        nummer += 1
        if rij.volgnummer != nummer:
            yield Melding("feit ontbreekt", f"feit {nummer}", _describe_gat(nummer, rij.volgnummer))
            nummer = rij.volgnummer
        elif rij.vorige_hash != vorige:
            tekst = "Het feit sluit niet aan op het feit ervoor: de volgorde is gewijzigd of er is een feit vervangen."
            yield Melding("keten gebroken", _describe_feit(rij), tekst)
        if hash_feit(rij) != rij.hash:
            tekst = "De inhoud van het feit klopt niet met de hash die erbij is vastgelegd."
            yield Melding("feit gewijzigd", _describe_feit(rij), tekst)
        vorige = rij.hash
    laatste = max((rij.versie for rij in rijen.feiten), default=0)
    if vorige != dossier.laatste_hash or laatste != dossier.versie:
        tekst = (
            f"Het dossier staat op versie {dossier.versie}, maar het laatste feit is van versie {laatste} of is niet "
            "het feit dat het laatst is vastgelegd. Er ontbreken feiten aan het eind, of er is iets toegevoegd."
        )
        yield Melding("einde klopt niet", f"feit {nummer}", tekst)


def _describe_gat(verwacht: int, gevonden: int) -> str:
    if gevonden < verwacht:
        return f"Het volgnummer {gevonden} komt dubbel voor."
    reeks = (
        f"Feit {verwacht} ontbreekt"
        if gevonden == verwacht + 1
        else f"Feit {verwacht} tot {gevonden} ontbreken"
    )
    return f"{reeks}: na feit {verwacht - 1} volgt feit {gevonden}."


def _describe_feit(rij: FeitRow) -> str:
    return f"feit {rij.volgnummer} ({rij.soort}, {rij.handeling})"


def _check_statussen(app: App, rijen: Rijen) -> Iterator[Melding]:
    """Statuses are a projection of the facts; a list that shows another one misleads."""
    procedure = app.procedures.get(rijen.dossier.procedure)
    verwacht: dict[str, str] = {}
    for rij in rijen.feiten:
        if rij.soort != "StatusGewijzigd":
            continue
        try:
            inhoud = json.loads(rij.inhoud)
            verwacht[inhoud["onderwerp"]] = inhoud["naar"]
        except (ValueError, KeyError, TypeError):
            continue  # reported already: the hash of the fact is wrong
    begin = procedure.begin_status if procedure else ""
    for onderwerp in {**rijen.statussen, **verwacht}:
        status = rijen.statussen.get(onderwerp, "")
        hoort = verwacht.get(onderwerp, begin)
        if status != hoort:
            tekst = f"De status is '{status or 'weg'}', maar volgens de feiten hoort dat '{hoort}' te zijn."
            yield Melding("status gewijzigd", onderwerp, tekst)


# --- documents --------------------------------------------------------------------------------------------


@dataclass
class _Documentcontrole:
    app: App
    procedure: str
    clausules: Mapping[int, set[tuple[str, str]]]
    gereproduceerd: int = 0
    paden: set[str] = field(default_factory=set[str])
    per_toezegging: Counter[tuple[int, str]] = field(default_factory=Counter[tuple[int, str]])
    _sjablonen: dict[str, tuple[Template, Huisstijl] | Melding] = field(
        default_factory=dict[str, "tuple[Template, Huisstijl] | Melding"]
    )

    def check(self, rij: DocumentRow) -> Iterator[Melding]:
        """Row, file and reproduction of one document."""
        if vreemd := list(_check_soorten(rij)):
            yield from vreemd
            return
        self.paden.add(rij.pad)
        self.per_toezegging[rij.versie, rij.document] += 1
        if hash_regel(rij) != rij.regel_hash:
            yield Melding(
                "rij gewijzigd", rij.pad, "De regel in het register is na het vastleggen gewijzigd."
            )
        if hashlib.sha256(rij.context.encode()).hexdigest() != rij.context_sha256:
            tekst = "De gegevens waarvan het document is gemaakt (de context), zijn gewijzigd."
            yield Melding("context gewijzigd", rij.pad, tekst)
            return
        try:
            bestand = self.app.bestanden.load(rij.dossier, rij.pad)
        except OSError:
            bestand = None
            yield Melding(
                "bestand ontbreekt", rij.pad, "Het bestand staat niet meer in de map van het dossier."
            )
        heel = bestand is not None and hashlib.sha256(bestand).hexdigest() == rij.sha256
        if bestand is not None and not heel:
            yield Melding(
                "bestand gewijzigd", rij.pad, "Het bestand is niet meer het bestand dat is vastgelegd."
            )
        yield from self._reproduce(rij, bestand if heel else None)

    def _reproduce(self, rij: DocumentRow, bestand: bytes | None) -> Iterator[Melding]:
        sjabloon = self._load_sjabloon(rij)
        if isinstance(sjabloon, Melding):
            yield sjabloon
            return
        document = self.find_document(rij.document)
        if document is None:
            yield self._describe_mislukt(rij, f"het document '{rij.document}' bestaat niet in deze versie")
            return
        try:
            context = document.context.model_validate_json(rij.context)
            velden = make_jinja_context(context, sjabloon[1])
            nieuw = sjabloon[0].render_bytes(velden, eigenschappen=build_eigenschappen(rij))
        except ValidationError as fout:
            yield self._describe_mislukt(rij, f"de context past niet meer ({fout.error_count()} afwijkingen)")
        except SjabloonMismatch as fout:
            yield self._describe_mislukt(rij, str(fout).rstrip("."))
        else:
            if hashlib.sha256(nieuw).hexdigest() == rij.sha256:
                self.gereproduceerd += 1
                yield from self._check_clausules(rij, nieuw)
            else:
                yield self._compare(rij, nieuw, bestand)

    def _check_clausules(self, rij: DocumentRow, inhoud: bytes) -> Iterator[Melding]:
        """The register of clauses against the marks in the document itself."""
        hoort = {(c.id, c.versie) for c in find_clausules(inhoud)}
        staat = self.clausules.get(rij.id or 0, set[tuple[str, str]]())
        for clausule, versie in sorted(hoort ^ staat):
            wat = "ontbreekt in het register" if (clausule, versie) in hoort else "staat niet in het document"
            tekst = f"De clausule '{clausule}' (versie {versie}) {wat}."
            yield Melding("clausules gewijzigd", rij.pad, tekst)

    def find_document(self, code: str) -> Document | None:
        """The declaration of a document; None when this version of the product has none."""
        try:
            return self.app.procedures[self.procedure].load_document(code)
        except KeyError:
            return None

    def _load_sjabloon(self, rij: DocumentRow) -> tuple[Template, Huisstijl] | Melding:
        sha256 = rij.sjabloon_sha256
        if sha256 not in self._sjablonen:
            self._sjablonen[sha256] = self._open_sjabloon(sha256)
        gevonden = self._sjablonen[sha256]
        if isinstance(gevonden, Melding):
            return Melding(gevonden.soort, rij.pad, gevonden.tekst)
        return gevonden

    def _open_sjabloon(self, sha256: str) -> tuple[Template, Huisstijl] | Melding:
        bundel = load_sjabloon(self.app.database, sha256)
        if bundel is None:
            return Melding("sjabloon ontbreekt", "", f"Het sjabloon {sha256[:12]} is niet bewaard.")
        if hashlib.sha256(bundel).hexdigest() != sha256:
            return Melding("sjabloon gewijzigd", "", f"Het bewaarde sjabloon {sha256[:12]} is gewijzigd.")
        try:
            return load_bundel(bundel)
        except SjabloonMismatch as fout:
            return Melding("sjabloon onbruikbaar", "", str(fout))

    def _describe_mislukt(self, rij: DocumentRow, reden: str) -> Melding:
        verschil = _describe_motorverschil(rij)
        return Melding("niet te reproduceren", rij.pad, f"Opnieuw maken lukt niet: {reden}. {verschil}")

    def _compare(self, rij: DocumentRow, nieuw: bytes, bestand: bytes | None) -> Melding:
        """Why the document made again is another file, and whether its words are the same."""
        verschil = _describe_motorverschil(rij)
        if bestand is None:
            return Melding(
                "niet te reproduceren", rij.pad, f"Opnieuw gemaakt geeft het een ander bestand. {verschil}"
            )
        gelijk = extract_text(nieuw) == extract_text(bestand)
        andere_motor = bool(list_motorverschillen(rij.motor, describe_motor()))
        tekst = (
            "De tekst is woord voor woord gelijk."
            if gelijk
            else "Ook de tekst is anders; vergelijk de bestanden."
        )
        return Melding(
            "andere versie" if gelijk and andere_motor else "niet te reproduceren",
            rij.pad,
            f"Opnieuw gemaakt geeft het een ander bestand. {verschil} {tekst}",
            is_fout=not (gelijk and andere_motor),
        )


def _describe_motorverschil(rij: DocumentRow) -> str:
    verschillen = list_motorverschillen(rij.motor, describe_motor())
    if not verschillen:
        return "De versies waarmee het is gemaakt, zijn dezelfde als nu."
    return f"Het is gemaakt met andere versies: {'; '.join(verschillen)}."


# --- what is missing or too much --------------------------------------------------------------------------


def _check_toezeggingen(rijen: Rijen, aantallen: Counter[tuple[int, str]]) -> Iterator[Melding]:
    beloofd = {(t.versie, t.document): t for t in rijen.toezeggingen}
    for sleutel in sorted({*beloofd, *aantallen}):
        versie, document = sleutel
        waar = f"{document} (versie {versie})"
        toezegging = beloofd.get(sleutel)
        if toezegging is not None and hash_toezegging(toezegging) != toezegging.regel_hash:
            yield Melding(
                "toezegging gewijzigd", waar, "De toezegging van deze documenten is later gewijzigd."
            )
        if toezegging is None:
            tekst = f"Er zijn {aantallen[sleutel]} documenten zonder handeling die ze heeft toegezegd."
            yield Melding("toezegging ontbreekt", waar, tekst)
        elif toezegging.afgehandeld != (toezegging.aantal is not None):
            tekst = "Of deze documenten zijn gemaakt, is later gewijzigd."
            yield Melding("toezegging gewijzigd", waar, tekst)
        elif not toezegging.afgehandeld:
            yield Melding(
                "nog te maken", waar, "Deze documenten zijn nog niet (allemaal) gemaakt.", is_fout=False
            )
        elif toezegging.aantal != aantallen[sleutel]:
            tekst = f"Er zijn {toezegging.aantal} documenten gemaakt, maar het register noemt er {aantallen[sleutel]}."
            yield Melding("rij ontbreekt", waar, tekst)


def _check_bewijsstukken(app: App, rijen: Rijen) -> Iterator[Melding]:
    """Every file that an applicant sent is there, and is what the fact says it is."""
    for rij in rijen.feiten:
        for sha256, vorm in _list_bewijzen(rij):
            pad = make_bewijspad(sha256, vorm)
            if not app.bestanden.check(rij.dossier, pad, sha256):
                tekst = "Het bewijsstuk is er niet meer, of is niet het bestand dat is ingestuurd."
                yield Melding("bewijsstuk gewijzigd", f"{_describe_feit(rij)}, {pad}", tekst)


def _list_bewijzen(rij: FeitRow) -> Iterator[tuple[str, str]]:
    """Hash and kind of every piece of evidence that a fact names."""
    try:
        stukken: Any = json.loads(rij.inhoud)["stukken"]
        for stuk in stukken:
            if {"perceel", "eis", "sha256", "vorm"} <= set(stuk):
                yield str(stuk["sha256"]), str(stuk["vorm"])
    except (ValueError, TypeError, KeyError):
        return


def _check_wezen(app: App, code: str, paden: set[str]) -> Iterator[Melding]:
    for naam in app.bestanden.list_paden(code):
        if naam.endswith(".docx") and naam not in paden and not naam.startswith(f"{BEWIJSMAP}/"):
            tekst = "Dit bestand staat in de map van het dossier, maar niet in het register."
            yield Melding("onbekend bestand", naam, tekst)

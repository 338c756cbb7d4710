"""Seals what an act hands in to the keys of the appointed openers, and lets two of them open it together.

Must stay true: nothing leaves here unsealed for storage; without appointed openers nothing is sealed and so nothing
is taken in; an envelope is read only when a decision asks for it, and what was read is recorded; content, passphrase
and private key are in memory for the time of one act only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.regel import Ernst, Overtreding
from aanbesteding.domain.zegel import (
    MINSTENS,
    EnveloppenGeopend,
    EnveloppenVerzegeld,
    Openerhandeling,
    OpenersAangewezen,
    Openersleutel,
    list_kenmerken,
)
from aanbesteding.engine.app import App
from aanbesteding.engine.sleutels import DEMO_ZAAD, WachtzinBegrensd, find_sleutel, try_slot
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Envelop
from aanbesteding.storage.dossier import Verzegelding, load_bossen, load_enveloppen
from aanbesteding.storage.verzegeling import (
    Bosdeel,
    Kist,
    NietTeOpenen,
    hash_verzegeld,
    seal,
    unwrap,
)

GRONDSLAG = "Aw 2012 art. 2.108"

NIET_AANGEWEZEN = Overtreding(
    "openers-niet-aangewezen",
    GRONDSLAG,
    Ernst.BLOKKEERT,
    "Er zijn geen openers aangewezen, dus inschrijvingen kunnen niet worden verzegeld. Laat twee of meer openers een "
    "sleutel maken (webpagina Mijn sleutel, of aanbesteding sleutel nieuw NAAM) en wijs hen aan met de handeling "
    "'openers_aanwijzen'.",
)


# --- sealing ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Zegel:
    """What is stored of sealed envelopes, and the facts about them."""

    enveloppen: tuple[tuple[str, str, str], ...] = ()
    bossen: tuple[tuple[str, Bosdeel], ...] = ()
    feiten: tuple[Feit, ...] = ()


def seal_enveloppen(dossier: Dossier, enveloppen: Iterable[Envelop]) -> Zegel | Overtreding:
    """Seal envelopes to the appointed openers, one key per kind; a violation when nobody was appointed."""
    per_soort: dict[str, dict[str, bytes]] = {}
    for envelop in enveloppen:
        inhoud = json.dumps(envelop.inhoud, ensure_ascii=False).encode()
        per_soort.setdefault(envelop.soort, {})[envelop.sleutel] = inhoud
    if not per_soort:
        return Zegel()
    aangewezen = dossier.laatste(OpenersAangewezen)
    if aangewezen is None:
        return NIET_AANGEWEZEN
    publiek = [opener.publiek for opener in aangewezen.openers]
    rijen: list[tuple[str, str, str]] = []
    bossen: list[tuple[str, Bosdeel]] = []
    feiten: list[Feit] = []
    for soort, inhoud in per_soort.items():
        plaats = _name_plaats(dossier.code, soort, dossier.versie + 1)
        dicht = seal(inhoud, plaats, publiek, zaad=DEMO_ZAAD if dossier.demo else b"")
        rijen += [(soort, sleutel, tekst) for sleutel, tekst in dicht.inhoud.items()]
        bossen += [(soort, deel) for deel in dicht.bos]
        feiten.append(
            EnveloppenVerzegeld(
                omslag=soort,
                sleutels=tuple(opener.vingerafdruk for opener in aangewezen.openers),
                kenmerken={sleutel: hash_verzegeld(tekst) for sleutel, tekst in dicht.inhoud.items()},
            )
        )
    return Zegel(tuple(rijen), tuple(bossen), tuple(feiten))


def _name_plaats(dossier: str, soort: str, versie: int) -> str:
    return f"{dossier}/{soort}/{versie}"


# --- opening ----------------------------------------------------------------------------------------------


@dataclass
class Kast(Mapping[str, Mapping[str, Any]]):
    """The envelopes of one kind, for the two who open them: read one by one, and it knows which were read."""

    dossier: str
    soort: str
    sleutels: Mapping[str, bytes]
    openers: tuple[Openerhandeling, ...]
    enveloppen: Mapping[str, Verzegelding]
    kenmerken: Mapping[str, str]
    bossen: Mapping[int, tuple[Bosdeel, ...]]
    _kisten: dict[int, Kist] = field(default_factory=dict[int, Kist])
    _gelezen: dict[str, str] = field(default_factory=dict[str, str])

    def __getitem__(self, sleutel: str) -> Mapping[str, Any]:
        """Open one envelope; InvoerError when it is not what was handed in."""
        dicht = self.enveloppen[sleutel]
        kenmerk = self.kenmerken.get(sleutel, "")
        if not dicht.versie and not kenmerk:  # from before sealing
            return json.loads(dicht.inhoud)
        try:
            if hash_verzegeld(dicht.inhoud) != kenmerk:
                raise NietTeOpenen
            if dicht.versie not in self._kisten:
                self._kisten[dicht.versie] = unwrap(self.bossen.get(dicht.versie, ()), self.sleutels)
            plaats = _name_plaats(self.dossier, self.soort, dicht.versie)
            inhoud = self._kisten[dicht.versie].open(plaats, sleutel, dicht.inhoud)
        except (NietTeOpenen, ValueError) as fout:
            raise InvoerError(
                [
                    f"Envelop {sleutel} ({self.soort}) is niet meer zoals hij is ontvangen. Er is niets geopend. Ga na "
                    f"wat er is gebeurd (aanbesteding verifieer {self.dossier}) en zet zo nodig de reservekopie terug."
                ]
            ) from fout
        self._gelezen[sleutel] = kenmerk
        return json.loads(inhoud)

    def __iter__(self) -> Iterator[str]:
        return iter(self.enveloppen)

    def __len__(self) -> int:
        return len(self.enveloppen)

    def build_feit(self) -> EnveloppenGeopend:
        """What was opened, and by whom."""
        return EnveloppenGeopend(omslag=self.soort, openers=self.openers, kenmerken=dict(self._gelezen))


def open_kast(
    app: App, dossier: Dossier, soort: str, personen: Iterable[str], wachtzinnen: Mapping[str, str]
) -> Kast | list[Overtreding]:
    """Let these two appointed openers open this kind with their passphrases, or every reason why they cannot."""
    personen = tuple(dict.fromkeys(personen))
    aangewezen = dossier.laatste(OpenersAangewezen)
    openers = {o.persoon: o for o in aangewezen.openers} if aangewezen else {}
    sleutels: dict[str, bytes] = {}
    fouten: list[Overtreding] = []
    if aangewezen is not None:
        if len(personen) < MINSTENS:
            fouten.append(
                _refuse("opener-te-weinig", "Openen gebeurt door twee verschillende openers samen.")
            )
        for persoon in personen:
            gevonden = _open_sleutel(app, persoon, openers, wachtzinnen.get(persoon, ""))
            if isinstance(gevonden, Overtreding):
                fouten.append(gevonden)
            else:
                sleutels[openers[persoon].vingerafdruk] = gevonden
    if fouten:
        return fouten
    return Kast(
        dossier=dossier.code,
        soort=soort,
        sleutels=sleutels,
        openers=tuple(
            Openerhandeling(persoon=p, vingerafdruk=openers[p].vingerafdruk) for p in personen if p in openers
        ),
        enveloppen=load_enveloppen(app.database, dossier.code, soort),
        kenmerken=list_kenmerken(dossier, soort),
        bossen=load_bossen(app.database, dossier.code, soort),
    )


def list_openers(app: App, code: str, handeling: str, invoer: Mapping[str, Any]) -> tuple[str, ...]:
    """Whose passphrases this act needs: the openers that its input names, when it opens what is sealed to them."""
    dossier, procedure, _ = app.load(code)
    opent = any(h.code == handeling and h.opent for _, h in procedure.list_handelingen())
    if not opent or dossier.laatste(OpenersAangewezen) is None:
        return ()
    genoemd: Any = invoer.get("openers", ())
    return () if isinstance(genoemd, str) else tuple(dict.fromkeys(map(str, genoemd or ())))


def _open_sleutel(
    app: App, persoon: str, openers: Mapping[str, Openersleutel], wachtzin: str
) -> bytes | Overtreding:
    if persoon not in openers:
        namen = ", ".join(openers)
        tekst = f"{persoon} is niet aangewezen als opener van dit dossier. Aangewezen zijn: {namen}."
        return _refuse("opener-niet-aangewezen", tekst)
    if not wachtzin:
        tekst = f"De wachtzin van {persoon} ontbreekt. Elke opener typt zijn eigen wachtzin."
        return _refuse("wachtzin-ontbreekt", tekst)
    vingerafdruk = openers[persoon].vingerafdruk
    regel = find_sleutel(app, vingerafdruk)
    if regel is None:
        tekst = (
            f"De sleutel {vingerafdruk} van {persoon} staat niet meer in de database. Zet de reservekopie terug of "
            "open met een andere opener."
        )
        return _refuse("sleutel-ontbreekt", tekst)
    try:
        return try_slot(app, regel, wachtzin)
    except WachtzinBegrensd as fout:
        return _refuse("wachtzin-te-vaak", str(fout))
    except NietTeOpenen:
        tekst = f"De wachtzin van {persoon} past niet bij de sleutel {vingerafdruk}. Er is niets geopend."
        return _refuse("wachtzin-onjuist", tekst)


def _refuse(code: str, tekst: str) -> Overtreding:
    return Overtreding(code, GRONDSLAG, Ernst.BLOKKEERT, tekst)

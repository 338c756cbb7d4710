"""Checks what was logged: the audit log of a dossier (or of everything else) as one chain, and the delivery log.

The log and the facts hold each other: the line about an act covers its facts and its promises, and the last fact of
the act names that line. Acts from before the log was chained have no such line; from the first that has one on, each
must have one.

Must stay true: reads only; a damaged row is a finding, never a crash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aanbesteding.engine.melding import Melding
from aanbesteding.storage.audit import Auditsoort
from aanbesteding.storage.bewijs import Berichtketen, Logboek, Rijen
from aanbesteding.storage.dossier import hash_vastgelegd
from aanbesteding.storage.ketting import hash_auditrij
from aanbesteding.storage.post import hash_bericht, hash_berichtregel, hash_ontvangers
from aanbesteding.storage.tables import FeitRow
from aanbesteding.storage.tables_toegang import AuditRow


@dataclass(frozen=True)
class Logcontrole:
    """What checking the general log came to."""

    regels: int
    kop: str
    meldingen: tuple[Melding, ...]


def check_logboek(logboek: Logboek) -> Iterator[Melding]:
    """Every line is there, in order and as it was written, up to the head."""
    vorige, nummer = "", 0
    for rij in logboek.regels:
        nummer += 1
        if rij.volgnummer != nummer:
            tekst = (
                f"Op plaats {nummer} staat regel {rij.volgnummer}: er ontbreekt een regel of hij is dubbel."
            )
            yield Melding("logboek gewijzigd", f"logregel {nummer}", tekst)
            nummer = rij.volgnummer if isinstance(rij.volgnummer, int) else nummer  # pyright: ignore[reportUnnecessaryIsInstance]
        elif rij.vorige_hash != vorige:
            tekst = "De regel sluit niet aan op de regel ervoor."
            yield Melding("logboek gewijzigd", _describe(rij), tekst)
        if hash_auditrij(rij) != rij.hash:
            tekst = "De inhoud van de regel klopt niet met de hash die erbij is vastgelegd."
            yield Melding("logboek gewijzigd", _describe(rij), tekst)
        vorige = rij.hash
    if (nummer, vorige) != (logboek.aantal, logboek.kop):
        tekst = (
            f"Het logboek hoort {logboek.aantal} regels te hebben; de laatste is regel {nummer} of is niet de regel "
            "die het laatst is geschreven. Er ontbreken regels aan het eind, of er is iets toegevoegd."
        )
        yield Melding("logboek gewijzigd", f"logregel {nummer}", tekst)


def _describe(rij: AuditRow) -> str:
    return f"logregel {rij.volgnummer} ({rij.soort})"


def check_verricht(rijen: Rijen, logboek: Logboek) -> Iterator[Melding]:
    """Every act stands in the log with everything it recorded, and every act of the log is in the dossier."""
    regels = {r.bewijs: r for r in logboek.regels if r.soort == Auditsoort.HANDELING_VERRICHT.value}
    beloften: dict[int, list[str]] = defaultdict(list)
    for toezegging in rijen.toezeggingen:
        beloften[toezegging.versie].append(toezegging.regel_hash)
    gekoppeld = False
    for feiten in _split_handelingen(rijen.feiten):
        laatste = feiten[-1]
        regel = regels.pop(hash_vastgelegd(laatste.hash, beloften.pop(laatste.versie, ())), None)
        gekoppeld = gekoppeld or regel is not None or any(feit.logboek for feit in feiten)
        if not gekoppeld:
            continue
        waar = f"feit {laatste.volgnummer} ({laatste.handeling})"
        if regel is None:
            tekst = "Deze handeling met haar toezeggingen staat niet zo in het logboek."
            yield Melding("handeling klopt niet met logboek", waar, tekst)
        elif [feit.logboek for feit in feiten] != [
            *[""] * (len(feiten) - 1),
            f"{regel.volgnummer}:{regel.hash}",
        ]:
            tekst = "De verwijzing van deze handeling naar het logboek is gewijzigd."
            yield Melding("verwijzing gewijzigd", waar, tekst)
    for regel in regels.values():
        tekst = "Volgens het logboek is deze handeling verricht, maar zo staat zij niet in het dossier."
        yield Melding("handeling klopt niet met logboek", f"{_describe(regel)}, {regel.doel}", tekst)
    for versie in beloften:
        tekst = "Er is een toezegging van een handeling die niet in het dossier staat."
        yield Melding("toezegging gewijzigd", f"versie {versie}", tekst)


def _split_handelingen(feiten: Iterable[FeitRow]) -> Iterator[Sequence[FeitRow]]:
    """The facts of each act together, in order."""
    per_versie: dict[int, list[FeitRow]] = defaultdict(list)
    for feit in feiten:
        per_versie[feit.versie].append(feit)
    return iter(per_versie.values())


def check_berichten(ketens: Iterable[Berichtketen], logboek: Logboek) -> Iterator[Melding]:
    """The delivery log of every message is whole, the message stands as it says, and none is missing."""
    hoort_per_besluit = {
        r.doel: r.bewijs for r in logboek.regels if r.soort == Auditsoort.BERICHTEN_KLAARGEZET.value
    }
    ontvangers: dict[str, tuple[int, set[str]]] = {doel: (0, set()) for doel in hoort_per_besluit}
    for keten in ketens:
        bericht, vorige = keten.bericht, ""
        besluit = ontvangers.setdefault(f"besluit {bericht.besluit}", (0, set()))[1]
        besluit.add(bericht.ontvanger)
        ontvangers[f"besluit {bericht.besluit}"] = bericht.besluit, besluit
        waar = f"besluit {bericht.besluit}, {bericht.ontvanger}"
        heel = True
        for regel in keten.regels:
            hoort = hash_berichtregel(regel, bericht.dossier, bericht.besluit, bericht.ontvanger)
            heel = heel and (regel.vorige_hash, regel.hash) == (vorige, hoort)
            vorige = regel.hash
        if not heel or hash_bericht(bericht, vorige) != bericht.regel_hash:
            tekst = "De verzending van deze brief, of een regel van het verzendlogboek, is gewijzigd of ontbreekt."
            yield Melding("verzending gewijzigd", waar, tekst)
    for doel, (besluit, namen) in ontvangers.items():
        if hash_ontvangers(besluit, namen) != hoort_per_besluit.get(doel):
            tekst = "Voor wie er een bericht is, is anders dan in het logboek staat: er is er een weg of bij."
            yield Melding("verzending gewijzigd", doel, tekst)

"""Checks what was sealed without opening it: every envelope, every wrapped key and the keys of the openers.

Must stay true: no passphrase is needed; reads stored facts as they are, so a damaged one is a finding of the chain and
never a crash here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from pydantic import ValidationError

from aanbesteding.domain.zegel import EnveloppenVerzegeld, OpenersAangewezen
from aanbesteding.engine.app import App
from aanbesteding.engine.melding import Melding
from aanbesteding.storage.dossier import hash_bos, list_bosrijen, load_enveloppen
from aanbesteding.storage.sleutels import load_sleutel
from aanbesteding.storage.tables import FeitRow
from aanbesteding.storage.verzegeling import hash_verzegeld


def check_zegels(app: App, code: str, feiten: Iterable[FeitRow]) -> Iterator[Melding]:
    """Every envelope that was sealed is there as it was sealed, and the openers' keys are there to open it."""
    kenmerken: dict[str, dict[str, str]] = {}
    paren: set[tuple[int, str, str, str]] = set()
    for rij in feiten:
        try:
            if rij.soort == EnveloppenVerzegeld.soort():
                feit = EnveloppenVerzegeld.model_validate_json(rij.inhoud)
                kenmerken.setdefault(feit.omslag, {}).update(feit.kenmerken)
                paren |= {
                    (rij.versie, feit.omslag, een, twee) for een, twee in combinations(feit.sleutels, 2)
                }
            elif rij.soort == OpenersAangewezen.soort():
                yield from _check_openers(app, OpenersAangewezen.model_validate_json(rij.inhoud))
        except ValidationError:
            continue
    for soort, verwacht in kenmerken.items():
        yield from _check_enveloppen(app, code, soort, verwacht)
    yield from _check_bossen(app, code, paren)


def _check_openers(app: App, feit: OpenersAangewezen) -> Iterator[Melding]:
    for opener in feit.openers:
        waar = f"sleutel {opener.vingerafdruk} van {opener.persoon}"
        regel = load_sleutel(app.database, opener.vingerafdruk)
        if regel is None:
            tekst = "De sleutel van deze opener ontbreekt: hij kan niets meer openen."
            yield Melding("sleutel ontbreekt", waar, tekst)
        elif not regel.heel or regel.slot.publiek != opener.publiek or regel.persoon != opener.persoon:
            yield Melding("sleutel gewijzigd", waar, "De sleutel is niet meer zoals hij is gemaakt.")


def _check_enveloppen(app: App, code: str, soort: str, verwacht: dict[str, str]) -> Iterator[Melding]:
    gevonden = load_enveloppen(app.database, code, soort)
    for sleutel in {**verwacht, **gevonden}:
        waar = f"envelop {sleutel} ({soort})"
        if sleutel not in gevonden:
            yield Melding("envelop ontbreekt", waar, "De verzegelde envelop is er niet meer.")
        elif sleutel not in verwacht:
            if gevonden[sleutel].versie:
                yield Melding("envelop te veel", waar, "Geen feit zegt dat deze envelop is verzegeld.")
        elif hash_verzegeld(gevonden[sleutel].inhoud) != verwacht[sleutel] or not gevonden[sleutel].versie:
            yield Melding("envelop gewijzigd", waar, "De envelop is niet meer zoals hij is verzegeld.")


def _check_bossen(app: App, code: str, verwacht: set[tuple[int, str, str, str]]) -> Iterator[Melding]:
    rijen = {(r.versie, r.soort, r.een, r.twee): r for r in list_bosrijen(app.database, code)}
    for versie, soort, een, twee in sorted(verwacht | set(rijen)):
        waar = f"sleutel van de enveloppen ({soort}, versie {versie}) voor {een} en {twee}"
        rij = rijen.get((versie, soort, een, twee))
        if rij is None:
            yield Melding("zegel ontbreekt", waar, "Deze twee openers kunnen de enveloppen niet meer openen.")
        elif (versie, soort, een, twee) not in verwacht:
            yield Melding("zegel te veel", waar, "Geen feit zegt dat voor deze openers is verzegeld.")
        elif hash_bos(rij) != rij.regel_hash:
            yield Melding("zegel gewijzigd", waar, "De verpakte sleutel is niet meer zoals hij is gemaakt.")

"""Finds the bidders that a text names: by number, register number, name, trade name or abbreviation.

A name is looked for as one run of letters that begins and ends at the edge of a word, so that "Zonneweide",
"Zonne-weide", "Zonne weide" and "ZONNEWEIDE" are one name. Which spellings belong to a name:

- in full; without its legal form; what stands between brackets or after h.o.d.n. by itself;
- without the words that say what kind of organisation it is ("Zorggroep De Wilgenhof": De Wilgenhof);
- its initials, when there are three or more, only where they are written in capitals.

A name that consists of ordinary words ("Samen", "De Brug") counts only where it is written as a name: with
capitals, at least one of which is not there because a sentence begins. A word is ordinary when the list below or
the tender's own announced texts use it without a capital. Any other name, and a name with a figure in it, counts in
any case.

Grondslag: Aw 2012 art. 2.57 and 2.138 (FEITEN 3.6). Explained in docs/methodiek/redenen.md.
Must stay true: linear in the length of the texts, whatever the number of bidders.
Traps: two bidders may share a spelling; it then names both. The name of a place alone names nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from aanbesteding.domain.onderneming import Onderneming
from aanbesteding.domain.redenen.woorden import STOPWOORDEN, Woord, list_woorden, parse_lijst, strip_tekst

_NUMMER = re.compile(
    r"(?<!\w)(?:I\s?[-‐‑–.]?\s?0*(\d{3,5})|(?:inschrijv(?:er|ing)|bieder)\s(?:nummer\s|nr\.?\s|no\.?\s)?0*(\d{3,5}))(?!\w)",
    re.IGNORECASE,
)
_REGISTER = re.compile(r"(?<!\d)\d{8}(?!\d)")
_HAAKJES = re.compile(r"\(([^)]*)\)")
_HANDELSNAAM = re.compile(
    r"(?<!\w)(?:h\.?o\.?d\.?n\.?|handelend onder de naam|ook bekend als|a\.?k\.?a\.?)\s*:?", re.IGNORECASE
)
_RECHTSVORM = re.compile(
    r"(?<!\w)(?:stichting|vereniging|co[oö]peratie(?:ve)?|co[oö]p|maatschap|eenmanszaak|besloten vennootschap|"
    r"naamloze vennootschap|vennootschap onder firma|b\.?\s?v\.?|n\.?v\.?|u\.?a\.?|w\.?a\.?|v\.?o\.?f\.?|"
    r"c\.?v\.?|i\.?o\.?)(?!\w)",
    re.IGNORECASE,
)
_SOORTEN = parse_lijst(
    """
    zorggroep zorg zorgbedrijf zorgcollectief zorgcooperatie zorgboerderij zorginstelling zorgaanbieder thuiszorg
    thuiszorgorganisatie begeleiding ondersteuning jeugdpraktijk jeugdhulp jeugdzorg gezinshulp gezinshuis huishoudhulp
    huishoudelijke hulp praktijk groep ambulant ambulante team behandelhuis behandelcentrum centrum dagbesteding
    welzijn gezondheidszorg bureau holding nederland adviesbureau kinderopvang wonen woonzorg instelling organisatie
    """
)
# Ordinary Dutch words that providers like for a name; the announced texts add theirs.
_GEWOON = parse_lijst(
    """
    anker baken brug buurt buurtzorg compas deur dichtbij dialoog doel eigen familie gezin groei hand hart horizon huis
    initiatief jeugd jong kans kansen kern kind kompas kracht krachtig leven licht lokaal meander mens mensen mentaal
    nabij ondersteuning ontwikkeling open perspectief plan plein plus praktijk regie roer ruimte samen schakel sleutel
    sociaal spil stap start sterk steun steunpunt stroom talent thuis toekomst veer veilig verbinding vertrouwen vlinder
    vooruit vrij warm weg wel welzijn werk wijk wijs zelf zicht zorg zorgzaam zonnig
    """
)
_BEKENDE_AFKORTINGEN = parse_lijst(
    """
    wmo jw agb kvk vog skj big hkz iso adl ggz lvb pgb uea cpv btw avg bibob nvi svb cao hbo mbo emvi bpkv sas das
    mdo ptss adhd asd vg lg gb pdf bsn isd scp kto ibs
    """
)
_MIN_LETTERS = 3
_MIN_AFKORTING = 3
_MIN_BEZIT = 5
_KOP = 4
"""Letters by which a word is known not to begin a name; at most _MIN_BEZIT."""


@dataclass(frozen=True)
class Treffer:
    """A place in a text that names these bidders."""

    nummers: frozenset[str]
    woorden: str


@dataclass(frozen=True)
class _Vorm:
    """Who may be meant by one spelling; `gewoon`: needs capitals; `hoofdletters`: only all in capitals."""

    nummers: frozenset[str]
    gewoon: bool = False
    hoofdletters: bool = False


@dataclass(frozen=True)
class Namenlijst:
    """Names to look for, by their letters."""

    nummers: Mapping[int, frozenset[str]]
    registers: Mapping[str, frozenset[str]]
    vormen: Mapping[str, _Vorm]
    langste: int

    @cached_property
    def _koppen(self) -> frozenset[str]:
        return frozenset(letters[:n] for letters in self.vormen for n in range(1, _KOP + 1))

    def list_treffers(self, tekst: str) -> tuple[Treffer, ...]:
        """Every place that names a bidder, in order, the longest spelling at a place."""
        tekst = strip_tekst(tekst)
        gevonden: list[tuple[int, Treffer]] = []
        for treffer in _NUMMER.finditer(tekst):
            wie = self.nummers.get(int(treffer.group(1) or treffer.group(2)), frozenset[str]())
            gevonden.append((treffer.start(), Treffer(wie, treffer.group())))
        for treffer in _REGISTER.finditer(tekst):
            wie = self.registers.get(treffer.group(), frozenset[str]())
            gevonden.append((treffer.start(), Treffer(wie, treffer.group())))
        woorden = list_woorden(tekst)
        plaats = 0
        while plaats < len(woorden):
            if woorden[plaats].kaal[:_KOP] not in self._koppen:
                plaats += 1
                continue
            lengte, wie = self._find(woorden, plaats)
            if lengte:
                begin, eind = woorden[plaats].begin, woorden[plaats + lengte - 1].eind
                gevonden.append((begin, Treffer(wie, " ".join(tekst[begin:eind].split()))))
            plaats += lengte or 1
        gevonden.sort(key=lambda paar: paar[0])
        return tuple(treffer for _, treffer in gevonden if treffer.nummers)

    def list_genoemd(self, tekst: str) -> frozenset[str]:
        """Numbers of the bids that this text names."""
        return frozenset(nummer for treffer in self.list_treffers(tekst) for nummer in treffer.nummers)

    def _find(self, woorden: Sequence[Woord], plaats: int) -> tuple[int, frozenset[str]]:
        """How many words the longest name at this place takes, and whose it is."""
        letters = ""
        beste: tuple[int, frozenset[str]] = (0, frozenset())
        for lengte, woord in enumerate(woorden[plaats:], start=1):
            letters += woord.kaal
            if len(letters) > self.langste + 1:
                break
            vorm = self.vormen.get(letters)
            if vorm is None and len(letters) > _MIN_BEZIT and letters.endswith("s"):
                vorm = self.vormen.get(letters[:-1])
            if vorm is not None and _past(vorm, woorden[plaats : plaats + lengte]):
                beste = (lengte, vorm.nummers)
        return beste


def _past(vorm: _Vorm, woorden: Sequence[Woord]) -> bool:
    """Whether these words are written as this spelling demands."""
    if vorm.hoofdletters:
        return all(w.tekst.isupper() for w in woorden)
    if not vorm.gewoon:
        return True
    eigen = [w for w in woorden if w.kaal not in STOPWOORDEN] or woorden
    return all(w.met_hoofdletter for w in eigen) and any(not w.begint_zin or _is_schreeuw(w) for w in eigen)


def _is_schreeuw(woord: Woord) -> bool:
    return len(woord.tekst) > 1 and woord.tekst.isupper()


def build_namenlijst(
    ondernemingen: Iterable[tuple[str, Onderneming]],
    gewone_teksten: Iterable[str] = (),
    plaatsnamen: Iterable[str] = (),
) -> Namenlijst:
    """A list of (number of the bid, bidder) to look for.

    `gewone_teksten`: what the tender announced; a word that stands there in small letters is ordinary.
    `plaatsnamen`: names that never stand for a bidder by themselves.
    """
    gewoon = _GEWOON | _SOORTEN | _list_klein(gewone_teksten)
    plaatsen = frozenset(w.kaal for naam in plaatsnamen for w in list_woorden(strip_tekst(naam)))
    nummers: dict[int, set[str]] = defaultdict(set)
    registers: dict[str, set[str]] = defaultdict(set)
    per_vorm: dict[str, set[str]] = defaultdict(set)
    soort: dict[str, _Vorm] = {}
    for nummer, onderneming in ondernemingen:
        if cijfers := re.search(r"\d+$", nummer):
            nummers[int(cijfers.group())].add(nummer)
        for register in (onderneming.kvk, onderneming.agb):
            registers[register].add(nummer)
        for letters, vorm in _list_vormen(onderneming.naam, gewoon, plaatsen):
            per_vorm[letters].add(nummer)
            soort.setdefault(letters, vorm)
        adres = "".join(w.kaal for w in list_woorden(onderneming.email))
        per_vorm[adres].add(nummer)
        soort.setdefault(adres, _Vorm(frozenset()))
    vormen = {
        letters: _Vorm(frozenset(wie), soort[letters].gewoon, soort[letters].hoofdletters)
        for letters, wie in per_vorm.items()
    }
    return Namenlijst(
        {n: frozenset(w) for n, w in nummers.items()},
        {r: frozenset(w) for r, w in registers.items()},
        vormen,
        max((len(letters) for letters in vormen), default=0),
    )


def _list_klein(teksten: Iterable[str]) -> frozenset[str]:
    """Words that these texts use without a capital."""
    return frozenset(
        w.kaal for tekst in teksten for w in list_woorden(strip_tekst(tekst)) if w.tekst[0].islower()
    )


def _list_vormen(naam: str, gewoon: frozenset[str], plaatsen: frozenset[str]) -> Iterable[tuple[str, _Vorm]]:
    """Every spelling of a name as letters, with what it demands of the text."""
    naam = strip_tekst(naam)
    tussen = [stuk for stuk in _HAAKJES.findall(naam) if stuk.strip()[:1].isupper()]
    delen = [naam, *_HANDELSNAAM.split(_HAAKJES.sub(" ", naam)), *(_HANDELSNAAM.sub(" ", s) for s in tussen)]
    gezien: set[str] = set()
    for deel in delen:
        kaal = list_woorden(_RECHTSVORM.sub(" ", deel))
        vol = list_woorden(deel)
        kern = list(kaal)
        while kern and kern[0].kaal in _SOORTEN:
            kern.pop(0)
        while kern and kern[-1].kaal in _SOORTEN:
            kern.pop()
        zonder_lidwoord = list(kern)
        while zonder_lidwoord and zonder_lidwoord[0].kaal in STOPWOORDEN:
            zonder_lidwoord.pop(0)
        for woorden in (vol, kaal, kern, zonder_lidwoord):
            letters = "".join(w.kaal for w in woorden)
            if letters in gezien or not _telt(woorden, plaatsen):
                continue
            gezien.add(letters)
            eigen = [w.kaal for w in woorden if w.kaal not in STOPWOORDEN]
            alledaags = all(w in gewoon or w in plaatsen for w in eigen)
            kort = len(letters) < _MIN_LETTERS
            yield letters, _Vorm(frozenset(), gewoon=alledaags, hoofdletters=kort)
        for letters in _list_afkortingen(kaal):
            if letters not in gezien:
                gezien.add(letters)
                yield letters, _Vorm(frozenset(), hoofdletters=True)


def _telt(woorden: Sequence[Woord], plaatsen: frozenset[str]) -> bool:
    """A spelling must have a word of its own: not only small words, kinds, places and figures."""
    eigen = [w for w in woorden if w.kaal not in STOPWOORDEN and not w.kaal.isdigit()]
    if len(woorden) == 1 and len(woorden[0].kaal) < _MIN_LETTERS:
        return len(woorden[0].tekst) > 1 and woorden[0].tekst.isupper()
    if not eigen:  # "Ons", "Zelf & Samen": a name of small words only counts when it has a capital of its own
        return any(w.met_hoofdletter and len(w.kaal) >= _MIN_LETTERS for w in woorden)
    if all(w.kaal in plaatsen for w in eigen):
        return False
    return not all(w.kaal in _SOORTEN for w in eigen) or len(woorden) > 1


def _list_afkortingen(woorden: Sequence[Woord]) -> Iterable[str]:
    """Initials of all words, and of the words with a meaning."""
    for gekozen in (woorden, [w for w in woorden if w.kaal not in STOPWOORDEN]):
        letters = "".join(w.kaal[0] for w in gekozen)
        if len(letters) >= _MIN_AFKORTING and letters not in _BEKENDE_AFKORTINGEN and letters.isalpha():
            yield letters

"""The form of an application, made from the data of its round: questions, what was typed, and what is wrong with it.

A draft is a plain dictionary of what was typed; it is judged only when it is sent.
Must stay true: whatever was typed comes back as it was typed; a fault names its question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData

from aanbesteding.domain.bewijsstuk import Bewijsstuk
from aanbesteding.domain.feiten import Eis
from aanbesteding.engine.loket import Loket
from aanbesteding.fasen.toetreding.besluiten.loket import (
    AanvraagIndienen,
    AanvullingGevraagd,
    AanvullingIndienen,
)
from aanbesteding.fasen.toetreding.besluiten.ronde import load_product
from aanbesteding.invoerfouten import describe_oorzaak

M = TypeVar("M", bound=BaseModel)
VELDEN = {
    "naam": ("Naam van de onderneming", "Zoals in het handelsregister", "organization"),
    "kvk": ("KvK-nummer", "Acht cijfers", "off"),
    "agb": ("AGB-code", "Acht cijfers", "off"),
    "straat": ("Straat en huisnummer", "Of postbus", "street-address"),
    "postcode": ("Postcode", "Vier cijfers en twee hoofdletters, bijvoorbeeld 1234 AB", "postal-code"),
    "plaats": ("Plaats", "", "address-level2"),
    "contact": ("Contact", "Functie of afdeling, geen naam van een persoon", "organization-title"),
}
GROOTTES = ("micro", "klein", "middelgroot", "groot")
LANGSTE = 300
VERPLICHT = {"string_too_short", "missing"}


@dataclass(frozen=True)
class Vraag:
    """One requirement as the applicant answers it."""

    perceel: str
    eis: Eis
    antwoord: str
    stukken: tuple[Bewijsstuk, ...]
    toelichting: str = ""

    @property
    def sleutel(self) -> str:
        """Name of the field."""
        return f"{self.perceel}.{self.eis.code}"


@dataclass(frozen=True)
class Concept:
    """What an applicant filled in so far."""

    velden: Mapping[str, str]
    producten: tuple[str, ...]
    antwoorden: Mapping[str, str]
    stukken: tuple[Bewijsstuk, ...]

    def dump(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "velden": dict(self.velden),
            "producten": list(self.producten),
            "antwoorden": dict(self.antwoorden),
            "stukken": [b.model_dump(mode="json") for b in self.stukken],
        }

    @property
    def percelen(self) -> tuple[str, ...]:
        """Percelen of the chosen products."""
        return tuple(dict.fromkeys(p.partition(".")[0] for p in self.producten))


def parse_concept(inhoud: Mapping[str, Any]) -> Concept:
    """A stored draft."""
    return Concept(
        dict(inhoud.get("velden", {})),
        tuple(inhoud.get("producten", ())),
        dict(inhoud.get("antwoorden", {})),
        tuple(Bewijsstuk.model_validate(b) for b in inhoud.get("stukken", ())),
    )


def read_formulier(formulier: FormData, stukken: tuple[Bewijsstuk, ...]) -> Concept:
    """What was typed, with the files that were there already."""

    def text(naam: str) -> str:
        getypt = str(formulier.get(naam, ""))[: 2 * LANGSTE]
        return "".join(teken if teken.isprintable() else " " for teken in getypt).strip()[:LANGSTE]

    antwoorden = {
        naam.removeprefix("eis."): str(waarde)
        for naam, waarde in formulier.multi_items()
        if naam.startswith("eis.") and waarde in ("ja", "nee") and len(naam) < 40
    }
    producten = tuple(dict.fromkeys(str(p)[:20] for p in formulier.getlist("product")))[:200]
    velden = {naam: text(naam) for naam in (*VELDEN, "grootte")}
    return Concept(velden, producten, antwoorden, stukken)


def list_vragen(loket: Loket, concept: Concept) -> tuple[Vraag, ...]:
    """The questions of every perceel of the round; those that were not asked for may stay empty."""
    return tuple(
        _build_vraag(concept, perceel, eis) for perceel in loket.percelen for eis in loket.list_eisen(perceel)
    )


def list_aanvulvragen(loket: Loket, gevraagd: AanvullingGevraagd, concept: Concept) -> tuple[Vraag, ...]:
    """What was asked to be completed."""
    eisen = {(p, e.code): e for p in {p.perceel for p in gevraagd.punten} for e in loket.list_eisen(p)}
    return tuple(_build_vraag(concept, p.perceel, eisen[p.perceel, p.eis], p.vraag) for p in gevraagd.punten)


def _build_vraag(concept: Concept, perceel: str, eis: Eis, toelichting: str = "") -> Vraag:
    stukken = tuple(b for b in concept.stukken if (b.perceel, b.eis) == (perceel, eis.code))
    return Vraag(perceel, eis, concept.antwoorden.get(f"{perceel}.{eis.code}", ""), stukken, toelichting)


def list_producten(loket: Loket) -> tuple[tuple[str, str], ...]:
    """Key and words of every opened product."""
    gevonden: list[tuple[str, str]] = []
    for keuze in loket.ronde.producten:
        product = load_product(loket.dossier, keuze)
        perceel = loket.dossier.aanbesteding.load_perceel(keuze.perceel).naam
        naam = product.naam if product else keuze.product
        gevonden.append((f"{keuze.perceel}.{keuze.product}", f"{naam} ({keuze.product}), {perceel}"))
    return tuple(gevonden)


Fout = tuple[str, str]
"""Id of the field and the sentence."""


def build_aanvraag(loket: Loket, concept: Concept, email: str) -> tuple[AanvraagIndienen | None, list[Fout]]:
    """The input of the act, or every fault."""
    velden = concept.velden
    gekozen = [v for v in list_vragen(loket, concept) if v.perceel in concept.percelen]
    invoer = {
        "ronde": loket.ronde.ronde,
        "aanbieder": {
            "sleutel": f"kvk-{velden.get('kvk', '')}",
            "naam": velden.get("naam", ""),
            "kvk": velden.get("kvk", ""),
            "agb": velden.get("agb", ""),
            "adres": {naam: velden.get(naam, "") for naam in ("straat", "postcode", "plaats")},
            "contact": velden.get("contact", ""),
            "email": email,
            "grootte": velden.get("grootte", ""),
        },
        "producten": [
            dict(zip(("perceel", "product"), p.split(".", 1), strict=False)) for p in concept.producten
        ],
        "antwoorden": _dump_antwoorden(gekozen),
        "stukken": [b for v in gekozen for b in v.stukken],
    }
    open_ = [(f"eis-{v.sleutel}", f"Eis {v.eis.code}: kies ja of nee.") for v in gekozen if not v.antwoord]
    return _validate(AanvraagIndienen, invoer, open_)


def build_aanvulling(verzoek: str, vragen: tuple[Vraag, ...]) -> tuple[AanvullingIndienen | None, list[Fout]]:
    """The input of completing, or every fault."""
    beantwoord = [v for v in vragen if v.antwoord]
    los = [v for v in vragen if v.stukken and not v.antwoord]
    invoer = {
        "verzoek": verzoek,
        "antwoorden": _dump_antwoorden(beantwoord),
        "stukken": [b for v in beantwoord for b in v.stukken],
    }
    open_ = [(f"eis-{v.sleutel}", f"Eis {v.eis.code}: kies ja of nee.") for v in los]
    if not beantwoord and not los:
        open_ = [(f"eis-{v.sleutel}", f"Eis {v.eis.code}: kies ja of nee.") for v in vragen]
        return None, open_
    return _validate(AanvullingIndienen, invoer, open_)


def _dump_antwoorden(vragen: list[Vraag]) -> list[dict[str, Any]]:
    """Each answer with the name of its first file and the oldest date: what the test of age looks at."""
    return [
        {
            "perceel": v.perceel,
            "eis": v.eis.code,
            "antwoord": v.antwoord,
            "bewijs": v.stukken[0].naam if v.stukken else "",
            "bewijs_datum": min((b.datum for b in v.stukken), default=None),
        }
        for v in vragen
    ]


def _validate(model: type[M], invoer: Mapping[str, Any], fouten: list[Fout]) -> tuple[M | None, list[Fout]]:
    try:
        gevuld = model.model_validate(invoer)
    except ValidationError as fout:
        gevonden = dict[str, str]()
        for deel in fout.errors():
            pad = [str(stap) for stap in deel["loc"]]
            naam = pad[-1] if pad[0] == "aanbieder" else pad[0]
            if naam == "sleutel":
                continue
            label = VELDEN[naam][0] if naam in VELDEN else naam.capitalize()
            leeg = deel["input"] in ("", (), []) or deel["type"] in VERPLICHT
            tekst = "vul dit in" if leeg else _say(naam, describe_oorzaak(deel))
            gevonden.setdefault(f"v-{naam}", f"{label}: {tekst}.")
        return None, [*gevonden.items(), *fouten]
    return (None, fouten) if fouten else (gevuld, [])


def _say(naam: str, oorzaak: str) -> str:
    """What belongs here, instead of a pattern."""
    uitleg = VELDEN.get(naam, ("", "", ""))[1]
    return f"dit klopt niet. {uitleg}" if uitleg and "vorm klopt niet" in oorzaak else oorzaak

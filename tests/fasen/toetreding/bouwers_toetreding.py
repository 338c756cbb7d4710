"""A contracted dossier and a small stand-in for the engine: rules first, then facts and statuses.

Everything is invented.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit, StatusGewijzigd
from aanbesteding.domain.feiten import OvereenkomstGesloten, PuntBeslist
from aanbesteding.domain.regel import Ernst
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.toetreding import FASE
from aanbesteding.fasen.toetreding.besluiten.aanvraag import Aanvraag, Eisantwoord
from aanbesteding.fasen.toetreding.besluiten.ronde import OpenstellingBesluiten, Productkeuze, Tekortcijfer
from bouwers import (
    make_dossier,
    make_onderneming,
    make_perceel_uitgewerkt,
    make_product,
    make_situatie,
    moment,
)

HANDELINGEN = {h.code: h for h in FASE.handelingen}


class Geweigerd(AssertionError):
    """The rules refused; `codes` are the violations that block."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(codes)
        self.codes = codes


def make_overeenkomst(nummer: int = 1, **velden: Any) -> OvereenkomstGesloten:
    """An agreement of perceel 1 for four years."""
    basis: dict[str, Any] = {
        "nummer": f"PR-2027-P1-{nummer:03d}",
        "perceel": "1",
        "aanbieder": make_onderneming(nummer),
        "producten": ("02A01",),
        "tarieven": {"02A01": Decimal("60.00")},
        "ingang": date(2027, 1, 1),
        "einde": date(2030, 12, 31),
        "herkomst": "gunning",
        "grond": f"I-{nummer:03d}",
    }
    return OvereenkomstGesloten(**(basis | velden))


def make_gecontracteerd(
    *meer: Feit, grondslag: str = "gericht openstellen bij een tekort", **velden: Any
) -> Dossier:
    """Perceel 1 is contracted with two providers; entry and inactivity were decided beforehand."""
    uitgewerkt = make_perceel_uitgewerkt(
        producten=(make_product(), make_product("02A05", tarief=Decimal("48.00"))), **velden
    )
    return make_dossier(
        uitgewerkt,
        PuntBeslist(punt="toetreding_grondslag", waarde=grondslag, motivering="Verzonnen."),
        PuntBeslist(punt="inactiviteit_maanden", waarde="12", motivering="Verzonnen."),
        make_overeenkomst(1),
        make_overeenkomst(2),
        StatusGewijzigd(onderwerp="perceel:1", van="gegund", naar="gecontracteerd"),
        *meer,
    )


def make_openstelling(**velden: Any) -> OpenstellingBesluiten:
    """A round for both products of perceel 1."""
    basis: dict[str, Any] = {
        "producten": (
            Productkeuze(perceel="1", product="02A01"),
            Productkeuze(perceel="1", product="02A05"),
        ),
        "aanleiding": "Inwoners wachten te lang.",
        "cijfers": (
            Tekortcijfer(omschrijving="Wachttijd", waarde=Decimal(11), eenheid="weken", bron="Dashboard"),
        ),
        "van": date(2028, 3, 1),
        "tot": moment("2028-04-14 12:00"),
        "startdatum": date(2028, 7, 1),
        "heroverweging_dagen": 20,
    }
    return OpenstellingBesluiten(**(basis | velden))


def make_aanvraag(nummer: int = 3, antwoorden: dict[str, str] | None = None, **velden: Any) -> Aanvraag:
    """An application for 02A01 of perceel 1 that answers every requirement with yes."""
    gegeven = {"V1": "ja", "U1": "ja", "M1": "ja"} | (antwoorden or {})
    basis: dict[str, Any] = {
        "nummer": str(nummer),
        "aanbieder": make_onderneming(nummer),
        "ontvangen": moment(f"2028-03-{nummer:02d} 10:00"),
        "producten": (Productkeuze(perceel="1", product="02A01"),),
        "antwoorden": tuple(
            Eisantwoord.model_validate({"perceel": "1", "eis": eis, "antwoord": antwoord})
            for eis, antwoord in gegeven.items()
        ),
    }
    return Aanvraag(**(basis | velden))


def kijk(dossier: Dossier, code: str, invoer: Any, nu: str, persoon: str, *op: str) -> Situatie[Any]:
    """The situation in which an act is judged."""
    return make_situatie(dossier, invoer, nu, persoon=persoon, onderwerpen=op)


def list_overtredingen(s: Situatie[Any], code: str) -> list[str]:
    """Codes of the rules that refuse; a motivation lifts those that ask for one."""
    gemotiveerd = bool(getattr(s.invoer, "motivering", ""))
    gevonden = [o for r in HANDELINGEN[code].regels if (o := r.check(s)) is not None]
    zacht = {Ernst.SIGNALEERT, Ernst.MOTIVEREN} if gemotiveerd else {Ernst.SIGNALEERT}
    return [o.code for o in gevonden if o.ernst not in zacht]


def verricht(
    dossier: Dossier, code: str, invoer: Any, nu: str, persoon: str = "iemand.demo", op: tuple[str, ...] = ()
) -> Dossier:
    """Perform an act: statuses, rules, decision, facts."""
    handeling = HANDELINGEN[code]
    velden = invoer.model_dump()
    if not op and handeling.van:
        op = tuple(velden.get("verzoeken") or (velden.get(handeling.per) and (velden[handeling.per],)) or ())
    if handeling.van:
        assert all(dossier.statussen[f"{handeling.per}:{k}"] in handeling.van for k in op), dossier.statussen
    s = kijk(dossier, code, invoer, nu, persoon, *op)
    if overtredingen := list_overtredingen(s, code):
        raise Geweigerd(overtredingen)
    besluit = handeling.besluit(s)
    statussen = tuple(
        StatusGewijzigd(
            onderwerp=f"{handeling.per}:{k}",
            van=dossier.statussen.get(f"{handeling.per}:{k}"),
            naar=handeling.naar,
        )
        for k in (besluit.nieuw or op)
        if handeling.naar
    )
    return dossier.met(*besluit.feiten, *statussen, moment=moment(nu))


def na_ontvangst(*aanvragen: Aanvraag, dossier: Dossier | None = None, **ronde: Any) -> Dossier:
    """A round was opened and these applications came in."""
    d = verricht(
        dossier or make_gecontracteerd(), "openstelling_besluiten", make_openstelling(**ronde), "2028-03-01"
    )
    invoer = HANDELINGEN["aanvragen_registreren"].invoer.model_validate(
        {"ronde": "1", "aanvragen": aanvragen}
    )
    return verricht(d, "aanvragen_registreren", invoer, "2028-04-01")


def na_toets(*aanvragen: Aanvraag, dossier: Dossier | None = None, **ronde: Any) -> Dossier:
    """The round was closed and the applications were tested, both by the machine."""
    d = na_ontvangst(*aanvragen, dossier=dossier, **ronde)
    for code in ("ronde_sluiten", "aanvragen_toetsen"):
        invoer = HANDELINGEN[code].automatisch(make_situatie(d, None, "2028-04-14 12:00"))
        d = verricht(d, code, invoer, "2028-04-14 12:00")
    return d


def na_beoordeling(
    *aanvragen: Aanvraag,
    uitkomst: str = "voldoet",
    bibob: str = "geen_bezwaar",
    dossier: Dossier | None = None,
    **ronde: Any,
) -> Dossier:
    """A jurist judged requirement U1 of every application."""
    d = na_toets(*aanvragen, dossier=dossier, **ronde)
    for verzoek in d.list_onderwerpen("verzoek", frozenset({"getoetst"})):
        invoer = HANDELINGEN["aanvraag_beoordelen"].invoer.model_validate(
            {
                "verzoek": verzoek,
                "oordelen": (
                    {"perceel": "1", "eis": "U1", "uitkomst": uitkomst, "toelichting": "Verzonnen reden."},
                ),
                "verificatie": "Register nagegaan.",
                "bibob": bibob,
            }
        )
        d = verricht(d, "aanvraag_beoordelen", invoer, "2028-04-20", "jurist.demo")
    return d

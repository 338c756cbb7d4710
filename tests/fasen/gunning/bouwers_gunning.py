"""A small invented dossier for the award: two percelen, seven bidders, every outcome once.

Perceel 1 has one product for at most two providers: I-001 and I-002 win, I-003 and I-004 do not, I-005 was
late, I-006 is excluded, I-007 invalid. Perceel 2 has no maximum: I-001 and I-003 both win.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import (
    AanbestedingGepubliceerd,
    ConsensusVastgesteld,
    InschrijvingenGeopend,
    InschrijvingenOntvangen,
    InschrijvingGetoetst,
    InschrijvingInhoud,
    Oordeel,
    Perceelinschrijving,
    PlanningVastgesteld,
    PuntBeslist,
    Score,
    ScoresVergrendeld,
)
from aanbesteding.domain.gunningsrangorde import rank_perceel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.gunning import FASE
from aanbesteding.fasen.gunning.besluiten import build_mededeling, decide_vrijgave
from aanbesteding.fasen.gunning.feiten import (
    CollegebesluitVastgelegd,
    GunningsadviesOpgesteld,
    Kenmerk,
    KenmerkenVrijgegeven,
    MededelingVerzonden,
    RedenenVrijgegeven,
    VerificatieVastgelegd,
)
from aanbesteding.fasen.gunning.invoer import RedenenVrijgeven
from bouwers import (
    make_dossier,
    make_inschrijving,
    make_perceel_uitgewerkt,
    make_product,
    make_situatie,
    moment,
)

PERCELEN = {1: ("1", "2"), 2: ("1",), 3: ("1", "2"), 4: ("1",), 5: ("1",), 6: ("1",), 7: ("1",)}
SCORES = {("1", 1): (10, 10), ("1", 2): (8, 10), ("1", 3): (8, 6), ("1", 4): (6, 6)} | {
    ("2", 1): (10, 8),
    ("2", 3): (6, 10),
}
VERZENDDATUM = date(2026, 9, 1)


def nummer(n: int) -> str:
    """Number of an invented bid."""
    return f"I-{n:03d}"


def make_oordeel(n: int, criterium: str, score: int, **velden: Any) -> Oordeel:
    """A complete judgement; why-not only below the top."""
    basis: dict[str, Any] = {
        "inschrijving": nummer(n),
        "criterium": criterium,
        "score": score,
        "motivering": f"Reden {criterium} van bieder {n}.",
        "waarom_niet_maximaal": "" if score == 10 else f"Niet hoger {criterium} van bieder {n}.",
    }
    return Oordeel(**(basis | velden))


def make_consensus(perceel: str = "1", **anders: Oordeel) -> ConsensusVastgesteld:
    """The consensus of a perceel; `anders` replaces a judgement, as in n3_K1=…"""
    oordelen = [
        anders.get(f"n{n}_{code}", make_oordeel(n, code, score))
        for (deel, n), scores in SCORES.items()
        if deel == perceel
        for code, score in zip(("K1", "K2"), scores, strict=True)
    ]
    return ConsensusVastgesteld(perceel=perceel, oordelen=tuple(oordelen))


def make_toetsen(**anders: str) -> tuple[InschrijvingGetoetst, ...]:
    """Tests of all bids but the late one."""
    toetsen = [
        InschrijvingGetoetst(perceel=p, inschrijving=nummer(n), uitkomst="geldig", eisen=())
        for p, n in SCORES
    ]
    toetsen.append(
        InschrijvingGetoetst(
            perceel="1",
            inschrijving="I-006",
            uitkomst="uitgesloten",
            eisen=(),
            eis="U1",
            reden=anders.get("uitgesloten", "De grond doet zich voor."),
        )
    )
    toetsen.append(
        InschrijvingGetoetst(
            perceel="1",
            inschrijving="I-007",
            uitkomst="ongeldig",
            eisen=(),
            eis="M1",
            reden=anders.get("ongeldig", "De klachtenregeling ontbreekt."),
        )
    )
    return tuple(toetsen)


def make_beoordeeld(
    *, consensus: ConsensusVastgesteld | None = None, toetsen: tuple[InschrijvingGetoetst, ...] = ()
) -> Dossier:
    """Both percelen assessed and ranked."""
    producten = (make_product(maximum_aanbieders=2),)
    dossier = make_dossier(
        make_perceel_uitgewerkt("1", producten=producten),
        make_perceel_uitgewerkt("2", producten=(make_product("45A01", "Jeugdwet"),)),
        PuntBeslist(punt="looptijd_maanden", waarde="36", motivering="Verzonnen."),
        PlanningVastgesteld(
            publicatie=date(2026, 5, 1),
            vragen_tot=moment("2026-05-15"),
            nota_uiterlijk=date(2026, 5, 20),
            sluiting=moment("2026-06-01 12:00"),
            gunningsbeslissing=VERZENDDATUM,
            definitieve_gunning=date(2026, 10, 1),
            ingang=date(2027, 1, 1),
        ),
        AanbestedingGepubliceerd(verzonden=moment("2026-05-01"), sluiting=moment("2026-06-01 12:00")),
        InschrijvingenOntvangen(
            inschrijvingen=tuple(make_inschrijving(n, percelen) for n, percelen in PERCELEN.items())
        ),
        InschrijvingenGeopend(
            openers=("a.demo", "b.demo"),
            te_laat=("I-005",),
            inhoud=tuple(
                InschrijvingInhoud(
                    nummer=nummer(n),
                    percelen=tuple(
                        Perceelinschrijving(
                            perceel=p, producten=("02A01" if p == "1" else "45A01",), antwoorden={}
                        )
                        for p in percelen
                    ),
                )
                for n, percelen in PERCELEN.items()
                if n != 5
            ),
        ),
        *(toetsen or make_toetsen()),
        *(
            ScoresVergrendeld(
                beoordelaar="beoordelaar1.demo",
                perceel=p,
                scores=(Score(inschrijving="I-001", criterium="K1", score=10, motivering="Goed."),),
            )
            for p in ("1", "2")
        ),
        make_consensus("1") if consensus is None else consensus,
        make_consensus("2"),
    )
    nu = moment("2026-08-01")
    return dossier.met(*(rank_perceel(dossier, p) for p in ("1", "2")), moment=nu)


def make_kenmerken(percelen: tuple[str, ...] = ("1", "2")) -> KenmerkenVrijgegeven:
    """Characteristics for every criterion."""
    return KenmerkenVrijgegeven(
        percelen=percelen,
        kenmerken=tuple(
            Kenmerk(perceel=p, criterium=c, tekst=f"Winnaars zijn concreet bij {c}.")
            for p in percelen
            for c in ("K1", "K2")
        ),
    )


def make_vrijgave(dossier: Dossier, *percelen: str) -> RedenenVrijgegeven:
    """The release of every reason as it reads now."""
    invoer = RedenenVrijgeven(percelen=percelen or ("1", "2"))
    (feit,) = decide_vrijgave(make_zaak(dossier, *percelen, invoer=invoer)).feiten
    assert isinstance(feit, RedenenVrijgegeven)
    return feit


def with_persoon(dossier: Dossier, soort: type[Feit], persoon: str) -> Dossier:
    """The dossier in which this person recorded every fact of this kind."""
    return replace(
        dossier,
        vastleggingen=tuple(
            replace(v, persoon=persoon) if isinstance(v.feit, soort) else v for v in dossier.vastleggingen
        ),
    )


def make_colleges(percelen: tuple[str, ...] = ("1", "2")) -> tuple[CollegebesluitVastgelegd, ...]:
    """Decisions of both municipalities."""
    return tuple(
        CollegebesluitVastgelegd(gemeente=g, percelen=percelen, datum=date(2026, 8, 25), kenmerk=f"B-{g}")
        for g in ("aadorp", "beedorp")
    )


def make_geadviseerd(dossier: Dossier | None = None, *extra: Feit) -> Dossier:
    """Advised, released and decided by both colleges."""
    dossier = dossier or make_beoordeeld()
    feiten = extra or (make_kenmerken(), make_vrijgave(dossier), *make_colleges())
    advies = GunningsadviesOpgesteld(percelen=("1", "2"))
    return dossier.met(advies, *feiten, moment=moment("2026-08-26"))


def make_meegedeeld(dossier: Dossier | None = None, percelen: tuple[str, ...] = ("1", "2")) -> Dossier:
    """The decision told on 1 September 2026."""
    dossier = dossier or make_geadviseerd()
    feit = build_mededeling(make_situatie(dossier), percelen, VERZENDDATUM)
    return dossier.met(feit, moment=moment("2026-09-01 10:00"))


def make_verzonden(dossier: Dossier | None = None, dag: str = "2026-09-01 14:00", **velden: Any) -> Dossier:
    """The letters sent to all seven bidders."""
    basis: dict[str, Any] = {"percelen": ("1", "2"), "verzonden": moment(dag), "aantal": 7}
    return (dossier or make_meegedeeld()).met(MededelingVerzonden(**(basis | velden)), moment=moment(dag))


def make_verificatie(n: int, perceel: str = "1", voldoet: bool = True) -> VerificatieVastgelegd:
    """A check of evidence."""
    return VerificatieVastgelegd(
        perceel=perceel, inschrijving=nummer(n), voldoet=voldoet, bevindingen="Het bewijs is bekeken."
    )


def make_geverifieerd(dossier: Dossier | None = None) -> Dossier:
    """Every winner's evidence is in order."""
    feiten = [make_verificatie(n, p) for n, p in ((1, "1"), (2, "1"), (1, "2"), (3, "2"))]
    return (dossier or make_verzonden()).met(*feiten, moment=moment("2026-09-10"))


def make_zaak(dossier: Dossier, *percelen: str, nu: str = "2026-09-01 10:00", **velden: Any) -> Situatie[Any]:
    """A situation of an act on these percelen (both, when none is named)."""
    velden = {"persoon": "gemandateerde.demo", **velden}
    return make_situatie(dossier, nu=nu, onderwerpen=percelen or ("1", "2"), **velden)


def perform(handeling: str, dossier: Dossier, invoer: Any, nu: str, *percelen: str) -> Dossier:
    """The dossier after the decision of an act, without its rules."""
    act = next(h for h in FASE.handelingen if h.code == handeling)
    besluit = act.besluit(make_zaak(dossier, *percelen, nu=nu, invoer=invoer))
    return dossier.met(*besluit.feiten, moment=moment(nu))

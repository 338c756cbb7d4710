"""What a bidder hears per perceel: outcome, own scores with reasons, winners and their relative advantages.

The recorded facts are read once (`load_uitkomsten`); what is the same for everybody (`Perceelresultaat`) is
made once and shared by all letters. Rules about completeness are in regels/.

Grondslag: Aw 2012 art. 2.127-2.130 (FEITEN 3.6, 3.7).
Must stay true: never a name, place or score of another bidder that did not win; the comparison is made with
the winners of the products that the addressee did not get.
Trap: a bidder may get one product of a perceel and lose another; it then hears both.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from aanbesteding.documents.filters import getal
from aanbesteding.domain.aangekondigde_rangorde import load_betekenis
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import (
    AanbestedingGepubliceerd,
    Criterium,
    GunningsbeslissingMeegedeeld,
    Inschrijving,
    Rangplaats,
    Schaalpunt,
    SluitingVerplaatst,
)
from aanbesteding.domain.gunningsrangorde import reckon_perceel
from aanbesteding.domain.rangorde import Inschrijving as Bieding
from aanbesteding.domain.rangorde import Rangordeopdracht, Uitslag, explain_score
from aanbesteding.domain.rangorde import Rangplaats as Plaats
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.toewijzing import load_maximum
from aanbesteding.domain.uitloop import load_uitloop
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.gunning.documenten.modellen import (
    Criteriumuitkomst,
    Kenmerkregel,
    Perceelresultaat,
    Perceeluitkomst,
    Productregel,
    Puntenregel,
    Rangregel,
    Voordeel,
    Winnaar,
)
from aanbesteding.fasen.gunning.stand import Perceelstand, list_betrokkenen
from aanbesteding.fasen.gunning.stand_laden import load_stand


def parse_punten(tekst: str) -> Decimal:
    """Points as recorded ("45.50") as an exact number."""
    return Decimal(tekst.replace(",", "."))


def load_sluiting(s: Situatie[None]) -> datetime | None:
    """The closing moment that counted in the end."""
    verplaatst = s.dossier.laatste(SluitingVerplaatst)
    if verplaatst is not None:
        return verplaatst.sluiting
    gepubliceerd = s.dossier.laatste(AanbestedingGepubliceerd)
    return gepubliceerd.sluiting if gepubliceerd else None


@dataclass
class Rekening:
    """The ranking of a perceel reckoned once more, to show each bidder how its own points came about."""

    opdracht: Rangordeopdracht
    uitslag: Uitslag
    biedingen: dict[str, Bieding] = field(init=False)
    plaatsen: dict[str, Plaats] = field(init=False)
    uitleg: dict[tuple[str, object], tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.biedingen = {i.aanbieder: i for i in self.opdracht.inschrijvingen}
        self.plaatsen = {p.aanbieder: p for p in self.uitslag.rangorde}
        self.uitleg = {}

    def explain(self, nummer: str, criterium: str) -> tuple[str, str]:
        """The formula, and the same with the own numbers; both empty when there is nothing to explain."""
        if nummer not in self.plaatsen:
            return "", ""
        bieding = self.biedingen[nummer]
        if criterium not in bieding.scores:
            return self._explain(nummer, criterium)
        # a score on a scale is explained in the same words for whoever has it
        sleutel = (criterium, bieding.scores[criterium])
        if sleutel not in self.uitleg:
            self.uitleg[sleutel] = self._explain(nummer, criterium)
        return self.uitleg[sleutel]

    def _explain(self, nummer: str, criterium: str) -> tuple[str, str]:
        opdracht = replace(self.opdracht, inschrijvingen=(self.biedingen[nummer],))
        uitslag = replace(self.uitslag, rangorde=(self.plaatsen[nummer],))
        try:
            uitleg = explain_score(opdracht, uitslag, nummer, criterium)
        except InvoerError:
            return "", ""
        return uitleg.formule, uitleg.eigen_invulling


def load_rekening(dossier: Dossier, stand: Perceelstand) -> Rekening | None:
    """The ranking of this perceel as it was reckoned; None when there is none, or not all that it needs."""
    if stand.rangorde is None or not (stand.uitgewerkt and stand.uitgewerkt.criteria):
        return None
    try:
        return Rekening(
            *reckon_perceel(
                dossier, stand.perceel, uitgevallen=stand.rangorde.uitgevallen, loting=stand.rangorde.loting
            )
        )
    except InvoerError:
        return None


@dataclass
class Perceelbouwer:
    """Makes the outcomes of one perceel; keeps what all of them share."""

    stand: Perceelstand
    naam: str
    sluiting: datetime | None
    rekening: Rekening | None = None
    schaal: tuple[Schaalpunt, ...] = field(init=False)
    productnamen: dict[str, str] = field(init=False)
    eisen: dict[str, str] = field(init=False)
    resultaat: Perceelresultaat = field(init=False)
    vergelijkingen: dict[tuple[str, ...], dict[str, list[Decimal]]] = field(init=False)
    perceelnamen: Mapping[str, str] = field(default_factory=dict[str, str])
    uitloop: date | None = None

    def __post_init__(self) -> None:
        uitgewerkt = self.stand.uitgewerkt
        self.productnamen = {p.code: p.naam for p in uitgewerkt.producten} if uitgewerkt else {}
        self.eisen = {e.code: f"{e.code}: {e.tekst}" for e in uitgewerkt.eisen} if uitgewerkt else {}
        self.schaal = uitgewerkt.schaal if uitgewerkt else ()
        self.vergelijkingen = {}
        self.resultaat = self._build_resultaat()

    @property
    def criteria(self) -> tuple[Criterium, ...]:
        """The announced award criteria."""
        return self.stand.uitgewerkt.criteria if self.stand.uitgewerkt else ()

    def _geldt(self, nummer: str) -> bool:
        return not nummer or self.stand.uitkomst_van(nummer) == "gegund"

    def show_producten(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Names of products."""
        return tuple(self.productnamen.get(code, code) for code in codes)

    def _build_resultaat(self) -> Perceelresultaat:
        stand = self.stand
        verdeling = stand.rangorde.verdeling if stand.rangorde else None
        titels = {c.code: c.titel for c in self.criteria}
        aantallen: dict[str, int] = dict.fromkeys(self.productnamen, 0)
        for plaats in stand.winnaars:
            for code in plaats.producten_gegund:
                aantallen[code] = aantallen.get(code, 0) + 1
        return Perceelresultaat(
            naam=self.naam,
            aantal_inschrijvingen=len(stand.inschrijvingen),
            aantal_gerangschikt=len(stand.plaatsen),
            met_criteria=bool(self.criteria),
            maximum_punten=sum((c.gewicht for c in self.criteria), Decimal(0)),
            criteria=tuple(
                f"{c.code} {c.titel} (ten hoogste {getal(c.gewicht)} punten)" for c in self.criteria
            ),
            producten=tuple(
                Productregel(
                    naam=p.naam,
                    met_maximum=load_maximum(p, verdeling) is not None,
                    maximum=load_maximum(p, verdeling),
                    aantal_gegund=aantallen[p.code],
                )
                for p in (stand.uitgewerkt.producten if stand.uitgewerkt else ())
            ),
            winnaars=tuple(self.build_winnaar(p) for p in stand.winnaars),
            kenmerken=tuple(
                Kenmerkregel(
                    criterium=titels.get(k.criterium, k.criterium),
                    tekst=k.tekst,
                    winnaar=stand.inschrijvingen[k.inschrijving].aanbieder.naam if k.inschrijving else "",
                )
                for k in stand.kenmerken
                if self._geldt(k.inschrijving)
            ),
            loting=bool(stand.rangorde and stand.rangorde.loting),
            verdeeld=verdeling is not None,
            verdeling_plaats=verdeling.plaats if verdeling else 0,
            verdeling_aantal=verdeling.aantal if verdeling else 0,
            verdeling_maximum=verdeling.maximum if verdeling else None,
            aantal_overgeslagen=sum(bool(p.kreeg_al) for p in stand.plaatsen.values()),
        )

    def show_percelen(self, nummers: tuple[str, ...]) -> tuple[str, ...]:
        """Names of percelen."""
        return tuple(self.perceelnamen.get(nummer, nummer) for nummer in nummers)

    def build_winnaar(self, plaats: Rangplaats) -> Winnaar:
        """A winner as every bidder may see it."""
        return Winnaar(
            naam=self.stand.inschrijvingen[plaats.inschrijving].aanbieder.naam,
            producten=self.show_producten(plaats.producten_gegund),
            totaal=parse_punten(plaats.totaal),
            punten=tuple(
                Puntenregel(criterium=c.code, punten=parse_punten(plaats.punten[c.code]))
                for c in self.criteria
                if c.code in plaats.punten
            ),
        )

    def build_uitkomst(self, inschrijving: Inschrijving) -> Perceeluitkomst:
        """What this bidder hears about this perceel."""
        stand, nummer = self.stand, inschrijving.nummer
        soort = stand.uitkomst_van(nummer)
        plaats = stand.plaatsen.get(nummer) if soort in ("gegund", "niet_gekozen") else None
        toets = stand.toetsen.get(nummer)
        verificatie = stand.verificaties.get(nummer)
        mislukt = soort == "terzijde" and verificatie is not None and not verificatie.voldoet
        afgewezen = soort in ("ongeldig", "uitgesloten")
        te_laat = soort == "ongeldig" and nummer in stand.te_laat
        onder_minimum = self._list_onder_minimum(nummer) if soort == "terzijde" else ()
        ondergrens = self._load_ondergrens(nummer) if soort == "terzijde" else None
        eis = self.eisen.get(toets.eis, toets.eis) if afgewezen and toets and toets.eis else ""
        verklaard = soort != "terzijde" or mislukt or onder_minimum or ondergrens is not None
        return Perceeluitkomst(
            resultaat=self.resultaat,
            gegund=soort == "gegund",
            niet_gekozen=soort == "niet_gekozen",
            terzijde=soort == "terzijde",
            ongeldig=soort == "ongeldig",
            uitgesloten=soort == "uitgesloten",
            producten_gegund=self.show_producten(plaats.producten_gegund) if plaats else (),
            producten_niet_gegund=self.show_producten(plaats.producten_niet_gegund) if plaats else (),
            kreeg_al=self.show_percelen(plaats.kreeg_al) if plaats else (),
            minima=self._list_minima(nummer),
            uitloop=None if soort == "gegund" else self.uitloop,
            met_rang=plaats is not None,
            rang=plaats.rang if plaats else None,
            totaal=parse_punten(plaats.totaal) if plaats else None,
            scores=() if afgewezen else self._build_scores(nummer, plaats),
            voordelen=self._build_voordelen(plaats) if plaats else (),
            onder_minimum=onder_minimum,
            buiten_rangorde="" if verklaard else stand.reden_buiten_rangorde(nummer),
            ondergrens=ondergrens,
            verificatie_mislukt=mislukt,
            te_laat=te_laat,
            ontvangen=inschrijving.ontvangen if te_laat else None,
            sluiting=self.sluiting if te_laat else None,
            eis=eis,
            reden=verificatie.bevindingen
            if mislukt and verificatie
            else (show_reden(toets.reden, eis) if afgewezen and toets else ""),
        )

    def _list_minima(self, nummer: str) -> tuple[str, ...]:
        """The announced minimums that this bidder reached, each with its reckoning."""
        toets = self.stand.toetsen.get(nummer)
        uitgewerkt = self.stand.uitgewerkt
        met_minimum = {e.code for e in uitgewerkt.eisen if e.minimum} if uitgewerkt else frozenset[str]()
        return tuple(
            f"Eis {u.eis}: {u.toelichting}"
            for u in (toets.eisen if toets else ())
            if u.eis in met_minimum and u.uitkomst == "voldoet" and u.toelichting
        )

    def _build_scores(self, nummer: str, plaats: Rangplaats | None) -> tuple[Criteriumuitkomst, ...]:
        uitkomsten: list[Criteriumuitkomst] = []
        for criterium in self.criteria:
            oordeel = self.stand.oordelen.get((nummer, criterium.code))
            punten = parse_punten(plaats.punten[criterium.code]) if plaats else None
            formule, berekening = (
                self.rekening.explain(nummer, criterium.code) if self.rekening and plaats else ("", "")
            )
            uitkomsten.append(
                Criteriumuitkomst(
                    criterium=criterium.code,
                    titel=criterium.titel,
                    kwaliteit=criterium.soort == "kwaliteit",
                    met_punten=punten is not None,
                    punten=punten,
                    maximum=criterium.gewicht,
                    score=oordeel.score if oordeel else None,
                    betekenis=load_betekenis(self.schaal, oordeel.score) if oordeel else "",
                    motivering=oordeel.motivering if oordeel else "",
                    waarom_niet_maximaal=oordeel.waarom_niet_maximaal if oordeel else "",
                    prijs=self.stand.prijzen.get(nummer) if criterium.soort == "prijs" else None,
                    formule=formule,
                    berekening=berekening,
                )
            )
        return tuple(uitkomsten)

    def _list_onder_minimum(self, nummer: str) -> tuple[str, ...]:
        onder: list[str] = []
        for criterium in self.criteria:
            oordeel = self.stand.oordelen.get((nummer, criterium.code))
            if oordeel and criterium.minimum is not None and oordeel.score < criterium.minimum:
                onder.append(
                    f"{criterium.titel} (score {oordeel.score}, ten minste {criterium.minimum} nodig)"
                )
        return tuple(onder)

    def _load_ondergrens(self, nummer: str) -> Decimal | None:
        """The announced floor, when this bidder's price lies below it."""
        producten = self.stand.uitgewerkt.producten if self.stand.uitgewerkt else ()
        prijs = self.stand.prijzen.get(nummer)
        grenzen = [p.tarief for p in producten if p.vrije_prijs and prijs is not None and prijs < p.tarief]
        return min(grenzen, default=None)

    def _build_voordelen(self, plaats: Rangplaats) -> tuple[Voordeel, ...]:
        """Criteria on which winners of the products that this bidder did not get did better."""
        if not plaats.producten_niet_gegund or plaats.kreeg_al:
            return ()
        vergelijking = self._load_vergelijking(plaats.producten_niet_gegund)
        voordelen: list[Voordeel] = []
        for criterium in self.criteria:
            eigen = parse_punten(plaats.punten[criterium.code])
            anderen = vergelijking[criterium.code]
            hoger = len(anderen) - bisect_right(anderen, eigen)
            if hoger:
                voordelen.append(
                    Voordeel(
                        titel=criterium.titel,
                        eigen_punten=eigen,
                        aantal_hoger=hoger,
                        aantal_winnaars=len(anderen),
                        hoogste=anderen[-1],
                    )
                )
        return tuple(voordelen)

    def _load_vergelijking(self, producten: tuple[str, ...]) -> dict[str, list[Decimal]]:
        """Sorted points per criterion of the winners of these products; kept for the next bidder."""
        if producten not in self.vergelijkingen:
            gezocht = frozenset(producten)
            winnaars = [p for p in self.stand.winnaars if gezocht & frozenset(p.producten_gegund)]
            self.vergelijkingen[producten] = {
                c.code: sorted(parse_punten(p.punten[c.code]) for p in winnaars) for c in self.criteria
            }
        return self.vergelijkingen[producten]


def show_reden(reden: str, eis: str) -> str:
    """The reason without the requirement in front, when the letter names that requirement already."""
    code, _, tekst = eis.partition(": ")
    rest = reden.removeprefix(f"Eis {code} ({tekst.rstrip('.')}): ")
    if re.search(r"\bEis \S+ \(", rest):  # more than one requirement: each keeps its own name
        return reden
    return rest[:1].upper() + rest[1:]


@dataclass
class Uitkomsten:
    """Everything that the letters of one decision need, read once."""

    standen: dict[str, Perceelstand]
    bouwers: dict[str, Perceelbouwer]

    @property
    def beslissing(self) -> GunningsbeslissingMeegedeeld:
        """The decision that these letters tell; LookupError when nothing was told."""
        for stand in self.standen.values():
            if stand.beslissing is not None:
                return stand.beslissing
        raise LookupError("geen gunningsbeslissing in deze percelen")

    def list_betrokkenen(self) -> tuple[Inschrijving, ...]:
        """Every concerned bidder, by number."""
        return list_betrokkenen(self.standen)

    def list_uitkomsten(self, inschrijving: Inschrijving) -> tuple[Perceeluitkomst, ...]:
        """The outcomes of one bidder, in order of perceel."""
        return tuple(
            bouwer.build_uitkomst(inschrijving)
            for nummer, bouwer in self.bouwers.items()
            if nummer in inschrijving.percelen
        )

    def list_soorten(self, inschrijving: Inschrijving) -> set[str]:
        """The kinds of outcome of one bidder over all percelen of the decision."""
        return {
            stand.uitkomst_van(inschrijving.nummer)
            for nummer, stand in self.standen.items()
            if nummer in inschrijving.percelen
        }

    def select_brief(self, inschrijving: Inschrijving) -> str:
        """Which letter: by the strongest outcome over all percelen of the decision."""
        soorten = self.list_soorten(inschrijving)
        for soort in ("gegund", "niet_gekozen", "uitgesloten"):
            if soort in soorten:
                return soort
        return "ongeldig"


def load_uitkomsten(s: Situatie[None]) -> Uitkomsten:
    """Read the percelen of the act once; the letters of one decision, of whatever kind, share it."""
    return s.dossier.derive(("uitkomsten", s.onderwerpen), lambda: _load_uitkomsten(s))


def _load_uitkomsten(s: Situatie[None]) -> Uitkomsten:
    standen = load_stand(s.dossier, sorted(s.onderwerpen, key=int))
    sluiting = load_sluiting(s)
    namen: Mapping[str, str] = {p.nummer: p.naam for p in s.dossier.aanbesteding.percelen}
    bouwers = {
        nr: Perceelbouwer(
            stand,
            namen[nr],
            sluiting,
            load_rekening(s.dossier, stand),
            perceelnamen=namen,
            uitloop=uitloop.uiterlijk if (uitloop := load_uitloop(s.dossier, nr)) else None,
        )
        for nr, stand in standen.items()
    }
    return Uitkomsten(standen, bouwers)


def load_gepubliceerd(s: Situatie[None]) -> datetime | None:
    """When the notice was dispatched."""
    gepubliceerd = s.dossier.laatste(AanbestedingGepubliceerd)
    return gepubliceerd.verzonden if gepubliceerd else None


def list_rangregels(bouwer: Perceelbouwer) -> tuple[Rangregel, ...]:
    """The whole ranking, for documents of the authority itself only."""
    stand = bouwer.stand
    return tuple(
        Rangregel(
            rang=p.rang,
            inschrijving=p.inschrijving,
            naam=stand.inschrijvingen[p.inschrijving].aanbieder.naam,
            totaal=parse_punten(p.totaal),
            gegund=p.gegund,
            producten=bouwer.show_producten(p.producten_gegund),
            kreeg_al=bouwer.show_percelen(p.kreeg_al),
        )
        for p in (stand.rangorde.plaatsen if stand.rangorde else ())
    )

"""Makes the invented workbooks of a story: parties, reactions, questions, bids, scores, applications, activity.

Each maker looks at the dossier as it is and returns sheets; nothing is decided here that people would decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from pydantic import Field

from aanbesteding.demo.teksten import ANTWOORDEN, MOTIVERINGEN, VRAGEN, VraagAntwoord
from aanbesteding.demo.uitwerken import Demouitwerking
from aanbesteding.demo.verzinsels import (
    AANTALLEN,
    Verzonnen,
    make_aanbieders,
    make_onderneming,
    make_partijen,
)
from aanbesteding.domain.aangekondigde_rangorde import load_prijsproduct
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import (
    Eis,
    InschrijvingenOntvangen,
    InschrijvingGetoetst,
    PerceelUitgewerkt,
    PlanningVastgesteld,
)
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.overeenkomsten import list_lopend
from aanbesteding.domain.toewijzing import wordt_verdeeld

Bladen = Mapping[str, tuple[tuple[str, ...], Iterable[Iterable[Any]]]]


class Bijzonder(Gegevensmodel):
    """How many bids go wrong, and how: so that every negative path is in the story."""

    te_laat: int = 2
    niet_ondertekend: int = 3
    eis_niet_gehaald: int = 3
    uitsluitingsgrond: int = 1
    onder_ondergrens: int = 0
    onder_minimum: int = 0


class Verzinsels(Gegevensmodel):
    """What the invented side of a story is made from."""

    zaad: int
    aanbieders: int
    gewichten: tuple[int, ...]
    partijen_per_groep: int = 4
    respons_procent: int = 60
    nieuwe_aanvragers: int = 6
    percelen_per_aanbieder: tuple[int, ...] = AANTALLEN
    verbanden: int = 0
    bijzonder: Bijzonder = Bijzonder()
    groep_aanbieders: str = Field(default="", description="Groep waar aanbieders in zitten; leeg: de eerste")
    antwoorden: tuple[str, ...] = ANTWOORDEN
    vragen: tuple[VraagAntwoord, ...] = VRAGEN
    uitwerking: Demouitwerking | None = None


@dataclass(frozen=True)
class Bedenker:
    """Invents content for one dossier."""

    verzinsels: Verzinsels
    dossier: Dossier

    def kans(self, waarvoor: str) -> Random:
        """A generator of its own for each purpose, so that adding one does not change the others."""
        return Random(f"{self.verzinsels.zaad}/{waarvoor}")

    @property
    def aanbieders(self) -> tuple[Verzonnen, ...]:
        """The invented providers."""
        nummers = [p.nummer for p in self.dossier.aanbesteding.percelen]
        v = self.verzinsels
        gewichten = v.gewichten or [1] * len(nummers)
        return make_aanbieders(
            v.zaad, v.aanbieders, nummers, gewichten, v.percelen_per_aanbieder, v.verbanden
        )

    def partijen(self) -> Bladen:
        """Workbook "aanbieders": every party that is invited."""
        groepen = self._list_groepen()
        partijen = make_partijen(
            self.verzinsels.zaad, self.aanbieders, groepen, self.verzinsels.partijen_per_groep
        )
        kolommen = ("sleutel", "naam", "groep", "straat", "postcode", "plaats", "email")
        return {
            "partijen": (
                kolommen,
                [
                    (p.sleutel, p.naam, p.groep, p.adres.straat, p.adres.postcode, p.adres.plaats, p.email)
                    for p in partijen
                ],
            )
        }

    def reacties(self) -> Bladen:
        """Workbook "reacties": scores and open answers of those who responded."""
        kans = self.kans("reacties")
        consultatie = self.dossier.aanbesteding.consultatie
        groepen = [g.code for g in consultatie.groepen]
        partijen = make_partijen(
            self.verzinsels.zaad, self.aanbieders, self._list_groepen(), self.verzinsels.partijen_per_groep
        )
        scores: list[tuple[Any, ...]] = []
        antwoorden: list[tuple[Any, ...]] = []
        neiging = {(g, v.code): kans.choice((2, 3, 3, 4, 4)) for g in groepen for v in consultatie.vragen}
        for partij in partijen:
            if kans.randint(1, 100) > self.verzinsels.respons_procent:
                continue
            for vraag in consultatie.list_vragen(partij.groep):
                if vraag.soort == "schaal":
                    score = neiging[partij.groep, vraag.code] + kans.choice((-1, 0, 0, 0, 1))
                    scores.append(
                        (
                            partij.sleutel,
                            vraag.code,
                            min(max(score, consultatie.schaal_min), consultatie.schaal_max),
                        )
                    )
                elif kans.random() < 0.7:
                    antwoorden.append((partij.sleutel, vraag.code, kans.choice(self.verzinsels.antwoorden)))
        return {
            "scores": (("partij", "vraag", "score"), scores),
            "antwoorden": (("partij", "vraag", "antwoord"), antwoorden),
        }

    def _list_groepen(self) -> list[str]:
        """Codes of the stakeholder groups, that of the providers first."""
        groepen = [g.code for g in self.dossier.aanbesteding.consultatie.groepen]
        return sorted(groepen, key=lambda code: code != self.verzinsels.groep_aanbieders)

    def lopend(self, einde: date) -> Bladen:
        """Workbook "lopende_overeenkomsten": as many per kind as the source text says."""
        kans, gebruikt = self.kans("lopend"), set[str]()
        rijen: list[tuple[Any, ...]] = []
        for groep in self.dossier.aanbesteding.markt:
            for _ in range(int(groep.aanbieders.getal or 0)):
                o = make_onderneming(kans, len(rijen) + 1, gebruikt)
                gezinnen = kans.choice((1, 2, 3, 5, 9, 25, 60, 140))
                rijen.append(
                    (
                        *(
                            o.sleutel,
                            o.naam,
                            o.kvk,
                            groep.code,
                            o.adres.straat,
                            o.adres.postcode,
                            o.adres.plaats,
                        ),
                        *(o.email, gezinnen, einde),
                    )
                )
        kolommen = (
            "sleutel",
            "naam",
            "kvk",
            "groep",
            "straat",
            "postcode",
            "plaats",
            "email",
            "gezinnen",
            "einde",
        )
        return {"overeenkomsten": (kolommen, rijen)}

    def prestaties(self, peildatum: date) -> Bladen:
        """Workbook "prestaties": every indicator of every running agreement."""
        kans = self.kans("prestaties")
        rijen = [
            (o.nummer, kpi.code, kans.randint(48, 82), 60)
            for o in list_lopend(self.dossier, peildatum)
            for kpi in self.dossier.aanbesteding.kpis
        ]
        return {"prestaties": (("overeenkomst", "kpi", "waarde", "afgesproken"), rijen)}

    def vragen(self) -> Bladen:
        """Workbook "vragen": questions about the tender documents."""
        kans = self.kans("vragen")
        planning = self.dossier.laatste(PlanningVastgesteld)
        assert planning is not None
        rijen = [
            (
                nummer,
                kans.choice(self.aanbieders).onderneming.naam,
                vraag.document,
                vraag.artikel,
                kans.randint(2, 14),
                vraag.vraag,
                planning.vragen_tot - timedelta(days=kans.randint(1, 12), hours=kans.randint(0, 6)),
            )
            for nummer, vraag in enumerate(self.verzinsels.vragen, start=1)
        ]
        return {
            "vragen": (
                ("nummer", "aanbieder", "document", "artikel", "bladzijde", "vraag", "ontvangen"),
                rijen,
            )
        }

    def inschrijvingen(self) -> Bladen:
        """Workbook "inschrijvingen": every bid, with the ones that go wrong."""
        kans = self.kans("inschrijvingen")
        planning = self.dossier.laatste(PlanningVastgesteld)
        assert planning is not None
        uitgewerkt = {p.perceel: p for p in self.dossier.list_feiten(PerceelUitgewerkt)}
        fouten = self._pick_fouten(kans)
        te_goedkoop = self._pick_te_goedkoop(uitgewerkt, fouten)
        inschrijvers: list[tuple[Any, ...]] = []
        percelen: list[tuple[Any, ...]] = []
        eisen: list[tuple[Any, ...]] = []
        met_aantal = any(e.minimum for u in uitgewerkt.values() for e in u.eisen)
        for nummer, aanbieder in enumerate(self.aanbieders, start=1):
            code = f"I-{nummer:03d}"
            fout = fouten.get(nummer, "")
            te_laat = timedelta(minutes=kans.randint(1, 50)) if fout == "te_laat" else -self._eerder(kans)
            inschrijvers.append((code, *_onderneming_cellen(aanbieder), planning.sluiting + te_laat))
            for perceel in aanbieder.percelen:
                producten, prijs = self._bod(kans, uitgewerkt[perceel], aanbieder)
                if prijs and nummer in te_goedkoop:
                    prijs = str(load_prijsproduct(uitgewerkt[perceel]).tarief - Decimal("0.70"))
                percelen.append((code, perceel, producten, prijs))
                for eis in uitgewerkt[perceel].eisen:
                    aantallen = (self._aantallen(aanbieder, eis, fout),) if met_aantal else ()
                    eisen.append((code, perceel, eis.code, _antwoord(fout, eis), *aantallen))
        return {
            "inschrijvers": ((*("nummer", *ONDERNEMING), "ontvangen"), inschrijvers),
            "percelen": (("nummer", "perceel", "producten", "prijs"), percelen),
            "eisen": (
                ("nummer", "perceel", "eis", "antwoord", *(("aantallen",) if met_aantal else ())),
                eisen,
            ),
        }

    def _aantallen(self, aanbieder: Verzonnen, eis: Eis, fout: str) -> str:
        """What a bidder says that it can serve, per member when it is an alliance; enough, unless this goes wrong."""
        if eis.minimum is None:
            return ""
        kans = self.kans(f"aantallen/{aanbieder.onderneming.sleutel}")
        leden = 3 if aanbieder.onderneming.naam.startswith("Samenwerkingsverband") else 1
        nodig = -(-eis.minimum.aantal // leden)
        gebruikt = {a.onderneming.naam for a in self.aanbieders}
        delen = [
            (make_onderneming(kans, n, gebruikt).naam, nodig + kans.randint(0, nodig)) for n in range(leden)
        ]
        if fout == "onder_minimum":
            delen = [(naam, nodig - kans.randint(1, 3)) for naam, _ in delen]
        if leden == 1:
            return str(delen[0][1])
        return "; ".join(f"{naam}: {aantal}" for naam, aantal in delen)

    def _eerder(self, kans: Random) -> timedelta:
        return timedelta(days=kans.choice((0, 0, 0, 1, 1, 2, 4)), minutes=kans.randint(3, 400))

    def _pick_fouten(self, kans: Random) -> dict[int, str]:
        """Which bid goes wrong how: numbers of bids per kind of fault."""
        soorten = [
            soort
            for soort, aantal in self.verzinsels.bijzonder.model_dump(exclude={"onder_ondergrens"}).items()
            for _ in range(aantal)
        ]
        nummers = kans.sample(range(1, self.verzinsels.aanbieders + 1), len(soorten))
        return dict(zip(nummers, soorten, strict=True))

    def _pick_te_goedkoop(
        self, uitgewerkt: Mapping[str, PerceelUitgewerkt], fouten: Mapping[int, str]
    ) -> frozenset[int]:
        """Which bids, right in all else, offer less than the announced floor."""
        met_prijs = {p for p, u in uitgewerkt.items() if any(product.vrije_prijs for product in u.producten)}
        mogelijk = [
            nummer
            for nummer, aanbieder in enumerate(self.aanbieders, start=1)
            if nummer not in fouten and met_prijs & set(aanbieder.percelen)
        ]
        aantal = min(self.verzinsels.bijzonder.onder_ondergrens, len(mogelijk))
        return frozenset(self.kans("ondergrens").sample(mogelijk, aantal))

    def _bod(self, kans: Random, uitgewerkt: PerceelUitgewerkt, aanbieder: Verzonnen) -> tuple[str, Any]:
        alles = len(uitgewerkt.producten) == 1 or wordt_verdeeld(self.dossier)
        producten = [p for p in uitgewerkt.producten if alles or kans.random() < 0.75]
        producten = producten or [uitgewerkt.producten[0]]
        prijs: Decimal | None = None
        for product in uitgewerkt.producten:
            if product.vrije_prijs and product.prijsplafond is not None:
                stappen = int((product.prijsplafond - product.tarief) / Decimal("0.05"))
                prijs = product.tarief + Decimal("0.05") * kans.randint(0, stappen)
                if product not in producten:
                    producten = [product, *producten]
        return " ".join(p.code for p in producten), "" if prijs is None else str(prijs)

    def scores(self, beoordelaar: str, perceel: str) -> Bladen:
        """Workbook "scores": one assessor's scores for one perceel."""
        uitgewerkt = self.dossier.laatste(PerceelUitgewerkt, perceel=perceel)
        assert uitgewerkt is not None
        kans = self.kans(f"scores/{beoordelaar}/{perceel}")
        niveaus = self.list_niveaus(perceel)
        punten = sorted(s.punt for s in uitgewerkt.schaal)
        rijen: list[tuple[Any, ...]] = []
        for inschrijving, niveau in niveaus.items():
            for criterium in uitgewerkt.criteria:
                if criterium.soort != "kwaliteit":
                    continue
                eigen = self.kans(f"niveau/{perceel}/{inschrijving}/{criterium.code}").choice(
                    (-3, -1, 0, 0, 1, 2)
                )
                gezocht = niveau + eigen + kans.choice((-1, -1, 0, 0, 0, 1, 1))
                score = min(punten, key=lambda punt: (abs(punt - gezocht), punt))
                reden = _motiveer(kans, criterium.kader, score, punten)
                rijen.append((perceel, inschrijving, criterium.code, score, reden))
        return {"scores": (("perceel", "inschrijving", "criterium", "score", "motivering"), rijen)}

    def list_niveaus(self, perceel: str) -> dict[str, int]:
        """How good each valid bid of a perceel is meant to be."""
        geldig = {
            t.inschrijving
            for t in self.dossier.list_feiten(InschrijvingGetoetst)
            if t.perceel == perceel and t.uitkomst == "geldig"
        }
        niveaus = {a.onderneming.sleutel: a.niveau[perceel] for a in self.aanbieders}
        return {
            i.nummer: niveaus[i.aanbieder.sleutel]
            for ontvangen in self.dossier.list_feiten(InschrijvingenOntvangen)
            for i in ontvangen.inschrijvingen
            if i.nummer in geldig
        }

    def aanvragen(self, producten: Sequence[tuple[str, str]], ontvangen: datetime) -> Bladen:
        """Workbook "aanvragen": new providers that ask to enter, for (perceel, product) pairs."""
        kans = self.kans("aanvragen")
        gebruikt = {a.onderneming.naam for a in self.aanbieders}
        aanvragers: list[tuple[Any, ...]] = []
        gevraagd: list[tuple[Any, ...]] = []
        eisen: list[tuple[Any, ...]] = []
        for nummer in range(1, self.verzinsels.nieuwe_aanvragers + 1):
            onderneming = make_onderneming(kans, 800 + nummer, gebruikt)
            aanvrager = Verzonnen(onderneming, (), {})
            aanvragers.append((nummer, *_onderneming_cellen(aanvrager), ontvangen + timedelta(hours=nummer)))
            perceel, product = producten[nummer % len(producten)]
            gevraagd.append((nummer, perceel, product))
            uitgewerkt = self.dossier.laatste(PerceelUitgewerkt, perceel=perceel)
            assert uitgewerkt is not None
            for eis in uitgewerkt.eisen:
                antwoord = (
                    "nee" if nummer == 2 and eis.soort == "minimumeis" and eis.toets == "systeem" else "ja"
                )
                bewijs_datum: date = (
                    (ontvangen - timedelta(days=kans.randint(10, 90))).astimezone(TIJDZONE).date()
                )
                eisen.append((nummer, perceel, eis.code, antwoord, eis.bewijs, bewijs_datum))
        return {
            "aanvragers": ((*("nummer", *ONDERNEMING), "ontvangen"), aanvragers),
            "producten": (("nummer", "perceel", "product"), gevraagd),
            "eisen": (("nummer", "perceel", "eis", "antwoord", "bewijs", "bewijs_datum"), eisen),
        }

    def deelnemers(self, getekend_op: date, vanaf: int = 1, tot: int = 0) -> Bladen:
        """Workbook "deelnemers": providers that sign the process agreement, for every perceel that they want."""
        gekozen = self.aanbieders[vanaf - 1 : tot or None]
        rijen = [(*_onderneming_cellen(a), ", ".join(a.percelen), getekend_op) for a in gekozen]
        return {"deelnemers": ((*ONDERNEMING, "percelen", "getekend_op"), rijen)}

    def aanvragen_deelnemers(
        self, ontvangen: datetime, vanaf: int = 1, tot: int = 0, tekort: int = 0
    ) -> Bladen:
        """Workbook "aanvragen": participants ask for a basic agreement; the first `tekort` miss a requirement."""
        kans = self.kans(f"aanvragen/{vanaf}")
        uitgewerkt = {u.perceel: u for u in self.dossier.list_feiten(PerceelUitgewerkt)}
        aanvragers: list[tuple[Any, ...]] = []
        gevraagd: list[tuple[Any, ...]] = []
        eisen: list[tuple[Any, ...]] = []
        for nummer, aanvrager in enumerate(self.aanbieders[vanaf - 1 : tot or None], start=1):
            aanvragers.append((nummer, *_onderneming_cellen(aanvrager), ontvangen + timedelta(hours=nummer)))
            for perceel in aanvrager.percelen:
                gevraagd += [(nummer, perceel, product.code) for product in uitgewerkt[perceel].producten]
                for eis in uitgewerkt[perceel].eisen:
                    mist = nummer <= tekort and eis.soort == "minimumeis" and eis.toets == "systeem"
                    dag = (ontvangen - timedelta(days=kans.randint(10, 90))).astimezone(TIJDZONE).date()
                    eisen.append((nummer, perceel, eis.code, "nee" if mist else "ja", eis.bewijs, dag))
        return {
            "aanvragers": ((*("nummer", *ONDERNEMING), "ontvangen"), aanvragers),
            "producten": (("nummer", "perceel", "product"), gevraagd),
            "eisen": (("nummer", "perceel", "eis", "antwoord", "bewijs", "bewijs_datum"), eisen),
        }

    def activiteit(self, peildatum: date) -> Bladen:
        """Workbook "activiteit": when each agreement last delivered care; a few never did."""
        kans = self.kans("activiteit")
        rijen = [
            (o.nummer, "" if kans.random() < 0.04 else peildatum - timedelta(days=kans.randint(1, 60)))
            for o in list_lopend(self.dossier, peildatum)
        ]
        return {"activiteit": (("overeenkomst", "laatste_zorg"), rijen)}


ONDERNEMING = ("sleutel", "naam", "kvk", "agb", "straat", "postcode", "plaats", "contact", "email", "grootte")


def _onderneming_cellen(aanbieder: Verzonnen) -> tuple[str, ...]:
    o = aanbieder.onderneming
    return (
        *(o.sleutel, o.naam, o.kvk, o.agb, o.adres.straat, o.adres.postcode, o.adres.plaats),
        *(o.contact, o.email, o.grootte),
    )


def _antwoord(fout: str, eis: Eis) -> str:
    if fout == "niet_ondertekend" and eis.soort == "volledigheid" and eis.herstelbaar:
        return ""
    if fout == "eis_niet_gehaald" and eis.soort in ("minimumeis", "geschiktheid") and eis.toets == "systeem":
        return "nee"
    if fout == "uitsluitingsgrond" and eis.soort == "uitsluiting":
        return "nee"
    return "ja"


def _motiveer(kans: Random, kader: Sequence[str], score: int, punten: Sequence[int]) -> str:
    """A reason that speaks of the announced frame and fits the height of the score."""
    hoogte = "hoog" if score >= punten[-2] else "laag" if score <= punten[1] else "midden"
    return kans.choice(MOTIVERINGEN[hoogte]).format(kader=kans.choice(list(kader)))

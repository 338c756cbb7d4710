"""Invents what people in a story decide in bulk: repairs, consensus, draws, verification, assessments.

Each function looks at the dossier and yields inputs for one act, in a fixed order. The few decisions that matter
for the story itself (open points, percelen, dates) stand in the story file with their reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from statistics import median_low
from typing import Any

from aanbesteding.demo.bedacht_overleg import OVERLEG
from aanbesteding.demo.redenteksten import write_kenmerken, write_redenen
from aanbesteding.demo.uitwerken import make_uitwerking
from aanbesteding.demo.verzinsels import make_onderneming
from aanbesteding.demo.werkboeken import Bedenker
from aanbesteding.domain.aangekondigde_rangorde import load_prijsproduct
from aanbesteding.domain.feiten import (
    ConsensusVastgesteld,
    InschrijvingenOntvangen,
    InschrijvingGetoetst,
    PerceelUitgewerkt,
    PrijzenGeopend,
    RangordeVastgesteld,
    ScoresVergrendeld,
)
from aanbesteding.domain.gunningsrangorde import LotingNodig, rank_perceel
from aanbesteding.domain.overeenkomsten import list_lopend
from aanbesteding.fasen.beoordeling.feiten import (
    HerstelVastgelegd,
    LagePrijsBevraagd,
    LagePrijsToegelicht,
    ToetsAangehouden,
    ToetsBeslist,
)
from aanbesteding.fasen.gunning.feiten import VerificatieVastgelegd
from aanbesteding.fasen.toetreding.besluiten.overeenkomst import is_inactief, load_inactiviteit_maanden
from aanbesteding.fasen.toetreding.besluiten.toelating import index_beoordelingen, list_open_eisen
from aanbesteding.fasen.toetreding.besluiten.wijziging import WijzigingReactieOntvangen

Invoer = Mapping[str, Any]
TAKEN = (
    "Begeleiding thuis",
    "Groepswerk na school",
    "Diagnostiek",
    "Hulp in het weekend",
    "Beeldbellen met jongeren",
)
"""What small providers in a story do."""


def invent_samenwerkingen(
    b: Bedenker,
    vorm: str,
    percelen: list[str],
    aantal: int,
    vanaf: str,
    begin: int = 0,
    toestemming: str = "",
) -> Iterator[Invoer]:
    """Some bidders of a perceel take small providers with them, two each; `begin` counts bidders to pass over."""
    kans = b.kans(f"samenwerking/{vorm}/{begin}")
    gebruikt = {a.onderneming.naam for a in b.aanbieders}
    mogelijk = [a.onderneming.sleutel for a in b.aanbieders if percelen[0] in a.percelen]
    for nummer, sleutel in enumerate(mogelijk[begin : begin + aantal]):
        leden = [make_onderneming(kans, 900 + 10 * begin + 2 * nummer + n, gebruikt) for n in (0, 1)]
        yield {
            "aanbieder": sleutel,
            "vorm": vorm,
            "percelen": percelen,
            "leden": [{"naam": o.naam, "kvk": o.kvk, "taak": kans.choice(TAKEN)} for o in leden],
            "vanaf": vanaf,
            "toestemming": toestemming,
        }


def invent_uitwerking(b: Bedenker, perceel: str) -> Iterator[Invoer]:
    """One perceel worked out from the short table of the story."""
    if b.verzinsels.uitwerking is not None:
        yield make_uitwerking(b.verzinsels.uitwerking, b.dossier, perceel)


def invent_nota(b: Bedenker) -> Iterator[Invoer]:
    """Answers to every question, in one nota."""
    yield {
        "ronde": 1,
        "motivering": "De wijziging is klein en komt bijna drie weken voor de sluiting; "
        "inschrijvers kunnen haar op tijd verwerken.",
        "antwoorden": [
            {
                "vraagnummer": str(nummer),
                "antwoord": vraag.antwoord,
                "wijzigt_stuk": bool(vraag.nieuwe_tekst),
                "nieuwe_tekst": vraag.nieuwe_tekst,
            }
            for nummer, vraag in enumerate(b.verzinsels.vragen, start=1)
        ],
    }


def _open_toetsen(b: Bedenker, wacht_op: str) -> list[ToetsAangehouden]:
    klaar = {(f.perceel, f.inschrijving, f.eis) for f in b.dossier.list_feiten(HerstelVastgelegd)}
    klaar |= {(f.perceel, f.inschrijving, f.eis) for f in b.dossier.list_feiten(ToetsBeslist)}
    getoetst = {(f.perceel, f.inschrijving) for f in b.dossier.list_feiten(InschrijvingGetoetst)}
    return [
        f
        for f in b.dossier.list_feiten(ToetsAangehouden)
        if f.wacht_op == wacht_op
        and (f.perceel, f.inschrijving, f.eis) not in klaar
        and (f.perceel, f.inschrijving) not in getoetst
    ]


def invent_herstel(b: Bedenker) -> Iterator[Invoer]:
    """Every repair that was asked for: all but one bidder repair in time."""
    open_ = _open_toetsen(b, "herstel")
    niet = max((f.inschrijving for f in open_), default="")
    for feit in open_:
        hersteld = feit.inschrijving != niet
        yield {
            "perceel": feit.perceel,
            "inschrijving": feit.inschrijving,
            "eis": feit.eis,
            "hersteld": hersteld,
            "toelichting": "Ontvangen en volledig, voor het einde van de hersteltermijn."
            if hersteld
            else "Binnen de hersteltermijn is niets ontvangen.",
        }


def invent_toetsbesluiten(b: Bedenker) -> Iterator[Invoer]:
    """Every test that a person must decide: an exclusion ground leads to exclusion, after hearing the bidder."""
    for feit in _open_toetsen(b, "mens"):
        yield {
            "perceel": feit.perceel,
            "inschrijving": feit.inschrijving,
            "eis": feit.eis,
            "uitkomst": "uitgesloten",
            "motivering": "De inschrijver verklaart zelf dat een uitsluitingsgrond van toepassing is en toont geen "
            "maatregelen aan waarmee het vertrouwen is hersteld.",
            "gehoord": "De inschrijver is schriftelijk gevraagd naar herstelmaatregelen en heeft niets overgelegd.",
            "evenredigheid": "Uitsluiting staat in verhouding: de grond raakt de kern van de zorg en is recent.",
        }


def invent_consensus(b: Bedenker, perceel: str) -> Iterator[Invoer]:
    """The committee's scores of one perceel: the middle of the individual scores, with reasons."""
    uitgewerkt = b.dossier.laatste(PerceelUitgewerkt, perceel=perceel)
    if uitgewerkt is None:
        return
    kans = b.kans(f"consensus/{perceel}")
    criteria = {c.code: c for c in uitgewerkt.criteria}
    betekenissen = {s.punt: s.betekenis for s in uitgewerkt.schaal}
    hoogste = max(betekenissen)
    scores: dict[tuple[str, str], list[int]] = defaultdict(list)
    for feit in b.dossier.list_feiten(ScoresVergrendeld):
        if feit.perceel == perceel:
            for score in feit.scores:
                scores[score.inschrijving, score.criterium].append(score.score)
    oordelen: list[dict[str, Any]] = []
    for (inschrijving, code), gegeven in sorted(scores.items()):
        score = median_low(gegeven)
        reden, niet = write_redenen(kans, criteria[code].kader, betekenissen[score], score / hoogste)
        oordelen.append(
            {
                "inschrijving": inschrijving,
                "criterium": code,
                "score": score,
                "motivering": reden,
                "waarom_niet_maximaal": niet,
                "intern": f"Individuele scores: {', '.join(map(str, sorted(gegeven)))}.",
            }
        )
    yield {"perceel": perceel, "oordelen": oordelen}


def find_loting(b: Bedenker, perceel: str, uitgevallen: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The draws that this ranking needs, in the order in which they were drawn."""
    loting: tuple[str, ...] = ()
    while True:
        try:
            rank_perceel(b.dossier, perceel, uitgevallen=uitgevallen, loting=loting)
        except LotingNodig as nodig:
            lijst = sorted(set(nodig.inschrijvingen) | set(loting))
            b.kans(f"loting/{perceel}/{len(lijst)}").shuffle(lijst)
            if tuple(lijst) == loting:
                raise
            loting = tuple(lijst)
        else:
            return loting


def invent_prijsvraag(b: Bedenker, perceel: str, uiterlijk: str) -> Iterator[Invoer]:
    """Everybody whose price is the lowest of all is asked to explain it."""
    laagste = _list_laagste(b, perceel)
    if laagste:
        yield {
            "perceel": perceel,
            "inschrijvingen": laagste,
            "uiterlijk": uiterlijk,
            "motivering": "De prijs is niet abnormaal laag volgens de drempel, maar ligt op of vlak bij het reële "
            "tarief dat de ondergrens is. Wij vragen het iedereen met deze prijs, zodat vaststaat dat de hulp voor "
            "dit bedrag goed kan worden uitgevoerd.",
        }


def _list_laagste(b: Bedenker, perceel: str) -> list[str]:
    """Valid bids with the lowest price that is not below the announced floor."""
    geopend = b.dossier.laatste(PrijzenGeopend, perceel=perceel)
    uitgewerkt = b.dossier.laatste(PerceelUitgewerkt, perceel=perceel)
    if geopend is None or uitgewerkt is None:
        return []
    ondergrens = load_prijsproduct(uitgewerkt).tarief
    mogelijk = {nummer: prijs for nummer, prijs in geopend.prijzen.items() if prijs >= ondergrens}
    laagste = min(mogelijk.values(), default=None)
    return sorted(nummer for nummer, prijs in mogelijk.items() if prijs == laagste)


def invent_toelichtingen(b: Bedenker, perceel: str, ontvangen: str) -> Iterator[Invoer]:
    """Everybody who was asked explains the price."""
    for feit in b.dossier.list_feiten(LagePrijsBevraagd):
        for nummer in feit.inschrijvingen if feit.perceel == perceel else ():
            yield {
                "perceel": perceel,
                "inschrijving": nummer,
                "ontvangen": ontvangen,
                "toelichting": "Opbouw per uur ontvangen met loonstaat en rooster: vaste wijkroutes beperken de "
                "reistijd, de overhead wordt met andere diensten gedeeld en de cao wordt gevolgd (verzonnen).",
            }


def invent_prijsoordelen(b: Bedenker, perceel: str) -> Iterator[Invoer]:
    """The explanations convince."""
    for feit in b.dossier.list_feiten(LagePrijsToegelicht):
        if feit.perceel == perceel:
            yield {
                "perceel": perceel,
                "inschrijving": feit.inschrijving,
                "aanvaard": True,
                "motivering": "De opbouw is nagerekend en sluit aan op de kostprijselementen; alle verplichte kosten "
                "staan erin (verzonnen).",
            }


def invent_vertrouwelijk(b: Bedenker) -> Iterator[Invoer]:
    """The first bidder marked a passage of its plan as confidential."""
    for ontvangen in b.dossier.list_feiten(InschrijvingenOntvangen)[:1]:
        yield {
            "inschrijving": ontvangen.inschrijvingen[0].nummer,
            "passages": [
                "Ons rekenmodel Proefroute verdeelt de ritten per wijk over drie tijdvakken en bespaart zo een "
                "vijfde van de reistijd (verzonnen)"
            ],
            "grond": "Bedrijfsgeheim volgens de inschrijver; zie het inschrijfformulier.",
        }


def invent_redenwijziging(b: Bedenker, perceel: str) -> Iterator[Invoer]:
    """The chair betters the words of one reason after it was released."""
    consensus = b.dossier.laatste(ConsensusVastgesteld, perceel=perceel)
    if consensus is None:
        return
    oordeel = consensus.oordelen[-1]
    yield {
        "perceel": perceel,
        "wijzigingen": [
            {
                "inschrijving": oordeel.inschrijving,
                "criterium": oordeel.criterium,
                "motivering": f"{oordeel.motivering} De commissie las dit in het antwoord op deze vraag.",
            }
        ],
        "aanleiding": "De reden verwees niet naar de plaats in de inschrijving.",
    }


def invent_rangorde(b: Bedenker) -> Iterator[Invoer]:
    """Rank every perceel whose quality is locked, with a draw where a tie stands at a cap."""
    percelen = b.dossier.list_onderwerpen("perceel", frozenset({"kwaliteit_vergrendeld"}))
    if not percelen:
        return
    loting = {p: find_loting(b, p) for p in percelen}
    getrokken = {p: volgorde for p, volgorde in loting.items() if volgorde}
    yield {
        "percelen": list(percelen),
        "loting": getrokken,
        "getuigen": ["griffiemedewerker (verzonnen)", "medewerker juridische zaken (verzonnen)"]
        if getrokken
        else [],
    }


def invent_kenmerken(b: Bedenker) -> Iterator[Invoer]:
    """Releasable characteristics of the winning bids, per perceel and quality criterion."""
    percelen = b.dossier.list_onderwerpen("perceel", frozenset({"geadviseerd"}))
    kenmerken: list[dict[str, str]] = []
    for perceel in percelen:
        uitgewerkt = b.dossier.laatste(PerceelUitgewerkt, perceel=perceel)
        if uitgewerkt is None:
            continue
        for criterium in uitgewerkt.criteria:
            tekst = write_kenmerken(criterium.kader)
            if criterium.soort == "prijs":
                tekst = (
                    "De gekozen inschrijvingen bieden gemiddeld een lagere prijs binnen de aangekondigde bandbreedte. "
                    "Dat is een voordeel, omdat de prijs volgens de formule in de leidraad meetelt."
                )
            kenmerken.append({"perceel": perceel, "criterium": criterium.code, "tekst": tekst})
    yield {"percelen": list(percelen), "kenmerken": kenmerken}


def _winnaars(b: Bedenker, perceel: str) -> list[str]:
    rangorde = b.dossier.laatste(RangordeVastgesteld, perceel=perceel)
    return [p.inschrijving for p in rangorde.plaatsen if p.gegund] if rangorde else []


def invent_verzending(b: Bedenker, percelen: list[str], verzonden: str) -> Iterator[Invoer]:
    """All letters of the last decision were sent at one moment."""
    alle = {
        i.nummer
        for ontvangen in b.dossier.list_feiten(InschrijvingenOntvangen)
        for i in ontvangen.inschrijvingen
        if set(i.percelen) & set(percelen)
    }
    yield {"percelen": percelen, "verzonden": verzonden, "aantal": len(alle), "niet_verzonden": []}


def invent_verificatie(b: Bedenker, percelen: list[str], mislukt_in: str = "") -> Iterator[Invoer]:
    """Verification of every winner of the last decision; the second winner of one perceel fails."""
    klaar = {(f.perceel, f.inschrijving) for f in b.dossier.list_feiten(VerificatieVastgelegd)}
    for perceel in percelen:
        for plaats, inschrijving in enumerate(_winnaars(b, perceel)):
            if (perceel, inschrijving) in klaar:
                continue
            voldoet = not (perceel == mislukt_in and plaats == 1)
            yield {
                "perceel": perceel,
                "inschrijving": inschrijving,
                "voldoet": voldoet,
                "bevindingen": "Alle bewijsstukken zijn ontvangen, actueel op de dag van inschrijving en in orde."
                if voldoet
                else "Het gevraagde kwaliteitscertificaat was op de dag van inschrijving verlopen en niet verlengd.",
            }


def invent_wijziging(b: Bedenker, perceel: str, verzenddatum: str, aanleiding: str) -> Iterator[Invoer]:
    """The changed decision after a failed verification, with a draw when the new ranking needs one."""
    mislukt = tuple(
        f.inschrijving
        for f in b.dossier.list_feiten(VerificatieVastgelegd)
        if f.perceel == perceel and not f.voldoet
    )
    yield {
        "percelen": [perceel],
        "verzenddatum": verzenddatum,
        "aanleiding": aanleiding,
        "loting": list(find_loting(b, perceel, mislukt)),
    }


def invent_aanvraagoordelen(b: Bedenker) -> Iterator[Invoer]:
    """A person's judgment on what the system leaves open in every application; one applicant falls short."""
    verzoeken = b.dossier.list_onderwerpen("verzoek", frozenset({"getoetst"}))
    for verzoek in verzoeken:
        open_ = list_open_eisen(b.dossier, verzoek)
        tekort = verzoek == verzoeken[-1]
        yield {
            "verzoek": verzoek,
            "oordelen": [
                {
                    "perceel": perceel,
                    "eis": eis,
                    "uitkomst": "voldoet_niet" if tekort else "voldoet",
                    "toelichting": "Het overgelegde bewijs dekt de gevraagde periode niet."
                    if tekort
                    else "Het bewijs is gezien, compleet en actueel.",
                }
                for perceel, eis in open_
            ],
            "verificatie": "Handelsregister, AGB-code en berichtenverkeer gecontroleerd; in orde (verzonnen).",
            "audit": "Gesprek gevoerd volgens het vaste protocol (verzonnen).",
            "bibob": "geen_bezwaar",
        }


def _split_beoordeeld(b: Bedenker) -> tuple[list[str], list[str]]:
    """Judged applications that may enter, and those that may not."""
    verzoeken = b.dossier.list_onderwerpen("verzoek", frozenset({"beoordeeld"}))
    oordelen = index_beoordelingen(b.dossier)
    goed = [v for v in verzoeken if any(p.voldoet for p in oordelen[v].percelen)]
    return goed, [v for v in verzoeken if v not in goed]


def invent_toelatingen(b: Bedenker, verzenddatum: str) -> Iterator[Invoer]:
    """Everyone who meets the requirements enters."""
    goed, _ = _split_beoordeeld(b)
    if goed:
        yield {"verzoeken": goed, "verzenddatum": verzenddatum}


def invent_weigeringen(b: Bedenker, verzenddatum: str) -> Iterator[Invoer]:
    """Everyone who does not is refused."""
    _, fout = _split_beoordeeld(b)
    if fout:
        yield {"verzoeken": fout, "verzenddatum": verzenddatum}


def invent_wijzigingsreacties(b: Bedenker, code: str, perceel: str, ontvangen: str) -> Iterator[Invoer]:
    """Three providers react to a proposal."""
    lopend = list_lopend(b.dossier, datetime.fromisoformat(ontvangen).date(), perceel)
    reacties = (
        ("eens", "Wij zijn het eens met het voorstel.", ""),
        (
            "opmerking",
            "De eerste werkdag is te vroeg voor onze administratie.",
            "Het wordt de vijfde werkdag.",
        ),
        (
            "oneens",
            "Wij willen dit niet elke maand doen.",
            "Het bericht is één regel per product; dat blijft zo.",
        ),
    )
    for overeenkomst, (strekking, tekst, antwoord) in zip(lopend, reacties, strict=False):
        yield {
            "code": code,
            "overeenkomst": overeenkomst.nummer,
            "ontvangen": ontvangen,
            "strekking": strekking,
            "tekst": tekst,
            "antwoord": antwoord,
        }


def invent_uittreding(b: Bedenker, code: str, perceel: str, ontvangen: str) -> Iterator[Invoer]:
    """The provider that disagreed with the change leaves."""
    for reactie in b.dossier.list_feiten(WijzigingReactieOntvangen):
        if reactie.code == code and reactie.strekking == "oneens":
            yield {
                "code": code,
                "overeenkomst": reactie.overeenkomst,
                "ontvangen": ontvangen,
                "motivering": "De aanbieder stemt niet in met de wijziging.",
            }


def _inactief(b: Bedenker, op: date) -> list[str]:
    maanden = load_inactiviteit_maanden(b.dossier) or 0
    return [o.nummer for o in list_lopend(b.dossier, op) if is_inactief(b.dossier, o, maanden)]


def invent_aankondigingen(b: Bedenker, reageren_tot: str, per: str) -> Iterator[Invoer]:
    """Providers without activity hear beforehand that their agreement may end."""
    inactief = _inactief(b, date.fromisoformat(per))
    if inactief:
        yield {"overeenkomsten": inactief, "reageren_tot": reageren_tot, "per": per}


def invent_beeindigingen(b: Bedenker, per: str) -> Iterator[Invoer]:
    """Agreements of providers without activity end, after they could react."""
    inactief = _inactief(b, date.fromisoformat(per))
    if inactief:
        yield {
            "overeenkomsten": inactief,
            "per": per,
            "motivering": "In de afgesproken periode is geen zorg geleverd; op de aankondiging kwam geen reactie.",
            "reacties": {nummer: "Geen reactie ontvangen." for nummer in inactief},
        }


INVOER: Mapping[str, Callable[..., Iterator[Invoer]]] = {
    "uitwerking": invent_uitwerking,
    "samenwerkingen": invent_samenwerkingen,
    "nota": invent_nota,
    "herstel": invent_herstel,
    "toetsbesluiten": invent_toetsbesluiten,
    "consensus": invent_consensus,
    "vertrouwelijk": invent_vertrouwelijk,
    "prijsvraag": invent_prijsvraag,
    "toelichtingen": invent_toelichtingen,
    "prijsoordelen": invent_prijsoordelen,
    "redenwijziging": invent_redenwijziging,
    "rangorde": invent_rangorde,
    "kenmerken": invent_kenmerken,
    "verzending": invent_verzending,
    "verificatie": invent_verificatie,
    "wijziging": invent_wijziging,
    "aanvraagoordelen": invent_aanvraagoordelen,
    "toelatingen": invent_toelatingen,
    "weigeringen": invent_weigeringen,
    "wijzigingsreacties": invent_wijzigingsreacties,
    "uittreding": invent_uittreding,
    "aankondigingen": invent_aankondigingen,
    "beeindigingen": invent_beeindigingen,
    **OVERLEG,
}
"""Inputs that a story may ask for by name."""

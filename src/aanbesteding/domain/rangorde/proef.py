"""The rehearsal before publication: what the announced rules can do, tried with the real code.

Grondslag: docs/methodiek/rangorde.md chapter 11.
Must stay true: nothing here ranks by itself; every outcome comes from `rank_inschrijvingen`.
Trap: without bids in the file the rehearsal invents three, and says so in their names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from aanbesteding.domain.rangorde.dood_gewicht import Criteriumproef, list_criteriumproeven
from aanbesteding.domain.rangorde.omkering import Omkering, check_omkering, show_inschrijving
from aanbesteding.domain.rangorde.opdracht import Afronding, Methode, Rangordeopdracht
from aanbesteding.domain.rangorde.proefinschrijvingen import build_proefinschrijvingen
from aanbesteding.domain.rangorde.rangschikking import rank_inschrijvingen
from aanbesteding.domain.rangorde.uitleg import TOTAAL, Scoreuitleg, explain_score
from aanbesteding.domain.rangorde.uitslag import Uitslag
from aanbesteding.errors import InvoerError


@dataclass(frozen=True)
class Rekenvoorbeeld:
    """One bid worked out: every formula with its numbers, the total last."""

    rang: int
    aanbieder: str
    uitleg: tuple[Scoreuitleg, ...]


@dataclass(frozen=True)
class Proef:
    """The findings; `verzonnen` tells that the bids were invented, `weigering` what the ranking refuses."""

    verzonnen: bool
    criteria: tuple[Criteriumproef, ...]
    omkering: Omkering
    afronding: tuple[str, ...]
    gelijke_stand: tuple[str, ...]
    rekenvoorbeeld: tuple[Rekenvoorbeeld, ...]
    waarschuwingen: tuple[str, ...] = ()
    weigering: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """All findings with numbers as texts."""
        omkering = self.omkering
        return {
            "verzonnen": self.verzonnen,
            "criteria": [
                {
                    "code": proef.code,
                    "gewicht": str(proef.gewicht),
                    "bereik": None if proef.bereik is None else str(proef.bereik),
                    "oordeel": proef.oordeel,
                    "tekst": proef.tekst,
                }
                for proef in self.criteria
            ],
            "omkering": {
                "oordeel": omkering.oordeel,
                "tekst": omkering.tekst,
                "inschrijvingen": [show_inschrijving(i) for i in omkering.inschrijvingen],
                "vertrekker": omkering.vertrekker,
                "voor": list(omkering.voor),
                "na": list(omkering.na),
            },
            "afronding": list(self.afronding),
            "gelijke_stand": list(self.gelijke_stand),
            "rekenvoorbeeld": [
                {
                    "rang": voorbeeld.rang,
                    "aanbieder": voorbeeld.aanbieder,
                    "regels": [deel.regel for deel in voorbeeld.uitleg],
                }
                for voorbeeld in self.rekenvoorbeeld
            ],
            "waarschuwingen": list(self.waarschuwingen),
            "weigering": list(self.weigering),
        }


def build_proef(opdracht: Rangordeopdracht) -> Proef:
    """Rehearse the assignment with its own bids, or with three invented ones when it has none."""
    verzonnen = not opdracht.inschrijvingen and opdracht.methode is not Methode.GEEN_CRITERIA
    if verzonnen:
        opdracht = replace(opdracht, inschrijvingen=build_proefinschrijvingen(opdracht))
    omkering = check_omkering(opdracht)
    weigering: tuple[str, ...] = ()
    try:
        uitslag = rank_inschrijvingen(opdracht)
    except InvoerError as fout:
        weigering = fout.fouten
        opdracht = replace(opdracht, maximum_aanbieders=None, reservelijst=None)
        uitslag = _rank_of_niets(opdracht)
    return Proef(
        verzonnen=verzonnen,
        criteria=list_criteriumproeven(opdracht),
        omkering=omkering,
        afronding=_list_afronding(opdracht, uitslag),
        gelijke_stand=_list_gelijke_stand(opdracht, uitslag, weigering),
        rekenvoorbeeld=_build_rekenvoorbeeld(opdracht, uitslag),
        waarschuwingen=uitslag.waarschuwingen,
        weigering=weigering,
    )


def _rank_of_niets(opdracht: Rangordeopdracht) -> Uitslag:
    try:
        return rank_inschrijvingen(opdracht)
    except InvoerError:
        return Uitslag(rangorde=())


def _list_afronding(opdracht: Rangordeopdracht, uitslag: Uitslag) -> tuple[str, ...]:
    afronding = opdracht.afronding
    if opdracht.methode is Methode.GEEN_CRITERIA or not uitslag.rangorde:
        return ()
    if afronding.moment == "weergave":
        return ("Er wordt alleen voor de weergave afgerond; de rangorde gaat over de onafgeronde totalen.",)
    kaal = replace(opdracht, maximum_aanbieders=None, reservelijst=None)
    exact = rank_inschrijvingen(replace(kaal, afronding=Afronding(afronding.decimalen, "weergave")))
    voor = [(plaats.rang, plaats.aanbieder) for plaats in uitslag.rangorde]
    na = [(plaats.rang, plaats.aanbieder) for plaats in exact.rangorde]
    if voor == na:
        return ("De afronding verandert de rangorde van deze inschrijvingen niet.",)
    zonder = ", ".join(f"{rang}. {naam}" for rang, naam in na)
    return (f"De afronding verandert de rangorde; zonder afronding is zij: {zonder}.",)


def _list_gelijke_stand(
    opdracht: Rangordeopdracht, uitslag: Uitslag, weigering: tuple[str, ...]
) -> tuple[str, ...]:
    if opdracht.methode is Methode.GEEN_CRITERIA:
        return ()
    bevindingen = [f"'{regel}' kan hier nooit beslissen." for regel in _list_dode_regels(opdracht)]
    if not opdracht.gelijke_stand or opdracht.gelijke_stand[-1] != "loting":
        bevindingen.append(
            "Er kan een gelijke stand overblijven; op de grens van het maximum weigert het programma dan. "
            "Met loting als laatste regel is er altijd een beslissing."
        )
    totalen = [plaats.geteld for plaats in uitslag.rangorde]
    if weigering or len(set(totalen)) < len(totalen):
        bevindingen.append("In deze proef komt een gelijke stand voor.")
    else:
        bevindingen.append("In deze proef komt geen gelijke stand voor.")
    return tuple(bevindingen)


def _list_dode_regels(opdracht: Rangordeopdracht) -> list[str]:
    """Tie rules that compare what is equal already: the total itself, or quality a second time."""
    al_gelijk: set[str] = set()
    if opdracht.methode is Methode.VAST_TARIEF:
        al_gelijk.add("hoogste_kwaliteit")
    dood: list[str] = []
    for regel in opdracht.gelijke_stand:
        enige = len(opdracht.kwaliteit) == 1 and regel == f"hoogste:{opdracht.kwaliteit[0].code}"
        gelijk = regel in al_gelijk or (enige and "hoogste_kwaliteit" in al_gelijk)
        if gelijk or (regel == "hoogste_kwaliteit" and not opdracht.kwaliteit):
            dood.append(regel)
        al_gelijk.add("hoogste_kwaliteit" if enige else regel)
    return dood


def _build_rekenvoorbeeld(opdracht: Rangordeopdracht, uitslag: Uitslag) -> tuple[Rekenvoorbeeld, ...]:
    if opdracht.methode is Methode.GEEN_CRITERIA:
        return ()
    return tuple(
        Rekenvoorbeeld(
            plaats.rang,
            plaats.aanbieder,
            tuple(
                explain_score(opdracht, uitslag, plaats.aanbieder, code)
                for code in (*plaats.exacte_punten, TOTAAL)
            ),
        )
        for plaats in uitslag.rangorde
    )

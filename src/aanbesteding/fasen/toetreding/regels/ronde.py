"""Rules on opening and closing an admission round.

Grondslag: entry into a tendered contract needs a clear basis in the original documents (Aw 2012 art.
2.163c); in an open house entry is free, but a maximum number of providers turns it into a selection.
Must stay true: no rule reads the clock; the period is measured against a benchmark, because the law has no
number.
"""

from __future__ import annotations

from typing import Any

from aanbesteding.domain.dossier import perceel_onderwerp
from aanbesteding.domain.kalender import datum_in_nederland, show_datum
from aanbesteding.domain.overeenkomsten import list_lopend
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.termijn import count_inschrijftermijn
from aanbesteding.fasen.toetreding.besluiten.ronde import (
    OpenstellingBesluiten,
    count_einde,
    is_open_house,
    load_grondslag,
    load_product,
    load_ronde,
)

TOEGANKELIJK = frozenset({"gecontracteerd", "opengesteld"})
"""A tendered perceel can be entered once it is contracted, an open house once it is published."""


@regel("perceel-niet-gecontracteerd", grondslag="de lopende overeenkomst is de grondslag van toetreding")
def perceel_gecontracteerd(s: Situatie[Any]) -> str | None:
    """Every perceel that is opened has running agreements, or is published as an open house."""
    if s.invoer is None:
        if s.dossier.list_onderwerpen("perceel", TOEGANKELIJK):
            return None
        if is_open_house(s):
            return "De toelatingsprocedure is nog niet gepubliceerd. Publiceer eerst de stukken."
        return "Er is nog geen enkel perceel gecontracteerd. Toetreden kan pas als er overeenkomsten zijn."
    percelen = sorted({p.perceel for p in s.invoer.producten})
    fout = [p for p in percelen if s.dossier.statussen.get(perceel_onderwerp(p)) not in TOEGANKELIJK]
    if not fout:
        return None
    stand = "gepubliceerd" if is_open_house(s) else "gecontracteerd"
    return f"Perceel {', '.join(fout)} is niet {stand}. Stel alleen percelen open die {stand} zijn."


@regel("product-onbekend", grondslag="productenboek bij de overeenkomst", met_invoer=True)
def product_bekend(s: Situatie[OpenstellingBesluiten]) -> str | None:
    """Every opened product exists in its perceel."""
    fout = [
        f"{p.product} (perceel {p.perceel})" for p in s.invoer.producten if load_product(s.dossier, p) is None
    ]
    if not fout:
        return None
    return f"Deze producten bestaan niet in hun perceel: {', '.join(fout)}. Verbeter de productcodes."


@regel("startdatum-buiten-looptijd", grondslag="lopende overeenkomst: duur", met_invoer=True)
def startdatum_binnen_looptijd(s: Situatie[OpenstellingBesluiten]) -> str | None:
    """An agreement runs, or in an open house may run, in every opened perceel on the start date."""
    start = s.invoer.startdatum
    percelen = sorted({p.perceel for p in s.invoer.producten})
    if is_open_house(s):
        fout = [p for p in percelen if count_einde(s, p, start) is None]
    else:
        fout = [p for p in percelen if not list_lopend(s.dossier, start, p)]
    if not fout:
        return None
    return (
        f"Op {show_datum(start)} loopt in perceel {', '.join(fout)} geen overeenkomst. "
        "Kies een startdatum binnen de looptijd."
    )


@regel("grondslag-toetreding-ontbreekt", grondslag="Aw 2012 art. 2.163c")
def grondslag_aanwezig(s: Situatie[Any]) -> str | None:
    """The original documents provide for entry during the term, or the procedure is an open house."""
    if is_open_house(s) or load_grondslag(s.dossier) is not None:
        return None
    return (
        "De oorspronkelijke stukken voorzien niet in toetreding tijdens de looptijd (punt "
        "'toetreding_grondslag'). "
        "Zonder duidelijke bepaling vooraf kan toetreden een wezenlijke wijziging zijn. "
        "Start een nieuwe procedure."
    )


@regel(
    "geen-tekort-gemotiveerd",
    grondslag="inkoopstrategie: gericht openstellen bij een tekort",
    met_invoer=True,
)
def tekort_gemotiveerd(s: Situatie[OpenstellingBesluiten]) -> str | None:
    """The reason is given, with figures; an open house may open without a shortage."""
    if not s.invoer.aanleiding:
        return (
            "De aanleiding ontbreekt. Beschrijf welk tekort er is en waarom bestaande "
            "aanbieders het niet opheffen."
        )
    if not s.invoer.cijfers and not is_open_house(s):
        return "Er staan geen cijfers bij het tekort. Noem ten minste één cijfer met bron en datum."
    return None


@regel("openstelling-in-verleden", grondslag="beginsel van transparantie", met_invoer=True)
def openstelling_vooruit(s: Situatie[OpenstellingBesluiten]) -> str | None:
    """The round does not open before the decision."""
    if s.invoer.van >= s.vandaag:
        return None
    return f"De openstelling begint op {show_datum(s.invoer.van)}, voor het besluit. Kies vandaag of later."


@regel(
    "aanmeldtermijn-te-kort",
    grondslag="Aw 2012 art. 1.10 lid 2; Gids Proportionaliteit voorschrift 3.6",
    ernst=Ernst.MOTIVEREN,
    met_invoer=True,
)
def aanmeldtermijn_redelijk(s: Situatie[OpenstellingBesluiten]) -> str | None:
    """The period for applications is not shorter than the benchmark."""
    soort = "open_house" if is_open_house(s) else "sas"
    termijn = count_inschrijftermijn(soort, s.invoer.van, s.normen, peildatum=s.dossier.peildatum)
    if datum_in_nederland(s.invoer.tot) >= termijn.einde_datum:
        return None
    return (
        f"De termijn eindigt voor {show_datum(termijn.einde_datum)}, de richtwaarde. "
        "Verleng de termijn of motiveer waarom zij redelijk is."
    )


@regel(
    "plafond-in-open-house",
    grondslag="HvJ EU C-410/14 (Falk Pharma): zonder selectie geen overheidsopdracht",
    met_invoer=True,
    zekerheid="onbevestigd",
)
def geen_plafond_in_open_house(s: Situatie[OpenstellingBesluiten]) -> str | None:
    """An open house knows no maximum number of providers."""
    if not is_open_house(s) or not s.invoer.aantal:
        return None
    return "Dit is een open house. Een maximum aantal aanbieders dwingt tot selectie. Laat het maximum weg."


@regel(
    "begrenzing-vraagt-heropening",
    grondslag="Aw 2012 art. 2.163c: alleen wat de oorspronkelijke stukken bepalen",
    ernst=Ernst.MOTIVEREN,
    met_invoer=True,
    zekerheid="onbevestigd",
)
def begrenzing_gemotiveerd(s: Situatie[OpenstellingBesluiten]) -> str | None:
    """A maximum in a tendered contract explains why there is no ranking with standstill."""
    if is_open_house(s) or not s.invoer.aantal:
        return None
    return (
        "Een maximum in een aanbestede overeenkomst lijkt op een heropening met rangorde "
        "en opschortende termijn. "
        "Motiveer waarom de oorspronkelijke stukken plaatsing op volgorde van ontvangst toestaan."
    )


@regel("product-al-opengesteld", grondslag="beginsel van gelijke behandeling", met_invoer=True)
def product_nog_niet_open(s: Situatie[OpenstellingBesluiten]) -> str | None:
    """No other open round holds the same product."""
    lopend = s.dossier.list_onderwerpen("ronde", frozenset({"open"}))
    al_open = {(p.perceel, p.product) for ronde in lopend for p in load_ronde(s.dossier, ronde).producten}
    fout = sorted({p.product for p in s.invoer.producten if (p.perceel, p.product) in al_open})
    if not fout:
        return None
    return f"Voor {', '.join(fout)} is al een ronde open. Sluit die eerst of laat het product weg."


@regel("openstelling-loopt", grondslag="openstellingsbesluit")
def openstelling_voorbij(s: Situatie[Any]) -> str | None:
    """The last moment for applications has passed."""
    lopend = [r for r in s.onderwerpen if s.nu < load_ronde(s.dossier, r).tot]
    if not lopend:
        return None
    eind = show_datum(datum_in_nederland(load_ronde(s.dossier, lopend[0]).tot))
    return f"Ronde {', '.join(lopend)} is nog open, tot en met {eind}. Wacht tot de termijn voorbij is."

"""Rules for what people record around the decision: release, colleges, sending, proceedings, evidence.

Grondslag: Aw 2012 art. 2.127-2.131, 2.138; Gemeentewet art. 160 lid 1 (FEITEN 2.4, 2.5, 3.6).
"""

from __future__ import annotations

from aanbesteding.domain.deelname import list_percelen_van
from aanbesteding.domain.kalender import datum_in_nederland, show_datum
from aanbesteding.domain.regel import regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.gunning.besluiten import load_zaaknummer
from aanbesteding.fasen.gunning.invoer import (
    CollegebesluitVastleggen,
    KenmerkenVrijgeven,
    KortGedingAfdoen,
    KortGedingMelden,
    VerificatieVastleggen,
    VerzendingVastleggen,
)
from aanbesteding.fasen.gunning.redenen import Brieftekst, build_lekzoeker
from aanbesteding.fasen.gunning.regels.lezen import load_standen, show_lijst, show_percelen
from aanbesteding.fasen.gunning.regels.redenen import show_lekken
from aanbesteding.fasen.gunning.stand import list_betrokkenen


@regel("kenmerk-past-niet", grondslag="Aw 2012 art. 2.130 lid 2", met_invoer=True)
def kenmerken_passen(s: Situatie[KenmerkenVrijgeven]) -> str | None:
    """Each characteristic belongs to a perceel of the act, one of its criteria and a bid in the ranking."""
    standen = load_standen(s)
    fouten: list[str] = []
    for kenmerk in s.invoer.kenmerken:
        stand = standen.get(kenmerk.perceel)
        if stand is None:
            fouten.append(f"perceel {kenmerk.perceel} hoort niet bij deze handeling")
            continue
        codes = {c.code for c in stand.uitgewerkt.criteria} if stand.uitgewerkt else set[str]()
        if kenmerk.criterium not in codes:
            fouten.append(f"perceel {kenmerk.perceel} heeft geen criterium {kenmerk.criterium}")
        if kenmerk.inschrijving and kenmerk.inschrijving not in stand.plaatsen:
            fouten.append(f"perceel {kenmerk.perceel}: {kenmerk.inschrijving} staat niet in de rangorde")
    return f"Een kenmerk past niet: {show_lijst(fouten)}. Verbeter het." if fouten else None


@regel("kenmerk-bevat-verboden-gegeven", grondslag="Aw 2012 art. 2.57 en 2.138", met_invoer=True,
       zekerheid="onbevestigd")  # fmt: skip
def kenmerken_geven_niets_prijs(s: Situatie[KenmerkenVrijgeven]) -> str | None:
    """No characteristic has a loser's name or score, a price, or confidential text."""
    zoeker = build_lekzoeker(s)
    lekken = [
        paar
        for nummer, stand in load_standen(s).items()
        for paar in zoeker.list_lekken(
            stand,
            [
                Brieftekst(nummer, "", k.criterium, f"kenmerk {volgnummer}", k.tekst)
                for volgnummer, k in enumerate(s.invoer.kenmerken, start=1)
                if k.perceel == nummer
            ],
        )
    ]
    if not lekken:
        return None
    return (
        f"Een kenmerk noemt wat niet alle inschrijvers mogen weten: {show_lekken(lekken)}. Pas de tekst aan."
    )


@regel("collegebesluit-van-onbekende-gemeente", grondslag="Gemeentewet art. 160 lid 1", met_invoer=True)
def gemeente_bekend(s: Situatie[CollegebesluitVastleggen]) -> str | None:
    """The decision is of a municipality that takes part in every perceel that it names."""
    codes = [g.code for g in s.regio.gemeenten]
    if s.invoer.gemeente not in codes:
        return f"Gemeente '{s.invoer.gemeente}' doet niet mee. Kies uit: {', '.join(codes)}."
    mee = list_percelen_van(s.dossier.aanbesteding, s.invoer.gemeente, s.onderwerpen)
    if buiten := [nummer for nummer in s.onderwerpen if nummer not in mee]:
        return f"Gemeente '{s.invoer.gemeente}' neemt niet deel aan {show_percelen(buiten)}. Laat dat weg."
    return None


@regel("collegebesluit-in-toekomst", grondslag="Gemeentewet art. 160 lid 1", met_invoer=True)
def collegebesluit_genomen(s: Situatie[CollegebesluitVastleggen]) -> str | None:
    """A decision is recorded after it was taken."""
    if s.invoer.datum <= s.vandaag:
        return None
    return f"Het besluit van {show_datum(s.invoer.datum)} is nog niet genomen. Leg het daarna vast."


@regel("aantal-verzonden-klopt-niet", grondslag="Aw 2012 art. 2.127 en 2.130", met_invoer=True)
def aantal_verzonden_klopt(s: Situatie[VerzendingVastleggen]) -> str | None:
    """Sent and unsent letters together are all concerned bidders, each once."""
    betrokkenen = {i.nummer for i in list_betrokkenen(load_standen(s))}
    onbekend = sorted(set(s.invoer.niet_verzonden) - betrokkenen)
    if onbekend:
        return (
            f"Deze nummers horen niet bij deze percelen: {show_lijst(onbekend)}. Verbeter 'niet verzonden'."
        )
    verwacht = len(betrokkenen) - len(set(s.invoer.niet_verzonden))
    if s.invoer.aantal == verwacht:
        return None
    return (
        f"Er zijn {len(betrokkenen)} betrokken inschrijvers en {len(set(s.invoer.niet_verzonden))} staan "
        "als niet "
        f"verzonden; dan horen er {verwacht} brieven verzonden te zijn, niet {s.invoer.aantal}. Noem wie "
        "geen "
        "brief kreeg."
    )


@regel("verzending-in-toekomst", grondslag="Aw 2012 art. 2.127", met_invoer=True)
def verzending_gebeurd(s: Situatie[VerzendingVastleggen]) -> str | None:
    """A sending is recorded after it happened."""
    if s.invoer.verzonden <= s.nu:
        return None
    return f"De verzending van {show_datum(datum_in_nederland(s.invoer.verzonden))} moet nog gebeuren."


@regel("zaaknummer-al-gemeld", grondslag="Aw 2012 art. 2.131", met_invoer=True)
def zaaknummer_nieuw(s: Situatie[KortGedingMelden]) -> str | None:
    """A pending case is reported once per perceel."""
    for stand in load_standen(s).values():
        if s.invoer.zaaknummer in {k.zaaknummer for k in stand.open_kort_gedingen}:
            return f"Zaak {s.invoer.zaaknummer} loopt al voor perceel {stand.perceel}."
    return None


@regel("geen-kort-geding-aanhangig", grondslag="Aw 2012 art. 2.131", met_invoer=True)
def kort_geding_loopt(s: Situatie[KortGedingAfdoen]) -> str | None:
    """The case that ends is one pending case of this perceel."""
    for stand in load_standen(s).values():
        if load_zaaknummer(stand, s.invoer.zaaknummer) is None:
            lopend = ", ".join(k.zaaknummer for k in stand.open_kort_gedingen) or "geen"
            return f"Kies een lopend kort geding van perceel {stand.perceel}. Lopend: {lopend}."
    return None


@regel("inschrijving-niet-gegund", grondslag="aanbestedingsstukken", met_invoer=True)
def inschrijving_is_winnaar(s: Situatie[VerificatieVastleggen]) -> str | None:
    """Evidence is checked of intended winners only."""
    for stand in load_standen(s).values():
        if s.invoer.inschrijving not in {p.inschrijving for p in stand.winnaars}:
            return (
                f"{s.invoer.inschrijving} is geen beoogde winnaar van perceel {stand.perceel}. "
                "Alleen van beoogde winnaars wordt bewijs gevraagd."
            )
    return None

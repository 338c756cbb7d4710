"""Rules about terms: the planning as it is laid down, and the notice as it is sent.

Counting is done in domain.termijn; the other rules of the stage are in regels.py and inschrijfregels.py.

Grondslag: Aw 2012 art. 1.10, 2.54, 2.71-2.74, 2.127; Gids Proportionaliteit voorschrift 3.6.
Must stay true: SAS and open house have no statutory term, so there a short term only asks for a reason;
in the open and restricted procedures it blocks.
Trap: the note is counted backwards and never moves later over a weekend.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from typing import Any

from aanbesteding.documents.overeenkomst import load_ingangsdatum, load_waarde
from aanbesteding.domain.kalender import TIJDZONE, datum_in_nederland, reden_geen_werkdag, show_datum
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.termijn import (
    count_inschrijftermijn,
    count_nvi,
    count_opschortende_termijn,
    count_vervaltermijn,
)
from aanbesteding.domain.termijnvorm import Termijn
from aanbesteding.fasen.publicatie.feiten import (
    load_planning,
)
from aanbesteding.fasen.publicatie.invoer import (
    NotaVaststellen,
    PlanningVaststellen,
)

S = Situatie[Any]


def show_moment(moment: datetime) -> str:
    """A moment as rules say it: "maandag 1 juni 2026 om 12.00 uur"."""
    return f"{show_datum(datum_in_nederland(moment))} om {_in_nederland(moment):%H.%M} uur"


def _in_nederland(moment: datetime) -> datetime:
    return moment.astimezone(TIJDZONE)


def join_zinnen(zinnen: list[str]) -> str | None:
    return " ".join(zinnen) or None


# --- planning ---------------------------------------------------------------------------------------------


def is_wettelijk(s: S) -> bool:
    return s.dossier.regime.wettelijke_termijnen


def _count_inschrijftermijn(s: S, verzonden: date) -> Termijn:
    return count_inschrijftermijn(s.dossier.regime.inschrijftermijn, verzonden, s.normen)


def show_tekort(s: S, verzonden: date, sluiting: datetime) -> str | None:
    """How many days the tender term is too short; None when it is long enough."""
    termijn = _count_inschrijftermijn(s, verzonden)
    tekort = (termijn.einde_datum - datum_in_nederland(sluiting)).days
    if tekort <= 0:
        return None
    dagen = "1 dag" if tekort == 1 else f"{tekort} dagen"
    return (
        f"Bij verzending op {show_datum(verzonden)} loopt de termijn tot en met "
        f"{show_datum(termijn.einde_datum)}; de sluiting op {show_moment(sluiting)} is {dagen} te vroeg."
    )


@regel("planning-niet-op-volgorde", grondslag="Aw 2012 art. 1.10 lid 2", met_invoer=True)
def planning_op_volgorde(s: Situatie[PlanningVaststellen]) -> str | None:
    """The dates of the planning follow each other."""
    p = s.invoer
    rij: list[tuple[str, date]] = [
        ("publicatie", p.publicatie),
        ("einde van de vragen", datum_in_nederland(p.vragen_tot)),
        ("nota van inlichtingen", p.nota_uiterlijk),
        ("sluiting", datum_in_nederland(p.sluiting)),
        ("gunningsbeslissing", p.gunningsbeslissing),
        ("definitieve gunning", p.definitieve_gunning),
        ("ingang", p.ingang),
    ]
    zinnen = [
        f"De {naam} ({show_datum(dag)}) ligt niet na de {eerder} ({show_datum(vorige)})."
        if naam != "einde van de vragen"
        else f"Het {naam} ({show_datum(dag)}) ligt niet na de {eerder} ({show_datum(vorige)})."
        for (eerder, vorige), (naam, dag) in pairwise(rij)
        if dag <= vorige
    ]
    return join_zinnen([z.replace("na de einde", "na het einde") for z in zinnen])


@regel("ingang-buiten-bandbreedte", grondslag="inkoopstrategie van deze aanbesteding", met_invoer=True)
def ingang_binnen_bandbreedte(s: Situatie[PlanningVaststellen]) -> str | None:
    """The first day lies in the period that the source text leaves, and a perceel of its own starts after the award."""
    kader = s.dossier.aanbesteding.ingang
    zinnen: list[str] = []
    if (kader.vanaf and s.invoer.ingang < kader.vanaf) or (kader.tot and s.invoer.ingang > kader.tot):
        zinnen.append(
            f"De ingang ({show_datum(s.invoer.ingang)}) valt buiten wat de bron toelaat ({kader.bron}): {kader.tekst}."
        )
    for perceel in s.dossier.aanbesteding.percelen:
        dag = load_ingangsdatum(s, perceel.nummer) if load_waarde(s, f"ingang_{perceel.nummer}") else None
        if dag is not None and dag <= s.invoer.definitieve_gunning:
            zinnen.append(
                f"{perceel.naam} gaat in op {show_datum(dag)}; dat ligt niet na de definitieve gunning."
            )
    return join_zinnen(zinnen)


@regel("planning-breekt-termijn", grondslag="Aw 2012 art. 2.71-2.74", met_invoer=True)
def planning_haalt_termijn(s: Situatie[PlanningVaststellen]) -> str | None:
    """The tender term is not shorter than the statutory minimum, where there is one."""
    if not is_wettelijk(s):
        return None
    tekort = show_tekort(s, s.invoer.publicatie, s.invoer.sluiting)
    return tekort and f"De inschrijftermijn is korter dan het wettelijk minimum. {tekort}"


@regel(
    "inschrijftermijn-onder-richttermijn",
    grondslag="Aw 2012 art. 1.10 lid 2; Gids Proportionaliteit voorschrift 3.6",
    ernst=Ernst.MOTIVEREN,
    met_invoer=True,
)
def planning_haalt_richttermijn(s: Situatie[PlanningVaststellen]) -> str | None:
    """Without a statutory minimum, the tender term is not shorter than the benchmark, or says why."""
    if is_wettelijk(s):
        return None
    tekort = show_tekort(s, s.invoer.publicatie, s.invoer.sluiting)
    return tekort and (
        f"De inschrijftermijn is korter dan de richttermijn (geen wettelijk minimum). {tekort} "
        "Motiveer waarom de termijn toch evenredig is."
    )


def show_nota_te_laat(s: S, nota: date, sluiting: datetime) -> tuple[str | None, str | None]:
    """Sentences for a note that is too late: by the widest reading, and by the prudent one."""
    termijn = count_nvi(datum_in_nederland(sluiting), s.normen, peildatum=s.dossier.peildatum)
    uiterste, ruimste = termijn.uiterste_datum, termijn.ruimste_lezing
    if uiterste is None or ruimste is None or nota <= uiterste:
        return None, None
    laat = (nota - (ruimste if nota > ruimste else uiterste)).days
    dagen = "1 dag" if laat == 1 else f"{laat} dagen"
    zin = (
        f"De nota van inlichtingen op {show_datum(nota)} is {dagen} te laat voor de sluiting op "
        f"{show_moment(sluiting)}; de laatste veilige dag is {show_datum(uiterste)}."
    )
    return (zin, None) if nota > ruimste else (None, zin)


@regel("nota-te-laat", grondslag="Aw 2012 art. 2.54", met_invoer=True)
def nota_op_tijd_gepland(s: Situatie[PlanningVaststellen]) -> str | None:
    """The note is planned at least the statutory number of days before closing, where there is one."""
    if not is_wettelijk(s):
        return None
    return show_nota_te_laat(s, s.invoer.nota_uiterlijk, s.invoer.sluiting)[0]


@regel("nota-onder-richttermijn", grondslag="Aw 2012 art. 2.54", ernst=Ernst.MOTIVEREN, met_invoer=True)
def nota_ruim_gepland(s: Situatie[PlanningVaststellen]) -> str | None:
    """The note is planned on a safe day; for SAS the statutory number is only the benchmark."""
    te_laat, krap = show_nota_te_laat(s, s.invoer.nota_uiterlijk, s.invoer.sluiting)
    zin = krap if is_wettelijk(s) else te_laat or krap
    return zin and f"{zin} Motiveer waarom inschrijvers genoeg tijd houden."


@regel("sluiting-op-niet-werkdag", grondslag="Aw 2012 art. 1.10 lid 2", met_invoer=True)
def sluiting_op_werkdag(s: Situatie[PlanningVaststellen | NotaVaststellen]) -> str | None:
    """The tender term ends on a working day."""
    i = s.invoer
    sluiting = i.sluiting if isinstance(i, PlanningVaststellen) else i.sluiting_verplaatst_naar
    if sluiting is None:
        return None
    reden = reden_geen_werkdag(datum_in_nederland(sluiting))
    return reden and f"De sluiting op {show_moment(sluiting)} valt op {reden}. Kies een werkdag."


@regel("gunning-voor-einde-opschortende-termijn", grondslag="Aw 2012 art. 2.127", met_invoer=True)
def gunning_na_opschortende_termijn(s: Situatie[PlanningVaststellen]) -> str | None:
    """The final award is planned after the standstill and after the contractual lapse period."""
    verzonden, peil = s.invoer.gunningsbeslissing, s.dossier.peildatum
    dagen = s.regio.rechtsgang.vervaltermijn_dagen
    eerste = [
        t.vroegste_ondertekening
        for t in (
            count_opschortende_termijn(verzonden, s.normen, peildatum=peil),
            count_vervaltermijn(verzonden, dagen, s.normen, peildatum=peil),
        )
    ]
    vroegste = max(d for d in eerste if d is not None)
    if s.invoer.definitieve_gunning >= vroegste:
        return None
    tekort = (vroegste - s.invoer.definitieve_gunning).days
    return (
        f"De definitieve gunning op {show_datum(s.invoer.definitieve_gunning)} ligt {tekort} "
        f"{'dag' if tekort == 1 else 'dagen'} te vroeg: bij verzending van de gunningsbeslissing op "
        f"{show_datum(verzonden)} kan zij op zijn vroegst op {show_datum(vroegste)}."
    )


@regel("planning-ontbreekt", grondslag="Transparantiebeginsel; Aw 2012 art. 1.10 lid 2")
def planning_aanwezig(s: S) -> str | None:
    """The planning was laid down."""
    return None if load_planning(s) else "Er is nog geen planning vastgesteld. Stel eerst de planning vast."


@regel("verzending-te-laat", grondslag="Aw 2012 art. 2.71-2.74")
def verzending_op_tijd(s: S) -> str | None:
    """Sent today, the notice still leaves the statutory term, and the closing moment is still to come."""
    planning = load_planning(s)
    if planning is None:
        return None
    if planning.sluiting <= s.nu:
        return f"De geplande sluiting ({show_moment(planning.sluiting)}) is voorbij. Herzie de planning."
    if not is_wettelijk(s):
        return None
    tekort = show_tekort(s, s.vandaag, planning.sluiting)
    return tekort and f"De inschrijftermijn wordt korter dan het wettelijk minimum. {tekort}"


@regel(
    "verzending-onder-richttermijn",
    grondslag="Aw 2012 art. 1.10 lid 2; Gids Proportionaliteit voorschrift 3.6",
    ernst=Ernst.MOTIVEREN,
)
def verzending_haalt_richttermijn(s: S) -> str | None:
    """Sent later than planned, the notice still leaves the benchmark term, or says why not."""
    planning = load_planning(s)
    if planning is None or is_wettelijk(s) or s.vandaag <= planning.publicatie:
        return None
    tekort = show_tekort(s, s.vandaag, planning.sluiting)
    return (
        tekort and f"De aankondiging gaat later uit dan gepland. {tekort} Motiveer of verschuif de sluiting."
    )

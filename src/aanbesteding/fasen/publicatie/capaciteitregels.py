"""Rules for a minimum capacity that the source text sets: it becomes a requirement, joint or alone as was decided.

Whether a bidder reaches it is reckoned in domain.minimum.

Grondslag: Aw 2012 art. 1.10 (proportional), 2.52 and 2.94 (groups; reliance on others).
Must stay true: what the colleges decided about joining numbers is what bidders read in the requirement.
"""

from __future__ import annotations

from aanbesteding.domain.feiten import Minimum, PuntBeslist
from aanbesteding.domain.perceelkader import Minimumcapaciteit
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.publicatie.invoer import PerceelUitwerken

SAMEN = "minimum_gezamenlijk"


@regel(
    "minimumcapaciteit-ontbreekt",
    grondslag="Aw 2012 art. 1.10",
    ernst=Ernst.MOTIVEREN,
    met_invoer=True,
    zekerheid="onbevestigd",
)
def minimumcapaciteit_gevraagd(s: Situatie[PerceelUitwerken]) -> str | None:
    """A minimum that the source text sets is asked of bidders, with that number."""
    bron = _find_bron(s)
    if bron is None or _list_minima(s, bron):
        return None
    return (
        f"Perceel {s.invoer.perceel}: de brontekst vraagt ten minste {bron.aantal} {bron.eenheid}. Neem een eis met "
        "dat minimum op, of motiveer waarom niet."
    )


@regel("minimum-anders-dan-besloten", grondslag="Aw 2012 art. 1.10, 2.52 en 2.94", met_invoer=True)
def minimum_zoals_besloten(s: Situatie[PerceelUitwerken]) -> str | None:
    """Whether members may reach the minimum together is what was decided."""
    bron, beslist = _find_bron(s), s.dossier.laatste(PuntBeslist, punt=SAMEN)
    if bron is None or beslist is None:
        return None
    samen = beslist.waarde == "ja"
    if all(m.gezamenlijk is samen for m in _list_minima(s, bron)):
        return None
    return (
        f"Perceel {s.invoer.perceel}: besloten is dat een samenwerkingsverband het minimum van {bron.aantal} "
        f"{'wel' if samen else 'niet'} samen mag halen. De eis zegt iets anders; verbeter de eis."
    )


def _find_bron(s: Situatie[PerceelUitwerken]) -> Minimumcapaciteit | None:
    percelen = s.dossier.aanbesteding.percelen
    return next((p.minimumcapaciteit for p in percelen if p.nummer == s.invoer.perceel), None)


def _list_minima(s: Situatie[PerceelUitwerken], bron: Minimumcapaciteit) -> list[Minimum]:
    return [e.minimum for e in s.invoer.eisen if e.minimum and e.minimum.aantal == bron.aantal]

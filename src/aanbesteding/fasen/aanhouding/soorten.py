"""The kinds of hold: from which statuses one may begin, which acts it stops, and how it may end.

Data, no rules (regels.py) and no acts. A court case about the award decision itself is not here: the award stage
has its own acts for that (kort_geding_melden), because the law ties it to the standstill.

Grondslag: Aw 2012 art. 2.109 (outage), 2.131 (interim relief); Gemeentewet art. 160 and 169 (council); Wet Bibob;
a complaint does not stop a procedure by law, so it only asks for a reason (see domain facts on bill 36 874).
Must stay true: every kind stops at least one act, can end in going on, and can end in stopping altogether.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aanbesteding.domain.feiten import Aanhoudingsoort
from aanbesteding.domain.regel import Ernst

VOORBEREIDING = frozenset(
    {"voorbereiding", "consultatie_open", "consultatie_gesloten", "consultatie_afgerond", "stukken_opgesteld"}
)
INSCHRIJVING = frozenset({"gepubliceerd", "gesloten"})
BEOORDELING = frozenset(
    {"geopend", "in_toetsing", "getoetst", "kwaliteit_vergrendeld", "beoordeeld", "geadviseerd"}
)
BESLISSING = frozenset({"meegedeeld", "gegund"})
OPEN_HOUSE = frozenset({"opengesteld"})


@dataclass(frozen=True)
class Aanhoudingssoort:
    """One kind of hold. `stopt` are codes of acts; `betreft_inschrijver`: only that bidder is told."""

    titel: str
    regelcode: str
    grondslag: str
    van: frozenset[str]
    stopt: frozenset[str]
    uitkomsten: frozenset[str]
    ernst: Ernst = Ernst.BLOKKEERT
    zekerheid: str = "geverifieerd"
    betreft_inschrijver: bool = False


STOPPEN: frozenset[str] = frozenset({"intrekken", "opnieuw_aanbesteden"})
DOORGAAN: frozenset[str] = frozenset({"doorgaan"}) | STOPPEN

SOORTEN: Mapping[Aanhoudingsoort, Aanhoudingssoort] = {
    "kort_geding": Aanhoudingssoort(
        titel="kort geding over de stukken of de procedure",
        regelcode="kort-geding-over-procedure-loopt",
        grondslag="zorgvuldigheid; de rechter kan de procedure stilleggen voordat is beslist",
        van=INSCHRIJVING | BEOORDELING | OPEN_HOUSE,
        stopt=frozenset({"inschrijvingen_openen", "gunningsbeslissing_meedelen", "openstelling_besluiten"}),
        uitkomsten=DOORGAAN | {"herzien", "herbeoordelen"},
        zekerheid="onbevestigd",
    ),
    "klacht": Aanhoudingssoort(
        titel="klacht",
        regelcode="klacht-loopt",
        grondslag="Klachtafhandeling bij aanbesteden; een klacht schort volgens de wet niet op",
        van=INSCHRIJVING | BEOORDELING | BESLISSING | OPEN_HOUSE,
        stopt=frozenset({"gunningsbeslissing_meedelen", "definitief_gunnen", "openstelling_besluiten"}),
        uitkomsten=DOORGAAN | {"herzien", "herbeoordelen"},
        ernst=Ernst.MOTIVEREN,
    ),
    "bibob": Aanhoudingssoort(
        titel="advies op grond van de Wet Bibob",
        regelcode="bibob-advies-loopt",
        grondslag="Wet Bibob",
        van=BEOORDELING | BESLISSING,
        stopt=frozenset({"definitief_gunnen", "overeenkomsten_sluiten"}),
        uitkomsten=DOORGAAN | {"herbeoordelen"},
        betreft_inschrijver=True,
    ),
    "raadswijziging": Aanhoudingssoort(
        titel="wijziging door een gemeenteraad",
        regelcode="raadswijziging-loopt",
        grondslag="Gemeentewet art. 160 en 169",
        van=VOORBEREIDING | INSCHRIJVING | BEOORDELING | BESLISSING | OPEN_HOUSE,
        stopt=frozenset(
            {
                "publiceren",
                "inschrijvingen_openen",
                "gunningsbeslissing_meedelen",
                "definitief_gunnen",
                "overeenkomsten_sluiten",
                "openstelling_besluiten",
            }
        ),
        uitkomsten=DOORGAAN | {"herzien"},
        zekerheid="onbevestigd",
    ),
    "herroeping": Aanhoudingssoort(
        titel="herroeping van een besluit van een gemeente",
        regelcode="herroeping-loopt",
        grondslag="Gemeentewet art. 160 lid 1; Awb afdeling 10.1.1",
        van=VOORBEREIDING | INSCHRIJVING | BEOORDELING | BESLISSING | OPEN_HOUSE,
        stopt=frozenset(
            {
                "publiceren",
                "gunningsbeslissing_meedelen",
                "definitief_gunnen",
                "overeenkomsten_sluiten",
                "openstelling_besluiten",
            }
        ),
        uitkomsten=DOORGAAN | {"herzien", "herbeoordelen"},
        zekerheid="onbevestigd",
    ),
    "storing": Aanhoudingssoort(
        titel="storing van het systeem bij de sluiting",
        regelcode="storing-loopt",
        grondslag="Aw 2012 art. 2.109",
        van=INSCHRIJVING,
        stopt=frozenset({"inschrijftermijn_sluiten", "inschrijvingen_openen"}),
        uitkomsten=DOORGAAN | {"termijn_verlengen"},
    ),
}

UITVOERING: Mapping[str, str] = {
    "doorgaan": "",
    "herzien": "herzie de stukken of publiceer een rectificatie",
    "termijn_verlengen": "verleng de inschrijftermijn",
    "herbeoordelen": "trek de beslissing in, wijzig haar of beoordeel opnieuw",
    "opnieuw_aanbesteden": "trek de percelen in of besluit niet te gunnen, en begin een nieuwe procedure",
    "intrekken": "trek de percelen in of besluit niet te gunnen",
}
"""What must be done before the guarded acts are free again; nothing when the procedure goes on."""

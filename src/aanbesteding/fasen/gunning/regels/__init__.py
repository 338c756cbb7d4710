"""Rules of the award stage: when a gunningsbeslissing may be told, changed, taken back and made final.

Ranking is not judged here; this stage reads the recorded RangordeVastgesteld. How the dossier stands is
read in stand.py. Letters are built in documenten/, wording lives in sjablonen/gunning/.

Grondslag: Aw 2012 art. 2.127-2.131, 2.138; Gemeentewet art. 160 lid 1 (FEITEN 2.4, 2.5, 3.6-3.8, 7).
Must stay true: no rule reads the clock; the standstill counts from the day after sending to all, at once and
with complete reasons; a kort geding holds without an end date.
Trap: reasons cannot be added later, so an incomplete letter is refused before it is told.
"""

from aanbesteding.fasen.gunning.regels.definitief import (
    geen_kort_geding,
    looptijd_besloten,
    mededeling_aan_allen,
    mededeling_aangekomen,
    ondertekening_na_termijn,
    opschortende_termijn_begonnen,
    opschortende_termijn_verstreken,
    verificatie_gedaan,
    verificatie_geslaagd,
    vervaltermijn_verstreken,
)
from aanbesteding.fasen.gunning.regels.mededeling import (
    collegebesluiten_genomen,
    functies_gescheiden,
    hele_beslissing,
    kenmerken_vrijgegeven,
    niets_verzonden,
    rangorde_vastgesteld,
    verzenddatum_vandaag_of_later,
    vrijgave_door_tweede_persoon,
    winnaar_aanwezig,
)
from aanbesteding.fasen.gunning.regels.redenen import (
    iets_vrij_te_geven,
    motivering_volledig,
    redenen_binnen_kader,
    redenen_door_tweede_persoon,
    redenen_geven_niets_prijs,
    redenen_niet_dun,
    redenen_nog_niet_meegedeeld,
    redenen_vrijgegeven,
    redenwijziging_past,
    vrijgever_is_tweede_persoon,
)
from aanbesteding.fasen.gunning.regels.uitloop import overgang_binnen_uitloop, trajecten_bekend
from aanbesteding.fasen.gunning.regels.vastlegging import (
    aantal_verzonden_klopt,
    collegebesluit_genomen,
    gemeente_bekend,
    inschrijving_is_winnaar,
    kenmerken_geven_niets_prijs,
    kenmerken_passen,
    kort_geding_loopt,
    verzending_gebeurd,
    zaaknummer_nieuw,
)
from aanbesteding.fasen.gunning.regels.wijziging import (
    aanleiding_noemt_geen_inschrijver,
    brieftekst_noemt_geen_inschrijver,
    college_over_wijziging,
    iemand_over,
    kort_geding_uitkomst_uitgevoerd,
    loting_gedaan,
    wijziging_raakt_geen_ander,
)

__all__ = [
    "aanleiding_noemt_geen_inschrijver",
    "aantal_verzonden_klopt",
    "brieftekst_noemt_geen_inschrijver",
    "college_over_wijziging",
    "collegebesluit_genomen",
    "collegebesluiten_genomen",
    "functies_gescheiden",
    "geen_kort_geding",
    "gemeente_bekend",
    "hele_beslissing",
    "iemand_over",
    "iets_vrij_te_geven",
    "inschrijving_is_winnaar",
    "kenmerken_geven_niets_prijs",
    "kenmerken_passen",
    "kenmerken_vrijgegeven",
    "kort_geding_loopt",
    "kort_geding_uitkomst_uitgevoerd",
    "looptijd_besloten",
    "loting_gedaan",
    "mededeling_aan_allen",
    "mededeling_aangekomen",
    "motivering_volledig",
    "niets_verzonden",
    "ondertekening_na_termijn",
    "opschortende_termijn_begonnen",
    "opschortende_termijn_verstreken",
    "overgang_binnen_uitloop",
    "rangorde_vastgesteld",
    "redenen_binnen_kader",
    "redenen_door_tweede_persoon",
    "redenen_geven_niets_prijs",
    "redenen_niet_dun",
    "redenen_nog_niet_meegedeeld",
    "redenen_vrijgegeven",
    "redenwijziging_past",
    "trajecten_bekend",
    "verificatie_gedaan",
    "verificatie_geslaagd",
    "vervaltermijn_verstreken",
    "verzenddatum_vandaag_of_later",
    "verzending_gebeurd",
    "vrijgave_door_tweede_persoon",
    "vrijgever_is_tweede_persoon",
    "wijziging_raakt_geen_ander",
    "winnaar_aanwezig",
    "zaaknummer_nieuw",
]

"""The procedures that exist; everything else follows from this tuple."""

from aanbesteding.procedures.b_diensten import B_DIENSTEN
from aanbesteding.procedures.bestuurlijk import BESTUURLIJK
from aanbesteding.procedures.openbaar import OPENBAAR
from aanbesteding.procedures.sas import SAS
from aanbesteding.procedures.sas_zonder_criteria import SAS_ZONDER_CRITERIA
from aanbesteding.procedures.toelating import TOELATING

PROCEDURES = (SAS, SAS_ZONDER_CRITERIA, OPENBAAR, TOELATING, B_DIENSTEN, BESTUURLIJK)

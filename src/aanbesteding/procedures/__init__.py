"""The procedures that exist; everything else follows from this tuple."""

from aanbesteding.procedures.sas import SAS

PROCEDURES = (SAS,)

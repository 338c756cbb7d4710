"""What a stage must know of the procedure it runs in: how it is called, which law binds, whether there is a choice.

A procedure (aanbesteding.procedure) names its regime; the dossier carries it, so that a rule or a document asks
the dossier and never compares codes of procedures.

Must stay true: a regime holds properties, no numbers; the law's numbers stand in normen/.
Trap: the procedure for social services without award criteria makes no choice, yet it is a public contract; an
open house makes no choice either, and is none.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Procedureregime:
    """The properties of a procedure.

    `inschrijftermijn`: key of domain.termijn.PROCEDURES, the term for bids or applications.
    `licht`: the rules for social and other specific services; `wettelijke_termijnen`: the law has minimum terms;
    `keuze`: bids are compared, so award criteria and a maximum number of providers are possible;
    `opdracht`: what is concluded is a public contract, so standstill, record and rules on change bind;
    `overleg`: consultation tables belong to it (bestuurlijk aanbesteden);
    `drempel`: key of the norm with the European threshold; `b_diensten`: the light regime of before 1 July 2016.
    """

    naam: str
    inschrijftermijn: str
    licht: bool = False
    wettelijke_termijnen: bool = False
    keuze: bool = True
    opdracht: bool = True
    drempel: str = "drempel_leveringen_diensten_decentraal"
    b_diensten: bool = False
    overleg: bool = False

    @property
    def sas(self) -> bool:
        """Whether the rules for social and other specific services bind, as they are since 1 July 2016."""
        return self.licht and not self.b_diensten

"""Who may open which page: one table of roles per route, and the one function that reads it.

What a person may *do* inside a dossier is not decided here: the act names its role and engine.perform checks it.
Roles come from the mandate register of the region (see engine.toegang).

Must stay true: a route without a row is closed to everybody; a dossier of a region in which the person holds no
role does not exist for that person; the auditor reads and performs nothing; a route that can show prices or scores
says so here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from aanbesteding.domain.rol import Rol
from aanbesteding.storage.audit import Auditsoort


class Bereik(Enum):
    """What a route is about: nothing, a personal link, the person, the regions of the person, or one dossier."""

    OPENBAAR = "openbaar"
    LINK = "link"
    """Open to who has the link; the link and the code that is sent apart are judged by engine.brieflink."""
    PERSOON = "persoon"
    REGIO = "regio"
    DOSSIER = "dossier"


class Toegang(Enum):
    """What the visitor gets."""

    TOEGESTAAN = "toegestaan"
    EERST_INLOGGEN = "eerst_inloggen"
    GEWEIGERD = "geweigerd"
    BESTAAT_NIET = "bestaat_niet"


@dataclass(frozen=True)
class Recht:
    """The row of a route: what it is about, and for a region or dossier which roles may come in.

    `inzage`: this route can show prices or scores of bids, or hand them out; each time is a line of the audit log.
    """

    bereik: Bereik
    rollen: frozenset[Rol] = frozenset()
    inzage: Auditsoort | None = None


LEZERS = frozenset(Rol) - {Rol.BEHEERDER, Rol.LOKET}
UITVOERDERS = LEZERS - {Rol.AUDITOR}
STUKKENLEZERS = LEZERS - {Rol.BEOORDELAAR}
"""Who may read produced documents and exports: assessors score on the bids, not on letters and reports."""

BEOORDELAARS_VAN_STUKKEN = frozenset({Rol.JURIST, Rol.INKOPER})
"""Who has a part in review: the jurist judges, the officer answers and has documents made again."""

OPENERS = frozenset({Rol.INKOPER, Rol.JURIST})
"""Who may be appointed to open what is sealed, and so has a key."""

TOONT, GEEFT = Auditsoort.INGEZIEN, Auditsoort.GEDOWNLOAD
RECHTEN: Mapping[str, Recht] = {
    "stijl": Recht(Bereik.OPENBAAR),
    "icoon": Recht(Bereik.OPENBAAR),
    "inloggen": Recht(Bereik.OPENBAAR),
    "inloggen_versturen": Recht(Bereik.OPENBAAR),
    "loketten": Recht(Bereik.OPENBAAR),
    "loket": Recht(Bereik.OPENBAAR),
    "loket_stijl": Recht(Bereik.OPENBAAR),
    "loket_beeldmerk": Recht(Bereik.OPENBAAR),
    "loket_code_vragen": Recht(Bereik.OPENBAAR),
    "loket_code": Recht(Bereik.OPENBAAR),
    "loket_code_invullen": Recht(Bereik.OPENBAAR),
    "loket_aanvraag": Recht(Bereik.OPENBAAR),
    "loket_aanvraag_versturen": Recht(Bereik.OPENBAAR),
    "loket_verlaten": Recht(Bereik.OPENBAAR),
    "aanvragen": Recht(Bereik.DOSSIER, STUKKENLEZERS),
    "aanvraag": Recht(Bereik.DOSSIER, STUKKENLEZERS),
    "bewijsstuk": Recht(Bereik.DOSSIER, STUKKENLEZERS, GEEFT),
    "organisatie": Recht(Bereik.OPENBAAR),
    "organisatie_terug": Recht(Bereik.OPENBAAR),
    "brief": Recht(Bereik.LINK),
    "brief_code": Recht(Bereik.LINK),
    "brief_openen": Recht(Bereik.LINK),
    "brief_stuk": Recht(Bereik.LINK),
    "brief_pdf": Recht(Bereik.LINK),
    "brief_termijnen": Recht(Bereik.LINK),
    "uitloggen": Recht(Bereik.PERSOON),
    "wachtwoord": Recht(Bereik.PERSOON),
    "wachtwoord_versturen": Recht(Bereik.PERSOON),
    "start": Recht(Bereik.PERSOON),
    "sleutel": Recht(Bereik.REGIO, OPENERS),
    "sleutel_maken": Recht(Bereik.REGIO, OPENERS),
    "sleutel_wijzigen": Recht(Bereik.REGIO, OPENERS),
    "accounts": Recht(Bereik.REGIO, frozenset({Rol.BEHEERDER})),
    "account_nieuw": Recht(Bereik.REGIO, frozenset({Rol.BEHEERDER})),
    "account_wijzigen": Recht(Bereik.REGIO, frozenset({Rol.BEHEERDER})),
    "auditlog": Recht(Bereik.REGIO, frozenset({Rol.BEHEERDER, Rol.AUDITOR})),
    "beoordeling": Recht(Bereik.REGIO, BEOORDELAARS_VAN_STUKKEN),
    "stukken": Recht(Bereik.DOSSIER, STUKKENLEZERS),
    "stukken_oordelen": Recht(Bereik.DOSSIER, BEOORDELAARS_VAN_STUKKEN),
    "stukvariant": Recht(Bereik.DOSSIER, STUKKENLEZERS, TOONT),
    "stukpdf": Recht(Bereik.DOSSIER, STUKKENLEZERS, GEEFT),
    "stuk": Recht(Bereik.DOSSIER, STUKKENLEZERS, TOONT),
    "dossier": Recht(Bereik.DOSSIER, LEZERS),
    "documenten": Recht(Bereik.DOSSIER, STUKKENLEZERS),
    "document": Recht(Bereik.DOSSIER, STUKKENLEZERS, GEEFT),
    "handeling": Recht(Bereik.DOSSIER, UITVOERDERS, TOONT),
    "handeling_versturen": Recht(Bereik.DOSSIER, UITVOERDERS, TOONT),
    "fase_starten": Recht(Bereik.DOSSIER, UITVOERDERS - {Rol.BEOORDELAAR}),
    "run": Recht(Bereik.DOSSIER, STUKKENLEZERS),
    "verzendingen": Recht(Bereik.DOSSIER, STUKKENLEZERS),
    "verzending": Recht(Bereik.DOSSIER, STUKKENLEZERS),
    "verzending_starten": Recht(Bereik.DOSSIER, frozenset({Rol.INKOPER})),
    "verzending_melden": Recht(Bereik.DOSSIER, frozenset({Rol.INKOPER})),
    "werkboeken": Recht(Bereik.DOSSIER, LEZERS),
    "werkboek_sjabloon": Recht(Bereik.DOSSIER, UITVOERDERS),
    "werkboek_inlezen": Recht(Bereik.DOSSIER, UITVOERDERS),
    "werkboek_uitvoer": Recht(Bereik.DOSSIER, STUKKENLEZERS, GEEFT),
    "woord": Recht(Bereik.DOSSIER, STUKKENLEZERS),
    "woord_stuk": Recht(Bereik.DOSSIER, STUKKENLEZERS, TOONT),
    "woord_versie": Recht(Bereik.DOSSIER, STUKKENLEZERS, GEEFT),
    "woord_redline": Recht(Bereik.DOSSIER, STUKKENLEZERS, GEEFT),
    "woord_lezen": Recht(Bereik.DOSSIER, frozenset({Rol.INKOPER, Rol.JURIST}), TOONT),
    "woord_inleveren": Recht(Bereik.DOSSIER, frozenset({Rol.INKOPER, Rol.JURIST})),
    "woord_afkeuren": Recht(Bereik.DOSSIER, frozenset({Rol.JURIST})),
    "grafieken": Recht(Bereik.DOSSIER, STUKKENLEZERS, TOONT),
    "beoordelen": Recht(Bereik.DOSSIER, frozenset({Rol.BEOORDELAAR}), TOONT),
    "beoordelen_inschrijving": Recht(Bereik.DOSSIER, frozenset({Rol.BEOORDELAAR}), TOONT),
    "beoordelen_bewaren": Recht(Bereik.DOSSIER, frozenset({Rol.BEOORDELAAR})),
    "beoordelen_inleveren": Recht(Bereik.DOSSIER, frozenset({Rol.BEOORDELAAR}), TOONT),
    "beoordelen_vergrendelen": Recht(Bereik.DOSSIER, frozenset({Rol.BEOORDELAAR})),
    "consensus": Recht(Bereik.DOSSIER, frozenset({Rol.VOORZITTER}), TOONT),
    "consensus_inleveren": Recht(Bereik.DOSSIER, frozenset({Rol.VOORZITTER}), TOONT),
    "consensus_inschrijving": Recht(Bereik.DOSSIER, frozenset({Rol.VOORZITTER}), TOONT),
    "consensus_bewaren": Recht(Bereik.DOSSIER, frozenset({Rol.VOORZITTER})),
    "consensus_vaststellen": Recht(Bereik.DOSSIER, frozenset({Rol.VOORZITTER})),
}


def decide_toegang(
    route: str,
    rollen: Mapping[str, frozenset[Rol]] | None,
    regio: str | None = None,
    rechten: Mapping[str, Recht] = RECHTEN,
) -> Toegang:
    """May this visitor open this route?

    `rollen`: the person's roles per region, None for somebody who is not logged in. `regio`: the region of the
    dossier in the address, None when the dossier does not exist or the route is about no dossier.
    """
    recht = rechten.get(route)
    if recht is None:
        return Toegang.GEWEIGERD
    if recht.bereik in (Bereik.OPENBAAR, Bereik.LINK):
        return Toegang.TOEGESTAAN
    if rollen is None:
        return Toegang.EERST_INLOGGEN
    if recht.bereik is Bereik.PERSOON:
        return Toegang.TOEGESTAAN
    if recht.bereik is Bereik.REGIO:
        past = any(gehouden & recht.rollen for gehouden in rollen.values())
        return Toegang.TOEGESTAAN if past else Toegang.GEWEIGERD
    gehouden = rollen.get(regio or "", frozenset[Rol]())
    if not gehouden:
        return Toegang.BESTAAT_NIET
    return Toegang.TOEGESTAAN if gehouden & recht.rollen else Toegang.GEWEIGERD


def list_regios_met(rollen: Mapping[str, frozenset[Rol]], gevraagd: frozenset[Rol]) -> frozenset[str]:
    """The regions in which a person holds one of these roles."""
    return frozenset(regio for regio, gehouden in rollen.items() if gehouden & gevraagd)

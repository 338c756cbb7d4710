"""Invented documents under review, and a dossier on which the acts of review are performed without a database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from aanbesteding.domain.dossier import Dossier, Vastlegging
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.regel import Ernst, Overtreding
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.stukken import (
    Registerstuk,
    Stuk,
    Stukken,
    Stukversie,
    Tegenspraak,
    TeMaken,
    Vergelijkingsverslag,
    build_stukken,
)
from aanbesteding.fase import Besluit, Fase
from aanbesteding.fasen.stukken import FASE
from bouwers import make_dossier, make_situatie, moment

NU = "2026-06-01 12:00"
A, B, NOTA = "gunning/brief-I-001.docx", "gunning/brief-I-002.docx", "gunning/nota.docx"
JURIST, JURIST2, INKOPER = "jurist.demo", "jurist2.demo", "inkoper.demo"


class BesluitVerteld(Feit):
    """The invented decision that promised the letters."""

    percelen: tuple[str, ...]


def make_hash(zaad: object) -> str:
    """A hash that a file could have."""
    import hashlib

    return hashlib.sha256(str(zaad).encode()).hexdigest()


def make_rij(id_: str = A, **velden: Any) -> Registerstuk:
    """A letter for one bidder, made by the officer."""
    basis: dict[str, Any] = {
        "id": id_,
        "document": "brief",
        "titel": "Brief",
        "fase": "gunning",
        "versie": 1,
        "onderwerpen": ("1",),
        "ontvanger": id_.rpartition("-")[2].removesuffix(".docx"),
        "ontvanger_naam": "Verzonnen aanbieder",
        "ontvanger_email": "",
        "uitgave": 1,
        "maker": INKOPER,
        "sha256": make_hash(id_),
        "gemaakt": moment(NU),
        "te_beoordelen": True,
        "verzenden": True,
    }
    return Registerstuk(**(basis | velden))


@dataclass
class Bureau:
    """A desk where documents are reviewed: a dossier, its register and the files on disk."""

    dossier: Dossier
    register: list[Registerstuk]
    schijf: dict[str, str | None]
    te_maken: tuple[TeMaken, ...] = ()

    @property
    def stukken(self) -> Stukken:
        """The documents as they are now."""
        return replace(build_stukken(self.register, self.te_maken, self.dossier), schijf=dict(self.schijf))

    def stuk(self, id_: str = A) -> Stuk:
        """One document."""
        return self.stukken.per_id[id_]

    def record(self, persoon: str, handeling: str, *feiten: Feit) -> None:
        """Record facts of one act."""
        versie, nummer = self.dossier.versie + 1, len(self.dossier.vastleggingen)
        nieuw = tuple(
            Vastlegging(nummer + n, versie, feit, handeling, persoon, moment(NU))
            for n, feit in enumerate(feiten, 1)
        )
        self.dossier = replace(
            self.dossier, versie=versie, vastleggingen=(*self.dossier.vastleggingen, *nieuw)
        )

    def situatie(self, persoon: str, invoer: Any = None, **velden: Any) -> Situatie[Any]:
        """What the rules see."""
        return make_situatie(self.dossier, invoer, NU, persoon=persoon, stukken=self.stukken, **velden)

    def doe(self, persoon: str, code: str, fase: Fase = FASE, **invoer: Any) -> tuple[str, ...]:
        """Perform an act as the engine does; the codes of the rules that refuse it, nothing when it was done."""
        handeling = fase.load_handeling(code)
        ingevoerd = handeling.invoer.model_validate(invoer)
        s = self.situatie(persoon, ingevoerd, onderwerpen=tuple(invoer.get("percelen", ())))
        overtredingen = [o for regel in handeling.regels if (o := regel.check(s))]
        gemotiveerd = bool(getattr(ingevoerd, "motivering", ""))
        if weigeren := [o for o in overtredingen if _weigert(o, gemotiveerd=gemotiveerd)]:
            return tuple(o.code for o in weigeren)
        besluit = handeling.besluit(s)
        self.record(persoon, code, *besluit.feiten)
        self._make(besluit, persoon)
        return ()

    def _make(self, besluit: Besluit, persoon: str) -> None:
        """Make the new editions at once."""
        for uitgave in besluit.uitgaven:
            for ontvanger in uitgave.ontvangers:
                aantal = sum(
                    r.ontvanger == ontvanger and r.document == uitgave.document for r in self.register
                )
                id_ = f"{uitgave.fase}/{uitgave.document}-{ontvanger}_uitgave{aantal + 1}.docx"
                velden: dict[str, Any] = {"ontvanger": ontvanger, "document": uitgave.document}
                velden |= {"versie": self.dossier.versie, "uitgave": aantal + 1, "maker": persoon}
                rij = make_rij(id_, **velden)
                self.register.append(rij)
                self.schijf[id_] = rij.sha256

    def keur_goed(self, persoon: str = JURIST, *ids: str, motivering: str = "") -> tuple[str, ...]:
        """Approve what is there now."""
        gezien = tuple(self.stuk(i).gezien for i in ids or (A,))
        return self.doe(persoon, "stukken_goedkeuren", stukken=gezien, motivering=motivering)

    def keur_af(self, persoon: str = JURIST, id_: str = A) -> tuple[str, ...]:
        """Reject what is there now."""
        return self.doe(
            persoon, "stuk_afkeuren", gezien=self.stuk(id_).gezien, opmerking="De datum klopt niet."
        )

    def vraag(self, persoon: str = JURIST, id_: str = A) -> tuple[str, ...]:
        """Ask the maker something."""
        return self.doe(persoon, "stuk_terugvragen", gezien=self.stuk(id_).gezien, vraag="Waarom deze datum?")

    def lever_in(
        self, persoon: str = INKOPER, id_: str = A, zaad: str = "", tegenspraken: tuple[Tegenspraak, ...] = ()
    ) -> tuple[str, ...]:
        """Hand in a new version; its file is kept first."""
        nummer = len(self.stuk(id_).versies) + 1
        pad = f"{id_}_versie{nummer}"
        sha256 = make_hash(zaad or pad)
        bewaard = self.schijf.get(pad)
        self.schijf[pad] = sha256
        verslag = Vergelijkingsverslag(met_versie=nummer - 1, tegenspraken=tegenspraken)
        codes = self.doe(persoon, "stuk_inleveren", stuk=id_, pad=pad, sha256=sha256, verslag=verslag)
        if codes:
            self.schijf[pad] = bewaard
        return codes

    def verzend(self, persoon: str = INKOPER, *ids: str, wanneer: str = NU) -> tuple[str, ...]:
        """Record that letters left."""
        gezien: tuple[Stukversie, ...] = tuple(self.stuk(i).gezien for i in ids or (A,))
        return self.doe(persoon, "stukken_verzenden", stukken=gezien, verzonden=moment(wanneer))


def _weigert(o: Overtreding, *, gemotiveerd: bool) -> bool:
    return o.ernst is Ernst.BLOKKEERT or (o.ernst is Ernst.MOTIVEREN and not gemotiveerd)


def make_bureau(handeling: str = "gunningsbeslissing_meedelen") -> Bureau:
    """Two letters of one decision and a note that needs no review."""
    rijen = [make_rij(A), make_rij(B), make_rij(NOTA, document="nota", te_beoordelen=False, verzenden=False)]
    bureau = Bureau(make_dossier(), rijen, {rij.id: rij.sha256 for rij in rijen})
    bureau.record("gemandateerde.demo", handeling, BesluitVerteld(percelen=("1",)))
    return bureau


TEGENSPRAAK = Tegenspraak(plaats="alinea 3", dossier="12 maart 2027", document="13 maart 2027")

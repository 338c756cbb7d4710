"""A minimum capacity of the source text: in the requirement, in the bid of an alliance, in the workbook."""

from __future__ import annotations

from typing import Any

import pytest

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import Bijdrage, Minimum, PerceelUitgewerkt, PuntBeslist
from aanbesteding.domain.gegeven import Gegeven, Stand
from aanbesteding.domain.perceelkader import Minimumcapaciteit
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.publicatie.bestanden import (
    build_inschrijvingen,
    list_inschrijffouten,
    parse_aantallen,
)
from aanbesteding.fasen.publicatie.capaciteitregels import minimum_zoals_besloten, minimumcapaciteit_gevraagd
from aanbesteding.fasen.publicatie.invoer import (
    Eisregel,
    Inschrijverregel,
    OntvangenInschrijving,
    Perceelaanbod,
    Perceelregel,
)
from bouwers import (
    make_aanbesteding,
    make_dossier,
    make_onderneming,
    make_perceel,
    make_perceel_uitgewerkt,
    make_situatie,
    moment,
)
from fasen.publicatie.bouwers_publicatie import make_planningfeit, make_uitwerken

MINIMUM = Minimum(aantal=24, eenheid="cliënten", gezamenlijk=True)


def make_uitwerking(minimum: Minimum | None) -> PerceelUitgewerkt:
    basis = make_perceel_uitgewerkt()
    return make_perceel_uitgewerkt(
        eisen=(basis.eisen[0].model_copy(update={"minimum": minimum}), *basis.eisen[1:])
    )


def make_met_capaciteit(*feiten: Any) -> Dossier:
    capaciteit = Minimumcapaciteit(
        aantal=24, eenheid="cliënten", stand=Stand.VOORNEMEN, bron="L73",
        gezamenlijk=Gegeven(code="samen", naam="Samen", stand=Stand.OPEN, bron="L73"),
    )  # fmt: skip
    percelen = (
        make_perceel("1").model_copy(update={"minimumcapaciteit": capaciteit}),
        make_perceel("2", financien="0", clienten="0"),
    )
    return make_dossier(*feiten, aanbesteding=make_aanbesteding(percelen=percelen))


def uitwerken(minimum: Minimum | None, *feiten: Any) -> Situatie[Any]:
    return make_situatie(make_met_capaciteit(*feiten), make_uitwerken(make_uitwerking(minimum)))


def beslist(waarde: str) -> PuntBeslist:
    return PuntBeslist(punt="minimum_gezamenlijk", waarde=waarde, motivering="Verzonnen.")


def test_een_minimum_uit_de_brontekst_komt_in_een_eis() -> None:
    assert minimumcapaciteit_gevraagd.check(uitwerken(MINIMUM)) is None
    assert "ten minste 24 cliënten" in str(minimumcapaciteit_gevraagd.check(uitwerken(None)))
    anders = MINIMUM.model_copy(update={"aantal": 12})
    assert minimumcapaciteit_gevraagd.check(uitwerken(anders)) is not None


def test_een_perceel_zonder_minimum_vraagt_niets() -> None:
    s = make_situatie(make_dossier(), make_uitwerken(make_uitwerking(None)))
    assert minimumcapaciteit_gevraagd.check(s) is None
    assert minimum_zoals_besloten.check(s) is None


@pytest.mark.parametrize(
    ("waarde", "gezamenlijk", "mag"),
    [
        pytest.param("ja", True, True, id="samen besloten en samen gevraagd"),
        pytest.param("nee", False, True, id="alleen besloten en alleen gevraagd"),
        pytest.param("ja", False, False, id="samen besloten, maar alleen gevraagd"),
        pytest.param("nee", True, False, id="alleen besloten, maar samen gevraagd"),
    ],
)
def test_de_eis_volgt_het_besluit_over_samen_halen(waarde: str, gezamenlijk: bool, mag: bool) -> None:
    minimum = MINIMUM.model_copy(update={"gezamenlijk": gezamenlijk})
    melding = minimum_zoals_besloten.check(uitwerken(minimum, beslist(waarde)))
    assert (melding is None) is mag


def test_zonder_besluit_is_de_eis_vrij() -> None:
    assert minimum_zoals_besloten.check(uitwerken(MINIMUM)) is None


def lees(cel: str) -> list[tuple[str, int]]:
    regel = Eisregel(nummer="I-001", perceel="1", eis="V1", antwoord="ja", aantallen=cel)
    return [(b.lid, b.aantal) for b in parse_aantallen(regel, "Zorg A")]


def test_een_cel_geeft_een_aantal_of_een_aantal_per_lid() -> None:
    assert lees("30") == [("Zorg A", 30)]
    assert lees("Zorg B: 14; Stichting C: D: 12") == [("Zorg B", 14), ("Stichting C: D", 12)]
    assert lees("") == []
    with pytest.raises(ValueError, match="veel"):
        lees("Zorg B: veel")


def make_bladen(aantallen: str) -> dict[str, tuple[Any, ...]]:
    o = make_onderneming()
    inschrijver = Inschrijverregel(
        nummer="I-001", ontvangen=moment("2026-04-10 10:00"), straat=o.adres.straat, postcode=o.adres.postcode,
        plaats=o.adres.plaats, **o.model_dump(exclude={"adres"}),
    )  # fmt: skip
    return {
        "inschrijvers": (inschrijver,),
        "percelen": (Perceelregel(nummer="I-001", perceel="1", producten="02A01"),),
        "eisen": (Eisregel(nummer="I-001", perceel="1", eis="V1", antwoord="ja", aantallen=aantallen),),
    }


def make_open(minimum: Minimum | None) -> Situatie[None]:
    return make_situatie(make_dossier(make_uitwerking(minimum), make_planningfeit()))


def test_het_werkboek_brengt_de_aantallen_per_lid_in_de_inschrijving() -> None:
    invoer = build_inschrijvingen(make_bladen("Zorg B: 14; Zorg C: 12"), make_open(MINIMUM))
    (aanbod,) = invoer.inschrijvingen[0].percelen
    assert [(b.eis, b.lid, b.aantal) for b in aanbod.bijdragen] == [
        ("V1", "Zorg B", 14),
        ("V1", "Zorg C", 12),
    ]


def test_een_cel_die_geen_aantal_is_wordt_met_plaats_en_uitweg_geweigerd() -> None:
    with pytest.raises(
        InvoerError, match=r"perceel 1, eis V1: 'Zorg B: veel' kan niet\. Vul een heel getal in"
    ):
        build_inschrijvingen(make_bladen("Zorg B: veel"), make_open(MINIMUM))


def test_een_aantal_bij_een_eis_zonder_minimum_en_een_lid_dat_dubbel_staat_worden_geweigerd() -> None:
    def bied(*bijdragen: Bijdrage) -> OntvangenInschrijving:
        aanbod = Perceelaanbod(
            perceel="1", producten=("02A01",), antwoorden={"V1": "ja"}, bijdragen=bijdragen
        )
        return OntvangenInschrijving(
            nummer="I-001",
            aanbieder=make_onderneming(),
            ontvangen=moment("2026-04-10 10:00"),
            percelen=(aanbod,),
        )

    lid = Bijdrage(eis="V1", lid="Zorg B", aantal=10)
    assert "hoort geen aantal" in " ".join(list_inschrijffouten((bied(lid),), make_open(None)))
    assert "meer dan één keer" in " ".join(list_inschrijffouten((bied(lid, lid),), make_open(MINIMUM)))
    assert list_inschrijffouten((bied(lid),), make_open(MINIMUM)) == []

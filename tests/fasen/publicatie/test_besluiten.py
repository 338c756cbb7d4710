"""What the acts of the publication stage record, seal and do by themselves; how workbooks become input."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from aanbesteding.domain.feiten import (
    AanbestedingGepubliceerd,
    ConsultatieverslagVastgesteld,
    InschrijvingenGeopend,
    InschrijvingenOntvangen,
    NotaVastgesteld,
    PerceelUitgewerkt,
    PlanningVastgesteld,
    PuntBeslist,
    SluitingVerplaatst,
)
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Handeling
from aanbesteding.fasen.publicatie import FASE, besluiten, bestanden, invoer
from aanbesteding.fasen.publicatie.feiten import (
    InschrijftermijnGesloten,
    OpeningVastgelegd,
    PercelenIngetrokken,
    StukkenOpgesteld,
    StukkenTeruggenomen,
    VolmachtVastgelegd,
    VragenOntvangen,
    load_sluiting,
)
from bouwers import make_inschrijving, make_onderneming, make_perceel_uitgewerkt, moment
from fasen.publicatie import bouwers_publicatie as b

INHOUD = {
    "nummer": "I-001",
    "percelen": [{"perceel": "1", "producten": ["02A01"], "antwoorden": {"V1": "ja"}, "bijdragen": []}],
    "opmerking": "",
}


def handeling(code: str) -> Handeling:
    return next(h for h in FASE.handelingen if h.code == code)


def besluit(code: str, invoer_: Any, dossier: Any = None, nu: str = "2026-03-02", **velden: Any) -> Any:
    return handeling(code).besluit(b.make_s(dossier, invoer_, nu, **velden))


def make_bod(nummer: int = 1, prijs: str | None = "62.50", ontvangen: str = "2026-04-14 12:00") -> Any:
    product = "02A01" if prijs else "02A02"
    return invoer.OntvangenInschrijving(
        nummer=f"I-{nummer:03d}",
        aanbieder=make_onderneming(nummer),
        ontvangen=moment(ontvangen),
        percelen=(
            invoer.Perceelaanbod(
                perceel="1",
                producten=(product,),
                antwoorden={"V1": "ja"},
                prijs=Decimal(prijs) if prijs else None,
            ),
        ),
    )


def test_een_besluit_over_een_punt_wordt_vastgelegd() -> None:
    invoer_ = invoer.PuntBeslissen(punt="looptijd_maanden", waarde="48", motivering="Rust")
    (feit,) = besluit("punt_beslissen", invoer_).feiten
    assert feit == PuntBeslist(punt="looptijd_maanden", waarde="48", motivering="Rust")


def test_een_uitgewerkt_perceel_wordt_vastgelegd_zoals_ingevoerd() -> None:
    (feit,) = besluit("perceel_uitwerken", b.make_uitwerken()).feiten
    assert feit == make_perceel_uitgewerkt()


def test_de_invoer_heeft_dezelfde_velden_als_het_feit() -> None:
    assert set(invoer.PerceelUitwerken.model_fields) == set(PerceelUitgewerkt.model_fields)
    assert set(invoer.PlanningVaststellen.model_fields) == {*PlanningVastgesteld.model_fields, "motivering"}


def test_volmacht_planning_stukken_en_intrekking_worden_vastgelegd() -> None:
    volmacht = invoer.VolmachtVastleggen(
        gemeente="aadorp", percelen=("1",), orgaan="college", datum=date(2026, 1, 2), kenmerk="V-1"
    )
    intrekking = invoer.AanbestedingIntrekken(percelen=("2",), motivering="Geen markt")
    gevallen: list[tuple[str, Any, type[Any]]] = [
        ("volmacht_vastleggen", volmacht, VolmachtVastgelegd),
        ("planning_vaststellen", b.make_planning(), PlanningVastgesteld),
        ("stukken_opstellen", invoer.StukkenOpstellen(), StukkenOpgesteld),
        ("stukken_herzien", invoer.StukkenHerzien(motivering="Fout"), StukkenTeruggenomen),
        ("aanbesteding_intrekken", intrekking, PercelenIngetrokken),
    ]
    for code, invoer_, soort in gevallen:
        (feit,) = besluit(code, invoer_).feiten
        assert isinstance(feit, soort)


def test_publiceren_legt_nu_en_de_sluiting_van_de_planning_vast() -> None:
    (feit,) = besluit("publiceren", None).feiten
    assert feit == AanbestedingGepubliceerd(
        verzonden=moment("2026-03-02"), sluiting=moment("2026-04-14 12:00")
    )


def test_vragen_na_de_vragentermijn_krijgen_een_merk() -> None:
    vragen = tuple(
        invoer.Vraagregel(nummer=n, aanbieder="Zorg", vraag="Waarom?", ontvangen=moment(m))
        for n, m in (("1", "2026-03-20 12:00"), ("2", "2026-03-20 12:01"))
    )
    (feit,) = besluit(
        "vragen_registreren", invoer.VragenRegistreren(vragen=vragen), b.make_gepubliceerd()
    ).feiten
    assert isinstance(feit, VragenOntvangen)
    assert [v.te_laat for v in feit.vragen] == [False, True]


def test_een_nota_met_uitstel_verplaatst_de_sluiting_voor_iedereen() -> None:
    nota = invoer.NotaVaststellen(
        ronde=1, antwoorden=(), sluiting_verplaatst_naar=moment("2026-04-21 12:00"), motivering="Tijd"
    )
    dossier = b.make_gepubliceerd()
    feiten = besluit("nota_vaststellen", nota, dossier).feiten
    assert [type(f) for f in feiten] == [NotaVastgesteld, SluitingVerplaatst]
    assert load_sluiting(dossier.met(*feiten)) == moment("2026-04-21 12:00")


def test_een_nota_zonder_uitstel_laat_de_sluiting_staan() -> None:
    nota = invoer.NotaVaststellen(ronde=1, antwoorden=())
    feiten = besluit("nota_vaststellen", nota, b.make_gepubliceerd()).feiten
    assert [type(f) for f in feiten] == [NotaVastgesteld]


def test_inhoud_en_prijs_gaan_in_enveloppen_en_nooit_in_een_feit() -> None:
    registreren = invoer.InschrijvingenRegistreren(inschrijvingen=(make_bod(1), make_bod(2, None)))
    uitkomst = besluit("inschrijvingen_registreren", registreren, b.make_gepubliceerd())
    assert [(e.soort, e.sleutel) for e in uitkomst.verzegeld] == [
        ("inschrijving", "I-001"),
        ("prijs", "1/I-001"),
        ("inschrijving", "I-002"),
    ]
    assert uitkomst.verzegeld[0].inhoud == INHOUD
    assert uitkomst.verzegeld[1].inhoud == {"prijs": "62.50"}
    (feit,) = uitkomst.feiten
    vastgelegd = feit.model_dump_json()
    assert "62.50" not in vastgelegd
    assert "02A01" not in vastgelegd


def test_sluiten_telt_wie_op_tijd_was() -> None:
    dossier = b.make_dossier_met_inschrijvingen(
        make_inschrijving(1, ontvangen=moment("2026-04-14 12:00")),
        make_inschrijving(2, ontvangen=moment("2026-04-14 12:01")),
    )
    (feit,) = besluit("inschrijftermijn_sluiten", None, dossier, "2026-04-14 12:00").feiten
    assert feit == InschrijftermijnGesloten(sluiting=moment("2026-04-14 12:00"), op_tijd=1, te_laat=1)


def openen(dossier: Any, geopend: dict[str, Any]) -> Any:
    invoer_ = invoer.InschrijvingenOpenen(openers=("inkoper.demo", "jurist.demo"), plaats="Proefstad")
    return besluit("inschrijvingen_openen", invoer_, dossier, "2026-04-14 13:00", geopend=geopend)


def test_openen_leest_wat_op_tijd_was_en_laat_een_late_inschrijving_ongelezen() -> None:
    dossier = b.make_dossier_met_inschrijvingen(
        make_inschrijving(1, ontvangen=moment("2026-04-14 12:00")),
        make_inschrijving(2, ontvangen=moment("2026-04-14 12:01")),
    )
    geopend, opening = openen(dossier, {"I-001": INHOUD, "I-002": INHOUD | {"nummer": "I-002"}}).feiten
    assert isinstance(geopend, InschrijvingenGeopend)
    assert [i.nummer for i in geopend.inhoud] == ["I-001"]
    assert geopend.te_laat == ("I-002",)
    assert isinstance(opening, OpeningVastgelegd)


def test_openen_zonder_inschrijvingen_legt_een_lege_opening_vast() -> None:
    geopend, _ = openen(b.make_gepubliceerd(), {}).feiten
    assert (geopend.inhoud, geopend.te_laat) == ((), ())


def test_openen_zonder_verzegelde_inhoud_wordt_geweigerd() -> None:
    with pytest.raises(InvoerError, match="I-001: de verzegelde inhoud ontbreekt"):
        openen(b.make_dossier_met_inschrijvingen(), {})


@pytest.mark.parametrize(
    ("zonder", "vanzelf"),
    [
        pytest.param((), True, id="alles is er"),
        pytest.param((PuntBeslist,), False, id="een punt staat open"),
        pytest.param((PerceelUitgewerkt,), False, id="een perceel is niet uitgewerkt"),
        pytest.param((PlanningVastgesteld,), False, id="er is geen planning"),
        pytest.param((VolmachtVastgelegd,), False, id="er ontbreekt een volmacht"),
        pytest.param(
            (ConsultatieverslagVastgesteld,), True, id="het consultatieverslag is pas bij publicatie nodig"
        ),
    ],
)
def test_stukken_worden_vanzelf_opgesteld_als_niets_ontbreekt(zonder: Any, vanzelf: bool) -> None:
    plan = handeling("stukken_opstellen").automatisch
    assert plan is not None
    assert (plan(b.make_s(b.make_compleet_dossier(zonder=zonder))) is not None) is vanzelf


@pytest.mark.parametrize(
    ("nu", "vanzelf"),
    [
        pytest.param("2026-04-14 11:59", False, id="een minuut voor de sluiting"),
        pytest.param("2026-04-14 12:00", True, id="op de sluiting"),
    ],
)
def test_de_termijn_sluit_vanzelf(nu: str, vanzelf: bool) -> None:
    plan = handeling("inschrijftermijn_sluiten").automatisch
    assert plan is not None
    assert (plan(b.make_s(b.make_gepubliceerd(), None, nu)) is not None) is vanzelf


def test_zonder_planning_of_sluiting_weigeren_de_besluiten_met_een_zin() -> None:
    leeg = b.make_compleet_dossier(zonder=(PlanningVastgesteld,))
    for code in ("publiceren", "inschrijftermijn_sluiten"):
        with pytest.raises(InvoerError):
            besluit(code, None, leeg)
    with pytest.raises(InvoerError):
        besluit("nota_vaststellen", invoer.NotaVaststellen(ronde=1, antwoorden=()), leeg)


@pytest.mark.parametrize("model", [invoer.StukkenHerzien, invoer.AanbestedingIntrekken, invoer.PuntBeslissen])
def test_een_motivering_mag_niet_leeg_zijn(model: Any) -> None:
    with pytest.raises(ValidationError, match="motivering"):
        model(motivering="  ")


# --- workbooks --------------------------------------------------------------------------------------------

INSCHRIJVER: dict[str, Any] = {
    "nummer": "I-001", "sleutel": "zorg-001", "naam": "Zorg (verzonnen)", "kvk": "00000001", "agb": 1,
    "straat": "Verzonnenstraat 1", "postcode": "1001 AB", "plaats": "Proefstad", "contact": "Directie",
    "email": "zorg@example.org", "grootte": "klein", "ontvangen": datetime(2026, 4, 13, 10, 0),  # noqa: DTZ001
}  # fmt: skip
PERCEEL: dict[str, Any] = {
    "nummer": "I-001",
    "perceel": 1,
    "producten": "02A01, 02A02",
    "prijs": Decimal("62.50"),
}
EIS: dict[str, Any] = {"nummer": "I-001", "perceel": 1, "eis": "V1", "antwoord": True}


def bladen(inschrijvers: Any = (), percelen: Any = (), eisen: Any = ()) -> dict[str, tuple[Any, ...]]:
    return {
        "inschrijvers": tuple(invoer.Inschrijverregel(**(INSCHRIJVER | r)) for r in inschrijvers),
        "percelen": tuple(invoer.Perceelregel(**(PERCEEL | r)) for r in percelen),
        "eisen": tuple(invoer.Eisregel(**(EIS | r)) for r in eisen),
    }


def test_een_werkboek_wordt_een_inschrijving_met_nederlandse_tijd_en_nullen() -> None:
    uit = bestanden.build_inschrijvingen(bladen([{}], [{}], [{}]), b.make_s(b.make_gepubliceerd()))
    (bod,) = uit.inschrijvingen
    assert bod.ontvangen == moment("2026-04-13 10:00")
    assert bod.aanbieder.agb == "00000001"
    (aanbod,) = bod.percelen
    assert (aanbod.perceel, aanbod.producten, aanbod.prijs) == ("1", ("02A01", "02A02"), Decimal("62.50"))
    assert aanbod.antwoorden == {"V1": "ja"}


def test_een_werkboek_meldt_alle_fouten_tegelijk() -> None:
    kapot = bladen(
        [{}, {"nummer": "I-002", "postcode": "fout", "kvk": "00000002", "sleutel": "zorg-002"}],
        [{"producten": "99Z99", "prijs": None}, {"nummer": "I-009"}],
        [{"eis": "Q9"}, {"eis": "V1"}, {"eis": "V1"}, {"perceel": 2}],
    )
    with pytest.raises(InvoerError) as fout:
        bestanden.build_inschrijvingen(kapot, b.make_s(b.make_gepubliceerd()))
    alles = "\n".join(fout.value.fouten)
    for deel in (
        "inschrijving I-009 staat niet op blad 'inschrijvers'",
        "heeft geen regel voor perceel 2",
        "meer dan één keer",
        "Blad 'inschrijvers', I-002",
        "product 99Z99 bestaat niet",
        "eis Q9 bestaat niet",
    ):
        assert deel in alles


def test_een_leeg_werkboek_is_geen_invoer() -> None:
    with pytest.raises(InvoerError, match="geen inschrijvingen"):
        bestanden.build_inschrijvingen(bladen(), b.make_s(b.make_gepubliceerd()))
    with pytest.raises(InvoerError, match="geen vragen"):
        bestanden.build_vragen({"vragen": ()}, b.make_s(b.make_gepubliceerd()))


def test_een_werkboek_met_vragen_wordt_invoer() -> None:
    rij = invoer.Vraagregel(
        nummer=1, aanbieder="Zorg", bladzijde=7, vraag="Waarom?", ontvangen="2026-03-10 10:00"
    )  # type: ignore[arg-type]
    uit = bestanden.build_vragen({"vragen": (rij,)}, b.make_s(b.make_gepubliceerd()))
    assert (uit.vragen[0].nummer, uit.vragen[0].bladzijde) == ("1", "7")
    assert uit.vragen[0].ontvangen == moment("2026-03-10 10:00")
    with pytest.raises(InvoerError, match="al gebruikt"):
        bestanden.build_vragen({"vragen": (rij, rij)}, b.make_s(b.make_gepubliceerd()))


def test_een_antwoord_is_ja_nee_of_leeg() -> None:
    assert [invoer.Eisregel(**(EIS | {"antwoord": a})).antwoord for a in ("JA", False, None)] == [
        "ja",
        "nee",
        "",
    ]
    with pytest.raises(ValidationError):
        invoer.Eisregel(**(EIS | {"antwoord": "misschien"}))


def test_alleen_een_feit_met_ontvangst_staat_in_het_dossier() -> None:
    assert isinstance(
        b.make_dossier_met_inschrijvingen().laatste(InschrijvingenOntvangen), InschrijvingenOntvangen
    )


def test_geen_besluit_hangt_van_iets_anders_af_dan_de_situatie() -> None:
    registreren = invoer.InschrijvingenRegistreren(inschrijvingen=(make_bod(),))
    s = b.make_s(b.make_gepubliceerd(), registreren)
    assert besluiten.decide_inschrijvingen(s) == besluiten.decide_inschrijvingen(s)

"""What the documents of the award say: every legally crucial content, and that nothing leaks."""

from __future__ import annotations

import dataclasses
import re
import zipfile
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.documents.declaration import Document, Exemplaar
from aanbesteding.documents.render import load_template
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import (
    Antwoord,
    BelangenverklaringAfgelegd,
    InschrijvingGetoetst,
    NotaVastgesteld,
)
from aanbesteding.fasen.gunning import FASE, feiten
from aanbesteding.fasen.gunning import invoer as invoermodel
from aanbesteding.fasen.gunning.documenten.uitkomsten import show_reden
from aanbesteding.fasen.gunning.feiten import Kenmerk, KortGedingGemeld
from bouwers import make_huisstijl, make_perceel, make_perceel_uitgewerkt, moment
from fasen.gunning import bouwers_gunning
from fasen.gunning.bouwers_gunning import (
    make_beoordeeld,
    make_colleges,
    make_consensus,
    make_geadviseerd,
    make_geverifieerd,
    make_kenmerken,
    make_meegedeeld,
    make_oordeel,
    make_verificatie,
    make_zaak,
    perform,
)

SJABLONEN = Path(__file__).parents[3] / "sjablonen"
DOCUMENTEN = {document.code: document for document in FASE.documenten}
BRIEVEN = ("gunningsbrief", "afwijzingsbrief", "brief_ongeldige_inschrijving", "uitsluitingsbrief")


def build(code: str, dossier: Dossier, *percelen: str, nu: str = "2026-09-01 10:00") -> dict[str, Any]:
    """Contexts by recipient."""
    exemplaren = DOCUMENTEN[code].build(make_zaak(dossier, *percelen, nu=nu, invoer=None))
    return {e.ontvanger.sleutel: e.context for e in exemplaren}


def make_definitief() -> Dossier:
    """Both percelen finally awarded."""
    invoer = invoermodel.DefinitiefGunnen(percelen=("1", "2"))
    return perform("definitief_gunnen", make_geverifieerd(), invoer, "2026-09-22 09:00")


def make_gecontracteerd() -> Dossier:
    """Agreements for both percelen."""
    invoer = invoermodel.OvereenkomstenSluiten(
        percelen=("1", "2"),
        datum_ondertekening=date(2026, 10, 1),
        huidige_aanbieders=(
            feiten.HuidigeAanbieder(perceel="1", naam="Zorgbedrijf 1", kvk="00000001"),
            feiten.HuidigeAanbieder(perceel="1", naam="Oude Zorg", kvk="00000099"),
        ),
        overgang_tot=date(2027, 7, 1),
    )
    return perform("overeenkomsten_sluiten", make_definitief(), invoer, "2026-10-01 09:00")


def make_gewijzigd() -> Dossier:
    """I-002 failed; I-003 takes the place in perceel 1."""
    dossier = make_geverifieerd().met(make_verificatie(2, voldoet=False))
    invoer = invoermodel.GunningsbeslissingWijzigen(
        percelen=("1",), verzenddatum=date(2026, 10, 1), aanleiding="Het bewijs van een winnaar voldoet niet."
    )
    return perform("gunningsbeslissing_wijzigen", dossier, invoer, "2026-10-01 09:00", "1")


def test_every_betrokkene_gets_exactly_one_letter_of_the_right_kind() -> None:
    dossier = make_meegedeeld()
    assert [sorted(build(code, dossier)) for code in BRIEVEN] == [
        ["I-001", "I-002", "I-003"],
        ["I-004"],
        ["I-005", "I-007"],
        ["I-006"],
    ]


def test_the_letter_follows_the_percelen_of_the_decision() -> None:
    dossier = make_meegedeeld(percelen=("1",))
    assert sorted(build("afwijzingsbrief", dossier, "1")) == ["I-003", "I-004"]


def test_afwijzingsbrief_gives_every_reason() -> None:
    context = build("afwijzingsbrief", make_meegedeeld())["I-004"]
    (uitkomst,) = context.uitkomsten
    assert uitkomst.niet_gekozen
    assert (uitkomst.rang, uitkomst.resultaat.aantal_gerangschikt, uitkomst.totaal) == (
        4,
        4,
        Decimal("60.00"),
    )
    k1, k2 = uitkomst.scores
    assert (k1.punten, k1.maximum, k1.score, k1.betekenis) == (Decimal("36.00"), Decimal(60), 6, "voldoende")
    assert k1.motivering == "Reden K1 van bieder 4."
    assert k2.waarom_niet_maximaal == "Niet hoger K2 van bieder 4."
    assert [w.naam for w in uitkomst.resultaat.winnaars] == [
        "Zorgbedrijf 1 (verzonnen)",
        "Zorgbedrijf 2 (verzonnen)",
    ]
    assert [w.totaal for w in uitkomst.resultaat.winnaars] == [Decimal("100.00"), Decimal("88.00")]
    assert [(p.criterium, p.punten) for p in uitkomst.resultaat.winnaars[1].punten] == [
        ("K1", Decimal("48.00")),
        ("K2", Decimal("40.00")),
    ]
    assert [(v.titel, v.aantal_hoger, v.aantal_winnaars, v.hoogste) for v in uitkomst.voordelen] == [
        ("Samenwerking", 2, 2, Decimal("60.00")),
        ("Kwaliteit", 2, 2, Decimal("40.00")),
    ]
    assert uitkomst.resultaat.kenmerken[0].tekst == "Winnaars zijn concreet bij K1."


def test_both_ends_and_the_court_stand_in_every_letter() -> None:
    for code in (*BRIEVEN,):
        for context in build(code, make_meegedeeld()).values():
            assert context.verzenddatum == context.brief.datum == date(2026, 9, 1)
            assert context.opschortend_begin == date(2026, 9, 2)
            assert context.opschortend_einde.isoformat() == "2026-09-21T23:59:59+02:00"
            assert context.verval_einde.isoformat() == "2026-09-21T23:59:59+02:00"
            assert context.vroegste_ondertekening == date(2026, 9, 22)
            assert context.rechtbank == "Rechtbank Proefland"


def test_a_bidder_that_wins_one_perceel_and_loses_another_hears_both() -> None:
    context = build("gunningsbrief", make_meegedeeld())["I-003"]
    een, twee = context.uitkomsten
    assert (een.niet_gekozen, een.rang) == (True, 3)
    assert (twee.gegund, twee.producten_gegund) == (True, ("Product 45A01",))
    assert [(v.titel, v.aantal_hoger, v.aantal_winnaars) for v in een.voordelen] == [
        ("Samenwerking", 1, 2),
        ("Kwaliteit", 2, 2),
    ]
    assert not twee.voordelen


def make_gemengd(monkeypatch: pytest.MonkeyPatch) -> Dossier:
    """I-003 bids on three percelen: not chosen in 1, winner in 2, invalid in 3."""
    monkeypatch.setitem(bouwers_gunning.PERCELEN, 3, ("1", "2", "3"))
    dossier = make_beoordeeld()
    drie = (*dossier.aanbesteding.percelen, make_perceel("3"))
    dossier = dataclasses.replace(
        dossier, aanbesteding=dossier.aanbesteding.model_copy(update={"percelen": drie})
    ).met(
        make_perceel_uitgewerkt("3"),
        InschrijvingGetoetst(
            perceel="3",
            inschrijving="I-003",
            uitkomst="ongeldig",
            eisen=(),
            eis="M1",
            reden="De klachtenregeling ontbreekt.",
        ),
        make_kenmerken(("1", "2", "3")),
        *make_colleges(("1", "2", "3")),
    )
    return make_meegedeeld(dossier, ("1", "2", "3"))


def test_one_bidder_with_three_outcomes_gets_one_letter_with_the_reasons_of_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dossier = make_gemengd(monkeypatch)
    zaak = make_zaak(dossier, "1", "2", "3", invoer=None)
    brieven = [(c, e) for c in BRIEVEN for e in DOCUMENTEN[c].build(zaak) if e.ontvanger.sleutel == "I-003"]
    ((code, exemplaar),) = brieven
    assert code == "gunningsbrief"
    assert exemplaar.context.gemengd
    assert [u.soort for u in exemplaar.context.uitkomsten] == ["niet_gekozen", "gegund", "ongeldig"]
    tekst = render_tekst(DOCUMENTEN[code], exemplaar.context)
    eerste, bijlage = tekst.split("Bijlage bij onze brief", 1)
    for deel in (
        "Proefperceel 1: uw inschrijving is geldig, maar niet gekozen (plaats 3 van 4,",
        "Proefperceel 2: wij willen aan u gunnen: Product 45A01 (plaats 2 van 2,",
        "Proefperceel 3: uw inschrijving is ongeldig.",
        "niet voor elk perceel gelijk",
    ):
        assert deel in eerste, deel
    een, twee, drie = re.split(r"\nPerceel [123]: ", bijlage)[1:]
    assert "Uitkomst: uw inschrijving is geldig, maar niet gekozen." in een
    assert "Reden K1 van bieder 3." in een
    assert "Waarin de winnaars beter zijn" in een
    assert "Uitkomst: wij willen aan u gunnen." in twee
    assert "Waarin de winnaars beter zijn" not in twee
    assert "De klachtenregeling ontbreekt." in drie
    assert "Uw scores en de redenen" not in drie


def test_a_bidder_with_the_same_outcome_everywhere_reads_nothing_of_a_mixed_outcome() -> None:
    context = build("gunningsbrief", make_meegedeeld())["I-001"]
    assert not context.gemengd
    assert "niet voor elk perceel gelijk" not in render_tekst(DOCUMENTEN["gunningsbrief"], context)


def test_ongeldig_and_uitgesloten_hear_the_ground_and_the_result() -> None:
    dossier = make_meegedeeld()
    ongeldig = build("brief_ongeldige_inschrijving", dossier)
    (te_laat,) = ongeldig["I-005"].uitkomsten
    assert (te_laat.te_laat, te_laat.sluiting) == (True, moment("2026-06-01 12:00"))
    (eis,) = ongeldig["I-007"].uitkomsten
    assert (eis.eis, eis.reden, eis.met_rang, eis.scores) == (
        "M1: De aanbieder heeft een klachtenregeling.",
        "De klachtenregeling ontbreekt.",
        False,
        (),
    )
    (uit,) = build("uitsluitingsbrief", dossier)["I-006"].uitkomsten
    assert uit.eis.startswith("U1: ")
    assert len(uit.resultaat.winnaars) == 2


def test_a_bid_below_the_minimum_is_put_aside_without_a_rank() -> None:
    dossier = make_beoordeeld(consensus=make_consensus("1", n4_K1=make_oordeel(4, "K1", 0)))
    rangorde = next(f for f in dossier.list_feiten(type_rangorde()) if f.perceel == "1")
    zonder = rangorde.model_copy(update={"plaatsen": rangorde.plaatsen[:3]})
    uitgewerkt = dossier.list_feiten(type_uitgewerkt())[0]
    criteria = (uitgewerkt.criteria[0].model_copy(update={"minimum": 4}), *uitgewerkt.criteria[1:])
    dossier = dossier.met(uitgewerkt.model_copy(update={"criteria": criteria}), zonder)
    context = build("brief_ongeldige_inschrijving", make_meegedeeld(make_geadviseerd(dossier)))["I-004"]
    (uitkomst,) = context.uitkomsten
    assert (uitkomst.terzijde, uitkomst.onder_minimum, uitkomst.rang) == (
        True,
        ("Samenwerking (score 0, ten minste 4 nodig)",),
        None,
    )
    assert uitkomst.scores[0].motivering
    assert "terzijde gelegd" in context.brief.onderwerp


@pytest.mark.parametrize(
    ("reden", "verwacht"),
    [
        pytest.param(
            "Eis M1 (Een klachtenregeling): het stuk ontbreekt.",
            "Het stuk ontbreekt.",
            id="de eis vooraan vervalt",
        ),
        pytest.param(
            "De klachtenregeling ontbreekt.", "De klachtenregeling ontbreekt.", id="een vrije reden blijft"
        ),
        pytest.param(
            "Eis M1 (Een klachtenregeling): nee. Eis M2 (Een meldcode): nee.",
            "Eis M1 (Een klachtenregeling): nee. Eis M2 (Een meldcode): nee.",
            id="bij meer eisen houdt elke reden haar eis",
        ),
    ],
)
def test_the_letter_names_the_requirement_once(reden: str, verwacht: str) -> None:
    assert show_reden(reden, "M1: Een klachtenregeling.") == verwacht


def type_rangorde() -> Any:
    from aanbesteding.domain.feiten import RangordeVastgesteld

    return RangordeVastgesteld


def type_uitgewerkt() -> Any:
    from aanbesteding.domain.feiten import PerceelUitgewerkt

    return PerceelUitgewerkt


def test_no_letter_names_another_loser() -> None:
    for code in BRIEVEN:
        document = DOCUMENTEN[code]
        for nummer, context in build(code, make_meegedeeld()).items():
            tekst = render_tekst(document, context)
            verliezers = {4, 5, 6, 7} - {int(nummer[2:])}
            for n in verliezers:
                assert f"Zorgbedrijf {n} " not in tekst, (code, nummer, n)
                assert f"I-{n:03d}" not in tekst, (code, nummer, n)


def test_afwijzingsbrief_is_complete_as_text() -> None:
    tekst = render_tekst(DOCUMENTEN["afwijzingsbrief"], build("afwijzingsbrief", make_meegedeeld())["I-004"])
    for deel in (
        "maandag 21 september 2026 om 23.59 uur",
        "Rechtbank Proefland",
        "Reden K1 van bieder 4.",
        "Niet hoger K2 van bieder 4.",
        "Zorgbedrijf 2 (verzonnen)",
        "Winnaars zijn concreet bij K2.",
        "geen aanvaarding",
        "22 september 2026",
    ):
        assert deel in tekst, deel
    assert ".." not in tekst


def test_kenmerken_of_one_winner_carry_its_name_and_vanish_when_it_fails() -> None:
    vrijgave = make_kenmerken(("1",))
    eigen = Kenmerk(perceel="1", criterium="K1", tekst="Meet elk kwartaal.", inschrijving="I-002")
    vrijgave = vrijgave.model_copy(update={"kenmerken": (*vrijgave.kenmerken, eigen)})
    dossier = make_meegedeeld(make_geadviseerd(None, vrijgave))
    regels = build("afwijzingsbrief", dossier, "1")["I-004"].uitkomsten[0].resultaat.kenmerken
    assert ("Zorgbedrijf 2 (verzonnen)", "Meet elk kwartaal.") in [(k.winnaar, k.tekst) for k in regels]


def test_gewijzigde_brief_goes_to_all_with_all_reasons_and_new_periods() -> None:
    brieven = build("brief_gewijzigde_gunningsbeslissing", make_gewijzigd(), "1", nu="2026-10-01 09:00")
    assert sorted(brieven) == [f"I-{n:03d}" for n in range(1, 8)]
    assert brieven["I-003"].uitkomsten[0].gegund
    assert brieven["I-003"].uitkomst_anders
    assert not brieven["I-004"].uitkomst_anders
    assert brieven["I-004"].vorige_datum == date(2026, 9, 1)
    uitvaller = brieven["I-002"].uitkomsten[0]
    assert (uitvaller.terzijde, uitvaller.verificatie_mislukt) == (True, True)
    for context in brieven.values():
        assert context.opschortend_einde.isoformat() == "2026-10-21T23:59:59+02:00"


def test_only_unverified_winners_are_asked_for_evidence() -> None:
    eerste = build("verificatieverzoek", make_meegedeeld())
    assert sorted(eerste) == ["I-001", "I-002", "I-003"]
    assert [p.naam for p in eerste["I-001"].percelen] == [
        "Perceel 1: Wmo – Proefperceel 1",
        "Perceel 2: Jeugdwet – Proefperceel 2",
    ]
    assert [b.code for b in eerste["I-001"].bewijzen] == ["V1", "U1", "M1"]
    assert sorted(build("verificatieverzoek", make_gewijzigd(), "1")) == ["I-003"]


def test_collegevoorstel_is_made_per_gemeente() -> None:
    voorstellen = build("collegevoorstel_gunning", make_geadviseerd())
    assert sorted(voorstellen) == ["aadorp", "beedorp"]
    perceel = voorstellen["aadorp"].percelen[0]
    assert (perceel.aantal_geldig, perceel.aantal_ongeldig, perceel.aantal_uitgesloten) == (4, 2, 1)
    assert [r.inschrijving for r in perceel.rangorde] == ["I-001", "I-002", "I-003", "I-004"]


def test_proces_verbaal_holds_the_whole_course() -> None:
    gemeld = KortGedingGemeld(
        perceel="1", datum=date(2026, 9, 10), rechtbank="Rechtbank Proefland", zaaknummer="C/1"
    )
    dossier = make_definitief().met(gemeld)
    verbaal = build("proces_verbaal_gunning", dossier, nu="2026-09-22 09:00")["perceel-1"]
    assert (verbaal.gegund, verbaal.gegund_op) == (True, date(2026, 9, 22))
    assert [r.inschrijving for r in verbaal.winnaars] == ["I-001", "I-002"]
    assert [r.inschrijving for r in verbaal.niet_gekozen] == ["I-003", "I-004"]
    assert [(a.inschrijving, a.reden) for a in verbaal.ongeldig] == [
        ("I-005", "Ontvangen na de sluiting."),
        ("I-007", "De klachtenregeling ontbreekt."),
    ]
    assert [a.inschrijving for a in verbaal.uitgesloten] == ["I-006"]
    assert [v.aantal for v in verbaal.verzendingen] == [7]
    assert len(verbaal.besluiten) == len(verbaal.verificaties) == 2
    assert [k.afgedaan for k in verbaal.kort_gedingen] == [False]


def test_proces_verbaal_lists_withheld_answers_and_reported_interests_with_the_measure() -> None:
    nota = NotaVastgesteld(
        ronde=2,
        antwoorden=(
            Antwoord(vraagnummer="7", antwoord="Ja."),
            Antwoord(vraagnummer="8", antwoord="Geheim.", vertrouwelijk=True),
        ),
        vastgesteld=moment("2026-05-20"),
        oude_sluiting=moment("2026-06-01 12:00"),
    )
    verklaringen = [
        BelangenverklaringAfgelegd(
            beoordelaar=wie, percelen=("1",), belang=belang, toelichting="Familie.", datum=date(2026, 6, 2)
        )
        for wie, belang in (("beoordelaar1.demo", False), ("beoordelaar9.demo", True))
    ]
    dossier = make_definitief().met(nota, *verklaringen)
    stukken = build("proces_verbaal_gunning", dossier, nu="2026-09-22 09:00")
    een, twee = stukken["perceel-1"], stukken["perceel-2"]
    assert [(a.nota, a.vraag) for a in een.achtergehouden] == [(2, "8")]
    assert (een.aantal_verklaringen, twee.aantal_verklaringen) == (2, 0)
    assert [(r.beoordelaar, r.gescoord) for r in een.belangen] == [("beoordelaar9.demo", False)]
    tekst = render_tekst(DOCUMENTEN["proces_verbaal_gunning"], een)
    assert "nota van inlichtingen 2, vraag 8" in tekst
    assert "scoorde niet en was niet bij het overleg" in tekst
    assert "Geheim." not in tekst


def test_proces_verbaal_also_exists_when_nothing_is_awarded() -> None:
    invoer = invoermodel.NietGunnen(percelen=("1", "2"), reden="Het budget is er niet.")
    dossier = perform("niet_gunnen", make_meegedeeld(), invoer, "2026-09-05 09:00")
    verbaal = build("proces_verbaal_gunning", dossier)["perceel-1"]
    assert (verbaal.gegund, verbaal.winnaars, verbaal.reden_niet_gegund) == (
        False,
        (),
        "Het budget is er niet.",
    )
    brieven = build("brief_niet_gegund", dossier)
    assert len(brieven) == 7
    assert brieven["I-004"].beslissing_datum == date(2026, 9, 1)


def test_intrekking_goes_to_all_bidders() -> None:
    invoer = invoermodel.GunningsbeslissingIntrekken(
        percelen=("1", "2"), motivering="De rechter oordeelde zo."
    )
    dossier = perform("gunningsbeslissing_intrekken", make_meegedeeld(), invoer, "2026-09-05 09:00")
    brieven = build("intrekking_gunningsbeslissing", dossier)
    assert len(brieven) == 7
    assert brieven["I-001"].motivering == "De rechter oordeelde zo."


def test_definitieve_gunning_goes_to_winners_over_their_percelen() -> None:
    brieven = build("brief_definitieve_gunning", make_definitief(), nu="2026-09-22 09:00")
    assert sorted(brieven) == ["I-001", "I-002", "I-003"]
    assert [p.naam[:9] for p in brieven["I-003"].percelen] == ["Perceel 2"]
    assert sorted(build("brief_definitieve_gunning", make_definitief(), "1")) == ["I-001", "I-002"]


def test_overeenkomst_holds_parties_products_and_term() -> None:
    stukken = build("overeenkomst", make_gecontracteerd(), nu="2026-10-01 09:00")
    assert sorted(stukken) == ["PR-2027-P1-001", "PR-2027-P1-002", "PR-2027-P2-001", "PR-2027-P2-002"]
    context = stukken["PR-2027-P1-001"]
    assert (context.aanbieder, context.kvk, context.inschrijving) == (
        "Zorgbedrijf 1 (verzonnen)",
        "00000001",
        "I-001",
    )
    assert (context.ingang, context.einde) == (date(2027, 1, 1), date(2029, 12, 31))
    assert [(p.code, p.tarief) for p in context.producten] == [("02A01", Decimal("60.00"))]
    assert [o.naam for o in context.opdrachtgevers] == ["Aadorp", "Beedorp"]


def test_aankondiging_counts_bids_by_size() -> None:
    context = build("aankondiging_gegunde_opdracht", make_gecontracteerd(), nu="2026-10-01 09:00")[
        "perceel-1"
    ]
    assert context.aantal_inschrijvingen == 7
    assert [(g.grootte, g.aantal) for g in context.per_grootte][1] == ("klein", 7)
    assert [c.nummer for c in context.contracten] == ["PR-2027-P1-001", "PR-2027-P1-002"]
    assert context.uiterlijk_verzenden is not None


def test_clientenraad_hears_who_stays_leaves_and_comes() -> None:
    brieven = build("brief_clientenraad", make_gecontracteerd(), nu="2026-10-01 09:00")
    assert sorted(brieven) == ["aadorp", "beedorp"]
    een, twee = brieven["aadorp"].percelen
    assert (een.blijft, een.vertrekt, een.nieuw) == (
        ("Zorgbedrijf 1 (verzonnen)",),
        ("Oude Zorg",),
        ("Zorgbedrijf 2 (verzonnen)",),
    )
    assert (twee.huidige_bekend, len(twee.aanbieders)) == (False, 2)


def test_every_provider_hears_per_perceel_whether_it_leaves_stays_or_is_new() -> None:
    brieven = build("brief_lopende_trajecten", make_gecontracteerd(), nu="2026-10-01 09:00")
    assert sorted(brieven) == ["kvk-00000001", "kvk-00000002", "kvk-00000099"]
    uitkomst = {
        kvk: [(p.vertrekt, p.blijft, p.nieuw) for p in brief.percelen] for kvk, brief in brieven.items()
    }
    # nobody recorded who delivers support in perceel 2, so no letter speaks of it
    assert uitkomst == {
        "kvk-00000001": [(False, True, False)],
        "kvk-00000002": [(False, False, True)],
        "kvk-00000099": [(True, False, False)],
    }
    weg, nieuw = brieven["kvk-00000099"], brieven["kvk-00000002"]
    assert weg.brief.aan == ("Oude Zorg", "t.a.v. de directie", "KvK-nummer 00000099")
    assert (weg.vertrekt, weg.neemt_over, nieuw.vertrekt, nieuw.neemt_over) == (True, False, False, True)
    assert weg.percelen[0].opvolgers == ("Zorgbedrijf 1 (verzonnen)", "Zorgbedrijf 2 (verzonnen)")
    assert nieuw.percelen[0].vertrekkers == ("Oude Zorg",)
    tekst = render_tekst(DOCUMENTEN["brief_lopende_trajecten"], weg)
    assert "tot en met 1 juli 2027" in tekst
    assert "u krijgt geen nieuwe overeenkomst" in tekst
    assert "u bent nieuw" not in tekst


def render_tekst(document: Document, context: Any) -> str:
    """The text of a rendered document, strictly rendered."""
    sjabloon = load_template(SJABLONEN / document.sjabloon, huisstijl=make_huisstijl())
    docx = sjabloon.render_bytes(context)
    with zipfile.ZipFile(BytesIO(docx)) as pakket:
        xml = pakket.read("word/document.xml").decode()
    alineas = re.findall(r"<w:p[ >].*?</w:p>", xml, flags=re.DOTALL)
    return "\n".join("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", a)) for a in alineas)


@pytest.mark.parametrize("document", FASE.documenten, ids=lambda d: d.code)
def test_voorbeeld_renders_strictly(document: Document) -> None:
    tekst = render_tekst(document, document.voorbeeld())
    assert ".." not in tekst
    assert "verzonnen" in tekst


def list_exemplaren() -> Iterable[tuple[str, Exemplaar]]:
    """Every exemplaar of the whole course of the invented dossier."""
    gemeld = make_meegedeeld()
    bronnen = {
        "collegevoorstel_gunning": make_geadviseerd(),
        **dict.fromkeys((*BRIEVEN, "verificatieverzoek"), gemeld),
        "brief_gewijzigde_gunningsbeslissing": make_gewijzigd(),
        "brief_definitieve_gunning": make_definitief(),
        "proces_verbaal_gunning": make_definitief(),
        "overeenkomst": make_gecontracteerd(),
        "aankondiging_gegunde_opdracht": make_gecontracteerd(),
        "brief_clientenraad": make_gecontracteerd(),
        "brief_lopende_trajecten": make_gecontracteerd(),
    }
    for code, dossier in bronnen.items():
        percelen = ("1",) if code == "brief_gewijzigde_gunningsbeslissing" else ("1", "2")
        for exemplaar in DOCUMENTEN[code].build(
            make_zaak(dossier, *percelen, nu="2026-10-01 09:00", invoer=None)
        ):
            yield code, exemplaar


@pytest.mark.parametrize(
    ("code", "exemplaar"),
    [pytest.param(code, e, id=f"{code} {e.ontvanger.sleutel}") for code, e in list_exemplaren()],
)
def test_every_exemplaar_renders_strictly(code: str, exemplaar: Exemplaar) -> None:
    tekst = render_tekst(DOCUMENTEN[code], exemplaar.context)
    assert ".." not in tekst


def test_builders_give_the_same_exemplaren_again() -> None:
    assert list(list_exemplaren()) == list(list_exemplaren())

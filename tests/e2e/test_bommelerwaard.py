"""The purchase of Bommelerwaard from market consultation to the first entry round, as its users see it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document as open_docx

from aanbesteding.demo.overzicht import save_overzicht
from aanbesteding.domain.feiten import (
    ConsensusVastgesteld,
    GunningsbeslissingMeegedeeld,
    InschrijvingGetoetst,
    OvereenkomstBeeindigd,
    OvereenkomstGesloten,
    PuntBeslist,
    RangordeVastgesteld,
)
from aanbesteding.domain.overeenkomsten import list_gesloten
from aanbesteding.fasen.gunning.feiten import RedenenAangepast, RedenenVrijgegeven

pytestmark = pytest.mark.traag

ELK_DOCUMENT = {
    "marktconsultatie": {"marktconsultatiedocument", "uitnodiging", "vragenlijst", "consultatieverslag"},
    "publicatie": {
        "aankondiging", "aanbestedingsleidraad", "programma_van_eisen", "conceptovereenkomst", "tariefonderbouwing",
        "nota_van_inlichtingen", "proces_verbaal_opening",
    },
    "beoordeling": {
        "beoordelingsrapport", "herstelverzoek", "proces_verbaal_prijzen", "verzoek_toelichting_lage_prijs",
    },
    "gunning": {
        "collegevoorstel_gunning", "gunningsbrief", "afwijzingsbrief", "brief_ongeldige_inschrijving",
        "uitsluitingsbrief", "verificatieverzoek", "brief_gewijzigde_gunningsbeslissing", "brief_definitieve_gunning",
        "overeenkomst", "proces_verbaal_gunning", "aankondiging_gegunde_opdracht", "brief_clientenraad",
    },
    "toetreding": {
        "openstellingsbesluit", "toelatingsbesluit", "weigering", "overeenkomst_toetreder", "addendum",
        "beeindiging_inactiviteit", "aanbiederslijst",
    },
}  # fmt: skip


def test_every_fase_leaves_every_document_in_a_map_named_as_the_fase(bommelerwaard):
    wortel = bommelerwaard.app.bestanden.folder(bommelerwaard.verhaal.dossier)
    for fase, documenten in ELK_DOCUMENT.items():
        gemaakt = {pad.name.partition("-")[0].removesuffix(".docx") for pad in (wortel / fase).glob("*.docx")}
        assert documenten <= gemaakt, f"{fase}: {documenten - gemaakt} ontbreekt"


def test_percelen_end_as_the_verhaal_says(bommelerwaard):
    standen = {p: bommelerwaard.dossier.status_van_perceel(p) for p in "12345"}
    assert standen == {
        "1": "gecontracteerd", "2": "gecontracteerd", "3": "gecontracteerd", "4": "gecontracteerd",
        "5": "gecontracteerd",
    }  # fmt: skip


def test_every_document_opens_again_with_title_language_and_last_paragraph(bommelerwaard):
    wortel = bommelerwaard.app.bestanden.folder(bommelerwaard.verhaal.dossier)
    for pad in sorted(wortel.glob("*/*.docx")):
        document = open_docx(str(pad))
        assert document.core_properties.title, pad.name
        assert len(document.paragraphs) > 3, pad.name
        with zipfile.ZipFile(pad) as archief:
            assert b"nl-NL" in archief.read("word/styles.xml"), pad.name


def test_decided_punten_stand_in_the_leidraad_with_their_reason(bommelerwaard):
    besluiten = {p.punt: p for p in bommelerwaard.dossier.list_feiten(PuntBeslist)}
    leidraad = bommelerwaard.read_tekst(bommelerwaard.list_documenten("aanbestedingsleidraad")[-1])
    assert besluiten["looptijd_maanden"].motivering.rstrip(".") in leidraad


def test_figures_of_the_source_text_stand_in_the_documents(bommelerwaard):
    consultatie = bommelerwaard.read_tekst(bommelerwaard.list_documenten("marktconsultatiedocument")[0])
    for cijfer in ("9.746.050", "2.904", "8.349.854", "2.472"):
        assert cijfer in consultatie
    leidraad = bommelerwaard.read_tekst(bommelerwaard.list_documenten("aanbestedingsleidraad")[-1])
    for financien, clienten in ((53, 62), (47, 38), (54, 31), (41, 62), (5, 7)):
        assert f"Dit perceel is {financien}% van de uitgaven onder deze wet" in leidraad
        assert f"Het gaat om {clienten}% van de cliënten" in leidraad


def test_one_letter_per_bidder_tells_every_outcome(bommelerwaard):
    eerste = bommelerwaard.dossier.list_feiten(GunningsbeslissingMeegedeeld)[0]
    brieven = [
        regel
        for code in ("gunningsbrief", "afwijzingsbrief", "uitsluitingsbrief", "brief_ongeldige_inschrijving")
        for regel in bommelerwaard.list_documenten(code)
    ]
    ontvangers = [regel.ontvanger for regel in brieven]
    assert len(ontvangers) == len(set(ontvangers)) == bommelerwaard.verhaal.verzinsels.aanbieders
    assert set(eerste.percelen) == set("12345")


def test_every_decision_letter_states_both_ends_court_and_day(bommelerwaard):
    for code in ("gunningsbrief", "afwijzingsbrief"):
        for regel in bommelerwaard.list_documenten(code)[:10]:
            tekst = bommelerwaard.read_tekst(regel)
            assert "maandag 10 augustus 2026 om 23.59 uur" in tekst, regel.pad
            assert "rechtbank Gelderland" in tekst


def test_no_letter_names_another_loser(bommelerwaard):
    rangordes = {}
    for feit in bommelerwaard.dossier.list_feiten(RangordeVastgesteld):
        rangordes.setdefault(feit.perceel, feit)
    gegund = {p.inschrijving for r in rangordes.values() for p in r.plaatsen if p.gegund}
    namen = {
        regel.ontvanger: regel.ontvanger_naam
        for code in ("gunningsbrief", "afwijzingsbrief")
        for regel in bommelerwaard.list_documenten(code)
    }
    verliezers = {nummer: naam for nummer, naam in namen.items() if nummer not in gegund}
    assert verliezers
    for regel in bommelerwaard.list_documenten("afwijzingsbrief"):
        tekst = bommelerwaard.read_tekst(regel)
        for nummer, naam in verliezers.items():
            if nummer != regel.ontvanger:
                assert naam not in tekst, f"{regel.pad} noemt {naam}"


def test_internal_remarks_of_the_committee_reach_no_bidder(bommelerwaard):
    intern = {
        o.intern
        for feit in bommelerwaard.dossier.list_feiten(ConsensusVastgesteld)
        for o in feit.oordelen
        if o.intern
    }
    assert intern
    for code in ("gunningsbrief", "afwijzingsbrief", "brief_gewijzigde_gunningsbeslissing"):
        for regel in bommelerwaard.list_documenten(code):
            tekst = bommelerwaard.read_tekst(regel)
            assert not any(zin in tekst for zin in intern), regel.pad


def test_every_reason_was_released_by_someone_who_did_not_write_it(bommelerwaard):
    schrijvers = {
        v.persoon
        for v in bommelerwaard.dossier.vastleggingen
        if isinstance(v.feit, ConsensusVastgesteld | RedenenAangepast)
    }
    vrijgaven = [v for v in bommelerwaard.dossier.vastleggingen if isinstance(v.feit, RedenenVrijgegeven)]
    assert {v.persoon for v in vrijgaven} == {"jurist2.demo"}
    assert "jurist2.demo" not in schrijvers
    assert [v.feit.percelen for v in vrijgaven] == [("1", "2", "3", "4", "5"), ("5",), ("2",)]


def test_a_price_under_the_floor_is_refused_and_the_bidder_reads_why(bommelerwaard):
    rangorde = bommelerwaard.dossier.laatste(RangordeVastgesteld, perceel="1")
    (onder,) = [w.split(":")[0] for w in rangorde.waarschuwingen if "ondergrens" in w]
    assert onder not in {p.inschrijving for p in rangorde.plaatsen}
    (brief,) = [
        regel
        for code in ("gunningsbrief", "afwijzingsbrief", "brief_ongeldige_inschrijving")
        for regel in bommelerwaard.list_documenten(code)
        if regel.ontvanger == onder
    ]
    assert "ligt onder de aangekondigde ondergrens van € 34,20" in bommelerwaard.read_tekst(brief)


def test_failed_verificatie_leads_to_a_new_decision_and_a_new_standstill(bommelerwaard):
    eerste, tweede = bommelerwaard.dossier.list_feiten(GunningsbeslissingMeegedeeld)
    assert tweede.percelen == ("2",)
    assert tweede.wijziging
    assert tweede.opschortende_termijn_einde > eerste.opschortende_termijn_einde
    brief = bommelerwaard.read_tekst(bommelerwaard.list_documenten("brief_gewijzigde_gunningsbeslissing")[0])
    assert "maandag 31 augustus 2026" in brief


def test_invalid_and_excluded_bids_are_told_apart(bommelerwaard):
    uitkomsten = [f.uitkomst for f in bommelerwaard.dossier.list_feiten(InschrijvingGetoetst)]
    assert uitkomsten.count("uitgesloten") >= 1
    assert uitkomsten.count("ongeldig") >= 3
    assert len(bommelerwaard.list_documenten("uitsluitingsbrief")) == 1


def test_overeenkomsten_run_for_the_decided_term_and_entrants_end_on_the_same_day(bommelerwaard):
    overeenkomsten = bommelerwaard.dossier.list_feiten(OvereenkomstGesloten)
    assert {o.einde.isoformat() for o in overeenkomsten} == {"2030-12-31"}
    assert {o.herkomst for o in overeenkomsten} == {"gunning", "toetreding"}
    assert {o.perceel for o in overeenkomsten} == set("12345")


def test_inactive_and_disagreeing_providers_leave_and_the_list_knows(bommelerwaard):
    beeindigd = bommelerwaard.dossier.list_feiten(OvereenkomstBeeindigd)
    assert {b.grond for b in beeindigd} == {"inactiviteit", "wijziging_niet_aanvaard", "overdracht"}
    lijst = bommelerwaard.read_tekst(bommelerwaard.list_documenten("aanbiederslijst")[-1])
    weg = {b.nummer for b in beeindigd}
    lopend = [o for o in bommelerwaard.dossier.list_feiten(OvereenkomstGesloten) if o.nummer not in weg]
    assert all(o.aanbieder.naam in lijst for o in lopend)


def test_five_percelen_have_a_cap_per_product_and_open_entry_only_for_named_products(bommelerwaard):
    leidraad = bommelerwaard.read_alle("aanbestedingsleidraad")[-1]
    assert "verdeeld in 5 percelen" in leidraad
    (rij,) = [r for r in leidraad.splitlines() if r.startswith("| 01A01 ")]
    assert rij.rstrip(" |").rpartition("|")[2].strip() == "8"
    (besluit,) = bommelerwaard.read_alle("openstellingsbesluit")
    assert "07A01" in besluit
    assert "45A01" in besluit
    assert "01A01" not in besluit


def test_jggz_goes_to_the_region_during_the_term_and_the_other_percelen_stay(bommelerwaard):
    perceel_4 = [o for o in bommelerwaard.dossier.list_feiten(OvereenkomstGesloten) if o.perceel == "4"]
    beeindigd = {
        b.nummer for b in bommelerwaard.dossier.list_feiten(OvereenkomstBeeindigd) if b.grond == "overdracht"
    }
    brieven = bommelerwaard.list_documenten("bericht_overdracht")
    assert beeindigd == {b.ontvanger for b in brieven} <= {o.nummer for o in perceel_4}
    assert brieven
    tekst = bommelerwaard.read_tekst(brieven[0])
    assert "gaat op 1 januari 2029 over naar de jeugdregio" in tekst
    assert "Uw overeenkomsten voor andere percelen blijven ongewijzigd" in tekst
    vervallen = [
        lijst.partition("Vervallen:")[2].partition("Klopt er iets niet?")[0]
        for lijst in bommelerwaard.read_alle("aanbiederslijst")
    ]
    assert any(all(f"({nummer})" in lijst for nummer in beeindigd) for lijst in vervallen)


def test_extension_is_planned_half_a_year_before_providers_must_know(bommelerwaard):
    (plan,) = bommelerwaard.read_alle("verlengingsplanning")
    assert "30 december 2029" in plan
    assert "30 juni 2030" in plan
    assert "31 december 2032" in plan
    assert "Perceel 4" not in plan


def test_extension_is_carried_out_with_a_letter_to_every_provider_and_the_right_to_decline(bommelerwaard):
    brieven = bommelerwaard.list_documenten("brief_verlenging")
    lopend = list_gesloten(bommelerwaard.dossier, date(2030, 12, 31))
    assert {b.ontvanger for b in brieven} == {o.nummer for o in lopend}
    tekst = bommelerwaard.read_tekst(brieven[0])
    for stuk in (
        "Wij verlengen de overeenkomst met 24 maanden, van 1 januari 2031 tot en met 31 december 2032",
        "Gemeente Maasdriel, op 21 mei 2030",
        "Gemeente Zaltbommel, op 28 mei 2030",
        "uiterlijk op 16 juli 2030",
        "nog 1 keer verlengen",
    ):
        assert stuk in tekst, stuk
    (niet,) = bommelerwaard.list_documenten("bevestiging_einde_zonder_verlenging")
    assert "eindigt op 31 december 2030" in bommelerwaard.read_tekst(niet)
    lijst = bommelerwaard.read_alle("aanbiederslijst")[-1]
    na = list_gesloten(bommelerwaard.dossier, date(2031, 1, 1))
    assert {o.einde for o in na} == {date(2032, 12, 31)}
    assert len(na) == len(lopend) - 1
    assert f"met samen {len(na)} overeenkomsten" in lijst
    assert f"({niet.ontvanger})" in lijst, "als vervallen genoemd"


def test_a_single_case_has_its_own_agreement_with_its_own_demands(bommelerwaard):
    (tekst,) = bommelerwaard.read_alle("maatwerkovereenkomst")
    assert "gebarentaal" in tekst


def test_who_disagrees_with_an_addendum_may_leave_and_did(bommelerwaard):
    assert "kunt u vertrekken op de dag waarop zij ingaat" in bommelerwaard.read_alle("wijzigingsvoorstel")[0]
    assert (
        "Laat de opdrachtnemer op tijd weten dat hij niet instemt" in bommelerwaard.read_alle("addendum")[0]
    )
    weg = [
        b
        for b in bommelerwaard.dossier.list_feiten(OvereenkomstBeeindigd)
        if b.grond == "wijziging_niet_aanvaard"
    ]
    lijsten = bommelerwaard.read_alle("aanbiederslijst")
    assert weg
    assert all(any(f"({b.nummer})" in lijst for lijst in lijsten) for b in weg), "als vervallen genoemd"


def test_inactive_providers_get_notice_and_then_an_end(bommelerwaard):
    aangekondigd = {d.ontvanger for d in bommelerwaard.list_documenten("aankondiging_beeindiging")}
    einden = bommelerwaard.list_documenten("beeindiging_inactiviteit")
    assert einden
    assert {d.ontvanger for d in einden} <= aangekondigd
    assert "leverde in dit perceel" in bommelerwaard.read_tekst(einden[0])


def test_strategy_shows_five_levels_of_purchase_and_seven_questions(bommelerwaard):
    (strategie,) = bommelerwaard.read_alle("inkoopstrategie")
    for niveau in ("Landelijk:", "Bovenregionaal:", "Regionaal:", "Lokaal:"):
        assert niveau in strategie, niveau
    for vraag in bommelerwaard.dossier.aanbesteding.navragen:
        assert vraag.vraag in strategie


def test_addendum_goes_to_every_provider_of_the_perceel(bommelerwaard):
    addenda = {regel.ontvanger for regel in bommelerwaard.list_documenten("addendum")}
    perceel_3 = [o for o in bommelerwaard.dossier.list_feiten(OvereenkomstGesloten) if o.perceel == "3"]
    assert len(addenda) == len(perceel_3)


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice ontbreekt (pakket libreoffice-writer-nogui)"
)
def test_a_document_of_every_fase_opens_in_libreoffice_and_prints_its_title(bommelerwaard, tmp_path):
    wortel = bommelerwaard.app.bestanden.folder(bommelerwaard.verhaal.dossier)
    proef = {
        "consultatieverslag": "Verslag marktconsultatie",
        "aanbestedingsleidraad": "Aanbestedingsleidraad",
        "beoordelingsrapport": "Beoordelingsrapport",
        "gunningsbrief": "Gunningsbeslissing",
        "toelatingsbesluit": "toegelaten",
    }
    paden = [wortel / bommelerwaard.list_documenten(code)[-1].pad for code in proef]
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profiel",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            *map(str, paden),
        ],
        capture_output=True,
        check=True,
        timeout=240,
    )
    for pad, titel in zip(paden, proef.values(), strict=True):
        tekst = subprocess.run(
            ["pdftotext", str(tmp_path / f"{pad.stem}.pdf"), "-"], capture_output=True, text=True, check=True
        ).stdout
        assert titel in tekst, pad.name
        assert "pagina 1 van" in tekst, pad.name


def hash_map(map_: Path) -> dict[str, str]:
    """Hash of every file below a folder."""
    return {
        pad.relative_to(map_).as_posix(): hashlib.sha256(pad.read_bytes()).hexdigest()
        for pad in sorted(map_.rglob("*.docx"))
    }


def run_demo(map_: Path, cwd: Path, sterf_bij: str = "") -> subprocess.CompletedProcess[str]:
    """Run the demo command as a user does, in another directory, with a home that it must not touch."""
    return subprocess.run(
        [sys.executable, "-m", "aanbesteding", "demo", "bommelerwaard", "--map", str(map_)],
        env=os.environ | {"AANBESTEDING_HOME": str(cwd / "elders"), "AANBESTEDING_STERF_BIJ": sterf_bij},
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=500,
    )


@pytest.mark.prefect
@pytest.mark.crash
def test_demo_killed_halfway_goes_on_and_ends_with_the_same_documents(bommelerwaard, tmp_path):
    for sterf_bij in ("document-na-schrijven:90", "handeling-na-vastleggen:40"):
        gedood = run_demo(tmp_path / "demo", tmp_path, sterf_bij)
        assert gedood.returncode == -signal.SIGKILL, gedood.stderr[-2000:]
    uitvoer = run_demo(tmp_path / "demo", tmp_path)
    assert uitvoer.returncode == 0, uitvoer.stderr[-2000:]
    assert hash_map(tmp_path / "demo" / "documenten") == hash_map(bommelerwaard.map / "documenten")
    assert not list((tmp_path / "demo").rglob("*.deel"))
    overzicht = save_overzicht(bommelerwaard.app, "BW-2027", bommelerwaard.verhaal, bommelerwaard.map)
    assert (tmp_path / "demo" / "overzicht.html").read_bytes() == overzicht.read_bytes()


@pytest.mark.prefect
def test_demo_command_through_prefect_gives_the_same_documents_byte_for_byte(bommelerwaard, tmp_path):
    uitvoer = run_demo(tmp_path / "demo", tmp_path)
    assert uitvoer.returncode == 0, uitvoer.stderr[-2000:]
    assert "overzicht.html" in uitvoer.stdout
    assert hash_map(tmp_path / "demo" / "documenten") == hash_map(bommelerwaard.map / "documenten")
    assert not (tmp_path / "elders").exists()
    overzicht = (tmp_path / "demo" / "overzicht.html").read_text(encoding="utf-8")
    links = re.findall(r'href="(documenten/[^"]+)"', overzicht)
    assert len(links) == len(hash_map(tmp_path / "demo" / "documenten"))
    assert all((tmp_path / "demo" / link).is_file() for link in links)
    lijst = subprocess.run(
        [sys.executable, "-m", "aanbesteding", "documenten", bommelerwaard.verhaal.dossier, "--json"],
        env=os.environ | {"AANBESTEDING_HOME": str(tmp_path / "demo")},
        capture_output=True,
        text=True,
    )
    assert lijst.returncode == 0, lijst.stderr
    assert all(Path(regel["pad"]).is_file() for regel in json.loads(lijst.stdout))

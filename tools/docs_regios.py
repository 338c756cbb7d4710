"""The page docs/regios.md: every statement of a region's source text, where it is in the data and where it shows.

Where a statement shows is laid down in PLAATSEN, by the path of the statement; tests check that every act, rule and
document named there exists and that what should stand in the consultation document does. A statement without a
place is told as such: nothing is dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from aanbesteding.domain.aanbesteding import Aanbesteding, Perceel
from aanbesteding.domain.consultatie import Blok, Stakeholdergroep, Thema
from aanbesteding.domain.gegeven import Gegeven, Navraag, Punt, Stand, Stelling
from aanbesteding.domain.perceelkader import (
    Aanbiedersbeleid,
    Looptijd,
    Minimumcapaciteit,
    Toewijzing,
    Uitloop,
)
from aanbesteding.domain.programma import (
    Bestuursbesluit,
    Inkoopniveau,
    Marktgroep,
    Participatie,
    Scope,
    Traject,
    Zorgvorm,
)
from aanbesteding.domain.regio import Gemeente, Orgaan, Rechtsgang, Regio
from aanbesteding.regio import find_aanbestedingen, list_regios, load_aanbesteding, load_regio, regio_mappen
from docs_regiovermeld import show_waarom

REGELNUMMER = re.compile(r"L([0-9]+)")
STANDEN = {
    Stand.BESLOTEN: "besloten",
    Stand.VOORNEMEN: "voornemen",
    Stand.BANDBREEDTE: "bandbreedte",
    Stand.OPEN: "open",
    Stand.BUITEN_SCOPE: "buiten de inkoop",
    Stand.ALLEEN_INVOER: "alleen invoer",
}
SCOPES = {Scope.BINNEN: "binnen", Scope.BUITEN: "buiten de inkoop", Scope.ALLEEN_INVOER: "alleen invoer"}

CONSULTATIE = "document:marktconsultatiedocument"
LEIDRAAD = "document:aanbestedingsleidraad"
STRATEGIE = "document:inkoopstrategie"
OVEREENKOMST = "document:conceptovereenkomst"
PLAATSEN: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"gemeenten\..*", ("handeling:beleidskader_vaststellen", "regel:beleidskader-ontbreekt", CONSULTATIE)),
    (r"rechtsgang", ("document:gunningsbrief", "document:afwijzingsbrief")),
    (r"bron_gemeenten", ("regel:beleidskader-ontbreekt", "regel:volmacht-ontbreekt", CONSULTATIE)),
    (r"ingang", (CONSULTATIE, "handeling:planning_vaststellen")),
    (
        r"uitgangspunten\..*",
        (CONSULTATIE, LEIDRAAD, "handeling:herleiding_vaststellen", "document:herleiding", OVEREENKOMST),
    ),
    (r"doelen\..*", (CONSULTATIE, "document:collegevoorstel_strategie", LEIDRAAD)),
    (r"percelen\.[^.]+", (CONSULTATIE, LEIDRAAD, "handeling:perceel_uitwerken")),
    (r"percelen\.[^.]+\.ambities\..*", (CONSULTATIE, LEIDRAAD, "document:programma_van_eisen")),
    (r"percelen\.[^.]+\.aandeel_.*", (CONSULTATIE, LEIDRAAD, "regel:aandelen-tellen-niet-op")),
    (r"percelen\.[^.]+\.uitvoeringsvariant", (CONSULTATIE, LEIDRAAD, "document:programma_van_eisen")),
    (
        r"percelen\.[^.]+\.overdraagbaar",
        (LEIDRAAD, OVEREENKOMST, "handeling:perceel_overdragen", "document:bericht_overdracht"),
    ),
    (r"punten\..*", (CONSULTATIE, "handeling:punt_beslissen", "regel:punt-nog-open", LEIDRAAD)),
    (
        r"consultatie\.groepen\..*",
        ("regel:stakeholdergroep-zonder-partij", "document:uitnodiging", CONSULTATIE),
    ),
    (r"consultatie\.(themas|blokken)\..*", ("document:vragenlijst", "document:consultatieverslag")),
    (r"consultatie\.bron_schaal", ("regel:score-buiten-schaal", "document:vragenlijst")),
    (r"consultatie\.uitdagingen\..*", (CONSULTATIE,)),
    (r"besluiten\.[^.]+", ("handeling:beleidskader_vaststellen", STRATEGIE)),
    (
        r"besluiten\.[^.]+\.toevoegingen\..*",
        ("handeling:beleidskader_vaststellen", "document:collegevoorstel_strategie"),
    ),
    (r"kaders\.oud_aanbestedingsrecht", ("procedure:b_diensten", STRATEGIE)),
    (
        r"participatie\..*",
        ("handeling:participatie_vaststellen", "regel:participatie-nog-open", "document:participatieplan"),
    ),
    (r"zorgvormen\.[^.]+", (STRATEGIE,)),
    (
        r"zorgvormen\.[^.]+\.bekostiging",
        ("handeling:punt_beslissen", "regel:bekostiging-nog-open", STRATEGIE, OVEREENKOMST),
    ),
    (
        r"percelen\.[^.]+\.ingang",
        ("handeling:punt_beslissen", "regel:ingang-buiten-bandbreedte", LEIDRAAD, OVEREENKOMST),
    ),
    (
        r"markt\..*",
        ("handeling:lopende_overeenkomsten_registreren", "document:brief_lopende_overeenkomst", STRATEGIE),
    ),
    (r"percelen\.[^.]+\.aanbieders", ("regel:aanbiedersbeleid-niet-gevolgd", STRATEGIE)),
    (r"(kpis|innovatiethemas)\..*", (OVEREENKOMST, STRATEGIE)),
    (r"percelen\.[^.]+\.looptijd", (CONSULTATIE, "handeling:punt_beslissen", LEIDRAAD, OVEREENKOMST)),
    (
        r"percelen\.[^.]+\.minimumcapaciteit(\.gezamenlijk)?",
        (
            CONSULTATIE,
            "regel:minimumcapaciteit-ontbreekt",
            "regel:minimum-anders-dan-besloten",
            "document:gunningsbrief",
        ),
    ),
    (
        r"percelen\.[^.]+\.uitloop",
        (CONSULTATIE, LEIDRAAD, "regel:overgang-na-uitloop", "document:brief_lopende_trajecten"),
    ),
    (
        r"toewijzing(\..*)?",
        (CONSULTATIE, "regel:verdeling-niet-uitvoerbaar", LEIDRAAD, "document:beoordelingsrapport"),
    ),
    (r"percelen\.[^.]+\.regels\..*", (CONSULTATIE,)),
    (
        r"consultatie\.vormen\.(online_ontmoetingen|informatiebijeenkomsten)",
        (CONSULTATIE, "handeling:bijeenkomst_vastleggen", "document:bijeenkomstverslag"),
    ),
    (
        r"consultatie\.vormen\.veelgestelde_vragen",
        (CONSULTATIE, "handeling:marktvragen_publiceren", "document:veelgestelde_vragen"),
    ),
    (r"stukken\.presentaties", ("document:bijeenkomstverslag", "document:consultatieverslag")),
    (r"stukken\.veelgestelde_vragen", ("document:veelgestelde_vragen",)),
    (r"stukken\.inkoopdocumenten", (LEIDRAAD, "document:programma_van_eisen")),
    (r"planning\.per_procedure", ("handeling:planning_vaststellen", LEIDRAAD)),
    (r"percelen\.[^.]+\.(looptijd|minimumcapaciteit|uitloop|regels\..*)", (CONSULTATIE,)),
    (r"toewijzing", (CONSULTATIE,)),
    (r"consultatie\.vormen\..*", (CONSULTATIE,)),
    (r"(organen|planning|niveaus|kaders|gegevens|stukken)\..*", (STRATEGIE,)),
)
"""Path of a statement, as a regular expression on the whole path, and where such a statement shows."""

UITGEVOERD: dict[str, dict[str, tuple[str, ...]]] = {
    "bommelerwaard": {
        "percelen_vijf": (LEIDRAAD,),
        "jggz_overdraagbaar": ("handeling:perceel_overdragen", "document:bericht_overdracht", OVEREENKOMST),
        "uniform": ("document:conceptovereenkomst",),
        "maximum_per_product": ("handeling:perceel_uitwerken", LEIDRAAD),
        "eisen_per_product": ("handeling:perceel_uitwerken", "document:programma_van_eisen"),
        "gerichte_openstelling": ("handeling:openstelling_besluiten", "document:openstellingsbesluit"),
        "geen_doorlopende_inschrijving": ("regel:ronde-niet-open",),
        "einde_bij_inactiviteit": ("handeling:overeenkomst_beeindigen", "document:beeindiging_inactiviteit"),
        "maatwerkovereenkomst": ("handeling:maatwerkovereenkomst_sluiten", "document:maatwerkovereenkomst"),
        "reele_tarieven": ("regel:kostprijselementen-onvolledig", "document:tariefonderbouwing"),
        "allen_gehoord": ("handeling:wijziging_voorstellen", "regel:niet-iedereen-geraadpleegd"),
        "addendum_voor_allen": ("handeling:wijziging_vaststellen", "document:addendum"),
        "ontbinden_bij_oneens": ("handeling:uittreding_registreren", "document:wijzigingsvoorstel"),
        "geen_wezenlijke_wijziging": ("regel:wezenlijke-wijziging",),
        "bibob_voorbehoud": ("regel:bibob-niet-geregeld", "handeling:bibob_afronden", LEIDRAAD),
        "doelen_sturen_criteria": ("handeling:perceel_uitwerken", LEIDRAAD),
        "aparte_overeenkomst": ("handeling:overeenkomsten_sluiten", "document:overeenkomst"),
        "gezamenlijk_moment": ("handeling:consultatie_openen", "document:uitnodiging"),
        "backoffice_vroeg": ("regel:stakeholdergroep-zonder-partij", "document:vragenlijst"),
        "administratieprotocol": ("document:programma_van_eisen", OVEREENKOMST),
        "eisen_maatwerk_en_pgb": ("handeling:maatwerkovereenkomst_sluiten", "document:maatwerkovereenkomst"),
        "ontwikkeltafels": ("handeling:wijziging_voorstellen", "document:wijzigingsvoorstel", OVEREENKOMST),
        "toezicht_en_handhaving": (OVEREENKOMST,),
        "taken_contractmanagement": (OVEREENKOMST,),
        "contractstandaarden": (OVEREENKOMST,),
        "pilots": (OVEREENKOMST,),
        "wat_kan_wijzigen": ("handeling:wijziging_voorstellen", OVEREENKOMST),
        "langdurig": ("handeling:punt_beslissen", "handeling:verlenging_besluiten", LEIDRAAD),
    },
    "regio-alkmaar": {
        "klassieke_aanbesteding": ("procedure:b_diensten", "document:programma_van_eisen", LEIDRAAD),
        "nieuwkomers_uitnodigen": (
            "handeling:nieuwe_aanbieders_aanschrijven",
            "document:brief_nieuwe_aanbieder",
        ),
        "ervaringen_meenemen": ("handeling:perceel_uitwerken", LEIDRAAD),
        "vernieuwing_voorgeschreven": ("handeling:perceel_uitwerken", "document:programma_van_eisen"),
        "toets_op_realisme": ("document:vragenlijst", "document:consultatieverslag"),
        "continuiteit": (
            "document:programma_van_eisen",
            "document:brief_lopende_trajecten",
            "document:brief_voortzetting",
        ),
        "pgb_als_optie": ("document:brief_lopende_trajecten", "document:brief_voortzetting"),
        "keuze_pgb_of_natura": ("document:informatiebrief_raden", "document:basisovereenkomst"),
        "resultaat_met_client": ("document:informatiebrief_raden", "document:basisovereenkomst"),
        "kleine_aanbieders_apart": ("handeling:lichte_route_vaststellen", "document:brief_kleine_aanbieder"),
        "twee_strategieen": ("document:informatiebrief_raden", "document:procesovereenkomst"),
        "informatie_raden": ("handeling:raden_informeren", "document:informatiebrief_raden"),
        "bestuurlijk_aanbesteden": ("procedure:bestuurlijk", "document:bekendmaking_overleg"),
        "doorlopend_overleg": ("handeling:overlegtafel_uitschrijven", "document:verslag_overlegtafel"),
        "bijsturen": ("handeling:bijlage_vaststellen", "regel:bijsturing-buiten-grens"),
        "naar_resultaat": ("document:bijlage_basisovereenkomst",),
        "overlegtafels": ("handeling:overleg_inrichten", "document:uitnodiging_overlegtafel"),
        "procesovereenkomst": ("handeling:procesovereenkomsten_sluiten", "document:procesovereenkomst"),
        "basisovereenkomst": ("document:conceptbasisovereenkomst", "document:bijlage_basisovereenkomst"),
        "kpis.verloop_traject": ("handeling:perceel_uitwerken", "document:programma_van_eisen"),
        "kpis.dienstverlening": ("handeling:perceel_uitwerken", "document:programma_van_eisen"),
        "kpis.tevredenheid": ("document:programma_van_eisen", "document:basisovereenkomst"),
        "trajecten.jeugd": ("document:informatiebrief_raden",),
        "trajecten.kleine_aanbieders": (
            "handeling:lichte_route_vaststellen",
            "document:brief_kleine_aanbieder",
        ),
        "stukken.programmas_van_eisen": ("document:programma_van_eisen",),
        "stukken.informatiebrief": ("document:informatiebrief_raden",),
        "consultatie.vormen.invoer_eisen": ("document:vragenlijst", "document:consultatieverslag"),
        "consultatie.vormen.overleg": (
            "handeling:overlegtafel_uitschrijven",
            "document:uitnodiging_overlegtafel",
        ),
        "consultatie.vormen.bestuurlijk_overleg": ("document:informatiebrief_raden",),
        "organen.raden": ("document:informatiebrief_raden",),
        "bekostiging_mengvorm": ("document:programma_van_eisen",),
        "organen.directieteam": ("document:procesovereenkomst",),
        "organen.contractmanagement": ("document:procesovereenkomst",),
        "organen.werkgroep_communicatie": ("document:procesovereenkomst",),
    },
    "westfriesland": {
        "strategie_bevat_keuzes": ("handeling:punt_beslissen", "regel:punt-nog-open", STRATEGIE),
        "couleur_locale": ("handeling:lokale_afwijking_vastleggen", STRATEGIE, OVEREENKOMST),
        "uitgangspunten_overnemen": (OVEREENKOMST, "document:herleiding"),
        "zorgvuldige_participatie": ("handeling:participatie_vaststellen", "document:participatieplan"),
        "gegevens_voorwaarde": (OVEREENKOMST,),
        "rgw_meenemen": ("handeling:punt_beslissen", LEIDRAAD),
        "passende_zorg_binnen_inkoop": ("handeling:perceel_uitwerken", "document:programma_van_eisen"),
    },
    "zuid-holland-zuid": {
        "per_segment": ("regel:aanbiedersbeleid-niet-gevolgd", STRATEGIE, LEIDRAAD),
        "onderaannemers": ("handeling:samenwerking_registreren", "document:samenwerkingsregister"),
        "coalities": ("regel:lid-in-twee-coalities", "document:samenwerkingsregister"),
        "gegevens_leveren": ("handeling:prestaties_registreren", OVEREENKOMST),
        "harmoniseren": ("document:prestatieverslag",),
        "huiswerkbegeleiding": (STRATEGIE,),
        "bewezen_effect": ("handeling:perceel_uitwerken", LEIDRAAD),
        "te_weinig_gezinnen": ("document:brief_lopende_overeenkomst",),
        "keuzevrijheid": ("handeling:perceel_uitwerken", "document:programma_van_eisen"),
        "thuis_tenzij": ("handeling:perceel_uitwerken", LEIDRAAD),
        "regie_wijkteam": ("handeling:perceel_uitwerken", "document:programma_van_eisen"),
        "integraal_plan": ("handeling:perceel_uitwerken", "document:programma_van_eisen"),
        "standaarden": ("handeling:perceel_uitwerken", "document:programma_van_eisen"),
        "wnt_verklaring": ("document:wnt_verklaring", OVEREENKOMST),
        "winst": ("handeling:punt_beslissen", OVEREENKOMST),
        "duidelijke_opdracht": (STRATEGIE, OVEREENKOMST),
        "gegevens.wnt": ("document:wnt_verklaring", OVEREENKOMST),
    },
    "hart-van-brabant": {
        "organen.gemeenten": ("handeling:beleidskader_vaststellen", "regel:beleidskader-ontbreekt"),
        "besluiten.uitgangspunten": ("handeling:beleidskader_vaststellen", "regel:beleidskader-ontbreekt"),
        "meer_procedures": ("handeling:planning_vaststellen", LEIDRAAD),
        "regionaal": ("handeling:volmacht_vastleggen", LEIDRAAD, "document:overeenkomst"),
        "uniforme_toegang": (OVEREENKOMST, "document:overeenkomst"),
        "begeleiding_of_behandeling": ("handeling:perceel_uitwerken", "document:programma_van_eisen"),
        "percelen.1.regels.samen_alle_zorg": (CONSULTATIE, OVEREENKOMST, "document:overeenkomst"),
        "percelen.1.regels.toegang_bepaalt": (CONSULTATIE, OVEREENKOMST, "document:overeenkomst"),
        "percelen.1.regels.een_definitie": (CONSULTATIE, "handeling:punt_beslissen", LEIDRAAD),
        "percelen.1.regels.bewezen": (CONSULTATIE, "handeling:perceel_uitwerken", LEIDRAAD),
        "percelen.2.regels.toegang_coordineert": (CONSULTATIE, OVEREENKOMST, "document:overeenkomst"),
        "percelen.2.regels.ineens_goed": (CONSULTATIE, OVEREENKOMST, "document:overeenkomst"),
        "percelen.2.regels.flexibele_capaciteit": (
            CONSULTATIE,
            "handeling:openstelling_besluiten",
            "document:openstellingsbesluit",
        ),
        "percelen.3.regels.ontlasten_als_laatste": (CONSULTATIE, OVEREENKOMST, "document:overeenkomst"),
        "niet_kort_enkelvoudig": ("document:overeenkomst",),
        "alle_vragen": ("handeling:perceel_uitwerken", LEIDRAAD, "document:overeenkomst"),
        "groot_en_klein": ("handeling:perceel_uitwerken", LEIDRAAD, "document:overeenkomst"),
        "onderaanneming": (OVEREENKOMST, "document:overeenkomst"),
        "zonder_beschikking": (OVEREENKOMST, "document:overeenkomst"),
        "toegang_en_plan": (OVEREENKOMST, "document:overeenkomst"),
        "ervaringen": ("document:overeenkomst",),
        "niet_deelnemers": ("regel:volmacht-past-niet", LEIDRAAD),
        "lumpsum": (LEIDRAAD, OVEREENKOMST, "document:overeenkomst"),
        "weer_thuis": ("handeling:perceel_uitwerken", "document:programma_van_eisen", OVEREENKOMST),
        "spreiding": ("handeling:perceel_uitwerken", LEIDRAAD),
        "gegevens.segmenten": (LEIDRAAD,),
        "gegevens.gebieden": (LEIDRAAD, "regel:verdeling-niet-uitvoerbaar", "document:overeenkomst"),
        "pxq": (LEIDRAAD, OVEREENKOMST, "document:tariefonderbouwing"),
        "alleen_67": (LEIDRAAD, "document:programma_van_eisen"),
        "toeleiden": ("handeling:perceel_uitwerken", "document:programma_van_eisen", LEIDRAAD),
        "werkbedrijf_en_zorg": ("handeling:perceel_uitwerken", LEIDRAAD),
        "doelen_gelijk": (OVEREENKOMST, "document:overeenkomst"),
    },
}
"""What a region's text says and the engine carries out: a rule by its code, anything else by its whole path."""

VASTE_STANDEN = (Stand.BESLOTEN, Stand.BANDBREEDTE)


@dataclass(frozen=True)
class Rij:
    """One statement: where it stands in the text, what it says, how firm, its place in the data, where it shows."""

    bron: str
    wat: str
    stand: str
    pad: str
    werkt_door: str
    plaatsen: tuple[str, ...]

    @property
    def eerste_regel(self) -> int:
        """First line of the source text; statements from elsewhere come last."""
        gevonden = REGELNUMMER.search(self.bron) if self.bron.startswith("L") else None
        return int(gevonden[1]) if gevonden else 1_000_000


# --- what a statement says --------------------------------------------------------------------------------


def _show_gegeven(g: Gegeven) -> str:
    waarde = f"{g.getal} {g.eenheid}".strip() if g.getal is not None else g.tekst or "nog open"
    keuzes = f"; keuze uit {', '.join(g.keuzes)}" if g.keuzes else ""
    toelichting = f" ({g.toelichting.rstrip('.')})" if g.toelichting else ""
    return f"{g.naam}: {waarde}{keuzes}{toelichting}"


def _show_beleid(a: Aanbiedersbeleid) -> str:
    return f"Aantal aanbieders: {a.aantal or a.omvang.value}. {a.toelichting}".strip()


def _show_capaciteit(m: Minimumcapaciteit) -> str:
    samen = "open" if m.gezamenlijk.stand is Stand.OPEN else m.gezamenlijk.tekst
    return f"Minimumcapaciteit: {m.aantal} {m.eenheid}; samen te halen: {samen}"


def _show_besluit(b: Bestuursbesluit) -> str:
    wie = f" van {', '.join(b.gemeenten)}" if b.gemeenten else ""
    wanneer = f" ({b.datum:%d-%m-%Y})" if b.datum else ""
    return f"Besluit van {b.orgaan}{wie}: {b.onderwerp}{wanneer}"


def _show_traject(t: Traject) -> str:
    wie = f" ({t.uitvoerder})" if t.uitvoerder else ""
    return f"Traject {t.naam}{wie}: {t.verband}{'; op hetzelfde moment aan te bieden' if t.tegelijk else ''}"


def _show_markt(m: Marktgroep) -> str:
    delen = [_show_gegeven(g) for g in (m.aanbieders, m.clienten, m.uitgaven) if g]
    return f"{m.naam}: {'; '.join(delen)}"


def _show_participatie(p: Participatie) -> str:
    over = f"perceel {', '.join(p.percelen)}" if p.percelen else "alle percelen"
    return f"Participatie over {over}: {', '.join(p.groepen)}; {_show_gegeven(p.vorm)}"


WOORDEN: dict[type[BaseModel], Callable[[Any], str]] = {
    Gegeven: _show_gegeven,
    Stelling: lambda s: f"{s.groep}: {s.tekst}" if s.groep else s.tekst,
    Punt: lambda p: f"{p.vraag} {p.tekst}",
    Perceel: lambda p: (
        f"{p.naam}. {p.omschrijving}" + (f" ({', '.join(p.gemeenten)})" if p.gemeenten else "")
    ),
    Zorgvorm: lambda z: f"{z.naam} ({z.wet})" + (f". {z.toelichting}" if z.toelichting else ""),
    Bestuursbesluit: _show_besluit,
    Traject: _show_traject,
    Inkoopniveau: lambda n: (
        f"{n.niveau.capitalize()}: {n.tekst}" + (f" ({n.samenwerking})" if n.samenwerking else "")
    ),
    Marktgroep: _show_markt,
    Participatie: _show_participatie,
    Looptijd: lambda x: f"Looptijd: {x.show()}",
    Aanbiedersbeleid: _show_beleid,
    Minimumcapaciteit: _show_capaciteit,
    Uitloop: lambda u: (
        f"Uitloop van lopende hulp: einde van de verwijzing of {u.uiterlijk:%d-%m-%Y}; de vroegste telt"
    ),
    Toewijzing: lambda t: (
        f"Toewijzing: {t.per_perceel} per gebied, samenwerkingsverband "
        f"{'toegestaan' if t.samenwerkingsverband else 'niet toegestaan'}; maximum en volgorde open"
    ),
    Stakeholdergroep: lambda g: f"Stakeholdergroep: {g.naam}",
    Blok: lambda b: f"Vragenblok: {b.titel}",
    Thema: lambda t: f"Thema: {t.titel}. {t.advies}",
    Gemeente: lambda g: f"Gemeente {g.naam}" + ("" if g.naam_uit_bron else " (neutrale aanduiding)"),
    Orgaan: lambda o: f"{o.naam}: {o.taak}",
    Rechtsgang: lambda r: f"Bevoegde rechter: {r.rechtbank}",
}
"""How to say each kind of statement in a table. Questions have a list of their own."""


def _show_stand(model: BaseModel) -> str:
    if isinstance(model, Zorgvorm):
        return SCOPES[model.scope]
    stand = getattr(model, "stand", None)
    return STANDEN[stand] if isinstance(stand, Stand) else ""


# --- walking ----------------------------------------------------------------------------------------------


def walk_rijen(model: BaseModel, regio: str, pad: str = "") -> Iterator[Rij]:
    """Every statement inside a model, outermost first."""
    if pad and type(model) in WOORDEN:
        yield Rij(
            bron=str(getattr(model, "bron", "")),
            wat=WOORDEN[type(model)](model),
            stand=_show_stand(model),
            pad=pad,
            werkt_door=", ".join(getattr(model, "werkt_door_in", ())),
            plaatsen=list_plaatsen(model, regio, pad),
        )
    if isinstance(model, Marktgroep | Participatie):
        return
    for naam in type(model).model_fields:
        waarde: object = getattr(model, naam)
        delen = waarde if isinstance(waarde, tuple) else (waarde,)
        for nummer, deel in enumerate(delen, start=1):
            if isinstance(deel, BaseModel) and not isinstance(deel, Navraag):
                sleutel = getattr(deel, "code", None) or getattr(deel, "nummer", None) or nummer
                stap = f"{naam}.{sleutel}" if isinstance(waarde, tuple) else naam
                yield from walk_rijen(deel, regio, f"{pad}.{stap}" if pad else stap)


def list_plaatsen(model: BaseModel, regio: str, pad: str) -> tuple[str, ...]:
    """Where a statement shows; empty when the engine does nothing with it yet."""
    if "." in pad and pad in UITGEVOERD.get(regio, {}):
        return UITGEVOERD[regio][pad]
    if isinstance(model, Gegeven) and pad.startswith("gegevens.") and _is_omvang(model):
        return (CONSULTATIE, STRATEGIE)
    if pad.startswith("regels."):
        elders = UITGEVOERD.get(regio, {}).get(pad.partition(".")[2], ())
        return (*elders, STRATEGIE) if STRATEGIE not in elders else elders
    if isinstance(model, Bestuursbesluit) and not model.gemeenten:
        return (STRATEGIE,)
    if isinstance(model, Traject):
        return (("regel:traject-niet-tegelijk-aangeboden",) if model.tegelijk else ()) + (STRATEGIE,)
    return next((plaatsen for patroon, plaatsen in PLAATSEN if re.fullmatch(patroon, pad)), ())


def _is_omvang(gegeven: Gegeven) -> bool:
    """Whether the consultation shows this figure: a fixed number that is no calendar year."""
    jaartal = gegeven.eenheid in ("jaar", "jaartal")
    return gegeven.getal is not None and gegeven.stand in VASTE_STANDEN and not jaartal


def list_rijen(regio: Regio, aanbesteding: Aanbesteding | None = None) -> tuple[Rij, ...]:
    """The statements of a region's own file, or of one purchase, in the order of the source text."""
    rijen = list(walk_rijen(aanbesteding or regio, regio.code))
    if aanbesteding and aanbesteding.gemeenten:
        namen = ", ".join(regio.load_gemeente(code).naam for code in aanbesteding.gemeenten)
        plaatsen = list_plaatsen(aanbesteding, regio.code, "bron_gemeenten")
        rijen.append(Rij(aanbesteding.bron_gemeenten, f"Deelnemers: {namen}", "", "gemeenten", "", plaatsen))
    return tuple(sorted(rijen, key=lambda rij: rij.eerste_regel))


@cache
def load_regios() -> tuple[tuple[Regio, tuple[Aanbesteding, ...]], ...]:
    """Every region of the product with its purchases."""
    mappen = regio_mappen()
    return tuple(
        (load_regio(pad.name, mappen)[0], tuple(load_aanbesteding(b) for b in find_aanbestedingen(pad)))
        for pad in list_regios(mappen)
    )


# --- the page ---------------------------------------------------------------------------------------------

NOG_NIET = "**nog niet**: alleen in de gegevens"
STUUREND = re.compile(r"(percelen\.[^.]+\.)?(regels\..*|looptijd|minimumcapaciteit|uitloop)|toewijzing")
VRAAGT_IETS = ("besloten", "voornemen", "binnen een bandbreedte", "bandbreedte", "")


def is_vermeld(rij: Rij) -> bool:
    """Whether a rule that asks something is only told in a strategy or consultation, and not carried out."""
    return (
        STUUREND.fullmatch(rij.pad) is not None
        and rij.stand in VRAAGT_IETS
        and bool(rij.plaatsen)
        and set(rij.plaatsen) <= {STRATEGIE, CONSULTATIE}
    )


def _cel(tekst: str) -> str:
    kaal = " ".join(tekst.split())
    for teken in ("\\", "|", "<", "*"):
        kaal = kaal.replace(teken, f"\\{teken}")
    return kaal


def _show_plaatsen(rij: Rij, regio: str) -> str:
    delen = [f"{soort} `{code}`" for soort, _, code in (p.partition(":") for p in rij.plaatsen)]
    waarom = f"; {show_waarom(regio, rij.pad.partition('.')[2])}" if is_vermeld(rij) else ""
    return f"{', '.join(delen)}{waarom}" if delen else NOG_NIET


def _tabel(rijen: tuple[Rij, ...], regio: str) -> Iterator[str]:
    yield "| Bron | Wat | Hoe vast | In de gegevens | Moet doorwerken in | Waar te zien |"
    yield "|---|---|---|---|---|---|"
    for rij in rijen:
        cellen = (
            _cel(rij.bron),
            _cel(rij.wat),
            rij.stand,
            f"`{rij.pad}`",
            _cel(rij.werkt_door),
            _show_plaatsen(rij, regio),
        )
        yield f"| {' | '.join(cellen)} |"
    yield ""


def _matrix(regio: Regio, aanbestedingen: tuple[Aanbesteding, ...]) -> Iterator[str]:
    """Which municipality takes part in which purchase."""
    yield f"| Gemeente | {' | '.join(a.titel for a in aanbestedingen)} |"
    yield f"|{'---|' * (len(aanbestedingen) + 1)}"
    for gemeente in regio.gemeenten:
        vakjes = ("ja" if not a.gemeenten or gemeente.code in a.gemeenten else "nee" for a in aanbestedingen)
        yield f"| {gemeente.naam} | {' | '.join(vakjes)} |"
    yield ""


def _aanbesteding(regio: Regio, a: Aanbesteding) -> Iterator[str]:
    rijen = list_rijen(regio, a)
    nog_niet = sum(not rij.plaatsen for rij in rijen)
    yield f"### {a.titel} (`{regio.code}/{a.code}.toml`)"
    yield ""
    yield (
        f"Brontekst: {a.brontitel}. {len(rijen)} stellingen, waarvan {nog_niet} alleen in de gegevens staan en "
        f"{sum(map(is_vermeld, rijen))} alleen worden vermeld."
    )
    yield ""
    yield from _tabel(rijen, regio.code)
    if a.navragen:
        yield "Vragen aan de regio:"
        yield ""
        yield from (
            f"- {n.vraag} {n.aanleiding} ({n.soort}; {n.bron}; `navragen.{n.code}`)" for n in a.navragen
        )
        yield ""


def build_regios(kop: str) -> str:
    """The whole page."""
    regels = [
        kop,
        "# Regio's",
        "",
        "Per regio elke stelling van de brontekst die de inkoop stuurt: de regel (L...) waar zij staat, wat zij zegt, "
        "hoe vast dat is, waar zij in de gegevens staat, waarin zij moet doorwerken en waar zij te zien is. Wat "
        "nergens te zien is, heet **nog niet**. Wat een strategie of consultatie wel vertelt, maar wat geen "
        "handeling, regel of bindend stuk uitvoert, heet **alleen vermeld**, met de reden. Twijfel en leemten zijn "
        "vragen; zij staan ook in de inkoopstrategie.",
        "",
        "| Regio | Gemeenten | Aanbestedingen | Stellingen | Alleen vermeld | Nog niet | Vragen |",
        "|---|---|---|---|---|---|---|",
    ]
    for regio, aanbestedingen in load_regios():
        rijen = [rij for a in (None, *aanbestedingen) for rij in list_rijen(regio, a)]
        nog_niet = sum(not rij.plaatsen for rij in rijen)
        vragen = sum(len(a.navragen) for a in aanbestedingen)
        regels.append(
            f"| {regio.naam} | {len(regio.gemeenten)} | {len(aanbestedingen)} | {len(rijen)} | "
            f"{sum(map(is_vermeld, rijen))} | {nog_niet} | {vragen} |"
        )
    regels.append("")
    for regio, aanbestedingen in load_regios():
        regels += [f"## {regio.naam}", "", *_matrix(regio, aanbestedingen)]
        regels += [
            f"### De regio zelf (`{regio.code}/regio.toml`)",
            "",
            *_tabel(list_rijen(regio), regio.code),
        ]
        for a in aanbestedingen:
            regels += _aanbesteding(regio, a)
    return "\n".join(regels)

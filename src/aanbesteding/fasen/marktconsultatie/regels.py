"""Rules of the market consultation: when it may open, which reactions count, when its report may stand.

Whether rows of a workbook fit is judged by the same functions (controle.py), so a form and a file are
refused for the same reasons. What is recorded stands in besluiten.py.

Grondslag: no article regulates market consultations. Equal treatment and transparency bind (FEITEN 1.3), a
period must be proportional (Aw 2012 art. 1.10 lid 2, Gids Proportionaliteit voorschrift 3.6; FEITEN 2.1),
and the stage gates of FEITEN 6.1 are a design of this product: those rules are marked `onbevestigd`.
Must stay true: rules that do not read the input can be shown beforehand.
Trap: the ten working days below are this package's own guide value, not law; hence MOTIVEREN and not
BLOKKEERT.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from aanbesteding.domain.gegeven import Stand
from aanbesteding.domain.kalender import is_werkdag, reden_geen_werkdag, show_datum
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import GeenInvoer
from aanbesteding.fasen.marktconsultatie import controle
from aanbesteding.fasen.marktconsultatie.besluiten import (
    BeleidskaderVaststellen,
    ConsultatieGeopend,
    ConsultatieOpenen,
    PartijenRegistreren,
    ReactiesRegistreren,
    VerslagVaststellen,
    list_beleidskaders,
    list_partijen,
    load_reacties,
)
from aanbesteding.fasen.marktconsultatie.uitkomst import list_herleidbare_antwoorden

RICHTTERMIJN_WERKDAGEN = 10
"""Own guide value for a proportional period to react; no law gives a number (FEITEN 2.1)."""

POORT = "poort van de procedure: beleidskader van elke gemeente vóór de marktconsultatie"
TEGELIJK = "strategie van deze aanbesteding: onlosmakelijk verbonden trajecten"
GELIJKHEID = "beginselen van gelijke behandeling en transparantie (rechtspraak over SAS)"
VERSLAG = "poort van de procedure: verslag en deelnemerslijst vóór het opstellen van de stukken"
EVENREDIG = "Aw 2012 art. 1.10 lid 2; Gids Proportionaliteit voorschrift 3.6"
ZORGVULDIG = "zorgvuldige vastlegging van reacties"


# --- beleidskader -----------------------------------------------------------------------------------------


@regel("gemeente-onbekend", grondslag=POORT, met_invoer=True, zekerheid="onbevestigd")
def gemeente_neemt_deel(s: Situatie[BeleidskaderVaststellen]) -> str | None:
    """The municipality takes part in this region."""
    codes = [gemeente.code for gemeente in s.regio.gemeenten]
    if s.invoer.gemeente in codes:
        return None
    return f"Gemeente '{s.invoer.gemeente}' doet niet mee. Toegestaan: {', '.join(codes)}."


@regel("besluit-in-de-toekomst", grondslag=POORT, met_invoer=True, zekerheid="onbevestigd")
def besluit_is_genomen(s: Situatie[BeleidskaderVaststellen]) -> str | None:
    """The policy frame was adopted today or earlier."""
    if s.invoer.datum <= s.vandaag:
        return None
    return (
        f"Het besluit heeft de datum {show_datum(s.invoer.datum)}; die ligt in de toekomst. "
        "Leg het kader vast zodra het besluit is genomen."
    )


@regel("traject-niet-tegelijk-aangeboden", grondslag=TEGELIJK, met_invoer=True, zekerheid="onbevestigd")
def trajecten_tegelijk_aangeboden(s: Situatie[BeleidskaderVaststellen]) -> str | None:
    """Tracks that are bound to this purchase were offered to the body at the same moment; no other is named."""
    trajecten = {t.code: t for t in s.dossier.aanbesteding.trajecten}
    zinnen = [
        f"'{traject.naam}' ({code}) moet op hetzelfde moment worden aangeboden (bron {traject.bron}). "
        "Noem het bij de tegelijk aangeboden trajecten."
        for code, traject in trajecten.items()
        if traject.tegelijk and code not in s.invoer.tegelijk
    ]
    if onbekend := [code for code in s.invoer.tegelijk if code not in trajecten]:
        bekend = ", ".join(trajecten) or "geen"
        zinnen.append(f"Traject {_join_namen(onbekend)} bestaat niet. Toegestaan: {bekend}.")
    return " ".join(zinnen) or None


# --- partijen ---------------------------------------------------------------------------------------------


@regel(controle.GROEP_ONBEKEND, grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def stakeholdergroepen_bestaan(s: Situatie[PartijenRegistreren]) -> str | None:
    """Every party belongs to a stakeholder group of this consultation."""
    return _partijfouten(s, controle.GROEP_ONBEKEND)


@regel(controle.PARTIJ_DUBBEL, grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def partijen_zijn_uniek(s: Situatie[PartijenRegistreren]) -> str | None:
    """Every key stands for one party."""
    return _partijfouten(s, controle.PARTIJ_DUBBEL)


# --- openen -----------------------------------------------------------------------------------------------


@regel("beleidskader-ontbreekt", grondslag=POORT, zekerheid="onbevestigd")
def beleidskader_vastgesteld(s: Situatie[object]) -> str | None:
    """Every municipality adopted its policy frame."""
    vastgesteld = list_beleidskaders(s.dossier)
    ontbreekt = [gemeente.naam for gemeente in s.regio.gemeenten if gemeente.code not in vastgesteld]
    if not ontbreekt:
        return None
    return (
        f"Het beleidskader is nog niet vastgesteld door {_join_namen(ontbreekt)}. "
        "Leg eerst het besluit van elke gemeente vast."
    )


@regel("reikwijdte-nog-open", grondslag=POORT, ernst=Ernst.SIGNALEERT, zekerheid="onbevestigd")
def reikwijdte_bekend(s: Situatie[object]) -> str | None:
    """The scope of every perceel is known; what is still open is shown as such."""
    open_ = [
        f"perceel {p.nummer} ({gegeven.naam.lower()})"
        for p in s.dossier.aanbesteding.percelen
        for gegeven in (p.aandeel_financien, p.aandeel_clienten, p.uitvoeringsvariant)
        if gegeven.stand is Stand.OPEN
    ]
    if not open_:
        return None
    return f"Nog onbekend: {'; '.join(open_)}. Leg dit in de consultatie voor als open punt."


@regel("stakeholdergroep-zonder-partij", grondslag=GELIJKHEID)
def stakeholdergroepen_uitgenodigd(s: Situatie[object]) -> str | None:
    """Every stakeholder group has at least one party to invite."""
    gevuld = {partij.groep for partij in list_partijen(s.dossier)}
    leeg = [g.naam for g in s.dossier.aanbesteding.consultatie.groepen if g.code not in gevuld]
    if not leeg:
        return None
    return f"Er is nog geen partij geregistreerd in de groep {_join_namen(leeg)}. Registreer die eerst."


@regel("stakeholdergroep-zonder-vragen", grondslag=ZORGVULDIG, zekerheid="onbevestigd")
def vragen_voor_elke_groep(s: Situatie[object]) -> str | None:
    """Every stakeholder group is asked at least one question."""
    consultatie = s.dossier.aanbesteding.consultatie
    leeg = [g.naam for g in consultatie.groepen if not consultatie.list_vragen(g.code)]
    if not leeg:
        return None
    return (
        f"Er zijn geen vragen voor de groep {_join_namen(leeg)}. Vul de vragenlijst in de aanbesteding aan."
    )


@regel("partij-zonder-email", grondslag=ZORGVULDIG, ernst=Ernst.SIGNALEERT, zekerheid="onbevestigd")
def partijen_bereikbaar(s: Situatie[object]) -> str | None:
    """Every party can be reached by e-mail."""
    zonder = [partij.naam for partij in list_partijen(s.dossier) if not partij.email]
    if not zonder:
        return None
    return f"Geen e-mailadres bekend van {_join_namen(zonder)}. Stuur die uitnodiging per post."


@regel("sluitdatum-voorbij", grondslag=EVENREDIG, met_invoer=True)
def sluitdatum_komt_nog(s: Situatie[ConsultatieOpenen]) -> str | None:
    """The last day to react is still to come."""
    if s.invoer.sluit_op > s.vandaag:
        return None
    return f"De laatste dag om te reageren ({show_datum(s.invoer.sluit_op)}) moet na vandaag liggen."


@regel("reactietermijn-te-kort", grondslag=EVENREDIG, ernst=Ernst.MOTIVEREN, met_invoer=True)
def reactietermijn_evenredig(s: Situatie[ConsultatieOpenen]) -> str | None:
    """The period to react is long enough, or its length is explained."""
    werkdagen = 0
    dag = s.vandaag + timedelta(days=1)
    while dag <= s.invoer.sluit_op and werkdagen < RICHTTERMIJN_WERKDAGEN:
        werkdagen += is_werkdag(dag)
        dag += timedelta(days=1)
    if werkdagen >= RICHTTERMIJN_WERKDAGEN:
        return None
    return (
        f"Partijen hebben {werkdagen} werkdagen om te reageren; de richtwaarde is {RICHTTERMIJN_WERKDAGEN}. "
        "Kies een latere dag of motiveer waarom deze termijn evenredig is."
    )


@regel("sluitdatum-is-vrije-dag", grondslag=EVENREDIG, ernst=Ernst.SIGNALEERT, met_invoer=True)
def sluitdatum_is_werkdag(s: Situatie[ConsultatieOpenen]) -> str | None:
    """The last day to react is a working day."""
    reden = reden_geen_werkdag(s.invoer.sluit_op)
    return f"De laatste dag om te reageren valt op {reden}. Er is dan niemand te bellen." if reden else None


@regel("bijeenkomst-buiten-reactietermijn", grondslag=EVENREDIG, met_invoer=True)
def bijeenkomst_binnen_termijn(s: Situatie[ConsultatieOpenen]) -> str | None:
    """A meeting takes place while parties can still react."""
    dag = s.invoer.datum_bijeenkomst
    if dag is None or s.vandaag < dag <= s.invoer.sluit_op:
        return None
    return (
        f"De bijeenkomst op {show_datum(dag)} ligt niet tussen vandaag en de laatste dag om te reageren "
        f"({show_datum(s.invoer.sluit_op)})."
    )


# --- reacties ---------------------------------------------------------------------------------------------


@regel("reacties-leeg", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def reacties_aanwezig(s: Situatie[ReactiesRegistreren]) -> str | None:
    """There is something to register."""
    if s.invoer.scores or s.invoer.antwoorden:
        return None
    return "Er staan geen scores en geen antwoorden in de invoer. Vul ten minste één reactie in."


@regel(controle.PARTIJ_ONBEKEND, grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def partijen_uitgenodigd(s: Situatie[ReactiesRegistreren]) -> str | None:
    """Reactions come from parties that were invited."""
    return _reactiefouten(s, controle.PARTIJ_ONBEKEND)


@regel(controle.VRAAG_ONBEKEND, grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def vragen_bestaan(s: Situatie[ReactiesRegistreren]) -> str | None:
    """Reactions answer existing questions of the right kind."""
    return _reactiefouten(s, controle.VRAAG_ONBEKEND)


@regel(controle.VRAAG_ANDERE_GROEP, grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def vragen_passen_bij_groep(s: Situatie[ReactiesRegistreren]) -> str | None:
    """Parties answer the questions of their own group."""
    return _reactiefouten(s, controle.VRAAG_ANDERE_GROEP)


@regel(controle.SCORE_BUITEN_SCHAAL, grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def scores_op_schaal(s: Situatie[ReactiesRegistreren]) -> str | None:
    """Scores lie on the scale."""
    return _reactiefouten(s, controle.SCORE_BUITEN_SCHAAL)


@regel(controle.REACTIE_DUBBEL, grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def reacties_zijn_uniek(s: Situatie[ReactiesRegistreren]) -> str | None:
    """A party answers a question once."""
    return _reactiefouten(s, controle.REACTIE_DUBBEL)


@regel(
    "reactie-vervangt-eerdere",
    grondslag=ZORGVULDIG,
    ernst=Ernst.SIGNALEERT,
    met_invoer=True,
    zekerheid="onbevestigd",
)
def reacties_zijn_nieuw(s: Situatie[ReactiesRegistreren]) -> str | None:
    """No earlier reaction is replaced unnoticed."""
    eerder = load_reacties(s.dossier)
    aantal = sum((r.partij, r.vraag) in eerder.scores for r in s.invoer.scores)
    aantal += sum((r.partij, r.vraag) in eerder.antwoorden for r in s.invoer.antwoorden)
    if not aantal:
        return None
    woord = "eerdere reactie wordt" if aantal == 1 else "eerdere reacties worden"
    return f"{aantal} {woord} vervangen; de laatste telt. De eerdere blijft in het dossier staan."


# --- sluiten ----------------------------------------------------------------------------------------------


@regel("reactietermijn-loopt", grondslag=GELIJKHEID)
def reactietermijn_verstreken(s: Situatie[GeenInvoer | None]) -> str | None:
    """The last day to react is over in the Netherlands."""
    geopend = s.dossier.laatste(ConsultatieGeopend)
    if geopend is None or s.vandaag > geopend.sluit_op:
        return None
    return (
        f"Partijen mogen reageren tot en met {show_datum(geopend.sluit_op)}. Sluiten kan vanaf de dag erna."
    )


# --- verslag ----------------------------------------------------------------------------------------------


@regel("geen-reacties", grondslag=VERSLAG, ernst=Ernst.MOTIVEREN, zekerheid="onbevestigd")
def reacties_ontvangen(s: Situatie[object]) -> str | None:
    """Reactions came in, or it is explained why the purchase goes on without them."""
    if load_reacties(s.dossier).partijen:
        return None
    return "Niemand heeft gereageerd. Motiveer waarom de inkoop doorgaat, of consulteer opnieuw."


@regel("antwoord-herleidbaar", grondslag=GELIJKHEID, ernst=Ernst.SIGNALEERT)
def antwoorden_niet_herleidbaar(s: Situatie[object]) -> str | None:
    """No open answer names a party, an e-mail address or a telephone number."""
    verwijzingen = list_herleidbare_antwoorden(s.dossier)
    if not verwijzingen:
        return None
    genoemd = "; ".join(f"{partij}, vraag {vraag}" for partij, vraag in verwijzingen[:5])
    rest = f" en {len(verwijzingen) - 5} meer" if len(verwijzingen) > 5 else ""
    return (
        f"Open antwoorden noemen een naam, e-mailadres of telefoonnummer ({genoemd}{rest}). Het verslag laat "
        "die weg; lees na of het antwoord dan nog herleidbaar is, of neem het niet op."
    )


@regel("thema-niet-verwerkt", grondslag=VERSLAG, met_invoer=True, zekerheid="onbevestigd")
def themas_verwerkt(s: Situatie[VerslagVaststellen]) -> str | None:
    """The report says for every theme, once, what is done with the reactions."""
    titels = {thema.code: thema.titel for thema in s.dossier.aanbesteding.consultatie.themas}
    gegeven = [besluit.thema for besluit in s.invoer.themas]
    fouten: list[str] = []
    if ontbreekt := [titel for code, titel in titels.items() if code not in gegeven]:
        fouten.append(f"Zeg ook wat er gebeurt met de reacties over {_join_namen(ontbreekt)}.")
    if onbekend := sorted(set(gegeven) - set(titels)):
        fouten.append(f"Thema {_join_namen(onbekend)} bestaat niet. Toegestaan: {', '.join(titels)}.")
    if dubbel := sorted({code for code in gegeven if gegeven.count(code) > 1}):
        fouten.append(f"Thema {_join_namen(dubbel)} staat er meer dan één keer in. Laat er één staan.")
    return " ".join(fouten) or None


@regel("afwijking-zonder-reden", grondslag=GELIJKHEID, met_invoer=True)
def afwijkingen_gemotiveerd(s: Situatie[VerslagVaststellen]) -> str | None:
    """Reactions that are not, or partly, taken over are answered with a reason."""
    zonder = [b.thema for b in s.invoer.themas if b.gevolg != "overgenomen" and not b.motivering]
    if not zonder:
        return None
    return f"Leg uit waarom reacties deels of niet zijn overgenomen bij thema {_join_namen(zonder)}."


@regel("overname-zonder-actie", grondslag=VERSLAG, met_invoer=True, zekerheid="onbevestigd")
def overname_krijgt_vervolg(s: Situatie[VerslagVaststellen]) -> str | None:
    """The report says what is done with reactions that are taken over, wholly or partly."""
    zonder = [b.thema for b in s.invoer.themas if b.gevolg != "niet" and not b.actie]
    if not zonder:
        return None
    return f"Zeg wat u doet met de overgenomen reacties bij thema {_join_namen(zonder)}."


@regel(
    "gelijk-speelveld-niet-geregeld",
    grondslag=GELIJKHEID,
    ernst=Ernst.MOTIVEREN,
    met_invoer=True,
    zekerheid="onbevestigd",
)
def gelijk_speelveld_geborgd(s: Situatie[VerslagVaststellen]) -> str | None:
    """The report names the measures that keep the playing field level, or says why there are none."""
    if s.invoer.maatregelen:
        return None
    return (
        "Noem de maatregelen die voorkomen dat deelnemers aan de consultatie later voordeel hebben, "
        "of motiveer waarom ze niet nodig zijn."
    )


@regel("verwijzing-onbekend", grondslag=ZORGVULDIG, met_invoer=True, zekerheid="onbevestigd")
def verwijzingen_bestaan(s: Situatie[VerslagVaststellen]) -> str | None:
    """Answers that stay out of the report exist."""
    antwoorden = load_reacties(s.dossier).antwoorden
    onbekend = [
        f"{v.partij}/{v.vraag}" for v in s.invoer.niet_opnemen if (v.partij, v.vraag) not in antwoorden
    ]
    return f"Er is geen antwoord {_join_namen(onbekend)}. Verbeter de verwijzing." if onbekend else None


# --- help -------------------------------------------------------------------------------------------------


def _join_namen(namen: Iterable[str]) -> str:
    *begin, laatste = namen
    return f"{', '.join(begin)} en {laatste}" if begin else laatste


def _partijfouten(s: Situatie[PartijenRegistreren], code: str) -> str | None:
    partijen = [(f"partij {nr}", p.sleutel, p.groep) for nr, p in enumerate(s.invoer.partijen, start=1)]
    return _join_fouten(controle.check_partijen(s.dossier.aanbesteding.consultatie, partijen), code)


def _reactiefouten(s: Situatie[ReactiesRegistreren], code: str) -> str | None:
    consultatie, partijen = s.dossier.aanbesteding.consultatie, list_partijen(s.dossier)
    scores = [(f"score {nr}", score) for nr, score in enumerate(s.invoer.scores, start=1)]
    antwoorden = [(f"antwoord {nr}", antwoord) for nr, antwoord in enumerate(s.invoer.antwoorden, start=1)]
    fouten = [
        *controle.check_scores(consultatie, partijen, scores),
        *controle.check_antwoorden(consultatie, partijen, antwoorden),
    ]
    return _join_fouten(fouten, code)


def _join_fouten(fouten: Iterable[controle.Fout], code: str) -> str | None:
    zinnen = [f"{plaats}: {tekst}" for gevonden, plaats, tekst in fouten if gevonden == code]
    tekst = " ".join(zinnen)
    return tekst[:1].upper() + tekst[1:] if tekst else None

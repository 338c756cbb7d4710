"""The letters that tell the gunningsbeslissing: one per bidder over all percelen of the decision.

Four templates for a first decision, chosen by the strongest outcome, and one for a changed decision; all have
one context and show every perceel through the bouwsteen gunning_uitkomsten, the periods through
gunning_rechtsbescherming.

Grondslag: Aw 2012 art. 2.127-2.130 (FEITEN 2.4, 3.6, 3.7).
Must stay true: every concerned bidder gets exactly one of the four letters, also who is excluded or invalid;
both ends stand in the letter with day and hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from pydantic import Field

from aanbesteding.documents.declaration import Brief, Document, DocumentContext, Exemplaar, Ontvanger
from aanbesteding.domain.feiten import Inschrijving
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.gunning.documenten.modellen import Besluitregel, Perceeluitkomst
from aanbesteding.fasen.gunning.documenten.partijen import build_inschrijversbrief, list_besluiten
from aanbesteding.fasen.gunning.documenten.uitkomsten import Uitkomsten, load_uitkomsten
from aanbesteding.fasen.gunning.documenten.voorbeelden import (
    GESLOTEN,
    OPSCHORTEND_EINDE,
    UITKOMST_GEGUND,
    UITKOMST_NIET_GEKOZEN,
    UITKOMST_ONGELDIG,
    UITKOMST_TE_LAAT,
    UITKOMST_TERZIJDE,
    UITKOMST_UITGESLOTEN,
    VERVAL_EINDE,
    VERZENDDATUM,
    voorbeeld_besluiten,
    voorbeeld_brief,
)


class BeslissingsbriefContext(DocumentContext):
    """Context of every letter that tells a decision."""

    brief: Brief = Field(description="Briefhoofd en ondertekening")
    titel: str = Field(description="Titel van de aanbesteding")
    aanbieder: str = Field(description="Naam van de inschrijver")
    inschrijving: str = Field(description="Nummer van de inschrijving")
    meerdere_percelen: bool = Field(description="Of de brief over meer dan één perceel gaat")
    gemengd: bool = Field(description="Of de uitkomst niet voor elk perceel gelijk is")
    uitkomsten: tuple[Perceeluitkomst, ...] = Field(description="Uitkomst per perceel")
    besluiten: tuple[Besluitregel, ...] = Field(description="Besluiten van de bevoegde organen")
    verzenddatum: date = Field(description="Dag waarop alle mededelingen zijn verzonden")
    opschortend_begin: date = Field(description="Eerste dag van de opschortende termijn")
    opschortend_einde: datetime = Field(description="Laatste moment van de opschortende termijn")
    verval_einde: datetime = Field(description="Laatste moment van de contractuele vervaltermijn")
    gelijk_einde: bool = Field(description="Of beide termijnen op hetzelfde moment eindigen")
    vroegste_ondertekening: date = Field(description="Eerste dag waarop een overeenkomst mag worden gesloten")
    rechtbank: str = Field(description="Bevoegde rechtbank")
    rechtbank_plaats: str = Field(description="Zittingsplaats")
    wijziging: str = Field(description="Reden van de wijziging; leeg bij een eerste beslissing")
    vorige_datum: date | None = Field(description="Verzenddatum van de vorige beslissing, bij een wijziging")
    uitkomst_anders: bool = Field(description="Of de uitkomst voor deze inschrijver is veranderd")


def build_gunningsbrieven(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per bidder that gets something."""
    return _build_brieven(s, "gegund", "GB")


def build_afwijzingsbrieven(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per bidder with a valid bid that gets nothing."""
    return _build_brieven(s, "niet_gekozen", "AF")


def build_uitsluitingsbrieven(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per excluded bidder without a valid bid in another perceel."""
    return _build_brieven(s, "uitgesloten", "UI")


def build_ongeldigbrieven(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per bidder whose bids are all invalid or put aside."""
    return _build_brieven(s, "ongeldig", "ON")


def build_gewijzigde_brieven(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per concerned bidder of the changed percelen, with all reasons again."""
    uitkomsten = load_uitkomsten(s)
    for inschrijving in uitkomsten.list_betrokkenen():
        if s.wil(inschrijving.nummer):
            yield _build_brief(s, uitkomsten, inschrijving, "GW", "Gewijzigde gunningsbeslissing")


ONDERWERPEN = {
    "gegund": "Gunningsbeslissing: wij willen aan u gunnen",
    "niet_gekozen": "Gunningsbeslissing: uw inschrijving is niet gekozen",
    "uitgesloten": "Gunningsbeslissing: u bent uitgesloten",
    "ongeldig": "Gunningsbeslissing: uw inschrijving is ongeldig",
}
TERZIJDE = "Gunningsbeslissing: uw inschrijving is terzijde gelegd"


def _build_brieven(s: Situatie[None], soort: str, code: str) -> Iterator[Exemplaar]:
    uitkomsten = load_uitkomsten(s)
    for inschrijving in uitkomsten.list_betrokkenen():
        if uitkomsten.select_brief(inschrijving) == soort and s.wil(inschrijving.nummer):
            soorten = uitkomsten.list_soorten(inschrijving)
            onderwerp = TERZIJDE if soorten == {"terzijde"} else ONDERWERPEN[soort]
            yield _build_brief(s, uitkomsten, inschrijving, code, onderwerp)


def _build_brief(
    s: Situatie[None], alles: Uitkomsten, inschrijving: Inschrijving, code: str, onderwerp: str
) -> Exemplaar:
    beslissing = alles.beslissing
    aanbieder = inschrijving.aanbieder
    titel = s.dossier.aanbesteding.titel
    uitkomsten = alles.list_uitkomsten(inschrijving)
    eigen = {nr: stand for nr, stand in alles.standen.items() if nr in inschrijving.percelen}
    context = BeslissingsbriefContext(
        brief=build_inschrijversbrief(
            s, aanbieder, code, inschrijving.nummer, f"{onderwerp} ({titel})", beslissing.verzenddatum, eigen
        ),
        titel=titel,
        aanbieder=aanbieder.naam,
        inschrijving=inschrijving.nummer,
        meerdere_percelen=len(uitkomsten) > 1,
        gemengd=len({u.soort for u in uitkomsten}) > 1,
        uitkomsten=uitkomsten,
        besluiten=list_besluiten(s.regio, tuple(eigen.values())),
        verzenddatum=beslissing.verzenddatum,
        opschortend_begin=beslissing.verzenddatum + timedelta(days=1),
        opschortend_einde=beslissing.opschortende_termijn_einde,
        verval_einde=beslissing.vervaltermijn_einde,
        gelijk_einde=beslissing.opschortende_termijn_einde == beslissing.vervaltermijn_einde,
        vroegste_ondertekening=beslissing.vroegste_ondertekening,
        rechtbank=s.regio.rechtsgang.rechtbank,
        rechtbank_plaats=s.regio.rechtsgang.plaats,
        wijziging=beslissing.wijziging,
        vorige_datum=_load_vorige_datum(alles),
        uitkomst_anders=_is_anders(alles, inschrijving.nummer),
    )
    return Exemplaar(Ontvanger(inschrijving.nummer, aanbieder.naam, aanbieder.email), context)


def _load_vorige_datum(alles: Uitkomsten) -> date | None:
    """Day of sending of the decision before this one, when this one changes it."""
    if not alles.beslissing.wijziging:
        return None
    data = [stand.beslissingen[-2].verzenddatum for stand in alles.standen.values() if stand.beslissingen[1:]]
    return max(data, default=None)


def _is_anders(alles: Uitkomsten, nummer: str) -> bool:
    """Whether this bidder gets other products than under the decision before."""
    for stand in alles.standen.values():
        if len(stand.rangordes_bij_beslissing) < 2:
            continue
        eerder, nu = (
            {p.inschrijving: p.producten_gegund for p in rangorde.plaatsen} if rangorde else {}
            for rangorde in stand.rangordes_bij_beslissing[-2:]
        )
        if eerder.get(nummer, ()) != nu.get(nummer, ()):
            return True
    return False


def _voorbeeld(uitkomst: tuple[Perceeluitkomst, ...], onderwerp: str) -> BeslissingsbriefContext:
    return BeslissingsbriefContext(
        brief=voorbeeld_brief(f"{onderwerp} (Proefinkoop 2028, verzonnen)"),
        titel="Proefinkoop 2028 (verzonnen)",
        aanbieder="Zorgvoorbeeld B.V. (verzonnen)",
        inschrijving="I-001",
        meerdere_percelen=len(uitkomst) > 1,
        gemengd=len({u.soort for u in uitkomst}) > 1,
        uitkomsten=uitkomst,
        besluiten=voorbeeld_besluiten(),
        verzenddatum=VERZENDDATUM,
        opschortend_begin=VERZENDDATUM + timedelta(days=1),
        opschortend_einde=OPSCHORTEND_EINDE,
        verval_einde=VERVAL_EINDE,
        gelijk_einde=OPSCHORTEND_EINDE == VERVAL_EINDE,
        vroegste_ondertekening=VERVAL_EINDE.date() + timedelta(days=1),
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
        rechtbank_plaats="Voorbeeldstad",
        wijziging="",
        vorige_datum=None,
        uitkomst_anders=False,
    )


def voorbeeld_gunningsbrief() -> BeslissingsbriefContext:
    """An invented example: three percelen with three outcomes (won, lost, invalid) in one letter."""
    return _voorbeeld((UITKOMST_GEGUND, UITKOMST_NIET_GEKOZEN, UITKOMST_ONGELDIG), ONDERWERPEN["gegund"])


def voorbeeld_afwijzingsbrief() -> BeslissingsbriefContext:
    """An invented example: valid, not chosen."""
    return _voorbeeld((UITKOMST_NIET_GEKOZEN,), ONDERWERPEN["niet_gekozen"])


def voorbeeld_uitsluitingsbrief() -> BeslissingsbriefContext:
    """An invented example: excluded."""
    return _voorbeeld((UITKOMST_UITGESLOTEN,), ONDERWERPEN["uitgesloten"])


def voorbeeld_ongeldigbrief() -> BeslissingsbriefContext:
    """An invented example: invalid."""
    return _voorbeeld((UITKOMST_TE_LAAT,), ONDERWERPEN["ongeldig"])


def voorbeeld_gewijzigde_brief() -> BeslissingsbriefContext:
    """An invented example: the outcome changed."""
    context = _voorbeeld((UITKOMST_GEGUND, UITKOMST_TERZIJDE), "Gewijzigde gunningsbeslissing")
    return context.model_copy(
        update={
            "wijziging": "Een beoogde winnaar kon het gevraagde bewijs niet leveren (verzonnen).",
            "vorige_datum": GESLOTEN.date(),
            "uitkomst_anders": True,
        }
    )


_OP_DE_PAGINA = ("uitkomsten[].scores[].formule", "uitkomsten[].scores[].berekening")
"""Not in the letter: the page of the provider shows them."""
_ONGEBRUIKT = ("wijziging", "vorige_datum", "uitkomst_anders", *_OP_DE_PAGINA)
_BOUWSTENEN = ("gunning_kort", "gunning_uitkomsten", "gunning_rechtsbescherming", "gunning_besluiten")

GUNNINGSBRIEF = Document(
    "gunningsbrief",
    "Gunningsbrief",
    "gunning",
    BeslissingsbriefContext,
    build_gunningsbrieven,
    voorbeeld_gunningsbrief,
    per="inschrijver",
    ondertekenaar=Rol.GEMANDATEERDE,
    ongebruikt=_ONGEBRUIKT,
    bouwstenen=_BOUWSTENEN,
    verzenden=True,
    deelbaar=True,
)
AFWIJZINGSBRIEF = replace(
    GUNNINGSBRIEF,
    code="afwijzingsbrief",
    titel="Afwijzingsbrief",
    build=build_afwijzingsbrieven,
    voorbeeld=voorbeeld_afwijzingsbrief,
)
BRIEF_ONGELDIGE_INSCHRIJVING = replace(
    GUNNINGSBRIEF,
    code="brief_ongeldige_inschrijving",
    titel="Brief ongeldige inschrijving",
    build=build_ongeldigbrieven,
    voorbeeld=voorbeeld_ongeldigbrief,
)
UITSLUITINGSBRIEF = replace(
    GUNNINGSBRIEF,
    code="uitsluitingsbrief",
    titel="Uitsluitingsbrief",
    build=build_uitsluitingsbrieven,
    voorbeeld=voorbeeld_uitsluitingsbrief,
)
BRIEF_GEWIJZIGDE_GUNNINGSBESLISSING = replace(
    GUNNINGSBRIEF,
    code="brief_gewijzigde_gunningsbeslissing",
    titel="Brief gewijzigde gunningsbeslissing",
    build=build_gewijzigde_brieven,
    voorbeeld=voorbeeld_gewijzigde_brief,
    ongebruikt=_OP_DE_PAGINA,
)

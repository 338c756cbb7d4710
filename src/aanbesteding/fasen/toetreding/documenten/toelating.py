"""Documents of the decision on an application: admission, agreement of the entrant, refusal.

Must stay true: an entrant hears nothing about other applicants; every requirement is shown with its result
and, where it is not met, the reason; the remedy and its last day are in every decision.
Trap: the clauses of the agreement name the first day of the first agreements; the entrant's own days stand
in an article of its own and go first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from pydantic import Field

from aanbesteding.documents.declaration import (
    Brief,
    Document,
    DocumentContext,
    Documentkop,
    Exemplaar,
    Ontvanger,
)
from aanbesteding.documents.overeenkomst import (
    OvereenkomstBepalingen,
    build_bepalingen,
    voorbeeld_bepalingen,
)
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.deelname import select_deelnemers
from aanbesteding.domain.feiten import OvereenkomstGesloten
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.toetreding.besluiten.aanvraag import AanvraagOntvangen, index_aanvragen
from aanbesteding.fasen.toetreding.besluiten.ronde import load_ronde
from aanbesteding.fasen.toetreding.besluiten.toelating import (
    AanvraagBeoordeeld,
    Perceelbesluit,
    ToetredingGeweigerd,
    ToetredingVerleend,
    index_beoordelingen,
)
from aanbesteding.fasen.toetreding.documenten.kop import (
    GEMANDATEERDE,
    VOORBEELD_AANBIEDER,
    VOORBEELD_EISEN,
    VOORBEELD_GEMEENTEN,
    VOORBEELD_KOP,
    VOORBEELD_PRODUCTEN,
    VOORBEELD_WIJZIGINGEN,
    Aanbiederpartij,
    Eisregel,
    Gemeentepartij,
    Productregel,
    Wijzigingregel,
    build_aanbieder,
    build_aanbiedersbrief,
    build_kop,
    index_eisen,
    index_producten,
    list_eisregels,
    list_gemeenten,
    list_productregels,
    list_wijzigingen,
    voorbeeld_brief,
)


class Gebrekregel(Gegevensmodel):
    """A requirement that is not met, for the first page of the letter."""

    code: str = Field(description="Code van de eis")
    tekst: str = Field(description="Tekst van de eis")
    met_reden: bool = Field(description="Of er een reden bij staat")
    reden: str = Field(description="Reden van de uitkomst; leeg als die er niet is")


class Perceelweigering(Gegevensmodel):
    """What a refused applicant hears about one perceel."""

    naam: str = Field(description="Nummer en titel van het perceel")
    voldoet: bool = Field(description="Of aan alle eisen van het perceel is voldaan")
    met_vol: bool = Field(description="Of voor een gevraagd product het hoogste aantal is bereikt")
    vol: tuple[str, ...] = Field(description="Producten waarvoor het hoogste aantal is bereikt")
    eisen: tuple[Eisregel, ...] = Field(description="Uitkomst per eis")
    gebreken: tuple[Gebrekregel, ...] = Field(description="Eisen waaraan niet is voldaan")


class Perceeluitkomst(Perceelweigering):
    """What an admitted applicant hears about one perceel; one of its percelen may be refused."""

    toegelaten: bool = Field(description="Of de aanvrager voor ten minste één product is toegelaten")
    overeenkomst: str = Field(description="Nummer van de overeenkomst; leeg zonder toelating")
    producten: tuple[Productregel, ...] = Field(description="Producten waarvoor is toegelaten, met tarief")
    ingang: date | None = Field(description="Eerste dag van de overeenkomst; leeg zonder toelating")
    einde: date | None = Field(description="Laatste dag van de overeenkomst; leeg zonder toelating")


class ToelatingsbesluitContext(DocumentContext):
    """The letter that tells an applicant that it is admitted."""

    brief: Brief = Field(description="Kop en slot van de brief")
    verzoek: str = Field(description="Nummer van het verzoek")
    ronde: str = Field(description="Nummer van de toetredingsronde")
    inkoop: str = Field(description="Titel van de inkoop")
    ontvangen: datetime = Field(description="Dag en uur van ontvangst van de aanvraag")
    deels: bool = Field(description="Of een deel van de aanvraag niet is toegelaten")
    percelen: tuple[Perceeluitkomst, ...] = Field(description="Uitkomst per perceel")
    verificatie: str = Field(description="Welke gegevens zijn gecontroleerd en met welke uitkomst")
    met_audit: bool = Field(description="Of er een gesprek of audit was")
    audit: str = Field(description="Datum en uitkomst van gesprek of audit; leeg als die er niet was")
    bibob: bool = Field(description="Of een Bibob-onderzoek is gedaan")
    heroverweging_dagen: int = Field(description="Dagen om heroverweging te vragen")
    heroverweging_tot: date = Field(description="Laatste dag om heroverweging te vragen")
    rechtbank: str = Field(description="Bevoegde rechtbank")
    email: str = Field(description="E-mailadres voor vragen, ondertekening en heroverweging")


class WeigeringContext(DocumentContext):
    """The letter that tells an applicant that it is refused."""

    brief: Brief = Field(description="Kop en slot van de brief")
    verzoek: str = Field(description="Nummer van het verzoek")
    ronde: str = Field(description="Nummer van de toetredingsronde")
    inkoop: str = Field(description="Titel van de inkoop")
    ontvangen: datetime = Field(description="Dag en uur van ontvangst van de aanvraag")
    met_gebreken: bool = Field(description="Of in een perceel niet aan een eis is voldaan")
    met_vol: bool = Field(description="Of voor een gevraagd product het hoogste aantal is bereikt")
    bibob_bezwaar: bool = Field(description="Of het Bibob-onderzoek tot bezwaar leidde")
    percelen: tuple[Perceelweigering, ...] = Field(description="Uitkomst per perceel")
    verificatie: str = Field(description="Welke gegevens zijn gecontroleerd en met welke uitkomst")
    met_audit: bool = Field(description="Of er een gesprek of audit was")
    audit: str = Field(description="Datum en uitkomst van gesprek of audit; leeg als die er niet was")
    heroverweging_dagen: int = Field(description="Dagen om heroverweging te vragen")
    heroverweging_tot: date = Field(description="Laatste dag om heroverweging te vragen")
    rechtbank: str = Field(description="Bevoegde rechtbank")
    email: str = Field(description="E-mailadres voor vragen en heroverweging")


class OvereenkomstToetrederContext(DocumentContext):
    """The agreement with an entrant for one perceel."""

    document: Documentkop = Field(description="Kop van de overeenkomst")
    nummer: str = Field(description="Nummer van de overeenkomst")
    verzoek: str = Field(description="Nummer van het verzoek")
    ronde: str = Field(description="Nummer van de toetredingsronde")
    besloten_op: date = Field(description="Dag van het toelatingsbesluit")
    inkoop: str = Field(description="Titel van de inkoop")
    perceel: str = Field(description="Nummer en titel van het perceel")
    gemeenten: tuple[Gemeentepartij, ...] = Field(description="Deelnemende gemeenten")
    aanbieder: Aanbiederpartij = Field(description="De toetreder")
    ingang: date = Field(description="Eerste dag van deze overeenkomst")
    einde: date = Field(description="Laatste dag, gelijk aan die van de andere overeenkomsten")
    producten: tuple[Productregel, ...] = Field(description="Producten en tarieven")
    met_wijzigingen: bool = Field(description="Of de overeenkomst sinds het begin is gewijzigd")
    wijzigingen: tuple[Wijzigingregel, ...] = Field(description="Addenda die ook voor de toetreder gelden")
    ovk: OvereenkomstBepalingen = Field(description="Bepalingen die elke overeenkomst van het perceel heeft")


# --- builders ---------------------------------------------------------------------------------------------


def build_toelatingsbesluit(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per admitted application."""
    besluiten = {f.verzoek: f for f in s.dossier.list_feiten(ToetredingVerleend)}
    aanvragen, beoordelingen = index_aanvragen(s.dossier), index_beoordelingen(s.dossier)
    overeenkomsten = {o.nummer: o for o in s.dossier.list_feiten(OvereenkomstGesloten)}
    bouw = _Uitkomstbouwer(s)
    for verzoek in s.onderwerpen:
        besluit, feit, beoordeling = besluiten[verzoek], aanvragen[verzoek], beoordelingen[verzoek]
        ronde, aanbieder = load_ronde(s.dossier, feit.ronde), feit.aanvraag.aanbieder
        percelen = tuple(
            bouw.build_uitkomst(p, beoordeling, overeenkomsten.get(p.overeenkomst or ""))
            for p in besluit.percelen
        )
        context = ToelatingsbesluitContext(
            brief=build_aanbiedersbrief(
                s,
                aanbieder,
                f"T{feit.ronde}-{verzoek}-B",
                f"Besluit op uw aanvraag {verzoek}: u bent toegelaten",
                GEMANDATEERDE,
                besluit.verzenddatum,
            ),
            verzoek=verzoek,
            ronde=feit.ronde,
            inkoop=s.dossier.aanbesteding.titel,
            ontvangen=feit.aanvraag.ontvangen,
            deels=any(not p.toegelaten or p.met_vol for p in percelen),
            percelen=percelen,
            verificatie=beoordeling.verificatie,
            met_audit=bool(beoordeling.audit),
            audit=beoordeling.audit,
            bibob=beoordeling.bibob != "niet_onderzocht",
            heroverweging_dagen=ronde.heroverweging_dagen,
            heroverweging_tot=besluit.heroverweging_tot,
            rechtbank=s.regio.rechtsgang.rechtbank,
            email=s.regio.email,
        )
        yield Exemplaar(_ontvanger(feit), context)


def build_weigering(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per refused application."""
    besluiten = {f.verzoek: f for f in s.dossier.list_feiten(ToetredingGeweigerd)}
    aanvragen, beoordelingen = index_aanvragen(s.dossier), index_beoordelingen(s.dossier)
    bouw = _Uitkomstbouwer(s)
    for verzoek in s.onderwerpen:
        besluit, feit, beoordeling = besluiten[verzoek], aanvragen[verzoek], beoordelingen[verzoek]
        ronde = load_ronde(s.dossier, feit.ronde)
        percelen = tuple(bouw.build_weigering(p, beoordeling) for p in besluit.percelen)
        context = WeigeringContext(
            brief=build_aanbiedersbrief(
                s,
                feit.aanvraag.aanbieder,
                f"T{feit.ronde}-{verzoek}-B",
                f"Besluit op uw aanvraag {verzoek}: u bent niet toegelaten",
                GEMANDATEERDE,
                besluit.verzenddatum,
            ),
            verzoek=verzoek,
            ronde=feit.ronde,
            inkoop=s.dossier.aanbesteding.titel,
            ontvangen=feit.aanvraag.ontvangen,
            met_gebreken=any(not p.voldoet for p in percelen),
            met_vol=any(p.met_vol for p in percelen),
            bibob_bezwaar=beoordeling.bibob == "bezwaar",
            percelen=percelen,
            verificatie=beoordeling.verificatie,
            met_audit=bool(beoordeling.audit),
            audit=beoordeling.audit,
            heroverweging_dagen=ronde.heroverweging_dagen,
            heroverweging_tot=besluit.heroverweging_tot,
            rechtbank=s.regio.rechtsgang.rechtbank,
            email=s.regio.email,
        )
        yield Exemplaar(_ontvanger(feit), context)


def build_overeenkomst_toetreder(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One agreement per admitted perceel of each application."""
    besluiten = {f.verzoek: f for f in s.dossier.list_feiten(ToetredingVerleend)}
    aanvragen, producten = index_aanvragen(s.dossier), index_producten(s.dossier)
    overeenkomsten = {o.nummer: o for o in s.dossier.list_feiten(OvereenkomstGesloten)}
    percelen = sorted({p.perceel for v in s.onderwerpen for p in besluiten[v].percelen if p.overeenkomst})
    ovk = {p: build_bepalingen(s, p) for p in percelen}
    wijzigingen = {p: list_wijzigingen(s.dossier, p) for p in percelen}
    inkoop = s.dossier.aanbesteding
    gemeenten = {p: list_gemeenten(select_deelnemers(s.regio, inkoop, (p,))) for p in percelen}
    for verzoek in s.onderwerpen:
        besluit = besluiten[verzoek]
        for nummer in (p.overeenkomst for p in besluit.percelen if p.overeenkomst):
            overeenkomst = overeenkomsten[nummer]
            aanbieder = overeenkomst.aanbieder
            context = OvereenkomstToetrederContext(
                document=build_kop(s, nummer, s.dossier.aanbesteding.titel, "ter ondertekening"),
                nummer=nummer,
                verzoek=verzoek,
                ronde=aanvragen[verzoek].ronde,
                besloten_op=besluit.verzenddatum,
                inkoop=s.dossier.aanbesteding.titel,
                perceel=ovk[overeenkomst.perceel].perceel,
                gemeenten=gemeenten[overeenkomst.perceel],
                aanbieder=build_aanbieder(aanbieder),
                ingang=overeenkomst.ingang,
                einde=overeenkomst.einde,
                producten=list_productregels(overeenkomst, producten),
                met_wijzigingen=bool(wijzigingen[overeenkomst.perceel]),
                wijzigingen=wijzigingen[overeenkomst.perceel],
                ovk=ovk[overeenkomst.perceel],
            )
            yield Exemplaar(Ontvanger(nummer, aanbieder.naam, aanbieder.email), context)


def _ontvanger(feit: AanvraagOntvangen) -> Ontvanger:
    aanbieder = feit.aanvraag.aanbieder
    return Ontvanger(f"{feit.verzoek}-{aanbieder.sleutel}", aanbieder.naam, aanbieder.email)


class _Uitkomstbouwer:
    """Makes the outcome per perceel; products and requirements are indexed once for all letters."""

    def __init__(self, s: Situatie[None]) -> None:
        self._inkoop = s.dossier.aanbesteding
        self._producten = index_producten(s.dossier)
        self._eisen = index_eisen(s.dossier)

    def build_weigering(self, besluit: Perceelbesluit, beoordeling: AanvraagBeoordeeld) -> Perceelweigering:
        """The outcome of one perceel without an agreement."""
        uitkomsten = next(p.eisen for p in beoordeling.percelen if p.perceel == besluit.perceel)
        eisen = list_eisregels(besluit.perceel, uitkomsten, self._eisen)
        return Perceelweigering(
            naam=self._inkoop.load_perceel(besluit.perceel).naam,
            voldoet=besluit.voldoet,
            met_vol=bool(besluit.producten_vol),
            vol=tuple(f"{self._producten[besluit.perceel, c].naam} ({c})" for c in besluit.producten_vol),
            eisen=eisen,
            gebreken=tuple(
                Gebrekregel(code=e.code, tekst=e.tekst, met_reden=e.met_reden, reden=e.reden)
                for e in eisen
                if not e.voldoet
            ),
        )

    def build_uitkomst(
        self,
        besluit: Perceelbesluit,
        beoordeling: AanvraagBeoordeeld,
        overeenkomst: OvereenkomstGesloten | None,
    ) -> Perceeluitkomst:
        """The outcome of one perceel, with its agreement when there is one."""
        basis = self.build_weigering(besluit, beoordeling)
        velden = {naam: getattr(basis, naam) for naam in Perceelweigering.model_fields}
        return Perceeluitkomst(
            **velden,
            toegelaten=overeenkomst is not None,
            overeenkomst=overeenkomst.nummer if overeenkomst else "",
            producten=list_productregels(overeenkomst, self._producten) if overeenkomst else (),
            ingang=overeenkomst.ingang if overeenkomst else None,
            einde=overeenkomst.einde if overeenkomst else None,
        )


# --- examples ---------------------------------------------------------------------------------------------

_GEBREKEN = (
    Gebrekregel(
        code="M1",
        tekst="De aanvrager heeft een klachtenregeling.",
        met_reden=True,
        reden="De regeling noemt geen onafhankelijke klachtencommissie.",
    ),
)
_TOEGELATEN = Perceeluitkomst(
    naam="Perceel 2: Begeleiding (verzonnen)",
    toegelaten=True,
    voldoet=True,
    overeenkomst="VB-2028-P2-015",
    producten=VOORBEELD_PRODUCTEN[:1],
    met_vol=True,
    vol=("Begeleiding groep (02A05)",),
    ingang=date(2028, 7, 1),
    einde=date(2031, 12, 31),
    eisen=VOORBEELD_EISEN[:1],
    gebreken=(),
)
_GEWEIGERD = Perceeluitkomst(
    naam="Perceel 3: Dagbesteding (verzonnen)",
    toegelaten=False,
    voldoet=False,
    overeenkomst="",
    producten=(),
    met_vol=False,
    vol=(),
    ingang=None,
    einde=None,
    eisen=VOORBEELD_EISEN,
    gebreken=_GEBREKEN,
)


def voorbeeld_toelatingsbesluit() -> ToelatingsbesluitContext:
    """An invented letter with one perceel admitted and one refused."""
    return ToelatingsbesluitContext(
        brief=voorbeeld_brief(
            "Besluit op uw aanvraag 0001: u bent toegelaten", GEMANDATEERDE, date(2028, 5, 15)
        ),
        verzoek="0001",
        ronde="1",
        inkoop="Voorbeeldinkoop 2028 (verzonnen)",
        ontvangen=datetime(2028, 3, 22, 16, 5, tzinfo=TIJDZONE),
        deels=True,
        percelen=(_TOEGELATEN, _GEWEIGERD),
        verificatie="Registers en referenties zijn nagegaan en kloppen (verzonnen).",
        met_audit=True,
        audit="Op 2 mei 2028 was er een gesprek op locatie; er zijn geen bijzonderheden (verzonnen).",
        bibob=True,
        heroverweging_dagen=20,
        heroverweging_tot=date(2028, 6, 6),
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
        email="inkoop@example.org",
    )


def voorbeeld_weigering() -> WeigeringContext:
    """An invented letter."""
    return WeigeringContext(
        brief=voorbeeld_brief(
            "Besluit op uw aanvraag 0002: u bent niet toegelaten", GEMANDATEERDE, date(2028, 5, 15)
        ).model_copy(update={"kenmerk": "VB-T1-0002"}),
        verzoek="0002",
        ronde="1",
        inkoop="Voorbeeldinkoop 2028 (verzonnen)",
        ontvangen=datetime(2028, 3, 22, 16, 5, tzinfo=TIJDZONE),
        met_gebreken=True,
        met_vol=True,
        bibob_bezwaar=True,
        percelen=(
            Perceelweigering(
                naam="Perceel 3: Dagbesteding (verzonnen)",
                voldoet=False,
                met_vol=False,
                vol=(),
                eisen=VOORBEELD_EISEN,
                gebreken=_GEBREKEN,
            ),
            Perceelweigering(
                naam="Perceel 2: Begeleiding (verzonnen)",
                voldoet=True,
                met_vol=True,
                vol=("Begeleiding groep (02A05)",),
                eisen=VOORBEELD_EISEN[:1],
                gebreken=(),
            ),
        ),
        verificatie="Het bewijs bij eis M1 is nagegaan (verzonnen).",
        met_audit=True,
        audit="Op 2 mei 2028 was er een gesprek op locatie (verzonnen).",
        heroverweging_dagen=20,
        heroverweging_tot=date(2028, 6, 6),
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
        email="inkoop@example.org",
    )


def voorbeeld_overeenkomst_toetreder() -> OvereenkomstToetrederContext:
    """An invented agreement."""
    return OvereenkomstToetrederContext(
        document=VOORBEELD_KOP,
        nummer="VB-2028-P2-015",
        verzoek="0001",
        ronde="1",
        besloten_op=date(2028, 5, 15),
        inkoop="Voorbeeldinkoop 2028 (verzonnen)",
        perceel="Perceel 2: Begeleiding (verzonnen)",
        gemeenten=VOORBEELD_GEMEENTEN,
        aanbieder=VOORBEELD_AANBIEDER,
        ingang=date(2028, 7, 1),
        einde=date(2031, 12, 31),
        producten=VOORBEELD_PRODUCTEN,
        met_wijzigingen=True,
        wijzigingen=VOORBEELD_WIJZIGINGEN,
        ovk=voorbeeld_bepalingen(),
    )


TOELATINGSBESLUIT = Document(
    code="toelatingsbesluit",
    titel="Toelatingsbesluit",
    fase="toetreding",
    context=ToelatingsbesluitContext,
    build=build_toelatingsbesluit,
    voorbeeld=voorbeeld_toelatingsbesluit,
    per="verzoek",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)
WEIGERING = Document(
    code="weigering",
    titel="Weigering van toetreding",
    fase="toetreding",
    context=WeigeringContext,
    build=build_weigering,
    voorbeeld=voorbeeld_weigering,
    per="verzoek",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)
OVEREENKOMST_TOETREDER = Document(
    code="overeenkomst_toetreder",
    titel="Overeenkomst met een toetreder",
    fase="toetreding",
    context=OvereenkomstToetrederContext,
    build=build_overeenkomst_toetreder,
    voorbeeld=voorbeeld_overeenkomst_toetreder,
    per="overeenkomst",
    ondertekenaar=Rol.GEMANDATEERDE,
    bouwstenen=("overeenkomst_bepalingen",),
    verzenden=True,
)

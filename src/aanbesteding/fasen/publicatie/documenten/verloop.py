"""Documents of the tender period: information note, receipt, record of the opening, notice of withdrawal.

Grondslag: Aw 2012 art. 2.53-2.54 and 2.73 (note), 2.108 (bids stay closed until the closing moment).
Must stay true: the note names nobody who asked; a record of the opening says nothing of content or price.
Trap: a builder is asked right after its act, so "this note" and "these bids" are the last ones recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from pydantic import AwareDatetime, Field

from aanbesteding.documents.declaration import (
    Brief,
    Document,
    DocumentContext,
    Documentkop,
    Exemplaar,
    Ontvanger,
    build_brief,
)
from aanbesteding.documents.opening import (
    Bewijsregel,
    Openerregel,
    build_bewijs,
    list_aangewezen,
    list_openers,
    show_kenmerk,
)
from aanbesteding.documents.overeenkomst import as_zin
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import InschrijvingenGeopend, InschrijvingenOntvangen, NotaVastgesteld
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.termijn import count_vervaltermijn
from aanbesteding.domain.zegel import list_kenmerken, load_geopend
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.publicatie.documenten.gemeen import (
    FASE,
    is_gepubliceerd,
    make_kop,
    make_ontvanger,
    voorbeeld_kop,
)
from aanbesteding.fasen.publicatie.feiten import (
    OpeningVastgelegd,
    PercelenIngetrokken,
    list_inschrijvingen,
    list_vragen,
    load_planning,
    load_sluiting,
)

# --- nota van inlichtingen --------------------------------------------------------------------------------


class Notaregel(Gegevensmodel):
    """A question with its answer, without who asked."""

    nummer: str = Field(description="Nummer van de vraag")
    vindplaats: str = Field(description="Document, artikel en bladzijde")
    vraag: str = Field(description="De vraag zonder namen")
    antwoord: str = Field(description="Het antwoord")
    wijzigt: bool = Field(description="Of het antwoord een stuk wijzigt")
    nieuwe_tekst: str = Field(description="De tekst zoals die wordt; leeg zonder wijziging")


class Gewijzigdstuk(Gegevensmodel):
    """A tender document that this note changes, with the version it gets."""

    naam: str = Field(description="Naam van het stuk")
    versie: int = Field(description="Versie van het stuk na deze nota; het gepubliceerde stuk is versie 1")


class NotaContext(DocumentContext):
    """Context of the information note."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    ronde: int = Field(description="Volgnummer van de nota")
    eerste_ronde: bool = Field(description="Of dit de eerste nota is")
    vastgesteld: AwareDatetime = Field(description="Moment van vaststelling")
    regels: tuple[Notaregel, ...] = Field(description="Vragen en antwoorden")
    wijzigingen: tuple[Notaregel, ...] = Field(description="Alleen de antwoorden die een stuk wijzigen")
    gewijzigde_stukken: tuple[Gewijzigdstuk, ...] = Field(
        description="Stukken die veranderen, met hun versie"
    )
    achtergehouden: int = Field(description="Aantal antwoorden dat op verzoek niet is gepubliceerd")
    met_achtergehouden: bool = Field(description="Of er zulke antwoorden zijn")
    oude_sluiting: AwareDatetime = Field(description="Sluiting zoals zij was")
    nieuwe_sluiting: AwareDatetime | None = Field(description="Nieuwe sluiting; leeg als zij blijft")
    reden_uitstel: str | None = Field(description="Waarom de sluiting verschuift")
    contact: str = Field(description="Contactpunt")


def build_nota(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """The last note, for everyone alike."""
    nota = s.dossier.laatste(NotaVastgesteld)
    if nota is None:
        raise InvoerError(["Er is geen nota van inlichtingen vastgesteld."])
    vragen = list_vragen(s.dossier)
    regels: list[Notaregel] = []
    for antwoord in nota.antwoorden:
        vraag = vragen.get(antwoord.vraagnummer)
        if antwoord.vertrouwelijk or vraag is None:
            continue
        bladzijde = f"blz. {vraag.bladzijde}" if vraag.bladzijde else ""
        regels.append(
            Notaregel(
                nummer=antwoord.vraagnummer,
                vindplaats=", ".join(d for d in (vraag.document, vraag.artikel, bladzijde) if d)
                or "algemeen",
                vraag=antwoord.vraag_anoniem or vraag.vraag,
                antwoord=antwoord.antwoord,
                wijzigt=antwoord.wijzigt_stuk,
                nieuwe_tekst=antwoord.nieuwe_tekst,
            )
        )
    achter = sum(a.vertrouwelijk for a in nota.antwoorden)
    context = NotaContext(
        document=make_kop(s, s.dossier.aanbesteding.titel, f"NVI-{nota.ronde}", "vastgesteld"),
        aanbesteding=s.dossier.aanbesteding.titel,
        ronde=nota.ronde,
        eerste_ronde=nota.ronde == 1,
        vastgesteld=nota.vastgesteld,
        regels=tuple(regels),
        wijzigingen=tuple(r for r in regels if r.wijzigt),
        gewijzigde_stukken=_list_gewijzigd(s.dossier, nota),
        achtergehouden=achter,
        met_achtergehouden=achter > 0,
        oude_sluiting=nota.oude_sluiting,
        nieuwe_sluiting=nota.nieuwe_sluiting,
        reden_uitstel=as_zin(nota.reden_uitstel) if nota.nieuwe_sluiting and nota.reden_uitstel else None,
        contact=s.regio.contact,
    )
    yield Exemplaar(Ontvanger(f"ronde-{nota.ronde}", s.dossier.aanbesteding.titel), context)


def _list_gewijzigd(dossier: Dossier, nota: NotaVastgesteld) -> tuple[Gewijzigdstuk, ...]:
    """The documents that this note changes; each note that changes a document makes a version of it."""
    vragen = list_vragen(dossier)

    def stukken(n: NotaVastgesteld) -> dict[str, None]:
        return {
            vragen[a.vraagnummer].document or "algemeen": None
            for a in n.antwoorden
            if a.wijzigt_stuk and not a.vertrouwelijk and a.vraagnummer in vragen
        }

    eerder = [stukken(n) for n in dossier.list_feiten(NotaVastgesteld) if n.ronde < nota.ronde]
    return tuple(
        Gewijzigdstuk(naam=naam, versie=2 + sum(naam in stuk for stuk in eerder)) for naam in stukken(nota)
    )


def voorbeeld_nota() -> NotaContext:
    """A complete invented example."""
    regel = Notaregel(
        nummer="1",
        vindplaats="Conceptovereenkomst, artikel 3, blz. 2",
        vraag="Kan de opzegtermijn korter?",
        antwoord="Ja. De tekst wordt aangepast (verzonnen).",
        wijzigt=True,
        nieuwe_tekst="Iedere partij mag opzeggen met een termijn van vier maanden (verzonnen).",
    )
    return NotaContext(
        document=voorbeeld_kop(),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        ronde=1,
        eerste_ronde=True,
        vastgesteld=datetime(2027, 4, 5, 10, tzinfo=TIJDZONE),
        regels=(regel,),
        wijzigingen=(regel,),
        gewijzigde_stukken=(Gewijzigdstuk(naam="Conceptovereenkomst", versie=2),),
        achtergehouden=1,
        met_achtergehouden=True,
        oude_sluiting=datetime(2027, 4, 20, 12, tzinfo=TIJDZONE),
        nieuwe_sluiting=datetime(2027, 4, 28, 12, tzinfo=TIJDZONE),
        reden_uitstel="Inschrijvers krijgen tijd om de wijziging te verwerken (verzonnen).",
        contact="Team Inkoop, 000-0000000",
    )


# --- ontvangstbevestiging ---------------------------------------------------------------------------------


class OntvangstContext(DocumentContext):
    """Context of the receipt of a bid."""

    brief: Brief = Field(description="Briefhoofd en slot")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    nummer: str = Field(description="Nummer van de inschrijving")
    ontvangen: AwareDatetime = Field(description="Moment van ontvangst")
    sluiting: AwareDatetime = Field(description="Uiterste moment van inschrijven")
    te_laat: bool = Field(description="Of de inschrijving na de sluiting kwam")
    percelen: tuple[str, ...] = Field(description="Percelen waarvoor is ingeschreven")
    gunningsbeslissing: date | None = Field(description="Geplande verzending van de gunningsbeslissing")
    contact: str = Field(description="Contactpunt")


def build_ontvangstbevestiging(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One letter per bid that was just registered."""
    ontvangen, sluiting = s.dossier.laatste(InschrijvingenOntvangen), load_sluiting(s.dossier)
    if ontvangen is None or sluiting is None:
        raise InvoerError(["Er zijn geen inschrijvingen geregistreerd."])
    inkoop, planning = s.dossier.aanbesteding, load_planning(s)
    for bod in ontvangen.inschrijvingen:
        brief = build_brief(
            s.regio,
            bod.aanbieder,
            datum=s.vandaag,
            kenmerk=f"{s.dossier.code}-{bod.nummer}-ONTVANGST",
            onderwerp=f"Ontvangst van uw inschrijving {bod.nummer}",
            ondertekenaar_functie="Inkoper",
            namens=s.regio.naam,
        )
        context = OntvangstContext(
            brief=brief,
            aanbesteding=inkoop.titel,
            nummer=bod.nummer,
            ontvangen=bod.ontvangen,
            sluiting=sluiting,
            te_laat=bod.ontvangen > sluiting,
            percelen=tuple(inkoop.load_perceel(p).naam for p in bod.percelen),
            gunningsbeslissing=planning.gunningsbeslissing if planning else None,
            contact=s.regio.contact,
        )
        yield Exemplaar(Ontvanger(bod.nummer, bod.aanbieder.naam, bod.aanbieder.email), context)


def voorbeeld_ontvangstbevestiging() -> OntvangstContext:
    """A complete invented example."""
    return OntvangstContext(
        brief=voorbeeld_brief("Ontvangst van uw inschrijving I-001"),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        nummer="I-001",
        ontvangen=datetime(2027, 4, 19, 15, 30, tzinfo=TIJDZONE),
        sluiting=datetime(2027, 4, 20, 12, tzinfo=TIJDZONE),
        te_laat=False,
        percelen=("Perceel 2: Begeleiding (verzonnen voorbeeld)",),
        gunningsbeslissing=date(2027, 6, 1),
        contact="Team Inkoop, 000-0000000",
    )


def voorbeeld_brief(onderwerp: str) -> Brief:
    """An invented letter head."""
    return Brief(
        aan=(
            "Zorg Voorbeeld B.V. (verzonnen)",
            "t.a.v. Directie",
            "Verzonnenstraat 1",
            "1234 AB  Voorbeeldstad",
        ),
        datum=date(2027, 4, 19),
        kenmerk="VOORBEELD-1",
        onderwerp=onderwerp,
        aanhef="Geachte directie,",
        contact="Team Inkoop, 000-0000000",
        ondertekenaar_functie="Inkoper",
        namens="Regio Voorbeeld (verzonnen)",
    )


# --- proces-verbaal van opening ---------------------------------------------------------------------------


class Openingsregel(Gegevensmodel):
    """A bid in the record."""

    nummer: str = Field(description="Nummer van de inschrijving")
    aanbieder: str = Field(description="Naam van de inschrijver")
    ontvangen: AwareDatetime = Field(description="Moment van ontvangst")
    percelen: tuple[str, ...] = Field(min_length=1, description="Nummers van de percelen")


class Envelopregel(Gegevensmodel):
    """A sealed envelope in the record."""

    nummer: str = Field(description="Nummer van de inschrijving")
    geopend: bool = Field(description="Of de envelop is geopend")
    kenmerk: str = Field(description="SHA-256 van de verzegelde envelop, in groepen")


class Perceeltelling(Gegevensmodel):
    """How many bids in time there are for a perceel."""

    naam: str = Field(description="Nummer en titel van het perceel")
    aantal: int = Field(description="Aantal inschrijvingen op tijd")


class OpeningContext(DocumentContext):
    """Context of the record of the opening."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    sluiting: AwareDatetime = Field(description="Uiterste moment van inschrijven")
    moment: AwareDatetime = Field(description="Moment van opening")
    plaats: str = Field(description="Plaats van opening")
    openers: tuple[Openerregel, ...] = Field(description="De twee personen die samen openden")
    aangewezen: tuple[str, ...] = Field(default=(), description="Wie als opener zijn aangewezen")
    enveloppen: tuple[Envelopregel, ...] = Field(default=(), description="De verzegelde enveloppen")
    aanwezigen: tuple[str, ...] = Field(description="Functies van andere aanwezigen")
    bijzonderheden: tuple[str, ...] = Field(description="Onregelmatigheden en andere bijzonderheden")
    inschrijvingen: tuple[Openingsregel, ...] = Field(description="Inschrijvingen die op tijd waren")
    te_laat: tuple[Openingsregel, ...] = Field(description="Inschrijvingen na de sluiting, ongeopend")
    percelen: tuple[Perceeltelling, ...] = Field(description="Aantal inschrijvingen per perceel")
    aantal: int = Field(description="Aantal inschrijvingen op tijd")
    bewijs: Bewijsregel | None = Field(
        default=None,
        description="Koppen van de ketens van feiten en logboek; leeg als zij niet zijn vastgelegd",
    )


def build_proces_verbaal_opening(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One record of the opening."""
    geopend = s.dossier.laatste(InschrijvingenGeopend)
    opening = s.dossier.laatste(OpeningVastgelegd)
    sluiting = load_sluiting(s.dossier)
    if geopend is None or opening is None or sluiting is None:
        raise InvoerError(["De inschrijvingen zijn nog niet geopend."])
    alle = sorted(list_inschrijvingen(s.dossier), key=lambda i: (i.ontvangen, i.nummer))
    regels = [
        Openingsregel(nummer=i.nummer, aanbieder=i.aanbieder.naam, ontvangen=i.ontvangen, percelen=i.percelen)
        for i in alle
    ]
    op_tijd = tuple(r for r in regels if r.nummer not in geopend.te_laat)
    context = OpeningContext(
        document=make_kop(s, s.dossier.aanbesteding.titel, "PV-OPENING", "vastgesteld"),
        aanbesteding=s.dossier.aanbesteding.titel,
        sluiting=sluiting,
        moment=opening.moment,
        plaats=opening.plaats,
        openers=list_openers(s, "inschrijving", geopend.openers),
        aangewezen=list_aangewezen(s),
        enveloppen=_list_enveloppen(s.dossier, {r.nummer for r in regels}),
        aanwezigen=opening.aanwezigen,
        bijzonderheden=tuple(as_zin(b) for b in opening.bijzonderheden),
        inschrijvingen=op_tijd,
        te_laat=tuple(r for r in regels if r.nummer in geopend.te_laat),
        percelen=tuple(
            Perceeltelling(naam=p.naam, aantal=sum(p.nummer in r.percelen for r in op_tijd))
            for p in s.dossier.aanbesteding.percelen
            if not s.onderwerpen or p.nummer in s.onderwerpen
        ),
        aantal=len(op_tijd),
        bewijs=build_bewijs(s.dossier.bewijskop),
    )
    yield Exemplaar(make_ontvanger(s), context)


def _list_enveloppen(dossier: Dossier, nummers: set[str]) -> tuple[Envelopregel, ...]:
    """The sealed envelopes with these bids: opened or not, with the hash."""
    geopend = load_geopend(dossier, "inschrijving")
    gelezen = geopend.kenmerken if geopend else {}
    return tuple(
        Envelopregel(nummer=n, geopend=n in gelezen, kenmerk=show_kenmerk(k))
        for n, k in sorted(list_kenmerken(dossier, "inschrijving").items())
        if n in nummers
    )


def voorbeeld_proces_verbaal_opening() -> OpeningContext:
    """A complete invented example."""
    regel = Openingsregel(
        nummer="I-001",
        aanbieder="Zorg Voorbeeld B.V. (verzonnen)",
        ontvangen=datetime(2027, 4, 19, 15, 30, tzinfo=TIJDZONE),
        percelen=("1", "2"),
    )
    laat = regel.model_copy(
        update={"nummer": "I-002", "ontvangen": datetime(2027, 4, 20, 12, 4, tzinfo=TIJDZONE)}
    )
    return OpeningContext(
        document=voorbeeld_kop(),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        sluiting=datetime(2027, 4, 20, 12, tzinfo=TIJDZONE),
        moment=datetime(2027, 4, 20, 13, tzinfo=TIJDZONE),
        plaats="Gemeentehuis Voorbeeldstad (verzonnen)",
        openers=(
            Openerregel(persoon="inkoper.demo", rollen=("inkoper",), sleutel="0681f4d5d4d0b690"),
            Openerregel(persoon="jurist.demo", rollen=("jurist",), sleutel="69ca74d95122341e"),
        ),
        aangewezen=("inkoper.demo", "inkoper2.demo", "jurist.demo"),
        enveloppen=(
            Envelopregel(nummer="I-001", geopend=True, kenmerk=show_kenmerk("1f0a9c3d" * 8)),
            Envelopregel(nummer="I-002", geopend=False, kenmerk=show_kenmerk("7be2d405" * 8)),
        ),
        aanwezigen=("inkoopadviseur",),
        bijzonderheden=("Geen storing gemeld (verzonnen).",),
        inschrijvingen=(regel,),
        te_laat=(laat,),
        percelen=(Perceeltelling(naam="Perceel 2: Begeleiding (verzonnen voorbeeld)", aantal=1),),
        aantal=1,
        bewijs=Bewijsregel(feit=41, feit_hash="4be81f02" * 8, logregel=57, log_hash="c07d5a36" * 8),
    )


# --- intrekkingsbericht -----------------------------------------------------------------------------------


class IntrekkingContext(DocumentContext):
    """Context of the notice of withdrawal."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    regio: str = Field(description="Naam van de inkopende regio")
    percelen: tuple[str, ...] = Field(description="Percelen die stoppen")
    motivering: str = Field(description="Waarom de procedure stopt")
    gepubliceerd: bool = Field(description="Of de aanbesteding al was gepubliceerd")
    met_inschrijvingen: bool = Field(description="Of er inschrijvingen zijn ontvangen")
    rechtbank: str = Field(description="Bevoegde rechtbank")
    termijn_dagen: int = Field(description="Termijn om op te komen, in dagen")
    termijn_einde: AwareDatetime = Field(description="Einde van die termijn")
    contact: str = Field(description="Contactpunt")


def build_intrekkingsbericht(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One notice for the percelen that were just withdrawn."""
    feit = s.dossier.laatste(PercelenIngetrokken)
    if feit is None:
        raise InvoerError(["Er is geen perceel ingetrokken."])
    dagen = s.regio.rechtsgang.vervaltermijn_dagen
    inkoop = s.dossier.aanbesteding
    context = IntrekkingContext(
        document=make_kop(s, inkoop.titel, "INTREKKING-" + "-".join(feit.percelen), "vastgesteld"),
        aanbesteding=inkoop.titel,
        regio=s.regio.naam,
        percelen=tuple(p.naam for p in inkoop.percelen if p.nummer in feit.percelen),
        motivering=as_zin(feit.motivering),
        gepubliceerd=is_gepubliceerd(s),
        met_inschrijvingen=bool(list_inschrijvingen(s.dossier)),
        rechtbank=s.regio.rechtsgang.rechtbank,
        termijn_dagen=dagen,
        termijn_einde=count_vervaltermijn(s.vandaag, dagen, s.normen, peildatum=s.dossier.peildatum).einde,
        contact=s.regio.contact,
    )
    yield Exemplaar(Ontvanger("perceel-" + "-".join(feit.percelen), inkoop.titel), context)


def voorbeeld_intrekkingsbericht() -> IntrekkingContext:
    """A complete invented example."""
    return IntrekkingContext(
        document=voorbeeld_kop(),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        regio="Regio Voorbeeld (verzonnen)",
        percelen=("Perceel 2: Begeleiding (verzonnen voorbeeld)",),
        motivering="Er zijn geen geldige inschrijvingen ontvangen (verzonnen).",
        gepubliceerd=True,
        met_inschrijvingen=True,
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
        termijn_dagen=20,
        termijn_einde=datetime(2027, 6, 21, 23, 59, 59, tzinfo=TIJDZONE),
        contact="Team Inkoop, 000-0000000",
    )


NOTA_VAN_INLICHTINGEN = Document(
    code="nota_van_inlichtingen",
    titel="Nota van inlichtingen",
    fase=FASE,
    context=NotaContext,
    build=build_nota,
    voorbeeld=voorbeeld_nota,
    per="aanbesteding",
    ongebruikt=(
        "regels[].nieuwe_tekst",
        "wijzigingen[].vraag",
        "wijzigingen[].antwoord",
        "wijzigingen[].wijzigt",
    ),
    ondertekenaar=Rol.JURIST,
    besluit=True,
)
ONTVANGSTBEVESTIGING = Document(
    code="ontvangstbevestiging",
    titel="Ontvangstbevestiging",
    fase=FASE,
    context=OntvangstContext,
    build=build_ontvangstbevestiging,
    voorbeeld=voorbeeld_ontvangstbevestiging,
    per="inschrijver",
    ondertekenaar=Rol.INKOPER,
    verzenden=True,
)
PROCES_VERBAAL_OPENING = Document(
    code="proces_verbaal_opening",
    titel="Proces-verbaal van opening",
    fase=FASE,
    context=OpeningContext,
    build=build_proces_verbaal_opening,
    voorbeeld=voorbeeld_proces_verbaal_opening,
    per="aanbesteding",
    ondertekenaar=Rol.INKOPER,
)
INTREKKINGSBERICHT = Document(
    code="intrekkingsbericht",
    titel="Intrekkingsbericht",
    fase=FASE,
    context=IntrekkingContext,
    build=build_intrekkingsbericht,
    voorbeeld=voorbeeld_intrekkingsbericht,
    per="aanbesteding",
    ondertekenaar=Rol.GEMANDATEERDE,
    besluit=True,
)

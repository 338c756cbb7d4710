"""Documents with which the consultation opens: the consultation document, invitations and questionnaires.

Wording stands in sjablonen/marktconsultatie/. What is done with reactions stands in verslag.py.

Grondslag: contents of FEITEN 3.1: status, background, questions, form, participants, level playing field.
Must stay true: everyone gets the same information; an invitation holds nothing that the document does not
hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import AwareDatetime, Field

from aanbesteding.documents.declaration import (
    Brief,
    Document,
    DocumentContext,
    Documentkop,
    Exemplaar,
    Ontvanger,
    address_regels,
    build_brief,
)
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.consultatie import Consultatie, Thema
from aanbesteding.domain.deelname import is_verdeeld
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.marktconsultatie.besluiten import list_partijen
from aanbesteding.fasen.marktconsultatie.documenten import voorbeelden
from aanbesteding.fasen.marktconsultatie.documenten.onderdelen import (
    Gegevensregel,
    Indeling,
    Kaderregel,
    Perceelregel,
    Puntregel,
    Stellingregel,
    Toevoegingregel,
    Vraagregel,
    build_indeling,
    build_kaders,
    build_kop,
    build_omvang,
    build_percelen,
    build_punten,
    build_stellingen,
    build_toevoegingen,
    build_toewijzing,
    build_vraagregels,
    count_einde,
    list_gemeentenamen,
    load_opening,
    number_vragen,
    parse_ingang,
    show_namens,
)


class Themavraag(Vraagregel):
    """A numbered question with the groups it is put to."""

    iedereen: bool = Field(description="De vraag is voor alle groepen")
    voor: tuple[str, ...] = Field(description="Groepen die deze vraag krijgen")
    is_schaal: bool = Field(description="Het antwoord is een score")


class Themavragen(Gegevensmodel):
    """The questions of one theme."""

    titel: str = Field(description="Titel van het thema")
    advies: str = Field(description="Wat de evaluatie of strategie erover adviseert")
    vragen: tuple[Themavraag, ...] = Field(description="Vragen over dit thema")


class MarktconsultatiedocumentContext(DocumentContext):
    """What the consultation document prints."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de inkoop")
    gemeenten: tuple[str, ...] = Field(min_length=1, description="Deelnemende gemeenten")
    brontitel: str = Field(description="Titel van de strategie waarop de consultatie rust")
    ingang: date | None = Field(description="Beoogde ingangsdatum, als die bekend is")
    ingang_tekst: str = Field(description="Beoogde ingang in woorden, als er geen datum is")
    kaders: tuple[Kaderregel, ...] = Field(description="Vastgesteld beleidskader per gemeente")
    toevoegingen: tuple[Toevoegingregel, ...] = Field(description="Wat aan een kader is toegevoegd")
    uitgangspunten: tuple[Stellingregel, ...] = Field(description="Strategische uitgangspunten")
    doelen: tuple[Stellingregel, ...] = Field(description="Doelen van de inkoop")
    gegevens: tuple[Gegevensregel, ...] = Field(description="Omvang in aantallen en bedragen")
    indeling: Indeling = Field(description="Hoe de regio een perceel noemt")
    percelen: tuple[Perceelregel, ...] = Field(description="Beoogde percelen")
    deelname_verschilt: bool = Field(description="Of niet elke gemeente aan elk perceel deelneemt")
    toewijzing: tuple[str, ...] = Field(description="Hoe percelen over inschrijvers worden verdeeld")
    vormen: tuple[Stellingregel, ...] = Field(description="Waarin gesprekken met partijen bestaan")
    punten: tuple[Puntregel, ...] = Field(description="Keuzes die nog open staan")
    uitdagingen: tuple[str, ...] = Field(description="Uitdagingen die uit de evaluatie kwamen")
    groepen: tuple[str, ...] = Field(min_length=1, description="Stakeholdergroepen die worden gevraagd")
    themas: tuple[Themavragen, ...] = Field(description="Vragen per thema")
    schaal_min: int = Field(description="Laagste score")
    schaal_max: int = Field(description="Hoogste score")
    reageren_tot: AwareDatetime = Field(description="Tot welk moment reageren kan")
    datum_bijeenkomst: date | None = Field(description="Datum van de bijeenkomst, als die er is")
    bijeenkomst: str = Field(description="Tijd en plaats van de bijeenkomst")
    vindplaats: str = Field(description="Waar iedereen de stukken vindt")
    email: str = Field(description="Adres waar reacties heen gaan")
    contact: str = Field(description="Wie men kan bellen of mailen")


class UitnodigingContext(DocumentContext):
    """What an invitation prints."""

    brief: Brief = Field(description="Briefhoofd en slot")
    titel: str = Field(description="Titel van de inkoop")
    gemeenten: tuple[str, ...] = Field(min_length=1, description="Deelnemende gemeenten")
    groep: str = Field(description="Stakeholdergroep van de ontvanger")
    ingang: date | None = Field(description="Beoogde ingangsdatum, als die bekend is")
    ingang_tekst: str = Field(description="Beoogde ingang in woorden, als er geen datum is")
    aantal_vragen: int = Field(description="Aantal vragen voor deze groep")
    reageren_tot: AwareDatetime = Field(description="Tot welk moment reageren kan")
    datum_bijeenkomst: date | None = Field(description="Datum van de bijeenkomst, als die er is")
    bijeenkomst: str = Field(description="Tijd en plaats van de bijeenkomst")
    vindplaats: str = Field(description="Waar iedereen de stukken vindt")
    email: str = Field(description="Adres waar reacties heen gaan")


class Vraagblok(Gegevensmodel):
    """A block of the questionnaire."""

    titel: str = Field(description="Titel van het blok")
    schaalvragen: tuple[Vraagregel, ...] = Field(description="Vragen met een score")
    open_vragen: tuple[Vraagregel, ...] = Field(description="Vragen met ruimte voor een antwoord")


class VragenlijstContext(DocumentContext):
    """What a questionnaire prints."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de inkoop")
    groep: str = Field(description="Stakeholdergroep die deze lijst invult")
    schaal: tuple[int, ...] = Field(description="Punten van de schaal, van laag naar hoog")
    schaal_min: int = Field(description="Laagste score")
    schaal_max: int = Field(description="Hoogste score")
    blokken: tuple[Vraagblok, ...] = Field(description="Blokken met vragen voor deze groep")
    reageren_tot: AwareDatetime = Field(description="Tot welk moment reageren kan")
    email: str = Field(description="Adres waar reacties heen gaan")
    contact: str = Field(description="Wie men kan bellen of mailen")


def build_marktconsultatiedocument(s: Situatie[None]) -> Iterator[Exemplaar]:
    """The one consultation document."""
    aanbesteding, opening = s.dossier.aanbesteding, load_opening(s)
    consultatie = aanbesteding.consultatie
    ingang, ingang_tekst = parse_ingang(aanbesteding)
    nummers = number_vragen(consultatie)
    context = MarktconsultatiedocumentContext(
        document=build_kop(s, aanbesteding.titel, "DOCUMENT", "definitief"),
        titel=aanbesteding.titel,
        gemeenten=list_gemeentenamen(s.regio),
        brontitel=aanbesteding.brontitel,
        ingang=ingang,
        ingang_tekst=ingang_tekst,
        kaders=build_kaders(s),
        toevoegingen=build_toevoegingen(s),
        uitgangspunten=build_stellingen(aanbesteding.uitgangspunten),
        doelen=build_stellingen(aanbesteding.doelen),
        gegevens=build_omvang(aanbesteding),
        indeling=build_indeling(aanbesteding),
        percelen=build_percelen(aanbesteding, s.regio),
        deelname_verschilt=is_verdeeld(aanbesteding, s.regio),
        toewijzing=build_toewijzing(aanbesteding.toewijzing),
        vormen=build_stellingen(consultatie.vormen),
        punten=build_punten(aanbesteding),
        uitdagingen=tuple(uitdaging.tekst for uitdaging in consultatie.uitdagingen),
        groepen=tuple(groep.naam for groep in consultatie.groepen),
        themas=tuple(_build_themavragen(consultatie, thema, nummers) for thema in consultatie.themas),
        schaal_min=consultatie.schaal_min,
        schaal_max=consultatie.schaal_max,
        reageren_tot=count_einde(opening.sluit_op),
        datum_bijeenkomst=opening.datum_bijeenkomst,
        bijeenkomst=opening.bijeenkomst,
        vindplaats=opening.vindplaats,
        email=s.regio.email,
        contact=s.regio.contact,
    )
    yield Exemplaar(Ontvanger(aanbesteding.code, s.regio.naam, s.regio.email), context)


def _build_themavragen(consultatie: Consultatie, thema: Thema, nummers: dict[str, int]) -> Themavragen:
    namen = {groep.code: groep.naam for groep in consultatie.groepen}
    vragen = sorted((v for v in consultatie.vragen if v.thema == thema.code), key=lambda v: nummers[v.code])
    return Themavragen(
        titel=thema.titel,
        advies=thema.advies,
        vragen=tuple(
            Themavraag(
                nummer=nummers[vraag.code],
                tekst=vraag.tekst,
                iedereen=not vraag.groepen,
                voor=tuple(namen[code] for code in vraag.groepen),
                is_schaal=vraag.soort == "schaal",
            )
            for vraag in vragen
        ),
    )


def build_uitnodigingen(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One invitation per registered party."""
    aanbesteding, opening = s.dossier.aanbesteding, load_opening(s)
    consultatie = aanbesteding.consultatie
    ingang, ingang_tekst = parse_ingang(aanbesteding)
    groepen = {groep.code: groep.naam for groep in consultatie.groepen}
    for partij in list_partijen(s.dossier):
        context = UitnodigingContext(
            brief=build_brief(
                s.regio,
                address_regels(partij.naam, "de directie of leiding", partij.adres),
                datum=s.vandaag,
                kenmerk=f"{s.dossier.code}-MC-{partij.sleutel}",
                onderwerp=f"Uitnodiging marktconsultatie {aanbesteding.titel}",
                ondertekenaar_functie="Inkoper",
                namens=show_namens(s.regio),
                aanhef="Geachte heer of mevrouw,",
            ),
            titel=aanbesteding.titel,
            gemeenten=list_gemeentenamen(s.regio),
            groep=groepen[partij.groep],
            ingang=ingang,
            ingang_tekst=ingang_tekst,
            aantal_vragen=len(consultatie.list_vragen(partij.groep)),
            reageren_tot=count_einde(opening.sluit_op),
            datum_bijeenkomst=opening.datum_bijeenkomst,
            bijeenkomst=opening.bijeenkomst,
            vindplaats=opening.vindplaats,
            email=s.regio.email,
        )
        yield Exemplaar(Ontvanger(partij.sleutel, partij.naam, partij.email), context)


def build_vragenlijsten(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One questionnaire per stakeholder group."""
    aanbesteding, opening = s.dossier.aanbesteding, load_opening(s)
    consultatie = aanbesteding.consultatie
    for groep in consultatie.groepen:
        context = VragenlijstContext(
            document=build_kop(
                s, f"{aanbesteding.titel}: {groep.naam}", f"VRAGEN-{groep.code}", "in te vullen"
            ),
            titel=aanbesteding.titel,
            groep=groep.naam,
            schaal=tuple(range(consultatie.schaal_min, consultatie.schaal_max + 1)),
            schaal_min=consultatie.schaal_min,
            schaal_max=consultatie.schaal_max,
            blokken=_build_blokken(consultatie, groep.code),
            reageren_tot=count_einde(opening.sluit_op),
            email=s.regio.email,
            contact=s.regio.contact,
        )
        yield Exemplaar(Ontvanger(groep.code.replace("_", "-"), groep.naam), context)


def _build_blokken(consultatie: Consultatie, groep: str) -> tuple[Vraagblok, ...]:
    nummers, vragen = number_vragen(consultatie), consultatie.list_vragen(groep)
    blokken: list[Vraagblok] = []
    for blok in consultatie.blokken:
        schaal = tuple(v for v in vragen if v.blok == blok.code and v.soort == "schaal")
        open_ = tuple(v for v in vragen if v.blok == blok.code and v.soort == "open")
        if schaal or open_:
            blokken.append(
                Vraagblok(
                    titel=blok.titel,
                    schaalvragen=build_vraagregels(schaal, nummers),
                    open_vragen=build_vraagregels(open_, nummers),
                )
            )
    return tuple(blokken)


MARKTCONSULTATIEDOCUMENT = Document(
    code="marktconsultatiedocument",
    titel="Marktconsultatiedocument",
    fase="marktconsultatie",
    context=MarktconsultatiedocumentContext,
    build=build_marktconsultatiedocument,
    voorbeeld=lambda: MarktconsultatiedocumentContext.model_validate(
        voorbeelden.make_marktconsultatiedocument()
    ),
    per="aanbesteding",
)

UITNODIGING = Document(
    code="uitnodiging",
    titel="Uitnodiging marktconsultatie",
    fase="marktconsultatie",
    context=UitnodigingContext,
    build=build_uitnodigingen,
    voorbeeld=lambda: UitnodigingContext.model_validate(voorbeelden.make_uitnodiging()),
    per="partij",
    ondertekenaar=Rol.INKOPER,
    verzenden=True,
)

VRAGENLIJST = Document(
    code="vragenlijst",
    titel="Vragenlijst marktconsultatie",
    fase="marktconsultatie",
    context=VragenlijstContext,
    build=build_vragenlijsten,
    voorbeeld=lambda: VragenlijstContext.model_validate(voorbeelden.make_vragenlijst()),
    per="groep",
)

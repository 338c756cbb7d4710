"""Documents for governing bodies after the consultation: proposal to each college, letter to each council.

Each municipality decides for itself, so there is one of each per municipality. The report itself is
verslag.py.

Grondslag: stage gate strategy → consultation → drafting (FEITEN 6.1); no article is cited in these
documents.
Must stay true: a proposal shows the policy frame of its own municipality and nobody else's.
Trap: these are offered to the municipality and not sent by this product; the secretary or griffier does
that.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from aanbesteding.documents.declaration import (
    Brief,
    Document,
    DocumentContext,
    Documentkop,
    Exemplaar,
    Ontvanger,
    build_brief,
)
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.regio import Gemeente
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.marktconsultatie.besluiten import list_beleidskaders
from aanbesteding.fasen.marktconsultatie.documenten import voorbeelden
from aanbesteding.fasen.marktconsultatie.documenten.onderdelen import (
    Gegevensregel,
    Kaderregel,
    Perceelregel,
    Puntregel,
    Stellingregel,
    Toevoegingregel,
    build_kop,
    build_omvang,
    build_percelen,
    build_punten,
    build_stellingen,
    build_toevoegingen,
    list_gemeentenamen,
    parse_ingang,
)
from aanbesteding.fasen.marktconsultatie.documenten.verslag import (
    Deelnameregel,
    build_deelnameregel,
    load_verwerking,
)
from aanbesteding.fasen.marktconsultatie.uitkomst import count_deelname


class Themagevolg(Gegevensmodel):
    """What is done with the reactions on a theme."""

    titel: str = Field(description="Titel van het thema")
    overgenomen: bool = Field(description="De reacties zijn overgenomen")
    deels: bool = Field(description="De reacties zijn deels overgenomen")
    niet: bool = Field(description="De reacties zijn niet overgenomen")
    actie: str = Field(description="Wat ermee gebeurt")
    motivering: str = Field(description="Waarom (niet)")


class CollegevoorstelContext(DocumentContext):
    """What the proposal prints."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de inkoop")
    gemeente: str = Field(description="Gemeente waarvoor dit voorstel is")
    orgaan: str = Field(description="Bestuursorgaan dat beslist")
    andere_gemeenten: tuple[str, ...] = Field(description="Gemeenten die hetzelfde voorstel krijgen")
    brontitel: str = Field(description="Titel van de strategie")
    kader: Kaderregel | None = Field(description="Vastgesteld beleidskader van deze gemeente")
    toevoegingen: tuple[Toevoegingregel, ...] = Field(description="Wat gemeenten aan hun kader toevoegden")
    ingang: date | None = Field(description="Beoogde ingangsdatum, als die bekend is")
    ingang_tekst: str = Field(description="Beoogde ingang in woorden, als er geen datum is")
    doelen: tuple[Stellingregel, ...] = Field(description="Doelen van de inkoop")
    percelen: tuple[Perceelregel, ...] = Field(description="Beoogde percelen")
    bedragen: tuple[Gegevensregel, ...] = Field(description="Bedragen uit de strategie")
    punten: tuple[Puntregel, ...] = Field(description="Keuzes die nog open staan")
    uitgenodigd: int = Field(description="Aantal uitgenodigde partijen")
    gereageerd: int = Field(description="Aantal partijen dat reageerde")
    themas: tuple[Themagevolg, ...] = Field(description="Gevolg per thema")
    maatregelen: tuple[str, ...] = Field(description="Maatregelen voor een gelijk speelveld")
    motivering: str = Field(description="Motivering van afwijkingen, als die er zijn")
    contact: str = Field(description="Wie men kan bellen of mailen")


class RaadsinformatiebriefContext(DocumentContext):
    """What the letter to the council prints."""

    brief: Brief = Field(description="Briefhoofd en slot")
    titel: str = Field(description="Titel van de inkoop")
    gemeente: str = Field(description="Gemeente van de raad")
    andere_gemeenten: tuple[str, ...] = Field(description="Gemeenten waarmee wordt ingekocht")
    ingang: date | None = Field(description="Beoogde ingangsdatum, als die bekend is")
    ingang_tekst: str = Field(description="Beoogde ingang in woorden, als er geen datum is")
    kader: Kaderregel | None = Field(description="Vastgesteld beleidskader van deze gemeente")
    uitgenodigd: int = Field(description="Aantal uitgenodigde partijen")
    gereageerd: int = Field(description="Aantal partijen dat reageerde")
    deelname: tuple[Deelnameregel, ...] = Field(description="Deelname per groep")
    themas: tuple[Themagevolg, ...] = Field(description="Gevolg per thema")


def build_collegevoorstellen(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One proposal per municipality."""
    aanbesteding, verwerkt = s.dossier.aanbesteding, load_verwerking(s)
    ingang, ingang_tekst = parse_ingang(aanbesteding)
    deelname = count_deelname(s.dossier)
    for gemeente in s.regio.gemeenten:
        context = CollegevoorstelContext(
            document=build_kop(
                s, aanbesteding.titel, f"VOORSTEL-{gemeente.code}", "concept voor besluitvorming"
            ),
            titel=aanbesteding.titel,
            gemeente=gemeente.naam,
            orgaan=gemeente.bevoegd_orgaan,
            andere_gemeenten=_list_andere(s, gemeente),
            brontitel=aanbesteding.brontitel,
            kader=_build_kader(s, gemeente),
            toevoegingen=build_toevoegingen(s),
            ingang=ingang,
            ingang_tekst=ingang_tekst,
            doelen=build_stellingen(aanbesteding.doelen),
            percelen=build_percelen(aanbesteding, s.regio),
            bedragen=tuple(regel for regel in build_omvang(aanbesteding) if regel.is_euro),
            punten=build_punten(aanbesteding),
            uitgenodigd=sum(d.uitgenodigd for d in deelname),
            gereageerd=sum(d.gereageerd for d in deelname),
            themas=_build_themas(s),
            maatregelen=verwerkt.maatregelen,
            motivering=verwerkt.motivering,
            contact=s.regio.contact,
        )
        yield Exemplaar(Ontvanger(gemeente.code, f"Gemeente {gemeente.naam}"), context)


def build_raadsinformatiebrieven(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per municipal council."""
    aanbesteding = s.dossier.aanbesteding
    ingang, ingang_tekst = parse_ingang(aanbesteding)
    deelname = count_deelname(s.dossier)
    for gemeente in s.regio.gemeenten:
        context = RaadsinformatiebriefContext(
            brief=build_brief(
                s.regio,
                (f"De gemeenteraad van {gemeente.naam}", *gemeente.adres.regels),
                datum=s.vandaag,
                kenmerk=f"{s.dossier.code}-MC-RAAD-{gemeente.code}",
                onderwerp=f"Uitkomst marktconsultatie {aanbesteding.titel}",
                ondertekenaar_functie="Secretaris en burgemeester",
                namens=f"Het {gemeente.bevoegd_orgaan} van {gemeente.naam}",
                aanhef="Geachte leden van de raad,",
            ),
            titel=aanbesteding.titel,
            gemeente=gemeente.naam,
            andere_gemeenten=_list_andere(s, gemeente),
            ingang=ingang,
            ingang_tekst=ingang_tekst,
            kader=_build_kader(s, gemeente),
            uitgenodigd=sum(d.uitgenodigd for d in deelname),
            gereageerd=sum(d.gereageerd for d in deelname),
            deelname=tuple(build_deelnameregel(d) for d in deelname),
            themas=_build_themas(s),
        )
        yield Exemplaar(Ontvanger(gemeente.code, f"Gemeenteraad van {gemeente.naam}"), context)


def _list_andere(s: Situatie[None], gemeente: Gemeente) -> tuple[str, ...]:
    return tuple(naam for naam in list_gemeentenamen(s.regio) if naam != gemeente.naam)


def _build_kader(s: Situatie[None], gemeente: Gemeente) -> Kaderregel | None:
    feit = list_beleidskaders(s.dossier).get(gemeente.code)
    if feit is None:
        return None
    return Kaderregel(gemeente=gemeente.naam, orgaan=feit.orgaan, datum=feit.datum, kenmerk=feit.kenmerk)


def _build_themas(s: Situatie[None]) -> tuple[Themagevolg, ...]:
    titels = {thema.code: thema.titel for thema in s.dossier.aanbesteding.consultatie.themas}
    return tuple(
        Themagevolg(
            titel=titels[b.thema],
            overgenomen=b.gevolg == "overgenomen",
            deels=b.gevolg == "deels",
            niet=b.gevolg == "niet",
            actie=b.actie,
            motivering=b.motivering,
        )
        for b in load_verwerking(s).themas
    )


COLLEGEVOORSTEL_STRATEGIE = Document(
    code="collegevoorstel_strategie",
    titel="Collegevoorstel inkoopstrategie",
    fase="marktconsultatie",
    context=CollegevoorstelContext,
    build=build_collegevoorstellen,
    voorbeeld=lambda: CollegevoorstelContext.model_validate(voorbeelden.make_collegevoorstel()),
    per="gemeente",
    ongebruikt=(
        "bedragen[].eenheid",
        "bedragen[].is_euro",
        "bedragen[].is_getal",
        "bedragen[].is_procent",
        "percelen[].aanbieders",
        "percelen[].ambities",
        "percelen[].capaciteit",
        "percelen[].gemeenten",
        "percelen[].looptijd",
        "percelen[].omschrijving",
        "percelen[].regels",
        "percelen[].uitloop",
    ),
    besluit=True,
)

RAADSINFORMATIEBRIEF = Document(
    code="raadsinformatiebrief",
    titel="Raadsinformatiebrief marktconsultatie",
    fase="marktconsultatie",
    context=RaadsinformatiebriefContext,
    build=build_raadsinformatiebrieven,
    voorbeeld=lambda: RaadsinformatiebriefContext.model_validate(voorbeelden.make_raadsinformatiebrief()),
    per="gemeente",
    ondertekenaar=Rol.GEMANDATEERDE,
    ongebruikt=("deelname[].respons", "kader.gemeente"),
    besluit=True,
)

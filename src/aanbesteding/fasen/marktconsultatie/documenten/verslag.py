"""The consultation report: who took part, what they said, what is done with it and why not.

Counting is done in ..uitkomst, wording stands in sjablonen/marktconsultatie/consultatieverslag.docx.

Grondslag: FEITEN 3.1: participants by category, a summary per question without competition-sensitive
content, what is done with reactions and why some are not adopted, measures for a level playing field.
Must stay true: no name of a party in the report; open answers of a group stay out when fewer than
KLEINSTE_GROEP answers to that question would be shown. Figures are always shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pydantic import Field

from aanbesteding.documents.declaration import (
    Document,
    DocumentContext,
    Documentkop,
    Exemplaar,
    Grafiek,
    Grafiekreeks,
    Ontvanger,
)
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.consultatie import Consultatie, Thema, Vraag
from aanbesteding.domain.kalender import datum_in_nederland
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.marktconsultatie.besluiten import ReactiesVerwerkt, Themabesluit
from aanbesteding.fasen.marktconsultatie.documenten import voorbeelden
from aanbesteding.fasen.marktconsultatie.documenten.onderdelen import (
    build_kop,
    list_gemeentenamen,
    load_opening,
    number_vragen,
)
from aanbesteding.fasen.marktconsultatie.documenten.voorlichting import Bijeenkomstregel
from aanbesteding.fasen.marktconsultatie.uitkomst import (
    KLEINSTE_GROEP,
    Deelname,
    Uitkomst,
    count_cijfers,
    count_deelname,
    load_uitkomst,
    show_gemiddelde,
)
from aanbesteding.fasen.marktconsultatie.voorlichting import list_bijeenkomsten, list_marktvragen


class Deelnameregel(Gegevensmodel):
    """How many parties of a group took part."""

    groep: str = Field(description="Stakeholdergroep")
    uitgenodigd: int = Field(description="Aantal uitgenodigde partijen")
    gereageerd: int = Field(description="Aantal partijen dat reageerde")
    respons: Decimal = Field(description="Deel dat reageerde, in hele procenten")


class Cijferregel(Gegevensmodel):
    """Figures of a group, a question or a theme."""

    naam: str = Field(description="Groep, vraag of thema")
    gemiddelde: Decimal = Field(description="Gemiddelde score, afgerond op één decimaal")
    aantal: int = Field(description="Aantal scores")
    laagste: int = Field(description="Laagste gegeven score")
    hoogste: int = Field(description="Hoogste gegeven score")


class Vraagcijfers(Gegevensmodel):
    """Figures of one question, group by group."""

    nummer: int = Field(description="Nummer in de vragenlijst")
    tekst: str = Field(description="De vraag")
    groepen: tuple[Cijferregel, ...] = Field(description="Cijfers per groep, met onderaan alle groepen samen")


class Themauitkomst(Gegevensmodel):
    """What came out for one theme and what is done with it."""

    titel: str = Field(description="Titel van het thema")
    aantal_scores: int = Field(description="Aantal scores bij dit thema")
    aantal_antwoorden: int = Field(description="Aantal open antwoorden bij dit thema")
    cijfers: tuple[Cijferregel, ...] = Field(
        description="Cijfers per schaalvraag van dit thema, alle groepen"
    )
    samenvatting: str = Field(description="Wat is gezegd, in eigen woorden van de inkoper")
    overgenomen: bool = Field(description="De reacties zijn overgenomen")
    deels: bool = Field(description="De reacties zijn deels overgenomen")
    niet: bool = Field(description="De reacties zijn niet overgenomen")
    actie: str = Field(description="Wat ermee gebeurt")
    motivering: str = Field(description="Waarom (niet)")


class Antwoordregel(Gegevensmodel):
    """An open answer without names."""

    tekst: str = Field(description="Het antwoord, zonder namen en contactgegevens")
    vaker: bool = Field(description="Meer dan één partij gaf dit antwoord")
    aantal: int = Field(description="Hoeveel partijen dit antwoord gaven")


class Groepantwoorden(Gegevensmodel):
    """Open answers of one group."""

    groep: str = Field(description="Stakeholdergroep")
    aantal: int = Field(description="Hoeveel partijen van deze groep antwoordden")
    te_klein: bool = Field(description="Te weinig antwoorden om ze te tonen zonder herleidbaar te zijn")
    antwoorden: tuple[Antwoordregel, ...] = Field(description="De antwoorden; leeg als het er te weinig zijn")


class OpenVraag(Gegevensmodel):
    """An open question with its answers."""

    nummer: int = Field(description="Nummer in de vragenlijst")
    tekst: str = Field(description="De vraag")
    groepen: tuple[Groepantwoorden, ...] = Field(description="Antwoorden per groep")


class ConsultatieverslagContext(DocumentContext):
    """What the report prints."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de inkoop")
    gemeenten: tuple[str, ...] = Field(min_length=1, description="Deelnemende gemeenten")
    geopend_op: date = Field(description="Dag waarop de consultatie openging")
    sluit_op: date = Field(description="Laatste dag om te reageren")
    datum_bijeenkomst: date | None = Field(description="Datum van de bijeenkomst, als die er was")
    uitgenodigd: int = Field(description="Aantal uitgenodigde partijen")
    gereageerd: int = Field(description="Aantal partijen dat reageerde")
    respons: Decimal = Field(description="Deel van alle partijen dat reageerde, in hele procenten")
    deelname: tuple[Deelnameregel, ...] = Field(description="Deelname per groep")
    heeft_scores: bool = Field(description="Er zijn scores gegeven")
    schaal_min: int = Field(description="Laagste score van de schaal")
    schaal_max: int = Field(description="Hoogste score van de schaal")
    groepscijfers: tuple[Cijferregel, ...] = Field(description="Alle scores van een groep samen")
    themacijfers: tuple[Cijferregel, ...] = Field(description="Alle scores bij een thema samen")
    grafiek_groepen: Grafiek | None = Field(description="Staafdiagram: gemiddelde per groep")
    grafiek_themas: Grafiek | None = Field(description="Staafdiagram: gemiddelde per thema")
    themas: tuple[Themauitkomst, ...] = Field(description="Uitkomst en gevolg per thema")
    aantal_overgenomen: int = Field(description="Aantal thema's waarvan de reacties zijn overgenomen")
    aantal_deels: int = Field(description="Aantal thema's waarvan de reacties deels zijn overgenomen")
    aantal_niet: int = Field(description="Aantal thema's waarvan de reacties niet zijn overgenomen")
    vraagcijfers: tuple[Vraagcijfers, ...] = Field(description="Cijfers per vraag en groep")
    open_vragen: tuple[OpenVraag, ...] = Field(description="Open antwoorden per vraag en groep")
    weggelaten: int = Field(description="Aantal antwoorden dat om de inhoud niet is opgenomen")
    kleinste_groep: int = Field(description="Vanaf dit aantal worden open antwoorden van een groep getoond")
    bijeenkomsten: tuple[Bijeenkomstregel, ...] = Field(
        description="Gehouden bijeenkomsten, met gepubliceerde presentaties"
    )
    aantal_marktvragen: int = Field(description="Hoeveel vragen uit de markt voor iedereen zijn beantwoord")
    maatregelen: tuple[str, ...] = Field(description="Maatregelen voor een gelijk speelveld")
    motivering: str = Field(description="Motivering van afwijkingen, als die er zijn")
    contact: str = Field(description="Wie men kan bellen of mailen")


def load_verwerking(s: Situatie[None]) -> ReactiesVerwerkt:
    """What was decided on the reactions; a report always has it."""
    verwerkt = s.dossier.laatste(ReactiesVerwerkt)
    if verwerkt is None:
        raise ValueError("het consultatieverslag is niet vastgesteld")
    return verwerkt


def build_consultatieverslag(s: Situatie[None]) -> Iterator[Exemplaar]:
    """The one report."""
    aanbesteding, verwerkt, opening = s.dossier.aanbesteding, load_verwerking(s), load_opening(s)
    consultatie, uitkomst = aanbesteding.consultatie, load_uitkomst(s.dossier)
    zonder = frozenset((v.partij, v.vraag) for v in verwerkt.niet_opnemen)
    deelname = count_deelname(s.dossier)
    groepscijfers = _build_groepscijfers(consultatie, uitkomst)
    themacijfers = _build_themacijfers(consultatie, uitkomst)
    context = ConsultatieverslagContext(
        document=build_kop(s, aanbesteding.titel, "VERSLAG", "vastgesteld"),
        titel=aanbesteding.titel,
        gemeenten=list_gemeentenamen(s.regio),
        geopend_op=datum_in_nederland(s.dossier.moment_van(opening)),
        sluit_op=opening.sluit_op,
        datum_bijeenkomst=opening.datum_bijeenkomst,
        uitgenodigd=sum(d.uitgenodigd for d in deelname),
        gereageerd=sum(d.gereageerd for d in deelname),
        respons=_count_respons(sum(d.gereageerd for d in deelname), sum(d.uitgenodigd for d in deelname)),
        deelname=tuple(build_deelnameregel(d) for d in deelname),
        heeft_scores=bool(uitkomst.reacties.scores),
        schaal_min=consultatie.schaal_min,
        schaal_max=consultatie.schaal_max,
        groepscijfers=groepscijfers,
        themacijfers=themacijfers,
        grafiek_groepen=_build_grafiek("Gemiddelde score per groep", groepscijfers, consultatie.schaal_max),
        grafiek_themas=_build_grafiek("Gemiddelde score per thema", themacijfers, consultatie.schaal_max),
        themas=tuple(
            _build_thema(consultatie, thema, besluit, uitkomst)
            for thema in consultatie.themas
            for besluit in verwerkt.themas
            if besluit.thema == thema.code
        ),
        aantal_overgenomen=count_gevolg(verwerkt, "overgenomen"),
        aantal_deels=count_gevolg(verwerkt, "deels"),
        aantal_niet=count_gevolg(verwerkt, "niet"),
        vraagcijfers=_build_vraagcijfers(consultatie, uitkomst),
        open_vragen=_build_open_vragen(consultatie, uitkomst, zonder),
        weggelaten=len(zonder),
        kleinste_groep=KLEINSTE_GROEP,
        bijeenkomsten=tuple(
            Bijeenkomstregel(
                datum=b.datum,
                onderwerp=b.onderwerp,
                vorm=b.vorm,
                deelnemers=b.deelnemers,
                presentaties=tuple(p.titel for p in b.presentaties),
            )
            for b in list_bijeenkomsten(s.dossier)
        ),
        aantal_marktvragen=len(list_marktvragen(s.dossier)),
        maatregelen=verwerkt.maatregelen,
        motivering=verwerkt.motivering,
        contact=s.regio.contact,
    )
    yield Exemplaar(Ontvanger(aanbesteding.code, s.regio.naam, s.regio.email), context)


def build_deelnameregel(deelname: Deelname) -> Deelnameregel:
    """A row of the participation table; a group without invitations has a response of nought."""
    return Deelnameregel(
        groep=deelname.groep,
        uitgenodigd=deelname.uitgenodigd,
        gereageerd=deelname.gereageerd,
        respons=_count_respons(deelname.gereageerd, deelname.uitgenodigd),
    )


def _count_respons(gereageerd: int, uitgenodigd: int) -> Decimal:
    """Whole percentage, rounded half up."""
    return Decimal((Fraction(gereageerd * 100, uitgenodigd or 1) + Fraction(1, 2)).__floor__())


def count_gevolg(verwerkt: ReactiesVerwerkt, gevolg: str) -> int:
    """Number of themes with this consequence."""
    return sum(besluit.gevolg == gevolg for besluit in verwerkt.themas)


def _build_cijferregel(naam: str, scores: Sequence[int]) -> tuple[Cijferregel, ...]:
    """One row, or nothing when there are no scores."""
    cijfers = count_cijfers(scores)
    if cijfers is None:
        return ()
    return (
        Cijferregel(
            naam=naam,
            gemiddelde=show_gemiddelde(cijfers.gemiddelde),
            aantal=cijfers.aantal,
            laagste=cijfers.laagste,
            hoogste=cijfers.hoogste,
        ),
    )


def _build_per_groep(
    consultatie: Consultatie, uitkomst: Uitkomst, codes: Iterable[str]
) -> tuple[Cijferregel, ...]:
    vragen = tuple(codes)
    regels = [
        regel
        for groep in consultatie.groepen
        for regel in _build_cijferregel(groep.naam, uitkomst.list_scores(vragen, groep.code))
    ]
    return (*regels, *_build_cijferregel("Alle groepen samen", uitkomst.list_scores(vragen)))


def _build_groepscijfers(consultatie: Consultatie, uitkomst: Uitkomst) -> tuple[Cijferregel, ...]:
    return _build_per_groep(consultatie, uitkomst, (v.code for v in consultatie.vragen))


def _build_themacijfers(consultatie: Consultatie, uitkomst: Uitkomst) -> tuple[Cijferregel, ...]:
    return tuple(
        regel
        for thema in consultatie.themas
        for regel in _build_cijferregel(
            thema.titel, uitkomst.list_scores(v.code for v in consultatie.vragen if v.thema == thema.code)
        )
    )


def _list_genummerd(consultatie: Consultatie, soort: str) -> list[tuple[int, Vraag]]:
    nummers = number_vragen(consultatie)
    vragen = [(nummers[v.code], v) for v in consultatie.vragen if v.soort == soort]
    return sorted(vragen, key=lambda paar: paar[0])


def _build_vraagcijfers(consultatie: Consultatie, uitkomst: Uitkomst) -> tuple[Vraagcijfers, ...]:
    return tuple(
        Vraagcijfers(nummer=nummer, tekst=vraag.tekst, groepen=regels)
        for nummer, vraag in _list_genummerd(consultatie, "schaal")
        if (regels := _build_per_groep(consultatie, uitkomst, (vraag.code,)))
    )


def _build_thema(
    consultatie: Consultatie, thema: Thema, besluit: Themabesluit, uitkomst: Uitkomst
) -> Themauitkomst:
    schaalvragen = [(n, v) for n, v in _list_genummerd(consultatie, "schaal") if v.thema == thema.code]
    open_vragen = [v for v in consultatie.vragen if v.soort == "open" and v.thema == thema.code]
    return Themauitkomst(
        titel=thema.titel,
        aantal_scores=len(uitkomst.list_scores(v.code for _, v in schaalvragen)),
        aantal_antwoorden=sum(
            uitkomst.count_antwoorden(v.code, g.code) for v in open_vragen for g in consultatie.groepen
        ),
        cijfers=tuple(
            regel
            for nummer, vraag in schaalvragen
            for regel in _build_cijferregel(f"{nummer}. {vraag.tekst}", uitkomst.list_scores((vraag.code,)))
        ),
        samenvatting=besluit.samenvatting,
        overgenomen=besluit.gevolg == "overgenomen",
        deels=besluit.gevolg == "deels",
        niet=besluit.gevolg == "niet",
        actie=besluit.actie,
        motivering=besluit.motivering,
    )


def _build_open_vragen(
    consultatie: Consultatie, uitkomst: Uitkomst, zonder: frozenset[tuple[str, str]]
) -> tuple[OpenVraag, ...]:
    return tuple(
        OpenVraag(nummer=nummer, tekst=vraag.tekst, groepen=groepen)
        for nummer, vraag in _list_genummerd(consultatie, "open")
        if (groepen := _build_groepantwoorden(consultatie, vraag.code, uitkomst, zonder))
    )


def _build_groepantwoorden(
    consultatie: Consultatie, vraag: str, uitkomst: Uitkomst, zonder: frozenset[tuple[str, str]]
) -> tuple[Groepantwoorden, ...]:
    groepen: list[Groepantwoorden] = []
    for groep in consultatie.groepen:
        aantal = uitkomst.count_antwoorden(vraag, groep.code)
        if not aantal:
            continue
        antwoorden = uitkomst.list_antwoorden(vraag, groep.code, zonder)
        te_klein = sum(keer for _, keer in antwoorden) < KLEINSTE_GROEP
        regels = tuple(
            Antwoordregel(tekst=tekst, vaker=keer > 1, aantal=keer)
            for tekst, keer in (() if te_klein else antwoorden)
        )
        groepen.append(Groepantwoorden(groep=groep.naam, aantal=aantal, te_klein=te_klein, antwoorden=regels))
    return tuple(groepen)


def _build_grafiek(titel: str, regels: tuple[Cijferregel, ...], hoogste: int) -> Grafiek | None:
    if not regels:
        return None
    woorden = "; ".join(f"{r.naam} {str(r.gemiddelde).replace('.', ',')}" for r in regels)
    return Grafiek(
        titel=titel,
        categorieen=tuple(regel.naam for regel in regels),
        reeksen=(Grafiekreeks(naam="Gemiddelde score", waarden=tuple(r.gemiddelde for r in regels)),),
        maximum=Decimal(hoogste),
        alt=f"{titel}: {woorden}.",
    )


CONSULTATIEVERSLAG = Document(
    code="consultatieverslag",
    titel="Verslag marktconsultatie",
    fase="marktconsultatie",
    context=ConsultatieverslagContext,
    build=build_consultatieverslag,
    voorbeeld=lambda: ConsultatieverslagContext.model_validate(voorbeelden.make_consultatieverslag()),
    per="aanbesteding",
    ondertekenaar=Rol.GEMANDATEERDE,
)

"""Letters after the decision was told: evidence asked, decision taken back, nothing awarded, award final.

Grondslag: Aw 2012 art. 2.127-2.131 (FEITEN 2.5, 3.13).
Must stay true: evidence is asked of intended winners only; the final award is told to winners only after both
periods.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from pydantic import Field

from aanbesteding.documents.declaration import Brief, Document, DocumentContext, Exemplaar, Ontvanger
from aanbesteding.documents.filters import datum
from aanbesteding.documents.overeenkomst import load_ingangsdatum
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import Inschrijving, PlanningVastgesteld
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.gunning.documenten.partijen import build_inschrijversbrief
from aanbesteding.fasen.gunning.documenten.uitkomsten import Uitkomsten, load_uitkomsten
from aanbesteding.fasen.gunning.documenten.voorbeelden import (
    OPSCHORTEND_EINDE,
    VERVAL_EINDE,
    VERZENDDATUM,
    voorbeeld_brief,
)


class Bewijsregel(Gegevensmodel):
    """A requirement with the evidence that is asked."""

    code: str = Field(description="Code van de eis")
    tekst: str = Field(description="Tekst van de eis")
    bewijs: str = Field(description="Gevraagd bewijs")


class Winnaarsperceel(Gegevensmodel):
    """A perceel with the products that the addressee gets."""

    naam: str = Field(description="Nummer en titel van het perceel")
    producten: tuple[str, ...] = Field(description="Producten die de inschrijver krijgt")


class VerificatieverzoekContext(DocumentContext):
    """Context of the request for evidence."""

    brief: Brief = Field(description="Briefhoofd en ondertekening")
    titel: str = Field(description="Titel van de aanbesteding")
    inschrijving: str = Field(description="Nummer van de inschrijving")
    percelen: tuple[Winnaarsperceel, ...] = Field(description="Percelen en producten waar het om gaat")
    bewijzen: tuple[Bewijsregel, ...] = Field(description="Gevraagd bewijs, elke eis één keer")
    aanleveren_tot: datetime = Field(description="Laatste moment om het bewijs te leveren")
    email: str = Field(description="E-mailadres waar het bewijs heen gaat")


class IntrekkingContext(DocumentContext):
    """Context of the letters that take a decision back or say that nothing is awarded."""

    brief: Brief = Field(description="Briefhoofd en ondertekening")
    titel: str = Field(description="Titel van de aanbesteding")
    inschrijving: str = Field(description="Nummer van de inschrijving")
    percelen: tuple[str, ...] = Field(description="Percelen waar het om gaat en waarop is ingeschreven")
    beslissing_datum: date | None = Field(
        description="Verzenddatum van de beslissing die vervalt; leeg als die er niet was"
    )
    motivering: str = Field(description="Waarom")
    rechtbank: str = Field(description="Bevoegde rechtbank")


class DefinitieveGunningContext(DocumentContext):
    """Context of the letter that makes the award final."""

    brief: Brief = Field(description="Briefhoofd en ondertekening")
    titel: str = Field(description="Titel van de aanbesteding")
    inschrijving: str = Field(description="Nummer van de inschrijving")
    percelen: tuple[Winnaarsperceel, ...] = Field(description="Percelen en producten die zijn gegund")
    beslissing_datum: date = Field(description="Verzenddatum van de gunningsbeslissing")
    termijn_einde: datetime = Field(description="Laatste moment van de laatste van beide termijnen")
    gegund_op: date = Field(description="Datum van de definitieve gunning")
    ingang: date | None = Field(description="Geplande ingangsdatum van de overeenkomst")


def _list_winnaarspercelen(alles: Uitkomsten, nummer: str, alleen_open: bool = False) -> list[str]:
    return [
        perceel
        for perceel, stand in alles.standen.items()
        if (plaats := stand.plaatsen.get(nummer)) is not None
        and plaats.gegund
        and not (alleen_open and nummer in stand.verificaties)
    ]


def _build_percelen(
    alles: Uitkomsten, nummers: list[str], inschrijving: str, ingangen: Mapping[str, date] | None = None
) -> tuple[Winnaarsperceel, ...]:
    """Percelen with their products; with `ingangen` each says its own first day."""
    ingangen = ingangen or {}
    return tuple(
        Winnaarsperceel(
            naam=f"{alles.bouwers[nr].naam}{f' (ingang {datum(ingangen[nr])})' if nr in ingangen else ''}",
            producten=alles.bouwers[nr].show_producten(
                alles.standen[nr].plaatsen[inschrijving].producten_gegund
            ),
        )
        for nr in nummers
    )


def build_verificatieverzoeken(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One request per intended winner whose evidence was not checked yet."""
    alles = load_uitkomsten(s)
    for inschrijving in alles.list_betrokkenen():
        nummers = _list_winnaarspercelen(alles, inschrijving.nummer, alleen_open=True)
        if not nummers:
            continue
        titel = s.dossier.aanbesteding.titel
        context = VerificatieverzoekContext(
            brief=_build_brief(s, inschrijving, "VE", f"Verzoek om bewijs ({titel})", alles),
            titel=titel,
            inschrijving=inschrijving.nummer,
            percelen=_build_percelen(alles, nummers, inschrijving.nummer),
            bewijzen=_list_bewijzen(alles, nummers),
            aanleveren_tot=alles.beslissing.opschortende_termijn_einde,
            email=s.regio.email,
        )
        yield Exemplaar(_ontvanger(inschrijving), context)


def _list_bewijzen(alles: Uitkomsten, nummers: list[str]) -> tuple[Bewijsregel, ...]:
    """Evidence of all requirements, each once, in order of perceel."""
    regels: dict[tuple[str, str], Bewijsregel] = {}
    for nummer in nummers:
        uitgewerkt = alles.standen[nummer].uitgewerkt
        for eis in uitgewerkt.eisen if uitgewerkt else ():
            regels.setdefault(
                (eis.code, eis.tekst), Bewijsregel(code=eis.code, tekst=eis.tekst, bewijs=eis.bewijs)
            )
    return tuple(regels.values())


def build_intrekkingen(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per bidder of the percelen whose decision is taken back."""
    alles = load_uitkomsten(s)
    motivering = next(
        (stand.intrekkingen[-1].motivering for stand in alles.standen.values() if stand.intrekkingen), ""
    )
    return _build_vervallen(s, alles, motivering, "IN", "Intrekking van de gunningsbeslissing")


def build_niet_gegund(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per bidder of the percelen in which nothing is awarded."""
    alles = load_uitkomsten(s)
    motivering = next((stand.niet_gegund.reden for stand in alles.standen.values() if stand.niet_gegund), "")
    return _build_vervallen(s, alles, motivering, "NG", "Wij gunnen deze opdracht niet")


def _build_vervallen(
    s: Situatie[None], alles: Uitkomsten, motivering: str, code: str, onderwerp: str
) -> Iterator[Exemplaar]:
    for inschrijving in alles.list_betrokkenen():
        titel = s.dossier.aanbesteding.titel
        eigen = [nr for nr in alles.standen if nr in inschrijving.percelen]
        data = [b.verzenddatum for nr in eigen if (b := alles.standen[nr].beslissing) is not None]
        context = IntrekkingContext(
            brief=build_inschrijversbrief(
                s,
                inschrijving.aanbieder,
                code,
                inschrijving.nummer,
                f"{onderwerp} ({titel})",
                s.vandaag,
                eigen,
            ),
            titel=titel,
            inschrijving=inschrijving.nummer,
            percelen=tuple(alles.bouwers[nr].naam for nr in eigen),
            beslissing_datum=max(data, default=None),
            motivering=motivering,
            rechtbank=s.regio.rechtsgang.rechtbank,
        )
        yield Exemplaar(_ontvanger(inschrijving), context)


def build_definitieve_gunningen(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per winner over its percelen."""
    alles = load_uitkomsten(s)
    planning = s.dossier.laatste(PlanningVastgesteld)
    for inschrijving in alles.list_betrokkenen():
        nummers = _list_winnaarspercelen(alles, inschrijving.nummer)
        if not nummers:
            continue
        titel = s.dossier.aanbesteding.titel
        beslissingen = [b for nr in nummers if (b := alles.standen[nr].beslissing) is not None]
        definitief = [d.datum for nr in nummers if (d := alles.standen[nr].definitief) is not None]
        ingangen = {nr: load_ingangsdatum(s, nr) for nr in nummers} if planning else {}
        context = DefinitieveGunningContext(
            brief=build_inschrijversbrief(
                s,
                inschrijving.aanbieder,
                "DG",
                inschrijving.nummer,
                f"Definitieve gunning ({titel})",
                s.vandaag,
                nummers,
            ),
            titel=titel,
            inschrijving=inschrijving.nummer,
            percelen=_build_percelen(
                alles, nummers, inschrijving.nummer, ingangen if len(set(ingangen.values())) > 1 else None
            ),
            beslissing_datum=max(b.verzenddatum for b in beslissingen),
            termijn_einde=max(max(b.opschortende_termijn_einde, b.vervaltermijn_einde) for b in beslissingen),
            gegund_op=max(definitief, default=s.vandaag),
            ingang=_find_gedeeld(ingangen.values()),
        )
        yield Exemplaar(_ontvanger(inschrijving), context)


def _find_gedeeld(dagen: Iterable[date]) -> date | None:
    """The day that all share, None when they differ or there is none."""
    verschillend = set(dagen)
    return verschillend.pop() if len(verschillend) == 1 else None


def _build_brief(
    s: Situatie[None], inschrijving: Inschrijving, code: str, onderwerp: str, alles: Uitkomsten
) -> Brief:
    return build_inschrijversbrief(
        s, inschrijving.aanbieder, code, inschrijving.nummer, onderwerp, alles.beslissing.verzenddatum
    )


def _ontvanger(inschrijving: Inschrijving) -> Ontvanger:
    return Ontvanger(inschrijving.nummer, inschrijving.aanbieder.naam, inschrijving.aanbieder.email)


_PERCELEN = (
    Winnaarsperceel(
        naam="Perceel 2: Wmo – Begeleiding (verzonnen voorbeeld)",
        producten=("Begeleiding individueel", "Begeleiding groep"),
    ),
)


def voorbeeld_verificatieverzoek() -> VerificatieverzoekContext:
    """An invented example."""
    return VerificatieverzoekContext(
        brief=voorbeeld_brief("Verzoek om bewijs (Proefinkoop 2028, verzonnen)"),
        titel="Proefinkoop 2028 (verzonnen)",
        inschrijving="I-001",
        percelen=_PERCELEN,
        bewijzen=(
            Bewijsregel(
                code="G1",
                tekst="De aanbieder staat in het handelsregister.",
                bewijs="Uittreksel handelsregister, niet ouder dan zes maanden op de dag van inschrijving",
            ),
            Bewijsregel(code="M1", tekst="De aanbieder heeft een klachtenregeling.", bewijs="Regeling"),
        ),
        aanleveren_tot=OPSCHORTEND_EINDE,
        email="inkoop@example.org",
    )


def voorbeeld_intrekking() -> IntrekkingContext:
    """An invented example."""
    return IntrekkingContext(
        brief=voorbeeld_brief("Intrekking van de gunningsbeslissing (Proefinkoop 2028, verzonnen)"),
        titel="Proefinkoop 2028 (verzonnen)",
        inschrijving="I-001",
        percelen=("Perceel 2: Wmo – Begeleiding (verzonnen voorbeeld)",),
        beslissing_datum=VERZENDDATUM,
        motivering="De voorzieningenrechter oordeelde dat criterium K1 opnieuw moet worden beoordeeld "
        "(verzonnen).",
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
    )


def voorbeeld_niet_gegund() -> IntrekkingContext:
    """An invented example."""
    return voorbeeld_intrekking().model_copy(
        update={
            "brief": voorbeeld_brief("Wij gunnen deze opdracht niet (Proefinkoop 2028, verzonnen)"),
            "motivering": "Geen enkele inschrijving voldoet aan de eisen (verzonnen).",
        }
    )


def voorbeeld_definitieve_gunning() -> DefinitieveGunningContext:
    """An invented example."""
    return DefinitieveGunningContext(
        brief=voorbeeld_brief("Definitieve gunning (Proefinkoop 2028, verzonnen)").model_copy(
            update={"datum": date(2027, 9, 24)}
        ),
        titel="Proefinkoop 2028 (verzonnen)",
        inschrijving="I-001",
        percelen=_PERCELEN,
        beslissing_datum=VERZENDDATUM,
        termijn_einde=VERVAL_EINDE,
        gegund_op=date(2027, 9, 24),
        ingang=date(2028, 1, 1),
    )


VERIFICATIEVERZOEK = Document(
    "verificatieverzoek",
    "Verificatieverzoek",
    "gunning",
    VerificatieverzoekContext,
    build_verificatieverzoeken,
    voorbeeld_verificatieverzoek,
    per="inschrijver",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)
INTREKKING_GUNNINGSBESLISSING = Document(
    "intrekking_gunningsbeslissing",
    "Intrekking gunningsbeslissing",
    "gunning",
    IntrekkingContext,
    build_intrekkingen,
    voorbeeld_intrekking,
    per="inschrijver",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)
BRIEF_NIET_GEGUND = Document(
    "brief_niet_gegund",
    "Brief niet gegund",
    "gunning",
    IntrekkingContext,
    build_niet_gegund,
    voorbeeld_niet_gegund,
    per="inschrijver",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)
BRIEF_DEFINITIEVE_GUNNING = Document(
    "brief_definitieve_gunning",
    "Brief definitieve gunning",
    "gunning",
    DefinitieveGunningContext,
    build_definitieve_gunningen,
    voorbeeld_definitieve_gunning,
    per="inschrijver",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)

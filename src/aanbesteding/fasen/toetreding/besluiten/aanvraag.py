"""Taking in and testing applications: input, workbook, facts and decisions.

A test answers requirement by requirement what an answer itself decides; what needs judgement is left to a
person (toelating.py). The requirements are those of the original documents (PerceelUitgewerkt.eisen).

Grondslag: Aw 2012 art. 2.89 for the age of evidence, measured at submission.
Must stay true: the machine never rejects what a person may judge or an applicant may repair.
Trap: a register code that arrives as a number has lost its leading zeros; it is refused, not padded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, Field, ValidationError

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.bewijsstuk import Bewijsstuk
from aanbesteding.domain.bewijstermijn import check_ouderdom
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import Eis, Eisuitkomst, PerceelUitgewerkt
from aanbesteding.domain.kalender import TIJDZONE, datum_in_nederland
from aanbesteding.domain.onderneming import Onderneming
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Besluit
from aanbesteding.fasen.toetreding.besluiten.ronde import Productkeuze
from aanbesteding.invoerfouten import describe_fouten

BEWIJSSOORTEN = {
    "handelsregister": "handelsregister",
    "gedragsverklaring": "gva",
    "gva": "gva",
    "belasting": "belasting",
}
"""Word in the text of a requirement's evidence → kind of evidence whose age the law limits."""


class Eisantwoord(Gegevensmodel):
    """What an applicant answers to one requirement, with its evidence."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    eis: str = Field(title="Eis", description="Code van de eis")
    antwoord: Literal["ja", "nee", ""] = Field(title="Antwoord", description="ja, nee of leeg")
    bewijs: str = Field(default="", title="Bewijs", description="Naam van het bewijsstuk")
    bewijs_datum: date | None = Field(
        default=None, title="Datum bewijs", description="Datum van het bewijsstuk"
    )


class Aanvraag(Gegevensmodel):
    """An application: by whom, when, for which products, with which answers."""

    nummer: str = Field(title="Nummer", description="Nummer waaronder de aanvraag is ingediend", min_length=1)
    aanbieder: Onderneming = Field(title="Aanbieder", description="De aanvrager")
    ontvangen: AwareDatetime = Field(title="Ontvangen", description="Dag en uur van ontvangst")
    producten: tuple[Productkeuze, ...] = Field(
        title="Producten", description="Producten waarvoor toetreding wordt gevraagd", min_length=1
    )
    antwoorden: tuple[Eisantwoord, ...] = Field(title="Antwoorden", description="Antwoord per eis")

    @property
    def percelen(self) -> tuple[str, ...]:
        """Percelen of the products, each once, in order."""
        return tuple(dict.fromkeys(p.perceel for p in self.producten))


class AanvragenRegistreren(Gegevensmodel):
    """Input of taking in applications."""

    ronde: str = Field(title="Ronde", description="Nummer van de toetredingsronde")
    aanvragen: tuple[Aanvraag, ...] = Field(title="Aanvragen", description="De aanvragen", min_length=1)


class AanvragenToetsen(Gegevensmodel):
    """Input of testing applications."""

    verzoeken: tuple[str, ...] = Field(
        title="Verzoeken", description="Nummers van de verzoeken", min_length=1
    )


class AanvraagOntvangen(Feit):
    """An application came in and got the number `verzoek` in this dossier."""

    verzoek: str
    ronde: str
    aanvraag: Aanvraag


class BewijsIngediend(Feit):
    """The evidence that came with an application online: every file with its hash."""

    verzoek: str
    stukken: tuple[Bewijsstuk, ...]


class Perceeltoets(Gegevensmodel):
    """The outcome of every requirement of one perceel."""

    perceel: str
    eisen: tuple[Eisuitkomst, ...]


class AanvraagGetoetst(Feit):
    """An application was tested, requirement by requirement."""

    verzoek: str
    percelen: tuple[Perceeltoets, ...]


# --- reading ----------------------------------------------------------------------------------------------


def list_aanvragen(dossier: Dossier, ronde: str | None = None) -> tuple[AanvraagOntvangen, ...]:
    """Applications of one round or of all, in order of receipt."""
    gevonden = [f for f in dossier.list_feiten(AanvraagOntvangen) if ronde is None or f.ronde == ronde]
    return tuple(sorted(gevonden, key=lambda f: (f.aanvraag.ontvangen, f.verzoek)))


def load_aanvraag(dossier: Dossier, verzoek: str) -> AanvraagOntvangen:
    """The application with this number; KeyError when there is none."""
    feit = dossier.laatste(AanvraagOntvangen, verzoek=verzoek)
    if feit is None:
        raise KeyError(verzoek)
    return feit


def index_aanvragen(dossier: Dossier) -> dict[str, AanvraagOntvangen]:
    """Every application by its number; for decisions and documents about many applications at once."""
    return {f.verzoek: f for f in dossier.list_feiten(AanvraagOntvangen)}


def list_eisen(dossier: Dossier, perceel: str) -> tuple[Eis, ...]:
    """Requirements of a perceel as the original documents set them."""
    uitgewerkt = dossier.laatste(PerceelUitgewerkt, perceel=perceel)
    return uitgewerkt.eisen if uitgewerkt else ()


# --- acts -------------------------------------------------------------------------------------------------


def decide_registratie(s: Situatie[AanvragenRegistreren]) -> Besluit:
    """Give each application the next number, in order of receipt."""
    begin = len(s.dossier.list_feiten(AanvraagOntvangen)) + 1
    volgorde = sorted(s.invoer.aanvragen, key=lambda a: (a.ontvangen, a.nummer))
    feiten = tuple(
        AanvraagOntvangen(verzoek=f"{nummer:04d}", ronde=s.invoer.ronde, aanvraag=aanvraag)
        for nummer, aanvraag in enumerate(volgorde, start=begin)
    )
    return Besluit(feiten=feiten, nieuw=tuple(f.verzoek for f in feiten))


def decide_toets(s: Situatie[AanvragenToetsen]) -> Besluit:
    """Record the outcome of every requirement of every application."""
    feiten: list[AanvraagGetoetst] = []
    aanvragen = index_aanvragen(s.dossier)
    for verzoek in s.invoer.verzoeken:
        aanvraag = aanvragen[verzoek].aanvraag
        percelen = tuple(
            Perceeltoets(
                perceel=p,
                eisen=tuple(
                    check_stuk(e, p, verzoek, check_eis(e, p, aanvraag, s), s.dossier)
                    for e in list_eisen(s.dossier, p)
                ),
            )
            for p in aanvraag.percelen
        )
        feiten.append(AanvraagGetoetst(verzoek=verzoek, percelen=percelen))
    return Besluit(feiten=tuple(feiten))


def find_te_toetsen(s: Situatie[None]) -> AanvragenToetsen | None:
    """Applications of closed rounds that were not tested yet."""
    gesloten = set(s.dossier.list_onderwerpen("ronde", frozenset({"gesloten"})))
    ontvangen = s.dossier.list_onderwerpen("verzoek", frozenset({"ontvangen"}))
    aanvragen = index_aanvragen(s.dossier)
    verzoeken = tuple(v for v in ontvangen if aanvragen[v].ronde in gesloten)
    return AanvragenToetsen(verzoeken=verzoeken) if verzoeken else None


def find_ontvangen(s: Situatie[None]) -> AanvragenToetsen | None:
    """Applications that were not tested yet, also of a round that is still open."""
    verzoeken = s.dossier.list_onderwerpen("verzoek", frozenset({"ontvangen"}))
    return AanvragenToetsen(verzoeken=verzoeken) if verzoeken else None


def check_eis(eis: Eis, perceel: str, aanvraag: Aanvraag, s: Situatie[Any]) -> Eisuitkomst:
    """Decide one requirement as far as the answer itself decides it."""
    gevonden = [a for a in aanvraag.antwoorden if (a.perceel, a.eis) == (perceel, eis.code)]
    if not gevonden or not gevonden[0].antwoord:
        return _decide_gebrek(eis, "Deze eis is niet beantwoord.")
    antwoord = gevonden[0]
    if eis.toets == "mens" or (eis.soort == "uitsluiting" and antwoord.antwoord == "nee"):
        # An exclusion ground is never decided by a tick: the applicant is heard and proportionality is
        # weighed.
        tekst = f"De aanvrager antwoordt '{antwoord.antwoord}'. Een medewerker beoordeelt deze eis."
        return Eisuitkomst(eis=eis.code, uitkomst="mens_beslist", toelichting=tekst)
    if antwoord.antwoord == "nee":
        tekst = "De aanvrager verklaart dat hij niet aan deze eis voldoet."
        return Eisuitkomst(eis=eis.code, uitkomst="voldoet_niet", toelichting=tekst)
    return _check_bewijs(eis, antwoord, datum_in_nederland(aanvraag.ontvangen), s)


def check_stuk(eis: Eis, perceel: str, verzoek: str, uitkomst: Eisuitkomst, dossier: Dossier) -> Eisuitkomst:
    """An answer that came online without the evidence that was asked for goes to a person."""
    ingediend = dossier.laatste(BewijsIngediend, verzoek=verzoek)
    if ingediend is None or uitkomst.uitkomst != "voldoet" or not eis.bewijs:
        return uitkomst
    if any((b.perceel, b.eis) == (perceel, eis.code) for b in ingediend.stukken):
        return uitkomst
    tekst = "Bij deze eis is geen bewijsstuk ingediend. Een medewerker beoordeelt deze eis."
    return Eisuitkomst(eis=eis.code, uitkomst="mens_beslist", toelichting=tekst)


def _check_bewijs(eis: Eis, antwoord: Eisantwoord, ingediend: date, s: Situatie[Any]) -> Eisuitkomst:
    tekst = eis.bewijs.lower()
    soorten = tuple(dict.fromkeys(soort for woord, soort in BEWIJSSOORTEN.items() if woord in tekst))
    for soort in soorten:
        if antwoord.bewijs_datum is None:
            return _decide_gebrek(eis, "De datum van het bewijsstuk ontbreekt.")
        ouderdom = check_ouderdom(antwoord.bewijs_datum, ingediend, soort, s.normen)
        if not ouderdom.voldoet:
            return _decide_gebrek(eis, ouderdom.tekst)
    return Eisuitkomst(eis=eis.code, uitkomst="voldoet", toelichting="")


def _decide_gebrek(eis: Eis, tekst: str) -> Eisuitkomst:
    """A defect goes to a person when the requirement allows repair, else it decides."""
    uitkomst = "mens_beslist" if eis.herstelbaar else "voldoet_niet"
    return Eisuitkomst(eis=eis.code, uitkomst=uitkomst, toelichting=tekst)


# --- workbook ---------------------------------------------------------------------------------------------


def _show_nummer(waarde: object) -> object:
    """A number that people type without quotes ("1") is a name here."""
    return str(waarde) if isinstance(waarde, int) and not isinstance(waarde, bool) else waarde


def _parse_moment(waarde: object) -> object:
    """A workbook has no time zone: its times are those of the Netherlands."""
    return (
        waarde.replace(tzinfo=TIJDZONE) if isinstance(waarde, datetime) and waarde.tzinfo is None else waarde
    )


def _parse_leeg(waarde: object) -> object:
    """An empty cell is an empty text."""
    return "" if waarde is None else waarde


def _parse_dag(waarde: object) -> object:
    """An empty cell is no date; a moment is its day."""
    if waarde == "":
        return None
    return waarde.date() if isinstance(waarde, datetime) else waarde


Nummer = Annotated[str, BeforeValidator(_show_nummer)]
Moment = Annotated[AwareDatetime, BeforeValidator(_parse_moment)]
Cel = Annotated[str, BeforeValidator(_parse_leeg)]
Dag = Annotated[date | None, BeforeValidator(_parse_dag)]


class RijAanvrager(Gegevensmodel):
    """A row of the sheet "aanvragers"."""

    nummer: Nummer = Field(description="Nummer van de aanvraag")
    sleutel: str = Field(description="Vaste sleutel van de onderneming: kleine letters, cijfers en streepjes")
    naam: str
    kvk: str = Field(description="Acht cijfers, als tekst")
    agb: str = Field(description="Acht cijfers, als tekst")
    straat: str
    postcode: str
    plaats: str
    contact: str = Field(description="Functie of afdeling, geen persoon")
    email: str
    grootte: str = Field(description="micro, klein, middelgroot of groot")
    ontvangen: Moment = Field(description="Dag en uur van ontvangst")


class RijProduct(Gegevensmodel):
    """A row of the sheet "producten"."""

    nummer: Nummer
    perceel: Nummer
    product: str = Field(pattern=r"^[0-9A-Z]{5}$", description="Productcode, als tekst")


class RijEis(Gegevensmodel):
    """A row of the sheet "eisen"."""

    nummer: Nummer
    perceel: Nummer
    eis: str
    antwoord: Annotated[Literal["ja", "nee", ""], BeforeValidator(_parse_leeg)] = ""
    bewijs: Cel = ""
    bewijs_datum: Dag = None


def build_registratie(rijen: Mapping[str, tuple[Any, ...]], s: Situatie[None]) -> BaseModel:
    """Turn the sheets into applications for the round that is open; InvoerError with every fault."""
    aanvragers: tuple[RijAanvrager, ...] = rijen.get("aanvragers", ())
    producten: tuple[RijProduct, ...] = rijen.get("producten", ())
    eisen: tuple[RijEis, ...] = rijen.get("eisen", ())
    fouten = [*_check_nummers(aanvragers, producten, eisen), *_check_eisen(eisen, producten, s.dossier)]
    open_ronden = s.dossier.list_onderwerpen("ronde", frozenset({"open"}))
    if len(open_ronden) != 1:
        fouten.append(
            f"Er zijn {len(open_ronden)} toetredingsronden open. Een werkboek kan alleen "
            "als er precies één open is."
        )
    aanvragen: list[Aanvraag] = []
    for rij in aanvragers:
        onderneming = _build_onderneming(rij, fouten)
        keuzes = tuple(
            Productkeuze(perceel=p.perceel, product=p.product) for p in producten if p.nummer == rij.nummer
        )
        if onderneming is None or not keuzes:
            continue
        antwoorden = tuple(
            Eisantwoord(
                perceel=e.perceel,
                eis=e.eis,
                antwoord=e.antwoord,
                bewijs=e.bewijs,
                bewijs_datum=e.bewijs_datum,
            )
            for e in eisen
            if e.nummer == rij.nummer
        )
        aanvragen.append(
            Aanvraag(
                nummer=rij.nummer,
                aanbieder=onderneming,
                ontvangen=rij.ontvangen,
                producten=keuzes,
                antwoorden=antwoorden,
            )
        )
    if not aanvragers:
        fouten.append("Blad 'aanvragers': er staat geen aanvraag in. Vul ten minste één rij in.")
    if fouten:
        raise InvoerError(fouten)
    return AanvragenRegistreren(ronde=open_ronden[0], aanvragen=tuple(aanvragen))


def _check_nummers(
    aanvragers: Iterable[RijAanvrager], producten: Iterable[RijProduct], eisen: Iterable[RijEis]
) -> Iterable[str]:
    nummers = [rij.nummer for rij in aanvragers]
    for nummer in sorted({n for n in nummers if nummers.count(n) > 1}):
        yield f"Blad 'aanvragers': nummer {nummer} staat er dubbel in. Geef elke aanvraag een eigen nummer."
    bladen = (("producten", {p.nummer for p in producten}), ("eisen", {e.nummer for e in eisen}))
    for blad, gebruikt in bladen:
        for nummer in sorted(gebruikt - set(nummers)):
            yield f"Blad '{blad}': nummer {nummer} staat niet op blad 'aanvragers'. Voeg de aanvrager toe."
        for nummer in sorted(set(nummers) - gebruikt):
            yield f"Blad '{blad}': voor aanvraag {nummer} staat er geen rij. Vul het blad aan."


def _check_eisen(eisen: Iterable[RijEis], producten: Iterable[RijProduct], dossier: Dossier) -> Iterable[str]:
    gevraagd = {(p.nummer, p.perceel) for p in producten}
    gezien: set[tuple[str, str, str]] = set()
    for rij in eisen:
        plaats = f"Blad 'eisen', aanvraag {rij.nummer}, perceel {rij.perceel}, eis {rij.eis}"
        if (rij.nummer, rij.perceel) not in gevraagd:
            yield (
                f"{plaats}: voor dit perceel is geen product gevraagd. Verwijder de rij of vul "
                "'producten' aan."
            )
        elif rij.eis not in {e.code for e in list_eisen(dossier, rij.perceel)}:
            yield f"{plaats}: deze eis bestaat niet in dit perceel. Verbeter de code."
        if (rij.nummer, rij.perceel, rij.eis) in gezien:
            yield f"{plaats}: deze eis is twee keer beantwoord. Laat één rij staan."
        gezien.add((rij.nummer, rij.perceel, rij.eis))


def _build_onderneming(rij: RijAanvrager, fouten: list[str]) -> Onderneming | None:
    velden = rij.model_dump(exclude={"nummer", "ontvangen", "straat", "postcode", "plaats"})
    velden["adres"] = rij.model_dump(include={"straat", "postcode", "plaats"})
    try:
        return Onderneming.model_validate(velden)
    except ValidationError as fout:
        fouten.extend(describe_fouten(fout, f"Blad 'aanvragers', aanvraag {rij.nummer}"))
        return None

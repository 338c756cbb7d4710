"""The letter about running tracks: what a provider does with clients who get support now, per perceel.

One letter per provider, whether it leaves, stays or is new; per perceel the context says which, and the
template has a text for each. Not here: the letter to the councils of clients (contracten.py).

Where the source text has a run-off, the letter reckons the last day of every running track: the end of the referral
or the fixed last day of the perceel, whichever comes first.

Grondslag: Wmo 2015 art. 2.6.5 (consultation between old and new providers); FEITEN 5.6.
Must stay true: a letter goes out only for percelen in which it was recorded who delivers support now.
Trap: a present provider that did not bid has no address in the dossier; the letter then has its name and
KvK number, and the officer adds the address.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from pydantic import Field

from aanbesteding.documents.declaration import (
    Brief,
    Document,
    DocumentContext,
    Exemplaar,
    Ontvanger,
    build_brief,
)
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.deelname import select_deelnemers
from aanbesteding.domain.onderneming import Onderneming
from aanbesteding.domain.perceelkader import Uitloop
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.uitloop import load_uitloop
from aanbesteding.fasen.gunning.documenten.partijen import ONDERTEKENAAR, show_namens
from aanbesteding.fasen.gunning.documenten.uitkomsten import Perceelbouwer, Uitkomsten, load_uitkomsten
from aanbesteding.fasen.gunning.documenten.voorbeelden import voorbeeld_brief


class Traject(Gegevensmodel):
    """A running track and the last day on which its provider may deliver help."""

    kenmerk: str = Field(description="Kenmerk van het traject, zonder naam of burgerservicenummer")
    einde_verwijzing: date = Field(description="Laatste dag van de verwijzing")
    laatste_dag: date = Field(description="Laatste dag van de hulp: de vroegste van verwijzing en uitloop")


class Trajectperceel(Gegevensmodel):
    """What one provider does in one perceel. Exactly one of the three is true."""

    naam: str = Field(description="Nummer en titel van het perceel")
    vertrekt: bool = Field(description="Biedt nu hulp en krijgt geen nieuwe overeenkomst")
    blijft: bool = Field(description="Biedt nu hulp en heeft een nieuwe overeenkomst")
    nieuw: bool = Field(description="Heeft een nieuwe overeenkomst en biedt nu nog geen hulp")
    opvolgers: tuple[str, ...] = Field(
        description="Aanbieders met een nieuwe overeenkomst, zonder de ontvanger"
    )
    vertrekkers: tuple[str, ...] = Field(description="Andere aanbieders die nu hulp bieden en weggaan")
    uitloop: date | None = Field(
        description="Laatste dag waarop een vertrekker lopende hulp mag afronden; leeg zonder uitloop"
    )
    trajecten: tuple[Traject, ...] = Field(description="Lopende trajecten van een vertrekker met uitloop")


class LopendeTrajectenContext(DocumentContext):
    """Context of the letter about running tracks to one provider."""

    brief: Brief = Field(description="Briefhoofd en ondertekening")
    titel: str = Field(description="Titel van de aanbesteding")
    aanbieder: str = Field(description="Naam van de aanbieder")
    ingang: date = Field(description="Eerste dag van de nieuwe overeenkomsten")
    overgang_tot: date | None = Field(description="Tot wanneer lopende hulp ten hoogste doorloopt")
    percelen: tuple[Trajectperceel, ...] = Field(description="Wat dit per perceel betekent")
    vertrekt: bool = Field(description="Of de ontvanger in ten minste één perceel weggaat")
    neemt_over: bool = Field(description="Of de ontvanger in een perceel cliënten van een ander kan krijgen")


@dataclass
class _Bestemming:
    """A provider to write to, and what it does per perceel."""

    naam: str
    onderneming: Onderneming | None = None
    percelen: list[Trajectperceel] = field(default_factory=list[Trajectperceel])


def build_brieven_lopende_trajecten(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per provider that delivers support now or will, in order of KvK number."""
    alles = load_uitkomsten(s)
    gesloten = [o for stand in alles.standen.values() for o in stand.overeenkomsten]
    if not gesloten:
        return
    overgangen = [
        c.overgang_tot
        for st in alles.standen.values()
        if (c := st.continuiteit) is not None and c.overgang_tot
    ]
    titel = s.dossier.aanbesteding.titel
    for kvk, naar in sorted(_list_bestemmingen(s, alles).items()):
        context = LopendeTrajectenContext(
            brief=_build_brief(s, kvk, naar, titel),
            titel=titel,
            aanbieder=naar.naam,
            ingang=min(o.ingang for o in gesloten),
            overgang_tot=max(overgangen, default=None),
            percelen=tuple(naar.percelen),
            vertrekt=any(p.vertrekt for p in naar.percelen),
            neemt_over=any(p.vertrekkers and not p.vertrekt for p in naar.percelen),
        )
        email = naar.onderneming.email if naar.onderneming else ""
        yield Exemplaar(Ontvanger(f"kvk-{kvk}", naar.naam, email), context)


def _list_bestemmingen(s: Situatie[None], alles: Uitkomsten) -> dict[str, _Bestemming]:
    bekend = {
        i.aanbieder.kvk: i.aanbieder for st in alles.standen.values() for i in st.inschrijvingen.values()
    }
    uit: dict[str, _Bestemming] = {}
    for bouwer in alles.bouwers.values():
        nieuw, huidig = load_aanbieders(bouwer)
        if not huidig:
            continue
        uitloop = load_uitloop(s.dossier, bouwer.stand.perceel)
        for kvk, naam in {**huidig, **nieuw}.items():
            bestemming = uit.setdefault(kvk, _Bestemming(naam, bekend.get(kvk)))
            bestemming.percelen.append(
                Trajectperceel(
                    naam=bouwer.naam,
                    vertrekt=kvk not in nieuw,
                    blijft=kvk in nieuw and kvk in huidig,
                    nieuw=kvk not in huidig,
                    opvolgers=_sort_namen(n for k, n in nieuw.items() if k != kvk),
                    vertrekkers=_sort_namen(n for k, n in huidig.items() if k not in nieuw and k != kvk),
                    uitloop=uitloop.uiterlijk if uitloop else None,
                    trajecten=_list_trajecten(bouwer, kvk, uitloop) if uitloop and kvk not in nieuw else (),
                )
            )
    return uit


def load_aanbieders(bouwer: Perceelbouwer) -> tuple[dict[str, str], dict[str, str]]:
    """Names by KvK number: who has a new agreement in this perceel, and who delivers support now."""
    stand = bouwer.stand
    nieuw = {o.aanbieder.kvk: o.aanbieder.naam for o in stand.overeenkomsten}
    huidig = stand.continuiteit.huidige_aanbieders if stand.continuiteit else ()
    return nieuw, {h.kvk: h.naam for h in huidig if h.perceel == stand.perceel}


def _list_trajecten(bouwer: Perceelbouwer, kvk: str, uitloop: Uitloop) -> tuple[Traject, ...]:
    """The running tracks of one leaving provider, in order of their mark."""
    continuiteit = bouwer.stand.continuiteit
    verwijzingen = [
        v
        for h in (continuiteit.huidige_aanbieders if continuiteit else ())
        if (h.perceel, h.kvk) == (bouwer.stand.perceel, kvk)
        for v in h.verwijzingen
    ]
    return tuple(
        Traject(kenmerk=v.kenmerk, einde_verwijzing=v.einde, laatste_dag=uitloop.count_einde(v.einde))
        for v in sorted(verwijzingen, key=lambda v: v.kenmerk)
    )


def _sort_namen(namen: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted(namen, key=str.casefold))


def _build_brief(s: Situatie[None], kvk: str, naar: _Bestemming, titel: str) -> Brief:
    return build_brief(
        s.regio,
        naar.onderneming or (naar.naam, "t.a.v. de directie", f"KvK-nummer {kvk}"),
        datum=s.vandaag,
        kenmerk=f"{s.dossier.code}-LT-{kvk}",
        onderwerp=f"Uw lopende hulp en de nieuwe overeenkomsten ({titel})",
        ondertekenaar_functie=ONDERTEKENAAR,
        namens=show_namens(select_deelnemers(s.regio, s.dossier.aanbesteding, s.onderwerpen)),
    )


def voorbeeld_lopende_trajecten() -> LopendeTrajectenContext:
    """An invented example: leaves in one perceel, stays in another, new in a third."""
    basis = Trajectperceel(
        naam="Perceel 2: Wmo – Begeleiding (verzonnen voorbeeld)",
        vertrekt=True,
        blijft=False,
        nieuw=False,
        opvolgers=("Stichting Proefhulp (verzonnen)", "Zorgcoöperatie Proef (verzonnen)"),
        vertrekkers=("Oude Zorg (verzonnen)",),
        uitloop=None,
        trajecten=(),
    )
    trajecten = tuple(
        Traject(kenmerk=kenmerk, einde_verwijzing=einde, laatste_dag=min(einde, date(2028, 12, 31)))
        for kenmerk, einde in (("T-0417", date(2028, 5, 12)), ("T-0533", date(2029, 2, 28)))
    )
    uitloop = {
        "naam": "Perceel 4: Jeugdwet – Specialistische zorg (verzonnen voorbeeld)",
        "uitloop": date(2028, 12, 31),
        "trajecten": trajecten,
    }
    blijft = {
        "naam": "Perceel 3: Jeugdwet – Ambulante hulp (verzonnen voorbeeld)",
        "vertrekt": False,
        "blijft": True,
    }
    nieuw = {"naam": "Perceel 5: Jeugdwet – Verblijf (verzonnen voorbeeld)", "vertrekt": False, "nieuw": True}
    return LopendeTrajectenContext(
        brief=voorbeeld_brief("Uw lopende hulp en de nieuwe overeenkomsten (Proefinkoop 2028, verzonnen)"),
        titel="Proefinkoop 2028 (verzonnen)",
        aanbieder="Zorgvoorbeeld B.V. (verzonnen)",
        ingang=date(2028, 1, 1),
        overgang_tot=date(2028, 7, 1),
        percelen=(
            basis,
            basis.model_copy(update=uitloop),
            basis.model_copy(update=blijft),
            basis.model_copy(update=nieuw),
        ),
        vertrekt=True,
        neemt_over=True,
    )


BRIEF_LOPENDE_TRAJECTEN = Document(
    "brief_lopende_trajecten",
    "Brief lopende trajecten",
    "gunning",
    LopendeTrajectenContext,
    build_brieven_lopende_trajecten,
    voorbeeld_lopende_trajecten,
    per="aanbieder",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)

"""Invents providers and other parties: names, numbers, addresses, and how good their bids will be.

Everything here is made up by a seeded generator. Numbers of registers start with digits that the registers do
not give out (KvK 00…, AGB 99…); names end in nothing that exists on purpose.

Must stay true: the same seed gives the same parties, on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from aanbesteding.domain.feiten import Partij
from aanbesteding.domain.onderneming import Adres, Onderneming

SOORTEN = (
    "Zorggroep", "Thuiszorg", "Begeleiding", "Jeugdpraktijk", "Ondersteuning", "Zorgcollectief", "Gezinshulp",
    "Huishoudhulp", "Praktijk", "Zorgboerderij", "Ambulant Team", "Behandelhuis",
)  # fmt: skip
EIGENNAMEN = (
    "De Wilgenhof", "Rivierzicht", "Het Veer", "Dijkzicht", "De Appelgaard", "Zonneweide", "De Griend", "Waterrijk",
    "De Kleine Uil", "Het Kompas", "Lindelaan", "De Brug", "Morgenrood", "Buitenpolder", "De Stroom", "Weidevogel",
    "Het Anker", "De Meander", "Kersenbloei", "Oeverloos", "De Vlinder", "Torenblik", "Het Baken", "De Schakel",
    "Rietland", "De Ooievaar", "Hoogwater", "De Bongerd", "Zomerdijk", "Het Roer",
)  # fmt: skip
RECHTSVORMEN = ("B.V.", "B.V.", "B.V.", "Stichting", "Stichting", "VOF", "Coöperatie U.A.")
STRATEN = (
    "Verzonnen Dijk",
    "Bedachte Laan",
    "Denkbeeldig Plein",
    "Fantasiestraat",
    "Proefweg",
    "Voorbeeldpad",
)
PLAATSEN = ("Verzonnendam", "Voorbeeldstad", "Proefdorp", "Denkveen", "Bedachtenoord")
GROOTTES = ("micro", "klein", "klein", "middelgroot", "groot")
AANTALLEN = (1, 1, 1, 2, 2, 2, 3, 4)
"""From which the number of percelen that a provider bids for is drawn."""
AFDELINGEN = ("Directie", "Bestuurssecretariaat", "Team Aanbestedingen", "Contractbeheer")


@dataclass(frozen=True)
class Verzonnen:
    """An invented provider, the percelen it bids for, and how good it is (0–10 per perceel)."""

    onderneming: Onderneming
    percelen: tuple[str, ...]
    niveau: dict[str, int]


def make_adres(kans: Random) -> Adres:
    """An address that does not exist."""
    letters = "".join(kans.choice("ABCDEFGHJKLMNPRSTUVWXZ") for _ in range(2))
    return Adres(
        straat=f"{kans.choice(STRATEN)} {kans.randint(1, 199)}",
        postcode=f"{kans.randint(1000, 9999)} {letters}",
        plaats=kans.choice(PLAATSEN),
    )


def make_onderneming(kans: Random, nummer: int, gebruikt: set[str]) -> Onderneming:
    """A provider with a name that is not used yet."""
    while True:
        soort, naam, vorm = kans.choice(SOORTEN), kans.choice(EIGENNAMEN), kans.choice(RECHTSVORMEN)
        volledig = f"Stichting {soort} {naam}" if vorm == "Stichting" else f"{soort} {naam} {vorm}"
        if volledig not in gebruikt:
            gebruikt.add(volledig)
            break
    return Onderneming(
        sleutel=f"aanbieder-{nummer:03d}",
        naam=volledig,
        kvk=f"00{kans.randint(0, 999999):06d}",
        agb=f"99{kans.randint(0, 999999):06d}",
        adres=make_adres(kans),
        contact=kans.choice(AFDELINGEN),
        email=f"aanbieder-{nummer:03d}@verzonnen.example",
        grootte=kans.choice(GROOTTES),
    )


def make_aanbieders(
    zaad: int,
    aantal: int,
    percelen: Sequence[str],
    gewichten: Sequence[int],
    aantallen: Sequence[int] = AANTALLEN,
    verbanden: int = 0,
) -> tuple[Verzonnen, ...]:
    """`aantal` providers, each bidding for some percelen; `gewichten` says how popular each perceel is.

    `aantallen`: from which the number of percelen of each is drawn; the first `verbanden` are alliances of three.
    """
    kans = Random(zaad)
    gebruikt: set[str] = set()
    aanbieders: list[Verzonnen] = []
    for nummer in range(1, aantal + 1):
        onderneming = make_onderneming(kans, nummer, gebruikt)
        if nummer <= verbanden:
            onderneming = _make_verband(onderneming)
        hoeveel = min(kans.choice(aantallen), len(percelen))
        gekozen: set[str] = set()
        while len(gekozen) < hoeveel:
            gekozen.add(kans.choices(percelen, gewichten)[0])
        niveau = {perceel: kans.choice((5, 6, 6, 7, 7, 7, 8, 8, 9)) for perceel in percelen}
        aanbieders.append(Verzonnen(onderneming, tuple(p for p in percelen if p in gekozen), niveau))
    return tuple(aanbieders)


def _make_verband(onderneming: Onderneming) -> Onderneming:
    """The same party as an alliance that bids as one."""
    kern = onderneming.naam.removeprefix("Stichting ")
    for vorm in RECHTSVORMEN:
        kern = kern.removesuffix(f" {vorm}")
    return onderneming.model_copy(update={"naam": f"Samenwerkingsverband {kern}", "grootte": "groot"})


def make_partijen(
    zaad: int, aanbieders: Sequence[Verzonnen], groepen: Sequence[str], per_groep: int
) -> tuple[Partij, ...]:
    """Parties of a consultation: every provider in the first group, and some parties in each other group."""
    kans = Random(zaad + 1)
    partijen = [
        Partij(
            sleutel=a.onderneming.sleutel,
            naam=a.onderneming.naam,
            groep=groepen[0],
            adres=a.onderneming.adres,
            email=a.onderneming.email,
        )
        for a in aanbieders
    ]
    for groep in groepen[1:]:
        for nummer in range(1, per_groep + 1):
            sleutel = f"{groep.replace('_', '-')}-{nummer:02d}"
            partijen.append(
                Partij(
                    sleutel=sleutel,
                    naam=f"{groep.replace('_', ' ').capitalize()} {nummer} (verzonnen)",
                    groep=groep,
                    adres=make_adres(kans),
                    email=f"{sleutel}@verzonnen.example",
                )
            )
    return tuple(partijen)

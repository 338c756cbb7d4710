"""What the documents of this stage share: heads, parties, products and the result per requirement.

Must stay true: nothing here decides; it shows what was recorded.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field

from aanbesteding.documents.declaration import Brief, Documentkop, build_brief
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import Eis, Eisuitkomst, OvereenkomstGesloten, PerceelUitgewerkt, Product
from aanbesteding.domain.onderneming import Onderneming
from aanbesteding.domain.regio import Regio
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.toetreding.besluiten.wijziging import WijzigingVastgesteld, load_voorstel

GEMANDATEERDE = "Gemandateerde voor de inkoop"
INKOPER = "Inkoper"
CONTRACTBEHEERDER = "Contractbeheerder"
COLLEGE = "college van burgemeester en wethouders"


class Gemeentepartij(Gegevensmodel):
    """A municipality as party."""

    naam: str = Field(description="Naam van de gemeente")
    orgaan: str = Field(description="Bevoegd orgaan")
    adres: str = Field(description="Adres op één regel")


class Aanbiederpartij(Gegevensmodel):
    """A provider as party."""

    naam: str = Field(description="Naam van de aanbieder")
    adres: str = Field(description="Adres op één regel")
    kvk: str = Field(description="Nummer in het handelsregister")
    agb: str = Field(description="AGB-code")


class Productregel(Gegevensmodel):
    """A product with its tariff."""

    code: str = Field(description="Productcode")
    naam: str = Field(description="Naam van het product")
    eenheid: str = Field(description="Eenheid waarin het product wordt geleverd")
    tarief: Decimal = Field(description="Tarief in euro per eenheid")


class Eisregel(Gegevensmodel):
    """The result of one requirement."""

    code: str = Field(description="Code van de eis")
    tekst: str = Field(description="Tekst van de eis")
    bewijs: str = Field(description="Gevraagd bewijs")
    voldoet: bool = Field(description="Of de aanvrager aan de eis voldoet")
    met_reden: bool = Field(description="Of er een reden bij staat")
    reden: str = Field(description="Reden van de uitkomst; leeg als die er niet is")


class Wijzigingregel(Gegevensmodel):
    """An adopted change that holds for every provider of the perceel."""

    nummer: int = Field(description="Volgnummer van het addendum")
    code: str = Field(description="Kenmerk van de wijziging")
    titel: str = Field(description="Onderwerp van de wijziging")
    ingang: date = Field(description="Eerste dag waarop de wijziging geldt")


def show_opsomming(namen: tuple[str, ...]) -> str:
    """A, B en C."""
    *begin, laatste = namen
    return f"{', '.join(begin)} en {laatste}" if begin else laatste


def show_namens(regio: Regio) -> str:
    """On behalf of which bodies a letter is signed."""
    namen = tuple(g.naam for g in regio.gemeenten)
    if {g.bevoegd_orgaan for g in regio.gemeenten} != {COLLEGE}:
        return show_opsomming(tuple(f"{g.bevoegd_orgaan} van {g.naam}" for g in regio.gemeenten))
    if len(namen) == 1:
        return f"Het {COLLEGE} van de gemeente {namen[0]}"
    return f"De colleges van burgemeester en wethouders van de gemeenten {show_opsomming(namen)}"


def build_aanbiedersbrief(
    s: Situatie[None],
    aan: Onderneming,
    kenmerk: str,
    onderwerp: str,
    functie: str,
    datum: date | None = None,
) -> Brief:
    """Letter head for a provider or an applicant; without `datum` the day of the act."""
    return build_brief(
        s.regio,
        aan,
        datum=datum or s.vandaag,
        kenmerk=f"{s.dossier.code}-{kenmerk}",
        onderwerp=onderwerp,
        ondertekenaar_functie=functie,
        namens=show_namens(s.regio),
    )


def build_kop(s: Situatie[None], kenmerk: str, ondertitel: str, status: str) -> Documentkop:
    """Title block of a decision, agreement or list."""
    return Documentkop(
        ondertitel=ondertitel, kenmerk=f"{s.dossier.code}-{kenmerk}", datum=s.vandaag, status=status
    )


def list_gemeenten(regio: Regio) -> tuple[Gemeentepartij, ...]:
    """Every municipality as party."""
    return tuple(
        Gemeentepartij(naam=g.naam, orgaan=g.bevoegd_orgaan, adres=", ".join(g.adres.regels))
        for g in regio.gemeenten
    )


def build_aanbieder(onderneming: Onderneming) -> Aanbiederpartij:
    """A provider as party."""
    adres = ", ".join(onderneming.adres.regels)
    return Aanbiederpartij(naam=onderneming.naam, adres=adres, kvk=onderneming.kvk, agb=onderneming.agb)


def index_producten(dossier: Dossier) -> dict[tuple[str, str], Product]:
    """Every worked-out product by perceel and code; the last working-out counts."""
    uitgewerkt = {u.perceel: u for u in dossier.list_feiten(PerceelUitgewerkt)}
    return {(u.perceel, p.code): p for u in uitgewerkt.values() for p in u.producten}


def index_eisen(dossier: Dossier) -> dict[tuple[str, str], Eis]:
    """Every requirement by perceel and code; the last working-out counts."""
    uitgewerkt = {u.perceel: u for u in dossier.list_feiten(PerceelUitgewerkt)}
    return {(u.perceel, e.code): e for u in uitgewerkt.values() for e in u.eisen}


def list_productregels(
    overeenkomst: OvereenkomstGesloten, producten: dict[tuple[str, str], Product]
) -> tuple[Productregel, ...]:
    """Products and tariffs of an agreement."""
    regels: list[Productregel] = []
    for code in overeenkomst.producten:
        product = producten[overeenkomst.perceel, code]
        tarief = overeenkomst.tarieven[code]
        regels.append(Productregel(code=code, naam=product.naam, eenheid=product.eenheid, tarief=tarief))
    return tuple(regels)


def list_eisregels(
    perceel: str, uitkomsten: tuple[Eisuitkomst, ...], eisen: dict[tuple[str, str], Eis]
) -> tuple[Eisregel, ...]:
    """Requirement by requirement: text, evidence, result and reason."""
    regels: list[Eisregel] = []
    for uitkomst in uitkomsten:
        eis = eisen[perceel, uitkomst.eis]
        regels.append(
            Eisregel(
                code=eis.code,
                tekst=eis.tekst,
                bewijs=eis.bewijs,
                voldoet=uitkomst.uitkomst == "voldoet",
                met_reden=bool(uitkomst.toelichting),
                reden=uitkomst.toelichting,
            )
        )
    return tuple(regels)


def list_wijzigingen(dossier: Dossier, perceel: str) -> tuple[Wijzigingregel, ...]:
    """Adopted changes of a perceel, oldest first."""
    regels: list[Wijzigingregel] = []
    for wijziging in dossier.list_feiten(WijzigingVastgesteld):
        voorstel = load_voorstel(dossier, wijziging.code)
        if wijziging.perceel == perceel and voorstel is not None:
            regels.append(
                Wijzigingregel(
                    nummer=wijziging.nummer,
                    code=wijziging.code,
                    titel=voorstel.titel,
                    ingang=wijziging.ingang,
                )
            )
    return tuple(regels)


# --- examples ---------------------------------------------------------------------------------------------

VOORBEELD_KOP = Documentkop(
    ondertitel="Voorbeeldinkoop 2028 (verzonnen)",
    kenmerk="VB-1",
    datum=date(2028, 3, 1),
    status="vastgesteld",
)
VOORBEELD_GEMEENTEN = (
    Gemeentepartij(
        naam="Voorbeeldstad (verzonnen)", orgaan=COLLEGE, adres="Dorpsplein 1, 1234 AB  Voorbeeldstad"
    ),
    Gemeentepartij(naam="Proefdorp (verzonnen)", orgaan=COLLEGE, adres="Kerkweg 2, 1235 AB  Proefdorp"),
)
VOORBEELD_AANBIEDER = Aanbiederpartij(
    naam="Zorg & Co (verzonnen) B.V.",
    adres="Lindelaan 3, 1236 AB  Voorbeeldstad",
    kvk="01234567",
    agb="07654321",
)
VOORBEELD_PRODUCTEN = (
    Productregel(code="02A01", naam="Begeleiding thuis (verzonnen)", eenheid="uur", tarief=Decimal("62.40")),
    Productregel(
        code="02A05", naam="Begeleiding groep (verzonnen)", eenheid="dagdeel", tarief=Decimal("48.75")
    ),
)
VOORBEELD_EISEN = (
    Eisregel(
        code="G1", tekst="De aanvrager staat in het handelsregister.", bewijs="Uittreksel handelsregister",
        voldoet=True, met_reden=False, reden="",
    ),
    Eisregel(
        code="M1", tekst="De aanvrager heeft een klachtenregeling.", bewijs="Klachtenregeling", voldoet=False,
        met_reden=True, reden="De regeling noemt geen onafhankelijke klachtencommissie.",
    ),
)  # fmt: skip
VOORBEELD_WIJZIGINGEN = (
    Wijzigingregel(
        nummer=1, code="W-2028-01", titel="Kortere wachttijd (verzonnen)", ingang=date(2029, 1, 1)
    ),
)


def voorbeeld_brief(onderwerp: str, functie: str, datum: date) -> Brief:
    """An invented letter head."""
    return Brief(
        aan=("Zorg & Co (verzonnen) B.V.", "t.a.v. Directie", "Lindelaan 3", "1236 AB  Voorbeeldstad"),
        datum=datum,
        kenmerk="VB-T1-0001",
        onderwerp=onderwerp,
        aanhef="Geachte directie,",
        contact="Team Inkoop (verzonnen), 000-0000000",
        ondertekenaar_functie=functie,
        namens="De colleges van burgemeester en wethouders van Voorbeeldstad en Proefdorp (verzonnen)",
    )

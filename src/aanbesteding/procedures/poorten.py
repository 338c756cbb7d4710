"""The gates between the phases of a purchase: what may not be passed until what, and which rules guard it.

A lawyer reads this table line by line (docs/poorten.md is made from it). Every condition names the rules that
guard it, by their code, at the acts of its gate; a contract test refuses a condition without a rule and a code
that none of those acts asks. What a rule says and on what article is in docs/regels.md.

Must stay true: a gate is no code of its own; it is passed by its acts, and nowhere else.
Trap: evidence of the intended winners is asked with the decision and checked before the award is final, so its
rules stand at the gate to the contract.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Voorwaarde:
    """A condition of a gate, with the codes of the rules that guard it."""

    tekst: str
    regels: tuple[str, ...]


@dataclass(frozen=True)
class Poort:
    """A gate: from which phase to which, by which acts, on which conditions."""

    van: str
    naar: str
    handelingen: tuple[str, ...]
    voorwaarden: tuple[Voorwaarde, ...]


def _v(tekst: str, *regels: str) -> Voorwaarde:
    return Voorwaarde(tekst, regels)


POORTEN = (
    Poort(
        "strategie",
        "marktconsultatie",
        ("consultatie_openen",),
        (
            _v("beleidskader vastgesteld door elke gemeente", "beleidskader-ontbreekt"),
            _v("reikwijdte per perceel bekend, of aangemerkt als onbekend", "reikwijdte-nog-open"),
        ),
    ),
    Poort(
        "marktconsultatie",
        "opstellen van de stukken",
        ("verslag_vaststellen", "stukken_opstellen"),
        (
            _v(
                "consultatieverslag vastgesteld, met per thema wat ermee gebeurt",
                "thema-niet-verwerkt",
                "afwijking-zonder-reden",
                "overname-zonder-actie",
                "consultatieverslag-ontbreekt",
            ),
            _v("verslag kan openbaar worden: niemand is herleidbaar", "antwoord-herleidbaar"),
            _v(
                "deelnemers bewaard en maatregelen voor een gelijk speelveld",
                "gelijk-speelveld-niet-geregeld",
            ),
        ),
    ),
    Poort(
        "opstellen van de stukken",
        "publicatie",
        ("perceel_uitwerken", "planning_vaststellen", "stukken_opstellen", "publiceren"),
        (
            _v(
                "procedure gekozen, met redenen",
                "procedurekeuze-past-niet",
                "procedurekeuze-niet-gemotiveerd",
            ),
            _v(
                "raming per perceel en in totaal",
                "perceel-niet-uitgewerkt",
                "waarde-onder-drempel",
                "klein-perceel",
            ),
            _v("maximale waarde", "maximale-waarde-ontbreekt", "uitwerking-niet-compleet"),
            _v(
                "tariefonderbouwing compleet",
                "kostprijselementen-onvolledig",
                "kostprijs-telt-niet-op-tot-tarief",
                "wmo-prijs-zonder-ondergrens",
                "uitwerking-niet-compleet",
            ),
            _v(
                "criteria, gewichten, schaal, gelijke stand en uitval aangekondigd, of geen criteria",
                "gewichten-tellen-niet-op",
                "gelijke-stand-niet-geregeld",
                "bij-uitval-ontbreekt",
                "maximum-zonder-criteria",
                "rangordemethode-niet-uitvoerbaar",
                "zonder-gunningscriteria-niet-toegestaan",
            ),
            _v("volmacht van elke gemeente voor elk perceel", "volmacht-ontbreekt"),
            _v("open punten beslist", "punt-nog-open"),
            _v("planning haalt de termijnen", "planning-breekt-termijn", "verzending-te-laat"),
            _v(
                "afwijkingen van de Gids Proportionaliteit gemotiveerd",
                "gidsafwijking-niet-opgenomen",
                "inschrijftermijn-onder-richttermijn",
                "verzending-onder-richttermijn",
            ),
            _v("bepalingen over Bibob en WNT besloten", "bibob-niet-geregeld", "wnt-niet-geregeld"),
            _v(
                "geen wijziging door een raad en geen herroepen besluit",
                "raadswijziging-loopt",
                "herroeping-loopt",
            ),
        ),
    ),
    Poort(
        "publicatie",
        "sluiting",
        ("publiceren", "nota_vaststellen", "rectificatie_publiceren", "inschrijftermijn_sluiten"),
        (
            _v("aankondiging verzonden en sluiting bereikt", "sluiting-nog-niet-verstreken"),
            _v("voor iedereen dezelfde, beoordeelde stukken", "stukken-gewijzigd-na-opstellen"),
            _v(
                "nota van inlichtingen op tijd, teruggeteld van de sluiting",
                "vastgestelde-nota-te-laat",
                "vastgestelde-nota-onder-richttermijn",
            ),
            _v("alle vragen beantwoord, zonder namen", "vraag-onbeantwoord", "nota-niet-anoniem"),
            _v("bij een wijziging genoeg tijd", "wijziging-zonder-uitstel", "rectificatie-zonder-uitstel"),
            _v("geen storing bij de sluiting", "storing-loopt"),
        ),
    ),
    Poort(
        "sluiting",
        "opening",
        ("inschrijvingen_openen",),
        (
            _v("sluiting voorbij", "sluiting-nog-niet-verstreken"),
            _v("door twee bevoegde personen, met verslag", "zelfde-opener-twee-maal", "opener-niet-bevoegd"),
            _v(
                "geen storing die nog op een uitkomst wacht",
                "storing-loopt",
                "uitkomst-aanhouding-niet-uitgevoerd",
            ),
        ),
    ),
    Poort(
        "opening",
        "beoordeling van de kwaliteit",
        ("toetsing_afronden", "scores_vergrendelen", "prijzen_openen"),
        (
            _v("volledigheid en uitsluiting getoetst", "toets-staat-open"),
            _v("belangenverklaring van elke beoordelaar", "belangenverklaring-ontbreekt", "belang-gemeld"),
            _v("prijzen verzegeld", "kwaliteit-niet-vergrendeld"),
        ),
    ),
    Poort(
        "beoordeling van de kwaliteit",
        "prijs",
        ("scores_vergrendelen", "consensus_vaststellen", "prijzen_openen"),
        (
            _v("alle scores en redenen vastgelegd", "score-ontbreekt", "motivering-bij-score-ontbreekt"),
            _v("genoeg beoordelaars, elk eerst alleen", "minder-dan-drie-beoordelaars"),
            _v("kwaliteit vergrendeld voordat een prijs opengaat", "kwaliteit-niet-vergrendeld"),
            _v("prijzen door twee personen geopend, geen beoordelaar", "prijs-openers-onjuist"),
        ),
    ),
    Poort(
        "rangorde",
        "besluit",
        ("rangorde_vaststellen", "gunningsadvies_opstellen", "gunningsbeslissing_meedelen"),
        (
            _v(
                "rangorde volgens de aangekondigde rekenwijze",
                "rangorde-niet-te-maken",
                "prijzen-niet-geopend",
            ),
            _v("gelijke stand beslist met getuigen", "loting-nodig", "loting-onjuist", "getuigen-ontbreken"),
            _v("een lage prijs eerst bevraagd", "abnormaal-lage-prijs", "lage-prijs-staat-open"),
            _v("rapport van de commissie vastgesteld", "rangorde-ontbreekt"),
            _v("er is een winnaar", "geen-winnaar"),
        ),
    ),
    Poort(
        "besluit",
        "brieven",
        ("gunningsbeslissing_meedelen",),
        (
            _v("besluit van elke deelnemende gemeente", "collegebesluit-ontbreekt"),
            _v("alle redenen in één keer", "motivering-onvolledig"),
            _v(
                "vertrouwelijkheid nagekeken door een tweede persoon",
                "reden-bevat-verboden-gegeven",
                "redenen-niet-vrijgegeven",
                "redenen-niet-door-tweede-persoon",
                "kenmerken-ontbreken",
                "vrijgave-niet-door-tweede-persoon",
                "functies-niet-gescheiden",
            ),
            _v("iedereen op hetzelfde moment", "verzenddatum-in-verleden"),
            _v(
                "geen aanhouding",
                "kort-geding-over-procedure-loopt",
                "klacht-loopt",
                "raadswijziging-loopt",
                "herroeping-loopt",
                "uitkomst-aanhouding-niet-uitgevoerd",
            ),
        ),
    ),
    Poort(
        "brieven",
        "overeenkomst",
        ("definitief_gunnen", "overeenkomsten_sluiten"),
        (
            _v(
                "opschortende termijn begonnen en voorbij",
                "opschortende-termijn-niet-begonnen",
                "mededeling-niet-aan-allen-verzonden",
                "opschortende-termijn-loopt",
            ),
            _v("vervaltermijn voorbij", "vervaltermijn-loopt", "ondertekening-te-vroeg"),
            _v("geen kort geding aanhangig", "kort-geding-aanhangig", "kort-geding-uitkomst-niet-uitgevoerd"),
            _v("bewijs van de beoogde winnaars in orde", "verificatie-ontbreekt", "verificatie-mislukt"),
            _v("Bibob-advies afgerond", "bibob-advies-loopt"),
            _v("klacht afgehandeld", "klacht-loopt", "klacht-schort-op"),
            _v(
                "geen wijziging door een raad en geen herroepen besluit",
                "raadswijziging-loopt",
                "herroeping-loopt",
            ),
            _v("uitkomst van een aanhouding uitgevoerd", "uitkomst-aanhouding-niet-uitgevoerd"),
        ),
    ),
    Poort(
        "overeenkomst",
        "uitvoering",
        ("uitvoering_starten",),
        (
            _v(
                "aankondiging van de gegunde opdracht verzonden",
                "aankondiging-gegunde-opdracht-ontbreekt",
                "aankondiging-gegunde-opdracht-te-laat",
            ),
            _v("proces-verbaal van gunning opgemaakt", "proces-verbaal-gunning-ontbreekt"),
            _v(
                "aanbiederslijst en productcodes ingericht",
                "aanbiederslijst-ontbreekt",
                "productcodes-niet-ingericht",
            ),
            _v("continuïteit voor cliënten geregeld", "start-zonder-overeenkomst"),
        ),
    ),
    Poort(
        "uitvoering",
        "toetredingsronde",
        ("openstelling_besluiten",),
        (
            _v("uitvoering gestart", "uitvoering-niet-gestart", "perceel-niet-gecontracteerd"),
            _v("tekort of kalender als aanleiding", "geen-tekort-gemotiveerd"),
            _v("grondslag voor toetreding past bij de procedure", "grondslag-toetreding-ontbreekt"),
            _v(
                "geen selectie zonder grondslag",
                "plafond-in-open-house",
                "begrenzing-vraagt-heropening",
            ),
        ),
    ),
    Poort(
        "uitvoering",
        "addendum",
        ("wijziging_vaststellen",),
        (
            _v(
                "alle aanbieders geraadpleegd", "niet-iedereen-geraadpleegd", "reactietermijn-wijziging-loopt"
            ),
            _v(
                "toets aan de wijzigingsregels",
                "toets-niet-in-volgorde",
                "wezenlijke-wijziging",
                "kleine-wijziging-te-groot",
            ),
            _v("besluit van elke gemeente", "collegebesluit-ontbreekt"),
        ),
    ),
    Poort(
        "uitvoering",
        "verlenging",
        ("verlenging_besluiten",),
        (
            _v("optie die er nog is, en op tijd", "geen-verlenging-mogelijk", "verlenging-te-lang"),
            _v("maximale waarde niet overschreden", "verlenging-boven-maximale-waarde"),
            _v("verlenging vooraf gepland", "verlenging-niet-gepland"),
            _v("besluit van elke gemeente", "collegebesluit-ontbreekt"),
        ),
    ),
    # Bestuurlijk aanbesteden: the consultation structure has gates of its own.
    Poort(
        "marktconsultatie",
        "procesovereenkomst",
        ("overleg_inrichten", "procesovereenkomsten_sluiten"),
        (
            _v(
                "overleg ingericht en bekendgemaakt, elk perceel heeft een tafel",
                "overlegstructuur-ontbreekt",
                "perceel-zonder-tafel",
                "tafel-met-onbekend-perceel",
            ),
            _v(
                "iedereen kan meedoen, één keer, voor percelen die bestaan",
                "deelnemer-heeft-al-een-procesovereenkomst",
                "deelnemer-zonder-perceel",
            ),
        ),
    ),
    Poort(
        "procesovereenkomst",
        "overlegtafel",
        ("overlegtafel_uitschrijven",),
        (
            _v("tafel bestaat en heeft deelnemers", "tafel-onbekend", "tafel-zonder-deelnemers"),
            _v("iedereen op tijd genodigd", "uitnodiging-tafel-te-laat", "overlegtafel-voorbij"),
        ),
    ),
    Poort(
        "overlegtafel",
        "versie van de bijlage",
        ("overlegtafel_verslag_vaststellen", "bijlage_vaststellen"),
        (
            _v(
                "tafel gehouden en verslag vastgesteld, met een uitkomst per agendapunt",
                "overleg-nog-niet-gehouden",
                "agendapunt-zonder-uitkomst",
                "overeenstemming-zonder-afspraak",
            ),
            _v("niemand is in het verslag herleidbaar", "verslag-overleg-herleidbaar"),
            _v(
                "versie volgt op een tafel, met overeenstemming of met redenen",
                "bijlage-zonder-overleg",
                "bijlage-zonder-overeenstemming",
            ),
            _v(
                "binnen de aangekondigde grens en niet met terugwerkende kracht",
                "bijsturing-buiten-grens",
                "bijlage-met-terugwerkende-kracht",
            ),
            _v("wie niet akkoord is, kan vertrekken", "opzeggen-niet-geregeld"),
            _v("besluit van elke gemeente", "gemeente-besloot-niet-over-bijlage"),
        ),
    ),
    Poort(
        "versie van de bijlage",
        "basisovereenkomst",
        ("stukken_opstellen", "aanvragen_registreren"),
        (
            _v("elk perceel heeft een bijlage", "bijlage-ontbreekt"),
            _v("aanvrager heeft een procesovereenkomst", "aanvrager-zonder-procesovereenkomst"),
        ),
    ),
)
"""Every gate, in the order of a purchase."""

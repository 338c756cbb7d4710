"""Reading the criteria of a ranking: weights, scales, price formulas and their parameters.

Part of `inlezen`, which reads the rest. A criterion with a fault is still returned, with a stand-in for the
missing number, so that the other faults are found too; `inlezen` refuses the whole, so a stand-in never
reaches the reckoning.

Grondslag: Aw 2012 art. 2.115 (weights announced); docs/methodiek/rangorde.md chapters 3-5.
Trap: a weight under gunnen op waarde does nothing; that is said as a remark, never passed over in silence.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from aanbesteding.domain.rangorde.getal import show_invoer
from aanbesteding.domain.rangorde.lezer import Lezer
from aanbesteding.domain.rangorde.opdracht import (
    Formule,
    Kwaliteitscriterium,
    Methode,
    Prijscriterium,
    Prijsparameters,
    Schaal,
    Schaalpunt,
    Trede,
)

SLEUTELS = {
    "kwaliteit": ("code", "naam", "soort", "gewicht", "schaal", "minimum", "subcriteria"),
    "prijs": ("code", "naam", "soort", "gewicht", "formule", "parameters"),
}
WAARDESLEUTELS = ("waarde", "malus", "neutraal")
NUL = Fraction(0)


class Criterialezer:
    """Reads the list `criteria`; afterwards `kwaliteit`, `prijs` and `opmerkingen` hold the result."""

    def __init__(self, lezer: Lezer, methode: Methode | None) -> None:
        self.lezer = lezer
        self.methode = methode
        self.op_waarde = methode is Methode.GUNNEN_OP_WAARDE
        self.kwaliteit: list[Kwaliteitscriterium] = []
        self.prijs: Prijscriterium | None = None
        self.opmerkingen: list[str] = []
        self.codes: set[str] = set()
        self.gewichten_leesbaar = True

    def read_criteria(self, waarde: object) -> None:
        """Read every criterion of the list."""
        for nummer, deel in enumerate(self.lezer.read_lijst("criteria", waarde), 1):
            plaats = f"criteria[{nummer}]"
            soort = self.lezer.peek_sleutel(plaats, deel, "soort")
            if soort == "prijs":
                self._read_prijs(plaats, deel)
            elif soort == "kwaliteit":
                self.kwaliteit.append(self._read_kwaliteit(plaats, deel, hoofd=True))
            else:
                self.lezer.read_keuze(f"{plaats}.soort", soort, ("kwaliteit", "prijs"))

    def _read_code(self, plaats: str, data: dict[str, object]) -> str:
        code = self.lezer.read_tekst(f"{plaats}.code", data.get("code")) or ""
        if code and code in self.codes:
            self.lezer.note(
                plaats, f"code '{code}' komt meer dan één keer voor; geef elk criterium een eigen code."
            )
        self.codes.add(code)
        return code

    def _read_gewicht(self, plaats: str, data: dict[str, object]) -> Fraction:
        if self.op_waarde:
            gewicht = self.lezer.read_getal_of_niets(f"{plaats}.gewicht", data.get("gewicht"))
            if gewicht is not None:
                self.opmerkingen.append(
                    f"{plaats}: het gewicht heeft bij gunnen op waarde geen werking; "
                    "alleen de waarde in euro's telt."
                )
            return gewicht or NUL
        gewicht = self.lezer.read_getal(f"{plaats}.gewicht", data.get("gewicht"))
        if gewicht is None:
            self.gewichten_leesbaar = False
            return NUL
        if gewicht <= 0:
            self.lezer.note(
                f"{plaats}.gewicht", f"{show_invoer(gewicht)} kan niet; een gewicht is groter dan nul."
            )
        return gewicht

    def _read_naam(self, plaats: str, data: dict[str, object]) -> str | None:
        return None if data.get("naam") is None else self.lezer.read_tekst(f"{plaats}.naam", data["naam"])

    def _read_kwaliteit(self, plaats: str, deel: object, hoofd: bool) -> Kwaliteitscriterium:
        sleutels = (
            SLEUTELS["kwaliteit"] if hoofd else tuple(s for s in SLEUTELS["kwaliteit"] if s != "subcriteria")
        )
        data = self.lezer.read_object(plaats, deel, sleutels + (WAARDESLEUTELS if self.op_waarde else ()))
        if not hoofd and data.get("soort", "kwaliteit") != "kwaliteit":
            self.lezer.note(f"{plaats}.soort", "een subcriterium is altijd kwaliteit.")
        code = self._read_code(plaats, data)
        gewicht = self._read_gewicht(plaats, data)
        delen = self.lezer.read_lijst(f"{plaats}.subcriteria", data.get("subcriteria"))
        subcriteria = tuple(
            self._read_kwaliteit(f"{plaats}.subcriteria[{i}]", sub, hoofd=False)
            for i, sub in enumerate(delen, 1)
        )
        schaal: Schaal | None = None
        waarde, malus, neutraal = None, NUL, None
        minimum = self.lezer.read_getal_of_niets(f"{plaats}.minimum", data.get("minimum"))
        if subcriteria:
            for sleutel in ("schaal", *WAARDESLEUTELS):
                if data.get(sleutel) is not None:
                    self.lezer.note(
                        f"{plaats}.{sleutel}", "hoort bij de subcriteria, niet bij het hoofdcriterium."
                    )
            self._check_subgewichten(plaats, gewicht, subcriteria)
            if minimum is not None and not self.op_waarde and not 0 <= minimum <= gewicht:
                self.lezer.note(
                    f"{plaats}.minimum", "ligt niet tussen 0 en het gewicht; dit minimum is in punten."
                )
        else:
            schaal = self._read_schaal(f"{plaats}.schaal", data.get("schaal"))
            if minimum is not None and schaal is not None and not schaal.min <= minimum <= schaal.max:
                self.lezer.note(
                    f"{plaats}.minimum", "ligt niet op de schaal; dit minimum is een score op de schaal."
                )
            if self.op_waarde:
                waarde, malus, neutraal = self._read_waarde(plaats, data, schaal)
        naam = self._read_naam(plaats, data)
        return Kwaliteitscriterium(code, gewicht, schaal, minimum, subcriteria, waarde, malus, neutraal, naam)

    def _check_subgewichten(
        self, plaats: str, gewicht: Fraction, subcriteria: tuple[Kwaliteitscriterium, ...]
    ) -> None:
        som = sum((sub.gewicht for sub in subcriteria), NUL)
        if not self.op_waarde and self.gewichten_leesbaar and som != gewicht:
            self.lezer.note(
                plaats,
                f"de gewichten van de subcriteria zijn samen {show_invoer(som)}, het hoofdcriterium weegt "
                f"{show_invoer(gewicht)}; maak ze gelijk.",
            )

    def _read_schaal(self, plaats: str, waarde: object) -> Schaal | None:
        if waarde is None:
            self.lezer.note(plaats, 'ontbreekt; noem min en max, zoals {"min": "0", "max": "10"}.')
            return None
        data = self.lezer.read_object(plaats, waarde, ("min", "max", "punten", "tussenscores"))
        laag = self.lezer.read_getal(f"{plaats}.min", data.get("min"))
        hoog = self.lezer.read_getal(f"{plaats}.max", data.get("max"))
        punten = tuple(
            punt
            for i, deel in enumerate(self.lezer.read_lijst(f"{plaats}.punten", data.get("punten")), 1)
            if (punt := self._read_schaalpunt(f"{plaats}.punten[{i}]", deel)) is not None
        )
        tussenscores = self.lezer.read_ja_nee(f"{plaats}.tussenscores", data.get("tussenscores"), not punten)
        if laag is None or hoog is None:
            return None
        if laag >= hoog:
            self.lezer.note(plaats, "min moet kleiner zijn dan max.")
            return None
        if not tussenscores and not punten:
            self.lezer.note(plaats, "zonder tussenscores moeten de toegestane punten genoemd zijn.")
            return None
        scores = [punt.score for punt in punten]
        for score in scores:
            if not laag <= score <= hoog:
                self.lezer.note(f"{plaats}.punten", f"{show_invoer(score)} ligt niet tussen min en max.")
        if len(set(scores)) != len(scores):
            self.lezer.note(f"{plaats}.punten", "een score staat er meer dan één keer in.")
        return Schaal(laag, hoog, tuple(sorted(punten, key=lambda punt: punt.score)), tussenscores)

    def _read_schaalpunt(self, plaats: str, deel: object) -> Schaalpunt | None:
        betekenis: str | None = None
        if isinstance(deel, dict):
            data = self.lezer.read_object(plaats, deel, ("score", "betekenis"))  # pyright: ignore[reportUnknownArgumentType]
            betekenis = self.lezer.read_tekst(f"{plaats}.betekenis", data.get("betekenis"))
            deel = data.get("score")
        score = self.lezer.read_getal(plaats, deel)  # pyright: ignore[reportUnknownArgumentType]
        return None if score is None else Schaalpunt(score, betekenis)

    def _read_waarde(
        self, plaats: str, data: dict[str, object], schaal: Schaal | None
    ) -> tuple[Fraction, Fraction, Fraction | None]:
        waarde = self.lezer.read_getal(f"{plaats}.waarde", data.get("waarde"))
        malus = self.lezer.read_getal_of_niets(f"{plaats}.malus", data.get("malus"))
        neutraal = self.lezer.read_getal_of_niets(f"{plaats}.neutraal", data.get("neutraal"))
        if waarde is not None and waarde <= 0:
            self.lezer.note(f"{plaats}.waarde", "is het bedrag van volle kwaliteit en is groter dan nul.")
        if malus is not None and malus <= 0:
            self.lezer.note(
                f"{plaats}.malus", "is het bedrag dat er bij de laagste score bijkomt; groter dan nul."
            )
        if (data.get("malus") is None) != (data.get("neutraal") is None):
            self.lezer.note(plaats, "malus en neutraal horen bij elkaar; noem beide of geen van beide.")
        if neutraal is not None and schaal is not None and not schaal.min < neutraal < schaal.max:
            self.lezer.note(f"{plaats}.neutraal", "ligt tussen de laagste en de hoogste score van de schaal.")
        if neutraal is None and schaal is not None and schaal.min < 0:
            self.lezer.note(
                plaats, "de schaal begint onder nul; noem malus en neutraal, of begin de schaal bij nul."
            )
        return waarde or NUL, malus or NUL, neutraal

    def _read_prijs(self, plaats: str, deel: object) -> None:
        data = self.lezer.read_object(plaats, deel, SLEUTELS["prijs"])
        code = self._read_code(plaats, data)
        gewicht = self._read_gewicht(plaats, data)
        formule: Formule | None = None
        if not self.op_waarde:
            keuze = self.lezer.read_keuze(f"{plaats}.formule", data.get("formule"), tuple(Formule))
            formule = Formule(keuze) if keuze else None
        elif data.get("formule") not in (None, "gunnen_op_waarde"):
            self.opmerkingen.append(f"{plaats}: een prijsformule heeft bij gunnen op waarde geen werking.")
        parameters = self._read_parameters(f"{plaats}.parameters", data.get("parameters"), formule, gewicht)
        if self.prijs is not None:
            self.lezer.note(plaats, "er is al een prijscriterium; een inschrijving heeft één prijs.")
        self.prijs = Prijscriterium(code, gewicht, formule, parameters, self._read_naam(plaats, data))

    def _read_parameters(
        self, plaats: str, waarde: object, formule: Formule | None, gewicht: Fraction
    ) -> Prijsparameters:
        if formule is Formule.STAFFEL:
            return self._read_staffel(plaats, waarde, gewicht)
        sleutels = {Formule.VASTE_BANDBREEDTE: ("bodem", "plafond"), Formule.RANGPUNTEN: ("punten", "overig")}
        toegestaan = sleutels.get(formule, ()) if formule else ()
        data = self.lezer.read_object(plaats, {} if waarde is None else waarde, toegestaan)
        if formule is Formule.VASTE_BANDBREEDTE:
            bodem = self.lezer.read_getal(f"{plaats}.bodem", data.get("bodem"))
            plafond = self.lezer.read_getal(f"{plaats}.plafond", data.get("plafond"))
            if bodem is not None and plafond is not None and bodem >= plafond:
                self.lezer.note(plaats, "de bodem moet lager zijn dan het plafond.")
            return Prijsparameters(bodem=bodem, plafond=plafond)
        if formule is Formule.RANGPUNTEN:
            return self._read_rangpunten(plaats, data, gewicht)
        return Prijsparameters()

    def _read_rangpunten(self, plaats: str, data: dict[str, object], gewicht: Fraction) -> Prijsparameters:
        delen = self.lezer.read_lijst(f"{plaats}.punten", data.get("punten"))
        gelezen = [self.lezer.read_getal(f"{plaats}.punten[{i}]", deel) for i, deel in enumerate(delen, 1)]
        punten = [getal for getal in gelezen if getal is not None]
        overig = self.lezer.read_getal_of_niets(f"{plaats}.overig", data.get("overig"))
        if overig is not None and not delen:
            self.lezer.note(f"{plaats}.overig", "hoort bij een lijst met punten; noem die ook.")
        reeks = punten if overig is None else [*punten, overig]
        self._check_aflopend(plaats, reeks, gewicht)
        return Prijsparameters(punten=tuple(punten), overig=overig)

    def _check_aflopend(self, plaats: str, punten: list[Fraction], gewicht: Fraction) -> None:
        if any(later > eerder for eerder, later in pairwise(punten)):
            self.lezer.note(plaats, "de punten lopen niet af; een hogere prijs krijgt nooit meer punten.")
        if any(not 0 <= punt <= gewicht for punt in punten):
            self.lezer.note(plaats, f"punten liggen van 0 tot en met het gewicht ({show_invoer(gewicht)}).")
        elif punten and punten[0] < gewicht:
            self.opmerkingen.append(
                f"{plaats}: de hoogste punten zijn {show_invoer(punten[0])}; "
                f"het gewicht {show_invoer(gewicht)} is voor niemand haalbaar."
            )

    def _read_staffel(self, plaats: str, waarde: object, gewicht: Fraction) -> Prijsparameters:
        if isinstance(waarde, dict):
            waarde = self.lezer.read_object(plaats, waarde, ("staffel",)).get("staffel")  # pyright: ignore[reportUnknownArgumentType]
        treden: list[Trede] = []
        delen = self.lezer.read_lijst(plaats, waarde)  # pyright: ignore[reportUnknownArgumentType]
        if not delen:
            self.lezer.note(plaats, 'noem de treden: [{"tot": "50", "punten": "40"}, …].')
        for i, deel in enumerate(delen, 1):
            data = self.lezer.read_object(f"{plaats}[{i}]", deel, ("tot", "punten"))
            tot = self.lezer.read_getal_of_niets(f"{plaats}[{i}].tot", data.get("tot"))
            punten = self.lezer.read_getal(f"{plaats}[{i}].punten", data.get("punten"))
            if data.get("tot") is None and i < len(delen):
                self.lezer.note(f"{plaats}[{i}].tot", "alleen de laatste trede heeft geen bovengrens.")
            treden.append(Trede(tot, punten or NUL))
        grenzen = [trede.tot for trede in treden if trede.tot is not None]
        if any(later <= eerder for eerder, later in pairwise(grenzen)):
            self.lezer.note(plaats, "de grenzen lopen niet op.")
        self._check_aflopend(plaats, [trede.punten for trede in treden], gewicht)
        return Prijsparameters(staffel=tuple(treden))

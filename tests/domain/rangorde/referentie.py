"""A second ranking, written from docs/methodiek/rangorde.md and not from the code; slow and plain on purpose.

It works on the JSON form itself, compares every bid with every other, and shares nothing with the package.
"""

from fractions import Fraction


class Weigering(Exception):
    """The prose says: het programma weigert."""


def breuk(tekst):
    return None if tekst is None else Fraction(tekst)


def rekenkundig(x, decimalen):
    """Chapter 1.3, by way of text: half away from zero."""
    factor = 10**decimalen
    a, b = (abs(x) * factor * 2 + 1).numerator, (abs(x) * factor * 2 + 1).denominator
    heel = a // (2 * b)
    return Fraction(heel, factor) * (-1 if x < 0 else 1)


def toon(x, decimalen):
    x = rekenkundig(x, decimalen)
    geheel, rest = divmod(abs(x.numerator) * 10**decimalen // x.denominator, 10**decimalen)
    return ("-" if x < 0 else "") + str(geheel) + (f".{rest:0{decimalen}d}" if decimalen else "")


def bedrag_of_punten(methode, blad, score):
    """Chapters 3.2 and 5."""
    laag, hoog = breuk(blad["schaal"]["min"]), breuk(blad["schaal"]["max"])
    if methode != "gunnen_op_waarde":
        return breuk(blad["gewicht"]) * (score - laag) / (hoog - laag)
    waarde = breuk(blad["waarde"])
    if blad.get("malus") is None:
        return waarde * (score - laag) / (hoog - laag)
    n = breuk(blad["neutraal"])
    if score < n:
        return -breuk(blad["malus"]) * (n - score) / (n - laag)
    return waarde * (score - n) / (hoog - n)


def prijspunten(criterium, prijs, allemaal):
    """Chapter 4."""
    m, parameters = breuk(criterium["gewicht"]), criterium.get("parameters") or {}
    naam = criterium["formule"]
    plaats = 1 + len([p for p in allemaal if p < prijs])
    if naam == "laagste_gedeeld_door_prijs":
        return m * min(allemaal) / prijs
    if naam == "relatief_lineair":
        punten = m * (2 - prijs / min(allemaal))
        return punten if punten > 0 else Fraction(0)
    if naam == "min_max":
        spreiding = max(allemaal) - min(allemaal)
        return m * (max(allemaal) - prijs) / spreiding if spreiding else m
    if naam == "rangpunten":
        lijst = parameters.get("punten")
        if not lijst:
            return m * (len(allemaal) + 1 - plaats) / len(allemaal)
        if plaats > len(lijst):
            if parameters.get("overig") is None:
                raise Weigering
            return breuk(parameters["overig"])
        return breuk(lijst[plaats - 1])
    if naam == "vaste_bandbreedte":
        bodem, plafond = breuk(parameters["bodem"]), breuk(parameters["plafond"])
        return sorted([Fraction(0), m * (plafond - prijs) / (plafond - bodem), m])[1]
    for trede in parameters:
        if trede["tot"] is None or prijs < breuk(trede["tot"]):
            return breuk(trede["punten"])
    raise Weigering


def rangorde(tender):
    """The published result as plain data, or Weigering."""
    methode = tender["methode"]
    kwaliteit = [c for c in tender["criteria"] if c["soort"] == "kwaliteit"]
    prijscriterium = next((c for c in tender["criteria"] if c["soort"] == "prijs"), None)
    bladen = {c["code"]: (c.get("subcriteria") or [c]) for c in kwaliteit}
    decimalen = (tender.get("afronding") or {"decimalen": 0})["decimalen"]
    moment = (tender.get("afronding") or {"moment": "eind"})["moment"]
    uitgevallen = tender.get("uitgevallen") or []
    blijft = tender.get("bij_uitval") == "rangorde_blijft"
    bids = {b["aanbieder"]: b for b in tender["inschrijvingen"]}
    prijs = {n: breuk(b.get("prijs")) for n, b in bids.items()}

    # Chapters 2 and 3
    punten, weg = {}, {}
    for naam, bid in bids.items():
        if bid.get("ongeldig") is not None:
            weg[naam] = "ONGELDIG"
            continue
        if tender.get("ondergrens") is not None and prijs[naam] < breuk(tender["ondergrens"]):
            weg[naam] = "PRIJS_ONDER_ONDERGRENS"
            continue
        if naam in uitgevallen and not blijft:
            weg[naam] = "UITGEVALLEN"
            continue
        eigen, gehaald = {}, True
        for c in kwaliteit:
            for blad in bladen[c["code"]]:
                score = breuk(bid["scores"][blad["code"]])
                eigen[blad["code"]] = bedrag_of_punten(methode, blad, score)
                gehaald &= blad.get("minimum") is None or score >= breuk(blad["minimum"])
            if c.get("subcriteria") and c.get("minimum") is not None:
                gehaald &= sum(eigen[b["code"]] for b in bladen[c["code"]]) >= breuk(c["minimum"])
        if not gehaald:
            weg[naam] = "ONDER_MINIMUM"
        elif tender.get("minimum_totaal") is not None and sum(eigen.values()) < breuk(
            tender["minimum_totaal"]
        ):
            weg[naam] = "ONDER_MINIMUM_TOTAAL"
        else:
            punten[naam] = eigen
    mee = sorted(punten)

    # Chapters 4 and 5
    prijsdeel = {}
    for naam in mee:
        if methode == "gewogen_factor":
            prijsdeel[naam] = prijspunten(prijscriterium, prijs[naam], [prijs[n] for n in mee])
        else:
            prijsdeel[naam] = prijs[naam] if methode == "gunnen_op_waarde" else Fraction(0)

    def telt(delen):
        if moment == "per_criterium":
            return sum(rekenkundig(d, decimalen) for d in delen)
        return rekenkundig(Fraction(sum(delen)), decimalen) if moment == "eind" else Fraction(sum(delen))

    def totaal(naam, afgerond):
        k, p = list(punten[naam].values()), prijsdeel[naam]
        teken = -1 if methode == "gunnen_op_waarde" else 1
        if methode == "geen_criteria":
            return Fraction(0)
        return telt([p, *[teken * x for x in k]]) if afgerond else p + teken * sum(k)

    def delen_van(naam, code):
        if code in punten[naam]:
            return [punten[naam][code]]
        if code in bladen:
            return [punten[naam][b["code"]] for b in bladen[code]]
        return [prijsdeel[naam]]

    # Chapters 6, 7: position by comparing with everyone
    sleutel = {}
    for naam in mee:
        t = totaal(naam, True)
        sleutel[naam] = [t if methode == "gunnen_op_waarde" else -t]
    for regel in tender.get("gelijke_stand") or []:
        if methode == "geen_criteria":
            break
        oud = {naam: list(s) for naam, s in sleutel.items()}
        for naam in mee:
            gelijken = [n for n in mee if oud[n] == oud[naam]]
            if regel == "hoogste_kwaliteit":
                sleutel[naam].append(-telt(list(punten[naam].values())))
            elif regel == "loting":
                trekking = tender.get("loting") or []
                beslist = all(n in trekking for n in gelijken)
                sleutel[naam].append(trekking.index(naam) if beslist else 0)
            else:
                sleutel[naam].append(-telt(delen_van(naam, regel.split(":", 1)[1])))
    for naam in uitgevallen:
        if naam in mee:
            mee.remove(naam)
            weg[naam] = "UITGEVALLEN"
    rang = {naam: 1 + sum(sleutel[ander] < sleutel[naam] for ander in mee) for naam in mee}

    # Chapters 7.5 and 8
    maximum, reserve = tender.get("maximum_aanbieders"), tender.get("reservelijst") or 0
    if maximum is not None:
        for grens in {int(maximum), int(maximum) + reserve}:
            for r in set(rang.values()):
                groep = [n for n in mee if rang[n] == r]
                if r - 1 < grens < r - 1 + len(groep):
                    raise Weigering
    regels = []
    for naam in sorted(mee, key=lambda n: (rang[n], n)):
        getoond = {}
        if methode != "geen_criteria":
            for c in tender["criteria"]:
                subcodes = [s["code"] for s in c.get("subcriteria") or []]
                if c["soort"] == "prijs" and methode == "vast_tarief":
                    continue
                for code in [c["code"], *subcodes]:
                    delen = delen_van(naam, code)
                    som = telt(delen) if moment == "per_criterium" else sum(delen)
                    getoond[code] = toon(Fraction(som), decimalen)
        plek = len(regels)
        regels.append(
            {
                "rang": rang[naam],
                "aanbieder": naam,
                "totaal": toon(totaal(naam, True), decimalen),
                "exact": str(Fraction(totaal(naam, False))),
                "punten": getoond,
                "gegund": maximum is None or plek < int(maximum),
                "reserve": maximum is not None and int(maximum) <= plek < int(maximum) + reserve,
            }
        )
    met_prijs = methode in ("gewogen_factor", "gunnen_op_waarde")
    laag = lage_prijzen(tender, {naam: prijs[naam] for naam in punten} if met_prijs else {})
    return {"rangorde": regels, "afgevallen": sorted(weg.items()), "lage_prijzen": laag}


def lage_prijzen(tender, prijzen):
    """Chapter 9: the names whose price is to be asked about; with fewer than three prices nobody."""
    if not tender.get("lage_prijs") or len(prijzen) < 3:
        return []
    rij = sorted(prijzen.values())
    n = len(rij)
    mediaan = (rij[(n - 1) // 2] + rij[n // 2]) / 2
    grens = mediaan - mediaan * breuk(tender["lage_prijs"]["drempel"]) / 100
    return sorted(naam for naam, p in prijzen.items() if p < grens)

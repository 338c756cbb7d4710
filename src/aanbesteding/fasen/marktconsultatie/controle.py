"""Do parties and reactions fit the questionnaire? One judgement for the workbook and for the form.

Every fault is (code, place, sentence): the code is that of the rule in regels.py that refuses it, the place
is a row of a workbook or the position in the input.

Must stay true: a fault is found once, whichever way the input came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aanbesteding.domain.consultatie import Consultatie, Vraag
from aanbesteding.domain.feiten import Partij
from aanbesteding.fasen.marktconsultatie.besluiten import Vraagantwoord, Vraagscore

Fout = tuple[str, str, str]

GROEP_ONBEKEND = "stakeholdergroep-onbekend"
PARTIJ_DUBBEL = "partij-dubbel"
PARTIJ_ONBEKEND = "partij-onbekend"
VRAAG_ONBEKEND = "vraag-onbekend"
VRAAG_ANDERE_GROEP = "vraag-niet-voor-groep"
SCORE_BUITEN_SCHAAL = "score-buiten-schaal"
REACTIE_DUBBEL = "reactie-dubbel"


def check_partijen(consultatie: Consultatie, partijen: Iterable[tuple[str, str, str]]) -> Iterator[Fout]:
    """Unknown groups and double keys; a party is given as (place, key, group)."""
    groepen = [groep.code for groep in consultatie.groepen]
    gezien: dict[str, str] = {}
    for plaats, sleutel, groep in partijen:
        if groep not in groepen:
            yield GROEP_ONBEKEND, plaats, f"groep '{groep}' bestaat niet. Toegestaan: {', '.join(groepen)}."
        if sleutel in gezien:
            tekst = f"sleutel '{sleutel}' staat er al (zie {gezien[sleutel]}). Laat er één staan."
            yield PARTIJ_DUBBEL, plaats, tekst
        gezien.setdefault(sleutel, plaats)


def check_scores(
    consultatie: Consultatie, partijen: Sequence[Partij], scores: Sequence[tuple[str, Vraagscore]]
) -> Iterator[Fout]:
    """Unknown parties and questions, questions of another group, scores off the scale, double scores."""
    verwijzingen = [(plaats, score.partij, score.vraag) for plaats, score in scores]
    yield from _check_verwijzingen(consultatie, partijen, verwijzingen, "schaal")
    laagste, hoogste = consultatie.schaal_min, consultatie.schaal_max
    for plaats, score in scores:
        if not laagste <= score.score <= hoogste:
            yield (
                SCORE_BUITEN_SCHAAL,
                plaats,
                f"score {score.score} valt buiten de schaal. Toegestaan: {laagste} tot en met {hoogste}.",
            )


def check_antwoorden(
    consultatie: Consultatie, partijen: Sequence[Partij], antwoorden: Sequence[tuple[str, Vraagantwoord]]
) -> Iterator[Fout]:
    """Unknown parties and questions, questions of another group, double answers."""
    verwijzingen = [(plaats, antwoord.partij, antwoord.vraag) for plaats, antwoord in antwoorden]
    yield from _check_verwijzingen(consultatie, partijen, verwijzingen, "open")


def _check_verwijzingen(
    consultatie: Consultatie,
    partijen: Sequence[Partij],
    verwijzingen: Sequence[tuple[str, str, str]],
    soort: str,
) -> Iterator[Fout]:
    groep_van = {partij.sleutel: partij.groep for partij in partijen}
    vragen = {vraag.code: vraag for vraag in consultatie.vragen}
    gezien: dict[tuple[str, str], str] = {}
    for plaats, partij, code in verwijzingen:
        if partij not in groep_van:
            tekst = f"partij '{partij}' is niet uitgenodigd. Gebruik een sleutel uit de lijst van partijen."
            yield PARTIJ_ONBEKEND, plaats, tekst
        yield from _check_vraag(vragen, plaats, code, groep_van.get(partij), soort)
        if (partij, code) in gezien:
            eerder = gezien[partij, code]
            tekst = f"'{partij}' heeft vraag '{code}' al beantwoord (zie {eerder}). Laat er één staan."
            yield REACTIE_DUBBEL, plaats, tekst
        gezien.setdefault((partij, code), plaats)


def _check_vraag(
    vragen: dict[str, Vraag], plaats: str, code: str, groep: str | None, soort: str
) -> Iterator[Fout]:
    vraag = vragen.get(code)
    if vraag is None:
        passend = ", ".join(v.code for v in vragen.values() if v.soort == soort)
        yield VRAAG_ONBEKEND, plaats, f"vraag '{code}' bestaat niet. Toegestaan: {passend}."
    elif vraag.soort != soort:
        juist = (
            "schaalvraag en hoort bij de scores"
            if vraag.soort == "schaal"
            else "open vraag en hoort bij de antwoorden"
        )
        yield VRAAG_ONBEKEND, plaats, f"vraag '{code}' is een {juist}. Zet de reactie daar."
    elif groep is not None and vraag.groepen and groep not in vraag.groepen:
        tekst = f"vraag '{code}' is niet gesteld aan groep '{groep}'. Toegestaan: {', '.join(vraag.groepen)}."
        yield VRAAG_ANDERE_GROEP, plaats, tekst

"""Writes docs/handleiding/handelingen.md: per role every act, in plain Dutch, with what it makes. For users.

Must stay true: a list of what the procedures declare; an act that several procedures share stands here once.
"""

from __future__ import annotations

from collections.abc import Iterator

from aanbesteding.domain.rol import Rol
from aanbesteding.fase import Fase, Handeling
from aanbesteding.procedures import PROCEDURES

INLEIDING = """# Alle handelingen, per rol

Een handeling is één stap die u in een dossier vastlegt. Deze lijst komt uit het programma zelf en is dus volledig.
Welke handelingen in uw dossier staan, hangt af van de procedure. Welke nu kunnen, ziet u op de pagina van het dossier.

*Ook vanzelf* betekent: de handeling gebeurt ook als u de fase laat uitvoeren en het zover is. *Excel* betekent: u kunt
het werkboek inlezen in plaats van het formulier in te vullen. Welke regels bij een handeling gelden, staat in
[procedures.md](../procedures.md) en [regels.md](../regels.md).
"""


def list_handelingen(rol: Rol) -> Iterator[tuple[Fase, Handeling, tuple[str, ...]]]:
    """The acts of a role over all procedures, each once, in the order of the stages, with the workbooks."""
    gezien: set[tuple[str, str]] = set()
    for procedure in PROCEDURES:
        for fase, handeling in procedure.list_handelingen():
            sleutel = (fase.titel, handeling.titel)
            if handeling.rol is rol and sleutel not in gezien:
                gezien.add(sleutel)
                werkboeken = tuple(b.soort for b in fase.invoerbestanden if b.handeling == handeling.code)
                yield fase, handeling, werkboeken


def build_handelingen(kop: str) -> str:
    """The page as Markdown."""
    regels = [kop, INLEIDING]
    for rol in Rol:
        rijen = list(list_handelingen(rol))
        if not rijen:
            continue
        regels += [
            f"## {rol.value.capitalize()}",
            "",
            "| fase | handeling | maakt | bijzonder |",
            "|---|---|---|---|",
        ]
        for fase, handeling, werkboeken in rijen:
            maakt = ", ".join(d.titel for d in handeling.documenten) or "–"
            bijzonder = [
                *(["ook vanzelf"] if handeling.automatisch else []),
                *(f"Excel: {w}" for w in werkboeken),
            ]
            regels.append(f"| {fase.titel} | {handeling.titel} | {maakt} | {', '.join(bijzonder) or '–'} |")
        regels.append("")
    return "\n".join(regels)

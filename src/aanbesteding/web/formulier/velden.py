"""The fields of a form as the template shows them: label, help, what was typed, choices and faults.

Must stay true: every fault lands at a field that is shown, or at the form as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from aanbesteding.engine.keuzes import Aanbod, Keuzes
from aanbesteding.web.formulier.boom import Boom, branch, build_leeg, first, grow, order, rows, texts
from aanbesteding.web.formulier.ontleden import Fouten
from aanbesteding.web.formulier.vorm import Soort, Vorm, find_vorm, is_verplicht
from aanbesteding.web.taal import show_code


@dataclass(frozen=True)
class Veld:
    """One field. `velden`: of a group; `rijen`: the fields of each row of a list."""

    naam: str
    label: str
    uitleg: str
    soort: Soort
    verplicht: bool
    optioneel: bool = False
    waarde: str = ""
    waarden: tuple[str, ...] = ()
    keuzes: Keuzes = ()
    suggesties: Keuzes = ()
    velden: tuple[Veld, ...] = ()
    rijen: tuple[tuple[Veld, ...], ...] = ()
    fouten: tuple[str, ...] = ()
    focus: bool = False

    @property
    def id(self) -> str:
        """The id of the field in the page."""
        return f"v-{self.naam.replace('.', '-')}"


@dataclass(frozen=True)
class Bouw:
    """What fields are made with."""

    aanbod: Aanbod
    fouten: Fouten
    focus: str = ""


def build_velden(model: type[BaseModel], boom: Boom | None, bouw: Bouw, pad: str = "") -> tuple[Veld, ...]:
    """The fields of a model with what was typed; without a tree the defaults."""
    gevuld = build_leeg(model) if boom is None else boom
    return tuple(
        _build_veld(naam, veld, find_vorm(naam, veld), gevuld, bouw, f"{pad}{naam}")
        for naam, veld in model.model_fields.items()
    )


def _build_veld(naam: str, veld: FieldInfo, vorm: Vorm, boom: Boom, bouw: Bouw, pad: str) -> Veld:
    verplicht = is_verplicht(veld, vorm)
    soort, keuzes = vorm.soort, _find_keuzes(naam, vorm, bouw.aanbod)
    if keuzes and soort is Soort.TEKST:
        soort, verplicht = Soort.KEUZE, veld.is_required()
    waarde = first(boom, naam)
    if keuzes and waarde and waarde not in dict(keuzes):
        keuzes = (*keuzes, (waarde, waarde))
    velden: tuple[Veld, ...] = ()
    rijen: tuple[tuple[Veld, ...], ...] = ()
    if soort is Soort.GROEP and vorm.model:
        velden = build_velden(vorm.model, branch(boom, naam) or None, bouw, f"{pad}.")
    elif soort is Soort.VAST:
        velden = tuple(_build_vast(naam, boom, bouw, pad, nummer) for nummer in range(vorm.aantal))
    elif soort is Soort.RIJEN and vorm.model:
        gevuld: Sequence[Boom | None] = rows(boom, naam)
        gevuld = gevuld or ([None] if verplicht else [])
        rijen = tuple(
            build_velden(vorm.model, rij, bouw, f"{pad}.{nummer}.") for nummer, rij in enumerate(gevuld)
        )
    elif soort is Soort.PAREN:
        rijen = tuple(_build_paar(rij, pad, nummer) for nummer, rij in enumerate(rows(boom, naam)))
    eigen = bouw.fouten.get(pad, [])
    if soort in (Soort.TEKSTEN, Soort.VAST, Soort.PAREN):
        eigen = [
            f for pad_, fs in bouw.fouten.items() if pad_ == pad or pad_.startswith(f"{pad}.") for f in fs
        ]
    return Veld(
        naam=pad,
        label=veld.title or show_code(naam),
        uitleg=veld.description or "",
        soort=soort,
        verplicht=verplicht,
        optioneel=not veld.is_required(),
        waarde=waarde,
        waarden=tuple(texts(boom, naam)),
        keuzes=keuzes,
        suggesties=bouw.aanbod.suggesties.get(naam, ()),
        velden=velden,
        rijen=rijen,
        fouten=tuple(eigen),
        focus=pad == bouw.focus,
    )


def _find_keuzes(naam: str, vorm: Vorm, aanbod: Aanbod) -> Keuzes:
    if vorm.keuzes:
        return tuple((k, show_code(k) if k else "(leeg)") for k in vorm.keuzes)
    if vorm.soort in (Soort.TEKST, Soort.TEKSTEN):
        return aanbod.keuzes.get(naam, ())
    return ()


def _build_vast(naam: str, boom: Boom, bouw: Bouw, pad: str, nummer: int) -> Veld:
    waarde = first(branch(boom, naam), str(nummer))
    return Veld(
        f"{pad}.{nummer}",
        f"{nummer + 1}",
        "",
        Soort.TEKST,
        verplicht=True,
        waarde=waarde,
        suggesties=bouw.aanbod.suggesties.get(naam, ()),
    )


def _build_paar(rij: Boom, pad: str, nummer: int) -> tuple[Veld, ...]:
    return tuple(
        Veld(f"{pad}.{nummer}.{deel}", label, "", Soort.TEKST, verplicht=True, waarde=first(rij, deel))
        for deel, label in (("sleutel", "Code"), ("waarde", "Waarde"))
    )


def list_fouten(velden: Sequence[Veld], fouten: Fouten) -> list[tuple[str, str]]:
    """The summary: id of the field and sentence, in order of the page; faults without a field come last."""
    getoond = [(v.id, f"{v.label}: {tekst}") for v in walk(velden) for tekst in v.fouten]
    namen = [v.naam for v in walk(velden)]
    rest = [
        ("", f"{naam or 'Formulier'}: {tekst}")
        for naam, teksten in fouten.items()
        if not any(naam == n or naam.startswith(f"{n}.") for n in namen if n)
        for tekst in teksten
    ]
    return [*getoond, *rest]


def walk(velden: Sequence[Veld]) -> Iterator[Veld]:
    """Every field, in order of the page."""
    for veld in velden:
        yield veld
        yield from walk(veld.velden)
        for rij in veld.rijen:
            yield from walk(rij)


def change_rijen(boom: Boom, opdracht: str, pad: str) -> tuple[Boom, str]:
    """Add an empty row at a name, or take one away; returns the name of the list's new or last row."""
    delen = pad.split(".")
    weg = delen.pop() if opdracht == "weg" else ""
    tak: Boom | None = boom
    for deel in delen:
        tak = grow(tak, deel) if tak is not None else None
    if tak is None:
        return boom, ""
    if opdracht == "weg":
        tak.pop(weg, None)
        return boom, pad.rpartition(".")[0]
    nummer = str(max((int(k) for k in order(tak)), default=-1) + 1)
    tak[nummer] = {}
    return boom, f"{'.'.join(delen)}.{len(order(tak)) - 1}"

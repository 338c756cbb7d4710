"""Draws bar charts as PNG pictures for documents; the numbers come from a declared Grafiek.

It reckons nothing: what a bar means is decided by whoever made the Grafiek. matplotlib is loaded when the
first chart is drawn, because it costs half a second that a letter should not pay.

Must stay true: the same data gives the same bytes (Agg, fixed fonts, no software tag or date in the file);
every bar is labelled with its value, so that colour alone never carries meaning.
"""
# matplotlib's interface is only partly typed; the unknowns at its border are not ours.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from textwrap import fill

from aanbesteding.documents.afbeelding import Afbeelding
from aanbesteding.documents.declaration import Grafiek
from aanbesteding.documents.filters import getal
from aanbesteding.documents.huisstijl import ACCENT

BREEDTE_MM = 160
_BIJKLEUREN = ("8C8C8C", "C77700", "3D3D3D", "6F9FB5")


def render_staafgrafiek(
    reeksen: Sequence[tuple[str, Sequence[Decimal]]],
    categorieen: Sequence[str],
    titel: str,
    *,
    kleur: str = ACCENT,
    minimum: Decimal = Decimal(0),
    maximum: Decimal | None = None,
    alt: str = "",
) -> Afbeelding:
    """Horizontal grouped bars, 16 cm wide; `alt` defaults to the title and all values in words."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    aantal_reeksen = max(1, len(reeksen))
    with matplotlib.rc_context(
        {"font.family": "DejaVu Sans", "font.size": 9, "svg.hashsalt": "aanbesteding"}
    ):
        hoogte = 1.0 + len(categorieen) * (0.22 + 0.24 * aantal_reeksen) + 0.25 * (aantal_reeksen > 1)
        figuur = Figure(figsize=(BREEDTE_MM / 25.4, hoogte), dpi=200, layout="constrained")
        FigureCanvasAgg(figuur)
        as_ = figuur.subplots()
        dikte = 0.8 / aantal_reeksen
        for nummer, (naam, waarden) in enumerate(reeksen):
            tint = kleur if nummer == 0 else _BIJKLEUREN[(nummer - 1) % len(_BIJKLEUREN)]
            plaatsen = [i + (nummer - (aantal_reeksen - 1) / 2) * dikte for i in range(len(categorieen))]
            staven = as_.barh(
                plaatsen,
                [float(w - minimum) for w in waarden],
                height=dikte * 0.92,
                left=float(minimum),
                color=f"#{tint}",
                label=naam,
            )
            as_.bar_label(
                staven, labels=[getal(w, 2) for w in waarden], padding=3, color="#222222", fontsize=8
            )
        as_.set_yticks(list(range(len(categorieen))), [fill(c, 28) for c in categorieen])
        as_.invert_yaxis()
        top = max((w for _, ws in reeksen for w in ws), default=Decimal(1)) if maximum is None else maximum
        as_.set_xlim(
            float(minimum),
            float(minimum + (top - minimum) * Decimal("1.1")) if top > minimum else float(minimum) + 1,
        )
        as_.xaxis.set_major_formatter(lambda x, _: getal(Decimal(repr(round(float(x), 6))), 2))
        as_.spines[["top", "right"]].set_visible(False)
        as_.tick_params(colors="#222222")
        as_.set_title(fill(titel, 70), loc="left", fontsize=10, fontweight="bold", color="#222222")
        if aantal_reeksen > 1:
            figuur.legend(loc="outside lower left", ncols=aantal_reeksen, frameon=False, fontsize=8)
        uit = BytesIO()
        figuur.savefig(uit, format="png", metadata={"Software": None})
    return Afbeelding(uit.getvalue(), alt or describe_reeksen(reeksen, categorieen, titel), BREEDTE_MM)


def describe_reeksen(
    reeksen: Sequence[tuple[str, Sequence[Decimal]]], categorieen: Sequence[str], titel: str
) -> str:
    """The chart in words: title, then every series with its values."""
    delen = [
        f"{naam}: " + ", ".join(f"{c} {getal(w, 2)}" for c, w in zip(categorieen, waarden, strict=True))
        for naam, waarden in reeksen
    ]
    return f"Staafdiagram: {titel}. " + "; ".join(delen) + "."


def render_grafiek(grafiek: Grafiek, *, kleur: str = ACCENT) -> Afbeelding:
    """Draw a declared chart in the region's colour."""
    return render_staafgrafiek(
        [(r.naam, r.waarden) for r in grafiek.reeksen],
        grafiek.categorieen,
        grafiek.titel,
        kleur=kleur,
        minimum=grafiek.minimum,
        maximum=grafiek.maximum,
        alt=grafiek.alt,
    )

"""The committee's pages: an assessor's own scores per bid, and the chair's judgment with individual scores beside it.

What is filled in per bid is a draft of this person; handing in performs the act through engine.perform, for a
whole perceel at once. The two kinds of work differ in their act, their fields and what stands beside them.

Must stay true: nobody's scores are shown to another assessor; nothing can be filled in before the act itself could
be performed (so not before the declaration of interests); no price is on these pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from aanbesteding.engine.beoordelen import (
    OORDELEN,
    SCOREN,
    VERKLAREN,
    Perceelwerk,
    build_oordelen,
    build_scores,
    list_perceelwerk,
    list_vergrendeld,
    load_losse_scores,
    load_perceelwerk,
)
from aanbesteding.engine.perform import HandelingRefused, perform
from aanbesteding.engine.standen import load_geladen
from aanbesteding.errors import InvoerError, StaleDossier
from aanbesteding.storage.audit import Auditsoort
from aanbesteding.storage.concepten import remove_concepten, save_concept
from aanbesteding.web.bewaking import Bezoeker, Formulier, Geweigerd, Kop, Pagina, record_geweigerd
from aanbesteding.web.kern import Kern, load_bezoek
from aanbesteding.web.routes.handelingen import load_zaak, render_verricht
from aanbesteding.web.routes.route import Route

MAX_TEKST = 20_000


@dataclass(frozen=True)
class Werksoort:
    """One kind of committee work: its act, its address and the texts that go with a score."""

    handeling: str
    pad: str
    titel: str
    velden: tuple[tuple[str, str, str, bool], ...]
    bouw: Callable[[Perceelwerk], Mapping[str, Any]]
    toont_vergrendeld: bool = False


EIGEN_SCORES = Werksoort(
    SCOREN,
    "beoordelen",
    "Beoordelen",
    (("motivering", "Motivering", "Waarom deze score, volgens het aangekondigde kader", True),),
    build_scores,
)
COMMISSIE = Werksoort(
    OORDELEN,
    "consensus",
    "Oordeel van de commissie",
    (
        (
            "motivering",
            "Reden voor de inschrijver",
            "De inschrijver leest deze reden; noem geen andere inschrijver",
            True,
        ),
        (
            "waarom_niet_maximaal",
            "Waarom niet maximaal",
            "Wat ontbrak voor de hoogste score; leeg bij de hoogste",
            False,
        ),
        ("intern", "Interne opmerking", "Gaat niet naar buiten", False),
    ),
    build_oordelen,
    toont_vergrendeld=True,
)


def load_werk(verzoek: Request, kern: Kern, soort: Werksoort, perceel: str) -> Perceelwerk:
    """The work of this visitor on one perceel; refused when there is none."""
    geladen = load_geladen(kern.app, verzoek.state.kop.code)
    werk = load_perceelwerk(kern.app, geladen, soort.handeling, load_bezoek(verzoek).persoon, perceel)
    if werk is None:
        raise Geweigerd("In dit perceel valt niets te beoordelen.", 404)
    return werk


def show_overzicht(verzoek: Request, kern: Kern, bezoek: Bezoeker, kop: Kop, soort: Werksoort) -> Response:
    """Every perceel with its bids and how far this visitor is."""
    geladen = load_geladen(kern.app, kop.code)
    werken = list_perceelwerk(kern.app, geladen, soort.handeling, bezoek.persoon)
    vergrendeld = {w.perceel: list_vergrendeld(geladen.dossier, w.perceel) for w in werken}
    waarden: dict[str, Any] = {"vergrendeld": vergrendeld, "verklaren": VERKLAREN}
    return kern.render(verzoek, "pages/beoordelen.html", kop=kop, soort=soort, werken=werken, **waarden)


def render_inschrijving(
    verzoek: Request,
    kern: Kern,
    soort: Werksoort,
    werk: Perceelwerk,
    nummer: str,
    invulling: Mapping[str, str],
    fouten: Mapping[str, str],
    status: int = 200,
) -> Response:
    """The form of one bid."""
    geladen = load_geladen(kern.app, verzoek.state.kop.code)
    losse: Mapping[str, Any] = load_losse_scores(geladen, werk, nummer) if soort is COMMISSIE else {}
    waarden: dict[str, Any] = {
        "kop": verzoek.state.kop,
        "soort": soort,
        "werk": werk,
        "inschrijving": next(i for i in werk.inschrijvingen if i.nummer == nummer),
        "invulling": invulling,
        "fouten": fouten,
        "losse": losse,
        "open": werk.stand.kan_nu and not werk.klaar and (soort is not COMMISSIE or bool(losse)),
    }
    return kern.render(verzoek, "pages/inschrijving.html", status, **waarden)


def load_inschrijving(
    verzoek: Request, kern: Kern, soort: Werksoort, perceel: str, nummer: str
) -> Perceelwerk:
    """The work on the perceel of this bid; refused when the bid is not among those to be judged."""
    werk = load_werk(verzoek, kern, soort, perceel)
    if nummer not in {i.nummer for i in werk.inschrijvingen}:
        raise Geweigerd("Deze inschrijving wordt in dit perceel niet beoordeeld.", 404)
    return werk


def show_inschrijving(verzoek: Request, kern: Kern, soort: Werksoort, perceel: str, nummer: str) -> Response:
    """The form of one bid with this visitor's draft."""
    werk = load_inschrijving(verzoek, kern, soort, perceel, nummer)
    return render_inschrijving(verzoek, kern, soort, werk, nummer, werk.concepten.get(nummer, {}), {})


def send_inschrijving(
    verzoek: Request, kern: Kern, soort: Werksoort, perceel: str, nummer: str, formulier: FormData
) -> Response:
    """Keep the draft of one bid and go on; what is missing or wrong is told, and kept all the same."""
    werk, bezoek = load_inschrijving(verzoek, kern, soort, perceel, nummer), load_bezoek(verzoek)
    if werk.klaar or not werk.stand.kan_nu:
        record_geweigerd(verzoek, Auditsoort.HANDELING_GEWEIGERD, soort.handeling, "kan-nu-niet")
        return render_inschrijving(verzoek, kern, soort, werk, nummer, {}, {}, 409)
    invulling = read_invulling(soort, werk, formulier)
    code, nu = verzoek.state.kop.code, kern.app.klok.nu()
    save_concept(
        kern.app.database, code, bezoek.persoon, soort.handeling, f"{perceel}/{nummer}", invulling, nu
    )
    if fouten := check_invulling(werk, invulling):
        return render_inschrijving(verzoek, kern, soort, werk, nummer, invulling, fouten, 422)
    basis = f"/dossiers/{code}/{soort.pad}/{perceel}"
    volgende = werk.volgende(nummer) if formulier.get("_doe") == "volgende" else ""
    return RedirectResponse(f"{basis}/{volgende}" if volgende else basis, 303)


def read_invulling(soort: Werksoort, werk: Perceelwerk, formulier: FormData) -> dict[str, str]:
    """What was filled in: a point of the scale and the texts, per criterium."""
    punten = {str(p.punt) for p in werk.schaal}
    invulling: dict[str, str] = {}
    for c in werk.criteria:
        score = str(formulier.get(f"{c.code}.score", ""))
        invulling[f"{c.code}.score"] = score if score in punten else ""
        for veld, *_ in soort.velden:
            tekst = str(formulier.get(f"{c.code}.{veld}", "")).replace("\r\n", "\n").strip()
            invulling[f"{c.code}.{veld}"] = tekst[:MAX_TEKST]
    return invulling


def check_invulling(werk: Perceelwerk, invulling: Mapping[str, str]) -> dict[str, str]:
    """What is missing in a criterium that was begun: a score asks a reason and a reason asks a score."""
    fouten: dict[str, str] = {}
    for c in werk.criteria:
        score, motivering = invulling[f"{c.code}.score"], invulling[f"{c.code}.motivering"]
        if score and not motivering:
            fouten[f"{c.code}.motivering"] = f"{c.titel}: vul in waarom u deze score geeft."
        if motivering and not score:
            fouten[f"{c.code}.score"] = f"{c.titel}: kies een score."
    return fouten


def show_inleveren(
    verzoek: Request,
    kern: Kern,
    soort: Werksoort,
    perceel: str,
    status: int = 200,
    geweigerd: Any = (),
    fouten: Any = (),
) -> Response:
    """Everything that was filled in for one perceel, to be handed in."""
    werk, kop = load_werk(verzoek, kern, soort, perceel), verzoek.state.kop
    versie = load_geladen(kern.app, kop.code).dossier.versie
    waarden: dict[str, Any] = {"geweigerd": geweigerd, "fouten": fouten, "versie": versie}
    return kern.render(verzoek, "pages/inleveren.html", status, kop=kop, soort=soort, werk=werk, **waarden)


def send_inleveren(
    verzoek: Request, kern: Kern, soort: Werksoort, perceel: str, formulier: FormData
) -> Response:
    """Lock the own scores, or record the committee's judgment."""
    werk, code = load_werk(verzoek, kern, soort, perceel), verzoek.state.kop.code
    persoon, versie = load_bezoek(verzoek).persoon, str(formulier.get("_versie", ""))
    zaak = load_zaak(verzoek, kern, code, soort.handeling)
    try:
        gezien = int(versie) if versie.isdecimal() and len(versie) < 10 else -1
        resultaat = perform(kern.app, code, soort.handeling, soort.bouw(werk), persoon, versie=gezien)
    except HandelingRefused as fout:
        return show_inleveren(verzoek, kern, soort, perceel, 409, geweigerd=fout.overtredingen)
    except InvoerError as fout:
        return show_inleveren(verzoek, kern, soort, perceel, 422, fouten=fout.fouten)
    except StaleDossier as fout:
        return show_inleveren(verzoek, kern, soort, perceel, 409, fouten=(str(fout),))
    remove_concepten(kern.app.database, code, persoon, soort.handeling, f"{perceel}/")
    return render_verricht(verzoek, kern, zaak, resultaat)


def make_routes(soort: Werksoort, namen: Mapping[str, str]) -> tuple[Route, ...]:
    """The routes of one kind of work; `namen`: their rows in the table of rights."""
    basis = f"/dossiers/{{code}}/{soort.pad}"

    def overzicht(verzoek: Request, code: str, kern: Pagina, bezoek: Bezoeker, kop: Kop) -> Response:
        return show_overzicht(verzoek, kern, bezoek, kop, soort)

    def inschrijving(verzoek: Request, code: str, perceel: str, nummer: str, kern: Pagina) -> Response:
        return show_inschrijving(verzoek, kern, soort, perceel, nummer)

    def bewaren(
        verzoek: Request, code: str, perceel: str, nummer: str, kern: Pagina, formulier: Formulier
    ) -> Response:
        return send_inschrijving(verzoek, kern, soort, perceel, nummer, formulier)

    def inleveren(verzoek: Request, code: str, perceel: str, kern: Pagina) -> Response:
        return show_inleveren(verzoek, kern, soort, perceel)

    def versturen(verzoek: Request, code: str, perceel: str, kern: Pagina, formulier: Formulier) -> Response:
        return send_inleveren(verzoek, kern, soort, perceel, formulier)

    return (
        Route(namen["overzicht"], "GET", basis, overzicht),
        Route(namen["inleveren"], "GET", f"{basis}/{{perceel}}", inleveren),
        Route(namen["versturen"], "POST", f"{basis}/{{perceel}}", versturen),
        Route(namen["inschrijving"], "GET", f"{basis}/{{perceel}}/{{nummer}}", inschrijving),
        Route(namen["bewaren"], "POST", f"{basis}/{{perceel}}/{{nummer}}", bewaren),
    )


ROUTES = (
    *make_routes(
        EIGEN_SCORES,
        {
            "overzicht": "beoordelen",
            "inleveren": "beoordelen_inleveren",
            "versturen": "beoordelen_vergrendelen",
            "inschrijving": "beoordelen_inschrijving",
            "bewaren": "beoordelen_bewaren",
        },
    ),
    *make_routes(
        COMMISSIE,
        {
            "overzicht": "consensus",
            "inleveren": "consensus_inleveren",
            "versturen": "consensus_vaststellen",
            "inschrijving": "consensus_inschrijving",
            "bewaren": "consensus_bewaren",
        },
    ),
)

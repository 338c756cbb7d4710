"""Every route of the web pages, by question; who may open which stands in web.rechten."""

from __future__ import annotations

from aanbesteding.web.routes import (
    accounts,
    beoordelen,
    brieven,
    dossiers,
    handelingen,
    inloggen,
    loket,
    loketaanvraag,
    organisatie,
    sleutel,
    stukken,
    verzending,
    verzoeken,
    werkboeken,
    woord,
)
from aanbesteding.web.routes.route import Route

ROUTES: tuple[Route, ...] = (
    *inloggen.ROUTES,
    *sleutel.ROUTES,
    *accounts.ROUTES,
    *dossiers.ROUTES,
    *handelingen.ROUTES,
    *werkboeken.ROUTES,
    *beoordelen.ROUTES,
    *woord.ROUTES,
    *loket.ROUTES,
    *loketaanvraag.ROUTES,
    *organisatie.ROUTES,
    *verzoeken.ROUTES,
    *brieven.ROUTES,
    *verzending.ROUTES,
    *stukken.ROUTES,
)

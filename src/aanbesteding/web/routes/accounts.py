"""Accounts and the audit log, for whoever manages them.

Must stay true: a manager changes only accounts of persons all of whose roles lie in the regions that this manager
manages, so that nobody reaches into another region by giving someone a new password.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import Response

from aanbesteding.adapters.wachtwoord import make_wachtwoord
from aanbesteding.domain.rol import Rol
from aanbesteding.engine.accounts import block_account, make_account, replace_wachtwoord
from aanbesteding.engine.toegang import list_personen, list_rollen
from aanbesteding.errors import InvoerError
from aanbesteding.storage.audit import INZAGE, Auditsoort, list_audit
from aanbesteding.storage.toegang import list_accounts
from aanbesteding.web.bewaking import Bezoeker, Formulier, Geweigerd, Pagina, record_geweigerd
from aanbesteding.web.kern import Bezoek, Kern
from aanbesteding.web.rechten import RECHTEN, list_regios_met
from aanbesteding.web.routes.route import Route

PER_BLAD = 100
SOORTKEUZES: Mapping[str, tuple[str, frozenset[Auditsoort]]] = {
    "inzage": ("Wie zag of nam prijzen en scores mee", INZAGE),
    "verricht": ("Verrichte handelingen", frozenset({Auditsoort.HANDELING_VERRICHT})),
    "geweigerd": ("Wat is geweigerd", frozenset(s for s in Auditsoort if s.value.endswith("_geweigerd"))),
}
"""What the page can be narrowed to."""


def list_beheerd(kern: Kern, bezoek: Bezoek) -> frozenset[str]:
    """Persons whose account this visitor manages: all their regions are the visitor's."""
    eigen = list_regios_met(bezoek.rollen or {}, frozenset({Rol.BEHEERDER}))
    return frozenset(p for p in list_personen(kern.app, eigen) if list_rollen(kern.app, p).keys() <= eigen)


def render_accounts(
    verzoek: Request, kern: Kern, bezoek: Bezoek, status: int = 200, **waarden: object
) -> Response:
    """The list of accounts, with what came of the last change."""
    beheerd = list_beheerd(kern, bezoek)
    accounts = [a for a in list_accounts(kern.app.database) if a.persoon in beheerd]
    basis: dict[str, object] = {
        "fouten": (),
        "melding": "",
        "wachtwoord": "",
        "accounts": [(a, list_rollen(kern.app, a.persoon)) for a in accounts],
        "zonder": sorted(beheerd - {a.persoon for a in accounts}),
    }
    return kern.render(verzoek, "pages/accounts.html", status, **(basis | waarden))


def show_accounts(verzoek: Request, kern: Pagina, bezoek: Bezoeker) -> Response:
    """Who may log in."""
    return render_accounts(verzoek, kern, bezoek)


def check_beheerd(verzoek: Request, kern: Kern, bezoek: Bezoek, persoon: str) -> None:
    """Refuse a change of an account that is not this visitor's to manage."""
    if persoon not in list_beheerd(kern, bezoek):
        record_geweigerd(verzoek, Auditsoort.PAGINA_GEWEIGERD, "account_wijzigen")
        raise Geweigerd("Dit account valt niet onder de regio's die u beheert.")


def send_nieuw(verzoek: Request, kern: Pagina, bezoek: Bezoeker, formulier: Formulier) -> Response:
    """Make an account for a person who is named in the mandates; the password is shown once."""
    persoon, wachtwoord = str(formulier.get("persoon", "")), make_wachtwoord()
    check_beheerd(verzoek, kern, bezoek, persoon)
    try:
        make_account(
            kern.app,
            kern.kluis,
            persoon,
            wachtwoord,
            str(formulier.get("naam", "")).strip(),
            door=bezoek.dader,
        )
    except InvoerError as fout:
        return render_accounts(verzoek, kern, bezoek, 422, fouten=fout.fouten)
    melding = f"Het account '{persoon}' is gemaakt."
    return render_accounts(verzoek, kern, bezoek, melding=melding, wachtwoord=wachtwoord)


def send_wijzigen(
    verzoek: Request, persoon: str, kern: Pagina, bezoek: Bezoeker, formulier: Formulier
) -> Response:
    """Give an account a new password, block it, or give it back."""
    check_beheerd(verzoek, kern, bezoek, persoon)
    wat, wachtwoord = str(formulier.get("wat", "")), ""
    try:
        if wat == "wachtwoord":
            wachtwoord = make_wachtwoord()
            replace_wachtwoord(
                kern.app, kern.kluis, persoon, wachtwoord, door=bezoek.dader, moet_wijzigen=True
            )
        elif wat in ("blokkeren", "deblokkeren"):
            block_account(kern.app, persoon, door=bezoek.dader, geblokkeerd=wat == "blokkeren")
        else:
            raise InvoerError(["Kies wat er met het account moet gebeuren."])
    except InvoerError as fout:
        return render_accounts(verzoek, kern, bezoek, 422, fouten=fout.fouten)
    melding = f"Het account '{persoon}' is bijgewerkt."
    return render_accounts(verzoek, kern, bezoek, melding=melding, wachtwoord=wachtwoord)


def show_auditlog(
    verzoek: Request,
    kern: Pagina,
    bezoek: Bezoeker,
    blad: int = 1,
    wat: str = "",
    dossier: str = "",
    persoon: str = "",
) -> Response:
    """The audit log of the visitor's regions and their people, newest first; narrowed to what was asked."""
    regios = list_regios_met(bezoek.rollen or {}, RECHTEN["auditlog"].rollen)
    blad = max(1, min(blad, 1_000_000))
    keuze = {
        "wat": wat if wat in SOORTKEUZES else "",
        "dossier": dossier.strip()[:40],
        "persoon": persoon.strip()[:100],
    }
    regels = list_audit(
        kern.app.database,
        regios=regios,
        personen=list_personen(kern.app, regios),
        soorten=SOORTKEUZES[keuze["wat"]][1] if keuze["wat"] else (),
        dossier=keuze["dossier"],
        persoon=keuze["persoon"],
        vanaf=(blad - 1) * PER_BLAD,
        aantal=PER_BLAD + 1,
    )
    waarden: dict[str, Any] = {
        "regels": regels[:PER_BLAD],
        "blad": blad,
        "meer": len(regels) > PER_BLAD,
        "keuzes": [(code, titel) for code, (titel, _) in SOORTKEUZES.items()],
        "keuze": keuze,
        "vraag": urlencode({k: v for k, v in keuze.items() if v}),
    }
    return kern.render(verzoek, "pages/auditlog.html", **waarden)


ROUTES = (
    Route("accounts", "GET", "/accounts", show_accounts),
    Route("account_nieuw", "POST", "/accounts", send_nieuw),
    Route("account_wijzigen", "POST", "/accounts/{persoon}", send_wijzigen),
    Route("auditlog", "GET", "/auditlog", show_auditlog),
)

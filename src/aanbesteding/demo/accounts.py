"""Accounts to look at a demo with: one for everybody in the region's mandates, with one password.

Must stay true: these accounts see demo dossiers only (the web pages hold them to it), and are made only where every
dossier is a demo; the password is printed once, before it counts, and stored nowhere.
"""

from __future__ import annotations

from collections.abc import Callable

from aanbesteding.adapters.wachtwoord import Wachtwoorden, make_wachtwoord
from aanbesteding.engine.accounts import Dader, check_wachtwoord, make_account, replace_wachtwoord
from aanbesteding.engine.app import App
from aanbesteding.errors import InvoerError
from aanbesteding.storage.queries import list_dossiers
from aanbesteding.storage.toegang import list_accounts

Meld = Callable[[int, str, str], None]
"""Hears how many accounts there will be, the first of them, and the password of all."""


def check_accounts(app: App, wachtwoord: str) -> None:
    """InvoerError when the password is too weak or when the data folder holds a dossier that is no demo."""
    fouten = check_wachtwoord("", wachtwoord) if wachtwoord else []
    if echte := [d.code for d in list_dossiers(app.database) if not d.demo]:
        fouten.append(
            f"In deze map staan dossiers die geen demo zijn ({', '.join(echte)}). Gebruik een andere --map."
        )
    if fouten:
        raise InvoerError(fouten)


def make_demo_accounts(
    app: App, regio: str, wachtwoord: str = "", meld: Meld | None = None
) -> tuple[tuple[str, ...], str]:
    """Make the accounts that are not there yet; who got one, and the password they all have.

    `meld` hears how many there will be, of whom the first and the password, before anything is made: nobody is left
    with accounts of which nobody knows the password. Were some there already, they get this password too.
    """
    check_accounts(app, wachtwoord)
    aanwezig = {account.persoon for account in list_accounts(app.database)}
    personen = dict.fromkeys(m.persoon for m in app.load_regio(regio).mandaten)
    nieuw = tuple(persoon for persoon in personen if persoon not in aanwezig)
    gekozen, kluis = wachtwoord or make_wachtwoord(), Wachtwoorden()
    if nieuw:
        if meld is not None:
            meld(len(personen), next(iter(personen)), gekozen)
        for persoon in personen.keys() & aanwezig:
            replace_wachtwoord(app, kluis, persoon, gekozen, door=Dader(), moet_wijzigen=False)
    for persoon in nieuw:
        make_account(app, kluis, persoon, gekozen, door=Dader(), moet_wijzigen=False, demo=True)
    return nieuw, gekozen

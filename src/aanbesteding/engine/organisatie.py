"""Logging in at the organisation: what came back becomes a session of a local account, or a line in the audit log.

Must stay true: an answer is used once; a person without an account, or with a blocked one, does not come in; roles come
from the mandate register alone.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from aanbesteding.engine.accounts import Wachtwoordkluis
from aanbesteding.engine.app import App
from aanbesteding.engine.ports import Inlogbegin, InlogdienstFout, Inlogpoort
from aanbesteding.engine.toegang import InloggenGeweigerd, hash_sleutel, hide_naam, open_sessie
from aanbesteding.storage.audit import Auditregel, Auditsoort, count_audit, record_audit
from aanbesteding.storage.toegang import load_account, save_wachtwoord

DUUR = timedelta(minutes=10)
"""How long somebody may take at the organisation's page."""
VERLOPEN = "Dit inloggen is verlopen of al gebruikt. Begin opnieuw met inloggen."


def finish_inloggen(
    app: App,
    kluis: Wachtwoordkluis,
    dienst: Inlogpoort,
    geheim: bytes,
    begin: Inlogbegin,
    state: str,
    code: str,
    adres: str,
) -> str:
    """The key of a new session; InloggenGeweigerd or InlogdienstFout with a sentence for the visitor."""
    nu = app.klok.nu()
    doel = f"organisatie:{hash_sleutel(begin.state)[:24]}"

    def refuse(tekst: str, reden: str, persoon: str = "") -> InloggenGeweigerd:
        regel = Auditregel(nu, Auditsoort.INLOGGEN_GEWEIGERD, persoon, adres, doel=doel, reden=reden)
        record_audit(app.database, regel)
        return InloggenGeweigerd(tekst)

    if not hmac.compare_digest(begin.state.encode(), state.encode(errors="replace")):
        raise refuse(VERLOPEN, "state klopt niet")
    gebruikt = count_audit(app.database, Auditsoort.INLOGPOGING, nu - 2 * DUUR, doel=doel)
    if gebruikt or not timedelta() <= nu - begin.moment <= DUUR:
        raise refuse(VERLOPEN, "al gebruikt" if gebruikt else "verlopen")
    record_audit(app.database, Auditregel(nu, Auditsoort.INLOGPOGING, "", adres, doel=doel))
    try:
        naam = dienst.finish(begin, code, nu)
    except InlogdienstFout as fout:
        raise refuse(str(fout), fout.reden) from None
    account = load_account(app.database, naam)
    if account is None:
        raise refuse(
            f"Uw organisatie kent u als '{naam}', maar hier is geen account met die naam. Vraag uw beheerder om een "
            "account, en om de goede naam in het mandaatregister.",
            "geen account",
            hide_naam(geheim, naam),
        )
    if account.geblokkeerd:
        raise refuse("Uw account is geblokkeerd. Neem contact op met uw beheerder.", "geblokkeerd", naam)
    if account.moet_wijzigen:
        # The first password was never used by its owner; it is worth nothing from now on.
        leeg = kluis.hash(secrets.token_urlsafe(32))
        save_wachtwoord(app.database, naam, leeg, moet_wijzigen=False)
    return open_sessie(app, account.persoon, adres, doel)

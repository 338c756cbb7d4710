"""Which words of a produced document come from the dossier: made once more from what is kept, with its values marked.

Must stay true: it is made from the kept template and context alone, so that it says the same after a template was
edited; a file is believed only where the register says the same.
"""

from __future__ import annotations

import functools
import hashlib

from pydantic import ValidationError

from aanbesteding.documents.catalogus import make_jinja_context
from aanbesteding.documents.herkomst import load_bundel
from aanbesteding.documents.render import Template
from aanbesteding.documents.render_spoor import Waarden
from aanbesteding.documents.woord.herkenning import Herkenning
from aanbesteding.domain.huisstijl import Huisstijl
from aanbesteding.engine.app import App
from aanbesteding.errors import InvoerError, SjabloonMismatch
from aanbesteding.storage.documenten import find_documentrij, load_sjabloon
from aanbesteding.storage.tables import DocumentRow


def find_rij(app: App, herkenning: Herkenning) -> DocumentRow:
    """The row of the register that a file says it is; InvoerError when the register does not know it so."""
    rij = find_documentrij(
        app.database, herkenning.dossier, herkenning.versie, herkenning.document, herkenning.ontvanger
    )
    wat = f"{herkenning.document} voor {herkenning.ontvanger} (dossier {herkenning.dossier})"
    if rij is None:
        raise InvoerError(
            [
                f"Het bestand zegt dat het '{wat}' is, maar dat stuk is hier niet gemaakt. Kies het goede bestand."
            ]
        )
    if herkenning.context_sha256 and herkenning.context_sha256 != rij.context_sha256:
        raise InvoerError(
            [
                f"Het bestand zegt dat het '{wat}' is, maar het is van andere gegevens gemaakt dan het stuk in dit "
                "dossier. Download het stuk opnieuw en breng de wijzigingen daarin aan."
            ]
        )
    return rij


def load_waarden(app: App, rij: DocumentRow) -> Waarden:
    """The document of this row with its values marked; SjabloonMismatch when it cannot be made any more."""
    template, huisstijl = _load_template(app, rij.sjabloon_sha256)
    _, procedure, _ = app.load(rij.dossier)
    try:
        context = procedure.load_document(rij.document).context.model_validate_json(rij.context)
    except (KeyError, ValidationError) as fout:
        raise SjabloonMismatch(
            f"Van '{rij.pad}' is niet meer na te gaan welke woorden uit het dossier komen: deze versie van het product "
            "kan het stuk niet opnieuw maken."
        ) from fout
    return template.render_waarden(make_jinja_context(context, huisstijl))


def _load_template(app: App, sha256: str) -> tuple[Template, Huisstijl]:
    bundel = load_sjabloon(app.database, sha256)
    if bundel is None or hashlib.sha256(bundel).hexdigest() != sha256:
        raise SjabloonMismatch(
            f"Het bewaarde sjabloon {sha256[:12]} ontbreekt of is gewijzigd; zie 'aanbesteding verifieer'."
        )
    return _open_bundel(bundel)


@functools.lru_cache(maxsize=16)
def _open_bundel(bundel: bytes) -> tuple[Template, Huisstijl]:
    return load_bundel(bundel)

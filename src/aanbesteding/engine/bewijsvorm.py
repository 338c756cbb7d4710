"""What kind of file was sent, by its content; whatever its name or the browser says.

Known: PDF, PNG, JPEG and Word (.docx without macros or active content). Not here: looking for viruses.
Must stay true: a file whose name says something else than its content is refused.
"""

from __future__ import annotations

from aanbesteding.documents.woord.upload import controleer_upload
from aanbesteding.domain.bewijsstuk import Bewijsvorm

ACHTERVOEGSELS: dict[Bewijsvorm, tuple[str, ...]] = {
    "pdf": (".pdf",),
    "png": (".png",),
    "jpg": (".jpg", ".jpeg"),
    "docx": (".docx",),
}
SOORTEN = "PDF, PNG, JPG of Word (.docx)"


def check_bewijs(naam: str, inhoud: bytes) -> tuple[Bewijsvorm | None, str]:
    """The kind of this file, or why it is not let in."""
    if not inhoud:
        return None, f"'{naam}' is leeg. Kies een ander bestand."
    vorm = find_vorm(inhoud)
    if vorm is None:
        return None, f"'{naam}' is geen leesbaar bestand van een soort die kan: {SOORTEN}."
    if not naam.lower().endswith(ACHTERVOEGSELS[vorm]):
        return (
            None,
            f"'{naam}' is in werkelijkheid een {vorm}-bestand. Geef het de juiste naam en kies het opnieuw.",
        )
    if vorm == "docx" and (gebreken := controleer_upload(inhoud)):
        return None, f"'{naam}' kan niet worden aangenomen. {gebreken[0]}"
    return vorm, ""


def find_vorm(inhoud: bytes) -> Bewijsvorm | None:
    """The kind that the content itself shows; whole files only, as far as their end shows it."""
    if inhoud.startswith(b"%PDF-"):
        return "pdf" if b"%%EOF" in inhoud[-2048:] else None
    if inhoud.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png" if b"IEND" in inhoud[-64:] else None
    if inhoud.startswith(b"\xff\xd8\xff"):
        return "jpg" if b"\xff\xd9" in inhoud[-64:] else None
    return "docx" if inhoud.startswith(b"PK\x03\x04") else None

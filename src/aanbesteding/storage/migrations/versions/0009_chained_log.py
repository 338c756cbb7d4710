"""The audit log and the delivery log in chains of hashes; facts never change"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"

VAST = {
    "auditregel": "het auditlogboek verandert niet",
    "berichtregel": "het verzendlogboek verandert niet",
    "feit": "vastgelegde feiten veranderen niet",
}
AUDIT = (
    "vorige_hash", "keten", "volgnummer", "moment", "soort", "persoon", "adres", "regio", "dossier", "doel", "reden",
    "bewijs",
)  # fmt: skip
BERICHT = (
    "dossier",
    "besluit",
    "ontvanger",
    "naam",
    "email",
    "stukken",
    "stand",
    "poging",
    "eigenaar",
    "sinds",
)
BERICHTREGEL = ("vorige_hash", "moment", "gebeurtenis", "poging", "antwoord")
NIEUW = ("handeling_verricht", "handeling_geweigerd", "berichten_klaargezet", "ingezien", "gedownload")
KOLOMMEN = {
    "auditregel": ("keten", "bewijs", "vorige_hash", "hash"),
    "berichtregel": ("vorige_hash", "hash"),
    "bericht": ("regel_hash",),
    "feit": ("logboek",),
}


def upgrade() -> None:
    thaw("auditregel", "berichtregel")
    for tabel, kolommen in KOLOMMEN.items():
        for kolom in kolommen:
            op.add_column(tabel, sa.Column(kolom, sa.String(), nullable=False, server_default=""))
    op.add_column("auditregel", sa.Column("volgnummer", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "ketenkop",
        sa.Column("keten", sa.String(), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("keten"),
    )
    _move_weigeringen()
    _note_berichten()
    _chain_audit()
    _chain_berichten()
    op.create_index("ux_auditregel_keten", "auditregel", ["keten", "volgnummer"], unique=True)
    op.drop_table("weigering")
    freeze(*VAST)


def thaw(*tabellen: str) -> None:
    """Let the database change rows of these tables."""
    for tabel in tabellen:
        if op.get_bind().dialect.name == "sqlite":
            for wat in ("update", "delete"):
                op.execute(f"DROP TRIGGER {tabel}_{wat}")
        elif op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP TRIGGER {tabel}_vast ON {tabel}")
            op.execute(f"DROP FUNCTION {tabel}_vast()")


def freeze(*tabellen: str) -> None:
    """Make the database itself refuse to change or remove a row of these tables."""
    for tabel in tabellen:
        if op.get_bind().dialect.name == "sqlite":
            for wat in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {tabel}_{wat.lower()} BEFORE {wat} ON {tabel} "
                    f"BEGIN SELECT RAISE(ABORT, '{VAST[tabel]}'); END"
                )
        elif op.get_bind().dialect.name == "postgresql":
            op.execute(
                f"CREATE FUNCTION {tabel}_vast() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{VAST[tabel]}'; END $$"
            )
            op.execute(
                f"CREATE TRIGGER {tabel}_vast BEFORE UPDATE OR DELETE ON {tabel} "
                f"FOR EACH ROW EXECUTE FUNCTION {tabel}_vast()"
            )


def _move_weigeringen() -> None:
    """Refused acts become lines of the audit log, unless the pages noted the same refusal there."""
    verbinding = op.get_bind()
    vraag = (
        "SELECT w.dossier, w.handeling, w.persoon, w.moment, w.regels, d.regio FROM weigering w "
        "LEFT JOIN dossier d ON d.code = w.dossier ORDER BY w.id"
    )
    for dossier, handeling, persoon, moment, regels, regio in verbinding.execute(sa.text(vraag)).all():
        utc = datetime.fromisoformat(moment).astimezone(UTC).isoformat(timespec="microseconds")
        verbinding.execute(
            sa.text(
                "INSERT INTO auditregel (moment, soort, persoon, adres, regio, dossier, doel, reden) "
                "VALUES (:moment, 'handeling_geweigerd', :persoon, '', :regio, :dossier, :doel, :reden)"
            ),
            {
                "moment": utc, "persoon": persoon, "regio": regio or "", "dossier": dossier, "doel": handeling,
                "reden": regels,
            },
        )  # fmt: skip


def _note_berichten() -> None:
    """For whom messages were put ready becomes a line, as it will be from now on."""
    besluiten: dict[tuple[str, int], list[str]] = {}
    for rij in _list_rijen("SELECT dossier, besluit, ontvanger FROM bericht"):
        besluiten.setdefault((rij["dossier"], rij["besluit"]), []).append(rij["ontvanger"])
    for (dossier, besluit), ontvangers in besluiten.items():
        moment, regio = (
            op.get_bind()
            .execute(
                sa.text(
                    "SELECT r.moment, d.regio FROM berichtregel r JOIN bericht b ON b.id = r.bericht_id "
                    "JOIN dossier d ON d.code = b.dossier WHERE b.dossier = :dossier AND b.besluit = :besluit "
                    "ORDER BY r.id LIMIT 1"
                ),
                {"dossier": dossier, "besluit": besluit},
            )
            .one()
        )
        op.get_bind().execute(
            sa.text(
                "INSERT INTO auditregel (moment, soort, persoon, adres, regio, dossier, doel, reden, bewijs) VALUES "
                "(:moment, 'berichten_klaargezet', '', '', :regio, :dossier, :doel, :reden, :bewijs)"
            ),
            {
                "moment": datetime.fromisoformat(moment).astimezone(UTC).isoformat(timespec="microseconds"),
                "regio": regio,
                "dossier": dossier,
                "doel": f"besluit {besluit}",
                "reden": f"{len(ontvangers)} berichten",
                "bewijs": _hash([besluit, *sorted(ontvangers)]),
            },
        )


def _chain_audit() -> None:
    verbinding = op.get_bind()
    dossiers = set(verbinding.execute(sa.text("SELECT code FROM dossier")).scalars())
    koppen: dict[str, tuple[int, str]] = {}
    for rij in _list_rijen("SELECT * FROM auditregel ORDER BY moment, id"):
        keten = rij["dossier"] if rij["dossier"] in dossiers else ""
        nummer, vorige = koppen.get(keten, (0, ""))
        rij |= {"keten": keten, "volgnummer": nummer + 1, "vorige_hash": vorige}
        rij["hash"] = _hash([rij[veld] for veld in AUDIT])
        verbinding.execute(
            sa.text(
                "UPDATE auditregel SET keten = :keten, volgnummer = :volgnummer, vorige_hash = :vorige_hash, "
                "hash = :hash WHERE id = :id"
            ),
            {k: rij[k] for k in ("keten", "volgnummer", "vorige_hash", "hash", "id")},
        )
        koppen[keten] = nummer + 1, rij["hash"]
    for keten, (nummer, kop) in koppen.items():
        verbinding.execute(
            sa.text("INSERT INTO ketenkop (keten, volgnummer, hash) VALUES (:keten, :nummer, :kop)"),
            {"keten": keten, "nummer": nummer, "kop": kop},
        )


def _chain_berichten() -> None:
    verbinding = op.get_bind()
    regels: dict[int, list[dict[str, Any]]] = {}
    for rij in _list_rijen("SELECT * FROM berichtregel ORDER BY id"):
        regels.setdefault(rij["bericht_id"], []).append(rij)
    for bericht in _list_rijen("SELECT * FROM bericht ORDER BY id"):
        vorige = ""
        for regel in regels.get(bericht["id"], ()):
            regel["vorige_hash"] = vorige
            deel = _hash([regel[veld] for veld in BERICHTREGEL])
            regel["hash"] = _hash([bericht["dossier"], bericht["besluit"], bericht["ontvanger"], deel])
            vorige = regel["hash"]
            verbinding.execute(
                sa.text("UPDATE berichtregel SET vorige_hash = :vorige_hash, hash = :hash WHERE id = :id"),
                {k: regel[k] for k in ("vorige_hash", "hash", "id")},
            )
        verbinding.execute(
            sa.text("UPDATE bericht SET regel_hash = :hash WHERE id = :id"),
            {"hash": _hash([_hash([bericht[veld] for veld in BERICHT]), vorige]), "id": bericht["id"]},
        )


def _list_rijen(vraag: str) -> Iterator[dict[str, Any]]:
    return (dict(rij) for rij in op.get_bind().execute(sa.text(vraag)).mappings().all())


def _hash(delen: list[Any]) -> str:
    tekst = json.dumps(delen, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(tekst.encode(errors="surrogatepass")).hexdigest()


def downgrade() -> None:
    thaw(*VAST)
    op.create_table(
        "weigering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("handeling", sa.String(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.Column("regels", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_weigering_dossier", "weigering", ["dossier"])
    op.execute(
        "INSERT INTO weigering (dossier, handeling, persoon, moment, regels) SELECT dossier, doel, persoon, moment, "
        "reden FROM auditregel WHERE soort = 'handeling_geweigerd' ORDER BY id"
    )
    op.execute(f"DELETE FROM auditregel WHERE soort IN ({', '.join(repr(soort) for soort in NIEUW)})")
    op.drop_index("ux_auditregel_keten", "auditregel")
    op.drop_table("ketenkop")
    op.drop_column("auditregel", "volgnummer")
    for tabel, kolommen in KOLOMMEN.items():
        for kolom in reversed(kolommen):
            op.drop_column(tabel, kolom)
    freeze("auditregel", "berichtregel")

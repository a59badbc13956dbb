"""`sakip periksa`: engine, file, schema, chain of the log, surroundings, gaps in the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sakip_tui.cli.entry import DATABASE, DONE, Answer
from sakip_tui.cli.session import Session

if TYPE_CHECKING:
    from db.connection import Database
    from db.rows import ChainReport, Health

LITTLE_ROOM_BYTES = 200 * 1024 * 1024
"""Below this a busy day may fill the disk."""
LONG_LOG_BYTES = 64 * 1024 * 1024
"""The engine folds its log back long before this, unless somebody keeps reading."""

_CHAIN_WORDS = {
    "gap": "ada nomor yang hilang",
    "link": "tidak bersambung dengan catatan sebelumnya",
    "content": "isinya tidak cocok dengan sidiknya",
    "anchor": "tidak sama dengan jangkarnya",
    "definition": "isi sebuah SOP tidak sama dengan yang dicatat",
    "calendar": "isi sebuah kalender tidak sama dengan yang dicatat",
    "closing": "angka sebuah penutupan tidak sama dengan yang dicatat",
}


def check(session: Session) -> Answer:
    """Problems end with exit 5, advice does not. `--penuh` also looks at every index and replays the whole log."""
    from db import audit

    full = session.arguments.has("--penuh")
    database = session.database
    health = audit.health(database, full=full)
    chain = audit.verify_chain(database)
    # A log that is not whole cannot be replayed, and what it says proves nothing of the rows.
    replayed = full and chain.problem is None
    differing = [f"{address.sop} {year}" for address, year in audit.differing_years(database)] if replayed else []
    gaps = list(_calendar_gaps(database))
    problems = [*_problems(health, chain), *(f"Keadaan {year} tidak sama dengan riwayatnya." for year in differing)]
    advice = [*_advice(health), *(gap["text"] for gap in gaps)]
    document = {
        "path": health.path,
        "engine": health.engine,
        "schema_version": health.schema_version,
        "integrity": list(health.integrity),
        "foreign_keys": list(health.foreign_keys),
        "file_bytes": health.file_bytes,
        "log_bytes": health.log_bytes,
        "free_bytes": health.free_bytes,
        "file_system": health.file_system,
        "open_to_others": list(health.open_to_others),
        "chain": {
            "checked": chain.checked,
            "sequence": chain.head.sequence,
            "hash": chain.head.hash,
            "broken_at": chain.broken_at,
            "problem": chain.problem,
        },
        "replayed": replayed,
        "differing_years": differing,
        "calendar_gaps": gaps,
        "problems": problems,
        "advice": advice,
        "sound": not problems,
    }
    text = _text(document, health, chain)
    return Answer(document, lambda: text, code=DATABASE if problems else DONE)


def _problems(health: Health, chain: ChainReport) -> Iterator[str]:
    if health.integrity:
        # The engine speaks English; its own lines stand under "integrity" in the JSON.
        yield f"Basis data rusak di {len(health.integrity)} tempat; pulihkan dari cadangan."
    if health.foreign_keys:
        yield f"Ada baris yang menunjuk ke yang tidak ada: {', '.join(sorted(set(health.foreign_keys)))}."
    if chain.problem is not None:
        words = _CHAIN_WORDS.get(chain.problem, chain.problem)
        yield f"Riwayat tidak utuh di urutan {chain.broken_at}: {words}."


def _advice(health: Health) -> Iterator[str]:
    if health.free_bytes < LITTLE_ROOM_BYTES:
        yield f"Sisa disk tinggal {_size(health.free_bytes)}; kosongkan ruang."
    if health.log_bytes > LONG_LOG_BYTES:
        yield f"Catatan sementara mesin sudah {_size(health.log_bytes)}; tutup program lain yang memakainya."
    if health.open_to_others:
        yield "Akun lain di komputer ini dapat membuka basis datanya; batasi izinnya."
    if health.file_system is not None:
        yield f"Basis data ada di map jaringan ({health.file_system}); pindahkan ke disk komputer ini."


def _calendar_gaps(database: Database) -> Iterator[dict[str, Any]]:
    """Years that were set up and whose holidays or collective leave are not filled in."""
    from db import queries

    for office in queries.offices(database):
        spec = queries.calendar(database, office.code).spec
        for year in sorted({year for sop in office.sops for year in sop.years}):
            filled, leave = spec.has_holidays(year), spec.has_collective_leave(year)
            if filled and leave:
                continue
            what = f"cuti bersama {year} belum ditetapkan" if filled else f"libur {year} belum diisi"
            yield {
                "office": office.code,
                "year": year,
                "holidays_filled": filled,
                "collective_leave_filled": leave,
                "text": f"{office.code}: {what}.",
            }


def _size(count: int) -> str:
    """`1,5 GB`, `12 MB`."""
    if count >= 1 << 30:
        return f"{count / (1 << 30):.1f} GB".replace(".", ",")
    return f"{count >> 20} MB" if count >= 1 << 20 else f"{count >> 10} kB"


def _text(document: dict[str, Any], health: Health, chain: ChainReport) -> str:
    lines = [
        f"Basis data   {health.path}",
        f"Ukuran       {_size(health.file_bytes)}, sisa disk {_size(health.free_bytes)}",
        f"Mesin        SQLite {health.engine}, skema {health.schema_version}",
        f"Riwayat      {chain.checked} catatan diperiksa, sidik terakhir {chain.head.hash[:16]}...",
        "",
    ]
    lines += [f"MASALAH: {problem}" for problem in document["problems"]]
    lines += [f"Saran: {advice}" for advice in document["advice"]]
    if not document["problems"]:
        lines.append("Tidak ada masalah.")
    return "\n".join(lines)

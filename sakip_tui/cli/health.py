"""`sakip periksa`: engine, file, schema, chain of the log, surroundings, gaps in the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from db import audit, case_queries, people, queries, row_audit, unreadable
from db.errors import DatabaseDamaged, DbError
from db.log_chain import mark_of
from sakip_tui.aftercare import advice_about, size_words
from sakip_tui.cli.reply import DATABASE, DONE, Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import iso
from sakip_tui.notices import notice_of
from sakip_tui.views.loss import loss_of
from sop.form.faults import shown
from sop.model.act import Act
from sop.model.errors import Fault, FaultyInput
from sop.time.instants import offset_of
from sop.values import replace
from sop.words.labels import label
from sop.words.people import doer_called
from sop.words.time import ZONE_LABELS, moment_short

if TYPE_CHECKING:
    from db.file.connection import Database
    from db.rows import ChainReport, Health, OfficesReport

LEAST_OF_A_HASH = 15
"""Hexadecimal digits of a hash that are read back: as many as the shortest mark that was ever printed, when a foot of a
page gave its last place to an ellipsis."""
_WITH_NUMBER = re.compile(r"\s*[0-9]+\s+([0-9a-fA-F]{64})\s*")
"""The line of `sakip jangkar`."""

_REMEDY = (
    "Jangan dipakai dulu: pulihkan cadangan terakhir yang utuh dengan sakip pulihkan; yang sekarang disimpan dulu."
)
_CHAIN_WORDS = {
    "gap": "ada nomor yang hilang",
    "link": "tidak bersambung dengan catatan sebelumnya",
    "content": "isinya tidak cocok dengan sidiknya",
    "anchor": "tidak sama dengan jangkarnya",
    "unreadable": "ada isi yang tidak terbaca",
    "definition": "isi sebuah SOP tidak sama dengan yang dicatat",
    "calendar": "isi sebuah kalender tidak sama dengan yang dicatat",
    "closing": "angka sebuah penutupan tidak sama dengan yang dicatat",
}


def check(session: Session) -> Reply:
    """Problems end with exit 5, advice does not.

    The chain is followed on from where it was last found whole. `--penuh` begins at its start, looks at every index and
    replays the whole log beside the rows. So does `--jangkar`: a hash from paper proves nothing of a log of which only
    its newest lines were looked at.
    """
    wanted = _asked_anchor(session)
    full = session.arguments.has("--penuh") or wanted is not None
    database = session.database
    health = audit.health(database, full=full)
    since, since_at = audit.last_anchor(database) or (None, None)
    chain = audit.verify_chain(database, None if full else since)
    if chain.problem is None and since is not None and full and not audit.holds(database, since):
        chain = replace(chain, problem="anchor", broken_at=since.sequence)
    # A log that is not whole cannot be replayed, and what it says proves nothing of the rows.
    replayed = full and chain.problem is None
    differing = [f"{address.sop} {year}" for address, year in row_audit.differing_years(database)] if replayed else []
    offices = row_audit.offices_beside_the_log(database) if replayed else None
    found = None if wanted is None else _find_anchor(session, wanted, chain)
    values = [] if health.integrity else unreadable.damages(database, full=full)
    problems = [
        *_problems(health, chain),
        *(_value_words(value) for value in values),
        *(f"Keadaan {year} tidak sama dengan riwayatnya." for year in differing),
        *(_office_words(offices) if offices is not None else ()),
    ]
    # What is damaged is not asked for advice.
    gaps = [] if problems else list(_calendar_gaps(database))
    remedy = [_remedy(session)] if problems else []
    if found is not None and not found["found"]:
        problems.append(f"Jangkar {wanted} bukan bagian dari riwayat ini.")
        remedy.append("Cocokkan lagi tulisan sidiknya; bila benar, riwayat ini bukan yang dahulu menghasilkannya.")
    advice = [*remedy, *advice_about(health.surroundings), *(gap["text"] for gap in gaps)]
    if not problems and (full or chain.head != since):
        # A file that cannot be written now can still be told to be sound.
        with suppress(DbError):
            audit.remember_anchor(database, chain.head, session.now)
    around = health.surroundings
    # A damaged file may not be able to say in which zone its offices lie.
    is_told = not full and since_at is not None and not problems
    offset = offset_of(queries.zone(database)) if is_told else 0
    document = {
        "full": full,
        "path": health.path,
        "engine": health.engine,
        "schema_version": health.schema_version,
        "integrity": list(health.integrity),
        "foreign_keys": list(health.foreign_keys),
        "schema": list(health.schema),
        "unreadable": [{name: value.facts[name] for name in ("table", "row", "column")} for value in values],
        "file_bytes": around.file_bytes,
        "log_bytes": around.log_bytes,
        "free_bytes": around.free_bytes,
        "file_system": around.file_system,
        "synced_by": around.synced_by,
        "open_to_others": list(around.open_to_others),
        "chain": {
            "checked": chain.checked,
            "since": 0 if full or since is None else since.sequence,
            "since_checked_at": iso(since_at, offset) if is_told and since_at is not None else None,
            "sequence": chain.head.sequence,
            "hash": chain.head.hash,
            "broken_at": chain.broken_at,
            "problem": chain.problem,
        },
        "anchor": found,
        "replayed": replayed,
        "differing_years": differing,
        "differing_offices": [] if offices is None else [list(each) for each in offices.differing],
        "uncovered_before": None if offices is None or not offices.since else offices.since,
        "calendar_gaps": gaps,
        "problems": problems,
        "advice": advice,
        "sound": not problems,
    }
    when = moment_short(since_at, offset, 0) if is_told and since_at is not None else ""
    text = _text(document, health, chain, when)
    remarks = (f"Ditemukan {len(problems)} masalah.",) if problems else ()
    return Reply(document, lambda: text, remarks, DATABASE if problems else DONE)


def anchor(session: Session) -> Reply:
    """`sakip jangkar`: the head of the log, to be kept where nobody who can change the file can change it too."""
    with session.database.read():
        head = queries.head(session.database)
        event = audit.event_at(session.database, head.sequence)
        zone = queries.zone(session.database, None if event is None else event.office)
    document = {
        "sequence": head.sequence,
        "hash": head.hash,
        "recorded_at": None if event is None else iso(event.recorded, offset_of(zone)),
    }
    return Reply(document, lambda: f"{head.sequence} {head.hash}")


def _remedy(session: Session) -> str:
    loss = loss_of(session.path, session.now, DatabaseDamaged())
    if loss is None or loss.newest is None:
        return _REMEDY
    return f"Jangan dipakai dulu. {loss.remedy(session.arguments.text('--db'), session.locked is not None)}"


def _asked_anchor(session: Session) -> str | None:
    """What `--jangkar` gave, as the log writes it; spaces are how people keep such a line legible.

    Raises:
        FaultyInput: It is no hash, or too little of one to tell events apart.
    """
    given = session.arguments.text("--jangkar")
    if given is None:
        return None
    numbered = _WITH_NUMBER.fullmatch(given)
    text = given if numbered is None else numbered[1]
    digest = "".join(text.split()).lower().rstrip(".\N{HORIZONTAL ELLIPSIS}")
    if not LEAST_OF_A_HASH <= len(digest) <= 64 or not set(digest) <= set("0123456789abcdef"):
        raise FaultyInput((Fault("--jangkar", "bukan-sidik", shown(given), (str(LEAST_OF_A_HASH),)),))
    return digest


def _find_anchor(session: Session, digest: str, chain: ChainReport) -> dict[str, Any]:
    """Whether the log holds an event with that hash, or with one that begins so, which, and what that proves."""
    sequence = audit.find_anchor(session.database, digest)
    event = None if sequence is None else audit.event_at(session.database, sequence)
    if event is None:
        return {"asked": digest, "found": False, "sequence": None, "hash": None, "recorded_at": None}
    zone = queries.zone(session.database, event.office)
    when = f"{moment_short(event.recorded, offset_of(zone), 0)} {ZONE_LABELS[zone]}"
    database = session.database
    named = people.names_in_file(database) if event.office is None else people.names(database, event.office)
    who = doer_called(named, event.by)
    is_whole = chain.head.sequence >= event.sequence
    proof = (
        "Semua catatan sampai nomor itu masih sama seperti waktu sidik itu dicetak."
        if is_whole
        else "Tidak semua catatan sampai nomor itu masih sama seperti waktu sidik itu dicetak."
    )
    return {
        "asked": digest,
        "found": True,
        "whole": is_whole,
        "sequence": event.sequence,
        "hash": event.hash,
        "recorded_at": iso(event.recorded, offset_of(zone)),
        "act": event.act,
        "by": event.by,
        "told": f"Jangkar itu catatan nomor {event.sequence}: {label(Act(event.act))} oleh {who}, dicatat {when}.\n"
        + proof,
    }


def _problems(health: Health, chain: ChainReport) -> Iterator[str]:
    if health.integrity:
        # The engine speaks English; its own lines stand under "integrity" in the JSON.
        yield f"Basis data rusak di {len(health.integrity)} tempat."
    if health.foreign_keys:
        yield f"Ada baris yang menunjuk ke yang tidak ada: {', '.join(sorted(set(health.foreign_keys)))}."
    if health.schema:
        yield f"Susunan basis data tidak seperti yang dibuat program ini: {', '.join(health.schema)}."
    if chain.problem is not None:
        words = _CHAIN_WORDS.get(chain.problem, chain.problem)
        yield f"Riwayat tidak utuh di urutan {chain.broken_at}: {words}."


_TABLE_WORDS = {
    "offices": "nama, zona, atau pengaturan",
    "calendar_revisions": "kalender",
    "bidang": "daftar bidang",
    "sop_versions": "SOP",
    "confirmations": "penetapan SOP",
    "reporting_years": "tahun pelaporan",
    "people": "peran atau keaktifan orang",
    "memberships": "lajur orang",
    "pins": "terpasangnya PIN",
    "signers": "pejabat penanda tangan",
    "indicator_versions": "indikator",
    "target_sets": "dokumen target",
    "targets": "target indikator",
    "unreadable": "ada nilai yang tidak terbaca",
}


def _office_words(offices: OfficesReport) -> Iterator[str]:
    """What of which office is not what the log says."""
    for code in sorted({code for code, _ in offices.differing}):
        what = ", ".join(_TABLE_WORDS[table] for office, table in offices.differing if office == code)
        yield f"Data {f'kantor {code}' if code else 'di luar kantor'} tidak sama dengan riwayatnya: {what}."


def _value_words(value: DbError) -> str:
    notice = notice_of(value)
    assert notice is not None
    return notice.happened


def _calendar_gaps(database: Database) -> Iterator[dict[str, Any]]:
    """Years that were set up and whose holidays or collective leave are not filled in."""
    for office in queries.offices(database):
        spec = case_queries.calendar(database, office.code).spec
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


def _quick_words(before: int) -> str:
    """What a check finds well that did not look at everything, and what it did not look at."""
    unseen = [f"{before} catatan sebelumnya"] if before else []
    unseen.append("apakah keadaan kantor sama dengan riwayatnya")
    return (
        f"Yang diperiksa sekarang utuh. Tidak diperiksa: {'; '.join(unseen)}.\n"
        "Semuanya diperiksa dengan: sakip periksa --penuh"
    )


def _uncovered(before: int | None) -> Iterator[str]:
    """What the check cannot say of a file that an older program began."""
    if before is not None:
        yield f"Tercakup     keadaan kantor sejak catatan {before}; yang sebelumnya belum tercakup"


def _text(document: dict[str, Any], health: Health, chain: ChainReport, when: str) -> str:
    """What people read.

    Args:
        document, health, chain: What was found.
        when: When the log before `chain` was looked at; empty where all of it was now.
    """
    around, before = health.surroundings, document["chain"]["since"]
    lines = [
        f"Basis data   {health.path}",
        f"Ukuran       {size_words(around.file_bytes)}, sisa disk {size_words(around.free_bytes)}",
        f"Mesin        SQLite {health.engine}, skema {health.schema_version}",
        f"Riwayat      {chain.checked} catatan diperiksa, sidik terakhir {mark_of(chain.head.hash)}",
        *((f"             {before} catatan sebelumnya sudah diperiksa pada {when}",) if when else ()),
        *_uncovered(document["uncovered_before"]),
        "",
    ]
    if document["anchor"] is not None and document["anchor"]["found"]:
        lines.append(document["anchor"]["told"])
    lines += [f"MASALAH: {problem}" for problem in document["problems"]]
    lines += [f"Saran: {advice}" for advice in document["advice"]]
    if not document["problems"]:
        lines.append("Tidak ada masalah." if document["full"] else _quick_words(before))
    return "\n".join(lines)

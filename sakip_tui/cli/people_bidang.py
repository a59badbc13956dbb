"""`sakip bidang`: the list with its old names and its dates, adding, ending, renaming, merging."""

from __future__ import annotations

from typing import Any

from db.bidang import bidang_rows
from db.bidang_store import add_bidang, end_bidang, merge_bidang, rename_bidang
from db.people_acts import BIDANG_ENTITY, RegisterChanged, revision_of
from sakip_tui.cli.layout import table
from sakip_tui.cli.people_acts import given_of, office_of
from sakip_tui.cli.people_identity import actor_in
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import iso
from sakip_tui.cli.values import Values
from sakip_tui.cli.writing import store
from sakip_tui.views.bidang import changed_words, dates_words, day_after
from sop.time.instants import ENDS_AHEAD


def listing(session: Session) -> Reply:
    """`sakip bidang daftar`."""
    office = office_of(session)
    return Reply(_document(session, office), lambda: _text(session, office))


def add(session: Session) -> Reply:
    """`sakip bidang tambah NAMA [--sejak TGL]`."""
    office = office_of(session)
    values = Values(session)
    since = values.moment_or_day("--sejak", values.today)
    given, remarks = given_of(values, office)
    done = add_bidang(store(session), office, values.text("NAMA") or "", since, actor_in(session, office), given)
    return _answer(session, office, done, remarks)


def end(session: Session) -> Reply:
    """`sakip bidang akhiri NAMA [--sampai TGL]`; the day named is its last one."""
    office = office_of(session)
    values = Values(session)
    day = values.day("--sampai", values.today + ENDS_AHEAD)
    given, remarks = given_of(values, office)
    until = None if day is None else day_after(day, session.zone_offset)
    done = end_bidang(store(session), office, values.text("NAMA") or "", until, actor_in(session, office), given)
    return _answer(session, office, done, remarks)


def rename(session: Session) -> Reply:
    """`sakip bidang ganti-nama BIDANG BARU`."""
    office = office_of(session)
    values = Values(session)
    given, remarks = given_of(values, office)
    name, new = values.text("BIDANG") or "", values.text("BARU") or ""
    done = rename_bidang(store(session), office, name, new, actor_in(session, office), given)
    return _answer(session, office, done, remarks)


def merge(session: Session) -> Reply:
    """`sakip bidang gabung --bidang A --bidang B --ke C`."""
    office = office_of(session)
    values = Values(session)
    given, remarks = given_of(values, office)
    names, into = session.arguments.texts("--bidang"), values.text("--ke") or ""
    done = merge_bidang(store(session), office, names, into, actor_in(session, office), given)
    return _answer(session, office, done, remarks)


def _answer(session: Session, office: str, done: RegisterChanged, remarks: tuple[str, ...]) -> Reply:
    document = {
        "sequence": done.sequence,
        "hash": done.hash,
        "repeated": done.repeated,
        "change": done.data["change"],
        "before": done.data["before"],
        "after": done.data["after"],
        **_document(session, office),
    }
    said = changed_words(done.data, session.zone_offset)
    return Reply(document, lambda: said, remarks)


def _document(session: Session, office: str) -> dict[str, Any]:
    offset = session.zone_offset
    return {
        "revision": revision_of(session.database, office, BIDANG_ENTITY),
        "bidang": [
            {
                "name": row.name,
                "active": row.is_active,
                "since": iso(row.since, offset),
                "until": iso(row.until, offset),
                "successor": row.successor,
            }
            for row in bidang_rows(session.database, office)
        ],
    }


def _text(session: Session, office: str) -> str:
    rows = bidang_rows(session.database, office)
    if not rows:
        return "Kantor ini belum punya bidang."

    offset = session.zone_offset
    lines = [
        tuple(text or "-" for text in (row.name, *dates_words(row.since, row.until, offset), row.successor))
        for row in rows
    ]
    return table(("Bidang", "Sejak", "Sampai", "Diteruskan"), lines, flexible=(0, 3))

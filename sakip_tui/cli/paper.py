"""The recap as a document: which period, which format, which place."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from exports import FORMATS, write
from exports.files import free_target
from sakip_tui.cli.progress import told_progress
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.streams import STANDARD_OUTPUT
from sakip_tui.cli.values import Values
from sakip_tui.recaps import ReadRecap, made_folder, read_offices, read_recap
from sop.values import replace


class _Asked(NamedTuple):
    """Where a recap goes and how."""

    target: str | None
    """As it was named; None for a workbook under our own name in the export folder."""
    format_name: str
    plain: bool
    """The CSV dialect for scripts."""
    sheet: str | None
    """Title of the one sheet that is wanted; None for all."""
    rejudged: bool
    everybody: bool
    """Every SOP of every office of the database, side by side."""


def recap(session: Session) -> Reply | None:
    """`sakip rekap PERIODE`."""
    asked = _asked(session, tuple(FORMATS))
    key = session.period()
    # Rows of many offices are read while they are written, all of one moment.
    with session.database.read() if asked.everybody else nullcontext():
        read = _read(session, asked, key)
        name = read.stem + FORMATS[asked.format_name].suffix
        chosen = _chosen(session, asked, name)
        replaced = asked.target not in (None, STANDARD_OUTPUT) and chosen.is_file()
        sys.stdout.flush()
        with told_progress() as progress:
            place = write(
                replace(read.report, file_name=name),
                asked.format_name,
                chosen,
                overwrite=asked.target is not None,
                plain=asked.plain,
                sheet=asked.sheet,
                progress=progress,
            )
    if place is None:
        return None
    document = {
        "period": key,
        "provisional": read.report.provisional,
        "format": asked.format_name,
        "path": str(place),
    }
    temporary = " (SEMENTARA)" if read.report.provisional else ""
    remarks = (f"Menggantikan dokumen yang sudah ada: {place}.",) if replaced else ()
    return Reply(document, lambda: f"Rekap {key}{temporary}: {place}", remarks)


def _read(session: Session, asked: _Asked, key: str) -> ReadRecap:
    if asked.everybody:
        return read_offices(session.database, key, session.now, rejudged=asked.rejudged)
    session.know_zone(session.office.zone)
    return read_recap(session.database, session.address, key, session.now, rejudged=asked.rejudged)


def _chosen(session: Session, asked: _Asked, name: str) -> Path:
    """The place that was named; else one in the export folder that nothing has taken."""
    if asked.target is not None:
        return Path(asked.target)
    return free_target(made_folder(session.path), name)


def _asked(session: Session, known: tuple[str, ...]) -> _Asked:
    """What the options say. A text goes to standard output unless a document is named; a workbook to a
    document named after the period."""
    values = Values(session)
    rejudged = values.choice("--kalender", ("terbaru",)) is not None
    target = values.target()
    wanted = (session.arguments.text("--format") or "").casefold().removeprefix(".")
    if wanted and wanted not in known:
        values.fault("--format", "pilihan-salah", wanted, known)
    named = target is not None and target != STANDARD_OUTPUT
    if named and not wanted:
        wanted = _ending(target)
        if wanted not in known:
            values.fault("--keluaran", "akhiran-tak-dikenal", str(target), tuple(f".{name}" for name in known))
    if not named and session.arguments.has("--json"):
        wanted, target = "json", STANDARD_OUTPUT
    wanted = wanted or ("txt" if target is None else "xlsx")
    if target is None and wanted != "xlsx":
        target = STANDARD_OUTPUT
    if wanted == "xlsx":
        values.keep_off_screen(target)
    plain = session.arguments.has("--polos")
    if plain and wanted in known and wanted != "csv":
        values.fault("--polos", "hanya-untuk-csv", wanted)
    values.check()
    return _Asked(target, wanted, plain, values.text("--lembar"), rejudged, session.arguments.has("--semua"))


def _ending(target: str | None) -> str:
    return Path(target or "").suffix.casefold().removeprefix(".")

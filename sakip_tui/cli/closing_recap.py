"""The recap that closing a period writes."""

from __future__ import annotations

from pathlib import Path

from db.errors import DbError
from exports.errors import ExportError
from sakip_tui.cli.progress import told_progress
from sakip_tui.cli.session import Session
from sakip_tui.machine import account_name
from sakip_tui.notices import notice_of
from sakip_tui.recaps import Origin, again_line, export_folder, fetch_line, read_recap, write_recap


def recap_of_closing(session: Session, period: str) -> tuple[Path | None, tuple[str, ...]]:
    """Write the recap of a period just closed into the export folder.

    Returns:
        Where it lies, or None; and what is to be said: how to fetch it from afar, or what went wrong and how to repeat
        it. The period stays closed either way.
    """
    origin = _origin(session)
    account = account_name(session.environ)
    try:
        read = read_recap(session.database, session.address, period, session.now)
        with told_progress() as progress:
            place = write_recap(read, export_folder(session.path), progress=progress)
    except (ExportError, DbError, OSError) as error:
        said = notice_of(error) or "Dokumennya tidak dapat ditulis."
        # A guest names no place on the host; theirs goes down the line.
        guests = session.locked and fetch_line(origin, period, f"rekap_{period}.xlsx", account, session.environ)
        again = f"Ulangi dengan: {guests or again_line(origin, period)}"
        return None, (f"Periode sudah ditutup, tetapi rekapnya belum tertulis. {said}\n{again}",)
    fetch = fetch_line(origin, period, place.name, account, session.environ)
    return place, () if fetch is None else (f"Ambil dari komputer Anda dengan: {fetch}",)


def _origin(session: Session) -> Origin:
    database = session.path if session.locked is None else None
    return Origin(database, session.arguments.text("--opd"), session.arguments.text("--sop-aktif"))

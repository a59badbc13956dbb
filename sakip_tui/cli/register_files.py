"""`sakip indikator ekspor` and `impor`: the register of indicators and targets as a workbook, out and in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from db.kinerja_queries import register
from db.kinerja_store import define
from exports.files import new_document
from sakip_tui.cli.indicators import year_of
from sakip_tui.cli.people_acts import given_of, office_of
from sakip_tui.cli.people_identity import actor_in
from sakip_tui.cli.reply import DONE, FAULTY, Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.streams import STANDARD_OUTPUT, write_document
from sakip_tui.cli.values import Values
from sakip_tui.cli.writing import store
from sakip_tui.data_forms import register_bytes, register_reading, write_register
from sakip_tui.documents_in import named_document
from sakip_tui.recaps import made_folder
from sakip_tui.views.findings import finding_document, placed_line
from sakip_tui.views.indicators import period_of
from sop.kinerja.register_reading import RegisterReading
from sop.model.periods import key_of


def export(session: Session) -> Reply | None:
    """`sakip indikator ekspor`."""
    office, values = office_of(session), Values(session)
    target = values.target()
    year = year_of(session, office, values)
    values.keep_off_screen(target)
    values.check()
    state = register(session.database, office, session.now)
    if target == STANDARD_OUTPUT:
        write_document(session.arguments, register_bytes(state, year))
        return None
    if target is None:
        place = write_register(state, office, year, made_folder(session.path))
    else:
        place = Path(target)
        with new_document(place, overwrite=True) as stream:
            stream.write(register_bytes(state, year))
    document = {"year": year, "path": str(place), "indicators": len(state.indicators)}
    return Reply(document, lambda: f"{len(state.indicators)} indikator: {place}")


def take_in(session: Session) -> Reply:
    """`sakip indikator impor DOKUMEN`."""
    office, values = office_of(session), Values(session)
    name = values.text("DOKUMEN") or ""
    year, number, since = year_of(session, office, values), values.number("--set", 1, 99), values.text("--sejak")
    values.check()
    state = register(session.database, office, session.now)
    begins = key_of(year, "TW1") if since is None else period_of(since)
    reading = register_reading(named_document(name).data, state, year, begins, number, values.text("--dokumen"))
    tries = session.arguments.has("--coba")
    document: dict[str, Any] = {
        "files": [
            {
                "file": name,
                "taken": not reading.faults and not tries,
                "faults": [finding_document(each) for each in reading.faults],
                "warnings": [finding_document(each) for each in reading.warnings],
            }
        ],
        "added": reading.added,
        "changed": reading.changed,
        "targets": reading.targets,
    }
    remarks: tuple[str, ...] = ()
    if not reading.faults and not tries and reading.commands:
        given, remarks = given_of(values, office)
        define(store(session), office, reading.commands, actor_in(session, office), given)
    return Reply(document, lambda: _text(reading, tries), remarks, FAULTY if reading.faults else DONE)


def _text(reading: RegisterReading, tries: bool) -> str:
    lines = [placed_line(each) for each in (*reading.faults, *reading.warnings)]
    if reading.faults:
        return "\n".join((f"Tidak diambil: ada {len(reading.faults)} kesalahan.", *lines))
    counts = f"{reading.added} indikator baru, {reading.changed} berubah, {reading.targets} target"
    if not reading.commands:
        return "\n".join(("Tidak ada yang berubah: semuanya sudah tercatat.", *lines))
    return "\n".join((f"{'Akan dicatat' if tries else 'Dicatat'}: {counts}.", *lines))

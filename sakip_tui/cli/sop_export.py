"""`sakip sop ekspor`: an SOP as TOML or as a workbook of tables; without a code the empty workbook."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from exports.files import free_target, new_document, safe_name
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.sops import find
from sakip_tui.cli.streams import STANDARD_OUTPUT, write_document
from sakip_tui.cli.values import Values
from sop.form import toml_format
from sop.loading import load
from sop.model.definition import Sop
from sop.values import replace

_FORMATS = ("toml", "xlsx")
_EMPTY_NAME = "sop_kosong"
WRITING: Mapping[str, str] = {
    "tables": "sop.form.table_writing:tables_of",
    "empty": "sop.form.table_writing:empty_tables",
    "write": "exports.forms.sop_out:write_sop",
    "folder": "sakip_tui.recaps:made_folder",
}
"""What writes workbooks, loaded when one is."""


def give_out(session: Session) -> Reply | None:
    """`sakip sop ekspor [KODE]`: unless one is named TOML goes to standard output, a workbook to the export folder."""
    values = Values(session)
    code, target = session.arguments.text("KODE"), values.target()
    named = target if target not in (None, STANDARD_OUTPUT) else ""
    chosen = values.choice("--format", _FORMATS) or (
        "xlsx" if Path(named or "").suffix.casefold() == ".xlsx" else "toml"
    )
    if code is None and chosen == "toml":
        values.fault("KODE", "isian-kurang", "KODE, atau --format xlsx untuk templat kosong,")
    if chosen == "xlsx":
        values.keep_off_screen(target)
    values.check()
    sop, version = (None, None) if code is None else find(session, code)
    document = {"code": code, "version": version, "format": chosen}
    if chosen == "toml":
        assert sop is not None
        text = toml_format.dump(_in_column_order(sop))
        if not named and session.arguments.has("--json"):
            return Reply(document | {"toml": text}, str)
        whole = text.encode("utf-8")
    else:
        whole = _workbook(None if sop is None else _in_column_order(sop))
    if not named and (chosen == "toml" or target == STANDARD_OUTPUT):
        write_document(session.arguments, whole)
        return None
    place = Path(named) if named else _own_place(session, code)
    with new_document(place) as stream:
        stream.write(whole)
    what = "Templat SOP" if code is None else f"SOP {code}"
    return Reply(document | {"path": str(place)}, lambda: f"{what} ditulis ke {place}.")


def _workbook(sop: Sop | None) -> bytes:
    finished = BytesIO()
    load(WRITING["write"])(load(WRITING["empty"])() if sop is None else load(WRITING["tables"])(sop), finished)
    return finished.getvalue()


def _own_place(session: Session, code: str | None) -> Path:
    folder: Path = load(WRITING["folder"])(session.path)
    return free_target(folder, f"{_EMPTY_NAME if code is None else safe_name(f'sop_{code}')}.xlsx")


def _in_column_order(sop: Sop) -> Sop:
    """The marks of each step by column: a store may keep them in another order, and a document is compared by bytes."""
    columns = {name: position for position, name in enumerate(sop.lane_names)}
    steps = tuple(
        replace(step, marks=dict(sorted(step.marks.items(), key=lambda item: columns.get(item[0], len(columns)))))
        for step in sop.steps
    )
    return replace(sop, steps=steps)

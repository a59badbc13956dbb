"""What a screen of data kinerja reads from the file, and what its acts are as commands."""

from __future__ import annotations

from typing import NamedTuple

from db.file.connection import Database
from db.kinerja_year import data_of
from db.people import register
from db.rows import Address
from sakip_tui.filling.questions import Filled
from sakip_tui.filling.rows import ShownRow
from sop.kinerja.data_act import DataCommand
from sop.kinerja.form import Owner
from sop.kinerja.issuing import unsent
from sop.kinerja.state import KinerjaState
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.periods import keys_of
from sop.model.state import CaseState


class DataRead(NamedTuple):
    """The data of an office in one moment."""

    state: KinerjaState
    names: dict[str, str]
    """Code -> name, of those who have one."""
    unsent: dict[str, int]
    """Period -> rows that wait to be sent in a form, where some do."""


def reading_of(database: Database, address: Address, year: int, now: int) -> DataRead:
    """The data of the year, and what people are called."""
    names = {person.code: person.name for person in register(database, address.office) if person.name}
    state = data_of(database, address, year, now)
    return DataRead(state, names, {key: rows for key in keys_of(year) if (rows := unsent(state, key))})


def row_command(act: Act, period: str, row: ShownRow, said: Filled, token: str) -> Command:
    """isi or koreksi-nilai of one row, as it was on view."""
    code = row.report.row.indicator.code
    data = DataCommand(
        act,
        owner=row.report.owner,
        rows={code: said.isian},
        words={} if said.word is None else {code: said.word},
        seen={code: row.kept.revision},
    )
    reason = said.word if act is Act.KOREKSI_NILAI else None
    return Command(act, period, reason=reason, token=token, data=data)


def mark_command(act: Act, period: str, owner: Owner, codes: tuple[str, ...], note: str | None, token: str) -> Command:
    """tandai, terima: rows of one owner."""
    return Command(act, period, note=note, token=token, data=DataCommand(act, owner=owner, codes=codes))


def send_back_command(case: CaseState, period: str, step: int, bidang: str | None, note: str, token: str) -> Command:
    """kembalikan to the step that fills, from wherever the case is: a bidang alone where the step is per bidang."""
    open_steps = [run.step for run in case.runs.values() if run.is_open and run.valid]
    last = max((run.step for run in case.runs.values() if run.valid), default=step)
    source = max((each for each in open_steps if each > step), default=None)
    if source is None:
        # The others are still at it, so that the bidang hands back its own; or nothing is open any more.
        source = step if bidang is not None and step in open_steps else last
    return Command(
        Act.KEMBALIKAN,
        period,
        step=source,
        bidang=bidang if source == step else None,
        target=step,
        named=() if bidang is None else (bidang,),
        note=note,
        token=token,
    )

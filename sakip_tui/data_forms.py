"""Workbooks of data kinerja, out and in, for screens and commands alike: forms and the register of indicators.

What goes on paper, and what a form is held to that comes back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from exports.files import free_target, new_document, safe_name
from sop.kinerja.form import FormRevision, FormRow, Owner
from sop.kinerja.form_cell import FormFile
from sop.kinerja.form_fault import CellFinding, findings_of
from sop.kinerja.form_reading import FormGround, FormReading
from sop.kinerja.form_tag import FormTag, SentRow, digest_of, read_tag
from sop.kinerja.register_columns import REGISTER_SHEET
from sop.kinerja.register_reading import RegisterReading, read_register
from sop.kinerja.state import IsianRow, KinerjaState
from sop.loading import load
from sop.model.errors import FaultyInput, UnknownPeriod
from sop.model.periods import split
from sop.time.instants import civil, parse_date
from sop.words.figure_words import owner_words

PAPER: Mapping[str, str] = {
    "paper": "exports.forms.form_out:FormPaper",
    "write": "exports.forms.form_out:write_form",
    "file": "exports.forms.form_in:form_file",
    "findings": "exports.forms.fault_list:write_findings",
    "register": "exports.forms.register_out:write_register",
    "cells": "exports.forms.form_in:sheet_cells",
}
"""What writes and reads workbooks, loaded when one is."""


class FormOffice(NamedTuple):
    """Whose forms."""

    code: str
    name: str


def owners_with_forms(state: KinerjaState, period: str) -> tuple[Owner, ...]:
    """Who has a form with rows in a period."""
    held = state.period(period)
    return tuple(owner for owner in held.forms if held.form_rows(owner))


def form_bytes(state: KinerjaState, office: FormOffice, period: str, owner: Owner, deadline: str = "") -> bytes:
    """The form of an owner as .xlsx, with what stands in it now."""
    held = state.period(period)
    form = held.form(owner) or FormRevision(0, ())
    standing = held.rows(owner)
    seat = held.seats.get(owner)
    case, attempt = (1, 1) if seat is None else seat.turn
    rows: list[tuple[FormRow, IsianRow]] = [(row, standing.get(row.key, IsianRow())) for row in form.rows]
    sent = {row.key: SentRow(filled.revision, digest_of(filled.isian)) for row, filled in rows}
    tag = FormTag(office.code, office.name, period, owner, form.number, case, attempt, sent)
    stream = BytesIO()
    load(PAPER["write"])(load(PAPER["paper"])(tag, rows, state.settings, deadline), stream)
    return stream.getvalue()


def form_name(period: str, owner: Owner) -> str:
    """`formulir_2026-TW3_Bidang_Pelatihan.xlsx`."""
    return f"{safe_name(f'formulir_{period}_{owner_words(owner)}')}.xlsx"


def write_forms(
    state: KinerjaState, office: FormOffice, period: str, owners: Sequence[Owner], folder: Path
) -> list[tuple[Owner, Path]]:
    """One workbook for each owner; one of before that has the same name stays."""
    written = []
    for owner in owners:
        place = free_target(folder, form_name(period, owner))
        with new_document(place, overwrite=False) as stream:
            stream.write(form_bytes(state, office, period, owner))
        written.append((owner, place))
    return written


def register_bytes(state: KinerjaState, year: int) -> bytes:
    """The indicators of an office and their targets of a year as .xlsx; without any it is what is to be filled."""
    stream = BytesIO()
    load(PAPER["register"])(state, year, stream)
    return stream.getvalue()


def write_register(state: KinerjaState, office: str, year: int, folder: Path) -> Path:
    """The same as a document in a folder; one of before that has the same name stays."""
    place = free_target(folder, f"{safe_name(f'indikator_{office}_{year}')}.xlsx")
    with new_document(place, overwrite=False) as stream:
        stream.write(register_bytes(state, year))
    return place


def opened_form(data: bytes) -> FormFile | FormReading:
    """The cells of a file that somebody handed in; what is wrong with it where it is no workbook of ours."""
    try:
        found: FormFile = load(PAPER["file"])(data)
    except FaultyInput as error:
        return FormReading(faults=findings_of(error))
    return found


def period_said(file: FormFile) -> str | None:
    """The period that a form says it is of; None where it says nothing that can be read."""
    try:
        tag = read_tag(file.tag_lines, file.badge)
        if tag is None:
            return None
        split(tag.period)
    except (FaultyInput, UnknownPeriod):
        return None
    return tag.period


def ground_of(
    state: KinerjaState,
    office: FormOffice,
    reader: str,
    now: int,
    offset: int,
    positions: Collection[str],
    people: Mapping[str, str],
) -> FormGround:
    """What a form is held against.

    Args:
        state: The office's data as the flow stands.
        office: Whose.
        reader: Code of whoever hands it in.
        now: Reading of the clock.
        offset: Of the office's zone.
        positions: Pelaksana of the SOP.
        people: Registered people: code -> name.
    """
    today = civil(now, offset).date()

    def read_date(text: str) -> dt.date:
        return parse_date(text, offset, now, near=today)

    return FormGround(state, office.code, office.name, reader, today, read_date, tuple(positions), people)


def write_findings(name: Path, findings: Sequence[CellFinding]) -> Path:
    """The list of faults as a workbook beside the form, for the bidang that has to mend it."""
    place = free_target(name.parent, f"{safe_name(f'{name.stem}_kesalahan')}.xlsx")
    with new_document(place, overwrite=False) as stream:
        load(PAPER["findings"])(name.name, findings, stream)
    return place


def register_reading(
    data: bytes, state: KinerjaState, year: int, since: str, number: int | None = None, document: str | None = None
) -> RegisterReading:
    """What a register of indicators and targets adds and changes, with every fault.

    Args:
        data: Of the workbook.
        state: What the office has.
        year: Of the targets.
        since: Period from which what is new holds.
        number: Of the set of targets; None for the newest.
        document: Of the set; None keeps it.
    """
    newest = max((held.number for held in state.targets if held.year == year), default=1)
    try:
        grid = load(PAPER["cells"])(data, REGISTER_SHEET)
    except FaultyInput as error:
        return RegisterReading(findings_of(error))
    return read_register(grid, state, year, since, number or newest, document)

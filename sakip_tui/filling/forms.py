"""Forms out and in, for the screen on which rows are filled: what the database is asked, away from the screen."""

from __future__ import annotations

from pathlib import Path

from db import case_queries
from db.errors import DbError
from db.file.connection import Database
from db.kinerja_year import data_of
from db.people import register
from db.rows import Address
from sakip_tui.data_forms import FormOffice, ground_of, opened_form, period_said, write_forms
from sakip_tui.documents_in import named_document
from sakip_tui.recaps import made_folder
from sop.kinerja.form import Owner
from sop.kinerja.form_reading import FormReading, read_form
from sop.model.errors import SopError
from sop.model.periods import split
from sop.model.refusals import Refused, Rule
from sop.model.texts import clean
from sop.words.figure_words import owner_words
from sop.words.periods import period_label


def form_written(database: Database, address: Address, name: str, period: str, owner: Owner, now: int) -> Path:
    """The form of an owner as a workbook in the export folder. Raises TargetError."""
    folder = made_folder(database.path)
    state = data_of(database, address, split(period)[0], now)
    ((_, path),) = write_forms(state, FormOffice(address.office, name), period, (owner,), folder)
    return path


def form_read(
    database: Database, address: Address, name: str, document: str, reader: str, moment: tuple[int, int, int]
) -> FormReading:
    """What a form that somebody filled changes, with every fault.

    Args:
        database: Where.
        address: Which office and SOP.
        name: Of the office.
        document: Of the form, as typed.
        reader: Code of whoever hands it in.
        moment: (reading of the clock, seconds east of UTC, year on view).

    Raises:
        FaultyInput: There is no such document.
    """
    now, offset, year = moment
    file = opened_form(named_document(document).data)
    if isinstance(file, FormReading):
        return file
    said = period_said(file)
    try:
        state = data_of(database, address, year if said is None else split(said)[0], now)
    except DbError:
        # Of a year that is not there: the form is told as one of another period.
        state = data_of(database, address, year, now)
    sop = case_queries.sop_of(database, address.office, address.sop)
    positions = () if sop is None else tuple(sop.sop.lane_names)
    people = {row.code: row.name for row in register(database, address.office)}
    return read_form(file, ground_of(state, FormOffice(address.office, name), reader, now, offset, positions, people))


def whatever_it_says(obstacle: SopError | None) -> SopError | None:
    """Why no form of that period and owner is taken now, of what stands in the way of `FormReading.without_rows`; None
    where one is."""
    taken = isinstance(obstacle, Refused) and obstacle.rule is Rule.NOTHING_CHANGED
    return None if taken else obstacle


def form_called(reading: FormReading) -> str:
    """Of what a document says it is a form; empty where it says nothing."""
    tag = reading.tag
    return "" if tag is None else f"Dokumen ini formulir {period_label(tag.period)}, {clean(owner_words(tag.owner))}."

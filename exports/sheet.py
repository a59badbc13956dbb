"""The values that every writer receives: a report, its sheets, their columns, cells and marks.

Nothing here knows of Excel, of a terminal or of a database. A sheet says what stands where and of which kind it is;
the writers say how that looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from sop.values import Frozen, field, force_setattr


class Kind(StrEnum):
    """What the cells of a column hold. None is a missing value in every kind, and never zero."""

    TEXT = "text"
    """str, as a person typed it."""
    INTEGER = "integer"
    """int of at most 15 digits (Excel keeps no more)."""
    NUMBER = "number"
    """Finite float or int, or Decimal where it is exact, shown with the column's decimals."""
    PERCENT = "percent"
    """Share as a fraction: 0.875 is shown as 87,5%."""
    INSTANT = "instant"
    """int, UTC epoch seconds; shown in the office's zone."""
    DATE = "date"
    """datetime.date."""
    DURATION = "duration"
    """int, whole seconds, zero or more; shown as hours:minutes."""
    DIFFERENCE = "difference"
    """int, whole seconds, may be negative; shown as signed minutes, because Excel cannot show a negative time.
    The column's title names the unit."""
    YES_NO = "yes_no"
    """bool; shown as Ya or Tidak."""
    TICKED = "ticked"
    """bool; shown as dicentang or belum dicentang: nobody having ticked an item does not say that it is missing."""
    MIXED = "mixed"
    """Each cell brings its own kind as a `Cast` value: for tables of key figures."""


class Mark(StrEnum):
    """Something a reader must see about a cell beside its value. Ordered by weight: the first gives the colour."""

    LATE = "late"
    AT_RISK = "at_risk"
    ASSUMED = "assumed"
    DOUBTFUL_CLOCK = "doubtful_clock"
    LATE_ENTRY = "late_entry"
    CORRECTED = "corrected"
    SKIPPED = "skipped"
    TAKEN_OVER = "taken_over"
    OVERTAKEN = "overtaken"
    AFTER_HOURS = "after_hours"
    ESTIMATE = "estimate"


SIGNS: Mapping[Mark, tuple[str, str]] = MappingProxyType(
    {
        Mark.LATE: ("!", "terlambat"),
        Mark.AT_RISK: ("^", "mendekati tenggat"),
        Mark.ASSUMED: ("?", "asumsi, belum ditetapkan kantor"),
        Mark.DOUBTFUL_CLOCK: ("#", "jam diragukan"),
        Mark.LATE_ENTRY: ("*", "dicatat susulan"),
        Mark.CORRECTED: ("k", "dikoreksi"),
        Mark.SKIPPED: ("/", "dilewati"),
        Mark.TAKEN_OVER: ("=", "hasil lama dipakai"),
        Mark.OVERTAKEN: ("x", "diulang, tidak dihitung"),
        Mark.AFTER_HOURS: ("o", "di luar jam kerja"),
        Mark.ESTIMATE: ("~", "perkiraan, libur belum pasti atau belum diisi"),
    }
)
"""Sign and words of each mark; the sign stands in the cell's own text, so that no meaning rests on colour."""


class Paper(StrEnum):
    """Sheet sizes of Indonesian offices; all but the page that is signed are printed lying."""

    A4 = "A4"
    F4 = "F4"
    """Folio, 215 x 330 mm."""


WIDTHS: Mapping[Kind, int] = MappingProxyType(
    {
        Kind.TEXT: 24,
        Kind.INTEGER: 8,
        Kind.NUMBER: 11,
        Kind.PERCENT: 9,
        Kind.INSTANT: 18,
        Kind.DATE: 17,
        Kind.DURATION: 9,
        Kind.DIFFERENCE: 11,
        Kind.YES_NO: 8,
        Kind.TICKED: 10,
        Kind.MIXED: 18,
    }
)

Value = str | int | float | bool | date | Decimal
"""A cell's content without its kind."""


class Cast(Frozen):
    """A cell of a MIXED column: its own kind beside its value."""

    kind: Kind
    value: Value
    decimals: int = 0
    formula: str = ""
    """Gives the value in a workbook, so that it follows what is changed there; empty for a plain value. `[key]` is the
    cell of that column in the same row, `[key:]` the column from its first row to the one above."""

    words: str = ""
    """What people read in its place; programs get the value. Empty for a value that is shown as its kind is."""

    def __post_init__(self) -> None:
        if self.kind is Kind.MIXED:
            raise ValueError("a typed cell needs a kind of its own")


Cell = Value | Cast | None
Row = tuple[Cell, ...]


class Rows(Protocol):
    """Rows of a sheet: a tuple, or anything that knows its length and yields the rows anew each time it is asked.

    A long log can thus be read from the database row by row; every writer passes through it once.
    """

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Row]: ...


class Column(Frozen):
    """One column of a sheet."""

    key: str
    """Stable ASCII name, used by JSON. Keys of durations and differences end in `_seconds`."""
    title: str
    """Words at the head of the column."""
    kind: Kind = Kind.TEXT
    width: int = 0
    """Characters; 0 takes the usual width of the kind. Longer text is wrapped."""
    decimals: int = 0
    """Digits after the comma in NUMBER and PERCENT."""
    off_paper: bool = False
    """It is there to be worked with, not printed; such columns stand last."""
    words_of: str = ""
    """Key of the column that holds as a value what these words tell people: a program gets that one instead, and the
    marks with it."""
    programs: bool = False
    """Only programs get it: people read the words that tell it in another column."""
    alike: bool = False
    """It is as wide as the others that say so: they stand beside each other for comparison."""
    once: bool = False
    """Text of which documents that are read say what a row shares with the one above, of the same first cell, only
    once, as a form does."""

    def __post_init__(self) -> None:
        if self.kind in (Kind.DURATION, Kind.DIFFERENCE) and not self.key.endswith("_seconds"):
            raise ValueError(f"the key of a {self.kind} column ends in _seconds, not {self.key!r}")
        if self.width == 0:
            force_setattr(self, "width", WIDTHS[self.kind])


class ChartKind(StrEnum):
    """Which way the values of a chart stand."""

    COLUMN = "column"
    BAR = "bar"
    """Lying: for categories with long names."""


class Chart(Frozen):
    """A drawing of columns of a sheet; it stands below the rows and notes of the sheet that holds it.

    A writer without pictures leaves it out: its figures stand in the rows it is drawn from.
    """

    kind: ChartKind
    title: str
    alt_text: str
    """What the drawing shows, for those who cannot see it."""
    category: str
    """Key of the column that names the values."""
    values: tuple[str, ...]
    """Keys of the columns of numbers that stand side by side, of one kind; their heads name them. A missing value
    leaves a gap."""
    source: str = ""
    """Title of the sheet that holds these columns; empty for the sheet the chart stands on."""
    rows: tuple[int, int] | None = None
    """Half-open range of its rows, from 0; None for all."""
    line: str = ""
    """Key of a column that is drawn as a line over the others: what lies above it is too much. Empty for none."""

    def __post_init__(self) -> None:
        if not self.values:
            raise ValueError(f"chart {self.title!r} draws nothing")
        if not self.alt_text:
            raise ValueError(f"chart {self.title!r} needs words for those who cannot see it")
        if self.rows is not None and not 0 <= self.rows[0] < self.rows[1]:
            raise ValueError(f"chart {self.title!r} draws no rows")


class Signatory(Frozen):
    """One who signs. What is empty is written by hand."""

    heading: str
    """`Disusun oleh`; may be empty."""
    position: str
    name: str = ""
    rank: str = ""
    """Pangkat and golongan."""
    nip: str = ""


class Signature(Frozen):
    """Where a document is signed."""

    place: str
    """Empty leaves room for it."""
    date: date | None
    """None leaves room for it."""
    signatories: tuple[Signatory, ...]
    """From left to right; the last one, at the right, stands under place and date."""
    electronic: bool = False
    """Whether room is left for an electronic signature and the sentence that belongs to it."""


class Headline(Frozen):
    """One of the large figures of the page that is signed."""

    figure: str
    """`7 dari 7`, `87,5%`, `17 April 2026`."""
    words: str
    """What it counts: `langkah selesai`."""
    beside: str = ""
    """In small below it: `7 dari 8`."""


class Front(Frozen):
    """What makes a sheet the page that is signed: it is printed upright on one page, whatever it holds."""

    letterhead: tuple[str, ...]
    """Kop: government, office, address; empty lines are left out."""
    title: tuple[str, ...]
    identity: str
    """Number of the document and the SOP, in small."""
    draft: bool
    """The period is open: nothing is signed, and the page says Konsep."""
    headlines: tuple[Headline, ...]
    findings_title: str
    findings: tuple[str, ...]
    """Sentences, the most serious first: where the page has no room for all, the last ones are left out."""
    elsewhere: str
    """Where the findings and rows that did not fit are found: `selengkapnya di lembar Langkah`."""
    cut: tuple[str, ...] = ()
    """Keys of the columns of its table whose words give way where there is no room for all rows: the first before the
    others."""
    uncut: str = ""
    """Words at the end of a cell that stay where those before them give way."""
    kinerja: tuple[str, ...] = ()
    """How the office's indicators stand, in sentences; empty without indicators."""
    changes: tuple[str, ...] = ()
    """What a reopening changed: who, when, why, figures before and after."""
    proof: str = ""
    """How the mark of the log is checked; the last line."""


class Sheet(Frozen):
    """One table with the words around it. Rows are tuples in the order of the columns."""

    title: str
    columns: tuple[Column, ...] = ()
    """Empty for a sheet of words only."""
    rows: Rows = ()
    lines: tuple[str, ...] = ()
    """Few and short: they stand above the table and stay on the screen with the column heads."""
    notes: tuple[str, ...] = ()
    """Stand below the table."""
    marks: Mapping[tuple[int, str], frozenset[Mark]] = field(default_factory=lambda: MappingProxyType({}))
    """(row from 0, column key) to the marks of that cell; cells without a mark are absent."""
    frozen_columns: int = 1
    """Columns that stay in view when the sheet is scrolled sideways."""
    charts: tuple[Chart, ...] = ()
    signature: Signature | None = None
    """Stands last."""
    table: str = ""
    """Hint for the name of the table, ASCII: `langkah`; empty takes the title."""
    zone: str | None = None
    """Key of the column that names the zone of each row's moments (`WIB`, `WITA`, `WIT`); None where all are in the
    report's."""
    front: Front | None = None
    """Of the page that is signed alone."""
    about: str = ""
    """What the sheet is for, in a few words, where a list of sheets names it."""
    annex: bool = False
    """It belongs to what is printed only when somebody asks for it."""
    for_data: bool = False
    """It is there to be worked with by a spreadsheet: documents that are only read leave it out."""
    zeros_apart: bool = False
    """Rows that hold nothing but zeros are told in one line by documents that are read."""

    def __post_init__(self) -> None:
        keys = {column.key for column in self.columns}
        if self.zone is not None and self.zone not in keys:
            raise ValueError(f"{self.title!r} has no column {self.zone!r} to name zones")
        if len(keys) != len(self.columns):
            raise ValueError(f"two columns of {self.title!r} have the same key")
        if unknown := {column.words_of for column in self.columns if column.words_of} - keys:
            raise ValueError(f"words of {self.title!r} tell unknown columns {sorted(unknown)}")
        if unknown := {key for _, key in self.marks} - keys:
            raise ValueError(f"marks of {self.title!r} name unknown columns {sorted(unknown)}")


class Report(Frozen):
    """A document: what it is about, in which state it was written, and its sheets."""

    title: str
    """`Rekap SAKIP TW I 2026`."""
    office: str
    sop: str
    period: str
    """Words for people: `TW I 2026`."""
    state: str
    """`Tutup, revisi 1`."""
    zone_offset_hours: int
    """The office's zone: 7 WIB, 8 WITA, 9 WIT."""
    provisional: bool
    """The period is open: every sheet says SEMENTARA."""
    printed_at: int
    """UTC epoch seconds; also the document's date of creation, so that the same report gives the same bytes."""
    log_hash: str
    """Head of the log's hash chain at that moment."""
    file_name: str
    """Name of the document, for the footer; `write` puts the true one."""
    sheets: tuple[Sheet, ...]
    paper: Paper = Paper.A4
    subject: str = ""
    """What the document is about, for its properties: SOP and period in words."""

    def __post_init__(self) -> None:
        columns = {sheet.title: {column.key for column in sheet.columns} for sheet in self.sheets}
        for sheet in self.sheets:
            for chart in sheet.charts:
                known = columns.get(chart.source or sheet.title, set())
                if unknown := {chart.category, *chart.values, *filter(None, (chart.line,))} - known:
                    raise ValueError(f"chart {chart.title!r} draws unknown columns {sorted(unknown)}")


def typed(cell: Cell, column: Column) -> Cast | None:
    """The cell with its kind, whether it stands in a MIXED column or not; None when missing."""
    if cell is None or isinstance(cell, Cast):
        return cell
    return Cast(column.kind, cell, column.decimals)

"""What the screens of data kinerja show, from an office's data: rows with their figures, who fills them, how far it is.

Pure values to lines; nothing here knows of a screen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from sakip_tui.text import cut, fitting, padded, wrapped
from sakip_tui.widgets.spans import Line
from sop.kinerja.consolidation import FiguredRow, filled_rows
from sop.kinerja.form import Owner
from sop.kinerja.isian import Isian, Keadaan
from sop.kinerja.report import ReportRow
from sop.kinerja.state import IsianRow, KinerjaState
from sop.model.periods import keys_of
from sop.model.texts import clean
from sop.words.figure_words import (
    NO_VALUE,
    capaian_words,
    isian_words,
    owner_words,
    parts_words,
    remark_words,
    standing_words,
    to_date_words,
    value_words,
)
from sop.words.kinerja import DATA_LABELS, filled_words, predicate_words
from sop.words.people import person_called
from sop.words.periods import period_short
from sop.words.time import date_plain

_LEAST_NAME, _MOST_NAME = 14, 72
"""Cells of a name: beyond the most, the eye loses the row on its way to the figures."""
_ROOMY, _WIDE = 98, 118
"""Cells of a line from which everything has more room."""


class ShownRow(NamedTuple):
    """One row as the screens show it."""

    filled: FiguredRow
    kept: IsianRow
    """What the file holds of it; an empty one for belum diisi."""

    @property
    def report(self) -> ReportRow:
        """The row with its figure, which is worked out when it is asked for."""
        return self.filled.report

    @property
    def owner(self) -> Owner:
        return self.filled.held.owner

    @property
    def key(self) -> tuple[Owner, str]:
        return self.owner, self.filled.held.row.key

    @property
    def is_answered(self) -> bool:
        """Its mark was answered, and nobody has judged the answer yet."""
        return self.kept.mark is not None and self.kept.mark.answered


class PeriodRows(NamedTuple):
    """The rows of one period, of one owner or of all."""

    owners: tuple[Owner, ...]
    """Everybody who was sent a form."""
    rows: tuple[ShownRow, ...]

    @property
    def words(self) -> str:
        """`3/4 terisi, 1 belum ada`."""
        said = Counter(row.kept.isian.keadaan for row in self.rows if row.kept.isian is not None)
        return filled_words(said, len(self.rows))

    def of(self, owner: Owner) -> PeriodRows:
        return self._replace(rows=tuple(row for row in self.rows if row.owner == owner))


def sheet_of(state: KinerjaState, period: str) -> PeriodRows:
    """The rows that are filled in a period, those that count for a longer one among them."""
    held = state.period(period)
    rows = {owner: held.rows(owner) for owner in held.forms}
    found = (
        ShownRow(each, rows[each.held.owner].get(each.held.row.key, IsianRow())) for each in filled_rows(state, period)
    )
    return PeriodRows(tuple(owner for owner, sent in held.forms.items() if sent[-1].rows), tuple(found))


def periods_of(state: KinerjaState, year: int, unsent: Collection[str] = ()) -> tuple[str, ...]:
    """The periods of a year whose forms are out, and further ones, in order."""
    return tuple(key for key in keys_of(year) if state.period(key).forms or key in unsent)


class _Columns(NamedTuple):
    """Cells of each column; three have figures."""

    code: int
    name: int
    unit: int
    figure: int
    last: int
    """How the row stands, or whose it is."""


def _columns(width: int, *, with_owner: bool) -> _Columns:
    code, unit, figure = (8, 6, 10) if width < _ROOMY else (8, 11, 10) if width < _WIDE else (8, 11, 12)
    if with_owner and width < _ROOMY:
        # Of rows beside those of others the name tells more than its unit, which is told of the picked one.
        unit = 0
    last = 23 if with_owner and width >= _ROOMY else 15
    name = max(_LEAST_NAME, min(_MOST_NAME, width - code - unit - 3 * figure - last))
    return _Columns(code, name, unit, figure, last)


def head_line(width: int, *, with_owner: bool = False) -> Line:
    """The heads of the columns."""
    columns = _columns(width, with_owner=with_owner)
    words = f"{'Kode':{columns.code}}{'Indikator':{columns.name}}{'Sat'[: columns.unit]:{columns.unit}}"
    words += "".join(f"{title:>{columns.figure}}" for title in ("Target", "Realisasi", "Capaian"))
    return ((cut(f"{words}  {'Bidang' if with_owner else 'Keadaan'}", width), "muted"),)


def is_cut(row: ShownRow, width: int, *, with_owner: bool = False) -> bool:
    """Whether one line has no room for the name of a row, or for its unit."""
    one, columns = row.report.row.indicator, _columns(width, with_owner=with_owner)
    return cell_len(clean(one.name)) >= columns.name or 0 < columns.unit <= cell_len(clean(one.satuan))


def row_lines(row: ShownRow, state: KinerjaState, width: int, *, with_owner: bool = False) -> tuple[Line, Line]:
    """As `row_line`, with what that would cut of name and unit in a second line."""
    one, columns = row.report.row.indicator, _columns(width, with_owner=with_owner)
    name, unit = clean(one.name), clean(one.satuan)
    first = _first_words(name, columns.name - 1)
    shown = unit if cell_len(unit) < columns.unit else ""
    rest, beside = name[len(first) :].strip(), "" if shown else unit
    room = width - columns.code - (cell_len(beside) + 3 if beside else 0)
    said = cut(rest, max(8, room))
    # Under its head where there is one, and what is left of the name lets it stand there.
    if beside and columns.unit and cell_len(said) < columns.name:
        said = padded(said, columns.name)
    elif beside:
        beside = f"({beside})" if not said else f" ({beside})"
    second: Line = ((" " * columns.code, "text"), (said, "text"))
    told: Line = ((beside, "muted"),) if beside else ()
    return _line(row, state, columns, first, shown, with_owner=with_owner), (*second, *told)


def _first_words(name: str, room: int) -> str:
    """As many words of a name as a line holds; of the first one what there is room for."""
    if cell_len(name) <= room:
        return name
    fitting_words = fitting(name, room + 1).rpartition(" ")[0]
    return fitting_words or fitting(name, room)


def row_line(row: ShownRow, state: KinerjaState, width: int, *, with_owner: bool = False) -> Line:
    """One row under those heads. What wants somebody's hand has a `!`."""
    one = row.report.row.indicator
    return _line(row, state, _columns(width, with_owner=with_owner), one.name, one.satuan, with_owner=with_owner)


def _line(row: ShownRow, state: KinerjaState, columns: _Columns, name: str, unit: str, *, with_owner: bool) -> Line:
    report, settings = row.report, state.settings
    one, held = report.row.indicator, report.figure
    said, is_late = state_words(row)
    if with_owner and not row.is_answered:
        # Most names begin with that word, which stands at the head of the column.
        owner = clean(owner_words(report.owner)).removeprefix("Bidang ")
        said = cut(owner, columns.last - 4) + (" !" if is_late else "")
    achievement = NO_VALUE if held.achievement is None else capaian_words(held.achievement).partition(" ")[0]
    figures = (value_words(held.target, one, settings), value_words(held.value, one, settings), achievement)
    return (
        (_cell(one.code, columns.code), "strong"),
        (_cell(name, columns.name), "text"),
        (_cell(unit, columns.unit) if columns.unit else "", "muted"),
        ("".join(cut(text, columns.figure - 1).rjust(columns.figure) for text in figures), "text"),
        ("  " + cut(said, columns.last - 2), "late" if is_late else "text"),
    )


def _cell(text: str, width: int) -> str:
    return padded(cut(clean(text), width - 1), width)


def state_words(row: ShownRow) -> tuple[str, bool]:
    """(how a row stands in two words, whether somebody has to do something about it)."""
    if row.kept.wants_answer:
        return "ditandai !", True
    if row.kept.isian is None:
        return "belum diisi !", True
    words = DATA_LABELS[Keadaan][row.kept.isian.keadaan]
    return ("dijawab" if row.is_answered else words), False


def banner_lines(name: str, beside: str, width: int) -> list[Line]:
    """The whole name of a row above what is said about it, in two lines where one has no room for it.

    Args:
        name: Code and name of its indicator.
        beside: What stands at the right of the first line.
        width: Of the screen, in cells.
    """
    room = max(10, width - cell_len(beside) - 3)
    first, *more = wrapped(clean(name), room, 2) or [""]
    return [
        ((cut(f" {padded(first, room)} {beside}", width).ljust(width), "banner"),),
        *(((f" {line}".ljust(width), "banner"),) for line in more),
    ]


def about_lines(
    row: ShownRow, state: KinerjaState, names: dict[str, str], width: int, *, with_owner: bool = False
) -> list[Line]:
    """About one row in three lines: its mark first, then figures, then words."""
    report, isian = row.report, row.kept.isian
    one, figure, to = report.row.indicator, report.figure, report.figure.to_date
    told: list[tuple[str, str]] = []
    mark = row.kept.mark
    if mark is not None and not mark.answered:
        told.append((f"! Ditandai {person_called(names, mark.by)}: {mark.note}", "late"))
    elif mark is not None:
        told.append((answer_words(row), "strong"))
    unit = clean(one.satuan)
    parts = [f"dalam {unit}"] if cell_len(unit) >= _columns(width, with_owner=with_owner).unit else []
    if isian is not None and not isian.is_filled:
        parts.append(stated_words(isian))
    if isian is not None and isian.pembilang is not None and isian.penyebut is not None:
        parts.append(parts_words(isian.pembilang, isian.penyebut))
    if figure.achievement is not None:
        words = predicate_words(figure.achievement.predicate, state.settings.words)
        parts.append(f"capaian {capaian_words(figure.achievement)} {words}")
    elif isian is not None and isian.is_filled:
        parts.append(standing_words(figure))
    if to.value is not None and len(to.periods) > 1:
        compared = f"{value_words(to.value, one, state.settings)}/{value_words(to.target, one, state.settings)}"
        of = to_date_words(report) or f"s.d. {period_short(to.periods[-1])}"
        parts.append(f"{of} {compared} {capaian_words(to.achievement)}")
    if report.row.previous is not None:
        parts.append(f"periode lalu {report.row.previous}")
    if report.row.period != figure.period or report.row.period not in to.periods:
        parts += [f"untuk {period_short(report.row.period)}"] if one.cadence.value != "triwulan" else []
    told.append((" · ".join(filter(None, parts)) or clean(one.sasaran) or "Belum ada isian.", "text"))
    told.append((words_line(row, names), "text"))
    lines = [(line, ink) for text, ink in told if text for line in wrapped(clean(text), max(10, width - 2), 2)]
    return [((f" {line}", ink),) for line, ink in lines[:3]]


def stated_words(isian: Isian) -> str:
    """That somebody said that there is no value: something else than a row of which nobody said anything."""
    return f"Dinyatakan {DATA_LABELS[Keadaan][isian.keadaan]}"


def answer_words(row: ShownRow) -> str:
    """What the bidang said to the mark of a row that was answered."""
    return f"Dijawab: {row.kept.word}" if row.kept.word else "Dijawab dengan mengubah isiannya, tanpa kata."


def words_line(row: ShownRow, names: dict[str, str]) -> str:
    """What was said beside the value, in one paragraph; empty for nothing."""
    isian = row.kept.isian
    if isian is None:
        return ""
    said = (
        ("Alasan", isian.reason),
        ("Kendala", isian.kendala),
        ("Pendorong", isian.pendorong),
        ("Tindak lanjut", isian.tindak_lanjut),
        ("Penanggung jawab", None if isian.pic is None else person_called(names, isian.pic)),
        ("Batas", None if isian.batas_waktu is None else date_plain(isian.batas_waktu)),
        ("Bukti", isian.bukti),
    )
    return ". ".join(f"{name}: {text.rstrip('.')}" for name, text in said if text)


def details(row: ShownRow, state: KinerjaState, names: dict[str, str]) -> list[tuple[str, str]]:
    """Everything about one row, as paragraphs with their ink."""
    report = row.report
    one, figure, to = report.row.indicator, report.figure, report.figure.to_date
    settings = state.settings
    isian = row.kept.isian
    said = isian_words(isian, one, settings) if isian is None or isian.is_filled else stated_words(isian).lower()
    told = [
        (f"Penyerah: {clean(owner_words(report.owner))}", "text"),
        (f"Target: {value_words(figure.target, one, settings)} {clean(one.satuan)}", "text"),
        (f"Isian: {clean(said)}", "text"),
        (f"Capaian: {capaian_words(figure.achievement)}", "text"),
    ]
    remark = remark_words(report)
    if remark:
        told.append((f"Keterangan: {clean(remark)}", "text"))
    if to.periods:
        names_of = ", ".join(period_short(period) for period in to.periods)
        told.append((f"Sampai dengan: {capaian_words(to.achievement)} dari {names_of}", "text"))
    if row.kept.mark is not None:
        mark = row.kept.mark
        answered = "dijawab" if mark.answered else "belum dijawab"
        told += [
            ("", "text"),
            (f"Tanda oleh {person_called(names, mark.by)}, {answered}: {clean(mark.note)}", "strong"),
        ]
    if row.is_answered:
        told.append((clean(answer_words(row)), "text"))
    elif row.kept.word:
        told.append((f"Alasan perubahan terakhir: {clean(row.kept.word)}", "text"))
    words = words_line(row, names)
    if words:
        told += [("", "text"), *((clean(part), "text") for part in words.split(". "))]
    return told


# ---------------------------------------------------------------------- all owners, worst first
FILTERS = ("semua", "belum", "di bawah target", "melonjak", "ditandai", "dijawab")
"""What the screen Analisa can be held to."""
_JUMP = 3
"""Times its target, or what it was a period before, from which a value is looked at."""


def filtered(rows: Sequence[ShownRow], held_to: str) -> list[ShownRow]:
    """The rows of one of `FILTERS`, worst first: what is marked, answered, missing, then by capaian, what cannot be
    computed last."""
    return sorted((row for row in rows if _is_in(row, held_to)), key=_rank)


def _is_in(row: ShownRow, held_to: str) -> bool:
    figure = row.report.figure
    match held_to:
        case "belum":
            return row.kept.isian is None
        case "di bawah target":
            return figure.achievement is not None and figure.achievement.row < 100
        case "melonjak":
            has_both = figure.value is not None and figure.target is not None and figure.target > 0
            return has_both and figure.value > _JUMP * figure.target  # type: ignore[operator]
        case "ditandai":
            return row.kept.wants_answer
        case "dijawab":
            return row.is_answered
        case _:
            return True


def _rank(row: ShownRow) -> tuple[object, ...]:
    capaian = row.report.figure.achievement
    missing = row.kept.isian is None
    return (
        not row.kept.wants_answer,
        not row.is_answered,
        not missing,
        capaian is None,
        0 if capaian is None else capaian.row,
    )

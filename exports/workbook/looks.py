"""How cells look: fonts, number formats, colours and signs of marks. One format object for each look that is used."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from exports.display import ordered, signs
from exports.sheet import Kind, Mark

NO_MARKS: frozenset[Mark] = frozenset()
WORDS = frozenset({Kind.TEXT, Kind.YES_NO, Kind.TICKED})
"""Kinds that a workbook holds as text."""

BORDER = "#A6A6A6"
TITLE_LETTERS = 13
FRONT_LETTERS, TABLE_LETTERS = 10.5, 9
"""Points of the letters on the page that is signed, and in its table."""
LETTERS = 9
"""Points of the letters in and around a table."""
FONT: Mapping[str, object] = MappingProxyType({"font_name": "Arial", "font_size": LETTERS})
"""Every Windows has Arial and every LibreOffice a twin of the same widths, so that estimated heights hold."""

_MARKED: Mapping[Mark, Mapping[str, object]] = MappingProxyType(
    {
        Mark.LATE: {"bg_color": "#FFC7CE", "font_color": "#9C0006", "bold": True},
        Mark.AT_RISK: {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
        Mark.ASSUMED: {"italic": True, "bg_color": "#EDEDED"},
        Mark.DOUBTFUL_CLOCK: {"bg_color": "#FCE4D6"},
        Mark.LATE_ENTRY: {"bg_color": "#DDEBF7"},
        Mark.CORRECTED: {"bg_color": "#FFF2CC"},
        Mark.SKIPPED: {"font_color": "#595959", "bg_color": "#EDEDED"},
        Mark.TAKEN_OVER: {"bg_color": "#E2EFDA"},
        Mark.OVERTAKEN: {"font_color": "#7F7F7F", "italic": True},
        Mark.AFTER_HOURS: {"bg_color": "#E4DFEC"},
        Mark.ESTIMATE: {"italic": True},
    }
)
_NUMBER_FORMATS: Mapping[Kind, str] = MappingProxyType(
    {
        # Text format, so that pressing F2 and Enter on "=1+1" does not turn it into a formula.
        Kind.TEXT: "@",
        Kind.YES_NO: "@",
        Kind.TICKED: "@",
        Kind.INTEGER: "[$-421]#,##0",
        Kind.INSTANT: '[$-421]d mmm yyyy hh"."mm',
        Kind.DATE: "[$-421]ddd, d mmm yyyy",
        Kind.DURATION: "[h]:mm",
        Kind.DIFFERENCE: "[$-421]+#,##0.0;[$-421]-#,##0.0;0",
        Kind.MIXED: "General",  # of missing cells; the others bring their kind
    }
)
_ACCENT = "#1F4E79"
"""Dark enough to survive a copier without colour."""
_FRONT: Mapping[str, object] = MappingProxyType(
    {"font_name": "Arial", "font_size": FRONT_LETTERS, "text_wrap": True, "valign": "top", "num_format": "@"}
)
_CENTRED = {**_FRONT, "align": "center"}
_OF_WORDS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "front": _FRONT,
        "front_kop": {**_CENTRED, "bold": True, "font_size": 12},
        "front_rule": {**_FRONT, "bottom": 6},
        "front_title": {**_CENTRED, "bold": True, "font_size": 12},
        "front_draft": {**_CENTRED, "bold": True, "border": 2, "font_color": "#9C0006", "border_color": "#9C0006"},
        "front_centred": {**_CENTRED, "valign": "bottom"},
        "front_centred_top": _CENTRED,
        "front_name": {**_CENTRED, "bold": True, "underline": 1},
        "front_figure": {**_CENTRED, "bold": True, "font_size": 20, "font_color": _ACCENT, "valign": "bottom"},
        "front_figure_small": {**_CENTRED, "bold": True, "font_size": 15, "font_color": _ACCENT, "valign": "bottom"},
        "front_figure_least": {**_CENTRED, "bold": True, "font_color": _ACCENT, "valign": "bottom"},
        "front_head": {**_FRONT, "bold": True, "font_color": _ACCENT},
        "front_column": {
            **_CENTRED,
            "font_size": TABLE_LETTERS,
            "bold": True,
            "border": 1,
            "border_color": BORDER,
            "bg_color": "#E7ECEF",
        },
        "front_cell": {**_FRONT, "font_size": TABLE_LETTERS, "border": 1, "border_color": BORDER},
        "front_boxed": {**_CENTRED, "border": 1},
        "front_small": {**_FRONT, "font_size": TABLE_LETTERS},
        "front_proof": {**_FRONT, "font_size": TABLE_LETTERS, "top": 1},
        "title": {**FONT, "bold": True, "font_size": TITLE_LETTERS},
        "provisional": {**FONT, "bold": True, "font_size": 11, "font_color": "#9C0006"},
        "line": FONT,
        "run": FONT,
        "centred": {**FONT, "align": "center"},
        "head": {
            **FONT,
            "bold": True,
            "text_wrap": True,
            "valign": "vcenter",
            "align": "center",
            "border": 1,
            "border_color": BORDER,
            "bg_color": "#D9E2E7",
        },
    }
)


class Looks:
    """The formats of one workbook, made when first asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._words: dict[str, Any] = {}
        self._cells: dict[tuple[Kind, int, frozenset[Mark]], Any] = {}

    def words(self, name: str) -> Any:
        """The look of words outside a table: title, provisional, line, run, centred; and of column heads: head."""
        look = self._words.get(name)
        if look is None:
            look = self._words[name] = self._book.add_format(dict(_OF_WORDS[name]))
        return look

    def cell(self, kind: Kind, decimals: int = 0, marks: frozenset[Mark] = NO_MARKS) -> Any:
        """The look of a table's cell of that kind, with its marks."""
        key = (kind, decimals, marks)
        look = self._cells.get(key)
        if look is None:
            look = self._cells[key] = self._book.add_format(_cell_look(kind, decimals, marks))
        return look


def _cell_look(kind: Kind, decimals: int, marks: frozenset[Mark]) -> dict[str, object]:
    look: dict[str, object] = {
        **FONT,
        "valign": "top",
        "border": 4,
        "border_color": BORDER,
        "num_format": number_format(kind, decimals, marks),
        "text_wrap": kind in WORDS,
        "align": "left" if kind in WORDS else "right",
    }
    if kind not in WORDS and kind is not Kind.MIXED and not marks:
        # Room before the words of the next column, as part of the figure: not every program keeps an indent.
        look["num_format"] = ";".join(f"{section}_0" for section in number_format(kind, decimals).split(";"))
    for mark in reversed(ordered(marks)):
        look |= _MARKED[mark]
    return look


@cache
def signs_after(marks: frozenset[Mark]) -> str:
    """What a marked cell shows behind its value."""
    return f" {signs(marks)}" if marks else ""


@cache
def is_bold(marks: frozenset[Mark]) -> bool:
    """Whether a cell with these marks stands in bold letters."""
    return any("bold" in _MARKED[mark] for mark in marks)


def number_format(kind: Kind, decimals: int = 0, marks: frozenset[Mark] = NO_MARKS) -> str:
    """Excel's code for this kind. Signs of marks are part of it: the value stays a number, and the sign is read
    without colour."""
    if kind in (Kind.NUMBER, Kind.PERCENT):
        code = ("[$-421]#,##0" if kind is Kind.NUMBER else "[$-421]0") + ("." + "0" * decimals if decimals else "")
        code += "%" if kind is Kind.PERCENT else ""
    else:
        code = _NUMBER_FORMATS[kind]
    return ";".join(f'{section}"{signs_after(marks)}"' for section in code.split(";")) if marks else code

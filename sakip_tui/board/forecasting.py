"""What the board tells of when a period will be finished; loaded once that was worked out."""

from __future__ import annotations

from db.rows import Board
from sakip_tui.glyphs import Glyphs
from sakip_tui.text import wrapped
from sakip_tui.widgets.spans import Line, Span
from sop.look.forecast import Forecast
from sop.words.forecast import finish_words, how_words, target_words
from sop.words.time import date_short, moment_short


def about_forecast(found: Forecast, name: str, rows: Board, now: int, width: int, most: int) -> list[Line]:
    """When a period will be finished, what that rests on, and how far off its target it is, in at most `most` lines."""
    parts = [f"{name}: {finish_words(found, rows.calendar.offset, now)}"]
    if found.target is not None:
        parts.append(f"target {date_short(found.target)} {target_words(found, found.target, now, rows.calendar)}")
    parts.append(how_words(found))
    ink = "late" if found.is_missed(now, rows.calendar) else "muted"
    return [((f" {line}", ink),) for line in wrapped("; ".join(part for part in parts if part), width - 2, most)]


def in_short(found: Forecast, name: str, rows: Board, now: int, glyphs: Glyphs) -> tuple[Span, ...]:
    """The same where it has no line of its own, the longer form first; empty where nobody can say when."""
    offset, is_missed = rows.calendar.offset, found.is_missed(now, rows.calendar)
    forms = [finish_words(found, offset, now)] if found.only_closing or found.period_at is not None else []
    if found.period_at is not None and not found.only_closing:
        forms.append(f"perkiraan {moment_short(found.period_at, offset, now).rpartition(' ')[0]}")
    sign, ink = (f"{glyphs.marks['late']} ", "late") if is_missed else ("", "muted")
    return tuple((f"{sign}{name}: {form}", ink) for form in forms)

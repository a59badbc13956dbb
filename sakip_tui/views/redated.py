"""What a change of calendar or settings does to the due moments of open steps, as forms and programs are told it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sop.time.instants import format_iso
from sop.words.labels import step_named
from sop.words.periods import period_label
from sop.words.time import moment_short

if TYPE_CHECKING:
    from sop.acts.redating import Redated

_MOST = 6


def redated_document(dues: Sequence[Redated], offset: int) -> list[dict[str, Any]]:
    """Each due moment before and after, as JSON values; None where there is none."""

    def moment(t: int | None) -> str | None:
        return None if t is None else format_iso(t, offset)

    return [
        {
            "sop": due.sop,
            "period": due.period,
            "step": due.step,
            "bidang": due.bidang,
            "attempt": due.attempt,
            "before": moment(due.before),
            "after": moment(due.after),
        }
        for due in dues
    ]


def moved_lines(dues: Sequence[Redated], offset: int, now: int) -> list[str]:
    """What a form says before the change is saved: the first of those that would move, and how many there are.

    Args:
        dues: Those that stay where they are included.
        offset: Seconds that the office's zone lies east of UTC.
        now: UTC epoch seconds.
    """
    moved = [due for due in dues if due.before != due.after]
    lines = ["Tidak ada tenggat langkah terbuka yang bergeser."]
    if moved:
        lines = [f"{len(moved)} tenggat langkah terbuka akan bergeser:"]
        lines += [_line(due, offset, now) for due in moved[:_MOST]]
        lines += [f"dan {len(moved) - _MOST} lagi."] if len(moved) > _MOST else []
    return [*lines, "Penilaian langkah yang sudah selesai tidak berubah."]


def _line(due: Redated, offset: int, now: int) -> str:
    """`TW I 2026 langkah 2 (Pelatihan): Jum 17 Apr 16.30 menjadi Sen 20 Apr 16.00`."""
    where = f"{period_label(due.period)} {step_named(due.step, due.bidang)}"
    before, after = (
        "tanpa tenggat" if moment is None else moment_short(moment, offset, now) for moment in (due.before, due.after)
    )
    return f"{where}: {before} menjadi {after}"

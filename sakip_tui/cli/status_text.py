"""`sakip status` and `sakip periode daftar` for people."""

from __future__ import annotations

from collections.abc import Sequence

from sakip_tui.cli.layout import table, wrapped
from sakip_tui.views.brief import time_words
from sakip_tui.views.overview import OpenCard, Overview, PeriodLine, banners
from sop.model.state import CasePhase, PeriodPhase
from sop.words.forecast import target_words
from sop.words.labels import LABELS
from sop.words.periods import period_label
from sop.words.time import date_plain, moment_short


def status_text(overview: Overview) -> str:
    """Open periods, bidang, what is late, not begun or due, whose turn it is."""
    opened = [line for line in overview.periods if line.is_open]
    lines = [*wrapped(overview.standing.office_name, 80), moment_short(overview.now, overview.year.offset)]
    lines += [line for banner in banners(overview) for line in wrapped(banner, 80)]
    lines.append("")
    lines.append(periods_text(opened, overview) if opened else "Tidak ada periode yang terbuka.")
    lines += [f"{line.key} menunggu {', '.join(line.waiting_for)}." for line in opened if line.waiting_for]
    for line in overview.periods:
        lines += [f"{line.key} langkah {region.last}, bidang: {region.handed.words}." for region in line.regions]
    for title, cards in (
        ("Terlambat", overview.late),
        ("Belum dimulai", overview.not_started),
        ("Segera jatuh tempo", overview.due),
    ):
        if cards:
            lines += ["", title, _cards_table(cards, overview)]
    if overview.turn:
        lines += ["", "Giliran", *(f"  {lane}: {count} langkah" for lane, count in overview.turn.items())]
    return "\n".join(lines)


def periods_text(lines: Sequence[PeriodLine], overview: Overview) -> str:
    """A table of periods; without the column of targets where none has one."""
    cells = [
        (
            line.key,
            period_label(line.key),
            LABELS[PeriodPhase][line.row.phase]
            + (f", revisi {line.row.closings}" if line.row.phase == "tutup" else ""),
            None if line.row.case_phase is None else LABELS[CasePhase][line.row.case_phase],
            f"{line.done}/{line.total}" if line.total else None,
            line.late or None,
            _target_cell(line, overview),
        )
        for line in lines
    ]
    heads = ("Periode", "Nama", "Keadaan", "Berkas", "Langkah", "Terlambat", "Target")
    if all(line.target is None for line in lines):
        return table(heads[:-1], [cell[:-1] for cell in cells], flexible=(1, 2))
    return table(heads, cells, flexible=(1, 2))


def _target_cell(line: PeriodLine, overview: Overview) -> str | None:
    """`15 Apr 2026, terlewati 2 hari kerja`."""
    if line.target is None:
        return None
    found = overview.forecasts.get(line.key)
    if not line.target_passed or found is None:
        return date_plain(line.target)
    return f"{date_plain(line.target)}, {target_words(found, line.target, overview.now, overview.year.calendar)}"


def _cards_table(cards: Sequence[OpenCard], overview: Overview) -> str:
    rows = [
        (
            one.period,
            one.card.step,
            one.card.title + (f" ({one.card.bidang})" if one.card.bidang else ""),
            one.card.lane,
            time_words(one, overview),
        )
        for one in cards
    ]
    last = "Antre" if all(one.stand.not_started for one in cards) else "Tenggat"
    return table(("Periode", "No", "Langkah", "Lajur", last), rows, flexible=(2, 3, 4))

"""Perubahan: who reopened a closed period, when and why, and which figures changed from one closing to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from exports.display import date_text
from exports.sheet import Cast, Cell, Column, Kind, Row, Sheet
from exports.sheets.source import Source, frozen_of, key_figures, offset_of
from sop.model.act import Act
from sop.model.events import Event
from sop.time.instants import civil
from sop.words.events import remark_of
from sop.words.figures import percent_words, share_of
from sop.words.labels import listed
from sop.words.time import date_plain, duration

TITLE = "Perubahan"
_TOLD: tuple[tuple[str, str, Kind], ...] = (
    ("ended", "langkah selesai", Kind.INTEGER),
    ("on_time", "tepat waktu", Kind.INTEGER),
    ("late", "terlambat", Kind.INTEGER),
    ("on_time_share", "persentase tepat waktu", Kind.PERCENT),
    ("unjudged", "tidak dinilai", Kind.INTEGER),
    ("skipped", "dilewati", Kind.INTEGER),
    ("overtaken", "diulang", Kind.INTEGER),
    ("queue_seconds", "waktu antre", Kind.DURATION),
    ("work_seconds", "waktu kerja yang berlaku", Kind.DURATION),
    ("cycle_seconds", "waktu siklus", Kind.DURATION),
    ("decisions", "keputusan pertama", Kind.INTEGER),
    ("first_pass", "disetujui pada pengajuan pertama", Kind.INTEGER),
    ("late_entries", "dicatat susulan", Kind.INTEGER),
)

Figures = Mapping[str, Any]


class _Stage(NamedTuple):
    """The figures of a closing, or of now."""

    name: str
    at: int | None
    figures: Figures
    children: Mapping[str, int | None]


def changes(source: Source) -> tuple[str, ...]:
    """For the page that is signed: what the last reopening changed, in a sentence or two; empty for a first
    revision."""
    stages, reopened = _stages(source), _reopenings(source)
    if len(stages) < 2 or not reopened:
        return ()
    before, after = stages[-2:]
    event = reopened[-1]
    day = date_plain(civil(event.at, offset_of(source.board)).date())
    opening = f"Perubahan sejak {before.name.lower()}: dibuka kembali {day} oleh {source.named(event.by)}"
    why = remark_of(event)
    told = listed([_change_words(*change) for change in _differences(before, after)])
    return (f"{opening}{f'. Alasan: {why}' if why else ''}. {_sentence(told) or 'Angkanya tidak berubah'}.",)


def revisions(source: Source) -> Sheet | None:
    """Every figure that any reopening changed, a column a closing; None for a period never reopened."""
    stages = _stages(source)
    if len(stages) < 2:
        return None
    rows: list[Row] = []
    for key, title, kind in _TOLD:
        values = [_value(stage.figures, key) for stage in stages]
        if len(set(values)) > 1:
            decimals = 1 if kind is Kind.PERCENT else 0
            cells: list[Cell] = [None if value is None else Cast(kind, value, decimals) for value in values]
            rows.append((_sentence(title), *cells))
    columns = (
        Column("figure", "Ukuran", width=40),
        *(Column(f"stage_{place}", stage.name, Kind.MIXED, width=15) for place, stage in enumerate(stages, start=1)),
    )
    offset = offset_of(source.board)
    lines = [
        f"Revisi {number} dibuka kembali {date_text(civil(event.at, offset).date())} oleh {source.named(event.by)}"
        + (f": {why}" if (why := remark_of(event)) else "")
        + "."
        for number, event in enumerate(_reopenings(source), start=1)
    ]
    return Sheet(
        TITLE,
        columns,
        tuple(rows),
        tuple(lines),
        () if rows else ("Tidak ada angka yang berubah.",),
        table="perubahan",
        about="Siapa membuka kembali, mengapa, dan angka yang berubah",
    )


def _stages(source: Source) -> list[_Stage]:
    """Each closing, then now where the period is open again."""
    recap = source.recap
    found = [
        _Stage(f"Revisi {row.revision}", row.at, row.figures.get("own") or {}, row.figures.get("children") or {})
        for row in recap.closings
    ]
    if found and frozen_of(recap) is None:
        found.append(_Stage("Sekarang", None, key_figures(source, recap) or {}, {}))
    return found


def _reopenings(source: Source) -> list[Event]:
    return [event for event in source.recap.events if event.act is Act.BUKA_KEMBALI]


def _differences(before: _Stage, after: _Stage) -> Iterator[tuple[str, Kind, Any, Any]]:
    for key, title, kind in _TOLD:
        was, now = _value(before.figures, key), _value(after.figures, key)
        if was != now:
            yield title, kind, was, now
    for child in sorted(before.children.keys() & after.children.keys()):
        was, now = before.children[child], after.children[child]
        if was != now:
            yield f"revisi {child}", Kind.INTEGER, was, now


def _value(figures: Figures, key: str) -> Any:
    if key == "on_time_share":
        return share_of(figures.get("on_time") or 0, figures.get("judged") or 0)
    return figures.get(key)


def _change_words(title: str, kind: Kind, was: Any, now: Any) -> str:
    return f"{title} {_words(kind, was)} menjadi {_words(kind, now)}"


def _words(kind: Kind, value: Any) -> str:
    if value is None:
        return "belum ada"
    if kind is Kind.PERCENT:
        return percent_words(value)
    return duration(value) if kind is Kind.DURATION else str(value)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]

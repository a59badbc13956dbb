"""The drawings of a recap, made of its sheets: a sheet that has room for them holds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exports.sheet import Chart, ChartKind, Sheet
from exports.sheets import mutu_baku, tren
from exports.sheets.bidang import TITLE as BIDANG
from exports.sheets.pelaksana import LANE, lanes_in


def diagrams(others: Sequence[Sheet]) -> Iterator[Chart]:
    """Of the sheets there are: the share of the standard that was used, how long bidang took, punctuality of lanes and
    of periods. Nothing is drawn of what nobody has measured yet, nor of fewer than two categories, nor of days that are
    none."""
    sheets = {sheet.title: sheet for sheet in others}
    of_steps = sheets.get(mutu_baku.TITLE)
    if of_steps is not None and _measured_in(of_steps, "used_share") > 1:
        yield Chart(
            ChartKind.COLUMN,
            "Mutu baku waktu yang terpakai per langkah",
            "Diagram kolom: berapa persen mutu baku waktu yang terpakai di tiap langkah, dengan garis pada 100 persen; "
            "yang melewatinya terlambat. Angkanya di lembar Mutu Baku.",
            "step",
            ("used_share",),
            source=of_steps.title,
            line="limit_share",
        )
    of_bidang = sheets.get(BIDANG)
    if of_bidang is not None and _measured_in(of_bidang, "waiting_days") > 1 and _is_any(of_bidang, "waiting_days"):
        yield Chart(
            ChartKind.BAR,
            "Lama menyerahkan (hari kerja)",
            "Diagram batang: berapa hari kerja tiap bidang sampai menyerahkan. Angkanya di lembar Bidang.",
            "bidang",
            ("waiting_days",),
            source=of_bidang.title,
        )
    of_lanes = sheets.get("Pelaksana")
    if of_lanes is not None and _measured_in(of_lanes, "on_time_share", LANE) > 1:
        yield Chart(
            ChartKind.BAR,
            "Persentase tepat waktu per pelaksana",
            "Diagram batang: bagian langkah yang selesai tepat waktu dari tiap pelaksana. Angkanya di lembar "
            "Pelaksana.",
            "name",
            ("on_time_share",),
            source=of_lanes.title,
            rows=(0, lanes_in(of_lanes)),
        )
    of_periods = sheets.get(tren.TITLE)
    if of_periods is not None and _measured_in(of_periods, "on_time_share") > 1:
        yield Chart(
            ChartKind.COLUMN,
            "Persentase tepat waktu per periode",
            "Diagram kolom: bagian langkah yang selesai tepat waktu di tiap periode. Angkanya di lembar Tren.",
            "name",
            ("on_time_share",),
            source=of_periods.title,
            rows=(0, tren.measured_periods(of_periods)),
        )


def _measured_in(sheet: Sheet, key: str, group: str | None = None) -> int:
    """How many rows have that value."""
    place = next(number for number, column in enumerate(sheet.columns) if column.key == key)
    return sum(row[place] is not None for row in sheet.rows if group is None or row[0] == group)


def _is_any(sheet: Sheet, key: str) -> bool:
    """Whether a figure of the column is more than nothing: bars of no length show nothing."""
    place = next(place for place, column in enumerate(sheet.columns) if column.key == key)
    return any(row[place] for row in sheet.rows)

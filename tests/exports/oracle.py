"""The figures of a period from the rows of Riwayat alone, told a second time and in the plainest way.

It knows the SOP's table and the weekly hours, counts working time minute by minute over a short calendar without
holidays, and shares no line with `sop.look.figures`, `sop.time.deadline` or the flow of cases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sop.model.definition import Sop, Step
from tests.exports.kantor import WIB

_HOURS = {
    **dict.fromkeys(range(4), ((450, 720), (780, 960))),
    4: ((450, 690), (780, 990)),
}
"""Weekday -> minutes of the day, Monday first: Perpres 21/2023."""
Span = tuple[int, int]


def working(start: int, end: int, stopped: Iterable[Span] = ()) -> int:
    """Working seconds between two moments on whole minutes, outside the stopped spans."""
    halts = list(stopped)
    return 60 * sum(
        _is_open(minute) and not any(begin <= minute < finish for begin, finish in halts)
        for minute in range(start, end, 60)
    )


def _is_open(moment: int) -> bool:
    day, second = divmod(moment + WIB, 86_400)
    return any(begin <= second // 60 < end for begin, end in _HOURS.get((day + 3) % 7, ()))


def _close_of(start: int, days: int) -> int:
    """Close of business of the k-th working day after the day of `start`."""
    day = (start + WIB) // 86_400
    while days:
        day += 1
        days -= (day + 3) % 7 in _HOURS
    return day * 86_400 - WIB + _HOURS[(day + 3) % 7][-1][1] * 60


@dataclass
class Attempt:
    """What the rows say of one attempt."""

    step: Step
    bidang: str | None
    number: int
    ready: int
    started: int | None = None
    ended: int | None = None
    outcome: str = ""
    """`selesai`, `dilewati`, `lama`, `dibatalkan`; empty while open."""
    valid: bool = True
    work: list[list[int]] = field(default_factory=list)
    pauses: list[list[int]] = field(default_factory=list)
    waits: list[list[int]] = field(default_factory=list)
    answer: str | None = None
    answered_by: tuple[str, str] = ("", "")
    """(lane, person)."""
    holder: str | None = None
    acts: list[tuple[str, str]] = field(default_factory=list)
    """(lane, person) of every act on it."""
    susulan: bool = False
    ragu: bool = False

    def stop(self, moment: int) -> None:
        """Close whatever is open."""
        for spans in (self.work, self.pauses, self.waits):
            if spans and len(spans[-1]) == 1:
                spans[-1].append(moment)

    def end(self, moment: int, outcome: str) -> None:
        self.stop(moment)
        self.ended, self.outcome = moment, outcome


class Oracle:
    """Lives a period again from its rows."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], sop: Sop, numbers: Sequence[int]) -> None:
        undone = {row["undoes"] for row in rows if row["undoes"] is not None}
        self.steps = [sop.step(number) for number in numbers]
        self.attempts: list[Attempt] = []
        self.holds: list[list[int]] = []
        self.bidang = sorted({row["bidang"] for row in rows if row["bidang"]})
        for row in rows:
            if row["sequence"] not in undone and row["act_words"] != "urungkan":
                self._live(row)

    # ------------------------------------------------------------------ what happened
    def _live(self, row: Mapping[str, Any]) -> None:
        act, moment = row["act_words"], row["effective_at"]
        if act == "buka periode":
            self._open(self.steps[0], moment)
        elif act == "tahan berkas":
            self.holds.append([moment])
        elif act == "lanjutkan berkas":
            self.holds[-1].append(moment)
        elif act == "kembalikan":
            self._return(row, moment)
        elif row["attempt"] is not None and act != "komentar":
            run = self._run(row)
            run.susulan |= row["late_entry"]
            run.ragu |= row["doubted"]
            run.acts.append((row["for_lane"], row["by"]))
            self._act(act, run, row, moment)

    def _run(self, row: Mapping[str, Any]) -> Attempt:
        wanted = (row["step"], row["bidang"], row["attempt"])
        return next(run for run in self.attempts if (run.step.number, run.bidang, run.number) == wanted)

    def _act(self, act: str, run: Attempt, row: Mapping[str, Any], moment: int) -> None:
        if act == "mulai":
            run.started = moment if run.started is None else run.started
            run.work.append([moment])
            run.holder = row["by"]
        elif act == "tunda":
            run.stop(moment)
            run.pauses.append([moment])
        elif act == "lanjut":
            run.stop(moment)
            if run.started is not None:
                run.work.append([moment])
        elif act == "ajukan":
            run.stop(moment)
            run.waits.append([moment])
        elif act == "selesai":
            if row["started_at"] is not None:
                run.started = row["started_at"]
                run.work.append([run.started])
            run.end(moment, "selesai")
            self._advance(run, moment)
        elif act in ("lewati", "pakai hasil lama"):
            run.end(moment, "dilewati" if act == "lewati" else "lama")
            self._advance(run, moment)
        elif act == "putuskan":
            run.answer = row["answer_words"]
            run.answered_by = (row["for_lane"], row["by"])
            run.end(moment, "selesai")
            if run.answer == "Ya":
                self._advance(run, moment)
            else:
                assert run.step.decision is not None
                self._back(run.step.decision.tidak, moment, None)
        elif act == "koreksi":
            before = run.ended
            if row["started_at"] is not None:
                run.started = run.work[0][0] = row["started_at"]
            if row["ended_at"] is not None:
                run.ended = run.work[-1][1] = row["ended_at"]
                for later in self.attempts:
                    if later.ready == before and later.step.number > run.step.number:
                        later.ready = run.ended

    def _open(self, step: Step, moment: int, bidang: str | None = None) -> None:
        number = 1 + sum(run.step is step and run.bidang == bidang for run in self.attempts)
        self.attempts.append(Attempt(step, bidang, number, moment))

    def _advance(self, run: Attempt, moment: int) -> None:
        place = self.steps.index(run.step) + 1
        if place == len(self.steps):
            return
        following = self.steps[place]
        if following.per_bidang and run.bidang is not None:
            self._open(following, moment, run.bidang)
        elif following.per_bidang:
            for name in self.bidang:
                self._open(following, moment, name)
        elif run.bidang is None:
            self._open(following, moment)
        else:
            done = [one for one in self.attempts if one.step is run.step and one.valid and one.outcome]
            if {one.bidang for one in done} == set(self.bidang):
                self._open(following, max(one.ended or 0 for one in done))

    def _return(self, row: Mapping[str, Any], moment: int) -> None:
        found = re.search(r"ke langkah (\d+)(?:, hanya ([^:]+))?", row["sentence"])
        assert found is not None
        self._back(int(found[1]), moment, found[2])

    def _back(self, target: int, moment: int, only: str | None) -> None:
        for run in self.attempts:
            mine = only is None or not run.step.per_bidang or run.bidang == only
            if run.valid and run.step.number >= target and mine:
                run.valid = False
                if not run.outcome:
                    run.end(moment, "dibatalkan")
        step = next(step for step in self.steps if step.number == target)
        for name in [only] if only is not None else self.bidang if step.per_bidang else [None]:
            self._open(step, moment, name)

    # ------------------------------------------------------------------ what it adds up to
    def _stopped(self, run: Attempt) -> list[Span]:
        return [(span[0], span[1]) for span in (*run.pauses, *self.holds) if len(span) == 2]

    def _is_late(self, run: Attempt) -> bool:
        waktu = run.step.mutu_baku.waktu
        assert waktu is not None
        assert run.started is not None
        assert run.ended is not None
        stopped = self._stopped(run)
        if waktu.days is None:
            return working(run.started, run.ended, stopped) > (waktu.seconds or 0)
        due = _close_of(run.ready, waktu.days)
        made_up = working(run.ready, due) - working(run.ready, due, stopped)
        return working(due, run.ended) > made_up

    def figures(self) -> dict[str, Any]:
        """Title in Ringkasan -> value."""
        done = [run for run in self.attempts if run.valid and run.outcome == "selesai"]
        judged = [run for run in done if run.started is not None and run.step.mutu_baku.waktu is not None]
        late = [run for run in judged if self._is_late(run)]
        first = [run for run in self.attempts if run.number == 1 and run.answer is not None]
        passed = [run for run in first if run.answer == "Ya"]
        rework = [run for run in self.attempts if not run.valid and run.outcome != "lama"]
        begun = [run for run in done if run.started is not None]
        lanes: dict[str, list[Attempt]] = {}
        for run in judged:
            lanes.setdefault(run.step.pelaksana[0], []).append(run)
        return {
            "Masih terbuka": sum(not run.outcome for run in self.attempts),
            "Langkah selesai dikerjakan": len(done),
            "Dinilai waktunya": len(judged),
            "Tepat waktu": len(judged) - len(late),
            "Terlambat": len(late),
            "Persentase tepat waktu": _share(len(judged) - len(late), len(judged)),
            "Tidak dinilai (tanpa mulai atau tanpa waktu baku)": len(done) - len(judged),
            "Dilewati": sum(run.valid and run.outcome == "dilewati" for run in self.attempts),
            "Memakai hasil lama": sum(run.valid and run.outcome == "lama" for run in self.attempts),
            "Dibatalkan": sum(run.outcome == "dibatalkan" for run in self.attempts),
            "Diulang": sum(not run.valid and run.outcome in ("selesai", "lama") for run in self.attempts),
            "Waktu antre (jam:menit)": _sum(working(run.ready, run.started or 0, self._stopped(run)) for run in begun),
            "Waktu kerja yang berlaku (jam:menit)": _sum(self._spent(run, run.work) for run in begun),
            "Waktu putusan (jam:menit)": _sum(self._spent(run, run.waits) for run in done if run.waits),
            "Waktu siklus (jam:menit)": _sum(working(run.ready, run.ended or 0, self._stopped(run)) for run in done),
            "Keputusan pertama": len(first),
            "Disetujui pada pengajuan pertama": len(passed),
            "Persentase disetujui pada pengajuan pertama": _share(len(passed), len(first)),
            "Waktu kerja yang diulang (jam:menit)": sum(self._spent(run, run.work) for run in rework),
            "Dicatat susulan": sum(run.susulan for run in self.attempts),
            "Jam diragukan": sum(run.ragu for run in self.attempts),
            **{
                f"Persentase tepat waktu: {lane}": _share(sum(not self._is_late(run) for run in runs), len(runs))
                for lane, runs in lanes.items()
            },
        }

    def parts(self) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
        """What each lane, and each person, has in Pelaksana by column key; nobody is an empty name."""
        return self._shared(_lane, 0), self._shared(lambda run: run.holder or (run.acts[-1][1] if run.acts else ""), 1)

    def _shared(self, whose: Callable[[Attempt], str], place: int) -> dict[str, dict[str, Any]]:
        worked: dict[str, list[Attempt]] = {}
        decided: dict[str, list[Attempt]] = {}
        for run in self.attempts:
            worked.setdefault(whose(run), []).append(run)
            if run.valid and run.answer is not None:
                decided.setdefault(run.answered_by[place], []).append(run)
        return {name: self._part(worked.get(name, []), decided.get(name, [])) for name in {**worked, **decided}}

    def whole(self) -> dict[str, Any]:
        """The same of all of them together."""
        return self._part(self.attempts, [run for run in self.attempts if run.valid and run.answer is not None])

    def _part(self, runs: Sequence[Attempt], decided: Sequence[Attempt]) -> dict[str, Any]:
        done = [run for run in runs if run.valid and run.outcome == "selesai"]
        judged = [run for run in done if run.started is not None and run.step.mutu_baku.waktu is not None]
        late = sum(self._is_late(run) for run in judged)
        begun = [run for run in done if run.started is not None]
        rework = [run for run in runs if not run.valid and run.outcome != "lama"]
        return {
            "open": sum(not run.outcome for run in runs),
            "ended": len(done),
            "judged": len(judged),
            "on_time": len(judged) - late,
            "late": late,
            "on_time_share": _share(len(judged) - late, len(judged)),
            "queue_seconds": _sum(working(run.ready, run.started or 0, self._stopped(run)) for run in begun),
            "work_seconds": _sum(self._spent(run, run.work) for run in begun),
            "rework_seconds": sum(self._spent(run, run.work) for run in rework),
            "decided": len(decided),
            "decision_seconds": _sum(self._spent(run, run.waits) for run in decided if run.waits),
            "late_entries": sum(run.susulan for run in runs),
        }

    def _spent(self, run: Attempt, spans: Sequence[Sequence[int]]) -> int:
        return sum(working(span[0], span[1], self._stopped(run)) for span in spans if len(span) == 2)


def _lane(run: Attempt) -> str:
    lanes = run.step.pelaksana
    return next((lane for lane, _ in reversed(run.acts) if len(lanes) > 1 and lane in lanes), lanes[0])


def _share(part: int, whole: int) -> float | None:
    """To a tenth of a percent, halves up."""
    return (2000 * part + whole) // (2 * whole) / 1000 if whole else None


def _sum(values: Iterable[int]) -> int | None:
    known = list(values)
    return sum(known) if known else None

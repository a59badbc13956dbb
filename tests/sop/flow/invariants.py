"""The sentences of rules part 6, each as a check on plain values.

Written from the rules and the definition alone: nothing of `sop.acts.flow` is used, so that a mistake there shows here.
What counts as before and after is worked out from step numbers, cadences and per-bidang marks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise

from sop.model.act import Act
from sop.model.definition import Step
from sop.model.events import Event
from sop.model.periods import cadence_of, children_of
from sop.model.state import Answer, CasePhase, CaseState, PeriodPhase, RunPhase, RunState, YearState
from sop.values import replace
from tests.sop.flow.book import Book, revisions, view

_OPEN = {"siap", "dikerjakan", "ditunda", "keputusan"}
_ENDED = {"selesai", "dilewati"}


def _cases(state: YearState) -> Iterator[CaseState]:
    yield from state.cases.values()


def _steps(book: Book, case: CaseState) -> list[Step]:
    cadence = cadence_of(case.period)
    steps = book.versions[case.sop_version].steps
    return sorted((s for s in steps if (s.cadence or book.cadence) is cadence), key=lambda s: s.number)


def _slots(book: Book, case: CaseState) -> dict[int, list[str | None]]:
    """Step number -> whose runs it has: [None], or the frozen bidang (none before its region is entered)."""
    slots: dict[int, list[str | None]] = {}
    first: int | None = None
    for step in _steps(book, case):
        if not step.per_bidang:
            slots[step.number], first = [None], None
            continue
        first = step.number if first is None else first
        slots[step.number] = list(case.regions.get(first, ()))
    return slots


def _valid(case: CaseState) -> dict[tuple[int, str | None], list[RunState]]:
    found: dict[tuple[int, str | None], list[RunState]] = defaultdict(list)
    for run in case.runs.values():
        if run.valid:
            found[run.step, run.bidang].append(run)
    return found


def _by_slot(case: CaseState) -> dict[tuple[int, str | None], list[RunState]]:
    found: dict[tuple[int, str | None], list[RunState]] = defaultdict(list)
    for run in case.runs.values():
        found[run.step, run.bidang].append(run)
    return {slot: sorted(runs, key=lambda run: run.attempt) for slot, runs in found.items()}


def _is_over(case: CaseState) -> bool:
    return case.phase in (CasePhase.SELESAI, CasePhase.DIHENTIKAN)


# ---------------------------------------------------------------------- one sentence each
def one_valid_run_per_slot(book: Book) -> None:
    """At most one valid run per (case, step, bidang)."""
    for case in _cases(book.state):
        for slot, runs in _valid(case).items():
            assert len(runs) == 1, f"{case.key} {slot}: {len(runs)} valid runs"


def attempts_without_gap(book: Book) -> None:
    """Attempts 1…k without gap in the view, only the highest may be valid."""
    for case in _cases(book.state):
        for slot, runs in _by_slot(case).items():
            assert [run.attempt for run in runs] == list(range(1, len(runs) + 1)), f"{case.key} {slot}"
            assert not any(run.valid for run in runs[:-1]), f"{case.key} {slot}: an earlier attempt is valid"


def open_is_valid(book: Book) -> None:
    """Open ⇒ valid."""
    for case in _cases(book.state):
        for run in case.runs.values():
            assert run.valid or run.phase.value not in _OPEN, f"{case.key} {run.key}"


def moments_in_order(book: Book) -> None:
    """ready ≤ started ≤ ended, where present; no stretch is backward or outside."""
    for case in _cases(book.state):
        for run in case.runs.values():
            moments = [moment for moment in (run.ready, run.started, run.ended) if moment is not None]
            assert moments == sorted(moments), f"{case.key} {run.key}: {moments}"
            for start, end in (*run.work, *run.pauses, *run.waits):
                assert run.ready <= start <= (start if end is None else end), f"{case.key} {run.key}"
                assert run.ended is None or (end is not None and end <= run.ended), f"{case.key} {run.key}"
            for origin in run.origins:
                source = case.runs.get(origin)
                assert source is None or source.ended is None or source.ended <= run.ready, f"{case.key} {run.key}"


def something_open_or_gate(book: Book) -> None:
    """A running case has something open or waits at a gate; an ended one has nothing open."""
    for case in _cases(book.state):
        open_runs = [run.key for run in case.runs.values() if run.phase.value in _OPEN]
        if _is_over(case):
            assert not open_runs, f"{case.key} is over with {open_runs} open"
            continue
        period = book.state.periods[case.period]
        children = [book.state.periods[key] for key in children_of(case.period) if key in book.state.periods]
        shut = [
            child.key
            for child in children
            if child.phase is not PeriodPhase.TUTUP
            and (child.key not in period.waivers or period.waivers[child.key].reopenings != child.reopenings)
        ]
        at_gate = case.gate_since is not None and (bool(shut) or case.phase is CasePhase.DITAHAN)
        assert bool(open_runs) is not at_gate, f"{case.key}: open {open_runs}, waiting for {shut}"


def done_before_front_nothing_after(book: Book) -> None:
    """Everything before the open front is valid and ended for every bidang, nothing after it is valid."""
    for case in _cases(book.state):
        if case.phase is CasePhase.DIHENTIKAN:
            continue
        valid = {slot: runs[0] for slot, runs in _valid(case).items()}
        slots = _slots(book, case)
        known = {(number, bidang) for number, names in slots.items() for bidang in names}
        assert valid.keys() <= known, f"{case.key}: valid runs nobody asked for: {valid.keys() - known}"
        names = dict.fromkeys(name for bidang in slots.values() for name in bidang)
        for name in names:
            _check_path(case, valid, [number for number, bidang in slots.items() if name in bidang], name)
        reached = [number for number, _ in valid]
        if not reached:
            continue
        for number in range(min(slots), max(reached)):
            held = slots.get(number, [])
            before = any(other > number and None in slots[other] for other in reached)
            if before:
                missing = [name for name in held if (number, name) not in valid or _is_open(valid[number, name])]
                assert not missing, f"{case.key}: past step {number} without {missing}"
                assert held, f"{case.key}: past step {number} that nobody entered"


def _check_path(
    case: CaseState, valid: dict[tuple[int, str | None], RunState], numbers: list[int], name: str | None
) -> None:
    """Along the steps of one bidang (or of the whole case): ended ones, then perhaps an open one, then none."""
    shown = "".join(
        "-" if (number, name) not in valid else "o" if _is_open(valid[number, name]) else "x" for number in numbers
    )
    rest = shown.lstrip("x").removeprefix("o")
    assert not rest.strip("-"), f"{case.key} {name}: {shown}"


def _is_open(run: RunState) -> bool:
    return run.phase.value in _OPEN


def finished_case_is_whole(book: Book) -> None:
    """A finished case: every step valid and ended, every decision's valid answer Ya."""
    for case in _cases(book.state):
        if case.phase is not CasePhase.SELESAI:
            continue
        valid = _valid(case)
        last = None
        for step in _steps(book, case):
            names = _slots(book, case)[step.number]
            assert names, f"{case.key}: step {step.number} was never entered"
            for name in names:
                runs = valid.get((step.number, name), [])
                assert [run.phase.value in _ENDED for run in runs] == [True], f"{case.key} {step.number} {name}"
                last = runs[0]
                if step.decision is not None:
                    assert last.answer is Answer.YA, f"{case.key} {step.number}: {last.answer}"
        assert last is not None
        assert case.ended == last.ended


def one_event_one_revision(book: Book) -> None:
    """One accepted command (komentar aside) = one event and revision + 1."""
    assert book.last is not None
    event = book.last.event
    assert book.log[-1] is event
    before, after = book.states[event.sequence - 1], book.states[event.sequence]
    old, new = revisions(before), revisions(after)
    raised = {name for name in new if new[name] != old.get(name, 0)}
    if event.act is Act.KOMENTAR:
        assert before == after
        return
    assert all(new[name] == old.get(name, 0) + 1 for name in raised), "a revision did not grow by one"
    assert old.keys() <= new.keys(), "a revision was forgotten"
    changed = _changed(before, after)
    assert changed <= raised, f"changed without a new revision: {changed - raised}"
    own = _acted_on(event.act, event.period, event.step, event.bidang)
    assert own in raised, f"{event.act} raised only {raised}"
    assert raised <= changed | {own}, f"raised without a change: {raised - changed}"


def _acted_on(act: Act, period: str | None, step: int | None, bidang: str | None) -> str:
    if act in (Act.BUKA, Act.BEBASKAN, Act.TUTUP, Act.BUKA_KEMBALI):
        return f"p:{period}"
    if act in (
        Act.KEMBALIKAN,
        Act.TAHAN,
        Act.LANJUTKAN,
        Act.HENTIKAN,
        Act.MULAI_ULANG,
        Act.GABUNG,
        Act.UBAH_BIDANG,
        Act.PINDAH_VERSI,
    ):
        return f"c:{period}"
    return f"r:{period}:{step}:{bidang or ''}"


def _changed(before: YearState, after: YearState) -> set[str]:
    """What people would see differ, by the names of `revisions`."""
    old, new = view(before), view(after)
    changed = {f"p:{key}" for key in new.periods if old.periods[key] != new.periods[key]}
    for key in new.periods:
        then, now = old.case_of(key), new.case_of(key)
        if now is None:
            continue
        # The runs of a stopped case stay with it: nothing of them is left to act on.
        mine, theirs = now.runs, then.runs if then is not None and then.number == now.number else {}
        names = mine.keys() | theirs.keys()
        changed |= {f"r:{key}:{n[0]}:{n[1] or ''}" for n in names if mine.get(n) != theirs.get(n)}
        if then is None or _shell(then) != _shell(now):
            changed.add(f"c:{key}")
    return changed


def _shell(case: CaseState) -> CaseState:
    return replace(case, runs={}, vanished={})


def sequence_without_gap(book: Book) -> None:
    """Sequence numbers have no gap."""
    assert [event.sequence for event in book.log] == list(range(1, len(book.log) + 1))


def undo_restores_the_view(book: Book) -> None:
    """Undo restores the view exactly but for revisions."""
    assert book.last is not None
    event = book.last.event
    if event.act is not Act.URUNG:
        return
    undoes = int(event.data["undoes"])
    taken_back = {int(other.data["undoes"]): other.sequence for other in book.log if other.act is Act.URUNG}
    meddling = [
        other
        for other in book.log
        if other.act not in (Act.URUNG, Act.KOMENTAR)
        and (
            (other.sequence > undoes and other.sequence not in taken_back)
            or (other.sequence < undoes and taken_back.get(other.sequence, 0) > undoes)
        )
    ]
    before, now = view(book.states[undoes - 1]), view(book.state)
    if not meddling:
        assert now == before, "the view is not the one before the act"
        return
    undone = book.log[undoes - 1]
    assert undone.period is not None
    assert undone.case is not None
    case, then = now.cases[undone.period, undone.case], before.cases[undone.period, undone.case]
    mine, others = _slots_touched(undone), {slot for other in meddling for slot in _slots_touched(other)}
    for slot in mine - others:
        shown = [run for run in case.runs.values() if run.slot == slot[2:]]
        was = [run for run in then.runs.values() if run.slot == slot[2:]]
        assert shown == was, f"{slot} is not as before the act"


def _slots_touched(event: Event) -> set[tuple[str | None, int | None, int, str | None]]:
    """(period, case, step, bidang) of the runs whose revision it raised."""
    names = [name.split(":") for name in event.touches if name.startswith("r:")]
    return {(event.period, event.case, int(step), bidang or None) for _, _, step, bidang in names}


def closed_accepts_only_remarks(book: Book) -> None:
    """A closed period accepts nothing but komentar and buka-kembali."""
    assert book.last is not None
    event = book.last.event
    assert event.period is not None
    before = book.states[event.sequence - 1]
    if before.periods[event.period].phase is PeriodPhase.TUTUP:
        assert event.act in (Act.KOMENTAR, Act.BUKA_KEMBALI), f"{event.act} in a closed period"
    old, new = view(before), view(book.state)
    for key, period in before.periods.items():
        if period.phase is not PeriodPhase.TUTUP or (event.act is Act.BUKA_KEMBALI and event.period == key):
            continue
        assert new.periods[key] == old.periods[key], f"{event.act} changed closed {key}"
        assert new.case_of(key) == old.case_of(key), f"{event.act} changed the case of closed {key}"


def replay_gives_the_state(book: Book) -> None:
    """Replaying the log gives the stored state."""
    assert book.replayed() == book.state


def closed_parent_knows_its_children(book: Book) -> None:
    """A closed parent has closed (or waived) children with the recorded revisions."""
    for key, period in book.state.periods.items():
        if period.phase is not PeriodPhase.TUTUP:
            continue
        kept = [book.state.periods[child] for child in children_of(key) if child in book.state.periods]
        for child in kept:
            waiver = period.waivers.get(child.key)
            is_waived = waiver is not None and waiver.reopenings == child.reopenings
            assert child.phase is PeriodPhase.TUTUP or is_waived, f"{key} is closed over open {child.key}"
        case = book.state.case_of(key)
        if case is None or case.phase is not CasePhase.SELESAI or not kept:
            continue
        first = _steps(book, case)[0].number
        for run in case.runs.values():
            if run.step != first or not run.valid:
                continue
            assert run.inputs is not None, f"{key}: nothing recorded of the children"
            for child in kept:
                recorded = dict(run.inputs)[child.key]
                waiver = period.waivers.get(child.key)
                current = child.reopenings in (recorded, waiver.reopenings if waiver is not None else recorded)
                assert current, f"{key} took {child.key} in at {recorded}, it stands at {child.reopenings}"


def holds_stop_the_clock(book: Book) -> None:
    """Nothing is recorded inside a time when the case was held (rules part 3, tahan)."""
    for case in _cases(book.state):
        for start, end in case.holds:
            for run in case.runs.values():
                inside = [m for m in _moments(run) if start < m and (end is None or m < end)]
                assert not inside, f"{case.key} {run.key}: {inside} in {start}..{end}"


def _moments(run: RunState) -> Iterator[int]:
    for span in (*run.work, *run.pauses, *run.waits, (run.started, run.ended)):
        yield from (moment for moment in span if moment is not None)


def nothing_in_the_future(book: Book) -> None:
    """No moment lies after the clock's reading unless its act is marked jam diragukan (rules part 3, rule 9)."""
    assert book.last is not None
    event = book.last.event
    assert event.doubted is (event.at > event.recorded), f"{event.act} at {event.at}, read {event.recorded}"


def work_stretches_apart(book: Book) -> None:
    """Work, pauses and waiting for an answer do not overlap: durations are never negative or counted twice."""
    for case in _cases(book.state):
        for run in case.runs.values():
            if run.phase is RunPhase.DILEWATI:
                continue
            spans = sorted((s, s if e is None else e) for s, e in (*run.work, *run.pauses, *run.waits))
            for (_, end), (start, _) in pairwise(spans):
                assert end <= start, f"{case.key} {run.key}: {spans}"


def loop_back_sends_back_whom_it_means(book: Book) -> None:
    """A target inside a region: those meant re-enter at it, their earlier steps and the others stay as they were; one
    skipped by gabung only by name, at the first step so skipped; everything after the join is out (rules part 3, 3)."""
    assert book.last is not None
    event = book.last.event
    target = event.data.get("target")
    if event.act not in (Act.PUTUSKAN, Act.KEMBALIKAN) or target is None:
        return
    assert event.period is not None
    assert event.case is not None
    then = book.states[event.sequence - 1].cases[event.period, event.case]
    now = book.state.cases[event.period, event.case]
    steps = _steps(book, then)
    region = _region_around(steps, int(target))
    if region is None:
        return
    named = set(event.data.get("bidang") or ())
    skipped = _skipped_by_gabung(then, region)
    meant = set(_slots(book, then)[int(target)])
    meant = named if named else meant - skipped.keys()
    for number in (step.number for step in steps):
        after = [run for run in now.runs.values() if run.valid and run.step == number]
        if number > region[-1]:
            assert not after, f"{now.key}: step {number} is valid after a return to {target}"
            continue
        if number not in region:
            continue
        for bidang in (bidang for bidang in _slots(book, then)[number] if bidang is not None):
            was, run = then.valid_run((number, bidang)), now.valid_run((number, bidang))
            back_to = min(int(target), skipped.get(bidang, int(target)))
            if bidang not in meant or number < back_to:
                same = was == run or (was and run and replace(was, revision=0) == replace(run, revision=0))
                assert same, f"{now.key}: {number} {bidang} changed"
            elif number > back_to or now.gate_since is not None:
                assert run is None, f"{now.key}: {number} {bidang} is valid after a return to {back_to}"
            else:
                assert was is not None, f"{now.key}: {bidang} had not reached {number}"
                assert run is not None, f"{now.key}: {bidang} is not back at {number}"
                assert (run.attempt, run.phase) == (was.attempt + 1, RunPhase.SIAP), f"{now.key}: {number} {bidang}"


def _region_around(steps: list[Step], number: int) -> list[int] | None:
    """The numbers of the per-bidang steps on both sides of one, or None where it is none."""
    found: list[int] = []
    for step in steps:
        if step.per_bidang:
            found.append(step.number)
        elif number in found:
            return found
        else:
            found = []
    return found if number in found else None


def _skipped_by_gabung(case: CaseState, region: list[int]) -> dict[str, int]:
    """Bidang -> the first step that gabung skipped: dilewati, and by no act on the run itself."""
    found: dict[str, int] = {}
    for run in case.runs.values():
        inside = run.valid and run.phase is RunPhase.DILEWATI and run.step in region and run.bidang is not None
        if inside and run.cut_by is not None:
            found[run.bidang or ""] = min(run.step, found.get(run.bidang or "", run.step))
    return found


SENTENCES: tuple[Callable[[Book], None], ...] = (
    one_valid_run_per_slot,
    attempts_without_gap,
    open_is_valid,
    moments_in_order,
    something_open_or_gate,
    done_before_front_nothing_after,
    finished_case_is_whole,
    one_event_one_revision,
    sequence_without_gap,
    undo_restores_the_view,
    closed_accepts_only_remarks,
    replay_gives_the_state,
    closed_parent_knows_its_children,
)
"""Part 6. Two sentences are about refusals and stand in the machine: a refused command leaves the state identical, a
stale revision is always refused."""

BESIDE: tuple[Callable[[Book], None], ...] = (
    holds_stop_the_clock,
    nothing_in_the_future,
    work_stretches_apart,
    loop_back_sends_back_whom_it_means,
)
"""Sentences of part 3 that can be read off any state."""


def check(book: Book) -> None:
    """Every sentence, on the state after the last accepted act."""
    for sentence in (*SENTENCES, *BESIDE):
        sentence(book)

"""The acts on a case (second table of rules part 3): judge and effect of each side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sop.acts.deed import Deed
from sop.acts.flow import Draft, close_last, closed_intervals, overtaken_by, send_back
from sop.acts.loop_back import has_finished, sent_back, unfinished
from sop.acts.procedure import Procedure, Region, lanes_of, procedure
from sop.acts.ruling import Ruling
from sop.acts.run_moves import taken_in
from sop.model.act import Act
from sop.model.errors import Fault, FaultyInput
from sop.model.events import Event
from sop.model.refusals import Refused, Rule, Unknown
from sop.model.state import (
    GATE,
    Answer,
    CaseKey,
    CasePhase,
    CaseState,
    Opening,
    RunKey,
    RunPhase,
    RunState,
    Slot,
)
from sop.model.texts import LONGEST_NAME, clean_or_none
from sop.values import replace


def judge_kembalikan(ruling: Ruling) -> Event:
    ruling.refuse_if_closed()
    ruling.check_revision()
    case = ruling.require_case(CasePhase.BERJALAN, CasePhase.SELESAI)
    steps = ruling.require_procedure()
    source = ruling.step_of(ruling.command.step).number
    target = ruling.command.target
    if target is None or target not in steps.steps:
        raise Unknown("langkah", str(target), tuple(str(number) for number in steps.numbers))
    region = steps.region_of(target)
    named = ruling.named_bidang(case, target)
    if named is None and region is not None and region.holds(source):
        named = (_bidang_of_source(ruling, case, source, target),)
    sources = None
    if region is not None and named is not None and case.valid_run((region.join, None)) is None:
        sources = _own_sources(ruling, case, region, source, target, named)
    elif target >= source:
        raise Refused(Rule.TARGET_NOT_EARLIER, step=source, target=target)
    elif not any(run.valid and run.step == source for run in case.runs.values()):
        raise Refused(Rule.NOT_REACHED, step=source, bidang=None, front=ruling.front(case))
    returns = sent_back(case, region, target, named) if region is not None else None
    lane = _later_lane(ruling, case, steps, target, named)
    data: dict[str, Any] = {"target": target, "note": ruling.require_comment()}
    touched = overtaken_by(case, steps, target, returns)
    bound = max([case.moment, ruling.walls(case), *(run.last_moment for run in touched)])
    if named is not None:
        data["bidang"] = list(named)
    if returns is not None:
        data["returns"] = returns
    if sources is not None:
        data["sources"] = sources
        source = max(sources.values())
    return ruling.event(ruling.plain_effective(bound), lane=lane, step=source, data=data)


def effect_kembalikan(draft: Draft, event: Event) -> None:
    send_back(draft, event, int(event.data["target"]), ())
    _case_moved(draft, event)


def _case_moved(draft: Draft, event: Event, **changes: Any) -> None:
    case = draft.case(event)
    draft.put_case(replace(case, moment=max(case.moment, event.at), **changes))


def _bidang_of_source(ruling: Ruling, case: CaseState, source: int, target: int) -> str:
    """Whose step inside a region is handed back from: the one named with it, or the only one that it can be."""
    step = ruling.step_of(source)
    if ruling.command.bidang is not None:
        bidang = ruling.bidang_of(case, step)
        assert bidang is not None
        return bidang
    there = [run for run in case.runs.values() if run.valid and run.step == source]
    found = [run.bidang for run in [run for run in there if run.is_open] or there if run.bidang is not None]
    if not found:
        raise Refused(Rule.NOT_REACHED, step=source, bidang=None, front=ruling.front(case))
    if len(found) > 1 and target >= source:
        raise Refused(Rule.TARGET_NOT_EARLIER, step=source, target=target)
    if len(found) > 1:
        raise FaultyInput((Fault("bidang", "bidang-perlu-disebut", known=tuple(found)),))
    return found[0]


def _own_sources(
    ruling: Ruling, case: CaseState, region: Region, source: int, target: int, named: tuple[str, ...]
) -> dict[str, int]:
    """While a join waits, where each bidang named is handed back from: the last step that it finished, or the open one
    that was asked for. Whoever gathers looks at the forms as they come in.

    Args:
        ruling: Of the kembalikan.
        case: As it stands.
        region: The one that the join waits for.
        source: The step asked for: the join itself, or one that a bidang named has reached.
        target: The step to do again.
        named: The bidang.

    Raises:
        Refused: The step asked for was reached by none of them, or a bidang named has not finished the target.
    """
    runs = case.valid_runs()
    reached = source == region.join or any((source, name) in runs for name in named)
    if not reached:
        whose = named[0] if len(named) == 1 and region.holds(source) else None
        raise Refused(Rule.NOT_REACHED, step=source, bidang=whose, front=ruling.front(case))
    if source < target:
        raise Refused(Rule.TARGET_NOT_EARLIER, step=source, target=target)
    sent_back(case, region, target, named)
    found: dict[str, int] = {}
    for name in named:
        run = runs.get((source, name))
        is_open_here = run is not None and run.is_open
        done = [number for number in range(region.first, region.last + 1) if has_finished(runs, number, name)]
        found[name] = source if is_open_here or not done else done[-1]
    return found


def _later_lane(
    ruling: Ruling, case: CaseState, steps: Procedure, target: int, named: tuple[str, ...] | None
) -> str | None:
    """The pengelola, or whoever holds a lane of a later step: in a region, for every bidang that is sent back."""
    asked = ruling.named_lane()
    if ruling.actor.manages:
        ruling.grant()
        return asked
    lanes: dict[str, None] = {}
    held: dict[str, None] = {}
    for number in (number for number in steps.numbers if number > target):
        later = lanes_of(steps.steps[number])
        region = steps.region_of(number)
        sent: tuple[str | None, ...] = (None,)
        if region is not None:
            sent = named if named is not None and region.holds(target) else case.regions.get(region.first, (None,))
        lanes.update(dict.fromkeys(later))
        held.update({lane: None for lane in later if all(ruling.actor.holds(lane, bidang) for bidang in sent)})
    if asked is not None and asked not in lanes:
        raise Refused(Rule.WRONG_LANE, lane=asked, allowed=tuple(lanes))
    if not held or (asked is not None and asked not in held):
        raise Refused(Rule.NOT_MEMBER, allowed=tuple(lanes) if asked is None else (asked,))
    ruling.grant()
    return asked if asked is not None else next(iter(held))


def judge_tahan(ruling: Ruling) -> Event:
    return _case_act(ruling, CasePhase.BERJALAN)


def effect_tahan(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    _case_moved(draft, event, phase=CasePhase.DITAHAN, holds=(*case.holds, (event.at, None)))


def judge_lanjutkan(ruling: Ruling) -> Event:
    return _case_act(ruling, CasePhase.DITAHAN, needs_reason=False)


def effect_lanjutkan(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    # A case is held while it ran on after a kembalikan; with that undone it is finished, as it was.
    phase = CasePhase.BERJALAN if case.ended is None else CasePhase.SELESAI
    _case_moved(draft, event, phase=phase, holds=close_last(case.holds, event.at))
    draft.try_gate(case.period, event)


def judge_hentikan(ruling: Ruling) -> Event:
    return _case_act(ruling, CasePhase.BERJALAN, CasePhase.DITAHAN)


def effect_hentikan(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    for run in case.open_runs():
        draft.cut(case.key, run, event.at, event)
    _case_moved(
        draft,
        event,
        phase=CasePhase.DIHENTIKAN,
        ended=event.at,
        holds=close_last(case.holds, event.at),
        gate_since=None,
    )


def _case_act(ruling: Ruling, *phases: CasePhase, needs_reason: bool = True) -> Event:
    case, lane = ruling.managed_case(*phases)
    if needs_reason:
        ruling.require_reason()
    bound = max(case.last_moment, ruling.walls(case))
    return ruling.event(ruling.plain_effective(bound), lane=lane)


def judge_mulai_ulang(ruling: Ruling) -> Event:
    case, lane = ruling.managed_case(CasePhase.DIHENTIKAN)
    ruling.require_reason()
    context = ruling.context
    if procedure(context.versions[context.current_version], ruling.period.key, context.cadence) is None:
        raise Refused(Rule.NO_CASE, period=ruling.period.key)
    when = ruling.plain_effective(max(case.last_moment, ruling.walls(case)))
    data = {"sop_version": ruling.context.current_version}
    return ruling.event(when, lane=lane, case=case.number + 1, data=data)


def effect_mulai_ulang(draft: Draft, event: Event) -> None:
    draft.begin_case(event)


def open_region(case: CaseState, steps: Procedure) -> Region | None:
    """The per-bidang region that was entered and whose join has not opened yet."""
    for region in steps.regions:
        inside = any(run.valid and region.holds(run.step) for run in case.runs.values())
        if inside and case.valid_run((region.join, None)) is None:
            return region
    return None


def missing_bidang(case: CaseState, region: Region) -> list[str]:
    """Frozen bidang that are not through the region yet, in order."""
    runs = case.valid_runs()
    return [bidang for bidang in case.regions[region.first] if not has_finished(runs, region.last, bidang)]


def _require_region(ruling: Ruling, case: CaseState) -> Region:
    region = open_region(case, ruling.require_procedure())
    if region is None:
        raise Refused(Rule.NO_OPEN_REGION, period=ruling.period.key)
    return region


def judge_gabung(ruling: Ruling) -> Event:
    case, lane = ruling.managed_case(CasePhase.BERJALAN)
    region = _require_region(ruling, case)
    missing = missing_bidang(case, region)
    runs = case.valid_runs()
    handed_in = [
        run
        for bidang in case.regions[region.first]
        if (run := runs.get((region.last, bidang))) is not None and run.phase is RunPhase.SELESAI
    ]
    if not handed_in:
        raise Refused(Rule.NOBODY_HANDED_IN, period=ruling.period.key, missing=tuple(missing))
    if ruling.reason is None:
        raise Refused(Rule.REASON_NEEDED, act=ruling.command.act, missing=tuple(missing))
    inside = [run for run in case.runs.values() if run.valid and region.holds(run.step)]
    if any(run.is_open and run.bidang in missing and run.step == region.first for run in inside):
        ruling.refuse_if_gate_closed(ruling.step_of(region.first))
    bound = max([case.moment, ruling.walls(case), *(run.last_moment for run in inside)])
    data = {
        "region": region.first,
        "missing": missing,
        "skipped": {bidang: unfinished(runs, ruling.require_procedure(), region, bidang) for bidang in missing},
        "reason": _naming(ruling.reason, missing),
    }
    return ruling.event(ruling.plain_effective(bound), lane=lane, data=data)


def effect_gabung(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    steps = draft.steps(case)
    region = steps.region_of(int(event.data["region"]))
    assert region is not None
    runs = case.valid_runs()
    for bidang in event.data["missing"]:
        # Before the steps left out stood in the event, they were those that the bidang was not through.
        left_out = event.data["skipped"][bidang] if "skipped" in event.data else unfinished(runs, steps, region, bidang)
        for number in left_out:
            _skip(draft, case.key, (int(number), bidang), event)
    _case_moved(draft, event)
    draft.join(case.key, region, event)


def _skip(draft: Draft, key: CaseKey, slot: Slot, event: Event) -> None:
    """Leave a step of a missing bidang out: close its open run, or write one that never began."""
    run = draft.cases[key].valid_run(slot)
    if run is None:
        draft.open_run(key, slot, event.at, event, Opening.ADVANCE)
        run = draft.cases[key].valid_run(slot)
        assert run is not None
    skipped = replace(closed_intervals(run, event.at), phase=RunPhase.DILEWATI, ended=event.at, paused_from=None)
    case = draft.cases[key]
    if draft.has_gate(case.period) and run.step == draft.steps(case).first:
        skipped = replace(skipped, inputs=taken_in(draft, case, skipped))
    draft.put_run(key, replace(skipped, cut_by=event.sequence))


def _naming(reason: str, missing: list[str]) -> str:
    """The reason as it is recorded: it names every bidang that is left out, whatever was typed."""
    unnamed = [bidang for bidang in missing if bidang.casefold() not in reason.casefold()]
    return f"Tanpa {', '.join(unnamed)}: {reason}" if unnamed else reason


def judge_ubah_bidang(ruling: Ruling) -> Event:
    case, lane = ruling.managed_case(CasePhase.BERJALAN)
    region = _require_region(ruling, case)
    ruling.require_reason()
    frozen = case.regions[region.first]
    added = _names(ruling.command.added, "tambah")
    removed = tuple(ruling.known_bidang(name, frozen) for name in _names(ruling.command.removed, "hapus"))
    if not added and not removed:
        raise Refused(Rule.NOTHING_CHANGED, period=ruling.period.key)
    inside = {known.casefold() for known in frozen}
    staying = inside - {name.casefold() for name in removed}
    added = tuple(_listed(ruling, name) for name in added)
    # Under a name it had before, a bidang is inside as well, unless it leaves in this very act.
    present = tuple(
        name
        for name in added
        if name.casefold() in inside or any(other.casefold() in staying for other in ruling.context.names_of(name))
    )
    if present:
        raise Refused(Rule.BIDANG_PRESENT, bidang=present)
    if len(set(removed)) == len(frozen):
        raise Refused(Rule.LAST_BIDANG, bidang=removed)
    gone = [run for run in case.runs.values() if run.valid and run.bidang in removed and region.holds(run.step)]
    entered = [run.ready for run in case.runs.values() if run.valid and run.step == region.first] if added else []
    bound = max([case.moment, ruling.walls(case), *(run.last_moment for run in gone), min(entered, default=0)])
    data = {"region": region.first, "added": list(added), "removed": list(dict.fromkeys(removed))}
    return ruling.event(ruling.plain_effective(bound), lane=lane, data=data)


def effect_ubah_bidang(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    region = draft.steps(case).region_of(int(event.data["region"]))
    assert region is not None
    added, removed = event.data["added"], set(event.data["removed"])
    for run in list(case.runs.values()):
        if run.valid and region.holds(run.step) and run.bidang in removed:
            draft.cut(case.key, run, event.at, event)
    frozen = (*(name for name in case.regions[region.first] if name not in removed), *added)
    _case_moved(
        draft,
        event,
        regions={**case.regions, region.first: frozen},
        region_floors={**case.region_floors, region.first: event.at},
    )
    for name in added:
        draft.open_run(case.key, (region.first, name), event.at, event, Opening.ADDED)
    draft.join(case.key, region, event)


def _names(typed: tuple[str, ...], place: str) -> tuple[str, ...]:
    names = [clean_or_none(text, place, LONGEST_NAME) for text in typed]
    if any(name is None for name in names):
        raise FaultyInput((Fault(place, "teks-kosong"),))
    return tuple({name.casefold(): name for name in names if name is not None}.values())


def _listed(ruling: Ruling, name: str) -> str:
    """A bidang by the name that the office's list has for it now, where it is on it."""
    try:
        return ruling.known_bidang(name, ruling.context.bidang)
    except Unknown:
        return name


def judge_pindah_versi(ruling: Ruling) -> Event:
    case, lane = ruling.managed_case(CasePhase.BERJALAN)
    version = ruling.command.version
    versions = ruling.context.versions
    if version is None or version not in versions:
        raise Unknown("versi", str(version), tuple(str(known) for known in sorted(versions)))
    if version == case.sop_version:
        raise Refused(Rule.NOTHING_CHANGED, period=ruling.period.key)
    old = ruling.require_procedure()
    new = procedure(versions[version], ruling.period.key, ruling.context.cadence)
    if new is None:
        raise Refused(Rule.MAP_UNSOUND, faults=(("no-step", 0),))
    region = open_region(case, old)
    if region is not None:
        raise Refused(Rule.REGION_HALF_JOINED, step=region.first, missing=tuple(missing_bidang(case, region)))
    image = dict(ruling.command.image)
    faults = _map_faults(case, old, new, image)
    if faults:
        raise Refused(Rule.MAP_UNSOUND, faults=tuple(faults))
    data = {"sop_version": version, "steps": {str(step): to for step, to in sorted(image.items())}}
    when = ruling.plain_effective(max(case.last_moment, ruling.walls(case)))
    return ruling.event(when, lane=lane, data=data)


def effect_pindah_versi(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    image = {int(old): int(new) for old, new in event.data["steps"].items()}
    taken_in = {run.inputs for run in case.runs.values() if run.valid and run.inputs is not None}
    moved = migrated(case, int(event.data["sop_version"]), image, draft.steps(case))
    first = draft.steps(moved).first
    if taken_in and not any(run.inputs is not None for run in moved.runs.values() if run.valid):
        # The step that took the children in has no image: what follows it answers for them now.
        inputs = min(taken_in)
        runs = {
            key: replace(run, inputs=inputs) if run.step == first and run.is_done else run
            for key, run in moved.runs.items()
        }
        moved = replace(moved, runs=runs)
    draft.put_case(moved)
    _case_moved(draft, event)


def _with_standard(run: RunState, steps: Procedure) -> RunState:
    """An ended run keeps the standard it was judged by: the step of that number may have another one from now on."""
    verdict = run.verdict
    if verdict is None or verdict.waktu is not None:
        return run
    return replace(run, verdict=replace(verdict, waktu=steps.steps[run.step].mutu_baku.waktu))


def migrated(case: CaseState, version: int, image: Mapping[int, int], steps: Procedure) -> CaseState:
    """The case on another SOP version: runs take the number of their step's image, the others retire to history."""

    def moved(key: RunKey) -> RunKey:
        return image[key[0]], key[1], key[2]

    runs: dict[RunKey, RunState] = {}
    retired = list(case.retired)
    for run in (_with_standard(run, steps) for run in case.runs.values()):
        if run.step in image:
            origins = tuple(moved(origin) for origin in run.origins if origin[0] in image)
            runs[moved(run.key)] = replace(run, step=image[run.step], origins=origins)
        else:
            # Its slot keeps the revision, so that a new step of that number goes on counting.
            retired.append(replace(run, valid=False, revision=0))
    firsts: dict[int, int] = {GATE: GATE}
    for region in steps.regions:
        kept = [image[number] for number in steps.numbers if region.holds(number) and number in image]
        if kept:
            firsts[region.first] = kept[0]
    return replace(
        case,
        sop_version=version,
        runs=runs,
        retired=tuple(retired),
        regions={firsts[first]: frozen for first, frozen in case.regions.items() if first in firsts},
        region_floors={firsts[first]: floor for first, floor in case.region_floors.items() if first in firsts},
    )


def _map_faults(case: CaseState, old: Procedure, new: Procedure, image: dict[int, int]) -> list[tuple[str, int]]:
    """Every reason why the map cannot carry the case, as (code, step)."""
    faults = [("unknown-old", step) for step in image if step not in old.steps]
    faults += [("unknown-new", to) for to in image.values() if to not in new.steps]
    faults += [("two-to-one", to) for to in set(image.values()) if list(image.values()).count(to) > 1]
    if faults:
        return sorted(set(faults))
    ordered = [image[step] for step in sorted(image)]
    if ordered != sorted(ordered):
        faults.append(("order", min(image)))
    for run in case.open_runs():
        if run.step not in image:
            faults.append(("open-without-image", run.step))
    for step, to in image.items():
        before, after = old.steps[step], new.steps[to]
        if before.per_bidang != after.per_bidang and any(run.step == step for run in case.runs.values()):
            faults.append(("per-bidang-differs", to))
    if faults:
        return sorted(set(faults))
    moved = migrated(case, 0, image, old)
    fronts = [run.step for run in moved.runs.values() if run.is_open]
    front = min(fronts, default=new.first)
    faults += _not_carried_to(moved, new, front)
    for open_or_done in moved.runs.values():
        step_now = new.steps[open_or_done.step]
        if open_or_done.valid and open_or_done.step > front and not open_or_done.is_open:
            faults.append(("done-after-front", open_or_done.step))
        if open_or_done.phase is RunPhase.KEPUTUSAN and step_now.decision is None:
            faults.append(("no-decision", open_or_done.step))
    return sorted(set(faults))


def _not_carried_to(moved: CaseState, new: Procedure, front: int) -> list[tuple[str, int]]:
    """Steps before the new front that are not the image of a valid ended one, or lack the Ya they now ask for."""
    faults: list[tuple[str, int]] = []
    for number in (number for number in new.numbers if number < front):
        region = new.region_of(number)
        if region is not None and region.first not in moved.regions:
            faults.append(("not-done", number))
            continue
        for bidang in moved.regions[region.first] if region is not None else (None,):
            run = moved.valid_run((number, bidang))
            if run is None or not run.is_done:
                faults.append(("not-done", number))
            elif new.steps[number].decision is not None and run.answer is not Answer.YA:
                faults.append(("no-answer", number))
    return faults


DEEDS = {
    Act.KEMBALIKAN: Deed(judge_kembalikan, effect_kembalikan),
    Act.TAHAN: Deed(judge_tahan, effect_tahan),
    Act.LANJUTKAN: Deed(judge_lanjutkan, effect_lanjutkan),
    Act.HENTIKAN: Deed(judge_hentikan, effect_hentikan),
    Act.MULAI_ULANG: Deed(judge_mulai_ulang, effect_mulai_ulang),
    Act.GABUNG: Deed(judge_gabung, effect_gabung),
    Act.UBAH_BIDANG: Deed(judge_ubah_bidang, effect_ubah_bidang),
    Act.PINDAH_VERSI: Deed(judge_pindah_versi, effect_pindah_versi),
}

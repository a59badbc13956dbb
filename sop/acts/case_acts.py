"""The acts on a case or a period (second table of rules part 3)."""

from __future__ import annotations

from typing import Any

from sop.acts.closing import closing_of
from sop.acts.effects import migrated
from sop.acts.flow import overtaken_by
from sop.acts.gates import stale_children, waiting_children
from sop.acts.loop_back import has_finished, sent_back, unfinished
from sop.acts.procedure import Procedure, Region, procedure
from sop.acts.rejudge import judged_anew
from sop.acts.ruling import Ruling, lanes_of
from sop.look.figures import period_figures
from sop.model.errors import Fault, FaultyInput
from sop.model.events import ENDING_ACTS, Act, Event
from sop.model.periods import ancestors_of, children_of, first_day
from sop.model.refusals import Refused, Rule, Unknown
from sop.model.state import Answer, CasePhase, CaseState, PeriodPhase, RunPhase
from sop.model.texts import LONGEST_NAME, clean_or_none


def buka(ruling: Ruling) -> Event:
    ruling.refuse_if_closed()
    ruling.check_revision()
    lane = ruling.require_manager()
    ruling.require_procedure()
    if ruling.period.phase is not PeriodPhase.BELUM:
        raise Refused(Rule.PERIOD_IS_OPEN, period=ruling.period.key)
    _refuse_under_closed_ancestor(ruling)
    first = first_day(ruling.period.key)
    opening = ruling.context.calendar.instant(first, 0)
    at, late, doubted = ruling.plain_effective(max(ruling.period.moment or 0, _ancestors_reopened(ruling)))
    if at < opening:
        raise Refused(Rule.BEFORE_PERIOD, period=ruling.period.key, first_day=opening, typed=at)
    data = {"sop_version": ruling.context.current_version}
    return ruling.event((at, late, doubted), lane=lane, case=1, data=data)


def _refuse_under_closed_ancestor(ruling: Ruling) -> None:
    """The outermost closed ancestor is named: it is the one to reopen first."""
    closed = [
        key
        for key in ancestors_of(ruling.period.key)
        if key in ruling.state.periods and ruling.state.periods[key].phase is PeriodPhase.TUTUP
    ]
    if closed:
        raise Refused(Rule.ANCESTOR_CLOSED, period=ruling.period.key, ancestor=closed[-1], closed=tuple(closed))


def _ancestors_reopened(ruling: Ruling) -> int:
    """The last reopening of any ancestor: nothing below it was opened while it was closed."""
    above = [key for key in ancestors_of(ruling.period.key) if key in ruling.state.periods]
    if not any(ruling.state.periods[key].reopenings for key in above):
        return 0
    found = (event.at for event in ruling.context.history() if event.act is Act.BUKA_KEMBALI and event.period in above)
    return max(found, default=0)


def kembalikan(ruling: Ruling) -> Event:
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


def tahan(ruling: Ruling) -> Event:
    return _case_act(ruling, CasePhase.BERJALAN)


def lanjutkan(ruling: Ruling) -> Event:
    return _case_act(ruling, CasePhase.DITAHAN, needs_reason=False)


def hentikan(ruling: Ruling) -> Event:
    return _case_act(ruling, CasePhase.BERJALAN, CasePhase.DITAHAN)


def _case_act(ruling: Ruling, *phases: CasePhase, needs_reason: bool = True) -> Event:
    ruling.refuse_if_closed()
    ruling.check_revision()
    case = ruling.require_case(*phases)
    lane = ruling.require_manager()
    if needs_reason:
        ruling.require_reason()
    bound = max(case.last_moment, ruling.walls(case))
    return ruling.event(ruling.plain_effective(bound), lane=lane)


def mulai_ulang(ruling: Ruling) -> Event:
    ruling.refuse_if_closed()
    ruling.check_revision()
    case = ruling.require_case(CasePhase.DIHENTIKAN)
    lane = ruling.require_manager()
    ruling.require_reason()
    context = ruling.context
    if procedure(context.versions[context.current_version], ruling.period.key, context.cadence) is None:
        raise Refused(Rule.NO_CASE, period=ruling.period.key)
    when = ruling.plain_effective(max(case.last_moment, ruling.walls(case)))
    data = {"sop_version": ruling.context.current_version}
    return ruling.event(when, lane=lane, case=case.number + 1, data=data)


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


def gabung(ruling: Ruling) -> Event:
    ruling.refuse_if_closed()
    ruling.check_revision()
    case = ruling.require_case(CasePhase.BERJALAN)
    lane = ruling.require_manager()
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


def _naming(reason: str, missing: list[str]) -> str:
    """The reason as it is recorded: it names every bidang that is left out, whatever was typed."""
    unnamed = [bidang for bidang in missing if bidang.casefold() not in reason.casefold()]
    return f"Tanpa {', '.join(unnamed)}: {reason}" if unnamed else reason


def ubah_bidang(ruling: Ruling) -> Event:
    ruling.refuse_if_closed()
    ruling.check_revision()
    case = ruling.require_case(CasePhase.BERJALAN)
    lane = ruling.require_manager()
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


def bebaskan(ruling: Ruling) -> Event:
    ruling.refuse_if_closed()
    ruling.check_revision()
    lane = ruling.require_manager()
    child = (ruling.command.child or "").strip().upper()
    kept = tuple(key for key in children_of(ruling.period.key) if key in ruling.state.periods)
    if child not in kept:
        raise Refused(Rule.NOT_A_CHILD, period=ruling.period.key, child=child, children=kept)
    ruling.require_reason()
    in_the_way = child in waiting_children(ruling.period, ruling.state.periods)
    stale = child in stale_children(ruling.state, ruling.period.key, ruling.steps)
    if not in_the_way and not stale:
        raise Refused(Rule.NOTHING_TO_WAIVE, period=ruling.period.key, child=child)
    own = ruling.case.last_moment if ruling.case is not None else None
    moments = [ruling.period.moment, ruling.state.periods[child].moment, own]
    bound = max((moment for moment in moments if moment is not None), default=0)
    return ruling.event(ruling.plain_effective(bound), lane=lane, data={"child": child})


def tutup(ruling: Ruling) -> Event:
    ruling.refuse_if_closed()
    ruling.check_revision()
    lane = ruling.require_manager()
    if ruling.period.phase is PeriodPhase.BELUM:
        raise Refused(Rule.PERIOD_NOT_OPEN, period=ruling.period.key)
    state, period, case = ruling.state, ruling.period, ruling.case
    closing = closing_of(state, period.key, ruling.steps)
    if not closing.is_free:
        raise Refused(
            Rule.CLOSE_BLOCKED,
            period=period.key,
            open=closing.work,
            phase=closing.case_phase,
            children=closing.children,
            stale=closing.stale,
        )
    moments = [period.moment, case.last_moment if case is not None else None]
    for key in children_of(period.key):
        child = state.periods.get(key)
        if child is not None:
            moments.append(child.closed_at if child.phase is PeriodPhase.TUTUP else None)
            moments.append(period.waivers[key].at if key in period.waivers else None)
    bound = max((moment for moment in moments if moment is not None), default=0)
    when = ruling.plain_effective(bound)
    data = {
        "closing": period.closings + 1,
        "figures": period_figures(state, period.key, ruling.context),
        "calendar_revision": ruling.context.calendar.revision,
        "head": ruling.context.head,
        "sop": _sop_as_it_stands(ruling),
    }
    uncounted = uncounted_children(ruling)
    if uncounted:
        data["uncounted"] = uncounted
    return ruling.event(when, lane=lane, data=data)


def _sop_as_it_stands(ruling: Ruling) -> dict[str, Any]:
    """What a closing freezes of the SOP: the newest version, and what the office had confirmed of each. A definition
    never changes, so nothing else of it has to be kept."""
    context = ruling.context
    confirmed = {
        str(version): [list(one) for one in context.confirmed(version)] for version in sorted(context.versions)
    }
    return {
        "version": context.current_version,
        "confirmed": {version: found for version, found in confirmed.items() if found},
    }


def uncounted_children(ruling: Ruling) -> dict[str, int]:
    """Waived children that closed after the first step was finished -> that step: what they closed with is not in.

    By the order of the log: a closing may be recorded afterwards for a moment before the step's end.
    """
    case, period = ruling.case, ruling.period
    if case is None or case.phase is not CasePhase.SELESAI:
        return {}
    closed = [
        key
        for key in children_of(period.key)
        if key in period.waivers and ruling.state.periods[key].phase is PeriodPhase.TUTUP
    ]
    first = ruling.require_procedure().first
    runs = [run for run in case.runs.values() if run.step == first and run.valid]
    if not closed or not runs:
        return {}
    log = ruling.context.history()
    acts = {event.sequence: event.act for event in log}
    finished = min(max(number for number in run.acts if acts[number] in ENDING_ACTS) for run in runs if run.acts)
    last_closing = {event.period: event.sequence for event in log if event.act is Act.TUTUP}
    return {key: first for key in closed if last_closing[key] > finished}


def buka_kembali(ruling: Ruling) -> Event:
    ruling.check_revision()
    lane = ruling.require_manager()
    if ruling.period.phase is not PeriodPhase.TUTUP:
        raise Refused(Rule.PERIOD_IS_OPEN, period=ruling.period.key, phase=ruling.period.phase)
    _refuse_under_closed_ancestor(ruling)
    ruling.require_reason()
    context = ruling.context
    calendar_at = context.calendar_at or (lambda revision: context.calendar)
    judged = judged_anew(ruling.state, [ruling.period.key], context.versions, context.settings, calendar_at)
    data = {"judged": judged} if judged else None
    bound = max(ruling.period.moment or 0, _ancestors_reopened(ruling))
    return ruling.event(ruling.plain_effective(bound), lane=lane, data=data)


def pindah_versi(ruling: Ruling) -> Event:
    ruling.refuse_if_closed()
    ruling.check_revision()
    case = ruling.require_case(CasePhase.BERJALAN)
    lane = ruling.require_manager()
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

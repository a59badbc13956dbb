"""The acts on an office's SOPs: bringing a version in, confirming or changing what a document leaves open.

A version is never changed; a confirmation stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sop.acts.deed import Deed
from sop.acts.office_flow import OfficeDraft
from sop.acts.office_ruling import OfficeRuling
from sop.form import checks, toml_format
from sop.model.act import Act
from sop.model.definition import Basis, DayKind, Field, Ground, Sop, Step
from sop.model.errors import FaultyInput
from sop.model.events import Event
from sop.model.office import Word
from sop.model.office_commands import Importing, Settling
from sop.model.refusals import Refused, Rule, Unknown, name_among
from sop.model.texts import LONGEST_NAME, clean_or_none
from sop.values import replace


def sop_entity(code: str) -> str:
    """How a stale view of an SOP is named; its revision is the number of its newest version."""
    return f"sop:{code}"


def refuse_unsound(sop: Sop) -> None:
    """Raises FaultyInput for an SOP that cannot be worked by, every fault named."""
    faults = checks.faults(sop)
    if faults:
        raise FaultyInput(faults, source=sop.code)


# ---------------------------------------------------------------------- sop-impor


def judge_sop_impor(ruling: OfficeRuling[Importing]) -> Event:
    sop = ruling.details.sop
    digest = toml_format.content_hash(sop)
    before = ruling.draft.sop(sop.code)
    ruling.refuse_stale(sop_entity(sop.code), before.newest)
    if before.versions and before.versions[-1].hash == digest:
        raise Refused(Rule.NOTHING_CHANGED, sop=sop.code, version=before.newest)
    ruling.keep_sop(sop)
    return ruling.event({"sop": {"code": sop.code, "version": before.newest + 1, "hash": digest}})


def effect_sop_impor(draft: OfficeDraft, event: Event) -> None:
    told = event.data["sop"]
    draft.add_version(told["code"], told["version"], told["hash"])


# ---------------------------------------------------------------------- sop-tetapkan


def judge_sop_tetapkan(ruling: OfficeRuling[Settling]) -> Event:
    code, number, values = ruling.details
    state = ruling.draft.sop(code)
    ruling.refuse_stale(sop_entity(code), state.newest)
    sop = ruling.draft.definition(state.versions[-1].hash)
    row = _step(sop, number)
    wanted = {name: _value(sop, row, name, value) for name, value in values.items()} or _left_open(row)
    if not wanted:
        raise Refused(Rule.NOTHING_CHANGED, sop=sop.code, step=number)
    changed = {name: value for name, value in wanted.items() if value != row.value(name)}
    told: dict[str, Any] = {"code": sop.code, "version": state.newest}
    if changed:
        renewed = _changed(sop, row, changed, ruling.actor.code, ruling.at)
        refuse_unsound(renewed)
        ruling.keep_sop(renewed)
        told = {"code": sop.code, "version": state.newest + 1, "hash": toml_format.content_hash(renewed)}
    data = {
        "sop": told,
        "confirmed": sorted(name.value for name in wanted if name not in changed),
        "changed": {
            name.value: {"before": plain_value(row.value(name)), "after": plain_value(value)}
            for name, value in changed.items()
        },
    }
    return ruling.event(data, step=number)


def effect_sop_tetapkan(draft: OfficeDraft, event: Event) -> None:
    """A value confirmed is so in every version where the step has it; what was confirmed goes on in a new version, but
    for what changed."""
    told, step, changed = event.data["sop"], event.step, event.data["changed"]
    assert step is not None
    code = told["code"]
    before = draft.sop(code).newest
    for name in event.data["confirmed"]:
        for version in _alike(draft, code, step, Field(name)):
            draft.confirm(code, version, (step, name), Word(event.by, event.at))
    if changed:
        draft.add_version(code, told["version"], told["hash"])
        for place, word in draft.sop(code).confirmed.get(before, {}).items():
            if place[0] != step or place[1] not in changed:
                draft.confirm(code, told["version"], place, word)


def _alike(draft: OfficeDraft, code: str, number: int, name: Field) -> list[int]:
    """The versions whose step has the same value there as that of the newest."""
    versions = draft.sop(code).versions
    rows = {
        version.number: next((row for row in draft.definition(version.hash).steps if row.number == number), None)
        for version in versions
    }
    newest = rows[versions[-1].number]
    assert newest is not None
    return [each for each, row in rows.items() if row is not None and row.value(name) == newest.value(name)]


DEEDS = {
    Act.SOP_IMPOR: Deed(judge_sop_impor, effect_sop_impor),
    Act.SOP_TETAPKAN: Deed(judge_sop_tetapkan, effect_sop_tetapkan),
}


# ---------------------------------------------------------------------- the fields of a step


def plain_value(value: Any) -> Any:
    """A value of a step as JSON."""
    return [plain_value(item) for item in value] if isinstance(value, tuple | list | set | frozenset) else value


def _with_decision(step: Step, **changes: Any) -> Step:
    assert step.decision is not None
    return replace(step, decision=replace(step.decision, **changes))


def _with_day_kind(step: Step, kind: DayKind) -> Step:
    standard = step.mutu_baku
    assert standard.waktu is not None
    return replace(step, mutu_baku=replace(standard, waktu=replace(standard.waktu, day_kind=kind)))


_WRITE: dict[Field, Callable[[Step, Any], Step]] = {
    Field.PELAKSANA: lambda step, lanes: replace(step, pelaksana=lanes),
    Field.DECIDER: lambda step, lane: replace(step, decider=lane),
    Field.YA: lambda step, target: _with_decision(step, ya=target),
    Field.TIDAK: lambda step, target: _with_decision(step, tidak=target),
    Field.CADENCE: lambda step, cadence: replace(step, cadence=cadence),
    Field.PER_BIDANG: lambda step, flag: replace(step, per_bidang=flag),
    Field.JOINT: lambda step, flag: replace(step, joint=flag),
    Field.DAY_KIND: _with_day_kind,
    Field.DATA: lambda step, role: replace(step, data=role),
}
"""How a value is written to a step; `Step.value` reads it."""


def _step(sop: Sop, number: int) -> Step:
    for step in sop.steps:
        if step.number == number:
            return step
    raise Unknown("langkah", str(number), tuple(str(step.number) for step in sop.steps))


def _left_open(step: Step) -> dict[Field, Any]:
    """What of a step is only implied or assumed, as it stands."""
    return {
        name: step.value(name) for name in step.grounded if step.ground(name).basis in (Basis.TERSIRAT, Basis.ASUMSI)
    }


def _value(sop: Sop, step: Step, name: Field, value: Any) -> Any:
    """A value as a definition holds it: lanes by the SOP's spelling."""
    if name in (Field.DECIDER, Field.YA, Field.TIDAK) and step.decision is None:
        raise Refused(Rule.NO_DECISION_STEP, step=step.number)
    if name is Field.DAY_KIND and (step.mutu_baku.waktu is None or step.mutu_baku.waktu.days is None):
        raise Refused(Rule.NOTHING_CHANGED, sop=sop.code, step=step.number)
    if name is Field.PELAKSANA:
        lanes = (value,) if isinstance(value, str) else tuple(value)
        return tuple(_lane(sop, lane) for lane in lanes)
    return _lane(sop, value) if name is Field.DECIDER else value


def _lane(sop: Sop, text: str) -> str:
    return name_among("lajur", clean_or_none(text, "lajur", LONGEST_NAME) or "", sop.lane_names)


def _changed(sop: Sop, step: Step, values: Mapping[Field, Any], by: str, at: int) -> Sop:
    """The SOP with other values in one step, each standing on the office's word."""
    renewed = step
    for name, value in values.items():
        renewed = _WRITE[name](renewed, value)
    word = Ground(Basis.DITETAPKAN, confirmed_by=by, confirmed_at=at)
    bases = {**step.bases, **{name.value: word for name in values}}
    if renewed.data is None:
        # A part that the step has no more stands on nothing.
        bases.pop(Field.DATA.value, None)
    renewed = replace(renewed, bases=bases)
    return replace(sop, steps=tuple(renewed if row is step else row for row in sop.steps))

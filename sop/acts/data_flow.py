"""What acts of the flow ask of the data and do to them: rows wanted before a step is finished, forms that go out by
themselves, rows accepted, children taken in, figures frozen.

Loaded for an office with indicators alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sop.acts.data_seats import DataSteps, accompanied, data_steps, steps_by
from sop.acts.flow import Draft
from sop.kinerja import accompany
from sop.kinerja.checking import accepted, refuse_marked
from sop.kinerja.filling import refuse_unfilled
from sop.kinerja.issuing import Sending, due, sent
from sop.kinerja.state import ClosedData, KinerjaState
from sop.model.act import Act
from sop.model.events import ENDING_ACTS, Event
from sop.model.periods import cadence_of, children_of
from sop.model.state import CaseState, PeriodPhase, RunPhase, RunState, YearState

if TYPE_CHECKING:
    from sop.acts.ruling import Ruling

_NOTHING = KinerjaState()
"""Effects look at what is kept of the periods and at nothing of the register."""


def state_in(ruling: Ruling, register: KinerjaState) -> KinerjaState:
    """All data of the office, those of the ruling's year as its flow stands."""
    state = ruling.state
    return accompanied(register, state.data, state.periods, state.cases, steps_by(ruling.procedure_of))


def state_of(draft: Draft, register: KinerjaState = _NOTHING) -> KinerjaState:
    """The data of a year while acts take effect on it."""
    return accompanied(register, draft.data, draft.periods, draft.cases, steps_by(draft.steps))


def _steps_in(ruling: Ruling) -> DataSteps | None:
    return data_steps(ruling.require_procedure(), cadence_of(ruling.period.key))


# ---------------------------------------------------------------------- what an act asks


def refuse_rows(ruling: Ruling, run: RunState, *, skips: bool = False) -> None:
    """The guard of finishing a run, and of handing it in, taking an earlier result over and skipping it.

    Args:
        ruling: Of an office with indicators.
        run: Ended, or handed in.
        skips: It is skipped: its rows are missing then, but marks must not stand.

    Raises:
        Refused: Rows that hang on it are belum diisi, or marked and not answered; of periksa: a mark stands.
    """
    register, steps = ruling.register, _steps_in(ruling)
    if register is None or steps is None:
        return
    state = state_in(ruling, register)
    if not skips:
        refuse_unfilled(state, ruling.period.key, run.step, run.bidang)
    if steps.marks and run.step == steps.check.number:
        refuse_marked(state, ruling.period.key)


def frozen(ruling: Ruling, number: int) -> dict[str, Any] | None:
    """What a closing freezes of the data, as JSON values; None where there are none."""
    register = ruling.register
    if register is None:
        return None
    found = accompany.frozen(state_in(ruling, register), ruling.period.key, number)
    return None if found is None else dict(found.kept)


def forms_due(ruling: Ruling, register: KinerjaState, draft: Draft) -> dict[str, dict[str, Any]]:
    """The forms that an act sends by itself: period -> what it freezes, as JSON values. Of each period whose step of
    the forms was opened by the act."""
    opened = [key for key, case in draft.cases.items() if _opens_forms(ruling.state, draft, case)]
    if not opened:
        return {}
    state = state_of(draft, register)
    found = {key: due(state, key) for key, _ in opened}
    return {key: sending.to_dict() for key, sending in found.items() if sending is not None}


def _opens_forms(before: YearState, draft: Draft, case: CaseState) -> bool:
    then = before.cases.get(case.key)
    if then is case or draft.periods[case.period].phase is not PeriodPhase.BUKA:
        return False
    steps = data_steps(draft.steps(case), cadence_of(case.period))
    known = {} if then is None else then.runs
    return steps is not None and any(
        run.step == steps.formulir and run.is_open and key not in known for key, run in case.runs.items()
    )


# ---------------------------------------------------------------------- what an act does


def follow(draft: Draft, event: Event) -> None:
    """What an act of the flow does to the data of its year, after its own effect."""
    send_forms(draft, event.data.get("formulir", {}))
    if not draft.data or event.period is None:
        return
    key = event.period
    if event.act in ENDING_ACTS and event.case is not None:
        _ended(draft, event)
    elif event.act is Act.TUTUP and "kinerja" in event.data:
        number = int(event.data["closing"])
        state = accompany.closed(state_of(draft), key, ClosedData(number, event.data["kinerja"]))
        draft.put_data(state.period(key).bare())
    elif event.act is Act.BUKA_KEMBALI and key in draft.data:
        state = accompany.reopened(state_of(draft), key, rolls_up=not draft.periods[key].has_case)
        draft.put_data(state.period(key).bare())


def send_forms(draft: Draft, sendings: Mapping[str, Mapping[str, Any]]) -> None:
    """Forms go out as an event says."""
    for key, sending in sendings.items():
        state = sent(KinerjaState(periods=draft.data), key, Sending.from_dict(sending))
        draft.put_data(state.period(key).bare())


def _ended(draft: Draft, event: Event) -> None:
    """A run has ended: the rows that it accepts are accepted, the children that it took in are written down."""
    case = draft.case(event)
    run = draft.run(event)
    procedure = draft.steps(case)
    steps = data_steps(procedure, cadence_of(case.period))
    if steps is None or not run.valid or run.phase is not RunPhase.SELESAI:
        return
    state = state_of(draft)
    if run.step == steps.check.number:
        state = accepted(state, case.period)
    is_gate = any(child in draft.periods for child in children_of(case.period))
    if is_gate and run.step == procedure.first and not run.taken_over:
        state = accompany.taken_in(state, case.period)
    after = state.period(case.period).bare()
    if case.period in draft.data or after.taken is not None:
        draft.put_data(after)

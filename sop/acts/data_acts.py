"""The acts on the data of a period, judged by `sop/kinerja` on the ground of every act on a year."""

from __future__ import annotations

from collections.abc import Callable

from sop.acts.data_flow import state_in
from sop.acts.data_seats import data_steps
from sop.acts.deed import Deed
from sop.acts.flow import Draft
from sop.acts.ruling import Ruling
from sop.kinerja.checking import effect_tandai, effect_terima, judge_tandai, judge_terima
from sop.kinerja.data_act import DataCommand, DataEvent
from sop.kinerja.data_ruling import DataRuling
from sop.kinerja.filling import effect_isi, effect_koreksi_nilai, judge_isi, judge_koreksi_nilai
from sop.kinerja.form_fault import as_data
from sop.kinerja.issuing import effect_formulir, judge_formulir
from sop.kinerja.state import KinerjaState
from sop.model.act import Act
from sop.model.errors import FaultyInput
from sop.model.events import Event
from sop.model.periods import cadence_of
from sop.model.refusals import Refused, Rule
from sop.model.state import CasePhase, RunState
from sop.values import replace

_Judge = Callable[[DataRuling], DataEvent]
_Effect = Callable[[KinerjaState, DataEvent], KinerjaState]


def _judge(judge: _Judge) -> Callable[[Ruling], Event]:
    def judged(ruling: Ruling) -> Event:
        ruling.refuse_if_closed()
        ruling.check_revision()
        if ruling.command.act is Act.FORMULIR:
            ruling.require_manager()
        register = ruling.register
        asked = ruling.command.data or DataCommand(ruling.command.act)
        phases = (CasePhase.BERJALAN, CasePhase.SELESAI)
        # A hold stops the work, not the mending of what was handed in.
        held = (CasePhase.DITAHAN,) if ruling.command.act is Act.KOREKSI_NILAI else ()
        case = ruling.require_case(*phases, *held)
        steps = data_steps(ruling.require_procedure(), cadence_of(ruling.period.key))
        if register is None or steps is None:
            raise Refused(Rule.NO_FORM, period=ruling.period.key, owner=asked.owner, roles=register is not None)
        if ruling.command.act is Act.FORMULIR:
            register = replace(register, periods={**register.periods, **ruling.context.data_before()})
        state = state_in(ruling, register)
        seat = None if ruling.command.act is Act.FORMULIR else state.period(ruling.period.key).seats.get(asked.owner)
        run: RunState | None = None if seat is None else case.runs[seat.step, seat.bidang, seat.attempt]
        bound = case.opened if run is None else max(run.last_moment, case.opened)
        when = ruling.at_work(case, bound)
        command = replace(
            asked, act=ruling.command.act, period=ruling.period.key, reason=ruling.reason, note=ruling.note
        )
        ground = DataRuling(state, command, ruling.actor, when[0], ruling.named_lane())
        try:
            found = judge(ground)
        except FaultyInput as error:
            raise as_data(error) from None
        except Refused as refusal:
            if refusal.rule is Rule.NOT_REACHED:
                step = refusal.facts["step"] or steps.isian.number
                facts = {"step": step, "bidang": asked.owner, "front": ruling.front(case)}
                raise Refused(Rule.NOT_REACHED, **facts) from None
            raise
        if ground.is_granted:
            ruling.grant()
        owner = {} if ruling.command.act is Act.FORMULIR else {"owner": asked.owner}
        return ruling.event(when, lane=found.for_lane, run=run, data={**owner, **found.data})

    return judged


def _effect(effect: _Effect) -> Callable[[Draft, Event], None]:
    def taken(draft: Draft, event: Event) -> None:
        assert event.period is not None
        found = DataEvent(event.at, event.by, event.period, event.data.get("owner"), data=event.data)
        after = effect(KinerjaState(periods=draft.data), found)
        draft.put_data(after.period(event.period).bare())

    return taken


DEEDS = {
    Act.FORMULIR: Deed(_judge(judge_formulir), _effect(effect_formulir)),
    Act.ISI: Deed(_judge(judge_isi), _effect(effect_isi)),
    Act.KOREKSI_NILAI: Deed(_judge(judge_koreksi_nilai), _effect(effect_koreksi_nilai)),
    Act.TANDAI: Deed(_judge(judge_tandai), _effect(effect_tandai)),
    Act.TERIMA: Deed(_judge(judge_terima), _effect(effect_terima)),
}

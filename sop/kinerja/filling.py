"""isi and koreksi-nilai: rows of one owner, saved row by row, each with what stood there before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sop.kinerja.data_act import DataEvent
from sop.kinerja.data_ruling import DataRuling
from sop.kinerja.form import FormRow, Owner
from sop.kinerja.form_fault import FormFault
from sop.kinerja.isian import Isian, cleaned, isian_faults
from sop.kinerja.state import EMPTY_ROW, DataPeriod, DataSeat, IsianRow, KinerjaState
from sop.model.errors import Fault, FaultyInput
from sop.model.refusals import Refused, Rule
from sop.model.state import RunPhase
from sop.model.texts import clean_or_none
from sop.values import replace


def judge_isi(ruling: DataRuling) -> DataEvent:
    period = ruling.open_period()
    form = ruling.form(period)
    seat = ruling.seat(period)
    _require_fillable(seat)
    lane = ruling.require_filler(seat)
    named = ruling.rows_named(form, {**ruling.command.rows, **ruling.command.words})
    words = _words(ruling)
    changed = _changed(ruling, period, named)
    _refuse_wordless(period.rows(ruling.command.owner), changed, words)
    _refuse_stale(ruling, period, changed)
    rows = period.rows(ruling.command.owner)
    confirmed = {
        row.key: words[row.key]
        for row in named
        if row.key not in changed and row.key in words and rows.get(row.key, EMPTY_ROW).wants_answer
    }
    if not changed and not confirmed:
        raise Refused(Rule.NOTHING_CHANGED, period=period.key, owner=ruling.command.owner)
    return ruling.event(_facts(seat, rows, changed, words) | {"confirmed": confirmed}, lane)


def effect_isi(state: KinerjaState, event: DataEvent) -> KinerjaState:
    return _saved(state, event, settles=False)


def judge_koreksi_nilai(ruling: DataRuling) -> DataEvent:
    period = ruling.open_period(may_be_held=True)
    form = ruling.form(period)
    seat = ruling.seat(period)
    ruling.require_handed_in(seat)
    lane = _require_corrector(ruling, period, seat)
    if ruling.reason is None:
        raise Refused(Rule.REASON_NEEDED, act=ruling.command.act)
    named = ruling.rows_named(form, ruling.command.rows)
    changed = _changed(ruling, period, named)
    _refuse_stale(ruling, period, changed)
    if not changed:
        raise Refused(Rule.NOTHING_CHANGED, period=period.key, owner=ruling.command.owner)
    rows = period.rows(ruling.command.owner)
    facts = _facts(seat, rows, changed, dict.fromkeys(changed, ruling.reason))
    return ruling.event(facts | {"reason": ruling.reason, "settles": period.check.finished}, lane)


def effect_koreksi_nilai(state: KinerjaState, event: DataEvent) -> KinerjaState:
    return _saved(state, event, settles=event.data["settles"])


# --- what stands in the way of selesai --------------------------------------------------------------------------------


def owners_on(period: DataPeriod, step: int, bidang: str | None) -> list[Owner]:
    """Whose rows hang on the newest run of a step (of a bidang)."""
    return [owner for owner, seat in period.seats.items() if (seat.step, seat.bidang) == (step, bidang)]


def refuse_unfilled(state: KinerjaState, key: str, step: int, bidang: str | None) -> None:
    """The guard of selesai, and of pakai-lama, on a run that rows hang on.

    Raises:
        Refused: A row is belum diisi (where the office demands all), or marked and not answered; all are named.
    """
    period = state.period(key)
    owners = owners_on(period, step, bidang)
    missing = period.unfilled(owners)
    if missing and state.settings.required:
        raise Refused(Rule.ROWS_MISSING, step=step, bidang=bidang, rows=tuple(missing))
    marked = period.marked(owners)
    if marked and state.settings.required:
        raise Refused(Rule.ROWS_MARKED, step=step, bidang=bidang, rows=tuple(marked))


# --- shared by both acts ----------------------------------------------------------------------------------------------


def _require_fillable(seat: DataSeat) -> None:
    facts = {"step": seat.step, "bidang": seat.bidang}
    if seat.phase is RunPhase.DITUNDA:
        raise Refused(Rule.PAUSED, phase=seat.phase, **facts)
    if seat.phase is RunPhase.KEPUTUSAN:
        raise Refused(Rule.RUN_HANDED_IN, **facts)
    if not seat.is_open:
        raise Refused(Rule.RUN_ENDED, phase=seat.phase, **facts)


def _require_corrector(ruling: DataRuling, period: DataPeriod, seat: DataSeat) -> str | None:
    actor = ruling.actor
    if period.check.finished:
        return ruling.require_checker(period.check.lanes)
    if (seat.holder != actor.code or actor.only_looks) and not actor.manages:
        raise Refused(Rule.HOLDER_ONLY, holder=seat.holder, step=seat.step)
    ruling.is_granted = True
    return actor.lane_among(seat.lanes, seat.bidang) or next(iter(seat.lanes), None)


def _words(ruling: DataRuling) -> dict[str, str]:
    """Key -> word, of those that say something."""
    cleaned_words = {code.casefold(): clean_or_none(word, code) for code, word in ruling.command.words.items()}
    return {key: word for key, word in cleaned_words.items() if word is not None}


def _changed(ruling: DataRuling, period: DataPeriod, named: list[FormRow]) -> dict[str, Isian | None]:
    """Key -> what it shall say, of rows that differ from what stands. Raises FaultyInput with every fault of all."""
    wanted = {code.casefold(): isian for code, isian in ruling.command.rows.items()}
    rows, settings = period.rows(ruling.command.owner), ruling.state.settings
    faults: list[Fault] = []
    changed: dict[str, Isian | None] = {}
    for row in named:
        if row.key not in wanted:
            continue
        isian = wanted[row.key]
        if isian is not None:
            found = isian_faults(isian, row.indicator, settings)
            faults += [replace(fault, place=f"{row.indicator.code} · {fault.place}") for fault in found]
            if found:
                continue
            isian = cleaned(isian, row.indicator, settings)
        if isian != rows.get(row.key, EMPTY_ROW).isian:
            changed[row.key] = isian
    if faults:
        raise FaultyInput(tuple(faults))
    return changed


def _refuse_wordless(
    rows: Mapping[str, IsianRow], changed: Mapping[str, Isian | None], words: Mapping[str, str]
) -> None:
    """A row that differs from what was once accepted needs a word why."""
    faults = [
        Fault(key, FormFault.ALASAN_PERUBAHAN_KURANG.value)
        for key, isian in changed.items()
        if (accepted := rows.get(key, EMPTY_ROW).accepted) is not None and isian != accepted and key not in words
    ]
    if faults:
        raise FaultyInput(tuple(faults))


def _refuse_stale(ruling: DataRuling, period: DataPeriod, changed: Mapping[str, Isian | None]) -> None:
    """Row by row: refused where somebody else changed what this act would change."""
    stale = changed_by_others(period, ruling.command.owner, ruling.command.seen, ruling.actor.code)
    rows = {key: by for key, by in stale.items() if key in changed}
    if rows:
        raise Refused(Rule.ROWS_STALE, rows=rows, owner=ruling.command.owner, period=period.key)


def changed_by_others(period: DataPeriod, owner: Owner, seen: Mapping[str, int], code: str) -> dict[str, str]:
    """Key -> who changed that row last, of rows that somebody else than `code` changed after the revision seen."""
    found: dict[str, str] = {}
    rows = period.rows(owner)
    for name, revision in seen.items():
        changes = rows.get(name.casefold(), EMPTY_ROW).changes
        others = [by for by in changes[max(revision, 0) :] if by != code]
        if others:
            found[name.casefold()] = others[-1]
    return found


def _facts(
    seat: DataSeat,
    rows: Mapping[str, IsianRow],
    changed: Mapping[str, Isian | None],
    words: Mapping[str, str],
) -> dict[str, Any]:
    # An answer stands until its mark is accepted or set anew: what is put right beside it takes no word back.
    answers = {key: row.word for key, row in rows.items() if row.mark is not None and row.mark.answered}
    return {
        "case": seat.case,
        "attempt": seat.attempt,
        "rows": {
            key: {
                "old": _json(rows.get(key, EMPTY_ROW).isian),
                "new": _json(isian),
                "word": words.get(key) or answers.get(key),
                "revision": rows.get(key, EMPTY_ROW).revision + 1,
            }
            for key, isian in changed.items()
        },
    }


def _json(isian: Isian | None) -> dict[str, Any] | None:
    return None if isian is None else isian.to_dict()


def _saved(state: KinerjaState, event: DataEvent, *, settles: bool) -> KinerjaState:
    """The rows of an event in place. What changes after the last word was said (settles) counts as accepted."""
    period = state.period(event.period or "")
    turn = int(event.data["case"]), int(event.data["attempt"])
    rows = period.rows_at(event.owner, turn)
    put: dict[str, IsianRow] = {}
    for key, facts in event.data["rows"].items():
        row = rows.get(key, EMPTY_ROW)
        isian = None if facts["new"] is None else Isian.from_dict(facts["new"])
        put[key] = replace(
            row,
            isian=isian,
            changes=(*row.changes, event.by),
            word=facts["word"],
            mark=None if row.mark is None else replace(row.mark, answered=True),
            accepted=isian if settles else row.accepted,
        )
    for key, word in event.data.get("confirmed", {}).items():
        row = rows[key]
        put[key] = replace(row, word=word, mark=None if row.mark is None else replace(row.mark, answered=True))
    return state.with_period(period.with_rows(event.owner, turn, put))

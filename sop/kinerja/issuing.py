"""formulir: rows and targets of a period frozen for each owner, anew only for those of whom something differs.

Also done by itself when the first step of the data opens; that event carries what `due` found, and `sent` takes it in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sop.kinerja.consolidation import HeldRow, held_rows, rolled_rows, row_for
from sop.kinerja.data_act import DataEvent
from sop.kinerja.data_ruling import DataRuling
from sop.kinerja.form import FormRevision, FormRow, Owner
from sop.kinerja.indicator import Indicator
from sop.kinerja.isian import realized
from sop.kinerja.number import printed
from sop.kinerja.reporting import filled_in, leaf_before, version_for
from sop.kinerja.state import KinerjaState, LeafKey
from sop.model.periods import keys_of, split
from sop.model.refusals import Refused, Rule
from sop.model.state import PeriodPhase
from sop.values import Frozen, replace


class Sending(Frozen):
    """What a formulir freezes."""

    forms: tuple[tuple[Owner, FormRevision], ...]
    """Of owners whose rows or targets differ from what they have; empty rows for one who has none left."""
    rolled: tuple[tuple[Owner, FormRow], ...]
    """What the period rolls up, all of it."""

    def to_dict(self) -> dict[str, Any]:
        """JSON values."""
        return {
            "forms": [
                {"owner": owner, "number": form.number, "rows": [row.to_dict() for row in form.rows]}
                for owner, form in self.forms
            ],
            "rolled": [{"owner": owner, "row": row.to_dict()} for owner, row in self.rolled],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Sending:
        """Read what `to_dict` wrote."""
        forms = (
            (form["owner"], FormRevision(int(form["number"]), tuple(FormRow.from_dict(row) for row in form["rows"])))
            for form in data["forms"]
        )
        return cls(tuple(forms), tuple((each["owner"], FormRow.from_dict(each["row"])) for each in data["rolled"]))


def unsent(state: KinerjaState, key: str, owners: Collection[Owner] | None = None) -> int:
    """How many rows of an open period a formulir would change: new ones, those that differ, those that are gone; 0 for
    none.

    Args:
        state: All data of the office.
        key: Of the period.
        owners: Whose rows; None for everybody's.
    """
    period = state.period(key)
    if period.phase is not PeriodPhase.BUKA or period.held:
        return 0
    sending = due(state, key)
    changed = 0
    for owner, fresh in () if sending is None else sending.forms:
        if owners is None or owner in owners:
            before = {(row.key, row.period): row.substance for row in period.form_rows(owner)}
            after = {(row.key, row.period): row.substance for row in fresh.rows}
            changed += sum(before.get(row) != after.get(row) for row in before | after)
    return changed


def due(state: KinerjaState, key: str) -> Sending | None:
    """What is to be frozen of a period; None where nothing differs from what was."""
    period = state.period(key)
    wanted: dict[Owner, list[FormRow]] = {owner: [] for owner, sent in period.forms.items() if sent[-1].rows}
    for owner, row in _rows(state, key):
        wanted.setdefault(owner, []).append(row)
    forms = []
    for owner, rows in wanted.items():
        last = period.form(owner)
        fresh = FormRevision(1 if last is None else last.number + 1, tuple(rows))
        if last is None or last.substance != fresh.substance:
            forms.append((owner, fresh))
    rolled = rolled_rows(state, key) if filled_in(key, state.cadences) else ()
    is_same = [(owner, row.substance) for owner, row in rolled] == [
        (owner, row.substance) for owner, row in period.rolled or ()
    ]
    return None if not forms and is_same else Sending(tuple(forms), rolled)


def sent(state: KinerjaState, key: str, sending: Sending) -> KinerjaState:
    """The state once the forms are out. Runs stay as they are, finished ones too."""
    period = state.period(key)
    forms = dict(period.forms)
    for owner, form in sending.forms:
        forms[owner] = (*forms.get(owner, ()), form)
    return state.with_period(replace(period, forms=forms, rolled=sending.rolled or None))


def judge_formulir(ruling: DataRuling) -> DataEvent:
    ruling.require_manager()
    period = ruling.open_period()
    if not filled_in(period.key, ruling.state.cadences):
        raise Refused(Rule.NO_FORM, period=period.key, owner=None)
    sending = due(ruling.state, period.key)
    if sending is None:
        raise Refused(Rule.NOTHING_CHANGED, period=period.key, owner=None)
    return ruling.event(sending.to_dict())


def effect_formulir(state: KinerjaState, event: DataEvent) -> KinerjaState:
    return sent(state, event.period or "", Sending.from_dict(event.data))


def _rows(state: KinerjaState, key: str) -> Iterator[tuple[Owner, FormRow]]:
    """The rows that are filled in a period, by the order of the register, its own first."""
    year, _ = split(key)
    before: dict[LeafKey, HeldRow] = {
        (held.row.key, held.row.period): held
        for place in (*keys_of(year - 1), *keys_of(year))
        for held in held_rows(state.period(place))
    }
    for period, cadence in filled_in(key, state.cadences):
        for versions in state.indicators.values():
            version = version_for(versions, period)
            if version is None or not version.indicator.active or version.indicator.cadence is not cadence:
                continue
            last = before.get((version.indicator.key, leaf_before(period)))
            row = replace(row_for(state, version, period), previous=_previous(state, last, version.indicator))
            yield state.owner_of(version.indicator), row


def _previous(state: KinerjaState, held: HeldRow | None, indicator: Indicator) -> str | None:
    """What was said a period before, as it is printed."""
    if held is None or held.isian is None:
        return None
    if held.isian.grade is not None:
        return held.isian.grade
    value = realized(held.isian, held.row.indicator, state.settings)
    return None if value is None else printed(value, indicator.decimals)

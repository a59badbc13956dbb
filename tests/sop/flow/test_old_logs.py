"""3.7: what was recorded stays true. Logs of before the rules of returns and corrections changed replay as they did.

`old_logs.json.gz` holds walks of `test_machine.stroll` as the code of commit e3699d3 took and replayed them: a list of
{"shape": function of `shapes`, "events", "periods", "cases": the state then}. It is never made again.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from sop.acts.replay import replay
from sop.model.act import Act
from sop.model.events import Event
from sop.model.state import CaseState, RunState, YearState
from sop.values import asdict
from tests.sop.flow import shapes

LOGS = json.loads(gzip.decompress((Path(__file__).parent / "old_logs.json.gz").read_bytes()))


def _plain(state: YearState) -> dict[str, Any]:
    """The state as the file holds it."""
    plain = {
        "periods": {key: asdict(period) for key, period in state.periods.items()},
        "cases": {f"{key[0]}#{key[1]}": _plain_case(case) for key, case in state.cases.items()},
    }
    return json.loads(json.dumps(plain))


def _plain_case(case: CaseState) -> dict[str, Any]:
    def order(run: RunState) -> tuple[int, str, int]:
        return run.step, run.bidang or "", run.attempt

    runs = [asdict(run) for run in sorted(case.runs.values(), key=order)]
    vanished = sorted([str(slot), revision] for slot, revision in case.vanished.items())
    return {**asdict(case), "runs": runs, "vanished": vanished}


def _known(then: Any, now: Any) -> Any:
    """What is there now, without fields that the state did not have then."""
    if isinstance(then, dict) and isinstance(now, dict):
        return {key: _known(then[key], value) for key, value in now.items() if key in then}
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [_known(*pair) for pair in zip(then, now, strict=True)]
    return now


@pytest.mark.parametrize("log", LOGS, ids=lambda log: f"{log['shape']}-{len(log['events'])}")
def test_a_log_of_before_replays_as_it_did(log: dict[str, Any]) -> None:
    shape: shapes.Shape = getattr(shapes, log["shape"])()
    events = [
        Event(**{**event, "act": Act(event["act"]), "touches": tuple(event.get("touches", ()))})
        for event in log["events"]
    ]
    state = _plain(replay(events, {1: shape.sop, 2: shape.sop}, shape.cadence))
    for part in ("periods", "cases"):
        assert _known(log[part], state[part]) == log[part]


def test_the_logs_hold_what_changed() -> None:
    """Of each kind of event whose rule changed there is one."""
    events = [event for log in LOGS for event in log["events"]]
    kinds = {event["act"] for event in events}
    assert {"kembalikan", "putuskan", "gabung", "koreksi", "ubah-bidang", "pindah-versi", "urung"} <= kinds
    returns = [event["data"] for event in events if event["act"] == "kembalikan"]
    assert any(data.get("bidang") for data in returns)
    assert any(data["target"] != data["asked"] for data in returns)

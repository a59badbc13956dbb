"""No test waits for a pause, asserts a time, gives anything little time, or leans on today; what does says here why."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_floors import CLOCK_READINGS, named, parsed
from tests.waiting import SECONDS

TESTS = Path(__file__).parent
TODAY = CLOCK_READINGS | {
    *("time.localtime", "time.gmtime", "time.ctime", "time.asctime", "time.strftime"),
    *("sakip_tui.clock.system_clock",),
}
CLOCKS = {
    f"time.{name}{unit}"
    for name in ("monotonic", "perf_counter", "process_time", "thread_time")
    for unit in ("", "_ns")
}
PAUSES = {"time.sleep", "bench.terminal.settle"}
LIMITED = {"wait", "join", "wait_for", "communicate", "ended", "holds", "until", "settimeout"}
"""Calls that take the seconds to wait at most as a bare argument."""
EXCEPTIONS = {
    ("waiting.py", "clock"): "the one place that waits for others, with an end",
    ("waiting.py", "pause"): "between two looks at what others do",
    ("resting.py", "pause"): "between two looks at what threads do",
    ("fakes.py", "pause"): "between two looks at what an app does",
    ("tui/test_export.py", "pause"): "a writer that looks again and again whether it is to stop, as ours does",
    ("tui/monkey.py", "clock"): "an end for what never comes, and a look again at a key that was lost",
    ("tui/monkey.py", "today"): "the program and whoever writes beside it are real ones; nothing is said of a day",
    ("tui/test_monkey.py", "today"): "as above",
    ("tui/test_board_acts.py", "hurry"): "a reader that goes on until it is told, as the one of a large file does",
    ("db/kills.py", "pause"): "chance picks the moment of a kill; nothing is waited for",
}
"""(document, kind) -> the reason."""


def faults(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, kind) of each wait, time and date: `today`, `clock`, `pause` or `hurry`."""
    for line, name in named(tree):
        if name in TODAY:
            yield line, "today"
        elif name in CLOCKS:
            yield line, "clock"
        elif name in PAUSES:
            yield line, "pause"
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        whole = ast.unparse(node.func)
        called = whole.rpartition(".")[2]
        limits = [given.value for given in node.keywords if given.arg == "timeout"]
        if called in LIMITED:
            limits += [*node.args, *(given.value for given in node.keywords if given.arg == "seconds")]
        if (called == "pause" and node.args) or (whole == "asyncio.sleep" and not _is_zero(node.args[0])):
            yield node.lineno, "pause"
        elif any(map(_is_short, limits)):
            yield node.lineno, "hurry"


def _is_zero(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 0


def _is_short(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value < SECONDS


def test_no_test_leans_on_the_speed_of_the_machine_or_on_its_date() -> None:
    found = {
        (path.relative_to(TESTS).as_posix(), kind, line)
        for path in sorted(TESTS.rglob("*.py"))
        for line, kind in faults(parsed(path))
    }
    unexplained = sorted((name, line, kind) for name, kind, line in found if (name, kind) not in EXCEPTIONS)
    assert unexplained == []
    assert set(EXCEPTIONS) <= {(name, kind) for name, kind, _ in found}, "an exception that nothing needs"


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("import time\ntime.sleep(0.2)", ["pause"]),
        ("from time import sleep as doze\ndoze(1)", ["pause"]),
        ("import asyncio\nasyncio.sleep(0.1)", ["pause"]),
        ("import asyncio\nasyncio.sleep(0)", []),
        ("pilot.pause(0.1)", ["pause"]),
        ("pilot.pause()", []),
        ("from bench.terminal import settle\nsettle(terminal)", ["pause"]),
        ("from time import perf_counter\nassert perf_counter() - began < 1", ["clock"]),
        ("import datetime as dt\ndt.date.today()", ["today"]),
        ("from datetime import datetime\ndatetime.now(zone)", ["today"]),
        ("import time\nYEAR = time.localtime().tm_year", ["today"]),
        ("terminal.wait_for('Tersimpan', 1.5)", ["hurry"]),
        ("terminal.wait_for('Tersimpan')", []),
        ("process.communicate(timeout=20)", ["hurry"]),
        ("subprocess.run(command, timeout=60)", ["hurry"]),
        ("run('status', now=5)", []),
        ("thread.join(SECONDS)", []),
    ],
)
def test_the_reader_sees_what_leans_on_the_machine(source: str, kinds: list[str]) -> None:
    assert [kind for _, kind in faults(ast.parse(source))] == kinds

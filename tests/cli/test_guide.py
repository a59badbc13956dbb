"""The user's guide is true: its example runs as written, and every command in it is one."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from sakip_tui.cli.commands import GRAMMAR
from tests.cli.conftest import Desk, run

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "PANDUAN.md").read_text(encoding="utf-8")
EASTER_MONDAY = 1_775_440_800
"""2026-04-06 09:00 WIB."""


def example(name: str) -> list[str]:
    """The commands of the block that follows `<!-- contoh: NAME -->`."""
    match = re.search(rf"<!-- contoh: {name} -->\n```\n(.*?)```", GUIDE, re.DOTALL)
    assert match is not None
    return [line for line in match[1].splitlines() if line.startswith("sakip ")]


def commands() -> list[str]:
    """Every command written out in the guide, in a block or within a line."""
    blocks = re.findall(r"^```\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()]
    inline = re.findall(r"`(sakip [^`]+)`", re.sub(r"^```.*?^```", "", GUIDE, flags=re.DOTALL | re.MULTILINE))
    return [line for line in (*lines, *inline) if line.startswith("sakip ")]


def test_quarter_of_the_guide_runs_as_written(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAKIP_DB", str(desk.path))
    lines = example("triwulan")
    assert len(lines) == 9
    for line in lines:
        said = run(*shlex.split(line)[1:], now=EASTER_MONDAY)
        assert said.code == 0, (line, said.err)
    assert (tmp_path / "rekap.xlsx").read_bytes().startswith(b"PK")
    board = run("papan", "2026-TW1", "--json", now=EASTER_MONDAY).json
    assert board["period_state"] == "tutup"
    late = [card for card in board["cards"] if card["late"]]
    assert [(card["step"], card["work_seconds"]) for card in late] == [(2, 41 * 60)]


@pytest.mark.parametrize("line", commands())
def test_every_command_in_the_guide_can_be_given(line: str) -> None:
    words = [word.replace("…", "x") for word in shlex.split(line)[1:]]
    GRAMMAR.read(words)

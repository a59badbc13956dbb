"""Before the first picture: the variables Textual reads, unfit terminals, what the start leaves out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sakip_tui import terminal

ROOT = Path(__file__).parents[2]


def test_defaults_are_set_and_a_persons_own_choice_stands() -> None:
    environment = {"TEXTUAL_ANIMATIONS": "full"}
    terminal.settle(environment)
    assert environment["TEXTUAL_ANIMATIONS"] == "full"
    assert environment["TEXTUAL_SMOOTH_SCROLL"] == "0"
    assert "TEXTUAL_FPS" not in environment


def test_over_ssh_the_line_is_spared_more() -> None:
    environment = {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}
    terminal.settle(environment)
    assert environment["TEXTUAL_FPS"] == "20"
    assert environment["ESCDELAY"] == "500"
    assert not terminal.wants_mouse(environment)
    assert terminal.wants_mouse({**environment, "SAKIP_MOUSE": "ya"})
    assert terminal.wants_mouse({})
    assert not terminal.wants_mouse({"SAKIP_MOUSE": "tidak"})


@pytest.mark.skipif(sys.platform == "win32", reason="TERM says nothing there")
@pytest.mark.parametrize("kind", ["", "dumb", "unknown"])
def test_a_terminal_that_cannot_be_drawn_on_is_named(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "_is_terminal", lambda: True)
    assert "sakip papan" in (terminal.unfit({"TERM": kind}) or "")
    assert terminal.unfit({"TERM": "xterm"}) is None


def test_without_a_terminal_the_text_commands_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "_is_terminal", lambda: False)
    assert "sakip papan" in (terminal.unfit({"TERM": "xterm"}) or "")


def test_the_way_to_the_first_picture_loads_nothing_heavy() -> None:
    """Nothing but Textual, the engine and our own: no paper, no holidays, no query builder, no command palette."""
    code = (
        "import sys; import sakip_tui.app; import db.recall; "
        "print(*[name for name in ('xlsxwriter', 'tabulate', 'holidays', 'peewee', 'openpyxl', 'textual.command', "
        "'textual.widgets._input', 'sop.acts.run_acts', 'sakip_tui.prompts.base') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split() == []


def test_the_real_palette_module_is_there_for_whoever_asks_later() -> None:
    code = "import sakip_tui.app; from textual.command import CommandPalette; print(CommandPalette.__mro__[1].__name__)"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Screen" in found.stdout

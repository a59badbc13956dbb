"""Nothing that Textual offers leads out of the program, neither by an action nor by a method, on any screen."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from textual.app import App

from sakip_tui.app import SakipApp
from sakip_tui.closed_doors import CLOSED_ACTIONS
from tests.fakes import FakeDesk

HARMLESS = {"focus_next", "focus_previous", "help_quit", "quit", "toggle"}
"""Actions of Textual's app that may stay: they move the focus, say how to leave, leave, or flip our own settings."""


def app(desk: FakeDesk) -> SakipApp:
    return SakipApp(desk, desk.clock, (desk.opened, desk.rows))


def test_every_action_of_the_framework_is_judged() -> None:
    """A new release of Textual with a new action fails here until somebody has looked at it."""
    offered = {name.removeprefix("action_") for name in vars(App) if name.startswith("action_")}
    assert offered <= CLOSED_ACTIONS | HARMLESS


@pytest.mark.parametrize("action", sorted(CLOSED_ACTIONS))
async def test_an_action_that_leads_out_does_nothing(
    action: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = app(FakeDesk())
    async with shown.run_test() as pilot:
        before = shown.screen
        await shown.run_action(f"{action}('x')" if action in ("open_url", "notify") else action)
        await pilot.pause()
        assert shown.screen is before
        assert shown.is_running
    assert os.listdir(tmp_path) == []


async def test_no_method_starts_a_program_or_writes_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url, *rest: opened.append(url))
    shown = app(FakeDesk())
    async with shown.run_test() as pilot:
        shown.open_url("https://example.org")
        shown.deliver_text(io.StringIO("x"))
        shown.deliver_binary(io.BytesIO(b"x"))
        shown.deliver_screenshot()
        shown.save_screenshot()
        with pytest.raises(RuntimeError), shown.suspend():
            pass
        await pilot.pause()
    assert opened == []
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("key", ["ctrl+p", "ctrl+z", "ctrl+s", "ctrl+c", "ctrl+backslash", "f1"])
async def test_no_key_opens_a_palette_or_stops_the_program(key: str) -> None:
    shown = app(FakeDesk())
    async with shown.run_test() as pilot:
        before = shown.screen
        await pilot.press(key)
        await pilot.pause()
        assert shown.is_running
        assert shown.screen is before

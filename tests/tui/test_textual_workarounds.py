"""What Textual would do late, never or too early, and the program does in time."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from textual import _time
from textual.app import ComposeResult
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from sakip_tui.textual_workarounds import SparingApp
from tests.fakes import until


class Drawn(Screen[None]):
    CSS = "Drawn #isi { width: 40; }"

    def compose(self) -> ComposeResult:
        yield Static("satu", id="isi")


class Registering(SparingApp[None]):
    """An app that notes, of every screen that begins, whether its stylesheet was read by then."""

    def __init__(self) -> None:
        super().__init__()
        self.was_read: list[bool] = []

    def _register(self, parent: DOMNode, *widgets: Widget, **options: Any) -> list[Widget]:
        self.was_read += [
            self.stylesheet.has_source(__file__, "Drawn.CSS") for one in widgets if isinstance(one, Drawn)
        ]
        return super()._register(parent, *widgets, **options)


async def test_a_screen_begins_only_when_its_stylesheet_was_read() -> None:
    """From Python 3.12 on it is put together at once, and would be without styles."""
    app = Registering()
    async with app.run_test():
        await app.push_screen(Drawn())
        assert app.was_read == [True]


async def test_a_timer_that_is_late_goes_off_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine that is busy elsewhere between any two looks at the clock."""
    app = SparingApp[None]()
    async with app.run_test() as pilot:
        seconds = itertools.count(1000.0)
        monkeypatch.setattr(_time, "get_time", lambda: next(seconds))
        gone_off: list[bool] = []
        app.set_timer(1 / 120, lambda: gone_off.append(True))
        await until(pilot, lambda: gone_off)


async def test_a_new_size_reaches_the_screen_however_late_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    app = SparingApp[None]()
    async with app.run_test(size=(80, 24)) as pilot:
        seconds = itertools.count(1000.0)
        monkeypatch.setattr(_time, "get_time", lambda: next(seconds))
        for size in ((100, 30), (80, 24)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda size=size: tuple(app.screen.size) == size)

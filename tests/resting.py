"""An app that has nothing left to do.

Textual's own pilot waits until the processor is little used for a fiftieth of a second, at most for one second; on a
busy machine that says nothing. So `conftest.py` puts `at_rest` in its place, for every key and every `pilot.pause()`.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from typing import Any
from weakref import WeakSet

import pytest
from textual import app, pilot
from textual._context import active_app
from textual.app import App
from textual.screen import Screen

from tests.waiting import SECONDS, STEP

_answers: WeakSet[asyncio.Future[Any]] = WeakSet()
"""What this process's threads were asked for by coroutines."""
_wrap_future = asyncio.wrap_future


async def at_rest(running: App[Any] | None) -> None:
    """Wait until nothing of an app can go on by itself but its timers.

    Nothing is due in the event loop, no thread owes an answer, and the screen on top is drawn. What a coroutine sleeps
    for is not waited for.
    """
    loop = asyncio.get_running_loop()
    limit = loop.time() + SECONDS
    while True:
        await asyncio.sleep(0)
        if loop._ready:  # type: ignore[attr-defined]
            continue
        owed = [answer for answer in _answers if not answer.done() and answer.get_loop() is loop]
        screen = _unfinished(running)
        is_resized = running is not None and running._resize_event is not None and running._running
        if not owed and screen is None and not is_resized:
            return
        if loop.time() > limit:
            raise AssertionError(f"the app never came to rest: {owed or screen or 'a new size'}")
        if screen is not None:
            screen._on_timer_update()
        await asyncio.sleep(0 if screen is not None and not owed else STEP)


def _unfinished(running: App[Any] | None) -> Screen[Any] | None:
    """The screen on top where it is still to be laid out or drawn, or has callbacks that wait for that."""
    if running is None or running._exit or not running._running or not running._screen_stack:
        return None
    screen = running.screen
    parts = (
        screen._layout_required,
        screen._scroll_required,
        screen._repaint_required,
        screen._recompose_required,
        screen._dirty_widgets,
        screen._callbacks,
    )
    return screen if screen._running and any(parts) else None


def install(patch: pytest.MonkeyPatch) -> None:
    """Let every pilot wait by `at_rest`."""

    async def idle(*_: float) -> None:
        await at_rest(active_app.get(None))

    async def screen_waited_for(self: pilot.Pilot[Any]) -> bool:
        await at_rest(self.app)
        return self.app._exception is None

    def recorded(future: Future[Any], **options: Any) -> asyncio.Future[Any]:
        answer = _wrap_future(future, **options)
        _answers.add(answer)
        return answer

    patch.setattr(app, "wait_for_idle", idle)
    patch.setattr(pilot, "wait_for_idle", idle)
    patch.setattr(pilot.Pilot, "_wait_for_screen", screen_waited_for)
    patch.setattr(asyncio, "wrap_future", recorded)

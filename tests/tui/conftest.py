"""What every test of the screens rests on."""

from __future__ import annotations

import contextlib

import pytest
from textual.pilot import Pilot

from sakip_tui.typed_ahead import TypedAhead
from tests.fakes import until

_LONGEST = 5.0
"""Seconds after which a key may be on its way still: what it sets off is being held up by the test."""


@pytest.fixture(autouse=True)
def keys_are_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a key done once `press` returns: keys are handed on in turn, of which Textual's own pilot knows nothing."""
    press = Pilot.press

    async def through(pilot: Pilot[object], *keys: str) -> None:
        await press(pilot, *keys)
        app = pilot.app
        if isinstance(app, TypedAhead):
            with contextlib.suppress(AssertionError):
                await until(pilot, lambda: app._turn is None and not app._pressed, _LONGEST)

    monkeypatch.setattr(Pilot, "press", through)

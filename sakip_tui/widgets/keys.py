"""Capital letters act as their small ones: Caps Lock is often on without anybody noticing."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.screen import Screen


async def act_as_small(screen: Screen[Any], event: events.Key) -> None:
    """Do what the small letter does, where the capital has no meaning of its own on this screen."""
    key = event.key.removeprefix("upper_")
    if len(key) != 1 or not key.isupper() or screen.app.screen is not screen:
        return
    found = screen._bindings.key_to_bindings
    if key in found:
        return
    for binding in found.get(key.lower(), ()):
        event.stop()
        await screen.run_action(binding.action)
        return

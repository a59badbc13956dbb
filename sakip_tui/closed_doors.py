"""What Textual offers and this program never does: each door is shut, whoever sits at the terminal.

On an office host the person at the far end is not the one whose account this runs under. Nothing here may start another
program, write a document of its own, stop the process or run a named action. Retest on each Textual release: some of
these methods are internal there (8.2.8).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from textual.app import App, SystemCommand
from textual.screen import Screen

ResultT = TypeVar("ResultT")

CLOSED_ACTIONS = frozenset(
    {
        "add_class",
        "back",
        "bell",
        "change_theme",
        "command_palette",
        "focus",
        "hide_help_panel",
        "notify",
        "open_url",
        "pop_screen",
        "push_screen",
        "remove_class",
        "screenshot",
        "show_help_panel",
        "simulate_key",
        "suspend_process",
        "switch_mode",
        "switch_screen",
        "toggle_class",
        "toggle_dark",
    }
)
"""Actions of the app that a link or a binding could name."""


class ClosedDoors(App[ResultT]):
    """An app without the doors that lead out of it."""

    ENABLE_COMMAND_PALETTE = False
    COMMANDS = set()  # noqa: RUF012 - Textual's own declaration

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        return ()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return False if action in CLOSED_ACTIONS else super().check_action(action, parameters)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Opens nothing: Textual would start a browser on the machine that this runs on."""

    def deliver_text(self, *args: Any, **kwargs: Any) -> str | None:
        """Writes nothing."""
        return None

    def deliver_binary(self, *args: Any, **kwargs: Any) -> str | None:
        """Writes nothing."""
        return None

    def deliver_screenshot(self, *args: Any, **kwargs: Any) -> str | None:
        """Writes nothing."""
        return None

    def save_screenshot(self, *args: Any, **kwargs: Any) -> str:
        """Writes nothing, and says so."""
        return ""

    def suspend(self) -> Any:
        """Never gives the terminal to another program. Raises RuntimeError."""
        raise RuntimeError("this program keeps the terminal")

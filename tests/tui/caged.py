"""The real program without a way out, for the monkey: `python -m tests.tui.caged VISITED [words of a command line]`.

What asks it to end is heard and refused, so that one process sees every key and its memory can be followed. A SIGUSR1
locks the screen as a long absence does. Each kind of screen that comes on view, and each prompt by its title, is
written once to the document VISITED.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from math import inf
from pathlib import Path
from typing import Any, ClassVar

from sakip_tui import __main__ as program
from sakip_tui import app
from sakip_tui.prompts.base import FormPrompt


class Caged(app.SakipApp):
    """The program's own app, but for its end."""

    CSS_PATH: ClassVar = [Path(app.__file__).parent / name for name in app.SakipApp.CSS_PATH]
    visited: Path
    _seen: frozenset[str] = frozenset()

    def exit(self, *args: Any, **kwargs: Any) -> None:
        """Stays."""

    def on_mount(self) -> None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, self._nobody_is_there)

    def _nobody_is_there(self) -> None:
        self._touched = -inf
        self.call_next(self.look_for_somebody)

    def post_display_hook(self) -> None:
        super().post_display_hook()
        screen = self.screen
        names = {type(screen).__name__}
        if isinstance(screen, FormPrompt):
            names.add(f"prompt: {screen.form.title}")
        if new := names - self._seen:
            self._seen |= new
            with self.visited.open("a", encoding="utf-8") as document:
                document.writelines(f"{name}\n" for name in sorted(new))


if __name__ == "__main__":
    Caged.visited = Path(sys.argv.pop(1))
    app.SakipApp = Caged  # type: ignore[misc]
    sys.exit(program.main())

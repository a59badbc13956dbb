"""What makes the first picture come sooner: done before Textual is imported, undone once the picture is there.

Measured for Textual 8.2.8 on Python 3.11, in processor time of a start: the collector 16 ms, what is never used 35 ms.
"""

from __future__ import annotations

import gc
import sys
from types import MappingProxyType, ModuleType
from typing import Any

from sakip_tui import terminal

_NEVER_USED = MappingProxyType(
    {
        "textual.command": "the command palette, which brings lists and inputs along and is never shown",
        "platformdirs": "where documents are downloaded to: `ClosedDoors` writes none",
        "rich.table": "tables that print a theme's colours, for whoever designs one",
        "textual.canvas": "lines drawn between boxes, which no stylesheet here asks for",
    }
)
"""Modules that Textual takes names from at its import. Each name is a class of its own there, so that it can be named
in a signature; nothing calls one."""

_MAY_BE_MISSING = frozenset({"ssl"})
"""Modules whose importers go on without: asyncio speaks TLS where it can, and nothing here speaks to a network. None in
their place tells Python that there is no such module."""


class _StandIn(ModuleType):
    """A module that has whatever is asked of it, and does nothing."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def begin() -> None:
    """Before the first import of Textual."""
    terminal.settle()
    # Importing makes many objects and no garbage; looking for some after every few hundred takes long.
    gc.disable()
    if "textual.app" in sys.modules:
        return
    for name in _NEVER_USED:
        sys.modules.setdefault(name, _StandIn(name))
    if "asyncio" not in sys.modules:
        missing: dict[str, Any] = dict.fromkeys(_MAY_BE_MISSING - sys.modules.keys())
        sys.modules.update(missing)


def imported() -> None:
    """After it: whoever asks for one of these modules from now on gets the real one."""
    for name in _NEVER_USED:
        if isinstance(sys.modules.get(name), _StandIn):
            del sys.modules[name]
    for name in _MAY_BE_MISSING:
        if name in sys.modules and sys.modules[name] is None:
            del sys.modules[name]


def painted() -> None:
    """The first picture is there: what was imported stays for good, so the collector need not look at it again."""
    gc.freeze()
    gc.enable()

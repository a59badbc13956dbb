"""Loads a module when it is first needed: the only place of the program that imports by name.

What is loaded when stands in literal tables, as `module:name`: the families of acts in `sop/acts/families.py`, and on
the floor of screens and commands the commands in `cli/commands.py`, the stages of a command in `cli/entry.py`, the
screens in `screens.py`, the forms of the acts in `acts.py`. A module that needs something later has such a table of its
own. `tests/test_rooms.py` resolves every entry and counts it as an import when it looks for circles.
"""

from __future__ import annotations

from importlib import import_module

# Not of `typing`, which takes longer to import than what stands before the program's first frame.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def load(source: str) -> Any:
    """What an entry of a table names.

    Args:
        source: `module:name`, the module's name in full.
    """
    module, _, name = source.partition(":")
    return getattr(import_module(module), name)

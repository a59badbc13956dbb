"""What the start leaves out is there again for whoever needs it later."""

from __future__ import annotations

import subprocess
import sys

from tests.test_floors import TOP

PROGRAM = """
import sys
import sakip_tui.app
from sakip_tui import lean_start
left_out = [*lean_start._NEVER_USED, *lean_start._MAY_BE_MISSING]
print(*(name for name in left_out if name in sys.modules), sep=",")
import ssl, rich.table, platformdirs, textual.command, textual.canvas
print(ssl.create_default_context, rich.table.Table().columns, platformdirs.user_downloads_path())
print(hasattr(textual.command.CommandPalette, "compose"), hasattr(textual.canvas.Canvas, "render"))
"""


def test_what_textual_imports_for_nothing_is_left_out_of_the_start_and_nobody_else_misses_it() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    first, *rest = done.stdout.splitlines()
    assert first == "", "loaded at the start, or a stand-in that was left behind"
    assert "create_default_context" in rest[0]
    assert rest[1] == "True True"

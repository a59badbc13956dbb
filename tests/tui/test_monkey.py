"""No key, paste, click or size ends the program, while another program writes; and none makes it grow.

`make test` holds 3,000 keys; `make monkey` presses 50,000 and follows the memory. A failure tells the seed and the last
keys; SAKIP_SEED and SAKIP_KEYS press the same again.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of this kind are a Unix matter", allow_module_level=True)

from tests.tui.monkey import Monkey, office, somebody_else

KEYS = int(os.environ.get("SAKIP_KEYS", "3000"))
SEED = int(os.environ.get("SAKIP_SEED", "20261128"))
GROWTH_MB = 10.0
PLACES = {
    "BoardScreen",
    "CardScreen",
    "CalendarScreen",
    "DashboardScreen",
    "HistoryScreen",
    "FlowScreen",
    "SopsScreen",
    "SettingsScreen",
    "PeopleScreen",
    "SignInScreen",
    "FormPrompt",
    "MenuPrompt",
    "HelpScreen",
}


def test_no_key_paste_click_or_size_ends_the_program(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    office(path, int(time.time()))
    with somebody_else(path, SEED):
        report = Monkey(path, SEED).run(KEYS)
    sys.stdout.write(
        f"{report.keys} keys, seed {SEED}: {report.early_mb:.1f} MB resident at {Monkey.EARLY} keys, "
        f"{report.late_mb:.1f} MB at the end; seen: {', '.join(sorted(report.visited))}\n"
    )
    assert report.keys >= KEYS
    assert report.visited >= PLACES, f"not seen: {PLACES - report.visited}"
    assert report.late_mb <= report.early_mb + GROWTH_MB

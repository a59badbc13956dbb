"""What was acknowledged survives being killed at any moment. `make kills` asks for 10,000 of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = 200 * int(os.environ.get("SAKIP_CASES", "1"))
TOP = Path(__file__).resolve().parents[2]


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="forks and kills the POSIX way")


@POSIX
def test_what_was_acknowledged_survives_being_killed_at_any_moment(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.db.kills", str(tmp_path), str(KILLS)],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert found["died_by_themselves"] == 0
    assert found["kills"] >= KILLS
    # Enough acts and backups were promised for the kills to mean something.
    assert found["promised"] >= KILLS // 8
    assert found["copies"] > 0
    assert found["missing"] == []
    assert found["unsound"] == []
    assert found["differing_years"] == []
    # At most one act of each killed process was kept without its promise having been heard.
    assert found["promised"] <= found["stored"] <= found["promised"] + found["kills"]


@POSIX
def test_a_restore_killed_at_any_moment_leaves_the_database_before_or_the_restored_one(tmp_path: Path) -> None:
    kills = KILLS // 5
    done = subprocess.run(
        [sys.executable, "-m", "tests.db.kills", str(tmp_path), str(kills), "1", "pulihkan"],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert found["unsound"] == []
    assert found["before"] + found["restored"] == kills
    assert found["before"] > 0

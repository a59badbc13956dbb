"""Programs that are measured start as an installation starts them: compiled once, whatever the shell says."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
"""Beside what is inherited: this checkout, and nothing that would set it apart from the baselines."""


@contextmanager
def as_installed() -> Iterator[None]:
    """Within, each program started keeps its compiled modules in a folder of this run.

    A shell that forbids them (PYTHONDONTWRITEBYTECODE) makes our modules, and only ours, compile at every start.
    """
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="sakip-bench-", ignore_cleanup_errors=True) as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)

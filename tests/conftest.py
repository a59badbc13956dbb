"""What holds for every test: nobody's own office is touched, nothing moves on its own, samples repeat in CI.

Fakes and builders belong in `fakes.py`; fixtures of one floor belong in that floor's conftest.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from textual import constants

from tests import moved_clock, resting

for variable in ("SAKIP_DB", "SAKIP_PENGGUNA", "NO_COLOR", "FORCE_COLOR", "TEXTUAL", "TEXTUAL_THEME"):
    os.environ.pop(variable, None)
moved_clock.keep_monotonic()

# Two cores are shared by several workers, so a slow sample says nothing about the code: no deadline anywhere.
settings.register_profile("dev", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", deadline=None, max_examples=20_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two workers for a core: many tests wait for a terminal or a screen and leave the processor to others."""
    return 2 * (os.cpu_count() or 1)


_USER_FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "APPDATA")


@pytest.fixture(scope="session", autouse=True)
def _still_and_impersonal() -> Iterator[None]:
    """No animation, no wait that the machine's speed decides, and a temporary folder for every user folder.

    The folders and the animations hold in the programs that the tests start as well.
    """
    with (
        tempfile.TemporaryDirectory(prefix="sakip-tests-", ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        for name in _USER_FOLDERS:
            patch.setenv(name, folder)
        patch.setenv("TEXTUAL_ANIMATIONS", "none")
        # The snapshot plugin imports Textual before this file is read, so the variable comes too late for this process.
        patch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
        resting.install(patch)
        yield

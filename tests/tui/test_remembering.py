"""What a session that stays open all day keeps of what is over: closed forms, proven PINs."""

from __future__ import annotations

import gc
import platform
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.widgets import Static

from sakip_tui.textual_workarounds import SparingApp
from tests.fakes import until

ROOT = Path(__file__).parents[2]
PROVING = """
import ctypes
from pathlib import Path
from argon2 import PasswordHasher
from sakip_tui.heap import give_back_what_is_big

def resident():
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * 4096 >> 20

hasher = PasswordHasher(time_cost=1, memory_cost=19 * 1024, parallelism=1)
hasher.hash("481516")
give_back_what_is_big()
before = resident()
kept = []
for _ in range(4):
    hasher.hash("481516")
    # As whatever comes to stay meanwhile: above it nothing in the heap can be given back.
    kept.append(ctypes.CDLL(None).malloc(4096))
print(resident() - before)
"""


class Drawn(ModalScreen[None]):
    """A form, as far as this goes: a frame with something in it."""

    CSS = "Drawn Static { border: round white; width: 40; height: 10; }"

    def compose(self) -> ComposeResult:
        yield Static("satu", id="isi")


async def test_the_lines_of_a_closed_form_are_forgotten() -> None:
    app = SparingApp[None]()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Drawn())
        await until(pilot, lambda: app.screen.query_one("#isi")._styles_cache._cache)
        lines = weakref.ref(app.screen.query_one("#isi")._styles_cache)
        await app.pop_screen()

        def is_forgotten() -> bool:
            gc.collect()
            return lines() is None

        await until(pilot, is_forgotten)


async def test_what_was_worked_out_for_another_size_of_the_terminal_is_forgotten() -> None:
    app = SparingApp[None]()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Drawn())
        remembered = Region.intersection.cache_info  # type: ignore[attr-defined]
        before = remembered().currsize
        for width in range(81, 141):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
        assert app.screen.query_one("#isi").region.width == 40
        assert remembered().currsize <= before + 50


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other libraries have other ways")
def test_the_memory_that_proving_a_pin_takes_is_given_back() -> None:
    command = [sys.executable, "-c", PROVING]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert int(said) < 10, "megabytes that stay behind"

"""The screen makes the backup of the day after it was painted, and says what the file's surroundings need."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from db import backup_plan
from sakip_tui import app as app_module
from sakip_tui.app import SakipApp
from sakip_tui.upkeep import Upkeep
from tests.fakes import FakeClock, FakeDesk, office_file, until


async def test_a_file_that_is_not_there_yet_needs_nothing(tmp_path: Path) -> None:
    assert await Upkeep(tmp_path / "kantor.db", FakeClock()).look() == ()
    assert os.listdir(tmp_path) == []


async def test_a_file_that_is_no_database_is_told_and_never_raises(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    path.write_bytes(b"bukan basis data" * 100)
    (told,) = await Upkeep(path, FakeClock()).look()
    assert "bukan basis data sakip" in told


def text_of(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


async def test_what_nobody_expected_is_kept_in_the_log_and_the_screen_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("seeded")

    office_file(tmp_path / "kantor.db")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setattr(backup_plan, "keep_daily", broken)
    (told,) = await Upkeep(tmp_path / "kantor.db", FakeClock()).look()
    assert told.startswith("Cadangan hari ini belum dibuat. Catatannya ada di ")
    assert "RuntimeError: seeded" in text_of(told.split(" ada di ")[1].rstrip("."))


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
async def test_an_open_screen_makes_the_backup_and_warns_of_strangers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock()
    path = tmp_path / "kantor.db"
    office_file(path)
    os.chmod(path, 0o644)
    monkeypatch.setattr(app_module, "FIRST_LOOK_SECONDS", 0.01)
    looks: list[tuple[str, ...]] = []

    class Counted(Upkeep):
        async def look(self) -> tuple[str, ...]:
            looks.append(await super().look())
            return looks[-1]

    desk = FakeDesk(clock=clock)
    app = SakipApp(desk, clock, upkeep=Counted(path, clock))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: bool(list(app._notifications)))
        (note,) = list(app._notifications)
        assert "Akun lain di komputer ini dapat membuka basis datanya" in note.message
        # However long the screen stays open: once a start.
        app._look_after()
        await until(pilot, lambda: len(looks) == 2)
        await pilot.pause()
        assert len(list(app._notifications)) == 1
    assert len(os.listdir(tmp_path / "cadangan")) == 1


async def test_an_open_screen_warns_of_a_folder_that_is_kept_alike_on_several_computers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Dropbox" / "kantor.db"
    path.parent.mkdir()
    office_file(path)
    monkeypatch.setattr(app_module, "FIRST_LOOK_SECONDS", 0.01)
    app = SakipApp(FakeDesk(), FakeClock(), upkeep=Upkeep(path, FakeClock()))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: bool(list(app._notifications)))
        (note,) = list(app._notifications)
        assert "disamakan oleh Dropbox" in note.message

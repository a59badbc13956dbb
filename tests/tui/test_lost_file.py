"""A file that is gone or damaged beside its copies: the first screen says so and leads back, and nobody begins anew
without knowing."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from db import opening, queries
from db.errors import UnknownPerson
from db.file import backup
from db.restoration import Vouched
from sakip_tui.app import SakipApp, _opened
from sakip_tui.backups.restoring import RestoreWish, restore
from sakip_tui.board.screen import BoardScreen
from sakip_tui.desk import NewOffice
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.picking import Choices
from sakip_tui.views.loss import loss_of
from sop.model.refusals import Refused
from sop.values import replace
from tests.fakes import FakeClock, office_file, until

NOW = 1_795_402_800
OLD, NEW = "kantor-2026-11-20.db", "kantor-2026-11-21-101500.db"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where an office lay, of which two copies are left."""
    place = tmp_path / "kantor.db"
    office_file(place)
    (tmp_path / "cadangan").mkdir()
    with opening.open(place) as database:
        for age, name in enumerate((NEW, OLD)):
            backup.copy(database, tmp_path / "cadangan" / name)
            os.utime(tmp_path / "cadangan" / name, (NOW - age * 86_400,) * 2)
    place.unlink()
    return place


@asynccontextmanager
async def begun(path: Path, *, is_locked: bool = False) -> AsyncIterator[Pilot[Any]]:
    """The program as it starts on that file."""
    clock = FakeClock(NOW)
    desk = OfficeDesk(path, "budi", clock, is_locked=is_locked)
    opened, lost = _opened(desk, path, NOW, is_locked)
    app = SakipApp(desk, clock, opened, lost=lost)
    async with app.run_test(size=(80, 24)) as pilot:
        yield pilot


async def asked(pilot: Pilot[Any], title: str) -> FormPrompt:
    await until(
        pilot,
        lambda: isinstance(pilot.app.screen, FormPrompt) and title in pilot.app.screen.form.title and pilot.app.focused,
    )
    found = pilot.app.screen
    assert isinstance(found, FormPrompt)
    return found


async def test_a_lost_file_is_told_with_its_copies_and_one_of_them_is_restored(path: Path) -> None:
    async with begun(path) as pilot:
        prompt = await asked(pilot, "tidak ada di tempatnya")
        told = " ".join(prompt.form.body)
        assert f"{path} tidak ada lagi" in told
        assert "ada 2 salinannya; yang terbaru yang utuh dibuat" in told
        await pilot.press("enter")
        prompt = await asked(pilot, "Salinan yang dipulihkan")
        assert prompt.form.codes == (NEW, OLD)
        await pilot.press("enter")
        prompt = await asked(pilot, f"Pulihkan {NEW}")
        assert "Cadangan ini utuh" in prompt.form.body[0]
        assert not any("tetap disimpan" in line for line in prompt.form.body)
        await pilot.press(*"ya", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormPrompt) and pilot.app.screen.problem)
        await asked(pilot, f"Pulihkan {NEW}")
        await pilot.press(*"pulihkan", "enter")
        await until(pilot, lambda: pilot.app.return_value is not None)
        wish = pilot.app.return_value
    assert wish == RestoreWish(path.parent / "cadangan" / NEW, None)
    assert (
        restore(path, wish, NOW, None, lambda prepared: ("budi", Vouched(account="budi"))) == f"Dipulihkan dari {NEW}."
    )
    with opening.open(path) as database:
        assert queries.head(database).sequence == 2


async def test_a_copy_that_is_not_sound_is_neither_proposed_nor_taken(path: Path) -> None:
    newest = path.parent / "cadangan" / "kantor-2026-11-22.db"
    newest.write_bytes(b"rusak" * 5000)
    async with begun(path) as pilot:
        assert "ada 3 salinannya" in " ".join((await asked(pilot, "tidak ada di tempatnya")).form.body)
        await pilot.press("enter")
        prompt = await asked(pilot, "Salinan yang dipulihkan")
        choices = prompt.query_one(Choices)
        assert prompt.form.codes[choices.index] == NEW
        choices.pick(prompt.form.codes.index(newest.name))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormPrompt) and pilot.app.screen.problem)
        assert "tidak dapat dipakai untuk memulihkan" in pilot.app.screen.problem  # type: ignore[attr-defined]


async def test_a_new_office_is_begun_only_by_choosing_it_and_leaves_the_copies(path: Path) -> None:
    before = {file.name: file.read_bytes() for file in (path.parent / "cadangan").iterdir()}
    async with begun(path) as pilot:
        prompt = await asked(pilot, "tidak ada di tempatnya")
        assert prompt.form.codes == ("pulihkan", "baru")
        assert prompt.form.proposed == "pulihkan"
        await pilot.press("down", "enter")
        prompt = await asked(pilot, "Selamat datang")
        prompt.query_one(Choices).pick(prompt.form.codes.index("disnaker-kota-tangerang"))
        await pilot.press("enter")
        for title in ("Nama kantor", "Zona waktu", "Tahun", "Bidang"):
            await asked(pilot, title)
            await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BoardScreen))
    assert {file.name: file.read_bytes() for file in (path.parent / "cadangan").iterdir()} == before


async def test_a_new_office_that_is_refused_leaves_the_way_back(path: Path) -> None:
    """An empty file stood there then, and neither screen nor command told of the copies any more."""
    desk = OfficeDesk(path, "budi", FakeClock(NOW))
    wanted = NewOffice("dpmd-nganjuk", "Dinas", "Asia/Jakarta", 2026, ())
    with pytest.raises(Refused):
        await desk.set_up(wanted)
    assert loss_of(path, NOW) is not None
    await desk.set_up(replace(wanted, bidang=("Bidang A",)))
    assert await desk.office() is not None
    await desk.close()


@pytest.fixture
def damaged_too(path: Path) -> Path:
    """Another file with the same copies beside it."""
    folder = path.parent / "lain"
    shutil.copytree(path.parent / "cadangan", folder / "cadangan")
    (folder / path.name).write_bytes(b"rusak" * 5000)
    shutil.copy(f"{path}-gate", folder)
    return folder / path.name


@pytest.fixture
def damaged(path: Path) -> Path:
    path.write_bytes(b"rusak" * 5000)
    return path


async def test_a_damaged_file_leads_to_its_copies_and_to_no_new_office(damaged: Path) -> None:
    async with begun(damaged) as pilot:
        prompt = await asked(pilot, "Basis data rusak")
        assert prompt.form.codes == ("pulihkan",)
        assert f"{damaged} " in prompt.form.body[0]
        await pilot.press("enter")
        await asked(pilot, "Salinan yang dipulihkan")
        await pilot.press("escape")
        await asked(pilot, "Basis data rusak")


async def test_before_the_word_it_is_said_that_a_damaged_file_asks_for_a_pin_and_a_lost_one_does_not(
    path: Path, damaged_too: Path
) -> None:
    for file, is_asked in ((path, False), (damaged_too, True)):
        async with begun(file) as pilot:
            await asked(pilot, "Basis data")
            await pilot.press("enter")
            await asked(pilot, "Salinan yang dipulihkan")
            await pilot.press("enter")
            prompt = await asked(pilot, f"Pulihkan {NEW}")
            assert ("PIN itu ditanyakan di terminal" in " ".join(prompt.form.body)) is is_asked


async def test_who_came_by_a_key_restores_nothing(path: Path) -> None:
    async with begun(path, is_locked=True) as pilot:
        prompt = await asked(pilot, "tidak ada di tempatnya")
        assert prompt.form.codes == ("baru",)
        assert "Minta pengelola memulihkannya" in " ".join(prompt.form.body)


async def test_a_place_without_copies_greets_a_newcomer(tmp_path: Path) -> None:
    async with begun(tmp_path / "kantor.db") as pilot:
        await asked(pilot, "Selamat datang")


def test_who_may_not_restore_a_damaged_file_is_refused_in_words_and_nothing_is_replaced(damaged: Path) -> None:
    def refuse(prepared: Path) -> tuple[str, Vouched]:
        raise UnknownPerson(name="budi", office="kantor", known=())

    said = restore(damaged, RestoreWish(damaged.parent / "cadangan" / NEW, None), NOW, None, refuse)
    assert said.startswith("Tidak dipulihkan. budi tidak terdaftar")
    assert damaged.read_bytes() == b"rusak" * 5000

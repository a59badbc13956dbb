"""The screen of the copies: what there is, one more, and back to one, which begins once the program has let go."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from db import opening, queries
from db.backup_names import BackupKind, backup_files
from db.file import backup
from db.restoration import Vouched
from sakip_tui.backups.restoring import RestoreWish, restore
from sakip_tui.backups.screen import BackupsScreen
from sakip_tui.prompts.base import FormPrompt
from sop.model.pelaksana import Actor, Role
from sop.values import replace
from tests.fakes import FakeClock, office_file, until
from tests.tui.test_board_going import at_file
from tests.tui.test_board_keys import Table

NOW = 1_795_402_800


@asynccontextmanager
async def at_copies(folder: Path) -> AsyncIterator[Table]:
    """The copies of an office without people are on view."""
    path = folder / "kantor.db"
    office_file(path)
    async with at_file(path, FakeClock()) as found:
        found.board.action_open_place("cadangan")
        await until(found.pilot, lambda: isinstance(found.pilot.app.screen, BackupsScreen))
        await until(found.pilot, lambda: text_of(found) and "Sedang dibaca" not in text_of(found))
        yield found


def nobody(prepared: Path) -> tuple[str, Vouched]:
    raise AssertionError("the wish says who asks")


def screen_of(table: Table) -> BackupsScreen:
    return next(screen for screen in table.pilot.app.screen_stack if isinstance(screen, BackupsScreen))


def text_of(table: Table) -> str:
    return screen_of(table).lines("#list").text


async def copied(table: Table) -> None:
    await table.press("b")
    await until(table.pilot, lambda: "dibuat sendiri" in text_of(table))


async def test_b_makes_a_copy_that_is_listed_with_its_kind_and_size(tmp_path: Path) -> None:
    async with at_copies(tmp_path) as table:
        assert "Belum ada salinan" in text_of(table)
        await copied(table)
        (one,) = backup_files(tmp_path / "kantor.db")
        assert one.kind is BackupKind.BY_HAND
        assert f"{one.size / 1_000_000:.1f} MB".replace(".", ",") in text_of(table)
        assert screen_of(table).said.startswith(f"Salinan {one.path.name} dibuat")


async def test_the_copy_that_was_just_made_is_picked(tmp_path: Path) -> None:
    (tmp_path / "cadangan").mkdir()
    (tmp_path / "cadangan" / "kantor-2026-11-20.db").write_bytes(b"x")
    async with at_copies(tmp_path) as table:
        await copied(table)
        made = next(one for one in backup_files(tmp_path / "kantor.db") if one.kind is BackupKind.BY_HAND)
        await until(table.pilot, lambda: screen_of(table).picked == made.path.name)


async def test_p_tells_what_would_be_lost_and_wants_the_word(tmp_path: Path) -> None:
    async with at_copies(tmp_path) as table:
        await copied(table)
        await table.press("p")
        await table.asks()
        assert "Tidak ada catatan yang hilang." in "\n".join(table.prompt.form.body)
        await table.type_into("kata", "ya")
        await table.press("enter")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, FormPrompt) and table.prompt.problem)
        assert "Ketik PULIHKAN" in table.prompt.problem
        assert table.pilot.app.return_value is None
        await table.type_into("kata", "Pulihkan")
        await table.press("enter")
        await until(table.pilot, lambda: table.pilot.app.return_value is not None)
        (one,) = backup_files(tmp_path / "kantor.db")
        vouched = Vouched(account=table.board.desk.account)
        assert table.pilot.app.return_value == RestoreWish(one.path, table.board.office.actor.code, vouched)


def test_what_was_chosen_takes_the_place_of_the_file_and_what_was_there_is_kept(tmp_path: Path) -> None:
    path, copy = tmp_path / "kantor.db", tmp_path / "cadangan" / "kantor-2026-11-20-101500.db"
    office_file(path)
    copy.parent.mkdir()
    with opening.open(path) as database:
        backup.copy(database, copy)
        before = queries.head(database)
    said = restore(path, RestoreWish(copy, "kasubag"), NOW, "host", nobody)
    with opening.open(path) as database:
        assert queries.head(database).sequence == before.sequence + 1
    kept = next(one for one in backup_files(path) if one.kind is BackupKind.BEFORE_RESTORING)
    assert said == f"Dipulihkan dari {copy.name}. Yang digantikan disimpan sebagai {kept.path.name}."


def test_a_file_that_others_have_open_stays_and_it_is_said(tmp_path: Path) -> None:
    path, copy = tmp_path / "kantor.db", tmp_path / "salinan.db"
    office_file(path)
    with opening.open(path) as database:
        backup.copy(database, copy)
        before = queries.head(database)
        said = restore(path, RestoreWish(copy, "kasubag"), NOW, None, nobody)
        assert said.startswith("Tidak dipulihkan. ")
        assert queries.head(database) == before


def test_names_of_others_are_passed_over_and_the_newest_is_first(tmp_path: Path) -> None:
    folder = tmp_path / "cadangan"
    folder.mkdir()
    for age, name in enumerate(
        ("kantor-2026-11-20.db", "kantor-sebelum-pulih-2026-11-20-101500-2.db", "kantor-sebelum-diganti-113.db")
    ):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (NOW - age, NOW - age))
    for name in ("kantor-lama.db", "lain-2026-11-20.db", "kantor-2026-11-20.db-wal"):
        (folder / name).write_bytes(b"x")
    assert [one.kind for one in backup_files(tmp_path / "kantor.db")] == [
        BackupKind.DAILY,
        BackupKind.BEFORE_RESTORING,
        BackupKind.BEFORE_REPLACEMENT,
    ]


async def test_whoever_may_not_copy_is_told_who_does(tmp_path: Path) -> None:
    async with at_copies(tmp_path) as table:
        assert "Tekan b untuk membuatnya" in text_of(table)
        screen = screen_of(table)
        reader = Actor("tamu", frozenset({Role.PENGAMAT}))
        screen.here = replace(screen.here, office=replace(screen.here.office, actor=reader))
        screen.draw()
        assert "Tekan b" not in text_of(table)
        assert "Pengelola atau admin yang membuatnya" in " ".join(text_of(table).split())

"""A recap is written while the board stays in use: told how far, left with Escape, nothing half-written."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from exports.errors import DiskFull, ExportCancelled
from exports.sheet import Report
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.recaps import WrittenRecap
from sop.model.act import Act
from sop.model.commands import Command
from tests.fakes import TANGERANG, FakeClock, FakeDesk, office_file, open_period, walk
from tests.tui.test_board_keys import at_table
from tests.waiting import SECONDS, STEP

TW1 = "2026-TW1"


class SlowWriter:
    """Stands for a long workbook: takes one row, then waits until it is let go on."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go_on = threading.Event()

    def write(self, report: Report, stream: IO[bytes]) -> None:
        stream.write(b"half")
        self.begun.set()
        assert self.go_on.wait(SECONDS)
        for sheet in report.sheets:
            for _ in sheet.rows:
                pass


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowWriter]:
    writer = SlowWriter()
    monkeypatch.setattr("exports.workbook.write_workbook", writer.write)
    yield writer
    writer.go_on.set()


@pytest.fixture
def desk(tmp_path: Path) -> OfficeDesk:
    office_file(tmp_path / "kantor.db")
    return OfficeDesk(tmp_path / "kantor.db", "budi", FakeClock())


def files_in(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "rekap").iterdir())


async def test_other_acts_go_on_while_a_recap_is_written(desk: OfficeDesk, slow: SlowWriter, tmp_path: Path) -> None:
    writing = asyncio.create_task(desk.write_recap(TW1))
    await asyncio.to_thread(slow.begun.wait, SECONDS)
    done = await desk.apply(Command(Act.BUKA, TW1))
    assert done.event.act is Act.BUKA
    assert not writing.done()
    slow.go_on.set()
    written = await writing
    assert files_in(tmp_path) == [written.path]
    assert written.provisional
    await desk.close()


@pytest.mark.parametrize("is_guest", [True, False])
async def test_only_who_is_no_guest_is_told_the_database(
    is_guest: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.9 50000 10.0.0.5 22")
    office_file(tmp_path / "kantor.db")
    desk = OfficeDesk(tmp_path / "kantor.db", "budi", FakeClock(), is_locked=is_guest)
    fetch = (await desk.write_recap(TW1)).fetch
    await desk.close()
    assert fetch is not None
    assert ("--db" in fetch) is not is_guest, "a key decides the database, and refuses to be told one"


async def test_a_recap_is_fetched_from_the_sop_on_the_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.9 50000 10.0.0.5 22")
    for code in (TANGERANG, "dpmptsp-balangan"):
        office_file(tmp_path / "kantor.db", code)
    desk = OfficeDesk(tmp_path / "kantor.db", "budi", FakeClock())
    for choice in await desk.choices():
        await desk.switch(choice.code, choice.sops[0].code)
        fetch = (await desk.write_recap(TW1)).fetch
        assert fetch is not None
        assert f"--opd {choice.code}" in fetch
    await desk.close()


async def test_progress_arrives_on_the_screens_own_thread(desk: OfficeDesk) -> None:
    heard: list[tuple[int, int, int]] = []
    await desk.write_recap(TW1, lambda done, total: heard.append((done, total, threading.get_ident())))
    assert {where for *_, where in heard} == {threading.get_ident()}
    assert heard[0][0] == 0
    assert heard[-1][0] == heard[-1][1] > 0
    await desk.close()


async def test_a_recap_nobody_wants_leaves_nothing(desk: OfficeDesk, slow: SlowWriter, tmp_path: Path) -> None:
    left = threading.Event()
    writing = asyncio.create_task(desk.write_recap(TW1, cancelled=left.is_set))
    await asyncio.to_thread(slow.begun.wait, SECONDS)
    left.set()
    slow.go_on.set()
    with pytest.raises(ExportCancelled):
        await writing
    assert files_in(tmp_path) == []
    await desk.close()


async def test_leaving_the_program_gives_up_what_is_being_written(
    desk: OfficeDesk, slow: SlowWriter, tmp_path: Path
) -> None:
    writing = asyncio.create_task(desk.write_recap(TW1))
    await asyncio.to_thread(slow.begun.wait, SECONDS)
    closing = asyncio.create_task(desk.close())
    await asyncio.sleep(0)
    slow.go_on.set()
    with pytest.raises(ExportCancelled):
        await writing
    await closing
    assert files_in(tmp_path) == []


class LongDesk(FakeDesk):
    """Writes until it is told to stop, or to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.tell: Callable[[int, int], None] | None = None
        self.finish = asyncio.Event()

    async def write_recap(
        self,
        period: str,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> WrittenRecap:
        self.tell = progress
        while not self.finish.is_set():
            if cancelled is not None and cancelled():
                raise ExportCancelled
            # Less than a tick of the clock of Windows would keep the loop from everything else there.
            await asyncio.sleep(10 * STEP)
        return WrittenRecap(Path("rekap/r.xlsx"), True, "ssh budi@10.0.0.5 sakip rekap 2026-TW1 -o - > r.xlsx")


async def test_the_board_tells_how_far_a_recap_is_and_stays_in_use() -> None:
    desk = LongDesk()
    open_period(desk)
    walk(desk, [1])
    async with at_table(desk) as table:
        await table.press("1", "e")
        await table.until_said("Rekap sedang ditulis")
        assert desk.tell is not None
        desk.tell(300, 1000)
        await table.until_said("30%")
        assert "Esc" in table.info
        before = table.board.selected
        await table.press("left")
        assert table.board.selected != before
        desk.finish.set()
        await table.until_said(
            f"Rekap ditulis, sementara (TW I belum ditutup); buka dengan Excel: {Path('rekap/r.xlsx')}"
        )
        assert "ssh budi@10.0.0.5" in table.info


async def test_what_is_told_of_a_recap_is_told_to_its_end(tmp_path: Path) -> None:
    class FarDesk(FakeDesk):
        async def write_recap(self, *_: object) -> WrittenRecap:
            folder = Path("/srv/bersama/perencanaan/kantor/dinas-ketenagakerjaan/tahun-berjalan/rekap")
            fetch = f"ssh budi@10.0.0.5 'sakip rekap 2026-TW1 --db {folder.parent}/kantor.db -o -' > rekap_TW1.xlsx"
            return WrittenRecap(folder / "rekap_disnaker-kota-tangerang_2026-TW1_r1_sementara.xlsx", True, fetch)

    desk = FarDesk()
    open_period(desk)
    async with at_table(desk) as table:
        table.board.recaps.write(
            "2026-TW1", "TW I ditutup. Revisi kalender 12 dipakai, dan dua berkas lewat waktu bakunya."
        )
        await table.until_said("buka dengan Excel")
        assert "rekap_TW1.xlsx" in table.info
        assert "…" not in table.info


async def test_progress_does_not_take_the_place_of_another_notice() -> None:
    desk = LongDesk()
    open_period(desk)
    async with at_table(desk) as table:
        await table.press("1", "e")
        await table.until_said("Rekap sedang ditulis")
        table.board.announce("Ada yang lain.")
        assert desk.tell is not None
        desk.tell(900, 1000)
        assert table.board.said == "Ada yang lain."


async def test_escape_leaves_a_recap_and_e_writes_it_again() -> None:
    desk = LongDesk()
    open_period(desk)
    async with at_table(desk) as table:
        await table.press("1", "e")
        await table.until_said("Rekap sedang ditulis")
        await table.press("escape")
        await table.until_said("dibatalkan")
        desk.finish.set()
        await table.press("e")
        await table.until_said("Rekap ditulis")


async def test_a_closing_whose_recap_fails_stays_closed_and_says_how_to_repeat() -> None:
    class FullDesk(FakeDesk):
        async def write_recap(self, *_: object) -> WrittenRecap:
            raise DiskFull("rekap/r.xlsx")

    desk = FullDesk()
    open_period(desk)
    walk(desk, [1, 2, 3, 4, 5])
    desk.act(Command(Act.TUTUP, TW1))
    async with at_table(desk) as table:
        await table.press("1", "e")
        await table.until_said("Periode tetap tertutup")
        assert "penuh" in table.info
        assert "Tekan e untuk mengulang" in table.info


async def test_the_recap_of_a_closing_is_shown_before_another_one_is_written() -> None:
    desk = FakeDesk()
    open_period(desk)
    walk(desk, [1, 2, 3, 4, 5])
    desk.act(Command(Act.TUTUP, TW1))
    async with at_table(desk) as table:
        await table.press("1", "e")
        await table.until_said("Rekap ditulis")
        await table.press("e")
        await table.until_said(f"Rekap penutupan sudah ada: {Path('rekap') / f'{TW1}.xlsx'}")
        assert desk.recaps == [TW1], "nothing was written yet"
        await table.press("e")
        await table.until_said("Rekap ditulis")
        assert desk.recaps == [TW1, TW1]


async def test_only_the_recap_of_the_last_closing_counts(desk: OfficeDesk, tmp_path: Path) -> None:
    assert await desk.kept_recap(TW1) is None
    folder = tmp_path / "rekap"
    folder.mkdir()
    code = (await desk.write_recap(TW1)).path.name.removeprefix("rekap_").partition(f"_{TW1}")[0]
    for number, name in enumerate((f"rekap_{code}_{TW1}_r0", f"rekap_{code}_{TW1}_r0_2", f"rekap_{code}_{TW1}_r1")):
        (folder / f"{name}.xlsx").write_bytes(b"")
        os.utime(folder / f"{name}.xlsx", (number, number))
    # Never closed: what belongs to no closing would be revision 0.
    assert await desk.kept_recap(TW1) == folder / f"rekap_{code}_{TW1}_r0_2.xlsx"
    await desk.close()

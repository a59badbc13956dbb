"""The screen of indicators: what it shows, and that each key changes the register as the command line does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

from db import opening
from db.kinerja_queries import register
from db.kinerja_store import define, indicator_command, target_command
from db.store import Store
from sakip_tui.imports.screen import FindingsScreen
from sakip_tui.indicators.screen import IndicatorsScreen, aim_words
from sakip_tui.prompts.base import FormPrompt
from sop.kinerja.data_act import DataCommand
from sop.kinerja.indicator import Indicator, TargetValue
from sop.kinerja.state import KinerjaState
from sop.model.pelaksana import Actor, Role
from sop.values import replace
from tests.fakes import FIVE_BIDANG, FakeClock, office_file, until
from tests.tui.test_board_going import at_file
from tests.tui.test_board_keys import Table
from tests.tui.year import MONDAY

FIRST = Indicator("IK-1", "Jumlah peserta pelatihan", "orang", owner=FIVE_BIDANG[1])
COMMANDS: tuple[DataCommand, ...] = (
    indicator_command(FIRST, "2026-TW1"),
    target_command({("IK-1", "2026-TW1"): Decimal(25), ("IK-1", "2026-TH"): Decimal(100)}, document="PK 2026"),
)


@asynccontextmanager
async def at_indicators(folder: Path, *commands: DataCommand) -> AsyncIterator[Table]:
    """The indicators of an office without people are on view."""
    path = folder / "kantor.db"
    address = office_file(path).address
    if commands:
        with opening.open(path) as database:
            define(Store(database, lambda: MONDAY), address.office, commands, Actor("siapa", everybody=True))
    async with at_file(path, FakeClock()) as found:
        found.board.action_open_place("indikator")
        await until(found.pilot, lambda: isinstance(found.pilot.app.screen, IndicatorsScreen))
        await until(found.pilot, lambda: "Sedang dibaca" not in (listed(found) or "Sedang dibaca"))
        yield found


def listed(table: Table) -> str:
    """What the list shows."""
    return screen_of(table).lines("#list").text


def screen_of(table: Table) -> IndicatorsScreen:
    return next(screen for screen in table.pilot.app.screen_stack if isinstance(screen, IndicatorsScreen))


def kept(table: Table) -> KinerjaState:
    with opening.open(table.board.desk._file.path) as database:  # type: ignore[attr-defined]
        return register(database, table.board.rows.address.office, MONDAY)


async def fill(table: Table, key: str, **values: str) -> None:
    """Press a key and answer its form."""
    await table.press(key)
    await table.asks()
    for name, text in values.items():
        await table.type_into(name, text)
    await table.press("ctrl+s")
    await until(table.pilot, lambda: screen_of(table).said or getattr(table.pilot.app.screen, "problem", ""))


async def test_an_office_without_any_is_told_how_to_begin(tmp_path: Path) -> None:
    async with at_indicators(tmp_path) as table:
        assert "dapat bekerja tanpanya" in listed(table)
        await fill(table, "a", kode="IK-1", nama="Jumlah peserta", satuan="orang", bidang=FIVE_BIDANG[1].upper())
        assert screen_of(table).said == "Tersimpan."
        (version,) = kept(table).indicators["ik-1"]
        assert (version.indicator.owner, version.since) == (FIVE_BIDANG[1], "2026-TW1")
        assert FIVE_BIDANG[1] in listed(table)


async def test_a_code_that_is_taken_is_asked_again(tmp_path: Path) -> None:
    async with at_indicators(tmp_path, *COMMANDS) as table:
        await fill(table, "a", kode="ik-1", nama="Lain", satuan="orang", desimal="9")
        assert isinstance(table.pilot.app.screen, FormPrompt)
        assert "Desimal: " in table.prompt.problem
        await table.type_into("desimal", "0")
        await table.press("ctrl+s")
        await until(table.pilot, lambda: "Kode ik-1 sudah dipakai" in getattr(table.pilot.app.screen, "problem", ""))
        assert len(kept(table).indicators["ik-1"]) == 1


async def test_a_change_is_a_version_from_a_period_on(tmp_path: Path) -> None:
    async with at_indicators(tmp_path, *COMMANDS) as table:
        await fill(table, "e", nama="Peserta yang lulus", sejak="2026-tw3")
        assert [version.indicator.name for version in kept(table).indicators["ik-1"]] == [
            FIRST.name,
            "Peserta yang lulus",
        ]
        await fill(table, "x", sejak="2026-TW4")
        assert "berakhir" in listed(table)


async def test_targets_that_do_not_fit_are_kept_and_told(tmp_path: Path) -> None:
    async with at_indicators(tmp_path, *COMMANDS) as table:
        assert "setahun 100" in listed(table)
        await table.press("t")
        await table.asks()
        for period in ("TW2", "TW3", "TW4"):
            await table.type_into(f"2026-{period}", "25" if period != "TW4" else "30")
        await table.press("ctrl+s")
        await until(table.pilot, lambda: screen_of(table).said)
        assert "Tahun 2026 100, padahal jumlah target periodenya 105" in screen_of(table).said
        assert listed(table).rstrip().endswith(" !")
        (held,) = kept(table).targets
        assert held.values["ik-1", "2026-TW4"] == 30


async def test_a_number_with_two_readings_is_asked_again_beside_its_period(tmp_path: Path) -> None:
    async with at_indicators(tmp_path, *COMMANDS) as table:
        await table.press("t")
        await table.asks()
        await table.type_into("2026-TW2", "1.234")
        await table.press("ctrl+s")
        await until(table.pilot, lambda: "dapat berarti" in getattr(table.pilot.app.screen, "problem", ""))
        assert "TW II" in table.prompt.problem


async def test_enter_tells_versions_and_targets(tmp_path: Path) -> None:
    async with at_indicators(tmp_path, *COMMANDS) as table:
        await table.press("enter")
        await until(table.pilot, lambda: type(table.pilot.app.screen).__name__ == "ReadingScreen")
        said = " ".join(table.pilot.app.screen.query_one("#reading").text.split())  # type: ignore[attr-defined]
        assert "Target 2026, Perjanjian Kinerja: PK 2026" in said
        assert "TW I: 25 orang" in said


def test_a_row_tells_the_target_of_the_period_on_view() -> None:
    """Targets of quarters alone are targets: a year without one of its own is no lack."""
    quarters: dict[str, TargetValue] = {"2026-TW1": Decimal(25), "2026-TW4": Decimal(40)}
    year: dict[str, TargetValue] = {"2026-TH": Decimal(100)}
    assert aim_words(quarters, FIRST, "2026-TW4") == "TW IV 40"
    assert aim_words(quarters, FIRST, "2026-S1") == "2 target"
    assert aim_words(quarters | year, FIRST, "2026-TW2") == "setahun 100"
    assert aim_words(year, FIRST, "2026-TH") == "setahun 100"
    assert aim_words({}, FIRST, "2026-TW1") == "target belum ada"


async def test_a_workbook_is_taken_in_after_saying_what_it_changes(tmp_path: Path) -> None:
    async with at_indicators(tmp_path, *COMMANDS) as table:
        await table.press("f")
        await until(table.pilot, lambda: screen_of(table).said)
        (place,) = (tmp_path / "rekap").iterdir()
        assert str(place) in screen_of(table).said
        # The one that was just written is offered.
        await fill(table, "i")
        await until(table.pilot, lambda: screen_of(table).said == "Tidak ada yang berubah: semuanya sudah tercatat.")
        await fill(table, "i", dokumen=str(tmp_path / "tidak-ada.xlsx"))
        assert "tidak ada" in table.prompt.problem
        (tmp_path / "surat.xlsx").write_bytes(b"bukan xlsx")
        await table.type_into("dokumen", str(tmp_path / "surat.xlsx"))
        await table.press("ctrl+s")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, FindingsScreen))
        await until(table.pilot, lambda: table.pilot.app.screen.lines("#list").text)  # type: ignore[attr-defined]
        assert "bukan berkas Excel" in table.pilot.app.screen.lines("#list").text  # type: ignore[attr-defined]


async def test_whoever_may_not_take_the_sheet_in_is_not_told_to(tmp_path: Path) -> None:
    async with at_indicators(tmp_path, *COMMANDS) as table:
        await table.press("f")
        await until(table.pilot, lambda: "lalu tekan i" in screen_of(table).said)
        screen = screen_of(table)
        reader = Actor("tamu", frozenset({Role.PENGAMAT}))
        screen.here = replace(screen.here, office=replace(screen.here.office, actor=reader))
        screen.said = ""
        await table.press("f")
        await until(table.pilot, lambda: "ditulis" in screen_of(table).said)
        assert "tekan" not in screen_of(table).said

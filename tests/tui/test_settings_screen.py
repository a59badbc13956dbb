"""Every key of the settings screen, on a real file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from db import case_queries, opening
from db.adoption import Adoption, set_up
from db.rows import Address, LoggedEvent
from db.settings_store import change_settings, settings_file
from db.signers import signers
from db.signers_store import name_signer
from db.store import Store
from sakip_tui.app import SakipApp
from sakip_tui.glyphs import UNICODE
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.places import CardAt, Here
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.picking import Choices, Options
from sakip_tui.prompts.text_field import TextField
from sakip_tui.screens import PLACES
from sakip_tui.settings.rows import SIGNER, SettingPath, groups
from sakip_tui.settings.screen import SettingsHistory, SettingsScreen
from sakip_tui.widgets.ink import Lines
from sakip_tui.widgets.menu import MenuList
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.office import Signer
from sop.model.office_commands import SignerNamed
from sop.model.pelaksana import Actor, Role
from sop.model.settings import PaperSize, Settings
from sop.time.deadline import ClockStart
from sop.values import replace
from sop.words.settings import CLOCK_STARTS, SETTING_GROUPS, SETTING_WORDS, TARGETS
from tests.fakes import LIMA_PULUH_KOTA, TANGERANG, TUESDAY, FakeClock, office_file, until

ADDRESS = Address(TANGERANG, TANGERANG)
EVERYBODY = Actor("budi", everybody=True)
STEP_1 = SettingPath(CLOCK_STARTS, f"{TANGERANG}/1")


class Cabinet:
    """The screen under test, and what a person would read."""

    def __init__(self, pilot: Pilot[None], path: Path, screen: SettingsScreen) -> None:
        self.pilot, self.path, self.screen = pilot, path, screen

    def text(self, name: str = "list") -> str:
        return self.pilot.app.screen.query_one(f"#{name}", Lines).text

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def edit(self, place: SettingPath) -> FormPrompt:
        """Enter on a row; returns the prompt once it can be typed into."""
        self.screen.pick(place)
        await self.press("enter")
        return await self.prompt()

    async def prompt(self, title: str = "") -> FormPrompt:
        def stands() -> bool:
            screen = self.pilot.app.screen
            return isinstance(screen, FormPrompt) and title in screen.form.title and bool(self.pilot.app.focused)

        await until(self.pilot, stands)
        screen = self.pilot.app.screen
        assert isinstance(screen, FormPrompt)
        return screen

    async def type(self, **texts: str) -> None:
        for name, text in texts.items():
            self.pilot.app.screen.query_one(f"#field-{name}", TextField).value = text
        await self.pilot.pause()

    async def choose(self, code: str) -> None:
        choices = self.pilot.app.screen.query_one(Choices)
        choices.pick([choice.code for choice in choices.choices].index(code))
        await self.pilot.pause()

    async def says(self, words: str) -> None:
        await until(self.pilot, lambda: words in self.screen.said)

    def stored(self) -> Settings:
        with opening.open(self.path) as database:
            return settings_file(database, ADDRESS).settings

    def log(self) -> tuple[LoggedEvent, ...]:
        with opening.open(self.path) as database:
            return case_queries.log(database, ADDRESS, act=Act.PENGATURAN)

    def elsewhere(self, **asked: Any) -> None:
        """Somebody else changes the settings."""
        with opening.open(self.path) as database:
            store = Store(database, FakeClock(TUESDAY + 60))
            change_settings(store, ADDRESS.office, asked, Actor("siti", everybody=True))

    def names_elsewhere(self, position: str, since: str) -> None:
        """Somebody else says who signs."""
        with opening.open(self.path) as database:
            store = Store(database, FakeClock(TUESDAY + 120))
            named = SignerNamed(position, Signer("Pejabat Baru"), since)
            name_signer(store, ADDRESS.office, named, Actor("siti", everybody=True))


@asynccontextmanager
async def cabinet(
    tmp_path: Path, size: tuple[int, int] = (80, 24), actor: Actor | None = None, is_opened: bool = False
) -> AsyncIterator[Cabinet]:
    path = tmp_path / "kantor.db"
    if not path.exists():
        office_file(path)
    clock = FakeClock()
    if is_opened:
        with opening.open(path) as database:
            Store(database, clock).apply(ADDRESS, Command(Act.BUKA, "2026-TW2"), EVERYBODY)
    desk = OfficeDesk(path, "budi", clock)
    office = await desk.office()
    assert office is not None
    if actor is not None:
        office = replace(office, actor=actor)
    board = await desk.board(2026)
    app = SakipApp(desk, clock, (office, board))
    screen = SettingsScreen(Here(desk, clock, office, board, CardAt("2026-TW2"), UNICODE))
    async with app.run_test(size=size) as pilot:
        app.push_screen(screen)
        await until(pilot, lambda: screen.file is not None and "Batas segera" in screen.query_one("#list", Lines).text)
        yield Cabinet(pilot, path, screen)


def test_every_field_of_the_settings_has_its_row_and_words() -> None:
    fields = set(Settings().to_dict())
    assert set(SETTING_WORDS) == fields
    listed = [name for _, names in SETTING_GROUPS for name in names]
    assert (set(listed), len(listed)) == (fields, len(fields))


def test_the_place_stands_in_the_menu_without_a_key_of_its_own() -> None:
    place = next(item for item in PLACES if item.code == "pengaturan")
    assert (place.key, place.name) == ("", "Pengaturan")


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (120, 40)])
async def test_all_is_reachable_by_the_arrow_keys_at_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with cabinet(tmp_path, size) as shown:
        assert shown.screen.file is not None
        rows = [row for group in groups(shown.screen.file, "2026-TW2") for row in group.rows]
        seen = []
        await shown.press("home")
        for row in rows:
            assert shown.screen.picked == row.place
            assert f"> {row.label}"[:14] in shown.text()
            assert row.purpose.split()[0] in shown.text("about") or row.value.split()[0] in shown.text("about")
            seen.append(row.place)
            await shown.press("down")
        assert len(seen) == len(set(seen)) == len(Settings().to_dict()) - 2 + 9 + 7 + 3 + 1
        await shown.press("home", "pagedown", "end", "pageup")
        assert shown.screen.picked in seen
        assert "Esc" in shown.text("list-keys") or size[1] < 20


async def test_a_number_is_changed_with_its_reason(tmp_path: Path) -> None:
    async with cabinet(tmp_path) as shown:
        prompt = await shown.edit(SettingPath("at_risk_percent"))
        assert "1 sampai 100" in prompt.form.fields[0].hint
        await shown.type(value="70", reason="kesepakatan rapat")
        await shown.press("enter")
        await shown.says("menjadi sesudah 70 persen")
        assert shown.stored().at_risk_percent == 70
        assert shown.log()[0].event.data["reason"] == "kesepakatan rapat"
        await shown.press("down", "up")
        assert "sesudah 70 persen mutu baku" in shown.text()
        assert "Bawaan: sesudah 80 persen" in " ".join(shown.text("about").split())
        await shown.press("escape")
        assert shown.screen.is_changed


@pytest.mark.parametrize(("typed", "words"), [("0", "di luar batas"), ("banyak", "bukan bilangan")])
async def test_what_cannot_be_is_said_and_nothing_typed_is_lost(tmp_path: Path, typed: str, words: str) -> None:
    async with cabinet(tmp_path) as shown:
        await shown.edit(SettingPath("late_entry_days"))
        await shown.type(value=typed)
        await shown.press("enter")
        await until(
            shown.pilot,
            lambda: isinstance(shown.pilot.app.screen, FormPrompt) and words in shown.pilot.app.screen.problem,
        )
        assert shown.pilot.app.screen.query_one("#field-value", TextField).value == typed
        assert shown.stored() == Settings()


async def test_a_clock_is_changed_after_its_due_moments_were_shown(tmp_path: Path) -> None:
    async with cabinet(tmp_path, is_opened=True) as shown:
        first = await shown.edit(STEP_1)
        await shown.choose("siap")
        await shown.press("enter")
        prompt = await shown.prompt("Simpan pengaturan")
        said = "\n".join(prompt.form.body)
        assert "1 tenggat langkah terbuka akan bergeser" in said
        assert "TW II 2026 langkah 1: tanpa tenggat menjadi" in said
        await shown.press("escape")
        await shown.prompt(first.form.title)
        assert shown.stored() == Settings()
        await shown.choose("siap")
        await shown.press("enter")
        await shown.prompt("Simpan pengaturan")
        await shown.type(reason="kebiasaan kantor")
        await shown.press("enter")
        await shown.says("1 tenggat langkah terbuka bergeser")
        assert shown.stored().clock_starts == {STEP_1.key: ClockStart.READY}
        assert len(shown.log()) == 1


def test_two_sops_of_an_office_stand_under_headings_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    office_file(path)
    with opening.open(path) as database:
        set_up(Store(database, FakeClock()), Adoption(catalog.load(LIMA_PULUH_KOTA), 2026, office=TANGERANG), EVERYBODY)
        change_settings(Store(database, FakeClock()), TANGERANG, {CLOCK_STARTS: {"1": "siap"}}, EVERYBODY)
        found = groups(settings_file(database, ADDRESS), "2026-TW2")
    clocks = [group for group in found if "Jam mutu baku" in group.title]
    assert [group.title.rpartition(" ")[2] for group in clocks] == [TANGERANG, LIMA_PULUH_KOTA]
    assert {group.rows[0].value for group in clocks} == {"sejak siap, untuk semua SOP"}


async def test_a_target_is_set_and_taken_away(tmp_path: Path) -> None:
    place = SettingPath(TARGETS, "2026-TW1")
    async with cabinet(tmp_path) as shown:
        await shown.edit(place)
        await shown.type(value="10/4/2026")
        await shown.press("enter")
        await shown.says("Target 2026-TW1: tanpa target menjadi 10 April 2026")
        assert shown.stored().targets == {"2026-TW1": "2026-04-10"}
        prompt = await shown.edit(place)
        assert prompt.form.fields[0].value == "10/4/2026"
        await shown.type(value="")
        await shown.press("enter")
        await until(shown.pilot, lambda: shown.stored().targets == {})


async def test_choices_signatories_and_the_place_are_kept(tmp_path: Path) -> None:
    async with cabinet(tmp_path) as shown:
        await shown.edit(SettingPath("paper"))
        await shown.choose("F4")
        await shown.press("enter")
        await shown.says("Kertas rekap: A4")
        assert shown.stored().paper is PaperSize.F4
        await shown.edit(SettingPath("signatories"))
        await shown.type(position1="Kasubag Perencanaan", position2="Kepala Dinas")
        await shown.press("enter")
        await shown.says("menjadi Kasubag Perencanaan, Kepala Dinas")
        assert shown.stored().signatories == ("Kasubag Perencanaan", "Kepala Dinas")
        await shown.edit(SettingPath("signing_place"))
        await shown.type(value="Tangerang")
        await shown.press("enter")
        await until(shown.pilot, lambda: shown.stored().signing_place == "Tangerang")


async def test_the_official_of_a_position_is_named_and_corrected(tmp_path: Path) -> None:
    async with cabinet(tmp_path) as shown:
        await shown.edit(SettingPath("signatories"))
        await shown.type(position1="Kepala Dinas")
        await shown.press("enter")
        await shown.says("menjadi Kepala Dinas")
        place = SettingPath(SIGNER, "Kepala Dinas")
        prompt = await shown.edit(place)
        assert [field.value for field in prompt.form.fields[:5]] == ["", "", "", "", "tetap"]
        await shown.type(name="Pejabat Uji, S.H.", rank="Pembina / IV-a", nip="19700101 199003 1 001")
        await shown.press("enter")
        await shown.says("Penanda tangan Kepala Dinas: Pejabat Uji, S.H.")
        prompt = await shown.edit(place)
        assert [field.value for field in prompt.form.fields[:3]] == [
            *("Pejabat Uji, S.H.", "Pembina / IV-a", "197001011990031001")
        ]
        await shown.press("enter")
        await shown.says("Tidak ada yang berubah")


async def test_who_acts_for_the_head_and_what_was_mistyped_are_picked(tmp_path: Path) -> None:
    """A Plt. signs from a period on without another position in the settings; a correction says that it is one."""
    place = SettingPath(SIGNER, "Kepala Dinas")

    async def named(shown: Cabinet, said: str, name: str, **options: str) -> None:
        await shown.edit(place)
        await shown.type(name=name)
        for field, option in options.items():
            row = shown.pilot.app.screen.query_one(f"#field-{field}", Options)
            row.index = row.spec.options.index(option)
        await shown.press("enter")
        await shown.says(said)

    async with cabinet(tmp_path) as shown:
        await shown.edit(SettingPath("signatories"))
        await shown.type(position1="Kepala Dinas")
        await shown.press("enter")
        await shown.says("menjadi Kepala Dinas")
        await named(shown, "Penanda tangan Kepala Dinas: Uji", "Uji")
        await named(shown, "Uji, S.H.; yang sudah ditutup ikut dibetulkan", "Uji, S.H.", change="salah ketik")
        await named(shown, "Plt. Kepala Dinas: Lain; yang sudah ditutup tetap", "Lain", acting="Plt.")
        assert "Lain (Plt.)" in shown.text()
        with opening.open(shown.path) as database:
            kept = [(row.state.code, row.state.position, row.signer.name) for row in signers(database, ADDRESS.office)]
        assert kept == [("t1", "Kepala Dinas", "Uji, S.H."), ("t2", "Plt. Kepala Dinas", "Lain")]
        prompt = await shown.edit(place)
        assert {field.name: field.value for field in prompt.form.fields}["acting"] == "Plt."


async def test_the_same_value_changes_nothing(tmp_path: Path) -> None:
    async with cabinet(tmp_path) as shown:
        await shown.edit(SettingPath("idle_minutes"))
        await shown.press("enter")
        await shown.says("Tidak ada yang berubah")
        assert shown.log() == ()


async def test_the_zone_says_why_it_stands_fixed(tmp_path: Path) -> None:
    async with cabinet(tmp_path) as shown:
        shown.screen.pick(SettingPath("kantor", "zona"))
        assert "WIB (Asia/Jakarta)" in shown.text()
        await shown.press("enter")
        await shown.says("Tidak dapat diubah")


async def test_somebody_without_the_right_is_refused_in_words(tmp_path: Path) -> None:
    async with cabinet(tmp_path, actor=Actor("sari", frozenset({Role.PELAKSANA}))) as shown:
        shown.screen.pick(SettingPath("paper"))
        await shown.press("enter")
        await shown.says("pengelola")
        assert not isinstance(shown.pilot.app.screen, FormPrompt)


async def test_what_somebody_else_changes_appears_and_a_stale_change_is_refused(tmp_path: Path) -> None:
    async with cabinet(tmp_path) as shown:
        await shown.edit(SettingPath("paper"))
        await shown.choose("F4")
        shown.elsewhere(at_risk_percent=60)
        await shown.press("enter")
        await shown.says("siti")
        assert (shown.stored().paper, shown.stored().at_risk_percent) == (PaperSize.A4, 60)
        await until(shown.pilot, lambda: shown.screen.file is not None and shown.screen.file.seen == 1)
        shown.screen.pick(SettingPath("at_risk_percent"))
        assert "sesudah 60 persen" in shown.text()


async def test_h_tells_who_changed_what_and_why(tmp_path: Path) -> None:
    async with cabinet(tmp_path) as shown:
        shown.elsewhere(paper="F4", targets={"2026-TW1": "2026-04-10"})
        shown.names_elsewhere("Kepala Dinas", "2026-TW2")
        await shown.press("h")
        await until(shown.pilot, lambda: isinstance(shown.pilot.app.screen, SettingsHistory) and "siti" in shown.text())
        said = shown.text()
        assert "Kertas rekap: A4 (210 x 297 mm) menjadi F4/Folio (215 x 330 mm)" in said
        assert "Target 2026-TW1: tanpa target menjadi 10 April 2026" in said
        assert "Menyebut penanda tangan Kepala Dinas sejak TW II" in said
        await shown.press("escape")
        assert shown.pilot.app.screen is shown.screen


async def test_help_names_the_keys(tmp_path: Path) -> None:
    async with cabinet(tmp_path) as shown:
        await shown.press("question_mark")
        await until(shown.pilot, lambda: shown.pilot.app.screen is not shown.screen)
        named = {item.name: item.key for item in shown.pilot.app.screen.query_one(MenuList).items}
        assert named["Ubah pengaturan ini"] == "Enter"
        assert named["Riwayat perubahan pengaturan"] == "h"


async def test_the_board_says_how_far_off_its_target_a_period_is(tmp_path: Path) -> None:
    async with cabinet(tmp_path, (120, 40), is_opened=True) as shown:
        await shown.edit(SettingPath(TARGETS, "2026-TW2"))
        await shown.type(value="13/4/2026")
        await shown.press("enter")
        await shown.says("Target 2026-TW2")
    # The board of a new start, on Tuesday the 14th: the target was the day before.
    clock = FakeClock()
    desk = OfficeDesk(shown.path, "budi", clock)
    app = SakipApp(desk, clock, (await desk.office(), await desk.board(2026)))
    async with app.run_test(size=(120, 40)) as pilot:

        def said() -> str:
            return "\n".join(widget.text for widget in app.screen.query(Lines))

        await until(pilot, lambda: "perkiraan selesai" in said())
        assert "target Sen 13 Apr terlewati 1 hari kerja" in said()

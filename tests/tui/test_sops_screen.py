"""Every key of the screens of SOPs, on a real file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from db import case_queries, opening
from db.office_acts import Given
from db.rows import Address
from db.sop_versions import confirm_sop, import_sop
from db.store import Store
from sakip_tui.app import SakipApp
from sakip_tui.glyphs import UNICODE
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.places import CardAt, Here
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.picking import Choices
from sakip_tui.prompts.text_field import TextField
from sakip_tui.sops import questions
from sakip_tui.sops.comparison import ComparisonScreen
from sakip_tui.sops.contents import SopScreen
from sakip_tui.sops.screen import SopsScreen
from sakip_tui.views.sops import known_by
from sakip_tui.widgets.ink import Lines
from sakip_tui.widgets.listing import ListScreen
from sop.acts.amendment import Amendment, amended
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.definition import Basis, Field, Sop
from sop.model.pelaksana import Actor, Role
from sop.values import replace
from tests.fakes import TANGERANG, TUESDAY, FakeClock, office_file, until
from tests.tui.screens import help_text

ADDRESS = Address(TANGERANG, TANGERANG)
EVERYBODY = Actor("budi", everybody=True)


class Shelf:
    """The screens under test, and what a person would read."""

    def __init__(self, pilot: Pilot[None], path: Path) -> None:
        self.pilot, self.path = pilot, path

    @property
    def screen(self) -> ListScreen:
        return next(each for each in reversed(self.pilot.app.screen_stack) if isinstance(each, ListScreen))

    def text(self, name: str = "list") -> str:
        return self.screen.query_one(f"#{name}", Lines).text

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def open(self, kind: type[ListScreen]) -> Any:
        await until(self.pilot, lambda: isinstance(self.pilot.app.screen, kind) and self.screen.entries)
        return self.screen

    async def prompt(self, title: str) -> FormPrompt:
        def stands() -> bool:
            screen = self.pilot.app.screen
            return isinstance(screen, FormPrompt) and title in screen.form.title and bool(self.pilot.app.focused)

        await until(self.pilot, stands)
        screen = self.pilot.app.screen
        assert isinstance(screen, FormPrompt)
        return screen

    async def says(self, words: str) -> None:
        await until(self.pilot, lambda: words in self.screen.said)

    async def fill_in(self, **texts: str) -> None:
        for name, text in texts.items():
            self.pilot.app.screen.query_one(f"#field-{name}", TextField).value = text
        await self.pilot.pause()

    async def choose(self, code: str) -> None:
        choices = self.pilot.app.screen.query_one(Choices)
        choices.pick([choice.code for choice in choices.choices].index(code))
        await self.pilot.pause()

    def stored(self) -> tuple[Sop, int]:
        with opening.open(self.path) as database:
            found = case_queries.sop_of(database, TANGERANG, TANGERANG)
        assert found is not None
        return found.sop, found.version

    def elsewhere(self) -> Store:
        return Store(opening.open(self.path), FakeClock(TUESDAY + 60))


@asynccontextmanager
async def shelf(tmp_path: Path, size: tuple[int, int] = (80, 24), actor: Actor | None = None) -> AsyncIterator[Shelf]:
    path = tmp_path / "kantor.db"
    if not path.exists():
        office_file(path)
    clock = FakeClock()
    desk = OfficeDesk(path, "budi", clock)
    office = await desk.office()
    assert office is not None
    if actor is not None:
        office = replace(office, actor=actor)
    board = await desk.board(2026)
    app = SakipApp(desk, clock, (office, board))
    here = Here(desk, clock, office, board, CardAt("2026-TW2"), UNICODE)
    async with app.run_test(size=size) as pilot:
        app.push_screen(SopsScreen(here))
        shown = Shelf(pilot, path)
        await shown.open(SopsScreen)
        await until(pilot, lambda: "Dipakai kantor ini" in shown.text())
        yield shown


async def own_sop(shown: Shelf) -> SopScreen:
    await shown.press("home", "enter")
    screen: SopScreen = await shown.open(SopScreen)
    await until(shown.pilot, lambda: screen.file is not None)
    return screen


async def test_the_shelf_shows_what_the_office_uses_and_the_catalog(tmp_path: Path) -> None:
    async with shelf(tmp_path, (80, 60)) as shown:
        for code in catalog.codes():
            assert catalog.load(code).office[:40] in shown.text()
        assert "versi 1, tahun 2026" in shown.text()


async def test_the_shelf_says_which_sop_has_decisions_and_which_works_per_bidang(tmp_path: Path) -> None:
    async with shelf(tmp_path, (80, 60)) as shown:
        text = " ".join(shown.text().split())
        for code in catalog.codes():
            sop = catalog.load(code)
            decided = sum(step.decision is not None for step in sop.steps)
            said = f"{decided} keputusan Ya/Tidak" if decided else "tanpa keputusan"
            assert f"{known_by(sop)}, {said}, " in text
        assert "; 7 langkah, periodenya dipilih, tanpa keputusan, langkah 3 dan 4 per bidang;" in text
        assert "; 9 langkah, triwulan sampai tahunan, 2 keputusan Ya/Tidak, tidak per bidang;" in text


async def test_a_catalog_sop_is_read_and_not_changed(tmp_path: Path) -> None:
    async with shelf(tmp_path) as shown:
        await shown.press("end", "enter")
        await shown.open(SopScreen)
        await shown.press("end", "enter")
        await shown.says("Pakai dulu di kantor ini")
        await shown.press("t")
        await shown.says("Pakai dulu di kantor ini")
        await shown.press("escape")
        await shown.open(SopsScreen)


async def test_using_an_sop_prepares_its_year(tmp_path: Path) -> None:
    async with shelf(tmp_path) as shown:
        await shown.press("home", "p")
        await shown.prompt("Siapkan tahun")
        await shown.fill_in(year="2027")
        await shown.press("ctrl+s")
        await shown.says("Tahun 2027 siap")
        await until(shown.pilot, lambda: "tahun 2026, 2027" in shown.text())


def test_an_sop_is_said_to_come_beside_the_one_in_use_and_a_further_year_is_called_so() -> None:
    own, other = catalog.load(TANGERANG), catalog.load("dpmd-nganjuk")
    added = questions.adopt(other, 2026, True, [own])
    assert added.title.startswith("Pakai SOP")
    assert any("di samping SOP Dinas" in line for line in added.body)
    again = questions.adopt(own, 2027, True, [own])
    assert again.title.startswith("Siapkan tahun")
    assert not any("di samping" in line for line in again.body)


async def test_a_year_that_is_there_is_refused_where_another_can_be_typed(tmp_path: Path) -> None:
    async with shelf(tmp_path) as shown:
        await shown.press("home", "p")
        await shown.prompt("Siapkan tahun")
        await shown.fill_in(year="2026")
        await shown.press("ctrl+s")
        await until(shown.pilot, lambda: "2026" in getattr(shown.pilot.app.screen, "problem", ""))


async def test_assumptions_are_confirmed_one_by_one(tmp_path: Path) -> None:
    async with shelf(tmp_path) as shown:
        screen = await own_sop(shown)
        left = sum(row.is_open for row in screen._rows.values())
        assert left > 1
        await shown.press("n", "t")
        prompt = await shown.prompt("Tetapkan: langkah")
        assert any(words in prompt.form.body[0] for words in ("Dokumen tidak menyebut", "tersirat"))
        await shown.press("ctrl+s")
        await shown.says("Ditetapkan")
        await until(shown.pilot, lambda: sum(row.is_open for row in screen._rows.values()) == left - 1)
        assert shown.stored()[1] == 1


async def test_what_the_catalog_reads_otherwise_by_now_is_told_and_settled(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    office_file(path)
    sop = catalog.load(TANGERANG)
    ground = replace(sop.step(8).ground(Field.DECIDER), basis=Basis.ASUMSI)
    step = replace(sop.step(8), decider="Kepala Bidang", bases={**sop.step(8).bases, Field.DECIDER: ground})
    with opening.open(path) as database:
        import_sop(
            Store(database, lambda: TUESDAY),
            replace(sop, steps=tuple(step if each.number == 8 else each for each in sop.steps)),
            EVERYBODY,
            office=TANGERANG,
        )
    async with shelf(tmp_path, (100, 40)) as shown:
        assert "katalog membaca 1 nilai lain sekarang" in shown.text()
        screen = await own_sop(shown)
        screen.pick(("langkah 8", "decider"))
        await shown.pilot.pause()
        assert "asumsi, katalog lain" in shown.text()
        await until(
            shown.pilot, lambda: "Katalog membacanya lain sekarang: Sekretaris Dinas (tertulis)." in shown.text("about")
        )
        await shown.press("t")
        prompt = await shown.prompt("langkah 8")
        assert "Katalog membacanya lain sekarang: Sekretaris Dinas (tertulis)." in prompt.form.body
        await shown.press("ctrl+s")
        await shown.says("Ditetapkan")
        await until(shown.pilot, lambda: "katalog lain" not in shown.text())


async def test_choosing_another_value_makes_a_new_version(tmp_path: Path) -> None:
    async with shelf(tmp_path) as shown:
        screen = await own_sop(shown)
        screen.pick(("langkah 8", "tidak"))
        await shown.press("t")
        prompt = await shown.prompt("langkah 8")
        assert prompt.form.body[0] == "Dokumen tidak menyebut ke mana jawaban Tidak di langkah 8 kembali."
        await shown.choose("6")
        await shown.press("ctrl+s")
        await shown.says("versi 2")
        sop, version = shown.stored()
        assert version == 2
        assert sop.step(8).decision is not None
        assert sop.step(8).ground("tidak").basis is Basis.DITETAPKAN


async def test_typed_values_are_gathered_and_saved_as_one_version(tmp_path: Path) -> None:
    async with shelf(tmp_path) as shown:
        screen = await own_sop(shown)
        for place, text in ((("identity", "nomor"), "065/9/2026"), (("langkah 2", "waktu"), "45 menit")):
            screen.pick(place)
            await shown.press("enter")
            await shown.prompt("Ubah:")
            await shown.fill_in(value=text)
            await shown.press("ctrl+s")
            await shown.says("Dicatat")
        assert shown.stored()[1] == 1
        await until(shown.pilot, lambda: "2 perubahan belum disimpan" in shown.text("list-title"))
        await shown.press("s")
        prompt = await shown.prompt("Simpan sebagai versi 2")
        assert any("45 menit" in line for line in prompt.form.body)
        await shown.fill_in(reason="SOP baru")
        await shown.press("ctrl+s")
        await shown.says("versi 2")
        sop, version = shown.stored()
        assert version == 2
        waktu = sop.step(2).mutu_baku.waktu
        assert waktu is not None
        assert waktu.text == "45 menit"


async def test_values_that_were_not_saved_come_back_when_the_sop_is_opened_again(tmp_path: Path) -> None:
    async with shelf(tmp_path) as shown:
        screen = await own_sop(shown)
        screen.pick(("langkah 2", "waktu"))
        await shown.press("enter")
        await shown.prompt("Ubah:")
        await shown.fill_in(value="45 menit")
        await shown.press("ctrl+s")
        await shown.says("Dicatat")
        await shown.press("escape")
    async with shelf(tmp_path) as shown:
        screen = await own_sop(shown)
        await shown.says("1 perubahan yang belum disimpan muncul lagi")
        await until(shown.pilot, lambda: "1 perubahan belum disimpan" in shown.text("list-title"))
        await shown.press("z")
        await shown.prompt("Buang perubahan")
        await shown.press("ctrl+s")
        await shown.says("Perubahan dibuang")
        await shown.press("escape")
    async with shelf(tmp_path) as shown:
        screen = await own_sop(shown)
        await until(shown.pilot, lambda: "versi 1" in shown.text("list-title"))
        assert screen.typed == {}
        assert await screen.desk.draft_places() == ()


async def test_unsaved_values_of_an_older_version_are_to_be_looked_at_again(tmp_path: Path) -> None:
    async with shelf(tmp_path) as shown:
        screen = await own_sop(shown)
        screen.pick(("langkah 2", "waktu"))
        await shown.press("enter")
        await shown.prompt("Ubah:")
        await shown.fill_in(value="45 menit")
        await shown.press("ctrl+s")
        await shown.says("Dicatat")
        await shown.press("escape")
    with opening.open(tmp_path / "kantor.db") as database:
        confirm_sop(Store(database, FakeClock(TUESDAY + 60)), ADDRESS, 8, {Field.TIDAK: 6}, EVERYBODY)
    async with shelf(tmp_path) as shown:
        screen = await own_sop(shown)
        await shown.says("sudah menjadi versi 2. Periksa lagi")
        assert screen.typed == {("langkah 2", "waktu"): "45 menit"}


async def test_what_cannot_be_read_is_asked_again_with_the_reason(tmp_path: Path) -> None:
    async with shelf(tmp_path) as shown:
        screen = await own_sop(shown)
        screen.pick(("langkah 2", "waktu"))
        await shown.press("enter")
        await shown.prompt("Ubah:")
        await shown.fill_in(value="1.5 lam")
        await shown.press("ctrl+s")
        await until(shown.pilot, lambda: "jam" in getattr(shown.pilot.app.screen, "problem", ""))
        await shown.press("escape")
        assert screen.typed == {}


async def test_lists_flags_lanes_and_choices_are_typed_each_in_their_way(tmp_path: Path) -> None:
    async with shelf(tmp_path, (100, 50)) as shown:
        screen = await own_sop(shown)
        screen.pick(("lists", "peringatan"))
        await shown.press("enter")
        await shown.prompt("Ubah:")
        await shown.fill_in(item0="Jangan terlambat")
        await shown.press("ctrl+s")
        await shown.says("Dicatat")
        screen.pick(("langkah 8", "decider"))
        await shown.press("enter")
        await shown.prompt("Ubah:")
        await shown.choose("Kepala Bidang")
        await shown.press("ctrl+s")
        await until(shown.pilot, lambda: ("langkah 8", "decider") in screen.typed)
        assert screen.typed["lists", "peringatan"].split("\n")[0] == "Jangan terlambat"
        assert screen.typed["langkah 8", "decider"] == "Kepala Bidang"
        await shown.press("z")
        await shown.prompt("Buang perubahan")
        await shown.press("ctrl+s")
        await until(shown.pilot, lambda: not screen.typed)


async def test_two_versions_are_compared(tmp_path: Path) -> None:
    async with shelf(tmp_path) as shown:
        await own_sop(shown)
        store = shown.elsewhere()
        confirm_sop(store, ADDRESS, 8, {Field.TIDAK: 6}, EVERYBODY, Given(reason="rapat"))
        store.database.close()
        await shown.press("r")
        screen = shown.screen
        assert isinstance(screen, SopScreen)
        await until(shown.pilot, lambda: screen.file is not None and len(screen.file.versions) == 2)
        await shown.press("v")
        await shown.prompt("Bandingkan versi 2")
        await shown.press("ctrl+s")
        await shown.open(ComparisonScreen)
        assert "Langkah 8, tidak kembali ke" in shown.text().replace("keputusan, tidak", "tidak kembali ke")
        await shown.press("escape")
        await shown.open(SopScreen)


async def test_a_running_case_goes_to_the_new_version_after_a_trial(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    office_file(path)
    with opening.open(path) as database:
        store = Store(database, lambda: TUESDAY)
        store.apply(ADDRESS, Command(Act.BUKA, "2026-TW1"), EVERYBODY)
        sop = amended(catalog.load(TANGERANG), [Amendment("langkah 2", "waktu", "45 menit")], "budi", TUESDAY)
        import_sop(store, sop, EVERYBODY, office=TANGERANG)
    async with shelf(tmp_path) as shown:
        await own_sop(shown)
        await shown.press("m")
        prompt = await shown.prompt("Berkas mana")
        assert prompt.form.choices[0].code == "2026-TW1"
        await shown.press("ctrl+s")
        moving = await shown.prompt("Pindahkan berkas TW I 2026")
        assert [field.name for field in moving.form.fields] == ["reason"]
        await shown.press("ctrl+s")
        await shown.prompt("Boleh dipindah")
        await shown.press("ctrl+s")
        await shown.says("memakai versi 2")
    with opening.open(path) as database:
        case = case_queries.board(database, ADDRESS, "2026-TW1").state.case_of("2026-TW1")
    assert case is not None
    assert case.sop_version == 2


async def test_somebody_without_the_right_is_told_so(tmp_path: Path) -> None:
    reader = Actor("tamu", frozenset({Role.PENGAMAT}))
    async with shelf(tmp_path, actor=reader) as shown:
        await own_sop(shown)
        for keys in (("enter",), ("n", "t")):
            await shown.press(*keys)
            await shown.says("pengelola")


async def test_hostile_text_is_shown_harmless(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    office_file(path)
    sop = catalog.load(TANGERANG)
    nasty = "[/] [@click=app.quit]x[/] \\u202e"
    step = replace(sop.step(2), note=nasty)
    with opening.open(path) as database:
        import_sop(
            Store(database, lambda: TUESDAY),
            replace(sop, steps=tuple(step if each.number == 2 else each for each in sop.steps)),
            EVERYBODY,
            office=TANGERANG,
        )
    async with shelf(tmp_path) as shown:
        screen = await own_sop(shown)
        screen.pick(("langkah 2", "note"))
        await shown.pilot.pause()
        assert "[@click=app.quit]x[/]" in shown.text()


async def test_help_names_the_keys_of_the_screen(tmp_path: Path) -> None:
    async with shelf(tmp_path) as shown:
        await own_sop(shown)
        await shown.press("question_mark")
        await until(shown.pilot, lambda: type(shown.pilot.app.screen).__name__ == "HelpScreen")
        text = help_text(shown.pilot.app.screen)
        assert "Tetapkan nilai yang dokumennya diam" in text


async def test_what_was_typed_and_not_sent_is_there_after_a_restart(tmp_path: Path) -> None:
    for is_back in (False, True):
        async with shelf(tmp_path) as shown:
            screen = await own_sop(shown)
            screen.pick(("identity", "nomor"))
            await shown.press("enter")
            await shown.prompt("Ubah:")
            if is_back:
                assert shown.pilot.app.screen.query_one("#field-value", TextField).value == "065/setengah"
            else:
                await shown.fill_in(value="065/setengah")
                await shown.press("escape")
                await shown.says("Isian Anda disimpan")

"""Every prompt of every screen: typed, left, the program started again on the same file, offered again."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from textual.widgets import Input

from db import drafts, opening, queries
from db.sop_versions import import_sop
from db.store import Store
from sakip_tui.board.screen import BoardScreen
from sakip_tui.draft_places import DraftPlace, place_of
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.menu import MenuPrompt
from sakip_tui.prompts.picking import Choices, Marks, Options
from sakip_tui.prompts.text_field import TextField
from sakip_tui.sops.contents import SopScreen
from sop.acts.amendment import Amendment, amended
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor
from tests.fakes import TANGERANG, until
from tests.tui.screens import busy_office
from tests.tui.year import MONDAY, Seat, demo_file, seated

ROOT = Path(__file__).parents[2]
WORDS = "tulisan123"
EVERYBODY = Actor("kasubag", everybody=True)


class Asked(NamedTuple):
    """One prompt in which something can be typed."""

    name: str
    stops: tuple[str, ...]
    """From the board: a key; `:code` of a place; `=code` of an act; `@period` or `@period step bidang` to go to;
    `#key` of an entry to pick; `field:text` to fill in; `!` to answer what is asked."""
    office: str = "contoh"


def _board(name: str, at: str, *keys: str) -> Asked:
    return Asked(f"papan-{name}", (f"@{at}", *keys))


ASKED: tuple[Asked, ...] = (
    _board("cari", "2026-TW4", "slash"),
    _board("selesai", "2026-TW4 2 Sekretariat", "s"),
    _board("tunda", "2026-TW4 2 Hubungan Industrial", "t"),
    _board("putuskan", "2026-S1 7", "p"),
    _board("kembalikan", "2026-TW4 2 Pelatihan Kerja", "b"),
    _board("bebaskan", "2026-S2", "d"),
    _board("catatan", "2026-TW4 1", "c"),
    _board("susulan", "2026-TW4 2 Hubungan Industrial", "w"),
    _board("buka", "2026-S2", "o"),
    _board("tutup", "2026-S1", "x")._replace(office="dihentikan"),
    _board("lepas", "2026-TW4 2 Hubungan Industrial", "=lepas"),
    _board("tarik", "2026-S1 7", "=tarik"),
    _board("lewati", "2026-TW4 2 Hubungan Industrial", "=lewati"),
    _board("tugaskan", "2026-TW4 2 Hubungan Industrial", "=tugaskan"),
    _board("dokumen", "2026-TW4 1", "=dokumen"),
    _board("koreksi", "2026-TW4 1", "=koreksi"),
    _board("tahan", "2026-TW4", "=tahan"),
    _board("gabung", "2026-TW4", "=gabung"),
    _board("ubah-bidang", "2026-TW4", "=ubah-bidang"),
    _board("hentikan", "2026-TW4", "=hentikan"),
    _board("buka-kembali", "2026-TW3", "=buka-kembali"),
    Asked("kartu-catatan", ("@2026-TW4 2 Sekretariat", "enter", "c")),
    Asked("kartu-dokumen", ("@2026-TW4 1", "enter", "d")),
    Asked("riwayat-saring", (":riwayat", "f")),
    Asked("kalender-hari", (":kalender", "enter")),
    Asked("kalender-rentang", (":kalender", "n")),
    Asked("kalender-mingguan", (":kalender", "w")),
    Asked("kalender-isi", (":kalender", "i")),
    Asked("kalender-yakin", (":kalender", "enter", "name:Banjir", "!")),
    Asked("sop-pakai", (":sop", "p")),
    Asked("isi-sop-ubah", (":sop", "enter", "#identity nomor", "enter")),
    Asked("isi-sop-tetapkan", (":sop", "enter", "n", "t")),
    Asked("isi-sop-simpan", (":sop", "enter", "#identity nomor", "enter", "value:065/1", "!", "s")),
    Asked("isi-sop-peta", (":sop", "enter", "m", "!"), "versi"),
    Asked("pengaturan-ubah", (":pengaturan", "#signing_place", "enter")),
    Asked("pengaturan-yakin", (":pengaturan", "#count_first_day", "enter", "up", "!")),
    Asked("pengguna-tambah", (":pengguna", "a"), "orang"),
    Asked("pengguna-ubah", (":pengguna", "#staf-3", "e"), "orang"),
    Asked("pengguna-nonaktif", (":pengguna", "#staf-3", "n"), "orang"),
    Asked("pengguna-lajur", (":pengguna", "#staf-3", "l"), "orang"),
)
every_prompt = pytest.mark.parametrize("asked", ASKED, ids=[asked.name for asked in ASKED])
Offices = Callable[[str], Path]


def renewed(path: Path) -> None:
    """The demo office, whose SOP has a second version that no running case follows yet."""
    demo_file(path)
    with opening.open(path) as database:
        store = Store(database, lambda: MONDAY)
        sop = amended(catalog.load(TANGERANG), [Amendment("langkah 2", "waktu", "45 menit")], "kasubag", MONDAY)
        import_sop(store, sop, EVERYBODY, office="contoh")


def stopped(path: Path) -> None:
    """The demo office, whose case of Semester I goes no further: what is left is to close it."""
    demo_file(path)
    with opening.open(path) as database:
        command = Command(Act.HENTIKAN, "2026-S1", reason="tidak dilaporkan")
        Store(database, lambda: MONDAY).apply(queries.address_of(database, None, None), command, EVERYBODY)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("kantor")
    made: dict[str, Callable[[Path], object]] = {
        "contoh": demo_file,
        "orang": busy_office,
        "versi": renewed,
        "dihentikan": stopped,
    }
    for name, make in made.items():
        make(folder / f"{name}.db")
    return {name: folder / f"{name}.db" for name in made}


@pytest.fixture
def offices(kept: dict[str, Path], tmp_path: Path) -> Offices:
    """A new copy of an office."""
    return lambda name: Path(shutil.copy(kept[name], tmp_path / "kantor.db"))


async def reach(seat: Seat, asked: Asked) -> FormPrompt:
    """Go to the prompt, every step of the way waited for."""
    for stop in asked.stops:
        before = seat.screen
        if stop.startswith("@"):
            period, step, bidang = [*stop[1:].split(" ", 2), "", ""][:3]
            await seat.until(lambda: seat.screen.is_mounted)
            seat.screen.show_period(period)
            if step:
                seat.screen.show_card(int(step), bidang or None)
        elif stop.startswith(":"):
            before.action_open_place(stop[1:])
            await seat.until(lambda before=before: seat.screen is not before and seat.screen.is_mounted)
            await ready(seat)
        elif stop.startswith("="):
            await seat.press("i")
            await seat.until(lambda: isinstance(seat.screen, MenuPrompt) and seat.screen.is_mounted)
            menu = seat.screen.list
            menu.pick([item.code for item in menu.items].index(stop[1:]))
            await seat.press("enter")
        elif stop.startswith("#"):
            wanted = stop[1:].split(" ")
            await seat.until(lambda wanted=wanted: any(named(key) == wanted for key in seat.screen._keys_in_order()))
            seat.screen.pick(next(key for key in seat.screen._keys_in_order() if named(key) == wanted))
        elif ":" in stop:
            name, _, text = stop.partition(":")
            (await prompt(seat)).query_one(f"#field-{name}", TextField).value = text
        elif stop == "!":
            shown = await prompt(seat)
            await seat.press("ctrl+s")
            await seat.until(lambda shown=shown: seat.screen is not shown)
            await ready(seat)
        else:
            await seat.press(stop)
            await ready(seat)
    return await prompt(seat)


def named(key: object) -> list[str]:
    """`("identity", "nomor")` -> `["identity", "nomor"]`."""
    return [part for part in key if part] if isinstance(key, tuple) else [str(key)]


async def ready(seat: Seat) -> None:
    """Until what a screen reads is read and nothing is under way."""

    def stands() -> bool:
        screen = seat.screen
        is_read = not isinstance(screen, SopScreen) or screen.file is not None
        return bool(screen.is_mounted and is_read and not getattr(screen, "_busy", False))

    await until(seat.pilot, stands)
    await seat.until(lambda: not [each for each in seat.app.workers if each.group in ("reload", "log")])


async def prompt(seat: Seat) -> FormPrompt:
    await seat.until(lambda: isinstance(seat.screen, FormPrompt) and bool(seat.app.focused))
    shown = seat.screen
    assert isinstance(shown, FormPrompt)
    return shown


async def pick_there(seat: Seat, shown: FormPrompt) -> None:
    """Pick the last of the choices, mark what can be marked, and turn what can be turned."""
    for choices in shown.query(Choices):
        choices.pick(len(choices.choices) - 1)
    await seat.pilot.pause()
    for marks in shown.query(Marks):
        marks.action_mark()
    for options in shown.query(Options):
        options.action_turn(1)


def picked_there(shown: FormPrompt) -> list[str]:
    """What is picked there now, of each kind."""
    kinds = (*shown.query(Marks), *shown.query(Options))
    return [each.code for each in shown.query(Choices)] + [each.value for each in kinds]


async def type_there(seat: Seat, shown: FormPrompt) -> str:
    """Type into the first field there is, whichever choice it belongs to; returns its id."""
    for _ in range(12):
        fields = [field for field in shown.query(TextField) if field.display]
        if fields:
            break
        shown.query_one(Choices).action_move(1)
        await seat.pilot.pause()
    field = fields[0]
    field.focus()
    await seat.until(lambda: seat.app.focused is field)
    await seat.press("end", *WORDS)
    await seat.until(lambda: WORDS in field.value)
    assert field.id is not None
    return field.id


async def leave(seat: Seat, way: str, shown: FormPrompt) -> None:
    if way == "escape":
        await seat.press("escape")
        await seat.until(lambda: seat.screen is not shown)
    else:
        seat.app.hang_up()


@pytest.mark.parametrize("way", ["escape", "hang-up"])
@every_prompt
async def test_what_was_typed_in_any_prompt_is_offered_again_after_a_new_start(
    asked: Asked, way: str, offices: Offices
) -> None:
    path = offices(asked.office)
    async with seated(path) as seat:
        shown = await reach(seat, asked)
        await pick_there(seat, shown)
        field = await type_there(seat, shown)
        picked = picked_there(shown)
        await leave(seat, way, shown)
    async with seated(path) as seat:
        await seat.until(lambda: isinstance(seat.screen, BoardScreen) and seat.screen.is_mounted)
        seat.screen.greet()
        await seat.until(lambda: not [each for each in seat.app.workers if each.group == "drafts"])
        is_looking = asked.name in ("papan-cari", "riwayat-saring")
        assert ("belum dikirim" in seat.screen.said) is not is_looking, "what waits to be sent is said at the start"
        assert not re.search(r"[a-z]_[a-z]|None|\b(finish|note|edit|day|confirm)\b", seat.screen.said)
        shown = await reach(seat, asked)
        assert WORDS in shown.query_one(f"#{field}", Input).value
        assert picked_there(shown) == picked, "what was picked comes back with what was typed"


async def test_the_refusal_that_was_left_half_written_is_the_one_that_enter_gives(tmp_path: Path) -> None:
    """It came back under a Ya, and Enter approved."""
    path = tmp_path / "kantor.db"
    demo_file(path)
    async with seated(path) as seat:
        asked = _board("putuskan", "2026-S1 7", "p")
        await reach(seat, asked)
        await seat.press("right", *"angka", "escape")
        await seat.until(lambda: isinstance(seat.screen, BoardScreen))
        shown = await reach(seat, asked)
        await seat.until(lambda: "(x) Tidak" in shown.query_one(Choices).text)
        assert "Kembali ke langkah 6" in shown.lines("#effect").text
        await seat.press("enter")
        await seat.until(lambda: isinstance(seat.screen, BoardScreen))
        await seat.until(lambda: not [each for each in seat.app.workers if each.group == "act"])
    with opening.open(path) as database:
        (data,) = database.rows("SELECT data FROM events WHERE act = 'putuskan' ORDER BY sequence DESC LIMIT 1")[0]
        assert json.loads(data)["answer"] == "tidak"


def test_nothing_asks_without_keeping_what_is_typed() -> None:
    """All prompts with fields come from the drafts; a first start and a lost file have none to keep anything in."""
    made = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "sakip_tui").rglob("*.py")
        if re.search(r"\bFormPrompt\(|:FormPrompt\b", path.read_text("utf-8").replace("class FormPrompt(", ""))
    }
    assert made == {"sakip_tui/prompts/drafts.py", "sakip_tui/setup/screen.py", "sakip_tui/backups/lost.py"}


# ---------------------------------------------------------------------- places
PLACES = (
    DraftPlace("papan", "note", "contoh", "sop", period="2026-TW1", step=1),
    DraftPlace("papan", "note", "contoh", "sop", period="2026-TW1", step=1, bidang="1"),
    DraftPlace("papan", "note/2026-TW1", "contoh", "sop", period="2026-TW1", bidang="/"),
    DraftPlace("papan", "note", "contoh/sop", "note", period="2026-TW1", step=1),
    DraftPlace("pengaturan", "target", "contoh", about=("a", "b")),
    DraftPlace("pengaturan", "target", "contoh", about=("a/b",)),
    DraftPlace("pengaturan", "target", "contoh", about=('a","b',)),
    DraftPlace("kalender", "day", 'kan"tor\\ü', about=("2026-01-01",)),
)


def test_places_never_share_a_key_and_are_read_back_as_they_were() -> None:
    assert len({place.key for place in PLACES}) == len(PLACES)
    assert [place_of(place.key) for place in PLACES] == list(PLACES)


UNREADABLE = (
    "contoh/disnaker-kota-tangerang/Kalender/day/2026-01-01",
    "contoh/disnaker-kota-tangerang/Kartu/Kartu/note/2026-TW1/1/",
    "contoh/disnaker-kota-tangerang/note/2026-TW4/1",
    "contoh/disnaker-kota-tangerang/note/2026-TW4/01/",
    "contoh/disnaker-kota-tangerang/note/2026-TW4/satu/",
    "kalender/Kantor/day/2026-01-01",
    "",
    "null",
    "[]",
    "{}",
    "7",
    '{"office":"contoh","prompt":"note","screen":"papan","period":"note","sop":"disnaker-kota-tangerang"}',
    '{"office":"contoh","prompt":"note","screen":"papan","step":"1"}',
    '{"office":"contoh","prompt":"note","screen":"papan","step":true}',
    '{"office":"contoh","prompt":["x"],"screen":"papan"}',
    '{"about":["a",1],"office":"contoh","prompt":"note","screen":"papan"}',
    '{"about":7,"office":"contoh","prompt":"note","screen":"papan"}',
    '{"lain":1,"office":"contoh","prompt":"note","screen":"papan"}',
    ' {"office":"contoh","prompt":"note","screen":"papan"}',
    "[" * 100_000,
)
"""Places of other screens as the version before made them, and what no version makes."""
FORMER = (
    ("contoh/sop/note/2026-TW4/1/", ("note", "2026-TW4", 1, None)),
    ("contoh/sop/Kartu/note/2026-TW4/1/", ("note", "2026-TW4", 1, None)),
    ("contoh/sop/pause/2026-TW4/2/Tata Usaha/Umum/", ("pause", "2026-TW4", 2, "Tata Usaha/Umum/")),
    ("contoh/sop/Kartu/note/2026-TW4/2/A/B", ("note", "2026-TW4", 2, "A/B")),
    ("contoh/sop/close/2026-S1/0/", ("close", "2026-S1", None, None)),
)


@pytest.mark.parametrize(("key", "meant"), FORMER, ids=[key for key, _ in FORMER])
def test_a_place_of_the_version_before_is_the_one_of_the_same_question(
    key: str, meant: tuple[str, str, int | None, str | None]
) -> None:
    prompt, period, step, bidang = meant
    assert place_of(key) == DraftPlace("papan", prompt, "contoh", "sop", period=period, step=step, bidang=bidang)


@pytest.mark.parametrize("page", ["", "Kartu/"], ids=["board", "card"])
async def test_what_the_version_before_kept_is_offered_again_and_forgotten_once_it_is_sent(
    page: str, tmp_path: Path
) -> None:
    path = tmp_path / "kantor.db"
    address = demo_file(path)
    with opening.open(path) as database:
        drafts.save(database, "kasubag", f"{'/'.join(address)}/{page}note/2026-TW4/1/", {"note": WORDS}, MONDAY)
    async with seated(path) as seat:
        await seat.until(lambda: isinstance(seat.screen, BoardScreen) and seat.screen.is_mounted)
        seat.screen.greet()
        await seat.until(lambda: "belum dikirim: catatan untuk TW IV 2026, langkah 1." in seat.screen.said)
        shown = await reach(seat, _board("catatan", "2026-TW4 1", "c"))
        assert shown.query_one("#field-note", Input).value == WORDS
        await seat.press("ctrl+s")
        await seat.until(lambda: isinstance(seat.screen, BoardScreen))
        await seat.until(lambda: not [each for each in seat.app.workers if each.group == "act"])
        assert await seat.app.desk.draft_places() == ()
    with opening.open(path) as database:
        assert database.rows("SELECT place FROM drafts") == []
        assert database.value("SELECT count(*) FROM events WHERE data LIKE ?", (f"%{WORDS}%",)) == 1


@pytest.mark.parametrize("key", UNREADABLE, ids=[key[:30] or "empty" for key in UNREADABLE])
def test_what_no_place_has_is_no_place(key: str) -> None:
    assert place_of(key) is None


BAD_CONTENTS = (b"{", b"[1]", b"7", b"", b'"\xff\xfe"', b"[" * 100_000, b'{"note":{"a":1}}', b'{"note":7}')


async def test_drafts_that_cannot_be_read_are_passed_over_and_kept(tmp_path: Path) -> None:
    """The board opens, says what can be read, and leaves the others where they are."""
    path = tmp_path / "kantor.db"
    address = demo_file(path)
    mine = DraftPlace("papan", "note", *address, period="2026-TW4", step=1)
    with opening.open(path) as database:
        for number, key in enumerate(UNREADABLE):
            drafts.save(database, "kasubag", key, {"note": "lama"}, MONDAY - 100 + number)
        drafts.save(database, "kasubag", mine.key, {"note": "bisa dibaca"}, MONDAY)
        with database.write():
            for number, content in enumerate(BAD_CONTENTS):
                place = DraftPlace("papan", "note", *address, period="2026-TW4", step=2 + number)
                database.rows(
                    "INSERT INTO drafts (person, place, content, saved) VALUES (?, ?, CAST(? AS TEXT), ?)",
                    ("kasubag", place.key, content, MONDAY + number),
                )
        before = database.rows("SELECT place, CAST(content AS BLOB), saved FROM drafts ORDER BY id")
    async with seated(path) as seat:
        await seat.until(lambda: isinstance(seat.screen, BoardScreen) and seat.screen.is_mounted)
        seat.screen.greet()
        await seat.until(lambda: "belum dikirim: catatan untuk TW IV 2026, langkah 1" in seat.screen.said)
        assert "lagi." not in seat.screen.said.split(". Ulangi")[0]
        for step in (2, 3, 4, 5, 8, 9):
            await reach(seat, _board("catatan", f"2026-TW4 {step}", "c"))
            await seat.press("escape")
            await seat.until(lambda: isinstance(seat.screen, BoardScreen))
        shown = await reach(seat, _board("catatan", "2026-TW4 1", "c"))
        assert shown.query_one("#field-note", Input).value == "bisa dibaca"
    with opening.open(path) as database:
        assert database.rows("SELECT place, CAST(content AS BLOB), saved FROM drafts ORDER BY id") == before


async def test_what_was_typed_on_the_card_is_offered_on_the_board(tmp_path: Path) -> None:
    """It is the same question about the same step, wherever it is put."""
    path = tmp_path / "kantor.db"
    demo_file(path)
    async with seated(path) as seat:
        shown = await reach(seat, Asked("", ("@2026-TW4 1", "enter", "c")))
        field = await type_there(seat, shown)
        await leave(seat, "escape", shown)
        await seat.press("escape")
        await seat.until(lambda: isinstance(seat.screen, BoardScreen))
        await seat.press("c")
        assert WORDS in (await prompt(seat)).query_one(f"#{field}", Input).value


async def test_a_draft_of_one_sop_is_not_offered_at_another(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    demo_file(path)
    async with seated(path) as seat:
        shown = await reach(seat, Asked("", (":sop", "enter", "#identity nomor", "enter")))
        await type_there(seat, shown)
        await leave(seat, "escape", shown)
        places = await seat.app.desk.draft_places()
        assert [(place.screen, place.sop) for place in places] == [("isi-sop", TANGERANG)]


async def test_a_field_that_was_not_touched_proposes_what_holds_by_then(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    demo_file(path)
    async with seated(path) as seat:
        shown = await reach(seat, Asked("", (":kalender", "w")))
        field = await type_there(seat, shown)
        await leave(seat, "escape", shown)
        (place,) = await seat.app.desk.draft_places()
        assert set(await seat.app.desk.draft(place) or {}) == {field.removeprefix("field-")}

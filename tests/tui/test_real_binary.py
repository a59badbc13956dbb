"""The real program in a pseudo-terminal of 80x24, by keys alone, while a second program writes to the same file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of this kind are a Unix matter", allow_module_level=True)

from bench.terminal import Terminal
from db import case_queries, opening, queries
from tests.fakes import LIMA_PULUH_KOTA, office_file
from tests.tui.program import drawn_anew, hold_down, program, sent_by
from tests.tui.started import ROOT, words
from tests.tui.year import MONDAY

YEAR = 2026
"""The first start proposes the year of `MONDAY`."""
PROGRAM = (sys.executable, "-m", "sakip_tui")
"""On the computer's own clock: for what does not lean on the date."""


@contextmanager
def office(path: Path, command: tuple[str, ...] = words(MONDAY), **environment: str) -> Iterator[Terminal]:
    """The program on a database file."""
    with program(command, path, "budi", **environment) as terminal:
        yield terminal


@contextmanager
def somebody_else(path: Path, period: str) -> Iterator[None]:
    """A second program that writes remarks all along, from before what is done here until after it."""
    command = (sys.executable, "-m", "tests.tui.writer", str(path), period, str(MONDAY))
    writer = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "1\n"
        yield
        written, _ = writer.communicate("\n")
        assert int(written) >= 2
    finally:
        writer.kill()
        writer.wait()


def set_up(terminal: Terminal, sop: int, bidang: str = "", asks_cadence: bool = False) -> None:
    """Answer the first start: the n-th SOP of the list, everything else as proposed."""
    terminal.wait_for("SOP pengumpulan data kinerja mana")
    terminal.press(*["down"] * sop, "enter")
    terminal.wait_for("Nama kantor (2 dari")
    terminal.press("enter")
    terminal.wait_for("Zona waktu")
    terminal.press("enter")
    terminal.wait_for("Tahun (4 dari")
    terminal.press("enter")
    terminal.wait_for("Bidang (5 dari")
    terminal.type(bidang)
    terminal.press("enter")
    if asks_cadence:
        terminal.wait_for("Seberapa sering")
        terminal.press("enter")
    first_quarter(terminal)


def first_quarter(terminal: Terminal) -> None:
    """The board opens on the quarter of its day; each test begins with the first."""
    terminal.wait_for("Buka periode")
    terminal.press("1")
    terminal.wait_for("TW I belum dibuka")


def open_period(terminal: Terminal) -> None:
    terminal.press("o")
    terminal.wait_for("Dibuka sejak")
    terminal.press("enter")
    terminal.wait_for("Mulai")


def do_step(terminal: Terminal, number: int) -> None:
    """Start and finish the selected card."""
    terminal.press("m")
    terminal.wait_for(f"Langkah {number}: dimulai. Tersimpan.")
    terminal.press("s")
    terminal.wait_for(f"Langkah {number}: selesai. Tersimpan.")


def select(terminal: Terminal, text: str) -> None:
    """Look through the columns from the left until the line on the selected card begins so."""
    for key in ("left",) * 4:
        if _begins(terminal, text):
            return
        _moved(terminal, key)
    for _ in range(5):
        _moved(terminal, "home")
        while not _begins(terminal, text):
            if not _moved(terminal, "down"):
                break
        else:
            return
        _moved(terminal, "right")
    raise AssertionError(f"{text!r} is not on the board:\n{terminal.text()}")


def _begins(terminal: Terminal, text: str) -> bool:
    return _selected(terminal).startswith(text)


def _moved(terminal: Terminal, key: str) -> bool:
    """Whether a key has changed what is selected."""
    before = _selected(terminal)
    terminal.press(key)
    answered(terminal)
    return _selected(terminal) != before


def answered(terminal: Terminal) -> None:
    """Wait until the board has answered every key so far: they are answered in their order, and the last opens help."""
    terminal.press("?")
    terminal.wait_for("Bantuan: Papan")
    terminal.press("escape")
    terminal.wait_for(lambda shown: "Bantuan: Papan" not in shown and _selected(terminal))


def _selected(terminal: Terminal) -> str:
    """The reversed line below the board."""
    terminal.text()
    for y in range(terminal.rows - 1, 3, -1):
        if terminal.screen.buffer[y][0].reverse:
            return terminal.screen.display[y].strip()
    return ""


def back_to_board(terminal: Terminal) -> None:
    """Back from the card's page, which an Enter too many opens; the help comes up once every Enter is answered."""
    terminal.press("?")
    terminal.wait_for("Bantuan: ")
    terminal.press("escape")
    if "Kartu langkah" in terminal.wait_for(lambda shown: "Bantuan: " not in shown):
        terminal.press("escape")
        terminal.wait_for(lambda shown: "Kartu langkah" not in shown)


def has_focus(terminal: Terminal, field: str) -> bool:
    """Whether the frame around a field of a prompt says that one types there."""
    for y, line in enumerate(terminal.screen.display):
        start = line.find(f"╭─ {field}")
        if start > 0 and terminal.screen.buffer[y][start].fg == "cyan":
            return True
    return False


def quarter(terminal: Terminal) -> None:
    """The five steps of a quarter; each finished step hands the selection to the next by one key to the left."""
    for number in range(1, 6):
        select(terminal, f"{number} ")
        do_step(terminal, number)


def close_period(terminal: Terminal) -> None:
    terminal.press("x")
    terminal.wait_for("Angka periode ini dibekukan")
    terminal.press("enter")
    terminal.wait_for("Rekap ditulis")


def test_one_quarter_from_an_empty_folder_to_its_recap(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    with office(path) as terminal:
        set_up(terminal, 4)
        with somebody_else(path, f"{YEAR}-TW2"):
            open_period(terminal)
            quarter(terminal)
            close_period(terminal)
        terminal.press("q")
        assert terminal.ended() == 0
    recaps = list((tmp_path / "rekap").glob("*.xlsx"))
    assert len(recaps) == 1
    with opening.open(path) as database:
        board = case_queries.board(database, queries.address_of(database), f"{YEAR}-TW1")
        assert board.state.periods[f"{YEAR}-TW1"].phase == "tutup"


def test_one_semester_with_a_tidak(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    with office(path) as terminal:
        set_up(terminal, 4)
        with somebody_else(path, f"{YEAR}-TW4"):
            for key in ("1", "2"):
                terminal.press(key)
                terminal.wait_for("Buka periode")
                open_period(terminal)
                quarter(terminal)
                close_period(terminal)
            terminal.press("3")
            terminal.wait_for("Buka periode")
            open_period(terminal)
            select(terminal, "6 ")
            do_step(terminal, 6)
            select(terminal, "7 ")
            terminal.press("m")
            terminal.wait_for("Langkah 7: dimulai. Tersimpan.")
            terminal.press("a")
            terminal.wait_for("Putuskan")
            terminal.press("p")
            terminal.wait_for("Apakah hasil langkah ini diterima?")
            terminal.press("down", "enter")
            terminal.wait_for("Catatan (wajib)")
            terminal.type("angka TW II belum cocok")
            terminal.press("enter")
            terminal.wait_for("ptr 2")
            select(terminal, "6 ")
            do_step(terminal, 6)
            select(terminal, "7 ")
            terminal.press("m")
            terminal.wait_for("Langkah 7: dimulai. Tersimpan.")
            terminal.press("a")
            terminal.wait_for("Putuskan")
            terminal.press("p")
            terminal.wait_for("Apakah hasil langkah ini diterima?")
            terminal.press("enter")
            terminal.wait_for("SIAP 1")
            select(terminal, "8 ")
            terminal.press("m")
            terminal.wait_for("Langkah 8: dimulai. Tersimpan.")
            terminal.press("p")
            terminal.wait_for("Apakah hasil langkah ini diterima?")
            terminal.press("enter")
            terminal.wait_for("Tutup periode")
            close_period(terminal)
    with opening.open(path) as database:
        board = case_queries.board(database, queries.address_of(database), f"{YEAR}-S1")
        case = board.state.case_of(f"{YEAR}-S1")
        assert case is not None
        assert case.runs[7, None, 1].answer == "tidak"
        assert case.runs[7, None, 2].answer == "ya"
        assert board.state.periods[f"{YEAR}-S1"].phase == "tutup"


def test_one_fan_out_with_five_bidang(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    bidang = ("Sekretariat", "Penempatan", "Pelatihan", "Pengawasan", "Hubungan Industrial")
    with office(path) as terminal:
        set_up(terminal, 1, ", ".join(bidang), asks_cadence=True)
        with somebody_else(path, f"{YEAR}-TW2"):
            open_period(terminal)
            for number in (1, 2):
                select(terminal, f"{number} ")
                do_step(terminal, number)
            for number in (3, 4):
                for name in bidang:
                    select(terminal, f"{number} {name}")
                    terminal.press("s")
                    terminal.wait_for("Kapan mulai dikerjakan?")
                    terminal.press("enter")
                    terminal.wait_for(f"Langkah {number} ({name}): selesai. Tersimpan.")
            for number in (5, 6, 7):
                select(terminal, f"{number} ")
                do_step(terminal, number)
            close_period(terminal)
    with opening.open(path) as database:
        board = case_queries.board(database, queries.address_of(database), f"{YEAR}-TW1")
        assert board.state.periods[f"{YEAR}-TW1"].phase == "tutup"


# ---------------------------------------------------------------------- a terminal that goes away
def made(path: Path) -> Path:
    office_file(path)
    return path


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_to_stop_ends_the_program_in_order(tmp_path: Path, number: signal.Signals) -> None:
    with office(made(tmp_path / "kantor.db"), PROGRAM) as terminal:
        terminal.wait_for("Buka periode")
        os.kill(terminal.pid, number)
        assert terminal.ended() == 0
        assert b"\x1b[?1049l" in sent_by(terminal), "the screen was given back"


def test_a_line_that_breaks_ends_the_program(tmp_path: Path) -> None:
    with office(made(tmp_path / "kantor.db"), PROGRAM) as terminal:
        terminal.wait_for("Buka periode")
        terminal.hang_up()
        terminal.ended()


def test_a_broken_line_ends_the_program_even_where_the_hang_up_is_ignored(tmp_path: Path) -> None:
    path = made(tmp_path / "kantor.db")
    code = (
        "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); os.execv(sys.executable, "
        f"[sys.executable, '-m', 'sakip_tui', '--db', {str(path)!r}])"
    )
    given = {"SAKIP_PENGGUNA": "budi", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    with Terminal((sys.executable, "-c", code), (80, 24), given) as terminal:
        terminal.wait_for("Buka periode")
        terminal.hang_up()
        terminal.ended()


@pytest.mark.parametrize("kind", ["dumb", ""])
def test_a_terminal_that_cannot_show_a_board_is_refused_with_a_way_out(tmp_path: Path, kind: str) -> None:
    with office(made(tmp_path / "kantor.db"), TERM=kind) as terminal:
        assert os.waitstatus_to_exitcode(terminal.ended()) == 2
        shown = " ".join(terminal.text().split())
        assert "sakip papan" in shown


def test_a_locked_database_never_freezes_the_screen(tmp_path: Path) -> None:
    path = made(tmp_path / "kantor.db")
    with office(path) as terminal:
        terminal.wait_for("Buka periode")
        with opening.open(path) as database, database.write():
            terminal.press("o")
            terminal.wait_for("Dibuka sejak")
            terminal.press("enter")
            terminal.wait_for(lambda shown: "Dibuka sejak" not in shown)
            terminal.press("down")
            assert "Tersimpan" not in terminal.wait_for("kartu 2/5")
        terminal.wait_for("Tersimpan")


def test_another_programs_act_shows_by_itself(tmp_path: Path) -> None:
    path = made(tmp_path / "kantor.db")
    with office(path) as terminal:
        first_quarter(terminal)
        terminal.press("down")
        terminal.wait_for("kartu 2/5")
        command = (*words(MONDAY), "--db", str(path), "--sebagai", "siti", "periode", "buka", "2026-TW1")
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        terminal.wait_for("SIAP 1")
        answered(terminal)
        assert _selected(terminal).startswith("5 "), "the selection stays"


def test_no_raw_control_byte_of_what_people_typed_reaches_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    office_file(path, LIMA_PULUH_KOTA, ("[/x]A", "B\u202eC", "D\U0001f600E", "[@click=app.quit]F"))
    with office(path) as terminal:
        first_quarter(terminal)
        open_period(terminal)
        terminal.press("c")
        terminal.wait_for("Catatan untuk")
        terminal.type("satu\x9b31mdua")
        terminal.press("enter")
        terminal.wait_for("Catatan tersimpan")
        terminal.press("enter")
        terminal.wait_for("Kartu langkah 1")
        sent = sent_by(terminal)
        assert "\u202e".encode() not in sent
        assert "\x9b".encode() not in sent


def test_what_was_typed_when_the_line_broke_is_offered_again(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    office_file(path)
    with office(path) as terminal:
        first_quarter(terminal)
        open_period(terminal)
        terminal.press("c")
        terminal.wait_for("Catatan untuk")
        terminal.type("menunggu data dari bidang")
        terminal.wait_for("menunggu data dari bidang")
        terminal.hang_up()
        terminal.ended()
    with office(path) as terminal:
        terminal.wait_for("Ada tulisan Anda yang belum dikirim")
        terminal.press("1")
        terminal.wait_for("Mulai")
        terminal.press("c")
        terminal.wait_for("menunggu data dari bidang")


@pytest.mark.parametrize("key", ["\x11", "q", "Q"])
def test_what_was_typed_when_the_program_was_quit_is_offered_again(tmp_path: Path, key: str) -> None:
    """Where the window has no room for the form only q and Ctrl+Q do something: no letter goes into it unseen."""
    path = tmp_path / "kantor.db"
    office_file(path)
    with office(path) as terminal:
        first_quarter(terminal)
        open_period(terminal)
        terminal.press("c")
        terminal.wait_for("Catatan untuk")
        terminal.type("menunggu data dari bidang")
        terminal.wait_for("menunggu data dari bidang")
        if key.isalpha():
            terminal.resize(20, 7)
            terminal.wait_for("20 kolom")
            terminal.type("abc")
        terminal.type(key)
        assert terminal.ended() == 0
    with office(path) as terminal:
        terminal.wait_for("Ada tulisan Anda yang belum dikirim")
        terminal.press("c")
        terminal.wait_for("menunggu data dari bidang ")


def test_a_remark_left_on_the_card_page_does_not_keep_the_board_from_opening(tmp_path: Path) -> None:
    path = made(tmp_path / "kantor.db")
    with office(path) as terminal:
        first_quarter(terminal)
        open_period(terminal)
        terminal.press("enter")
        terminal.wait_for("Kartu langkah 1")
        terminal.press("c")
        terminal.wait_for("Catatan untuk")
        terminal.type("angka belum cocok")
        terminal.wait_for("angka belum cocok")
        terminal.press("escape")
        terminal.wait_for("Isian Anda disimpan")
        terminal.press("escape")
        terminal.wait_for("Keluar")
        terminal.press("q")
        assert terminal.ended() == 0
    with office(path) as terminal:
        terminal.wait_for("belum dikirim: catatan untuk TW I 2026, langkah 1")
        terminal.press("1")
        terminal.wait_for("1 Mengumpulkan data")
        terminal.press("enter")
        terminal.wait_for("Kartu langkah 1")
        terminal.press("c")
        terminal.wait_for("angka belum cocok")


HOSTILE = "[/][@click=app.quit]\x1b]52;c;aGFsbw==\x07\x9b31m\u202ekanan\u200btengah\U0001f600" + "x" * 10_000
"""Markup, an escape that writes to the clipboard, C1, bidi, zero width, an emoji, and more than any line holds."""


def test_hostile_text_put_into_the_file_itself_is_harmless_on_the_board_and_in_its_prompts(tmp_path: Path) -> None:
    """Rows may come from elsewhere than our own door, which cleans what is typed."""
    path = tmp_path / "kantor.db"
    office_file(path, LIMA_PULUH_KOTA, ("A", "B"))
    with office(path) as terminal:
        first_quarter(terminal)
        open_period(terminal)
        terminal.press("m")
        terminal.wait_for("Langkah 1: dimulai. Tersimpan.")
        terminal.press("q")
    with opening.open(path) as database, database.write():
        database.rows("UPDATE runs SET holder = ?, note = ?", (HOSTILE, HOSTILE))
        database.rows("UPDATE bidang SET name = ? WHERE name = 'A'", (HOSTILE,))
        database.rows("UPDATE offices SET name = ?", (HOSTILE,))
    with office(path) as terminal:
        terminal.wait_for("Selesai")
        for key, text in (
            ("i", "╭─ Tindakan"),
            ("f", "Saring kartu"),
            ("n", "╭─ Menu"),
            ("c", "Catatan untuk"),
            ("/", "Cari kartu"),
            ("?", "Bantuan: Papan"),
        ):
            terminal.press(key)
            terminal.wait_for(text)
            terminal.press("escape")
            terminal.wait_for(lambda shown, text=text: text not in shown and _selected(terminal))
        terminal.press("left", "home", "space")
        terminal.wait_for("4 [/][@click")
        assert "[/][@click=app.quit]" in terminal.text()
        sent = sent_by(terminal)
        assert b"\x1b]52" not in sent
        assert not [byte for byte in range(0x80, 0xA0) if chr(byte).encode() in sent]
        assert not [char for char in "\u202e\u200b" if char.encode() in sent]
        answered(terminal)


def test_without_colour_everything_is_in_the_terminals_own(tmp_path: Path) -> None:
    with office(made(tmp_path / "kantor.db"), NO_COLOR="1") as terminal:
        terminal.wait_for("Buka periode")
        answered(terminal)
        colours = {cell.fg for line in terminal.screen.buffer.values() for cell in line.values()}
        assert colours == {"default"}


def test_a_prompt_leaves_the_board_in_view_behind_it(tmp_path: Path) -> None:
    with office(made(tmp_path / "kantor.db")) as terminal:
        terminal.wait_for("Buka periode")
        terminal.press("o")
        shown = terminal.wait_for("Dibuka sejak")
        assert "Dinas Ketenagakerjaan" in shown
        assert "Enter Kartu" in shown


def test_enter_held_down_goes_through_the_first_start_and_the_board_stands(tmp_path: Path) -> None:
    with office(tmp_path / "kantor.db") as terminal:
        terminal.wait_for("SOP pengumpulan data kinerja mana")
        # The second needs bidang, so that its question holds up whoever says nothing.
        terminal.press("down")
        terminal.wait_for("> Dinas Perindustrian")
        hold_down(terminal, "enter", "Nama bidang")
        terminal.type("Satu, Dua")
        terminal.wait_for("Satu, Dua")
        hold_down(terminal, "enter", "Buka periode")
        back_to_board(terminal)
        terminal.press("o")
        terminal.wait_for("Dibuka sejak")
        hold_down(terminal, "enter", "SIAP 1")
        back_to_board(terminal)
        terminal.wait_for("m Mulai")
        assert "Traceback" not in terminal.text()


def test_an_unexpected_error_is_one_sentence_with_the_path_of_its_log(tmp_path: Path) -> None:
    broken = (
        "from sakip_tui.board.screen import BoardScreen as B\n"
        "B.action_help = lambda self: [][1]\n"
        "import sys; from sakip_tui.__main__ import main; sys.exit(main())"
    )
    path = tmp_path / "kantor.db"
    environment = {"SAKIP_PENGGUNA": "budi", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    environment |= {"XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path)}
    command = (sys.executable, "-c", broken, "--db", str(path))
    with Terminal(command, (80, 24), environment, str(tmp_path)) as terminal:
        set_up(terminal, 0)
        terminal.press("?")
        assert os.waitstatus_to_exitcode(terminal.ended()) == 5
        shown = sent_by(terminal).decode()
        assert "Terjadi kesalahan yang tidak terduga" in shown
        assert "Traceback" not in shown
        assert "IndexError" not in shown
    (log,) = tmp_path.rglob("kesalahan.log")
    assert "IndexError" in log.read_text("utf-8")


def test_the_whole_screen_stands_after_a_refused_prompt_is_scrolled(tmp_path: Path) -> None:
    with office(tmp_path / "kantor.db") as terminal:
        set_up(terminal, 0)
        open_period(terminal)
        do_step(terminal, 1)
        select(terminal, "2 ")
        terminal.press("b")
        terminal.wait_for("Kembalikan dari")
        for field, text, next_key in (("Catatan", "a", "tab"), ("Waktu", "xx", "enter")):
            terminal.wait_for(lambda shown, field=field: has_focus(terminal, field))
            terminal.press(text)
            terminal.wait_for(f"│  {text} ")
            terminal.press(next_key)
        terminal.wait_for("tidak terbaca")
        terminal.press("pageup", "tab")
        terminal.wait_for(lambda shown: has_focus(terminal, "Alasan"))
        terminal.type("\x1b[Z")
        terminal.wait_for(lambda shown: has_focus(terminal, "Waktu"))
        terminal.press("z")
        sparing = terminal.wait_for("xxz")
        assert "Kembalikan dari" in sparing
        drawn_anew(terminal, sparing)

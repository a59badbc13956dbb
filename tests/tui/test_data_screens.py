"""The screens Data and Analisa on a real file: filling, handing in, marking, sending back, as the rules have it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db import opening
from db.kinerja_store import define, indicator_command
from db.kinerja_year import data_of
from db.people_store import GivenLane, NewPerson, add_person, give_lane
from db.rows import Address
from db.store import Store
from sakip_tui.analysis.screen import AnalysisScreen
from sakip_tui.filling.rows import (
    FILTERS,
    ShownRow,
    about_lines,
    banner_lines,
    filtered,
    head_line,
    row_line,
    row_lines,
    sheet_of,
)
from sakip_tui.filling.screen import DataScreen
from sakip_tui.imports.screen import FindingsScreen
from sakip_tui.prompts.base import FormPrompt, TextField
from sakip_tui.recaps import read_recap
from sakip_tui.widgets.ink import Line
from sakip_tui.widgets.listing import ListScreen
from sop.form import catalog
from sop.kinerja.consolidation import FiguredRow
from sop.kinerja.form_columns import COLUMNS, ISIAN_SHEET
from sop.kinerja.indicator import Indicator
from sop.kinerja.isian import Keadaan
from sop.kinerja.state import IsianRow, KinerjaState
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor, Role
from sop.model.state import RunPhase
from sop.values import replace
from tests.exports.kantor import dicts
from tests.exports.kantor import sheet_of as paper_of
from tests.fakes import TUESDAY, FakeClock, office_file, until
from tests.tui.measured_office import (
    EVERYBODY,
    FIRST,
    INDICATORS,
    PERIOD,
    SECOND,
    act,
    handed_in,
    isi,
    measured_file,
    terisi,
)
from tests.tui.screens import seen
from tests.tui.test_board_going import at_file
from tests.tui.test_board_keys import Table


@asynccontextmanager
async def at(place: str, path: Path) -> AsyncIterator[Table]:
    """A screen of data kinerja is on view, its rows read."""
    async with at_file(path, FakeClock()) as found:
        found.board.action_open_place(place)
        await until(found.pilot, lambda: isinstance(found.pilot.app.screen, DataScreen | AnalysisScreen))
        await until(found.pilot, lambda: "Sedang dibaca" not in (listed(found) or "Sedang dibaca"))
        yield found


def screen_of(table: Table) -> ListScreen:
    return next(each for each in table.pilot.app.screen_stack if isinstance(each, DataScreen | AnalysisScreen))


def listed(table: Table) -> str:
    return screen_of(table).lines("#list").text


def line_of(table: Table, code: str) -> str:
    return next(" ".join(line.split()) for line in listed(table).splitlines() if f" {code} " in f" {line} ")


async def answer(table: Table, key: str, **values: str) -> None:
    """Press a key and answer its form."""
    await table.press(key)
    await table.asks()
    for name, text in values.items():
        await table.type_into(name, text)
    await table.press("ctrl+s")
    await until(table.pilot, lambda: screen_of(table).said or getattr(table.pilot.app.screen, "problem", ""))


async def shows(table: Table, condition: Callable[[], Any]) -> None:
    await until(table.pilot, condition)


def kept(path: Path, address: Address) -> KinerjaState:
    with opening.open(path) as database:
        return data_of(database, address, 2026, TUESDAY)


def row(path: Path, address: Address, owner: str, key: str) -> IsianRow:
    return kept(path, address).period(PERIOD).rows(owner).get(key, IsianRow())


async def test_a_row_is_filled_and_shown_with_its_capaian(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    address = measured_file(path)
    async with at("data", path) as table:
        assert line_of(table, "IK-1").endswith("belum diisi !")
        assert "0/2 terisi, formulir 1" in " ".join(table.pilot.app.screen.lines("#list-title").text.split())  # type: ignore[attr-defined]
        await answer(table, "enter", nilai="20", kendala="Kelas penuh", batas="30-6-2026")
        assert screen_of(table).said == "IK-1 tersimpan."
        await shows(table, lambda: line_of(table, "IK-1") == "> IK-1 Jumlah peserta orang 25 20 80,00 terisi")
        await table.press("down")
        await answer(table, "enter", pembilang="30", penyebut="40")
        await shows(table, lambda: "75,00 93,75 terisi" in line_of(table, "IK-2"))
    held = row(path, address, FIRST, "ik-1").isian
    assert held is not None
    assert (held.value, held.kendala) == (Decimal(20), "Kelas penuh")


async def test_what_is_not_there_needs_a_reason_and_may_be_handed_in(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    address = measured_file(path)
    act(path, address, isi(FIRST, IK_1=terisi(20)))
    async with at("data", path) as table:
        await answer(table, "s")
        assert "IK-2" in table.prompt.problem
        await table.press("escape")
        await shows(table, lambda: table.pilot.app.screen is screen_of(table))
        await table.press("down")
        await answer(table, "b", alasan="Survei belum selesai")
        await shows(table, lambda: line_of(table, "IK-2").endswith("belum ada"))
        # A row of which it is said that there is no value is neither terisi nor one of which nothing is said.
        assert "1/2 terisi, 1 belum ada" in screen_of(table).heading()[1]
        await table.press("up", "down")
        about = screen_of(table).lines("#about").text
        assert "Dinyatakan belum ada" in about
        assert "Alasan: Survei belum selesai" in about
        await table.press("s")
        await table.asks()
        assert "1/2 terisi, 1 belum ada." in table.prompt.form.body[0]
        await table.press("escape")
        await answer(table, "s")
        assert screen_of(table).said == f"{FIRST} diserahkan."
    found = kept(path, address).period(PERIOD)
    assert found.seats[FIRST].phase is RunPhase.SELESAI
    isian = found.rows(FIRST)["ik-2"].isian
    assert isian is not None
    assert isian.keadaan is Keadaan.BELUM_ADA


async def test_rows_that_are_somebody_elses_are_not_offered_to_be_filled_or_marked(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    address = measured_file(path)
    with opening.open(path) as database:
        store = Store(database, lambda: TUESDAY)
        add_person(store, address.office, NewPerson("Wening", {Role.ADMIN}, "adm", "akun"), EVERYBODY)
        add_person(store, address.office, NewPerson("Citra", {Role.PELAKSANA}, "a1"), Actor("adm"))
        give_lane(store, address.office, "a1", GivenLane("Kabid", SECOND), Actor("adm"))
    for place, key in (("data", "enter"), ("analisa", "m")):
        async with at_file(path, FakeClock(), "a1") as found:
            found.board.action_open_place(place)
            await until(found.pilot, lambda found=found: isinstance(found.pilot.app.screen, ListScreen))
            await shows(found, lambda found=found: "IK-1" in listed(found))
            if place == "data":
                assert "Enter Isi" not in screen_of(found).lines("#list-keys").text
            else:
                assert "m Tandai" not in screen_of(found).lines("#list-keys").text
            await found.press(key)
            await shows(found, lambda found=found: "Anda tidak memegang lajur" in screen_of(found).said)
            if place == "data":
                await found.press("right")
                await shows(found, lambda found=found: "IK-3" in listed(found))
                assert "Enter Isi" in screen_of(found).lines("#list-keys").text
                await answer(found, "enter", nilai="TMP")
                await shows(found, lambda found=found: "IK-3 tersimpan." in screen_of(found).said)


async def test_the_lane_of_periksa_marks_rows_on_the_screen_without_being_pengelola(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    address = measured_file(path)
    handed_in(path, address)
    lane = catalog.load(address.sop).step(6).pelaksana[0]
    with opening.open(path) as database:
        store = Store(database, lambda: TUESDAY)
        add_person(store, address.office, NewPerson("Wening", {Role.ADMIN}, "adm", "akun"), EVERYBODY)
        add_person(store, address.office, NewPerson("Citra", {Role.PELAKSANA}, "a1"), Actor("adm"))
        give_lane(store, address.office, "a1", GivenLane(lane), Actor("adm"))
    async with at_file(path, FakeClock(), "a1") as found:
        found.board.action_open_place("analisa")
        await until(found.pilot, lambda: isinstance(found.pilot.app.screen, ListScreen))
        await shows(found, lambda: "IK-3" in listed(found))
        assert "m Tandai" in screen_of(found).lines("#list-keys").text
        await answer(found, "m", catatan="Lampirkan suratnya")
        await shows(found, lambda: "IK-3 ditandai" in screen_of(found).said)


async def test_a_number_with_two_readings_is_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    address = measured_file(path)
    async with at("data", path) as table:
        await answer(table, "enter", nilai="1.234")
        assert "dapat berarti" in table.prompt.problem
    assert row(path, address, FIRST, "ik-1").isian is None


async def test_a_row_that_somebody_else_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    address = measured_file(path)
    async with at("data", path) as table:
        await table.press("enter")
        await table.asks()
        act(path, address, isi(FIRST, IK_1=terisi(20)))
        await table.type_into("nilai", "21")
        await table.press("ctrl+s")
        await shows(table, lambda: "Sudah diubah orang lain" in getattr(table.pilot.app.screen, "problem", ""))
        await table.press("escape")
        await shows(table, lambda: isinstance(table.pilot.app.screen, DataScreen))
        await shows(table, lambda: "20" in line_of(table, "IK-1"))
    held = row(path, address, FIRST, "ik-1").isian
    assert held is not None
    assert held.value == 20


async def test_rows_of_a_step_that_is_done_are_not_offered_to_be_filled(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    address = measured_file(path)
    handed_in(path, address)
    async with at("data", path) as table:
        # Forms are written before and after a step is filled as well as during it.
        assert "f Formulir" in screen_of(table).lines("#list-keys").text
        await table.press("enter")
        await shows(table, lambda: "sudah selesai" in screen_of(table).said)
        assert isinstance(table.pilot.app.screen, DataScreen)
        # A form is not to be mended first that would not be taken afterwards.
        await table.press("f")
        await shows(table, lambda: "ditulis" in screen_of(table).said)
        (form,) = (tmp_path / "rekap").glob("*.xlsx")
        _typed(form, {"IK-1": "1.234"})
        await answer(table, "i")
        await shows(table, lambda: "sudah berakhir" in screen_of(table).said)
        assert screen_of(table).said.startswith("Dokumen ini formulir TW I 2026, Sekretariat.")
        assert isinstance(table.pilot.app.screen, DataScreen)


async def test_a_form_goes_out_and_comes_back_filled_or_with_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    address = measured_file(path)
    async with at("data", path) as table:
        await table.press("f")
        await shows(table, lambda: "Formulir Sekretariat ditulis" in screen_of(table).said)
        (form,) = (tmp_path / "rekap").glob("*.xlsx")
        await answer(table, "i", dokumen=str(form))
        assert screen_of(table).said == "Sudah diterima: tidak ada baris yang berubah."
        _typed(form, {"IK-1": "1.234"})
        await answer(table, "i", dokumen=str(form))
        await shows(table, lambda: isinstance(table.pilot.app.screen, FindingsScreen))
        await shows(table, lambda: "dapat berarti" in table.pilot.app.screen.lines("#list").text)  # type: ignore[attr-defined]
        await table.press("escape")
        _typed(form, {"IK-1": 90})
        await answer(table, "i", dokumen=str(form))
        # It was saved, and so it says beside what is to be looked at again.
        await shows(table, lambda: isinstance(table.pilot.app.screen, FindingsScreen))
        findings: Any = table.pilot.app.screen
        await shows(table, lambda: "lebih dari tiga kali target" in findings.lines("#list").text)
        assert "diambil dan disimpan" in findings.lines("#list-title").text
        assert "Periksa lagi" in findings.lines("#list").text
        await table.press("escape")
        await shows(table, lambda: "360,00 terisi" in line_of(table, "IK-1"))
    held = row(path, address, FIRST, "ik-1").isian
    assert held is not None
    assert held.value == 90


async def test_the_document_of_before_is_offered_again_after_a_restart(tmp_path: Path) -> None:
    """As what stood there, and not as something that was typed and not sent."""
    path, document = tmp_path / "kantor.db", str(tmp_path / "formulir dari bidang.xlsx")
    measured_file(path)
    async with at("data", path) as table:
        await answer(table, "i", dokumen=document)
        await table.press("escape")
    async with at("data", path) as table:
        await table.press("i")
        await table.asks()
        assert table.pilot.app.screen.query_one("#field-dokumen", TextField).value == document
        assert "tulisan tadi" not in seen(table.pilot.app).text


def _typed(form: Path, values: dict[str, object]) -> None:
    """Fill realisasi of some rows as Excel does, with Terisi beside it."""
    book = openpyxl.load_workbook(form)
    sheet = book[ISIAN_SHEET]
    letter = {column.key: place for place, column in enumerate(COLUMNS, start=1)}
    for line in range(1, sheet.max_row + 1):
        code = str(sheet.cell(line, letter["kode"]).value)
        if code in values:
            sheet.cell(line, letter["realisasi"]).value = values[code]  # type: ignore[assignment]
    book.save(form)


async def test_arrows_go_from_owner_to_owner(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    measured_file(path)
    async with at("data", path) as table:
        await table.press("right")
        await shows(table, lambda: "IK-3" in listed(table))
        await answer(table, "enter", nilai="wdp")
        await shows(table, lambda: "WTP WDP 75,00 terisi" in line_of(table, "IK-3"))


async def test_a_key_on_a_card_and_on_its_page_leads_to_the_rows_of_its_bidang(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    measured_file(path)
    async with at_file(path, FakeClock()) as found:
        board = found.board
        (key,) = [each for each in board.view.cards if board.view.cards[each].card.bidang == SECOND]
        board.select(key)
        for way in (("equals_sign",), ("enter", "equals_sign")):
            for pressed in way:
                await found.press(pressed)
                await until(found.pilot, lambda: found.pilot.app.screen is not board)
            await until(found.pilot, lambda: isinstance(found.pilot.app.screen, DataScreen))
            await until(found.pilot, lambda: SECOND in found.pilot.app.screen.heading()[0])
            await found.press("escape")
            await until(found.pilot, lambda: found.pilot.app.screen is board)


async def test_a_step_that_cannot_end_without_its_rows_names_the_key_that_leads_to_them(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    measured_file(path)
    async with at_file(path, FakeClock()) as found:
        board = found.board
        (key,) = [each for each in board.view.cards if board.view.cards[each].card.bidang == SECOND]
        board.select(key)
        await found.press("m")
        await found.until_said("dimulai")
        await found.press("s")
        await found.until_said("Belum diisi: ")
        assert board.said.endswith("Tekan = untuk mengisinya.")
        await found.pilot.pause()
        (line,) = [y for y, text in enumerate(seen(found.pilot.app).text.splitlines()) if "Tekan = " in text]
        text = seen(found.pilot.app).text.splitlines()[line]
        await found.pilot.click(offset=(text.index("Tekan = ") + len("Tekan "), line))
        await until(found.pilot, lambda: isinstance(found.pilot.app.screen, DataScreen))
        await until(found.pilot, lambda: SECOND in found.pilot.app.screen.heading()[0])


async def test_the_worst_come_first_and_a_mark_goes_back_with_its_bidang(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    address = measured_file(path)
    handed_in(path, address)
    async with at("analisa", path) as table:
        mean, _, *lines = listed(table).replace(">", " ").splitlines()
        codes = [word for line in lines if (word := line.split()[0]).startswith("IK-")]
        assert codes == ["IK-3", "IK-2", "IK-1"]
        # What is above the cap is shown as it is, and the mean says how it counts.
        assert mean.strip() == "Rata-rata 81,25 (3 dari 3), tiap capaian dihitung paling tinggi 100."
        await answer(table, "m", catatan="Lampirkan suratnya")
        assert screen_of(table).said == "IK-3 ditandai. Kembalikan penyerahnya (b) agar dijawab."
        await shows(table, lambda: line_of(table, "IK-3").endswith("!"))
        await answer(table, "b")
        await shows(table, lambda: "dikembalikan" in screen_of(table).said)
    found = kept(path, address).period(PERIOD)
    assert (found.seats[SECOND].attempt, found.seats[FIRST].attempt) == (2, 1)
    assert found.rows(SECOND)["ik-3"].wants_answer
    async with at("data", path) as table:
        # Its card is the one on view, so its rows are.
        await shows(table, lambda: "ditandai !" in listed(table))
        await answer(table, "enter", nilai="TMP", kata="Suratnya terlampir")
        await shows(table, lambda: "dijawab" in listed(table))
        # What is put right beside it afterwards takes the answer back neither here nor for whoever judges it.
        await answer(table, "enter", kendala="Tim penilai datang terlambat")
    async with at("analisa", path) as table:
        assert line_of(table, "IK-3").endswith("dijawab")
        assert "Dijawab: Suratnya terlampir" in screen_of(table).lines("#about").text
        await table.press("h")
        assert "dijawab" in screen_of(table).heading()[0]
        assert [line.split()[0] for line in listed(table).replace(">", " ").splitlines()[2:]] == ["IK-3"]
    with opening.open(path) as database:
        report = read_recap(database, address, PERIOD, TUESDAY).report
    (told,) = dicts(paper_of(report, "Perubahan nilai"))
    assert [told[key] for key in ("kind", "mark", "before", "after", "reason")] == [
        "tetap",
        "Lampirkan suratnya",
        "TMP",
        "TMP",
        "Suratnya terlampir",
    ]
    assert any('IK-3 ("Suratnya terlampir")' in str(line["sentence"]) for line in dicts(paper_of(report, "Riwayat")))


async def test_a_mark_is_taken_back_and_a_value_corrected_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    address = measured_file(path)
    handed_in(path, address)
    async with at("analisa", path) as table:
        assert " t Terima" not in screen_of(table).lines("#list-keys").text
        await table.press("t")
        await shows(table, lambda: "IK-3 tidak bertanda" in screen_of(table).said)
        await answer(table, "m", catatan="Periksa")
        await answer(table, "t")
        await shows(table, lambda: screen_of(table).said == "Tanda IK-3 dicabut.")
        await answer(table, "e", nilai="WDP", kata="Salah ketik")
        await shows(table, lambda: "75,00" in line_of(table, "IK-3"))
    with opening.open(path) as database:
        report = read_recap(database, address, PERIOD, TUESDAY).report
    (change,) = dicts(paper_of(report, "Perubahan nilai"))
    assert [change[key] for key in ("code", "kind", "before", "after", "reason")] == [
        "IK-3",
        "koreksi nilai",
        "TMP",
        "WDP",
        "Salah ketik",
    ]
    assert "Di bawah target: IK-3 (75,00) dan IK-2 (93,75)." in paper_of(report, "Pengesahan").front.kinerja  # type: ignore[union-attr]


def test_a_long_name_is_read_to_its_end_below_the_list() -> None:
    name = "IK-05 Persentase lulusan pelatihan berbasis kompetensi yang memperoleh sertifikat"
    lines = ["".join(text for text, _ in line) for line in banner_lines(name, "Bidang Perindustrian", 80)]
    assert [len(line) for line in lines] == [80, 80]
    assert lines[0].rstrip().endswith("Bidang Perindustrian")
    assert " ".join(" ".join(lines).replace("Bidang Perindustrian", "").split()) == name


def test_a_row_whose_name_is_cut_goes_on_below_where_all_of_the_list_has_room(tmp_path: Path) -> None:
    """Two indicators both read `Perselisihan yang…`, above an empty half of the screen."""
    path = tmp_path / "kantor.db"
    state = kept(path, measured_file(path))
    shown = next(each for each in sheet_of(state, PERIOD).rows if each.key[1] == "ik-1")

    def told(name: str, unit: str, width: int = 78) -> list[str]:
        asked = replace(shown.report.row, indicator=replace(INDICATORS[0], name=name, satuan=unit))
        other = FiguredRow(shown.filled.held, lambda held: replace(shown.report, row=asked))
        lines = row_lines(shown._replace(filled=other), state, width)
        return ["".join(text for text, _ in line) for line in lines]

    first, second = told("Perselisihan yang selesai di luar pengadilan", "perusahaan")
    assert " ".join(first.split()[:3]) == "IK-1 Perselisihan yang"
    assert second.strip() == "selesai di luar pengadilan (perusahaan)"
    first, second = told("Lowongan kerja yang terdaftar", "lowongan")
    assert second.index("lowongan") == "".join(text for text, _ in head_line(78)).index("Sat")
    assert "…" not in first + second
    assert told("Opini mutu", "orang")[1].strip() == ""
    long = told("Pertanggungjawabannya " * 9, "orang")
    assert max(map(len, long)) <= 78


def test_beside_rows_of_others_a_name_has_the_room_of_its_unit_on_a_narrow_screen(tmp_path: Path) -> None:
    """`Lama rata-rata…` stood there twice, between units that were cut themselves."""
    path = tmp_path / "kantor.db"
    state = kept(path, measured_file(path))
    shown = next(each for each in sheet_of(state, PERIOD).rows if each.key[1] == "ik-1")
    asked = replace(shown.report.row, indicator=replace(INDICATORS[0], name="Lama rata-rata menunggu penempatan"))
    row = shown._replace(filled=FiguredRow(shown.filled.held, lambda held: replace(shown.report, row=asked)))

    def text(line: Line) -> str:
        return "".join(words for words, _ in line)

    heads, line = text(head_line(78, with_owner=True)), text(row_line(row, state, 78, with_owner=True))
    assert "Sat" not in heads
    assert "Lama rata-rata menunggu…" in line
    for head, figure in (("Target", "25"), ("Realisasi", "-")):
        end = heads.index(head) + len(head)
        assert line[:end].endswith(figure), "figures stand under their heads"
    assert text(row_lines(row, state, 78, with_owner=True)[1]).strip() == "penempatan (orang)"
    assert "dalam orang" in "".join(map(text, about_lines(row, state, {}, 80, with_owner=True)))
    assert "Sat" in text(head_line(118, with_owner=True))


@pytest.mark.parametrize(("height", "lines"), [(24, 5), (13, 3)])
async def test_rows_take_two_lines_only_where_none_of_them_leaves_the_screen(
    height: int, lines: int, tmp_path: Path
) -> None:
    path = tmp_path / "kantor.db"
    measured_file(path)
    async with at("data", path) as table:
        await table.pilot.resize_terminal(80, height)
        await shows(table, lambda: len(listed(table).strip().splitlines()) == lines)


def test_a_unit_that_a_row_has_no_room_for_stands_below_the_list(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    address = measured_file(path)
    act(path, address, isi(FIRST, IK_1=terisi(20)))
    state = kept(path, address)
    shown = next(each for each in sheet_of(state, PERIOD).rows if each.key[1] == "ik-1")

    def told(row: ShownRow) -> str:
        return "".join(text for line in about_lines(row, state, {}, 80) for text, _ in line)

    assert "orang" not in told(shown)
    asked = replace(shown.report.row, indicator=replace(INDICATORS[0], satuan="sentra industri"))
    other = FiguredRow(shown.filled.held, lambda held: replace(shown.report, row=asked))
    assert "dalam sentra industri" in told(shown._replace(filled=other))


def test_each_filter_holds_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    address = measured_file(path)
    act(path, address, isi(FIRST, IK_1=terisi(90)))
    sheet = sheet_of(kept(path, address), PERIOD)
    found = {held_to: [each.report.row.indicator.code for each in filtered(sheet.rows, held_to)] for held_to in FILTERS}
    assert found == {
        "semua": ["IK-2", "IK-3", "IK-1"],
        "belum": ["IK-2", "IK-3"],
        "di bawah target": [],
        "melonjak": ["IK-1"],
        "ditandai": [],
        "dijawab": [],
    }


async def test_indicators_made_after_the_form_step_opened_are_sent_by_a_key(tmp_path: Path) -> None:
    """Nothing on the screens gave their form out, and they said that it goes out by itself."""
    path = tmp_path / "kantor.db"
    address = measured_file(path)
    with opening.open(path) as database:
        store = Store(database, lambda: TUESDAY)
        late = Indicator("IK-9", "Peserta magang", "orang", owner=INDICATORS[0].owner)
        define(store, address.office, [indicator_command(late, PERIOD)], EVERYBODY)
    async with at("data", path) as table:
        assert "IK-9" not in listed(table)
        assert "p Kirim formulir" in screen_of(table).lines("#list-keys").text
        await table.press("p")
        await shows(table, lambda: isinstance(table.pilot.app.screen, FormPrompt))
        # Of the owner's other rows nothing changes.
        assert "1 baris yang baru atau berubah dikirim" in " ".join(table.prompt.form.body)
        await table.press("enter")
        await shows(table, lambda: "terkirim" in screen_of(table).said)
        await shows(table, lambda: "IK-9" in listed(table))
        assert "p Kirim formulir" not in screen_of(table).lines("#list-keys").text
        await table.press("p")
        await shows(table, lambda: "sudah ada di formulirnya" in screen_of(table).said)


async def test_in_a_closed_period_nothing_is_offered_to_be_marked_or_corrected(tmp_path: Path) -> None:
    """The forms opened, and the refusal came after something was typed."""
    path = tmp_path / "kantor.db"
    address = measured_file(path)
    handed_in(path, address)
    ends = [Command(Act.SELESAI, PERIOD, step=step) for step in (5, 6, 7)]
    act(path, address, *ends, Command(Act.TUTUP, PERIOD))
    async with at("analisa", path) as table:
        shown = screen_of(table).lines("#list-keys").text
        assert not [word for word in ("m Tandai", "b Kembalikan", "e Koreksi") if word in shown]
        for key in ("m", "b", "e"):
            await table.press(key)
            await shows(table, lambda: "sudah ditutup" in screen_of(table).said)
            assert isinstance(table.pilot.app.screen, AnalysisScreen)
    async with at("data", path) as table:
        await table.press("enter")
        await shows(table, lambda: "sudah ditutup" in screen_of(table).said)
        assert "Analisa" not in screen_of(table).said
        await table.press("p")
        await shows(table, lambda: "sudah ditutup" in screen_of(table).said)
        # Nor is a form mended for it: the document says of which period it is.
        await table.press("f")
        await shows(table, lambda: "ditulis" in screen_of(table).said)
        (form,) = (tmp_path / "rekap").glob("formulir*.xlsx")
        for value in ("1.234", 91):
            _typed(form, {"IK-1": value})
            await answer(table, "i", dokumen=str(form))
            await shows(table, lambda: "sudah ditutup" in screen_of(table).said)
            assert screen_of(table).said.startswith("Dokumen ini formulir TW I 2026, Sekretariat.")
            assert isinstance(table.pilot.app.screen, DataScreen)


async def test_an_office_without_indicators_is_told_where_they_are_defined(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    office_file(path)
    for place in ("data", "analisa"):
        async with at(place, path) as table:
            assert "menetapkannya di layar Indikator" in " ".join(listed(table).split())

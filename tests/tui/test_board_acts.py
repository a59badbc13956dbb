"""The act menu: every act of the rules can be begun there, and what cannot be done says why."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from threading import Event

import pytest

from db.signers import SignerRow
from sakip_tui import digests
from sakip_tui.acts import in_menu
from sakip_tui.board.screen import BoardScreen
from sakip_tui.prompts.menu import MenuPrompt
from sakip_tui.prompts.picking import Marks
from sakip_tui.prompts.text_field import TextField
from sop.model.act import CASE_ACTS, PERIOD_ACTS, RUN_ACTS, Act
from sop.model.commands import Command
from sop.model.office import Signer, SignerState
from sop.model.pelaksana import Actor, Membership, Role
from sop.model.state import Answer, CasePhase, PeriodPhase, RunPhase
from sop.values import replace
from tests.fakes import LIMA_PULUH_KOTA, FakeDesk, open_period, run_act, until, walk
from tests.tui.test_board_finding import fanned_out
from tests.tui.test_board_keys import Table, at_table

TW1 = "2026-TW1"


async def acts_of(table: Table) -> MenuPrompt:
    await table.press("i")
    await until(table.pilot, lambda: isinstance(table.pilot.app.screen, MenuPrompt))
    screen = table.pilot.app.screen
    assert isinstance(screen, MenuPrompt)
    return screen


def possible(menu: MenuPrompt) -> set[str]:
    return {item.code for item in menu.list.items if item.is_possible}


async def begin(table: Table, act: Act) -> None:
    """Choose an act of the menu."""
    menu = await acts_of(table)
    codes = [item.code for item in menu.list.items]
    menu.list.pick(codes.index(act.value))
    await table.press("enter")


async def fill(table: Table, **texts: str) -> None:
    """Answer the form that comes, and send it."""
    await table.asks()
    for name, text in texts.items():
        await table.type_into(name, text)
    await table.press("ctrl+s")
    await until(table.pilot, lambda: table.pilot.app.screen is table.board)


@pytest.mark.parametrize(
    ("name", "told", "hint"),
    [
        ("", "Sekretaris (belum disebut) dan Kepala Dinas (belum disebut).", True),
        ("Dra. Siti", "Sekretaris (belum disebut) dan Plt. Kepala Dinas (Dra. Siti).", True),
        ("Sekretaris", "Sekretaris (Dra. Siti).", False),
    ],
)
async def test_whoever_closes_a_period_sees_first_who_signs_it_from_then_on(name: str, told: str, hint: bool) -> None:
    """A closing freezes who signs; on the form nothing said so, and that nobody was named came out on paper."""
    desk = FakeDesk()
    open_period(desk)
    walk(desk, [1, 2, 3, 4, 5])
    positions = ("Sekretaris",) if name == "Sekretaris" else ("Sekretaris", "Kepala Dinas")
    desk.settings = replace(desk.settings, signatories=positions)
    if name:
        position = "Sekretaris" if name == "Sekretaris" else "Plt. Kepala Dinas"
        desk.named_signers = (SignerRow(SignerState("t1", position, ""), Signer("Dra. Siti")),)
    async with at_table(desk) as table:
        await table.press("1", "x")
        form = (await table.asks()).form
        body = " ".join(form.body)
        assert f"Yang menandatangani ikut dibekukan: {told}" in body
        assert ("Pengaturan" in body) == hint


def opened(*steps: int) -> FakeDesk:
    desk = FakeDesk()
    open_period(desk)
    walk(desk, steps)
    return desk


def test_the_menu_holds_every_act_of_the_rules() -> None:
    assert {face.act for face in in_menu(on_card=True)} == RUN_ACTS | {Act.KEMBALIKAN}
    assert {face.act for face in in_menu(on_card=False)} == (CASE_ACTS | PERIOD_ACTS) - {Act.KEMBALIKAN}


async def test_possible_acts_come_first_and_the_others_say_why() -> None:
    async with at_table(opened(1)) as table:
        menu = await acts_of(table)
        flags = [item.is_possible for item in menu.list.items]
        assert flags == sorted(flags, reverse=True)
        assert {"mulai", "selesai", "tunda", "lewati", "tahan", "hentikan"} <= possible(menu)
        reasons = {item.code: item.detail for item in menu.list.items if not item.is_possible}
        assert "belum dibuka" not in reasons["buka"]
        assert "sudah" in reasons["buka"]
        assert all(reasons.values())


async def test_an_impossible_act_stays_unchosen() -> None:
    async with at_table(opened(1)) as table:
        menu = await acts_of(table)
        menu.list.pick(next(n for n, item in enumerate(menu.list.items) if not item.is_possible))
        await table.press("enter")
        assert table.pilot.app.screen is menu
        await table.press("escape")
        assert table.pilot.app.screen is table.board


async def test_whoever_only_looks_may_remark_and_nothing_else() -> None:
    desk = opened(1)
    desk.actor = Actor("tamu", frozenset({Role.PENGAMAT}))
    async with at_table(desk) as table:
        assert possible(await acts_of(table)) == {"komentar"}


async def test_whoever_only_looks_is_not_asked_to_what_step_it_goes_back() -> None:
    """The form of `b` opened for a pengamat and was refused once it was filled in: the rules were asked with the
    revision of the run, while it is an act on the case, and answered that somebody else had been faster."""
    desk = opened(1, 2)
    desk.act(run_act(Act.MULAI, 3))
    desk.actor = Actor("tamu", frozenset({Role.PENGAMAT}))
    async with at_table(desk) as table:
        assert "Kembalikan" not in table.keys
        assert "Urungkan" not in table.keys
        await table.press("b")
        await table.until_said("Anda tidak memegang lajur")
        assert table.pilot.app.screen is table.board


async def test_the_lane_of_the_first_step_alone_hands_nothing_back() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1])
    membership = Membership(desk.sop.step(1).pelaksana[0])
    desk.actor = Actor("siti", frozenset({Role.PELAKSANA}), frozenset({membership}))
    async with at_table(desk) as table:
        assert "Kembalikan" not in table.keys
        await table.press("b")
        await table.until_said("Anda tidak memegang lajur")
        assert "kembalikan" not in possible(await acts_of(table))


async def test_a_bidang_hands_its_own_step_back_from_the_menu_too() -> None:
    """Beside the step of its own bidang it could go back to one of everybody's; only that was put to the rules, and the
    menu said that the lane was not held."""
    desk = FakeDesk(LIMA_PULUH_KOTA, bidang=("Penempatan", "Pelatihan"))
    open_period(desk)
    walk(desk, [1, 2])
    for bidang in desk.bidang:
        desk.act(run_act(Act.SELESAI, 3, bidang=bidang))
    lane = desk.sop.step(4).pelaksana[0]
    desk.actor = Actor("siti", frozenset({Role.PELAKSANA}), frozenset({Membership(lane, "Pelatihan")}))
    async with at_table(desk) as table:
        table.board.show_card(4, "Pelatihan")
        assert "Kembalikan" in table.keys
        menu = await acts_of(table)
        assert "kembalikan" in possible(menu)
        await table.press("escape", "b")
        assert (await table.asks()).form.title.startswith("Kembalikan")


async def test_a_member_of_the_lane_cannot_manage() -> None:
    desk = opened(1)
    lane = desk.sop.step(2).pelaksana[0]
    desk.actor = Actor("siti", frozenset({Role.PELAKSANA}), frozenset({Membership(lane)}))
    async with at_table(desk) as table:
        able = possible(await acts_of(table))
        assert "mulai" in able
        assert not able & {"lewati", "tahan", "hentikan", "tutup"}


async def test_the_letter_of_a_daily_act_does_it_from_the_menu() -> None:
    async with at_table(opened(1)) as table:
        await acts_of(table)
        await table.press("m")
        await until(table.pilot, lambda: table.phase(2) is RunPhase.DIKERJAKAN)


async def test_release_gives_the_card_back() -> None:
    desk = opened(1)
    desk.act(run_act(Act.MULAI, 2))
    async with at_table(desk) as table:
        await begin(table, Act.LEPAS)
        await fill(table)
        await until(table.pilot, lambda: table.phase(2) is RunPhase.SIAP)
        await table.until_said("Tekan u untuk mengurungkannya")


async def test_assign_offers_the_members_of_the_lane() -> None:
    desk = opened(1)
    desk.people = (("siti", "Siti"), ("tono", "Tono"))
    async with at_table(desk) as table:
        await begin(table, Act.TUGASKAN)
        prompt = await table.asks()
        assert [choice.code for choice in prompt.form.choices] == ["siti", "tono"]
        await table.press("down")
        await fill(table)
        await until(table.pilot, lambda: desk.asked)
        assert desk.asked[-1].holder == "tono"


async def test_assign_takes_a_name_while_nobody_is_registered() -> None:
    desk = opened(1)
    async with at_table(desk) as table:
        await begin(table, Act.TUGASKAN)
        await fill(table, holder="wati")
        await until(table.pilot, lambda: desk.asked)
        assert desk.asked[-1].holder == "wati"


async def test_withdraw_takes_the_hand_in_back() -> None:
    desk = deciding()
    async with at_table(desk) as table:
        await table.press("3")
        await begin(table, Act.TARIK)
        await fill(table)
        await until(table.pilot, lambda: table.phase(7, period="2026-S1") is RunPhase.DIKERJAKAN)


def deciding() -> FakeDesk:
    desk = FakeDesk()
    for period in (TW1, "2026-TW2"):
        open_period(desk, period)
        walk(desk, [1, 2, 3, 4, 5], period)
        desk.act(Command(Act.TUTUP, period))
    open_period(desk, "2026-S1")
    walk(desk, [6], "2026-S1")
    desk.act(run_act(Act.MULAI, 7, "2026-S1"))
    desk.act(run_act(Act.AJUKAN, 7, "2026-S1"))
    return desk


async def test_a_figure_is_not_cut_for_what_stands_beside_it() -> None:
    desk = deciding()
    desk.act(run_act(Act.PUTUSKAN, 7, "2026-S1", answer=Answer.TIDAK, note="angka belum cocok"))
    walk(desk, [6], "2026-S1")
    desk.act(run_act(Act.MULAI, 7, "2026-S1"))
    desk.act(run_act(Act.AJUKAN, 7, "2026-S1"))
    async with at_table(desk) as table:
        columns = table.board.picture.columns
        rows = [column.render_line(y).text for column in columns for y in range(column.size.height)]
        told = [row for row in rows if "hari 1/" in row or "%/" in row]
        assert len(told) == 2, rows
        assert all("hari 1/120 " in row or "%/2 hr" in row for row in told), told


async def test_a_card_that_begins_above_the_edge_still_says_which_it_is() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2, 3])
    async with at_table(desk) as table:
        board = table.board
        place = next(each for each in board.picture.arrangement.places.values() if each.top > 3 and each.height > 1)
        board.picture.top = place.top
        board.picture.draw(everything=True)
        column = board.picture.columns[place.column]
        assert f" {place.view.card.step} " in column.render_line(1).text


async def test_skip_needs_a_reason() -> None:
    async with at_table(opened(1)) as table:
        await begin(table, Act.LEWATI)
        await table.asks()
        await table.press("ctrl+s")
        assert "belum diisi" in str(table.prompt.query_one("#problem").render())
        await fill(table, reason="tidak berlaku")
        await until(table.pilot, lambda: table.phase(2) is RunPhase.DILEWATI)


async def test_an_earlier_result_is_taken_over() -> None:
    desk = opened(1, 2, 3)
    desk.act(Command(Act.KEMBALIKAN, TW1, step=3, target=1, note="ulang"))
    walk(desk, [1])
    async with at_table(desk) as table:
        assert table.board.selected == (2, "")
        await begin(table, Act.PAKAI_LAMA)
        await fill(table)
        await until(table.pilot, lambda: table.phase(2) is RunPhase.SELESAI)


async def test_a_start_time_is_corrected() -> None:
    desk = opened(1, 2)
    async with at_table(desk) as table:
        table.board.show_card(2)
        await begin(table, Act.KOREKSI)
        await fill(table, started="10.06", reason="salah ketik")
        await until(table.pilot, lambda: desk.asked)
        case = desk.state.case_of(TW1)
        assert case is not None
        run = case.current((2, None))
        assert run is not None
        assert run.started == desk.asked[-1].started.at  # type: ignore[union-attr]


async def test_a_time_alone_means_the_day_that_is_put_right() -> None:
    desk = opened(1, 2)
    desk.clock.move(minutes=3 * 1440)
    async with at_table(desk) as table:
        table.board.show_card(2)
        case = desk.state.case_of(TW1)
        assert case is not None
        before = case.current((2, None))
        assert before is not None
        assert before.started is not None
        await begin(table, Act.KOREKSI)
        await fill(table, started="10.06", reason="salah ketik")
        await until(table.pilot, lambda: desk.asked)
        asked = desk.asked[-1].started
        assert asked is not None
        assert abs(asked.at - before.started) < 6 * 3600


async def test_letters_typed_over_the_choices_are_not_lost() -> None:
    desk = opened(1, 2)
    async with at_table(desk) as table:
        table.board.show_card(2)
        await begin(table, Act.KEMBALIKAN)
        await table.asks()
        await table.press("x", "y", "z")
        assert table.prompt.query_one("#field-note", TextField).value == "xyz"
        await table.press("escape")
        await begin(table, Act.KEMBALIKAN)
        await table.asks()
        focused = table.pilot.app.focused
        assert isinstance(focused, TextField)
        assert focused.value == "xyz"


async def test_a_wrong_correction_says_why_and_keeps_what_was_typed() -> None:
    desk = opened(1, 2)
    async with at_table(desk) as table:
        table.board.show_card(2)
        await begin(table, Act.KOREKSI)
        await table.asks()
        await table.type_into("started", "7.00")
        await table.press("ctrl+s")
        await until(table.pilot, lambda: getattr(table.pilot.app.screen, "problem", ""))
        assert table.prompt.draft.values["started"] == "7.00"


async def test_an_item_is_ticked_and_unticked() -> None:
    desk = opened(1)
    async with at_table(desk) as table:
        for ticked in (True, False):
            await begin(table, Act.CENTANG)
            prompt = await table.asks()
            prompt.query_one("#choices").pick(0)  # type: ignore[attr-defined]
            await fill(table)
            await until(table.pilot, lambda on=ticked: desk.asked and desk.asked[-1].on is on)
            await until(table.pilot, lambda on=ticked: bool(table.board.card.card.ticks) is on)  # type: ignore[union-attr]


async def test_evidence_is_kept_with_the_digest_of_a_readable_file(tmp_path: Path) -> None:
    paper = tmp_path / "laporan.txt"
    paper.write_bytes(b"isi")
    desk = opened(1)
    async with at_table(desk) as table:
        await begin(table, Act.DOKUMEN)
        await fill(table, number="045/12", dated="14/4/2026", location="lemari 2", file=str(paper))
        await until(table.pilot, lambda: desk.asked)
        evidence = desk.asked[-1].evidence
        assert evidence is not None
        assert (evidence.number, evidence.dated, evidence.location) == ("045/12", "2026-04-14", "lemari 2")
        assert evidence.file_name == "laporan.txt"
        assert evidence.sha256 == sha256(b"isi").hexdigest()


async def test_the_board_goes_on_while_a_large_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = tmp_path / "pindaian.pdf"
    paper.write_bytes(b"isi")
    is_read = Event()

    def slowly(path: Path) -> Iterator[str | None]:
        while not is_read.wait(0.01):
            yield None
        yield sha256(path.read_bytes()).hexdigest()

    monkeypatch.setattr(digests, "digesting", slowly)
    desk = opened(1)
    async with at_table(desk) as table:
        await begin(table, Act.DOKUMEN)
        await fill(table, file=str(paper))
        assert (await acts_of(table)).list.items
        await table.press("escape")
        assert not desk.asked
        is_read.set()
        await until(table.pilot, lambda: desk.asked)
        evidence = desk.asked[-1].evidence
        assert evidence is not None
        assert evidence.sha256 == sha256(b"isi").hexdigest()


async def test_leaving_does_not_wait_for_a_file_to_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = tmp_path / "pindaian.pdf"
    paper.write_bytes(b"isi")

    def for_ever(path: Path) -> Iterator[str | None]:
        while True:
            yield None

    monkeypatch.setattr(digests, "digesting", for_ever)
    desk = opened(1)
    async with at_table(desk) as table:
        await begin(table, Act.DOKUMEN)
        await fill(table, file=str(paper))
    assert not desk.asked


@pytest.mark.parametrize("act", [Act.DOKUMEN, Act.KOREKSI])
async def test_a_file_of_an_office_host_is_not_looked_at_for_a_guest(tmp_path: Path, act: Act) -> None:
    paper = tmp_path / "rahasia.txt"
    paper.write_bytes(b"isi")
    desk = opened(1)
    desk.is_guest = True
    async with at_table(desk) as table:
        if act is Act.KOREKSI:
            table.board.select((1, ""))
            await begin(table, act)
            await table.press("down", "down")
        else:
            await begin(table, act)
        await fill(table, file=str(paper))
        await until(table.pilot, lambda: desk.asked)
        evidence = desk.asked[-1].evidence
        assert evidence is not None
        assert (evidence.file_name, evidence.sha256) == (str(paper), None)


async def test_a_file_that_is_elsewhere_is_named_without_a_digest() -> None:
    desk = opened(1)
    async with at_table(desk) as table:
        await begin(table, Act.DOKUMEN)
        await fill(table, file="laporan-di-tempat-lain.xlsx")
        await until(table.pilot, lambda: desk.asked)
        evidence = desk.asked[-1].evidence
        assert evidence is not None
        assert (evidence.file_name, evidence.sha256) == ("laporan-di-tempat-lain.xlsx", None)


@pytest.mark.parametrize(
    ("first", "act", "phase"),
    [
        ((), Act.TAHAN, CasePhase.DITAHAN),
        ((Act.TAHAN,), Act.LANJUTKAN, CasePhase.BERJALAN),
        ((), Act.HENTIKAN, CasePhase.DIHENTIKAN),
        ((Act.HENTIKAN,), Act.MULAI_ULANG, CasePhase.BERJALAN),
    ],
)
async def test_the_case_is_held_resumed_stopped_and_begun_again(
    first: tuple[Act, ...], act: Act, phase: CasePhase
) -> None:
    desk = opened(1)
    for earlier in first:
        desk.act(Command(earlier, TW1, reason="begitu"))
    async with at_table(desk) as table:
        await table.press("1")
        await begin(table, act)
        await fill(table, reason="perintah pimpinan")
        await until(table.pilot, lambda: desk.asked)
        case = desk.state.case_of(TW1)
        assert case is not None
        assert case.phase is phase


async def test_a_held_case_says_so_on_its_cards() -> None:
    desk = opened(1)
    desk.act(run_act(Act.MULAI, 2))
    desk.act(Command(Act.TAHAN, TW1, reason="begitu"))
    async with at_table(desk, (120, 40)) as table:
        await table.press("1")
        assert table.board.picture.labels[2, ""].text.startswith("berkas ditahan")


async def test_the_join_goes_on_without_those_that_are_missing() -> None:
    desk = fanned_out()
    desk.act(run_act(Act.MULAI, 4, bidang=desk.bidang[1]))
    desk.act(run_act(Act.SELESAI, 4, bidang=desk.bidang[1]))
    async with at_table(desk) as table:
        await begin(table, Act.GABUNG)
        assert desk.bidang[0] in "\n".join((await table.asks()).form.body)
        await fill(table, reason="batas waktu lewat")
        await until(table.pilot, lambda: table.phase(5) is RunPhase.SIAP)


async def test_bidang_are_added_and_removed_by_marks() -> None:
    desk = fanned_out()
    async with at_table(desk) as table:
        await begin(table, Act.UBAH_BIDANG)
        prompt = await table.asks()
        prompt.query_one(Marks).marked.discard(desk.bidang[4])
        await fill(table, other="Umum", reason="ditata ulang")
        await until(table.pilot, lambda: desk.asked)
        assert (desk.asked[-1].added, desk.asked[-1].removed) == (("Umum",), (desk.bidang[4],))


async def test_the_bidang_that_was_added_is_selected_and_in_view_after_it() -> None:
    desk = fanned_out()
    async with at_table(desk) as table:
        await begin(table, Act.UBAH_BIDANG)
        await table.asks()
        await fill(table, other="Umum", reason="ditata ulang")
        await until(table.pilot, lambda: desk.asked and table.board.selected is not None and table.board.selected[1])
        assert table.board.selected == (3, "Umum")
        assert table.phase(3, "Umum") is RunPhase.SIAP
        place = table.board.picture.arrangement.places[3, "Umum"]
        assert table.board.picture.top <= place.top < table.board.picture.top + table.board.picture.visible_lines


async def test_the_form_of_bidang_begins_at_its_marks_and_goes_on_in_order() -> None:
    desk = fanned_out()
    async with at_table(desk) as table:
        await begin(table, Act.UBAH_BIDANG)
        prompt = await table.asks()
        seen = []
        for _ in range(4):
            assert prompt.focused is not None
            seen.append(prompt.focused.id)
            await table.press("tab")
        assert seen == ["marks-bidang", "field-other", "field-reason", "field-at"]


async def test_a_closed_period_is_reopened() -> None:
    desk = opened(1, 2, 3, 4, 5)
    desk.act(Command(Act.TUTUP, TW1))
    async with at_table(desk) as table:
        await table.press("1")
        await begin(table, Act.BUKA_KEMBALI)
        await fill(table, reason="angka salah")
        await until(table.pilot, lambda: desk.state.periods[TW1].phase is PeriodPhase.BUKA)


async def test_a_summary_asks_to_choose_a_bidang_first() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2])
    async with at_table(desk) as table:
        await table.press("space")
        assert table.board.card is not None
        assert table.board.card.card.summary
        menu = await acts_of(table)
        assert "mulai" not in possible(menu)
        assert "spasi" in next(item.detail for item in menu.list.items if item.code == "mulai")
        assert "Semua bidang" in next(item.detail for item in menu.list.items if item.code == "waktu-lain")


async def test_the_acts_of_an_unopened_period_begin_with_opening_it() -> None:
    async with at_table(FakeDesk()) as table:
        await table.press("1")
        assert "buka" in possible(await acts_of(table))
        assert isinstance(table.board, BoardScreen)

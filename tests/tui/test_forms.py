"""What holds for every form: the field has the focus, letters are text, a text from before is named and replaced."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from textual.app import App

from sakip_tui.prompts import finishing, questions
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.form import EMPTY, Choice, Form, FormField, FormMarks, Response
from sakip_tui.prompts.keeping import restored, stored, unsent_of
from sakip_tui.prompts.matter import Matter
from sakip_tui.prompts.picking import Choices, Marks, Options
from sakip_tui.prompts.questions import Question
from sakip_tui.prompts.questions_box import Questions
from sakip_tui.prompts.text_field import OLD, TextField
from sakip_tui.sops.questions import edit, map_of, move, unchanged_map
from sakip_tui.views.board import build_board
from sakip_tui.views.offers import Onlooker, offered
from sakip_tui.widgets.ink import InkedScreen
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Typed
from sop.model.definition import DataRole
from sop.model.errors import FaultyInput
from sop.model.pelaksana import Actor, Membership, Role
from sop.model.state import RunPhase
from sop.time.instants import parse_instant
from sop.values import replace
from tests.fakes import TANGERANG, FakeDesk, open_period, run_act, until, walk
from tests.tui.test_board_keys import at_table

ROLES = (Choice("pelaksana", "Pelaksana", "mengerjakan langkah lajurnya"), Choice("admin", "Admin", "mengatur orang"))
NAMED = Form(
    "Daftarkan orang", choices=ROLES, fields=(FormField("name", "Nama", required=True), FormField("code", "Kode"))
)


class Host(App[None]):
    """Shows one form."""

    def __init__(self, prompt: FormPrompt) -> None:
        super().__init__()
        self.prompt = prompt

    def on_mount(self) -> None:
        self.push_screen(self.prompt)


class PlainScreen(InkedScreen[None]):
    """A screen with nothing on it."""


LANE = Form(
    "Lajur",
    choices=(Choice("sekretaris", "Sekretaris Dinas", "satu orang"), Choice("staf", "Staf Penyusun Evaluasi Kinerja")),
    fields=(
        FormField("bidang", "Bidang"),
        FormField("kind", "Kedudukan", value="tetap", options=("tetap", "plt", "plh")),
        FormField("since", "Sejak"),
    ),
)
"""Choices one below the other, lines to type, and a line of which all that it may hold is known."""


def focused(prompt: FormPrompt) -> str | None:
    return None if prompt.focused is None else prompt.focused.id


async def test_letters_are_text_and_arrows_choose_whatever_a_name_begins_with() -> None:
    prompt = FormPrompt(NAMED)
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(prompt.focused, TextField))
        choices, name = prompt.query_one(Choices), prompt.query_one("#field-name", TextField)
        assert prompt.lines("#effect").text == "mengerjakan langkah lajurnya"
        await pilot.press("down")
        assert (choices.code, focused(prompt)) == ("admin", "choices")
        assert prompt.lines("#effect").text == "mengatur orang"
        await pilot.press("p", "n")
        assert (choices.code, name.value, focused(prompt)) == ("admin", "pn", "field-name")


@pytest.mark.parametrize(("body", "gap"), [((), 0), (("Yang mana?",), 2)])
async def test_choices_under_nothing_begin_at_the_top(body: tuple[str, ...], gap: int) -> None:
    """On a low screen the line that parts them from a sentence is one that the fields below lack."""
    prompt = FormPrompt(replace(NAMED, body=body))
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: prompt.query_one(Choices).region.height)
        assert prompt.query_one(Choices).region.y - prompt.query_one("#questions").region.y == gap


async def test_once_something_is_typed_arrows_go_from_line_to_line_and_choose_nothing() -> None:
    """Whoever is in a line means the next line; the choice above it changed unseen."""
    prompt = FormPrompt(LANE)
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: focused(prompt) == "field-bidang")
        await pilot.press("p", "down")
        assert focused(prompt) == "field-kind"
        await pilot.press("down", "down", "left", "right")
        assert (focused(prompt), prompt.query_one(Choices).code) == ("field-since", "sekretaris")
        await pilot.press("up", "up", "up")
        assert (focused(prompt), prompt.query_one(Choices).code) == ("choices", "sekretaris")


async def test_from_the_choices_tab_leads_to_the_first_line_and_no_line_is_passed_over() -> None:
    prompt = FormPrompt(LANE)
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: focused(prompt) == "field-bidang")
        await pilot.press("down")
        gone = []
        for _ in range(4):
            await pilot.press("tab")
            gone.append(focused(prompt))
        assert gone == ["field-bidang", "field-kind", "field-since", "choices"]
        await pilot.press("down")
        assert (focused(prompt), prompt.query_one(Choices).code) == ("field-bidang", "staf")


async def test_what_a_line_may_hold_is_turned_and_a_letter_over_it_is_text() -> None:
    prompt = FormPrompt(LANE)
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: focused(prompt) == "field-bidang")
        kind = prompt.query_one("#field-kind", Options)
        assert kind.text.rstrip() == "Kedudukan   (x) tetap   ( ) plt   ( ) plh"
        await pilot.press("tab", "right")
        assert "panah kiri/kanan Pilih" in prompt.lines("#form-keys").text
        assert kind.value == "plt"
        await pilot.press("space", "right", "left")
        assert kind.value == "plh"
        await pilot.click("#field-kind", offset=(kind.text.index("plt") + 1, 0))
        assert kind.value == "plt"
        await pilot.press("t")
        assert (kind.value, prompt.query_one("#field-bidang", TextField).value) == ("plt", "t")
        await pilot.press("ctrl+s")
        assert dict(prompt.draft.values) == {"bidang": "t", "kind": "plt", "since": ""}


async def test_a_choice_of_a_row_is_clicked() -> None:
    prompt = FormPrompt(NAMED)
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Admin" in prompt.query_one(Choices).text)
        await pilot.click("#choices", offset=(prompt.query_one(Choices).text.index("Admin"), 0))
        assert prompt.query_one(Choices).code == "admin"


async def test_choices_side_by_side_are_turned_sideways_where_no_text_is_in_the_way_and_the_keys_say_so() -> None:
    prompt = FormPrompt(NAMED)
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(prompt.focused, TextField))
        choices, keys = prompt.query_one(Choices), prompt.lines("#form-keys")
        assert "panah Pilih" in keys.text
        await pilot.press("right")
        assert choices.code == "admin"
        await pilot.press("left")
        assert choices.code == "pelaksana"
        await pilot.press("a", "n", "left", "x")
        assert (choices.code, prompt.query_one("#field-name", TextField).value) == ("pelaksana", "axn")
        assert "Pilih" not in keys.text
        choices.focus()
        await pilot.press("right")
        assert choices.code == "admin"
        assert "panah Pilih" in keys.text


async def test_the_keys_are_those_of_the_choice_that_is_picked() -> None:
    note = FormField("note", "Catatan", only_for=frozenset({"admin"}))
    prompt = FormPrompt(Form("Peran", choices=ROLES, fields=(note,)))
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        keys = prompt.lines("#form-keys")
        await until(pilot, lambda: isinstance(prompt.focused, Choices))
        assert "Tab" not in keys.text
        await pilot.press("down")
        await until(pilot, lambda: "Tab Pindah" in keys.text)


async def test_where_there_is_one_answer_only_no_arrow_chooses() -> None:
    prompt = FormPrompt(replace(NAMED, choices=ROLES[:1]))
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: focused(prompt) == "field-name")
        assert "panah" not in prompt.lines("#form-keys").text
        await pilot.press("down")
        assert focused(prompt) == "field-code"


async def test_where_a_text_stands_the_keys_name_the_arrows_that_choose() -> None:
    prompt = FormPrompt(NAMED, Response("admin", {"name": "Wening"}))
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(prompt.focused, TextField))
        assert "panah atas/bawah Pilih" in prompt.lines("#form-keys").text
        await pilot.press("left")
        assert prompt.query_one(Choices).code == "admin"
        await pilot.press("up")
        assert prompt.query_one(Choices).code == "pelaksana"


async def test_choices_one_below_the_other_are_not_turned_sideways() -> None:
    prompt = FormPrompt(replace(NAMED, fields=()))
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(prompt.focused, Choices))
        assert "panah Pilih" in prompt.lines("#form-keys").text
        await pilot.press("right")
        assert prompt.query_one(Choices).code == "pelaksana"


TALL = replace(
    LANE,
    body=tuple(f"Baris {number} dari penjelasan." for number in range(9)),
    choices=(
        *LANE.choices,
        *(Choice(name.casefold(), name) for name in ("Kepala Bidang", "Kepala Seksi", "Sub Koordinator")),
    ),
)
"""As `LANE`, and taller than a small screen."""
TALL_ROW = replace(
    TALL, choices=(Choice("ya", "Ya", "lanjut ke langkah 8"), Choice("tidak", "Tidak", "kembali ke langkah 6"))
)


def is_in_view(prompt: FormPrompt) -> bool:
    """Whether the line of the picked choice is within what shows of the questions."""
    box, choices = prompt.query_one(Questions), prompt.query_one(Choices)
    lines = [choices.virtual_region.y + line for line in choices.picked_lines]
    return all(box.scroll_offset.y <= line < box.scroll_offset.y + box.size.height for line in lines)


@pytest.mark.parametrize("height", [12, 14, 18, 24, 40])
@pytest.mark.parametrize("form", [TALL, TALL_ROW], ids=["list", "row"])
async def test_the_arrow_that_the_keys_name_chooses_at_every_height_and_the_picked_row_comes_into_view(
    form: Form, height: int
) -> None:
    """Where the form was taller than the screen the arrow scrolled it, and the first lane was given."""
    prompt = FormPrompt(form)
    async with Host(prompt).run_test(size=(80, height)) as pilot:
        await until(pilot, lambda: focused(prompt) == "field-bidang")
        assert "panah Pilih" in prompt.lines("#form-keys").text
        await pilot.press("down")
        assert prompt.query_one(Choices).code == form.choices[1].code
        await until(pilot, lambda: is_in_view(prompt))
        await pilot.press("tab", "x", "down", "down")
        assert focused(prompt) == "field-since", "once something is typed arrows go from line to line"
        assert "Pilih" not in prompt.lines("#form-keys").text


async def test_all_that_is_said_of_each_choice_has_its_lines_in_a_form_that_scrolls() -> None:
    """A scrollbar makes the lines shorter and more of them; the last ones were cut."""
    said = " ".join(
        ["Lajur ini bekerja tiap bidang; bila Bidang dikosongkan, orang ini boleh bertindak untuk semua."] * 2
    )
    names = (
        "Sekretaris Dinas",
        "Kasubbag Program dan Evaluasi",
        "Penyusun Bahan Evaluasi, Rencana, Program dan Laporan",
    )
    form = replace(TALL, choices=tuple(Choice(str(number), name, said) for number, name in enumerate(names)))
    for width in range(60, 84):
        prompt = FormPrompt(form)
        async with Host(prompt).run_test(size=(width, 24)) as pilot:
            await until(pilot, lambda prompt=prompt: focused(prompt) == "field-bidang")  # type: ignore[misc]
            choices = prompt.query_one(Choices)
            await until(pilot, lambda choices=choices: choices.size.height == len(choices.text.split("\n")))  # type: ignore[misc]


async def test_a_choice_that_is_out_of_view_is_named_at_the_title() -> None:
    prompt = FormPrompt(TALL)
    async with Host(prompt).run_test(size=(80, 10)) as pilot:
        frame = prompt.query_one("#form")
        await until(pilot, lambda: focused(prompt) == "field-bidang")
        await pilot.press("shift+tab")
        await until(pilot, lambda: is_in_view(prompt) and frame.border_title == "Lajur")
        await pilot.press("down", "down", "up", "tab", "tab", "tab")
        await until(pilot, lambda: frame.border_title == "Lajur, dipilih: Staf Penyusun Evaluasi Kinerja")
        assert not is_in_view(prompt)


async def test_a_page_of_a_tall_form_is_turned() -> None:
    prompt = FormPrompt(TALL)
    async with Host(prompt).run_test(size=(80, 14)) as pilot:
        await until(pilot, lambda: focused(prompt) == "field-bidang")
        await pilot.press("pagedown", "pagedown")
        await until(pilot, lambda: prompt.query_one(Questions).scroll_offset.y > 0)
        await pilot.press("pageup", "pageup", "pageup")
        await until(pilot, lambda: prompt.query_one(Questions).scroll_offset.y == 0)


@pytest.mark.parametrize("form", [TALL, TALL_ROW], ids=["list", "row"])
async def test_an_arrow_shows_what_it_picks_after_a_page_was_turned(form: Form) -> None:
    prompt = FormPrompt(form)
    async with Host(prompt).run_test(size=(80, 10)) as pilot:
        await until(pilot, lambda: focused(prompt) == "field-bidang")
        await pilot.press("down", "pageup", "pageup", "pageup")
        await until(pilot, lambda: not is_in_view(prompt))
        await pilot.press("up")
        await until(pilot, lambda: is_in_view(prompt))
        assert prompt.query_one(Choices).code == form.choices[0].code


async def test_the_space_bar_marks_where_the_keys_say_so_and_is_a_letter_elsewhere() -> None:
    marks = FormMarks("bidang", "Bidang", ("A", "B"), only_for=frozenset({"admin"}))
    prompt = FormPrompt(replace(NAMED, marks=marks))
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        keys = prompt.lines("#form-keys")
        await until(pilot, lambda: focused(prompt) == "field-name")
        assert "spasi" not in keys.text
        await pilot.press("down")
        assert "spasi" not in keys.text
        await pilot.press("tab")
        await until(pilot, lambda: isinstance(prompt.focused, Marks))
        assert "panah Pilih  spasi Tandai" in keys.text
        await pilot.press("space")
        assert prompt.query_one(Marks).value == "A"


async def test_a_line_that_lacks_is_named_at_the_first_enter_and_no_longer_once_it_is_filled() -> None:
    prompt = FormPrompt(replace(NAMED, fields=(*NAMED.fields, FormField("unit", "Satuan", required=True))))
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        told = prompt.query_one("#problem")
        await until(pilot, lambda: focused(prompt) == "field-name")
        await pilot.press("A", "enter")
        assert (focused(prompt), str(told.render()), told.display) == ("field-unit", "Satuan belum diisi.", True)
        await pilot.press("x")
        await until(pilot, lambda: not told.display)
        await pilot.press("backspace", "enter")
        await until(pilot, lambda: told.display)
        await pilot.press("space")
        await pilot.press("shift+tab", "B")
        assert told.display, "a blank is nothing, and what stands in another line does not cure it"


async def test_a_refusal_stays_to_be_read_and_is_not_red_once_something_else_stands_there() -> None:
    prompt = FormPrompt(NAMED, Response(None, {"name": "Wening"}), "Nama: itu sudah ada.")
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        told = prompt.query_one("#problem")
        await until(pilot, lambda: focused(prompt) == "field-name")
        red = told.styles.color
        await pilot.press("tab", "x")
        assert told.styles.color == red
        await pilot.press("shift+tab", "end", "i")
        await until(pilot, lambda: told.styles.color != red)
        assert str(told.render()) == "Nama: itu sudah ada."


@pytest.mark.parametrize("width", [80, 60, 44])
async def test_all_that_a_line_may_hold_is_told_to_the_end_while_one_is_in_it(width: int) -> None:
    names = ("Kantor", "Sekretariat", "Bidang Pemerintahan Desa", "Bidang Pemberdayaan Masyarakat", "Bidang Aset Desa")
    owner = FormField("owner", "Penyerah", f"salah satu: {', '.join(names)}", "Kantor", required=True)
    prompt = FormPrompt(Form("Indikator", fields=(FormField("code", "Kode"), owner)))
    async with Host(prompt).run_test(size=(width, 24)) as pilot:
        await until(pilot, lambda: focused(prompt) == "field-code")
        effect = prompt.lines("#effect")
        assert "salah satu" not in effect.text
        await pilot.press("tab")
        await until(pilot, lambda: "salah satu" in effect.text)
        assert " ".join(effect.text.split()) == f"Penyerah, {owner.hint}."
        assert "…" not in effect.text
        assert prompt.query_one("#field-owner", TextField).border_subtitle is None


@pytest.mark.parametrize("width", [80, 60, 44, 30])
async def test_the_keys_of_a_form_are_whole(width: int) -> None:
    form = replace(NAMED, marks=FormMarks("role", "Peran", ("a", "b")), submit="Kembalikan ke langkah")
    prompt = FormPrompt(form)
    whole = ("Enter Kembalikan ke langkah", "Esc Batal", "panah Pilih", "Tab Pindah")
    async with Host(prompt).run_test(size=(width, 24)) as pilot:
        await until(pilot, lambda: isinstance(prompt.focused, TextField))
        keys = prompt.lines("#form-keys")
        shown = keys.text[: keys.size.width].split("  ")
        assert shown == [hint for hint in (*whole, "Ctrl+L Gambar ulang") if hint in shown]
        assert shown[:2] == list(whole[:2]) or width < 44


async def test_what_marks_mean_is_told_to_the_end() -> None:
    told = "Hanya bidang yang ditandai (tanpa tanda: semua bidang kecuali Sekretariat, yang dulu ditinggal)"
    prompt = FormPrompt(Form("Kembalikan", marks=FormMarks("bidang", told, ("Bidang A", "Bidang B"))))
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(prompt.focused, Marks))
        lines = prompt.query_one(Marks).text.split("\n")
        assert " ".join(lines[:-1]) == told
        assert max(map(len, lines)) <= prompt.query_one(Marks).size.width


async def test_what_lies_below_the_edge_is_named_until_it_is_in_view() -> None:
    names = ("Realisasi", "Faktor pendorong", "Kendala", "Tindak lanjut", "Penanggung jawab", "Batas waktu", "Bukti")
    fields = [FormField(f"f{number}", name) for number, name in enumerate(names)]
    prompt = FormPrompt(Form("Isi", fields=(*fields, FormField("word", "Jawaban", required=True))))
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        frame = prompt.query_one("#form")
        await until(pilot, lambda: frame.border_subtitle == "↓ masih ada: Jawaban (wajib)")
        await pilot.press("shift+tab")
        await until(pilot, lambda: frame.border_subtitle == "↑ di atas: Realisasi")
    async with Host(FormPrompt(NAMED)).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not pilot.app.screen.query_one("#form").border_subtitle


async def test_of_much_below_the_edge_what_must_be_filled_is_named_first() -> None:
    fields = [FormField(f"f{number}", f"Uraian bagian ke-{number}") for number in range(9)]
    prompt = FormPrompt(Form("Isi", fields=(*fields, FormField("word", "Jawaban", required=True))))
    async with Host(prompt).run_test(size=(50, 16)) as pilot:
        frame = prompt.query_one("#form")
        await until(pilot, lambda: str(frame.border_subtitle).startswith("↓ masih ada: Jawaban (wajib), dan"))


async def test_what_else_may_stand_in_a_filled_line_is_told_at_its_edge() -> None:
    kind = FormField("kind", "Kedudukan", "salah satu: tetap, plt, atau plh", "tetap")
    prompt = FormPrompt(Form("Lajur", fields=(kind, FormField("since", "Sejak", "kosong = sekarang"))))
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(prompt.focused, TextField))
        assert prompt.query_one("#field-kind", TextField).border_subtitle == kind.hint
        assert prompt.query_one("#field-since", TextField).border_subtitle is None
    old = FormPrompt(Form("Lajur", fields=(kind,)), Response(None, {"kind": "plt"}))
    async with Host(old).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(old.focused, TextField))
        assert old.query_one("#field-kind", TextField).border_subtitle == OLD
        await pilot.press("p")
        assert old.query_one("#field-kind", TextField).border_subtitle == kind.hint


async def test_what_was_typed_before_says_so_and_typing_replaces_it() -> None:
    prompt = FormPrompt(NAMED, Response(None, {"name": "Wening"}))
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(prompt.focused, TextField))
        field = prompt.query_one("#field-name", TextField)
        assert field.border_subtitle == OLD
        await pilot.press("s", "i", "t", "i")
        assert field.value == "siti"
        assert not field.border_subtitle


async def test_ctrl_u_empties_a_line_wherever_the_cursor_is_and_the_text_from_before_says_so() -> None:
    prompt = FormPrompt(NAMED, Response(None, {"name": "Sekar Wangi"}))
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        name = prompt.query_one("#field-name", TextField)
        await until(pilot, lambda: prompt.focused is name)
        assert "Ctrl+U mengosongkan" in str(name.border_subtitle)
        await pilot.press("home", "right")
        assert "Ctrl+U mengosongkan" in str(name.border_subtitle)
        await pilot.press("ctrl+u")
        assert (name.value, name.border_subtitle) == ("", None)
        await pilot.press("escape")
        assert prompt.unsent is None


@pytest.mark.parametrize("arrow", ["down", "up", "right"])
async def test_what_was_typed_before_is_replaced_after_an_arrow_chose(arrow: str) -> None:
    """What stands at the line is kept: who is told to type in order to replace does not add to it."""
    prompt = FormPrompt(replace(LANE, choices=LANE.choices * 2), Response(None, {"since": "besok"}))
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: focused(prompt) == "field-since")
        field = prompt.query_one("#field-since", TextField)
        await pilot.press(arrow)
        promised = field.border_subtitle == OLD
        await pilot.press("3", "/", "4")
        assert (field.value, focused(prompt)) == ("3/4" if promised else "besok3/4", "field-since")
        assert promised == (arrow != "right")


async def test_after_a_refusal_one_goes_on_at_the_end() -> None:
    prompt = FormPrompt(NAMED, Response(None, {"name": "Wening"}), "Nama itu sudah ada.")
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(prompt.focused, TextField))
        await pilot.press("s")
        field = prompt.query_one("#field-name", TextField)
        assert (field.value, field.border_subtitle) == ("Wenings", None)


async def test_what_was_chosen_and_marked_comes_back_with_what_was_typed_and_says_so() -> None:
    """A refusal that was left half written turned into an approval."""
    form = replace(
        TALL_ROW,
        marks=FormMarks("who", "Bidang", ("A", "B", "C"), frozenset({"tidak"})),
        fields=(*LANE.fields, FormField("note", "Catatan", only_for=frozenset({"tidak"}))),
    )
    prompt = FormPrompt(form)
    async with Host(prompt).run_test(size=(80, 40)) as pilot:
        await until(pilot, lambda: focused(prompt) == "field-bidang")
        await pilot.press(
            "right", "tab", "right", "space", "tab", "x", "tab", "right", "tab", "tab", *"angka", "escape"
        )
        unsent = prompt.unsent
    assert unsent is not None
    kept = restored(stored(unsent))
    again = FormPrompt(form, kept)
    async with Host(again).run_test(size=(80, 40)) as pilot:
        await until(pilot, lambda: isinstance(again.focused, TextField))
        choices, marks, kind = again.query_one(Choices), again.query_one(Marks), again.query_one("#field-kind", Options)
        assert choices.text.strip() == "( ) Ya   (x) Tidak, pilihan tadi"
        assert again.lines("#effect").text == "kembali ke langkah 6"
        assert (marks.display, marks.value, marks.text.split("\n")[0]) == (True, "B", "Bidang, pilihan tadi")
        assert kind.text.strip() == "Kedudukan   ( ) tetap   (x) plt, pilihan tadi   ( ) plh"
        assert again.query_one("#field-note", TextField).value == "angka"
        await pilot.press("ctrl+s")
    assert again.draft == Response("tidak", {"who": "B", "bidang": "x", "kind": "plt", "since": "", "note": "angka"})


async def test_what_was_chosen_is_named_as_such_until_something_else_is() -> None:
    again = FormPrompt(NAMED, Response("admin", {"name": "Wening"}))
    async with Host(again).run_test(size=(80, 24)) as pilot:
        choices = again.query_one(Choices)
        await until(pilot, lambda: isinstance(again.focused, TextField))
        await pilot.press("up", "down")
        assert choices.text.strip() == "( ) Pelaksana   (x) Admin"


@pytest.mark.parametrize("problem", ["", "Nama itu sudah ada."])
async def test_a_draft_without_a_choice_opens_and_one_whose_choice_is_gone_says_so(problem: str) -> None:
    old = FormPrompt(replace(NAMED, chosen="admin"), restored({"name": "Wening"}), problem)
    async with Host(old).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(old.focused, TextField))
        assert old.query_one(Choices).text.strip() == "( ) Pelaksana   (x) Admin"
        assert old.query_one("#problem").display == bool(problem)
    gone = FormPrompt(replace(NAMED, chosen="admin"), Response("kepala", {"name": "Wening"}), problem)
    async with Host(gone).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(gone.focused, TextField))
        assert gone.query_one(Choices).code == "admin"
        said = str(gone.query_one("#problem").render())
        assert said == (problem or "Yang tadi dipilih tidak ada lagi di sini. Pilih lagi.")


def test_what_is_typed_anew_each_time_is_no_draft() -> None:
    word = FormField("word", "Ketik PULIHKAN", is_fleeting=True)
    form = Form("Pulihkan", fields=(word, FormField("reason", "Alasan")))
    assert unsent_of(form, Response(None, {"word": "PULIHKAN"})) is None
    assert unsent_of(form, Response(None, {"word": "PULIHKAN", "reason": "berkas rusak"})) == Response(
        None, {"reason": "berkas rusak"}
    )


@pytest.mark.parametrize("keys", [("down",), ("down", "up"), ("down", "tab", "a")])
async def test_what_was_only_picked_is_no_draft(keys: tuple[str, ...]) -> None:
    prompt = FormPrompt(LANE)
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: focused(prompt) == "field-bidang")
        await pilot.press(*keys, "escape")
        assert prompt.unsent is None


@pytest.mark.parametrize(("typed", "is_kept"), [("s", False), ("ab", False), ("abc", True)])
async def test_a_stray_key_is_no_draft(typed: str, is_kept: bool) -> None:
    prompt = FormPrompt(NAMED, EMPTY)
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(prompt.focused, TextField))
        await pilot.press(*typed, "escape")
        assert (prompt.unsent is not None) == is_kept


async def test_a_step_is_told_by_start_end_and_note_and_the_last_reason_is_offered() -> None:
    desk = FakeDesk()
    open_period(desk, at=desk.clock() - 86_400 * 6)
    open_period(desk, "2026-TW2")
    async with at_table(desk) as table:
        for step, key in ((1, "s"), (2, "w")):
            await table.press(key)
            prompt = await table.asks()
            if step == 2:
                assert prompt.query_one("#field-reason", TextField).value == "dari agenda"
            await table.type_into("started", "9/4 09.00" if step == 1 else "9/4 10.00")
            await table.type_into("at", "09.12" if step == 1 else "10.20")
            await table.type_into("note", f"catatan {step}")
            if step == 1:
                await table.type_into("reason", "dari agenda")
            await table.press("ctrl+s")
            await until(table.pilot, lambda step=step: table.phase(step) is RunPhase.SELESAI)  # type: ignore[misc]
        told = [command for command in desk.asked if command.act is Act.SELESAI]
        assert [command.reason for command in told] == ["dari agenda", "dari agenda"]
        assert told[1].started is not None
        assert told[1].at is not None
        assert told[1].at.at - told[1].started.at == 20 * 60
        await table.press("2")
        await until(table.pilot, lambda: table.board.period == "2026-TW2")
        await table.press("w")
        prompt = await table.asks()
        assert prompt.query_one("#field-reason", TextField).value == ""


async def test_work_outside_working_hours_is_told_while_it_is_typed() -> None:
    desk = FakeDesk()
    open_period(desk, at=desk.clock() - 86_400 * 6)
    async with at_table(desk) as table:
        await table.press("w")
        prompt = await table.asks()
        effect = prompt.lines("#effect")
        said = effect.text
        assert "luar jam kerja" not in said
        await table.type_into("started", "11/4 09.00")
        await table.type_into("at", "10.00")
        await until(table.pilot, lambda: "Sab 11 Apr 09.00 sampai 10.00 di luar jam kerja" in effect.text)
        assert effect.text.replace("\n", " ").endswith("waktu kerjanya tercatat 0 menit.")
        await table.type_into("started", "10/4 09.00")
        await until(table.pilot, lambda: effect.text == said)


@pytest.mark.parametrize(("days", "told"), [(0, "TW II masih berjalan sampai Sel 30 Jun 2026;"), (80, "")])
async def test_who_closes_a_period_that_still_runs_is_told(days: int, told: str) -> None:
    desk = FakeDesk()
    open_period(desk, "2026-TW2")
    walk(desk, range(1, 6), "2026-TW2")
    desk.clock.move(minutes=days * 1440)
    async with at_table(desk) as table:
        table.board.show_period("2026-TW2")
        await table.press("x")
        effect = (await table.asks()).lines("#effect")
        assert effect.text.partition(" yang")[0] == told
        assert effect.display == bool(told)
        await table.type_into("at", "20/6 10.00" if days else "15/4 10.00")
        await until(table.pilot, lambda: effect.text.startswith("TW II masih berjalan"))


async def test_s_after_a_start_that_was_told_later_asks_for_the_end_and_after_one_of_now_does_not() -> None:
    """Whoever has told yesterday's start means to tell yesterday's end."""
    desk = FakeDesk()
    open_period(desk, at=desk.clock() - 86_400 * 6)
    begun = desk.clock() - 86_400 * 5
    desk.act(run_act(Act.MULAI, 1, at=Typed(begun), reason="dari agenda"))
    async with at_table(desk) as table:
        table.board.show_card(1)
        await table.press("s")
        prompt = await table.asks()
        assert [field.name for field in prompt.form.fields] == ["at", "note", "reason"]
        assert "Mulainya dicatat kemudian" in prompt.form.body[-1]
        await table.type_into("at", "23.50")
        await table.type_into("reason", "dari agenda")
        await table.press("ctrl+s")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.SELESAI)
        (told,) = [command for command in desk.asked if command.act is Act.SELESAI]
        assert told.at is not None
        assert 0 < told.at.at - begun < 86_400
        await until(table.pilot, lambda: table.board.selected == (2, ""))
        await table.press("m")
        await until(table.pilot, lambda: table.phase(2) is RunPhase.DIKERJAKAN)
        await table.press("s")
        await until(table.pilot, lambda: table.phase(2) is RunPhase.SELESAI)


def test_a_reason_from_before_is_a_value_only_where_lateness_is_asked_for() -> None:
    desk = FakeDesk()
    open_period(desk)
    view = build_board(desk.rows, "2026-TW1")
    matter = Matter(view, next(iter(view.cards.values())).card, last_reason="dari agenda")

    def reason(question: Question | None) -> str:
        assert question is not None
        return next(field.value for field in question.form.fields if field.name == "reason")

    assert reason(finishing.finish(matter)) == ""
    assert reason(finishing.at_another_time(matter)) == "dari agenda"
    closing = questions.close_period(matter)
    assert reason(closing) == "dari agenda"
    read = partial(reading, desk.calendar.offset, desk.clock())
    as_offered = {"reason": "dari agenda"}
    assert closing.command(Response(None, as_offered), read).reason is None
    assert closing.command(Response(None, {**as_offered, "at": "kemarin 14.00"}), read).reason == "dari agenda"


def reading(offset: int, now: int, text: str, place: str) -> Typed:
    return Typed(*parse_instant(text, offset, now, place))


def test_what_is_of_another_lane_is_not_offered() -> None:
    desk = FakeDesk()
    open_period(desk)
    view = build_board(desk.rows, "2026-TW1")
    card = next(iter(view.cards.values())).card
    lane = card.lanes[0]
    mine = Actor("siti", frozenset({Role.PELAKSANA}), frozenset({Membership(lane)}))

    def may_start(actor: Actor) -> bool:
        return offered(view, card, Onlooker(actor, dt.date(2026, 4, 14))).start

    assert may_start(mine)
    assert not may_start(replace(mine, memberships=frozenset()))
    assert may_start(replace(mine, roles=frozenset({Role.PENGELOLA}), memberships=frozenset()))


def test_the_part_of_a_step_in_the_data_kinerja_is_one_of_the_parts_that_there_are() -> None:
    form = edit(catalog.load(TANGERANG), ("langkah 1", "data"), "", "Tugas data kinerja")
    assert form.codes == tuple(DataRole)


def test_the_map_of_another_version_is_of_the_steps_of_the_case_and_asked_for_where_they_differ() -> None:
    sop = catalog.load(TANGERANG)
    assert unchanged_map(sop, sop, "2026-S1") == {6: 6, 7: 7, 8: 8}
    assert [field.name for field in move(sop, sop, "2026-S1", 1, 2).fields] == ["reason"]
    shorter = replace(sop, steps=tuple(step for step in sop.steps if step.number != 5))
    (field, _) = move(sop, shorter, "2026-TW1", 1, 2).fields
    assert field.value == "1=1, 2=2, 3=3, 4=4"
    assert unchanged_map(sop, shorter, "2026-S1") is not None
    assert map_of(field.value) == {1: 1, 2: 2, 3: 3, 4: 4}
    with pytest.raises(FaultyInput) as refused:
        map_of("1=1, 1=x, 1=2")
    assert [fault.found for fault in refused.value.faults] == ["1=x", "1"]


async def test_what_a_form_put_off_is_not_done_by_the_screen_below_once_it_left() -> None:
    """A form that was left between two pictures ended the program: the board was asked for a part of the form."""
    prompt = FormPrompt(NAMED)
    app = Host(prompt)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(prompt.focused, TextField))
        below = PlainScreen()
        await app.push_screen(below)
        asking = prompt.query_one(Questions)
        below._invoke_later(prompt.tell_beyond, asking)
        done: list[bool] = []
        below._invoke_later(lambda: done.append(True), below)
        await prompt.query("*").remove()
        await until(pilot, lambda: bool(done))
        assert app.screen is below


@pytest.mark.parametrize(
    "key", ["up", "down", "tab", "shift+tab", "left", "right", "pageup", "pagedown", "home", "end"]
)
async def test_no_key_does_anything_to_a_form_that_has_nothing_to_fill(key: str) -> None:
    """An arrow in a question that only wants Enter ended the program."""
    prompt = FormPrompt(Form("Urungkan"))
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: prompt.laid_out.is_set())
        await pilot.press(key)
        assert pilot.app.screen is prompt
        assert prompt.focused is None


async def test_a_form_that_was_taken_down_may_still_be_scrolled() -> None:
    """Textual scrolls one turn later; that ended the program when the form had left between."""
    prompt = FormPrompt(NAMED)
    async with Host(prompt).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(prompt.focused, TextField))
        left = prompt.query_one(Questions)
        await left.remove()
        left.watch_scroll_y(0, 1)
        left.watch_virtual_size()
        left.on_resize()
        await pilot.pause()
        assert pilot.app.screen is prompt

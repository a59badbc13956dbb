"""The first start: six questions at most, one at a time, and an office at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from db import opening
from db.sop_versions import import_sop
from db.store import Store
from sakip_tui.app import SakipApp
from sakip_tui.board.screen import BoardScreen
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.picking import Choices
from sakip_tui.setup import questions
from sakip_tui.setup.screen import WelcomeScreen
from sakip_tui.widgets.ink import Lines
from sop.form import catalog
from sop.model.definition import Cadence
from sop.model.errors import FaultyInput
from sop.model.pelaksana import Actor
from sop.values import replace
from tests.fakes import LIMA_PULUH_KOTA, TANGERANG, FakeClock, FakeDesk, until


async def asked(pilot: Pilot[Any], title: str) -> FormPrompt:
    await until(
        pilot,
        lambda: isinstance(pilot.app.screen, FormPrompt) and title in pilot.app.screen.form.title and pilot.app.focused,
    )
    found = pilot.app.screen
    assert isinstance(found, FormPrompt)
    return found


def fresh() -> tuple[FakeDesk, SakipApp]:
    desk = FakeDesk()
    desk.is_set_up = False
    return desk, SakipApp(desk, desk.clock, None)


async def choose_sop(pilot: Pilot[Any], code: str) -> None:
    prompt = await asked(pilot, "Selamat datang")
    choices = prompt.query_one(Choices)
    choices.pick([choice.code for choice in choices.choices].index(code))
    await pilot.press("enter")


async def test_an_office_is_set_up_by_enter_alone() -> None:
    desk, app = fresh()
    async with app.run_test(size=(80, 24)) as pilot:
        await choose_sop(pilot, TANGERANG)
        for title in ("Nama kantor", "Zona waktu", "Tahun", "Bidang"):
            await asked(pilot, title)
            await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        assert desk.sop.code == TANGERANG
        assert desk.office_name == "Dinas Ketenagakerjaan Kota Tangerang"


async def test_an_sop_that_was_imported_stands_in_front_and_is_used(tmp_path: Path) -> None:
    shipped = catalog.load(LIMA_PULUH_KOTA)
    own = replace(shipped, code="sop-kantor", office="Dinas Kearsipan")
    path = tmp_path / "kantor.db"
    with opening.open(path, create=True) as database:
        import_sop(Store(database, FakeClock()), own, Actor("budi", everybody=True))
    app = SakipApp(OfficeDesk(path, "budi", FakeClock()), FakeClock(), None)
    async with app.run_test(size=(80, 24)) as pilot:
        prompt = await asked(pilot, "Selamat datang")
        first, *others = prompt.form.choices
        assert (first.code, first.label) == ("sop-kantor", "Dinas Kearsipan")
        assert first.detail.startswith("SOP kantor yang diimpor, Sub Koordinator Program dan Pelaporan; 7 langkah")
        assert [choice.code for choice in others] == list(catalog.codes())
        await pilot.press("enter")
        for title in ("Nama kantor", "Zona waktu", "Tahun"):
            await asked(pilot, title)
            await pilot.press("enter")
        await asked(pilot, "Bidang")
        await pilot.press(*"A", "enter")
        await asked(pilot, "Seberapa sering")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        assert app.screen.rows.address.sop == "sop-kantor"  # type: ignore[attr-defined]


def test_an_import_of_a_shipped_code_takes_its_place() -> None:
    own = replace(catalog.load(TANGERANG), office="Dinas Kearsipan")
    screen = WelcomeScreen(FakeDesk(), FakeClock())
    screen.take((own,))
    assert list(screen.sops) == [TANGERANG, *(code for code in catalog.codes() if code != TANGERANG)]
    assert screen.sops[TANGERANG] is own


async def test_who_finds_no_sop_of_theirs_is_told_what_to_do_and_each_tells_its_steps() -> None:
    _, app = fresh()
    async with app.run_test(size=(80, 24)) as pilot:
        prompt = await asked(pilot, "Selamat datang")
        told = " ".join(prompt.form.body)
        assert "sakip sop ekspor --format xlsx -o sop.xlsx" in told
        assert "sakip sop impor sop.xlsx" in told
        # What tells them apart stands in the rows, whole: three differ in little more than who does most of it.
        choices = prompt.query_one(Choices)
        assert len({choice.detail for choice in prompt.form.choices}) == len(catalog.codes())
        shown = " ".join(choices.text.split())
        assert all(f"{choice.label} {choice.detail}" in shown for choice in prompt.form.choices)
        assert "Kasubag Program; 9 langkah, triwulan sampai tahunan" in shown
        effect = prompt.query_one("#effect", Lines)
        for code in catalog.codes():
            prompt.query_one(Choices).pick(prompt.form.codes.index(code))
            steps = catalog.load(code).steps
            await until(
                pilot,
                lambda steps=steps: (
                    f"{steps[-1].number} {steps[-1].title.text.split()[0]}" in " ".join(effect.text.split())
                ),
            )
            told = " ".join(effect.text.split())
            assert all(f"{step.number} {step.title.text.split()[0]}" in told for step in steps)
            assert "…" not in " ".join(effect.text.split())


async def test_an_sop_without_periods_asks_how_often_and_one_per_bidang_asks_for_bidang() -> None:
    desk, app = fresh()
    async with app.run_test(size=(80, 24)) as pilot:
        await choose_sop(pilot, LIMA_PULUH_KOTA)
        for title in ("Nama kantor", "Zona waktu", "Tahun"):
            await asked(pilot, title)
            await pilot.press("enter")
        prompt = await asked(pilot, "Bidang")
        await pilot.press("enter")
        assert "belum diisi" in str(prompt.query_one("#problem").render())
        await pilot.press(*"A,B;")
        await pilot.press("enter")
        await asked(pilot, "Seberapa sering")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        assert desk.bidang == ("A", "B")
        assert desk.cadence is Cadence.SEMESTER


async def test_the_questions_are_counted_once_they_can_be_and_a_long_list_is_read_back() -> None:
    _, app = fresh()
    async with app.run_test(size=(80, 24)) as pilot:
        assert "dari" not in (await asked(pilot, "Selamat datang")).form.title
        await choose_sop(pilot, LIMA_PULUH_KOTA)
        for number, title in enumerate(("Nama kantor", "Zona waktu", "Tahun"), start=2):
            assert f"({number} dari 6)" in (await asked(pilot, title)).form.title
            await pilot.press("enter")
        prompt = await asked(pilot, "Bidang")
        names = [f"Bidang Urusan Nomor {number}" for number in range(1, 8)]
        prompt.query_one("#field-bidang", Input).value = ", ".join(names)
        told = prompt.lines("#effect")
        await until(pilot, lambda: told.text)
        assert " ".join(told.text.split()) == f"Terbaca 7 nama: {'; '.join(names)}."
        await until(pilot, lambda: told.size.height == len(told.text.split("\n")))


async def test_escape_goes_back_one_question_and_keeps_the_answer() -> None:
    _, app = fresh()
    async with app.run_test(size=(80, 24)) as pilot:
        await choose_sop(pilot, TANGERANG)
        prompt = await asked(pilot, "Nama kantor")
        prompt.query_one("#field-name", Input).value = "Dinas Kita"
        await pilot.press("enter")
        await asked(pilot, "Zona waktu")
        await pilot.press("escape")
        prompt = await asked(pilot, "Nama kantor")
        assert prompt.query_one("#field-name", Input).value == "Dinas Kita"


async def test_escape_at_the_first_question_leaves() -> None:
    desk, app = fresh()
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, "Selamat datang")
        await pilot.press("escape")
    assert desk.closed


async def test_a_year_that_is_none_is_asked_again() -> None:
    _, app = fresh()
    async with app.run_test(size=(80, 24)) as pilot:
        await choose_sop(pilot, TANGERANG)
        for title in ("Nama kantor", "Zona waktu"):
            await asked(pilot, title)
            await pilot.press("enter")
        prompt = await asked(pilot, "Tahun")
        prompt.query_one("#field-year", Input).value = "duaribu"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FormPrompt) and app.screen.problem)
        assert app.screen.problem.startswith("Tahun duaribu di luar jangkauan.")  # type: ignore[attr-defined]


async def test_an_enter_from_before_does_not_answer_a_question_that_nobody_has_seen() -> None:
    """Held down, Enter waits in the question before while the next one is not drawn yet."""
    _, app = fresh()
    async with app.run_test() as pilot:
        await asked(pilot, "Selamat datang")
        unseen = FormPrompt(questions.year(2026, "(4 dari 5)"))
        answers: list[object] = []
        app.push_screen(unseen, answers.append)
        await app.run_action("submit", unseen)
        await pilot.pause()
        assert answers == []
        assert app.screen is unseen
        await pilot.press("enter")
        await until(pilot, lambda: answers)


async def test_on_a_small_screen_the_list_follows_the_marker() -> None:
    _, app = fresh()
    async with app.run_test(size=(60, 12)) as pilot:
        prompt = await asked(pilot, "Selamat datang")
        choices = prompt.query_one(Choices)
        for _ in choices.choices:
            await pilot.press("down")
            y = choices._rows.index(choices.index)
            place = prompt.find_widget(choices)
            assert place.clip.y <= place.region.y + y < place.clip.bottom


def test_bidang_are_cleaned_and_named_once() -> None:
    assert questions.bidang_of(" A , B\u202e;\tC ,, ") == ("A", "B", "C")
    with pytest.raises(FaultyInput):
        questions.bidang_of("A, a")
    with pytest.raises(FaultyInput):
        questions.bidang_of("x" * 121)


@pytest.mark.parametrize("code", catalog.codes())
def test_every_shipped_sop_can_be_set_up(code: str) -> None:
    sop = catalog.load(code)
    form = questions.bidang(sop, "(5 dari 6)")
    assert form.fields[0].required == any(step.per_bidang for step in sop.steps)

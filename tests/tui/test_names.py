"""Wherever a person stands on a screen, it is by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_tui.notices import notice_of
from sakip_tui.prompts import act_questions, questions
from sakip_tui.prompts.matter import Matter
from sakip_tui.views.board import build_board
from sakip_tui.views.sops import ground_words
from sop.model.act import Act
from sop.model.definition import Basis, Ground
from sop.model.refusals import Refused, Rule
from sop.words.people import doer_called
from tests.fakes import run_act, until
from tests.tui.screens import WAYS, at, busy_office, seen
from tests.tui.test_board_keys import semester_desk
from tests.tui.year import MONDAY

CODE, NAME = "staf-3", "Bagas"


@pytest.mark.parametrize("name", ["papan", "dasbor", "kartu"])
async def test_who_holds_a_card_is_told_by_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "kantor.db"
    busy_office(path)
    way = next(way for way in WAYS if way.name == name)
    async with at(way, path, (120, 40)) as pilot:
        await until(pilot, lambda: NAME in seen(pilot.app).text)
        assert CODE not in seen(pilot.app).text


async def test_who_changed_a_setting_is_told_by_name(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    busy_office(path)
    way = next(way for way in WAYS if way.name == "riwayat-pengaturan")
    async with at(way, path, (120, 40)) as pilot:
        await until(pilot, lambda: "oleh Wening" in seen(pilot.app).text)
        assert "oleh kasubag" not in seen(pilot.app).text


def test_who_confirmed_a_reading_is_told_by_name() -> None:
    ground = Ground(Basis.DITETAPKAN, confirmed_by=CODE, confirmed_at=MONDAY)
    assert ground_words(ground, 420, {CODE: NAME}).endswith("Ditetapkan oleh Bagas, 23 November 2026.")


def test_while_nobody_is_registered_whoever_did_something_is_an_account() -> None:
    """A bare `root` is no person to an office."""
    assert doer_called({}, "root") == "akun root"
    assert doer_called({"p1": "Rina"}, "p1") == "Rina"
    # What was done before the first one was registered, and by whom nothing is known any more.
    assert doer_called({"p1": "Rina"}, "root") == "root"


def test_forms_tell_people_by_name() -> None:
    desk = semester_desk()
    desk.act(run_act(Act.AJUKAN, 7, "2026-S1"))
    view = build_board(desk.rows, "2026-S1")
    card = next(each.card for each in view.cards.values() if each.card.step == 7)
    assert card.holder
    matter = Matter(view, card, members=((CODE, NAME), ("a2", "")), names={card.holder: "Rina"})
    assert any(line.endswith("Diajukan oleh Rina.") for line in questions.decide(matter).form.body)
    asked = act_questions.assign(matter).form
    assert "Sekarang dipegang Rina." in asked.body
    assert [choice.label for choice in asked.choices] == [NAME, "a2"]


def test_refusals_tell_people_by_name() -> None:
    held = Refused(Rule.HOLDER_ONLY, holder=CODE)
    assert str(notice_of(held, 0, {CODE: NAME})).startswith("Kartu ini dipegang Bagas.")
    assert str(notice_of(held)).startswith(f"Kartu ini dipegang {CODE}.")

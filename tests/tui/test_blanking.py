"""Taking somebody's data away on the screen: only of who has left, and only with the code typed."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from db import opening
from db.people_store import PersonChange, change_person
from db.store import Store
from sakip_tui.prompts.base import FormPrompt
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor
from tests.fakes import TANGERANG, FakeClock, until
from tests.tui.test_people_screen import _at_people, begun, path, registered, shown

__all__ = ["path"]


def prepared(path: Path, *, active: bool, holds: bool) -> None:
    from db import queries

    with opening.open(path) as database:
        store = Store(database, FakeClock())
        address = queries.address_of(database)
        store.apply(address, Command(Act.BUKA, "2026-TW1"), Actor("atur"))
        if holds:
            store.apply(address, Command(Act.TUGASKAN, "2026-TW1", step=1, holder="a1"), Actor("atur"))
        if not active:
            change_person(store, TANGERANG, "a1", PersonChange(is_active=False), Actor("adm"))


async def test_somebody_active_is_not_blanked_and_the_screen_says_why(path: Path) -> None:
    prepared(path, active=True, holds=True)
    app = await begun(path, "adm")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await _at_people(app, pilot)
        screen.pick("a1")
        assert "Kosongkan" not in shown(app)
        await pilot.press("z")
        await until(pilot, lambda: "Citra masih aktif" in shown(app))
        assert app.screen is screen
        assert registered(path)["a1"].name == "Citra"


async def test_somebody_who_holds_a_card_is_not_blanked(path: Path) -> None:
    prepared(path, active=False, holds=True)
    app = await begun(path, "adm")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await _at_people(app, pilot)
        screen.pick("a1")
        await pilot.press("z")
        await until(pilot, lambda: "memegang 1 kartu terbuka" in shown(app))
        assert registered(path)["a1"].name == "Citra"


async def test_the_code_is_typed_each_time_anew(path: Path) -> None:
    """A draft that brought it back would make it two keys again."""
    prepared(path, active=False, holds=False)
    app = await begun(path, "adm")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await _at_people(app, pilot)
        screen.pick("a1")
        await until(pilot, lambda: "Kosongkan" in shown(app))
        await pilot.press("z")
        await until(pilot, lambda: isinstance(app.screen, FormPrompt))
        await pilot.press("enter", "ctrl+s")
        await until(pilot, lambda: "belum diisi" in str(app.screen.query_one("#problem").content))  # type: ignore[attr-defined]
        app.screen.query_one("#field-kode", Input).value = "adm"
        await pilot.press("ctrl+s")
        await until(
            pilot,
            lambda: (
                isinstance(app.screen, FormPrompt)
                and "Ketik sekali lagi" in str(app.screen.query_one("#problem").content)  # type: ignore[attr-defined]
            ),
        )
        assert app.screen.query_one("#field-kode", Input).value == ""
        app.screen.query_one("#field-kode", Input).value = "a1"
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("z")
        await until(pilot, lambda: isinstance(app.screen, FormPrompt))
        assert app.screen.query_one("#field-kode", Input).value == ""
        app.screen.query_one("#field-kode", Input).value = "a1"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: registered(path)["a1"].name == "")

"""Every screen of the program: how one gets there by keys, for the tests that hold for all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from rich.segment import Segment
from textual.app import App
from textual.binding import Binding
from textual.pilot import Pilot
from textual.screen import Screen

from db import opening
from db.people_pins import set_pin
from db.people_store import NewPerson, add_person
from db.settings_store import change_settings
from db.store import Store
from sakip_tui.app import SakipApp
from sakip_tui.glyphs import UNICODE, Glyphs
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.people.entrance import LockScreen
from sakip_tui.screens import PLACES
from sakip_tui.widgets.menu import MenuList
from sop.model.pelaksana import Actor, Role
from tests.fakes import FakeClock, until
from tests.tui.year import MONDAY, demo_file

PIN = "481516"
PEOPLE = (
    ("staf-3", "Bagas", Role.PELAKSANA),
    ("staf-4", "Citra", Role.PELAKSANA),
    ("kepala-bidang", "Dahlia", Role.PENGELOLA),
)
"""Code, name and role of whoever is registered beside the admin."""


class Way(NamedTuple):
    """How one gets to a screen from the board."""

    name: str
    stops: tuple[tuple[str, str], ...]
    """(key, or `:code` of a place; class of the screen that it leads to), one after the other."""
    is_typed_into: bool = False
    """Whether letters are text there."""
    size: tuple[int, int] = (80, 24)
    """Where its keys have something to do."""
    needs_people: bool = False
    """Whether it says something only where people are registered."""


SMALL = (60, 18)


def _place(
    code: str,
    kind: str,
    *further: tuple[str, str],
    typed: bool = False,
    name: str = "",
    size: tuple[int, int] = (80, 24),
    needs_people: bool = False,
) -> Way:
    return Way(name or code, ((f":{code}", kind), *further), typed, size, needs_people)


KNOWN: dict[str, str] = {
    "kalender": "CalendarScreen",
    "dasbor": "DashboardScreen",
    "riwayat": "HistoryScreen",
    "sop": "SopsScreen",
    "pengaturan": "SettingsScreen",
    "bidang": "BidangScreen",
    "data": "DataScreen",
    "analisa": "AnalysisScreen",
    "indikator": "IndicatorsScreen",
    "cadangan": "BackupsScreen",
    "susulan": "PastWorkScreen",
    "pengguna": "PeopleScreen",
    "ganti-orang": "SignInScreen",
}
"""Code of a place -> class of its screen; of any other place the screen that opens is taken as it is."""

WAYS: tuple[Way, ...] = (
    Way("papan", ()),
    Way("menu", (("n", "MenuPrompt"),)),
    Way("tindakan", (("i", "MenuPrompt"),)),
    Way("saring", (("f", "MenuPrompt"),)),
    Way("cari", (("slash", "FormPrompt"),), True),
    Way("kartu", (("enter", "CardScreen"),)),
    Way("bantuan", (("question_mark", "HelpScreen"),), True),
    Way("susulan", (("w", "FormPrompt"),), True),
    Way("catatan", (("c", "FormPrompt"),), True),
    *(
        _place(
            place.code,
            KNOWN.get(place.code, ""),
            typed=place.code in ("ganti-orang", "susulan"),
            name="tabel-susulan" if place.code == "susulan" else "",
            needs_people=place.code in ("pengguna", "ganti-orang"),
        )
        for place in PLACES
    ),
    _place("pengguna", "PeopleScreen", name="pengguna-kosong"),
    _place("dasbor", "DashboardScreen", ("c", "ReadingScreen"), name="salinan", size=SMALL),
    _place("riwayat", "HistoryScreen", ("d", "ReadingScreen"), name="rincian", size=SMALL),
    _place("riwayat", "HistoryScreen", ("f", "FormPrompt"), name="saring-riwayat", typed=True),
    _place("kalender", "CalendarScreen", ("enter", "FormPrompt"), name="hari", typed=True),
    _place("sop", "SopsScreen", ("enter", "SopScreen"), name="isi-sop"),
    _place("pengaturan", "SettingsScreen", ("h", "SettingsHistory"), name="riwayat-pengaturan", needs_people=True),
    _place("pengguna", "PeopleScreen", ("a", "FormPrompt"), name="daftarkan", typed=True),
    _place("pengguna", "PeopleScreen", ("p", "PinPrompt"), name="pin", typed=True, needs_people=True),
    Way("kunci", (("!", "LockScreen"),), True, needs_people=True),
)


class Seen(NamedTuple):
    """What stands on the screen."""

    text: str
    looks: tuple[tuple[tuple[str, str], ...], ...]
    """The same with its styles."""


def seen(app: App[Any]) -> Seen:
    """What a person sees of the screen on top."""
    drawn = app.screen._compositor.render_strips()
    lines: list[list[Segment]] = [list(strip) for strip in drawn]
    return Seen(
        "\n".join("".join(segment.text for segment in line).rstrip() for line in lines),
        tuple(tuple((segment.text, str(segment.style)) for segment in line) for line in lines),
    )


def screen_bindings(screen: Screen[Any]) -> Iterable[Binding]:
    """The keys of a screen and of what has the focus on it, without those that Textual gives to every screen."""
    given = {(key, item.action) for key, found in Screen._merge_bindings().key_to_bindings.items() for item in found}
    owners = [screen, screen.focused] if screen.focused is not None else [screen]
    for owner in owners:
        if owner is not screen and type(owner).__module__.startswith("textual."):
            continue
        for key, found in owner._bindings.key_to_bindings.items():
            for item in found:
                own = any(
                    key in item_.key.split(",")
                    for kind in type(owner).__mro__
                    if kind.__module__.startswith("sakip_tui")
                    for item_ in Binding.make_bindings(kind.__dict__.get("BINDINGS", ()))
                )
                if own and (key, item.action) not in given:
                    yield item


def help_text(screen: Screen[Any]) -> str:
    """Every entry of the help, one a line: keys, word, sentence; groups have their heading above."""
    lines = []
    for item in screen.query_one(MenuList).items:
        lines += [item.heading] if item.heading else []
        lines.append("  ".join(part for part in (item.key, item.name, item.detail) if part))
    return "\n".join(lines)


async def still(pilot: Pilot[Any]) -> Seen:
    """What stands there once the app has nothing left to do."""
    await pilot.pause()
    return seen(pilot.app)


def busy_office(path: Path, now: int = MONDAY) -> None:
    """The demo office with people, of whom two have a PIN, and settings changed; whoever sits there is the admin."""
    address = demo_file(path, now)
    office, admin = address.office, Actor("kasubag", frozenset({Role.ADMIN}))
    with opening.open(path) as database:
        store = Store(database, lambda: now)
        add_person(
            store, office, NewPerson("Wening", {Role.ADMIN}, "kasubag", "kasubag"), Actor("siapa", everybody=True)
        )
        for code, name, role in PEOPLE:
            add_person(store, office, NewPerson(name, {role}, code), admin)
        for code in ("kasubag", "staf-3"):
            set_pin(store, office, code, PIN, admin)
        for percent, place in ((70, "Tangerang"), (75, "Kota Tangerang")):
            change_settings(store, office, {"at_risk_percent": percent, "signing_place": place}, admin)


@asynccontextmanager
async def at(
    way: Way,
    path: Path,
    size: tuple[int, int] | None = None,
    glyphs: Glyphs = UNICODE,
    now: int = MONDAY,
    account: str | None = None,
) -> AsyncIterator[Pilot[None]]:
    """Sit at the board of the office in a file and go to a screen; `account` is that of whoever runs the program."""
    clock = FakeClock(now)
    desk = OfficeDesk(path, "kasubag", clock, account=account)
    office = await desk.office()
    assert office is not None
    app = SakipApp(desk, clock, (office, await desk.board(office.year)), glyphs)
    app.copy_to_clipboard = lambda text: None  # type: ignore[method-assign]
    async with app.run_test(size=size or way.size) as pilot:
        await still(pilot)
        await go(pilot, way)
        yield pilot


async def go(pilot: Pilot[None], way: Way) -> list[Seen]:
    """Go from the board to a screen; what was seen at each stop."""
    found = []
    for key, kind in way.stops:
        before = pilot.app.screen
        if key == "!":
            pilot.app.push_screen(LockScreen(pilot.app.desk))  # type: ignore[attr-defined]
        elif key.startswith(":"):
            before.action_open_place(key[1:])  # type: ignore[attr-defined]
        else:
            await pilot.press(key)
        await until(
            pilot,
            lambda before=before, kind=kind: (
                pilot.app.screen is not before  # type: ignore[misc]
                and kind in ("", type(pilot.app.screen).__name__)
            ),
        )
        found.append(await still(pilot))
    return found

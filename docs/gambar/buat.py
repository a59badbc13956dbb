"""Draws the pictures of the screens from the demo office: `make pictures`.

Run from the project's folder; with names of pictures it draws only those. The clock stands still, so the same
commit gives the same bytes. Each picture is an SVG that fetches nothing.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parents[1]))
if __name__ == "__main__":
    # Whoever draws may sit at a terminal without colours; Textual asks the environment at its import.
    for name in [name for name in os.environ if name in ("NO_COLOR", "COLUMNS", "LINES") or name.startswith("TEXTUAL")]:
        del os.environ[name]
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}

from textual.pilot import Pilot  # noqa: E402 - the project's folder has to be on the path first

from db import opening, seed  # noqa: E402
from db.backup_names import folder_of  # noqa: E402
from db.file.connection import Database  # noqa: E402
from db.people_pins import set_pin  # noqa: E402
from db.people_store import add_person, give_lane  # noqa: E402
from db.seed_indicators import measure  # noqa: E402
from db.store import Store  # noqa: E402
from sakip_tui.app import SakipApp  # noqa: E402
from sakip_tui.board.screen import BoardScreen  # noqa: E402
from sakip_tui.office_desk import OfficeDesk  # noqa: E402
from sakip_tui.screens import PLACES  # noqa: E402
from sop.model.office_commands import GivenLane, NewPerson  # noqa: E402
from sop.model.pelaksana import Actor, MembershipKind, Role  # noqa: E402

NOW = 1_794_969_600
"""Wednesday 18 November 2026, 09.40 WIB."""
_PIN = "482915"
"""Nobody types it in a picture; whoever has one is shown with it."""
PEOPLE = (
    (NewPerson("Admin Kantor", {Role.ADMIN}, "adm", "kantor"), ()),
    (
        NewPerson("Kepala Subbagian Program", {Role.PENGELOLA}, seed.MANAGER),
        (GivenLane("Sub Koordinator Perencanaan"),),
    ),
    (
        NewPerson("Analis Pelatihan", {Role.PELAKSANA}, "staf-1"),
        (GivenLane("Sub Koordinator Perencanaan", "Pelatihan Kerja"),),
    ),
    (
        NewPerson("Analis Hubungan Industrial", {Role.PELAKSANA}, "staf-3"),
        (GivenLane("Sub Koordinator Perencanaan", "Hubungan Industrial"),),
    ),
    (NewPerson("Sekretaris", {Role.PELAKSANA}, "p7"), (GivenLane("Kepala Bidang", kind=MembershipKind.PLT),)),
    (NewPerson("Tim Pemeriksa", {Role.PENGAMAT}, "apip"), ()),
)
"""Who is registered in the pictures of people: what they are in the office, never who."""
_NORMAL, _WIDE, _NARROW = (80, 24), (100, 30), (62, 24)
_FOREIGN = re.compile(r"@font-face\s*\{[^}]*\}\s*|<!--.*?-->\s*", re.DOTALL)
"""Fonts that would be fetched, and the address of who drew it."""
_STILL_SECONDS = 0.15
_STILL_LOOKS = 4
_LONGEST_LOOKS = 100


class Picture(NamedTuple):
    """One picture: which place is opened, and what is pressed there or on the board until it is taken."""

    name: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = _NORMAL
    place: str | None = None
    """Code of a place; None for the board."""
    office: str = "contoh"
    """Which of the databases that `offices` makes."""


_BY_PLACE = {
    "alur": Picture("alur", size=_WIDE),
    "dasbor": Picture("dasbor", size=_WIDE),
    "kalender": Picture("kalender", ("pagedown",)),
    "riwayat": Picture("riwayat", ("down",)),
    "pengguna": Picture("pengguna", office="berorang"),
    **{place: Picture(place, office="berindikator") for place in ("data", "analisa", "indikator")},
    "ganti-orang": Picture("masuk", office="berorang"),
}
"""Code of a place -> its picture, where it is more than the place just opened. Each place has one."""

PICTURES: tuple[Picture, ...] = (
    Picture("awal", office="kosong"),
    Picture("papan", ("5",), _WIDE),
    Picture("papan-sempit", ("5",), _NARROW),
    Picture("menu", ("n",)),
    Picture("tindakan", ("5", "i")),
    Picture("saring", ("5", "f")),
    Picture("susulan", ("5", "w")),
    Picture("keputusan", ("3", "p")),
    Picture("kartu", ("3", "enter"), _WIDE),
    Picture("bantuan", ("question_mark",)),
    Picture("isi-sop", ("enter", "n", "n", "n"), place="sop"),
    *(_BY_PLACE.get(place.code, Picture(place.code))._replace(place=place.code) for place in PLACES),
)


async def still(pilot: Pilot[None]) -> str:
    """The screen as an SVG, once nothing moves on it."""
    seen, same = "", 0
    for _ in range(_LONGEST_LOOKS):
        await pilot.pause(_STILL_SECONDS)
        now = pilot.app.export_screenshot(title="sakip")
        same = same + 1 if now == seen else 0
        if same == _STILL_LOOKS:
            # Whoever lacks the font of that name takes one whose letters are all as wide, browser or not.
            return _FOREIGN.sub("", now).replace("Fira Code, monospace", "monospace")
        seen = now
    raise RuntimeError("the screen never came to rest")


async def draw(picture: Picture, path: Path) -> str:
    """One picture from one database file."""
    person = PEOPLE[0][0].code if picture.office == "berorang" else seed.MANAGER
    desk = OfficeDesk(path, person or "", lambda: NOW)
    office = await desk.office()
    opened = (office, await desk.board(office.year)) if office is not None else None
    app = SakipApp(desk, lambda: NOW, opened)
    async with app.run_test(size=picture.size) as pilot:
        await still(pilot)
        if picture.place is not None:
            board = app.screen
            assert isinstance(board, BoardScreen)
            board.action_open_place(picture.place)
            await still(pilot)
        for key in picture.keys:
            await pilot.press(key)
            await still(pilot)
        return await still(pilot)


def offices(folder: Path) -> dict[str, Path]:
    """The databases of the pictures: none yet, the demo office, the demo office with people, or with indicators."""
    places = {name: folder / f"{name}.db" for name in ("kosong", "contoh", "berorang", "berindikator")}
    for name in ("contoh", "berorang", "berindikator"):
        with opening.open(places[name], create=True) as database:
            address = seed.build(database, NOW)
            if name == "berindikator":
                measure(database, address, NOW, seed.MANAGER)
            if name == "berorang":
                _register(database)
    _lay_copies(places["contoh"])
    return places


def _lay_copies(path: Path) -> None:
    """Beside a database what some days leave there: of such files the screen shows name, age and size."""
    folder = folder_of(path)
    folder.mkdir()
    for days, middle in enumerate(("2026-11-18", "2026-11-17", "2026-11-16-161205", "2026-11-13")):
        copy = folder / f"{path.stem}-{middle}{path.suffix}"
        copy.write_bytes(bytes(620_000 - 9_000 * days))
        made = NOW - 3_600 - 86_400 * days
        os.utime(copy, (made, made))


def _register(database: Database) -> None:
    store = Store(database, lambda: NOW, None)
    for person, lanes in PEOPLE:
        actor = Actor(seed.MANAGER, everybody=True) if person is PEOPLE[0][0] else Actor(PEOPLE[0][0].code or "")
        add_person(store, seed.OFFICE, person, actor)
        assert person.code is not None
        actor = Actor(PEOPLE[0][0].code or "")
        for lane in lanes:
            give_lane(store, seed.OFFICE, person.code, lane, actor)
        set_pin(store, seed.OFFICE, person.code, _PIN, actor)


def main(names: list[str]) -> None:
    """Draw these pictures, or all of them."""
    with tempfile.TemporaryDirectory() as folder:
        places = offices(Path(folder))
        for picture in PICTURES:
            if not names or picture.name in names:
                svg = asyncio.run(draw(picture, places[picture.office]))
                (FOLDER / f"{picture.name}.svg").write_text(svg, encoding="utf-8")
    if not names:
        known = {f"{picture.name}.svg" for picture in PICTURES}
        for path in FOLDER.glob("*.svg"):
            if path.name not in known:
                path.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])

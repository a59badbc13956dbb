"""The screens one can go to from the board: their names, their keys, and how one comes back.

A screen of a place is made from what the board holds (`Here`) and dismisses with a `Left`, or with None for plain going
back. Modules of screens are imported when they are opened.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from db.rows import Board
    from sakip_tui.clock import Clock
    from sakip_tui.desk import Desk, Office
    from sakip_tui.glyphs import Glyphs


class CardAt(NamedTuple):
    """A card to go to."""

    period: str
    step: int | None = None
    """None for the period alone."""
    bidang: str | None = None


class Left(NamedTuple):
    """How a screen was left."""

    card: CardAt | None = None
    """The board shows this card."""
    is_changed: bool = False
    """The board reads the database again."""
    place: str | None = None
    """Code of the place to go to next."""


class Here(NamedTuple):
    """What the board hands to a screen."""

    desk: Desk
    clock: Clock
    office: Office
    rows: Board
    """The year's board as last read."""
    card: CardAt
    """The period on view, and the selected card where there is one."""
    glyphs: Glyphs


class Place(NamedTuple):
    """One screen."""

    code: str
    key: str
    """The key that opens it from the board and from the menu of screens."""
    name: str
    purpose: str
    """One line for the menu and the help."""
    source: str
    """`module:function`; the function takes `Here` and returns the screen."""

    def open(self, here: Here) -> Screen[Left | None]:
        """The screen, its module imported now."""
        module, _, name = self.source.partition(":")
        make = cast("Callable[[Here], Screen[Left | None]]", getattr(import_module(module), name))
        return make(here)


PLACES: tuple[Place, ...] = (
    Place(
        "kalender",
        "g",
        "Kalender",
        "Kalender kerja: hari libur, cuti bersama, jam khusus, jam kerja",
        "sakip_tui.calendar.screen:calendar_screen",
    ),
    Place(
        "dasbor",
        "v",
        "Dasbor",
        "Sekali lihat: yang terlambat, giliran siapa, bidang mana yang belum menyerahkan, angka setahun",
        "sakip_tui.dashboard.screen:open_dashboard",
    ),
    Place(
        "riwayat",
        "y",
        "Riwayat",
        "Semua tindakan yang pernah dicatat, yang terbaru di atas, dengan saringan",
        "sakip_tui.history.screen:open_history",
    ),
    Place(
        "alur",
        "z",
        "Alur",
        "SOP seperti di kertas, hidup: simbol, panah, Mutu Baku, dan sampai di mana berkasnya",
        "sakip_tui.flow_chart.screen:open_flow_chart",
    ),
    Place(
        "sop",
        "",
        "SOP",
        "Katalog dan SOP kantor: baca, pakai, tetapkan yang dokumennya diam, ubah, bandingkan versi",
        "sakip_tui.sops.screen:sops_screen",
    ),
    Place(
        "pengaturan",
        "",
        "Pengaturan",
        "Ambang, jam mutu baku, target periode, tanda tangan, kertas, dan cadangan kantor ini",
        "sakip_tui.settings.screen:settings_screen",
    ),
    Place(
        "pengguna",
        "",
        "Pengguna",
        "Orang yang terdaftar, peran, lajur, dan PIN mereka; mengalihkan kartu",
        "sakip_tui.people.screen:people_screen",
    ),
    Place(
        "ganti-orang",
        "",
        "Ganti orang",
        "Masuk sebagai orang lain dengan PIN",
        "sakip_tui.people.entrance:change_person",
    ),
)

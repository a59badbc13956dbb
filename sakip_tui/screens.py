"""The screens of the program and the modules they are loaded from when they are opened.

The board alone is there from the start.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sop.loading import load
from sop.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from sakip_tui.places import Here, Left

SCREENS = MappingProxyType(
    {
        "welcome": "sakip_tui.setup.screen:WelcomeScreen",
        "lost": "sakip_tui.backups.lost:LostScreen",
        "sign in": "sakip_tui.people.entrance:SignInScreen",
        "lock": "sakip_tui.people.entrance:LockScreen",
        "card": "sakip_tui.case_file.screen:CardScreen",
        "menu": "sakip_tui.prompts.menu:MenuPrompt",
        "menu item": "sakip_tui.widgets.menu:MenuItem",
    }
)
"""Screens that have no name and key of their own."""


class Destination(Frozen):
    """One screen that one goes to from the board."""

    code: str
    key: str
    """The key that opens it from the board and from the menu of screens; empty where the board has none left."""
    name: str
    purpose: str
    """One line for the menu and the help."""
    source: str
    """`module:class` of the screen, which is made of a `Here`; or a function that makes it."""
    letter: str = ""
    """The key that opens it from the menu, where the board has none for it."""

    def open(self, here: Here) -> Screen[Left | None]:
        """The screen, its module loaded now."""
        make: Callable[[Here], Screen[Left | None]] = load(self.source)
        return make(here)


PAST_WORK = "susulan"
"""Code of the table in which a whole past period is told."""

PLACES: tuple[Destination, ...] = (
    Destination(
        "kalender",
        "g",
        "Kalender",
        "Libur, cuti bersama, jam khusus, jam kerja",
        "sakip_tui.calendar.screen:CalendarScreen",
    ),
    Destination(
        "dasbor",
        "v",
        "Dasbor",
        "Yang terlambat, giliran siapa, angka setahun",
        "sakip_tui.dashboard.screen:DashboardScreen",
    ),
    Destination(
        "riwayat",
        "y",
        "Riwayat",
        "Yang pernah dicatat, yang terbaru di atas",
        "sakip_tui.history.screen:HistoryScreen",
    ),
    Destination(
        "alur",
        "z",
        "Alur",
        "SOP seperti di kertas, dan sampai di mana",
        "sakip_tui.flow_chart.screen:FlowScreen",
    ),
    Destination(
        PAST_WORK,
        "",
        "Tabel susulan",
        "Satu periode yang lampau dalam satu tabel",
        "sakip_tui.past_work.screen:PastWorkScreen",
        "w",
    ),
    Destination(
        "sop",
        "",
        "SOP",
        "Katalog dan SOP kantor; menyiapkan tahun",
        "sakip_tui.sops.screen:SopsScreen",
        "s",
    ),
    Destination(
        "pengaturan",
        "",
        "Pengaturan",
        "Ambang, target, tanda tangan, kertas, cadangan",
        "sakip_tui.settings.screen:SettingsScreen",
        "p",
    ),
    Destination(
        "bidang",
        "",
        "Bidang",
        "Daftar bidang kantor dengan tanggalnya",
        "sakip_tui.bidang.screen:BidangScreen",
        "b",
    ),
    Destination(
        "data",
        "",
        "Data kinerja",
        "Formulir indikator satu bidang: isi, serahkan",
        "sakip_tui.filling.screen:DataScreen",
        "d",
    ),
    Destination(
        "analisa",
        "",
        "Analisa",
        "Data semua bidang: menandai, mengembalikan",
        "sakip_tui.analysis.screen:AnalysisScreen",
        "a",
    ),
    Destination(
        "indikator",
        "",
        "Indikator",
        "Yang diukur kantor, targetnya, dari Excel",
        "sakip_tui.indicators.screen:IndicatorsScreen",
        "i",
    ),
    Destination(
        "cadangan",
        "",
        "Cadangan",
        "Salinan basis data: membuat, memulihkan",
        "sakip_tui.backups.screen:BackupsScreen",
        "c",
    ),
    Destination(
        "pengguna",
        "",
        "Pengguna",
        "Orang yang terdaftar: peran, lajur, PIN",
        "sakip_tui.people.screen:PeopleScreen",
        "u",
    ),
    Destination(
        "ganti-orang",
        "",
        "Ganti orang",
        "Masuk sebagai orang lain dengan PIN",
        "sakip_tui.people.entrance:change_person",
        "o",
    ),
)

"""What stands where on the dashboard: every line fits, long sections share their column, what is missing says so."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from sakip_tui.dashboard import lines
from sakip_tui.dashboard.page import Page, sections
from sakip_tui.glyphs import ASCII, UNICODE
from sakip_tui.views import dashboard_words as words
from sakip_tui.views.dashboard_words import NOT_YET, Pen, figure_rows, figures_title, target_line
from sakip_tui.widgets.ink import Line
from sop.form.waktu import parse
from sop.look.dashboard import Dashboard, Handing, LaneLoad, Pace, PeriodStand, Pressing, RegionStand, Spot
from sop.look.figures import Figures
from sop.look.forecast import Forecast
from sop.look.standing import Urgency
from sop.model.state import CasePhase, PeriodPhase, RunPhase
from sop.time.work_calendar import CalendarSpec, WorkCalendar
from sop.words.figures import FIRST_PASS, percent_words, share_of
from tests.fakes import TUESDAY

CALENDAR = WorkCalendar(CalendarSpec("Asia/Jakarta"), 1)
PEN = Pen(TUESDAY, CALENDAR, UNICODE)
PLAIN = PEN._replace(glyphs=ASCII)
NOTHING = Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, None, None, None, None, 0, 0, 0, 0, 0)


def text_of(line: Line) -> str:
    return "".join(text for text, _ in line)


def period(key: str = "2026-TW1", **values: Any) -> PeriodStand:
    given: dict[str, Any] = {
        "has_case": True,
        "phase": PeriodPhase.BUKA,
        "case_phase": CasePhase.BERJALAN,
        "done": 2,
        "total": 5,
        "closings": 0,
        "front": (3,),
        "waiting": (),
        "opens_on": None,
        "is_waived": False,
        "may_close": False,
        "figures": NOTHING,
    }
    return PeriodStand(key, **(given | values))


def pressing(number: int, urgency: Urgency = Urgency.LATE, **values: Any) -> Pressing:
    given: dict[str, Any] = {
        "spot": Spot("2026-TW1", 3, f"Bidang {number}"),
        "title": "Mengisi formulir",
        "lane": "Kepala Bidang",
        "holder": "staf",
        "phase": RunPhase.DIKERJAKAN,
        "urgency": urgency,
        "due_at": TUESDAY - 3600,
        "late_seconds": 3600,
        "queue_seconds": 1800,
        "ready_at": TUESDAY - 7200,
    }
    return Pressing(**(given | values))


def board(**values: Any) -> Dashboard:
    given: dict[str, Any] = {
        "year": 2026,
        "now": TUESDAY,
        "pressing": (),
        "lanes": (),
        "regions": (),
        "periods": tuple(period(f"2026-{name}") for name in ("TW1", "TW2", "S1", "TW3", "TW4", "S2", "TH")),
        "figures": NOTHING,
        "slowest": (),
        "steps_of": {},
    }
    return Dashboard(**(given | values))


def busy(late: int = 40, lanes: int = 12, bidang: int = 30, paces: int = 9) -> Dashboard:
    handed = [Handing(f"B{n}", 3, RunPhase.SIAP, TUESDAY - 86_400, 1, None, False) for n in range(bidang)]
    spot = Spot("2026-TW1", 3, None)
    return board(
        pressing=tuple(pressing(number) for number in range(late)),
        lanes=tuple(LaneLoad(f"Lajur {n}", 2, 1, 0, 3, ("staf",), spot) for n in range(lanes)),
        regions=(RegionStand("2026-TW1", 3, 3, 4, tuple(handed)),),
        slowest=tuple(Pace(n, f"Langkah {n}", parse("30 menit"), 3, 9000 - n, 6000, 3000) for n in range(1, paces + 1)),
    )


def page_of(found: Dashboard, width: int, height: int, pen: Pen = PEN, opened: tuple[str, ...] = ()) -> Page:
    return Page(sections(found, {}, "2026-TW1", pen), width, height, pen, opened)


@pytest.mark.parametrize("pen", [PEN, PLAIN], ids=["unicode", "ascii"])
@given(
    width=st.integers(40, 230),
    height=st.integers(5, 70),
    late=st.integers(0, 60),
    lanes=st.integers(0, 20),
    bidang=st.integers(0, 60),
)
def test_every_line_fits_and_every_thing_can_be_reached(
    pen: Pen, width: int, height: int, late: int, lanes: int, bidang: int
) -> None:
    page = page_of(busy(late, lanes, bidang), width, height, pen)
    for y in range(page.length):
        line = page.line(y, page.first)
        assert cell_len(text_of(line).rstrip()) <= width
        if pen is PLAIN:
            # The painter puts a plain sign in place of the ellipsis.
            assert text_of(line).replace("…", "~").isascii()
    seen = set()
    key = page.first
    for _ in range(page.length * 3):
        seen.add(key)
        following = page.moved(key, 1)
        key = following if following != key else page.beside(page.next_section(key, 1), 0)
    assert page.holds(page.first)
    top = 0
    for key in seen:
        top = page.scrolled_to(key, top)
        assert top <= page.place(key)[1] < top + height


@pytest.mark.parametrize(("width", "columns"), [(80, 1), (109, 1), (120, 2), (179, 2), (200, 3)])
def test_wide_screens_have_columns(width: int, columns: int) -> None:
    page = page_of(busy(), width, 40)
    assert len(page.columns) == columns
    assert page.columns[-1].x + page.columns[-1].width <= width


@pytest.mark.parametrize(("width", "height"), [(80, 21), (120, 37), (200, 47)])
def test_the_first_screen_holds_what_matters_however_much_is_late(width: int, height: int) -> None:
    page = page_of(busy(), width, height)
    shown = "\n".join(text_of(page.line(y, None)) for y in range(height))
    for title in ("Periode 2026", "Perlu perhatian", "Giliran dan beban"):
        assert title in shown
    assert "lagi; spasi menampilkan semuanya" in shown
    if len(page.columns) > 1:
        assert page.length <= height


def test_an_opened_section_shows_all_of_it() -> None:
    assert page_of(busy(), 80, 21).shown_of("perhatian") < 40
    assert page_of(busy(), 80, 21, opened=("perhatian",)).shown_of("perhatian") == 40


def test_a_line_that_would_stand_for_one_more_is_that_one() -> None:
    for count in range(1, 20):
        page = page_of(busy(late=count, bidang=count, paces=count), 80, 21)
        rests = [row.rest for column in page.columns for row in column.rows if row.rest]
        assert 1 not in rests


def test_the_next_section_goes_round() -> None:
    page = page_of(busy(), 120, 40)
    key = page.first
    codes = []
    for _ in range(7):
        row = page.row(key)
        assert row is not None
        assert row.section is not None
        codes.append(row.section.code)
        key = page.next_section(key, 1)
    assert codes[0] == codes[6]
    assert len(set(codes)) == 6


# ---------------------------------------------------------------------- words


def test_missing_figures_are_not_zero() -> None:
    for found in (None, NOTHING):
        for row in figure_rows(found, None):
            if row.name != "Di luar hitungan" or found is None:
                assert (row.own, row.own_share) == (NOT_YET, None), row
    worked = figure_rows(Figures(4, 4, 3, 1, 0, 0, 0, 0, 0, 600, 1200, 1800, None, 2, 0, 0, 0, 0), None)
    told = {row.name: (row.own, row.own_share) for row in worked}
    assert told["Tepat waktu"] == ("75% (3 dari 4)", 0.75)
    assert told["Disetujui pada pengajuan pertama"] == ("0% (0 dari 2)", 0.0)
    assert told["Waktu antre"] == ("10 menit", 1 / 3)
    assert told["Waktu putusan"] == (NOT_YET, None)
    assert told["Waktu kerja yang diulang"] == ("tidak ada", None)


@pytest.mark.parametrize("width", [40, 58, 80, 120])
def test_what_still_counts_and_what_was_done_again_are_told_apart_at_every_width(width: int) -> None:
    names = [lines.figure_line(row, PEN, width)[0][0].strip() for row in figure_rows(NOTHING, None)]
    assert len(set(names)) == len(names)
    assert not [name for name in names if name.endswith(UNICODE.ellipsis)]
    assert [name.casefold().removeprefix("waktu ") for name in names if "kerja" in name.casefold()] == [
        "kerja yang berlaku",
        "kerja yang diulang",
    ]


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [(0, 7, "0%"), (1, 9999, "0,1%"), (9999, 10_000, "99,9%"), (7, 7, "100%"), (7, 8, "87,5%"), (2, 3, "66,7%")],
)
def test_nothing_short_of_all_is_told_as_all(part: int, whole: int, told: str) -> None:
    """The same words and rounding as on paper."""
    share = share_of(part, whole)
    assert share is not None
    assert percent_words(share) == told


@pytest.mark.parametrize(("share", "bar"), [(0, "░░░░"), (0.01, "█░░░"), (0.5, "██░░"), (0.99, "███░"), (1, "████")])
def test_a_bar_shows_something_and_something_left(share: float, bar: str) -> None:
    assert lines.bar_of(share, UNICODE, 4) == bar


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"phase": PeriodPhase.TUTUP, "closings": 1}, "tutup"),
        ({"phase": PeriodPhase.TUTUP, "closings": 2}, "tutup, ke-2"),
        ({"phase": PeriodPhase.BELUM, "case_phase": None}, "belum dibuka"),
        ({"phase": PeriodPhase.BELUM, "opens_on": dt.date(2026, 1, 1)}, "dapat dibuka"),
        ({"phase": PeriodPhase.BELUM, "is_waived": True}, "tidak ditunggu"),
        ({"case_phase": CasePhase.DITAHAN}, "ditahan"),
        ({"case_phase": CasePhase.DIHENTIKAN}, "dihentikan"),
        ({"may_close": True, "case_phase": CasePhase.SELESAI, "front": ()}, "tinggal ditutup"),
        ({"front": (), "waiting": ("2026-TW1", "2026-TW2")}, "tunggu TW I, TW II"),
        ({"front": (3, 4)}, "langkah 3, 4"),
    ],
)
def test_a_period_says_how_it_stands(values: dict[str, Any], state: str) -> None:
    assert words.period_state(period(**values))[0] == state
    assert state in text_of(lines.period_line(period(**values), None, PEN, 80))


def test_beside_another_column_no_word_of_a_period_or_figure_is_cut() -> None:
    """On half of 120 cells the step of a period and the name of a figure ended in dots, beside room that was empty."""
    forecast = Forecast("2026-TW1", TUESDAY + 340 * 86_400, TUESDAY + 340 * 86_400, (), ())
    shown = text_of(lines.period_line(period(key="2026-S1", front=(7,)), forecast, PEN, 58))
    assert "langkah 7 " in shown
    assert re.search(r"perk\. \d+ Mar 2027", shown), shown
    row = words.FigureRow(FIRST_PASS, "belum ada", None, "96,7% (29 dari 30)", 0.967)
    assert "…" not in text_of(lines.figure_line(row, PEN, 58))
    load = LaneLoad("Sub Koordinator Perencanaan", 2, 2, 1, 3, ("Agus Hidayat", "Lina Marlina"), Spot("2026-TW1", 2))
    for width in (58, 62):
        half = text_of(lines.lane_line(load, PEN, width))
        assert half.startswith("Sub Koordinator Perencanaan ")
        assert "…" not in half
    assert "Agus Hidayat, Lina Marlina" in text_of(lines.lane_line(load, PEN, 110))


def test_a_missed_target_stays_in_view_where_there_is_no_room_for_all() -> None:
    target = dt.date(2026, 4, 10)
    forecast = Forecast("2026-TW1", TUESDAY, TUESDAY, (), (), target=target, off_days=2, off_seconds=50_000)
    assert target_line(period(), forecast, PEN) == ("target 10 Apr: terlewati 2 hari kerja", "late")
    wide = text_of(lines.period_line(period(), forecast, PEN, 100))
    assert "perkiraan 14 Apr" in wide
    assert "terlewati 2 hari kerja" in wide
    assert "target 10 Apr" in text_of(lines.period_line(period(), forecast, PEN, 50))


def test_a_target_that_went_by_is_worded_the_same_whether_or_not_an_end_can_be_expected() -> None:
    unknown = Forecast("2026-TW1", None, None, (), (), is_stale=True, target=dt.date(2026, 4, 10))
    assert target_line(period(), unknown, PEN) == ("target 10 Apr: terlewati 2 hari kerja", "late")
    # On a Saturday nothing of it has been worked yet.
    unknown = Forecast("2026-TW1", None, None, (), (), is_stale=True, target=dt.date(2026, 4, 10))
    assert target_line(period(), unknown, PEN._replace(now=TUESDAY - 3 * 86_400)) == (
        "target 10 Apr: baru terlewati",
        "late",
    )


def test_what_presses_says_late_today_and_when() -> None:
    assert "lewat 1 j" in text_of(lines.pressing_line(pressing(1), PEN, 80))
    today = pressing(1, Urgency.TODAY, due_at=TUESDAY + 3600, late_seconds=0)
    assert "hari ini 11.00" in text_of(lines.pressing_line(today, PEN, 80))
    risky = pressing(1, Urgency.RISK, due_at=TUESDAY + 3600, late_seconds=0)
    assert "hampir habis, hari ini 11.00" in text_of(lines.pressing_line(risky, PEN, 80))
    later = pressing(1, Urgency.WEEK, due_at=TUESDAY + 86_400, late_seconds=0)
    assert "Rab 15 Apr 10.00" in text_of(lines.pressing_line(later, PEN, 80))
    decided = pressing(1, phase=RunPhase.KEPUTUSAN)
    assert "Kepala Bidang" in text_of(lines.pressing_line(decided, PEN, 80)), "the decider's turn, not the holder's"


@pytest.mark.parametrize("width", [80, 100, 118])
def test_how_a_bidang_stands_begins_in_the_same_cell_on_every_line(width: int) -> None:
    shown = [
        "".join(text for text, _ in lines._beside("  Pengawasan", "text", "ditunda", right, "text", width))
        for right in ("menunggu 7 hari kerja ", "sejak hari ini ", "belum sampai ")
    ]
    assert len({line.index("ditunda") for line in shown}) == 1, shown


def test_figures_of_the_year_are_named_once() -> None:
    assert figures_title("2026-TH", 2026) == "Angka Tahun 2026"
    assert figures_title("2026-TW4", 2026) == "Angka TW IV dan 2026"

"""The drawing of an SOP in cells: whole at every width, every arrow at its target, nothing a terminal obeys."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from sakip_tui.flow_chart.canvas import LINES, PLAIN, Pencil
from sakip_tui.flow_chart.drawing import LARGE, SMALL, Plot, Size, head_lines, shortened
from sakip_tui.flow_chart.routes import routes
from sakip_tui.glyphs import ASCII, UNICODE, Glyphs
from sakip_tui.views.card_words import Mood
from sakip_tui.views.flow_chart import ChartView, StepView, chart_view, facts
from sop.form import catalog
from sop.look.card import Card
from sop.look.flow_chart import Shape, flow_chart
from sop.model.act import Act
from sop.model.definition import Cadence, Decision, MutuBaku, Step, Written
from sop.values import replace
from tests.fakes import TANGERANG, FakeDesk, open_period, run_act, walk

CODES = (
    "dpmptsp-balangan",
    "disperinaker-lima-puluh-kota",
    "bappedalitbang-balangan",
    "dpmd-nganjuk",
    TANGERANG,
)
SETS = [(UNICODE, LINES), (ASCII, PLAIN)]
SIZES = [LARGE, *SMALL]
HOSTILE = [
    "[/x] [@click=app.quit]",
    "\x1b[2J\x1b]52;c;aGFp\x07",
    "a\u202eb\u200bc\x9bd",
    "x" * 10_000,
    "字" * 40,
    "😀 ok",
]


def seen(desk: FakeDesk, period: str = "2026-TW1") -> ChartView:
    return chart_view(asyncio.run(desk.board(2026)), period, desk.clock())


def texts(drawing: Plot, first: int = 0) -> list[str]:
    lines = drawing.lines(0, drawing.height, first, None)
    return ["".join(text for text, _ in line) for line in lines]


def whole(drawing: Plot) -> list[list[str]]:
    """Every cell of the drawing, all columns side by side."""
    rows = range(len(drawing.view.chart.rows))
    return [[char for char, _ in line] for row in rows for line in drawing._row(row)]


def drawn(view: ChartView, width: int, size: Size = SMALL[-1], plain: bool = False) -> Plot:
    glyphs, pencil = SETS[plain]
    return Plot(view, width, glyphs, pencil, size)


# ---------------------------------------------------------------------- every SOP at every width
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("glyphs", "pencil"), SETS)
@pytest.mark.parametrize("size", SIZES)
def test_no_line_is_wider_than_the_screen(code: str, glyphs: Glyphs, pencil: Pencil, size: Size) -> None:
    view = seen(FakeDesk(code))
    for width in (60, 64, 79, 80, 100, 120, 133, 160, 200):
        drawing = Plot(view, width, glyphs, pencil, size)
        for first in range(drawing.columns.last_stop + 1):
            lines = [*drawing.heads(first, with_groups=True), *drawing.lines(0, drawing.height, first, 1)]
            assert all(sum(cell_len(text) for text, _ in line) <= width for line in lines)


@pytest.mark.parametrize("code", CODES)
def test_every_step_stands_on_a_row_of_its_own_once(code: str) -> None:
    view = seen(FakeDesk(code))
    assert [view.steps[row].step.number for row in view.stops] == [step.number for step in catalog.load(code).steps]
    for width in (60, 80, 200):
        numbers = [line[1:4].strip() for line in texts(drawn(view, width)) if line[1:4].strip()]
        assert numbers == [str(step.number) for step in catalog.load(code).steps]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("width", [60, 72, 80, 120, 200])
def test_going_right_brings_every_column_into_view_whole_and_the_numbers_stay(code: str, width: int) -> None:
    drawing = drawn(seen(FakeDesk(code)), width)
    columns, first, found = drawing.columns, 0, set()
    for _ in range(20):
        shown = columns.shown(first)
        found |= {column.key for column in shown}
        assert sum(column.width for column in shown) <= columns.width, "no column is cut off"
        assert texts(drawing, first)[0][:4].strip() == "1"
        first = columns.moved(first, 1)
    assert found == {column.key for column in columns.all}
    assert first == columns.last_stop
    for _ in range(20):
        first = columns.moved(first, -1)
    assert first == 0


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("width", [80, 120, 200])
def test_wording_and_every_actor_are_in_view_at_first(code: str, width: int) -> None:
    drawing = drawn(seen(FakeDesk(code)), width)
    keys = [column.key for column in drawing.columns.shown(0)]
    assert keys[: 1 + len(drawing.view.lanes)] == ["title", *(f"lane {i}" for i in range(len(drawing.view.lanes)))]


def test_a_wide_screen_shows_mutu_baku_beside_the_actors() -> None:
    drawing = drawn(seen(FakeDesk()), 200)
    assert drawing.columns.hidden(0) == (0, 0)
    heads = "".join(text for line in drawing.heads(0, with_groups=True) for text, _ in line)
    for name in ("Pelaksana", "Mutu Baku", "Uraian kegiatan", "Kelengkapan", "Waktu", "Output", "Kepala Bidang"):
        assert name in heads
    shown = "\n".join(texts(drawing))
    assert "120 Hari" in shown
    assert "Perjanjian Kinerja" in shown


# ---------------------------------------------------------------------- symbols and arrows
def shapes(code: str) -> list[tuple[int | None, list[tuple[str, str]]]]:
    view = seen(FakeDesk(code))
    return [
        (row.step.number if row.step else None, [(view.lanes[one.lane], one.shape.value) for one in row.symbols])
        for row in view.chart.rows
    ]


def test_the_symbols_are_those_of_the_signed_form() -> None:
    assert shapes(TANGERANG) == [
        (1, [("Sekretaris Dinas", "start")]),
        (2, [("Sub Koordinator Perencanaan", "box")]),
        (3, [("Staf Penyusun Evaluasi Kinerja", "box")]),
        (4, [("Sub Koordinator Perencanaan", "box")]),
        (5, [("Sekretaris Dinas", "box")]),
        (None, [("Sekretaris Dinas", "page")]),
        (6, [("Staf Penyusun Evaluasi Kinerja", "box")]),
        (7, [("Kepala Bidang", "diamond"), ("Sub Koordinator Perencanaan", "box")]),
        (8, [("Sekretaris Dinas", "diamond")]),
        (None, [("Sekretaris Dinas", "page")]),
        (9, [("Sub Koordinator Perencanaan", "end")]),
    ]


def test_two_boxes_in_one_row_are_joined() -> None:
    (line,) = [line for line in texts(drawn(seen(FakeDesk("dpmd-nganjuk")), 120)) if line[:4].strip() == "3"]
    assert "[· 0/5]─&─[· 0/5]" in line


def test_large_symbols_have_the_shapes_of_the_paper() -> None:
    shown = "\n".join(texts(drawn(seen(FakeDesk()), 200, LARGE)))
    for piece in (
        "╭───────╮",
        "│Mulai ·│",
        "╰───┬───╯",
        "┌───────┐",
        "└───┬───┘",
        "/ \\",
        "\\│/",
        " \\──┬──/ ",
        "SMT I",
    ):
        assert piece in shown, piece
    assert shown.count("┬───╯") == 1, "from the last capsule no arrow leads on"
    plain = "\n".join(texts(drawn(seen(FakeDesk()), 200, LARGE, plain=True)))
    assert plain.isascii()
    for piece in (".-------.", "(Mulai .)", "+-------+", "'---+---'"):
        assert piece in plain, piece


def test_the_gate_of_the_next_cadence_says_what_it_waits_for() -> None:
    drawing = drawn(seen(FakeDesk()), 120)
    shown = [line[7:30].strip(" ┊") for line in texts(drawing)]
    assert any(line.startswith("Lanjut ke Semester") for line in shown)
    assert "tunggu TW I" in " ".join(shown)
    assert [line[4] for line in texts(drawing) if "Lanjut" in line] == ["#", "#"]


def test_an_assumption_is_marked_and_a_mark_of_the_document_is_not() -> None:
    shown = texts(drawn(seen(FakeDesk()), 80))
    assert "(Mulai ·)┊" in shown[0], "its capsule is printed in the document"
    assert "[  ·  ]?" in shown[2]
    assert "Tidak ▲6?" in "".join(shown)


def check_arrows(drawing: Plot) -> None:
    """Follow each Tidak from its diamond to its target, and each arrow down to the next symbol."""
    grid, columns, pencil = whole(drawing), drawing.columns, drawing.pencil
    middle, left = drawing.symbol_height // 2, columns.lanes_left
    blank = {" ", "", pencil.column}
    for way in drawing.plan.ways:
        step = drawing.view.steps[way.loop.source].step
        assert step.decision is not None
        source = drawing.tops[way.loop.source]
        rows = ["".join(grid[y]) for y in range(source, source + drawing.heights[way.loop.source])]
        assert any(f"{pencil.up}{step.decision.tidak}" in row for row in rows), "the target is named"
        assert any("Ya" in row for row in rows)
        if not way.side:
            continue
        target = drawing.tops[way.loop.target] + middle
        x = left + columns.channel(way.side, way.channel)
        diamond = left + columns.middle(drawing.view.chart.rows[way.loop.source].exit)
        ends = [
            symbol for symbol in drawing.view.chart.rows[way.loop.target].symbols if symbol.shape is not Shape.DIAMOND
        ]
        doing = ends or drawing.view.chart.rows[way.loop.target].symbols
        arrival = left + columns.middle((doing[-1] if way.side > 0 else doing[0]).lane)
        across = range(min(diamond, x), max(diamond, x) + 1)
        assert not {grid[source + middle][at] for at in across if at != diamond} & blank - {" "}
        assert all(grid[y][x] not in blank for y in range(target, source + middle + 1)), "the line goes up unbroken"
        assert any(grid[y][x] == pencil.up for y in range(target, source + middle + 1))
        back = [grid[target][at] for at in range(min(arrival, x), max(arrival, x) + 1)]
        assert (pencil.left if way.side > 0 else pencil.right) in back
    for row, one in enumerate(drawing.view.chart.rows[:-1]):
        bottom = drawing.tops[row + 1] - 1
        below = left + columns.middle(drawing.view.chart.rows[row + 1].entry)
        assert grid[bottom][below] == pencil.down
        here = left + columns.middle(one.exit)
        assert all(grid[bottom][at] not in blank for at in range(min(here, below), max(here, below) + 1))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("plain", [False, True])
def test_every_branch_is_drawn_to_its_target(code: str, width: int, size: Size, plain: bool) -> None:
    drawing = drawn(seen(FakeDesk(code)), width, size, plain)
    assert all(way.side for way in drawing.plan.ways), "in the catalog each Tidak has a way of its own"
    check_arrows(drawing)


@st.composite
def charts(draw: st.DrawFn) -> ChartView:
    """Any sound run of steps: joint ones, deciders of any lane, Tidak to any step not later."""
    lanes = tuple(f"Lajur {number}" for number in range(draw(st.integers(1, 6))))
    lane = st.integers(0, len(lanes) - 1)
    parts: list[list[Step]] = []
    number = 0
    for _ in range(draw(st.integers(1, 3))):
        part: list[Step] = []
        for place in range(draw(st.integers(1, 5))):
            number += 1
            doing = draw(st.lists(lane, min_size=1, max_size=2, unique=True))
            decider = draw(st.none() | lane)
            back = None if decider is None else draw(st.integers(0, place))
            part.append(
                Step(
                    number,
                    Written(f"Langkah ke-{number}"),
                    Cadence.TRIWULAN,
                    tuple(lanes[index] for index in doing),
                    MutuBaku((), None, None, None, None),
                    decider=None if decider is None else lanes[decider],
                    decision=None if back is None else Decision(number + 1, number - place + back),
                    joint=len(doing) > 1,
                )
            )
        parts.append(part)
    template = seen(FakeDesk())
    chart = flow_chart(lanes, parts)
    section = template.sections[0]
    steps = {
        index: StepView(row.step, section.period, _card(row.step), 0, Mood.WAITING, "", "", {})
        for index, row in enumerate(chart.rows)
        if row.step is not None
    }
    return ChartView("SOP", section.period, lanes, (section,) * len(parts), chart, steps)


def _card(step: Step) -> Card:
    return Card(
        step.number, step.title.text, None, "siap", step.pelaksana[0], step.pelaksana, step.decider, None, False
    )


@settings(max_examples=120, deadline=None)
@given(charts(), st.sampled_from([60, 80, 200]), st.sampled_from(SIZES))
def test_any_sound_sop_is_drawn_with_every_branch_at_its_target(view: ChartView, width: int, size: Size) -> None:
    drawing = drawn(view, width, size)
    assert [view.steps[row].step.number for row in view.stops] == list(range(1, len(view.steps) + 1))
    capsules = [symbol.shape for row in view.chart.rows for symbol in row.symbols]
    assert Shape.START in capsules
    assert Shape.END in capsules
    assert capsules.count(Shape.PAGE) == len(view.sections) - 1
    check_arrows(drawing)


@settings(max_examples=120, deadline=None)
@given(charts())
def test_ways_back_do_not_run_into_each_other(view: ChartView) -> None:
    ways = [way for way in routes(view.chart) if way.side]
    for index, one in enumerate(ways):
        for other in ways[index + 1 :]:
            if one.side == other.side:
                ends = {one.loop.source: other.loop.target, other.loop.source: one.loop.target}
                assert all(source != target for source, target in ends.items()), "one line leaves where one arrives"
            if (one.side, one.channel) == (other.side, other.channel):
                assert one.loop.source < other.loop.target or other.loop.source < one.loop.target


def test_a_decision_between_two_who_work_together_is_told_in_words() -> None:
    """No side of the diamond is free, so no line is drawn; the target is named all the same."""
    lanes = ("A", "B", "C")
    quality = MutuBaku((), None, None, None, None)
    first = Step(1, Written("Menyusun"), None, ("A",), quality)
    second = Step(2, Written("Menelaah"), None, ("A", "C"), quality, "B", Decision(None, 1), joint=True)
    chart = flow_chart(lanes, [[first, second]])
    (way,) = routes(chart)
    assert way.side == 0
    assert [one.symbols[0].shape for one in chart.rows if one.step is None] == [Shape.END]


def test_a_decision_that_sends_the_work_back_to_itself_is_told_in_words() -> None:
    quality = MutuBaku((), None, None, None, None)
    first = Step(1, Written("Menyusun"), None, ("A",), quality)
    second = Step(2, Written("Menelaah"), None, ("B",), quality, "B", Decision(None, 2))
    (way,) = routes(flow_chart(("A", "B"), [[first, second]]))
    assert (way.side, way.loop.source) == (0, way.loop.target)


@pytest.mark.parametrize("size", SIZES)
def test_the_selected_step_is_scrolled_into_view_whole_and_no_further_than_needed(size: Size) -> None:
    drawing = drawn(seen(FakeDesk()), 80, size)
    stops = drawing.view.stops
    for room in range(3, 60):
        top = 0
        for row in (*stops, *reversed(stops)):
            before, top = top, drawing.scrolled_to(row, top, room)
            first, last = drawing.tops[row], drawing.tops[row] + drawing.heights[row]
            assert top <= first
            assert last <= top + room or drawing.heights[row] > room
            if before <= first and last <= before + room and row not in (stops[0], stops[-1]):
                assert top == before
            assert 0 <= top <= max(0, drawing.height - room)


# ---------------------------------------------------------------------- where the case stands
def test_state_attempt_and_bidang_are_signed_beside_the_number_and_in_the_symbol() -> None:
    desk = FakeDesk("disperinaker-lima-puluh-kota")
    open_period(desk)
    walk(desk, (1, 2))
    desk.act(run_act(Act.MULAI, 3, bidang=desk.bidang[0]))
    desk.act(run_act(Act.SELESAI, 3, bidang=desk.bidang[0]))
    shown = [line for line in texts(drawn(seen(desk), 80)) if line[:4].strip()]
    assert shown[0].startswith("  1 ✓")
    assert "(Mulai ✓)" in shown[0]
    assert shown[2].startswith("  3 ○")
    assert "[○ 1/5]?" in shown[2]
    assert shown[6].startswith("  7 ·")


def test_while_a_decision_is_asked_for_the_diamond_is_signed_and_a_second_attempt_counted() -> None:
    from sop.model.commands import Command
    from sop.model.state import Answer

    desk = FakeDesk()
    for period in ("2026-TW1", "2026-TW2"):
        desk.act(Command(Act.BEBASKAN, "2026-S1", child=period, reason="sebelum program dipakai"))
    open_period(desk, "2026-S1")
    walk(desk, (6,), "2026-S1")
    desk.act(run_act(Act.MULAI, 7, "2026-S1"))
    desk.act(run_act(Act.AJUKAN, 7, "2026-S1"))
    view = seen(desk, "2026-S1")
    (line,) = [line for line in texts(drawn(view, 80)) if line[:4].strip() == "7"]
    assert "< ◆ >?◄──[  ✓  ]?" in line
    desk.act(run_act(Act.PUTUSKAN, 7, "2026-S1", answer=Answer.TIDAK, note="angka belum cocok"))
    lines = texts(drawn(seen(desk, "2026-S1"), 80))
    (place,) = [index for index, line in enumerate(lines) if line[:4].strip() == "6"]
    assert lines[place].startswith("  6 ○")
    assert lines[place + 1].startswith(" ptr 2")


def test_each_cadence_shows_the_period_that_the_one_asked_for_leads_to() -> None:
    desk = FakeDesk()
    assert [one.period for one in seen(desk, "2026-TW3").sections] == ["2026-TW3", "2026-S2", "2026-TH"]
    assert [one.period for one in seen(desk, "2026-S2").sections] == ["2026-TW3", "2026-S2", "2026-TH"]
    open_period(desk, "2026-TW2")
    assert [one.period for one in seen(desk, "2026-TH").sections] == ["2026-TW2", "2026-S1", "2026-TH"]
    seven = FakeDesk("dpmd-nganjuk")
    assert [one.period for one in seen(seven, "2026-S1").sections] == ["2026-TW1"]


def test_a_period_on_an_older_version_keeps_its_own_steps_and_columns() -> None:
    desk = FakeDesk()
    open_period(desk)
    rows = asyncio.run(desk.board(2026))
    renamed = {"Kepala Seksi": "Kepala Subbagian", "Sekretaris Dinas": "Sekretaris"}
    newer = replace(
        desk.sop,
        lanes=tuple(replace(lane, name=renamed.get(lane.name, lane.name)) for lane in desk.sop.lanes),
        steps=tuple(
            replace(
                step,
                pelaksana=tuple(renamed.get(name, name) for name in step.pelaksana),
                decider=renamed.get(step.decider or "", step.decider),
            )
            for step in desk.sop.steps
        ),
    )
    rows = replace(rows, versions={1: desk.sop, 2: newer}, newest_version=2)
    view = chart_view(rows, "2026-TW1", desk.clock())
    assert [one.version for one in view.sections] == [1, 2, 2]
    assert view.lanes == (*desk.sop.lane_names, "Sekretaris"), "what only the other version has comes last"
    assert view.lanes[view.chart.rows[0].entry] == "Sekretaris Dinas"
    eighth = next(row for row in view.chart.rows if row.step is not None and row.step.number == 8)
    assert view.lanes[eighth.exit] == "Sekretaris"
    check_arrows(drawn(view, 120))


def test_input_that_was_reopened_below_is_signed_and_told() -> None:
    view = seen(FakeDesk())
    row = view.stops[5]
    stale = view.steps[row]._replace(card=replace(view.steps[row].card, state="selesai", stale=("2026-TW1",)))
    shown = texts(drawn(view._replace(steps={**view.steps, row: stale}), 80))
    assert [line[:6] for line in shown if line[:4].strip() == "6"] == ["  6 ✓~"]
    assert dict(facts(stale))["Masukan basi"] == "TW I dibuka kembali sesudah dipakai di sini"


# ---------------------------------------------------------------------- words
def test_everything_about_a_step_is_told() -> None:
    view = seen(FakeDesk())
    told = dict(facts(next(one for one in view.steps.values() if one.step.number == 7)))
    assert told["Pelaksana"] == "Sub Koordinator Perencanaan (asumsi)"
    assert told["Pemutus"] == "Kepala Bidang (asumsi)"
    assert told["Ya"] == "lanjut ke langkah 8 (tersirat)"
    assert told["Tidak"] == "kembali ke langkah 6 (asumsi)"
    assert told["Waktu"] == "120 Hari, hari kerja (asumsi)"
    assert told["Kelengkapan"] == "Data Laporan Kinerja Triwulan"
    assert told["Output"] == "Lembar Disposisi"
    assert "Kepala Bidang" in told["Asumsi pelaksana"]


def test_heads_are_shortened_as_offices_do() -> None:
    assert shortened("Koordinator", 9) == "Koordin."
    assert [shortened(word, 9) for word in ("Sekretaris", "Sekretariat")] == ["Sekret…is", "Sekret…at"]
    assert shortened("Bidang", 9) == "Bidang"
    assert head_lines("Sub Koordinator Perencanaan", 9, 3) == ("Sub", "Koordin.", "Perencan.")
    assert head_lines("Sekretaris Dinas", 9, 3) == ("Sekreta-", "ris Dinas")
    assert head_lines("Sekretariat", 9, 3) == ("Sekreta-", "riat")
    assert head_lines("Penyusun Bahan Evaluasi, Rencana, Program dan Laporan", 9, 3)[-1].endswith("…")
    assert all(cell_len(line) <= 9 for name in HOSTILE for line in head_lines(name, 9, 3))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [60, 80, 200])
def test_hostile_text_stays_text(text: str, width: int) -> None:
    sop = catalog.load(TANGERANG)
    names = {lane.name: f"{text} {lane.name}" for lane in sop.lanes}
    steps = tuple(
        replace(
            step,
            title=Written(text),
            pelaksana=tuple(names[name] for name in step.pelaksana),
            decider=None if step.decider is None else names[step.decider],
            mutu_baku=replace(step.mutu_baku, kelengkapan_text=Written(text), keluaran=Written(text)),
        )
        for step in sop.steps
    )
    desk = FakeDesk(
        sop=replace(sop, lanes=tuple(replace(lane, name=names[lane.name]) for lane in sop.lanes), steps=steps)
    )
    view = seen(desk)
    for size in SIZES:
        drawing = drawn(view, width, size)
        for first in (0, drawing.columns.last_stop):
            for line in [*drawing.heads(first, with_groups=True), *drawing.lines(0, drawing.height, first, 0)]:
                shown = "".join(part for part, _ in line)
                assert cell_len(shown) <= width
                assert not any(ord(char) < 32 or 127 <= ord(char) < 160 or char in "\u202e\u200b" for char in shown)
    for one in view.steps.values():
        assert not any("\x1b" in told for _, told in facts(one))

"""What a prompt is answered with by picking: one of several choices, or any number of marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.message import Message

from sakip_tui.prompts.form import WIDTH, Choice, FormField, FormMarks
from sakip_tui.text import wrapped
from sakip_tui.widgets.ink import Lines
from sakip_tui.widgets.keys import stepping
from sakip_tui.widgets.spans import Line, Span, width_of
from sop.model.texts import clean

_ROOMY = 30
"""Lines of a screen from which every choice can say all it has to; below that only the picked one does."""
_ROW_LINES = 2
"""Choices that take more lines than these stand one below the other."""
_SIGNED = 7
"""Cells of the sign of a choice in a row, and of the gap behind it."""
_LABEL_LINES = 4
"""Lines at most for what marks mean."""
OLD = "pilihan tadi"
"""Stands behind what was picked before and never sent."""


Places = Sequence[tuple[int, int, int]]
"""Of each text its line, and the cells from and up to which it stands there."""


class Picking(Lines):
    """Something to pick from with keys, drawn anew when it gets or loses the focus."""

    can_focus = True
    _places: Places = ()

    class Typed(Message):
        """A letter that is none of a choice."""

        def __init__(self, character: str) -> None:
            super().__init__()
            self.character = character

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Draw what the focus changes. The events that tell of it come before it has changed."""
        super().watch_has_focus(has_focus)
        if self.is_mounted:
            self._draw()

    def _draw(self) -> None:
        raise NotImplementedError

    @property
    def _cells(self) -> int:
        """Of a line; also before it has a size of its own."""
        return max(20, self.size.width or min(WIDTH, self.app.size.width) - 4)

    def _at(self, event: events.Click) -> int | None:
        """Which of the texts that stand side by side was clicked."""
        for index, (line, first, behind) in enumerate(self._places):
            if event.y == line and first <= event.x < behind:
                return index
        return None

    def on_key(self, event: events.Key) -> None:
        """Whoever types here means to write, and nothing of it may vanish."""
        if event.character is not None and event.is_printable and event.character != " ":
            event.stop()
            self.post_message(self.Typed(event.character))

    def show(self, lines: Sequence[Line]) -> None:
        """Show these, and ask for as much room as they take."""
        super().show(lines)
        if len(lines) != self.size.height:
            self._ask_for_room()
            # Textual passes over what is asked for while it lays out, as where a scrollbar made the lines shorter.
            self.call_after_refresh(self._ask_for_room)

    def _ask_for_room(self) -> None:
        if self.is_mounted and self.display and len(self._lines) != self.size.height:
            self.refresh(layout=True)


class Choices(Picking):
    """The answers to choose from, one below the other."""

    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *stepping("Ke atas", "Ke bawah"),
        Binding("left", "turn(-1)", "Ke kiri"),
        Binding("right", "turn(1)", "Ke kanan"),
        Binding("enter", "choose", "Pilih"),
    ]

    class Picked(Message):
        """Another choice is picked."""

    class Chosen(Message):
        """Enter was pressed on the picked choice."""

    def __init__(
        self,
        choices: tuple[Choice, ...],
        picked: str | None,
        *,
        is_old: bool = False,
        is_over_fields: bool = False,
        is_typed_over: Callable[[], bool] = bool,
    ) -> None:
        """
        Args:
            choices: At least one.
            picked: Code of the one that is picked at first; None for the first.
            is_old: Whether that was picked before and never sent.
            is_over_fields: Whether fields stand below, so that the choices keep to a row where they fit one.
            is_typed_over: Whether something is typed below now: a letter is text then and picks nothing.
        """
        super().__init__(id="choices")
        self.choices = choices
        codes = [choice.code for choice in choices]
        self.index = codes.index(picked) if picked in codes else 0
        self._old = picked if is_old else None
        """Code of what was picked before, until something is picked."""
        self._rows: list[int] = []
        """Index of the choice that each line is of, where they stand one below the other."""
        self._is_over_fields, self._is_typed_over = is_over_fields, is_typed_over

    @property
    def code(self) -> str:
        return self.choices[self.index].code

    @property
    def is_row(self) -> bool:
        """Whether they stand side by side: there is something to type beneath, and they are short and few."""
        used = sum(cell_len(choice.label) + _SIGNED for choice in self.choices)
        # Asked before it has a size of its own.
        width = max(20, min(WIDTH, self.app.size.width) - 4)
        return self._is_over_fields and used <= _ROW_LINES * width * 3 // 4

    def _label(self, choice: Choice) -> str:
        return f"{choice.label}, {OLD}" if choice.code == self._old else choice.label

    @property
    def picked_lines(self) -> range:
        """The lines in which the picked choice stands."""
        if self.is_row:
            line = self._places[self.index][0]
            return range(line, line + 1)
        mine = [y for y, index in enumerate(self._rows) if index == self.index]
        return range(mine[0], mine[-1] + 1)

    def _draw(self) -> None:
        width = self._cells
        if self.is_row:
            row, self._places = _turning(list(map(self._label, self.choices)), self.index, width, self.has_focus)
            self.show(row)
            self.call_after_refresh(self._follow)
            return
        widest = max(cell_len(self._label(choice)) for choice in self.choices)
        is_short = len(self.choices) > 2 and self.app.size.height < _ROOMY
        lines: list[Line] = []
        self._rows = []
        for index, choice in enumerate(self.choices):
            picked = index == self.index
            ink = "strong+picked" if picked and self.has_focus else "strong" if picked else "text"
            sign = "> " if picked else "  "
            drawn = self._stacked(choice, sign, ink, width) if widest > width // 2 else None
            drawn = drawn or self._beside(choice, sign, ink, widest, width, 4 if picked or not is_short else 1)
            lines += drawn
            self._rows += [index] * len(drawn)
        self.show(lines)
        self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        """Keep the picked choice in view, where there is no room for all."""
        mine = self.picked_lines
        if self.has_focus and self.parent is not None:
            self.scroll_to_region_in_parent(Region(0, mine.start, 1, len(mine)))

    def scroll_to_region_in_parent(self, region: Region) -> None:
        """Scroll what holds this list until those of its lines are in view."""
        box = self.parent
        if isinstance(box, VerticalScroll):
            box.scroll_to_region(region.translate(self.virtual_region.offset), animate=False, force=True)

    def _beside(self, choice: Choice, sign: str, ink: str, widest: int, width: int, rows: int) -> list[Line]:
        """The label, and what will happen at its right."""
        label = self._label(choice)
        details = wrapped(clean(choice.detail), max(10, width - widest - 5), rows)
        gap = " " * (widest - cell_len(label) + 2)
        first: Line = ((sign, "key"), (label, ink), (gap, "text"), (details[0], "text"))
        return [first, *(((" " * (widest + 4), "text"), (line, "text")) for line in details[1:])]

    def _stacked(self, choice: Choice, sign: str, ink: str, width: int) -> list[Line]:
        """The label over what will happen, for long labels."""
        labels = wrapped(self._label(choice), width - 3, 3)
        drawn: list[Line] = [((sign if not row else "  ", "key"), (line, ink)) for row, line in enumerate(labels)]
        if choice.detail:
            drawn += [(("    " + line, "muted"),) for line in wrapped(clean(choice.detail), width - 5, 3)]
        return drawn

    def action_move(self, step: int) -> None:
        """To the next one; below the last of them the lines begin."""
        if self._is_over_fields and self.index + step == len(self.choices):
            self.screen.focus_next()
        else:
            self.shift(step)

    def shift(self, step: int) -> None:
        """To the next one, as far as there is one."""
        self.pick(max(0, min(len(self.choices) - 1, self.index + step)))

    def action_turn(self, step: int) -> None:
        """To the left or right, where they stand side by side."""
        if self.is_row:
            self.shift(step)

    def action_choose(self) -> None:
        self.post_message(self.Chosen())

    def pick(self, index: int) -> None:
        if index != self.index:
            self.index, self._old = index, None
            self._draw()
            self.post_message(self.Picked())

    def on_key(self, event: events.Key) -> None:
        # Where something is typed a letter is text: a name that begins like a choice must not choose it.
        if event.character is None or self._is_typed_over():
            return
        for index, choice in enumerate(self.choices):
            if choice.label[:1].casefold() == event.character.casefold():
                event.stop()
                event.prevent_default()
                self.pick(index)
                return

    def on_click(self, event: events.Click) -> None:
        if self.is_row:
            index = self._at(event)
            self.pick(self.index if index is None else index)
        elif event.y < len(self._rows):
            self.pick(self._rows[event.y])


class Options(Picking):
    """What one line of a form may hold, side by side behind its name: arrows to the sides turn, letters are text."""

    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Ke kiri"),
        Binding("right,space", "turn(1)", "Ke kanan"),
    ]

    def __init__(self, spec: FormField, value: str, *, is_old: bool = False) -> None:
        super().__init__(id=f"field-{spec.name}")
        self.spec = spec
        self._is_old = is_old
        """Whether what is picked was picked before and never sent."""
        self.index = spec.options.index(value) if value in spec.options else 0

    @property
    def value(self) -> str:
        return self.spec.options[self.index]

    def _draw(self) -> None:
        texts = list(map(clean, self.spec.options))
        texts[self.index] += f", {OLD}" * self._is_old
        lines, self._places = _turning(texts, self.index, self._cells, self.has_focus, self.spec.label)
        self.show(lines)

    def action_turn(self, step: int) -> None:
        self._pick((self.index + step) % len(self.spec.options))

    def _pick(self, index: int) -> None:
        self.index, self._is_old = index, False
        self._draw()

    def on_click(self, event: events.Click) -> None:
        index = self._at(event)
        if index is not None:
            self._pick(index)


def _turning(
    texts: Sequence[str], picked: int, width: int, has_focus: bool, name: str = ""
) -> tuple[list[Line], Places]:
    """Texts of which one is picked, side by side in lines of so many cells behind a name, and where each stands."""
    spans = (
        (
            f"({'x' if index == picked else ' '}) {text}",
            "text" if index != picked else "strong+picked" if has_focus else "strong",
        )
        for index, text in enumerate(texts)
    )
    return _side_by_side(spans, width, "   ", name)


def _side_by_side(spans: Iterable[Span], width: int, gap: str, name: str = "") -> tuple[list[Line], Places]:
    """Texts in lines of so many cells, a gap behind each, behind a name if there is one; and where each stands."""
    lines: list[Line] = []
    row: Line = ((name, "strong"), (gap, "text")) if name else ()
    used = width_of(row)
    places: list[tuple[int, int, int]] = []
    for text, ink in spans:
        size = cell_len(text)
        if row and used + size > width:
            lines.append(row)
            row, used = (), 0
        places.append((len(lines), used, used + size))
        row = (*row, (text, ink), (gap, "text"))
        used += size + len(gap)
    return [*lines, row], places


class Marks(Picking):
    """Options side by side, any number of them marked: arrows move, the space bar marks."""

    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "move(-1)", "Sebelumnya"),
        Binding("right,down", "move(1)", "Berikutnya"),
        Binding("space", "mark", "Tandai"),
    ]

    def __init__(self, spec: FormMarks, marked: frozenset[str], *, is_old: bool = False) -> None:
        super().__init__(id=f"marks-{spec.name}")
        self.spec = spec
        self._is_old = is_old
        """Whether what is marked was marked before and never sent."""
        self.index = 0
        self.marked = set(marked) & set(spec.options)

    @property
    def value(self) -> str:
        return "\n".join(option for option in self.spec.options if option in self.marked)

    def _draw(self) -> None:
        # What the marks mean decides what happens: it goes on in the next line and is never cut.
        meaning = self.spec.label + f", {OLD}" * self._is_old
        lines: list[Line] = [((line, "strong"),) for line in wrapped(meaning, self._cells, _LABEL_LINES)]
        spans = (
            (
                f"[{'x' if option in self.marked else ' '}] {clean(option)}",
                "strong+picked" if index == self.index and self.has_focus else "text",
            )
            for index, option in enumerate(self.spec.options)
        )
        rows, places = _side_by_side(spans, self._cells, "  ")
        self._places = [(line + len(lines), first, behind) for line, first, behind in places]
        self.show([*lines, *rows])

    def action_move(self, step: int) -> None:
        index = self.index + step
        if 0 <= index < len(self.spec.options):
            self.index = index
            self._draw()
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_mark(self) -> None:
        self.marked ^= {self.spec.options[self.index]}
        self._is_old = False
        self._draw()

    def on_click(self, event: events.Click) -> None:
        index = self._at(event)
        if index is not None:
            self.index = index
            self.action_mark()

"""Draws a `Form` over the screen and gives back what was answered. Knows nothing of the database.

Escape gives None and never loses what was typed: `FormPrompt.draft` holds it, and whoever asks again hands it back in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static

from sakip_tui.board.layout import wrapped
from sakip_tui.prompts.form import EMPTY, Answer, Choice, Form, FormField
from sakip_tui.widgets.ink import InkedModal, Line, Lines
from sop.texts import LONGEST, clean


class Choices(Lines):
    """The answers to choose from, one below the other."""

    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Ke atas"),
        Binding("down,j", "move(1)", "Ke bawah"),
        Binding("enter", "choose", "Pilih"),
    ]

    class Picked(Message):
        """Another choice is picked."""

    class Chosen(Message):
        """Enter was pressed on the picked choice."""

    def __init__(self, choices: tuple[Choice, ...], picked: str | None) -> None:
        super().__init__(id="choices")
        self.choices = choices
        codes = [choice.code for choice in choices]
        self.index = codes.index(picked) if picked in codes else 0
        self._rows: list[int] = []

    @property
    def code(self) -> str:
        return self.choices[self.index].code

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def on_focus(self) -> None:
        self._draw()

    def on_blur(self) -> None:
        self._draw()

    def _draw(self) -> None:
        width = max(20, self.size.width or 60)
        widest = max(cell_len(choice.label) for choice in self.choices)
        lines: list[Line] = []
        self._rows = []
        for index, choice in enumerate(self.choices):
            picked = index == self.index
            ink = "strong+picked" if picked and self.has_focus else "strong" if picked else "text"
            sign = "> " if picked else "  "
            drawn = self._stacked(choice, sign, ink, width) if widest > width // 2 else None
            drawn = drawn or self._beside(choice, sign, ink, widest, width)
            lines += drawn
            self._rows += [index] * len(drawn)
        before = len(self._lines)
        self.show(lines)
        if before != len(lines):
            self.refresh(layout=True)

    @staticmethod
    def _beside(choice: Choice, sign: str, ink: str, widest: int, width: int) -> list[Line]:
        """The label, and what will happen at its right."""
        details = wrapped(clean(choice.detail), max(10, width - widest - 5), 4)
        gap = " " * (widest - cell_len(choice.label) + 2)
        first: Line = ((sign, "key"), (choice.label, ink), (gap, "text"), (details[0], "text"))
        return [first, *(((" " * (widest + 4), "text"), (line, "text")) for line in details[1:])]

    @staticmethod
    def _stacked(choice: Choice, sign: str, ink: str, width: int) -> list[Line]:
        """The label over what will happen, for long labels."""
        labels = wrapped(choice.label, width - 3, 3)
        drawn: list[Line] = [((sign if not row else "  ", "key"), (line, ink)) for row, line in enumerate(labels)]
        if choice.detail:
            drawn += [(("    " + line, "muted"),) for line in wrapped(clean(choice.detail), width - 5, 3)]
        return drawn

    def action_move(self, step: int) -> None:
        self.pick(max(0, min(len(self.choices) - 1, self.index + step)))

    def action_choose(self) -> None:
        self.post_message(self.Chosen())

    def pick(self, index: int) -> None:
        if index != self.index:
            self.index = index
            self._draw()
            self.post_message(self.Picked())

    def on_key(self, event: events.Key) -> None:
        if event.character is None or not event.character.isalpha():
            return
        for index, choice in enumerate(self.choices):
            if choice.label[:1].casefold() == event.character.casefold():
                event.stop()
                self.pick(index)
                return

    def on_click(self, event: events.Click) -> None:
        if event.y < len(self._rows):
            self.pick(self._rows[event.y])


class TextField(Input):
    """A line to be typed. Its cursor does not blink, since each blink would travel over the line."""

    def __init__(self, spec: FormField, value: str) -> None:
        super().__init__(value=value, placeholder=spec.hint, id=f"field-{spec.name}", max_length=LONGEST, compact=False)
        self.spec = spec
        self.cursor_blink = False
        self.border_title = spec.label.replace("[", "\\[")

    def _on_paste(self, event: events.Paste) -> None:
        # Textual takes the first line of what is pasted and drops the rest; nothing that was pasted may vanish unseen.
        text = clean(event.text)
        if text:
            self.replace(text, *self.selection) if not self.selection.is_empty else self.insert_text_at_cursor(text)
        event.stop()
        event.prevent_default()


class FormPrompt(InkedModal[Answer | None]):
    """Asks one form."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    FormPrompt { align: center middle; background: transparent; }
    FormPrompt #form {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        border: round ansi_cyan; padding: 0 1; background: ansi_default;
        scrollbar-size-vertical: 1;
    }
    FormPrompt Static { width: 1fr; height: auto; }
    FormPrompt #problem { color: ansi_red; text-style: bold; margin-bottom: 1; }
    FormPrompt Choices { width: 1fr; height: auto; margin-top: 1; }
    FormPrompt TextField { width: 1fr; border: round ansi_bright_black; background: ansi_default; }
    FormPrompt TextField:focus { border: round ansi_cyan; }
    FormPrompt #form-keys { width: 1fr; height: 1; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Batal"),
        Binding("down", "next_field", "Berikutnya"),
        Binding("up", "previous_field", "Sebelumnya"),
        Binding("enter,ctrl+s", "submit", "Simpan"),
    ]

    def __init__(self, form: Form, draft: Answer = EMPTY, problem: str = "") -> None:
        """
        Args:
            form: What is asked.
            draft: What was answered before, to go on from.
            problem: Why the answer before could not be taken.
        """
        super().__init__()
        self.form = form
        self.draft = draft
        self.problem = problem

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="form") as box:
            box.can_focus = False
            box.border_title = self.form.title.replace("[", "\\[")
            yield Static(self.problem, id="problem", markup=False)
            if self.form.body:
                yield Static("\n".join(self.form.body), id="body", markup=False)
            if self.form.choices:
                yield Choices(self.form.choices, self.draft.choice or self.form.chosen)
            for spec in self.form.fields:
                yield TextField(spec, self.draft.values.get(spec.name, spec.value))
            yield Lines(id="form-keys")

    def on_mount(self) -> None:
        self._show_problem(self.problem)
        self._show_fields()
        keys = [(self.form.submit, "Enter")]
        if self.form.choices:
            keys.append(("Pilih", "panah"))
        if len(self.form.fields) + bool(self.form.choices) > 1:
            keys.append(("Pindah isian", "Tab"))
        keys.append((self.form.cancel, "Esc"))
        spans = [span for word, key in keys for span in ((key, "key"), (f" {word}   ", "text"))]
        self.query_one("#form-keys", Lines).show([tuple(spans)])
        self._focus_first()

    def _focus_first(self) -> None:
        if self.problem:
            for spec in self.form.fields:
                if spec.is_required(self._choice) and not self.draft.text(spec.name):
                    self.query_one(f"#field-{spec.name}").focus()
                    return
        first = [*self.query(Choices), *(item for item in self.query(TextField) if item.display)]
        if first:
            first[0].focus()

    @property
    def _choice(self) -> str | None:
        for choices in self.query(Choices):
            return choices.code
        return None

    def _answer(self) -> Answer:
        values = {item.spec.name: item.value for item in self.query(TextField) if item.spec.applies(self._choice)}
        return Answer(self._choice, values)

    def _everything(self) -> Answer:
        """As typed, fields of other choices included."""
        return Answer(self._choice, {item.spec.name: item.value for item in self.query(TextField)})

    def _show_fields(self) -> None:
        for item in self.query(TextField):
            item.display = item.spec.applies(self._choice)
            needed = item.spec.is_required(self._choice)
            item.border_title = (item.spec.label + (" (wajib)" if needed else "")).replace("[", "\\[")

    def _show_problem(self, text: str) -> None:
        line = self.query_one("#problem", Static)
        line.update(text)
        line.display = bool(text)

    def on_choices_picked(self) -> None:
        self._show_fields()

    def on_choices_chosen(self) -> None:
        self._go_on(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self._go_on(event.input)

    def action_submit(self) -> None:
        self._go_on(None)

    def _go_on(self, here: Input | None) -> None:
        """Give the answer, or go to what still lacks; a required field is asked for, others may stay empty."""
        for item in self._visible_fields():
            if item.spec.is_required(self._choice) and not clean(item.value):
                if item is here:
                    self._show_problem(f"{item.spec.label} belum diisi.")
                item.focus()
                return
        self.draft = self._everything()
        self.dismiss(self._answer())

    def _visible_fields(self) -> Iterator[TextField]:
        return (item for item in self.query(TextField) if item.display)

    def action_next_field(self) -> None:
        self.focus_next()

    def action_previous_field(self) -> None:
        self.focus_previous()

    def action_leave(self) -> None:
        self.draft = self._everything()
        self.dismiss(None)

    @property
    def has_typed(self) -> bool:
        """Whether leaving now would leave something behind that was typed."""
        given = {spec.name: spec.value for spec in self.form.fields}
        return any(clean(text) and text != given.get(name) for name, text in self.draft.values.items())

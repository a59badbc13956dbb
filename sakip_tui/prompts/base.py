"""Draws a `Form` over the screen and gives back what was answered. Knows nothing of the database.

Escape gives None and never loses what was typed, nor what was chosen with it: `FormPrompt.draft` holds both, and
whoever asks again hands them back in (see `drafts.py`). What comes back is named as what it is, so that nobody takes it
for what this program proposes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from sakip_tui.prompts.form import EMPTY, WIDTH, Form, Response
from sakip_tui.prompts.keeping import unsent_of
from sakip_tui.prompts.picking import Choices, Marks, Options, Picking
from sakip_tui.prompts.questions_box import Questions
from sakip_tui.prompts.text_field import TextField
from sakip_tui.text import wrapped
from sakip_tui.widgets.hints import key_line
from sakip_tui.widgets.ink import InkedModal, Lines
from sop.model.texts import LONGEST, clean

_LIST_LINES = 6
"""Lines at most for the names that a line holds."""
_BEYOND = 18
"""Cells at the lower frame that the names of what lies beyond the edge cannot have."""
_EFFECT_LINES = 3
"""Lines at most for what will happen."""
_FRAME = 3
"""Lines of a prompt that are neither its refusal nor its questions: the frame and the keys."""
_ABOUT = {
    "reason": ("alasan",),
    "note": ("catatan", "komentar"),
    "started": ("mulai", "waktu"),
    "at": ("waktu", "dibuka paling awal"),
}
"""Name of a field -> words in a refusal that are about it, for refusals that name no field."""


class FormPrompt(InkedModal[Response | None]):
    """Asks one form."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    FormPrompt { align: center middle; background: transparent; }
    FormPrompt #form {
        width: 80; max-width: 100%; height: auto; max-height: 100%;
        border: round ansi_cyan; padding: 0 1; background: ansi_default;
        border-subtitle-color: ansi_yellow; border-subtitle-style: bold; border-subtitle-align: left;
    }
    FormPrompt VerticalScroll { width: 1fr; height: auto; scrollbar-size-vertical: 1; }
    FormPrompt Static { width: 1fr; height: auto; }
    FormPrompt #problem { color: ansi_red; text-style: bold; }
    FormPrompt #problem.answered { color: ansi_default; text-style: none; }
    FormPrompt Marks { width: 1fr; height: auto; margin-top: 1; }
    FormPrompt Choices { width: 1fr; height: auto; margin-top: 1; }
    FormPrompt Choices:first-child, FormPrompt Marks:first-child { margin-top: 0; }
    FormPrompt Options { width: 1fr; height: auto; padding: 0 1; }
    FormPrompt TextField { width: 1fr; border: round ansi_bright_black; background: ansi_default; }
    FormPrompt TextField:focus { border: round ansi_cyan; }
    FormPrompt #effect { width: 1fr; height: auto; display: none; }
    FormPrompt #form-keys { width: 1fr; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Batal"),
        Binding("down", "next_field", "Pilihan atau isian berikutnya"),
        Binding("up", "previous_field", "Pilihan atau isian sebelumnya"),
        Binding("enter,ctrl+s", "submit", "Simpan"),
    ]

    def __init__(
        self,
        form: Form,
        draft: Response = EMPTY,
        problem: str = "",
        heard: Callable[[FormPrompt, bool], None] | None = None,
    ) -> None:
        """
        Args:
            form: What is asked.
            draft: What was answered before, to go on from.
            problem: Why the answer before could not be taken.
            heard: Called with this prompt when it is answered (True) or left (False), by Escape or because the terminal
                is gone; `draft` and `unsent` hold by then what stands in it.
        """
        super().__init__()
        self.form = form
        self.draft = draft
        self.problem = problem
        self._heard = heard
        self._problem = Static(problem, id="problem", markup=False)
        self._refusal = VerticalScroll(id="refusal", can_focus=False)
        self._questions = Questions(self.tell_beyond, self.show_focused)
        self._refused: tuple[TextField, str] | None = None
        """The field that the refusal on view is about, and what stood in it then."""
        self._is_lacking = False
        """Whether the refusal says only that a field is empty."""
        self._began_at: Widget | None = None
        """What had the focus first, as long as it is still there; None from then on."""
        self._typed_in: TextField | None = None
        """The line that had the focus last."""

    def compose(self) -> ComposeResult:
        with Vertical(id="form") as box:
            box.border_title = self.form.title.replace("[", "\\[")
            # A refusal and the keys stay in view; what lies between scrolls where the screen is small.
            with self._refusal:
                yield self._problem
            with self._questions:
                if self.form.body:
                    yield Static("\n".join(self.form.body), id="body", markup=False)
                if self.form.choices:
                    before = self.draft.choice if self.draft.choice in self.form.codes else None
                    yield Choices(
                        self.form.choices,
                        before or self.form.proposed,
                        is_old=before not in (None, self.form.proposed) and not self.problem,
                        is_over_fields=bool(self.form.fields),
                        is_typed_over=lambda: self.is_typed_into,
                    )
                if self.form.marks is not None:
                    spec = self.form.marks
                    given = spec.name in self.draft.values
                    marked = frozenset(self.draft.marked(spec.name)) & set(spec.options) if given else spec.marked
                    yield Marks(spec, marked, is_old=marked != spec.marked and not self.problem)
                for field in self.form.fields:
                    kept = {} if field.is_fleeting else self.draft.values
                    value = kept.get(field.name, field.value)
                    if field.options:
                        value = value if value in field.options else field.proposed
                        yield Options(field, value, is_old=value != field.proposed and not self.problem)
                        continue
                    is_old = bool(clean(value)) and value != field.value and not self.problem
                    yield TextField(field, value, self.turn_row, is_old=is_old)
            yield Lines(id="effect")
            yield Lines(id="form-keys")

    def on_resize(self) -> None:
        self._show_around()

    def _show_around(self) -> None:
        """What stands around the questions, and the room that it leaves them."""
        self._show_keys()
        self._show_effect()
        self._fit()

    def _show_effect(self) -> None:
        """What will happen by the picked choice, where it does not stand beside it: right above the keys."""
        box = self.lines("#effect")
        said = next((clean(each.choices[each.index].detail) for each in self.query(Choices) if each.is_row), "")
        lines = [*(wrapped(said, self._width, _EFFECT_LINES) if said else ()), *self._long_hint(), *self._lists_read()]
        warned = self.form.forewarned(self._answer()) if self.form.forewarned is not None else ""
        warnings = wrapped(warned, self._width, _EFFECT_LINES) if warned else []
        box.show([*(((line, "text"),) for line in lines), *(((line, "strong"),) for line in warnings)])
        lines += warnings
        box.styles.height = max(1, len(lines))
        box.display = bool(lines)

    def _long_hint(self) -> list[str]:
        """What may stand in the line that one is in, where its frame has no room for all of it."""
        here = self.focused
        if not isinstance(here, TextField) or not here.is_hint_cut(here.outer_size.width or self._width):
            return []
        return list(wrapped(f"{clean(here.spec.label)}, {clean(here.spec.hint)}.", self._width, _LIST_LINES))

    def _lists_read(self) -> list[str]:
        """The names in the lines that hold several, as they are read."""
        told: list[str] = []
        for item in self._visible_fields():
            names = [clean(name) for name in item.value.replace(";", ",").split(",")] if item.spec.is_list else []
            names = [name for name in names if name]
            if names:
                told += wrapped(f"Terbaca {len(names)} nama: {'; '.join(names)}.", self._width, _LIST_LINES)
        return told

    def _fit(self) -> None:
        """Give the refusal at most half of the screen, and the questions what it and the keys leave."""
        effect = self.lines("#effect")
        said = effect.room if effect.display else 0
        room = max(2, self.app.size.height - _FRAME - said)
        text, refusal = self._problem, self._refusal
        refusal.display = text.display
        width = max(10, min(WIDTH, self.app.size.width) - 5)
        rows = sum(len(wrapped(line, width, room)) for line in str(text.content).split("\n")) if text.display else 0
        rows = min(rows, room // 2)
        refusal.styles.max_height = max(1, rows)
        self._questions.styles.max_height = room - rows

    def tell_beyond(self) -> None:
        """Name at the lower frame what lies below the edge; where nothing does, what lies above it."""
        box = self._questions
        top = box.scroll_offset.y
        shown = [each for each in self.query(TextField) if each.display]
        below = [each for each in shown if each.virtual_region.bottom > top + box.size.height]
        above = [each for each in shown if each.virtual_region.y < top]
        told = ""
        if box.max_scroll_y and below:
            told = "↓ masih ada: " + self._named(below)
        elif box.max_scroll_y and above:
            told = "↑ di atas: " + self._named(above)
        frame = self.query_one("#form")
        frame.border_subtitle = told.replace("[", "\\[") or None
        frame.border_title = f"{self.form.title}{self._hidden_choice()}".replace("[", "\\[")

    def _hidden_choice(self) -> str:
        """What is chosen, to be said beside the title while the line in which it stands is beyond the edge."""
        box = self._questions
        view = range(box.scroll_offset.y, box.scroll_offset.y + box.size.height)
        for choices in self.query(Choices) if box.max_scroll_y else ():
            top = choices.virtual_region.y
            if not all(top + line in view for line in choices.picked_lines):
                return f", dipilih: {clean(choices.choices[choices.index].label)}"
        return ""

    def _named(self, fields: Sequence[TextField]) -> str:
        """As many of these as there is room for, those that lack a text first where that is not all."""
        lacking = [each for each in fields if each.spec.is_required(self._choice) and not clean(each.value)]
        words = {id(each): clean(each.spec.label) + (" (wajib)" if each in lacking else "") for each in fields}
        room = self._width - _BEYOND
        if cell_len(", ".join(words.values())) <= room:
            return ", ".join(words.values())
        named: list[str] = []
        for each in (*lacking, *(each for each in fields if each not in lacking)):
            if cell_len(", ".join([*named, words[id(each)]])) > room - cell_len(f", dan {len(fields)} lagi"):
                break
            named.append(words[id(each)])
        left = len(fields) - len(named)
        return f"{', '.join(named)}, dan {left} lagi" if named else f"{left} isian"

    def show_focused(self) -> None:
        """Scroll to the field in which is typed: the refusal may have taken its place."""
        if isinstance(self.focused, TextField | Marks | Options):
            self._questions.scroll_to_region(self.focused.virtual_region, animate=False, force=True)

    def on_mount(self) -> None:
        self._show_fields()
        self._show_problem(self.problem or self._lost_choice())
        self._show_keys()
        self._focus_first()
        # Before the first layout: what is drawn in one height and then in another is sent twice.
        self._show_effect()
        self._fit()

    def _show_keys(self) -> None:
        """The keys that work where one is, the most needed first; where there is no room the last are left out."""
        keys = [("Enter", self.form.submit), ("Esc", self.form.cancel)]
        here = self.focused
        if isinstance(here, Marks):
            keys += [("panah", "Pilih")] if len(here.spec.options) > 1 else []
        elif isinstance(here, Options):
            keys.append(("panah kiri/kanan", "Pilih"))
        elif isinstance(here, Choices) or self._is_untouched:
            # Where a text stands, those to the sides go through it.
            arrows = "panah atas/bawah" if isinstance(here, TextField) and here.value else "panah"
            keys += [(arrows, "Pilih") for each in self.query(Choices) if len(each.choices) > 1]
        if isinstance(here, Marks):
            # Anywhere else a space is a letter.
            keys.append(("spasi", "Tandai"))
        if len(self.focus_chain) > 1:
            keys.append(("Tab", "Pindah"))
        keys.append(("Ctrl+L", "Gambar ulang"))
        # The frame stands where the blank in front of a line of keys would be.
        self.lines("#form-keys").show([key_line(keys, self._width + 1)[1:]])

    @property
    def _width(self) -> int:
        """Cells of a line within the frame."""
        return max(10, min(WIDTH, self.app.size.width) - 4)

    def on_descendant_focus(self) -> None:
        if self.focused is not self._began_at:
            self._began_at = None
        if isinstance(self.focused, TextField):
            self._typed_in = self.focused
        self._show_around()

    @property
    def _is_untouched(self) -> bool:
        """Whether nothing was done here yet: the cursor waits in a line, and arrows are for the choices above it."""
        here = self._began_at
        return isinstance(here, TextField) and here is self.focused and here.is_as_given and not self.problem

    def on_input_changed(self, event: Input.Changed) -> None:
        if self._refused is not None and event.input is self._refused[0] and event.value != self._refused[1]:
            self._answer_problem(event.value)
        self._show_keys()
        if self.form.forewarned is not None or any(field.is_list for field in self.form.fields):
            self._show_effect()
            self._fit()
        self.tell_beyond()

    def turn_row(self, step: int) -> bool:
        """Move among choices that stand side by side; False where none do, or something was done here already."""
        return any(choices.is_row for choices in self.query(Choices)) and self._pick(step)

    def _pick(self, step: int) -> bool:
        """Go to the choices and move among them, which is what arrows do first; False where they do something else."""
        several = [each for each in self.query(Choices) if len(each.choices) > 1]
        for choices in several if self._is_untouched else ():
            choices.focus()
            choices.shift(step)
            return True
        return False

    def _focus_first(self) -> None:
        faulty = self._faulty() if self.problem else None
        if faulty is not None:
            if faulty.spec.label.casefold() not in self.problem.casefold():
                self._show_problem(f"{faulty.spec.label}: {self.problem}")
            self._refused = faulty, faulty.value
            faulty.focus()
            return
        # What was left half written comes first: its writer goes on there. Whatever is typed goes into a field.
        half = [item for item in self._visible_fields() if clean(item.value) and item.value != item.spec.value]
        leading = [each for each in self.query(Marks) if each.spec.leads and each.display]
        first = [*half, *leading, *self._visible_fields(), *self.query(Choices), *self.query(Marks)]
        if first:
            self._began_at = first[0]
            first[0].focus()

    @property
    def is_typed_into(self) -> bool:
        """Whether there is a field to type in now."""
        return any(True for _ in self._visible_fields())

    def _faulty(self) -> TextField | None:
        """The field that the problem is about: named in it, lacking, or the one that its words belong to."""
        told = self.problem.casefold()
        fields = list(self._visible_fields())
        named = [item for item in fields if f"{item.spec.label}: ".casefold() in told]
        lacking = [item for item in fields if item.spec.is_required(self._choice) and not clean(item.value)]
        meant = [item for item in fields if any(word in told for word in _ABOUT.get(item.spec.name, ()))]
        # A reason is asked for because of a time, so where both are spoken of it is the reason that lacks.
        meant.sort(key=lambda item: item.spec.name in ("at", "started"))
        return next(iter((*named, *lacking, *meant)), None)

    @property
    def _choice(self) -> str | None:
        for choices in self.query(Choices):
            return choices.code
        return None

    def _answer(self) -> Response:
        values = {
            item.spec.name: item.value
            for item in (*self.query(TextField), *self.query(Options), *self.query(Marks))
            if item.spec.applies(self._choice)
        }
        return Response(self._choice, values)

    def _everything(self) -> Response:
        """As typed, fields of other choices included."""
        items = (*self.query(TextField), *self.query(Options), *self.query(Marks))
        return Response(self._choice, {item.spec.name: item.value for item in items})

    def _show_fields(self) -> None:
        for picking in (*self.query(Marks), *self.query(Options)):
            picking.display = picking.spec.applies(self._choice)
        for item in self.query(TextField):
            item.display = item.spec.applies(self._choice)
            needed = item.spec.is_required(self._choice)
            item.border_title = (item.spec.label + (" (wajib)" if needed else "")).replace("[", "\\[")

    def _show_problem(self, text: str) -> None:
        line = self._problem
        line.update(text)
        line.display = bool(text)
        line.set_class(False, "answered")
        self._refused, self._is_lacking = None, False
        self._fit()

    def _answer_problem(self, text: str) -> None:
        """Something else stands in the field that the refusal is about: that it is empty holds no more, and what else
        was said of it was said of what stood there before."""
        if not self._is_lacking:
            self._problem.set_class(True, "answered")
        elif clean(text):
            self._show_problem("")

    def _lost_choice(self) -> str:
        """That what was chosen before cannot be chosen any more; empty where it can."""
        before = self.draft.choice
        is_lost = before is not None and bool(self.form.choices) and before not in self.form.codes
        return "Yang tadi dipilih tidak ada lagi di sini. Pilih lagi." if is_lost else ""

    def on_choices_picked(self) -> None:
        self._show_fields()
        self._show_around()
        if self.focused is not None and not self.focused.display:
            self._focus_first()

    def on_picking_typed(self, event: Picking.Typed) -> None:
        """What is typed over the choices goes into the line that is to be filled."""
        fields = self._to_fill()
        for item in fields:
            item.give_way()
            item.insert_text_at_cursor(event.character)
            item.focus()
        if not fields and event.character.casefold() == "r":
            self.action_reload()

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted over the choices goes where typed text would."""
        for item in self._to_fill():
            if clean(event.text):
                item.give_way()
            item.put_in(event)
            item.focus()

    def _to_fill(self) -> Sequence[TextField]:
        """The line that one came from, else the first that lacks a text, else the first; none where none is typed."""
        fields = list(self._visible_fields())
        before = [item for item in fields if item is self._typed_in]
        empty = [item for item in fields if item.spec.is_required(self._choice) and not clean(item.value)]
        return (*before, *empty, *fields)[:1]

    def on_text_field_cut(self) -> None:
        longest = f"{LONGEST:,}".replace(",", ".")
        self._show_problem(f"Yang ditempel terlalu panjang: hanya {longest} huruf pertamanya yang masuk.")

    def on_choices_chosen(self) -> None:
        self._go_on()

    def on_input_submitted(self) -> None:
        self._go_on()

    def action_submit(self) -> None:
        self._go_on()

    def _go_on(self) -> None:
        """Give the answer, or go to what still lacks and say so; others may stay empty."""
        for item in self._visible_fields():
            if item.spec.is_required(self._choice) and not clean(item.value):
                self._show_problem(f"{item.spec.label} belum diisi.")
                self._refused, self._is_lacking = (item, item.value), True
                item.focus()
                return
        if self.is_on_top:
            answer = self._answer()
            self._take(self._everything(), is_answered=True)
            self.dismiss(answer)

    def _visible_fields(self) -> Iterator[TextField]:
        return (item for item in self.query(TextField) if item.display)

    def action_next_field(self) -> None:
        """The next choice where nothing was done yet; else what stands below, as far as something does."""
        if not self._pick(1) and self.focus_chain[-1:] != [self.focused]:
            self.focus_next()

    def action_previous_field(self) -> None:
        """As `action_next_field`, the other way."""
        if not self._pick(-1) and self.focus_chain[:1] != [self.focused]:
            self.focus_previous()

    def action_leave(self) -> None:
        if self.is_on_top:
            self._take(self._everything(), is_answered=False)
            self.dismiss(None)

    def hang_up(self) -> None:
        """The terminal is gone: keep what stands here."""
        if self.is_mounted:
            self._take(self._everything(), is_answered=False)

    def _take(self, draft: Response, *, is_answered: bool) -> None:
        self.draft = draft
        if self._heard is not None:
            self._heard(self, is_answered)

    @property
    def unsent(self) -> Response | None:
        """What of the draft is to be kept; None for nothing."""
        return unsent_of(self.form, self.draft)

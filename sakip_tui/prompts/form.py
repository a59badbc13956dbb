"""What a prompt asks, as plain values: a question, choices, fields. Drawn by `base.py`, made by `questions.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from sop.values import Frozen, field

Meaning = TypeVar("Meaning")

WIDTH = 80
"""Cells of a form: all of a narrow screen, since beside it single letters of the screen below would stand."""


class Choice(Frozen):
    """One of several answers."""

    code: str
    label: str
    """One or two words; its first letter picks it."""
    detail: str = ""
    """What will happen, to which step, whose."""


class FormField(Frozen):
    """One line to be typed."""

    name: str
    label: str
    hint: str = ""
    """Shown while the field is empty."""
    value: str = ""
    required: bool = False
    only_for: frozenset[str] = frozenset()
    """Codes of the choices that it belongs to; empty for all."""
    required_for: frozenset[str] = frozenset()
    """Codes of the choices that cannot do without it."""
    is_fleeting: bool = False
    """Whether it is typed anew each time: what was typed before is not offered again."""
    is_list: bool = False
    """Whether it holds names with commas between them: how they are read is told, since the line shows a part."""
    options: tuple[str, ...] = ()
    """All that it may hold, where that is known: picked from a row and not typed, `value` at first, else the first."""

    @property
    def proposed(self) -> str:
        """What stands there at first."""
        return self.options[0] if self.options and self.value not in self.options else self.value

    def applies(self, choice: str | None) -> bool:
        return not self.only_for or choice in self.only_for

    def is_required(self, choice: str | None) -> bool:
        return self.applies(choice) and (self.required or choice in self.required_for)


class FormMarks(Frozen):
    """A list of which any number can be marked. Its answer is under `name`: see `Response.marked`."""

    name: str
    label: str
    options: tuple[str, ...]
    only_for: frozenset[str] = frozenset()
    """Codes of the choices that it belongs to; empty for all."""
    marked: frozenset[str] = frozenset()
    """Options that are marked at first."""
    leads: bool = False
    """Whether the form is about these: one begins with them, and not with the first line to be typed."""

    def applies(self, choice: str | None) -> bool:
        return not self.only_for or choice in self.only_for


class Form(Frozen):
    """One prompt."""

    title: str
    body: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    marks: FormMarks | None = None
    fields: tuple[FormField, ...] = ()
    submit: str = "Simpan"
    """What Enter does, in a word."""
    cancel: str = "Batal"
    chosen: str | None = None
    """Code of the choice that is picked at first; None for the first one."""
    forewarned: Callable[[Response], str] | None = None
    """What whoever sends it should know of what stands in it now; empty for nothing. None where there never is."""

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.choices)

    @property
    def labels(self) -> Mapping[str, str]:
        """Name of a field, or of the list that is marked -> its label."""
        marks = () if self.marks is None else (self.marks,)
        return {each.name: each.label for each in (*self.fields, *marks)}

    @property
    def proposed(self) -> str | None:
        """Code of the choice that is picked at first; None where nothing is to be chosen."""
        return self.chosen if self.chosen in self.codes else next(iter(self.codes), None)


class Response(Frozen):
    """What was answered."""

    choice: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """What was typed in a field; None for nothing."""
        return self.values.get(name, "").strip() or None

    def marked(self, name: str) -> tuple[str, ...]:
        """The options marked in a list, in its order."""
        return tuple(option for option in self.values.get(name, "").split("\n") if option)


EMPTY = Response()


class Inquiry(Frozen, Generic[Meaning]):
    """A form, and what its answer means."""

    form: Form
    meaning: Callable[[Response], Meaning]
    """Raises FaultyInput."""

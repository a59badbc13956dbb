"""The first start, and a further office: asks one question after the other, then makes the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast

from textual import work
from textual.app import ComposeResult

from sakip_tui.clock import Clock
from sakip_tui.desk import Desk, NewOffice
from sakip_tui.fault_places import as_told
from sakip_tui.notices import notice_of
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.form import EMPTY, Form, Response
from sakip_tui.setup import questions
from sakip_tui.widgets.ink import InkedScreen, Lines
from sop.form import catalog
from sop.model.definition import Cadence, Sop
from sop.model.errors import FaultyInput
from sop.time.instants import civil, offset_of

if TYPE_CHECKING:
    from sakip_tui.desk import Office


class OpensOffices(Protocol):
    """What this screen asks of the app."""

    async def open_office(self, office: Office) -> None:
        """Show the board of an office that has just been set up."""


_STEPS = ("sop", "name", "zone", "year", "bidang", "cadence")


class WelcomeScreen(InkedScreen[NewOffice | None]):
    """Sets the first office up and opens its board, or a further one, which it answers; None for none."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    WelcomeScreen { layout: vertical; overflow: hidden; }
    WelcomeScreen Lines { width: 1fr; height: 2; }
    """

    def __init__(self, desk: Desk, clock: Clock, taken: Sequence[str] = ()) -> None:
        """
        Args:
            desk: The door to the database.
            clock: Reading of the clock.
            taken: Codes of the offices that there are; empty for the first start.
        """
        super().__init__()
        self._taken = taken
        self.desk, self.clock = desk, clock
        self.answers: dict[str, Response] = {}
        self.sops: Mapping[str, Sop] = MappingProxyType({})
        """Code -> SOP: those that were imported in front, then the shipped ones."""
        self.imported: frozenset[str] = frozenset()
        """Codes of those that were imported; one of a shipped code takes its place."""

    def compose(self) -> ComposeResult:
        yield Lines(id="welcome")

    def on_mount(self) -> None:
        self._say("")
        self.ask()

    def _say(self, text: str) -> None:
        self.lines("#welcome").show([((" Papan kerja SAKIP", "strong"),), ((f" {text}", "text"),)])

    def take(self, imported: tuple[Sop, ...]) -> None:
        """Offer the SOPs that were imported, and those that are shipped."""
        self.imported = frozenset(sop.code for sop in imported)
        shipped = (catalog.load(code) for code in catalog.codes() if code not in self.imported)
        self.sops = {sop.code: sop for sop in (*imported, *shipped)}

    @property
    def sop(self) -> Sop:
        """The SOP chosen so far."""
        answer = self.answers.get("sop")
        chosen = answer.choice if answer is not None else None
        return next(iter(self.sops.values())) if chosen is None else self.sops[chosen]

    def _steps(self) -> tuple[str, ...]:
        steps = ("sop", "code", *_STEPS[1:]) if self._taken else _STEPS
        return steps[:-1] if questions.names_cadence(self.sop) else steps

    def _form(self, step: str) -> Form:
        steps = self._steps()
        # How many there are depends on the SOP that the first one asks for.
        number = f"({steps.index(step) + 1} dari {len(steps)})" if step != steps[0] else "(pertanyaan pertama)"
        match step:
            case "sop":
                sops = list(self.sops.values())
                return questions.which_sop(sops, self.imported, number, is_first=not self._taken)
            case "code":
                return questions.office_code(self.sop, self._taken, number)
            case "name":
                return questions.office_name(self.sop, number)
            case "zone":
                return questions.zone(self.sop, number)
            case "year":
                return questions.year(civil(self.clock(), offset_of(self.sop.zone)).year, number)
            case "bidang":
                return questions.bidang(self.sop, number)
            case _:
                return questions.cadence(number)

    @work(group="setup")
    async def ask(self) -> None:
        """One question after the other; Escape goes back one, and at the first one leaves."""
        self.take(await self.desk.imported_sops())
        index, problem = 0, ""
        while index < len(self._steps()):
            step = self._steps()[index]
            prompt = FormPrompt(self._form(step), self.answers.get(step, EMPTY), problem)
            answer = await self.app.push_screen_wait(prompt)
            problem = ""
            if step == "sop" and answer is not None and answer.choice != self.sop.code:
                # The other answers were proposed from another SOP.
                self.answers = {}
            self.answers[step] = prompt.draft
            if answer is None:
                index -= 1
                if index < 0:
                    self._give_up()
                    return
                continue
            try:
                self._check(step, answer)
            except FaultyInput as error:
                problem = self._sentence(error, step)
                continue
            index += 1
            if index == len(self._steps()):
                problem, index = await self._make(index)

    def _give_up(self) -> None:
        if self._taken:
            self.dismiss(None)
        else:
            self.app.exit()

    def _check(self, step: str, answer: Response) -> None:
        if step == "year":
            questions.year_of(answer)
        elif step == "code":
            questions.code_of(answer, self._taken)
        elif step == "bidang":
            questions.bidang_of(answer.text("bidang"))

    async def _make(self, index: int) -> tuple[str, int]:
        """Make the office. Returns what stands in the way and the question to ask again."""
        given = self.answers
        cadence = given["cadence"].choice if "cadence" in self._steps() else None
        wanted = NewOffice(
            sop=self.sop.code,
            name=given["name"].text("name") or self.sop.office,
            zone=given["zone"].choice or self.sop.zone,
            year=questions.year_of(given["year"]),
            bidang=questions.bidang_of(given["bidang"].text("bidang")),
            cadence=Cadence(cadence) if cadence is not None else None,
            code=questions.code_of(given["code"], self._taken) if self._taken else None,
        )
        self._say("Kantor sedang disiapkan.")
        try:
            office = await self.desk.set_up(wanted)
        except Exception as error:
            self._say("")
            return self._sentence(error, self._steps()[index - 1]), index - 1
        if self._taken:
            self.dismiss(wanted)
        else:
            await cast("OpensOffices", self.app).open_office(office)
        return "", index

    def _sentence(self, error: Exception, step: str) -> str:
        """What stands in the way of an answer to a question."""
        notice = notice_of(as_told(error, self._form(step).labels))
        if notice is None:
            raise error
        return str(notice)

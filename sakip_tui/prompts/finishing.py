"""The forms that tell when a step was done: finishing one, and the acts that usually count from now. Pure values."""

from __future__ import annotations

from sakip_tui.prompts.form import Choice, Form, FormField, Response
from sakip_tui.prompts.matter import Matter
from sakip_tui.prompts.questions import (
    REASON_HINT,
    TIME_EXAMPLES,
    Question,
    ReadMoment,
    heading,
    late_reason,
    moment,
    on_day,
    reason_of,
    when,
)
from sakip_tui.views.offers import CanDo, on_run
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.state import Answer, RunPhase
from sop.model.texts import clean
from sop.values import replace
from sop.words.forewarning import act_words
from sop.words.time import moment_short

_END_HINT = "kosong = sekarang; misalnya 09.12 pada hari mulainya, atau 3/4 09.30"
_TIMED = {
    "selesai": ("Selesai", "langkah selesai pada waktu itu, dan mulai pada waktu mulainya bila belum tercatat"),
    "mulai": ("Mulai", "langkah mulai dikerjakan pada waktu itu"),
    "lanjut": ("Lanjut", "langkah diteruskan sejak waktu itu"),
    "ajukan": ("Ajukan", "hasil diajukan untuk diputuskan pada waktu itu"),
    "tunda": ("Tunda", "waktu langkah berhenti sejak waktu itu"),
    "ya": ("Ya", "diputus Ya pada waktu itu"),
    "tidak": ("Tidak", "diputus Tidak pada waktu itu"),
}
_NEEDS_REASON = frozenset({"tunda", "tidak"})
_FINISHED = frozenset({"selesai"})


def finish(matter: Matter) -> Question | None:
    """Finishing a step that was never started: when did it begin, and when did it end. One whose start was told later
    is asked for its end alone; None for one that was begun as it happened, and ends now."""
    card = matter.the_card
    begun = card.started_at is not None and card.state == RunPhase.DIKERJAKAN
    if card.state == RunPhase.SIAP:
        asked: tuple[str, ...] = (
            "Langkah ini belum pernah dimulai. Kapan mulai dikerjakan?",
            "Bila dikosongkan, langkah tetap selesai tetapi waktunya tidak dinilai. Bila baru mulai sekarang: Esc, "
            "lalu m.",
        )
        fields: tuple[FormField, ...] = (_started(), when("at", "Selesai"), _remark(), late_reason())
    elif begun and card.late_entry:
        assert card.started_at is not None
        asked = (f"Mulainya dicatat kemudian: {moment_short(card.started_at, matter.offset)}. Kapan selesainya?",)
        fields = (when("at", "Selesai", _END_HINT), _remark(), late_reason(matter))
    else:
        return None
    form = Form(
        title=f"Selesaikan {heading(card)}",
        body=(clean(card.title), "", *asked),
        fields=fields,
        submit="Selesaikan",
    )
    return Question(
        form,
        lambda answer, read: _finished(matter, answer, read),
        forewarned=lambda answer, read: _worth(matter, _finished(matter, answer, read)),
    )


def _worth(matter: Matter, command: Command) -> str:
    """What is to be known of the moments that were typed: work outside working hours does not count."""
    calendar, now = matter.calendar, matter.now
    if calendar is None or command.started is command.at is None:
        return ""
    at = now if command.at is None else command.at.at
    begun = matter.the_card.started_at if command.started is None else command.started.at
    return act_words(command.act, at, begun, at, calendar, now)


def _started(only_for: frozenset[str] = frozenset()) -> FormField:
    hint = "kosong = tidak dinilai; misalnya " + ", ".join(TIME_EXAMPLES)
    return FormField("started", "Mulai dikerjakan", hint, only_for=only_for)


def _remark(only_for: frozenset[str] = frozenset()) -> FormField:
    return FormField("note", "Catatan", "boleh kosong", only_for=only_for)


def _finished(matter: Matter, answer: Response, read: ReadMoment) -> Command:
    """A step that was done: an end without a date is on the start's day."""
    started = moment(answer, "started", read, "Mulai dikerjakan")
    of_that_day = on_day(read, matter.the_card.started_at if started is None else started.at, matter.offset)
    ended = moment(answer, "at", of_that_day, "Selesai")
    return on_run(
        Act.SELESAI,
        matter.view,
        matter.the_card,
        started=started,
        at=ended,
        note=answer.text("note"),
        reason=reason_of(answer, matter, started or ended),
    )


def _timed_acts(able: CanDo) -> list[str]:
    """Which of the acts that usually count from now make sense, by their codes in `at_another_time`."""
    offered = (
        (able.finish, "selesai"),
        (able.start, "mulai"),
        (able.resume, "lanjut"),
        (able.hand_in, "ajukan"),
        (able.decide, "ya"),
        (able.decide, "tidak"),
        (able.pause, "tunda"),
    )
    return [code for is_able, code in offered if is_able]


def at_another_time(matter: Matter) -> Question | None:
    """The acts that usually count from now, as of an earlier moment. None where none of them makes sense,
    or whoever is asked may do none."""
    view, card = matter.view, matter.the_card
    codes = _timed_acts(matter.able)
    if not codes:
        return None
    # In a joint step either lane may act; the log says which.
    lanes = [clean(lane) for lane in card.lanes]
    form = Form(
        title=f"Waktu lain: {heading(card)}",
        body=(clean(card.title), "", "Apa yang terjadi, dan kapan?"),
        choices=tuple(Choice(code, *_TIMED[code]) for code in codes),
        fields=(
            *((_started(_FINISHED),) if card.state == RunPhase.SIAP else ()),
            FormField("at", "Waktu kejadian", "misalnya " + ", ".join(TIME_EXAMPLES), required=True),
            _remark(_FINISHED),
            FormField("reason", "Alasan", REASON_HINT, matter.last_reason, required_for=_NEEDS_REASON),
            *((FormField("lane", "Atas nama lajur", f"salah satu: {' atau '.join(lanes)}"),) if len(lanes) > 1 else ()),
        ),
        submit="Catat",
    )

    def command(answer: Response, read: ReadMoment) -> Command:
        code = answer.choice or codes[0]
        if code == "selesai":
            return replace(_finished(matter, answer, read), on_behalf=answer.text("lane"))
        decided = Answer(code) if code in ("ya", "tidak") else None
        return on_run(
            Act.PUTUSKAN if decided is not None else Act(code),
            view,
            card,
            answer=decided,
            at=moment(answer, "at", read, "Waktu kejadian"),
            reason=answer.text("reason"),
            on_behalf=answer.text("lane"),
        )

    return Question(form, command, forewarned=lambda answer, read: _worth(matter, command(answer, read)))

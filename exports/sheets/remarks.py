"""Keterangan: what a reader of a step must know beside its times, in words: why it was skipped, done again, paused,
recorded late or corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exports.sheets.source import Source, offset_of
from sop.model.act import Act
from sop.model.events import Event
from sop.model.state import Answer, CaseState, RunPhase, RunState
from sop.time.instants import civil
from sop.words.events import remark_of
from sop.words.labels import label, state_label
from sop.words.time import clock, date_short, moment_short

NOT_COUNTED = "Tidak dihitung"
OF_CASE = "berkas {number} dihentikan"


def remark(run: RunState, case: CaseState, source: Source, events: Mapping[int, Event], *, stopped: bool) -> str | None:
    """What there is to say of a run; None for nothing.

    Args:
        run: With the verdict to show.
        case: That holds it.
        source: The period, for names and the zone.
        events: The period's events by sequence number.
        stopped: Whether the case was stopped and another one counts.
    """
    mine = [event for number in run.acts if (event := events.get(number)) is not None]
    cut = events.get(run.cut_by or 0)
    standing = [*_standing(run, case, cut, mine, stopped)]
    parts = [
        *standing,
        *_told(run, mine, told=bool(run.note) and any(part.endswith(f": {run.note}") for part in standing)),
        *_paused(run, mine, source),
        *_recorded(run, mine),
        *(_corrected(event, source) for event in mine if event.act is Act.KOREKSI),
    ]
    # What somebody wrote may end as a sentence, but the line goes on.
    *others, last = dict.fromkeys(parts) or ("",)
    return "; ".join([*(part.removesuffix(".") for part in others), last]) or None


def is_corrected(run: RunState, events: Mapping[int, Event]) -> bool:
    """Whether a correction of the run still stands."""
    return any((event := events.get(number)) is not None and event.act is Act.KOREKSI for number in run.acts)


def reason_of(run: RunState, events: Mapping[int, Event]) -> str | None:
    """Why a run was skipped, cut off or overtaken: what was written with the act that did it."""
    if run.cut_by is not None and run.cut_by in events:
        return remark_of(events[run.cut_by])
    last = events.get(run.acts[-1]) if run.acts else None
    return None if last is None else remark_of(last)


def _standing(run: RunState, case: CaseState, cut: Event | None, mine: list[Event], stopped: bool) -> Iterator[str]:
    """Where it stands, where that is not simply done."""
    why = None if cut is None else remark_of(cut)
    if stopped:
        yield f"{NOT_COUNTED}: {OF_CASE.format(number=case.number)}"
    if run.phase is RunPhase.DIBATALKAN:
        yield _with("Dibatalkan", why)
    elif not run.valid:
        yield _with(f"{NOT_COUNTED}: diulang", why)
    if run.phase is RunPhase.DILEWATI:
        last = mine[-1] if mine else cut
        yield _with("Dilewati", None if last is None else remark_of(last))
    elif run.is_open:
        yield state_label(run.phase.value)
    if run.taken_over:
        yield f"Memakai hasil putaran {run.attempt - 1}"


def _told(run: RunState, mine: list[Event], *, told: bool) -> Iterator[str]:
    """Its answer and its note, unless that was told of how it stands: who says Tidak says why it is done again."""
    if run.answer is not None:
        yield _with(f"Putusan {label(run.answer)}", None if told else run.note)
    elif run.note is not None and run.phase is not RunPhase.DILEWATI:
        yield run.note
    for event in mine:
        if event.act is Act.PUTUSKAN and event.data.get("answer") == Answer.TIDAK and event.data.get("bidang"):
            yield f"hanya {', '.join(map(str, event.data['bidang']))}"


def _paused(run: RunState, mine: list[Event], source: Source) -> Iterator[str]:
    reasons = [remark_of(event) for event in mine if event.act is Act.TUNDA]
    offset = offset_of(source.board)
    for place, (start, end) in enumerate(run.pauses):
        words = f"Ditunda {moment_short(start, offset)}"
        if end is not None:
            same = civil(start, offset).date() == civil(end, offset).date()
            words += f"-{clock(end, offset) if same else moment_short(end, offset)}"
        yield _with(words, reasons[place] if place < len(reasons) else None)


def _recorded(run: RunState, mine: list[Event]) -> Iterator[str]:
    if run.late_entry:
        why = [reason for event in mine if event.late_entry and (reason := event.data.get("reason"))]
        yield _with("Dicatat susulan", str(why[-1]) if why else None)
    if run.doubted:
        yield "Jam diragukan"
    if run.verdict is not None and run.verdict.after_hours:
        yield "Di luar jam kerja"


def _corrected(event: Event, source: Source) -> str:
    """`Dikoreksi Rab 8 Apr oleh Rina: salah ketik (selesai 10.05 menjadi 09.05)`."""
    offset = offset_of(source.board)
    day = date_short(civil(event.at, offset).date())
    changed = []
    before, after = event.data.get("before") or {}, event.data.get("after") or {}
    for key, word in (("started", "mulai"), ("ended", "selesai")):
        was, now = before.get(key), after.get(key)
        if key in event.data and was is not None and now is not None and was != now:
            same = civil(was, offset).date() == civil(now, offset).date()
            tell = clock if same else moment_short
            changed.append(f"{word} {tell(was, offset)} menjadi {tell(now, offset)}")
    reason = event.data.get("reason")
    words = _with(f"Dikoreksi {day} oleh {source.named(event.by)}", None if reason is None else str(reason))
    return f"{words} ({', '.join(changed)})" if changed else words


def _with(words: str, why: str | None) -> str:
    return f"{words}: {why}" if why else words

"""The prompts of the board: which form an act needs, and the command that its answer makes. Pure values.

The rules have the last word: a form offers what makes sense, `sop.acts.decide` decides.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence

from sakip_tui.prompts.form import Choice, Form, FormField, FormMarks, Response
from sakip_tui.prompts.matter import Matter
from sakip_tui.views.board import BoardView
from sakip_tui.views.offers import on_run
from sakip_tui.views.ways_back import ways_back
from sop.acts.closing import still_runs
from sop.acts.loop_back import left_out
from sop.acts.procedure import Region
from sop.look.card import Card
from sop.model.act import SPECS, Act, Undo
from sop.model.commands import Command, Typed
from sop.model.definition import Step
from sop.model.errors import Fault, FaultyInput
from sop.model.events import ENDING_ACTS
from sop.model.state import Answer, CasePhase, CaseState, RunPhase
from sop.model.texts import clean
from sop.time.instants import civil
from sop.values import Frozen, replace
from sop.words.forewarning import still_runs_words
from sop.words.labels import label, listed, step_named, upper
from sop.words.periods import period_label, period_short

ReadMoment = Callable[[str, str], Typed]
"""(text, name of the field) -> the moment typed; raises FaultyInput."""


class Question(Frozen):
    """A form and what becomes of its answer."""

    form: Form
    command: Callable[[Response, ReadMoment], Command]
    looked_up: Callable[[Response], Awaitable[Response]] | None = None
    """Completes the answer by what takes a while to find, reading a file above all; None where nothing does."""
    forewarned: Callable[[Response, ReadMoment], str] | None = None
    """What to know of the answer as it stands, beside what the rules say; raises FaultyInput. None for nothing."""

    def form_for(self, read: ReadMoment) -> Form:
        """The form, which tells beforehand what there is to know of what is typed; args as `command_of`."""
        forewarned = self.forewarned
        if forewarned is None:
            return self.form

        def told(answer: Response) -> str:
            try:
                return forewarned(answer, read)
            except FaultyInput:
                # A moment that is still being typed.
                return ""

        return replace(self.form, forewarned=told)

    async def command_of(self, answer: Response, read: ReadMoment, announce: Callable[[str], object]) -> Command:
        """The command that the answer means.

        Args:
            answer: As given.
            read: Reads a moment that was typed.
            announce: Tells whoever waits why.

        Raises:
            FaultyInput: What was typed cannot be taken.
        """
        if self.looked_up is not None:
            announce("Dokumennya sedang dibaca; layar ini tetap dapat dipakai.")
            answer = await self.looked_up(answer)
        return self.command(answer, read)


TIME_EXAMPLES = ("8.15", "kemarin 14.00", "3/4 09.30")
"""Short ways to type a moment, as people say them; the forms for machines are of no use in a prompt."""
_WHEN_HINT = "kosong = sekarang; misalnya " + ", ".join(TIME_EXAMPLES)
_TIME_OF_DAY = re.compile(r"\s*\d{1,2}[.:]\d{2}\s*")
REASON_HINT = "perlu bila dicatat lebih dari satu hari kerja kemudian"


def when(name: str = "at", label: str = "Waktu", hint: str = _WHEN_HINT) -> FormField:
    """A line for the effective moment of an act."""
    return FormField(name, label, hint)


def late_reason(matter: Matter | None = None) -> FormField:
    """A line for the reason that recording long afterwards takes; with the matter, the last one stands there."""
    return FormField("reason", "Alasan bila terlambat dicatat", REASON_HINT, matter.last_reason if matter else "")


def reason_of(answer: Response, matter: Matter, at: Typed | None) -> str | None:
    """The reason typed; one that was only put there counts where something is recorded as of another moment."""
    reason = answer.text("reason")
    return None if reason == matter.last_reason and at is None else reason


def on_day(read: ReadMoment, t: int | None, offset: int) -> ReadMoment:
    """Reads a time of day alone as one of the day of a moment, and not of today; of today where there is none."""

    def reading(text: str, place: str) -> Typed:
        if t is None or not _TIME_OF_DAY.fullmatch(text):
            return read(text, place)
        return read(f"{civil(t, offset):%d/%m/%Y} {text}", place)

    return reading


def moment(answer: Response, name: str, read: ReadMoment, label: str) -> Typed | None:
    """The moment typed in a field; None for nothing. Raises FaultyInput that names the field and shows short forms."""
    text = answer.text(name)
    if text is None:
        return None
    try:
        return read(text, label)
    except FaultyInput as error:
        faults = (replace(fault, place=label, known=TIME_EXAMPLES if fault.known else ()) for fault in error.faults)
        raise FaultyInput(tuple(faults)) from error


def heading(card: Card) -> str:
    """`Langkah 4 (Bidang A)`."""
    return upper(step_named(card.step, card.bidang))


def pause(matter: Matter) -> Question:
    """Why the time of a step stands still."""
    view, card = matter.view, matter.the_card
    form = Form(
        title=f"Tunda {heading(card)}",
        body=(clean(card.title), "", "Selama ditunda, waktu langkah ini tidak berjalan."),
        fields=(FormField("reason", "Alasan", "misalnya menunggu data dari bidang", required=True),),
        submit="Tunda",
    )

    def command(answer: Response, read: ReadMoment) -> Command:
        return on_run(Act.TUNDA, view, card, reason=answer.text("reason"))

    return Question(form, command)


def decide(matter: Matter) -> Question:
    """Ya or Tidak, with what each will do: to which step, whose."""
    view, card = matter.view, matter.the_card
    step = view.step_of(card)
    assert step is not None
    assert step.decision is not None
    assert view.steps is not None
    wording = "Apakah hasil langkah ini diterima?"
    who = f"Pemutus: {clean(step.decider or '')}"
    if card.state == RunPhase.KEPUTUSAN and card.holder:
        who += f". Diajukan oleh {matter.doer(card.holder)}."
    form = Form(
        title=f"Keputusan {heading(card)}",
        body=(clean(card.title), who, "", wording),
        choices=(
            Choice(Answer.YA.value, "Ya", _ya_text(view, step)),
            Choice(Answer.TIDAK.value, "Tidak", _tidak_text(view, step)),
        ),
        marks=_marks_of_tidak(view, step.decision.tidak),
        fields=(
            FormField(
                "note",
                "Catatan",
                "misalnya apa yang harus diperbaiki",
                required_for=frozenset({Answer.TIDAK.value}),
            ),
        ),
        submit="Putuskan",
    )

    def command(answer: Response, read: ReadMoment) -> Command:
        return on_run(
            Act.PUTUSKAN,
            view,
            card,
            answer=Answer(answer.choice or Answer.YA.value),
            named=answer.marked("bidang"),
            note=answer.text("note"),
        )

    return Question(form, command)


def _marks_of_tidak(view: BoardView, target: int) -> FormMarks | None:
    """Which bidang a Tidak sends back, where its target lies in a region."""
    assert view.steps is not None
    region = view.steps.region_of(target)
    if region is None or view.case is None:
        return None
    options = view.case.regions.get(region.first, ())
    return FormMarks("bidang", _everybody(view.case, region), options, frozenset({Answer.TIDAK.value}))


def _ya_text(view: BoardView, step: Step) -> str:
    assert view.steps is not None
    following = view.steps.next_of(step.number)
    if following is None:
        return f"Langkah terakhir. Berkas {period_short(view.period)} selesai."
    return f"Lanjut ke {_named(view, following)}."


def _tidak_text(view: BoardView, step: Step) -> str:
    assert view.steps is not None
    assert step.decision is not None
    target = step.decision.tidak
    again = [number for number in view.steps.numbers if target < number <= step.number]
    between = f" Langkah {_numbers(again)} diulang sesudahnya." if again else ""
    return f"Kembali ke {_named(view, target)}.{between}"


def _numbers(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return str(numbers[0])
    return f"{numbers[0]} sampai {numbers[-1]}" if len(numbers) > 2 else f"{numbers[0]} dan {numbers[1]}"


def _named(view: BoardView, number: int) -> str:
    """`langkah 6, Merekap …, lajur Staf Penyusun`."""
    assert view.steps is not None
    step = view.steps.steps[number]
    return f"langkah {number}, {clean(step.title.text)}, lajur {clean(' dan '.join(step.pelaksana))}"


def hand_back(matter: Matter) -> Question:
    """Back to an earlier step, with a comment. Only steps that it can really go back to are offered."""
    view, card = matter.view, matter.the_card
    case, steps = view.case, view.steps
    assert case is not None
    assert steps is not None
    ways = {str(way.target): way for way in ways_back(case, steps, card)}
    own = () if card.bidang is None else (card.bidang,)
    # One list to mark: that of the nearest region. To one further back everybody goes.
    region = next((steps.region_of(way.target) for way in ways.values() if way.bidang), None)
    inside = [code for code, way in ways.items() if region is not None and region.holds(way.target)]
    needs_mark = bool(inside) and not own and case.valid_run((card.step, None)) is None
    choices = tuple(
        Choice(code, f"Langkah {code}", _target_text(view, way.target) + _whose(own, code in inside))
        for code, way in ways.items()
    )
    marks = None
    if region is not None:
        some = {name for code in inside for name in ways[code].bidang}
        marks = FormMarks(
            "bidang",
            "Bidang yang mengulang" if own or needs_mark else _everybody(case, region),
            tuple(name for name in case.regions[region.first] if name in some),
            frozenset(inside),
            frozenset(own),
        )
    body = [clean(card.title), "", "Kembalikan ke langkah mana? Langkah sesudahnya harus diulang."]
    if own and not inside:
        # The heading names one bidang, yet a step before the bidang takes the work of all of them along.
        body.append(
            f"Kembali ke langkah sebelum {card.step} membuat semua bidang mengulang, bukan hanya {clean(own[0])}."
        )
    form = Form(
        title=f"Kembalikan dari {heading(card)}",
        body=tuple(body),
        choices=choices,
        marks=marks,
        fields=(
            FormField("note", "Catatan", "misalnya apa yang harus diperbaiki", required=True),
            when(),
            late_reason(),
        ),
        submit="Kembalikan",
    )

    def command(answer: Response, read: ReadMoment) -> Command:
        code = answer.choice or next(iter(ways))
        named = answer.marked("bidang") if code in inside else ()
        if needs_mark and not named:
            raise FaultyInput((Fault("Bidang yang mengulang", "bidang-perlu-ditandai"),))
        return Command(
            Act.KEMBALIKAN,
            view.period,
            step=ways[code].source,
            bidang=card.bidang if code in inside and ways[code].source == card.step else None,
            target=ways[code].target,
            named=named or own if code in inside else (),
            note=answer.text("note"),
            reason=answer.text("reason"),
            at=moment(answer, "at", read, "Waktu"),
            seen=case.revision,
        )

    return Question(form, command)


def _whose(own: tuple[str, ...], is_inside: bool) -> str:
    """Of a card of one bidang: who does the step again."""
    if not own:
        return ""
    return f"; hanya {clean(own[0])} mengulang" if is_inside else "; semua bidang mengulang"


def _everybody(case: CaseState, region: Region) -> str:
    """What no mark means: all of them but those that gabung left out, who only come back by name."""
    skipped = left_out(case.valid_runs(), region)
    names = [clean(name) for name in case.regions.get(region.first, ()) if name in skipped]
    but = f" kecuali {listed(names)}, yang dulu ditinggal" if names else ""
    return f"Hanya bidang yang ditandai (tanpa tanda: semua bidang{but})"


def _target_text(view: BoardView, number: int) -> str:
    assert view.steps is not None
    step = view.steps.steps[number]
    return f"{clean(step.title.text)} ({clean(' dan '.join(step.pelaksana))})"


def undo(matter: Matter) -> Question:
    """The last act on the step, taken back."""
    view, card, last = matter.view, matter.the_card, matter.last
    if last is None:
        what = "Tindakan terakhir pada langkah ini"
    else:
        answer = f" ({str(last.data['answer']).capitalize()})" if last.data.get("answer") else ""
        where = f" dari langkah {last.step}" if last.step not in (None, card.step) else ""
        what = f'Tindakan "{label(last.act)}{answer}"{where} oleh {matter.doer(last.by)}'
    # Of an act that is not known any more it is said too: nobody should wonder where a step has gone.
    opens = last is None or last.act in ENDING_ACTS or SPECS[last.act].undo is Undo.ON_WHAT_IT_OPENED
    form = Form(
        title=f"Urungkan {heading(card)}",
        body=(
            clean(card.title),
            "",
            f"{what} ditarik kembali{', bersama langkah yang dibukanya' if opens else ''}.",
            "Catatannya tetap tersimpan di riwayat.",
        ),
        submit="Urungkan",
    )
    return Question(form, lambda answer, read: on_run(Act.URUNG, view, card))


def note(matter: Matter) -> Question:
    """A remark by anybody."""
    view, card = matter.view, matter.the_card
    form = Form(
        title=f"Catatan untuk {heading(card)}",
        body=(clean(card.title),),
        fields=(FormField("note", "Catatan", "misalnya apa yang perlu diketahui orang lain", required=True),),
        submit="Simpan",
    )

    def command(answer: Response, read: ReadMoment) -> Command:
        return Command(Act.KOMENTAR, view.period, step=card.step, bidang=card.bidang, note=answer.text("note"))

    return Question(form, command)


def waive(matter: Matter) -> Question:
    """A period below that is not waited for, or whose reopening changes nothing."""
    view = matter.view
    period = view.current
    names = listed([period_short(child) for child in view.waivable])
    form = Form(
        title=f"{period_label(view.period)} tidak menunggu",
        body=(
            f"{period.name} menunggu {names} ditutup." if len(view.waivable) == 1 else f"Ditunggu: {names}.",
            "Sesudah ini tidak ditunggu lagi; alasannya tersimpan di riwayat dan tampil di rekap.",
        ),
        choices=tuple(
            Choice(child, f"Tidak menunggu {period_short(child)}", "hasilnya ikut hanya bila ditutup sebelumnya")
            for child in view.waivable
        )
        if len(view.waivable) > 1
        else (),
        fields=(FormField("reason", "Alasan", "misalnya: sebelum program dipakai", required=True), when()),
        submit="Tidak menunggu",
    )

    def command(answer: Response, read: ReadMoment) -> Command:
        child = answer.choice or view.waivable[0]
        at = moment(answer, "at", read, "Waktu")
        return Command(
            Act.BEBASKAN, view.period, child=child, reason=answer.text("reason"), at=at, seen=period.revision
        )

    return Question(form, command)


def open_period(matter: Matter) -> Question:
    """Opening a period, now or as of an earlier moment."""
    view = matter.view
    first = view.steps.steps[view.steps.first] if view.steps is not None else None
    body = ["Berkas periode ini dimulai dari langkah pertamanya."]
    if first is not None:
        lane = clean(" dan ".join(first.pelaksana))
        body = [f"Langkah {first.number} menjadi siap: {clean(first.title.text)}.", f"Gilirannya: {lane}."]
        if view.waivable:
            names = listed([period_short(child) for child in view.waivable])
            body[0] = f"Langkah {first.number} menunggu {names} ditutup: {clean(first.title.text)}."
    return _of_period(matter, Act.BUKA, "Buka", body, "Dibuka sejak")


_CLOSED_AT = "Ditutup pada"
_AFTER_CLOSING = "Sesudah itu hanya catatan (c) yang dapat ditambah, atau periodenya dibuka kembali dengan alasan."


def close_period(matter: Matter) -> Question:
    """Closing a period: what it freezes."""
    view = matter.view
    period = view.current
    body = ["Angka periode ini dibekukan dan rekapnya ditulis.", _AFTER_CLOSING, *_signing_lines(matter)]
    if period.case_phase is CasePhase.DIHENTIKAN:
        body.append("Berkas ini dihentikan; rekapnya menyebutkan hal itu.")
    asked = _of_period(matter, Act.TUTUP, "Tutup", body, _CLOSED_AT)

    def forewarned(answer: Response, read: ReadMoment) -> str:
        typed = moment(answer, "at", read, _CLOSED_AT)
        at = matter.now if typed is None else typed.at
        return "" if not still_runs(view.period, at, matter.offset) else still_runs_words(view.period)

    return replace(asked, forewarned=forewarned)


def _signing_lines(matter: Matter) -> Iterator[str]:
    """Who signs the page from then on, and where whoever is missing there is named."""
    if not matter.signing:
        return
    told = [f"{clean(position)} ({clean(name) or 'belum disebut'})" for position, name in matter.signing]
    yield f"Yang menandatangani ikut dibekukan: {listed(told)}."
    if not all(name for _, name in matter.signing):
        yield "Yang belum disebut ditulis dengan tangan, atau disebut dulu di Pengaturan (Esc, n, lalu p)."


def _of_period(matter: Matter, act: Act, verb: str, body: Sequence[str], when_label: str) -> Question:
    """Moment and late reason of an act on the period on view."""
    view = matter.view
    form = Form(
        title=f"{verb} {view.current.name} {view.period.partition('-')[0]}",
        body=tuple(body),
        fields=(when("at", when_label), late_reason(matter)),
        submit=f"{verb} periode",
    )

    def command(answer: Response, read: ReadMoment) -> Command:
        at = moment(answer, "at", read, when_label)
        return Command(act, view.period, at=at, reason=reason_of(answer, matter, at), seen=view.current.revision)

    return Question(form, command)

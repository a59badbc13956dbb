"""The forms of the acts that are done now and then: those of the act menu that have no key of their own. Pure values.

The acts of every day are in `questions.py`.
"""

from __future__ import annotations

from typing import Any

from sakip_tui.prompts.evidence_file import looked_at
from sakip_tui.prompts.form import Choice, Form, FormField, FormMarks, Response
from sakip_tui.prompts.matter import Matter, ReadDay
from sakip_tui.prompts.questions import (
    Question,
    ReadMoment,
    heading,
    late_reason,
    moment,
    on_day,
    when,
)
from sakip_tui.views.board import BoardView
from sakip_tui.views.offers import on_run, run_of
from sop.acts.case_acts import missing_bidang, open_region
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.errors import Fault, FaultyInput
from sop.model.state import Evidence
from sop.model.texts import clean
from sop.time.instants import civil
from sop.words.forewarning import odd_hours_words
from sop.words.labels import listed
from sop.words.periods import period_label
from sop.words.time import clock

_EVIDENCE_FIELDS = (
    FormField("number", "Nomor dokumen", "misalnya 045/12/2026"),
    FormField("dated", "Tanggal dokumen", "misalnya 14/4/2026"),
    FormField("location", "Tempat dokumen", "misalnya map laporan di lemari 2"),
    FormField("file", "Nama dokumen komputer", "misalnya laporan-tw1.xlsx"),
)


def _evidence_fields(is_guest: bool) -> tuple[FormField, ...]:
    hint = "boleh kosong" if is_guest else "kosong = dihitung bila dokumen itu terbaca di komputer ini"
    return (*_EVIDENCE_FIELDS, FormField("sha256", "Sidik SHA-256", hint))


def _reason(hint: str) -> FormField:
    return FormField("reason", "Alasan", hint, required=True)


def with_reason(matter: Matter) -> Question:
    """Reason and moment of an act that takes nothing else, as its face words them."""
    view, face = matter.view, matter.face
    assert face is not None
    assert face.asks is not None
    asks, act = face.asks, Act(face.act)
    title = asks.title or face.name
    card = matter.the_card if face.is_on_card else None
    form = Form(
        title=f"{title} {_name(view) if card is None else heading(card)}",
        body=(asks.says,) if card is None else (clean(card.title), "", asks.says),
        fields=(_reason(asks.hint) if asks.hint else late_reason(), when()),
        submit=title.split()[0],
    )

    def command(answer: Response, read: ReadMoment) -> Command:
        reason, at = answer.text("reason"), moment(answer, "at", read, "Waktu")
        if card is None:
            return _on_case(view, act, reason=reason, at=at)
        return on_run(act, view, card, reason=reason, at=at)

    return Question(form, command)


def assign(matter: Matter) -> Question:
    """Somebody else holds the card from now on."""
    view, card, people = matter.view, matter.the_card, matter.members
    held = f"Sekarang dipegang {matter.called(card.holder)}." if card.holder else "Sekarang belum dipegang siapa pun."
    reason = FormField("reason", "Alasan", "misalnya cuti sampai Jumat", required=not matter.manages)
    form = Form(
        title=f"Tugaskan {heading(card)}",
        body=(clean(card.title), "", held, "Waktu yang sudah berjalan tidak dimulai lagi."),
        choices=tuple(Choice(code, clean(name) or clean(code)) for code, name in people),
        fields=(reason,)
        if people
        else (FormField("holder", "Kepada", "nama, seperti di akun komputernya", required=True), reason),
        submit="Tugaskan",
    )

    def command(answer: Response, read: ReadMoment) -> Command:
        holder = answer.choice or answer.text("holder")
        return on_run(Act.TUGASKAN, view, card, holder=holder, reason=answer.text("reason"))

    return Question(form, command)


def tick(matter: Matter) -> Question:
    """One item of the kelengkapan, found present or not."""
    view, card = matter.view, matter.the_card
    step = view.step_of(card)
    assert step is not None
    ticked = {tick.item: tick for tick in card.ticks}
    items = step.mutu_baku.kelengkapan
    form = Form(
        title=f"Kelengkapan {heading(card)}",
        body=(clean(card.title), "", "Pilih satu butir. Yang sudah ada centangnya akan dihapus centangnya."),
        choices=tuple(
            Choice(
                str(index),
                f"[{'x' if index in ticked else ' '}] {clean(item)}",
                f"dicentang {matter.called(ticked[index].by)}" if index in ticked else "",
            )
            for index, item in enumerate(items)
        ),
        chosen=next((str(index) for index in range(len(items)) if index not in ticked), None),
        submit="Centang",
    )

    def command(answer: Response, read: ReadMoment) -> Command:
        item = int(answer.choice or 0)
        return on_run(Act.CENTANG, view, card, item=item, on=item not in ticked)

    return Question(form, command)


def evidence(matter: Matter) -> Question:
    """A paper or computer file that proves the step. A guest of an office host has none of its files looked at."""
    view, card, read_day, is_guest = matter.view, matter.the_card, matter.read_day, matter.is_guest
    form = Form(
        title=f"Dokumen {heading(card)}",
        body=(
            clean(card.title),
            "",
            "Dicatat nomor, tanggal dan tempatnya; dokumennya sendiri tidak disalin. Isi salah satu atau semuanya.",
        ),
        fields=_evidence_fields(is_guest),
        submit="Catat",
    )

    def command(answer: Response, read: ReadMoment) -> Command:
        return on_run(Act.DOKUMEN, view, card, evidence=_evidence(answer, read_day))

    return Question(form, command, None if is_guest else _with_digest)


def _evidence(answer: Response, read_day: ReadDay) -> Evidence:
    """What was typed of a document.

    Raises:
        FaultyInput: A day or a digest that is none.
    """
    day = answer.text("dated")
    dated = None if day is None else read_day(day, "Tanggal dokumen").isoformat()
    digest = answer.text("sha256")
    if digest is not None:
        if len(digest) != 64 or not set(digest.lower()) <= set("0123456789abcdef"):
            raise FaultyInput((Fault("Sidik SHA-256", "bukan-sidik", clean(digest)[:80], ("64",)),))
        digest = digest.lower()
    return Evidence(answer.text("number"), dated, answer.text("location"), answer.text("file"), digest)


async def _with_digest(answer: Response) -> Response:
    """The answer with the name alone of the computer file, and its digest where none was typed and it can be read."""
    given = answer.text("file")
    if given is None:
        return answer
    name, digest = await looked_at(given)
    typed = answer.text("sha256")
    return Response(answer.choice, {**answer.values, "file": name, "sha256": typed or digest or ""})


def correct(matter: Matter) -> Question:
    """Times, note or evidence of an ended step, put right."""
    view, card, offset, read_day = matter.view, matter.the_card, matter.offset, matter.read_day
    run = run_of(view, card)
    assert run is not None
    times, note, document = frozenset({"waktu"}), frozenset({"catatan"}), frozenset({"dokumen"})

    kept = clean(run.note or "")[:60]

    def typed(t: int | None) -> str:
        return "" if t is None else f"{civil(t, offset):%d/%m/%Y} {clock(t, offset)}"

    form = Form(
        title=f"Koreksi {heading(card)}",
        body=(
            clean(card.title),
            f"Tercatat mulai {typed(run.started) or '(tidak dicatat)'}, selesai {typed(run.ended)}.",
            "Nilai waktunya dihitung lagi; yang lama tetap ada di riwayat.",
        ),
        choices=(
            Choice("waktu", "Waktu", "jam mulai atau jam selesai"),
            Choice("catatan", "Catatan", "menggantikan catatan langkah ini"),
            Choice("dokumen", "Dokumen", "menggantikan daftar dokumennya dengan satu ini"),
        ),
        fields=(
            FormField("started", "Mulai", "kosong = tetap; misalnya 8.15, pada hari itu juga", only_for=times),
            FormField("ended", "Selesai", "kosong = tetap; misalnya 8.40, atau 3/4 09.30", only_for=times),
            FormField("note", "Catatan", f"sekarang: {kept}" if kept else "", only_for=note, required=True),
            *(
                FormField(item.name, item.label, item.hint, only_for=document)
                for item in _evidence_fields(matter.is_guest)
            ),
            FormField("reason", "Alasan koreksi", "misalnya salah ketik; perlu bila lebih dari satu hari kerja lalu"),
        ),
        submit="Koreksi",
    )

    def command(answer: Response, read: ReadMoment) -> Command:
        return on_run(
            Act.KOREKSI,
            view,
            card,
            started=moment(answer, "started", on_day(read, run.started, offset), "Mulai"),
            ended=moment(answer, "ended", on_day(read, run.ended, offset), "Selesai"),
            note=answer.text("note"),
            evidence=_evidence(answer, read_day) if answer.choice == "dokumen" else None,
            reason=answer.text("reason"),
        )

    def forewarned(answer: Response, read: ReadMoment) -> str:
        started = moment(answer, "started", on_day(read, run.started, offset), "Mulai")
        ended = moment(answer, "ended", on_day(read, run.ended, offset), "Selesai")
        if matter.calendar is None or started is ended is None:
            return ""
        begun, over = run.started if started is None else started.at, run.ended if ended is None else ended.at
        return odd_hours_words(begun, over, matter.calendar, matter.now)

    return Question(form, command, forewarned=forewarned)


# ---------------------------------------------------------------------- on the case or the period
def _on_case(view: BoardView, act: Act, **details: Any) -> Command:
    return Command(act, view.period, seen=view.case.revision if view.case is not None else None, **details)


def join_without(matter: Matter) -> Question:
    """The join closes without those that are missing."""
    view = matter.view
    case, steps = view.case, view.steps
    assert case is not None
    assert steps is not None
    region = open_region(case, steps)
    missing = missing_bidang(case, region) if region is not None else []
    form = Form(
        title=f"Lanjut tanpa yang belum, {_name(view)}",
        body=(
            f"Belum menyerahkan: {listed([clean(name) for name in missing])}.",
            "Langkah bidang itu dilewati, dan langkah sesudahnya terbuka tanpa data mereka. Bidang yang memang tidak "
            "ikut dikeluarkan dengan Ubah bidang.",
        ),
        fields=(_reason("misalnya batas waktu pimpinan sudah lewat"), when()),
        submit="Lanjut",
    )

    def command(answer: Response, read: ReadMoment) -> Command:
        return _on_case(view, Act.GABUNG, reason=answer.text("reason"), at=moment(answer, "at", read, "Waktu"))

    return Question(form, command)


def change_bidang(matter: Matter) -> Question:
    """Which bidang take part while the region is open."""
    view, office = matter.view, matter.bidang
    case, steps = view.case, view.steps
    assert case is not None
    assert steps is not None
    region = open_region(case, steps)
    frozen = case.regions[region.first] if region is not None else ()
    known = {name.casefold() for name in frozen}
    options = (*frozen, *(name for name in office if name.casefold() not in known))
    form = Form(
        title=f"Ubah bidang {_name(view)}",
        body=(
            "Tandai bidang yang ikut. Yang tandanya dihapus tidak ditunggu lagi, dan pekerjaannya dibatalkan; "
            "yang ditambah mulai dari langkah pertamanya.",
        ),
        marks=FormMarks("bidang", "Bidang yang ikut", options, marked=frozenset(frozen), leads=True),
        fields=(
            FormField("other", "Bidang lain", "nama yang belum ada di daftar, dipisah koma", is_list=True),
            _reason("misalnya bidang baru dibentuk"),
            when(),
        ),
        submit="Ubah",
    )

    def command(answer: Response, read: ReadMoment) -> Command:
        kept = answer.marked("bidang")
        other = tuple(name.strip() for name in (answer.text("other") or "").split(",") if name.strip())
        return _on_case(
            view,
            Act.UBAH_BIDANG,
            added=(*(name for name in kept if name not in frozen), *other),
            removed=tuple(name for name in frozen if name not in kept),
            reason=answer.text("reason"),
            at=moment(answer, "at", read, "Waktu"),
        )

    return Question(form, command)


def reopen(matter: Matter) -> Question:
    """A closed period is worked on again."""
    view = matter.view
    form = Form(
        title=f"Buka kembali {_name(view)}",
        body=(
            "Angkanya tidak beku lagi. Periode di atasnya yang sudah memakainya ditandai basi sampai langkah "
            "pertamanya diselesaikan lagi.",
        ),
        fields=(_reason("misalnya angka capaian salah"), when()),
        submit="Buka kembali",
    )

    def command(answer: Response, read: ReadMoment) -> Command:
        at = moment(answer, "at", read, "Waktu")
        return Command(Act.BUKA_KEMBALI, view.period, reason=answer.text("reason"), at=at, seen=view.current.revision)

    return Question(form, command)


def _name(view: BoardView) -> str:
    return period_label(view.period)

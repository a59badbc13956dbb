"""What the screens of SOPs ask, and what an answer means. Pure values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sakip_tui.prompts.form import Choice, Form, FormField, FormMarks, Response
from sakip_tui.views.sops import Place, catalog_words, open_question, value_words
from sakip_tui.wording import lower
from sop.acts.amendment import GROUNDED, written
from sop.form.comparison import Difference
from sop.form.rereading import Rereading
from sop.model.definition import Basis, Cadence, DataRole, DayKind, Ground, Sop, Step
from sop.model.errors import Fault, FaultyInput
from sop.model.periods import cadence_of
from sop.model.texts import clean
from sop.words.labels import label, listed, upper
from sop.words.periods import period_label
from sop.words.sop import STEP_WORDS, place_words

SHOWN_DIFFERENCES = 8
"""Differences that a question lists before it only counts them."""


# ---------------------------------------------------------------------- confirming what the document leaves open
def confirm(sop: Sop, place: Place, ground: Ground, reread: Rereading | None = None) -> Form:
    """Asks whether a value that nobody confirmed stands, or which one does.

    Args:
        sop: The version on view.
        place: Which value.
        ground: What stands behind it.
        reread: How the catalog reads it by now, where that is otherwise.
    """
    area, key = place
    step = step_number(place)
    now = written(sop, area, key)
    choices = [Choice(now, value_words(key, now), "tetap; langsung berlaku, juga untuk berkas yang berjalan")]
    choices += [
        Choice(text, value_words(key, text), "berubah; menjadi versi baru SOP ini") for text in _others(sop, place, now)
    ]
    if ground.basis is Basis.ASUMSI:
        asked = open_question(step, key)
    else:
        asked = f"{STEP_WORDS[key]} langkah {step} hanya {label(ground.basis)} di dokumen."
    body = [asked]
    if reread is not None:
        body.append(catalog_words(reread))
    if ground.mark:
        body.append(f'Di dokumen tercetak "{clean(ground.mark)}".')
    if ground.note:
        body.append(clean(ground.note))
    return Form(
        title=f"Tetapkan: langkah {step}, {STEP_WORDS[key].lower()}",
        body=tuple(body),
        choices=tuple(choices),
        fields=(FormField("reason", "Alasan", "boleh kosong; misalnya hasil rapat"),),
        submit="Tetapkan",
    )


def _others(sop: Sop, place: Place, now: str) -> Iterable[str]:
    """What else the value may be, the readings that the document allows in front."""
    allowed = _allowed(sop, place)
    ground = sop.step(step_number(place)).ground(GROUNDED[place[1]])
    known = dict.fromkeys([*(each for each in ground.alternatives if each in allowed), *allowed])
    return [each for each in known if each != now]


def step_number(place: Place) -> int:
    """Of the step that a value is about."""
    return int(place[0].removeprefix("langkah "))


def _allowed(sop: Sop, place: Place) -> list[str]:
    """All that a value which stands on a basis may be."""
    step = sop.step(step_number(place))
    every: dict[str, list[str]] = {
        "pelaksana": list(sop.lane_names),
        "decider": list(sop.lane_names),
        "tidak": [str(other.number) for other in sop.steps if _may_go_back(step, other)],
        "cadence": [each.value for each in Cadence],
        "data": [each.value for each in DataRole],
        "day_kind": [each.value for each in DayKind],
        "per_bidang": ["ya", "tidak"],
        "joint": ["ya", "tidak"],
    }
    return every[place[1]]


def _may_go_back(step: Step, other: Step) -> bool:
    return other.cadence == step.cadence and other.number <= step.number


def confirmed_value(key: str, text: str) -> object:
    """A chosen value as `db.sop_versions.confirm_sop` takes it."""
    if key == "pelaksana":
        return tuple(text.split("\n"))
    if key == "tidak":
        return int(text)
    if key in ("per_bidang", "joint"):
        return text == "ya"
    if key == "cadence":
        return Cadence(text)
    if key == "data":
        return DataRole(text)
    return DayKind(text) if key == "day_kind" else text


# ---------------------------------------------------------------------- typing a value anew
def edit(sop: Sop, place: Place, now: str, name: str) -> Form:
    """Asks for a value anew.

    Args:
        sop: The version on view.
        place: Which value.
        now: What stands there, as `sop.acts.amendment.written` gives it, or what was typed and not saved yet.
        name: What the value is called.
    """
    area, key = place
    title = f"Ubah: {area if area.startswith('langkah') else ''} {lower(name)}".replace("  ", " ")
    body = ("Perubahan dikumpulkan dulu. Tekan s di layar SOP untuk menyimpannya sebagai versi baru.",)
    if area == "lists":
        items = now.split("\n") if now else []
        fields = [FormField(f"item{index}", f"Butir {index + 1}", "", item) for index, item in enumerate(items)]
        more = FormField(f"item{len(items)}", f"Butir {len(items) + 1}", "kosong = tidak ada butir baru")
        return Form(title, (*body, "Butir yang dikosongkan dihapus."), fields=(*fields, more))
    if key == "pelaksana":
        lanes = tuple(sop.lane_names)
        marks = FormMarks("value", "Lajur yang mengerjakan", lanes, marked=frozenset(now.split("\n")))
        return Form(title, (*body, "Lebih dari satu lajur hanya untuk langkah yang dikerjakan bersama."), marks=marks)
    if key in GROUNDED:
        choices = tuple(Choice(text, value_words(key, text)) for text in _allowed(sop, place))
        return Form(title, body, choices=choices, chosen=now)
    hints = {
        "waktu": "misalnya 30 menit, 1,5 jam, 2 hari",
        "kelengkapan": "butir dipisah koma, seperti tercetak",
    }
    hint = hints.get(key, "kosong = tidak ada")
    return Form(title, body, fields=(FormField("value", name, hint, now),))


def typed_value(answer: Response, place: Place) -> str:
    """What was typed or chosen, as `sop.acts.amendment.Amendment` takes it."""
    if place[0] == "lists":
        return "\n".join(text for text in (clean(value) for value in answer.values.values()) if text)
    return answer.choice if answer.choice is not None else answer.values.get("value", "").strip()


def save(differing: Sequence[Difference], warnings: Sequence[str], version: int) -> Form:
    """Asks whether what was typed becomes the next version."""
    shown = [difference_line(each) for each in differing[:SHOWN_DIFFERENCES]]
    left = len(differing) - len(shown)
    more = [f"dan {left} perubahan lain."] if left > 0 else []
    doubts = [f"Perhatikan: {line}" for line in warnings[:4]]
    return Form(
        title=f"Simpan sebagai versi {version}",
        body=(*shown, *more, *doubts, "Berkas yang berjalan tetap pada versinya; berkas baru memakai versi ini."),
        fields=(FormField("reason", "Alasan", "misalnya SOP baru ditandatangani"),),
        submit="Simpan versi baru",
    )


def difference_line(each: Difference) -> str:
    """One difference in a line."""
    place = upper(place_words(each.place))
    if each.before is None:
        return f"{place}: {clean(each.after or '')} (baru)"
    if each.after is None:
        return f"{place}: {clean(each.before)} (dihapus)"
    return f"{place}: {clean(each.before)} menjadi {clean(each.after)}"


# ---------------------------------------------------------------------- using an SOP, moving a case
def adopt(sop: Sop, year: int, has_bidang: bool, used: Sequence[Sop] = ()) -> Form:
    """Asks for the year that an SOP is used from.

    Args:
        sop: Which.
        year: The one to propose.
        has_bidang: Whether the office has a list of bidang.
        used: The SOPs that the office works by already.
    """
    is_used = any(each.code == sop.code for each in used)
    others = listed([clean(each.office) for each in used])
    beside = (f"Ditambahkan di samping SOP {others}, bukan menggantikannya.",) if used and not is_used else ()
    fields = [FormField("year", "Tahun", "", str(year), required=True)]
    if any(step.per_bidang for step in sop.steps) and not has_bidang:
        hint = "misalnya Sekretariat, Bidang A, Bidang B"
        fields.append(FormField("bidang", "Nama bidang", hint, required=True, is_list=True))
    choices: tuple[Choice, ...] = ()
    if all(step.cadence is None for step in sop.steps):
        choices = tuple(Choice(each.value, label(each).capitalize()) for each in Cadence)
    return Form(
        title=f"{'Siapkan tahun:' if is_used else 'Pakai'} SOP {clean(sop.office)}",
        body=(
            *beside,
            "Periode tahun itu dibuat dan kalendernya diisi. Belum ada periode yang dibuka.",
            *(("SOP ini tidak menyebut periodenya. Berkasnya dijalankan setiap:",) if choices else ()),
        ),
        choices=choices,
        fields=tuple(fields),
        submit="Siapkan" if is_used else "Pakai",
    )


class Moving(NamedTuple):
    """A running case on its way to another version."""

    period: str
    version: int
    """Where it goes."""
    image: Mapping[int, int]
    seen: int
    """Revision of the case that was on view."""


def unchanged_map(sop: Sop, target: Sop, period: str) -> dict[int, int] | None:
    """The map of a case whose steps have the same numbers in both versions; None where one has to be asked for."""
    old, new = _own_steps(sop, period), _own_steps(target, period)
    return {number: number for number in old} if old == new else None


def _own_steps(sop: Sop, period: str) -> tuple[int, ...]:
    """Numbers of the steps that a period's case runs; of an SOP that names no cadence all of them."""
    return tuple(step.number for step in sop.steps if step.cadence in (None, cadence_of(period)))


def move(sop: Sop, target: Sop, period: str, version: int, newest: int) -> Form:
    """Asks how a running case goes to another version: by which map, where the numbers of its steps differ."""
    title = f"Pindahkan berkas {period_label(period)} dari versi {version} ke versi {newest}"
    checked = "Sebelum disimpan, program memeriksa dulu dan memberi tahu hasilnya."
    reason = FormField("reason", "Alasan", "misalnya SOP baru ditandatangani")
    if unchanged_map(sop, target, period) is not None:
        body = ("Nomor langkahnya sama di kedua versi, jadi setiap langkah diteruskan dengan nomornya.", checked)
        return Form(title=title, body=body, fields=(reason,), submit="Periksa")
    known = _own_steps(target, period)
    alike = [f"{number}={number}" for number in _own_steps(sop, period) if number in known]
    return Form(
        title=title,
        body=("Tulis langkah lama=langkah baru untuk tiap langkah yang hasilnya tetap berlaku.", checked),
        fields=(FormField("map", "Peta langkah", "misalnya 1=1, 2=2, 3=4", ", ".join(alike), required=True), reason),
        submit="Periksa",
    )


def map_of(text: str) -> dict[int, int]:
    """`1=1, 2=3` as step -> step. Raises FaultyInput, naming every pair that cannot be read."""
    image: dict[int, int] = {}
    faults: list[Fault] = []
    for part in (each.strip() for each in text.replace(";", ",").split(",")):
        old, _, new = (each.strip() for each in part.partition("="))
        if not (old.isdecimal() and new.isdecimal()) or len(part) > 12:
            faults.append(Fault("Peta langkah", "pilihan-salah", clean(part)[:40], ("1=1",)))
        elif int(old) in image:
            faults.append(Fault("Peta langkah", "nama-ganda", old))
        else:
            image[int(old)] = int(new)
    if faults:
        raise FaultyInput(tuple(faults))
    return image


def really_move(period: str, newest: int) -> Form:
    """The last question, after the trial."""
    return Form(
        title="Boleh dipindah",
        body=(
            f"Pemeriksaan selesai: berkas {period_label(period)} dapat dipindah ke versi {newest}. Pindahkan sekarang?",
        ),
        choices=(Choice("ya", "Pindahkan", "berkas memakai versi baru mulai sekarang"),),
        submit="Pindahkan",
    )

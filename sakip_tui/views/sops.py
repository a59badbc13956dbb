"""What an SOP's screen shows: one row for each value that a document holds or may hold. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sop.acts.amendment import GROUNDED, STEP_KEYS, written
from sop.form.rereading import Rereading
from sop.model.definition import IDENTITY_KEYS, LIST_KEYS, Basis, Cadence, DayKind, Ground, Sop, Step
from sop.model.texts import clean
from sop.time.instants import civil
from sop.words.labels import label, listed, upper
from sop.words.people import doer_called
from sop.words.sop import IDENTITY_WORDS, LIST_WORDS, STEP_WORDS, place_words
from sop.words.time import date_plain

Place = tuple[str, str]
"""(area, key) as in `sop.acts.amendment`."""

_OPEN = (Basis.ASUMSI, Basis.TERSIRAT)
_NOTHING = "(tidak ada di dokumen)"


class Clause(NamedTuple):
    """One value."""

    place: Place
    label: str
    text: str
    """In one line, cleaned."""
    basis: Basis | None
    """None where nobody asks where the value comes from."""
    is_changed: bool
    """Typed anew and not saved yet."""
    reread: Rereading | None = None
    """How the catalog reads it by now, where that is otherwise."""

    @property
    def is_open(self) -> bool:
        """Whether the office may still confirm it."""
        doubted = self.basis in _OPEN or self.reread is not None
        return doubted and not self.is_changed


class Chapter(NamedTuple):
    """Rows under one heading."""

    title: str
    rows: tuple[Clause, ...]


def unsettled(sop: Sop) -> int:
    """How many values of an SOP the office may still confirm: what its document is silent on, or only implies."""
    return sum(row.is_open for chapter in sections(sop, {}) for row in chapter.rows)


def unsettled_words(count: int) -> str:
    """`22 hal belum ditetapkan`: the same wherever an SOP is listed."""
    return f"{count} hal belum ditetapkan" if count else "semua sudah ditetapkan"


def known_by(sop: Sop) -> str:
    """`Kasubag Program; 9 langkah, triwulan sampai tahunan`: by what an office knows its SOP among others. Some differ
    in nothing but whose steps most of them are."""
    busiest = max(sop.lane_names, key=lambda lane: sum(lane in step.pelaksana for step in sop.steps))
    rounds = [label(cadence) for cadence in Cadence if any(step.cadence is cadence for step in sop.steps)]
    often = " sampai ".join(dict.fromkeys((rounds[0], rounds[-1]))) if rounds else "periodenya dipilih"
    return f"{clean(busiest)}; {len(sop.steps)} langkah, {often}"


def shape_words(sop: Sop) -> str:
    """`2 keputusan Ya/Tidak, langkah 2 per bidang`: how its steps hang together."""
    decided = sum(step.decision is not None for step in sop.steps)
    shared = [str(step.number) for step in sop.steps if step.per_bidang]
    return ", ".join(
        (
            f"{decided} keputusan Ya/Tidak" if decided else "tanpa keputusan",
            f"langkah {listed(shared)} per bidang" if shared else "tidak per bidang",
        )
    )


def sections(sop: Sop, typed: Mapping[Place, str], reread: Iterable[Rereading] = ()) -> tuple[Chapter, ...]:
    """The document from its head to its last step.

    Args:
        sop: The version on view.
        typed: What was typed anew and not saved yet.
        reread: What the catalog reads otherwise by now.
    """
    others = {one.place: one for one in reread}
    head = tuple(_row(sop, ("identity", key), IDENTITY_WORDS[key], typed) for key in IDENTITY_KEYS)
    lists = tuple(_row(sop, ("lists", key), LIST_WORDS[key], typed) for key in LIST_KEYS)
    steps = tuple(Chapter(_step_title(step), tuple(_step_rows(sop, step, typed, others))) for step in sop.steps)
    return (Chapter("Identitas", head), Chapter("Keterangan SOP", lists), *steps)


def _step_title(step: Step) -> str:
    return f"Langkah {step.number}  {clean(step.title.text)}"


def _step_rows(sop: Sop, step: Step, typed: Mapping[Place, str], others: Mapping[Place, Rereading]) -> Iterator[Clause]:
    area = f"langkah {step.number}"
    for key in STEP_KEYS:
        place = (area, key)
        if key in ("tidak", "decider") and step.decision is None:
            continue
        if key == "day_kind" and (step.mutu_baku.waktu is None or step.mutu_baku.waktu.days is None):
            continue
        if key == "note" and step.note is None and place not in typed:
            continue
        yield _row(sop, place, STEP_WORDS[key], typed, _basis(step, key))._replace(reread=others.get(place))


def _basis(step: Step, key: str) -> Basis | None:
    name = GROUNDED.get(key)
    return step.ground(name).basis if name in step.grounded and name is not None else None


def _row(sop: Sop, place: Place, name: str, typed: Mapping[Place, str], basis: Basis | None = None) -> Clause:
    is_changed = place in typed
    text = typed[place] if is_changed else written(sop, *place)
    shown = "; ".join(line for line in (clean(each) for each in text.split("\n")) if line)
    return Clause(place, name, shown or _NOTHING, basis, is_changed)


def ground_of(sop: Sop, place: Place) -> Ground | None:
    """What stands behind a value; None where nobody asks."""
    area, key = place
    number = area.removeprefix("langkah ")
    if not number.isdecimal() or key not in GROUNDED:
        return None
    step = sop.step(int(number))
    return step.ground(GROUNDED[key]) if GROUNDED[key] in step.grounded else None


def ground_words(ground: Ground, offset: int, names: Mapping[str, str]) -> str:
    """What stands behind a value, in a sentence or two.

    Args:
        ground: What stands behind it.
        offset: The office's zone, minutes ahead of UTC.
        names: Code of a person -> name; a code without one is told as it is.
    """
    said = [f"Dasar: {label(ground.basis)}."]
    if ground.mark:
        said.append(f'Di dokumen tercetak "{clean(ground.mark)}".')
    elif ground.basis is Basis.ASUMSI:
        said.append("Dokumen tidak menyebutnya.")
    if ground.note:
        said.append(clean(ground.note))
    if ground.alternatives:
        said.append(f"Bacaan lain: {', '.join(clean(each) for each in ground.alternatives)}.")
    if ground.confirmed_by is not None and ground.confirmed_at is not None:
        day = date_plain(civil(ground.confirmed_at, offset).date())
        said.append(f"Ditetapkan oleh {doer_called(names, ground.confirmed_by)}, {day}.")
    return " ".join(said)


def catalog_words(one: Rereading) -> str:
    """`Katalog membacanya lain sekarang: Kepala Bidang (asumsi).`"""
    return f"Katalog membacanya lain sekarang: {_reading(one.key, one.shipped, one.shipped_basis)}."


def rereading_words(one: Rereading) -> str:
    """`Langkah 8, pemutus: di SOP kantor Sekretaris (asumsi), di katalog sekarang Kepala Bidang (asumsi).`"""
    own, shipped = _reading(one.key, one.own, one.own_basis), _reading(one.key, one.shipped, one.shipped_basis)
    return f"{upper(place_words(one.place))}: di SOP kantor {own}, di katalog sekarang {shipped}."


def _reading(key: str, text: str, basis: Basis) -> str:
    return f"{value_words(key, text)} ({label(basis)})"


def open_question(step: int, key: str) -> str:
    """How a gap of the document is put to the office."""
    asked = {
        "pelaksana": f"Dokumen tidak menyebut pelaksana langkah {step}.",
        "decider": f"Dokumen tidak menyebut siapa yang memutuskan langkah {step}.",
        "tidak": f"Dokumen tidak menyebut ke mana jawaban Tidak di langkah {step} kembali.",
        "cadence": f"Dokumen tidak menyebut seberapa sering langkah {step} dikerjakan.",
        "data": f"Dokumen tidak menyebut tugas langkah {step} dalam data kinerja.",
        "per_bidang": f"Dokumen tidak menyebut apakah langkah {step} dikerjakan tiap bidang.",
        "joint": f"Dokumen tidak menyebut apakah langkah {step} dikerjakan bersama.",
        "day_kind": f"Dokumen tidak menyebut apakah hari di langkah {step} hari kerja atau hari kalender.",
    }
    return asked[key]


def value_words(key: str, text: str) -> str:
    """A value as it is offered to choose from."""
    if key == "tidak":
        return f"langkah {text}"
    if key == "day_kind":
        return label(DayKind(text)) if text in tuple(DayKind) else clean(text)
    return clean(text.replace("\n", "; "))

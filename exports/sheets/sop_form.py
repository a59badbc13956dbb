"""SOP: the form itself row by row, a column for each pelaksana with the symbols of PermenPAN-RB 35/2012.

What the document leaves open and the office has not confirmed is marked and says so; it is never printed as a fact of
the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from exports.sheet import Cell, Column, Kind, Mark, Row, Sheet
from exports.sheets.source import Source
from exports.sheets.words import basis_words, field_words, is_assumed, ran_words, with_ground
from sop.model.definition import IDENTITY_KEYS, LIST_KEYS, Basis, Field, Sop, Step, Waktu, Written
from sop.words.labels import listed
from sop.words.sop import IDENTITY_WORDS, LIST_WORDS

START, END, BOX, DIAMOND = "( Mulai )", "( Selesai )", "□", "◇"
"""The capsule is drawn by its round ends: no usual typeface has one, while every one has a box and a diamond."""
LEGEND = f"( ) mulai atau selesai, {BOX} kegiatan, {DIAMOND} keputusan."
_ASSUMED = frozenset({Mark.ASSUMED})

_NAMES: Mapping[str, str] = {
    **IDENTITY_WORDS,
    **LIST_WORDS,
    "nomor": "Nomor SOP",
    "peralatan": "Peralatan dan perlengkapan",
}
_ABOVE = ("nama", "nomor", "disahkan_oleh")
"""Of the identity block, what stands above the table; the rest of it stands below."""
_SHORT_ITEM = 60
"""Letters; lists of items no longer than this are told in one paragraph."""


def sop_form(source: Source) -> Sheet:
    """The version that was run, whole: every cadence of its table; of several the last one."""
    sop = source.sop
    after = [*_mutu_baku_columns(sop)]
    columns = (
        Column("number", "No", Kind.INTEGER, width=5),
        Column("title", "Uraian kegiatan", width=36),
        *(Column(f"lane_{place}", lane.name, width=15) for place, lane in enumerate(sop.lanes, start=1)),
        *(column for column, _ in after),
        Column("basis", "Dasar", width=26),
    )
    rows: list[Row] = []
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    ends = _ends(sop)
    for step in sop.steps:
        for place, lane in enumerate(sop.lane_names, start=1):
            if _symbol(step, lane, ends) and _rests_on_assumption(step, lane):
                marks[len(rows), f"lane_{place}"] = _ASSUMED
        if any(is_assumed(step, field) for field in step.grounded):
            marks[len(rows), "basis"] = _ASSUMED
        rows.append(
            (
                step.number,
                step.title.text,
                *(_symbol(step, lane, ends) for lane in sop.lane_names),
                *(cell(step) for _, cell in after),
                _grounds(step),
            )
        )
    above = [_identity(key, text) for key in _ABOVE if (text := sop.identity.get(key)) is not None]
    return Sheet(
        "SOP",
        columns,
        tuple(rows),
        (*above, *_one_of(source), LEGEND),
        tuple(_notes(sop)),
        marks,
        frozen_columns=2,
        table="sop",
        about="SOP yang dijalankan, dengan dasar setiap isinya",
        annex=True,
    )


def _one_of(source: Source) -> Iterator[str]:
    """Which of several versions it is, and where the others are."""
    mine = next(one for one in source.ran_on if one.sop is source.sop)
    if len(source.ran_on) > 1:
        others = listed([f"{one.number} ({ran_words(one.periods)})" for one in source.ran_on if one is not mine])
        yield f"Versi {mine.number}: {ran_words(mine.periods)}. Versi {others} ada di rekap periodenya."


_CellOf = Callable[[Step], Cell]
_MUTU_BAKU: tuple[tuple[str, str, int, _CellOf], ...] = (
    ("kelengkapan", "Kelengkapan", 26, lambda step: _text(step.mutu_baku.kelengkapan_text)),
    ("waktu", "Waktu", 10, lambda step: _text(step.mutu_baku.waktu)),
    ("keluaran", "Output", 22, lambda step: _text(step.mutu_baku.keluaran)),
    ("keterangan", "Keterangan", 16, lambda step: _text(step.mutu_baku.keterangan)),
)
"""Key, usual head, width and cell of each column."""


def _mutu_baku_columns(sop: Sop) -> Iterator[tuple[Column, _CellOf]]:
    """The columns that the document has, under its own heads."""
    for key, usual, width, cell in _MUTU_BAKU:
        printed = sop.headings.get(key)
        head = printed.text if printed is not None and printed.text else usual
        if any(cell(step) is not None for step in sop.steps):
            yield Column(key, head, width=width), cell


def _text(text: Written | Waktu | None) -> str | None:
    return None if text is None else text.text


def _ends(sop: Sop) -> dict[int, str]:
    """Number -> capsule: of the first step of the table, and of the last of each cadence."""
    ends = dict.fromkeys({step.cadence: step.number for step in sop.steps}.values(), END)
    return {**ends, sop.steps[0].number: START} if sop.steps else ends


def _symbol(step: Step, lane: str, ends: Mapping[int, str]) -> str | None:
    """What stands in a lane's column: the shape of the work, of the decision, or of both."""
    parts: list[str] = []
    if lane in step.pelaksana and lane != step.decider:
        shape = ends.get(step.number, BOX)
        parts.append(with_ground(shape, step, Field.PELAKSANA))
    if step.decision is not None and lane == step.decider:
        yes = "akhir" if step.decision.ya is None else str(step.decision.ya)
        shape = with_ground(DIAMOND, step, Field.DECIDER)
        parts.append(f"{shape}\n{with_ground(f'Ya: ke {yes}', step, Field.YA)}")
        parts.append(with_ground(f"Tidak: ke {step.decision.tidak}", step, Field.TIDAK))
    return "\n".join(parts) or None


def _rests_on_assumption(step: Step, lane: str) -> bool:
    if lane == step.decider:
        return any(is_assumed(step, field) for field in (Field.DECIDER, Field.YA, Field.TIDAK))
    return is_assumed(step, Field.PELAKSANA)


def _grounds(step: Step) -> str:
    """`tertulis: pelaksana; asumsi: pemutus dan tujuan Tidak`."""
    found: dict[Basis, list[str]] = {}
    for field in step.grounded:
        found.setdefault(step.ground(field).basis, []).append(field_words(field))
    return "; ".join(f"{basis_words(basis)}: {', '.join(found[basis])}" for basis in Basis if basis in found)


def _notes(sop: Sop) -> Iterator[str]:
    for key in IDENTITY_KEYS:
        text = sop.identity.get(key)
        if text is not None and key not in _ABOVE:
            yield _identity(key, text)
    for key in LIST_KEYS:
        items = [f"{item.text}{_printed(item)}" for item in sop.lists.get(key) or ()]
        numbered = [f"{number}. {item}" for number, item in enumerate(items, start=1)]
        if items and max(map(len, items)) <= _SHORT_ITEM:
            yield f"{_NAMES[key]}: {'; '.join(item.rstrip('.;') for item in numbered)}."
        elif items:
            yield f"{_NAMES[key]}:"
            yield from (f"   {item}" for item in numbered)
    for step in sop.steps:
        yield from (f"Langkah {step.number}, {words}." for words in _repairs(step))
        if step.note:
            yield f"Langkah {step.number}: {step.note}"
    yield from sop.notes


def _identity(key: str, text: Written) -> str:
    return f"{_NAMES[key]}: {text.text or '(kosong dalam dokumen)'}{_printed(text)}"


def _printed(text: Written) -> str:
    if text.original is None or text.original == text.text:
        return ""
    return f' (tercetak "{text.original}")' if text.original else " (diisi dari tempat lain; kosong dalam dokumen)"


def _repairs(step: Step) -> Iterator[str]:
    """Where the document's own spelling stands beside the repair."""
    cells = (
        ("uraian", step.title),
        ("kelengkapan", step.mutu_baku.kelengkapan_text),
        ("output", step.mutu_baku.keluaran),
        ("keterangan", step.mutu_baku.keterangan),
    )
    for name, text in cells:
        if text is not None and text.original is not None and text.original != text.text:
            yield f'{name}: tercetak "{text.original}"'
    waktu = step.mutu_baku.waktu
    if waktu is not None and waktu.original is not None and waktu.original != waktu.text:
        yield f'waktu: tercetak "{waktu.original}"'

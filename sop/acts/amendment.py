"""An office changes its SOP: typed texts laid over a definition, checked like a file. Storing it is not its business.

A value that the office gives stands on the office's word from then on, with who and when; what the paper printed stays
readable in the version before, which is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sop.form import checks
from sop.form.faults import FaultCode
from sop.form.toml_format import items_of, to_dict
from sop.model.definition import IDENTITY_KEYS, LIST_KEYS, Basis, Field, Sop
from sop.model.errors import Fault, FaultyInput
from sop.model.texts import clean

STEP_KEYS = (
    "title",
    "pelaksana",
    "joint",
    "per_bidang",
    "decider",
    "tidak",
    "cadence",
    "data",
    "kelengkapan",
    "waktu",
    "day_kind",
    "keluaran",
    "keterangan",
    "note",
)
"""What of a step can be changed, in the order of a form. Where Ya leads follows from the rules."""

_HEAD = ("identity", "lists")
_FLAGS = frozenset({"joint", "per_bidang"})
GROUNDED = {
    "pelaksana": Field.PELAKSANA,
    "joint": Field.JOINT,
    "per_bidang": Field.PER_BIDANG,
    "decider": Field.DECIDER,
    "tidak": Field.TIDAK,
    "cadence": Field.CADENCE,
    "data": Field.DATA,
    "day_kind": Field.DAY_KIND,
}
"""Of those, what stands on a basis: key -> the field whose basis it is."""


class Amendment(NamedTuple):
    """One value typed anew."""

    area: str
    """`identity`, `lists`, or `langkah N`."""
    key: str
    """A key of that area: `IDENTITY_KEYS`, `LIST_KEYS`, `STEP_KEYS`."""
    text: str
    """As typed. Lists and several lanes: one a line. Flags: `ya` or `tidak`. Empty: the document has nothing there."""


def amended(sop: Sop, amendments: Iterable[Amendment], by: str, at: int) -> Sop:
    """The SOP with other values.

    Args:
        sop: As it is.
        amendments: What is typed anew; one that says what stands there already changes nothing.
        by: Code of who changes it.
        at: UTC epoch seconds.

    Raises:
        FaultyInput: Every fault at once: of a text that cannot be read, and of an SOP that would not be sound.
    """
    document = to_dict(sop)
    steps = {step["number"]: step for step in document["steps"]}
    faults: list[Fault] = []
    for area, key, typed in amendments:
        if (area in _HEAD or _number(area) in steps) and typed == written(sop, area, key):
            continue
        if area == "identity" and key in IDENTITY_KEYS:
            _put_line(document["identity"], key, clean(typed))
        elif area == "lists" and key in LIST_KEYS:
            _put_line(document["lists"], key, _lines(typed))
        elif (step := steps.get(_number(area))) is not None and key in STEP_KEYS:
            faults += _put_step(step, area, key, typed, by, at)
        else:
            faults.append(Fault(area, FaultCode.KUNCI_TAK_DIKENAL, key, STEP_KEYS))
    try:
        renewed = checks.read(document, sop.code)
    except FaultyInput as error:
        raise FaultyInput((*faults, *error.faults), sop.code) from None
    if faults:
        raise FaultyInput(tuple(faults), sop.code)
    return renewed


def written(sop: Sop, area: str, key: str) -> str:
    """What stands at a place, as it would be typed; empty where there is nothing."""
    if area == "identity":
        line = sop.identity.get(key)
        return "" if line is None else line.text
    if area == "lists":
        return "\n".join(item.text for item in sop.lists.get(key) or ())
    step = sop.step(_number(area))
    if key not in STEP_KEYS:
        return ""
    standard = step.mutu_baku
    if key in _FLAGS:
        return "ya" if getattr(step, key) else "tidak"
    if key == "pelaksana":
        return "\n".join(step.pelaksana)
    if key == "tidak":
        return "" if step.decision is None else str(step.decision.tidak)
    if key == "kelengkapan":
        return "" if standard.kelengkapan_text is None else standard.kelengkapan_text.text
    if key == "waktu":
        return "" if standard.waktu is None else standard.waktu.text
    if key == "day_kind":
        kind = None if standard.waktu is None else standard.waktu.day_kind
        return "" if kind is None else kind.value
    if key in ("keluaran", "keterangan"):
        cell = getattr(standard, key)
        return "" if cell is None else str(cell.text)
    value = getattr(step, key)
    return "" if value is None else str(getattr(value, "text", value))


def _number(area: str) -> int:
    digits = area.removeprefix("langkah ")
    return int(digits) if digits.isdecimal() and len(digits) < 6 else -1


def _lines(typed: str) -> list[str]:
    return [line for line in (clean(each) for each in typed.split("\n")) if line]


def _put_line(block: dict[str, Any], key: str, value: str | list[str]) -> None:
    """A line or list of the head of the document; with nothing in it, the document lacks it."""
    absent = [name for name in block.get("absent", []) if name != key]
    if value:
        block[key] = value
    else:
        block.pop(key, None)
        absent = sorted({*absent, key})
    block["absent"] = absent
    if not absent:
        del block["absent"]


def _put_step(step: dict[str, Any], area: str, key: str, typed: str, by: str, at: int) -> list[Fault]:
    text = clean(typed)
    place = f"{area} · {key}"
    if key in _FLAGS:
        if text.casefold() not in ("ya", "tidak"):
            return [Fault(place, FaultCode.NILAI_TAK_DIKENAL, text, ("ya", "tidak"))]
        _set(step, key, text.casefold() == "ya")
    elif key == "pelaksana":
        step[key] = _lines(typed)
    elif key == "tidak":
        if "decision" not in step or not text.isdecimal():
            return [Fault(place, FaultCode.NILAI_TAK_DIKENAL, text)]
        step["decision"] = {**step["decision"], "tidak": int(text)}
    elif key == "kelengkapan":
        _set(step, "kelengkapan_text", text)
        step["kelengkapan"] = list(items_of(text))
    elif key == "waktu":
        _put_waktu(step, text)
    elif key == "day_kind":
        _put_waktu(step, _waktu_text(step), text)
    else:
        _set(step, key, text)
    _put_grounds(step, key, by, at)
    return []


def _put_grounds(step: dict[str, Any], key: str, by: str, at: int) -> None:
    """The changed value stands on the office's word; one that is no longer there stands on nothing."""
    bases = dict(step.get("basis", {}))
    word = {"basis": Basis.DITETAPKAN.value, "confirmed_by": by, "confirmed_at": at}
    if key in GROUNDED:
        bases[GROUNDED[key].value] = word
        if key in (*_FLAGS, "decider", "cadence", "data") and key not in step:
            del bases[GROUNDED[key].value]
    if key == "waktu":
        # Whether days are working days is asked of hari alone, and then the office has said it with the time.
        bases.pop(Field.DAY_KIND.value, None)
        if "hari" in _waktu_text(step).casefold():
            bases[Field.DAY_KIND.value] = word
    if bases:
        step["basis"] = bases
    else:
        step.pop("basis", None)


def _set(step: dict[str, Any], key: str, value: Any) -> None:
    if value:
        step[key] = value
    else:
        step.pop(key, None)


def _waktu_text(step: Mapping[str, Any]) -> str:
    cell = step.get("waktu", "")
    return str(cell["text"] if isinstance(cell, Mapping) else cell)


def _put_waktu(step: dict[str, Any], text: str, day_kind: str | None = None) -> None:
    """The standard time, with the head of its column kept: a bare number takes its unit from there."""
    before = step.get("waktu")
    kept = {key: before[key] for key in ("header",) if key in before} if isinstance(before, Mapping) else {}
    if day_kind is not None:
        kept["day_kind"] = day_kind
    _set(step, "waktu", {"text": text, **kept} if text and kept else text)

"""The readable form of a definition: what `sakip sop lihat --json` prints and a screen may show.

One way only; the form that is read back is `toml_format.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sop.form import checks
from sop.form.toml_format import AKHIR, content_hash
from sop.model.definition import COLUMN_KEYS, HEADING_KEYS, IDENTITY_KEYS, LIST_KEYS, Ground, Sop, Step, Waktu, Written
from sop.model.errors import Fault
from sop.time.instants import format_iso, offset_of


def as_document(sop: Sop, version: int | None = None) -> dict[str, Any]:
    """A definition as plain JSON values.

    Args:
        sop: The definition.
        version: The office's version number; None for the catalog's.

    Returns:
        `code`, `version`, `identity` (every key of `IDENTITY_KEYS`; None where the document has no such line),
        `pelaksana` in column order, `steps`, and beside them `hash`, `office`, `zone`, `zone_ground`, `lists`,
        `headings`, `originals` (every repair: place, text, original), `notes` and `warnings`. A step's `basis` maps
        each field it holds to its basis, `grounds` gives mark, note and alternatives of the same fields.
    """
    return {
        "code": sop.code,
        "version": version,
        "hash": content_hash(sop),
        "office": sop.office,
        "zone": sop.zone,
        "zone_ground": _ground(sop.zone_ground, sop.zone),
        "identity": {key: _text(sop.identity.get(key)) for key in IDENTITY_KEYS},
        "lists": {
            key: None if (items := sop.lists.get(key)) is None else [item.text for item in items] for key in LIST_KEYS
        },
        "headings": {
            key: _text(sop.headings.get(key)) for key in HEADING_KEYS if key in sop.headings or key in COLUMN_KEYS
        },
        "pelaksana": [{"name": lane.name, "basis": lane.basis.value, "original": lane.original} for lane in sop.lanes],
        "steps": [_step(step, sop.zone) for step in sop.steps],
        "originals": [
            {"place": place, "text": written.text, "original": written.original}
            for place, written in _writings(sop)
            if written.original is not None
        ],
        "notes": list(sop.notes),
        "warnings": [_warning(fault) for fault in checks.warnings(sop)],
    }


def _step(step: Step, zone: str) -> dict[str, Any]:
    standard = step.mutu_baku
    grounds = {name.value: step.ground(name) for name in step.grounded}
    return {
        "number": step.number,
        "number_original": step.number_original,
        "title": step.title.text,
        "cadence": None if step.cadence is None else step.cadence.value,
        "pelaksana": list(step.pelaksana),
        "decider": step.decider,
        "kelengkapan": list(standard.kelengkapan),
        "kelengkapan_text": _text(standard.kelengkapan_text),
        "waktu": None if standard.waktu is None else _waktu(standard.waktu),
        "keluaran": _text(standard.keluaran),
        "keterangan": _text(standard.keterangan),
        "per_bidang": step.per_bidang,
        "joint": step.joint,
        "data": None if step.data is None else step.data.value,
        "decision": None
        if step.decision is None
        else {"ya": AKHIR if step.decision.ya is None else step.decision.ya, "tidak": step.decision.tidak},
        "basis": {name: ground.basis.value for name, ground in grounds.items()},
        "grounds": {name: _ground(ground, zone) for name, ground in grounds.items()},
        "marks": dict(step.marks),
        "note": step.note,
    }


def _waktu(standard: Waktu) -> dict[str, Any]:
    return {
        "text": standard.text,
        "value": int(standard.value) if float(standard.value).is_integer() else standard.value,
        "unit": standard.unit.value,
        "day_kind": None if standard.day_kind is None else standard.day_kind.value,
        "header": standard.header,
        "original": standard.original,
    }


def _ground(ground: Ground, zone: str) -> dict[str, Any]:
    at = ground.confirmed_at
    return {
        "basis": ground.basis.value,
        "mark": ground.mark,
        "note": ground.note,
        "alternatives": list(ground.alternatives),
        "confirmed_by": ground.confirmed_by,
        "confirmed_at": None if at is None else format_iso(at, offset_of(zone)),
    }


def _writings(sop: Sop) -> Iterator[tuple[str, Written]]:
    """Every text that may have been repaired, with its place."""
    for area, texts in (("identity", sop.identity), ("headings", sop.headings)):
        for key, written in texts.items():
            if written is not None:
                yield f"{area} · {key}", written
    for key, items in sop.lists.items():
        for position, item in enumerate(items or (), start=1):
            yield f"lists · {key} · ke-{position}", item
    for lane in sop.lanes:
        yield f"pelaksana · {lane.name}", Written(lane.name, lane.original)
    for step in sop.steps:
        place, standard = f"langkah {step.number}", step.mutu_baku
        yield f"{place} · title", step.title
        for name in ("kelengkapan_text", "keluaran", "keterangan"):
            written = getattr(standard, name)
            if written is not None:
                yield f"{place} · {name}", written
        if standard.waktu is not None:
            yield f"{place} · waktu", Written(standard.waktu.text, standard.waktu.original)


def _text(written: Written | None) -> str | None:
    return None if written is None else written.text


def _warning(fault: Fault) -> dict[str, Any]:
    return {"place": fault.place, "code": fault.code, "found": fault.found, "known": list(fault.known)}

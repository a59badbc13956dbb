"""What an event carries, as values and lines for people: every moment, number and name of it, whatever the act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sop.time.instants import format_iso

_EARLIEST = 946_598_400
"""The eve of 2000, before which no calendar reaches. Every number an event carries that is no moment (a step, a
revision, a duration) stays far below, so that a kind of event made later needs no list of keys here."""
_DAY_HOURS = frozenset({"weekly", "spans"})
"""Keys that hold hours of a day in seconds since its beginning."""

_DETAIL_NAMES: Mapping[str, str] = {
    "act": "tindakan",
    "added": "ditambah",
    "after": "sesudah",
    "after_hours": "di luar jam kerja",
    "answer": "putusan",
    "asked": "tujuan yang diminta",
    "before": "sebelum",
    "begins": "waktu dihitung sejak",
    "bidang_list": "daftar bidang",
    "cadence": "kadens",
    "calendar": "kalender",
    "calendar_revision": "revisi kalender",
    "changed": "diubah",
    "changes": "perubahan",
    "child": "periode yang tidak ditunggu",
    "children": "periode di bawahnya",
    "closing": "penutupan ke",
    "code": "kode",
    "confirmed": "ditetapkan",
    "count_first_day": "hari pertama dihitung",
    "cycle_seconds": "waktu siklus (detik)",
    "dated": "tanggal",
    "decision_seconds": "waktu putusan (detik)",
    "due": "tenggat yang bergeser",
    "due_at": "tenggat",
    "ended": "berakhir",
    "evidence": "dokumen",
    "figures": "angka",
    "file_name": "nama dokumen",
    "has_case": "punya langkah sendiri",
    "head": "hash log sebelum ini",
    "holder": "pemegang",
    "item": "butir (dari 0)",
    "judged": "dinilai",
    "key": "periode",
    "late_seconds": "terlambat (detik)",
    "location": "disimpan di",
    "missing": "yang belum menyerahkan",
    "name": "nama",
    "new": "baru",
    "note": "catatan",
    "number": "nomor",
    "office": "kantor",
    "on": "dicentang",
    "own": "periode ini",
    "pauses": "aturan jeda ke",
    "periods": "periode",
    "queue_seconds": "waktu antre (detik)",
    "reason": "alasan",
    "region": "langkah per bidang mulai",
    "removed": "dikeluarkan",
    "retired": "langkahnya sudah tidak ada",
    "returns": "mengulang dari langkah",
    "revision": "revisi",
    "settings": "pengaturan",
    "sha256": "SHA-256",
    "skipped": "langkah yang dilewati",
    "sop": "SOP",
    "sop_version": "versi SOP",
    "sources": "dikembalikan dari langkah",
    "started": "mulai",
    "steps": "langkah lama ke langkah baru",
    "target": "ke langkah",
    "undoes": "catatan yang diurungkan",
    "verdict": "penilaian",
    "verdicts": "penilaian",
    "version": "versi",
    "work_seconds": "waktu kerja (detik)",
    "year": "tahun",
    "zone": "zona",
}
"""Keys of what an event carries in words; a key without one stands as it is."""


def plain(value: Any, offset: int) -> Any:
    """What an event carries as JSON values for people's programs: moments in ISO 8601, hours of a day as `07:30`."""
    if isinstance(value, Mapping):
        return {str(key): _hours(item) if key in _DAY_HOURS else plain(item, offset) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, offset) for item in value]
    return format_iso(value, offset) if isinstance(value, int) and value >= _EARLIEST else value


def _hours(value: Any) -> Any:
    """Seconds of a day at any depth as `07:30`."""
    if isinstance(value, list | tuple):
        return [_hours(item) for item in value]
    return f"{value // 3600:02d}:{value % 3600 // 60:02d}" if isinstance(value, int) else value


def details(value: Any, offset: int) -> Iterator[str]:
    """What an event carries, as lines `penilaian, 2#1, tenggat: 2026-04-14T10:00:00+07:00`, at any depth."""
    yield from _flat(plain(value, offset), "")


def _flat(value: Any, name: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            word = _DETAIL_NAMES.get(str(key), str(key))
            yield from _flat(item, f"{name}, {word}" if name else word)
    elif isinstance(value, list) and any(isinstance(item, list | Mapping) for item in value):
        for number, item in enumerate(value, 1):
            yield from _flat(item, f"{name} {number}")
    else:
        yield f"{name}: {_said(value)}"


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "-"
    return "-" if value is None or value == "" else str(value)

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

DETAIL_NAMES: Mapping[str, str] = {
    "account": "akun komputer",
    "act": "tindakan",
    "active": "aktif",
    "added": "ditambah",
    "after": "sesudah",
    "after_hours": "di luar jam kerja",
    "answer": "putusan",
    "arah": "arah",
    "asked": "tujuan yang diminta",
    "at_risk_percent": "batas segera (persen)",
    "attempt": "putaran",
    "batas_waktu": "batas waktu",
    "before": "sebelum",
    "begins": "waktu dihitung sejak",
    "bidang": "bidang",
    "bidang_list": "daftar bidang",
    "bukti": "bukti",
    "cadence": "tiap",
    "calendar": "kalender",
    "calendar_revision": "revisi kalender",
    "cancelled": "dibatalkan",
    "case": "berkas ke",
    "certain": "pasti",
    "change": "perubahan",
    "changed": "diubah",
    "changes": "perubahan",
    "child": "periode yang tidak ditunggu",
    "children": "periode di bawahnya",
    "clock_starts": "jam mutu baku",
    "closed": "periode yang ditutup",
    "closing": "penutupan ke",
    "code": "kode",
    "confirmed": "ditetapkan",
    "count_first_day": "hari pertama dihitung",
    "cycle_seconds": "waktu siklus (detik)",
    "daily_backups": "cadangan harian",
    "data": "data kinerja",
    "date": "tanggal",
    "dated": "tanggal",
    "day_kind": "jenis hari",
    "decider_apart": "pemutus terpisah",
    "decimals": "angka di belakang koma",
    "decision_seconds": "waktu putusan (detik)",
    "decisions": "putusan",
    "document": "dokumen",
    "doubted": "jam diragukan",
    "due": "tenggat yang bergeser",
    "due_at": "tenggat",
    "electronic": "tanda tangan elektronik",
    "ended": "berakhir",
    "evidence": "dokumen",
    "factor": "faktor",
    "figures": "angka",
    "file_name": "nama dokumen",
    "first": "sejak",
    "first_pass": "disetujui pada pengajuan pertama",
    "forms": "formulir",
    "formulir": "formulir",
    "glyphs": "tanda di layar",
    "grade": "huruf nilai",
    "has_case": "punya langkah sendiri",
    "hash": "sidik",
    "head": "sidik riwayat sebelum ini",
    "holder": "pemegang",
    "idle_minutes": "terkunci sesudah (menit)",
    "indicator": "indikator",
    "item": "butir (dari 0)",
    "jenis": "jenis",
    "judged": "dinilai",
    "keadaan": "keadaan",
    "kendala": "kendala",
    "key": "periode",
    "kind": "jenis",
    "konsolidasi": "konsolidasi",
    "lane": "lajur",
    "last": "sampai",
    "late": "terlambat",
    "late_entries": "dicatat susulan",
    "late_entry_days": "batas catatan susulan (hari)",
    "late_seconds": "terlambat (detik)",
    "letterhead": "kepala surat",
    "location": "disimpan di",
    "mean_cap": "batas dalam rata-rata",
    "missing": "yang belum menyerahkan",
    "monthly_backups": "cadangan bulanan",
    "name": "nama",
    "new": "baru",
    "note": "catatan",
    "number": "nomor",
    "office": "kantor",
    "old": "lama",
    "on": "dicentang",
    "on_time": "tepat waktu",
    "overtaken": "tidak berlaku lagi",
    "own": "periode ini",
    "owner": "penyerah",
    "paper": "kertas",
    "pauses": "aturan jeda ke",
    "pembilang": "pembilang",
    "pendorong": "faktor pendorong",
    "penyebut": "penyebut",
    "per_bidang": "per bidang",
    "period": "periode",
    "periods": "periode",
    "pic": "penanggung jawab",
    "predicate_limits": "batas predikat",
    "predicate_words": "kata predikat",
    "previous": "periode lalu",
    "queue_seconds": "waktu antre (detik)",
    "reason": "alasan",
    "region": "langkah per bidang mulai",
    "removed": "dikeluarkan",
    "retired": "langkahnya sudah tidak ada",
    "returns": "mengulang dari langkah",
    "revision": "revisi",
    "rework_seconds": "waktu kerja yang diulang, di luar waktu kerja (detik)",
    "roles": "peran",
    "rolled": "periode yang dihitung",
    "row_cap": "batas capaian baris",
    "rows": "baris",
    "rows_required": "semua baris diisi",
    "sasaran": "sasaran",
    "satuan": "satuan",
    "scales": "skala predikat",
    "settings": "pengaturan",
    "settles": "menyudahi tanda",
    "sha256": "SHA-256",
    "signatories": "penanda tangan",
    "signing_place": "tempat tanda tangan",
    "since": "sejak",
    "skipped": "langkah yang dilewati",
    "sop": "SOP",
    "sop_version": "versi SOP",
    "source": "sumber",
    "sources": "dikembalikan dari langkah",
    "spans": "jam kerja",
    "start_days": "batas belum dimulai (hari)",
    "started": "mulai",
    "step": "langkah",
    "steps": "langkah lama ke langkah baru",
    "taken_over": "memakai hasil lama",
    "target": "ke langkah",
    "target_set": "perjanjian kinerja ke",
    "targets": "target",
    "tindak_lanjut": "tindak lanjut",
    "turun": "capaian makin rendah",
    "undoes": "catatan yang diurungkan",
    "unjudged": "tidak dinilai",
    "until": "sampai",
    "value": "nilai",
    "verdict": "penilaian",
    "verdicts": "penilaian",
    "version": "versi",
    "waktu": "mutu baku",
    "weekly": "jam mingguan",
    "weekly_backups": "cadangan mingguan",
    "word": "kata-kata",
    "work_seconds": "waktu kerja (detik)",
    "year": "tahun",
    "zone": "zona",
}
"""Keys of what an event carries in words; what is no word of ours, such as an indicator's code, stands as it is."""


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
            word = DETAIL_NAMES.get(str(key), str(key))
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

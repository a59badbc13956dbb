"""What the places of an SOP are called, on paper and on screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sop.words.labels import listed

if TYPE_CHECKING:
    from sop.model.definition import Sop

IDENTITY_WORDS = {
    "instansi": "Instansi",
    "unit_kerja": "Unit kerja",
    "alamat": "Alamat",
    "tahun": "Tahun",
    "nomor": "Nomor",
    "tanggal_pembuatan": "Tanggal pembuatan",
    "tanggal_revisi": "Tanggal revisi",
    "tanggal_pengesahan": "Tanggal pengesahan",
    "tanggal_efektif": "Tanggal efektif",
    "disahkan_oleh": "Disahkan oleh",
    "nama": "Nama SOP",
}
LIST_WORDS = {
    "dasar_hukum": "Dasar hukum",
    "kualifikasi": "Kualifikasi pelaksana",
    "keterkaitan": "Keterkaitan",
    "peralatan": "Peralatan",
    "peringatan": "Peringatan",
    "pencatatan": "Pencatatan dan pendataan",
}
STEP_WORDS = {
    "title": "Uraian",
    "pelaksana": "Pelaksana",
    "joint": "Dikerjakan bersama",
    "per_bidang": "Per bidang",
    "decider": "Pemutus",
    "ya": "Ya menuju",
    "tidak": "Tidak kembali ke",
    "cadence": "Periode",
    "data": "Data kinerja",
    "kelengkapan": "Kelengkapan",
    "waktu": "Waktu",
    "day_kind": "Jenis hari",
    "keluaran": "Output",
    "keterangan": "Keterangan",
    "note": "Catatan pembaca",
}
_OTHER_WORDS = {
    "identity": "identitas",
    "headings": "kepala kolom",
    "lists": "daftar",
    "basis": "dasar",
    "pelaksana": "pelaksana",
    "tabel": "judul tabel",
    "number": "nomor",
    "mutu_baku": "mutu baku",
    "kelengkapan_text": "kelengkapan",
    "decision": "keputusan",
    "zone": "zona waktu",
    "zone_basis": "dasar zona waktu",
    "notes": "catatan",
    "office": "kantor",
    "code": "kode",
}


def place_words(place: tuple[str, ...]) -> str:
    """(`langkah 3`, `waktu`) as people call it: `langkah 3, waktu`."""
    known = {key: words.lower() for key, words in (STEP_WORDS | LIST_WORDS | IDENTITY_WORDS).items()}
    known |= {"nama": "nama SOP", **_OTHER_WORDS}
    return ", ".join(known.get(part, part) for part in place)


def sop_name(sop: Sop) -> str:
    """What an SOP calls itself, without the word SOP before it; its code where its document has no name."""
    told = sop.identity.get("nama")
    name = sop.code if told is None or not told.text else told.text
    return name[4:] if name.casefold().startswith("sop ") else name


def work_of_lane(sop: Sop, lane: str) -> str:
    """`langkah 2, 3 dan 5; memutus langkah 7`: what a lane does in an SOP; empty for one that does nothing in it."""
    done = [str(step.number) for step in sop.steps if lane in step.pelaksana]
    decided = [
        str(step.number)
        for step in sop.steps
        if step.decision is not None and step.decider == lane and lane not in step.pelaksana
    ]
    parts = (f"langkah {listed(done)}" if done else "", f"memutus langkah {listed(decided)}" if decided else "")
    return "; ".join(filter(None, parts))

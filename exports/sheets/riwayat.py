"""Riwayat: the period's lines of the log, each as a sentence beside its typed values and its hash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from db.rows import LoggedEvent
from exports.sheet import Column, Kind, Mark, Row, Sheet
from exports.sheets.source import Source
from exports.sheets.words import said
from sop.model.events import Act, Event
from sop.model.state import Answer
from sop.words.labels import label, listed

COLUMNS = (
    Column("sequence", "Urutan", Kind.INTEGER, width=8),
    Column("effective_at", "Waktu kejadian", Kind.INSTANT, width=15),
    Column("recorded_at", "Waktu dicatat", Kind.INSTANT, width=15),
    Column("act", "Tindakan", width=12),
    Column("case", "Berkas", Kind.INTEGER, width=7),
    Column("number", "Langkah", Kind.INTEGER, width=9),
    Column("bidang", "Bidang", width=12),
    Column("attempt", "Putaran", Kind.INTEGER, width=9),
    Column("by", "Oleh", width=10),
    Column("for_lane", "Atas nama", width=14),
    Column("sentence", "Uraian", width=40),
    Column("answer", "Putusan", width=9),
    Column("started_at", "Mulai yang dicatat", Kind.INSTANT, width=15),
    Column("ended_at", "Selesai yang dicatat", Kind.INSTANT, width=15),
    Column("late_entry", "Susulan", Kind.YES_NO, width=9),
    Column("doubted", "Jam diragukan", Kind.YES_NO, width=10),
    Column("undoes", "Mengurungkan", Kind.INTEGER, width=9),
    Column("hash", "Sidik", width=27),
)
_DOUBTED = frozenset({Mark.DOUBTFUL_CLOCK})
_LATE_ENTRY = frozenset({Mark.LATE_ENTRY})
_ANSWERS = {answer.value: label(answer) for answer in Answer}


def riwayat(source: Source) -> Sheet:
    """The oldest line first. An opening of a run has no line of its own: it follows from the line before."""
    lines = sorted(source.log, key=lambda line: line.event.sequence)
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    for row, line in enumerate(lines):
        if line.event.doubted:
            marks[row, "doubted"] = _DOUBTED
        if line.event.late_entry:
            marks[row, "late_entry"] = _LATE_ENTRY
    return Sheet("Riwayat", COLUMNS, tuple(map(log_row, lines)), (), (), marks, frozen_columns=1, table="riwayat")


def log_row(line: LoggedEvent) -> Row:
    """One line of the log in the order of COLUMNS."""
    event, data = line.event, line.event.data
    return (
        event.sequence,
        event.at,
        event.recorded,
        label(event.act),
        event.case,
        event.step,
        event.bidang,
        event.attempt,
        event.by,
        event.for_lane,
        sentence(event),
        _ANSWERS.get(data.get("answer", "")),
        data.get("started"),
        data.get("ended"),
        event.late_entry,
        event.doubted,
        data.get("undoes"),
        line.hash,
    )


def sentence(event: Event) -> str:
    """`kasubag menyelesaikan langkah 3 (Sekretariat) putaran 2: angka sudah diperbaiki`."""
    tell = _TOLD.get(event.act)
    words = f"{event.by} {tell(event) if tell is not None else label(event.act)}"
    remark = said(event)
    return f"{words}: {remark}" if remark else words


def _run(event: Event) -> str:
    """`langkah 3 (Sekretariat) putaran 2`."""
    words = f"langkah {event.step}"
    if event.bidang:
        words += f" ({event.bidang})"
    return words if event.attempt is None or event.attempt == 1 else f"{words} putaran {event.attempt}"


def _on_run(verb: str) -> Callable[[Event], str]:
    return lambda event: f"{verb} {_run(event)}"


def _plainly(words: str) -> Callable[[Event], str]:
    return lambda event: words


def _assigning(event: Event) -> str:
    return f"menugaskan {_run(event)} kepada {event.data.get('holder')}"


def _deciding(event: Event) -> str:
    return f"memutuskan {_ANSWERS.get(event.data.get('answer', ''), '')} pada {_run(event)}"


def _correcting(event: Event) -> str:
    parts = [
        word for key, word in (("started", "mulai"), ("ended", "selesai"), ("evidence", "dokumen")) if key in event.data
    ]
    return f"mengoreksi {listed(parts) or 'catatan'} {_run(event)}"


def _ticking(event: Event) -> str:
    verb = "mencentang" if event.data.get("on", True) else "menghapus centang"
    return f"{verb} butir {event.data['item'] + 1} {_run(event)}"


def _documenting(event: Event) -> str:
    paper = event.data.get("evidence") or {}
    name = paper.get("number") or paper.get("file_name") or paper.get("location") or ""
    return f"mencatat dokumen {name} untuk {_run(event)}".replace("  ", " ")


def _remarking(event: Event) -> str:
    return f"berkomentar pada {_run(event)}" if event.step is not None else "berkomentar"


def _returning(event: Event) -> str:
    named = event.data.get("bidang")
    only = f", hanya {listed([str(name) for name in named])}" if named else ""
    if event.data.get("target") == event.step:
        return f"mengembalikan langkah {event.step} untuk diulang{only}"
    return f"mengembalikan dari langkah {event.step} ke langkah {event.data.get('target')}{only}"


def _joining(event: Event) -> str:
    return f"menggabung tanpa {listed([str(name) for name in event.data.get('missing', ())])}"


def _changing(event: Event) -> str:
    changes = [
        f"{verb} {listed([str(name) for name in event.data[key]])}"
        for key, verb in (("added", "menambah"), ("removed", "mengeluarkan"))
        if event.data.get(key)
    ]
    return f"mengubah bidang: {listed(changes)}"


def _closing(event: Event) -> str:
    revision = event.data.get("closing")
    return f"menutup periode {event.period}" + (f", revisi {revision}" if revision is not None else "")


_TOLD: Mapping[Act, Callable[[Event], str]] = MappingProxyType(
    {
        Act.MULAI: _on_run("memulai"),
        Act.LEPAS: _on_run("melepas"),
        Act.TUGASKAN: _assigning,
        Act.TUNDA: _on_run("menunda"),
        Act.LANJUT: _on_run("melanjutkan"),
        Act.AJUKAN: _on_run("mengajukan untuk diputuskan"),
        Act.TARIK: _on_run("menarik kembali"),
        Act.PUTUSKAN: _deciding,
        Act.SELESAI: _on_run("menyelesaikan"),
        Act.LEWATI: _on_run("melewati"),
        Act.PAKAI_LAMA: _on_run("memakai hasil lama untuk"),
        Act.KOREKSI: _correcting,
        Act.URUNG: lambda event: f"mengurungkan urutan {event.data.get('undoes')} pada {_run(event)}",
        Act.CENTANG: _ticking,
        Act.DOKUMEN: _documenting,
        Act.KOMENTAR: _remarking,
        Act.BUKA: lambda event: f"membuka periode {event.period}",
        Act.KEMBALIKAN: _returning,
        Act.TAHAN: _plainly("menahan berkas"),
        Act.LANJUTKAN: _plainly("melanjutkan berkas"),
        Act.HENTIKAN: _plainly("menghentikan berkas"),
        Act.MULAI_ULANG: lambda event: f"memulai ulang sebagai berkas {event.case}",
        Act.GABUNG: _joining,
        Act.UBAH_BIDANG: _changing,
        Act.BEBASKAN: lambda event: f"membebaskan {event.data.get('child')}",
        Act.TUTUP: _closing,
        Act.BUKA_KEMBALI: lambda event: f"membuka kembali periode {event.period}",
        Act.PINDAH_VERSI: lambda event: f"memindahkan berkas ke versi {event.data.get('sop_version')}",
    }
)

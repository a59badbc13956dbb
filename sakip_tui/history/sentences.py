"""What an event says in a sentence: who did what, to which step, why. For the screen and for `sakip riwayat` alike.

Pure, and light to import: the command line comes here too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sakip_tui.board.labels import bidang_named, period_named, period_short
from sakip_tui.history.people_words import PEOPLE_VERBS
from sop.acts.spec import OFFICE_ACTS
from sop.model.events import Act, Event
from sop.model.periods import split
from sop.model.texts import clean
from sop.time.instants import civil
from sop.words.labels import LABELS, label, listed
from sop.words.time import clock, moment_short

KINDS: Mapping[str, tuple[str, tuple[Act, ...]]] = {
    "kerja": (
        "Pekerjaan",
        (Act.MULAI, Act.LEPAS, Act.TUGASKAN, Act.TUNDA, Act.LANJUT, Act.SELESAI, Act.LEWATI, Act.PAKAI_LAMA),
    ),
    "putusan": ("Pengajuan dan keputusan", (Act.AJUKAN, Act.TARIK, Act.PUTUSKAN, Act.KEMBALIKAN)),
    "koreksi": ("Koreksi dan urung", (Act.KOREKSI, Act.URUNG)),
    "catatan": ("Catatan, dokumen, kelengkapan", (Act.KOMENTAR, Act.DOKUMEN, Act.CENTANG)),
    "periode": (
        "Periode dan berkas",
        (
            *(Act.BUKA, Act.TUTUP, Act.BUKA_KEMBALI, Act.BEBASKAN, Act.TAHAN, Act.LANJUTKAN, Act.HENTIKAN),
            *(Act.MULAI_ULANG, Act.GABUNG, Act.UBAH_BIDANG, Act.PINDAH_VERSI),
        ),
    ),
    "kantor": ("Kantor: kalender, SOP, pengaturan, orang", tuple(sorted(OFFICE_ACTS))),
}
"""Code -> what people call a kind of act, and the acts it holds: every act in one of them."""


class Teller:
    """Tells events."""

    def __init__(self, offset: int, now: int, names: Mapping[str, str]) -> None:
        """
        Args:
            offset: Seconds the office's zone lies east of UTC.
            now: Moment of looking: moments of its year go without the year.
            names: Code of a person -> name; who is not there is told by code.
        """
        self.offset, self.now, self.names = offset, now, names

    def who(self, code: str) -> str:
        return clean(self.names.get(code) or code)

    def moment(self, t: int) -> str:
        return moment_short(t, self.offset, self.now)

    def sentence(self, event: Event) -> str:
        """`siti mulai mengerjakan langkah 2 TW IV bidang Pelatihan`, with reason and marks."""
        verb = _VERBS.get(event.act)
        said = verb(self, event) if verb is not None else f"{label(event.act)} {self.place(event)}".strip()
        # What an event does not say leaves a gap between two words.
        text = " ".join(f"{self.who(event.by)} {said}".split())
        if (event.attempt or 1) > 1:
            text += f", putaran {event.attempt}"
        words = [clean(str(event.data[name])) for name in ("note", "reason") if event.data.get(name)]
        if words:
            text += ": " + " / ".join(f'"{word}"' for word in words)
        marks = self.marks(event)
        return text + (f" ({', '.join(marks)})" if marks else "")

    def period(self, key: str) -> str:
        """`TW IV`, with the year where it is not that of now."""
        return period_short(key) if split(key)[0] == civil(self.now, self.offset).year else period_named(key)

    @staticmethod
    def marks(event: Event) -> list[str]:
        return [word for held, word in ((event.late_entry, "susulan"), (event.doubted, "jam diragukan")) if held]

    def place(self, event: Event) -> str:
        """`langkah 2 TW IV bidang Pelatihan`; of an act on a case or period only the period."""
        parts = []
        if event.step is not None:
            parts.append(f"langkah {event.step}")
        if event.period is not None:
            parts.append(self.period(event.period))
        if event.bidang is not None:
            parts.append(bidang_named(clean(event.bidang)))
        return " ".join(parts)

    def changes(self, event: Event) -> list[str]:
        """What a correction changed: `mulai 08.10 menjadi 08.05`; empty for other acts."""
        if event.act is not Act.KOREKSI:
            return []
        before, after = event.data.get("before") or {}, event.data.get("after") or {}
        said = []
        for name, word in (("started", "mulai"), ("ended", "berakhir")):
            old, new = before.get(name), after.get(name)
            if old != new:
                said.append(f"{word} {self._changed(old, new)}")
        if (before.get("note") or None) != (after.get("note") or None):
            said.append("catatan")
        if event.data.get("evidence") is not None:
            said.append("dokumen bukti")
        verdicts = [one if isinstance(one, Mapping) else {} for one in (before.get("verdict"), after.get("verdict"))]
        late = [one.get("late_seconds") for one in verdicts]
        if late[0] != late[1]:
            said.append(f"penilaian {_judged(late[0])} menjadi {_judged(late[1])}")
        return said

    def _changed(self, old: int | None, new: int | None) -> str:
        """Of one day only the times of day."""
        if old is None or new is None:
            return " menjadi ".join("kosong" if each is None else self.moment(each) for each in (old, new))
        if civil(old, self.offset).date() == civil(new, self.offset).date():
            return f"{self.moment(old)} menjadi {clock(new, self.offset)}"
        return f"{self.moment(old)} menjadi {self.moment(new)}"


def _judged(late: int | None) -> str:
    return "tidak dinilai" if late is None else "terlambat" if late else "tepat waktu"


def _plain(text: str) -> Callable[[Teller, Event], str]:
    """A verb with the place behind it."""
    return lambda teller, event: f"{text} {teller.place(event)}"


def _text(event: Event, name: str) -> str:
    return clean(str(event.data.get(name) or ""))


def _names(value: Any) -> str:
    return listed([bidang_named(clean(str(name))) for name in value or ()])


def _finished(teller: Teller, event: Event) -> str:
    late = _late(event)
    return f"menyelesaikan {teller.place(event)}" + (", terlambat" if late else "")


def _late(event: Event) -> bool:
    """Whether the run that ended here was judged late."""
    own = f"{event.step}:{event.bidang or ''}#{event.attempt}"
    verdict = (event.data.get("verdicts") or {}).get(own)
    return isinstance(verdict, Mapping) and bool(verdict.get("late_seconds"))


def _decided(teller: Teller, event: Event) -> str:
    return f"memutuskan {_text(event, 'answer').capitalize()} pada {teller.place(event)}"


def _assigned(teller: Teller, event: Event) -> str:
    return f"menugaskan {teller.place(event)} kepada {teller.who(str(event.data.get('holder') or 'tidak disebut'))}"


def _corrected(teller: Teller, event: Event) -> str:
    changes = teller.changes(event)
    return f"mengoreksi {teller.place(event)}" + (f" ({'; '.join(changes)})" if changes else "")


def _undone(teller: Teller, event: Event) -> str:
    code = str(event.data.get("act") or "")
    words = LABELS[Act].get(code, "tindakan")
    number = event.data.get("undoes")
    return f"mengurungkan {words} pada {teller.place(event)}" + (f" (catatan no. {number})" if number else "")


def _ticked(teller: Teller, event: Event) -> str:
    verb = "mencentang" if event.data.get("on", True) else "menghapus centang"
    item = event.data.get("item")
    what = f" kelengkapan butir {item + 1}" if isinstance(item, int) else " kelengkapan"
    return f"{verb}{what} {teller.place(event)}"


def _proven(teller: Teller, event: Event) -> str:
    found = event.data.get("evidence")
    evidence: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
    named = next((str(evidence[key]) for key in ("number", "file_name", "location") if evidence.get(key)), "")
    return f"mencatat dokumen {clean(named)} pada {teller.place(event)}".replace("  ", " ")


def _sent_back(teller: Teller, event: Event) -> str:
    whose = f" ({_names(event.data['bidang'])})" if event.data.get("bidang") else ""
    target = event.data.get("target", "?")
    if target == event.step:
        return f"mengembalikan {teller.place(event)} untuk diulang{whose}"
    return f"mengembalikan {teller.place(event)} ke langkah {target}{whose}"


def _changed_bidang(teller: Teller, event: Event) -> str:
    parts = [
        f"{verb} {_names(event.data[name])}"
        for name, verb in (("added", "menambah"), ("removed", "mengeluarkan"))
        if event.data.get(name)
    ]
    return f"{listed(parts) or 'mengubah bidang'} di {teller.place(event)}"


def _joined(teller: Teller, event: Event) -> str:
    return f"menggabungkan {teller.place(event)} tanpa {_names(event.data.get('missing')) or 'bidang yang belum'}"


def _waived(teller: Teller, event: Event) -> str:
    child = str(event.data.get("child") or "")
    return f"membebaskan {teller.place(event)} dari {teller.period(child) if child else 'periode di bawahnya'}"


def _closed(teller: Teller, event: Event) -> str:
    number = event.data.get("closing")
    return f"menutup {teller.place(event)}" + (f", penutupan ke-{number}" if number else "")


def _moved_version(teller: Teller, event: Event) -> str:
    return f"memindahkan berkas {teller.place(event)} ke SOP versi {event.data.get('sop_version', '?')}"


def _set_up(teller: Teller, event: Event) -> str:
    office = event.data.get("office")
    name = clean(str(office.get("name") or "")) if isinstance(office, Mapping) else ""
    periods = event.data.get("periods") or ()
    year = str(event.data.get("year") or (str(periods[0]["key"])[:4] if periods else ""))
    person = event.data.get("person")
    first = ""
    if isinstance(person, Mapping):
        who = teller.who(str(person.get("code", "")))
        first = f"; {who} menjadi orang pertamanya, selaku admin {clean(str(person.get('by_office', '')))}"
    return f"menyiapkan tahun {year}" + (f" untuk {name}" if name else "") + first


def _sop(verb: str) -> Callable[[Teller, Event], str]:
    def said(teller: Teller, event: Event) -> str:
        sop = event.data.get("sop")
        of = f" {clean(str(sop.get('code')))} versi {sop.get('version')}" if isinstance(sop, Mapping) else ""
        return f"{verb} SOP{of}" + (f", langkah {event.step}" if event.step is not None else "")

    return said


def _calendar(teller: Teller, event: Event) -> str:
    calendar = event.data.get("calendar")
    revision = f" menjadi revisi {calendar.get('revision')}" if isinstance(calendar, Mapping) else ""
    rows = event.data.get("changes")
    moved = sum(
        due.get("before") != due.get("after") for due in event.data.get("due") or () if isinstance(due, Mapping)
    )
    parts = [f"{len(rows)} baris" if rows else "", f"{moved} tenggat bergeser" if moved else ""]
    beside = ", ".join(part for part in parts if part)
    return f"mengubah kalender{revision}" + (f" ({beside})" if beside else "")


def _judged_anew(teller: Teller, event: Event) -> str:
    """Of what a rule of the program changed: how many verdicts, and of which periods."""
    found = [one for one in event.data.get("judged") or () if isinstance(one, Mapping)]
    periods = listed([teller.period(key) for key in dict.fromkeys(str(one["period"]) for one in found)])
    beside = f" ({len(found)} langkah di {periods})" if found else ""
    return f"menilai ulang periode yang terbuka menurut aturan jeda yang baru{beside}"


_VERBS: Mapping[Act, Callable[[Teller, Event], str]] = {
    Act.MULAI: _plain("mulai mengerjakan"),
    Act.LEPAS: _plain("melepas"),
    Act.TUGASKAN: _assigned,
    Act.TUNDA: _plain("menunda"),
    Act.LANJUT: _plain("melanjutkan"),
    Act.AJUKAN: _plain("mengajukan untuk diputuskan"),
    Act.TARIK: _plain("menarik kembali pengajuan"),
    Act.PUTUSKAN: _decided,
    Act.SELESAI: _finished,
    Act.LEWATI: _plain("melewati"),
    Act.PAKAI_LAMA: _plain("memakai hasil lama"),
    Act.KOREKSI: _corrected,
    Act.URUNG: _undone,
    Act.CENTANG: _ticked,
    Act.DOKUMEN: _proven,
    Act.KOMENTAR: _plain("menulis catatan pada"),
    Act.BUKA: _plain("membuka"),
    Act.KEMBALIKAN: _sent_back,
    Act.TAHAN: _plain("menahan berkas"),
    Act.LANJUTKAN: _plain("melanjutkan berkas"),
    Act.HENTIKAN: _plain("menghentikan berkas"),
    Act.MULAI_ULANG: _plain("memulai ulang berkas"),
    Act.GABUNG: _joined,
    Act.UBAH_BIDANG: _changed_bidang,
    Act.BEBASKAN: _waived,
    Act.TUTUP: _closed,
    Act.BUKA_KEMBALI: _plain("membuka kembali"),
    Act.PINDAH_VERSI: _moved_version,
    Act.SIAPKAN: _set_up,
    Act.SOP_IMPOR: _sop("mengimpor"),
    Act.SOP_TETAPKAN: _sop("menetapkan"),
    Act.KALENDER: _calendar,
    Act.PENGATURAN: lambda teller, event: "mengubah pengaturan kantor",
    Act.ATURAN: _judged_anew,
    **PEOPLE_VERBS,
}
"""An act without a verb here is told by its label."""


def kind_of(act: Act) -> str:
    """Code of the kind that an act belongs to."""
    return next((code for code, (_, acts) in KINDS.items() if act in acts), "kantor")


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
    "child": "periode yang dibebaskan",
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


def details(value: Any, offset: int) -> Iterator[str]:
    """What an event carries, as lines `penilaian, 2#1, tenggat: 2026-04-14T10:00:00+07:00`, at any depth."""
    from sakip_tui.cli.shapes import plain

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

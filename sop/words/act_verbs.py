"""What somebody did by an act on a run, a case, a period, an office or an SOP, in words.

Each act has one entry. Where a sheet words it otherwise than a screen, both stand beside each other. Acts on people are
in `people_verbs.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sop.loading import load
from sop.model.act import Act
from sop.model.errors import UnknownPeriod
from sop.model.events import Event
from sop.model.texts import clean
from sop.time.instants import civil
from sop.words.labels import LABELS, listed
from sop.words.people_verbs import PEOPLE_VERBS
from sop.words.periods import period_label
from sop.words.time import clock
from sop.words.voice import Verb, Voice, plainly

ROW_WORDS = "sop.words.calendar_changes:row_words"
"""Loaded for the first change of a calendar that is told."""
_ROWS_TOLD = 2
"""Rows of a calendar that stand in its sentence; the others are counted."""


def changes(voice: Voice, event: Event) -> list[str]:
    """What a correction changed: `mulai 08.10 menjadi 08.05`, and a calendar row by row; empty for other acts."""
    if event.act is Act.KALENDER:
        rows = [row for row in event.data.get("changes") or () if isinstance(row, Mapping) and "kind" in row]
        return [load(ROW_WORDS)(row["kind"], row["key"], row.get("before"), row.get("after")) for row in rows]
    if event.act is not Act.KOREKSI:
        return []
    before, after = event.data.get("before") or {}, event.data.get("after") or {}
    found = []
    for name, word in (("started", "mulai"), ("ended", "berakhir")):
        old, new = before.get(name), after.get(name)
        if old != new:
            found.append(f"{word} {_changed(voice, old, new)}")
    if (before.get("note") or None) != (after.get("note") or None):
        found.append("catatan")
    if event.data.get("evidence") is not None:
        found.append("dokumen bukti")
    verdicts = [one if isinstance(one, Mapping) else {} for one in (before.get("verdict"), after.get("verdict"))]
    late = [one.get("late_seconds") for one in verdicts]
    if late[0] != late[1]:
        found.append(f"penilaian {_judged(late[0])} menjadi {_judged(late[1])}")
    return found


def _changed(voice: Voice, old: int | None, new: int | None) -> str:
    """Of one day only the times of day."""
    if old is None or new is None:
        return " menjadi ".join("kosong" if each is None else voice.moment(each) for each in (old, new))
    if civil(old, voice.offset).date() == civil(new, voice.offset).date():
        return f"{voice.moment(old)} menjadi {clock(new, voice.offset)}"
    return f"{voice.moment(old)} menjadi {voice.moment(new)}"


def _judged(late: int | None) -> str:
    return "tidak dinilai" if late is None else "terlambat" if late else "tepat waktu"


def _text(event: Event, name: str) -> str:
    return clean(str(event.data.get(name) or ""))


def _indicator(voice: Voice, event: Event) -> str:
    said = event.data.get("indicator")
    said = said if isinstance(said, Mapping) else {}
    since = _period_words(event.data["since"]) if event.data.get("since") else ""
    ends = said.get("active") is False
    verb = "mengakhiri" if ends else "mengubah" if event.data.get("old") else "menetapkan"
    name = "" if ends else clean(str(said.get("name") or ""))
    words = [verb, "indikator", clean(str(said.get("code") or "")), name, since and f"mulai {since}"]
    return " ".join(filter(None, words))


def _targets(voice: Voice, event: Event) -> str:
    data = event.data
    number, changed = data.get("number"), data.get("new")
    count = len(changed) if isinstance(changed, Mapping) else 0
    which = "(perjanjian kinerja)" if number == 1 else f"(perubahan ke-{number})" if number else ""
    what = f"{count} target" if count else "dokumen target"
    return " ".join(filter(None, ["menetapkan", what, str(data.get("year") or ""), which]))


def _whose_rows(event: Event) -> str:
    owner = event.data.get("owner")
    return f"data {clean(str(owner))}" if owner else "data kantor"


def _row_codes(event: Event) -> str:
    """The rows of an act on data, by code as it is compared."""
    rows = event.data.get("rows")
    keys = [*rows] if isinstance(rows, Mapping | list) else []
    return listed([clean(str(key)).upper() for key in keys])


def _forms_sent(voice: Voice, event: Event) -> str:
    forms = event.data.get("forms")
    names = [each.get("owner") or "kantor" for each in forms if isinstance(each, Mapping)] if forms else []
    return f"mengirim formulir {listed([clean(str(name)) for name in names])}".rstrip()


def _filled_rows(voice: Voice, event: Event) -> str:
    """The rows that were filled, each with the word it wanted: an answer to a mark."""
    rows, confirmed = event.data.get("rows"), event.data.get("confirmed")
    words: dict[str, object] = {}
    if isinstance(rows, Mapping):
        words |= {str(key): facts.get("word") for key, facts in rows.items() if isinstance(facts, Mapping)}
    if isinstance(confirmed, Mapping):
        words |= {str(key): word for key, word in confirmed.items()}
    told = [
        f'{clean(key).upper()} ("{clean(str(word))}")' if word else clean(key).upper() for key, word in words.items()
    ]
    return f"mengisi {_whose_rows(event)}: {listed(told)}".rstrip(": ")


def _on_rows(verb: str) -> Verb:
    def said(voice: Voice, event: Event) -> str:
        return f"{verb} {_whose_rows(event)}: {_row_codes(event)}".rstrip(": ")

    return said


def _period_words(key: object) -> str:
    """A period as people call it; what is no period stays as it is."""
    try:
        return period_label(str(key))
    except UnknownPeriod:
        return clean(str(key))


def _finished(voice: Voice, event: Event) -> str:
    late = _late(event) and not voice.on_paper
    return f"menyelesaikan {voice.place(event)}" + (", terlambat" if late else "")


def _late(event: Event) -> bool:
    """Whether the run that ended here was judged late."""
    own = f"{event.step}:{event.bidang or ''}#{event.attempt}"
    verdict = (event.data.get("verdicts") or {}).get(own)
    return isinstance(verdict, Mapping) and bool(verdict.get("late_seconds"))


def _decided(voice: Voice, event: Event) -> str:
    return f"memutuskan {_text(event, 'answer').capitalize()} pada {voice.place(event)}"


def _assigned(voice: Voice, event: Event) -> str:
    return f"menugaskan {voice.place(event)} kepada {voice.who(str(event.data.get('holder') or 'tidak disebut'))}"


def _corrected(voice: Voice, event: Event) -> str:
    if voice.on_paper:
        given = (("started", "mulai"), ("ended", "selesai"), ("evidence", "dokumen"))
        parts = [word for key, word in given if key in event.data]
        return f"mengoreksi {listed(parts) or 'catatan'} {voice.place(event)}"
    found = changes(voice, event)
    return f"mengoreksi {voice.place(event)}" + (f" ({'; '.join(found)})" if found else "")


def _undone(voice: Voice, event: Event) -> str:
    number = event.data.get("undoes")
    if voice.on_paper:
        return f"mengurungkan urutan {number} pada {voice.place(event)}"
    words = LABELS[Act].get(str(event.data.get("act") or ""), "tindakan")
    return f"mengurungkan {words} pada {voice.place(event)}" + (f" (catatan no. {number})" if number else "")


def _ticked(voice: Voice, event: Event) -> str:
    verb = "mencentang" if event.data.get("on", True) else "menghapus centang"
    item = event.data.get("item")
    which = f" butir {item + 1}" if isinstance(item, int) else ""
    return f"{verb}{'' if voice.on_paper else ' kelengkapan'}{which} {voice.place(event)}"


def _proven(voice: Voice, event: Event) -> str:
    found = event.data.get("evidence")
    evidence: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
    shown = ("number", "file_name", "location")
    named = next((str(evidence[key]) for key in shown if evidence.get(key)), "")
    to = "untuk" if voice.on_paper else "pada"
    return f"mencatat dokumen {clean(named)} {to} {voice.place(event)}".replace("  ", " ")


def _remarked(voice: Voice, event: Event) -> str:
    if voice.on_paper:
        return f"berkomentar pada {voice.place(event)}" if event.step is not None else "berkomentar"
    return f"menulis catatan pada {voice.place(event)}"


def _sent_back(voice: Voice, event: Event) -> str:
    named = event.data.get("bidang")
    target = event.data.get("target", "?")
    is_same = target == event.step
    if voice.on_paper:
        only = f", hanya {voice.bidang(named)}" if named else ""
        way = f"langkah {event.step} untuk diulang" if is_same else f"dari langkah {event.step} ke langkah {target}"
        return f"mengembalikan {way}{only}"
    whose = f" ({voice.bidang(named)})" if named else ""
    return f"mengembalikan {voice.place(event)} {'untuk diulang' if is_same else f'ke langkah {target}'}{whose}"


def _changed_bidang(voice: Voice, event: Event) -> str:
    parts = [
        f"{verb} {voice.bidang(event.data[name])}"
        for name, verb in (("added", "menambah"), ("removed", "mengeluarkan"))
        if event.data.get(name)
    ]
    if voice.on_paper:
        return f"mengubah bidang: {listed(parts)}"
    return f"{listed(parts) or 'mengubah bidang'} di {voice.place(event)}"


def _joined(voice: Voice, event: Event) -> str:
    missing = voice.bidang(event.data.get("missing") or ())
    if voice.on_paper:
        return f"melanjutkan tanpa {missing}"
    return f"melanjutkan {voice.place(event)} tanpa {missing or 'bidang yang belum'}"


def _waived(voice: Voice, event: Event) -> str:
    child = str(event.data.get("child") or "")
    if voice.on_paper:
        return f"menetapkan tidak menunggu {voice.period(child) if child else 'periode di bawahnya'}"
    whom = voice.period(child) if child else "periode di bawahnya"
    return f"menetapkan {voice.place(event)} tidak menunggu {whom}"


def _on_period(verb: str) -> Verb:
    """An act on a period, which a sheet names at length."""

    return lambda voice, event: f"{verb} {voice.period(event.period) if event.period else ''}"


def _closed(voice: Voice, event: Event) -> str:
    number = event.data.get("closing")
    which = f", {'revisi ' if voice.on_paper else 'penutupan ke-'}{number}" if number else ""
    return _on_period("menutup")(voice, event) + which


def _begun_anew(voice: Voice, event: Event) -> str:
    if voice.on_paper:
        return f"memulai ulang sebagai berkas {event.case}"
    return f"memulai ulang berkas {voice.place(event)}"


def _moved_version(voice: Voice, event: Event) -> str:
    version = event.data.get("sop_version", "?")
    if voice.on_paper:
        return f"memindahkan berkas ke versi {version}"
    return f"memindahkan berkas {voice.place(event)} ke SOP versi {version}"


def _set_up(voice: Voice, event: Event) -> str:
    office = event.data.get("office")
    name = clean(str(office.get("name") or "")) if isinstance(office, Mapping) else ""
    periods = event.data.get("periods") or ()
    year = str(event.data.get("year") or (str(periods[0]["key"])[:4] if periods else ""))
    person = event.data.get("person")
    first = ""
    if isinstance(person, Mapping):
        who = voice.who(str(person.get("code", "")))
        first = f"; {who} menjadi orang pertamanya, selaku admin {clean(str(person.get('by_office', '')))}"
    return f"menyiapkan tahun {year}" + (f" untuk {name}" if name else "") + first


def _sop(verb: str) -> Verb:
    def verb_phrase(voice: Voice, event: Event) -> str:
        sop = event.data.get("sop")
        of = f" {clean(str(sop.get('code')))} versi {sop.get('version')}" if isinstance(sop, Mapping) else ""
        return f"{verb} SOP{of}" + (f", langkah {event.step}" if event.step is not None else "")

    return verb_phrase


def _calendar(voice: Voice, event: Event) -> str:
    calendar = event.data.get("calendar")
    revision = f" menjadi revisi {calendar.get('revision')}" if isinstance(calendar, Mapping) else ""
    rows = event.data.get("changes")
    moved = sum(
        due.get("before") != due.get("after") for due in event.data.get("due") or () if isinstance(due, Mapping)
    )
    told = changes(voice, event)[:_ROWS_TOLD]
    more = len(rows or ()) - len(told)
    parts = [f"{more} baris{' lagi' if told else ''}" if more else "", f"{moved} tenggat bergeser" if moved else ""]
    beside = ", ".join(part for part in parts if part)
    what = f"mengubah kalender{revision}" + (f": {'; '.join(told)}" if told else "")
    return what + (f" ({beside})" if beside else "")


def _judged_anew(voice: Voice, event: Event) -> str:
    """Of what a rule of the program changed: how many verdicts, and of which periods."""
    found = [one for one in event.data.get("judged") or () if isinstance(one, Mapping)]
    periods = listed([voice.period(key) for key in dict.fromkeys(str(one["period"]) for one in found)])
    beside = f" ({len(found)} langkah di {periods})" if found else ""
    return f"menilai ulang periode yang terbuka menurut aturan jeda yang baru{beside}"


def _restored(voice: Voice, event: Event) -> str:
    """How far the copy went, and how much of the log it took back."""
    copy, lost = event.data.get("backup"), event.data.get("lost")
    until = f" sampai catatan no. {copy['sequence']}" if isinstance(copy, Mapping) and "sequence" in copy else ""
    gone = f" ({lost} catatan hilang)" if isinstance(lost, int) and lost else ""
    return f"memulihkan basis data dari cadangan{until}{gone}{_vouched(event.data.get('vouched'))}"


def _vouched(facts: Any) -> str:
    """By whose rights it was restored; nothing of an event of before that was kept."""
    if not isinstance(facts, Mapping):
        return ""
    if facts.get("office"):
        return f", atas haknya di {clean(facts['office'])}{' menurut cadangan itu' if facts.get('by_backup') else ''}"
    return f", dari akun komputer {clean(facts['account'])}" if facts.get("account") else ""


VERBS: Mapping[Act, Verb] = {
    Act.MULAI: plainly("mulai mengerjakan", on_paper="memulai"),
    Act.LEPAS: plainly("melepas"),
    Act.TUGASKAN: _assigned,
    Act.TUNDA: plainly("menunda"),
    Act.LANJUT: plainly("melanjutkan"),
    Act.AJUKAN: plainly("mengajukan untuk diputuskan"),
    Act.TARIK: plainly("menarik kembali pengajuan", on_paper="menarik kembali"),
    Act.PUTUSKAN: _decided,
    Act.SELESAI: _finished,
    Act.LEWATI: plainly("melewati"),
    Act.PAKAI_LAMA: plainly("memakai hasil lama", on_paper="memakai hasil lama untuk"),
    Act.KOREKSI: _corrected,
    Act.URUNG: _undone,
    Act.CENTANG: _ticked,
    Act.DOKUMEN: _proven,
    Act.KOMENTAR: _remarked,
    Act.BUKA: _on_period("membuka"),
    Act.KEMBALIKAN: _sent_back,
    Act.TAHAN: plainly("menahan berkas"),
    Act.LANJUTKAN: plainly("melanjutkan berkas"),
    Act.HENTIKAN: plainly("menghentikan berkas"),
    Act.MULAI_ULANG: _begun_anew,
    Act.GABUNG: _joined,
    Act.UBAH_BIDANG: _changed_bidang,
    Act.BEBASKAN: _waived,
    Act.TUTUP: _closed,
    Act.BUKA_KEMBALI: _on_period("membuka kembali"),
    Act.PINDAH_VERSI: _moved_version,
    Act.SIAPKAN: _set_up,
    Act.SOP_IMPOR: _sop("mengimpor"),
    Act.SOP_TETAPKAN: _sop("menetapkan"),
    Act.KALENDER: _calendar,
    Act.PENGATURAN: lambda voice, event: "mengubah pengaturan kantor",
    Act.FORMULIR: _forms_sent,
    Act.ISI: _filled_rows,
    Act.TANDAI: _on_rows("menandai"),
    Act.TERIMA: _on_rows("menerima"),
    Act.KOREKSI_NILAI: _on_rows("mengoreksi nilai"),
    Act.INDIKATOR: _indicator,
    Act.TARGET: _targets,
    Act.ATURAN: _judged_anew,
    Act.PULIHKAN: _restored,
    Act.PANGKAL: lambda voice, event: "mencatat keadaan kantor apa adanya, karena riwayat lama belum memuatnya",
    **PEOPLE_VERBS,
}
"""Every act has one."""

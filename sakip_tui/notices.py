"""Every error in plain Indonesian: what happened, and what can be done.

One entry per error type, one per rule of the rules floor. The facts come with the error; nothing is decided here. The
sentences for the faults of a handed-in SOP are in `fault_words.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from db import errors as db_errors
from exports import errors as export_errors
from sakip_tui.fault_words import FAULT_SENTENCES
from sop.errors import CalendarGap, Fault, FaultyInput, SopError, UnknownPeriod, UnknownSop, UnknownZone
from sop.events import Act
from sop.instants import civil
from sop.labels import LABELS, listed, state_label
from sop.labels_time import clock, date_plain, date_short
from sop.pelaksana import Role
from sop.refusals import Refused, Rule, StaleRevision, Unknown
from sop.rights import OFFICE_RIGHTS
from sop.state import CasePhase


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person is told."""

    happened: str
    remedy: str = ""
    """Empty where nothing can be done, or where it is plain from what happened."""
    lines: tuple[str, ...] = ()
    """One for each fault of an input."""

    def __str__(self) -> str:
        """As one paragraph, the lines beneath."""
        return "\n".join((f"{self.happened} {self.remedy}".strip(), *(f"- {line}" for line in self.lines)))


Facts = Mapping[str, Any]


class Wording:
    """How facts are said: moments in the office's time."""

    def __init__(self, offset: int) -> None:
        self.offset = offset

    def moment(self, t: object) -> str:
        """`Kam 15 Okt 2026 09.31`: always with the year, as a mistyped one is what such sentences are about."""
        if not isinstance(t, int):
            return "-"
        try:
            day = civil(t, self.offset).date()
        except (OverflowError, ValueError):
            return "di luar kalender"
        return f"{date_short(day)} {day.year} {clock(t, self.offset)}"

    def day(self, t: object) -> str:
        return date_plain(civil(t, self.offset).date()) if isinstance(t, int) else "-"


Maker = Callable[[Facts, Wording], tuple[str, str]]


def notice_of(error: BaseException, offset: int = 0) -> Notice | None:
    """The notice for an error raised on purpose; None for any other.

    Args:
        error: What was raised.
        offset: Seconds that the office's zone lies east of UTC, for moments among the facts.
    """
    wording = Wording(offset)
    if isinstance(error, Refused):
        return Notice(*RULES[error.rule](error.facts, wording))
    if isinstance(error, FaultyInput):
        return _faults(error)
    if isinstance(error, Unknown):
        return _unknown(error)
    if isinstance(error, StaleRevision):
        return Notice(f"{_upper(entity(error.entity))} sudah berubah sejak Anda melihatnya.", _LOOK_AGAIN)
    for kind in type(error).__mro__:
        if kind in ERRORS:
            facts = error.facts if isinstance(error, SopError | db_errors.DbError) else vars(error)
            return Notice(*ERRORS[kind](facts, wording))
    return None


# ---------------------------------------------------------------------- small words
_LOOK_AGAIN = "Lihat keadaannya yang sekarang, lalu putuskan lagi."


def _step(facts: Facts) -> str:
    """`Langkah 3 (Bidang A)`."""
    bidang = facts.get("bidang")
    return f"Langkah {facts.get('step')}" + (f" ({bidang})" if isinstance(bidang, str) and bidang else "")


def _upper(text: str) -> str:
    """With a capital in front; period keys further on keep theirs."""
    return text[:1].upper() + text[1:]


def _words(values: object, last: str = "dan") -> str:
    if isinstance(values, str) or not isinstance(values, Iterable):
        return str(values)
    return listed([str(value) for value in values], last)


def _choices(known: object) -> str:
    """`Pilihannya: a, b atau c.`; empty where there is nothing to choose from."""
    words = _words(known, "atau")
    return f"Pilihannya: {words}." if words else ""


def _manager_only(f: Facts, w: Wording) -> tuple[str, str]:
    # A copy of the file is for whoever may put one back.
    act = Act.PULIHKAN if f.get("act") == "cadangkan" else f.get("act")
    admin_may = any(act == known and Role.ADMIN in roles for known, roles in OFFICE_RIGHTS.items())
    who = "pengelola atau admin" if admin_may else "pengelola"
    return f"Hanya {who} yang boleh melakukan ini: {_act(f.get('act'))}.", f"Minta {who} melakukannya."


def _act(value: object) -> str:
    return LABELS[Act].get(str(value), str(value)) if value is not None else "tindakan lain"


def _states(values: object) -> str:
    return listed([state_label(str(value)) for value in values], "atau") if isinstance(values, Iterable) else ""


def _first(values: object) -> str:
    return str(next(iter(values))) if isinstance(values, Iterable) and values else ""


def entity(name: str) -> str:
    """The card, case or period that an event touched: `r:2026-TW1#1:3:Bidang A` -> `langkah 3 (Bidang A) 2026-TW1`."""
    kind, _, rest = name.partition(":")
    if kind == "kalender":
        return "kalender kerja"
    if kind == "pengaturan":
        return "pengaturan kantor"
    if kind == "u":
        return f"pengguna {rest}"
    if kind == "b":
        return "daftar bidang"
    if kind == "sop":
        return f"SOP {rest}"
    key, _, rest = rest.partition("#")
    _, _, slot = rest.partition(":")
    step, _, bidang = slot.partition(":")
    if kind == "r":
        return f"langkah {step}" + (f" ({bidang})" if bidang else "") + f" {key}"
    return f"berkas {key}" if kind == "c" else f"periode {key}"


# ---------------------------------------------------------------------- rules
def _gate_closed(f: Facts, w: Wording) -> tuple[str, str]:
    children = _words(f.get("children", ()))
    return (
        f"Langkah {f.get('step')} menunggu {children} ditutup.",
        "Tutup dulu periode itu, atau bebaskan dengan alasan bila memang tidak ditunggu.",
    )


def _not_reached(f: Facts, w: Wording) -> tuple[str, str]:
    front = _words(f.get("front", ()))
    now = f"Yang terbuka sekarang: langkah {front}." if front else "Tidak ada langkah yang terbuka."
    return f"{_step(f)} belum sampai gilirannya.", now


def _wrong_phase(f: Facts, w: Wording) -> tuple[str, str]:
    return (
        f"{_step(f)} sedang dalam keadaan {state_label(str(f.get('phase')))}.",
        f"Tindakan ini hanya untuk langkah dalam keadaan {_states(f.get('allowed', ()))}.",
    )


def _case_phase(f: Facts, w: Wording) -> tuple[str, str]:
    words = LABELS[CasePhase]
    allowed = listed([words.get(str(value), str(value)) for value in f.get("allowed", ())], "atau")
    return (
        f"Berkas {f.get('period')} {words.get(str(f.get('phase')), '')}.",
        f"Tindakan ini hanya untuk berkas yang {allowed}.",
    )


def _reason_needed(f: Facts, w: Wording) -> tuple[str, str]:
    missing = _words(f.get("missing", ()))
    return (
        f"Untuk {_act(f.get('act'))} alasan wajib diisi.",
        f"Tulis alasannya dan sebut yang belum menyerahkan: {missing}." if missing else "Tulis alasannya.",
    )


def _before_bound(f: Facts, w: Wording) -> tuple[str, str]:
    return (
        f"Waktu {w.moment(f.get('typed'))} lebih awal daripada kejadian terakhir yang tercatat.",
        f"Pakai waktu {w.moment(f.get('bound'))} atau sesudahnya.",
    )


def _close_blocked(f: Facts, w: Wording) -> tuple[str, str]:
    parts: list[str] = []
    for step, bidang, phase, lane in f.get("open", ()):
        whose = f"langkah {step}" + (f" ({bidang})" if bidang else "")
        parts.append(f"{whose} {state_label(phase).lower()} di {lane}")
    if not parts and f.get("phase") == CasePhase.DITAHAN:
        parts.append("berkasnya sedang ditahan")
    if f.get("children"):
        parts.append(f"{_words(f['children'])} belum ditutup")
    if f.get("stale"):
        parts.append(f"masukannya basi karena {_words(f['stale'])} dibuka kembali")
    what = "; ".join(parts) or "berkasnya belum selesai"
    return f"Periode {f.get('period')} belum dapat ditutup: {what}.", "Selesaikan dulu yang disebut, lalu tutup lagi."


_MAP_FAULTS = {
    "no-step": "versi itu tidak punya langkah untuk periode ini",
    "unknown-old": "langkah {step} tidak ada di versi sekarang",
    "unknown-new": "langkah {step} tidak ada di versi tujuan",
    "two-to-one": "langkah {step} versi tujuan dipakai dua kali",
    "order": "urutan langkah tidak boleh tertukar",
    "open-without-image": "langkah {step} sedang terbuka dan tidak dipetakan",
    "per-bidang-differs": "langkah {step} berbeda: per bidang atau tidak",
    "not-done": "langkah {step} versi tujuan belum pernah selesai",
    "done-after-front": "langkah {step} versi tujuan sudah selesai padahal ada di belakang langkah yang terbuka",
    "no-decision": "langkah {step} versi tujuan tidak meminta keputusan",
    "no-answer": "langkah {step} versi tujuan meminta Ya yang belum pernah dijawab",
}


def _map_unsound(f: Facts, w: Wording) -> tuple[str, str]:
    faults = [_MAP_FAULTS.get(code, code).format(step=step) for code, step in f.get("faults", ())]
    return f"Peta langkah ini tidak dapat dipakai: {'; '.join(faults)}.", "Perbaiki petanya; coba dulu dengan --coba."


def _nothing_to_undo(f: Facts, w: Wording) -> tuple[str, str]:
    opener = f.get("opened_by")
    if opener is None:
        return f"{_step(f)} belum punya tindakan yang dapat diurungkan.", ""
    said = f"{_step(f)} belum punya tindakan yang dapat diurungkan."
    if f.get("opened_step") is None:
        # An act on the period or the case opened it; urung acts on steps only.
        return said, f"Langkah ini terbuka karena {_act(opener)}, dan itu tidak diurungkan lewat langkah."
    return said, f"Langkah ini terbuka karena {_act(opener)} pada langkah {f['opened_step']}; urungkan di sana."


def _cut_since(f: Facts, w: Wording) -> tuple[str, str]:
    where = f" pada langkah {f['step']}" if f.get("step") is not None else ""
    return (
        f"Langkah ini sudah dilampaui {_act(f.get('act'))}{where} oleh {f.get('by')}, {w.moment(f.get('at'))}.",
        "Urungkan tindakan itu lebih dulu.",
    )


def _built_on(f: Facts, w: Wording) -> tuple[str, str]:
    if f.get("act") is not None:
        return (
            f"Sesudah tindakan ini sudah ada {_act(f['act'])} yang bertumpu padanya.",
            "Urungkan yang kemudian itu lebih dulu.",
        )
    return f"{_step(f)} yang terbuka karenanya sudah dikerjakan.", "Urungkan dulu tindakan pada langkah itu."


def _nothing_changed(f: Facts, w: Wording) -> tuple[str, str]:
    return "Tidak ada yang berubah dengan perintah ini.", "Sebutkan apa yang diganti."


def _map_region(f: Facts, w: Wording) -> tuple[str, str]:
    return (
        f"Langkah {f.get('step')} per bidang baru terkumpul sebagian; belum: {_words(f.get('missing', ()))}.",
        "Tunggu sampai semua menyerahkan, atau gabungkan dulu.",
    )


def _comment_needed(f: Facts, w: Wording) -> tuple[str, str]:
    what = {"putuskan": "Jawaban Tidak", "kembalikan": "Pengembalian"}.get(str(f.get("act")), "Komentar")
    return f"{what} perlu catatan.", "Tulis apa yang harus diperbaiki."


def _ancestor(f: Facts, w: Wording) -> tuple[str, str]:
    ancestor = f.get("ancestor")
    return f"{f.get('period')} ada di bawah {ancestor} yang sudah ditutup.", f"Buka kembali {ancestor} lebih dulu."


def _late_reason(f: Facts, w: Wording) -> tuple[str, str]:
    return (
        f"Waktu {w.moment(f.get('typed'))} lebih dari {f.get('days')} hari kerja yang lalu.",
        "Catatan susulan seperti ini perlu alasan; tulis alasannya.",
    )


def _evidence(f: Facts, w: Wording) -> tuple[str, str]:
    return (
        f"Langkah {f.get('step')} belum lengkap: {_words(f.get('missing', ()))}.",
        "Catat dokumennya atau centang kelengkapannya, lalu selesaikan lagi.",
    )


def _in_hold(f: Facts, w: Wording) -> tuple[str, str]:
    end = f"sampai {w.moment(f['end'])}" if f.get("end") is not None else "dan belum dilanjutkan"
    return (
        f"Pada {w.moment(f.get('typed'))} berkas sedang ditahan: sejak {w.moment(f.get('start'))} {end}.",
        "Pakai waktu di luar masa itu.",
    )


RULES: dict[Rule, Maker] = {
    Rule.PERIOD_CLOSED: lambda f, w: (
        f"Periode {f.get('period')} sudah ditutup.",
        "Yang masih bisa: komentar, atau buka kembali periodenya dengan alasan.",
    ),
    Rule.PERIOD_NOT_OPEN: lambda f, w: (f"Periode {f.get('period')} belum dibuka.", "Buka dulu periodenya."),
    Rule.PERIOD_IS_OPEN: lambda f, w: (
        f"Periode {f.get('period')} "
        + ("belum pernah ditutup." if f.get("phase") is not None else "sudah pernah dibuka."),
        "",
    ),
    Rule.NO_CASE: lambda f, w: (
        f"Periode {f.get('period')} tidak punya langkah sendiri; isinya rangkuman periode di bawahnya.",
        "Kerjakan di periode yang punya langkah.",
    ),
    Rule.BEFORE_PERIOD: lambda f, w: (
        f"Periode {f.get('period')} dibuka paling awal {w.day(f.get('first_day'))}; Anda menyebut "
        f"{w.moment(f.get('typed'))}.",
        "Pakai waktu sejak hari pertama periode.",
    ),
    Rule.ANCESTOR_CLOSED: _ancestor,
    Rule.NOT_REACHED: _not_reached,
    Rule.GATE_CLOSED: _gate_closed,
    Rule.WRONG_PHASE: _wrong_phase,
    Rule.PAUSED: lambda f, w: (f"{_step(f)} sedang ditunda.", "Lanjutkan dulu langkahnya."),
    Rule.CASE_PHASE: _case_phase,
    Rule.CASE_HELD: lambda f, w: (f"Berkas {f.get('period')} sedang ditahan.", "Lanjutkan dulu berkasnya."),
    Rule.DECISION_STEP: lambda f, w: (
        f"Langkah {f.get('step')} meminta keputusan dan hanya berakhir dengan Ya atau Tidak.",
        "Ajukan, lalu putuskan.",
    ),
    Rule.NO_DECISION_STEP: lambda f, w: (
        f"Langkah {f.get('step')} tidak meminta keputusan.",
        "Selesaikan langkahnya seperti biasa.",
    ),
    Rule.NOT_HANDED_IN: lambda f, w: (
        f"Langkah {f.get('step')} diputuskan oleh {f.get('decider')} dan belum diajukan.",
        "Ajukan dulu, lalu putuskan.",
    ),
    Rule.ANSWER_NEEDED: lambda f, w: ("Putusannya belum disebut.", "Jawab Ya atau Tidak."),
    Rule.COMMENT_NEEDED: _comment_needed,
    Rule.REASON_NEEDED: _reason_needed,
    Rule.LATE_REASON_NEEDED: _late_reason,
    Rule.WRONG_LANE: lambda f, w: (
        f"Tindakan ini bukan bagian {f.get('lane')}.",
        f"Yang boleh: {_words(f.get('allowed', ()), 'atau')}.",
    ),
    Rule.NOT_MEMBER: lambda f, w: (
        f"Anda tidak memegang lajur {_words(f.get('allowed', ()), 'atau')}"
        + (f" untuk bidang {f.get('bidang')}." if f.get("bidang") else "."),
        "Minta pemegang lajurnya atau pengelola mencatatnya.",
    ),
    Rule.MANAGER_ONLY: _manager_only,
    Rule.ADMIN_ONLY: lambda f, w: (
        f"Hanya admin yang boleh melakukan ini: {_act(f.get('act'))}.",
        "Minta admin melakukannya.",
    ),
    Rule.FIRST_IS_ADMIN: lambda f, w: (
        "Orang pertama yang didaftarkan harus admin, karena sesudah itu hanya admin yang dapat mendaftarkan orang.",
        "Daftarkan dengan peran admin.",
    ),
    Rule.LAST_ADMIN: lambda f, w: (
        f"{f.get('person')} adalah admin aktif yang terakhir.",
        "Jadikan orang lain admin lebih dulu.",
    ),
    Rule.DECIDER_APART: lambda f, w: (
        f"{_step(f)} tidak boleh diputuskan oleh yang mengerjakannya ({_words(f.get('people', ()))}).",
        "Minta orang lain dari lajur pemutus memutuskannya.",
    ),
    Rule.IDENTITY_LOCKED: lambda f, w: (
        f"Sambungan ini milik {f.get('person')} dan tidak dapat dipakai sebagai {f.get('claimed')}.",
        "Jalankan tanpa --sebagai.",
    ),
    Rule.IDENTITY_UNPROVEN: lambda f, w: (
        f"Akun ini tidak terdaftar sebagai {f.get('claimed')}, dan PIN-nya tidak dapat ditanyakan di sini.",
        "Jalankan dari akun sendiri, atau di terminal supaya PIN dapat diketik.",
    ),
    Rule.PIN_WRONG: lambda f, w: (
        f"PIN {f.get('person')} tidak cocok."
        + (f" Sisa kesempatan: {f['left']} kali." if f.get("left") is not None else ""),
        "Periksa PIN-nya, lalu ketik lagi.",
    ),
    Rule.PIN_LOCKED: lambda f, w: (
        f"PIN {f.get('person')} terkunci sampai {w.moment(f.get('until'))} karena salah berkali-kali.",
        "Tunggu sampai saat itu, atau minta admin membukanya.",
    ),
    Rule.NO_PIN: lambda f, w: (
        f"{f.get('person')} belum punya PIN.",
        "Minta admin memberi PIN.",
    ),
    Rule.HOLDER_ONLY: lambda f, w: (
        (f"Kartu ini dipegang {f.get('holder')}.", "Minta pemegangnya atau pengelola melakukannya.")
        if f.get("holder")
        else ("Kartu ini tidak dipegang siapa pun.", "Minta pengelola melakukannya.")
    ),
    Rule.NOT_IN_LANE: lambda f, w: (
        f"{f.get('person')} bukan anggota lajur {_words(f.get('allowed', ()), 'atau')}.",
        "Pilih orang dari lajur itu.",
    ),
    Rule.BEFORE_BOUND: _before_bound,
    Rule.FUTURE: lambda f, w: (
        f"Waktu {w.moment(f.get('typed'))} belum terjadi; sekarang {w.moment(f.get('now'))}.",
        "Pakai waktu yang sudah lewat.",
    ),
    Rule.OUT_OF_ORDER: lambda f, w: (
        f"Waktu {_step(f).lower()} jadi tidak urut: siap {w.moment(f.get('ready'))}, lalu mulai, jeda, dan selesai.",
        "Perbaiki waktu mulai atau selesainya.",
    ),
    Rule.IN_HOLD: _in_hold,
    Rule.SUCCESSOR_MOVED: lambda f, w: (
        f"{_step(f)} sesudahnya sudah berjalan sejak {w.moment(f.get('moment'))}.",
        "Pakai waktu selesai yang tidak lebih lambat dari itu.",
    ),
    Rule.EVIDENCE_MISSING: _evidence,
    Rule.NO_EARLIER_RESULT: lambda f, w: (
        f"{_step(f)} belum punya hasil putaran sebelumnya.",
        "Kerjakan langkahnya, lalu selesaikan.",
    ),
    Rule.LOOP_TARGET: lambda f, w: (
        f"{_step(f)} adalah tujuan pengembalian, jadi harus dikerjakan lagi.",
        "Hasil lama hanya untuk langkah sesudahnya.",
    ),
    Rule.TAKEN_OVER: lambda f, w: (
        f"{_step(f)} memakai hasil lama dan tidak punya waktu mulai sendiri.",
        "Yang dapat dikoreksi: waktu selesai, catatan, dan bukti.",
    ),
    Rule.NOTHING_TO_UNDO: _nothing_to_undo,
    Rule.UNDO_TOO_LATE: lambda f, w: (
        f"Tindakan ini dicatat {f.get('by')}, {w.moment(f.get('recorded'))}.",
        "Penulisnya dapat mengurungkan dalam 15 menit; sesudah itu minta pengelola.",
    ),
    Rule.CUT_SINCE: _cut_since,
    Rule.BUILT_ON: _built_on,
    Rule.TARGET_NOT_EARLIER: lambda f, w: (
        f"Langkah {f.get('target')} tidak lebih awal daripada langkah {f.get('step')}."
        if f.get("target") != f.get("step")
        else f"Langkah {f.get('step')} tidak dapat kembali ke dirinya sendiri.",
        "Pilih langkah sebelumnya; langkah pertama tidak punya.",
    ),
    Rule.BIDANG_OUTSIDE_REGION: lambda f, w: (
        f"Langkah {f.get('target')} tidak dikerjakan per bidang.",
        "Kembalikan tanpa menyebut bidang, atau pilih langkah per bidang.",
    ),
    Rule.NO_OPEN_REGION: lambda f, w: (
        f"Berkas {f.get('period')} tidak sedang menunggu bidang.",
        "Ini hanya bisa selama langkah per bidang terbuka.",
    ),
    Rule.NOBODY_HANDED_IN: lambda f, w: (
        f"Belum satu bidang pun menyerahkan; belum: {_words(f.get('missing', ()))}.",
        "Tunggu paling sedikit satu bidang, lalu gabungkan.",
    ),
    Rule.LAST_BIDANG: lambda f, w: (
        "Bidang terakhir tidak dapat dihapus dari langkah ini.",
        "Tambahkan bidang lain lebih dulu.",
    ),
    Rule.BIDANG_PRESENT: lambda f, w: (f"{_words(f.get('bidang', ()))} sudah ada di langkah ini.", ""),
    Rule.BIDANG_ABSENT: lambda f, w: (f"{_words(f.get('bidang', ()))} tidak ada di langkah ini.", ""),
    Rule.NO_BIDANG: lambda f, w: (
        "SOP ini punya langkah per bidang, sedangkan kantor belum punya daftar bidang.",
        "Sebutkan bidangnya saat menyiapkan kantor: --bidang NAMA, sekali untuk tiap bidang.",
    ),
    Rule.NOTHING_TO_WAIVE: lambda f, w: (
        f"{f.get('child')} tidak sedang ditunggu {f.get('period')}.",
        "Tidak ada yang perlu dibebaskan.",
    ),
    Rule.NOT_A_CHILD: lambda f, w: (
        f"{f.get('child') or 'Periode itu'} bukan bagian dari {f.get('period')}.",
        _choices(f.get("children", ())),
    ),
    Rule.CLOSE_BLOCKED: _close_blocked,
    Rule.ALREADY_TICKED: lambda f, w: (
        f'Kelengkapan "{f.get("item")}" sudah {"dicentang" if f.get("on") else "tidak dicentang"}.',
        "",
    ),
    Rule.NOTHING_CHANGED: _nothing_changed,
    Rule.REGION_HALF_JOINED: _map_region,
    Rule.MAP_UNSOUND: _map_unsound,
    Rule.TOKEN_REUSED: lambda f, w: (
        "Token ini sudah dipakai untuk perintah lain.",
        "Pakai token baru untuk perintah yang baru.",
    ),
}
"""Rule -> (what happened, what can be done)."""


# ---------------------------------------------------------------------- other errors
def _path(f: Facts) -> str:
    return str(f.get("path", "")) or "Basis data"


def _seconds(count: object) -> str:
    """`10`, `0,5`: without a fraction that says nothing."""
    return f"{float(str(count or 0)):g}".replace(".", ",")


def _stale_case(f: Facts, w: Wording) -> tuple[str, str]:
    what = entity(str(f.get("entity", "")))
    if f.get("by") is None:
        return f"{_upper(what)} sudah berubah sejak Anda melihatnya.", _LOOK_AGAIN
    return (
        f"{_upper(what)} sudah diubah oleh {f['by']}: {_act(f.get('act'))}, {w.moment(f.get('recorded'))}.",
        _LOOK_AGAIN,
    )


def _office(f: Facts, w: Wording) -> tuple[str, str]:
    known = f.get("known", ())
    if not known:
        return "Belum ada kantor di basis data ini.", "Siapkan dulu dengan sakip siapkan."
    if f.get("code") is None:
        return "Basis data ini memuat lebih dari satu kantor.", f"Sebutkan kodenya dengan --opd. {_choices(known)}"
    return f"Kantor {f.get('code')} tidak dikenal.", _choices(known)


def _adoption(f: Facts, w: Wording) -> tuple[str, str]:
    known = f.get("known", ())
    if not known:
        return f"Kantor {f.get('office')} belum memakai SOP apa pun.", "Siapkan dulu dengan sakip siapkan."
    if f.get("sop") is None:
        return "Kantor ini memakai lebih dari satu SOP.", f"Sebutkan kodenya dengan --sop-aktif. {_choices(known)}"
    return f"Kantor ini tidak memakai SOP {f.get('sop')}.", _choices(known)


def _year(f: Facts, w: Wording) -> tuple[str, str]:
    return f"Tahun {f.get('year')} belum disiapkan.", _choices(f.get("known", ())) or "Siapkan dengan sakip siapkan."


def _gap(f: Facts, w: Wording) -> tuple[str, str]:
    return (
        f"Waktu {w.moment(f.get('instant'))} di luar kalender, yang memuat {f.get('first_year')} sampai "
        f"{f.get('last_year')}.",
        "Periksa tahunnya.",
    )


def _unknown_zone(f: Facts, w: Wording) -> tuple[str, str]:
    return f"Zona waktu {f.get('zone')} tidak dikenal.", _choices(f.get("known", ()))


_BACKUP_WHY = {
    "taken": "nama itu sudah dipakai",
    "full": "disknya penuh",
    "read-only": "mapnya hanya dapat dibaca oleh akun ini",
    "unsound": "hasil salinannya tidak utuh",
    "busy": "basis datanya sedang dipakai program lain",
}
_BACKUP_REMEDY = {
    "taken": "Sebut nama lain.",
    "full": "Kosongkan ruang di disk itu, lalu ulangi.",
    "read-only": "Sebut tempat lain.",
    "unsound": "Jalankan sakip periksa --penuh.",
    "busy": "Tunggu sebentar, lalu ulangi.",
}
_UNSOUND_WHY = {
    "missing": "dokumennya tidak ada",
    "unreadable": "dokumennya tidak terbaca",
    "foreign": "dokumen ini bukan basis data program ini",
    "newer": "dibuat oleh versi program yang lebih baru",
    "damaged": "isinya rusak",
    "dangling": "ada baris yang menunjuk ke yang tidak ada",
    "chain": "riwayatnya tidak utuh",
}
ERRORS: dict[type[BaseException], Maker] = {
    UnknownZone: _unknown_zone,
    CalendarGap: _gap,
    UnknownPeriod: lambda f, w: (
        f"Periode {f.get('key')} tidak dikenal.",
        "Bentuknya 2026-TW1 sampai 2026-TW4, 2026-S1, 2026-S2, atau 2026-TH.",
    ),
    UnknownSop: lambda f, w: (f"SOP {f.get('code')} tidak ada di katalog.", _choices(f.get("known", ()))),
    SopError: lambda f, w: ("Aturan SOP menolak perintah ini.", "Periksa perintahnya."),
    db_errors.StaleCase: _stale_case,
    db_errors.DatabaseBusy: lambda f, w: (
        f"Basis data sedang dipakai program lain; sudah ditunggu {_seconds(f.get('waited_seconds'))} detik.",
        "Tunggu sebentar, lalu ulangi.",
    ),
    db_errors.DatabaseFull: lambda f, w: (
        f"Disk tempat {_path(f)} sudah penuh, jadi tidak ada yang tersimpan.",
        "Kosongkan ruang di disk itu, lalu ulangi.",
    ),
    db_errors.DatabaseReadOnly: lambda f, w: (
        f"{_path(f)} atau mapnya hanya dapat dibaca oleh akun ini, jadi basis datanya tidak dapat dipakai.",
        "Beri akun ini izin menulis di map dan basis datanya, atau salin ke tempat lain dan sebut dengan --db.",
    ),
    db_errors.DatabaseMissing: lambda f, w: (
        f"Belum ada basis data di {_path(f)}.",
        "Siapkan kantor dengan sakip siapkan, atau sebut tempat lain dengan --db.",
    ),
    db_errors.DatabaseUnreachable: lambda f, w: (
        f"{_path(f)} tidak dapat dibuka atau dibaca.",
        "Periksa apakah itu basis data dan bukan map, apakah akun ini boleh membacanya, dan apakah disknya terpasang.",
    ),
    db_errors.DatabaseDamaged: lambda f, w: (
        f"{_path(f)} rusak.",
        "Jangan dipakai lagi; pulihkan dari cadangan.",
    ),
    db_errors.NotOurDatabase: lambda f, w: (
        f"{_path(f)} bukan basis data sakip.",
        "Periksa nama yang diberikan dengan --db. Bila namanya benar, isinya rusak: pulihkan dengan sakip pulihkan.",
    ),
    db_errors.NetworkFileSystem: lambda f, w: (
        f"{_path(f)} ada di map jaringan ({f.get('kind')}); di sana kunci basis data tidak dapat dipercaya.",
        "Letakkan di disk komputer itu sendiri, dan buka dari komputer lain lewat SSH.",
    ),
    db_errors.EngineTooOld: lambda f, w: (
        f"Mesin SQLite di sini {f.get('found')}; sebelum {f.get('needed')} basis data dapat rusak.",
        "Pasang ulang program ini dengan paket yang disertakan.",
    ),
    db_errors.SchemaTooNew: lambda f, w: (
        f"Basis data ini dibuat oleh versi yang lebih baru (skema {f.get('found')}, di sini {f.get('known')}).",
        "Perbarui program ini sebelum membukanya.",
    ),
    db_errors.SchemaTooOld: lambda f, w: (
        "Basis data diganti dengan yang lebih lama selagi terbuka.",
        "Jalankan lagi perintahnya.",
    ),
    db_errors.DatabaseInUse: lambda f, w: (
        f"{_path(f)} sedang dibuka orang atau program lain, jadi tidak dapat diganti.",
        "Minta semua orang keluar dari sakip, lalu ulangi.",
    ),
    db_errors.DatabaseReplaced: lambda f, w: (
        f"{_path(f)} sudah diganti dengan dokumen lain sejak dibuka, jadi tidak ada yang tersimpan.",
        "Keluar dari sakip, lalu buka lagi.",
    ),
    db_errors.BackupFailed: lambda f, w: (
        f"Salinan di {_path(f)} tidak dapat dibuat: {_BACKUP_WHY.get(str(f.get('why')), 'tempatnya menolak')}.",
        _BACKUP_REMEDY.get(str(f.get("why")), "Periksa ruang disk dan izin mapnya."),
    ),
    db_errors.BackupUnsound: lambda f, w: (
        f"{_path(f)} tidak dapat dipakai untuk memulihkan: {_UNSOUND_WHY.get(str(f.get('why')), 'tidak terbaca')}.",
        "Perbarui programnya dulu."
        if f.get("why") == "newer"
        else "Tidak ada yang diganti. Pakai cadangan lain dari map cadangan.",
    ),
    db_errors.UnknownOffice: _office,
    db_errors.UnknownAdoption: _adoption,
    db_errors.UnknownYear: _year,
    db_errors.YearExists: lambda f, w: (
        f"Tahun {f.get('year')} untuk SOP {f.get('sop')} sudah disiapkan.",
        "Sebut tahun berikutnya dengan --tahun.",
    ),
    db_errors.UnknownPerson: lambda f, w: (
        f"{f.get('name')} tidak terdaftar sebagai pengguna aktif di {f.get('office')}.",
        "Minta admin kantor mendaftarkan atau mengaktifkan Anda."
        if f.get("by_key")
        else "Minta admin mendaftarkan, atau sebut diri dengan --sebagai dan PIN.",
    ),
    db_errors.DbError: lambda f, w: ("Basis data menolak perintah ini.", "Jalankan sakip periksa."),
    export_errors.UnknownFormat: lambda f, w: (f"Format {f.get('found')} tidak dikenal.", _choices(f.get("known", ()))),
    export_errors.ExportCancelled: lambda f, w: (
        "Penulisan dibatalkan; tidak ada dokumen yang dibuat.",
        "Ulangi kapan saja.",
    ),
    export_errors.SheetTooLong: lambda f, w: (
        f"Lembar {f.get('title')} memuat {f.get('rows')} baris, lebih dari yang dapat disimpan Excel.",
        "Pakai --format csv.",
    ),
    export_errors.TargetExists: lambda f, w: (
        f"{_path(f)} sudah ada.",
        "Pilih nama lain, atau hapus dulu dokumen itu.",
    ),
    export_errors.TargetLocked: lambda f, w: (
        f"Dokumen {_path(f)} sedang terbuka di program lain.",
        "Tutup di Excel, lalu ulangi.",
    ),
    export_errors.TargetFolderMissing: lambda f, w: (f"Map untuk {_path(f)} tidak ada.", "Buat dulu mapnya."),
    export_errors.TargetIsFolder: lambda f, w: (f"{_path(f)} adalah map.", "Sebutkan nama dokumennya."),
    export_errors.TargetIsDevice: lambda f, w: (
        f"{_path(f)} bukan dokumen biasa.",
        "Sebutkan nama dokumen, atau - untuk keluaran baku.",
    ),
    export_errors.TargetReadOnly: lambda f, w: (
        f"{_path(f)} tidak boleh ditulis oleh akun ini.",
        "Pilih map lain, atau periksa izinnya.",
    ),
    export_errors.TargetUnwritable: lambda f, w: (f"{_path(f)} tidak dapat ditulis.", "Pilih nama atau map lain."),
    export_errors.DiskFull: lambda f, w: (
        f"Disk untuk {'keluaran baku' if _path(f) == '-' else _path(f)} penuh; dokumennya tidak dibuat.",
        "Kosongkan ruang di disk itu, lalu ulangi.",
    ),
    export_errors.TargetError: lambda f, w: (f"{_path(f)} tidak dapat ditulis.", "Pilih nama atau map lain."),
    export_errors.ExportError: lambda f, w: ("Dokumennya tidak dapat dibuat.", "Coba format lain."),
}
"""Error type -> (what happened, what can be done). A subclass without an entry of its own takes its base's."""

_UNKNOWN_KINDS = {
    "periode": "Periode",
    "langkah": "Langkah",
    "bidang": "Bidang",
    "lajur": "Lajur",
    "butir": "Butir kelengkapan",
    "versi": "Versi SOP",
}


def _unknown(error: Unknown) -> Notice:
    kind = _UNKNOWN_KINDS.get(error.kind, error.kind.capitalize())
    if error.kind == "butir":
        numbered = tuple(f"{number}. {text}" for number, text in enumerate(error.known, start=1))
        remedy = "Yang ada:" if numbered else "Langkah ini tidak punya butir."
        return Notice(f"{kind} {error.name} tidak ada di langkah ini.", remedy, numbered)
    if not error.known:
        return Notice(f"{kind} {error.name} tidak dikenal.", "Belum ada satu pun di sini.")
    return Notice(f"{kind} {error.name} tidak dikenal.", f"Yang ada: {listed(error.known)}.")


# ---------------------------------------------------------------------- faults of an input
OTHER_FAULTS: dict[str, str] = {
    # what an act was given
    "langkah-bukan-per-bidang": "Langkah ini tidak dikerjakan per bidang, jadi bidang {found} tidak perlu disebut.",
    "bidang-perlu-disebut": "Langkah ini dikerjakan per bidang; sebutkan salah satu: {known}.",
    "putusan-ya-tidak": "Putusannya ya atau tidak.",
    # people and bidang
    "kode-pengguna": 'Kode "{found}" tidak dapat dipakai: huruf kecil, angka, dan tanda hubung, paling banyak 20.',
    "kode-dipakai": "Kode {found} sudah dipakai.",
    "kode-memuat-nama": "Kode {found} memuat bagian nama, padahal kode tetap ada di riwayat. Pakai kode lain.",
    "akun-dipakai": "Akun {found} sudah dipakai {known}.",
    "akun-pertama": "Admin pertama perlu akun komputer, supaya sesudah ini masih ada yang dapat masuk.",
    "sampai-sebelum-sejak": "Akhirnya tidak sesudah awalnya.",
    "pin-bentuk": "PIN terdiri dari {nearest} sampai 12 angka.",
    "pin-mudah": "PIN ini terlalu mudah ditebak. Pakai angka yang tidak berurutan dan tidak sama semua.",
    "pin-berbeda": "Dua kali mengetik PIN tidak sama.",
    "bidang-ada": "Bidang {found} sudah ada. Untuk menjadikannya satu, gabungkan.",
    "bidang-pernah-ada": "Nama {found} pernah dipakai bidang lain dan tetap ada di riwayat. Pakai nama lain.",
    "gabung-kurang": "Menggabungkan perlu paling sedikit dua bidang.",
    "dokumen-kosong": "Sebutkan paling sedikit nomor, tanggal, lokasi, atau nama dokumennya.",
    # setting up
    "kadens-tertulis": "SOP ini sudah menyebut kadensnya ({known}), jadi {found} tidak dapat dipilih.",
    "kantor-sudah-ada": "Kantor ini sudah ada dengan {nearest}; {found} tidak dapat dipakai. Hapus dari perintahnya.",
    "nama-ganda": "Nama {found} disebut dua kali.",
    "sop-perlu-disebut": "Sebutkan SOP-nya. Pilihannya: {known}.",
    # the command line itself
    "perintah-tak-dikenal": 'Perintah "{found}" tidak dikenal. Mungkin maksudnya: {known}.',
    "perintah-asing": 'Perintah "{found}" tidak dikenal. Daftarnya: sakip --bantuan.',
    "perintah-kurang": "Perintah ini perlu satu kata lagi: {known}.",
    "opsi-tak-dikenal": "Opsi {found} tidak dikenal. Mungkin maksudnya: {known}.",
    "opsi-asing": "Opsi {found} tidak dikenal di perintah ini.",
    "opsi-tanpa-nilai": "Opsi {found} perlu nilai.",
    "opsi-dengan-nilai": "Opsi {found} tidak memakai nilai.",
    "opsi-berulang": "Opsi {found} disebut lebih dari sekali.",
    "bukan-bersama": "{found} tidak dipakai bersama {known}.",
    "opsi-wajib": "Opsi {found} wajib diisi.",
    "isian-kurang": "{found} belum disebut.",
    "isian-berlebih": '"{found}" berlebih. Teks yang memuat spasi perlu tanda kutip.',
    "bukan-bilangan": '"{found}" bukan bilangan bulat.',
    "bilangan-di-luar-batas": "{found} di luar batas: {known}.",
    "pilihan-salah": '"{found}" tidak dapat dipakai. Pilihannya: {known}.',
    "akhiran-tak-dikenal": "Format {found} tidak terlihat dari namanya. Akhiri dengan {known}, atau sebut --format.",
    "hanya-untuk-csv": "Hanya untuk --format csv.",
    "bukan-untuk-layar": "Buku kerja tidak dapat ditampilkan di layar. Sebut nama dokumennya, atau pakai --format txt.",
    "peta-tak-terbaca": 'Peta "{found}" tidak terbaca. Contoh: 1=1,2=2,3=4.',
    "peta-berulang": "Langkah {found} dipetakan dua kali.",
    "alamat-basis-data": "{found} adalah alamat server. Server belum didukung; sebut basis data di disk komputer ini.",
    "bukan-sidik": '"{found}" bukan sidik: tulis paling sedikit {nearest} huruf pertamanya, 0-9 dan a-f.',
    "nama-tak-terpakai": "Nama ini memuat karakter yang tidak dapat dipakai.",
    "sudah-ada": "{found} sudah ada. Kantor contoh hanya dibuat di tempat yang baru.",
    "bulan-tak-terbaca": 'Bulan "{found}" tidak terbaca. Contoh: 2026-03.',
    "tak-terbaca": "{found} tidak dapat dibaca: {known}.",
    # an office host
    "perintah-terlalu-panjang": "Perintah ini {found} huruf; paling panjang {nearest}.",
    "tanda-kutip-terbuka": "Tanda kutip di perintah ini tidak ditutup: {found}.",
    "hanya-oleh-kunci": "Opsi {found} ditentukan oleh kunci Anda dan tidak dapat diganti.",
    "hanya-di-komputer-kantor": "Perintah {found} hanya dijalankan pengelola di komputer kantor itu sendiri.",
    "tanpa-dokumen-dari-jauh": "{found} menyebut dokumen di komputer kantor, dan itu tidak dapat dibaca dari jauh. "
    "Jalankan di komputer kantor itu sendiri.",
    "tanpa-tempat-di-komputer-kantor": "{found} tidak dapat menyebut tempat di komputer kantor. Untuk mengambil "
    "dokumen, pakai -o - dan alihkan keluarannya di komputer Anda.",
    "bukan-kunci-publik": "Isinya bukan satu kunci publik SSH. Contoh awalnya: {nearest}. Buat dengan ssh-keygen, lalu "
    "pakai dokumen yang berakhiran .pub.",
    "kunci-terlalu-lemah": "Kunci {found} ini terlalu pendek. Pakai {nearest}.",
    "kode-tak-terpakai": 'Kode "{found}" tidak dapat dipakai: hanya huruf, angka, titik, dan tanda hubung.',
    "kunci-milik-orang-lain": "Kunci ini sudah dipakai {found}. Tiap orang perlu kuncinya sendiri.",
    "dokumen-sudah-ada": "{found} sudah ada dan isinya lain. Pindahkan dulu, atau pilih map lain.",
    "tempat-tak-terpakai": "Tempat {found} memuat karakter yang tidak dapat ditulis di baris kunci.",
    "pada-atau-selesai": "--pada dan --selesai menyebut hal yang sama; pakai salah satu.",
}
"""Code -> template, for the faults that are not of an SOP file. Fields as in `fault_words.FAULT_SENTENCES`."""


def fault_line(fault: Fault) -> str:
    """One fault as a sentence, its place in front."""
    code = fault.code.replace("_", "-")
    template = FAULT_SENTENCES.get(code) or OTHER_FAULTS.get(code) or "{code} {found}"
    sentence = template.format(
        code=fault.code,
        found=fault.found,
        known=", ".join(fault.known),
        nearest=fault.known[0] if fault.known else "",
    )
    return f"{fault.place}: {sentence}" if fault.place else sentence


def _faults(error: FaultyInput) -> Notice:
    lines = tuple(fault_line(fault) for fault in error.faults)
    if len(lines) == 1 and not error.source:
        return Notice(lines[0])
    head = f"{error.source}: " if error.source else ""
    count = f"{len(lines)} kesalahan" if len(lines) > 1 else "satu kesalahan"
    return Notice(f"{head}Ada {count}.", "", lines)


# ---------------------------------------------------------------------- what an accepted act says beside
CLOCK_IN_DOUBT = (
    "Perhatian: jam komputer lebih lambat daripada kejadian yang sudah tercatat. Waktu tindakan ini diambil dari "
    "kejadian itu dan ditandai jam diragukan; periksa jam komputer ini."
)


def warning_line(warning: str) -> str:
    """What the pengelola should hear of; see `Outcome.warnings`."""
    kind, _, rest = warning.partition(":")
    if kind == "attempt":
        run, _, attempt = rest.rpartition(":")
        slot, _, _ = run.partition("#")
        step, _, bidang = slot.partition(":")
        where = f"langkah {step}" + (f" ({bidang})" if bidang else "")
        return f"Perhatian: {where} sudah putaran ke-{attempt}."
    return warning


def with_remedy(notice: Notice, remedy: str) -> Notice:
    """The notice with another way out, where a screen or the command line knows a better one."""
    return replace(notice, remedy=remedy)

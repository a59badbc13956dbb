"""The sentences for the rules that refuse an act: what stands in the way, and what can be done.

Those about steps, cases and periods stand here, with the one table of all; those about people in
`rule_words_people.py`, those about data kinerja in `rule_words_data.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sakip_tui.rule_words_data import DATA_RULES
from sakip_tui.rule_words_people import PEOPLE_RULES
from sakip_tui.wording import Facts, Maker, Wording, act_words, choices, joined, lower, states, the_step
from sop.model.act import Act
from sop.model.refusals import Rule
from sop.model.state import CasePhase
from sop.words.labels import LABELS, listed, state_label


def _gate_closed(f: Facts, w: Wording) -> tuple[str, str]:
    children = joined(f.get("children", ()))
    return (
        f"Langkah {f.get('step')} menunggu {children} ditutup.",
        "Tutup dulu periode itu, atau pilih tindakan Tidak menunggu, dengan alasan.",
    )


def _not_reached(f: Facts, w: Wording) -> tuple[str, str]:
    front = joined(f.get("front", ()))
    now = f"Yang terbuka sekarang: langkah {front}." if front else "Tidak ada langkah yang terbuka."
    return f"{the_step(f)} belum sampai gilirannya.", now


def _wrong_phase(f: Facts, w: Wording) -> tuple[str, str]:
    return (
        f"{the_step(f)} sedang dalam keadaan {state_label(str(f.get('phase')))}.",
        f"Tindakan ini hanya untuk langkah dalam keadaan {states(f.get('allowed', ()))}.",
    )


def _no_bidang(f: Facts, w: Wording) -> tuple[str, str]:
    if f.get("first") is not None:
        return (
            f"Pada {w.moment(f['at'])} belum ada bidang di daftar kantor; yang pertama mulai {w.moment(f['first'])}.",
            "Catat dengan waktu sesudahnya, atau tambahkan bidang yang mulai lebih awal.",
        )
    return (
        "SOP ini punya langkah per bidang, sedangkan kantor belum punya daftar bidang.",
        "Sebutkan dulu bidangnya: saat menyiapkan kantor, di layar Bidang, atau dengan sakip bidang tambah.",
    )


def _case_phase(f: Facts, w: Wording) -> tuple[str, str]:
    words = LABELS[CasePhase]
    allowed = listed([words.get(str(value), str(value)) for value in f.get("allowed", ())], "atau")
    return (
        f"Berkas {f.get('period')} {words.get(str(f.get('phase')), '')}.",
        f"Tindakan ini hanya untuk berkas yang {allowed}.",
    )


def _reason_needed(f: Facts, w: Wording) -> tuple[str, str]:
    missing = joined(f.get("missing", ()))
    return (
        f"Untuk {act_words(f.get('act'))} alasan wajib diisi.",
        f"Tulis alasannya dan sebut yang belum menyerahkan: {missing}." if missing else "Tulis alasannya.",
    )


def _before_bound(f: Facts, w: Wording) -> tuple[str, str]:
    setter = _SETTERS.get(str(f.get("set_by")))
    what = setter(f) if setter is not None else "kejadian terakhir yang tercatat"
    return (
        f"Waktu {w.moment(f.get('typed'))} lebih awal daripada {what}, {w.moment(f.get('bound'))}.",
        f"Pakai waktu {w.moment(f.get('bound'))} atau sesudahnya.",
    )


_SETTERS: Mapping[str, Callable[[Facts], str]] = {
    "langkah": lambda f: f"yang tercatat pada {lower(the_step(f))}",
    "siap": lambda f: f"saat {lower(the_step(f))} siap",
    "kantor": lambda f: f"{act_words(f.get('act'))} yang terakhir",
    "berkas": lambda f: f"tindakan terakhir pada berkas {f.get('period')}",
    Act.TAHAN: lambda f: f"saat berkas {f.get('period')} ditahan",
    Act.LANJUTKAN: lambda f: f"saat berkas {f.get('period')} dilanjutkan",
    Act.BEBASKAN: lambda f: f"saat {f.get('period')} tidak menunggunya lagi",
    Act.TUTUP: lambda f: f"penutupan {f.get('period')}",
    Act.BUKA_KEMBALI: lambda f: f"pembukaan kembali {f.get('period')}",
    Act.MULAI_ULANG: lambda f: f"mulai ulang berkas {f.get('period')}",
    Act.BUKA: lambda f: f"pembukaan berkas {f.get('period')}",
}
"""`set_by` of a bound -> what happened then."""


def _close_blocked(f: Facts, w: Wording) -> tuple[str, str]:
    parts: list[str] = []
    for step, bidang, phase, lane in f.get("open", ()):
        whose = f"langkah {step}" + (f" ({bidang})" if bidang else "")
        parts.append(f"{whose} {state_label(phase).lower()} di {lane}")
    if not parts and f.get("phase") == CasePhase.DITAHAN:
        parts.append("berkasnya sedang ditahan")
    if f.get("children"):
        parts.append(f"{joined(f['children'])} belum ditutup")
    if f.get("stale"):
        parts.append(f"masukannya basi karena {joined(f['stale'])} dibuka kembali")
    what = "; ".join(parts) or "berkasnya belum selesai"
    return f"Periode {f.get('period')} belum dapat ditutup: {what}.", _STALE if f.get("stale") else _CLOSE_LATER


_CLOSE_LATER = "Selesaikan dulu yang disebut, lalu tutup lagi."
_STALE = (
    "Langkah pertamanya dikerjakan lagi: kembalikan ke sana, atau urungkan selesainya bila tidak ada langkah lain. "
    "Bila angkanya tidak perlu berubah, pilih Tidak menunggu."
)


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
    return f"Peta langkah ini tidak dapat dipakai: {'; '.join(faults)}.", "Perbaiki petanya."


def _nothing_to_undo(f: Facts, w: Wording) -> tuple[str, str]:
    opener = f.get("opened_by")
    if opener is None:
        return f"{the_step(f)} belum punya tindakan yang dapat diurungkan.", ""
    said = f"{the_step(f)} belum punya tindakan yang dapat diurungkan."
    if f.get("opened_step") is None:
        # An act on the period or the case opened it; urung acts on steps only.
        return said, f"Langkah ini terbuka karena {act_words(opener)}, dan itu tidak diurungkan lewat langkah."
    return said, f"Langkah ini terbuka karena {act_words(opener)} pada langkah {f['opened_step']}; urungkan di sana."


def _cut_since(f: Facts, w: Wording) -> tuple[str, str]:
    where = f" pada langkah {f['step']}" if f.get("step") is not None else ""
    return (
        f"Langkah ini sudah dilampaui {act_words(f.get('act'))}{where} oleh {w.who(f.get('by'))}, "
        f"{w.moment(f.get('at'))}.",
        "Urungkan tindakan itu lebih dulu.",
    )


def _built_on(f: Facts, w: Wording) -> tuple[str, str]:
    if f.get("act") is not None:
        return (
            f"Sesudah tindakan ini sudah ada {act_words(f['act'])} yang bertumpu padanya.",
            "Urungkan yang kemudian itu lebih dulu.",
        )
    return f"{the_step(f)} yang terbuka karenanya sudah dikerjakan.", "Urungkan dulu tindakan pada langkah itu."


def _nothing_changed(f: Facts, w: Wording) -> tuple[str, str]:
    if (lane := f.get("lane")) is not None and (since := f.get("since")) is not None:
        if f["begun"]:
            return (
                f"Lajur {lane} sudah dipegangnya sejak {w.moment(since)}, jadi awalnya tidak dapat diganti lagi.",
                "Untuk tanggal atau kedudukan lain, akhiri dulu lajur itu, lalu berikan lagi.",
            )
        return f"Lajur {lane} sudah tercatat baginya sejak {w.moment(since)}.", "Isi tanggal yang hendak diganti."
    if lane is not None:
        return f"Lajur {lane} tidak dipegangnya sesudah waktu itu.", "Pilih lajur dan tanggal lain."
    return "Tidak ada yang berubah: isinya sama dengan yang tercatat.", "Isi yang hendak diganti."


def _map_region(f: Facts, w: Wording) -> tuple[str, str]:
    return (
        f"Langkah {f.get('step')} per bidang baru terkumpul sebagian; belum: {joined(f.get('missing', ()))}.",
        "Tunggu sampai semua menyerahkan, atau lanjut tanpa yang belum.",
    )


def _comment_needed(f: Facts, w: Wording) -> tuple[str, str]:
    named = {"putuskan": "Jawaban Tidak", "kembalikan": "Pengembalian", "tandai": "Tanda pada baris"}
    if str(f.get("act")) not in named:
        return "Catatannya belum ada isinya.", "Tulis catatannya."
    return f"{named[str(f.get('act'))]} perlu catatan.", "Tulis apa yang harus diperbaiki."


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
        f"Langkah {f.get('step')} belum lengkap: {joined(f.get('missing', ()))}.",
        "Catat dokumennya atau centang kelengkapannya, lalu selesaikan lagi.",
    )


def _in_hold(f: Facts, w: Wording) -> tuple[str, str]:
    end = f"sampai {w.moment(f['end'])}" if f.get("end") is not None else "dan belum dilanjutkan"
    return (
        f"Pada {w.moment(f.get('typed'))} berkas sedang ditahan: sejak {w.moment(f.get('start'))} {end}.",
        "Pakai waktu di luar masa itu.",
    )


RULES: dict[Rule, Maker] = {
    **PEOPLE_RULES,
    **DATA_RULES,
    Rule.PERIOD_CLOSED: lambda f, w: (
        f"Periode {f.get('period')} sudah ditutup.",
        "Yang masih dapat: menambah catatan (c), atau membuka kembali periodenya dengan alasan (i).",
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
        f"Periode {f.get('period')} dibuka paling awal {w.day(f.get('first_day'))}; sekarang atau yang disebut: "
        f"{w.moment(f.get('typed'))}.",
        "Tunggu sampai hari itu, atau pakai waktu sesudahnya.",
    ),
    Rule.ANCESTOR_CLOSED: _ancestor,
    Rule.NOT_REACHED: _not_reached,
    Rule.GATE_CLOSED: _gate_closed,
    Rule.WRONG_PHASE: _wrong_phase,
    Rule.PAUSED: lambda f, w: (f"{the_step(f)} sedang ditunda.", "Lanjutkan dulu langkahnya."),
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
    Rule.YEAR_EXISTS: lambda f, w: (
        f"Tahun {f.get('year')} untuk SOP {f.get('sop')} sudah disiapkan.",
        "Sebut tahun berikutnya dengan --tahun.",
    ),
    Rule.BEFORE_BOUND: _before_bound,
    Rule.FUTURE: lambda f, w: (
        f"Waktu {w.moment(f.get('typed'))} belum terjadi; sekarang {w.moment(f.get('now'))}.",
        "Pakai waktu yang sudah lewat.",
    ),
    Rule.OUT_OF_ORDER: lambda f, w: (
        f"Waktu {lower(the_step(f))} jadi tidak urut: siap {w.moment(f.get('ready'))}, lalu mulai, jeda, dan selesai.",
        "Perbaiki waktu mulai atau selesainya.",
    ),
    Rule.IN_HOLD: _in_hold,
    Rule.SUCCESSOR_MOVED: lambda f, w: (
        f"{the_step(f)} sesudahnya sudah berjalan sejak {w.moment(f.get('moment'))}.",
        "Pakai waktu selesai yang tidak lebih lambat dari itu.",
    ),
    Rule.EVIDENCE_MISSING: _evidence,
    Rule.NO_EARLIER_RESULT: lambda f, w: (
        f"{the_step(f)} belum punya hasil putaran sebelumnya.",
        "Kerjakan langkahnya, lalu selesaikan.",
    ),
    Rule.LOOP_TARGET: lambda f, w: (
        f"{the_step(f)} adalah tujuan pengembalian, jadi harus dikerjakan lagi.",
        "Hasil lama hanya untuk langkah sesudahnya.",
    ),
    Rule.TAKEN_OVER: lambda f, w: (
        f"{the_step(f)} memakai hasil lama dan tidak punya waktu mulai sendiri.",
        "Yang dapat dikoreksi: waktu selesai, catatan, dan bukti.",
    ),
    Rule.NOTHING_TO_UNDO: _nothing_to_undo,
    Rule.UNDO_TOO_LATE: lambda f, w: (
        f"Tindakan ini dicatat {w.who(f.get('by'))}, {w.moment(f.get('recorded'))}.",
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
    Rule.TARGET_NOT_FINISHED: lambda f, w: (
        f"{joined(f.get('bidang', ()))} belum menyelesaikan langkah {f.get('target')}, jadi belum ada yang diulang.",
        "Sebut bidang yang sudah menyelesaikannya, atau pilih langkah yang lebih awal.",
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
        f"Belum satu bidang pun menyerahkan; belum: {joined(f.get('missing', ()))}.",
        "Tunggu paling sedikit satu bidang, lalu lanjut tanpa yang belum.",
    ),
    Rule.LAST_BIDANG: lambda f, w: (
        "Bidang terakhir tidak dapat dihapus dari langkah ini.",
        "Tambahkan bidang lain lebih dulu.",
    ),
    Rule.BIDANG_PRESENT: lambda f, w: (f"{joined(f.get('bidang', ()))} sudah ada di langkah ini.", ""),
    Rule.BIDANG_ABSENT: lambda f, w: (f"{joined(f.get('bidang', ()))} tidak ada di langkah ini.", ""),
    Rule.BIDANG_NOT_THEN: lambda f, w: (
        f"{f.get('bidang')} baru ada sejak {w.day(f['since'])}."
        if f.get("since") is not None
        else f"{f.get('bidang')} tidak ada lagi sejak {w.day(f['until'])}.",
        f"Langkah {f.get('step')} dibuka untuk bidang yang ada pada {w.moment(f['entered'])}; untuk bidang ini tidak "
        "ada yang perlu diisi.",
    ),
    Rule.NO_BIDANG: _no_bidang,
    Rule.LAST_OF_LIST: lambda f, w: (
        f"Tanpa {f.get('bidang')} daftar bidang kantor kosong sejak {w.moment(f['at'])}.",
        "Tambahkan bidang penggantinya lebih dulu, dengan tanggal mulainya.",
    ),
    Rule.NOTHING_TO_WAIVE: lambda f, w: (
        f"{f.get('child')} tidak sedang ditunggu {f.get('period')}.",
        "Tidak ada yang perlu dilepas dari tunggu.",
    ),
    Rule.NOT_A_CHILD: lambda f, w: (
        f"{f.get('child') or 'Periode itu'} bukan bagian dari {f.get('period')}.",
        choices(f.get("children", ())),
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

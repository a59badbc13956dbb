"""Every error in plain Indonesian: what happened, and what can be done.

One entry per error type. The facts come with the error; nothing is decided here. The sentences for the rules are in
`rule_words.py`, those for the faults of an input in `fault_words.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from db import errors as db_errors
from exports import errors as export_errors
from sakip_tui.fault_words import fault_line
from sakip_tui.rule_words import RULES
from sakip_tui.wording import (
    LOOK_AGAIN,
    Facts,
    Maker,
    Wording,
    act_words,
    choices,
    entity,
)
from sop.loading import load
from sop.model.errors import CalendarGap, FaultyInput, SopError, UnknownPeriod, UnknownSop, UnknownZone
from sop.model.refusals import Refused, RefusedRows, StaleRevision, Unknown
from sop.values import Frozen
from sop.words.forewarning import still_runs_words
from sop.words.labels import listed, upper
from sop.words.periods import period_short


class Notice(Frozen):
    """What a person is told."""

    happened: str
    remedy: str = ""
    """Empty where nothing can be done, or where it is plain from what happened."""
    lines: tuple[str, ...] = ()
    """One for each fault of an input."""

    def __str__(self) -> str:
        """As one paragraph, the lines beneath."""
        return "\n".join((f"{self.happened} {self.remedy}".strip(), *(f"- {line}" for line in self.lines)))


def notice_of(error: BaseException, offset: int = 0, names: Mapping[str, str] = MappingProxyType({})) -> Notice | None:
    """The notice for an error raised on purpose; None for any other.

    Args:
        error: What was raised.
        offset: Seconds that the office's zone lies east of UTC, for moments among the facts.
        names: Code of a person -> name, for people among the facts.
    """
    wording = Wording(offset, names)
    if isinstance(error, Refused):
        return Notice(*RULES[error.rule](error.facts, wording))
    if isinstance(error, FaultyInput):
        return _faults(error)
    if isinstance(error, Unknown):
        return _unknown(error)
    if isinstance(error, RefusedRows):
        lines = tuple(f"{place}: {notice_of(refusal, offset, names)}" for place, refusal in error.rows)
        remedy = _rows_in_turn(error) if error.left else "Betulkan, lalu ulangi."
        return Notice("Tidak satu pun dicatat.", remedy, lines)
    if isinstance(error, StaleRevision):
        return Notice(f"{upper(entity(error.entity))} sudah berubah sejak Anda melihatnya.", LOOK_AGAIN)
    for kind in type(error).__mro__:
        if kind in ERRORS:
            facts = error.facts if isinstance(error, SopError | db_errors.DbError) else vars(error)
            return Notice(*ERRORS[kind](facts, wording))
    return None


def _rows_in_turn(error: RefusedRows) -> str:
    """In which order rows are recorded of which some wait for data."""
    left = f"baris {listed([str(line) for line in sorted(error.left)])}"
    return (
        f"Ada yang menunggu data, dan formulirnya terkirim sesudah langkah sebelumnya tercatat. Catat dulu yang lain, "
        f"tanpa {left}; isi datanya, misalnya dengan sakip data isi {error.period} KODE NILAI; lalu catat {left}."
    )


# ---------------------------------------------------------------------- other errors
_DAMAGE_REMEDY = (
    "Jangan dipakai dulu: pulihkan cadangan terakhir yang utuh, di layar Cadangan (di papan n lalu c) atau dengan "
    "sakip pulihkan; yang sekarang disimpan dulu."
)


def _path(f: Facts) -> str:
    return str(f.get("path", "")) or "Basis data"


def _seconds(count: object) -> str:
    """`10`, `0,5`: without a fraction that says nothing."""
    return f"{float(str(count or 0)):g}".replace(".", ",")


def _stale_case(f: Facts, w: Wording) -> tuple[str, str]:
    what = entity(str(f.get("entity", "")))
    if f.get("by") is None:
        return f"{upper(what)} sudah berubah sejak Anda melihatnya.", LOOK_AGAIN
    return (
        f"{upper(what)} sudah diubah oleh {w.who(f['by'])}: {act_words(f.get('act'))}, {w.moment(f.get('recorded'))}.",
        LOOK_AGAIN,
    )


def _own_change(f: Facts, w: Wording) -> tuple[str, str]:
    what, act = upper(entity(str(f.get("entity", "")))), f"{act_words(f.get('act'))}, {w.moment(f.get('recorded'))}"
    if f.get("repeated"):
        return f"{what} sudah Anda kerjakan sendiri: {act}.", "Tidak perlu diulang."
    return f"{what} sudah Anda ubah sendiri sejak Anda melihatnya: {act}.", LOOK_AGAIN


def _office(f: Facts, w: Wording) -> tuple[str, str]:
    known = f.get("known", ())
    if not known:
        return "Belum ada kantor di basis data ini.", "Siapkan dulu dengan sakip siapkan."
    if f.get("code") is None:
        return "Basis data ini memuat lebih dari satu kantor.", f"Sebutkan kodenya dengan --opd. {choices(known)}"
    return f"Kantor {f.get('code')} tidak dikenal.", choices(known)


def _adoption(f: Facts, w: Wording) -> tuple[str, str]:
    known = f.get("known", ())
    if not known:
        return f"Kantor {f.get('office')} belum memakai SOP apa pun.", "Siapkan dulu dengan sakip siapkan."
    if f.get("sop") is None:
        return "Kantor ini memakai lebih dari satu SOP.", f"Sebutkan kodenya dengan --sop-aktif. {choices(known)}"
    return f"Kantor ini tidak memakai SOP {f.get('sop')}.", choices(known)


def _way_to_person(f: Facts) -> str:
    if f.get("is_meant"):
        return "Lihat kodenya di layar Pengguna, atau dengan sakip pengguna daftar."
    if f.get("by_key"):
        return "Minta admin kantor mendaftarkan atau mengaktifkan Anda."
    return "Minta admin mendaftarkan, atau sebut diri dengan --sebagai dan PIN."


def _year(f: Facts, w: Wording) -> tuple[str, str]:
    return f"Tahun {f.get('year')} belum disiapkan.", choices(f.get("known", ())) or "Siapkan dengan sakip siapkan."


def _gap(f: Facts, w: Wording) -> tuple[str, str]:
    return (
        f"Waktu {w.moment(f.get('instant'))} di luar kalender, yang memuat {f.get('first_year')} sampai "
        f"{f.get('last_year')}.",
        "Periksa tahunnya.",
    )


def _unknown_zone(f: Facts, w: Wording) -> tuple[str, str]:
    return f"Zona waktu {f.get('zone')} tidak dikenal.", choices(f.get("known", ()))


def _not_ours(f: Facts, w: Wording) -> tuple[str, str]:
    happened = f"{_path(f)} bukan basis data sakip."
    if f.get("is_kept"):
        return happened, (
            "Tidak ada yang diganti. Periksa nama yang diberikan dengan --db; bila memang di sana tempatnya, pindahkan "
            "dulu dokumen itu."
        )
    return happened, (
        "Periksa nama yang diberikan dengan --db. Bila namanya benar, isinya rusak: pulihkan dengan sakip pulihkan."
    )


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
    "log": "di sampingnya tertinggal catatan sementara yang bukan miliknya",
}
ERRORS: dict[type[BaseException], Maker] = {
    UnknownZone: _unknown_zone,
    CalendarGap: _gap,
    UnknownPeriod: lambda f, w: (
        f"Periode {f.get('key')} tidak dikenal.",
        "Bentuknya 2026-TW1 sampai 2026-TW4, 2026-S1, 2026-S2, atau 2026-TH.",
    ),
    UnknownSop: lambda f, w: (f"SOP {f.get('code')} tidak ada di katalog.", choices(f.get("known", ()))),
    SopError: lambda f, w: ("Aturan SOP menolak perintah ini.", "Periksa perintahnya."),
    db_errors.StaleCase: _stale_case,
    db_errors.OwnChange: _own_change,
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
    db_errors.DanglingLink: lambda f, w: (
        f"{_path(f)} adalah tautan ke {f.get('target')}, dan di sana tidak ada apa-apa.",
        "Pasang disknya, atau perbaiki tautannya; tautan itu tidak disentuh.",
    ),
    db_errors.DatabaseUnreachable: lambda f, w: (
        f"{_path(f)} tidak dapat dibuka atau dibaca.",
        "Periksa apakah itu basis data dan bukan map, apakah akun ini boleh membacanya, dan apakah disknya terpasang.",
    ),
    db_errors.DatabaseDamaged: lambda f, w: (
        f"{_path(f)} rusak.",
        _DAMAGE_REMEDY,
    ),
    db_errors.ValueUnreadable: lambda f, w: (
        f"Basis data rusak: isi kolom {f.get('column')} di baris {f.get('row')} tabel {f.get('table')} tidak terbaca.",
        _DAMAGE_REMEDY,
    ),
    db_errors.StateDiffers: lambda f, w: (
        f"Basis data rusak: keadaan {f.get('sop')} {f.get('year')} tidak sama dengan riwayatnya.",
        _DAMAGE_REMEDY,
    ),
    db_errors.NotOurDatabase: _not_ours,
    db_errors.ForeignLog: lambda f, w: (
        f"Di samping {_path(f)} tertinggal catatan sementara yang bukan miliknya; agaknya basis datanya diganti dengan "
        "salinan lain sesudah program atau komputer mati mendadak. Belum ada yang disentuh.",
        "Pilih cadangan yang benar, lalu sakip pulihkan CADANGAN; yang ada sekarang disimpan dulu. "
        "Jangan hapus apa pun dengan tangan.",
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
        "Keluar, perbarui program ini, lalu buka lagi.",
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
        f"{_path(f)} sudah diganti dengan dokumen lain sejak dibuka, jadi yang terbaca di sini isi yang lama dan tidak "
        "ada yang tersimpan." + (f" Isi yang lama disimpan di {f['kept']}." if f.get("kept") else ""),
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
    db_errors.UnknownPerson: lambda f, w: (
        f"{f.get('name')} tidak terdaftar sebagai pengguna aktif di {f.get('office')}.",
        _way_to_person(f),
    ),
    db_errors.DbError: lambda f, w: ("Basis data menolak perintah ini.", "Jalankan sakip periksa."),
    export_errors.UnknownFormat: lambda f, w: (
        f"Format {f.get('found')} tidak dikenal.",
        choices(f.get("known", ())),
    ),
    export_errors.UnknownSheet: lambda f, w: (
        f"Laporan ini tidak punya lembar {f.get('found')}.",
        choices(f.get("known", ())),
    ),
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


_NAMED = frozenset({"bidang", "lajur", "orang", "indikator"})
"""Kinds of names that are typed, so that the nearest of what there is may be what was meant."""
_MOST_NAMED = 10
"""Names at most from which one is to be picked."""
_NEAREST = MappingProxyType({"nearest first": "sop.form.faults:nearest_first"})
"""Loaded only where a name is not known."""


def _unknown(error: Unknown) -> Notice:
    kind = _UNKNOWN_KINDS.get(error.kind, error.kind.capitalize())
    if error.kind == "butir":
        numbered = tuple(f"{number}. {text}" for number, text in enumerate(error.known, start=1))
        remedy = "Yang ada:" if numbered else "Langkah ini tidak punya butir."
        return Notice(f"{kind} {error.name} tidak ada di langkah ini.", remedy, numbered)
    # Most names of bidang begin with the word; one that lacks it is quoted, or it would read as the name that is meant.
    name = f'"{error.name}"' if error.kind == "bidang" else error.name
    named = error.name if error.name.casefold().startswith(kind.casefold()) else f"{kind} {name}"
    if not error.known:
        return Notice(f"{named} tidak dikenal.", "Belum ada satu pun di sini.")
    if error.kind not in _NAMED:
        return Notice(f"{named} tidak dikenal.", f"Yang ada: {listed(error.known)}.")
    near = load(_NEAREST["nearest first"])(error.name, error.known)
    if len(near) <= _MOST_NAMED:
        return Notice(f"{named} tidak dikenal.", f"Yang ada: {listed(near)}.")
    more = f"; {len(near) - _MOST_NAMED} lagi tidak disebut di sini"
    return Notice(f"{named} tidak dikenal.", f"Yang paling mirip: {listed(near[:_MOST_NAMED])}{more}.")


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
        # The name of a bidang may hold any sign; the number after it comes last.
        slot, _, _ = run.rpartition("#")
        step, _, bidang = slot.partition(":")
        where = f"langkah {step}" + (f" ({bidang})" if bidang else "")
        return f"Perhatian: {where} sudah putaran ke-{attempt}."
    if kind == "uncounted":
        child, _, step = rest.partition(":")
        return f"Perhatian: {period_short(child)} ditutup sesudah langkah {step} selesai: hasilnya belum masuk."
    if kind == "early":
        return f"Perhatian: {still_runs_words(rest)}"
    return warning

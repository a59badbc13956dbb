"""The sentences for the rules about people: whose lane, rights, who somebody is, PINs."""

from __future__ import annotations

from sakip_tui.wording import Facts, Maker, Wording, act_words, joined, the_step
from sop.acts.rights import RIGHTS
from sop.model.act import Act
from sop.model.pelaksana import Role
from sop.model.refusals import Rule
from sop.words.labels import bidang_named


def _manager_only(f: Facts, w: Wording) -> tuple[str, str]:
    # A copy of the file is for whoever may put one back.
    is_copy = f.get("act") in ("cadangkan", Act.PULIHKAN)
    act = Act.PULIHKAN if is_copy else f.get("act")
    admin_may = any(act == known and Role.ADMIN in roles for known, roles in RIGHTS.items())
    who = "pengelola atau admin" if admin_may else "pengelola"
    words = "membuat salinan basis data dan memulihkannya" if is_copy else act_words(act)
    return f"Hanya {who} yang boleh melakukan ini: {words}.", f"Minta {who} melakukannya."


PEOPLE_RULES: dict[Rule, Maker] = {
    Rule.WRONG_LANE: lambda f, w: (
        f"Tindakan ini bukan bagian {f.get('lane')}.",
        f"Yang boleh: {joined(f.get('allowed', ()), 'atau')}.",
    ),
    Rule.NOT_MEMBER: lambda f, w: (
        f"Anda tidak memegang lajur {joined(f.get('allowed', ()), 'atau')}"
        + (f" untuk {bidang_named(f['bidang'])}." if f.get("bidang") else "."),
        "Minta pemegang lajurnya atau pengelola mencatatnya.",
    ),
    Rule.MANAGER_ONLY: _manager_only,
    Rule.ADMIN_ONLY: lambda f, w: (
        f"Hanya admin yang boleh melakukan ini: {act_words(f.get('act'))}.",
        "Minta admin melakukannya.",
    ),
    Rule.OFFICE_WITHOUT_PEOPLE: lambda f, w: (
        "Di kantor ini belum ada orang yang terdaftar, jadi isinya hanya dapat dibaca.",
        "Minta admin salah satu kantor di basis data ini mendaftarkan orang pertamanya.",
    ),
    Rule.LAST_ADMIN: lambda f, w: (
        f"{w.who(f.get('person'))} adalah admin aktif yang terakhir.",
        "Jadikan orang lain admin lebih dulu.",
    ),
    Rule.BLANK_ACTIVE: lambda f, w: (
        f"Belum ada yang dikosongkan: {w.who(f.get('person'))} masih aktif, dan yang dikosongkan tidak kembali.",
        "Nonaktifkan orangnya lebih dulu.",
    ),
    Rule.BLANK_HOLDS: lambda f, w: (
        f"{w.who(f.get('person'))} masih memegang {f.get('cards')} kartu terbuka.",
        "Minta pengelola mengalihkan kartunya lebih dulu.",
    ),
    Rule.DECIDER_APART: lambda f, w: (
        f"{the_step(f)} tidak boleh diputuskan oleh yang mengerjakannya ({joined(map(w.who, f.get('people', ())))}).",
        "Minta orang lain dari lajur pemutus memutuskannya.",
    ),
    Rule.IDENTITY_LOCKED: lambda f, w: (
        f"Sambungan ini milik {w.who(f.get('person'))} dan tidak dapat dipakai sebagai {f.get('claimed')}.",
        "Jalankan tanpa --sebagai.",
    ),
    Rule.IDENTITY_UNPROVEN: lambda f, w: (
        (
            f"Perintah ini memerlukan PIN {f.get('claimed')}, dan di sini tidak ada terminal untuk menanyakannya.",
            "Jalankan di terminal, masuk ke komputer kantor dengan kunci SSH milik orang itu, "
            "atau berikan PIN dari berkas dengan --pin-dari FD, misalnya --pin-dari 3 3< berkas.",
        )
        if f.get("office") is None
        else (
            f"PIN yang Anda ketik tidak berlaku di kantor {f.get('office')}.",
            f"Keluar, lalu buka dengan sakip --opd {f.get('office')} dan masuk dengan PIN Anda di sana.",
        )
    ),
    Rule.PIN_WRONG: lambda f, w: (
        f"PIN {w.who(f.get('person'))} tidak cocok."
        + (f" Sisa kesempatan: {f['left']} kali." if f.get("left") is not None else ""),
        "Periksa PIN-nya, lalu ketik lagi.",
    ),
    Rule.PIN_LOCKED: lambda f, w: (
        f"PIN {w.who(f.get('person'))} terkunci sampai {w.moment(f.get('until'))} karena salah berkali-kali.",
        "Tunggu sampai saat itu, atau minta admin membukanya.",
    ),
    Rule.NO_PIN: lambda f, w: (
        f"{w.who(f.get('person'))} belum punya PIN.",
        "Minta admin memberi PIN.",
    ),
    Rule.HOLDER_ONLY: lambda f, w: (
        (f"Kartu ini dipegang {w.who(f.get('holder'))}.", "Minta pemegangnya atau pengelola melakukannya.")
        if f.get("holder")
        else ("Kartu ini tidak dipegang siapa pun.", "Minta pengelola melakukannya.")
    ),
    Rule.NOT_IN_LANE: lambda f, w: (
        f"{w.who(f.get('person'))} bukan anggota lajur {joined(f.get('allowed', ()), 'atau')}.",
        "Pilih orang dari lajur itu.",
    ),
}

"""How each act is met: its key and word on the board, its line in the act menu, its form, its command and options.

The foot of the board, its keys and their help, the act menu, the drafts and the command line's grammar come from these
entries. No rules and no screens here: what may be done `sop.acts` says, and a form is named and not imported. An act
is named by the code that the log keeps, so that the command line reads its grammar without loading the rules.
"""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

from sakip_tui.act_face import ActFace, Reason
from sakip_tui.options import BIDANG, NOTE, PERIOD, STEP, WRITING, Operand, Option
from sop.values import replace

WITH_REASON = "sakip_tui.prompts.act_questions:with_reason"
_ON_RUN = (BIDANG, NOTE, *WRITING)
_AGAIN = Option("--bidang", "hanya bidang ini yang mengulang; boleh diulang", "B", True, field="named", reads="texts")
_EVIDENCE = (
    Option("--nomor", "nomor dokumen", "TEKS", field="evidence", reads="evidence"),
    Option("--tanggal", "tanggal dokumen", "TANGGAL"),
    Option("--lokasi", "tempat dokumennya disimpan", "TEKS"),
    Option("--berkas", "dokumen di komputer; hanya nama dan sidiknya yang dicatat", "DOKUMEN", is_path=True),
)

_on_card = partial(ActFace, is_on_card=True, operands=(PERIOD, STEP), options=_ON_RUN)
"""An act on the selected card, with what most of them take."""

FACES: tuple[ActFace, ...] = (
    ActFace(
        "buka",
        "Buka periode",
        "Berkasnya dimulai dari langkah pertama",
        ("periode", "buka"),
        "membuka periode",
        key="o",
        key_help="Buka periode",
        foot="Buka periode",
        able="open_period",
        form="sakip_tui.prompts.questions:open_period",
        draft="open",
        typed="pembukaan periode",
    ),
    ActFace(
        "tutup",
        "Tutup periode",
        "Angkanya dibekukan dan rekapnya ditulis",
        ("periode", "tutup"),
        "menutup periode dan menulis rekapnya",
        key="x",
        key_help="Tutup periode",
        foot="Tutup periode",
        able="close_period",
        form="sakip_tui.prompts.questions:close_period",
        needs="signers",
        draft="close",
        typed="penutupan periode",
    ),
    ActFace(
        "buka-kembali",
        "Buka kembali",
        "Periode yang sudah ditutup dikerjakan lagi",
        ("periode", "buka-kembali"),
        "membuka lagi periode yang sudah ditutup",
        form="sakip_tui.prompts.act_questions:reopen",
    ),
    ActFace(
        "bebaskan",
        "Tidak menunggu",
        "Bila periode di bawahnya tidak akan ditutup",
        ("periode", "bebaskan"),
        "tidak menunggu periode ANAK",
        key="d",
        key_help="Tidak menunggu: periode di bawahnya tidak akan ditutup, periode ini berjalan tanpa hasilnya",
        foot="Tidak menunggu",
        able="waive",
        form="sakip_tui.prompts.questions:waive",
        draft="waive",
        typed="alasan tidak menunggu",
        operands=(PERIOD, Operand("ANAK", "kunci periode yang tidak ditunggu", field="child")),
    ),
    ActFace(
        "tahan",
        "Tahan berkas",
        "Semua waktu berkas ini berhenti, dengan alasan",
        ("berkas", "tahan"),
        "menahan berkas sementara",
        form=WITH_REASON,
        asks=Reason(
            "Semua waktu berkas ini berhenti, dan langkahnya tidak dapat dikerjakan sampai dilanjutkan.",
            "misalnya menunggu keputusan pimpinan",
        ),
    ),
    ActFace(
        "lanjutkan",
        "Lanjutkan berkas",
        "Berkas yang ditahan diteruskan",
        ("berkas", "lanjutkan"),
        "melanjutkan berkas yang ditahan",
        form=WITH_REASON,
        asks=Reason("Waktu berjalan lagi; lamanya ditahan tidak dihitung."),
    ),
    ActFace(
        "hentikan",
        "Hentikan berkas",
        "Berkas ini tidak diteruskan, dengan alasan",
        ("berkas", "hentikan"),
        "menghentikan berkas",
        form=WITH_REASON,
        asks=Reason(
            "Semua langkah yang terbuka dibatalkan. Sesudahnya berkas hanya dapat dimulai ulang dari langkah pertama, "
            "atau periodenya ditutup tanpa hasil.",
            "misalnya periode ini tidak dilaporkan",
        ),
    ),
    ActFace(
        "mulai-ulang",
        "Mulai ulang",
        "Berkas baru dari langkah pertama",
        ("berkas", "mulai-ulang"),
        "memulai berkas baru sesudah dihentikan",
        form=WITH_REASON,
        asks=Reason(
            "Berkas baru dibuka dari langkah pertama; yang lama tetap ada di riwayat.",
            "misalnya penghentian dibatalkan",
            "Mulai ulang berkas",
        ),
    ),
    ActFace(
        "gabung",
        "Lanjut tanpa yang belum",
        "Bila yang belum menyerahkan tidak ditunggu lagi",
        ("berkas", "gabung"),
        "lanjut tanpa bidang yang belum menyerahkan",
        letter="j",
        form="sakip_tui.prompts.act_questions:join_without",
    ),
    ActFace(
        "ubah-bidang",
        "Ubah bidang",
        "Bila daftarnya salah: tambah, keluarkan bidang",
        ("berkas", "ubah-bidang"),
        "mengubah daftar bidang selama langkah per bidang terbuka",
        letter="h",
        form="sakip_tui.prompts.act_questions:change_bidang",
        options=(
            Option("--tambah", "bidang yang ditambahkan", "B", True, field="added", reads="texts"),
            Option("--hapus", "bidang yang dihapus", "B", True, field="removed", reads="texts"),
            NOTE,
            *WRITING,
        ),
    ),
    ActFace(
        "pindah-versi",
        "Pindah versi SOP",
        "Berkas diteruskan dengan versi SOP yang lain",
        ("berkas", "pindah-versi"),
        "memindahkan berkas ke versi SOP yang lain",
        place="sop",
        options=(
            Option("--ke", "nomor versi tujuan", "V", required=True, field="version", reads="count"),
            Option(
                "--peta",
                "langkah lama=langkah baru: 1=1,2=2,3=4",
                "PETA",
                required=True,
                field="image",
                reads="step_map",
            ),
            Option("--coba", "periksa saja, tidak menyimpan apa pun"),
            NOTE,
            *WRITING,
        ),
    ),
    _on_card(
        "mulai",
        "Mulai",
        "Anda mulai mengerjakan langkah ini",
        ("mulai",),
        "mulai mengerjakan",
        key="m",
        key_help="Mulai mengerjakan",
        foot="Mulai",
        able="start",
    ),
    _on_card(
        "lepas",
        "Lepas",
        "Kembali ke Siap, tidak dipegang siapa pun",
        ("lepas",),
        "menyerahkan kartu kembali ke lajurnya",
        letter="v",
        form=WITH_REASON,
        asks=Reason("Langkah kembali ke Siap dan tidak dipegang siapa pun. Waktu mulai yang pertama tetap tercatat."),
    ),
    _on_card(
        "tunda",
        "Tunda",
        "Waktu langkah berhenti, dengan alasan",
        ("tunda",),
        "menghentikan waktu sementara",
        key="t",
        key_help="Tunda, atau lanjutkan yang ditunda",
        foot="Tunda",
        able="pause",
        form="sakip_tui.prompts.questions:pause",
        draft="pause",
        typed="alasan tunda",
    ),
    _on_card(
        "lanjut",
        "Lanjut",
        "Langkah yang ditunda diteruskan",
        ("lanjut",),
        "meneruskan yang ditunda",
        key="t",
        foot="Lanjutkan",
        able="resume",
    ),
    _on_card(
        "ajukan",
        "Ajukan",
        "Hasilnya diajukan kepada pemutus",
        ("ajukan",),
        "mengajukan untuk diputuskan",
        key="a",
        key_help="Ajukan untuk diputuskan",
        foot="Ajukan",
        able="hand_in",
    ),
    _on_card(
        "tarik",
        "Tarik",
        "Tarik hasil yang sudah diajukan",
        ("tarik",),
        "menarik kembali yang diajukan",
        letter="y",
        form=WITH_REASON,
        asks=Reason("Hasil yang sudah diajukan ditarik; langkah kembali dikerjakan."),
    ),
    _on_card(
        "selesai",
        "Selesai",
        "Langkah selesai; yang berikutnya menjadi siap",
        ("selesai",),
        "menyelesaikan langkah",
        key="s",
        key_help="Selesai",
        foot="Selesai",
        able="finish",
        form="sakip_tui.prompts.finishing:finish",
        draft="finish",
        typed="waktu selesai",
        options=(
            Option("--mulai", "waktu mulai, bila belum dicatat", "WAKTU", field="started", reads="moment"),
            Option("--selesai", "waktu selesai, bila bukan sekarang", "WAKTU", field="at", reads="end"),
            *_ON_RUN,
        ),
    ),
    _on_card(
        "putuskan",
        "Putuskan",
        "Keputusan Ya atau Tidak atas hasil langkah ini",
        ("putuskan",),
        "menjawab Ya atau Tidak",
        key="p",
        key_help="Putuskan: Ya atau Tidak",
        foot="Putuskan",
        able="decide",
        form="sakip_tui.prompts.questions:decide",
        draft="decide",
        typed="catatan keputusan",
        operands=(PERIOD, STEP, Operand("PUTUSAN", "ya atau tidak", field="answer", reads="answer")),
        options=(
            replace(_AGAIN, help="pada Tidak: hanya bidang ini yang mengulang; boleh diulang"),
            NOTE,
            *WRITING,
        ),
    ),
    _on_card(
        "kembalikan",
        "Kembalikan",
        "Ke langkah sebelumnya untuk diperbaiki",
        ("kembalikan",),
        "mengembalikan ke langkah sebelumnya",
        key="b",
        key_help="Kembalikan ke langkah sebelumnya",
        foot="Kembalikan",
        able="hand_back",
        form="sakip_tui.prompts.questions:hand_back",
        draft="hand_back",
        typed="catatan pengembalian",
        options=(
            Option("--ke", "nomor langkah tujuan", "N", required=True, field="target", reads="number"),
            _AGAIN,
            NOTE,
            *WRITING,
        ),
    ),
    _on_card(
        "lewati",
        "Lewati",
        "Bila hanya langkah ini yang tidak dikerjakan",
        ("lewati",),
        "melewati langkah",
        letter="l",
        form=WITH_REASON,
        asks=Reason(
            "Hanya langkah ini (pada langkah per bidang: hanya bidang ini) yang dilewati; yang berikutnya terbuka. "
            "Tidak pernah dihitung tepat waktu. Untuk semua bidang yang belum sekaligus: Lanjut tanpa yang belum.",
            "misalnya tidak berlaku untuk periode ini",
        ),
    ),
    _on_card(
        "pakai-lama",
        "Pakai hasil lama",
        "Hasil putaran sebelumnya dipakai lagi",
        ("pakai-lama",),
        "memakai hasil putaran sebelumnya",
        letter="z",
        form=WITH_REASON,
        asks=Reason(
            "Hasil putaran sebelumnya dipakai lagi tanpa dikerjakan ulang. Waktunya tidak dinilai.", title="Pakai"
        ),
    ),
    _on_card(
        "koreksi",
        "Koreksi",
        "Betulkan waktu, catatan atau dokumennya",
        ("koreksi",),
        "memperbaiki waktu, catatan, atau bukti",
        letter="k",
        form="sakip_tui.prompts.act_questions:correct",
        options=(
            Option("--mulai", "waktu mulai yang benar", "WAKTU", field="started", reads="moment"),
            Option("--selesai", "waktu selesai yang benar", "WAKTU", field="ended", reads="moment"),
            *_EVIDENCE,
            *_ON_RUN,
        ),
    ),
    _on_card(
        "urung",
        "Urungkan",
        "Tindakan terakhir pada langkah ini ditarik",
        ("urung",),
        "mengurungkan tindakan terakhir",
        key="u",
        key_help="Urungkan tindakan terakhir",
        foot="Urungkan",
        able="undo",
        form="sakip_tui.prompts.questions:undo",
        needs="last",
        draft="undo",
    ),
    _on_card(
        "tugaskan",
        "Tugaskan",
        "Serahkan kepada orang lain di lajurnya",
        ("tugaskan",),
        "memberikan kartu kepada orang lain",
        letter="g",
        form="sakip_tui.prompts.act_questions:assign",
        needs="members",
        operands=(PERIOD, STEP, Operand("NAMA", "siapa yang menerimanya", field="holder")),
    ),
    _on_card(
        "centang",
        "Kelengkapan",
        "Centang butir kelengkapan yang sudah ada",
        ("centang",),
        "menandai butir kelengkapan",
        letter="n",
        form="sakip_tui.prompts.act_questions:tick",
        operands=(PERIOD, STEP, Operand("BUTIR", "nomor butir kelengkapan", field="item", reads="item")),
        options=(Option("--hapus", "menghapus tandanya", field="on", reads="unless"), *_ON_RUN),
    ),
    _on_card(
        "dokumen",
        "Dokumen",
        "Catat nomor, tanggal dan tempat dokumen hasil",
        ("dokumen",),
        "mencatat dokumen bukti",
        letter="f",
        form="sakip_tui.prompts.act_questions:evidence",
        options=(*_EVIDENCE, *_ON_RUN),
    ),
    _on_card(
        "komentar",
        "Catatan",
        "Tulis catatan pada langkah ini",
        ("komentar",),
        "menulis komentar",
        key="c",
        key_help="Tulis catatan",
        foot="Catatan",
        able="note",
        form="sakip_tui.prompts.questions:note",
        draft="note",
        typed="catatan",
        operands=(PERIOD, STEP, Operand("TEKS", "isi komentar", field="note")),
    ),
)
"""Every act of the rules on a period, a case or a run, in the order of the command line's help."""
FACE_OF = MappingProxyType({face.act: face for face in FACES})
"""By the act's code."""
_MENU = (
    *("mulai", "selesai", "ajukan", "putuskan", "tunda", "lanjut", "kembalikan", "urung", "komentar"),
    *("centang", "dokumen", "tugaskan", "lepas", "tarik", "koreksi", "pakai-lama", "lewati"),
    *("buka", "tutup", "buka-kembali", "bebaskan", "tahan", "lanjutkan", "gabung", "ubah-bidang"),
    *("hentikan", "mulai-ulang", "pindah-versi"),
)
"""The acts as people look for them: those of every day in front. One that is not named here comes last."""
_FOOT = (
    *("tutup", "buka", "mulai", "selesai", "ajukan", "putuskan", "tunda", "lanjut"),
    *("kembalikan", "bebaskan", "urung", "komentar"),
)
"""The acts with a key, as they stand at the foot of the board. One that is not named here comes last."""


def in_menu(*, on_card: bool) -> tuple[ActFace, ...]:
    """The acts of the menu for the selected card, or those for its period."""
    return tuple(face for face in _ordered(_MENU) if face.is_on_card == on_card)


def keyed() -> tuple[ActFace, ...]:
    """The acts that have a key on the board, as they stand at its foot."""
    return tuple(face for face in _ordered(_FOOT) if face.key)


def _ordered(codes: tuple[str, ...]) -> list[ActFace]:
    return [*(FACE_OF[code] for code in codes), *(face for face in FACES if face.act not in codes)]

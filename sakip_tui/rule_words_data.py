"""The sentences for the rules about data kinerja: indicators, targets, forms, rows and their marks."""

from __future__ import annotations

from sakip_tui.wording import Facts, Maker, Wording, the_step
from sop.model.refusals import Rule
from sop.words.labels import target_set_words


def rows_called(f: Facts) -> str:
    """Codes of rows, those of one owner together."""
    by_owner: dict[str, list[str]] = {}
    for row in f.get("rows", ()):
        owner, code = row if isinstance(row, tuple) else ("", row)
        by_owner.setdefault(owner or "", []).append(str(code))
    return "; ".join(", ".join(codes) + (f" ({owner})" if owner else "") for owner, codes in by_owner.items())


def _no_form(f: Facts, w: Wording) -> tuple[str, str]:
    owner, period = f.get("owner"), f.get("period")
    if "owner" not in f:
        return (
            f"Belum ada formulir untuk {period}.",
            "Formulir terkirim saat langkah formulir terbuka, atau dengan sakip data formulir.",
        )
    if f.get("roles"):
        return (
            f"SOP ini tidak menyebut langkah mana yang mengisi data di {period}.",
            "Tetapkan dulu: sakip sop tetapkan KODE LANGKAH --data isian.",
        )
    return (
        f"Tidak ada formulir {owner or 'kantor'} untuk {period}.",
        "Tetapkan indikatornya, lalu kirim formulirnya.",
    )


def _rows_stale(f: Facts, w: Wording) -> tuple[str, str]:
    rows = f.get("rows", {})
    changed = "; ".join(f"{str(code).upper()} oleh {w.who(by)}" for code, by in rows.items())
    return f"Sudah diubah orang lain sejak Anda membacanya: {changed}.", "Baca lagi barisnya, lalu ulangi yang perlu."


DATA_RULES: dict[Rule, Maker] = {
    Rule.CODE_TAKEN: lambda f, w: (
        f"Kode {f.get('code')} sudah dipakai sebuah indikator.",
        "Pakai kode lain, atau ubah indikator itu.",
    ),
    Rule.SET_ORDER: lambda f, w: (
        f"{target_set_words(f.get('number') or 1)} belum dapat dimulai.",
        f"Yang berikutnya {target_set_words(f.get('next') or 1)}: --set {f.get('next')}.",
    ),
    Rule.NO_FORM: _no_form,
    Rule.RUN_HANDED_IN: lambda f, w: (
        f"{the_step(f)} sudah diajukan dan menunggu keputusan.",
        "Tarik dulu pengajuannya, lalu isi lagi.",
    ),
    Rule.RUN_ENDED: lambda f, w: (
        f"{the_step(f)} sudah berakhir, jadi isiannya tidak dapat diubah begitu saja.",
        "Minta dikembalikan, atau betulkan dengan koreksi nilai dan alasannya.",
    ),
    Rule.ROWS_NOT_HANDED_IN: lambda f, w: (
        f"{the_step(f)} belum selesai, jadi isiannya belum diserahkan.",
        "Selama langkah itu terbuka isiannya diubah dengan mengisi lagi.",
    ),
    Rule.NO_PERIKSA: lambda f, w: (
        f"Di {f.get('period')} tidak ada langkah periksa, jadi tidak ada yang ditandai.",
        "Tetapkan langkah periksa pada SOP, atau kembalikan langkahnya dengan catatan.",
    ),
    Rule.PERIKSA_DONE: lambda f, w: (
        f"Pemeriksaan {f.get('period')} sudah selesai.",
        "Betulkan dengan koreksi nilai dan alasannya, atau kembalikan langkahnya.",
    ),
    Rule.ROWS_STALE: _rows_stale,
    Rule.NOT_MARKED: lambda f, w: (
        f"Tidak sedang ditandai: {rows_called(f) or 'baris mana pun'}.",
        "Yang tidak ditandai diterima dengan sendirinya saat pemeriksaan selesai.",
    ),
    Rule.ROWS_MISSING: lambda f, w: (
        f"Belum diisi: {rows_called(f)}.",
        "Isi semuanya, atau beri keadaan belum ada atau tidak berlaku dengan alasannya.",
    ),
    Rule.ROWS_MARKED: lambda f, w: (
        f"Ditandai dan belum dijawab: {rows_called(f)}.",
        "Ubah barisnya, atau tegaskan dengan alasan; pemeriksa juga dapat menerimanya.",
    ),
}

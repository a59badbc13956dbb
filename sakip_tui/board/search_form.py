"""The prompt of the search."""

from __future__ import annotations

from sakip_tui.prompts.form import Form, FormField


def search_form(sought: str) -> Form:
    """What is looked for; `sought` is what was looked for before."""
    hint = "nomor langkah, judul, bidang atau pemegang"
    field = FormField("text", "Cari", hint, value=sought, required=True)
    return Form("Cari kartu di semua periode tahun ini", fields=(field,), submit="Cari")

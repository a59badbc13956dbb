"""What the screens of data kinerja ask, and what an answer means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from sakip_tui.filling.rows import ShownRow
from sakip_tui.prompts.form import Choice, Form, FormField, Response
from sakip_tui.views.indicators import number_of
from sop.kinerja.figure_settings import FigureSettings
from sop.kinerja.form_fault import CellFinding
from sop.kinerja.indicator import Jenis
from sop.kinerja.isian import PART_DECIMALS, Isian, Keadaan
from sop.kinerja.number import canonical
from sop.model.errors import Gathering
from sop.model.texts import clean
from sop.words.figure_words import value_words
from sop.words.kinerja import DATA_LABELS
from sop.words.labels import listed
from sop.words.periods import period_short

ReadDay = Callable[[str, str], dt.date]
"""(what was typed, the field's name) -> a day. Raises FaultyInput."""
_FILLED = frozenset({Keadaan.TERISI.value})
_EMPTY = frozenset({Keadaan.BELUM_ADA.value, Keadaan.TIDAK_BERLAKU.value})
_MEANINGS = {
    Keadaan.TERISI: "nilainya ada, juga bila nol",
    Keadaan.BELUM_ADA: "datanya belum tersedia; alasannya ditulis",
    Keadaan.TIDAK_BERLAKU: "tidak diukur periode ini; alasannya ditulis",
}


class Filled(NamedTuple):
    """What was answered of one row."""

    isian: Isian
    word: str | None
    """Why it changes, or why a marked row stands as it is."""
    echoes: tuple[CellFinding, ...] = ()
    """How numbers were read, where that must be said."""


def fill(row: ShownRow, settings: FigureSettings, keadaan: Keadaan | None = None) -> Form:
    """One row.

    Args:
        row: As it stands; what was said of it is offered again.
        settings: The office's scales.
        keadaan: What is picked at first; None for what stands.
    """
    one, held = row.report.row.indicator, row.kept.isian
    chosen = keadaan or (Keadaan.TERISI if held is None else held.keadaan)
    target = value_words(row.report.figure.target, one, settings)
    body = [f"{clean(one.name)}.", f"Target {period_short(row.report.row.period)}: {target} {clean(one.satuan)}."]
    if row.report.row.previous is not None:
        body[1] += f" Periode lalu: {row.report.row.previous}."
    mark = row.kept.mark
    if mark is not None and not mark.answered:
        body.append(f"Ditandai: {clean(mark.note)}")
    needs_word = row.kept.wants_answer or row.kept.accepted is not None
    asked = "Jawaban" if row.kept.wants_answer else "Alasan perubahan"
    word = FormField("kata", asked, "mengapa berubah, atau mengapa tetap", required=row.kept.wants_answer)
    return Form(
        f"Isi {clean(one.code)}",
        tuple(body),
        choices=tuple(Choice(each.value, DATA_LABELS[Keadaan][each].capitalize(), _MEANINGS[each]) for each in Keadaan),
        chosen=chosen.value,
        fields=(
            # What cannot be left out stands where the smallest screen shows it.
            *((word,) if row.kept.wants_answer else ()),
            *_value_fields(row, settings),
            FormField(
                "alasan",
                "Alasan",
                "mengapa belum ada, atau tidak berlaku",
                _text(held, "reason"),
                False,
                _EMPTY,
                _EMPTY,
            ),
            *((word,) if needs_word and not row.kept.wants_answer else ()),
            FormField("pendorong", "Faktor pendorong", "boleh kosong", _text(held, "pendorong")),
            FormField("kendala", "Kendala", "boleh kosong", _text(held, "kendala")),
            FormField("tindak_lanjut", "Tindak lanjut", "boleh kosong", _text(held, "tindak_lanjut")),
            FormField(
                "pic", "Penanggung jawab", "jabatan, bukan nama orang; misalnya Kepala Bidang", _text(held, "pic")
            ),
            FormField("batas", "Batas waktu", "misalnya 31/12, atau 31-12-2026", _day(held)),
            FormField("bukti", "Bukti", "boleh kosong", _text(held, "bukti")),
        ),
        submit="Simpan",
    )


def _value_fields(row: ShownRow, settings: FigureSettings) -> tuple[FormField, ...]:
    one, held = row.report.row.indicator, row.kept.isian
    if one.jenis is Jenis.RASIO:
        above, below = (None, None) if held is None else (held.pembilang, held.penyebut)
        return (
            FormField("pembilang", clean(one.pembilang) or "Pembilang", "", _number(above), False, _FILLED, _FILLED),
            FormField("penyebut", clean(one.penyebut) or "Penyebut", "", _number(below), False, _FILLED, _FILLED),
        )
    if one.jenis is Jenis.PREDIKAT:
        scale = settings.scale_of(one.satuan)
        grade = "" if held is None or held.grade is None else held.grade
        return (
            FormField(
                "nilai", "Realisasi", f"salah satu: {listed(list(scale), 'atau')}", grade, False, _FILLED, _FILLED
            ),
        )
    hint = (
        f"dalam {clean(one.satuan)}, paling banyak {one.decimals} desimal"
        if one.decimals
        else f"dalam {clean(one.satuan)}"
    )
    value = _number(None if held is None else held.value)
    return (FormField("nilai", "Realisasi", hint, value, False, _FILLED, _FILLED),)


def _number(value: Decimal | None) -> str:
    return "" if value is None else canonical(value).replace(".", ",")


def _text(held: Isian | None, name: str) -> str:
    return "" if held is None else getattr(held, name) or ""


def _day(held: Isian | None) -> str:
    return "" if held is None or held.batas_waktu is None else f"{held.batas_waktu:%d-%m-%Y}"


def filled(answer: Response, row: ShownRow, read_day: ReadDay) -> Filled:
    """What the row shall say. Raises FaultyInput with every fault that can be seen here."""
    one = row.report.row.indicator
    keadaan = Keadaan(answer.choice or Keadaan.TERISI)
    met = Gathering()
    echoes: list[CellFinding] = []

    def number(name: str, label: str, decimals: int, satuan: str) -> Decimal | None:
        text = answer.text(name)
        found = None if text is None else met.tried(lambda: number_of(text, one.code, satuan, decimals, label))
        if found is None:
            return None
        echoes.extend(found[1])
        return found[0]

    is_filled = keadaan is Keadaan.TERISI
    value = above = below = grade = None
    if is_filled and one.jenis is Jenis.RASIO:
        above = number("pembilang", one.pembilang or "Pembilang", PART_DECIMALS, "")
        below = number("penyebut", one.penyebut or "Penyebut", PART_DECIMALS, "")
    elif is_filled and one.jenis is Jenis.PREDIKAT:
        grade = answer.text("nilai")
    elif is_filled:
        value = number("nilai", "Realisasi", one.decimals, one.satuan)
    typed = answer.text("batas")
    day = None if typed is None else met.tried(lambda: read_day(typed, "Batas waktu"))
    met.check()
    isian = Isian(
        keadaan,
        value,
        grade,
        above,
        below,
        reason=None if is_filled else answer.text("alasan"),
        pendorong=answer.text("pendorong"),
        kendala=answer.text("kendala"),
        tindak_lanjut=answer.text("tindak_lanjut"),
        pic=answer.text("pic"),
        batas_waktu=day,
        bukti=answer.text("bukti"),
    )
    return Filled(isian, answer.text("kata"), tuple(echoes))


def take_in(document: str) -> Form:
    """The workbook that a bidang filled; one of before is offered again."""
    return Form(
        "Impor formulir",
        ("Diambil seluruhnya, atau tidak satu baris pun; setiap kesalahan disebut dengan selnya.",),
        fields=(FormField("dokumen", "Dokumen", "nama dokumen .xlsx di komputer ini", document, required=True),),
        submit="Ambil",
    )


def mark(row: ShownRow) -> Form:
    """What somebody has against a row."""
    one = row.report.row.indicator
    return Form(
        f"Tandai {clean(one.code)}",
        (
            f"{clean(one.name)}.",
            "Bidangnya menjawab baris ini sesudah dikembalikan; tanpa itu pemeriksaan tidak selesai.",
        ),
        fields=(FormField("catatan", "Catatan", "apa yang harus diperbaiki atau dijelaskan", required=True),),
        submit="Tandai",
    )


def accept(row: ShownRow) -> Form:
    """A mark is taken back."""
    one = row.report.row.indicator
    note = "" if row.kept.mark is None else f"Tandanya: {clean(row.kept.mark.note)}"
    return Form(
        f"Terima {clean(one.code)}",
        tuple(filter(None, (f"{clean(one.name)}.", note, "Tandanya dicabut; nilainya tetap."))),
        fields=(FormField("catatan", "Catatan", "boleh kosong"),),
        submit="Terima",
    )


def send_back(owner: str, codes: tuple[str, ...], notes: tuple[str, ...]) -> Form:
    """Rows go back to the bidang that handed them in."""
    told = (
        f"Kembali ke {clean(owner)} dengan {len(codes)} tanda: {listed(list(codes))}."
        if codes
        else (f"Kembali ke {clean(owner)}. Belum ada baris yang ditandai; tandai dulu bila ada yang harus diperbaiki.")
    )
    return Form(
        f"Kembalikan {clean(owner)}",
        (told, "Isiannya tetap ada dan diperbaiki di sana; yang lain tidak diulang."),
        fields=(FormField("catatan", "Catatan", "mengapa dikembalikan", "; ".join(map(clean, notes)), required=True),),
        submit="Kembalikan",
    )


def correct(row: ShownRow, settings: FigureSettings) -> Form:
    """A value is put right after it was handed in."""
    form = fill(row, settings)
    kept = [field for field in form.fields if field.name != "kata"]
    told = next(index for index, field in enumerate(kept) if field.name == "alasan") + 1
    reason = FormField("kata", "Alasan koreksi", "mengapa dikoreksi; nilai lama tetap di riwayat", required=True)
    return Form(
        f"Koreksi {clean(row.report.row.indicator.code)}",
        form.body,
        form.choices,
        None,
        (*kept[:told], reason, *kept[told:]),
        "Koreksi",
        chosen=form.chosen,
    )


def send(period: str, count: int) -> Form:
    """What no form holds yet is sent."""
    return Form(
        f"Kirim formulir {period}",
        (
            f"{count} baris yang baru atau berubah dikirim ke penyerahnya, dengan indikator dan target seperti "
            "sekarang. Langkah isian yang sudah selesai tidak dibuka lagi; barisnya dihitung belum diisi sampai "
            "langkahnya dikembalikan.",
        ),
        submit="Kirim",
    )


def hand_in(owner: str, filled_words: str, needs_start: bool) -> Form:
    """The run that the rows hang on is finished."""
    start = FormField("mulai", "Mulai dikerjakan", "kosong = tidak dinilai; misalnya 8.15")
    return Form(
        f"Serahkan {clean(owner)}",
        (f"{filled_words}. Sesudah itu isian berubah hanya bila dikembalikan atau dikoreksi.",),
        fields=(*((start,) if needs_start else ()), FormField("catatan", "Catatan", "boleh kosong")),
        submit="Serahkan",
    )

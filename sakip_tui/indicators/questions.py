"""What the screen of indicators asks, and what an answer means."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from sakip_tui.prompts.form import Choice, Form, FormField, Response
from sakip_tui.views.indicators import NOTHING, owner_named, period_of, target_of
from sop.kinerja.data_act import DataCommand
from sop.kinerja.form import target_words
from sop.kinerja.form_fault import CellFinding, FormFault, as_data
from sop.kinerja.indicator import MOST_DECIMALS, Arah, Indicator, Jenis, Konsolidasi, TargetValue
from sop.kinerja.state import KinerjaState
from sop.kinerja.target import reported_in, target_for
from sop.model.definition import Cadence
from sop.model.errors import Fault, FaultyInput, Gathering
from sop.model.periods import keys_of
from sop.model.texts import clean
from sop.values import replace
from sop.words.figure_words import owner_words
from sop.words.kinerja import DATA_LABELS
from sop.words.labels import listed, target_set_words
from sop.words.periods import period_short

_REASON = FormField("alasan", "Alasan", "boleh kosong")
_RATIO = frozenset({Jenis.RASIO.value})
_NEW_SET = "baru"


def define(state: KinerjaState, year: int, indicator: Indicator | None = None) -> Form:
    """A new indicator, or a new version of one."""
    one = indicator or Indicator("", "", "", cadence=state.finest)
    known = [owner_words(None), *state.bidang]
    coded = () if indicator else (FormField("kode", "Kode", "misalnya IK-1", required=True),)
    return Form(
        f"Ubah {clean(one.code)}" if indicator else "Tambah indikator",
        (
            "Versi baru berlaku mulai periode yang disebut; yang lama tetap untuk sebelumnya."
            if indicator
            else "Masuk formulir mulai periode yang disebut. Kodenya tidak dapat dipakai lagi untuk yang lain.",
        ),
        choices=tuple(Choice(each.value, DATA_LABELS[Jenis][each].capitalize(), _KINDS[each]) for each in Jenis),
        chosen=one.jenis.value,
        fields=(
            *coded,
            FormField("nama", "Nama", required=True, value=one.name),
            FormField(
                "satuan",
                "Satuan",
                "misalnya orang, %, hari; untuk predikat: Opini atau Predikat",
                one.satuan,
                required=True,
            ),
            FormField(
                "pembilang", "Pembilang", "apa yang dihitung di atas garis", one.pembilang, False, _RATIO, _RATIO
            ),
            FormField("penyebut", "Penyebut", "apa yang dihitung di bawah garis", one.penyebut, False, _RATIO, _RATIO),
            FormField(
                "bidang", "Penyerah", f"salah satu: {listed(known, 'atau')}", owner_words(one.owner), required=True
            ),
            FormField("arah", "Arah", value=one.arah.value, options=tuple(Arah)),
            FormField("konsolidasi", "Konsolidasi", value=one.konsolidasi.value, options=tuple(Konsolidasi)),
            FormField("desimal", "Desimal", f"dari 0 sampai {MOST_DECIMALS}", str(one.decimals), required=True),
            FormField("kadens", "Dilaporkan tiap", value=one.cadence.value, options=tuple(Cadence)),
            FormField("sasaran", "Sasaran", "boleh kosong", one.sasaran),
            FormField("dokumen", "Dokumen", "boleh kosong; tempat indikator ini tertulis", one.document),
            FormField("sejak", "Berlaku mulai", f"misalnya {year}-TW1, {year}-TW3", f"{year}-TW1", required=True),
            _REASON,
        ),
        submit="Ubah" if indicator else "Tambah",
    )


_KINDS: Mapping[Jenis, str] = {
    Jenis.ANGKA: "sebuah bilangan: orang, dokumen, rupiah",
    Jenis.PERSEN: "persen yang diketik langsung",
    Jenis.RASIO: "pembilang dibagi penyebut, dihitung program",
    Jenis.PREDIKAT: "kata dari sebuah skala: WTP, BB",
}


def defined(answer: Response, state: KinerjaState, before: Indicator | None) -> tuple[Indicator, str]:
    """(the indicator, from which period it holds). Raises FaultyInput with every fault, UnknownPeriod."""
    jenis = Jenis(answer.choice or Jenis.ANGKA)
    way = Konsolidasi(answer.text("konsolidasi") or Konsolidasi.JUMLAH)
    if jenis is Jenis.PREDIKAT and before is None and way is Konsolidasi.JUMLAH:
        # Words are never added up; who leaves what stood there means the one way there is.
        way = Konsolidasi.AKHIR
    text = answer.text("desimal") or ""
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_DECIMALS):
        fault = Fault("desimal", FormFault.DI_LUAR_BATAS.value, text, ("0", str(MOST_DECIMALS)))
        raise as_data(FaultyInput((fault,)))
    is_ratio = jenis is Jenis.RASIO
    found = Indicator(
        (answer.text("kode") or "") if before is None else before.code,
        answer.text("nama") or "",
        answer.text("satuan") or "",
        jenis,
        Arah(answer.text("arah") or Arah.NAIK),
        way,
        int(text),
        Cadence(answer.text("kadens") or state.finest),
        owner_named(answer.text("bidang") or "", state),
        answer.text("sasaran") or "",
        answer.text("dokumen") or "",
        (answer.text("pembilang") or "") if is_ratio else "",
        (answer.text("penyebut") or "") if is_ratio else "",
        100 if before is None else before.factor,
    )
    return found, period_of(answer.text("sejak") or "")


def end(indicator: Indicator, year: int) -> Form:
    """The last version of an indicator."""
    return Form(
        f"Akhiri {clean(indicator.code)}",
        ("Sejak periode itu indikator ini tidak ada di formulir. Kodenya tidak dipakai lagi untuk yang lain.",),
        fields=(FormField("sejak", "Tidak berlaku mulai", f"misalnya {year}-TW3", required=True), _REASON),
        submit="Akhiri",
    )


def ended(answer: Response, before: Indicator) -> tuple[Indicator, str]:
    """(the indicator as it ends, from which period). Raises UnknownPeriod."""
    return replace(before, active=False), period_of(answer.text("sejak") or "")


# ---------------------------------------------------------------------- targets
class Aims(NamedTuple):
    """What was typed of targets."""

    targets: Mapping[tuple[str, str], TargetValue | None]
    number: int
    since: str | None
    document: str | None
    echoes: tuple[CellFinding, ...]
    """How numbers were read, where that must be said."""


def targets(state: KinerjaState, indicator: Indicator, year: int) -> Form:
    """The targets of an indicator in a year."""
    sets = sorted((held for held in state.targets if held.year == year), key=lambda held: held.number)
    newest = sets[-1].number if sets else 1
    held = f": {clean(sets[-1].document)}" if sets and sets[-1].document else ""
    choices = (
        Choice(str(newest), target_set_words(newest), f"memperbaiki target yang berlaku{held}"),
        Choice(_NEW_SET, target_set_words(newest + 1), "PK Perubahan, berlaku mulai suatu periode"),
    )
    new_set = frozenset({_NEW_SET})
    periods = [period for period in keys_of(year) if reported_in(indicator, period)]
    return Form(
        f"Target {clean(indicator.code)} {year}",
        (f"Dalam {clean(indicator.satuan)}. Yang kosong tetap; tulis {NOTHING} untuk mencabut.",),
        choices=choices if sets else (),
        fields=(
            FormField("dokumen", "Dokumen", f"kosong = tetap; misalnya Perjanjian Kinerja {year}"),
            FormField("sejak", "Berlaku mulai", f"misalnya {year}-TW3", "", False, new_set, new_set),
            *(FormField(period, period_short(period), value=_held(state, indicator, period)) for period in periods),
            _REASON,
        ),
        submit="Simpan",
    )


def _held(state: KinerjaState, indicator: Indicator, period: str) -> str:
    aim = target_for(state.targets, indicator.key, period)
    words = "" if aim is None else target_words(aim.value, indicator)
    # Without the dots of thousands: what the program put there is read as it was meant.
    return words.replace(".", "")


def aimed(answer: Response, state: KinerjaState, indicator: Indicator, year: int) -> Aims:
    """The targets that differ. Raises FaultyInput with every fault, UnknownPeriod."""
    met = Gathering()
    found: dict[tuple[str, str], TargetValue | None] = {}
    echoes: tuple[CellFinding, ...] = ()
    sets = [held.number for held in state.targets if held.year == year]
    is_new = answer.choice == _NEW_SET
    for period in keys_of(year):
        text = answer.text(period)
        read = None if text is None else met.tried(partial(target_of, text, indicator, period_short(period)))
        if read is None:
            continue
        value, echo = read
        held = target_for(state.targets, indicator.key, period)
        if (None if held is None else held.value) != value:
            found[indicator.code, period] = value
            echoes += echo
    met.check()
    number = max(sets, default=0) + 1 if is_new else max(sets, default=1)
    since = period_of(answer.text("sejak") or "") if is_new else None
    return Aims(found, number, since, answer.text("dokumen"), echoes)


def take_in(document: str) -> Form:
    """The workbook that holds indicators and targets; one of before is offered again."""
    return Form(
        "Impor indikator dan target",
        (
            "Semua baris diambil, atau tidak satu pun. Tanpa kesalahan, yang akan berubah ditanyakan dulu.",
            "Lembar untuk diisi ditulis dengan f di layar ini.",
        ),
        fields=(FormField("dokumen", "Dokumen", "nama dokumen .xlsx di komputer ini", document, required=True),),
        submit="Baca",
    )


def sure(counts: str, commands: tuple[DataCommand, ...]) -> Form:
    """Whether what was read is meant."""
    return Form(
        "Catat yang dibaca?",
        (f"{counts}.", f"Tercatat sebagai {len(commands)} tindakan."),
        fields=(_REASON,),
        submit="Catat",
    )

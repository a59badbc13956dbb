"""What is asked of an office that is set up, one question at a time: SOP, name, zone, year, bidang, cadence. Pure
values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from sakip_tui.prompts.form import Choice, Form, FormField, Response
from sakip_tui.views.sops import known_by
from sop.acts.setting_up import LONGEST_CODE
from sop.form.faults import FaultCode
from sop.model.definition import Cadence, Sop
from sop.model.errors import Fault, FaultyInput
from sop.model.texts import LONGEST_NAME, clean, clean_or_none
from sop.time.instants import ZONES
from sop.words.time import ZONE_LABELS

_ZONE_NAMES = {
    "Asia/Jakarta": "Indonesia Barat",
    "Asia/Makassar": "Indonesia Tengah",
    "Asia/Jayapura": "Indonesia Timur",
}
FIRST_YEAR, LAST_YEAR = 2020, 2059
_LOOSE_ENDS = frozenset({"dan", "yang", "untuk", "kepada", "di", "ke", "dari", "dengan"})
"""Words with which nothing ends."""
_TITLE = 20
"""Cells of a step's title where all steps of an SOP are named in one breath."""


_between = partial(Form, submit="Lanjut", cancel="Mundur")
"""A question that others come before and after."""


_NONE_FITS = (
    "Tidak ada yang sesuai: Esc, isi templat SOP (sakip sop ekspor --format xlsx -o sop.xlsx), ambil dengan sakip sop "
    "impor sop.xlsx, lalu buka lagi."
)


def which_sop(sops: Sequence[Sop], imported: Collection[str], number: str, *, is_first: bool = True) -> Form:
    """Which SOP.

    Args:
        sops: Those to choose from.
        imported: Codes of those that were imported; the others are shipped.
        number: Which question it is.
        is_first: Whether there is no other office yet.
    """
    steps = {sop.code: _steps_words(sop) for sop in sops}

    def detail(sop: Sop) -> str:
        return f"{'SOP kantor yang diimpor, ' if sop.code in imported else ''}{known_by(sop)}"

    return Form(
        title=f"{'Selamat datang. Menyiapkan kantor' if is_first else 'Kantor baru'} {number}",
        body=("SOP pengumpulan data kinerja mana yang dipakai kantor Anda?", _NONE_FITS),
        choices=tuple(Choice(sop.code, clean(sop.office), detail(sop)) for sop in sops),
        submit="Lanjut",
        cancel="Keluar" if is_first else "Batal",
        forewarned=lambda answer: steps.get(answer.choice or "", ""),
    )


def _steps_words(sop: Sop) -> str:
    """How many act in it, and what its steps are, each in its first words."""
    return f"{len(sop.lanes)} pelaksana; langkahnya: " + ", ".join(
        f"{step.number} {_first_words(clean(step.title.text))}" for step in sop.steps
    )


def _first_words(title: str) -> str:
    """As many words of a title as `_TITLE` cells hold; the first one whole."""
    words = title.split()
    count = next((n for n in range(len(words), 1, -1) if len(" ".join(words[:n])) <= _TITLE), 1)
    while count > 1 and words[count - 1].casefold() in _LOOSE_ENDS:
        count -= 1
    return " ".join(words[:count]).rstrip(",;:")


def office_code(sop: Sop, taken: Sequence[str], number: str) -> Form:
    """What tells a further office from the others."""
    return _between(
        title=f"Kode kantor {number}",
        body=(
            "Kode membedakan kantor ini dari yang lain di basis data ini; perintah menyebutnya dengan --opd.",
            f"Sudah dipakai: {', '.join(taken)}.",
        ),
        fields=(FormField("code", "Kode kantor", "", "" if sop.code in taken else sop.code, required=True),),
    )


def code_of(answer: Response, taken: Collection[str]) -> str:
    """The code typed. Raises FaultyInput for one that another office has, or too long a one."""
    code = clean_or_none(answer.text("code"), "Kode kantor", LONGEST_CODE) or ""
    if code in taken:
        raise FaultyInput((Fault("", "kode-dipakai", code),))
    return code


def office_name(sop: Sop, number: str) -> Form:
    return _between(
        title=f"Nama kantor {number}",
        body=("Nama ini tampil di papan dan di rekap.",),
        fields=(FormField("name", "Nama kantor", "", clean(sop.office), required=True),),
    )


def zone(sop: Sop, number: str) -> Form:
    return _between(
        title=f"Zona waktu {number}",
        body=("Semua jam di program ini memakai zona waktu kantor.",),
        choices=tuple(Choice(name, ZONE_LABELS[name], _ZONE_NAMES[name]) for name in ZONES),
        chosen=sop.zone,
    )


def year(this_year: int, number: str) -> Form:
    return _between(
        title=f"Tahun {number}",
        body=("Periode triwulan, semester dan tahunan dibuat untuk tahun ini.",),
        fields=(FormField("year", "Tahun", "", str(this_year), required=True),),
    )


def bidang(sop: Sop, number: str) -> Form:
    """The office's list; needed where a step is done per bidang."""
    numbers = [str(step.number) for step in sop.steps if step.per_bidang]
    if numbers:
        body = (
            f"Langkah {' dan '.join(numbers)} SOP ini dikerjakan tiap bidang sendiri-sendiri.",
            "Tulis nama semua bidang, dipisah koma. Sekretariat boleh ikut ditulis.",
        )
    else:
        body = ("SOP ini tidak punya langkah per bidang, jadi boleh dikosongkan.", "Tulis nama bidang, dipisah koma.")
    return _between(
        title=f"Bidang {number}",
        body=body,
        fields=(
            FormField(
                "bidang",
                "Nama bidang",
                "misalnya Sekretariat, Bidang A, Bidang B",
                required=bool(numbers),
                is_list=True,
            ),
        ),
    )


def cadence(number: str) -> Form:
    return _between(
        title=f"Seberapa sering {number}",
        body=("SOP ini tidak menyebut periodenya. Berkasnya dijalankan setiap:",),
        choices=(
            Choice(Cadence.TRIWULAN.value, "Triwulan", "empat kali setahun"),
            Choice(Cadence.SEMESTER.value, "Semester", "dua kali setahun"),
            Choice(Cadence.TAHUNAN.value, "Tahunan", "sekali setahun"),
        ),
    )


def names_cadence(sop: Sop) -> bool:
    """Whether the SOP itself says how often its steps come round."""
    return any(step.cadence is not None for step in sop.steps)


def bidang_of(text: str | None) -> tuple[str, ...]:
    """`A, B; C` -> names, cleaned, in order. Raises FaultyInput for one too long, or twice the same."""
    names = tuple(name for name in (clean(part) for part in (text or "").replace(";", ",").split(",")) if name)
    seen: set[str] = set()
    for name in names:
        if len(name) > LONGEST_NAME:
            raise FaultyInput((Fault("Nama bidang", "teks-terlalu-panjang", str(len(name)), (str(LONGEST_NAME),)),))
        if name.casefold() in seen:
            raise FaultyInput((Fault("Nama bidang", "nama-ganda", name),))
        seen.add(name.casefold())
    return names


def year_of(answer: Response) -> int:
    """The year typed. Raises FaultyInput."""
    text = answer.text("year") or ""
    if not text.isdecimal() or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise FaultyInput(
            (Fault("", FaultCode.TAHUN_DI_LUAR_JANGKAUAN, clean(text)[:20], (f"{FIRST_YEAR} sampai {LAST_YEAR}",)),)
        )
    return int(text)

"""What is asked to change a setting, and the change that an answer means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sakip_tui.prompts.form import Choice, Form, FormField, Inquiry, Response
from sakip_tui.settings.rows import SettingLine, SettingPath
from sakip_tui.text import cut
from sakip_tui.views.redated import moved_lines
from sop.acts.settings_change import BOUNDS, MOST_TEXTS
from sop.look.signers import ACTING, acting_of
from sop.model.errors import Fault, FaultyInput
from sop.model.office import Signer
from sop.model.office_commands import SignerNamed
from sop.model.pelaksana import MembershipKind
from sop.model.settings import CHOICES, Settings
from sop.time.deadline import ClockStart
from sop.time.instants import parse_date
from sop.time.office_calendar import end_of_period
from sop.words.labels import label, upper
from sop.words.settings import CLOCK_STARTS, TARGETS, UNIT_RULE

if TYPE_CHECKING:
    from db.signers import SignerRow
    from sop.acts.redating import Redated

_UNIT_CODE = "baku"
_HOLDS = label(MembershipKind.TETAP)
_OTHER, _MISTYPED = "pejabat atau pangkatnya", "salah ketik"
_REASON = FormField("reason", "Alasan, untuk riwayat", "boleh kosong")
_FLAGS: Mapping[str, tuple[str, str]] = {
    "count_first_day": ("hari mulai ikut dihitung", "dihitung mulai hari kerja berikutnya"),
    "decider_apart": ("yang mengerjakan tidak boleh memutus", "boleh orang yang sama"),
    "rows_required": ("setiap baris diisi dulu", "boleh selesai dengan baris yang belum diisi"),
    "electronic": ("lembarnya menyebut tanda tangan elektronik", "ditandatangani dengan pena"),
}
_UNITS: Mapping[str, str] = {
    "at_risk_percent": " persen",
    "start_days": " hari kerja",
    "late_entry_days": " hari kerja",
    "idle_minutes": " menit",
}
"""Of settings that are numbers; the others count backups."""


SettingInquiry = Inquiry[dict[str, Any]]
"""Its answer means values by the names of their settings."""


def question(row: SettingLine, settings: Settings, offset: int, now: int) -> SettingInquiry:
    """How one value is asked for.

    Args:
        row: The value.
        settings: In force.
        offset: The office's zone, seconds east of UTC, for dates.
        now: Reading of the clock, for dates.
    """
    name = row.place.name
    if name == CLOCK_STARTS:
        return _clock(row, settings)
    if name == TARGETS:
        return _target(row, settings, offset, now)
    held = getattr(settings, name)
    if name in _FLAGS:
        yes, no = _FLAGS[name]
        flags = (Choice("ya", "Ya", yes), Choice("tidak", "Tidak", no))
        return _picking(row, flags, "ya" if held else "tidak", lambda code: code == "ya")
    if name in CHOICES:
        choices = tuple(Choice(each.value, upper(label(each))) for each in CHOICES[name])
        return _picking(row, choices, held.value, lambda code: code)
    if name == "signatories":
        hints = ("kosong = pejabat yang mengesahkan SOP", "boleh kosong", "boleh kosong; yang terakhir Mengetahui")
        return _texts(row, held, "Jabatan", hints)
    if name == "predicate_limits":
        levels = (
            "tingkat pertama di atas ini",
            "tingkat kedua",
            "tingkat ketiga",
            "tingkat keempat; selebihnya kelima",
        )
        return _texts(row, [limit.replace(".", ",") for limit in held], "Batas", levels)
    if name == "scales":
        examples = ("misalnya: Opini: WTP=4, WDP=3, TMP=2, TW=1", *("boleh kosong",) * (MOST_TEXTS[name] - 1))
        return _texts(row, held, "Skala", examples)
    if name == "letterhead":
        parts = ("misalnya: Pemerintah Kota Tangerang", "nama OPD", "misalnya: alamat, telepon", "boleh kosong")
        return _texts(row, held, "Baris", parts)
    if name == "signing_place":
        field = FormField("value", row.label, "misalnya: Tangerang; kosong = diisi tangan", held)
        return Inquiry(_form(row, (field,)), lambda answer: {name: answer.text("value") or ""})
    least, most = BOUNDS[name]
    limits = f"dari {least} sampai {most}{_UNITS.get(name, '')}"
    field = FormField("value", row.label, limits, str(held), required=True)
    return Inquiry(_form(row, (field,)), lambda answer: {name: _whole(answer.text("value") or "", row.label)})


def signer_question(row: SettingLine, held: SignerRow | None) -> Inquiry[SignerNamed]:
    """How the official of a position is asked for.

    Args:
        row: The position.
        held: Who signs there now; None for nobody.
    """
    signer = Signer("") if held is None else held.signer
    since = "" if held is None else held.state.since or ""
    fields = [
        FormField("name", "Nama", "nama lengkap dengan gelar", signer.name, required=True),
        FormField("rank", "Pangkat/golongan", "boleh kosong; misalnya: Pembina / IV-a", signer.rank),
        FormField("nip", "NIP", "boleh kosong; 18 angka", signer.nip),
        FormField("since", "Sejak periode", "misalnya: 2026-TW3; kosong = semua periode yang belum ditutup", since),
    ]
    can_act = not acting_of(row.place.key)
    if can_act:
        acting = "" if held is None else acting_of(held.state.position)
        fields.append(FormField("acting", "Kedudukan", value=acting or _HOLDS, options=(_HOLDS, *ACTING)))
    if held is not None and held.state.digest:
        # Of one that was blanked nothing is left to correct.
        fields.append(FormField("change", "Yang berubah", options=(_OTHER, _MISTYPED)))

    def meaning(answer: Response) -> SignerNamed:
        parts = [answer.text(name) or "" for name in ("name", "rank", "nip")]
        acts = answer.text("acting") if can_act else None
        position = row.place.key if acts in (None, _HOLDS) else f"{acts} {row.place.key}"
        corrects = held.state.code if held is not None and answer.text("change") == _MISTYPED else None
        return SignerNamed(position, Signer(*parts), answer.text("since"), corrects=corrects)

    return Inquiry(_form(row, tuple(fields)), meaning)


def is_clock(place: SettingPath) -> bool:
    """Whether changing it moves due moments, so that they are shown first."""
    return place.name in (CLOCK_STARTS, "count_first_day")


def _form(row: SettingLine, fields: tuple[FormField, ...] = (), **more: Any) -> Form:
    body = [row.purpose, f"Sekarang {row.value.removesuffix('.')}." + (f" Bawaan {row.default}." if row.is_set else "")]
    shows = is_clock(row.place)
    return Form(
        title=cut(row.label, 60),
        body=tuple(body),
        fields=fields if shows else (*fields, _REASON),
        submit="Lihat akibatnya" if shows else "Simpan",
        **more,
    )


def _picking(row: SettingLine, choices: tuple[Choice, ...], chosen: str, read: Callable[[str], Any]) -> SettingInquiry:
    name = row.place.name
    form = _form(row, choices=choices, chosen=chosen)
    return Inquiry(form, lambda answer: {name: read(answer.choice or chosen)})


def _clock(row: SettingLine, settings: Settings) -> SettingInquiry:
    key = row.place.key
    held = settings.clock_starts.get(key)
    choices = (
        Choice(_UNIT_CODE, upper(UNIT_RULE), "hari sejak siap, menit dan jam sejak mulai"),
        Choice(ClockStart.READY.value, "Sejak siap", "waktu antre ikut dihitung"),
        Choice(ClockStart.STARTED.value, "Sejak mulai", "waktu antre tidak dihitung"),
    )
    form = _form(row, choices=choices, chosen=_UNIT_CODE if held is None else held.value)

    def asked(answer: Response) -> dict[str, Any]:
        return {CLOCK_STARTS: {key: None if answer.choice in (None, _UNIT_CODE) else answer.choice}}

    return Inquiry(form, asked)


def _target(row: SettingLine, settings: Settings, offset: int, now: int) -> SettingInquiry:
    key = row.place.key
    held = settings.targets.get(key, "")
    field = FormField("value", "Tanggal", "misalnya: 10/4/2026; kosong = tanpa target", _typed(held))

    def asked(answer: Response) -> dict[str, Any]:
        typed = answer.text("value")
        if typed is None:
            return {TARGETS: {key: None}}
        return {TARGETS: {key: parse_date(typed, offset, now, "Tanggal", end_of_period(key)).isoformat()}}

    return Inquiry(_form(row, (field,)), asked)


def _typed(iso: str) -> str:
    year, _, rest = iso.partition("-")
    return f"{int(rest[3:])}/{int(rest[:2])}/{year}" if iso else ""


def _texts(row: SettingLine, held: Sequence[str], word: str, hints: Sequence[str]) -> SettingInquiry:
    """A field for each of the texts, with its hint."""
    fields = tuple(
        FormField(f"position{number}", f"{word} {number}", hint, held[number - 1] if number <= len(held) else "")
        for number, hint in enumerate(hints, start=1)
    )

    def asked(answer: Response) -> dict[str, Any]:
        return {row.place.name: tuple(text for each in fields if (text := answer.text(each.name)) is not None)}

    return Inquiry(_form(row, fields), asked)


def _whole(text: str, place: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise FaultyInput((Fault(place, "bukan-bilangan", text[:40]),))
    return int(text)


def asks_whether(change: str, dues: Sequence[Redated], offset: int, now: int) -> Form:
    """What would change, the due moments that would move, and whether to go on."""
    body = (change, "", *moved_lines(dues, offset, now))
    return Form(title="Simpan pengaturan", body=body, fields=(_REASON,), submit="Simpan", cancel="Batal")

"""The settings of an office as rows: what each is called, its value, its default, what it does. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from db.settings_store import SettingsFile
from db.signers import SignerRow
from exports.sheets.words import written
from sop.acts.settings_change import step_key
from sop.look.signers import acting_of, signer_for
from sop.model.definition import Step
from sop.model.settings import Settings, of_step
from sop.model.texts import clean
from sop.time.deadline import unit_rule
from sop.time.instants import ZONES
from sop.words.periods import period_label
from sop.words.settings import (
    CLOCK_STARTS,
    NO_TARGET,
    SETTING_GROUPS,
    SETTING_WORDS,
    TARGETS,
    UNIT_RULE,
    start_words,
    target_words,
    value_words,
)
from sop.words.time import standard_text

_DEFAULTS = Settings()
SIGNER = "pejabat"
"""Name of the rows of officials; their key is the position."""
BY_HAND, BLANKED = "ditulis dengan tangan", "(dikosongkan)"
_SIGNS = (
    "Nama, pangkat, dan NIP di lembar Pengesahan. Periode yang sudah ditutup tetap dengan pejabat saat ditutup; hanya "
    "salah ketik yang ikut dibetulkan. Plt. atau Plh. dipilih di Kedudukan, dan tercetak di depan jabatannya mulai "
    "dari periode di Sejak periode."
)
_ZONE_NAMES = dict(zip(ZONES, ("WIB", "WITA", "WIT"), strict=True))


class SettingPath(NamedTuple):
    """Which value of which setting."""

    name: str
    key: str = ""
    """Step or period within a setting that has a value for each."""


class SettingLine(NamedTuple):
    """One value."""

    place: SettingPath
    label: str
    value: str
    default: str
    """Empty where nothing can be set."""
    purpose: str

    @property
    def is_set(self) -> bool:
        """Whether the office has chosen something else than the default."""
        return bool(self.default) and self.value != self.default


class Group(NamedTuple):
    """Rows under one heading."""

    title: str
    rows: tuple[SettingLine, ...]


def groups(file: SettingsFile, period: str) -> tuple[Group, ...]:
    """Everything that the office can set, then what stands fixed.

    Args:
        file: As read.
        period: The one on view: targets of its year come first.
    """
    found: list[Group] = []
    for title, names in SETTING_GROUPS:
        if names == (CLOCK_STARTS,):
            found += _clocks(file, title)
        else:
            found.append(Group(title, tuple(_rows(file, names, period))))
    found.append(Group("Pejabat penanda tangan", tuple(_signers(file, period))))
    return (*found, Group("Kantor (dibaca saja)", tuple(_office(file))))


def _rows(file: SettingsFile, names: tuple[str, ...], period: str) -> Iterator[SettingLine]:
    for name in names:
        if name == TARGETS:
            yield from _targets(file, period)
        else:
            words = SETTING_WORDS[name]
            value, default = (value_words(name, getattr(held, name)) for held in (file.settings, _DEFAULTS))
            yield SettingLine(SettingPath(name), words.label, clean(value), default, words.purpose)


def _clocks(file: SettingsFile, title: str) -> Iterator[Group]:
    """The steps of each SOP under a heading of its own."""
    for sop in file.sops:
        named = f"{title}, SOP {sop.code}" if len(file.sops) > 1 else title
        yield Group(named, tuple(_clock(file.settings, sop.code, step) for step in sop.steps))


def _clock(settings: Settings, sop: str, step: Step) -> SettingLine:
    begins = of_step(settings.clock_starts, sop, step.number)
    key = step_key(sop, step.number)
    waktu = step.mutu_baku.waktu
    usual = "tanpa mutu baku"
    if waktu is not None:
        usual = f"{start_words(unit_rule(waktu))}, {UNIT_RULE} ({clean(standard_text(waktu.text))})"
    every = "" if key in settings.clock_starts else ", untuk semua SOP"
    value = usual if begins is None else start_words(begins) + every
    label = f"{step.number}. {clean(step.title.text)}"
    return SettingLine(SettingPath(CLOCK_STARTS, key), label, value, usual, SETTING_WORDS[CLOCK_STARTS].purpose)


def _targets(file: SettingsFile, period: str) -> Iterator[SettingLine]:
    year = period.partition("-")[0]
    for key in sorted(file.periods, key=lambda key: (key.partition("-")[0] != year,)):
        value = target_words(file.settings.targets.get(key))
        yield SettingLine(
            SettingPath(TARGETS, key), period_label(key), value, NO_TARGET, SETTING_WORDS[TARGETS].purpose
        )


def _signers(file: SettingsFile, period: str) -> Iterator[SettingLine]:
    """Who signs the period on view in each position; without any, the approvers of its SOPs."""
    approvers = (written(sop.identity.get("disahkan_oleh")) for sop in file.sops)
    for position in file.settings.signatories or dict.fromkeys(text for text in approvers if text):
        row = signer_of(file, position, period)
        value = BY_HAND if row is None else clean(row.signer.name) or BLANKED
        if row is not None and (acting := acting_of(row.state.position)):
            value += f" ({acting})"
        yield SettingLine(SettingPath(SIGNER, position), clean(position), value, BY_HAND, _SIGNS)


def signer_of(file: SettingsFile, position: str, period: str) -> SignerRow | None:
    """The official of a position for a period; None where nobody was named."""
    found = signer_for([row.state for row in file.signers], position, period)
    return None if found is None else next(row for row in file.signers if row.state == found)


def _office(file: SettingsFile) -> Iterator[SettingLine]:
    fixed = "Tidak dapat diubah: seluruh waktu yang tercatat dibaca menurut zona ini."
    yield SettingLine(
        SettingPath("kantor", "nama"), "Nama kantor", clean(file.office_name), "", "Ditulis saat kantor disiapkan."
    )
    yield SettingLine(SettingPath("kantor", "zona"), "Zona waktu", f"{_ZONE_NAMES[file.zone]} ({file.zone})", "", fixed)
    listed = ", ".join(clean(name) for name in file.bidang) or "belum ada"
    told = "Daftar yang dibekukan saat langkah per bidang berikutnya dibuka. Diubah di layar Bidang: menu n, lalu b."
    yield SettingLine(SettingPath("kantor", "bidang"), f"Bidang ({len(file.bidang)})", listed, "", told)

"""The office's settings: what is set, and changing it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from db import case_queries, queries
from db.office_acts import Given
from db.settings_store import change_settings
from sakip_tui.cli.beside import beside, lanes_of
from sakip_tui.cli.people_identity import actor
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.values import Values
from sakip_tui.cli.writing import store
from sakip_tui.views.redated import redated_document
from sop.acts.settings_change import BOUNDS, MOST_TEXTS
from sop.model.act import Act
from sop.model.settings import CHOICES, Settings
from sop.time.instants import parse_date
from sop.time.office_calendar import end_of_period
from sop.words.settings import SETTING_GROUPS, SETTING_WORDS, value_words

UNIT_RULE = "baku"
"""Says that a step's clock starts as its unit has it."""
NOTHING = "hapus"
"""Takes a target, the positions or the place away."""
_OPTIONS: Mapping[str, str] = {
    "at_risk_percent": "--batas-segera",
    "start_days": "--batas-mulai",
    "late_entry_days": "--batas-susulan",
    "count_first_day": "--hitung-hari-mulai",
    "evidence": "--bukti",
    "clock_starts": "--jam-mulai",
    "targets": "--target",
    "decider_apart": "--pemutus-lain",
    "idle_minutes": "--kunci-layar",
    "glyphs": "--tanda",
    "paper": "--kertas",
    "signatories": "--penanda-tangan",
    "letterhead": "--kop",
    "electronic": "--tanda-tangan-elektronik",
    "signing_place": "--tempat",
    "daily_backups": "--cadangan-harian",
    "weekly_backups": "--cadangan-mingguan",
    "monthly_backups": "--cadangan-bulanan",
    "turun": "--capaian-turun",
    "row_cap": "--batas-baris",
    "mean_cap": "--batas-rata",
    "predicate_words": "--kata-predikat",
    "predicate_limits": "--batas-predikat",
    "rows_required": "--wajib-isi",
    "scales": "--skala",
}
"""Setting -> its option."""


def show(session: Session) -> Reply:
    """`sakip pengaturan lihat`."""
    found = queries.standing(session.database, session.address)
    settings = Settings.from_dict(found.settings)
    return Reply(settings.to_dict() | {"revision": _revision(session)}, lambda: _text(settings))


def change(session: Session) -> Reply:
    """`sakip pengaturan ubah`."""
    values = Values(session)
    session.know_zone(session.office.zone)
    asked = _asked(values)
    given = beside(values, lanes_of(session))
    done = change_settings(
        store(session),
        session.address.office,
        asked,
        actor(session),
        Given(**given.circumstances),
    )
    settings = Settings.from_dict(queries.standing(session.database, session.address).settings)
    moved = sum(due.before != due.after for due in done.dues)
    document = {
        **settings.to_dict(),
        "revision": _revision(session),
        "changed": sorted(done.settings),
        "due": redated_document(done.dues, session.zone_offset),
        "repeated": done.repeated,
    }
    said = f"{_text(settings)}\n{moved} tenggat langkah terbuka bergeser."
    return Reply(document, lambda: said, given.remarks)


def _revision(session: Session) -> int:
    """How often the settings were changed."""
    return len(case_queries.log(session.database, session.address, act=Act.PENGATURAN, limit=None))


def _asked(values: Values) -> dict[str, Any]:
    asked = {name: _given(values, name, option) for name, option in _OPTIONS.items()}
    return {name: value for name, value in asked.items() if value is not None}


def _given(values: Values, name: str, option: str) -> Any:
    """What a setting is to be; None for one that is not asked for."""
    match name:
        case "clock_starts":
            return _pairs(values, option, UNIT_RULE) or None
        case "targets":
            return _targets(values, option) or None
        case "paper":
            return _upper(values.choice(option, tuple(paper.casefold() for paper in CHOICES[name])))
        case "signing_place":
            return _or_nothing(values.text(option))
        case "predicate_limits":
            return _split(values.text(option))
    if name in BOUNDS:
        return values.number(option, *BOUNDS[name])
    if name in CHOICES:
        return values.choice(option, tuple(CHOICES[name]))
    return _texts(values, option) if name in MOST_TEXTS else _flag(values, option)


def _split(text: str | None) -> tuple[str, ...] | None:
    """`90 75 65 50`."""
    return None if text is None else tuple(text.replace(";", " ").split())


def _upper(text: str | None) -> str | None:
    return None if text is None else text.upper()


def _texts(values: Values, name: str) -> tuple[str, ...] | None:
    """The texts in order; the word for nothing alone leaves none."""
    given = values.session.arguments.texts(name)
    if not given:
        return None
    return tuple(text for position in given if (text := _or_nothing(position)))


def _or_nothing(text: str | None) -> str | None:
    return "" if text is not None and text.casefold() == NOTHING else text


def _flag(values: Values, name: str) -> bool | None:
    word = values.choice(name, ("ya", "tidak"))
    return None if word is None else word == "ya"


def _pairs(values: Values, name: str, nothing: str) -> dict[str, str | None]:
    """`6=siap` -> {"6": "siap"}; the word for nothing gives None."""
    found: dict[str, str | None] = {}
    for pair in values.session.arguments.texts(name):
        key, separator, value = (part.strip() for part in pair.partition("="))
        if not separator or not key or not value:
            values.fault(name, "pilihan-salah", pair, (f"6={nothing}",))
        else:
            found[key] = None if value.casefold() == nothing else value
    return found


def _targets(values: Values, name: str) -> dict[str, str | None]:
    """As `_pairs`, the days as ISO dates whichever way they were typed."""
    found = _pairs(values, name, NOTHING)
    for key, day in found.items():
        if day is not None:
            offset, now, near = values.session.zone_offset, values.session.now, end_of_period(key)
            read = values.tried(partial(parse_date, day, offset, now, name, near))
            found[key] = None if read is None else read.isoformat()
    return found


def _text(settings: Settings) -> str:
    lines: list[str] = []
    for title, names in SETTING_GROUPS:
        lines += [*([""] if lines else []), title]
        lines += [f"  {SETTING_WORDS[name].label}: {value_words(name, getattr(settings, name))}" for name in names]
    return "\n".join(lines)

"""The office's settings: what is set, and changing it."""

from __future__ import annotations

from typing import Any

from db import case_queries, queries
from db.settings_store import change_settings
from sakip_tui.cli.beside import beside, lanes_of
from sakip_tui.cli.people_identity import actor
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.values import Values
from sakip_tui.cli.writing import store
from sakip_tui.views.redated import redated_document
from sop.acts.settings_change import MOST_BACKUPS, MOST_LATE_DAYS, MOST_START_DAYS
from sop.model.act import Act
from sop.model.errors import FaultyInput
from sop.model.settings import (
    CapaianCap,
    EvidenceRule,
    GlyphChoice,
    PaperSize,
    PredicateWords,
    Settings,
    TurunFormula,
)
from sop.time.instants import parse_date
from sop.time.office_calendar import end_of_period
from sop.words.settings import SETTING_GROUPS, SETTING_WORDS, value_words

UNIT_RULE = "baku"
"""Says that a step's clock starts as its unit has it."""
NOTHING = "hapus"
"""Takes a target, the positions or the place away."""


def show(session: Session) -> Reply:
    """`sakip pengaturan lihat`."""
    found = queries.standing(session.database, session.address)
    settings = Settings.from_dict(found.settings)
    return Reply(_document(settings) | {"revision": _revision(session)}, lambda: _text(settings))


def change(session: Session) -> Reply:
    """`sakip pengaturan ubah`."""
    values = Values(session)
    session.know_zone(session.office.zone)
    asked = _asked(values)
    given = beside(values, lanes_of(session, session.address))
    done = change_settings(
        store(session),
        session.address.office,
        asked,
        actor(session),
        **given.circumstances,
    )
    settings = Settings.from_dict(queries.standing(session.database, session.address).settings)
    moved = sum(due.before != due.after for due in done.dues)
    document = {
        **_document(settings),
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
    asked: dict[str, Any] = {
        "at_risk_percent": values.number("--batas-segera", 1, 100),
        "start_days": values.number("--batas-mulai", 1, MOST_START_DAYS),
        "late_entry_days": values.number("--batas-susulan", 1, MOST_LATE_DAYS),
        "count_first_day": _flag(values, "--hitung-hari-mulai"),
        "evidence": values.choice("--bukti", tuple(EvidenceRule)),
        "clock_starts": _pairs(values, "--jam-mulai", UNIT_RULE) or None,
        "targets": _targets(values) or None,
        "decider_apart": _flag(values, "--pemutus-lain"),
        "idle_minutes": values.number("--kunci-layar", 1, 240),
        "glyphs": values.choice("--tanda", tuple(GlyphChoice)),
        "paper": _upper(values.choice("--kertas", tuple(paper.value.casefold() for paper in PaperSize))),
        "signatories": _texts(values, "--penanda-tangan"),
        "letterhead": _texts(values, "--kop"),
        "electronic": _flag(values, "--tanda-tangan-elektronik"),
        "signing_place": _or_nothing(values.text("--tempat")),
        "daily_backups": values.number("--cadangan-harian", 1, MOST_BACKUPS),
        "weekly_backups": values.number("--cadangan-mingguan", 1, MOST_BACKUPS),
        "monthly_backups": values.number("--cadangan-bulanan", 1, MOST_BACKUPS),
        "turun": values.choice("--capaian-turun", tuple(TurunFormula)),
        "row_cap": values.choice("--batas-baris", tuple(CapaianCap)),
        "mean_cap": values.choice("--batas-rata", tuple(CapaianCap)),
        "predicate_words": values.choice("--kata-predikat", tuple(PredicateWords)),
        "predicate_limits": _split(values.text("--batas-predikat")),
        "rows_required": _flag(values, "--wajib-isi"),
        "scales": _texts(values, "--skala"),
    }
    return {name: value for name, value in asked.items() if value is not None}


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


def _targets(values: Values) -> dict[str, str | None]:
    """As `_pairs`, the days as ISO dates whichever way they were typed."""
    found = _pairs(values, "--target", NOTHING)
    for key, day in found.items():
        if day is not None:
            try:
                offset, now, near = values.session.zone_offset, values.session.now, end_of_period(key)
                found[key] = parse_date(day, offset, now, "--target", near).isoformat()
            except FaultyInput as error:
                values.faults += error.faults
    return found


def _document(settings: Settings) -> dict[str, Any]:
    return settings.to_dict()


def _text(settings: Settings) -> str:
    lines: list[str] = []
    for title, names in SETTING_GROUPS:
        lines += [*([""] if lines else []), title]
        lines += [f"  {SETTING_WORDS[name].label}: {value_words(name, getattr(settings, name))}" for name in names]
    return "\n".join(lines)

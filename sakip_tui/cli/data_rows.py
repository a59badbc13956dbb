"""`sakip data isi`, `tandai`, `terima`, `koreksi`: rows of data kinerja filled, marked, accepted, mended."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from db import people
from db.rows import Applied
from sakip_tui.cli.beside import lanes_of
from sakip_tui.cli.data_figures import state_of
from sakip_tui.cli.people_identity import actor
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import applied_document
from sakip_tui.cli.values import Values
from sakip_tui.cli.writing import store
from sakip_tui.notices import CLOCK_IN_DOUBT
from sakip_tui.views.data_rows import Found, find_row, row_document, rows_of
from sakip_tui.views.findings import finding_line
from sakip_tui.views.indicators import NOTHING, number_of
from sop.kinerja.data_act import DataCommand
from sop.kinerja.form import Owner
from sop.kinerja.form_fault import CellFinding, FormWarning
from sop.kinerja.indicator import Jenis
from sop.kinerja.isian import PART_DECIMALS, Isian, Keadaan
from sop.kinerja.position import is_position
from sop.kinerja.state import KinerjaState
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.refusals import Refused, Rule, Unknown
from sop.model.state import PeriodPhase
from sop.values import replace
from sop.words.figure_words import capaian_words, isian_words, owner_words
from sop.words.labels import label
from sop.words.periods import period_label

STATES: Mapping[str, Keadaan] = {each.value.replace("_", "-"): each for each in Keadaan}
"""As they are typed."""
_TEXTS = {
    "pendorong": "--pendorong",
    "kendala": "--kendala",
    "tindak_lanjut": "--tindak-lanjut",
    "pic": "--pic",
    "bukti": "--bukti",
}
_NONE = "-"
"""Takes a text away."""


def fill(session: Session) -> Reply:
    """`sakip data isi PERIODE KODE [NILAI]`."""
    return _one_row(session, Act.ISI)


def correct(session: Session) -> Reply:
    """`sakip data koreksi PERIODE KODE NILAI`."""
    return _one_row(session, Act.KOREKSI_NILAI)


def mark(session: Session) -> Reply:
    """`sakip data tandai PERIODE KODE...`."""
    return _several(session, Act.TANDAI)


def accept(session: Session) -> Reply:
    """`sakip data terima PERIODE KODE...`."""
    return _several(session, Act.TERIMA)


# ---------------------------------------------------------------------- one row


def _one_row(session: Session, act: Act) -> Reply:
    period, values = session.period(), Values(session)
    state = state_of(session, period)
    found = _found(state, period, values.text("KODE") or "")
    isian, echoes = _isian(values, found)
    code, reason = found.row.indicator.code, values.text("--alasan")
    words = {} if reason is None else {code: reason}
    asked = DataCommand(act, owner=found.owner, rows={code: isian}, words=words)
    if isian == found.standing.isian and words and act is Act.ISI:
        asked = replace(asked, rows={})
    (applied,) = _applied(session, values, act, period, [asked])
    return _reply(session, period, [applied], {found.row.key}, echoes)


def _found(state: KinerjaState, period: str, code: str) -> Found:
    held = state.period(period)
    found = find_row(held, code)
    if found is None:
        known = tuple(row.indicator.code for owner in held.forms for row in held.form_rows(owner))
        if held.phase is not PeriodPhase.BUKA:
            raise Refused(
                Rule.PERIOD_CLOSED if held.phase is PeriodPhase.TUTUP else Rule.PERIOD_NOT_OPEN, period=period
            )
        if not known:
            raise Refused(Rule.NO_FORM, period=period)
        raise Unknown("indikator", code.strip(), known)
    return found


def _isian(values: Values, found: Found) -> tuple[Isian | None, tuple[CellFinding, ...]]:
    """What the row shall say: what it says now with what was given. Raises FaultyInput with every fault."""
    typed = values.text("NILAI")
    if typed is not None and typed.strip().casefold() == NOTHING:
        values.check()
        return None, ()
    echoes: list[CellFinding] = []
    changes: dict[str, Any] = {}
    for name, option in _TEXTS.items():
        given = values.text(option)
        if given is not None:
            changes[name] = None if given.strip() in ("", _NONE) else given
    day = values.text("--batas")
    if day is not None:
        changes["batas_waktu"] = None if day.strip() in ("", _NONE) else values.day("--batas", values.today)
    word = values.choice("--keadaan", tuple(STATES))
    numbers = _numbers(values, found, typed, echoes)
    values.check()
    standing = found.standing.isian or Isian(Keadaan.TERISI)
    if numbers or word == "terisi":
        changes |= {"keadaan": Keadaan.TERISI, "reason": None, **numbers}
    elif word is not None:
        empty = dict.fromkeys(("value", "grade", "pembilang", "penyebut"))
        changes |= {"keadaan": STATES[word], "reason": values.text("--alasan"), **empty}
    return replace(standing, **changes), tuple(echoes)


def _numbers(values: Values, found: Found, typed: str | None, echoes: list[CellFinding]) -> dict[str, Any]:
    indicator = found.row.indicator
    read: dict[str, Any] = {}
    if typed is not None and indicator.jenis is Jenis.PREDIKAT:
        return {"grade": typed.strip()}
    places = {"NILAI": ("value", indicator.satuan, indicator.decimals)}
    places |= {f"--{part}": (part, "", PART_DECIMALS) for part in ("pembilang", "penyebut")}
    for name, (field, satuan, decimals) in places.items():
        number = values.typed(
            name, partial(number_of, code=indicator.code, satuan=satuan, decimals=decimals, place=name)
        )
        if number is not None:
            read[field], echo = number
            echoes += echo
    if read and "value" not in read:
        # A quotient that was typed before is not the one of other parts.
        read["value"] = None
    return read


# ---------------------------------------------------------------------- several rows


def _several(session: Session, act: Act) -> Reply:
    period, values = session.period(), Values(session)
    state = state_of(session, period)
    rows = [_found(state, period, code) for code in session.arguments.texts("KODE")]
    owners: dict[Owner, list[str]] = {}
    for row in rows:
        owners.setdefault(row.owner, []).append(row.row.indicator.code)
    asked = [DataCommand(act, owner=owner, codes=tuple(codes)) for owner, codes in owners.items()]
    applied = _applied(session, values, act, period, asked)
    return _reply(session, period, applied, {row.row.key for row in rows}, ())


# ---------------------------------------------------------------------- writing and answering


def given_beside(values: Values) -> dict[str, Any]:
    """What every command takes that records an act, by the fields of a `Command`. Raises FaultyInput."""
    given: dict[str, Any] = {
        "at": values.moment("--pada"),
        "seen": values.number("--revisi"),
        "reason": values.text("--alasan"),
        "on_behalf": values.text("--atas-nama"),
        "token": values.text("--token"),
    }
    values.check()
    return given


def _applied(session: Session, values: Values, act: Act, period: str, asked: list[DataCommand]) -> list[Applied]:
    """Every act, or none of them."""
    given = given_beside(values)
    seen, token = given.pop("seen"), given.pop("token")
    who = actor(session)
    writing = store(session)
    done = []
    with session.database.write():
        for number, each in enumerate(asked):
            command = Command(
                act,
                period,
                **given,
                note=values.text("--catatan"),
                seen=seen if number == 0 else None,
                token=token if token is None or number == 0 else f"{token}:{number + 1}",
                data=each,
            )
            done.append(writing.apply_within(session.address, command, who))
    return done


def _reply(
    session: Session, period: str, applied: list[Applied], keys: set[str], echoes: tuple[CellFinding, ...]
) -> Reply:
    state, last = state_of(session, period), applied[-1]
    rows = [row for row in rows_of(state, period) if row.row.key in keys]
    event = last.event
    findings = [*echoes, *(_pic_findings(session, keys) if event.act is Act.ISI else ())]
    document = {
        **applied_document(last, session.zone_offset),
        "repeated": last.repeated,
        "period": period,
        "rows": [row_document(row, state.settings) for row in rows],
        "warnings": [finding_line(each) for each in findings],
    }
    said = [
        f"{period_label(period)}: {label(event.act)} {row.row.indicator.code} ({owner_words(row.owner)}): "
        f"{isian_words(row.isian, row.row.indicator, state.settings)}, capaian {capaian_words(row.figure.achievement)}"
        for row in rows
    ]
    remarks = (*map(finding_line, findings), *((CLOCK_IN_DOUBT,) if event.doubted else ()))
    return Reply(document, lambda: "\n".join(said), remarks)


def _pic_findings(session: Session, keys: set[str]) -> list[CellFinding]:
    """A PIC that is neither a position nor somebody registered stays in the log for good: it is told."""
    named = session.arguments.text("--pic")
    if named is None or named.strip() in ("", _NONE):
        return []
    codes = (row.code for row in people.register(session.database, session.address.office))
    if is_position(named, (*lanes_of(session), *codes)):
        return []
    return [CellFinding(FormWarning.PIC_TEKS_BEBAS, code=key.upper(), read=named.strip()) for key in sorted(keys)]

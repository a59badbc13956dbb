"""`sakip indikator`: the indicators of data kinerja with their targets, defining and changing them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db import queries
from db.kinerja_queries import register
from db.kinerja_store import define, indicator_command, target_command
from sakip_tui.cli.layout import table
from sakip_tui.cli.people_acts import given_of, office_of
from sakip_tui.cli.people_identity import actor_in
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.values import Values
from sakip_tui.cli.writing import store
from sakip_tui.views.findings import finding_line
from sakip_tui.views.indicators import (
    definition_line,
    findings_of,
    owner_line,
    owner_named,
    period_of,
    target_line,
    target_of,
    targets_of,
)
from sop.kinerja.data_act import DataCommand
from sop.kinerja.form_fault import CellFinding
from sop.kinerja.indicator import MOST_DECIMALS, Arah, Indicator, Jenis, Konsolidasi, TargetValue
from sop.kinerja.number import canonical
from sop.kinerja.state import KinerjaState
from sop.model.definition import Cadence
from sop.model.periods import key_of, split
from sop.model.refusals import Refused, Rule, Unknown
from sop.values import replace
from sop.words.form_faults import finding_words

_MOST_FACTOR = 1_000_000_000


def listing(session: Session) -> Reply:
    """`sakip indikator daftar`."""
    office = office_of(session)
    values = Values(session)
    year = year_of(session, office, values)
    values.check()
    state = register(session.database, office, session.now)
    document = {"year": year, "indicators": [_document(state, key, year) for key in state.indicators]}
    return Reply(document, lambda: _text(state, year))


def add(session: Session) -> Reply:
    """`sakip indikator tambah KODE`."""
    office, values = office_of(session), Values(session)
    state = register(session.database, office, session.now)
    code = (values.text("KODE") or "").strip()
    if code.casefold() in state.indicators and not session.arguments.has("--token"):
        raise Refused(Rule.CODE_TAKEN, code=state.indicators[code.casefold()][0].indicator.code)
    jenis = Jenis(values.choice("--jenis", tuple(Jenis)) or Jenis.ANGKA)
    way = Konsolidasi.AKHIR if jenis is Jenis.PREDIKAT else Konsolidasi.JUMLAH
    plain = Indicator(code, "", "", jenis, konsolidasi=way, cadence=state.finest)
    return _defined(session, office, values, _changed(values, state, plain))


def change(session: Session) -> Reply:
    """`sakip indikator ubah KODE`."""
    office, values = office_of(session), Values(session)
    state = register(session.database, office, session.now)
    indicator = _known(state, values.text("KODE") or "")
    ended = session.arguments.has("--akhiri")
    return _defined(session, office, values, replace(_changed(values, state, indicator), active=not ended))


def target(session: Session) -> Reply:
    """`sakip indikator target KODE PERIODE NILAI`."""
    office, values = office_of(session), Values(session)
    state = register(session.database, office, session.now)
    indicator = _known(state, values.text("KODE") or "")
    period = period_of(values.text("PERIODE") or "")
    year, _ = split(period)
    newest = max((held.number for held in state.targets if held.year == year), default=1)
    number = values.number("--set", 1, 99) or newest
    value, echo = target_of(values.text("NILAI") or "", indicator, "NILAI")
    since = values.text("--sejak")
    command = target_command(
        {(indicator.code, period): value},
        number,
        document=values.text("--dokumen"),
        since=None if since is None else period_of(since),
    )
    return _written(session, office, values, command, indicator.key, year, echo)


# ---------------------------------------------------------------------- from words to values


def _changed(values: Values, state: KinerjaState, indicator: Indicator) -> Indicator:
    """The indicator with what the options say."""
    texts = {
        "name": "--nama",
        "satuan": "--satuan",
        "sasaran": "--sasaran",
        "document": "--dokumen",
        "pembilang": "--pembilang",
        "penyebut": "--penyebut",
    }
    said: dict[str, Any] = {name: values.text(option) for name, option in texts.items()}
    kinds = {
        "jenis": ("--jenis", Jenis),
        "arah": ("--arah", Arah),
        "konsolidasi": ("--konsolidasi", Konsolidasi),
        "cadence": ("--kadens", Cadence),
    }
    for name, (option, kind) in kinds.items():
        word = values.choice(option, tuple(kind))
        said[name] = None if word is None else kind(word)
    said["decimals"] = values.number("--desimal", 0, MOST_DECIMALS)
    said["factor"] = values.number("--faktor", 1, _MOST_FACTOR)
    found = replace(indicator, **{name: value for name, value in said.items() if value is not None})
    owner = values.text("--bidang")
    if owner is None:
        return found
    # A name that is none ends the command: what else is wrong is told first.
    values.check()
    return replace(found, owner=owner_named(owner, state))


def _known(state: KinerjaState, code: str) -> Indicator:
    versions = state.indicators.get(code.strip().casefold())
    if versions is None:
        raise Unknown("indikator", code.strip(), tuple(each[0].indicator.code for each in state.indicators.values()))
    return versions[-1].indicator


def year_of(session: Session, office: str, values: Values) -> int:
    """The year of `--tahun`, else the one at work, else that of today."""
    given = values.number("--tahun", 1990, 2100)
    if given is not None:
        return given
    sop = session.arguments.text("--sop-aktif")
    return queries.year_at_work(session.database, office, session.now, sop) or values.today.year


# ---------------------------------------------------------------------- writing and answering


def _defined(session: Session, office: str, values: Values, indicator: Indicator) -> Reply:
    since = values.text("--sejak")
    begins = key_of(year_of(session, office, values), "TW1") if since is None else period_of(since)
    return _written(session, office, values, indicator_command(indicator, begins), indicator.key, split(begins)[0], ())


def _written(
    session: Session,
    office: str,
    values: Values,
    command: DataCommand,
    key: str,
    year: int,
    echo: Sequence[CellFinding],
) -> Reply:
    given, remarks = given_of(values, office)
    (done,) = define(store(session), office, (command,), actor_in(session, office), given)
    state = register(session.database, office, session.now)
    findings = (*echo, *findings_of(state, key, year))
    document = {
        "sequence": done.sequence,
        "hash": done.hash,
        "repeated": done.repeated,
        "indicator": _document(state, key, year),
        "warnings": [
            {"code": each.kind.value, "read": each.read, "known": list(each.known), **finding_words(each)._asdict()}
            for each in findings
        ],
    }
    told = tuple(f"Perhatian: {finding_line(each)}" for each in findings)
    return Reply(document, lambda: _one(state, key, year), (*remarks, *told))


def _document(state: KinerjaState, key: str, year: int) -> dict[str, Any]:
    newest = state.indicators[key][-1]
    one = newest.indicator
    return {
        "code": one.code,
        "name": one.name,
        "unit": one.satuan,
        "kind": one.jenis.value,
        "direction": one.arah.value,
        "consolidation": one.konsolidasi.value,
        "decimals": one.decimals,
        "cadence": one.cadence.value,
        "bidang": state.owner_of(one),
        "sasaran": one.sasaran or None,
        "document": one.document or None,
        "numerator": one.pembilang or None,
        "denominator": one.penyebut or None,
        "factor": one.factor if one.jenis is Jenis.RASIO else None,
        "active": one.active,
        "version": newest.number,
        "since": newest.since,
        "targets": {period: _plain(value) for period, value in targets_of(state, one, year)},
    }


def _plain(value: TargetValue) -> str:
    return value if isinstance(value, str) else canonical(value)


def _text(state: KinerjaState, year: int) -> str:
    if not state.indicators:
        return "Kantor ini belum punya indikator. Tetapkan dengan sakip indikator tambah."
    lines = [_line(state, versions[-1].indicator, year) for versions in state.indicators.values()]
    return table(("Kode", "Indikator", "Satuan", "Penyerah", f"Target {year}"), lines, flexible=(1, 3, 4))


def _line(state: KinerjaState, indicator: Indicator, year: int) -> tuple[str, str, str, str, str]:
    aims = target_line(state, indicator, year)
    ended = "" if indicator.active else " (tidak dipakai lagi)"
    return indicator.code, indicator.name + ended, indicator.satuan, owner_line(state, indicator), aims


def _one(state: KinerjaState, key: str, year: int) -> str:
    one = state.indicators[key][-1].indicator
    _, _, _, owner, aims = _line(state, one, year)
    return "\n".join(
        (
            f"{one.code} {one.name} ({one.satuan}), {owner}",
            definition_line(state, key),
            *(("Tidak dipakai lagi.",) if not one.active else ()),
            f"Target {year}: {aims}",
        )
    )

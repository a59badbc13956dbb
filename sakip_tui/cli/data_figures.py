"""`sakip data lihat` and `jelaskan`: the rows of a period with their figures, and one figure sum by sum."""

from __future__ import annotations

from collections import Counter
from typing import Any

from db.kinerja_year import data_of
from sakip_tui.cli.layout import printable, table, width, wrapped
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.views.data_rows import (
    explained,
    owned,
    row_document,
    rows_of,
    totals_document,
    unsent_words,
)
from sop.kinerja.form import Owner, target_words
from sop.kinerja.issuing import unsent
from sop.kinerja.report import ReportRow
from sop.kinerja.state import KinerjaState
from sop.model.bidang import listed_name
from sop.model.periods import split
from sop.model.refusals import Unknown
from sop.words.figure_words import OFFICE_OWNER, capaian_words, isian_words, owner_words, remark_words, value_words
from sop.words.kinerja import filled_words
from sop.words.periods import period_label


def state_of(session: Session, period: str) -> KinerjaState:
    """The office's data, those of the period's year as the flow stands."""
    session.know_zone(session.office.zone)
    return data_of(session.database, session.address, split(period)[0], session.now)


def owner_named(session: Session, state: KinerjaState, period: str) -> tuple[Owner, ...] | None:
    """Whose rows `--bidang` means; None where it was not given. Raises Unknown."""
    name = session.arguments.text("--bidang")
    if name is None:
        return None
    if name.strip().casefold() == OFFICE_OWNER.casefold():
        return (None,)
    held = dict.fromkeys([*state.period(period).forms, *(row.owner for row in rows_of(state, period))])
    known = tuple(owner for owner in (*held, *state.bidang) if owner is not None)
    return (listed_name(name.strip(), tuple(dict.fromkeys(known)), lambda each: (each,)),)


def listing(session: Session) -> Reply:
    """`sakip data lihat PERIODE`."""
    period = session.period()
    state = state_of(session, period)
    owners = owner_named(session, state, period)
    rows = rows_of(state, period)
    if owners is not None:
        rows = owned(rows, owners[0])
    held = state.period(period)
    forms = [held.form(owner) for owner in (held.forms if owners is None else owners)]
    document: dict[str, Any] = {
        "period": period,
        "form_revision": max((form.number for form in forms if form is not None), default=None),
        "rows": [row_document(row, state.settings) for row in rows],
        "totals": totals_document(rows),
    }
    return Reply(document, lambda: _text(state, period, rows, owners))


def _text(state: KinerjaState, period: str, rows: tuple[ReportRow, ...], owners: tuple[Owner, ...] | None) -> str:
    count = unsent(state, period, owners)
    left = wrapped(unsent_words(state, period, count), width()) if count else []
    if not rows:
        whose = "tidak ada formulir yang dikirim" if owners is None else f"tidak ada formulir {owner_words(owners[0])}"
        return "\n".join(left or [f"{period_label(period)}: {whose}."])
    totals = totals_document(rows)
    mean = "-" if totals["mean"] is None else str(totals["mean"]).replace(".", ",")
    said = Counter(row.figure.keadaan for row in rows if row.figure.keadaan is not None)
    head = (
        f"{period_label(period)}: {filled_words(said, len(rows))}; rata-rata capaian {mean} "
        f"({totals['counted']} dari {totals['count']})."
    )
    lines = [_line(state, row) for row in rows]
    columns = ("Kode", "Indikator", "Penyerah", "Target", "Realisasi", "Capaian", "Keterangan")
    told = "\n".join((head, *left))
    return f"{told}\n\n{table(columns, lines, flexible=(1, 2, 6))}"


def _line(state: KinerjaState, row: ReportRow) -> tuple[str, ...]:
    indicator, figure = row.row.indicator, row.figure
    target = target_words(row.row.target, indicator) or value_words(figure.target, indicator, state.settings)
    real = value_words(figure.value, indicator, state.settings)
    if row.isian is not None:
        real = isian_words(row.isian, indicator, state.settings)
    texts = (indicator.name, owner_words(row.owner), target, real, capaian_words(figure.achievement), remark_words(row))
    return (indicator.code, *map(printable, texts))


def explain(session: Session) -> Reply:
    """`sakip data jelaskan PERIODE KODE`."""
    period, code = session.period(), (session.arguments.text("KODE") or "").strip()
    state = state_of(session, period)
    rows = rows_of(state, period)
    row = next((each for each in rows if each.row.key == code.casefold()), None)
    if row is None:
        raise Unknown("indikator", code, tuple(each.row.indicator.code for each in rows))
    lines = list(explained(state, row))
    document = {"period": period, "row": row_document(row, state.settings), "steps": lines}
    return Reply(
        document, lambda: "\n".join(part for line in lines for part in wrapped(printable(line), width(), "  "))
    )

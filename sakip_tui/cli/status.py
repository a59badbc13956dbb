"""`sakip status`, `sakip periode daftar`: where every period stands.

Scripts and prompts ask for these: what only people read is loaded when it is printed.
"""

from __future__ import annotations

from types import MappingProxyType

from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import Document, iso, open_card_document
from sakip_tui.views.overview import Overview, PeriodLine, banners, overview_at
from sop.loading import load

TEXTS = MappingProxyType(
    {
        "status": "sakip_tui.cli.status_text:status_text",
        "periods": "sakip_tui.cli.status_text:periods_text",
    }
)
"""What is loaded once it is known that people read the answer."""


def overview_ahead(session: Session, year: int | None = None) -> Overview:
    """The overview with forecasts. Raises UnknownYear."""
    overview = overview_at(session.database, session.address, session.now, year)
    session.offset = overview.year.offset
    return overview


def status(session: Session) -> Reply:
    """`sakip status`."""
    overview = overview_ahead(session)
    return Reply(status_document(overview), lambda: str(load(TEXTS["status"])(overview)))


def periods(session: Session) -> Reply:
    """`sakip periode daftar`."""
    overview = overview_ahead(session)
    return Reply(period_documents(overview), lambda: str(load(TEXTS["periods"])(overview.periods, overview)))


def status_document(overview: Overview) -> Document:
    """The shape of `sakip status --json`."""
    offset, rows = overview.year.offset, overview.standing
    return {
        "now": iso(overview.now, offset),
        "office": rows.address.office,
        "office_name": rows.office_name,
        "sop": rows.address.sop,
        "periods": period_documents(overview),
        "late": [open_card_document(one, offset) for one in overview.late],
        "not_started": [open_card_document(one, offset) for one in overview.not_started],
        "due": [open_card_document(one, offset) for one in overview.due],
        "turn": dict(overview.turn),
        "banners": banners(overview),
    }


def period_documents(overview: Overview) -> list[Document]:
    """The shape of `sakip periode daftar --json`."""
    return [_period_document(line, overview.year.offset) for line in overview.periods]


def _period_document(line: PeriodLine, offset: int) -> Document:
    row = line.row
    return {
        "period": row.key,
        "period_state": row.phase,
        "period_revision": row.revision,
        "closing_revision": row.closings,
        "state": row.case_phase,
        "case_revision": row.case_revision,
        "done": line.done,
        "total": line.total,
        "late": line.late,
        "forecast_at": iso(line.forecast_at, offset),
        "waiting_for": list(line.waiting_for),
        "target_at": iso(line.target_at, offset),
        "target_passed": line.target_passed,
        "regions": [
            {
                "first": region.first,
                "last": region.last,
                "joined": [region.handed.handed_in, region.handed.total],
                "skipped": region.handed.skipped,
            }
            for region in line.regions
        ],
    }

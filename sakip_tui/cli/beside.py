"""What every writing command takes, for those that act on an office and not on a card: moment, lane, revision, reason.

Such an act is nobody's work in a lane: a lane is checked all the same, and it is said that it is not kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from db import case_queries
from db.office_acts import Given
from sakip_tui.cli.values import Values
from sop.model.refusals import Unknown
from sop.model.texts import clean

if TYPE_CHECKING:
    from sakip_tui.cli.session import Session

_LANE_NOT_KEPT = "--atas-nama hanya diperiksa: perintah ini bukan pekerjaan sebuah lajur, jadi lajurnya tidak dicatat."


class Circumstances(NamedTuple):
    """What was given beside the command itself."""

    given: Given
    remarks: tuple[str, ...]
    """What was checked but is not kept, for standard error."""

    @property
    def circumstances(self) -> Mapping[str, Any]:
        """As what writes takes them: `reason`, `seen`, `at`, `token`."""
        return self.given._asdict()


def beside(values: Values, lanes: Sequence[str]) -> Circumstances:
    """What was given beside a command, checked as far as it can be without the database.

    Args:
        values: The arguments; faults met before are told with those met here.
        lanes: Lanes that may be named.

    Raises:
        FaultyInput: A value that cannot be read.
        Unknown: There is no such lane.
    """
    moment, seen = values.moment("--pada"), values.number("--revisi")
    lane = values.text("--atas-nama")
    values.check()
    if lane is not None:
        _require_lane(lane, lanes)
    remarks = () if lane is None else (_LANE_NOT_KEPT,)
    return Circumstances(Given(values.text("--alasan"), seen, moment, values.text("--token")), remarks)


def _require_lane(lane: str, lanes: Sequence[str]) -> None:
    name = clean(lane[:200])
    if name.casefold() not in {known.casefold() for known in lanes}:
        raise Unknown("lajur", name, tuple(lanes))


def lanes_of(session: Session) -> tuple[str, ...]:
    """The lanes of the newest version of the SOP meant."""
    found = case_queries.sop_of(session.database, session.address.office, session.address.sop)
    return () if found is None else tuple(found.sop.lane_names)

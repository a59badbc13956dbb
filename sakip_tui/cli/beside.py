"""What every writing command takes, for those that act on an office and not on a card: moment, lane, revision, reason.

Such an act is in force from the moment it is recorded, and it is nobody's work in a lane. What is given is checked all
the same, and what is not kept is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from sakip_tui.cli.values import Values

if TYPE_CHECKING:
    from db.rows import Address
    from sakip_tui.cli.session import Session

_MOMENT_NOT_KEPT = "--pada hanya diperiksa: perintah ini berlaku dan tercatat pada saat dijalankan."
_LANE_NOT_KEPT = "--atas-nama hanya diperiksa: perintah ini bukan pekerjaan sebuah lajur, jadi lajurnya tidak dicatat."
_REASON_NOT_KEPT = "--alasan tidak dicatat oleh perintah ini."


class Beside(NamedTuple):
    """What was given beside the command itself."""

    reason: str | None
    token: str | None
    remarks: tuple[str, ...]
    """What was checked but is not kept, for standard error."""


def beside(
    values: Values,
    lanes: Sequence[str],
    revision: int | None,
    entity: str,
    *,
    keeps_moment: bool = False,
    keeps_reason: bool = True,
) -> Beside:
    """Check what was given beside a command.

    Args:
        values: The arguments; faults met before are told with those met here.
        lanes: Lanes that may be named.
        revision: Where what the command changes stands; None where it is compared elsewhere.
        entity: What that is, as in `notices.entity`.
        keeps_moment: Whether the command's event takes the effective time.
        keeps_reason: Whether it takes the reason.

    Raises:
        FaultyInput: A value that cannot be read.
        Unknown: There is no such lane.
        Refused: The moment lies ahead.
        StaleCase: The revision is another one by now.
    """
    moment, seen = values.moment("--pada"), values.number("--revisi")
    lane = values.text("--atas-nama")
    values.check()
    if lane is not None:
        _require_lane(lane, lanes)
    if moment is not None and moment.at > values.session.now:
        from sop.refusals import Refused, Rule

        raise Refused(Rule.FUTURE, typed=moment.at, now=values.session.now)
    if seen is not None and revision is not None and seen != revision and not _is_repeated(values):
        from db.errors import StaleCase

        raise StaleCase(entity=entity, seen=seen, found=revision)
    reason = values.text("--alasan")
    told = (
        (moment is not None and not keeps_moment, _MOMENT_NOT_KEPT),
        (lane is not None, _LANE_NOT_KEPT),
        (reason is not None and not keeps_reason, _REASON_NOT_KEPT),
    )
    return Beside(reason, values.text("--token"), tuple(remark for held, remark in told if held))


def _is_repeated(values: Values) -> bool:
    """Whether the token acted before: a retry saw what stood before its own first try. Asked only when in doubt."""
    from db import queries

    token = values.text("--token")
    if token is None or not values.session.has_database:
        return False
    return any(one.token == token for one in queries.log(values.session.database, limit=None))


def _require_lane(lane: str, lanes: Sequence[str]) -> None:
    from sop.refusals import Unknown
    from sop.texts import clean

    name = clean(lane[:200])
    if name.casefold() not in {known.casefold() for known in lanes}:
        raise Unknown("lajur", name, tuple(lanes))


def lanes_of(session: Session, address: Address) -> tuple[str, ...]:
    """The lanes of the newest version of an office's SOP."""
    from db import queries

    found = queries.sop_of(session.database, address.office, address.sop)
    return () if found is None else tuple(found.sop.lane_names)

"""What an error says on the board: as everywhere, with the periods named as the board names them."""

from __future__ import annotations

from collections.abc import Mapping

from sakip_tui.notices import Notice, notice_of
from sop.words.periods import with_period_names


def notice_on_board(error: BaseException, zone_offset: int, names: Mapping[str, str]) -> Notice | None:
    """What an error says to people; None for one that nobody expected."""
    found = notice_of(error, zone_offset, names)
    if found is None:
        return None
    lines = tuple(with_period_names(line) for line in found.lines)
    return Notice(with_period_names(found.happened), with_period_names(found.remedy), lines)

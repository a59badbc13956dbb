"""What an error says on the board: as everywhere, with the periods named as the board names them.

And with the key that leads to what is still lacking.
"""

from __future__ import annotations

from collections.abc import Mapping

from sakip_tui.notices import Notice, notice_of
from sop.model.refusals import Refused, Rule
from sop.words.periods import with_period_names

_KEYS: Mapping[Rule, str] = {
    Rule.ROWS_MISSING: "Tekan = untuk mengisinya.",
    Rule.ROWS_MARKED: "Tekan = untuk membukanya.",
    Rule.EVIDENCE_MISSING: "Tekan Enter untuk membuka kartunya: spasi mencentang, d mencatat dokumen.",
}
"""Rule -> by which key one comes to what it lacks; a command has no keys, so its sentence does not say it."""


def notice_on_board(error: BaseException, zone_offset: int, names: Mapping[str, str]) -> Notice | None:
    """What an error says to people; None for one that nobody expected."""
    found = notice_of(error, zone_offset, names)
    if found is None:
        return None
    lines = tuple(with_period_names(line) for line in found.lines)
    key = _KEYS.get(error.rule, "") if isinstance(error, Refused) else ""
    remedy = f"{with_period_names(found.remedy)} {key}".strip()
    return Notice(with_period_names(found.happened), remedy, lines)

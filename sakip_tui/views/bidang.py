"""The office's list of bidang in words: its dates, and what was changed. Screen and command line tell the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from db.bidang import BidangRow
from sop.model.texts import clean
from sop.time.instants import civil, midnight
from sop.words.labels import listed
from sop.words.time import date_plain

_DAY = dt.timedelta(days=1)
_STAYS = "Langkah yang sudah terbuka tetap dengan daftarnya; langkah per bidang berikutnya memakai daftar yang baru."


def day_after(day: dt.date, offset: int) -> int:
    """The first moment after a day of the office."""
    return midnight(day + _DAY, offset)


def first_day_words(since: int | None, offset: int) -> str:
    """The day from which a name holds; empty where it always did."""
    return "" if since is None else date_plain(civil(since, offset).date())


def last_day_words(until: int | None, offset: int) -> str:
    """The last day on which a name holds; empty while nobody has ended it."""
    # It holds until the moment before: an end at midnight is that of the day before.
    return "" if until is None else date_plain(civil(until - 1, offset).date())


def never_held(row: BidangRow) -> bool:
    """Whether a name was given up before its first day came."""
    return row.since is not None and row.until is not None and row.until <= row.since


def dates_words(since: int | None, until: int | None, offset: int) -> tuple[str, str]:
    """The first and the last day of a name, as above."""
    return first_day_words(since, offset), last_day_words(until, offset)


def changed_words(data: Mapping[str, Any], offset: int) -> str:
    """What an event did to the list, and what stays."""
    before, after = [clean(str(name)) for name in data["before"]], clean(str(data["after"] or ""))
    match data["change"]:
        case "tambah":
            return f"{after} ada di daftar bidang sejak {first_day_words(data['since'], offset)}. {_STAYS}"
        case "akhiri":
            return f"{listed(before)} ada di daftar bidang sampai {last_day_words(data['until'], offset)}. {_STAYS}"
        case _:
            return f"{listed(before)} sekarang {after}. Langkah yang sudah terbuka tetap dengan nama lama."

"""What the board says of itself after a start: what was left unsent, which other year there is."""

from __future__ import annotations

from collections.abc import Sequence

from db.rows import Address
from sakip_tui.desk import OfficeChoice
from sakip_tui.draft_places import BOARD, DraftPlace


def unsent_words(places: Sequence[DraftPlace], address: Address) -> str:
    """What was typed and not sent in the office and SOP that are open; empty for nothing."""
    office, sop, *_ = address
    here = [place for place in places if place.office == office and (place.screen != BOARD or place.sop == sop)]
    told = [place.words for place in here if place.words]
    if not told:
        return ""
    more = f" dan {len(told) - 1} lagi" if len(told) > 1 else ""
    return f"Ada tulisan Anda yang belum dikirim: {told[0]}{more}. Ulangi tindakan itu; tulisannya muncul lagi."


def newer_year_words(choices: Sequence[OfficeChoice], address: Address, shown: int, today: int) -> str:
    """That this year is there as well, where work of one that is over goes on; empty where it is not.

    Args:
        choices: What there is in the database.
        address: The office and SOP that are open.
        shown: The year on view.
        today: The year of today.
    """
    years = {(each.code, sop.code, year) for each in choices for sop in each.sops for year in sop.years}
    if today <= shown or (address.office, address.sop, today) not in years:
        return ""
    return (
        f"Yang tampil tahun {shown}: masih ada yang berjalan. Tahun {today} juga sudah disiapkan; "
        "untuk ke sana tekan n lalu k."
    )

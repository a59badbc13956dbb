"""Renaming and merging bidang of the office's list. Runs keep the name frozen when they were opened."""

from __future__ import annotations

from typing import Any

from sop.acts.deed import Deed
from sop.acts.office_flow import OfficeDraft
from sop.acts.office_ruling import BIDANG_ENTITY, OfficeRuling
from sop.model.bidang import listed_name
from sop.model.errors import Fault, FaultyInput
from sop.model.events import Act, Event
from sop.model.office import BidangState
from sop.model.office_commands import Merging, Renaming
from sop.model.refusals import Unknown
from sop.model.texts import LONGEST_NAME, clean_or_none


def judge_bidang(ruling: OfficeRuling[Any]) -> Event:
    ruling.refuse_stale(BIDANG_ENTITY)
    return _rename(ruling) if isinstance(ruling.details, Renaming) else _merge(ruling)


def effect_bidang(draft: OfficeDraft, event: Event) -> None:
    names, after = set(event.data["before"]), event.data["after"]
    ending = [each for each in draft.state.bidang if each.name in names]
    if all(each.name != after for each in draft.state.bidang):
        draft.add_bidang(after, min(each.position for each in ending), event.at)
    draft.end_bidang(names, event.at, after)


def _rename(ruling: OfficeRuling[Renaming]) -> Event:
    old = _listed(ruling, ruling.details.name)
    new = _new_name(ruling, ruling.details.new_name)
    return ruling.event({"change": "ganti-nama", "before": [old.name], "after": new}, entity=BIDANG_ENTITY)


def _merge(ruling: OfficeRuling[Merging]) -> Event:
    names, into = ruling.details
    faults: list[Fault] = []
    merged: dict[str, BidangState] = {}
    for text in names:
        try:
            found = _listed(ruling, text)
            merged[found.name] = found
        except Unknown as error:
            faults.append(Fault("bidang", "pilihan-salah", error.name, error.known))
    if faults:
        raise FaultyInput(tuple(faults))
    wanted = into.strip().casefold()
    target = next((each.name for each in ruling.office.active_bidang if each.name.casefold() == wanted), None)
    ending = [name for name in merged if name != target]
    if not ending or len(ending) + (target is not None) < 2:
        raise FaultyInput((Fault("bidang", "gabung-kurang"),))
    new = _new_name(ruling, into) if target is None else target
    return ruling.event({"change": "gabung", "before": ending, "after": new}, entity=BIDANG_ENTITY)


def _listed(ruling: OfficeRuling[Any], text: str) -> BidangState:
    listed = {each.name: each for each in ruling.office.active_bidang}
    return listed[listed_name(text.strip()[:LONGEST_NAME], tuple(listed), ruling.draft.family.names_of)]


def _new_name(ruling: OfficeRuling[Any], text: str) -> str:
    """A name that no run of the office can bear yet: one name never means two units."""
    name = clean_or_none(text, "nama", LONGEST_NAME)
    if name is None:
        raise FaultyInput((Fault("nama", "teks-kosong"),))
    for known in ruling.office.bidang:
        if known.name.casefold() == name.casefold():
            raise FaultyInput((Fault("nama", "bidang-ada" if known.is_active else "bidang-pernah-ada", known.name),))
    return name


DEEDS = {Act.BIDANG: Deed(judge_bidang, effect_bidang)}

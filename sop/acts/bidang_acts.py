"""The office's list of bidang: adding and ending from a date, renaming, merging. Runs keep the name frozen when they
were opened; what a fan-out freezes is the list in force when it is entered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Any

from sop.acts.deed import Deed
from sop.acts.office_flow import OfficeDraft
from sop.acts.office_ruling import BIDANG_ENTITY, OfficeRuling
from sop.model.act import Act
from sop.model.bidang import ListedBidang, in_force, listed_name
from sop.model.errors import Fault, FaultyInput
from sop.model.events import Event
from sop.model.office import BidangState
from sop.model.office_commands import Adding, Ending, Merging, Renaming
from sop.model.refusals import Refused, Rule, Unknown
from sop.model.texts import LONGEST_NAME, clean_or_none, needed_text

ADDED, ENDED, RENAMED, MERGED = "tambah", "akhiri", "ganti-nama", "gabung"
"""What an event says was changed."""


def judge_bidang(ruling: OfficeRuling[Any]) -> Event:
    ruling.refuse_stale(BIDANG_ENTITY)
    return _JUDGES[type(ruling.details)](ruling)


def effect_bidang(draft: OfficeDraft, event: Event) -> None:
    names, after = event.data["before"], event.data["after"]
    match event.data["change"]:
        case change if change == ADDED:
            if any(each.name == after for each in draft.state.bidang):
                draft.date_bidang(after, None)
                draft.begin_bidang(after, event.data["since"])
            else:
                draft.add_bidang(after, event.data["since"])
        case change if change == ENDED:
            draft.date_bidang(names[0], event.data["until"])
        case _:
            _go_on(draft, set(names), after, event.at)


def _go_on(draft: OfficeDraft, names: set[str], after: str, at: int) -> None:
    """Let names go on as one that is there or is new; of a new one the dates are theirs."""
    ending = [each for each in draft.state.bidang if each.name in names]
    if all(each.name != after for each in draft.state.bidang):
        since = max(at, min(at if each.since is None else each.since for each in ending))
        until = None if any(each.until is None for each in ending) else max(each.until or 0 for each in ending)
        draft.add_bidang(after, since, until, min(each.position for each in ending))
    draft.end_bidang(names, at, after)


# ---------------------------------------------------------------------- from a date
def _add(ruling: OfficeRuling[Adding]) -> Event:
    since = ruling.details.since
    begins = ruling.at if since is None else since
    name = clean_or_none(ruling.details.name, "nama", LONGEST_NAME) or ""
    known = next((each for each in ruling.office.active_bidang if each.name.casefold() == name.casefold()), None)
    if known is not None and known.since is not None and ruling.context.now < known.since != begins:
        # Its first day is put right: no run can bear its name yet.
        name = known.name
    elif known is None or known.until is None or known.until < begins:
        name = _new_name(ruling, name)
    else:
        # Its end is taken back: it never left the list, or comes back the moment it leaves.
        name, begins = known.name, begins if known.since is None else known.since
    return ruling.event({"change": ADDED, "before": [], "after": name, "since": begins}, entity=BIDANG_ENTITY)


def _end(ruling: OfficeRuling[Ending]) -> Event:
    found = _listed(ruling, ruling.details.name)
    until = ruling.details.until
    ends = ruling.at if until is None else until
    if found.since is not None and ends <= found.since:
        raise FaultyInput((Fault("sampai", "bidang-belum-mulai", found.name),))
    after = [each._replace(until=ends) if each.name == found.name else each for each in ruling.office.active_bidang]
    _refuse_an_empty_list(found.name, after, ends)
    return ruling.event({"change": ENDED, "before": [found.name], "after": None, "until": ends}, entity=BIDANG_ENTITY)


def _refuse_an_empty_list(ended: str, after: Sequence[BidangState], moment: int) -> None:
    """Raises Refused where a list would stand empty at a moment, or at some later one."""
    listed = [ListedBidang(each.name, each.since, each.until) for each in after]
    for end in sorted({moment, *(each.until for each in listed if each.until is not None and each.until > moment)}):
        if not in_force(listed, end):
            raise Refused(Rule.LAST_OF_LIST, bidang=ended, at=end)


# ---------------------------------------------------------------------- under another name
def _rename(ruling: OfficeRuling[Renaming]) -> Event:
    old = _listed(ruling, ruling.details.name)
    new = _new_name(ruling, ruling.details.new_name)
    return ruling.event({"change": RENAMED, "before": [old.name], "after": new}, entity=BIDANG_ENTITY)


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
    target = next((each.name for each in ruling.office.bidang_from(ruling.at) if each.name.casefold() == wanted), None)
    ending = [name for name in merged if name != target]
    if not ending or len(ending) + (target is not None) < 2:
        raise FaultyInput((Fault("bidang", "gabung-kurang"),))
    if target is None:
        new = _new_name(ruling, into)
    else:
        new = target
        left = [each for each in ruling.office.active_bidang if each.name not in ending]
        _refuse_an_empty_list(ending[0], left, ruling.at)
    return ruling.event({"change": MERGED, "before": ending, "after": new}, entity=BIDANG_ENTITY)


def _listed(ruling: OfficeRuling[Any], text: str) -> BidangState:
    listed = {each.name: each for each in ruling.office.bidang_from(ruling.at)}
    units = ruling.draft.family
    return listed[listed_name(text.strip()[:LONGEST_NAME], tuple(listed), units.names_of, units.names)]


def _new_name(ruling: OfficeRuling[Any], text: str) -> str:
    """A name that no run of the office can bear yet: one name never means two units."""
    name = needed_text(text, "nama")
    for known in ruling.office.bidang:
        if known.name.casefold() == name.casefold():
            is_listed = known.is_active and (known.until is None or known.until > ruling.at)
            raise FaultyInput((Fault("nama", "bidang-ada" if is_listed else "bidang-pernah-ada", known.name),))
    return name


_JUDGES: MappingProxyType[type, Callable[[OfficeRuling[Any]], Event]] = MappingProxyType(
    {Adding: _add, Ending: _end, Renaming: _rename, Merging: _merge}
)
DEEDS = {Act.BIDANG: Deed(judge_bidang, effect_bidang)}

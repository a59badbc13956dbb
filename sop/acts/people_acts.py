"""The acts on the register of an office: people, their lanes, their PINs. Judge and effect of each side by side.

Events name codes and say what changed, never a name or an account; so a person's data can be blanked and the chain of
the log still holds. What is kept beside the log is a `Personal`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from contextlib import suppress
from typing import Any

from sop.acts.deed import Deed
from sop.acts.office_flow import OfficeDraft, roles_told
from sop.acts.office_ruling import OfficeRuling, person_entity
from sop.model.act import Act
from sop.model.bidang import Family, listed_name
from sop.model.errors import Fault, FaultyInput
from sop.model.events import Event
from sop.model.office import Personal, PersonState
from sop.model.office_commands import (
    Alteration,
    Blanking,
    Founder,
    LaneEnded,
    LaneGiven,
    NewPerson,
    PinChange,
    Registration,
)
from sop.model.pelaksana import FIRST_ROLES, HeldLane, MembershipKind, Role, in_order
from sop.model.refusals import Refused, Rule, Unknown, name_among
from sop.model.texts import LONGEST_NAME, clean, clean_or_none, text_or_fault
from sop.values import replace

_CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,18}[a-z0-9])?")
_WORD = re.compile(r"[^\W\d_]{3,}")
_LONGEST_ACCOUNT = 64


def person_named(ruling: OfficeRuling[Any], code: str) -> PersonState:
    """Anybody ever registered, by code. Raises Unknown (`orang`)."""
    found = ruling.office.people.get(code.strip().casefold())
    if found is None:
        raise Unknown("orang", code, tuple(ruling.office.people))
    ruling.refuse_stale(person_entity(found.code))
    return found


# ---------------------------------------------------------------------- pengguna


def judge_pengguna(ruling: OfficeRuling[Any]) -> Event:
    return _OF_PERSON[type(ruling.details)](ruling)


def effect_pengguna(draft: OfficeDraft, event: Event) -> None:
    data = event.data
    if data["change"] == "tambah":
        draft.register(data)
        return
    person = draft.state.people[data["code"]]
    if data["change"] == "kosongkan":
        draft.put_person(replace(person, has_pin=False))
        return
    roles = roles_told(data["roles"]["after"]) if "roles" in data else person.roles
    active = data["active"]["after"] if "active" in data else person.is_active
    draft.put_person(replace(person, roles=roles, is_active=active))


def _register(ruling: OfficeRuling[Registration]) -> Event:
    person, known, elsewhere, founder = ruling.details
    is_first = not ruling.office.people
    if is_first and founder is not None and _is_self(person, founder):
        ruling.keep(founder.personal)
        return ruling.event(
            {**brought_along(founder), "change": "tambah", "first": True}, entity=person_entity(founder.person.code)
        )
    faults: list[Fault] = []
    name = text_or_fault(person.name, "nama", faults)
    account = _account(known, person.account, None, faults)
    code = _free_code(known, elsewhere, person.code, name, faults)
    roles = _roles(FIRST_ROLES if is_first else person.roles, faults)
    if is_first and person.account is None:
        faults.append(Fault("akun", "akun-pertama"))
    if faults:
        raise FaultyInput(tuple(faults))
    ruling.refuse_stale(person_entity(code))
    ruling.keep(Personal(name, account))
    data: dict[str, Any] = {"code": code, "change": "tambah", "roles": list(roles)}
    if is_first:
        data["first"] = True
        if founder is not None:
            data["by_office"] = founder.home
    return ruling.event(data, entity=person_entity(code))


def brought_along(founder: Founder) -> dict[str, Any]:
    """How an event tells of an admin of another office who becomes the first person of this one: the same code, name,
    account and PIN."""
    told = {"code": founder.person.code, "roles": list(in_order(FIRST_ROLES)), "by_office": founder.home}
    return {**told, "pin": True} if founder.person.has_pin else told


def _is_self(person: NewPerson, founder: Founder) -> bool:
    """Whether somebody who registers in an office without people means themselves."""
    own = founder.personal
    is_named = clean(person.name).casefold() == own.name.casefold()
    return is_named and person.code in (None, founder.person.code) and person.account in (None, own.account)


def _alter(ruling: OfficeRuling[Alteration]) -> Event:
    code, change, known = ruling.details
    before = person_named(ruling, code)
    own = known[before.code]
    faults: list[Fault] = []
    name = own.name if change.name is None else text_or_fault(change.name, "nama", faults)
    if change.name is not None and not faults and _shares_a_word(before.code, name):
        faults.append(Fault("nama", "kode-memuat-nama", before.code))
    account = own.account
    if change.account is not None:
        account = _account(known, change.account or None, before.code, faults)
    roles = before.roles if change.roles is None else _roles(change.roles, faults)
    if faults:
        raise FaultyInput(tuple(faults))
    active = before.is_active if change.is_active is None else change.is_active
    was = {"name": own.name, "account": own.account, "roles": before.roles, "active": before.is_active}
    now = {"name": name, "account": account, "roles": roles, "active": active}
    changed = [part for part in was if was[part] != now[part]]
    if not changed:
        raise Refused(Rule.NOTHING_CHANGED, person=before.code)
    _keep_an_admin(ruling, before, replace(before, roles=roles, is_active=active))
    ruling.keep(Personal(name, account))
    data: dict[str, Any] = {"code": before.code, "change": "ubah", "changed": changed}
    if "roles" in changed:
        data["roles"] = {"before": list(before.roles), "after": list(roles)}
    if "active" in changed:
        data["active"] = {"before": before.is_active, "after": active}
    return ruling.event(data, entity=person_entity(before.code))


def _blank(ruling: OfficeRuling[Blanking]) -> Event:
    code, typed, known, cards = ruling.details
    person = person_named(ruling, code)
    refusal = why_not_blank(person.code, person.is_active, cards)
    if refusal is not None:
        raise refusal
    if typed.strip().casefold() != person.code:
        raise FaultyInput((Fault("kode", "kode-diketik-lagi", typed[:60], (person.code,)),))
    if known[person.code] == Personal("", None):
        raise Refused(Rule.NOTHING_CHANGED, person=person.code)
    ruling.keep(Personal("", None))
    return ruling.event({"code": person.code, "change": "kosongkan"}, entity=person_entity(person.code))


def why_not_blank(code: str, is_active: bool, cards: int) -> Refused | None:
    """Why a person's data cannot be blanked now: it is for ever, so only once they have left. None where they can."""
    if is_active:
        return Refused(Rule.BLANK_ACTIVE, person=code)
    return Refused(Rule.BLANK_HOLDS, person=code, cards=cards) if cards else None


_OF_PERSON: Mapping[type, Callable[[OfficeRuling[Any]], Event]] = {
    Registration: _register,
    Alteration: _alter,
    Blanking: _blank,
}


# ---------------------------------------------------------------------- hak


def judge_hak(ruling: OfficeRuling[Any]) -> Event:
    return _give(ruling) if isinstance(ruling.details, LaneGiven) else _end(ruling)


def effect_hak(draft: OfficeDraft, event: Event) -> None:
    data = event.data
    person = draft.state.people[data["code"]]
    lane, bidang, until = data["lane"], data["bidang"], data["until"]
    if data["change"] == "beri":
        given = HeldLane(lane, bidang, MembershipKind(data["kind"]), data["since"], until)
        if "before" not in data:
            draft.put_person(replace(person, lanes=(*person.lanes, given)))
            return
        before = HeldLane(lane, **data["before"])
        draft.put_person(replace(person, lanes=tuple(given if held == before else held for held in person.lanes)))
        return
    units = draft.family
    lanes = tuple(
        # One that had not begun by then never holds; it stays, since the log tells of it.
        held._replace(until=max(until, held.since)) if _is_ending(held, lane, bidang, until, units) else held
        for held in person.lanes
    )
    draft.put_person(replace(person, lanes=lanes))


def _give(ruling: OfficeRuling[LaneGiven]) -> Event:
    code, lane, lanes, of_bidang = ruling.details
    person = person_named(ruling, code)
    name = name_among("lajur", lane.lane, lanes)
    units = ruling.draft.family
    bidang = None
    if lane.bidang is not None:
        listed = tuple(each.name for each in ruling.office.active_bidang)
        bidang = listed_name(lane.bidang.strip()[:LONGEST_NAME], listed, units.names_of, units.names)
        if name not in of_bidang:
            raise FaultyInput((Fault("bidang", "lajur-tanpa-bidang", name),))
    since = ruling.at if lane.since is None else lane.since
    if lane.until is not None and lane.until <= since:
        raise FaultyInput((Fault("sampai", "sampai-sebelum-sejak"),))
    held_then = [
        held
        for held in person.lanes
        if held.lane == name
        # One that was ended before it began stands in nobody's way.
        and (held.until is None or held.until > max(since, held.since))
        and (lane.until is None or held.since < lane.until)
        and _is_same_unit(held.bidang, bidang, units)
    ]
    data: dict[str, Any] = {"code": person.code, "change": "beri", "lane": name}
    data |= {"bidang": bidang, "kind": lane.kind.value}
    for held in held_then:
        has_begun = held.since <= ruling.context.now
        if has_begun or len(held_then) > 1 or held[2:] == (lane.kind, since, lane.until):
            raise Refused(Rule.NOTHING_CHANGED, person=person.code, lane=name, since=held.since, begun=has_begun)
        # Its first day has not come: it is put right.
        data["before"] = {name: value for name, value in held._asdict().items() if name != "lane"}
    return ruling.event({**data, "since": since, "until": lane.until}, entity=person_entity(person.code))


def _end(ruling: OfficeRuling[LaneEnded]) -> Event:
    code, lane, bidang, until = ruling.details
    person = person_named(ruling, code)
    name = name_among("lajur", lane, tuple(dict.fromkeys(held.lane for held in person.lanes)))
    end = ruling.at if until is None else until
    units = ruling.draft.family
    held_for = tuple(held.bidang for held in person.lanes if held.lane == name and held.bidang is not None)
    if bidang is not None:
        # One that is not held is told below, as what nothing is ended of.
        with suppress(Unknown):
            bidang = listed_name(bidang.strip()[:LONGEST_NAME], held_for, units.names_of, units.names)
    if not any(_is_ending(held, name, bidang, end, units) for held in person.lanes):
        raise Refused(Rule.NOTHING_CHANGED, person=person.code, lane=name)
    data = {"code": person.code, "change": "akhiri", "lane": name, "bidang": bidang, "until": end}
    return ruling.event(data, entity=person_entity(person.code))


def _is_ending(held: HeldLane, lane: str, bidang: str | None, end: int, units: Family) -> bool:
    """Whether ending a lane at a moment takes something from what is held."""
    lasts = held.until is None or held.until > max(end, held.since)
    return lasts and held.lane == lane and _is_same_unit(held.bidang, bidang, units)


def _is_same_unit(held: str | None, asked: str | None, units: Family) -> bool:
    """Whether a lane is held for the bidang asked about, under whatever name; None stands for all bidang."""
    if held is None or asked is None:
        return held is asked
    return units.present_name(held).casefold() == units.present_name(asked.strip()).casefold()


# ---------------------------------------------------------------------- pin


def judge_pin(ruling: OfficeRuling[PinChange]) -> Event:
    code, change, failures = ruling.details
    person = ruling.office.people.get(code)
    if person is None or not person.is_active:
        raise Unknown("orang", code, tuple(ruling.office.people))
    ruling.refuse_stale(person_entity(code))
    if change != "pasang" and not person.has_pin:
        raise Refused(Rule.NO_PIN, person=code)
    if change == "buka-kunci" and not failures:
        raise Refused(Rule.NOTHING_CHANGED, person=code)
    return ruling.event({"code": code, "change": change}, entity=person_entity(code))


def effect_pin(draft: OfficeDraft, event: Event) -> None:
    """Whether there is a PIN; wrong ones and locks are counted beside the log."""
    change = event.data["change"]
    if change in ("pasang", "cabut"):
        draft.put_person(replace(draft.state.people[event.data["code"]], has_pin=change == "pasang"))


DEEDS = {
    Act.PENGGUNA: Deed(judge_pengguna, effect_pengguna),
    Act.HAK: Deed(judge_hak, effect_hak),
    Act.PIN: Deed(judge_pin, effect_pin),
}


# ---------------------------------------------------------------------- checks


def _keep_an_admin(ruling: OfficeRuling[Any], before: PersonState, after: PersonState) -> None:
    """Without an active admin nobody could ever register anybody again."""
    if _is_admin(before) and not _is_admin(after):
        others = (person for person in ruling.office.people.values() if person.code != before.code)
        if not any(_is_admin(person) for person in others):
            raise Refused(Rule.LAST_ADMIN, person=before.code)


def _is_admin(person: PersonState) -> bool:
    return person.is_active and Role.ADMIN in person.roles


def _roles(roles: Set[Role], faults: list[Fault]) -> tuple[Role, ...]:
    if not roles:
        faults.append(Fault("peran", "peran-kosong"))
    return in_order(roles)


def _account(known: Mapping[str, Personal], text: str | None, own: str | None, faults: list[Fault]) -> str | None:
    try:
        account = clean_or_none(text, "akun", _LONGEST_ACCOUNT)
    except FaultyInput as error:
        faults += error.faults
        return None
    if account is None:
        if text is not None:
            faults.append(Fault("akun", "teks-kosong"))
        return None
    for code, personal in known.items():
        # An account that is somebody's code would let its owner be taken for that person.
        if code != own and personal.account == account:
            faults.append(Fault("akun", "akun-dipakai", account, (code,)))
        if code != own and code == account:
            faults.append(Fault("akun", "akun-dipakai", account, (account,)))
    return account


def _free_code(
    known: Mapping[str, Personal],
    elsewhere: tuple[tuple[str, str], ...],
    text: str | None,
    name: str,
    faults: list[Fault],
) -> str:
    # The key of an office host stands for a code in the whole file, so there one code is one person.
    others = {code for code, other in elsewhere if text is None or other.casefold() != name.casefold()}
    accounts = {personal.account for personal in known.values() if personal.account is not None}
    taken = {*known, *others, *accounts}
    if text is None:
        return next(f"p{n}" for n in range(1, len(taken) + 2) if f"p{n}" not in taken)
    code = text.strip().casefold()
    if not _CODE.fullmatch(code):
        faults.append(Fault("kode", "kode-pengguna", text[:60]))
    elif code in taken:
        faults.append(Fault("kode", "kode-dipakai", code))
    elif _shares_a_word(code, name):
        faults.append(Fault("kode", "kode-memuat-nama", code))
    return code


def _shares_a_word(code: str, name: str) -> bool:
    """Whether a word of the name stands in the code: the code stays in the log for good."""
    return any(word in code for word in _WORD.findall(name.casefold()))

"""Sentences for events about people, their lanes and PINs, and the bidang list. They name people by code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sakip_tui.people.words import roles_words, until_text
from sop.model.events import Act, Event
from sop.model.pelaksana import MembershipKind
from sop.model.texts import clean
from sop.words.labels import LABELS, listed

if TYPE_CHECKING:
    from sakip_tui.history.sentences import Teller

_PARTS = {"name": "nama", "account": "akun", "roles": "peran", "role": "peran", "active": "keadaan"}


def _roles(data: Mapping[str, Any]) -> Any:
    """What an event says of roles; one of the time when a person had a single role says it under another name."""
    return data.get("roles", data.get("role"))


def _role(value: object) -> str:
    return roles_words([value] if isinstance(value, str) else value if isinstance(value, Sequence) else ())


def _person(teller: Teller, event: Event) -> str:
    data = event.data
    who = teller.who(str(data.get("code", "")))
    match data.get("change"):
        case "tambah":
            by_office = data.get("by_office")
            vouched = f", selaku admin {clean(str(by_office))}" if by_office else ""
            return f"mendaftarkan {who} sebagai {_role(_roles(data))}{vouched}"
        case "kosongkan":
            return f"mengosongkan data pribadi {who}"
    said = []
    roles, active = _roles(data), data.get("active")
    for part in data.get("changed") or ():
        if part in ("roles", "role") and isinstance(roles, Mapping):
            said.append(f"peran menjadi {_role(roles.get('after'))}")
        elif part == "active" and isinstance(active, Mapping):
            said.append("aktif lagi" if active.get("after") else "nonaktif")
        else:
            said.append(_PARTS.get(str(part), str(part)))
    return f"mengubah pengguna {who}" + (f" ({', '.join(said)})" if said else "")


def _lane(teller: Teller, event: Event) -> str:
    data = event.data
    who = teller.who(str(data.get("code", "")))
    lane = clean(str(data.get("lane", "")))
    if data.get("bidang"):
        lane += f" ({clean(str(data['bidang']))})"
    end = data.get("until")
    until = f" sampai {until_text(end, teller.offset, teller.now)}" if isinstance(end, int) else ""
    if data.get("change") == "akhiri":
        return f"mengakhiri lajur {lane} bagi {who}{until}"
    kind = str(data.get("kind", MembershipKind.TETAP))
    held = f" sebagai {LABELS[MembershipKind].get(kind, kind)}" if kind != MembershipKind.TETAP else ""
    since = data.get("since")
    begins = f" sejak {teller.moment(since)}" if isinstance(since, int) and since != event.at else ""
    return f"memberi lajur {lane} kepada {who}{held}{begins}{until}"


_PIN_VERBS = {"pasang": "memasang PIN", "cabut": "mencabut PIN", "buka-kunci": "membuka kunci PIN"}


def _pin(teller: Teller, event: Event) -> str:
    data: Mapping[str, Any] = event.data
    code = str(data.get("code", ""))
    if data.get("change") == "terkunci":
        return f"salah mengetik PIN {data.get('failures', '')} kali, PIN terkunci"
    verb = _PIN_VERBS.get(str(data.get("change")), "mengubah PIN")
    return verb + (" sendiri" if code == event.by else f" {teller.who(code)}")


def _bidang(teller: Teller, event: Event) -> str:
    before = [clean(str(name)) for name in event.data.get("before") or ()]
    after = clean(str(event.data.get("after", "")))
    if event.data.get("change") == "gabung":
        return f"menggabungkan bidang {listed(before)} menjadi {after}"
    return f"mengganti nama bidang {listed(before)} menjadi {after}"


PEOPLE_VERBS: Mapping[Act, Callable[[Teller, Event], str]] = {
    Act.PENGGUNA: _person,
    Act.HAK: _lane,
    Act.PIN: _pin,
    Act.BIDANG: _bidang,
}

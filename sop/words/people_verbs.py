"""What somebody did by an act on people, their lanes and PINs, or on the list of bidang, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sop.model.act import Act
from sop.model.events import Event
from sop.model.pelaksana import MembershipKind
from sop.model.texts import clean
from sop.words.labels import LABELS, bidang_named, listed
from sop.words.people import roles_words, until_text
from sop.words.voice import Verb, Voice

_PARTS = {"name": "nama", "account": "akun", "roles": "peran", "role": "peran", "active": "keadaan"}


def _roles(data: Mapping[str, Any]) -> Any:
    """What an event says of roles; one of the time when a person had a single role says it under another name."""
    return data.get("roles", data.get("role"))


def _role(value: object) -> str:
    return roles_words([value] if isinstance(value, str) else value if isinstance(value, Sequence) else ())


def _person(voice: Voice, event: Event) -> str:
    data = event.data
    who = voice.who(str(data.get("code", "")))
    match data.get("change"):
        case "tambah":
            by_office = data.get("by_office")
            vouched = f", selaku admin {clean(str(by_office))}" if by_office else ""
            return f"mendaftarkan {who} sebagai {_role(_roles(data))}{vouched}"
        case "kosongkan":
            return f"mengosongkan data pribadi {who}"
    parts = []
    roles, active = _roles(data), data.get("active")
    for part in data.get("changed") or ():
        if part in ("roles", "role") and isinstance(roles, Mapping):
            parts.append(f"peran menjadi {_role(roles.get('after'))}")
        elif part == "active" and isinstance(active, Mapping):
            parts.append("aktif lagi" if active.get("after") else "nonaktif")
        else:
            parts.append(_PARTS.get(str(part), str(part)))
    return f"mengubah pengguna {who}" + (f" ({', '.join(parts)})" if parts else "")


def _lane(voice: Voice, event: Event) -> str:
    data = event.data
    who = voice.who(str(data.get("code", "")))
    lane = clean(str(data.get("lane", "")))
    if data.get("bidang"):
        lane += f" ({clean(str(data['bidang']))})"
    end = data.get("until")
    until = f" sampai {until_text(end, voice.offset, voice.now)}" if isinstance(end, int) else ""
    if data.get("change") == "akhiri":
        return f"mengakhiri lajur {lane} bagi {who}{until}"
    kind = str(data.get("kind", MembershipKind.TETAP))
    held = f" sebagai {LABELS[MembershipKind].get(kind, kind)}" if kind != MembershipKind.TETAP else ""
    since = data.get("since")
    begins = f" sejak {voice.moment(since)}" if isinstance(since, int) and since != event.at else ""
    if "before" in data:
        return f"membetulkan lajur {lane} bagi {who}{held}:{begins or ' sejak itu'}{until}"
    return f"memberi lajur {lane} kepada {who}{held}{begins}{until}"


_PIN_VERBS = {"pasang": "memasang PIN", "cabut": "mencabut PIN", "buka-kunci": "membuka kunci PIN"}


def _pin(voice: Voice, event: Event) -> str:
    data: Mapping[str, Any] = event.data
    code = str(data.get("code", ""))
    if data.get("change") == "terkunci":
        return f"salah mengetik PIN {data.get('failures', '')} kali, PIN terkunci"
    verb = _PIN_VERBS.get(str(data.get("change")), "mengubah PIN")
    return verb + (" sendiri" if code == event.by else f" {voice.who(code)}")


def _bidang(voice: Voice, event: Event) -> str:
    before = [clean(str(name)) for name in event.data.get("before") or ()]
    after = clean(str(event.data.get("after") or ""))
    since, until = event.data.get("since"), event.data.get("until")
    if event.data.get("change") == "tambah":
        begins = f" sejak {voice.moment(since)}" if isinstance(since, int) and since != event.at else ""
        return f"menambah {bidang_named(after)}{begins}"
    if event.data.get("change") == "akhiri":
        end = f" sampai {until_text(until, voice.offset, voice.now)}" if isinstance(until, int) else ""
        return f"mengakhiri {bidang_named(listed(before))}{end}"
    if event.data.get("change") == "gabung":
        return f"menggabungkan {bidang_named(listed(before))} menjadi {after}"
    return f"mengganti nama {bidang_named(listed(before))} menjadi {after}"


def _signer(voice: Voice, event: Event) -> str:
    data = event.data
    position = clean(str(data.get("position", "")))
    match data.get("change"):
        case "kosongkan":
            return f"mengosongkan data pribadi penanda tangan {position}"
        case "ubah":
            return f"mengubah penanda tangan {position}"
        case "betulkan":
            return f"membetulkan data penanda tangan {position}"
    since = data.get("since")
    return f"menyebut penanda tangan {position}" + (f" sejak {voice.period(since)}" if since else "")


PEOPLE_VERBS: Mapping[Act, Verb] = {
    Act.PENGGUNA: _person,
    Act.HAK: _lane,
    Act.PIN: _pin,
    Act.BIDANG: _bidang,
    Act.PEJABAT: _signer,
}

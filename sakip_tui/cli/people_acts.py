"""`sakip pengguna`: the register of an office, and what changes it."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Any

from db import identity, people, people_cards, queries
from db.errors import UnknownOffice
from db.people_acts import RegisterChanged, person_entity, revision_of
from db.people_cards import cards_of
from db.people_pins import set_pin, unlock_pin
from db.people_store import (
    GivenLane,
    NewPerson,
    PersonChange,
    add_person,
    blank_person,
    change_person,
    end_lane,
    give_lane,
    lanes_of,
    lanes_per_bidang,
)
from sakip_tui.cli.beside import Circumstances, beside
from sakip_tui.cli.layout import table
from sakip_tui.cli.people_identity import actor_in
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import iso
from sakip_tui.cli.streams import answered
from sakip_tui.cli.values import Values
from sakip_tui.cli.writing import store
from sakip_tui.views.people import BLANKED, current, given_text, lane_text
from sop.model.pelaksana import MembershipKind, Role
from sop.model.texts import LONGEST_NAME, clean
from sop.time.instants import ENDS_AHEAD
from sop.words.labels import step_named
from sop.words.people import entry_words, forgotten_words, roles_words

if TYPE_CHECKING:
    from db.people import PersonRow


def office_of(session: Session) -> str:
    """Code of the office meant, whichever SOPs it has; its zone is known from here on."""
    meant = session.offices_meant
    if len(meant) != 1:
        known = tuple(row.code for row in queries.offices(session.database))
        raise UnknownOffice(code=session.arguments.text("--opd"), known=known)
    session.know_zone(meant[0].zone)
    return meant[0].code


def given_of(values: Values, office: str) -> Circumstances:
    """What stands beside an act on the register. Raises FaultyInput with all faults met so far."""
    database = values.session.database
    return beside(values, lanes_of(database, people.office_id_of(database, office)))


# ---------------------------------------------------------------------- reading


def listing(session: Session) -> Reply:
    """`sakip pengguna daftar`."""
    office = office_of(session)
    rows = people.register(session.database, office)
    document = {"people": [_document(session, office, row) for row in rows]}
    return Reply(document, lambda: _table(session, rows))


def _document(session: Session, office: str, row: PersonRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name or None,
        "roles": list(row.roles),
        "account": row.account,
        "active": row.is_active,
        "has_pin": row.has_pin,
        "locked_until": iso(row.locked_until, session.zone_offset) if _is_locked(session, row) else None,
        "revision": revision_of(session.database, office, person_entity(row.code)),
        "lanes": [
            {
                "lane": held.lane,
                "bidang": held.bidang,
                "kind": held.kind.value,
                "since": iso(held.since, session.zone_offset),
                "until": iso(held.until, session.zone_offset),
                "held_now": held.holds_at(session.now),
            }
            for held in row.lanes
        ],
    }


def _is_locked(session: Session, row: PersonRow) -> bool:
    return row.locked_until is not None and row.locked_until > session.now


def _table(session: Session, rows: tuple[PersonRow, ...]) -> str:
    if not rows:
        if identity.is_open(session.database):
            return "Belum ada yang terdaftar; siapa pun yang membuka basis data ini boleh melakukan apa saja."
        return (
            "Di kantor ini belum ada yang terdaftar, jadi isinya hanya dapat dibaca. Admin kantor lain di basis data "
            "ini mendaftarkan orang pertamanya dengan sakip --opd KODE pengguna tambah."
        )
    lines = [
        (
            row.code,
            clean(row.name) or BLANKED,
            roles_words(row.roles),
            _state(session, row),
            "; ".join(lane_text(held, session.zone_offset, session.now) for held in current(row.lanes, session.now)),
        )
        for row in rows
    ]
    return table(("Kode", "Nama", "Peran", "Keadaan", "Lajur"), lines, flexible=(1, 2, 4))


def _state(session: Session, row: PersonRow) -> str:
    if not row.is_active:
        return "nonaktif"
    if _is_locked(session, row):
        return "PIN terkunci"
    return "aktif, PIN" if row.has_pin else "aktif"


# ---------------------------------------------------------------------- writing


def add(session: Session) -> Reply:
    """`sakip pengguna tambah NAMA --peran PERAN[,PERAN]`."""
    office = office_of(session)
    values = Values(session)
    roles = values.choices("--peran", tuple(Role))
    given, remarks = given_of(values, office)
    account = values.text("--akun")
    is_first = not people.is_staffed(session.database, people.office_id_of(session.database, office))
    actor = actor_in(session, office)
    if actor.everybody and account is None:
        account = session.account
        remarks = (*remarks, f"Akun komputer {account} dipakai untuk masuk sebagai orang ini.")
    elif actor.everybody and account != session.account:
        remarks = (*remarks, entry_words(account, session.account))
    person = NewPerson(values.text("NAMA") or "", frozenset(map(Role, roles or ())), values.text("--kode"), account)
    done = add_person(store(session), office, person, actor, given)
    said = f"{done.code} terdaftar sebagai {roles_words(done.data['roles'])}."
    if is_first:
        said += " Sejak sekarang setiap orang bertindak menurut peran dan lajurnya."
    return _answer(session, office, done, said, remarks)


def change(session: Session) -> Reply:
    """`sakip pengguna ubah KODE`."""
    office = office_of(session)
    values = Values(session)
    roles = values.choices("--peran", tuple(Role))
    account = _one_of(values, "--akun", "--tanpa-akun")
    _one_of(values, "--aktif", "--nonaktif")
    given, remarks = given_of(values, office)
    has = session.arguments.has
    active = True if has("--aktif") else False if has("--nonaktif") else None
    wanted = PersonChange(
        values.text("--nama"),
        None if roles is None else frozenset(map(Role, roles)),
        "" if has("--tanpa-akun") else account,
        active,
    )
    code = _code(values)
    office_id = people.office_id_of(session.database, office)
    is_own = people.code_of_account(session.database, office_id, session.account) == code
    done = change_person(store(session), office, code, wanted, actor_in(session, office), given)
    if (
        is_own
        and wanted.account not in (None, session.account)
        and not people.has_pin(session.database, office_id, code)
    ):
        remarks = (*remarks, entry_words(wanted.account or None, session.account))
    if active is False:
        remarks = (*remarks, *_left_cards(session, office, done.code))
    return _answer(session, office, done, f"{done.code} sudah diubah.", remarks)


def lane(session: Session) -> Reply:
    """`sakip pengguna lajur KODE LAJUR`."""
    office = office_of(session)
    values = Values(session)
    kind = values.choice("--kedudukan", tuple(MembershipKind)) or MembershipKind.TETAP
    since, until = values.moment_or_day("--sejak", values.today), _end(values, "--sampai")
    ends = session.arguments.has("--akhiri")
    for name in ("--sejak", "--kedudukan"):
        if ends and session.arguments.has(name):
            values.fault(name, "bukan-bersama", name, ("--akhiri",))
    given, remarks = given_of(values, office)
    code, name, bidang = _code(values), values.text("LAJUR") or "", values.text("--bidang")
    actor = actor_in(session, office)
    if ends:
        done = end_lane(store(session), office, code, name, bidang, until, actor, given)
        said = f"Lajur {done.data['lane']} berakhir bagi {done.code}."
    else:
        wanted = GivenLane(name, bidang, MembershipKind(kind), since, until)
        done = give_lane(store(session), office, code, wanted, actor, given)
        lanes = lanes_per_bidang(session.database, people.office_id_of(session.database, office))
        is_parted = lanes.get(done.data["lane"], False)
        said = given_text(done.code, done.data, session.zone_offset, session.now, per_bidang=is_parted)
    return _answer(session, office, done, said, remarks)


def _end(values: Values, name: str) -> int | None:
    """The moment something ends; a day alone is the last one that counts."""
    at = values.moment_or_day(name, values.today + ENDS_AHEAD)
    if at is None:
        return None
    day = Values(values.session)
    day.day(name)
    return at if day.faults else at + 86_400


def pin(session: Session) -> Reply:
    """`sakip pengguna pin KODE`."""
    office = office_of(session)
    values = Values(session)
    _one_of(values, "--hapus", "--buka-kunci")
    given, remarks = given_of(values, office)
    code, actor = _code(values), actor_in(session, office)
    if session.arguments.has("--buka-kunci"):
        done = unlock_pin(store(session), office, code, actor, given)
        said = f"PIN {code} terbuka lagi."
    elif session.arguments.has("--hapus"):
        done = set_pin(store(session), office, code, None, actor, given)
        said = f"PIN {code} dicabut."
    else:
        done = set_pin(store(session), office, code, _typed_pin(values, code), actor, given)
        said = f"PIN {code} terpasang."
        admins = [row.code for row in people.register(session.database, office) if row.is_admin]
        remarks = (*remarks, *filter(None, (forgotten_words(admins, code),)))
    return _answer(session, office, done, said, remarks)


def _typed_pin(values: Values, code: str) -> str:
    """A new PIN: typed twice at a terminal, else one line of the input. Raises FaultyInput."""
    if not sys.stdin.isatty():
        return sys.stdin.readline(100).strip()

    first, second = getpass.getpass(f"PIN baru untuk {code}: "), getpass.getpass("Sekali lagi: ")
    if first != second:
        values.fault("PIN", "pin-berbeda")
    values.check()
    return first


def hand_over(session: Session) -> Reply:
    """`sakip pengguna alihkan KODE --kepada KODE`."""
    office = office_of(session)
    values = Values(session)
    given, remarks = given_of(values, office)
    code, target = _code(values), clean(values.text("--kepada") or "")
    done = people_cards.hand_over(store(session), office, code, target, actor_in(session, office), given)
    document = {
        "from": code,
        "to": target,
        "cards": [
            _card(card) | {"sequence": sequence} for card, sequence in zip(done.cards, done.sequences, strict=True)
        ],
        "left": [_card(card) for card in done.left],
        "repeated": done.repeated,
    }
    said = [f"{len(done.cards)} kartu beralih dari {code} kepada {target}."]
    said += [f"- {card.period} {step_named(card.step, card.bidang)}" for card in done.cards]
    if done.left:
        said.append(f"{len(done.left)} kartu tetap karena berkasnya sedang ditahan; alihkan lagi sesudah dilanjutkan.")
    return Reply(document, lambda: "\n".join(said), remarks)


def _card(card: Any) -> dict[str, Any]:
    return {"sop": card.sop, "period": card.period, "step": card.step, "bidang": card.bidang}


def blank(session: Session) -> Reply:
    """`sakip pengguna kosongkan KODE`."""
    office = office_of(session)
    values = Values(session)
    given, remarks = given_of(values, office)
    code, actor = _code(values), actor_in(session, office)
    typed = values.text("--ketik") if session.arguments.has("--ketik") else _typed_again(code)
    done = blank_person(store(session), office, code, typed or "", actor, given)
    said = f"Data pribadi {done.code} sudah dikosongkan; riwayat tetap menyebut kodenya."
    return _answer(session, office, done, said, remarks)


def _typed_again(code: str) -> str:
    """The code as typed at a terminal that says what comes of it; empty where there is none."""
    if not sys.stdin.isatty():
        return ""
    return answered(f"Data pribadi {code} dihapus untuk seterusnya. Ketik {code} untuk meneruskan: ")


def _left_cards(session: Session, office: str, code: str) -> tuple[str, ...]:
    """What somebody who leaves still holds."""
    count = len(cards_of(session.database, office, code))
    return (f"{code} masih memegang {count} kartu terbuka; pengelola dapat mengalihkannya.",) if count else ()


def _answer(session: Session, office: str, done: RegisterChanged, said: str, remarks: tuple[str, ...]) -> Reply:
    row = next(row for row in people.register(session.database, office) if row.code == done.code)
    document = {
        "sequence": done.sequence,
        "hash": done.hash,
        "repeated": done.repeated,
        "person": _document(session, office, row),
    }
    return Reply(document, lambda: said, remarks)


def _code(values: Values) -> str:
    return clean((values.text("KODE") or "")[:LONGEST_NAME]).casefold()


def _one_of(values: Values, first: str, second: str) -> str | None:
    """The text of the first option; both at once are a fault."""
    has = values.session.arguments.has
    if has(first) and has(second):
        values.fault(second, "bukan-bersama", second, (first,))
    return values.text(first)

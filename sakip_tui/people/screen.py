"""The people of the office: role, lanes, state. An admin changes them; everybody may read.

What is asked stands in `questions.py`; PINs and signing in stand in `entrance.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from textual import work

from db import people_store
from db.bidang import bidang_rows
from db.file.connection import Database
from db.people import PersonRow, office_id_of, register
from db.people_acts import Given, RegisterChanged, person_entity, revision_of
from db.people_cards import cards_of, hand_over, takers
from db.people_pins import set_pin, unlock_pin
from db.rows import Address
from db.store import Store
from sakip_tui.people import questions
from sakip_tui.people.entrance import PinPrompt
from sakip_tui.prompts.form import Response
from sakip_tui.text import cut, wrapped
from sakip_tui.views.people import BLANKED, current, given_text, lane_text
from sakip_tui.widgets.entries import Entry
from sakip_tui.widgets.ink import Line
from sakip_tui.widgets.keys import pressed
from sakip_tui.widgets.listing import Keys, ListScreen
from sop.acts.rights import require_manager
from sop.model.act import Act
from sop.model.errors import Gathering
from sop.model.pelaksana import Actor, HeldLane
from sop.model.refusals import Refused
from sop.model.texts import clean
from sop.values import replace
from sop.words.people import entry_words, forgotten_words, roles_words
from sop.words.time import moment_short

_NOBODY_AT_ALL = (
    "Belum ada yang terdaftar: siapa pun boleh melakukan apa saja. Tekan a untuk mendaftarkan yang pertama."
)
_NOBODY_HERE = (
    "Di kantor ini belum ada yang terdaftar, jadi isinya hanya dapat dibaca. Admin kantor lain di basis data ini "
    "mendaftarkan orang pertamanya dengan a."
)


class Staff(NamedTuple):
    """Everything the screen shows and asks with."""

    rows: tuple[PersonRow, ...]
    revisions: dict[str, int]
    cards: dict[str, int]
    """Code -> open cards held."""
    lanes: dict[str, bool]
    """Lane -> whether a step of it is done per bidang."""
    bidang: tuple[str, ...]


def staff(database: Database, address: Address) -> Staff:
    """The register of the office, in one reading."""
    with database.read():
        rows = register(database, address.office)
        return Staff(
            rows,
            {row.code: revision_of(database, address.office, person_entity(row.code)) for row in rows},
            {row.code: len(cards_of(database, address.office, row.code)) for row in rows},
            people_store.lanes_per_bidang(database, office_id_of(database, address.office)),
            tuple(row.name for row in bidang_rows(database, address.office) if row.is_active),
        )


class PeopleScreen(ListScreen):
    """The register."""

    NAME = "Pengguna"
    RIGHTS = MappingProxyType({**dict.fromkeys("aetnz", Act.PENGGUNA), **dict.fromkeys("lx", Act.HAK), "u": Act.PIN})
    CODE = "pengguna"

    _staff: Staff | None = None
    _newest: str | None = None
    """Code of who was just registered, to be picked once the list has them."""

    @property
    def known_names(self) -> Mapping[str, str]:
        return {} if self._staff is None else {row.code: row.name for row in self._staff.rows if row.name}

    # ------------------------------------------------------------------ what is shown
    def heading(self) -> tuple[str, str]:
        count = sum(row.is_active for row in self._staff.rows) if self._staff is not None else 0
        return f"Pengguna {clean(self.here.rows.office_name)}", f"{count} orang aktif"

    async def read(self) -> None:
        self._staff = await self.desk.ask(staff)
        if self._newest in self._staff.revisions:
            self.picked, self._newest = self._newest, None

    def listed(self, width: int) -> Sequence[Entry]:
        if self._staff is None:
            return (Entry(((("Sedang dibaca.", "muted"),),)),)
        if not self._staff.rows:
            text = _NOBODY_HERE if self.here.office.actor.is_outsider else _NOBODY_AT_ALL
            return tuple(Entry(((((line), "muted"),),)) for line in wrapped(text, max(20, width), 4))
        return tuple(self._entry(row, width) for row in self._staff.rows)

    def _entry(self, row: PersonRow, width: int) -> Entry:
        state = self._state(row)
        name = clean(row.name) or BLANKED
        first = cut(f"{name}  {row.code}", max(10, width - len(state) - 2))
        lanes = "; ".join(self._lane(held) for held in self._current(row)) or "tanpa lajur"
        second = cut(f"{roles_words(row.roles)}, {lanes}", width)
        ink = "strong" if row.is_active else "muted"
        return Entry((((first, ink), (f"  {state}", "muted")), ((second, "muted"),)), row.code)

    def _called(self, code: str | None) -> str:
        """The name of somebody in the list."""
        rows = self._staff.rows if self._staff is not None else ()
        return next((questions.called(row) for row in rows if row.code == code), code or "")

    def _state(self, row: PersonRow) -> str:
        if not row.is_active:
            return "nonaktif"
        if row.locked_until is not None and row.locked_until > self.clock():
            return f"PIN terkunci sampai {moment_short(row.locked_until, self.zone_offset, self.clock())}"
        return "PIN" if row.has_pin else ""

    def _current(self, row: PersonRow) -> tuple[HeldLane, ...]:
        return current(row.lanes, self.clock())

    def _lane(self, held: HeldLane) -> str:
        return lane_text(held, self.zone_offset, self.clock())

    def about(self, width: int) -> Sequence[Line]:
        row = self._row()
        if row is None:
            return ()
        lines = [self._lane(held) for held in self._current(row)] or ["Belum memegang lajur."]
        cards = self._staff.cards.get(row.code, 0) if self._staff is not None else 0
        account = f"akun {clean(row.account)}" if row.account is not None else "tanpa akun komputer"
        said = f"{row.code}: {account}; {cards} kartu terbuka. {'; '.join(lines)}"
        return [((" " + line, "text"),) for line in wrapped(said, max(20, width - 2), 4)]

    def key_words(self) -> Sequence[Keys]:
        moves = [("?", "Bantuan"), ("Esc", "Papan")]
        row = self._row()
        actor = self.here.office.actor
        keys: list[tuple[str, str]] = []
        if self.may(Act.PENGGUNA):
            keys.append(("a", "Daftarkan"))
            if row is not None:
                keys += [("e", "Ubah"), ("l", "Beri lajur"), ("x", "Akhiri lajur"), ("p", "PIN")]
                keys += [("u", "Buka PIN")] if self._state(row).startswith("PIN terkunci") else []
                keys.append(("n", "Nonaktifkan" if row.is_active else "Aktifkan"))
                keys += [("z", "Kosongkan")] if self._why_not_blank(row) is None else []
        elif row is not None and row.code == actor.code:
            keys.append(("p", "PIN"))
        if actor.manages and row is not None and self._staff is not None and self._staff.cards.get(row.code):
            keys.append(("t", "Alihkan kartu"))
        return [keys, moves]

    def _row(self) -> PersonRow | None:
        rows = self._staff.rows if self._staff is not None else ()
        return next((row for row in rows if row.code == self.picked), None)

    def _chosen(self) -> PersonRow | None:
        """Whom a key is about; where there is nobody, it says so."""
        row = self._row()
        if row is None and self._staff is not None:
            self.announce("Belum ada yang terdaftar. Tekan a untuk mendaftarkan yang pertama.")
        return row

    def _given(self, row: PersonRow, token: str, answer: Response | None = None) -> Given:
        seen = self._staff.revisions.get(row.code) if self._staff is not None else None
        return Given(None if answer is None else answer.text("alasan"), seen, None, token)

    async def _write(self, act: Callable[[Store, Address, Actor], RegisterChanged]) -> RegisterChanged:
        done = await self.desk.write(act)
        self.is_changed = True
        return done

    # ------------------------------------------------------------------ people
    @pressed("a", "Daftarkan orang")
    async def action_add(self) -> None:
        if self._staff is None or not self.lets(Act.PENGGUNA):
            return
        is_first = not self._staff.rows
        is_first_of_all = is_first and not self.here.office.actor.is_outsider
        form = questions.add(is_first, self.desk.account if is_first_of_all else None)

        async def do(answer: Response, token: str) -> str:
            person = questions.new_person(answer)
            done = await self._write(
                lambda store, address, actor: people_store.add_person(
                    store, address.office, person, actor, Given(token=token)
                )
            )
            self._newest = done.code
            said = f"{clean(person.name)} terdaftar dengan kode {done.code}."
            if not is_first:
                return said
            if not await self.desk.sit_as_own():
                if is_first_of_all and person.account != self.desk.account:
                    said = f"{said} {entry_words(person.account, self.desk.account)}"
                return f"{said} Keluar, lalu buka lagi untuk bekerja menurut peran ini."
            office = await self.desk.office()
            assert office is not None
            self.here = replace(self.here, office=office)
            return f"{said} Sejak ini Anda bekerja sebagai {clean(self.desk.called)}, pengelola dan admin."

        await self.ask(("tambah",), form, do)

    @pressed("enter,e", "Ubah nama, peran, akun")
    async def action_change(self) -> None:
        row = self._chosen()
        if row is None or not self.lets(Act.PENGGUNA):
            return

        async def do(answer: Response, token: str) -> str:
            change, given = questions.person_change(row, answer), self._given(row, token)
            await self._write(
                lambda store, address, actor: people_store.change_person(
                    store, address.office, row.code, change, actor, given
                )
            )
            return f"{clean(answer.text('nama') or '') or questions.called(row)} sudah diubah."

        is_own = row.account == self.desk.account and not row.has_pin
        await self.ask(("ubah", row.code), questions.change(row, self.desk.account if is_own else None), do)

    @pressed("n", "Nonaktifkan atau aktifkan lagi")
    async def action_toggle_active(self) -> None:
        row = self._chosen()
        if row is None or not self.lets(Act.PENGGUNA):
            return
        held = self._staff.cards.get(row.code, 0) if self._staff is not None and row.is_active else 0
        others = await self._who_may_take(row) if held else []
        form = questions.toggle_active(row, held, others, manages=self.here.office.actor.manages)

        async def do(answer: Response, token: str) -> str:
            change = people_store.PersonChange(is_active=not row.is_active)
            given = self._given(row, token, answer)
            handed = ""
            if answer.choice and answer.choice != questions.KEEP:
                reason = Given(answer.text("alasan"))
                moved = await self.desk.write(
                    lambda store, address, actor: hand_over(
                        store, address.office, row.code, answer.choice or "", actor, reason
                    )
                )
                self.is_changed = True
                handed = f"{len(moved.cards)} kartu beralih kepada {self._called(answer.choice)}. "
            await self._write(
                lambda store, address, actor: people_store.change_person(
                    store, address.office, row.code, change, actor, given
                )
            )
            return f"{handed}{questions.called(row)} sekarang {'nonaktif' if row.is_active else 'aktif'}."

        await self.ask(("aktif", row.code), form, do)

    async def _who_may_take(self, row: PersonRow) -> list[PersonRow]:
        """Who belongs to the lane of every card that somebody holds."""
        rows = self._staff.rows if self._staff is not None else ()
        possible = [each for each in rows if each.is_active and each.code != row.code]
        now, codes = self.clock(), [each.code for each in possible]
        able = await self.desk.ask(lambda database, address: takers(database, address.office, row.code, codes, now))
        return [each for each in possible if each.code in able]

    @pressed("z", "Kosongkan data pribadi")
    async def action_blank(self) -> None:
        row = self._chosen()
        if row is None or not self.lets(Act.PENGGUNA):
            return
        refusal = self._why_not_blank(row)
        if refusal is not None:
            self.announce_error(refusal)
            return

        async def do(answer: Response, token: str) -> str:
            given, typed = self._given(row, token, answer), answer.text("kode") or ""
            await self._write(
                lambda store, address, actor: people_store.blank_person(
                    store, address.office, row.code, typed, actor, given
                )
            )
            return f"Data pribadi {row.code} sudah dikosongkan."

        await self.ask(("kosongkan", row.code), questions.blank(row), do)

    def _why_not_blank(self, row: PersonRow) -> Refused | None:
        cards = self._staff.cards.get(row.code, 0) if self._staff is not None else 0
        return people_store.why_not_blank(row.code, row.is_active, cards)

    # ------------------------------------------------------------------ lanes
    @pressed("l", "Beri lajur")
    async def action_give_lane(self) -> None:
        row = self._chosen()
        if row is None or self._staff is None or not self.lets(Act.HAK):
            return

        async def do(answer: Response, token: str) -> str:
            lane = questions.lane_of(answer, self.zone_offset, self.clock())
            given = self._given(row, token)
            done = await self._write(
                lambda store, address, actor: people_store.give_lane(
                    store, address.office, row.code, lane, actor, given
                )
            )
            lanes = self._staff.lanes if self._staff is not None else {}
            is_parted = lanes.get(lane.lane, False)
            return given_text(questions.called(row), done.data, self.zone_offset, self.clock(), per_bidang=is_parted)

        sop = self.here.rows.versions[self.here.rows.newest_version]
        form = questions.give_lane(
            row,
            self._staff.lanes,
            self._staff.bidang,
            sop,
            lambda answer: questions.days_read(answer, self.zone_offset, self.clock()),
        )
        await self.ask(("lajur", row.code), form, do)

    @pressed("x", "Akhiri lajur")
    async def action_end_lane(self) -> None:
        row = self._chosen()
        if row is None or not self.lets(Act.HAK):
            return
        held = self._current(row)
        if not held:
            self.announce(f"{questions.called(row)} tidak memegang lajur.")
            return

        async def do(answer: Response, token: str) -> str:
            lane = held[int(answer.choice or 0)]
            met = Gathering()
            until = questions.moment(answer, "sampai", self.zone_offset, self.clock(), met, ends=True)
            met.check()
            if lane.since > self.clock():
                # Nothing else is ended that is held until then.
                until = max(until or 0, lane.since)
            given = self._given(row, token)
            await self._write(
                lambda store, address, actor: people_store.end_lane(
                    store, address.office, row.code, lane.lane, lane.bidang, until, actor, given
                )
            )
            return f"Lajur {lane.lane} berakhir bagi {questions.called(row)}."

        await self.ask(("akhiri", row.code), questions.end_lane(row, [self._lane(each) for each in held]), do)

    # ------------------------------------------------------------------ PIN
    @pressed("p", "Pasang PIN")
    @work(group="pin")
    async def action_pin(self) -> None:
        row = self._chosen()
        if row is None:
            return
        if row.code != self.here.office.actor.code and not self.lets(Act.PIN):
            return
        problem = ""
        while (pin := await self.app.push_screen_wait(PinPrompt(f"PIN {questions.called(row)}", problem))) is not None:
            code = row.code
            try:
                await self._write(partial(_pin, code, pin))
            except Exception as error:
                said = self.notice(error)
                if said is None:
                    raise
                problem = said
            else:
                admins = [each.code for each in self._staff.rows if each.is_admin] if self._staff is not None else []
                told = forgotten_words(admins, code)
                self.announce(f"PIN {questions.called(row)} terpasang. {told}".rstrip())
                self.reload()
                return

    @pressed("u", "Buka PIN yang terkunci")
    @work(group="pin")
    async def action_unlock(self) -> None:
        row = self._chosen()
        if row is None or not self.lets(Act.PIN):
            return
        try:
            await self._write(lambda store, address, actor: unlock_pin(store, address.office, row.code, actor))
        except Exception as error:
            self.announce_error(error)
            return
        self.announce(f"PIN {questions.called(row)} terbuka lagi.")
        self.reload()

    # ------------------------------------------------------------------ cards
    @pressed("t", "Alihkan kartu")
    async def action_hand_over(self) -> None:
        row = self._chosen()
        if row is None or self._staff is None:
            return
        try:
            require_manager(self.here.office.actor, Act.TUGASKAN)
        except Refused as refused:
            self.announce_error(refused)
            return
        cards = self._staff.cards.get(row.code, 0)
        others = await self._who_may_take(row) if cards else []
        if not others:
            name = questions.called(row)
            nobody = f"Tidak ada orang lain yang memegang lajur semua kartu {name}. Beri dulu lajurnya dengan l."
            self.announce(nobody if cards else f"{name} tidak memegang kartu terbuka.")
            return

        async def do(answer: Response, token: str) -> str:
            given = self._given(row, token, answer)
            done = await self.desk.write(
                lambda store, address, actor: hand_over(
                    store, address.office, row.code, answer.choice or "", actor, given
                )
            )
            self.is_changed = True
            left = f" {len(done.left)} tetap karena berkasnya ditahan." if done.left else ""
            return f"{len(done.cards)} kartu beralih kepada {self._called(answer.choice)}.{left}"

        await self.ask(("alihkan", row.code), questions.hand_over(row, cards, others), do)


def _pin(code: str, pin: str, store: Store, address: Address, actor: Actor) -> RegisterChanged:
    return set_pin(store, address.office, code, pin, actor)

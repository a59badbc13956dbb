"""What a command works with: its arguments, the time, the database and the office meant.

Everything is found when it is first asked for, so that a command pays only for what it uses. Who asks is
`people_identity.py`, writing `writing.py`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from db import opening, queries
from db.backup_names import backup_files, is_nothing
from sakip_tui.cli.grammar import Arguments
from sakip_tui.cli.streams import remark
from sakip_tui.clock import Clock
from sakip_tui.machine import account_name, data_folder, host_name
from sop.form.faults import shown
from sop.loading import load
from sop.model.errors import Fault, FaultyInput, UnknownPeriod
from sop.model.periods import period_typed
from sop.model.refusals import Unknown
from sop.model.texts import LONGEST_NAME, clean_or_none
from sop.time.instants import offset_of

if TYPE_CHECKING:
    from db.file.connection import Database
    from db.identity import Identity
    from db.rows import Address, OfficeRow
    from db.store import Store
    from sakip_tui.views.loss import Loss

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
FILE_NAME = "kantor.db"
LOSS = "sakip_tui.views.loss:loss_of"
"""Loaded where there is no office to be opened."""


class Session:
    """One command being answered."""

    def __init__(
        self, arguments: Arguments, clock: Clock, environ: Mapping[str, str], locked: str | None = None
    ) -> None:
        """
        Args:
            arguments: The command line as read.
            clock: Reading of the clock.
            environ: The process's environment.
            locked: Code of the person whose key let them in: nothing they say makes them another.
        """
        self.arguments = arguments
        self.locked = locked
        self.clock = clock
        self.environ = environ
        self.kept_identity: Identity | None = None
        """Who asks, once it is known; see `people_identity.identity_in`."""
        self.kept_store: Store | None = None
        """The writing side of the database, once something is written; see `writing.store`."""
        self.offset: int | None = None
        """Seconds the office's zone lies east of UTC, once the office is known; for moments in a refusal."""

    @cached_property
    def now(self) -> int:
        """The reading of the clock, the same throughout the command."""
        return self.clock()

    # ------------------------------------------------------------------ where
    @cached_property
    def path(self) -> Path:
        """Where the office's database lies.

        Raises:
            FaultyInput: The address of a server was given.
        """
        given = self.arguments.text("--db")
        place = "--db" if given is not None else "SAKIP_DB"
        given = given if given is not None else self.environ.get("SAKIP_DB")
        if given is None:
            return data_folder(self.environ) / FILE_NAME
        if _URL.match(given):
            raise FaultyInput((Fault(place, "alamat-basis-data", given[:60]),))
        if not given.strip() or "\0" in given or not given.isprintable():
            raise FaultyInput((Fault(place, "nama-tak-terpakai", ""),))
        return Path(given)

    @property
    def has_database(self) -> bool:
        """Whether there is a database to ask."""
        return not is_nothing(self.path)

    @cached_property
    def database(self) -> Database:
        """The open database. Raises what `db.opening.open` does."""
        return opening.open(self.path)

    def create_database(self) -> Database:
        """As `database`, made where there is none."""
        if "database" not in self.__dict__:
            self.__dict__["database"] = opening.open(self.path, create=True)
        return self.database

    @contextmanager
    def new_database(self) -> Iterator[Database]:
        """The database, made where there is none; one that was made for nothing is taken away again."""
        lost = self.office_lost()
        with opening.making(self.path, self.close):
            yield self.create_database()
        if lost:
            remark(lost)

    def loss(self, error: Exception | None = None) -> Loss | None:
        """What is left of a file that is gone, or by that error damaged; None for any other."""
        found: Loss | None = load(LOSS)(self.path, self.now, error)
        return found

    def office_lost(self) -> str:
        """For whoever begins an office: that one lost its file here, and how it comes back; empty where none did."""
        if self.has_database or not backup_files(Path(os.path.realpath(self.path))):
            return ""
        loss = self.loss()
        if loss is None:
            return ""
        way = loss.remedy(self.arguments.text("--db"), self.locked is not None)
        return f"{loss.happened} {way}\nYang baru berdiri di tempatnya; salinan itu tidak disentuh."

    def close(self) -> None:
        """Let go of the database, if it was opened."""
        opened = self.__dict__.pop("database", None)
        if opened is not None:
            opened.close()

    @property
    def has_recorded(self) -> bool:
        """Whether an act of this command stands in the log. What proving a person or an upgrade writes is none."""
        return self.kept_store is not None and self.kept_store.recorded > 0

    # ------------------------------------------------------------------ whose
    @cached_property
    def address(self) -> Address:
        """The office and SOP meant. Raises UnknownOffice, UnknownAdoption."""
        return self.address_with(self.arguments.text("--sop-aktif"))

    def address_with(self, sop: str | None) -> Address:
        """The office meant, with this SOP. Raises UnknownOffice, UnknownAdoption."""
        office = self.arguments.text("--opd")
        known = queries.offices(self.database)
        if office is None and len(known) == 1:
            # Named, so that an SOP it does not have is told as that and not as a doubt about the office.
            office = known[0].code
        return queries.address_of(self.database, office, sop)

    @cached_property
    def office(self) -> OfficeRow:
        """The office meant. Raises UnknownOffice, UnknownAdoption."""
        code = self.address.office
        found = next(row for row in queries.offices(self.database) if row.code == code)
        self.know_zone(found.zone)
        return found

    @property
    def offices_meant(self) -> tuple[OfficeRow, ...]:
        """The office that `--opd` names; without it all of the database. Empty where there is none of that name."""
        wanted = self.arguments.text("--opd")
        return tuple(row for row in queries.offices(self.database) if wanted in (None, row.code))

    def know_zone(self, zone: str) -> int:
        """Remember the office's zone; returns its seconds east of UTC."""
        self.offset = offset_of(zone)
        return self.offset

    @property
    def zone_offset(self) -> int:
        """Seconds the office's zone lies east of UTC."""
        return self.offset if self.offset is not None else self.know_zone(self.office.zone)

    # ------------------------------------------------------------------ who
    @property
    def is_at_terminal(self) -> bool:
        """Whether `sakip` alone opens the screen, which needs somebody to look and to type."""
        return not self.arguments.has("--json") and sys.stdout.isatty() and sys.stdin.isatty()

    @property
    def account(self) -> str:
        """Name of the account at the operating system."""
        return clean_or_none(account_name(self.environ), "akun", LONGEST_NAME) or "tanpa-nama"

    @property
    def claimed(self) -> str | None:
        """The name that was given with `--sebagai` or, but for a locked person, in SAKIP_PENGGUNA; None for none.

        Raises:
            FaultyInput: It says nothing.
        """
        given = {"--sebagai": self.arguments.text("--sebagai")}
        if self.locked is None:
            given["SAKIP_PENGGUNA"] = self.environ.get("SAKIP_PENGGUNA")
        for place, text in given.items():
            if text is not None:
                name = clean_or_none(text, place, LONGEST_NAME)
                if name is None:
                    raise FaultyInput((Fault(place, "teks-kosong"),))
                return name
        return None

    @cached_property
    def host(self) -> str | None:
        """Name of this machine, for the log."""
        return host_name()

    # ------------------------------------------------------------------ what about
    def period(self, name: str = "PERIODE") -> str:
        """The period key given, spelt as it is kept.

        Raises:
            Unknown: It is no period of this office; the known ones are named.
        """
        text = self.arguments.text(name) or ""
        try:
            return period_typed(text)
        except UnknownPeriod:
            raise Unknown("periode", shown(text), self.known_periods()) from None

    def period_given(self) -> str | None:
        """The same of a period that need not be named; None where it is not."""
        return None if self.arguments.text("PERIODE") is None else self.period()

    def known_periods(self) -> tuple[str, ...]:
        """Keys of the years with something open, of the one at work and of the newest one."""
        return tuple(period.key for period in queries.standing(self.database, self.address, now=self.now).periods)

"""What a command works with: its arguments, the time, the database, the office meant and who asks.

Everything is found when it is first asked for, so that a command pays only for what it uses.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sakip_tui.cli.grammar import Arguments
from sakip_tui.clock import Clock, running_beside
from sop.model.errors import Fault, FaultyInput

if TYPE_CHECKING:
    from db.file.connection import Database
    from db.identity import Identity
    from db.rows import Address, OfficeRow
    from db.store import Store
    from sakip_tui.cli.people_identity import Seat
    from sop.model.pelaksana import Actor

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
FILE_NAME = "kantor.db"
_SIDE_FILES = ("-wal", "-shm", "-gate")


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
        self._identity: Identity | None = None
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
        """Whether there is a database to ask; a document without a byte, as mktemp makes them, is none yet."""
        try:
            return self.path.stat().st_size > 0
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            # There is something; opening it will say what is wrong.
            return True

    @cached_property
    def database(self) -> Database:
        """The open database. Raises what `db.file.connection.open` does."""
        from db.file import connection

        return connection.open(self.path)

    def create_database(self) -> Database:
        """As `database`, made where there is none."""
        from db.file import connection

        if "database" not in self.__dict__:
            self.__dict__["database"] = connection.open(self.path, create=True)
        return self.database

    @contextmanager
    def new_database(self) -> Iterator[Database]:
        """The database, made where there is none; one that was made for nothing is taken away again."""
        is_new = not self.has_database
        stood = _standing(self.path)
        try:
            yield self.create_database()
        except BaseException:
            self.close()
            if is_new:
                _take_away(self.path, stood)
                self.__dict__.pop("store", None)
            raise

    @cached_property
    def store(self) -> Store:
        """The writing side of the database."""
        from db.store import Store

        # The clock itself, not `now`: while this command waits for its turn, others write later moments.
        return Store(self.database, self.clock, host_name(), running_beside(self.clock))

    def close(self) -> None:
        """Let go of the database, if it was opened."""
        opened = self.__dict__.pop("database", None)
        if opened is not None:
            opened.close()

    @property
    def has_recorded(self) -> bool:
        """Whether an act of this command stands in the log. What proving a person or an upgrade writes is none."""
        store: Store | None = self.__dict__.get("store")
        return store is not None and store.recorded > 0

    # ------------------------------------------------------------------ whose
    @cached_property
    def address(self) -> Address:
        """The office and SOP meant. Raises UnknownOffice, UnknownAdoption."""
        return self.address_with(self.arguments.text("--sop-aktif"))

    def address_with(self, sop: str | None) -> Address:
        """The office meant, with this SOP. Raises UnknownOffice, UnknownAdoption."""
        from db import queries

        office = self.arguments.text("--opd")
        known = queries.offices(self.database)
        if office is None and len(known) == 1:
            # Named, so that an SOP it does not have is told as that and not as a doubt about the office.
            office = known[0].code
        return queries.address_of(self.database, office, sop)

    @cached_property
    def office(self) -> OfficeRow:
        """The office meant. Raises UnknownOffice, UnknownAdoption."""
        from db import queries

        code = self.address.office
        found = next(row for row in queries.offices(self.database) if row.code == code)
        self.know_zone(found.zone)
        return found

    def know_zone(self, zone: str) -> int:
        """Remember the office's zone; returns its seconds east of UTC."""
        from sop.time.instants import offset_of

        self.offset = offset_of(zone)
        return self.offset

    @property
    def zone_offset(self) -> int:
        """Seconds the office's zone lies east of UTC."""
        return self.offset if self.offset is not None else self.know_zone(self.office.zone)

    # ------------------------------------------------------------------ who
    def identity_in(self, database: Database, office: str | None) -> Identity:
        """Who asks, as far as it is proven; a PIN is asked for once in a command.

        Args:
            database: The file that is to know them.
            office: Code of the office acted on; None where the act concerns the whole file.

        Raises:
            FaultyInput: A name was given that says nothing.
            Refused, UnknownPerson: Once there are people, it is none of them, or not proven.
        """
        if self._identity is None:
            from sakip_tui.cli.people_identity import identified
            from sop.model.refusals import Refused

            try:
                self._identity = identified(self, database, office)
            except Refused:
                if self.offset is None:
                    # Asked before the office is known otherwise; a PIN that is locked is told with its end.
                    from db import queries

                    self.know_zone(queries.zone(database, office))
                raise
        return self._identity

    def actor_in(self, office: str) -> Actor:
        """Who asks, with the rights held in an office. Raises as `identity_in`; and UnknownOffice."""
        from db import identity

        return identity.actor(self.database, office, self.identity_in(self.database, office), self.now)

    @property
    def seat(self) -> Seat:
        """Who sits at the screen, which asks for the PIN itself."""
        from sakip_tui.cli.people_identity import seat

        return seat(self)

    @property
    def is_at_terminal(self) -> bool:
        """Whether `sakip` alone opens the screen, which needs somebody to look and to type."""
        return not self.arguments.has("--json") and sys.stdout.isatty() and sys.stdin.isatty()

    @property
    def account(self) -> str:
        """Name of the account at the operating system."""
        from sop.model.texts import LONGEST_NAME, clean_or_none

        return clean_or_none(account_name(self.environ), "akun", LONGEST_NAME) or "tanpa-nama"

    @property
    def claimed(self) -> str | None:
        """The name that was given with `--sebagai` or, but for a locked person, in SAKIP_PENGGUNA; None for none.

        Raises:
            FaultyInput: It says nothing.
        """
        from sop.model.texts import LONGEST_NAME, clean_or_none

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
    def actor(self) -> Actor:
        """Who asks, with the rights held in the office meant. Raises as `actor_in`, and as `address`."""
        return self.actor_in(self.address.office)

    # ------------------------------------------------------------------ what about
    def period(self, name: str = "PERIODE") -> str:
        """The period key given, spelt as it is kept.

        Raises:
            Unknown: It is no period of this office; the known ones are named.
        """
        from sop.model.errors import UnknownPeriod
        from sop.model.periods import period_typed
        from sop.model.refusals import Unknown

        text = self.arguments.text(name) or ""
        try:
            return period_typed(text)
        except UnknownPeriod:
            raise Unknown("periode", _shown(text), self.known_periods()) from None

    def known_periods(self) -> tuple[str, ...]:
        """Keys of the years that are at work and of the newest one."""
        from db import queries

        return tuple(period.key for period in queries.standing(self.database, self.address).periods)


def _files(path: Path) -> list[str]:
    """The database and what lies beside it, links resolved."""
    place = os.path.realpath(path)
    return [f"{place}{suffix}" for suffix in ("", *_SIDE_FILES)]


def _standing(path: Path) -> frozenset[str]:
    """Which of them there are."""
    return frozenset(file for file in _files(path) if os.path.lexists(file))


def _take_away(path: Path, stood: frozenset[str]) -> None:
    """Leave the place as it was found. Where that cannot be written, nothing was made either."""
    database, *_ = files = _files(path)
    with suppress(OSError):
        for file in files:
            if file not in stood:
                Path(file).unlink(missing_ok=True)
        if database in stood:
            # It stood there without a byte.
            os.truncate(database, 0)


def _shown(text: str) -> str:
    from sop.form.faults import shown

    return shown(text)


def data_folder(environ: Mapping[str, str]) -> Path:
    """The folder of this person's data: XDG on Linux, LOCALAPPDATA on Windows."""
    if sys.platform == "win32":
        base = environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "sakip"


def account_name(environ: Mapping[str, str]) -> str:
    """Name of the account at the operating system; what the environment says only where there is no such list."""
    if sys.platform != "win32":
        try:
            import pwd

            return pwd.getpwuid(os.getuid()).pw_name
        except (ImportError, KeyError):
            pass
    return next((environ[name] for name in ("USERNAME", "LOGNAME", "USER") if environ.get(name)), "tanpa-nama")


def host_name() -> str | None:
    """Name of this machine, for the log; over SSH also where the call came from."""
    import platform

    client = os.environ.get("SSH_CLIENT", "").partition(" ")[0]
    node = platform.node()
    return f"{node} ({client})" if client else node or None

"""Backups: which stay, that a copy is whole, and that restoring verifies first and loses nothing without saying so."""

from __future__ import annotations

import gzip
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import audit, backup_names, backup_plan, case_queries, opening, queries, row_audit
from db.backup_plan import Kept, kept_days
from db.errors import BackupFailed, BackupUnsound, DatabaseInUse, DatabaseReplaced, NetworkFileSystem, NotOurDatabase
from db.file import backup, replacing
from db.file.connection import APPLICATION_ID, SCHEMA_VERSION
from db.restoration import Restoration
from db.rows import Address
from db.settings_store import change_settings
from db.store import Store
from sop.model.act import Act
from sop.model.commands import Command
from tests.db.office import EVERYBODY, MORNING, NGANJUK, Clock, adopt, dump
from tests.db.test_log import unguarded

TW1 = "2026-TW1"
DAY = 86_400
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes and processes of POSIX")


def remark(store: Store, address: Address, note: str) -> None:
    store.apply(address, Command(Act.KOMENTAR, TW1, step=1, note=note), EVERYBODY)


@pytest.fixture
def worked(store: Store, address: Address) -> Store:
    store.apply(address, Command(Act.BUKA, TW1), EVERYBODY)
    store.apply(address, Command(Act.SELESAI, TW1, step=1), EVERYBODY)
    return store


# --- which stay ------------------------------------------------------------------------------------------------------


def test_a_year_of_days_leaves_seven_days_four_weeks_and_twelve_months() -> None:
    last = date(2026, 11, 21)
    days = [last - timedelta(days=number) for number in range(500)]
    stays = sorted(kept_days(days, Kept()), reverse=True)
    assert stays[:7] == days[:7]
    # 21 November 2026 is a Saturday: the Sundays before are the newest days of their weeks.
    assert stays[7:10] == [date(2026, 11, 8), date(2026, 11, 1), date(2026, 10, 31)]
    assert stays[10:] == [
        date(2026, 9, 30),
        date(2026, 8, 31),
        date(2026, 7, 31),
        date(2026, 6, 30),
        date(2026, 5, 31),
        date(2026, 4, 30),
        date(2026, 3, 31),
        date(2026, 2, 28),
        date(2026, 1, 31),
        date(2025, 12, 31),
    ]


@given(
    st.sets(st.dates(date(2024, 1, 1), date(2027, 12, 31)), max_size=200),
    st.builds(Kept, st.integers(0, 10), st.integers(0, 6), st.integers(0, 14)),
)
def test_what_is_kept_is_bounded_holds_the_newest_and_stays_when_asked_again(days: set[date], kept: Kept) -> None:
    stays = kept_days(days, kept)
    assert stays <= days
    assert len(stays) <= sum(kept)
    assert not any(kept) or not days or max(days) in stays
    assert kept_days(stays, kept) == stays


def test_backups_made_day_by_day_are_those_of_a_plan_made_at_once() -> None:
    """A backup that a later day would need is never taken away early."""
    standing: frozenset[date] = frozenset()
    days = [date(2025, 1, 1) + timedelta(days=number) for number in range(800)]
    for number, day in enumerate(days):
        standing = kept_days({*standing, day}, Kept())
        assert standing == kept_days(days[: number + 1], Kept())


# --- once a day ------------------------------------------------------------------------------------------------------


def test_the_first_opening_of_a_day_makes_the_backup_and_the_second_none(worked: Store) -> None:
    database = worked.database
    made = backup_plan.keep_daily(database, MORNING)
    assert made == database.path.parent / "cadangan" / "sakip-2026-02-02.db"
    assert made is not None
    assert backup_plan.keep_daily(database, MORNING + 3600) is None
    # 17:00 UTC is midnight in the office.
    assert backup_plan.keep_daily(database, MORNING + 16 * 3600) is not None
    assert sorted(file.name for file in made.parent.iterdir()) == ["sakip-2026-02-02.db", "sakip-2026-02-03.db"]
    if sys.platform != "win32":
        assert made.stat().st_mode & 0o777 == 0o600
        assert made.parent.stat().st_mode & 0o777 == 0o700
    with opening.open(made) as copied:
        assert queries.head(copied) == queries.head(database)


def test_the_office_says_how_many_stay_and_what_people_asked_for_stays(worked: Store, address: Address) -> None:
    database = worked.database
    change_settings(worked, address.office, {"daily_backups": 2, "weekly_backups": 1, "monthly_backups": 1}, EVERYBODY)
    asked_for = backup_names.manual_path(database.path, backup_plan.local(MORNING, "Asia/Jakarta"))
    backup_plan.make_folder(database.path)
    backup.copy(database, asked_for)
    for day in range(5):
        backup_plan.keep_daily(database, MORNING + day * DAY)
    names = sorted(file.name for file in asked_for.parent.iterdir())
    assert names == ["sakip-2026-02-02-080000.db", "sakip-2026-02-05.db", "sakip-2026-02-06.db"]


def test_an_office_that_is_not_set_up_has_nothing_to_keep(path: Path) -> None:
    with opening.open(path, create=True) as database:
        assert backup_plan.keep_daily(database, MORNING) is None
    assert not backup_names.folder_of(path).exists()


@POSIX
def test_of_several_programs_at_once_one_makes_the_backup(worked: Store, path: Path) -> None:
    program = (
        "from pathlib import Path\nfrom db import backup_plan, opening\n"
        f"print(backup_plan.keep_daily(opening.open(Path({str(path)!r})), {MORNING}) is not None)"
    )
    started = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    answers = sorted(process.communicate()[0].strip() for process in started)
    assert answers == ["False", "False", "False", "True"]
    assert [file.name for file in backup_names.folder_of(path).iterdir()] == ["sakip-2026-02-02.db"]


def test_a_copy_left_by_a_killed_program_is_taken_away_the_next_day(worked: Store, path: Path) -> None:
    folder = backup_plan.make_folder(path)
    left = [
        folder / f"sakip-2026-01-01.db{backup.UNFINISHED}-99",
        path.with_name(f"sakip.db{backup.PREPARED}-99"),
        path.with_name(f"sakip.db{backup.PREPARED}-99-wal"),
    ]
    for file in left:
        file.write_bytes(b"x")
        os.utime(file, (MORNING - 2 * DAY, MORNING - 2 * DAY))
    backup_plan.keep_daily(worked.database, MORNING)
    assert [file for file in left if file.exists()] == []


# --- copies of another file of the same name -------------------------------------------------------------------------


@pytest.fixture
def lost(worked: Store, path: Path) -> Path:
    """The folder of copies of a file that is gone: the newest days of January, and today's."""
    for day in range(20, -1, -1):
        backup_plan.keep_daily(worked.database, MORNING - day * DAY)
    worked.database.close()
    path.unlink()
    return backup_names.folder_of(path)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_new_file_takes_no_copy_of_the_lost_one_away_and_has_its_own(lost: Path, path: Path, clock: Clock) -> None:
    """Under the same names, on the same day, and for as long as the new one is worked in."""
    before = contents(lost)
    with opening.open(path, create=True) as database:
        adopt(Store(database, clock), NGANJUK, bidang=("Satu",))
        made = backup_plan.keep_daily(database, MORNING)
        assert made == lost / "sakip-2026-02-02-2.db"
        assert backup_plan.keep_daily(database, MORNING + 60) is None, "today's is there"
        for day in range(1, 40):
            backup_plan.keep_daily(database, MORNING + day * DAY)
    after = contents(lost)
    assert {name: after.get(name) for name in before} == before
    assert len(after) - len(before) == len(kept_days([date(2026, 2, 2) + timedelta(n) for n in range(40)], Kept()))


def test_a_restored_file_goes_on_with_its_own_copies(worked: Store, path: Path) -> None:
    """What was restored since does not make it another file: its days are kept as one."""
    first = backup_plan.keep_daily(worked.database, MORNING)
    assert first is not None
    worked.database.close()
    with Restoration(first, path, MORNING + 60) as restoration:
        restoration.carry_out("kasubag")
    with opening.open(path) as database:
        assert backup_plan.keep_daily(database, MORNING + 120) is None
        for day in range(1, 40):
            backup_plan.keep_daily(database, MORNING + day * DAY)
    assert not first.exists()


def test_of_todays_copy_that_cannot_be_read_another_one_is_made(worked: Store, path: Path) -> None:
    (backup_plan.make_folder(path) / "sakip-2026-02-02.db").write_bytes(b"rusak" * 5000)
    made = backup_plan.keep_daily(worked.database, MORNING)
    assert made is not None
    assert made.name == "sakip-2026-02-02-2.db"


def test_what_another_file_took_the_place_of_is_copied_beside_a_copy_of_that_number(worked: Store, path: Path) -> None:
    newest = queries.head(worked.database).sequence
    other = backup_plan.make_folder(path) / f"sakip-sebelum-diganti-{newest}.db"
    with opening.open(path.with_name("lain.db"), create=True) as database:
        adopt(Store(database, Clock()), NGANJUK, bidang=("Satu",))
        backup.copy(database, other)
    kept = backup_plan.rescue(worked.database)
    assert kept is not None
    assert kept != other
    assert backup_plan.rescue(worked.database) == kept, "of several screens one copies"
    with opening.open(kept) as copied:
        assert queries.head(copied) == queries.head(worked.database)


# --- copies ----------------------------------------------------------------------------------------------------------


def test_a_copy_beside_a_busy_writer_holds_all_that_was_acknowledged_before_it(
    worked: Store, address: Address, tmp_path: Path
) -> None:
    arguments = [str(worked.database.path), str(tmp_path / "janji.txt"), "rajin", address.office, address.sop, TW1]
    top = Path(__file__).resolve().parents[2]
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.db.worker", *arguments], cwd=top, stdout=subprocess.PIPE, text=True
    )
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        for number in range(10):
            remark(worked, address, f"sebelum {number}")
            before = queries.head(worked.database)
            head = backup.copy(worked.database, tmp_path / f"{number}.db")
            assert head.sequence >= before.sequence
            with opening.open(tmp_path / f"{number}.db") as copied:
                assert audit.verify_chain(copied).head == head
                assert row_audit.differing_years(copied) == ()
    finally:
        writer.kill()
        writer.communicate()


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (apsw.FullError("database or disk is full"), "full"),
        (OSError(28, "No space left on device"), "full"),
        (PermissionError(13, "Permission denied"), "read-only"),
        (OSError(30, "Read-only file system"), "read-only"),
        (FileExistsError(17, "File exists"), "taken"),
        (apsw.CorruptError("database disk image is malformed"), "unsound"),
        (apsw.IOError("disk I/O error"), None),
    ],
)
def test_a_copy_that_fails_says_why(error: Exception, why: str | None) -> None:
    assert backup.failed(Path("a.db"), error).facts["why"] == why


# --- restoring -------------------------------------------------------------------------------------------------------


@pytest.fixture
def yesterday(worked: Store, address: Address) -> Iterator[Path]:
    """Yesterday's backup, and work done since."""
    made = backup_plan.keep_daily(worked.database, MORNING)
    assert made is not None
    for number in range(3):
        remark(worked, address, f"sesudah cadangan {number}")
    return made


def test_yesterdays_backup_is_restored_says_what_is_lost_and_keeps_what_it_replaced(
    worked: Store, address: Address, yesterday: Path, path: Path, clock: Clock
) -> None:
    replaced = queries.head(worked.database)
    lost = dump(path)
    worked.database.close()
    with Restoration(yesterday, path, MORNING + DAY) as restoration:
        found = restoration.difference
        assert (found.common, found.lost_count, found.gained_count) == (3, 3, 0)
        assert [line.event.data["note"] for line in found.lost] == [f"sesudah cadangan {n}" for n in (2, 1, 0)]
        assert found.current == replaced
        assert dump(path) == lost, "nothing is replaced before it is told to"
        done = restoration.carry_out("kasubag", "pc-uji")
    assert done.kept == path.parent / "cadangan" / "sakip-sebelum-pulih-2026-02-03-080000.db"
    assert done.kept is not None
    assert dump(done.kept) == lost
    assert sorted(file.name for file in path.parent.iterdir() if file.is_file()) == ["sakip.db", "sakip.db-gate"]
    with opening.open(path) as database:
        assert audit.verify_chain(database).problem is None
        assert row_audit.differing_years(database) == ()
        newest = case_queries.log(database, limit=1)[0].event
        assert (newest.sequence, newest.act, newest.by) == (4, Act.PULIHKAN, "kasubag")
        assert newest.data["replaced"] == {"sequence": replaced.sequence, "hash": replaced.hash}
        assert newest.data["lost"] == 3
        # And work goes on.
        remark(Store(database, clock), address, "sesudah pulih")
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
        assert done.kept.stat().st_mode & 0o777 == 0o600


def test_what_was_replaced_can_be_restored_in_turn(worked: Store, yesterday: Path, path: Path) -> None:
    head = queries.head(worked.database)
    worked.database.close()
    with Restoration(yesterday, path, MORNING + DAY) as first:
        kept = first.carry_out("kasubag").kept
    assert kept is not None
    with Restoration(kept, path, MORNING + DAY + 60) as back:
        assert (back.difference.lost_count, back.difference.gained_count) == (1, 3)
        back.carry_out("kasubag")
    with opening.open(path) as database:
        assert queries.head(database).sequence == head.sequence + 1
        assert audit.find_anchor(database, head.hash) == head.sequence


def test_a_missing_database_is_restored_where_it_was(worked: Store, yesterday: Path, path: Path) -> None:
    worked.database.close()
    path.unlink()
    with Restoration(yesterday, path, MORNING + DAY) as restoration:
        assert (restoration.difference.current, restoration.difference.lost_count) == (None, None)
        assert restoration.carry_out("kasubag").kept is None
    with opening.open(path) as database:
        assert queries.head(database).sequence == 4


@pytest.mark.parametrize("hurt", ["header", "middle", "everything", "empty"])
def test_a_damaged_database_is_replaced_and_its_bytes_are_kept(
    worked: Store, yesterday: Path, path: Path, hurt: str
) -> None:
    worked.database.close()
    content = bytearray(path.read_bytes())
    if hurt == "header":
        content[:100] = b"x" * 100
    elif hurt == "middle":
        content[4096 : len(content) // 2] = b"\xff" * (len(content) // 2 - 4096)
    elif hurt == "everything":
        content[:] = bytes(random.Random(1).randbytes(len(content)))
    else:
        content.clear()
    path.write_bytes(content)
    with Restoration(yesterday, path, MORNING + DAY) as restoration:
        assert restoration.difference.lost_count is None or hurt == "middle"
        kept = restoration.carry_out("kasubag").kept
    if hurt == "empty":
        assert kept is None
    else:
        assert kept is not None
        # The engine may have noted in the header that it is no longer in WAL mode.
        assert kept.read_bytes()[4096:] == content[4096:]
    with opening.open(path) as database:
        assert audit.verify_chain(database).problem is None
        assert queries.head(database).sequence == 4


def test_what_another_program_keeps_is_never_replaced(yesterday: Path, tmp_path: Path) -> None:
    document, theirs = tmp_path / "laporan.docx", tmp_path / "lain.db"
    document.write_bytes(b"PK\3\4" + bytes(5000))
    other = apsw.Connection(str(theirs))
    other.execute("CREATE TABLE sop_versions (a); PRAGMA application_id=5")
    other.close()
    for place in (document, theirs):
        before = place.read_bytes()
        with pytest.raises(NotOurDatabase):
            Restoration(yesterday, place, MORNING)
        assert place.read_bytes() == before


@POSIX
def test_a_database_that_others_have_open_is_not_replaced(worked: Store, yesterday: Path, path: Path) -> None:
    worked.database.close()
    program = f"from db import opening; held = opening.open({str(path)!r}); print('open', flush=True); input()"
    other = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        before = dump(path)
        with Restoration(yesterday, path, MORNING + DAY) as restoration:
            with pytest.raises(DatabaseInUse):
                restoration.carry_out("kasubag")
            assert dump(path) == before
            other.communicate("\n")
            restoration.carry_out("kasubag")
    finally:
        other.kill()
        other.communicate()
    assert [file.name for file in path.parent.glob("*.pulih*")] == []


@pytest.mark.parametrize(
    ("meddling", "why"),
    [
        ("PRAGMA application_id=7", "foreign"),
        (f"PRAGMA user_version={SCHEMA_VERSION + 1}", "newer"),
        ("UPDATE events SET by_person = 'orang lain' WHERE sequence = 2", "chain"),
        ("UPDATE events SET data = '{' WHERE sequence = 1", "chain"),
        ("PRAGMA foreign_keys=0; DELETE FROM periods", "dangling"),
    ],
)
def test_a_backup_that_is_not_sound_is_refused_and_nothing_is_replaced(
    worked: Store, yesterday: Path, path: Path, meddling: str, why: str
) -> None:
    worked.database.close()
    unguarded(yesterday, meddling)
    before = dump(path)
    with pytest.raises(BackupUnsound) as refused:
        Restoration(yesterday, path, MORNING + DAY)
    assert refused.value.facts["why"] == why
    assert dump(path) == before
    assert [file.name for file in path.parent.glob("*.pulih*")] == []


def test_what_is_no_backup_at_all_is_refused(worked: Store, path: Path, tmp_path: Path) -> None:
    worked.database.close()
    nothing, text, torn = tmp_path / "tidak-ada.db", tmp_path / "catatan.txt", tmp_path / "sobek.db"
    text.write_text("bukan basis data\n" * 500, encoding="utf-8")
    torn.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    for source, why in ((nothing, {"missing"}), (text, {"foreign"}), (torn, {"damaged"}), (tmp_path, {"missing"})):
        with pytest.raises(BackupUnsound) as refused:
            Restoration(source, path, MORNING)
        assert refused.value.facts["why"] in why


def test_a_backup_of_an_older_schema_is_brought_up_to_date_on_the_way(tmp_path: Path) -> None:
    old = tmp_path / "lama.db"
    packed = Path(__file__).parent / "old_files" / "schema1.db.gz"
    old.write_bytes(gzip.decompress(packed.read_bytes()))
    before = old.read_bytes()
    place = tmp_path / "kantor" / "sakip.db"
    place.parent.mkdir()
    with Restoration(old, place, MORNING) as restoration:
        restoration.carry_out("kasubag")
    assert old.read_bytes() == before
    with opening.open(place) as database:
        assert database.schema_version() == SCHEMA_VERSION
        assert audit.verify_chain(database).problem is None
    assert [file.name for file in tmp_path.rglob("*skema*")] == []


def test_a_backup_is_restored_on_a_computer_that_has_nothing_yet(
    worked: Store, yesterday: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "baru" / "data" / "kantor.db"
    with Restoration(yesterday, place, MORNING) as restoration:
        restoration.carry_out("kasubag")
    with opening.open(place) as database:
        assert queries.head(database).sequence == 4
    assert sys.platform == "win32" or place.parent.stat().st_mode & 0o777 == 0o700
    monkeypatch.setattr(replacing, "network_kind", lambda path: "nfs4")
    with pytest.raises(NetworkFileSystem):
        Restoration(yesterday, tmp_path / "jaringan" / "kantor.db", MORNING)
    assert not (tmp_path / "jaringan").exists()


def test_a_backup_of_another_office_is_told_by_where_the_logs_part(
    worked: Store, yesterday: Path, path: Path, tmp_path: Path
) -> None:
    worked.database.close()
    with opening.open(tmp_path / "lain.db", create=True) as other:
        adopt(Store(other, Clock()), NGANJUK, bidang=("Satu",))
        backup.copy(other, tmp_path / "lain-cadangan.db")
    with Restoration(tmp_path / "lain-cadangan.db", path, MORNING) as restoration:
        assert restoration.difference.common == 0
        assert restoration.difference.lost_count == 6
        assert restoration.difference.gained_count == 1


# --- a file that is moved away ---------------------------------------------------------------------------------------


@POSIX
def test_an_act_is_not_recorded_in_a_file_that_was_moved_away(
    worked: Store, address: Address, yesterday: Path, path: Path
) -> None:
    before = queries.head(worked.database)
    path.rename(path.with_name("dipindah.db"))
    with pytest.raises(DatabaseReplaced):
        remark(worked, address, "hilang")
    path.write_bytes(yesterday.read_bytes())
    with pytest.raises(DatabaseReplaced):
        remark(worked, address, "hilang")
    assert queries.head(worked.database) == before


def test_only_our_files_are_backups(tmp_path: Path) -> None:
    assert APPLICATION_ID == 0x53414B50
    with pytest.raises(BackupFailed):
        backup_plan.make_folder(tmp_path / "tidak" / "ada" / "a.db")

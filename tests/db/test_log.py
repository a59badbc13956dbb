"""The log: only ever added to, and whatever is changed in it shows, also to somebody without this program."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from db import audit, case_queries, opening, queries, row_audit
from db.file.connection import Database
from db.log_chain import CONTENT, FIRST_PREVIOUS, text_hash
from db.models import LogLine
from db.rows import Address, Head
from db.sop_versions import confirm_sop
from db.store import Store
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.definition import Field
from tests.db.office import EVERYBODY

RECIPE = Path(__file__).resolve().parents[2] / "docs" / "LOG.md"


@pytest.fixture
def worked(store: Store, address: Address) -> Database:
    """A closed quarter, with text that JSON has to escape."""
    store.apply(address, Command(Act.BUKA, "2026-TW1"), EVERYBODY)
    note = 'kata "Kabid" \\ é 漢字 \u20ac 😀 </b>'
    store.apply(address, Command(Act.KOMENTAR, "2026-TW1", step=1, note=note, token="sekali"), EVERYBODY)
    for step in range(1, 6):
        store.apply(address, Command(Act.SELESAI, "2026-TW1", step=step), EVERYBODY)
    store.apply(address, Command(Act.TUTUP, "2026-TW1"), EVERYBODY)
    confirm_sop(store, address, 8, {Field.TIDAK: 6}, EVERYBODY)
    return store.database


def published_check(path: Path, folder: Path, *anchors: str) -> str:
    """What the program printed in docs/LOG.md says of a file, and of anchors."""
    program = re.findall(r"```python\n(.*?)```", RECIPE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(program) == 1
    script = folder / "periksa_log.py"
    script.write_text(program[0], encoding="utf-8")
    # -I -S: nothing but the standard library.
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script), str(path), *anchors], capture_output=True, text=True, check=False
    )
    return (done.stdout + done.stderr).strip()


def unguarded(path: Path, sql: str) -> None:
    """What the owner of a file can do to it."""
    other = apsw.Connection(str(path))
    for (trigger,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        other.execute(f"DROP TRIGGER {trigger}")
    other.execute(sql)
    other.close()


def test_the_published_recipe_agrees_with_the_program(worked: Database, path: Path, tmp_path: Path) -> None:
    head = queries.head(worked)
    assert audit.verify_chain(worked).head == head
    assert published_check(path, tmp_path) == f"COCOK {head.sequence} {head.hash}"


def test_the_published_recipe_looks_for_anchors_and_at_what_the_log_refers_to(
    worked: Database, path: Path, tmp_path: Path
) -> None:
    head = queries.head(worked)
    printed = worked.value("SELECT head_hash FROM closings")
    assert published_check(path, tmp_path, printed.upper()) == f"Jangkar itu nomor 8\nCOCOK {head.sequence} {head.hash}"
    assert published_check(path, tmp_path, "ab" * 32) == "TIDAK COCOK: jangkar itu bukan bagian dari log ini"
    unguarded(path, "UPDATE calendar_revisions SET spec = replace(spec, '27000', '28800')")
    assert published_check(path, tmp_path) == "TIDAK COCOK isi calendar_revisions"


TAMPERING: dict[str, tuple[str, str, int]] = {
    "a note": ("UPDATE events SET data = replace(data, 'Kabid', 'Kadis') WHERE sequence = 3", "content", 3),
    "a moment": ("UPDATE events SET at = at - 3600 WHERE sequence = 4", "content", 4),
    "a name": ("UPDATE events SET by_person = 'orang lain' WHERE sequence = 5", "content", 5),
    "a mark": ("UPDATE events SET late_entry = 1 - late_entry WHERE sequence = 5", "content", 5),
    "an empty value": ("UPDATE events SET bidang = '' WHERE sequence = 5", "content", 5),
    "a token": ("UPDATE events SET token = NULL WHERE sequence = 3", "content", 3),
    "a hash": ("UPDATE events SET hash = previous_hash WHERE sequence = 5", "content", 5),
    "a link": ("UPDATE events SET previous_hash = hash WHERE sequence = 5", "link", 5),
    "a row taken out": ("DELETE FROM events WHERE sequence = 5", "gap", 5),
    "the first row taken out": ("DELETE FROM events WHERE sequence = 1", "gap", 1),
}


@pytest.mark.parametrize(("sql", "problem", "at"), TAMPERING.values(), ids=TAMPERING)
def test_a_change_of_the_log_shows(
    worked: Database, path: Path, tmp_path: Path, sql: str, problem: str, at: int
) -> None:
    unguarded(path, f"PRAGMA foreign_keys=0; {sql}")
    report = audit.verify_chain(worked)
    assert (report.problem, report.broken_at) == (problem, at)
    assert report.head.sequence == at - 1
    assert published_check(path, tmp_path) == f"TIDAK COCOK mulai nomor {at}"


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("UPDATE sop_versions SET definition = replace(definition, 'Sekretaris', 'Kepala')", "definition"),
        ("UPDATE calendar_revisions SET spec = replace(spec, '27000', '28800')", "calendar"),
        ("UPDATE closings SET figures = replace(figures, '\"late\":0', '\"late\":1')", "closing"),
        ("DELETE FROM closings", "closing"),
    ],
)
def test_what_the_log_refers_to_cannot_be_changed_beside_it(
    worked: Database, path: Path, sql: str, problem: str
) -> None:
    unguarded(path, sql)
    assert audit.verify_chain(worked).problem == problem


def test_a_definition_slipped_in_with_its_own_hash_is_not_in_the_log(worked: Database, path: Path) -> None:
    digest = text_hash("{}")
    unguarded(path, f"UPDATE sop_versions SET definition = '{{}}', content_hash = '{digest}' WHERE version = 1")
    assert audit.verify_chain(worked).problem == "definition"


def test_checking_goes_on_from_where_it_ended(worked: Database, store: Store, address: Address) -> None:
    assert audit.last_anchor(worked) is None
    first = audit.verify_chain(worked)
    audit.remember_anchor(worked, first.head, now=1)
    store.apply(address, Command(Act.KOMENTAR, "2026-TW1", step=1, note="sesudah tutup"), EVERYBODY)
    anchor = audit.last_anchor(worked)
    assert anchor == (first.head, 1)
    again = audit.verify_chain(worked, first.head)
    assert again.checked == 1
    assert again.problem is None
    assert again.head == queries.head(worked)


def test_a_log_that_was_cut_back_does_not_hold_its_anchor(worked: Database, path: Path) -> None:
    head = queries.head(worked)
    unguarded(path, f"DELETE FROM events WHERE sequence = {head.sequence}")
    assert audit.verify_chain(worked, head).problem == "anchor"
    assert audit.find_anchor(worked, head.hash) is None


def test_an_anchor_from_paper_is_found_again(worked: Database) -> None:
    closing = worked.row("SELECT head_hash, event_id FROM closings")
    assert closing is not None
    assert audit.find_anchor(worked, f" {closing[0].upper()}\n") == closing[1] - 1


def test_an_empty_log_is_whole(database: Database) -> None:
    report = audit.verify_chain(database)
    assert (report.checked, report.head, report.problem) == (0, Head(0, FIRST_PREVIOUS), None)


@pytest.mark.parametrize("table", ["events", "sop_versions", "calendar_revisions", "closings"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET rowid = rowid", "DELETE FROM {}"], ids=["update", "delete"])
def test_what_was_recorded_is_neither_changed_nor_deleted(worked: Database, table: str, sql: str) -> None:
    with pytest.raises(apsw.ConstraintError, match="never changed"):
        worked.rows(sql.format(table))


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE"])
@pytest.mark.parametrize("shift", [0, 2])
def test_an_event_takes_the_next_number_and_no_other(worked: Database, verb: str, shift: int) -> None:
    columns = ", ".join((*CONTENT[1:], "previous_hash", "hash"))
    sequence = queries.head(worked).sequence + shift
    with pytest.raises(apsw.ConstraintError, match="next number"):
        worked.rows(
            f"{verb} INTO events (sequence, {columns}) SELECT {sequence}, {columns} FROM events WHERE token IS NULL"
        )


def test_the_hash_covers_every_column_but_the_hashes() -> None:
    assert [*CONTENT, "previous_hash", "hash"] == list(LogLine._meta.columns)


def test_rows_that_say_something_else_than_the_log_are_found(worked: Database, path: Path, address: Address) -> None:
    assert row_audit.differing_years(worked) == ()
    unguarded(path, "UPDATE runs SET holder = 'orang lain' WHERE step = 3")
    assert row_audit.differing_years(worked) == ((address, 2026),)


def test_the_file_tells_how_it_is(worked: Database, path: Path) -> None:
    found = audit.health(worked, full=True)
    assert found.integrity == ()
    assert found.foreign_keys == ()
    assert found.surroundings.file_system is None
    assert found.surroundings.open_to_others == ()
    assert found.engine == apsw.sqlite_lib_version()
    unguarded(path, "PRAGMA foreign_keys=0; DELETE FROM offices")
    assert "sop_versions" in audit.health(worked).foreign_keys


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_a_file_that_others_may_read_is_named(worked: Database, path: Path) -> None:
    path.chmod(0o644)
    assert audit.surroundings(path).open_to_others == (str(path),)


def log_filters() -> dict[str, tuple[dict[str, object], Callable[[int], bool]]]:
    return {
        "all": ({}, lambda number: True),
        "period": ({"period": "2026-TW1"}, lambda number: 2 <= number <= 9),
        "step": ({"period": "2026-TW1", "step": 1}, lambda number: number in (3, 4)),
        "act": ({"act": Act.SELESAI}, lambda number: 4 <= number <= 8),
        "person": ({"by": "orang lain"}, lambda number: False),
        "before": ({"before": 4}, lambda number: number < 4),
    }


@pytest.mark.parametrize(("wanted", "belongs"), log_filters().values(), ids=log_filters())
def test_the_log_is_read_newest_first_and_narrowed_down(
    worked: Database, address: Address, wanted: dict[str, object], belongs: Callable[[int], bool]
) -> None:
    found = case_queries.log(worked, address, **wanted)  # type: ignore[arg-type]
    numbers = [line.event.sequence for line in found]
    assert numbers == [number for number in range(queries.head(worked).sequence, 0, -1) if belongs(number)]
    assert all(line.host == "pc-uji" for line in found)


def test_the_log_of_one_office_holds_nothing_of_another(worked: Database, address: Address) -> None:
    assert case_queries.log(worked, Address("kantor-lain", address.sop)) == ()
    assert [line.event.sequence for line in case_queries.log(worked, address, limit=2)] == [10, 9]
    assert case_queries.log(worked, limit=1)[0].sop is None


def test_a_page_of_the_log_is_the_same_after_reopening(worked: Database, path: Path) -> None:
    before = case_queries.log(worked)
    with opening.open(path) as again:
        assert case_queries.log(again) == before

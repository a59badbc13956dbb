"""A file of before the rules of pauses and of returns changed: it opens, replays, and its closed figures stay."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import re
from collections.abc import Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from itertools import pairwise
from pathlib import Path
from typing import Any

import apsw
import pytest

from db import audit, case_queries, opening
from db.file.connection import Database
from db.rows import Address
from exports.data import write_json
from sakip_tui.cli import session
from sakip_tui.cli.entry import main
from sakip_tui.recaps import read_recap
from sop.acts.rejudge import is_judged_by_old_rule
from sop.model.act import Act
from sop.model.events import Event
from sop.time.deadline import PauseRule
from sop.words.figures import REWORK, WORK
from sop.words.periods import period_label
from tests.db.office import replayed_state
from tests.db.old_files.two_offices import ACCOUNT, NGANJUK, PERIODS, PRINTED_AT, TANGERANG, moment

FOLDER = Path(__file__).parent / "old_files"
NOW = moment(PRINTED_AT)
CLOSED = ((TANGERANG, "2025-TW1"), (NGANJUK, "2025-TW1"), (NGANJUK, "2025-TW3"))
OPENED = [(office, period) for office in PERIODS for period in PERIODS[office] if (office, period) not in CLOSED]
PRINTED = json.loads(lzma.decompress((FOLDER / "two_offices_printed.json.xz").read_bytes()))


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    path = tmp_path / "kantor.db"
    path.write_bytes(gzip.decompress((FOLDER / "two_offices.db.gz").read_bytes()))
    return path


@pytest.fixture
def opened(old_file: Path) -> Iterator[Database]:
    with opening.open(old_file) as database:
        yield database


@pytest.fixture
def at_the_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """The account that the people of the file were registered with."""
    monkeypatch.setattr(session, "account_name", lambda environ: ACCOUNT)


def said(path: Path, *words: str, now: int = NOW) -> str:
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(["--db", str(path), *words], lambda: now)
        out.flush()
    assert code == 0, (words, err.getvalue())
    return out.buffer.getvalue().decode()  # type: ignore[attr-defined]


def judged_anew(database: Database) -> list[Event]:
    return [
        line.event
        for office in PERIODS
        for line in case_queries.log(database, Address(office, office), limit=None)
        if line.event.act is Act.ATURAN
    ]


def test_it_opens_whole_and_replays_to_what_is_stored(old_file: Path) -> None:
    with closing(apsw.Connection(str(old_file))) as raw:
        before = raw.execute("SELECT hash FROM events ORDER BY sequence").fetchall()
    with opening.open(old_file) as database:
        assert audit.verify_chain(database).problem is None
        for office in PERIODS:
            stored, replayed = replayed_state(database, Address(office, office), 2025)
            assert stored == replayed
        after = database.rows("SELECT hash FROM events ORDER BY sequence")
    assert after[: len(before)] == before
    with opening.open(old_file) as again:
        assert again.rows("SELECT hash FROM events ORDER BY sequence") == after


@pytest.mark.usefixtures("at_the_office")
@pytest.mark.parametrize("office", PERIODS)
def test_the_health_check_finds_nothing(old_file: Path, office: str) -> None:
    assert "Tidak ada masalah." in said(old_file, "--opd", office, "periksa", "--penuh")


def test_one_event_judges_the_open_periods_anew_with_old_and_new(opened: Database) -> None:
    (event,) = judged_anew(opened)
    assert (event.by, event.period) == ("sakip", None)
    told = [
        (
            item["period"],
            item["step"],
            item["attempt"],
            item["before"]["late_seconds"] // 60,
            item["after"]["late_seconds"] // 60,
        )
        for item in event.data["judged"]
    ]
    # Ten minutes late and paused for 8 days; a standard in days, handed in 2:35 hours late; held for 5 days.
    assert told == [("2025-S1", 6, 1, 1055, 155), ("2025-TW2", 1, 1, 3580, 35), ("2025-TW3", 1, 1, 1333, 5)]
    assert {(item["before"]["pauses"], item["after"]["pauses"]) for item in event.data["judged"]} == {(1, 2)}
    for office, period in OPENED:
        case = case_queries.board(opened, Address(office, office), period).state.case_of(period)
        assert case is not None
        assert not any(is_judged_by_old_rule(run, case.holds) for run in case.runs.values())


@pytest.mark.usefixtures("at_the_office")
@pytest.mark.parametrize(("office", "period"), CLOSED)
def test_a_closed_recap_prints_every_row_it_printed(old_file: Path, office: str, period: str) -> None:
    before = json.loads(PRINTED[f"{office} {period} json"])
    sheets = {sheet["title"]: sheet for sheet in printed_now(old_file, office, period)["sheets"]}
    for old in before["sheets"]:
        new = sheets[STANDS_ON.get(old["title"], old["title"])]
        keys, rows = [column["key"] for column in old["columns"]], old["rows"]
        if old["title"] == "Perhitungan waktu":
            # A standard in minutes is one line by now, and the moment in words has a column beside the moment.
            keys, rows = DUE_KEYS, [row for row in rows if row["line"] == "Tenggat"]
        has = {column["key"] for column in new["columns"]}
        called = {key: CALLED[key] if CALLED.get(key) in has else key for key in keys}
        left = iter(filled(new["rows"], called))
        # A sheet may tell more than it did: who held nothing has a line of its own by now.
        for row in rows:
            cells = {key: named_anew(row[key]) for key in keys}
            if old["title"] == "Langkah":
                # Whether a lane is an assumption stands in a column of its own.
                cells["lane"] = cells["lane"].removesuffix(" (asumsi)")
            assert cells in left, (old["title"], row)
        # Lines that stood above a table may stand in it by now, or share a line.
        told = set(re.findall(r"\w+", json.dumps(new, ensure_ascii=False)))
        for note in old["notes"]:
            assert set(re.findall(r"\w+", WHOLE_HASH.sub(r"\1", note))) <= told, note


WHOLE_HASH = re.compile(r"\b([0-9a-f]{16})[0-9a-f]{48}\b")
"""A hash of the log; by now a note has the letters that stand on the page that is signed."""
STANDS_ON = {"Langkah": "Data Langkah"}
"""Where all columns of a sheet are that is for paper by now."""
DUE_KEYS = ["number", "bidang", "attempt", "line", "moment"]
CALLED = {"number": "step", "state": "state_words", "answer": "answer_words", "act": "act_words"}
"""What a column is called by now, where it is another: programs get codes beside what people read."""
NAMES = (
    ("Bagian lolos pertama", "Persentase disetujui pada pengajuan pertama"),
    ("Lolos pertama", "Disetujui pada pengajuan pertama"),
    ("Bagian tepat waktu", "Persentase tepat waktu"),
    ("Biaya ulang", REWORK),
    ("Waktu kerja ulang", REWORK),
    ("Waktu kerja", WORK),
    ("Terlampaui pengulangan", "Diulang"),
    ("Terlampaui", "Diulang"),
    ("gabung", "lanjut tanpa yang belum"),
)
"""What a figure or an act was called, and what it is called."""
WITHIN = (
    (" menggabung tanpa ", " melanjutkan tanpa "),
    ("tersirat:", "dari kalimatnya:"),
    ("kadens", "periode"),
    ("jenis hari", "cara menghitung hari"),
)
"""Words inside a sentence."""


def named_anew(value: Any) -> Any:
    """A cell of before in the names of today, with the digits that are printed."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: named_anew(inner) for key, inner in value.items()}
    if not isinstance(value, str):
        return value
    for old, new in NAMES:
        if value == old or value.startswith((f"{old}:", f"{old} (")):
            return new + value.removeprefix(old)
    for old, new in WITHIN:
        value = value.replace(old, new)
    return re.sub(r"\bperiode (\d{4}-(?:TW[1-4]|S[12]|TH))\b", lambda found: period_label(found[1]), value)


def printed_now(path: Path, office: str, period: str) -> dict[str, Any]:
    """The recap with its words and its values beside each other, as JSON."""
    stream = io.BytesIO()
    with opening.open(path) as database:
        write_json(read_recap(database, Address(office, office), period, NOW).report, stream)
    found: dict[str, Any] = json.loads(stream.getvalue())
    return found


def filled(rows: list[dict[str, Any]], called: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Rows by some of their columns (what each was called -> what it is called); what is left out because it stands in
    the row above is put in."""
    above: dict[str, Any] = {}
    for row in rows:
        above = {old: above[old] if row[new] == "" and above else row[new] for old, new in called.items()}
        yield above


@pytest.mark.usefixtures("at_the_office")
@pytest.mark.parametrize(("office", "period"), CLOSED)
def test_a_closed_recap_as_text_loses_no_figure(old_file: Path, office: str, period: str) -> None:
    text = said(old_file, "--opd", office, "rekap", period, "-o", "-", "--format", "txt")
    left = iter(summary(text))
    for name, value in summary(PRINTED[f"{office} {period} txt"]):
        # Figures that are nothing are told in one line by now.
        assert value in {"0", "-", "0:00", "0,0%"} or (named_anew(name), value) in left, name


def summary(text: str) -> list[tuple[str, str]]:
    """(name, value) of every figure of the sheet Ringkasan."""
    lines = text.splitlines()
    begin = lines.index("Ringkasan")
    end = next(number for number in range(begin + 2, len(lines)) if lines[number].startswith("---"))
    rows = [line.strip("|").split(" | ") for line in lines[begin:end] if line.startswith("| ")]
    # That a lane is an assumption is marked, in other words than it was.
    return [(row[0].replace(" (asumsi)", "").strip(" ?"), row[1].strip()) for row in rows]


@pytest.mark.usefixtures("at_the_office")
def test_what_an_old_rule_judged_is_named_where_it_is_shown(old_file: Path) -> None:
    recap = said(old_file, "--opd", TANGERANG, "rekap", "2025-TW1", "-o", "-", "--format", "md")
    (note,) = [line for line in recap.splitlines() if "menurut aturan lama" in line]
    assert note.endswith("langkah 1 putaran 1, langkah 3 putaran 2 dan langkah 4 putaran 1.")
    told = said(old_file, "--opd", TANGERANG, "kalender", "jelaskan", "2025-TW1", "1")
    assert "menurut aturan lama" in told
    assert "tidak dihitung terlambat" not in told
    for period in ("2025-TW2", "2025-TW3", "2025-S1"):
        recap = said(old_file, "--opd", TANGERANG, "rekap", period, "-o", "-", "--format", "md")
        assert "menurut aturan lama" not in recap
    assert "menurut aturan lama" not in said(old_file, "--opd", TANGERANG, "kalender", "jelaskan", "2025-TW2", "1")


@pytest.mark.usefixtures("at_the_office")
def test_reopening_a_closed_period_judges_it_anew_in_its_own_event(old_file: Path) -> None:
    with opening.open(old_file) as database:
        database.rows("DELETE FROM memberships")
        database.rows("DELETE FROM people")
    words = ("--opd", TANGERANG, "--sebagai", "kasubag")
    said(old_file, *words, "periode", "buka-kembali", "2025-TW1", "--alasan", "diperiksa")
    with opening.open(old_file) as database:
        address = Address(TANGERANG, TANGERANG)
        event = case_queries.log(database, address, limit=1)[0].event
        assert event.act is Act.BUKA_KEMBALI
        late = [(item["before"]["late_seconds"], item["after"]["late_seconds"]) for item in event.data["judged"]]
        assert late == [(2981 * 60, 5 * 60), (903 * 60, 3 * 60), (880 * 60, 25 * 60)]
        stored, replayed = replayed_state(database, address, 2025)
        assert stored == replayed
        case = stored.case_of("2025-TW1")
        assert case is not None
        run = case.runs[1, None, 1]
        assert run.verdict is not None
        assert (run.verdict.late_seconds, run.verdict.pauses) == (300, PauseRule.NEVER_LATE)
    recap = said(old_file, *words, "rekap", "2025-TW1", "-o", "-", "--format", "json")
    assert "menurut aturan lama" not in recap


def test_its_moments_follow_each_other(opened: Database) -> None:
    """What the file holds is what the making of it says: a sanity check of the file, not of the program."""
    counts = dict(opened.rows("SELECT act, count(*) FROM events GROUP BY act"))
    needed: dict[str, int] = {"kembalikan": 6, "gabung": 3, "koreksi": 3, "urung": 3, "tutup": 4, "tunda": 8}
    assert {act: counts.get(act) for act in needed} == needed
    sequences: list[Any] = opened.rows("SELECT recorded FROM events WHERE act != 'aturan' AND office = ?", (NGANJUK,))
    assert all(earlier <= later for earlier, later in pairwise(sequences))

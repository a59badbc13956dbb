"""PINs at the command line: what a refused command says of itself, and which commands ask for one."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from db import opening
from db.people_pins import set_pin
from db.store import Store
from sakip_tui.backups.restoring import RestoreWish, restore
from sakip_tui.cli.backups import may_restore
from sakip_tui.cli.bare import BARE
from sakip_tui.cli.commands import GRAMMAR
from sakip_tui.cli.grammar import Arguments, Verb
from sakip_tui.cli.recording import ELSEWHERE, READING, RECORDING, records
from sakip_tui.cli.session import Session
from sakip_tui.machine import account_name
from sop.model.pelaksana import Actor
from tests.cli.conftest import NINE, Desk, Said, opened, run

ACCOUNT = account_name(os.environ)
PIN, WRONG = "481516", "481517"
RECORDED = "sudah tercatat"
OLD_FILE = Path(__file__).parents[1] / "db" / "old_files" / "schema1.db.gz"


class Terminal:
    """Somebody who types at a terminal, one line at each question."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.types: list[str] = []
        monkeypatch.setattr("sys.stdin", self)
        monkeypatch.setattr("getpass.getpass", self._typed)

    def isatty(self) -> bool:
        return True

    def _typed(self, prompt: str) -> str:
        self.asked.append(prompt)
        return self.types.pop(0)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(monkeypatch)


@pytest.fixture
def staffed(nine: Desk) -> Desk:
    """TW I open; the account's own person is the admin without a PIN, `atur` the pengelola, who has one."""
    opened(nine, "2025-TW1", "2025-04-01T08:00")
    nine.do(f"pengguna tambah Wening --peran admin --kode adm --akun {ACCOUNT}")
    nine.person = "adm"
    nine.do("pengguna tambah Bagas --peran pengelola --kode atur")
    has_pin(nine, "atur")
    nine.person = "atur"
    return nine


def has_pin(desk: Desk, code: str, office: str = NINE) -> None:
    with opening.open(desk.path) as database:
        set_pin(Store(database, lambda: desk.now), office, code, PIN, Actor(code))


def events(desk: Desk) -> int:
    with opening.open(desk.path) as database:
        return int(database.value("SELECT count(*) FROM events"))


HOLD = ("berkas", "tahan", "2025-TW1", "--alasan", "audit")


# --- what a refused command says of itself ----------------------------------------------------------------------------


def test_a_wrong_pin_is_not_told_as_a_command_that_was_recorded(staffed: Desk, terminal: Terminal) -> None:
    before = events(staffed)
    terminal.types = [WRONG] * 5
    for left in (4, 3, 2, 1):
        said = staffed(*HOLD)
        assert (said.code, f"Sisa kesempatan: {left}" in said.err) == (3, True)
        assert RECORDED not in said.err
    assert events(staffed) == before
    said = staffed(*HOLD)
    assert (said.code, "terkunci" in said.err, RECORDED in said.err) == (3, True, False)
    assert events(staffed) == before + 1, "only that the PIN is locked stands in the log"


def test_a_command_refused_after_the_right_pin_is_not_told_as_recorded(staffed: Desk, terminal: Terminal) -> None:
    terminal.types = [PIN]
    said = staffed("berkas", "lanjutkan", "2025-TW1")
    assert (said.code, RECORDED in said.err) == (3, False)


def test_a_command_refused_on_a_file_that_it_brought_up_to_date_is_not_told_as_recorded(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "kantor.db")
    desk.path.write_bytes(gzip.decompress(OLD_FILE.read_bytes()))
    desk.path.chmod(0o600)
    said: Said = run("mulai", "2026-TW1", "99", "--db", str(desk.path), now=desk.now)
    assert said.code in (2, 3)
    assert RECORDED not in said.err


@pytest.mark.parametrize(
    ("command", "until"),
    [
        (("status",), "06.31"),
        (("status", "--opd", NINE), "06.31"),
        (("status", "--opd", "balangan"), "07.31"),
        (("berkas", "tahan", "2025-TW1", "--alasan", "audit", "--opd", "balangan"), "07.31"),
        (("pulihkan", "cadangan.db"), "06.31"),
        (("pulihkan", "cadangan.db", "--opd", "balangan"), "07.31"),
    ],
    ids=" ".join,
)
def test_the_end_of_a_lock_is_told_in_the_zone_of_the_office_meant_else_of_the_first(
    staffed: Desk, terminal: Terminal, command: tuple[str, ...], until: str
) -> None:
    """The first office is in WIB, the other in WITA; a PIN is asked before a command looks its office up."""
    staffed.person = "adm"
    staffed.do("siapkan --opd balangan --nama Balangan --sop bappedalitbang-balangan --tahun 2025")
    staffed.do("pengguna tambah Bagas --peran pengelola --kode atur --opd balangan")
    has_pin(staffed, "atur", "balangan")
    staffed.person = "atur"
    terminal.types = [WRONG] * 5
    said = [staffed(*command) for _ in range(5)]
    assert [each.code for each in said] == [3] * 5, said[0].err
    assert f"terkunci sampai Min 15 Feb 2026 {until}" in said[-1].err


# --- which commands ask -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of `own_pin`."""
    desk = Desk(tmp_path_factory.mktemp("kantor") / "kantor.db")
    desk.do(f"siapkan --sop {NINE} --tahun 2025")
    opened(desk, "2025-TW1", "2025-04-01T08:00")
    desk.do(f"pengguna tambah Wening --peran admin --kode adm --akun {ACCOUNT}")
    desk.person = "adm"
    desk.do("pengguna tambah Bagas --peran pengelola --kode atur")
    for code in ("adm", "atur"):
        has_pin(desk, code)
    return desk.path.read_bytes()


@pytest.fixture
def own_pin(desk: Desk, made_once: bytes) -> Desk:
    """As `staffed`, where the account's own person has a PIN as well."""
    desk.path.write_bytes(made_once)
    desk.path.chmod(0o600)
    return desk


def own(desk: Desk, *words: str) -> Said:
    """A command under the account's own person: nobody is named."""
    return run(*words, "--db", str(desk.path), now=desk.now)


def filled(verb: Verb, tmp_path: Path) -> list[str]:
    """A command line with every word that it cannot do without; what they mean is found out after the PIN."""
    words = [str(tmp_path / "x") if operand.is_path else "1" for operand in verb.operands if operand.required]
    options = [[option.name, *(["1"] if option.value else [])] for option in verb.options if option.required]
    return [*verb.words, *words, *(word for option in options for word in option)]


def test_the_table_names_every_command_of_the_grammar_once() -> None:
    tables = (RECORDING, READING, ELSEWHERE)
    assert sorted(words for table in tables for words in table) == sorted(GRAMMAR.verbs)
    tokened = {words for words, verb in GRAMMAR.verbs.items() if "--token" in [each.name for each in verb.options]}
    assert tokened == RECORDING - {("pulihkan",)}, "a command that the log tells of takes a token"


def test_a_command_that_stands_in_no_table_asks() -> None:
    assert records(Arguments(Verb(("baru",), "", "x:y")))


@pytest.mark.parametrize("words", sorted(RECORDING), ids=" ".join)
def test_a_recording_command_asks_for_the_pin_and_without_a_terminal_names_the_ways(
    own_pin: Desk, tmp_path: Path, words: tuple[str, ...]
) -> None:
    before = own_pin.dump()
    said = own(own_pin, *filled(GRAMMAR.verbs[words], tmp_path))
    assert (said.code, said.out) == (3, "")
    for way in ("PIN adm", "terminal", "kunci SSH", "--pin-dari"):
        assert way in said.err, way
    assert own_pin.dump() == before


@pytest.mark.parametrize("words", sorted(READING), ids=" ".join)
def test_a_reading_command_asks_the_accounts_own_person_for_nothing_and_records_nothing(
    own_pin: Desk, tmp_path: Path, words: tuple[str, ...]
) -> None:
    before = events(own_pin)
    said = own(own_pin, *filled(GRAMMAR.verbs[words], tmp_path))
    assert "PIN adm" not in said.err
    assert events(own_pin) == before


@pytest.mark.parametrize("words", sorted(READING), ids=" ".join)
def test_a_reading_command_that_names_somebody_else_asks_for_their_pin(
    own_pin: Desk, tmp_path: Path, words: tuple[str, ...]
) -> None:
    said = own(own_pin, *filled(GRAMMAR.verbs[words], tmp_path), "--sebagai", "atur")
    assert (said.code, "PIN atur" in said.err) == (3, True)
    said = own(own_pin, *filled(GRAMMAR.verbs[words], tmp_path), "--sebagai", "adm")
    assert "PIN adm" not in said.err


@pytest.mark.parametrize("words", ["status", "ringkas", "rekap 2025-TW1 -o -", "cadangkan", "periksa", "papan"])
def test_what_cron_runs_goes_on_without_a_pin(own_pin: Desk, words: str) -> None:
    assert own(own_pin, *words.split()).code == 0


def test_only_trying_records_nothing_and_asks_nothing(own_pin: Desk) -> None:
    assert own(own_pin, "kalender", "libur", "2025-12-01", "Banjir", "--coba").code == 0
    assert own(own_pin, "kalender", "libur", "2025-12-01", "Banjir").code == 3


def test_without_a_pin_the_accounts_own_person_records_as_before(staffed: Desk) -> None:
    assert own(staffed, "kalender", "libur", "2025-12-01", "Banjir").code == 0


def test_the_environment_names_somebody_else_as_well(own_pin: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAKIP_PENGGUNA", "atur")
    said = own(own_pin, "status")
    assert (said.code, "PIN atur" in said.err) == (3, True)
    monkeypatch.setenv("SAKIP_DB", str(own_pin.path))
    assert run("contoh", now=own_pin.now).code == 0, "the demo office is another database"


def test_the_pin_is_typed_at_the_terminal_once_for_a_command(own_pin: Desk, terminal: Terminal) -> None:
    terminal.types = [PIN]
    assert own(own_pin, "kalender", "libur", "2025-12-01", "Banjir").code == 0
    assert terminal.asked == ["PIN adm: "]


def test_a_restoring_asks_for_the_pin_and_logs_who_vouched(own_pin: Desk, terminal: Terminal, tmp_path: Path) -> None:
    """Of a damaged file the copy says who asks, and asks for the PIN that stands in it."""
    copy = str(tmp_path / "salinan.db")
    assert own(own_pin, "cadangkan", copy).code == 0
    for by_backup in (False, True):
        if by_backup:
            own_pin.path.write_bytes(b"rusak" * 5000)
        terminal.asked, terminal.types = [], [WRONG, PIN]
        assert own(own_pin, "pulihkan", "--ya", copy).code == 3
        said = own(own_pin, "pulihkan", "--ya", copy)
        assert (said.code, terminal.asked) == (0, ["PIN adm: "] * 2)
        terminal.types = [PIN]
        (newest, *_) = run("riwayat", "--db", str(own_pin.path), "--json", now=own_pin.now).json
        assert newest["by"] == "adm"
        assert newest["details"]["vouched"] == {"office": NINE, "account": None, "by_backup": by_backup}
        told = " ".join(run("riwayat", "--db", str(own_pin.path), now=own_pin.now).out.split())
        assert f"atas haknya di {NINE}" in told
        assert ("menurut cadangan itu" in told) is by_backup


def test_the_first_screen_of_a_damaged_file_restores_for_nobody_without_their_pin(
    own_pin: Desk, terminal: Terminal, tmp_path: Path
) -> None:
    """What was agreed to there is carried out by `sakip` alone, which at the start could ask nobody."""
    copy = tmp_path / "salinan.db"
    assert own(own_pin, "cadangkan", str(copy)).code == 0
    terminal.types = [PIN]
    assert own(own_pin, "komentar", "2025-TW1", "1", "begitu").code == 0, "the gate stands beside the file"
    own_pin.path.write_bytes(b"rusak" * 5000)
    session = Session(Arguments(BARE, {"--db": (str(own_pin.path),)}), lambda: own_pin.now, os.environ)
    wish, who_may = RestoreWish(copy, None), partial(may_restore, session)
    terminal.types = [WRONG]
    assert restore(own_pin.path, wish, own_pin.now, None, who_may).startswith("Tidak dipulihkan.")
    assert own_pin.path.read_bytes() == b"rusak" * 5000
    terminal.types = [PIN]
    assert restore(own_pin.path, wish, own_pin.now, None, who_may).startswith("Dipulihkan")
    assert terminal.asked == ["PIN adm: "] * 3


def test_rights_that_only_an_older_copy_knows_restore_nothing(staffed: Desk, tmp_path: Path) -> None:
    copy = str(tmp_path / "salinan.db")
    staffed.person = "adm"
    staffed.do("cadangkan", copy)
    staffed.do("pengguna tambah Citra --peran admin --kode adm2")
    staffed.do("pengguna ubah adm --peran pengamat")
    assert "pengelola" in staffed.refused(3, "pulihkan --ya", copy)
    assert staffed.do("riwayat")[0]["act"] == "pengguna"


def test_where_nobody_could_be_asked_the_log_names_the_account(nine: Desk, tmp_path: Path) -> None:
    copy = str(tmp_path / "salinan.db")
    nine.do("cadangkan", copy)
    for is_lost in (False, True):
        if is_lost:
            nine.path.unlink()
        nine.do("pulihkan --ya", copy)
        newest = nine.do("riwayat")[0]
        assert newest["by"] == "kasubag"
        assert newest["details"]["vouched"] == {"office": None, "account": ACCOUNT, "by_backup": False}
        assert f"dari akun komputer {ACCOUNT}" in " ".join(nine("riwayat").out.split())


def test_who_comes_by_a_key_is_asked_for_no_pin(own_pin: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", "sakip kalender libur 2025-12-01 Banjir")
    assert run("--pengguna", "adm", "--db", str(own_pin.path), now=own_pin.now).code == 0


@pytest.mark.parametrize("words", [(), ("kalender", "libur", "2025-12-01", "Banjir"), ("riwayat",)])
def test_who_types_what_a_key_says_is_no_key(
    own_pin: Desk, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """ "Never an argument": what stands in for a PIN comes from the forced command alone."""
    monkeypatch.delenv("SSH_ORIGINAL_COMMAND", raising=False)
    before = own_pin.dump()
    said = run("--pengguna", "adm", "--db", str(own_pin.path), *words, now=own_pin.now)
    assert (said.code, said.out) == (2, "")
    assert "hanya dipakai oleh pintu komputer kantor" in said.err
    assert own_pin.dump() == before


@pytest.fixture
def pipe() -> Iterator[Callable[[bytes], str]]:
    """A file descriptor that holds some bytes; its number as text."""
    opened_here: list[int] = []

    def hold(content: bytes) -> str:
        reading, writing = os.pipe()
        os.write(writing, content)
        os.close(writing)
        opened_here.append(reading)
        return str(reading)

    yield hold
    for each in opened_here:
        os.close(each)


def test_a_pin_is_read_from_a_descriptor_one_line_and_not_a_byte_more(
    own_pin: Desk, pipe: Callable[[bytes], str]
) -> None:
    holds = pipe(f"{PIN}\r\nsisanya".encode())
    assert own(own_pin, "kalender", "libur", "2025-12-01", "Banjir", "--pin-dari", holds).code == 0
    assert os.read(int(holds), 100) == b"sisanya"
    wrong = own(own_pin, "kalender", "libur", "2025-12-02", "Banjir", "--pin-dari", pipe(WRONG.encode()))
    assert (wrong.code, "tidak cocok" in wrong.err) == (3, True)
    named = own(own_pin, *HOLD, "--sebagai", "atur", "--pin-dari", pipe(PIN.encode()))
    assert named.code == 0
    nothing = own(own_pin, "kalender", "libur", "2025-12-02", "Banjir", "--pin-dari", pipe(b""))
    assert (nothing.code, "tidak cocok" in nothing.err) == (3, True)


@pytest.mark.parametrize("given", ["481516", "-1", "tiga", "\u0663", "99999999999999999999"])
def test_a_descriptor_that_is_none_is_told(own_pin: Desk, given: str) -> None:
    before = own_pin.dump()
    said = own(own_pin, "kalender", "libur", "2025-12-01", "Banjir", f"--pin-dari={given}")
    assert (said.code, "--pin-dari 3" in said.err) == (2, True)
    assert own_pin.dump() == before


def test_a_pin_is_no_argument(own_pin: Desk) -> None:
    for words in (("--pin", PIN), (f"--pin={PIN}",)):
        assert own(own_pin, "kalender", "libur", "2025-12-01", "Banjir", *words).code == 2


def test_registering_says_what_the_account_means() -> None:
    for words in (("pengguna", "tambah"), ("pengguna", "ubah")):
        said = run(*words, "--bantuan")
        assert "siapa yang masuk dengan akun itu bertindak sebagai orang ini" in " ".join(said.out.split())

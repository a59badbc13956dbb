"""Who gets in where: every command, by everybody, in every kind of office, at the computer and by a key."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from db import opening
from sakip_tui.cli import session
from sakip_tui.cli.commands import GRAMMAR
from tests.cli import doors
from tests.cli.conftest import Said, run
from tests.cli.doors import (
    DOORS,
    EMPTY,
    NEW,
    NOW,
    NOWHERE,
    OFFICES,
    OTHER,
    OWN,
    ROLES,
    ROW_OF,
    as_guest,
    may,
    verb_of,
    words_of,
)

PAST = "15.58"
"""A moment after the step became ready."""


class Offices:
    """A copy of the file for every trial that may change it, and the documents that commands name."""

    def __init__(self, template: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.template, self.folder = template, folder
        self._monkeypatch = monkeypatch
        self._numbers = itertools.count()
        self.path = self.fresh()

    def fresh(self) -> Path:
        self.path = self.folder / f"{next(self._numbers)}" / "kantor.db"
        self.path.parent.mkdir()
        shutil.copy(self.template, self.path)
        self.path.chmod(0o600)
        return self.path

    def state(self) -> list[object]:
        """All that an act of any command would change."""
        with opening.open(self.path) as database:
            return [
                database.rows(f"SELECT * FROM {table} ORDER BY 1")
                for table in ("events", "offices", "people", "memberships", "pins", "runs")
            ]

    def at_the_computer(self, person: str, line: str) -> Said:
        self._monkeypatch.setattr(session, "account_name", lambda environ: f"akun-{person}")
        return run(*words_of(line), "--db", str(self.path), now=NOW)

    def by_key(self, person: str, line: str) -> Said:
        return as_guest(self.path, person, " ".join(f"'{word}'" if " " in word else word for word in words_of(line)))

    def line(self, command: str, office: str) -> str:
        """A command in an office, with the documents that it names."""
        sop = EMPTY if office == EMPTY else OWN
        return f"--opd {office} " + command.format(
            sop=sop,
            file=self.folder / "sop.toml",
            key=self.folder / "kunci.pub",
            copy=self.folder / "salinan.db",
            past=self.folder / "susulan.csv",
            register=self.folder / "indikator.xlsx",
        )


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pintu") / "kantor.db"
    doors.made(path)
    return path


@pytest.fixture
def offices(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Offices:
    found = Offices(template, tmp_path, monkeypatch)
    shutil.copy(template, tmp_path / "salinan.db")
    exported = found.at_the_computer("atur", f"--opd {OWN} sop ekspor {OWN}")
    (tmp_path / "sop.toml").write_text(exported.out, encoding="utf-8")
    register = tmp_path / "indikator.xlsx"
    for line in ("tambah IK-9 --nama Peserta --satuan orang", f"ekspor -o {register}"):
        assert found.at_the_computer("atur", f"--opd {OWN} indikator {line}").code == 0
    found.fresh()
    (tmp_path / "susulan.csv").write_text(f"1;;{PAST};{PAST}\n", encoding="utf-8")
    (tmp_path / "kunci.pub").write_text("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGE= x\n", encoding="utf-8")
    return found


def test_every_command_of_the_grammar_is_tried() -> None:
    assert {verb_of(command) for command in ROW_OF} == set(GRAMMAR.verbs) - {("contoh",)}


@pytest.mark.parametrize("command", ROW_OF)
def test_a_command_is_open_to_those_the_table_lets_in_the_office_acted_on_alone(offices: Offices, command: str) -> None:
    ways: tuple[tuple[bool, Callable[[str, str], Said]], ...] = (
        (False, offices.at_the_computer),
        (True, offices.by_key),
    )
    before = offices.state()
    for office, person, (is_guest, call) in itertools.product(OFFICES, ROLES, ways):
        opens = may(command, person, office, is_guest=is_guest)
        shutil.rmtree(offices.path.with_name("cadangan"), ignore_errors=True)
        said = call(person, offices.line(command, office))
        where = f"{command} by {person} in {office}, guest={is_guest}: {said.code} {said.err}"
        assert "Traceback" not in said.err, where
        if opens:
            assert not any(words in said.err for words in DOORS), where
            assert said.code == 0 or ROW_OF[command] or command in doors.NOTHING_THERE, where
        elif opens is False:
            assert (said.code in (2, 3, 4), said.raw) == (True, b""), where
            assert offices.state() == before, where
        if offices.state() != before:
            offices.fresh()


@pytest.mark.parametrize("person", ROLES)
def test_a_further_office_is_set_up_by_an_admin_who_becomes_its_first_person(offices: Offices, person: str) -> None:
    before = offices.state()
    for call in (offices.at_the_computer, offices.by_key):
        bare = call(person, "siapkan --sop dpmptsp-balangan --tahun 2026 --bidang Q")
        assert bare.code in (2, 3), "what has no code yet is named with --opd"
        said = call(person, f"siapkan --opd {NEW} --sop dpmptsp-balangan --tahun 2026 --bidang Q")
        if person != "b1":
            assert said.code in (2, 3), said.err
            assert offices.state() == before
            continue
        assert said.code == 0, said.err
        (first,) = _people(offices.path, NEW)
        assert first == ("b1", "Damar Wibowo", "pengelola,admin", "akun-b1", 1)
        assert call("b1", f"--opd {NEW} periode buka 2026-TW1").code == 0
        told = " ".join(call("b1", f"--opd {NEW} riwayat").out.split())
        assert "Damar Wibowo menjadi orang pertamanya" in told
        assert call("b1", f"--opd {OWN} pengguna daftar").code == 0, "the other offices stay as they are"
        offices.fresh()


def _people(path: Path, office: str) -> list[tuple[object, ...]]:
    with opening.open(path) as database:
        return database.rows(
            "SELECT p.code, p.name, p.role, p.account, p.active FROM people p JOIN offices o ON o.id = p.office_id "
            "WHERE o.code = ? ORDER BY p.id",
            (office,),
        )


def test_the_pin_comes_along_to_a_further_office(offices: Offices) -> None:
    with opening.open(offices.path) as database:
        database.rows(
            "INSERT INTO pins (person_id, hash, failures, locked_until, changed) "
            "SELECT id, 'argon', 0, NULL, 5 FROM people WHERE code = 'b1' AND office_id = 1"
        )
    assert offices.by_key("b1", f"siapkan --opd {NEW} --sop dpmptsp-balangan --tahun 2026 --bidang Q").code == 0
    with opening.open(offices.path) as database:
        found = database.rows(
            "SELECT n.hash FROM pins n JOIN people p ON p.id = n.person_id JOIN offices o ON o.id = p.office_id "
            "WHERE o.code = ?",
            (NEW,),
        )
    assert found == [("argon",)]


@pytest.mark.parametrize("words", ["Damar_Wibowo", "Damar_Wibowo --kode b1", "damar_wibowo --akun akun-b1"])
def test_an_admin_registers_themselves_in_an_office_without_people(offices: Offices, words: str) -> None:
    said = offices.at_the_computer("b1", f"--opd {EMPTY} pengguna tambah {words} --peran pelaksana")
    assert said.code == 0, said.err
    assert _people(offices.path, EMPTY) == [("b1", "Damar Wibowo", "pengelola,admin", "akun-b1", 1)]
    assert offices.at_the_computer("b1", f"--opd {EMPTY} selesai 2026-TW1 1").code == 0
    told = " ".join(offices.at_the_computer("b1", f"--opd {EMPTY} riwayat").out.split())
    assert f"mendaftarkan Damar Wibowo sebagai pengelola dan admin, selaku admin {OWN}" in told
    assert offices.at_the_computer("atur", f"--opd {EMPTY} selesai 2026-TW1 2").code == 2, "from now on as any office"


def test_an_admin_registers_somebody_else_with_an_account_in_an_office_without_people(offices: Offices) -> None:
    line = f"--opd {EMPTY} pengguna tambah Hana --peran pengamat"
    refused = offices.at_the_computer("b1", line)
    assert (refused.code, "akun komputer" in refused.err) == (2, True)
    assert offices.at_the_computer("b1", f"{line} --akun akun-hana").code == 0
    assert _people(offices.path, EMPTY) == [("p1", "Hana", "pengelola,admin", "akun-hana", 1)]
    assert offices.at_the_computer("hana", f"--opd {EMPTY} periode buka 2026-TW2").code == 0


def test_a_code_is_one_person_in_the_whole_file_for_it_is_what_a_key_stands_for(offices: Offices) -> None:
    add = f"--opd {OWN} pengguna tambah"
    refused = offices.at_the_computer("b1", f"{add} Hana --peran admin --kode z1")
    assert (refused.code, "z1" in refused.err) == (2, True)
    assert offices.at_the_computer("b1", f"{add} Zaki --peran pelaksana --kode z1").code == 0, "the same person"
    assert offices.at_the_computer("b1", f"{add} Hana --peran pelaksana").code == 0
    assert offices.at_the_computer("z1", f"--opd {OTHER} pengguna tambah Indra --peran pelaksana").code == 0
    codes = [[code for code, *_ in _people(offices.path, office)] for office in (OWN, OTHER)]
    assert (codes[0][-1], codes[1][-1]) == ("p1", "p2")


def test_nobody_who_worked_with_the_file_of_before_is_locked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was left: with PINs, a draft, an old event about a role, and an office without people beside it."""
    template = tmp_path / "lama.db"
    template.write_bytes(doors.gzip.decompress(doors.OLD_FILE.read_bytes()))
    offices = Offices(template, tmp_path, monkeypatch)
    assert offices.at_the_computer("atur", f"--opd {OWN} berkas tahan 2026-TW1 --alasan audit").code == 0
    assert offices.at_the_computer("atur", f"--opd {OWN} berkas lanjutkan 2026-TW1").code == 0
    assert offices.by_key("a1", f"--opd {OWN} selesai 2026-TW1 1").code == 0
    assert offices.by_key("amat", f"--opd {OWN} komentar 2026-TW1 2 x").code == 0
    assert offices.by_key("b1", f"--opd {OWN} pengguna ubah lama --aktif").code == 0
    reading, writing = os.pipe()
    os.write(writing, b"481516\n")
    said = offices.at_the_computer("adm", f"--opd {OWN} pengguna ubah lama --nonaktif --pin-dari {reading}")
    os.close(reading)
    os.close(writing)
    assert said.code == 0, said.err
    told = " ".join(offices.at_the_computer("amat", f"--opd {OWN} riwayat").out.split())
    assert "mengubah pengguna Damar Wibowo (peran menjadi admin)" in told
    assert "mendaftarkan Wening Rahayu sebagai admin" in told
    with opening.open(offices.path) as database:
        assert database.rows("SELECT person FROM drafts ORDER BY 1") == [("a1",), ("adm",)]


def test_nothing_is_told_of_a_file_to_a_name_without_a_pin(offices: Offices) -> None:
    """`--opd` that named nothing was an office without people, in which a name was as good as a person."""
    copy = offices.folder / "salinan.db"
    for line in (
        f"--opd {NOWHERE} --sebagai adm cadangkan {offices.folder}/x",
        f"--opd {NOWHERE} --sebagai adm pulihkan {copy} --ya",
    ):
        said = offices.at_the_computer("siapa", line)
        assert (said.code, said.out, NOWHERE in said.err) == (2, "", True)
    assert not (offices.folder / "x").exists()


def test_a_damaged_file_is_restored_by_whom_the_backup_knows(offices: Offices) -> None:
    copy = offices.folder / "salinan.db"
    # Whoever wrote in it left the gate beside it, by which a file that is damaged to its first byte is still ours.
    offices.path.with_name(offices.path.name + "-gate").touch()
    offices.path.write_bytes(b"rusak" * 5000)
    said = offices.at_the_computer("siapa", f"--sebagai b1 pulihkan {copy} --ya")
    assert (said.code, offices.path.read_bytes()[:5]) == (3, b"rusak")
    assert offices.at_the_computer("amat", f"pulihkan {copy} --ya").code == 3
    assert offices.at_the_computer("b1", f"pulihkan {copy} --ya").code == 0

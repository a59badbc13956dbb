"""`sakip host` prints first, writes only when told, and never over what somebody changed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.conftest import POSIX_HOST, Desk
from tests.host.test_keys import made_key


@POSIX_HOST
def test_installing_prints_first_and_writes_only_when_told(nine: Desk, tmp_path: Path) -> None:
    said = nine("host", "pasang")
    assert said.code == 0
    assert "Match User sakip" in said.out
    assert "Belum ada yang ditulis" in said.out
    folder = tmp_path / "host"
    folder.mkdir()
    assert nine("host", "pasang", "--tulis", str(folder)).code == 0
    launcher = folder / "sakip-kantor"
    assert stat.S_IMODE(launcher.stat().st_mode) == 0o755
    assert str(nine.path) in launcher.read_text(encoding="utf-8")
    assert nine("host", "pasang", "--tulis", str(folder)).code == 0, "the same once more is no fault"
    launcher.write_text("milik orang", encoding="utf-8")
    assert "isinya lain" in nine.refused(2, "host pasang --tulis", str(folder))
    assert launcher.read_text(encoding="utf-8") == "milik orang"


def test_a_key_is_added_once_and_never_for_two_people(nine: Desk, tmp_path: Path) -> None:
    key, keys = tmp_path / "a.pub", tmp_path / "authorized_keys"
    key.write_text(made_key() + "\n", encoding="utf-8")
    shown = nine("host", "kunci", "sari", str(key))
    assert "restrict,pty" in shown.out
    assert not keys.exists()
    for _ in range(2):
        assert nine("host", "kunci", "sari", str(key), "--tulis", str(keys)).code == 0
    assert len(keys.read_text(encoding="utf-8").splitlines()) == 1
    assert "sari" in nine.refused(2, "host kunci budi", str(key), "--tulis", str(keys))
    other = tmp_path / "b.pub"
    other.write_text(made_key(2), encoding="utf-8")
    assert nine("host", "kunci", "budi", str(other), "--tulis", str(keys)).code == 0
    assert len(keys.read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize("name", ["tidak-ada.pub", "."])
def test_a_key_that_cannot_be_read_is_told_in_a_sentence(nine: Desk, tmp_path: Path, name: str) -> None:
    assert "tidak dapat dibaca" in nine.refused(2, "host kunci sari", str(tmp_path / name))

"""A document that somebody names is read as far as it may be, or said why not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from sakip_tui.documents_in import named_document
from sakip_tui.notices import notice_of
from sop.model.errors import FaultyInput


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


def refused(name: str) -> str:
    with pytest.raises(FaultyInput) as error:
        named_document(name)
    return str(notice_of(error.value))


def test_it_is_read_to_one_byte_more_than_it_may_have_and_its_whole_size_is_known(folder: Path) -> None:
    (folder / "dokumen").write_bytes(b"12345")
    assert named_document("dokumen", 5) == (b"12345", 5)
    assert named_document("dokumen", 3) == (b"1234", 5)


def test_a_name_may_begin_with_the_home_folder_or_only_look_so(folder: Path) -> None:
    for name in ("isian.xlsx", "~$isian.xlsx"):
        (folder / name).write_bytes(name.encode())
    assert named_document("~/isian.xlsx").data == b"isian.xlsx"
    assert named_document("~$isian.xlsx").data == b"~$isian.xlsx"


def test_what_stands_in_the_way_is_said(folder: Path) -> None:
    (folder / "map").mkdir()
    (folder / "dokumen").touch()
    assert refused("kosong").startswith("kosong tidak dapat dibaca: tidak ada.")
    assert refused("map").startswith("map tidak dapat dibaca: itu map.")
    assert "namanya tidak dapat dipakai" in refused("a\0b")
    if sys.platform != "win32":
        assert "mapnya tidak ada" in refused("dokumen/di-dalamnya")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders")
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipa")
    assert refused("pipa").startswith("pipa tidak dapat dibaca: bukan dokumen biasa.")

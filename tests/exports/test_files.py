"""Documents appear whole or not at all, under names that are safe everywhere."""

from __future__ import annotations

import errno
import os
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import files
from exports.errors import (
    DiskFull,
    TargetError,
    TargetExists,
    TargetFolderMissing,
    TargetIsDevice,
    TargetIsFolder,
    TargetLocked,
    TargetReadOnly,
    TargetUnwritable,
)
from exports.files import NAME_LENGTH, default_name, free_target, new_document, safe_name

POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="the system has no such thing")


def put(target: Path, content: bytes = b"baru", *, overwrite: bool = False) -> None:
    with new_document(target, overwrite=overwrite) as stream:
        stream.write(content)


def refused(error: int) -> Any:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    return refuse


def test_a_document_appears_with_its_content_and_nothing_beside_it(tmp_path: Path) -> None:
    put(tmp_path / "rekap.xlsx")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("rekap.xlsx", b"baru")]


def test_a_document_is_never_replaced_silently(tmp_path: Path) -> None:
    target = tmp_path / "rekap.xlsx"
    target.write_bytes(b"lama")
    with pytest.raises(TargetExists) as error:
        put(target)
    assert error.value.path == target
    assert target.read_bytes() == b"lama"
    put(target, overwrite=True)
    assert target.read_bytes() == b"baru"


@pytest.mark.parametrize("links", [True, False])
def test_a_document_that_appears_meanwhile_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    target = tmp_path / "rekap.xlsx"
    if not links:
        monkeypatch.setattr(os, "link", refused(errno.EPERM))

    def put_while_somebody_else_does() -> None:
        with new_document(target) as stream:
            stream.write(b"baru")
            target.write_bytes(b"orang lain")

    with pytest.raises(TargetExists):
        put_while_somebody_else_does()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"orang lain"]


@POSIX_ONLY
def test_a_file_system_without_second_names_gets_the_document_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", refused(errno.EOPNOTSUPP))
    put(tmp_path / "rekap.xlsx")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"baru"]
    monkeypatch.setattr(os, "replace", refused(errno.EIO))
    with pytest.raises(TargetUnwritable):
        put(tmp_path / "lain.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["rekap.xlsx"]


def test_whatever_fails_while_writing_leaves_the_old_document(tmp_path: Path) -> None:
    target = tmp_path / "rekap.xlsx"
    target.write_bytes(b"lama")

    def put_half() -> None:
        with new_document(target, overwrite=True) as stream:
            stream.write(b"separuh")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put_half()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"lama"]


@pytest.mark.parametrize(
    ("call", "code", "kind"),
    [
        ("fsync", errno.ENOSPC, DiskFull),
        ("fsync", errno.EFBIG, DiskFull),
        ("fsync", errno.EIO, TargetUnwritable),
        ("open", errno.ENOSPC, DiskFull),
        ("open", errno.EACCES, TargetReadOnly),
        ("open", errno.EROFS, TargetReadOnly),
        ("open", errno.ENAMETOOLONG, TargetUnwritable),
        ("replace", errno.EACCES, TargetLocked),
        ("replace", errno.ENOSPC, DiskFull),
    ],
)
def test_each_refusal_of_the_system_has_its_error_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, kind: type[TargetError]
) -> None:
    """`replace` with "permission denied" is what Windows says of a document that is open in Excel."""
    target = tmp_path / "rekap.xlsx"
    target.write_bytes(b"lama")
    monkeypatch.setattr(os, call, refused(code))
    with pytest.raises(kind) as error:
        put(target, overwrite=True)
    assert (type(error.value), error.value.path) == (kind, target)
    monkeypatch.undo()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"lama"]


def test_a_document_marked_read_only_is_not_called_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "rekap.xlsx"
    target.write_bytes(b"lama")
    monkeypatch.setattr(os, "replace", refused(errno.EACCES))
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(TargetReadOnly):
        put(target, overwrite=True)


@POSIX_ONLY
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device")
def test_a_full_disk_is_named_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open
    monkeypatch.setattr(os, "open", lambda path, flags, *mode: real("/dev/full", os.O_WRONLY))
    with pytest.raises(DiskFull):
        put(tmp_path / "rekap.xlsx", b"x" * 100_000)
    assert not list(tmp_path.iterdir())


def test_places_that_cannot_hold_a_document_are_named_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "berkas.txt").write_text("x")
    for target, kind in (
        (tmp_path, TargetIsFolder),
        (Path(), TargetIsFolder),
        (tmp_path / "tidak" / "ada.xlsx", TargetFolderMissing),
        (tmp_path / "berkas.txt" / "rekap.xlsx", TargetFolderMissing),
        (tmp_path / "nul\0.xlsx", TargetUnwritable),
        (tmp_path / ("x" * 300), TargetUnwritable),
    ):
        with pytest.raises(kind) as error, new_document(target, overwrite=True):
            pytest.fail("the work was begun")
        assert error.value.path == target


@POSIX_ONLY
def test_a_device_or_pipe_is_never_replaced_by_a_document(tmp_path: Path) -> None:
    """A pipe of our own stands for all: with a fault in the guard, a real device would be lost to whoever runs this."""
    pipe = tmp_path / "pipa"
    os.mkfifo(pipe)
    with pytest.raises(TargetIsDevice):
        put(pipe, overwrite=True)
    assert pipe.is_fifo()


@POSIX_ONLY
def test_a_new_document_gets_the_rights_the_person_gives_new_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        put(tmp_path / "rekap.xlsx")
    finally:
        os.umask(before)
    assert (tmp_path / "rekap.xlsx").stat().st_mode & 0o777 == 0o640


def test_the_usual_name_tells_sop_period_and_revision() -> None:
    assert (
        default_name("disnaker-kota-tangerang", "2026-TW1", 2, ".xlsx")
        == "rekap_disnaker-kota-tangerang_2026-TW1_r2.xlsx"
    )


@given(st.text(max_size=300), st.text(max_size=50), st.integers(0, 10**6))
def test_no_text_leads_a_name_out_of_its_folder(code: str, period: str, revision: int) -> None:
    for name in (safe_name(code), default_name(code, period, revision, ".xlsx")):
        assert len(name) <= NAME_LENGTH + len(".xlsx")
        assert PurePosixPath(name).name == PureWindowsPath(name).name == name
        assert name.isascii()
        assert not name.startswith((".", "-"))
        assert not name.endswith((".", " "))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\rahasia", "C-rahasia"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("\0", "tanpa-nama"),
        ("Renja é 2026", "Renja-e-2026"),
    ],
)
def test_names_are_safe_on_every_system(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_two_long_codes_with_the_same_beginning_keep_different_names() -> None:
    assert safe_name("a" * 150) != safe_name("a" * 151)


def test_no_name_grows_from_the_target(tmp_path: Path) -> None:
    """A target whose name is as long as the system allows is written all the same."""
    put(tmp_path / ("x" * 250 + ".xlsx"))
    assert files.NAME_LENGTH < 250


def test_the_name_of_an_open_period_says_so() -> None:
    assert default_name("dpmd-nganjuk", "2026-TW1", 2, "", rejudged_by=5) == "rekap_dpmd-nganjuk_2026-TW1_r2_kalender5"
    assert default_name("dpmd-nganjuk", "2026-TW1", 2, ".csv", provisional=True) == (
        "rekap_dpmd-nganjuk_2026-TW1_r2_sementara.csv"
    )


def test_a_name_that_is_taken_gets_the_next_number(tmp_path: Path) -> None:
    for expected in ("rekap.csv", "rekap_2.csv", "rekap_3.csv"):
        assert free_target(tmp_path, "rekap.csv").name == expected
        (tmp_path / expected).touch()

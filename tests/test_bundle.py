"""The folder for a PC without internet: what is in it, what is refused, and that it starts wherever it lies."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bundle.__main__ import main
from bundle.folder import LONGEST_PATH, add_python, fill, pack, room, version
from bundle.wheels import UnpackError, needed

TOP = Path(__file__).resolve().parent.parent
OURS = {
    "sakip_tui/__init__.py": "",
    "sakip_tui/__main__.py": "import sys, tool\ndef main():\n    print('jalan', *sys.argv[1:])\n    return tool.CODE\n",
}
METADATA = "Metadata-Version: 2.1\nName: {0}\nVersion: 1\nRequires-Dist: tool>=1; sys_platform != 'x'\n"


def wheel(folder: Path, name: str, files: dict[str, str], papers: str = "Metadata-Version: 2.1\n") -> None:
    with zipfile.ZipFile(folder / f"{name}-1-py3-none-any.whl", "w") as archive:
        for place, text in {**files, f"{name}-1.dist-info/METADATA": papers, f"{name}-1.dist-info/RECORD": ""}.items():
            archive.writestr(place, text)


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """Ours, a package that it needs, one that only builds it."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    extra = "Requires-Dist: builder; extra == 'dev'\n"
    wheel(folder, "sakip_tui", OURS, METADATA.format("sakip-tui") + extra)
    wheel(folder, "tool", {"tool.py": "CODE = 7\n", "tool-1.data/scripts/tool": "x", "tool.pyi": ""})
    wheel(folder, "builder", {"builder.py": ""})
    return folder


def made(tmp_path: Path, wheels: Path, target: str, name: str = "sakip-1") -> Path:
    folder = tmp_path / name
    fill(folder, target, needed(wheels), TOP, "1.0.0")
    return folder


def test_only_what_the_program_stands_on_is_unpacked(
    tmp_path: Path, wheels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "elsewhere"))
    folder = made(tmp_path, wheels, "windows")
    names = {path.relative_to(folder / "paket").as_posix() for path in (folder / "paket").rglob("*") if path.is_file()}
    plain = {name for name in names if "__pycache__" not in name}
    assert plain == {*OURS, "tool.py", "sakip_tui-1.dist-info/METADATA", "tool-1.dist-info/METADATA"}
    compiled = {name for name in names if name.endswith(".pyc")}
    assert {name.replace("__pycache__/", "").split(".")[0] for name in compiled} == {
        name.removesuffix(".py") for name in plain if name.endswith(".py")
    }


def test_compiled_modules_are_taken_without_a_look_at_the_source(tmp_path: Path, wheels: Path) -> None:
    """What an unpacked zip says of moments is not to be relied on."""
    folder = made(tmp_path, wheels, "linux")
    (folder / "paket" / "tool.py").write_text("CODE = 8\n", encoding="utf-8")
    assert started(folder).returncode == 7


def started(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(folder / "mulai.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_the_folder_starts_wherever_it_lies_and_by_a_link_too(tmp_path: Path, wheels: Path) -> None:
    place = tmp_path / f"Sub Bagian é {'a' * 120}"
    place.mkdir()
    folder = made(place, wheels, "linux")
    own = folder / "python" / "bin"
    own.mkdir()
    own.joinpath(f"python{version()}").symlink_to(sys.executable)
    (tmp_path / "sakip").symlink_to(folder / "sakip")
    for command in (folder / "sakip", tmp_path / "sakip"):
        said = subprocess.run([command, "a b"], capture_output=True, text=True, check=False)
        assert (said.returncode, said.stdout) == (7, "jalan a b\n"), said.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_without_python_it_says_what_to_read(tmp_path: Path, wheels: Path) -> None:
    folder = made(tmp_path, wheels, "linux")
    said = subprocess.run(
        ["/bin/sh", folder / "sakip"], capture_output=True, text=True, check=False, env={"PATH": "/bin"}
    )
    if said.returncode != 7:  # /bin may have that very version
        assert (said.returncode, "BACA-DULU.txt" in said.stderr) == (9, True)


def test_the_papers_of_windows_are_for_windows(tmp_path: Path, wheels: Path) -> None:
    folder = made(tmp_path, wheels, "windows")
    for name in ("sakip.cmd", "BACA-DULU.txt"):
        content = (folder / name).read_bytes()
        assert content.count(b"\n") == content.count(b"\r\n") > 5
        assert content.isascii()
        assert b"@VERSION@" not in content
    assert (folder / "python" / f"python{version().replace('.', '')}._pth").read_bytes().endswith(b"..\\paket\r\n")
    assert str(room(folder)).encode() in (folder / "BACA-DULU.txt").read_bytes()
    assert not list(folder.rglob("*.exe"))


def test_the_room_for_its_place_is_what_the_longest_name_leaves(tmp_path: Path, wheels: Path) -> None:
    folder = made(tmp_path, wheels, "windows")
    longest = max(len(path.relative_to(folder).as_posix()) for path in folder.rglob("*"))
    assert len("x" * room(folder) + "\\") + longest == LONGEST_PATH


def test_the_same_folder_gives_the_same_zip(tmp_path: Path, wheels: Path) -> None:
    hashes = set()
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        pack(made(tmp_path / place, wheels, "linux"), tmp_path / "sakip.zip")
        hashes.add(hashlib.sha256((tmp_path / "sakip.zip").read_bytes()).hexdigest())
    assert len(hashes) == 1
    with zipfile.ZipFile(tmp_path / "sakip.zip") as archive:
        assert archive.getinfo("sakip-1/sakip").external_attr >> 16 == 0o755


def embeddable(tmp_path: Path, *extra: str) -> tuple[Path, str]:
    path = tmp_path / "python-embed-amd64.zip"
    library = f"python{version().replace('.', '')}"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("python.exe", f"{library}.dll", f"{library}._pth", *extra):
            archive.writestr(name, b"of python.org")
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


def test_python_is_put_in_once_its_hash_is_the_one_entered(tmp_path: Path, wheels: Path) -> None:
    folder = made(tmp_path, wheels, "windows")
    archive, digest = embeddable(tmp_path)
    with pytest.raises(UnpackError, match="do not use it"):
        add_python(folder, archive, "0" * 64)
    assert not (folder / "python" / "python.exe").exists()
    add_python(folder, archive, f" {digest.upper()} ")
    assert (folder / "python" / "python.exe").exists()
    # Ours stays: theirs does not know the packages.
    assert b"paket" in (folder / "python" / f"python{version().replace('.', '')}._pth").read_bytes()


@pytest.mark.parametrize("bad", ["../python.exe", "/etc/x", "C:x"])
def test_a_place_outside_is_refused(tmp_path: Path, wheels: Path, bad: str) -> None:
    folder = made(tmp_path, wheels, "windows")
    archive, digest = embeddable(tmp_path, bad)
    with pytest.raises(UnpackError):
        add_python(folder, archive, digest)
    wheel(wheels, "tool2", {bad: ""})
    wheel(wheels, "tool", {bad: "", "tool.py": ""})
    with pytest.raises(UnpackError):
        fill(tmp_path / "sakip-2", "linux", needed(wheels), TOP, "1")


def test_a_wheel_with_a_program_of_its_own_is_refused(tmp_path: Path, wheels: Path) -> None:
    wheel(wheels, "tool", {"tool.py": "", "t64.EXE": "MZ"})
    with pytest.raises(UnpackError, match="program"):
        made(tmp_path, wheels, "windows")


def test_a_folder_without_our_wheel_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["windows", "--wheels", str(tmp_path), "-o", str(tmp_path / "dist")]) == 1
    assert "no wheel of sakip-tui" in capsys.readouterr().err

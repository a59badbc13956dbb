"""The folder of a bundle, and the zip of it: packages compiled, what starts them, papers, and the place for Python."""

from __future__ import annotations

import compileall
import py_compile
import shutil
import sys
import zipfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path, PurePosixPath

from bundle.wheels import UnpackError, Wheel, unpack

LONGEST_PATH = 259
"""Characters of a path that every Windows takes."""
PAPERS = ("PANDUAN.md", "HAK.md", "IT.md", "LOG.md")
_FILES = Path(__file__).with_name("files")
_MOMENT = (2026, 1, 1, 0, 0, 0)
"""Of every entry of the zip: the same folder gives the same bytes."""
_RUNNABLE = 0o755 << 16
_PLAIN = 0o644 << 16


def version() -> str:
    """The Python that the bundle is compiled for: this one's."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def fill(folder: Path, target: str, wheels: Iterable[Wheel], top: Path, number: str) -> None:
    """Make the folder.

    Args:
        folder: New.
        target: `windows` or `linux`.
        wheels: What is unpacked into it.
        top: Of the project, for its papers.
        number: Of the program.

    Raises:
        UnpackError: As `unpack`; or a module does not compile.
    """
    packages = folder / "paket"
    unpack(wheels, packages)
    _compile(packages, folder)
    (folder / "python").mkdir()
    for name in PAPERS:
        shutil.copyfile(top / "docs" / name, folder / name)
    shutil.copytree(top / "docs" / "gambar", folder / "gambar", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.copyfile(_FILES / "mulai.py", folder / "mulai.py")
    words = {"@VERSION@": version(), "@NUMBER@": number}
    if target == "windows":
        _written(folder / "sakip.cmd", _FILES / "sakip.cmd", words, "\r\n")
        (folder / "python" / f"python{version().replace('.', '')}._pth").write_bytes(search_path())
        words["@ROOM@"] = str(room(folder))
    else:
        _written(folder / "sakip", _FILES / "sakip.sh", words, "\n")
        (folder / "sakip").chmod(0o755)
    _written(
        folder / "BACA-DULU.txt", _FILES / f"BACA-DULU-{target}.txt", words, "\r\n" if target == "windows" else "\n"
    )


def _compile(packages: Path, folder: Path) -> None:
    # Unchecked: a zip keeps no moment that a source could be compared by, and nobody edits these.
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    elsewhere, sys.pycache_prefix = sys.pycache_prefix, None  # beside the sources, wherever this machine keeps its own
    try:
        if not compileall.compile_dir(packages, quiet=1, stripdir=str(folder), invalidation_mode=mode):
            raise UnpackError("a module does not compile")
    finally:
        sys.pycache_prefix = elsewhere


def search_path() -> bytes:
    """The `._pth` beside the embeddable Python: its library, its modules, our packages, and nothing of the PC."""
    return "\r\n".join((f"python{version().replace('.', '')}.zip", ".", "..\\paket", "")).encode("ascii")


def room(folder: Path) -> int:
    """How many letters the place of the folder may have on a Windows that takes no long paths."""
    return LONGEST_PATH - max(len(place) for place in _places(folder)) - 1


def add_python(folder: Path, archive: Path, digest: str) -> None:
    """Put the embeddable Python into its place, once its hash is the one that was entered.

    Raises:
        UnpackError: It is another file, or not for the Python that the bundle was compiled for.
    """
    found = sha256(archive.read_bytes()).hexdigest()
    if found != digest.strip().lower():
        raise UnpackError(f"{archive.name} has the hash {found}, not {digest}: do not use it")
    library = f"python{version().replace('.', '')}.dll"
    with zipfile.ZipFile(archive) as held:
        names = held.namelist()
        if "python.exe" not in names or library not in names:
            raise UnpackError(f"{archive.name} holds no python.exe with {library}")
        own = folder / "python"
        for name in names:
            if ".." in PurePosixPath(name).parts or name.startswith("/") or ":" in name:
                raise UnpackError(f"{archive.name} holds a place outside the folder: {name}")
            if not name.endswith("._pth"):
                held.extract(name, own)


def pack(folder: Path, target: Path) -> None:
    """The zip of a folder: the same folder gives the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for place in _places(folder):
            entry = zipfile.ZipInfo(f"{folder.name}/{place}", _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _RUNNABLE if place == "sakip" else _PLAIN
            entry.create_system = 3
            archive.writestr(entry, (folder / place).read_bytes())


def _places(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _written(target: Path, source: Path, words: dict[str, str], end: str) -> None:
    text = source.read_text(encoding="utf-8")
    for word, said in words.items():
        text = text.replace(word, said)
    target.write_text(text, encoding="utf-8", newline=end)

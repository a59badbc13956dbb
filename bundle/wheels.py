"""The wheels of a bundle: fetched by the lock's hashes for another system, then unpacked as far as they are needed."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

PROJECT = "sakip-tui"
PLATFORMS = {
    "windows": ("win_amd64",),
    # From the newest that every supported system has to the oldest that still names wheels.
    "linux": (*tuple(f"manylinux_2_{minor}_x86_64" for minor in range(28, 16, -1)), "manylinux2014_x86_64"),
}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_REQUIRES = re.compile(r"^Requires-Dist:\s*([^\r\n]+)", re.MULTILINE)
_EXTRA = re.compile(r";.*\bextra\s*==")
_LEFT_BEHIND = re.compile(
    r"apsw/(sqlite_extra_binaries|tests)/"  # programs and modules of SQLite that nothing here runs, and their tests
    r"|holidays/locale/(?!.*/ID\.mo$)"  # names of holidays in the languages of other countries
    r"|.*\.pyi$"
)
"""What packages bring and this program never reads: two fifths of the files."""
_NOT_NEEDED = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
"""Of a package's own papers: what only an installer reads."""


class UnpackError(Exception):
    """A wheel that a bundle cannot be made of; says why, in words for whoever makes it."""


class Wheel(NamedTuple):
    """One wheel file."""

    path: Path
    name: str
    """As requirements name it, in small letters with hyphens."""
    needs: frozenset[str]
    """Names of what it requires, on whatever system."""


def fetch(top: Path, target: str, folder: Path) -> None:
    """The wheels of the run lock for a system, and ours, into a folder. Needs the network; pip refuses another hash.

    Raises:
        CalledProcessError: pip could not.
    """
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    pip = [sys.executable, "-m", "pip", "--quiet"]
    named = [word for platform in PLATFORMS[target] for word in ("--platform", platform)]
    # Marks after `;` are judged for this machine: what only Windows needs is asked for by name.
    lock = (top / "requirements" / "run.txt").read_text(encoding="utf-8")
    asked = folder / "lock.txt"
    asked.write_text(re.sub(r" *; *sys_platform == 'win32'", "", lock), encoding="utf-8")
    download = ["download", "--no-deps", "--require-hashes", "--only-binary", ":all:", "--python-version", version]
    subprocess.run([*pip, *download, *named, "-r", str(asked), "-d", str(folder)], check=True)
    asked.unlink()
    own = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(top)]
    subprocess.run(own, check=True)


def needed(folder: Path, root: str = PROJECT) -> list[Wheel]:
    """Our wheel and what it stands on, by name; what only builds us is left behind.

    Raises:
        UnpackError: A wheel is missing, or there are two of one name.
    """
    known: dict[str, Wheel] = {}
    for path in sorted(folder.glob("*.whl")):
        wheel = _read(path)
        if wheel.name in known:
            raise UnpackError(f"two wheels of {wheel.name}: {known[wheel.name].path.name}, {path.name}")
        known[wheel.name] = wheel
    if root not in known:
        raise UnpackError(f"no wheel of {root} in {folder}")
    found, ahead = {root: known[root]}, [root]
    while ahead:
        for name in sorted(known[ahead.pop()].needs & known.keys() - found.keys()):
            found[name] = known[name]
            ahead.append(name)
    return [found[name] for name in sorted(found)]


def _read(path: Path) -> Wheel:
    with zipfile.ZipFile(path) as archive:
        papers = next((name for name in archive.namelist() if name.endswith(".dist-info/METADATA")), None)
        if papers is None:
            raise UnpackError(f"{path.name} is no wheel")
        text = archive.read(papers).decode("utf-8")
    lines = (line for line in _REQUIRES.findall(text) if not _EXTRA.search(line))
    needs = frozenset(_plain(match[0]) for line in lines if (match := _NAME.match(line)))
    return Wheel(path, _plain(path.name.split("-")[0]), needs)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def unpack(wheels: Iterable[Wheel], folder: Path) -> None:
    """Everything that the wheels install, into one folder.

    Raises:
        UnpackError: Two wheels bring the same file, or one brings a place outside the folder or a program of its own.
    """
    for wheel in wheels:
        with zipfile.ZipFile(wheel.path) as archive:
            for info, place in _placed(wheel, archive):
                target = folder / place
                if target.exists():
                    raise UnpackError(f"{wheel.path.name} brings {place} a second time")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(info))


def _placed(wheel: Wheel, archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    for info in archive.infolist():
        parts = info.filename.split("/")
        if info.is_dir() or (parts[0].endswith(".dist-info") and parts[-1] in _NOT_NEEDED):
            continue
        if parts[0].endswith(".data"):
            # Scripts and headers are of no use here; what a package puts beside itself is.
            if parts[1] not in ("purelib", "platlib"):
                continue
            parts = parts[2:]
        if not all(parts) or ".." in parts or ":" in info.filename or "\\" in info.filename:
            raise UnpackError(f"{wheel.path.name} brings a place outside the folder: {info.filename}")
        place = "/".join(parts)
        if not _LEFT_BEHIND.match(place):
            if place.lower().endswith(".exe"):
                raise UnpackError(f"{wheel.path.name} brings a program: {place}")
            yield info, place

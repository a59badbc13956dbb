"""On what kind of file system a path lies: network ones are refused, since SQLite's locks do not hold there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_NETWORK = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "vboxsf", "afs", "ceph", "glusterfs", "lustre", "ncpfs"),
        *("davfs", "beegfs", "gpfs", "orangefs", "prl_fs"),
    }
)
_DRIVE_REMOTE = 4
"""What GetDriveTypeW says of a mapped drive."""


def network_kind(path: Path, mountinfo: str = "/proc/self/mountinfo") -> str | None:
    """The kind of network file system that `path` lies on; None for a local one or where the system does not say.

    Args:
        path: The database file, which need not exist yet.
        mountinfo: The mount table of Linux.
    """
    place = os.path.realpath(path.parent)
    if sys.platform == "win32":
        return _windows_kind(place)
    try:
        with open(mountinfo, encoding="utf-8", errors="surrogateescape") as table:
            kind = mounted_kind(place, table.read())
    except OSError:
        return None
    return kind if kind is not None and (kind in _NETWORK or kind.startswith("fuse.")) else None


def mounted_kind(place: str, mountinfo: str) -> str | None:
    """The file system type of the longest mount point above `place`; of equal ones the last mounted wins.

    Source: proc(5), the fields of /proc/pid/mountinfo.
    """
    longest, kind = -1, None
    for line in mountinfo.splitlines():
        fields, separator, tail = line.partition(" - ")
        parts = fields.split(" ")
        if not separator or len(parts) < 5:
            continue
        point = _unescaped(parts[4])
        above = place == point or place.startswith(point.rstrip("/") + "/")
        if above and len(point) >= longest:
            longest, kind = len(point), tail.split(" ", 1)[0]
    return kind


def _unescaped(point: str) -> str:
    """Spaces and their like stand as octal escapes in the mount table."""
    for code, char in ((r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", "\\")):
        point = point.replace(code, char)
    return point


def _windows_kind(place: str) -> str | None:
    """UNC paths and mapped drives."""
    plain = place.removeprefix("\\\\?\\")
    if plain.upper().startswith("UNC\\") or plain.startswith("\\\\"):
        return "UNC"
    import ctypes

    drive = os.path.splitdrive(plain)[0]
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  # the attribute exists on Windows only
    return "mapped drive" if kernel.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE else None

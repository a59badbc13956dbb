"""Where documents go: names made from codes, a temporary file beside the target, then one rename.

Whatever fails, the target is either the old document or the whole new one, and nothing else is left behind.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO

from db.file import leftovers
from db.file.systems import NO_SPACE, flush
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

NAME_LENGTH = 100
"""Characters of a name we make; leaves room for a folder within Windows' 260."""

_CREATE = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_LONGEST_NAME = 255
"""Characters of a name that any file system in use can hold."""
_LEFT = re.compile(r"\.sakip-[0-9a-f]{16}\.tmp")
"""The names of documents that were never finished."""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")


def safe_name(text: str) -> str:
    """A name that is one plain file name on every system, whatever the text holds.

    Letters lose their accents, everything but ASCII letters, digits, `.`, `_` and `-` becomes `-`; dots and dashes at
    the ends go, names reserved by Windows get a `_` in front, and a name cut for its length ends in a hash, so that
    two long texts do not meet. An empty result is `tanpa-nama`.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"\.{2,}", ".", re.sub(r"[^A-Za-z0-9._-]+", "-", plain)).strip(".-") or "tanpa-nama"
    if _RESERVED.match(name):
        name = "_" + name
    if len(name) > NAME_LENGTH:
        name = f"{name[: NAME_LENGTH - 9]}-{sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"
    return name


def default_name(
    code: str, period: str, revision: int, suffix: str, *, provisional: bool = False, rejudged_by: int | None = None
) -> str:
    """`rekap_<code>_<period>_r<revision><suffix>` as a safe name.

    Args:
        code: SOP or office code.
        period: Period key such as `2026-TW1`.
        revision: The closing it belongs to: the last one, or with `provisional` the one to come.
        suffix: With its dot: `.xlsx`.
        provisional: The period is open: the name ends in `_sementara`.
        rejudged_by: Revision of the calendar that it was judged anew by: the name ends in `_kalender<revision>`, so
            that nobody takes it for the recap of the closing.
    """
    ending = ("_sementara" if provisional else "") + ("" if rejudged_by is None else f"_kalender{rejudged_by}")
    return safe_name(f"rekap_{code}_{period}_r{revision}{ending}") + suffix


def free_target(folder: Path, name: str) -> Path:
    """A document of that name in the folder, or of the name with the first number behind it that is not taken."""
    target = folder / name
    number = 1
    while os.path.lexists(target):
        number += 1
        target = folder / f"{Path(name).stem}_{number}{Path(name).suffix}"
    return target


def check_target(target: Path, *, overwrite: bool) -> None:
    """Refuse early what cannot end well, before any figure is computed.

    Raises:
        TargetIsFolder, TargetIsDevice, TargetExists, TargetFolderMissing, TargetReadOnly, TargetUnwritable.
    """
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        if not _is_folder(target.parent, target):
            raise TargetFolderMissing(target) from None
        if len(target.name) > _LONGEST_NAME:
            # Windows finds out when the finished document gets its name.
            raise TargetUnwritable(target) from None
        if target.is_symlink() and not overwrite:
            raise TargetExists(target) from None
        return
    except (OSError, ValueError) as error:
        raise target_error(error, target) from error
    if stat.S_ISDIR(mode):
        raise TargetIsFolder(target)
    if not stat.S_ISREG(mode):
        raise TargetIsDevice(target)
    if not overwrite:
        raise TargetExists(target)


@contextlib.contextmanager
def new_document(target: Path, *, overwrite: bool = False) -> Iterator[IO[bytes]]:
    """A stream whose bytes become the target when the block ends well; otherwise nothing of it remains.

    Args:
        target: Path of the document; its folder must exist.
        overwrite: Replace a document of that name. Without it a document that appears meanwhile is kept as well.

    Raises:
        TargetError: One of its family; see `errors`.
    """
    check_target(target, overwrite=overwrite)
    # A name of its own, not one grown from the target's: that may already be as long as the system allows.
    temporary = target.with_name(f".sakip-{secrets.token_hex(8)}.tmp")
    try:
        stream = os.fdopen(os.open(temporary, _CREATE, 0o666), "wb")
        leftovers.sweep(target.parent, _LEFT, os.fstat(stream.fileno()).st_mtime)
    except (OSError, ValueError) as error:
        raise target_error(error, target) from error
    try:
        try:
            with stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise target_error(error, target) from error
        _publish(temporary, target, overwrite=overwrite)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _publish(temporary: Path, target: Path, *, overwrite: bool) -> None:
    """Give the finished document its name in one step. Raises TargetError."""
    try:
        if overwrite:
            os.replace(temporary, target)
        elif os.name == "nt":
            os.rename(temporary, target)  # refuses an existing name there, and only there
        else:
            _link(temporary, target)
    except FileExistsError as error:
        raise TargetExists(target) from error
    except PermissionError as error:
        # Windows says "permission denied" for a document that is open in Excel; the folder was writable a moment ago.
        held = target.exists() and os.access(target, os.W_OK)
        raise (TargetLocked if held else TargetReadOnly)(target) from error
    except OSError as error:
        raise target_error(error, target) from error
    # The new name itself shall survive a power cut, where the file system can do that.
    with contextlib.suppress(OSError):
        flush(target.parent)


def _link(temporary: Path, target: Path) -> None:
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        # FAT and some network shares have no second names: hold the name with an empty file, then replace that.
        os.close(os.open(target, _CREATE, 0o666))
        try:
            os.replace(temporary, target)
        except BaseException:
            target.unlink(missing_ok=True)
            raise


def _is_folder(folder: Path, target: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError as error:
        raise target_error(error, target) from error


def target_error(error: OSError | ValueError, target: Path) -> TargetError:
    """What the system's refusal means for the document; ValueError is a NUL in the name."""
    if isinstance(error, PermissionError):
        return TargetReadOnly(target)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return TargetFolderMissing(target)
    if isinstance(error, IsADirectoryError):
        return TargetIsFolder(target)
    code = error.errno if isinstance(error, OSError) else None
    if code in NO_SPACE:
        return DiskFull(target)
    return TargetReadOnly(target) if code == errno.EROFS else TargetUnwritable(target)

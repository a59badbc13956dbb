"""A file that is not there any more, or cannot be read, while copies of it lie beside it: what there is, and the way
back in a sentence; for the screen and the command line."""

from __future__ import annotations

import os
from pathlib import Path

from db.backup_names import BackupFile, backup_files, is_nothing
from db.errors import DAMAGE
from db.file.systems import command_line
from db.restoration import newest_sound
from sakip_tui.notices import notice_of
from sop.time.instants import offset_of
from sop.values import Frozen
from sop.words.time import moment_short


class Loss(Frozen):
    """What is left of an office whose file is gone or damaged."""

    place: Path
    happened: str
    """What is wrong, in a sentence."""
    is_missing: bool
    copies: tuple[BackupFile, ...]
    """The newest first, sound or not; at least one."""
    newest: BackupFile | None
    """The newest that can be restored; None where none can, or where that cannot be tried."""
    offset: int
    """Seconds that the office's zone lies east of UTC."""

    @property
    def found(self) -> str:
        """`Di map cadangan di sampingnya ada 12 salinannya; yang terbaru yang utuh dibuat Sen 30 Nov 2026 08.12.`"""
        count = f"Di map {self.copies[0].path.parent.name} di sampingnya ada {len(self.copies)} salinannya"
        newest, which = self.newest or self.copies[0], "" if self.newest is None else " yang utuh"
        return f"{count}; yang terbaru{which} dibuat {moment_short(newest.made, self.offset, 0)}."

    def remedy(self, named: str | None, is_guest: bool) -> str:
        """What to do at a command line.

        Args:
            named: The database as it was named with `--db`; None where it was not.
            is_guest: Whether the person came in by a key, so that nothing is restored from where they are.
        """
        if is_guest:
            return f"{self.found} Minta pengelola memulihkannya di komputer kantor itu sendiri."
        way = ["sakip", *([] if named is None else ["--db", named]), "pulihkan"]
        chosen = command_line([*way, "CADANGAN" if self.newest is None else str(self.newest.path)])
        return f"{self.found} Pulihkan dengan:\n  {chosen}"


def loss_of(path: Path, now: int, error: BaseException | None = None) -> Loss | None:
    """What is left; None where nothing is amiss with the file, or where it has no copies.

    Args:
        path: Where the database lies, or would.
        now: Reading of the clock.
        error: Why what lies there cannot be worked in; None where nothing was set up, or nothing lies there.
    """
    damaged = error if isinstance(error, DAMAGE) and not error.facts.get("is_kept") else None
    place = Path(os.path.realpath(path))
    is_missing = is_nothing(place)
    copies = backup_files(place) if is_missing or damaged is not None else ()
    if not copies:
        return None
    happened = f"Basis data {path} tidak ada lagi di tempatnya."
    told = None if is_missing or damaged is None else notice_of(damaged)
    sound = newest_sound(place, now)
    return Loss(
        place,
        happened if told is None else told.happened,
        is_missing,
        copies,
        sound and sound[0],
        offset_of(sound[1] if sound else "Asia/Jakarta"),
    )

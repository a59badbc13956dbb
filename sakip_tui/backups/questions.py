"""What is asked before a copy takes the place of the database, and how a copy is told. Pure values."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from db.backup_names import BackupFile, BackupKind
from sakip_tui.prompts.form import Choice, Form, FormField, Response
from sakip_tui.views.restoring import CONFIRMATION, divergence_words
from sop.model.errors import Fault, FaultyInput
from sop.words.time import moment_short

if TYPE_CHECKING:
    from db.restoration import Divergence
    from sakip_tui.views.loss import Loss

KINDS = MappingProxyType(
    {
        BackupKind.DAILY: "harian, otomatis",
        BackupKind.BY_HAND: "dibuat sendiri",
        BackupKind.BEFORE_RESTORING: "sebelum dipulihkan",
        BackupKind.BEFORE_REPLACEMENT: "sebelum berkasnya diganti",
    }
)
BACK, ANEW = "pulihkan", "baru"
_NAMED = 5
"""Lost acts that the question names."""
_MEGABYTE = 1_000_000
_PIN_AHEAD = (
    "Siapa Anda dicocokkan dengan salinan ini. Bila Anda punya PIN, PIN itu ditanyakan di terminal sesudah layar ini "
    "ditutup; tanpa itu tidak ada yang diganti."
)


def restoring(one: BackupFile, found: Divergence, *, is_missing: bool = False, is_damaged: bool = False) -> Form:
    """Shows what would be lost, and wants the word.

    Args:
        one: The copy.
        found: The copy beside the database that it would replace.
        is_missing: Whether there is nothing that would be replaced.
        is_damaged: Whether what would be replaced cannot say who asks, so that the copy does once the screen is closed.
    """
    kept = "" if is_missing else "Basis data yang sekarang tetap disimpan di map cadangan. "
    return Form(
        f"Pulihkan {one.path.name}",
        (
            *divergence_words(found, _NAMED),
            *((_PIN_AHEAD,) if is_damaged else ()),
            f"{kept}Papan dibuka lagi sesudahnya.",
        ),
        fields=(FormField("kata", f"Ketik {CONFIRMATION}", required=True, is_fleeting=True),),
        submit="Pulihkan",
    )


def require_word(answer: Response) -> None:
    """Raises FaultyInput where it is not the word."""
    word = answer.text("kata") or ""
    if word.upper() != CONFIRMATION:
        raise FaultyInput((Fault("", "kata-pulihkan", word, (CONFIRMATION,)),))


def what_now(loss: Loss, is_guest: bool) -> Form:
    """Back to a copy, or a new office.

    Args:
        loss: What is left.
        is_guest: Whether the person came in by a key, so that nothing is restored from where they are.
    """
    back = Choice(BACK, "Pulihkan", "dari sebuah salinan; lebih dulu ditunjukkan isinya")
    anew = Choice(ANEW, "Kantor baru", "mulai dari kosong; salinan yang ada tidak disentuh")
    ask = "Minta pengelola memulihkannya di komputer kantor itu sendiri."
    return Form(
        "Basis data tidak ada di tempatnya" if loss.is_missing else "Basis data rusak",
        (loss.happened, loss.found, *((ask,) if is_guest else ())),
        choices=(*(() if is_guest else (back,)), *((anew,) if loss.is_missing else ())),
        submit="Lanjut",
        cancel="Keluar",
    )


def which_copy(loss: Loss) -> Form:
    """One of the copies, the newest sound one picked."""
    return Form(
        "Salinan yang dipulihkan",
        choices=tuple(
            Choice(one.path.name, moment_short(one.made, loss.offset, 0), f"{KINDS[one.kind]}, {size_words(one.size)}")
            for one in loss.copies
        ),
        chosen=None if loss.newest is None else loss.newest.path.name,
        submit="Lanjut",
        cancel="Mundur",
    )


def copy_named(copies: Sequence[BackupFile], name: str | None) -> BackupFile | None:
    """The copy that is called so."""
    return next((one for one in copies if one.path.name == name), None)


def size_words(count: int) -> str:
    """`0,4 MB`."""
    return f"{count / _MEGABYTE:.1f} MB".replace(".", ",")

"""The forced command of an office host: who comes in is fixed by the key, and what is asked is read, never run.

A person's key line calls the launcher with the person's code. What the person asked for arrives in the environment
(SSH_ORIGINAL_COMMAND); it is split into words here and goes the way of every command line. No shell ever sees it.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sakip_tui.cli.grammar import LOCKED_OPTION, Arguments
from sakip_tui.cli.streams import STANDARD_OUTPUT
from sop.model.errors import Fault, FaultyInput

ASKED = "SSH_ORIGINAL_COMMAND"
LONGEST_ASKED = 20_000
"""Characters of a command that somebody sends; a comment of 10 000 letters fits."""
_PROGRAMS = ("sakip", "sakip-kantor")
_FIXED = ("--db", "--sebagai", LOCKED_OPTION)
"""What the key line decides."""
_ON_THE_HOST = frozenset({("contoh",), ("pulihkan",), ("host", "pasang"), ("host", "kunci")})
"""Commands for whoever runs the host, at the host itself."""
_OUTPUT = "--keluaran"


class Guest(NamedTuple):
    """Somebody who came in by a key."""

    person: str
    """Code of the person, as the key line says."""
    own: list[str]
    """What the launcher adds: where the database lies."""
    sent: list[str]
    """What was asked, without the program's name; empty for the board."""


def guest(words: Sequence[str], environ: Mapping[str, str]) -> Guest | None:
    """Who came in by a key and what was asked; None for an ordinary command line.

    Args:
        words: The process's own words, as the launcher gave them: `--pengguna KODE`, then `--db` and its like.
        environ: The launcher sets SSH_ORIGINAL_COMMAND, empty where no command was sent along.

    Raises:
        FaultyInput: It was not the launcher that named the person, its words are incomplete, what was sent cannot be
            taken apart, or it would change what the key decides.
    """
    if not words or words[0] != LOCKED_OPTION:
        return None
    if ASKED not in environ:
        # Typed at a shell it would be an argument that stands for a PIN.
        raise FaultyInput((Fault("", "hanya-oleh-pintu", LOCKED_OPTION),))
    if len(words) < 2 or not words[1].strip():
        raise FaultyInput((Fault("", "opsi-tanpa-nilai", LOCKED_OPTION),))
    sent = asked_words(environ[ASKED])
    fixed = [name for name in _FIXED if any(word == name or word.startswith(f"{name}=") for word in sent)]
    if fixed:
        raise FaultyInput(tuple(Fault("", "hanya-oleh-kunci", name) for name in fixed))
    return Guest(words[1], list(words[2:]), sent)


def asked_words(text: str) -> list[str]:
    """What somebody sent, as words, without the program's name.

    Raises:
        FaultyInput: It is too long, or a quotation mark is missing.
    """
    if len(text) > LONGEST_ASKED:
        raise FaultyInput((Fault("", "perintah-terlalu-panjang", str(len(text)), (str(LONGEST_ASKED),)),))
    try:
        words = shlex.split(text)
    except ValueError:
        raise FaultyInput((Fault("", "tanda-kutip-terbuka", text[:60]),)) from None
    return words[1:] if words and words[0] in _PROGRAMS else words


def check(asked: Arguments) -> None:
    """Whether a guest may ask this at all; what each person may do is decided with the act itself.

    A guest names no place on the host: documents go to the export folder or to standard output.

    Args:
        asked: The command line as read.

    Raises:
        FaultyInput: Everything in it that a guest may not use.
    """
    faults: list[Fault] = []
    if asked.verb.words in _ON_THE_HOST:
        faults.append(Fault("", "hanya-di-komputer-kantor", asked.verb.name))
    paths = [option.name for option in asked.verb.options if option.is_path]
    paths += [operand.name for operand in asked.verb.operands if operand.is_path]
    for name in paths:
        # Only there a dash is standard output; anywhere else it is a document of that name.
        if name == _OUTPUT:
            if any(value != STANDARD_OUTPUT for value in asked.texts(name)):
                faults.append(Fault("", "tanpa-tempat-di-komputer-kantor", name))
        elif asked.has(name):
            faults.append(Fault("", "tanpa-dokumen-dari-jauh", name))
    if faults:
        raise FaultyInput(tuple(faults))

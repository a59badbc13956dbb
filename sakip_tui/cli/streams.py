"""Standard output and standard error: what goes out, in which characters, and what is true where it does not arrive."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from db.file.systems import NO_SPACE, is_reader_gone
from sakip_tui import first_frame
from sakip_tui.cli.grammar import Arguments
from sakip_tui.cli.recording import records

NO_OUTPUT = (
    "Keluaran baku tertutup, jadi jawabannya tidak dapat ditulis, dan tidak ada yang dikerjakan. "
    "Buka lagi keluarannya, atau alihkan ke tempat lain."
)
STANDARD_OUTPUT = "-"
"""Names it where a document is asked for."""
LONGEST_REMARK = 20_000
"""Characters of a refusal: it names what was typed, and that may have no end."""
_SPACES = "\n\t\u00a0"


class AnswerLost(Exception):
    """The command was carried out, but standard output did not take its answer; says so in words."""


@contextmanager
def answering(arguments: Arguments) -> Iterator[None]:
    """While an answer goes to standard output. Raises AnswerLost, or BrokenPipeError when whoever read it went away."""
    first_frame.leave()
    try:
        yield
    except OSError as error:
        if is_reader_gone(error):
            raise BrokenPipeError(*error.args) from error
        raise AnswerLost(_lost(arguments, error)) from error


def write_document(arguments: Arguments, whole: bytes) -> None:
    """Give a document out as the answer. Raises as `answering`."""
    with answering(arguments):
        sys.stdout.flush()
        sys.stdout.buffer.write(whole)
        sys.stdout.buffer.flush()


def _lost(arguments: Arguments, error: OSError) -> str:
    """What is true after an answer that could not be written: an act that was accepted stays."""
    why = "tempat keluarannya penuh" if error.errno in NO_SPACE else "keluarannya tidak dapat ditulis"
    if not records(arguments):
        return f"Jawabannya tidak tersampaikan: {why}. Alihkan keluarannya ke tempat lain, lalu ulangi."
    return (
        f"Perintah ini sudah tercatat, tetapi jawabannya tidak tersampaikan: {why}. "
        "Jangan diulang begitu saja; lihat hasilnya dengan sakip papan atau sakip riwayat."
    )


def legible(text: str) -> str:
    """Without what acts on a terminal or hides: what people typed comes back in answers and refusals."""
    if text.replace("\n", "").isprintable():
        return text
    return "".join(char if char in _SPACES or char.isprintable() else "?" for char in text)


def remark(text: str) -> None:
    """Print a remark on standard error; where nobody can read it, the exit code still speaks."""
    first_frame.leave()
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            print(legible(text[:LONGEST_REMARK]), file=sys.stderr, flush=True)


def answered(question: str) -> str:
    """What somebody at the terminal types in a line, having been asked on standard error."""
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline(100).strip()


def prepare_streams() -> None:
    """What the terminal cannot show must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # An office PC pipes in a code page of its own; what reads our JSON, CSV and text expects what they are.
            is_piped = sys.platform == "win32" and not stream.isatty()
            reconfigure(encoding="utf-8" if is_piped else None, errors="backslashreplace")


def speaks_unicode() -> bool:
    """Whether standard output takes every character."""
    return (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"


def settle_output() -> None:
    """What was printed and is not taken must not end the interpreter with words of its own."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        drop_output()


def drop_output() -> None:
    """Keep the interpreter from flushing into the closed pipe at its end."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
    except (OSError, ValueError):
        pass

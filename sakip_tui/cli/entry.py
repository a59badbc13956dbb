"""From the words of a command line to an exit code: read, call, print. No command's own work is done here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from db.file.systems import is_reader_gone
from sakip_tui.cli.commands import GRAMMAR
from sakip_tui.cli.grammar import LOCKED_OPTION, Arguments, HelpAsked, VersionAsked
from sakip_tui.cli.recording import records
from sakip_tui.cli.session import Session
from sakip_tui.clock import Clock, system_clock

if TYPE_CHECKING:
    from db.file.connection import Database

DONE, FAULTY, REFUSED, OVERTAKEN, DATABASE = 0, 2, 3, 4, 5
INTERRUPTED = 130
"""As shells report a program that Ctrl-C ended."""


NO_OUTPUT = (
    "Keluaran baku tertutup, jadi jawabannya tidak dapat ditulis, dan tidak ada yang dikerjakan. "
    "Buka lagi keluarannya, atau alihkan ke tempat lain."
)


LONGEST_REMARK = 20_000
"""Characters of a refusal: it names what was typed, and that may have no end."""
_SPACES = "\n\t\u00a0"

RECORDED = (
    "Perintah ini sudah tercatat sebelum itu. Jangan diulang begitu saja; "
    "lihat hasilnya dengan sakip papan atau sakip riwayat."
)


class AnswerLost(Exception):
    """The command was carried out, but standard output did not take its answer; says so in words."""


class Answer(NamedTuple):
    """What a command answers."""

    document: Any
    """JSON values, for `--json`."""
    text: Callable[[], str]
    """For people; called only where it is printed."""
    remarks: tuple[str, ...] = ()
    """Beside the answer, on standard error."""
    code: int = DONE


def main(argv: Sequence[str] | None = None, clock: Clock = system_clock) -> int:
    """Answer one command line.

    Args:
        argv: Without the program's name; None for the process's own.
        clock: Reading of the clock.

    Returns:
        0 done, 2 faulty input, 3 refused by a rule, 4 somebody was faster, 5 the database.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    _prepare_streams()
    session: Session | None = None
    try:
        if sys.stdout is None:
            # Before anything is done: whoever asked could not see what became of it.
            _whisper(NO_OUTPUT)
            return FAULTY
        person = None
        if words[:1] == [LOCKED_OPTION]:
            words, person = _let_in(words)
        asked = GRAMMAR.read(words)
        if isinstance(asked, VersionAsked):
            print(f"sakip {version()}")
            return DONE
        if isinstance(asked, HelpAsked):
            from sakip_tui.cli.help import help_text

            print(help_text(GRAMMAR, asked.words))
            return DONE
        if person is not None:
            _check_guest(asked)
        session = Session(asked, clock, os.environ, person)
        if person is not None or asked.has("--opd"):
            _admit(session)
        _prove(session)
        code = _answer(session, asked)
        _look_after(session)
        return code
    except BrokenPipeError:
        # Whoever read our output went away, as with `| head`; nothing more can be said there.
        _drop_output()
        return DONE
    except AnswerLost as lost:
        _drop_output()
        _whisper(str(lost))
        return DATABASE
    except KeyboardInterrupt:
        _whisper("Dihentikan; tidak ada yang tersimpan sesudah perintah terakhir yang selesai.")
        return INTERRUPTED
    except SystemExit as ended:
        # The screen ends this way where a terminal cannot show it.
        return ended.code if isinstance(ended.code, int) else DONE
    except Exception as error:
        return _tell(error, session)
    finally:
        if session is not None:
            session.close()
        _settle_output()


def _let_in(words: list[str]) -> tuple[list[str], str]:
    """The command line of somebody who came in by a key, and who that is."""
    from sakip_tui.host.door import guest

    came = guest(words, os.environ)
    assert came is not None
    return [*came.own, *came.sent], came.person


def _check_guest(asked: Arguments) -> None:
    from sakip_tui.host.door import check

    check(asked)


def _admit(session: Session) -> None:
    from sakip_tui.cli.people_identity import admit

    admit(session)


def _prove(session: Session) -> None:
    from sakip_tui.cli.people_identity import prove

    prove(session)


def _answer(session: Session, arguments: Arguments) -> int:
    module, _, function = arguments.verb.handler.partition(":")
    handler: Callable[[Session], Answer | None] = getattr(import_module(f"sakip_tui.cli.{module}"), function)
    answer = handler(session)
    if answer is None:
        return DONE
    for remark in answer.remarks:
        _whisper(remark)
    if arguments.has("--json"):
        import json

        said = json.dumps(answer.document, ensure_ascii=not _speaks_unicode())
    else:
        said = legible(answer.text())
    with answering(arguments):
        if said:
            print(said)
        sys.stdout.flush()
    return answer.code


def _look_after(session: Session) -> None:
    """After an act, once its answer is out: today's backup, and what the surroundings need."""
    database = session.__dict__.get("database")
    if database is not None and session.has_recorded:
        from sakip_tui.upkeep import look_after

        try:
            for remark in look_after(database, session.now):
                _whisper(remark)
        except Exception as error:
            # The act was answered already, and stands.
            _whisper(_unexpected(error, session))


@contextmanager
def answering(arguments: Arguments) -> Iterator[None]:
    """While an answer goes to standard output. Raises AnswerLost, or BrokenPipeError when whoever read it went away."""
    try:
        yield
    except OSError as error:
        if is_reader_gone(error):
            raise BrokenPipeError(*error.args) from error
        raise AnswerLost(_lost(arguments, error)) from error


def _lost(arguments: Arguments, error: OSError) -> str:
    """What is true after an answer that could not be written: an act that was accepted stays."""
    import errno

    why = "tempat keluarannya penuh" if error.errno == errno.ENOSPC else "keluarannya tidak dapat ditulis"
    if not records(arguments):
        return f"Jawabannya tidak tersampaikan: {why}. Alihkan keluarannya ke tempat lain, lalu ulangi."
    return (
        f"Perintah ini sudah tercatat, tetapi jawabannya tidak tersampaikan: {why}. "
        "Jangan diulang begitu saja; lihat hasilnya dengan sakip papan atau sakip riwayat."
    )


def _tell(error: Exception, session: Session | None) -> int:
    """Say what stands in the way, on standard error only."""
    try:
        error = _explained(error, session) or error
        from sakip_tui.notices import notice_of

        notice = notice_of(error, (session.offset if session is not None else None) or 0)
        if notice is not None:
            _whisper(str(notice))
            if _was_recorded(session):
                _whisper(RECORDED)
            return exit_code(error)
    except Exception as worse:
        worse.__context__ = error
        error = worse
    _whisper(_unexpected(error, session))
    return DATABASE


def _explained(error: Exception, session: Session | None) -> Exception | None:
    """What a failure means where a value in the database is to blame. One that was not opened is looked at only where
    nobody expected the failure, as when a screen ends by it."""
    from sop.model.errors import SopError

    opened: Database | None = None if session is None else session.__dict__.get("database")
    if session is None or (opened is None and (isinstance(error, SopError) or not session.has_database)):
        return None
    from db import unreadable
    from db.errors import DbError
    from db.file import connection

    if opened is not None:
        return unreadable.explained(opened, error)
    if isinstance(error, DbError):
        return None
    with suppress(DbError), connection.open(session.path) as database:
        return unreadable.explained(database, error)
    return None


def exit_code(error: Exception) -> int:
    """The exit code of an error that was raised on purpose."""
    from db import errors as db_errors
    from exports import errors as export_errors
    from sop.model.refusals import Refused, StaleRevision

    # One's own act is a rule in the way, not somebody else who was faster.
    if isinstance(error, Refused | db_errors.YearExists | db_errors.OwnChange):
        return REFUSED
    if isinstance(error, StaleRevision | db_errors.StaleCase):
        return OVERTAKEN
    wrong_names = (
        db_errors.DatabaseMissing,
        db_errors.UnknownOffice,
        db_errors.UnknownAdoption,
        db_errors.UnknownYear,
        db_errors.UnknownPerson,
    )
    if isinstance(error, db_errors.DbError) and not isinstance(error, wrong_names):
        return DATABASE
    return DATABASE if isinstance(error, export_errors.DiskFull) else FAULTY


def _unexpected(error: Exception, session: Session | None) -> str:
    """Keep what happened in a log and say where it lies, and whether an act had been recorded before it."""
    from sakip_tui.cli.crash import keep

    where = keep(error, "" if session is None else session.arguments.verb.name, system_clock(), os.environ)
    became = "perintah ini sudah tercatat" if _was_recorded(session) else "perintah ini dibatalkan"
    return f"Terjadi kesalahan yang tidak terduga, dan {became}. {where} Sertakan catatan itu saat melapor."


def _was_recorded(session: Session | None) -> bool:
    """Whether the command's act stands, whatever kept its answer from being given."""
    return session is not None and session.has_recorded


def version() -> str:
    """The version installed; of a tree that is not installed, unknown."""
    from importlib import metadata

    try:
        return metadata.version("sakip-tui")
    except metadata.PackageNotFoundError:
        return "tanpa nomor"


def legible(text: str) -> str:
    """Without what acts on a terminal or hides: what people typed comes back in answers and refusals."""
    if text.replace("\n", "").isprintable():
        return text
    return "".join(char if char in _SPACES or char.isprintable() else "?" for char in text)


def _whisper(text: str) -> None:
    """Say something on standard error; where nobody can hear it, the exit code still speaks."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            print(legible(text[:LONGEST_REMARK]), file=sys.stderr, flush=True)


def _prepare_streams() -> None:
    """What the terminal cannot show must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # An office PC pipes in a code page of its own; what reads our JSON, CSV and text expects what they are.
            is_piped = sys.platform == "win32" and not stream.isatty()
            reconfigure(encoding="utf-8" if is_piped else None, errors="backslashreplace")


def _speaks_unicode() -> bool:
    return (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"


def _settle_output() -> None:
    """What was printed and is not taken must not end the interpreter with words of its own."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        _drop_output()


def _drop_output() -> None:
    """Keep the interpreter from flushing into the closed pipe at its end."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
    except (OSError, ValueError):
        pass

"""From the words of a command line to an exit code. No command's own work is done here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING

from sakip_tui.cli.bare import BOARD
from sakip_tui.cli.grammar import LOCKED_OPTION, Arguments, Asked, Grammar, HelpAsked, VersionAsked
from sakip_tui.cli.reply import DATABASE, DONE, FAULTY, INTERRUPTED
from sakip_tui.cli.streams import NO_OUTPUT, AnswerLost, drop_output, prepare_streams, remark, settle_output
from sakip_tui.clock import Clock, system_clock
from sop.loading import load
from sop.model.errors import FaultyInput

if TYPE_CHECKING:
    from sakip_tui.cli.door import Guest
    from sakip_tui.cli.session import Session

STAGES = MappingProxyType(
    {
        "commands": "sakip_tui.cli.commands:GRAMMAR",
        "guest": "sakip_tui.cli.door:guest",
        "check": "sakip_tui.cli.door:check",
        "help": "sakip_tui.cli.help:help_text",
        "version": "sakip_tui.cli.version:version_text",
        "session": "sakip_tui.cli.session:Session",
        "answer": "sakip_tui.cli.answering:answer",
        "failure": "sakip_tui.cli.failures:report",
    }
)
"""What is loaded once it is known that the command line needs it."""


def main(argv: Sequence[str] | None = None, clock: Clock = system_clock) -> int:
    """Answer one command line.

    Args:
        argv: Without the program's name; None for the process's own.
        clock: Reading of the clock.

    Returns:
        0 done, 2 faulty input, 3 refused by a rule, 4 somebody was faster, 5 the database.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    prepare_streams()
    session: Session | None = None
    try:
        if sys.stdout is None:
            # Before anything is done: whoever asked could not see what became of it.
            remark(NO_OUTPUT)
            return FAULTY
        person = None
        if words[:1] == [LOCKED_OPTION]:
            words, person = _let_in(words)
        asked = _read(words)
        if isinstance(asked, VersionAsked):
            print(load(STAGES["version"])())
            return DONE
        if isinstance(asked, HelpAsked):
            print(load(STAGES["help"])(load(STAGES["commands"]), asked.words))
            return DONE
        if person is not None:
            load(STAGES["check"])(asked)
        session = _session(asked, clock, person)
        return int(load(STAGES["answer"])(session))
    except BrokenPipeError:
        # Whoever read our output went away, as with `| head`; nothing more can be said there.
        drop_output()
        return DONE
    except AnswerLost as lost:
        drop_output()
        remark(str(lost))
        return DATABASE
    except KeyboardInterrupt:
        remark("Dihentikan; tidak ada yang tersimpan sesudah perintah terakhir yang selesai.")
        return INTERRUPTED
    except SystemExit as ended:
        # The screen ends this way where a terminal cannot show it.
        return ended.code if isinstance(ended.code, int) else DONE
    except Exception as error:
        return int(load(STAGES["failure"])(error, session))
    finally:
        if session is not None:
            session.close()
        settle_output()


def _read(words: list[str]) -> Asked:
    """What a command line asks for. Raises FaultyInput."""
    if not BOARD.has_command(words):
        with suppress(FaultyInput):
            asked = BOARD.read(words)
            if isinstance(asked, Arguments):
                return asked
    # Here are all options known as well, for whoever mistyped one.
    grammar: Grammar = load(STAGES["commands"])
    return grammar.read(words)


def _let_in(words: list[str]) -> tuple[list[str], str]:
    """The command line of somebody who came in by a key, and who that is."""
    came: Guest = load(STAGES["guest"])(words, os.environ)
    return [*came.own, *came.sent], came.person


def _session(asked: Arguments, clock: Clock, person: str | None) -> Session:
    make: Callable[..., Session] = load(STAGES["session"])
    return make(asked, clock, os.environ, person)

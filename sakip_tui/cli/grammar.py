"""Reads the words of a command line: which command, with which options, and every fault at once.

Not argparse: it stops at the first fault, speaks English, and takes options of the whole program on one side of the
command only. What a command is called and takes is `commands.py`; what a value means is `values.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from sakip_tui.options import Operand, Option
from sop.loading import load
from sop.model.errors import Fault, FaultyInput
from sop.values import Frozen

HELP = ("--bantuan", "--help", "-h")
VERSION = ("--versi", "--version")
FAULTS = MappingProxyType({"alike": "sakip_tui.cli.misread:alike", "shown": "sakip_tui.cli.misread:shown"})
"""What tells of words that cannot be read; loaded for such words alone."""
LOCKED_OPTION = "--pengguna"
"""First word of a command line that an office host's launcher made: whose key it was."""


class Verb(Frozen):
    """One command."""

    words: tuple[str, ...]
    help: str
    handler: str
    """`module:function`, loaded when the command is given."""
    operands: tuple[Operand, ...] = ()
    options: tuple[Option, ...] = ()

    @property
    def name(self) -> str:
        return " ".join(self.words)


def operand_words(operand: Operand) -> str:
    """How an operand stands in the way a command is written."""
    name = f"{operand.name}..." if operand.repeats else operand.name
    return name if operand.required else f"[{name}]"


class Arguments(Frozen):
    """What was given to a command, still as text."""

    verb: Verb
    values: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """Name of an option or operand -> what was given; a flag has an empty tuple."""

    def text(self, name: str) -> str | None:
        given = self.values.get(name)
        return given[0] if given else None

    def texts(self, name: str) -> tuple[str, ...]:
        return self.values.get(name, ())

    def has(self, name: str) -> bool:
        return name in self.values


class HelpAsked(Frozen):
    """Help about a command, or about what begins with `words`."""

    words: tuple[str, ...]


class VersionAsked:
    """The version of the program."""


Asked = Arguments | HelpAsked | VersionAsked


class Grammar:
    """The commands of the program and the options that all of them take."""

    def __init__(self, verbs: Sequence[Verb], shared: Sequence[Option], bare: Verb) -> None:
        self.verbs = {verb.words: verb for verb in verbs}
        self.shared = tuple(shared)
        self.bare = bare
        """What no command at all means."""
        self._arity: dict[str, bool] = {}
        for option in (*shared, *(option for verb in verbs for option in verb.options)):
            for name in (option.name, option.short):
                if name is not None:
                    self._arity[name] = option.value is not None

    def read(self, argv: Sequence[str]) -> Asked:
        """What a command line asks for.

        Raises:
            FaultyInput: Every fault of the words: the command, its options, what is missing and what is too much.
        """
        words, places_of_words = self._command_words(argv)
        if any(token in VERSION for token in self._options_in(argv)):
            return VersionAsked()
        wants_help = any(token in HELP for token in self._options_in(argv)) or words[:1] == ("bantuan",)
        if wants_help:
            asked = words[1:] if words[:1] == ("bantuan",) else words
            return HelpAsked(self._known_prefix(asked))
        verb, used = self._verb(words)
        if verb is None:
            raise FaultyInput((self._unknown_command(words),))
        consumed = set(places_of_words[:used])
        return self._arguments(verb, [token for index, token in enumerate(argv) if index not in consumed])

    def has_command(self, argv: Sequence[str]) -> bool:
        """Whether there are words that are neither options known here nor their values."""
        return bool(self._command_words(argv)[0])

    # ------------------------------------------------------------------ finding the command
    def _command_words(self, argv: Sequence[str]) -> tuple[tuple[str, ...], list[int]]:
        """The words that are neither options nor their values, and where they stand."""
        found = [(token, index) for index, token in self._without_values(argv) if not _is_option(token)]
        return tuple(word for word, _ in found), [index for _, index in found]

    def _options_in(self, argv: Sequence[str]) -> Iterable[str]:
        return (token for _, token in self._without_values(argv) if _is_option(token))

    def _without_values(self, argv: Sequence[str]) -> Iterator[tuple[int, str]]:
        """(place, token) of words and options up to `--`, without the values of options."""
        skip = False
        for index, token in enumerate(argv):
            if token == "--" and not skip:
                return
            if not skip:
                yield index, token
            skip = not skip and _is_option(token) and self._arity.get(token, False)

    def _verb(self, words: tuple[str, ...]) -> tuple[Verb | None, int]:
        if not words:
            return self.bare, 0
        for length in (2, 1):
            verb = self.verbs.get(words[:length]) if len(words) >= length else None
            if verb is not None:
                return verb, length
        return None, 0

    def _known_prefix(self, words: tuple[str, ...]) -> tuple[str, ...]:
        for length in (2, 1):
            if len(words) >= length and any(known[:length] == words[:length] for known in self.verbs):
                return words[:length]
        return ()

    def _unknown_command(self, words: tuple[str, ...]) -> Fault:
        group = [known[1] for known in self.verbs if len(known) == 2 and known[0] == words[0]]
        if group and len(words) == 1:
            return Fault("", "perintah-kurang", words[0], tuple(f"{words[0]} {word}" for word in group))
        if group:
            near = _alike(words[1], group) or tuple(group)
            return Fault("", "perintah-tak-dikenal", " ".join(words[:2]), tuple(f"{words[0]} {word}" for word in near))
        near = _alike(words[0], dict.fromkeys(known[0] for known in self.verbs))
        return Fault("", "perintah-tak-dikenal" if near else "perintah-asing", _short(words[0]), near)

    # ------------------------------------------------------------------ reading what it was given
    def _arguments(self, verb: Verb, tokens: Sequence[str]) -> Arguments:
        options = {name: option for option in (*verb.options, *self.shared) for name in _names(option)}
        faults: list[Fault] = []
        values: dict[str, tuple[str, ...]] = {}
        loose: list[str] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            index += 1
            if token == "--":
                loose += tokens[index:]
                break
            if not _is_option(token):
                loose.append(token)
                continue
            name, separator, attached = token.partition("=")
            option = options.get(name)
            if option is None:
                faults.append(self._unknown_option(name, options))
                if not separator and self._arity.get(name, False):
                    index += 1
                continue
            if option.value is None:
                if separator:
                    faults.append(Fault("", "opsi-dengan-nilai", name))
                values[option.name] = ()
                continue
            if separator:
                value = attached
            elif index < len(tokens) and tokens[index] not in options:
                value = tokens[index]
                index += 1
            else:
                faults.append(Fault("", "opsi-tanpa-nilai", name))
                continue
            if option.name in values and not option.repeats:
                faults.append(Fault("", "opsi-berulang", name))
                continue
            if not option.is_path:
                value = _legible(value)
            values[option.name] = (*values.get(option.name, ()), value)
        faults += self._placed(verb, loose, values)
        told = {fault.found for fault in faults}
        faults += [
            Fault("", "opsi-wajib", option.name)
            for option in verb.options
            if option.required and option.name not in values and option.name not in told
        ]
        if faults:
            raise FaultyInput(tuple(faults))
        return Arguments(verb, values)

    @staticmethod
    def _placed(verb: Verb, loose: Sequence[str], values: dict[str, tuple[str, ...]]) -> list[Fault]:
        for operand, word in zip(verb.operands, loose, strict=False):
            values[operand.name] = (word if operand.is_path else _legible(word),)
        last = verb.operands[-1] if verb.operands else None
        if last is not None and last.repeats and len(loose) >= len(verb.operands):
            rest = loose[len(verb.operands) - 1 :]
            values[last.name] = tuple(word if last.is_path else _legible(word) for word in rest)
            return []
        faults = [
            Fault("", "isian-kurang", operand.name) for operand in verb.operands[len(loose) :] if operand.required
        ]
        faults += [Fault("", "isian-berlebih", _short(word)) for word in loose[len(verb.operands) :]]
        return faults

    @staticmethod
    def _unknown_option(name: str, options: Iterable[str]) -> Fault:
        near = _alike(name, [known for known in options if known.startswith("--")])
        return Fault("", "opsi-tak-dikenal" if near else "opsi-asing", _short(name), near)


def _legible(text: str) -> str:
    """Without halves of characters, which come from bytes that are no UTF-8; in a path they have a meaning."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _names(option: Option) -> tuple[str, ...]:
    return (option.name,) if option.short is None else (option.name, option.short)


def _is_option(token: str) -> bool:
    """A lone dash is a place (standard output), and so is a negative number."""
    return len(token) > 1 and token[0] == "-" and not token[1].isdigit()


def _alike(word: str, known: Iterable[str]) -> tuple[str, ...]:
    found: tuple[str, ...] = load(FAULTS["alike"])(word, known)
    return found


def _short(text: str) -> str:
    return str(load(FAULTS["shown"])(text))

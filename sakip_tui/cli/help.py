"""What `--bantuan` prints: the commands, and each command's words and options."""

from __future__ import annotations

from collections.abc import Iterable

from sakip_tui.acts import FACES
from sakip_tui.cli.grammar import Grammar, Verb, operand_words
from sakip_tui.cli.layout import WIDTH, wrapped
from sakip_tui.options import Option

_ON_CARDS = [face.words[0] for face in FACES if len(face.words) == 1]
_DAILY = _ON_CARDS.index("kembalikan") + 1
"""So many of them stand under *Bekerja*, the others apart below."""
_GROUPS = (
    ("Menyiapkan", ("contoh", "siapkan", "sop", "periode", "berkas")),
    ("Bekerja", ("papan", *_ON_CARDS[:_DAILY])),
    ("", (*_ON_CARDS[_DAILY:], "susulan")),
    ("Melihat", ("status", "dasbor", "ringkas", "kartu", "alur", "riwayat", "rekap", "kalender", "periksa")),
)
"""Title -> first words of its commands; whatever is named in none of them stands under *Kantor*."""
_COLUMN = 26
"""Where what is said of an option begins."""


def help_text(grammar: Grammar, words: tuple[str, ...]) -> str:
    """The help for the commands that begin with these words; for none, of the whole program."""
    verbs = [verb for verb in grammar.verbs.values() if verb.words[: len(words)] == words]
    if not words:
        return _overview(grammar)
    if len(verbs) == 1:
        return _of_verb(grammar, verbs[0])
    return "\n".join([f"sakip {words[0]} ...", "", *_verb_lines(verbs)])


def _overview(grammar: Grammar) -> str:
    lines = ["Pemakaian: sakip [opsi] PERINTAH ...", "Tanpa perintah: membuka papan.", ""]
    named = {name for _, names in _GROUPS for name in names}
    others = dict.fromkeys(words[0] for words in grammar.verbs if words[0] not in named)
    for title, names in (*_GROUPS, *((("Kantor", tuple(others)),) if others else ())):
        if title:
            lines.append(title)
        lines += _verb_lines(verb for name in names for verb in grammar.verbs.values() if verb.words[0] == name)
        lines.append("")
    lines += ["Opsi untuk semua perintah", *_option_lines(grammar.shared), ""]
    lines.append("sakip PERINTAH --bantuan menjelaskan satu perintah.")
    return "\n".join(lines).replace("\n\n\n", "\n\n")


def _of_verb(grammar: Grammar, verb: Verb) -> str:
    usage = [
        "sakip",
        *verb.words,
        *(operand_words(operand) for operand in verb.operands),
    ]
    usage += [_usage(option) for option in verb.options]
    lines = [*wrapped(" ".join(usage), WIDTH, "    "), "", f"{verb.help[:1].upper()}{verb.help[1:]}.", ""]
    if verb.operands:
        lines += [f"  {operand.name:<24}{operand.help}" for operand in verb.operands] + [""]
    if verb.options:
        lines += [*_option_lines(verb.options), ""]
    return "\n".join([*lines, "Opsi untuk semua perintah", *_option_lines(grammar.shared)])


def _usage(option: Option) -> str:
    shown = option.name if option.value is None else f"{option.name} {option.value}"
    text = shown if option.required else f"[{shown}]"
    return text + ("..." if option.repeats else "")


def _verb_lines(verbs: Iterable[Verb]) -> list[str]:
    return [f"  {verb.name:<24}{verb.help}" for verb in verbs]


def _option_lines(options: Iterable[Option]) -> list[str]:
    lines: list[str] = []
    for option in options:
        name = option.name if option.short is None else f"{option.short}, {option.name}"
        head = f"  {name if option.value is None else f'{name} {option.value}':<24}"
        first, *rest = wrapped(option.help, WIDTH - _COLUMN)
        fits = len(head.rstrip()) < _COLUMN
        lines.append(f"{head}{first}" if fits else head.rstrip())
        lines += [" " * _COLUMN + line for line in (rest if fits else [first, *rest])]
    return lines

"""How words become a command with options and operands, and which faults a command line is told of, all at once."""

from __future__ import annotations

import pytest

from sakip_tui.cli.grammar import Arguments, Grammar, HelpAsked, Verb, VersionAsked
from sakip_tui.options import Operand, Option
from sop.model.errors import FaultyInput

WHERE = Option("--db", "berkas", "BERKAS", is_path=True)
PLAIN = Option("--polos", "apa adanya", short="-p")
NOTE = Option("--catatan", "catatan", "TEKS", required=True)
NAMES = Option("--bidang", "bidang", "B", repeats=True)
SHOW = Verb(("lihat",), "", "m:show", (Operand("PERIODE", ""), Operand("LANGKAH", "", required=False)), (NAMES,))
WRITE = Verb(("catat", "langkah"), "", "m:write", (Operand("PERIODE", ""),), (NOTE,))
FILES = Verb(("catat", "berkas"), "", "m:files", (Operand("PERIODE", ""), Operand("BERKAS", "", repeats=True)))
ALL = Verb(("lihat", "semua"), "", "m:all", (Operand("TAHUN", "", required=False),))
GRAMMAR = Grammar((SHOW, ALL, WRITE, FILES), (WHERE, PLAIN), Verb((), "", "m:bare"))


def values(*words: str) -> dict[str, tuple[str, ...]]:
    asked = GRAMMAR.read(words)
    assert isinstance(asked, Arguments)
    return dict(asked.values)


def faults(*words: str) -> list[tuple[str, str]]:
    with pytest.raises(FaultyInput) as refused:
        GRAMMAR.read(words)
    return [(fault.code, str(fault.found)) for fault in refused.value.faults]


def test_options_of_the_whole_program_stand_on_either_side_of_the_command_and_are_no_part_of_it() -> None:
    expected = {"--db": ("a.db",), "--polos": (), "PERIODE": ("P",), "LANGKAH": ("3",)}
    assert values("--db", "a.db", "lihat", "P", "3", "-p") == expected
    assert values("lihat", "P", "3", "--polos", "--db=a.db") == expected
    assert values("--db", "catat", "lihat", "P")["--db"] == ("catat",), "a value is no command, whatever it says"


def test_two_words_make_a_command_where_they_can_and_the_rest_are_operands() -> None:
    asked = GRAMMAR.read(("catat", "langkah", "P", "--catatan", "langkah"))
    assert isinstance(asked, Arguments)
    assert (asked.verb, dict(asked.values)) == (WRITE, {"--catatan": ("langkah",), "PERIODE": ("P",)})
    longer = GRAMMAR.read(("lihat", "semua", "2026"))
    assert isinstance(longer, Arguments)
    assert (longer.verb, dict(longer.values)) == (ALL, {"TAHUN": ("2026",)})


def test_behind_two_dashes_nothing_is_an_option_any_more() -> None:
    assert values("lihat", "--", "--versi", "--bantuan") == {"PERIODE": ("--versi",), "LANGKAH": ("--bantuan",)}
    assert values("catat", "berkas", "P", "--", "-a.xlsx", "--", "b.xlsx")["BERKAS"] == ("-a.xlsx", "--", "b.xlsx")
    assert isinstance(GRAMMAR.read(("lihat", "--versi", "--", "P")), VersionAsked)
    assert faults("lihat", "--", "P", "3", "--polos") == [("isian-berlebih", "--polos")]


def test_help_is_asked_of_as_many_words_as_begin_a_command() -> None:
    for words, known in (
        (("bantuan",), ()),
        (("catat", "--bantuan"), ("catat",)),
        (("catat", "langkah", "-h", "P"), ("catat", "langkah")),
        (("bantuan", "catat", "asing"), ("catat",)),
    ):
        assert GRAMMAR.read(words) == HelpAsked(known)


def test_what_may_be_given_more_than_once_is_kept_in_order_and_all_else_is_refused_twice() -> None:
    assert values("lihat", "P", "--bidang", "B", "--bidang=A")["--bidang"] == ("B", "A")
    assert faults("lihat", "P", "--db", "a", "--db", "b") == [("opsi-berulang", "--db")]


def test_an_option_of_another_command_is_unknown_here_and_takes_its_value_with_it() -> None:
    assert faults("lihat", "P", "3", "--catatan", "apa saja") == [("opsi-asing", "--catatan")]
    assert faults("lihat", "P", "3", "--catatan=apa saja") == [("opsi-asing", "--catatan")]


def test_a_value_is_missing_where_the_next_word_is_an_option_and_is_not_asked_for_twice() -> None:
    assert faults("catat", "langkah", "P", "--catatan", "--polos") == [("opsi-tanpa-nilai", "--catatan")]
    assert faults("catat", "langkah", "P", "--catatan") == [("opsi-tanpa-nilai", "--catatan")]
    assert faults("catat", "langkah", "P") == [("opsi-wajib", "--catatan")]


def test_a_switch_takes_no_value() -> None:
    assert faults("lihat", "P", "--polos=ya") == [("opsi-dengan-nilai", "--polos")]


def test_a_number_below_zero_and_a_lone_dash_are_values() -> None:
    assert values("lihat", "-", "-3") == {"PERIODE": ("-",), "LANGKAH": ("-3",)}


def test_every_fault_is_named_at_once() -> None:
    found = faults("catat", "langkah", "P", "lebih", "--asing", "--polos=1")
    assert sorted(code for code, _ in found) == ["isian-berlebih", "opsi-asing", "opsi-dengan-nilai", "opsi-wajib"]
    assert faults("catat", "berkas", "P") == [("isian-kurang", "BERKAS")]
    assert faults("catat") == [("perintah-kurang", "catat")]

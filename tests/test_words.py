"""Nothing reaches a person without words: errors, rules, faults, enum values, and the terms of the glossary."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import string
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import ModuleType

import pytest

import db.errors
import exports.errors
import sop
import sop.model.errors
import sop.model.refusals
from sakip_tui import notices
from sakip_tui.fault_words import FAULT_SENTENCES, OTHER_FAULTS
from sakip_tui.rule_words import RULES
from sakip_tui.wording import Wording
from sop.acts.flow import run_label
from sop.form.faults import FaultCode
from sop.kinerja.form_fault import FormFault, FormWarning
from sop.model.act import Act
from sop.model.errors import Fault, FaultyInput, SopError
from sop.model.refusals import Refused, RefusedRows, Rule, StaleRevision, Unknown
from sop.values import fields
from sop.words.act_verbs import VERBS

TOP = Path(__file__).resolve().parent.parent
OTHERS = (FaultyInput, Refused, RefusedRows, StaleRevision, Unknown)
"""Told by what they carry, not by their type."""


def modules(package: ModuleType) -> list[ModuleType]:
    names = [info.name for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    return [importlib.import_module(name) for name in names]


def error_types() -> list[type[BaseException]]:
    """Every error raised on purpose on the three floors below."""
    found: dict[type[BaseException], None] = {}
    for module in (*modules(sop), db.errors, exports.errors):
        for kind in vars(module).values():
            if not (inspect.isclass(kind) and kind.__module__ == module.__name__):
                continue
            if issubclass(kind, SopError | db.errors.DbError | exports.errors.ExportError):
                found[kind] = None
    return list(found)


def enums() -> list[type[StrEnum]]:
    """Every enum of the rules floor that people may see a value of."""
    found = {
        kind
        for module in modules(sop)
        for kind in vars(module).values()
        if inspect.isclass(kind) and issubclass(kind, StrEnum) and kind.__module__ == module.__name__
    }
    in_sentences = {FaultCode, FormFault, FormWarning, Rule}
    return sorted(found - in_sentences, key=lambda kind: kind.__name__)


def label_tables() -> Mapping[type[StrEnum], Mapping[str, str]]:
    """What the label modules say, all of them together."""
    tables: dict[type[StrEnum], Mapping[str, str]] = {}
    for module in modules(sop):
        if module.__name__.startswith("sop.words."):
            for value in vars(module).values():
                if isinstance(value, Mapping):
                    tables |= {kind: words for kind, words in value.items() if inspect.isclass(kind)}
    return tables


def test_every_act_has_a_verb() -> None:
    """The teller of events says what somebody did, and no label stands where a verb belongs."""
    assert set(VERBS) == set(Act)


class _Facts(dict[str, object]):
    """Facts of an error that hold whatever a sentence asks for."""

    def __missing__(self, key: str) -> object:
        return self.get(key)

    def get(self, key: str, default: object = None) -> object:
        return super().get(key, default)


# --- errors and rules -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", error_types(), ids=lambda kind: kind.__name__)
def test_every_error_type_has_a_notice(kind: type[BaseException]) -> None:
    assert kind in notices.ERRORS or kind in OTHERS


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_a_sentence_that_is_fit_to_read(rule: Rule) -> None:
    happened, remedy = RULES[rule](_Facts(act=Act.TAHAN, step=3, period="2026-TW1"), Wording(25_200))
    for sentence in filter(None, (happened, remedy)):
        assert sentence[0].isupper() or not sentence[0].isalpha()
        assert sentence.endswith(".")
        assert "!" not in sentence


@pytest.mark.parametrize("kind", list(notices.ERRORS), ids=lambda kind: kind.__name__)
def test_every_notice_is_a_sentence(kind: type[BaseException]) -> None:
    happened, remedy = notices.ERRORS[kind](_Facts(path="kantor.db"), Wording(25_200))
    for sentence in filter(None, (happened, remedy)):
        assert sentence.endswith((".", ":"))
        assert "!" not in sentence


def test_a_full_standard_output_is_called_by_its_name() -> None:
    from exports.errors import DiskFull

    assert str(notices.notice_of(DiskFull(Path("-")))).startswith("Disk untuk keluaran baku penuh")


def test_error_that_is_not_ours_has_no_notice() -> None:
    assert notices.notice_of(RuntimeError("x")) is None


def test_refusals_name_card_lane_and_moment() -> None:
    error = Refused(Rule.CLOSE_BLOCKED, period="2026-TW1", open=((3, "Bidang A", "siap", "Staf"),), children=())
    assert str(notices.notice_of(error)) == (
        "Periode 2026-TW1 belum dapat ditutup: langkah 3 (Bidang A) siap di Staf. Selesaikan dulu yang disebut, lalu "
        "tutup lagi."
    )
    error = Refused(Rule.BEFORE_BOUND, typed=0, bound=60)
    assert "Kam 1 Jan 1970 07.01" in str(notices.notice_of(error, 25_200))


@pytest.mark.parametrize("set_by", ["langkah", "siap"])
def test_a_bidang_keeps_its_capitals_within_a_sentence(set_by: str) -> None:
    error = Refused(Rule.BEFORE_BOUND, typed=0, bound=60, set_by=set_by, step=3, bidang="Bidang TI")
    assert " langkah 3 (Bidang TI)" in str(notices.notice_of(error, 25_200))


# --- faults -----------------------------------------------------------------------------------------------------------


def fault_codes() -> dict[str, str]:
    """Code -> where it is made, for every code written out in the sources."""
    found: dict[str, str] = {}
    for package in ("sop", "db", "sakip_tui"):
        for path in sorted((TOP / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                place = f"{path.relative_to(TOP)}:{getattr(node, 'lineno', 0)}"
                if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "code":
                    chosen = node.value if isinstance(node.value, ast.IfExp) else None
                    found |= dict.fromkeys(_constants(chosen.body) + _constants(chosen.orelse) if chosen else [], place)
                if not isinstance(node, ast.Call):
                    continue
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in ("Fault", "fault") and len(node.args) >= 2:
                    found |= dict.fromkeys(_constants(node.args[1]), place)
    return found


def _constants(tree: ast.AST) -> list[str]:
    nodes = ast.walk(tree)
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_every_fault_code_has_a_sentence() -> None:
    known = {*FAULT_SENTENCES, *OTHER_FAULTS}
    missing = {code: place for code, place in fault_codes().items() if code.replace("_", "-") not in known}
    assert not missing
    assert {code.value for code in FaultCode} <= known


def test_no_sentence_waits_for_a_fault_that_nobody_makes() -> None:
    made = {code.replace("_", "-") for code in fault_codes()}
    assert OTHER_FAULTS.keys() - made == set()


def test_code_reader_finds_codes() -> None:
    codes = fault_codes()
    assert {"bidang-perlu-disebut", "opsi-tanpa-nilai", "tak-terbaca"} <= codes.keys()


@pytest.mark.parametrize("code", [*OTHER_FAULTS])
def test_fault_sentences_use_only_the_facts_of_a_fault(code: str) -> None:
    template = OTHER_FAULTS[code]
    assert {field for _, field, _, _ in string.Formatter().parse(template) if field} <= {"found", "known", "nearest"}
    assert template.endswith(".")
    assert "!" not in template


def test_several_faults_are_listed_with_their_places() -> None:
    error = FaultyInput(
        (Fault("--pada", "saat-tak-terbaca", "besok", ("08.15",)), Fault("BULAN", "teks-kosong")), "siapkan"
    )
    assert str(notices.notice_of(error)).splitlines() == [
        "siapkan: Ada 2 kesalahan.",
        '- --pada: Tulisan "besok" tidak terbaca sebagai tanggal dan jam. Contoh: 08.15.',
        "- BULAN: Isinya kosong, padahal wajib diisi.",
    ]


# --- enums ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", enums(), ids=lambda kind: kind.__name__)
def test_every_enum_value_has_a_label(kind: type[StrEnum]) -> None:
    words = label_tables().get(kind, {})
    assert set(words) == {member.value for member in kind}
    assert all(text.strip() for text in words.values())


# --- the glossary -----------------------------------------------------------------------------------------------------


def glossary() -> dict[str, str]:
    """Term -> its words on screen."""
    lines = (TOP / "docs" / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    return {term: row[2] for row in rows for term in re.findall(r"`([^`]+)`", row[0])}


def names_in(package: str) -> set[str]:
    """Every identifier, and every string that is a code, in a package's sources, in parts and whole."""
    found: set[str] = set()
    for path in (TOP / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for field in ("id", "attr", "arg", "name", "value"):
                value = getattr(node, field, None)
                if isinstance(value, str) and re.fullmatch(r"\w+", value):
                    found |= {value, *value.lower().split("_"), re.sub(r"(?<=[a-z])(?=[A-Z])", "_", value).lower()}
                    found.add(value.lower().removesuffix("s"))
    return found


def test_every_term_of_the_glossary_is_used_on_the_rules_floor() -> None:
    used = names_in("sop")
    assert [term for term in glossary() if term not in used] == []


def test_every_term_has_words_for_the_screen() -> None:
    assert all(glossary().values())


def test_indonesian_names_of_a_definition_stand_in_the_glossary() -> None:
    """The fields of a step that carry a word of the field rather than an English one."""
    from sop.model.definition import MutuBaku, Step

    english = {"number", "title", "bases", "marks", "number_original", "note", "kelengkapan_text"}
    names = {name for kind in (Step, MutuBaku) for name in fields(kind)} - english
    assert names - glossary().keys() == set()


def test_a_warning_names_the_whole_bidang_whatever_signs_its_name_holds() -> None:
    warning = f"attempt:{run_label((4, 'Bidang #2: Data/Arsip', 5))}:5"
    assert notices.warning_line(warning) == "Perhatian: langkah 4 (Bidang #2: Data/Arsip) sudah putaran ke-5."


_HINTS_BEGIN = re.compile(
    r"misalnya|kosong =|boleh kosong|salah satu|dari \d|nama\b|nomor |jabatan|apa |mengapa |perlu bila|bila "
    r"|dalam |butir |tingkat |sekarang: "
)
"""How a hint begins that nobody takes for what was filled in."""


def _leading(node: ast.expr) -> list[str | None]:
    """The letters that a text begins with, for each text that it may be; None where it begins with a value."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.JoinedStr):
        return _leading(node.values[0])
    if isinstance(node, ast.IfExp):
        return [*_leading(node.body), *_leading(node.orelse)]
    if isinstance(node, ast.BoolOp):
        return [text for each in node.values for text in _leading(each)]
    return [None] if isinstance(node, ast.FormattedValue | ast.Call) else []


def test_no_hint_reads_like_something_that_was_filled_in() -> None:
    wrong = []
    for path in sorted((TOP / "sakip_tui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "FormField":
                given = [*node.args[2:3], *(word.value for word in node.keywords if word.arg == "hint")]
                begun = [text for hint in given for text in _leading(hint)]
                wrong += [
                    f"{path.name}:{node.lineno} {text}"
                    for text in begun
                    if text != "" and (text is None or not _HINTS_BEGIN.match(text))
                ]
    assert wrong == []


_ARROWS = {"panah", "panah kiri/kanan", "panah Tab Shift+Tab"}
"""How arrows are called in a line of keys: some of them alone where the others do something else there."""


def test_the_arrows_are_called_by_one_name_in_every_line_of_keys() -> None:
    named = re.compile(r"\(\"((?:panah|kiri|kanan|[↑↓←→])[^\"]*)\", \"\w")
    found = {
        name
        for path in sorted((TOP / "sakip_tui").rglob("*.py"))
        for name in named.findall(path.read_text("utf-8"))
        if "flow_chart/signs" not in path.as_posix()
    }
    assert found == _ARROWS


_HOUSE_WORDS = {
    "PIC": "penanggung jawab",
    "[Hh]ash(nya)?": "sidik",
    "[Ff]iles?": "dokumen",
    "[Ff]older": "map",
    "[Dd]atabase": "basis data",
    "[Bb]ackup": "cadangan",
    "[Pp]assword": "PIN",
    "[Ll]ogin": "masuk",
    "[Ee]rror": "kesalahan",
    "[Dd]eadline": "tenggat",
    "[Uu]pdate": "pembaruan",
    "[Kk]adens(nya)?": "periode, dilaporkan tiap",
    "([Dd]own|[Uu]p)load": "unduh, unggah",
    "[Kk]eluaran(?! baku)": "output, as the column is called in every document",
}
"""What people elsewhere say -> what this house does, on screens, paper and in its guide."""
_ELSEWHERE = re.compile(rf"(?<![\w.\-/=]){'(?:' + '|'.join(_HOUSE_WORDS) + ')'}(?![\w\-/=.:(]*[\w(])")


def texts_for_people(source: str) -> list[tuple[int, str]]:
    """(line, text) of every text in a source that is neither a docstring nor a single code."""
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
        if " " in node.value.strip() or node.value[:1].isupper()
    ]


def test_what_people_read_has_the_words_of_this_house() -> None:
    wrong = [
        f"{path.relative_to(TOP)}:{line} {text[:60]}"
        for package in ("sop", "exports", "sakip_tui")
        for path in sorted((TOP / package).rglob("*.py"))
        for line, text in texts_for_people(path.read_text("utf-8"))
        if _ELSEWHERE.search(text)
    ]
    guide = (TOP / "docs" / "PANDUAN.md").read_text("utf-8")
    prose = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", "", guide, flags=re.DOTALL)
    assert [*wrong, *(line for line in prose.splitlines() if _ELSEWHERE.search(line))] == []


@pytest.mark.parametrize(
    "text",
    [
        "PIC",
        "PIC (jabatan)",
        "seluruh isi catatan dan hashnya",
        "Nama file",
        "Backup penuh.",
        "Keluaran",
        "waktu, keluaran",
    ],
)
def test_the_search_for_other_words_finds_them(text: str) -> None:
    assert _ELSEWHERE.search(text)
    assert texts_for_people(f"field({text!r})") == [(1, text)]

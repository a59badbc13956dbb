"""The rooms of the four floors: who leads to whom, one name for one thing, and what is loaded when.

An import is one wherever it stands: at the top, inside a function, for the type checker alone, or as `module:name` in
a table of `sop/loading.py`. `tests/test_floors.py` holds the floors themselves.
"""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

import pytest

from sop.loading import load
from tests.test_floors import PACKAGES, loaded_by, module_name, modules_under, parsed, sources

ENTRY = re.compile(rf"(?:{'|'.join(PACKAGES)})(?:\.\w+)+:\w+")
"""`sakip_tui.cli.acts:record`: what `load` takes."""
MOST_INNER_IMPORTS = 30
"""Inside functions, for what is heavy or seldom needed. Fewer is better; a new one belongs into a table."""
LOADER = "sop.loading"
BY_NAME = ("import_module", "__import__")
TREES: Mapping[str, ast.Module] = {module_name(path): parsed(path) for path in sources()}


def entries(tree: ast.AST) -> list[str]:
    """What the tables of a module name for the loader."""
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ENTRY.fullmatch(node.value)
    ]


def led_to(tree: ast.AST, known: Collection[str]) -> set[str]:
    """Modules of the four floors that a module imports, or names for the loader."""
    found = {entry.partition(":")[0] for entry in entries(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules = {f"{node.module}.{alias.name}" for alias in node.names} & set(known)
            is_value = len(modules) < len(node.names)
            found |= modules | ({node.module} if is_value else set())
    return found & set(known)


def circles(ways: Mapping[str, set[str]]) -> list[list[str]]:
    """Modules from which one comes back to where one began, those of one circle together."""
    reached: dict[str, set[str]] = {}
    for start in ways:
        seen: set[str] = set()
        ahead = [start]
        while ahead:
            for each in ways[ahead.pop()] - seen:
                seen.add(each)
                ahead.append(each)
        reached[start] = seen
    found = {
        frozenset(each for each in reached[name] if name in reached[each]) for name in ways if name in reached[name]
    }
    return sorted(sorted(circle) for circle in found)


def loads(tree: ast.AST) -> Iterator[ast.expr]:
    """What the loader is called with in a module."""
    if not any(isinstance(node, ast.ImportFrom) and node.module == "sop.loading" for node in ast.walk(tree)):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "load":
            yield from node.args


def inner_imports(tree: ast.AST) -> int:
    """Imports that stand inside a function."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    found = {node for each in functions for node in ast.walk(each) if isinstance(node, ast.Import | ast.ImportFrom)}
    return len(found)


@pytest.mark.faults
@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import db.b", {"db.b"}),
        ("from db import b", {"db.b"}),
        ("from db.b import thing", {"db.b"}),
        ("def late():\n    from db.b import thing", {"db.b"}),
        ("if TYPE_CHECKING:\n    from db.b import Thing", {"db.b"}),
        ('LATER = {"thing": "db.b:thing"}', {"db.b"}),
        ('NAME = "db.b"', set()),
    ],
)
def test_every_way_of_importing_is_seen(source: str, found: set[str]) -> None:
    assert led_to(ast.parse(source), {"db", "db.a", "db.b"}) == found


@pytest.mark.faults
def test_a_circle_is_told_from_a_way() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": set()}) == []
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"d", "a"}}) == [["b", "c"], ["d"]]


@pytest.mark.parametrize("package", ["sop", "db", "exports", "sakip_tui"])
def test_no_module_leads_back_to_itself(package: str) -> None:
    own = {name: tree for name, tree in TREES.items() if name.partition(".")[0] == package}
    assert circles({name: led_to(tree, own) - {name} for name, tree in own.items()}) == []


def test_only_the_loader_imports_by_name() -> None:
    offenders = {
        name
        for name, tree in TREES.items()
        if name != LOADER
        for node in ast.walk(tree)
        if (
            isinstance(node, ast.alias | ast.Name)
            and (node.name if isinstance(node, ast.alias) else node.id) in BY_NAME
        )
        or (isinstance(node, ast.Attribute) and node.attr in BY_NAME)
    }
    assert not offenders


def test_what_is_loaded_by_name_stands_in_a_table() -> None:
    """A name that is put together while the program runs could not be looked up before."""
    offenders = [
        f"{name}: {ast.unparse(given)}"
        for name, tree in TREES.items()
        for given in loads(tree)
        if not isinstance(given, ast.Name | ast.Attribute | ast.Subscript)
    ]
    assert not offenders


@pytest.mark.parametrize("entry", sorted({entry for tree in TREES.values() for entry in entries(tree)}))
def test_every_entry_of_a_table_is_there(entry: str) -> None:
    assert load(entry) is not None


def test_imports_inside_functions_become_no_more() -> None:
    counted = Counter({name: count for name, tree in TREES.items() if (count := inner_imports(tree))})
    assert counted.total() <= MOST_INNER_IMPORTS, counted.most_common(12)


def test_only_the_entry_point_leads_to_the_command_line() -> None:
    command_line = {name for name in TREES if name.startswith("sakip_tui.cli")}
    offenders = {
        name: found
        for name, tree in TREES.items()
        if name not in command_line and name != "sakip_tui.__main__" and (found := led_to(tree, command_line))
    }
    assert not offenders


def test_what_belongs_to_a_file_knows_no_table() -> None:
    """It is told what it needs of them by `Tables`; errors and the values that come out stand apart from both."""
    known = {"db.errors", "db.rows"}
    offenders = {
        name: sorted(found)
        for name, tree in TREES.items()
        if name.startswith("db.file.")
        and (
            found := {each for each in led_to(tree, TREES) if each.startswith("db.") and "db.file" not in each} - known
        )
    }
    assert not offenders


def test_what_screens_and_commands_share_draws_and_prints_nothing() -> None:
    assert not loaded_by(modules_under("sakip_tui/views")) & {"textual", "xlsxwriter", "tabulate", "holidays"}


def test_a_public_class_name_means_one_thing() -> None:
    places = defaultdict(list)
    for name, tree in TREES.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(name)
    assert not {name: found for name, found in places.items() if len(found) > 1}

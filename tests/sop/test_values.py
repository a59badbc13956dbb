"""What every value of the program can do, whichever class it is of."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from sop.values import Frozen, Mutable, asdict, field, replace
from tests.test_floors import PACKAGES, TOP


class _Spot(NamedTuple):
    row: int
    column: int


class _Inner(Frozen):
    name: str
    spot: _Spot = _Spot(0, 0)


class _Outer(Frozen):
    parts: tuple[_Inner, ...]
    by_name: Mapping[str, _Inner] = field(default_factory=dict)
    plain: int = 0


class _Sum(Mutable):
    total: int = 0


def test_a_frozen_value_is_equal_by_what_it_holds_and_never_changes() -> None:
    value = _Inner("a")
    assert value == _Inner("a") != _Inner("b")
    assert len({value, _Inner("a"), _Inner("b")}) == 2
    with pytest.raises(AttributeError):
        value.name = "b"  # type: ignore[misc]
    assert replace(value, name="b") == _Inner("b")
    assert value.name == "a"


def test_what_goes_on_may_be_set_again() -> None:
    going = _Sum()
    going.total += 3
    assert going == _Sum(3)


def test_a_value_as_a_dict_holds_the_values_within_it_as_dicts_too_in_the_order_of_its_fields() -> None:
    inner = _Inner("a", _Spot(1, 2))
    assert asdict(_Outer((inner,), {"a": inner}, 4)) == {
        "parts": ({"name": "a", "spot": _Spot(1, 2)},),
        "by_name": {"a": {"name": "a", "spot": _Spot(1, 2)}},
        "plain": 4,
    }
    assert list(asdict(_Outer(()))) == ["parts", "by_name", "plain"]


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_there_is_one_place_that_says_what_values_are_made_of() -> None:
    files = [path for package in PACKAGES for path in (TOP / package).rglob("*.py")]
    makers = {path.relative_to(TOP).as_posix() for path in files if _imports(path) & {"msgspec", "dataclasses", "attr"}}
    assert makers == {"sop/values.py"}

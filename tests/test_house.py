"""The order of the house as far as the sources show it: what is cited exists, and indexes are complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]
RULES = HOME / "docs" / "RULES.md"
DECISIONS = HOME / "docs" / "decisions"
PACKAGES = ("sop", "db", "exports", "sakip_tui", "tests", "bench")
CITATION = re.compile(r"\b[Rr]ules? (part )?(\d+)\b")
"""`rules part 3` and `rule 4`, as docstrings and comments cite them."""


def sources() -> list[Path]:
    """Every source file of the packages and their tests."""
    return sorted(path for package in PACKAGES for path in (HOME / package).rglob("*.py"))


def headings() -> tuple[set[str], set[str]]:
    """The numbers of the parts and of the numbered rules in the page of rules."""
    text = RULES.read_text(encoding="utf-8")
    return set(re.findall(r"(?m)^## Part (\d+):", text)), set(re.findall(r"(?m)^### Rule (\d+):", text))


def test_every_rule_that_a_docstring_cites_stands_on_the_page_of_rules() -> None:
    parts, rules = headings()
    missing = [
        f"{path.relative_to(HOME)}: {found.group(0)}"
        for path in sources()
        for found in CITATION.finditer(path.read_text(encoding="utf-8"))
        if found.group(2) not in (parts if found.group(1) else rules)
    ]
    assert missing == []


@pytest.mark.parametrize("outside", ["house.md", "rules.md", "cli.md", "field.md", "traps.md", "layar.md"])
def test_nothing_cites_a_document_that_is_not_in_the_repository(outside: str) -> None:
    texts = [*sources(), *(HOME / "docs").rglob("*.md"), *HOME.glob("*.md")]
    citing = re.compile(rf"(?<![\w-]){re.escape(outside)}")
    found = [path for path in texts if path != Path(__file__) and citing.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_the_index_of_decisions_names_every_page_once() -> None:
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    pages = sorted(path.name for path in DECISIONS.glob("0*.md"))
    assert re.findall(r"\((\d{4}-[a-z0-9-]+\.md)\)", index) == pages

"""What a form says of itself, hidden in the workbook: whose it is, which revision, and how its rows stood when it left.

Kept twice: on a hidden sheet line by line, and without its rows as one short document property, which is still there
where somebody deleted the sheet. Both end in a check, so that what was changed by hand is not taken for the form's own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from sop.json_text import json_text
from sop.kinerja.form import Owner
from sop.kinerja.form_fault import FormFault
from sop.kinerja.isian import Isian
from sop.model.errors import Fault, FaultyInput
from sop.values import Frozen, field, replace

TITLE = "sakip-formulir-1"
"""First line of the hidden sheet; the number is that of this way of writing it."""
LONGEST_BADGE = 255
"""Characters that a document property may have."""
_CHECK = 16


class SentRow(NamedTuple):
    """How one row stood when the form left."""

    revision: int
    digest: str
    """Of what it said; empty for belum diisi."""


class FormTag(Frozen):
    """Everything by which a form is known again."""

    office: str
    """The office's code in its file."""
    office_name: str
    period: str
    owner: Owner
    number: int
    """The n of f1, f2."""
    case: int
    attempt: int
    rows: Mapping[str, SentRow] = field(default_factory=dict)
    """`Indicator.key` -> how it stood; nobody knows it where only the document property is left."""

    def lines(self) -> tuple[str, ...]:
        """The hidden sheet, one cell below the other."""
        rows = (json_text([key, row.revision, row.digest]) for key, row in self.rows.items())
        lines = (TITLE, json_text([*self._head(), self.office_name]), *rows)
        return *lines, _check(lines)

    def badge(self) -> str | None:
        """The document property; None where it would be too long to keep."""
        head = json_text(self._head())
        badge = f"{head}{_check((head,))}"
        return badge if len(badge) <= LONGEST_BADGE else None

    def _head(self) -> list[Any]:
        return [self.office, self.period, self.owner, self.number, self.case, self.attempt]


def digest_of(isian: Isian | None) -> str:
    """What a row says as a short text that differs where the row does."""
    return "" if isian is None else _check((json_text(isian.to_dict()),))


def read_tag(lines: Sequence[str] | None, badge: str | None) -> FormTag | None:
    """The tag of a form.

    Args:
        lines: The hidden sheet; None where it is gone.
        badge: The document property; None where it is gone.

    Returns:
        None where neither is there: the workbook is no form.

    Raises:
        FaultyInput: Somebody changed what the form says of itself.
    """
    on_sheet = None if lines is None or not lines or lines[0] != TITLE else _from_lines(lines)
    on_badge = None if badge is None else _from_badge(badge)
    if on_sheet is None or on_badge is None:
        return on_sheet or on_badge
    if replace(on_badge, rows=on_sheet.rows, office_name=on_sheet.office_name) != on_sheet:
        raise _broken()
    return on_sheet


def _from_lines(lines: Sequence[str]) -> FormTag:
    if len(lines) < 3 or lines[-1] != _check(lines[:-1]):
        raise _broken()
    try:
        *head, office_name = json.loads(lines[1])
        rows = {str(key): SentRow(int(revision), str(digest)) for key, revision, digest in map(json.loads, lines[2:-1])}
        return replace(_from_head(head), office_name=str(office_name), rows=rows)
    except (ValueError, TypeError, RecursionError) as error:
        raise _broken() from error


def _from_badge(badge: str) -> FormTag:
    head, check = badge[:-_CHECK], badge[-_CHECK:]
    if check != _check((head,)):
        raise _broken()
    try:
        return _from_head(json.loads(head))
    except (ValueError, TypeError, RecursionError) as error:
        raise _broken() from error


def _from_head(head: Sequence[Any]) -> FormTag:
    office, period, owner, number, case, attempt = head
    return FormTag(
        str(office),
        str(office),
        str(period),
        None if owner is None else str(owner),
        int(number),
        int(case),
        int(attempt),
    )


def _broken() -> FaultyInput:
    return FaultyInput((Fault("", FormFault.TANDA_RUSAK.value),))


def _check(lines: Sequence[str]) -> str:
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:_CHECK]

"""What was found in a document of data kinerja, for screen and command line alike: in a line, and as JSON values."""

from __future__ import annotations

from typing import Any

from sop.kinerja.form_fault import CellFinding
from sop.words.form_faults import finding_words

WHOLE = "Dokumen"
"""Where no cell is meant."""


def finding_line(finding: CellFinding) -> str:
    """What is wrong and what to do, where only the code stands beside it."""
    return " ".join(finding_words(finding))


def placed_line(finding: CellFinding) -> str:
    """The same in a list, with the cell in front."""
    return f"- {finding.cell or WHOLE}: {finding_line(finding)}"


def finding_document(finding: CellFinding) -> dict[str, Any]:
    """A fault or warning of a document, as the contract of the command line has it."""
    return {
        "cell": finding.cell or None,
        "code": finding.code or None,
        "kind": finding.kind.value,
        "read": finding.read or None,
        **finding_words(finding)._asdict(),
    }

"""Schema 4: a verdict holds by which rule of pauses it was judged (`sop.time.deadline.PauseRule`).

No table changes: the list of a verdict grows by one value at its end, and one without it was judged by the first rule.
The version goes up so that no older program judges by that rule in a file of this one. What becomes of the verdicts of
open periods is the business of `db/rejudging.py`.
"""

from __future__ import annotations

from db.file.connection import Database


def apply(database: Database) -> None:
    """Nothing in the tables changes."""

"""Schema 5: the log tells everything of an office, so that `periksa --penuh` can hold every row against it.

No table changes. What the events of before lack (first settings, how bidang, lanes and confirmations stood) is stated
once, by an event that `db/stating.py` writes with the last step. The version goes up so that no older program goes on
writing events that lack it.
"""

from __future__ import annotations

from db.file.connection import Database


def apply(database: Database) -> None:
    """Nothing in the tables changes."""

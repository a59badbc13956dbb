"""`python -m db.sql`: write `db/statements.py` anew. Run by `make sql`."""

from __future__ import annotations

from pathlib import Path

from db.sql.text import module

PLACE = Path(__file__).resolve().parent.parent / "statements.py"

if __name__ == "__main__":
    PLACE.write_text(module(), encoding="utf-8", newline="\n")

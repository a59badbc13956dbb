"""What the board is held against: a bare Textual app, and a DataTable of 50 rows.

`python -m bench.baselines bare|table`
"""

from __future__ import annotations

import sys
from typing import Any

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Static


class Bare(App[None]):
    """The least that Textual can show."""

    def compose(self) -> ComposeResult:
        yield Static("SIAP SEDIA")


class Table(App[None]):
    """The toolkit's own way to show many things."""

    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        table: DataTable[Any] = self.query_one(DataTable)
        table.add_columns("Nomor", "Langkah", "Pelaksana", "Waktu")
        for number in range(50):
            table.add_row(str(number), f"Langkah {number}", "Sekretaris Dinas", f"{number}/30 menit")


if __name__ == "__main__":
    (Bare() if sys.argv[1] == "bare" else Table()).run()

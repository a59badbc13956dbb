"""What a command takes: options and operands, and how the values of the acts' own are read."""

from __future__ import annotations

from sop.values import Frozen


class Option(Frozen):
    """`--pada WAKTU`."""

    name: str
    help: str
    value: str | None = None
    """What the value is called in the help; None for a flag."""
    repeats: bool = False
    required: bool = False
    short: str | None = None
    is_path: bool = False
    field: str = ""
    """Of `sop.model.commands.Command`, that the value of an act's option goes to; empty where another one reads it."""
    reads: str = "text"
    """How: a name of `cli.acts.READERS`."""


class Operand(Frozen):
    """A word that stands without a name, such as PERIODE."""

    name: str
    help: str
    required: bool = True
    is_path: bool = False
    repeats: bool = False
    """The last one of a command: takes every word that is left."""
    field: str = ""
    """As in `Option`."""
    reads: str = "text"


PERIOD = Operand("PERIODE", "kunci periode: 2026-TW1, 2026-S1, 2026-TH")
STEP = Operand("LANGKAH", "nomor langkah", field="step", reads="number")
BIDANG = Option("--bidang", "bidang yang mengerjakan, di langkah per bidang", "B", field="bidang")
NOTE = Option("--catatan", "apa yang ditemukan atau dikerjakan", "TEKS", field="note")
WRITING = (
    Option("--pada", "waktu kejadian, bila bukan sekarang", "WAKTU", field="at", reads="moment"),
    Option("--alasan", "alasan tindakan", "TEKS", field="reason"),
    Option("--atas-nama", "lajur yang diwakili", "LAJUR", field="on_behalf"),
    Option("--revisi", "tolak bila revisinya bukan ini lagi", "N", field="seen", reads="number"),
    Option("--token", "token yang sama hanya berlaku sekali", "TEKS", field="token"),
)
"""What every command takes that records an act."""


def office_writing(revision: str) -> tuple[Option, ...]:
    """What a command takes that changes the office itself.

    Args:
        revision: What `--revisi` asks, in words.
    """
    return (
        Option("--alasan", "alasan perubahan", "TEKS"),
        Option("--pada", "waktu kejadian, bila bukan sekarang", "WAKTU"),
        Option("--atas-nama", "lajur yang diwakili; hanya diperiksa", "LAJUR"),
        Option("--revisi", revision, "N"),
        Option("--token", "token yang sama hanya berlaku sekali", "TEKS"),
    )


WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
"""Each has an option of its name, for its hours; the first is the first of the week."""

"""What an SOP is: the signed table as frozen values.

Holds shapes only. Reading and writing the TOML form is `toml_format.py`, proving a definition sound is `checks.py`,
moving a case along it is `sop/acts/flow.py`.

Every value that the paper may leave open carries a `Basis` in `Step.bases` or `Lane.basis`, so that no screen and no
export can take an assumption for a fact of the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from sop.values import Frozen, field, replace

IDENTITY_KEYS = (
    "instansi",
    "unit_kerja",
    "alamat",
    "tahun",
    "nomor",
    "tanggal_pembuatan",
    "tanggal_revisi",
    "tanggal_pengesahan",
    "tanggal_efektif",
    "disahkan_oleh",
    "nama",
)
"""Lines an identity block may hold, in the order in which they are shown."""

LIST_KEYS = ("dasar_hukum", "kualifikasi", "keterkaitan", "peralatan", "peringatan", "pencatatan")
"""Blocks of items an SOP may hold, in the order in which they are shown."""

COLUMN_KEYS = ("tabel", "number", "title", "pelaksana", "mutu_baku", "kelengkapan", "waktu", "keluaran", "keterangan")
"""The table's own title, then its columns from left to right."""

HEADING_KEYS = (*COLUMN_KEYS, *IDENTITY_KEYS, *LIST_KEYS)
"""What a document prints a head for: the table, the lines of the identity block, the lists."""

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
"""WIB, WITA, WIT."""


class Basis(StrEnum):
    """Where a value comes from."""

    TERTULIS = "tertulis"
    """A mark or words of this document."""
    TERSIRAT = "tersirat"
    """The document's wording implies it."""
    ASUMSI = "asumsi"
    """Our default: the document is silent."""
    DITETAPKAN = "ditetapkan"
    """Confirmed by the office; who and when stand beside it."""


class Cadence(StrEnum):
    """How often a step comes round."""

    TRIWULAN = "triwulan"
    SEMESTER = "semester"
    TAHUNAN = "tahunan"


class Unit(StrEnum):
    """Unit of a standard time. Days are never turned into minutes or back."""

    MENIT = "menit"
    JAM = "jam"
    HARI = "hari"


class DayKind(StrEnum):
    """Which days a standard in `hari` counts."""

    KERJA = "kerja"
    KALENDER = "kalender"


class DataRole(StrEnum):
    """What a step is to the data kinerja of its cadence."""

    FORMULIR = "formulir"
    """Its opening sends the forms out."""
    ISIAN = "isian"
    """The rows are filled on its runs."""
    PERIKSA = "periksa"
    """Marks rows, and accepts them."""


class Field(StrEnum):
    """The fields of a step whose basis is kept, by the names used in JSON and TOML."""

    PELAKSANA = "pelaksana"
    DECIDER = "decider"
    YA = "ya"
    TIDAK = "tidak"
    CADENCE = "cadence"
    PER_BIDANG = "per_bidang"
    JOINT = "joint"
    DAY_KIND = "day_kind"
    DATA = "data"


class Ground(Frozen):
    """The basis of one value, and what stands behind it."""

    basis: Basis
    mark: str | None = None
    """The mark or words of the document, as printed there."""
    note: str | None = None
    alternatives: tuple[str, ...] = ()
    """Other readings the document allows, as the value would be written (a lane name, a step number)."""
    confirmed_by: str | None = None
    confirmed_at: int | None = None
    """UTC epoch seconds of the office's confirmation; set only with `Basis.DITETAPKAN`."""


UNSTATED = Ground(Basis.ASUMSI)
"""Stands in where a file names no basis: never more than an assumption."""


class Written(Frozen):
    """A text of the document; `original` keeps the printed form where an error was repaired."""

    text: str
    original: str | None = None


class Waktu(Frozen):
    """The standard time of a step."""

    text: str
    """The cell, repaired where needed: `1.5 jam`."""
    value: float
    """Amount in `unit`; whole for `hari`."""
    unit: Unit
    day_kind: DayKind | None = None
    """Only for `hari`."""
    header: str | None = None
    """The column head when it names a unit: `Waktu (menit)`."""
    original: str | None = None
    """The cell as printed, where it was repaired: `1.5 lam`."""

    @property
    def seconds(self) -> int | None:
        """Working seconds of a standard in menit or jam; None for hari."""
        if self.unit is Unit.MENIT:
            return round(self.value * 60)
        if self.unit is Unit.JAM:
            return round(self.value * 3600)
        return None

    @property
    def days(self) -> int | None:
        """Days of a standard in hari; None for menit and jam."""
        return int(self.value) if self.unit is Unit.HARI else None


class MutuBaku(Frozen):
    """Quality standard of a step: what must be at hand, how long it may take, what comes out."""

    kelengkapan: tuple[str, ...]
    """The items of the cell, in order; joined they give `kelengkapan_text` (or its repair)."""
    kelengkapan_text: Written | None
    """The whole cell as printed; None where the document has no such column."""
    waktu: Waktu | None
    keluaran: Written | None
    keterangan: Written | None
    """None where the document has no such column; an empty text where the cell is empty."""


class Decision(Frozen):
    """Where Ya and Tidak lead. `ya` is None for the end of the cadence (`akhir`)."""

    ya: int | None
    tidak: int


class Step(Frozen):
    """One numbered row of the table."""

    number: int
    title: Written
    cadence: Cadence | None
    """None where the document names no period: the office chooses at adoption."""
    pelaksana: tuple[str, ...]
    """Lanes that do the work; more than one only for a joint step, the card standing in the first."""
    mutu_baku: MutuBaku
    decider: str | None = None
    decision: Decision | None = None
    per_bidang: bool = False
    joint: bool = False
    data: DataRole | None = None
    bases: Mapping[str, Ground] = field(default_factory=dict)
    """`Field` value -> ground, for each value that needs one."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """Lane -> what the document prints in that lane's column of this row, repairs not applied."""
    number_original: str | None = None
    """The number as printed, where it differs from the bare digits: `1.`."""
    note: str | None = None

    @property
    def grounded(self) -> tuple[Field, ...]:
        """The fields whose basis a reader must know, given what the step holds; a flag counts when it is set."""
        waktu = self.mutu_baku.waktu
        holds = {
            Field.PELAKSANA: True,
            Field.DECIDER: self.decider is not None,
            Field.YA: self.decision is not None,
            Field.TIDAK: self.decision is not None,
            Field.CADENCE: self.cadence is not None,
            Field.PER_BIDANG: self.per_bidang,
            Field.JOINT: self.joint,
            Field.DAY_KIND: waktu is not None and waktu.unit is Unit.HARI,
            Field.DATA: self.data is not None,
        }
        return tuple(name for name, held in holds.items() if held)

    def ground(self, name: str) -> Ground:
        """What stands behind the value of that `Field`. A file that does not say is taken to assume."""
        return self.bases.get(name) or UNSTATED

    def value(self, name: Field) -> Any:
        """The value of that field; None where the step has none."""
        if name in (Field.YA, Field.TIDAK):
            return None if self.decision is None else getattr(self.decision, name.value)
        if name is Field.DAY_KIND:
            return None if self.mutu_baku.waktu is None else self.mutu_baku.waktu.day_kind
        return getattr(self, name.value)


class Lane(Frozen):
    """One pelaksana: a column of the table."""

    name: str
    original: str | None = None
    basis: Basis = Basis.TERTULIS


class Sop(Frozen):
    """One version of one SOP."""

    code: str
    office: str
    """Name of the OPD the document belongs to."""
    zone: str
    """IANA zone proposed for the office."""
    zone_ground: Ground
    identity: Mapping[str, Written | None]
    """Key (`IDENTITY_KEYS`) -> text; None where the document has no such line, empty where the line is empty."""
    lists: Mapping[str, tuple[Written, ...] | None]
    """Key (`LIST_KEYS`) -> items; None where the document lacks the block."""
    lanes: tuple[Lane, ...]
    """In column order."""
    steps: tuple[Step, ...]
    """By number."""
    notes: tuple[str, ...] = ()
    """What a reader must know of the document: lost drawings, gaps, titles that contradict each other."""
    headings: Mapping[str, Written | None] = field(default_factory=dict)
    """Key (`HEADING_KEYS`) -> the head as printed; None where the document has no such column, line or block."""

    @property
    def lane_names(self) -> tuple[str, ...]:
        """In column order."""
        return tuple(lane.name for lane in self.lanes)

    def step(self, number: int) -> Step:
        """The step of that number; KeyError when there is none."""
        for step in self.steps:
            if step.number == number:
                return step
        raise KeyError(number)


class Confirmed(NamedTuple):
    """A value that the office confirmed as it stands."""

    step: int
    field: str
    """A `Field` value."""
    by: str
    at: int


def with_confirmed(sop: Sop, confirmed: Iterable[Confirmed]) -> Sop:
    """The SOP with those values shown as the office's word."""
    grounds: dict[int, dict[str, Ground]] = {}
    for number, name, by, at in confirmed:
        before = sop.step(number).ground(name)
        grounds.setdefault(number, {})[name] = replace(before, basis=Basis.DITETAPKAN, confirmed_by=by, confirmed_at=at)
    if not grounds:
        return sop
    return replace(
        sop,
        steps=tuple(
            replace(step, bases={**step.bases, **grounds[step.number]}) if step.number in grounds else step
            for step in sop.steps
        ),
    )

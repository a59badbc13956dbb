"""An office in every situation an act needs, people of every role and lane in it, and the table of docs/HAK.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

from db import opening
from db.adoption import Adoption, set_up
from db.file.connection import Database
from db.kinerja_store import define, indicator_command
from db.rows import Address
from db.store import Store
from sop.kinerja.data_act import DataCommand
from sop.kinerja.indicator import Indicator
from sop.kinerja.isian import Isian, Keadaan
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor, Role, in_order
from sop.model.refusals import Refused, Rule
from sop.model.state import Answer, Evidence
from tests.db.office import EVERYBODY, Clock
from tests.sop.flow.shapes import KABID, KASUBAG, SEKRETARIS, STAF, decisions

HAK = Path(__file__).resolve().parents[2] / "docs" / "HAK.md"
NOVEMBER = 1_762_131_600
"""Mon 3 November 2025, 08:00 WIB."""
TW1 = "2025-TW1"
LANES: tuple[tuple[str, str | None], ...] = (
    (STAF, None),
    (KASUBAG, None),
    (KABID, None),
    (KABID, "A"),
    (KABID, "B"),
    (SEKRETARIS, None),
)
ROLE_SETS = tuple(frozenset(held) for size in range(1, len(Role) + 1) for held in combinations(Role, size))
"""Every set of roles that somebody may have."""
RIGHTS = frozenset({Rule.MANAGER_ONLY, Rule.ADMIN_ONLY, Rule.NOT_MEMBER, Rule.HOLDER_ONLY, Rule.UNDO_TOO_LATE})
"""The rules that say somebody may not; any other refusal says something else stands in the way."""


def table() -> dict[str, dict[Role, str]]:
    """docs/HAK.md: act, with its situation in brackets -> role -> condition."""
    found: dict[str, dict[Role, str]] = {}
    for line in HAK.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 1 + len(Role) and cells[0] not in ("Tindakan", "---"):
            assert cells[0] not in found, cells[0]
            found[cells[0]] = dict(zip(Role, cells[1:], strict=True))
    return found


def act_of(row: str) -> Act:
    """`tunda (siap)` -> TUNDA."""
    return Act(row.partition(" (")[0])


@dataclass(frozen=True)
class Position:
    """How somebody stands to the run an act is on."""

    lanes: frozenset[tuple[str, str | None]] = frozenset()
    is_holder: bool = False
    """Holds the card, handed it in, and wrote its last act."""

    def holds(self, lanes: tuple[str, ...], bidang: str | None) -> bool:
        return any(lane in lanes and (own is None or bidang is None or own == bidang) for lane, own in self.lanes)


@dataclass(frozen=True)
class Scene:
    """An act on a run, case or period, and what leads up to it."""

    act: Act
    before: tuple[Command, ...] = ()
    step: int | None = None
    bidang: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    workers: tuple[str, ...] = ()
    deciders: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    period: str = TW1
    checkers: tuple[str, ...] = ()
    indicator: bool | None = None
    """Whether A has an indicator before what leads up to it, or (False) only after it; None for none."""
    always_other_refusal: bool = False
    """Whoever may is still refused, for something that is no right."""

    @property
    def command(self) -> Command:
        return Command(self.act, self.period, step=self.step, bidang=self.bidang, **self.details)

    def allows(self, condition: str, position: Position) -> bool:
        """Whether the table's words let somebody in that position."""
        works = position.holds(self.workers, self.bidang)
        decides = position.holds(self.deciders, self.bidang)
        return {
            "ya": True,
            "tidak": False,
            "lajur kerja": works,
            "lajur pemutus": decides,
            "lajur kerja atau pemutus": works or decides,
            "lajur sesudahnya": position.holds(self.later, None),
            "pemegang": position.is_holder,
            "pemegang di lajur kerja": position.is_holder and works,
            "pengaju di lajur kerja": position.is_holder and works,
            "penulis": position.is_holder,
            "lajur isian, atau bidangnya": works,
            "lajur periksa": position.holds(self.checkers, None),
        }[condition]


def _do(act: Act, step: int | None = None, bidang: str | None = None, **details: Any) -> Command:
    return Command(act, TW1, step=step, bidang=bidang, **details)


_OPEN = (_do(Act.BUKA),)
_REGION = (*_OPEN, _do(Act.SELESAI, 1))
_ONE = (*_REGION, *(_do(Act.SELESAI, number, "A") for number in (2, 3, 4)))
_JOINED = (*_ONE, *(_do(Act.SELESAI, number, name) for name in "BC" for number in (2, 3, 4)))
_AT_WORK = (*_JOINED, _do(Act.MULAI, 5))
_HANDED_IN = (*_AT_WORK, _do(Act.AJUKAN, 5))
_STARTED = (*_OPEN, _do(Act.MULAI, 1))
_STOPPED = (*_OPEN, _do(Act.HENTIKAN, reason="x"))
_AGAIN = (*_AT_WORK, _do(Act.KEMBALIKAN, 5, target=1, note="x"), _do(Act.SELESAI, 1))
_WHY: dict[str, Any] = {"reason": "x"}

_FILLS: dict[str, Any] = {"data": DataCommand(Act.ISI, owner="A", rows={"IK-1": Isian(Keadaan.TERISI, Decimal(5))})}
_MENDS: dict[str, Any] = {
    "data": DataCommand(Act.KOREKSI_NILAI, owner="A", rows={"IK-1": Isian(Keadaan.TERISI, Decimal(6))}),
    "reason": "x",
}
_MARKS: dict[str, Any] = {"data": DataCommand(Act.TANDAI, owner="A", codes=("IK-1",)), "note": "x"}
_MARKED = _do(Act.TANDAI, **_MARKS)
_FILLED = (*_REGION, _do(Act.ISI, **_FILLS), _do(Act.SELESAI, 2, "A"))
_CHECKED = (
    *_FILLED,
    *(_do(Act.SELESAI, number, "A") for number in (3, 4)),
    *(_do(Act.SELESAI, number, name) for name in "BC" for number in (2, 3, 4)),
    *(_do(Act.MULAI, 5), _do(Act.AJUKAN, 5), _do(Act.PUTUSKAN, 5, answer=Answer.YA)),
    *(_do(Act.MULAI, 6), _do(Act.AJUKAN, 6), _do(Act.PUTUSKAN, 6, answer=Answer.YA)),
)

SCENES: dict[str, Scene] = {
    "mulai": Scene(Act.MULAI, _OPEN, 1, workers=(STAF,)),
    "mulai (wilayah)": Scene(Act.MULAI, _REGION, 2, "A", workers=(KABID,)),
    "lepas": Scene(Act.LEPAS, _STARTED, 1, workers=(STAF,)),
    "tugaskan": Scene(Act.TUGASKAN, _STARTED, 1, details={"holder": "penerima", "reason": "x"}, workers=(STAF,)),
    "tunda (siap)": Scene(Act.TUNDA, _OPEN, 1, details=_WHY, workers=(STAF,)),
    "tunda (dikerjakan)": Scene(Act.TUNDA, _STARTED, 1, details=_WHY, workers=(STAF,)),
    "lanjut": Scene(Act.LANJUT, (*_STARTED, _do(Act.TUNDA, 1, reason="x")), 1, workers=(STAF,)),
    "ajukan": Scene(Act.AJUKAN, _AT_WORK, 5, workers=(KASUBAG,)),
    "tarik": Scene(Act.TARIK, _HANDED_IN, 5, workers=(KASUBAG,)),
    "putuskan": Scene(
        Act.PUTUSKAN, _HANDED_IN, 5, details={"answer": Answer.YA}, workers=(KASUBAG,), deciders=(SEKRETARIS,)
    ),
    "selesai": Scene(Act.SELESAI, _OPEN, 1, workers=(STAF,)),
    "lewati": Scene(Act.LEWATI, _OPEN, 1, details=_WHY, workers=(STAF,)),
    "pakai-lama": Scene(Act.PAKAI_LAMA, _AGAIN, 2, "B", workers=(KABID,)),
    "koreksi": Scene(Act.KOREKSI, _REGION, 1, details={"note": "x"}, workers=(STAF,)),
    "urung": Scene(Act.URUNG, _STARTED, 1, workers=(STAF,)),
    "centang": Scene(Act.CENTANG, _OPEN, 1, details={"item": 0}, workers=(STAF,)),
    "dokumen": Scene(
        Act.DOKUMEN, _AT_WORK, 5, details={"evidence": Evidence("1")}, workers=(KASUBAG,), deciders=(SEKRETARIS,)
    ),
    "komentar": Scene(Act.KOMENTAR, _OPEN, 1, details={"note": "x"}, workers=(STAF,)),
    "kembalikan": Scene(
        Act.KEMBALIKAN, _AT_WORK, 5, details={"target": 4, "note": "x"}, later=(KASUBAG, SEKRETARIS, STAF)
    ),
    "formulir": Scene(Act.FORMULIR, _OPEN, indicator=False),
    "isi": Scene(Act.ISI, _REGION, bidang="A", details=_FILLS, workers=(KABID,), indicator=True),
    "tandai": Scene(Act.TANDAI, _FILLED, details=_MARKS, checkers=(SEKRETARIS,), indicator=True),
    "terima": Scene(Act.TERIMA, (*_FILLED, _MARKED), details=_MARKS, checkers=(SEKRETARIS,), indicator=True),
    "koreksi-nilai (sebelum diperiksa)": Scene(Act.KOREKSI_NILAI, _FILLED, details=_MENDS, indicator=True),
    "koreksi-nilai (sesudah diperiksa)": Scene(
        Act.KOREKSI_NILAI, _CHECKED, details=_MENDS, checkers=(SEKRETARIS,), indicator=True
    ),
    "tahan": Scene(Act.TAHAN, _OPEN, details=_WHY),
    "lanjutkan": Scene(Act.LANJUTKAN, (*_OPEN, _do(Act.TAHAN, reason="x"))),
    "hentikan": Scene(Act.HENTIKAN, _OPEN, details=_WHY),
    "mulai-ulang": Scene(Act.MULAI_ULANG, _STOPPED, details=_WHY),
    "gabung": Scene(Act.GABUNG, _ONE, details={"reason": "B dan C tidak menyerahkan"}),
    "ubah-bidang": Scene(Act.UBAH_BIDANG, _REGION, details={"removed": ("C",), "reason": "x"}),
    "pindah-versi": Scene(Act.PINDAH_VERSI, _OPEN, details={"version": 2, "reason": "x"}, always_other_refusal=True),
    "buka": Scene(Act.BUKA),
    "bebaskan": Scene(Act.BEBASKAN, details={"child": TW1, "reason": "x"}, period="2025-S1"),
    "tutup": Scene(Act.TUTUP, _STOPPED),
    "buka-kembali": Scene(Act.BUKA_KEMBALI, (*_STOPPED, _do(Act.TUTUP)), details=_WHY),
}
"""Row of the table -> how to come there."""


class Undone(Exception):
    """Ends a trial, so that its transaction is rolled back."""


class RightsOffice:
    """A file in the situation of one scene; acts are tried in it and taken back."""

    def __init__(self, path: Path, scene: Scene | None = None) -> None:
        self.database: Database = opening.open(path, create=True)
        self.clock = Clock(NOVEMBER)
        self.store = Store(self.database, self.clock)
        shape = decisions()
        asked = Adoption(shape.sop, 2025, bidang=shape.bidang, cadence=shape.cadence)
        self.address: Address = set_up(self.store, asked, EVERYBODY).address
        if scene is not None and scene.indicator:
            self._define()
        for command in scene.before if scene is not None else ():
            self.store.apply(self.address, command, EVERYBODY)
        if scene is not None and scene.indicator is False:
            self._define()
        self.enter("admin-lain", Role.ADMIN)
        self.enter("penerima", Role.PELAKSANA, frozenset({(STAF, None)}))

    def _define(self) -> None:
        indicator = Indicator("IK-1", "Peserta", "orang", owner="A")
        define(self.store, self.address.office, [indicator_command(indicator, TW1)], EVERYBODY)

    def enter(
        self,
        code: str,
        roles: Role | frozenset[Role],
        lanes: frozenset[tuple[str, str | None]] = frozenset(),
        *,
        since: int = 0,
        until: int | None = None,
        active: bool = True,
    ) -> None:
        """Write somebody straight into the register."""
        row_id = self.database.value(
            "INSERT INTO people (office_id, code, name, role, account, active) VALUES (1, ?, 'X', ?, NULL, ?) "
            "RETURNING id",
            (code, ",".join(in_order({roles} if isinstance(roles, Role) else roles)), int(active)),
        )
        for lane, bidang in lanes:
            self.database.rows(
                "INSERT INTO memberships (person_id, lane, bidang, since, until, kind) VALUES (?, ?, ?, ?, ?, 'tetap')",
                (row_id, lane, bidang, since, until),
            )

    def tries(self, scene: Scene, code: str, *, is_holder: bool = False) -> Exception | None:
        """Let somebody try the act of the scene, and take everything back; what stood in the way, if anything did."""
        met: Exception | None = None
        try:
            with self.database.write():
                if is_holder:
                    self._make_holder(scene, code)
                try:
                    self.store.apply_within(self.address, scene.command, Actor(code))
                except Exception as error:
                    met = error
                raise Undone
        except Undone:
            return met

    def _make_holder(self, scene: Scene, code: str) -> None:
        if scene.act is Act.URUNG:
            # The last act is somebody's own when they did it: whoever once held the lane, whatever became of that.
            role = self.database.value("SELECT role FROM people WHERE code = ?", (code,))
            self.database.rows("UPDATE people SET role = 'pengelola' WHERE code = ?", (code,))
            self.store.apply_within(self.address, _do(Act.TUNDA, 1, reason="x"), Actor(code))
            self.database.rows("UPDATE people SET role = ? WHERE code = ?", (role, code))
            return
        self.database.rows("UPDATE runs SET holder = ? WHERE holder IS NOT NULL", (code,))
        self.database.rows("UPDATE runs SET handed_in_by = ? WHERE handed_in_by IS NOT NULL", (code,))


def is_barred(error: Exception | None) -> bool:
    """Whether it was a right that was missing."""
    return isinstance(error, Refused) and error.rule in RIGHTS

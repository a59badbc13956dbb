"""The acts: the code of each, and in one table what it is on, how far it looks, who may, how it is undone.

Only facts stand here, so that a key row or `sakip status` can ask them at no cost. Judge and effect are functions of
the family's module in `sop/acts/`, side by side; `families.py` there finds them. How an act is added is said in
docs/ARCHITECTURE.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from types import MappingProxyType

from sop.model.pelaksana import Role
from sop.values import Frozen, replace


class Act(StrEnum):
    """The acts of the log. Codes are stored and never change."""

    # on a run
    MULAI = "mulai"
    LEPAS = "lepas"
    TUGASKAN = "tugaskan"
    TUNDA = "tunda"
    LANJUT = "lanjut"
    AJUKAN = "ajukan"
    TARIK = "tarik"
    PUTUSKAN = "putuskan"
    SELESAI = "selesai"
    LEWATI = "lewati"
    PAKAI_LAMA = "pakai-lama"
    KOREKSI = "koreksi"
    URUNG = "urung"
    CENTANG = "centang"
    DOKUMEN = "dokumen"
    KOMENTAR = "komentar"
    # on the data of a period
    FORMULIR = "formulir"
    """Rows and targets of data kinerja frozen and sent out."""
    ISI = "isi"
    """Rows of one owner filled in."""
    TANDAI = "tandai"
    """Rows marked with a note."""
    TERIMA = "terima"
    """A mark taken back."""
    KOREKSI_NILAI = "koreksi-nilai"
    """Rows mended that were handed in."""
    # on a case or period
    BUKA = "buka"
    KEMBALIKAN = "kembalikan"
    TAHAN = "tahan"
    LANJUTKAN = "lanjutkan"
    HENTIKAN = "hentikan"
    MULAI_ULANG = "mulai-ulang"
    GABUNG = "gabung"
    UBAH_BIDANG = "ubah-bidang"
    BEBASKAN = "bebaskan"
    TUTUP = "tutup"
    BUKA_KEMBALI = "buka-kembali"
    PINDAH_VERSI = "pindah-versi"
    # on the office
    SIAPKAN = "siapkan"
    SOP_IMPOR = "sop-impor"
    SOP_TETAPKAN = "sop-tetapkan"
    KALENDER = "kalender"
    PENGATURAN = "pengaturan"
    PEJABAT = "pejabat"
    """An official named who signs recaps in a position, or their data blanked. Names the position, never the name."""
    PENGGUNA = "pengguna"
    """Somebody registered, changed, deactivated, or personal data blanked. Names a code, never a name."""
    HAK = "hak"
    """A lane given or ended."""
    PIN = "pin"
    """A PIN set, taken away, locked after wrong ones, or unlocked."""
    BIDANG = "bidang"
    """A bidang renamed, or several merged."""
    INDIKATOR = "indikator"
    """An indicator of data kinerja defined, or a new version of it."""
    TARGET = "target"
    """Targets of a set put in, changed or taken back."""
    ATURAN = "aturan"
    """A rule of the program changed: verdicts of open periods judged anew, each with old and new."""
    PANGKAL = "pangkal"
    """How a file of an older program stood when it was opened by a newer one: what its events lack."""
    PULIHKAN = "pulihkan"
    """The file was replaced by a backup; the first event after the backup's own."""


class Scope(Enum):
    """What an act is on: whose state it changes, and whose revision it is compared with."""

    RUN = "run"
    CASE = "case"
    PERIOD = "period"
    DATA = "data"
    """The data kinerja of a period."""
    YEAR = "year"
    OFFICE = "office"
    FILE = "file"


class Own(Enum):
    """How somebody stands to a card who may act on it without managing; the words are those of docs/HAK.md."""

    ANYBODY = "ya"
    WORKS = "lajur kerja"
    """Holds a lane that works on the step, for that bidang."""
    DECIDES = "lajur pemutus"
    WORKS_OR_DECIDES = "lajur kerja atau pemutus"
    COMES_LATER = "lajur sesudahnya"
    """Holds a lane of a step after the target."""
    HOLDS = "pemegang"
    HOLDS_AND_WORKS = "pemegang di lajur kerja"
    HANDED_IN = "pengaju di lajur kerja"
    WROTE = "penulis"
    """Recorded the act, within 15 minutes."""
    FILLS = "lajur isian, atau bidangnya"
    """Holds a lane of the step that takes the rows, for that bidang; where it is not per bidang, any lane for it."""
    CHECKS = "lajur periksa"
    """Holds a lane of the step that accepts the rows."""


class Reach(Enum):
    """How much of the year an act looks at."""

    NEAR = "near"
    """Its period and the one above."""
    YEAR = "year"
    """Every case there ever was: undoing replays everything, correcting asks every case above, reopening judges stopped
    cases anew as well."""


class Undo(Enum):
    """How an act is taken back."""

    NEVER = "never"
    """Another act leads on from it."""
    ON_ITS_RUN = "run"
    """By urung on the run it was on, while it is the last act there."""
    ON_WHAT_IT_OPENED = "opened"
    """By urung on a step that it opened."""


ALWAYS_BY_ROLE: Mapping[str, Own | None] = MappingProxyType({"": None})


class ActSpec(Frozen):
    """One act."""

    act: Act
    scope: Scope
    family: str
    """Key of `families.FAMILIES`."""
    roles: frozenset[Role] = frozenset()
    """Who may by a role alone. Empty: nobody by role."""
    own: Mapping[str, Own | None] = ALWAYS_BY_ROLE
    """Situation ("" for all) -> how whoever lacks the role must stand to the card to act on it; None: not at all."""
    reach: Reach = Reach.NEAR
    undo: Undo = Undo.NEVER


_MANAGER = frozenset({Role.PENGELOLA})
_OFFICE = frozenset({Role.PENGELOLA, Role.ADMIN})
_PEOPLE = frozenset({Role.ADMIN})


def _run(act: Act, own: Own | None, *situations: str, undo: Undo = Undo.ON_ITS_RUN, family: str = "run") -> ActSpec:
    return ActSpec(act, Scope.RUN, family, _MANAGER, dict.fromkeys(situations or ("",), own), undo=undo)


def _case(act: Act, undo: Undo = Undo.NEVER) -> ActSpec:
    return ActSpec(act, Scope.CASE, "case", _MANAGER, undo=undo)


def _period(act: Act, reach: Reach = Reach.NEAR) -> ActSpec:
    return ActSpec(act, Scope.PERIOD, "period", _MANAGER, reach=reach)


def _data(act: Act) -> ActSpec:
    return ActSpec(act, Scope.DATA, "data", _MANAGER)


def _office(act: Act, family: str, roles: frozenset[Role]) -> ActSpec:
    return ActSpec(act, Scope.OFFICE, family, roles)


_OPENED = Undo.ON_WHAT_IT_OPENED
SPECS: Mapping[Act, ActSpec] = {
    spec.act: spec
    for spec in (
        _run(Act.MULAI, Own.WORKS, "", "wilayah"),
        _run(Act.LEPAS, Own.HOLDS_AND_WORKS),
        _run(Act.TUGASKAN, Own.HOLDS),
        replace(_run(Act.TUNDA, None), own={"siap": Own.WORKS, "dikerjakan": Own.HOLDS_AND_WORKS}),
        _run(Act.LANJUT, Own.HOLDS_AND_WORKS),
        _run(Act.AJUKAN, Own.WORKS),
        _run(Act.TARIK, Own.HANDED_IN),
        _run(Act.PUTUSKAN, Own.DECIDES),
        _run(Act.SELESAI, Own.WORKS),
        _run(Act.LEWATI, None),
        _run(Act.PAKAI_LAMA, Own.WORKS),
        replace(_run(Act.KOREKSI, Own.HOLDS, family="corrections"), reach=Reach.YEAR),
        replace(_run(Act.URUNG, Own.WROTE, family="corrections", undo=Undo.NEVER), reach=Reach.YEAR),
        _run(Act.CENTANG, Own.WORKS_OR_DECIDES),
        _run(Act.DOKUMEN, Own.WORKS_OR_DECIDES),
        _run(Act.KOMENTAR, Own.ANYBODY, undo=Undo.NEVER),
        replace(_case(Act.KEMBALIKAN, _OPENED), own={"": Own.COMES_LATER}),
        _case(Act.TAHAN),
        _case(Act.LANJUTKAN),
        _case(Act.HENTIKAN),
        _case(Act.MULAI_ULANG),
        _case(Act.GABUNG, _OPENED),
        _case(Act.UBAH_BIDANG, _OPENED),
        _case(Act.PINDAH_VERSI),
        _period(Act.BUKA),
        _period(Act.BEBASKAN),
        _period(Act.TUTUP),
        _period(Act.BUKA_KEMBALI, Reach.YEAR),
        _data(Act.FORMULIR),
        replace(_data(Act.ISI), own={"": Own.FILLS}),
        replace(_data(Act.TANDAI), own={"": Own.CHECKS}),
        replace(_data(Act.TERIMA), own={"": Own.CHECKS}),
        replace(_data(Act.KOREKSI_NILAI), own={"sebelum diperiksa": Own.HOLDS, "sesudah diperiksa": Own.CHECKS}),
        ActSpec(Act.ATURAN, Scope.YEAR, "program"),
        _office(Act.SIAPKAN, "setting up", _OFFICE),
        _office(Act.SOP_IMPOR, "sop", _OFFICE),
        _office(Act.SOP_TETAPKAN, "sop", _OFFICE),
        _office(Act.KALENDER, "calendar", _OFFICE),
        _office(Act.PENGATURAN, "settings", _OFFICE),
        _office(Act.PEJABAT, "signers", _OFFICE),
        ActSpec(Act.PULIHKAN, Scope.FILE, "file", _OFFICE),
        ActSpec(Act.PANGKAL, Scope.FILE, "file"),
        _office(Act.PENGGUNA, "people", _PEOPLE),
        _office(Act.HAK, "people", _PEOPLE),
        replace(_office(Act.PIN, "people", _PEOPLE), own={"milik sendiri": Own.ANYBODY, "milik orang lain": None}),
        _office(Act.BIDANG, "bidang", _PEOPLE),
        _office(Act.INDIKATOR, "kinerja", _MANAGER),
        _office(Act.TARGET, "kinerja", _MANAGER),
    )
}
"""Act -> what it is. What the program does by itself (`PROGRAM_ACTS`) is nobody's to ask for."""


def acts_on(*scopes: Scope) -> frozenset[Act]:
    """The acts of these scopes."""
    return frozenset(act for act, spec in SPECS.items() if spec.scope in scopes)


RUN_ACTS = acts_on(Scope.RUN)
CASE_ACTS = acts_on(Scope.CASE)
PERIOD_ACTS = acts_on(Scope.PERIOD)
DATA_ACTS = acts_on(Scope.DATA)
OFFICE_ACTS = acts_on(Scope.YEAR, Scope.OFFICE, Scope.FILE)
"""What is on no period: the log of the office."""
PROGRAM_ACTS = frozenset(act for act, spec in SPECS.items() if not spec.roles)
"""What the program does by itself when it opens a file of an older one: nobody asks for it, and nobody may."""

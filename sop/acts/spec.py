"""Every act in one table: what it is on, where judge and effect stand, how far they look, who may, how it is undone.

Only facts stand here, so that a key row or `sakip status` can ask them at no cost. Judge and effect are functions of
the family's module, side by side; `families.py` finds them. A new act is a line here, its two functions, its words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, NamedTuple

from sop.model.events import Act, Event
from sop.model.pelaksana import Role


class Scope(Enum):
    """What an act is on: whose state it changes, and whose revision it is compared with."""

    RUN = "run"
    CASE = "case"
    PERIOD = "period"
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


ALWAYS_BY_ROLE: Mapping[str, Own | None] = {"": None}


class ActSpec(NamedTuple):
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


class Deed(NamedTuple):
    """What an act is in code. A family's module holds one for each of its acts, in `DEEDS`."""

    judge: Callable[[Any], Event] | None
    """What becomes of a command (ruling of its scope -> event), or why it is refused. None: nobody asks for it."""
    effect: Callable[[Any, Event], None]
    """What the event does to the state of its scope: the same when it happens and whenever the log is replayed."""
    in_year: Callable[[Any, Event], None] | None = None
    """What an act on the office is to the reporting year that it begins; None for one that begins none."""


_MANAGER = frozenset({Role.PENGELOLA})
_OFFICE = frozenset({Role.PENGELOLA, Role.ADMIN})
_PEOPLE = frozenset({Role.ADMIN})


def _run(act: Act, own: Own | None, *situations: str, undo: Undo = Undo.ON_ITS_RUN, family: str = "run") -> ActSpec:
    return ActSpec(act, Scope.RUN, family, _MANAGER, dict.fromkeys(situations or ("",), own), undo=undo)


def _case(act: Act, undo: Undo = Undo.NEVER) -> ActSpec:
    return ActSpec(act, Scope.CASE, "case", _MANAGER, undo=undo)


def _period(act: Act, reach: Reach = Reach.NEAR) -> ActSpec:
    return ActSpec(act, Scope.PERIOD, "period", _MANAGER, reach=reach)


def _office(act: Act, family: str, roles: frozenset[Role]) -> ActSpec:
    return ActSpec(act, Scope.OFFICE, family, roles)


_OPENED = Undo.ON_WHAT_IT_OPENED
SPECS: Mapping[Act, ActSpec] = {
    spec.act: spec
    for spec in (
        _run(Act.MULAI, Own.WORKS, "", "wilayah"),
        _run(Act.LEPAS, Own.HOLDS_AND_WORKS),
        _run(Act.TUGASKAN, Own.HOLDS),
        _run(Act.TUNDA, None)._replace(own={"siap": Own.WORKS, "dikerjakan": Own.HOLDS_AND_WORKS}),
        _run(Act.LANJUT, Own.HOLDS_AND_WORKS),
        _run(Act.AJUKAN, Own.WORKS),
        _run(Act.TARIK, Own.HANDED_IN),
        _run(Act.PUTUSKAN, Own.DECIDES),
        _run(Act.SELESAI, Own.WORKS),
        _run(Act.LEWATI, None),
        _run(Act.PAKAI_LAMA, Own.WORKS),
        _run(Act.KOREKSI, Own.HOLDS, family="corrections")._replace(reach=Reach.YEAR),
        _run(Act.URUNG, Own.WROTE, family="corrections", undo=Undo.NEVER)._replace(reach=Reach.YEAR),
        _run(Act.CENTANG, Own.WORKS_OR_DECIDES),
        _run(Act.DOKUMEN, Own.WORKS_OR_DECIDES),
        _run(Act.KOMENTAR, Own.ANYBODY, undo=Undo.NEVER),
        _case(Act.KEMBALIKAN, _OPENED)._replace(own={"": Own.COMES_LATER}),
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
        ActSpec(Act.ATURAN, Scope.YEAR, "program"),
        _office(Act.SIAPKAN, "setting up", _OFFICE),
        _office(Act.SOP_IMPOR, "sop", _OFFICE),
        _office(Act.SOP_TETAPKAN, "sop", _OFFICE),
        _office(Act.KALENDER, "calendar", _OFFICE),
        _office(Act.PENGATURAN, "settings", _OFFICE),
        ActSpec(Act.PULIHKAN, Scope.FILE, "file", _OFFICE),
        ActSpec(Act.PANGKAL, Scope.FILE, "file"),
        _office(Act.PENGGUNA, "people", _PEOPLE),
        _office(Act.HAK, "people", _PEOPLE),
        _office(Act.PIN, "people", _PEOPLE)._replace(own={"milik sendiri": Own.ANYBODY, "milik orang lain": None}),
        _office(Act.BIDANG, "bidang", _PEOPLE),
    )
}
"""Act -> what it is. What the program does by itself (`PROGRAM_ACTS`) is nobody's to ask for."""


def acts_on(*scopes: Scope) -> frozenset[Act]:
    """The acts of these scopes."""
    return frozenset(act for act, spec in SPECS.items() if spec.scope in scopes)


RUN_ACTS = acts_on(Scope.RUN)
CASE_ACTS = acts_on(Scope.CASE)
PERIOD_ACTS = acts_on(Scope.PERIOD)
OFFICE_ACTS = acts_on(Scope.YEAR, Scope.OFFICE, Scope.FILE)
"""What is on no period: the log of the office."""
PROGRAM_ACTS = frozenset(act for act, spec in SPECS.items() if not spec.roles)
"""What the program does by itself when it opens a file of an older one: nobody asks for it, and nobody may."""

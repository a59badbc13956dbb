"""The rules an act can break, by name. The sentence for each stands in the notices of the top floor."""

from __future__ import annotations

from enum import StrEnum

from sop.model.errors import SopError
from sop.model.texts import LONGEST_NAME


class Rule(StrEnum):
    """Why an act is refused."""

    PERIOD_CLOSED = "period-closed"
    """The period is closed: only komentar and buka-kembali."""
    PERIOD_NOT_OPEN = "period-not-open"
    """The period has not been opened yet."""
    PERIOD_IS_OPEN = "period-is-open"
    NO_CASE = "no-case"
    """A pure roll-up has no steps of its own."""
    BEFORE_PERIOD = "before-period"
    """Opening before the period's first day."""
    ANCESTOR_CLOSED = "ancestor-closed"
    NOT_REACHED = "not-reached"
    """The step is waiting: nothing has opened it yet."""
    GATE_CLOSED = "gate-closed"
    """A child period is open and not waived."""
    WRONG_PHASE = "wrong-phase"
    """The run is not where the act begins."""
    PAUSED = "paused"
    CASE_PHASE = "case-phase"
    """The case is not where the act begins."""
    CASE_HELD = "case-held"
    DECISION_STEP = "decision-step"
    """A decision step ends only by Ya or Tidak."""
    NO_DECISION_STEP = "no-decision-step"
    NOT_HANDED_IN = "not-handed-in"
    """Another lane decides: the work is handed in first."""
    ANSWER_NEEDED = "answer-needed"
    COMMENT_NEEDED = "comment-needed"
    REASON_NEEDED = "reason-needed"
    LATE_REASON_NEEDED = "late-reason-needed"
    """Recorded more than a working day late without a reason."""
    WRONG_LANE = "wrong-lane"
    """The act is not that lane's."""
    NOT_MEMBER = "not-member"
    """The person does not hold the lane."""
    MANAGER_ONLY = "manager-only"
    ADMIN_ONLY = "admin-only"
    OFFICE_WITHOUT_PEOPLE = "office-without-people"
    """Others in the file have people: until an admin of theirs registers the first one here, it is only read."""
    YEAR_EXISTS = "year-exists"
    LAST_ADMIN = "last-admin"
    """Without this one no active admin would be left."""
    BLANK_ACTIVE = "blank-active"
    """Only an inactive person's data are blanked: it is for ever."""
    BLANK_HOLDS = "blank-holds"
    """Nor while the person holds open cards; `cards` says how many."""
    DECIDER_APART = "decider-apart"
    """Who did the work may not decide on it, by the office's setting."""
    IDENTITY_LOCKED = "identity-locked"
    """This connection belongs to one person; another cannot be claimed in it."""
    IDENTITY_UNPROVEN = "identity-unproven"
    """A PIN is needed, and there is nowhere to ask for it."""
    PIN_WRONG = "pin-wrong"
    PIN_LOCKED = "pin-locked"
    """Too many wrong PINs; `until` says how long."""
    NO_PIN = "no-pin"
    """The person has no PIN to sign in with."""
    HOLDER_ONLY = "holder-only"
    NOT_IN_LANE = "not-in-lane"
    """The person the card would go to does not belong to the lane."""
    BEFORE_BOUND = "before-bound"
    """The moment lies before one that already stands."""
    FUTURE = "future"
    OUT_OF_ORDER = "out-of-order"
    """Corrected moments would no longer be in order."""
    IN_HOLD = "in-hold"
    """The moment lies in a time when the case was held."""
    SUCCESSOR_MOVED = "successor-moved"
    """A successor has a moment before its new ready."""
    EVIDENCE_MISSING = "evidence-missing"
    NO_EARLIER_RESULT = "no-earlier-result"
    LOOP_TARGET = "loop-target"
    """The step a loop-back names must be done again."""
    TAKEN_OVER = "taken-over"
    """A result taken over has no start of its own."""
    NOTHING_TO_UNDO = "nothing-to-undo"
    UNDO_TOO_LATE = "undo-too-late"
    """Not the author within 15 minutes, nor the pengelola."""
    CUT_SINCE = "cut-since"
    """A later act overtook the run; that act is undone first."""
    BUILT_ON = "built-on"
    """Something the act opened carries an act of its own."""
    TARGET_NOT_EARLIER = "target-not-earlier"
    TARGET_NOT_FINISHED = "target-not-finished"
    """A bidang that is to do a step again has not finished it."""
    BIDANG_OUTSIDE_REGION = "bidang-outside-region"
    NO_OPEN_REGION = "no-open-region"
    NOBODY_HANDED_IN = "nobody-handed-in"
    LAST_BIDANG = "last-bidang"
    LAST_OF_LIST = "last-of-list"
    BIDANG_PRESENT = "bidang-present"
    BIDANG_ABSENT = "bidang-absent"
    BIDANG_NOT_THEN = "bidang-not-then"
    """A bidang of the office that was not in force when the region was entered."""
    NO_BIDANG = "no-bidang"
    """The SOP has per-bidang steps and the office has no bidang."""
    NOTHING_TO_WAIVE = "nothing-to-waive"
    NOT_A_CHILD = "not-a-child"
    CLOSE_BLOCKED = "close-blocked"
    """Something is still open, or stale."""
    ALREADY_TICKED = "already-ticked"
    NOTHING_CHANGED = "nothing-changed"
    CODE_TAKEN = "code-taken"
    """An indicator that was ended has `code`."""
    SET_ORDER = "set-order"
    """Sets of targets are numbered without a gap: `next` is the one that may begin."""
    NO_FORM = "no-form"
    """The owner was sent none in this period, or nothing is filled in it."""
    RUN_HANDED_IN = "run-handed-in"
    """It waits for Ya or Tidak, so its rows stay as they are."""
    RUN_ENDED = "run-ended"
    """Its rows change by kembalikan or koreksi-nilai."""
    ROWS_NOT_HANDED_IN = "rows-not-handed-in"
    """The act begins where the run of the rows is selesai."""
    NO_PERIKSA = "no-periksa"
    """The cadence has no step that marks."""
    PERIKSA_DONE = "periksa-done"
    ROWS_STALE = "rows-stale"
    """Somebody else changed `rows` since: code -> by whom."""
    NOT_MARKED = "not-marked"
    ROWS_MISSING = "rows-missing"
    """`rows`, (owner, code), are belum diisi."""
    ROWS_MARKED = "rows-marked"
    """`rows`, (owner, code), are marked and not answered."""
    REGION_HALF_JOINED = "region-half-joined"
    MAP_UNSOUND = "map-unsound"
    """The step map cannot carry the case over; `steps` names the places."""
    TOKEN_REUSED = "token-reused"
    """The token was already used for another act."""


class Refused(SopError):
    """A rule refuses the act. `rule` is a Rule; the other facts say what stands in the way and what is allowed."""

    def __init__(self, rule: Rule, **facts: object) -> None:
        super().__init__(rule=rule.value, **facts)
        self.rule = rule


class StaleRevision(SopError):
    """The entity (see `Event.touches`) moved on since it was seen: `seen` is not `found`."""

    def __init__(self, entity: str, seen: int, found: int) -> None:
        super().__init__(entity=entity, seen=seen, found=found)
        self.entity, self.seen, self.found = entity, seen, found


class Unknown(SopError):
    """A name that stands for nothing here.

    `kind` is periode, langkah, bidang, lajur, butir or versi; `known` lists what there is.
    """

    def __init__(self, kind: str, name: str, known: tuple[str, ...]) -> None:
        super().__init__(kind=kind, name=name, known=known)
        self.kind, self.name, self.known = kind, name, known


def name_among(kind: str, typed: str, known: tuple[str, ...]) -> str:
    """The one of some names that was typed, whatever its case. Raises Unknown."""
    for name in known:
        if name.casefold() == typed.strip().casefold():
            return name
    raise Unknown(kind, typed[:LONGEST_NAME], known)


class RefusedRows(SopError):
    """Some rows of many cannot be recorded, so none was. `rows` holds (place such as `baris 3`, why) of each."""

    def __init__(self, rows: tuple[tuple[str, SopError], ...], left: tuple[int, ...] = (), period: str = "") -> None:
        """
        Args:
            rows: (place, why) of each that is refused.
            left: Numbers of all lines that wait for data, where nothing else stands in the way: the others can be
                recorded first, and with them go out the forms.
            period: Which they are of.
        """
        super().__init__(rows=rows)
        self.rows, self.left, self.period = rows, left, period

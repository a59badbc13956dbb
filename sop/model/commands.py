"""What somebody asks for: one act with its details."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sop.model.act import Act
from sop.model.state import Answer, Evidence
from sop.values import Frozen, field

if TYPE_CHECKING:
    from sop.kinerja.data_act import DataCommand


class Typed(Frozen):
    """A moment somebody typed: `at` in UTC epoch seconds, `width` the seconds it covers (60 for a typed minute)."""

    at: int
    width: int = 1


class Command(Frozen):
    """One act of rules part 3. Which fields an act reads stands beside them; the others are ignored."""

    act: Act
    period: str
    step: int | None = None
    """Run acts; the step one hands back from in kembalikan."""
    bidang: str | None = None
    """Which bidang's run, where the step is per bidang; in kembalikan whose step it hands back from."""
    at: Typed | None = None
    """Effective moment; None for now. The end in selesai."""
    started: Typed | None = None
    """selesai: when work began, if never recorded. koreksi: the new start."""
    ended: Typed | None = None
    """koreksi: the new end."""
    reason: str | None = None
    note: str | None = None
    """What was found or done; the comment of a Tidak, of kembalikan, of komentar."""
    on_behalf: str | None = None
    """Lane the act is recorded for."""
    seen: int | None = None
    """Revision of the run (run acts), case (case acts) or period (period acts) that was on view; None trusts luck."""
    token: str | None = None
    """The same token acts once."""
    answer: Answer | None = None
    """putuskan."""
    holder: str | None = None
    """tugaskan: whom the card goes to."""
    item: int | None = None
    """centang: index of the kelengkapan item, from 0."""
    on: bool = True
    """centang: tick, or take the tick away."""
    evidence: Evidence | None = None
    """dokumen; koreksi replaces the list by this one."""
    target: int | None = None
    """kembalikan: the earlier step."""
    named: tuple[str, ...] = ()
    """kembalikan, and putuskan with Tidak: only these bidang re-enter."""
    added: tuple[str, ...] = ()
    """ubah-bidang."""
    removed: tuple[str, ...] = ()
    """ubah-bidang."""
    child: str | None = None
    """bebaskan: the child period's key."""
    version: int | None = None
    """pindah-versi: the version to go to."""
    image: Mapping[int, int] = field(default_factory=dict)
    """pindah-versi: step of the old version -> step of the new one."""
    data: DataCommand | None = None
    """The acts on data: whose rows, and what they shall say. Act, period, reason and note are those of the command."""

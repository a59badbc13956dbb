"""What happens to a file as a whole: it is restored from a backup, or stated as it stands when a newer program opens
it.

Older events lack what the log of today tells (a first setting, since when a lane is held), so a file of before is
stated once (`pangkal`). What the log says of its offices counts from there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sop.acts.deed import Deed
from sop.acts.office_flow import OfficeDraft
from sop.model.act import Act
from sop.model.events import Event
from sop.model.office import OfficeState


def stated(offices: Iterable[OfficeState]) -> dict[str, Any]:
    """What a pangkal says."""
    return {"offices": [office.to_dict() for office in offices]}


def leave_as_it_is(draft: OfficeDraft, event: Event) -> None:
    """A restored file is what its own log says; the event tells which log it took the place of. A pangkal is where
    replaying begins (`replay.replay_file`)."""


DEEDS = {Act.PULIHKAN: Deed(None, leave_as_it_is), Act.PANGKAL: Deed(None, leave_as_it_is)}

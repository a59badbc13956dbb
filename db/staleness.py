"""Who was faster: the newest act by somebody else since something was seen, or else the actor's own."""

from __future__ import annotations

from collections.abc import Sequence

from db.errors import OwnChange, StaleCase
from db.rows import Touch


def stale_case(
    entity: str, seen: int, found: int, touches: Sequence[Touch], actor: str, asked: str | None = None
) -> StaleCase:
    """The error for a view that is no longer how things stand.

    Args:
        entity: As in `sop.model.events.Event.touches`.
        seen: Its revision when it was looked at.
        found: Its revision now.
        touches: What touched it, newest first, those since `seen` at least.
        actor: Code of who asks now.
        asked: The act asked for.
    """
    since = touches[: max(found - seen, 0)]
    others = [touch for touch in since if touch.by != actor]
    newest = next(iter((*others, *touches)), None)
    facts: dict[str, object] = {
        "entity": entity,
        "seen": seen,
        "found": found,
        "by": newest.by if newest else None,
        "act": newest.act if newest else None,
        "at": newest.at if newest else None,
        "recorded": newest.recorded if newest else None,
        "sequence": newest.sequence if newest else None,
    }
    if others or not since:
        return StaleCase(**facts)
    return OwnChange(**facts, repeated=since[0].act == asked)

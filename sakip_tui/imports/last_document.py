"""The document that somebody wrote or took in last at a screen: offered again, also after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sakip_tui.draft_places import DraftPlace
from sakip_tui.prompts.form import Response

if TYPE_CHECKING:
    from sakip_tui.prompts.drafts import Drafts

_SCREEN, _NAME = "dokumen", "dokumen"
"""No screen, so that nobody is told of something unsent there."""


class LastDocument:
    """Of one screen, one person and one office. Kept beside the drafts, as what was typed and is wanted again."""

    def __init__(self, drafts: Drafts, screen: str, office: str) -> None:
        self._drafts, self._place = drafts, DraftPlace(_SCREEN, screen, office)

    async def name(self) -> str:
        """Where it lies, as typed; empty where there was none."""
        return (await self._drafts.kept(self._place)).text(_NAME) or ""

    def keep(self, name: str) -> None:
        """It was written, or taken in, just now."""
        self._drafts.keep(self._place, Response(None, {_NAME: name}))

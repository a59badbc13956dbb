"""Documents that somebody names at a screen: the one that was written or taken in last is offered again, also after a
restart; what was found in one is shown over the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from sakip_tui.draft_places import DraftPlace
from sakip_tui.imports.screen import FindingsScreen
from sakip_tui.prompts.form import Response

if TYPE_CHECKING:
    from sakip_tui.widgets.listing import ListScreen
    from sop.kinerja.form_fault import CellFinding

_SCREEN, _NAME = "dokumen", "dokumen"
"""No screen, so that nobody is told of something unsent there."""


class LastDocument:
    """Of one screen, one person and one office. Kept beside the drafts, as what was typed and is wanted again."""

    def __init__(self, screen: ListScreen) -> None:
        self._screen = screen
        self._place = DraftPlace(_SCREEN, screen.CODE, screen.here.rows.address.office)

    async def name(self) -> str:
        """Where it lies, as typed; empty where there was none."""
        return (await self._screen.drafts.kept(self._place)).text(_NAME) or ""

    def keep(self, name: str) -> None:
        """It was written, or taken in, just now."""
        self._screen.drafts.keep(self._place, Response(None, {_NAME: name}))

    def is_out_of_reach(self) -> bool:
        """Whether who sits here came in from afar, whose documents are not on this machine; then it is said so."""
        if self._screen.desk.is_guest:
            self._screen.announce(
                "Dokumen di komputer kantor tidak dapat dibuka dari sini. Mintalah pengelola di sana mengimpornya."
            )
        return self._screen.desk.is_guest

    def show_findings(self, name: str, findings: Sequence[CellFinding]) -> None:
        """What was found in a document that was named."""
        self._screen.app.push_screen(FindingsScreen(self._screen.here, PurePath(name).name, findings))

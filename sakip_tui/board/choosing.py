"""The act menu of the board, and the acts that have no key of their own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from textual import work

from sakip_tui.acts import FACE_OF, keyed
from sakip_tui.board.acting import ActingBoard
from sakip_tui.board.words import seated
from sakip_tui.screens import PAST_WORK, SCREENS
from sop.loading import load
from sop.model.texts import clean

if TYPE_CHECKING:
    from sop.model.errors import SopError

LATER = MappingProxyType(
    {
        "probes": "sakip_tui.board.act_menu:probes",
        "items": "sakip_tui.board.act_menu:menu_items",
        "probe": "sakip_tui.board.act_menu:probe",
        "why not": "sakip_tui.board.act_menu:why_not",
        "another time": "sakip_tui.board.act_menu:ANOTHER_TIME",
    }
)
"""Loaded when the menu is opened."""


class ChoosingBoard(ActingBoard):
    """A board whose acts can be chosen from a menu."""

    @work(group="menu", exclusive=True)
    async def action_acts(self) -> None:
        """Show every act of the rules: those possible now in front, the others with the reason."""
        self._hush()
        view, card = self.view, self.card.card if self.card is not None else None
        commands = load(LATER["probes"])(view, card, self.rows.bidang, self.rows.newest_version)
        try:
            refusals = await self.desk.obstacles(commands)
        except Exception as error:
            self.announce_error(error)
            return
        items = load(LATER["items"])(view, card, refusals, self._reason, self.office.actor)
        person = seated(self.rows.names, self.desk.person)
        title = f"Tindakan sebagai {clean(person)}" if person else "Tindakan"
        chosen = await self.app.push_screen_wait(load(SCREENS["menu"])(title, items, self.glyphs))
        if chosen == load(LATER["another time"]):
            await self.action_at_another_time()
        elif chosen == PAST_WORK:
            await self.run_action(f"screen.open_place({chosen!r})")
        elif chosen is not None:
            face = FACE_OF[chosen]
            if face.place:
                await self.run_action(f"screen.open_place({face.place!r})")
            elif face.key:
                await self.action_act(face.act)
            else:
                await self.begin(face)

    async def hindrances(self) -> Mapping[str, str]:
        """Of the acts with a key what the rules say, each on the selected card or its period."""
        view, card = self.view, self.card.card if self.card is not None else None
        faces = [face for face in keyed() if card is not None or not face.is_on_card]
        probe, bidang, newest = load(LATER["probe"]), self.rows.bidang, self.rows.newest_version
        refusals = await self.desk.obstacles([probe(view, card, face, bidang, newest) for face in faces])
        reasons: dict[str, list[str]] = {}
        for face, refusal in zip(faces, refusals, strict=True):
            why = load(LATER["why not"])(view, card, face, refusal, self._reason)
            reasons.setdefault(face.key, []).append(why)
        # Two acts may share a key: it does something where either can be done.
        found = {key: whys[0] for key, whys in reasons.items() if all(whys)}
        if card is None:
            keys = ("enter", "w", *(face.key for face in keyed() if face.is_on_card))
            found |= dict.fromkeys(keys, "Tidak ada kartu di periode ini.")
        if card is None or card.step not in view.foldable:
            found["space"] = "Langkah ini tidak dikerjakan per bidang."
        return found

    def _reason(self, refusal: SopError) -> str:
        notice = self._notice(refusal)
        assert notice is not None
        return str(notice).replace("\n", " ")

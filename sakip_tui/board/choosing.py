"""The act menu of the board, and why a key can do nothing now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from sakip_tui.acts import FACE_OF, keyed
from sakip_tui.board.words import seated
from sakip_tui.screens import PAST_WORK, SCREENS
from sop.loading import load
from sop.model.texts import clean

if TYPE_CHECKING:
    from sakip_tui.board.acting import Acting
    from sakip_tui.board.going import Going
    from sakip_tui.board.surface import Surface
    from sop.model.errors import SopError

LATER = MappingProxyType(
    {
        "faces": "sakip_tui.board.act_menu:faces_of",
        "items": "sakip_tui.board.act_menu:menu_items",
        "refusals": "sakip_tui.board.act_menu:refusals_of",
        "why not": "sakip_tui.board.act_menu:why_not",
        "another time": "sakip_tui.board.act_menu:ANOTHER_TIME",
        "at another time": "sakip_tui.board.act_menu:at_another_time",
    }
)
"""Loaded when the menu is opened."""


async def choose_act(screen: Surface, acting: Acting, going: Going) -> None:
    """Show every act of the rules, those possible now in front, the others with the reason; do what is chosen."""
    selection = screen.selection
    view, card = selection.view, selection.card.card if selection.card is not None else None
    faces = load(LATER["faces"])(card)
    refusals = await screen.or_say(load(LATER["refusals"])(screen.desk, selection.rows, view, card, faces))
    if refusals is None:
        return
    items = load(LATER["items"])(view, card, refusals, partial(_reason, screen), acting.onlooker)
    person = seated(selection.rows.names, screen.desk.person)
    title = f"Tindakan sebagai {clean(person)}" if person else "Tindakan"
    chosen = await screen.app.push_screen_wait(load(SCREENS["menu"])(title, items, screen.glyphs))
    if chosen == load(LATER["another time"]):
        await going.at_another_time()
    elif chosen == PAST_WORK:
        going.open_place(chosen)
    elif chosen is not None:
        face = FACE_OF[chosen]
        if face.place:
            going.open_place(face.place)
        elif face.key:
            await acting.by_key(face.act)
        else:
            await acting.begin(face)


async def hindrances(screen: Surface, acting: Acting) -> Mapping[str, str]:
    """Of the acts with a key what the rules say, each on the selected card or its period."""
    selection = screen.selection
    view, card = selection.view, selection.card.card if selection.card is not None else None
    faces = [face for face in keyed() if card is not None or not face.is_on_card]
    refusals = await load(LATER["refusals"])(screen.desk, selection.rows, view, card, faces)
    reasons: dict[str, list[str]] = {}
    for face, refusal in zip(faces, refusals, strict=True):
        why = load(LATER["why not"])(view, card, face, refusal, partial(_reason, screen))
        reasons.setdefault(face.key, []).append(why)
    # Two acts may share a key: it does something where either can be done.
    found = {key: whys[0] for key, whys in reasons.items() if all(whys)}
    other = load(LATER["at another time"])(view, card, acting.onlooker)
    if not other.is_possible:
        found[other.key] = other.detail
    if card is None:
        keys = ("enter", "w", *(face.key for face in keyed() if face.is_on_card))
        found |= dict.fromkeys(keys, "Tidak ada kartu di periode ini.")
    if card is None or card.step not in view.foldable:
        found["space"] = "Langkah ini tidak dikerjakan per bidang."
    return found


def _reason(screen: Surface, refusal: SopError) -> str:
    notice = screen.told(refusal)
    assert notice is not None
    return str(notice).replace("\n", " ")

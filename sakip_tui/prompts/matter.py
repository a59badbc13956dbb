"""What the form of an act is made from: the board, the card it is about, and what only some forms have to know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from sakip_tui.act_face import ActFace
from sakip_tui.views.board import BoardView
from sakip_tui.views.offers import CanDo, Onlooker, can_do, offered
from sop.look.card import Card
from sop.model.events import Event
from sop.time.work_calendar import WorkCalendar
from sop.values import Frozen, field
from sop.words.people import doer_called, person_called

ReadDay = Callable[[str, str], dt.date]
"""(text, name of the field) -> the day typed; raises FaultyInput."""


def _no_day(text: str, place: str) -> dt.date:
    raise NotImplementedError


class Matter(Frozen):
    """What an act is about."""

    view: BoardView
    card: Card | None = None
    """None for the period."""
    face: ActFace | None = None
    """Of the act, for a form that serves several."""
    bidang: tuple[str, ...] = ()
    """The office's list."""
    offset: int = 0
    """Seconds that the office's zone lies east of UTC."""
    calendar: WorkCalendar | None = None
    """The office's; None where no moment is asked."""
    now: int = 0
    """Reading of the clock."""
    read_day: ReadDay = _no_day
    is_guest: bool = False
    """Whether the person sits at another computer than this one."""
    onlooker: Onlooker | None = None
    """Who is asked, and when; None where that makes no difference."""
    members: tuple[tuple[str, str], ...] = ()
    """(code, name) of who belongs to the lane; empty while nobody is registered."""
    last_reason: str = ""
    """Why the last act of this period that was recorded late was."""
    signing: tuple[tuple[str, str], ...] = ()
    """(position, name) of who signs the period; without a name where nobody was named for it."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Code of a person -> name; a code without one is told as it is."""
    last: Event | None = None
    """The act that would be undone; None where the log does not tell."""

    def called(self, code: str) -> str:
        """What a person is called."""
        return person_called(self.names, code)

    def doer(self, code: str) -> str:
        """What whoever did something is called."""
        return doer_called(self.names, code)

    @property
    def able(self) -> CanDo:
        """What can be done with the card: by whoever is asked, where that is known."""
        return can_do(self.view, self.card) if self.onlooker is None else offered(self.view, self.card, self.onlooker)

    @property
    def manages(self) -> bool:
        """Whether the person is pengelola, and so need not say why."""
        return self.onlooker is not None and self.onlooker.actor.manages

    @property
    def the_card(self) -> Card:
        """The card, for a form of a card."""
        assert self.card is not None
        return self.card

"""What is typed ahead is answered key by key, each by the screen that the one before it led to.

Textual 8.2.8 hands every key to whatever has the focus when it comes in. One that has no meaning there rises to the
app, which looks for its binding on the screen that lies on top by then: keys that come faster than screens change act
on screens that they were not meant for, on some that are not made yet and on some that have left.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque

from textual import events
from textual.app import App, ReturnType, ScreenStackError
from textual.message import Message
from textual.message_pump import MessagePump

_ROUNDS = 3
"""How often a turn goes round: what a key sets off, such as the answer of a form, comes as a message behind the key."""
_LOOK_AGAIN_SECONDS = 0.1
_UNSEEN = {"q": "ctrl+q", "Q": "ctrl+q", "ctrl+q": "ctrl+q", "ctrl+l": "ctrl+l"}
"""Key -> what it does where the screen has no room: nobody sees what any other would do."""
_AWAITED = ("laid_out", "may_press")
"""Events of a screen that keys wait for."""


class Turn(Message, bubble=True):
    """Follows a key on its way from what has the focus up to the app, so that it comes after whatever the key does."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.rounds = rounds


class TypedAhead(App[ReturnType]):
    """An app that takes what is pressed in turn. Mixed into the program's own."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._pressed: deque[events.Event] = deque()
        """What was pressed and is not handed on yet."""
        self._turn: Turn | None = None
        """On its way; what was pressed waits for it."""

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.InputEvent | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        if isinstance(event, events.MouseMove) and self._pressed and isinstance(self._pressed[-1], events.MouseMove):
            # Where the mouse was on its way matters to nobody.
            self._pressed.pop()
        self._pressed.append(event)
        await self._hand_on()

    async def _hand_on(self) -> None:
        while self._pressed and self._turn is None:
            await self._until_laid_out()
            if not self.screen_stack:
                # The app is leaving: what is still pressed is meant for nobody.
                self._pressed.clear()
                return
            event = self._pressed.popleft()
            if getattr(self.screen, "is_too_small", False):
                key = _UNSEEN.get(event.key) if isinstance(event, events.Key) else None
                if key is None:
                    continue
                event = events.Key(key, None)
            await super().on_event(event)
            self._pass(Turn(_ROUNDS))

    def _pass(self, turn: Turn) -> None:
        try:
            goal = self.focused or self.screen
        except ScreenStackError:
            return
        if goal.post_message(turn):
            self._turn = turn
            self._see_it_through(turn, goal)

    def _see_it_through(self, turn: Turn, goal: MessagePump) -> None:
        """A turn is lost where its way is taken down before it is through: then it has arrived."""
        loop = asyncio.get_running_loop()

        def look() -> None:
            if self._turn is turn:
                if goal.is_attached and goal.is_running:
                    loop.call_later(_LOOK_AGAIN_SECONDS, look)
                else:
                    self.post_message(turn)

        loop.call_later(_LOOK_AGAIN_SECONDS, look)

    async def on_turn(self, turn: Turn) -> None:
        if turn is not self._turn:
            return
        self._turn = None
        if turn.rounds > 1:
            self._pass(Turn(turn.rounds - 1))
        await self._hand_on()

    async def _until_laid_out(self) -> None:
        """Wait for the screen on top and what its keys are about; for the next one where that leaves meanwhile."""
        while self.screen_stack and self.size and not self._exit:
            awaited: list[asyncio.Event] = [vars(self.screen)[name] for name in _AWAITED if name in vars(self.screen)]
            missing = next((event for event in awaited if not event.is_set()), None)
            if missing is None:
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(missing.wait(), _LOOK_AGAIN_SECONDS)

"""A screen that notices what somebody else writes, and that says a sentence until the next key."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from textual import events, work
from textual.timer import Timer

from sakip_tui.widgets.helped import HelpedScreen
from sop.loading import load

if TYPE_CHECKING:
    from sakip_tui.clock import Clock
    from sakip_tui.desk import Desk
    from sakip_tui.notices import Notice

ResultT = TypeVar("ResultT")
DoneT = TypeVar("DoneT")

NOTICE = "sakip_tui.notices:notice_of"
PLACES = "sakip_tui.fault_places:as_told"
"""Both are loaded at the first error."""
PATIENCE_SECONDS = 0.5
"""How long a key waits for what comes first: longer than an act or a reading takes, shorter than a lock may be held."""
POLL_SECONDS = 1.0
"""How often the database is asked whether somebody else has written."""

_WITHOUT_ROWS = frozenset({"leave", "back", "help", "reload"})
"""What can be done before anything was read."""


class WatchingScreen(HelpedScreen[ResultT]):
    """Made by its own screens, never shown itself. Nothing is asked while another screen lies over it."""

    desk: Desk
    clock: Clock
    said = ""
    """A sentence on view until the next key."""
    said_ink = "text"
    PLAIN_INK = "text"
    """Ink of a sentence that is no refusal."""
    IS_READ_BEFORE = False
    """Whether what is on view was read before the screen stood: then the first look waits until the first picture is
    there, and takes it for old, since nobody knows what was written meanwhile."""
    READS_FIRST = False
    """Whether what keys are about is read once the screen stands: until it is there, they wait."""
    READING = "Sedang dibaca. Tunggu sebentar, lalu tekan lagi."
    is_changed = False
    """Whether something was written since the board was read, here or elsewhere."""
    _version: int | None = None
    _watch: Timer | None = None
    _is_asking = False
    _is_read = False
    _patience: Timer | None = None

    def __init__(self) -> None:
        super().__init__()
        self.may_press = asyncio.Event()
        """Set once what keys are about was read, or it takes longer than they wait; see `typed_ahead.py`."""
        if not self.READS_FIRST:
            self.has_read()

    # ------------------------------------------------------------------ what each screen says
    def draw(self) -> None:
        """Show everything for the size there is."""
        raise NotImplementedError

    async def read(self) -> None:
        """Read what is on view."""

    def show(self) -> None:
        """Show what was read."""
        self.draw()

    def read_anew(self) -> None:
        """What is on view is old: somebody has written, here or elsewhere, or asks for it."""
        self.reload()

    def begin(self) -> None:
        """Read what the first picture does without."""

    def on_news(self) -> None:
        """Somebody has written."""
        self.read_anew()

    def on_no_news(self) -> None:
        """Asked, and nobody has."""

    def seen_again(self) -> None:
        """The screen that lay over this one is gone."""
        self.draw()

    @property
    def known_names(self) -> Mapping[str, str]:
        """Code -> name of the people of the office, as far as this screen has read them."""
        return {}

    @property
    def zone_offset(self) -> int:
        """Seconds the office's zone lies east of UTC."""
        raise NotImplementedError

    # ------------------------------------------------------------------ what keys wait for
    def has_read(self) -> None:
        """What keys are about is there, or it was said why not."""
        self._is_read = True
        if self._patience is not None:
            self._patience.stop()
        self.may_press.set()

    def reads_other(self) -> None:
        """What keys are about is to be read: those pressed from now on wait a moment for it."""
        self._is_read = False
        self.may_press.clear()
        self._patience = self.set_timer(PATIENCE_SECONDS, self.may_press.set)

    def needs_rows(self, key: str) -> bool:
        """Whether a key is about what is still being read; then it is said so."""
        found = self._bindings.key_to_bindings
        small = key.removeprefix("upper_").lower()
        actions = {binding.action for binding in found.get(key, ()) or found.get(small, ())}
        if self._is_read or not actions - _WITHOUT_ROWS:
            return False
        self.announce(self.READING)
        return True

    # ------------------------------------------------------------------ watching
    def on_mount(self) -> None:
        if self.READS_FIRST:
            self.reads_other()
        if not self.IS_READ_BEFORE:
            # The first look comes at once, and before anything is read: what is written after it is news.
            self.run_worker(self.poll(), group="watch")
        self._watch = self.set_interval(POLL_SECONDS, self.poll)
        self.begin()

    def action_reload(self) -> None:
        super().action_reload()
        self.announce("Dimuat ulang.")
        self.read_anew()

    def on_screen_suspend(self) -> None:
        if self._watch is not None:
            self._watch.pause()

    def on_screen_resume(self) -> None:
        if self._watch is not None:
            self._watch.resume()
        self.seen_again()

    @property
    def may_ask(self) -> bool:
        """Whether the database may be asked now."""
        return not self._is_asking

    async def poll(self) -> None:
        """Ask whether somebody else has written."""
        if not self.may_ask:
            return
        self._is_asking = True
        try:
            version = await self.desk.data_version()
        except Exception as error:
            self.announce_error(error)
            return
        finally:
            self._is_asking = False
        known, self._version = self._version, version
        if known != version and (known is not None or self.IS_READ_BEFORE):
            self.is_changed = True
            self.on_news()
        else:
            self.on_no_news()

    @work(group="reload", exclusive=True)
    async def reload(self) -> None:
        """Read and show."""
        try:
            await self.read()
        except Exception as error:
            self.has_read()
            self.announce_error(error)
            return
        self.has_read()
        if self.is_attached:
            self.show()

    # ------------------------------------------------------------------ saying
    def announce(self, text: str, ink: str | None = None) -> None:
        """Put a sentence on view until the next key."""
        self.said, self.said_ink = text, ink or self.PLAIN_INK
        self.draw()

    def told(self, error: BaseException) -> Notice | None:
        """What an error says to people; None for one that nobody expected."""
        found: Notice | None = load(NOTICE)(error, self.zone_offset, self.known_names)
        return found

    def notice(self, error: BaseException, labels: Mapping[str, str] = MappingProxyType({})) -> str | None:
        """The same as a text, with what is faulty called as the screen calls it.

        Args:
            error: What was raised.
            labels: Name of a field of the form that was answered -> its label.
        """
        found = self.told(load(PLACES)(error, labels))
        return None if found is None else str(found)

    def announce_error(self, error: BaseException) -> None:
        """Say what stands in the way. An error that nobody expected ends the program loudly."""
        said = self.notice(error)
        if said is None:
            raise error
        self.announce(said.replace("\n", " "), "late")

    async def or_say(self, doing: Awaitable[DoneT]) -> DoneT | None:
        """What comes of it; None where something stands in the way, which is said."""
        try:
            return await doing
        except Exception as error:
            self.announce_error(error)
            return None

    async def on_key(self, event: events.Key) -> None:
        if self.needs_rows(event.key):
            event.stop()
            event.prevent_default()

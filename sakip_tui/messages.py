"""Messages that cross screens. Everything else is nested in the widget that sends it.

Plain classes: a dataclass takes a millisecond to make, and these stand on the way to the first picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from db.rows import Board


class Loaded(Message, bubble=False):
    """A fresh snapshot of the year has been read."""

    def __init__(self, board: Board) -> None:
        super().__init__()
        self.board = board

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Loaded)


class LoadFailed(Message, bubble=False):
    """The snapshot could not be read; the old one stays on view."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

"""Messages that cross screens. Everything else is nested in the widget that sends it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from db.rows import Board


@dataclass
class Loaded(Message, bubble=False):
    """A fresh snapshot of the year has been read."""

    board: Board

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Loaded)


@dataclass
class LoadFailed(Message, bubble=False):
    """The snapshot could not be read; the old one stays on view."""

    error: BaseException

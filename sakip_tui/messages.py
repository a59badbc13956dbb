"""Messages that cross screens. Everything else is nested in the widget that sends it.

Plain classes: a dataclass takes a millisecond to make, and these stand on the way to the first picture.
"""

from __future__ import annotations

from textual.message import Message


class LoadFailed(Message, bubble=False):
    """The snapshot could not be read; the old one stays on view."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

"""What a command tells people, as text or as a page to be printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from db import queries
from exports.sheet import Paper
from exports.text import PagePart, printable_page
from sakip_tui.cli.session import Session
from sakip_tui.cli.values import Values
from sop.model.settings import Settings

FORMATS = ("txt", "html")


def in_format(
    session: Session, title: str, text: Callable[[], str], parts: Callable[[], Iterable[PagePart]]
) -> Callable[[], str]:
    """The text as it is, or with `--format html` its parts on the office's paper. Raises FaultyInput for another
    format."""
    values = Values(session)
    wanted = values.choice("--format", FORMATS)
    values.check()
    if wanted != "html":
        return text
    settings = Settings.from_dict(queries.standing(session.database, session.address).settings)
    return lambda: printable_page(title, parts(), Paper(settings.paper.value))

"""The lines below the board: the selected card or what is said, the forecast, the keys that do something now. Pure."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from sakip_tui.acts import keyed
from sakip_tui.board import words
from sakip_tui.board.words import Glance
from sakip_tui.text import wrapped
from sakip_tui.views.card_words import is_held
from sakip_tui.views.offers import CanDo, Onlooker
from sakip_tui.widgets.hints import is_one_line, key_lines
from sakip_tui.widgets.spans import SAYS, headed, spread, width_of
from sop.loading import load
from sop.model.state import PeriodPhase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.rows import Board
    from sakip_tui.views.board import CardView
    from sakip_tui.views.card_words import TimeLabel
    from sakip_tui.widgets.spans import Line, Span
    from sop.look.forecast import Forecast

FORECAST = MappingProxyType(
    {
        "lines": "sakip_tui.board.forecasting:about_forecast",
        "short": "sakip_tui.board.forecasting:in_short",
    }
)
"""Loaded once a forecast was worked out."""
_MOST_SAID = 9
"""Lines of a sentence: what a closing told, where its recap lies and how that is fetched over SSH are not cut."""
_APART = 3
"""Cells between what is told of a card and of its period on one line."""
_TITLE = 36
"""Cells of a card's title that stay beside it."""
_FORECAST_WIDTH = 120
"""Cells from which on a forecast and what it rests on need one line."""
_ACTS = ("i", "Tindakan")
_BACK = ("Shift+Tab", "Sebelumnya")
_NOTE = ("c", "Catatan")
_FILTER = ("f", "Saring")
_DATA = ("=", "Data")
"""Where rows of data kinerja hang on the selected card."""
_LOOKS = (("v", "Dasbor"), ("/", "Cari"), ("e", "Rekap"))
"""With which one looks around, and looks up."""
_NOBODY = "Belum ada yang terdaftar: siapa pun dapat mengubah semuanya. Tekan n lalu u."
_NOBODY_SHORT = "Belum ada yang terdaftar. Tekan n lalu u."
_ONLY_READ = "Belum ada yang terdaftar di kantor ini, jadi hanya dapat dibaca. Tekan n lalu u."
_QUIT = ("q", "Keluar")


class Finish(NamedTuple):
    """When the period on view will be finished."""

    lines: list[Line]
    """Where it has lines of its own."""
    short: tuple[Span, ...] = ()
    """Where it has none, the longer form first."""


def said_lines(text: str, ink: str, width: int, least: int) -> list[Line]:
    """A sentence under a heading of its own.

    Args:
        text: The sentence.
        ink: Its ink.
        width: Cells.
        least: Lines at least, the last ones empty.
    """
    return headed(SAYS, text, width, _MOST_SAID, ink, least)


def period_lines(glance: Glance, width: int, least: int, recap: str | None) -> list[Line]:
    """A period without a card on view; as `said_lines`.

    Args:
        glance: The board.
        width: Cells.
        least: Lines at least.
        recap: Where the recap of a closed period was written since the start.
    """
    least += recap is not None
    return headed(glance.board.current.name, _about_period(glance, recap), width, _MOST_SAID, least=least)


def _about_period(glance: Glance, recap: str | None) -> str:
    """What stands in the way of working in the period; empty for nothing."""
    if recap is not None:
        return f"{glance.board.current.name} sudah ditutup. Rekap: {recap}"
    return words.about_period(glance.board, glance.onlooker)


def card_lines(
    glance: Glance,
    card: CardView,
    label: TimeLabel,
    width: int,
    least: int,
    place: str,
    sent_back: str,
    recap: str | None,
    ahead: Finish,
) -> list[Line]:
    """What is told of the selected card, and below it of the period, which gives a line up where the card needs one:
    what it told stands in short then where the card's own lines leave room.

    Args:
        glance: The board that it stands on.
        card: The card.
        label: Of its time.
        width: Cells.
        least: Lines at least.
        place: Which of how many it is.
        sent_back: Who sent it back and why; empty where nobody did.
        recap: Where the recap of a closed period was written since the start.
        ahead: Of the period.
    """
    least += recap is not None
    room = least + bool(sent_back)
    found = words.about_card(glance, card, label, width, place, room - 1 + bool(ahead.lines), sent_back)
    about = _about_period(glance, recap)
    # That its case is held an open card says itself, and what its other signs mean.
    if about and not is_held(card.card):
        found = [found[0], *(((" " + line, "key"),) for line in wrapped(about, max(10, width - 2), least - 1))]
    below = ahead.lines[: len(ahead.lines) - max(0, len(found) - room)]
    if not below:
        found = _with_short(found, ahead.short, card, width, place)
    return [*found, *[()] * (least - len(found)), *below]


def _with_short(found: list[Line], short: Sequence[Span], card: CardView, width: int, place: str) -> list[Line]:
    """What is told of a card, with when its period will be finished: behind its last line, else at the end of its
    heading. There the place of the card goes first, then the end of its title."""
    *above, last = found
    for span in short:
        if above and width_of(last) + _APART + cell_len(span[0]) < width:
            return [*above, spread(last, [span, (" ", "text")], width)]
    texts = [f" {text}" for text, _ in short]
    tried = [*(f"{text}  {place}" for text in texts), *texts]
    fits = (text for text in tried if cell_len(words.card_title(card)) <= words.title_room(width, text))
    text = next(fits, texts[-1] if texts and words.title_room(width, texts[-1]) >= _TITLE else "")
    return [words.card_heading(card, width, text), *found[1:]] if text else found


def looking_ahead(glance: Glance, found: Forecast | None, width: int, least: int) -> Finish:
    """As many lines for an open period as it may need, empty until it is known: the board does not jump then.

    Args:
        glance: The board.
        found: The forecast; None until it was worked out.
        width: Cells.
        least: Lines that the selected card has: on a low screen the board comes first.
    """
    period = glance.board.current
    if period.phase is not PeriodPhase.BUKA:
        return Finish([])
    most = 2 if least > 2 and width < _FORECAST_WIDTH else 1
    if found is None:
        return Finish([()] * most)
    told = load(FORECAST["lines"])(found, period.name, glance.rows, glance.now, width, most)
    short = load(FORECAST["short"])(found, period.name, glance.rows, glance.now, glance.glyphs)
    return Finish([*told, *[()] * (most - len(told))], short)


def nobody_lines(rows: Board, onlooker: Onlooker, width: int) -> list[Line]:
    """What an office without people says of it until somebody is registered, and the way there; empty for any other.

    Args:
        rows: What was read: who is registered.
        onlooker: Who sits before the board.
        width: Cells.
    """
    if rows.names:
        return []
    # Where others in the file are registered, an office without people is only read.
    told = _ONLY_READ if onlooker.actor.is_outsider else _NOBODY
    told = told if len(told) + 2 <= width else _NOBODY_SHORT
    return [((f" {line}", "text"),) for line in wrapped(told, width - 2, 2)]


def foot_keys(able: CanDo, card: CardView | None, periods: int, is_numbered: bool, width: int) -> list[Line]:
    """The keys that do something now: acts first, then ways to look and to go.

    Args:
        able: Which acts are offered.
        card: The selected card.
        periods: How many periods the year has.
        is_numbered: Whether the tabs show a number for each of them.
        width: Cells.
    """
    acts = [(face.key, face.foot) for face in keyed() if face.able and getattr(able, face.able)]
    if able.start or able.finish or able.resume or able.decide:
        acts.append(("w", "Waktu lain"))
    to_period = (f"1-{periods}" if is_numbered else "Tab", "Periode")
    rest = [("Enter", "Kartu")] if card is not None else []
    rest += [("spasi", "Bidang")] if able.fold else []
    # What every act stands in, and the way to another period, go before one of the acts.
    fewer = [pair for pair in acts if pair != _NOTE]
    tried = ([*acts, _ACTS, to_period], [*fewer, _ACTS, to_period], [*fewer, _ACTS], acts, fewer)
    lines = max(1, len(key_lines([fewer], width)))
    first = next(pairs for pairs in tried if len(key_lines([pairs], width)) <= lines or pairs is fewer)
    rest += [pair for pair in (_ACTS, to_period) if pair not in first]
    rest += [*_LOOKS, ("n", "Menu"), ("?", "Bantuan"), _QUIT]
    if card is not None and card.card.data is not None:
        rest.insert(0, _DATA)
    # The card, the recap and the acts stay: what goes stands in the menu or in the help, or in the bar of the periods.
    crowded_out = []
    for given_up in (_LOOKS[1], to_period, _LOOKS[0], _DATA, _QUIT):
        if given_up in rest and not is_one_line(rest, width):
            rest.remove(given_up)
            crowded_out.append(given_up)
    if _QUIT in crowded_out and len(key_lines([[*rest, _QUIT]], width)) == len(key_lines([rest], width)):
        # They take a second line in any case.
        rest.append(_QUIT)
        crowded_out.remove(_QUIT)
    for pair in (*crowded_out, _FILTER):
        if len(key_lines([[*first, pair]], width)) <= lines:
            first.append(pair)
    groups = [first, rest]
    if not is_numbered:
        groups = [_with_way_back(group, to_period, width) for group in groups]
    return key_lines(groups, width)


def _with_way_back(group: list[tuple[str, str]], to_period: tuple[str, str], width: int) -> list[tuple[str, str]]:
    """The keys with the way to the period before behind that to the next, where it costs no line."""
    if to_period not in group:
        return group
    place = group.index(to_period) + 1
    longer = [*group[:place], _BACK, *group[place:]]
    return longer if len(key_lines([longer], width)) == len(key_lines([group], width)) else group

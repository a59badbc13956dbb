"""The lines below the board: the selected card or what is said, the forecast, the keys that do something now. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sakip_tui.acts import keyed
from sakip_tui.board import words
from sakip_tui.board.words import Glance
from sakip_tui.text import wrapped
from sakip_tui.views.card_words import is_held
from sakip_tui.views.offers import CanDo, Onlooker
from sakip_tui.widgets.hints import is_one_line, key_lines
from sakip_tui.widgets.spans import SAYS, headed
from sop.loading import load
from sop.model.state import PeriodPhase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.rows import Board
    from sakip_tui.views.board import CardView
    from sakip_tui.views.card_words import TimeLabel
    from sakip_tui.widgets.spans import Line
    from sop.look.forecast import Forecast

FORECAST = "sakip_tui.board.forecasting:about_forecast"
"""Loaded once a forecast was worked out."""
_MOST_SAID = 9
"""Lines of a sentence: what a closing told, where its recap lies and how that is fetched over SSH are not cut."""
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
    ahead: Sequence[Line],
) -> list[Line]:
    """What is told of the selected card, and below it of the period, which gives a line up where the card needs one.

    Args:
        glance: The board that it stands on.
        card: The card.
        label: Of its time.
        width: Cells.
        least: Lines at least.
        place: Which of how many it is.
        sent_back: Who sent it back and why; empty where nobody did.
        recap: Where the recap of a closed period was written since the start.
        ahead: Lines on the period.
    """
    least += recap is not None
    room = least + bool(sent_back)
    found = words.about_card(glance, card, label, width, place, room - 1 + bool(ahead), sent_back)
    about = _about_period(glance, recap)
    # That its case is held an open card says itself, and what its other signs mean.
    if about and not is_held(card.card):
        found = [found[0], *(((" " + line, "key"),) for line in wrapped(about, max(10, width - 2), least - 1))]
    return [*found, *[()] * (least - len(found)), *ahead[: len(ahead) - max(0, len(found) - room)]]


def forecast_lines(glance: Glance, found: Forecast | None, width: int, least: int) -> list[Line]:
    """As many lines for an open period as it may need, empty until it is known: the board does not jump then.

    Args:
        glance: The board.
        found: The forecast; None until it was worked out.
        width: Cells.
        least: Lines that the selected card has: on a low screen the board comes first.
    """
    period = glance.board.current
    if period.phase is not PeriodPhase.BUKA:
        return []
    most = 2 if least > 2 and width < _FORECAST_WIDTH else 1
    told = [] if found is None else load(FORECAST)(found, period.name, glance.rows, glance.now, width, most)
    return [*told, *[()] * (most - len(told))]


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

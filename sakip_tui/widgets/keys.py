"""Keys: each stands at the action that it does; those that mean the same everywhere are made here.

Capital letters act as their small ones: Caps Lock is often on without anybody noticing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from textual import events
from textual.binding import Binding
from textual.screen import Screen

_AT = "key_of_action"
Action = TypeVar("Action", bound=Callable[..., object])


# ---------------------------------------------------------------------- at an action
def pressed(keys: str, words: str, given: str = "") -> Callable[[Action], Action]:
    """Bind the action of a screen that it stands at; several may stand at one.

    Args:
        keys: Names of keys, as in a binding.
        words: What they do, for the help.
        given: What the action takes, as it is written in a binding.
    """

    def bound(action: Action) -> Action:
        # The one nearest to the action is met first.
        setattr(action, _AT, ((keys, given, words), *getattr(action, _AT, ())))
        return action

    return bound


def keys_at_actions(kind: type) -> list[Binding]:
    """The keys that stand at a class's own actions, in their order."""
    return [
        Binding(keys, name.removeprefix("action_") + (f"({given})" if given else ""), words)
        for name, action in vars(kind).items()
        for keys, given, words in getattr(action, _AT, ())
    ]


# ---------------------------------------------------------------------- the same on every screen
def stepping(above: str, below: str, action: str = "move", by: int = 1) -> tuple[Binding, ...]:
    """Up and down.

    Args:
        above: What lies above, in words.
        below: What lies below.
        action: Takes how far, up negative.
        by: How far one press goes.
    """
    return Binding("up,k", f"{action}({-by})", above), Binding("down,j", f"{action}({by})", below)


def beside(left: str, right: str, action: str) -> tuple[Binding, ...]:
    """To the left and to the right; as `stepping`."""
    return Binding("left,h", f"{action}(-1)", left), Binding("right,l", f"{action}(1)", right)


def turning(following: str, before: str, action: str) -> tuple[Binding, ...]:
    """Tab and back; as `stepping`."""
    return Binding("tab", f"{action}(1)", following), Binding("shift+tab", f"{action}(-1)", before)


def paging(first: str, last: str, ends: tuple[str, str] = ("0", "-1"), *, space: bool = False) -> tuple[Binding, ...]:
    """A screenful, and the ends.

    Args:
        first: What lies at the top, in words.
        last: What lies at the bottom.
        ends: What the action `edge` takes for each, as it is written in a binding.
        space: Whether the space bar turns the page as well.
    """
    return (
        Binding("pageup", "page(-1)", "Satu layar ke atas"),
        Binding("pagedown,space" if space else "pagedown", "page(1)", "Satu layar ke bawah"),
        Binding("home", f"edge({ends[0]})", first),
        Binding("end", f"edge({ends[1]})", last),
    )


PERIOD_KEYS = (
    *turning("Periode berikutnya", "Periode sebelumnya", "next_period"),
    *(Binding(str(number), f"period({number})", f"Periode ke-{number}") for number in range(1, 8)),
)
"""To another period of the year."""
IN_A_LIST = (
    Binding("up", "move(-1)", "Ke atas"),
    Binding("down", "move(1)", "Ke bawah"),
    Binding("pageup", "move(-10)", "Sepuluh ke atas"),
    Binding("pagedown", "move(10)", "Sepuluh ke bawah"),
)
"""In a list beside which somebody may be typing, so without letters."""
ASKING = (
    Binding("r", "reload", "Muat ulang, dan gambar ulang seluruh layar"),
    Binding("question_mark", "help", "Bantuan"),
)
"""Reading anew, and help."""


def leaving(keys: str = "escape,q", words: str = "Kembali ke papan") -> tuple[Binding, ...]:
    """The two above, and the way out."""
    return *ASKING, Binding(keys, "leave", words)


# ---------------------------------------------------------------------- capitals
async def act_as_small(screen: Screen[Any], event: events.Key) -> None:
    """Do what the small letter does, where the capital has no meaning of its own on this screen."""
    key = event.key.removeprefix("upper_")
    if len(key) != 1 or not key.isupper() or screen.app.screen is not screen:
        return
    found = screen._bindings.key_to_bindings
    if key in found:
        return
    for binding in found.get(key.lower(), ()):
        event.stop()
        await screen.run_action(binding.action)
        return

"""What there is to say of an act beside the rules. The table of all of them is `acts.py`.

Apart from the table, so that a form can read what its act says of itself: the table names the forms.
"""

from __future__ import annotations

from sakip_tui.options import NOTE, PERIOD, WRITING, Operand, Option
from sop.values import Frozen


class Reason(Frozen):
    """What the form says of an act that takes a reason and a moment, and nothing else."""

    says: str
    """What will happen."""
    hint: str = ""
    """An example of a reason; empty where one is only needed of what is recorded late."""
    title: str = ""
    """Over the form; empty for the act's name. Its first word is that of Enter."""


class ActFace(Frozen):
    """One act as people meet it."""

    act: str
    """Value of `sop.model.act.Act`."""
    name: str
    """In the act menu."""
    about: str
    """What it does, in one line of the act menu."""
    words: tuple[str, ...]
    """Of its command."""
    help: str
    """Of its command, in one line."""
    is_on_card: bool = False
    """Whether the menu offers it for the selected card; else for the period."""
    key: str = ""
    """On the board; empty for none. Two acts may share one: that which makes sense on the card is meant."""
    letter: str = ""
    """In the list of acts, where the board has no key for it; empty for none."""
    key_help: str = ""
    """What the help of the board says of the key; empty where the other act of the key says it."""
    foot: str = ""
    """Beside the key at the foot of the board."""
    able: str = ""
    """Field of `views.offers.CanDo` that says where its key makes sense; empty where the menu has asked the rules."""
    form: str = ""
    """`module:function` that makes the question from a `prompts.matter.Matter`; empty where nothing is asked."""
    asks: Reason | None = None
    """Of the form `acts.WITH_REASON`; None for every other."""
    needs: str = ""
    """What the form has to know beside the board: "members" of the lane, the "last" act, or the "signers"; empty for
    nothing."""
    place: str = ""
    """Code of the screen where it is done instead of a form; see `places.py`."""
    draft: str = ""
    """What the drafts of its form are kept under; empty for the act's own code."""
    typed: str = ""
    """What one types in its form, as a draft is told; empty for the act's name."""
    operands: tuple[Operand, ...] = (PERIOD,)
    options: tuple[Option, ...] = (NOTE, *WRITING)

    @property
    def draft_name(self) -> str:
        return self.draft or self.act

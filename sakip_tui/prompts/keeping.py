"""What of a form that was left is kept, and how it stands in a draft: names to texts. Pure.

Something typed makes a draft. What was chosen and marked beside it is kept with it, since it says what the text is
about: the reason for a Tidak must not come back under a Ya. What was only picked is picked anew in a moment,
and what a stray key picked must not come back as what somebody meant.
"""

from __future__ import annotations

from collections.abc import Mapping

from sakip_tui.prompts.form import Form, Response
from sop.model.texts import clean

_STRAY = 2
"""As many letters are a slip of the finger, not a text to be kept."""
_CHOSEN = ""
"""Stands in a draft where the name of a field does, and no field has this one: the code of what was chosen."""


def unsent_of(form: Form, stands: Response) -> Response | None:
    """What was typed, picked and marked, and not put there by the form; None for nothing worth keeping.

    A field left as it was is no part of it: by the time the draft is offered again, it may propose something else. Nor
    is one that is typed anew each time.
    """
    given = {spec.name: spec.proposed for spec in form.fields if not spec.is_fleeting}
    typed = {spec.name for spec in form.fields if not spec.options}
    if form.marks is not None:
        given[form.marks.name] = "\n".join(each for each in form.marks.options if each in form.marks.marked)
    changed = {name: text for name, text in stands.values.items() if name in given and text != given[name]}
    is_worth_it = any(len(clean(text)) > _STRAY for name, text in changed.items() if name in typed)
    return Response(stands.choice, changed) if is_worth_it else None


def stored(unsent: Response) -> dict[str, str]:
    """As a draft holds it."""
    return {**unsent.values, **({} if unsent.choice is None else {_CHOSEN: unsent.choice})}


def restored(kept: Mapping[str, str]) -> Response:
    """What a draft holds; one of before the choice was kept has none."""
    return Response(kept.get(_CHOSEN), {name: text for name, text in kept.items() if name != _CHOSEN})

"""Definitions made up by hypothesis: any form the file can carry, sound or not."""

from __future__ import annotations

from hypothesis import strategies as st

from sop.form.waktu import LARGEST
from sop.model.definition import (
    HEADING_KEYS,
    IDENTITY_KEYS,
    LIST_KEYS,
    ZONES,
    Basis,
    Cadence,
    DayKind,
    Decision,
    Field,
    Ground,
    Lane,
    MutuBaku,
    Sop,
    Step,
    Unit,
    Waktu,
    Written,
)

_CHARACTERS = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])
_TRICKY = st.sampled_from(['"', "\\", "'", "#", "=", "[[", '"""', "a.b.c", "\N{NO-BREAK SPACE}x", "é", "\\u202e"])
ANY_TEXT = st.text(_CHARACTERS, max_size=20) | _TRICKY
TEXT = ANY_TEXT.filter(lambda text: bool(text.strip()))
WRITTEN = st.builds(Written, ANY_TEXT, st.none() | ANY_TEXT)
TITLE = st.builds(Written, TEXT, st.none() | ANY_TEXT)
NUMBER = st.integers(1, 999)


def _perhaps(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | values


GROUND = st.builds(
    Ground,
    st.sampled_from(Basis),
    mark=_perhaps(TEXT),
    note=_perhaps(TEXT),
    alternatives=st.lists(TEXT, max_size=2).map(tuple),
    confirmed_by=_perhaps(TEXT),
    confirmed_at=_perhaps(st.integers(1, 2**40)),
)


@st.composite
def waktus(draw: st.DrawFn) -> Waktu:
    """Cells that the text gives, and cells whose number and unit stand beside it."""
    unit = draw(st.sampled_from(Unit))
    amount = draw(st.integers(1, LARGEST[unit]))
    kind = draw(st.sampled_from(DayKind)) if unit is Unit.HARI else None
    text = draw(st.sampled_from([f"{amount} {unit.value}", f"{amount} {unit.value.upper()}", "entah", str(amount)]))
    header = draw(_perhaps(TEXT | st.just("Waktu (menit)")))
    return Waktu(text, float(amount), unit, kind, header, draw(_perhaps(ANY_TEXT)))  # type: ignore[arg-type]


STEP = st.builds(
    Step,
    number=NUMBER,
    title=TITLE,
    cadence=_perhaps(st.sampled_from(Cadence)),
    pelaksana=st.lists(TEXT, max_size=3).map(tuple),
    mutu_baku=st.builds(
        MutuBaku,
        kelengkapan=st.lists(TEXT, max_size=3).map(tuple),
        kelengkapan_text=_perhaps(WRITTEN),
        waktu=_perhaps(waktus()),
        keluaran=_perhaps(WRITTEN),
        keterangan=_perhaps(WRITTEN),
    ),
    decider=_perhaps(TEXT),
    decision=_perhaps(st.builds(Decision, _perhaps(NUMBER), NUMBER)),
    per_bidang=st.booleans(),
    joint=st.booleans(),
    bases=st.dictionaries(st.sampled_from([name.value for name in Field]), GROUND, max_size=4),
    marks=st.dictionaries(TEXT, TEXT, max_size=2),
    number_original=_perhaps(TEXT),
    note=_perhaps(TEXT),
)

SOPS = st.builds(
    Sop,
    code=st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,3}", fullmatch=True),
    office=TEXT,
    zone=st.sampled_from(ZONES),
    zone_ground=GROUND,
    identity=st.dictionaries(st.sampled_from(IDENTITY_KEYS), _perhaps(WRITTEN), max_size=4),
    lists=st.dictionaries(st.sampled_from(LIST_KEYS), _perhaps(st.lists(WRITTEN, max_size=3).map(tuple)), max_size=3),
    lanes=st.lists(st.builds(Lane, TEXT, _perhaps(ANY_TEXT), st.sampled_from(Basis)), max_size=4).map(tuple),
    steps=st.lists(STEP, max_size=4).map(tuple),
    notes=st.lists(TEXT, max_size=2).map(tuple),
    headings=st.dictionaries(st.sampled_from(HEADING_KEYS), _perhaps(WRITTEN), max_size=3),
)

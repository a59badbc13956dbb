"""Where a question is answered, as docs/ARCHITECTURE.md lists it: every place named there exists."""

from __future__ import annotations

import re

import pytest

from sop.loading import load
from sop.model.state import OPEN_PHASES, Opening, RunPhase, RunState
from sop.model.turn import DECISION, DONE, OPEN
from tests.test_floors import TOP

SECTION = "## Where a question is answered"


def places() -> list[str]:
    page = (TOP / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = page.partition(SECTION)[2].partition("\n## ")[0]
    return sorted(set(re.findall(r"`([\w.]+:\w+)`", section)))


def test_the_page_lists_the_places() -> None:
    assert len(places()) > 20


@pytest.mark.parametrize("place", places())
def test_every_place_that_answers_a_question_is_there(place: str) -> None:
    assert load(place) is not None


@pytest.mark.parametrize("phase", RunPhase)
def test_plain_rows_and_state_agree_on_what_is_open_and_what_is_done(phase: RunPhase) -> None:
    run = RunState(1, None, 1, phase, 0, 0, Opening.ENTRY)
    assert (phase.value in OPEN, phase.value in DONE) == (run.is_open, run.is_done)
    assert (phase in OPEN_PHASES) is run.is_open
    assert (phase.value == DECISION) is (phase is RunPhase.KEPUTUSAN)

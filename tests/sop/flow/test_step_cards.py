"""One card for each step says the same as dealing every bidang does."""

from __future__ import annotations

import pytest

from sop.look.cards import board_cards, step_cards
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.state import Answer
from tests.fakes import FakeDesk, open_period, run_act, walk

PERIOD = "2026-TW1"


def compare(desk: FakeDesk, period: str = PERIOD) -> None:
    dealt = board_cards(desk.rows, period)
    found = step_cards(desk.rows, period)
    assert [one.card for one in found] == [card for card in dealt if card.bidang is None]
    for one in found:
        own = [card for card in dealt if card.step == one.card.step]
        assert one.attempt == max((card.attempt or 0 for card in own), default=0)
        parts = [card for card in own if card.bidang is not None and card.is_open and card.clock_from is not None]
        assert list(one.running) == parts


@pytest.mark.parametrize("code", ["disperinaker-lima-puluh-kota", "dpmd-nganjuk"])
def test_it_is_so_at_every_moment_of_a_quarter_with_a_region(code: str) -> None:
    desk = FakeDesk(code)
    compare(desk)
    open_period(desk)
    compare(desk)
    walk(desk, (1, 2))
    compare(desk)
    for name in desk.bidang[:3]:
        desk.act(run_act(Act.MULAI, 3, bidang=name))
        compare(desk)
        desk.act(run_act(Act.SELESAI, 3, bidang=name))
        compare(desk)
    desk.act(run_act(Act.MULAI, 4, bidang=desk.bidang[0]))
    desk.act(run_act(Act.TUNDA, 4, bidang=desk.bidang[0], reason="menunggu data"))
    compare(desk)
    desk.act(Command(Act.KEMBALIKAN, PERIOD, step=4, target=2, note="format berubah"))
    compare(desk)
    walk(desk, (2, 3, 4, 5))
    compare(desk)
    assert max(one.attempt for one in step_cards(desk.rows, PERIOD)) == 2


def test_it_is_so_where_a_decision_sends_back_and_where_a_period_has_no_steps() -> None:
    desk = FakeDesk()
    for period in ("2026-TW1", "2026-TW2"):
        desk.act(Command(Act.BEBASKAN, "2026-S1", child=period, reason="sebelum program dipakai"))
    open_period(desk, "2026-S1")
    walk(desk, (6,), "2026-S1")
    desk.act(run_act(Act.MULAI, 7, "2026-S1"))
    desk.act(run_act(Act.AJUKAN, 7, "2026-S1"))
    compare(desk, "2026-S1")
    desk.act(run_act(Act.PUTUSKAN, 7, "2026-S1", answer=Answer.TIDAK, note="angka belum cocok"))
    compare(desk, "2026-S1")
    compare(FakeDesk("dpmd-nganjuk"), "2026-S1")

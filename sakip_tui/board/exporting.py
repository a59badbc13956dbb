"""Recaps written while the board stays in use: how far one is, whether it is still wanted, where it was written."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from sop.loading import load
from sop.model.state import PeriodPhase
from sop.words.periods import period_short

if TYPE_CHECKING:
    from sakip_tui.board.surface import Surface

_BEGUN = "Rekap sedang ditulis"
FAILURE = "sakip_tui.board.export_failures:failure_words"
"""Loaded where a recap was not written."""


class Exporting:
    """One export under way. Progress is told in tenths, so that a slow line carries ten sentences and not thousands."""

    def __init__(self, announce: Callable[[str], None]) -> None:
        """
        Args:
            announce: Puts a sentence on the screen; called on the screen's own thread.
        """
        self._announce = announce
        self._left = threading.Event()
        self._tenths = 0

    def heard(self, done: int, total: int) -> None:
        """Take in (rows written, rows in all)."""
        tenths = 10 * done // total if total else 0
        if tenths > self._tenths and not self.is_left():
            self._tenths = tenths
            self._announce(f"{_BEGUN}: {tenths * 10}%. Esc membatalkannya.")

    def leave(self) -> None:
        """Nobody wants it any more; what was written of it goes."""
        self._left.set()

    def is_left(self) -> bool:
        """Whether nobody wants it any more. May be asked on any thread."""
        return self._left.is_set()


class Recaps:
    """The recaps that are written from a board, one at a time."""

    def __init__(self, screen: Surface) -> None:
        self._screen = screen
        self.written: dict[str, str] = {}
        """Period -> where its recap was written since the start."""
        self._under_way: Exporting | None = None
        self._told: str | None = None
        """Period whose recap was just said to be there: the next wish writes another."""

    def want(self, period: str) -> None:
        """Write the recap of a period; of a closed one that has a recap, only when wanted a second time."""
        self._screen.run_worker(self._want(period), group="export asked", exclusive=True)

    async def _want(self, period: str) -> None:
        screen = self._screen
        told, self._told = self._told, None
        if self._under_way is None and self._is_closed(period):
            kept = await screen.desk.kept_recap(period)
            if kept is not None and told != period:
                self._told = period
                screen.announce(f"Rekap penutupan sudah ada: {kept}. Tekan e sekali lagi untuk menulis satu lagi.")
                return
        self.write(period)

    def _is_closed(self, period: str) -> bool:
        return self._screen.selection.rows.state.periods[period].phase is PeriodPhase.TUTUP

    def write(self, period: str, remark: str = "") -> None:
        """Write the recap of a period.

        Args:
            period: Which.
            remark: What its closing told; said with the end of it.
        """
        self._screen.run_worker(self._write(period, remark), group="export")

    async def _write(self, period: str, remark: str) -> None:
        screen = self._screen
        if self._under_way is not None:
            screen.announce(f"{_BEGUN}. Tunggu sebentar, atau tekan Esc untuk membatalkannya.")
            return
        screen.announce(f"{_BEGUN}.")
        self._under_way = exporting = Exporting(self._say_progress)
        try:
            written = await screen.desk.write_recap(period, exporting.heard, exporting.is_left)
        except Exception as error:
            failure: tuple[str, str] | None = load(FAILURE)(error, screen.told(error), self._is_closed(period), remark)
            if failure is None:
                raise
            screen.announce(*failure)
            return
        finally:
            self._under_way = None
        self.written[period] = str(written.path)
        fetch = f" Ambil dari komputer Anda: {written.fetch}" if written.fetch else ""
        how = f", sementara ({period_short(period)} belum ditutup)" if written.provisional else ""
        screen.announce(f"{remark} Rekap ditulis{how}; buka dengan Excel: {written.path}{fetch}".strip())

    def _say_progress(self, text: str) -> None:
        """Progress never takes the place of another notice."""
        if not self._screen.said or self._screen.said.startswith(_BEGUN):
            self._screen.announce(text)

    def leave(self) -> bool:
        """Give up the one under way; False where none is."""
        if self._under_way is None:
            return False
        self._under_way.leave()
        return True

"""One thread that does what it is given in order, so that a screen waits for no lock and two acts never cross."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")


class Worker:
    """Does what it is given in order. Unlike an executor's it never holds up the interpreter's end."""

    def __init__(self, name: str, explain: Callable[[BaseException], BaseException | None]) -> None:
        """
        Args:
            name: For whoever looks at the threads.
            explain: What an error means, asked on the thread; None where it means itself.
        """
        self._explain = explain
        self._queue: SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        while (item := self._queue.get()) is not None:
            task, future = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(task())
            except BaseException as error:
                future.set_exception(self._explain(error) or error)

    async def do(self, task: Callable[[], T]) -> T:
        """Run a task there. Once begun it runs to its end, even when nobody waits for it any more."""
        future: Future[T] = Future()
        self._queue.put((task, future))
        return await asyncio.wrap_future(future)

    async def act(self, task: Callable[[], T]) -> T:
        """As `do`, but done even where whoever asked leaves before it is begun: an answer that was given counts."""
        future: Future[T] = Future()
        self._queue.put((task, future))
        return await asyncio.shield(asyncio.wrap_future(future))

    def wait_for(self, task: Callable[[], T]) -> T:
        """As `do`, for where there is no loop yet: holds up whoever asks."""
        future: Future[T] = Future()
        self._queue.put((task, future))
        return future.result()

    def post(self, task: Callable[[], object]) -> None:
        """As `do`, without waiting; nobody hears of what it raises."""
        self._queue.put((task, Future()))

    def stop(self) -> None:
        self._queue.put(None)

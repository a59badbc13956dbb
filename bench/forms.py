"""Damaged forms: 10,000 read in this process with a clock, 300 in processes of their own under a limit of memory.

`python -m bench.forms [COUNT [PROCESSES]]`; it fails where one ends in anything but a reading or takes longer than a
second of the processor. Every bomb of the tests goes along. It ends whatever a file does: a reading is broken off after
so many seconds, and told.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tests.exports.forms.mutations import bombs, mutated
from tests.exports.forms.sent import office, put, taken, written

IN_PROCESS, IN_PROCESSES = 10_000, 300
CHUNK = 250
MOST_SECONDS = 1.0
BROKEN_OFF = 5.0
"""Seconds of the processor after which a reading is broken off."""
MOST_MEGABYTES = 100
"""Beyond what a process has that read a sound form."""
WORKERS = 2


class TooLongError(BaseException):
    """A reading that does not end. No `Exception`: whoever reads a stranger's file catches all of those."""


class Timed(NamedTuple):
    """What became of some files."""

    read: int
    slowest: float
    peak: int
    """Megabytes."""
    failures: tuple[str, ...]


def main() -> int:
    """Both rounds; the number of files that failed."""
    count, processes = (int(given) for given in (*sys.argv[1:3], *(IN_PROCESS, IN_PROCESSES)[len(sys.argv[1:3]) :]))
    failed = _in_process(count) + _in_processes(processes)
    print(f"gagal: {failed}")
    return failed


def sound_forms() -> list[bytes]:
    """An empty form, and a filled one."""
    plain = written(office())
    return [plain, put(plain, realisasi_1=95, pembilang_2=40, penyebut_2=50, kendala_1="hujan")]


def _in_process(count: int) -> int:
    began = time.monotonic()
    forms = sound_forms()
    strange = [data for form in forms for _, data in bombs(form)]
    found = [_timed(strange)]
    chunks = [(number, min(CHUNK, count - number)) for number in range(0, count, CHUNK)]
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
        for done in pool.imap_unordered(_chunk, chunks):
            found.append(done)
            if len(found) % 8 == 0:
                print(f"  {sum(each.read for each in found)} read, {time.monotonic() - began:.0f} s", flush=True)
    failures = [text for each in found for text in each.failures]
    print("\n".join(failures[:20]))
    slowest, peak = max(each.slowest for each in found), max(each.peak for each in found)
    print(
        f"{count} damaged and {len(strange)} bombs in process: slowest {slowest:.2f} s of the CPU, peak {peak} MB, "
        f"{time.monotonic() - began:.0f} s in all"
    )
    return len(failures)


def _chunk(given: tuple[int, int]) -> Timed:
    number, count = given
    chance, forms = random.Random(f"forms {number}"), sound_forms()
    return _timed(mutated(chance.choice(forms), chance) for _ in range(count))


def _timed(files: Iterator[bytes] | list[bytes]) -> Timed:
    held, slowest, failures, read = office(), 0.0, [], 0
    for data in files:
        read += 1
        began = time.process_time()
        try:
            with _bounded():
                taken(held, data)
        except (Exception, TooLongError) as error:
            failures.append(f"{error!r}: {data[:40]!r}")
        took = time.process_time() - began
        slowest = max(slowest, took)
        if took > MOST_SECONDS:
            failures.append(f"{took:.2f} s: {data[:40]!r}")
    return Timed(read, slowest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, tuple(failures))


@contextmanager
def _bounded() -> Iterator[None]:
    def broken_off(number: int, frame: object) -> None:
        raise TooLongError(f"after {BROKEN_OFF} s")

    signal.signal(signal.SIGPROF, broken_off)
    signal.setitimer(signal.ITIMER_PROF, BROKEN_OFF)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _in_processes(count: int) -> int:
    """Each in a process that begins as this one stands, a sound form read."""
    began = time.monotonic()
    chance, forms, failed = random.Random("processes"), sound_forms(), 0
    held = office()
    taken(held, forms[1])
    files = [data for form in forms for _, data in bombs(form)]
    files += (mutated(chance.choice(forms), chance) for _ in range(count - len(files)))
    for number, data in enumerate(islice(files, count)):
        process = os.fork()
        if process == 0:
            os._exit(_alone(held, data))
        _, status = os.waitpid(process, 0)
        if status:
            failed += 1
            print(f"process {number}: status {status}")
    took = time.monotonic() - began
    print(f"{count} in processes of their own with {MOST_MEGABYTES} MB beyond the start, {took:.0f} s in all")
    return failed


def _alone(held: object, data: bytes) -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MOST_MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    try:
        with _bounded():
            taken(held, data)  # type: ignore[arg-type]
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(bool(main()))

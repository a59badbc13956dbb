"""Damaged forms: 10,000 read in this process with a clock, 300 in processes of their own under a limit of memory.

`python -m bench.forms`; it fails where one ends in anything but a reading or takes longer than a second of the
processor. Every bomb of the tests goes along.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.exports.forms.mutations import bombs, mutated
from tests.exports.forms.sent import office, put, taken, written

IN_PROCESS, IN_PROCESSES = 10_000, 300
MOST_SECONDS = 1.0
MOST_MEGABYTES = 100
"""Beyond what a process has that read a sound form."""
_CHILD = """
import resource, sys
from pathlib import Path
from tests.exports.forms.sent import office, put, taken, written
held = office()
taken(held, written(held))
pages = int(Path("/proc/self/statm").read_text().split()[0])
most = pages * resource.getpagesize() + int(sys.argv[1]) * 1024 * 1024
resource.setrlimit(resource.RLIMIT_AS, (most, most))
for name in sys.argv[2:]:
    taken(held, Path(name).read_bytes())
"""


def main() -> int:
    """Both rounds; the number of files that failed."""
    held = office()
    plain = written(held)
    forms = [plain, put(plain, realisasi_1=95, pembilang_2=40, penyebut_2=50, kendala_1="hujan")]
    failed = _timed(held, forms) + _limited(forms)
    print(f"gagal: {failed}")
    return failed


def _timed(held: object, forms: list[bytes]) -> int:
    chance, slowest, failed = random.Random("forms"), 0.0, 0
    files = [data for form in forms for _, data in bombs(form)]
    for number in range(IN_PROCESS + len(files)):
        data = files[number] if number < len(files) else mutated(chance.choice(forms), chance)
        began = time.process_time()
        try:
            taken(held, data)  # type: ignore[arg-type]
        except Exception as error:
            failed += 1
            print(f"file {number}: {error!r}")
        took = time.process_time() - began
        slowest = max(slowest, took)
        if took > MOST_SECONDS:
            failed += 1
            print(f"file {number}: {took:.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{IN_PROCESS} damaged and {len(files)} bombs in process: slowest {slowest:.2f} s, peak {peak} MB")
    return failed


def _limited(forms: list[bytes]) -> int:
    chance, failed = random.Random("processes"), 0
    with tempfile.TemporaryDirectory() as folder:
        files = [data for form in forms for _, data in bombs(form)]
        files += [mutated(chance.choice(forms), chance) for _ in range(IN_PROCESSES - len(files))]
        for number, data in enumerate(files):
            path = Path(folder) / f"{number}.xlsx"
            path.write_bytes(data)
            command = [sys.executable, "-c", _CHILD, str(MOST_MEGABYTES), str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                failed += 1
                print(f"process {number}: {done.stderr[-300:]}")
    print(f"{len(files)} in processes with {MOST_MEGABYTES} MB beyond the start")
    return failed


if __name__ == "__main__":
    sys.exit(bool(main()))

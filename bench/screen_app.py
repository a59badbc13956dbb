"""The program under the benchmark: an office's board at a fixed office time that goes on from there.

`python -m bench.screen_app FILE`
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from db.identity import Identity, Proof
from sakip_tui.app import run

OFFICE_TIME = 1_776_135_600


def main() -> None:
    began = time.monotonic()
    person = Identity("budi", Proof.NAME)
    run(Path(sys.argv[1]), person=person, clock=lambda: OFFICE_TIME + int(time.monotonic() - began))


if __name__ == "__main__":
    main()

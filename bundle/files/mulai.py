"""Starts sakip from the folder in which this lies, whatever else the PC has: its packages stand in `paket`."""

import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "paket"))

from sakip_tui.__main__ import main  # noqa: E402 - found only now

sys.exit(main())

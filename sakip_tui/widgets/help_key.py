"""What `?` opens, loaded when somebody presses it."""

from __future__ import annotations

HELP = "sakip_tui.widgets.help:HelpScreen"

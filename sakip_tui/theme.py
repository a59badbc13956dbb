"""The colours, by meaning. They are the terminal's own sixteen on its own background.

So a light terminal stays light, 16 colours suffice, the codes are short on a slow line, and cells that hold nothing
cost nothing, because a cleared screen already shows them.
"""

from __future__ import annotations

from textual.theme import Theme

SAKIP = Theme(
    name="sakip",
    ansi=True,
    dark=True,
    primary="ansi_cyan",
    secondary="ansi_blue",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "screen-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_cyan",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_cyan",
        "input-cursor-foreground": "ansi_black",
        "input-cursor-background": "ansi_cyan",
        "input-cursor-text-style": "none",
        "input-selection-foreground": "ansi_black",
        "input-selection-background": "ansi_cyan",
        **{f"scrollbar{part}": "ansi_bright_black" for part in ("", "-hover", "-active")},
        **{
            f"scrollbar-{part}": "ansi_default"
            for part in ("background", "background-hover", "background-active", "corner-color")
        },
        "border": "ansi_cyan",
        "border-blurred": "ansi_bright_black",
    },
)

"""The terminal before Textual is there: what Textual reads at its import, and terminals that cannot show a screen.

Never imports Textual.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, MutableMapping

DEFAULTS: Mapping[str, str] = {
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_SMOOTH_SCROLL": "0",
    # Plain keys are all we need, and not every terminal understands the request for more.
    "TEXTUAL_DISABLE_KITTY_KEY": "1",
}
"""Read by Textual when it is imported; whoever sets one of them knows better."""

OVER_A_LINE: Mapping[str, str] = {
    "TEXTUAL_FPS": "20",
    # A slow line can tear an arrow key apart after its first byte; half a second keeps it in one piece.
    "ESCDELAY": "500",
}
"""Beside these, when the session came in over SSH."""


def settle(environment: MutableMapping[str, str] | None = None) -> None:
    """Set the defaults of the `TEXTUAL_*` variables. Call before Textual is imported."""
    environment = os.environ if environment is None else environment
    for name, value in DEFAULTS.items():
        environment.setdefault(name, value)
    if is_remote(environment):
        for name, value in OVER_A_LINE.items():
            environment.setdefault(name, value)


def is_remote(environment: Mapping[str, str] | None = None) -> bool:
    """Whether the session came in over SSH."""
    environment = os.environ if environment is None else environment
    return any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"))


def unfit(environment: Mapping[str, str] | None = None) -> str | None:
    """Why this terminal cannot show a screen, as a sentence for people; None when it can."""
    environment = os.environ if environment is None else environment
    if not _is_terminal():
        return (
            "Papan hanya dapat dibuka di terminal. Untuk mencetak papan sebagai teks, jalankan: sakip papan, "
            "atau sakip status."
        )
    kind = environment.get("TERM", "")
    if sys.platform != "win32" and kind in ("", "dumb", "unknown"):
        named = f"Jenis terminal ({kind})" if kind else "Jenis terminal (TERM kosong)"
        return (
            f"{named} tidak dapat menampilkan papan. Jalankan dari terminal biasa, atau pakai perintah teks: "
            "sakip papan, sakip status."
        )
    return None


def _is_terminal() -> bool:
    streams = (sys.__stdin__, sys.__stderr__)
    return all(stream is not None and stream.isatty() for stream in streams)


def speaks_utf8() -> bool:
    """Whether what we print arrives as UTF-8; else the plain glyphs are used."""
    encoding = getattr(sys.__stderr__, "encoding", None) or ""
    return encoding.replace("-", "").lower() in ("utf8", "cp65001")


def wants_mouse(environment: Mapping[str, str] | None = None) -> bool:
    """Whether the mouse is asked for. Over a line it is not: it sends a lot and blocks the terminal's own copying."""
    environment = os.environ if environment is None else environment
    wish = environment.get("SAKIP_MOUSE", "").strip().casefold()
    if wish in ("0", "tidak"):
        return False
    return wish in ("1", "ya") or not is_remote(environment)

"""What `--versi` prints."""

from __future__ import annotations

from importlib import metadata


def version_text() -> str:
    """`sakip` with the version installed; of a tree that is not installed, without a number."""
    try:
        number = metadata.version("sakip-tui")
    except metadata.PackageNotFoundError:
        number = "tanpa nomor"
    return f"sakip {number}"

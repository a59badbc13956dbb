"""What this machine says of who works at it: the account, the machine's name, the folder of this person's data."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def data_folder(environ: Mapping[str, str]) -> Path:
    """The folder of this person's data: XDG on Linux, LOCALAPPDATA on Windows."""
    if sys.platform == "win32":
        base = environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "sakip"


def account_name(environ: Mapping[str, str]) -> str:
    """Name of the account at the operating system; what the environment says only where there is no such list."""
    if sys.platform != "win32":
        try:
            import pwd

            return pwd.getpwuid(os.getuid()).pw_name
        except (ImportError, KeyError):
            pass
    return next((environ[name] for name in ("USERNAME", "LOGNAME", "USER") if environ.get(name)), "tanpa-nama")


def host_name() -> str | None:
    """Name of this machine, for the log; over SSH also where the call came from."""
    # Slow to import, and asked by nobody who only reads.
    import platform

    client = os.environ.get("SSH_CLIENT", "").partition(" ")[0]
    node = platform.node()
    return f"{node} ({client})" if client else node or None

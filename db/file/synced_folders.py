"""Is a path in a folder that a program keeps alike on several computers? People are warned of it.

Such a program copies a file while it is written, and puts another computer's copy in its place.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

_SYNCED_FOLDERS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "drive saya": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
}
"""How the folders are named that these programs make, in small letters."""
_SYNC_MARKS = {
    ".dropbox.cache": "Dropbox",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
}
"""What they keep in the folder, whatever it is named."""
_ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_DROPBOX_MARK = ".dropbox"
"""A document in Dropbox's folder; a folder of that name, in the one of the person, says nothing."""


def synced_by(path: Path, environ: Mapping[str, str]) -> str | None:
    """The program that keeps the folder of `path` alike on several computers; None where there is no sign of one.

    Args:
        path: The database file.
        environ: The process's environment.
    """
    folder = Path(os.path.realpath(path.parent))
    for root, program in _told_folders(environ):
        if folder == root or root in folder.parents:
            return program
    for part in (folder, *folder.parents):
        name = _named_so(part.name) or _marked(part)
        if name is not None:
            return name
    return None


def _marked(folder: Path) -> str | None:
    if (folder / _DROPBOX_MARK).is_file():
        return "Dropbox"
    return next((name for mark, name in _SYNC_MARKS.items() if os.path.lexists(folder / mark)), None)


def _named_so(part: str) -> str | None:
    """`OneDrive`, and with what is added for one of several accounts: `OneDrive - Pemkab`, `Dropbox (Pribadi)`."""
    small = part.casefold()
    for beginning, name in _SYNCED_FOLDERS.items():
        if small == beginning or small.startswith((f"{beginning} -", f"{beginning}-", f"{beginning} (")):
            return name
    return None


def _told_folders(environ: Mapping[str, str]) -> list[tuple[Path, str]]:
    """Folders that OneDrive names in the environment and Dropbox in a document of its own."""
    told = [(environ[name], "OneDrive") for name in _ONEDRIVE_VARIABLES if environ.get(name)]
    homes = [Path(environ["HOME"], ".dropbox")] if environ.get("HOME") else []
    homes += [Path(environ[name], "Dropbox") for name in ("APPDATA", "LOCALAPPDATA") if environ.get(name)]
    for home in homes:
        try:
            accounts = json.loads((home / "info.json").read_text(encoding="utf-8"))
            told += [(str(account["path"]), "Dropbox") for account in accounts.values()]
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            # There is none, or it is not what it was.
            continue
    return [(Path(os.path.realpath(folder)), name) for folder, name in told]

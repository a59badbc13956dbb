"""What can keep a document from being written. Types carry facts; the sentences are made on the top floor."""

from __future__ import annotations

from pathlib import Path


class ExportError(Exception):
    """Base of everything the exports floor raises on purpose. `str()` is for logs, never for people."""


class UnknownFormat(ExportError):
    """`found` is no format name; `known` lists those that are, in their usual order."""

    def __init__(self, found: str, known: tuple[str, ...]) -> None:
        super().__init__(f"{found!r} is not one of {', '.join(known)}")
        self.found = found
        self.known = known


class UnknownSheet(ExportError):
    """`found` is no sheet of the report; `known` lists those that are, in their order."""

    def __init__(self, found: str, known: tuple[str, ...]) -> None:
        super().__init__(f"{found!r} is not one of {', '.join(known)}")
        self.found = found
        self.known = known


class ExportCancelled(ExportError):
    """Whoever asked for the document wants it no more. Nothing was written."""


class SheetTooLong(ExportError):
    """`rows` rows do not fit on one sheet of a workbook (1,048,576 rows, heading included)."""

    def __init__(self, title: str, rows: int) -> None:
        super().__init__(f"{title!r} has {rows} rows")
        self.title = title
        self.rows = rows


class TargetError(ExportError):
    """Base of what is wrong with the place a document should go to. Nothing was written there."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(str(path))
        self.path = Path(path)
        """The document asked for, as it was given."""


class TargetExists(TargetError):
    """A document of this name is there already and replacing it was not asked for."""


class TargetLocked(TargetError):
    """Another program, usually Excel, holds the document open."""


class TargetFolderMissing(TargetError):
    """The folder of the document does not exist."""


class TargetIsFolder(TargetError):
    """The name given is that of a folder."""


class TargetIsDevice(TargetError):
    """The name given is that of a device or a pipe, which must not be replaced by a document."""


class TargetReadOnly(TargetError):
    """The folder or the document may not be written by this person."""


class TargetUnwritable(TargetError):
    """The system refused for another reason; the cause holds it (a name too long, a failing disk)."""


class DiskFull(TargetError):
    """There is no room left, or the person's quota is used up."""

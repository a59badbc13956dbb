"""A workbook from anywhere, held to bounds before any parser sees it.

Counted while unpacking, because what a zip file says of its own sizes is the sender's word. What no form needs is left
behind: pictures, macros, and of a sheet everything but its cells, so that nothing else can keep a parser busy.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import NoReturn

from sop.kinerja.form_fault import LARGEST_WORKBOOK, FormFault
from sop.model.errors import Fault, FaultyInput

MOST_ENTRIES = 100
MOST_UNPACKED = 20 * 1024 * 1024
MOST_CELLS = 40_000
"""Elements of sheets and shared texts together, formatted empty cells among them; a form of 300 rows has half as many.
The parser that refuses entities is written in Python: what is beyond this would keep somebody waiting."""
MOST_FRAME = 4_000
"""Elements of what holds the sheets together: names, looks, properties."""
MOST_FRAME_BYTES = 512 * 1024
MOST_SHEETS = 60
MOST_FORMATS = 400
"""Number formats; Excel itself has room for some 250."""
LONGEST_FORMAT = 300
"""Characters of one; Excel takes 255."""

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an old .xls begins, and a workbook with a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MANIFEST = "[Content_Types].xml"
_MACROS = b"macroEnabled"
_WORKBOOK = b"spreadsheetml"
_CHUNK = 1 << 16
_ENCRYPTED_BIT = 0x1
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_TEXTS = re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)
_FRAME = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/custom\.xml|xl/_rels/workbook\.xml\.rels|xl/(workbook|styles)\.xml",
    re.IGNORECASE,
)
_SHEET_NAME = re.compile(rb"<(?:\w+:)?sheet\s")
_LONG_FORMAT = re.compile(rb"formatCode\s*=\s*(?:\"[^\"]{%d}|'[^']{%d})" % (LONGEST_FORMAT, LONGEST_FORMAT))
_ROOT = re.compile(rb"<worksheet\b[^>]{0,4000}>")
_CELLS = re.compile(rb"<sheetData\b[^>]{0,400}(?:/>|>.*</sheetData\s*>)", re.DOTALL)


def bounded(data: bytes) -> BytesIO:
    """The workbook with only what is read of it, uncompressed.

    Args:
        data: The file, or its beginning where it is longer than `LARGEST_WORKBOOK`.

    Raises:
        FaultyInput: BUKAN_XLSX, BERKATA_SANDI, TERLALU_BESAR or RUSAK, with what was found and the bound.
    """
    if len(data) > LARGEST_WORKBOOK:
        _refuse(FormFault.TERLALU_BESAR, "lebih dari 2 MB", "2 MB")
    if data.startswith(_COMPOUND):
        _refuse(FormFault.BERKATA_SANDI if _ENCRYPTED in data else FormFault.BUKAN_XLSX)
    if not data.startswith(_ZIP):
        _refuse(FormFault.BUKAN_XLSX)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _unpacked(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise FaultyInput((Fault("", FormFault.RUSAK.value),)) from error


def _unpacked(archive: zipfile.ZipFile) -> BytesIO:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        _refuse(FormFault.TERLALU_BESAR, f"{len(entries)} bagian", f"{MOST_ENTRIES} bagian")
    names = {entry.filename for entry in entries}
    if _MANIFEST not in names:
        _refuse(FormFault.BUKAN_XLSX)
    if any(entry.flag_bits & _ENCRYPTED_BIT for entry in entries):
        _refuse(FormFault.BERKATA_SANDI)
    left = MOST_UNPACKED
    kept: dict[str, bytes] = {}
    for entry in entries:
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            _refuse(FormFault.RUSAK)
        text = _read(archive, entry, left)
        left -= len(text)
        if _SHEET.fullmatch(entry.filename):
            kept[entry.filename] = _cells_of(text)
        elif _TEXTS.fullmatch(entry.filename) or _FRAME.fullmatch(entry.filename):
            kept[entry.filename] = text
    _check_frame({name: text for name, text in kept.items() if _FRAME.fullmatch(name)})
    _count("sel", MOST_CELLS, sum(_elements(text) for name, text in kept.items() if not _FRAME.fullmatch(name)))
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as fresh:
        for name, text in kept.items():
            fresh.writestr(name, text)
    whole.seek(0)
    return whole


def _check_frame(frame: dict[str, bytes]) -> None:
    """What holds the sheets together, in bounds."""
    manifest = frame[_MANIFEST]
    if _MACROS in manifest or _WORKBOOK not in manifest:
        _refuse(FormFault.BUKAN_XLSX)
    _count("unsur", MOST_FRAME, sum(map(_elements, frame.values())))
    _count("byte keterangan", MOST_FRAME_BYTES, sum(map(len, frame.values())))
    whole = b"".join(frame.values())
    _count("lembar", MOST_SHEETS, len(_SHEET_NAME.findall(whole)))
    _count("format angka", MOST_FORMATS, whole.count(b"<numFmt "))
    if _LONG_FORMAT.search(whole):
        _refuse(FormFault.RUSAK)


def _count(what: str, most: int, found: int) -> None:
    if found > most:
        _refuse(FormFault.TERLALU_BESAR, f"{found} {what}", f"{most} {what}")


def _elements(text: bytes) -> int:
    return text.count(b"<") - text.count(b"</")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """An entry, as far as it may go."""
    chunks, size = [], 0
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > most:
                _refuse(FormFault.TERLALU_BESAR, "lebih dari 20 MB setelah dibuka", "20 MB")
            chunks.append(chunk)
    return b"".join(chunks)


def _cells_of(text: bytes) -> bytes:
    """A sheet with its cells and nothing else."""
    root, cells = _ROOT.search(text), _CELLS.search(text)
    if root is None or cells is None:
        _refuse(FormFault.RUSAK)
    return b"".join((root[0].rstrip(b"/>").rstrip() + b">", cells[0], b"</worksheet>"))


def _refuse(kind: FormFault, read: str = "", *known: str) -> NoReturn:
    raise FaultyInput((Fault("", kind.value, read, known),))

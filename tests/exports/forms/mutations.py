"""Forms that were damaged by chance, and files that are made to harm: what is handed in when nobody looks."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO

_HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_FOOT = b"</sheetData></worksheet>"
_TEXTS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_STRANGE = (
    *(
        b"<",
        b">",
        b"&",
        b'"',
        b"\0",
        b"\xff",
        b"-1",
        b"1e999",
        b"nan",
        b"9" * 5000,
        b"XFD1048576",
        b"#REF!",
        b"<![CDATA[",
    ),
    *(
        b'<!DOCTYPE a [<!ENTITY b "c">]>',
        b"</c>",
        b"</row>",
        b't="e"',
        b't="b"',
        b't="d"',
        b't="s"',
        b'r="A0"',
        b"&#0;",
    ),
)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The form with something wrong: in its bytes, or in the text of one or more of its parts."""
    if chance.random() < 0.3:
        return _damaged(data, chance)
    parts = parts_of(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        name = chance.choice(sorted(parts))
        match chance.randrange(6):
            case 0:
                del parts[name]
                if not parts:
                    return b""
            case 1:
                other = chance.choice(sorted(parts))
                parts[name], parts[other] = parts[other], parts[name]
            case 2:
                parts[name] = _swapped(parts[name], chance)
            case _:
                parts[name] = _damaged(parts[name], chance)
    return packed(parts)


def _damaged(data: bytes, chance: random.Random) -> bytes:
    text = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        place = chance.randrange(len(text) + 1)
        end = place + chance.choice((0, 0, 1, 4, 60))
        fresh = chance.choice((b"", chance.choice(_STRANGE), bytes(chance.randrange(256) for _ in range(3))))
        text[place:end] = fresh
    return bytes(text)


def _swapped(text: bytes, chance: random.Random) -> bytes:
    """Tags, attributes and numbers exchanged for one another, so that it often stays XML."""
    pieces = re.findall(rb"<[^>]*>|[^<]+", text)
    if not pieces:
        return text
    for _ in range(chance.choice((1, 3, 10))):
        pieces[chance.randrange(len(pieces))] = chance.choice(pieces)
    return b"".join(pieces)


def bombs(data: bytes) -> Iterator[tuple[str, bytes]]:
    """(what it is, file) made to take time or memory: small to send, large or slow to read."""
    parts = parts_of(data)
    sheet = "xl/worksheets/sheet2.xml"

    def with_part(name: str, text: bytes) -> bytes:
        return packed({**parts, name: text})

    yield "300 MB of zeros in a sheet", _zeros(parts, sheet, 300)
    yield "300 MB of zeros beside", _zeros(parts, "xl/media/image1.png", 300)
    yield "a thousand entries", packed({**parts, **{f"x{number}": b"" for number in range(1000)}})
    yield "an entity bomb", with_part("xl/sharedStrings.xml", _entities())
    yield (
        "an entity from outside",
        with_part(
            "xl/sharedStrings.xml",
            b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>' + _TEXTS + b"<si><t>&b;</t></si></sst>",
        ),
    )
    yield "a million rows", with_part(sheet, _HEAD + b"<row/>" * 1_000_000 + _FOOT)
    far = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (row, row) for row in range(1, 13_000))
    yield "far cells", with_part(sheet, _HEAD + far + _FOOT)
    yield (
        "one cell at the end",
        with_part(sheet, _HEAD + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + _FOOT),
    )
    copied = b'<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A9">' + b"SUM(B1:B9)+" * 3000 + b"1</f></c></row>"
    copied += b"".join(
        b'<row r="%d"><c r="A%d"><f t="shared" si="0"/></c></row>' % (row, row) for row in range(2, 9000)
    )
    yield "a long formula copied down", with_part(sheet, _HEAD + copied + _FOOT)
    ranges = b'<dataValidations count="1"><dataValidation sqref="' + b"A1:B2 " * 2_000_000 + b'"/></dataValidations>'
    yield "a validation of two million ranges", with_part(sheet, _HEAD + b"</sheetData>" + ranges + b"</worksheet>")
    yield (
        "one text of 18 MB",
        with_part("xl/sharedStrings.xml", _TEXTS + b"<si><t>" + b" " * 18_000_000 + b"</t></si></sst>"),
    )
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(1, 13_000))
    yield (
        "one long text in every cell",
        packed(
            {
                **parts,
                "xl/sharedStrings.xml": _TEXTS + b"<si><t>" + b" " * 18_000_000 + b"</t></si></sst>",
                sheet: _HEAD + cells + _FOOT,
            }
        ),
    )
    yield (
        "texts within texts",
        with_part("xl/sharedStrings.xml", _TEXTS + b"<si>" * 20_000 + b"</si>" * 20_000 + b"</sst>"),
    )
    styles = parts["xl/styles.xml"]
    loop = b'<numFmts count="1"><numFmt numFmtId="164" formatCode="' + b"[h" * 2_000_000 + b'"/></numFmts><fonts'
    yield "a number format without an end", with_part("xl/styles.xml", styles.replace(b"<fonts", loop, 1))
    book = parts["xl/workbook.xml"]
    many = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId2"/>' % (row, row) for row in range(3, 15_000))
    yield (
        "one sheet under fifteen thousand names",
        with_part("xl/workbook.xml", book.replace(b"</sheets>", many + b"</sheets>")),
    )


def _zeros(parts: Mapping[str, bytes], name: str, megabytes: int) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, text in parts.items():
            if other != name:
                archive.writestr(other, text)
        with archive.open(name, "w", force_zip64=True) as entry:
            for _ in range(megabytes):
                entry.write(bytes(1 << 20))
    return stream.getvalue()


def _entities() -> bytes:
    names = b"".join(b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10))
    return b'<!DOCTYPE a [<!ENTITY l0 "lol">' + names + b"]>" + _TEXTS + b"<si><t>&l9;</t></si></sst>"

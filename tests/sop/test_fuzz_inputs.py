"""Whatever is handed in as an SOP, a moment or a standard is read or refused as such, quickly and without much memory.

`make fuzz` asks for 100,000 of each; SAKIP_CASES multiplies the share that every run holds.
"""

from __future__ import annotations

import random
import string
import sys
from collections.abc import Callable, Iterator
from importlib import resources

import pytest

from sop.form import waktu
from sop.form.checks import read, warnings
from sop.form.toml_format import from_dict, to_dict
from sop.model.errors import FaultyInput
from sop.time.instants import parse_date, parse_instant
from tests.sop.minute_counter import cases

MOST_MEGABYTES = 100
LARGEST_MADE = 300_000
"""Bytes; several times what is read at all."""
SHARES = 4
NOW, OFFSET = 1_795_000_000, 25_200
CATALOG = tuple(
    file.read_bytes()
    for file in sorted(resources.files("sop.form.catalog").iterdir(), key=str)
    if file.name.endswith(".toml")
)
STRANGE = (
    *(
        "\0",
        "\x1b[31m",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\ud800",
        "🙂",
        "é",
        "e\u0301",
        "漢",
        "\u2028",
        "\x85",
        "\t",
        "\r\n",
    ),
    *(
        "٣",
        "\uff11",
        "½",
        "\u2212",
        "\u00a0",
        "\u2019",
        "%s",
        "{0}",
        "[/x]",
        "' OR 1=1",
        '"""',
        "'''",
        "\\",
        "\\u0000",
        "#",
        "=",
        "[[",
        "]]",
    ),
)
WORDS = (
    *(
        "kemarin",
        "hari ini",
        "besok",
        "lusa",
        "Senin",
        "Jan",
        "Agustus",
        "WIB",
        "WITA",
        "Z",
        "T",
        "+07:00",
        "-99:99",
        "pukul",
    ),
    *(
        "08.15",
        "8:15",
        "24.00",
        "25.61",
        "3/4",
        "2026-04-01",
        "29 Februari 2027",
        "99999999999999999999",
        "1e9",
        "-1",
        "0",
        "00",
    ),
    *(
        "menit",
        "Menit",
        "jam",
        "lam",
        "hari",
        "hari kerja",
        "hari kalender",
        "minggu",
        "abad",
        "(dua)",
        "dua",
        "1.5",
        "1,5",
        "1.000",
    ),
)


RIGHT = (
    "2026-04-01T08:00",
    "kemarin 14.00",
    "3/4 09.30",
    "2026-04-01",
    "3/4",
    "kemarin",
    "15 menit",
    "1,5 jam",
    "2 (dua) hari",
)


def memory_megabytes() -> float:
    """The most this process ever held; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def phrase(chance: random.Random) -> str:
    """Some words, some digits, something strange."""
    parts = []
    for _ in range(chance.randrange(1, 6)):
        kind = chance.random()
        if kind < 0.5:
            parts.append(chance.choice(WORDS))
        elif kind < 0.7:
            parts.append("".join(chance.choices(string.digits + ".,:/-T ", k=chance.randrange(1, 20))))
        elif kind < 0.9:
            parts.append(chance.choice(STRANGE))
        else:
            parts.append("".join(chr(chance.randrange(1, 0x11000)) for _ in range(chance.randrange(1, 12))))
    text = chance.choice((*RIGHT, *[chance.choice(("", " ", " ", "-", "T")).join(parts)] * len(RIGHT)))
    return text * 4000 if chance.random() < 0.002 else text


def document(chance: random.Random) -> bytes:
    """A shipped SOP with something done to it, or something else altogether."""
    text = bytearray(chance.choice(CATALOG))
    for _ in range(chance.randrange(1, 6)):
        kind = chance.randrange(9)
        at = chance.randrange(len(text) + 1)
        to = min(len(text), at + chance.randrange(1, 400))
        if kind == 0:
            del text[at:to]
        elif kind == 1:
            text[at:at] = text[at:to]
        elif kind == 2:
            text[at:to] = chance.randbytes(min(20, to - at))
        elif kind == 3:
            text[at:at] = chance.choice(STRANGE).encode("utf-8", "surrogatepass")
        elif kind == 4:
            text[at:at] = phrase(chance).encode("utf-8", "surrogatepass")[:2000]
        elif kind == 5:
            text[at:at] = chance.choice((b"[", b"{", b"a.", b'"', b"[[x]]\n", b"= ")) * chance.choice((1, 7, 300, 5000))
        elif kind == 6:
            lines = bytes(text).split(b"\n")
            chance.shuffle(lines)
            text = bytearray(b"\n".join(lines))
        elif kind == 7:
            text = bytearray(bytes(text).replace(*chance.choice(SWAPS)))
        else:
            text = text * chance.choice((1, 1, 2, 20))
        text = text[:LARGEST_MADE] or bytearray(chance.randbytes(50))
    return bytes(text)


SWAPS = (
    *(
        (b"Menit", b"Lam"),
        (b"=", b"=="),
        (b"true", b"'x'"),
        (b"1", b"99999999999999999999"),
        (b"2", b"-2"),
        (b'"', b""),
    ),
    *(
        (b"waktu", b"Waktu"),
        (b"1", b"1.5"),
        (b"1", b"nan"),
        (b"1", b"inf"),
        (b"[", b"[["),
        (b"ya", b"tidak"),
        (b"1", b"[]"),
    ),
    *(
        (b"title", b"judul"),
        (b"pelaksana", b"pemutus"),
        (b"number", b"n"),
        (b"1", b"2026-01-01T00:00:00Z"),
        (b"1", b"{}"),
    ),
)


def read_document(content: bytes | str) -> None:
    assert isinstance(content, bytes)
    sop = read(content)
    warnings(sop)
    assert from_dict(to_dict(sop)) == sop


def read_moment(text: bytes | str) -> None:
    assert isinstance(text, str)
    at, span = parse_instant(text, OFFSET, NOW)
    assert abs(at) < 2**40
    assert 0 <= span <= 60


def read_day(text: bytes | str) -> None:
    assert isinstance(text, str)
    assert 1 <= parse_date(text, OFFSET, NOW).year <= 9999


def read_standard(text: bytes | str) -> None:
    assert isinstance(text, str)
    assert waktu.parse(text).value > 0


KINDS: dict[str, tuple[Callable[[random.Random], bytes | str], Callable[[bytes | str], None]]] = {
    "sop": (document, read_document),
    "moment": (phrase, read_moment),
    "day": (phrase, read_day),
    "standard": (phrase, read_standard),
}


def given(kind: str, share: int) -> Iterator[bytes | str]:
    chance = random.Random(f"{kind} {share}")
    make = KINDS[kind][0]
    for _ in range(cases(400) // SHARES):
        yield make(chance)


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_handed_in_is_read_or_refused(kind: str, share: int) -> None:
    take = KINDS[kind][1]
    before = memory_megabytes()
    taken = refused = 0
    for handed_in in given(kind, share):
        try:
            take(handed_in)
            taken += 1
        except FaultyInput:
            refused += 1
    assert refused
    assert taken, "some of it must be right, or nothing was tried"
    assert memory_megabytes() - before < MOST_MEGABYTES

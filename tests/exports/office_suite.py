"""LibreOffice and poppler as the tests use them: a whole folder of documents in one go, pages as words with places."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.moved_clock import unmoved

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None, reason="LibreOffice or poppler is missing"
)
LINE_OF_LETTER = 1.164
"""Height of a line over the size of its letters, of the face that stands in for Arial here."""


class Word(NamedTuple):
    """A word on a page; places in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def letters(self) -> float:
        """Points of its letters."""
        return (self.bottom - self.top) / LINE_OF_LETTER


class Page(NamedTuple):
    """A page as it would be printed."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def converted(files: Sequence[Path], kind: str, folder: Path, *more: str) -> list[Path]:
    """The documents in another format, in their order."""
    profile = folder / "profil"
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", *more, "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, files)],
        check=True,
        capture_output=True,
        env=unmoved(),
        timeout=600,
    )
    return [folder / f"{file.stem}.{kind.partition(':')[0]}" for file in files]


def pages(pdf: Path) -> list[Page]:
    """Every page of a document."""
    said = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    found = []
    for part in re.split(r"<page ", said)[1:]:
        size = re.match(r'width="([\d.]+)" height="([\d.]+)"', part)
        assert size is not None
        words = tuple(
            Word(html.unescape(text), *map(float, places))
            for *places, text in re.findall(
                r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>', part
            )
        )
        found.append(Page(float(size[1]), float(size[2]), words))
    return found

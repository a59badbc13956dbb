"""The recap as LibreOffice prints it: the page that is signed is one page, letters can be read, no word is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import opening
from exports import format_named, write
from exports.display import shown
from exports.sheet import Front, Paper, Report, Sheet, Signatory, typed
from exports.sheets.report import recap_report
from sop.form import catalog
from sop.values import replace
from tests.exports.kantor import Kantor, sheet_of
from tests.exports.measured import half_year, many_corrected, measured
from tests.exports.office_suite import Page, converted, needs_office, pages
from tests.exports.years import crowd, lived_year

pytestmark = needs_office

MEASURED = "dpmd-nganjuk"
"""Whose year is told with indicators too."""
CODES = (*catalog.codes(), "crowd")
SIZES = {Paper.A4: (595, 842), Paper.F4: (612, 936)}
_LONG_NAME = "Prof. Dr. Ir. Nama Yang Sangat Panjang Sekali Dengan Banyak Gelar Akademik, S.H., M.Si., Ph.D."
assert len(_LONG_NAME) > 90
_MARGIN, _LEAST_EMPTY = 57, 75
"""Points of the lower margin, and of paper above it that a finding of two lines and the line that counts what is left
out may not fit in: programs differ in how high they make rows."""
FINDING = "Terlambat: langkah {}, Kasubbag Program dan Evaluasi, lewat 3 jam 30 menit. Alasan: menunggu tanda tangan."


@pytest.fixture(scope="module")
def recaps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """A quarter and the year of each SOP, and the crowd's open quarter."""
    folder = tmp_path_factory.mktemp("tahun")
    found: dict[str, Report] = {}
    for code in CODES:
        with opening.open(folder / f"{code}.db", create=True) as database:
            kantor: Kantor = crowd(database) if code == "crowd" else lived_year(database, code)
            for period in ("TW1",) if code == "crowd" else ("TW1", "S1", "TH"):
                found[f"{code}_{period}"] = kantor.recap(period)
            if code == MEASURED:
                found["indicators_TW1"] = recap_report(measured(kantor.source("TW1"), many_corrected()), kantor.now)
                found["indicators_S1"] = recap_report(measured(kantor.source("S1"), half_year()), kantor.now)
    return found


@pytest.fixture(scope="module")
def printed(recaps: dict[str, Report], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    folder = tmp_path_factory.mktemp("kertas")
    files = [_written(report, folder / f"{name}.xlsx") for name, report in recaps.items()]
    return {file.stem: pages(file) for file in converted(files, "pdf", folder)}


def _written(report: Report, place: Path) -> Path:
    written = write(report, "xlsx", place)
    assert written is not None
    return written


# ---------------------------------------------------------------------- the page that is signed
def hard(report: Report) -> Iterator[tuple[str, Report]]:
    """The page of a recap, alone, in every shape that an office may give it."""
    page = sheet_of(report, "Pengesahan")
    assert page.front is not None
    for paper in Paper:
        for signing in (0, 1, 3):
            for findings in (1, 60):
                yield (
                    f"{paper}_{signing}_{findings}",
                    replace(report, paper=paper, sheets=(_with(page, page.front, signing, findings),)),
                )


def _with(page: Sheet, front: Front, signing: int, findings: int) -> Sheet:
    kop = ("Pemerintah Kabupaten " + "Panjang " * 9, _LONG_NAME, "Jalan " + "Raya Timur " * 9)
    told = tuple(FINDING.format(number) for number in range(1, findings + 1))
    changed = replace(front, letterhead=kop, findings=told)
    if page.signature is None or not signing:
        return replace(page, front=changed)
    one = Signatory("Mengetahui", _LONG_NAME, _LONG_NAME, "Pembina Utama Muda / IV-c", "197001011990031001")
    signature = replace(page.signature, signatories=(one,) * signing, electronic=signing == 3)
    return replace(page, front=changed, signature=signature)


def test_the_page_that_is_signed_is_one_page_whatever_it_holds(recaps: dict[str, Report], tmp_path: Path) -> None:
    chosen = ("indicators_TW1", "disnaker-kota-tangerang_TH", "crowd_TW1")
    cases = {f"{name}_{shape}": case for name in chosen for shape, case in hard(recaps[name])}
    files = [_written(case, tmp_path / f"{name}.xlsx") for name, case in cases.items()]
    for file, (name, case) in zip(converted(files, "pdf", tmp_path), cases.items(), strict=True):
        (page,) = pages(file)
        assert (round(page.width), round(page.height)) == SIZES[case.paper], name
        assert "Sidik riwayat" in page.text, name
        found = [word.letters for word in page.words if word.text == "Terlambat:"]
        assert found, name
        assert min(found) >= 9, name
        # What a reopening changed gives its reason too, in the letters of the table.
        assert min(word.letters for word in page.words if word.text == "Alasan:") >= 8, name
        if "_60" in name:
            assert "selengkapnya di lembar" in page.text, name
            empty = page.height - _MARGIN - max(word.bottom for word in page.words)
            assert empty < _LEAST_EMPTY, (name, "words are left out where there is room for them")
        signature = case.sheets[0].signature
        if signature is not None:
            assert page.text.count("197001011990031001") == sum(bool(one.nip) for one in signature.signatories), name
        bottom = max(word.bottom for word in page.words)
        assert bottom <= page.height - 50, name


def test_every_recap_begins_with_one_page_to_sign(recaps: dict[str, Report], printed: dict[str, list[Page]]) -> None:
    for name, report in recaps.items():
        first, second = printed[name][:2]
        assert first.width < first.height, name
        assert "Sidik riwayat" in first.text, name
        assert "SOP SOP" not in first.text, name
        assert ("KONSEP" in first.text) is report.provisional, name
        assert second.width > second.height, name


def test_nothing_is_left_out_of_the_page_of_a_year_as_offices_live_it(printed: dict[str, list[Page]]) -> None:
    """No finding, no period or step, and no word of who did it, however long an SOP's own titles are; words give way
    where a reopening and forty indicators are told too."""
    for name, (first, *_) in printed.items():
        assert not re.search(r"(temuan|baris) lain", first.text), name
        if name not in ("indicators_TW1", "crowd_TW1"):
            assert "…" not in [word.text for word in first.words], name


# ---------------------------------------------------------------------- every other page
def test_no_letter_is_smaller_than_can_be_read(printed: dict[str, list[Page]]) -> None:
    for name, found in printed.items():
        for number, page in enumerate(found, start=1):
            # What stands in head and foot is not of the table.
            body = [word for word in page.words if 40 < word.top < page.height - 40 and word.text.isalnum()]
            assert not body or min(word.letters for word in body) >= 7.5, (name, number)


def test_no_page_ends_a_table_with_a_row_or_two(printed: dict[str, list[Page]]) -> None:
    for name, found in printed.items():
        for number, page in enumerate(found, start=1):
            lines = {round(word.top) for word in page.words if 40 < word.top < page.height - 40}
            assert len(lines) >= 3, (name, number)


def test_the_list_of_sheets_tells_how_many_pages_there_are(
    recaps: dict[str, Report], printed: dict[str, list[Page]]
) -> None:
    for name, found in printed.items():
        listed = next(page for page in found if "· Lampiran" in page.text)
        rows: dict[int, list[str]] = {}
        for word in sorted(listed.words, key=lambda word: word.left):
            rows.setdefault(round(word.top), []).append(word.text)
        told = (re.search(r"\b(\d{1,3}) (?:Untuk|Belum|Tidak|Bila|Bersama)", " ".join(row)) for row in rows.values())
        last = max(int(match[1]) for match in told if match)
        assert last == len(found), name


def test_no_word_of_a_cell_is_broken_or_lost(recaps: dict[str, Report], printed: dict[str, list[Page]]) -> None:
    for name, report in recaps.items():
        # A fold after a hyphen is none inside a word.
        seen = {part for page in printed[name] for word in page.words for part in word.text.split("-")}
        for sheet in format_named("xlsx").told(report).sheets:
            if sheet.for_data or sheet.front is not None:
                continue
            places = [place for place, column in enumerate(sheet.columns) if not column.off_paper]
            for row in sheet.rows:
                for place in places:
                    cell = typed(row[place], sheet.columns[place])
                    if cell is not None and isinstance(cell.value, str):
                        missing = {part for part in re.split(r"[\s-]+", shown(cell, 7)) if part not in seen | {""}}
                        assert not missing, (name, sheet.title, missing)


def test_no_words_lie_upon_each_other(printed: dict[str, list[Page]]) -> None:
    """A text that takes more lines than its row is high runs on under the row below: a reader sees it cut."""
    for name, found in printed.items():
        for number, page in enumerate(found, start=1):
            body = sorted((word for word in page.words if 30 < word.top < page.height - 40), key=lambda word: word.top)
            for place, upper in enumerate(body):
                for lower in body[place + 1 :]:
                    if lower.top > upper.bottom:
                        break
                    high = min(upper.bottom, lower.bottom) - lower.top
                    wide = min(upper.right, lower.right) - max(upper.left, lower.left)
                    met = high > (upper.bottom - upper.top) / 4 and wide > 0.8
                    assert not met, (name, number, upper.text, lower.text)

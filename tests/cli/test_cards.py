"""`sakip kartu`: one step in plain lines, for whoever does not see the screen."""

from __future__ import annotations

import html
import re

from tests.cli.conftest import BIDANG, Desk


def test_a_step_is_told_from_what_the_paper_asks_to_what_was_done(nine: Desk) -> None:
    nine.do("periode buka 2025-TW1 --pada 2025-04-01T07:30 --alasan lama")
    nine.do("mulai 2025-TW1 1 --pada 2025-04-01T08:00 --alasan lama")
    nine.do("centang 2025-TW1 1 1")
    nine.do("komentar 2025-TW1 1", "sudah ditelepon")
    said = nine("kartu", "2025-TW1", "1").out
    for words in ("Mutu Baku", "15 menit", "[✓]", "sudah ditelepon", "Lanjut ke", "langkah 2", "Tenggat dihitung"):
        assert words.casefold() in said.casefold(), words


def test_a_moment_of_another_year_stands_apart_from_what_happened_then(nine: Desk) -> None:
    nine.do("periode buka 2025-TW1 --pada 2025-04-01T07:30 --alasan lama")
    nine.do("mulai 2025-TW1 1 --pada 2025-04-01T08:00 --alasan lama")
    nine.do("selesai 2025-TW1 1 --pada 2025-04-16T08:10 --alasan lama")
    found = re.findall(r"Rab 16 Apr 2025 08\.10(.)", nine("kartu", "2025-TW1", "1").out)
    assert found
    assert set(found) <= {" ", ","}


def test_the_same_as_json(nine: Desk) -> None:
    nine.do("periode buka 2025-TW1 --pada 2025-04-01T07:30 --alasan lama")
    nine.do("centang 2025-TW1 1 1")
    document = nine.do("kartu 2025-TW1 1")
    assert document["card"]["state"] == "siap"
    assert [tick["item"] for tick in document["ticked"]] == [1]
    assert document["due"]["standard"] == "15 Menit"
    assert document["history"][0]["act"] == "centang"


def test_a_step_not_reached_yet_is_told_too(nine: Desk) -> None:
    nine.do("periode buka 2025-TW1 --pada 2025-04-01T07:30 --alasan lama")
    assert "Menunggu" in nine("kartu", "2025-TW1", "4").out


def test_a_step_per_bidang_asks_which_one(seven: Desk) -> None:
    number = next(
        step["number"] for step in seven.do("sop lihat disperinaker-lima-puluh-kota")["steps"] if step["per_bidang"]
    )
    assert BIDANG[0] in seven.refused(2, f"kartu 2025-TW1 {number}")
    assert BIDANG[0] in seven.refused(2, f"kartu 2025-TW1 {number} --bidang Lain")


def test_what_there_is_none_of_is_named_with_what_there_is(nine: Desk) -> None:
    assert "1, 2, 3" in nine.refused(2, "kartu 2025-TW1 99")
    nine.refused(2, "kartu 2031-TW1 1")


def test_a_card_and_a_board_are_pages_to_be_printed(nine: Desk) -> None:
    nine.do("periode buka 2025-TW1 --pada 2025-07-03T08:00 --alasan terlambat")
    for words in (("kartu", "2025-TW1", "1"), ("papan", "2025-TW1")):
        page = nine(*words, "--format", "html").out
        assert page.startswith('<!DOCTYPE html>\n<html lang="id">')
        assert "@page { size: 297mm 210mm" in page
        told = html.unescape(re.sub(r"<[^>]+>", " ", page)).split()
        # What is typed into a command has no place on paper.
        written = [word for word in nine(*words).out.replace("(2025-TW1)", "").split() if word.strip("-\u2500:")]
        assert not [word for word in written if word.rstrip(".") not in {one.rstrip(".") for one in told}], words
        assert "<pre" not in page
        assert "dpmptsp" not in page
        assert "2025-TW1" not in page
        assert page.count("<tr>") > 4
        assert nine(*words, "--format", "txt").out == nine(*words).out
        assert "pdf" in nine.refused(2, " ".join((*words, "--format", "pdf")))


def test_an_act_that_was_taken_back_on_another_step_does_not_stand_as_if_it_held(nine: Desk) -> None:
    """kembalikan is told on the step that it came from, and undone on the step that it opened."""
    nine.do("periode buka 2025-TW1 --pada 2025-04-01T07:30 --alasan lama")
    for step in (1, 2):
        nine.do(f"mulai 2025-TW1 {step} --pada 2025-04-0{step + 1}T08:00 --alasan lama")
        nine.do(f"selesai 2025-TW1 {step} --pada 2025-04-0{step + 1}T08:05 --alasan lama")
    nine.do("kembalikan 2025-TW1 3 --ke 2 --catatan", "angkanya belum lengkap")
    card = " ".join(nine("kartu", "2025-TW1", "3").out.split())
    assert "angkanya belum lengkap" in card
    assert "kemudian diurungkan" not in card
    nine.do("urung 2025-TW1 2")
    card = " ".join(nine("kartu", "2025-TW1", "3").out.split())
    assert "angkanya belum lengkap (kemudian diurungkan)" in card
    assert card.count("kemudian diurungkan") == 2, "in the reasons and in the history"

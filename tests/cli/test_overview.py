"""What `status` works out on plain rows is what the board works out on the state."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.cli.conftest import BIDANG, LATE, Desk, finish, opened

SHARED = (
    *("step", "title", "bidang", "attempt", "state", "lane", "holder", "revision", "ready_at", "started_at"),
    *("ended_at", "due_at", "late", "at_risk", "used_share", "assumed", "late_seconds"),
    *("joined", "skipped", "queue_seconds", "not_started"),
)


def compare(desk: Desk) -> None:
    """Every period: progress, states, revisions, and every open card, told the same by both."""
    from db import opening, queries
    from sakip_tui.cli.shapes import open_card_document
    from sakip_tui.cli.status import period_documents
    from sakip_tui.views.overview import Overview

    with opening.open(desk.path) as database:
        overview = Overview(queries.standing(database, queries.address_of(database)), desk.now)
    for row in period_documents(overview):
        board = desk.do(f"papan {row['period']}")
        for key in ("period_state", "period_revision", "closing_revision", "state", "case_revision"):
            assert row[key] == board[key], (row["period"], key)
        steps = [card for card in board["cards"] if card["bidang"] is None]
        assert (row["done"], row["total"]) == (
            sum(card["state"] in ("selesai", "dilewati") for card in steps),
            len(steps),
        )
        parts = {card["step"] for card in board["cards"] if card["bidang"]}
        at_work = [
            {key: card[key] for key in SHARED}
            for card in board["cards"]
            if card["state"] in ("siap", "dikerjakan", "ditunda", "keputusan")
            and not (card["bidang"] is None and card["step"] in parts)
            and board["period_state"] == "buka"
        ]
        opened = [open_card_document(one, overview.year.offset) for one in overview.cards.get(row["period"], ())]
        told = [{key: card[key] for key in SHARED} for card in opened]
        assert sorted(told, key=str) == sorted(at_work, key=str), row["period"]


@pytest.mark.parametrize("days", [0, 1, 40, 130, 230])
def test_status_and_board_agree_on_the_demo_office(desk: Desk, days: int) -> None:
    desk.now += days * 86_400
    answer = desk("contoh", "--json")
    assert answer.code == 0, answer.err
    compare(desk)
    desk.now += 3 * 86_400
    compare(desk)


def test_status_and_board_agree_while_bidang_are_at_work(seven: Desk) -> None:
    compare(seven)
    opened(seven, "2025-TW1", "2025-04-21T08:00")
    for step in (1, 2):
        finish(seven, "2025-TW1", step, "2025-04-21")
    compare(seven)
    for bidang in BIDANG[:2]:
        finish(seven, "2025-TW1", 3, "2025-04-22", bidang)
    seven.do("tunda 2025-TW1 3 --pada 2025-04-22T10:00 --bidang Kelembagaan --alasan rapat")
    seven.do("berkas ubah-bidang 2025-TW1 --tambah Kecamatan --hapus Sekretariat --pada 2025-04-23T08:00", *LATE)
    compare(seven)
    seven.do("berkas tahan 2025-TW1 --pada 2025-04-24T08:00", *LATE)
    compare(seven)
    seven.do("berkas lanjutkan 2025-TW1 --pada 2025-04-25T08:00", *LATE)
    compare(seven)
    seven.do("berkas hentikan 2025-TW1 --pada 2025-04-25T09:00", *LATE)
    compare(seven)
    seven.do("berkas mulai-ulang 2025-TW1 --pada 2025-04-25T10:00", *LATE)
    compare(seven)


def about_the_target(desk: Desk, line: str) -> str:
    """What a command says, in one line; of a table with a column of targets that column alone: its cells are folded."""
    lines = desk(*line.split()).out.splitlines()
    begin = next((one.index("Target") for one in lines if one.startswith("Periode ") and "Target" in one), 0)
    return " ".join(" ".join(one[begin:] for one in lines).split())


def told_of_the_target(desk: Desk) -> set[str]:
    """By how many working days the 15th of April went by, in each place that tells it."""
    found = set()
    for line in ("status", "ringkas", "dasbor", "kalender perkiraan 2025-TW1", "periode daftar"):
        said = about_the_target(desk, line)
        told = re.search(r"15 Apr(?:il)?(?: 2025)?[:,]? terlewati (\d+) hari kerja", said)
        assert told, (line, said)
        found.add(told[1])
    return found


def test_a_target_that_will_be_missed_is_not_told_as_one_that_went_by(nine: Desk) -> None:
    opened(nine, "2025-TW1", "2026-02-13T08:00")
    nine.now = int(dt.datetime.fromisoformat("2026-02-13T15:50+07:00").timestamp())
    nine.do("pengaturan ubah --target 2025-TW1=2026-02-13")
    for line in ("ringkas", "dasbor", "kalender perkiraan 2025-TW1"):
        said = about_the_target(nine, line)
        assert re.search(r"13 Feb(?:ruari)?(?: 2026)?:? akan terlewati 1 hari kerja", said), (line, said)


def test_a_target_that_lies_ahead_is_not_told_as_one_that_was_reached(nine: Desk) -> None:
    opened(nine, "2025-TW1", "2026-02-13T08:00")
    nine.do("pengaturan ubah --target 2025-TW1=2026-03-13")
    for line in ("dasbor", "kalender perkiraan 2025-TW1"):
        said = about_the_target(nine, line)
        assert re.search(r"13 Mar(?:et)?(?: 2026)?: akan tercapai, \d+ hari kerja lebih awal", said), (line, said)


def test_a_board_names_no_version_for_a_period_without_steps(seven: Desk) -> None:
    assert ", versi 1." in seven("papan", "2025-TW1").out
    assert "versi" not in seven("papan", "2025-S1").out


def test_a_target_that_went_by_is_told_until_the_period_is_closed(nine: Desk) -> None:
    opened(nine, "2025-TW1", "2025-04-01T08:00")
    nine.do("pengaturan ubah --target 2025-TW1=2025-04-15 --target 2025-TW2=2026-03-31")
    told = {one["period"]: one for one in nine.do("status")["periods"]}
    assert told["2025-TW1"]["target_at"] == "2025-04-15T23:59:59+07:00"
    assert [told[key]["target_passed"] for key in ("2025-TW1", "2025-TW2", "2025-TW3")] == [True, False, False]
    assert told["2025-TW3"]["target_at"] is None
    assert told_of_the_target(nine) == {"203"}
    for step in range(1, 6):
        finish(nine, "2025-TW1", step, "2025-04-14")
    # Nothing is left but the closing, and the target went by all the same.
    assert "tinggal ditutup; target Sel 15 Apr 2025 terlewati 203 hari kerja" in nine("ringkas").out
    assert told_of_the_target(nine) == {"203"}
    nine.do("periode tutup 2025-TW1", *LATE)
    told = {one["period"]: one for one in nine.do("periode daftar")}
    assert told["2025-TW1"]["target_passed"] is False
    assert "target" not in nine("ringkas").out


def test_a_stopped_period_shows_its_target_too(nine: Desk) -> None:
    opened(nine, "2025-TW1", "2025-04-01T08:00")
    nine.do("pengaturan ubah --target 2025-TW1=2025-04-15")
    nine.do("berkas hentikan 2025-TW1", *LATE)
    assert told_of_the_target(nine) == {"203"}


def test_the_target_of_a_waived_period_is_awaited_no_more(nine: Desk) -> None:
    nine.do("pengaturan ubah --target 2025-TW1=2025-04-15")
    opened(nine, "2025-S1", "2025-07-01T08:00")
    nine.do("periode bebaskan 2025-S1 2025-TW1", "--alasan", "sebelum program dipakai")
    (row,) = [one for one in nine.do("status")["periods"] if one["period"] == "2025-TW1"]
    assert row["target_passed"] is False


def test_a_roll_up_has_no_version_of_its_own(seven: Desk) -> None:
    """ "absent values `null`": it has no steps, and its periods may have run on several versions."""
    assert [seven.do(f"papan {key}")["sop_version"] for key in ("2025-TW1", "2025-S1", "2025-TH")] == [1, None, None]


def test_without_a_period_every_command_shows_what_the_board_opens_on(desk: Desk) -> None:
    """Rules 3.11: "the year with something running, else the year of today"; a year that is only set up is neither."""
    desk.now = int(dt.datetime.fromisoformat("2026-11-17T10:00+07:00").timestamp())
    desk.do("siapkan --sop disnaker-kota-tangerang --tahun 2026")
    desk.do("indikator tambah IK-1 --satuan orang --nama Peserta")
    desk.do("siapkan --sop disnaker-kota-tangerang --tahun 2027")

    def shown() -> str:
        keys = {row["period"] for row in desk.do("status")["periods"]}
        assert "2027-TW1" in keys
        dashboard = desk.do("dasbor")
        periods = {dashboard["on_view"], desk.do("alur")["period"], desk.do("papan")["period"]}
        assert len(periods) == 1
        period = str(*periods)
        assert period in keys
        assert dashboard["year"] == desk.do("indikator daftar")["year"] == int(period[:4])
        return period

    assert shown() == "2026-TW4"
    desk.now += 60 * 86_400
    assert shown() == "2027-TW1"
    # What still runs comes first, also where it is not of today's quarter.
    desk.do("periode buka 2026-TW2 --alasan begitu --pada 2026-07-01T08:00")
    assert shown() == "2026-TW2"
    desk.do("periode buka 2027-TW1")
    assert desk.do("dasbor")["on_view"] == desk.do("alur")["period"] == "2026-TW2"
    assert [each["period"] for each in desk.do("papan")["boards"]] == ["2026-TW2", "2027-TW1"]

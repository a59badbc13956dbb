"""Which version of the SOP a recap names: the one that its period ran on, of a roll-up each with its periods."""

from __future__ import annotations

from db.file.connection import Database
from db.sop_versions import confirm_sop, import_sop
from exports.sheet import Report
from sop.form import catalog
from sop.model.act import Act
from sop.model.definition import Field, Written
from sop.values import replace
from tests.db.office import EVERYBODY, TANGERANG
from tests.exports.kantor import Kantor, dicts, sheet_of
from tests.exports.test_sheets_frozen import closed
from tests.exports.test_sheets_offices import compared

__all__ = ["closed"]

OLD, NEW = "188 / 120 / K / 411.307 / 2019", "188/77/K/411.307/2026"


def renewed(kantor: Kantor, number: str = NEW) -> None:
    """A version of another number and another name."""
    sop = catalog.load(kantor.sop)
    identity = {**sop.identity, "nomor": Written(number), "nama": Written("Pengukuran Kinerja")}
    kantor.now += 60
    import_sop(kantor.store, replace(sop, identity=identity), EVERYBODY, office=kantor.address.office)


def named(report: Report) -> tuple[str, tuple[str, ...], str]:
    """The line under the title, the lines of Ringkasan, and the SOP of every sheet's head."""
    front = sheet_of(report, "Pengesahan").front
    assert front is not None
    return front.identity.partition(" · ")[2], sheet_of(report, "Ringkasan").lines, report.sop


def test_a_semester_names_the_version_that_its_quarter_ran_on_and_no_newer_one(closed: Kantor) -> None:
    before = {period: named(closed.recap(period)) for period in ("TW1", "S1", "TH")}
    title = sheet_of(closed.recap("S1"), "Pengesahan").front.title  # type: ignore[union-attr]
    renewed(closed)
    assert {period: named(closed.recap(period)) for period in ("TW1", "S1", "TH")} == before
    assert sheet_of(closed.recap("S1"), "Pengesahan").front.title == title  # type: ignore[union-attr]
    assert before["S1"][0].endswith("versi 1")
    closed.do(Act.BEBASKAN, "S1", None, "10 15.30", child="2026-TW2", reason="sebelum program dipakai")
    closed.do(Act.TUTUP, "S1", None, "10 15.40")
    assert named(closed.recap("S1"))[0] == before["S1"][0]


def test_a_roll_up_over_several_versions_names_each_with_its_periods(closed: Kantor) -> None:
    renewed(closed)
    closed.do(Act.BUKA, "TW2", None, "92 08.00")
    renewed(closed, "188/99/K/411.307/2026")
    for period in ("S1", "TH"):
        report = closed.recap(period)
        line, lines, name = named(report)
        assert line == f"SOP {OLD}, versi 1 (TW I) · SOP {NEW}, versi 2 (TW II)"
        assert [text.partition(", disahkan")[0] for text in lines] == [
            f"TW I: SOP versi 1, nomor {OLD}",
            f"TW II: SOP versi 2, nomor {NEW}",
        ]
        assert name == "Pengukuran Kinerja", "the last one that was run"
        assert "Versi 2: TW II. Versi 1 (TW I) ada di rekap periodenya." in sheet_of(report, "SOP").lines


def test_side_by_side_a_roll_up_is_named_as_what_its_periods_ran_on(closed: Kantor, database: Database) -> None:
    """The newest name may be one that nothing ran on; each step has the name that its own period ran on."""
    before = sheet_of(closed.recap("TW1"), "Pengesahan").front
    assert before is not None
    renewed(closed)

    def names(period: str, sheet: str) -> dict[str | None, set[str | None]]:
        report = compared(database, f"2026-{period}", closed.now)
        found: dict[str | None, set[str | None]] = {}
        for row in dicts(sheet_of(report, sheet)):
            found.setdefault(row.get("period"), set()).add(row["sop_name"])
        return found

    (old,) = names("TW1", "Perbandingan").values()
    assert old != {"Pengukuran Kinerja"}
    for period in ("S1", "TH"):
        assert names(period, "Perbandingan") == {None: old}
    closed.do(Act.BUKA, "TW2", None, "92 08.00")
    assert names("S1", "Perbandingan") == {None: {"Pengukuran Kinerja"}}
    steps = names("S1", "Data Langkah")
    assert (steps["2026-TW1"], steps["2026-TW2"]) == (old, {"Pengukuran Kinerja"})


def test_an_assumption_is_told_of_the_version_that_holds_it(database: Database) -> None:
    kantor = Kantor(database, TANGERANG)

    def told() -> list[str]:
        report = kantor.recap("S1")
        front = sheet_of(report, "Pengesahan").front
        assert front is not None
        return [line for line in (*front.findings, *sheet_of(report, "Ringkasan").notes) if "asumsi" in line]

    kantor.do(Act.BUKA, "TW1", None, "1 08.00")
    one = told()
    assert len(one) == 2, "on the page, and on the sheet that lists all findings"
    confirm_sop(kantor.store, kantor.address, 2, {Field.PELAKSANA: ("Sekretaris Dinas",)}, EVERYBODY)
    assert told() == one, "the newest version is one that nothing ran on"
    kantor.do(Act.BUKA, "TW2", None, "92 08.00")
    for line in told():
        first, second = line.split("; versi 2, ")
        assert ": versi 1, pelaksana langkah 2, 3" in first
        assert second.startswith("pelaksana langkah 3")

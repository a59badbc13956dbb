"""An office whose indicators were filled through half a year, for the sheets that tell of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache

from exports.sheets import Source
from sop.kinerja.form import Owner
from sop.kinerja.indicator import Arah, Indicator, Jenis, Konsolidasi
from sop.kinerja.isian import Isian, Keadaan
from sop.kinerja.recap import kinerja_recap
from sop.model.act import Act
from sop.values import replace
from tests.sop.kinerja.office import (
    INDICATORS,
    MANAGER,
    OFFICE,
    QUARTERS,
    A,
    B,
    Office,
    quarter_rows,
    run_quarter,
    terisi,
)

PROMISE = "Menambah kelas sore di balai latihan kerja"
REASON = "Survei kepuasan dilakukan pada akhir semester"


def _targets() -> dict[tuple[str, str], Decimal | str | None]:
    numbers = {"IK-1": "100 120 120 160 500", "IK-2": "60 60 70 70 65", "IK-3": "30 30 25 25 25"}
    aims: dict[tuple[str, str], Decimal | str | None] = {
        (code, key): Decimal(value)
        for code, values in numbers.items()
        for key, value in zip((*QUARTERS, "2026-TH"), values.split(), strict=True)
    }
    aims |= {("IK-4", key): "WTP" for key in (*QUARTERS, "2026-TH")}
    return aims | {("IK-5", "2026-S1"): Decimal(80)}


@cache
def half_year() -> Office:
    """Two closed quarters; the semester's own indicator is not there yet, and one value was corrected."""
    office = Office()
    office.define(*INDICATORS)
    office.aim(_targets(), document="Perjanjian Kinerja 2026")
    rows = quarter_rows(90, 50, 100, "36", "WDP")
    rows[A]["IK-1"] = terisi(
        90, kendala="Kelas penuh", tindak_lanjut=PROMISE, pic="Kasi", batas_waktu=dt.date(2026, 6, 30)
    )
    run_quarter(office, "2026-TW1", rows)
    rows = quarter_rows(150, 45, 60, "31", "WTP")
    rows[B] = {**rows[B], "IK-5": Isian(Keadaan.BELUM_ADA, reason=REASON)}
    run_quarter(office, "2026-TW2", rows)
    office.reopen("2026-TW2")
    office.act(MANAGER, Act.KOREKSI_NILAI, period="2026-TW2", owner=B, rows={"IK-3": terisi(30)}, reason="Salah ketik")
    office.close("2026-TW2")
    return office


@cache
def crowded_quarter() -> Office:
    """A quarter of forty indicators with long words in every place, one in five of them without a value."""
    office = Office()
    long = "Persentase penyelesaian pengaduan masyarakat yang ditangani sesuai standar pelayanan minimal "
    owners: tuple[Owner, ...] = (A, B, OFFICE)
    indicators = [
        Indicator(
            f"IK-{number:02}",
            f"{long}wilayah {number}",
            "%",
            Jenis.PERSEN,
            Arah.NAIK if number % 3 else Arah.TURUN,
            Konsolidasi.RATA,
            2,
            owner=owners[number % 3],
            sasaran="Meningkatnya mutu pelayanan kepada masyarakat",
        )
        for number in range(1, 41)
    ]
    office.define(*indicators)
    office.aim({(each.code, "2026-TW1"): Decimal(80) for each in indicators})
    rows: dict[Owner, dict[str, Isian]] = {owner: {} for owner in owners}
    for number, each in enumerate(indicators, start=1):
        said = terisi(
            40 + number,
            pendorong="Petugas ditambah di tiap kecamatan",
            kendala="Jaringan di tiga kecamatan belum tersedia sepanjang triwulan",
            tindak_lanjut=f"Mengajukan tambahan jaringan untuk kecamatan {number}",
            pic="Kepala Seksi Pelayanan",
            batas_waktu=dt.date(2026, 12, 31),
            bukti="Rekap pengaduan",
        )
        rows[each.owner][each.code] = said if number % 5 else Isian(Keadaan.BELUM_ADA, reason=REASON)
    run_quarter(office, "2026-TW1", rows)
    return office


def again(office: Office, period: str, owner: str | None = None, **rows: Isian) -> Office:
    """The same office with a closed quarter reopened, some values of it corrected, and closed again."""
    found = Office(office.state)
    found.reopen(period)
    if rows:
        told = {code.replace("_", "-"): isian for code, isian in rows.items()}
        found.act(MANAGER, Act.KOREKSI_NILAI, period=period, owner=owner, rows=told, reason="angka final")
    found.close(period)
    return found


def many_corrected() -> Office:
    """A quarter of forty indicators, eleven of which were corrected between two closings."""
    rows = {f"IK_{number:02}": terisi(90) for number in range(1, 41) if number % 3 == 1 and number % 5}
    return again(crowded_quarter(), "2026-TW1", B, **rows)


def measured(source: Source, office: Office) -> Source:
    """A period's source with the figures of an office's indicators."""
    return replace(source, kinerja=kinerja_recap(office.state, source.board.period))

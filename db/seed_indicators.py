"""Indicators of the demo office: eighteen of three bidang, with targets, and the running quarter's figures so far.

They were settled after the quarter's forms should have gone out: the values of the two bidang that had handed in are
copied in by koreksi-nilai. One row is marked, and its bidang has its form back; the third has filled nothing yet.
No real office's indicators.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from db import case_queries, queries
from db.file.connection import Database
from db.kinerja_store import define, indicator_command, target_command
from db.rows import Address
from db.seed_story import PER_BIDANG_STEP
from db.store import Store
from sop.kinerja.data_act import DataCommand
from sop.kinerja.indicator import Arah, Indicator, Jenis, Konsolidasi, TargetValue
from sop.kinerja.isian import Isian, Keadaan
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.definition import Cadence
from sop.model.pelaksana import Actor
from sop.model.periods import CADENCE, key_of, split
from sop.model.state import CasePhase, PeriodPhase, YearState

_TRAINING, _PLACING, _RELATIONS = "Pelatihan Kerja", "Penempatan Kerja", "Hubungan Industrial"
_QUARTERS = ("TW1", "TW2", "TW3", "TW4")
_REASON = "Disalin dari laporan triwulan: indikatornya ditetapkan sesudah langkahnya selesai"
_SUM, _LAST, _MEAN = Konsolidasi.JUMLAH, Konsolidasi.AKHIR, Konsolidasi.RATA


def _count(code: str, name: str, satuan: str, owner: str, arah: Arah = Arah.NAIK) -> Indicator:
    return Indicator(code, name, satuan, arah=arah, owner=owner, sasaran=_AIMS[owner])


def _share(code: str, name: str, owner: str, above: str, below: str) -> Indicator:
    return Indicator(
        code, name, "%", Jenis.RASIO, konsolidasi=_MEAN, decimals=2, owner=owner, sasaran=_AIMS[owner],
        pembilang=above, penyebut=below,
    )  # fmt: skip


def _score(code: str, name: str, owner: str, satuan: str, arah: Arah = Arah.NAIK) -> Indicator:
    return Indicator(code, name, satuan, arah=arah, konsolidasi=_LAST, decimals=1, owner=owner, sasaran=_AIMS[owner])


_AIMS = {
    _TRAINING: "Meningkatnya keterampilan tenaga kerja",
    _PLACING: "Meningkatnya penempatan tenaga kerja",
    _RELATIONS: "Meningkatnya hubungan industrial yang harmonis",
}
INDICATORS = (
    _count("IK-1.1", "Peserta pelatihan berbasis kompetensi", "orang", _TRAINING),
    _share("IK-1.2", "Peserta pelatihan yang lulus uji kompetensi", _TRAINING, "peserta lulus", "peserta diuji"),
    _share("IK-1.3", "Lulusan pelatihan yang terserap kerja", _TRAINING, "lulusan bekerja", "lulusan"),
    _count("IK-1.4", "Lembaga pelatihan yang dibina", "lembaga", _TRAINING),
    _score("IK-1.5", "Kepuasan peserta pelatihan", _TRAINING, "nilai"),
    Indicator(
        "IK-1.6",
        "Hasil penilaian mutu lembaga",
        "Predikat",
        Jenis.PREDIKAT,
        konsolidasi=_LAST,
        owner=_TRAINING,
        sasaran=_AIMS[_TRAINING],
    ),
    _count("IK-2.1", "Pencari kerja yang ditempatkan", "orang", _PLACING),
    _count("IK-2.2", "Lowongan kerja yang terdaftar", "lowongan", _PLACING),
    _share("IK-2.3", "Lowongan yang terisi", _PLACING, "lowongan terisi", "lowongan terdaftar"),
    _score("IK-2.4", "Lama rata-rata menunggu penempatan", _PLACING, "hari", Arah.TURUN),
    _count("IK-2.5", "Bursa kerja yang diselenggarakan", "kegiatan", _PLACING),
    _score("IK-2.6", "Kepuasan pencari kerja", _PLACING, "nilai"),
    _share("IK-3.1", "Perselisihan yang selesai di luar pengadilan", _RELATIONS, "perkara selesai", "perkara masuk"),
    _count("IK-3.2", "Perusahaan yang memiliki peraturan perusahaan", "perusahaan", _RELATIONS),
    _count("IK-3.3", "Lembaga kerja sama bipartit yang aktif", "lembaga", _RELATIONS),
    _count("IK-3.4", "Perselisihan yang masuk", "perkara", _RELATIONS, Arah.TURUN),
    _score("IK-3.5", "Lama rata-rata penyelesaian perselisihan", _RELATIONS, "hari", Arah.TURUN),
    _count("IK-3.6", "Pekerja yang mengikuti sosialisasi jaminan sosial", "orang", _RELATIONS),
)
_TARGETS: dict[str, TargetValue] = {
    "IK-1.1": Decimal(120), "IK-1.2": Decimal(85), "IK-1.3": Decimal(60), "IK-1.4": Decimal(4), "IK-1.5": Decimal(80),
    "IK-1.6": "BB", "IK-2.1": Decimal(250), "IK-2.2": Decimal(400), "IK-2.3": Decimal(65), "IK-2.4": Decimal(45),
    "IK-2.5": Decimal(1), "IK-2.6": Decimal(82), "IK-3.1": Decimal(75), "IK-3.2": Decimal(10), "IK-3.3": Decimal(6),
    "IK-3.4": Decimal(12), "IK-3.5": Decimal(30), "IK-3.6": Decimal(150),
}  # fmt: skip
"""Of each quarter; a year's target is what its konsolidasi makes of four."""
_MARKED, _NOTE = "IK-2.4", "Lebih lama dari dua triwulan lalu; jelaskan sebabnya"
_RETURNED = "Lama menunggu penempatan perlu dijelaskan."


def _ratio(above: int, below: int, **words: str) -> Isian:
    return Isian(Keadaan.TERISI, pembilang=Decimal(above), penyebut=Decimal(below), **words)  # type: ignore[arg-type]


def _value(text: str, **words: str) -> Isian:
    return Isian(Keadaan.TERISI, Decimal(text), **words)  # type: ignore[arg-type]


_HANDED_IN: dict[str, dict[str, Isian]] = {
    _TRAINING: {
        "IK-1.1": _value("126", bukti="Daftar hadir"),
        "IK-1.2": _ratio(98, 117),
        "IK-1.3": _ratio(
            49,
            98,
            kendala="Perusahaan mitra menunda perekrutan",
            tindak_lanjut="Menambah mitra penempatan dari kawasan industri",
            pic="Kepala Seksi Pelatihan",
        ),
        "IK-1.4": _value("4"),
        "IK-1.5": Isian(Keadaan.BELUM_ADA, reason="Survei dilakukan tiap akhir semester"),
        "IK-1.6": Isian(Keadaan.TERISI, grade="B"),
    },
    _PLACING: {
        "IK-2.1": _value(
            "231", kendala="Pendaftar kurang sesuai dengan lowongan", tindak_lanjut="Membuka kelas penyesuaian"
        ),
        "IK-2.2": _value("438"),
        "IK-2.3": _ratio(231, 438),
        "IK-2.4": _value("58.5"),
        "IK-2.5": _value("1"),
        "IK-2.6": _value("83.4"),
    },
}


def measure(database: Database, address: Address, now: int, manager: str) -> None:
    """Give the demo office its indicators, as of now.

    Args:
        database: With the demo office.
        address: Of it.
        now: UTC epoch seconds, not before anything recorded.
        manager: Code of the pengelola.
    """
    store, actor = Store(database, lambda: now, "contoh"), Actor(manager, everybody=True)
    years = sorted({year for office in queries.offices(database) for sop in office.sops for year in sop.years})
    # The next year may be set up already.
    newest_first = (case_queries.year_board(database, address, year, now).state for year in reversed(years))
    running = next((each for each in newest_first if _running(each) is not None), None)
    state = running or case_queries.year_board(database, address, years[-1], now).state
    year, _ = split(next(iter(state.periods)))
    definitions = [indicator_command(each, key_of(year, "TW1")) for each in INDICATORS]
    closed = {key for key, held in state.periods.items() if held.phase is PeriodPhase.TUTUP}
    aims = {place: value for place, value in _aims(year) if place[1] not in closed}
    commands = [*definitions, target_command(aims, document=f"Perjanjian Kinerja {year}")]
    define(store, address.office, commands, actor)
    period = _running(state)
    if period is None:
        return
    corrected = (DataCommand(Act.KOREKSI_NILAI, owner=owner, rows=rows) for owner, rows in _HANDED_IN.items())
    marked = DataCommand(Act.TANDAI, owner=_PLACING, codes=(_MARKED,))
    acts = (
        Command(Act.FORMULIR, period, data=DataCommand(Act.FORMULIR)),
        *(Command(Act.KOREKSI_NILAI, period, reason=_REASON, data=data) for data in corrected),
        Command(Act.TANDAI, period, note=_NOTE, data=marked),
        Command(
            Act.KEMBALIKAN, period, step=PER_BIDANG_STEP, target=PER_BIDANG_STEP, named=(_PLACING,), note=_RETURNED
        ),
    )
    store.play(address, year, [(act, actor) for act in acts])


def _aims(year: int) -> Iterator[tuple[tuple[str, str], TargetValue]]:
    for each in INDICATORS:
        quarterly = _TARGETS[each.code]
        for name in _QUARTERS:
            yield (each.code, key_of(year, name)), quarterly
        whole = quarterly * 4 if each.konsolidasi is _SUM and isinstance(quarterly, Decimal) else quarterly
        yield (each.code, key_of(year, "TH")), whole


def _running(state: YearState) -> str | None:
    """The quarter that runs and whose first step is done; None where there is none."""
    for key in state.periods:
        case = state.case_of(key)
        if CADENCE[split(key)[1]] is Cadence.TRIWULAN and case is not None and case.phase is CasePhase.BERJALAN:
            first = case.current((1, None))
            if first is not None and first.is_done and first.valid:
                return key
    return None
